#!/usr/bin/env bash
# Looks at an image and at a running container of it, check by check: what they are, what the kernel makes of them, what
# lies in their layers, settings, logs, TLS. Each check passes, fails, or says why it was not run; a check that was not
# run is never a pass. Nothing is changed, neither in the image nor in the container, and no secret is printed, only
# where it lies.
#
# Usage: security-scan.sh [OPTION…] [IMAGE] [CONTAINER]      (--help tells the options)
#
# Needs docker, bash, coreutils, tar, grep, sed and awk. hadolint, jq, curl, openssl and one of trivy, grype or
# cargo-deny are used where they are there. What is checked stands in checks.tsv beside this file, explained in README.md.
# Templates of docker, programs of awk and the command of tar are not the shell's to expand.
# shellcheck disable=SC2016
set -euo pipefail
export LC_ALL=C
umask 077
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

usage() {
  cat <<'HELP'
Checks the image and the container of the Clinical Notes Summarizer, and writes a report.

Usage: security-scan.sh [OPTION…] [IMAGE] [CONTAINER]

  IMAGE                   default clinical-notes-summarizer:latest
  CONTAINER               default clinical-notes-api; where there is none, its checks are not run

  --report-dir DIR        folder of the report (default: CLINICAL_SCAN_REPORT_DIR, or /tmp)
  --fail-on SEVERITY      failures below low, medium, high or critical do not change the exit status (default: low)
  --only ID[,ID…]         only these checks, or groups of them: --only IMG,SEC-02
  --dockerfile FILE       default: the Dockerfile of this repository
  --advisory-db DIR       copy of the RustSec database (a git folder) for cargo-deny (default: CLINICAL_ADVISORY_DB)
  --tls-certificate FILE  default: docker/ssl/tls.crt where it is there, otherwise TLS_CERT of the container
  --tls-key FILE          default: docker/ssl/tls.key where it is there, otherwise TLS_KEY of the container
  --tls-address HOST:PORT where TLS is spoken, to try which versions are
  --list                  print the checks as a table in Markdown, and end
  --help                  print this, and end

Exit status: 0 nothing failed, 1 something of severity low or medium, 2 high, 3 critical, 64 wrong use, 70 the scan did
not come to its end.

Example:
  docker/security/security-scan.sh clinical-notes-summarizer:latest clinical-notes-api
  docker/security/security-scan.sh --only IMG,FIL,SEC --report-dir . clinical-notes-summarizer:latest
HELP
}

wrong_use() {
  finished=yes
  printf 'security-scan.sh: %s (--help tells how it is used)\n' "$1" >&2
  exit 64
}

# The checks and what came of them.

ids=()
declare -A severity holds remedy verdict
while IFS=$'\t' read -r id of what how; do
  case $id in '' | '#'*) continue ;; esac
  ids+=("$id")
  severity[$id]=$of holds[$id]=$what remedy[$id]=$how
done <"$here/checks.tsv"

list() {
  printf '| check | severity | what must hold | where it does not |\n|---|---|---|---|\n'
  for id in "${ids[@]}"; do
    printf '| %s | %s | %s | %s |\n' "$id" "${severity[$id]}" "${holds[$id]}" "${remedy[$id]}"
  done
}

say() { printf '%s\n' "$1" | tee -a "$report"; }

# Whether --only asks for a check, or for any check of a group.
wanted() {
  local one
  [ -n "$only" ] || return 0
  for one in ${only//,/ }; do
    case $1 in "$one" | "$one"-*) return 0 ;; esac
    case $one in "$1"-*) return 0 ;; esac
  done
  return 1
}

# record ID VERDICT WHAT: WHAT is a place, a name or a number that was seen, never the content of anything.
record() {
  wanted "$1" || return 0
  [ -z "${verdict[$1]:-}" ] || { say "$1 has two answers"; exit 70; }
  verdict[$1]=$2
  local seen
  seen=$(printf '%s' "$3" | tr -d '\000-\037\177' | cut -c 1-400)
  say "$(printf '%-8s %-7s %-9s %s' "$2" "$1" "${severity[$1]}" "${holds[$1]}${seen:+: $seen}")"
  if [ "$2" = FAIL ]; then say "$(printf '%27sdo: %s' '' "${remedy[$1]}")"; fi
}
pass() { record "$1" pass "${2:-}"; }
fail() { record "$1" FAIL "${2:-}"; }
skip() { record "$1" 'not run' "$2"; }

# skip_rest PREFIX WHY: all checks of a group that have no answer yet.
skip_rest() {
  local id
  for id in "${ids[@]}"; do
    case $id in "$1"*) [ -n "${verdict[$id]:-}" ] || skip "$id" "$2" ;; esac
  done
}

# pass_if ID WHAT COMMAND…: passes where the command says yes.
pass_if() {
  local id=$1 what=$2
  shift 2
  if "$@"; then pass "$id" "$what"; else fail "$id" "$what"; fi
}

# none ID LIST [WHAT]: passes where the list (one thing a line) is empty, otherwise names its first five.
none() {
  local count
  if [ -z "$2" ]; then
    pass "$1" "${3:-}"
  else
    count=$(printf '%s\n' "$2" | wc -l)
    fail "$1" "$(printf '%s\n' "$2" | sed -n 1,5p | paste -sd, | sed 's/,/, /g')$([ "$count" -le 5 ] || echo " and $((count - 5)) more")"
  fi
}

# shellcheck disable=SC2329 # pass_if calls it
matches() { [[ $1 =~ $2 ]]; }
have() { command -v "$1" >/dev/null 2>&1; }

# data FILE COLUMN1 COLUMN: the values of a column of a file of data in the rows that begin with COLUMN1.
data() { awk -F'\t' -v first="$2" -v column="$3" '$1 == first { print $column }' "$here/$1"; }

# looks_secret NAME VALUE: says what a variable seems to be, and nothing where it is none. A path or the name of a file
# that holds the secret is what we want to see.
looks_secret() {
  local kind pattern
  [ -n "$2" ] || return 0
  case $1 in *_FILE) return 0 ;; esac
  # Capitals are what Base64 has and our paths have not.
  if [[ $2 =~ ^(/[a-z0-9._-]+)+$ ]]; then return 0; fi
  while IFS=$'\t' read -r where kind pattern; do
    case $where in
      variable) if [[ $1 =~ $pattern ]]; then echo "$kind"; return 0; fi ;;
      value | content) if [[ $2 =~ $pattern ]]; then echo "$kind"; return 0; fi ;;
    esac
  done <"$here/secrets.tsv"
}

