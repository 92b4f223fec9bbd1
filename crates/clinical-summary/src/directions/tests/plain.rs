use super::*;

#[test]
fn times_a_day() {
    assert_eq!(plain(tablet().each("1", "1", "d")), "Take 1 tablet by mouth 1 time a day.");
    assert_eq!(plain(tablet().each("2", "1", "d")), "Take 1 tablet by mouth 2 times a day.");
    assert_eq!(plain(tablet().each("", "1", "d")), "Take 1 tablet by mouth every day.");
    assert_eq!(grid(tablet().each("1", "1", "d")), "-");
    assert_eq!(grid(tablet().each("2", "1", "d")), "1 tablet||1 tablet|");
    assert_eq!(grid(tablet().each("3", "1", "d")), "1 tablet|1 tablet|1 tablet|");
    assert_eq!(grid(tablet().each("4", "1", "d")), "1 tablet|1 tablet|1 tablet|1 tablet");
    assert_eq!(grid(tablet().each("5", "1", "d")), "-");
    let up_to_two = tablet().each("1", "1", "d").timed(|t| t.frequency_max = some("2"));
    assert_eq!(plain(up_to_two.clone()), "Take 1 tablet by mouth 1 to 2 times a day.");
    assert_eq!(grid(up_to_two), "-");
}

#[test]
fn every_12_hours_has_no_columns() {
    assert_eq!(plain(tablet().each("1", "12", "h")), "Take 1 tablet by mouth every 12 hours.");
    for step in [tablet().each("1", "12", "h"), tablet().each("1", "24", "h"), tablet().each("2", "24", "h")] {
        assert_eq!(grid(step), "-");
    }
    assert_eq!(plain(tablet().each("1", "1", "h")), "Take 1 tablet by mouth every hour.");
    let range = tablet().each("1", "4", "h").timed(|t| t.period_max = some("6"));
    assert_eq!(plain(range), "Take 1 tablet by mouth every 4 to 6 hours.");
}

/// C-CDA gives a period and no frequency, and once a day as 24 hours.
#[test]
fn a_period_without_a_frequency_is_once_a_period() {
    let every = |period: &'static str, unit: &'static str| tablet().each("", period, unit);
    assert_eq!(plain(every("12", "h")), "Take 1 tablet by mouth every 12 hours.");
    assert_eq!(plain(every("24", "h").when(&["HS"])), "Take 1 tablet by mouth every 24 hours, at bedtime.");
    assert_eq!(grid(every("24", "h").when(&["HS"])), "|||1 tablet");
    assert_eq!(grid(every("24", "h")), "-");
    assert_eq!(grid(every("12", "h")), "-");
    // Two times of day are not one dose in 24 hours.
    assert!(!explained(&[every("24", "h").when(&["CM", "CV"])]).steps[0].understood);
    assert!(!explained(&[every("12", "h").when(&["HS"])]).steps[0].understood);
}

#[test]
fn weekly_is_not_daily() {
    let weekly = d().dose("6", "tablet").route("Oral").each("1", "1", "wk");
    assert_eq!(plain(weekly.clone()), "Take 6 tablets by mouth only 1 time a week, not every day.");
    assert_eq!(
        plain(weekly.clone().days(&["mon"])),
        "Take 6 tablets by mouth only 1 time a week, on Monday, not every day."
    );
    assert_eq!(
        plain(weekly.clone().when(&["MORN"])),
        "Take 6 tablets by mouth only 1 time a week, in the morning, not every day."
    );
    assert_eq!(plain(tablet().days(&["mon"])), "Take 1 tablet by mouth only on Monday, not every day.");
    assert_eq!(
        plain(tablet().each("1", "1", "d").days(&["mon", "wed", "fri"])),
        "Take 1 tablet by mouth only on Monday, Wednesday and Friday, not every day."
    );
    assert_eq!(plain(tablet().each("1", "7", "d")), "Take 1 tablet by mouth only every 7 days, not every day.");
    assert_eq!(plain(tablet().each("1", "2", "d")), "Take 1 tablet by mouth only every 2 days, not every day.");
    assert_eq!(plain(tablet().each("1", "72", "h")), "Take 1 tablet by mouth only every 72 hours, not every day.");
    assert_eq!(plain(tablet().each("1", "1", "mo")), "Take 1 tablet by mouth only 1 time a month, not every day.");
    for step in [
        weekly.clone(),
        weekly.clone().when(&["MORN"]),
        weekly.clone().days(&["mon"]),
        tablet().each("2", "1", "d").days(&["mon"]),
        tablet().when(&["MORN"]).days(&["mon"]),
        tablet().clock(&["08:00:00"]).days(&["mon"]),
    ] {
        assert_eq!(grid(step), "-");
    }
    // More doses than the week has days, or another number of days than of doses: nobody can tell.
    assert!(!explained(&[tablet().each("7", "1", "wk")]).steps[0].understood);
    assert!(!explained(&[tablet().each("1", "1", "wk").days(&["mon", "thu"])]).steps[0].understood);
    assert!(!explained(&[tablet().each("1", "3", "d").days(&["mon"])]).steps[0].understood);
}

