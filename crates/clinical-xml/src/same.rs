//! Names held against each other.

/// Whether two texts are the same. Quicker than `==` for names: most are short, and a call for each costs more than the
/// comparison.
#[must_use]
#[inline]
pub fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    match (a.first_chunk::<8>(), b.first_chunk::<8>()) {
        // The two ends of a name of up to sixteen letters are all of it.
        (Some(x), Some(y)) => x == y && a.last_chunk::<8>() == b.last_chunk::<8>() && (a.len() <= 16 || a == b),
        _ => match (a.first_chunk::<4>(), b.first_chunk::<4>()) {
            (Some(x), Some(y)) => x == y && a.last_chunk::<4>() == b.last_chunk::<4>(),
            _ => a.iter().zip(b).all(|(x, y)| x == y),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_where_all_their_letters_are() {
        for length in 0..40 {
            let name: String = ('a'..='z').cycle().take(length).collect();
            assert!(same_name(&name, &name.clone()), "{length}");
            assert!(!same_name(&name, &format!("{name}a")) && !same_name(&format!("{name}a"), &name), "{length}");
            for at in 0..length {
                let other = format!("{}-{}", &name[..at], &name[at + 1..]);
                assert!(!same_name(&name, &other) && !same_name(&other, &name), "{length} {at}");
            }
        }
    }
}
