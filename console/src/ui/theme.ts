import { keep, recall } from '../platform/storage.ts'

export type Theme = 'light' | 'dark' | 'system'

const darkSystem = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)')

export const chosenTheme = (): Theme => recall<Theme>('loa.theme') ?? 'system'

/** Shows the console in a theme; `system` follows the machine, also when it changes later. */
export const applyTheme = (theme: Theme): void => {
  keep('loa.theme', theme)
  const dark = theme === 'dark' || (theme === 'system' && darkSystem().matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  darkSystem().onchange = theme === 'system' ? () => applyTheme('system') : null
}
