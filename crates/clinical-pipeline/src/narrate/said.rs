//! What a site says of its model, cut to what a sheet may hold.

/// The most characters of a text of the site.
const LONGEST: usize = 300;

/// The most characters of a model's name and of its parameters.
const LONGEST_NAME: usize = 200;

/// A text of the site in one line; none where it has no words.
pub(crate) fn contact(text: &str) -> Option<String> {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let folded = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = folded.chars().take(LONGEST).collect();
    let cut = cut.trim();
    cut.contains(char::is_alphanumeric).then(|| cut.to_owned())
}

/// The name of a model.
pub(crate) fn model(text: &str) -> String {
    only(text, ".-_:/@")
}

/// How a model was asked.
pub(crate) fn parameters(text: &str) -> String {
    only(text, ".-_:/@, =()").trim().to_owned()
}

fn only(text: &str, signs: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || signs.contains(*c)).take(LONGEST_NAME).collect()
}
