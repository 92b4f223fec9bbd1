//! `/api/v1/translate/…`: the sheet in another language, made from the record and never from finished text.

use super::api_error::ApiError;
use super::app::App;
use super::{json_reply, summarize};
use crate::request_id::RequestId;
use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The languages whose every phrase is in the lexicon.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LanguagesReply {
    /// What can be asked for.
    pub supported_languages: Vec<Language>,
    /// What is given when nothing is asked for.
    pub default_language: String,
}

/// A language.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// BCP 47.
    pub code: String,
    /// Its own name for itself.
    pub name: String,
}

/// The languages of the lexicon: each has a loader of its own there, so that one is here exactly if its words are.
const LANGUAGES: &[(&str, &str)] = &[("en", "English")];

/// `GET /api/v1/translate/supported-languages`
pub(super) async fn languages() -> Response {
    json_reply(&LanguagesReply {
        supported_languages: LANGUAGES
            .iter()
            .map(|(code, name)| Language { code: (*code).to_owned(), name: (*name).to_owned() })
            .collect(),
        default_language: "en".to_owned(),
    })
}

/// `POST /api/v1/translate/{kind}`: `summary` is the sheet of a record, in the language of `?language=`.
pub(super) async fn translate(
    state: State<Arc<App>>,
    kind: Result<Path<String>, PathRejection>,
    id: Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    match kind.as_ref().map(|Path(kind)| kind.as_str()) {
        Ok("summary") => {}
        Ok("text" | "html" | "medication" | "instructions") => {
            let text = "Finished text is not translated: a dose could change on the way. Send the record to \
                /api/v1/translate/summary.";
            return Err(ApiError::bad_option("kind", text));
        }
        _ => return Err(ApiError::not_found()),
    }
    let language = super::query::value(uri.query(), "language").unwrap_or("en");
    if !LANGUAGES.iter().any(|(code, _)| *code == language) {
        let text = "This language is not one of /api/v1/translate/supported-languages.";
        return Err(ApiError::bad_option("language", text));
    }
    summarize::summarize(state, id, uri, headers, body).await
}
