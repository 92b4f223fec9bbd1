use super::*;

/// What the text does to "1 tablet by mouth 2 times a day" or another structure: `same`, `quote` or `disagree`.
pub(super) fn against(structure: D, text: &str) -> &'static str {
    let all = explained(&[structure.text(text)]);
    let step = &all.steps[0];
    assert!(step.quoted.iter().any(|q| q.of.text() == text), "the text is always quoted");
    assert_eq!(step.plain.is_some(), step.understood);
    assert!(step.plain.is_some() || (step.schedule.is_none() && all.schedule.is_none()));
    match (step.disagreement, step.understood) {
        (true, false) => "disagree",
        (true, true) => panic!("a sentence in spite of a disagreement"),
        (false, true) => "same",
        (false, false) => "quote",
    }
}

pub(super) fn twice() -> D {
    tablet().each("2", "1", "d")
}

#[test]
fn shorthand_that_says_the_same() {
    for text in [
        "1 tab po bid",
        "Take 1 tablet by mouth twice a day",
        "One tablet orally two times daily.",
        "1 tablet p.o. b.i.d.",
        "TAKE ONE (1) TABLET BY MOUTH TWICE DAILY",
        "a tablet 2x/day",
        "1 tab 2 times per day",
        "Take one tablet by mouth twice a day as directed for high blood pressure",
        "1 tablet(s) 2 times a day",
    ] {
        assert_eq!(against(twice(), text), "same", "{text}");
    }
    assert_eq!(against(tablet().each("1", "6", "h"), "1 tab q6h"), "same");
    assert_eq!(against(tablet().each("1", "6", "h"), "one tablet every six hours"), "same");
    let range = tablet().with(|d| d.doses.clear()).doses("1", "2", "tablet").each("1", "4", "h");
    let range = range.timed(|t| t.period_max = some("6")).needed();
    assert_eq!(against(range, "1-2 tabs PO q4-6h prn pain"), "same");
    assert_eq!(against(tablet().each("1", "1", "d").when(&["HS"]), "1 tab qhs"), "same");
    assert_eq!(against(tablet().each("1", "1", "d").when(&["HS"]), "one tablet once daily at bedtime"), "same");
    assert_eq!(against(tablet().each("1", "1", "wk"), "one tablet weekly"), "same");
    assert_eq!(against(tablet().each("1", "2", "d"), "one tablet every other day"), "same");
    assert_eq!(against(tablet().each("1", "1", "d").lasts("7", "d"), "1 tablet daily for 1 week"), "same");
    assert_eq!(against(d().dose("0.5", "g").each("1", "1", "d"), "500 mg daily"), "same");
    let half = d().dose("1.5", "tablet").each("1", "1", "d");
    for text in ["1 1/2 tablets daily", "one and a half tablets daily", "1½ tablets daily", "1.5 tablets daily"] {
        assert_eq!(against(half.clone(), text), "same", "{text}");
    }
    for text in ["half a tablet daily", "1/2 tab daily", "one-half tablet daily", "0.5 tablet daily", ".5 tab qd"] {
        assert_eq!(against(d().dose("0.5", "tablet").each("1", "1", "d"), text), "same", "{text}");
    }
    assert_eq!(
        against(tablet().each("3", "1", "d").max("3", "tablet", "1", "d"), "1 tablet three times daily, max 3 per day"),
        "same"
    );
    assert_eq!(against(d().dose("5", "mg/m²").each("1", "1", "d"), "5 mg/m² daily"), "same");
    assert_eq!(against(tablet().timed(|t| t.count = some("1")), "1 tablet as a single dose"), "same");
    assert_eq!(against(tablet().clock(&["08:00:00"]), "1 tablet in the morning"), "same");
    assert_eq!(
        against(tablet().when(&["ACM"]).timed(|t| t.offset = some("30")), "1 tablet 30 minutes before breakfast"),
        "same"
    );
}

