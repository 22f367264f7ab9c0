-- Conversations and what was said in them. Constraints are named because errors are told by their names.
create table conversations (
  id uuid primary key default uuidv7(),
  owner_id uuid not null,
  title text constraint conversations_title_length check (char_length(title) between 1 and 80),
  -- Milliseconds, because cursors carry the value through JavaScript, which has no finer instants.
  created_at timestamptz(3) not null default now()
);
create index conversations_by_owner on conversations (owner_id, created_at, id);

create table messages (
  id uuid primary key default uuidv7(),
  conversation_id uuid not null constraint messages_conversation references conversations on delete cascade,
  -- The order of a conversation: taken while its row is locked, so that it is also the order of committing.
  position bigint generated always as identity constraint messages_position_unique unique,
  role text not null constraint messages_role_known check (role in ('USER', 'ASSISTANT')),
  text text not null constraint messages_text_length check (char_length(text) between 1 and 8000),
  product_ids uuid[] not null default '{}' constraint messages_products_count check (cardinality(product_ids) <= 10),
  created_at timestamptz(3) not null default now()
);
create index messages_by_conversation on messages (conversation_id, position, id);
