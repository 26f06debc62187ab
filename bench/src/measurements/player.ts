import { OrderWatch } from '../airing.ts'
import { distributionOf } from '../figures.ts'
import { approve, classNote, classNow, submitted, VILLAGE, voice } from '../people.ts'
import type { Place } from '../place.ts'
import { isAlive, startProgram, type Usage, usageOf } from '../programs.ts'
import { besideOf, type Measured, peerOf, type Row } from '../report.ts'
import { until, wait } from '../waiting.ts'

const MEMORY_MAX_MB = 80
const CPU_MAX_PERCENT = 10
const SAMPLE_EVERY_MS = 500

/** About half a minute; heard twice it fills the minute. */
const TEXT = Array.from(
  { length: 4 },
  (_, number) =>
    `Điều ${number + 1}. Bà con chủ động đưa lúa, gia súc, gia cầm lên chỗ cao, chuẩn bị đèn pin, nước uống và giấy tờ cần thiết.`,
).join(' ')

type Sampled = { readonly rssMb: readonly number[]; readonly peakMb: number; readonly cpuPercent: number }

/** Looks at a process every half second for so long. */
const sampled = async (pid: number, forMs: number): Promise<Sampled> => {
  const first = usageOf(pid)
  const began = performance.now()
  const rssMb: number[] = []
  let last: Usage = first
  while (performance.now() - began < forMs && isAlive(pid)) {
    await wait(SAMPLE_EVERY_MS)
    last = usageOf(pid)
    rssMb.push(last.rssMb)
  }
  return { rssMb, peakMb: last.peakMb, cpuPercent: ((last.cpuMs - first.cpuMs) / (performance.now() - began)) * 100 }
}

const idleNode = async (): Promise<number> => {
  const idle = startProgram(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'])
  await wait(1000)
  const { rssMb } = usageOf(idle.pid)
  await idle.stop()
  return rssMb
}

const rowsOf = (output: string, { rssMb, peakMb, cpuPercent }: Sampled, idleMb: number): Row[] => [
  { what: `resident, ${output} output, peak`, ours: peakMb, unit: 'MB', beside: besideOf(MEMORY_MAX_MB) },
  {
    what: `resident, ${output} output, p50`,
    ours: distributionOf(rssMb).p50,
    unit: 'MB',
    beside: peerOf('idle node', idleMb),
  },
  { what: `processor, ${output} output`, ours: cpuPercent, unit: '%', beside: besideOf(CPU_MAX_PERCENT) },
]

/** Memory and processor time of the player program while it plays a minute of speech. */
export const player = async (place: Place): Promise<Measured> => {
  const town = await place.town()
  const { officer, approver } = town.people
  const idleMb = await idleNode()
  const outputs = ['null', 'wav'] as const
  const players: Awaited<ReturnType<typeof town.player>>[] = []
  for (const output of outputs) players.push(await town.player(`đo ${output}`, output))
  const orders = await new OrderWatch(await town.broker.connect('minute')).open(VILLAGE)
  const { id: voicing } = await voice(officer, TEXT)
  const draft = { title: 'Đo máy phát', class: classNow(), audience: [VILLAGE], repeats: 2, text: TEXT, voicing }
  const notice = await submitted(officer, draft)
  await until('the sound on the devices', () => players.every(({ listener }) => listener.soundsKept() > 0), {
    withinMs: 20_000,
  })
  await approve(approver, notice)
  const { airing } = await orders.ofRelease(notice.release?.id ?? '')
  await until('the sound', () => players.every(({ listener }) => listener.said(airing)), { withinMs: 20_000 })
  const forMs = place.quick ? 12_000 : 58_000
  const seen = await Promise.all(players.map(({ listener }) => sampled(listener.program.pid, forMs)))
  await approver.must('POST', `/api/airings/${airing}/stop`)
  await orders.close()
  for (const { listener } of players) await listener.stop()
  return {
    rows: outputs.flatMap((output, place) => rowsOf(output, seen[place] as Sampled, idleMb)),
    notes: [
      `two player programs playing the same sound of about a minute, looked at every ${SAMPLE_EVERY_MS} ms for ${forMs / 1000} s; MB = 10⁶ bytes; processor time in % of one core`,
      'peak is the largest since the program began (VmHWM), starting and enrolling included',
      classNote(classNow()),
    ],
    distribution: Object.fromEntries(
      outputs.map((output, place) => [`${output}Mb`, distributionOf(seen[place]?.rssMb ?? [])]),
    ),
  }
}
