import type { Doing } from './cluster.ts'

/** One thing that the page's loudspeaker did; `ignored` is an order without a right signature. */
export type Logged = { at: number; doing: Doing | { is: 'ignored' } }
/** `unit` is whose channel it is on. */
export type Shown = { unit: string; doing: Doing; log: Logged[]; replay: string | undefined }
export type Running = { close: () => void; replay: () => void }

/**
 * The one loudspeaker of this page, held outside of any screen: whoever turned it on in Hôm nay and goes on to write must
 * still hear what is broadcast. Light: what plays and verifies is loaded with the panel.
 */
let shown: Shown | undefined
let running: Running | undefined
let panels = 0
const listeners = new Set<() => void>()

const tell = (): void => {
  for (const listener of listeners) listener()
}

export const pageSpeaker = {
  get: (): Shown | undefined => shown,
  /** Whether it is on while no screen shows its panel. */
  isOnElsewhere: (): boolean => shown !== undefined && panels === 0,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  show: (next: Shown | undefined): void => {
    shown = next
    tell()
  },
  /** Changes what is shown; nothing once it is off. */
  change: (by: (shown: Shown) => Shown): void => {
    if (shown !== undefined) pageSpeaker.show(by(shown))
  },
  run: (next: Running): void => {
    running = next
  },
  replay: (): void => running?.replay(),
  off: (): void => {
    running?.close()
    running = undefined
    pageSpeaker.show(undefined)
  },
  /** A panel is on the screen until what is returned is called. */
  panel: (): (() => void) => {
    panels++
    tell()
    return () => {
      panels--
      tell()
    }
  },
}
