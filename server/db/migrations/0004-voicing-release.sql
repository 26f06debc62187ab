-- A finished sound: Ogg Opus, 48 kHz mono, −16 LUFS, peak at most −1.5 dBTP; the bytes are in the blob store under the hash.
create table sound (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  bytes integer not null check (bytes > 0),
  duration_ms integer not null check (duration_ms > 0),
  loudness_lufs real not null,
  peak_dbtp real not null,
  levels real[] not null,              -- RMS dBFS per 200 ms, for the waveform
  made_at timestamptz not null
);
-- What was made into which sound. The same request gives the same sound: its key is the request itself.
create table voicing (
  id text primary key,
  request text not null,               -- sha256 of unit and text, accent, rate; or of unit and upload
  unit text not null references unit,
  kind text not null check (kind in ('text', 'recording')),
  written text,                        -- as written (kind text)
  spoken text,                         -- as read out
  words jsonb,                         -- [{text, from, to, rule, atMs}] of the reading
  accent text check (accent in ('north', 'central', 'south')),
  rate real,
  upload_hash text,                    -- kind recording: blob of what was uploaded
  sound text not null references sound,
  made_by text references person,
  made_at timestamptz not null
);
create unique index voicing_request on voicing (request);
create index voicing_sound on voicing (sound);
-- The sound of a whole airing: chime and readings, composed before approval so that the approver hears the very bytes that play.
create table composition (
  request text primary key,            -- sha256 of unit, reading's sound, repeats and recipe
  unit text not null references unit,
  sound text not null references sound,
  made_at timestamptz not null
);
create index composition_sound on composition (sound);

create table signing_key (
  id text primary key,                 -- first 32 hex digits of sha256(public key)
  purpose text not null check (purpose in ('root', 'server', 'person')),
  person text references person,
  alg text not null check (alg in ('ed25519', 'p256')),
  public_key text not null,
  private_key bytea,                   -- sealed with the installation's key file; null where the person holds it
  made_at timestamptz not null,
  retired_at timestamptz
);
create unique index signing_key_person on signing_key (person) where purpose = 'person' and retired_at is null;
-- One root and one server key in force: two processes that start at once must not make two.
create unique index signing_key_single on signing_key (purpose) where purpose in ('root', 'server') and retired_at is null;
create table roster (
  unit text not null references unit,
  version integer not null,
  body text not null,
  signatures jsonb not null,
  made_at timestamptz not null,
  primary key (unit, version)
);

-- The narrow waist: frozen, signed, never edited. Its origin is opaque.
create table release (
  id text primary key,
  origin_kind text not null,
  origin text not null,
  unit text not null references unit,
  author text not null references person,
  class text not null check (class in ('normal', 'priority', 'emergency', 'drill')),
  title text not null,
  body text not null,                  -- the candidate's exact bytes
  made_at timestamptz not null,
  issued_at timestamptz,               -- null until enough people have signed
  withdrawn_at timestamptz,            -- returned or taken back before that; never issued afterwards
  check (issued_at is null or withdrawn_at is null),
  unique (origin_kind, origin)
);
create table release_audience (
  release text not null references release,
  unit text not null references unit,
  primary key (release, unit)
);
create table release_sound (
  release text not null references release,
  position integer not null,
  language text not null,
  sound text not null references sound,
  primary key (release, position)
);
create index release_sound_sound on release_sound (sound);
create index release_audience_unit on release_audience (unit);
create table release_signature (
  release text not null references release,
  person text not null references person,
  key text not null references signing_key,
  value text not null,
  at timestamptz not null,
  primary key (release, person)        -- one person signs once: the two-person rule rests on this
);
