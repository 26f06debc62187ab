import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { ApiClient, Refused } from './client.ts'
import { goTo, OFFICE, PHONE, picture, useStage } from './stage.ts'

/** A word that stands nowhere else: wherever it is found, the text got in. */
const trace = 'xóm-Ngọc-Lan-Vàng'
const secret = `MẬT\nKế hoạch diễn tập tại ${trace}, 5 giờ sáng mai.`

describe('classified matter', () => {
  const stage = useStage()

  /** Every value of every text-like column of the database in which the word stands, as `table.column`. */
  const inDatabase = async (word: string): Promise<string[]> => {
    const { db } = stage().world.server().context
    type Column = { schema: string; table: string; column: string }
    const { rows } = await sql<Column>`
      select c.table_schema as schema, c.table_name as "table", c.column_name as "column"
        from information_schema.columns c
        join information_schema.tables t using (table_schema, table_name)
       where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')`.execute(db)
    const found: string[] = []
    for (const { schema, table, column } of rows) {
      const { rows: hits } = await sql<{ hits: number }>`
        select count(*)::int as hits from ${sql.id(schema, table)}
         where position(${word} in ${sql.id(column)}::text) > 0`.execute(db)
      if ((hits[0]?.hits ?? 0) > 0) found.push(`${table}.${column}`)
    }
    return found
  }

  /** Files of the installation, logs and sounds and the database's own included, in which the word stands. */
  const inFiles = async (word: string): Promise<string[]> => {
    const needle = Buffer.from(word)
    const names = await readdir(stage().world.home, { recursive: true, withFileTypes: true })
    const found: string[] = []
    for (const entry of names.filter((each) => each.isFile())) {
      const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0))
      if (bytes.includes(needle)) found.push(entry.name)
    }
    return found
  }

  /** What the browser itself keeps. */
  const inBrowser = (page: Page): Promise<string> =>
    page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]))

  test('[F22] the search used below finds what was stored', async () => {
    const hanh = await stage().world.person('hanh')
    await hanh.must('POST', '/api/notices', {
      ...{ unit: 'binh-chuong', title: 'Dấu để tìm: xóm-Thử-Tìm', topic: '', class: 'normal', audience: [] },
      ...{ plan: { when: 'now' }, repeats: 1, versions: [] },
    })
    expect(await inDatabase('xóm-Thử-Tìm')).toContain('notice_revision.title')
    await sql`checkpoint`.execute(stage().world.server().context.db)
    expect((await inFiles('xóm-Thử-Tìm')).length).toBeGreaterThan(0)
  })

  test.for([OFFICE, PHONE])(
    '[F22] a text with a secrecy mark is refused while it is being written, with what to do instead, and this browser does not keep it, at $width',
    async (size) => {
      const page = await stage().person('hanh', size)
      await goTo(page, 'Soạn')
      await page.getByLabel('Tên tin').fill('Kế hoạch')
      await page.getByLabel('Nội dung').fill(secret)
      const alert = page.getByRole('alert')
      await alert.getByText('Có dấu hiệu tài liệu mật, không đưa lên loa được').waitFor()
      await picture(page, 'classified-refused')
      expect(await inBrowser(page)).not.toContain(trace)
      expect(await inDatabase(trace)).toEqual([])
      await page.getByRole('link', { name: 'Ghi nhận đã phổ biến trực tiếp' }).click()
      await page.getByLabel('Số người nghe').fill('42')
      await page.getByRole('button', { name: 'Ghi nhận', exact: true }).click()
      await page.getByText('23/11/2026, 42 người nghe').first().waitFor()
      await picture(page, 'classified-briefing')
      await goTo(page, 'Soạn')
      expect(await page.getByLabel('Nội dung').inputValue()).toBe('')
      expect(await inBrowser(page)).not.toContain(trace)
      await page.context().close()
    },
  )

  test.for<[string, (person: ApiClient) => Promise<{ status: number; body: Refused }>]>([
    ['reading', (person) => person.call('POST', '/api/readings', { unit: 'binh-chuong', text: secret })],
    [
      'voicing',
      (person) =>
        person.call('POST', '/api/voicings', { unit: 'binh-chuong', text: secret, accent: 'central', rate: 1 }),
    ],
    [
      'draft',
      (person) =>
        person.call('POST', '/api/notices', {
          ...{ unit: 'binh-chuong', title: 'Kế hoạch', topic: '', class: 'normal', audience: [] },
          ...{ plan: { when: 'now' }, repeats: 1, versions: [{ language: 'vi', written: secret, voicing: null }] },
        }),
    ],
    [
      'title',
      (person) =>
        person.call('POST', '/api/notices', {
          ...{ unit: 'binh-chuong', title: `(MẬT) ${trace}`, topic: '', class: 'normal', audience: [] },
          ...{ plan: { when: 'now' }, repeats: 1, versions: [] },
        }),
    ],
  ])('[F22] the server refuses it as %s, whoever sends it', async ([, ask]) => {
    const answer = await ask(await stage().world.person('hanh'))
    expect(answer.body.refused).toBe('notice.classified')
    expect(JSON.stringify(answer.body)).not.toContain(trace)
  })

  test('[F22] after all this it stands in no column of the database, no log, no sound and no other file', async () => {
    expect(await inDatabase(trace)).toEqual([])
    await sql`checkpoint`.execute(stage().world.server().context.db)
    expect(await inFiles(trace)).toEqual([])
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
