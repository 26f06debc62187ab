import type { DotState } from '../../api/types.ts'
import type { InstalledVoice } from '../../api/voices.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Lamp } from '../../ui/lamp.tsx'
import { mayLeave, moved, type OrderedVoice, orderedVoices, takenIn } from './voice-order.ts'

const lampOf: Readonly<Record<InstalledVoice['state'], DotState>> = {
  ready: 'reported',
  starting: 'silent',
  away: 'fault',
}

/** One over the network that has rested after a failure starts nothing: it waits to be asked. */
const stateOf = ({ state, trouble }: InstalledVoice): InstalledVoice['state'] | 'again' =>
  state === 'starting' && trouble ? 'again' : state

/** A voice, whether it can speak now, and what keeps it from that. */
const VoiceFacts = ({ voice }: { voice: OrderedVoice }) => {
  const w = useWords()
  const { installed } = voice
  const { again, gone, states } = w.voices
  const state = installed ? (stateOf(installed) === 'again' ? again : states[installed.state]) : gone
  const accents = installed ? w.voices.accentsOf(w.list(installed.accents.map((each) => w.reading.accents[each]))) : ''
  return (
    <div className="voice-facts">
      <b>{voice.name}</b>
      <span className="small soft row tight">
        <Lamp state={installed ? lampOf[installed.state] : 'unknown'} />
        {[state, accents].filter(Boolean).join(', ')}
      </span>
      {installed?.trouble && (
        <span className="small soft voice-trouble">
          {w.voices.troubles[installed.trouble.code]}
          {installed.trouble.detail && `: ${installed.trouble.detail}`}
        </span>
      )}
    </div>
  )
}

type Props = {
  order: readonly string[]
  installed: readonly InstalledVoice[]
  /** Absent where the person may only look. */
  onOrder: ((order: string[]) => void) | undefined
}

const Moves = ({ voice, order, onOrder }: { voice: OrderedVoice } & Pick<Props, 'order' | 'onOrder'>) => {
  const w = useWords()
  const announce = useAnnounce()
  if (!onOrder) return null
  const move = (by: -1 | 1) => {
    const next = moved(order, voice.id, by)
    onOrder(next)
    announce(w.voices.moved(voice.name, next.indexOf(voice.id) + 1))
  }
  const place = order.indexOf(voice.id)
  return (
    <div className="row tight">
      <button
        type="button"
        className="b line icon-only"
        aria-label={w.voices.up(voice.name)}
        disabled={place === 0}
        onClick={() => move(-1)}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        className="b line icon-only voice-down"
        aria-label={w.voices.down(voice.name)}
        disabled={place === order.length - 1}
        onClick={() => move(1)}
      >
        <Icon name="up" />
      </button>
      {mayLeave(voice.id) && (
        <button type="button" className="b" onClick={() => onOrder(order.filter((id) => id !== voice.id))}>
          {w.voices.leave}
          <span className="vh">{w.voices.ofVoice(voice.name)}</span>
        </button>
      )}
    </div>
  )
}

/** The unit's voices in their order, and those of the server that it does not use. */
export const VoiceList = ({ order, installed, onOrder }: Props) => {
  const w = useWords()
  const others = orderedVoices(
    installed.map(({ id }) => id).filter((id) => !order.includes(id)),
    installed,
  )
  return (
    <>
      <ol className="voice-list">
        {orderedVoices(order, installed).map((voice) => (
          <li key={voice.id}>
            <VoiceFacts voice={voice} />
            {order.length > 1 && <Moves {...{ voice, order, onOrder }} />}
          </li>
        ))}
      </ol>
      {others.length > 0 && (
        <>
          <h3>{w.voices.others}</h3>
          <ul className="voice-list">
            {others.map((voice) => (
              <li key={voice.id}>
                <VoiceFacts voice={voice} />
                {onOrder && (
                  <button type="button" className="b line" onClick={() => onOrder(takenIn(order, voice.id))}>
                    {w.voices.use}
                    <span className="vh">{w.voices.ofVoice(voice.name)}</span>
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {installed.length === 1 && installed[0] && (
        <p className="small soft">{w.voices.onlyBuiltIn(installed[0].name)}</p>
      )}
    </>
  )
}
