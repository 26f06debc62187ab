import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { BAD_ANSWER, isRefused, NO_CONNECTION, type Refused, RefusedError } from '../api/client.ts'
import { keep, recall } from '../platform/storage.ts'
import { vi, type Words } from './vi.ts'

export type { Words } from './vi.ts'
export type Lang = 'vi' | 'en'

type Chosen = { words: Words; refusals: Readonly<Record<string, string>>; lang: Lang; setLang: (lang: Lang) => void }

const noRefusals: Readonly<Record<string, string>> = {}
const Language = createContext<Chosen>({ words: vi, refusals: noRefusals, lang: 'vi', setLang: () => {} })

type Loaded = { words: Words; refusals: Readonly<Record<string, string>> }

/** Vietnamese is in the first file; another language is fetched when it is chosen. */
export const LanguageProvider = ({ children }: { children: ReactNode }) => {
  const [lang, setLang] = useState<Lang>(() => recall<Lang>('loa.language') ?? 'vi')
  const [english, setEnglish] = useState<Loaded | undefined>(undefined)
  useEffect(() => {
    keep('loa.language', lang)
    document.documentElement.lang = lang
    if (lang !== 'en') return
    void Promise.all([import('./en.ts'), import('./en-refusals.ts')]).then(([words, refusals]) =>
      setEnglish({ words: words.en, refusals: refusals.refusals }),
    )
  }, [lang])
  const chosen = useMemo<Chosen>(() => {
    const loaded = lang === 'en' && english ? english : { words: vi, refusals: noRefusals }
    return { ...loaded, lang, setLang }
  }, [lang, english])
  return <Language value={chosen}>{children}</Language>
}

/** Every word on the screen, in the language chosen. */
export const useWords = (): Words => useContext(Language).words

export const useLanguage = (): Pick<Chosen, 'lang' | 'setLang'> => useContext(Language)

/** What to tell a person about a refusal or a failed load: the server's own sentence in Vietnamese, else ours. */
export const useExplain = (): ((problem: unknown) => string) => {
  const { words, refusals } = useContext(Language)
  return (problem) => {
    const refusal: Refused | undefined =
      problem instanceof RefusedError ? problem.refusal : isRefused(problem) ? problem : undefined
    if (!refusal) return words.trouble.badAnswer
    if (refusal.refused === NO_CONNECTION) return words.trouble.noConnection
    if (refusal.refused === BAD_ANSWER) return words.trouble.badAnswer
    return refusals[refusal.refused] ?? (refusal.message || words.trouble.badAnswer)
  }
}
