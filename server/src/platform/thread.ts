import { parentPort, Worker } from 'node:worker_threads'

type Answer<Answered> = { readonly number: number } & (Answered | { readonly broken: string })
type Waiting<Answered> = { readonly resolve: (answer: Answered) => void; readonly reject: (error: Error) => void }

/** Asks the thread for a piece of work. What is `lent` is empty here until it comes back. Rejects where the work broke. */
export type Ask<Work, Answered> = (work: Work, lent?: readonly ArrayBuffer[]) => Promise<Answered>

/**
 * A thread beside the event loop, started at its first work and again after it has died; idle, it keeps no process alive. The
 * program at `url` gets `{number, work}` and answers `{number, …}`, or `{number, broken}` with what went wrong.
 */
export const openThread = <Work, Answered extends object>(url: URL): Ask<Work, Answered> => {
  let thread: Worker | undefined
  let lastNumber = 0
  const waiting = new Map<number, Waiting<Answered>>()

  const giveUp = (error: Error): void => {
    thread = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  const answered = (answer: Answer<Answered>): void => {
    const caller = waiting.get(answer.number)
    waiting.delete(answer.number)
    if (waiting.size === 0) thread?.unref()
    if ('broken' in answer) caller?.reject(new Error(`work in a thread failed: ${answer.broken}`))
    else caller?.resolve(answer)
  }

  const started = (): Worker => {
    if (thread !== undefined) return thread
    // no flags of the parent: a test runner's loader has no business in here
    thread = new Worker(url, { execArgv: [] })
    thread.on('message', answered)
    thread.on('error', giveUp)
    thread.on('exit', (code) => giveUp(new Error(`a thread ended with code ${code}`)))
    return thread
  }

  return (work, lent = []) => {
    lastNumber += 1
    const number = lastNumber
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject })
      const worker = started()
      worker.ref()
      worker.postMessage({ number, work }, lent)
    })
  }
}

type Asked<Work> = { readonly number: number; readonly work: Work }
/** An answer, and what is handed back with it instead of being copied. */
type Done<Answered> = { readonly answer: Answered; readonly back?: readonly ArrayBuffer[] }

/** The other end: what the program of a thread does with each piece of work. Thrown faults reach whoever asked. */
export const serveThread = <Work, Answered extends object>(
  work: (work: Work) => Done<Answered> | Promise<Done<Answered>>,
): void => {
  parentPort?.on('message', async (asked: Asked<Work>) => {
    const { number } = asked
    try {
      const { answer, back = [] } = await work(asked.work)
      parentPort?.postMessage({ number, ...answer }, back)
    } catch (error) {
      const broken = error instanceof Error ? (error.stack ?? error.message) : String(error)
      parentPort?.postMessage({ number, broken })
    }
  })
}
