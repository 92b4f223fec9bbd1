//! Writes the tables as Rust code.

use super::names::normalise;
use super::read::Words;
use super::shapes::{Entry, Medicine, Modifier, Placed, Term, Test, Vaccine};
use std::collections::BTreeMap;

/// The code of the static `EN`.
pub(super) fn code(words: &Words, files: &[(String, String)]) -> String {
    let fluent: Vec<&(String, String)> = files.iter().filter(|(name, _)| name.ends_with(".ftl")).collect();
    let dosing = files.iter().find(|(name, _)| name.ends_with("/dosing.toml"));
    let notes: Vec<&(String, String)> = files.iter().filter(|(name, _)| name.contains("/notes/")).collect();
    let modifiers = &words.modifiers;
    let (ingredients, combinations) = combinations(&words.medicines, &modifiers.not_medicines);
    let fields = [
        ("version", format!("{:?}", super::version(files))),
        ("fluent", format!("&{fluent:?}")),
        ("dosing", format!("{:?}", dosing.map_or(("", ""), |(name, text)| (name.as_str(), text.as_str())))),
        ("notes", format!("&{notes:?}")),
        ("terms", terms(words)),
        ("medicines", medicines(words)),
        ("tests", tests(words)),
        ("vaccines", vaccines(words)),
        ("term_names", names(&words.terms)),
        ("snomed", codes(words.terms.iter().map(|t| t.snomed.as_slice()))),
        ("icd10", codes(words.terms.iter().map(|t| t.icd10.as_slice()))),
        ("medicine_names", index(ingredients.into_iter())),
        ("combinations", combinations),
        ("test_names", names(&words.tests)),
        ("loinc", codes(words.tests.iter().map(|t| t.loinc.as_slice()))),
        ("vaccine_names", names(&words.vaccines)),
        ("cvx", vaccine_codes(&words.vaccines)),
        ("term_modifiers", list(&modifiers.term)),
        ("test_modifiers", list(&modifiers.test)),
        ("vaccine_modifiers", list(&modifiers.vaccine)),
        ("salts", index((0..).zip(&modifiers.salts).map(|(i, s)| (s.get_ref().clone(), i)))),
    ];
    let fields = fields.into_iter().chain(super::sections::fields(&words.sections, &words.cues, &words.groups));
    let body: String = fields.map(|(field, value)| format!("{field}: {value},\n")).collect();
    format!("pub(crate) static EN: Tables = Tables {{\n{body}}};\n")
}

/// Names or codes, one a line. None has a line's end in it; one that had would get a blank for it.
fn texts(list: &[Placed]) -> String {
    let texts: Vec<String> = list.iter().map(|p| p.get_ref().replace('\n', " ")).collect();
    format!("Texts::lines({:?})", texts.join("\n"))
}

/// The fields every entry has first.
fn head(entry: &impl Entry) -> String {
    format!("name: {:?}, also: {}", entry.name().get_ref(), texts(entry.also()))
}

fn terms(words: &Words) -> String {
    let row = |t: &Term| {
        format!(
            "TermWords {{ {}, plain: {:?}, explain: {:?}, kind: TermKind::{:?}, snomed: {}, icd10: {}, sensitive: {} }},\n",
            head(t),
            t.plain,
            t.explain,
            t.kind,
            texts(&t.snomed),
            texts(&t.icd10),
            t.sensitive
        )
    };
    format!("&[{}]", words.terms.iter().map(row).collect::<String>())
}

fn medicines(words: &Words) -> String {
    let row = |m: &Medicine| {
        format!(
            "MedicineWords {{ {}, used_for: {:?}, rxnorm: {}, sensitive: {} }},\n",
            head(m),
            m.used_for,
            texts(&m.rxnorm),
            m.sensitive
        )
    };
    format!("&[{}]", words.medicines.iter().map(row).collect::<String>())
}

fn tests(words: &Words) -> String {
    let row = |t: &Test| {
        format!(
            "TestWords {{ {}, plain: {:?}, explain: {:?}, kind: TestKind::{:?}, loinc: {}, sensitive: {} }},\n",
            head(t),
            t.plain,
            t.explain,
            t.kind,
            texts(&t.loinc),
            t.sensitive
        )
    };
    format!("&[{}]", words.tests.iter().map(row).collect::<String>())
}

fn vaccines(words: &Words) -> String {
    let row = |v: &Vaccine| {
        format!(
            "VaccineWords {{ {}, plain: {:?}, explain: {:?}, cvx: {} }},\n",
            head(v),
            v.plain,
            v.explain,
            texts(&v.cvx)
        )
    };
    format!("&[{}]", words.vaccines.iter().map(row).collect::<String>())
}

fn list(modifiers: &[Modifier]) -> String {
    let rows: String = modifiers.iter().map(|m| format!("&{:?},", m.unless)).collect();
    let index = index((0..).zip(modifiers).map(|(i, m)| (m.words.get_ref().clone(), i)));
    format!("Modifiers {{ index: {index}, unless: &[{rows}] }}")
}

fn names<E: Entry>(entries: &[E]) -> String {
    index(name_list(entries))
}

