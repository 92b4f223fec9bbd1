//! Every route with no token, a bad one, one without the scope, and one with it.
#![expect(clippy::disallowed_methods, reason = "a test that reads the project's own files")]

mod common;

use axum::http::Method;
use clinical_app::access::role;
use clinical_app::access::table::{self, TABLE};
use clinical_app::access::{Config, Hmac, Need, Scope};
use clinical_app::http::router::ROUTES;
use clinical_app::settings::Settings;
use clinical_pipeline::Phi;
use common::{Service, request, tokens};
use std::collections::BTreeSet;

/// A service that asks for tokens.
fn guarded(per_minute: u32) -> Service {
    let secrets = vec![Phi::new(tokens::SECRET.to_vec())];
    let access = Config { secrets, algorithm: Some(Hmac::HS256), ..Config::default() };
    let mut settings = Settings { access, ..Settings::default() };
    settings.limits.per_minute = per_minute;
    Service::new(settings)
}

#[test]
fn the_table_of_access_and_the_table_of_routes_are_of_the_same_routes() {
    let routes: BTreeSet<_> = ROUTES.iter().map(|route| (route.method, route.path)).collect();
    let rows: BTreeSet<_> = TABLE.iter().map(|row| (row.method, row.path)).collect();
    assert_eq!(routes, rows);
    assert_eq!((routes.len(), rows.len()), (ROUTES.len(), TABLE.len()), "each once");
}

/// `NOTES_ACCEPT=1` writes them anew.
#[test]
fn the_document_has_the_tables_of_the_program() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/API.md");
    let mut text = std::fs::read_to_string(&path).unwrap();
    for (name, table) in [("routes", table::markdown()), ("roles", role::markdown())] {
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let from = text.find(&start).unwrap() + start.len();
        let to = text.find(&end).unwrap();
        if std::env::var_os("NOTES_ACCEPT").is_some() {
            text.replace_range(from..to, &table);
            std::fs::write(&path, &text).unwrap();
        } else {
            assert!(text[from..to] == table, "docs/API.md: the table of {name} differs; NOTES_ACCEPT=1 accepts it");
        }
    }
}

#[tokio::test]
async fn every_route_by_every_kind_of_token() {
    let service = guarded(100_000);
    let other = |scope: Scope| if scope == Scope::AuditRead { "fhir:validate" } else { "audit:read" };
    let mut count = 0;
    for row in TABLE {
        let path = row.path.replace("{name}", "visit").replace("{kind}", "summary").replace("{id}", "1");
        let path = path.replace("/assets/visit", "/assets/app.css").replace("/docs/visit", "/docs/docs.css");
        let send = async |token: Option<String>| {
            let mut request = request(row.method.parse::<Method>().unwrap(), &path);
            if let Some(token) = token {
                request = request.header("authorization", format!("Bearer {token}"));
            }
            if row.method == "POST" {
                request = request.header("content-type", "application/json");
            }
            let body = if row.method == "POST" { common::visit() } else { "" };
            service.send(request.body(body.into()).unwrap()).await
        };
        let what = format!("{} {}", row.method, row.path);
        let (none, bad) = (send(None).await, send(Some("not.a.token".to_owned())).await);
        match row.need {
            Need::Open => {
                assert!(!matches!(none.status.as_u16(), 401 | 403 | 429), "{what} {}", none.status);
                assert_eq!(none.status, bad.status, "{what}: a token that is not needed is not looked at");
            }
            Need::Scope(scope) => {
                for (reply, challenge) in [(&none, "Bearer realm=\"clinical-notes\""), (&bad, "invalid_token")] {
                    assert_eq!(reply.status.as_u16(), 401, "{what}");
                    assert_eq!(reply.issue(&what)["code"], "security", "{what}");
                    assert!(reply.headers["www-authenticate"].to_str().unwrap().contains(challenge), "{what}");
                }
                let wrong = send(Some(tokens::with_scope(other(scope)))).await;
                assert_eq!(wrong.status.as_u16(), 403, "{what}");
                assert_eq!(wrong.issue(&what)["code"], "forbidden", "{what}");
                let said = wrong.all();
                assert!(said.contains(scope.as_str()) && !said.contains("audit:read"), "{what}: {said}");
                for granted in [scope.as_str(), "admin"] {
                    let right = send(Some(tokens::with_scope(granted))).await;
                    assert!(!matches!(right.status.as_u16(), 401 | 403 | 429), "{what} {}", right.status);
                }
            }
        }
        count += 1;
    }
    assert!(count > 25);
}

#[tokio::test]
async fn a_method_that_a_route_does_not_take_needs_no_token_to_be_told_so() {
    let service = guarded(100_000);
    for (method, path, status) in
        [("DELETE", "/api/v1/summarize", 405), ("GET", "/api/v1/deidentify", 405), ("GET", "/nowhere", 404)]
    {
        let reply = service.send(request(method.parse().unwrap(), path).body("".into()).unwrap()).await;
        assert_eq!(reply.status.as_u16(), status, "{method} {path}");
    }
}

#[tokio::test]
async fn guessing_tokens_is_counted_by_address() {
    let service = guarded(3);
    let guess = async |token: &str| {
        let request = request(Method::POST, "/api/v1/summarize").header("content-type", "application/json");
        let request = request.header("authorization", format!("Bearer {token}"));
        service.send(request.body(common::visit().into()).unwrap()).await
    };
    for _ in 0..3 {
        assert_eq!(guess("x.y.z").await.status.as_u16(), 401);
    }
    let refused = guess("x.y.z").await;
    assert_eq!(refused.status.as_u16(), 429);
    assert!(refused.headers.contains_key("retry-after"));
    let good = guess(&tokens::with_scope("summary:create")).await;
    assert_eq!(good.status.as_u16(), 200, "who has a token is counted by it");
    assert_eq!(good.headers["x-ratelimit-remaining"], "2");
}

#[tokio::test]
async fn who_comes_too_often_is_told_when_to_come_again() {
    let mut settings = Settings::default();
    settings.limits.per_minute = 2;
    let service = Service::new(settings);
    let ask = async |path: &str| service.send(request(Method::GET, path).body("".into()).unwrap()).await;
    for left in ["1", "0"] {
        let reply = ask("/samples").await;
        assert_eq!(reply.headers["x-ratelimit-limit"], "2");
        assert_eq!(reply.headers["x-ratelimit-window"], "60");
        assert_eq!(reply.headers["x-ratelimit-remaining"], left);
    }
    let refused = ask("/samples").await;
    assert_eq!((refused.status.as_u16(), &refused.issue("429")["code"]), (429, &"throttled".into()));
    assert!(refused.headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap() > 0);
    for path in ["/health", "/api/v1/health/live", "/api/v1/health/dependencies", "/metrics"] {
        let reply = ask(path).await;
        assert_ne!(reply.status.as_u16(), 429, "{path}");
        assert!(!reply.headers.contains_key("x-ratelimit-limit"), "{path}");
    }
}