# Reads NAME=value lines and prints the names of those that look like secrets, with the kind.
secret_variables() {
  local name value kind
  while IFS='=' read -r name value; do
    kind=$(looks_secret "$name" "$value")
    [ -z "$kind" ] || printf '%s (%s)\n' "$name" "$kind"
  done
}

# The Dockerfile.

dockerfile() {
  local out
  if [ ! -r "$dockerfile" ]; then skip DKF-01 "no Dockerfile at $dockerfile"; return; fi
  if ! have hadolint; then skip DKF-01 'tool missing: hadolint'; return; fi
  if out=$(hadolint --no-color --config "$here/hadolint.yaml" - <"$dockerfile" 2>"$work/hadolint"); then
    pass DKF-01
  elif [ -n "$out" ]; then
    none DKF-01 "$(printf '%s\n' "$out" | sed -nE 's/^[^:]*:([0-9]+) ([A-Z]+[0-9]+) .*/line \1 \2/p; /^[^:]*:[0-9]+ [A-Z]+[0-9]+ /!s/.*/hadolint could not read it/p')"
  else
    skip DKF-01 'hadolint ended with an error'
  fi
}

# The image's configuration.

of_image() { docker image inspect --format "$1" "$image"; }

image_configuration() {
  local user health entry size missing name
  if [ -z "$image_id" ]; then skip_rest IMG "$no_image"; return; fi

  user=$(of_image '{{.Config.User}}')
  pass_if IMG-01 "USER is ${user:-root}" matches "$user" '^1001(:1001)?$'

  health=$(of_image '{{if .Config.Healthcheck}}{{json .Config.Healthcheck.Test}}{{end}}')
  case $health in
    '["CMD",'*) pass IMG-02 ;;
    '["CMD-SHELL",'*) fail IMG-02 'it is run by a shell' ;;
    *) fail IMG-02 'there is none' ;;
  esac

  entry=$(of_image '{{json .Config.Entrypoint}}')
  pass_if IMG-03 "ENTRYPOINT is $(printf '%s' "$entry" | cut -c 1-60)" matches "$entry" '^\["(/usr/local/bin/)?clinical-notes"'

  of_image '{{range .Config.Env}}{{println .}}{{end}}' >"$work/image.env"
  none IMG-04 "$(secret_variables <"$work/image.env")"

  missing=''
  for name in title version revision created licenses; do
    [ -n "$(of_image "{{with .Config.Labels}}{{index . \"org.opencontainers.image.$name\"}}{{end}}")" ] || missing+="$name "
  done
  none IMG-05 "${missing:+no ${missing% }}"

  none IMG-06 "$(of_image '{{range $port, $_ := .Config.ExposedPorts}}{{println $port}}{{end}}' | grep -vx '8000/tcp' | grep . || true)"

  size=$(of_image '{{.Size}}')
  pass_if IMG-07 "$((size / 1000000)) MB" [ "$size" -lt 40000000 ]

  docker history --no-trunc --format '{{.CreatedBy}}' "$image" >"$work/history"
  none IMG-08 "$(grep -nE 'ADD [^#]*((https?|ftp|git|ssh)://|git@)' "$work/history" | sed 's/:.*//; s/^/step /; s/$/ from the end/' || true)"

  missing=''
  for name in CLINICAL_ENVIRONMENT=production CLINICAL_ENABLE_PHI_PROTECTION=true; do
    grep -qx "$name" "$work/image.env" || missing+="not $name"$'\n'
  done
  none IMG-09 "${missing%$'\n'}"
}

# The image's files.

# What the image holds when all layers are laid on each other: "mode owner path" a line in $work/files. The image has no
# shell to ask, so the engine gives it out from a container that is never started.
lay_out_files() {
  docker create --name "$made" --network none --entrypoint none "$image" none >/dev/null 2>"$work/error" &&
    docker export "$made" >"$work/files.tar" 2>>"$work/error" &&
    tar --numeric-owner --quoting-style=escape -tvf "$work/files.tar" >"$work/listing" 2>>"$work/error" || return 1
  awk '{
    mode = $1; owner = $2
    match($0, /^[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ /)
    path = substr($0, RLENGTH + 1)
    if (mode ~ /^l/) sub(/ -> .*/, "", path)
    if (mode ~ /^h/) sub(/ link to .*/, "", path)
    sub(/\/$/, "", path)
    print mode "\t" owner "\t" path
  }' "$work/listing" >"$work/files"
}

# programs KIND: files and links of the image that bear a name of programs.tsv.
programs() {
  awk -F'\t' -v names="$(data programs.tsv "$1" 2)" '
    BEGIN { count = split(names, list, /[ \n]+/); for (i = 1; i <= count; i++) bad[list[i]] = 1 }
    $1 ~ /^[-lh]/ { name = $3; sub(/.*\//, "", name); if ((name in bad) && ($1 ~ /^[lh]/ || $1 ~ /x/)) print $3 }' "$work/files"
}

image_files() {
  local found folder layer
  if [ -z "$image_id" ]; then skip_rest FIL "$no_image"; return; fi
  if [ ! -s "$work/files" ]; then skip_rest FIL 'the engine did not give the files out'; return; fi
  # A capability of a file is not in the list of files; in a layer it is an attribute with this name.
  found=$(
    awk -F'\t' '$1 ~ /^...[sS]/ || $1 ~ /^......[sS]/ { print $3 }' "$work/files"
    while IFS= read -r layer; do
      if grep -qaF SCHILY.xattr.security.capability "$layer"; then echo "a capability in layer $(layer_number "$layer")"; fi
    done <"$work/layers"
  )
  if [ -z "$found" ] && [ ! -s "$work/layers" ]; then skip FIL-01 'the layers could not be read'; else none FIL-01 "$found"; fi
  none FIL-02 "$(awk -F'\t' '$1 !~ /^l/ && $1 ~ /^........w/ { print $3 }' "$work/files")"
  none FIL-03 "$(awk -F'\t' '$2 != "0/0" && $3 !~ /^app\// { print $3 " of " $2 }' "$work/files")"
  none FIL-04 "$(
    for folder in logs logs/audit logs/security cache/models temp; do
      awk -F'\t' -v path="app/$folder" '
        $3 == path { seen = 1; if ($1 !~ /^drwx......$/ || $2 != "1001/1001") print path " is " $1 " of " $2; else if ($1 !~ /---$/) print path " is open to all" }
        END { if (!seen) print path " is not there" }' "$work/files"
    done
  )"
  none FIL-05 "$(programs shell)"
  none FIL-06 "$(programs tool)"
  none FIL-07 "$(programs many)"
}

# Secrets in layers.

# The layers, unpacked one beside the other, their files named in $work/layers in the order in which they were laid.
lay_out_layers() {
  local layer
  mkdir "$work/saved"
  docker save "$image" 2>"$work/error" | tar -C "$work/saved" -xf - 2>>"$work/error" || return 1
  sed -n 's/.*"Layers":\[\([^]]*\)\].*/\1/p' "$work/saved/manifest.json" | tr -d '"' | tr ',' '\n' | while IFS= read -r layer; do
    [ -z "$layer" ] || printf '%s\n' "$work/saved/$layer"
  done >"$work/layers"
  [ -s "$work/layers" ] || return 1
  while IFS= read -r layer; do
    # Some engines keep layers compressed.
    if gzip -t "$layer" 2>/dev/null; then gzip -dc <"$layer" >"$layer.plain" && mv "$layer.plain" "$layer"; fi
    # A layer that changes nothing is all zeros; any other is a plain archive now, or is not read at all.
    [ "$(head -c 262 "$layer" | tail -c 5 | tr -d '\0')" = ustar ] || [ "$(tr -d '\0' <"$layer" | wc -c)" = 0 ] || return 1
    tar -tf "$layer" >/dev/null 2>&1 || return 1
  done <"$work/layers"
}

layer_number() { grep -nxF "$1" "$work/layers" | sed 's/:.*//' | sed -n 1p; }

# The place of each file of a layer that holds what looks like a secret: "layer 2: path (kind)".
secrets_of_layer() {
  local number path where kind pattern seen
  number=$(layer_number "$1")
  # One look for all kinds, and a second one for the kind where there was something to see.
  PATTERNS="$work/patterns" tar -xf "$1" --to-command='grep -qazE -f "$PATTERNS" - && printf "%s\n" "$TAR_FILENAME"; true' 2>/dev/null |
    while IFS= read -r path; do
      tar -xOf "$1" -- "$path" >"$work/one" 2>/dev/null || true
      seen=secret
      while IFS=$'\t' read -r where kind pattern; do
        [ "$where" = content ] || continue
        if grep -qazE -e "$pattern" "$work/one"; then seen=$kind; break; fi
      done <"$here/secrets.tsv"
      printf 'layer %s: %s (%s)\n' "$number" "$path" "$seen"
    done || printf 'layer %s could not be read to its end\n' "$number"
  rm -f "$work/one"
}

layers() {
  local layer
  if [ -z "$image_id" ]; then skip_rest SEC "$no_image"; return; fi
  if [ -s "$work/layers" ]; then
    none SEC-01 "$(
      while IFS= read -r layer; do
        while IFS=$'\t' read -r where kind pattern; do
          [ "$where" = path ] || continue
          tar -tf "$layer" | { grep -E -e "$pattern" || true; } | sed "s|^|layer $(layer_number "$layer"): |; s|\$| ($kind)|"
        done <"$here/secrets.tsv"
      done <"$work/layers" | sort -u
    )" "$(wc -l <"$work/layers") layers"
    data secrets.tsv content 3 >"$work/patterns"
    none SEC-02 "$(while IFS= read -r layer; do secrets_of_layer "$layer"; done <"$work/layers")" "$(wc -l <"$work/layers") layers"
  else
    skip SEC-01 'the layers could not be read'
    skip SEC-02 'the layers could not be read'
  fi
  # Build arguments stand in the history as ARG NAME=value and as |1 NAME=value, what was run as it was typed.
  docker history --no-trunc --format '{{.CreatedBy}}' "$image" >"$work/history"
  none SEC-03 "$(
    tr -s '[:blank:]' '\n' <"$work/history" | sed -nE "s/^[\"']?([A-Za-z_][A-Za-z0-9_]*)=[\"']?(.*)/\1=\2/p" | { grep -v '=\$' || true; } | secret_variables | sort -u
    while IFS=$'\t' read -r where kind pattern; do
      [ "$where" = content ] || continue
      if grep -qE -e "$pattern" "$work/history"; then echo "$kind"; fi
    done <"$here/secrets.tsv"
  )"
}

