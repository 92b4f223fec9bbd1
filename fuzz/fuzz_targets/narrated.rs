//! A note and what a model answered about it, parted by a zero byte: the page is made as without a model where it is
//! made without one, every sentence asked about is counted, and the gate refuses no page that the sheet alone passes.
#![no_main]

use clinical_pipeline::{
    Disclosure, Input, Label, Lexicon, Moment, Narrated, Options, Page, Phi, Stop, narration, summarize,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (Ok(lexicon), Some(now)) = (Lexicon::english(), Moment::parse("2026-06-01T12:00:00Z")) else { return };
    let mut parts = bytes.splitn(2, |b| *b == 0);
    let (note, reply) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let input = Input::new(note, Label::Text);
    let options = Options { now, page: Page::Html, large_print: false, narrated: None, stop: Stop::never() };
    let Ok(asked) = narration(&input, &options, lexicon) else { return };
    let reply = String::from_utf8_lossy(reply).into_owned();
    let replies: Vec<Option<Phi<String>>> = asked.asks.iter().map(|_| Some(Phi::new(reply.clone()))).collect();
    let disclosure = Disclosure { opening: None, reviewed: false, contact: None };
    let narrated = Narrated { replies: &replies, model: "fuzz", parameters: "", disclosure };
    for page in [Page::Html, Page::Json] {
        let (alone, told) = (Options { page, ..options }, Options { page, narrated: Some(narrated), ..options });
        let (alone, told) = (summarize(&input, &alone, lexicon), summarize(&input, &told, lexicon));
        assert_eq!(alone.is_ok(), told.is_ok());
        let Some(counts) = told.ok().and_then(|outcome| outcome.narrated) else { continue };
        let refused: usize = counts.refused.iter().map(|(_, n)| n).sum();
        assert_eq!(counts.asked, counts.kept + refused);
    }
});
