import { describe, expect, test } from 'vitest'
import type { Proposal } from '../../api/dispatch.ts'
import { draftText, piecesOf } from './pieces.ts'

const proposal: Proposal = {
  text: 'XÃ A\nMai cúp nước từ 7 giờ.',
  title: '',
  sentences: [
    { text: 'Mai cúp nước từ 7 giờ.', sources: [{ from: 5, to: 27 }], why: [], chosen: true },
    { text: 'Không đọc.', sources: [], why: [], chosen: false },
  ],
  places: [],
  marks: [{ kind: 'when', text: 'từ 7 giờ', from: 18, to: 26 }],
  parts: [
    { kind: 'letterhead', from: 0, to: 4 },
    { kind: 'body', from: 5, to: 27 },
  ],
}

describe('the original beside the proposal', () => {
  test('is whole, and says what is set aside, what is marked and what is looked at', () => {
    const pieces = piecesOf(proposal, [{ from: 5, to: 27 }])
    expect(pieces.map(({ text }) => text).join('')).toBe(proposal.text)
    expect(pieces.filter(({ aside }) => aside).map(({ text }) => text)).toEqual(['XÃ A'])
    expect(pieces.filter(({ mark }) => mark === 'when').map(({ text }) => text)).toEqual(['từ 7 giờ'])
    expect(
      pieces
        .filter(({ shown }) => shown)
        .map(({ text }) => text)
        .join(''),
    ).toBe('Mai cúp nước từ 7 giờ.')
  })
})

test('only chosen sentences become the draft', () => {
  expect(draftText(proposal.sentences, new Set([0]))).toBe('Mai cúp nước từ 7 giờ.')
  expect(draftText(proposal.sentences, new Set([0, 1]))).toBe('Mai cúp nước từ 7 giờ.\nKhông đọc.')
})
