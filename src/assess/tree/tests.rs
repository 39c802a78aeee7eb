use super::testing::{component, content, member, sample, stream, tree};
use super::*;
use crate::model::GapReason;
use crate::rule;

fn names(tree: &Tree) -> Vec<(usize, &str)> {
    tree.nodes().iter().map(|n| (n.depth, n.name.as_str())).collect()
}

fn find<'a>(tree: &'a Tree, name: &str) -> (usize, &'a TreeNode) {
    tree.nodes().iter().enumerate().find(|(_, n)| n.name == name).unwrap()
}

#[test]
fn contents_stand_by_name_and_decoded_ones_by_place() {
    let tree = tree("in/x.zip.gz", &sample());
    assert_eq!(
        names(&tree),
        [
            (0, "x.zip.gz"),
            (1, "x.zip"),
            (2, "a.txt"),
            (2, "bin/tool"),
            (2, "tests/z.py"),
            (3, "base64@20.txt"),
            (3, "base64@900.txt"),
        ]
    );
    for (at, node) in tree.nodes().iter().enumerate() {
        assert!(node.parent.is_none_or(|p| p < at && tree.nodes()[p].children.contains(&at)), "{node:?}");
        assert!(node.children.iter().all(|c| tree.nodes()[*c].parent == Some(at)), "{node:?}");
    }
}

#[test]
fn places_are_those_of_findings_and_gaps() {
    let root = sample();
    let tree = tree("in/x.zip.gz", &root);
    let (at, _) = find(&tree, "base64@20.txt");
    assert_eq!(tree.locator(at), "x.zip.gz!/tests/z.py#base64@20");
    let steps: Vec<String> = tree.steps(at).iter().map(ToString::to_string).collect();
    assert_eq!(steps, ["gzip", "zip member tests/z.py", "base64 at 20"]);
    let package = Package::of("x.zip.gz", &root);
    let assessed = crate::assess::assess("in/x.zip.gz", &package, vec![], vec![], 0.0);
    assert!(tree.locator(find(&tree, "tests/z.py").0) == assessed.findings[0].locator);
    assert_eq!(tree.nodes().len() as u64, assessed.files);
    assert_eq!(tree.nodes().iter().map(|n| n.bytes).sum::<u64>(), assessed.bytes);
    assert_eq!(tree.nodes()[0].inside.gaps, assessed.gaps.len() as u64);
}

#[test]
fn gaps_go_to_what_they_are_about() {
    let tree = tree("x.zip.gz", &sample());
    let details = |n: &TreeNode| n.gaps.iter().map(|g| (g.entry.clone(), g.detail.clone())).collect::<Vec<_>>();
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        details(find(&tree, "x.zip").1),
        [pair("", "the directory lies"), pair("locked.bin", "no password opens it")]
    );
    assert_eq!(details(find(&tree, "a.txt").1), [pair("", "ends early")]);
    assert_eq!(tree.nodes()[0].inside.gaps, 4);
}

#[test]
fn what_lies_inside_is_summed_up() {
    let tree = tree("x.zip.gz", &sample());
    let root = &tree.nodes()[0];
    assert_eq!((root.inside.files, root.inside.bytes), (6, 1_500 + 30 + 4 + 5_000 + 10 + 2_000_000));
    assert_eq!(root.inside.worst, Some(Severity::Medium));
    let (_, code) = find(&tree, "tests/z.py");
    assert_eq!((code.role, code.findings), (Role::Test, [0, 0, 1, 0, 0]), "a finding in a test weighs less");
    assert_eq!(find(&tree, "bin/tool").1.components, [component("m"), component("n")]);
    assert_eq!(find(&tree, "a.txt").1.claimed, Some(FileKind::Text));
}

rule! {
    /// Only for tests.
    LATE = "test-late" in "bin/packed";
    severity: Critical, confidence: Certain,
    title: "Only the whole shows it",
    reference: "https://example.invalid/",
}

#[test]
fn findings_of_the_whole_are_counted_where_they_are() {
    let root = content(FileKind::Zip, 1, 9, vec![member("zip", "a.txt", content(FileKind::Text, 2, 3, vec![]))]);
    let package = Package::of("x.zip", &root);
    let finding = || LATE.finding(crate::model::Evidence::note("seen"));
    let placed = [Placed { member: 1, finding: finding() }, Placed { member: 99, finding: finding() }];
    let incidents = [Incident { member: 0, finding: finding() }];
    let tree = Tree::of("x.zip", &package, &placed, &incidents);
    assert_eq!((tree.nodes()[0].findings, tree.nodes()[1].findings), ([0, 0, 0, 0, 1], [0, 0, 0, 0, 1]));
}

#[test]
fn a_late_gap_stands_at_the_root() {
    let root = sample();
    let package = Package::of("x.zip.gz", &root);
    let mut assessment = crate::assess::assess("x.zip.gz", &package, vec![], vec![], 0.0);
    assessment.tree = Some(Box::new(Tree::of("x.zip.gz", &package, &[], &[])));
    assessment.add_gap("x.zip.gz", Gap::new(GapReason::Unreadable, "it shrank"));
    let tree = assessment.tree.unwrap();
    assert_eq!((tree.nodes()[0].gaps.len(), tree.nodes()[0].inside.gaps), (1, 5));
}

#[test]
fn duplicates_and_deep_nests_keep_their_shape() {
    let text = || content(FileKind::Text, 1, 1, vec![]);
    let doubled = content(FileKind::Zip, 2, 9, vec![member("zip", "a", text()), member("zip", "a", text())]);
    assert_eq!(names(&tree("d", &doubled)), [(0, "d"), (1, "a"), (1, "a")]);
    let mut deep = text();
    for _ in 0..255 {
        deep = content(FileKind::Gzip, 0, 1, vec![stream("x", deep)]);
    }
    let tree = tree("d", &deep);
    assert_eq!((tree.nodes().len(), tree.nodes()[0].inside.files), (256, 255));
}
