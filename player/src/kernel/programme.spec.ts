import type { Manifest } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import { emptyMemory, remember } from './memory.ts'
import { isStopped, type Listening, planned } from './programme.ts'

const hour = 3_600_000
const noon = Date.parse('2026-11-22T12:00:00+07:00')

/** A device that holds the manifests of its village and its commune; both name the airing of noon. */
const memoryOf = (stoppedIn?: string) => {
  const memory = emptyMemory()
  for (const unit of ['village', 'commune']) {
    const manifest: Manifest = {
      v: 1,
      unit,
      seq: 1,
      issuedAt: noon - hour,
      airings: [{ id: 'noon', release: 'r', at: noon, latestStart: noon + hour }],
      releases: [],
      stopped: unit === stoppedIn ? ['noon'] : [],
      prefetch: [],
    }
    remember(memory, { t: 'manifest', body: JSON.stringify(manifest) })
  }
  return memory
}

describe('[F9] an airing is for the devices that were listening when it was due', () => {
  const village = (from: number): Listening => ({ unit: 'village', from })
  const commune = (from: number): Listening => ({ unit: 'commune', from })

  it.each([
    ['one that listened before', [village(0), commune(0)], ['noon']],
    ['one that began at that very moment', [village(noon)], ['noon']],
    ['one that was enrolled a minute later, though it could still start', [village(noon + 60_000)], []],
    ['one that came to one of the two units later', [village(noon + 60_000), commune(0)], ['noon']],
    ['one that came to both later', [village(noon + 60_000), commune(noon + 1)], []],
    ['one that listens to nothing', [], []],
  ])('%s', (_, listening, ids) => {
    expect(planned(memoryOf(), listening, () => undefined).map(({ airing }) => airing.id)).toEqual(ids)
  })

  it('a unit that was joined later may stop it all the same', () => {
    const memory = memoryOf('village')
    const [airing] = planned(memory, [village(noon + 60_000), commune(0)], () => undefined)
    expect(airing && isStopped(memory, airing)).toBe(true)
  })
})
