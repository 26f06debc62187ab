import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import type { EnrolmentCode } from '../../api/network.ts'
import { useUnits } from '../../api/queries.ts'
import type { Device, Unit } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Field, Seg } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { Code } from './enrolment-code.tsx'
import type { Label } from './labels.tsx'

type Kind = 'cluster' | 'gateway'
const HORNS_USUAL = 2

/** A cluster stands in a village, a gateway at a station. */
const standsAt: Readonly<Record<Kind, Unit['kind']>> = { cluster: 'village', gateway: 'station' }

type Made = { code: EnrolmentCode; id: string; name: string }

/** The contract names the new device; older answers carry it whole. */
const idOf = ({ device }: EnrolmentCode): string =>
  typeof device === 'object' && device !== null && 'id' in device ? String(device.id) : String(device)

const useEnrolment = (onCode: (label: Label) => void) => {
  const client = useQueryClient()
  const units = useUnits()
  const nameOf = (id: string): string => units.data?.find((each) => each.id === id)?.name ?? id
  const [kind, setKind] = useState<Kind>('cluster')
  const [name, setName] = useState('')
  const [unit, setUnit] = useState('')
  const [horns, setHorns] = useState(HORNS_USUAL)
  const [code, setCode] = useState<Made | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const enrol = async (event: FormEvent) => {
    event.preventDefault()
    setRefusal(undefined)
    const answer = await post<EnrolmentCode>('/api/devices', { kind, name: name.trim(), unit, horns })
    if (isRefused(answer)) return setRefusal(answer)
    const made = { code: answer, id: idOf(answer), name: name.trim() }
    setCode(made)
    onCode({ id: made.id, name: made.name, place: nameOf(unit), code: answer })
    setName('')
    await client.invalidateQueries({ queryKey: ['devices'] })
  }
  const chooseKind = (next: Kind) => {
    setKind(next)
    setUnit('')
  }
  return { kind, chooseKind, name, setName, unit, setUnit, horns, setHorns, code, refusal, enrol }
}

type Enrolment = ReturnType<typeof useEnrolment>

const Place = ({ form }: { form: Enrolment }) => {
  const w = useWords()
  const units = useUnits()
  const nameOf = (id: string | null): string => units.data?.find((unit) => unit.id === id)?.name ?? ''
  const places = (units.data ?? []).filter((unit) => unit.kind === standsAt[form.kind])
  return (
    <Field label={w.network.unit}>
      {(id) => (
        <select
          id={id}
          className="in"
          required
          value={form.unit}
          onChange={(event) => form.setUnit(event.target.value)}
        >
          <option value="" />
          {places.map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unit.name}, {nameOf(unit.parent)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

type Props = { devices: readonly Device[]; onCode: (label: Label) => void }

/** Enrols a device: the code is shown once, with its QR. */
export const EnrolForm = ({ devices, onCode }: Props) => {
  const w = useWords()
  const form = useEnrolment(onCode)
  const made = form.code
  const joined = made !== undefined && devices.some(({ id, enrolled, online }) => id === made.id && enrolled && online)
  return (
    <section className="card stack" aria-labelledby="enrol-title">
      <h2 id="enrol-title">{w.network.enrol}</h2>
      <form className="stack" onSubmit={form.enrol}>
        <div>
          <Seg<Kind>
            label={w.network.kind}
            value={form.kind}
            onChange={form.chooseKind}
            options={(['cluster', 'gateway'] as const).map((value) => ({
              value,
              label: w.network.kinds[value] ?? value,
            }))}
          />
        </div>
        <Field label={w.network.name}>
          {(id) => (
            <input
              id={id}
              className="in"
              required
              maxLength={100}
              value={form.name}
              onChange={(event) => form.setName(event.target.value)}
            />
          )}
        </Field>
        <Place form={form} />
        <NumberField label={w.network.hornCount} min={1} max={8} value={form.horns} onChange={form.setHorns} />
        {form.refusal && <Trouble problem={form.refusal} kept />}
        <button type="submit" className="b main">
          <Icon name="key" />
          {w.network.make}
        </button>
      </form>
      {made && <Code code={made.code} name={made.name} joined={joined} />}
    </section>
  )
}
