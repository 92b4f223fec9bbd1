//! Ordinary orders, whose text holds more words than the structure.

use super::text::{against, twice};
use super::*;

#[test]
fn brackets_behind_an_amount_say_it_again() {
    for text in [
        "1 tablet (25 mg) twice daily",
        "1 tablet (25 mg total) by mouth 2 (two) times daily",
        "25 mg (1 tablet) bid",
        "25 mg (=1 tablet) bid",
        "a tablet (25 mg) twice a day",
        "1 tablet (500 mg each) bid",
        "500 mg [1 tablet] bid",
    ] {
        assert_eq!(against(twice(), text), "same", "{text}");
    }
    let mg = || d().dose("500", "mg").route("Oral").each("2", "1", "d");
    let ml = || d().dose("7.5", "mL").route("Oral").each("2", "1", "d");
    let puffs = || d().dose("2", "puffs").route("Inhalation").each("2", "1", "d");
    assert_eq!(against(mg(), "1 tablet (500 mg) bid"), "same");
    assert_eq!(against(mg(), "0.5 g (500 mg) bid"), "same");
    assert_eq!(against(ml(), "7.5 mL (300 mg) bid"), "same");
    assert_eq!(against(ml(), "300 mg (7.5 mL) bid"), "same");
    assert_eq!(against(ml(), "7.5 mL (200 mg/5 mL) bid"), "same");
    assert_eq!(against(puffs(), "2 puffs (180 mcg) bid"), "same");
    // What stands in the structure's unit must be equal, wherever it stands.
    for (structure, text) in [
        (twice(), "2 tablets (50 mg) bid"),
        (twice(), "50 mg (2 tablets) bid"),
        (mg(), "1 tablet (250 mg) bid"),
        (mg(), "500 mg (250 mg) bid"),
        (ml(), "5 mL (200 mg) bid"),
        (ml(), "300 mg (5 mL) bid"),
        (puffs(), "1 puff (90 mcg) bid"),
        (mg(), "1 tablet (500 mcg) bid"),
    ] {
        assert_eq!(against(structure, text), "disagree", "{text}");
    }
    // Only the other unit: no disagreement, and no sentence.
    for (structure, text) in [
        (twice(), "25 mg twice daily"),
        (mg(), "1 tablet bid"),
        (ml(), "300 mg bid"),
        (mg(), "7.5 mL bid"),
        (mg(), "2 tablets (250 mg each) bid"),
        (mg(), "5 mL (250 mg/5 mL) bid"),
        (twice(), "25 mg (0.025 g) bid"),
        (twice(), "1 tablet 25 mg bid"),
        (d().dose("2", "mg").each("1", "1", "d"), "7mg (=one 5mg tablet PLUS one 2mg tablet) once daily"),
    ] {
        assert!(matches!(against(structure, text), "quote"), "{text}");
    }
}

#[test]
fn advice_is_left_to_the_quote() {
    for text in [
        "1 tablet twice daily with food",
        "1 tablet twice daily on an empty stomach",
        "1 tablet bid with or without food",
        "1 tablet twice a day after meals",
        "1 tablet bid with a full glass of water",
        "1 tablet bid. Shake well before use.",
        "1 tablet bid. Rinse your mouth after each use.",
        "1 tablet twice daily. Swallow whole. Do not crush or chew.",
        "1 tablet twice daily. Keep in the refrigerator.",
        "1 tablet bid. Call us if you feel dizzy.",
        "1 tablet bid. If your sugar is below 80 mg/dL on 2 days, call the clinic before the next dose.",
    ] {
        assert_eq!(against(twice(), text), "same", "{text}");
    }
    // A change or a condition is no advice, nor is a meal that may say how often.
    for text in [
        "1 tablet bid. If dizzy, skip the dose and call.",
        "1 tablet bid. If sugar is over 300, take 2 tablets and call.",
        "1 tablet bid. Call before taking.",
        "1 tablet bid unless without food",
        "1 tablet with meals",
        "1 tablet bid 30 minutes before meals",
        "1 tablet bid. Do not take with food.",
        "1 tablet bid if you eat",
        "1 tablet bid. Stop if rash, call us.",
        "1 tablet bid. Check INR weekly and adjust.",
        "1 tablet bid. Cut it in two.",
        "1 tablet bid. Keep 8 hours between doses.",
        "1 tablet bid. Wash off after 8 hours.",
        "1 tablet bid, call for 1 more tablet",
    ] {
        assert_eq!(against(twice(), text), "quote", "{text}");
    }
    // Food beside a time that says the opposite.
    assert_eq!(against(tablet().each("1", "1", "d").when(&["ACM"]), "1 tablet daily with food"), "disagree");
    assert_eq!(against(tablet().each("2", "1", "d").when(&["C"]), "1 tablet bid on an empty stomach"), "disagree");
    assert_eq!(
        against(tablet().each("2", "1", "d").when(&["CM", "CV"]), "1 tablet bid on an empty stomach"),
        "disagree"
    );
    assert_eq!(
        against(tablet().each("2", "1", "d").when(&["MORN", "EVE"]), "1 tablet every morning and evening with food"),
        "same"
    );
    assert_eq!(against(tablet().each("1", "1", "d").when(&["HS"]), "1 tablet at bedtime with a snack"), "same");
}

