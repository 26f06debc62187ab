import { useWords } from '../../i18n/index.tsx'
import { Chip } from '../../ui/choice.tsx'

type Props = { languages: readonly string[]; onChange: (languages: string[]) => void }

/** Languages a person is recorded as understanding: who checks a version in one of them must. */
export const LanguageChips = ({ languages, onChange }: Props) => {
  const w = useWords()
  const all = [...new Set([...Object.keys(w.languages), ...languages])]
  return (
    <fieldset className="stack tight">
      <legend className="label">{w.people.languages}</legend>
      <div className="chips">
        {all.map((language) => (
          <Chip
            key={language}
            checked={languages.includes(language)}
            onChange={(on) => onChange(all.filter((each) => (each === language ? on : languages.includes(each))))}
          >
            {w.languages[language] ?? language}
          </Chip>
        ))}
      </div>
      <p className="small soft">{w.people.languagesHint}</p>
    </fieldset>
  )
}