# What is in the program, and what is known about it.

components() {
  local sbom=$work/sbom.cdx.json
  if [ -z "$image_id" ]; then skip_rest SBM "$no_image"; return; fi
  if [ ! -s "$work/files" ]; then skip_rest SBM 'the engine did not give the files out'; return; fi
  if ! tar -xOf "$work/files.tar" usr/share/doc/clinical-notes/sbom.cdx.json >"$sbom" 2>/dev/null; then
    fail SBM-01 'no /usr/share/doc/clinical-notes/sbom.cdx.json'
    skip SBM-02 'there is no list to hold against a database'
    return
  fi
  if ! have jq; then
    skip SBM-01 'tool missing: jq'
  elif jq -e '.bomFormat == "CycloneDX" and (.specVersion | type == "string") and (.components | length > 0)
      and all(.components[]; has("name") and has("version"))' "$sbom" >/dev/null 2>&1; then
    pass SBM-01 "$(jq -r '"CycloneDX \(.specVersion), \(.components | length) components"' "$sbom")"
  else
    fail SBM-01 'it is not CycloneDX with the name and version of each component'
  fi
  advisories "$sbom"
}

# The first tool that has a database on this machine answers; none is let out to fetch one.
advisories() {
  local why='' found
  if have trivy; then
    local status=0
    trivy sbom --quiet --skip-db-update --skip-java-db-update --offline-scan --exit-code 10 "$1" >"$work/advisories" 2>/dev/null || status=$?
    case $status in
      0) pass SBM-02 trivy; return ;;
      10) fail SBM-02 "$(grep -oE '(CVE|RUSTSEC|GHSA)-[A-Za-z0-9-]+' "$work/advisories" | sort -u | sed -n 1,5p | paste -sd' ' || true)"; return ;;
      *) why+='trivy has no database; ' ;;
    esac
  fi
  if have grype && have jq; then
    if GRYPE_DB_AUTO_UPDATE=false GRYPE_DB_VALIDATE_AGE=false GRYPE_CHECK_FOR_APP_UPDATE=false grype -q -o json "sbom:$1" >"$work/advisories" 2>/dev/null &&
      found=$(jq -er '[.matches[].vulnerability.id] | unique | join("\n")' "$work/advisories" 2>/dev/null); then
      none SBM-02 "$found" grype
      return
    fi
    why+='grype has no database; '
  fi
  if have cargo-deny && have jq && [ -n "$advisory_db" ]; then
    if cargo_deny "$1"; then return; fi
    why+='cargo-deny could not use this database, or the image was built from another Cargo.lock; '
  fi
  why=${why%; }
  skip SBM-02 "${why:-tool or database missing: trivy, grype, or cargo-deny with --advisory-db}"
}

