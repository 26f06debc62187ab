-- A release placed at a time. What it needs of the release is copied when it is placed: it stands for what was planned then.
create table airing (
  id text primary key,
  release text not null references release,
  origin_kind text not null,           -- what it was made from, e.g. notice; opaque here
  origin text not null,
  unit text not null references unit,  -- the unit that issued it
  class text not null check (class in ('normal', 'priority', 'emergency', 'drill')),
  title text not null,
  audience text[] not null,
  sounds jsonb not null,               -- [{"language","hash","bytes","durationMs"}] in the order they are played
  at timestamptz not null,
  latest_start timestamptz not null,
  local_date date not null,            -- of `at`, UTC+7, so that no report needs time-zone arithmetic
  duration_ms integer not null,
  stopped_at timestamptz,
  stopped_by text references person,
  made_at timestamptz not null,
  check (at <= latest_start),
  unique (release, at)                 -- placing the same release again changes nothing
);
create index airing_at on airing (at);
create index airing_local_date on airing (local_date);
create index airing_audience on airing using gin (audience);
-- The network as it stood when the airing was placed: which device was to reach which clusters, in which commune.
create table airing_target (
  airing text not null references airing,
  device text not null references device,
  kind text not null check (kind in ('cluster', 'gateway')),
  unit text not null references unit,  -- unit of the audience by which the device is reached
  stands text not null references unit,  -- village of the cluster, station of the gateway
  commune text references unit,        -- commune of that
  primary key (airing, device)
);
create table airing_cluster (
  airing text not null references airing,
  cluster text not null references cluster,
  device text not null references device,
  behind_gateway boolean not null,
  primary key (airing, cluster, device)  -- a cluster may be reached by more than one device
);
create index airing_cluster_device on airing_cluster (airing, device);
-- Sequence numbers only rise, and start from the clock, so that they also rise after an older database was restored.
create table unit_sequence (
  unit text not null references unit,
  kind text not null check (kind in ('manifest', 'order', 'stop')),
  seq bigint not null,
  primary key (unit, kind)
);
-- Last signed message of each kind per unit: what a lost broker is refilled from.
create table unit_message (
  unit text not null references unit,
  kind text not null check (kind in ('manifest', 'stop', 'roster')),
  seq bigint not null,                 -- a roster's version
  payload text not null,
  made_at timestamptz not null,
  published_at timestamptz,            -- null: still to be published
  primary key (unit, kind)
);
create index unit_message_waiting on unit_message (kind) where published_at is null;
-- Orders and stops are not kept by the broker in order: each waits here until the broker has it.
create table order_message (
  unit text not null references unit,
  airing text not null references airing,
  seq bigint not null,
  payload text not null,
  made_at timestamptz not null,
  published_at timestamptz,
  primary key (airing, unit)
);
create index order_message_waiting on order_message (made_at) where published_at is null;

create table receipt (
  id text primary key,
  device text not null references device,
  epoch integer not null,
  counter bigint not null,
  airing text not null references airing,
  release text not null references release,
  unit text not null,                  -- as the device said
  outcome text not null check (outcome in ('completed', 'interrupted', 'stopped', 'preempted', 'silent')),
  reason text,
  started_at timestamptz,              -- on the device's clock, as it said
  ended_at timestamptz not null,
  local_date date not null,            -- of the airing
  clock_trusted boolean not null,      -- false where the device said so, or where its times cannot be
  seconds_written real not null check (seconds_written >= 0),
  level_dbfs real,
  volume integer not null,
  output text not null,
  body text not null,                  -- the exact bytes the device signed
  key_id text not null,
  signature text not null,
  received_at timestamptz not null,
  unique (device, epoch, counter)
);
create index receipt_airing on receipt (airing);
create index receipt_local_date on receipt (local_date);
-- Public keys receipts were checked with: a device that got a new key may still hold receipts of the old one, and every
-- receipt can be checked again for as long as it is kept.
create table receipt_key (
  device text not null references device,
  epoch integer not null,
  key_id text not null,
  alg text not null check (alg in ('ed25519', 'p256')),
  public_key text not null,
  primary key (device, epoch)
);
-- A receipt that came but could not be taken in. Well signed: kept, because the device was told to forget it. Not well
-- signed: a bounded sample, for the technician.
create table receipt_rejected (
  id text primary key,
  device text not null,                -- as the topic said; may be no device of ours
  at timestamptz not null,
  code text not null,
  well_signed boolean not null,
  receipt text,                        -- the receipt's own id, where it could be read
  payload_hash text not null,          -- sha256: the same thing sent again is one row
  payload text not null,
  unique (device, payload_hash)
);
create index receipt_rejected_device on receipt_rejected (device, well_signed, at);
