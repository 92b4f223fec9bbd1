#!/bin/sh
# Lays out the root of the image: all of root's and read-only, but the three folders of /app that the service may write.
# Usage: root.sh ROOT; the program and its list stand in /out.
set -eu
root=$1
mkdir -p "$root/bin" "$root/usr/local/bin" "$root/etc/ssl/certs" "$root/usr/share/doc/clinical-notes" "$root/app"
install -m 0555 /out/clinical-notes "$root/usr/local/bin/clinical-notes"
install -m 0444 /out/sbom.cdx.json /work/LICENSE "$root/usr/share/doc/clinical-notes/"

# What an administrator looks with (docker exec … id, printenv, cat, ls). There is no sh to run commands with.
install -m 0555 /out/coreutils "$root/bin/coreutils"
for tool in cat id ls printenv; do ln -s coreutils "$root/bin/$tool"; done
[ "$(ASKED=answered "$root/bin/printenv" ASKED)" = answered ]

printf 'root:x:0:0:root:/:/nonexistent\nclinical:x:1001:1001:Clinical Notes Summarizer:/app:/nonexistent\n' >"$root/etc/passwd"
printf 'root:x:0:\nclinical:x:1001:\n' >"$root/etc/group"
# Static programs ask files and name servers, and load nothing for it.
printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$root/etc/nsswitch.conf"
install -m 0444 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
find "$root/etc" -type f -exec chmod 0444 {} +
find "$root" -type d -exec chmod 0555 {} +

for folder in logs logs/audit logs/security cache cache/models temp; do
  install -d -m 0750 -o 1001 -g 1001 "$root/app/$folder"
done
# The same times in each build, so that the layer is the same.
find "$root" -exec touch -h -d @0 {} +
