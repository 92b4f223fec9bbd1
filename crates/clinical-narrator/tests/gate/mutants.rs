//! Lies made of the faithful rewordings that pass: one word changed, left out or added, or the rewording of another
//! sentence. Whoever writes lies by hand writes those that they thought of; these are in every place where they can be.

use crate::holes::placeholders;
use crate::pairs::{GOOD, Pair, Swaps, pairs, swaps};
use crate::{Trial, trial};

/// A text with `to` in the place of `from` wherever that stands as a whole word, one place at a time.
fn changed(text: &str, from: &str, to: &str, kept: &[String]) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let from = from.to_ascii_lowercase();
    let whole = |at: usize| {
        let before = lower[..at].chars().next_back();
        let after = lower[at + from.len()..].chars().next();
        let is_kept = kept.iter().any(|words| {
            lower.match_indices(words.as_str()).any(|(start, _)| (start..start + words.len()).contains(&at))
        });
        !is_kept && !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    let places = lower.match_indices(&from).map(|(at, _)| at).filter(|at| whole(*at));
    places
        .map(|at| {
            let to = if text[at..].starts_with(char::is_uppercase) { capital(to) } else { to.to_owned() };
            let out = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
            out.replace("  ", " ")
        })
        .collect()
}

/// Each in the place of the other, where both stand once; the mark in between is in no text.
fn exchanged(text: &str, one: &str, other: &str) -> Vec<String> {
    let mut out = text.to_owned();
    for (from, to) in [(one, "\u{1}"), (other, one), ("\u{1}", other)] {
        let mut made = changed(&out, from, to, &[]);
        let [next] = &mut made[..] else { return Vec::new() };
        out = std::mem::take(next);
    }
    vec![out]
}

