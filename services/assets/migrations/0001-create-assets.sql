-- What people upload. The bytes are in the object storage, under the asset's id; here is what we know of them.
-- Constraints are named because errors are told by their names.
create table assets (
  -- In the order of their time, so it orders a product's pictures too.
  id uuid primary key default uuidv7(),
  product_id uuid not null,
  status text not null default 'PENDING' constraint assets_status_known check (status in ('PENDING', 'READY', 'FAILED')),
  file_name text not null constraint assets_file_name_length check (char_length(file_name) between 1 and 200),
  content_type text not null constraint assets_content_type_known
    check (content_type in ('image/jpeg', 'image/png', 'image/webp')),
  size_bytes integer not null constraint assets_size_bytes_bounds check (size_bytes between 1 and 10485760),
  sha256 bytea not null constraint assets_sha256_length check (octet_length(sha256) = 32),
  created_by uuid not null,
  created_at timestamptz(3) not null default now(),
  ready_at timestamptz(3),
  failure text,
  constraint assets_ready_complete check ((status = 'READY') = (ready_at is not null)),
  constraint assets_failed_complete check ((status = 'FAILED') = (failure is not null))
);

create index assets_by_product on assets (product_id, id);
