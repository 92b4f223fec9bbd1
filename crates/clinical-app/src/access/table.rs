//! Which route needs what: the one table. A route that is not in it is not served to anybody.

use super::scope::Scope;

/// What a route needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// Nothing: it holds nothing of any patient. No token is looked at, so a wrong one does no harm.
    Open,
    /// A valid token with this scope.
    Scope(Scope),
}

/// One route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// The method; HEAD needs what GET does.
    pub method: &'static str,
    /// The pattern of the address, as the router writes it.
    pub path: &'static str,
    /// What it needs.
    pub need: Need,
}

const fn open(path: &'static str) -> Row {
    Row { method: "GET", path, need: Need::Open }
}

const fn get(path: &'static str, scope: Scope) -> Row {
    Row { method: "GET", path, need: Need::Scope(scope) }
}

const fn post(path: &'static str, scope: Scope) -> Row {
    Row { method: "POST", path, need: Need::Scope(scope) }
}

/// The table.
pub const TABLE: &[Row] = &[
    // The page, its parts and invented samples. The page is a client like any other: what it asks for needs a token.
    open("/"),
    open("/assets/{name}"),
    open("/samples"),
    open("/samples/{name}"),
    // Asked by load balancers and orchestrators, which have no token. They tell the state of the program and nothing
    // of documents or callers.
    open("/health"),
    open("/api/v1/health"),
    open("/api/v1/health/live"),
    open("/api/v1/health/ready"),
    open("/api/v1/health/startup"),
    open("/api/v1/health/dependencies"),
    open("/api/v1/ccda/health"),
    // A Prometheus in a private network usually has no token, and one that cannot scrape sees no outage. The metrics
    // are counts and times with labels of a closed list: no subject, no address, nothing of a document. A proxy in
    // front of the service must not publish this route.
    open("/metrics"),
    // How to use the service has to be readable before there is a token.
    open("/openapi.json"),
    open("/docs"),
    open("/docs/{name}"),
    open("/api/v1/translate/supported-languages"),
    // What makes a sheet of a record, or checks one against it. To check without making needs the same scope: the
    // same document is read.
    post("/api/v1/summarize", Scope::SummaryCreate),
    post("/api/v1/extract", Scope::SummaryCreate),
    post("/api/v1/summarize/validate-only", Scope::SummaryCreate),
    post("/api/v1/ccda/summarize", Scope::SummaryCreate),
    post("/api/v1/ccda/summarize/html", Scope::SummaryCreate),
    post("/api/v1/verify", Scope::SummaryCreate),
    post("/api/v1/translate/{kind}", Scope::SummaryCreate),
    // Nothing is stored, so these answer 501. They need the scope all the same: a stranger is told nothing.
    get("/api/v1/summary/{id}", Scope::SummaryCreate),
    get("/api/v1/summaries", Scope::SummaryCreate),
    post("/api/v1/validate", Scope::FhirValidate),
    post("/api/v1/validate/bundle", Scope::FhirValidate),
    post("/api/v1/validate/medication-request", Scope::FhirValidate),
    post("/api/v1/ccda/validate", Scope::FhirValidate),
    post("/api/v1/deidentify", Scope::PhiDeidentify),
    post("/api/inference", Scope::InferenceRun),
];

/// What a route needs, by method and by pattern (never by the path that was asked for). `None` for a route that the
/// table does not know: it must be refused, so that a forgotten row closes a route and does not open it.
#[must_use]
pub fn need(method: &str, pattern: &str) -> Option<Need> {
    let method = if method == "HEAD" { "GET" } else { method };
    TABLE.iter().find(|row| row.method == method && row.path == pattern).map(|row| row.need)
}

/// The table in Markdown, for the documents.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from("| route | needs |\n|---|---|\n");
    for Row { method, path, need } in TABLE {
        let needs = match need {
            Need::Open => "–".to_owned(),
            Need::Scope(scope) => format!("`{}`", scope.as_str()),
        };
        page.push_str(&format!("| {method} `{path}` | {needs} |\n"));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_stands_once() {
        for (at, row) in TABLE.iter().enumerate() {
            assert!(row.path.starts_with('/'), "{}", row.path);
            assert!(!TABLE[..at].iter().any(|other| (other.method, other.path) == (row.method, row.path)), "{row:?}");
            assert_eq!(need(row.method, row.path), Some(row.need));
        }
    }

    #[test]
    fn whatever_takes_a_document_needs_a_scope() {
        for row in TABLE {
            assert_eq!(
                row.need == Need::Open,
                row.method == "GET" && !row.path.starts_with("/api/v1/summar"),
                "{row:?}"
            );
        }
    }

    #[test]
    fn what_is_not_in_the_table_has_no_need_that_could_be_met() {
        for (method, path) in [
            ("POST", "/"),
            ("GET", "/api/v1/summarize"),
            ("PUT", "/api/v1/summarize"),
            ("post", "/api/v1/summarize"),
            ("POST", "/api/v1/summarize/"),
            ("POST", "/API/V1/SUMMARIZE"),
            ("GET", "/nowhere"),
        ] {
            assert_eq!(need(method, path), None, "{method} {path}");
        }
        assert_eq!(need("HEAD", "/health"), Some(Need::Open));
        assert_eq!(need("HEAD", "/api/v1/summaries"), Some(Need::Scope(Scope::SummaryCreate)));
    }

    #[test]
    fn the_table_for_the_documents_has_a_row_for_each_route() {
        let page = markdown();
        assert_eq!(page.lines().count(), 2 + TABLE.len());
        assert!(page.contains("| POST `/api/v1/deidentify` | `phi:deidentify` |\n"), "{page}");
        assert!(page.contains("| GET `/metrics` | – |\n"), "{page}");
    }
}
