-- Finding things by words typed without marks. Everything is schema-qualified: indexes are made and analysed under a restricted
-- search_path, where an unqualified dictionary is not found.
create extension if not exists unaccent with schema public;

-- Text without marks, apostrophes and capitals: "Xơ Đăng" and "xo dang", "H’re" and "hre" are one. Unaccented before it is made
-- small, so that Đ becomes d under every locale.
create function loa_fold(written text) returns text
  language sql immutable strict parallel safe
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary,
    translate(normalize(written, NFC), '''’‘ʼ`´', ''))) $$;

-- The words of a text, each as it is written and folded, so that what was typed with marks can be told from what was not.
create function loa_words(written text) returns tsvector
  language sql immutable strict parallel safe
  as $$ select coalesce(array_to_tsvector(array_agg(distinct word)), ''::tsvector) from (
    select left(word, 60) as word from regexp_split_to_table(public.loa_fold(written), '[^a-z0-9]+') word
    union
    select left(word, 60) from regexp_split_to_table(lower(translate(normalize(written, NFC), '''’‘ʼ`´', '')),
      '[\s\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2010-\u2027\u2030-\u205e]+') word
  ) words where word <> '' $$;

alter table notice_revision add column words tsvector generated always as (public.loa_words(title)) stored;
alter table notice_version add column words tsvector generated always as (public.loa_words(written)) stored;
alter table release add column words tsvector generated always as (public.loa_words(title)) stored;
alter table person add column words tsvector generated always as (public.loa_words(name)) stored;
alter table unit_version add column words tsvector generated always as (public.loa_words(name || ' ' || short_name)) stored;
alter table cluster add column words tsvector generated always as (public.loa_words(name)) stored;
alter table device add column words tsvector generated always as (public.loa_words(name)) stored;
create index notice_revision_words on notice_revision using gin (words);
create index notice_version_words on notice_version using gin (words);
create index release_words on release using gin (words);
create index person_words on person using gin (words);

-- A password somebody else has seen is good for one sign-in and until this time; its owner then chooses another. Null: their own.
alter table account add column one_time_until timestamptz;
