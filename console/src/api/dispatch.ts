import { ask, post, type Refused } from './client.ts'

export type Span = { from: number; to: number }
export type ProposedSentence = { text: string; sources: Span[]; why: string[]; chosen: boolean }
/** `was`: the name the dispatch uses, where the place is called otherwise today. */
export type NamedPlace = Span & { unit: string; name: string; was?: string; sure: boolean }
export type DispatchMark = Span & { kind: string; text: string }
export type DispatchPart = Span & { kind: string }

/** A short spoken draft made of a dispatch's own sentences; offsets are offsets in `text`. */
export type Proposal = {
  text: string
  title: string
  sentences: ProposedSentence[]
  places: NamedPlace[]
  marks: DispatchMark[]
  parts: DispatchPart[]
}

const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

/** What a file says; nothing of it is kept. */
export const textOfFile = (unit: string, file: File): Promise<{ text: string } | Refused> => {
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? ''
  const raw = { bytes: file, type: TYPES[ending] ?? 'text/plain' }
  return ask(`/api/dispatch-texts?unit=${encodeURIComponent(unit)}`, { method: 'POST', raw })
}

export const proposeFrom = (unit: string, text: string): Promise<Proposal | Refused> =>
  post<Proposal>('/api/dispatches', { unit, text })
