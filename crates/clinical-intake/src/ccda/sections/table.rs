//! The sections of C-CDA (R1.1, R2.1, companion guides), of CCD 1.0, C32 (C83) and IHE PCC, by template and by code.

use crate::ccda::context::MedicineList;
use clinical_model::SectionKind;

/// One kind of section.
pub(super) struct Row {
    /// Its templates.
    pub(super) templates: &'static [&'static str],
    /// Its codes (LOINC, or DICOM for the sections of an imaging report); none where any code is allowed.
    pub(super) codes: &'static [&'static str],
    /// What it is about.
    pub(super) kind: SectionKind,
    /// Which list of medicines it holds.
    pub(super) medicines: MedicineList,
}

const fn row(
    templates: &'static [&'static str],
    codes: &'static [&'static str],
    kind: SectionKind,
    medicines: MedicineList,
) -> Row {
    Row { templates, codes, kind, medicines }
}

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // Medications.
    row(&[
        "2.16.840.1.113883.10.20.22.2.1", "2.16.840.1.113883.10.20.22.2.1.1", "2.16.840.1.113883.10.20.1.8",
        "1.3.6.1.4.1.19376.1.5.3.1.3.19", "2.16.840.1.113883.3.88.11.83.112",
    ], &["10160-0"], SectionKind::Medicines, MedicineList::Taken),
    // Discharge medications.
    row(&[
        "2.16.840.1.113883.10.20.22.2.11", "2.16.840.1.113883.10.20.22.2.11.1", "1.3.6.1.4.1.19376.1.5.3.1.3.22",
        "2.16.840.1.113883.3.88.11.83.114",
    ], &["10183-2", "75311-1"], SectionKind::Medicines, MedicineList::Discharge),
    // Admission medications.
    row(&[
        "2.16.840.1.113883.10.20.22.2.44", "2.16.840.1.113883.10.20.22.2.44.1", "1.3.6.1.4.1.19376.1.5.3.1.3.20",
        "2.16.840.1.113883.3.88.11.83.113",
    ], &["42346-7"], SectionKind::Medicines, MedicineList::Admission),
    // Medications administered.
    row(&[
        "2.16.840.1.113883.10.20.22.2.38", "1.3.6.1.4.1.19376.1.5.3.1.3.21", "2.16.840.1.113883.3.88.11.83.115",
    ], &["29549-3"], SectionKind::Medicines, MedicineList::Administered),
    // Allergies and intolerances.
    row(&[
        "2.16.840.1.113883.10.20.22.2.6", "2.16.840.1.113883.10.20.22.2.6.1", "2.16.840.1.113883.10.20.1.2",
        "1.3.6.1.4.1.19376.1.5.3.1.3.13", "2.16.840.1.113883.3.88.11.83.102",
    ], &["48765-2", "10155-0"], SectionKind::Allergies, MedicineList::Taken),
    // Problems.
    row(&[
        "2.16.840.1.113883.10.20.22.2.5", "2.16.840.1.113883.10.20.22.2.5.1", "2.16.840.1.113883.10.20.1.11",
        "1.3.6.1.4.1.19376.1.5.3.1.3.6", "2.16.840.1.113883.3.88.11.83.103",
    ], &["11450-4"], SectionKind::Problems, MedicineList::Taken),
    // Discharge diagnosis.
    row(&[
        "2.16.840.1.113883.10.20.22.2.24", "1.3.6.1.4.1.19376.1.5.3.1.3.7", "2.16.840.1.113883.3.88.11.83.111",
    ], &["11535-2", "78375-3"], SectionKind::Problems, MedicineList::Taken),
    // Admission diagnosis.
    row(&[
        "2.16.840.1.113883.10.20.22.2.43", "1.3.6.1.4.1.19376.1.5.3.1.3.3", "2.16.840.1.113883.3.88.11.83.110",
    ], &["46241-6", "42347-5", "8646-2"], SectionKind::Problems, MedicineList::Taken),
    // Preoperative diagnosis.
    row(&[
        "2.16.840.1.113883.10.20.22.2.34",
    ], &["10219-4"], SectionKind::Problems, MedicineList::Taken),
    // Postoperative diagnosis.
    row(&[
        "2.16.840.1.113883.10.20.22.2.35",
    ], &["10218-6"], SectionKind::Problems, MedicineList::Taken),
    // Postprocedure diagnosis.
    row(&[
        "2.16.840.1.113883.10.20.22.2.36",
    ], &["59769-0"], SectionKind::Problems, MedicineList::Taken),
    // Complications.
    row(&[
        "2.16.840.1.113883.10.20.22.2.37",
    ], &["55109-3", "121113"], SectionKind::Problems, MedicineList::Taken),
    // Results.
    row(&[
        "2.16.840.1.113883.10.20.22.2.3", "2.16.840.1.113883.10.20.22.2.3.1", "2.16.840.1.113883.10.20.1.14",
        "1.3.6.1.4.1.19376.1.5.3.1.3.27", "1.3.6.1.4.1.19376.1.5.3.1.3.28", "2.16.840.1.113883.3.88.11.83.122",
    ], &["30954-2"], SectionKind::Results, MedicineList::Taken),
    // Vital signs.
    row(&[
        "2.16.840.1.113883.10.20.22.2.4", "2.16.840.1.113883.10.20.22.2.4.1", "2.16.840.1.113883.10.20.1.16",
        "1.3.6.1.4.1.19376.1.5.3.1.3.25", "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.2", "2.16.840.1.113883.3.88.11.83.119",
    ], &["8716-3"], SectionKind::Results, MedicineList::Taken),
    // Procedures.
    row(&[
        "2.16.840.1.113883.10.20.22.2.7", "2.16.840.1.113883.10.20.22.2.7.1", "2.16.840.1.113883.10.20.1.12",
        "1.3.6.1.4.1.19376.1.5.3.1.3.11", "1.3.6.1.4.1.19376.1.5.3.1.3.12", "2.16.840.1.113883.3.88.11.83.108",
    ], &["47519-4"], SectionKind::Procedures, MedicineList::Taken),
    // Anesthesia.
    row(&[
        "2.16.840.1.113883.10.20.22.2.25",
    ], &["59774-0", "10213-7"], SectionKind::Procedures, MedicineList::Taken),
    // Procedure description.
    row(&[
        "2.16.840.1.113883.10.20.22.2.27",
    ], &["29554-3"], SectionKind::Procedures, MedicineList::Taken),
    // Procedure indications.
    row(&[
        "2.16.840.1.113883.10.20.22.2.29",
    ], &["59768-2"], SectionKind::Procedures, MedicineList::Taken),
    // Specimens taken.
    row(&[
        "2.16.840.1.113883.10.20.22.2.31",
    ], &["59773-2"], SectionKind::Procedures, MedicineList::Taken),
    // Implants.
    row(&[
        "2.16.840.1.113883.10.20.22.2.33",
    ], &["55122-6"], SectionKind::Procedures, MedicineList::Taken),
    // Procedure implants.
    row(&[
        "2.16.840.1.113883.10.20.22.2.40",
    ], &["59771-6"], SectionKind::Procedures, MedicineList::Taken),
    // Estimated blood loss.
    row(&[
        "2.16.840.1.113883.10.20.18.2.9",
    ], &["59770-8"], SectionKind::Procedures, MedicineList::Taken),
    // Procedure disposition.
    row(&[
        "2.16.840.1.113883.10.20.18.2.12",
    ], &["59775-7"], SectionKind::Procedures, MedicineList::Taken),
    // Fluids of an operation.
    row(&[
        "2.16.840.1.113883.10.20.7.12",
    ], &["10216-0"], SectionKind::Procedures, MedicineList::Taken),
    // Surgical drains.
    row(&[
        "2.16.840.1.113883.10.20.7.13",
    ], &["11537-8"], SectionKind::Procedures, MedicineList::Taken),
    // Surgical procedure.
    row(&[
        "2.16.840.1.113883.10.20.7.14",
    ], &["10223-6"], SectionKind::Procedures, MedicineList::Taken),
    // Immunizations.
    row(&[
        "2.16.840.1.113883.10.20.22.2.2", "2.16.840.1.113883.10.20.22.2.2.1", "2.16.840.1.113883.10.20.1.6",
        "1.3.6.1.4.1.19376.1.5.3.1.3.23", "2.16.840.1.113883.3.88.11.83.117",
    ], &["11369-6"], SectionKind::Vaccines, MedicineList::Taken),
    // Encounters.
    row(&[
        "2.16.840.1.113883.10.20.22.2.22", "2.16.840.1.113883.10.20.22.2.22.1", "2.16.840.1.113883.10.20.1.3",
        "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.3", "2.16.840.1.113883.3.88.11.83.127",
    ], &["46240-8"], SectionKind::Visits, MedicineList::Taken),
    // Plan of treatment.
    row(&[
        "2.16.840.1.113883.10.20.22.2.10", "2.16.840.1.113883.10.20.1.10", "1.3.6.1.4.1.19376.1.5.3.1.3.31",
        "2.16.840.1.113883.3.88.11.83.124",
    ], &["18776-5", "61145-9", "56447-6"], SectionKind::Plan, MedicineList::Planned),
    // Assessment and plan.
    row(&[
        "2.16.840.1.113883.10.20.22.2.9", "1.3.6.1.4.1.19376.1.5.3.1.1.13.2.5", "2.16.840.1.113883.3.88.11.83.123",
    ], &["51847-2"], SectionKind::Plan, MedicineList::Taken),
    // Planned procedure.
    row(&[
        "2.16.840.1.113883.10.20.22.2.30",
    ], &["59772-4"], SectionKind::Plan, MedicineList::Planned),
    // Interventions.
    row(&[
        "2.16.840.1.113883.10.20.21.2.3",
    ], &["62387-6"], SectionKind::Plan, MedicineList::Taken),
    // Recommendations of an imaging report.
    row(&[], &["121074", "18783-1"], SectionKind::Plan, MedicineList::Planned),
    // Goals.
    row(&[
        "2.16.840.1.113883.10.20.22.2.60",
    ], &["61146-7", "81338-6"], SectionKind::Goals, MedicineList::Taken),
    // Health concerns.
    row(&[
        "2.16.840.1.113883.10.20.22.2.58",
    ], &["75310-3"], SectionKind::Goals, MedicineList::Taken),
    // Health status evaluations and outcomes.
    row(&[
        "2.16.840.1.113883.10.20.22.2.61",
    ], &["11383-7"], SectionKind::Goals, MedicineList::Taken),
    // Reason for visit.
    row(&[
        "2.16.840.1.113883.10.20.22.2.12", "2.16.840.1.113883.3.88.11.83.105",
    ], &["29299-5"], SectionKind::Reason, MedicineList::Taken),
    // Chief complaint and reason for visit.
    row(&[
        "2.16.840.1.113883.10.20.22.2.13",
    ], &["46239-0"], SectionKind::Reason, MedicineList::Taken),
    // Chief complaint.
    row(&[
        "1.3.6.1.4.1.19376.1.5.3.1.1.13.2.1",
    ], &["10154-3"], SectionKind::Reason, MedicineList::Taken),
    // Reason for referral.
    row(&[
        "1.3.6.1.4.1.19376.1.5.3.1.3.1", "1.3.6.1.4.1.19376.1.5.3.1.3.2", "2.16.840.1.113883.3.88.11.83.106",
    ], &["42349-1"], SectionKind::Reason, MedicineList::Taken),
    // Reason for an imaging study.
    row(&[], &["121109", "18785-6", "55108-5", "121110"], SectionKind::Reason, MedicineList::Taken),
    // Discharge instructions.
    row(&[
        "2.16.840.1.113883.10.20.22.2.41",
    ], &["8653-8", "74213-0"], SectionKind::Instructions, MedicineList::Taken),
    // Instructions.
    row(&[
        "2.16.840.1.113883.10.20.22.2.45",
    ], &["69730-0"], SectionKind::Instructions, MedicineList::Taken),
    // Discharge diet.
    row(&[
        "1.3.6.1.4.1.19376.1.5.3.1.3.33",
    ], &["42344-2"], SectionKind::Instructions, MedicineList::Taken),
    // Assessment.
    row(&[
        "2.16.840.1.113883.10.20.22.2.8",
    ], &["51848-0"], SectionKind::Findings, MedicineList::Taken),
    // Hospital course, course of care.
    row(&[
        "1.3.6.1.4.1.19376.1.5.3.1.3.5", "2.16.840.1.113883.10.20.22.2.64", "2.16.840.1.113883.3.88.11.83.121",
    ], &["8648-8"], SectionKind::Findings, MedicineList::Taken),
    // Discharge studies.
    row(&[
        "2.16.840.1.113883.10.20.22.2.16",
    ], &["11493-4"], SectionKind::Findings, MedicineList::Taken),
    // Procedure findings.
    row(&[
        "2.16.840.1.113883.10.20.22.2.28",
    ], &["59776-5"], SectionKind::Findings, MedicineList::Taken),
    // Hospital consultations.
    row(&[
        "2.16.840.1.113883.10.20.22.2.42",
    ], &["18841-7"], SectionKind::Findings, MedicineList::Taken),
    // Findings of an imaging report.
    row(&[
        "2.16.840.1.113883.10.20.6.1.2",
    ], &["121070", "18782-3", "59776-5"], SectionKind::Findings, MedicineList::Taken),
    // Impression, conclusion, summary, addendum.
    row(&[], &[
        "121072", "19005-8", "121076", "55110-7", "121111", "55112-3", "121078", "55107-7",
    ], SectionKind::Findings, MedicineList::Taken),
    // Notes: the code says which, and all are allowed.
    row(&[
        "2.16.840.1.113883.10.20.22.2.65",
    ], &[], SectionKind::Findings, MedicineList::Taken),
    // Notes by their codes.
    row(&[], &[
        "34109-9", "11488-4", "11506-3", "34117-2", "28570-0", "18842-5", "11504-8", "11526-1", "11502-2", "18748-4",
        "18726-0", "34746-8",
    ], SectionKind::Findings, MedicineList::Taken),
    // Past illness.
    row(&[
        "2.16.840.1.113883.10.20.22.2.20", "1.3.6.1.4.1.19376.1.5.3.1.3.8", "2.16.840.1.113883.3.88.11.83.104",
    ], &["11348-0"], SectionKind::History, MedicineList::Taken),
    // General history.
    row(&[
        "2.16.840.1.113883.10.20.22.2.39",
    ], &["11329-0", "121060"], SectionKind::History, MedicineList::Taken),
    // Present illness.
    row(&[
        "1.3.6.1.4.1.19376.1.5.3.1.3.4", "2.16.840.1.113883.3.88.11.83.107",
    ], &["10164-2"], SectionKind::History, MedicineList::Taken),
    // Review of systems.
    row(&[
        "1.3.6.1.4.1.19376.1.5.3.1.3.18", "2.16.840.1.113883.3.88.11.83.120",
    ], &["10187-3"], SectionKind::History, MedicineList::Taken),
    // General status.
    row(&[
        "2.16.840.1.113883.10.20.2.5",
    ], &["10210-3"], SectionKind::History, MedicineList::Taken),
    // Physical examination.
    row(&[
        "2.16.840.1.113883.10.20.2.10", "1.3.6.1.4.1.19376.1.5.3.1.3.24", "1.3.6.1.4.1.19376.1.5.3.1.1.9.15",
        "2.16.840.1.113883.3.88.11.83.118",
    ], &["29545-1", "29544-3"], SectionKind::History, MedicineList::Taken),
    // Skin examination.
    row(&[
        "2.16.840.1.113883.10.20.22.2.63",
    ], &["8709-8"], SectionKind::History, MedicineList::Taken),
    // Discharge physical.
    row(&[
        "1.3.6.1.4.1.19376.1.5.3.1.3.26",
    ], &["10184-0"], SectionKind::History, MedicineList::Taken),
    // Objective.
    row(&[
        "2.16.840.1.113883.10.20.21.2.1",
    ], &["61149-1"], SectionKind::History, MedicineList::Taken),
    // Subjective.
    row(&[
        "2.16.840.1.113883.10.20.21.2.2",
    ], &["61150-9"], SectionKind::History, MedicineList::Taken),
    // Social history.
    row(&[
        "2.16.840.1.113883.10.20.22.2.17", "2.16.840.1.113883.10.20.1.15", "1.3.6.1.4.1.19376.1.5.3.1.3.16",
        "2.16.840.1.113883.3.88.11.83.126",
    ], &["29762-2"], SectionKind::Social, MedicineList::Taken),
    // Family history.
    row(&[
        "2.16.840.1.113883.10.20.22.2.15", "2.16.840.1.113883.10.20.1.4", "1.3.6.1.4.1.19376.1.5.3.1.3.14",
        "1.3.6.1.4.1.19376.1.5.3.1.3.15", "2.16.840.1.113883.3.88.11.83.125",
    ], &["10157-6"], SectionKind::Family, MedicineList::Taken),
    // Payers.
    row(&[
        "2.16.840.1.113883.10.20.22.2.18", "2.16.840.1.113883.10.20.1.9", "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.7",
        "2.16.840.1.113883.3.88.11.83.101",
    ], &["48768-6"], SectionKind::Payers, MedicineList::Taken),
    // Functional status.
    row(&[
        "2.16.840.1.113883.10.20.22.2.14", "2.16.840.1.113883.10.20.1.5", "1.3.6.1.4.1.19376.1.5.3.1.3.17",
    ], &["47420-5"], SectionKind::Other, MedicineList::Taken),
    // Mental status.
    row(&[
        "2.16.840.1.113883.10.20.22.2.56",
    ], &["10190-7"], SectionKind::Other, MedicineList::Taken),
    // Nutrition.
    row(&[
        "2.16.840.1.113883.10.20.22.2.57",
    ], &["61144-2"], SectionKind::Other, MedicineList::Taken),
    // Advance directives.
    row(&[
        "2.16.840.1.113883.10.20.22.2.21", "2.16.840.1.113883.10.20.22.2.21.1", "2.16.840.1.113883.10.20.1.1",
        "1.3.6.1.4.1.19376.1.5.3.1.3.34", "1.3.6.1.4.1.19376.1.5.3.1.3.35", "2.16.840.1.113883.3.88.11.83.116",
    ], &["42348-3"], SectionKind::Other, MedicineList::Taken),
    // Medical equipment.
    row(&[
        "2.16.840.1.113883.10.20.22.2.23", "2.16.840.1.113883.10.20.1.7", "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.5",
        "2.16.840.1.113883.3.88.11.83.128",
    ], &["46264-8"], SectionKind::Other, MedicineList::Taken),
    // Care teams.
    row(&[
        "2.16.840.1.113883.10.20.22.2.500",
    ], &["85847-2"], SectionKind::Other, MedicineList::Taken),
    // Purpose.
    row(&[
        "2.16.840.1.113883.10.20.1.13",
    ], &["48764-5"], SectionKind::Other, MedicineList::Taken),
    // DICOM objects.
    row(&[
        "2.16.840.1.113883.10.20.6.1.1",
    ], &["121181"], SectionKind::Other, MedicineList::Taken),
];
