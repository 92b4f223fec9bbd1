//! Regular expressions as they are written.

use super::pattern::{Class, MOST, Step};

/// The steps of a pattern. `None` when it is of a kind that is not known here.
pub(super) fn read(text: &str) -> Option<Vec<Step>> {
    let mut reader = Reader { rest: text };
    let steps = reader.either()?;
    reader.rest.is_empty().then_some(steps)
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn take(&mut self, c: char) -> bool {
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..)?;
        Some(c)
    }

    /// `one|other`
    fn either(&mut self) -> Option<Vec<Step>> {
        let mut steps = self.sequence()?;
        while self.take('|') {
            let other = self.sequence()?;
            let mut both = vec![Step::Either(1, steps.len() + 2)];
            both.append(&mut steps);
            both.push(Step::On(other.len() + 1));
            both.extend(other);
            steps = both;
        }
        Some(steps)
    }

    fn sequence(&mut self) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let one = self.one()?;
            let one = self.repeated(one)?;
            steps.extend(one);
            if steps.len() > MOST {
                return None;
            }
        }
        Some(steps)
    }

    fn one(&mut self) -> Option<Vec<Step>> {
        Some(vec![match self.next()? {
            '^' => Step::Start,
            '$' => Step::End,
            '.' => Step::One(Class { ranges: Vec::new(), negative: true }),
            '[' => Step::One(self.class()?),
            '\\' => Step::One(escaped(self.next()?)?),
            '(' => {
                let group = self.either()?;
                return self.take(')').then_some(group);
            }
            '*' | '+' | '?' | '{' => return None,
            c => Step::One(Class::of(c)),
        }])
    }

    fn repeated(&mut self, one: Vec<Step>) -> Option<Vec<Step>> {
        let (least, most) = match self.rest.chars().next() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let (counts, rest) = self.rest.get(1..)?.split_once('}')?;
                self.rest = rest;
                let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
                let (least, most) = (least.parse::<usize>().ok()?, most.parse::<usize>().ok()?);
                return times(&one, least, Some(most));
            }
            _ => return Some(one),
        };
        self.next();
        times(&one, least, most)
    }

    /// After the opening bracket.
    fn class(&mut self) -> Option<Class> {
        let mut class = Class { ranges: Vec::new(), negative: self.take('^') };
        loop {
            let from = match self.next()? {
                ']' => return Some(class),
                '\\' => {
                    let part = escaped(self.next()?)?;
                    match part.ranges.as_slice() {
                        [(c, end)] if c == end => *c,
                        _ if part.negative => return None,
                        ranges => {
                            class.ranges.extend_from_slice(ranges);
                            continue;
                        }
                    }
                }
                c => c,
            };
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            let to = if is_range {
                self.next();
                match self.next()? {
                    '\\' => self.next()?,
                    c => c,
                }
            } else {
                from
            };
            class.ranges.push((from, to));
        }
    }
}

/// What a backslash and this character mean.
fn escaped(c: char) -> Option<Class> {
    let ranges = match c {
        's' | 'S' => vec![(' ', ' '), ('\t', '\r')],
        'd' | 'D' => vec![('0', '9')],
        'w' | 'W' => vec![('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_')],
        c if c.is_ascii_alphanumeric() => return None,
        c => vec![(c, c)],
    };
    Some(Class { ranges, negative: c.is_ascii_uppercase() })
}

fn times(one: &[Step], least: usize, most: Option<usize>) -> Option<Vec<Step>> {
    let copies = most.unwrap_or(least + 1);
    if copies < least || copies.checked_mul(one.len() + 1)? > MOST {
        return None;
    }
    let mut steps = Vec::new();
    for _ in 0..least {
        steps.extend_from_slice(one);
    }
    match most {
        Some(most) => {
            // Each of the rest may be the first that is not there, and then none of the others is.
            let size = one.len() + 1;
            for left in (1..=most - least).rev() {
                steps.push(Step::Either(1, left * size));
                steps.extend_from_slice(one);
            }
        }
        None => {
            steps.push(Step::Either(1, one.len() + 2));
            steps.extend_from_slice(one);
            steps.push(Step::On((one.len() + 1).wrapping_neg()));
        }
    }
    Some(steps)
}
