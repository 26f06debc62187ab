import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { fromBase64 } from './bytes.ts'
import { candidateSchema, encodeCandidate } from './candidate.ts'
import {
  configSchema,
  enrolledSchema,
  enrolmentSchema,
  helloSchema,
  receiptAckSchema,
  reportSchema,
  statusSchema,
  welcomeSchema,
} from './device.ts'
import {
  type Envelope,
  envelopeSchema,
  type PublicKey,
  parseAs,
  parseEnvelope,
  publicKeySchema,
  type SignedKind,
  signingBytes,
} from './envelope.ts'
import { manifestSchema, orderSchema, stopSchema } from './manifest.ts'
import { receiptSchema } from './receipt.ts'
import { rosterSchema } from './roster.ts'
import { parseTopic } from './topics.ts'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'))

const keys: PublicKey[] = Object.values<Record<string, string>>(read('keys').keys).map(({ privateKey, ...key }) =>
  publicKeySchema.parse(key),
)

const heads = { ed25519: '302a300506032b6570032100', p256: '3059301306072a8648ce3d020106082a8648ce3d030107034200' }

/** An independent check of a signature: DER key, Node's own verify. */
const checks = (kind: SignedKind, envelope: Envelope): boolean =>
  envelope.signatures.length > 0 &&
  envelope.signatures.every(({ key: id, value }) => {
    const key = keys.find((known) => known.id === id)
    const signature = fromBase64(value)
    if (key === undefined || signature === undefined) return false
    const der = Buffer.concat([Buffer.from(heads[key.alg], 'hex'), fromBase64(key.public) ?? new Uint8Array()])
    const object = createPublicKey({ key: der, format: 'der', type: 'spki' })
    const bytes = signingBytes(kind, envelope.body)
    return key.alg === 'ed25519'
      ? verify(null, bytes, object, signature)
      : verify('sha256', bytes, { key: object, dsaEncoding: 'ieee-p1363' }, signature)
  })

const schemas: Readonly<Record<string, z.ZodType>> = {
  roster: rosterSchema,
  manifest: manifestSchema,
  order: orderSchema,
  stop: stopSchema,
  config: configSchema,
}

type Step = { title: string; topic: string; payload: string; expect: string }

describe('[F9] golden messages to a device', () => {
  const steps: Step[] = read('inbox').steps
  const ofKind = (step: Step) => parseTopic(step.topic)?.leaf ?? ''
  const body = (step: Step) => parseEnvelope(step.payload)?.body ?? ''

  it.each(steps.filter((step) => step.expect === 'accepted'))(
    '$title: has the shape and the signature of its kind',
    (step) => {
      const envelope = parseEnvelope(step.payload)
      expect(parseAs(schemas[ofKind(step)] as z.ZodType, body(step))).toEqual(JSON.parse(body(step)))
      expect(envelope && checks(ofKind(step) as SignedKind, envelope)).toBe(true)
    },
  )

  it.each(steps.filter((step) => step.expect.endsWith('.malformed')))(
    '$title: has not the shape of its kind',
    (step) => {
      expect(parseAs(schemas[ofKind(step)] as z.ZodType, body(step))).toBeUndefined()
    },
  )
})

describe('[F9] golden releases', () => {
  type Case = { title: string; envelope: unknown; expect: string }
  const cases: Case[] = read('releases').cases

  it.each(cases.filter((each) => each.expect === 'play'))(
    '$title: the signed bytes are those the encoder makes',
    ({ envelope: text }) => {
      const envelope = envelopeSchema.parse(text)
      expect(encodeCandidate(candidateSchema.parse(JSON.parse(envelope.body)))).toBe(envelope.body)
      expect(checks('candidate', envelope)).toBe(true)
    },
  )

  const forged = [
    'a stranger',
    'a signature made for a manifest',
    'one bit of the body turned',
    'one bit of the signature turned',
    'the signature in a lax spelling',
  ]
  it.each(cases.filter((each) => forged.includes(each.title)))(
    '$title: no key of the roster signed these bytes',
    ({ envelope: text }) => {
      const envelope = envelopeSchema.parse(text)
      const roster = rosterSchema.parse(read('releases').roster)
      const ours = {
        ...envelope,
        signatures: envelope.signatures.filter(({ key }) => roster.people.some((person) => person.key.id === key)),
      }
      expect(checks('candidate', ours)).toBe(false)
    },
  )
})

