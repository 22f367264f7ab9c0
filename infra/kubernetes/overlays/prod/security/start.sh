#!/bin/sh
# Runs Vault, and tells it to read its certificate again when cert-manager has renewed it: by itself it never would, and one day
# no client would speak to it any more.
set -eu
ulimit -c 0

certificate() { cksum </vault/tls/tls.crt; }

known=$(certificate)
(
  while sleep 60; do
    # It may be missing for a moment while it is replaced.
    now=$(certificate) || continue
    [ "$now" = "$known" ] && continue
    known=$now
    # This shell's number, which is Vault's from the last line on.
    kill -HUP $$
  done
) &
exec vault "$@"
