//! The look of the sheet.

/// The style sheet, as it stands inline in every HTML page.
pub const SHEET_CSS: &str = include_str!("../../templates/sheet.css");
