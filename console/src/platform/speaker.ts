/** The page's own loudspeaker: decoded sounds, one after another, at a volume, to be silenced at once. */

export type Sounding = {
  /** Resolves when it has ended by itself or was silenced. */
  readonly ended: Promise<'completed' | 'silenced'>
  silence(): void
  /** Seconds really handed to the output. */
  secondsWritten(): number
  /** RMS of what is played at this volume, dBFS; `null` for digital silence. */
  readonly levelDbfs: number | null
}

export type Speaker = {
  decode(bytes: ArrayBuffer): Promise<AudioBuffer>
  play(sounds: readonly AudioBuffer[], volume: number): Sounding
  close(): void
}

const rmsOf = (sounds: readonly AudioBuffer[]): number => {
  let sum = 0
  let count = 0
  for (const sound of sounds) {
    for (const sample of sound.getChannelData(0)) sum += sample * sample
    count += sound.length
  }
  return count === 0 ? 0 : Math.sqrt(sum / count)
}

const chain = (context: AudioContext, sounds: readonly AudioBuffer[], out: AudioNode): AudioBufferSourceNode[] => {
  let at = context.currentTime
  return sounds.map((buffer) => {
    const source = context.createBufferSource()
    source.buffer = buffer
    source.connect(out)
    source.start(at)
    at += buffer.duration
    return source
  })
}

/** Opens the output. Must be called from a press, as browsers demand. */
export const openSpeaker = (): Speaker => {
  const context = new AudioContext()
  void context.resume()
  return {
    decode: (bytes) => context.decodeAudioData(bytes),
    play: (sounds, volume) => {
      const gain = context.createGain()
      gain.gain.value = volume / 100
      gain.connect(context.destination)
      const whole = sounds.reduce((sum, sound) => sum + sound.duration, 0)
      const startedAt = context.currentTime
      let endedAt: number | undefined
      const sources = chain(context, sounds, gain)
      const { promise: ended, resolve } = Promise.withResolvers<'completed' | 'silenced'>()
      const end = (how: 'completed' | 'silenced'): void => {
        if (endedAt !== undefined) return
        endedAt = context.currentTime
        for (const source of sources) source.stop()
        gain.disconnect()
        resolve(how)
      }
      const last = sources.at(-1)
      if (last) last.onended = () => end('completed')
      else end('completed')
      const rms = rmsOf(sounds) * (volume / 100)
      return {
        ended,
        silence: () => end('silenced'),
        secondsWritten: () => Math.min(whole, Math.max(0, (endedAt ?? context.currentTime) - startedAt)),
        levelDbfs: rms > 0 ? 20 * Math.log10(rms) : null,
      }
    },
    close: () => void context.close(),
  }
}
