//! Directions by hazard.

use super::*;
use crate::note::words::tokens;
use clinical_model::{AmountOrRange, AsNeeded, Bounds, Concept, Quantity, Range};

fn read(text: &str) -> Read<'_> {
    let read = dosage(text, &tokens(text), Lexicon::english().unwrap()).unwrap();
    for fact in facts(&read) {
        assert_eq!(text.get(fact.source().start()..fact.source().end()), Some(fact.text()), "{text}");
    }
    read
}

fn facts<'r, 'a>(read: &'r Read<'a>) -> Vec<&'r Verbatim<'a>> {
    let mut out: Vec<&Verbatim<'a>> = read.supply.iter().collect();
    for d in &read.dosages {
        out.extend([&d.text, &d.sequence].into_iter().flatten());
    }
    out
}

fn amount(q: &Quantity<'_>) -> String {
    let unit = q.unit.as_ref().map(|u| format!(" {}", u.text())).unwrap_or_default();
    format!("{}{unit}", q.value.as_ref().map_or("-", |v| v.text()))
}

fn range(r: &Range<'_>) -> String {
    let end = |q: &Option<Quantity<'_>>| q.as_ref().map_or_else(|| "-".to_owned(), amount);
    format!("{}..{}", end(&r.low), end(&r.high))
}

fn named(c: &Concept<'_>) -> String {
    c.name().map_or("-", |n| n.text()).to_owned()
}

