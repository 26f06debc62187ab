import { z } from '@hono/zod-openapi'
import { classSchema, localDate } from '@loa/protocol'
import type { Role } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router, reply } from '../../platform/http.ts'
import { actorOf, authorise } from '../access/index.ts'
import { unitPath } from '../org/index.ts'
import { cleanText, readingOf, requestVoicing, takeRecording, type Voicing, voicingById } from './commands.ts'
import { frameRoutes } from './frame/routes.ts'
import { readingLane, urgentLane, voiceLane } from './in-turn.ts'
import { CORRECTIONS_MAX, correctionSchema } from './lexicon/model.ts'
import { lexiconRoutes } from './lexicon/routes.ts'
import { mayListen, mayRecord, mayVoice } from './policy.ts'
import { presentReadBy, presentWord, readBySchema, timedWordSchema } from './present.ts'
import { refuseClassified } from './secrecy.ts'
import { takeUpload } from './uploads/commands.ts'
import { uploadOf, uploadRoutes } from './uploads/routes.ts'
import { accentSchema, rateSchema, sampleSchema, withBuiltIn } from './voices/model.ts'
import { maySetVoice } from './voices/policy.ts'
import { voiceSettingsRoutes } from './voices/routes.ts'

const soundSchema = z
  .object({
    hash: z.string(),
    bytes: z.number(),
    durationMs: z.number(),
    loudnessLufs: z.number(),
    peakDbtp: z.number(),
    levels: z.array(z.number()),
  })
  .openapi('Sound')

export const voicingSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['text', 'recording']),
    written: z.string().nullable(),
    spoken: z.string().nullable(),
    words: z.array(timedWordSchema).nullable(),
    accent: z.enum(['north', 'central', 'south']).nullable(),
    rate: z.number().nullable(),
    ...readBySchema.shape,
    sound: soundSchema,
    refused: z.null(),
  })
  .openapi('Voicing')

export const presentVoicing = (voicing: Voicing): z.input<typeof voicingSchema> => ({
  id: voicing.id,
  kind: voicing.kind,
  written: voicing.written,
  spoken: voicing.spoken,
  words: voicing.words?.map((word) => presentWord(word)) ?? null,
  accent: voicing.accent,
  rate: voicing.rate,
  ...presentReadBy(voicing),
  sound: {
    hash: voicing.sound.hash,
    bytes: voicing.sound.bytes,
    durationMs: voicing.sound.durationMs,
    loudnessLufs: voicing.sound.loudnessLufs,
    peakDbtp: voicing.sound.peakDbtp,
    levels: [...voicing.sound.levels],
  },
  refused: null,
})

const readingSchema = z
  .object({
    words: z.array(
      z.object({
        text: z.string(),
        from: z.number(),
        to: z.number(),
        rule: z.string(),
        pause: z.enum(['none', 'short', 'sentence', 'paragraph']),
        doubtful: z.array(z.string()).optional(),
      }),
    ),
    spoken: z.string(),
  })
  .openapi('Reading')

const unit = z.string().min(1).max(64)
/** Longer than any text that is accepted, so that "too long" is said by its own name. */
const text = z.string().max(200_000)

/** Readings put right for this one text. */
const corrections = z.array(correctionSchema).max(CORRECTIONS_MAX).optional()

/** Settings are listened to by whoever may set them, before others hear them. */
const sampleRoute = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/voice-settings/sample',
      summary: 'Nghe thử giọng đọc trước khi đặt',
      query: z.object({ unit }),
      body: sampleSchema,
      result: voicingSchema,
    },
    async ({ query, body: { text, ...chosen }, c }) => {
      const path = await unitPath(ctx.db, query.unit, localDate(ctx.clock.now()))
      const refused = authorise(actorOf(c), maySetVoice, path)
      if (refused) return refused
      const { person } = actorOf(c)
      const settings = { ...chosen, voices: withBuiltIn(chosen.voices) }
      const made = await voiceLane(person, () => requestVoicing(ctx, { unit: query.unit, text, settings }, person))
      return isRefusal(made) ? made : presentVoicing(made)
    },
  )

