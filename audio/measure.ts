/**
 * What preparing a long recording costs: `node audio/measure.ts [minutes]`. Each kind of file is made in one process
 * and prepared in another, so that the memory counted is that of preparing alone.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inOrder, openSound, prepareBroadcastFrom, type SoundSource, sourceOf, writeWav } from './src/index.ts'
import { speechLike } from './src/signals.ts'
import { readThrough } from './src/stream.ts'

const MINUTES = 30
const MEGABYTE = 1_000_000
const SPEECH_SECONDS = 60

const ready = async (source: SoundSource) => {
  const made = await prepareBroadcastFrom(source, { refuseSilence: true })
  if ('refused' in made) throw new Error(made.refused)
  return made
}

const minutesOf = (minutes: number): SoundSource =>
  inOrder(Array.from({ length: minutes }, () => sourceOf(speechLike(SPEECH_SECONDS))))

/** A golden tone's frames, over and over. */
const mp3 = (minutes: number): Uint8Array => {
  const tone = readFileSync(new URL('./golden/tone-stereo-44k.mp3', import.meta.url))
  const TONE_SECONDS = 0.39
  return Buffer.concat(Array.from({ length: Math.floor((minutes * 60) / TONE_SECONDS) }, () => tone))
}

async function wav(minutes: number): Promise<Uint8Array> {
  const source = minutesOf(minutes)
  const samples = new Float32Array(source.samplesMax)
  let at = 0
  await readThrough(source, (piece) => {
    samples.set(piece, at)
    at += piece.length
  })
  return writeWav({ samples, sampleRate: source.sampleRate })
}

const kinds: Record<string, (minutes: number) => Uint8Array | Promise<Uint8Array>> = {
  wav,
  opus: async (minutes) => (await ready(minutesOf(minutes))).opus,
  mp3,
}

async function prepare(path: string): Promise<void> {
  const file = new Uint8Array(readFileSync(path).buffer)
  const source = openSound(file)
  if ('refused' in source) throw new Error(source.refused)
  await ready(sourceOf(speechLike(2)))
  const before = process.memoryUsage.rss()
  const began = process.cpuUsage()
  const made = await ready(source)
  const seconds = process.cpuUsage(began).user / 1_000_000
  // maxRSS is in kibibytes.
  const more = (process.resourceUsage().maxRSS * 1024 - before) / MEGABYTE
  const { integratedLufs, truePeakDbtp } = made.heard
  console.log(
    `${(made.samples / 48_000 / 60).toFixed(1)} min, ${(file.length / MEGABYTE).toFixed(0)} MB in: ${more.toFixed(0)} MB more,`,
    `${seconds.toFixed(1)} s of processor, ${integratedLufs.toFixed(2)} LUFS, ${truePeakDbtp.toFixed(2)} dBTP, ${(made.opus.length / MEGABYTE).toFixed(1)} MB out`,
  )
}

const [task = String(MINUTES), kind = '', minutes = '', path = ''] = process.argv.slice(2)
if (task === 'make') writeFileSync(path, (await kinds[kind]?.(Number(minutes))) ?? '')
else if (task === 'prepare') await prepare(kind)
else {
  const folder = mkdtempSync(join(tmpdir(), 'loa-sound-'))
  const again = (...args: string[]) =>
    spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...args], { stdio: 'inherit' })
  for (const name of Object.keys(kinds)) {
    console.log(name)
    again('make', name, task, join(folder, name))
    again('prepare', join(folder, name))
  }
  rmSync(folder, { recursive: true })
}
