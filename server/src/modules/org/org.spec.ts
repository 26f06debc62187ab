import { expect, test } from 'vitest'
import { heardThough, isTopic, topics } from './index.ts'

const station = (technology: 'wireless' | 'wired' | 'ip' | 'mixed', ...villages: string[]) => ({
  id: 'dai',
  technology,
  villages,
})

// biome-ignore format: a table
const cases: [string, ReturnType<typeof station>, string[], string[]][] = [
  // what is chosen                             station                                chosen            hears it too
  ['one village of a wired station',            station('wired', 'a', 'b', 'c'),       ['b'],            ['a', 'c']],
  ['one village of a wireless station',         station('wireless', 'a', 'b', 'c'),    ['a'],            ['b', 'c']],
  ['one village of a mixed station',            station('mixed', 'a', 'b'),            ['a'],            ['b']],
  ['one village of a station on IP',            station('ip', 'a', 'b', 'c'),          ['b'],            []],
  ['every village of a wired station',          station('wired', 'a', 'b'),            ['a', 'b'],       []],
  ['no village of the station',                 station('wired', 'a', 'b'),            ['x'],            []],
]
test.each(cases)(
  '%s is heard by the station’s other villages too, as far as the wire reaches',
  (_, where, chosen, others) => {
    const heard = heardThough([where], new Set(chosen))
    expect(heard).toEqual(others.length === 0 ? [] : [{ station: 'dai', villages: others }])
  },
)

test('topics have one key and one name each, and nothing else is a topic', () => {
  expect(new Set(topics.map(({ key }) => key)).size).toBe(topics.length)
  expect(topics.every(({ key, name }) => isTopic(key) && name.length > 5)).toBe(true)
  expect(['', 'Disaster', 'toString', '__proto__'].filter(isTopic)).toEqual([])
})
