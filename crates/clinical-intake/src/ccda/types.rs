//! The data types of HL7 version 3 (R1) as C-CDA uses them. Elements are told by local names: documents with a wrong or
//! a missing namespace are read, too.

use super::context::Context;
use clinical_model::{
    AmountOrRange, CodeSystem, Coding, Concept, FindingCode, Moment, Name, Period, Quantity, Range, Severity, Verbatim,
};
use clinical_xml::{Node, attribute, same_name, trimmed};

/// SNOMED CT 261665006, "Unknown": a code for no value in a system of values.
const UNKNOWN: &str = "261665006";

/// The first child of a name.
pub(crate) fn child<'d, 'a>(node: Node<'d, 'a>, name: &str) -> Option<Node<'d, 'a>> {
    let mut next = node.first_child();
    while let Some(at) = next.filter(|at| !at.has_tag_name(name)) {
        next = at.next_sibling();
    }
    next
}

/// Of several names the first that a child has: that child.
pub(crate) fn first_of<'d, 'a>(node: Node<'d, 'a>, names: &[&str]) -> Option<Node<'d, 'a>> {
    let elements = node.children().filter(Node::is_element);
    let named = elements.filter_map(|c| Some((names.iter().position(|name| *name == c.tag_name().name())?, c)));
    named.min_by_key(|(rank, _)| *rank).map(|(_, child)| child)
}

/// The children of a name.
pub(crate) fn children<'d, 'a>(node: Node<'d, 'a>, name: &str) -> impl Iterator<Item = Node<'d, 'a>> {
    let mut next = node.first_child();
    // From one to the next, which asks less at each step than the parser's way from both ends. Asked for its name this
    // way, the parser does not look up the namespace of every child.
    std::iter::from_fn(move || {
        while let Some(at) = next {
            next = at.next_sibling();
            if at.has_tag_name(name) {
                return Some(at);
            }
        }
        None
    })
}

/// The first element down a path of names.
pub(crate) fn down<'d, 'a>(node: Node<'d, 'a>, path: &[&str]) -> Option<Node<'d, 'a>> {
    path.iter().try_fold(node, |at, name| child(at, name))
}

/// The elements behind the children of a name (`entryRelationship`, `component`), each with the child it stands in.
pub(crate) fn within<'d, 'a>(node: Node<'d, 'a>, name: &str) -> impl Iterator<Item = (Node<'d, 'a>, Node<'d, 'a>)> {
    children(node, name).flat_map(|outer| outer.children().filter(Node::is_element).map(move |inner| (outer, inner)))
}

/// The value of an attribute that has no namespace.
pub(crate) fn value_of<'d>(node: Node<'d, '_>, name: &str) -> Option<&'d str> {
    node.attributes().find(|a| same_name(a.name(), name) && a.namespace().is_none()).map(|a| a.value())
}

/// Whether an element says that there is no value (`nullFlavor`).
pub(crate) fn null_flavor<'d>(node: Node<'d, '_>) -> Option<&'d str> {
    node.attributes().find(|a| a.name() == "nullFlavor").map(|a| a.value())
}

/// Whether `negationInd` is true.
pub(crate) fn is_negated(node: Node<'_, '_>) -> bool {
    node.attribute("negationInd").map(str::trim).is_some_and(|v| v == "1" || v.eq_ignore_ascii_case("true"))
}

/// Whether an element has the template, of whatever extension.
pub(crate) fn has_template(node: Node<'_, '_>, root: &str) -> bool {
    templates(node).any(|own| same_name(own, root))
}

/// The templates of an element, without their extensions.
pub(crate) fn templates<'d>(node: Node<'d, '_>) -> impl Iterator<Item = &'d str> {
    children(node, "templateId").filter_map(|t| value_of(t, "root")).map(trimmed)
}

/// The code of an element's `code` child.
pub(crate) fn code_of<'d>(node: Node<'d, '_>) -> Option<&'d str> {
    child(node, "code").and_then(|c| value_of(c, "code")).map(trimmed)
}

/// The `code` of `statusCode`.
pub(crate) fn status<'a>(node: Node<'_, 'a>) -> Option<Verbatim<'a>> {
    child(node, "statusCode").and_then(|s| attribute(s, "code"))
}

/// The `typeCode` of a relationship.
pub(crate) fn type_code<'d>(relationship: Node<'d, '_>) -> &'d str {
    relationship.attribute("typeCode").map_or("", str::trim)
}

fn system(oid: &str) -> CodeSystem {
    match oid {
        "2.16.840.1.113883.6.96" => CodeSystem::Snomed,
        "2.16.840.1.113883.6.1" => CodeSystem::Loinc,
        "2.16.840.1.113883.6.88" => CodeSystem::RxNorm,
        "2.16.840.1.113883.6.90" | "2.16.840.1.113883.6.3" => CodeSystem::Icd10,
        "2.16.840.1.113883.12.292" | "2.16.840.1.113883.6.59" => CodeSystem::Cvx,
        other if other.starts_with("2.16.840.1.113883.5.") => CodeSystem::Hl7,
        _ => CodeSystem::Other,
    }
}

