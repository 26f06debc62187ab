import type { Instant } from '@loa/protocol'

/**
 * A fact: something that has happened, written in the transaction of the change itself. Later modules subscribe;
 * each handler is idempotent by fact id (table fact_handled), so a crash between two handlers loses nothing.
 */
export type Fact<Kind extends string = string, Body = unknown> = {
  readonly id: string
  readonly kind: Kind
  readonly at: Instant
  /** Id of the record the fact is about. */
  readonly subject: string
  readonly body: Body
}
