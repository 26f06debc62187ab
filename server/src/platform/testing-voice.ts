/**
 * A voice for specifications: the smallest network that sherpa-onnx takes for a VITS voice. It says every letter as a tenth of a
 * second of a tone, so that a sound's length follows from its text. Written out as ONNX by hand (onnx.proto3, opset 11), since no
 * real voice may be committed: tens of megabytes, each with a licence of its own.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

export const TONE_RATE = 16_000
/** Piper is given a pause between any two sounds, so each is shorter. */
const samplesEach = { letters: TONE_RATE / 10, piper: TONE_RATE / 30 } as const
const TONE_HERTZ = 440
const LOUDNESS = 0.3

type Field = Uint8Array

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]
const number = (field: number, value: number): Field => Uint8Array.from([field << 3, ...varint(value)])
const bytes = (field: number, value: Uint8Array): Field =>
  Uint8Array.from([(field << 3) | 2, ...varint(value.length), ...value])
const message = (field: number, ...fields: Field[]): Field => bytes(field, Buffer.concat(fields))
const text = (field: number, value: string): Field => bytes(field, Buffer.from(value))
const float = (field: number, value: number): Field => {
  const four = Buffer.alloc(4)
  four.writeFloatLE(value)
  return Uint8Array.from([(field << 3) | 5, ...four])
}

const FLOAT = 1
const INT64 = 7
const ATTRIBUTE_INT = 2
const ATTRIBUTE_INTS = 7

/** `ints`: an attribute that is a list of numbers; a number: one that is a single one. */
const node = (
  op: string,
  from: readonly string[],
  to: string,
  attributes: Record<string, number | number[]> = {},
): Field =>
  message(
    1,
    ...from.map((name) => text(1, name)),
    text(2, to),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) =>
      typeof value === 'number'
        ? message(5, text(1, name), number(3, value), tag20(ATTRIBUTE_INT))
        : message(5, text(1, name), ...value.map((each) => number(8, each)), tag20(ATTRIBUTE_INTS)),
    ),
  )
/** Field 20 takes two bytes of tag. */
const tag20 = (value: number): Field => Uint8Array.from([...varint(20 << 3), ...varint(value)])

const scalar = (name: string, value: number): Field => message(5, number(2, FLOAT), float(4, value), text(8, name))
const index = (name: string, value: number): Field => message(5, number(2, INT64), number(7, value), text(8, name))
const shaped = (field: number, name: string, type: number, dims: readonly (number | string)[]): Field => {
  const shape = dims.map((dim) => message(1, typeof dim === 'number' ? number(1, dim) : text(2, dim)))
  return message(field, text(1, name), message(2, message(1, number(1, type), message(2, ...shape))))
}

/** A network that takes letters (as of MMS), or one that takes sounds as eSpeak NG names them (as of Piper). */
export type ToneForm = 'letters' | 'piper'

const inputs: Readonly<
  Record<ToneForm, { readonly slowness: Field; readonly all: readonly Field[]; readonly of: string }>
> = {
  letters: {
    of: 'x',
    slowness: node('Squeeze', ['length_scale'], 'slowness'),
    all: [
      shaped(11, 'x', INT64, [1, 'letters']),
      shaped(11, 'x_length', INT64, [1]),
      shaped(11, 'noise_scale', FLOAT, [1]),
      shaped(11, 'length_scale', FLOAT, [1]),
      shaped(11, 'noise_scale_w', FLOAT, [1]),
    ],
  },
  piper: {
    of: 'input',
    slowness: node('Gather', ['scales', 'second'], 'slowness', { axis: 0 }),
    all: [
      shaped(11, 'input', INT64, [1, 'sounds']),
      shaped(11, 'input_lengths', INT64, [1]),
      shaped(11, 'scales', FLOAT, [3]),
    ],
  },
}

const graph = (form: ToneForm): Field =>
  message(
    7,
    node('Shape', [inputs[form].of], 'shape'),
    node('Gather', ['shape', 'second'], 'letters', { axis: 0 }),
    node('Cast', ['letters'], 'count', { to: FLOAT }),
    inputs[form].slowness,
    node('Mul', ['count', 'perLetter'], 'atNormalSpeed'),
    node('Mul', ['atNormalSpeed', 'slowness'], 'length'),
    node('Range', ['zero', 'length', 'one'], 'time'),
    node('Mul', ['time', 'turn'], 'phase'),
    node('Sin', ['phase'], 'wave'),
    node('Mul', ['wave', 'loudness'], 'tone'),
    node('Unsqueeze', ['tone'], 'y', { axes: [0, 1] }),
    text(2, 'tone'),
    index('second', 1),
    scalar('perLetter', samplesEach[form]),
    scalar('zero', 0),
    scalar('one', 1),
    scalar('turn', (2 * Math.PI * TONE_HERTZ) / TONE_RATE),
    scalar('loudness', LOUDNESS),
    ...inputs[form].all,
    shaped(12, 'y', FLOAT, [1, 1, 'samples']),
  )

