//! The documents of `samples/`, embedded, so that a newcomer can try the service without having a record.

include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// A document to try. Its people are invented.
#[derive(Clone, Copy)]
pub struct Sample {
    /// Name in addresses: the file name without its ending.
    pub name: &'static str,
    /// The whole file name.
    pub file: &'static str,
    /// The bytes.
    pub bytes: &'static [u8],
}

impl Sample {
    /// What it is, as a media type.
    #[must_use]
    pub fn media(&self) -> &'static str {
        match self.file.rsplit_once('.') {
            Some((_, "xml")) => "application/xml",
            Some((_, "txt")) => "text/plain",
            Some((_, "ndjson")) => "application/x-ndjson",
            _ => "application/fhir+json",
        }
    }

    /// The name as words: `almost-nothing` is "Almost nothing".
    #[must_use]
    pub fn title(&self) -> String {
        let words = self.name.replace('-', " ");
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

/// The one to begin with.
const FIRST: &str = "visit";

/// All samples: the one to begin with, then the others by name.
pub fn all() -> impl Iterator<Item = Sample> {
    let sample = |&(file, bytes): &(&'static str, &'static [u8])| Sample {
        name: file.rsplit_once('.').map_or(file, |(stem, _)| stem),
        file,
        bytes,
    };
    let is_first = |sample: &Sample| sample.name == FIRST;
    let others = FILES.iter().map(sample).filter(move |s| !is_first(s));
    FILES.iter().map(sample).filter(is_first).chain(others)
}

/// A sample by its name or file name.
#[must_use]
pub fn find(name: &str) -> Option<Sample> {
    all().find(|sample| sample.name == name || sample.file == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_words() {
        let sample = Sample { name: "almost-nothing", file: "almost-nothing.json", bytes: b"{}" };
        assert_eq!(sample.title(), "Almost nothing");
        assert!(find("../Cargo").is_none());
    }

    #[test]
    fn there_is_one_of_every_format() {
        for (media, name) in
            [("application/fhir+json", "visit"), ("application/xml", "follow-up"), ("text/plain", "office-note")]
        {
            assert_eq!(find(name).map(|sample| sample.media()), Some(media), "{name}");
        }
    }
}
