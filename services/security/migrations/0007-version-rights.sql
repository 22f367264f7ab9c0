-- Counts the changes that take rights away. An access token carries the count that its rights were read with, so that one
-- that is older than a loss can be told, without comparing clocks.
create table rights_version (
  only_one boolean primary key default true constraint rights_version_only_one check (only_one),
  version integer not null constraint rights_version_positive check (version > 0)
);
insert into rights_version (version) values (1);

-- When the user last proved who they are, and with how many factors.
alter table sessions
  add column authenticated_at timestamptz(3),
  add column authentication_level text not null default 'single-factor'
    constraint sessions_authentication_level_known check (authentication_level in ('single-factor', 'multi-factor'));
update sessions set authenticated_at = created_at;
alter table sessions alter column authenticated_at set default now(), alter column authenticated_at set not null;
