import { useQuery } from '@tanstack/react-query'
import { load, post, type Refused, remove } from './client.ts'
import type { Who } from './types.ts'

export type Correction = { written: string; spoken: string }

/** How a unit reads something; proposed by one person, agreed to by another. */
export type LexiconEntry = Correction & {
  id: string
  unit: string
  unitName: string
  caseSensitive: boolean
  state: 'proposed' | 'inForce' | 'refused' | 'removed'
  /** Of a unit above the one that was asked for. */
  inherited: boolean
  proposedBy: Who
  proposedAt: string
  decidedBy: Who | null
  decidedAt: string | null
  may: { decide: boolean; remove: boolean }
}

export const LEXICON = 'lexicon'

export const useLexicon = (unit: string) =>
  useQuery({
    queryKey: [LEXICON, unit],
    queryFn: async ({ signal }) =>
      (await load<{ entries: LexiconEntry[] }>(`/api/lexicon?unit=${encodeURIComponent(unit)}`, signal)).entries,
    enabled: unit !== '',
  })

export type Proposal = Correction & { unit: string; caseSensitive: boolean }

export const proposeReading = (proposal: Proposal): Promise<LexiconEntry | Refused> =>
  post<LexiconEntry>('/api/lexicon', proposal)
export const decideReading = (id: string, accept: boolean): Promise<LexiconEntry | Refused> =>
  post<LexiconEntry>(`/api/lexicon/${id}/decide`, { accept })
export const removeReading = (id: string): Promise<undefined | Refused> => remove(`/api/lexicon/${id}`)
