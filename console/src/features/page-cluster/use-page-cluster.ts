import { publicKeySchema } from '@loa/protocol'
import { useCallback, useEffect, useRef, useState } from 'react'
import { after, serverNow, setServerTime } from '../../platform/clock.ts'
import { makeOwnKey, type OwnKey, sha256Hex, verifySignature } from '../../platform/keys.ts'
import { openSocket, type Socket } from '../../platform/socket.ts'
import { openSpeaker, type Speaker } from '../../platform/speaker.ts'
import { type Doing, freshMemory, type Greeting, PageCluster, type Ports } from './cluster.ts'

const AGAIN_AFTER_MS = 3000
const LOG_MAX = 12

/** Lives as long as the page. */
const memory = freshMemory()

export type Logged = { at: number; doing: Doing | { is: 'ignored' } }
type Shown = { doing: Doing; log: Logged[]; replay: string | undefined }

const greetingOf = (hello: unknown): (Greeting & { serverTime: number }) | undefined => {
  if (typeof hello !== 'object' || hello === null) return undefined
  const { device, rootKey, serverKeys, listens, serverTime } = hello as Record<string, unknown>
  const root = publicKeySchema.safeParse(rootKey)
  const servers = publicKeySchema.array().safeParse(serverKeys)
  if (typeof device !== 'string' || typeof serverTime !== 'number' || !root.success || !servers.success)
    return undefined
  return {
    device,
    serverTime,
    anchors: { rootKey: root.data, serverKeys: servers.data },
    listens: Array.isArray(listens) ? (listens as Greeting['listens']) : [],
  }
}

const fetchSound =
  (speaker: Speaker): Ports['sound'] =>
  async (hash) => {
    const response = await fetch(`/api/sounds/${hash}`, { credentials: 'same-origin' }).catch(() => undefined)
    if (!response?.ok) return 'sound.missing'
    const bytes = await response.arrayBuffer()
    if ((await sha256Hex(bytes)) !== hash) return 'sound.wrongHash'
    return speaker.decode(bytes).catch(() => 'sound.broken' as const)
  }

type Running = { close: () => void; replay: () => void }

type Parts = { unit: string; key: OwnKey; speaker: Speaker; show: (change: (shown: Shown) => Shown) => void }

/** One connection after another until it is switched off. What was learnt is learnt anew: everything retained comes again. */
const run = ({ unit, key, speaker, show }: Parts): Running => {
  let cluster: PageCluster | undefined
  let socket: Socket | undefined
  let cancelAgain: (() => void) | undefined
  const log = (doing: Logged['doing']) =>
    show((shown) => ({ ...shown, log: [{ at: serverNow(), doing }, ...shown.log].slice(0, LOG_MAX) }))
  const ports: Ports = {
    key,
    after,
    verify: verifySignature,
    now: serverNow,
    send: (message) => socket?.send(message),
    sound: fetchSound(speaker),
    play: speaker.play,
    onDoing: (doing, note) => {
      show((shown) => ({ ...shown, doing }))
      if (note === 'log') log(doing)
    },
    onIgnored: () => log({ is: 'ignored' }),
    onReplay: (replay) => show((shown) => ({ ...shown, replay })),
  }
  const onMessage = (message: unknown) => {
    if (typeof message !== 'object' || message === null) return
    const { hello, topic, payload, registered } = message as Record<string, unknown>
    const greeting = greetingOf(hello)
    if (greeting) {
      setServerTime(greeting.serverTime)
      cluster = new PageCluster(greeting, ports, memory)
      cluster.start()
    } else if (typeof topic === 'string' && typeof payload === 'string' && topic.includes('/unit/'))
      cluster?.receive(topic, payload)
    else if (typeof registered === 'object' && registered !== null && 'epoch' in registered)
      cluster?.registered(Number(registered.epoch))
  }
  const connect = () => {
    socket = openSocket(`/api/page-cluster?unit=${encodeURIComponent(unit)}`, {
      onMessage,
      onClose: () => {
        cluster?.close()
        show((shown) => ({ ...shown, doing: { is: 'closed' } }))
        cancelAgain = after(AGAIN_AFTER_MS, connect)
      },
    })
  }
  connect()
  return {
    replay: () => void cluster?.replay(),
    close: () => {
      cancelAgain?.()
      cluster?.close()
      socket?.close()
      speaker.close()
    },
  }
}

/** The page's own loudspeaker, off until it is pressed on. */
export const usePageCluster = () => {
  const [shown, setShown] = useState<Shown | undefined>(undefined)
  const running = useRef<Running | undefined>(undefined)
  const stop = useCallback(() => {
    running.current?.close()
    running.current = undefined
    setShown(undefined)
  }, [])
  useEffect(() => stop, [stop])
  const start = async (unit: string) => {
    stop()
    // Opened before anything is awaited: a browser lets sound through only from within a press.
    const speaker = openSpeaker()
    setShown({ doing: { is: 'connecting' }, log: [], replay: undefined })
    const key = await makeOwnKey()
    if (!key) {
      speaker.close()
      return setShown({ doing: { is: 'unsupported' }, log: [], replay: undefined })
    }
    running.current = run({ unit, key, speaker, show: (change) => setShown((now) => (now ? change(now) : now)) })
  }
  return { shown, start, stop, replay: () => running.current?.replay() }
}
