-- A membership may end by itself; from that moment on it gives no rights. Null where it lasts until somebody ends it.
alter table group_members add column ends_at timestamptz(3);
create index group_members_by_end on group_members (ends_at) where ends_at is not null;

-- Since when nobody may sign in to the account; null where it is open.
alter table users add column disabled_at timestamptz(3);
