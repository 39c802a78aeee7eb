//! The table of an asar archive.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::integrity::Integrity;
use crate::model::Gap;
use crate::parse::fields::Fields;
use crate::unwrap::carrier;

/// The tree and where the files' bytes begin.
pub(super) struct Header {
    pub(super) root: Node,
    pub(super) data: usize,
}

/// A folder, a link or a file. What is of a wrong type is as if it were not there.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Node {
    #[serde(default)]
    pub(super) files: Option<BTreeMap<String, Node>>,
    #[serde(default, deserialize_with = "text")]
    pub(super) link: Option<String>,
    #[serde(default, deserialize_with = "flag")]
    pub(super) unpacked: bool,
    #[serde(default)]
    size: Value,
    #[serde(default)]
    offset: Value,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) integrity: Option<Integrity>,
}

impl Header {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Gap> {
        let fields = Fields::new(bytes, true);
        let word = |at| fields.u32(at).map(u64::from);
        let (Some(4), Some(outer), Some(_), Some(len)) = (word(0), word(4), word(8), word(12)) else {
            return Err(Gap::malformed("no asar header"));
        };
        let Some(json) = fields.range(16, len) else {
            let present = bytes.len().saturating_sub(16);
            return Err(Gap::malformed(format!(
                "the table of files is cut off: {len} bytes promised, {present} present"
            )));
        };
        let data = usize::try_from(outer.saturating_add(8)).unwrap_or(usize::MAX);
        if len.saturating_add(16) > data as u64 || data > bytes.len() {
            return Err(Gap::malformed(format!(
                "the table of files ends at {}, the files begin at {data}",
                len.saturating_add(16)
            )));
        }
        let root: Node = carrier::json(json)
            .map_err(|gap| Gap::new(gap.reason, format!("the table of files cannot be read: {}", gap.detail)))?;
        if root.files.is_none() {
            return Err(Gap::malformed("the table holds no files"));
        }
        Ok(Self { root, data })
    }
}

impl Node {
    /// Offset in the data, and size. The offset is a text, since JavaScript's numbers are not exact beyond 2^53.
    pub(super) fn place(&self) -> Option<(u64, u64)> {
        let offset = match &self.offset {
            Value::String(text) => text.parse().ok()?,
            other => other.as_u64()?,
        };
        Some((offset, self.size.as_u64()?))
    }
}

fn text<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => Some(text),
        _ => None,
    })
}

fn flag<'de, D: serde::Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(from)? == Value::Bool(true))
}

/// What is said about integrity; said in an unknown way counts as said and not understood.
fn lenient<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Integrity>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Null => None,
        value => Some(Integrity::deserialize(value).unwrap_or_default()),
    })
}
