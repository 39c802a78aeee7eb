use super::*;
use crate::assess::Verdict;
use crate::assess::tree::testing::{component, content, decoded, member, named, sample, tree};
use crate::model::{Fact, FactKind, FileKind, GapReason};
use crate::report::testing::{HOSTILE, empty, summary as sum};
use crate::report::text::is_clean;

const PLAIN: Options =
    Options { style: Style { colour: false, width: 0, show_passes: false }, ascii: false, depth: None, all: false };

fn assessment(path: &str, root: &crate::analyze::Analysis) -> Assessment {
    let package = crate::package::Package::of(path, root);
    let mut a = crate::assess::assess(path, &package, vec![], vec![], 0.0);
    a.tree = Some(Box::new(tree(path, root)));
    a
}

fn drawn(a: &Assessment, options: Options) -> String {
    let mut out = Vec::new();
    artifact(&mut out, a, &options).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_tree_shows_what_is_where() {
    let text = drawn(&assessment("in/x.zip.gz", &sample()), PLAIN);
    let wanted = "\
in/x.zip.gz  gzip  1.4 kB  070707070707  6 files inside, 2.0 MB  NOT COMPLETE: 4 places not opened
└─ x.zip  gzip  zip  1.5 kB  060606060606  5 files inside, 2.0 MB
   ├─ ! malformed: the directory lies
   ├─ a.txt  png  named as text  10 bytes  050505050505
   │  └─ ! malformed: ends early
   ├─ bin/tool  elf  2.0 MB  040404040404  components: 2 (go-buildinfo)
   │  ├─ ! unsupported: bytecode only, no source
   │  ├─ + example.invalid/m v1.0.0
   │  └─ + example.invalid/n v1.0.0
   ├─ ! locked.bin: encrypted: no password opens it
   └─ tests/z.py  python  30 bytes  030303030303  2 files inside, 5.0 kB  1 medium
      ├─ base64@20.txt  text  5.0 kB  020202020202
      └─ base64@900.txt  text  4 bytes  010101010101

";
    assert_eq!(text, wanted);
}

#[test]
fn ascii_changes_only_what_is_not_ascii() {
    let root = named("täst\u{2502}.py", "locked.bin");
    let text = drawn(&assessment("x", &root), Options { ascii: true, ..PLAIN });
    assert!(text.is_ascii(), "{text}");
    assert!(text.contains("   |- ! locked.bin: encrypted") || text.contains("   |- bin/tool  elf"), "{text}");
    assert!(text.contains("`- t<U+00E4>st|.py  python"), "{text}");
}

#[test]
fn depth_hides_levels_and_says_so() {
    let a = assessment("x.zip.gz", &sample());
    let one = drawn(&a, Options { depth: Some(1), ..PLAIN });
    assert_eq!(one.lines().count(), 5, "{one}");
    assert!(one.contains("   ├─ ! malformed: the directory lies\n"), "{one}");
    assert!(one.contains("   └─ … 5 files inside (2.0 MB), 3 places not opened: --depth 2\n"), "{one}");
    let none = drawn(&a, Options { depth: Some(0), ..PLAIN });
    assert!(none.contains("└─ … 6 files inside (2.0 MB), 4 places not opened: --depth 1\n"), "{none}");
    assert_eq!(drawn(&a, Options { depth: Some(9), ..PLAIN }), drawn(&a, PLAIN));
}

#[test]
fn many_children_are_cut_and_counted_but_what_matters_stays() {
    let mut entries: Vec<_> =
        (0..3_500).map(|i| member("zip", &format!("a{i:04}"), content(FileKind::Text, 1, 5_000, vec![]))).collect();
    let mut broken = content(FileKind::Text, 2, 1, vec![]);
    broken.gaps = vec![Gap::malformed("torn")];
    entries.push(member("zip", "y", broken));
    let inner = content(FileKind::Zip, 3, 1, vec![member("zip", "in", content(FileKind::Text, 4, 1, vec![]))]);
    entries.push(member("zip", "z", inner));
    let mut zip = content(FileKind::Zip, 5, 9, entries);
    zip.gaps = vec![Gap::new(GapReason::Encrypted, "locked").at("x")];
    let a = assessment("x.zip", &zip);
    let text = drawn(&a, PLAIN);
    assert!(text.contains("3,503 files inside, 17.5 MB"), "{text}");
    assert!(
        text.contains("├─ … and 3,453 more (17.3 MB): --all\n")
            || text.contains("└─ … and 3,453 more (17.3 MB): --all\n"),
        "{text}"
    );
    for wanted in [
        "├─ a0000",
        "├─ a0046",
        "├─ ! x: encrypted: locked",
        "├─ y  text",
        "! malformed: torn",
        "├─ z  zip",
        "└─ in  text",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is missing in\n{text}");
    }
    assert!(!text.contains("a0047"), "{text}");
    let all = drawn(&a, Options { all: true, ..PLAIN });
    assert_eq!(all.lines().count(), 1 + 3_504 + 1 + 1);
    assert!(!all.contains('…'));
}

#[test]
fn gaps_that_have_no_room_are_counted() {
    let mut zip = content(FileKind::Zip, 5, 9, vec![]);
    zip.gaps = (0..200).map(|i| Gap::new(GapReason::Encrypted, "locked").at(format!("x{i:03}"))).collect();
    zip.gaps.extend((0..60).map(|i| Gap::malformed(format!("lie {i:02}"))));
    let text = drawn(&assessment("x.zip", &zip), PLAIN);
    assert!(text.contains("├─ … and 10 more parts not opened: --all\n"), "{text}");
    assert!(text.contains("└─ … and 150 more places not opened: --all\n"), "{text}");
    assert!(text.contains("NOT COMPLETE: 260 places not opened"), "{text}");
    assert_eq!(drawn(&assessment("x.zip", &zip), Options { all: true, ..PLAIN }).lines().count(), 262);
}

#[test]
fn many_components_are_counted() {
    let mut elf = content(FileKind::Elf, 5, 9, vec![]);
    elf.facts = (0..189).map(|i| Fact::whole(FactKind::Component(Box::new(component(&format!("m{i:03}")))))).collect();
    let text = drawn(&assessment("x", &elf), PLAIN);
    assert!(text.contains("components: 189 (go-buildinfo)"), "{text}");
    assert!(text.contains("├─ + example.invalid/m009 v1.0.0\n└─ … and 179 more components: --all\n"), "{text}");
}

#[test]
fn what_could_not_be_read_is_told() {
    let mut a = empty("gone.zip", Verdict::Incomplete);
    a.kind = String::new();
    a.gaps = vec![crate::assess::ReportedGap {
        reason: GapReason::Unreadable,
        locator: "gone.zip".to_owned(),
        detail: "No such file".to_owned(),
    }];
    let text = drawn(&a, PLAIN);
    assert_eq!(text, "gone.zip  NOT COMPLETE: 1 place not opened\n└─ ! unreadable: No such file\n\n");
    let mut out = Vec::new();
    summary(&mut out, &sum(&[a]), &PLAIN, (4, "something was not opened")).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("not complete: 1 place in 1 artifact not opened\n"), "{text}");
    assert!(text.ends_with("exit code 4: something was not opened\n"), "{text}");
}

