//! Two lists of one stay: what was taken before admission, and what is to be taken after discharge.

use crate::ccda::context::{Context, MedicineList};
use crate::taking;
use clinical_model::{Course, CourseRule, MedicationUse, Source};
use std::collections::HashSet;

/// Settles what the list of admission means once the whole document is read. `lists` holds the bytes of each section of
/// medicines, in the order of the document. Where there is a list for discharge, the one of admission is the past: a
/// medicine that stands in both is told once, by the later list; of one that stands only in the earlier list nobody says
/// whether it goes on, and the sheet must not say that it does.
pub(crate) fn settle(context: &mut Context<'_, '_>, lists: &[(Source, MedicineList)]) {
    let list_of = |medication: &MedicationUse<'_>| {
        let at = context.record.entries.get(medication.entry.index())?.source.start();
        let after = lists.partition_point(|(section, _)| section.start() <= at);
        let inside = lists.get(..after)?.iter().rev().find(|(section, _)| at < section.end());
        inside.map(|(_, list)| *list)
    };
    let places: Vec<Option<MedicineList>> = context.record.medications.iter().map(list_of).collect();
    let key = |m: &MedicationUse<'_>| super::product::key(&m.medicine);
    let is_in = |list: MedicineList| {
        let uses = context.record.medications.iter().zip(&places);
        uses.filter(move |(_, place)| **place == Some(list)).map(|(m, _)| m)
    };
    let discharged: HashSet<String> = is_in(MedicineList::Discharge).filter_map(key).collect();
    if discharged.is_empty() {
        return;
    }
    for (medication, place) in context.record.medications.iter_mut().zip(&places) {
        if *place == Some(MedicineList::Admission) && medication.course == Course::Current {
            let is_told = key(medication).is_some_and(|k| discharged.contains(&k));
            medication.course = if is_told { Course::Completed } else { Course::Unstated };
            medication.assertion = taking::assertion(medication.course);
            medication.rule = Some(CourseRule::NothingEndsIt);
            medication.remarks.clear();
        }
    }
}