/// The parts of a reading, in one line: what the table of directions holds.
fn parts(read: &Read<'_>) -> String {
    if !read.understood {
        return "?".to_owned();
    }
    let mut steps = Vec::new();
    for d in &read.dosages {
        let mut out: Vec<String> = Vec::new();
        let mut add = |key: &str, value: String| out.push(format!("{key}={value}"));
        if let Some(s) = &d.sequence {
            add("seq", s.text().to_owned());
        }
        for dose in &d.doses {
            add(
                "dose",
                match dose {
                    AmountOrRange::Amount(q) => amount(q),
                    AmountOrRange::Range(r) => range(r),
                    AmountOrRange::Ratio(_) => "ratio".to_owned(),
                },
            );
        }
        for (key, concept) in [("route", &d.route), ("method", &d.method), ("site", &d.site)] {
            if let Some(c) = concept {
                add(key, named(c));
            }
        }
        if let Some(t) = &d.timing {
            let ends = |low: &Option<Verbatim<'_>>, high: &Option<Verbatim<'_>>| {
                let text = |v: &Option<Verbatim<'_>>| v.as_ref().map(|v| v.text().to_owned());
                text(low).map(|l| text(high).map_or(l.clone(), |h| format!("{l}..{h}")))
            };
            if let Some(f) = ends(&t.frequency, &t.frequency_max) {
                add("times", f);
            }
            let unit = t.period_unit.as_ref().map(|u| u.text().to_owned());
            match (ends(&t.period, &t.period_max), unit) {
                (Some(p), Some(u)) => add("per", format!("{p} {u}")),
                (None, Some(u)) => add("per", u),
                _ => {}
            }
            if let Some(c) = &t.code {
                add("code", named(c));
            }
            let list = |v: &[Verbatim<'_>]| v.iter().map(|v| v.text().to_owned()).collect::<Vec<_>>().join("+");
            if let Some(o) = &t.offset {
                add("minutes", o.text().to_owned());
            }
            if !t.when.is_empty() {
                add("when", list(&t.when));
            }
            if !t.day_of_week.is_empty() {
                add("days", list(&t.day_of_week));
            }
            if let Some(c) = &t.count {
                add("count", c.text().to_owned());
            }
            if let Some(v) = &t.duration {
                add("over", format!("{} {}", v.text(), t.duration_unit.as_ref().unwrap().text()));
            }
            match &t.bounds {
                Some(Bounds::Duration(q)) => add("for", amount(q)),
                Some(Bounds::Range(r)) => add("for", range(r)),
                Some(Bounds::Period(_)) => add("for", "period".to_owned()),
                None => {}
            }
        }
        match &d.as_needed {
            AsNeeded::Unstated | AsNeeded::No => {}
            AsNeeded::Yes => add("prn", "yes".to_owned()),
            AsNeeded::For(c) => add("prn", named(c)),
        }
        for m in &d.max_per_period {
            add("max", format!("{} / {}", amount(&m.numerator), amount(&m.denominator)));
        }
        for c in &d.additional {
            add("also", named(c));
        }
        steps.push(out.join("; "));
    }
    let mut line = steps.join(" || ");
    if let Some(s) = &read.strength {
        line = format!("[{}] {line}", s.end - s.start);
    }
    for s in &read.supply {
        line.push_str(&format!("; supply={}", s.text()));
    }
    line
}

#[test]
fn every_row_of_the_table_is_read_as_a_pharmacist_would() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    let table = include_str!("../../../tests/data/directions.txt");
    for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with("# ")) {
        let (text, expected) = line.split_once(" => ").unwrap();
        rows += 1;
        let found = parts(&read(text));
        if found != expected.trim() {
            wrong.push(format!("{text} => {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {rows} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 300, "{rows}");
}

/// One reading, without the table.
fn one(text: &str) -> String {
    parts(&read(text))
}

#[test]
fn weekly_is_never_daily() {
    for text in ["6 tablets weekly", "6 tablets once a week", "6 tablets every 7 days", "6 tablets every Monday"] {
        assert!(!one(text).contains("daily") && !one(text).contains("per=day"), "{text}");
    }
    assert_eq!(one("6 tablets weekly daily"), "?");
}

#[test]
fn an_abbreviation_of_two_readings_spoils_all_of_it() {
    for text in [
        "1 gtt od bid",
        "1 tab od",
        "1 tab hs",
        "10 u daily",
        "1 tab tiw",
        "1 tab biw po",
        "40 mg biweekly",
        "1 ss tab daily",
    ] {
        assert_eq!(one(text), "?", "{text}");
    }
}

#[test]
fn a_number_keeps_its_characters() {
    for (text, value) in
        [(".5 mg daily", ".5"), ("0.50 mg daily", "0.50"), ("1,000 mg daily", "1,000"), ("½ tab daily", "½")]
    {
        let read = read(text);
        let AmountOrRange::Amount(q) = &read.dosages[0].doses[0] else { panic!("{text}") };
        assert_eq!(q.value.as_ref().unwrap().text(), value);
    }
}

#[test]
fn half_is_no_range_and_a_combination_is_no_dose() {
    assert_eq!(one("1/2 tab daily"), "dose=1/2 tab; per=daily");
    assert_eq!(one("1-2 tab daily"), "dose=1..2 tab; per=daily");
    for text in ["1-1/2 tab daily", "2-1 tab daily", "5-325 mg daily", "4 or 6 tabs daily"] {
        assert_eq!(one(text), "?", "{text}");
    }
}

#[test]
fn a_length_is_no_count() {
    assert_eq!(one("40 mg x3d"), "dose=40 mg; for=3 d");
    assert_eq!(one("40 mg 3x daily"), "dose=40 mg; times=3; per=daily");
    assert_eq!(one("40 mg 3x d"), "?");
    assert_eq!(one("40 mg tid x 10"), "?", "ten what?");
}

#[test]
fn an_amount_for_each_weight_or_hour_is_no_dose() {
    for text in ["5 mg/kg daily", "40 mg/day", "4 mg/hr", "1 unit per 10 grams"] {
        assert_eq!(one(text), "?", "{text}");
    }
}

#[test]
fn what_was_not_understood_is_quoted_whole_and_has_no_parts() {
    let text = "1 tablet daily, may increase to 2 tablets";
    let read = read(text);
    let dosage = &read.dosages[0];
    assert!(dosage.not_understood && dosage.text.as_ref().unwrap().text() == text && read.dosages.len() == 1);
    assert_eq!(Dosage { text: None, not_understood: false, ..dosage.clone() }, Dosage::empty());
}

#[test]
fn random_text_panics_nowhere_and_every_fact_is_a_slice() {
    let words = [
        "1", "tab", "po", "bid", "q", "4", "-", "6", "h", "prn", "pain", "max", "/", "d", "x", ",", "then", "and", "½",
        "1/2", ".", "(", ")", "#", "refills", "for", "a", "week", "half", "of", "every", "é", "\n", "mg", "daily", "%",
        "u", "to", "once", "before",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(words[usize::try_from(state % words.len() as u64).unwrap()]);
            if state & 0x300 != 0 {
                text.push(' ');
            }
        }
        if let Some(found) = dosage(&text, &tokens(&text), Lexicon::english().unwrap()) {
            for fact in facts(&found) {
                assert_eq!(text.get(fact.source().start()..fact.source().end()), Some(fact.text()), "{text}");
            }
            assert!(!found.dosages.is_empty());
        }
    }
}

#[test]
fn long_directions_are_read_in_one_pass() {
    for part in ["1 tab bid, then ", "every ", "for pain or ", "1-", "1 tab and ", "max 4 ", "(", "as needed for "] {
        let text = part.repeat(60_000);
        assert!(
            dosage(&text, &tokens(&text), Lexicon::english().unwrap()).is_some_and(|r| !r.understood) || part == "("
        );
    }
}
