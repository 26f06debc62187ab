import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, LOCAL_OFFSET_MINUTES } from '@loa/protocol'
import { SAMPLE_RATE } from '../../kernel/pcm.ts'
import type { Output, OutputMeta } from '../../ports.ts'
import { PacedPlayback, type Sink } from './paced.ts'

const headerBytes = 44
const bytesPerSample = 2
/** RIFF/WAVE header, PCM 16 bit mono 48 kHz, for so many bytes of sound. */
export const wavHeader = (dataBytes: number): Buffer => {
  const header = Buffer.alloc(headerBytes)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(headerBytes - 8 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(SAMPLE_RATE, 24)
  header.writeUInt32LE(SAMPLE_RATE * bytesPerSample, 28)
  header.writeUInt16LE(bytesPerSample, 32)
  header.writeUInt16LE(8 * bytesPerSample, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(dataBytes, 40)
  return header
}

/** 16-bit little-endian, clipped. */
export const toPcm16 = (samples: Float32Array): Buffer => {
  const pcm = new Int16Array(samples.length)
  for (let i = 0; i < samples.length; i++) {
    pcm[i] = Math.round(Math.max(-1, Math.min(1, samples[i] as number)) * 32_767)
  }
  return Buffer.from(pcm.buffer)
}

/** `20261122-170000-12-<airing>.wav`: local time, the number of the receipt, the airing. */
export const wavName = ({ startedAt, counter, airing }: OutputMeta): string => {
  const local = new Date(startedAt + LOCAL_OFFSET_MINUTES * 60_000).toISOString()
  const time = `${local.slice(0, 10)}-${local.slice(11, 19)}`.replaceAll(/[-:]/g, '')
  return `${time.slice(0, 8)}-${time.slice(8)}-${counter}-${airing}.wav`
}

const wavSink = (file: FileHandle): Sink => {
  let dataBytes = 0
  return {
    async write(samples) {
      const pcm = toPcm16(samples)
      await file.write(pcm, 0, pcm.length, headerBytes + dataBytes)
      dataBytes += pcm.length
      // ten times a second: a file whose writer was killed still says how long it is
      await file.write(wavHeader(dataBytes), 0, headerBytes, 0)
    },
    async close() {
      await file.close()
    },
  }
}

/** One WAV file for each airing, written at the pace of the clock. A file that was never closed can still be read. */
export const createWavOutput = (clock: Clock, folder: string): Output => ({
  kind: 'wav',
  chunkMs: 100,
  async open(meta) {
    try {
      await mkdir(folder, { recursive: true })
      const file = await open(join(folder, wavName(meta)), 'w')
      await file.write(wavHeader(0), 0, headerBytes, 0)
      return new PacedPlayback(clock, wavSink(file))
    } catch {
      return { refused: 'output.failed' }
    }
  },
})
