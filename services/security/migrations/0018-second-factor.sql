-- Second factors, and what a sign-in or a confirmation with one is about. Times are those of the service's clock.

-- Fewer characters than 15 are enough only while a second factor is on (NIST SP 800-63B-4); the hash does not tell how many.
alter table users add column has_short_password boolean not null default false;

-- RFC 6238. The secret is encrypted; a code's time step is remembered, because no code is good twice.
create table totp_factors (
  user_id uuid primary key constraint totp_factors_user references users on delete cascade,
  sealed_secret bytea not null,
  created_at timestamptz(3) not null,
  -- Until then nothing asks for a code.
  confirmed_at timestamptz(3),
  last_used_step integer,
  constraint totp_factors_step_complete check ((confirmed_at is null) = (last_used_step is null))
);

-- A code that was used has no row any more.
create table recovery_codes (
  user_id uuid not null constraint recovery_codes_user references users on delete cascade,
  code_hash bytea not null constraint recovery_codes_hash_is_sha256 check (octet_length(code_hash) = 32),
  primary key (user_id, code_hash)
);

-- Wrong codes since the last right one: whoever knows a password must not guess on and on.
create table code_attempts (
  user_id uuid primary key constraint code_attempts_user references users on delete cascade,
  failures integer not null constraint code_attempts_failures_positive check (failures > 0),
  locked_until timestamptz(3)
);

create table passkeys (
  id uuid primary key default uuidv7(),
  user_id uuid not null constraint passkeys_user references users on delete cascade,
  name text not null constraint passkeys_name_length check (char_length(name) between 1 and 100),
  credential_id bytea not null constraint passkeys_credential_unique unique
    constraint passkeys_credential_length check (octet_length(credential_id) between 1 and 1023),
  -- COSE, as the authenticator gave it.
  public_key bytea not null,
  -- Of 32 bits, unsigned.
  signature_count bigint not null,
  transports text[] not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3)
);
create index passkeys_by_user on passkeys (user_id);

-- What somebody has to answer: good once and for five minutes. The token itself is stored nowhere.
create table challenges (
  token_hash bytea primary key constraint challenges_hash_is_sha256 check (octet_length(token_hash) = 32),
  purpose text not null constraint challenges_purpose_known
    check (purpose in ('second-factor', 'passkey-sign-in', 'passkey-registration', 'step-up')),
  -- Who has to answer it; a passkey alone tells whose it is.
  user_id uuid constraint challenges_user references users on delete cascade,
  -- What a passkey has to sign.
  nonce bytea not null constraint challenges_nonce_length check (octet_length(nonce) = 32),
  -- Of a sign-in: whether its session is to be remembered.
  is_remembered boolean not null,
  failures integer not null default 0,
  expires_at timestamptz(3) not null,
  constraint challenges_user_known check ((user_id is null) = (purpose = 'passkey-sign-in'))
);
create index challenges_by_expiry on challenges (expires_at);
create index challenges_by_user on challenges (user_id);
