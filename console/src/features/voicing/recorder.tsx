import './voicing.css'
import { type ChangeEvent, useEffect, useId, useRef, useState } from 'react'
import { isRefused, type Refused, upload } from '../../api/client.ts'
import type { Voicing } from '../../api/types.ts'
import { position } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { every } from '../../platform/clock.ts'
import {
  type Microphone,
  microphoneAllowed,
  openMicrophone,
  playRecording,
  type Recording,
} from '../../platform/microphone.ts'
import { Icon } from '../../ui/icon.tsx'
import { SoundPlayer } from '../../ui/sound-player.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { encodeWav } from './wav.ts'

type Props = { unit: string; voicing: Voicing | null; onVoicing: (voicing: Voicing | null) => void }

type State =
  | { is: 'idle' }
  | { is: 'recording'; microphone: Microphone }
  | { is: 'recorded'; recording: Recording }
  | { is: 'sending'; recording: Recording | null; share: number }

const LEVEL_EVERY_MS = 100
/** Peaks below and above these are too quiet or too loud for a voice near a microphone. */
const QUIET_PEAK = 0.05
const LOUD_PEAK = 0.95

const Meter = ({ microphone }: { microphone: Microphone }) => {
  const w = useWords()
  const [now, setNow] = useState({ level: 0, ms: 0 })
  useEffect(
    () => every(LEVEL_EVERY_MS, () => setNow({ level: microphone.level(), ms: microphone.lengthMs() })),
    [microphone],
  )
  const words = now.level < QUIET_PEAK ? w.record.tooQuiet : now.level > LOUD_PEAK ? w.record.tooLoud : w.record.good
  return (
    <div className="stack tight">
      <p className="strong">{w.record.recording(position(now.ms))}</p>
      <meter min={0} max={1} low={QUIET_PEAK} high={LOUD_PEAK} value={now.level} aria-label={w.record.level} />
      <p className="small soft">{words}</p>
    </div>
  )
}

const Replay = ({ recording }: { recording: Recording }) => {
  const w = useWords()
  const [silence, setSilence] = useState<(() => void) | undefined>(undefined)
  useEffect(() => () => silence?.(), [silence])
  const play = () => {
    const stop = playRecording(recording, () => setSilence(undefined))
    setSilence(() => stop)
  }
  return (
    <button type="button" className="b line" onClick={silence ? () => silence() : play}>
      <Icon name={silence ? 'stop' : 'play'} />
      {silence ? w.record.silence : w.record.listen}
    </button>
  )
}

/** How much of the sound has gone, then that the server works on it. */
const Sending = ({ share }: { share: number }) => {
  const w = useWords()
  return (
    <div className="stack tight">
      <p role="status">{share < 1 ? w.record.sending : w.record.levelling}</p>
      {share < 1 && (
        <div className="row">
          <progress max={1} value={share} aria-label={w.record.sending} />
          <span className="small soft">{w.number(Math.floor(share * 100))} %</span>
        </div>
      )}
    </div>
  )
}

const useRecorder = ({ unit, onVoicing }: Props) => {
  const [state, setState] = useState<State>({ is: 'idle' })
  const [problem, setProblem] = useState<Refused | 'noMicrophone' | undefined>(undefined)
  const open = useRef<Microphone | undefined>(undefined)
  useEffect(() => () => void open.current?.finish(), [])
  const start = async () => {
    setProblem(undefined)
    try {
      const microphone = await openMicrophone()
      open.current = microphone
      setState({ is: 'recording', microphone })
    } catch {
      setProblem('noMicrophone')
    }
  }
  const end = (): Recording | undefined => {
    const recording = open.current?.finish()
    open.current = undefined
    return recording
  }
  const finish = () => {
    const recording = end()
    setState(recording ? { is: 'recorded', recording } : { is: 'idle' })
  }
  const cancel = () => {
    end()
    setState({ is: 'idle' })
  }
  const send = async (bytes: Blob | Uint8Array<ArrayBuffer>, type: string, recording: Recording | null) => {
    setProblem(undefined)
    setState({ is: 'sending', recording, share: 0 })
    const answer = await upload<Voicing>(`/api/recordings?unit=${encodeURIComponent(unit)}`, { bytes, type }, (share) =>
      setState({ is: 'sending', recording, share }),
    )
    if (isRefused(answer)) {
      setProblem(answer)
      setState(recording ? { is: 'recorded', recording } : { is: 'idle' })
      return
    }
    onVoicing(answer)
    setState({ is: 'idle' })
  }
  return { state, problem, start, finish, cancel, send, setProblem }
}

