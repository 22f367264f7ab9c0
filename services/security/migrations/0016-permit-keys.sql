insert into permissions (name, description) values
  ('security:key:view', 'See the keys that sign access tokens'),
  ('security:key:rotate', 'Have the next key sign access tokens');

-- Administrator holds everything.
insert into role_permissions (role_id, permission)
  select '00000000-0000-7000-8000-000000000001'::uuid, name from permissions where name like 'security:key:%';
