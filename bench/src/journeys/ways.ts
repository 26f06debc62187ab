import type { Browser, Page } from 'playwright-core'
import { OFFICE, openWindow, PHONE } from '../../../tools/browser.ts'
import { Hand, type Way } from './hand.ts'

export const ways: readonly Way[] = [
  { name: 'máy tính 1280 px, chuột', size: OFFICE, by: 'pointer' },
  { name: 'điện thoại 360 px', size: PHONE, by: 'pointer' },
  { name: 'máy tính, chỉ bàn phím', size: OFFICE, by: 'keyboard' },
  { name: 'điện thoại, mạng chậm', size: PHONE, by: 'pointer', slow: true },
]

const SLOW_BYTES_PER_S = 400_000 / 8
const SLOW_LATENCY_MS = 400
const ACTION_MS = 30_000

const slowDown = async (page: Page): Promise<void> => {
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: SLOW_LATENCY_MS,
    downloadThroughput: SLOW_BYTES_PER_S,
    uploadThroughput: SLOW_BYTES_PER_S,
  })
}

/** A window of its own with an empty cache, at an address, over the line of the way. */
export const openHand = async (browser: Browser, way: Way, url: string): Promise<Hand> => {
  const context = await openWindow(browser, way.size)
  context.setDefaultTimeout(ACTION_MS)
  const page = await context.newPage()
  if (way.slow) await slowDown(page)
  await page.goto(url)
  return new Hand(page, way)
}