const UploadButton = ({ onFile }: { onFile: (file: File) => void }) => {
  const w = useWords()
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
        {w.record.upload}
      </label>
    </span>
  )
}

const typeOf = (file: File): string => {
  if (/\.wav$/i.test(file.name)) return 'audio/wav'
  if (/\.(ogg|opus)$/i.test(file.name)) return 'audio/ogg'
  return /\.mp3$/i.test(file.name) ? 'audio/mpeg' : file.type || 'application/octet-stream'
}

const Ready = ({ voicing }: { voicing: Voicing }) => {
  const w = useWords()
  return (
    <div className="stack tight">
      <SoundPlayer
        hash={voicing.sound.hash}
        durationMs={voicing.sound.durationMs}
        levels={voicing.sound.levels}
        label={w.record.title}
      />
      <p className="small soft">{w.record.ready}</p>
      <details>
        <summary className="small">{w.record.details}</summary>
        <p className="small soft">
          {w.record.loudness(w.number(voicing.sound.loudnessLufs, 1), w.number(voicing.sound.peakDbtp, 1))}
        </p>
      </details>
    </div>
  )
}

/** Recording instead of text: record, listen, take again, cancel; or send a sound file. */
export const Recorder = (props: Props) => {
  const w = useWords()
  const { state, problem, start, finish, cancel, send, setProblem } = useRecorder(props)
  const allowed = microphoneAllowed()
  return (
    <section className="card said-panel" aria-labelledby="record-title">
      <h2 id="record-title">{w.record.title}</h2>
      {props.voicing && state.is === 'idle' && <Ready voicing={props.voicing} />}
      {state.is === 'recording' && <Meter microphone={state.microphone} />}
      {state.is === 'recorded' && (
        <p className="strong">
          {w.record.recorded(position((state.recording.samples.length * 1000) / state.recording.sampleRate))}
        </p>
      )}
      {state.is === 'sending' && <Sending share={state.share} />}
      {problem === 'noMicrophone' && <p role="alert">{w.record.noMicrophone}</p>}
      {problem && problem !== 'noMicrophone' && (
        <Trouble problem={problem} kept={state.is === 'recorded'} onClose={() => setProblem(undefined)} />
      )}
      {!allowed && <p className="small soft">{w.record.notSecure}</p>}
      {state.is === 'recording' && <p className="small soft">{w.record.finishFirst}</p>}
      {state.is === 'recorded' && <p className="small strong">{w.record.useFirst}</p>}
      <div className="row wrap">
        {state.is === 'idle' && (
          <button
            type="button"
            className={props.voicing ? 'b line' : 'b main'}
            disabled={!allowed}
            onClick={() => void start()}
          >
            <Icon name="mic" />
            {props.voicing ? w.record.again : w.record.start}
          </button>
        )}
        {state.is === 'recording' && (
          <button type="button" className="b main" data-wrong="true" onClick={finish}>
            <Icon name="stop" />
            {w.record.stop}
          </button>
        )}
        {state.is === 'recorded' && (
          <>
            <button
              type="button"
              className="b main"
              data-wrong="true"
              onClick={() =>
                void send(encodeWav(state.recording.samples, state.recording.sampleRate), 'audio/wav', state.recording)
              }
            >
              <Icon name="check" />
              {w.record.use}
            </button>
            <Replay recording={state.recording} />
            <button type="button" className="b line" onClick={() => void start()}>
              <Icon name="mic" />
              {w.record.again}
            </button>
          </>
        )}
        {(state.is === 'recording' || state.is === 'recorded') && (
          <button type="button" className="b" onClick={cancel}>
            {w.record.cancel}
          </button>
        )}
        {state.is === 'idle' && <UploadButton onFile={(file) => void send(file, typeOf(file), null)} />}
      </div>
    </section>
  )
}
