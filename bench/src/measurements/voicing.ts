import { join } from 'node:path'
import { sayReading } from '../../../server/src/modules/voicing/index.ts'
import type { Log } from '../../../server/src/platform/context.ts'
import { soundWork } from '../../../server/src/platform/sound.ts'
import { openVoice } from '../../../server/src/platform/voice.ts'
import { read } from '../../../speech/src/index.ts'
import { distributionOf } from '../figures.ts'
import { repository } from '../installation.ts'
import { voice } from '../people.ts'
import type { Place } from '../place.ts'
import { besideOf, type Measured, peerOf } from '../report.ts'

const BUDGET_MS = 150
const WARM_UP = 3

const days = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật']

/** A sentence of about seven seconds; each number makes another one, so that nothing is answered from memory. */
const sentence = (number: number): string =>
  `Trạm Y tế xã mời bà con thôn ${1 + (number % 9)} đưa trẻ đến tiêm chủng sáng ${days[number % days.length]}, từ 7 giờ 30 phút, tại nhà văn hóa số ${10 + number}.`

type Timed = { readonly tookMs: number; readonly soundMs: number }

const timed = async (work: () => Promise<number>): Promise<Timed> => {
  const began = performance.now()
  const soundMs = await work()
  return { tookMs: performance.now() - began, soundMs }
}

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Reading, voice and preparation for broadcast, as the server joins them, without HTTP and database. */
const inProcess = async (samples: number): Promise<Timed[]> => {
  const program = join(repository, 'voice', 'src', 'main.ts')
  const service = openVoice({ program, nodePath: process.execPath, log: quiet })
  const once = async (number: number): Promise<number> => {
    const reading = read(sentence(number))
    const spoken = await sayReading(reading, 1, (text) => service.speak(text, { accent: 'central', rate: 1 }))
    if ('refused' in spoken) throw new Error(spoken.refused)
    const pcm = { samples: spoken.samples, sampleRate: spoken.sampleRate }
    const done = await soundWork({ kind: 'finish', pcm })
    if ('refused' in done) throw new Error(done.refused)
    return done.durationMs
  }
  const all: Timed[] = []
  for (let number = 0; number < samples + WARM_UP; number++) all.push(await timed(() => once(number)))
  await service.stop()
  return all.slice(WARM_UP)
}

const throughApi = async (place: Place, samples: number): Promise<Timed[]> => {
  const { people } = await place.town()
  const all: Timed[] = []
  for (let number = 0; number < samples + WARM_UP; number++) {
    all.push(await timed(async () => (await voice(people.officer, sentence(100 + number))).sound.durationMs))
  }
  return all.slice(WARM_UP)
}

/** Text → loudspeaker-ready Opus for a sentence of seven seconds, warm. */
export const voicing = async (place: Place): Promise<Measured> => {
  const samples = place.quick ? 20 : 40
  const work = await inProcess(samples)
  const api = await throughApi(place, samples)
  const workMs = distributionOf(work.map(({ tookMs }) => tookMs))
  const apiMs = distributionOf(api.map(({ tookMs }) => tookMs))
  const soundMs = distributionOf(api.map((each) => each.soundMs))
  return {
    rows: [
      { what: 'text → Opus, p50', ours: workMs.p50, unit: 'ms', beside: besideOf(BUDGET_MS) },
      { what: 'text → Opus, p95', ours: workMs.p95, unit: 'ms', beside: besideOf(BUDGET_MS) },
      { what: 'POST /api/voicings, p50', ours: apiMs.p50, unit: 'ms', beside: besideOf(BUDGET_MS) },
      { what: 'POST /api/voicings, p95', ours: apiMs.p95, unit: 'ms', beside: besideOf(BUDGET_MS) },
      { what: 'POST /api/voicings, p50', ours: apiMs.p50, unit: 'ms', beside: peerOf('the sound itself', soundMs.p50) },
    ],
    notes: [
      `${samples} different sentences each way, after ${WARM_UP} to warm up; sounds of ${(soundMs.min / 1000).toFixed(1)} to ${(soundMs.max / 1000).toFixed(1)} s`,
    ],
    distribution: { workMs, apiMs, soundMs },
  }
}
