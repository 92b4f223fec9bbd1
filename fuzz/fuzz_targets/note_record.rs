//! Any text: a note is read, every sentence has its place in it, and every fact is a piece of it.
#![no_main]

use clinical_intake::note;
use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(lexicon) = Lexicon::english() else { return };
    let Ok((record, findings)) = note::read(text, lexicon, Stop::never()) else { return };
    for source in record.entries.iter().map(|e| e.source).chain(findings.iter().map(|f| f.at)) {
        assert!(text.get(source.start()..source.end()).is_some(), "a place that is no piece of the text");
    }
    for sentence in &record.sentences {
        let source = sentence.text.source();
        assert_eq!(text.get(source.start()..source.end()), Some(sentence.text.text()));
    }
    for medicine in &record.medications {
        for name in medicine.medicine.wordings() {
            let source = name.source();
            assert_eq!(text.get(source.start()..source.end()), Some(name.text()));
        }
    }
});
