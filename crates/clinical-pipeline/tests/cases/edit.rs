//! Two texts beside each other, line by line.

/// What differs, with a line of what stays around it.
pub(crate) fn diff(old: &str, new: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let lengths = common(&a, &b);
    let (mut i, mut j) = (0, 0);
    let mut rows: Vec<(char, &str)> = Vec::new();
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            rows.push((' ', a[i]));
            (i, j) = (i + 1, j + 1);
        } else if j >= b.len() || (i < a.len() && lengths[i + 1][j] >= lengths[i][j + 1]) {
            rows.push(('-', a[i]));
            i += 1;
        } else {
            rows.push(('+', b[j]));
            j += 1;
        }
    }
    let changed = |k: usize| rows.get(k).is_some_and(|(mark, _)| *mark != ' ');
    let near = |k: usize| changed(k) || changed(k + 1) || (k > 0 && changed(k - 1));
    let kept = rows.iter().enumerate().filter(|(k, _)| near(*k));
    kept.map(|(_, (mark, line))| format!("    {mark} {line}")).collect::<Vec<_>>().join("\n")
}

/// `out[i][j]`: the length of the longest common subsequence of `a[i..]` and `b[j..]`.
fn common(a: &[&str], b: &[&str]) -> Vec<Vec<usize>> {
    let mut out = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            out[i][j] = if a[i] == b[j] { out[i + 1][j + 1] + 1 } else { out[i + 1][j].max(out[i][j + 1]) };
        }
    }
    out
}

#[test]
fn a_changed_line_is_seen() {
    assert_eq!(diff("a\nb\nc\nd", "a\nx\nc\nd"), "      a\n    - b\n    + x\n      c");
}
