/** The microphone, as blocks of mono samples. Needs a secure context (https, or this very machine). */
import { joined, sixteenBit } from './samples.ts'

export const SAMPLE_RATE = 48_000
const PIECE_SECONDS = 1

export type Recording = { samples: Int16Array; sampleRate: number }

/** Why there is no microphone: the person or the browser said no, there is none, another program has it, or something else. */
export type NoMicrophone = 'refused' | 'none' | 'taken' | 'failed'
/** What came between: a call or another program silenced it, the page was put away; `lost`: it is gone for good. */
export type Interruption = 'silenced' | 'hidden' | 'lost'

export type Microphone = {
  readonly sampleRate: number
  /** Peak of the newest block, 0…1. */
  level: () => number
  /** Length so far, milliseconds. */
  lengthMs: () => number
  /** Ends it and gives back what was recorded. May be called again. */
  finish: () => Recording
}

type Told = {
  /** Every second what has come since, so that it can be kept at once. */
  onPiece: (samples: Int16Array) => void
  onInterruption: (what: Interruption) => void
}

export const microphoneAllowed = (): boolean => typeof navigator.mediaDevices?.getUserMedia === 'function'

const REASONS: Readonly<Record<string, NoMicrophone>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'taken',
  AbortError: 'taken',
}

const reasonOf = (error: unknown): NoMicrophone =>
  (error instanceof DOMException ? REASONS[error.name] : undefined) ?? 'failed'

const peakOf = (block: Float32Array): number => {
  let peak = 0
  for (const sample of block) peak = Math.max(peak, Math.abs(sample))
  return peak
}

type Line = { context: AudioContext; source: MediaStreamAudioSourceNode }

/** At 48 kHz where the browser can; some only take a microphone at its own rate. */
const lineFrom = (stream: MediaStream): Line => {
  const wished = new AudioContext({ sampleRate: SAMPLE_RATE })
  try {
    return { context: wished, source: wished.createMediaStreamSource(stream) }
  } catch {
    void wished.close()
    const context = new AudioContext()
    return { context, source: context.createMediaStreamSource(stream) }
  }
}

/** A phone must not go to sleep while somebody speaks; where that cannot be asked for, it is not. */
const keepAwake = (): (() => void) => {
  const asked = navigator.wakeLock?.request('screen').catch(() => undefined)
  return () => void asked?.then((lock) => lock?.release())
}

/** A page that was put away has lost something where less was recorded meanwhile than time went by. */
const MISSED_MS_MIN = 1000

const watchHidden = (recordedMs: () => number, told: () => void, signal: AbortSignal): void => {
  let left: { at: number; recorded: number } | undefined
  const look = (): void => {
    if (document.hidden) left = { at: performance.now(), recorded: recordedMs() }
    else if (left && performance.now() - left.at - (recordedMs() - left.recorded) > MISSED_MS_MIN) told()
  }
  document.addEventListener('visibilitychange', look, { signal })
}

type Watched = { stream: MediaStream; context: AudioContext; recordedMs: () => number }

const watch = ({ stream, context, recordedMs }: Watched, told: (what: Interruption) => void): AbortController => {
  const ending = new AbortController()
  const { signal } = ending
  const track = stream.getAudioTracks()[0]
  track?.addEventListener('ended', () => told('lost'), { signal })
  track?.addEventListener('mute', () => told('silenced'), { signal })
  // a call on some phones stops the sound of the page: it goes on when the call is over
  context.addEventListener(
    'statechange',
    () => {
      if (context.state === 'running' || context.state === 'closed') return
      told('silenced')
      void context.resume().catch(() => undefined)
    },
    { signal },
  )
  watchHidden(recordedMs, () => told('hidden'), signal)
  return ending
}

const streamOf = (): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({
    audio: {
      channelCount: 1,
      sampleRate: SAMPLE_RATE,
      echoCancellation: false,
      noiseSuppression: true,
      autoGainControl: true,
    },
  })

const opened = async (): Promise<{ stream: MediaStream } & Line> => {
  const stream = await streamOf()
  try {
    const line = lineFrom(stream)
    // some phones begin silent; where a press is needed first, it is not waited for
    void line.context.resume().catch(() => undefined)
    await line.context.audioWorklet.addModule('/recorder-worklet.js')
    return { stream, ...line }
  } catch (error) {
    for (const track of stream.getTracks()) track.stop()
    throw error
  }
}

/** Opens the microphone and records at once; or says why it cannot. */
export const openMicrophone = async (told: Told): Promise<Microphone | NoMicrophone> => {
  const line = await opened().catch(reasonOf)
  if (typeof line === 'string') return line
  const { stream, context, source } = line
  const node = new AudioWorkletNode(context, 'loa-recorder', {
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: 'explicit',
  })
  const pieces: Int16Array[] = []
  let fresh: Int16Array[] = []
  let freshSamples = 0
  let total = 0
  let level = 0
  const handOver = (): void => {
    if (freshSamples === 0) return
    const piece = joined(fresh)
    fresh = []
    freshSamples = 0
    pieces.push(piece)
    told.onPiece(piece)
  }
  node.port.onmessage = (event: MessageEvent<Float32Array>) => {
    fresh.push(sixteenBit(event.data))
    freshSamples += event.data.length
    total += event.data.length
    level = peakOf(event.data)
    if (freshSamples >= PIECE_SECONDS * context.sampleRate) handOver()
  }
  source.connect(node)
  const { sampleRate } = context
  const recordedMs = (): number => (total * 1000) / sampleRate
  const watching = watch({ stream, context, recordedMs }, told.onInterruption)
  const release = keepAwake()
  return {
    sampleRate,
    level: () => level,
    lengthMs: recordedMs,
    finish: () => {
      if (node.port.onmessage !== null) {
        node.port.onmessage = null
        watching.abort()
        release()
        node.disconnect()
        for (const track of stream.getTracks()) track.stop()
        void context.close()
        handOver()
      }
      return { samples: joined(pieces), sampleRate }
    },
  }
}

/** Plays a recording straight from memory; returns what silences it. */
export const playRecording = ({ samples, sampleRate }: Recording, onEnd: () => void): (() => void) => {
  const context = new AudioContext()
  const buffer = context.createBuffer(1, Math.max(1, samples.length), sampleRate)
  buffer.copyToChannel(
    Float32Array.from(samples, (sample) => sample / 32_768),
    0,
  )
  const source = context.createBufferSource()
  source.buffer = buffer
  source.connect(context.destination)
  source.onended = () => {
    void context.close()
    onEnd()
  }
  source.start()
  return () => source.stop()
}
