import './voice-form.css'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { isRefused, type Refused } from '../../api/client.ts'
import type { Voicing } from '../../api/types.ts'
import {
  type OwnSettings,
  type SettingName,
  sampleVoice,
  saveVoiceSettings,
  VOICE_SETTINGS,
  type VoiceSettings,
  type VoiceSettingsSeen,
} from '../../api/voices.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Field, Seg } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SoundPlayer } from '../../ui/sound-player.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { allRates } from './rate.ts'
import { VOICING } from './use-voicing.ts'
import { AccentChoice, RateChoice, useRateName, VoiceInstead } from './voice-controls.tsx'
import { VoiceList } from './voice-list.tsx'

type Props = { unit: string; seen: VoiceSettingsSeen }

/** What the unit has set itself, of what holds for it. */
const ownOf = (unit: string, seen: VoiceSettingsSeen): OwnSettings => {
  const own = <Name extends SettingName>(name: Name) => (seen.from[name]?.id === unit ? seen[name] : null)
  return { accent: own('accent'), rate: own('rate'), voices: own('voices'), hornFilter: own('hornFilter') }
}

const heldOf = (own: OwnSettings, above: VoiceSettings): VoiceSettings => ({
  accent: own.accent ?? above.accent,
  rate: own.rate ?? above.rate,
  voices: own.voices ?? above.voices,
  hornFilter: own.hornFilter ?? above.hornFilter,
})

const useVoiceForm = ({ unit, seen }: Props) => {
  const w = useWords()
  const client = useQueryClient()
  const announce = useAnnounce()
  const [own, setOwn] = useState<OwnSettings>(() => ownOf(unit, seen))
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setRefusal(undefined)
    const answer = await saveVoiceSettings(unit, own)
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    announce(w.voices.saved)
    client.setQueryData([VOICE_SETTINGS, unit], answer)
    // units below may follow; and texts on the table are read by the new settings
    await Promise.all([VOICE_SETTINGS, VOICING].map((name) => client.invalidateQueries({ queryKey: [name] })))
  }
  const isChanged = JSON.stringify(own) !== JSON.stringify(ownOf(unit, seen))
  const change = (part: Partial<OwnSettings>) => setOwn((before) => ({ ...before, ...part }))
  return { own, held: heldOf(own, seen.above), change, isChanged, busy, refusal, save }
}

type Form = ReturnType<typeof useVoiceForm>

/** Whose setting it is, and the way back to the one from above. */
const Origin = ({ name, title, form, seen, unit }: Props & { name: SettingName; title: string; form: Form }) => {
  const w = useWords()
  const { own, change } = form
  if (own[name] === null) {
    const above = seen.above.from[name]
    return <p className="small soft">{above ? w.voices.from(w.within(above.name)) : w.voices.fromNobody}</p>
  }
  const from = seen.from[name]
  return (
    <p className="row wrap tight">
      <span className="small soft">{from?.id === unit ? w.voices.own(w.within(from.name)) : w.voices.ownNew}</span>
      {seen.may.set && (
        <button type="button" className="b" onClick={() => change({ [name]: null })}>
          <Icon name="back" size={18} />
          {w.voices.asAbove}
          <span className="vh">{w.voices.asAboveOf(title)}</span>
        </button>
      )}
    </p>
  )
}

type SettingProps = Props & { name: SettingName; title: string; what?: string; form: Form; children: ReactNode }

const Setting = ({ title, what, children, ...about }: SettingProps) => {
  const id = useId()
  return (
    <section className="card stack tight" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {what && <p className="small soft">{what}</p>}
      <fieldset className="bare" role="none" disabled={!about.seen.may.set}>
        {children}
      </fieldset>
      <Origin {...about} title={title} />
    </section>
  )
}

