import { type ChangeEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { position } from '../i18n/format.ts'
import { useWords } from '../i18n/index.tsx'
import { every } from '../platform/clock.ts'
import { Icon } from './icon.tsx'

type Props = {
  hash: string
  durationMs: number
  /** RMS dBFS per 200 ms. */
  levels: readonly number[] | undefined
  label: string
  onPosition?: (ms: number | null) => void
}

const BARS = 56
/** What is this much quieter than the loudest piece is drawn as a dot. */
const RANGE_DB = 26
/** Half a decibel is a step one can see: voices are levelled, only their rests and accents differ. */
const CONTRAST = 1.7
/** How often the place is looked at while it plays. */
const WORD_STEP_MS = 80

const meanOf = (levels: readonly number[]): number => levels.reduce((sum, level) => sum + level, 0) / levels.length

/** Bar heights 0…1 of levels (dBFS), relative to the loudest bar; as many bars as there is room for, or as there are levels. */
export const barsOf = (levels: readonly number[], count: number): number[] => {
  const means = Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / count)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / count))
    return meanOf(levels.slice(from, to))
  })
  const loudest = Math.max(...means)
  return means.map((mean) => Math.max(0, 1 - (loudest - mean) / RANGE_DB) ** CONTRAST)
}

/** A sound as bars; `isPast` is asked for the middle of each, 0 … 1 along the sound. */
export const WaveBars = ({ bars, isPast }: { bars: readonly number[]; isPast: (place: number) => boolean }) => (
  <svg className="wave" viewBox={`0 0 ${bars.length * 6} 44`} preserveAspectRatio="none" aria-hidden="true">
    {bars.map((height, bar) => {
      const tall = Math.max(4, height * 40)
      return (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          key={bar}
          className={isPast((bar + 0.5) / bars.length) ? 'past' : 'next'}
          x={bar * 6 + 1}
          y={22 - tall / 2}
          width={3.4}
          height={tall}
          rx={1.7}
        />
      )
    })}
  </svg>
)

const Wave = ({ levels, part }: { levels: readonly number[] | undefined; part: number }) => {
  const bars = levels && levels.length > 0 ? barsOf(levels, BARS) : Array.from({ length: BARS }, () => 0.08)
  return <WaveBars bars={bars} isPast={(place) => place <= part} />
}

type Playing = {
  playing: boolean
  loading: boolean
  ms: number
  failed: boolean
  toggle: () => void
  seek: (ms: number) => void
}

const usePlaying = (audio: RefObject<HTMLAudioElement | null>, hash: string): Playing => {
  const [playing, setPlaying] = useState(false)
  const [loading, setLoading] = useState(false)
  const [ms, setMs] = useState(0)
  const [failed, setFailed] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another sound is another element
  useEffect(() => {
    const element = audio.current
    if (!element) return
    const signal = new AbortController()
    const on = (name: string, task: () => void) => element.addEventListener(name, task, { signal: signal.signal })
    on('play', () => setPlaying(true))
    on('pause', () => setPlaying(false))
    for (const name of ['loadstart', 'waiting']) on(name, () => setLoading(true))
    for (const name of ['playing', 'pause', 'error', 'suspend']) on(name, () => setLoading(false))
    on('timeupdate', () => setMs(element.currentTime * 1000))
    on('ended', () => setMs(0))
    on('error', () => {
      setPlaying(false)
      setFailed(true)
    })
    setPlaying(false)
    setLoading(false)
    setMs(0)
    setFailed(false)
    return () => {
      signal.abort()
      element.pause()
    }
  }, [hash])
  // a browser tells the time four times a second, and a word is said in a fifth of one
  useEffect(
    () => (playing ? every(WORD_STEP_MS, () => setMs((audio.current?.currentTime ?? 0) * 1000)) : undefined),
    [playing, audio],
  )
  const toggle = () => {
    const element = audio.current
    if (!element) return
    if (!element.paused && !failed) return element.pause()
    // what broke off with the line is fetched anew, from where it was
    if (failed) {
      const reached = element.currentTime
      element.load()
      element.currentTime = reached
    }
    setFailed(false)
    element.play().catch((problem: Error) => {
      // pressing again before it began is no trouble
      if (problem.name !== 'AbortError') setFailed(true)
    })
  }
  const seek = (to: number) => {
    if (audio.current) audio.current.currentTime = to / 1000
    setMs(to)
  }
  return { playing, loading: loading && playing, ms, failed, toggle, seek }
}

/** Plays the very bytes that will be broadcast: the address is their hash. */
export const SoundPlayer = ({ hash, durationMs, levels, label, onPosition }: Props) => {
  const w = useWords()
  const audio = useRef<HTMLAudioElement>(null)
  const { playing, loading, ms, failed, toggle, seek } = usePlaying(audio, hash)
  useEffect(() => onPosition?.(playing ? ms : null), [playing, ms, onPosition])
  const onSeek = (event: ChangeEvent<HTMLInputElement>) => seek(Number(event.target.value))
  return (
    <div className="player">
      {/* biome-ignore lint/a11y/useMediaCaption: what is said stands in words beside the player */}
      <audio key={hash} ref={audio} src={`/api/sounds/${hash}`} preload="none" />
      <button
        type="button"
        className="play"
        onClick={toggle}
        aria-label={`${playing ? w.player.pause : w.player.play}: ${label}`}
      >
        <Icon name={playing ? 'pause' : 'play'} size={26} />
      </button>
      <div className="wave-box">
        <Wave levels={levels} part={durationMs > 0 ? ms / durationMs : 0} />
        <input
          type="range"
          min={0}
          max={durationMs}
          step={1000}
          value={Math.min(ms, durationMs)}
          onChange={onSeek}
          aria-label={w.player.seek}
          aria-valuetext={w.player.of(position(ms), position(durationMs))}
        />
      </div>
      <span className="player-time">{ms > 0 ? `${position(ms)} / ${position(durationMs)}` : position(durationMs)}</span>
      {loading && !failed && (
        <p className="player-failed small soft" role="status">
          {w.player.loading}
        </p>
      )}
      {failed && (
        <p className="player-failed small" role="alert">
          {w.player.failed}
        </p>
      )}
    </div>
  )
}
