//! Any bytes: each page is made or refused with a reason. A page that its own gate refuses is a fault, and so are
//! books that do not balance.
#![no_main]

use clinical_pipeline::{Error, Input, Label, Lexicon, Moment, Options, Page, Stop, summarize};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (Ok(lexicon), Some(now)) = (Lexicon::english(), Moment::parse("2026-06-01T12:00:00Z")) else { return };
    for page in [Page::Json, Page::Html, Page::Text, Page::Markdown] {
        let options = Options { now, page, large_print: false, narrated: None, stop: Stop::never() };
        match summarize(&Input::new(bytes, Label::Unknown), &options, lexicon) {
            Ok(outcome) => {
                let c = outcome.counts;
                assert_eq!(c.entries, c.shown + c.held_back + c.unreadable);
            }
            Err(Error::Gate { code }) => panic!("the gate refused a {page:?} page: {code}"),
            Err(_) => {}
        }
    }
});
