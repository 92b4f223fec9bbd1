//! The elements and attributes of chapters 7 to 11 (without 9.4) and 15 of HTML 4.0, `a` and images; without what was
//! deprecated there (R4, invariant txt-1).

/// Sorted.
const ELEMENTS: [&str; 55] = [
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "b",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "kbd",
    "li",
    "map",
    "ol",
    "p",
    "pre",
    "q",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Attributes of any element. Sorted.
const ANYWHERE: [&str; 22] = [
    "abbr",
    "accesskey",
    "align",
    "axis",
    "char",
    "charoff",
    "class",
    "colspan",
    "dir",
    "headers",
    "id",
    "idref",
    "lang",
    "rowspan",
    "scope",
    "span",
    "style",
    "tabindex",
    "title",
    "valign",
    "width",
    "xml:lang",
];

/// Attributes of one element. Sorted.
const OF_ELEMENT: [(&str, &str); 43] = [
    ("a", "charset"),
    ("a", "coords"),
    ("a", "href"),
    ("a", "hreflang"),
    ("a", "name"),
    ("a", "rel"),
    ("a", "rev"),
    ("a", "shape"),
    ("a", "type"),
    ("area", "alt"),
    ("area", "coords"),
    ("area", "href"),
    ("area", "nohref"),
    ("area", "shape"),
    ("blockquote", "cite"),
    ("img", "alt"),
    ("img", "border"),
    ("img", "height"),
    ("img", "ismap"),
    ("img", "longdesc"),
    ("img", "src"),
    ("img", "usemap"),
    ("img", "width"),
    ("li", "type"),
    ("li", "value"),
    ("map", "name"),
    ("ol", "start"),
    ("ol", "type"),
    ("pre", "space"),
    ("pre", "xml:space"),
    ("q", "cite"),
    ("table", "border"),
    ("table", "cellpadding"),
    ("table", "cellspacing"),
    ("table", "frame"),
    ("table", "rules"),
    ("table", "summary"),
    ("table", "width"),
    ("td", "height"),
    ("td", "nowrap"),
    ("th", "height"),
    ("th", "nowrap"),
    ("ul", "type"),
];

/// Whether a narrative may have this element.
pub(super) fn is_element(name: &str) -> bool {
    ELEMENTS.binary_search(&name).is_ok()
}

/// Whether an element of a narrative may have this attribute. Namespaces are looked at where they stand.
pub(super) fn is_attribute(element: &str, name: &str) -> bool {
    ANYWHERE.binary_search(&name).is_ok() || OF_ELEMENT.binary_search(&(element, name)).is_ok()
}

/// Elements that a paragraph cannot have inside (HTML 4.0, 9.3.1).
pub(super) fn is_block(name: &str) -> bool {
    matches!(name, "blockquote" | "div" | "dl" | "ol" | "p" | "table" | "ul")
}

/// Elements that HTML leaves open and XML does not.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "area" | "br" | "col" | "hr" | "img" | "wbr")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_have_nothing_twice() {
        assert!(ELEMENTS.is_sorted_by(|a, b| a < b));
        assert!(ANYWHERE.is_sorted_by(|a, b| a < b));
        assert!(OF_ELEMENT.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn attributes_belong_to_elements() {
        assert!(is_attribute("a", "href") && is_attribute("td", "colspan") && is_attribute("b", "class"));
        assert!(
            !is_attribute("b", "href") && !is_attribute("p", "src") && !is_element("font") && !is_element("script")
        );
    }
}
