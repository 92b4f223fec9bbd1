//! Notes under every policy: what is removed, what stays, and that a second removal changes nothing.

#![expect(clippy::unwrap_used, reason = "a test")]

use clinical_model::{Phi, Stop};
use clinical_privacy::{Known, Policy, Removal, Rules, remove_from_text};

const SECRET: &[u8] = b"a secret only for this test";

fn removed(text: &str, policy: Policy, subject: &str) -> (String, Vec<Removal>) {
    let known = Known::new();
    let rules = Rules {
        policy,
        secret: Phi::new(SECRET),
        subject: Phi::new(subject),
        known: &known,
        year: None,
        stop: Stop::never(),
    };
    remove_from_text(text, &rules).unwrap()
}

const NOTE: &str = "Patient Name: Ada Quill\r\nMRN: 48213377\r\nDOB: 03/05/1961\r\n\r\nMs. Quill was seen on 03/19/2021 and \
again on 04/02/2021 by Dr. Tobias Farrow. Call (617) 232-4567 or ada.quill@mail.example.\r\nLives at 12 Larch Street, \
Boston, MA 02139. BP 120/80. Metformin 500 mg BID.\r\n";

#[test]
fn tags_say_the_kind_and_what_may_stay_stays() {
    let (text, removals) = removed(NOTE, Policy::SafeHarbor, "");
    for gone in ["Ada", "Quill", "48213377", "03/05", "03/19", "Farrow", "232-4567", "ada.quill", "Larch", "02139"] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
    for stays in [
        "[NAME]",
        "[MRN]",
        "[DATE 1961]",
        "[DATE 2021]",
        "[PHONE]",
        "[EMAIL]",
        "[ZIP 021]",
        "MA",
        "120/80",
        "500 mg BID",
    ] {
        assert!(text.contains(stays), "{stays}: {text}");
    }
    assert_eq!(text.matches("\r\n").count(), NOTE.matches("\r\n").count());
    assert!(removals.iter().all(|r| r.start < r.end && r.end <= NOTE.len() && r.path.is_none()));
}

#[test]
fn a_mask_keeps_the_layout() {
    let (text, _) = removed(NOTE, Policy::Mask, "");
    assert_eq!(text.chars().count(), NOTE.chars().count());
    assert!(text.contains("*** *****") && text.contains("**/**/****") && !text.contains("Quill"));
}

#[test]
fn a_limited_data_set_keeps_dates_city_and_zip() {
    let (text, _) = removed(NOTE, Policy::KeepDates, "");
    for stays in ["03/19/2021", "03/05/1961", "Boston", "02139"] {
        assert!(text.contains(stays), "{stays}: {text}");
    }
    assert!(!text.contains("Quill") && !text.contains("Larch"));
}

#[test]
fn surrogates_are_consistent_and_intervals_stay() {
    let (text, _) = removed(NOTE, Policy::Surrogate, "");
    assert!(!text.contains("Quill") && !text.contains("03/19/2021") && text.contains("120/80"), "{text}");
    let after = |label: &str| text.split(label).nth(1).unwrap().split("\r\n").next().unwrap().to_owned();
    let name = after("Patient Name: ");
    let surname = name.split(' ').nth(1).unwrap();
    assert!(text.contains(&format!("Ms. {surname}")), "{text}");
    let day = |text: &str| {
        let parts: Vec<i64> = text.split('/').map(|p| p.parse().unwrap()).collect();
        let (m, y) = ((parts[0] + 9) % 12, parts[2] - (parts[0] <= 2) as i64);
        365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + parts[1]
    };
    let first = text.split("seen on ").nth(1).unwrap().split(' ').next().unwrap();
    let second = text.split("again on ").nth(1).unwrap().split(' ').next().unwrap();
    assert_eq!(day(second) - day(first), 14);
    // The same subject has the same days in another document; another subject, other names.
    let (other, _) = removed("Seen on 03/19/2021.", Policy::Surrogate, "one");
    assert_eq!(removed("Seen on 03/19/2021.", Policy::Surrogate, "one").0, other);
}

/// Sentences with and without identifiers, put together at random.
const PIECES: [&str; 24] = [
    "Dr. Smith saw the patient on 3/5/2021.",
    "MRN 48213377, SSN 123-45-6789.",
    "Mr. O'Brien is a 92-year-old man.",
    "SMITH, JOHN A",
    "Call 617-232-4567 ext 12.",
    "Lives at 12 Larch Street, Boston, MA 02139.",
    "BP 120/80, HR 72, T 98.6.",
    "Metformin 500 mg by mouth twice daily.",
    "Admitted to Mercy General Hospital in March.",
    "The day after Thanksgiving she fell.",
    "Email: jane.roe@mail.example, site http://roe.example/x.",
    "[NAME] was seen on [DATE 2021].",
    "[ZIP 021] [AGE 90+] [PHONE]",
    "Foley catheter placed; Parkinson disease.",
    "His son Peter will call May 5.",
    "Signed: Grace Long, MD",
    "IP 10.1.2.3, MAC aa:bb:cc:dd:ee:ff",
    "Works at Acme Corporation.",
    "*** ****, **/**/****",
    "Patient Name: María-José Núñez",
    "DOB: 1930-02-03",
    "L4-L5 disc, 20/20 vision, 3/6 murmur.",
    "Account number: 99-1234-5",
    "Will Rose take the pill in May?",
];

#[test]
fn a_second_removal_changes_nothing_and_finds_nothing() {
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut faults = Vec::new();
    for _ in 0..600 {
        let mut text = String::new();
        for _ in 0..1 + next() % 8 {
            text.push_str(PIECES[next() % PIECES.len()]);
            text.push_str([" ", "\n", "\r\n", "\n\n"][next() % 4]);
        }
        for policy in [Policy::SafeHarbor, Policy::Mask, Policy::KeepDates] {
            let (once, first) = removed(&text, policy, "");
            let (twice, second) = removed(&once, policy, "");
            if once != twice || !second.is_empty() {
                faults.push(format!("{policy}: {once:?}\n      -> {twice:?}"));
            }
            let sorted = first.windows(2).all(|w| w[0].end <= w[1].start);
            assert!(sorted && first.iter().all(|r| text.is_char_boundary(r.start) && text.is_char_boundary(r.end)));
        }
        assert_eq!(removed(&text, Policy::Surrogate, "a"), removed(&text, Policy::Surrogate, "a"));
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(10)].join("\n"));
}

/// A text is not always a whole note: the first word of a sentence has none before it.
#[test]
fn a_text_may_begin_with_any_word() {
    for text in ["At the Ossawattock General, he rested.", "At Ossawattock Manor he rested.", "at tacoma she rested"] {
        let found =
            clinical_privacy::find(text, &clinical_privacy::Known::new(), clinical_model::Stop::never()).unwrap();
        assert!(found.iter().all(|one| text.get(one.start..one.end).is_some()), "{text}");
    }
}
