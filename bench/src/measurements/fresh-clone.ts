import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { endServer, freePort, repository } from '../installation.ts'
import { Listener, wallNow } from '../listener.ts'
import {
  approve,
  COMMUNE,
  classNote,
  classNow,
  draftOf,
  enterCluster,
  type Notice,
  type People,
  signInAll,
  voice,
} from '../people.ts'
import type { Place } from '../place.ts'
import { type Program, startProgram } from '../programs.ts'
import { besideOf, type Measured } from '../report.ts'
import { tried, until } from '../waiting.ts'

const WARM_BUDGET_S = 60
const COLD_BUDGET_S = 180
/** A cold install over a slow line may take as long as this before we call it failed. */
const UP_MAX_MS = 600_000
const FLOOD = /lũ/

type Version = {
  readonly language: string
  readonly written: string | null
  readonly voicing: { readonly id: string } | null
}
type Revision = Parameters<typeof draftOf>[0] & {
  readonly title: string
  readonly audience: readonly string[]
  readonly repeats: number
  readonly versions: readonly Version[]
}
type FloodDraft = Notice & { readonly current: Revision }

/** The class that the flood draft has, raised at night, when only an emergency may sound. */
const saveForNow = async ({ officer }: People, draft: FloodDraft): Promise<Notice> => {
  const { current } = draft
  const text = current.versions[0]?.written ?? ''
  const voicing = current.versions[0]?.voicing?.id ?? (await voice(officer, text)).id
  const used = classNow(current.class)
  if (used === current.class && current.versions[0]?.voicing) return draft
  const body = draftOf({ ...current, class: used, text, voicing })
  return officer.must('PUT', `/api/notices/${draft.id}`, { basedOn: draft.revision, ...body })
}

/** The stages, seconds since the clone began. */
type Stages = {
  cloned: number
  serving: number
  signedIn: number
  playerReady: number
  submitted: number
  approved: number
  heard: number
}

type Run = { readonly clone: string; readonly home: string; readonly url: string; readonly began: number }

const sinceSeconds = (began: number): number => (wallNow() - began) / 1000

const untilServing = (run: Run, program: Program): Promise<boolean> =>
  until(
    'the fresh clone to serve',
    async () => {
      if (program.isOver()) throw new Error(`npm start ended; see ${run.clone}.log`)
      return (await tried(() => fetch(`${run.url}/healthz`)))?.status === 200
    },
    { withinMs: UP_MAX_MS, everyMs: 50 },
  )

const announce = async (
  run: Run,
  people: People,
  listener: Listener,
): Promise<Pick<Stages, 'submitted' | 'approved' | 'heard'>> => {
  const { notices } = await people.officer.must<{ notices: FloodDraft[] }>(
    'GET',
    `/api/notices?state=draft&unit=${COMMUNE}`,
  )
  const flood = notices.find(({ current }) => FLOOD.test(current.title))
  if (flood === undefined) throw new Error('the demonstration has no draft on the flood')
  const saved = await saveForNow(people, flood)
  const sent = await people.officer.must<Notice>('POST', `/api/notices/${saved.id}/submit`, {
    revision: saved.revision,
  })
  const submitted = sinceSeconds(run.began)
  await approve(people.approver, sent)
  const approved = sinceSeconds(run.began)
  const heardAt = await until('the announcement', () => listener.files()[0]?.firstLoudAt(), { withinMs: 60_000 })
  return { submitted, approved, heard: (heardAt - run.began) / 1000 }
}

/** Where the flood draft is heard: the player must stand in one of its villages. */
const villageOfFlood = async ({ officer }: People): Promise<string> => {
  const { notices } = await officer.must<{ notices: FloodDraft[] }>('GET', `/api/notices?state=draft&unit=${COMMUNE}`)
  const audience = notices.find(({ current }) => FLOOD.test(current.title))?.current.audience
  return audience?.find((unit) => unit !== COMMUNE) ?? 'binh-my-thon-1'
}

const playFirst = async (run: Run, program: Program): Promise<Omit<Stages, 'cloned'>> => {
  await untilServing(run, program)
  const serving = sinceSeconds(run.began)
  const people = await signInAll(run.url)
  const signedIn = sinceSeconds(run.began)
  const { code } = await enterCluster(people.administrator, 'Cụm đầu tiên', await villageOfFlood(people))
  const data = `${run.clone}-player`
  mkdirSync(data)
  const listener = new Listener({ url: run.url, code, data, output: 'wav', from: run.clone })
  try {
    await listener.untilReady(60_000)
    const playerReady = sinceSeconds(run.began)
    return { serving, signedIn, playerReady, ...(await announce(run, people, listener)) }
  } finally {
    await listener.stop()
  }
}

/** Clones, starts, and plays. `cold`: with an empty folder as npm's cache. */
const once = async (place: Place, cold: boolean): Promise<Stages> => {
  const clone = join(place.folder, cold ? 'clone-cold' : 'clone-warm')
  const port = await freePort()
  const home = `${clone}-home`
  const run: Run = { clone, home, url: `http://127.0.0.1:${port}`, began: wallNow() }
  const cloning = startProgram('git', ['clone', '--quiet', `file://${repository}`, clone])
  if ((await cloning.ended) !== 0) throw new Error('git clone failed')
  const cloned = sinceSeconds(run.began)
  const settings = cold ? [`npm_config_cache=${clone}-cache`] : []
  const args = [...settings, 'npm', 'start', '--', '--home', home, '--port', String(port)]
  const program = startProgram('env', args, { cwd: clone, log: `${clone}.log` })
  try {
    return { cloned, ...(await playFirst(run, program)) }
  } finally {
    // npm passes no signal on to what it started
    await endServer(home)
    await program.stop()
  }
}

const stageWords = (stages: Stages): string =>
  `clone ${stages.cloned.toFixed(1)} s · serving ${stages.serving.toFixed(1)} s · signed in ${stages.signedIn.toFixed(1)} s · player enrolled ${stages.playerReady.toFixed(1)} s · submitted ${stages.submitted.toFixed(1)} s · approved ${stages.approved.toFixed(1)} s · heard ${stages.heard.toFixed(1)} s`

/** From `git clone` to the first announcement heard: install, start, sign in, submit, approve, sound. */
export const freshClone = async (place: Place): Promise<Measured> => {
  const warm = await once(place, false)
  const cold = place.cold ? await once(place, true) : undefined
  return {
    rows: [
      { what: 'git clone → serving, warm npm cache', ours: warm.serving, unit: 's' },
      { what: 'git clone → first sound, warm npm cache', ours: warm.heard, unit: 's', beside: besideOf(WARM_BUDGET_S) },
      ...(cold === undefined
        ? []
        : [
            { what: 'git clone → serving, empty npm cache', ours: cold.serving, unit: 's' },
            {
              what: 'git clone → first sound, empty npm cache',
              ours: cold.heard,
              unit: 's',
              beside: besideOf(COLD_BUDGET_S),
            },
          ]),
    ],
    notes: [
      `warm: ${stageWords(warm)}`,
      ...(cold === undefined ? [] : [`cold: ${stageWords(cold)}`]),
      'by the programs people use, driven over the API: npm start in the clone, a player program of the clone enrolled by a code, the flood draft of the demonstration',
      classNote(classNow('priority')),
    ],
  }
}
