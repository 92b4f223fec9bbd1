//! Clients that break off in the middle, and requests that are none.

use super::documents::Document;
use super::routes::{Gives, Way};
use super::server::Request;
use super::service::Drive;
use clinical_app::http::router::Route;

/// Forms with names of parts and files that tell: with the document where it is looked for, elsewhere, twice, and cut
/// off.
pub(crate) fn multipart(drive: &mut Drive<'_>, route: &Route, way: &Way, document: &Document) {
    let canaries = drive.watched.canaries;
    let w = || canaries.word();
    for names in
        [vec![w()], vec!["ccda_file".to_owned()], vec![w(), "file".to_owned(), w()], vec!["document".to_owned(); 2]]
    {
        let boundary = w();
        let mut body = Vec::new();
        for name in &names {
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{}.json\"\r\n\
                 Content-Type: {}\r\n\r\n",
                w(),
                w()
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(&document.bytes);
            body.extend_from_slice(b"\r\n");
        }
        let cut = body.len() / 2;
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let media = format!("multipart/form-data; boundary={boundary}");
        let target = &way.targets[0];
        for body in [&body[..], &body[..cut]] {
            let request = Request { method: route.method, target, accept: "", media: &media, more: &[], body };
            drive.ask(route.path, way.gives, "a form", &request);
        }
    }
}

/// Clients that stop in the middle: of the headers, of the body, of a chunk, and before the answer.
pub(crate) fn breaking_off(
    drive: &mut Drive<'_>,
    route: &Route,
    way: &Way,
    document: &Document,
    more: &[(&'static str, String)],
) {
    let canaries = drive.watched.canaries;
    let (method, target, accept, media) = (route.method, &way.targets[0], "application/json", document.media);
    let authorization = &drive.bearers[0].headers.clone();
    let more = [more, authorization].concat();
    let bytes = Request { method, target, accept, media, more: &more, body: &document.bytes }.bytes();
    let mut cut: Vec<Vec<u8>> = [1, 2, 3, 5, 8].map(|part| bytes[..bytes.len() * part / 9].to_vec()).to_vec();
    for part in cut.iter().chain([&bytes]) {
        drive.watched.server.abandon(part);
    }
    let w = canaries.word();
    let (_, token) = &authorization[0];
    for chunk in [format!("{w}\r\n{w}"), format!("5;{w}={w}\r\n{w}"), format!("ffffffffffffffffff\r\n{w}")] {
        let head = format!(
            "POST {target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\nTransfer-Encoding: chunked\r\n\r\n"
        );
        cut.push(format!("{head}{chunk}").into_bytes());
    }
    for reply in drive.watched.server.push(&cut) {
        drive.look(route.path, Gives::Ours, "cut off", &reply, b"");
    }
}

/// What is no request, or not one for us.
pub(crate) fn malformed(drive: &mut Drive<'_>) {
    let w = drive.watched.canaries.word();
    let long = w.repeat(8000);
    let texts = [
        format!("{w}\r\n\r\n"),
        format!("GET /{w} HTTP/9.9\r\n\r\n"),
        format!("GET /{w} {w}\r\nHost: localhost\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{w}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{w}: \0{w}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{w}: {w}\r\nConnection: close\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("GET /{w} HTTP/1.1\r\nHost: {w}\r\nConnection: close\r\n\r\n"),
        format!("GET /{w} HTTP/1.1\r\nConnection: close\r\n\r\n"),
        format!("GET http://{w}/{w} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        format!("GET //{w}@{w}/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        format!("CONNECT {w}:443 HTTP/1.1\r\nHost: {w}\r\nConnection: close\r\n\r\n"),
        format!("GET /\u{e9}{w} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nExpect: {w}\r\nUpgrade: {w}\r\nConnection: upgrade\r\n\r\n"),
        format!("POST /api/v1/summarize HTTP/1.1\r\nHost: localhost\r\nContent-Length: {w}\r\n\r\n{w}"),
        format!(
            "POST /api/v1/summarize HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n{w}"
        ),
        format!("POST /api/v1/summarize HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: {w}\r\n\r\n{w}"),
        format!("POST /api/v1/{w} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 12\r\n\r\n{w}"),
    ];
    let all = texts.map(String::into_bytes);
    for bytes in &all {
        drive.watched.server.abandon(bytes);
    }
    for reply in drive.watched.server.push(&all) {
        drive.look("-", Gives::Ours, "malformed", &reply, b"");
    }
}
