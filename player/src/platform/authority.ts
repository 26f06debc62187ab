import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

const isCertificate = (pem: string): boolean => {
  try {
    return new X509Certificate(pem).subject !== undefined
  } catch {
    return false
  }
}

/** Trusts a private authority as well as those the system trusts, for HTTPS and MQTT alike. */
export const trustAuthority = async (
  file: string,
): Promise<'trusted' | { readonly refused: 'option.caUnreadable' | 'option.caInvalid' }> => {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    return { refused: 'option.caUnreadable' }
  }
  const certificates = text.match(PEM) ?? []
  if (certificates.length === 0 || !certificates.every(isCertificate)) return { refused: 'option.caInvalid' }
  setDefaultCACertificates([...getCACertificates('default'), ...certificates])
  return 'trusted'
}
