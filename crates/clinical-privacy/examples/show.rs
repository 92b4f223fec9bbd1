//! Shows what the finder takes for identifiers: text on standard input, each find as `⟦KIND reason: …⟧` on standard
//! output. For a person who writes rules; the text is meant to be seen.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for a person at a terminal")]

use std::io::Read;

use clinical_model::Stop;
use clinical_privacy::{Known, find};

fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let mut at = 0;
    for one in find(&text, &Known::new(), Stop::never()).unwrap() {
        print!("{}⟦{} {}: {}⟧", &text[at..one.start], one.kind, one.reason.as_str(), &text[one.start..one.end]);
        at = one.end;
    }
    println!("{}", &text[at..]);
}
