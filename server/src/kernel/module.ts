import type { Fact } from './fact.ts'

/**
 * What a module hands to the composition root. Every part is optional; `Context` is the platform, typed by the caller so
 * that the kernel itself knows no I/O.
 */
export type Module<Context, Router> = {
  readonly name: string
  /** Registers the module's HTTP routes. */
  routes?(router: Router, context: Context): void
  /** Fact kinds this module wants, each with an idempotent handler that runs in its own transaction. */
  readonly on?: Readonly<Record<string, (fact: Fact, context: Context) => Promise<void>>>
  /** Called once a second by the `clock` role with the time handed in; selects due rows by that time. */
  tick?(context: Context): Promise<void>
  /** Jobs of this module by name, run by `context.enqueue`; each at least once, so each must bear being run again. */
  readonly tasks?: Readonly<Record<string, (payload: unknown, context: Context) => Promise<void>>>
  /** Runs once after migrations and before serving: subscriptions, start-up repair. Returns what undoes it. */
  start?(context: Context): Promise<() => Promise<void>>
}
