//! Every version of a package, with the day on which it was published where the registry says so.

use serde_json::Value;

use super::pypi;
use super::version::{npm, pep440};
use super::{Ecosystem, Name, Registry, Trouble};

/// One version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// As its registry writes it.
    pub version: String,
    /// When: RFC 3339, as the registry says it.
    pub time: Option<String>,
    /// Whether it is a pre-release.
    pub pre: bool,
}

impl Registry {
    /// All versions, the lowest first.
    ///
    /// # Errors
    /// What kept the registry from saying them.
    pub fn versions(&self, name: &Name) -> Result<Vec<Published>, Trouble> {
        match name.ecosystem {
            Ecosystem::Npm => self.npm_versions(name),
            Ecosystem::Pypi => pypi::versions(self, name),
        }
    }

    fn npm_versions(&self, name: &Name) -> Result<Vec<Published>, Trouble> {
        let address = self.config.npm_of(&name.name).below(&name.name.replace('/', "%2f"));
        // The short form has no times.
        let document = self.document_of(&address, "application/json", &format!("{address} in full"))?;
        let packument: Value = serde_json::from_str(&document.body)
            .map_err(|e| Trouble::Malformed(format!("{address} is no JSON document: {e}")))?;
        let versions = packument.get("versions").and_then(Value::as_object);
        let time = |v: &str| packument.get("time").and_then(|t| t.get(v)).and_then(Value::as_str).map(str::to_owned);
        let mut found: Vec<(semver::Version, Published)> = versions
            .into_iter()
            .flatten()
            .filter_map(|(v, _)| {
                let parsed = npm::version(v)?;
                let pre = !parsed.pre.is_empty();
                Some((parsed, Published { version: v.clone(), time: time(v), pre }))
            })
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(found.into_iter().map(|(_, p)| p).collect())
    }
}

/// Sorts versions of a Python distribution and takes each once.
pub(super) fn sorted_python(all: Vec<(String, Option<String>)>) -> Vec<Published> {
    let mut found: Vec<(pep440::Version, Published)> = Vec::new();
    for (version, time) in all {
        let Some(parsed) = pep440::Version::parse(&version) else { continue };
        match found.iter_mut().find(|(v, _)| *v == parsed) {
            // The first upload is when it was there.
            Some((_, known)) => {
                if known.time.is_none() || time.as_ref().is_some_and(|t| known.time.as_ref().is_some_and(|k| t < k)) {
                    known.time = time;
                }
            }
            None => {
                let pre = parsed.is_pre();
                found.push((parsed, Published { version, time, pre }));
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.into_iter().map(|(_, p)| p).collect()
}
