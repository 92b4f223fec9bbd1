//! The HTTP service: [`router`] is its table of contents, [`serve`] its doors.

pub mod accept;
pub mod api_error;
pub mod router;
pub mod serve;

mod body;
mod desk;
mod health;
mod layers;
mod page;
mod query;
mod summarize;
