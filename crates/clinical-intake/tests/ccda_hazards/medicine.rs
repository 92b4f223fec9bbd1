//! Medicines of our own making.

use super::{document, with};
use clinical_model::{Course, CourseRule, Dosage, MedicationUse};

pub(super) const TAKEN: &str = "10160-0";
pub(super) const NAME: &str =
    r#"<code code="999001" codeSystem="2.16.840.1.113883.6.88" displayName="exemplan 5 MG Oral Tablet"/>"#;

/// A medicine of this mood and status, with these children before its product and these behind.
pub(super) fn medicine(attributes: &str, status: &str, before: &str, product: &str, behind: &str) -> String {
    format!(
        r#"<entry><substanceAdministration classCode="SBADM" {attributes}>
        <templateId root="2.16.840.1.113883.10.20.22.4.16"/><statusCode code="{status}"/>{before}
        <consumable><manufacturedProduct><manufacturedMaterial>{product}</manufacturedMaterial></manufacturedProduct>
        </consumable>{behind}</substanceAdministration></entry>"#
    )
}

pub(super) fn first<T>(xml: &str, look: impl FnOnce(&MedicationUse<'_>) -> T) -> T {
    with(xml, |record, _| look(record.medications.first().unwrap()))
}

/// Where a medicine stands, and by which rule.
pub(super) fn course(attributes: &str, status: &str, before: &str, behind: &str) -> (Course, Option<CourseRule>) {
    first(&document(TAKEN, "", &medicine(attributes, status, before, NAME, behind)), |m| (m.course, m.rule))
}

/// The directions of a medicine with these children.
pub(super) fn dosage<T>(children: &str, look: impl FnOnce(&Dosage<'_>) -> T) -> T {
    let xml = document(TAKEN, "", &medicine(r#"moodCode="EVN""#, "active", children, NAME, ""));
    first(&xml, |m| look(m.dosages.first().unwrap()))
}

pub(super) fn status_observation(value: &str) -> String {
    format!(
        r#"<entryRelationship typeCode="REFR"><observation classCode="OBS" moodCode="EVN">
        <code code="33999-4" codeSystem="2.16.840.1.113883.6.1"/><statusCode code="completed"/>{value}
        </observation></entryRelationship>"#
    )
}

pub(super) const EVN: &str = r#"moodCode="EVN""#;
pub(super) const PAST: &str =
    r#"<effectiveTime xsi:type="IVL_TS"><low value="20230101"/><high value="20230131"/></effectiveTime>"#;
