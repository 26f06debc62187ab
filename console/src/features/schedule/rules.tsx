import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { isRefused, put, type Refused } from '../../api/client.ts'
import {
  type AirtimeRule,
  type Purpose,
  purposes,
  type RepeatRule,
  type RepeatRules,
  useAirtimeRule,
  useRepeatRules,
} from '../../api/schedule.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Chip } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Loading, Trouble } from '../../ui/trouble.tsx'

const PER_DAY_MAX = 10
const DAYS_MAX = 31
const MINUTES_MAX = 120

/** Whose rule it is: the unit's own, or one from above. */
const Origin = ({ from }: { from: AirtimeRule['inheritedFrom'] }) => {
  const w = useWords()
  if (from === null) return <p className="small soft">{w.sessions.ownRule}</p>
  const { id, name } = typeof from === 'string' ? { id: from, name: from } : from
  return <p className="small soft">{id === '' ? w.sessions.inheritedNone : w.sessions.inherited(w.within(name))}</p>
}

const useSaving = (path: string, key: string, onDone: () => void) => {
  const w = useWords()
  const client = useQueryClient()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const save = async (body: unknown) => {
    setBusy(true)
    setRefusal(undefined)
    const answer = await put<unknown>(path, body)
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    announce(w.sessions.ruleSaved)
    await client.invalidateQueries({ queryKey: [key] })
    await client.invalidateQueries({ queryKey: ['suggested-plan'] })
    onDone()
  }
  return { busy, refusal, save }
}

type FrameProps = {
  title: string
  lead: string
  from: AirtimeRule['inheritedFrom']
  mayEdit: boolean
  children: ReactNode
  form: (close: () => void) => ReactNode
}

const Frame = ({ title, lead, from, mayEdit, children, form }: FrameProps) => {
  const w = useWords()
  const id = useId()
  const [editing, setEditing] = useState(false)
  return (
    <section className="card stack tight" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="small soft">{lead}</p>
      <Origin from={from} />
      {editing ? form(() => setEditing(false)) : children}
      {!editing && mayEdit && (
        <div>
          <button type="button" className="b line" onClick={() => setEditing(true)}>
            <Icon name="pen" />
            {from === null ? w.sessions.edit : w.sessions.override}
            <span className="vh">: {title}</span>
          </button>
        </div>
      )}
    </section>
  )
}

type EndProps = { busy: boolean; refusal: Refused | undefined; onCancel: () => void }

const FormEnd = ({ busy, refusal, onCancel }: EndProps) => {
  const w = useWords()
  return (
    <>
      {refusal && <Trouble problem={refusal} title={w.sessions.ruleFailed} kept />}
      <div className="row wrap">
        <button type="submit" className="b main" disabled={busy}>
          {busy ? w.sessions.saving : w.sessions.saveRule}
        </button>
        <button type="button" className="b line" onClick={onCancel}>
          {w.sessions.cancel}
        </button>
      </div>
    </>
  )
}

