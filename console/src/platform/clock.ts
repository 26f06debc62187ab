import { useEffect, useState } from 'react'

/** The only place of the console that reads the machine's clock or sets a timer. */

let offsetMs = 0

/** Tells the console the server's time: what is shown is reckoned from the server, not from an old laptop's clock. */
export const setServerTime = (serverNowMs: number): void => {
  offsetMs = serverNowMs - Date.now()
}

/** The server's time now, milliseconds since 1970. */
export const serverNow = (): number => Date.now() + offsetMs

/** Runs `task` once after `ms`; returns what cancels it. */
export const after = (ms: number, task: () => void): (() => void) => {
  const timer = setTimeout(task, ms)
  return () => clearTimeout(timer)
}

/** Runs `task` every `ms`; returns what ends it. */
export const every = (ms: number, task: () => void): (() => void) => {
  const timer = setInterval(task, ms)
  return () => clearInterval(timer)
}

/** The server's time, renewed every `ms` while the component is shown. */
export const useServerNow = (ms: number): number => {
  const [now, setNow] = useState(serverNow)
  useEffect(() => every(ms, () => setNow(serverNow())), [ms])
  return now
}

/** `value` once it has stopped changing for `ms`. */
export const useSettled = <T>(value: T, ms: number): T => {
  const [settled, setSettled] = useState(value)
  useEffect(() => after(ms, () => setSettled(value)), [value, ms])
  return settled
}

/** Runs `task` before every picture the browser draws, with the milliseconds since the last; returns what ends it. */
export const everyFrame = (task: (passedMs: number) => void): (() => void) => {
  let last: number | undefined
  let asked = 0
  const run = (now: number): void => {
    task(last === undefined ? 0 : now - last)
    last = now
    asked = requestAnimationFrame(run)
  }
  asked = requestAnimationFrame(run)
  return () => cancelAnimationFrame(asked)
}

/** Resolves after `ms`, sooner where the browser says that the network is back, and at once where `signal` ends the waiting. */
export const untilOnline = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    window.addEventListener('online', done)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
