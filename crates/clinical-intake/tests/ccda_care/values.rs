//! Values: what the record has, of whatever type, and never more.

use super::{RESULTS, entry, noticed, section, template, text, with};
use clinical_model::{FindingCode, Quantity, Value, Verbatim};

/// How the value of a result reads: the kind, and what it says.
fn read(value: &str) -> String {
    read_with("", value)
}

fn read_with(row: &str, value: &str) -> String {
    let result = format!(
        r##"<observation classCode="OBS" moodCode="EVN">{}<code code="2345-7" codeSystem="2.16.840.1.113883.6.1"
        displayName="Glucose"/><text><reference value="#row"/></text><statusCode code="completed"/>{value}</observation>"##,
        template("2")
    );
    with(&section(RESULTS, row, &entry(&result)), |record, _| shown(record.observations[0].main.value.as_ref()))
}

fn shown(value: Option<&Value<'_>>) -> String {
    let number = |q: &Quantity<'_>| {
        let comparator = text(q.comparator.as_ref()).unwrap_or("");
        format!("{comparator}{} {}", text(q.value.as_ref()).unwrap_or("-"), q.shown_unit().map_or("", Verbatim::text))
            .trim()
            .to_owned()
    };
    let end = |q: &Option<Quantity<'_>>, outside| {
        let outside = if outside { "outside " } else { "" };
        q.as_ref().map_or("open".to_owned(), |q| format!("{outside}{}", number(q)))
    };
    match value {
        None => "nothing".to_owned(),
        Some(Value::Quantity(q)) => format!("quantity {}", number(q)),
        Some(Value::Concept(c)) => format!("concept {}", text(c.name()).unwrap_or("-")),
        Some(Value::Scalar(v)) => format!("words {}", v.text()),
        Some(Value::Range(r)) => format!("range {} to {}", end(&r.low, r.low_outside), end(&r.high, r.high_outside)),
        Some(Value::Ratio(r)) => format!("ratio {} to {}", number(&r.numerator), number(&r.denominator)),
        Some(Value::Period(p)) => format!("period {:?} {:?}", text(p.start.as_ref()), text(p.end.as_ref())),
        Some(Value::Recording(_)) => "recording".to_owned(),
    }
}

