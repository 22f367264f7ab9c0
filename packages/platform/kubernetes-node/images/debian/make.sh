#!/bin/sh
# make.sh DIRECTORY MIRROR SECURITY-MIRROR: fills the directory with what debian:bookworm-slim holds, as well as debootstrap can.
set -eu
root=$1
debootstrap --variant=minbase bookworm "$root" "$2"
cd "$root"
printf '%s\n' "deb $2 bookworm main" "deb $2 bookworm-updates main" "deb $3 bookworm-security main" >etc/apt/sources.list
# What makes it slim, also for packages that a Dockerfile installs later.
for folder in doc man info locale lintian; do echo "path-exclude /usr/share/$folder/*"; done >etc/dpkg/dpkg.cfg.d/slim
echo 'path-include /usr/share/doc/*/copyright' >>etc/dpkg/dpkg.cfg.d/slim
find usr/share/doc -type f ! -name copyright -delete
for folder in usr/share/man usr/share/info usr/share/locale usr/share/lintian var/cache/apt var/lib/apt/lists var/log/apt dev proc sys; do
  find "$folder" -mindepth 1 -delete
done
rm -f var/log/*.log var/cache/debconf/*-old
# Java's packages fail to configure where their manual's folder is missing.
mkdir -p usr/share/man/man1
# Packages must not start services in a build.
printf '#!/bin/sh\nexit 101\n' >usr/sbin/policy-rc.d
chmod 755 usr/sbin/policy-rc.d
