import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { networkSearch } from '../features/devices/network-search.ts'
import { Broken, NotFound, Root } from './root.tsx'

/** Addresses in Vietnamese, as they are read out on the telephone. Every page is a file of its own, fetched when first opened. */

const root = createRootRoute({ component: Root, notFoundComponent: NotFound, errorComponent: Broken })

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined
const number = (value: unknown): string | undefined => (typeof value === 'number' ? String(value) : text(value))

const roles = ['opening', 'closing', 'fallback', 'chime'] as const
type ComposeSearch = { tin?: string; ngay?: string; dung?: (typeof roles)[number] }

/** `tin`: a notice to go on with. `ngay`: a day whose sessions it is for. `dung`: what a standing item is used as. */
const composeSearch = (search: Record<string, unknown>): ComposeSearch => {
  const [tin, ngay] = [number(search.tin), day(search.ngay)]
  const dung = roles.find((role) => role === search.dung)
  return { ...(tin === undefined ? {} : { tin }), ...(ngay ? { ngay } : {}), ...(dung ? { dung } : {}) }
}

const today = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/today.tsx'), 'TodayPage'),
})
const compose = createRoute({
  getParentRoute: () => root,
  path: '/soan',
  validateSearch: composeSearch,
  component: lazyRouteComponent(() => import('./pages/compose.tsx'), 'ComposePage'),
})
const dispatch = createRoute({
  getParentRoute: () => root,
  path: '/soan/cong-van',
  component: lazyRouteComponent(() => import('./pages/dispatch.tsx'), 'DispatchPage'),
})
const notices = createRoute({
  getParentRoute: () => root,
  path: '/tin',
  component: lazyRouteComponent(() => import('./pages/notices.tsx'), 'NoticesPage'),
})
const notice = createRoute({
  getParentRoute: () => root,
  path: '/tin/$notice',
  component: lazyRouteComponent(() => import('./pages/notice.tsx'), 'NoticePage'),
})
const approve = createRoute({
  getParentRoute: () => root,
  path: '/duyet',
  validateSearch: (search: Record<string, unknown>): { tin?: string } => {
    const tin = number(search.tin)
    return tin === undefined ? {} : { tin }
  },
  component: lazyRouteComponent(() => import('./pages/approve.tsx'), 'ApprovePage'),
})
const schedule = createRoute({
  getParentRoute: () => root,
  path: '/lich-phat',
  validateSearch: (search: Record<string, unknown>): { ngay?: string; xem?: 'tuan' | undefined; xa?: string } => {
    const [ngay, xa] = [day(search.ngay), text(search.xa)]
    return { ...(ngay ? { ngay } : {}), ...(search.xem === 'tuan' ? { xem: 'tuan' } : {}), ...(xa ? { xa } : {}) }
  },
  component: lazyRouteComponent(() => import('./pages/schedule.tsx'), 'SchedulePage'),
})
const aired = createRoute({
  getParentRoute: () => root,
  path: '/da-phat',
  component: lazyRouteComponent(() => import('./pages/aired.tsx'), 'AiredPage'),
})
const airing = createRoute({
  getParentRoute: () => root,
  path: '/da-phat/$airing',
  component: lazyRouteComponent(() => import('./pages/airing.tsx'), 'AiringPage'),
})
const network = createRoute({
  getParentRoute: () => root,
  path: '/mang-luoi',
  validateSearch: networkSearch,
  component: lazyRouteComponent(() => import('./pages/network.tsx'), 'NetworkPage'),
})
const devices = createRoute({
  getParentRoute: () => root,
  path: '/mang-luoi/thiet-bi',
  component: lazyRouteComponent(() => import('./pages/devices.tsx'), 'DevicesPage'),
})
const chimes = createRoute({
  getParentRoute: () => root,
  path: '/mang-luoi/chuong',
  component: lazyRouteComponent(() => import('./pages/chimes.tsx'), 'ChimesPage'),
})
const cluster = createRoute({
  getParentRoute: () => root,
  path: '/mang-luoi/cum/$cluster',
  component: lazyRouteComponent(() => import('./pages/cluster.tsx'), 'ClusterPage'),
})
const tickets = createRoute({
  getParentRoute: () => root,
  path: '/viec-ky-thuat',
  component: lazyRouteComponent(() => import('./pages/tickets.tsx'), 'TicketsPage'),
})
/** Where the QR of a label leads. */
const join = createRoute({
  getParentRoute: () => root,
  path: '/ghep',
  component: lazyRouteComponent(() => import('./pages/join.tsx'), 'JoinPage'),
})
const hearing = createRoute({
  getParentRoute: () => root,
  path: '/phan-hoi-nghe',
  component: lazyRouteComponent(() => import('./pages/hearing.tsx'), 'HearingPage'),
})
const briefings = createRoute({
  getParentRoute: () => root,
  path: '/pho-bien',
  component: lazyRouteComponent(() => import('./pages/briefings.tsx'), 'BriefingsPage'),
})
const admin = createRoute({
  getParentRoute: () => root,
  path: '/quan-tri',
  component: lazyRouteComponent(() => import('./pages/admin.tsx'), 'AdminPage'),
})
const adminIndex = createRoute({
  getParentRoute: () => admin,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/admin.tsx'), 'AdminIndex'),
})
const adminPeople = createRoute({
  getParentRoute: () => admin,
  path: 'nguoi',
  validateSearch: (search: Record<string, unknown>): { ai?: string } => {
    const ai = number(search.ai)
    return ai === undefined ? {} : { ai }
  },
  component: lazyRouteComponent(() => import('./pages/admin-people.tsx'), 'AdminPeoplePage'),
})
const adminVoices = createRoute({
  getParentRoute: () => admin,
  path: 'giong-doc',
  component: lazyRouteComponent(() => import('./pages/admin-voices.tsx'), 'AdminVoicesPage'),
})
const adminReadings = createRoute({
  getParentRoute: () => admin,
  path: 'cach-doc',
  component: lazyRouteComponent(() => import('./pages/admin-readings.tsx'), 'AdminReadingsPage'),
})
const adminUnits = createRoute({
  getParentRoute: () => admin,
  path: 'don-vi',
  component: lazyRouteComponent(() => import('./pages/admin-units.tsx'), 'AdminUnitsPage'),
})
const adminMergers = createRoute({
  getParentRoute: () => admin,
  path: 'sap-nhap',
  component: lazyRouteComponent(() => import('./pages/admin-mergers.tsx'), 'AdminMergersPage'),
})
const adminLimits = createRoute({
  getParentRoute: () => admin,
  path: 'gioi-han',
  component: lazyRouteComponent(() => import('./pages/admin-limits.tsx'), 'AdminLimitsPage'),
})
const password = createRoute({
  getParentRoute: () => root,
  path: '/mat-khau',
  component: lazyRouteComponent(() => import('./pages/password.tsx'), 'PasswordPage'),
})
const more = createRoute({
  getParentRoute: () => root,
  path: '/them',
  component: lazyRouteComponent(() => import('./pages/more.tsx'), 'MorePage'),
})

