import type { CDPSession, Page } from 'playwright-core'

/** What a person with a keyboard, a screen reader, weak eyes or a thumb would stumble over; one line for each. */
export type Fault = string

/** WCAG 2.2: text needs 4.5 : 1, large text 3 : 1 (1.4.3). */
const CONTRAST_MIN = 4.5
const LARGE_CONTRAST_MIN = 3
/** A thumb needs 44 CSS pixels (2.5.5). */
const TOUCH_MIN_PX = 44

/**
 * Runs in the page. Language, headings, width and the size of what can be pressed. Excepted: links within a sentence, as
 * high as their line (2.5.5), and the link past the navigation, which only a keyboard brings forth.
 */
const lookAtLayout = (touch: number): string[] => {
  const faults: string[] = []
  const named = (element: Element): string =>
    `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 40)}”`
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
  const isHiddenAway = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect()
    return width <= 1 || height <= 1
  }

  if (document.documentElement.lang !== 'vi') faults.push(`lang is “${document.documentElement.lang}”`)
  const headings = [...document.querySelectorAll('h1')].filter(isShown)
  if (headings.length !== 1) faults.push(`${headings.length} h1`)
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) faults.push(`scrolls sideways: ${scrollWidth} > ${clientWidth}`)

  const targets = 'a[href], button, input, select, textarea, summary, [role="tab"]'
  for (const element of document.querySelectorAll<HTMLElement>(targets)) {
    if (!isShown(element)) continue
    const label = (element as HTMLInputElement).labels?.[0]
    const isInText = element.matches('p a, p button, li p a') && getComputedStyle(element).display === 'inline'
    const isSkip = element.matches('a[href^="#"]')
    if (isInText || isSkip) continue
    const boxes = [element, ...(label?.contains(element) || isHiddenAway(element) ? (label ? [label] : []) : [])]
    const width = Math.max(...boxes.map((box) => box.getBoundingClientRect().width))
    const height = Math.max(...boxes.map((box) => box.getBoundingClientRect().height))
    if (Math.round(width) < touch || Math.round(height) < touch)
      faults.push(`target ${Math.round(width)} × ${Math.round(height)}: ${named(element)}`)
  }
  return [...new Set(faults)]
}

/** Runs in the page. Every piece of visible text against what it stands on, by WCAG's relative luminance. */
const lookAtColours = ({ contrast, large }: { contrast: number; large: number }): string[] => {
  const faults: string[] = []
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const paint = canvas.getContext('2d', { willReadFrequently: true })
  const rgba = (colour: string): [number, number, number, number] => {
    if (!paint) return [0, 0, 0, 1]
    paint.clearRect(0, 0, 1, 1)
    paint.fillStyle = colour
    paint.fillRect(0, 0, 1, 1)
    const [r = 0, g = 0, b = 0, a = 0] = paint.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  type Rgb = [number, number, number]
  const over = ([r, g, b, a]: [number, number, number, number], [R, G, B]: Rgb): Rgb => [
    r * a + R * (1 - a),
    g * a + G * (1 - a),
    b * a + B * (1 - a),
  ]
  const groundOf = (element: Element | null): Rgb => {
    if (!element) return [255, 255, 255]
    const colour = rgba(getComputedStyle(element).backgroundColor)
    return colour[3] === 1 ? [colour[0], colour[1], colour[2]] : over(colour, groundOf(element.parentElement))
  }
  const luminance = (rgb: Rgb): number => {
    const [r = 0, g = 0, b = 0] = rgb.map((part) => {
      const c = part / 255
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const seen = new Set<Element>()
  while (words.nextNode()) {
    const parent = words.currentNode.parentElement
    if (!parent || seen.has(parent) || !words.currentNode.textContent?.trim()) continue
    seen.add(parent)
    const { width, height } = parent.getBoundingClientRect()
    const isShown =
      parent.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && width > 1 && height > 1
    if (!isShown || parent.closest(':disabled, .vh, title, option')) continue
    const style = getComputedStyle(parent)
    const ground = groundOf(parent)
    const [light, dark] = [luminance(over(rgba(style.color), ground)), luminance(ground)].sort((a, b) => b - a)
    const ratio = ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
    const px = Number.parseFloat(style.fontSize)
    const isLarge = px >= 24 || (px >= 18.66 && Number(style.fontWeight) >= 700)
    if (ratio < (isLarge ? large : contrast)) {
      const text = parent.textContent?.replace(/\s+/g, ' ').trim().slice(0, 40)
      faults.push(`contrast ${ratio.toFixed(2)}: “${text}”`)
    }
  }
  return [...new Set(faults)]
}

/** Runs in the page. Words that are cut off by their box, with nothing to scroll. */
const lookForCutText = (): string[] => {
  const faults: string[] = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) {
    const wide = [...document.querySelectorAll('body *')].filter(
      (each) => each.getBoundingClientRect().right > clientWidth + 1,
    )
    const who = wide
      .filter((each) => !wide.includes(each.parentElement as Element))
      .map(
        (each) =>
          `${each.tagName.toLowerCase()}.${each.getAttribute('class') ?? ''} “${(each.textContent ?? '').slice(0, 30)}”`,
      )
    faults.push(`scrolls sideways: ${scrollWidth} > ${clientWidth}: ${who.join(', ')}`)
  }
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (!element.checkVisibility() || !element.innerText?.trim() || element.closest('.vh, svg, select, option'))
      continue
    const style = getComputedStyle(element)
    const hides = (value: string): boolean => value === 'hidden' || value === 'clip'
    const cutX = hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1
    const cutY = hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1
    if (element.clientWidth > 1 && (cutX || cutY)) faults.push(`cut off: “${element.innerText.trim().slice(0, 40)}”`)
  }
  return faults
}

/** Roles that are pressed or filled in, by the browser's own accessibility tree. */
const INTERACTIVE = new Set(
  'button link textbox searchbox checkbox radio combobox slider spinbutton tab DisclosureTriangle'.split(' '),
)

type AxNode = { readonly ignored: boolean; readonly role?: { value?: unknown }; readonly name?: { value?: unknown } }

/** Interactive things that a screen reader would call nothing, by the browser's own reckoning. */
const namelessIn = async (session: CDPSession): Promise<Fault[]> => {
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] }
  return nodes
    .filter(({ ignored, role }) => !ignored && INTERACTIVE.has(String(role?.value)))
    .filter(({ name }) => String(name?.value ?? '').trim() === '')
    .map(({ role }) => `a ${String(role?.value)} without a name`)
}