/// Placeholders of one kind, two and two.
fn alike(said: &str) -> Vec<(String, String)> {
    let all: Vec<&str> = placeholders(said).into_iter().map(|(from, to)| &said[from..to]).collect();
    let kind = |name: &str| name.split(' ').next().map(str::to_owned);
    let pairs = all.iter().enumerate().flat_map(|(i, one)| all[i + 1..].iter().map(move |other| (*one, *other)));
    pairs.filter(|(one, other)| kind(one) == kind(other)).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

/// One sentence of two.
fn halves(said: &str) -> Vec<String> {
    let Some((first, second)) = said.split_once(". ") else { return Vec::new() };
    // "Ms. Grey" is no half.
    let is_title = ["Dr", "Mr", "Mrs", "Ms"].iter().any(|title| first.ends_with(title));
    if is_title { Vec::new() } else { vec![format!("{first}."), second.to_owned()] }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A change, and what comes of it.
fn mutants(said: &str, swaps: &Swaps) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut add = |name: String, made: Vec<String>| all.extend(made.into_iter().map(|text| (name.clone(), text)));
    for [one, other] in &swaps.swapped {
        add(format!("{one} -> {other}"), changed(said, one, other, &swaps.kept));
        add(format!("{other} -> {one}"), changed(said, other, one, &swaps.kept));
    }
    for [one, other] in &swaps.replaced {
        add(format!("{one} -> {other}"), changed(said, one, other, &swaps.kept));
    }
    for word in &swaps.dropped {
        add(format!("{word} dropped"), changed(said, word, "", &swaps.kept));
    }
    for word in &swaps.denied {
        add(format!("{word} not"), changed(said, word, &format!("{word} not"), &swaps.kept));
    }
    for [one, other] in &swaps.swapped {
        add(format!("{one} <-> {other}"), exchanged(said, one, other));
    }
    for (one, other) in alike(said) {
        add(format!("{one} <-> {other}"), exchanged(said, &one, &other));
    }
    for (nth, kept) in halves(said).into_iter().enumerate() {
        add(format!("half {nth}"), vec![kept]);
    }
    all.extend(denied(said));
    let mut add = |name: String, made: Vec<String>| all.extend(made.into_iter().map(|text| (name.clone(), text)));
    for words in &swaps.added {
        add(format!("+ {words}"), vec![format!("{said} {words}")]);
    }
    all
}

/// A denial in front of every word. "Do not drive or not use" denies what was denied.
fn denied(said: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = said.split(' ').collect();
    let mut out = Vec::new();
    for at in (1..words.len()).filter(|at| words[at - 1] != "or") {
        for denial in ["not", "no", "without", "never"] {
            let mut made = words.clone();
            made.insert(at, denial);
            out.push((format!("{denial} put in"), made.join(" ")));
        }
    }
    out
}

fn passing() -> Vec<(&'static str, usize, Pair, Trial, String)> {
    let mut all = Vec::new();
    for (file, text) in GOOD {
        for (i, pair) in pairs(text).into_iter().enumerate() {
            let Some(trial) = trial(&pair) else { continue };
            let said = trial.with_holes(&pair.said).0;
            if trial.answer(&said).is_ok() {
                all.push((file, i, pair, trial, said));
            }
        }
    }
    all
}

/// Changed words that change nothing: "only" that the sentence does not say, "avoid … and no …", the patient who is a newborn
/// or has a bottle, who waits where the sentence does not say who, and "never … even".
const HARMLESS: [&str; 12] = [
    "Go to the birth unit if your water breaks, the baby's labor pains come [TIME 1], or your baby is moving less than usual.",
    "Your [TEST 1] was [NUMBER 2], your [TEST 3] was [NUMBER 4], and your [TEST 5] was [NUMBER 6]. Your coeliac check was neg. Your OGD was NAD. We are awaiting colon.",
    "Your mother noticed that you, [NAME 1], were tugging at your right ear and refusing the baby's bottle [TIME 2].",
    "Check your feet [TIME 1], and use a mirror for the bottom of your foot. Never walk barefoot, even indoors.",
    "You said you have an increasing frequency of chest pain from the heart [TIME 1]. It is now occurring when you are a little active.",
    "The baby's newborn hearing screen was not finished on the left. It is for repeat [TIME 1].",
    "The baby's newborn hearing screen was not done before d/c. The hearing doctor will post your appt. The aim is [TIME 1] of age.",
    "Your eyes will be examined for damage to the back of eyes shortly before your discharge and, if the vessels are still immature, [TIME 1] after that.",
    "You were told to ring the delivery suite if the baby's waters break, you have any bleeding, or your baby is moving less.",
    "Have a low-salt diet. Avoid [MEDICINE 1] and no [MEDICINE 2].",
    "Have a low-salt diet. Avoid [MEDICINE 1] and without [MEDICINE 2].",
    "We are awaiting a date for an MRI of your lumbar spine. If it shows a squeezed nerve, we shall pass you on to our neurosurgical colleagues.",
];

#[test]
fn no_rewording_with_a_changed_word_passes() {
    let swaps = swaps();
    let (mut made, mut passed) = (0, Vec::new());
    for (file, i, pair, trial, said) in passing() {
        for (change, text) in mutants(&said, &swaps) {
            made += 1;
            if trial.answer(&text).is_ok() && !HARMLESS.contains(&text.as_str()) {
                passed.push(format!("{file} {i} ({change}): {} => {text}", pair.source));
            }
        }
    }
    println!("changed words: {made} lies made, {} pass", passed.len());
    assert!(passed.is_empty(), "{} pass:\n{}", passed.len(), passed.join("\n"));
}

/// Sentences that two people wrote in nearly the same words: the rewording of one says what the other says.
const TWINS: [[&str; 2]; 29] = [
    ["No routine follow-up required from our side.", "No routine follow-up is needed from our side."],
    ["Echo: LVEF 30-35%, mod MR, LA dilated, no thrombus seen.", "Echo LVEF 35-40%, mod MR, LA dilated, no thrombus."],
    [
        "Take one amoxicillin capsule three times a day for five days, and finish the course even if you feel better.",
        "Take one amoxicillin 500 mg capsule three times a day for seven days, and finish the course even if you feel better.",
    ],
    [
        "On examination her abdomen was soft with mild tenderness in the right lower quadrant but no guarding or rebound.",
        "On examination the abdomen was soft, with mild tenderness in the right lower quadrant but no guarding or rebound.",
    ],
    [
        "The CT scan of your head did not show any bleeding or a fracture.",
        "The CT scan of the head showed no bleeding and no fracture.",
    ],
    [
        "Do not lift anything heavier than a full kettle for six weeks.",
        "Nothing heavier than a full kettle should be lifted for six weeks.",
    ],
    [
        "I have suggested that she keep a headache diary and limit sumatriptan to no more than two days a week.",
        "Keep a headache diary and limit triptans to a maximum of 10 days a month.",
    ],
    [
        "This 71-year-old retired bus driver was brought in by ambulance after his wife found him slumped in the armchair and unable to lift his right arm.",
        "This 71-year-old retired bus driver was brought in by ambulance after his wife found him slumped in the armchair, unable to lift his right arm.",
    ],
    [
        "GP to kindly repeat U&Es in 1/52 and titrate ramipril as BP allows.",
        "GP kindly to recheck U&Es in 1/52 and titrate ramipril as BP allows.",
    ],
    ["RTC if no improvement in 48-72 h.", "RTC if no better 48h."],
    ["No driving for 24 hours after sedation.", "Do not drive for 24 hours after the sedation."],
    [
        "Will obtain a repeat chest X-ray in 6 weeks to ensure resolution.",
        "Please arrange repeat chest X-ray in 6 weeks to ensure resolution.",
    ],
    ["HbA1c 8.9%, up from 7.6% in March.", "HbA1c was 8.9%, up from 7.6% in March."],
    ["Follow-up with PCP in 1-2 weeks.", "Follow up with PCP in 1-2 weeks."],
    [
        "Low sodium diet, fluid restriction 1.5 L/day, weigh daily.",
        "Low-salt diet, fluid restriction 1.5 L/day, daily weights.",
    ],
    [
        "Return to the ED for chest pain, shortness of breath, or fainting.",
        "Return to ED if chest pain, SOB or syncope.",
    ],
    [
        "Right tympanic membrane is erythematous and bulging, consistent with acute otitis media.",
        "Right tympanic membrane red and bulging, consistent with acute otitis media.",
    ],
    ["Metformin increased to 1 g BD with meals.", "Metformin increased to 1 g bd with meals."],
    [
        "Call 911 for chest pain, shortness of breath, or loss of consciousness.",
        "Call 911 for chest pain, trouble breathing or fainting.",
    ],
    ["Call office if wt up >3 lb in 1 day or 5 lb in 1 wk.", "Call if wt up >3 lb in 1 day or 5 lb in 1 wk."],
    [
        "Call the office if weight goes up more than 3 lb in a day or 5 lb in a week.",
        "Call our office if your weight goes up by more than 3 pounds in one day or 5 pounds in a week.",
    ],
    [
        "Hb 78, MCV 68, ferritin 6, in keeping with iron deficiency.",
        "Hb 78, MCV 68, ferritin 5 - consistent w/ iron deficiency.",
    ],
    [
        "GP to kindly recheck U&Es 1-2 weeks after starting ramipril.",
        "GP kindly to recheck U&Es one week after starting ramipril.",
    ],
    ["Repeat U&E in one week at GP surgery.", "Repeat U&E in one week at the GP surgery."],
    ["The patient should have a repeat colonoscopy in 5 years.", "Repeat colonoscopy in 5 years."],
    [
        "Prednisolone 40 mg od for 5 days then stop, no taper needed.",
        "Prednisolone 40 mg OD for 5 days then stop, no need to wean.",
    ],
    [
        "Patient will be seen by the community mental health team within 7 days of discharge.",
        "Community mental health team will visit within 7 days of discharge.",
    ],
    [
        "Nothing heavier than a full kettle should be lifted for six weeks.",
        "No lifting of anything heavier than a full kettle for six weeks, please.",
    ],
    [
        "Do not lift anything heavier than a full kettle for six weeks.",
        "No lifting of anything heavier than a full kettle for six weeks, please.",
    ],
];

fn is_twin(one: &str, other: &str) -> bool {
    TWINS.iter().any(|twins| twins.contains(&one) && twins.contains(&other))
}

#[test]
fn the_rewording_of_another_sentence_does_not_pass() {
    let all = passing();
    let (mut made, mut passed) = (0, Vec::new());
    for (nth, (file, i, pair, trial, _)) in all.iter().enumerate() {
        for (place, (_, _, other, _, _)) in all.iter().enumerate() {
            // All that tell of the same matter, and a thirtieth of the others: every one would take minutes in a debug build.
            let is_tried = other.topic() == pair.topic() || (nth + place) % 30 == 0;
            if is_tried && other.source != pair.source && !is_twin(&other.source, &pair.source) {
                made += 1;
                let said = trial.with_holes(&other.said).0;
                if trial.answer(&said).is_ok() {
                    passed.push(format!("{file} {i}: {} => {said}", pair.source));
                }
            }
        }
    }
    println!("other sentences: {made} tried, {} pass", passed.len());
    assert!(passed.is_empty(), "{} pass:\n{}", passed.len(), passed.join("\n"));
}
