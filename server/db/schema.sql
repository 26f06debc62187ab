-- Made by "npm run generate" from the migrations; do not edit. Checked by schema.db.spec.ts.

create table account (
  person text not null,
  username text not null,
  password text not null,
  one_time_until timestamp with time zone,
  constraint account_pkey PRIMARY KEY (person),
  constraint account_username_key UNIQUE (username),
  constraint account_username_check CHECK ((username = lower(username))),
  constraint account_person_fkey FOREIGN KEY (person) REFERENCES person(id)
);
create table airing (
  id text not null,
  release text not null,
  origin_kind text not null,
  origin text not null,
  unit text not null,
  class text not null,
  title text not null,
  audience text[] not null,
  sounds jsonb not null,
  at timestamp with time zone not null,
  latest_start timestamp with time zone not null,
  local_date date not null,
  duration_ms integer not null,
  stopped_at timestamp with time zone,
  stopped_by text,
  made_at timestamp with time zone not null,
  superseded_by text,
  only_device text,
  kind text default 'item'::text not null,
  session text,
  hold_until timestamp with time zone,
  constraint airing_pkey PRIMARY KEY (id),
  constraint airing_check CHECK ((at <= latest_start)),
  constraint airing_class_check CHECK ((class = ANY (ARRAY['normal'::text, 'priority'::text, 'emergency'::text, 'drill'::text]))),
  constraint airing_kind_check CHECK ((kind = ANY (ARRAY['item'::text, 'opening'::text, 'closing'::text, 'fallback'::text, 'chime'::text]))),
  constraint airing_only_device_fkey FOREIGN KEY (only_device) REFERENCES device(id),
  constraint airing_release_fkey FOREIGN KEY (release) REFERENCES release(id),
  constraint airing_session_fkey FOREIGN KEY (session) REFERENCES session(id),
  constraint airing_stopped_by_fkey FOREIGN KEY (stopped_by) REFERENCES person(id),
  constraint airing_superseded_by_fkey FOREIGN KEY (superseded_by) REFERENCES airing(id),
  constraint airing_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE INDEX airing_at ON public.airing USING btree (at);
CREATE INDEX airing_audience ON public.airing USING gin (audience);
CREATE INDEX airing_local_date ON public.airing USING btree (local_date);
CREATE UNIQUE INDEX airing_release_at ON public.airing USING btree (release, at) WHERE ((superseded_by IS NULL) AND (only_device IS NULL));
CREATE INDEX airing_session ON public.airing USING btree (session, local_date) WHERE (session IS NOT NULL);
create table airing_cluster (
  airing text not null,
  cluster text not null,
  device text not null,
  behind_gateway boolean not null,
  constraint airing_cluster_pkey PRIMARY KEY (airing, cluster, device),
  constraint airing_cluster_airing_fkey FOREIGN KEY (airing) REFERENCES airing(id),
  constraint airing_cluster_cluster_fkey FOREIGN KEY (cluster) REFERENCES cluster(id),
  constraint airing_cluster_device_fkey FOREIGN KEY (device) REFERENCES device(id)
);
CREATE INDEX airing_cluster_device ON public.airing_cluster USING btree (airing, device);
create table airing_target (
  airing text not null,
  device text not null,
  kind text not null,
  unit text not null,
  stands text not null,
  commune text,
  constraint airing_target_pkey PRIMARY KEY (airing, device),
  constraint airing_target_kind_check CHECK ((kind = ANY (ARRAY['cluster'::text, 'gateway'::text]))),
  constraint airing_target_airing_fkey FOREIGN KEY (airing) REFERENCES airing(id),
  constraint airing_target_commune_fkey FOREIGN KEY (commune) REFERENCES unit(id),
  constraint airing_target_device_fkey FOREIGN KEY (device) REFERENCES device(id),
  constraint airing_target_stands_fkey FOREIGN KEY (stands) REFERENCES unit(id),
  constraint airing_target_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
create table airtime_rule (
  unit text not null,
  purposes text[] not null,
  minutes_per_day integer not null,
  saved_by text not null,
  saved_at timestamp with time zone not null,
  constraint airtime_rule_pkey PRIMARY KEY (unit),
  constraint airtime_rule_minutes_per_day_check CHECK (((minutes_per_day >= 0) AND (minutes_per_day <= 120))),
  constraint airtime_rule_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES person(id),
  constraint airtime_rule_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
create table audit_entry (
  number bigint not null,
  at timestamp with time zone not null,
  person text,
  action text not null,
  subject text not null,
  unit text,
  detail jsonb default '{}'::jsonb not null,
  chain bytea not null,
  constraint audit_entry_pkey PRIMARY KEY (number)
);
CREATE INDEX audit_entry_subject ON public.audit_entry USING btree (subject, number);
create table audit_head (
  only_one boolean default true not null,
  number bigint not null,
  chain bytea not null,
  constraint audit_head_pkey PRIMARY KEY (only_one),
  constraint audit_head_only_one_check CHECK (only_one)
);
create table cluster (
  id text not null,
  village text not null,
  name text not null,
  horns integer not null,
  device text,
  gateway text,
  invented boolean default false not null,
  words tsvector generated always as (loa_words(name)) stored,
  constraint cluster_pkey PRIMARY KEY (id),
  constraint cluster_device_key UNIQUE (device),
  constraint cluster_check CHECK (((device IS NULL) <> (gateway IS NULL))),
  constraint cluster_horns_check CHECK (((horns >= 1) AND (horns <= 8))),
  constraint cluster_device_fkey FOREIGN KEY (device) REFERENCES device(id),
  constraint cluster_gateway_fkey FOREIGN KEY (gateway) REFERENCES device(id),
  constraint cluster_village_fkey FOREIGN KEY (village) REFERENCES unit(id)
);
CREATE INDEX cluster_gateway ON public.cluster USING btree (gateway);
CREATE INDEX cluster_village ON public.cluster USING btree (village);
create table cluster_point (
  cluster text not null,
  lon double precision not null,
  lat double precision not null,
  imported_at timestamp with time zone not null,
  imported_by text not null,
  constraint cluster_point_pkey PRIMARY KEY (cluster),
  constraint cluster_point_lat_check CHECK (((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision))),
  constraint cluster_point_lon_check CHECK (((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision))),
  constraint cluster_point_cluster_fkey FOREIGN KEY (cluster) REFERENCES cluster(id),
  constraint cluster_point_imported_by_fkey FOREIGN KEY (imported_by) REFERENCES person(id)
);
create table composition (
  request text not null,
  unit text not null,
  sound text not null,
  made_at timestamp with time zone not null,
  parts jsonb,
  constraint composition_pkey PRIMARY KEY (request),
  constraint composition_sound_fkey FOREIGN KEY (sound) REFERENCES sound(hash),
  constraint composition_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE INDEX composition_sound ON public.composition USING btree (sound);
create table device (
  id text not null,
  kind text not null,
  name text not null,
  unit text not null,
  invented boolean default false not null,
  epoch integer default 1 not null,
  key_id text,
  key_alg text,
  public_key text,
  secret_hash bytea,
  enrolled_at timestamp with time zone,
  revoked_at timestamp with time zone,
  volume integer default 80 not null,
  volume_max integer default 90 not null,
  minutes_per_day_max integer default 180 not null,
  quiet jsonb default '[{"to": "05:00", "from": "21:00"}]'::jsonb not null,
  config_seq bigint default 0 not null,
  config text,
  made_at timestamp with time zone not null,
  replacing_since timestamp with time zone,
  words tsvector generated always as (loa_words(name)) stored,
  constraint device_pkey PRIMARY KEY (id),
  constraint device_key_alg_check CHECK ((key_alg = ANY (ARRAY['ed25519'::text, 'p256'::text]))),
  constraint device_kind_check CHECK ((kind = ANY (ARRAY['cluster'::text, 'gateway'::text, 'page'::text]))),
  constraint device_minutes_per_day_max_check CHECK (((minutes_per_day_max >= 0) AND (minutes_per_day_max <= 1440))),
  constraint device_volume_check CHECK (((volume >= 0) AND (volume <= 100))),
  constraint device_volume_max_check CHECK (((volume_max >= 0) AND (volume_max <= 100))),
  constraint device_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE UNIQUE INDEX device_key ON public.device USING btree (key_id) WHERE ((revoked_at IS NULL) AND (kind <> 'page'::text));
CREATE INDEX device_unit ON public.device USING btree (unit);
create table device_boot (
  device text not null,
  booted_at timestamp with time zone not null,
  program text not null,
  output text not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  returned_at timestamp with time zone,
  constraint device_boot_pkey PRIMARY KEY (device, booted_at),
  constraint device_boot_device_fkey FOREIGN KEY (device) REFERENCES device(id)
);
create table device_enrolment (
  code_hash bytea not null,
  device text not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint device_enrolment_pkey PRIMARY KEY (code_hash),
  constraint device_enrolment_device_fkey FOREIGN KEY (device) REFERENCES device(id)
);
create table device_part (
  device text not null,
  epoch integer not null,
  installed_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  removed_by text,
  program text not null,
  note text default ''::text not null,
  constraint device_part_pkey PRIMARY KEY (device, epoch),
  constraint device_part_device_fkey FOREIGN KEY (device) REFERENCES device(id),
  constraint device_part_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES person(id)
);
create table device_presence (
  device text not null,
  online boolean not null,
  since timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  playing text,
  clock_trusted boolean default false not null,
  volume integer default 0 not null,
  receipts_waiting integer default 0 not null,
  sounds_cached integer default 0 not null,
  output text default 'null'::text not null,
  program text default ''::text not null,
  telemetry jsonb,
  clock_doubted_since timestamp with time zone,
  constraint device_presence_pkey PRIMARY KEY (device),
  constraint device_presence_device_fkey FOREIGN KEY (device) REFERENCES device(id)
);
create table device_report (
  id text not null,
  device text not null,
  at timestamp with time zone not null,
  code text not null,
  subject text not null,
  constraint device_report_pkey PRIMARY KEY (id),
  constraint device_report_device_fkey FOREIGN KEY (device) REFERENCES device(id)
);
CREATE INDEX device_report_device ON public.device_report USING btree (device, at);
create table device_sample (
  device text not null,
  at timestamp with time zone not null,
  online boolean not null,
  signal_dbm real,
  power_volts real,
  on_mains boolean,
  temperature_c real,
  constraint device_sample_pkey PRIMARY KEY (device, at),
  constraint device_sample_device_fkey FOREIGN KEY (device) REFERENCES device(id)
);
CREATE INDEX device_sample_at ON public.device_sample USING btree (at);
create table device_sequence (
  device text not null,
  seq bigint not null,
  constraint device_sequence_pkey PRIMARY KEY (device),
  constraint device_sequence_device_fkey FOREIGN KEY (device) REFERENCES device(id)
);
create table errand (
  id text not null,
  airing text not null,
  village text not null,
  what text not null,
  why text not null,
  opened_at timestamp with time zone not null,
  assigned_to text,
  assigned_at timestamp with time zone,
  done_at timestamp with time zone,
  done_by text,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  listeners integer,
  note text default ''::text not null,
  dismissed_at timestamp with time zone,
  dismissed_by text,
  reason text,
  constraint errand_pkey PRIMARY KEY (id),
  constraint errand_airing_village_key UNIQUE (airing, village),
  constraint errand_check CHECK (((done_at IS NULL) OR ((done_by IS NOT NULL) AND (started_at IS NOT NULL) AND (started_at <= ended_at)))),
  constraint errand_check1 CHECK (((done_at IS NULL) OR (dismissed_at IS NULL))),
  constraint errand_listeners_check CHECK ((listeners >= 0)),
  constraint errand_what_check CHECK ((what = 'mobileLoudspeaker'::text)),
  constraint errand_why_check CHECK ((why = ANY (ARRAY['people'::text, 'silent'::text, 'unknown'::text, 'noCluster'::text]))),
  constraint errand_airing_fkey FOREIGN KEY (airing) REFERENCES airing(id),
  constraint errand_assigned_to_fkey FOREIGN KEY (assigned_to) REFERENCES person(id),
  constraint errand_dismissed_by_fkey FOREIGN KEY (dismissed_by) REFERENCES person(id),
  constraint errand_done_by_fkey FOREIGN KEY (done_by) REFERENCES person(id),
  constraint errand_village_fkey FOREIGN KEY (village) REFERENCES unit(id)
);
CREATE INDEX errand_open ON public.errand USING btree (village) WHERE ((done_at IS NULL) AND (dismissed_at IS NULL));
CREATE INDEX errand_village ON public.errand USING btree (village, opened_at);
create table errand_review (
  airing text not null,
  at timestamp with time zone not null,
  constraint errand_review_pkey PRIMARY KEY (airing),
  constraint errand_review_airing_fkey FOREIGN KEY (airing) REFERENCES airing(id)
);
create table fact (
  id text not null,
  kind text not null,
  at timestamp with time zone not null,
  subject text not null,
  body jsonb not null,
  constraint fact_pkey PRIMARY KEY (id)
);
CREATE INDEX fact_by_kind ON public.fact USING btree (kind, at);
CREATE INDEX fact_by_subject ON public.fact USING btree (subject, at);
create table fact_handled (
  fact_id text not null,
  subscriber text not null,
  at timestamp with time zone not null,
  constraint fact_handled_pkey PRIMARY KEY (fact_id, subscriber),
  constraint fact_handled_fact_id_fkey FOREIGN KEY (fact_id) REFERENCES fact(id)
);
create table functional_rule (
  unit text not null,
  enabled boolean not null,
  time text not null,
  set_at timestamp with time zone not null,
  set_by text,
  constraint functional_rule_pkey PRIMARY KEY (unit),
  constraint functional_rule_set_by_fkey FOREIGN KEY (set_by) REFERENCES person(id),
  constraint functional_rule_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
create table functional_test (
  airing text not null,
  unit text not null,
  local_date date not null,
  at timestamp with time zone not null,
  looked_at timestamp with time zone,
  constraint functional_test_pkey PRIMARY KEY (airing),
  constraint functional_test_unit_local_date_key UNIQUE (unit, local_date),
  constraint functional_test_airing_fkey FOREIGN KEY (airing) REFERENCES airing(id),
  constraint functional_test_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE INDEX functional_test_due ON public.functional_test USING btree (at) WHERE (looked_at IS NULL);
create table hearing_link (
  id text not null,
  token_hash bytea not null,
  village text not null,
  name text not null,
  phone text,
  expires_on date not null,
  made_at timestamp with time zone not null,
  made_by text not null,
  revoked_at timestamp with time zone,
  revoked_by text,
  constraint hearing_link_pkey PRIMARY KEY (id),
  constraint hearing_link_token_hash_key UNIQUE (token_hash),
  constraint hearing_link_check CHECK (((revoked_at IS NULL) = (revoked_by IS NULL))),
  constraint hearing_link_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id),
  constraint hearing_link_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES person(id),
  constraint hearing_link_village_fkey FOREIGN KEY (village) REFERENCES unit(id)
);
CREATE INDEX hearing_link_village ON public.hearing_link USING btree (village);
create table hearing_try (
  id text not null,
  address text not null,
  at timestamp with time zone not null,
  constraint hearing_try_pkey PRIMARY KEY (id)
);
CREATE INDEX hearing_try_address ON public.hearing_try USING btree (address, at);
create table hearing_word (
  id text not null,
  airing text not null,
  village text not null,
  link text not null,
  word text not null,
  at timestamp with time zone not null,
  constraint hearing_word_pkey PRIMARY KEY (id),
  constraint hearing_word_word_check CHECK ((word = ANY (ARRAY['clear'::text, 'unclear'::text, 'none'::text]))),
  constraint hearing_word_airing_fkey FOREIGN KEY (airing) REFERENCES airing(id),
  constraint hearing_word_link_fkey FOREIGN KEY (link) REFERENCES hearing_link(id),
  constraint hearing_word_village_fkey FOREIGN KEY (village) REFERENCES unit(id)
);
CREATE INDEX hearing_word_airing ON public.hearing_word USING btree (airing, village);
CREATE INDEX hearing_word_link ON public.hearing_word USING btree (link, at);
CREATE INDEX hearing_word_village ON public.hearing_word USING btree (village, at);
create table lexicon_entry (
  id text not null,
  unit text not null,
  written text not null,
  spoken text not null,
  case_sensitive boolean default false not null,
  state text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  reason text,
  constraint lexicon_entry_pkey PRIMARY KEY (id),
  constraint lexicon_entry_check CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by) OR (state = 'removed'::text))),
  constraint lexicon_entry_check1 CHECK (((state = 'proposed'::text) = (decided_by IS NULL))),
  constraint lexicon_entry_spoken_check CHECK (((length(spoken) >= 1) AND (length(spoken) <= 200))),
  constraint lexicon_entry_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'inForce'::text, 'refused'::text, 'removed'::text]))),
  constraint lexicon_entry_written_check CHECK (((length(written) >= 1) AND (length(written) <= 100))),
  constraint lexicon_entry_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id),
  constraint lexicon_entry_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id),
  constraint lexicon_entry_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE UNIQUE INDEX lexicon_entry_in_force ON public.lexicon_entry USING btree (unit, lower(written)) WHERE (state = 'inForce'::text);