#[test]
fn events_of_the_day() {
    let two = d().dose("2", "tablets").route("Oral");
    assert_eq!(
        plain(two.clone().each("2", "1", "d").when(&["MORN", "EVE"])),
        "Take 2 tablets by mouth in the morning and in the evening."
    );
    assert_eq!(grid(two.clone().when(&["MORN", "EVE"])), "2 tablets||2 tablets|");
    assert_eq!(plain(tablet().each("1", "1", "d").when(&["HS"])), "Take 1 tablet by mouth 1 time a day, at bedtime.");
    assert_eq!(grid(tablet().each("1", "1", "d").when(&["HS"])), "|||1 tablet");
    assert_eq!(grid(tablet().when(&["CM", "CD", "CV", "NIGHT"])), "1 tablet|1 tablet|1 tablet|1 tablet");
    assert_eq!(plain(tablet().when(&["ACD"])), "Take 1 tablet by mouth before lunch.");
    assert_eq!(plain(tablet().when(&["AFT"])), "Take 1 tablet by mouth in the afternoon.");
    // The afternoon has no column; a grid with the morning alone would lose a dose.
    assert_eq!(grid(tablet().when(&["MORN", "AFT"])), "-");
    assert_eq!(
        plain(tablet().each("3", "1", "d").when(&["AC"]).timed(|t| t.offset = some("30"))),
        "Take 1 tablet by mouth 3 times a day, 30 minutes before meals."
    );
    assert_eq!(grid(tablet().each("3", "1", "d").when(&["PC"])), "1 tablet|1 tablet|1 tablet|");
    assert_eq!(grid(tablet().each("4", "1", "d").when(&["PC"])), "-");
}

#[test]
fn unknown_when_code_and_unclear_events() {
    let offset = |code: &str| tablet().when(&[code]).timed(|t| t.offset = some("30"));
    for step in [
        tablet().when(&["LATER"]),
        tablet().when(&["MORN", "CM"]),
        tablet().when(&["MORN", "AC"]),
        tablet().each("3", "1", "d").when(&["MORN", "EVE"]),
        tablet().each("1", "1", "d").when(&["MORN", "EVE"]),
        tablet().each("2", "1", "d").when(&["HS"]),
        tablet().when(&["MORN"]).clock(&["08:00:00"]),
        offset("MORN"),
        tablet().timed(|t| t.offset = some("30")),
    ] {
        let all = explained(&[step.text("One tablet, as we said.")]);
        assert!(all.steps[0].plain.is_none() && all.schedule.is_none());
        assert_eq!(all.steps[0].quoted.len(), 1);
    }
}

#[test]
fn clock_times_have_clear_windows() {
    let at = |times: &[&str]| tablet().clock(times);
    assert_eq!(plain(at(&["08:00:00", "20:00:00"])), "Take 1 tablet by mouth at 08:00:00 and at 20:00:00.");
    assert_eq!(grid(at(&["08:00:00", "20:00:00"])), "1 tablet|||1 tablet");
    assert_eq!(grid(at(&["12:30", "17:00"])), "|1 tablet|1 tablet|");
    for unclear in [&["15:00:00"][..], &["03:00:00"], &["08:00:00", "10:00:00"], &["08:00:00", "14:30:00"]] {
        assert_eq!(grid(at(unclear)), "-");
        assert!(explained(&[at(unclear)]).steps[0].understood);
    }
    assert!(!explained(&[at(&["25:00:00"])]).steps[0].understood);
    assert!(!explained(&[at(&["eight"])]).steps[0].understood);
}

