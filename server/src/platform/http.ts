/** The HTTP edge, as modules and the composition root use it. */
export { createApp, finishApp } from './http/app.ts'
export { endpoint, type Router, reply } from './http/endpoint.ts'
export { SOUND_MAX_BYTES } from './http/guards.ts'
export { type Listening, listenHttp, PortInUse } from './http/listen.ts'
export { refusalSchema, refusedResponse } from './http/refused.ts'
export { type Page, type PageRequest, pageSocket } from './http/sockets.ts'
