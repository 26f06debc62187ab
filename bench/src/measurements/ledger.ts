import type { ApiClient } from '../../../stories/client.ts'
import { COMMUNE, type Draft, draftOf, type Notice } from '../people.ts'
import { tried } from '../waiting.ts'

/** What the server has said yes to (HTTP 2xx), and so may never forget. */
export type Promise2xx =
  | { readonly kind: 'saved'; readonly notice: string; readonly revision: number; readonly title: string }
  | { readonly kind: 'submitted' | 'approved'; readonly notice: string; readonly revision: number }

type FullNotice = Notice & {
  readonly current: { readonly number: number; readonly title: string }
  readonly history: readonly { readonly kind: string; readonly revision: number }[]
}

/** A client that keeps writing notices and remembers every yes. What is not answered is nobody's promise. */
export class Ledger {
  readonly promises: Promise2xx[] = []
  /** Requests that got no answer, or an error. */
  unanswered = 0
  readonly #officer: ApiClient
  readonly #draft: Omit<Draft, 'title'>
  #number = 0

  constructor(officer: ApiClient, draft: Omit<Draft, 'title'>) {
    this.#officer = officer
    this.#draft = draft
  }

  async #ask(method: string, path: string, body: unknown): Promise<Notice | undefined> {
    const answer = await tried(() => this.#officer.call<Notice>(method, path, body))
    if (answer !== undefined && answer.status < 300) return answer.body
    this.unanswered += 1
    return undefined
  }

  #saved({ id, revision }: Notice, title: string): void {
    this.promises.push({ kind: 'saved', notice: id, revision, title })
  }

  /** Begins a notice, saves it a second time, sends it for approval. Returns it where it got that far. */
  async writeOne(): Promise<Notice | undefined> {
    this.#number += 1
    const title = `Tin số ${this.#number}`
    const begun = await this.#ask('POST', '/api/notices', { unit: COMMUNE, ...draftOf({ ...this.#draft, title }) })
    if (begun === undefined) return undefined
    this.#saved(begun, title)
    const again = `${title}, bản sửa`
    const body = { basedOn: begun.revision, ...draftOf({ ...this.#draft, title: again }) }
    const saved = await this.#ask('PUT', `/api/notices/${begun.id}`, body)
    if (saved === undefined) return undefined
    this.#saved(saved, again)
    const sent = await this.#ask('POST', `/api/notices/${begun.id}/submit`, { revision: saved.revision })
    if (sent !== undefined) this.promises.push({ kind: 'submitted', notice: begun.id, revision: saved.revision })
    return sent
  }

  /** Approves as the second person. Returns whether the server said yes. */
  async approve(approver: ApiClient, { id, revision }: Notice): Promise<boolean> {
    const answer = await tried(() => approver.call('POST', `/api/notices/${id}/approve`, { revision }))
    const yes = answer !== undefined && answer.status < 300
    if (yes) this.promises.push({ kind: 'approved', notice: id, revision })
    else this.unanswered += 1
    return yes
  }

  /** The promises that the server does not keep. A save that was saved over lives on in the number of the next one. */
  async broken(): Promise<Promise2xx[]> {
    const notices = new Map<string, FullNotice | undefined>()
    const isKept = (promise: Promise2xx): boolean => {
      const notice = notices.get(promise.notice)
      if (notice === undefined) return false
      return promise.kind === 'saved'
        ? notice.revision > promise.revision ||
            (notice.current.number === promise.revision && notice.current.title === promise.title)
        : notice.history.some(({ kind, revision }) => kind === promise.kind && revision === promise.revision)
    }
    for (const id of new Set(this.promises.map(({ notice }) => notice))) {
      const { status, body } = await this.#officer.call<FullNotice>('GET', `/api/notices/${id}`)
      notices.set(id, status === 200 ? body : undefined)
    }
    return this.promises.filter((promise) => !isKept(promise))
  }
}
