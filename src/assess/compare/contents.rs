//! Which contents came, went, moved and changed. Paths are compared without the version that archives put into them, and
//! contents by digest first, so that what only moved is told from what is new.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::functions::{self, Functions, Pool};
use super::paired::pair;
use crate::assess::{Assessment, TreeNode};
use crate::model::{ContentId, FileKind};
use crate::parse::outline::Outline;

/// A content at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The path, without the version.
    pub path: String,
    /// What it is.
    pub kind: FileKind,
    /// Length in bytes: of the new version where there is one.
    pub bytes: u64,
    /// SHA-256 in the old version.
    pub old: Option<ContentId>,
    /// SHA-256 in the new version.
    pub new: Option<ContentId>,
    /// Where it was before, when it moved.
    pub from: Option<String>,
    /// What became of its functions, when it is a program that changed.
    pub functions: Option<Box<Functions>>,
}

impl Entry {
    /// The path as it is told: a file that was compared itself has none.
    #[must_use]
    pub fn shown(&self) -> &str {
        if self.path.is_empty() { "the file itself" } else { &self.path }
    }
}

/// Contents that differ. Containers are left out: what they hold is listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// Only in the new version.
    pub added: Vec<Entry>,
    /// Only in the old version.
    pub removed: Vec<Entry>,
    /// At the same path with other bytes.
    pub changed: Vec<Entry>,
    /// Only formatting differs, or names that the file itself gives, or the digest in its own name.
    pub reformatted: Vec<Entry>,
    /// The same bytes at another path.
    pub moved: Vec<Entry>,
    /// The same bytes at the same path.
    pub same: u64,
}

/// Makes paths of two versions equal.
#[derive(Debug, Clone)]
pub(super) struct Tidy {
    top: String,
    version: Option<String>,
    prefix: String,
}

impl Tidy {
    /// How the paths of one root are read.
    pub(super) fn of(a: &Assessment) -> Self {
        let top = crate::model::artifact::base_name(&a.path).to_owned();
        let purl = a.purl.as_deref().unwrap_or_default();
        let (name, version) = match purl.split('?').next().unwrap_or_default().rsplit_once('@') {
            Some((name, version)) => (name.to_owned(), Some(version.replace("%2B", "+"))),
            None => (purl.to_owned(), None),
        };
        // Archives of one name are compared with one another; a file that has none stands for itself.
        Self { top, version: version.filter(|v| v.len() > 2), prefix: name }
    }

    fn without_version(&self, path: &str) -> String {
        match &self.version {
            Some(version) => path.replace(version.as_str(), "*"),
            None => path.to_owned(),
        }
    }

    /// A locator as a path that both versions have.
    pub(super) fn place(&self, locator: &str) -> String {
        let inside = locator.strip_prefix(self.top.as_str()).unwrap_or(locator);
        format!("{}{}", self.prefix, self.without_version(&without_offsets(inside)))
    }

    /// The path that a locator's content has here, when it is one of this root.
    pub(super) fn path_below(&self, locator: &str) -> Option<String> {
        let below = locator.strip_prefix(self.top.as_str())?;
        (below.is_empty() || below.starts_with(['!', '/', '#'])).then(|| self.path(locator))
    }

    fn path(&self, locator: &str) -> String {
        let inside = locator.strip_prefix(self.top.as_str()).unwrap_or(locator);
        let inside = self.without_version(inside.trim_start_matches("!/"));
        if self.prefix.is_empty() { inside } else { format!("{}!/{inside}", self.prefix) }
    }
}

/// What is decoded is numbered by its offset (`#base64@120`), which moves with every line before it.
fn without_offsets(locator: &str) -> String {
    let mut parts = locator.split('@');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push('@');
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

struct Content<'a> {
    node: &'a TreeNode,
}

