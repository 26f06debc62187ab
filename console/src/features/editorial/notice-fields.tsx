import { useTopics } from '../../api/queries.ts'
import type { BulletinClass } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Field, Seg } from '../../ui/choice.tsx'
import type { DraftState } from './draft.ts'
import { useMistake } from './mistakes.tsx'

type Props = { draft: DraftState; onChange: (change: Partial<DraftState>) => void }

const TITLE_LENGTH_MAX = 200

export const TitleField = ({ draft, onChange }: Props) => {
  const w = useWords()
  const mistake = useMistake('title')
  return (
    <Field label={w.compose.name} error={mistake}>
      {(id, described) => (
        <input
          id={id}
          {...described}
          className="in title"
          maxLength={TITLE_LENGTH_MAX}
          placeholder={w.compose.namePlaceholder}
          value={draft.title}
          onChange={(event) => onChange({ title: event.target.value })}
        />
      )}
    </Field>
  )
}

/** Chủ đề (Nghị định 49/2024, Điều 6) and Loại tin. */
export const KindFields = ({ draft, onChange }: Props) => {
  const w = useWords()
  const topics = useTopics()
  const mistake = useMistake('topic')
  return (
    <div className="kind-fields">
      <Field label={w.compose.topic} error={mistake}>
        {(id, described) => (
          <select
            id={id}
            {...described}
            className="in"
            value={draft.topic}
            onChange={(event) => onChange({ topic: event.target.value })}
          >
            <option value="">{w.compose.topicChoose}</option>
            {topics.data?.map((topic) => (
              <option key={topic.key} value={topic.key}>
                {topic.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="field">
        <span className="label">{w.compose.class}</span>
        <div>
          <Seg<BulletinClass>
            label={w.compose.class}
            value={draft.class}
            onChange={(value) => onChange({ class: value })}
            options={[
              { value: 'normal', label: w.classes.normal },
              { value: 'priority', label: w.classes.priority },
            ]}
          />
        </div>
        {draft.class === 'priority' && <p className="small soft">{w.compose.priorityHint}</p>}
      </div>
    </div>
  )
}
