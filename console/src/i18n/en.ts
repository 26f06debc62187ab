import { admin } from './en-admin.ts'
import { dispatch } from './en-dispatch.ts'
import { frame } from './en-frame.ts'
import { hearing } from './en-hearing.ts'
import { mergers } from './en-mergers.ts'
import { networkWords } from './en-network.ts'
import { readings } from './en-readings.ts'
import { schedule } from './en-schedule.ts'
import { screens } from './en-screens.ts'
import { search } from './en-search.ts'
import { voices } from './en-voices.ts'
import { dateRuns, dateWritten, durationParts, numberWritten, timeOf, weekdayOf } from './format.ts'
import type { Sentence, SummaryFacts } from './summary.ts'
import type { Words } from './vi.ts'

const n = (value: number, decimals = 0): string => numberWritten(value, 'en', decimals)
const some = (count: number, one: string, many = `${one}s`): string => `${n(count)} ${count === 1 ? one : many}`

const duration = (ms: number): string => {
  const { hours, minutes, seconds } = durationParts(ms)
  const parts = [
    hours > 0 ? `${hours} h` : '',
    minutes > 0 ? `${minutes} min` : '',
    seconds > 0 && hours === 0 ? `${seconds} s` : '',
  ].filter(Boolean)
  return parts.join(' ') || '0 s'
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const list = (items: readonly string[]): string =>
  items.length <= 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

const places = (names: readonly string[]): string =>
  names.length <= 3 ? list(names) : `${names.slice(0, 2).join(', ')} and ${n(names.length - 2)} more places`

const clusters = (count: { devices: number; behindGateway: number }, gateways: number): string => {
  const behind =
    count.behindGateway > 0
      ? `${some(count.behindGateway, 'cluster')} behind ${gateways > 1 ? `${n(gateways)} gateways` : 'a gateway'}`
      : ''
  if (count.devices > 0) return `${some(count.devices, 'cluster')}${behind && ` and ${behind}`}`
  return behind || '0 clusters'
}

const onDays = (dates: readonly string[]): string =>
  dates.length === 0 ? 'no day chosen' : `on ${list(dateRuns(dates))}`

const inSessions = (names: readonly string[]): string =>
  names.length === 0 ? 'no session chosen' : `in ${list(names.map(schedule.plan.session))}`

const whenWritten = (when: SummaryFacts['when']): string => {
  if (when === null) return 'at once after approval'
  if ('role' in when) {
    const period =
      when.from === '' || when.to === ''
        ? 'no day chosen'
        : `from ${dateWritten(when.from)} until ${dateWritten(when.to)}`
    return when.role === 'chime' ? period : `${inSessions(when.sessions)}, ${period}`
  }
  if ('sessions' in when) return `${inSessions(when.sessions)} ${onDays(when.dates)}`
  return when.dates.length === 0 ? 'no day chosen' : `at ${when.time || 'an unclear time'} ${onDays(when.dates)}`
}

const summary = (facts: SummaryFacts): Sentence => {
  const where = facts.clusters
    ? `on ${clusters(facts.clusters, facts.gateways)}${facts.places.length > 0 ? ` of ${places(facts.places)}` : ''}`
    : facts.places.length > 0
      ? `in ${places(facts.places)}`
      : ''
  const when = whenWritten(facts.when)
  const repeats = facts.repeats > 1 ? `, read ${facts.repeats} times in a row` : ''
  const long =
    facts.durationMs === null
      ? ''
      : `, ${duration(facts.durationMs)}${facts.repeats > 1 ? ' with all readings' : facts.times > 1 ? ' each time' : ''}`
  const behalf = facts.behalf ? `, on behalf of ${facts.behalf}` : ''
  const rest = `, ${when}${repeats}${long}${behalf}.`
  if (where === '') return { lead: 'No place chosen', rest }
  if (facts.when && 'role' in facts.when)
    return { lead: `Used as ${schedule.plan.roles[facts.when.role]} ${where}`, rest }
  return { lead: `Plays ${some(Math.max(1, facts.times), 'time')} ${where}`, rest }
}

/** The same keys as the Vietnamese words: checked by type. */
export const en: Words = {
  code: 'en',
  number: n,
  duration,
  list,
  places,
  within: (name) => name,
  clusters,
  summary,
  date: dateWritten,
  longDate: (date) => `${weekdays[weekdayOf(date)]}, ${dateWritten(date)}`,
  weekdayShort: (date) => (weekdays[weekdayOf(date)] ?? '').slice(0, 3),
  at: (instant) => `${timeOf(instant)}, ${dateWritten(instant)}`,

  app: {
    name: 'Loa',
    skip: 'To the main content',
    nav: 'Pages',
    today: 'Today',
    compose: 'Write a notice',
    composeShort: 'Write',
    mine: 'My notices',
    approve: 'Approve',
    aired: 'Broadcast log',
    network: 'Network',
    more: 'More',
    briefings: 'Oral briefings',
    waiting: (count) => `${n(count)} waiting`,
    offline: 'No connection to the server. What you are writing is kept on this machine; trying again.',
    size: (counted, horns) => `${counted} · ${some(horns, 'horn')}`,
    demo: 'Demonstration network after the report of Bình Sơn: names of people and villages, how clusters are divided and Bình Chương’s move to IP are assumed; the loudspeakers are virtual and keep no quiet hours.',
    loading: 'Loading…',
    notFound: 'There is no such page.',
    goHome: 'Go to Today',
    broken: 'Something went wrong on this page. What was saved is safe.',
    reload: 'Reload the page',
  },
  account: {
    menu: 'Account',
    language: 'Language',
    vietnamese: 'Tiếng Việt',
    english: 'English',
    theme: 'Screen colours',
    light: 'Light',
    dark: 'Dark',
    system: 'As the machine',
    posts: 'Posts',
    signOut: 'Sign out',
  },
  signIn: {
    title: 'Sign in',
    lead: 'Grassroots loudspeaker network',
    username: 'User name',
    password: 'Password',
    show: 'Show password',
    submit: 'Sign in',
    busy: 'Checking…',
    triesLeft: (count) => `${some(count, 'try', 'tries')} left before the account is locked for a while.`,
    lockedFor: (minutes) => `Try again in ${some(minutes, 'minute')}.`,
    demoTitle: 'Demonstration accounts',
    demoLead: 'Press a person to fill in name and password.',
  },
  trouble: {
    title: 'This could not be done',
    noConnection: 'Not sent: there is no connection to the server. Check the network and try again.',
    badAnswer: 'The server gave an answer that makes no sense. Nothing was changed; please try again in a few minutes.',
    loadFailed: 'This part could not be loaded.',
    retry: 'Try again',
    kept: 'Everything you entered is still here.',
    close: 'Close',
    date: 'Write the day like 24/11/2026.',
    time: 'Write the time like 17:05.',
    noSuchDate: (text) => `There is no day ${text}.`,
    noSuchTime: (text) => `There is no time ${text}; write it like 17:05.`,
    pastDate: (date) => `${date} has passed.`,
    rangeTurned: 'The first day must come before the last.',
  },
  classes: { normal: 'Normal', priority: 'Priority', emergency: 'Emergency', drill: 'Drill' },
  languages: { vi: 'Vietnamese', cua: 'Cor', sed: 'Xơ Đăng', hre: 'H’re' },
  states: {
    draft: 'Draft',
    submitted: 'Waiting for approval',
    returned: 'Returned',
    approved: 'Approved',
    withdrawn: 'Withdrawn',
  },
  player: {
    play: 'Listen',
    pause: 'Pause',
    seek: 'Position in the sound',
    of: (at, whole) => `${at} of ${whole}`,
    loading: 'Loading the sound…',
    failed: 'Not heard yet: the connection is lost, or this machine cannot play it. Press listen to try again.',
  },
  ...screens,
  ...admin,
  ...dispatch,
  ...schedule,
  ...frame,
  ...readings,
  ...voices,
  ...networkWords,
  ...search,
  ...mergers,
  ...hearing,
}
