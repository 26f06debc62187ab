/** A person at the public API, without a browser: what the bench and the stories share. Knows nothing of the inside. */

export type Answer<T> = { readonly status: number; readonly body: T }

/** What a refusal looks like to a caller. */
export type Refused = { readonly refused: string; readonly message: string; readonly detail?: Record<string, unknown> }

export class ApiClient {
  readonly url: string
  #token: string | undefined

  constructor(url: string) {
    this.url = url
  }

  /** Signs in; throws with the refusal where that fails, since no story goes on without. */
  async signIn(username: string, password: string): Promise<this> {
    const { status, body } = await this.call<{ token: string } & Refused>('POST', '/api/session', {
      username,
      password,
    })
    if (status !== 200) throw new Error(`sign-in as ${username}: ${status} ${body.refused}`)
    this.#token = body.token
    return this
  }

  /** One request. The answer's body is the parsed JSON, or null where there is none. */
  async call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as T }
  }

  /** Like `call`, for a step that must succeed: throws with the refusal otherwise. */
  async must<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T & Refused>(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  /** Announces something by headers alone, as an upload is begun; answers the address it got. */
  async announce(path: string, headers: Readonly<Record<string, string>>): Promise<string> {
    const authorization = `Bearer ${this.#token ?? ''}`
    const response = await fetch(`${this.url}${path}`, { method: 'POST', headers: { authorization, ...headers } })
    const at = response.headers.get('location')
    if (at === null) throw new Error(`POST ${path}: ${response.status}`)
    return at
  }

  /** Raw bytes, e.g. of a sound. */
  async bytes(path: string): Promise<Uint8Array> {
    const response = await fetch(`${this.url}${path}`, { headers: { authorization: `Bearer ${this.#token ?? ''}` } })
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
}
