/** The part of sherpa-onnx-node this program uses; the package ships no types. */
declare module 'sherpa-onnx-node' {
  type Vits = { model: string; tokens: string; lexicon?: string; dataDir?: string }
  export type Audio = { samples: Float32Array; sampleRate: number }
  export class OfflineTts {
    constructor(config: {
      model: { vits: Vits; numThreads: number; provider: 'cpu'; debug: boolean }
      maxNumSentences: number
    })
    readonly sampleRate: number
    readonly numSpeakers: number
    /** Synchronous. Ends the process, with a signal at times, where the model or the text does not suit it. */
    generate(request: { text: string; sid: number; speed: number; enableExternalBuffer: boolean }): Audio
  }
  const whole: { OfflineTts: typeof OfflineTts }
  export default whole
}