#[test]
fn weekly_texts() {
    let weekly = || d().dose("6", "tablets").route("by mouth").each("1", "1", "wk").days(&["mon"]);
    for text in [
        "Take 6 tablets (15 mg) by mouth ONCE A WEEK, on Monday. Do not take it every day.",
        "6 tablets only once a week on Mondays, not every day",
        "6 tablets every Monday. Do not take daily.",
        "6 tablets once a week on the same day each week, Monday",
    ] {
        assert_eq!(against(weekly(), text), "same", "{text}");
    }
    assert_eq!(
        plain(
            weekly().text("6 tablets (15 mg) once a week, on Monday").also("Once a week only, always on the same day")
        ),
        "Take 6 tablets by mouth only 1 time a week, on Monday, not every day."
    );
    let daily = || d().dose("6", "tablets").route("by mouth").each("1", "1", "d");
    for text in [
        "6 tablets ONCE A WEEK, on Monday. Do not take it every day.",
        "6 tablets, not every day",
        "6 tablets daily. Never daily.",
    ] {
        assert_eq!(against(daily(), text), "disagree", "{text}");
    }
    assert_eq!(against(weekly(), "6 tablets once a week on Tuesday. Do not take it every day."), "disagree");
    assert_eq!(against(daily(), "only 6 tablets daily"), "quote");
}

#[test]
fn courses_and_dates() {
    let step = |end: &str| {
        d().dose("2", "tablets").route("Oral").each("1", "1", "d").when(&["MORN"]).between("2026-11-20", end)
    };
    for text in [
        "Step 1: Take 2 tablets (40 mg) by mouth once a day in the morning with food for 3 days (November 20 to November 22).",
        "2 tablets every morning for 3 days, then stop",
        "2 tablets every morning starting November 20, 2026",
        "2 tablets every morning from Nov 20th to Nov 22nd, 2026",
        "2 tablets every morning until November 22",
        "2 tablets in the morning from November 20 until gone",
    ] {
        assert_eq!(against(step("2026-11-22"), text), "same", "{text}");
    }
    assert_eq!(
        plain(step("2026-11-22").text("2 tablets every morning for 3 days")),
        "Take 2 tablets by mouth 1 time a day, in the morning, from November 20, 2026 to November 22, 2026."
    );
    for text in [
        "2 tablets every morning for 5 days",
        "2 tablets every morning (November 20 to November 25)",
        "2 tablets every morning starting November 21",
        "2 tablets every morning until November 22, 2025",
    ] {
        assert_eq!(against(step("2026-11-22"), text), "disagree", "{text}");
    }
    // "for 3 days" from the 20th to the 23rd: the writer may not have counted the last day.
    for text in [
        "2 tablets every morning for 3 days",
        "2 tablets every morning on November 21",
        "2 tablets every morning, start soon",
    ] {
        assert_eq!(against(step("2026-11-23"), text), "quote", "{text}");
    }
    // An end or a length that only the text has would be hidden.
    for text in
        ["1 tablet bid then stop", "1 tablet bid until gone", "1 tablet bid for 3 days", "1 tablet bid until March 3"]
    {
        assert_eq!(against(twice(), text), "quote", "{text}");
    }
    // A first day that only the text has is not hidden: the sentence says where it stands, and there is no grid.
    let starts = explained(&[twice().text("1 tablet bid starting in the evening of November 19")]);
    assert_eq!(
        starts.steps[0].plain.as_ref().unwrap().shown(),
        "Take 1 tablet by mouth 2 times a day. Your care team wrote when to start."
    );
    assert!(starts.schedule.is_none());
}

