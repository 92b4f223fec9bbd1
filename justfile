# Everything CI does.
check:
    bash .ci/run

# Serve on http://127.0.0.1:8000 with samples to try.
serve:
    cargo run --release

# Accept the machine-written parts of the cases after reading the difference.
accept-cases:
    CASES=accept cargo test -p clinical-pipeline --test cases
    git diff --stat cases

# Speed and memory against serde_json, over a folder of bundles.
speed folder="../shared/data/fhir/synthea":
    cargo run --release -p clinical-pipeline --example speed -- {{folder}}

# How well identifiers are found, on labelled notes made from a folder of plain ones; `test` is not for looking at.
identifiers part="dev" notes="../shared/data/notes/aci-bench":
    mkdir -p target/labelled
    cargo run --release -q -p clinical-privacy --example labelled_notes -- {{notes}} --part {{part}} > target/labelled/{{part}}.jsonl
    cargo run --release -q -p clinical-privacy --example score -- target/labelled/{{part}}.jsonl
