-- Sign-up sends a link to the e-mail; whoever follows it has shown that the e-mail is theirs.
alter table users
  add column locale text not null default 'en' constraint users_locale_known check (locale in ('en', 'pt')),
  add column email_verified_at timestamptz(3);

-- One row per user, so that a new token voids the one before it. The token itself is in the mail alone.
create table email_verification_tokens (
  user_id uuid primary key constraint email_verification_tokens_user references users on delete cascade,
  token_hash bytea not null
    constraint email_verification_tokens_hash_is_sha256 check (octet_length(token_hash) = 32)
    constraint email_verification_tokens_hash_unique unique,
  expires_at timestamptz(3) not null
);
