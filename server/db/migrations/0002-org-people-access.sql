-- Who did what, append-only. The chain of hashes makes an edited, removed or reordered row show.
create table audit_entry (
  number bigint primary key,         -- without gaps: taken from audit_head in the same transaction
  at timestamptz not null,
  person text,                       -- null: the system itself, or somebody not signed in
  action text not null,              -- e.g. notice.approved, access.refused
  subject text not null,
  unit text,                         -- whose leader and administrator may read it; null: the installation's own
  detail jsonb not null default '{}',
  chain bytea not null               -- sha256(previous chain || this row's content)
);
create index audit_entry_subject on audit_entry (subject, number);
-- The end of the chain, one row. Its row lock makes writers queue, so that the chain cannot fork; rows cut off the end show against it.
create table audit_head (
  only_one boolean primary key default true check (only_one),
  number bigint not null,
  chain bytea not null
);
insert into audit_head (number, chain) values (0, ''::bytea);

-- Identity only: what a unit is called, where it hangs and what it is are dated versions. Never identified by its GSO code.
create table unit (
  id text primary key
);
create extension if not exists btree_gist;
create table unit_version (
  unit text not null references unit,
  valid daterange not null check (not isempty(valid)),
  kind text not null check (kind in ('province', 'commune', 'village', 'station')),
  name text not null,
  short_name text not null,
  parent text references unit,
  gso_code text,
  population integer check (population >= 0),
  invented boolean not null default false,
  source text not null,              -- where this row's facts come from, in words
  exclude using gist (unit with =, valid with &&)
);
create index unit_version_parent on unit_version (parent);
-- A station's villages: a wired or FM station cannot speak to one of them alone.
create table station_village (
  station text not null references unit,
  village text not null references unit,
  valid daterange not null check (not isempty(valid)),
  exclude using gist (village with =, valid with &&)
);
-- Stations are converted one by one, so their technology is dated too.
create table station (
  unit text not null references unit,
  technology text not null check (technology in ('wireless', 'wired', 'ip', 'mixed')),
  valid daterange not null check (not isempty(valid)),
  invented boolean not null default false,
  exclude using gist (unit with =, valid with &&)
);

-- Languages in which notices for a unit are wanted besides Vietnamese (NĐ 49/2024 Art. 8: local languages of ethnic minorities).
create table unit_language (
  unit text not null references unit,
  language text not null,            -- BCP 47, e.g. cua (Cor)
  valid daterange not null check (not isempty(valid)),
  invented boolean not null default false,
  exclude using gist (unit with =, language with =, valid with &&)
);

create table person (
  id text primary key,
  name text not null,
  languages text[] not null default '{vi}',   -- BCP 47: understands, recorded
  invented boolean not null default false
);
create table post (
  id text primary key,
  person text not null references person,
  unit text not null references unit,
  role text not null check (role in ('officer', 'approver', 'technician', 'clerk', 'leader', 'administrator')),
  title text not null,
  valid daterange not null check (not isempty(valid)),
  exclude using gist (person with =, unit with =, role with =, valid with &&)
);

create table account (
  person text primary key references person,
  username text not null unique check (username = lower(username)),
  password text not null             -- PHC string, argon2id
);
-- Wrong passwords by name, whether or not an account of that name exists: the answer must not tell which.
create table sign_in_name (
  name_hash bytea primary key,       -- sha256 of the lower-case name
  failed integer not null,
  locked_until timestamptz,
  tried_at timestamptz not null      -- rows untouched for an hour are removed by the tick
);
create table sign_in_session (
  token_hash bytea primary key,      -- sha256 of the cookie's token
  person text not null references person,
  made_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sign_in_session_person on sign_in_session (person);
-- Tries that failed or are under way, by address, for the rate limit; rows older than an hour are removed by the tick.
create table sign_in_try (
  id text primary key,
  address text not null,
  at timestamptz not null
);
create index sign_in_try_address on sign_in_try (address, at);
