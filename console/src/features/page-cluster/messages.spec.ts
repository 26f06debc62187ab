import { encodeCandidate, topics } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import { verifySignature } from '../../platform/keys.ts'
import { openRelease, type Verified, verified } from './messages.ts'
import { airingOf, candidateOf, commune, manifestOf, newKey, noon, rosterOf, signed, stopOf } from './scene.ts'

const root = await newKey()
const server = await newKey()
const stranger = await newKey()
const tam = await newKey()

const roster = rosterOf({ tam: tam.key }, server.key)
const manifest = JSON.stringify(manifestOf(1, [airingOf()], []))
const stop = JSON.stringify(stopOf(null, noon))

const read = async (topic: string, payload: unknown, rosters = [roster]): Promise<Verified['kind'] | 'ignored'> => {
  const message = await verified(topic, typeof payload === 'string' ? payload : JSON.stringify(payload), {
    anchors: { rootKey: root.key, serverKeys: [server.key] },
    rosters,
    now: noon,
    verify: verifySignature,
  })
  return message?.kind ?? 'ignored'
}

const otherServer = rosterOf({ tam: tam.key }, stranger.key)
const changed = async () => {
  const envelope = await signed('manifest', manifest, server)
  return { ...envelope, body: envelope.body.replace('"seq":1', '"seq":2') }
}

describe('the page believes only what is signed', () => {
  it.each<[string, string, () => Promise<unknown>, Verified['kind'] | 'ignored']>([
    [
      'a roster signed by the root key',
      topics.roster(commune),
      () => signed('roster', JSON.stringify(roster), root),
      'roster',
    ],
    [
      'a roster signed by a server key',
      topics.roster(commune),
      () => signed('roster', JSON.stringify(roster), server),
      'ignored',
    ],
    [
      'a manifest signed by the server',
      topics.manifest(commune),
      () => signed('manifest', manifest, server),
      'manifest',
    ],
    [
      'a manifest signed by a stranger',
      topics.manifest(commune),
      () => signed('manifest', manifest, stranger),
      'ignored',
    ],
    ['a manifest changed after signing', topics.manifest(commune), changed, 'ignored'],
    [
      'a manifest signed as if it were a stop',
      topics.manifest(commune),
      () => signed('stop', manifest, server),
      'ignored',
    ],
    ['a manifest of another unit', topics.manifest('van-tuong'), () => signed('manifest', manifest, server), 'ignored'],
    ['a stop signed by the server', topics.stop(commune), () => signed('stop', stop, server), 'stop'],
    ['a stop with no signature', topics.stop(commune), () => signed('stop', stop), 'ignored'],
    ['something that is no envelope', topics.stop(commune), async () => 'im lặng', 'ignored'],
    ['a message on a topic that is none of ours', 'loa/v1/other', () => signed('stop', stop, server), 'ignored'],
  ])('%s', async (_, topic, payload, expected) => expect(await read(topic, await payload())).toBe(expected))

  it('from the first roster on, the roster alone says which server may speak', async () => {
    const envelope = await signed('manifest', manifest, server)
    expect(await read(topics.manifest(commune), envelope, [])).toBe('manifest')
    expect(await read(topics.manifest(commune), envelope, [otherServer])).toBe('ignored')
  })
})

describe('a release counts the people who really signed it', () => {
  const body = encodeCandidate(candidateOf())
  it.each([
    ['the approver of the roster', async () => signed('candidate', body, tam), [tam.key.id]],
    ['a stranger', async () => signed('candidate', body, stranger), []],
    ['the approver, but something else', async () => ({ ...(await signed('candidate', '{}', tam)), body }), []],
    ['the approver, twice', async () => signed('candidate', body, tam, tam), [tam.key.id]],
  ])('signed by %s', async (_, release, signers) =>
    expect((await openRelease(await release(), [roster], verifySignature))?.signers).toEqual(signers),
  )

  it('what is no candidate is no release', async () =>
    expect(
      await openRelease(await signed('candidate', '{"title":"x"}', tam), [roster], verifySignature),
    ).toBeUndefined())
})
