import type { LocalDate } from '@loa/protocol'
import type { Context, Db } from '../../platform/context.ts'
import { announcePost } from './commands.ts'
import type { HeldPost } from './model.ts'
import { deletePosts, insertPost, lockPosts, postsHeldFrom, putPost } from './store.ts'

/** A post that is held at another unit from a day on; `becomes` null: the person has the same one there already. */
export type PostMove = { readonly post: HeldPost; readonly becomes: Omit<HeldPost, 'id'> | null }

/** The longest of the posts that would meet is the one that stays. */
const longestFirst = (a: HeldPost, b: HeldPost): number =>
  (a.to ?? '9999') === (b.to ?? '9999') ? (a.from < b.from ? -1 : 1) : (a.to ?? '9999') > (b.to ?? '9999') ? -1 : 1

const meets = (a: Omit<HeldPost, 'id'>, b: Omit<HeldPost, 'id'>): boolean =>
  a.person === b.person && a.role === b.role && a.from < (b.to ?? '9999') && b.from < (a.to ?? '9999')

/**
 * Where posts of units that end on a day are held from that day: each at the other unit, in the same role. Somebody who held
 * the same one in several of them, or holds it there already, holds it once.
 */
export const movesOf = (
  posts: readonly HeldPost[],
  { to, on, there }: { to: string; on: LocalDate; there: readonly HeldPost[] },
): readonly PostMove[] => {
  const held: Omit<HeldPost, 'id'>[] = [...there]
  return posts.toSorted(longestFirst).map((post) => {
    const { id: _, ...same } = post
    const becomes = { ...same, unit: to, from: post.from > on ? post.from : on }
    if (held.some((each) => meets(each, becomes))) return { post, becomes: null }
    held.push(becomes)
    return { post, becomes }
  })
}

/** What became of a post, so that it can be put back: the post as it was, and the id of the one made from it. */
export type MovedPost = { readonly was: HeldPost; readonly became: string | null }

/** Ends posts on the day, or takes away those that had not begun, and gives the ones they become. */
export const movePosts = async (
  ctx: Context,
  db: Db,
  { moves, on, by }: { moves: readonly PostMove[]; on: LocalDate; by: string },
): Promise<readonly MovedPost[]> => {
  const moved: MovedPost[] = []
  for (const { post, becomes } of moves) {
    const begun = post.from < on
    if (begun) await putPost(db, { ...post, to: on })
    else await deletePosts(db, [post.id])
    await announcePost(ctx, db, { post: { ...post, to: begun ? on : post.from }, by })
    const made = becomes === null ? undefined : { ...becomes, id: ctx.ids.next() }
    if (made !== undefined && (await insertPost(db, made))) await announcePost(ctx, db, { post: made, by })
    moved.push({ was: post, became: made?.id ?? null })
  }
  return moved
}

/**
 * Puts posts back as they were. Where the one that was made from a post has been given an end meanwhile, the old one ends
 * then: who left, left. `alsoAt`: posts given at that unit meanwhile are taken away, for it will never be. Returns those.
 */
export const movePostsBack = async (
  ctx: Context,
  db: Db,
  { moved, alsoAt, on, by }: { moved: readonly MovedPost[]; alsoAt: string | null; on: LocalDate; by: string },
): Promise<readonly HeldPost[]> => {
  const ids = moved.flatMap(({ became }) => became ?? [])
  const made = new Map((await lockPosts(db, ids)).map((post) => [post.id, post]))
  await deletePosts(db, ids)
  for (const { was, became } of moved) {
    const now = made.get(became ?? '')
    const back = now === undefined ? was : { ...was, to: now.to }
    await putPost(db, back)
    await announcePost(ctx, db, { post: back, by })
  }
  const lost = alsoAt === null ? [] : await postsHeldFrom(db, [alsoAt], on)
  await deletePosts(
    db,
    lost.map(({ id }) => id),
  )
  return lost
}