#[test]
fn maxima_of_the_text() {
    let prn = || tablet().each("1", "6", "h").needed().max("4", "tablets", "24", "h");
    for text in [
        "1 tablet (500 mg) every 6 hours as needed for knee pain. No more than 4 tablets (2,000 mg) in 24 hours.",
        "1 tablet q6h prn, max 4 tablets per day",
        "1 tablet q6h prn. Do not exceed 2 g (4 tablets) in 24 hours.",
        "1 tablet every 6 (six) hours only as needed for fever or ear pain. Max 4 a day.",
        "1 tablet q6h as needed for shortness of breath or wheezing, not more than 4 tablets in 1 day",
    ] {
        assert_eq!(against(prn(), text), "same", "{text}");
    }
    for text in ["1 tablet q6h prn, max 6 tablets per day", "1 tablet q6h prn, max 4 tablets in 12 hours"] {
        assert_eq!(against(prn(), text), "disagree", "{text}");
    }
    for text in [
        "1 tablet q6h prn, max 2,000 mg per day",
        "1 tablet q6h prn for pain not helped by rest",
        "1 tablet q6h prn for pain, then 1 tablet after an hour",
        "1 tablet q6h prn for pain or 1 tablet at bedtime",
        "1 tablet q6h prn pain unless sleepy",
        "1 tablet q6h and 1 tablet as needed",
        "1 tablet q6h prn, call if worse",
        "1 tablet q6h as needed for pain that lets you sleep no hours at all",
        "1 tablet q6h prn, no more than a few",
    ] {
        assert_eq!(against(prn(), text), "quote", "{text}");
    }
    assert_eq!(against(tablet().each("1", "6", "h").needed(), "1 tablet q6h prn, max 4 tablets a day"), "quote");
}

#[test]
fn times_of_day_that_only_the_text_has() {
    let all = |text: &str| explained(&[twice().text(text)]);
    // The same as our columns: the grid stays.
    for text in
        ["1 tablet twice daily, in the morning and in the evening", "1 tablet bid with breakfast and with dinner"]
    {
        let all = all(text);
        assert!(all.schedule.is_some() && all.steps[0].understood, "{text}");
    }
    let other = all("1 tablet twice daily in the morning and at bedtime");
    assert_eq!(
        other.steps[0].plain.as_ref().unwrap().shown(),
        "Take 1 tablet by mouth 2 times a day. Your care team wrote the time of day."
    );
    assert!(other.schedule.is_none());
    let daily = || tablet().each("1", "1", "d");
    assert_eq!(
        plain(daily().text("1 tablet every morning")),
        "Take 1 tablet by mouth 1 time a day. Your care team wrote the time of day."
    );
    for text in [
        "1 tablet in the morning and 1 tablet at bedtime",
        "1 tablet 30 minutes before breakfast",
        "1 tablet in the morning, 1 tablet daily",
    ] {
        assert_eq!(against(daily(), text), "quote", "{text}");
    }
    for text in ["1 tablet twice daily, in the morning", "1 tablet bid in the morning, at noon and at bedtime"] {
        assert_eq!(against(twice(), text), "quote", "{text}");
    }
    assert_eq!(against(tablet(), "1 tablet in the morning"), "quote");
}

