#!/bin/sh
# Compiles the program as it stands in the image: static, for the machine it is built on, with the list of its
# dependencies inside (cargo-auditable).
set -eu
cargo auditable build --release --locked --package clinical-app --bin clinical-notes --target "$(rustc --print host-tuple)"
