import type { frame as vietnamese } from './vi-frame.ts'

/** What stands around a notice. */
export const frame: typeof vietnamese = {
  frame: {
    title: 'Around each notice',
    lead: 'The attention sound, the jingles and “I repeat” that people hear with each notice of the unit.',
    parts: 'Parts of the sound',
    part: (kind, number, readings) => {
      switch (kind) {
        case 'attention':
          return 'Attention'
        case 'opening':
          return 'Opening jingle'
        case 'closing':
          return 'Closing jingle'
        case 'again':
          return '“I repeat”'
        case 'reading':
          return readings > 1 ? `Reading ${number}` : 'Content'
      }
    },
    order: 'What people hear',
    everyday: 'An everyday notice',
    urgent: 'A priority, read twice',
    alarm: 'An emergency, read twice',
    alarmWhy: 'An emergency always has an attention sound and no jingle, so that the words come at once.',
    fromNow: 'A change holds for notices submitted from now on. What was submitted or approved keeps its sound.',
    standing:
      'Jingles of sessions and the chime for testing are not here: they are notices approved by themselves, see',
    readOnly: 'Only the leader or the administrator of the unit can change this.',
    fields: { attention: 'Attention sound', opening: 'Jingle before a notice', closing: 'Jingle after a notice' },
    what: {
      attention: 'Asks people to listen, before everything else.',
      opening: 'After the attention sound: which station is speaking.',
      closing: 'After the last reading: the notice is over.',
    },
    uses: { chime: 'Built-in chime', own: 'The unit’s own', none: 'None' },
    byRule: 'As by rule',
    inherit: 'As the unit above',
    inForce: (use, from) => `In use: ${use}${from}.`,
    inForceUses: { chime: 'the built-in two-tone chime', own: 'a sound of its own', none: 'none' },
    fromUnit: (name) => `, as ${name} has it`,
    fromRule: ', by the general rule',
    listen: (field) => `${field} in use`,
    replace: 'Record or upload another sound',
    provide: (seconds) => `Record or upload the unit’s sound, at most ${seconds} seconds.`,
    cancel: 'Leave it as it was',
    changed: (field) => `Changed: ${field}.`,
    again: '“I repeat”',
    againWhat:
      'Said before the second and later readings of a text read by the voice, in the same voice and speed. A recording is played again at once.',
    againRules: { always: 'Every notice', urgent: 'Emergencies and priorities', never: 'Never' },
    againInForce: {
      always: 'said with every notice',
      urgent: 'said with emergencies, drills and priorities only',
      never: 'not said',
    },
  },
}
