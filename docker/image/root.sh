#!/bin/sh
# Lays out the root of the image: all of root's and read-only, but the three folders of /app that the service may write.
# Usage: root.sh ROOT VERSION-OF-COREUTILS; the program and its list stand in /out.
set -eu
root=$1
mkdir -p "$root/bin" "$root/usr/local/bin" "$root/etc/ssl/certs" "$root/usr/share/doc/clinical-notes" "$root/app"
install -m 0555 /out/clinical-notes "$root/usr/local/bin/clinical-notes"
install -m 0444 /work/LICENSE "$root/usr/share/doc/clinical-notes/LICENSE"
# The list of parts, and in it what is no crate of the program: the C library that is linked in, the authorities, the tools.
# A plus sign of a version is %2B in an address.
{
  dpkg-query -W -f '    {"type": "library", "name": "${Package}", "version": "${Version}", "purl": "pkg:deb/debian/${Package}@${Version}?distro=debian-12"},\n' libc6-dev ca-certificates |
    sed ':again; s/\(@[^?]*\)+/\1%2B/; t again'
  printf '    {"type": "application", "name": "coreutils", "version": "%s", "purl": "pkg:cargo/coreutils@%s"},\n' "$2" "$2"
} >/work/more.json
sed '/^  "components": \[$/r /work/more.json' /out/sbom.cdx.json >"$root/usr/share/doc/clinical-notes/sbom.cdx.json"
chmod 0444 "$root/usr/share/doc/clinical-notes/sbom.cdx.json"

# What an administrator looks with (docker exec … id, printenv, cat, ls). There is no sh to run commands with.
install -m 0555 /out/coreutils "$root/bin/coreutils"
for tool in cat id ls printenv; do ln -s coreutils "$root/bin/$tool"; done
[ "$(ASKED=answered "$root/bin/printenv" ASKED)" = answered ]

printf 'root:x:0:0:root:/:/nonexistent\nclinical:x:1001:1001:Clinical Notes Summarizer:/app:/nonexistent\n' >"$root/etc/passwd"
printf 'root:x:0:\nclinical:x:1001:\n' >"$root/etc/group"
# Static programs ask files and name servers, and load nothing for it.
printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$root/etc/nsswitch.conf"
# Debian's authorities alone: the base may trust some of the machine that it was made on.
cat /usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
find "$root/etc" -type f -exec chmod 0444 {} +
find "$root" -type d -exec chmod 0555 {} +

for folder in logs logs/audit logs/security cache cache/models temp; do
  install -d -m 0750 -o 1001 -g 1001 "$root/app/$folder"
done
# The same times in each build, so that the layer is the same.
find "$root" -exec touch -h -d @0 {} +
