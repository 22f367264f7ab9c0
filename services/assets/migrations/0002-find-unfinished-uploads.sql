-- For the sweep, which looks for uploads that nobody finished; almost all assets are ready.
create index assets_unfinished on assets (created_at) where status <> 'READY';
