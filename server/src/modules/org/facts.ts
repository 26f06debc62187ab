import type { LocalDate } from '@loa/protocol'

/**
 * The tree was changed, as of a day that may be far ahead: devices are told, rosters follow. `subject` is the first of the
 * units; `units` are all whose place or life has changed.
 */
export const UNITS_CHANGED = 'org.unitsChanged'
export type UnitsChanged = { readonly units: readonly string[]; readonly from: LocalDate }
