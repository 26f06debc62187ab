-- A broadcasting session of a commune or a station: who it is stays, when and how is dated. A session lies within one day.
create table session (
  id text primary key,
  made_by text not null references person,
  made_at timestamptz not null
);
create table session_version (
  session text not null references session,
  unit text not null references unit,  -- dated too: a session moves with its commune
  valid daterange not null check (not isempty(valid)),
  name text not null,
  days integer[] not null,             -- ISO: Monday 1 to Sunday 7
  from_time text not null,             -- HH:MM, local
  to_time text not null check (from_time < to_time),
  relay jsonb,                         -- {"of","at":"start"|"end","minutes"}
  off_hours text not null check (off_hours in ('none', 'confirmed')),
  confirmed_by text references person,
  saved_by text not null references person,
  saved_at timestamptz not null,
  exclude using gist (session with =, valid with &&)
);
create index session_version_unit on session_version (unit);
-- Hours of the night need a second person: until then the change waits here, and nothing is placed by it.
create table session_proposal (
  session text primary key references session,
  unit text not null references unit,
  valid_from date not null,
  name text not null,
  days integer[] not null,
  from_time text not null,
  to_time text not null check (from_time < to_time),
  relay jsonb,
  proposed_by text not null references person,
  proposed_at timestamptz not null
);
create index session_proposal_unit on session_proposal (unit);

-- When a release is to be heard, as its author planned it; kept when it is proposed, read when it is issued.
create table release_plan (
  release text primary key references release,
  plan jsonb not null,
  third_party boolean not null default false  -- said on behalf of somebody outside: counts towards the minutes for them
);
insert into release_plan (release, plan)
  select r.id, n.plan from release r join notice_revision n on r.origin = n.notice || '.' || n.number where r.origin_kind = 'notice';
-- Approved once, used by the sessions by themselves.
create table standing (
  release text primary key references release,
  unit text not null references unit,
  role text not null check (role in ('opening', 'closing', 'fallback', 'chime')),
  sessions text[] not null,
  from_date date not null,
  to_date date not null,
  issued_at timestamptz not null
);
create index standing_unit on standing (unit, role);

-- An airing that was moved is another airing: the old row stays and says which one took its place (itself, where none did).
alter table airing add column superseded_by text references airing;
alter table airing add column only_device text references device;
alter table airing add column kind text not null default 'item' check (kind in ('item', 'opening', 'closing', 'fallback', 'chime'));
alter table airing add column session text references session;
alter table airing add column hold_until timestamptz;  -- decided in a collision: not before this
alter table airing drop constraint airing_release_at_key;
create unique index airing_release_at on airing (release, at) where superseded_by is null and only_device is null;
create index airing_session on airing (session, local_date) where session is not null;

-- An order for one device is told to that device alone, in a sequence of its own.
create table device_sequence (
  device text primary key references device,
  seq bigint not null
);
alter table order_message add column device text references device;

-- How often a class of notice is usually heard, and what time others may have; for a unit and everything below it.
create table repeat_rule (
  unit text primary key references unit,
  rules jsonb not null,                -- [{"class","sessionsPerDay","days"}]
  saved_by text not null references person,
  saved_at timestamptz not null
);
create table airtime_rule (
  unit text primary key references unit,
  purposes text[] not null,
  minutes_per_day integer not null check (minutes_per_day between 0 and 120),
  saved_by text not null references person,
  saved_at timestamptz not null
);
alter table notice_revision add column on_behalf_of jsonb;  -- {"name","purpose"}
