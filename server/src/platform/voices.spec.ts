import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { voiceProbe } from './health.ts'
import { silentLog } from './testing.ts'
import { canSpeakModels, putToneVoice } from './testing-voice.ts'
import { openVoice } from './voice.ts'
import { voicesIn } from './voice-folders.ts'
import { openVoices } from './voices.ts'

const root = mkdtempSync(join(tmpdir(), 'loa-voices-'))
afterAll(() => rmSync(root, { recursive: true }))
let number = 0
/** A folder for voices with one in it, then changed. */
const withVoice = (change: (voice: string) => void, about: object = {}): string => {
  const folder = join(root, String(++number))
  change(putToneVoice(folder, 'mai', about as Record<string, unknown>))
  return folder
}
const outside = join(root, 'outside.txt')
writeFileSync(outside, 'a 1')

/** A file of this size that takes no room. */
const hollow = (path: string, bytes: number): void => {
  writeFileSync(path, '')
  truncateSync(path, bytes)
}
const toLink = (name: string) => (voice: string) => {
  rmSync(join(voice, name), { force: true })
  symlinkSync(outside, join(voice, name))
}
const describedAs = (words: string) => (voice: string) => writeFileSync(join(voice, 'voice.json'), words)
const GIGABYTE = 1_073_741_824

// biome-ignore format: a table
const wrong: [string, (voice: string) => void, string][] = [
  ['without a model',                        (v) => unlinkSync(join(v, 'model.onnx')),                 'model.onnx'],
  ['without tokens',                         (v) => unlinkSync(join(v, 'tokens.txt')),                 'tokens.txt'],
  ['without a description',                  (v) => unlinkSync(join(v, 'voice.json')),                 'voice.json'],
  ['whose tokens are a gigabyte',            (v) => hollow(join(v, 'tokens.txt'), GIGABYTE),           'tokens.txt: 1024 MB'],
  ['whose model is a gigabyte',              (v) => hollow(join(v, 'model.onnx'), GIGABYTE),           'model.onnx'],
  ['whose lexicon is a gigabyte',            (v) => hollow(join(v, 'lexicon.txt'), GIGABYTE),          'lexicon.txt'],
  ['whose description is a gigabyte',        (v) => hollow(join(v, 'voice.json'), GIGABYTE),           'voice.json'],
  ['whose model lies elsewhere',             toLink('model.onnx'),                                     'model.onnx'],
  ['whose tokens lie elsewhere',             toLink('tokens.txt'),                                     'tokens.txt'],
  ['whose lexicon lies elsewhere',           toLink('lexicon.txt'),                                    'lexicon.txt'],
  ['whose data lie elsewhere',               (v) => symlinkSync(root, join(v, 'espeak-ng-data')),      'espeak-ng-data'],
  ['whose data hold a way out',              (v) => { mkdirSync(join(v, 'espeak-ng-data')); symlinkSync(outside, join(v, 'espeak-ng-data', 'vi_dict')) }, 'vi_dict'],
  ['whose model is a folder',                (v) => { unlinkSync(join(v, 'model.onnx')); mkdirSync(join(v, 'model.onnx')) }, 'model.onnx'],
  ['described by something else than JSON',  describedAs('name: Mai'),                                 'voice.json'],
  ['without a licence',                      describedAs('{"name":"Mai","accent":"north"}'),           'licence'],
  ['with an accent nobody has',              describedAs('{"name":"Mai","accent":"west","licence":"MIT"}'), 'accent'],
  ['whose address is a file',                describedAs('{"name":"Mai","accent":"north","licence":"MIT","url":"file:///etc/passwd"}'), 'url'],
  ['whose token file is a path',             describedAs('{"name":"Mai","accent":"north","licence":"MIT","url":"http://127.0.0.1/","tokenFile":"../../keys"}'), 'tokenFile'],
  ['whose token file is missing',            describedAs('{"name":"Mai","accent":"north","licence":"MIT","url":"http://127.0.0.1/","tokenFile":"token"}'), 'token'],
]

