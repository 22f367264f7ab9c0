-- Who did what, and what was decided: append-only, each row chained by its hash to the one before it. It holds ids and
-- keyed hashes alone, so it stays when an account is erased, and refers to no other table.
create table audit_log (
  sequence bigint primary key constraint audit_log_sequence_positive check (sequence > 0),
  event_id uuid not null constraint audit_log_event_once unique,
  service text not null,
  occurred_at timestamptz(3) not null,
  actor jsonb not null,
  actor_id uuid generated always as ((actor ->> 'id')::uuid) stored,
  action text not null,
  resource jsonb not null,
  resource_type text generated always as (resource ->> 'type') stored,
  resource_id text generated always as (resource ->> 'id') stored,
  outcome text not null constraint audit_log_outcome_known check (outcome in ('allowed', 'denied', 'failed')),
  policy_ids jsonb not null,
  reason text,
  trace_id text,
  previous_hash bytea not null constraint audit_log_previous_is_sha256 check (octet_length(previous_hash) = 32),
  hash bytea not null constraint audit_log_hash_is_sha256 check (octet_length(hash) = 32)
);
create index audit_log_by_actor on audit_log (actor_id, sequence);
create index audit_log_by_action on audit_log (action text_pattern_ops, sequence);
create index audit_log_by_resource on audit_log (resource_type, resource_id, sequence);
create index audit_log_by_time on audit_log (occurred_at, sequence);

-- Where the chain ends. The seal is made with a key that is not in the database, so that rows cut off at the end are missed.
-- Whoever appends locks this row: one at a time.
create table audit_head (
  only_one boolean primary key default true constraint audit_head_only_one check (only_one),
  sequence bigint not null default 0,
  hash bytea not null default decode(repeat('00', 32), 'hex'),
  seal text,
  constraint audit_head_sealed check (sequence = 0 or seal is not null)
);
insert into audit_head default values;

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception '% can only be added to', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create function check_audit_append() returns trigger language plpgsql as $$
begin
  perform from audit_head where sequence = new.sequence - 1 and hash = new.previous_hash;
  if not found then
    raise exception 'audit_log: % does not follow the last row', new.sequence using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create function check_audit_head() returns trigger language plpgsql as $$
begin
  perform from audit_log where sequence = new.sequence and hash = new.hash;
  if new.sequence <> old.sequence + 1 or not found then
    raise exception 'audit_head: it moves to the next row alone' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_audit_change();
create trigger audit_log_in_order before insert on audit_log for each row execute function check_audit_append();
create trigger audit_head_stays before insert or delete or truncate on audit_head
  for each statement execute function refuse_audit_change();
create trigger audit_head_forward before update on audit_head for each row execute function check_audit_head();

-- Even where somebody says that they replicate, which lets ordinary triggers sleep.
alter table audit_log enable always trigger audit_log_append_only;
alter table audit_log enable always trigger audit_log_in_order;
alter table audit_head enable always trigger audit_head_stays;
alter table audit_head enable always trigger audit_head_forward;

insert into permissions (name, description) values
  ('security:audit:view', 'See the audit log, export it and check that nobody changed it');
-- Administrator holds everything.
insert into role_permissions (role_id, permission)
  values ('00000000-0000-7000-8000-000000000001', 'security:audit:view');