describe('[F13] golden receipts', () => {
  type Case = { title: string; envelope: unknown; expect: string }
  const cases: Case[] = read('receipts').cases
  const deviceKey = publicKeySchema.parse(read('receipts').key)

  const outcome = (text: unknown): string => {
    const envelope = envelopeSchema.parse(text)
    const ours = envelope.signatures.every(({ key }) => key === deviceKey.id)
    if (!ours || !checks('receipt', envelope)) return 'badSignature'
    return parseAs(receiptSchema, envelope.body) === undefined ? 'malformed' : 'accepted'
  }

  it.each(cases)('$title: $expect', (each) => {
    expect(outcome(each.envelope)).toBe(each.expect)
  })
})

describe('[F31] golden statuses', () => {
  type Case = { title: string; payload: string; expect: string }
  it.each<Case>(read('statuses').cases)('$title: $expect', ({ payload, expect: expected }) => {
    const status = parseAs(statusSchema, payload)
    expect(status === undefined ? 'malformed' : 'accepted').toBe(expected)
    if (status !== undefined) expect(status).toEqual(JSON.parse(payload))
  })
})

describe('[F9] golden talk', () => {
  type Case = { title: string; payload: string; expect: string }
  const talk = read('talk')
  const said: [Case, z.ZodType][] = [
    ...talk.hellos.map((each: Case) => [each, helloSchema]),
    ...talk.reports.map((each: Case) => [each, reportSchema]),
  ]
  it.each(said)('$title: $expect', ({ payload, expect: expected }, schema) => {
    expect(parseAs(schema, payload) === undefined ? 'malformed' : 'accepted').toBe(expected)
  })

  const heard: [Case, SignedKind, z.ZodType][] = [
    ...talk.welcomes.map((each: Case) => [each, 'welcome', welcomeSchema]),
    ...talk.acks.map((each: Case) => [each, 'ack', receiptAckSchema]),
  ]
  it.each(heard)('$title: has the shape of its kind, and is signed as the title says', (each, kind, schema) => {
    const envelope = parseEnvelope(each.payload)
    if (envelope === undefined) throw new Error('no envelope')
    expect(parseAs(schema, envelope.body)).toEqual(JSON.parse(envelope.body))
    const byServer = envelope.signatures.every(({ key }) => key === talk.serverKeys[0].id)
    expect(byServer && checks(kind, envelope)).toBe(!each.expect.endsWith('.badSignature'))
  })

  it('an enrolment asks and is answered in these fields', () => {
    expect(enrolmentSchema.parse(talk.enrolment.request)).toEqual(talk.enrolment.request)
    expect(enrolledSchema.parse(talk.enrolment.answer)).toEqual(talk.enrolment.answer)
  })
})

describe('an envelope', () => {
  const good = { body: '{}', signatures: [{ key: 'k'.repeat(16), value: 'v'.repeat(88) }] }
  it.each([
    ['whole', good, true],
    ['without signatures', { ...good, signatures: [] }, true],
    ['with a field nobody knows', { ...good, more: 1 }, false],
    ['with nine signatures', { ...good, signatures: Array.from({ length: 9 }, () => good.signatures[0]) }, false],
    ['with a body that is no text', { ...good, body: {} }, false],
    ['with a body of more than a million characters', { ...good, body: 'x'.repeat(1_000_001) }, false],
    ['with a signature too short to be one', { ...good, signatures: [{ key: 'k'.repeat(16), value: 'v' }] }, false],
  ])('%s', (_, envelope, taken) => {
    expect(parseEnvelope(JSON.stringify(envelope)) !== undefined).toBe(taken)
  })
})