#[test]
fn disagreement() {
    for text in [
        "2 tablets twice daily",
        "one tablet daily",
        "1 tablet three times a day",
        "1 tablet weekly",
        "half a tablet bid",
        "1 capsule twice a day",
        "1-2 tablets twice a day",
        "1 tablet every 8 hours",
        "1 tab qhs",
        "1 tablet every other day",
        "1 tablet on Mondays",
    ] {
        assert_eq!(against(twice(), text), "disagree", "{text}");
    }
    assert_eq!(against(d().dose("5", "mg").each("1", "1", "d"), "5 mcg daily"), "disagree");
    assert_eq!(against(d().dose("5", "mg").each("1", "1", "d"), "5 mL daily"), "disagree");
    assert_eq!(against(d().dose("50", "mg").each("1", "1", "d"), "5.0 mg daily"), "disagree");
    assert_eq!(against(tablet().each("1", "1", "d").when(&["MORN"]), "1 tablet daily at bedtime"), "disagree");
    assert_eq!(against(tablet().each("1", "1", "d").when(&["ACM"]), "1 tablet daily after breakfast"), "disagree");
    assert_eq!(against(tablet().when(&["MORN", "EVE"]), "1 tablet in the morning"), "disagree");
    assert_eq!(against(twice().lasts("7", "d"), "1 tablet bid x 5 days"), "disagree");
    assert_eq!(against(twice().max("4", "tablet", "1", "d"), "1 tablet bid, no more than 3 tablets a day"), "disagree");
    assert_eq!(against(tablet().each("1", "1", "wk").days(&["mon"]), "1 tablet weekly on Friday"), "disagree");
    assert_eq!(against(d().dose("1", "").each("2", "1", "d"), "2 sprays twice daily"), "disagree");
    let all = explained(&[twice().text("2 tablets twice daily"), twice()]);
    assert!(all.disagreement && all.steps.len() == 2 && !all.steps[1].disagreement);
}

#[test]
fn weekly_text_and_daily_structure() {
    let daily = d().dose("6", "tablet").route("Oral").each("1", "1", "d");
    for text in
        ["6 tablets weekly", "6 tablets once a week", "6 tabs every 7 days", "6 tablets every Monday", "6 tab qwk"]
    {
        assert_eq!(against(daily.clone(), text), "disagree", "{text}");
    }
    assert_eq!(against(d().dose("6", "tablet").each("1", "1", "wk"), "6 tablets daily"), "disagree");
    assert_eq!(against(d().dose("6", "tablet").each("1", "1", "wk"), "6 tablets nightly"), "disagree");
}

#[test]
fn a_text_that_says_more_is_only_quoted() {
    for text in [
        "1 tablet bid for 5 days",
        "1 tablet bid, then 1 tablet daily",
        "1 tablet bid until gone",
        "1 tablet bid; adjust to blood count",
        "1 tablet bid, max 4 per day",
        "1 tablet bid if glucose over 200",
        "1 tablet twice daily, hold for dizziness",
        "1 tablet bid at 8 and 20",
        "1 tablet q12h",
        "1 tablet twice daily, may repeat",
        "1 tab bid <5 days",
        "1 tablet bid unless sleepy",
        "do not take 1 tablet twice daily",
        "see instructions",
        "1 tablet bid up to 3 weeks",
    ] {
        assert_eq!(against(twice(), text), "quote", "{text}");
    }
    assert_eq!(against(d().dose("20", "U").route("SC"), "20 Units SC before breakfast"), "quote");
    assert_eq!(against(d().dose("400", "mg").each("1", "1", "d"), "4 mcg/kg/min"), "quote");
    assert_eq!(against(d().dose("3", "mg"), "from 3 mg/d to 30 mg"), "quote");
    assert_eq!(against(d().dose("240", "mg"), "Insert one suppository rectally twice daily"), "quote");
    assert_eq!(against(tablet().each("1", "1", "d"), "two tablets at once"), "disagree");
    assert_eq!(against(tablet().each("1", "1", "d"), "1 tablet once"), "quote");
}

#[test]
fn place_and_way() {
    let drop = || d().dose("1", "drop").route("Ophthalmic").each("2", "1", "d");
    assert_eq!(against(drop(), "one drop in the eye bid"), "same");
    // Which eye, how thin, which place: our sentence would drop it.
    assert_eq!(against(drop(), "one drop in each eye bid"), "quote");
    assert_eq!(against(drop(), "one drop in left eye bid"), "quote");
    assert_eq!(against(drop().with(|d| d.site = Some(named("Left eye"))), "one drop in left eye bid"), "same");
    assert_eq!(against(drop(), "one drop otic bid"), "disagree");
    assert_eq!(against(twice(), "1 tablet sublingually bid"), "disagree");
    assert_eq!(against(twice(), "1 tablet rectally bid"), "disagree");
    assert_eq!(against(d().dose("1", "tablet").each("2", "1", "d"), "1 tablet by mouth bid"), "same");
    assert_eq!(against(d().dose("1", "mL").each("2", "1", "d"), "1 mL IM bid"), "quote");
    assert_eq!(
        against(d().dose("5", "units").route("SC").each("1", "1", "d"), "inject 5 units under the skin daily"),
        "same"
    );
    assert_eq!(against(d().route("Topical").each("2", "1", "d"), "apply a thin layer twice daily"), "quote");
}

