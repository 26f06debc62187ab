import type { Locator, Page } from 'playwright-core'

/** How a person works: on which screen, with what, over which line. */
export type Way = {
  readonly name: string
  readonly size: { readonly width: number; readonly height: number }
  readonly by: 'pointer' | 'keyboard'
  /** 400 kbit/s each way, 400 ms there and back. */
  readonly slow?: true
}

type Role = 'button' | 'link' | 'textbox' | 'combobox' | 'checkbox' | 'radio' | 'option'

/** Tabs pressed before we say that the keyboard does not come there. */
const TABS_MAX = 150

/**
 * Does to a page what a person does, and counts it. A press is a click, a touch or a key that is not part of a text; a
 * choice from a list is two. The letters of a text are not counted: everybody types their own.
 */
export class Hand {
  readonly page: Page
  readonly way: Way
  presses = 0

  constructor(page: Page, way: Way) {
    this.page = page
    this.way = way
  }

  #find(role: Role, name: string | RegExp): Locator {
    return this.page
      .getByRole(role, { name, exact: typeof name === 'string' })
      .filter({ visible: true })
      .first()
  }

  /** A key that is no letter of a text. */
  async key(key: string): Promise<void> {
    this.presses += 1
    await this.page.keyboard.press(key)
  }

  /** Tab after Tab until it has the focus. Throws where the keyboard does not come there. */
  async #reach(target: Locator, name: string | RegExp): Promise<void> {
    await target.waitFor()
    for (let tab = 0; tab < TABS_MAX; tab += 1) {
      const place = await target.evaluate((element) => {
        const here = document.activeElement as HTMLInputElement | null
        if (element === here) return 'there'
        return here?.type === 'radio' && here.name === (element as HTMLInputElement).name ? 'in its group' : 'elsewhere'
      })
      if (place === 'there') return
      // the choices of a group are one stop of Tab; arrows go between them
      await this.key(place === 'in its group' ? 'ArrowRight' : 'Tab')
    }
    throw new Error(`Tab does not lead to “${name}”`)
  }

  async press(role: Role, name: string | RegExp): Promise<void> {
    const target = this.#find(role, name)
    if (this.way.by === 'pointer') {
      this.presses += 1
      await target.click()
      return
    }
    await this.#reach(target, name)
    await this.key(role === 'checkbox' || role === 'radio' ? 'Space' : 'Enter')
  }

  async write(name: string | RegExp, text: string): Promise<void> {
    const field = this.#find('textbox', name)
    if (this.way.by === 'pointer') {
      this.presses += 1
      await field.click()
    } else await this.#reach(field, name)
    await this.page.keyboard.insertText(text)
  }

  /** Chooses an entry of a list by its place, the first being 1. */
  async choose(name: string, place: number): Promise<void> {
    const list = this.#find('combobox', name)
    if (this.way.by === 'pointer') {
      this.presses += 2
      await list.selectOption({ index: place })
      return
    }
    await this.#reach(list, name)
    for (let step = 0; step < place; step += 1) await this.key('ArrowDown')
  }

  /** Waits until it is there to be pressed. */
  async find(role: Role, name: string | RegExp): Promise<void> {
    await this.#find(role, name).waitFor()
  }

  async see(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor()
  }

  /** Opens a page by the rail, or on a phone by the tabs and what stands behind Thêm. */
  async goTo(name: string): Promise<void> {
    const nav = this.page.getByRole('navigation', { name: 'Các trang' })
    await nav.first().waitFor()
    const direct = nav.getByRole('link', { name }).filter({ visible: true })
    if ((await direct.count()) === 0) await this.press('link', 'Thêm')
    await this.press('link', new RegExp(`^${name}`))
    await this.page.getByRole('heading', { level: 1, name }).waitFor()
  }
}
