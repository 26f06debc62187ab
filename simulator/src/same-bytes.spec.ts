import { describe, expect, it } from 'vitest'
import { createSameBytes } from './platform/same-bytes.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

describe('what many are told at the same moment', () => {
  it('equal bytes are handed out as one copy', () => {
    const same = createSameBytes()
    expect(same(utf8('loa 1'))).toBe(same(utf8('loa 1')))
  })

  it('bytes of the same length that differ in one place stay what they were', () => {
    const same = createSameBytes()
    expect(['loa 1', 'loa 2', 'loa 1'].map((text) => textOf(same(utf8(text))))).toEqual(['loa 1', 'loa 2', 'loa 1'])
  })

  it('bytes that their owner changes afterwards do not change the copy', () => {
    const same = createSameBytes()
    const bytes = utf8('loa 1')
    const copy = same(bytes)
    bytes.set(utf8('loa 2'))
    expect([textOf(copy), textOf(same(bytes))]).toEqual(['loa 1', 'loa 2'])
  })
})
