//! One note: a frame, a base note, and what is put into it.

use crate::banks::{Banks, Layout};
use crate::base::Base;
use crate::marked::{Class, Marked, Span};
use crate::rng::Rng;
use crate::scene::Scene;
use crate::template::{Escape, fill};
use crate::transform;

/// A finished note with its labels.
#[derive(serde::Serialize)]
pub(crate) struct Note {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) spans: Vec<Span>,
    pub(crate) traps: Vec<Span>,
    /// What may go either way, to be left out of every figure: titles, credentials, clock times, states, rooms.
    pub(crate) either: Vec<Span>,
}

/// Groups of sentences and how often each is used.
const GROUPS: [(&str, u32); 16] = [
    ("name.patient", 12),
    ("name.relative", 14),
    ("name.staff", 16),
    ("name.telegraphic", 12),
    ("date.formal", 16),
    ("date.telegraphic", 12),
    ("date.spoken", 9),
    ("age.old", 4),
    ("contact.all", 12),
    ("ids.all", 14),
    ("device.all", 9),
    ("web.all", 6),
    ("place.all", 13),
    ("org.sentence", 14),
    ("work.sentence", 7),
    ("mixed.all", 16),
];

/// Makes one note.
pub(crate) fn note(id: String, seed: u64, banks: &Banks, bases: &[Base]) -> Option<Note> {
    let mut rng = Rng::new(seed);
    let base = bases.get(rng.below(bases.len()))?;
    // Few notes hold hardly anything or very much; most hold some ten to twenty.
    let wanted = match rng.weighted(&[12, 58, 22, 8]) {
        0 => rng.range(3, 6),
        1 => rng.range(7, 19),
        2 => rng.range(20, 30),
        _ => rng.range(31, 58),
    } as usize;
    let traps = match rng.weighted(&[15, 60, 25]) {
        0 => rng.range(0, 2),
        1 => rng.range(3, 8),
        _ => rng.range(9, 18),
    } as usize;
    let framed = wanted > 6 && rng.chance(82);
    let layout = banks.layouts.get(rng.below(banks.layouts.len())).filter(|_| framed).cloned();
    let seed = rng.range(0, i64::MAX - 1) as u64;
    let mut scene = Scene::new(Rng::new(seed), banks, base.female);
    let mut lines = body_lines(base, &mut scene);

    let frame = layout.as_ref().map(|l| frame(l, &mut scene, None)).unwrap_or_default();
    let mut held = frame.count(Class::Identifier) + lines.iter().map(|l| l.count(Class::Identifier)).sum::<usize>();
    let mut trapped = frame.count(Class::Trap) + lines.iter().map(|l| l.count(Class::Trap)).sum::<usize>();
    let footer = (wanted > held + 1 && scene.rng.chance(45)).then(|| {
        let template = banks.pick(&mut scene.rng, "footer.all").replace("\\n", "\n");
        fill(&template, &mut scene, None, Escape::Text)
    });
    held += footer.as_ref().map_or(0, |f| f.count(Class::Identifier));
    let weights: Vec<u32> = GROUPS.iter().map(|(_, weight)| *weight).collect();
    let mut used = std::collections::BTreeSet::new();
    for _ in 0..200 {
        let (list, add) = if held < wanted {
            (GROUPS[scene.rng.weighted(&weights)].0, true)
        } else if trapped < traps {
            (scene.rng.of(&["trap.value", "trap.value", "trap.word", "trap.name", "trap.start"]), false)
        } else {
            break;
        };
        let template = banks.pick(&mut scene.rng, list);
        if !used.insert(template.to_owned()) {
            continue;
        }
        let sentence = fill(template, &mut scene, None, Escape::Text);
        held += sentence.count(Class::Identifier);
        trapped += sentence.count(Class::Trap);
        place(&mut lines, sentence, &mut scene.rng, add);
    }
    word_trap(&mut lines, &mut scene);

    let mut body = Marked::default();
    for (at, line) in lines.iter().enumerate() {
        body.push(if at == 0 { "" } else { "\n" });
        body.append(line);
    }
    if let Some(footer) = &footer {
        body.push("\n\n");
        body.append(footer);
    }
    let data = layout.as_ref().is_some_and(|l| l.kind != "text");
    let mut text = match &layout {
        // The frame is filled again from the same seed of style, now around the body.
        Some(layout) => self::frame(layout, &mut scene, Some(body)),
        None => body,
    };
    transform::apply(&mut text, &mut scene.rng, data);
    let (spans, traps, either) = (text.spans(Class::Identifier), text.spans(Class::Trap), text.spans(Class::Either));
    Some(Note { id, text: text.text(), spans, traps, either })
}

