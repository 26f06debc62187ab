import { describe, expect, it } from 'vitest'
import { messages } from '../i18n.ts'
import { transportTrouble } from './trouble.ts'

const failed = (code: string): Error => Object.assign(new Error('no'), { code })

describe('a technician is told what keeps a device from its server', () => {
  it.each([
    ['a certificate of an unknown authority', 'https://a', 'SELF_SIGNED_CERT_IN_CHAIN', 'tls.untrusted'],
    ['a certificate for another name', 'https://a', 'ERR_TLS_CERT_ALTNAME_INVALID', 'tls.wrongName'],
    ['a certificate out of date', 'https://a', 'CERT_HAS_EXPIRED', 'tls.expired'],
    ['https against http', 'https://a', 'ERR_SSL_WRONG_VERSION_NUMBER', 'tls.notSpoken'],
    ['http against https', 'http://a', 'ECONNRESET', 'tls.needed'],
    ['an address that is none', 'a', 'ERR_INVALID_URL', 'address.invalid'],
  ])('%s', (_, url, code, trouble) => {
    expect(transportTrouble(url, failed(code))).toBe(trouble)
    expect(messages).toHaveProperty([trouble])
  })

  it('a server that is off is the network’s affair', () => {
    expect(transportTrouble('https://a', failed('ECONNREFUSED'))).toBeUndefined()
    expect(transportTrouble('mqtts://a', failed('ECONNRESET'))).toBeUndefined()
  })
})
