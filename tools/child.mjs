import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Runs a program in our place: same terminal, our signals passed on, its end is ours. Resolves to the exit code.
 * Ctrl-C reaches it by itself, since it shares the terminal; we only must not end before it.
 */
export const runChild = (program, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      resolve(1)
    })
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
