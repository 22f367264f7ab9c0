-- Members see and save customers; whoever may remove them is somebody else.
insert into permissions (name, description) values
  ('app:customer:view', 'See customers'),
  ('app:customer:save', 'Add and change customers'),
  ('app:customer:delete', 'Remove customers');

-- Administrator holds everything.
insert into role_permissions (role_id, permission)
  select '00000000-0000-7000-8000-000000000001'::uuid, name from permissions where name like 'app:customer:%'
  union all
  select '00000000-0000-7000-8000-000000000002'::uuid, name from permissions
    where name in ('app:customer:view', 'app:customer:save');
