//! Templates: `{slot}` is filled from the scene, `[[KIND:words]]` is a trap, everything else stands as it is.

use crate::marked::Marked;
use crate::scene::Scene;

/// How the result must be written for the format it stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    Text,
    Json,
    Csv,
    Xml,
}

/// Fills a template.
pub(crate) fn fill(template: &str, scene: &mut Scene<'_>, body: Option<&Marked>, escape: Escape) -> Marked {
    let mut out = Marked::default();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '[']) {
        let (before, from) = rest.split_at(at);
        out.push(before);
        if let Some((kind, words, after)) = trap(from) {
            // A trap may hold slots that make no label, such as a number.
            let words = fill(words, scene, None, escape).text();
            out.trap(kind, &words);
            rest = after;
        } else if let Some((slot, after)) = slot(from) {
            let mut value = Marked::default();
            match (slot, body) {
                ("body", Some(body)) => value = body.clone(),
                _ => scene.slot(slot, &mut value),
            }
            escaped(&mut value, escape);
            out.append(&value);
            rest = after;
        } else {
            out.push(&from[..1]);
            rest = &from[1..];
        }
    }
    out.push(rest);
    out
}

fn trap(text: &str) -> Option<(&str, &str, &str)> {
    let (inner, after) = text.strip_prefix("[[")?.split_once("]]")?;
    let (kind, words) = inner.split_once(':')?;
    kind.chars().all(|c| c.is_ascii_uppercase() || c == '_').then_some((kind, words, after))
}

fn slot(text: &str) -> Option<(&str, &str)> {
    let (inner, after) = text.strip_prefix('{')?.split_once('}')?;
    let good = inner.starts_with(|c: char| c.is_ascii_alphabetic()) && !inner.contains(['\n', '{', '"']);
    good.then_some((inner, after))
}

/// Writes marked text so that it can stand inside a value of the format.
pub(crate) fn escaped(value: &mut Marked, escape: Escape) {
    value.map(|_, c, _, out| match (escape, c) {
        (Escape::Json, '\n') => out.extend(['\\', 'n']),
        (Escape::Json, '"') => out.extend(['\\', '"']),
        (Escape::Csv, '"') => out.extend(['"', '"']),
        (Escape::Xml, '&') => out.extend("&amp;".chars()),
        (Escape::Xml, '<') => out.extend("&lt;".chars()),
        (Escape::Xml, '>') => out.extend("&gt;".chars()),
        (_, c) => out.push(c),
    });
}