const RateSetting = (props: Props & { form: Form }) => {
  const w = useWords()
  const nameOf = useRateName()
  const { held, change } = props.form
  return (
    <Setting {...props} name="rate" title={w.voices.rate}>
      <RateChoice choice={held} onChoice={({ rate }) => change({ rate })} />
      <Field label={w.voices.exact}>
        {(id) => (
          <select
            id={id}
            className="in exact-rate"
            value={held.rate}
            onChange={(event) => change({ rate: Number(event.target.value) })}
          >
            {allRates.map((rate) => (
              <option key={rate} value={rate}>
                {nameOf(rate) === w.voices.times(rate) ? nameOf(rate) : `${w.voices.times(rate)} (${nameOf(rate)})`}
              </option>
            ))}
          </select>
        )}
      </Field>
    </Setting>
  )
}

/** A sentence read out with what is chosen, kept or not. */
const Trial = ({ unit, held }: { unit: string; held: VoiceSettings }) => {
  const w = useWords()
  const client = useQueryClient()
  const id = useId()
  const [text, setText] = useState(w.voices.trialSentence)
  const [made, setMade] = useState<{ voicing: Voicing; asked: string } | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const asked = JSON.stringify([text, held])
  const listen = async () => {
    setBusy(true)
    setRefusal(undefined)
    const answer = await sampleVoice(unit, { ...held, text })
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    setMade({ voicing: answer, asked })
    // the attempt may have shown that a voice is away
    await client.invalidateQueries({ queryKey: [VOICE_SETTINGS, unit] })
  }
  const current = made?.asked === asked ? made.voicing : undefined
  return (
    <section className="card stack tight" aria-labelledby={id}>
      <h2 id={id}>{w.voices.trial}</h2>
      <Field label={w.voices.trialText}>
        {(field) => (
          <textarea
            id={field}
            className="in trial-text"
            rows={2}
            maxLength={300}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {refusal && <Trouble problem={refusal} kept />}
      {current ? (
        <>
          <SoundPlayer
            hash={current.sound.hash}
            durationMs={current.sound.durationMs}
            levels={current.sound.levels}
            label={w.voices.listen}
          />
          <VoiceInstead voicing={current} />
          {!current.wantedVoice && current.voice && (
            <p className="small soft" role="status">
              {w.voices.heard(current.voice.name)}
            </p>
          )}
        </>
      ) : (
        <div>
          <button type="button" className="b line" disabled={busy || text.trim() === ''} onClick={() => void listen()}>
            <Icon name="horn" />
            {busy ? w.reading.making : w.voices.listen}
          </button>
        </div>
      )}
    </section>
  )
}

/** Accent, speed, horn filter and order of voices of a unit, each with whose setting it is. */
export const VoiceForm = (props: Props) => {
  const w = useWords()
  const form = useVoiceForm(props)
  const { seen, unit } = props
  const { held, change } = form
  const builtIn = seen.installed[0]?.name ?? ''
  return (
    <form className="stack voice-form" onSubmit={(event) => void form.save(event)}>
      {!seen.may.set && <p className="callout">{w.voices.mayNot}</p>}
      <Setting {...props} form={form} name="voices" title={w.voices.order} what={w.voices.orderWhat(builtIn)}>
        <VoiceList
          order={held.voices}
          installed={seen.installed}
          onOrder={seen.may.set ? (voices) => change({ voices }) : undefined}
        />
      </Setting>
      <div className="voice-pair">
        <Setting {...props} form={form} name="accent" title={w.voices.accent} what={w.voices.accentNote}>
          <AccentChoice choice={held} onChoice={({ accent }) => change({ accent })} />
        </Setting>
        <RateSetting {...props} form={form} />
      </div>
      <Setting {...props} form={form} name="hornFilter" title={w.voices.horn} what={w.voices.hornWhat}>
        <Seg<'on' | 'off'>
          label={w.voices.horn}
          value={held.hornFilter ? 'on' : 'off'}
          onChange={(value) => change({ hornFilter: value === 'on' })}
          options={(['on', 'off'] as const).map((value) => ({ value, label: w.voices[value] }))}
        />
      </Setting>
      {seen.may.set && (
        <>
          <Trial unit={unit} held={held} />
          {form.refusal && <Trouble problem={form.refusal} kept />}
          <div className="stack tight">
            <p className="small soft">{w.voices.scope}</p>
            <div>
              <button type="submit" className="b main" disabled={form.busy || !form.isChanged}>
                {w.voices.save}
              </button>
            </div>
          </div>
        </>
      )}
    </form>
  )
}
