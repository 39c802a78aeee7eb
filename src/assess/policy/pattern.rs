//! Which packages a line of a policy is about: a package URL with `*`, and a range of versions.

use crate::source::registry::{Ecosystem, in_range};

/// A package URL without a version, with `*` for any characters, and a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// `pkg:npm/%40scope/*`.
    pub purl: String,
    /// `>=1.2 <2`; every version when empty.
    pub versions: String,
}

impl Pattern {
    /// A pattern, when it is one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(purl: &str, versions: &str) -> Result<Self, String> {
        let ecosystem = ecosystem(purl);
        if !purl.starts_with("pkg:") && purl != "*" {
            return Err(format!("{purl:?} is no package URL (pkg:npm/name, pkg:pypi/name, with * for any characters)"));
        }
        let name = purl.rsplit('/').next().unwrap_or(purl);
        if name.contains('@') {
            return Err(format!("{purl:?}: a version stands in `versions`, and @ before a scope is written %40"));
        }
        if !versions.is_empty() && ecosystem.and_then(|e| in_range(e, versions, "0.0.0")).is_none() {
            return Err(format!("{versions:?} is no range of versions of {purl}"));
        }
        Ok(Self { purl: purl.to_owned(), versions: versions.to_owned() })
    }

    /// Whether it is about a package; what has no package URL is matched by `*` only.
    #[must_use]
    pub fn holds(&self, purl: Option<&str>) -> bool {
        if self.purl == "*" {
            return true;
        }
        let Some(purl) = purl else { return false };
        let purl = purl.split(['?', '#']).next().unwrap_or(purl);
        let (name, version) = match purl.rsplit_once('@') {
            Some((name, version)) => (name, version),
            None => (purl, ""),
        };
        glob(&self.purl, name)
            && (self.versions.is_empty()
                || ecosystem(name).and_then(|e| in_range(e, &self.versions, version)).unwrap_or(false))
    }
}

fn ecosystem(purl: &str) -> Option<Ecosystem> {
    match purl.strip_prefix("pkg:")?.split('/').next()? {
        "npm" => Some(Ecosystem::Npm),
        "pypi" => Some(Ecosystem::Pypi),
        _ => None,
    }
}

/// Whether a text is what a pattern says; `*` stands for any characters. Linear in the text for each star.
#[must_use]
pub fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = rest.get(at.saturating_add(part.len())..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}