const textRoutes = (router: Router, ctx: Context): void => {
  const allowed = async (c: Parameters<typeof actorOf>[0], of: string, roles: readonly Role[]) =>
    authorise(actorOf(c), roles, await unitPath(ctx.db, of, localDate(ctx.clock.now())))
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/readings',
      summary: 'Văn bản sẽ được đọc thế nào, từng từ',
      body: z.object({ unit, text, corrections }),
      result: readingSchema,
    },
    async ({ body, c }) => {
      const refused = await allowed(c, body.unit, mayVoice)
      if (refused) return refused
      const { person } = actorOf(c)
      const reading = await readingLane(person, async () => {
        const clean = cleanText(body.text)
        if (isRefusal(clean)) return clean
        const classified = await refuseClassified(ctx, { unit: body.unit, person, texts: [clean] })
        return classified ?? readingOf(ctx, { ...body, text: clean })
      })
      if (isRefusal(reading)) return reading
      const words = reading.words.map(({ doubtful, ...word }) => ({
        ...word,
        ...(doubtful ? { doubtful: [...doubtful] } : {}),
      }))
      return { words, spoken: reading.spoken }
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/voicings',
      summary: 'Đọc văn bản thành tiếng',
      body: z.object({
        unit,
        text,
        /** Absent: as the unit has set it. */
        accent: accentSchema.optional(),
        rate: rateSchema.optional(),
        corrections,
        /** Of the notice it is for: an emergency goes before everything else, and what is urgent waits for no slow voice. */
        class: classSchema.optional(),
      }),
      result: voicingSchema,
    },
    async ({ body, c }) => {
      const refused = await allowed(c, body.unit, mayVoice)
      if (refused) return refused
      const { person } = actorOf(c)
      const lane = (body.class ?? 'normal') === 'normal' ? voiceLane : urgentLane
      const made = await lane(person, () => requestVoicing(ctx, body, person))
      return isRefusal(made) ? made : presentVoicing(made)
    },
  )
}

const voicingRoute = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/voicings/{id}',
      summary: 'Một bản đọc',
      params: z.object({ id: z.string().max(64) }),
      result: voicingSchema,
    },
    async ({ params, c }) => {
      const found = await voicingById(ctx.db, params.id)
      if (found === undefined) return refuse('input.notFound')
      const path = await unitPath(ctx.db, found.unit, localDate(ctx.clock.now()))
      return authorise(actorOf(c), mayListen, path) ?? presentVoicing(found)
    },
  )

const decodedName = (name: string): string => {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** The name the browser gave the file, however it was sent. */
const fileNameOf = (header: (name: string) => string | undefined, query: string | undefined): string =>
  [header('x-file-name'), header('content-disposition'), query].map((name) => decodedName(name ?? '')).join(' ')

/** What came in pieces, for the unit it was announced for. */
const recordingThatCame = async (
  ctx: Context,
  c: Parameters<typeof actorOf>[0],
  { id, unit: of }: { id: string; unit: string },
): Promise<z.input<typeof voicingSchema> | Refusal> => {
  const upload = await uploadOf(ctx, c, id)
  if (isRefusal(upload)) return upload
  if (upload.unit !== of) return refuse('input.notFound')
  const made = await voiceLane(upload.person, () => takeUpload(ctx, upload))
  return isRefusal(made) ? made : presentVoicing(made)
}

const recordingRoute = (router: Router, ctx: Context): void => {
  router.openAPIRegistry.registerPath({
    method: 'post',
    path: '/api/recordings',
    summary: 'Nhận bản thu: WAV, Ogg Opus hoặc MP3, tối đa 64 MB; cả tệp trong yêu cầu, hoặc đã gửi từng phần (upload)',
    request: {
      query: z.object({ unit, name: z.string().optional(), upload: z.string().optional() }),
      body: { content: { 'audio/*': { schema: z.string().openapi({ format: 'binary' }) } } },
    },
    responses: { 200: { description: 'OK', content: { 'application/json': { schema: voicingSchema } } } },
  })
  router.post('/api/recordings', async (c) => {
    const actor = actorOf(c)
    const of = c.req.query('unit') ?? ''
    const refused = authorise(actor, mayRecord, await unitPath(ctx.db, of, localDate(ctx.clock.now())))
    if (refused) return reply(c, refused)
    const came = c.req.query('upload')
    if (came !== undefined) return reply(c, await recordingThatCame(ctx, c, { id: came, unit: of }))
    const fileName = fileNameOf((name) => c.req.header(name), c.req.query('name'))
    const made: Voicing | Refusal = await voiceLane(actor.person, async () => {
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      return takeRecording(ctx, { unit: of, bytes, fileName }, actor.person)
    })
    return reply(c, isRefusal(made) ? made : presentVoicing(made))
  })
}

export const voicingRoutes = (router: Router, ctx: Context): void => {
  textRoutes(router, ctx)
  voicingRoute(router, ctx)
  lexiconRoutes(router, ctx)
  frameRoutes(router, ctx)
  voiceSettingsRoutes(router, ctx)
  sampleRoute(router, ctx)
  uploadRoutes(router, ctx)
  recordingRoute(router, ctx)
}
