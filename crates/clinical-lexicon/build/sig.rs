//! The words of `sig.toml` and `abbreviations.toml`: checked, and written as tables.

use super::read::Fault;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SigFile {
    ambiguous: Vec<String>,
    forms: Vec<String>,
    releases: Vec<String>,
    fillers: Vec<String>,
    alters: Vec<String>,
    subjects: Vec<String>,
    no_reason: Vec<String>,
    reason: Vec<String>,
    supply: Vec<String>,
    layers: Vec<String>,
    sites: Vec<String>,
    continuing: Vec<String>,
    staff_routes: Vec<String>,
    staff_places: Vec<String>,
    staff_verbs: Vec<String>,
    one_time: Vec<String>,
    heading: HeadingWords,
    spelling: BTreeMap<String, String>,
    cue: Vec<Cue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingWords {
    stopped: Vec<String>,
    held: Vec<String>,
    before: Vec<String>,
    given: Vec<String>,
    none: Vec<String>,
}

/// The names of the variants go into the code.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    Nothing,
    Start,
    Continue,
    Change,
    Refill,
    Switch,
    Stop,
    Hold,
    Avoid,
    NotTaking,
    Taking,
    Past,
    Given,
    Consider,
    Decline,
    Allergy,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
enum Side {
    #[default]
    Before,
    After,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cue {
    means: Said,
    order: bool,
    #[serde(default)]
    side: Side,
    words: Vec<String>,
    matches: Vec<String>,
    never: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AbbreviationsFile {
    ambiguous: BTreeMap<String, Vec<String>>,
    abbreviation: Vec<Abbreviation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviation {
    short: String,
    plain: String,
    matches: Vec<String>,
    never: Vec<String>,
}

fn sorted(words: &[String]) -> String {
    let mut words: Vec<&String> = words.iter().collect();
    words.sort();
    words.dedup();
    format!("&{words:?}")
}

fn fault(file: &str, text: &str, at: usize, message: &str) -> Fault {
    Fault { file: file.to_owned(), line: super::names::line(text, at), message: message.to_owned() }
}

fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, Fault> {
    toml::from_str(text).map_err(|e| fault(file, text, e.span().map_or(0, |s| s.start), e.message()))
}

/// The code of the static tables; none for files of which these are not among (the tests of the other files).
pub(super) fn code(files: &[(String, String)]) -> Result<String, Fault> {
    let named = |end: &str| files.iter().find(|(name, _)| name.ends_with(end));
    let mut fields = String::new();
    if let Some((name, text)) = named("/sig.toml") {
        let sig: SigFile = read(name, text)?;
        if let Some(cue) = sig.cue.iter().find(|c| c.matches.is_empty() || c.never.is_empty()) {
            return Err(fault(name, text, 0, &format!("a cue of {:?} has no examples", cue.means)));
        }
        let lists = [
            ("ambiguous", &sig.ambiguous),
            ("forms", &sig.forms),
            ("releases", &sig.releases),
            ("fillers", &sig.fillers),
            ("alters", &sig.alters),
            ("subjects", &sig.subjects),
            ("no_reason", &sig.no_reason),
            ("reason", &sig.reason),
            ("supply", &sig.supply),
            ("layers", &sig.layers),
            ("sites", &sig.sites),
            ("continuing", &sig.continuing),
            ("staff_routes", &sig.staff_routes),
            ("staff_places", &sig.staff_places),
            ("staff_verbs", &sig.staff_verbs),
            ("one_time", &sig.one_time),
            ("heading_stopped", &sig.heading.stopped),
            ("heading_held", &sig.heading.held),
            ("heading_before", &sig.heading.before),
            ("heading_given", &sig.heading.given),
            ("heading_none", &sig.heading.none),
        ];
        fields.extend(lists.iter().map(|(field, words)| format!("{field}: {},\n", sorted(words))));
        let spelling: Vec<(&String, &String)> = sig.spelling.iter().collect();
        fields.push_str(&format!("spelling: &{spelling:?},\n"));
        let cues: String = sig
            .cue
            .iter()
            .map(|c| {
                format!(
                    "Cue {{ means: Said::{:?}, order: {}, after: {}, matches: &{:?}, never: &{:?} }},\n",
                    c.means,
                    c.order,
                    c.side == Side::After,
                    c.matches,
                    c.never
                )
            })
            .collect();
        fields.push_str(&format!("cues: &[{cues}],\n"));
        for (field, side) in [("before", Side::Before), ("after", Side::After)] {
            let rows = sig.cue.iter().enumerate().filter(|(_, c)| c.side == side);
            let mut words: Vec<(&str, usize)> =
                rows.flat_map(|(i, c)| c.words.iter().map(move |w| (w.as_str(), i))).collect();
            words.sort_unstable();
            if let Some([(word, _), _]) = words.windows(2).find(|w| matches!(w, [a, b] if a.0 == b.0)) {
                return Err(fault(name, text, 0, &format!("the cue '{word}' stands twice")));
            }
            fields.push_str(&format!("{field}: &{words:?},\n"));
        }
    } else {
        return Ok(String::new());
    }
    let mut short: Vec<(String, String)> = Vec::new();
    let mut examples = String::new();
    let mut ambiguous: Vec<String> = Vec::new();
    if let Some((name, text)) = named("/abbreviations.toml") {
        let file: AbbreviationsFile = read(name, text)?;
        for row in file.abbreviation {
            if file.ambiguous.contains_key(&row.short) {
                let message = format!("'{}' is ambiguous and has an expansion", row.short);
                return Err(fault(name, text, 0, &message));
            }
            examples.push_str(&format!("({:?}, &{:?}, &{:?}),\n", row.plain, row.matches, row.never));
            short.push((row.short, row.plain));
        }
        ambiguous.extend(file.ambiguous.into_iter().filter(|(_, readings)| readings.len() > 1).map(|(word, _)| word));
    }
    short.sort();
    Ok(format!(
        "pub(crate) static SIG: SigWords = SigWords {{\n{fields}}};\n\
         pub(crate) static ABBREVIATIONS: AbbreviationWords = AbbreviationWords {{\n\
         short: &{short:?},\nexamples: &[{examples}],\nambiguous: &{ambiguous:?},\n}};\n"
    ))
}
