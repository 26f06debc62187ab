/**
 * The wire as one table: topic → who sends it, what travels, whether the broker keeps it. MQTT 3.1.1 only, QoS 1
 * throughout. Unit topics may be read by every enrolled device (their content is signed and public); only `up/{device}` is
 * private to that device.
 */
export const topicRoot = 'loa/v1'

export const topics = {
  /** server → devices, retained: Envelope of Roster, signed by the root key. */
  roster: (unit: string) => `${topicRoot}/unit/${unit}/roster`,
  /** server → devices, retained: Envelope of Manifest. */
  manifest: (unit: string) => `${topicRoot}/unit/${unit}/manifest`,
  /** server → devices: Envelope of Order. */
  order: (unit: string) => `${topicRoot}/unit/${unit}/order`,
  /** server → devices, retained: Envelope of Stop. */
  stop: (unit: string) => `${topicRoot}/unit/${unit}/stop`,
  /** server → device, retained: Envelope of DeviceConfig. */
  config: (device: string) => `${topicRoot}/up/${device}/config`,
  /** server → device: Envelope of Order that names this device: a test tone for one cluster and nobody else. */
  deviceOrder: (device: string) => `${topicRoot}/up/${device}/order`,
  /** server → device: Envelope of Welcome, or of ReceiptAck. */
  ack: (device: string) => `${topicRoot}/up/${device}/ack`,
  /** device → server: Hello. */
  hello: (device: string) => `${topicRoot}/up/${device}/hello`,
  /** device → server: Envelope of Receipt, signed by the device. */
  receipt: (device: string) => `${topicRoot}/up/${device}/receipt`,
  /** device → server: Status; also the last will. */
  status: (device: string) => `${topicRoot}/up/${device}/status`,
  /** device → server: Report. */
  report: (device: string) => `${topicRoot}/up/${device}/report`,
} as const

/** What a device subscribes to for the units it listens to and for itself. */
export const subscriptionsOf = (device: string, units: readonly string[]): string[] => [
  topics.config(device),
  topics.ack(device),
  topics.deviceOrder(device),
  ...units.map((unit) => `${topicRoot}/unit/${unit}/+`),
]

/** Splits a topic into its parts; `undefined` where it is none of ours. */
export const parseTopic = (topic: string): { scope: 'unit' | 'up'; id: string; leaf: string } | undefined => {
  const match = /^loa\/v1\/(unit|up)\/([A-Za-z0-9_-]{1,64})\/([a-z]+)$/.exec(topic)
  if (!match) return undefined
  return { scope: match[1] as 'unit' | 'up', id: match[2] ?? '', leaf: match[3] ?? '' }
}
