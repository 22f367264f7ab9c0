-- Who buys. Names and addresses of people: nothing else in this database, and no event, repeats them.
create table customers (
  id uuid primary key default uuidv7(),
  name text not null constraint customers_name_length check (char_length(name) between 1 and 200),
  -- Printable ASCII with one @, so that lower() has one meaning everywhere.
  email text not null constraint customers_email_form check (email ~ '^[!-?A-~]+@[!-?A-~]+$' and length(email) <= 254),
  email_normalized text not null generated always as (lower(email)) stored constraint customers_email_unique unique,
  status text not null constraint customers_status_known check (status in ('PENDING', 'ACTIVE', 'INACTIVE')),
  version integer not null default 1 constraint customers_version_positive check (version > 0),
  created_by uuid not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

-- One index per order that the list offers; the id breaks ties.
create index customers_by_name on customers (lower(name), id);
create index customers_by_email on customers (email_normalized, id);
create index customers_by_status on customers (status, id);
create index customers_by_created_at on customers (created_at, id);
-- For `query`: any part of the name or the e-mail.
create index customers_search on customers using gin (name gin_trgm_ops, email gin_trgm_ops);
