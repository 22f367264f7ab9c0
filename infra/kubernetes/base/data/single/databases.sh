#!/bin/sh
# Makes a role and a database for each service, and a role for the exporter; repeating it changes nothing but passwords.
set -eu
export PGHOST=postgres.neotool-data.svc.cluster.local PGDATABASE=postgres PGUSER=postgres PGCONNECT_TIMEOUT=5
# What is there already needs no notice.
# And passwords must not be among the statements that the exporters' role may read.
export PGAPPNAME=databases PGOPTIONS='-c client_min_messages=warning -c pg_stat_statements.track_utility=off'
PGPASSWORD=$(cat /run/secrets/superuser/password)
export PGPASSWORD

deadline=$(($(date +%s) + 300))
until said=$(psql --no-psqlrc --quiet --command='SELECT 1' 2>&1); do
  if [ "$(date +%s)" -ge "$deadline" ]; then
    echo "PostgreSQL at $PGHOST did not take the superuser's login within 300 s: $said" >&2
    exit 1
  fi
  sleep 1
done

run() { psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"; }

for service in app security assistant assets; do
  run --set=service="$service" --set=role="neotool_$service" --file=/opt/databases/role-and-database.sql
  echo "neotool_$service: role and database are there"
done

run <<'SQL'
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
SELECT 'CREATE ROLE neotool_monitor' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'neotool_monitor') \gexec
\set password `cat /run/secrets/roles/monitor/password`
ALTER ROLE neotool_monitor LOGIN PASSWORD :'password' CONNECTION LIMIT 5;
GRANT pg_monitor TO neotool_monitor;
SQL
echo 'neotool_monitor: role is there'
