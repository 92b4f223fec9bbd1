//! What a section is about.

mod table;

use super::context::{Context, Frame, MedicineList};
use super::types::{child, templates};
use clinical_model::{FindingCode, SectionKind, Severity};
use clinical_xml::Node;
use std::sync::LazyLock;
use table::{ROWS, Row};

/// What a section is about: by its template, else by its code. Where they disagree the template is followed, because
/// it is what the section's entries were made for, and a finding says so.
pub(crate) fn identify(context: &mut Context<'_, '_>, section: Node<'_, '_>) -> Frame {
    let code_element = child(section, "code");
    let code = code_element.and_then(|c| c.attribute("code")).map(str::trim).filter(|c| !c.is_empty());
    let by_template: Vec<&Row> = templates(section).filter_map(of_template).collect();
    let fits = |row: &&Row| code.is_some_and(|code| row.codes.contains(&code));
    let row = match by_template.iter().copied().find(fits) {
        Some(row) => Some(row),
        None => match by_template.first().copied() {
            Some(row) => {
                if let (Some(_), Some(at), false) = (code, code_element, row.codes.is_empty()) {
                    context.find(Severity::Warning, FindingCode::WrongSectionCode, at);
                }
                Some(row)
            }
            None => code.and_then(of_code),
        },
    };
    row.map_or(Frame::new(SectionKind::Other, MedicineList::Taken), |row| Frame::new(row.kind, row.medicines))
}

fn of_template(root: &str) -> Option<&'static Row> {
    static SORTED: LazyLock<Vec<(&str, &Row)>> = LazyLock::new(|| {
        let mut all: Vec<(&str, &Row)> =
            ROWS.iter().flat_map(|row| row.templates.iter().map(move |template| (*template, row))).collect();
        all.sort_by_key(|(template, _)| *template);
        all
    });
    let at = SORTED.binary_search_by(|(template, _)| (*template).cmp(root)).ok()?;
    SORTED.get(at).map(|(_, row)| *row)
}

fn of_code(code: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.codes.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_xml::Safe;
    use std::collections::HashSet;

    fn kind(xml: &str) -> (SectionKind, MedicineList, usize) {
        let safe = Safe::of(xml).unwrap();
        let document = safe.parse().unwrap();
        let mut context = Context::new();
        let frame = identify(&mut context, document.root_element());
        (frame.kind, frame.medicines, context.findings.len())
    }

    #[test]
    fn no_template_stands_twice() {
        let mut seen = HashSet::new();
        assert!(ROWS.iter().flat_map(|r| r.templates).all(|t| seen.insert(*t)));
        assert!(ROWS.iter().all(|r| !r.codes.is_empty() || !r.templates.is_empty()));
    }

    #[test]
    fn a_template_goes_before_a_code_and_a_code_is_enough() {
        let discharge = "<templateId root='2.16.840.1.113883.10.20.22.2.11.1' extension='2015-08-01'/>";
        let list = MedicineList::Discharge;
        assert_eq!(
            kind(&format!("<section>{discharge}<code code='10183-2'/></section>")),
            (SectionKind::Medicines, list, 0)
        );
        assert_eq!(
            kind(&format!("<section>{discharge}<code code='75311-1 '/></section>")),
            (SectionKind::Medicines, list, 0)
        );
        assert_eq!(
            kind(&format!("<section>{discharge}<code code='48765-2'/></section>")),
            (SectionKind::Medicines, list, 1)
        );
        assert_eq!(
            kind(&format!("<section>{discharge}<code nullFlavor='UNK'/></section>")),
            (SectionKind::Medicines, list, 0)
        );
        assert_eq!(kind("<section><code code='48765-2'/></section>"), (SectionKind::Allergies, MedicineList::Taken, 0));
        let unknown = "<section><templateId root='1.2.3'/><code code='48765-2'/></section>";
        assert_eq!(kind(unknown), (SectionKind::Allergies, MedicineList::Taken, 0));
        assert_eq!(kind("<section><title>x</title></section>"), (SectionKind::Other, MedicineList::Taken, 0));
    }

    #[test]
    fn of_two_templates_the_one_that_fits_the_code_counts() {
        let both =
            "<templateId root='2.16.840.1.113883.10.20.22.2.5.1'/><templateId root='2.16.840.1.113883.10.20.22.2.20'/>";
        assert_eq!(kind(&format!("<section>{both}<code code='11348-0'/></section>")).0, SectionKind::History);
        assert_eq!(
            kind(&format!("<section>{both}<code code='1-1'/></section>")),
            (SectionKind::Problems, MedicineList::Taken, 1)
        );
    }
}
