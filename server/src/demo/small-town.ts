import type { Role } from '../kernel/actor.ts'
import { addUnits } from '../modules/org/index.ts'
import { addPerson, givePost } from '../modules/people/index.ts'
import type { Context } from '../platform/context.ts'

/** Eight o'clock on a Sunday morning. */
export const MORNING = Date.parse('2026-11-22T08:00:00+07:00')

// biome-ignore format: a table
const units = [
  ['tinh',    'province', null,   'Tỉnh Thử'],
  ['xa-a',    'commune',  'tinh', 'Xã A'],
  ['thon-a1', 'village',  'xa-a', 'Thôn A1'],
  ['thon-a2', 'village',  'xa-a', 'Thôn A2'],
  ['xa-b',    'commune',  'tinh', 'Xã B'],
  ['thon-b1', 'village',  'xa-b', 'Thôn B1'],
] as const

// biome-ignore format: a table
const people: readonly [string, string, readonly string[], readonly [string, Role][]][] = [
  // id         name              understands    posts
  ['lan',       'Hồ Thị Lan',     ['vi', 'cua'], [['xa-a', 'officer']]],
  ['nam',       'Đinh Văn Nam',   ['vi'],        [['xa-a', 'officer']]],
  ['minh',      'Trần Minh',      ['vi'],        [['xa-a', 'approver']]],
  ['phuc',      'Hồ Văn Phúc',    ['vi', 'cua'], [['xa-a', 'approver'], ['xa-a', 'officer']]],
  ['tho',       'Lê Thợ',         ['vi'],        [['xa-a', 'technician']]],
  ['gia-lang',  'Hồ Văn Già',     ['cua'],       [['thon-a1', 'clerk'], ['xa-a', 'clerk']]],
  ['hai',       'Phạm Hải',       ['vi', 'cua'], [['xa-b', 'officer']]],
  ['hoa',       'Võ Thị Hoa',     ['vi', 'cua'], [['xa-b', 'approver']]],
  ['chu-tich',  'Nguyễn Chủ',     ['vi'],        [['tinh', 'leader']]],
]

/** A province with two communes and three villages, nine people and their posts; for specs, all of it invented. */
export const makeSmallTown = async (ctx: Context): Promise<void> => {
  await addUnits(
    ctx.db,
    units.map(([id, kind, parent, name]) => ({
      ...{ id, kind, parent, name, shortName: name, population: 100, invented: true },
      ...{ gsoCode: null, from: '2025-07-01', to: null, source: 'bịa ra để thử' },
    })),
  )
  for (const [id, name, languages, posts] of people) {
    await addPerson(ctx, { id, name, languages, invented: true })
    for (const [unit, role] of posts)
      await givePost(ctx, { person: id, unit, role, title: role, from: '2026-01-01', to: null })
  }
}
