import './recorder.css'
import { type ChangeEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Voicing } from '../../api/types.ts'
import { position } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { useRecordWords } from '../../i18n/record.ts'
import { every } from '../../platform/clock.ts'
import { type Microphone, microphoneAllowed } from '../../platform/microphone.ts'
import { Chip, Seg } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SoundPlayer } from '../../ui/sound-player.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { aboutLoudness } from './cut.ts'
import { Prompter, PromptSpeed, usePromptSpeed } from './prompter.tsx'
import { changeOf, heardOf, TAKES_MAX, type Take } from './take.ts'
import { Trimmer } from './trimmer.tsx'
import type { Sent } from './use-sending.ts'
import { type About, RECORDING_MS_MAX, type Takes, useTakes } from './use-takes.ts'

/** What the table was opened for: to record at once, or to go on with one that was not sent. */
export type Begin = { readonly is: 'record' } | { readonly is: 'take'; readonly id: string }

type Props = About & {
  /** What the officer wrote, to be read out; null where there is nothing to read. */
  prompt: string | null
  voicing: Voicing | null
  onVoicing: (voicing: Voicing | null) => void
  begin: Begin | undefined
}

const LEVEL_EVERY_MS = 100
/** Peaks below and above these are too quiet or too loud for a voice near a microphone. */
const QUIET_PEAK = 0.05
const LOUD_PEAK = 0.95
/** What was just said counts for about two seconds, so that a breath between two words is not called too quiet. */
const HELD_SHARE = 0.92
/** The last minute before the end is said. */
const LAST_MS = 60_000

const Meter = ({ microphone, onFull }: { microphone: Microphone; onFull: () => void }) => {
  const r = useRecordWords()
  const [now, setNow] = useState({ level: 0, held: 4 * QUIET_PEAK, ms: 0 })
  const full = useRef(onFull)
  full.current = onFull
  useEffect(
    () =>
      every(LEVEL_EVERY_MS, () => {
        const ms = microphone.lengthMs()
        if (ms >= RECORDING_MS_MAX) full.current()
        else {
          const level = microphone.level()
          setNow(({ held }) => ({ level, held: Math.max(level, held * HELD_SHARE), ms }))
        }
      }),
    [microphone],
  )
  const words = now.held < QUIET_PEAK ? r.tooQuiet : now.level > LOUD_PEAK ? r.tooLoud : r.good
  return (
    <div className="stack tight">
      <p className="strong">
        {r.recording(position(now.ms))}
        {now.ms > RECORDING_MS_MAX - LAST_MS && ` ${r.lastMinute}`}
      </p>
      <meter min={0} max={1} low={QUIET_PEAK} high={LOUD_PEAK} value={now.level} aria-label={r.level} />
      <p className="small soft">{words}</p>
    </div>
  )
}

/** Up to here a slip of the finger costs less than a question. */
const CANCEL_UNASKED_MS = 4_000

/** Stands beside the button that keeps the recording: what was read for a while goes only at the second press. */
const Cancel = ({ microphone, onCancel }: { microphone: Microphone; onCancel: () => void }) => {
  const r = useRecordWords()
  const [isAsked, setAsked] = useState(false)
  const press = () => (isAsked || microphone.lengthMs() < CANCEL_UNASKED_MS ? onCancel() : setAsked(true))
  return (
    <button type="button" className="b" onClick={press}>
      {isAsked ? r.cancelSure : r.cancel}
    </button>
  )
}

