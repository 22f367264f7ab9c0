#!/bin/bash
# The start of the public image, as far as our manifests use it: POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE,
# POSTGRES_INITDB_ARGS, PGDATA, and scripts in /docker-entrypoint-initdb.d at the first start; as the user that it is run by.
set -eo pipefail
if [ "${1#-}" != "$1" ]; then set -- postgres "$@"; fi
if [ "$1" != postgres ]; then exec "$@"; fi
if [ -n "$POSTGRES_PASSWORD_FILE" ]; then POSTGRES_PASSWORD=$(<"$POSTGRES_PASSWORD_FILE"); fi
sockets=/var/run/postgresql
mkdir -p "$PGDATA"
chmod 700 "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  if [ -z "$POSTGRES_PASSWORD" ]; then
    echo 'Error: the database is not initialised, and POSTGRES_PASSWORD is not set.' >&2
    exit 1
  fi
  # Several arguments in one variable, as in the public image.
  # shellcheck disable=SC2086
  initdb -D "$PGDATA" --username=postgres --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") $POSTGRES_INITDB_ARGS
  printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
  echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -c unix_socket_directories=$sockets" -w start
  for script in /docker-entrypoint-initdb.d/*; do
    case $script in
      *.sh) bash "$script" ;;
      *.sql) psql --set=ON_ERROR_STOP=1 --host="$sockets" --username=postgres --file="$script" ;;
    esac
  done
  pg_ctl -D "$PGDATA" -m fast -w stop
fi
unset POSTGRES_PASSWORD
# This build has its sockets in /tmp, unless it is told where Debian's psql looks for them.
exec "$@" -c "unix_socket_directories=$sockets"
