import { type ReactNode, useCallback, useId, useState } from 'react'
import { isRefused, type Refused } from '../../api/client.ts'
import {
  type AgainRule,
  type Frame,
  type FrameField,
  type SoundField,
  type SoundWish,
  useChooseFrame,
} from '../../api/frames.ts'
import type { Voicing } from '../../api/types.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { useRecordWords } from '../../i18n/record.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Seg } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SoundPlayer } from '../../ui/sound-player.tsx'
import { Trouble } from '../../ui/trouble.tsx'

/** Whose choice holds; nothing where it is the unit's own. */
const sourceOf = (w: Words, unit: string, from: FrameField['from']): string =>
  from === null ? w.frame.fromRule : from.unit === unit ? '' : w.frame.fromUnit(from.name)

type Send = (wish: Parameters<ReturnType<typeof useChooseFrame>>[0], label: string) => Promise<boolean>

const useSending = (unit: string) => {
  const w = useWords()
  const announce = useAnnounce()
  const choose = useChooseFrame(unit)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const send: Send = async (wish, label) => {
    setRefusal(undefined)
    const answer = await choose(wish)
    if (isRefused(answer)) {
      setRefusal(answer)
      return false
    }
    announce(w.frame.changed(label))
    return true
  }
  const forget = useCallback(() => setRefusal(undefined), [])
  return { send, forget, trouble: refusal && <Trouble problem={refusal} onClose={forget} /> }
}

/** What a place to record in needs to know of the sound that is made there. */
type RecorderProps = { unit: string; title: string; voicing: Voicing | null; onVoicing: (made: Voicing | null) => void }
/** The place to record in, handed in by the page. */
export type RecorderSlot = (props: RecorderProps) => ReactNode

type OwnSoundProps = {
  unit: string
  title: string
  recorder: RecorderSlot
  /** There is another sound, or none: what was said of the one before no longer holds. */
  onMade: () => void
  onTake: (voicing: string) => void
}

/** A sound of the unit's own: recorded, cut, heard, and used when somebody says so. */
const OwnSound = ({ unit, title, recorder, onMade, onTake }: OwnSoundProps) => {
  const r = useRecordWords()
  const [made, setMade] = useState<Voicing | null>(null)
  const onVoicing = useCallback(
    (voicing: Voicing | null) => {
      setMade(voicing)
      onMade()
    },
    [onMade],
  )
  return (
    <>
      {recorder({ unit, title, voicing: made, onVoicing })}
      {made && (
        <div>
          <button type="button" className="b main" onClick={() => onTake(made.id)}>
            <Icon name="check" />
            {r.useSound}
          </button>
        </div>
      )}
    </>
  )
}

type SoundChoice = 'inherit' | 'chime' | 'own' | 'none'

const choicesOf = (field: SoundField, top: boolean, w: Words): { value: SoundChoice; label: string }[] => [
  { value: 'inherit', label: top ? w.frame.byRule : w.frame.inherit },
  ...(field === 'attention' ? [{ value: 'chime' as const, label: w.frame.uses.chime }] : []),
  { value: 'own', label: w.frame.uses.own },
  { value: 'none', label: w.frame.uses.none },
]

/** `top`: there is no unit above this one. */
type CardProps = { frame: Frame; field: SoundField; top: boolean; recorder: RecorderSlot }

/** What a sound is for, what is in use, and from whom; to be heard. */
const InUse = ({ frame, field }: Pick<CardProps, 'frame' | 'field'>) => {
  const w = useWords()
  const { inForce, from } = frame[field]
  return (
    <>
      <p className="small soft">{w.frame.what[field]}</p>
      <p>{w.frame.inForce(w.frame.inForceUses[inForce.use], sourceOf(w, frame.unit, from))}</p>
      {inForce.sound && (
        <SoundPlayer
          hash={inForce.sound.hash}
          durationMs={inForce.sound.durationMs}
          levels={inForce.sound.levels}
          label={w.frame.listen(w.frame.fields[field])}
        />
      )}
    </>
  )
}

