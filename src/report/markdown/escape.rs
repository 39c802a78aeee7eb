//! Scanned text in Markdown: only inside code, with a fence that it cannot close. Everything here expects clean text
//! (one line, nothing invisible).

/// Longest run of backticks in the text.
fn backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A code span, outside of tables. The fence is longer than any run of backticks inside.
pub(in crate::report) fn span(text: &str) -> String {
    // A span of nothing would be two backticks.
    let text = if text.trim().is_empty() { "(nothing)" } else { text };
    let fence = "`".repeat(backticks(text) + 1);
    // One blank on both sides belongs to the fence; without it a backtick at an edge would lengthen the fence.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A code span in a table. Cells are cut at `|` before code spans are read, and `\|` does not cut; after a backslash
/// implementations differ, so that pipe is named by its number.
pub(in crate::report) fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars() {
        match c {
            '|' if last == '\\' => safe.push_str("<U+007C>"),
            '|' => safe.push_str("\\|"),
            c => safe.push(c),
        }
        last = c;
    }
    // A backslash at the end would escape the cell's own end in some implementations.
    if safe.ends_with('\\') {
        safe.push(' ');
    }
    span(&safe)
}

/// A fenced block. The fence is longer than any run of backticks inside.
pub(in crate::report) fn fence(lines: &[String]) -> String {
    let longest = lines.iter().map(|l| backticks(l)).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}text\n{}\n{fence}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_longer_than_what_is_inside() {
        assert_eq!(span("a"), "`a`");
        assert_eq!(span("a`b``c"), "```a`b``c```");
        assert_eq!(span("`"), "`` ` ``");
        assert_eq!(span(""), "`(nothing)`");
        assert_eq!(span(" a"), "`  a `");
    }

    #[test]
    fn pipes_do_not_end_a_cell() {
        assert_eq!(cell("a|b||c"), "`a\\|b\\|\\|c`");
        assert_eq!(cell("a\\|[x](y)"), "`a\\<U+007C>[x](y)`");
        assert_eq!(cell("a\\\\|"), "`a\\\\<U+007C>`");
        assert_eq!(cell("a\\"), "` a\\  `");
    }

    #[test]
    fn a_fence_cannot_be_closed_from_inside() {
        assert_eq!(fence(&["x".into()]), "```text\nx\n```\n");
        assert_eq!(fence(&["````".into(), "y".into()]), "`````text\n````\ny\n`````\n");
    }
}
