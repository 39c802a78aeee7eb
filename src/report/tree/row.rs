//! The words of one line of a tree.

use super::{Options, words};
use crate::assess::{Assessment, Tree, TreeNode};
use crate::model::{Component, Gap, Severity, Step};
use crate::package::Role;
use crate::report::text::{clean, clip, clip_middle, components, count, human_bytes};

/// The colour of what was not opened: that of the verdict "incomplete".
pub(super) const GAP: &str = "1;35";
/// What is said beside the matter.
pub(super) const DIM: &str = "2";
const BOLD: &str = "1";
const WORST: &str = "1;31";
const BAD: &str = "1;33";

/// Characters of a name: more than a line, so that it can be copied, but no flood.
const NAME: usize = 240;
/// Least characters of a name, however narrow the terminal is.
const LEAST: usize = 24;
/// Characters of a digest.
const DIGEST: usize = 12;

pub(super) fn tinted(options: &Options, code: &str, text: &str) -> String {
    options.style.paint(code, text)
}

/// The line of a root: its path, what it is, and whether all of it was opened.
pub(super) fn root(a: &Assessment, options: &Options) -> String {
    let mut parts = vec![tinted(options, BOLD, &clip_middle(&clean(&a.path), NAME))];
    match a.tree.as_ref().and_then(|tree| tree.nodes().first().map(|node| (tree, node))) {
        Some((tree, node)) => parts.extend(about(tree, node).into_iter().map(|(tint, text)| match tint {
            Some(tint) => tinted(options, tint, &text),
            None => text,
        })),
        None => parts.extend((!a.kind.is_empty()).then(|| clip(&clean(&a.kind), 40))),
    }
    parts.extend(a.purl.as_deref().map(|purl| clip(&clean(purl), NAME)));
    if !a.gaps.is_empty() {
        let places = count(a.gaps.len() as u64, "place", "places");
        parts.push(tinted(options, GAP, &format!("NOT COMPLETE: {places} not opened")));
    }
    parts.join("  ")
}

/// The line of a content. `used` columns stand before it.
pub(super) fn node(tree: &Tree, node: &TreeNode, used: usize, options: &Options) -> String {
    let about = about(tree, node);
    let rest: usize = about.iter().map(|(_, text)| text.chars().count() + 2).sum();
    let room = match options.style.width {
        0 => NAME,
        width => width.saturating_sub(used + rest).clamp(LEAST, NAME),
    };
    let name = clip_middle(&clean(&node.name), room);
    let name = if name.trim().is_empty() { "(no name)".to_owned() } else { name };
    let mut parts = vec![if node.children.is_empty() { name } else { tinted(options, BOLD, &name) }];
    parts.extend(about.into_iter().map(|(tint, text)| match tint {
        Some(tint) => tinted(options, tint, &text),
        None => text,
    }));
    parts.join("  ")
}

/// What is said about a content beside its name, with the colour of each part.
fn about(tree: &Tree, node: &TreeNode) -> Vec<(Option<&'static str>, String)> {
    let mut parts: Vec<(Option<&'static str>, String)> = Vec::new();
    parts.extend(recipe(tree, node).map(|r| (None, r)));
    parts.push((None, node.kind.word().to_owned()));
    parts.extend(node.claimed.map(|claimed| (Some(BAD), format!("named as {}", claimed.word()))));
    parts.push((None, human_bytes(node.bytes)));
    parts.push((Some(DIM), node.id.to_string().chars().take(DIGEST).collect()));
    if node.inside.files > 0 {
        let files = node.inside.files;
        let noun = if files == 1 { "file" } else { "files" };
        let inside = format!("{} {noun} inside, {}", thousands(files), human_bytes(node.inside.bytes));
        parts.push((Some(DIM), inside));
    }
    if matches!(node.role, Role::Install | Role::Agent) {
        parts.push((None, format!("[{}]", node.role.word())));
    }
    for (severity, n) in Severity::ALL.into_iter().zip(node.findings).rev() {
        if n > 0 && severity >= Severity::Medium {
            let tint = if severity >= Severity::High { WORST } else { BAD };
            parts.push((Some(tint), format!("{n} {}", severity.word())));
        }
    }
    parts.extend(components(&node.components).map(|c| (None, format!("components: {c}"))));
    parts
}

/// How it comes out of its parent, where the parent's kind and the name do not say it.
fn recipe(tree: &Tree, node: &TreeNode) -> Option<String> {
    let parent = node.parent.and_then(|p| tree.nodes().get(p));
    match node.step.as_ref()? {
        Step::Member { format, .. } if parent.is_some_and(|p| p.kind.word() == *format) => None,
        Step::Member { format, .. } => Some((*format).to_owned()),
        Step::Stream { format } => Some((*format).to_owned()),
        Step::Bytes { offset, len } => Some(format!("bytes {offset}..{}", offset.saturating_add(*len))),
        Step::Decoded { recipe, offset } => {
            let recipe = format!("{}@{offset}", clip(&clean(recipe), 80));
            (!clean(&node.name).starts_with(&recipe)).then_some(recipe)
        }
    }
}

/// The line of a gap: `! locked.bin: encrypted: no password opens it`.
pub(super) fn gap(gap: &Gap, options: &Options) -> String {
    let mut text = String::from("! ");
    if !gap.entry.is_empty() {
        text.push_str(&clip_middle(&clean(&gap.entry), NAME));
        text.push_str(": ");
    }
    text.push_str(&format!("{}: {}", gap.reason.word(), words(&gap.detail)));
    tinted(options, GAP, &text)
}

/// The line of a component: `+ github.com/spf13/cobra v1.8.0`.
pub(super) fn component(component: &Component, options: &Options) -> String {
    let version = component.version.as_deref().map_or_else(String::new, |v| format!(" {}", clip(&clean(v), 80)));
    tinted(options, DIM, &format!("+ {}{version}", clip_middle(&clean(&component.name), NAME)))
}

/// `3,467`.
pub(super) fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
