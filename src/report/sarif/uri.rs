//! A path on disk as a URI reference (RFC 3986): relative to the base where it lies under it, with `/`, percent-encoded.

/// The URI of a path. `base` is an absolute path. What lies outside of it gets a `file:` URI.
pub(super) fn of(path: &str, base: Option<&str>) -> String {
    if path == "-" {
        return "stdin".to_owned();
    }
    let (path, base) = (with_slashes(path), base.map(with_slashes));
    let inside = base.as_deref().and_then(|base| {
        let rest = path.strip_prefix(base.trim_end_matches('/'))?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest.trim_start_matches('/'))
    });
    match inside {
        Some(relative) => encode(&normal(relative)),
        None if path.starts_with('/') => format!("file:///{}", encode(&normal(&path))),
        None if drive(&path) => format!("file:///{}", encode(&normal(&path)).replacen("%3A", ":", 1)),
        None => encode(&normal(&path)),
    }
}

#[cfg(windows)]
fn with_slashes(path: &str) -> String {
    path.replace('\\', "/")
}

/// Elsewhere a backslash is a letter like any other.
#[cfg(not(windows))]
fn with_slashes(path: &str) -> String {
    path.to_owned()
}

/// Whether it begins with `C:`.
fn drive(path: &str) -> bool {
    cfg!(windows) && matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

/// Without empty segments, `.`, and `..` after a name.
fn normal(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." if segments.last().is_some_and(|s| *s != "..") => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    if segments.is_empty() { ".".to_owned() } else { segments.join("/") }
}

/// Everything but unreserved characters and `/`, also `:` (a first segment with one would be a scheme).
fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for b in path.bytes() {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn relative_paths_stay_relative() {
        assert_eq!(of("./a//b/./c.js", None), "a/b/c.js");
        assert_eq!(of("a/../b", None), "b");
        assert_eq!(of("../x", None), "../x");
        assert_eq!(of("", None), ".");
        assert_eq!(of("-", None), "stdin");
    }

    #[test]
    fn what_lies_under_the_base_is_relative_to_it() {
        assert_eq!(of("/w/repo/a/b", Some("/w/repo")), "a/b");
        assert_eq!(of("/w/repo", Some("/w/repo/")), ".");
        assert_eq!(of("/w/repository/a", Some("/w/repo")), "file:///w/repository/a");
        assert_eq!(of("/etc/x y", Some("/w")), "file:///etc/x%20y");
        assert_eq!(of("/a", Some("/")), "a");
    }

    #[test]
    fn names_cannot_become_schemes_queries_or_controls() {
        assert_eq!(of("javascript:alert(1)", None), "javascript%3Aalert%281%29");
        assert_eq!(of("a?b#c%d@{e}", None), "a%3Fb%23c%25d%40%7Be%7D");
        assert_eq!(of("\u{1b}[2J\u{202e}\n", None), "%1B%5B2J%E2%80%AE%0A");
    }
}
