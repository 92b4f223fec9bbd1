# shellcheck shell=bash
# What the tests on an engine share: results that are printed and counted, and a look at a container from outside, by
# what the kernel says of its process and not by what its configuration asks for. Sourced.

failed=0
ok() { printf 'ok: %s\n' "$*"; }
fail() {
  printf 'FAIL: %s\n' "$*"
  failed=$((failed + 1))
}
not_run() { printf 'not run: %s\n' "$*"; }

# want NAME ACTUAL EXPECTED
want() { if [ "$2" = "$3" ]; then ok "$1: $2"; else fail "$1: is '$2', must be '$3'"; fi; }
# like NAME ACTUAL PATTERN (an extended regular expression)
like() { if [[ "$2" =~ $3 ]]; then ok "$1"; else fail "$1: '$2' is not like '$3'"; fi; }
# succeeds NAME COMMAND…
succeeds() { local name=$1; shift; if "$@" >/dev/null 2>&1; then ok "$name"; else fail "$name: $*"; fi; }
# refused NAME COMMAND…
refused() { local name=$1; shift; if "$@" >/dev/null 2>&1; then fail "$name: was possible: $*"; else ok "$name"; fi; }

of() { docker inspect -f "$2" "$1"; }
pid_of() { of "$1" '{{.State.Pid}}'; }

# Microseconds, and how many seconds have gone by since.
now() { echo "${EPOCHREALTIME/[.,]/}"; }
since() { awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.1f", (to - from) / 1e6 }'; }

# waits SECONDS COMMAND…: until the command succeeds; the time that it took is in $waited.
waits() {
  local end begin
  begin=$(now)
  end=$((begin + $1 * 1000000))
  shift
  until "$@" >/dev/null 2>&1; do
    if [ "$(now)" -gt "$end" ]; then return 1; fi
    sleep 0.2
  done
  # shellcheck disable=SC2034
  waited=$(since "$begin")
}
is_healthy() { [ "$(of "$1" '{{.State.Health.Status}}')" = healthy ]; }

# limit_of CONTAINER memory|swap|pids|cpu: what the kernel holds the container to, in bytes, pids and processors. `swap` is
# what may be swapped beyond memory.
limit_of() {
  local pid folder
  pid=$(pid_of "$1")
  group() { awk -F: -v what="$1" '$2 ~ "(^|,)" what "(,|$)" { print $3; exit }' "/proc/$pid/cgroup"; }
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    folder=/sys/fs/cgroup$(awk -F: '$1 == 0 { print $3 }' "/proc/$pid/cgroup")
    case "$2" in
      memory) cat "$folder/memory.max" ;;
      swap) cat "$folder/memory.swap.max" ;;
      pids) cat "$folder/pids.max" ;;
      cpu) awk '{ print $1 / $2 }' "$folder/cpu.max" ;;
    esac
  else
    case "$2" in
      memory) cat "/sys/fs/cgroup/memory$(group memory)/memory.limit_in_bytes" ;;
      swap)
        folder=/sys/fs/cgroup/memory$(group memory)
        echo "$(($(cat "$folder/memory.memsw.limit_in_bytes") - $(cat "$folder/memory.limit_in_bytes")))"
        ;;
      pids) cat "/sys/fs/cgroup/pids$(group pids)/pids.max" ;;
      cpu)
        folder=/sys/fs/cgroup/cpu$(group cpu)
        echo "$(cat "$folder/cpu.cfs_quota_us") $(cat "$folder/cpu.cfs_period_us")" | awk '{ print $1 / $2 }'
        ;;
    esac
  fi
}

# is_confined CONTAINER UID MEMORY PIDS CPU: what holds for every container of ours.
is_confined() {
  local name=$1 pid
  pid=$(pid_of "$name")
  field() { awk -v f="$1:" '$1 == f { print $2; exit }' "/proc/$pid/status"; }
  want "$name: user of the process" "$(field Uid)" "$2"
  want "$name: capabilities" "$(field CapEff) $(field CapPrm) $(field CapBnd)" "0000000000000000 0000000000000000 0000000000000000"
  want "$name: no new privileges" "$(field NoNewPrivs)" 1
  want "$name: seccomp filter" "$(field Seccomp)" 2
  want "$name: memory" "$(limit_of "$name" memory)" "$3"
  want "$name: swap beyond it" "$(limit_of "$name" swap)" 0
  want "$name: processes" "$(limit_of "$name" pids)" "$4"
  want "$name: processors" "$(limit_of "$name" cpu)" "$5"
  want "$name: core dumps" "$(awk '/^Max core file size/ { print $5 $6 }' "/proc/$pid/limits")" 00
  # The kernel refuses even the machine's root, who is let past the owners of files.
  refused "$name: root is read-only" touch "/proc/$pid/root/made-by-a-test"
  want "$name: its log rotates" "$(of "$name" '{{.HostConfig.LogConfig.Type}} {{index .HostConfig.LogConfig.Config "max-size"}} {{index .HostConfig.LogConfig.Config "max-file"}}')" "json-file 10m 5"
  want "$name: ports of other addresses than this machine's own" "$(docker inspect "$name" | jq -r '[.[0].NetworkSettings.Ports[]? // [] | .[] | select(.HostIp != "127.0.0.1")] | length')" 0
}
