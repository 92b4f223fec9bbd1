//! Any bytes: a copy without identity or a refusal. Removing twice is removing once, and the report lies in the input.
#![no_main]

use clinical_pipeline::{DeidentifyOptions, Input, Label, Policy, deidentify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for policy in [Policy::SafeHarbor, Policy::Mask, Policy::KeepDates] {
        let options = DeidentifyOptions::of(policy);
        let Ok(once) = deidentify(&Input::new(bytes, Label::Unknown), &options) else { continue };
        assert!(once.removed.iter().all(|one| one.bytes.0 <= one.bytes.1));
        let copy = once.bytes.expose();
        let twice = deidentify(&Input::new(copy, Label::Unknown), &options).expect("a copy can be read");
        assert!(twice.bytes.expose() == copy, "a second removal changed the copy");
    }
});
