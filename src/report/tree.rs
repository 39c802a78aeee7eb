//! `peephole tree` for people: what was found inside, drawn as a tree, with what could not be opened in its place. Nothing
//! is cut without saying how much, and what matters most (bad findings, gaps) is cut last.

mod row;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use super::Summary;
use super::terminal::Style;
use super::text::{clean, clip, count, human_bytes};
use crate::assess::{Assessment, Tree, TreeNode};
use crate::model::{Component, Gap, Severity};

/// Lines drawn below one content.
const CHILDREN: usize = 50;
/// Components drawn of one content.
const COMPONENTS: usize = 10;
/// Characters of a gap's words.
const WORDS: usize = 400;

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Colours and columns.
    pub style: Style,
    /// No character outside ASCII.
    pub ascii: bool,
    /// Levels drawn below a root; all when absent.
    pub depth: Option<usize>,
    /// Whether everything is drawn that a content holds, however much it is.
    pub all: bool,
}

/// Writes the trees of all artifacts, by path.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, assessments: &[Assessment], options: &Options) -> io::Result<()> {
    let mut sorted: Vec<&Assessment> = assessments.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    sorted.into_iter().try_for_each(|a| artifact(out, a, options))
}

/// Writes the last lines. `exit` is the code that the process will end with, and what it means.
///
/// # Errors
/// What the output said.
pub fn summary(out: &mut dyn Write, s: &Summary, options: &Options, exit: (u8, &str)) -> io::Result<()> {
    let said = format!(
        "{} in {}, {}",
        count(s.files, "file", "files"),
        count(s.artifacts, "artifact", "artifacts"),
        human_bytes(s.bytes)
    );
    line(out, options, &said)?;
    if s.gaps > 0 {
        let places = count(s.gaps, "place", "places");
        let holders = count(s.artifacts_with_gaps, "artifact", "artifacts");
        line(
            out,
            options,
            &row::tinted(options, row::GAP, &format!("not complete: {places} in {holders} not opened")),
        )?;
    }
    line(out, options, &format!("exit code {}: {}", exit.0, clean(exit.1)))
}

/// What is drawn on one line.
enum Item<'a> {
    Node(usize),
    /// A gap of the content above, or of an entry in it.
    Gap(&'a Gap),
    Component(&'a Component),
    /// What is left out.
    More(String),
}

fn artifact(out: &mut dyn Write, a: &Assessment, options: &Options) -> io::Result<()> {
    line(out, options, &row::root(a, options))?;
    let Some(tree) = &a.tree else {
        // Nothing of it could be looked at.
        for gap in &a.gaps {
            let gap = Gap { reason: gap.reason, entry: String::new(), detail: gap.detail.clone() };
            line(out, options, &format!("└─ {}", row::gap(&gap, options)))?;
        }
        return line(out, options, "");
    };
    // Prefix, whether it is the last of its content, item. The next line lies on top.
    let mut stack: Vec<(String, bool, Item<'_>)> = Vec::new();
    push(&mut stack, "", below(tree, 0, options));
    while let Some((prefix, last, item)) = stack.pop() {
        let branch = if last { "└─ " } else { "├─ " };
        let text = match &item {
            Item::Node(at) => {
                let used = prefix.chars().count().saturating_add(3);
                tree.nodes().get(*at).map_or_else(String::new, |node| row::node(tree, node, used, options))
            }
            Item::Gap(gap) => row::gap(gap, options),
            Item::Component(component) => row::component(component, options),
            Item::More(words) => row::tinted(options, row::DIM, words),
        };
        line(out, options, &format!("{prefix}{branch}{text}"))?;
        if let Item::Node(at) = item {
            let inner = format!("{prefix}{}", if last { "   " } else { "│  " });
            push(&mut stack, &inner, below(tree, at, options));
        }
    }
    line(out, options, "")
}

fn push<'a>(stack: &mut Vec<(String, bool, Item<'a>)>, prefix: &str, items: Vec<Item<'a>>) {
    let last = items.len().saturating_sub(1);
    for (at, item) in items.into_iter().enumerate().rev() {
        stack.push((prefix.to_owned(), at == last, item));
    }
}

/// Everything that is drawn right below a content: its own gaps, what it holds together with what of it did not open,
/// its components.
fn below<'a>(tree: &'a Tree, at: usize, options: &Options) -> Vec<Item<'a>> {
    let Some(node) = tree.nodes().get(at) else { return Vec::new() };
    let (own, entries): (Vec<&Gap>, Vec<&Gap>) = node.gaps.iter().partition(|g| g.entry.is_empty());
    let mut items: Vec<Item<'a>> = Vec::new();
    let shown = if options.all { own.len() } else { CHILDREN };
    items.extend(own.iter().copied().take(shown).map(Item::Gap));
    if let Some(more) = own.len().checked_sub(shown).filter(|n| *n > 0) {
        items.push(Item::More(format!("… and {} not opened: --all", count(more as u64, "more part", "more parts"))));
    }
    if options.depth.is_some_and(|most| node.depth >= most) {
        items.extend(too_deep(node, entries.len() as u64));
        return items;
    }
    let mut held = held(tree, node, &entries);
    let more = if options.all { None } else { cut(tree, &mut held) };
    items.extend(held.into_iter().map(|(_, item)| item));
    items.extend(more.map(Item::More));
    let shown = if options.all { node.components.len() } else { COMPONENTS };
    items.extend(node.components.iter().take(shown).map(Item::Component));
    if let Some(more) = node.components.len().checked_sub(shown).filter(|n| *n > 0) {
        items.push(Item::More(format!("… and {}: --all", count(more as u64, "more component", "more components"))));
    }
    items
}

