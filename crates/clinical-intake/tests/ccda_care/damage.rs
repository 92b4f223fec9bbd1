//! Damaged and hostile documents: nothing panics, every entry is counted.

use super::{entry, section, statements, template, with};

/// A document with one of each kind of statement.
fn document() -> String {
    let statements = [
        format!(
            r#"<organizer classCode="BATTERY" moodCode="EVN">{}<code code="1" displayName="Panel"/><statusCode code="completed"/>
            <component><observation classCode="OBS" moodCode="EVN">{}<code code="2" displayName="Sodium"/>
            <statusCode code="completed"/><value xsi:type="IVL_PQ"><low value="1"/><high value="7" inclusive="false"/></value>
            <referenceRange><observationRange><text>1 to 7</text></observationRange></referenceRange></observation></component>
            </organizer>"#,
            template("1"),
            template("2")
        ),
        format!(
            r#"<encounter classCode="ENC" moodCode="APT">{}<code code="3" displayName="Visit"/><statusCode code="active"/>
            <effectiveTime value="20240401"/></encounter>"#,
            template("40")
        ),
        format!(
            r#"<substanceAdministration classCode="SBADM" moodCode="EVN" negationInd="false">{}<statusCode code="completed"/>
            <consumable><manufacturedProduct><manufacturedMaterial><code code="88" displayName="Flu"/></manufacturedMaterial>
            </manufacturedProduct></consumable></substanceAdministration>"#,
            template("52")
        ),
        format!(
            r##"<observation classCode="OBS" moodCode="GOL">{}<code code="4" displayName="Goal"/><text><reference value="#x"/></text>
            <statusCode code="active"/></observation>"##,
            template("121")
        ),
        format!(
            r#"<organizer classCode="CLUSTER" moodCode="EVN">{}<subject><relatedSubject/></subject><component>
            <observation classCode="OBS" moodCode="EVN">{}<value xsi:type="CD" code="5" displayName="Stroke"/></observation>
            </component></organizer>"#,
            template("45"),
            template("46")
        ),
    ];
    section("18776-5", r#"<paragraph ID="x">Words</paragraph>"#, &statements.map(|s| entry(&s)).concat())
}

#[test]
fn an_attribute_without_its_value_loses_no_entry() {
    let whole = document();
    let quotes: Vec<usize> = whole.match_indices("=\"").map(|(at, _)| at + 2).collect();
    for start in quotes {
        let end = start + whole[start..].find('"').unwrap();
        // The namespaces are not the reader's.
        if whole[..start].rfind(' ').is_some_and(|at| whole[at..].starts_with(" xmlns")) {
            continue;
        }
        for value in ["", "&#10;", "true", "999999999999999999999", "#", "🙂"] {
            let damaged = format!("{}{value}{}", &whole[..start], &whole[end..]);
            with(&damaged, |record, _| assert!(statements(record).len() >= 5, "{damaged}"));
        }
    }
}

#[test]
fn an_element_of_another_name_loses_no_entry() {
    let whole = document();
    let tags: Vec<usize> = whole
        .match_indices('<')
        .map(|(at, _)| at)
        .filter(|at| whole[at + 1..].starts_with(char::is_alphabetic))
        .collect();
    for at in tags {
        let end = at + 1 + whole[at + 1..].find(|c: char| !c.is_alphanumeric()).unwrap();
        let name = &whole[at + 1..end];
        if ["entry", "section", "ClinicalDocument", "component", "structuredBody"].contains(&name) {
            continue;
        }
        let mut damaged = whole.replace(&format!("</{name}>"), "</other>");
        for end in [" ", ">", "/>"] {
            damaged = damaged.replace(&format!("<{name}{end}"), &format!("<other{end}"));
        }
        with(&damaged, |record, _| assert!(statements(record).len() >= 5, "{name}"));
    }
}

#[test]
fn panels_in_panels_are_read_to_the_last_one() {
    let open = format!(r#"<organizer classCode="CLUSTER" moodCode="EVN">{}<component>"#, template("1"));
    let result = format!(
        r#"<observation classCode="OBS" moodCode="EVN">{}<code code="2" displayName="Sodium"/><value xsi:type="INT" value="1"/>
        </observation>"#,
        template("2")
    );
    let nested = open.repeat(90) + &result + &"</component></organizer>".repeat(90);
    with(&section("30954-2", "", &entry(&nested)), |record, _| {
        assert_eq!(statements(record).len(), 91);
        assert_eq!(record.observations.len(), 1);
    });
}

#[test]
fn what_is_nullified_at_the_top_is_nullified_at_the_bottom() {
    let node = |status: &str| {
        format!(
            r#"<organizer classCode="CLUSTER" moodCode="EVN">{}<statusCode code="{status}"/><component><organizer classCode="CLUSTER"
            moodCode="EVN">{}<statusCode code="completed"/><component><procedure classCode="PROC" moodCode="EVN">{}
            <code code="1" displayName="Stitch"/><statusCode code="completed"/></procedure></component></organizer></component>
            </organizer>"#,
            template("1"),
            template("1"),
            template("14")
        )
    };
    with(&section("30954-2", "", &entry(&node("nullified"))), |record, _| assert!(record.procedures[0].in_error));
    with(&section("30954-2", "", &entry(&node("completed"))), |record, _| assert!(!record.procedures[0].in_error));
}
