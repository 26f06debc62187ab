import type { BulletinClass } from '@loa/protocol'

/** What made a release, opaque to this module: `{ kind: 'notice', id: '<notice>.<revision>' }`. */
export type Origin = { readonly kind: string; readonly id: string }

type AboutRelease = {
  readonly release: string
  readonly origin: Origin
  /** The unit that issues it. */
  readonly unit: string
  readonly class: BulletinClass
  readonly audience: readonly string[]
  /** What devices may fetch now although it cannot sound before it is issued. */
  readonly sounds: readonly { readonly sound: string; readonly bytes: number }[]
}

/** Frozen and waiting for signatures. Subject of this and of the following: the release. */
export const releaseProposed = 'release.proposed'
export type ReleaseProposed = AboutRelease

/** One more person has signed; not yet enough. */
export const releaseSigned = 'release.signed'
export type ReleaseSigned = AboutRelease & { readonly person: string }

/** Enough people have signed: it may sound. Happens once. */
export const releaseIssued = 'release.issued'
export type ReleaseIssued = AboutRelease

/** Returned or taken back before it was issued: it will never sound. */
export const releaseWithdrawn = 'release.withdrawn'
export type ReleaseWithdrawn = AboutRelease