describe('a folder of the operator’s', () => {
  test.each(wrong)('%s is not taken, and the screen says which file it is', async (_title, change, file) => {
    const [found] = await voicesIn(withVoice(change))
    expect(found).toMatchObject({ id: 'mai', kind: 'refused', trouble: { code: 'folderRefused' } })
    expect(found && 'trouble' in found && found.trouble.detail).toContain(file)
  })

  test('is a voice by its folder’s name, with the name and the accents it is given', async () => {
    const folder = withVoice(() => undefined, { name: 'Mai', accent: ['south', 'north'], speaker: 3 })
    for (const name of ['espeak', 'Có Dấu', '.git', 'x'.repeat(33)]) mkdirSync(join(folder, name))
    writeFileSync(join(folder, 'ghi-chu'), 'tệp, không phải thư mục')
    symlinkSync(outside, join(folder, 'ngoai'))
    const found = await voicesIn(folder)
    expect(found.map(({ id, kind }) => [id, kind])).toEqual([
      ['mai', 'model'],
      ['ngoai', 'refused'],
      ['co-dau-sai-ten', 'refused'],
      ['espeak-sai-ten', 'refused'],
      [`${'x'.repeat(20)}-sai-ten`, 'refused'],
    ])
    expect(found[2]).toMatchObject({ name: 'Có Dấu', trouble: { code: 'folderRefused' } })
    expect(found[0]).toMatchObject({ name: 'Mai', accents: ['south', 'north'], speaker: 3 })
  })

  test('over HTTP is an address and, where it wants one, a token from a file', async () => {
    const described = {
      name: 'Máy chủ giọng',
      accent: 'north',
      licence: 'hợp đồng 12/2026',
      url: 'https://giong.example/doc',
    }
    const folder = withVoice((voice) => {
      writeFileSync(join(voice, 'voice.json'), JSON.stringify({ ...described, tokenFile: 'token' }))
      writeFileSync(join(voice, 'token'), ' abc \n')
    })
    expect(await voicesIn(folder)).toMatchObject([{ kind: 'http', url: 'https://giong.example/doc', token: 'abc' }])
  })

  test('is not needed: without any there is the built-in voice', async () => {
    expect(await voicesIn(join(root, 'không có'))).toEqual([])
  })
})

test('where the engine for models is not installed, a voice says that it is this that is missing', async () => {
  const alone = join(root, 'alone')
  cpSync(join(import.meta.dirname, '..', '..', '..', 'voice', 'src'), alone, { recursive: true })
  const args = [putToneVoice(join(root, 'alone-voices'), 'tut'), '0']
  const engine = openVoice({ program: join(alone, 'sherpa.ts'), args, nodePath: process.execPath, log: silentLog })
  expect(await engine.speak('Mời họp.', { accent: 'north', rate: 1 })).toEqual({ refused: 'voice.unavailable' })
  expect(engine.state()).toBe('away')
  expect(engine.trouble?.()).toMatchObject({ code: 'engineMissing' })
  await engine.stop()
})

describe.skipIf(!canSpeakModels())('voices together', () => {
  const text = 'Mời bà con đi họp.'
  test('a voice that does not load says so and refuses, one that does not know a letter leaves the text to the next; the others speak', async () => {
    const home = join(root, 'home')
    putToneVoice(join(home, 'voices'), 'tut')
    const broken = putToneVoice(join(home, 'voices'), 'hong', { name: 'Hỏng' })
    writeFileSync(join(broken, 'model.onnx'), 'không phải mô hình')
    const strange = putToneVoice(join(home, 'voices'), 'la', { speaker: 7 })
    expect(strange).toContain('la')
    const { voice, stop } = await openVoices({ home, log: silentLog })
    const ask = (id: string) => voice.speak(text, { accent: 'south', rate: 1, voice: id })
    expect(await ask('hong')).toEqual({ refused: 'voice.unavailable' })
    expect(await ask('la')).toEqual({ refused: 'voice.unavailable' })
    expect(await ask('không có')).toEqual({ refused: 'voice.unavailable' })
    expect(await ask('tut')).toMatchObject({ sampleRate: 16_000, timesEstimated: true })
    expect(await ask('espeak')).toHaveProperty('samples')
    const unknown = { accent: 'north', rate: 1, voice: 'tut' } as const
    expect(await voice.speak('Họp ở Straße 5.', unknown)).toEqual({ refused: 'voice.unavailable' })
    expect(voice.list().map(({ id, state, trouble }) => [id, state, trouble?.code])).toEqual([
      ['espeak', 'ready', undefined],
      ['hong', 'away', 'modelBroken'],
      ['la', 'away', 'modelBroken'],
      ['tut', 'ready', undefined],
    ])
    expect(await voiceProbe(() => voice.list()).look()).toEqual({
      ok: false,
      state: 'espeak ready, hong away (modelBroken), la away (modelBroken), tut ready',
    })
    await stop()
  })
})
