//! Which operators bind tighter (FHIRPath section 6.9).

use super::operation::Sign;

/// What a binary operator does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Infix {
    /// Between two expressions.
    Sign(Sign),
    /// Between an expression and the name of a type.
    Is,
    /// The same, selecting.
    As,
}

/// The operator written so, and how tight it binds.
pub(super) fn infix(text: &str) -> Option<(Infix, u8)> {
    Some(match text {
        "implies" => (Infix::Sign(Sign::Implies), 1),
        "or" => (Infix::Sign(Sign::Or), 2),
        "xor" => (Infix::Sign(Sign::Xor), 2),
        "and" => (Infix::Sign(Sign::And), 3),
        "in" => (Infix::Sign(Sign::In), 4),
        "contains" => (Infix::Sign(Sign::Contains), 4),
        "=" => (Infix::Sign(Sign::Equal), 5),
        "!=" => (Infix::Sign(Sign::Unequal), 5),
        "<" => (Infix::Sign(Sign::Less), 6),
        "<=" => (Infix::Sign(Sign::LessOrEqual), 6),
        ">" => (Infix::Sign(Sign::Greater), 6),
        ">=" => (Infix::Sign(Sign::GreaterOrEqual), 6),
        "|" => (Infix::Sign(Sign::Union), 7),
        "is" => (Infix::Is, 8),
        "as" => (Infix::As, 8),
        "+" => (Infix::Sign(Sign::Plus), 9),
        "&" => (Infix::Sign(Sign::Joined), 9),
        _ => return None,
    })
}
