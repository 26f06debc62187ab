import { type Candidate, type Envelope, manifestSchema, type PlannedAiring } from '@loa/protocol'
import { describe, expect, test } from 'vitest'
import { type ManifestParts, manifestOf, prefetchOf, saysTheSame } from './model.ts'

const NOON = Date.parse('2026-11-22T12:00:00+07:00')
const hash = (digit: string) => digit.repeat(64)

const airing = (number: number, release = `R${number}`): PlannedAiring => ({
  id: `A${number}`,
  release,
  at: NOON + number * 60_000,
  latestStart: NOON + number * 60_000 + 1_800_000,
})
const signed = (characters: number): Envelope => ({ body: 'x'.repeat(characters), signatures: [] })
const airings = (count: number) => Array.from({ length: count }, (_, number) => airing(number))
const releasesOf = (planned: readonly PlannedAiring[], characters = 1000) =>
  new Map(planned.map(({ release }) => [release, signed(characters)]))

const parts = (differs: Partial<ManifestParts>): ManifestParts => ({
  unit: 'binh-chuong',
  seq: NOON,
  issuedAt: NOON,
  airings: [],
  releases: new Map(),
  stopped: [],
  prefetch: [],
  ...differs,
})

describe('a manifest', () => {
  const many = airings(600)
  // title, what there is, airings and releases in the manifest
  const cases: [string, Partial<ManifestParts>, [number, number]][] = [
    ['of nothing is still a manifest', {}, [0, 0]],
    ['holds airings with their releases', { airings: airings(3), releases: releasesOf(airings(3)) }, [3, 3]],
    [
      'holds a release once, however often it is aired',
      { airings: [airing(1, 'R'), airing(2, 'R')], releases: new Map([['R', signed(1000)]]) },
      [2, 1],
    ],
    [
      'leaves out an airing whose release is not there',
      { airings: airings(2), releases: releasesOf([airing(1)]) },
      [1, 1],
    ],
    ['holds at most 500 airings', { airings: many, releases: releasesOf(many, 10) }, [500, 500]],
    [
      'never outgrows its envelope, and keeps the soonest',
      { airings: many, releases: releasesOf(many, 32_000) },
      [29, 29],
    ],
    ['holds at most 500 stops, the newest', { stopped: many.map(({ id }) => id) }, [0, 0]],
  ]
  test.each(cases)('%s', (_, differs, [airingCount, releaseCount]) => {
    const manifest = manifestOf(parts(differs))
    expect(manifestSchema.safeParse(manifest).success).toBe(true)
    expect([manifest.airings.length, manifest.releases.length]).toEqual([airingCount, releaseCount])
    expect(JSON.stringify(manifest).length).toBeLessThan(1_000_000)
    expect(manifest.airings.map(({ id }) => id)).toEqual(
      manifest.airings.map(
        (_each, place) => differs.airings?.filter(({ release }) => differs.releases?.has(release))[place]?.id,
      ),
    )
    expect(manifest.stopped).toEqual((differs.stopped ?? []).slice(0, 500))
  })
})

describe('a stop that came while a manifest was being put together', () => {
  test('takes its airing out, so that no manifest says both play and stop', () => {
    const three = airings(3)
    const manifest = manifestOf(parts({ airings: three, releases: releasesOf(three), stopped: ['A1'] }))
    expect(manifest.airings.map(({ id }) => id)).toEqual(['A0', 'A2'])
    expect([manifest.releases.length, manifest.stopped]).toEqual([2, ['A1']])
  })
})

describe('what there is to fetch before it may be played', () => {
  const proposed = (...sounds: string[]) =>
    ({
      versions: sounds.map((sound) => ({ language: 'vi', sound: hash(sound), bytes: 10, durationMs: 1 })),
    }) as unknown as Candidate

  test('is each sound once, in an order that does not depend on how it was read', () => {
    const one = prefetchOf([proposed('b', 'a'), proposed('a', 'c')])
    expect(one.map(({ sound }) => sound[0])).toEqual(['a', 'b', 'c'])
    expect(prefetchOf([proposed('c'), proposed('a'), proposed('b')])).toEqual(one)
  })
})

describe('a manifest is worth sending', () => {
  const before = manifestOf(parts({ airings: airings(2), releases: releasesOf(airings(2)) }))
  const cases: [string, Partial<ManifestParts>, boolean][] = [
    [
      'not for a higher number alone',
      { airings: airings(2), releases: releasesOf(airings(2)), seq: NOON + 5, issuedAt: NOON + 5 },
      true,
    ],
    ['for another airing', { airings: airings(3), releases: releasesOf(airings(3)) }, false],
    ['for one airing less', { airings: airings(1), releases: releasesOf(airings(1)) }, false],
    ['for a stop', { airings: airings(2), releases: releasesOf(airings(2)), stopped: ['A1'] }, false],
    ['for another signature', { airings: airings(2), releases: releasesOf(airings(2), 1001) }, false],
  ]
  test.each(cases)('%s', (_, differs, same) => {
    expect(saysTheSame(before, manifestOf(parts(differs)))).toBe(same)
  })
})
