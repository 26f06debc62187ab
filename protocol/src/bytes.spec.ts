import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from './bytes.ts'

describe('[F9] base64 is read strictly: one spelling for each sequence of bytes', () => {
  it.each([
    // text       bytes
    ['', ''],
    ['AA==', '00'],
    ['/+8=', 'ffef'],
    ['bG9h', '6c6f61'],
  ])('"%s" is %s', (text, hex) => {
    expect(Buffer.from(fromBase64(text) ?? []).toString('hex')).toBe(hex)
  })

  it.each([
    ['AB==', 'bits after the last byte'],
    ['AAF=', 'bits after the last byte'],
    ['AA', 'padding left out'],
    ['AA=', 'too little padding'],
    ['AAAA=', 'too much padding'],
    ['AA==AA==', 'padding in the middle'],
    ['A===', 'a single character'],
    ['-_8=', 'the alphabet for addresses'],
    ['AA==\n', 'a line end'],
    [' AA==', 'a space'],
    ['ＡＡ==', 'letters that only look like letters'],
  ])('"%s" is refused: %s', (text) => {
    expect(fromBase64(text)).toBeUndefined()
  })

  it('whatever is written is read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes)
      }),
    )
  })

  it('whatever is read was the one way to write it', () => {
    const texts = fc.stringMatching(/^[A-Za-z0-9+/]{0,12}={0,2}$/)
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = fromBase64(text)
        expect(bytes === undefined || toBase64(bytes) === text).toBe(true)
      }),
    )
  })
})