/// What stands in the place of a level that is not drawn.
fn too_deep(node: &TreeNode, entries: u64) -> Option<Item<'static>> {
    let own = (node.gaps.len() as u64).saturating_sub(entries);
    let gaps = node.inside.gaps.saturating_sub(own);
    if node.children.is_empty() && gaps == 0 && node.components.is_empty() {
        return None;
    }
    let mut words = format!("… {} inside", count(node.inside.files, "file", "files"));
    if node.inside.files > 0 {
        words.push_str(&format!(" ({})", human_bytes(node.inside.bytes)));
    }
    if gaps > 0 {
        words.push_str(&format!(", {} not opened", count(gaps, "place", "places")));
    }
    Some(Item::More(format!("{words}: --depth {}", node.depth.saturating_add(1))))
}

/// Children and entries that did not become one, by name, each with what it weighs when there is no room: 0 is drawn
/// first.
fn held<'a>(tree: &'a Tree, node: &'a TreeNode, entries: &[&'a Gap]) -> Vec<(u8, Item<'a>)> {
    let mut held = Vec::with_capacity(node.children.len() + entries.len());
    let mut gaps = entries.iter().copied().peekable();
    for child in &node.children {
        let Some(node) = tree.nodes().get(*child) else { continue };
        let named = !matches!(node.step, Some(crate::model::Step::Bytes { .. } | crate::model::Step::Decoded { .. }));
        while let Some(gap) = gaps.next_if(|g| !named || g.entry <= node.name) {
            held.push((1, Item::Gap(gap)));
        }
        let weight = match node.inside.worst {
            Some(worst) if worst >= Severity::High => 0,
            _ if node.inside.gaps > 0 => 1,
            Some(worst) if worst >= Severity::Medium => 2,
            _ if !node.children.is_empty() => 3,
            _ => 4,
        };
        held.push((weight, Item::Node(*child)));
    }
    held.extend(gaps.map(|gap| (1, Item::Gap(gap))));
    held
}

/// Leaves the most important lines, in their order, and says what is left out.
fn cut(tree: &Tree, held: &mut Vec<(u8, Item<'_>)>) -> Option<String> {
    if held.len() <= CHILDREN {
        return None;
    }
    let mut by_weight: Vec<usize> = (0..held.len()).collect();
    by_weight.sort_by_key(|at| held.get(*at).map(|(weight, _)| *weight));
    let mut stays = vec![false; held.len()];
    for at in by_weight.into_iter().take(CHILDREN) {
        if let Some(stays) = stays.get_mut(at) {
            *stays = true;
        }
    }
    let (mut files, mut bytes, mut gaps) = (0_u64, 0_u64, 0_u64);
    let mut stays = stays.into_iter();
    held.retain(|(_, item)| {
        let stays = stays.next().unwrap_or(true);
        match item {
            Item::Node(at) if !stays => {
                if let Some(node) = tree.nodes().get(*at) {
                    files = files.saturating_add(1);
                    bytes = bytes.saturating_add(node.bytes).saturating_add(node.inside.bytes);
                    gaps = gaps.saturating_add(node.inside.gaps);
                }
            }
            Item::Gap(_) if !stays => gaps = gaps.saturating_add(1),
            _ => {}
        }
        stays
    });
    let mut words = "… and".to_owned();
    if files > 0 {
        words.push_str(&format!(" {} more ({})", row::thousands(files), human_bytes(bytes)));
    }
    if gaps > 0 {
        let and = if files > 0 { ", with" } else { "" };
        words.push_str(&format!("{and} {} not opened", count(gaps, "more place", "more places")));
    }
    Some(format!("{words}: --all"))
}

/// Writes one line, without a character outside ASCII where that is asked for.
fn line(out: &mut dyn Write, options: &Options, text: &str) -> io::Result<()> {
    if !options.ascii {
        return writeln!(out, "{text}");
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '├' => plain.push('|'),
            '│' => plain.push('|'),
            '└' => plain.push('`'),
            '─' => plain.push('-'),
            '…' => plain.push_str("..."),
            c if c.is_ascii() => plain.push(c),
            c => plain.push_str(&format!("<U+{:04X}>", c as u32)),
        }
    }
    writeln!(out, "{plain}")
}

/// A gap's or a component's words, bounded.
fn words(text: &str) -> String {
    clip(&clean(text), WORDS)
}
