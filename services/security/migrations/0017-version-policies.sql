-- The policies in versions: each is drafted, then active once, then superseded. Nothing of one is changed but its state. Who
-- wrote it is an id without a reference: it stays when the account is erased.
create table policy_versions (
  id uuid primary key default uuidv7(),
  number integer not null constraint policy_versions_number_positive check (number > 0)
    constraint policy_versions_number_unique unique,
  text text not null constraint policy_versions_text_length check (char_length(text) <= 200000),
  comment text not null constraint policy_versions_comment_length check (char_length(comment) between 1 and 500),
  author_id uuid not null,
  created_at timestamptz(3) not null,
  -- The version that this one makes active again; 0 are the policies that the release is built with.
  restores integer,
  state text not null default 'draft' constraint policy_versions_state_known check (state in ('draft', 'active', 'superseded')),
  -- Counts activations: processes take no bundle that is older than the one they have, and drafts are activated in any order.
  activation integer constraint policy_versions_activation_unique unique,
  activated_at timestamptz(3),
  activated_by_id uuid,
  superseded_at timestamptz(3),
  constraint policy_versions_activation_complete check (num_nulls(activation, activated_at, activated_by_id) =
    case state when 'draft' then 3 else 0 end),
  constraint policy_versions_superseded_complete check ((state = 'superseded') = (superseded_at is not null))
);
create unique index policy_versions_one_active on policy_versions (state) where state = 'active';

insert into permissions (name, description) values
  ('security:policy:view', 'See the policies and try drafts out'),
  ('security:policy:save', 'Draft policies'),
  ('security:policy:activate', 'Make policies active'),
  ('security:permission:check', 'See what others may do, and why');
-- Administrator holds everything.
insert into role_permissions (role_id, permission)
  select '00000000-0000-7000-8000-000000000001'::uuid, name from permissions
  where name like 'security:policy:%' or name = 'security:permission:check';
