import type { LinkProps } from '@tanstack/react-router'
import type { Me } from '../api/types.ts'
import type { Words } from '../i18n/index.tsx'
import type { IconName } from '../ui/icon.tsx'
import { mayAdminister, mayApprove, mayProposeReading, maySetSessions, mayTend } from './me.tsx'

/** One page of Quản trị. A page is added by a line here, a route in `router.tsx` and its words. */
export type AdminTab = {
  to: NonNullable<LinkProps['to']>
  icon: IconName
  label: (w: Words) => string
  /** What the page is for, in one sentence; shown in the index. */
  lead: (w: Words) => string
  /** Who has a use for it. The server decides by itself what each may do there. */
  may: (me: Me) => boolean
}

export const adminTabs: readonly AdminTab[] = [
  {
    to: '/quan-tri/nguoi',
    icon: 'people',
    label: (w) => w.admin.people.title,
    lead: (w) => w.admin.people.lead,
    may: mayAdminister,
  },
  {
    to: '/quan-tri/gioi-han',
    icon: 'sliders',
    label: (w) => w.limits.title,
    lead: (w) => w.limits.lead,
    may: mayTend,
  },
  {
    to: '/quan-tri/buoi-phat',
    icon: 'clock',
    label: (w) => w.sessions.title,
    lead: (w) => w.sessions.lead,
    may: maySetSessions,
  },
  {
    to: '/quan-tri/tieng-nhac',
    icon: 'wave',
    label: (w) => w.standing.title,
    lead: (w) => w.standing.lead,
    may: maySetSessions,
  },
  {
    to: '/quan-tri/giong-doc',
    icon: 'horn',
    label: (w) => w.voices.title,
    lead: (w) => w.voices.lead,
    may: (me) => mayApprove(me) || mayAdminister(me),
  },
  {
    to: '/quan-tri/am-hieu',
    icon: 'wave',
    label: (w) => w.frame.title,
    lead: (w) => w.frame.lead,
    may: maySetSessions,
  },
  {
    to: '/quan-tri/cach-doc',
    icon: 'ear',
    label: (w) => w.readings.title,
    lead: (w) => w.readings.lead,
    may: mayProposeReading,
  },
  {
    to: '/quan-tri/don-vi',
    icon: 'net',
    label: (w) => w.unitsPage.title,
    lead: (w) => w.unitsPage.lead,
    may: mayAdminister,
  },
  {
    to: '/quan-tri/sap-nhap',
    icon: 'calendar',
    label: (w) => w.mergersPage.title,
    lead: (w) => w.mergersPage.lead,
    may: mayAdminister,
  },
]

/** The pages of Quản trị this person has a use for. */
export const adminTabsFor = (me: Me): readonly AdminTab[] => adminTabs.filter((tab) => tab.may(me))