CREATE UNIQUE INDEX lexicon_entry_proposed ON public.lexicon_entry USING btree (unit, lower(written)) WHERE (state = 'proposed'::text);
create table merger (
  id text not null,
  effective_on date not null,
  parent text not null,
  to_unit text not null,
  to_is_new boolean not null,
  to_name text not null,
  to_short_name text not null,
  source text not null,
  event text not null,
  left_behind jsonb not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  undone_by text,
  undone_at timestamp with time zone,
  constraint merger_pkey PRIMARY KEY (id),
  constraint merger_check CHECK (((undone_by IS NULL) = (undone_at IS NULL))),
  constraint merger_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id),
  constraint merger_parent_fkey FOREIGN KEY (parent) REFERENCES unit(id),
  constraint merger_to_unit_fkey FOREIGN KEY (to_unit) REFERENCES unit(id),
  constraint merger_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES person(id)
);
CREATE INDEX merger_effective ON public.merger USING btree (effective_on);
create table merger_from (
  merger text not null,
  unit text not null,
  name text not null,
  undone boolean default false not null,
  constraint merger_from_pkey PRIMARY KEY (merger, unit),
  constraint merger_from_merger_fkey FOREIGN KEY (merger) REFERENCES merger(id),
  constraint merger_from_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE UNIQUE INDEX merger_from_once ON public.merger_from USING btree (unit) WHERE (NOT undone);
create table migration (
  number integer not null,
  name text not null,
  sha256 text not null,
  at timestamp with time zone not null,
  constraint migration_pkey PRIMARY KEY (number)
);
create table notice (
  id text not null,
  unit text not null,
  author text not null,
  state text not null,
  revision integer default 1 not null,
  made_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint notice_pkey PRIMARY KEY (id),
  constraint notice_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'returned'::text, 'approved'::text, 'withdrawn'::text]))),
  constraint notice_author_fkey FOREIGN KEY (author) REFERENCES person(id),
  constraint notice_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE INDEX notice_unit_state ON public.notice USING btree (unit, state);