#[test]
fn prn_range_and_maximum() {
    let step = d()
        .doses("1", "2", "tablet")
        .route("Oral")
        .each("1", "4", "h")
        .timed(|t| t.period_max = some("6"))
        .with(|d| d.as_needed = AsNeeded::For(named("knee pain")))
        .max("8", "tablets", "24", "h")
        .with(|d| d.max_per_administration = Some(quantity("2", "tablet")));
    let all = explained(&[step]);
    assert_eq!(
        all.steps[0].plain.as_ref().unwrap().shown(),
        "Take 1 to 2 tablets by mouth only when you need it for knee pain. You can use it every 4 to 6 hours. \
         No more than 8 tablets in 24 hours. No more than 2 tablets at a time."
    );
    assert!(all.as_needed && all.schedule.is_none() && all.steps[0].schedule.is_none());
    assert_eq!(all.as_needed_for.len(), 1);
    assert_eq!(
        all.max.iter().map(|f| f.of.text().to_owned()).collect::<Vec<_>>(),
        ["8", "tablets", "24", "h", "2", "tablet"]
    );
    // So many times a day has columns, but not when it is only as needed.
    assert_eq!(grid(tablet().each("3", "1", "d").needed()), "-");
    assert_eq!(plain(tablet().needed()), "Take 1 tablet by mouth only when you need it.");
    assert_eq!(plain(d().needed()), "Use it only when you need it. The record does not say how much.");
    let life = d().dose("1.8", "mg/kg").route("IV").each("1", "3", "wk").with(|d| {
        d.max_per_lifetime = Some(quantity("400", "mg"));
    });
    assert_eq!(
        plain(life),
        "You get 1.8 mg/kg into a vein only every 3 weeks, not every day. No more than 400 mg in your whole life."
    );
}

#[test]
fn taper() {
    let steps = [
        d().seq("2").dose("1", "tablet").route("Oral").each("1", "1", "d").lasts("4", "d"),
        d().seq("1").dose("2", "tablet").route("Oral").each("1", "1", "d").lasts("3", "days"),
        d().seq("3").dose("0.5", "tablet").route("Oral").each("1", "2", "d").between("2026-03-01", "2026-03-05"),
    ];
    let all = explained(&steps);
    assert_eq!(
        sentences(&steps),
        [
            "First: Take 2 tablets by mouth 1 time a day, for 3 days.",
            "Then: Take 1 tablet by mouth 1 time a day, for 4 days.",
            "Then: Take 0.5 tablet by mouth only every 2 days, not every day, from March 1, 2026 to March 5, 2026.",
        ]
    );
    assert!(all.schedule.is_none());
    let dose: Vec<_> = all.dose.iter().map(|f| f.of.text()).collect();
    assert_eq!(dose, ["2", "tablet", "1", "tablet", "0.5", "tablet"]);
    assert_eq!(all.route.len(), 1, "a route that stays the same is given once");
}

#[test]
fn steps_keep_their_order_and_none_is_lost() {
    let step = |n: &str, dose: &str| tablet().with(|d| d.doses.clear()).dose(dose, "mg").seq(n).each("1", "1", "d");
    assert_eq!(
        sentences(&[step("1", "10"), step("1", "20"), step("2", "5")]),
        [
            "First: Take 10 mg by mouth 1 time a day. The record does not say for how long.",
            "And also: Take 20 mg by mouth 1 time a day. The record does not say for how long.",
            "Then: Take 5 mg by mouth 1 time a day.",
        ]
    );
    // Not every step has a number: the record's order, and no "first" and "then".
    assert_eq!(
        sentences(&[step("2", "10"), step("", "20")]),
        ["Take 10 mg by mouth 1 time a day.", "Take 20 mg by mouth 1 time a day."]
    );
    let quoted = explained(&[step("1", "10").text("see the sheet on the wall"), step("2", "5")]);
    assert_eq!(quoted.steps[0].lead.as_ref().unwrap().shown(), "First:");
    assert!(quoted.steps[0].plain.is_none());
}

