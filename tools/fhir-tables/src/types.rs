//! Resources, data types and backbone elements.

use crate::{Result, bindings::Sets, byhand, field, last, text};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write;

/// A foreign entry, and abstract types that no instance has.
const LEFT_OUT: [&str; 4] = ["ViewDefinition", "MetadataResource", "Resource", "DomainResource"];

const RESOURCE: [&str; 5] = ["resourceType", "id", "meta", "implicitRules", "language"];
const DOMAIN: [&str; 4] = ["text", "contained", "extension", "modifierExtension"];

/// The distinct constraints in the order of their first use.
#[derive(Default)]
pub struct Constraints {
    lines: Vec<String>,
    index: HashMap<String, usize>,
}

impl Constraints {
    /// The numbers of the constraints of an element, separated by commas.
    fn of(&mut self, element: &Value) -> Result<String> {
        let mut numbers = Vec::new();
        for (key, constraint) in element.get("constraints").and_then(Value::as_object).into_iter().flatten() {
            let severity = if text(constraint, "severity") == "error" { 'e' } else { 'w' };
            let human = text(constraint, "human").split_whitespace().collect::<Vec<_>>().join(" ");
            let expression = text(constraint, "expression").trim();
            let line = format!("{}\t{severity}\t{}\t{}", field(key)?, field(expression)?, field(&human)?);
            let next = self.lines.len();
            let number = *self.index.entry(line.clone()).or_insert(next);
            if number == next {
                self.lines.push(line);
            }
            numbers.push(number.to_string());
        }
        Ok(numbers.join(","))
    }

    /// `C`, key, severity, expression, human text.
    pub fn write(&self, out: &mut String) -> Result<()> {
        for line in &self.lines {
            writeln!(out, "C\t{line}")?;
        }
        Ok(())
    }
}

/// `P` for primitive types, `T` for resources and data types, each followed by its elements, backbones after it.
pub fn write_all(
    schemas: &[Value],
    sets: &mut Sets<'_>,
    constraints: &mut Constraints,
    out: &mut String,
) -> Result<()> {
    let mut named: Vec<&Value> = schemas
        .iter()
        .filter(|schema| text(schema, "derivation") != "constraint" && !LEFT_OUT.contains(&text(schema, "name")))
        .collect();
    named.sort_by_key(|schema| text(schema, "name"));
    // The two quantities that are profiles are used as types; what they add is a constraint each.
    let profile = |name: &str| schemas.iter().find(|schema| text(schema, "name") == name);
    let simple = profile("SimpleQuantity").and_then(|schema| schema.get("constraints")).ok_or("no SimpleQuantity")?;
    for profile in ["MoneyQuantity", "SimpleQuantity"].into_iter().filter_map(profile) {
        constraints.of(profile)?;
    }
    for kind in ["complex-type", "resource"] {
        for schema in named.iter().filter(|schema| text(schema, "kind") == kind) {
            let name = text(schema, "name");
            let letter = if kind == "resource" { 'r' } else { 'c' };
            let mut writer = Writer { sets, constraints, simple, out };
            writer.definition(name, letter, schema, last(text(schema, "base")))?;
        }
    }
    Ok(())
}

struct Writer<'w, 'v> {
    sets: &'w mut Sets<'v>,
    constraints: &'w mut Constraints,
    /// The constraints of SimpleQuantity.
    simple: &'w Value,
    out: &'w mut String,
}

