import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeWav } from '@loa/audio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Spoken, Voice, VoiceRefusal } from './context.ts'
import { silentLog } from './testing.ts'
import { canSpeakModels, putPiperVoice, putToneVoice } from './testing-voice.ts'
import { type Engine, openVoice } from './voice.ts'
import { openHttpVoice } from './voice-http.ts'
import { voiceOf } from './voices.ts'

/** What the server needs of any voice: the built-in one, an operator's model, and one over HTTP. */
type Given = {
  readonly engine: Engine
  /** A voice of the same kind that ends while it speaks this text. */
  readonly dying: { readonly engine: Engine; readonly text: string }
  readonly stop: () => Promise<void>
}

const programs = join(import.meta.dirname, '..', '..', '..', 'voice', 'src')
const program = (name: string) => ({ program: join(programs, name), nodePath: process.execPath, log: silentLog })

const builtIn = async (): Promise<Given> => ({
  engine: openVoice(program('main.ts')),
  dying: {
    engine: openVoice({ ...program('main.ts'), replyTimeoutMs: 1 }),
    text: 'lũ đang lên nhanh '.repeat(1_000),
  },
  stop: async () => undefined,
})

const model = (put: typeof putPiperVoice) => async (): Promise<Given> => {
  const folder = mkdtempSync(join(tmpdir(), 'loa-voices-'))
  const args = [put(folder, 'tut'), '0']
  return {
    engine: openVoice({ ...program('sherpa.ts'), args }),
    dying: {
      engine: openVoice({ ...program('sherpa.ts'), args, replyTimeoutMs: 1 }),
      text: 'lũ đang lên nhanh '.repeat(1_000),
    },
    stop: async () => rmSync(folder, { recursive: true }),
  }
}

/** Reads out in the way docs/operating/giong-doc.md asks for: a tone, a tenth of a second for each letter. */
const reader: RequestListener = (request, response) => {
  request.setEncoding('utf8')
  let body = ''
  request.on('data', (part: string) => {
    body += part
  })
  request.on('end', () => {
    const { text, rate } = JSON.parse(body) as { text: string; rate: number }
    const samples = Float32Array.from({ length: (text.length * 2_205) / rate }, (_, i) => 0.3 * Math.sin(i / 8))
    response.setHeader('content-type', 'audio/wav')
    const wav = writeWav({ samples, sampleRate: 22_050 })
    if (text !== 'chết') response.end(wav)
    else response.write(wav.subarray(0, 1_000), () => response.destroy())
  })
}

const overHttp = async (): Promise<Given> => {
  const server = createServer(reader)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/doc`
  const open = () => openHttpVoice({ id: 'mang', url, token: undefined, log: silentLog })
  return {
    engine: open(),
    dying: { engine: open(), text: 'chết' },
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}

const voices = [
  { name: 'the built-in voice', make: builtIn },
  ...(canSpeakModels()
    ? [
        { name: 'a VITS model of the operator’s, by sherpa-onnx', make: model(putToneVoice) },
        { name: 'a Piper model of the operator’s, by sherpa-onnx', make: model(putPiperVoice) },
      ]
    : []),
  { name: 'a voice over HTTP', make: overHttp },
]

// biome-ignore format: a table
const sentences: [string, number, number][] = [
  // text                                                                     at least ms   at most ms
  ['Xin chào bà con.',                                                              400,      4_000],
  ['Lũ trên sông Trà Bồng đang lên nhanh, đề nghị bà con ven sông di chuyển.',     2_500,     12_000],
  ['mười lăm giờ, ngày hai mươi hai tháng mười một',                              1_500,     10_000],
  ['Ừ',                                                                               50,      2_000],
]

describe.each(voices)('[F43] $name', ({ make }) => {
  let given: Given
  let voice: Voice
  beforeAll(async () => {
    given = await make()
    const named = { name: 'A', accents: ['north', 'central', 'south'] } as const
    voice = voiceOf([
      { id: 'a', ...named, engine: given.engine },
      { id: 'dying', ...named, engine: given.dying.engine },
    ])
  })
  afterAll(async () => {
    await Promise.all([given.engine.stop(), given.dying.engine.stop()])
    await given.stop()
  })
  const ask = (text: string, rate = 1, id = 'a') => voice.speak(text, { accent: 'central', rate, voice: id })
  const spoken = (answer: Spoken | VoiceRefusal): Spoken => {
    if ('refused' in answer) throw new Error(answer.refused)
    return answer
  }
  const msOf = ({ samples, sampleRate }: Spoken): number => (samples.length * 1_000) / sampleRate

  it.each(sentences)(
    '“%s” is heard, in %i to %i ms, each word within it and in its turn',
    async (text, least, most) => {
      const heard = spoken(await ask(text))
      expect(heard.samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeGreaterThan(0.05)
      expect(msOf(heard)).toBeGreaterThan(least)
      expect(msOf(heard)).toBeLessThan(most)
      const words = heard.words.map(({ from, to }) => text.slice(from, to))
      expect(words).toEqual(text.match(/[\p{L}\p{M}]+/gu))
      const times = heard.words.map(({ atMs }) => atMs)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(times.at(0)).toBeGreaterThanOrEqual(0)
      expect(times.at(-1)).toBeLessThan(msOf(heard))
    },
  )

  it('speaks faster and slower as asked', async () => {
    const [text] = sentences[1] ?? ['']
    const [slow, middle, fast] = [spoken(await ask(text, 0.7)), spoken(await ask(text)), spoken(await ask(text, 1.5))]
    expect(msOf(slow)).toBeGreaterThan(msOf(middle) * 1.2)
    expect(msOf(fast)).toBeLessThan(msOf(middle) * 0.8)
  })

  it.each([
    ['', 'voice.nothingToSay'],
    [' \n … !', 'voice.nothingToSay'],
    ['a'.repeat(20_001), 'voice.textTooLong'],
  ])('a text that cannot be spoken is refused as such', async (text, code) => {
    expect(await ask(text)).toEqual({ refused: code })
  })

  it('answers two that ask at once, each with its own text', async () => {
    const [short, long] = await Promise.all([ask('Họp.'), ask('Mời bà con đi họp ở nhà văn hóa thôn.')])
    expect(msOf(spoken(long))).toBeGreaterThan(msOf(spoken(short)) * 2)
    expect(spoken(short).words).toHaveLength(1)
  })

  it('that ends while it speaks refuses that text, so that the next voice is asked', async () => {
    expect(await ask(given.dying.text, 1, 'dying')).toEqual({ refused: 'voice.unavailable' })
  })
})
