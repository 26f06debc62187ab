import type { Accent, ReadBy, Voicing } from '../../api/types.ts'
import { BUILT_IN_VOICE, useVoiceSettings, type VoiceChoice } from '../../api/voices.ts'
import { useWords } from '../../i18n/index.tsx'
import { Seg } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ratesToChoose, wordOf } from './rate.ts'

const accents: readonly Accent[] = ['north', 'central', 'south']

/** A speed by its word, or by its number where it has none. */
export const useRateName = () => {
  const w = useWords()
  return (rate: number): string => {
    const word = wordOf(rate)
    return word ? w.reading.rates[word] : w.voices.times(rate)
  }
}

type ControlsProps = {
  choice: VoiceChoice
  /** Of the voice that speaks: a choice of one is none. */
  has?: readonly Accent[]
  onChoice: (choice: VoiceChoice) => void
}

export const AccentChoice = ({ choice, has = accents, onChoice }: ControlsProps) => {
  const w = useWords()
  const [only] = has
  if (has.length === 1 && only) return <span>{w.voices.onlyAccent(w.reading.accents[only])}</span>
  return (
    <Seg<Accent>
      label={w.reading.accent}
      value={choice.accent}
      onChange={(accent) => onChoice({ ...choice, accent })}
      options={has.map((value) => ({ value, label: w.reading.accents[value] }))}
    />
  )
}

export const RateChoice = ({ choice, onChoice }: ControlsProps) => {
  const w = useWords()
  const nameOf = useRateName()
  return (
    <Seg<string>
      label={w.reading.rate}
      value={String(choice.rate)}
      onChange={(rate) => onChoice({ ...choice, rate: Number(rate) })}
      options={ratesToChoose(choice.rate).map((rate) => ({ value: String(rate), label: nameOf(rate) }))}
    />
  )
}

/** Accent and speed of one text: as the unit has set them, until somebody chooses otherwise. */
export const TextVoice = ({
  unit,
  choice,
  voicing,
  onChoice,
}: {
  unit: string
  choice: VoiceChoice | undefined
  voicing: Voicing | undefined
  onChoice: (choice: VoiceChoice) => void
}) => {
  const settings = useVoiceSettings(unit).data
  const shown = choice ?? settings
  if (!shown) return null
  const speaks = voicing?.voice?.id ?? settings?.voices[0] ?? BUILT_IN_VOICE
  const has = settings?.installed.find(({ id }) => id === speaks)?.accents
  const props = { choice: { accent: shown.accent, rate: shown.rate }, onChoice, ...(has ? { has } : {}) }
  return (
    <div className="row wrap">
      <AccentChoice {...props} />
      <RateChoice {...props} />
    </div>
  )
}

/** Said where another voice speaks than the one the unit would rather hear. */
export const VoiceInstead = ({ voicing }: { voicing: ReadBy }) => {
  const w = useWords()
  if (!voicing.wantedVoice || !voicing.voice) return null
  return (
    <p className="callout" role="status">
      <Icon name="horn" />
      <span>{w.voices.instead(voicing.wantedVoice.name, voicing.voice.name)}</span>
    </p>
  )
}
