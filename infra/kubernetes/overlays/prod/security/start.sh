#!/bin/sh
# Runs Vault, and tells it to read its certificate again when cert-manager has renewed it: by itself it never would, and one day
# no client would speak to it any more.
set -eu
ulimit -c 0

certificate() { cksum </vault/tls/tls.crt; }

vault "$@" &
vault=$!
trap 'kill -TERM "$vault"' TERM INT
known=$(certificate)
while kill -0 "$vault" 2>/dev/null; do
  # In the background: a shell hears a signal during `wait`, not during another program.
  sleep 60 &
  wait "$!" || true
  now=$(certificate)
  if [ "$now" != "$known" ]; then
    known=$now
    kill -HUP "$vault"
  fi
done
wait "$vault"
