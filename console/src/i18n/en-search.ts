import type { search as vietnamese } from './vi-search.ts'

export const search: typeof vietnamese = {
  search: {
    open: 'Search',
    title: 'Search in Loa',
    placeholder: 'A notice, a village, a cluster, something to do…',
    results: 'Results',
    coming: 'Searching…',
    found: (count) =>
      count === 0
        ? 'Nothing found. Try fewer letters; marks may be left out.'
        : `${count} result${count === 1 ? '' : 's'}.`,
    keys: 'Up and down to choose · Enter to open · Esc to close',
    kinds: {
      page: 'Pages and actions',
      notice: 'Notices',
      airing: 'Airings',
      session: 'Sessions',
      unit: 'Units',
      cluster: 'Clusters',
      device: 'Gateways',
      ticket: 'Repairs',
      person: 'People',
    },
    unitKinds: {
      province: 'province',
      commune: 'commune',
      village: 'village',
      station: 'radio station',
      partyCommittee: 'Party committee',
      front: 'Fatherland Front',
      union: 'union',
      unionBase: 'base of a union',
      school: 'school',
      agency: 'office',
    },
    ticketKinds: {
      offline: 'offline',
      silent: 'silent',
      chime: 'test chime not heard',
      fault: 'fault reported',
      clock: 'wrong clock',
      power: 'power',
      doubled: 'identity used twice',
      manual: 'reported by a person',
    },
  },
}
