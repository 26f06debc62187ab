export const kinds = ['notice', 'airing', 'session', 'unit', 'cluster', 'device', 'ticket', 'person'] as const
export type Kind = (typeof kinds)[number]

/** One thing that was found. Names only: what is said about it is the console's, in the language chosen there. */
export type Hit = {
  readonly id: string
  readonly title: string
  /** The unit it belongs to, by name. */
  readonly where: string
  readonly at: number | null
  /** Its page in the console. */
  readonly to: string
  /** What it is more exactly, as a code: the state of a notice, the kind of a unit or ticket, the hours of a session. */
  readonly note: string | null
}

/** What a unit of this id is called; the id itself where nobody knows. */
export type NameOf = (unit: string) => string

const path = (address: string, id: string): string => `${address}${encodeURIComponent(id)}`

/** Where the console shows a thing of each kind. */
export const pageOf: Readonly<Record<Kind, (id: string, unit: string) => string>> = {
  notice: (id) => path('/tin/', id),
  airing: (id) => path('/da-phat/', id),
  session: () => '/lich-phat',
  unit: (id) => path('/mang-luoi?noi=', id),
  cluster: (id) => path('/mang-luoi/cum/', id),
  // a gateway shows among what stands at its station
  device: (_, unit) => path('/mang-luoi?noi=', unit),
  ticket: () => '/viec-ky-thuat',
  person: (id) => path('/quan-tri/nguoi?ai=', id),
}
