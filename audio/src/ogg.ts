/** The Ogg container (RFC 3533): pages in, pages out. One logical stream; nothing here knows what it carries. */

export type Page = {
  /** Bytes of the page, header included. */
  readonly length: number
  readonly continued: boolean
  readonly first: boolean
  readonly last: boolean
  /** −1 where no packet ends on the page. */
  readonly granule: number
  readonly serial: number
  readonly sequence: number
  /** Where the segment table and the body begin in the file, and how many segments there are. */
  readonly tableAt: number
  readonly bodyAt: number
  readonly segments: number
}

const HEADER_BYTES = 27
const SEGMENTS_MAX = 255
const SERIAL_AT = 14
const CRC_AT = 22

/** CRC-32 of RFC 3533 §6: polynomial 0x04c11db7, not reflected, start 0, no final inversion; eight tables for speed. */
const crcTables = (() => {
  const tables = Array.from({ length: 8 }, () => new Uint32Array(256))
  const [first] = tables as [Uint32Array]
  for (let i = 0; i < 256; i++) {
    let r = i << 24
    for (let bit = 0; bit < 8; bit++) r = r & 0x80000000 ? (r << 1) ^ 0x04c11db7 : r << 1
    first[i] = r >>> 0
  }
  for (let t = 1; t < 8; t++) {
    const before = tables[t - 1] as Uint32Array
    for (let i = 0; i < 256; i++) {
      const value = before[i] as number
      ;(tables[t] as Uint32Array)[i] = ((value << 8) ^ (first[value >>> 24] as number)) >>> 0
    }
  }
  return tables as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ]
})()

/** Continues a CRC over `bytes[from…to)`. Start with 0. */
export function oggCrc(bytes: Uint8Array, range: { from: number; to: number }, start = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = crcTables
  const at = (i: number) => bytes[i] as number
  let crc = start
  let i = range.from
  for (; i + 8 <= range.to; i += 8) {
    const high = crc ^ ((at(i) << 24) | (at(i + 1) << 16) | (at(i + 2) << 8) | at(i + 3))
    crc =
      (t7[high >>> 24] as number) ^
      (t6[(high >>> 16) & 255] as number) ^
      (t5[(high >>> 8) & 255] as number) ^
      (t4[high & 255] as number) ^
      (t3[at(i + 4)] as number) ^
      (t2[at(i + 5)] as number) ^
      (t1[at(i + 6)] as number) ^
      (t0[at(i + 7)] as number)
  }
  for (; i < range.to; i++) crc = (crc << 8) ^ (t0[((crc >>> 24) ^ at(i)) & 255] as number)
  return crc >>> 0
}

const zeroCrc = new Uint8Array(4)

function pageCrc(bytes: Uint8Array, at: number, length: number): number {
  const head = oggCrc(bytes, { from: at, to: at + CRC_AT })
  const gap = oggCrc(zeroCrc, { from: 0, to: 4 }, head)
  return oggCrc(bytes, { from: at + CRC_AT + 4, to: at + length }, gap)
}

/** The page at `at`; `cut` where the file ends inside it, `damaged` where it is no page or its CRC differs. */
export function readPage(bytes: Uint8Array, at: number): Page | 'cut' | 'damaged' {
  const magic = [0x4f, 0x67, 0x67, 0x53, 0]
  for (let i = 0; i < magic.length; i++) {
    if (at + i >= bytes.length) return 'cut'
    if (bytes[at + i] !== magic[i]) return 'damaged'
  }
  if (at + HEADER_BYTES > bytes.length) return 'cut'
  const view = new DataView(bytes.buffer, bytes.byteOffset + at)
  const segments = view.getUint8(26)
  const bodyAt = at + HEADER_BYTES + segments
  if (bodyAt > bytes.length) return 'cut'
  let length = HEADER_BYTES + segments
  for (let i = at + HEADER_BYTES; i < bodyAt; i++) length += bytes[i] as number
  if (at + length > bytes.length) return 'cut'
  if (view.getUint32(CRC_AT, true) !== pageCrc(bytes, at, length)) return 'damaged'
  const flags = view.getUint8(5)
  return {
    length,
    continued: (flags & 1) !== 0,
    first: (flags & 2) !== 0,
    last: (flags & 4) !== 0,
    granule: Number(view.getBigInt64(6, true)),
    serial: view.getUint32(SERIAL_AT, true),
    sequence: view.getUint32(18, true),
    tableAt: at + HEADER_BYTES,
    bodyAt,
    segments,
  }
}

export type OutgoingPage = {
  packets: readonly Uint8Array[]
  granule: number
  serial: number
  sequence: number
  first?: boolean
  last?: boolean
}

/** How many segments a packet takes (a packet of a multiple of 255 bytes ends with an empty one). */
export const segmentsOf = (packet: Uint8Array): number => Math.floor(packet.length / 255) + 1

/** One page of whole packets, CRC included. The packets must fit: 255 segments at most. */
export function writePage(page: OutgoingPage): Uint8Array {
  const segments = page.packets.reduce((sum, packet) => sum + segmentsOf(packet), 0)
  if (segments > SEGMENTS_MAX) throw new Error(`an Ogg page holds ${SEGMENTS_MAX} segments, not ${segments}`)
  const body = page.packets.reduce((sum, packet) => sum + packet.length, 0)
  const bytes = new Uint8Array(HEADER_BYTES + segments + body)
  const view = new DataView(bytes.buffer)
  bytes.set([0x4f, 0x67, 0x67, 0x53, 0, (page.first ? 2 : 0) | (page.last ? 4 : 0)])
  view.setBigInt64(6, BigInt(page.granule), true)
  view.setUint32(18, page.sequence, true)
  bytes[26] = segments
  let table = HEADER_BYTES
  let at = HEADER_BYTES + segments
  for (const packet of page.packets) {
    bytes.fill(255, table, table + segmentsOf(packet) - 1)
    table += segmentsOf(packet)
    bytes[table - 1] = packet.length % 255
    bytes.set(packet, at)
    at += packet.length
  }
  return sealed(bytes, page.serial)
}

/** The same page, in place, as one of the stream `serial`: its CRC is set anew. */
export function sealed(page: Uint8Array, serial: number): Uint8Array {
  const view = new DataView(page.buffer, page.byteOffset)
  view.setUint32(SERIAL_AT, serial, true)
  view.setUint32(CRC_AT, pageCrc(page, 0, page.length), true)
  return page
}
