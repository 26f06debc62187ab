import {
  type Envelope,
  type Hello,
  type Instant,
  type PlannedAiring,
  parseAs,
  parseEnvelope,
  type Receipt,
  receiptAckSchema,
  receiptSchema,
  type Status,
  signingBytes,
  subscriptionsOf,
  topics,
} from '@loa/protocol'
import { connectAsync, type MqttClient } from 'mqtt'
import { isRefusal } from '../kernel/refusal.ts'
import { enrol, makeCode } from '../modules/devices/index.ts'
import type { Context } from '../platform/context.ts'
import { makeKey, type NewKey, signBytes } from '../platform/crypto.ts'

export type Heard = { readonly topic: string; readonly payload: string }

/** A device that does what a specification tells it, with a key and a secret of its own, over the real broker. */
export type ScriptedDevice = {
  readonly id: string
  readonly epoch: number
  readonly heard: readonly Heard[]
  /** The first message, past or coming, that the test wants. */
  hears(wanted: (message: Heard) => boolean): Promise<Heard>
  /** The next receipt of an airing, signed. `differs` changes what it says. */
  receiptFor(airing: PlannedAiring, differs?: Partial<Receipt>): Envelope
  send(receipt: Envelope | string): Promise<void>
  /** Says how it is; resolves when the server has it. `settled` waits until it has been taken in. */
  status(differs?: Partial<Status>): Promise<void>
  /** Says hello, as a program does that has just connected. */
  hello(differs?: Partial<Hello>): Promise<void>
  report(code: string): Promise<void>
  /** Resolves when this receipt has been acknowledged. */
  acknowledged(receipt: Envelope): Promise<void>
  leave(): Promise<void>
}

/** A message a device waits for; kept in order, so that what came before it was asked for counts as well. */
class Ear {
  readonly heard: Heard[] = []
  readonly #waiting = new Set<() => void>()

  take(message: Heard): void {
    this.heard.push(message)
    for (const look of this.#waiting) look()
  }

  hears(wanted: (message: Heard) => boolean): Promise<Heard> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.heard.find(wanted)
        if (found === undefined) return
        this.#waiting.delete(look)
        resolve(found)
      }
      this.#waiting.add(look)
      look()
    })
  }
}

type Identity = { readonly id: string; readonly epoch: number; readonly key: NewKey; readonly now: () => Instant }

const receiptOf = ({ id, epoch, now }: Identity, counter: number, airing: PlannedAiring): Receipt => ({
  v: 1,
  id: `${id}.${epoch}.${counter}`,
  device: id,
  epoch,
  counter,
  airing: airing.id,
  release: airing.release,
  unit: 'thon-a1',
  outcome: 'completed',
  reason: null,
  startedAt: airing.at + 400,
  endedAt: Math.max(now(), airing.at + 60_400),
  clockTrusted: true,
  secondsWritten: 60,
  levelDbfs: -18,
  volume: 80,
  output: 'null',
  sounds: [],
})

/** Signs a receipt as this device would. */
export const signReceipt = (key: NewKey, receipt: Receipt): Envelope => {
  const body = JSON.stringify(receipt)
  return { body, signatures: [{ key: key.key.id, value: signBytes(key.privateKey, signingBytes('receipt', body)) }] }
}

const acknowledges = ({ topic, payload }: Heard, device: string, id: string): boolean =>
  topic === topics.ack(device) &&
  (parseAs(receiptAckSchema, parseEnvelope(payload)?.body ?? '')?.ids.includes(id) ?? false)

type Address = { readonly url: string; readonly id: string; readonly secret: string; readonly units: readonly string[] }

/** Connects, and comes back by itself when the broker does. */
const connectEar = async ({ url, id, secret, units }: Address): Promise<{ ear: Ear; client: MqttClient }> => {
  const ear = new Ear()
  const client = await connectAsync(url, {
    protocolVersion: 4,
    clientId: id,
    username: id,
    password: secret,
    reconnectPeriod: 100,
  })
  client.on('message', (topic, payload) => ear.take({ topic, payload: payload.toString() }))
  client.on('error', () => undefined)
  await client.subscribeAsync(subscriptionsOf(id, units), { qos: 1 })
  return { ear, client }
}

/** Publishes, and resolves when the server's own connection has brought it. */
const sayer =
  (ctx: Context, client: MqttClient) =>
  async (topic: string, body: unknown): Promise<void> => {
    const payload = JSON.stringify(body)
    const arrived = new Promise<void>((resolve) => {
      void ctx.mqtt.subscribe(topic, async (_, bytes) => {
        if (new TextDecoder().decode(bytes) === payload) resolve()
      })
    })
    await client.publishAsync(topic, payload, { qos: 1 })
    await arrived
  }

const wellAndOnline = (device: string, at: Instant): Status => ({
  ...{ v: 1, device, at, online: true, playing: null, clockTrusted: true, volume: 80 },
  ...{ receiptsWaiting: 0, soundsCached: 3 },
})

/** The three things a device says of itself besides receipts. */
const voiceOf = ({ id, epoch, now }: Identity, say: ReturnType<typeof sayer>) => {
  const bootedAt = now()
  const common = { v: 1 as const, device: id }
  return {
    status: (differs: Partial<Status> = {}) => say(topics.status(id), { ...wellAndOnline(id, now()), ...differs }),
    hello: (differs: Partial<Hello> = {}) =>
      say(topics.hello(id), {
        ...{ ...common, nonce: 'n'.repeat(22), epoch, program: 'thiết bị thử', output: 'null', bootedAt },
        ...differs,
      }),
    report: (code: string) => say(topics.report(id), { ...common, at: now(), code, subject: '' }),
  }
}

/** Enrols a device that is in the database (again, if it was before) and connects it. */
export const enrolScripted = async (ctx: Context, id: string): Promise<ScriptedDevice> => {
  const code = await makeCode(ctx, id, null)
  if (isRefusal(code)) throw new Error(code.refused)
  const key = makeKey()
  const enrolled = await enrol(ctx, { code: code.code, key: key.key, program: 'thiết bị thử' })
  if (isRefusal(enrolled)) throw new Error(enrolled.refused)
  const { epoch, secret, mqttUrl, listens } = enrolled
  const address: Address = { url: mqttUrl, id, secret, units: listens.map(({ unit }) => unit) }
  const { ear, client } = await connectEar(address)
  const identity: Identity = { id, epoch, key, now: () => ctx.clock.now() }
  let counter = 0
  return {
    id,
    epoch,
    ...voiceOf(identity, sayer(ctx, client)),
    heard: ear.heard,
    hears: (wanted) => ear.hears(wanted),
    receiptFor: (airing, differs = {}) => {
      counter += 1
      return signReceipt(key, { ...receiptOf(identity, counter, airing), ...differs })
    },
    send: async (receipt) => {
      const payload = typeof receipt === 'string' ? receipt : JSON.stringify(receipt)
      await client.publishAsync(topics.receipt(id), payload, { qos: 1 })
    },
    acknowledged: async ({ body }) => {
      const receipt = parseAs(receiptSchema, body)
      if (receipt === undefined) throw new Error('no receipt')
      await ear.hears((message) => acknowledges(message, id, receipt.id))
    },
    leave: () => client.endAsync(true),
  }
}
