//! Allergies (safety rules 13 to 15).

use super::{document, states, text, texts, with};
use clinical_model::{Allergy, Assertion, EntryState, FindingCode, UnreadReason};

const KIND: &str = r#"<value xsi:type="CD" code="419199007" codeSystem="2.16.840.1.113883.6.96" displayName="Allergy to substance (disorder)"/>"#;
const TO: &str = r#"<code code="999" codeSystem="2.16.840.1.113883.6.88" displayName="samplicillin"/>"#;

fn participant(entity: &str) -> String {
    format!(
        r#"<participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT">{entity}
        </playingEntity></participantRole></participant>"#
    )
}

fn observation(attributes: &str, before: &str, value: &str, more: &str) -> String {
    format!(
        r#"<entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN" {attributes}>
        <templateId root="2.16.840.1.113883.10.20.22.4.7"/><code code="ASSERTION"/>{before}<statusCode code="completed"/>
        {value}{more}</observation></entryRelationship>"#
    )
}

fn concern(attributes: &str, status: &str, inner: &str) -> String {
    format!(
        r#"<entry><act classCode="ACT" moodCode="EVN" {attributes}><templateId root="2.16.840.1.113883.10.20.22.4.30"/>
        <code code="CONC"/><statusCode code="{status}"/>{inner}</act></entry>"#
    )
}

fn status(value: &str) -> String {
    format!(
        r#"<entryRelationship typeCode="SUBJ" inversionInd="true"><observation classCode="OBS" moodCode="EVN">
        <templateId root="2.16.840.1.113883.10.20.22.4.28"/><code code="33999-4"/>{value}</observation></entryRelationship>"#
    )
}

fn reaction(value: &str, more: &str) -> String {
    format!(
        r#"<entryRelationship typeCode="MFST" inversionInd="true"><observation classCode="OBS" moodCode="EVN">
        <templateId root="2.16.840.1.113883.10.20.22.4.9"/><code code="ASSERTION"/>{value}{more}</observation>
        </entryRelationship>"#
    )
}

fn severity(code: &str, word: &str) -> String {
    format!(
        r#"<entryRelationship typeCode="SUBJ" inversionInd="true"><observation classCode="OBS" moodCode="EVN">
        <templateId root="2.16.840.1.113883.10.20.22.4.8"/><code code="SEV"/>
        <value xsi:type="CD" code="{code}" displayName="{word}"/></observation></entryRelationship>"#
    )
}

const WORDS: &str = r#"<paragraph ID="none">No known allergies</paragraph><content ID="substance">Samplicillins (class)</content>
    <content ID="rash">Red rash</content>"#;