#[test]
fn as_needed_in_the_text() {
    // Unstated: the text decides. Denied: they disagree.
    let all = explained(&[twice().text("1 tablet twice daily as needed")]);
    assert!(all.as_needed && all.steps[0].understood && all.schedule.is_none());
    assert_eq!(
        all.steps[0].plain.as_ref().unwrap().shown(),
        "Take 1 tablet by mouth only when you need it. You can use it 2 times a day."
    );
    assert_eq!(against(twice().with(|d| d.as_needed = AsNeeded::No), "1 tablet twice daily prn"), "disagree");
    assert!(explained(&[d().text("1 tablet prn restless legs")]).as_needed);
    assert!(!explained(&[d().text("1 tablet daily")]).as_needed);
    // A daily dose with an extra one is not "only when you need it".
    assert!(!explained(&[d().text("1 tablet daily, may take another if needed")]).as_needed);
    assert!(!explained(&[twice().text("1 tablet twice daily and 1 tablet as needed")]).as_needed);
    assert_eq!(against(twice().needed(), "1 tablet bid"), "same");
    let reason = twice().with(|d| d.as_needed = AsNeeded::For(named("Hay fever")));
    assert_eq!(against(reason, "1 tablet bid prn hay fever"), "same");
}

#[test]
fn text_alone_is_quoted_and_nothing_more() {
    let all = explained(&[d().text("Take one tablet daily as directed")]);
    assert!(all.steps[0].plain.is_none() && all.schedule.is_none() && !all.missing && !all.disagreement);
    assert_eq!(all.steps[0].quoted.len(), 1);
    assert!(all.dose.is_empty() && all.frequency.is_empty() && all.route.is_empty());
}

#[test]
fn words_for_the_patient_stand_beside_and_may_not_contradict() {
    let said = |t: &str| twice().with(|d| d.patient_instruction = some(t));
    assert!(explained(&[said("Drink plenty of water. If a rash comes, call us.")]).steps[0].understood);
    assert!(explained(&[said("Take two tablets twice a day")]).disagreement);
    assert!(explained(&[twice().also("Take with food")]).schedule.is_some());
    // Two a day have the columns morning and evening, but not where other words say otherwise.
    let noon = explained(&[twice().also("Take in the morning and at noon")]);
    assert!(noon.schedule.is_none() && noon.steps[0].understood);
    assert!(!explained(&[twice().also("Take in the morning, at noon and at night")]).steps[0].understood);
    assert!(explained(&[twice().also("as needed")]).as_needed);
    for label in ["Avoid sun light", "Take 1 hour before or 2 hours after food", "May cause drowsiness. Do not drive."]
    {
        assert!(explained(&[twice().also(label)]).schedule.is_some(), "{label}");
    }
    assert!(!explained(&[twice().also("for 5 days")]).steps[0].understood);
    assert!(!explained(&[said("Take it 3 hours after milk")]).steps[0].understood);
    assert_eq!(explained(&[said("As told").text("As told")]).steps[0].quoted.len(), 1);
}

#[test]
fn no_text_panics() {
    let pieces = [
        "1",
        "/",
        "0",
        ".",
        "½",
        "(",
        ")",
        "(s)",
        "q",
        "h",
        "every",
        "half",
        "and",
        "to",
        "-",
        "max",
        "no more than",
        "x",
        "for",
        "a",
        "µg",
        "mg",
        "1,000",
        "1/3",
        "tablet",
        "ß",
        "İ",
        "🙂",
        "\u{0}",
        "daily",
        "once",
        "999999999999",
        "%",
    ];
    let mut seed = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..8 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(seed >> 33).unwrap();
            text.push_str(pieces[at % pieces.len()]);
            if at % 3 == 0 {
                text.push(' ');
            }
        }
        let all = explained(&[twice().text(&text), d().dose("5", "mg/m²").text(&text)]);
        assert_eq!(all.steps.len(), 2);
    }
}
