#!/usr/bin/env bash
# Makes what the compose files need on this machine: folders with the owners of the containers, secrets drawn by lot, and
# `.env` from its template. What is there is kept, so it can be run again at any time.
#
#   sudo docker/setup.sh [production|development] [--trial-certificate NAME]
#
# With --trial-certificate a certificate for NAME that nobody trusts is put into docker/ssl, to try TLS with.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '2,8s/^# \{0,1\}//p' "docker/setup.sh" >&2; exit 64; }
environment=production
certificate=
while [ "$#" -gt 0 ]; do
  case "$1" in
    production | development) environment=$1 ;;
    --trial-certificate)
      certificate=${2:-}
      # It goes into the certificate's own syntax, where a comma or a slash would mean something.
      [[ "$certificate" =~ ^[A-Za-z0-9.-]+$ ]] || usage
      shift
      ;;
    *) usage ;;
  esac
  shift
done
if [ "$(id -u)" != 0 ]; then
  echo "setup.sh: run it as root, because it gives folders to the users of the containers" >&2
  exit 1
fi
umask 077

# The users of the containers, as the compose files name them.
service=1001 prometheus=65534 grafana=472 redis=999 proxy=101

# The containers' users read these, whatever the umask of the checkout was.
chmod -R a+rX docker/monitoring docker/logging

folder() { # PATH USER
  if [ -d "$1" ]; then said=kept; else said=made; fi
  install -d -m 0750 -o "$2" -g "$2" "$1"
  echo "$said: $1 (of user $2)"
}
for name in logs logs-1 logs-2 cache cache/models temp fluent-bit; do folder "docker/volumes/$name" "$service"; done
folder docker/volumes/prometheus "$prometheus"
folder docker/volumes/grafana "$grafana"

# Files are made in here, so that a name appears when its file is whole, and an end before that leaves nothing behind.
work=$(mktemp -d docker/secrets/.part.XXXXXX)
trap 'rm -rf "$work"' EXIT

# Writes standard input to a file that only its user can read, and never over another.
keep() { # PATH USER
  if [ -s "$1" ]; then
    cat >/dev/null
    chown "$2:$2" "$1"
    chmod 0400 "$1"
    echo "kept: $1"
    return
  fi
  cat >"$work/file"
  [ -s "$work/file" ]
  chown "$2:$2" "$work/file"
  chmod 0400 "$work/file"
  mv "$work/file" "$1"
  echo "made: $1 (for user $2)"
}
draw() { head -c "$1" /dev/urandom | base64 | tr -d '\n'; }
draw 48 | keep docker/secrets/oauth2_jwt_secret "$service"
draw 48 | keep docker/secrets/clinical_deidentify_secret "$service"
draw 32 | keep docker/secrets/clinical_audit_signing_key "$service"
draw 24 | keep docker/secrets/grafana_admin_password "$grafana"
# Hexadecimal, because it stands in an address.
head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' | keep docker/secrets/redis_password "$redis"
printf 'redis://:%s@redis:6379/0' "$(cat docker/secrets/redis_password)" | keep docker/secrets/redis_url "$service"

if [ -n "$certificate" ]; then
  if [ -s docker/ssl/tls.crt ] || [ -s docker/ssl/tls.key ]; then
    echo "kept: docker/ssl/tls.crt, docker/ssl/tls.key"
  else
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=$certificate" \
      -addext "subjectAltName=DNS:$certificate" -keyout "$work/tls.key" -out "$work/tls.crt" 2>/dev/null
    keep docker/ssl/tls.key "$proxy" <"$work/tls.key"
    keep docker/ssl/tls.crt "$proxy" <"$work/tls.crt"
    chmod 0444 docker/ssl/tls.crt
    echo "nobody trusts docker/ssl/tls.crt, and it ends in 30 days: for trials only"
  fi
fi

if [ -e .env ]; then
  echo "kept: .env"
else
  install -m 0600 "docker/config/.env.$environment" .env
  # Compose reads it as the person who calls it.
  chown "${SUDO_UID:-0}:${SUDO_GID:-0}" .env
  echo "made: .env from docker/config/.env.$environment"
fi
if grep -qE '^(OAUTH2_JWT_SECRET|CLINICAL_DEIDENTIFY_SECRET|CLINICAL_AUDIT_SIGNING_KEY|REDIS_URL)=.' .env; then
  echo "look: .env holds a secret; move it to docker/secrets, where docker-compose.prod.yml takes it from" >&2
fi
if [ "$environment" = production ] && ! grep -q '^CLINICAL_ALLOWED_HOSTS=.' .env; then
  echo "to do: set CLINICAL_ALLOWED_HOSTS in .env to the names by which clients call the service"
fi
