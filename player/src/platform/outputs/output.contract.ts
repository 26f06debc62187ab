import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Output, OutputMeta, Playback } from '../../ports.ts'
import { createTurnedClock, type TurnedClock } from '../turned-clock.ts'
import { createAlsaOutput } from './alsa.ts'
import { createNullOutput, createVirtualOutput } from './null.ts'
import { createWavOutput, wavHeader } from './wav.ts'

const start = Date.parse('2026-11-22T17:00:00+07:00')
const meta: OutputMeta = {
  airing: 'phat-1',
  release: 'tin-1',
  title: 'Tin',
  class: 'normal',
  counter: 7,
  startedAt: start,
}
/** A tenth of a second. */
const chunk = new Float32Array(4_800).fill(0.5)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-output-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** alsa-lib's own null device: the library and every call are real, the card is not. */
const alsa = await createAlsaOutput('null', () => {})
const alsaMissing = 'refused' in alsa ? 'skipped: libasound.so.2 is not on this machine' : ''

type Made = (clock: TurnedClock) => Promise<Output>
const outputs: readonly (readonly [name: string, made: Made, skip: string])[] = [
  ['wav', async (clock) => createWavOutput(clock, folder), ''],
  ['null', async (clock) => createNullOutput(clock), ''],
  ['virtual', async (clock) => createVirtualOutput(clock), ''],
  ['alsa', async () => alsa as Output, alsaMissing],
]

const opened = async (output: Output, more: Partial<OutputMeta> = {}): Promise<Playback> => {
  const playback = await output.open({ ...meta, ...more })
  if ('refused' in playback) throw new Error(playback.refused)
  return playback
}

/** Writes so many tenths of a second while the clock is turned. */
const writeTenths = async (clock: TurnedClock, playback: Playback, tenths: number): Promise<void> => {
  for (let i = 0; i < tenths; i++) {
    const written = playback.write(chunk)
    await clock.turn(100)
    expect(await written).toBe('written')
  }
}

describe.each(outputs)('[F5] the %s output', (_, made, skip) => {
  const specified = skip === '' ? it : it.skip
  const suffix = skip === '' ? '' : ` (${skip})`

  specified(`gives out all it is given, and says how much that was${suffix}`, async () => {
    const clock = createTurnedClock(start)
    const playback = await opened(await made(clock))
    await writeTenths(clock, playback, 5)
    await playback.drain()
    expect(playback.secondsWritten()).toBeCloseTo(0.5, 6)
  })

  specified(`is told to be silent, and never says more than it was given${suffix}`, async () => {
    const clock = createTurnedClock(start)
    const playback = await opened(await made(clock))
    await writeTenths(clock, playback, 3)
    playback.release()
    await playback.stop()
    expect(playback.secondsWritten()).toBeGreaterThan(0)
    expect(playback.secondsWritten()).toBeLessThanOrEqual(0.3)
  })

  specified(`says nothing was heard where nothing was written${suffix}`, async () => {
    const playback = await opened(await made(createTurnedClock(start)))
    await playback.stop()
    expect(playback.secondsWritten()).toBe(0)
  })

  specified(`takes one airing after another${suffix}`, async () => {
    const clock = createTurnedClock(start)
    const output = await made(clock)
    for (const counter of [8, 9]) {
      const playback = await opened(output, { counter })
      await writeTenths(clock, playback, 1)
      await playback.drain()
      expect(playback.secondsWritten()).toBeCloseTo(0.1, 6)
    }
  })
})

describe.each(outputs.filter(([name]) => name !== 'alsa'))(
  '[F5] the %s output keeps the pace of the clock',
  (_, made) => {
    it('a write returns when its sound has been heard, and not before', async () => {
      const clock = createTurnedClock(start)
      const playback = await opened(await made(clock))
      let returned = false
      const written = playback.write(chunk).then(() => {
        returned = true
      })
      await clock.turn(99)
      expect(returned).toBe(false)
      await clock.turn(1)
      await written
      await playback.stop()
      expect(clock.waiting()).toBe(0)
    })

    it('a write that waits returns at once when it is released, and only what was heard counts', async () => {
      const clock = createTurnedClock(start)
      const playback = await opened(await made(clock))
      const written = playback.write(chunk)
      await clock.turn(40)
      playback.release()
      await written
      await playback.stop()
      expect(playback.secondsWritten()).toBeCloseTo(0.04, 6)
      expect(clock.waiting()).toBe(0)
    })
  },
)

describe('[F5] a WAV file', () => {
  const lengths = async (name: string) => {
    const file = await readFile(join(folder, name))
    return { riff: file.readUInt32LE(4), data: file.readUInt32LE(40), bytes: file.length }
  }

  it('is named by local time, number and airing, and its header says its length even where nobody closed it', async () => {
    const clock = createTurnedClock(start)
    const playback = await opened(createWavOutput(clock, folder), { counter: 21 })
    await writeTenths(clock, playback, 2)
    const name = '20261122-170000-21-phat-1.wav'
    expect(await lengths(name)).toEqual({ riff: 36 + 2 * 9_600, data: 2 * 9_600, bytes: 44 + 2 * 9_600 })
    await playback.drain()
    expect(await lengths(name)).toEqual({ riff: 36 + 2 * 9_600, data: 2 * 9_600, bytes: 44 + 2 * 9_600 })
  })

  it('holds the samples, clipped to 16 bits', async () => {
    const clock = createTurnedClock(start)
    const playback = await opened(createWavOutput(clock, folder), { counter: 22 })
    const written = playback.write(Float32Array.of(0, 0.5, 1, -1, 2, -2))
    await clock.turn(1)
    await written
    await playback.drain()
    const file = await readFile(join(folder, '20261122-170000-22-phat-1.wav'))
    const samples = Array.from({ length: 6 }, (_, i) => file.readInt16LE(44 + 2 * i))
    expect(samples).toEqual([0, 16_384, 32_767, -32_767, 32_767, -32_767])
  })

  it('is refused, not thrown, where its folder cannot be made', async () => {
    const [file] = await readdir(folder)
    const output = createWavOutput(createTurnedClock(start), join(folder, file ?? '', 'below'))
    expect(await output.open(meta)).toEqual({ refused: 'output.failed' })
  })

  it('has the header of RIFF/WAVE, 48 kHz, mono, 16 bit', () => {
    expect(wavHeader(2).toString('latin1')).toBe(
      'RIFF\x26\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\xbb\0\0\x00\x77\x01\0\x02\0\x10\0data\x02\0\0\0',
    )
  })
})

describe('[F5] a sound card', () => {
  const specified = alsaMissing === '' ? it : it.skip
  specified(`that is not there refuses the airing and says so${alsaMissing && ` (${alsaMissing})`}`, async () => {
    const said: string[] = []
    const output = await createAlsaOutput('no-such-card', (line) => said.push(line))
    if ('refused' in output) throw new Error(output.refused)
    expect(await output.open(meta)).toEqual({ refused: 'output.failed' })
    expect(said.join()).toContain('snd_pcm_open no-such-card')
  })
})
