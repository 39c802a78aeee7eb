//! Records of the Open Source Vulnerabilities format, as far as they report malice.
//!
//! Reference: <https://ossf.github.io/osv-schema/>. Which records count: those whose id begins with `MAL-`, those that have
//! such an id as an alias, and those that name the origin of a report of malice; a severity is not asked for, since reports
//! of malice have none. What was withdrawn does not count.

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Record {
    pub(super) id: String,
    #[serde(default)]
    pub(super) modified: String,
    #[serde(default)]
    pub(super) withdrawn: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    pub(super) affected: Vec<Affected>,
    #[serde(default)]
    database_specific: Value,
}

#[derive(Deserialize)]
pub(super) struct Affected {
    #[serde(default)]
    pub(super) package: Option<Package>,
    #[serde(default)]
    pub(super) ranges: Vec<Range>,
    #[serde(default)]
    pub(super) versions: Vec<String>,
    #[serde(default)]
    database_specific: Value,
}

#[derive(Deserialize)]
pub(super) struct Package {
    #[serde(default)]
    pub(super) ecosystem: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) purl: String,
}

#[derive(Deserialize)]
pub(super) struct Range {
    #[serde(rename = "type", default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) events: Vec<Event>,
}

#[derive(Deserialize, Clone)]
pub(super) struct Event {
    #[serde(default)]
    pub(super) introduced: Option<String>,
    #[serde(default)]
    pub(super) fixed: Option<String>,
    #[serde(default)]
    pub(super) last_affected: Option<String>,
    #[serde(default)]
    pub(super) limit: Option<String>,
}

impl Record {
    /// The id under which malice is reported, when it is.
    pub(super) fn malicious(&self) -> Option<&str> {
        if self.id.starts_with("MAL-") {
            return Some(&self.id);
        }
        if let Some(alias) = self.aliases.iter().find(|a| a.starts_with("MAL-")) {
            return Some(alias);
        }
        let names = |value: &Value| {
            value.get("malicious-packages-origins").is_some_and(|o| o.as_array().is_none_or(|a| !a.is_empty()))
                || value
                    .get("cwe_ids")
                    .and_then(Value::as_array)
                    .is_some_and(|ids| ids.iter().any(|id| id.as_str() == Some("CWE-506")))
        };
        (names(&self.database_specific) || self.affected.iter().any(|a| names(&a.database_specific)))
            .then_some(self.id.as_str())
    }
}
