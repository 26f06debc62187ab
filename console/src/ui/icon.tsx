const paths = {
  home: 'M3 11.5 12 4l9 7.5M5.5 9.5V20h13V9.5M10 20v-6h4v6',
  pen: 'm5 19 1-4L16.5 4.5a1.8 1.8 0 0 1 2.6 0l.4.4a1.8 1.8 0 0 1 0 2.6L9 18l-4 1ZM14.5 6.5l3 3',
  list: 'M8.5 7H20M8.5 12H20M8.5 17H20M4.5 7h.1M4.5 12h.1M4.5 17h.1',
  stamp: 'M7 4h10a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3ZM8 12.3l2.8 2.7L16 9.5',
  heard: 'M4 12.5 7 15.5 12 9M11 14.5l1.5 1.5L20 8',
  net: 'M12 7.5V16M10.7 7.2 6.4 16.2M13.3 7.2l4.3 9M14 5.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM7.5 18a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM20.5 18a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM14 18a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z',
  more: 'M4 7h16M4 12h16M4 17h16',
  horn: 'M3 10v4h4l8 4.5v-13L7 10zM18.5 9a4 4 0 0 1 0 6',
  wave: 'M4 10v4M8 7v10M12 4v16M16 8v8M20 10.5v3',
  stop: 'M8 6.5h8A1.5 1.5 0 0 1 17.5 8v8a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 16V8A1.5 1.5 0 0 1 8 6.5Z',
  stopAll: 'M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0ZM9.5 9.5h5v5h-5z',
  clock: 'M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0ZM12 7.5V12l3 2',
  back: 'M9 7 4.5 11.5 9 16M4.5 11.5H15a4.5 4.5 0 0 1 0 9h-3',
  left: 'M11 6 5 12l6 6M5 12h14',
  right: 'm10 7 5 5-5 5',
  down: 'm7 10 5 5 5-5',
  up: 'M12 19V5.5M6.5 11 12 5.5 17.5 11',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  cross: 'm6.5 6.5 11 11M17.5 6.5l-11 11',
  plus: 'M12 5.5v13M5.5 12h13',
  mic: 'M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3ZM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v2.5',
  pin: 'M12 20.5s6.5-5.8 6.5-11a6.5 6.5 0 0 0-13 0c0 5.2 6.5 11 6.5 11ZM14.3 9.7a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0Z',
  people:
    'M12.2 8a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0ZM3.5 19.5c0-3.6 2.4-5.8 5.5-5.8s5.5 2.2 5.5 5.8M15.5 5.2a3.2 3.2 0 0 1 0 5.7M17 14.3c2.2.7 3.5 2.6 3.5 5.2',
  calendar:
    'M6.5 5.5h11A2.5 2.5 0 0 1 20 8v9.5a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17.5V8a2.5 2.5 0 0 1 2.5-2.5ZM4 10h16M8.5 3.5v4M15.5 3.5v4',
  mark: 'M12 4 21 19.5H3L12 4ZM12 10v4.5M12 17v.2',
  ear: 'M7 18.5c2 2 4.5 1 5-1 .5-2 3.5-3 3.5-6.5a5 5 0 0 0-10 0M9 11a2 2 0 1 1 3 1.7',
  trace:
    'M6 6.5a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0ZM21.5 17.5a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0ZM6 6.5h8a4 4 0 0 1 0 8h-4a3 3 0 0 0-3 3h11',
  key: 'M11 12.5a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0ZM11 12.5h9M17 12.5v3M20 12.5v2',
  sliders:
    'M4 7h8.5M17 7h3M4 17h3M11.5 17H20M17 7a2.25 2.25 0 1 1-4.5 0A2.25 2.25 0 0 1 17 7ZM11.5 17A2.25 2.25 0 1 1 7 17a2.25 2.25 0 0 1 4.5 0Z',
  search: 'M17 10.5a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0ZM15.2 15.2 20.5 20.5',
  file: 'M6 3.8h8l4.5 4.5V20H6V3.8ZM14 3.8v4.5h4.5',
} as const

export type IconName = keyof typeof paths | 'play' | 'pause'

/** A line drawing beside a word; never the only carrier of a meaning, so always hidden from a screen reader. */
export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }) => (
  <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    {name === 'play' ? (
      <path d="M8 5.5v13l10.5-6.5L8 5.5Z" fill="currentColor" />
    ) : name === 'pause' ? (
      <path d="M7.5 5.5h3v13h-3zM13.5 5.5h3v13h-3z" fill="currentColor" />
    ) : (
      <path d={paths[name]} />
    )}
  </svg>
)
