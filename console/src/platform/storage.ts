/** What this browser keeps. A full or forbidden store is no error: the console then only remembers less. */

export const keep = (key: string, value: unknown): void => {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // full or forbidden
  }
}

export const recall = <T>(key: string): T | undefined => {
  try {
    const text = localStorage.getItem(key)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}

export const forget = (key: string): void => {
  try {
    localStorage.removeItem(key)
  } catch {
    // forbidden
  }
}
