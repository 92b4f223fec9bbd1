//! The templates of C-CDA by their ids: what each is called, and which file reads it.

use super::types;
use clinical_xml::Node;
use std::sync::LazyLock;

/// Which file reads a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Route {
    /// Medicines.
    Medication,
    /// Vaccines.
    Immunization,
    /// Allergies.
    Allergy,
    /// Problems.
    Problem,
    /// Results, vital signs, answers.
    Observation,
    /// Procedures.
    Procedure,
    /// Visits.
    Encounter,
    /// Plans, goals, instructions, concerns.
    Plan,
    /// Everything else.
    Care,
    /// A part of the statement around it, which reads it; alone it says nothing that a list has a place for.
    Aside,
}

/// The templates of HL7's C-CDA, by what follows `2.16.840.1.113883.10.20.22.4.`.
const CLINICAL: &[Row] = &[
    ("1", "Result Organizer", Route::Observation),
    ("2", "Result Observation", Route::Observation),
    ("3", "Problem Concern Act", Route::Problem),
    ("4", "Problem Observation", Route::Problem),
    ("5", "Health Status Observation", Route::Aside),
    ("6", "Problem Status", Route::Aside),
    ("7", "Allergy Observation", Route::Allergy),
    ("8", "Severity Observation", Route::Aside),
    ("9", "Reaction Observation", Route::Aside),
    ("12", "Procedure Activity Act", Route::Procedure),
    ("13", "Procedure Activity Observation", Route::Procedure),
    ("14", "Procedure Activity Procedure", Route::Procedure),
    ("16", "Medication Activity", Route::Medication),
    ("17", "Medication Supply Order", Route::Medication),
    ("18", "Medication Dispense", Route::Medication),
    ("19", "Indication", Route::Aside),
    ("20", "Instruction", Route::Plan),
    ("24", "Drug Vehicle", Route::Aside),
    ("25", "Precondition for Substance Administration", Route::Aside),
    ("26", "Vital Signs Organizer", Route::Observation),
    ("27", "Vital Sign Observation", Route::Observation),
    ("28", "Allergy Status Observation", Route::Aside),
    ("29", "Result Status Observation", Route::Aside),
    ("30", "Allergy Concern Act", Route::Allergy),
    ("31", "Age Observation", Route::Aside),
    ("33", "Hospital Discharge Diagnosis", Route::Problem),
    ("34", "Hospital Admission Diagnosis", Route::Problem),
    ("35", "Discharge Medication", Route::Medication),
    ("36", "Admission Medication", Route::Medication),
    ("38", "Social History Observation", Route::Observation),
    ("39", "Planned Act", Route::Plan),
    ("40", "Planned Encounter", Route::Plan),
    ("41", "Planned Procedure", Route::Plan),
    ("42", "Planned Medication Activity", Route::Plan),
    ("43", "Planned Supply", Route::Plan),
    ("44", "Planned Observation", Route::Plan),
    ("45", "Family History Organizer", Route::Care),
    ("46", "Family History Observation", Route::Care),
    ("47", "Family History Death Observation", Route::Care),
    ("48", "Advance Directive Observation", Route::Care),
    ("49", "Encounter Activity", Route::Encounter),
    ("50", "Non-Medicinal Supply Activity", Route::Care),
    ("51", "Postprocedure Diagnosis", Route::Problem),
    ("52", "Immunization Activity", Route::Immunization),
    ("53", "Immunization Refusal Reason", Route::Aside),
    ("60", "Coverage Activity", Route::Care),
    ("61", "Policy Activity", Route::Care),
    ("63", "Series Act", Route::Care),
    ("64", "Comment Activity", Route::Care),
    ("65", "Preoperative Diagnosis", Route::Problem),
    ("66", "Functional Status Organizer", Route::Observation),
    ("67", "Functional Status Observation", Route::Observation),
    ("68", "Functional Status Problem Observation", Route::Observation),
    ("69", "Assessment Scale Observation", Route::Observation),
    ("70", "Pressure Ulcer Observation", Route::Problem),
    ("72", "Caregiver Characteristics", Route::Observation),
    ("73", "Cognitive Status Problem Observation", Route::Observation),
    ("74", "Mental Status Observation", Route::Observation),
    ("75", "Mental Status Organizer", Route::Observation),
    ("76", "Number of Pressure Ulcers Observation", Route::Observation),
    ("77", "Highest Pressure Ulcer Stage", Route::Observation),
    ("78", "Smoking Status", Route::Observation),
    ("79", "Deceased Observation", Route::Observation),
    ("80", "Encounter Diagnosis", Route::Problem),
    ("85", "Tobacco Use", Route::Observation),
    ("86", "Assessment Scale Supporting Observation", Route::Observation),
    ("108", "Advance Directive Organizer", Route::Care),
    ("109", "Characteristics of Home Environment", Route::Observation),
    ("110", "Progress Toward Goal Observation", Route::Aside),
    ("111", "Cultural and Religious Observation", Route::Observation),
    ("113", "Prognosis Observation", Route::Observation),
    ("114", "Longitudinal Care Wound Observation", Route::Problem),
    ("115", "External Document Reference", Route::Aside),
    ("118", "Substance Administered Act", Route::Aside),
    ("119", "Author Participation", Route::Aside),
    ("120", "Planned Immunization Activity", Route::Plan),
    ("121", "Goal Observation", Route::Plan),
    ("122", "Entry Reference", Route::Aside),
    ("123", "Drug Monitoring Act", Route::Plan),
    ("124", "Nutritional Status Observation", Route::Observation),
    ("127", "Sensory Status", Route::Observation),
    ("128", "Self-Care Activities", Route::Observation),
    ("129", "Planned Coverage", Route::Care),
    ("130", "Nutrition Recommendation", Route::Plan),
    ("131", "Intervention Act", Route::Plan),
    ("132", "Health Concern Act", Route::Plan),
    ("133", "Wound Measurement Observation", Route::Observation),
    ("134", "Wound Characteristic", Route::Observation),
    ("135", "Medical Equipment Organizer", Route::Care),
    ("136", "Risk Concern Act", Route::Plan),
    ("138", "Nutrition Assessment", Route::Observation),
    ("140", "Patient Referral Act", Route::Plan),
    ("141", "Handoff Communication", Route::Care),
    ("143", "Priority Preference", Route::Care),
    ("144", "Outcome Observation", Route::Observation),
    ("145", "Criticality Observation", Route::Aside),
    ("146", "Planned Intervention Act", Route::Plan),
    ("147", "Medication Free Text Sig", Route::Aside),
    ("200", "Birth Sex Observation", Route::Observation),
    ("201", "Section Time Range Observation", Route::Aside),
    ("202", "Note Activity", Route::Care),
    ("280", "Gestational Age Observation", Route::Observation),
    ("281", "Pregnancy Intention in Next Year", Route::Observation),
    ("293", "Pregnancy Observation", Route::Observation),
    ("297", "Estimated Date of Delivery", Route::Observation),
    ("311", "UDI Organizer", Route::Care),
    ("500", "Care Team Organizer", Route::Care),
    ("500.1", "Care Team Member Act", Route::Care),
    ("500.2", "Care Team Type Observation", Route::Aside),
    ("501", "Sexual Orientation Observation", Route::Observation),
    ("502", "Date of Diagnosis Act", Route::Aside),
    ("503", "Basic Occupation Observation", Route::Observation),
    ("504", "Basic Industry Observation", Route::Observation),
    ("505", "Disability Status Observation", Route::Observation),
    ("506", "Tribal Affiliation Observation", Route::Observation),
    ("507", "Sex Observation", Route::Observation),
    ("508", "Medication Adherence", Route::Aside),
    ("509", "Care Experience Preference", Route::Care),
    ("510", "Treatment Intervention Preference", Route::Care),
    ("511", "Smoking Status", Route::Observation),
    ("512", "Average Blood Pressure Organizer", Route::Observation),
    // 513 is two templates: of the companion guide of 2025, and of release 4. Class and section decide.
    ("515", "Interpreter Needed Observation", Route::Observation),
];

