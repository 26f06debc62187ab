import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'

export type Machine = {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly os: string
  readonly node: string
  /** Processes that wanted a core in the last minute, others' included: with more than `cores` a figure is worse than the machine. */
  readonly load: number
}

const systemName = (): string => {
  try {
    const name = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
    return `${name ?? process.platform} (kernel ${release()})`
  } catch {
    return `${process.platform} ${release()}`
  }
}

/** What a reader needs to compare a figure with that of another machine. */
export const thisMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  os: systemName(),
  node: process.versions.node,
  load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
})
