//! Which list an observation belongs to: by template, then by the organizer around it, then by the section.

use super::super::context::Frame;
use super::super::types::{child, children, code_of, templates};
use super::super::types_more::section_code;
use clinical_model::{ObservationCategory, SectionKind};
use clinical_xml::{Node, same_name};

/// By template, what follows `2.16.840.1.113883.10.20.22.4.`.
const TEMPLATES: &[(&str, ObservationCategory)] = &[
    ("27", ObservationCategory::VitalSign),
    ("26", ObservationCategory::VitalSign),
    ("512", ObservationCategory::VitalSign),
    ("2", ObservationCategory::Laboratory),
    ("38", ObservationCategory::Social),
    ("72", ObservationCategory::Social),
    ("78", ObservationCategory::Social),
    ("79", ObservationCategory::Social),
    ("85", ObservationCategory::Social),
    ("109", ObservationCategory::Social),
    ("111", ObservationCategory::Social),
    ("200", ObservationCategory::Social),
    ("280", ObservationCategory::Study),
    ("281", ObservationCategory::Social),
    ("293", ObservationCategory::Social),
    ("297", ObservationCategory::Social),
    ("501", ObservationCategory::Social),
    ("503", ObservationCategory::Social),
    ("504", ObservationCategory::Social),
    ("505", ObservationCategory::Survey),
    ("506", ObservationCategory::Social),
    ("507", ObservationCategory::Social),
    ("511", ObservationCategory::Social),
    ("515", ObservationCategory::Social),
    ("67", ObservationCategory::Survey),
    ("68", ObservationCategory::Survey),
    ("69", ObservationCategory::Survey),
    ("73", ObservationCategory::Survey),
    ("74", ObservationCategory::Survey),
    ("76", ObservationCategory::Survey),
    ("77", ObservationCategory::Survey),
    ("86", ObservationCategory::Survey),
    ("113", ObservationCategory::Survey),
    ("124", ObservationCategory::Survey),
    ("127", ObservationCategory::Survey),
    ("128", ObservationCategory::Survey),
    ("133", ObservationCategory::Study),
    ("134", ObservationCategory::Study),
    ("138", ObservationCategory::Survey),
    ("144", ObservationCategory::Survey),
];

/// By template with another root.
const OTHERS: &[(&str, ObservationCategory)] = &[
    ("2.16.840.1.113883.10.20.15.3.1", ObservationCategory::Social),
    ("2.16.840.1.113883.10.20.15.3.8", ObservationCategory::Social),
    ("2.16.840.1.113883.10.20.34.3.45", ObservationCategory::Social),
    ("2.16.840.1.113883.10.20.6.2.12", ObservationCategory::Study),
    ("2.16.840.1.113883.10.20.6.2.13", ObservationCategory::Study),
    ("2.16.840.1.113883.10.20.6.2.14", ObservationCategory::Study),
    ("2.16.840.1.113883.10.20.1.33", ObservationCategory::Social),
    ("2.16.840.1.113883.10.20.1.35", ObservationCategory::VitalSign),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.13.1", ObservationCategory::VitalSign),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.13.2", ObservationCategory::VitalSign),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.13.4", ObservationCategory::Social),
    ("1.3.6.1.4.1.19376.1.5.3.1.4.13.5", ObservationCategory::Social),
];

/// How the long names of LOINC begin where it is a picture and not a sample that was looked at.
const PICTURES: [&str; 10] = ["XR ", "CT ", "MR ", "MRI ", "US ", "NM ", "PT ", "MG ", "DXA ", "RF "];

/// Whether it is a finding of an imaging report.
pub(crate) fn is_imaging(node: Node<'_, '_>) -> bool {
    const FINDINGS: &str = "2.16.840.1.113883.10.20.6.2.";
    templates(node).any(|root| matches!(root.strip_prefix(FINDINGS), Some("12" | "13" | "14")))
}

/// The list for an observation.
pub(crate) fn category(node: Node<'_, '_>, frame: Frame) -> ObservationCategory {
    let (own, around) = (by_template(node), frame.around.category);
    let is_study = frame.around.is_study || is_study(node);
    match (own, around) {
        // A rhythm among the vital signs has the template of a result.
        (Some(ObservationCategory::Laboratory) | None, Some(ObservationCategory::VitalSign)) => {
            ObservationCategory::VitalSign
        }
        (Some(ObservationCategory::Laboratory), _) if is_study => ObservationCategory::Study,
        (Some(category), _) | (None, Some(category)) => category,
        // "Assertion" is no test: what is asserted has a place among the answers and not in a table of results.
        (None, None) if code_of(node) == Some("ASSERTION") && frame.kind != SectionKind::Social => {
            ObservationCategory::Survey
        }
        (None, None) => by_section(node, frame),
    }
}

/// The list that the first known template belongs to.
pub(crate) fn by_template(node: Node<'_, '_>) -> Option<ObservationCategory> {
    templates(node).find_map(|root| {
        let (table, key) = match root.strip_prefix("2.16.840.1.113883.10.20.22.4.") {
            Some(number) => (TEMPLATES, number),
            None => (OTHERS, root),
        };
        table.iter().find(|(id, _)| same_name(id, key)).map(|(_, category)| *category)
    })
}

/// A picture: CPT gives radiology the codes 70000 to 79999, LOINC begins its names with the kind of picture.
pub(crate) fn is_study(node: Node<'_, '_>) -> bool {
    let Some(code) = child(node, "code") else { return false };
    std::iter::once(code).chain(children(code, "translation")).any(|c| {
        let value = c.attribute("code").unwrap_or_default();
        let name = c.attribute("displayName").unwrap_or_default();
        match c.attribute("codeSystem") {
            Some("2.16.840.1.113883.6.12") => value.len() == 5 && value.starts_with('7'),
            Some("2.16.840.1.113883.6.1") => PICTURES.iter().any(|p| name.starts_with(p)),
            _ => false,
        }
    })
}

fn by_section(node: Node<'_, '_>, frame: Frame) -> ObservationCategory {
    match (section_code(node), frame.kind) {
        (Some("8716-3"), _) => ObservationCategory::VitalSign,
        // Physical examination, general status, findings of pictures, review of systems.
        (Some("29545-1" | "10210-3" | "18782-3" | "121070" | "10187-3"), _) => ObservationCategory::Study,
        (Some("47420-5" | "10190-7"), _) => ObservationCategory::Survey,
        (_, SectionKind::Social) => ObservationCategory::Social,
        _ => ObservationCategory::Unstated,
    }
}