/// Templates with other roots.
const OTHERS: &[Row] = &[
    ("2.16.840.1.113883.10.20.15.3.1", "Estimated Date of Delivery", Route::Observation),
    ("2.16.840.1.113883.10.20.15.3.8", "Pregnancy Observation", Route::Observation),
    ("2.16.840.1.113883.10.20.34.3.45", "Gender Identity Observation", Route::Observation),
    ("2.16.840.1.113883.10.20.24.3.88", "Reason", Route::Aside),
    ("2.16.840.1.113883.10.20.1.19", "Authorization Activity", Route::Care),
    ("2.16.840.1.113883.10.20.6.2.5", "Procedure Technique", Route::Care),
    ("2.16.840.1.113883.10.20.6.2.6", "Study Act", Route::Care),
    ("2.16.840.1.113883.10.20.6.2.8", "SOP Instance Observation", Route::Care),
    ("2.16.840.1.113883.10.20.6.2.9", "Purpose of Reference Observation", Route::Aside),
    ("2.16.840.1.113883.10.20.6.2.10", "Referenced Frames Observation", Route::Aside),
    ("2.16.840.1.113883.10.20.6.2.11", "Boundary Observation", Route::Aside),
    ("2.16.840.1.113883.10.20.6.2.12", "Text Observation", Route::Observation),
    ("2.16.840.1.113883.10.20.6.2.13", "Code Observation", Route::Observation),
    ("2.16.840.1.113883.10.20.6.2.14", "Quantity Measurement Observation", Route::Observation),
    // Security labels (HL7 CBCC), which are read with the statement that they stand in.
    ("2.16.840.1.113883.3.445.21", "Security Observation", Route::Aside),
    // Two that a published sample of HL7 has without the number of the entry templates.
    ("2.16.840.1.113883.10.20.22.60", "Coverage Activity", Route::Care),
    ("2.16.840.1.113883.10.20.22.61", "Policy Activity", Route::Care),
    // CCD 1.0 and IHE, which older documents carry beside, or instead of, those above.
    ("2.16.840.1.113883.10.20.1.17", "Advance Directive Observation", Route::Care),
    ("2.16.840.1.113883.10.20.1.18", "Allergy Observation", Route::Allergy),
    ("2.16.840.1.113883.10.20.1.20", "Coverage Activity", Route::Care),
    ("2.16.840.1.113883.10.20.1.21", "Encounter Activity", Route::Encounter),
    ("2.16.840.1.113883.10.20.1.22", "Family History Observation", Route::Care),
    ("2.16.840.1.113883.10.20.1.23", "Family History Organizer", Route::Care),
    ("2.16.840.1.113883.10.20.1.24", "Medication Activity", Route::Medication),
    ("2.16.840.1.113883.10.20.1.25", "Planned Activity", Route::Plan),
    ("2.16.840.1.113883.10.20.1.26", "Policy Activity", Route::Care),
    ("2.16.840.1.113883.10.20.1.28", "Problem Observation", Route::Problem),
    ("2.16.840.1.113883.10.20.1.29", "Procedure Activity Procedure", Route::Procedure),
    ("2.16.840.1.113883.10.20.1.31", "Result Observation", Route::Observation),
    ("2.16.840.1.113883.10.20.1.32", "Result Organizer", Route::Observation),
    ("2.16.840.1.113883.10.20.1.33", "Social History Observation", Route::Observation),
    ("2.16.840.1.113883.10.20.1.34", "Medication Supply Order", Route::Medication),
    ("2.16.840.1.113883.10.20.1.35", "Vital Signs Organizer", Route::Observation),
    ("2.16.840.1.113883.10.20.1.40", "Comment Activity", Route::Care),
    ("2.16.840.1.113883.10.20.1.49", "Instruction", Route::Plan),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.2", "Comment Activity", Route::Care),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.3", "Instruction", Route::Plan),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.5.2", "Problem Concern Act", Route::Problem),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.5.3", "Allergy Concern Act", Route::Allergy),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.12", "Immunization Activity", Route::Immunization),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.13.1", "Vital Signs Organizer", Route::Observation),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.13.2", "Vital Sign Observation", Route::Observation),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.13.3", "Family History Observation", Route::Care),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.13.4", "Social History Observation", Route::Observation),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.13.5", "Pregnancy Observation", Route::Observation),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.14", "Encounter Activity", Route::Encounter),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.15", "Family History Organizer", Route::Care),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.19", "Procedure Activity Procedure", Route::Procedure),
];

