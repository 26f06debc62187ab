/**
 * What eSpeak NG would say, written down: one JSON string a line on standard input, one JSON string of IPA a line on standard
 * output, in order, in the Northern voice. A program of its own, as the voice is, because eSpeak NG is GPL-3.0.
 */
import { createInterface } from 'node:readline'
import load from '@echogarden/espeak-ng-emscripten'
import { sayable } from './sayable.ts'

const complain = (text: string): boolean => process.stderr.write(`${text}\n`)
const engine = await load({ print: complain, printErr: complain })
const worker = new engine.eSpeakNGWorker()

for await (const line of createInterface({ input: process.stdin })) {
  // A foreign word may leave the engine in another language; each text starts afresh.
  if (worker.set_voice('vi') !== 0) throw new Error('eSpeak NG has no voice vi')
  const { code, ipa } = worker.synthesize_ipa(sayable(String(JSON.parse(line))).text)
  if (code !== 0) throw new Error(`eSpeak NG answers ${code}`)
  process.stdout.write(`${JSON.stringify(ipa)}\n`)
}
