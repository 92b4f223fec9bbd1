//! Dosages as a note gives them: words where a structure has codes.

use super::text::against;
use super::*;

/// So many times, of a unit in words.
fn times(count: &str, unit: &str) -> D {
    tablet().timed(|t| {
        t.frequency = some(count);
        t.period_unit = some(unit);
    })
}

#[test]
fn numbers_and_units_in_words_are_understood() {
    let swallowed = |n: &str| plain(d().dose(n, "tab").route("p.o.").timed(|t| t.period_unit = some("daily")));
    assert_eq!(swallowed("one"), "Take one tablet by mouth every day.");
    assert_eq!(swallowed("half a"), "Take half a tablet by mouth every day.");
    assert_eq!(swallowed("1 1/2"), "Take 1 1/2 tablets by mouth every day.");
    assert_eq!(plain(times("twice", "day")), "Take 1 tablet by mouth twice a day.");
    assert_eq!(plain(times("3", "week")), "Take 1 tablet by mouth only 3 times a week, not every day.");
    assert_eq!(plain(times("once", "weekly")), "Take 1 tablet by mouth only once a week, not every day.");
    assert_eq!(grid(times("twice", "daily")), "1 tablet||1 tablet|");
}

#[test]
fn a_bare_code_of_a_unit_stays_a_hole() {
    // FHIR R4 Timing.repeat: a periodUnit without a period says nothing.
    assert_eq!(plain(tablet().timed(|t| t.period_unit = some("d")).text("1 tablet")), "-");
    assert_eq!(plain(times("2", "d").text("1 tablet")), "-");
}

#[test]
fn events_and_days_in_words() {
    assert_eq!(plain(tablet().when(&["qhs"])), "Take 1 tablet by mouth at bedtime.");
    assert_eq!(
        plain(tablet().when(&["in the morning", "at bedtime"])),
        "Take 1 tablet by mouth in the morning and at bedtime."
    );
    assert_eq!(
        plain(tablet().days(&["Mondays", "Thursdays"])),
        "Take 1 tablet by mouth only on Monday and Thursday, not every day."
    );
    assert_eq!(
        plain(tablet().when(&["before meals", "at bedtime"])),
        "Take 1 tablet by mouth before meals and at bedtime."
    );
    assert_eq!(plain(tablet().when(&["with meals", "in the morning"]).text("x")), "-");
}

#[test]
fn a_schedule_in_words_needs_no_brackets_and_goes_with_events() {
    let code = |c: &str| tablet().timed(|t| t.code = Some(named(c)));
    assert_eq!(plain(code("b.i.d.")), "Take 1 tablet by mouth twice a day (b.i.d.).");
    assert_eq!(plain(code("every other day")), "Take 1 tablet by mouth only every other day, not every day.");
    assert_eq!(plain(code("tid").when(&["with meals"])), "Take 1 tablet by mouth three times a day (tid), with meals.");
    // One event for two doses: nobody can tell.
    assert!(!explained(&[code("bid").when(&["at bedtime"]).text("1 tab bid at bedtime")]).steps[0].understood);
}

#[test]
fn the_words_that_join_steps_order_them() {
    let step = |n: &str, joined: &str| {
        d().dose(n, "mg")
            .timed(|t| t.period_unit = some("daily"))
            .lasts("5", "days")
            .with(|x| x.sequence = some(joined))
    };
    assert_eq!(
        sentences(&[step("40", ""), step("20", "then")]),
        ["First: Use 40 mg every day, for 5 days.", "Then: Use 20 mg every day, for 5 days."]
    );
    assert_eq!(sentences(&[step("40", ""), step("20", "and")])[1], "And also: Use 20 mg every day, for 5 days.");
    assert_eq!(sentences(&[step("40", ""), step("20", "perhaps")])[1], "Use 20 mg every day, for 5 days.");
}

#[test]
fn a_place_in_short_has_its_plain_words_beside_it() {
    let drop = d().dose("1", "gtt").timed(|t| t.period_unit = some("daily"));
    assert_eq!(plain(drop.clone().with(|d| d.site = Some(named("OU")))), "Use 1 drop every day. Where: OU (each eye).");
    // Two readings: as it stands.
    assert_eq!(plain(drop.with(|d| d.site = Some(named("OD")))), "Use 1 drop every day. Where: OD.");
}

#[test]
fn a_text_that_names_the_medicine_says_no_more() {
    let dosages = [times("twice", "daily").text("1 tablet of lisinopril twice daily").0];
    let lexicon = Lexicon::english().unwrap();
    let medicine = named("lisinopril");
    assert!(explain(&dosages, Some(&medicine), lexicon).steps[0].understood);
    assert!(!explain(&dosages, Some(&named("losartan")), lexicon).steps[0].understood);
}

#[test]
fn misspelled_words_of_a_text_are_compared_as_what_they_mean() {
    assert_eq!(against(super::text::twice(), "1 tabelt by mouht twise dialy"), "same");
    assert_eq!(against(super::text::twice(), "2 tabelts twise dialy"), "disagree");
    assert_eq!(against(tablet().timed(|t| t.period_unit = some("weekly")), "1 tablet dialy"), "disagree");
}

#[test]
fn words_quoted_by_themselves_do_not_hide_a_dose() {
    let cream = d().route("Topical").each("2", "1", "d");
    assert_eq!(against(cream.clone().also("thin layer"), "apply a thin layer twice daily"), "same");
    assert_eq!(against(twice_until(), "1 tablet twice daily until finished"), "quote");
}

fn twice_until() -> D {
    super::text::twice().also("until finished")
}
