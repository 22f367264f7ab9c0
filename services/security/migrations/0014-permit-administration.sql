-- Groups and roles are made, changed and assigned through the API from now on.
alter table groups add column description text not null default ''
  constraint groups_description_length check (char_length(description) <= 300);
alter table roles add column description text not null default ''
  constraint roles_description_length check (char_length(description) <= 300);

-- A group that is called like another but for its capitals could be taken for it.
create unique index groups_name_alike on groups (lower(name));
create unique index roles_name_alike on roles (lower(name));

create index group_roles_by_role on group_roles (role_id);

insert into permissions (name, description) values
  ('security:user:save', 'Change, disable and enable the accounts of others'),
  ('security:group:view', 'See groups'),
  ('security:group:save', 'Add and change groups'),
  ('security:group:delete', 'Remove groups'),
  ('security:group:assign', 'Let users into groups and out of them'),
  ('security:role:view', 'See roles and permissions'),
  ('security:role:save', 'Add and change roles and what they permit'),
  ('security:role:delete', 'Remove roles'),
  ('security:role:assign', 'Give roles to groups and take them');

-- Administrator holds everything.
insert into role_permissions (role_id, permission)
  select '00000000-0000-7000-8000-000000000001'::uuid, name from permissions
  where name = 'security:user:save' or name like 'security:group:%' or name like 'security:role:%';
