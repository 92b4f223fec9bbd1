//! Markup that acts (R4 `Narrative.div`: "SHALL NOT contain a head, a body, external stylesheet references, scripts,
//! forms, base/link/xlink, frames, iframes and objects").

use super::pieces::{Attribute, character};

/// Elements that run, fetch or send something. Sorted, in lower case.
const ACTIVE: [&str; 26] = [
    "animate", "applet", "audio", "base", "body", "button", "embed", "form", "frame", "frameset", "head", "html",
    "iframe", "input", "link", "math", "meta", "object", "option", "script", "select", "style", "svg", "textarea",
    "video", "xml",
];

/// Whether an element of this name acts.
pub(in crate::rules) fn acts(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name);
    ACTIVE.iter().any(|active| active.eq_ignore_ascii_case(local))
}

/// Whether an attribute acts: event handlers, and addresses that are scripts.
pub(in crate::rules) fn attribute_acts(attribute: &Attribute<'_>) -> bool {
    let name = attribute.name;
    let is_handler = name.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")) && name.len() > 3;
    if is_handler || name.eq_ignore_ascii_case("formaction") || name.eq_ignore_ascii_case("srcdoc") {
        return true;
    }
    let value = plain(attribute.value);
    if name.eq_ignore_ascii_case("style") {
        return ["javascript:", "vbscript:", "expression(", "@import", "behavior:", "-moz-binding"]
            .iter()
            .any(|bad| value.contains(bad));
    }
    ["javascript:", "vbscript:", "data:text/html", "data:image/svg", "data:application/"]
        .iter()
        .any(|bad| value.starts_with(bad))
}

/// The same for attributes that are not written as XML asks: browsers take them without quotes.
pub(in crate::rules) fn raw_acts(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let handler = bytes.windows(3).enumerate().any(|(at, window)| {
        let [before, o, n] = window else { return false };
        if !(before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\''))
            || !(o.eq_ignore_ascii_case(&b'o') && n.eq_ignore_ascii_case(&b'n'))
        {
            return false;
        }
        let rest = bytes.get(at + 3..).unwrap_or_default();
        let letters = rest.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let after = rest.iter().skip(letters).take(24).find(|byte| !byte.is_ascii_whitespace());
        letters > 1 && after == Some(&b'=')
    });
    // `=javascript:`, with or without quotes, is an address that is a script.
    handler || {
        let plain = plain(raw);
        ["=javascript:", "='javascript:", "=\"javascript:", "=vbscript:", "='vbscript:", "=\"vbscript:"]
            .iter()
            .any(|bad| plain.contains(bad))
    }
}

/// The name of an entity and what comes after it. Names are short, so a text of ampersands costs no more than another.
fn entity(after: &str) -> Option<(&str, &str)> {
    let length = after.bytes().take(11).position(|byte| byte == b';')?;
    Some((after.get(..length)?, after.get(length + 1..)?))
}

/// The text as a browser reads it in an address: entities resolved, no white space or control characters, lower case.
fn plain(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let entity = rest.strip_prefix('&').and_then(entity);
        let resolved = entity.and_then(|(name, after)| {
            let c = match name {
                "colon" => Some(':'),
                "Tab" | "NewLine" => Some(' '),
                "amp" => Some('&'),
                _ => name.strip_prefix('#').and_then(character),
            };
            c.map(|c| (c, after))
        });
        let (c, after) = resolved.unwrap_or_else(|| (first, rest.get(first.len_utf8()..).unwrap_or_default()));
        if !c.is_whitespace() && !c.is_control() {
            plain.extend(c.to_lowercase());
        }
        rest = after;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_act_are_known_in_any_case() {
        assert!(ACTIVE.is_sorted());
        assert!(acts("script") && acts("SCRIPT") && acts("x:script") && acts("iframe"));
        assert!(!acts("p") && !acts("span"));
    }

    #[test]
    fn attributes_without_quotes_are_seen_too() {
        for bad in [" src=x onerror=alert(1)", "/onclick = 'x'", " href=javascript:x", " href='java&#115;cript:x'"] {
            assert!(raw_acts(bad), "{bad}");
        }
        for good in [" class=on-line", " title='on = off'", " href=http://a.b", " one=1", ""] {
            assert!(!raw_acts(good), "{good}");
        }
    }

    #[test]
    fn attributes_that_act_are_seen_through_entities_and_blanks() {
        for (name, value) in [
            ("onclick", "x"),
            ("ONLOAD", "x"),
            ("href", "JavaScript:x"),
            ("href", "&#106;avascript&colon;x"),
            ("src", "data:text/html,x"),
            ("style", "width: expression(x)"),
        ] {
            assert!(attribute_acts(&Attribute { name, value }), "{name}");
        }
        for (name, value) in
            [("href", "http://a.b/javascript:x"), ("on", "x"), ("style", "color: red"), ("src", "data:image/png,x")]
        {
            assert!(!attribute_acts(&Attribute { name, value }), "{name}");
        }
    }
}
