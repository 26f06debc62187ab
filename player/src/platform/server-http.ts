import { type Enrolled, type Enrolment, enrolledSchema } from '@loa/protocol'
import type { FetchSound } from '../ports.ts'

/** A sound of 64 MB over a 4G line of 2 Mbit/s takes this long. */
const soundTimeoutMs = 300_000
const enrolTimeoutMs = 30_000

const endpoint = (server: string, path: string): string => `${server.replace(/\/+$/, '')}${path}`

/** Fetches sounds by hash as the device; the answer is checked by whoever keeps it. */
export const createFetchSound =
  (server: string, device: string, secret: string): FetchSound =>
  async (hash) => {
    try {
      const answer = await fetch(endpoint(server, `/api/device/sounds/${hash}`), {
        headers: { authorization: `Bearer ${device}.${secret}` },
        signal: AbortSignal.timeout(soundTimeoutMs),
      })
      if (!answer.ok || answer.body === null) {
        await answer.body?.cancel()
        return { refused: `http.${answer.status}` }
      }
      return answer.body
    } catch {
      return { refused: 'http.unreachable' }
    }
  }

/** Enrols a device with the code a technician was given. */
export const enrol = async (server: string, enrolment: Enrolment): Promise<Enrolled | { readonly refused: string }> => {
  try {
    const answer = await fetch(endpoint(server, '/api/enrolments'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(enrolment),
      signal: AbortSignal.timeout(enrolTimeoutMs),
    })
    if (!answer.ok) {
      await answer.body?.cancel()
      return { refused: answer.status >= 500 ? 'enrolment.serverFailed' : 'enrolment.codeRefused' }
    }
    const enrolled = enrolledSchema.safeParse(await answer.json())
    return enrolled.success ? enrolled.data : { refused: 'enrolment.answerUnknown' }
  } catch {
    return { refused: 'enrolment.serverUnreachable' }
  }
}
