//! What a C-CDA document says about itself: its title, its kind, and the sections it has.

use crate::{Input, read};
use clinical_model::{Phi, Verbatim};

/// What stands in the head of a C-CDA document, and which sections it has. All of it is the document's own text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CcdaMetadata {
    /// `ClinicalDocument/title`.
    pub title: Option<Phi<String>>,
    /// The name of the document type in C-CDA, where its template or its code says which (`Continuity of Care
    /// Document`).
    pub kind: Option<&'static str>,
    /// `ClinicalDocument/code/@code`.
    pub kind_code: Option<Phi<String>>,
    /// The template of the document type: `templateId/@root`, and behind a colon its `@extension`.
    pub template: Option<Phi<String>>,
    /// `ClinicalDocument/effectiveTime/@value`, as it stands.
    pub effective_time: Option<Phi<String>>,
    /// The sections, those inside others too, in document order.
    pub sections: Vec<CcdaSection>,
}

/// A section of a C-CDA document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CcdaSection {
    /// `code/@code`.
    pub code: Option<Phi<String>>,
    /// `title`.
    pub title: Option<Phi<String>>,
    /// How many `entry` elements it has.
    pub entries: usize,
}

/// Tells what a C-CDA document says about itself. What is no XML has nothing to say.
#[must_use]
pub fn ccda_metadata(input: &Input<'_>) -> CcdaMetadata {
    let Ok(read::Prepared::Xml(safe, _)) = read::prepare(input) else { return CcdaMetadata::default() };
    let Ok(document) = safe.parse() else { return CcdaMetadata::default() };
    let found = clinical_intake::ccda::metadata(&document);
    let own = |v: &Verbatim<'_>| Phi::new(v.text().to_owned());
    CcdaMetadata {
        title: found.title.as_ref().map(own),
        kind: found.kind,
        kind_code: found.kind_code.as_ref().map(own),
        template: found.template.as_ref().map(|(root, extension)| match extension {
            Some(extension) => Phi::new(format!("{}:{}", root.text(), extension.text())),
            None => own(root),
        }),
        effective_time: found.effective_time.as_ref().map(own),
        sections: found
            .sections
            .iter()
            .map(|s| CcdaSection {
                code: s.code.as_ref().map(own),
                title: s.title.as_ref().map(own),
                entries: s.entries,
            })
            .collect(),
    }
}
