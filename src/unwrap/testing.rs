//! Opens bytes in tests and keeps all that came out.

use std::sync::Arc;

use super::{Child, Content, Entries, Input, Wrapper};
use crate::limits::{Budget, Limits, MemoryPool};
use crate::model::{ByteView, FileKind, Finding, Gap};

/// All that a wrapper gave.
pub(super) struct Seen {
    pub(super) children: Vec<(String, Vec<u8>)>,
    pub(super) findings: Vec<Finding>,
    pub(super) gaps: Vec<Gap>,
    pub(super) result: Result<(), Gap>,
}

impl Seen {
    pub(super) fn names(&self) -> Vec<&str> {
        self.children.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The gap that ended the work.
    pub(super) fn broken(&self) -> Gap {
        self.result.clone().unwrap_err()
    }

    pub(super) fn content(&self, name: &str) -> &[u8] {
        &self.children.iter().find(|(n, _)| n == name).unwrap().1
    }
}

pub(super) fn open(wrapper: &dyn Wrapper, kind: FileKind, bytes: &[u8]) -> Seen {
    open_named(wrapper, kind, "x", bytes)
}

pub(super) fn open_named(wrapper: &dyn Wrapper, kind: FileKind, name: &str, bytes: &[u8]) -> Seen {
    open_with(wrapper, kind, name, bytes, Limits::default(), &[])
}

pub(super) fn open_with(
    wrapper: &dyn Wrapper,
    kind: FileKind,
    name: &str,
    bytes: &[u8],
    limits: Limits,
    passwords: &[String],
) -> Seen {
    let pool = MemoryPool::new(limits.memory);
    let budget = Budget::new(Arc::new(limits), pool, bytes.len() as u64);
    let view = ByteView::from_vec(bytes.to_vec());
    let mut children = Vec::new();
    let mut sink = |child: Child| {
        let view = match child.content {
            Content::Ready(view) => view,
            Content::Deferred(decode) => decode(&budget).view,
        };
        children.push((child.name, view.to_vec()));
    };
    let mut out = Entries::new(&budget, &mut sink);
    let result = wrapper.unwrap(&Input { view: &view, kind, name, passwords }, &mut out);
    let (findings, gaps) = (out.findings, out.gaps);
    Seen { children, findings, gaps, result }
}

/// Bytes from hex digits.
pub(super) fn hex(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}
