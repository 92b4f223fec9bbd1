//! The whole job on the samples, page by page: `cargo bench -p clinical-pipeline`.
//! The figures that the project promises come from `examples/speed.rs`; this one is for comparing two edits.
#![allow(missing_docs, clippy::disallowed_methods, reason = "criterion's macros; a benchmark reads files")]

use clinical_pipeline::{Input, Label, Lexicon, Moment, Options, Page, Stop, summarize};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn pages(c: &mut Criterion) {
    let (Ok(lexicon), Some(now)) = (Lexicon::english(), Moment::parse("2026-06-01T12:00:00Z")) else { return };
    for name in ["visit", "discharge", "diabetes"] {
        let file = format!("{}/../../samples/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let Ok(bytes) = std::fs::read(file) else { continue };
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function("serde_json::Value", |b| {
            b.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(&bytes)));
        });
        for page in [Page::Json, Page::Html, Page::Text, Page::Markdown] {
            let options = Options { now, page, large_print: false, narrated: None, stop: Stop::never() };
            group.bench_function(format!("{page:?}"), |b| {
                b.iter(|| summarize(&Input::new(black_box(&bytes), Label::Json), &options, lexicon));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, pages);
criterion_main!(benches);
