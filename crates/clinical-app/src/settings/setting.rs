//! The shape of a row of the table: one setting.

use super::kind::Kind;

/// Settings that belong together, and what they are about.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The heading.
    pub title: &'static str,
    /// The settings, in the order in which they are read about.
    pub settings: &'static [Setting],
}

/// One setting. Everything that is said of it anywhere is made of this: what is read, what is refused, the documents.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its variable.
    pub name: &'static str,
    /// The same variable under its other name: with `CLINICAL_` where `name` is without.
    pub also: Option<&'static str>,
    /// What its value can be.
    pub kind: Kind,
    /// Its value where nothing is set, if that is always the same.
    pub default: Option<&'static str>,
    /// What holds where nothing is set, if that depends on other settings: words for the documents.
    pub otherwise: &'static str,
    /// What it does, in a plain sentence.
    pub meaning: &'static str,
    /// A good value; for a secret, how to make one.
    pub example: &'static str,
    /// Its value in `docker/config/.env.production`.
    pub production: &'static str,
    /// Its value in `docker/config/.env.development`.
    pub development: &'static str,
    /// An empty value is a mistake. Of all others it counts as not set: Docker Compose passes an unset variable
    /// on as an empty one.
    pub needs_text: bool,
}

impl Setting {
    /// A setting of a kind, without a default.
    pub(super) const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            also: None,
            kind,
            default: None,
            otherwise: "",
            meaning: "",
            example: "",
            production: "",
            development: "",
            needs_text: false,
        }
    }

    /// The other name of the same setting.
    pub(super) const fn also(mut self, name: &'static str) -> Self {
        self.also = Some(name);
        self
    }

    /// The value where nothing is set. The templates have it, too, where they say nothing else.
    pub(super) const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self.production = value;
        self.development = value;
        self
    }

    /// What holds where nothing is set, in words.
    pub(super) const fn otherwise(mut self, words: &'static str) -> Self {
        self.otherwise = words;
        self
    }

    /// What it does.
    pub(super) const fn means(mut self, sentence: &'static str) -> Self {
        self.meaning = sentence;
        self
    }

    /// A good value.
    pub(super) const fn like(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// The values in the two templates.
    pub(super) const fn templates(mut self, production: &'static str, development: &'static str) -> Self {
        self.production = production;
        self.development = development;
        self
    }

    /// An empty value is a mistake.
    pub(super) const fn needs_text(mut self) -> Self {
        self.needs_text = true;
        self
    }

    /// Whether its value is never shown.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret(_))
    }

    /// Its names, the documented one first.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.also)
    }
}
