import { OrderWatch } from '../airing.ts'
import { distributionOf, seeded } from '../figures.ts'
import { type Listener, wallNow } from '../listener.ts'
import { approve, COMMUNE, classNote, classNow, submitted, VILLAGE, voice } from '../people.ts'
import type { Place, Town } from '../place.ts'
import { besideOf, type Measured } from '../report.ts'
import { until, wait } from '../waiting.ts'

const BUDGET_MS = 1000
const SEED = 20_261_122
const TEXT =
  'Đây là bản tin đo thử của đài truyền thanh xã. Bản tin này dài hơn một chút để có cái mà dừng lại giữa chừng, bà con không phải làm gì.'

type Bench = { readonly town: Town; readonly listener: Listener; readonly orders: OrderWatch; readonly voicing: string }

/** Milliseconds from the request to the answer, and to the last sample of sound in the player's file. */
const round = async ({ town, listener, orders, voicing }: Bench, number: number, heardMs: number) => {
  const { officer, approver } = town.people
  const title = `Đo dừng số ${number}`
  const draft = { title, class: classNow(), audience: [VILLAGE], text: TEXT, voicing }
  const notice = await submitted(officer, draft)
  await approve(approver, notice)
  const { airing } = await orders.ofRelease(notice.release?.id ?? '')
  await until('the first sound', () => listener.ofAiring(airing)?.firstLoudAt(), { withinMs: 20_000 })
  await wait(heardMs)
  const sent = wallNow()
  await approver.must('POST', '/api/stop-all', { unit: COMMUNE })
  const answered = wallNow() - sent
  const wav = listener.ofAiring(airing)
  if (wav === undefined) throw new Error('the sound is gone')
  await until('silence', () => wav.isClosed(), { withinMs: 20_000 })
  return { answered, silent: wav.lastSoundAt() - sent }
}

/** From "stop everything" to the last sample that sounds. */
export const stopAll = async (place: Place): Promise<Measured> => {
  const town = await place.town()
  const { listener } = await town.player('dừng', 'wav')
  const orders = await new OrderWatch(await town.broker.connect('stops')).open(VILLAGE)
  const chance = seeded(SEED)
  const rounds: { answered: number; silent: number }[] = []
  try {
    const { id: voicing } = await voice(town.people.officer, TEXT)
    const count = place.quick ? 6 : 20
    for (let number = 1; number <= count; number++) {
      rounds.push(await round({ town, listener, orders, voicing }, number, 200 + chance() * 600))
    }
  } finally {
    await orders.close()
    await listener.stop()
  }
  const silentMs = distributionOf(rounds.map(({ silent }) => silent))
  const answeredMs = distributionOf(rounds.map(({ answered }) => answered))
  return {
    rows: [
      { what: 'stop-all → last sample of sound, p50', ours: silentMs.p50, unit: 'ms' },
      { what: 'stop-all → last sample of sound, p99', ours: silentMs.p99, unit: 'ms', beside: besideOf(BUDGET_MS) },
    ],
    notes: [
      `${rounds.length} stops at a random moment of the chime or the reading (seed ${SEED})`,
      classNote(classNow()),
    ],
    distribution: { silentMs, answeredMs },
  }
}
