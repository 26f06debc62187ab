-- A recording on its way in, in the pieces that have come: a line may break, or the server stop, between any two of them.
-- A row is its creator's alone. The name of the file is looked at for a secrecy mark and not kept.
create table upload (
  id text primary key,
  person text not null references person,
  unit text not null references unit,
  length integer not null check (length between 1 and 64000000),   -- bytes, as announced
  received integer not null default 0 check (received between 0 and length),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),          -- of the whole, as the browser reckoned it
  voicing text references voicing,                                 -- what was made of it; its pieces are gone then
  made_at timestamptz not null,
  expires_at timestamptz not null
);
create index upload_expires on upload (expires_at);
create index upload_person on upload (person);

create table upload_piece (
  upload text not null references upload on delete cascade,
  at integer not null,                                             -- its first byte's place in the whole
  bytes bytea not null,
  primary key (upload, at)
);
-- sound does not get smaller by being packed
alter table upload_piece alter column bytes set storage external;