/** The room to record in, over everything else: the text goes by, ending it stands below and is never scrolled away. */
const Studio = ({ takes, prompt, language }: { takes: Takes; prompt: string | null; language: string }) => {
  const r = useRecordWords()
  const room = useRef<HTMLDialogElement>(null)
  const { microphone, trouble, finish, cancel, full } = takes
  useEffect(() => room.current?.showModal(), [])
  if (!microphone) return null
  return (
    // whoever closes it by Escape has ended the recording, and keeps it
    <dialog ref={room} className="studio" aria-label={r.title} onClose={finish}>
      <div className="stack tight">
        <Meter microphone={microphone} onFull={full} />
        {(trouble === 'silenced' || trouble === 'hidden') && (
          <p className="callout" role="alert">
            <Icon name="mark" />
            <span>{r.interrupted[trouble]}</span>
          </p>
        )}
      </div>
      {prompt === null || prompt.trim() === '' ? (
        <p className="soft">{prompt !== null && r.noPrompt}</p>
      ) : (
        <Prompter text={prompt} language={language} />
      )}
      <div className="row wrap studio-end">
        {/* biome-ignore lint/a11y/noAutofocus: ending it is what is done here */}
        <button type="button" className="b main big" data-wrong="true" autoFocus onClick={finish}>
          <Icon name="stop" />
          {r.stop}
        </button>
        <Cancel microphone={microphone} onCancel={cancel} />
        <p className="small soft">{r.finishFirst}</p>
      </div>
    </dialog>
  )
}

/** How far the sound is on its way, in words. */
const Sending = ({ sent, again }: { sent: Sent; again: () => void }) => {
  const r = useRecordWords()
  const w = useWords()
  switch (sent.is) {
    case 'nothing':
    case 'done':
      return null
    case 'going':
      return (
        <div className="stack tight">
          <p role="status">{sent.share < 1 ? r.sending : r.levelling}</p>
          {sent.share < 1 && (
            <div className="row">
              <progress max={1} value={sent.share} aria-label={r.sending} />
              <span className="small soft">{w.number(Math.floor(sent.share * 100))} %</span>
            </div>
          )}
        </div>
      )
    case 'waiting':
      return sent.why ? (
        <Trouble problem={sent.why} title={r.waitsTitle}>
          <p>{r.goesOn}</p>
        </Trouble>
      ) : (
        <p role="status" className="callout">
          <Icon name="clock" />
          <span>{r.lineLost}</span>
        </p>
      )
    case 'refused':
      return (
        <Trouble problem={sent.refusal} kept>
          <button type="button" className="b line" onClick={again}>
            {r.sendAgain}
          </button>
        </Trouble>
      )
  }
}

/** What the server made of it: to be heard, and how its loudness was changed, in words. */
const Ready = ({ voicing, take }: { voicing: Voicing; take: Take | undefined }) => {
  const r = useRecordWords()
  const w = useWords()
  const { hash, durationMs, levels, loudnessLufs, peakDbtp } = voicing.sound
  const change = useMemo(() => take && changeOf(aboutLoudness(heardOf(take)), loudnessLufs), [take, loudnessLufs])
  return (
    <div className="stack tight">
      <SoundPlayer hash={hash} durationMs={durationMs} levels={levels} label={r.title} />
      <p className="small soft" role="status">
        {r.ready}
        {change && ` ${change.is === 'same' ? r.sameLoudness : r.changed[change.is](w.number(change.db))}`}
      </p>
      <details>
        <summary className="small">{r.details}</summary>
        <p className="small soft">{r.loudness(w.number(loudnessLufs, 1), w.number(peakDbtp, 1))}</p>
      </details>
    </div>
  )
}

/** The takes, the one that is to be heard, and what of it. */
const Table = ({ takes, chosen }: { takes: Takes; chosen: Take }) => {
  const r = useRecordWords()
  const { takes: all, choose, change } = takes
  return (
    <div className="stack tight">
      {all.length > 1 && (
        <>
          <Seg<string>
            label={r.takes}
            value={chosen.id}
            onChange={choose}
            options={all.map(({ id, cut }, nth) => ({
              value: id,
              label: r.take(nth + 1, position(cut.toMs - cut.fromMs)),
            }))}
          />
          <p className="small soft">{r.takesKept(TAKES_MAX)}</p>
        </>
      )}
      <Trimmer take={chosen} onCut={(cut) => change({ cut })} />
      <div className="chips">
        <Chip checked={chosen.gate} onChange={(gate) => change({ gate })}>
          {r.gate}
        </Chip>
      </div>
      <p className="small soft">{r.gateHint}</p>
    </div>
  )
}

