import { readFileSync } from 'node:fs'
import { type Envelope, judge, parseTopic, policyBeforeConfig, type Roster } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import {
  candidateOf,
  type InboxFacts,
  openConfig,
  openDeviceOrder,
  openReceiptAck,
  openUnitMessage,
  openWelcome,
} from '../kernel/inbox.ts'
import { emptyMemory, remember } from '../kernel/memory.ts'
import { signersOf } from '../kernel/trust.ts'
import { senseAfterWelcome } from '../kernel/trusted-time.ts'
import { verify } from './keys.ts'

const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../protocol/golden/${name}.json`, import.meta.url), 'utf8'))

const once = <T>(_: string, make: () => T): T => make()

describe('[F9] a device takes its post in order and believes only what is signed, newer and its own', () => {
  const inbox = golden('inbox')
  const memory = emptyMemory()
  const facts: InboxFacts = {
    device: inbox.device,
    anchors: { rootKey: inbox.rootKey, serverKeys: inbox.serverKeys },
    memory,
    verify,
    memo: once,
    now: inbox.now,
    clockTrusted: true,
  }

  const open = (topic: string, payload: string) => {
    const { scope, id, leaf } = parseTopic(topic) ?? { scope: 'up', id: '', leaf: '' }
    if (scope === 'unit') return openUnitMessage(facts, id, leaf, payload)
    return leaf === 'order' ? openDeviceOrder(facts, payload) : openConfig(facts, payload)
  }

  const outcome = (topic: string, payload: string): string => {
    const opened = open(topic, payload)
    if ('refused' in opened) return opened.refused
    if ('repeat' in opened) return 'repeat'
    remember(memory, opened.remember)
    return 'accepted'
  }

  it.each<{ title: string; topic: string; payload: string; expect: string }>(inbox.steps)('$title: $expect', (step) => {
    expect(outcome(step.topic, step.payload)).toBe(step.expect)
  })

  it('a message that is accepted by a device with time is also accepted by one that has just booted', () => {
    const booted: InboxFacts = { ...facts, memory: emptyMemory(), now: 0, clockTrusted: false }
    const [manifest] = inbox.steps
    expect(openUnitMessage(booted, inbox.unit, 'manifest', manifest.payload)).toHaveProperty('remember')
  })

  it('a welcome of a server whose key has been withdrawn tells no time', () => {
    const payload = inbox.steps.find(
      (step: { title: string }) => step.title === 'a manifest of a retired server',
    ).payload
    expect(openWelcome(facts, payload)).toEqual({ refused: 'welcome.malformed' })
  })
})

describe('[F9] what is said to a device alone sets its clock and lets it forget only where a server signed it', () => {
  type Case = { title: string; payload: string; expect: string }
  const talk = golden('talk')
  const facts: InboxFacts = {
    device: talk.device,
    anchors: { rootKey: talk.rootKey, serverKeys: talk.serverKeys },
    memory: emptyMemory(),
    verify,
    memo: once,
    now: talk.now,
    clockTrusted: true,
  }

  it.each<Case>(talk.welcomes)('$title: $expect', ({ payload, expect: expected }) => {
    const welcome = openWelcome(facts, payload)
    if ('refused' in welcome) return expect(welcome.refused).toBe(expected)
    const asked = { nonce: talk.nonce, at: talk.now }
    const sense = senseAfterWelcome({ welcome, device: talk.device, floor: 0, rosterAt: 0, asked, own: talk.now })
    expect('refused' in sense ? sense.refused : 'accepted').toBe(expected)
  })

  it.each<Case>(talk.acks)('$title: $expect', ({ payload, expect: expected }) => {
    const ack = openReceiptAck(facts, payload)
    if (ack === 'none') throw new Error('no acknowledgement')
    expect('refused' in ack ? ack.refused : 'accepted').toBe(expected)
  })
})

describe('[F9] what people signed decides, not who brought it', () => {
  const releases = golden('releases')
  const rosters: Roster[] = [releases.roster]

  const verdict = (release: Envelope, now: number): string => {
    const candidate = candidateOf(once, release)
    if (candidate === undefined) return 'candidate.malformed'
    const judgement = judge({
      now,
      clockTrusted: true,
      airing: { id: 'phat', release: candidate.release, at: now, latestStart: now },
      candidate,
      signers: signersOf(verify, release, rosters),
      rosters,
      listens: releases.listens,
      stopped: false,
      playsSoFar: 0,
      secondsToday: 0,
      policy: { ...policyBeforeConfig, quiet: [] },
    })
    return judgement.play ? 'play' : judgement.reason
  }

  it.each<{ title: string; envelope: Envelope; at: number; expect: string }>(releases.cases)(
    '$title: $expect',
    (each) => {
      expect(verdict(each.envelope, each.at)).toBe(each.expect)
    },
  )

  it('a key id that stands for two keys counts for nobody', () => {
    const [{ envelope }] = releases.cases
    const [roster] = rosters
    const approver = roster?.people.find(({ person }) => person === 'tran-thi-b')
    const other = roster?.people.find(({ person }) => person === 'nguyen-van-a')
    if (!roster || !approver || !other) throw new Error('the golden roster has changed')
    const twice = { ...other, key: { ...other.key, id: approver.key.id } }
    expect(signersOf(verify, envelope, [roster])).toEqual([approver.key.id])
    expect(signersOf(verify, envelope, [{ ...roster, people: [...roster.people, twice] }])).toEqual([])
  })
})
