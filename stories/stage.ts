import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '@loa/protocol'
import { demoPassword } from '@loa/server/demo'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { launchBrowser, OFFICE, openWindow, PHONE, signIn as signInByForm } from '../tools/browser.ts'
import { openWorld, type World } from './world.ts'

export { OFFICE, PHONE }
export type Size = { readonly width: number; readonly height: number }

/** A whole installation with people in front of it. Its clock goes at the pace of the browser's. */
export type Stage = {
  readonly world: World
  readonly browser: Browser
  /** A window of its own, nobody signed in, at the first page. */
  window(size?: Size): Promise<Page>
  /** A window in which this person of the demonstration has signed in by the form. */
  person(username: string, size?: Size): Promise<Page>
  /** What pages complained about: an error of a script, or a console error. Empty in a story that goes well. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

const ACTION_MS = 20_000
const artefacts = join(import.meta.dirname, 'artefacts')

/** Keeps a picture of the whole page for people to look at; nothing is decided by it. */
export const picture = async (page: Page, name: string): Promise<void> => {
  mkdirSync(artefacts, { recursive: true })
  const width = page.viewportSize()?.width ?? 0
  await page.screenshot({ path: join(artefacts, `${name}-${width}.png`), fullPage: true, animations: 'disabled' })
}

/** What a browser says by itself when an answer is a refusal or a line is cut: the page has its own words for it. */
const EXPECTED = /Failed to load resource|net::ERR_|WebSocket connection/

const listenTo = (context: BrowserContext, complaints: string[]): void => {
  context.on('weberror', (error) => complaints.push(error.error().message))
  context.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text())
  })
}

/** Resolves at the browser's next picture but one, with its clock in milliseconds. */
const NEXT_FRAME = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))'

/** Lets the story's clock go as fast as the browser's, until told to end. */
const goWith = (page: Page, world: World): { end: () => Promise<void> } => {
  let going = true
  const run = async (): Promise<void> => {
    const [zero, start] = [await page.evaluate<number>(NEXT_FRAME), world.clock.now()]
    let turned = 0
    while (going) {
      const passed = Math.round((await page.evaluate<number>(NEXT_FRAME)) - zero)
      await world.clock.turnBy(passed - turned)
      turned = passed
    }
    if (world.clock.now() < start) throw new Error('the clock went backwards')
  }
  const running = run()
  return {
    end: () => {
      going = false
      return running
    },
  }
}

/** Signs in as one of the demonstration's people. */
export const signIn = (page: Page, username: string, password = demoPassword): Promise<void> =>
  signInByForm(page, username, password)

const openStage = async (startsAt?: Instant): Promise<Stage> => {
  const world = await openWorld(startsAt)
  const browser = await launchBrowser()
  const complaints: string[] = []
  const clockPage = await browser.newPage()
  const pace = goWith(clockPage, world)
  const open = async (size: Size = OFFICE): Promise<Page> => {
    const context = await openWindow(browser, size)
    context.setDefaultTimeout(ACTION_MS)
    listenTo(context, complaints)
    const page = await context.newPage()
    await page.goto(world.url)
    await page.getByRole('heading', { level: 1 }).waitFor()
    return page
  }
  return {
    world,
    browser,
    complaints,
    window: open,
    person: async (username, size) => {
      const page = await open(size)
      await signIn(page, username)
      return page
    },
    close: async () => {
      await pace.end()
      await browser.close()
      await world.close()
    },
  }
}

/** The link of a page in the rail on a wide screen, in the tabs or behind Thêm on a phone. */
export const goTo = async (page: Page, name: string): Promise<void> => {
  const nav = page.getByRole('navigation', { name: 'Các trang' })
  const link = nav.getByRole('link', { name })
  if (!(await link.isVisible())) await nav.getByRole('link', { name: 'Thêm' }).click()
  await page.getByRole('link', { name }).filter({ visible: true }).first().click()
}

/** For the length of a `describe`: a stage, opened before and closed after; a test that fails leaves pictures of every page. */
export const useStage = (startsAt?: Instant): (() => Stage) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(startsAt)
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    const pages = stage.browser.contexts().flatMap((context) => context.pages())
    for (const [nth, page] of pages.entries()) if (nth > 0) await picture(page, `failed-${nth}`)
  })
  afterAll(() => stage?.close())
  return () => stage
}
