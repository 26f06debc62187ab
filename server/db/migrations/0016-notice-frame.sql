-- What stands around a unit's notices: an attention sound, a jingle before and behind, "I repeat". A field that is null is taken
-- from the nearest unit above that has it. Own sounds are recordings like any other.
create table notice_frame (
  unit text primary key references unit,
  attention text check (attention in ('chime', 'own', 'none')),
  attention_voicing text references voicing,
  opening text check (opening in ('own', 'none')),
  opening_voicing text references voicing,
  closing text check (closing in ('own', 'none')),
  closing_voicing text references voicing,
  again text check (again in ('always', 'urgent', 'never')),   -- before a second reading: of which notices
  changed_by text not null references person,
  changed_at timestamptz not null,
  check ((attention is not distinct from 'own') = (attention_voicing is not null)),
  check ((opening is not distinct from 'own') = (opening_voicing is not null)),
  check ((closing is not distinct from 'own') = (closing_voicing is not null))
);

-- What is heard when in a composed sound: [{kind, number, voicing, atMs, durationMs}]. Null: composed before this was kept.
alter table composition add column parts jsonb;
-- "I repeat" of a unit, by its words: short texts only, the key of an index has its limit.
create index voicing_short on voicing (unit, written) where length(written) <= 40;