impl Writer<'_, '_> {
    /// `T`, letter, path, base, constraints; then its elements; then the backbones inside.
    fn definition(&mut self, path: &str, letter: char, schema: &Value, base: &str) -> Result<()> {
        let constraints = self.constraints.of(schema)?;
        writeln!(self.out, "T\t{letter}\t{path}\t{base}\t{constraints}")?;
        let elements = schema.get("elements").and_then(Value::as_object).ok_or("a type without elements")?;
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let inherited = |name: &str| match letter {
            'r' => RESOURCE.contains(&name) || (base == "DomainResource" && DOMAIN.contains(&name)),
            'b' => ["id", "extension", "modifierExtension"].contains(&name),
            _ => name == "id" || name == "extension" || (base == "BackboneElement" && name == "modifierExtension"),
        };
        let mut inner = Vec::new();
        for (name, element) in elements {
            let simple = byhand::SIMPLE_QUANTITIES.contains(&format!("{path}.{name}").as_str());
            let element = &if simple { self.as_simple_quantity(element) } else { element.clone() };
            if element.get("choiceOf").is_some() || inherited(name) {
                continue;
            }
            let least = if required.contains(&name.as_str()) { 1 } else { element["min"].as_u64().unwrap_or(0) };
            if let Some(choices) = element.get("choices").and_then(Value::as_array) {
                self.choice(name, choices, elements, least, simple)?;
                continue;
            }
            let mut kind = text(element, "type").to_owned();
            if let Some(target) = element.get("elementReference").and_then(Value::as_array) {
                let steps: Vec<&str> = target.iter().filter_map(Value::as_str).filter(|s| *s != "elements").collect();
                kind = format!(".{}", steps.join("."));
            } else if element.get("elements").is_some() {
                kind = format!(".{path}.{name}");
                inner.push((format!("{path}.{name}"), element.clone()));
            }
            if kind.is_empty() {
                return Err(format!("{path}.{name} has no type").into());
            }
            let card = match (least, element["array"] == true) {
                (0, false) => '?',
                (_, false) => '1',
                (0, true) => '*',
                (_, true) => '+',
            };
            write!(self.out, "{name}\t{kind}\t{card}")?;
            // The constraints of a backbone are the definition's own, which a content reference shares.
            self.attributes(element, element.get("elements").is_none())?;
        }
        for (path, element) in inner {
            self.definition(&path, 'b', &element, text(&element, "type"))?;
        }
        Ok(())
    }

    /// The element with what SimpleQuantity adds to Quantity; it holds for every other type of a choice.
    fn as_simple_quantity(&self, element: &Value) -> Value {
        let mut element = element.clone();
        for (key, constraint) in self.simple.as_object().into_iter().flatten().filter(|(key, _)| *key == "sqty-1") {
            element["constraints"][key] = constraint.clone();
        }
        element
    }

    /// One line for a choice: its types after one another, each with its own targets.
    fn choice(
        &mut self,
        name: &str,
        choices: &[Value],
        elements: &serde_json::Map<String, Value>,
        least: u64,
        is_simple: bool,
    ) -> Result<()> {
        let mut kinds = Vec::new();
        let mut merged = Value::Object(serde_json::Map::new());
        for choice in choices.iter().filter_map(Value::as_str) {
            let element = elements.get(choice).ok_or_else(|| format!("{choice} is not there"))?;
            kinds.push(kind_with_targets(element));
            for name in ["binding", "constraints", "modifier"] {
                if let (Some(value), Some(object)) = (element.get(name), merged.as_object_mut())
                    && object.entry(name).or_insert_with(|| value.clone()) != value
                {
                    return Err(format!("{choice} has a {name} of its own").into());
                }
            }
        }
        if is_simple {
            merged = self.as_simple_quantity(&merged);
        }
        let kinds = if kinds.len() == 50 { String::from("@any") } else { kinds.join("|") };
        write!(self.out, "{name}[x]\t{kinds}\t{}", if least == 0 { '?' } else { '1' })?;
        self.attributes(&merged, true)
    }

    /// The rest of an element's line: binding, targets, constraints, modifier, each with its letter.
    fn attributes(&mut self, element: &Value, with_constraints: bool) -> Result<()> {
        if let Some(binding) = self.sets.binding(element) {
            write!(self.out, "\t{binding}")?;
        }
        let targets = targets(element);
        if !targets.is_empty() {
            write!(self.out, "\tt{targets}")?;
        }
        if with_constraints {
            let constraints = self.constraints.of(element)?;
            if !constraints.is_empty() {
                write!(self.out, "\tc{constraints}")?;
            }
        }
        if element["modifier"] == true {
            write!(self.out, "\tm")?;
        }
        if let Some(fixed) = element.get("fixed").and_then(Value::as_str) {
            write!(self.out, "\tf{}", field(fixed)?)?;
        }
        writeln!(self.out)?;
        Ok(())
    }
}

/// A type of a choice with the targets that a reference of it may have: `Reference>Patient>Group`.
pub fn kind_with_targets(element: &Value) -> String {
    let targets = targets(element);
    let kind = text(element, "type");
    if targets.is_empty() { kind.to_owned() } else { format!("{kind}>{}", targets.replace('|', ">")) }
}

/// The types that a reference may have as its target, separated by bars; nothing for any.
pub fn targets(element: &Value) -> String {
    let all: Vec<&str> = element
        .get("refers")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(last)
        .collect();
    if all.contains(&"Resource") { String::new() } else { all.join("|") }
}
