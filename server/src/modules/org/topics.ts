import words from './i18n/topics.vi.json' with { type: 'json' }

/** Topics of a notice: the essential information of NĐ 49/2024 Art. 6, in the order of the article. */
export const topics: readonly { readonly key: string; readonly name: string }[] = words

/** Whether a key is one of the topics. */
export const isTopic = (key: string): boolean => topics.some((topic) => topic.key === key)
