//! A record and a summary, cut from the same bytes: no panic; and a summary as it was made has no fault.
#![no_main]

use clinical_pipeline::{Input, Label, Lexicon, Moment, Options, Page, Stop, summarize, verify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (Ok(lexicon), Some(now)) = (Lexicon::english(), Moment::parse("2026-06-01T12:00:00Z")) else { return };
    let cut = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    let (source, summary) = bytes.split_at(cut);
    let input = Input::new(source, Label::Unknown);
    let _ = verify(&input, summary.get(1..).unwrap_or_default(), lexicon, Stop::never());
    let options = Options { now, page: Page::Json, large_print: false, narrated: None, stop: Stop::never() };
    if let Ok(outcome) = summarize(&input, &options, lexicon) {
        let verified = verify(&input, outcome.page.expose().as_bytes(), lexicon, Stop::never());
        assert_eq!(verified.map(|v| v.faults), Ok(Vec::new()));
    }
});
