//! The archives of one release against one another: who reads the source distribution of a Python project has not read what
//! its wheels install. Nothing holds the two together but the one who has built them.
//!
//! Known uses: code that only the wheel has, while the sources that people look at are clean (ultralytics, 2024). Honest
//! look-alikes: modules that a build writes (versions, protocol buffers), so it is told and accuses nobody.

use std::collections::HashMap;

use super::{Assessment, Part, Tree, TreeNode, Vetted};
use crate::model::{ContentId, Family};

/// Most modules that are named.
const NAMED: usize = 8;
/// How many folders of a source distribution a module of the wheel may lie in, and most modules that may be the same one.
const DEEPEST: usize = 4;
const MOST_VERSIONS: usize = 32;

impl Vetted {
    /// Whether a wheel came together with the source distribution that it should be built of.
    #[must_use]
    pub fn has_sources(&self) -> bool {
        self.parts.iter().any(|p| is_wheel(p) && self.sources_of(p).is_some())
    }

    /// Notes what wheels hold that the source distribution of their release does not, for assessments with trees.
    pub fn compare_distributions(&mut self, assessments: &[Assessment]) {
        let tree_of = |part: &Part| -> Option<&Tree> {
            let path = part.path.as_deref()?;
            assessments.iter().find(|a| a.path == path)?.tree.as_deref()
        };
        // Most wheels of one release differ alike.
        let mut lists: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
        for wheel in self.parts.iter().filter(|p| is_wheel(p)) {
            let Some(sources) = self.sources_of(wheel) else { continue };
            let (Some(built), Some(sources)) = (tree_of(wheel), tree_of(sources)) else { continue };
            let differing = differing(built, sources);
            match lists.iter_mut().find(|(list, _)| *list == differing) {
                Some((_, wheels)) => wheels.push(file_name(wheel)),
                None => lists.push((differing, vec![file_name(wheel)])),
            }
        }
        let note = |(modules, wheels): (Vec<String>, Vec<&str>)| {
            format!(
                "{}: not as in the source distribution: {} (builds write modules; look at them in the wheel)",
                some_of(&wheels, 1),
                some_of(&modules, NAMED),
            )
        };
        let notes: Vec<String> = lists.into_iter().filter(|(modules, _)| !modules.is_empty()).map(note).collect();
        self.notes.extend(notes);
    }

    fn sources_of(&self, wheel: &Part) -> Option<&Part> {
        let name = release(wheel)?;
        self.parts.iter().find(|p| is_sources(p) && release(p) == Some(name))
    }
}

/// The first of a list, and how many more there are.
fn some_of<T: AsRef<str>>(list: &[T], most: usize) -> String {
    let first: Vec<&str> = list.iter().take(most).map(AsRef::as_ref).collect();
    match list.len() - first.len() {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// The package URL without the file.
fn release(part: &Part) -> Option<&str> {
    part.purl.as_deref().and_then(|purl| purl.split('?').next()).filter(|purl| purl.starts_with("pkg:pypi/"))
}

fn file_name(part: &Part) -> &str {
    let address = part.address.split(['?', '#']).next().unwrap_or_default();
    address.rsplit('/').next().unwrap_or_default()
}

fn is_wheel(part: &Part) -> bool {
    file_name(part).ends_with(".whl")
}

fn is_sources(part: &Part) -> bool {
    [".tar.gz", ".zip", ".tar.bz2", ".tgz"].iter().any(|end| file_name(part).ends_with(end))
}

/// The modules of a wheel that the sources do not have, or have otherwise, by their paths.
fn differing(wheel: &Tree, sources: &Tree) -> Vec<String> {
    // The sources may lie in a folder of the archive, in `src/` there, and deeper.
    let mut known: HashMap<&str, Vec<Version>> = HashMap::new();
    for (path, node) in modules(sources) {
        let ends = path.match_indices('/').map(|(at, _)| at + 1).take(DEEPEST);
        for end in std::iter::once(0).chain(ends).filter_map(|at| path.get(at..)) {
            let versions = known.entry(end).or_default();
            if versions.len() < MOST_VERSIONS {
                versions.push(Version::of(node));
            }
        }
    }
    let mut found: Vec<String> = modules(wheel)
        .filter(|(path, node)| {
            let own = Version::of(node);
            !known.get(path).into_iter().flatten().any(|version| own.is_same(version))
        })
        .map(|(path, _)| path.to_owned())
        .collect();
    found.sort_unstable();
    found
}

/// What of a module is compared.
struct Version {
    id: ContentId,
    shape: Option<[u8; 8]>,
}

impl Version {
    fn of(node: &TreeNode) -> Self {
        Self { id: node.id, shape: node.shape }
    }

    /// Whether both are the same but for their formatting.
    fn is_same(&self, other: &Self) -> bool {
        self.id == other.id || self.shape.is_some() && self.shape == other.shape
    }
}

/// The files of an archive that Python runs, with their paths in it. What was found inside of a file is none.
fn modules(tree: &Tree) -> impl Iterator<Item = (&str, &TreeNode)> {
    let is_module = |name: &str| [".py", ".pyw", ".pth"].iter().any(|end| name.ends_with(end));
    let is_packed = |node: &TreeNode| {
        let holder = node.parent.and_then(|parent| tree.nodes().get(parent));
        holder.is_some_and(|holder| holder.kind.family() == Family::Container)
    };
    let files = tree.nodes().iter().filter(move |node| is_module(&node.name) && is_packed(node));
    files.map(|node| (node.name.trim_start_matches("./"), node))
}
