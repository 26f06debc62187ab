/** The part of @echogarden/espeak-ng-emscripten this program uses; the package ships no types. */
declare module '@echogarden/espeak-ng-emscripten' {
  export type EspeakEvent = {
    type: string
    /** Character (code point) in the text, from 1. */
    text_position: number
    word_length: number
    /** Milliseconds from the beginning of the sound. */
    audio_position: number
  }
  export type EspeakWorker = {
    set_voice(name: string): number
    set_rate(wordsPerMinute: number): void
    get_samplerate(): number
    /** Synchronous. The callback is called with each piece of sound; a true answer stops the synthesis. */
    synthesize(text: string, callback: (samples: Int16Array, events: EspeakEvent[]) => boolean): void
    /** The sounds the engine would make: IPA with `_` between phonemes, a line for each clause; code 0 is success. */
    synthesize_ipa(text: string): { code: number; ipa: string }
  }
  export type EspeakModule = { eSpeakNGWorker: new () => EspeakWorker }
  export default function load(options: {
    print: (text: string) => void
    printErr: (text: string) => void
  }): Promise<EspeakModule>
}
