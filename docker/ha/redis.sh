#!/bin/sh
# Starts the Redis that counts requests for both replicas. The password comes from a secret file by way of standard input:
# it stands in no argument and in no environment. What comes with it may only count; who has no password may only ask
# whether Redis is there.
#
#   sh redis.sh        (in the container; the secret is /run/secrets/redis_password)
set -eu
password=$(cat /run/secrets/redis_password)
case $password in
  '' | *[!A-Za-z0-9_-]*)
    echo 'redis_password must be letters, digits, _ and - (it stands in an address, too)' >&2
    exit 64
    ;;
esac
# Nothing is kept: counts are worth a minute. When memory is full, those that end first go.
exec redis-server - <<END
port 6379
bind *
dir /tmp
save ""
appendonly no
maxmemory 64mb
maxmemory-policy volatile-ttl
maxclients 256
timeout 0
tcp-keepalive 60
loglevel notice
user default reset on >$password ~clinical-notes:rate:* +@connection -@dangerous -@admin +eval +evalsha +script|load +get +set +time
user health reset on nopass +ping
END
