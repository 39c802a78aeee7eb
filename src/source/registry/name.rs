//! What a person or a manifest calls a package: `npm:@scope/tool@1.2.3`, `pypi:name==1.2`, or a package URL. Anything
//! else is a path: a name never silently stands for a file, nor a file for a name.
//!
//! Names also come from manifests that a stranger wrote, and go into addresses, so they are checked here and nowhere
//! else (<https://docs.npmjs.com/cli/configuring-npm/package-json#name>, PEP 508 and PEP 503).

use std::fmt;

/// Longest name that is believed; npm allows 214 characters.
const NAME_MAX: usize = 214;
/// Longest version or range that is believed.
const WISH_MAX: usize = 512;

/// Whose packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ecosystem {
    /// npm and what speaks its protocol.
    Npm,
    /// PyPI and other simple indexes.
    Pypi,
}

impl Ecosystem {
    /// The type in a package URL.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Pypi => "pypi",
        }
    }
}

/// A package, and which version of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// Whose.
    pub ecosystem: Ecosystem,
    /// The name as its registry writes it; of PyPI, normalised.
    pub name: String,
    /// A version, a range or a tag; empty means the newest one.
    pub wish: String,
}

impl Name {
    /// Reads what was typed. `None` when it is no name but a path.
    ///
    /// # Errors
    /// What is wrong with it, when it begins like a name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Result<Self, String>> {
        if let Some(rest) = text.strip_prefix("npm:") {
            return Some(npm(rest));
        }
        if let Some(rest) = text.strip_prefix("pypi:").or_else(|| text.strip_prefix("pip:")) {
            return Some(pypi(rest));
        }
        text.starts_with("pkg:").then(|| purl(text))
    }

    /// A checked npm name with a range.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn npm(name: &str, wish: &str) -> Result<Self, String> {
        let plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'))
        };
        let good = match name.strip_prefix('@') {
            Some(scoped) => scoped.split_once('/').is_some_and(|(scope, name)| plain(scope) && plain(name)),
            None => plain(name),
        };
        checked(Ecosystem::Npm, name.to_owned(), good, wish)
    }

    /// A checked and normalised name of a Python distribution.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn pypi(name: &str, wish: &str) -> Result<Self, String> {
        let good = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
            && name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
        checked(Ecosystem::Pypi, normal(name), good, wish)
    }

    /// The package URL with this version.
    #[must_use]
    pub fn purl(&self, version: &str) -> String {
        crate::model::purl::purl(self.ecosystem.word(), &self.name, version, &[])
            .unwrap_or_else(|| format!("pkg:{}/{}@{version}", self.ecosystem.word(), self.name))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.ecosystem.word(), self.name)?;
        if self.wish.is_empty() { Ok(()) } else { write!(f, "@{}", self.wish) }
    }
}

fn checked(ecosystem: Ecosystem, name: String, good: bool, wish: &str) -> Result<Name, String> {
    if !good || name.len() > NAME_MAX {
        return Err(format!("{name:?} is no name of a package of {}", ecosystem.word()));
    }
    if wish.len() > WISH_MAX || wish.chars().any(char::is_control) {
        return Err(format!("{name}: what stands for its version is none"));
    }
    Ok(Name { ecosystem, name, wish: wish.trim().to_owned() })
}

/// The name under which PyPI keeps a distribution (PEP 503).
#[must_use]
pub(super) fn normal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        let c = if matches!(c, '-' | '_' | '.') { '-' } else { c.to_ascii_lowercase() };
        if c != '-' || !out.ends_with('-') {
            out.push(c);
        }
    }
    out
}

/// `@scope/tool@1.2.3`, `tool@^1`, `tool`.
fn npm(text: &str) -> Result<Name, String> {
    let (name, wish) = match text.char_indices().skip(1).find(|(_, c)| *c == '@') {
        Some((at, _)) => text.split_at_checked(at).map_or((text, ""), |(n, w)| (n, w.trim_start_matches('@'))),
        None => (text, ""),
    };
    Name::npm(name, wish)
}

/// `name==1.2`, `name>=1,<2`, `name@1.2`, `name`.
fn pypi(text: &str) -> Result<Name, String> {
    let at = text.find(['=', '<', '>', '~', '!', '@', ' ']).unwrap_or(text.len());
    let (name, wish) = text.split_at_checked(at).unwrap_or((text, ""));
    Name::pypi(name.split('[').next().unwrap_or(name), wish.trim().trim_start_matches('@'))
}

fn purl(text: &str) -> Result<Name, String> {
    let parsed: packageurl::PackageUrl<'_> =
        text.parse().map_err(|e: packageurl::Error| format!("{text} is no package URL: {e}"))?;
    let wish = parsed.version().unwrap_or_default();
    match parsed.ty() {
        "npm" => match parsed.namespace() {
            Some(scope) => Name::npm(&format!("{scope}/{}", parsed.name()), wish),
            None => Name::npm(parsed.name(), wish),
        },
        "pypi" => Name::pypi(parsed.name(), wish),
        other => Err(format!("{text}: packages of {other:?} are not fetched (npm and pypi are)")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Ecosystem, String, String) {
        let name = Name::parse(text).unwrap().unwrap();
        (name.ecosystem, name.name, name.wish)
    }

    #[test]
    fn names_are_read_in_every_spelling() {
        let npm = |n: &str, w: &str| (Ecosystem::Npm, n.to_owned(), w.to_owned());
        let pypi = |n: &str, w: &str| (Ecosystem::Pypi, n.to_owned(), w.to_owned());
        assert_eq!(read("npm:@scope/tool@1.2.3"), npm("@scope/tool", "1.2.3"));
        assert_eq!(read("npm:tool"), npm("tool", ""));
        assert_eq!(read("npm:tool@^1.2"), npm("tool", "^1.2"));
        assert_eq!(read("pkg:npm/%40scope/tool@1.2.3"), npm("@scope/tool", "1.2.3"));
        assert_eq!(read("pypi:Some_Name==1.2"), pypi("some-name", "==1.2"));
        assert_eq!(read("pypi:name>=1,<2"), pypi("name", ">=1,<2"));
        assert_eq!(read("pypi:name@1.2"), pypi("name", "1.2"));
        assert_eq!(read("pypi:name[extra]==1"), pypi("name", "==1"));
        assert_eq!(read("pkg:pypi/django@5.0"), pypi("django", "5.0"));
    }

    #[test]
    fn paths_are_no_names_and_bad_names_are_refused() {
        assert!(Name::parse("./npm/tool.tgz").is_none());
        assert!(Name::parse("tool").is_none());
        for bad in
            ["npm:", "npm:../../etc", "npm:@a", "npm:@a/b/c", "npm:a?b", "npm:.a", "pypi:", "pypi:a/b", "pkg:gem/x@1"]
        {
            assert!(Name::parse(bad).unwrap().is_err(), "{bad}");
        }
    }
}
