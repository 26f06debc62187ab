import { type Actor, may, type UnitPath } from '../../kernel/actor.ts'

/** Whoever holds any post at a unit, or above it, sees the network there. */
export const maySee = (actor: Actor, path: UnitPath): boolean => actor.posts.some(({ unit }) => path.includes(unit))

/** Technicians and administrators of a unit enter, set and revoke its devices. */
export const mayTendDevices = (actor: Actor, path: UnitPath): boolean =>
  may(actor, ['technician', 'administrator'], path)

/** Quiet hours are made longer by whoever tends devices, and shorter by an administrator only: people sleep there. */
export const mayShortenQuiet = (actor: Actor, path: UnitPath): boolean => may(actor, ['administrator'], path)
