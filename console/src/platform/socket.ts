export type Socket = { send(message: unknown): void; close(): void }

type Listener = { onMessage: (message: unknown) => void; onClose: () => void }

const parsed = (text: unknown): unknown => {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** A WebSocket to this very server; JSON both ways. */
export const openSocket = (path: string, { onMessage, onClose }: Listener): Socket => {
  const socket = new WebSocket(path.replace(/^/, `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`))
  socket.onmessage = (event) => onMessage(parsed(event.data))
  socket.onclose = onClose
  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
    },
    close: () => {
      socket.onclose = null
      socket.close()
    },
  }
}
