import { localDate } from '@loa/protocol'
import { isLoopback } from '../config.ts'
import { closeAccount, openAccount } from '../modules/access/index.ts'
import { addClusters, addDevices } from '../modules/devices/index.ts'
import {
  addStations,
  addStationVillages,
  addSuccessions,
  addUnitEvents,
  addUnits,
  unitsOn,
  wantLanguage,
} from '../modules/org/index.ts'
import { addPerson, givePost } from '../modules/people/index.ts'
import type { Context, Db } from '../platform/context.ts'
import { inTransaction } from '../platform/database.ts'
import { demoEvents, demoFormerUnits, demoSuccessions } from './history.ts'
import town from './network.json' with { type: 'json' }
import {
  demoClusters,
  demoDevices,
  demoLanguage,
  demoRoot,
  demoStations,
  demoStationVillages,
  demoUnits,
} from './network.ts'
import { seedNotices } from './notices.ts'
import { demoOrganisations } from './organisations.ts'
import { type DemoPerson, demoPassword, demoPeople } from './people.ts'
import { seedSessions } from './sessions.ts'

/** Whether the database is empty, or holds the demonstration already: real data is never mixed with it. */
export const mayHoldDemo = async (ctx: Pick<Context, 'db' | 'clock'>): Promise<boolean> => {
  const units = await unitsOn(ctx.db, localDate(ctx.clock.now()))
  return units.length === 0 || units.some(({ id }) => id === demoRoot)
}

const seedNetwork = async (ctx: Context, db: Db): Promise<void> => {
  await addUnits(db, [...demoUnits(), ...demoFormerUnits(), ...demoOrganisations()])
  await addUnitEvents(db, demoEvents())
  await addSuccessions(db, demoSuccessions())
  await addStations(db, demoStations())
  await addStationVillages(db, demoStationVillages(), town.from)
  await wantLanguage(db, demoLanguage())
  await addDevices(db, demoDevices(ctx.clock.now()))
  await addClusters(db, demoClusters())
}

const seedPerson = async (ctx: Context, { id, name, languages, unit, posts }: DemoPerson): Promise<void> => {
  await addPerson(ctx, { id, name, languages, invented: true })
  for (const { role, title } of posts) {
    await givePost(ctx, { person: id, unit, role, title, from: town.from, to: null })
  }
}

/**
 * Makes the demonstration network, its people, accounts and first drafts, on an empty database; what is there already stays. Returns
 * false, and does nothing, where the database holds another network. Throws on a server that others can reach.
 */
export const seedDemo = async (ctx: Context): Promise<boolean> => {
  if (!isLoopback(ctx.config.host))
    throw new Error('the demonstration is for a server that only this machine can reach')
  if (!(await mayHoldDemo(ctx))) return false
  await inTransaction(ctx.db, async (db) => {
    await seedNetwork(ctx, db)
    for (const person of demoPeople) await seedPerson({ ...ctx, db }, person)
  })
  await Promise.all(
    demoPeople.map(({ id, username }) => openAccount(ctx, { person: id, username, password: demoPassword })),
  )
  await seedNotices(ctx)
  await seedSessions(ctx)
  return true
}

/** Takes away accounts whose password everybody knows, where a database of the demonstration is used in earnest. */
export const closeDemoAccounts = async (ctx: Context): Promise<void> => {
  for (const { id } of demoPeople) await closeAccount(ctx, id)
}
