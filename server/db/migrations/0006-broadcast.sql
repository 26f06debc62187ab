create table airing (
  id text primary key,
  release text not null references release,
  at timestamptz not null,
  latest_start timestamptz not null,
  local_date date not null,            -- of `at`, UTC+7, so that no report needs time-zone arithmetic
  duration_ms integer not null,
  stopped_at timestamptz,
  stopped_by text references person,
  made_at timestamptz not null
);
create index airing_at on airing (at);
create index airing_release on airing (release);
-- The network as it stood when the airing was placed: which device was to reach which clusters.
create table airing_target (
  airing text not null references airing,
  device text not null references device,
  unit text not null references unit,  -- unit of the audience by which the device is reached
  primary key (airing, device)
);
create table airing_cluster (
  airing text not null references airing,
  cluster text not null references cluster,
  device text not null references device,
  behind_gateway boolean not null,
  primary key (airing, cluster)
);
create index airing_cluster_device on airing_cluster (airing, device);
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
  payload text not null,
  made_at timestamptz not null,
  published_at timestamptz,
  primary key (unit, kind)
);

create table receipt (
  id text primary key,
  device text not null references device,
  epoch integer not null,
  counter bigint not null,
  airing text not null references airing,
  release text not null references release,
  unit text not null references unit,
  outcome text not null check (outcome in ('completed', 'interrupted', 'stopped', 'preempted', 'silent')),
  reason text,
  started_at timestamptz,
  ended_at timestamptz not null,
  local_date date not null,
  clock_trusted boolean not null,
  seconds_written real not null check (seconds_written >= 0),
  level_dbfs real,
  volume integer not null,
  output text not null,
  body text not null,                  -- the exact bytes the device signed
  signature text not null,
  received_at timestamptz not null,
  unique (device, epoch, counter)
);
create index receipt_airing on receipt (airing);
create index receipt_local_date on receipt (local_date);
-- A receipt that came but could not be taken in; kept, never thrown away, because a device deletes only what was acknowledged.
create table receipt_rejected (
  id text primary key,
  device text not null,
  at timestamptz not null,
  code text not null,
  payload text not null
);
