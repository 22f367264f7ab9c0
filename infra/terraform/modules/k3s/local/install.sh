#!/bin/sh
# Installs a pinned K3s on this host, or another version over the one that is there. Its settings come in the environment.
set -eu

if [ "$(id -u)" -ne 0 ]; then
  echo 'K3s is installed by root: run terraform apply as root (sudo -E terraform …).' >&2
  exit 1
fi
command -v systemctl >/dev/null || { echo 'K3s runs as a service of systemd, and there is no systemctl here.' >&2; exit 1; }

umask 077
mkdir -p /etc/rancher/k3s /var/lib/rancher/k3s/server/manifests
printf '%s' "$NEOTOOL_K3S_SETTINGS" >/etc/rancher/k3s/config.yaml
printf '%s' "$NEOTOOL_K3S_MANIFEST" >/var/lib/rancher/k3s/server/manifests/prometheus-operator-crds.yaml

# The script and the program, whose checksum the script compares, are those of one release.
script=$(mktemp)
trap 'rm -f "$script"' EXIT
curl --silent --show-error --fail --location --proto '=https' --output "$script" \
  "https://raw.githubusercontent.com/k3s-io/k3s/$NEOTOOL_K3S_VERSION_ENCODED/install.sh"
INSTALL_K3S_VERSION="$NEOTOOL_K3S_VERSION" sh "$script" server

# The service says that it has started before the node is there.
deadline=$(($(date +%s) + 300))
until answer=$(/usr/local/bin/k3s kubectl wait --for=condition=Ready nodes --all --timeout=10s 2>&1); do
  if [ "$(date +%s)" -gt "$deadline" ]; then
    echo "The node is not ready after five minutes: $answer" >&2
    exit 1
  fi
  sleep 2
done
