import { useEffect, useMemo, useRef, useState } from 'react'
import { useRecordWords } from '../../i18n/record.ts'
import { everyFrame } from '../../platform/clock.ts'
import { keep, recall } from '../../platform/storage.ts'
import { Seg } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { beginsOf, paragraphsOf, placeAt, readAfter, type Speed } from './prompt.ts'

const SPEED_KEY = 'loa.prompt'
/** What is read stands in the upper third: the eye sees what comes next. */
const EYE_SHARE = 0.3

const speeds: readonly Speed[] = ['slow', 'middle', 'fast']

/** How fast the text goes by; this person's last choice. */
export const usePromptSpeed = (): [Speed, (speed: Speed) => void] => {
  const [speed, setSpeed] = useState<Speed>(() => recall<Speed>(SPEED_KEY) ?? 'middle')
  return [
    speed,
    (next) => {
      keep(SPEED_KEY, next)
      setSpeed(next)
    },
  ]
}

export const PromptSpeed = ({ speed, onSpeed }: { speed: Speed; onSpeed: (speed: Speed) => void }) => {
  const r = useRecordWords()
  return (
    <Seg<Speed>
      label={r.promptSpeed}
      value={speed}
      onChange={onSpeed}
      options={speeds.map((value) => ({ value, label: r.promptSpeeds[value] }))}
    />
  )
}

/** Whether the person has asked for a still screen. */
const isStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Where in the box a paragraph is, so much of it read, comes to the eye. */
const topOf = (box: HTMLElement, paragraph: HTMLElement, share: number): number =>
  paragraph.offsetTop + share * paragraph.offsetHeight - box.clientHeight * EYE_SHARE

/**
 * The text to be read, large, going by at a chosen speed. A press holds it and lets it go on. Who has asked for a still screen gets
 * paragraph after paragraph instead of scrolling.
 */
export const Prompter = ({ text, language }: { text: string; language: string }) => {
  const r = useRecordWords()
  const [speed, setSpeed] = usePromptSpeed()
  const [held, setHeld] = useState(false)
  const [at, setAt] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const read = useRef(0)
  const paragraphs = useMemo(() => paragraphsOf(text), [text])
  const begins = useMemo(() => beginsOf(paragraphs), [paragraphs])
  useEffect(() => {
    if (held) return
    const still = isStill()
    let shown = -1
    return everyFrame((passedMs) => {
      read.current += readAfter(passedMs, speed)
      const { paragraph, share } = placeAt(begins, read.current)
      setAt(paragraph)
      const element = box.current?.children[paragraph]
      if (!box.current || !(element instanceof HTMLElement) || (still && paragraph === shown)) return
      shown = paragraph
      box.current.scrollTop = topOf(box.current, element, still ? 0 : share)
    })
  }, [held, speed, begins])
  const goTo = (paragraph: number): void => {
    read.current = begins[paragraph] ?? 0
    setAt(paragraph)
    const element = box.current?.children[paragraph]
    if (box.current && element instanceof HTMLElement) box.current.scrollTop = topOf(box.current, element, 0)
  }
  return (
    <div className="prompter">
      <div className="prompt-text" ref={box} lang={language}>
        {paragraphs.map((paragraph, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a paragraph is its place
          <p key={nth} className={nth === at ? 'being-read' : undefined}>
            {paragraph}
          </p>
        ))}
      </div>
      <div className="row wrap prompt-controls">
        <button type="button" className="b line" onClick={() => setHeld(!held)}>
          <Icon name={held ? 'play' : 'pause'} />
          {held ? r.promptGo : r.promptHold}
        </button>
        <button
          type="button"
          className="b icon-only"
          aria-label={r.promptBack}
          disabled={at === 0}
          onClick={() => goTo(at - 1)}
        >
          <Icon name="up" />
        </button>
        <button
          type="button"
          className="b icon-only"
          aria-label={r.promptOn}
          disabled={at >= paragraphs.length - 1}
          onClick={() => goTo(at + 1)}
        >
          <Icon name="down" />
        </button>
        <PromptSpeed speed={speed} onSpeed={setSpeed} />
      </div>
    </div>
  )
}
