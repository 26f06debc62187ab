import type { Finding } from './inspect.ts'
import type { BackupRefusal, Made } from './make.ts'
import type { Restored, RestoreRefusal } from './restore.ts'
import words from './words.vi.json' with { type: 'json' }

type Word = keyof typeof words

/** A sentence of the catalogue with its blanks filled. */
export const say = (word: Word, blanks: Readonly<Record<string, string | number>> = {}): string =>
  words[word].replace(/\{(\w+)\}/g, (_, name: string) => String(blanks[name] ?? ''))

/** The instant as people here read it, and as machines do. */
const sayTime = (iso: string): string => {
  const local = new Intl.DateTimeFormat('vi-VN', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(new Date(iso))
  return `${local} giờ Việt Nam (${iso})`
}

/** At most this many names of damaged files are printed: the rest say nothing new. */
const NAMES_MAX = 20

const names = (files: readonly string[]): readonly string[] =>
  files.slice(0, NAMES_MAX).map((file) => say('damaged.file', { file }))

type Places = { readonly home: string; readonly to?: string; readonly from?: string }

const isSound = (file: string): boolean => file.startsWith('../blobs/')

export const sayRefusal = (refusal: BackupRefusal | RestoreRefusal, places: Places): readonly string[] => {
  if (refusal.refused !== 'damaged') return [say(`refused.${refusal.refused}`, { ...places })]
  const { files } = refusal
  const advice = say(files.every(isSound) ? 'damaged.sounds' : 'damaged.core')
  return [say('refused.damaged', { count: files.length }), ...names(files), advice]
}

/** Voices are named: their models are the one thing of a home that must be kept apart. */
const sayVoices = (word: 'made.voices' | 'restored.voices', { folders }: Restored['record'], home = ''): string[] => {
  const voices = folders.flatMap((folder) => /^voices\/([^/]+)$/.exec(folder)?.[1] ?? [])
  return voices.length === 0 ? [] : [say(word, { home, voices: voices.join(', ') })]
}

export const sayMade = ({ folder, record, damagedSounds }: Made): readonly string[] => {
  const { remembered, asOf, blobs, files, bytes, database } = record
  const { notices, releases, receipts, audit } = remembered
  const size = (bytes / 1_000_000).toFixed(1)
  const about = { folder, asOf: sayTime(asOf), notices, releases, receipts, blobs, audit: audit.number, files, size }
  return [
    say('made', about),
    ...(damagedSounds.length === 0 ? [] : [say('made.damagedSounds', { count: damagedSounds.length })]),
    ...names(damagedSounds),
    ...sayVoices('made.voices', record),
    ...(database.kind === 'outside' ? ['', say('outside')] : []),
    '',
    say('keysWarning'),
  ]
}

const sayFinding = ({ word, ok, blanks }: Finding): string =>
  say(ok ? 'check.ok' : 'check.fails', { words: say(`check.${word}`, blanks) })

export const sayFindings = (findings: readonly Finding[]): readonly string[] => [
  ...findings.map(sayFinding),
  ...(findings.length === 0 ? [] : [say(findings.every(({ ok }) => ok) ? 'verdict.holds' : 'verdict.fails')]),
]

export const sayRestored = ({ backup, record, findings, damagedSounds }: Restored, home: string): readonly string[] => [
  say('restored', { home, backup, asOf: sayTime(record.asOf) }),
  ...sayFindings(findings),
  ...(damagedSounds.length === 0 ? [] : [say('restored.skipped', { count: damagedSounds.length })]),
  ...names(damagedSounds),
  ...sayVoices('restored.voices', record, home),
  '',
  ...(record.database.kind === 'outside' ? [say('restored.outside', { home })] : [say('restored.next', { home })]),
  '',
  say('keysWarning'),
]

const AWAY = new Set(['ECONNREFUSED', '57P03', '57P01', 'ECONNRESET'])
const FULL = new Set(['ENOSPC', 'EDQUOT', '53100'])

/** What went wrong, in words a person can act on. */
export const sayError = (error: unknown, home: string): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (FULL.has(code)) return say('failed.full')
  if (AWAY.has(code)) return say('failed.away', { home })
  return say('failed', { words: error instanceof Error ? error.message : String(error) })
}
