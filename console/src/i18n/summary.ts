/** What is about to be sent, as facts; each language makes its own sentence of them. The same on compose and approval. */
export type SummaryFacts = {
  /** Number of airings: days chosen, sessions on those days, or 1 for "at once". */
  times: number
  repeats: number
  /** `null`: at once after approval. */
  when:
    | { dates: readonly string[]; time: string }
    /** The names of the sessions chosen. */
    | { dates: readonly string[]; sessions: readonly string[] }
    | { role: StandingRole; sessions: readonly string[]; from: string; to: string }
    | null
  places: readonly string[]
  /** `null` while it is being counted. */
  clusters: { devices: number; behindGateway: number } | null
  gateways: number
  /** Length of one airing, all repeats and languages included; `null` while unknown. */
  durationMs: number | null
  /** On whose behalf, where it is for somebody else. */
  behalf?: string | null
}

export type StandingRole = 'opening' | 'closing' | 'fallback' | 'chime'

/** The sentence in two pieces: what is said first stands out. */
export type Sentence = { lead: string; rest: string }
