import { setTimeout as wait } from 'node:timers/promises'

export { wait }

type Limits = { readonly withinMs: number; readonly everyMs?: number }

/** Asks again and again until there is an answer; throws, naming what was waited for, when it takes too long. */
export const until = async <T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { withinMs, everyMs = 25 }: Limits,
): Promise<T> => {
  const end = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer as T
    if (performance.now() > end) throw new Error(`waited ${withinMs} ms in vain for ${what}`)
    await wait(everyMs)
  }
}

/** Resolves to what an attempt returns, or to undefined where it throws. */
export const tried = <T>(attempt: () => Promise<T>): Promise<T | undefined> => attempt().catch(() => undefined)
