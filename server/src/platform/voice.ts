/**
 * The voice program, kept running: one child process, spoken to over a pipe (protocol: voice/README.md), one request at
 * a time. A child that dies is started again; one that does not answer is killed first. The request it was working on
 * is tried once more and then given up, so that no text can stop the queue.
 */
import type { Log, Spoken, VoiceAccent, VoiceRefusal, VoiceTrouble } from './context.ts'
import { type Reply, startVoiceProgram, type VoiceProgram } from './voice-program.ts'

type Outcome = Spoken | VoiceRefusal
type Request = {
  readonly text: string
  readonly accent: VoiceAccent
  readonly rate: number
  tries: number
  readonly done: (outcome: Outcome) => void
}

export type VoiceOptions = {
  /** The voice program: a file run by the Node at `nodePath`. */
  program: string
  args?: readonly string[]
  /** Its id in the log. */
  id?: string
  nodePath: string
  log: Log
  /** How long a reply may take before the program is killed, milliseconds. Default 20,000. */
  replyTimeoutMs?: number
  /** Another voice can say the text: one that was not answered in time is not given to this engine again. */
  hasStandIn?: boolean
  /** How long after it has failed to start again and again it is tried once more, milliseconds. Default 5,000. */
  restartPauseMs?: number
}

/** One engine: speaks with its own voice. */
export type Engine = {
  speak(text: string, options: { readonly accent: VoiceAccent; readonly rate: number }): Promise<Outcome>
  /** Ends the program and refuses what is waiting. Resolves when the child is gone. */
  stop(): Promise<void>
  /** `away`: it failed to start again and again; requests are refused at once until it comes back. */
  state(): 'ready' | 'starting' | 'away'
  /** Why it is away. */
  trouble?(): VoiceTrouble | undefined
}

/** The request during which the program dies is tried this often in all. */
const TRIES_MAX = 2
/** After this many starts in a row without getting ready, requests are refused at once instead of waiting. */
const START_FAILURES_MAX = 3
const RESTART_PAUSE_MS = 5_000
const QUEUE_MAX = 200
const unavailable: VoiceRefusal = { refused: 'voice.unavailable' }

function spoken(reply: Extract<Reply, { samples: number }>, sound: Buffer): Spoken {
  // Copied first: a piece of a pipe's buffer may begin at an odd address.
  const samples = Float32Array.from(new Int16Array(new Uint8Array(sound).buffer), (value) => value / 32_768)
  return { samples, sampleRate: reply.sampleRate, words: reply.words }
}

type Answer = Exclude<Reply, { ready: true } | { failed: string }>

function outcomeOf(reply: Answer, sound: Buffer): Outcome {
  if ('samples' in reply) return spoken(reply, sound)
  const { refused } = reply
  return refused === 'voice.textTooLong' || refused === 'voice.nothingToSay' ? { refused } : unavailable
}

/** Requests in the order they came, and the one the program is working on. */
function openQueue() {
  const waiting: Request[] = []
  let current: { id: string; request: Request } | undefined
  let lastId = 0
  return {
    add: (request: Request) => void waiting.push(request),
    full: () => waiting.length >= QUEUE_MAX,
    sendNext(program: VoiceProgram) {
      const request = current ? undefined : waiting.shift()
      if (!request) return
      request.tries++
      current = { id: String(++lastId), request }
      program.ask({ id: current.id, text: request.text, accent: request.accent, rate: request.rate })
    },
    settle(reply: Answer, sound: Buffer) {
      if (reply.id !== current?.id) throw new Error(`request ${current?.id} was answered as ${reply.id}`)
      const { request } = current
      current = undefined
      request.done(outcomeOf(reply, sound))
    },
    /** The program died over the current request: it goes to the front again, or is given up. */
    interrupted(again: boolean) {
      const request = current?.request
      current = undefined
      if (request && again && request.tries < TRIES_MAX) waiting.unshift(request)
      else request?.done(unavailable)
    },
    refuseAll() {
      for (const request of waiting.splice(0)) request.done(unavailable)
    },
  }
}

/** Starts the voice program and keeps it running until `stop`. */
export function openVoice(options: VoiceOptions): Engine {
  const { log } = options
  const queue = openQueue()
  let state: 'ready' | 'starting' | 'away' = 'starting'
  let running: VoiceProgram | undefined
  let failures = 0
  let trouble: VoiceTrouble | undefined
  let pause: NodeJS.Timeout | undefined
  let stopped: (() => void) | undefined

  /** Where the server keeps its voices is nothing for a screen. */
  const plainly = (words: string): string =>
    (options.args ?? []).reduce((left, arg) => left.replaceAll(`${arg}/`, ''), words)

  const onReply = (reply: Reply, sound: Buffer) => {
    if ('ready' in reply) {
      state = 'ready'
      failures = 0
      trouble = undefined
      log.info('Bộ đọc đã sẵn sàng.', { engine: reply.engine, voice: options.id })
    } else if ('failed' in reply) {
      const code = reply.failed === 'voice.engineMissing' ? 'engineMissing' : 'modelBroken'
      trouble = { code, detail: plainly(reply.detail) }
      // it has said itself that another try will not help soon
      failures = START_FAILURES_MAX
    } else queue.settle(reply, sound)
    if (running) queue.sendNext(running)
  }

  const onGone = (reason: Record<string, unknown>) => {
    running = undefined
    failures = state === 'ready' ? 0 : failures + 1
    state = failures < START_FAILURES_MAX ? 'starting' : 'away'
    queue.interrupted(reason.late !== true || options.hasStandIn !== true)
    trouble ??= { code: 'modelBroken', detail: plainly(String(reason.lastWords ?? '')) }
    if (stopped || state === 'away') queue.refuseAll()
    if (stopped) return stopped()
    log.warn('Bộ đọc đã dừng; đang khởi động lại.', { ...reason, state, voice: options.id })
    if (state === 'away') pause = setTimeout(start, options.restartPauseMs ?? RESTART_PAUSE_MS)
    else start()
  }

  const start = () => {
    running = startVoiceProgram({ ...options, onReply, onGone })
  }

  const speak: Engine['speak'] = (text, { accent, rate }) => {
    if (stopped || state === 'away' || queue.full()) return Promise.resolve(unavailable)
    return new Promise((done) => {
      queue.add({ text, accent, rate, tries: 0, done })
      if (running && state === 'ready') queue.sendNext(running)
    })
  }

  const stop = () =>
    new Promise<void>((resolve) => {
      stopped = resolve
      clearTimeout(pause)
      if (running) return running.kill()
      queue.refuseAll()
      resolve()
    })

  start()
  return { speak, stop, state: () => state, trouble: () => (state === 'away' ? trouble : undefined) }
}
