/**
 * Writes the golden messages: fixed keys, fixed instants, fixed bytes. Server, player and page read them in their
 * specifications; a change here is a change of the protocol. Run again with `node protocol/make-golden/main.ts`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Candidate,
  type Envelope,
  encodeCandidate,
  instantOf,
  type Manifest,
  type Roster,
  topics,
} from '../src/index.ts'
import { type GoldenKey, goldenKey, signed } from './keys.ts'
import { makeTalk } from './talk.ts'

const now = instantOf('2026-11-22', '10:00')
const minute = 60_000
const day = 86_400_000
const folder = join(import.meta.dirname, '..', 'golden')

const keys = {
  root: goldenKey('root', 'ed25519'),
  server: goldenKey('server', 'ed25519'),
  retiredServer: goldenKey('retired server', 'ed25519'),
  author: goldenKey('author', 'ed25519'),
  approver: goldenKey('approver', 'ed25519'),
  phone: goldenKey('phone', 'p256'),
  formerApprover: goldenKey('former approver', 'ed25519'),
  stranger: goldenKey('stranger', 'ed25519'),
  device: goldenKey('device', 'ed25519'),
} as const

const unit = 'xa-binh-son'
const device = 'loa-thon-1'
const always = { from: 0, to: null }
const all = ['normal', 'priority', 'emergency', 'drill'] as const

/** Signatures of P-256 differ each time they are made; one that is already in the file and still right is kept. */
const kept = (file: string): string => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '')

const person = (name: string, key: GoldenKey, span: { from: number; to: number | null } = always) => ({
  person: name,
  key: key.public,
  may: [...all],
  ...span,
})

const roster: Roster = {
  v: 1,
  unit,
  version: 7,
  issuedAt: now - day,
  covers: [unit, 'thon-1'],
  people: [
    person('nguyen-van-a', keys.author),
    person('tran-thi-b', keys.approver),
    person('le-van-c', keys.phone),
    person('pham-van-d', keys.formerApprover, { from: 0, to: now - day }),
  ],
  servers: [
    { key: keys.server.public, ...always },
    { key: keys.retiredServer.public, from: 0, to: now - day },
  ],
}

const sound = { sound: '5f'.repeat(32), bytes: 28_000, durationMs: 7_000 }

const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  v: 1,
  release: 'tin-0001',
  unit,
  author: 'nguyen-van-a',
  title: 'Lịch tiêm phòng tháng 12',
  class: 'normal',
  audience: ['thon-1'],
  notBefore: now - day,
  notAfter: now + day,
  hours: [{ from: '05:30', to: '20:00' }],
  playsMax: 2,
  versions: [{ language: 'vi', ...sound }],
  madeAt: now - day,
  ...more,
})

const write = (file: string, content: unknown): void =>
  writeFileSync(join(folder, file), `${JSON.stringify(content, null, 2)}\n`)

const sign = (kind: Parameters<typeof signed>[0], body: string, ...by: readonly GoldenKey[]): Envelope =>
  signed(kind, body, by, existing)
let existing = ''

/** The same text with one bit of one character turned. */
const flipped = (text: string, at: number): string =>
  `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ 1)}${text.slice(at + 1)}`

const withSignature = (envelope: Envelope, change: (value: string) => string): Envelope => ({
  ...envelope,
  signatures: envelope.signatures.map(({ key, value }) => ({ key, value: change(value) })),
})

/** The last character before `==` holds four unused bits: another of its spellings decodes to the same bytes elsewhere. */
const laxSpelling = (value: string): string => value.replace(/(.)==$/, (_, last: string) => `${flipped(last, 0)}==`)

