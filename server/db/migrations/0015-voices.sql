-- How a unit's texts are read out: a field that is null is taken from the nearest unit above that has it.
create table unit_voice (
  unit text primary key references unit,
  accent text check (accent in ('north', 'central', 'south')),
  rate real check (rate between 0.5 and 2),
  voices text[] check (cardinality(voices) between 1 and 10),  -- the first that can speaks
  horn_filter boolean,                                         -- sounds are fitted to horn loudspeakers
  saved_by text not null references person,
  saved_at timestamptz not null
);

-- Which voice spoke, and which was wanted where it could not: {"id","name"}, as they were called then.
alter table voicing add column voice jsonb;
alter table voicing add column wanted_voice jsonb;
-- The voice did not tell when it begins each word: the times are estimated from the letters.
alter table voicing add column times_estimated boolean not null default false;
update voicing set voice = '{"id": "espeak", "name": "eSpeak NG"}' where kind = 'text';
