/** The microphone, as blocks of mono samples. Needs a secure context (https, or this very machine). */

const SAMPLE_RATE = 48_000

export type Recording = { samples: Float32Array; sampleRate: number }
export type Microphone = {
  /** Peak of the newest block, 0…1. */
  level: () => number
  /** Length so far, milliseconds. */
  lengthMs: () => number
  /** Ends it and gives back what was recorded. */
  finish: () => Recording
}

export const microphoneAllowed = (): boolean => typeof navigator.mediaDevices?.getUserMedia === 'function'

const joined = (blocks: readonly Float32Array[], total: number): Float32Array => {
  const samples = new Float32Array(total)
  let at = 0
  for (const block of blocks) {
    samples.set(block, at)
    at += block.length
  }
  return samples
}

const peakOf = (block: Float32Array): number => {
  let peak = 0
  for (const sample of block) peak = Math.max(peak, Math.abs(sample))
  return peak
}

/** Opens the microphone and records at once. Throws where there is none or the person says no. */
export const openMicrophone = async (): Promise<Microphone> => {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      channelCount: 1,
      sampleRate: SAMPLE_RATE,
      echoCancellation: false,
      noiseSuppression: true,
      autoGainControl: true,
    },
  })
  const context = new AudioContext({ sampleRate: SAMPLE_RATE })
  await context.audioWorklet.addModule('/recorder-worklet.js')
  const node = new AudioWorkletNode(context, 'loa-recorder', {
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: 'explicit',
  })
  const blocks: Float32Array[] = []
  let total = 0
  let level = 0
  node.port.onmessage = (event: MessageEvent<Float32Array>) => {
    blocks.push(event.data)
    total += event.data.length
    level = peakOf(event.data)
  }
  context.createMediaStreamSource(stream).connect(node)
  return {
    level: () => level,
    lengthMs: () => (total * 1000) / context.sampleRate,
    finish: () => {
      node.port.onmessage = null
      node.disconnect()
      for (const track of stream.getTracks()) track.stop()
      const { sampleRate } = context
      void context.close()
      return { samples: joined(blocks, total), sampleRate }
    },
  }
}

/** Plays a recording straight from memory; returns what silences it. */
export const playRecording = ({ samples, sampleRate }: Recording, onEnd: () => void): (() => void) => {
  const context = new AudioContext()
  const buffer = context.createBuffer(1, Math.max(1, samples.length), sampleRate)
  buffer.copyToChannel(new Float32Array(samples), 0)
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
