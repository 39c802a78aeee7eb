//! `key = value` lines with sections, comments and values that go on in indented lines: `.npmrc` and `pip.conf`.

/// One setting.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// The section, empty before the first.
    pub(super) section: &'a str,
    pub(super) key: &'a str,
    pub(super) value: String,
}

/// The settings of a file in order.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut found: Vec<Line<'_>> = Vec::new();
    let mut section = "";
    for raw in text.lines() {
        let line = raw.trim();
        if line.is_empty() || line.starts_with([';', '#']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            // npm writes lists as `ca[] = …`, which is no section.
            section = name.trim();
            continue;
        }
        if raw.starts_with([' ', '\t'])
            && let Some(last) = found.last_mut()
        {
            last.value.push(' ');
            last.value.push_str(line);
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or((line, "true"));
        let value = value.trim();
        let unquoted = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(value);
        found.push(Line { section, key: key.trim(), value: unquoted.to_owned() });
    }
    found.into_iter()
}