#[test]
fn nothing_of_a_hostile_name_reaches_the_terminal() {
    let mut root = named(HOSTILE, HOSTILE);
    root.gaps = vec![Gap::malformed(HOSTILE)];
    for (ascii, width) in [(false, 0), (true, 0), (false, 40), (true, 120)] {
        let style = Style { colour: false, width, show_passes: false };
        let text = drawn(&assessment(&format!("dir/{HOSTILE}"), &root), Options { ascii, style, ..PLAIN });
        for line in text.split('\n') {
            assert!(is_clean(line), "{line:?}");
        }
        // Every line is one of ours.
        assert!(!text.lines().any(|l| l.starts_with('|') && !l.starts_with("|- ") && !l.starts_with("|  ")), "{text}");
    }
}

#[test]
fn a_name_is_shortened_to_the_width_and_colour_changes_no_word() {
    let root =
        content(FileKind::Zip, 1, 1, vec![member("zip", &"n".repeat(300), content(FileKind::Text, 2, 2, vec![]))]);
    let style = Style { colour: false, width: 80, show_passes: false };
    let text = drawn(&assessment("x", &root), Options { style, ..PLAIN });
    assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
    let plain = drawn(&assessment("x.gz", &sample()), PLAIN);
    let style = Style { colour: true, width: 0, show_passes: false };
    let coloured = drawn(&assessment("x.gz", &sample()), Options { style, ..PLAIN });
    assert!(coloured.contains("\u{1b}["));
    let mut stripped = String::new();
    for (i, part) in coloured.split('\u{1b}').enumerate() {
        stripped.push_str(if i == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain);
}

#[test]
fn deep_nests_are_drawn_without_recursion() {
    let mut deep = content(FileKind::Text, 1, 1, vec![]);
    for i in 0..255 {
        deep = content(FileKind::Python, 2, 1, vec![decoded(i, deep)]);
    }
    assert_eq!(drawn(&assessment("x", &deep), PLAIN).lines().count(), 257);
}
