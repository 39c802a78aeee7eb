//! Opens bytes in tests and keeps all that came out.

use std::ops::Range;
use std::sync::Arc;

use super::{Child, Content, Entries, Input, Wrapper};
use crate::limits::{Budget, Limits, MemoryPool};
use crate::model::{Artifact, ByteView, ContentId, Fact, FileKind, Finding, Gap, Identity};
use crate::parse::Parsed;

/// All that a wrapper gave.
pub(super) struct Seen {
    pub(super) children: Vec<(String, Vec<u8>)>,
    pub(super) findings: Vec<Finding>,
    pub(super) gaps: Vec<Gap>,
    pub(super) facts: Vec<Fact>,
    /// Parts of the container that its children account for, as they came.
    pub(super) accounted: Vec<Range<usize>>,
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
    let artifact = artifact(kind, name, view.clone());
    let file = Parsed::new(&artifact);
    let mut children = Vec::new();
    let mut late = Vec::new();
    let mut sink = |child: Child| {
        let view = match child.content {
            Content::Ready(view) => view,
            Content::Deferred(decode) => {
                let produced = decode(&budget);
                late.extend(produced.gap.map(|g| g.at(child.name.clone())));
                produced.view
            }
        };
        children.push((child.name, view.to_vec()));
    };
    let mut out = Entries::new(&budget, &mut sink);
    let result = wrapper.unwrap(&Input { file: &file, view: &view, kind, name, passwords }, &mut out);
    let accounted = out.take_accounted();
    let (findings, mut gaps, facts) = (out.findings, out.gaps, out.facts);
    gaps.append(&mut late);
    Seen { children, findings, gaps, facts, accounted, result }
}

/// Opens many broken variants of `bytes`: cut off at up to 256 places, and 2,000 times with a few bytes changed to what
/// breaks parsers (0, all ones, large lengths, neighbours). The same variants every time. Whatever a wrapper makes of
/// them, it must not panic, nor give more than the budget of a small root.
pub(super) fn survive(wrapper: &dyn Wrapper, kind: FileKind, bytes: &[u8]) {
    let limits = || Limits { unwrapped: 64 << 20, entry: 16 << 20, entries: 10_000, ..Limits::default() };
    let step = (bytes.len() / 256).max(1);
    for end in (0..bytes.len()).step_by(step) {
        open_with(wrapper, kind, "x", &bytes[..end], limits(), &[]);
    }
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 16).unwrap() % below.max(1)
    };
    const NASTY: [u8; 8] = [0, 1, 0x7f, 0x80, 0xff, 0xfe, 0x10, 0x40];
    for _ in 0..2000 {
        let mut broken = bytes.to_vec();
        for _ in 0..=next(4) {
            let at = next(broken.len());
            let width = [1, 1, 2, 4, 8][next(5)];
            let value = NASTY[next(8)];
            for byte in broken.iter_mut().skip(at).take(width) {
                *byte = if next(4) == 0 { byte.wrapping_add(1) } else { value };
            }
        }
        open_with(wrapper, kind, "x", &broken, limits(), &[]);
    }
}

/// An artifact made of bytes.
pub(super) fn artifact(kind: FileKind, name: &str, view: ByteView) -> Artifact {
    let identity = Identity { kind, claimed: None };
    Artifact { id: ContentId([0; 32]), view, identity, name: name.to_owned(), depth: 0 }
}

/// Bytes from hex digits.
pub(super) fn hex(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}