/// Every name of entries, normalised, with the place of its entry.
pub(super) fn name_list<E: Entry>(entries: &[E]) -> impl Iterator<Item = (String, u16)> {
    (0..)
        .zip(entries)
        .flat_map(|(i, e)| std::iter::once(e.name()).chain(e.also()).map(move |n| (normalise(n.get_ref()), i)))
}

/// Every name of medicines with its place: places after the last entry are ingredients without words of their own,
/// the last place there is stands for what is none.
pub(super) fn medicine_places(words: &Words) -> BTreeMap<String, u16> {
    combinations(&words.medicines, &words.modifiers.not_medicines).0
}

fn codes<'w>(lists: impl Iterator<Item = &'w [Placed]>) -> String {
    index((0..).zip(lists).flat_map(|(i, codes)| codes.iter().map(move |c| (c.get_ref().clone(), i))))
}

/// Records write CVX codes with and without a zero in front; the table has none.
fn vaccine_codes(vaccines: &[Vaccine]) -> String {
    let codes = |v: &Vaccine| v.cvx.iter().map(|c| c.get_ref().trim_start_matches('0').to_owned()).collect::<Vec<_>>();
    index((0..).zip(vaccines).flat_map(|(i, v)| codes(v).into_iter().map(move |c| (c, i))))
}

/// A sorted look-up table: all keys in one text, where each starts, and its entry. One text in place of thousands
/// keeps the compiler fast and the binary free of relocations.
pub(super) fn index(keys: impl Iterator<Item = (String, u16)>) -> String {
    let keys: BTreeMap<String, u16> = keys.collect();
    let mut text = String::new();
    let mut starts = vec![0];
    for key in keys.keys() {
        text += key;
        starts.push(text.len());
    }
    let entries: Vec<&u16> = keys.values().collect();
    let before = |byte: u16| keys.keys().filter(|k| k.bytes().next().is_none_or(|b| u16::from(b) < byte)).count();
    let firsts: Vec<usize> = (0..=256).map(before).collect();
    let heads: Vec<u32> = keys.keys().map(|key| behind_first(key.as_bytes())).collect();
    format!(
        "Index {{ text: {text:?}, starts: &{starts:?}, entries: &{entries:?}, firsts: &{firsts:?}, heads: &{heads:?} }}"
    )
}

/// The four bytes behind the first of a key as a number that sorts as they do; the same as in the crate.
fn behind_first(key: &[u8]) -> u32 {
    (1..5).fold(0, |sum, at| sum << 8 | u32::from(key.get(at).copied().unwrap_or_default()))
}

/// "amoxicillin and clavulanate" is found wherever exactly these two stand, in any order and with any strengths
/// between them: for each entry with such a wording, the places of its ingredients. An ingredient that has no entry
/// ("clavulanate") gets a place after the last one. What is no medicine gets the last place there is. Gives all names
/// with their places, and the code of the table.
fn combinations(medicines: &[Medicine], not_medicines: &[Placed]) -> (BTreeMap<String, u16>, String) {
    let mut places: BTreeMap<String, u16> = (0..)
        .zip(medicines)
        .flat_map(|(i, m)| std::iter::once(&m.name).chain(&m.also).map(move |n| (normalise(n.get_ref()), i)))
        .collect();
    let mut next = places.values().max().map_or(0, |last| last + 1);
    let mut found: BTreeMap<Vec<u16>, u16> = BTreeMap::new();
    for (i, medicine) in (0..).zip(medicines) {
        for wording in std::iter::once(&medicine.name).chain(&medicine.also).map(Placed::get_ref) {
            let Some(names) = ingredients(wording, &places) else { continue };
            let mut parts: Vec<u16> = Vec::new();
            for name in names {
                parts.push(*places.entry(name).or_insert_with(|| {
                    next += 1;
                    next - 1
                }));
            }
            parts.sort_unstable();
            parts.dedup();
            if parts.len() > 1 && !parts.contains(&i) {
                found.entry(parts).or_insert(i);
            }
        }
    }
    let rows: String = found.iter().map(|(parts, i)| format!("(&{parts:?}, {i}),")).collect();
    places.extend(not_medicines.iter().map(|words| (normalise(words.get_ref()), u16::MAX)));
    (places, format!("&[{rows}]"))
}

/// The ingredients of "a / b" and of "a, b, and c". None where one of them holds a number, or begins with the name of
/// another medicine, which it would hide.
fn ingredients(wording: &str, known: &BTreeMap<String, u16>) -> Option<Vec<String>> {
    let parts: Vec<&str> = if wording.contains(" / ") {
        wording.split(" / ").collect()
    } else if wording.contains(" and ") {
        wording.split(" and ").flat_map(|part| part.split(',')).collect()
    } else {
        return None;
    };
    let names: Vec<String> = parts.into_iter().map(normalise).filter(|name| !name.is_empty()).collect();
    let hides = |name: &str| name.match_indices(' ').any(|(end, _)| known.contains_key(&name[..end]));
    let sound = |name: &String| known.contains_key(name) || !(hides(name) || name.contains(char::is_numeric));
    names.iter().all(sound).then_some(names)
}