fn first<T>(entries: &str, look: impl FnOnce(&Allergy<'_>) -> T) -> T {
    with(&document("48765-2", WORDS, entries), |record, _| look(record.allergies.first().unwrap()))
}

fn plain(attributes: &str, act: &str, more: &str) -> String {
    concern("", act, &observation(attributes, "", KIND, &(participant(TO) + more)))
}

#[test]
fn the_substance_is_the_participant_and_never_the_kind() {
    first(&plain("", "active", ""), |a| {
        assert_eq!(text(a.code.name()), Some("samplicillin"));
        assert_eq!(a.assertion, Assertion::Present);
    });
    for entity in [
        r##"<code nullFlavor="OTH"><originalText><reference value="#substance"/></originalText></code>"##,
        r##"<code code="7" displayName="Samplicillin"><originalText><reference value="#substance"/></originalText></code>"##,
        r#"<code nullFlavor="NA"/><name>Samplicillins (class)</name>"#,
        r#"<name>Samplicillins (class)</name>"#,
    ] {
        let entry = concern("", "active", &observation("", "", KIND, &participant(entity)));
        first(&entry, |a| assert_eq!(text(a.code.name()), Some("Samplicillins (class)"), "{entity}"));
    }
    let nobody = concern("", "active", &observation("", "", KIND, &participant("<code nullFlavor=\"UNK\"/>")));
    with(&document("48765-2", "", &nobody), |record, _| {
        assert_eq!(states(record), [EntryState::Unreadable(UnreadReason::NoSubjectMatter)]);
        assert!(record.allergies.is_empty());
    });
}

#[test]
fn a_precoordinated_allergy_names_its_substance() {
    let value = r#"<value xsi:type="CD" code="998" codeSystem="2.16.840.1.113883.6.96" displayName="Allergy to samplicillin"/>"#;
    first(&concern("", "active", &observation("", "", value, "")), |a| {
        assert_eq!(text(a.code.name()), Some("Allergy to samplicillin"));
    });
}

#[test]
fn no_known_allergies_is_said_by_negation_by_code_and_by_words() {
    let negated = r#"negationInd="true""#;
    let nobody = participant("<code nullFlavor=\"NA\"/>");
    let text_of = r##"<text><reference value="#none"/></text>"##;
    let coded =
        r#"<value xsi:type="CD" code="716186003" codeSystem="2.16.840.1.113883.6.96" displayName="No known allergy"/>"#;
    for entry in [
        observation(negated, text_of, KIND, &nobody),
        observation(negated, "", KIND, ""),
        observation("", "", coded, ""),
        observation("", text_of, KIND, &nobody),
        observation("", "", KIND, &participant("<code nullFlavor=\"NI\"/><name>NKDA</name>")),
    ] {
        first(&concern("", "active", &entry), |a| {
            assert!(a.none_known && !a.not_asked, "{entry}");
            assert_eq!(a.assertion, Assertion::Absent);
        });
    }
    first(&concern("", "active", &observation(negated, text_of, KIND, &nobody)), |a| {
        assert_eq!(text(a.code.name()), Some("No known allergies"));
    });
    first(&concern(negated, "active", &observation("", "", KIND, "")), |a| assert!(a.none_known));
}

#[test]
fn not_allergic_to_one_substance_is_not_no_allergies() {
    first(&plain(r#"negationInd="true""#, "active", ""), |a| {
        assert_eq!(a.assertion, Assertion::Absent);
        assert!(!a.none_known);
    });
}

#[test]
fn not_asked_is_not_none_known() {
    let value = r#"<value xsi:type="CD" nullFlavor="NASK"><originalText>Allergies not asked</originalText></value>"#;
    first(&concern("", "active", &observation("", "", value, "")), |a| {
        assert!(a.not_asked && !a.none_known);
    });
    let coded = r#"<value xsi:type="CD" code="1631000175102" codeSystem="2.16.840.1.113883.6.96" displayName="Patient not asked"/>"#;
    first(&concern("", "active", &observation("", "", coded, "")), |a| assert!(a.not_asked));
}

#[test]
fn withdrawn_allergies_are_not_the_patients() {
    first(&plain("", "nullified", ""), |a| {
        assert!(a.in_error);
        assert_eq!(a.assertion, Assertion::Absent);
    });
    first(&plain("", "aborted", ""), |a| assert_eq!(a.assertion, Assertion::Historical));
    first(&plain("", "suspended", ""), |a| assert_eq!(a.assertion, Assertion::Historical));
    let inactive = status(r#"<value xsi:type="CE" code="73425007" displayName="Inactive"/>"#);
    first(&plain("", "active", &inactive), |a| assert_eq!(a.assertion, Assertion::Historical));
    // What was withdrawn says nothing of today.
    let none = concern("", "nullified", &observation(r#"negationInd="true""#, "", KIND, ""));
    first(&none, |a| assert!(!a.none_known && a.in_error));
}

#[test]
fn an_allergy_is_hidden_only_where_the_record_says_that_it_is_over() {
    let active = status(r#"<value xsi:type="CE" code="55561003" displayName="Active"/>"#);
    first(&plain("", "completed", &active), |a| assert_eq!(a.assertion, Assertion::Present));
    first(&plain("", "completed", ""), |a| assert_eq!(a.assertion, Assertion::Present));
    let ended = "<effectiveTime><low value=\"2001\"/><high value=\"2010\"/></effectiveTime>";
    let entry = |act: &str| concern("", act, &observation("", ended, KIND, &participant(TO)));
    first(&entry("completed"), |a| assert_eq!(a.assertion, Assertion::Historical));
    first(&entry("active"), |a| assert_eq!(a.assertion, Assertion::Present));
}

#[test]
fn reactions_are_kept_with_the_worst_severity() {
    let hives = reaction(r#"<value xsi:type="CD" code="1" displayName="Hives"/>"#, &severity("255604002", "Mild"));
    let rash = r##"<text>rash<reference value="#rash"/></text><value xsi:type="CD" nullFlavor="OTH"/>"##;
    let rash = reaction(rash, &severity("24484000", "Severe"));
    let beside_the_act = reaction(r#"<value xsi:type="CD" code="2" displayName="Tremor"/>"#, "");
    let denied = reaction(r#"<value xsi:type="CD" code="3" displayName="Wheezing"/>"#, "")
        .replace("EVN\">", "EVN\" negationInd=\"true\">");
    let inner = observation("", "", KIND, &(participant(TO) + &hives + &rash + &denied)) + &beside_the_act;
    with(&document("48765-2", WORDS, &concern("", "active", &inner)), |record, _| {
        let [a] = record.allergies.as_slice() else { panic!("one allergy") };
        assert_eq!(texts(&a.reactions), ["Hives", "Red rash", "Tremor"]);
        assert_eq!(text(a.severity.as_ref()), Some("Severe"));
    });
}

#[test]
fn criticality_is_kept_as_it_is_coded() {
    let high = r#"<entryRelationship typeCode="SUBJ" inversionInd="true"><observation classCode="OBS" moodCode="EVN">
        <templateId root="2.16.840.1.113883.10.20.22.4.145"/><code code="82606-5"/>
        <value xsi:type="CD" code="CRITH" displayName="high criticality"/></observation></entryRelationship>"#;
    first(&plain("", "active", high), |a| assert_eq!(text(a.criticality.as_ref()), Some("CRITH")));
}

/// Published samples let the substance refer to the cell of its reaction.
#[test]
fn a_reference_to_the_reaction_does_not_rename_the_substance() {
    let entity = r##"<code code="999" displayName="samplicillin"><originalText><reference value="#rash"/></originalText></code>"##;
    let hives = reaction(r##"<value xsi:type="CD" code="1" displayName="Red rash"/>"##, "");
    let entry = concern("", "active", &observation("", "", KIND, &(participant(entity) + &hives)));
    with(&document("48765-2", WORDS, &entry), |record, findings| {
        let a = record.allergies.first().unwrap();
        assert_eq!(text(a.code.name()), Some("samplicillin"));
        assert!(a.notes.is_empty());
        assert!(findings.iter().any(|f| f.code == FindingCode::NarrativeDisagrees));
    });
    let other = participant("<code code=\"999\" displayName=\"samplicillin\"/><name>Exemplan</name>");
    first(&concern("", "active", &observation("", "", KIND, &other)), |a| {
        assert_eq!(texts(&a.notes), ["Exemplan"], "both names are told");
    });
}

#[test]
fn reactions_without_a_substance_are_kept() {
    let hives = reaction(r#"<value xsi:type="CD" code="1" displayName="Hives"/>"#, "");
    let entry =
        concern("", "active", &observation("", "", KIND, &(participant("<code nullFlavor=\"UNK\"/>") + &hives)));
    first(&entry, |a| {
        assert!(a.code.is_empty() && !a.none_known);
        assert_eq!(texts(&a.reactions), ["Hives"]);
    });
}

#[test]
fn each_substance_of_a_concern_is_an_allergy_of_its_own() {
    let two = participant(TO) + &participant(&TO.replace("samplicillin", "exemplan"));
    with(&document("48765-2", "", &concern("", "active", &observation("", "", KIND, &two))), |record, _| {
        let names: Vec<_> = record.allergies.iter().map(|a| text(a.code.name()).unwrap()).collect();
        assert_eq!(names, ["samplicillin", "exemplan"]);
        assert_eq!(states(record), [EntryState::Parted, EntryState::Read, EntryState::Read]);
    });
}

#[test]
fn an_observation_without_a_concern_is_read() {
    let bare = observation("", "", KIND, &participant(TO))
        .replace("<entryRelationship typeCode=\"SUBJ\">", "<entry>")
        .replace("</entryRelationship>", "</entry>");
    first(&bare, |a| assert_eq!(text(a.code.name()), Some("samplicillin")));
}
