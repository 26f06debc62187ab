import './voicing.css'
import { useCallback, useEffect, useRef, useState } from 'react'
import { isOffline, RefusedError } from '../../api/client.ts'
import type { Correction } from '../../api/lexicon.ts'
import { useReadings } from '../../api/queries.ts'
import type { BulletinClass, SpokenWord, Voicing } from '../../api/types.ts'
import type { VoiceChoice } from '../../api/voices.ts'
import { useWords } from '../../i18n/index.tsx'
import { useRecordWords } from '../../i18n/record.ts'
import { useSettled } from '../../platform/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { SoundPlayer } from '../../ui/sound-player.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { Correcting, Corrections } from './correcting.tsx'
import { wordAt } from './spoken.ts'
import { Doubts, PickableText } from './spoken-text.tsx'
import { useVoicing } from './use-voicing.ts'
import { TextVoice, VoiceInstead } from './voice-controls.tsx'

/** Words are shown soon after a pause in typing; the sound is made after a longer one. */
const READ_AFTER_MS = 350
const VOICE_AFTER_MS = 1200

type Props = {
  unit: string
  text: string
  /** Chosen for this text; absent: as the unit has set it. */
  choice: VoiceChoice | undefined
  onChoice: (choice: VoiceChoice) => void
  corrections: readonly Correction[]
  onCorrections: (corrections: readonly Correction[]) => void
  /** What kind of notice it is for. */
  of: BulletinClass
  /** Told each finished rendering, so that the draft can carry it. */
  onVoicing: (voicing: Voicing) => void
  /** Where no voice can read it: records it instead. */
  onRecord: () => void
}

/** Classified text and a lost connection are spoken of once, above the table. */
const isSaidElsewhere = (problem: unknown): boolean =>
  isOffline(problem) || (problem instanceof RefusedError && problem.refusal.refused === 'notice.classified')

const isVoiceless = (problem: unknown): boolean =>
  problem instanceof RefusedError && problem.refusal.refused === 'voice.unavailable'

type InsteadProps = { problem: unknown; making: boolean; onAgain: () => void; onRecord: () => void }

/** No voice can read it now: the same words are recorded, or the voice is asked again, with one press. */
const RecordInstead = ({ problem, making, onAgain, onRecord }: InsteadProps) => {
  const w = useWords()
  const r = useRecordWords()
  return (
    <Trouble problem={problem}>
      <p>{r.noVoiceWhy}</p>
      <button type="button" className="b main" onClick={onRecord}>
        <Icon name="mic" />
        {r.noVoice}
      </button>
      <button type="button" className="b line" disabled={making} onClick={onAgain}>
        {making ? w.reading.making : w.reading.again}
      </button>
    </Trouble>
  )
}

const Sounding = ({
  unit,
  text,
  choice,
  onChoice,
  corrections,
  of,
  onVoicing,
  onRecord,
  onWord,
}: Omit<Props, 'onCorrections'> & { onWord: (word: number | null) => void }) => {
  const w = useWords()
  const settled = useSettled(text, VOICE_AFTER_MS)
  const { voicing, problem, making, again } = useVoicing({ unit, text: settled, choice, corrections, of })
  useEffect(() => {
    if (voicing?.sound) onVoicing(voicing)
  }, [voicing, onVoicing])
  const onPosition = useCallback((ms: number | null) => onWord(wordAt(voicing?.words ?? [], ms)), [voicing, onWord])
  const controls = <TextVoice {...{ unit, choice, voicing, onChoice }} />
  if (problem) {
    return (
      <>
        {isVoiceless(problem) ? (
          <RecordInstead {...{ problem, making, onRecord }} onAgain={again} />
        ) : (
          !isSaidElsewhere(problem) && <Trouble problem={problem} kept />
        )}
        {controls}
      </>
    )
  }
  const isCurrent = settled === text && voicing?.sound
  return (
    <>
      <div className="sounding">
        {voicing?.sound && (
          <SoundPlayer
            hash={voicing.sound.hash}
            durationMs={voicing.sound.durationMs}
            levels={voicing.sound.levels}
            label={w.reading.listen}
            onPosition={onPosition}
          />
        )}
        {!isCurrent && (
          <p className="small soft" role="status">
            {making || settled !== text ? w.reading.making : ''}
          </p>
        )}
        {isCurrent && <VoiceInstead voicing={voicing} />}
      </div>
      {controls}
    </>
  )
}

type SaidProps = Pick<Props, 'unit' | 'corrections' | 'onCorrections'> & {
  text: string
  words: readonly SpokenWord[]
  current: number | null
}

/** Every word, and the one that is being put right. */
const SaidWords = ({ unit, text, words, current, corrections, onCorrections }: SaidProps) => {
  const w = useWords()
  const [picked, setPicked] = useState<number | null>(null)
  const isThere = picked !== null && picked < words.length
  const around = useRef<HTMLDivElement>(null)
  const close = () => {
    // the keyboard goes on from the word it came from
    around.current?.querySelector<HTMLElement>(`[data-word="${picked}"]`)?.focus()
    setPicked(null)
  }
  return (
    <div ref={around} className="stack tight">
      <Doubts text={text} words={words} />
      <PickableText {...{ text, words, current }} picked={picked} onPick={setPicked} />
      {isThere ? (
        <Correcting
          key={`${text} ${picked}`}
          {...{ unit, text, words, picked, corrections, onCorrections }}
          onClose={close}
        />
      ) : (
        <p className="small soft">{w.readings.pick}</p>
      )}
      <Corrections corrections={corrections} onCorrections={onCorrections} />
    </div>
  )
}

/** “Loa sẽ đọc”: what will be said, and how it sounds. */
export const VoicePanel = ({
  unit,
  text,
  choice,
  onChoice,
  corrections,
  onCorrections,
  of,
  onVoicing,
  onRecord,
}: Props) => {
  const w = useWords()
  const settled = useSettled(text, READ_AFTER_MS)
  const reading = useReadings(unit, settled, [...corrections])
  const [word, setWord] = useState<number | null>(null)
  const words = settled.trim() === '' ? undefined : reading.data?.words
  return (
    <section className="card said-panel" aria-labelledby="said-title">
      <h2 id="said-title">{w.reading.title}</h2>
      {text.trim() === '' ? (
        <p className="soft">{w.reading.empty}</p>
      ) : (
        <>
          {reading.error && !isSaidElsewhere(reading.error) && !words ? (
            <Trouble problem={reading.error} kept />
          ) : (
            words && (
              <div className={settled === text ? 'said-text' : 'said-text older'}>
                <SaidWords {...{ unit, words, corrections, onCorrections }} text={settled} current={word} />
              </div>
            )
          )}
          <Sounding {...{ unit, text, choice, onChoice, corrections, of, onVoicing, onRecord }} onWord={setWord} />
        </>
      )}
    </section>
  )
}
