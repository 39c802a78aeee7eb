//! Lists of one entry a line: digests, hosts, packages.

use super::parts_of;

/// A line of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Empty, or a comment.
    Nothing,
    /// Neither of what is known.
    Unreadable,
    /// The SHA-256 of a content, and why.
    Digest([u8; 32], String),
    /// A host, and why.
    Host(String, String),
    /// A package, one version or all, and why.
    Package { ecosystem: String, name: String, version: Option<String>, label: String },
}

/// What a line says. Words behind the entry, separated by a blank, comma or semicolon, say why; `source` otherwise.
pub(super) fn entry(line: &str, source: &str) -> Entry {
    let line = line.trim();
    if line.is_empty() || line.starts_with(['#', ';']) || line.starts_with("//") {
        return Entry::Nothing;
    }
    let (what, why) = line.split_once([' ', '\t', ',', ';']).unwrap_or((line, ""));
    let what = what.trim_matches('"');
    let why = why.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '*'));
    let label = if why.is_empty() { source.to_owned() } else { format!("{source}: {why}") };
    if let Some(digest) = digest(what.strip_prefix("sha256:").unwrap_or(what)) {
        return Entry::Digest(digest, label);
    }
    if what.starts_with("pkg:") {
        return match parts_of(what) {
            Some((ecosystem, name, version)) => Entry::Package {
                ecosystem: ecosystem.to_owned(),
                name,
                version: (!version.is_empty()).then_some(version),
                label,
            },
            None => Entry::Unreadable,
        };
    }
    if let Some((ecosystem, rest)) = what.split_once(':').filter(|(e, _)| is_ecosystem(e)) {
        // A scope begins with the same sign.
        let (name, version) = match rest.char_indices().skip(1).find(|(_, c)| *c == '@') {
            Some((at, _)) => (rest.get(..at).unwrap_or_default(), rest.get(at + 1..).map(str::to_owned)),
            None => (rest, None),
        };
        let version = version.filter(|v| !v.is_empty() && v != "*");
        return Entry::Package { ecosystem: ecosystem.to_owned(), name: name.to_owned(), version, label };
    }
    let host = what.split_once("://").map_or(what, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default().to_ascii_lowercase();
    let plain = host.contains('.')
        && !host.starts_with('.')
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if plain { Entry::Host(host, label) } else { Entry::Unreadable }
}

fn is_ecosystem(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "npm" | "pypi" | "crates.io" | "rubygems" | "go" | "maven" | "nuget" | "packagist" | "vscode" | "openvsx"
    )
}

fn digest(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 {
        return None;
    }
    let mut out = [0; 32];
    let (pairs, _) = text.as_bytes().as_chunks::<2>();
    for (to, [high, low]) in out.iter_mut().zip(pairs) {
        let digit = |b: u8| (b as char).to_digit(16).and_then(|d| u8::try_from(d).ok());
        *to = digit(*high)? << 4 | digit(*low)?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_digests_hosts_and_packages() {
        let package = |e: &str, n: &str, v: Option<&str>| Entry::Package {
            ecosystem: e.to_owned(),
            name: n.to_owned(),
            version: v.map(str::to_owned),
            label: "l".to_owned(),
        };
        assert_eq!(entry("npm:@a/b@1.0", "l"), package("npm", "@a/b", Some("1.0")));
        assert_eq!(entry("PyPI:x", "l"), package("PyPI", "x", None));
        assert_eq!(entry("pkg:pypi/x@2", "l"), package("pypi", "x", Some("2")));
        assert_eq!(
            entry("https://C2.invalid:80/x why it is", "l"),
            Entry::Host("c2.invalid".to_owned(), "l: why it is".to_owned())
        );
        assert_eq!(entry(&"ab".repeat(32), "l"), Entry::Digest([0xab; 32], "l".to_owned()));
        assert_eq!(entry("# x", "l"), Entry::Nothing);
        for bad in ["word", ".x", "pkg:deb/a@1", "\u{e9}.x", &"zz".repeat(32)] {
            assert_eq!(entry(bad, "l"), Entry::Unreadable, "{bad}");
        }
    }
}
