//! Everything that was found inside a root, at every place, in an order in which people look for it: what
//! `peephole tree` shows. A list and no nest of boxes, so that nothing that walks it needs recursion.

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use super::verdict::{locator, weight};
use crate::correlate::Incident;
use crate::model::{Component, ContentId, FactKind, FileKind, Gap, Severity, Step};
use crate::package::{Member, Package, Placed, Role};
use crate::parse::outline::Outline;

/// The contents of one root.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Every content, the root first, parents before their children, the children of one content by name.
    nodes: Vec<TreeNode>,
}

/// One content at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeNode {
    /// What holds it; nothing holds the root.
    pub parent: Option<usize>,
    /// How many contents lie around it.
    pub depth: usize,
    /// What it holds.
    pub children: Vec<usize>,
    /// Its name inside its parent; the root's is its file name.
    pub name: String,
    /// How it comes out of its parent.
    pub step: Option<Step>,
    /// What it is.
    pub kind: FileKind,
    /// The kind that its name claims, when the content contradicts it.
    pub claimed: Option<FileKind>,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256; of a folder, of its sorted list of digests and paths.
    pub id: ContentId,
    /// SHA-1, when the run was asked for it.
    pub sha1: Option<[u8; 20]>,
    /// What is left of a text without its formatting, when the run was asked for trees.
    pub shape: Option<[u8; 8]>,
    /// Its functions, when the run was asked for them.
    pub outline: Option<Arc<Outline>>,
    /// What it is there for.
    pub role: Role,
    /// How many findings it has of each severity, in the order of [`Severity::ALL`].
    pub findings: [u64; 5],
    /// What of it was not examined. A gap with an entry is about something inside that did not become a child.
    pub gaps: Vec<Gap>,
    /// What of known name is built into it.
    pub components: Vec<Component>,
    /// What lies inside it.
    pub inside: Inside,
}

/// What lies inside a content, at every depth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Inside {
    /// Contents, itself not counted.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Gaps, its own ones among them.
    pub gaps: u64,
    /// The worst finding, its own ones among them.
    pub worst: Option<Severity>,
}

impl Tree {
    /// The tree of a root, from its members and the findings that only the whole shows. `path` is the root as it was
    /// reached on disk.
    #[must_use]
    pub fn of(path: &str, package: &Package<'_>, placed: &[Placed], incidents: &[Incident]) -> Self {
        let mut nodes = nodes(path, package);
        for Placed { member, finding } in placed {
            if let (Some(node), Some(host)) = (nodes.get_mut(*member), package.members.get(*member)) {
                count(&mut node.findings, weight(finding, host));
            }
        }
        for Incident { member, finding } in incidents {
            if let Some(node) = nodes.get_mut(*member) {
                count(&mut node.findings, finding.severity);
            }
        }
        let mut tree = Self { nodes };
        tree.hand_gaps_down();
        tree.sort();
        tree.sum_up();
        tree
    }

    /// Every content, the root first, parents before their children, the children of one content by name.
    #[must_use]
    pub fn nodes(&self) -> &[TreeNode] {
        &self.nodes
    }

    /// The steps from the root to a content.
    #[must_use]
    pub fn steps(&self, node: usize) -> Vec<&Step> {
        let mut steps = Vec::new();
        let mut at = self.nodes.get(node);
        while let Some(node) = at {
            steps.extend(&node.step);
            at = node.parent.and_then(|p| self.nodes.get(p));
        }
        steps.reverse();
        steps
    }

    /// Where a content is, as findings and gaps say it.
    #[must_use]
    pub fn locator(&self, node: usize) -> String {
        let top = self.nodes.first().map_or("", |root| root.name.as_str());
        locator(top, self.steps(node))
    }

    /// Adds a gap about the root that showed only at the end.
    pub(super) fn add_gap(&mut self, gap: Gap) {
        if let Some(root) = self.nodes.first_mut() {
            root.gaps.push(gap);
            root.inside.gaps = root.inside.gaps.saturating_add(1);
        }
    }

    /// A container tells of an entry that was decoded in part; the gap belongs to the child that came of it.
    fn hand_gaps_down(&mut self) {
        for at in 0..self.nodes.len() {
            let Some(node) = self.nodes.get_mut(at) else { break };
            if node.children.is_empty() || node.gaps.iter().all(|g| g.entry.is_empty()) {
                continue;
            }
            let gaps = std::mem::take(&mut node.gaps);
            let mut by_name: HashMap<String, usize> = HashMap::new();
            for child in node.children.clone() {
                if let Some(node) = self.nodes.get(child) {
                    by_name.entry(node.name.clone()).or_insert(child);
                }
            }
            for mut gap in gaps {
                let target = by_name.get(&gap.entry).copied().filter(|_| !gap.entry.is_empty());
                if target.is_some() {
                    gap.entry.clear();
                }
                if let Some(node) = self.nodes.get_mut(target.unwrap_or(at)) {
                    node.gaps.push(gap);
                }
            }
        }
        for node in &mut self.nodes {
            node.gaps.sort_by(|a, b| (&a.entry, a.reason, &a.detail).cmp(&(&b.entry, b.reason, &b.detail)));
            node.gaps.dedup();
        }
    }

