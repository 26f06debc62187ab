/** Codes of Node's TLS and of OpenSSL for a certificate that nobody trusted vouches for. */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
])
/** What was spoken on the other end is no TLS. */
const NO_TLS = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO'])
/** What a TLS server does to somebody who speaks HTTP to it. */
const CUT_OFF = /^(ECONNRESET|HPE_)/

export type TransportTrouble =
  | 'tls.untrusted'
  | 'tls.wrongName'
  | 'tls.expired'
  | 'tls.notSpoken'
  | 'tls.needed'
  | 'address.invalid'

/** Why a connection to `url` failed, where it is something a technician can mend; `undefined`: the network, or the server is off. */
export const transportTrouble = (url: string, error: unknown): TransportTrouble | undefined => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ERR_INVALID_URL' || code === 'ERR_INVALID_PROTOCOL') return 'address.invalid'
  if (UNTRUSTED.has(code)) return 'tls.untrusted'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'tls.wrongName'
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'tls.expired'
  if (NO_TLS.has(code)) return 'tls.notSpoken'
  return url.startsWith('http:') && CUT_OFF.test(code) ? 'tls.needed' : undefined
}
