/** One journey the one way. */
export type Walked = {
  readonly journey: string
  readonly way: string
  /** Clicks, touches and keys outside a text. */
  readonly presses: number
  /** Of the machine, from the first press to the words that say it is done. */
  readonly seconds: number
}
