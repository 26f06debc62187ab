import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { figuresOf } from './figures.ts'

const GUIDE = join(import.meta.dirname, '..', '..', 'docs', 'guide')
const pages = readdirSync(GUIDE).filter((name) => name.endsWith('.md'))

describe('a page of the guide', () => {
  test('gives each picture the bold words below it, up to the next picture or heading', () => {
    const page = [
      '# Soạn tin',
      'Bấm **Không tính**.',
      '![Trang soạn](pictures/soan.png)',
      'Bấm **Gửi duyệt** rồi **Nghe**.',
      '![Đã gửi](pictures/da-gui.png)',
      'Có chữ **Chờ duyệt**.',
      '## Xong',
      '**Không tính nữa**',
    ].join('\n')
    expect(figuresOf(page)).toEqual([
      { name: 'soan', path: 'pictures/soan.png', words: ['Gửi duyệt', 'Nghe'] },
      { name: 'da-gui', path: 'pictures/da-gui.png', words: ['Chờ duyệt'] },
    ])
  })

  test.each(pages)('%s names only pictures that are there', (page) => {
    const figures = figuresOf(readFileSync(join(GUIDE, page), 'utf8'))
    expect(figures.filter(({ path }) => !existsSync(join(GUIDE, path)))).toEqual([])
  })

  test('every picture that is there is named by a page', () => {
    const named = new Set(
      pages.flatMap((page) => figuresOf(readFileSync(join(GUIDE, page), 'utf8'))).map((f) => f.path),
    )
    const there = readdirSync(join(GUIDE, 'pictures')).map((name) => `pictures/${name}`)
    expect(there.filter((path) => !named.has(path))).toEqual([])
  })
})