#[test]
fn every_type_of_value_is_read_as_it_stands() {
    for (value, expected) in [
        (r#"<value xsi:type="PQ" value="1.50" unit="mg/dL"/>"#, "quantity 1.50 mg/dL"),
        (r#"<value xsi:type="PQ" value="1.015" unit="1"/>"#, "quantity 1.015"),
        (r#"<value xsi:type="INT" value="12"/>"#, "quantity 12"),
        (r#"<value xsi:type="REAL" value="1e3"/>"#, "quantity 1e3"),
        (r#"<value xsi:type="CD" code="1" displayName="Positive"/>"#, "concept Positive"),
        (
            r#"<value xsi:type="CE" code="1"><originalText>weakly positive</originalText></value>"#,
            "concept weakly positive",
        ),
        (r#"<value xsi:type="CO" code="LA1" displayName="Several days"/>"#, "concept Several days"),
        (r#"<value xsi:type="ST"> &lt;7 </value>"#, "words <7"),
        (r#"<value xsi:type="ED">120/80</value>"#, "words 120/80"),
        (r#"<value xsi:type="BL" value="true"/>"#, "words true"),
        (r#"<value xsi:type="TS" value="20240305"/>"#, "words 20240305"),
        (r#"<value xsi:type="RTO_PQ_PQ"><numerator value="1"/><denominator value="80"/></value>"#, "ratio 1 to 80"),
        (
            r#"<value xsi:type="IVL_TS"><low value="2024"/><high nullFlavor="UNK"/></value>"#,
            r#"period Some("2024") None"#,
        ),
        (
            r#"<value xsi:type="IVL_PQ"><low value="2" unit="mm"/><high value="5" unit="mm"/></value>"#,
            "range 2 mm to 5 mm",
        ),
        (r#"<value xsi:type="IVL_PQ"><low value="4"/><high value="4"/></value>"#, "quantity 4"),
        (r#"<value xsi:type="ED" mediaType="text/rtf" representation="B64">e1xydGY=</value>"#, "recording"),
    ] {
        assert_eq!(read(value), expected, "{value}");
    }
}

#[test]
fn a_missing_type_is_told_by_what_the_value_holds() {
    assert_eq!(read(r#"<value value="7.2" unit="%"/>"#), "quantity 7.2 %");
    assert_eq!(read(r#"<value code="1" displayName="Negative"/>"#), "concept Negative");
    assert_eq!(read("<value>Trace</value>"), "words Trace");
    assert_eq!(read(r#"<value><low value="1"/></value>"#), "range 1 to open");
}

#[test]
fn a_null_flavor_is_never_a_value_and_says_why_there_is_none() {
    let result = |value: &str| {
        let node = format!(
            r#"<observation classCode="OBS" moodCode="EVN">{}<code code="1" displayName="Test"/>
            <statusCode code="completed"/>{value}</observation>"#,
            template("2")
        );
        section(RESULTS, "", &entry(&node))
    };
    with(&result(r#"<value xsi:type="PQ" nullFlavor="UNK"/>"#), |record, _| {
        let main = &record.observations[0].main;
        assert_eq!(main.value, None);
        assert!(main.absent_reason.as_ref().unwrap().has_code("UNK"));
    });
    // Words and translations beside it are the value.
    let worded = r#"<value xsi:type="CD" nullFlavor="OTH"><originalText>haemolysed</originalText></value>"#;
    assert_eq!(read(worded), "concept haemolysed");
    let translated = r#"<value xsi:type="CD" nullFlavor="UNK"><translation code="1" displayName="Yellow"/></value>"#;
    assert_eq!(read(translated), "concept Yellow");
    let number = r#"<value xsi:type="PQ" nullFlavor="OTH"><translation value="3"><originalText>pads</originalText>
        </translation></value>"#;
    assert_eq!(read(number), "quantity 3 pads");
}

#[test]
fn no_sign_is_made_up_where_the_record_has_an_open_range() {
    let open = r#"<value xsi:type="IVL_PQ"><high value="7" unit="ng/mL" inclusive="false"/></value>"#;
    assert_eq!(read(open), "range open to outside 7 ng/mL");
    // The row that the result refers to has the sign: then it is the record's.
    let row = r#"<table><tbody><tr ID="row"><td>Glucose</td><td>&lt;7</td><td>ng/mL</td></tr></tbody></table>"#;
    assert_eq!(read_with(row, open), "quantity <7 ng/mL");
    let row = r#"<table><tbody><tr ID="row"><td>Glucose</td><td>&lt; 7 ng/mL</td></tr></tbody></table>"#;
    assert_eq!(read_with(row, open), "words < 7 ng/mL");
    // Another number, another sign, or an end that belongs to the range: the entry stands.
    for (row, value, read) in [
        ("&lt;70", open, "range open to outside 7 ng/mL"),
        ("&gt;7", open, "range open to outside 7 ng/mL"),
        ("&lt;7", r#"<value xsi:type="IVL_PQ"><high value="7" unit="ng/mL"/></value>"#, "range open to 7 ng/mL"),
    ] {
        let row = format!(r#"<table><tbody><tr ID="row"><td>{row}</td></tr></tbody></table>"#);
        assert_eq!(read_with(&row, value), read, "{row}");
    }
}

#[test]
fn words_behind_a_reference_are_read_and_the_row_is_no_value_beside_a_value() {
    let row = r#"<list><item ID="row">Chest picture: <content ID="told">Lungs clear.</content></item></list>"#;
    assert_eq!(read_with(row, r##"<value xsi:type="ED"><reference value="#told"/></value>"##), "words Lungs clear.");
    assert_eq!(read_with(row, r#"<value xsi:type="CD" nullFlavor="NI"/>"#), "nothing");
    // Without any value the statement's own text is its answer, unless it only names the test.
    assert_eq!(read_with(row, ""), "words Chest picture: Lungs clear.");
    assert_eq!(read_with(r#"<content ID="row">glucose</content>"#, ""), "nothing");
}

#[test]
fn a_number_with_what_it_stands_for_keeps_both() {
    let node = format!(
        r#"<observation classCode="OBS" moodCode="EVN">{}<code code="1" displayName="Little interest"/>
        <statusCode code="completed"/><value xsi:type="INT" value="1"/>
        <value xsi:type="CO" code="LA1" displayName="Several days"/></observation>"#,
        template("86")
    );
    with(&section("10190-7", "", &entry(&node)), |record, _| {
        let answer = &record.observations[0];
        assert_eq!(shown(answer.main.value.as_ref()), "quantity 1");
        assert_eq!(shown(answer.components[0].value.as_ref()), "concept Several days");
        assert_eq!(text(answer.components[0].code.name()), Some("Little interest"));
    });
}

#[test]
fn an_unknown_type_is_noticed_and_its_words_are_taken() {
    let node = |value: &str| {
        let node = format!(
            r#"<observation classCode="OBS" moodCode="EVN">{}<code code="1" displayName="Test"/>
            <statusCode code="completed"/>{value}</observation>"#,
            template("2")
        );
        section(RESULTS, "", &entry(&node))
    };
    for value in [r#"<value xsi:type="XX">seen</value>"#, r#"<value xsi:type="PQ">seen</value>"#] {
        with(&node(value), |record, findings| {
            assert_eq!(shown(record.observations[0].main.value.as_ref()), "words seen");
            assert!(noticed(findings, FindingCode::UnknownValueType));
        });
    }
}
