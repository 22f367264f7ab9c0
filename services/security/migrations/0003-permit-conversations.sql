-- Members talk with the assistant; each conversation is its owner's alone, whatever others are permitted.
insert into permissions (name, description) values
  ('assistant:conversation:view', 'See one''s own conversations with the assistant'),
  ('assistant:conversation:save', 'Talk with the assistant');

-- Administrator and Member.
insert into role_permissions (role_id, permission)
  select role_id, name
  from permissions, (values
    ('00000000-0000-7000-8000-000000000001'::uuid),
    ('00000000-0000-7000-8000-000000000002'::uuid)
  ) roles (role_id)
  where name like 'assistant:conversation:%';
