import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

type Head = {
  id?: string
  refused?: string
  samples?: number
  sampleRate?: number
  words?: { from: number; to: number; atMs: number }[]
}

/** The real program, asked over its pipe. */
function startProgram() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let have: Buffer = Buffer.alloc(0)
  const until = async (enough: () => number): Promise<Buffer> => {
    let length = enough()
    while (length < 0) {
      const { value, done } = await chunks.next()
      if (done) throw new Error('the program ended')
      have = Buffer.concat([have, value])
      length = enough()
    }
    const taken = have.subarray(0, length)
    have = have.subarray(length)
    return taken
  }
  const line = async () =>
    JSON.parse((await until(() => have.indexOf('\n') + 1 || -1)).toString()) as Head & {
      ready?: boolean
      engine?: string
    }
  const reply = async () => {
    const head = await line()
    const bytes = (head.samples ?? 0) * 2
    const sound = await until(() => (have.length >= bytes ? bytes : -1))
    return { head, sound: new Int16Array(new Uint8Array(sound).buffer) }
  }
  const send = (bytes: string | Uint8Array) => void child.stdin.write(bytes)
  const ask = (text: string, accent = 'north', rate = 1) => {
    send(`${JSON.stringify({ id: '7', text, accent, rate })}\n`)
    return reply()
  }
  return { line, reply, send, ask, close: () => child.stdin.end(), ended }
}

describe('the voice program', async () => {
  const program = startProgram()
  const greeting = await program.line()
  afterAll(async () => {
    program.close()
    expect(await program.ended).toBe(0)
  })
  const wordsOf = async (text: string) => {
    const { head } = await program.ask(text)
    return head.words?.map(({ from, to }) => text.slice(from, to)) ?? head.refused
  }
  const secondsOf = async (text: string, accent = 'north', rate = 1) =>
    ((await program.ask(text, accent, rate)).head.samples ?? 0) / 22_050

  it('says that it is ready, and with which engine', () => {
    expect(greeting.ready).toBe(true)
    expect(greeting.engine).toMatch(/^eSpeak NG/)
  })

  it('answers with the sound itself, loud enough and of the length it announced', async () => {
    const { head, sound } = await program.ask('Thông báo khẩn')
    expect(head).toMatchObject({ id: '7', sampleRate: 22_050, samples: sound.length })
    expect(sound.reduce((max, x) => Math.max(max, Math.abs(x)), 0)).toBeGreaterThan(3_000)
  })

  it('gives every word its place in the text and its moment in the sound', async () => {
    const text = 'Lũ trên sông Trà Bồng đang lên nhanh. Đề nghị bà con di chuyển!'
    const { head } = await program.ask(text)
    const words = head.words ?? []
    expect(words.map(({ from, to }) => text.slice(from, to))).toEqual(text.match(/[\p{L}]+/gu))
    expect(words.map((word) => word.atMs)).toEqual(words.map((word) => word.atMs).toSorted((a, b) => a - b))
    expect(words.at(-1)?.atMs).toBeLessThan(((head.samples ?? 0) / 22_050) * 1_000)
  })

  it('places words rightly behind characters of two units and decomposed letters', async () => {
    expect(await wordsOf('😀 xin 👨‍👩‍👧 chào Bo\u0302\u0300ng & bạn')).toEqual([
      'xin',
      'chào',
      'Bo\u0302\u0300ng',
      '&',
      'bạn',
    ])
  })

  it('speaks the three accents differently, and faster when asked', async () => {
    const text = 'Xin mời bà con nghe thông báo'
    const sounds: Int16Array[] = []
    for (const accent of ['north', 'central', 'south']) sounds.push((await program.ask(text, accent)).sound)
    expect(new Set(sounds.map((sound) => sound.join())).size).toBe(3)
    expect(await secondsOf(text, 'north', 1.5)).toBeLessThan((await secondsOf(text)) * 0.8)
    expect(await secondsOf(text, 'north', 0.7)).toBeGreaterThan((await secondsOf(text)) * 1.2)
  })

  it.each([
    [
      'tags are spoken, not obeyed',
      '<prosody rate="slow">xin</prosody> chào',
      ['prosody', 'rate', '=', 'slow', 'xin', 'prosody', 'chào'],
    ],
    ['an audio tag fetches nothing', '<audio src="/etc/passwd"/>', ['audio', 'src', '=', 'etc', 'passwd']],
    ['phoneme brackets are spoken', '[[a]] b', ['a', 'b']],
    ['control characters are passed over', '\u0001xin\u0000 \u001bchào', ['xin', 'chào']],
    ['line separators do not cut the request', 'xin\u2028chào\u2029bạn', ['xin', 'chào', 'bạn']],
    ['nothing to say', ' … 😀 ', 'voice.nothingToSay'],
    ['an empty text', '', 'voice.nothingToSay'],
    ['20,001 characters', 'a'.repeat(20_001), 'voice.textTooLong'],
  ])('%s', async (_, text, expected) => {
    expect(await wordsOf(text)).toEqual(expected)
  })

  it.each([
    '{',
    '[]',
    'null',
    '{"id":1}',
    '{"id":"1","text":"a","accent":"west"}',
    '{"id":"1","text":"a","accent":"north","rate":"fast"}',
  ])('the line %s is no request, and the next one is answered', async (line) => {
    program.send(`${line}\n`)
    expect((await program.reply()).head).toEqual({ id: '', refused: 'voice.malformed' })
    expect((await program.ask('xin chào')).head.words).toHaveLength(2)
  })

  it('answers requests in the order they came, however the pipe cuts them', async () => {
    const lines = ['một', 'hai ba', '…']
      .map((text, i) => `${JSON.stringify({ id: String(i), text, accent: 'south' })}\n`)
      .join('')
    const bytes = Buffer.from(lines)
    for (let at = 0; at < bytes.length; at += 7) program.send(bytes.subarray(at, at + 7))
    const heads = [await program.reply(), await program.reply(), await program.reply()].map(({ head }) => [
      head.id,
      head.words?.length ?? head.refused,
    ])
    expect(heads).toEqual([
      ['0', 1],
      ['1', 2],
      ['2', 'voice.nothingToSay'],
    ])
  })
})
