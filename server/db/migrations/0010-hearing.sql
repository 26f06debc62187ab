-- What people say they heard, beside what devices report. A link of one's own: whoever holds its token speaks for the village.
create table hearing_link (
  id text primary key,
  token_hash bytea not null unique,    -- sha256 of the token; the token itself is kept nowhere
  village text not null references unit,
  name text not null,
  phone text,                          -- taken away when the link is ended
  expires_on date not null,            -- the last day on which it opens, UTC+7
  made_at timestamptz not null,
  made_by text not null references person,
  revoked_at timestamptz,
  revoked_by text references person,
  check ((revoked_at is null) = (revoked_by is null))
);
create index hearing_link_village on hearing_link (village);
-- One row for each press that changed something; the newest of a link counts, the earlier ones stay.
create table hearing_word (
  id text primary key,
  airing text not null references airing,
  village text not null references unit,
  link text not null references hearing_link,
  word text not null check (word in ('clear', 'unclear', 'none')),
  at timestamptz not null
);
create index hearing_word_airing on hearing_word (airing, village);
create index hearing_word_village on hearing_word (village, at);
create index hearing_word_link on hearing_word (link, at);
-- Openings with a token that is none, by address, for the rate limit; rows older than an hour are removed by the tick.
create table hearing_try (
  id text primary key,
  address text not null,
  at timestamptz not null
);
create index hearing_try_address on hearing_try (address, at);

-- A village that did not hear an airing: somebody goes there with the mobile loudspeaker. One for each airing and village.
create table errand (
  id text primary key,
  airing text not null references airing,
  village text not null references unit,
  what text not null check (what in ('mobileLoudspeaker')),
  why text not null check (why in ('people', 'silent', 'unknown', 'noCluster')),
  opened_at timestamptz not null,
  assigned_to text references person,
  assigned_at timestamptz,
  done_at timestamptz,                 -- when it was recorded; a recorded one is a delivery, and never changes again
  done_by text references person,
  started_at timestamptz,
  ended_at timestamptz,
  listeners integer check (listeners >= 0),
  note text not null default '',
  dismissed_at timestamptz,
  dismissed_by text references person, -- null: the village itself took its word back
  reason text,
  unique (airing, village),
  check (done_at is null or (done_by is not null and started_at is not null and started_at <= ended_at)),
  check (done_at is null or dismissed_at is null)
);
create index errand_village on errand (village, opened_at);
create index errand_open on errand (village) where done_at is null and dismissed_at is null;
-- Airings whose villages have been looked at once, a quarter of an hour after their end.
create table errand_review (
  airing text primary key references airing,
  at timestamptz not null
);
