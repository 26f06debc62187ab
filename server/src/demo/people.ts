import type { Role } from '../kernel/actor.ts'
import list from './people.json' with { type: 'json' }

export type DemoPerson = {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly unit: string
  readonly languages: readonly string[]
  readonly posts: readonly { readonly role: Role; readonly title: string }[]
}

/** Invented people with their posts. */
export const demoPeople: readonly DemoPerson[] = list.people.map((person) => ({
  id: person.id,
  username: person.username,
  name: person.name,
  unit: person.unit,
  languages: person.languages ?? ['vi'],
  posts: [
    { role: person.role as Role, title: person.title },
    ...(person.alsoRole === undefined ? [] : [{ role: person.alsoRole as Role, title: person.alsoTitle }]),
  ],
}))

/** One password for everybody: it opens nothing that anybody but this machine could reach. */
export const demoPassword: string = list.password

/** The two for the first try: who writes, and who approves. */
export const firstTwo = (): readonly DemoPerson[] => demoPeople.slice(0, 2)
