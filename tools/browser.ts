import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/**
 * The browser of the stories. Packaged with the development packages, libraries and fonts included, so that it runs on
 * a bare machine; CHROMIUM_PATH names another one instead.
 */
type Program = { readonly path: string; readonly env: Readonly<Record<string, string>> }

const require = createRequire(import.meta.url)

type Inflate = (file: string) => Promise<string>

const packageFolder = (): string => dirname(dirname(dirname(require.resolve('@sparticuz/chromium'))))

/** The package unpacks into the system's temporary folder; for the time of unpacking that is a folder of our own. */
const unpackInto = async (folder: string, packed: string): Promise<void> => {
  const { inflate } = (await import(pathToFileURL(join(packed, 'build', 'esm', 'lambdafs.js')).href)) as {
    inflate: Inflate
  }
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    for (const name of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']) await inflate(join(packed, 'bin', name))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

/**
 * The packaged font settings name only folders of the service they were made for. Without a single font the browser ends at
 * the first field to type in, so the folder that was unpacked is named too.
 */
const nameFonts = (folder: string): void => {
  const file = join(folder, 'fonts', 'fonts.conf')
  const unpacked = `<dir>${join(folder, 'fonts', 'fonts')}</dir>`
  const settings = readFileSync(file, 'utf8')
  if (!settings.includes(unpacked)) writeFileSync(file, settings.replace('<fontconfig>', `<fontconfig>\n  ${unpacked}`))
}

/** Unpacked once per version, beside the packages, whole or not at all. */
const packagedProgram = async (): Promise<Program> => {
  const packed = packageFolder()
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as { version: string }
  const cache = join(packed, '..', '..', '.cache', 'loa')
  const folder = join(cache, `chromium-${version}`)
  if (!existsSync(folder)) {
    const making = `${folder}.${process.pid}`
    rmSync(making, { recursive: true, force: true })
    mkdirSync(making, { recursive: true })
    await unpackInto(making, packed)
    try {
      renameSync(making, folder)
    } catch (error) {
      // another run was quicker; its folder is as good
      rmSync(making, { recursive: true, force: true })
      if (!existsSync(folder)) throw error
    }
  }
  nameFonts(folder)
  return {
    path: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  }
}

const findProgram = async (): Promise<Program> => {
  const given = process.env.CHROMIUM_PATH
  return given === undefined || given === '' ? packagedProgram() : { path: given, env: {} }
}

/** Only what a container needs, and quiet ones: the browser must behave as a person's does. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--mute-audio', '--no-first-run']
/** A microphone that hums, for recording; without asking a person who is not there. */
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

/** Launches the browser. The caller closes it. */
export const launchBrowser = async (): Promise<Browser> => {
  const { path, env } = await findProgram()
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return chromium.launch({
    executablePath: path,
    headless: true,
    args: [...FLAGS, ...MICROPHONE],
    env: { ...Object.fromEntries(inherited), ...env },
  })
}

export const WIDE = { width: 1366, height: 768 } as const
/** An office screen and a small phone. */
export const OFFICE = { width: 1280, height: 800 } as const
export const PHONE = { width: 360, height: 740 } as const

/** A person's own window: Vietnamese, Vietnamese time, its own cookies. */
export const openWindow = (browser: Browser, size: { width: number; height: number } = WIDE): Promise<BrowserContext> =>
  browser.newContext({
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: size,
    permissions: ['microphone'],
    reducedMotion: 'reduce',
  })

/** Signs in by the form, as a person does. */
export const signIn = async (page: Page, username: string, password: string): Promise<void> => {
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByRole('heading', { level: 1, name: 'Hôm nay' }).waitFor()
}
