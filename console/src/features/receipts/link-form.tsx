import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import type { NewHearingLink } from '../../api/hearing.ts'
import { useUnits } from '../../api/queries.ts'
import { addDays, dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Field } from '../../ui/choice.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import type { MadeLink } from './link-new.tsx'

const DAYS_USUAL = 365

/** As the server takes it. */
const PHONE = /^\+?[0-9][0-9 .()-]{6,18}$/

const useNewLink = (onMade: (link: MadeLink) => void) => {
  const client = useQueryClient()
  const units = useUnits()
  const [village, setVillage] = useState('')
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [expiresOn, setExpiresOn] = useState(() => addDays(dateOf(serverNow()), DAYS_USUAL))
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const phoneIsWrong = phone.trim() !== '' && !PHONE.test(phone.trim())
  const make = async (event: FormEvent) => {
    event.preventDefault()
    setRefusal(undefined)
    const wanted = { village, name: name.trim(), phone: phone.trim() === '' ? null : phone.trim(), expiresOn }
    const answer = await post<NewHearingLink>('/api/hearing-links', wanted)
    if (isRefused(answer)) return setRefusal(answer)
    const villageName = units.data?.find(({ id }) => id === village)?.name ?? ''
    onMade({ ...answer, name: wanted.name, phone: wanted.phone, villageName })
    setName('')
    setPhone('')
    setVillage('')
    await client.invalidateQueries({ queryKey: ['hearing-links'] })
  }
  return { village, setVillage, name, setName, phone, setPhone, phoneIsWrong, expiresOn, setExpiresOn, refusal, make }
}

type Form = ReturnType<typeof useNewLink>

const Villages = ({ form }: { form: Form }) => {
  const w = useWords().hearing.links
  const units = useUnits()
  const communes = (units.data ?? []).filter(({ kind }) => kind === 'commune')
  const villages = (units.data ?? []).filter(({ kind }) => kind === 'village')
  const options = (of: typeof villages) =>
    of.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ))
  return (
    <Field label={w.village}>
      {(id) => (
        <select
          id={id}
          className="in"
          required
          value={form.village}
          onChange={(event) => form.setVillage(event.target.value)}
        >
          <option value="">{w.choose}</option>
          {communes.length > 1
            ? communes.map((commune) => (
                <optgroup key={commune.id} label={commune.name}>
                  {options(villages.filter(({ parent }) => parent === commune.id))}
                </optgroup>
              ))
            : options(villages)}
        </select>
      )}
    </Field>
  )
}

/** Who gets a link, for which village, until when. */
export const LinkForm = ({ onMade }: { onMade: (link: MadeLink) => void }) => {
  const w = useWords().hearing.links
  const form = useNewLink(onMade)
  return (
    <form className="stack" onSubmit={form.make}>
      <div className="link-fields">
        <Villages form={form} />
        <Field label={w.name}>
          {(id) => (
            <input
              id={id}
              className="in"
              required
              maxLength={100}
              autoComplete="off"
              value={form.name}
              onChange={(event) => form.setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={w.phone} error={form.phoneIsWrong ? w.phoneWrong : undefined}>
          {(id, described) => (
            <input
              id={id}
              className="in"
              inputMode="tel"
              maxLength={20}
              autoComplete="off"
              value={form.phone}
              onChange={(event) => form.setPhone(event.target.value)}
              {...described}
            />
          )}
        </Field>
        <DateField label={w.until} value={form.expiresOn} onChange={form.setExpiresOn} />
      </div>
      {form.refusal && <Trouble problem={form.refusal} kept />}
      <div>
        <button type="submit" className="b main" disabled={form.phoneIsWrong}>
          <Icon name="plus" />
          {w.make}
        </button>
      </div>
    </form>
  )
}
