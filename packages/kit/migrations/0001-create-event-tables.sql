-- What every service needs to send and to receive events; see src/events. The service's own migrations come after these.

-- One row for each event or table entry, written in the transaction that decided it; the relay publishes it.
create table outbox (
  position bigint generated always as identity primary key,
  id uuid not null constraint outbox_id_unique unique,
  topic text not null,
  key text not null,
  value jsonb not null,
  created_at timestamptz(3) not null default now(),
  published_at timestamptz(3)
);
create index outbox_unpublished on outbox (position) where published_at is null;
create index outbox_published on outbox (published_at) where published_at is not null;

-- The one relay that may publish, until its lease expires.
create table outbox_lease (
  only_one boolean primary key default true constraint outbox_lease_only_one check (only_one),
  holder uuid,
  expires_at timestamptz not null default '-infinity'
);
insert into outbox_lease default values;

-- Wakes the relay at once; it also asks each second, so a lost notification costs a second and nothing else.
create function notify_outbox() returns trigger language plpgsql as $$
begin
  perform pg_notify('outbox', '');
  return null;
end $$;
create trigger outbox_notify after insert on outbox for each statement execute function notify_outbox();

-- What each consumer has received: done once, parked until its next attempt, or dead after the last one.
create table inbox (
  consumer text not null,
  event_id uuid not null,
  position bigint generated always as identity,
  topic text not null,
  key text not null,
  state text not null constraint inbox_state_known check (state in ('done', 'parked', 'dead')),
  -- The whole event, kept while it may be needed again.
  event jsonb,
  attempts integer not null default 0,
  next_attempt_at timestamptz(3),
  last_error text,
  received_at timestamptz(3) not null default now(),
  constraint inbox_once primary key (consumer, event_id),
  constraint inbox_parked_complete check (state <> 'parked' or (event is not null and next_attempt_at is not null))
);
create index inbox_parked on inbox (consumer, key, position) where state = 'parked';
create index inbox_received on inbox (received_at) where state <> 'parked';