    /// Puts entries in the order of their names and what was found in bytes in the order of its places.
    fn sort(&mut self) {
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut stack = vec![0_usize];
        while let Some(at) = stack.pop() {
            let Some(mut children) = self.nodes.get_mut(at).map(|n| std::mem::take(&mut n.children)) else { continue };
            children.sort_by(|a, b| self.key(*a).cmp(&self.key(*b)));
            stack.extend(children.iter().rev());
            order.push(at);
        }
        let mut place = vec![0_usize; self.nodes.len()];
        for (new, old) in order.iter().enumerate() {
            if let Some(place) = place.get_mut(*old) {
                *place = new;
            }
        }
        let mut old: Vec<Option<TreeNode>> = std::mem::take(&mut self.nodes).into_iter().map(Some).collect();
        for at in order {
            let Some(mut node) = old.get_mut(at).and_then(Option::take) else { continue };
            node.parent = node.parent.and_then(|p| place.get(p)).copied();
            let own = self.nodes.len();
            if let Some(parent) = node.parent.and_then(|p| self.nodes.get_mut(p)) {
                parent.children.push(own);
            }
            self.nodes.push(node);
        }
    }

    fn key(&self, node: usize) -> (u64, &str, ContentId) {
        self.nodes.get(node).map_or((0, "", ContentId([0; 32])), |n| {
            let place = match n.step {
                // One more than the offset: what has a name comes first.
                Some(Step::Bytes { offset, .. } | Step::Decoded { offset, .. }) => offset.saturating_add(1),
                Some(Step::Member { .. } | Step::Stream { .. }) | None => 0,
            };
            (place, n.name.as_str(), n.id)
        })
    }

    /// Counts from the last content to the first, so that each has its sum before it is added to what holds it.
    fn sum_up(&mut self) {
        for at in (0..self.nodes.len()).rev() {
            let Some(node) = self.nodes.get_mut(at) else { break };
            let own = Severity::ALL.into_iter().zip(node.findings).filter(|(_, n)| *n > 0).map(|(s, _)| s).max();
            node.inside.worst = node.inside.worst.max(own);
            node.inside.gaps = node.inside.gaps.saturating_add(node.gaps.len() as u64);
            let (inside, bytes, parent) = (node.inside, node.bytes, node.parent);
            if let Some(parent) = parent.and_then(|p| self.nodes.get_mut(p)) {
                let sum = &mut parent.inside;
                sum.files = sum.files.saturating_add(inside.files).saturating_add(1);
                sum.bytes = sum.bytes.saturating_add(inside.bytes).saturating_add(bytes);
                sum.gaps = sum.gaps.saturating_add(inside.gaps);
                sum.worst = sum.worst.max(inside.worst);
            }
        }
    }
}

fn count(findings: &mut [u64; 5], severity: Severity) {
    let at = Severity::ALL.iter().position(|s| *s == severity);
    if let Some(n) = at.and_then(|at| findings.get_mut(at)) {
        *n = n.saturating_add(1);
    }
}

/// One node for each member, at the member's index.
fn nodes(path: &str, package: &Package<'_>) -> Vec<TreeNode> {
    let mut nodes: Vec<TreeNode> = Vec::with_capacity(package.members.len());
    // The contents around the current one, the root first: members stand parents before children.
    let mut around: Vec<usize> = Vec::new();
    for (index, member) in package.members.iter().enumerate() {
        around.truncate(member.way.len());
        let parent = around.last().copied();
        let edge = parent
            .zip(member.way.last())
            .and_then(|(parent, at)| package.members.get(parent)?.analysis.children.get(*at));
        let name = edge.map_or_else(|| crate::model::artifact::base_name(path).to_owned(), |e| e.name.clone());
        let step = edge.map(|e| e.step.clone());
        nodes.push(node(member, parent, name, step));
        if let Some(parent) = parent.and_then(|p| nodes.get_mut(p)) {
            parent.children.push(index);
        }
        around.push(index);
    }
    nodes
}

fn node(member: &Member<'_>, parent: Option<usize>, name: String, step: Option<Step>) -> TreeNode {
    let analysis = member.analysis;
    let mut findings = [0; 5];
    for finding in &analysis.findings {
        count(&mut findings, weight(finding, member));
    }
    let mut components: Vec<Component> = member
        .facts()
        .filter_map(|fact| match fact {
            FactKind::Component(component) => Some((**component).clone()),
            _ => None,
        })
        .collect();
    components.sort();
    components.dedup();
    TreeNode {
        parent,
        depth: member.way.len(),
        children: Vec::new(),
        name,
        step,
        kind: analysis.kind,
        claimed: member.claimed,
        bytes: analysis.bytes,
        id: analysis.id,
        sha1: analysis.sha1,
        shape: analysis.shape,
        outline: analysis.outline.clone(),
        role: member.role,
        findings,
        gaps: analysis.gaps.clone(),
        components,
        inside: Inside::default(),
    }
}
