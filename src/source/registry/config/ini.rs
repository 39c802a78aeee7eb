//! `key = value` lines with sections, comments and values that go on in indented lines: `.npmrc` and `pip.conf`.

/// One setting.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// The section, empty before the first.
    pub(super) section: &'a str,
    pub(super) key: &'a str,
    pub(super) value: String,
}

/// The settings of an `.npmrc`, where a blank before a key means nothing, and keys may stand between quotes.
pub(super) fn npm_lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    read(text, false)
}

/// The settings of a file in order.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    read(text, true)
}

fn read(text: &str, continued: bool) -> impl Iterator<Item = Line<'_>> {
    let unquoted = |text| -> &str {
        let inside = |quote| str::strip_prefix(text, quote).and_then(|t: &str| t.strip_suffix(quote));
        inside('"').or_else(|| inside('\'').filter(|_| !continued)).unwrap_or(text)
    };
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
        if continued
            && raw.starts_with([' ', '\t'])
            && let Some(last) = found.last_mut()
        {
            last.value.push(' ');
            last.value.push_str(line);
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or((line, "true"));
        let value = value.trim();
        let key = if continued { key.trim() } else { unquoted(key.trim()) };
        found.push(Line { section, key, value: unquoted(value).to_owned() });
    }
    found.into_iter()
}
