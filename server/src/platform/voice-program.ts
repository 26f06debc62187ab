/** One run of the voice program: started, asked one thing at a time, watched, and gone in the end. */
import { spawn } from 'node:child_process'
import type { Log, Spoken } from './context.ts'

export type Reply =
  | { ready: true; engine: string }
  | { failed: string; detail: string }
  | { id: string; refused: string }
  | { id: string; sampleRate: number; samples: number; words: Spoken['words'] }

export type VoiceProgram = {
  /** Sends one request. Where no reply follows in time the program is killed. */
  ask(request: { id: string; text: string; accent: string; rate: number }): void
  kill(): void
}

export type VoiceProgramOptions = {
  program: string
  args?: readonly string[]
  nodePath: string
  log: Log
  /** How long a reply may take; the default suits every text and every machine. */
  replyTimeoutMs?: number
  /** `sound` holds the bytes that follow a reply with samples; it is only valid during the call. */
  onReply(reply: Reply, sound: Buffer): void
  /** Called once, whatever the end was. */
  onGone(reason: Record<string, unknown>): void
}

/** No text takes this long (20,000 characters take two to eight seconds): the program hangs. */
const REPLY_TIMEOUT_MS = 20_000
/** Loading 24 MB of voice data and warming up takes 1–2 s; a slow disk under load may need much more. */
const START_TIMEOUT_MS = 30_000
/** An engine may complain of every word it does not know: so much of one run is worth keeping. */
const COMPLAINTS_MAX = 20
const COMPLAINT_CHARACTERS_MAX = 500
const NEWLINE = 0x0a

/** Cuts what comes out of the pipe into replies: a JSON line, then as many bytes of sound as it announces. */
function replyReader(onReply: (head: Reply, sound: Buffer) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = []
  let size = 0
  let head: Reply | undefined
  const take = (length: number): Buffer => {
    const all = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
    parts = all.length > length ? [all.subarray(length)] : []
    size = all.length - length
    return all.subarray(0, length)
  }
  const lineLength = (): number => {
    let before = 0
    for (const part of parts) {
      const at = part.indexOf(NEWLINE)
      if (at >= 0) return before + at + 1
      before += part.length
    }
    return 0
  }
  return (chunk) => {
    parts.push(chunk)
    size += chunk.length
    for (;;) {
      if (!head) {
        const length = lineLength()
        if (length === 0) return
        head = JSON.parse(take(length).toString('utf8')) as Reply
      }
      const bytes = 'samples' in head ? head.samples * 2 : 0
      if (size < bytes) return
      const whole = head
      head = undefined
      onReply(whole, take(bytes))
    }
  }
}

/** Kills the program when what it owes does not come in time. */
function watch(kill: () => void, log: Log) {
  let timer: NodeJS.Timeout | undefined
  let late = false
  return {
    expect(what: string, withinMs: number) {
      clearTimeout(timer)
      timer = setTimeout(() => {
        log.warn('Bộ đọc không trả lời; đã dừng để khởi động lại.', { waitingFor: what, afterMs: withinMs })
        late = true
        kill()
      }, withinMs)
    },
    satisfied: () => clearTimeout(timer),
    /** Whether it was killed for it. */
    late: () => late,
  }
}

/** Starts the program. `onReply` hears when it is ready, then one reply to each request. */
export function startVoiceProgram(options: VoiceProgramOptions): VoiceProgram {
  const { program, nodePath, args = [], log, onReply, onGone } = options
  const child = spawn(nodePath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  const kill = () => void child.kill('SIGKILL')
  const watchdog = watch(kill, log)
  let gone = false
  let complaints = 0
  let lastWords = ''
  const end = (reason: Record<string, unknown>) => {
    if (gone) return
    gone = true
    watchdog.satisfied()
    onGone({ ...reason, late: watchdog.late(), ...(lastWords === '' ? {} : { lastWords }) })
  }
  const read = replyReader((reply, sound) => {
    watchdog.satisfied()
    onReply(reply, sound)
  })
  child.stdout.on('data', (chunk: Buffer) => {
    try {
      read(chunk)
    } catch (error) {
      log.error('Bộ đọc trả lời sai cách; đã dừng để khởi động lại.', { error: String(error) })
      kill()
    }
  })
  child.stderr.on('data', (chunk: Buffer) => {
    const text = String(chunk).trim().slice(-COMPLAINT_CHARACTERS_MAX)
    lastWords = text.split('\n').at(-1) ?? ''
    if (++complaints <= COMPLAINTS_MAX) log.warn('Bộ đọc báo lỗi.', { text })
  })
  // A write after its death: the end is reported by `close`.
  child.stdin.on('error', kill)
  child.on('error', (error) => end({ error: error.message }))
  child.on('close', (code, signal) => end({ code, signal }))
  watchdog.expect('start', START_TIMEOUT_MS)
  return {
    ask: (request) => {
      watchdog.expect('speech', options.replyTimeoutMs ?? REPLY_TIMEOUT_MS)
      child.stdin.write(`${JSON.stringify(request)}\n`)
    },
    kill,
  }
}
