/** One way to ask the server. A refusal is a value; only a bug is thrown. */

export type Refused = {
  readonly refused: string
  readonly message: string
  readonly detail: Readonly<Record<string, string | number>>
}

export const isRefused = (value: unknown): value is Refused =>
  typeof value === 'object' &&
  value !== null &&
  'refused' in value &&
  typeof value.refused === 'string' &&
  'detail' in value

/** Thrown into TanStack Query so that a refused load becomes its error state. */
export class RefusedError extends Error {
  readonly refusal: Refused
  constructor(refusal: Refused) {
    super(refusal.refused)
    this.refusal = refusal
  }
}

/** What a refusal or a refused load says beside its code: a name, minutes left. */
export const detailOf = (problem: unknown): Refused['detail'] => {
  const refusal = problem instanceof RefusedError ? problem.refusal : problem
  return isRefused(refusal) ? refusal.detail : {}
}

/** Whether a refusal or a failed load only means that the server was not reached. */
export const isOffline = (problem: unknown): boolean => {
  const refusal = problem instanceof RefusedError ? problem.refusal : problem
  return isRefused(refusal) && refusal.refused === NO_CONNECTION
}

export const NO_CONNECTION = 'console.noConnection'
export const BAD_ANSWER = 'console.badAnswer'

const listeners = new Set<() => void>()
let connected = true

/** Whether the last question reached the server; for the strip that says so. */
export const connection = {
  get: (): boolean => connected,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

const setConnected = (value: boolean): void => {
  if (value === connected) return
  connected = value
  for (const listener of listeners) listener()
}

let signedOut: () => void = () => {}

/** What happens when the server says that nobody is signed in any more. */
export const onSignedOut = (task: () => void): void => {
  signedOut = task
}

type Question = {
  method?: string
  headers?: Readonly<Record<string, string>>
  body?: unknown
  raw?: { bytes: BodyInit; type: string }
  signal?: AbortSignal
}

const requestOf = (question: Question): RequestInit => {
  const headers: Record<string, string> = { accept: 'application/json', ...question.headers }
  const init: RequestInit = { method: question.method ?? 'GET', credentials: 'same-origin', headers }
  if (question.signal) init.signal = question.signal
  if (question.raw) {
    headers['content-type'] = question.raw.type
    init.body = question.raw.bytes
  } else if (question.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(question.body)
  }
  return init
}

const refusalOf = (answer: unknown): Refused => {
  if (typeof answer !== 'object' || answer === null || !('refused' in answer)) {
    return { refused: BAD_ANSWER, message: '', detail: {} }
  }
  const { refused, message, detail } = answer as { refused: string; message?: string; detail?: Refused['detail'] }
  return { refused, message: message ?? '', detail: detail ?? {} }
}

/** Sends a question; the server's answer as it came, or that it was not reached. */
export const reach = async (path: string, question: Question): Promise<Response | Refused> => {
  try {
    const response = await fetch(path, requestOf(question))
    setConnected(true)
    return response
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    setConnected(false)
    return { refused: NO_CONNECTION, message: '', detail: {} }
  }
}

/** Why the server said no. */
export const refusedBy = async (response: Response): Promise<Refused> => {
  const refusal = refusalOf(await response.json().catch(() => undefined))
  if (refusal.refused === 'access.signInRequired') signedOut()
  return refusal
}

/** Asks the server; the answer, or why not. A lost connection is a refusal of the console's own. */
export const ask = async <T>(path: string, question: Question = {}): Promise<T | Refused> => {
  const response = await reach(path, question)
  if (isRefused(response)) return response
  if (response.status === 204) return undefined as T
  if (!response.ok) return refusedBy(response)
  const answer: unknown = await response.json().catch(() => undefined)
  return answer === undefined ? { refused: BAD_ANSWER, message: '', detail: {} } : (answer as T)
}

/** A file from the server, with the name the server gives it; or why not. */
export const fetchFile = async (path: string): Promise<{ blob: Blob; name: string } | Refused> => {
  const response = await reach(path, {})
  if (isRefused(response)) return response
  if (!response.ok) return refusedBy(response)
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'tep'
  return { blob: await response.blob(), name }
}

/** For queries: the answer, with a refusal thrown as `RefusedError`. */
export const load = async <T>(path: string, signal?: AbortSignal): Promise<T> => {
  const answer = await ask<T>(path, signal ? { signal } : {})
  if (isRefused(answer)) throw new RefusedError(answer)
  return answer
}

export const post = <T>(path: string, body: unknown = {}): Promise<T | Refused> =>
  ask<T>(path, { method: 'POST', body })
export const put = <T>(path: string, body: unknown): Promise<T | Refused> => ask<T>(path, { method: 'PUT', body })
export const remove = (path: string): Promise<undefined | Refused> => ask<undefined>(path, { method: 'DELETE' })