#[test]
fn missing_unit() {
    assert_eq!(plain(d().dose("1", "").each("1", "1", "d")), "Use 1 each time, 1 time a day.");
    assert_eq!(
        plain(tablet().with(|d| d.doses.clear()).dose("2", "").each("2", "1", "d")),
        "Take 2 by mouth each time, 2 times a day."
    );
    assert_eq!(grid(d().dose("1", "").each("2", "1", "d")), "1||1|");
    assert_eq!(plain(d().dose("1", "ea").route("Topical").each("2", "1", "d")), "Put it on the skin 2 times a day.");
}

#[test]
fn decimal_text() {
    let dose = |n: &str, unit: &str| plain(d().dose(n, unit).route("PO").each("1", "1", "d"));
    assert_eq!(dose("0.125", "mg"), "Take 0.125 mg by mouth 1 time a day.");
    assert_eq!(dose("1.50", "mg"), "Take 1.5 mg by mouth 1 time a day.");
    assert_eq!(dose("1.0", "tablet"), "Take 1 tablet by mouth 1 time a day.");
    assert_eq!(dose(".5", "tablet"), "Take 0.5 tablet by mouth 1 time a day.");
    assert_eq!(dose("1.5", "tablet"), "Take 1.5 tablets by mouth 1 time a day.");
    for unreadable in ["1e1", "-1", "0", "0.0", "NaN", "some", ""] {
        let all = explained(&[tablet().with(|d| d.doses.clear()).dose(unreadable, "mg").each("1", "1", "d")]);
        assert!(!all.steps[0].understood && all.schedule.is_none(), "{unreadable}");
    }
}

#[test]
fn unit_words_are_safe_words() {
    let dose = |unit: &str| plain(d().dose("5", unit).route("Subcutaneous").each("1", "1", "d"));
    for (unit, words) in [
        ("U", "5 units"),
        ("IU", "5 units"),
        ("[iU]", "5 units"),
        ("µg", "5 micrograms"),
        ("ug", "5 micrograms"),
        ("mcg", "5 micrograms"),
        ("ml", "5 mL"),
        ("MG", "5 mg"),
        ("g", "5 grams"),
        ("{tbl}", "5 tablets"),
        ("tablet(s)", "5 tablets"),
        ("flange", "5 flange"),
        ("mg/m²", "5 mg/m²"),
    ] {
        assert_eq!(dose(unit), format!("Inject {words} under the skin 1 time a day."));
    }
    // The unit in words and the unit in code name different things.
    let torn = Quantity { value: some("5"), comparator: None, unit: some("mg"), code: some("mL") };
    let all = explained(&[d().with(|d| d.doses.push(AmountOrRange::Amount(torn))).each("1", "1", "d")]);
    assert!(!all.steps[0].understood);
}

#[test]
fn ways_and_verbs() {
    let way = |route: &str, unit: &str| plain(d().dose("1", unit).route(route).each("1", "1", "d"));
    for (route, unit, start) in [
        ("Ophthalmic route (qualifier value)", "drop", "Put 1 drop in the eye 1"),
        ("Inhalation", "puff", "Breathe in 1 puff 1"),
        ("IM", "mg", "Inject 1 mg into a muscle 1"),
        ("Rectal", "suppository", "Put 1 suppository in the rectum 1"),
        ("Nasal", "spray", "Use 1 spray in the nose 1"),
        ("Transdermal", "patch", "Put 1 patch on the skin 1"),
        ("SL", "tablet", "Put 1 tablet under the tongue 1"),
        ("by balloon", "tablet", "Use 1 tablet (by balloon) 1"),
    ] {
        assert_eq!(way(route, unit), format!("{start} time a day."));
    }
    assert_eq!(plain(d().dose("1", "tablet").each("1", "1", "d")), "Take 1 tablet 1 time a day.");
    assert_eq!(plain(d().dose("1", "mL").each("1", "1", "d")), "Use 1 mL 1 time a day.");
    let coded_route = d().dose("1", "drop").each("1", "1", "d").with(|d| {
        d.route = Some(coded("54485002", "Some other wording"));
        d.method = Some(coded("421538008", "Instill - dosing instruction imperative (qualifier value)"));
        d.site = Some(named("left eye"));
    });
    assert_eq!(plain(coded_route), "Put 1 drop in the eye 1 time a day. Where: left eye.");
    assert_eq!(plain(d().route("Topical").each("2", "1", "d")), "Put it on the skin 2 times a day.");
    // A route and a method that contradict each other; a method nobody knows stays beside the sentence.
    assert!(!explained(&[tablet().with(|d| d.method = Some(named("inhale")))]).steps[0].understood);
    let odd = explained(&[tablet().each("1", "1", "d").with(|d| d.method = Some(named("on one leg")))]);
    assert_eq!(odd.steps[0].quoted.iter().map(|f| f.of.text()).collect::<Vec<_>>(), ["on one leg"]);
}

