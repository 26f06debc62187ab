import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { type Enrolled, type Enrolment, enrolledSchema } from '@loa/protocol'
import type { FetchSound } from '../ports.ts'
import { transportTrouble } from './trouble.ts'

/** A server that sends nothing for this long has gone; a slow line that still sends is waited for. */
const silenceMs = 30_000
/** An enrolment's answer holds a few keys and names. */
const answerBytesMax = 100_000

type Question = {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** One request by Node's own client: `fetch` would cost a small board 8 MB more. Rejects where nobody answers. */
const ask = (server: string, path: string, question: Question): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const url = new URL(`${server.replace(/\/+$/, '')}${path}`)
    const request = url.protocol === 'https:' ? requestTls : requestPlain
    const { method, headers, body } = question
    const sent = request(url, { method, headers, timeout: silenceMs }, resolve)
    sent.on('timeout', () => sent.destroy(new Error('silent')))
    sent.on('error', reject)
    sent.end(body)
  })

const textOf = async (answer: IncomingMessage): Promise<string> => {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of answer) {
    bytes += piece.length
    if (bytes > answerBytesMax) throw new Error('answer too large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Fetches sounds by hash as the device; the answer is checked by whoever keeps it. */
export const createFetchSound =
  (server: string, device: string, secret: string): FetchSound =>
  async (hash) => {
    try {
      const headers = { authorization: `Bearer ${device}.${secret}` }
      const answer = await ask(server, `/api/device/sounds/${hash}`, { method: 'GET', headers })
      if (answer.statusCode === 200) return answer
      answer.destroy()
      return { refused: `http.${answer.statusCode}` }
    } catch {
      return { refused: 'http.unreachable' }
    }
  }

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Enrols a device with the code a technician was given. */
export const enrol = async (server: string, enrolment: Enrolment): Promise<Enrolled | { readonly refused: string }> => {
  try {
    const body = JSON.stringify(enrolment)
    const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
    const answer = await ask(server, '/api/enrolments', { method: 'POST', headers, body })
    const status = answer.statusCode ?? 0
    const text = await textOf(answer)
    if (status >= 500) return { refused: 'enrolment.serverFailed' }
    if (status >= 300) return { refused: 'enrolment.codeRefused' }
    const enrolled = enrolledSchema.safeParse(parsed(text))
    return enrolled.success ? enrolled.data : { refused: 'enrolment.answerUnknown' }
  } catch (error) {
    return { refused: transportTrouble(server, error) ?? 'enrolment.serverUnreachable' }
  }
}
