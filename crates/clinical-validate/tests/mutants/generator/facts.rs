//! What the generator knows of R4: which element a type has, of what type, how often. The validator's tables are not
//! asked: a mutant is wrong by these facts, whatever the validator thinks.

use std::collections::BTreeMap;

/// One element of a type.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    /// Its name; of a choice without `[x]`.
    pub(crate) name: String,
    pub(crate) is_choice: bool,
    pub(crate) is_required: bool,
    pub(crate) repeats: bool,
    pub(crate) types: Vec<String>,
    /// What a Reference may point to; empty where it is none.
    pub(crate) targets: Vec<String>,
    /// A code of it has to be from a value set that is a closed list.
    pub(crate) is_closed: bool,
}

/// The types by name; parts of a type by path (`Patient.contact`).
pub(crate) struct Facts {
    types: BTreeMap<String, Vec<Element>>,
    bases: BTreeMap<String, char>,
}

impl Facts {
    /// Those of R4 4.0.1.
    pub(crate) fn r4() -> Self {
        let mut facts = Self { types: BTreeMap::new(), bases: BTreeMap::new() };
        for line in include_str!("../facts.txt").lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(' ');
            let (Some(name), Some(base)) = (words.next(), words.next()) else { continue };
            let base = base.chars().next().unwrap_or('E');
            let elements = words.chain(inherited(base).split(' ')).map(element).collect();
            facts.types.insert(name.to_owned(), elements);
            facts.bases.insert(name.to_owned(), base);
        }
        facts.types.insert("Element".to_owned(), inherited('E').split(' ').map(element).collect());
        facts.bases.insert("Element".to_owned(), 'E');
        facts
    }

    pub(crate) fn elements(&self, of: &str) -> &[Element] {
        self.types.get(of).map_or(&[], Vec::as_slice)
    }

    /// The element that a member of that name is, and of which type that makes it.
    pub(crate) fn member(&self, of: &str, member: &str) -> Option<(&Element, &str)> {
        self.elements(of).iter().find_map(|element| {
            let rest = member.strip_prefix(element.name.as_str())?;
            if !element.is_choice {
                return rest.is_empty().then(|| (element, element.types.first().map_or("", String::as_str)));
            }
            element.types.iter().find(|t| capital(t) == rest).map(|t| (element, t.as_str()))
        })
    }

    pub(crate) fn is_resource(&self, of: &str) -> bool {
        matches!(self.bases.get(of), Some('R' | 'r'))
    }

    /// A resource that may have a narrative, contained resources and extensions.
    pub(crate) fn is_domain_resource(&self, of: &str) -> bool {
        self.bases.get(of) == Some(&'R')
    }

    /// A type of elements in which `modifierExtension` may not stand.
    pub(crate) fn is_plain_element(&self, of: &str) -> bool {
        self.bases.get(of) == Some(&'E')
    }

    pub(crate) fn is_complex(&self, of: &str) -> bool {
        self.types.contains_key(of)
    }

    /// Whether any type has an element or a variant of that name.
    pub(crate) fn knows(&self, member: &str) -> bool {
        self.types.keys().any(|of| self.member(of, member).is_some())
    }
}

/// `dateTime` as it stands behind the name of a choice.
pub(crate) fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

fn inherited(base: char) -> &'static str {
    match base {
        'R' => {
            "id:id meta:Meta implicitRules:uri language:code text:Narrative contained*:Resource extension*:Extension \
             modifierExtension*:Extension"
        }
        'r' => "id:id meta:Meta implicitRules:uri language:code",
        'B' => "id:string extension*:Extension modifierExtension*:Extension",
        _ => "id:string extension*:Extension",
    }
}

fn element(word: &str) -> Element {
    let (name, types) = word.split_once(':').unwrap_or((word, ""));
    let is_closed = types.ends_with('<');
    let (types, targets) =
        types.trim_end_matches('<').trim_end_matches(')').split_once('(').unwrap_or((types.trim_end_matches('<'), ""));
    let split = |text: &str, at: char| text.split(at).filter(|t| !t.is_empty()).map(str::to_owned).collect();
    Element {
        name: name.trim_end_matches('*').trim_end_matches('!').trim_end_matches("[x]").to_owned(),
        is_choice: name.contains("[x]"),
        is_required: name.contains('!'),
        repeats: name.ends_with('*'),
        types: split(types, '|'),
        targets: split(targets, ','),
        is_closed,
    }
}