#[test]
fn infusions() {
    let drip = d().dose("500", "mg").route("IV").each("1", "6", "h").timed(|t| {
        t.duration = some("30");
        t.duration_unit = some("min");
    });
    assert_eq!(plain(drip), "You get 500 mg into a vein over 30 minutes every 6 hours.");
    let ratio = Ratio { numerator: quantity("50", "mL"), denominator: quantity("1", "h") };
    let rate = |r: AmountOrRange<'static>| d().route("IV").with(|d| d.rates.push(r));
    assert_eq!(plain(rate(AmountOrRange::Ratio(ratio))), "You get it into a vein at a rate of 50 mL per hour.");
    let quantity_rate = rate(AmountOrRange::Amount(quantity("4", "ug/kg/min")));
    assert_eq!(plain(quantity_rate), "You get it into a vein at a rate of 4 ug/kg/min.");
    assert!(!explained(&[rate(AmountOrRange::Amount(quantity("4", "min")))]).steps[0].understood);
}

#[test]
fn counts_moments_and_bounds() {
    let counted = |n: &str| tablet().each("1", "1", "d").timed(|t| t.count = some(n));
    assert_eq!(plain(counted("1")), "Take 1 tablet by mouth 1 time only.");
    assert_eq!(plain(counted("10")), "Take 1 tablet by mouth 1 time a day, 10 times in all.");
    assert_eq!(grid(tablet().each("2", "1", "d").timed(|t| t.count = some("3"))), "-");
    let moment = tablet().timed(|t| t.events = vec![v("2026-03-01T22:00:00Z")]);
    assert_eq!(plain(moment), "Take 1 tablet by mouth on March 1, 2026 at 10:00 PM (UTC+00:00).");
    assert_eq!(
        plain(tablet().each("1", "1", "d").between("2026-03-01", "")),
        "Take 1 tablet by mouth 1 time a day, from March 1, 2026 on."
    );
    assert!(!explained(&[tablet().each("1", "1", "d").between("soon", "")]).steps[0].understood);
    assert!(!explained(&[tablet().each("1", "1", "d").lasts("3", "tablets")]).steps[0].understood);
    let both = tablet().each("1", "1", "d").timed(|t| t.events = vec![v("2026-03-01")]);
    assert!(!explained(&[both]).steps[0].understood);
}

#[test]
fn coded_schedules() {
    let code = |c: Concept<'static>| tablet().timed(|t| t.code = Some(c));
    assert_eq!(plain(code(named("BID"))), "Take 1 tablet by mouth twice a day (BID).");
    assert_eq!(grid(code(coded("TID", "TID"))), "1 tablet|1 tablet|1 tablet|");
    assert_eq!(grid(code(coded("AM", ""))), "1 tablet|||");
    assert_eq!(grid(code(coded("BED", "at bedtime"))), "|||1 tablet");
    assert_eq!(grid(code(coded("QD", "QD"))), "-");
    assert_eq!(grid(code(coded("Q6H", "Q6H"))), "-");
    assert_eq!(plain(code(coded("QOD", ""))), "Take 1 tablet by mouth only every other day (QOD), not every day.");
    assert_eq!(plain(code(coded("WK", "weekly"))), "Take 1 tablet by mouth only once a week (WK), not every day.");
    let unknown = explained(&[code(coded("LOC-77", "Per protocol"))]);
    assert!(!unknown.steps[0].understood);
    assert_eq!(
        unknown.steps[0].plain.as_ref().unwrap().shown(),
        "How much: 1 tablet. How: Oral. How often: Per protocol. We could not read all of these directions. Ask your \
         care team before you use it."
    );
    // A repeat goes before a code, unless they say different things.
    assert_eq!(plain(code(named("BID")).each("2", "1", "d")), "Take 1 tablet by mouth 2 times a day.");
    assert!(explained(&[code(named("BID")).each("1", "1", "wk")]).disagreement);
}

