//! How each route is driven: the addresses to ask it at, and what to send there. A new route must say so here.

use super::canaries::Canaries;
use super::documents::{self, Document};
use super::requests;

/// What a route gives where all goes well: only such a body may hold what was sent, and only to whoever sent it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gives {
    /// Something of ours.
    Ours,
    /// A page about the document.
    Page,
    /// What the document says about itself.
    About,
    /// The document without what was found in it.
    Copy,
    /// The same with something invented in its place: what is left of a word may have other digits.
    Invention,
}

/// What a route reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reads {
    /// Nothing, whatever is sent.
    Nothing,
    /// A document.
    Document,
    /// A document, if it is C-CDA.
    Ccda,
    /// A resource, bare or in a request of its own.
    Resource,
    /// A record and a summary of it.
    Pair,
    /// A text in a request of its own.
    Text,
}

/// How a route is driven.
pub(crate) struct Way {
    pub(crate) gives: Gives,
    pub(crate) reads: Reads,
    pub(crate) targets: Vec<String>,
}

impl Way {
    /// The way of a route.
    pub(crate) fn of(route: &str, canaries: &Canaries) -> Self {
        let word = || canaries.word();
        let named = |known: &[&str]| {
            let (begin, _) = route.split_once('{').unwrap();
            let mut names: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
            names.extend([word(), format!("{}%20{}", word(), word()), format!("%ff{}", word())]);
            names.iter().map(|name| format!("{begin}{name}")).collect::<Vec<_>>()
        };
        let asked = |queries: &[&str]| {
            let mut all: Vec<String> = queries.iter().map(|query| format!("{route}?{query}")).collect();
            all.insert(0, route.to_owned());
            all
        };
        // With a word as the value of each of these.
        let options =
            |names: &[&str]| names.iter().map(|name| format!("{route}?{name}={}", word())).collect::<Vec<_>>();
        let (gives, reads, mut targets) = match route {
            "/"
            | "/samples"
            | "/openapi.json"
            | "/docs"
            | "/health"
            | "/metrics"
            | "/api/v1/health"
            | "/api/v1/health/live"
            | "/api/v1/health/ready"
            | "/api/v1/health/startup"
            | "/api/v1/health/dependencies"
            | "/api/v1/ccda/health"
            | "/api/v1/summaries"
            | "/api/v1/translate/supported-languages" => (Gives::Ours, Reads::Nothing, asked(&[])),
            "/assets/{name}" => (Gives::Ours, Reads::Nothing, named(&["app.css", "app.js", "source.js"])),
            "/docs/{name}" => (Gives::Ours, Reads::Nothing, named(&["docs.css", "docs.js"])),
            "/samples/{name}" => {
                (Gives::Ours, Reads::Nothing, named(&["visit", "visit.json", "follow-up", "office-note.txt"]))
            }
            "/api/v1/summary/{id}" => (Gives::Ours, Reads::Nothing, named(&[])),
            "/api/v1/summarize" => {
                let mut all = asked(&["format=json", "format=html", "format=text", "format=markdown"]);
                all.extend(options(&["format", "large_print", "ai"]));
                (Gives::Page, Reads::Document, all)
            }
            "/api/v1/extract" => {
                let mut all = asked(&["format=json", "format=html", "format=text", "format=markdown"]);
                all.extend(options(&["format"]));
                (Gives::Page, Reads::Document, all)
            }
            "/api/v1/summarize/validate-only" => (Gives::Ours, Reads::Document, asked(&[])),
            "/api/v1/ccda/summarize" => {
                let mut all = asked(&["format=json", "format=html", "format=text", "format=markdown"]);
                all.extend(options(&["format", "large_print", "ai"]));
                (Gives::Page, Reads::Ccda, all)
            }
            "/api/v1/ccda/summarize/html" => {
                let mut all = asked(&["large_print=true"]);
                all.extend(options(&["format", "large_print", "ai"]));
                (Gives::Page, Reads::Ccda, all)
            }
            "/api/v1/validate" | "/api/v1/validate/bundle" | "/api/v1/validate/medication-request" => {
                let mut all = asked(&["validation_mode=lenient"]);
                all.extend(options(&["validation_mode"]));
                (Gives::Ours, Reads::Resource, all)
            }
            "/api/v1/ccda/validate" => (Gives::About, Reads::Ccda, asked(&[])),
            "/api/v1/verify" => (Gives::Ours, Reads::Pair, asked(&[])),
            "/api/inference" => (Gives::Ours, Reads::Text, asked(&[])),
            "/api/v1/translate/{kind}" => {
                let mut all = named(&["summary", "text", "html", "medication", "instructions"]);
                all.push(format!("{}?language=en&format=text", all[0]));
                all.push(format!("{}?language={}", all[0], word()));
                (Gives::Page, Reads::Document, all)
            }
            "/api/v1/deidentify" => {
                let known = ["json", "document"].map(|format| format!("format={format}"));
                let policies = ["mask", "surrogate", "keep-dates"].map(|policy| format!("policy={policy}"));
                let known: Vec<&str> = known.iter().chain(&policies).map(String::as_str).collect();
                let mut all = asked(&known);
                all.extend(options(&["format", "policy", "subject"]));
                (Gives::Copy, Reads::Document, all)
            }
            other => panic!("the canary test does not know the route {other}: add it to `Way::of`"),
        };
        targets.push(format!("{}?{}={}&{}", targets[0], word(), word(), word()));
        targets.push(format!("{}/{}", targets[0], word()));
        Self { gives, reads, targets }
    }

    /// What to send; the first is one that all goes well with.
    pub(crate) fn bodies(&self, canaries: &Canaries) -> Vec<Document> {
        match self.reads {
            Reads::Nothing => documents::all(canaries).into_iter().step_by(13).collect(),
            Reads::Document => documents::all(canaries),
            Reads::Ccda => documents::ccda_first(canaries),
            Reads::Resource => documents::all(canaries).into_iter().chain(requests::questions(canaries)).collect(),
            Reads::Pair => requests::pairs(canaries),
            Reads::Text => requests::texts(canaries),
        }
    }
}
