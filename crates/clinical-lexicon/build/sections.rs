//! The tables of headings.

use super::read::{Fault, File, sorted};
use super::shapes::{CuesFile, GroupsFile, Placed, SectionHeadings, SectionsFile};
use super::write::index;
use std::collections::{BTreeMap, BTreeSet};

/// Lists are sorted; a name has the form that look-ups have; no name leads to two sections.
pub(super) fn check(file: &File<'_>, sections: &SectionsFile) -> Result<(), Fault> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for section in &sections.section {
        for (_, list) in lists(section) {
            check_list(file, sections, list)?;
            for name in list {
                if seen.insert(name.get_ref(), 0).is_some() {
                    return Err(file.at(name, format!("'{}' stands twice", name.get_ref())));
                }
            }
        }
        if let (Some(name), true) = (section.headings.first(), section.matches.is_empty() || section.never.is_empty()) {
            return Err(file.at(name, "examples of both kinds are needed".to_owned()));
        }
    }
    for inside in &sections.inside {
        check_list(file, sections, &inside.names)?;
    }
    sorted(file, sections.after.iter())?;
    sorted(file, sections.before.iter())?;
    let short = &sections.abbreviations;
    for list in [&short.titles, &short.numbered, &short.ending] {
        sorted(file, list.iter())?;
    }
    Ok(())
}

/// Lists are sorted; a word stands in one class, and in one group of speech; no name ends in two ways.
pub(super) fn check_groups(file: &File<'_>, groups: &GroupsFile) -> Result<(), Fault> {
    for part in [&groups.class, &groups.speech, &groups.ending] {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for (group, list) in part {
            sorted(file, list.iter())?;
            for word in list {
                if let Some(other) = seen.insert(word.get_ref(), group) {
                    return Err(file.at(word, format!("'{}' stands in '{other}' too", word.get_ref())));
                }
            }
        }
    }
    for (group, list) in &groups.ending {
        for end in list {
            let mut others = groups.ending.iter().filter(|(other, _)| *other != group).flat_map(|(_, list)| list);
            if let Some(other) = others.find(|other| other.get_ref().ends_with(end.get_ref().as_str())) {
                return Err(file.at(end, format!("'{}' ends so too", other.get_ref())));
            }
        }
    }
    Ok(())
}

fn check_list(file: &File<'_>, sections: &SectionsFile, list: &[Placed]) -> Result<(), Fault> {
    sorted(file, list.iter())?;
    for name in list {
        let common = name.get_ref().split(' ').map(|w| sections.same.get(w).map_or(w, String::as_str));
        let common = common.collect::<Vec<_>>().join(" ");
        if common != *name.get_ref() {
            return Err(file.at(name, format!("'{}' is looked up as '{common}'", name.get_ref())));
        }
    }
    Ok(())
}

fn lists(section: &SectionHeadings) -> [(&'static str, &[Placed]); 4] {
    [("Heading", &section.headings), ("Word", &section.words), ("Letter", &section.letters), ("Part", &section.parts)]
}

/// The fields of the tables, with their code.
pub(super) fn fields(sections: &SectionsFile, cues: &CuesFile, groups: &GroupsFile) -> Vec<(&'static str, String)> {
    let (mut rows, mut names) = (Vec::new(), Vec::new());
    for section in &sections.section {
        for (standing, list) in lists(section) {
            names.extend(list.iter().map(|n| (n.get_ref().clone(), rows.len() as u16)));
            rows.push(format!("(NoteKind::{:?}, Standing::{standing}),", section.kind));
        }
    }
    let mut inside: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
    for group in &sections.inside {
        for name in &group.names {
            inside.entry(name.get_ref()).or_default().insert(group.kind);
        }
    }
    let kinds = |set: &BTreeSet<_>| {
        let kinds: String = set.iter().map(|k| format!("NoteKind::{k:?},")).collect();
        format!("&[{kinds}],")
    };
    let mut words: BTreeSet<&str> = BTreeSet::new();
    for name in sections.section.iter().flat_map(|s| s.headings.iter().chain(&s.words)) {
        words.extend(name.get_ref().split(' '));
    }
    let words: Vec<&str> = words.into_iter().collect();
    let short = &sections.abbreviations;
    let mut points: BTreeMap<String, u16> = BTreeMap::new();
    for word in &short.numbered {
        points.insert(word.get_ref().clone(), 1);
    }
    for word in &short.ending {
        let row = if points.contains_key(word.get_ref()) { 3 } else { 2 };
        points.insert(word.get_ref().clone(), row);
    }
    points.extend(short.titles.iter().map(|w| (w.get_ref().clone(), 0)));
    let examples = sections.section.iter().map(|s| {
        format!("SectionExamples {{ kind: NoteKind::{:?}, matches: &{:?}, never: &{:?} }},", s.kind, s.matches, s.never)
    });
    let set = |list: &[Placed]| index(list.iter().map(|w| (w.get_ref().clone(), 0)));
    let place = |kind| cues.kinds.iter().position(|k| *k == kind);
    let cue_rows = cues.cues.values().map(|row| {
        let row: Vec<(usize, i8)> = row.iter().filter_map(|(kind, weight)| Some((place(*kind)?, *weight))).collect();
        format!("&{row:?},")
    });
    let cue_kinds = cues.kinds.iter().map(|k| format!("NoteKind::{k:?},"));
    let mut grouped: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (part, lists) in [("class", &groups.class), ("speech", &groups.speech)] {
        for (group, list) in lists {
            for word in list {
                grouped.entry(word.get_ref()).or_default().push(format!("*{part} {group}"));
            }
        }
    }
    let group_rows: String = grouped.values().map(|row| format!("&{row:?},")).collect();
    let endings = groups.ending.iter().flat_map(|(group, list)| {
        list.iter().map(move |end| format!("({:?}, {:?}),", end.get_ref(), format!("*ending {group}")))
    });
    vec![
        ("section_groups", index((0..).zip(grouped.keys()).map(|(i, word)| ((*word).to_owned(), i)))),
        ("section_group_rows", format!("&[{group_rows}]")),
        ("section_endings", format!("&[{}]", endings.collect::<String>())),
        ("section_cue_kinds", format!("&[{}]", cue_kinds.collect::<String>())),
        ("section_cues", index((0..).zip(cues.cues.keys()).map(|(i, feature)| (feature.clone(), i)))),
        ("section_cue_rows", format!("&[{}]", cue_rows.collect::<String>())),
        ("headings", index(names.into_iter())),
        ("heading_rows", format!("&[{}]", rows.concat())),
        ("inside", index((0..).zip(inside.keys()).map(|(i, name)| ((*name).to_owned(), i)))),
        ("inside_rows", format!("&[{}]", inside.values().map(kinds).collect::<String>())),
        ("heading_same", index((0..).zip(sections.same.keys()).map(|(i, word)| (word.clone(), i)))),
        ("heading_same_rows", format!("&{:?}", sections.same.values().collect::<Vec<_>>())),
        ("heading_before", set(&sections.before)),
        ("heading_after", set(&sections.after)),
        ("heading_vocabulary", format!("&{words:?}")),
        ("signatures", set(&sections.closing.signatures)),
        ("farewells", set(&sections.closing.farewells)),
        ("degrees", set(&sections.closing.degrees)),
        ("no_names", set(&sections.closing.no_names)),
        ("lettered", set(&sections.closing.lettered)),
        ("abbreviations", index(points.into_iter())),
        ("section_examples", format!("&[{}]", examples.collect::<String>())),
    ]
}