#[test]
fn what_is_not_understood_is_not_put_into_words() {
    let day = || tablet().each("1", "1", "d");
    let below = Quantity { comparator: some("<"), ..quantity("5", "mg") };
    for step in [
        day().with(|d| d.not_understood = true),
        day().timed(|t| t.not_understood = true),
        day().dose("500", "mg"),
        day().with(|d| d.rates = vec![AmountOrRange::Amount(quantity("1", "mL/h")); 2]),
        day().with(|d| d.doses = vec![AmountOrRange::Amount(below)]),
        day().with(|d| d.doses = vec![AmountOrRange::Amount(Quantity::default())]),
        day().with(|d| d.doses.clear()).doses("2", "1", "mg"),
        day().timed(|t| t.period_unit = some("moons")),
        day().timed(|t| t.period_unit = None),
        day().timed(|t| t.frequency = some("0")),
        day().timed(|t| t.frequency = some("1.5")),
        day().timed(|t| t.period = None),
        day().days(&["someday"]),
        day().max("4", "tablet", "1", "moons"),
    ] {
        let bare = explained(std::slice::from_ref(&step));
        assert!(!bare.steps[0].understood && bare.schedule.is_none() && !bare.missing);
        assert!(bare.steps[0].plain.as_ref().unwrap().shown().ends_with("Ask your care team before you use it."));
        let with_text = explained(&[step.text("take it daily")]);
        assert!(with_text.steps[0].plain.is_none() && with_text.schedule.is_none());
    }
}

#[test]
fn nothing_in_the_record_is_missing() {
    assert!(explained(&[]).missing);
    assert!(explained(&[d()]).missing);
    assert!(explained(&[d().text("  "), d().seq("1").with(|d| d.as_needed = AsNeeded::No)]).missing);
    assert!(!explained(&[d().text("as told")]).missing);
    assert!(!explained(&[d().also("with food")]).missing);
    assert!(!explained(&[d().with(|d| d.not_understood = true)]).missing);
    assert_eq!(plain(tablet()), "Take 1 tablet by mouth. The record does not say how often.");
    assert_eq!(
        plain(d().route("Oral").each("1", "1", "d")),
        "Take it by mouth 1 time a day. The record does not say how much."
    );
}

#[test]
fn facts_for_the_json_summary() {
    let texts = |facts: &[crate::Fact<'_>]| facts.iter().map(|f| f.of.text().to_owned()).collect::<Vec<_>>();
    let all = explained(&[d().dose("1.50", "mg").route("PO").each("2", "1", "d").when(&["CM", "CV"])]);
    assert_eq!(texts(&all.dose), ["1.50", "mg"]);
    assert_eq!(texts(&all.frequency), ["2", "1", "d", "CM", "CV"]);
    assert_eq!(texts(&all.route), ["PO"]);
    let code = explained(&[tablet().timed(|t| t.code = Some(named("BID")))]);
    assert_eq!(texts(&code.frequency), ["BID"]);
}

#[test]
fn sentences_are_easy_to_read() {
    let mut reading = clinical_lexicon::Readability::default();
    for step in [
        tablet().each("2", "1", "d").when(&["MORN", "EVE"]),
        tablet().each("1", "1", "wk").days(&["mon"]),
        tablet().each("1", "6", "h").needed().max("4", "tablet", "1", "d"),
        d().dose("20", "U").route("SC").when(&["ACM"]),
        tablet().timed(|t| t.code = Some(named("odd"))),
        tablet().each("1", "1", "d").text("1 tablet nightly starting November 19"),
        d().dose("1", "drop").route("Ophthalmic").each("2", "1", "d").with(|d| d.site = Some(named("left eye"))),
    ] {
        let all = explained(&[step]);
        reading.add(&all.steps[0].plain.as_ref().unwrap().shown());
    }
    assert!(reading.reading().grade <= 6.0, "{}", reading.reading().grade);
}
