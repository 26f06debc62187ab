import { SAMPLE_RATE } from '../../kernel/pcm.ts'
import type { Output, Playback } from '../../ports.ts'
import { toPcm16 } from './wav.ts'

/** alsa-lib: pcm.h and error.h. */
const SND_PCM_STREAM_PLAYBACK = 0
const SND_PCM_FORMAT_S16_LE = 2
const SND_PCM_ACCESS_RW_INTERLEAVED = 3
const EPIPE = -32
const ESTRPIPE = -86
const EINTR = -4
const EAGAIN = -11
/** Short enough that "stop" is heard as stop, long enough for a busy single-board computer. */
const latencyMicroseconds = 200_000
/** A card that fails this often in a row is gone. */
const recoveriesMax = 10

type Pcm = unknown
/** Every call answers below zero on failure, except close, drop and drain of a card already gone. */
type Alsa = {
  open(device: string): { pcm: Pcm } | { error: number }
  setParams(pcm: Pcm): number
  writei(pcm: Pcm, samples: Uint8Array, frames: number): Promise<number>
  delay(pcm: Pcm): number
  drain(pcm: Pcm): Promise<number>
  drop(pcm: Pcm): number
  recover(pcm: Pcm, error: number): number
  close(pcm: Pcm): number
  describe(error: number): string
}

const load = async (): Promise<Alsa | { readonly refused: 'output.libraryMissing' }> => {
  try {
    const { default: koffi } = await import('koffi')
    const library = koffi.load('libasound.so.2')
    const open = library.func('int snd_pcm_open(_Out_ void **pcm, const char *name, int stream, int mode)')
    const setParams = library.func(
      'int snd_pcm_set_params(void *pcm, int format, int access, unsigned int channels, unsigned int rate, int soft_resample, unsigned int latency)',
    )
    const writei = library.func('long snd_pcm_writei(void *pcm, const void *buffer, unsigned long size)')
    const delay = library.func('int snd_pcm_delay(void *pcm, _Out_ long *delay)')
    const drain = library.func('int snd_pcm_drain(void *pcm)')
    const drop = library.func('int snd_pcm_drop(void *pcm)')
    const recover = library.func('int snd_pcm_recover(void *pcm, int err, int silent)')
    const close = library.func('int snd_pcm_close(void *pcm)')
    const strerror = library.func('const char *snd_strerror(int errnum)')
    const later = (call: typeof drain, ...args: unknown[]): Promise<number> =>
      new Promise((resolve, reject) => {
        call.async(...args, (error: unknown, code: number) => (error ? reject(error) : resolve(Number(code))))
      })
    return {
      open(device) {
        const out: [Pcm] = [null]
        const error = open(out, device, SND_PCM_STREAM_PLAYBACK, 0)
        return error < 0 ? { error } : { pcm: out[0] }
      },
      setParams: (pcm) =>
        setParams(pcm, SND_PCM_FORMAT_S16_LE, SND_PCM_ACCESS_RW_INTERLEAVED, 1, SAMPLE_RATE, 1, latencyMicroseconds),
      writei: (pcm, samples, frames) => later(writei, pcm, samples, frames),
      delay(pcm) {
        const out: [number] = [0]
        return delay(pcm, out) < 0 ? 0 : Number(out[0])
      },
      drain: (pcm) => later(drain, pcm),
      drop,
      recover: (pcm, error) => recover(pcm, error, 1),
      close,
      describe: strerror,
    }
  } catch {
    return { refused: 'output.libraryMissing' }
  }
}

class AlsaPlayback implements Playback {
  readonly #alsa: Alsa
  readonly #pcm: Pcm
  readonly #log: (line: string) => void
  #frames = 0
  #closed = false

  constructor(alsa: Alsa, pcm: Pcm, log: (line: string) => void) {
    this.#alsa = alsa
    this.#pcm = pcm
    this.#log = log
  }

  async write(samples: Float32Array): Promise<'written' | { readonly refused: string }> {
    const pcm16 = toPcm16(samples)
    let written = 0
    for (let failures = 0; written < samples.length; ) {
      const taken = await this.#alsa.writei(this.#pcm, pcm16.subarray(written * 2), samples.length - written)
      if (taken >= 0) {
        written += taken
        this.#frames += taken
        failures = 0
        continue
      }
      failures += 1
      if (failures > recoveriesMax || !this.#recovered(taken)) {
        this.#log(`snd_pcm_writei: ${this.#alsa.describe(taken)}`)
        return { refused: 'output.failed' }
      }
    }
    return 'written'
  }

  secondsWritten(): number {
    return this.#frames / SAMPLE_RATE
  }

  /** A write waits for the card for a fraction of its buffer only; there is nothing to let go of. */
  release(): void {}

  async drain(): Promise<void> {
    if (this.#closed) return
    const error = await this.#alsa.drain(this.#pcm)
    if (error < 0) this.#log(`snd_pcm_drain: ${this.#alsa.describe(error)}`)
    this.#close()
  }

  async stop(): Promise<void> {
    if (this.#closed) return
    // The fade written last is let out; what the card still holds after that was never heard.
    const error = await this.#alsa.drain(this.#pcm)
    if (error < 0) {
      this.#frames = Math.max(0, this.#frames - this.#alsa.delay(this.#pcm))
      this.#alsa.drop(this.#pcm)
    }
    this.#close()
  }

  /** Underrun, suspend and signals can be got over (alsa-lib, snd_pcm_recover); a card pulled out cannot. */
  #recovered(error: number): boolean {
    if (error === EAGAIN) return true
    if (error !== EPIPE && error !== ESTRPIPE && error !== EINTR) return false
    return this.#alsa.recover(this.#pcm, error) >= 0
  }

  #close(): void {
    this.#closed = true
    const error = this.#alsa.close(this.#pcm)
    if (error < 0) this.#log(`snd_pcm_close: ${this.#alsa.describe(error)}`)
  }
}

/**
 * A sound card through alsa-lib. Refused with `output.libraryMissing` where libasound.so.2 is absent; a card that cannot be
 * opened refuses each airing with `output.failed`. `device` as alsa-lib names it, usually `default`.
 */
export const createAlsaOutput = async (
  device: string,
  log: (line: string) => void,
): Promise<Output | { readonly refused: 'output.libraryMissing' }> => {
  const alsa = await load()
  if ('refused' in alsa) return alsa
  return {
    kind: 'alsa',
    chunkMs: 40,
    async open() {
      const opened = alsa.open(device)
      if ('error' in opened) {
        log(`snd_pcm_open ${device}: ${alsa.describe(opened.error)}`)
        return { refused: 'output.failed' }
      }
      const error = alsa.setParams(opened.pcm)
      if (error < 0) {
        log(`snd_pcm_set_params ${device}: ${alsa.describe(error)}`)
        alsa.close(opened.pcm)
        return { refused: 'output.failed' }
      }
      return new AlsaPlayback(alsa, opened.pcm, log)
    },
  }
}
