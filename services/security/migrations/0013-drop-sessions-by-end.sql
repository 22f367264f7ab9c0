-- A session is also over when it was left alone for a day, which this index cannot tell; purge reads the table once a day.
drop index sessions_by_end;
