#!/usr/bin/env bash
# Gives the replicas of docker-compose-ha.yml another image, one after the other, so that no request fails. If the new image
# is not ready in time, all go back to the image that they had.
#
#   docker/rolling-update.sh [--dry-run] [IMAGE]     IMAGE is clinical-notes-summarizer:latest if it is not said
#
# It says each step before it takes it; with --dry-run it takes none. What is taken from the environment:
#   READY_WITHIN=60   seconds that a replica has to become ready
#   SETTLE=6          seconds between two replicas, in which the load balancer finds the first again; it puts a replica
#                     that failed aside for 2 s (fail_timeout in docker/nginx/clinical.conf)
# At the end CLINICAL_IMAGE in .env is the new image, so that the next `up -d` does not go back.
#
# Exit status: 0 all replicas run the image; 1 the update did not work, and they run what they ran before; 2 they do not, or
# nothing could be begun; 64 wrong use.
set -euo pipefail
cd "$(dirname "$0")/.."
ready_within=${READY_WITHIN:-60} settle=${SETTLE:-6}
dry=no image=''
for argument; do
  case $argument in
    --dry-run) dry=yes ;;
    -*) sed -n '2,/^set /s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
    *) image=$argument ;;
  esac
done
image=${image:-clinical-notes-summarizer:latest}

if docker compose version >/dev/null 2>&1; then compose=(docker compose); else compose=(docker-compose); fi
compose+=(-f docker-compose-ha.yml)
replicas=(clinical-api-1 clinical-api-2)
container() { echo "clinical-notes-${1#clinical-}"; }
# The name under which the image of a replica is kept until the next update.
kept() { echo "clinical-notes-summarizer:before-update-${1##*-}"; }

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }
do_it() {
  say "\$ $*"
  [ "$dry" = yes ] || "$@"
}
is_ready() { docker exec "$(container "$1")" clinical-notes healthcheck --what ready --timeout 2 >/dev/null 2>&1; }

wait_ready() {
  say "wait until $1 is ready, $ready_within s at most"
  [ "$dry" = yes ] && return
  local begun=$SECONDS
  until is_ready "$1"; do
    if [ $((SECONDS - begun)) -ge "$ready_within" ]; then
      say "$1 is not ready after $ready_within s; the last of what it said:"
      docker logs --tail 5 "$(container "$1")" 2>&1 | sed 's/^/          /'
      return 1
    fi
    sleep 0.5
  done
  say "$1 is ready after $((SECONDS - begun)) s"
}

# Takes one replica out, and puts it back with another image. Stopping asks it to end: it says that it is not ready, serves
# what still comes, finishes what it has, and is gone; the load balancer sends what then comes to the other.
replace() {
  do_it "${compose[@]}" stop "$1"
  do_it "${compose[@]}" rm -f "$1"
  do_it env "CLINICAL_IMAGE=$2" "${compose[@]}" up -d --no-deps --no-build "$1"
  wait_ready "$1"
}

others_are_ready() {
  local other
  for other in "${replicas[@]}"; do
    [ "$other" = "$1" ] || [ "$dry" = yes ] || is_ready "$other" || { say "$other is not ready: $1 is not taken out"; return 1; }
  done
}

go_back() {
  say "back to the image before"
  local changed status=1
  # The one that does not work first: it serves nobody.
  for ((changed = ${#begun[@]} - 1; changed >= 0; changed--)); do
    [ "$changed" = $((${#begun[@]} - 1)) ] || others_are_ready "${begun[changed]}" || return 2
    replace "${begun[changed]}" "$(kept "${begun[changed]}")" || status=2
    do_it sleep "$settle"
  done
  if [ "$status" = 1 ]; then say "the update did not work; the replicas run what they ran before"; else say "a replica is still not ready: look at it now"; fi
  return "$status"
}

if [ "$dry" = no ]; then
  docker image inspect "$image" >/dev/null 2>&1 || { say "there is no image $image on this machine: pull or load it first"; exit 2; }
  for replica in "${replicas[@]}"; do
    docker inspect "$(container "$replica")" >/dev/null 2>&1 || { say "$replica is not there: start docker-compose-ha.yml first"; exit 2; }
  done
fi
for replica in "${replicas[@]}"; do
  had=$(docker inspect -f '{{.Image}}' "$(container "$replica")" 2>/dev/null) || had="(what $replica runs)"
  do_it docker tag "$had" "$(kept "$replica")"
done

begun=()
for replica in "${replicas[@]}"; do
  if ! others_are_ready "$replica"; then
    [ "${#begun[@]}" -gt 0 ] || exit 2
    go_back || exit $?
  fi
  begun+=("$replica")
  if ! replace "$replica" "$image"; then go_back || exit $?; fi
  do_it sleep "$settle"
done

say "CLINICAL_IMAGE=$image in .env"
if [ "$dry" = no ]; then
  touch .env
  # Written in place: .env may be a link, and its owner and mode are the site's.
  rest=$(grep -v '^CLINICAL_IMAGE=' .env || true)
  printf '%s\nCLINICAL_IMAGE=%s\n' "$rest" "$image" >.env
fi
say "all replicas run $image"
