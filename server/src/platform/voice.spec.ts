import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Log } from './context.ts'
import { type Engine, openVoice } from './voice.ts'

const program = fileURLToPath(new URL('../../../voice/src/main.ts', import.meta.url))
const nodePath = process.execPath
const north = { accent: 'north', rate: 1 } as const
const sentence = 'Thông báo khẩn: lũ trên sông Trà Bồng đang lên nhanh, đề nghị bà con ven sông di chuyển.'

/** A log that can be waited on: `said(text)` resolves when a message with that text is written. */
function listeningLog() {
  const heard: string[] = []
  let wake: () => void = () => {}
  const write = (message: string) => {
    heard.push(message)
    wake()
  }
  const log: Log = { info: write, warn: write, error: write }
  const said = async (text: string, times = 1): Promise<void> => {
    while (heard.filter((message) => message.includes(text)).length < times) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { log, said, heard }
}

/** Process ids of the children of this test process that run the program at `path`. */
function childrenRunning(path: string): number[] {
  const read = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8')
    } catch {
      return '' // ended meanwhile
    }
  }
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => read(pid, 'cmdline').includes(path) && read(pid, 'status').includes(`PPid:\t${process.pid}\n`))
    .map(Number)
}

describe('the voice, with the real program', () => {
  const { log, said } = listeningLog()
  let service: Engine
  beforeAll(() => {
    service = openVoice({ program, nodePath, log })
  })
  afterAll(() => service.stop())

  it('speaks a sentence and says where each word begins', async () => {
    const spoken = await service.speak(sentence, north)
    if ('refused' in spoken) throw new Error(spoken.refused)
    expect(spoken.sampleRate).toBe(22_050)
    expect(spoken.samples.length / spoken.sampleRate).toBeGreaterThan(3)
    expect(spoken.words.slice(0, 3).map(({ from, to }) => sentence.slice(from, to))).toEqual(['Thông', 'báo', 'khẩn'])
    expect(service.state()).toBe('ready')
  })

  it('answers requests in order and refuses what cannot be spoken', async () => {
    const order: string[] = []
    const ask = (text: string) =>
      service.speak(text, north).then((outcome) => {
        order.push(text.slice(0, 4))
        return 'refused' in outcome ? outcome.refused : 'spoken'
      })
    const outcomes = await Promise.all([ask('một hai'), ask('…'), ask('x'.repeat(20_001)), ask('bốn năm')])
    expect(outcomes).toEqual(['spoken', 'voice.nothingToSay', 'voice.textTooLong', 'spoken'])
    expect(order).toEqual(['một ', '…', 'xxxx', 'bốn '])
  })

  it('loses no request when the program is killed while it speaks', async () => {
    await service.speak('xin chào', north)
    const long = service.speak('xin chào bà con '.repeat(600), north)
    const after = service.speak('hết', north)
    const [pid] = childrenRunning(program)
    process.kill(pid as number, 'SIGKILL')
    expect(await long).toHaveProperty('samples')
    expect(await after).toHaveProperty('samples')
    await said('Bộ đọc đã dừng; đang khởi động lại.')
    expect(childrenRunning(program)).not.toContain(pid)
  })

  it('leaves no process behind when it is stopped, and refuses from then on', async () => {
    const other = openVoice({ program, nodePath, log: listeningLog().log })
    const before = childrenRunning(program).length
    const waiting = other.speak(sentence, north)
    await other.stop()
    expect(await waiting).toEqual({ refused: 'voice.unavailable' })
    expect(await other.speak(sentence, north)).toEqual({ refused: 'voice.unavailable' })
    expect(childrenRunning(program).length).toBe(before - 1)
  })
})

describe('the voice, with a program that fails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loa-voice-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const withProgram = (name: string, source: string, more: { replyTimeoutMs?: number; hasStandIn?: boolean } = {}) => {
    const path = join(folder, name)
    writeFileSync(path, source)
    const listening = listeningLog()
    return { ...listening, service: openVoice({ program: path, nodePath, log: listening.log, ...more }) }
  }
  const ready = `console.log('{"ready":true,"engine":"test"}')\n`

  it('gives a request up when the program dies over it twice, and goes on with the next', async () => {
    const { service } = withProgram(
      'fragile.mjs',
      `${ready}process.stdin.on('data', (data) => { const { id, text } = JSON.parse(data); if (text === 'poison') process.exit(1)
       process.stdout.write(JSON.stringify({ id, sampleRate: 8000, samples: 1, words: [] }) + '\\n\\0\\x40') })`,
    )
    const poisoned = service.speak('poison', north)
    const healthy = service.speak('lành', north)
    expect(await poisoned).toEqual({ refused: 'voice.unavailable' })
    expect(await healthy).toEqual({ samples: new Float32Array([0.5]), sampleRate: 8000, words: [] })
    await service.stop()
  })

  it('is away after three starts that came to nothing, and refuses at once', async () => {
    const { service, said } = withProgram('broken.mjs', 'process.exit(3)')
    const waiting = service.speak('xin chào', north)
    await said('Bộ đọc đã dừng; đang khởi động lại.', 3)
    expect(await waiting).toEqual({ refused: 'voice.unavailable' })
    expect(service.state()).toBe('away')
    expect(await service.speak('xin chào', north)).toEqual({ refused: 'voice.unavailable' })
    await service.stop()
  })

  it('kills a program that hangs, and gives the request up when the next one hangs too', async () => {
    const { service, said } = withProgram('hanging.mjs', `${ready}process.stdin.resume()`, { replyTimeoutMs: 20 })
    expect(await service.speak('xin chào', north)).toEqual({ refused: 'voice.unavailable' })
    await said('Bộ đọc không trả lời; đã dừng để khởi động lại.', 2)
    await service.stop()
  })

  it('does not ask a program again that did not answer in time, where another voice can say the text', async () => {
    const { service, heard } = withProgram('late.mjs', `${ready}process.stdin.resume()`, {
      replyTimeoutMs: 20,
      hasStandIn: true,
    })
    expect(await service.speak('xin chào', north)).toEqual({ refused: 'voice.unavailable' })
    expect(heard.filter((message) => message.includes('không trả lời'))).toHaveLength(1)
    await service.stop()
  })

  it('kills a program that answers something else than it was asked', async () => {
    const { service, said } = withProgram(
      'confused.mjs',
      `${ready}process.stdin.on('data', () => console.log('{"id":"other","refused":"voice.nothingToSay"}'))`,
    )
    expect(await service.speak('xin chào', north)).toEqual({ refused: 'voice.unavailable' })
    await said('Bộ đọc trả lời sai cách; đã dừng để khởi động lại.', 2)
    await service.stop()
  })

  it('reads replies however the pipe cuts them', async () => {
    const { service } = withProgram(
      'slow.mjs',
      `${ready}process.stdin.on('data', async (data) => { const { id } = JSON.parse(data)
       const bytes = Buffer.concat([Buffer.from(JSON.stringify({ id, sampleRate: 8000, samples: 3, words: [] }) + '\\n'), Buffer.from([0, 64, 0, 192, 10, 0])])
       for (const byte of bytes) await new Promise((done) => process.stdout.write(Buffer.from([byte]), done)) })`,
    )
    const spoken = await service.speak('xin chào', north)
    expect(spoken).toEqual({ samples: new Float32Array([0.5, -0.5, 10 / 32_768]), sampleRate: 8000, words: [] })
    await service.stop()
  })
})
