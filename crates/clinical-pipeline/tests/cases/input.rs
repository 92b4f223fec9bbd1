//! Inputs that cannot or should not be pasted: deep nests, thousands of entries, bytes that are no text.
//!
//! `{{repeat 10000}}[{{end}}` repeats; `{{n}}` inside is the number of the turn, from one; `{{byte ff}}` is one byte.

/// Expands a template. Repeats do not nest.
pub(crate) fn expand(template: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find("{{repeat ") {
        plain(&rest[..at], 0, &mut out);
        let (count, after) = rest[at + 9..].split_once("}}").expect("a repeat has a count");
        let (body, after) = after.split_once("{{end}}").expect("a repeat has an end");
        for n in 1..=count.trim().parse().expect("a count is a number") {
            plain(body, n, &mut out);
        }
        rest = after;
    }
    plain(rest, 0, &mut out);
    out
}

fn plain(text: &str, n: u32, out: &mut Vec<u8>) {
    let text = text.replace("{{n}}", &n.to_string());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("{{byte ") {
        let (hex, after) = after.split_once("}}").expect("a byte has an end");
        out.extend_from_slice(before.as_bytes());
        out.push(u8::from_str_radix(hex, 16).expect("a byte is two hexadecimal digits"));
        rest = after;
    }
    out.extend_from_slice(rest.as_bytes());
}

#[test]
fn a_template_repeats_counts_and_makes_bytes() {
    assert_eq!(expand("a{{repeat 3}}<{{n}}>{{end}}b{{byte ff}}c"), b"a<1><2><3>b\xffc");
}
