//! Identifiers that stand nowhere but where they were planted.

use std::cell::RefCell;

/// Every word begins so: a cut-off word is found by it, too. No sentence, path, id or digest of ours holds it.
const MARK: &str = "Zqxv";

/// Makes identifiers from a seed and knows all that it made.
pub(crate) struct Canaries(RefCell<State>);

struct State {
    seed: u64,
    made: Vec<String>,
}

impl Canaries {
    pub(crate) fn new(seed: u64) -> Self {
        Self(RefCell::new(State { seed, made: Vec::new() }))
    }

    fn draw(&self, below: u64) -> u64 {
        let mut state = self.0.borrow_mut();
        state.seed = state.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state.seed >> 33) % below
    }

    fn keep(&self, made: String) -> String {
        self.0.borrow_mut().made.push(made.clone());
        made
    }

    /// A name, a place, a number of a plan, a secret: letters and digits.
    pub(crate) fn word(&self) -> String {
        let letters = b"abcdefghijklmnopqrstuvwxyz0123456789";
        let tail: String = (0..8).map(|_| char::from(letters[self.draw(36) as usize])).collect();
        self.keep(format!("{MARK}{tail}"))
    }

    /// A name of a person or a place as they are: letters.
    pub(crate) fn name(&self) -> String {
        let tail: String = (0..8).map(|_| char::from(b'a' + self.draw(26) as u8)).collect();
        self.keep(format!("{MARK}{tail}"))
    }

    /// A date of a century of which nothing of ours speaks.
    pub(crate) fn date(&self) -> String {
        self.keep(format!("18{:02}-{:02}-{:02}", 10 + self.draw(80), 1 + self.draw(12), 1 + self.draw(28)))
    }

    /// A telephone number.
    pub(crate) fn phone(&self) -> String {
        self.keep(format!("({}) 555-01{:02}", 200 + self.draw(700), self.draw(100)))
    }

    /// A social security number of a range that is never given out.
    pub(crate) fn ssn(&self) -> String {
        self.keep(format!("9{:02}-{:02}-{:04}", self.draw(100), 10 + self.draw(80), 1000 + self.draw(9000)))
    }

    /// What of these identifiers stands in a text, however it is written: the text itself, in other case, cut off after
    /// its first letters, or as the numbers of its bytes.
    pub(crate) fn found_in(&self, text: &str) -> Option<String> {
        let lower = text.to_lowercase();
        let state = self.0.borrow();
        if let Some(found) = state.made.iter().find(|made| lower.contains(&made.to_lowercase())) {
            return Some(found.clone());
        }
        let as_bytes: Vec<String> = MARK.bytes().map(|byte| byte.to_string()).collect();
        let cut = lower.contains(&MARK.to_lowercase()) || text.contains(&as_bytes.join(", "));
        cut.then(|| "a part of one".to_owned())
    }
}

#[test]
fn what_was_planted_is_found() {
    let canaries = Canaries::new(1);
    let planted = [canaries.word(), canaries.name(), canaries.date(), canaries.phone(), canaries.ssn()];
    for text in &planted {
        assert_eq!(canaries.found_in(&format!("x{}x", text.to_uppercase())).as_ref(), Some(text));
    }
    assert!(canaries.found_in(&planted[0][..6]).is_some());
    assert!(canaries.found_in(&format!("{:?}", planted[0].as_bytes())).is_some());
    assert_eq!(canaries.found_in("2026-01-01T00:00:00Z INFO request status=200"), None);
}