/// The system of a code that gives its name and not its OID.
fn named_system(name: &str) -> CodeSystem {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    match letters.as_str() {
        "snomed" | "snomedct" => CodeSystem::Snomed,
        "loinc" => CodeSystem::Loinc,
        "rxnorm" => CodeSystem::RxNorm,
        "icd10" | "icd10cm" => CodeSystem::Icd10,
        "cvx" => CodeSystem::Cvx,
        _ => CodeSystem::Other,
    }
}

fn coding<'a>(node: Node<'_, 'a>) -> Option<Coding<'a>> {
    let system = match value_of(node, "codeSystem").map(trimmed).filter(|oid| !oid.is_empty()) {
        Some(oid) => system(oid),
        None => node.attribute("codeSystemName").map_or(CodeSystem::Other, named_system),
    };
    let (code, display) = (attribute(node, "code"), attribute(node, "displayName"));
    let is_unknown = system == CodeSystem::Snomed && code.as_ref().is_some_and(|c| c.text() == UNKNOWN);
    (!is_unknown && (code.is_some() || display.is_some())).then_some(Coding { system, code, display })
}

/// `CD`, `CE`, `CV`: the author's words (`originalText`, through its reference), the code, and its translations; of
/// `ST` and `ED` the text. A `nullFlavor` is never a value (safety rule 15).
pub(crate) fn concept<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Concept<'a> {
    let own = coding(node);
    let mut text = child(node, "originalText").and_then(|o| words(context, o));
    if own.is_none() && text.is_none() {
        // Some systems give the whole value, its words too, as a translation.
        text = children(node, "translation").filter_map(|t| child(t, "originalText")).find_map(|o| words(context, o));
    }
    // Room for as many as there are: a record holds thousands of them.
    let mut codings: Vec<Coding<'a>> = Vec::new();
    let others = children(node, "translation").count();
    codings.reserve_exact(usize::from(own.is_some()) + others);
    codings.extend(own);
    if others > 0 {
        codings.extend(children(node, "translation").filter_map(coding));
        codings.shrink_to_fit();
    }
    if text.is_none() && codings.is_empty() {
        text = words(context, node).or_else(|| child(node, "originalText").and_then(|o| first_cell(context, o)));
    }
    Concept { text, codings }
}

/// The longest element of a narrative that is taken for the words of one thing, in bytes. What is longer is a page of
/// its own; reading it again for every entry that refers to it would not be linear.
const LONGEST: usize = 8192;

/// The words of `originalText` or `text`: what its reference leads to, else its own. A reference to a whole row, list or
/// table gives no words: they are not those of one thing (see [`cells`]).
pub(crate) fn words<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Verbatim<'a>> {
    let target = target(context, node).filter(|t| !is_many(*t));
    target.and_then(clinical_xml::text).or_else(|| clinical_xml::text(node)).or_else(|| {
        // A word in the place of a reference ("Oral") leads nowhere and says what it says.
        let reference = attribute(child(node, "reference")?, "value")?;
        let is_word = reference.text().chars().all(|c| c.is_alphabetic() || c == ' ');
        (is_word && target.is_none() && !context.ids.contains_key(reference.text())).then_some(reference)
    })
}

/// The element that a reference leads to, with or without its `#`, where it is short enough to be read.
pub(crate) fn target<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Node<'d, 'a>> {
    let reference = child(node, "reference")?.attribute("value")?.trim();
    let id = reference.strip_prefix('#').unwrap_or(reference);
    context.ids.get(id).copied().filter(|t| t.range().len() <= LONGEST)
}

/// Whether an element of a narrative holds more than one cell or item.
fn is_many(node: Node<'_, '_>) -> bool {
    let is_cell = |n: &Node<'_, '_>| matches!(n.tag_name().name(), "td" | "th" | "item");
    matches!(node.tag_name().name(), "tr" | "table" | "tbody" | "list") && node.descendants().any(|n| is_cell(&n))
        || node.descendants().skip(1).filter(is_cell).take(2).count() == 2
}

/// The cells of the row (or the items of the list) that a reference leads to, those with words, in order.
pub(crate) fn cells<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Vec<Verbatim<'a>> {
    let Some(row) = target(context, node).filter(|t| is_many(*t)) else { return Vec::new() };
    let is_leaf = |n: &Node<'_, '_>| {
        matches!(n.tag_name().name(), "td" | "th" | "item")
            && !n.descendants().skip(1).any(|c| c.tag_name().name() == "td")
    };
    row.descendants().filter(is_leaf).filter_map(clinical_xml::text).collect()
}

/// The first cell with letters in it, for a thing that nothing else names.
pub(crate) fn first_cell<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Verbatim<'a>> {
    cells(context, node).into_iter().find(|c| c.text().chars().filter(|c| c.is_alphabetic()).count() > 2)
}

