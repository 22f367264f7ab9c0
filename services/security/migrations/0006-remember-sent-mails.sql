-- When each kind of mail went to a user last: anybody may sign up with any address, and must not flood it that way.
create table sent_mails (
  user_id uuid not null constraint sent_mails_user references users on delete cascade,
  kind text not null,
  sent_at timestamptz(3) not null,
  primary key (user_id, kind)
);
