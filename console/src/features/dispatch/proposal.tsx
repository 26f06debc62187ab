import './dispatch.css'
import { useEffect, useRef, useState } from 'react'
import type { Proposal, ProposedSentence } from '../../api/dispatch.ts'
import { useWords } from '../../i18n/index.tsx'
import { Chip } from '../../ui/choice.tsx'
import { piecesOf } from './pieces.ts'

const Original = ({ proposal, looked }: { proposal: Proposal; looked: ProposedSentence | undefined }) => {
  const w = useWords()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (looked) box.current?.querySelector('.shown')?.scrollIntoView({ block: 'nearest' })
  }, [looked])
  return (
    <section className="card stack tight" aria-labelledby="dispatch-original">
      <h2 id="dispatch-original">{w.dispatch.original}</h2>
      <p className="small soft">{w.dispatch.originalLead}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard */}
      <div ref={box} className="dispatch-original" tabIndex={0}>
        {piecesOf(proposal, looked?.sources ?? []).map((piece) => {
          const names = [piece.aside && 'aside', piece.shown && 'shown'].filter(Boolean).join(' ')
          return piece.mark && !piece.aside ? (
            <mark key={piece.from} className={names} title={w.dispatch.marks[piece.mark]}>
              {piece.text}
            </mark>
          ) : (
            <span key={piece.from} className={names}>
              {piece.text}
            </span>
          )
        })}
      </div>
    </section>
  )
}

type SentencesProps = {
  sentences: readonly (readonly [number, ProposedSentence])[]
  chosen: ReadonlySet<number>
  looked: number | null
  onLook: (place: number) => void
  onChosen: (place: number, isChosen: boolean) => void
}

const Sentences = ({ sentences, chosen, looked, onLook, onChosen }: SentencesProps) => {
  const w = useWords()
  return (
    <ul className="dispatch-sentences">
      {sentences.map(([place, sentence]) => (
        <li key={place} className={place === looked ? 'shown' : ''}>
          <input
            type="checkbox"
            aria-label={sentence.text}
            checked={chosen.has(place)}
            onChange={(event) => onChosen(place, event.target.checked)}
          />
          <button type="button" aria-pressed={place === looked} onClick={() => onLook(place)}>
            {sentence.text}
            <span className="small soft">
              {' '}
              {sentence.why.map((kind) => w.dispatch.marks[kind] ?? kind).join(', ')}
              <span className="vh">. {w.dispatch.showSource}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

type PlacesProps = { proposal: Proposal; audience: readonly string[]; onAudience: (audience: string[]) => void }

const Places = ({ proposal, audience, onAudience }: PlacesProps) => {
  const w = useWords()
  if (proposal.places.length === 0) return <p className="small soft">{w.dispatch.whole}</p>
  return (
    <div className="stack tight">
      <b>{w.dispatch.places}</b>
      {proposal.places.some(({ sure }) => !sure) && <p className="small soft">{w.dispatch.unsure}</p>}
      <div className="row wrap">
        {proposal.places.map(({ unit, name, was }) => (
          <Chip
            key={unit}
            checked={audience.includes(unit)}
            onChange={(is) => onAudience(is ? [...audience, unit] : audience.filter((each) => each !== unit))}
          >
            {name}
            {was !== undefined && <small>{w.dispatch.formerly(was)}</small>}
          </Chip>
        ))}
      </div>
      {/* a live line, there before it speaks */}
      <p className="small" role="status">
        {audience.length === 0 ? w.dispatch.noneChosen : ''}
      </p>
    </div>
  )
}

type Props = PlacesProps & { chosen: ReadonlySet<number>; onChosen: SentencesProps['onChosen'] }

/** A sentence with one of these may be what people must hear: it is not left behind a fold. */
const NEEDED: ReadonlySet<string> = new Set(['action', 'hazard', 'contact', 'where'])

/** The original on the left, on the right what would be said, each sentence linked to its place. */
export const DispatchProposal = ({ proposal, audience, onAudience, chosen, onChosen }: Props) => {
  const w = useWords()
  const [looked, setLooked] = useState<number | null>(null)
  // what was asked for begins at the head of the page; the press for it was at its foot
  useEffect(() => window.scrollTo({ top: 0 }), [])
  const all = proposal.sentences.map((sentence, place) => [place, sentence] as const)
  const proposed = all.filter(([, { chosen: isProposed }]) => isProposed)
  const offered = all.filter(([, { chosen: isProposed }]) => !isProposed)
  const isWorthALook = offered.some(([, { why }]) => why.some((kind) => NEEDED.has(kind)))
  const rest = { chosen, looked, onLook: setLooked, onChosen }
  return (
    <div className="dispatch-grid">
      <Original proposal={proposal} looked={looked === null ? undefined : proposal.sentences[looked]} />
      <section className="card stack" aria-labelledby="dispatch-spoken">
        <div className="stack tight">
          <h2 id="dispatch-spoken">{w.dispatch.spoken}</h2>
          <p className="small soft">{proposed.length === 0 ? w.dispatch.nothing : w.dispatch.spokenLead}</p>
        </div>
        <Sentences sentences={proposed} {...rest} />
        {offered.length > 0 && (
          <details open={isWorthALook}>
            <summary>{w.dispatch.offered(offered.length)}</summary>
            <Sentences sentences={offered} {...rest} />
          </details>
        )}
        <Places proposal={proposal} audience={audience} onAudience={onAudience} />
      </section>
    </div>
  )
}
