-- What a device last measured of itself, and since when its clock is in doubt.
alter table device_presence add column telemetry jsonb;      -- as its status said; null where it has never said any
alter table device_presence add column clock_doubted_since timestamptz;  -- null while its clock is trusted
-- One row an hour and device, and one wherever something changed; forgotten after some days.
create table device_sample (
  device text not null references device,
  at timestamptz not null,
  online boolean not null,
  signal_dbm real,
  power_volts real,
  on_mains boolean,
  temperature_c real,
  primary key (device, at)
);
create index device_sample_at on device_sample (at);
-- Starts of a device's program, as its hellos told them: one program has one. A start that comes again after another
-- was heard means that two machines carry the same identity.
create table device_boot (
  device text not null references device,
  booted_at timestamptz not null,              -- on the device's own clock, which may be what is wrong
  program text not null,
  output text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  returned_at timestamptz,                     -- when it was last heard again after another one
  primary key (device, booted_at)
);
-- The machines that have stood at a device's place, one after the other: the place, its clusters and its history stay.
create table device_part (
  device text not null references device,
  epoch integer not null,
  installed_at timestamptz not null,
  removed_at timestamptz,
  removed_by text references person,
  program text not null,
  note text not null default '',               -- why it was taken away
  primary key (device, epoch)
);
insert into device_part (device, epoch, installed_at, program)
  select d.id, d.epoch, d.enrolled_at, coalesce(p.program, '')
  from device d left join device_presence p on p.device = d.id where d.enrolled_at is not null and d.kind <> 'page';
-- A device that waits for its next machine: the old key is good for nothing, the new one has not come yet.
alter table device add column replacing_since timestamptz;

create table ticket (
  id text primary key,
  device text not null references device,
  kind text not null check (kind in ('offline', 'silent', 'chime', 'fault', 'clock', 'power', 'doubled', 'manual')),
  opened_at timestamptz not null,
  opened_by text references person,            -- null: the system saw it
  facts jsonb not null,                        -- what was known of the device at that moment
  recovered_at timestamptz,                    -- the cause went away by itself, and has not come back
  assigned_to text references person,
  closed_at timestamptz,
  closed_by text references person,
  cause text,
  check ((closed_at is null) = (cause is null))
);
create unique index ticket_open_once on ticket (device, kind) where closed_at is null;
create index ticket_newest on ticket (opened_at desc);
create table ticket_event (
  id text primary key,
  ticket text not null references ticket,
  kind text not null check (kind in ('opened', 'assigned', 'noted', 'recovered', 'again', 'closed')),
  at timestamptz not null,
  by text references person,
  note text not null default ''
);
create index ticket_event_ticket on ticket_event (ticket, at);

-- Where things lie, as somebody imported it (WGS 84). Without it the map is a diagram.
create table unit_outline (
  unit text primary key references unit,
  rings jsonb not null,                        -- [[[lon, lat], …], …]: outer rings and holes of all its polygons
  imported_at timestamptz not null,
  imported_by text not null references person
);
create table cluster_point (
  cluster text primary key references cluster,
  lon double precision not null check (lon between -180 and 180),
  lat double precision not null check (lat between -90 and 90),
  imported_at timestamptz not null,
  imported_by text not null references person
);

-- The daily chime: set for a unit, it holds for everything below that sets none of its own.
create table functional_rule (
  unit text primary key references unit,
  enabled boolean not null,
  time text not null,                          -- HH:MM
  set_at timestamptz not null,
  set_by text references person
);
create table functional_test (
  airing text primary key references airing,
  unit text not null references unit,
  local_date date not null,
  at timestamptz not null,
  looked_at timestamptz,                       -- who did not sound has been listed
  unique (unit, local_date)
);
create index functional_test_due on functional_test (at) where looked_at is null;
