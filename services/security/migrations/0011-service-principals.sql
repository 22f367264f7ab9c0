-- Machines that act with rights of their own, and what each proves itself by.
create table service_principals (
  id uuid primary key default uuidv7(),
  name text not null constraint service_principals_name_length check (char_length(name) between 1 and 100),
  -- For whom its tokens may be.
  audiences text[] not null constraint service_principals_audiences_number check (cardinality(audiences) between 1 and 20),
  -- No reference: the principal outlives the account of whoever made it.
  created_by uuid not null,
  created_at timestamptz(3) not null,
  disabled_at timestamptz(3)
);
create unique index service_principals_name_unique on service_principals (lower(name));

create table service_principal_permissions (
  service_principal_id uuid not null
    constraint service_principal_permissions_principal references service_principals on delete cascade,
  permission text not null constraint service_principal_permissions_permission references permissions on delete cascade,
  primary key (service_principal_id, permission)
);

-- A secret itself is stored nowhere; of a key pair we have the public half.
create table service_credentials (
  id uuid primary key default uuidv7(),
  service_principal_id uuid not null
    constraint service_credentials_principal references service_principals on delete cascade,
  secret_hash bytea constraint service_credentials_hash_is_sha256 check (octet_length(secret_hash) = 32),
  public_key jsonb,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  constraint service_credentials_one_kind check (num_nonnulls(secret_hash, public_key) = 1)
);
create index service_credentials_by_principal on service_credentials (service_principal_id);

-- A signed assertion proves its sender once. Its id is kept, hashed, for as long as it would be good.
create table used_assertions (
  service_principal_id uuid not null
    constraint used_assertions_principal references service_principals on delete cascade,
  assertion_hash bytea not null constraint used_assertions_hash_is_sha256 check (octet_length(assertion_hash) = 32),
  expires_at timestamptz(3) not null,
  primary key (service_principal_id, assertion_hash)
);

insert into permissions (name, description) values
  ('security:service:view', 'See service principals'),
  ('security:service:save', 'Make service principals, change their secrets and disable them');
insert into role_permissions (role_id, permission)
  select '00000000-0000-7000-8000-000000000001'::uuid, name from permissions where name like 'security:service:%';
