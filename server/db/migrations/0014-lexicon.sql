-- How a unit reads what no rule can know: names of villages, abbreviations of its own. Holds for the unit and everything below
-- it; the nearest unit's entry wins. A row is never changed but for its decision: another reading is another row.
create table lexicon_entry (
  id text primary key,
  unit text not null references unit,
  written text not null check (length(written) between 1 and 100),
  spoken text not null check (length(spoken) between 1 and 200),
  case_sensitive boolean not null default false,
  state text not null check (state in ('proposed', 'inForce', 'refused', 'removed')),
  proposed_by text not null references person,
  proposed_at timestamptz not null,
  decided_by text references person,       -- somebody else than who proposed it
  decided_at timestamptz,
  reason text,
  check (decided_by is null or decided_by <> proposed_by or state = 'removed'),
  check ((state = 'proposed') = (decided_by is null))
);
create unique index lexicon_entry_in_force on lexicon_entry (unit, lower(written)) where state = 'inForce';
create unique index lexicon_entry_proposed on lexicon_entry (unit, lower(written)) where state = 'proposed';

-- Readings that were put right for this one text: [{"written","spoken"}].
alter table voicing add column corrections jsonb not null default '[]';
