import { text } from 'node:stream/consumers'
import { say } from './words.ts'

/** NIST SP 800-63B §5.1.1.2. */
const LEAST = 8

const CTRL_C = '\u0003'
const BACKSPACE = new Set(['\u0008', '\u007f'])
const ENTER = new Set(['\r', '\n', '\u0004'])

/** One line from the terminal without showing what is typed; `undefined` after Ctrl+C. */
const typed = (question: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const { stdin, stdout } = process
    stdout.write(question)
    const letters: string[] = []
    const end = (answer: string | undefined): void => {
      stdin.off('data', take)
      stdin.setRawMode(false)
      stdin.pause()
      stdout.write('\n')
      resolve(answer)
    }
    const take = (keys: string): void => {
      for (const key of keys) {
        if (key === CTRL_C || ENTER.has(key)) {
          end(key === CTRL_C ? undefined : letters.join(''))
          return
        }
        if (BACKSPACE.has(key)) letters.pop()
        else letters.push(key)
      }
    }
    stdin.setEncoding('utf8')
    stdin.setRawMode(true)
    stdin.on('data', take)
    stdin.resume()
  })

const askTwice = async (who: string): Promise<{ password: string } | { refused: string }> => {
  const once = await typed(say('askPassword', { who }))
  const again = once === undefined ? undefined : await typed(say('askAgain'))
  return once === undefined || once !== again ? { refused: say('passwordsDiffer') } : { password: once }
}

/** A new password: asked for twice on the terminal, or the first line of the input. */
export const readPassword = async (
  who: string,
  fromInput: boolean,
): Promise<{ readonly password: string } | { readonly refused: string }> => {
  if (!fromInput && !process.stdin.isTTY) return { refused: say('passwordNoTerminal') }
  const read = fromInput ? { password: (await text(process.stdin)).split(/\r?\n/)[0] ?? '' } : await askTwice(who)
  if ('refused' in read) return read
  return [...read.password].length < LEAST ? { refused: say('passwordShort', { least: LEAST }) } : read
}