const makeReleases = () => {
  existing = kept('releases.json')
  const normal = encodeCandidate(candidate())
  const emergency = encodeCandidate(candidate({ release: 'tin-0002', class: 'emergency', hours: [] }))
  const good = sign('candidate', normal, keys.approver)
  const release = (title: string, envelope: Envelope, expect: string, at = now) => ({ title, at, envelope, expect })
  return [
    release('one approver who is not the author', good, 'play'),
    release('an approver who signs with P-256 on a phone', sign('candidate', normal, keys.phone), 'play'),
    release('author and approver', sign('candidate', normal, keys.author, keys.approver), 'play'),
    release('nobody', { ...good, signatures: [] }, 'candidate.tooFewSigners'),
    release('the author alone', sign('candidate', normal, keys.author), 'candidate.ownApproval'),
    release('a stranger', sign('candidate', normal, keys.stranger), 'candidate.tooFewSigners'),
    release(
      'an approver whose post has ended',
      sign('candidate', normal, keys.formerApprover),
      'candidate.tooFewSigners',
    ),
    release('a signature made for a manifest', sign('manifest', normal, keys.approver), 'candidate.tooFewSigners'),
    release(
      'one bit of the body turned',
      { ...good, body: flipped(normal, normal.indexOf('Lịch')) },
      'candidate.tooFewSigners',
    ),
    release(
      'one bit of the signature turned',
      withSignature(good, (value) => flipped(value, 9)),
      'candidate.tooFewSigners',
    ),
    release('the signature in a lax spelling', withSignature(good, laxSpelling), 'candidate.tooFewSigners'),
    release('a body cut short', { ...good, body: normal.slice(0, -9) }, 'candidate.malformed'),
    release(
      'an emergency signed by the raiser and a second person',
      sign('candidate', emergency, keys.author, keys.approver),
      'play',
    ),
    release(
      'an emergency signed by the raiser alone',
      sign('candidate', emergency, keys.author),
      'candidate.tooFewSigners',
    ),
    release(
      'an emergency signed twice by one person',
      sign('candidate', emergency, keys.approver, keys.approver),
      'candidate.tooFewSigners',
    ),
    release('a day before it may be heard', good, 'candidate.notYet', now - 2 * day),
    release('after its last day', good, 'candidate.over', now + 2 * day),
    release('in the evening, outside its hours', good, 'candidate.outsideHours', now + 11 * 60 * minute),
    release(
      'for another place',
      sign('candidate', encodeCandidate(candidate({ audience: ['thon-9'] })), keys.approver),
      'device.notListening',
    ),
  ]
}

const manifest = (seq: number, more: Partial<Manifest> = {}): string =>
  JSON.stringify({
    v: 1,
    unit,
    seq,
    issuedAt: now + seq,
    airings: [{ id: `phat-${seq}`, release: 'tin-0001', at: now + 30 * minute, latestStart: now + 45 * minute }],
    releases: [],
    stopped: [],
    prefetch: [{ sound: sound.sound, bytes: sound.bytes }],
    ...more,
  } satisfies Manifest)

const order = (seq: number, more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    v: 1,
    unit,
    seq,
    issuedAt: now + seq,
    airing: { id: `lenh-${seq}`, release: 'tin-0001', at: now, latestStart: now + 10 * minute },
    release: sign('candidate', encodeCandidate(candidate()), keys.approver),
    ...more,
  })

const config = (seq: number, more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    v: 1,
    device,
    seq,
    issuedAt: now + seq,
    listens: [
      { unit, from: 0, to: null },
      { unit: 'thon-1', from: 0, to: null },
    ],
    quiet: [{ from: '21:00', to: '05:00' }],
    minutesPerDayMax: 120,
    volume: 70,
    volumeMax: 90,
    ...more,
  })

const stop = (airing: string | null, more: Record<string, unknown> = {}): string =>
  JSON.stringify({ v: 1, unit, seq: 1, issuedAt: now, airing, ...more })

const rosterText = (more: Partial<Roster> = {}): string => JSON.stringify({ ...roster, ...more })

const { root, server, retiredServer, approver, stranger } = keys

const step = (title: string, topic: string, envelope: Envelope | string, expect: string) => ({
  title,
  topic,
  payload: typeof envelope === 'string' ? envelope : JSON.stringify(envelope),
  expect,
})
const rosterStep = (title: string, envelope: Envelope | string, expect: string) =>
  step(title, topics.roster(unit), envelope, expect)
const manifestStep = (title: string, envelope: Envelope | string, expect: string) =>
  step(title, topics.manifest(unit), envelope, expect)