fn listed<'a>(all: &[&'a Assessment]) -> Listed<'a> {
    let mut found = Listed::new();
    let mut twice: HashMap<String, u64> = HashMap::new();
    for a in all {
        let Some(tree) = &a.tree else { continue };
        let tidy = Tidy::of(a);
        for (at, node) in tree.nodes().iter().enumerate() {
            // A container is what it holds, as long as something was found in it.
            if !node.children.is_empty() && (node.kind.is_container() || node.kind == FileKind::Folder) {
                continue;
            }
            // Two contents of one path (an archive may have that) are told apart by number.
            let plain = tidy.path(&tree.locator(at));
            let times = twice.entry(plain.clone()).or_insert(0_u64);
            *times = times.saturating_add(1);
            let path = if *times == 1 { plain } else { format!("{plain} ({times})") };
            found.insert(path, Content { node });
        }
    }
    found
}

/// Compares the contents of two versions.
pub(super) fn compare(old: &[&Assessment], new: &[&Assessment], not_compared: &mut Vec<String>) -> Contents {
    let (before, now) = (listed(old), listed(new));
    let mut contents = Contents::default();
    let mut removed: HashMap<ContentId, Vec<&str>> = HashMap::new();
    for (path, content) in &before {
        if !now.contains_key(path) {
            removed.entry(content.node.id).or_default().push(path);
        }
    }
    let mut taken: HashSet<String> = HashSet::new();
    for (path, content) in &now {
        let node = content.node;
        let entry = |old: Option<&TreeNode>, from: Option<String>| Entry {
            path: path.clone(),
            kind: node.kind,
            bytes: node.bytes,
            old: old.map(|o| o.id),
            new: Some(node.id),
            from,
            functions: None,
        };
        match before.get(path).map(|c| c.node) {
            Some(known) if known.id == node.id => contents.same = contents.same.saturating_add(1),
            Some(known) if known.shape.is_some() && known.shape == node.shape => {
                contents.reformatted.push(entry(Some(known), None));
            }
            Some(known) => {
                contents.changed.push(entry(Some(known), None));
            }
            None => match removed.get_mut(&node.id).and_then(Vec::pop) {
                Some(from) => {
                    taken.insert(from.to_owned());
                    contents.moved.push(entry(Some(node), Some(from.to_owned())));
                }
                None => contents.added.push(entry(None, None)),
            },
        }
    }
    for (path, content) in &before {
        if !now.contains_key(path) && !taken.contains(path) {
            let node = content.node;
            contents.removed.push(Entry {
                path: path.clone(),
                kind: node.kind,
                bytes: node.bytes,
                old: Some(node.id),
                new: None,
                from: None,
                functions: None,
            });
        }
    }
    pair(&mut contents, |path| outline_of(&before, path), |path| outline_of(&now, path));
    compare_functions(&mut contents, &before, &now, not_compared);
    contents
}

type Listed<'a> = BTreeMap<String, Content<'a>>;

fn outline_of<'a>(listed: &Listed<'a>, path: &str) -> Option<&'a Outline> {
    listed.get(path)?.node.outline.as_deref()
}

/// Compares what changed function by function, and tells of what programs that could not be done.
fn compare_functions(contents: &mut Contents, before: &Listed<'_>, now: &Listed<'_>, not_compared: &mut Vec<String>) {
    let pool = |all: &Listed<'_>| Pool::of(all.values().filter_map(|c| c.node.outline.as_deref()));
    let (old_pool, new_pool) = (pool(before), pool(now));
    let mut changed = Vec::new();
    for mut entry in std::mem::take(&mut contents.changed) {
        if !(entry.kind.is_script() || entry.kind.is_executable()) {
            changed.push(entry);
            continue;
        }
        let old = outline_of(before, entry.from.as_deref().unwrap_or(&entry.path));
        let Some((old, new)) = old.zip(outline_of(now, &entry.path)) else {
            not_compared.push(format!("{}: changed, and its functions were not listed", entry.shown()));
            changed.push(entry);
            continue;
        };
        let compared = functions::compare(old, new, entry.kind.is_executable(), &old_pool, &new_pool);
        if let Some(why) = compared.missing {
            not_compared.push(format!("{}: changed, and not all functions were compared: {why}", entry.shown()));
        }
        // Data of a native program may differ where its code does not.
        let is_same = entry.kind.is_script() && compared.does_the_same();
        entry.functions = Some(Box::new(compared));
        if is_same { contents.reformatted.push(entry) } else { changed.push(entry) }
    }
    contents.changed = changed;
}
