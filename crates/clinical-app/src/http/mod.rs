//! The HTTP service: [`router`] is its table of contents, [`serve`] its doors.

pub mod absent;
pub mod accept;
pub mod api_error;
pub mod app;
pub mod ccda;
pub mod describe;
pub mod examine;
pub mod inference;
pub mod router;
pub mod serve;
pub mod translate;
pub mod validate;
pub mod verify;

mod asked;
mod body;
mod deidentify;
mod desk;
mod docs;
mod form;
mod health;
mod layers;
mod narrate;
mod page;
mod probes;
mod query;
mod summarize;
mod told;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

/// A reply of ours as JSON.
fn json_reply(value: &impl Serialize) -> Response {
    // Types of our own, whose names are strings, always serialise.
    ([(CONTENT_TYPE, "application/json")], serde_json::to_vec(value).unwrap_or_default()).into_response()
}
