import type { Browser } from 'playwright-core'
import { launchBrowser, signIn } from '../../../tools/browser.ts'
import type { Hand, Way } from '../journeys/hand.ts'
import { journeys as all, type Journey } from '../journeys/list.ts'
import type { Walked } from '../journeys/walked.ts'
import { openHand, ways } from '../journeys/ways.ts'
import type { Notice, People } from '../people.ts'
import type { Place, Town } from '../place.ts'
import type { Measured } from '../report.ts'

type Bench = { readonly town: Town; readonly browser: Browser; readonly password: (username: string) => string }

/** What one journey sent must not wait in the next one's way. */
const takeBack = async ({ officer }: People): Promise<void> => {
  const { notices } = await officer.must<{ notices: Notice[] }>('GET', '/api/notices?state=submitted')
  for (const { id, revision } of notices) await officer.call('POST', `/api/notices/${id}/withdraw`, { revision })
}

const walk = async (bench: Bench, journey: Journey, way: Way, number: number): Promise<Walked> => {
  const { town, browser } = bench
  const hand = await openHand(browser, way, town.installation.url)
  try {
    await signIn(hand.page, journey.who, bench.password(journey.who))
    const title = `Tin thử số ${number}`
    await journey.before?.(town.people, title)
    if (journey.before !== undefined) await hand.page.reload()
    await hand.page.getByRole('heading', { level: 1, name: 'Hôm nay' }).waitFor()
    const began = performance.now()
    await journey.run(hand, title)
    const seconds = (performance.now() - began) / 1000
    return { journey: journey.name, way: way.name, presses: hand.presses, seconds: Math.round(seconds * 10) / 10 }
  } finally {
    await hand.page.context().close()
    await takeBack(town.people)
  }
}

/** From an empty cache to a form that can be filled in, and from the press on it to Hôm nay. */
const firstScreen = async ({ town, browser, password }: Bench, way: Way): Promise<Walked[]> => {
  const began = performance.now()
  const hand: Hand = await openHand(browser, way, town.installation.url)
  await hand.page.getByLabel('Tên đăng nhập').waitFor()
  const form = (performance.now() - began) / 1000
  await signIn(hand.page, 'hanh', password('hanh'))
  const seconds = (performance.now() - began) / 1000
  await hand.page.context().close()
  return [
    { journey: 'Mở lần đầu, đến ô đăng nhập', way: way.name, presses: 0, seconds: Math.round(form * 10) / 10 },
    { journey: 'Mở lần đầu, đến trang Hôm nay', way: way.name, presses: 3, seconds: Math.round(seconds * 10) / 10 },
  ]
}

type Account = { readonly username: string; readonly password: string }

/** Each journey, each way, once: how many presses, how many seconds. */
export const journeys = async (place: Place): Promise<Measured> => {
  const town = await place.town()
  const accounts = await town.people.officer.must<Account[]>('GET', '/api/demo-accounts')
  const password = (username: string) => accounts.find((account) => account.username === username)?.password ?? ''
  const browser = await launchBrowser()
  const walked: Walked[] = []
  /** Journeys that did not come to their end, and why: shown, never left out in silence. */
  const missed: string[] = []
  try {
    const bench = { town, browser, password }
    const chosen = place.quick ? ways.slice(0, 2) : ways
    for (const way of chosen) {
      walked.push(...(await firstScreen(bench, way)))
      for (const journey of all) {
        place.say(`  ${journey.name}: ${way.name}`)
        const done = await walk(bench, journey, way, walked.length + missed.length + 1).catch((error: unknown) => {
          missed.push(`${journey.name}; ${way.name}: ${String(error).split('\n')[0]}`)
          return undefined
        })
        if (done !== undefined) walked.push(done)
      }
    }
  } finally {
    await browser.close()
  }
  return {
    rows: walked.flatMap(({ journey, way, presses, seconds }) => [
      { what: `${journey}; ${way}: lần bấm`, ours: presses, unit: '' },
      { what: `${journey}; ${way}: giây`, ours: seconds, unit: 's' },
    ]),
    notes: [
      'a press is a click, a touch or a key outside a text (Tab too); a choice from a list is two; the letters of a text are not counted',
      'seconds of the machine from the first press to the words that say it is done, without the time a person reads, thinks and types',
      'slow: 400 kbit/s each way, 400 ms there and back, empty cache',
      ...missed.map((each) => `did not come to its end: ${each}`),
    ],
    walked,
  }
}