const ROOT: &str = "2.16.840.1.113883.10.20.22.4.";

/// A template: its id, its name, and which file reads it.
type Row = (&'static str, &'static str, Route);

/// Rows by their ids.
struct Index {
    /// Those of HL7's C-CDA whose ids are numbers.
    numbered: Vec<Option<&'static Row>>,
    /// The other ones of HL7's C-CDA, which are few.
    dotted: Vec<&'static Row>,
    /// Those with other roots, sorted.
    others: Vec<&'static Row>,
}

impl Index {
    fn new() -> Self {
        let mut index = Self { numbered: Vec::new(), dotted: Vec::new(), others: OTHERS.iter().collect() };
        for row in CLINICAL {
            match row.0.parse::<usize>() {
                Ok(number) => {
                    index.numbered.resize(index.numbered.len().max(number + 1), None);
                    index.numbered.get_mut(number).into_iter().for_each(|place| *place = Some(row));
                }
                Err(_) => index.dotted.push(row),
            }
        }
        index.others.sort_unstable_by_key(|(id, ..)| *id);
        index
    }

    fn row(&self, root: &str) -> Option<&'static Row> {
        let Some(key) = root.strip_prefix(ROOT) else {
            let at = self.others.binary_search_by(|(id, ..)| (*id).cmp(root)).ok()?;
            return self.others.get(at).copied();
        };
        match key.parse::<usize>() {
            // "04" is not "4".
            Ok(number) => self.numbered.get(number).copied().flatten().filter(|row| row.0 == key),
            Err(_) => self.dotted.iter().find(|row| row.0 == key).copied(),
        }
    }
}

