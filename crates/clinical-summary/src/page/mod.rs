//! Pages: the sheet as HTML, text, Markdown and JSON. All of them say the same facts.

mod extract;
mod html;
mod html_writer;
mod json;
mod json_writer;
mod lines;
mod measure;
mod outline;
mod plain;
mod style;
mod text;

pub use extract::{extract_html, extract_json, extract_outline};
pub use html::html;
pub use json::{JsonOptions, json};
pub(crate) use lines::Say;
pub use measure::{readability, reading};
pub use outline::{Block, outline};
pub(crate) use outline::{nothing, unread_message};
pub(crate) use plain::{disclaimers, disclosure, plain};
pub use style::SHEET_CSS;
pub use text::{markdown, text};