const RepeatForm = ({ unit, answer, onClose }: { unit: string; answer: RepeatRules; onClose: () => void }) => {
  const w = useWords()
  const [rules, setRules] = useState<RepeatRule[]>(answer.rules)
  const { busy, refusal, save } = useSaving(`/api/units/${unit}/repeat-rules`, 'repeat-rules', onClose)
  const set = (kind: RepeatRule['class'], part: Partial<RepeatRule>) =>
    setRules(rules.map((rule) => (rule.class === kind ? { ...rule, ...part } : rule)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save({ rules })
  }
  return (
    <form className="stack tight" onSubmit={submit}>
      {rules.map((rule) => (
        <fieldset key={rule.class} className="rule-class">
          <legend className="label">{w.classes[rule.class]}</legend>
          <NumberField
            size="short"
            min={1}
            label={w.sessions.repeatPerDay}
            max={PER_DAY_MAX}
            value={rule.sessionsPerDay}
            onChange={(sessionsPerDay) => set(rule.class, { sessionsPerDay })}
          />
          <NumberField
            size="short"
            min={1}
            label={w.sessions.repeatDays}
            max={DAYS_MAX}
            value={rule.days}
            onChange={(days) => set(rule.class, { days })}
          />
        </fieldset>
      ))}
      <FormEnd busy={busy} refusal={refusal} onCancel={onClose} />
    </form>
  )
}

type Props = { unit: string; mayEdit: boolean }

/** “Số lần phát theo mức độ”: explicit, handed down the tree. */
export const RepeatRulesCard = ({ unit, mayEdit }: Props) => {
  const w = useWords()
  const rules = useRepeatRules(unit)
  return (
    <Loading query={rules} lines={2}>
      {rules.data && (
        <Frame
          key={unit}
          title={w.sessions.repeatTitle}
          lead={w.sessions.repeatLead}
          from={rules.data.inheritedFrom}
          mayEdit={mayEdit}
          form={(close) => rules.data && <RepeatForm unit={unit} answer={rules.data} onClose={close} />}
        >
          <table>
            <thead>
              <tr>
                <th scope="col">{w.sessions.repeatClass}</th>
                <th scope="col" className="num">
                  {w.sessions.repeatPerDay}
                </th>
                <th scope="col" className="num">
                  {w.sessions.repeatDays}
                </th>
              </tr>
            </thead>
            <tbody>
              {rules.data.rules.map((rule) => (
                <tr key={rule.class}>
                  <th scope="row">{w.classes[rule.class]}</th>
                  <td className="num">{w.number(rule.sessionsPerDay)}</td>
                  <td className="num">{w.number(rule.days)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Frame>
      )}
    </Loading>
  )
}

const AirtimeForm = ({ unit, answer, onClose }: { unit: string; answer: AirtimeRule; onClose: () => void }) => {
  const w = useWords()
  const [allowed, setAllowed] = useState<Purpose[]>(answer.purposes)
  const [minutes, setMinutes] = useState(answer.minutesPerDay)
  const { busy, refusal, save } = useSaving(`/api/units/${unit}/airtime-rule`, 'airtime-rule', onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save({ purposes: allowed, minutesPerDay: minutes })
  }
  return (
    <form className="stack tight" onSubmit={submit}>
      <fieldset>
        <legend className="label">{w.sessions.airtimePurposes}</legend>
        <div className="chips days">
          {purposes.map((purpose) => (
            <Chip
              key={purpose}
              checked={allowed.includes(purpose)}
              onChange={(on) => setAllowed(on ? [...allowed, purpose] : allowed.filter((other) => other !== purpose))}
            >
              {w.purposes[purpose]}
            </Chip>
          ))}
        </div>
      </fieldset>
      <NumberField
        label={w.sessions.airtimeMinutes}
        size="short"
        max={MINUTES_MAX}
        value={minutes}
        onChange={setMinutes}
      />
      <FormEnd busy={busy} refusal={refusal} onCancel={onClose} />
    </form>
  )
}

/** What a unit plays on behalf of others, and how much of it. */
export const AirtimeRuleCard = ({ unit, mayEdit }: Props) => {
  const w = useWords()
  const rule = useAirtimeRule(unit)
  return (
    <Loading query={rule} lines={2}>
      {rule.data && (
        <Frame
          key={unit}
          title={w.sessions.airtimeTitle}
          lead={w.sessions.airtimeLead}
          from={rule.data.inheritedFrom}
          mayEdit={mayEdit}
          form={(close) => rule.data && <AirtimeForm unit={unit} answer={rule.data} onClose={close} />}
        >
          {rule.data.purposes.length === 0 || rule.data.minutesPerDay === 0 ? (
            <p>{w.sessions.airtimeNone}</p>
          ) : (
            <table>
              <tbody>
                <tr>
                  <th scope="row">{w.sessions.airtimePurposes}</th>
                  <td>{rule.data.purposes.map((purpose) => w.purposes[purpose]).join('; ')}</td>
                </tr>
                <tr>
                  <th scope="row">{w.sessions.airtimeMinutes}</th>
                  <td>{w.number(rule.data.minutesPerDay)}</td>
                </tr>
              </tbody>
            </table>
          )}
        </Frame>
      )}
    </Loading>
  )
}
