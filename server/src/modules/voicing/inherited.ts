/** A field as it holds for a unit, and the unit that set it. */
export type Inherited<Value> = { readonly value: Value; readonly from: string }

/**
 * What holds of a field for the last unit of `path` (root first): what the nearest unit has set that set anything. `null` in a
 * unit's own is "as above"; undefined where nobody has set it.
 */
export const inherited = <Own, Field extends keyof Own>(
  path: readonly string[],
  ownOf: ReadonlyMap<string, Own>,
  field: Field,
): Inherited<NonNullable<Own[Field]>> | undefined => {
  for (const unit of path.toReversed()) {
    const value = ownOf.get(unit)?.[field]
    if (value !== undefined && value !== null) return { value, from: unit }
  }
  return undefined
}
