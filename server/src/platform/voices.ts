/** Several voices behind one door: each an engine of its own, asked by its id. */
import type { Voice, VoiceAccent, VoiceInfo } from './context.ts'
import type { Engine } from './voice.ts'

export type NamedEngine = {
  readonly id: string
  readonly name: string
  readonly accents: readonly VoiceAccent[]
  readonly engine: Engine
}

/** The voice that comes with Loa. */
export const builtInVoice = (engine: Engine): NamedEngine => ({
  id: 'espeak',
  name: 'eSpeak NG',
  accents: ['north', 'central', 'south'],
  engine,
})

const infoOf = ({ id, name, accents, engine }: NamedEngine): VoiceInfo => ({
  id,
  name,
  accents,
  state: engine.state(),
  trouble: engine.trouble?.(),
})

/** One voice of several. Speaking never throws: an engine that breaks is an engine that is away. */
export const voiceOf = (engines: readonly NamedEngine[]): Voice => ({
  list: () => engines.map(infoOf),
  speak: async (text, { accent, rate, voice }) => {
    const found = engines.find(({ id }) => id === voice)
    if (found === undefined) return { refused: 'voice.unavailable' }
    const spoken = found.accents.includes(accent) ? accent : (found.accents[0] ?? accent)
    return found.engine.speak(text, { accent: spoken, rate })
  },
})
