import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const program = join(import.meta.dirname, '..', '..', 'voice', 'src', 'phonemes.ts')

/** What the engine would say of each text, as IPA; the engine runs as a program of its own. Throws when it fails. */
export const phonemesOf = async (texts: readonly string[]): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
  child.stdin.end(texts.map((text) => `${JSON.stringify(text)}\n`).join(''))
  const answers: string[] = []
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line) as string)
  const code = await ended
  if (code !== 0 || answers.length !== texts.length)
    throw new Error(`the engine ended with ${code} after ${answers.length}`)
  return answers
}
