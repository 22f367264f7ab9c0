-- Whoever forgot their password gets a link by mail. One row per user, so that a new token voids the one before it.
create table password_reset_tokens (
  user_id uuid primary key constraint password_reset_tokens_user references users on delete cascade,
  token_hash bytea not null
    constraint password_reset_tokens_hash_is_sha256 check (octet_length(token_hash) = 32)
    constraint password_reset_tokens_hash_unique unique,
  expires_at timestamptz(3) not null
);
