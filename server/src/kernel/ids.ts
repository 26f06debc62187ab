/** Ids are handed in, so that a test can name the records it makes. The system source is platform/ids.ts. */
export type Ids = {
  /** A new id: 26 characters of Crockford base 32, sortable by time of making (ULID). */
  next(): string
  /** `bytes` random bytes from the system's secure source, for secrets and keys. */
  secret(bytes: number): Uint8Array
}