# cargo-deny looks for its database, a git repository, under the name that it gives the public one, and reads Cargo.lock. So
# that the answer is one about the image, every crate of the program must stand in this Cargo.lock. What is no crate of the
# program (the C library, the authorities, the tools) it cannot judge, and that is said.
cargo_deny() {
  local parts others
  local is_crate='.type == "library" and ((.purl // "") | startswith("pkg:deb/") | not)'
  parts=$(jq -r ".components[] | select($is_crate) | \"\(.name) \(.version)\"" "$1" 2>/dev/null | sort -u) || return 1
  others=$(jq -r ".components[] | select($is_crate | not) | .name" "$1" 2>/dev/null | sort -u | paste -sd' ') || return 1
  awk -F'"' '/^name = / { name = $2 } /^version = / { print name, $2 }' "$root/Cargo.lock" 2>/dev/null | sort -u >"$work/locked"
  [ -n "$parts" ] && [ -z "$(printf '%s\n' "$parts" | comm -23 - "$work/locked")" ] || return 1
  mkdir -p "$work/advisory-dbs"
  ln -s "$(cd "$advisory_db" && pwd)" "$work/advisory-dbs/advisory-db-3157b0e258782691"
  printf '[advisories]\ndb-path = "%s"\n' "$work/advisory-dbs" >"$work/deny.toml"
  cargo-deny --format json --log-level error --offline --locked --manifest-path "$root/Cargo.toml" --config "$work/deny.toml" \
    check advisories >"$work/advisories" 2>&1 || true
  # The answer is the summary of the check; without one there was none.
  grep -q '"type":"summary"' "$work/advisories" || return 1
  none SBM-02 "$(grep -oE '"id":"[A-Z]+-[0-9]+-[0-9]+"' "$work/advisories" | cut -d'"' -f4 | sort -u || true)" \
    "cargo-deny, with a database of $(git -C "$advisory_db" log -1 --format=%cs 2>/dev/null || echo 'an unknown day')${others:+; not judged: $others}"
}

# The running container.

of_container() { docker container inspect --format "$1" "$container"; }
inside() { timeout 30 docker exec "$container" "$@" 2>/dev/null; }

# look_inside: what the kernel says of the service, once for all checks. Empty files where it cannot be asked.
look_inside() {
  local pid=1
  # Where it shares the processes of others, its own is not the first.
  case $(of_container '{{.HostConfig.PidMode}}') in
    host) pid=$(of_container '{{.State.Pid}}') ;;
    container:*) pid=none ;;
  esac
  inside cat "/proc/$pid/status" >"$work/status" || true
  inside cat "/proc/$pid/limits" >"$work/limits" || true
  # A process that is not dumpable keeps its list of mounts to itself; docker exec starts in the same ones.
  inside cat /proc/self/mountinfo >"$work/mounts" || true
  inside clinical-notes config >"$work/config" || true
}

# setting NAME: what holds in the container, as its own program says.
setting() { sed -n "s/^$1=//p" "$work/config" | sed -E 's/ # [^#]*$//'; }

# kernel FIELD: a field of /proc/1/status.
kernel() { awk -v field="$1:" '$1 == field { $1 = ""; sub(/^ /, ""); print }' "$work/status"; }

# limit ID CONFIGURED KERNEL: both must be there, and the kernel's not higher. KERNEL is the first of the files of the two
# kinds of control groups that can be read.
limit() {
  local applied='' file
  if [ "$2" -le 0 ]; then fail "$1" 'no limit is set'; return; fi
  for file in ${3//,/ }; do
    applied=$(inside cat "/sys/fs/cgroup/$file" | awk '{ print $1 }') && [ -n "$applied" ] && break
  done
  case $applied in
    '') skip "$1" "set to $2; the kernel's value could not be read" ;;
    *[!0-9]*) fail "$1" "set to $2, the kernel says $applied" ;;
    *) pass_if "$1" "set to $2, the kernel says $applied" [ "$applied" -le "$2" ] ;;
  esac
}

container_state() {
  local state user field bad options
  state=$(of_container '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}without-check{{end}}')
  case $state in
    'running healthy') pass CNT-01 ;;
    'running starting') skip CNT-01 'it has just started; its first check is still to come' ;;
    *) fail CNT-01 "$state" ;;
  esac
  pass_if CNT-02 '' [ "$(of_container '{{.Image}}')" = "$image_id" ]

  user=$(of_container '{{.Config.User}}')
  if [ -s "$work/status" ]; then
    pass_if CNT-03 "set to ${user:-root}, the kernel says $(kernel Uid | awk '{ print $1 ":" }')$(kernel Gid | awk '{ print $1 }')" \
      [ "$(kernel Uid) $(kernel Gid)" = "$(printf '1001\t1001\t1001\t1001 1001\t1001\t1001\t1001' | tr '\t' ' ')" ]
  elif [[ $user =~ ^1001(:1001)?$ ]]; then
    skip CNT-03 'set to 1001; the kernel could not be asked'
  else
    fail CNT-03 "set to ${user:-root}"
  fi

  pass_if CNT-04 '' [ "$(of_container '{{.HostConfig.Privileged}}')" = false ]

  if [ -s "$work/status" ]; then
    bad=''
    for field in CapInh CapPrm CapEff CapBnd CapAmb; do
      [[ $(kernel $field) =~ ^0+$ ]] || bad+="$field $(kernel $field)"$'\n'
    done
    none CNT-05 "${bad%$'\n'}"
    pass_if CNT-06 "" [ "$(kernel NoNewPrivs)" = 1 ]
    pass_if CNT-07 "the kernel says $(kernel Seccomp)" [ "$(kernel Seccomp)" = 2 ]
  else
    skip CNT-05 "$no_kernel"
    skip CNT-06 "$no_kernel"
    skip CNT-07 "$no_kernel"
  fi

  options=$(of_container '{{println "apparmor" .AppArmorProfile}}{{range .HostConfig.SecurityOpt}}{{println .}}{{end}}')
  case $(docker info --format '{{json .SecurityOptions}}' 2>/dev/null) in
    *name=apparmor*) pass_if CNT-08 AppArmor test -z "$(grep -E '^apparmor[ =:]unconfined' <<<"$options" || true)" ;;
    *name=selinux*) pass_if CNT-08 SELinux test -z "$(grep -E '^label[=:]disable' <<<"$options" || true)" ;;
    *) skip CNT-08 'the engine has neither' ;;
  esac

  if [ -s "$work/mounts" ]; then
    pass_if CNT-09 'as the kernel mounted it' awk '$5 == "/" { root = $6 } END { exit root !~ /(^|,)ro(,|$)/ }' "$work/mounts"
  else
    skip CNT-09 "$no_kernel"
  fi
}

