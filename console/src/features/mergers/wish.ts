import type { MergerAsked } from '../../api/mergers.ts'

/** What is being filled in. */
export type Wish = {
  readonly mode: 'new' | 'into'
  readonly from: readonly string[]
  readonly into: string
  readonly kind: string
  readonly name: string
  readonly day: string
  readonly source: string
  readonly keep: readonly string[]
}

export const emptyWish = (kind: string): Wish => ({
  ...{ mode: 'new', from: [], into: '', kind, name: '', day: '', source: '', keep: [] },
})

/** People type “xã Chương Minh” where only the name is wanted; the word is chosen beside it. */
const bareName = (name: string): string => name.trim().replace(/^(xã|phường|đặc khu|thị trấn)(\s+|$)/i, '')

/** Communes that end: in a merger into one of them that one does not. */
export const goneIn = (wish: Wish): readonly string[] =>
  wish.mode === 'into' ? wish.from.filter((id) => id !== wish.into) : wish.from

/** What is still missing before anything can be shown: too few communes, or another field. */
export const missingIn = (wish: Wish): 'communes' | 'fields' | undefined => {
  const gone = goneIn(wish)
  if (gone.length < (wish.mode === 'new' ? 2 : 1)) return 'communes'
  const named = wish.mode === 'new' ? bareName(wish.name) !== '' : wish.into !== ''
  return named && wish.day !== '' && wish.source.trim() !== '' ? undefined : 'fields'
}

export const askedOf = (wish: Wish): MergerAsked => {
  const shortName = bareName(wish.name)
  return {
    effectiveOn: wish.day,
    from: [...goneIn(wish)],
    to: wish.mode === 'into' ? { unit: wish.into } : { name: `${wish.kind} ${shortName}`, shortName },
    source: wish.source.trim(),
    keepSessions: wish.keep.filter((id) => goneIn(wish).includes(id)),
  }
}

/** A commune chosen or not; its sessions are kept unless somebody says otherwise. */
export const withCommune = (wish: Wish, id: string, chosen: boolean): Wish => ({
  ...wish,
  from: chosen ? [...wish.from, id] : wish.from.filter((each) => each !== id),
  keep: chosen ? [...wish.keep, id] : wish.keep.filter((each) => each !== id),
})
