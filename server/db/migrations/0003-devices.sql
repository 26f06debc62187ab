-- A device is one IP cluster, one gateway, or the virtual cluster of a page (never counted as heard).
create table device (
  id text primary key,
  kind text not null check (kind in ('cluster', 'gateway', 'page')),
  name text not null,
  unit text not null references unit,          -- village of a cluster, station of a gateway, commune of a page
  invented boolean not null default false,
  epoch integer not null default 1,            -- rises when the device gets a new key
  key_id text,
  key_alg text check (key_alg in ('ed25519', 'p256')),
  public_key text,                             -- base64, raw
  secret_hash bytea,                           -- sha256 of the device's secret
  enrolled_at timestamptz,
  revoked_at timestamptz,
  volume integer not null default 80 check (volume between 0 and 100),
  volume_max integer not null default 90 check (volume_max between 0 and 100),
  minutes_per_day_max integer not null default 180 check (minutes_per_day_max between 0 and 1440),
  quiet jsonb not null default '[{"from":"21:00","to":"05:00"}]',
  config_seq bigint not null default 0,        -- only rises, and starts from the clock: a restored database must not fall behind a device
  config text,                                 -- the signed envelope as it was last published
  made_at timestamptz not null
);
create index device_unit on device (unit);
create unique index device_key on device (key_id) where revoked_at is null and kind <> 'page';  -- a key copied to a second device is refused
create table device_enrolment (
  code_hash bytea primary key,                 -- sha256 of the one-time code
  device text not null references device,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
-- What the device last said of itself.
create table device_presence (
  device text primary key references device,
  online boolean not null,
  since timestamptz not null,
  seen_at timestamptz not null,
  playing text,
  clock_trusted boolean not null default false,
  volume integer not null default 0,
  receipts_waiting integer not null default 0,
  sounds_cached integer not null default 0,
  output text not null default 'null',
  program text not null default ''
);
create table device_report (
  id text primary key,
  device text not null references device,
  at timestamptz not null,                     -- when it came; the device's own clock may be what is wrong
  code text not null,
  subject text not null
);
create index device_report_device on device_report (device, at);
-- Every cluster of the network, by village. One that is a device of its own names it; one on a wired or FM station names the
-- gateway it stands behind. Exactly one of the two, never both.
create table cluster (
  id text primary key,
  village text not null references unit,
  name text not null,
  horns integer not null check (horns between 1 and 8),
  device text unique references device,
  gateway text references device,
  invented boolean not null default false,
  check ((device is null) <> (gateway is null))
);
create index cluster_village on cluster (village);
create index cluster_gateway on cluster (gateway);
