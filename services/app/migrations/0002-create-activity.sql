-- Who changed what: written by the consumer of the service's own product events, one row for each event.
create table activity (
  event_id uuid primary key,
  -- The order of arrival, which for one product is the order of its changes.
  position bigint generated always as identity constraint activity_position_unique unique,
  kind text not null constraint activity_kind_known
    check (kind in ('PRODUCT_CREATED', 'PRODUCT_UPDATED', 'PRODUCT_DELETED')),
  product_id uuid not null,
  product_name text not null,
  changed text[] not null,
  actor_id uuid not null,
  occurred_at timestamptz(3) not null
);
create index activity_by_product on activity (product_id, position);
