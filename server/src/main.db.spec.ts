import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Config } from './config.ts'
import type { Module } from './kernel/module.ts'
import { type RunningServer, startServer } from './main.ts'
import { turnedClock } from './platform/clock.ts'
import type { Context } from './platform/context.ts'
import { announce } from './platform/facts.ts'
import type { Router } from './platform/http.ts'

const NOW = Date.parse('2026-11-22T01:00:00Z')
let home: string
const running: RunningServer[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'loa-main-'))
})
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
  rmSync(home, { recursive: true, force: true })
})

const config = (): Config => ({
  home,
  host: '127.0.0.1',
  port: 0,
  databaseUrl: undefined,
  mqttUrl: undefined,
  tls: undefined,
  demo: false,
  consoleFolder: join(home, 'console'),
})

type ServerModule = Module<Context, Router>

const start = async (modules: readonly ServerModule[] = []) => {
  const clock = turnedClock(NOW)
  const server = await startServer({ config: config(), clock, modules })
  running.push(server)
  return { server, clock }
}

describe('[F40] one program is the whole server', () => {
  it('names each of its parts and how it is', async () => {
    const { server } = await start()
    const answer = await fetch(`${server.url}/healthz`)
    const health = (await answer.json()) as { ok: boolean; parts: Record<string, { ok: boolean }> }
    expect(answer.status).toBe(200)
    expect(Object.keys(health.parts).sort()).toEqual([
      'broker',
      'console',
      'database',
      'devices',
      'disk',
      'jobs',
      'voice',
    ])
    expect(health.parts).toMatchObject({
      database: { ok: true },
      broker: { ok: true },
      jobs: { ok: true },
      console: { ok: false },
    })
  })

  it('carries a fact to the modules that want it, and a task to its worker', async () => {
    const seen: string[] = []
    const listener: ServerModule = {
      name: 'listener',
      on: { 'tin.made': async (fact, context) => context.enqueue(context.db, 'print', { about: fact.subject }) },
      tasks: { print: async (payload) => void seen.push((payload as { about: string }).about) },
    }
    const { server } = await start([listener])
    await announce(server.context.db, { id: 'f1', kind: 'tin.made', at: NOW, subject: 'n7', body: {} })
    await server.settled()
    expect(seen).toEqual(['n7'])
  })

  it('ticks each module once a second by the clock it is handed, and one that fails holds up no other', async () => {
    const ticks: number[] = []
    const broken: ServerModule = { name: 'broken', tick: () => Promise.reject(new Error('no')) }
    const counting: ServerModule = { name: 'counting', tick: async ({ clock }) => void ticks.push(clock.now() - NOW) }
    const { clock } = await start([broken, counting])
    await clock.turnBy(3500)
    expect(ticks).toEqual([1000, 2000, 3000])
  })

  it('undoes all it did when it stops, so that the next one starts on the same home', async () => {
    const steps: string[] = []
    const module = (name: string): ServerModule => ({
      name,
      start: async () => {
        steps.push(`+${name}`)
        return async () => void steps.push(`-${name}`)
      },
    })
    const { server } = await start([module('a'), module('b')])
    await server.stop()
    expect(steps).toEqual(['+a', '+b', '-b', '-a'])
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
    const { server: next } = await start()
    expect((await next.health()).ok).toBe(true)
  })

  it('takes down what it has begun when a module cannot start, and says why', async () => {
    const broken: ServerModule = { name: 'broken', start: () => Promise.reject(new Error('the printer is on fire')) }
    await expect(start([broken])).rejects.toThrow('the printer is on fire')
    const { server } = await start()
    expect((await server.health()).ok).toBe(true)
  })
})
