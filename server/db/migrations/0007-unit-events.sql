-- Districts ended on 1 July 2025 (Law 72/2025/QH15): they can be read as history and never again be made.
alter table unit_version drop constraint unit_version_kind_check;
alter table unit_version add constraint unit_version_kind_check
  check (kind in ('province', 'district', 'commune', 'village', 'station'));
alter table unit_version add constraint unit_version_district_is_history
  check (kind <> 'district' or coalesce(upper(valid) <= date '2025-07-01', false));

-- What the law did to units on a day: one row for each thing that happened, so that a resolution is many events.
create table unit_event (
  id text primary key,
  effective_on date not null,        -- the first day on which the new units exist
  kind text not null check (kind in ('merge', 'split', 'transfer', 'rename', 'abolish', 'establish')),
  unit text references unit,         -- whom an event without successors concerns: what is abolished, established or renamed
  source text not null               -- the document, in words
);
create index unit_event_effective on unit_event (effective_on);

-- Which part of a unit went where. Several bases may stand side by side; "whole" stands alone.
create table unit_succession (
  event text not null references unit_event,
  from_unit text not null references unit,
  to_unit text not null references unit,  -- the same as from_unit for the part that stayed
  basis text not null check (basis in ('whole', 'population', 'area', 'household', 'facility')),
  weight numeric not null check (weight > 0 and weight <= 1),
  quality text not null check (quality in ('legal', 'measured', 'estimated')),
  primary key (event, from_unit, to_unit, basis),
  check (basis <> 'whole' or weight = 1)
);
create index unit_succession_from on unit_succession (from_unit);
create index unit_succession_to on unit_succession (to_unit);

-- Nothing of a unit gets lost or doubled: looked at when the transaction ends, for parts come row by row.
create function unit_succession_adds_up() returns trigger language plpgsql as $$
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
end $$;
create constraint trigger unit_succession_adds_up after insert or update or delete on unit_succession
  deferrable initially deferred for each row execute function unit_succession_adds_up();
