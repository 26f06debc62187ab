import { OrderWatch } from '../airing.ts'
import { ARENA_UNIT, type Arena } from '../arena.ts'
import { quantile } from '../figures.ts'
import type { AiringTimes, BackTimes, HerdState } from '../herd-words.ts'
import { wallNow } from '../listener.ts'
import { approve, type Notice, submitted, voice } from '../people.ts'
import type { Place } from '../place.ts'
import type { Measured, Row } from '../report.ts'
import { until, wait } from '../waiting.ts'

const SEED = 554
const TEXT = 'Khẩn cấp, đây là bản tin đo thử của đài truyền thanh xã, bà con không phải làm gì.'
/** The order is given while they come back: devices try again after a quarter to three quarters of a second. */
const ORDER_AFTER_MS = 1000
const BACK_MAX_MS = 300_000
/** A server that people use answers them: asked this often while everybody comes back. */
const ASK_EVERY_MS = 250

type Round = {
  readonly devices: number
  readonly dropped: number
  readonly back: BackTimes
  readonly heard: readonly number[]
  readonly pages: readonly number[]
}

const state = ({ herd }: Arena): Promise<HerdState> => herd.ask({ do: 'state' })

/** Asks as a person does, again and again, until told to stop; returns how long each answer took. */
const askingPerson = ({ people }: Arena): (() => Promise<readonly number[]>) => {
  const took: number[] = []
  let asking = true
  const done = (async () => {
    while (asking) {
      const began = performance.now()
      await people.officer.call('GET', '/api/topics').catch(() => undefined)
      took.push(performance.now() - began)
      await wait(ASK_EVERY_MS)
    }
  })()
  return async () => {
    asking = false
    await done
    return took
  }
}

/** Everybody's line goes dead; while they come back an emergency is approved. */
const powerCut = async (
  arena: Arena,
  orders: OrderWatch,
  options: { devices: number; notice: Notice },
): Promise<Round> => {
  const { devices, notice } = options
  const endAsking = askingPerson(arena)
  const dropped = await arena.herd.ask<number>({ do: 'drop' })
  await wait(ORDER_AFTER_MS)
  const sent = wallNow()
  await approve(arena.people.approver, notice)
  const { airing } = await orders.ofRelease(notice.release?.id ?? '')
  const times = () => arena.herd.ask<AiringTimes>({ do: 'airing', airing })
  const back = () => arena.herd.ask<BackTimes>({ do: 'back' })
  const isDone = async () => {
    const { up, welcomed, configured } = await back()
    return Math.min(up.length, welcomed.length, configured.length, (await times()).firstSamples.length) >= devices
  }
  await until('everybody to be back and to have heard', isDone, { withinMs: BACK_MAX_MS, everyMs: 500 }).catch(
    () => undefined,
  )
  const heard = (await times()).firstSamples.map((at) => at - sent)
  const pages = await endAsking()
  await arena.people.approver.must('POST', '/api/stop-all', { unit: ARENA_UNIT })
  return { devices, dropped, back: await back(), heard, pages }
}

const rowsOf = (when: string, { devices, dropped, back, heard, pages }: Round): Row[] => {
  const after = (all: readonly number[]): number[] => all.map((at) => at - dropped)
  const row = (what: string, ours: number): Row => ({ what: `${when}: ${what}`, ours, unit: 's' })
  const spread = (what: string, all: readonly number[]): Row[] => [
    row(`${what}, p50`, quantile(all, 0.5) / 1000),
    row(`${what}, the last`, Math.max(...all) / 1000),
  ]
  return [
    ...spread('lines dead → connected', after(back.up)),
    ...spread('lines dead → told the time', after(back.welcomed)),
    ...spread('lines dead → configured', after(back.configured)),
    ...spread('emergency in the middle: approve → first sound', heard),
    {
      what: `${when}: devices that did not hear it`,
      ours: devices - heard.length,
      unit: '',
      beside: { is: 'at most', value: 0 },
    },
    { what: `${when}: a person's request meanwhile, p50`, ours: quantile(pages, 0.5), unit: 'ms' },
    { what: `${when}: a person's request meanwhile, the longest`, ours: Math.max(...pages), unit: 'ms' },
  ]
}

const prepare = async (arena: Arena): Promise<readonly [Notice, Notice]> => {
  const { officer } = arena.people
  const { id } = await voice(officer, TEXT)
  const one = (title: string) =>
    submitted(officer, { title, class: 'emergency', audience: [ARENA_UNIT], text: TEXT, voicing: id })
  return [await one('Đo mất điện lần 1'), await one('Đo mất điện lần 2')]
}

/** Everybody comes back at once after a power cut, and an emergency is raised in the middle of it. */
export const reconnect = async (place: Place): Promise<Measured> => {
  const devices = place.devices?.at(-1) ?? (place.quick ? 100 : 10_000)
  const arena = await place.arena()
  const orders = await new OrderWatch(await arena.broker.connect('orders')).open()
  try {
    const server = arena.installation.url
    const people = {
      do: 'people',
      server,
      data: arena.herdData,
      unit: ARENA_UNIT,
      clusters: devices,
      stalled: 0,
    } as const
    await arena.herd.ask({ ...people, loss: 0, seed: SEED })
    await arena.herd.ask({ do: 'connect' })
    const ready = async () => (await state(arena)).clockTrusted >= devices
    await until('every device to be connected', ready, { withinMs: BACK_MAX_MS, everyMs: 500 })
    const [first, second] = await prepare(arena)
    await wait(5000)
    place.say(`reconnect: ${devices} devices lose their lines …`)
    const sameDay = await powerCut(arena, orders, { devices, notice: first })
    place.say('reconnect: the server is started anew, and knows of no configuration of today …')
    await wait(5000)
    await arena.restartServer()
    await wait(5000)
    const newDay = await powerCut(arena, orders, { devices, notice: second })
    return {
      rows: [...rowsOf('power cut', sameDay), ...rowsOf('power cut, first look of the day', newDay)],
      notes: [
        `${devices} devices lose their connections at the same instant without a word, and each tries again after 0.25 to 0.75 s, then after twice as long (seed ${SEED}); nothing spreads them out further`,
        'told the time: the answer to the hello has come; configured: its configuration has come again; all of it goes through one broker and one server that share two cores with the devices themselves',
        'the emergency is approved one second after the lines went dead, by the second of two people; a device that is not back yet gets the order from the session the broker keeps for it, or the airing from the manifest',
        'first look of the day: the server was started anew, as after midnight every configuration is reckoned again; those that say nothing new are not signed anew, the device takes the bytes it knows',
        'a request of a person: GET /api/topics every 250 ms from the first dead line until everybody has heard the emergency',
      ],
    }
  } finally {
    await orders.close().catch(() => undefined)
    await arena.herd.ask({ do: 'disconnect' }).catch(() => undefined)
  }
}
