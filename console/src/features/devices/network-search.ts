/** What `/mang-luoi` is asked to show. It stands in the address, so that coming back finds it as it was left. */
export type NetworkSearch = { noi?: string; loc?: string; tim?: string }

export const networkSearch = (search: Record<string, unknown>): NetworkSearch => {
  const text = (value: unknown): string | undefined =>
    typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : undefined
  const [noi, loc, tim] = [text(search.noi), text(search.loc), text(search.tim)]
  return { ...(noi && { noi }), ...(loc && { loc }), ...(tim && { tim }) }
}
