//! Text to tokens: what every finder works on.

mod eight;
mod page;
mod small;
mod token;

pub(crate) use page::{Casing, Page};
pub(crate) use token::{Form, Gap, Token};
