//! The HTTP service: [`router`] is its table of contents, [`serve`] its doors.

pub mod accept;
pub mod api_error;
pub mod router;
pub mod serve;

mod asked;
mod body;
mod deidentify;
mod desk;
mod health;
mod layers;
mod page;
mod query;
mod summarize;
