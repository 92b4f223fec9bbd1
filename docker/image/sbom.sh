#!/bin/sh
# Writes the list of what is in the program as CycloneDX 1.5. Usage: sbom.sh FILE
set -eu
cargo cyclonedx --manifest-path crates/clinical-app/Cargo.toml --format json --spec-version 1.5 \
  --target "$(rustc --print host-tuple)" --override-filename sbom
install -m 0444 crates/clinical-app/sbom.json "$1"
