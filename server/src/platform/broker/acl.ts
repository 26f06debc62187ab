import { parseTopic } from '@loa/protocol'

/** Topics have at most this many levels; ours have five. Deep topics once crashed aedes (GHSA-xxqp-5qx8-gj5q). */
export const TOPIC_LEVELS_MAX = 10

/** What a device may say, and only under its own name. */
const SPOKEN_BY_DEVICE = new Set(['hello', 'receipt', 'report', 'status'])
/** What is said to one device alone. */
const SAID_TO_DEVICE = new Set(['ack', 'config', 'order'])

/** Whether a device may publish to a topic. Everything not named here is refused. */
export const deviceMayPublish = (device: string, topic: string): boolean => {
  const parts = parseTopic(topic)
  return parts?.scope === 'up' && parts.id === device && SPOKEN_BY_DEVICE.has(parts.leaf)
}

const UNIT_FILTER = /^loa\/v1\/unit\/(\+|[A-Za-z0-9_-]{1,64})(\/(\+|#|[A-Za-z0-9_-]{1,64})){1,5}$/

/**
 * Whether a device may subscribe to a filter. Unit topics are signed and public among devices, so wildcards are open
 * there; of the private ones only its own `ack`, `config` and `order`, named outright.
 */
export const deviceMaySubscribe = (device: string, filter: string): boolean => {
  const parts = parseTopic(filter)
  if (parts?.scope === 'up') return parts.id === device && SAID_TO_DEVICE.has(parts.leaf)
  return UNIT_FILTER.test(filter)
}

/**
 * Whether a client id may be used under a device's name. A client id taken twice throws the first holder out, and the broker
 * keeps what is sent for every client id that was ever away: a device has one, its own. Without one nothing is kept for it.
 */
export const deviceMayUseClientId = (device: string, clientId: string): boolean =>
  clientId === '' || clientId === device

/** Connections of one device at a time: the old one may not have been noticed to be gone, more than a few are no device. */
export const CONNECTIONS_OF_DEVICE_MAX = 4
