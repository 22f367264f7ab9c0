-- Who there is, what each may do, and which sessions are open. Constraints are named because errors are told by their names.

create table users (
  id uuid primary key default uuidv7(),
  -- Printable ASCII with one @, so that lower() has one meaning everywhere.
  email text not null constraint users_email_form check (email ~ '^[!-?A-~]+@[!-?A-~]+$' and length(email) <= 254),
  email_normalized text not null generated always as (lower(email)) stored constraint users_email_unique unique,
  display_name text not null constraint users_display_name_length check (char_length(display_name) between 1 and 100),
  password_hash text not null constraint users_password_hash_form check (password_hash like '$argon2id$%'),
  version integer not null default 1 constraint users_version_positive check (version > 0),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

-- A permission is its name: policies, tokens and this table spell it alike.
create table permissions (
  name text primary key constraint permissions_name_form check (name ~ '^[a-z]+:[a-z]+:[a-z]+(-[a-z]+)*$'),
  description text not null
);

create table roles (
  id uuid primary key default uuidv7(),
  name text not null constraint roles_name_length check (char_length(name) between 1 and 100)
    constraint roles_name_unique unique,
  version integer not null default 1 constraint roles_version_positive check (version > 0),
  created_at timestamptz(3) not null default now()
);

create table role_permissions (
  role_id uuid not null constraint role_permissions_role references roles on delete cascade,
  permission text not null constraint role_permissions_permission references permissions on delete cascade,
  primary key (role_id, permission)
);

create table groups (
  id uuid primary key default uuidv7(),
  name text not null constraint groups_name_length check (char_length(name) between 1 and 100)
    constraint groups_name_unique unique,
  version integer not null default 1 constraint groups_version_positive check (version > 0),
  created_at timestamptz(3) not null default now()
);

create table group_roles (
  group_id uuid not null constraint group_roles_group references groups on delete cascade,
  role_id uuid not null constraint group_roles_role references roles on delete cascade,
  primary key (group_id, role_id)
);

create table group_members (
  group_id uuid not null constraint group_members_group references groups on delete cascade,
  user_id uuid not null constraint group_members_user references users on delete cascade,
  joined_at timestamptz(3) not null default now(),
  primary key (group_id, user_id)
);
create index group_members_by_user on group_members (user_id);

-- One row per sign-in: the family of refresh tokens that follow one another. Its times are those of the service's clock.
create table sessions (
  id uuid primary key default uuidv7(),
  user_id uuid not null constraint sessions_user references users on delete cascade,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  end_reason text constraint sessions_end_reason_known check (end_reason in ('signed-out', 'token-reused')),
  constraint sessions_end_complete check ((ended_at is null) = (end_reason is null)),
  constraint sessions_expire_later check (expires_at > created_at)
);
create index sessions_by_user on sessions (user_id);

-- A token itself is stored nowhere: who reads this table can refresh nothing.
create table refresh_tokens (
  token_hash bytea primary key constraint refresh_tokens_hash_is_sha256 check (octet_length(token_hash) = 32),
  session_id uuid not null constraint refresh_tokens_session references sessions on delete cascade,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3)
);
create index refresh_tokens_by_session on refresh_tokens (session_id);

insert into permissions (name, description) values
  ('app:product:view', 'See products'),
  ('app:product:save', 'Add and change products'),
  ('app:product:delete', 'Remove products'),
  ('security:user:view', 'See the names of users'),
  ('security:user:view-private', 'See the e-mail and the rights of users');

-- Ids that every installation shares; src/groups.ts knows those of the groups.
insert into roles (id, name) values
  ('00000000-0000-7000-8000-000000000001', 'Administrator'),
  ('00000000-0000-7000-8000-000000000002', 'Member');
insert into groups (id, name) values
  ('00000000-0000-7000-8000-000000000011', 'Administrators'),
  ('00000000-0000-7000-8000-000000000012', 'Members');
insert into group_roles (group_id, role_id) values
  ('00000000-0000-7000-8000-000000000011', '00000000-0000-7000-8000-000000000001'),
  ('00000000-0000-7000-8000-000000000012', '00000000-0000-7000-8000-000000000002');
insert into role_permissions (role_id, permission)
  select '00000000-0000-7000-8000-000000000001'::uuid, name from permissions
  union all
  select '00000000-0000-7000-8000-000000000002'::uuid, name from permissions where name <> 'security:user:view-private';
