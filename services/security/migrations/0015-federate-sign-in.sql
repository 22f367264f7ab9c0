-- Whoever signs in by another provider alone has no password; they can have one set by a link.
alter table users alter column password_hash drop not null;

-- An account at an OpenID Connect provider with which a user signs in. The provider's name for them is all that is kept.
create table federated_identities (
  issuer text not null,
  subject text not null constraint federated_identities_subject_length check (length(subject) between 1 and 255),
  user_id uuid not null constraint federated_identities_user references users on delete cascade,
  linked_at timestamptz(3) not null,
  primary key (issuer, subject),
  constraint federated_identities_one_each unique (user_id, issuer)
);

-- Tokens of providers that were used and have not expired: each is good once.
create table used_id_tokens (
  token_hash bytea primary key constraint used_id_tokens_hash_is_sha256 check (octet_length(token_hash) = 32),
  expires_at timestamptz(3) not null
);
create index used_id_tokens_by_expiry on used_id_tokens (expires_at);
