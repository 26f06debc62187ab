-- Facts: what has happened, written in the transaction of the change itself.
create table fact (
  id      text primary key,
  kind    text not null,
  at      timestamptz not null,
  subject text not null,
  body    jsonb not null
);
create index fact_by_subject on fact (subject, at);
create index fact_by_kind on fact (kind, at);

-- Which subscriber has handled which fact: the row goes in first, in the handler's own transaction.
create table fact_handled (
  fact_id    text not null references fact (id),
  subscriber text not null,
  at         timestamptz not null,
  primary key (fact_id, subscriber)
);
