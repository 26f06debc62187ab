-- Organisations beside the administration: they hang in the tree, hold people, and are never spoken to by loudspeaker.
alter table unit_version drop constraint unit_version_kind_check;
alter table unit_version add constraint unit_version_kind_check
  check (kind in ('province', 'district', 'commune', 'village', 'station',
    'partyCommittee', 'front', 'union', 'unionBase', 'school', 'agency'));

-- Communes that are joined on a day to come. What the day brings is written ahead into the dated tables of units and posts;
-- this row says who ordered it, and keeps what is needed to put everything back until the day before.
create table merger (
  id text primary key,
  effective_on date not null,        -- the first day on which the new tree holds
  parent text not null references unit,   -- the province: whose administrators answer for it
  to_unit text not null references unit,
  to_is_new boolean not null,        -- false: an existing commune took the others in
  to_name text not null,
  to_short_name text not null,
  source text not null,              -- the resolution, in words
  event text not null,               -- of unit_event; gone once the merger is undone
  left_behind jsonb not null,        -- what was moved and ended, for undoing
  made_by text not null references person,
  made_at timestamptz not null,
  undone_by text references person,
  undone_at timestamptz,
  check ((undone_by is null) = (undone_at is null))
);
create index merger_effective on merger (effective_on);
-- The units that end. A unit ends once: of two mergers over it at the same time the second finds it taken.
create table merger_from (
  merger text not null references merger,
  unit text not null references unit,
  name text not null,                -- as it was called when this was ordered
  undone boolean not null default false,
  primary key (merger, unit)
);
create unique index merger_from_once on merger_from (unit) where not undone;
