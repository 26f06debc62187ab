import { type Actor, unitsOf } from '../../kernel/actor.ts'

/** Administrators import where the units and clusters in their care lie. */
export const mayImportMap = (actor: Actor): boolean => unitsOfMap(actor).length > 0

/** The units whose map, with all below, somebody may import. */
export const unitsOfMap = (actor: Actor): readonly string[] => unitsOf(actor, ['administrator'])