/// A frame, with the body in its place.
fn frame(layout: &Layout, scene: &mut Scene<'_>, body: Option<Marked>) -> Marked {
    let body = body.unwrap_or_default();
    let escape = match layout.kind.as_str() {
        "json" => Escape::Json,
        "csv" => Escape::Csv,
        "xml" => Escape::Xml,
        _ => Escape::Text,
    };
    let body = if layout.kind == "hl7" { segments(&body) } else { body };
    let template = layout.text.trim_matches('\n');
    let mut out = fill(template, scene, Some(&body), escape);
    if !layout.text.contains("{body}") {
        out.push("\n\n");
        out.append(&body);
    }
    out
}

/// The body of an HL7 message: one OBX segment for each line.
fn segments(body: &Marked) -> Marked {
    let mut out = Marked::plain("OBX|1|TX|NOTE^Note||");
    let mut at = 1;
    let mut whole = body.clone();
    whole.map(|_, c, class, out| {
        if c == '\n' && class.is_none() {
            at += 1;
            out.extend(format!("\nOBX|{at}|TX|NOTE^Note||").chars());
        } else {
            out.push(c);
        }
    });
    out.append(&whole);
    out
}

/// The lines of the base note that this note keeps, with the patient's name here and there.
fn body_lines(base: &Base, scene: &mut Scene<'_>) -> Vec<Marked> {
    let keep = scene.rng.of(&[35, 60, 80, 100]);
    let naming = scene.rng.of(&[0, 0, 8, 20]);
    let mut lines = Vec::new();
    for sentences in &base.lines {
        let mut line = Marked::default();
        for sentence in sentences {
            let heading = sentence.len() < 40 && !sentence.contains('.');
            if !heading && !scene.rng.chance(keep) {
                continue;
            }
            if !line.chars.is_empty() {
                line.push(" ");
            }
            match sentence.strip_prefix("The patient ") {
                Some(rest) if scene.rng.chance(naming) => {
                    scene.slot("pt.any", &mut line);
                    line.push(" ");
                    values(rest, &mut line);
                }
                _ => values(sentence, &mut line),
            }
        }
        if !line.chars.is_empty() {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        lines.push(Marked::plain("Assessment and plan as discussed."));
    }
    lines
}

/// Appends words of the base note; the ages, pressures and grades in them are traps.
fn values(text: &str, out: &mut Marked) {
    for (at, word) in text.split(' ').enumerate() {
        out.push(if at == 0 { "" } else { " " });
        let bare = word.trim_end_matches(['.', ',', ';', ')']);
        let figures = |t: &str| t.parse::<u32>().is_ok_and(|n| n < 300);
        let kind = match (bare.strip_suffix("-year-old"), bare.split_once('/')) {
            (Some(age), _) if figures(age) => "AGE",
            (None, Some((a, b))) if figures(a) && figures(b) => {
                if b.len() > 1 {
                    "VITAL"
                } else {
                    "EXAM"
                }
            }
            _ => {
                out.push(word);
                continue;
            }
        };
        out.trap(kind, bare);
        out.push(&word[bare.len()..]);
    }
}

/// Puts a sentence after a line, on a line of its own or with a bullet.
fn place(lines: &mut Vec<Marked>, sentence: Marked, rng: &mut Rng, identifier: bool) {
    let at = rng.below(lines.len());
    let long = lines[at].chars.len() > 45;
    if long && rng.chance(if identifier { 55 } else { 60 }) {
        if rng.chance(25) {
            let mut first = sentence;
            first.push(" ");
            let rest = std::mem::take(&mut lines[at]);
            first.append(&rest);
            lines[at] = first;
        } else {
            lines[at].push(" ");
            lines[at].append(&sentence);
        }
    } else {
        let mut line = Marked::plain(if rng.chance(25) { rng.of(&["- ", "• ", "* "]) } else { "" });
        line.append(&sentence);
        lines.insert(at + 1, line);
    }
}

/// A patient or doctor called Hand may have a sore hand: the plain word stays.
fn word_trap(lines: &mut Vec<Marked>, scene: &mut Scene<'_>) {
    let names = [scene.patient.last.to_lowercase(), scene.patient.first.to_lowercase()];
    let fitting: Vec<String> = scene
        .banks
        .list("trap.homonym")
        .iter()
        .filter_map(|entry| entry.split_once('|'))
        .filter(|(word, _)| names.iter().any(|name| name == word))
        .map(|(_, sentence)| sentence.to_owned())
        .collect();
    if let Some(template) = fitting.get(scene.rng.below(fitting.len())).filter(|_| scene.rng.chance(60)) {
        let sentence = fill(template, scene, None, Escape::Text);
        place(lines, sentence, &mut scene.rng, false);
    }
}
