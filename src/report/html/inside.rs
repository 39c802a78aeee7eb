//! What is inside: every content with its kind, size and digest, so that the large file behind the small one is seen.

use super::Report;
use super::escape::Page;
use crate::assess::TreeNode;
use crate::report::text::{clip, count, human_bytes};

/// Contents drawn of one artifact.
const NODES: usize = 400;
/// Levels that are indented.
const LEVELS: usize = 6;

/// Writes the trees, where the run was asked for them.
pub(super) fn tree(page: &mut Page, report: &Report<'_>) {
    page.raw("<section id=\"inside\"><h2>What is inside</h2>\n");
    for a in report.assessments {
        page.raw("<details><summary>");
        page.text(&format!(
            "{} · {} · {} in {}",
            a.purl.as_deref().unwrap_or(&a.path),
            a.kind,
            count(a.files, "file", "files"),
            human_bytes(a.bytes)
        ));
        page.raw("</summary>\n<p class=\"dim\">sha256 <code>");
        page.text(a.sha256.as_deref().unwrap_or("not read"));
        page.raw("</code></p>\n");
        if let Some(tree) = &a.tree {
            page.head(&["content", "kind", "size", "sha256"]);
            // What is large or accused first within its place would tear the tree apart: it is drawn in its order.
            for node in tree.nodes().iter().take(NODES) {
                row(page, node);
            }
            page.end_table();
            let more = tree.nodes().len().saturating_sub(NODES) as u64;
            if more > 0 {
                let more = count(more, "more content", "more contents");
                page.element("p", "dim", &format!("… and {more} (`peephole tree --format json` has all)"));
            }
        }
        page.raw("</details>\n");
    }
    page.raw("</section>\n");
}

fn row(page: &mut Page, node: &TreeNode) {
    let level = node.depth.min(LEVELS);
    page.raw(&format!("<tr><td><div class=\"d{level}\">"));
    page.text(&clip(&node.name, 300));
    let found: u64 = node.findings.iter().skip(2).sum();
    if found > 0 {
        page.raw(" <span class=\"medium\">");
        page.text(&count(found, "finding", "findings"));
        page.raw("</span>");
    }
    if !node.gaps.is_empty() {
        page.raw(" <span class=\"incomplete\">");
        page.text(&count(node.gaps.len() as u64, "gap", "gaps"));
        page.raw("</span>");
    }
    page.raw("</div></td>");
    page.element("td", "", node.kind.word());
    page.element("td", "", &human_bytes(node.bytes));
    page.element("td", "mono", &node.id.to_string().chars().take(16).collect::<String>());
    page.raw("</tr>\n");
}