fn row_of(root: &str) -> Option<&'static Row> {
    static INDEX: LazyLock<Index> = LazyLock::new(Index::new);
    INDEX.row(root)
}

/// The first template of a statement that is known.
fn known(node: Node<'_, '_>) -> Option<&'static Row> {
    types::templates(node).find_map(row_of)
}

/// The file that reads a statement, by the first of its templates that is known. A goal that also has the template of
/// a planned observation is read by the same file, and so are all pairs that documents have.
pub(crate) fn route(node: Node<'_, '_>) -> Option<Route> {
    known(node).map(|(.., route)| *route)
}

/// What a statement is called in the accounting: the name of its template, else of its class.
pub(crate) fn kind(node: Node<'_, '_>) -> &'static str {
    known(node).map_or_else(|| class(node), |(_, name, _)| name)
}

fn class(node: Node<'_, '_>) -> &'static str {
    match node.tag_name().name() {
        "act" => "Act",
        "encounter" => "Encounter",
        "observation" => "Observation",
        "observationMedia" => "Observation Media",
        "organizer" => "Organizer",
        "procedure" => "Procedure",
        "regionOfInterest" => "Region of Interest",
        "substanceAdministration" => "Substance Administration",
        "supply" => "Supply",
        _ => "entry",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_found_by_its_root_and_nothing_else_is() {
        for row in CLINICAL {
            assert_eq!(row_of(&format!("{ROOT}{}", row.0)), Some(row));
            assert_eq!(row_of(row.0), None);
            assert_eq!(row_of(&format!("{ROOT}0{}", row.0)), None);
        }
        for row in OTHERS {
            assert_eq!(row_of(row.0), Some(row));
            assert_eq!(row_of(&format!("{ROOT}{}", row.0)), None);
            assert!(!row.0.starts_with(ROOT));
        }
        for root in ["", "4", ROOT, "2.16.840.1.113883.10.20.22.4", "2.16.840.1.113883.10.20.22.4.99999999999999999999"]
        {
            assert_eq!(row_of(root), None);
        }
    }

    #[test]
    fn no_template_stands_twice() {
        for table in [CLINICAL, OTHERS] {
            for (at, (id, ..)) in table.iter().enumerate() {
                assert!(table[at + 1..].iter().all(|(other, ..)| other != id), "{id}");
            }
        }
    }
}
