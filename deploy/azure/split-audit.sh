#!/usr/bin/env bash
# Sorts lines of the audit log that came through a collector back into logs, one file for each, in order, so that
# `clinical-notes audit verify` can read them.
#
#   deploy/azure/split-audit.sh FOLDER <LINES
#
# Each start of each instance begins a log of its own, and a collector mixes them, gives some twice, and puts other lines
# between them. Lines that belong to no log are counted and left out; nothing of a line is changed. FOLDER must be empty
# or not there yet.
set -euo pipefail
[ $# -eq 1 ] || { echo "split-audit.sh: one folder is needed" >&2; exit 64; }
folder=$1
mkdir -p "$folder"
[ -z "$(ls -A "$folder")" ] || { echo "split-audit.sh: $folder is not empty" >&2; exit 64; }
awk '
  # The chain is the last member of a line, so the last place that looks like it is it.
  { rest = $0; log_ = ""
    while (match(rest, /"url":"log","valueString":"[0-9a-f]+"},[{]"url":"sequence","valueDecimal":[0-9]+/)) {
      found = substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH)
      log_ = found; sub(/^"url":"log","valueString":"/, "", log_); sub(/".*/, "", log_)
      number = found; sub(/.*:/, "", number)
    }
    if (log_ == "") other++; else print log_ "\t" number "\t" $0 }
  END { if (other) printf "%d other lines left out\n", other >"/dev/stderr" }
' | LC_ALL=C sort -u | LC_ALL=C sort -s -t "$(printf '\t')" -k1,1 -k2,2n |
  awk -F '\t' -v folder="$folder" '
    { file = folder "/" $1 ".ndjson"; line = $0; sub(/^[^\t]*\t[^\t]*\t/, "", line)
      if (file != last) { if (last) close(last); last = file }
      print line >>file }'
for file in "$folder"/*.ndjson; do
  [ -e "$file" ] || { echo "split-audit.sh: there is no line of an audit log" >&2; exit 1; }
  printf '%s: %s lines\n' "$file" "$(wc -l <"$file")"
done
