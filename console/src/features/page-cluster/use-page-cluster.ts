import { publicKeySchema } from '@loa/protocol'
import { useEffect, useSyncExternalStore } from 'react'
import { after, serverNow, setServerTime } from '../../platform/clock.ts'
import { makeOwnKey, type OwnKey, sha256Hex, verifySignature } from '../../platform/keys.ts'
import { openSocket, type Socket } from '../../platform/socket.ts'
import { openSpeaker, type Speaker } from '../../platform/speaker.ts'
import { freshMemory, type Greeting, PageCluster, type Ports } from './cluster.ts'
import { type Logged, pageSpeaker, type Running, type Shown } from './switch.ts'

const AGAIN_AFTER_MS = 3000
const LOG_MAX = 12

/** Lives as long as the page. */
const memory = freshMemory()

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

/** The page's own loudspeaker, off until it is pressed on; it stays on while its person goes from screen to screen. */
export const usePageCluster = () => {
  const shown = useSyncExternalStore(pageSpeaker.subscribe, pageSpeaker.get)
  useEffect(() => pageSpeaker.panel(), [])
  const start = async (unit: string) => {
    pageSpeaker.off()
    // Opened before anything is awaited: a browser lets sound through only from within a press.
    const speaker = openSpeaker()
    pageSpeaker.show({ unit, doing: { is: 'connecting' }, log: [], replay: undefined })
    const key = await makeOwnKey()
    if (!key) {
      speaker.close()
      return pageSpeaker.show({ unit, doing: { is: 'unsupported' }, log: [], replay: undefined })
    }
    pageSpeaker.run(run({ unit, key, speaker, show: pageSpeaker.change }))
  }
  return { shown, start, stop: pageSpeaker.off, replay: pageSpeaker.replay }
}
