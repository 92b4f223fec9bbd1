#!/bin/sh
# Copies what decides the dependencies (manifests, lock file, toolchain) and puts an empty program in the place of each
# source that a manifest can name, so that dependencies are compiled, and cached, without our sources.
# Usage: outline.sh SOURCES OUTLINE
set -eu
cd "$1"
find . -name Cargo.toml -o -name build.rs -o -path '*/src/lib.rs' -o -path '*/src/main.rs' -o -path '*/benches/*.rs' -o -path '*/examples/*.rs' |
  sort | while read -r file; do
    mkdir -p "$2/$(dirname "$file")"
    case "$file" in
      *.toml) cp "$file" "$2/$file" ;;
      *) echo 'fn main() {}' >"$2/$file" ;;
    esac
  done
cp Cargo.lock rust-toolchain.toml "$2/"
mkdir -p "$2/docker/image"
cp docker/image/compile.sh "$2/docker/image/"
# Times are part of a layer; the same outline is the same layer.
find "$2" -exec touch -h -d @0 {} +
