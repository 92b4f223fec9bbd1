#!/bin/sh
# The health check of the load balancer: 0 when a ready replica answers by way of it. For the image of nginx on Alpine,
# which has wget, and for Debian's, which has bash.
#
#   sh health.sh
set -eu
if command -v wget >/dev/null; then
  exec wget -q -T 3 -O /dev/null http://127.0.0.1:8081/health
fi
# shellcheck disable=SC2016
exec timeout 3 bash -c '
  exec 3<>/dev/tcp/127.0.0.1/8081
  printf "GET /health HTTP/1.0\r\n\r\n" >&3
  read -r _ status _ <&3
  [ "$status" = 200 ]'
