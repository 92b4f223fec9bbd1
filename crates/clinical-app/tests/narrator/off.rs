//! What `.ci/narrator/off` counts the instructions of: a service that starts, the same with requests, the same with a
//! narrator and no model. Nobody listens at the port of that model.

use crate::common::Service;
use crate::service::{documents, of};
use crate::stub::config;

async fn answers(service: &Service) {
    for (route, media, document) in documents() {
        for format in ["json", "html", "text", "markdown"] {
            let reply = service.post_as(&format!("{route}?format={format}"), media, document).await;
            assert_eq!(reply.status, 200, "{route} {format}");
        }
    }
}

#[tokio::test]
async fn it_starts() {
    let _ = of(None);
}

#[tokio::test]
async fn it_answers() {
    answers(&of(None)).await;
}

#[tokio::test]
async fn it_asks() {
    answers(&of(Some(config("http://127.0.0.1:9/v1")))).await;
}
