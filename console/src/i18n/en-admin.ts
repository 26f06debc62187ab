import type { admin as vietnamese } from './vi-admin.ts'

export const admin: typeof vietnamese = {
  admin: {
    title: 'Administration',
    pages: 'Parts of Administration',
    back: 'Back to the list of Administration',
    notForYou: 'This part is for the administrator of the commune or the province.',
    people: {
      title: 'People and posts',
      lead: 'Who does what, where, from which day; accounts and passwords.',
    },
  },
}
