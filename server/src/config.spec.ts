import { describe, expect, it } from 'vitest'
import { type Config, parseConfig } from './config.ts'

const read = (args: string, env: Record<string, string> = {}): Config => {
  const config = parseConfig(args.split(' ').filter(Boolean), env)
  if ('faults' in config) throw new Error(config.faults.join('\n'))
  return config
}

const faults = (args: string, env: Record<string, string> = {}): readonly string[] => {
  const config = parseConfig(args.split(' ').filter(Boolean), env)
  return 'faults' in config ? config.faults : []
}

describe('settings', () => {
  it('without any, Loa serves this machine alone, with the demonstration', () => {
    expect(read('')).toMatchObject({
      host: '127.0.0.1',
      databaseUrl: undefined,
      mqttUrl: undefined,
      tls: undefined,
      demo: true,
    })
  })

  it.each([
    // arguments                     environment                       setting
    ['--port 4700', { LOA_PORT: '4800' }, { port: 4700 }],
    ['', { LOA_PORT: '4800' }, { port: 4800 }],
    ['', { LOA_PORT: '' }, { port: read('').port }],
    ['--no-demo', {}, { demo: false }],
    ['', { LOA_DEMO: '0' }, { demo: false }],
    ['', { DATABASE_URL: 'postgres://a@b/c' }, { databaseUrl: 'postgres://a@b/c' }],
    ['--mqtt-url mqtts://b', {}, { mqttUrl: 'mqtts://b' }],
    ['--home /srv/loa', {}, { home: '/srv/loa' }],
  ] as const)('"%s" with %o gives %o', (args, env, expected) => {
    expect(read(args, env as unknown as Record<string, string>)).toMatchObject(expected)
  })

  it.each([
    // arguments                                 what it says
    ['--port x', '--port x'],
    ['--port 70000', '--port 70000'],
    ['--database-url mysql://x', '--database-url'],
    ['--mqtt-url http://x', '--mqtt-url'],
    ['--tls-cert a.pem', '--tls-cert'],
    ['--host 0.0.0.0', 'chứng thư HTTPS'],
    ['--host loa.vn', 'chứng thư HTTPS'],
    ['--host 0.0.0.0', 'hãy thêm --name'],
    ['--device-port 99999', '--device-port'],
    ['--hots 1', '--hots'],
  ] as const)('"%s" is refused in words', (args, words) => {
    expect(faults(args).join('\n')).toMatch(words)
  })

  it('every fault is reported at once', () => {
    expect(faults('--port x --mqtt-url nowhere --host loa.vn')).toHaveLength(3)
  })

  it.each(['127.0.0.1', 'localhost', '::1', '127.8.8.8'])('%s is this machine', (host) => {
    expect(faults(`--host ${host}`)).toEqual([])
  })
})
