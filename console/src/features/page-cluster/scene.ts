import {
  type Candidate,
  type Envelope,
  encodeCandidate,
  type Instant,
  instantOf,
  type Manifest,
  type PlannedAiring,
  type PublicKey,
  type Roster,
  type SignedKind,
  type Stop,
  signingBytes,
} from '@loa/protocol'
import { makeOwnKey, type OwnKey } from '../../platform/keys.ts'

/** A commune for the specifications of the page's cluster: real keys, real signatures. */
export const commune = 'binh-chuong'
export const noon = instantOf('2026-11-22', '12:00')
const YEAR_MS = 365 * 86_400_000

export const newKey = async (): Promise<OwnKey> => {
  const key = await makeOwnKey()
  if (!key) throw new Error('this runtime knows no Ed25519')
  return key
}

export const signed = async (kind: SignedKind, body: string, ...keys: OwnKey[]): Promise<Envelope> => ({
  body,
  signatures: await Promise.all(
    keys.map(async (own) => ({ key: own.key.id, value: await own.sign(signingBytes(kind, body)) })),
  ),
})

export const rosterOf = (
  people: Record<string, PublicKey>,
  server: PublicKey,
  change: Partial<Roster> = {},
): Roster => ({
  v: 1,
  unit: commune,
  version: 1,
  issuedAt: noon,
  covers: [commune, 'thon-1'],
  people: Object.entries(people).map(([person, key]) => ({
    person,
    key,
    may: ['normal', 'priority'],
    from: 0,
    to: null,
  })),
  servers: [{ key: server, from: 0, to: null }],
  ...change,
})

export const candidateOf = (change: Partial<Candidate> = {}): Candidate => ({
  v: 1,
  release: 'r1',
  unit: commune,
  author: 'hanh',
  title: 'Mời họp',
  class: 'normal',
  audience: [commune],
  notBefore: noon - 1000,
  notAfter: noon + YEAR_MS,
  hours: [],
  playsMax: 1,
  versions: [{ language: 'vi', sound: 'a'.repeat(64), bytes: 1000, durationMs: 60_000 }],
  madeAt: noon - 1000,
  ...change,
})

export const airingOf = (change: Partial<PlannedAiring> = {}): PlannedAiring => ({
  id: 'a1',
  release: 'r1',
  at: noon,
  latestStart: noon + 600_000,
  ...change,
})

export const manifestOf = (
  seq: number,
  airings: PlannedAiring[],
  releases: Envelope[],
  stopped: string[] = [],
): Manifest => ({
  v: 1,
  unit: commune,
  seq,
  issuedAt: noon,
  airings,
  releases,
  stopped,
  prefetch: [],
})

export const stopOf = (airing: string | null, issuedAt: Instant): Stop => ({
  v: 1,
  unit: commune,
  seq: 1,
  issuedAt,
  airing,
})

export const unsigned = (candidate: Candidate): Envelope => ({ body: encodeCandidate(candidate), signatures: [] })
