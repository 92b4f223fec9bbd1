//! The query of an address. Only our own names are looked at, so nothing needs decoding.

use super::api_error::ApiError;

/// The last value under a name; a name without `=` has an empty one.
pub(super) fn value<'a>(query: Option<&'a str>, name: &str) -> Option<&'a str> {
    query?
        .split('&')
        .filter_map(|pair| {
            let (found, value) = pair.split_once('=').unwrap_or((pair, ""));
            (found == name).then_some(value)
        })
        .next_back()
}

/// Yes or no; not given is no.
pub(super) fn flag(query: Option<&str>, name: &'static str) -> Result<bool, ApiError> {
    match value(query, name) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(ApiError::bad_option(name, "This option must be true or false.")),
    }
}

/// The same with another word for what was not given.
pub(super) fn flag_or(query: Option<&str>, name: &'static str, otherwise: bool) -> Result<bool, ApiError> {
    if value(query, name).is_none() { Ok(otherwise) } else { flag(query, name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole() {
        let query = Some("xformat=a&format=html&large_print");
        assert_eq!(value(query, "format"), Some("html"));
        assert_eq!(value(query, "large_print"), Some(""));
        assert_eq!(value(query, "form"), None);
        assert!(flag(query, "large_print").is_err());
        assert!(flag(Some("large_print=true"), "large_print").unwrap());
        assert!(!flag(None, "large_print").unwrap());
        assert!(flag_or(None, "ai", true).unwrap() && !flag_or(Some("ai=false"), "ai", true).unwrap());
        assert!(flag_or(Some("ai"), "ai", true).is_err());
    }
}