#[test]
fn other_words_for_a_way_and_a_tool() {
    let puffs = || d().dose("2", "puffs").route("inhaled by mouth").each("1", "1", "d").when(&["MORN"]);
    assert_eq!(
        plain(puffs().text("Inhale 2 puffs by mouth once a day in the morning.")),
        "Breathe in 2 puffs 1 time a day, in the morning."
    );
    assert_eq!(against(puffs(), "2 puffs into the lungs every morning"), "same");
    assert_eq!(against(puffs(), "2 puffs in the nose every morning"), "disagree");
    assert_eq!(against(tablet().each("1", "1", "d"), "Inhale 1 tablet daily"), "disagree");
    let half = d().dose("0.5", "tablet").route("by mouth").each("1", "1", "d").when(&["MORN"]);
    let cut = half.with(|d| d.patient_instruction = some("Cut the tablet on the line with a tablet cutter."));
    assert_eq!(grid(cut.text("Take 0.5 tablet (5 mg) by mouth once a day in the morning.")), "0.5 tablet|||");
    let sugar = tablet().each("1", "1", "d").when(&["HS"]);
    let sugar = sugar
        .with(|d| d.patient_instruction = some("If your morning sugar is below 80 mg/dL on 2 days, call the clinic."));
    assert_eq!(against(sugar, "1 tablet at bedtime"), "same");
    let ear = d().dose("7.5", "mL").route("by mouth").each("2", "1", "d").lasts("7", "d");
    let ear =
        ear.with(|d| d.patient_instruction = some("Give every dose for all 7 days, even when the ear feels better."));
    assert_eq!(
        against(ear, "Give 7.5 mL (600 mg) by mouth twice a day for 7 days. Measure with the oral syringe."),
        "same"
    );
}

#[test]
fn ways_that_only_the_text_has() {
    let ml = || d().dose("10", "mL").each("2", "1", "d");
    assert_eq!(plain(ml().text("10 mL by mouth twice daily")), "Use 10 mL 2 times a day.");
    assert_eq!(against(ml(), "10 mL IV twice daily"), "quote");
    assert_eq!(against(ml().route("by balloon"), "10 mL by mouth twice daily"), "quote");
    assert_eq!(against(d().dose("2", "puffs").each("2", "1", "d"), "Inhale 2 puffs bid"), "same");
    let cream = || d().route("Topical").each("2", "1", "d");
    assert_eq!(plain(cream().text("Apply to the affected area twice daily")), "Put it on the skin 2 times a day.");
    assert_eq!(against(d().dose("1", "ea").each("2", "1", "d"), "Apply to affected areas twice daily"), "quote");
}

#[test]
fn another_reason_in_the_text() {
    let prn = || tablet().each("1", "6", "h").with(|d| d.as_needed = AsNeeded::For(named("knee pain")));
    let said = "Take 1 tablet by mouth only when you need it for knee pain. You can use it every 6 hours.";
    assert_eq!(plain(prn().text("1 tablet every 6 hours as needed for pain")), said);
    let bare = "Take 1 tablet by mouth only when you need it. You can use it every 6 hours.";
    assert_eq!(plain(prn().text("1 tablet every 6 hours as needed for headache")), bare);
    assert_eq!(
        against(tablet().each("1", "6", "h").needed().lasts("3", "d"), "1 tablet q6h as needed for 3 days"),
        "same"
    );
    // A label that speaks of a time but of no taking.
    let sleepy = tablet().each("1", "1", "d").also("May make you sleepy at night");
    assert!(!explained(&[sleepy]).steps[0].understood);
}

#[test]
fn days_and_meals_in_one_text() {
    let mwf = || tablet().each("1", "1", "d").days(&["mon", "wed", "fri"]);
    assert_eq!(against(mwf(), "1 tablet daily on Mondays, Wednesdays and Fridays only"), "same");
    assert_eq!(against(mwf(), "1 tablet daily"), "disagree");
    assert_eq!(against(mwf(), "1 tablet daily on Mondays and Fridays"), "disagree");
    assert_eq!(against(tablet().each("2", "1", "d").days(&["mon"]), "1 tablet daily on Mondays"), "disagree");
    let morning = || tablet().each("1", "1", "d").when(&["MORN"]);
    assert_eq!(against(morning(), "1 tablet every morning on an empty stomach, 30 minutes before breakfast"), "quote");
    assert_eq!(
        grid(tablet().each("4", "1", "d").text("1 tablet 4 times a day with meals and at bedtime")),
        "1 tablet|1 tablet|1 tablet|1 tablet"
    );
    assert_eq!(against(tablet().each("3", "1", "d"), "1 tablet 3 times a day with meals and at bedtime"), "quote");
}
