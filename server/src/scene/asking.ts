/** What a server answers; the body as the specification expects it. */
export type Answered<Body> = { readonly status: number; readonly body: Body }
type Sent = { readonly token?: string; readonly body?: unknown }

/** One request with a JSON body. */
export const askServer = async <Body>(
  url: string,
  method: string,
  { token, body }: Sent = {},
): Promise<Answered<Body>> => {
  const answer = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Body }
}

/** The token of a person who signs in. */
export const tokenOf = async (home: string, username: string, password: string): Promise<string> =>
  (await askServer<{ token: string }>(`${home}/api/session`, 'POST', { body: { username, password } })).body.token

/** Asks as somebody, who signs in with the first request. `home`: the address of the server, known once it is started. */
export const askerOf = <Body>(home: () => string, password: string) => {
  const tokens = new Map<string, Promise<string>>()
  const ask = async (who: string, method: string, path: string, body?: unknown): Promise<Answered<Body>> => {
    const token = tokens.get(who) ?? tokenOf(home(), who, password)
    tokens.set(who, token)
    return askServer<Body>(home() + path, method, { token: await token, body })
  }
  const must = async (who: string, method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await ask(who, method, path, body)
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  return {
    ask,
    must,
    /** Everybody signs in anew with the next request, as on another day. */
    forget: () => tokens.clear(),
  }
}
