import type { Page } from 'playwright-core'

/** How unlike two pictures are: 0 the same, 1 black against white. `why`: said in place of the share where sizes differ. */
export type Difference = { readonly share: number; readonly why?: string }

/** Pictures are compared this coarsely: another digit is no difference, another control is. */
const COLUMNS = 96

/** Runs in the page: decodes both pictures, makes them coarse and grey, and compares point by point. */
const COMPARE = `async ({ one, other, columns }) => {
  const open = async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    return createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  }
  const grey = (image, rows) => {
    const canvas = new OffscreenCanvas(columns, rows)
    const brush = canvas.getContext('2d')
    brush.imageSmoothingQuality = 'high'
    brush.drawImage(image, 0, 0, columns, rows)
    const { data } = brush.getImageData(0, 0, columns, rows)
    return Array.from({ length: columns * rows }, (_, i) => (data[4 * i] + data[4 * i + 1] + data[4 * i + 2]) / 765)
  }
  const [a, b] = [await open(one), await open(other)]
  if (a.width !== b.width || a.height !== b.height)
    return { share: 1, why: a.width + '×' + a.height + ' is now ' + b.width + '×' + b.height }
  const rows = Math.max(1, Math.round((columns * a.height) / a.width))
  const [was, is] = [grey(a, rows), grey(b, rows)]
  return { share: was.reduce((sum, each, i) => sum + Math.abs(each - is[i]), 0) / was.length }
}`

/** Compares two PNG pictures in the browser that made one of them. */
export const differenceOf = async (page: Page, one: Uint8Array, other: Uint8Array): Promise<Difference> => {
  const empty = await page.context().newPage()
  try {
    const given = JSON.stringify({
      one: Buffer.from(one).toString('base64'),
      other: Buffer.from(other).toString('base64'),
      columns: COLUMNS,
    })
    return await empty.evaluate<Difference>(`(${COMPARE})(${given})`)
  } finally {
    await empty.close()
  }
}
