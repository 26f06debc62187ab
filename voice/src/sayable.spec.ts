import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasWords, sayable } from './sayable.ts'

describe('text made safe for the engine', () => {
  it.each([
    // what is written            what the engine is given
    ['Xin chào bà con', 'Xin chào bà con'],
    ['xin <b>chào</b>', 'xin  b chào /b '],
    ["[[h@l'oU]]", "((h@l'oU))"],
    ['a & b &lt;', 'a  và  b  và lt;'],
    ['một\u0001\u0005hai\u0000ba', 'một  hai ba'],
    ['không\u200b dấu\ufeff', 'không dấu'],
    ['l\u0169 l\u0075\u0323t', 'lũ lụt'],
    ['Tr\u0061\u0300 B\u006f\u0302\u0300ng', 'Trà Bồng'],
    ['nửa \ud800 cặp', 'nửa   cặp'],
    ['vui 😀 vẻ', 'vui   vẻ'],
    ['riêng \ue000 tư', 'riêng   tư'],
    ['dòng\nmới\tcột', 'dòng\nmới cột'],
    ['#14h30, 3,5%', '#14h30, 3,5%'],
  ])('%j', (written, given) => {
    expect(sayable(written).text).toBe(given)
  })

  it('heaped-up marks are cut short', () => {
    expect([...sayable(`a${'\u0301\u0323\u0330'.repeat(1_000)}`).text].length).toBeLessThanOrEqual(4)
  })

  it('holds no order for the engine, whatever is written, and every character knows where it comes from', () => {
    const orders = fc.constantFrom('<speak>', '[[', '&#1;', '\u0001', '</', '\ud83d', 'ầ', '\u0300', '👨‍👩‍👧', '\u2028')
    const writing = fc
      .array(fc.oneof(orders, fc.string({ unit: 'binary' })), { maxLength: 20 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(writing, (written) => {
        const { text, from, to } = sayable(written)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
        expect(text).not.toMatch(/[<>&[\]\u0000-\u0009\u000b-\u001f\u007f-\u009f\ud800-\udfff]/u)
        expect(from.length).toBe([...text].length)
        expect(from.every((start, i) => start < (to[i] as number) && (to[i] as number) <= written.length)).toBe(true)
        expect(from).toEqual([...from].sort((a, b) => a - b))
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['', false],
    [' …!? – ', false],
    ['3', true],
    ['ừ', true],
  ])('%j has something to say: %s', (text, expected) => {
    expect(hasWords(text)).toBe(expected)
  })
})
