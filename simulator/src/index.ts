/** A fleet in a box. */
export { createFleet, type Fleet, type FleetOptions, type Member } from './fleet.ts'