container_limits() {
  local cpus
  limit CNT-10 "$(of_container '{{.HostConfig.Memory}}')" memory.max,memory/memory.limit_in_bytes
  # --cpus is kept as a billionth of a CPU, --cpu-quota as microseconds of a period.
  cpus=$(of_container '{{.HostConfig.NanoCpus}} {{.HostConfig.CpuQuota}} {{.HostConfig.CpuPeriod}}' | awk '{ if ($1 > 0) print $1 / 10000; else if ($2 > 0) print $2; else print 0 }')
  limit CNT-11 "$cpus" cpu.max,cpu/cpu.cfs_quota_us
  limit CNT-12 "$(of_container '{{with .HostConfig.PidsLimit}}{{.}}{{else}}0{{end}}')" pids.max,pids/pids.max
}

container_mounts() {
  local target writable bad open mode
  # Where the path of a socket or of the host's system is given, its kind is seen from the name: the engine may run on
  # another machine than this script.
  of_container '{{range .Mounts}}{{println .Type .RW .Source .Destination}}{{end}}' | grep . >"$work/container-mounts" || true
  none CNT-13 "$(awk '$1 == "bind" {
      source = $3
      if (source == "/") print source
      else if (source ~ /(docker|containerd|crio|podman)[^\/]*\.sock$/) print source
      else if (source ~ /^\/(etc|root|home|var|usr|bin|sbin|lib|lib64|boot|dev|proc|sys|run|opt|var\/run|var\/lib|var\/log|var\/lib\/(docker|containerd|kubelet)(\/.*)?)$/) print source
      else if (source ~ /^\/(etc|root|boot|dev|proc|sys)\//) print source
    }' "$work/container-mounts")"

  if [ -s "$work/mounts" ]; then
    # The kernel's own places and the three files that the engine writes are root's, and our user cannot write them.
    none CNT-14 "$(awk '$5 != "/" && $6 ~ /(^|,)rw(,|$)/ { print $5 }' "$work/mounts" |
      grep -vE '^/(proc|sys|dev)(/|$)|^/etc/(resolv\.conf|hostname|hosts)$|^/app/(logs|cache|temp)(/|$)' || true)"
  else
    skip CNT-14 "$no_kernel"
  fi

  bad='' open=0
  while read -r _ writable _ target; do
    case $target in
      *.crt) continue ;; # a certificate is public
      /run/secrets | /run/secrets/* | /var/run/secrets/* | *.key | *key.pem) ;;
      *) continue ;;
    esac
    open=1
    [ "$writable" = false ] || bad+="$target can be written"$'\n'
    mode=$(inside ls -lnLR "$target") || mode=''
    [ -n "$mode" ] || bad+="$target could not be looked at"$'\n'
    bad+=$(printf '%s\n' "$mode" | awk -v target="$target" '$1 ~ /^-/ && $1 !~ /^-r..(---|r--)---$/ { print target " is " $1 }')
    bad=${bad:+${bad%$'\n'}$'\n'}
  done <"$work/container-mounts"
  if [ "$running" = false ]; then
    skip CNT-15 "$no_kernel"
  elif [ "$open" = 0 ]; then
    skip CNT-15 'no secret is mounted'
  else
    none CNT-15 "${bad%$'\n'}"
  fi
}

container_rest() {
  local policy driver dump
  none CNT-16 "$(of_container '{{println "pid" .HostConfig.PidMode}}{{println "ipc" .HostConfig.IpcMode}}{{println "uts" .HostConfig.UTSMode}}{{println "user" .HostConfig.UsernsMode}}' |
    awk '$2 == "host" || $2 == "shareable" || $2 ~ /^container:/ { sub(/:.*/, "", $2); print $1 " is " $2 }')"
  policy=$(of_container '{{.HostConfig.RestartPolicy.Name}}')
  case $policy in '' | no) fail CNT-17 ;; *) pass CNT-17 "$policy" ;; esac

  driver=$(of_container '{{.HostConfig.LogConfig.Type}} {{with .HostConfig.LogConfig.Config}}{{index . "max-size"}} {{index . "max-file"}}{{end}}')
  case $driver in
    'json-file '[0-9]*' '[0-9]*) pass CNT-18 "$driver" ;;
    'json-file'*) fail CNT-18 'json-file without max-size and max-file' ;;
    *) pass CNT-18 "${driver%% *}" ;;
  esac

  # The program forbids it to itself; the engine's limit holds from the first instruction, and for what docker exec starts.
  dump=$(of_container '{{range .HostConfig.Ulimits}}{{if eq .Name "core"}}{{.Hard}}{{end}}{{end}}')
  if [ "$dump" != 0 ]; then
    fail CNT-19 'the container has no limit of 0'
  elif [ -s "$work/limits" ]; then
    pass_if CNT-19 '' grep -qE '^Max core file size +0 +0 ' "$work/limits"
  else
    skip CNT-19 "$no_kernel"
  fi
  none CNT-20 "$(of_container '{{range .HostConfig.Devices}}{{println .PathOnHost}}{{end}}{{range .HostConfig.DeviceCgroupRules}}{{println .}}{{end}}{{range .HostConfig.DeviceRequests}}{{println .Driver}}{{end}}' | grep . || true)"
}

container_network() {
  local mode ports
  if [ -z "$container_id" ]; then skip_rest NET "$no_container"; return; fi
  mode=$(of_container '{{.HostConfig.NetworkMode}}')
  case $mode in host | container:*) fail NET-01 "${mode%%:*}" ;; *) pass NET-01 ;; esac
  if [ "$mode" = host ]; then
    skip_rest NET 'with the network of the host nothing is published, and everything is'
    return
  fi
  if [ "$running" = true ]; then
    ports=$(of_container '{{range $port, $all := .NetworkSettings.Ports}}{{range $all}}{{println $port .HostIp}}{{end}}{{end}}')
  else
    ports=$(of_container '{{range $port, $all := .HostConfig.PortBindings}}{{range $all}}{{println $port .HostIp}}{{end}}{{end}}')
  fi
  if [ -n "$(setting TLS_CERT)" ]; then
    pass NET-02 'the service speaks TLS itself'
  else
    none NET-02 "$(printf '%s\n' "$ports" | awk 'NF && $2 !~ /^(127\.|::1$)/ { print $1 " on " ($2 == "" ? "every address" : $2) }' | sort -u)"
  fi
  case $mode in default | bridge) fail NET-03 ;; *) pass NET-03 "$mode" ;; esac
  none NET-04 "$(printf '%s\n' "$ports" | awk -v own="$(setting CLINICAL_PORT)" 'BEGIN { if (own == "") own = 8000 } NF && $1 != own "/tcp" { print $1 }' | sort -u)"
}