const kinds: Readonly<Record<ToneForm, object>> = {
  letters: { comment: 'mms', frontend: 'characters' },
  piper: { comment: 'piper', voice: 'vi', has_espeak: 1 },
}
const metadata = { model_type: 'vits', language: 'Vietnamese' }
const numbers = { n_speakers: 1, sample_rate: TONE_RATE, add_blank: 0, use_eos_bos: 0 }

/** The network, as the bytes of a `model.onnx`. */
export const toneModel = (form: ToneForm = 'letters'): Uint8Array =>
  Buffer.concat([
    number(1, 7),
    graph(form),
    message(8, number(2, 11)),
    ...Object.entries({ ...metadata, ...kinds[form], ...numbers }).map(([key, value]) =>
      message(14, text(1, key), text(2, `${value}`)),
    ),
  ])

const LETTERS = [...new Set('aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz0123456789 .,!?;:-'.split(''))]
const TONES = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
const VOWELS = [...'aăâeêioôơuưy']

/** Every letter of Vietnamese, one per line with its number. */
export const toneTokens = (): string =>
  [...new Set([...LETTERS, ...VOWELS.flatMap((vowel) => TONES.map((tone) => (vowel + tone).normalize('NFC')))])]
    .map((letter, at) => `${letter} ${at}`)
    .join('\n')

/** Sounds as eSpeak NG names them (IPA and tone numbers), after Piper's own signs for pause, beginning and end. */
const piperTokens = (): string =>
  [
    '_',
    '^',
    '$',
    ...new Set('abcdefghijklmnopqrstuvwxyzæçðøŋœɐɑɒɓɔɕɖɗɘəɚɛɜɟɡɣɤɥɨɪɬɯɲɳɹɽɾʂʃʄʈʊʌʐʒʔʰʲʷˈˌːθχ0123456789 !,.-:;?'),
  ]
    .map((sound, at) => `${sound} ${at}`)
    .join('\n')

/** The data of eSpeak NG, as they come packed with the built-in voice, laid out as a Piper voice has them beside it. */
const putEspeakData = (folder: string): void => {
  const { resolve } = createRequire(join(import.meta.dirname, '..', '..', '..', 'voice', 'src', 'main.ts'))
  const program = resolve('@echogarden/espeak-ng-emscripten')
  const packed = readFileSync(join(program, '..', 'espeak-ng.data'))
  const listed = /"?filename"?:"[^"]*\/espeak-ng-data\/([^"]+)","?start"?:([\d.e+]+),"?end"?:([\d.e+]+)/g
  for (const [, name = '', from, to] of readFileSync(program, 'utf8').matchAll(listed)) {
    // Vietnamese, and English, to which eSpeak NG turns for words that are none of it
    if (!/^(phon|intonations|(vi|en)_dict|lang\/(aav|gmw)\/)/.test(name)) continue
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), packed.subarray(Number(from), Number(to)))
  }
}

/** A voice laid out as those of Piper are: with eSpeak NG's data beside the network. */
export const putPiperVoice = (folder: string, id: string): string => {
  const place = putToneVoice(folder, id)
  writeFileSync(join(place, 'model.onnx'), toneModel('piper'))
  writeFileSync(join(place, 'tokens.txt'), piperTokens())
  putEspeakData(join(place, 'espeak-ng-data'))
  return place
}

/** Puts a voice's folder where an operator would: `<folder>/<id>` with model, tokens and `voice.json`. */
export const putToneVoice = (folder: string, id: string, about: Record<string, unknown> = {}): string => {
  const place = join(folder, id)
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'model.onnx'), toneModel())
  writeFileSync(join(place, 'tokens.txt'), toneTokens())
  writeFileSync(
    join(place, 'voice.json'),
    JSON.stringify({ name: 'Tiếng tút', accent: 'north', licence: 'CC0-1.0', ...about }),
  )
  return place
}

/** Whether the engine for such voices is installed: it is optional, and not made for every machine. */
export const canSpeakModels = (): boolean => {
  try {
    import.meta.resolve('sherpa-onnx-node')
    return true
  } catch {
    return false
  }
}