/// The values of a concept's qualifiers of one of these names (`CD.qualifier`).
pub(crate) fn qualifiers<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>, names: &[&str]) -> Vec<Concept<'a>> {
    let is_named = |q: &Node<'_, '_>| {
        let name = child(*q, "name").and_then(|n| n.attribute("code")).map(str::trim);
        name.is_some_and(|n| names.contains(&n))
    };
    let values = children(node, "qualifier").filter(is_named).filter_map(|q| child(q, "value"));
    values.map(|v| concept(context, v)).filter(|c| !c.is_empty()).collect()
}

/// `PQ`, `INT`, `REAL`, `MO`: `value` and `unit`. `1` is the unit of a plain count (UCUM) and is not shown.
pub(crate) fn quantity<'a>(node: Node<'_, 'a>) -> Quantity<'a> {
    Quantity {
        value: attribute(node, "value"),
        comparator: None,
        unit: attribute(node, "unit").filter(|u| u.text() != "1"),
        code: None,
    }
}

/// `IVL_PQ`: low and high; the ends that say nothing are left out.
pub(crate) fn range<'a>(node: Node<'_, 'a>) -> Range<'a> {
    let end = |name| child(node, name).map(quantity).filter(|q| q.value.is_some());
    Range {
        low: end("low"),
        high: end("high"),
        low_outside: is_outside(node, "low"),
        high_outside: is_outside(node, "high"),
    }
}

/// `inclusive="false"` of an end that has a value.
fn is_outside(node: Node<'_, '_>, end: &str) -> bool {
    child(node, end).is_some_and(|end| {
        end.attribute("value").is_some() && matches!(end.attribute("inclusive").map(str::trim), Some("false" | "0"))
    })
}

/// `PQ` or `IVL_PQ`: one amount, or from low to high. `None` where there is no number.
pub(crate) fn amount<'a>(node: Node<'_, 'a>) -> Option<AmountOrRange<'a>> {
    let one = quantity(node);
    if one.value.is_some() {
        return Some(AmountOrRange::Amount(one));
    }
    let ends = range(node);
    (ends.low.is_some() || ends.high.is_some()).then_some(AmountOrRange::Range(ends))
}

/// Whether an end of an interval does not belong to it (`inclusive="false"`): "less than 5" is not "up to 5".
pub(crate) fn is_open(node: Node<'_, '_>) -> bool {
    is_outside(node, "low") || is_outside(node, "high")
}

/// `TS`: the value as it stands; a finding where it is none.
pub(crate) fn time<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Verbatim<'a>> {
    let value = attribute(node, "value")?;
    if Moment::parse(value.text()).is_none() {
        context.find(Severity::Warning, FindingCode::BadDate, node);
        // Nothing but zeros is how some systems write that there is none.
        return Some(value).filter(|v| v.text().bytes().any(|b| b.is_ascii_digit() && b != b'0'));
    }
    Some(value)
}

/// `TS` or `IVL_TS`: one time is the beginning and, with `@value`, nothing else.
pub(crate) fn period<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Period<'a>> {
    let start = child(node, "low").and_then(|n| time(context, n));
    let end = child(node, "high").and_then(|n| time(context, n));
    let middle = child(node, "center").and_then(|n| time(context, n));
    let start = start.or_else(|| time(context, node)).or(middle);
    (start.is_some() || end.is_some()).then_some(Period { start, end })
}

/// Whether a time is over when the document is written: its last second lies before the document's first.
pub(crate) fn is_before_document(context: &Context<'_, '_>, when: &Verbatim<'_>) -> bool {
    let when = Moment::parse(when.text());
    matches!((when, context.written), (Some(m), Some(written)) if m.latest() < written.order())
}

/// `EN`, `PN`, `ON`: the parts in their order, or the whole text. A birth name is left out where another family name
/// stands beside it.
pub(crate) fn name<'a>(node: Node<'_, 'a>) -> Option<Name<'a>> {
    let is_birth = |n: &Node<'_, '_>| n.attribute("qualifier").is_some_and(|q| q.split_whitespace().any(|q| q == "BR"));
    let has_other = children(node, "family").any(|f| !is_birth(&f) && null_flavor(f).is_none());
    let parts: Vec<Verbatim<'a>> = ["prefix", "given", "family", "suffix"]
        .iter()
        .flat_map(|part| children(node, part))
        .filter(|n| null_flavor(*n).is_none() && !(has_other && is_birth(n)))
        .filter_map(clinical_xml::text)
        .collect();
    if parts.is_empty() { clinical_xml::text(node).map(Name::from) } else { Some(Name(parts)) }
}

/// Telephone numbers among the `telecom` children, as they stand (`tel:+1-555-…`). Faxes, mail and pages are none.
pub(crate) fn phones<'a>(node: Node<'_, 'a>) -> Vec<Verbatim<'a>> {
    let is_phone = |v: &Verbatim<'_>| {
        let text = v.text().to_ascii_lowercase();
        let other = ["http", "fax", "ftp", "mailto", "x-text-fax"].iter().any(|scheme| text.starts_with(scheme));
        !other && !text.contains('@') && text.bytes().any(|b| b.is_ascii_digit())
    };
    children(node, "telecom").filter_map(|t| attribute(t, "value")).filter(is_phone).collect()
}
