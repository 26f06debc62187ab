/** Where and with what a device enrols. */
export type EnrolmentAsked = { readonly server: string | undefined; readonly code: string | undefined }

/** What `--enrol` holds: a code, or the address of a technician's QR code, `<server>/ghep#<code>`. A `--server` goes before its address. */
export const enrolmentIn = (enrol: string | undefined, server: string | undefined): EnrolmentAsked => {
  const [, address, code] = /^(https?:\/\/[^#\s]+?)\/ghep#(\S+)$/i.exec(enrol?.trim() ?? '') ?? []
  return address === undefined ? { server, code: enrol } : { server: server ?? address, code }
}
