//! How the numbers are written: OpenMetrics 1.0, or the older text format 0.0.4 for a scraper that asks for nothing else.

use crate::http::accept::negotiate;
use axum::http::HeaderMap;

/// A way to write the numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exposition {
    /// OpenMetrics 1.0.
    OpenMetrics,
    /// The text format of Prometheus, version 0.0.4.
    Text,
}

impl Exposition {
    /// What `Accept` asks for. Whoever takes neither by name gets OpenMetrics if it takes anything, else the text
    /// format: a scraper that gets no numbers tells nobody that something is wrong.
    #[must_use]
    pub fn asked(headers: &HeaderMap) -> Self {
        let offers = [("application/openmetrics-text", Self::OpenMetrics), ("text/plain", Self::Text)];
        negotiate(headers, &offers).unwrap_or(Self::Text)
    }

    /// The `Content-Type` of the reply.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
            Self::Text => "text/plain; version=0.0.4; charset=utf-8",
        }
    }
}

/// OpenMetrics as text format 0.0.4: a counter is described under the name that its sample has, an information is a
/// gauge, and there is neither unit nor end. Samples are the same in both.
pub(super) fn as_text(open: &str) -> String {
    let mut out = String::with_capacity(open.len() + open.len() / 16);
    // The name stands in HELP before its type is told, so that a HELP line waits for its TYPE line.
    let mut help: Option<(&str, &str)> = None;
    for line in open.lines() {
        if let Some((name, text)) = described(line, "# HELP ") {
            help = Some((name, text));
        } else if let Some((name, kind)) = described(line, "# TYPE ") {
            let (suffix, kind) = match kind {
                "counter" => ("_total", "counter"),
                "info" => ("_info", "gauge"),
                "unknown" => ("", "untyped"),
                kind => ("", kind),
            };
            if let Some((_, text)) = help.take().filter(|(helped, _)| *helped == name) {
                push(&mut out, &["# HELP ", name, suffix, " ", text]);
            }
            push(&mut out, &["# TYPE ", name, suffix, " ", kind]);
        } else if !line.starts_with('#') {
            push(&mut out, &[line]);
        }
    }
    out
}

fn described<'l>(line: &'l str, keyword: &str) -> Option<(&'l str, &'l str)> {
    line.strip_prefix(keyword)?.split_once(' ')
}

fn push(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| out.push_str(part));
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use axum::http::header::ACCEPT;

    fn asked(accept: &'static str) -> Exposition {
        Exposition::asked(&HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]))
    }

    #[test]
    fn a_scraper_gets_the_format_that_it_asks_for() {
        let prometheus = "application/openmetrics-text;version=1.0.0;q=0.75,application/openmetrics-text;\
            version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.25,*/*;q=0.1";
        assert_eq!(asked(prometheus), Exposition::OpenMetrics);
        assert_eq!(asked("text/plain;version=0.0.4"), Exposition::Text);
        assert_eq!(asked("*/*"), Exposition::OpenMetrics);
        assert_eq!(asked("application/json"), Exposition::Text);
        assert_eq!(Exposition::asked(&HeaderMap::new()), Exposition::OpenMetrics);
    }

    #[test]
    fn the_older_format_names_a_counter_as_its_sample() {
        let open = "# HELP a_b Some help.\n# TYPE a_b counter\na_b_total{x=\"# TYPE\"} 1\n# HELP c_seconds Time.\n\
            # TYPE c_seconds gauge\n# UNIT c_seconds seconds\nc_seconds 2.0\n# HELP d Build.\n# TYPE d info\n\
            d_info{v=\"1\"} 1\n# EOF\n";
        let text = "# HELP a_b_total Some help.\n# TYPE a_b_total counter\na_b_total{x=\"# TYPE\"} 1\n\
            # HELP c_seconds Time.\n# TYPE c_seconds gauge\nc_seconds 2.0\n# HELP d_info Build.\n\
            # TYPE d_info gauge\nd_info{v=\"1\"} 1\n";
        assert_eq!(as_text(open), text);
    }
}
