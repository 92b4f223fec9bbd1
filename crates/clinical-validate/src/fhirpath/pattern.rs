//! Regular expressions in linear time.
//!
//! The invariants use five of them: classes, groups, counted repetition, anchors. A general engine would be the
//! largest dependency of this crate, so here is a small one (Thompson's: all ways through the pattern at once).

use super::pattern_text::read;

/// A regular expression, compiled.
#[derive(Debug)]
pub(super) struct Pattern {
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    /// One character of these.
    One(Class),
    /// The start of the text.
    Start,
    /// Its end.
    End,
    /// Both are ways on; as many steps from here.
    Either(usize, usize),
    /// On from there.
    On(usize),
    /// Found.
    Found,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Class {
    pub(super) ranges: Vec<(char, char)>,
    pub(super) negative: bool,
}

impl Class {
    pub(super) fn of(c: char) -> Self {
        Self { ranges: vec![(c, c)], negative: false }
    }

    fn has(&self, c: char) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != self.negative
    }
}

/// More steps than any pattern of the definitions takes.
pub(super) const MOST: usize = 4096;

impl Pattern {
    /// `None` when it is of a kind that is not known here.
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut steps = read(text)?;
        steps.push(Step::Found);
        (steps.len() <= MOST).then_some(Self { steps })
    }

    /// Whether it is found anywhere.
    pub(super) fn finds(&self, text: &str) -> bool {
        let mut ways = Ways::new(self.steps.len());
        let mut characters = text.chars();
        let mut at_start = true;
        loop {
            let next = characters.next();
            ways.enter(0, &self.steps, at_start, next.is_none());
            if ways.found {
                return true;
            }
            let Some(c) = next else { return false };
            at_start = false;
            let is_end = characters.as_str().is_empty();
            ways.step(c, &self.steps, is_end);
        }
    }

    /// The text with each part that matches replaced; the longest from the left.
    pub(super) fn replace(&self, text: &str, with: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            match self.length(rest, rest.len() == text.len()).filter(|length| *length > 0) {
                Some(length) => {
                    out.push_str(with);
                    rest = rest.get(length..).unwrap_or_default();
                }
                None => {
                    out.push(first);
                    rest = rest.get(first.len_utf8()..).unwrap_or_default();
                }
            }
        }
        out
    }

    /// How many bytes match from here, the most.
    fn length(&self, text: &str, at_start: bool) -> Option<usize> {
        if let (Some(Step::One(class)), Some(first)) = (self.steps.first(), text.chars().next())
            && !class.has(first)
        {
            return None;
        }
        let mut ways = Ways::new(self.steps.len());
        ways.enter(0, &self.steps, at_start, text.is_empty());
        let mut longest = ways.found.then_some(0);
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            ways.step(c, &self.steps, end == text.len());
            if ways.found {
                longest = Some(end);
            } else if ways.now.is_empty() {
                break;
            }
        }
        longest
    }
}

/// The steps that wait for a character.
struct Ways {
    now: Vec<usize>,
    next: Vec<usize>,
    /// At which character each step was last entered.
    seen: Vec<usize>,
    round: usize,
    open: Vec<usize>,
    found: bool,
}

impl Ways {
    fn new(steps: usize) -> Self {
        Self { now: Vec::new(), next: Vec::new(), seen: vec![0; steps], round: 1, open: Vec::new(), found: false }
    }

    fn enter(&mut self, step: usize, steps: &[Step], at_start: bool, at_end: bool) {
        self.open.push(step);
        while let Some(at) = self.open.pop() {
            match self.seen.get_mut(at) {
                Some(seen) if *seen != self.round => *seen = self.round,
                _ => continue,
            }
            match steps.get(at) {
                Some(Step::One(_)) => self.now.push(at),
                Some(Step::Start) if at_start => self.open.push(at + 1),
                Some(Step::End) if at_end => self.open.push(at + 1),
                Some(Step::Either(one, other)) => self.open.extend([at + other, at + one]),
                Some(Step::On(by)) => self.open.push(at.wrapping_add(*by)),
                Some(Step::Found) => self.found = true,
                Some(Step::Start | Step::End) | None => {}
            }
        }
    }

    fn step(&mut self, c: char, steps: &[Step], at_end: bool) {
        self.round += 1;
        self.found = false;
        let mut before = std::mem::replace(&mut self.now, std::mem::take(&mut self.next));
        for at in before.drain(..) {
            if matches!(steps.get(at), Some(Step::One(class)) if class.has(c)) {
                self.enter(at + 1, steps, false, at_end);
            }
        }
        self.next = before;
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[track_caller]
    fn finds(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).unwrap().finds(text)
    }

    #[test]
    fn a_pattern_is_found_where_it_stands() {
        for (pattern, text, found) in [
            ("b", "abc", true),
            ("^b", "abc", false),
            ("c$", "abc", true),
            ("b$", "abc", false),
            ("^$", "", true),
            ("^[A-Z]([A-Za-z0-9_]){0,254}$", "Abc_1", true),
            ("^[A-Z]([A-Za-z0-9_]){0,254}$", "Abc-1", false),
            ("^(a|bc)+$", "abcabc", true),
            ("^(a|bc)+$", "abcb", false),
            ("^a{2,3}$", "a", false),
            ("^a{2,3}$", "aa", true),
            ("^a{2,3}$", "aaa", true),
            ("^a{2,3}$", "aaaa", false),
            ("^(a?){3}$", "aaaa", false),
            ("^(a*)*$", "aaaa", true),
            ("^(a*)*b$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
            ("^[^\\s,]$", "é", true),
            ("^[^\\s,]$", ",", false),
            ("^[a\\-_\\[\\]x-z]+$", "-[]_y", true),
            ("^[a-]+$", "-a", true),
            ("^.$", "\n", true),
            ("\\[x\\]$", "value[x]", true),
            ("(\\[x])?", "", true),
        ] {
            assert_eq!(finds(pattern, text), found, "{pattern} {text}");
        }
    }

    #[test]
    fn the_longest_match_is_replaced() {
        assert_eq!(Pattern::new("\\..*").unwrap().replace("a.b.c", ""), "a");
        assert_eq!(Pattern::new("b+").unwrap().replace("abbcb", "x"), "axcx");
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for pattern in ["(", "a)", "[a", "*", "a{2", "a{3,2}", "\\b", "(?:a)", "a{99999}"] {
            assert!(Pattern::new(pattern).is_none(), "{pattern}");
        }
    }

    #[test]
    fn a_long_name_takes_no_longer_for_each_character() {
        let name = "A".repeat(1_000_000);
        assert!(!finds("^[A-Z]([A-Za-z0-9_]){0,254}$", &name));
        assert!(!finds("^([a-z]*)*$", &name));
    }
}
