//! Which of our formats a client likes best (RFC 9110, 12.5.1).

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// The offer with the highest quality; among equals the first, so the order of offers is our own preference.
/// No `Accept` at all accepts anything.
pub fn negotiate<T: Copy>(headers: &HeaderMap, offers: &[(&str, T)]) -> Option<T> {
    let mut lines = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok()).peekable();
    if lines.peek().is_none() {
        return offers.first().map(|(_, offer)| *offer);
    }
    let ranges: Vec<Range<'_>> = lines.flat_map(|line| line.split(',')).filter_map(Range::parse).collect();
    let mut best: Option<(u16, T)> = None;
    for (media, offer) in offers {
        let quality = quality(media, &ranges);
        if quality > best.map_or(0, |(q, _)| q) {
            best = Some((quality, *offer));
        }
    }
    best.map(|(_, offer)| offer)
}

/// The quality that the most specific matching range gives, in thousandths.
fn quality(media: &str, ranges: &[Range<'_>]) -> u16 {
    ranges
        .iter()
        .filter_map(|range| Some((range.fits(media)?, range.quality)))
        .max_by_key(|(specific, _)| *specific)
        .map_or(0, |(_, quality)| quality)
}

struct Range<'a> {
    media: &'a str,
    quality: u16,
}

impl<'a> Range<'a> {
    /// A range whose quality is no number is left out, as if the client had not sent it.
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let media = parts.next().filter(|m| m.contains('/'))?;
        let mut quality = 1000;
        for parameter in parts {
            if let Some(q) = parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")) {
                quality = thousandths(q)?;
            }
        }
        Some(Self { media, quality })
    }

    fn fits(&self, media: &str) -> Option<u8> {
        if self.media == "*/*" {
            return Some(0);
        }
        if let Some(kind) = self.media.strip_suffix("/*") {
            let ours = media.split('/').next().unwrap_or("");
            return kind.eq_ignore_ascii_case(ours).then_some(1);
        }
        self.media.eq_ignore_ascii_case(media).then_some(2)
    }
}

/// `0.8` is 800. A quality has three decimals at most.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousand = format!("{fraction:0<3}").parse::<u16>().ok()?;
    match whole {
        "0" => Some(thousand),
        "1" if thousand == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const OFFERS: [(&str, &str); 4] =
        [("application/json", "json"), ("text/html", "html"), ("text/plain", "text"), ("text/markdown", "markdown")];

    fn chosen(accept: &str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_str(accept).unwrap());
        negotiate(&headers, &OFFERS)
    }

    #[test]
    fn what_clients_send() {
        assert_eq!(negotiate(&HeaderMap::new(), &OFFERS), Some("json"));
        assert_eq!(chosen("*/*"), Some("json"));
        assert_eq!(chosen("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"), Some("html"));
        assert_eq!(chosen("text/*"), Some("html"));
        assert_eq!(chosen("text/markdown;q=0.9, text/plain;q=0.95"), Some("text"));
        assert_eq!(chosen("application/json;q=0, */*"), Some("html"));
        assert_eq!(chosen("TEXT/HTML"), Some("html"));
    }

    #[test]
    fn what_we_cannot_make() {
        for accept in ["application/pdf", "application/fhir+json", "text/html;q=0", "nonsense", "text/html;q=2", ""] {
            assert_eq!(chosen(accept), None, "{accept}");
        }
    }
}
