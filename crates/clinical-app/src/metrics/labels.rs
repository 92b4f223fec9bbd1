//! The words that labels can have. A label is a word of a table, so that nothing a client wrote becomes one and the
//! number of series has an end.

/// A closed set of words.
pub trait Word: Copy + 'static {
    /// All of them, in the order of [`Self::index`].
    const ALL: &'static [Self];

    /// As it stands in a label.
    fn word(self) -> &'static str;

    /// Where it stands in [`Self::ALL`].
    fn index(self) -> usize;
}

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name { $($(#[$of])* $variant,)+ }

        impl Word for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            fn index(self) -> usize {
                self as usize
            }
        }
    };
}

words! {
    /// The method of a request. What HTTP does not know is `other`: a client can write whatever it likes there.
    Method {
        /// `DELETE`
        Delete = "DELETE",
        /// `GET`
        Get = "GET",
        /// `HEAD`
        Head = "HEAD",
        /// `OPTIONS`
        Options = "OPTIONS",
        /// `PATCH`
        Patch = "PATCH",
        /// `POST`
        Post = "POST",
        /// `PUT`
        Put = "PUT",
        /// Any other.
        Other = "other",
    }
}

impl Method {
    /// The method of a name, as it stands in the request line.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self::ALL.iter().copied().find(|method| method.word() == name).unwrap_or(Self::Other)
    }
}

words! {
    /// What a reply is written in.
    Format {
        /// `application/json`
        Json = "json",
        /// `application/fhir+json`
        Fhir = "fhir",
        /// `application/x-ndjson`
        Ndjson = "ndjson",
        /// `text/html`
        Html = "html",
        /// `text/plain`
        Text = "text",
        /// `text/markdown`
        Markdown = "markdown",
        /// `application/xml`
        Xml = "xml",
        /// `application/pdf`
        Pdf = "pdf",
        /// A reply without a body.
        Nothing = "none",
        /// Pictures, style sheets and whatever else is served.
        Other = "other",
    }
}

impl Format {
    /// The format of a reply's `Content-Type`; parameters are not looked at.
    #[must_use]
    pub fn of(content_type: Option<&str>) -> Self {
        let Some(media) = content_type else { return Self::Nothing };
        match media.split(';').next().unwrap_or_default().trim() {
            "application/json" => Self::Json,
            "application/fhir+json" => Self::Fhir,
            "application/x-ndjson" => Self::Ndjson,
            "text/html" => Self::Html,
            "text/plain" => Self::Text,
            "text/markdown" => Self::Markdown,
            "application/xml" => Self::Xml,
            "application/pdf" => Self::Pdf,
            _ => Self::Other,
        }
    }
}

words! {
    /// What a document was, as its content tells.
    Document {
        /// A FHIR Bundle.
        Bundle = "fhir-bundle",
        /// A bare FHIR resource.
        Resource = "fhir-resource",
        /// FHIR resources, one a line.
        Ndjson = "fhir-ndjson",
        /// A C-CDA document.
        Ccda = "ccda",
        /// A note in plain text.
        Note = "note",
        /// It was not read so far.
        Unknown = "unknown",
    }
}

words! {
    /// What became of a document.
    Outcome {
        /// It was worked on and given out.
        Done = "done",
        /// It could not be read, or may not be.
        Refused = "refused",
        /// The finished page was not given out, because the gate found a fault in it.
        Gate = "gate",
        /// It took too long and the work was stopped.
        Stopped = "stopped",
        /// There was no place for it.
        Shed = "shed",
        /// The program has a fault.
        Fault = "fault",
    }
}

words! {
    /// Who counted when a request was refused for coming too often.
    Store {
        /// This process alone.
        Process = "process",
        /// Redis, for all processes together.
        Redis = "redis",
    }
}

words! {
    /// What a validation said.
    Validity {
        /// No issue of severity error.
        Valid = "valid",
        /// Issues of severity error.
        Invalid = "invalid",
        /// It could not be read as FHIR.
        Unread = "unread",
    }
}

/// Status codes that have a label of their own (RFC 9110, 15; 429 is RFC 6585). Any other is `other`.
const STATUSES: &[(u16, &str)] = &[
    (200, "200"),
    (201, "201"),
    (204, "204"),
    (206, "206"),
    (301, "301"),
    (302, "302"),
    (303, "303"),
    (304, "304"),
    (307, "307"),
    (308, "308"),
    (400, "400"),
    (401, "401"),
    (403, "403"),
    (404, "404"),
    (405, "405"),
    (406, "406"),
    (408, "408"),
    (409, "409"),
    (411, "411"),
    (413, "413"),
    (414, "414"),
    (415, "415"),
    (422, "422"),
    (429, "429"),
    (431, "431"),
    (500, "500"),
    (501, "501"),
    (502, "502"),
    (503, "503"),
    (504, "504"),
];

/// How a request ended: by a status, or without one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct End(usize);

impl End {
    /// How many there are.
    pub(super) const COUNT: usize = STATUSES.len() + 2;
    /// The client went away before there was a reply.
    pub(super) const ABANDONED: Self = Self(STATUSES.len() + 1);
    const OTHER: Self = Self(STATUSES.len());

    /// The end with a status.
    pub(super) fn of(status: u16) -> Self {
        STATUSES.binary_search_by_key(&status, |(code, _)| *code).map_or(Self::OTHER, Self)
    }

    /// Where it stands among all ends; below [`Self::COUNT`].
    pub(super) const fn index(self) -> usize {
        self.0
    }

    /// As it stands in a label.
    pub(super) fn word(self) -> &'static str {
        match STATUSES.get(self.0) {
            Some((_, word)) => word,
            None if self == Self::ABANDONED => "abandoned",
            None => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_a_table<W: Word + PartialEq + std::fmt::Debug>() {
        for (at, word) in W::ALL.iter().enumerate() {
            assert_eq!(word.index(), at);
            assert!(W::ALL.iter().filter(|other| other.word() == word.word()).count() == 1, "{word:?} stands twice");
        }
    }

    #[test]
    fn each_word_stands_once_and_where_its_index_says() {
        is_a_table::<Method>();
        is_a_table::<Format>();
        is_a_table::<Document>();
        is_a_table::<Outcome>();
        is_a_table::<Store>();
        is_a_table::<Validity>();
        assert!(STATUSES.is_sorted_by_key(|(code, _)| *code));
        for (code, word) in STATUSES {
            assert_eq!(code.to_string(), *word);
        }
    }

    #[test]
    fn what_no_table_knows_is_other() {
        assert_eq!(Method::of("POST"), Method::Post);
        assert_eq!(Method::of("post"), Method::Other);
        assert_eq!(Method::of("ADA-LOVELACE"), Method::Other);
        assert_eq!(End::of(418).word(), "other");
        assert_eq!(End::of(503).word(), "503");
        assert_eq!(End::ABANDONED.word(), "abandoned");
        assert_eq!(End::ABANDONED.index(), End::COUNT - 1);
        assert_eq!(Format::of(Some("text/html; charset=utf-8")), Format::Html);
        assert_eq!(Format::of(Some("application/ada")), Format::Other);
        assert_eq!(Format::of(None), Format::Nothing);
    }
}