running_container() {
  if [ -z "$container_id" ]; then skip_rest CNT "$no_container"; return; fi
  container_state
  container_limits
  container_mounts
  container_rest
}

# Settings.

settings() {
  local id names how value name seen
  if [ -z "$container_id" ]; then skip_rest SET "$no_container"; return; fi
  of_container '{{range .Config.Env}}{{println .}}{{end}}' >"$work/container.env"
  none SET-10 "$(secret_variables <"$work/container.env")"
  if [ "$running" = false ]; then skip_rest SET "$no_kernel"; return; fi
  if [ ! -s "$work/config" ]; then
    fail SET-01 'clinical-notes config shows no settings'
    skip_rest SET 'the program does not take the settings, or there is no program'
    return
  fi
  pass SET-01
  while IFS=$'\t' read -r id names how value; do
    case $id in '' | '#'*) continue ;; esac
    seen=''
    for name in $names; do seen+=$(setting "$name"); done
    case $how in
      is) pass_if "$id" '' [ "$seen" = "$value" ] ;;
      set) pass_if "$id" '' [ -n "$seen" ] ;;
      names) case ,$seen, in ,, | *,\*,*) fail "$id" ;; *) pass "$id" ;; esac ;;
      no-star) case ,$seen, in *,\*,*) fail "$id" ;; *) pass "$id" ;; esac ;;
      *) skip "$id" "settings.tsv says $how, which is not known" ;;
    esac
  done <"$here/settings.tsv"
}

# Protection of patients.

# Asks the service itself: at the port that is published, or at the container's own address.
health() {
  local scheme=http address
  [ -z "$(setting TLS_CERT)" ] || scheme=https
  address=$(docker port "$container" 2>/dev/null | sed -nE "s,^$(setting CLINICAL_PORT)/tcp -> ,,p" | sed 's/^0\.0\.0\.0:/127.0.0.1:/; s/^\[::\]:/[::1]:/' | sed -n 1p)
  [ -n "$address" ] || address=$(of_container '{{range .NetworkSettings.Networks}}{{println .IPAddress}}{{end}}' | grep . | sed -n 1p | sed "s/\$/:$(setting CLINICAL_PORT)/" || true)
  [ -n "$address" ] || address=127.0.0.1:$(setting CLINICAL_PORT)
  # Nothing secret goes or comes, so the certificate is not held to a name here.
  curl --silent --insecure --max-time 10 --header 'Host: localhost' "$scheme://$address/api/v1/health"
}

# The lines of a log that are not made of the tables of docs/LOGGING.md, by number. Their text is not shown.
foreign_lines() {
  awk -v fields="$(table Fields)" -v events="$(table Events)" '
    BEGIN {
      count = split(fields, list, / /); for (i = 1; i <= count; i++) field[list[i]] = 1
      count = split(events, list, / /); for (i = 1; i <= count; i++) event[list[i]] = 1
    }
    function good(   i, at, name, value) {
      if ($1 !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9:.]+Z$/) return 0
      if ($2 !~ /^(ERROR|WARN|INFO|DEBUG|TRACE)$/) return 0
      if ($3 == "from") return NF == 4 && $4 ~ /^[a-z0-9_]+$/ && length($4) <= 32
      if ($3 != "-" && !($3 in event)) return 0
      for (i = 4; i <= NF; i++) {
        at = index($i, "=")
        if (at == 0) return 0
        name = substr($i, 1, at - 1); value = substr($i, at + 1)
        if (name == "dropped") { if (value !~ /^[0-9]+$/) return 0; continue }
        if (!(name in field)) return 0
        # A word, a number, or the pattern of a route: nothing that could be a sentence or a name with a blank in it.
        if (length(value) > 66 || value !~ /^("[a-zA-Z0-9_.\/{}*-]+"|[0-9a-f]+)$/) return 0
      }
      return 1
    }
    !good() { print "line " NR }'
}

# table HEADING: the names in the first column of a table of docs/LOGGING.md, in one line.
table() { awk -v heading="## $1" '$0 == heading { on = 1; next } /^## / { on = 0 } on && /^\| `/ { split($0, cell, "`"); printf "%s ", cell[2] }' "$root/docs/LOGGING.md" | sed 's/ $//'; }

protection() {
  local value answer folder
  if [ -z "$container_id" ]; then skip_rest PHI "$no_container"; return; fi
  # What a container that does not run was started with tells only whether it was switched off.
  value=$(of_container '{{range .Config.Env}}{{println .}}{{end}}' | sed -n 's/^CLINICAL_ENABLE_PHI_PROTECTION=//p')
  case ${value,,} in
    '' | true | yes | on | 1) ;;
    *) fail PHI-01 'it is switched off' ;;
  esac
  if [ "$running" = false ]; then skip_rest PHI "$no_kernel"; return; fi
  [ -n "${verdict[PHI-01]:-}" ] || pass_if PHI-01 'as the program says' [ "$(setting CLINICAL_ENABLE_PHI_PROTECTION)" = true ]
  if value=$(inside printenv CLINICAL_ENABLE_PHI_PROTECTION); then
    pass_if PHI-05 '' [ "$value" = true ]
  else
    fail PHI-05 'printenv in the container does not answer'
  fi

  if ! have curl; then
    skip PHI-02 'tool missing: curl'
  elif ! have jq; then
    skip PHI-02 'tool missing: jq'
  elif ! answer=$(health) || ! printf '%s' "$answer" | jq -e '.safety_checks | length > 0' >/dev/null 2>&1; then
    skip PHI-02 'the service did not answer from here'
  else
    none PHI-02 "$(printf '%s' "$answer" | jq -r '.safety_checks | to_entries[] | select(.value != true) | .key')" \
      "$(printf '%s' "$answer" | jq -r '.safety_checks | length') checks"
  fi

  folder=$(setting CLINICAL_LOG_DIR)
  if [ -z "$folder" ]; then
    skip_rest PHI 'the service writes no file'
  elif [ ! -r "$root/docs/LOGGING.md" ]; then
    skip_rest PHI 'docs/LOGGING.md is not here'
  elif ! inside cat "$folder/application.log" >"$work/log"; then
    skip_rest PHI 'application.log could not be read'
  else
    none PHI-03 "$(foreign_lines <"$work/log")" "$(wc -l <"$work/log") lines"
    none PHI-04 "$(grep -nE ' dropped=[0-9]+$' "$work/log" | sed 's/:.*//; s/^/line /' || true)"
  fi
  rm -f "$work/log"
}

# The audit log.

