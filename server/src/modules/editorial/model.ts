import type { BulletinClass } from '@loa/protocol'
import { type Refusal, type RefusalCode, refuse } from '../../kernel/refusal.ts'

export type NoticeState = 'draft' | 'submitted' | 'returned' | 'approved' | 'withdrawn'
export type Action = 'edit' | 'submit' | 'withdraw' | 'return' | 'check' | 'approve'

type Right = 'write' | 'approve' | 'read'

/** The whole life of a notice: from which states an action may be taken, by what right, and where it leads. */
export const transitions: Readonly<Record<Action, { from: readonly NoticeState[]; by: Right; to: NoticeState }>> = {
  edit: { from: ['draft', 'returned', 'withdrawn'], by: 'write', to: 'draft' },
  submit: { from: ['draft'], by: 'write', to: 'submitted' },
  withdraw: { from: ['draft', 'returned', 'submitted'], by: 'write', to: 'withdrawn' },
  return: { from: ['submitted'], by: 'approve', to: 'returned' },
  check: { from: ['submitted'], by: 'read', to: 'submitted' },
  approve: { from: ['submitted'], by: 'approve', to: 'approved' },
}

export type Situation = {
  readonly state: NoticeState
  /** The newest revision. */
  readonly revision: number
  /** The author, and everybody who saved or submitted any revision: none of them is the second person. */
  readonly writers: readonly string[]
  /** Languages whose version nobody has checked yet. */
  readonly unchecked: readonly string[]
  readonly by: {
    readonly person: string
    readonly rights: Readonly<Record<Right, boolean>>
    readonly languages: readonly string[]
  }
}

/** What the person says besides the action itself. */
export type Said = {
  /** The revision they had before their eyes; absent where it does not matter. */
  readonly revision?: number
  readonly reason?: string
  readonly language?: string
}

const specialRefusal = (action: Action, situation: Situation, said: Said): RefusalCode | undefined => {
  const { by, writers, unchecked } = situation
  if (action === 'return') return said.reason?.trim() ? undefined : 'notice.reasonMissing'
  if (action === 'check') {
    if (!by.languages.includes(said.language ?? '')) return 'notice.languageNotUnderstood'
    return writers.includes(by.person) ? 'notice.ownApproval' : undefined
  }
  if (action === 'approve') {
    if (writers.includes(by.person)) return 'notice.ownApproval'
    return unchecked.length > 0 ? 'notice.languageUnchecked' : undefined
  }
  return undefined
}

/**
 * The decision: the state an action leads to, or why not. In this order: is it theirs to see, have they the right, is it
 * the time for it, do they speak of what stands there now, and then what is particular to the action.
 */
export const decide = (action: Action, situation: Situation, said: Said = {}): NoticeState | Refusal => {
  const { from, by: right, to } = transitions[action]
  if (!situation.by.rights.read) return refuse('input.notFound')
  if (!situation.by.rights[right]) return refuse('access.notAllowed')
  if (!from.includes(situation.state)) return refuse('notice.wrongState')
  if (said.revision !== undefined && said.revision !== situation.revision) return refuse('notice.changedMeanwhile')
  const refused = specialRefusal(action, situation, said)
  return refused === undefined ? to : refuse(refused)
}

/** Whether submitting counts as the first of two signatures: the raiser of an emergency or a drill signs. */
export const raiserSigns = (bulletinClass: BulletinClass): boolean =>
  bulletinClass === 'emergency' || bulletinClass === 'drill'
