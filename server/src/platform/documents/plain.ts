import type { Read } from './read.ts'

/** A text file in UTF-8 or, with its mark, UTF-16. Anything that holds control characters is no text. */
export const textOfPlain = (bytes: Uint8Array): Read => {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff
  const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes).replaceAll('\r\n', '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) return { refused: 'document.formatUnknown' }
    return text.trim() === '' ? { refused: 'document.noText' } : { text }
  } catch {
    return { refused: 'document.formatUnknown' }
  }
}