create table notice_event (
  id text not null,
  notice text not null,
  revision integer not null,
  kind text not null,
  person text not null,
  at timestamp with time zone not null,
  reason text,
  release text,
  constraint notice_event_pkey PRIMARY KEY (id),
  constraint notice_event_kind_check CHECK ((kind = ANY (ARRAY['submitted'::text, 'withdrawn'::text, 'returned'::text, 'checked'::text, 'approved'::text]))),
  constraint notice_event_notice_fkey FOREIGN KEY (notice) REFERENCES notice(id),
  constraint notice_event_person_fkey FOREIGN KEY (person) REFERENCES person(id),
  constraint notice_event_release_fkey FOREIGN KEY (release) REFERENCES release(id)
);
CREATE UNIQUE INDEX notice_event_approved ON public.notice_event USING btree (notice) WHERE (kind = 'approved'::text);
CREATE INDEX notice_event_notice ON public.notice_event USING btree (notice, id);
CREATE INDEX notice_event_release ON public.notice_event USING btree (release);
create table notice_frame (
  unit text not null,
  attention text,
  attention_voicing text,
  opening text,
  opening_voicing text,
  closing text,
  closing_voicing text,
  again text,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint notice_frame_pkey PRIMARY KEY (unit),
  constraint notice_frame_again_check CHECK ((again = ANY (ARRAY['always'::text, 'urgent'::text, 'never'::text]))),
  constraint notice_frame_attention_check CHECK ((attention = ANY (ARRAY['chime'::text, 'own'::text, 'none'::text]))),
  constraint notice_frame_check CHECK (((NOT (attention IS DISTINCT FROM 'own'::text)) = (attention_voicing IS NOT NULL))),
  constraint notice_frame_check1 CHECK (((NOT (opening IS DISTINCT FROM 'own'::text)) = (opening_voicing IS NOT NULL))),
  constraint notice_frame_check2 CHECK (((NOT (closing IS DISTINCT FROM 'own'::text)) = (closing_voicing IS NOT NULL))),
  constraint notice_frame_closing_check CHECK ((closing = ANY (ARRAY['own'::text, 'none'::text]))),
  constraint notice_frame_opening_check CHECK ((opening = ANY (ARRAY['own'::text, 'none'::text]))),
  constraint notice_frame_attention_voicing_fkey FOREIGN KEY (attention_voicing) REFERENCES voicing(id),
  constraint notice_frame_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES person(id),
  constraint notice_frame_closing_voicing_fkey FOREIGN KEY (closing_voicing) REFERENCES voicing(id),
  constraint notice_frame_opening_voicing_fkey FOREIGN KEY (opening_voicing) REFERENCES voicing(id),
  constraint notice_frame_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
create table notice_revision (
  notice text not null,
  number integer not null,
  title text not null,
  topic text not null,
  class text not null,
  audience text[] not null,
  plan jsonb not null,
  repeats integer default 1 not null,
  saved_by text not null,
  saved_at timestamp with time zone not null,
  frozen boolean default false not null,
  on_behalf_of jsonb,
  words tsvector generated always as (loa_words(title)) stored,
  constraint notice_revision_pkey PRIMARY KEY (notice, number),
  constraint notice_revision_class_check CHECK ((class = ANY (ARRAY['normal'::text, 'priority'::text, 'emergency'::text, 'drill'::text]))),
  constraint notice_revision_repeats_check CHECK (((repeats >= 1) AND (repeats <= 5))),
  constraint notice_revision_notice_fkey FOREIGN KEY (notice) REFERENCES notice(id),
  constraint notice_revision_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES person(id)
);
CREATE INDEX notice_revision_words ON public.notice_revision USING gin (words);
create table notice_version (
  notice text not null,
  revision integer not null,
  language text not null,
  position integer not null,
  written text,
  voicing text,
  sound text,
  checked_by text,
  checked_at timestamp with time zone,
  words tsvector generated always as (loa_words(written)) stored,
  constraint notice_version_pkey PRIMARY KEY (notice, revision, language),
  constraint notice_version_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES person(id),
  constraint notice_version_notice_revision_fkey FOREIGN KEY (notice, revision) REFERENCES notice_revision(notice, number),
  constraint notice_version_sound_fkey FOREIGN KEY (sound) REFERENCES sound(hash),
  constraint notice_version_voicing_fkey FOREIGN KEY (voicing) REFERENCES voicing(id)
);
CREATE INDEX notice_version_words ON public.notice_version USING gin (words);
create table oral_briefing (
  id text not null,
  unit text not null,
  held_on date not null,
  held_by text not null,
  listeners integer not null,
  made_at timestamp with time zone not null,
  constraint oral_briefing_pkey PRIMARY KEY (id),
  constraint oral_briefing_listeners_check CHECK (((listeners >= 0) AND (listeners <= 100000))),
  constraint oral_briefing_held_by_fkey FOREIGN KEY (held_by) REFERENCES person(id),
  constraint oral_briefing_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
create table order_message (
  unit text not null,
  airing text not null,
  seq bigint not null,
  payload text not null,
  made_at timestamp with time zone not null,
  published_at timestamp with time zone,
  device text,
  constraint order_message_pkey PRIMARY KEY (airing, unit),
  constraint order_message_airing_fkey FOREIGN KEY (airing) REFERENCES airing(id),
  constraint order_message_device_fkey FOREIGN KEY (device) REFERENCES device(id),
  constraint order_message_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE INDEX order_message_waiting ON public.order_message USING btree (made_at) WHERE (published_at IS NULL);
create table person (
  id text not null,
  name text not null,
  languages text[] default '{vi}'::text[] not null,
  invented boolean default false not null,
  words tsvector generated always as (loa_words(name)) stored,
  constraint person_pkey PRIMARY KEY (id)
);
CREATE INDEX person_words ON public.person USING gin (words);
create table post (
  id text not null,
  person text not null,
  unit text not null,
  role text not null,
  title text not null,
  valid daterange not null,
  constraint post_pkey PRIMARY KEY (id),
  constraint post_role_check CHECK ((role = ANY (ARRAY['officer'::text, 'approver'::text, 'technician'::text, 'clerk'::text, 'leader'::text, 'administrator'::text]))),
  constraint post_valid_check CHECK ((NOT isempty(valid))),
  constraint post_person_fkey FOREIGN KEY (person) REFERENCES person(id),
  constraint post_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id),
  constraint post_person_unit_role_valid_excl EXCLUDE USING gist (person WITH =, unit WITH =, role WITH =, valid WITH &&)
);
create table receipt (
  id text not null,
  device text not null,
  epoch integer not null,
  counter bigint not null,
  airing text not null,
  release text not null,
  unit text not null,
  outcome text not null,
  reason text,
  started_at timestamp with time zone,
  ended_at timestamp with time zone not null,
  local_date date not null,
  clock_trusted boolean not null,
  seconds_written real not null,
  level_dbfs real,
  volume integer not null,
  output text not null,
  body text not null,
  key_id text not null,
  signature text not null,
  received_at timestamp with time zone not null,
  constraint receipt_pkey PRIMARY KEY (id),
  constraint receipt_device_epoch_counter_key UNIQUE (device, epoch, counter),
  constraint receipt_outcome_check CHECK ((outcome = ANY (ARRAY['completed'::text, 'interrupted'::text, 'stopped'::text, 'preempted'::text, 'silent'::text]))),
  constraint receipt_seconds_written_check CHECK ((seconds_written >= (0)::double precision)),
  constraint receipt_airing_fkey FOREIGN KEY (airing) REFERENCES airing(id),
  constraint receipt_device_fkey FOREIGN KEY (device) REFERENCES device(id),
  constraint receipt_release_fkey FOREIGN KEY (release) REFERENCES release(id)
);
CREATE INDEX receipt_airing ON public.receipt USING btree (airing);
CREATE INDEX receipt_local_date ON public.receipt USING btree (local_date);
create table receipt_key (
  device text not null,
  epoch integer not null,
  key_id text not null,
  alg text not null,
  public_key text not null,
  constraint receipt_key_pkey PRIMARY KEY (device, epoch),
  constraint receipt_key_alg_check CHECK ((alg = ANY (ARRAY['ed25519'::text, 'p256'::text]))),
  constraint receipt_key_device_fkey FOREIGN KEY (device) REFERENCES device(id)
);
create table receipt_rejected (
  id text not null,
  device text not null,
  at timestamp with time zone not null,
  code text not null,
  well_signed boolean not null,
  receipt text,
  payload_hash text not null,
  payload text not null,
  constraint receipt_rejected_pkey PRIMARY KEY (id),
  constraint receipt_rejected_device_payload_hash_key UNIQUE (device, payload_hash)
);
CREATE INDEX receipt_rejected_device ON public.receipt_rejected USING btree (device, well_signed, at);
create table release (
  id text not null,
  origin_kind text not null,
  origin text not null,
  unit text not null,
  author text not null,
  class text not null,
  title text not null,
  body text not null,
  made_at timestamp with time zone not null,
  issued_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  words tsvector generated always as (loa_words(title)) stored,
  constraint release_pkey PRIMARY KEY (id),
  constraint release_origin_kind_origin_key UNIQUE (origin_kind, origin),
  constraint release_check CHECK (((issued_at IS NULL) OR (withdrawn_at IS NULL))),
  constraint release_class_check CHECK ((class = ANY (ARRAY['normal'::text, 'priority'::text, 'emergency'::text, 'drill'::text]))),
  constraint release_author_fkey FOREIGN KEY (author) REFERENCES person(id),
  constraint release_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE INDEX release_words ON public.release USING gin (words);
create table release_audience (
  release text not null,
  unit text not null,
  constraint release_audience_pkey PRIMARY KEY (release, unit),
  constraint release_audience_release_fkey FOREIGN KEY (release) REFERENCES release(id),
  constraint release_audience_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE INDEX release_audience_unit ON public.release_audience USING btree (unit);
create table release_plan (
  release text not null,
  plan jsonb not null,
  third_party boolean default false not null,
  constraint release_plan_pkey PRIMARY KEY (release),
  constraint release_plan_release_fkey FOREIGN KEY (release) REFERENCES release(id)
);
create table release_signature (
  release text not null,
  person text not null,
  key text not null,
  value text not null,
  at timestamp with time zone not null,
  constraint release_signature_pkey PRIMARY KEY (release, person),
  constraint release_signature_key_fkey FOREIGN KEY (key) REFERENCES signing_key(id),
  constraint release_signature_person_fkey FOREIGN KEY (person) REFERENCES person(id),
  constraint release_signature_release_fkey FOREIGN KEY (release) REFERENCES release(id)
);
create table release_sound (
  release text not null,
  position integer not null,
  language text not null,
  sound text not null,
  constraint release_sound_pkey PRIMARY KEY (release, "position"),
  constraint release_sound_release_fkey FOREIGN KEY (release) REFERENCES release(id),
  constraint release_sound_sound_fkey FOREIGN KEY (sound) REFERENCES sound(hash)
);
CREATE INDEX release_sound_sound ON public.release_sound USING btree (sound);
create table repeat_rule (
  unit text not null,
  rules jsonb not null,
  saved_by text not null,
  saved_at timestamp with time zone not null,
  constraint repeat_rule_pkey PRIMARY KEY (unit),
  constraint repeat_rule_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES person(id),
  constraint repeat_rule_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
create table roster (
  unit text not null,
  version integer not null,
  body text not null,
  signatures jsonb not null,
  made_at timestamp with time zone not null,
  constraint roster_pkey PRIMARY KEY (unit, version),
  constraint roster_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
create table session (
  id text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id)
);
create table session_proposal (
  session text not null,
  unit text not null,
  valid_from date not null,
  name text not null,
  days integer[] not null,
  from_time text not null,
  to_time text not null,
  relay jsonb,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  constraint session_proposal_pkey PRIMARY KEY (session),
  constraint session_proposal_check CHECK ((from_time < to_time)),
  constraint session_proposal_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id),
  constraint session_proposal_session_fkey FOREIGN KEY (session) REFERENCES session(id),
  constraint session_proposal_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE INDEX session_proposal_unit ON public.session_proposal USING btree (unit);
create table session_version (
  session text not null,
  unit text not null,
  valid daterange not null,
  name text not null,
  days integer[] not null,
  from_time text not null,
  to_time text not null,
  relay jsonb,
  off_hours text not null,
  confirmed_by text,
  saved_by text not null,
  saved_at timestamp with time zone not null,
  constraint session_version_check CHECK ((from_time < to_time)),
  constraint session_version_off_hours_check CHECK ((off_hours = ANY (ARRAY['none'::text, 'confirmed'::text]))),
  constraint session_version_valid_check CHECK ((NOT isempty(valid))),
  constraint session_version_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES person(id),
  constraint session_version_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES person(id),
  constraint session_version_session_fkey FOREIGN KEY (session) REFERENCES session(id),
  constraint session_version_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id),
  constraint session_version_session_valid_excl EXCLUDE USING gist (session WITH =, valid WITH &&)
);
CREATE INDEX session_version_unit ON public.session_version USING btree (unit);
create table sign_in_name (
  name_hash bytea not null,
  failed integer not null,
  locked_until timestamp with time zone,
  tried_at timestamp with time zone not null,
  constraint sign_in_name_pkey PRIMARY KEY (name_hash)
);
create table sign_in_session (
  token_hash bytea not null,
  person text not null,
  made_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint sign_in_session_pkey PRIMARY KEY (token_hash),
  constraint sign_in_session_person_fkey FOREIGN KEY (person) REFERENCES person(id)
);
CREATE INDEX sign_in_session_person ON public.sign_in_session USING btree (person);
create table sign_in_try (
  id text not null,
  address text not null,
  at timestamp with time zone not null,
  constraint sign_in_try_pkey PRIMARY KEY (id)
);
CREATE INDEX sign_in_try_address ON public.sign_in_try USING btree (address, at);
create table signing_key (
  id text not null,
  purpose text not null,
  person text,
  alg text not null,
  public_key text not null,
  private_key bytea,
  made_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint signing_key_pkey PRIMARY KEY (id),
  constraint signing_key_alg_check CHECK ((alg = ANY (ARRAY['ed25519'::text, 'p256'::text]))),
  constraint signing_key_purpose_check CHECK ((purpose = ANY (ARRAY['root'::text, 'server'::text, 'person'::text]))),
  constraint signing_key_person_fkey FOREIGN KEY (person) REFERENCES person(id)
);
CREATE UNIQUE INDEX signing_key_person ON public.signing_key USING btree (person) WHERE ((purpose = 'person'::text) AND (retired_at IS NULL));
CREATE UNIQUE INDEX signing_key_single ON public.signing_key USING btree (purpose) WHERE ((purpose = ANY (ARRAY['root'::text, 'server'::text])) AND (retired_at IS NULL));
create table sound (
  hash text not null,
  bytes integer not null,
  duration_ms integer not null,
  loudness_lufs real not null,
  peak_dbtp real not null,
  levels real[] not null,
  made_at timestamp with time zone not null,
  constraint sound_pkey PRIMARY KEY (hash),
  constraint sound_bytes_check CHECK ((bytes > 0)),
  constraint sound_duration_ms_check CHECK ((duration_ms > 0)),
  constraint sound_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
);
create table standing (
  release text not null,
  unit text not null,
  role text not null,
  sessions text[] not null,
  from_date date not null,
  to_date date not null,
  issued_at timestamp with time zone not null,
  constraint standing_pkey PRIMARY KEY (release),
  constraint standing_role_check CHECK ((role = ANY (ARRAY['opening'::text, 'closing'::text, 'fallback'::text, 'chime'::text]))),
  constraint standing_release_fkey FOREIGN KEY (release) REFERENCES release(id),
  constraint standing_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE INDEX standing_unit ON public.standing USING btree (unit, role);
create table station (
  unit text not null,
  technology text not null,
  valid daterange not null,
  invented boolean default false not null,
  constraint station_technology_check CHECK ((technology = ANY (ARRAY['wireless'::text, 'wired'::text, 'ip'::text, 'mixed'::text]))),
  constraint station_valid_check CHECK ((NOT isempty(valid))),
  constraint station_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id),
  constraint station_unit_valid_excl EXCLUDE USING gist (unit WITH =, valid WITH &&)
);
create table station_village (
  station text not null,
  village text not null,
  valid daterange not null,
  constraint station_village_valid_check CHECK ((NOT isempty(valid))),
  constraint station_village_station_fkey FOREIGN KEY (station) REFERENCES unit(id),
  constraint station_village_village_fkey FOREIGN KEY (village) REFERENCES unit(id),
  constraint station_village_village_valid_excl EXCLUDE USING gist (village WITH =, valid WITH &&)
);
create table ticket (
  id text not null,
  device text not null,
  kind text not null,
  opened_at timestamp with time zone not null,
  opened_by text,
  facts jsonb not null,
  recovered_at timestamp with time zone,
  assigned_to text,
  closed_at timestamp with time zone,
  closed_by text,
  cause text,
  constraint ticket_pkey PRIMARY KEY (id),
  constraint ticket_check CHECK (((closed_at IS NULL) = (cause IS NULL))),
  constraint ticket_kind_check CHECK ((kind = ANY (ARRAY['offline'::text, 'silent'::text, 'chime'::text, 'fault'::text, 'clock'::text, 'power'::text, 'doubled'::text, 'manual'::text]))),
  constraint ticket_assigned_to_fkey FOREIGN KEY (assigned_to) REFERENCES person(id),
  constraint ticket_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES person(id),
  constraint ticket_device_fkey FOREIGN KEY (device) REFERENCES device(id),
  constraint ticket_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES person(id)
);
CREATE INDEX ticket_newest ON public.ticket USING btree (opened_at DESC);
CREATE UNIQUE INDEX ticket_open_once ON public.ticket USING btree (device, kind) WHERE (closed_at IS NULL);
create table ticket_event (
  id text not null,
  ticket text not null,
  kind text not null,
  at timestamp with time zone not null,
  by text,
  note text default ''::text not null,
  constraint ticket_event_pkey PRIMARY KEY (id),
  constraint ticket_event_kind_check CHECK ((kind = ANY (ARRAY['opened'::text, 'assigned'::text, 'noted'::text, 'recovered'::text, 'again'::text, 'closed'::text]))),
  constraint ticket_event_by_fkey FOREIGN KEY (by) REFERENCES person(id),
  constraint ticket_event_ticket_fkey FOREIGN KEY (ticket) REFERENCES ticket(id)
);
CREATE INDEX ticket_event_ticket ON public.ticket_event USING btree (ticket, at);
create table unit (
  id text not null,
  constraint unit_pkey PRIMARY KEY (id)
);
create table unit_event (
  id text not null,
  effective_on date not null,
  kind text not null,
  unit text,
  source text not null,
  constraint unit_event_pkey PRIMARY KEY (id),
  constraint unit_event_kind_check CHECK ((kind = ANY (ARRAY['merge'::text, 'split'::text, 'transfer'::text, 'rename'::text, 'abolish'::text, 'establish'::text]))),
  constraint unit_event_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE INDEX unit_event_effective ON public.unit_event USING btree (effective_on);
create table unit_language (
  unit text not null,
  language text not null,
  valid daterange not null,
  invented boolean default false not null,
  constraint unit_language_valid_check CHECK ((NOT isempty(valid))),
  constraint unit_language_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id),
  constraint unit_language_unit_language_valid_excl EXCLUDE USING gist (unit WITH =, language WITH =, valid WITH &&)
);
create table unit_message (
  unit text not null,
  kind text not null,
  seq bigint not null,
  payload text not null,
  made_at timestamp with time zone not null,
  published_at timestamp with time zone,
  constraint unit_message_pkey PRIMARY KEY (unit, kind),
  constraint unit_message_kind_check CHECK ((kind = ANY (ARRAY['manifest'::text, 'stop'::text, 'roster'::text]))),
  constraint unit_message_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE INDEX unit_message_waiting ON public.unit_message USING btree (kind) WHERE (published_at IS NULL);
create table unit_outline (
  unit text not null,
  rings jsonb not null,
  imported_at timestamp with time zone not null,
  imported_by text not null,
  constraint unit_outline_pkey PRIMARY KEY (unit),
  constraint unit_outline_imported_by_fkey FOREIGN KEY (imported_by) REFERENCES person(id),
  constraint unit_outline_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
create table unit_sequence (
  unit text not null,
  kind text not null,
  seq bigint not null,
  constraint unit_sequence_pkey PRIMARY KEY (unit, kind),
  constraint unit_sequence_kind_check CHECK ((kind = ANY (ARRAY['manifest'::text, 'order'::text, 'stop'::text]))),
  constraint unit_sequence_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
create table unit_succession (
  event text not null,
  from_unit text not null,
  to_unit text not null,
  basis text not null,
  weight numeric not null,
  quality text not null,
  constraint unit_succession_pkey PRIMARY KEY (event, from_unit, to_unit, basis),
  constraint unit_succession_basis_check CHECK ((basis = ANY (ARRAY['whole'::text, 'population'::text, 'area'::text, 'household'::text, 'facility'::text]))),
  constraint unit_succession_check CHECK (((basis <> 'whole'::text) OR (weight = (1)::numeric))),
  constraint unit_succession_quality_check CHECK ((quality = ANY (ARRAY['legal'::text, 'measured'::text, 'estimated'::text]))),
  constraint unit_succession_weight_check CHECK (((weight > (0)::numeric) AND (weight <= (1)::numeric))),
  constraint unit_succession_event_fkey FOREIGN KEY (event) REFERENCES unit_event(id),
  constraint unit_succession_from_unit_fkey FOREIGN KEY (from_unit) REFERENCES unit(id),
  constraint unit_succession_to_unit_fkey FOREIGN KEY (to_unit) REFERENCES unit(id)
);
CREATE INDEX unit_succession_from ON public.unit_succession USING btree (from_unit);
CREATE INDEX unit_succession_to ON public.unit_succession USING btree (to_unit);
CREATE CONSTRAINT TRIGGER unit_succession_adds_up AFTER INSERT OR DELETE OR UPDATE ON public.unit_succession DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION unit_succession_adds_up();
create table unit_version (
  unit text not null,
  valid daterange not null,
  kind text not null,
  name text not null,
  short_name text not null,
  parent text,
  gso_code text,
  population integer,
  invented boolean default false not null,
  source text not null,
  words tsvector generated always as (loa_words(((name || ' '::text) || short_name))) stored,
  constraint unit_version_district_is_history CHECK (((kind <> 'district'::text) OR COALESCE((upper(valid) <= '2025-07-01'::date), false))),
  constraint unit_version_kind_check CHECK ((kind = ANY (ARRAY['province'::text, 'district'::text, 'commune'::text, 'village'::text, 'station'::text, 'partyCommittee'::text, 'front'::text, 'union'::text, 'unionBase'::text, 'school'::text, 'agency'::text]))),
  constraint unit_version_population_check CHECK ((population >= 0)),
  constraint unit_version_valid_check CHECK ((NOT isempty(valid))),
  constraint unit_version_parent_fkey FOREIGN KEY (parent) REFERENCES unit(id),
  constraint unit_version_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id),
  constraint unit_version_unit_valid_excl EXCLUDE USING gist (unit WITH =, valid WITH &&)
);
CREATE INDEX unit_version_parent ON public.unit_version USING btree (parent);
create table unit_voice (
  unit text not null,
  accent text,
  rate real,
  voices text[],
  horn_filter boolean,
  saved_by text not null,
  saved_at timestamp with time zone not null,
  constraint unit_voice_pkey PRIMARY KEY (unit),
  constraint unit_voice_accent_check CHECK ((accent = ANY (ARRAY['north'::text, 'central'::text, 'south'::text]))),
  constraint unit_voice_rate_check CHECK (((rate >= (0.5)::double precision) AND (rate <= (2)::double precision))),
  constraint unit_voice_voices_check CHECK (((cardinality(voices) >= 1) AND (cardinality(voices) <= 10))),
  constraint unit_voice_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES person(id),
  constraint unit_voice_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
create table upload (
  id text not null,
  person text not null,
  unit text not null,
  length integer not null,
  received integer default 0 not null,
  sha256 text not null,
  voicing text,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint upload_pkey PRIMARY KEY (id),
  constraint upload_check CHECK (((received >= 0) AND (received <= length))),
  constraint upload_length_check CHECK (((length >= 1) AND (length <= 64000000))),
  constraint upload_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint upload_person_fkey FOREIGN KEY (person) REFERENCES person(id),
  constraint upload_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id),
  constraint upload_voicing_fkey FOREIGN KEY (voicing) REFERENCES voicing(id)
);
CREATE INDEX upload_expires ON public.upload USING btree (expires_at);
CREATE INDEX upload_person ON public.upload USING btree (person);
create table upload_piece (
  upload text not null,
  at integer not null,
  bytes bytea not null,
  constraint upload_piece_pkey PRIMARY KEY (upload, at),
  constraint upload_piece_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id) ON DELETE CASCADE
);
create table voicing (
  id text not null,
  request text not null,
  unit text not null,
  kind text not null,
  written text,
  spoken text,
  words jsonb,
  accent text,
  rate real,
  upload_hash text,
  sound text not null,
  made_by text,
  made_at timestamp with time zone not null,
  corrections jsonb default '[]'::jsonb not null,
  voice jsonb,
  wanted_voice jsonb,
  times_estimated boolean default false not null,
  constraint voicing_pkey PRIMARY KEY (id),
  constraint voicing_accent_check CHECK ((accent = ANY (ARRAY['north'::text, 'central'::text, 'south'::text]))),
  constraint voicing_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'recording'::text]))),
  constraint voicing_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id),
  constraint voicing_sound_fkey FOREIGN KEY (sound) REFERENCES sound(hash),
  constraint voicing_unit_fkey FOREIGN KEY (unit) REFERENCES unit(id)
);
CREATE UNIQUE INDEX voicing_request ON public.voicing USING btree (request);
CREATE INDEX voicing_short ON public.voicing USING btree (unit, written) WHERE (length(written) <= 40);
CREATE INDEX voicing_sound ON public.voicing USING btree (sound);
CREATE OR REPLACE FUNCTION public.loa_fold(written text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$ select lower(public.unaccent('public.unaccent'::regdictionary,
    translate(normalize(written, NFC), '''’‘ʼ`´', ''))) $function$;
CREATE OR REPLACE FUNCTION public.loa_words(written text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$ select coalesce(array_to_tsvector(array_agg(distinct word)), ''::tsvector) from (
    select left(word, 60) as word from regexp_split_to_table(public.loa_fold(written), '[^a-z0-9]+') word
    union
    select left(word, 60) from regexp_split_to_table(lower(translate(normalize(written, NFC), '''’‘ʼ`´', '')),
      '[\s\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2010-\u2027\u2030-\u205e]+') word
  ) words where word <> '' $function$;
CREATE OR REPLACE FUNCTION public.unit_succession_adds_up()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  found record;
begin
  for found in
    select event, from_unit, basis, sum(weight) as total, count(*) over (partition by event, from_unit) as bases
    from unit_succession
    where (event, from_unit) in ((new.event, new.from_unit), (old.event, old.from_unit))
    group by event, from_unit, basis
  loop
    if found.total <> 1 then
      raise exception 'parts of % in % by % add up to %, not to 1',
        found.from_unit, found.event, found.basis, found.total using errcode = 'check_violation';
    end if;
    if found.basis = 'whole' and found.bases > 1 then
      raise exception '% went whole in %, so it has no other parts', found.from_unit, found.event
        using errcode = 'check_violation';
    end if;
  end loop;
  return null;
end $function$;
