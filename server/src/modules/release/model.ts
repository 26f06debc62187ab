import { type Candidate, signersNeeded } from '@loa/protocol'
import { type Refusal, refuse } from '../../kernel/refusal.ts'

/** Where a release stands, as far as signing goes. */
export type Standing = {
  readonly issued: boolean
  readonly withdrawn: boolean
  /** People who have signed already. */
  readonly signers: readonly string[]
}

/** People whose signature counts. The author of an ordinary item counts for nothing (protocol `judge` says the same). */
const counting = (candidate: Pick<Candidate, 'class' | 'author'>, signers: readonly string[]): number => {
  const ordinary = candidate.class === 'normal' || candidate.class === 'priority'
  return new Set(signers.filter((person) => !ordinary || person !== candidate.author)).size
}

/** What a person's signature does to a release: `signed`, or `issued` where it was the last one needed. */
export const decideSigning = (
  candidate: Pick<Candidate, 'class' | 'author'>,
  standing: Standing,
  person: string,
): 'signed' | 'issued' | Refusal => {
  if (standing.issued || standing.withdrawn) return refuse('input.conflict')
  if (standing.signers.includes(person)) return refuse('input.conflict')
  const ordinary = candidate.class === 'normal' || candidate.class === 'priority'
  if (ordinary && person === candidate.author) return refuse('notice.ownApproval')
  return counting(candidate, [...standing.signers, person]) >= signersNeeded[candidate.class] ? 'issued' : 'signed'
}

/** What taking back does: nothing the second time, and refused once it may have been heard. */
export const decideWithdrawal = (standing: Standing): 'withdrawn' | 'nothing' | Refusal => {
  if (standing.issued) return refuse('input.conflict')
  return standing.withdrawn ? 'nothing' : 'withdrawn'
}
