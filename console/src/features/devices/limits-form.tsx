import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { isRefused, put, type Refused } from '../../api/client.ts'
import {
  type Limits,
  type LimitsEffect,
  type LimitsStand,
  limitsPath,
  type Span,
  useLimitsEffect,
} from '../../api/limits.ts'
import { useWords } from '../../i18n/index.tsx'
import { useSettled } from '../../platform/clock.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Chip } from '../../ui/choice.tsx'
import { TimeField } from '../../ui/date-field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Trouble } from '../../ui/trouble.tsx'

const NIGHT: Span = { from: '21:00', to: '05:00' }
const MINUTES_OF_A_DAY = 1440
/** The preview waits until the typing pauses. */
const SETTLE_MS = 250

type Chosen = { volumeMax: number | undefined; minutesPerDayMax: number | undefined; quiet: Span | undefined }

const limitsOf = ({ volumeMax, minutesPerDayMax, quiet }: Chosen): Limits | undefined => {
  const limits: Limits = {
    ...(volumeMax === undefined ? {} : { volumeMax }),
    ...(minutesPerDayMax === undefined ? {} : { minutesPerDayMax }),
    ...(quiet === undefined ? {} : { quiet: [quiet] }),
  }
  return Object.keys(limits).length === 0 ? undefined : limits
}

const useLimitsForm = (unit: string, stand: LimitsStand) => {
  const w = useWords()
  const client = useQueryClient()
  const announce = useAnnounce()
  const [chosen, setChosen] = useState<Chosen>({
    ...{ volumeMax: undefined, minutesPerDayMax: undefined, quiet: undefined },
  })
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const limits = useSettled(limitsOf(chosen), SETTLE_MS)
  const effect = useLimitsEffect(unit, limits)
  const change = (part: Partial<Chosen>) => setChosen({ ...chosen, ...part })
  const usual = {
    volumeMax: stand.volumeMax[0]?.value ?? 100,
    minutesPerDayMax: stand.minutesPerDayMax[0]?.value ?? MINUTES_OF_A_DAY,
    quiet: stand.quiet.find(({ value }) => value.length > 0)?.value[0] ?? NIGHT,
  }
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wrong = event.currentTarget.querySelector<HTMLElement>('[data-wrong]')
    if (wrong) return wrong.focus()
    setBusy(true)
    setRefusal(undefined)
    const answer = await put<LimitsEffect>(limitsPath(unit), limitsOf(chosen))
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    setChosen({ volumeMax: undefined, minutesPerDayMax: undefined, quiet: undefined })
    announce(w.limits.done(answer.changed))
    await Promise.all(['limits', 'devices'].map((name) => client.invalidateQueries({ queryKey: [name] })))
  }
  return { chosen, change, usual, effect: limits && effect.data, busy, refusal, save }
}

type Form = ReturnType<typeof useLimitsForm>
const VolumeLimit = ({ form }: { form: Form }) => {
  const w = useWords()
  const { volumeMax } = form.chosen
  return (
    <div className="limit">
      <Chip
        checked={volumeMax !== undefined}
        onChange={(on) => form.change({ volumeMax: on ? form.usual.volumeMax : undefined })}
      >
        {w.limits.setVolume}
      </Chip>
      {volumeMax !== undefined && (
        <NumberField
          size="limit-number"
          label={w.limits.volumeMax}
          value={volumeMax}
          max={100}
          onChange={(value) => form.change({ volumeMax: value })}
        />
      )}
    </div>
  )
}

const MinutesLimit = ({ form }: { form: Form }) => {
  const w = useWords()
  const { minutesPerDayMax } = form.chosen
  return (
    <div className="limit">
      <Chip
        checked={minutesPerDayMax !== undefined}
        onChange={(on) => form.change({ minutesPerDayMax: on ? form.usual.minutesPerDayMax : undefined })}
      >
        {w.limits.setMinutes}
      </Chip>
      {minutesPerDayMax !== undefined && (
        <NumberField
          size="limit-number"
          label={w.limits.minutes}
          value={minutesPerDayMax}
          max={MINUTES_OF_A_DAY}
          onChange={(value) => form.change({ minutesPerDayMax: value })}
        />
      )}
    </div>
  )
}

const QuietLimit = ({ form }: { form: Form }) => {
  const w = useWords()
  const { quiet } = form.chosen
  return (
    <div className="limit">
      <Chip checked={quiet !== undefined} onChange={(on) => form.change({ quiet: on ? form.usual.quiet : undefined })}>
        {w.limits.setQuiet}
      </Chip>
      {quiet && (
        <div className="row wrap">
          <TimeField
            label={w.limits.quietFrom}
            value={quiet.from}
            onChange={(from) => form.change({ quiet: { ...quiet, from } })}
          />
          <TimeField
            label={w.limits.quietTo}
            value={quiet.to}
            onChange={(to) => form.change({ quiet: { ...quiet, to } })}
          />
        </div>
      )}
    </div>
  )
}

/** What pressing the button would do, before it is pressed. */
const EffectWords = ({ effect, mayShorten }: { effect: LimitsEffect; mayShorten: boolean }) => {
  const w = useWords()
  return (
    <div className="callout" role="status">
      <div className="stack tight">
        <p className="strong">{w.limits.effect(effect.changed, effect.devices)}</p>
        {effect.turnedDown > 0 && <p>{w.limits.turnedDown(effect.turnedDown)}</p>}
        {effect.shortened > 0 && <p>{w.limits.shortened(effect.shortened, mayShorten)}</p>}
      </div>
    </div>
  )
}

/** Sets what is ticked for every device of the unit, and leaves the rest. */
export const LimitsForm = ({ unit, stand }: { unit: string; stand: LimitsStand }) => {
  const w = useWords()
  const form = useLimitsForm(unit, stand)
  const { effect } = form
  const isRefusedAhead = effect !== undefined && effect.shortened > 0 && !stand.may.shorten
  return (
    <form className="card stack" onSubmit={(event) => void form.save(event)}>
      <h2>{w.limits.set}</h2>
      <p className="small soft">{w.limits.setHow}</p>
      <VolumeLimit form={form} />
      <MinutesLimit form={form} />
      <QuietLimit form={form} />
      {effect && <EffectWords effect={effect} mayShorten={stand.may.shorten} />}
      {form.refusal && <Trouble problem={form.refusal} kept />}
      <div>
        <button
          type="submit"
          className="b main"
          disabled={form.busy || effect === undefined || effect.changed === 0 || isRefusedAhead}
        >
          {form.busy ? w.limits.saving : w.limits.save(effect?.changed ?? 0)}
        </button>
      </div>
    </form>
  )
}
