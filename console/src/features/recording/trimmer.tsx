import { type ChangeEvent, useEffect, useMemo, useState } from 'react'
import { useWords } from '../../i18n/index.tsx'
import { useRecordWords } from '../../i18n/record.ts'
import { playRecording } from '../../platform/microphone.ts'
import { Icon } from '../../ui/icon.tsx'
import { barsOf, WaveBars } from '../../ui/sound-player.tsx'
import { type Cut, frameLevels, heldCut, isWhole, lengthMs } from './cut.ts'
import { heardOf, type Take } from './take.ts'

const BARS = 64
/** A handle moves by a twentieth of a second. */
const STEP_MS = 50

type Props = { take: Take; onCut: (cut: Cut) => void }

const Bars = ({ take }: { take: Take }) => {
  const { pcm, cut } = take
  const length = lengthMs(pcm)
  const bars = useMemo(() => barsOf(frameLevels(pcm, Math.max(20, lengthMs(pcm) / (BARS * 4))).levels, BARS), [pcm])
  return <WaveBars bars={bars} isPast={(place) => place * length >= cut.fromMs && place * length <= cut.toMs} />
}

/** Plays what would be heard. */
export const Listen = ({ take }: { take: Take }) => {
  const r = useRecordWords()
  const [silence, setSilence] = useState<(() => void) | undefined>(undefined)
  useEffect(() => () => silence?.(), [silence])
  const play = () => {
    const stop = playRecording(heardOf(take), () => setSilence(undefined))
    setSilence(() => stop)
  }
  return (
    <button type="button" className="b line" onClick={silence ? () => silence() : play}>
      <Icon name={silence ? 'stop' : 'play'} />
      {silence ? r.silence : r.listen}
    </button>
  )
}

/** The waveform with a handle at either end: pointer, finger or arrow keys. */
export const Trimmer = ({ take, onCut }: Props) => {
  const r = useRecordWords()
  const w = useWords()
  const { pcm, cut, proposed } = take
  const length = lengthMs(pcm)
  const seconds = (ms: number): string => w.number(ms / 1000, 1)
  const move = (part: Partial<Cut>) => onCut(heldCut(pcm, { ...cut, ...part }))
  const handle = (name: 'fromMs' | 'toMs') => ({
    type: 'range',
    min: 0,
    max: Math.ceil(length),
    step: STEP_MS,
    value: cut[name],
    'aria-valuetext': r.second(seconds(cut[name])),
    // a handle does not push the other one
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) => {
      const to = Number(target.value)
      if (name === 'fromMs') move({ fromMs: Math.min(to, cut.toMs - 500) })
      else move({ toMs: Math.max(to, cut.fromMs + 500) })
    },
  })
  const isProposed = cut.fromMs === proposed.fromMs && cut.toMs === proposed.toMs
  return (
    <fieldset className="trimmer stack tight">
      <legend className="vh">{r.trim}</legend>
      <div className="trim-box">
        <Bars take={take} />
        <input {...handle('fromMs')} aria-label={r.trimFrom} />
        <input {...handle('toMs')} aria-label={r.trimTo} />
      </div>
      <p className="small">{r.kept(seconds(cut.fromMs), seconds(cut.toMs), seconds(cut.toMs - cut.fromMs))}</p>
      <div className="row wrap">
        <Listen take={take} />
        {!isWhole(pcm, cut) && (
          <button type="button" className="b" onClick={() => onCut({ fromMs: 0, toMs: length })}>
            <Icon name="back" />
            {r.wholeAgain}
          </button>
        )}
        {!isProposed && !isWhole(pcm, proposed) && (
          <button type="button" className="b" onClick={() => onCut(proposed)}>
            {r.cutSilence}
          </button>
        )}
      </div>
    </fieldset>
  )
}
