create table notice (
  id text primary key,
  unit text not null references unit,
  author text not null references person,
  state text not null check (state in ('draft', 'submitted', 'returned', 'approved', 'withdrawn')),
  revision integer not null default 1, -- the newest
  made_at timestamptz not null,
  changed_at timestamptz not null
);
create index notice_unit_state on notice (unit, state);
-- Every saved state of a notice. A submitted revision is never changed again; going on writing makes the next one.
create table notice_revision (
  notice text not null references notice,
  number integer not null,
  title text not null,
  topic text not null,                 -- key of the NĐ 49/2024 Art. 6 list
  class text not null check (class in ('normal', 'priority', 'emergency', 'drill')),
  audience text[] not null,
  plan jsonb not null,                 -- {"when":"now"} | {"when":"times","dates":[…],"time":"17:05"}
  repeats integer not null default 1 check (repeats between 1 and 5), -- read so many times in one airing
  saved_by text not null references person,
  saved_at timestamptz not null,
  frozen boolean not null default false,
  primary key (notice, number)
);
create table notice_version (
  notice text not null,
  revision integer not null,
  language text not null,
  position integer not null,
  written text,                        -- null: sound only
  voicing text references voicing,
  sound text references sound,         -- of the whole airing, chime and repeats: composed when it was submitted
  checked_by text references person,   -- a minority-language version: somebody recorded as understanding it
  checked_at timestamptz,
  primary key (notice, revision, language),
  foreign key (notice, revision) references notice_revision
);
-- The decisions, in order. Nothing here is ever changed.
create table notice_event (
  id text primary key,
  notice text not null references notice,
  revision integer not null,
  kind text not null check (kind in ('submitted', 'withdrawn', 'returned', 'checked', 'approved')),
  person text not null references person,
  at timestamptz not null,
  reason text,
  release text references release
);
create index notice_event_notice on notice_event (notice, id);
create index notice_event_release on notice_event (release);
create unique index notice_event_approved on notice_event (notice) where kind = 'approved';
-- Classified matter never enters; only the fact that an oral briefing took place.
create table oral_briefing (
  id text primary key,
  unit text not null references unit,
  held_on date not null,
  held_by text not null references person,
  listeners integer not null check (listeners between 0 and 100000),
  made_at timestamptz not null
);
