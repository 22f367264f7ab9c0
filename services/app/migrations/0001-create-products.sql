-- The sample domain's one aggregate. Constraints are named because errors are told by their names.
create extension if not exists pg_trgm;

create table products (
  id uuid primary key default uuidv7(),
  name text not null constraint products_name_length check (char_length(name) between 1 and 200),
  -- Kept in capitals, so that unique means: without regard to case.
  sku text not null constraint products_sku_form check (sku ~ '^[A-Z0-9._-]{1,64}$')
    constraint products_sku_unique unique,
  price_cents integer not null constraint products_price_not_negative check (price_cents >= 0),
  stock integer not null constraint products_stock_not_negative check (stock >= 0),
  version integer not null default 1 constraint products_version_positive check (version > 0),
  created_by uuid not null,
  -- Milliseconds, because cursors carry the value through JavaScript, which has no finer instants.
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

-- One index per order that the list offers; the id breaks ties.
create index products_by_name on products (lower(name), id);
create index products_by_sku on products (sku, id);
create index products_by_price on products (price_cents, id);
create index products_by_stock on products (stock, id);
create index products_by_created_at on products (created_at, id);
-- For `query`: any part of the name or the SKU.
create index products_search on products using gin (name gin_trgm_ops, sku gin_trgm_ops);
