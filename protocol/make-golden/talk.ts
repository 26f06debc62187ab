import type { Envelope, SignedKind } from '../src/index.ts'
import type { GoldenKey } from './keys.ts'

type Sign = (kind: SignedKind, body: string, ...by: readonly GoldenKey[]) => Envelope

type World = {
  readonly now: number
  readonly device: string
  readonly sign: Sign
  readonly keys: Readonly<Record<'server' | 'root' | 'stranger' | 'device', GoldenKey>>
}

/** 16 bytes, base64: as long as a nonce is at least. */
const nonce = 'AAECAwQFBgcICQoLDA0ODw=='

const enrolmentOf = ({ device, keys }: World) => ({
  request: { code: 'K7QM-2XWB-90FD-HTZA', key: keys.device.public, program: 'my-player/1.0' },
  answer: {
    device,
    name: 'Cụm 1, Thôn 1',
    epoch: 1,
    secret: 'a secret that is shown once',
    mqttUrl: 'mqtts://loa.example:8883',
    rootKey: keys.root.public,
    serverKeys: [keys.server.public],
    listens: [{ unit: 'thon-1', from: 0, to: null }],
  },
})

/** What is said outside the inbox, each kind with what is taken and what is not. */
export const makeTalk = (world: World) => {
  const { now, device, sign, keys } = world
  const hello = (more: Record<string, unknown> = {}) =>
    JSON.stringify({
      ...{ v: 1, device, nonce, epoch: 1, program: 'my-player/1.0', output: 'alsa', bootedAt: now - 60_000, ...more },
    })
  const report = (more: Record<string, unknown> = {}) =>
    JSON.stringify({ v: 1, device, at: now, code: 'manifest.badSignature', subject: 'xa-binh-son', ...more })
  const welcome = (more: Record<string, unknown> = {}) =>
    JSON.stringify({ v: 1, kind: 'welcome', device, nonce, serverTime: now, ...more })
  const ack = (more: Record<string, unknown> = {}) =>
    JSON.stringify({ v: 1, kind: 'receipts', device, ids: [`${device}.1.12`, `${device}.1.13`], ...more })
  const said = (title: string, payload: string, expect: string) => ({ title, payload, expect })
  const heard = (title: string, envelope: Envelope, expect: string) => said(title, JSON.stringify(envelope), expect)
  return {
    nonce,
    enrolment: enrolmentOf(world),
    hellos: [
      said('a hello', hello(), 'accepted'),
      said('a hello with a nonce that is too short', hello({ nonce: 'AAECAwQFBgc=' }), 'malformed'),
      said('a hello with an output nobody knows', hello({ output: 'horn' }), 'malformed'),
    ],
    reports: [
      said('a report', report(), 'accepted'),
      said('a report that says too much', report({ subject: 'x'.repeat(201) }), 'malformed'),
    ],
    welcomes: [
      heard('the welcome that was asked for', sign('welcome', welcome(), keys.server), 'accepted'),
      heard(
        'a welcome to an earlier hello, played back',
        sign('welcome', welcome({ nonce: 'Dw4NDAsKCQgHBgUEAwIBAA==' }), keys.server),
        'welcome.replayed',
      ),
      heard(
        'a welcome to another device',
        sign('welcome', welcome({ device: 'loa-thon-2' }), keys.server),
        'welcome.foreign',
      ),
      heard('a welcome of a stranger', sign('welcome', welcome(), keys.stranger), 'welcome.badSignature'),
      heard('a welcome with a signature made for an ack', sign('ack', welcome(), keys.server), 'welcome.badSignature'),
    ],
    acks: [
      heard('an acknowledgement of two receipts', sign('ack', ack(), keys.server), 'accepted'),
      heard('an acknowledgement of a stranger', sign('ack', ack(), keys.stranger), 'ack.badSignature'),
      heard(
        'an acknowledgement to another device',
        sign('ack', ack({ device: 'loa-thon-2' }), keys.server),
        'ack.foreign',
      ),
    ],
  }
}
