/** What the QR of a code says: the server's own address for it, else this server's. The code stands behind `#`, so that no server's log sees it. */
export const addressOf = (code: { code: string; url?: string }, origin: string): string =>
  code.url ?? `${origin}/ghep#${code.code}`

/** The code in an address such as a QR gives it; `undefined` where there is none. */
export const codeIn = (hash: string): string | undefined => {
  const code = decodeURIComponent(hash.replace(/^#/, '')).trim()
  return /^[0-9A-Za-z-]{4,64}$/.test(code) ? code : undefined
}

/** As README says it, for the machine at the amplifier. */
export const commandFor = (address: string): string =>
  `node tools/run.mjs player/src/main.ts --server ${new URL(address).origin} --enrol ${address} --data ./may-phat --output alsa`

export type Left = { readonly is: 'over' } | { readonly is: 'minutes' | 'hours'; readonly count: number }

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** From here on hours are said, which change less often. */
const HOURS_FROM_MS = 2 * HOUR_MS

/** How long a code can still be used, in the largest unit that is honest: always rounded down. */
export const leftUntil = (expiresAt: string, now: number): Left => {
  const ms = Date.parse(expiresAt) - now
  if (ms <= 0) return { is: 'over' }
  if (ms >= HOURS_FROM_MS) return { is: 'hours', count: Math.floor(ms / HOUR_MS) }
  return { is: 'minutes', count: Math.floor(ms / MINUTE_MS) }
}
