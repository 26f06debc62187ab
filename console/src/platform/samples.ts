/** Samples −1…1 as 16-bit ones; what lies beyond is clipped. */
export const sixteenBit = (samples: Float32Array): Int16Array => {
  const out = new Int16Array(samples.length)
  for (let i = 0; i < samples.length; i++) {
    out[i] = Math.round(Math.max(-1, Math.min(1, samples[i] ?? 0)) * 32_767)
  }
  return out
}

export const joined = (pieces: readonly Int16Array[]): Int16Array => {
  const samples = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    samples.set(piece, at)
    at += piece.length
  }
  return samples
}