const rosterSteps = () => [
  rosterStep('a roster signed by a server', sign('roster', rosterText(), server), 'roster.badSignature'),
  rosterStep('a roster signed by the root key', sign('roster', rosterText(), root), 'accepted'),
  rosterStep('the same roster again', sign('roster', rosterText(), root), 'repeat'),
  rosterStep('another roster of the same version', sign('roster', rosterText({ people: [] }), root), 'roster.replayed'),
  rosterStep('an older roster', sign('roster', rosterText({ version: 6 }), root), 'roster.replayed'),
  rosterStep(
    'a roster of another unit',
    sign('roster', rosterText({ unit: 'xa-khac', version: 8 }), root),
    'roster.foreign',
  ),
  rosterStep(
    'a roster cut short',
    JSON.stringify(sign('roster', rosterText(), root)).slice(0, -20),
    'roster.malformed',
  ),
]

const manifestSteps = () => {
  const goodManifest = sign('manifest', manifest(5), server)
  return [
    manifestStep('the next manifest', goodManifest, 'accepted'),
    manifestStep('the same manifest again', goodManifest, 'repeat'),
    manifestStep('a manifest from before, played back', sign('manifest', manifest(4), server), 'manifest.replayed'),
    manifestStep(
      'a different manifest with a number already used',
      sign('manifest', manifest(5, { airings: [] }), server),
      'manifest.replayed',
    ),
    manifestStep(
      'a manifest of a retired server',
      sign('manifest', manifest(6), retiredServer),
      'manifest.badSignature',
    ),
    manifestStep('a manifest signed by an approver', sign('manifest', manifest(6), approver), 'manifest.badSignature'),
    manifestStep(
      'a manifest with a signature made for an order',
      sign('order', manifest(6), server),
      'manifest.badSignature',
    ),
    manifestStep(
      'a manifest with one bit turned',
      { ...goodManifest, body: flipped(goodManifest.body, goodManifest.body.indexOf('phat-5') + 5) },
      'manifest.badSignature',
    ),
    manifestStep(
      'a manifest whose signature is spelt laxly',
      withSignature(sign('manifest', manifest(6), server), laxSpelling),
      'manifest.badSignature',
    ),
    manifestStep(
      'a manifest of another unit on our topic',
      sign('manifest', manifest(6, { unit: 'thon-1' }), server),
      'manifest.foreign',
    ),
    manifestStep(
      'a manifest with a field nobody knows',
      sign('manifest', manifest(6, { more: 1 } as Partial<Manifest>), server),
      'manifest.malformed',
    ),
    manifestStep('a manifest without an envelope', manifest(6), 'manifest.malformed'),
    manifestStep('not JSON', 'phát đi', 'manifest.malformed'),
  ]
}

const orderSteps = () => [
  step('an order', topics.order(unit), sign('order', order(3), server), 'accepted'),
  step('the order again', topics.order(unit), sign('order', order(3), server), 'repeat'),
  step('an older order', topics.order(unit), sign('order', order(2), server), 'order.replayed'),
  step('an order of a stranger', topics.order(unit), sign('order', order(9), stranger), 'order.badSignature'),
  step('an order cut short', topics.order(unit), sign('order', order(9).slice(0, -2), server), 'order.malformed'),
]

/** An order that names a device: a sequence of its own, on that device's topic and no other. */
const deviceOrderSteps = () => {
  const topic = topics.deviceOrder(device)
  const named = (seq: number, more: Record<string, unknown> = {}) => order(seq, { device, ...more })
  return [
    step(
      'an order for this device, numbered below those of the unit',
      topic,
      sign('order', named(1), server),
      'accepted',
    ),
    step('the order for this device again', topic, sign('order', named(1), server), 'repeat'),
    step('the next order for this device', topic, sign('order', named(2), server), 'accepted'),
    step('an older order for this device', topic, sign('order', named(1), server), 'order.replayed'),
    step(
      'an order for another device',
      topic,
      sign('order', named(3, { device: 'loa-thon-2' }), server),
      'order.foreign',
    ),
    step('an order of the unit on the topic of a device', topic, sign('order', order(9), server), 'order.foreign'),
    step(
      'an order for this device on the topic of the unit',
      topics.order(unit),
      sign('order', named(9), server),
      'order.foreign',
    ),
    step('an order for this device by a stranger', topic, sign('order', named(3), stranger), 'order.badSignature'),
    step('the next order of the unit', topics.order(unit), sign('order', order(4), server), 'accepted'),
  ]
}