const adminSessions = createRoute({
  getParentRoute: () => admin,
  path: '/buoi-phat',
  component: lazyRouteComponent(() => import('./pages/admin-sessions.tsx'), 'AdminSessionsPage'),
})
const adminStanding = createRoute({
  getParentRoute: () => admin,
  path: '/tieng-nhac',
  component: lazyRouteComponent(() => import('./pages/admin-standing.tsx'), 'AdminStandingPage'),
})

const adminFrame = createRoute({
  getParentRoute: () => admin,
  path: 'am-hieu',
  component: lazyRouteComponent(() => import('./pages/admin-frame.tsx'), 'AdminFramePage'),
})
/** Pages of Quản trị; each also stands in `admin-tabs.ts`, which says who may see it. */
const adminPages = admin.addChildren([
  adminIndex,
  adminPeople,
  adminUnits,
  adminMergers,
  adminLimits,
  adminSessions,
  adminStanding,
  adminVoices,
  adminFrame,
  adminReadings,
])

const routeTree = root.addChildren([
  today,
  compose,
  dispatch,
  notices,
  notice,
  approve,
  schedule,
  aired,
  airing,
  network,
  devices,
  chimes,
  cluster,
  tickets,
  join,
  hearing,
  briefings,
  adminPages,
  password,
  more,
])

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
