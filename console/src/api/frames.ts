import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { isRefused, load, post, type Refused } from './client.ts'
import type { BulletinClass, ReadBy, SpokenWord } from './types.ts'

export type FrameSound = { hash: string; durationMs: number; levels: number[] }
export type FrameChoice = { use: 'chime' | 'own' | 'none'; sound: FrameSound | null }
export type FrameField = {
  /** What the unit itself chose; null where it takes what the unit above has. */
  own: FrameChoice | null
  inForce: FrameChoice
  /** Whose choice it is; null where nobody chose. */
  from: { unit: string; name: string } | null
  secondsMax: number
}
export type AgainRule = 'always' | 'urgent' | 'never'
export type SoundField = 'attention' | 'opening' | 'closing'
/** What stands around every notice of a unit. */
export type Frame = Record<SoundField, FrameField> & {
  unit: string
  again: { own: AgainRule | null; inForce: AgainRule; from: FrameField['from'] }
  chimeMs: number
  may: { change: boolean }
}

const FRAME = 'frame'
const LENGTH = 'airing-length'

export const useFrame = (unit: string) =>
  useQuery({
    queryKey: [FRAME, unit],
    queryFn: ({ signal }) => load<Frame>(`/api/frames/${encodeURIComponent(unit)}`, signal),
    enabled: unit !== '',
  })

/** A choice as it is sent; `null`: as the unit above has it. */
export type SoundWish = { use: 'chime' | 'none' } | { use: 'own'; voicing: string } | null
export type FrameWish = Partial<Record<SoundField, SoundWish>> & { again?: AgainRule | null }

/** Chooses, and lets every place that shows it know. */
export const useChooseFrame = (unit: string) => {
  const client = useQueryClient()
  return async (wish: FrameWish): Promise<Frame | Refused> => {
    const answer = await post<Frame>(`/api/frames/${encodeURIComponent(unit)}`, wish)
    if (!isRefused(answer)) {
      client.setQueryData([FRAME, unit], answer)
      await client.invalidateQueries({ queryKey: [LENGTH] })
    }
    return answer
  }
}

/** What the length of one airing depends on. */
export type LengthAsked = {
  unit: string
  class: BulletinClass
  standing: boolean
  repeats: number
  voicings: readonly string[]
}

/** Length of one airing with all that is heard of it, milliseconds; `null`: nothing to be asked about yet. */
export const useAiringLength = (asked: LengthAsked | null): number | null => {
  const search = new URLSearchParams({
    unit: asked?.unit ?? '',
    class: asked?.class ?? 'normal',
    standing: String(asked?.standing ?? false),
    repeats: String(asked?.repeats ?? 1),
    voicings: asked?.voicings.join(',') ?? '',
  }).toString()
  const answer = useQuery({
    queryKey: [LENGTH, search],
    queryFn: async ({ signal }) =>
      (await load<{ durationMs: number }>(`/api/airing-length?${search}`, signal)).durationMs,
    enabled: asked !== null,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })
  return asked === null ? null : (answer.data ?? null)
}

export type SoundPart = {
  kind: 'attention' | 'opening' | 'reading' | 'again' | 'closing'
  /** Which reading it is or leads to, from 1. */
  number: number | null
  atMs: number
  durationMs: number
  written: string | null
  /** Times from the beginning of the whole sound. */
  words: SpokenWord[]
  /** What made it sound so; null or absent for what is no reading of a text. */
  readBy?: ReadBy | null
}

/** What is heard when in a sound, with its words. A sound never changes, nor does this. */
export const useTimelineOf = (hash: string | undefined) =>
  useQuery({
    queryKey: ['sound-timeline', hash],
    queryFn: async ({ signal }) => (await load<{ parts: SoundPart[] }>(`/api/sounds/${hash}/timeline`, signal)).parts,
    enabled: hash !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