/** Everything but the keyboard, on what the page shows now. */
export const examine = async (page: Page): Promise<Fault[]> => {
  const session = await page.context().newCDPSession(page)
  const nameless = await namelessIn(session)
  await session.detach()
  const layout = await page.evaluate(lookAtLayout, TOUCH_MIN_PX)
  const colours = await page.evaluate(lookAtColours, { contrast: CONTRAST_MIN, large: LARGE_CONTRAST_MIN })
  return [...nameless, ...layout, ...colours]
}

/** Text twice as large (1.4.4): nothing is cut off and nothing has to be scrolled sideways. The page is left as it was. */
export const examineLargeText = async (page: Page): Promise<Fault[]> => {
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
  const faults = await page.evaluate(lookForCutText)
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
  return faults
}

type Stop = {
  readonly name: string
  readonly isAfter: boolean
  readonly isMarked: boolean
  readonly isCovered: boolean
}

/** Runs in the page. Where the focus is now, against where it was the last time. */
const focusNow = (): Stop | null => {
  const holder = window as Window & { lastStop?: Element | undefined }
  const element = document.activeElement
  if (!element || element === document.body) {
    holder.lastStop = undefined
    return null
  }
  const before = holder.lastStop
  holder.lastStop = element
  const label = (element as HTMLInputElement).labels?.[0]
  const marks = [element, ...(label ? [label] : []), element.parentElement, element.closest('label')]
  const isMarked = marks.some((each) => {
    if (!each) return false
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
    return (
      (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || (each === element && boxShadow !== 'none')
    )
  })
  const box = (element.getBoundingClientRect().width <= 1 && label ? label : element).getBoundingClientRect()
  const at = document.elementFromPoint(
    Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2)),
    Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height, innerHeight) / 2)),
  )
  const isCovered = !at || !(element.contains(at) || at.contains(element) || label?.contains(at))
  return {
    name: `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? (element.textContent || label?.textContent) ?? '').replace(/\s+/g, ' ').trim().slice(0, 40)}”`,
    isAfter:
      !before || before === element || !!(before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
    isMarked,
    isCovered,
  }
}

/** Runs in the page. How many stops Tab should make: a group of radio buttons is one, and so is a list of tabs. */
const stopsWanted = (): number => {
  const all = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]'),
  ].filter(
    (element) =>
      element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled'),
  )
  const groups = new Set<string>()
  return all.filter((element) => {
    if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true
    if (groups.has(element.name)) return false
    groups.add(element.name)
    return true
  }).length
}

const STOPS_MAX = 200

/** Presses Tab from the top to the bottom of the page. */
export const examineKeyboard = async (page: Page): Promise<Fault[]> => {
  await page.evaluate(() => {
    ;(document.activeElement as HTMLElement | null)?.blur()
    scrollTo(0, 0)
  })
  const wanted = await page.evaluate(stopsWanted)
  const faults: Fault[] = []
  let made = 0
  for (; made < STOPS_MAX; made++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(focusNow)
    if (!stop) break
    if (!stop.isAfter) faults.push(`out of order: ${stop.name}`)
    if (!stop.isMarked) faults.push(`focus not to be seen: ${stop.name}`)
    if (stop.isCovered) faults.push(`covered: ${stop.name}`)
  }
  if (made !== wanted) faults.push(`Tab stops ${made} times, ${wanted} things can be pressed`)
  return faults
}
