//! The grammar of UCUM (version 2, section 2): terms of components with points and slashes, exponents, annotations.

use super::atoms::{is_metric, is_plain, prefixes};

/// What is wrong with a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    /// It is no expression.
    Syntax,
    /// It names a unit that is not in the list.
    Unknown,
    /// An annotation has characters that it may not have.
    Annotation,
}

/// Parentheses in one another.
const DEEPEST: u32 = 32;

/// Reads a code. What breaks the grammar comes before what is not known.
pub(super) fn read(code: &str) -> Result<(), Fault> {
    let mut reader = Reader { rest: code, soft: None, depth: 0 };
    reader.eat('/');
    reader.term()?;
    if !reader.rest.is_empty() {
        return Err(Fault::Syntax);
    }
    reader.soft.map_or(Ok(()), Err)
}

struct Reader<'t> {
    rest: &'t str,
    /// The first fault that does not break the grammar.
    soft: Option<Fault>,
    depth: u32,
}

impl<'t> Reader<'t> {
    fn eat(&mut self, c: char) -> bool {
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// `component (('.' | '/') component)*`
    fn term(&mut self) -> Result<(), Fault> {
        self.component()?;
        while self.eat('.') || self.eat('/') {
            self.component()?;
        }
        Ok(())
    }

    /// `annotatable annotation? | annotation | factor | '(' term ')'`
    fn component(&mut self) -> Result<(), Fault> {
        if self.eat('(') {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(Fault::Syntax);
            }
            self.term()?;
            self.depth -= 1;
            if !self.eat(')') {
                return Err(Fault::Syntax);
            }
            // Widely written, as in `(8.h){shift}`.
            return self.annotation().map(|_| ());
        }
        if self.annotation()? {
            return Ok(());
        }
        let unit = self.token()?;
        self.unit(unit)?;
        self.annotation().map(|_| ())
    }

    fn annotation(&mut self) -> Result<bool, Fault> {
        let Some(after) = self.rest.strip_prefix('{') else { return Ok(false) };
        let (inside, rest) = after.split_once('}').ok_or(Fault::Syntax)?;
        if inside.contains('{') {
            return Err(Fault::Syntax);
        }
        if !inside.bytes().all(|byte| byte.is_ascii_graphic()) {
            self.soft.get_or_insert(Fault::Annotation);
        }
        self.rest = rest;
        Ok(true)
    }

    /// The characters of one unit; brackets protect what is inside.
    fn token(&mut self) -> Result<&'t str, Fault> {
        let mut is_inside = false;
        let mut length = self.rest.len();
        for (at, byte) in self.rest.bytes().enumerate() {
            match byte {
                b'[' if is_inside => return Err(Fault::Syntax),
                b'[' => is_inside = true,
                b']' if !is_inside => return Err(Fault::Syntax),
                b']' => is_inside = false,
                b'.' | b'/' | b'(' | b')' | b'{' | b'}' if !is_inside => {
                    length = at;
                    break;
                }
                _ if byte.is_ascii_graphic() => {}
                _ => return Err(Fault::Syntax),
            }
        }
        let (token, rest) = self.rest.split_at_checked(length).ok_or(Fault::Syntax)?;
        self.rest = rest;
        if token.is_empty() || is_inside { Err(Fault::Syntax) } else { Ok(token) }
    }

    /// A factor, or a unit with an exponent or without.
    fn unit(&mut self, token: &str) -> Result<(), Fault> {
        if token.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(());
        }
        // Ten to a power ends with a sign of its own.
        if let Some(power) = token.strip_prefix("10*").or_else(|| token.strip_prefix("10^")) {
            let digits = power.strip_prefix(['+', '-']).unwrap_or(power);
            let is_power = power.is_empty() || (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
            return if is_power { Ok(()) } else { Err(Fault::Syntax) };
        }
        let name = token.trim_end_matches(|c: char| c.is_ascii_digit());
        let name = if name.len() < token.len() { name.strip_suffix(['+', '-']).unwrap_or(name) } else { name };
        // `H2O` alone and `m-` are nothing; `5mg` is a number stuck to a unit.
        if name.is_empty() || name.ends_with(['+', '-']) || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(Fault::Syntax);
        }
        if !is_known(name) {
            self.soft.get_or_insert(Fault::Unknown);
        }
        Ok(())
    }
}

fn is_known(name: &str) -> bool {
    is_plain(name) || is_metric(name) || prefixes().any(|prefix| name.strip_prefix(prefix).is_some_and(is_metric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_in_use_are_read() {
        for good in [
            "mg",
            "mg/dL",
            "mmol/L",
            "/min",
            "mm[Hg]",
            "kg/m2",
            "10*3/uL",
            "10*-6",
            "10^9/L",
            "%",
            "1",
            "{score}",
            "/{tot}",
            "mL/min/{1.73_m2}",
            "mL/min/(173.10*-2.m2)",
            "Cel",
            "[degF]",
            "cal_th",
            "[in_i'H2O]",
            "m[H2O]",
            "kat",
            "U/L",
            "[iU]/mL",
            "m[IU]/L",
            "ug{FEU}/mL",
            "meq/L",
            "mosm/kg",
            "a",
            "wk",
            "mo",
            "h",
            "d",
            "min",
            "s",
            "g/cm-2",
            "kg.m/s2",
            "(8.h){shift}",
            "4.[pi].10*-7.N/A2",
            "B[10.nV]",
            "dB",
            "[drp]",
            "[arb'U]",
            "daL",
            "Ki",
            "KiBy",
            "ar",
            "har",
            "cd",
            "%{0to3Hours}",
            "[car_Au]",
            "[m/s2/Hz^(1/2)]",
            "atm",
            "nmol/h/mg{prot}",
            "[lb_av]",
            "deg",
            "'",
            "''",
        ] {
            let expected = if good == "Ki" { Err(Fault::Unknown) } else { Ok(()) };
            assert_eq!(read(good), expected, "{good}");
        }
    }

    #[test]
    fn what_breaks_the_grammar_is_told() {
        for bad in [
            "", "/", "mg/", "mg//dL", "mg..mL", "(mg", "mg)", "{a", "a}", "{a{b}}", "mg dL", "mm[Hg", "mm]Hg[", "mg-",
            "m+", "()", "5mg", "µg", "10*a", "mg/dL ", "°C",
        ] {
            assert_eq!(read(bad), Err(Fault::Syntax), "{bad}");
        }
    }

    #[test]
    fn unknown_units_are_told_apart() {
        for odd in ["tablet", "mmHg", "IU", "cc", "mcg", "hrs", "kmin", "k[in_i]"] {
            assert_eq!(read(odd), Err(Fault::Unknown), "{odd}");
        }
        assert_eq!(read("mL{a b}"), Err(Fault::Annotation));
        assert_eq!(read("{µ}"), Err(Fault::Annotation));
    }

    #[test]
    fn nesting_ends() {
        assert_eq!(read(&"(".repeat(100_000)), Err(Fault::Syntax));
        assert_eq!(read(&format!("{}m{}", "(".repeat(20), ")".repeat(20))), Ok(()));
    }
}
