import { join } from 'node:path'
import { OrderWatch } from '../airing.ts'
import { distributionOf } from '../figures.ts'
import { repository } from '../installation.ts'
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

const variants = [
  { name: 'packed, null output', output: 'null', isPacked: true },
  { name: 'packed, wav output', output: 'wav', isPacked: true },
  { name: 'from source, wav output', output: 'wav', isPacked: false },
] as const

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

/** The program as it is put on a small board. */
const packed = async ({ folder }: Place): Promise<string> => {
  const target = join(folder, 'loa-player')
  const packing = startProgram(process.execPath, [join(repository, 'player', 'pack.ts'), target], { cwd: repository })
  if ((await packing.ended) !== 0) throw new Error('the player could not be packed')
  return join(target, 'loa-player.mjs')
}

const rowsOf = (name: string, { rssMb, peakMb, cpuPercent }: Sampled, idleMb: number): Row[] => [
  { what: `resident, ${name}, peak`, ours: peakMb, unit: 'MB', beside: besideOf(MEMORY_MAX_MB) },
  {
    what: `resident, ${name}, p50`,
    ours: distributionOf(rssMb).p50,
    unit: 'MB',
    beside: peerOf('idle node', idleMb),
  },
  { what: `processor, ${name}`, ours: cpuPercent, unit: '%', beside: besideOf(CPU_MAX_PERCENT) },
]

/** Memory and processor time of the player program while it plays a minute of speech. */
export const player = async (place: Place): Promise<Measured> => {
  const town = await place.town()
  const { officer, approver } = town.people
  const idleMb = await idleNode()
  const program = await packed(place)
  const players: Awaited<ReturnType<typeof town.player>>[] = []
  for (const { name, output, isPacked } of variants) {
    players.push(await town.player(`đo ${name}`, output, isPacked ? program : undefined))
  }
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
    rows: variants.flatMap(({ name }, place) => rowsOf(name, seen[place] as Sampled, idleMb)),
    notes: [
      `${variants.length} player programs playing the same sound of about a minute; packed: by player/pack.ts, as on a small board, looked at every ${SAMPLE_EVERY_MS} ms for ${forMs / 1000} s; MB = 10⁶ bytes; processor time in % of one core`,
      'peak is the largest since the program began (VmHWM), starting and enrolling included',
      classNote(classNow()),
    ],
    distribution: Object.fromEntries(
      variants.map(({ name }, place) => [`${name}, MB`, distributionOf(seen[place]?.rssMb ?? [])]),
    ),
  }
}
