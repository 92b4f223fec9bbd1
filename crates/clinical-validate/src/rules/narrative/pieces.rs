//! XHTML cut into tags and text, without judging it.

/// One tag or run of text.
pub(in crate::rules) enum Piece<'t> {
    Open { name: &'t str, attributes: Attributes<'t>, is_closed: bool },
    Close { name: &'t str },
    Text(&'t str),
    Broken(Broken),
}

/// What is no XML.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::rules) enum Broken {
    Syntax,
    Doctype,
    /// An entity that XML does not have.
    Entity,
}

/// One attribute; its value is as it stands, with entities.
pub(in crate::rules) struct Attribute<'t> {
    pub(in crate::rules) name: &'t str,
    pub(in crate::rules) value: &'t str,
}

/// Cuts a text into pieces. Each step takes at least one byte.
pub(in crate::rules) fn pieces(text: &str) -> Pieces<'_> {
    Pieces { rest: text, pending: None }
}

pub(in crate::rules) struct Pieces<'t> {
    rest: &'t str,
    pending: Option<Broken>,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(broken) = self.pending.take() {
            return Some(Piece::Broken(broken));
        }
        loop {
            let Some(tag) = self.rest.strip_prefix('<') else {
                if self.rest.is_empty() {
                    return None;
                }
                let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
                self.rest = rest;
                self.pending = entities(text).or_else(|| text.contains("]]>").then_some(Broken::Syntax));
                return Some(Piece::Text(text));
            };
            if let Some(comment) = tag.strip_prefix("!--") {
                match comment.split_once("-->") {
                    Some((_, rest)) => self.rest = rest,
                    None => return self.broken("", Broken::Syntax),
                }
                continue;
            }
            if let Some(data) = tag.strip_prefix("![CDATA[") {
                let Some((text, rest)) = data.split_once("]]>") else { return self.broken("", Broken::Syntax) };
                self.rest = rest;
                return Some(Piece::Text(text));
            }
            if tag.starts_with(['!', '?']) {
                let rest = tag.split_once('>').map_or("", |(_, rest)| rest);
                return self.broken(rest, Broken::Doctype);
            }
            if let Some(name) = tag.strip_prefix('/') {
                let Some((name, rest)) = name.split_once('>') else { return self.broken("", Broken::Syntax) };
                let name = name.trim_end();
                if !is_name(name) {
                    return self.broken(rest, Broken::Syntax);
                }
                self.rest = rest;
                return Some(Piece::Close { name });
            }
            let length =
                tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<')).unwrap_or(tag.len());
            let (name, inside) = tag.split_at(length);
            let Some(end) = end(inside).filter(|_| is_name(name)) else { return self.broken(tag, Broken::Syntax) };
            let (inside, rest) = inside.split_at(end);
            self.rest = rest.strip_prefix('>').unwrap_or(rest);
            let (inside, is_closed) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
            return Some(Piece::Open { name, attributes: Attributes { rest: inside, pending: None }, is_closed });
        }
    }
}

impl<'t> Pieces<'t> {
    fn broken(&mut self, rest: &'t str, broken: Broken) -> Option<Piece<'t>> {
        self.rest = rest;
        Some(Piece::Broken(broken))
    }
}

/// Where a tag ends: the first `>` outside of quotes, before another `<`.
fn end(inside: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            _ => {}
        }
    }
    None
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
}

/// The first thing in a text that is no entity of XML.
fn entities(text: &str) -> Option<Broken> {
    let mut worst = None;
    for after in text.split('&').skip(1) {
        let name = after.split_once(';').map(|(name, _)| name).filter(|name| name.len() <= 32);
        match name {
            Some("amp" | "lt" | "gt" | "quot" | "apos") => {}
            Some(name) if name.strip_prefix('#').is_some_and(|n| character(n).is_some()) => {}
            Some(name) if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                worst = worst.or(Some(Broken::Entity));
            }
            _ => return Some(Broken::Syntax),
        }
    }
    worst
}

/// `160` or `xA0`
pub(super) fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32)
}

/// The attributes of a tag.
pub(in crate::rules) struct Attributes<'t> {
    rest: &'t str,
    pending: Option<Broken>,
}

impl<'t> Attributes<'t> {
    /// What is left of the tag, as it stands.
    pub(in crate::rules) fn raw(&self) -> &'t str {
        self.rest
    }
}

impl<'t> Iterator for Attributes<'t> {
    type Item = Result<Attribute<'t>, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(broken) = self.pending.take() {
            return Some(Err(broken));
        }
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return None;
        }
        let Some((name, value)) = self.rest.split_once('=') else {
            self.rest = "";
            return Some(Err(Broken::Syntax));
        };
        let (name, value) = (name.trim_end(), value.trim_start());
        let quoted = value.strip_prefix('"').map(|v| (v, '"')).or_else(|| value.strip_prefix('\'').map(|v| (v, '\'')));
        let Some((value, rest)) = quoted.and_then(|(value, quote)| value.split_once(quote)).filter(|_| is_name(name))
        else {
            self.rest = "";
            return Some(Err(Broken::Syntax));
        };
        self.rest = rest;
        self.pending = entities(value).or_else(|| value.contains('<').then_some(Broken::Syntax));
        Some(Ok(Attribute { name, value }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let told = pieces(text).map(|piece| match piece {
            Piece::Open { name, attributes, is_closed } => {
                let all: Vec<String> =
                    attributes.map(|a| a.map_or("!".into(), |a| format!(" {}={}", a.name, a.value))).collect();
                format!("[{name}{}{}]", all.concat(), if is_closed { "/" } else { "" })
            }
            Piece::Close { name } => format!("[/{name}]"),
            Piece::Text(text) => text.to_owned(),
            Piece::Broken(broken) => format!("[{broken:?}]"),
        });
        told.collect()
    }

    #[test]
    fn tags_attributes_and_text_are_cut_apart() {
        for (text, expected) in [
            ("a<b>c</b >d", "a[b]c[/b]d"),
            ("<br/><br />", "[br/][br/]"),
            ("<a href=\"x>y\" name = 'z'>", "[a href=x>y name=z]"),
            ("<!-- <p> -->a<![CDATA[<b>]]>", "a<b>"),
            ("<p class=a>", "[p!]"),
            ("<!DOCTYPE html>a<?b?>", "[Doctype]a[Doctype]"),
            ("a < b", "a [Syntax] b"),
            ("a&nbsp;b &amp; &#160;&#xA0;", "a&nbsp;b &amp; &#160;&#xA0;[Entity]"),
            ("a & b", "a & b[Syntax]"),
            ("<p", "[Syntax]p"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
