-- Members see assets, and by policy they add their own and remove them; the assets of others are an administrator's.
insert into permissions (name, description) values
  ('assets:asset:view', 'See assets, add one''s own and remove them'),
  ('assets:asset:save', 'Finish the uploads of others'),
  ('assets:asset:delete', 'Remove the assets of others');

-- Administrator holds everything, Member sees.
insert into role_permissions (role_id, permission)
  select '00000000-0000-7000-8000-000000000001'::uuid, name from permissions where name like 'assets:asset:%'
  union all
  select '00000000-0000-7000-8000-000000000002'::uuid, 'assets:asset:view';
