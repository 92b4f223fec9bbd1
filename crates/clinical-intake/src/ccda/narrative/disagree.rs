//! Entries that refer to words in the text of their section which name something else.

use super::cover::{text_parts, words_of};
use super::words::{is_telling, split};
use crate::ccda::context::Context;
use crate::ccda::types::{child, children};
use clinical_model::{EntryId, FindingCode, MedicationRemark, MedicationUse, Severity};
use clinical_xml::{Node, text_of};
use std::borrow::Cow;
use std::collections::HashSet;

/// As many letters as two words must begin with to be taken for one ("metoprolol", "metoprolol's").
const STEM: usize = 5;

/// A line with more bytes names many things, and is not gone through for each of the entries that refer to it.
const LONGEST: usize = 4096;

/// How many medicines before a place are looked at for the one that it stands in.
const NEAR: usize = 16;

/// Looks at a reference of an entry: `holder/originalText/reference` leads to `target`.
pub(super) fn check<'d, 'a>(context: &mut Context<'d, 'a>, reference: Node<'d, 'a>, target: Node<'d, 'a>) {
    let Some(original) = reference.parent_element().filter(|n| n.tag_name().name() == "originalText") else { return };
    let Some(holder) = original.parent_element() else { return };
    let place = holder.parent_element().map(|n| n.tag_name().name());
    // Substances alone: their names are the same words in a code and in a table, brands set aside. Problems and
    // procedures are worded freely, and other words are no other thing.
    if !matches!(place, Some("manufacturedMaterial" | "playingEntity")) || holder.tag_name().name() != "code" {
        return;
    }
    let line = line_of(target);
    if line.range().len() > LONGEST || begins_as(holder, line) {
        return;
    }
    let names = names_of(holder);
    let says_something = text_parts(line).flat_map(split).any(|w| is_telling(&w));
    if !says_something || !names.iter().any(|w| is_telling(w)) || are_kin(&names, &words_of(line)) {
        return;
    }
    context.find(Severity::Warning, FindingCode::NarrativeDisagrees, holder);
    if place == Some("manufacturedMaterial") {
        mark(context, holder);
    }
}

/// Whether the first word of the code's name stands in the line: nearly always it does, and nothing else is looked at.
fn begins_as(code: Node<'_, '_>, line: Node<'_, '_>) -> bool {
    let name = code.attribute("displayName").unwrap_or_default();
    let Some(first) = split(name).find(|w| is_telling(w)) else { return false };
    let is_first = |word: &str| word.eq_ignore_ascii_case(&first);
    text_parts(line).any(|part| part.split(|c: char| !c.is_alphanumeric()).any(is_first))
}

/// Every name that the entry gives: its code's, the translations', the material's own.
fn names_of(code: Node<'_, '_>) -> HashSet<String> {
    let displays = std::iter::once(code)
        .chain(children(code, "translation"))
        .filter_map(|n| n.attribute("displayName"))
        .flat_map(split);
    let own = code.parent_element().and_then(|m| child(m, "name")).map(|n| text_of(n).into_owned());
    let mut out: HashSet<String> = displays.map(Cow::into_owned).collect();
    out.extend(own.iter().flat_map(|n| split(n)).map(Cow::into_owned));
    out
}

/// The row, item or paragraph that an element stands in: the name may be in another cell than the one referred to.
fn line_of<'d, 'a>(target: Node<'d, 'a>) -> Node<'d, 'a> {
    let is_line = |n: &Node<'d, 'a>| matches!(n.tag_name().name(), "tr" | "item" | "paragraph");
    let inside = target.ancestors().take_while(|n| n.tag_name().name() != "section");
    inside.filter(Node::is_element).find(is_line).unwrap_or(target)
}

fn are_kin(names: &HashSet<String>, said: &HashSet<String>) -> bool {
    let stem = |word: &str| word.chars().take(STEM).collect::<String>();
    let stems: HashSet<String> = said.iter().filter(|w| is_telling(w)).map(|w| stem(w)).collect();
    names.iter().filter(|w| is_telling(w)).any(|w| stems.contains(&stem(w)))
}

/// Marks the medicine whose entry holds the code. Medicines were read in the order of the document.
fn mark(context: &mut Context<'_, '_>, code: Node<'_, '_>) {
    let at = code.range().start;
    let record = &mut context.record;
    let source = |entry: EntryId| record.entries.get(entry.index()).map(|e| e.source);
    let after = record.medications.partition_point(|m| source(m.entry).is_some_and(|s| s.start() <= at));
    let is_own = |m: &MedicationUse<'_>| source(m.entry).is_some_and(|s| (s.start()..s.end()).contains(&at));
    let own = (after.saturating_sub(NEAR)..after).rev().find(|i| record.medications.get(*i).is_some_and(is_own));
    if let Some(medicine) = own.and_then(|i| record.medications.get_mut(i))
        && !medicine.remarks.contains(&MedicationRemark::NarrativeDisagrees)
    {
        medicine.remarks.push(MedicationRemark::NarrativeDisagrees);
    }
}
