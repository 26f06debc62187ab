/** The public API as a person uses it. */
export type ServerApi = {
  ask<T>(method: string, path: string, body?: unknown): Promise<T | { readonly refused: string }>
}

const silenceMs = 120_000

const answerOf = async <T>(url: string, request: RequestInit): Promise<T | { readonly refused: string }> => {
  try {
    const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(silenceMs) })
    const text = await answer.text()
    const body = text === '' ? null : JSON.parse(text)
    if (answer.ok) return body as T
    return { refused: typeof body?.refused === 'string' ? body.refused : `http.${answer.status}` }
  } catch {
    return { refused: 'server.unreachable' }
  }
}

/** An account that the sign-in page of the demonstration shows, of somebody who may enter devices; administrators first. */
export const demoAccount = async (
  server: string,
): Promise<{ username: string; password: string } | { readonly refused: string }> => {
  const accounts = await answerOf<{ username: string; password: string; title: string }[]>(
    `${server}/api/demo-accounts`,
    {},
  )
  if ('refused' in accounts) return accounts
  const found = accounts.find(({ username }) => username === 'an') ?? accounts.find(({ username }) => username === 'ky')
  return found ?? { refused: 'account.needed' }
}

export const signIn = async (
  server: string,
  account: { readonly username: string; readonly password: string },
): Promise<ServerApi | { readonly refused: string }> => {
  const json = { 'content-type': 'application/json' }
  const { username, password } = account
  const body = JSON.stringify({ username, password })
  const session = await answerOf<{ token: string }>(`${server}/api/session`, { method: 'POST', headers: json, body })
  if ('refused' in session) return session
  return {
    ask: (method, path, asked) =>
      answerOf(`${server}${path}`, {
        method,
        headers: { ...json, authorization: `Bearer ${session.token}` },
        ...(asked === undefined ? {} : { body: JSON.stringify(asked) }),
      }),
  }
}
