-- Who did what, append-only. The chain of hashes makes an edited, removed or reordered row show.
create table audit_entry (
  number bigint generated always as identity primary key,
  at timestamptz not null,
  person text,                       -- null: the system itself, or somebody not signed in
  action text not null,              -- e.g. notice.approved, access.refused
  subject text not null,
  detail jsonb not null default '{}',
  chain bytea not null               -- sha256(previous chain || this row's content)
);

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
create table station (
  unit text primary key references unit,
  technology text not null check (technology in ('wireless', 'wired', 'ip', 'mixed')),
  invented boolean not null default false
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
  password text not null,            -- PHC string, argon2id
  failed integer not null default 0,
  locked_until timestamptz
);
create table sign_in_session (
  token_hash bytea primary key,      -- sha256 of the cookie's token
  person text not null references person,
  made_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sign_in_session_person on sign_in_session (person);
-- Tries by address, for the rate limit; rows older than an hour are removed by the tick.
create table sign_in_try (
  address text not null,
  at timestamptz not null
);
create index sign_in_try_address on sign_in_try (address, at);
