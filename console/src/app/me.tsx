import { createContext, type ReactNode, useContext } from 'react'
import type { Me } from '../api/types.ts'

const Person = createContext<Me | null>(null)

export const MeProvider = ({ value, children }: { value: Me; children: ReactNode }) => (
  <Person value={value}>{children}</Person>
)

/** The person signed in. Only used below the sign-in. */
export const usePerson = (): Me => {
  const me = useContext(Person)
  if (!me) throw new Error('usePerson outside the signed-in part')
  return me
}

export const mayWrite = (me: Me): boolean => me.units.length > 0
export const mayApprove = (me: Me): boolean => me.approves.length > 0
/** Languages beside Vietnamese that the person is recorded as understanding: they may be asked to check a version. */
export const mayCheck = (me: Me): boolean => me.languages.some((language) => language !== 'vi')
export const mayTend = (me: Me): boolean =>
  me.posts.some((post) => post.role === 'technician' || post.role === 'administrator')
/** Who hands out the links by which people in the villages answer. */
export const mayAsk = (me: Me): boolean =>
  me.posts.some(({ role }) => ['officer', 'leader', 'administrator'].includes(role))
/** Who goes with the mobile loudspeaker. */
export const mayGo = (me: Me): boolean =>
  me.posts.some(({ role }) => ['officer', 'approver', 'leader', 'clerk'].includes(role))
/** Who says how the names of the place are read. */
export const mayProposeReading = (me: Me): boolean => me.posts.some(({ role }) => role !== 'technician')
export const mayAdminister = (me: Me): boolean => me.posts.some((post) => post.role === 'administrator')
/** Sessions and what sounds in them are set by those who write for a unit, by its approvers and by administrators. */
export const maySetSessions = (me: Me): boolean => mayWrite(me) || mayApprove(me) || mayAdminister(me)
