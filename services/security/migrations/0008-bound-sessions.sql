-- Where each session was used last. Personal data: it goes when the session does.
alter table sessions
  add column address inet,
  add column user_agent text constraint sessions_user_agent_length check (char_length(user_agent) <= 300),
  -- Somebody who asked to stay signed in may be away for longer than a day.
  add column is_remembered boolean not null default false,
  drop constraint sessions_end_reason_known,
  add constraint sessions_end_reason_known check (end_reason in (
    'signed-out', 'token-reused', 'ended-by-owner', 'password-changed', 'password-reset', 'user-disabled', 'user-deleted'
  ));
-- What purge looks for.
create index sessions_by_end on sessions (coalesce(ended_at, expires_at));

-- Counters of rate-limiter-flexible, in the form that it wants them. After a crash they begin anew: unlogged tables are cheap.
create unlogged table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
create index rate_limits_by_expiry on rate_limits (expire);

-- Passwords that were wrong, by the keyed hash of an e-mail, or of an e-mail and the network that they came from.
create table sign_in_failures (
  key text primary key,
  failures integer not null constraint sign_in_failures_positive check (failures > 0),
  locked_until timestamptz(3),
  forgotten_at timestamptz(3) not null
);
create index sign_in_failures_by_forgetting on sign_in_failures (forgotten_at);
