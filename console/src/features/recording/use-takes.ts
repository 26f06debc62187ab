import { useEffect, useMemo, useRef, useState } from 'react'
import type { Voicing } from '../../api/types.ts'
import { serverNow } from '../../platform/clock.ts'
import {
  type Interruption,
  type Microphone,
  type NoMicrophone,
  openMicrophone,
  SAMPLE_RATE,
} from '../../platform/microphone.ts'
import {
  changeTake,
  forgetTake,
  keepPiece,
  keepTake,
  newTakeId,
  type TakeFacts,
  takeById,
} from '../../platform/takes.ts'
import { fileOf, soundKey, type Take, takeOf, withTake } from './take.ts'
import { type Sent, useSending, type Wanted } from './use-sending.ts'

/** Ten minutes at 48 kHz are 58 MB; the server takes 64. */
export const RECORDING_MS_MAX = 600_000

export type About = {
  /** Whose it is, so that it is kept in the browser for this person; absent: it only lives as long as the page. */
  person: string | undefined
  unit: string
  language: string
  /** The notice it is for; undefined until that has been saved for the first time. */
  notice: string | undefined
  title: string
}

export type Trouble = NoMicrophone | Interruption | 'longest'

/** Records, and keeps in the browser what has come, second by second. */
const useMicrophone = (about: About, onTake: (take: Take) => void) => {
  const [microphone, setMicrophone] = useState<Microphone | undefined>(undefined)
  const [opening, setOpening] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined)
  const now = useRef<{ id: string; microphone: Microphone } | undefined>(undefined)
  const gone = useRef(false)
  const finish = (): void => {
    const open = now.current
    now.current = undefined
    setMicrophone(undefined)
    const pcm = open?.microphone.finish()
    if (open && pcm && pcm.samples.length > 0) onTake(takeOf(open.id, pcm))
  }
  const finishing = useRef(finish)
  finishing.current = finish
  useEffect(() => {
    gone.current = false
    return () => {
      // whoever goes elsewhere meanwhile finds it again: what was recorded is in the browser's store
      gone.current = true
      now.current?.microphone.finish()
      now.current = undefined
    }
  }, [])
  const start = async (): Promise<void> => {
    setTrouble(undefined)
    setOpening(true)
    const id = newTakeId()
    let pieces = 0
    const { person, notice = null, ...rest } = about
    const facts = { ...rest, id, notice, at: serverNow(), cut: null, gate: false, upload: null, sent: false }
    const opened = await openMicrophone({
      onPiece: (samples) => {
        if (person === undefined) return
        const sampleRate = now.current?.microphone.sampleRate ?? SAMPLE_RATE
        if (pieces === 0) void keepTake({ ...facts, person, sampleRate })
        void keepPiece(id, pieces++, samples)
      },
      onInterruption: (what) => {
        setTrouble(what)
        if (what === 'lost') finishing.current()
      },
    })
    setOpening(false)
    if (typeof opened === 'string') return setTrouble(opened)
    if (gone.current) return void opened.finish()
    now.current = { id, microphone: opened }
    setMicrophone(opened)
  }
  const cancel = (): void => {
    const open = now.current
    now.current = undefined
    open?.microphone.finish()
    if (open) void forgetTake(open.id)
    setMicrophone(undefined)
  }
  const full = (): void => {
    finish()
    setTrouble('longest')
  }
  return { microphone, opening, trouble, setTrouble, start, finish, cancel, full }
}

type File = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly count: number }

/** What is to be on the server: the take that was chosen, as it is cut, or the file that was given. */
const wantedOf = (take: Take | undefined, file: File | undefined): Wanted | undefined => {
  if (file) {
    const { name, bytes, count } = file
    return { key: `file ${count}`, bytes: () => bytes, fileName: name, known: null, onBegun: () => undefined }
  }
  if (!take) return undefined
  const onBegun = (upload: TakeFacts['upload']): void => void changeTake(take.id, { upload })
  return { key: soundKey(take), bytes: () => fileOf(take), fileName: '', known: take.upload, onBegun }
}

export type Takes = {
  takes: readonly Take[]
  chosen: Take | undefined
  sent: Sent
  again: () => void
  choose: (id: string) => void
  change: (part: Partial<Pick<Take, 'cut' | 'gate'>>) => void
  sendFile: (file: { name: string; bytes: Uint8Array<ArrayBuffer> }) => void
  isFile: boolean
  /** Brings back one that was not sent, from the browser's store. */
  bringBack: (id: string) => Promise<void>
} & ReturnType<typeof useMicrophone>

/** Takes of one version of a notice: recording, choosing, cutting; what is chosen goes to the server by itself. */
export const useTakes = (about: About, onVoicing: (voicing: Voicing | null) => void): Takes => {
  const [takes, setTakes] = useState<readonly Take[]>([])
  const [chosenId, setChosenId] = useState<string | undefined>(undefined)
  const [file, setFile] = useState<File | undefined>(undefined)
  const chosen = takes.find(({ id }) => id === chosenId)
  const add = (take: Take): void => {
    const { takes: kept, gone } = withTake(takes, take)
    for (const { id } of gone) void forgetTake(id)
    setTakes(kept)
    setChosenId(take.id)
    setFile(undefined)
  }
  const recording = useMicrophone(about, add)
  const wanted = useMemo(() => wantedOf(chosen, file), [chosen, file])
  const onDone = (): void => {
    for (const { id } of takes) void changeTake(id, { sent: true })
  }
  const { sent, again } = useSending({ unit: about.unit, wanted, onVoicing, onDone })
  const change: Takes['change'] = (part) => {
    if (!chosen) return
    setTakes(takes.map((take) => (take.id === chosen.id ? { ...take, ...part, upload: null } : take)))
    void changeTake(chosen.id, { ...part, upload: null, sent: false })
  }
  const choose = (id: string): void => {
    setChosenId(id)
    setFile(undefined)
    void changeTake(id, { sent: false })
  }
  const bringBack = async (id: string): Promise<void> => {
    const kept = await takeById(id)
    if (!kept) return
    const { sampleRate, cut, gate, upload } = kept.facts
    const take = takeOf(id, { samples: kept.samples, sampleRate })
    add({ ...take, cut: cut ?? take.cut, gate, upload })
  }
  const { notice, title } = about
  useEffect(() => {
    for (const { id } of takes) void changeTake(id, { notice: notice ?? null, title })
  }, [takes, notice, title])
  const sendFile: Takes['sendFile'] = (given) => setFile((before) => ({ ...given, count: (before?.count ?? 0) + 1 }))
  return { takes, chosen, sent, again, choose, change, sendFile, isFile: file !== undefined, bringBack, ...recording }
}