audit() {
  local folder sinks status=0 bad='' part mode
  if [ -z "$container_id" ]; then skip_rest AUD "$no_container"; return; fi
  if [ "$running" = false ]; then skip_rest AUD "$no_kernel"; return; fi
  if [ "$(setting CLINICAL_ENABLE_AUDIT_LOG)" = false ]; then skip_rest AUD 'there is no audit log'; return; fi
  folder=$(setting CLINICAL_LOG_DIR) sinks=$(setting CLINICAL_AUDIT_SINKS)
  case ",$sinks,${sinks:-file}," in *,file,*) ;; *) folder='' ;; esac
  if [ -z "$folder" ]; then skip_rest AUD 'the audit log goes to no file'; return; fi

  for part in audit security; do
    mode=$(inside ls -lnd "$folder/$part" | awk '{ print $1, $3, $4 }') || mode=''
    case $mode in
      'drwx------ 1001 1001' | 'drwxr-x--- 1001 1001') ;;
      *) bad+="$folder/$part is ${mode:-not there}"$'\n' ;;
    esac
  done
  none AUD-01 "${bad%$'\n'}"

  inside clinical-notes audit verify "$folder/audit" "$folder/security" >"$work/audit" || status=$?
  case $status in
    0) pass AUD-02 ;;
    1) fail AUD-02 "$(grep -c ': fault: ' "$work/audit" || true) faults" ;;
    2) fail AUD-02 'it could not be read' ;;
    *) skip AUD-02 "audit verify did not answer ($status)" ;;
  esac
}

# TLS.

# speaks VERSION: yes, no, or unknown where this machine's openssl cannot speak the version itself.
speaks() {
  local answer
  # Level 0 lets the client offer what it would not accept itself, so that it is the server who refuses.
  answer=$(timeout 15 openssl s_client -connect "$tls_address" "-$1" -cipher 'DEFAULT@SECLEVEL=0' </dev/null 2>&1) || true
  case $answer in
    *'unknown option'* | *'no protocols available'* | *'Unknown option'*) echo unknown ;;
    *'errno='* | *'Connection refused'* | *'Name or service not known'*)
      # A server may also just close what it does not want; then TLS 1.2 or 1.3 tells whether anybody is there.
      echo no ;;
    *'Cipher is (NONE)'*) echo no ;;
    *'Cipher is '*) echo yes ;;
    *) echo no ;;
  esac
}

tls_versions() {
  local version new='' old=''
  if [ -z "$tls_address" ]; then skip TLS-06 'no --tls-address'; return; fi
  for version in tls1_2 tls1_3; do [ "$(speaks $version)" = yes ] && new+="$version "; done
  if [ -z "$new" ] && [ "$(speaks tls1_1)" != yes ] && [ "$(speaks tls1)" != yes ]; then
    skip TLS-06 'nobody speaks TLS there'
    return
  fi
  for version in tls1 tls1_1; do
    case $(speaks $version) in
      yes) old+="$version "; ;;
      unknown) skip TLS-06 "this machine's openssl cannot speak $version"; return ;;
    esac
  done
  if [ -n "$new" ] && [ -z "$old" ]; then pass TLS-06 "${new% }"; else fail TLS-06 "spoken: ${new}${old% }"; fi
}

certificate() {
  local pem=$work/certificate text bits path id
  if [ -n "$tls_certificate" ]; then
    cat "$tls_certificate" >"$pem" 2>/dev/null || true
  elif [ "$running" = true ] && path=$(setting TLS_CERT) && [ -n "$path" ]; then
    inside cat "$path" >"$pem" || true
  else
    for id in TLS-01 TLS-02 TLS-03; do skip "$id" 'no certificate: none in docker/ssl, none named, and the container speaks no TLS'; done
    return
  fi
  if ! text=$(openssl x509 -in "$pem" -noout -text 2>/dev/null); then
    for id in TLS-01 TLS-02 TLS-03; do skip "$id" 'the certificate could not be read'; done
    return
  fi
  if ! openssl x509 -in "$pem" -noout -checkend 0 >/dev/null; then
    fail TLS-01 'it has run out'
  elif ! openssl x509 -in "$pem" -noout -checkend $((14 * 86400)) >/dev/null; then
    fail TLS-01 'it runs out within 14 days'
  elif [ "$(date -u -d "$(openssl x509 -in "$pem" -noout -startdate | cut -d= -f2)" +%s)" -gt "$(date -u +%s)" ]; then
    fail TLS-01 'it is not valid yet'
  else
    pass TLS-01 "until $(openssl x509 -in "$pem" -noout -enddate | cut -d= -f2)"
  fi
  bits=$(printf '%s\n' "$text" | sed -nE 's/.*Public-Key: \(([0-9]+) bit\).*/\1/p' | sed -n 1p)
  case $text in
    *'Public Key Algorithm: rsaEncryption'*) pass_if TLS-02 "RSA $bits" [ "${bits:-0}" -ge 2048 ] ;;
    *'Public Key Algorithm: id-ecPublicKey'*) pass_if TLS-02 "elliptic $bits" [ "${bits:-0}" -ge 256 ] ;;
    *'Public Key Algorithm: ED'*) pass TLS-02 'Ed25519 or Ed448' ;;
    *) fail TLS-02 'a key of another kind' ;;
  esac
  case $(printf '%s\n' "$text" | grep -m1 'Signature Algorithm:') in
    *[sS][hH][aA]1[!0-9]* | *[sS][hH][aA]1 | *-SHA1 | *[mM][dD]5*) fail TLS-03 ;;
    *) pass TLS-03 ;;
  esac
}

# Of a key in the container only the mode is looked at; the key itself never leaves it.
key() {
  local mode path certificate_key own_key
  if [ -n "$tls_key" ]; then
    mode=$(stat -L -c %A "$tls_key" 2>/dev/null) || mode=''
  elif [ "$running" = true ] && path=$(setting TLS_KEY) && [ -n "$path" ]; then
    mode=$(inside ls -lnL "$path" | awk '{ print $1 }') || mode=''
  else
    skip TLS-04 'no key: none in docker/ssl, none named, and the container speaks no TLS'
    skip TLS-05 'no key to look at'
    return
  fi
  case $mode in
    '') skip TLS-04 'the key could not be looked at' ;;
    ????[-r]-----) pass TLS-04 "$mode" ;;
    *) fail TLS-04 "$mode" ;;
  esac
  if [ -z "$tls_key" ] || [ ! -s "$work/certificate" ]; then
    skip TLS-05 'the key or its certificate is not on this side'
  elif ! own_key=$(openssl pkey -in "$tls_key" -passin pass: -pubout 2>/dev/null) ||
    ! certificate_key=$(openssl x509 -in "$work/certificate" -noout -pubkey 2>/dev/null); then
    skip TLS-05 'the key or its certificate could not be read'
  else
    pass_if TLS-05 '' [ "$own_key" = "$certificate_key" ]
  fi
}