const UploadButton = ({ onFile }: { onFile: (file: File) => void }) => {
  const r = useRecordWords()
  const id = useId()
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (file) onFile(file)
  }
  return (
    <span className="upload">
      <input
        id={id}
        type="file"
        className="vh"
        accept=".wav,.ogg,.opus,.mp3,audio/wav,audio/ogg,audio/mpeg"
        onChange={choose}
      />
      <label htmlFor={id} className="b line">
        <Icon name="file" />
        {r.upload}
      </label>
    </span>
  )
}

/** What can be done when nothing is being recorded. */
const Begins = ({ takes, prompt, has }: { takes: Takes; prompt: string | null; has: boolean }) => {
  const r = useRecordWords()
  const [speed, setSpeed] = usePromptSpeed()
  const { chosen, opening, start, sendFile, isFile } = takes
  const allowed = microphoneAllowed()
  const onFile = async (file: File) => sendFile({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
  const isFirst = !chosen && !isFile && !has
  return (
    <>
      {!allowed && <p className="small soft">{r.notSecure}</p>}
      {allowed && isFirst && prompt !== null && (
        <div className="stack tight">
          <p className="small soft">{prompt.trim() === '' ? r.noPrompt : r.promptHint}</p>
          {prompt.trim() !== '' && (
            <div>
              <PromptSpeed speed={speed} onSpeed={setSpeed} />
            </div>
          )}
        </div>
      )}
      <div className="row wrap">
        <button
          type="button"
          className={isFirst ? 'b main' : 'b line'}
          disabled={!allowed || opening}
          onClick={() => void start()}
        >
          <Icon name="mic" />
          {isFirst ? r.start : r.again}
        </button>
        <UploadButton onFile={(file) => void onFile(file)} />
      </div>
    </>
  )
}

/**
 * A voice of one's own instead of text. What was recorded goes to the server by itself, and again when it is cut another way; nobody
 * has to remember a second press.
 */
export const Recorder = ({ prompt, voicing, onVoicing, begin, ...about }: Props) => {
  const r = useRecordWords()
  const w = useWords()
  const had = useRef(voicing)
  had.current = voicing
  // nothing is saved for it where there was no sound before either
  const tell = (made: Voicing | null) => {
    if (made !== null || had.current !== null) onVoicing(made)
  }
  const takes = useTakes(about, tell)
  const { microphone, chosen, sent, again, trouble, setTrouble, bringBack, start } = takes
  const begun = useRef<Begin | undefined>(undefined)
  useEffect(() => {
    if (!begin || begun.current === begin) return
    begun.current = begin
    if (begin.is === 'take') void bringBack(begin.id)
    else void start()
  })
  const id = useId()
  const title = useRef<HTMLHeadingElement>(null)
  const recorded = useRef(false)
  useEffect(() => {
    // the keyboard goes on where what was recorded is
    if (recorded.current && !microphone) title.current?.focus()
    recorded.current = microphone !== undefined
  }, [microphone])
  return (
    <section className="card recorder" aria-labelledby={id}>
      <h2 id={id} ref={title} tabIndex={-1}>
        {r.title}
      </h2>
      {microphone ? (
        <Studio takes={takes} prompt={prompt} language={about.language} />
      ) : (
        <>
          {trouble && (
            <div className="callout" role="alert">
              <Icon name="mark" />
              <span>{r.trouble[trouble]}</span>
              <button
                type="button"
                className="b icon-only"
                aria-label={w.trouble.close}
                onClick={() => setTrouble(undefined)}
              >
                <Icon name="cross" />
              </button>
            </div>
          )}
          <Sending sent={sent} again={again} />
          {voicing && <Ready voicing={voicing} take={chosen} />}
          {chosen && !takes.isFile && <Table takes={takes} chosen={chosen} />}
          <Begins takes={takes} prompt={prompt} has={voicing !== null} />
        </>
      )}
    </section>
  )
}
