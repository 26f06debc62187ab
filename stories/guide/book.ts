import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { instantOf } from '@loa/protocol'
import type { Page } from 'playwright-core'
import { type Difference, differenceOf } from './difference.ts'
import { type Figure, figuresOf } from './figures.ts'

/**
 * A page of the guide, held against the screens it shows. Its pictures are made by the stories, and a story fails where the
 * screen no longer looks like its picture or no longer has the words that the text beside the picture puts in bold.
 */
export type Book = {
  /** Compares the window with the picture of this name; in the mode `guide` makes the picture anew instead. */
  show(page: Page, name: string): Promise<void>
  /** Names of pictures that the page has and the story has not shown, in order. */
  notShown(): readonly string[]
}

/** A Monday morning after the morning session, so that nothing sounds by itself while the pictures are made. */
export const GUIDE_STARTS_AT = instantOf('2026-11-23', '09:00')

export const GUIDE = join(import.meta.dirname, '..', '..', 'docs', 'guide')
/** Larger than what another time of day or another number changes, smaller than a control that has moved. */
const DIFFERENCE_MAX = 0.03

/** Whether pictures are made instead of compared: `npm run guide`. */
const isMaking = (): boolean => (import.meta as { env?: { MODE?: string } }).env?.MODE === 'guide'

const missingWords = async (page: Page, { words }: Figure): Promise<string[]> => {
  const missing: string[] = []
  for (const word of words) {
    const named = page
      .getByText(word)
      .or(page.getByLabel(word))
      .or(page.getByPlaceholder(word))
      .filter({ visible: true })
    if ((await named.count()) === 0) missing.push(word)
  }
  return missing
}

const complain = (figure: Figure, file: string, { share, why }: Difference): void => {
  if (share <= DIFFERENCE_MAX) return
  const much = `${Math.round(share * 1000) / 10} %`
  throw new Error(
    `the screen no longer looks like ${figure.name} (${why ?? much}): look at ${file} and run npm run guide`,
  )
}

/** Opens a page of the guide, such as `can-bo-dai.md`. */
export const openBook = (file: string): Book => {
  const figures = figuresOf(readFileSync(join(GUIDE, file), 'utf8'))
  const shown = new Set<string>()
  return {
    show: async (page, name) => {
      const figure = figures.find((each) => each.name === name)
      if (figure === undefined) throw new Error(`${file} has no picture ${name}`)
      // grey shapes stand for what is still on its way
      await page.locator('.skeleton').first().waitFor({ state: 'detached' })
      const missing = await missingWords(page, figure)
      if (missing.length > 0) throw new Error(`${file}: ${name} does not show “${missing.join('”, “')}”`)
      shown.add(name)
      const path = join(GUIDE, figure.path)
      const now = await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' })
      if (isMaking()) {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, now)
        return
      }
      if (!existsSync(path)) throw new Error(`${figure.path} is missing: run npm run guide`)
      complain(figure, path, await differenceOf(page, readFileSync(path), now))
    },
    notShown: () => figures.map(({ name }) => name).filter((name) => !shown.has(name)),
  }
}