/** One sound around notices: what is in use, to be heard, and what the unit chooses. */
export const SoundCard = ({ frame, field, top, recorder }: CardProps) => {
  const w = useWords()
  const id = useId()
  const { send, forget, trouble } = useSending(frame.unit)
  const [providing, setProviding] = useState(false)
  const { own, secondsMax } = frame[field]
  const label = w.frame.fields[field]
  const choose = (value: SoundChoice) => {
    setProviding(value === 'own')
    forget()
    if (value === 'own') return
    const wish: SoundWish = value === 'inherit' ? null : { use: value }
    void send({ [field]: wish }, label)
  }
  const keep = () => {
    setProviding(false)
    forget()
  }
  const take = async (voicing: string) => {
    if (await send({ [field]: { use: 'own', voicing } }, label)) setProviding(false)
  }
  return (
    <section className="card stack tight" aria-labelledby={id}>
      <h2 id={id}>{label}</h2>
      <InUse frame={frame} field={field} />
      {trouble}
      {frame.may.change && (
        <>
          <Seg<SoundChoice>
            label={label}
            value={providing ? 'own' : (own?.use ?? 'inherit')}
            options={choicesOf(field, top, w)}
            onChange={choose}
          />
          {providing ? (
            <div className="stack tight">
              <p className="small">{w.frame.provide(secondsMax)}</p>
              <OwnSound
                unit={frame.unit}
                title={label}
                recorder={recorder}
                onMade={forget}
                onTake={(voicing) => void take(voicing)}
              />
              <div>
                <button type="button" className="link" onClick={keep}>
                  {w.frame.cancel}
                </button>
              </div>
            </div>
          ) : (
            own?.use === 'own' && (
              <div>
                <button type="button" className="b line" onClick={() => setProviding(true)}>
                  {w.frame.replace}
                </button>
              </div>
            )
          )}
        </>
      )}
    </section>
  )
}

/** Whether "I repeat" is said. */
export const AgainCard = ({ frame, top }: Omit<CardProps, 'field' | 'recorder'>) => {
  const w = useWords()
  const id = useId()
  const { send, trouble } = useSending(frame.unit)
  const { own, inForce, from } = frame.again
  const choose = (value: AgainRule | 'inherit') =>
    void send({ again: value === 'inherit' ? null : value }, w.frame.again)
  return (
    <section className="card stack tight" aria-labelledby={id}>
      <h2 id={id}>{w.frame.again}</h2>
      <p className="small soft">{w.frame.againWhat}</p>
      <p>{w.frame.inForce(w.frame.againInForce[inForce], sourceOf(w, frame.unit, from))}</p>
      {trouble}
      {frame.may.change && (
        <Seg<AgainRule | 'inherit'>
          label={w.frame.again}
          value={own ?? 'inherit'}
          options={[
            { value: 'inherit', label: top ? w.frame.byRule : w.frame.inherit },
            ...(['always', 'urgent', 'never'] as const).map((value) => ({ value, label: w.frame.againRules[value] })),
          ]}
          onChange={choose}
        />
      )}
    </section>
  )
}

type Heard = { attention: boolean; opening: boolean; again: boolean; closing: boolean; times: number }

/** The order in which it is heard, as a line of parts. */
const Order = ({ title, heard }: { title: string; heard: Heard }) => {
  const w = useWords()
  const readings = Array.from({ length: heard.times }, (_, index) => [
    ...(heard.again && index > 0 ? [w.frame.part('again', index + 1, heard.times)] : []),
    w.frame.part('reading', index + 1, heard.times),
  ]).flat()
  const parts = [
    ...(heard.attention ? [w.frame.part('attention', null, heard.times)] : []),
    ...(heard.opening ? [w.frame.part('opening', null, heard.times)] : []),
    ...readings,
    ...(heard.closing ? [w.frame.part('closing', null, heard.times)] : []),
  ]
  return (
    <div>
      <p className="label">{title}</p>
      <ol className="sound-parts">
        {parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ol>
    </div>
  )
}

/** What people hear by what is chosen now. */
export const OrderCard = ({ frame }: { frame: Frame }) => {
  const w = useWords()
  const id = useId()
  const uses = (field: SoundField): boolean => frame[field].inForce.use !== 'none'
  const around = { attention: uses('attention'), opening: uses('opening'), closing: uses('closing') }
  const again = frame.again.inForce
  return (
    <section className="card stack tight" aria-labelledby={id}>
      <h2 id={id}>{w.frame.order}</h2>
      <Order title={w.frame.everyday} heard={{ ...around, again: again === 'always', times: 1 }} />
      <Order title={w.frame.urgent} heard={{ ...around, again: again !== 'never', times: 2 }} />
      <Order
        title={w.frame.alarm}
        heard={{ attention: true, opening: false, closing: false, again: again !== 'never', times: 2 }}
      />
      <p className="small soft">{w.frame.alarmWhy}</p>
    </section>
  )
}
