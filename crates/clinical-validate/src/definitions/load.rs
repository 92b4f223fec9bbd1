//! Reading the table.

use super::read::{Bad, Line, bars};
use super::{
    Binding, Constraint, ConstraintId, Definition, Definitions, Element, ExtensionDefinition, Kind, Names, Primitive,
    Rule, Sort, TypeId, Value, ValueSet,
};
use crate::rules::Family;

/// Constraints that every type has. The walk checks them itself.
const EVERYWHERE: [&str; 7] = ["ele-1", "ext-1", "dom-2", "dom-3", "dom-4", "dom-5", "dom-6"];

/// The types that an extension may hold (R4 2.24.0.2), `[x]` in the table as `@any`.
const ANY: &str = "base64Binary|boolean|canonical|code|date|dateTime|decimal|id|instant|integer|markdown|oid|positiveInt|\
                   string|time|unsignedInt|uri|url|uuid|Address|Age|Annotation|Attachment|CodeableConcept|Coding|\
                   ContactPoint|Count|Distance|Duration|HumanName|Identifier|Money|Period|Quantity|Range|Ratio|\
                   Reference|SampledData|Signature|Timing|ContactDetail|Contributor|DataRequirement|Expression|\
                   ParameterDefinition|RelatedArtifact|TriggerDefinition|UsageContext|Dosage|Meta";

/// The elements of every resource, and those of resources with text (R4 2.26, 2.27).
const RESOURCE: [&str; 4] = ["id\tid\t?", "meta\tMeta\t?", "implicitRules\turi\t?\tm", "language\tcode\t?\tl"];
const DOMAIN: [&str; 4] =
    ["text\tNarrative\t?", "contained\tResource\t*", "extension\tExtension\t*", "modifierExtension\tExtension\t*\tm"];
const ELEMENT: [&str; 2] = ["id\tstring\t?", "extension\tExtension\t*"];
const BACKBONE: [&str; 1] = ["modifierExtension\tExtension\t*\tm"];

/// The whole table.
pub(super) fn load(table: &'static str) -> Result<Definitions, Bad> {
    let mut loader = Loader::default();
    loader.all.targets.push(Vec::new());
    // Types come first, so that elements may name those further down.
    loader.all.paths = Names::with_room(1024);
    for line in Line::all(table).filter(|line| line.letter() == Some('T')) {
        loader.definition(line).ok_or_else(|| line.bad())?;
    }
    for line in Line::all(table).skip(1) {
        loader.line(line).ok_or_else(|| line.bad())?;
    }
    loader.close();
    let mut all = loader.all;
    if all.elements.len() >= usize::from(u16::MAX) || loader.too_many_slots {
        return Err(Bad { line: 0 });
    }
    all.members = Names::with_room(all.elements.len());
    all.all_names = Names::with_room(all.elements.len());
    for (number, element) in (0u16..).zip(&all.elements) {
        all.members.put(element.of.0, element.name, number);
        for name in [element.name, element.choice] {
            let same = |id: u16| all.elements.get(id as usize).is_some_and(|e| e.name == name || e.choice == name);
            if !name.is_empty() && all.all_names.find(0, name, same).is_none() {
                all.all_names.put(0, name, number);
            }
        }
    }
    all.extension_urls = Names::with_room(all.extensions.len());
    for (number, extension) in (0u16..).zip(&all.extensions) {
        all.extension_urls.put(0, extension.url, number);
    }
    Ok(all)
}

#[derive(Default)]
struct Loader {
    all: Definitions,
    /// The type whose elements are being read.
    open: Option<TypeId>,
    next: u16,
    slot: u32,
    required: u64,
    too_many_slots: bool,
}

impl Loader {
    /// A type's path, sort and base; its elements come when the lines are read in order.
    fn definition(&mut self, line: Line) -> Option<()> {
        let mut fields = line.fields().skip(1);
        let sort = match fields.next()? {
            "r" => Sort::Resource,
            "c" => Sort::Complex,
            "b" => Sort::Backbone,
            _ => return None,
        };
        let (path, base, constraints) = (fields.next()?, fields.next()?, fields.next()?);
        let number = u16::try_from(self.all.definitions.len()).ok()?;
        self.all.paths.put(0, path, number);
        let constraints = numbers(constraints)?;
        self.all.definitions.push(Definition { path, sort, base, elements: 0..0, required: 0, constraints });
        Some(())
    }