tls() {
  if ! have openssl; then skip_rest TLS 'tool missing: openssl'; return; fi
  certificate
  key
  tls_versions
}

# The run.

report_dir=${CLINICAL_SCAN_REPORT_DIR:-/tmp}
advisory_db=${CLINICAL_ADVISORY_DB:-}
dockerfile=$root/Dockerfile
fail_on=low only='' tls_address='' tls_certificate='' tls_key=''
names=()
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --list) list; exit 0 ;;
    --report-dir | --fail-on | --only | --dockerfile | --advisory-db | --tls-certificate | --tls-key | --tls-address)
      [ $# -ge 2 ] && [ -n "$2" ] || wrong_use "$1 needs a value"
      case $1 in
        --report-dir) report_dir=$2 ;;
        --fail-on) fail_on=$2 ;;
        --only) only=$2 ;;
        --dockerfile) dockerfile=$2 ;;
        --advisory-db) advisory_db=$2 ;;
        --tls-certificate) tls_certificate=$2 ;;
        --tls-key) tls_key=$2 ;;
        --tls-address) tls_address=$2 ;;
      esac
      shift ;;
    -*) wrong_use 'an option that there is not' ;;
    *) names+=("$1") ;;
  esac
  shift
done
[ ${#names[@]} -le 2 ] || wrong_use 'an image and a container at most'
image=${names[0]:-clinical-notes-summarizer:latest}
container=${names[1]:-clinical-notes-api}
case $fail_on in low | medium | high | critical) ;; *) wrong_use '--fail-on takes low, medium, high or critical' ;; esac
for one in ${only//,/ }; do
  one=$(printf '%s' "$one" | tr -cd 'A-Z0-9-')
  # No pipe into "grep -q": it ends at its find, and what still writes to it dies of that (pipefail).
  case " ${ids[*]} " in
    *" ${one:--} "* | *" ${one:--}-"*) ;;
    *) wrong_use '--only names a check that there is not' ;;
  esac
done
[ -d "$report_dir" ] && [ -w "$report_dir" ] || wrong_use 'the folder of the report is none that can be written'
[ -n "$tls_certificate" ] || { [ -r "$root/docker/ssl/tls.crt" ] && tls_certificate=$root/docker/ssl/tls.crt; } || true
[ -n "$tls_key" ] || { [ -e "$root/docker/ssl/tls.key" ] && tls_key=$root/docker/ssl/tls.key; } || true
# The checkers of this repository (.ci/checkers), where they are there.
PATH=$PATH:${CHECKERS:-$root/target/checkers/bin}

work=$(mktemp -d)
made=clinical-scan-files-$$
report=/dev/null finished=''
# shellcheck disable=SC2329 # the trap calls it
tidy() {
  local ended=$?
  docker rm -f "$made" >/dev/null 2>&1 || true
  chmod -R u+rwX "$work" 2>/dev/null || true
  rm -rf --one-file-system "$work" || true
  [ -n "$finished" ] || { say "the scan did not come to its end ($ended): something was taken away meanwhile, or it is a fault of this script"; exit 70; }
}
trap tidy EXIT

# A new file, never one that somebody else put there to be written to.
time=$(date -u +%Y%m%dT%H%M%SZ)
report=$report_dir/clinical-security-assessment-$time.txt
number=1
until (set -o noclobber; : >"$report") 2>/dev/null; do
  number=$((number + 1))
  [ "$number" -lt 100 ] || wrong_use 'the report cannot be written'
  report=$report_dir/clinical-security-assessment-$time-$number.txt
done

image_id='' container_id='' running=false
no_kernel='the container does not run'
if ! have docker; then
  no_image='tool missing: docker' no_container='tool missing: docker'
elif ! docker version --format '{{.Server.Version}}' >/dev/null 2>&1; then
  no_image='the engine does not answer' no_container='the engine does not answer'
else
  image_id=$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null) || true
  container_id=$(docker container inspect --format '{{.Id}}' "$container" 2>/dev/null) || true
  no_image='no such image' no_container='no such container'
fi
: >"$work/layers"
: >"$work/config"
if [ -n "$image_id" ]; then
  if wanted FIL || wanted SBM; then lay_out_files || true; fi
  if wanted FIL || wanted SEC; then lay_out_layers || : >"$work/layers"; fi
fi
if [ -n "$container_id" ] && { wanted CNT || wanted NET || wanted SET || wanted PHI || wanted AUD || wanted TLS; }; then
  [ "$(of_container '{{.State.Running}}{{.State.Restarting}}{{.State.Paused}}')" != truefalsefalse ] || running=true
  if [ "$running" = true ]; then
    look_inside
    no_kernel='the kernel could not be asked from inside of the container'
    [ -s "$work/status" ] || [ -s "$work/config" ] || running=false
  fi
fi

say "Security assessment, $time"
say "image      $image ${image_id:-($no_image)}"
say "container  $container ${container_id:-($no_container)}"
say ''
! wanted DKF || dockerfile
! wanted IMG || image_configuration
! wanted FIL || image_files
! wanted SEC || layers
! wanted SBM || components
! wanted CNT || running_container
! wanted NET || container_network
! wanted SET || settings
! wanted PHI || protection
! wanted AUD || audit
! wanted TLS || tls
for id in "${ids[@]}"; do skip_rest "$id" 'this check gave no answer: a fault of this script'; done

declare -A failed=([low]=0 [medium]=0 [high]=0 [critical]=0)
passed=0 not_run=0
for id in "${!verdict[@]}"; do
  case ${verdict[$id]} in
    pass) passed=$((passed + 1)) ;;
    FAIL) failed[${severity[$id]}]=$((failed[${severity[$id]}] + 1)) ;;
    *) not_run=$((not_run + 1)) ;;
  esac
done
say ''
say "passed $passed, failed $((failed[low] + failed[medium] + failed[high] + failed[critical])) (critical ${failed[critical]}, high ${failed[high]}, medium ${failed[medium]}, low ${failed[low]}), not run $not_run, left out $((${#ids[@]} - ${#verdict[@]}))"
say "report: $report"

status=0
for level in low:1 medium:1 high:2 critical:3; do
  [ "${level%:*}" != "$fail_on" ] || counts=yes
  if [ "${counts:-no}" = yes ] && [ "${failed[${level%:*}]}" -gt 0 ]; then status=${level#*:}; fi
done
finished=yes
exit "$status"