const stopSteps = () => [
  step('a stop', topics.stop(unit), sign('stop', stop('phat-5'), server), 'accepted'),
  step('the stop again', topics.stop(unit), sign('stop', stop('phat-5'), server), 'repeat'),
  step('a stop with a lower number', topics.stop(unit), sign('stop', stop(null), server), 'accepted'),
  step('a stop signed by a person', topics.stop(unit), sign('stop', stop('phat-6'), approver), 'stop.badSignature'),
  step(
    'a stop of another unit',
    topics.stop(unit),
    sign('stop', stop('phat-6', { unit: 'thon-1' }), server),
    'stop.foreign',
  ),
]

const configSteps = () => [
  step('a config', topics.config(device), sign('config', config(2), server), 'accepted'),
  step('an older config', topics.config(device), sign('config', config(1), server), 'config.replayed'),
  step(
    'a config of another device',
    topics.config(device),
    sign('config', config(3, { device: 'loa-thon-2' }), server),
    'config.foreign',
  ),
  step(
    'a config louder than anything',
    topics.config(device),
    sign('config', config(3, { volume: 400 }), server),
    'config.malformed',
  ),
  step(
    'a config signed by the root key',
    topics.config(device),
    sign('config', config(3), root),
    'config.badSignature',
  ),
]

/** One device's post in order: each message meets what the ones before it left behind. */
const makeInbox = () => [
  manifestStep(
    'before any roster, a server key learnt at enrolment',
    sign('manifest', manifest(4), server),
    'accepted',
  ),
  ...rosterSteps(),
  ...manifestSteps(),
  ...orderSteps(),
  ...deviceOrderSteps(),
  ...stopSteps(),
  ...configSteps(),
  step('a topic nobody knows', `loa/v1/unit/${unit}/shout`, sign('order', order(9), server), 'topic.unknown'),
]

const makeReceipts = () => {
  const receipt = (more: Record<string, unknown> = {}): string =>
    JSON.stringify({
      v: 1,
      id: `${device}.1.12`,
      device,
      epoch: 1,
      counter: 12,
      airing: 'phat-5',
      release: 'tin-0001',
      unit: 'thon-1',
      outcome: 'completed',
      reason: null,
      startedAt: now,
      endedAt: now + 7_000,
      clockTrusted: true,
      secondsWritten: 7,
      levelDbfs: -18.5,
      volume: 70,
      output: 'alsa',
      sounds: [sound.sound],
      ...more,
    })
  const good = sign('receipt', receipt(), keys.device)
  return [
    { title: 'signed by the device', envelope: good, expect: 'accepted' },
    {
      title: 'silent, with a reason',
      envelope: sign(
        'receipt',
        receipt({
          id: `${device}.1.13`,
          counter: 13,
          outcome: 'silent',
          reason: 'device.quietHours',
          startedAt: null,
          secondsWritten: 0,
          levelDbfs: null,
        }),
        keys.device,
      ),
      expect: 'accepted',
    },
    { title: 'signed by another device', envelope: sign('receipt', receipt(), keys.stranger), expect: 'badSignature' },
    {
      title: 'a signature made for a manifest',
      envelope: sign('manifest', receipt(), keys.device),
      expect: 'badSignature',
    },
    {
      title: 'more seconds than were signed',
      envelope: { ...good, body: receipt({ secondsWritten: 9 }) },
      expect: 'badSignature',
    },
    {
      title: 'a reason nobody knows',
      envelope: sign('receipt', receipt({ reason: 'tired' }), keys.device),
      expect: 'malformed',
    },
  ]
}

write('keys.json', {
  note: 'For specifications only: these private keys are public.',
  keys: Object.fromEntries(
    Object.entries(keys).map(([name, key]) => [name, { ...key.public, privateKey: key.privateKey }]),
  ),
})
write('releases.json', { now, unit, listens: ['thon-1'], roster, cases: makeReleases() })
existing = ''
write('inbox.json', {
  now,
  device,
  unit,
  rootKey: keys.root.public,
  serverKeys: [keys.server.public],
  steps: makeInbox(),
})
existing = ''
write('talk.json', {
  about: 'What is said outside the inbox: the enrolment, hello and welcome, acknowledgements, reports.',
  now,
  device,
  rootKey: keys.root.public,
  serverKeys: [keys.server.public],
  ...makeTalk({ now, device, sign, keys }),
})
write('receipts.json', { device, key: keys.device.public, cases: makeReceipts() })