    fn line(&mut self, line: Line) -> Option<()> {
        let mut fields = line.fields();
        match line.letter() {
            Some('T') => self.open(line.fields().nth(2)?),
            Some('V') => {
                let (url, rule) = (fields.nth(1)?, Rule::named(fields.next()?)?);
                self.all.sets.push(ValueSet { url, rule, systems: Vec::new() });
                Some(())
            }
            Some('s') => {
                let set = self.all.sets.last_mut()?;
                set.systems.push((fields.nth(1)?, fields.filter(|code| !code.is_empty()).collect()));
                Some(())
            }
            Some('C') => {
                let key = fields.nth(1)?;
                let is_error = fields.next()? == "e";
                let (expression, human) = (fields.next()?, fields.next()?);
                self.all.constraints.push(Constraint { key, is_error, expression, human });
                Some(())
            }
            Some('X') => {
                let (url, contexts, is_modifier) = (fields.nth(1)?, bars(fields.next()?), fields.next()? == "m");
                let mut extension = extension(url, &mut fields)?;
                extension.contexts = contexts;
                extension.is_modifier = is_modifier;
                self.all.extensions.push(extension);
                Some(())
            }
            Some('x') => {
                let depth: usize = fields.nth(1)?.parse().ok()?;
                let (url, least, most) = (fields.next()?, fields.next()?.parse().ok()?, fields.next()?);
                let mut inner = extension(url, &mut fields)?;
                inner.least = least;
                inner.most = most.parse().unwrap_or(u16::MAX);
                let mut outer = self.all.extensions.last_mut()?;
                for _ in 1..depth {
                    outer = outer.inner.last_mut()?;
                }
                outer.inner.push(inner);
                Some(())
            }
            Some('R') => {
                self.all.profiles.push((fields.nth(1)?, fields.next()?));
                Some(())
            }
            _ => self.element(self.open?, &mut fields),
        }
    }

