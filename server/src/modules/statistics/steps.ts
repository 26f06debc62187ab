import type { Instant } from '@loa/protocol'
import type { Link } from './walk.ts'
import { number, say, type Word } from './words.ts'

/** A link as a person reads it. `what` is one Vietnamese sentence. */
export type Step = {
  readonly kind: Link['kind'] | 'outside'
  readonly id: string
  readonly at: Instant | null
  readonly what: string
  readonly who: string | null
  readonly details: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

type Of<Kind extends Link['kind']> = Extract<Link, { kind: Kind }>

const figureStep = ({ figure }: Of<'figure'>): Step => ({
  kind: 'figure',
  id: figure.id,
  at: null,
  what: say('figure', {
    figure: say('figure.broadcast-minutes'),
    minutes: number(figure.minutes),
    airings: number(figure.airings),
  }),
  who: null,
  details: { unit: figure.unit, from: figure.from, to: figure.to, minutes: figure.minutes, airings: figure.airings },
})

const receiptStep = ({ receipt }: Of<'receipt'>): Step => {
  const outcome = say(`outcome.${receipt.outcome}`)
  const word: Word = receipt.secondsWritten > 0 ? 'receipt' : 'receipt.none'
  return {
    kind: 'receipt',
    id: receipt.id,
    at: receipt.startedAt ?? receipt.endedAt,
    what: say(word, { outcome, seconds: number(receipt.secondsWritten) }),
    who: null,
    details: {
      device: receipt.device,
      outcome: receipt.outcome,
      reason: receipt.reason,
      secondsWritten: receipt.secondsWritten,
      clockTrusted: receipt.clockTrusted,
      key: receipt.keyId,
    },
  }
}

const errandStep = ({ errand }: Of<'errand'>): Step => {
  const { doneAt, dismissedAt, listeners, startedAt, endedAt } = errand
  const minutes = startedAt === null || endedAt === null ? 0 : Math.round((endedAt - startedAt) / 60_000)
  const word: Word =
    doneAt !== null ? 'errand.done' : dismissedAt !== null ? 'errand.dismissed' : `errand.open.${errand.why}`
  return {
    kind: 'errand',
    id: errand.id,
    at: doneAt === null ? (dismissedAt ?? errand.openedAt) : startedAt,
    what: say(word, { minutes: number(minutes) }),
    who: errand.doneBy ?? errand.dismissedBy ?? errand.assignedTo,
    details: { village: errand.village, why: say(`why.${errand.why}`), listeners, note: errand.note || errand.reason },
  }
}

const wordStep = ({ said }: Of<'word'>): Step => ({
  kind: 'word',
  id: said.id,
  at: said.at,
  what: say(`word.${said.word}`, { name: said.name }),
  who: null,
  details: { village: said.village },
})

const airingStep = ({ airing }: Of<'airing'>): Step => ({
  kind: 'airing',
  id: airing.id,
  at: airing.at,
  what: say(airing.stoppedAt === null ? 'airing' : 'airing.stopped', { title: airing.title }),
  who: airing.stoppedBy,
  details: {
    unit: airing.unit,
    class: airing.class,
    audience: airing.audience,
    sounds: airing.sounds.map(({ hash }) => hash),
  },
})

const releaseStep = ({ release }: Of<'release'>): Step => ({
  kind: 'release',
  id: release.id,
  at: release.madeAt,
  what: say('release', { title: release.candidate.title }),
  who: release.candidate.author,
  details: { sounds: release.candidate.versions.map(({ sound }) => sound), audience: release.candidate.audience },
})

const decisionStep = ({ event }: Of<'decision'>): Step => ({
  kind: 'decision',
  id: event.id,
  at: event.at,
  what: say(`decision.${event.kind}`, { revision: event.nth, reason: event.reason ?? '' }),
  who: event.person,
  details: { decision: event.kind, revision: event.nth, reason: event.reason },
})

const revisionStep = ({ revision, notice }: Of<'revision'>): Step => ({
  kind: 'revision',
  id: `${notice}.${revision.number}`,
  at: revision.savedAt,
  what: say('revision', { revision: revision.nth, title: revision.title }),
  who: revision.savedBy,
  details: { revision: revision.nth, title: revision.title },
})

/** A link in words. */
export const stepOf = (link: Link): Step => {
  switch (link.kind) {
    case 'figure':
      return figureStep(link)
    case 'errand':
      return errandStep(link)
    case 'word':
      return wordStep(link)
    case 'receipt':
      return receiptStep(link)
    case 'airing':
      return airingStep(link)
    case 'issued':
      return { kind: 'issued', id: link.release.id, at: link.at, what: say('issued'), who: null, details: {} }
    case 'signature': {
      const { person, key, at } = link.signature
      return { kind: 'signature', id: link.release.id, at, what: say('signature'), who: person, details: { key } }
    }
    case 'release':
      return releaseStep(link)
    case 'decision':
      return decisionStep(link)
    case 'revision':
      return revisionStep(link)
    case 'draft': {
      const { id, unit, author, madeAt } = link.notice
      return { kind: 'draft', id, at: madeAt, what: say('draft'), who: author, details: { unit } }
    }
    case 'more':
      return {
        kind: 'more',
        id: '',
        at: null,
        what: say('more', { count: link.count }),
        who: null,
        details: { count: link.count },
      }
  }
}

/** Where the reader may not look further: what came before belongs to another unit. */
export const outsideStep: Step = { kind: 'outside', id: '', at: null, what: say('outside'), who: null, details: {} }
