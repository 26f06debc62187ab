import { describe, expect, test } from 'vitest'
import type { Spoken, VoiceRefusal } from '../../../platform/context.ts'
import { candidatesOf, firstInTime } from './choosing.ts'

const nobody = { list: () => [] }
const sound: Spoken = { samples: new Float32Array(1), sampleRate: 16_000, words: [] }
type How = 'speaks' | 'refuses' | 'hangs' | 'speaks late'

/** Voices that behave so, in their order, asked for a text that cannot wait; patience is over before any late one answers. */
const heard = async (
  voices: Readonly<Record<string, How>>,
): Promise<{ by: string; asked: string[]; ended: boolean }> => {
  const asked: string[] = []
  let [ended, isOver] = [false, (): void => undefined]
  const over = new Promise<void>((done) => {
    isOver = done
  })
  const speak = async (id: string): Promise<Spoken | VoiceRefusal> => {
    asked.push(id)
    const how = voices[id]
    if (how === 'hangs' || how === 'speaks late') isOver()
    if (how === 'hangs') return new Promise(() => {})
    if (how === 'speaks late') await new Promise((turn) => setImmediate(turn))
    return how === 'refuses' ? { refused: 'voice.unavailable' } : sound
  }
  const ways = { before: async () => undefined, speak: ({ voice }: { voice: { id: string } }) => speak(voice.id) }
  const patience = {
    over,
    end: () => {
      ended = true
    },
  }
  const tried = await firstInTime(candidatesOf(nobody, Object.keys(voices), 'north'), ways, patience)
  return { by: 'candidate' in tried ? tried.candidate.voice.id : 'nobody', asked, ended }
}

// biome-ignore format: a table
const orders: [string, Record<string, How>, string, string[]][] = [
  ['by the first voice where it answers',                    { mai: 'speaks', espeak: 'speaks' },                       'mai',    ['mai']],
  ['by the next where the first says that it cannot',        { mai: 'refuses', lan: 'speaks', espeak: 'speaks' },       'lan',    ['mai', 'lan']],
  ['by the built-in voice where the first hangs',            { mai: 'hangs', espeak: 'speaks' },                        'espeak', ['mai', 'espeak']],
  ['by it at once, with others between that were not asked', { mai: 'hangs', lan: 'speaks', espeak: 'speaks' },         'espeak', ['mai', 'espeak']],
  ['by it where the second hangs',                           { mai: 'refuses', lan: 'hangs', espeak: 'speaks' },        'espeak', ['mai', 'lan', 'espeak']],
  ['by it where the first is late',                          { mai: 'speaks late', espeak: 'speaks' },                  'espeak', ['mai', 'espeak']],
  ['by the late one where the built-in cannot',              { mai: 'speaks late', espeak: 'refuses' },                 'mai',    ['mai', 'espeak']],
  ['by the built-in voice, waited for, where it is first',   { espeak: 'speaks late', mai: 'speaks' },                  'espeak', ['espeak']],
  ['by nobody where nobody can',                             { mai: 'refuses', espeak: 'refuses' },                     'nobody', ['mai', 'espeak']],
  ['by nobody where only one is wanted and it hangs',        { mai: 'hangs' },                                          'nobody', ['mai']],
]

describe('a text that cannot wait is read', () => {
  test.each(orders)('%s', async (_title, voices, by, asked) => {
    expect(await heard(voices)).toEqual({ by, asked, ended: true })
  })
})