    /// Begins the elements of a type: those of its base, then its own lines.
    fn open(&mut self, path: &'static str) -> Option<()> {
        self.close();
        let id = self.all.named(path)?;
        self.open = Some(id);
        let definition = self.all.definition(id);
        let lists: &[&[&'static str]] = match (definition.sort, definition.base) {
            (Sort::Resource, "DomainResource") => &[&RESOURCE, &DOMAIN],
            (Sort::Resource, _) => &[&RESOURCE],
            (_, "BackboneElement") => &[&ELEMENT, &BACKBONE],
            _ => &[&ELEMENT],
        };
        for inherited in lists.iter().copied().flatten() {
            self.element(id, &mut inherited.split('\t'))?;
        }
        Some(())
    }

    /// Ends the elements of a type.
    fn close(&mut self) {
        let end = u16::try_from(self.all.elements.len()).unwrap_or(u16::MAX);
        let definition = self.open.take().and_then(|id| self.all.definitions.get_mut(id.0 as usize));
        if let Some(definition) = definition {
            definition.elements = self.next..end;
            definition.required = self.required;
            definition
                .constraints
                .retain(|id| self.all.constraints.get(id.0 as usize).is_some_and(|c| !EVERYWHERE.contains(&c.key)));
        }
        (self.next, self.slot, self.required) = (end, 0, 0);
    }

    /// An element, or each type of a choice.
    fn element(&mut self, of: TypeId, fields: &mut std::str::Split<'static, char>) -> Option<()> {
        let (name, kinds, card) = (fields.next()?, fields.next()?, fields.next()?);
        let slot = u8::try_from(self.slot).ok()?;
        self.slot += 1;
        self.too_many_slots |= self.slot > 64;
        let (is_required, is_array) = (matches!(card, "1" | "+"), matches!(card, "*" | "+"));
        self.required |= u64::from(is_required).checked_shl(slot.into()).unwrap_or(0);
        let (mut binding, mut targets, mut constraints) = (None, 0, Vec::new());
        for field in fields {
            match field.chars().next()? {
                'b' => binding = Some(self.binding(field)?),
                't' => targets = self.targets(bars(field.get(1..)?)),
                'c' => constraints = numbers(field.get(1..)?)?,
                // Which elements are modifiers is not asked anywhere yet.
                'm' => {}
                'l' => binding = self.languages(),
                _ => return None,
            }
        }
        let Some(choice) = name.strip_suffix("[x]") else {
            let family = Family::of(kinds);
            let kind = self.kind(kinds)?;
            let choice = "";
            self.all.elements.push(Element {
                of,
                name,
                choice,
                kind,
                slot,
                is_array,
                binding,
                family,
                targets,
                constraints,
            });
            return Some(());
        };
        let kinds = if kinds == "@any" { ANY } else { kinds };
        for part in kinds.split('|') {
            let mut parts = part.split('>');
            let kind = parts.next()?;
            let targets = self.targets(parts.collect());
            let name = choice_name(choice, kind)?;
            let family = Family::of(kind);
            let (kind, constraints) = (self.kind(kind)?, constraints.clone());
            self.all.elements.push(Element {
                of,
                name,
                choice,
                kind,
                slot,
                is_array,
                binding,
                family,
                targets,
                constraints,
            });
        }
        Some(())
    }

    fn kind(&self, kind: &str) -> Option<Kind> {
        if kind == "Resource" {
            return Some(Kind::Resource);
        }
        if let Some(primitive) = Primitive::named(kind) {
            return Some(Kind::Primitive(primitive));
        }
        self.all.named(kind.strip_prefix('.').unwrap_or(kind)).map(Kind::Complex)
    }

    fn targets(&mut self, list: Vec<&'static str>) -> u16 {
        let known = self.all.targets.iter().position(|known| *known == list);
        let number = known.unwrap_or_else(|| {
            self.all.targets.push(list);
            self.all.targets.len() - 1
        });
        u16::try_from(number).unwrap_or(0)
    }

    /// Every resource's `language`: any tag of BCP 47.
    fn languages(&self) -> Option<Binding> {
        let set = self.all.sets.iter().position(|set| set.rule == Rule::Language)?;
        Some(Binding { set: u16::try_from(set).ok()?, is_required: true })
    }

    fn binding(&self, field: &str) -> Option<Binding> {
        binding(field).filter(|b| usize::from(b.set) < self.all.sets.len())
    }
}

/// `b12r`
fn binding(field: &str) -> Option<Binding> {
    let rest = field.strip_prefix('b')?;
    let is_required = rest.ends_with('r');
    let set = rest.strip_suffix(['r', 'e'])?.parse().ok()?;
    Some(Binding { set, is_required })
}

fn numbers(field: &str) -> Option<Vec<ConstraintId>> {
    field.split(',').filter(|n| !n.is_empty()).map(|n| n.parse().ok().map(ConstraintId)).collect()
}

/// `value` and `string` make `valueString`. The table is read once, so the name may live as long as the program.
fn choice_name(choice: &str, kind: &str) -> Option<&'static str> {
    let mut letters = kind.chars();
    let first = letters.next()?.to_ascii_uppercase();
    Some(String::leak(format!("{choice}{first}{}", letters.as_str())))
}

/// The part of a line that an extension shares with those inside.
fn extension(url: &'static str, fields: &mut std::str::Split<'static, char>) -> Option<ExtensionDefinition> {
    let value = match fields.next()? {
        "-" => Value::None,
        "@any" => Value::Any,
        kinds => Value::Of(
            kinds
                .split('|')
                .filter_map(|part| {
                    let mut parts = part.split('>');
                    Some((parts.next()?, parts.collect()))
                })
                .collect(),
        ),
    };
    let marks = fields.next()?;
    let binding = match fields.next() {
        Some(field) => Some(binding(field)?),
        None => None,
    };
    Some(ExtensionDefinition {
        url,
        contexts: Vec::new(),
        is_modifier: false,
        least: 0,
        most: u16::MAX,
        value,
        needs_value: marks.contains('!'),
        is_closed: marks.contains('-'),
        binding,
        inner: Vec::new(),
    })
}
