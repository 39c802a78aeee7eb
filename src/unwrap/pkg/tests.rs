use std::io::Write as _;

use super::super::testing::{Seen, open, survive};
use super::*;
use crate::analyze::native::testing::ElfBuilder;
use crate::model::GapReason;

/// A prelude with these arguments.
fn prelude(files: &str, links: &str, words: &str, compression: u8) -> Vec<u8> {
    let text = format!(
        "(function(process, require, console, EXECPATH_FD, PAYLOAD_POSITION, PAYLOAD_SIZE) {{ return (function (REQUIRE_COMMON) \
         {{\n}})(function (exports) {{\n}},\n{files}\n,\n\"/snapshot/a/index.js\"\n,\n{links}\n,\n{words}\n,\n{compression}\n);\n}})"
    );
    text.into_bytes()
}

/// A runtime whose built-in script names four places, then payload and prelude.
fn filled(payload: &[u8], prelude: &[u8]) -> Vec<u8> {
    let build = |numbers: [usize; 4]| {
        let names = ["PAYLOAD_POSITION", "PAYLOAD_SIZE", "PRELUDE_POSITION", "PRELUDE_SIZE"];
        let lines = names.iter().zip(numbers).map(|(name, n)| format!("    var {name} = '{n:<22}' | 0;\n"));
        let mut elf = ElfBuilder::program();
        elf.data = lines.collect::<String>().into_bytes();
        elf.build()
    };
    let at = build([0; 4]).len();
    let mut bytes = build([at, payload.len(), at + payload.len(), prelude.len()]);
    assert_eq!(bytes.len(), at);
    bytes.extend(payload);
    bytes.extend(prelude);
    bytes
}

/// As [`filled`], by a base binary that keeps the numbers in compiled code.
fn silent(payload: &[u8], prelude: &[u8]) -> Vec<u8> {
    let mut elf = ElfBuilder::program();
    elf.data = b"var PAYLOAD_POSITION = '// PAYLOAD_POSITION //' | 0;".to_vec();
    [&elf.build(), payload, prelude].concat()
}

const FILES: &str =
    r#"{"/snapshot/a/index.js":{"1":[0,5],"3":[5,2]},"/snapshot/a/b.js":{"0":[7,4]},"/snapshot/a":{"2":[11,4]}}"#;
const PAYLOAD: &[u8] = b"f(1);{}\x62\x05\xde\xc0[\"\"]";

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn rules(seen: &Seen) -> Vec<&'static str> {
    seen.findings.iter().map(|f| f.rule.id).collect()
}

#[test]
fn files_are_slices_and_bytecode_is_a_gap() {
    let prelude = prelude(FILES, "{}", "{}", 0);
    for bytes in [filled(PAYLOAD, &prelude), silent(PAYLOAD, &prelude)] {
        let seen = open(&Pkg, FileKind::Elf, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["prelude.js", "/snapshot/a/index.js", "/snapshot/a/b.js.v8-bytecode"]);
        assert_eq!(seen.content("/snapshot/a/index.js"), b"f(1);");
        assert_eq!(seen.content("/snapshot/a/b.js.v8-bytecode"), b"\x62\x05\xde\xc0");
        assert_eq!(seen.content("prelude.js"), prelude);
        let gap = &seen.gaps[0];
        assert_eq!((seen.gaps.len(), gap.reason, gap.entry.as_str()), (1, GapReason::Unsupported, "/snapshot/a/b.js"));
        assert!(gap.detail.contains("bytecode only, no source"));
        assert_eq!(rules(&seen), ["native-single-file-bundle"]);
    }
}

#[test]
fn compressed_files_with_shortened_paths() {
    let stores = [gzip(b"f(1);"), gzip(b"{}")];
    let (first, second) = (stores[0].len(), stores[1].len());
    let files = format!(r#"{{"/0/1/2":{{"1":[0,{first}],"3":[{first},{second}]}}}}"#);
    let prelude = prelude(&files, r#"{"/0/1/3":"/0/1/2"}"#, r#"{"snapshot":"0","a":"1","index.js":"2"}"#, 1);
    let seen = open(&Pkg, FileKind::Elf, &filled(&stores.concat(), &prelude));
    assert_eq!((&seen.result, &seen.gaps[..]), (&Ok(()), &[][..]));
    assert_eq!(seen.names(), ["prelude.js", "/snapshot/a/index.js", "folders.txt"]);
    assert_eq!(seen.content("/snapshot/a/index.js"), b"f(1);");
    assert_eq!(seen.content("folders.txt"), b"{}\n");
    assert_eq!(rules(&seen), ["native-single-file-bundle", "entry-link"]);
}

#[test]
fn brotli_and_zstd() {
    // "f(1);" as a stored metablock, and as a raw block.
    let brotli = b"\x40\x00\x10f(1);\x03";
    let zstd = b"\x28\xb5\x2f\xfd\x20\x05\x29\0\0f(1);";
    for (number, packed) in [(2, &brotli[..]), (3, &zstd[..])] {
        let prelude = prelude(&format!(r#"{{"/0":{{"1":[0,{}]}}}}"#, packed.len()), "{}", r#"{"a.js":"0"}"#, number);
        let seen = open(&Pkg, FileKind::Elf, &filled(packed, &prelude));
        assert_eq!((&seen.result, &seen.gaps[..]), (&Ok(()), &[][..]), "{number}");
        assert_eq!(seen.content("/a.js"), b"f(1);");
    }
}

#[test]
fn lies_are_gaps() {
    let outside = prelude(r#"{"/a.js":{"1":[0,999]},"/b.js":{"1":[0,5]},"/c":{"7":[5,2]}}"#, "{}", "{}", 0);
    let seen = open(&Pkg, FileKind::Elf, &filled(PAYLOAD, &outside));
    assert_eq!(seen.result, Ok(()));
    assert_eq!(seen.gaps.iter().map(|g| g.entry.as_str()).collect::<Vec<_>>(), ["/a.js", "/c"]);
    assert_eq!(seen.names(), ["prelude.js", "/b.js", "/c.store", "unclaimed"]);
    assert_eq!(rules(&seen), ["native-single-file-bundle", "bundle-bytes-unclaimed"]);

    let seen = open(&Pkg, FileKind::Elf, &filled(PAYLOAD, b"(function() {})"));
    assert_eq!((seen.names(), seen.result.is_err()), (vec!["prelude.js", "payload"], true));
    let seen = open(&Pkg, FileKind::Elf, &filled(PAYLOAD, &prelude(FILES, "{}", "{}", 9)));
    assert_eq!((seen.names(), seen.broken().reason), (vec!["prelude.js", "payload"], GapReason::Unsupported));
    let whole = filled(PAYLOAD, &prelude(FILES, "{}", "{}", 0));
    let seen = open(&Pkg, FileKind::Elf, &whole[..whole.len() - 20]);
    assert_eq!((seen.names(), seen.broken().reason), (vec!["payload"], GapReason::Malformed));
}

#[test]
fn overlapping_files_are_reported() {
    let files = r#"{"/a.js":{"1":[0,5]},"/b.js":{"1":[3,12]}}"#;
    let seen = open(&Pkg, FileKind::Elf, &filled(PAYLOAD, &prelude(files, "{}", "{}", 0)));
    assert_eq!(rules(&seen), ["native-single-file-bundle", "bundle-entries-overlap"]);
}

#[test]
fn the_packer_itself_is_not_packed() {
    // Its source holds the first words and no arguments.
    let seen = open(
        &Pkg,
        FileKind::Elf,
        &silent(
            b"",
            b"(function(process, require, console, EXECPATH_FD, PAYLOAD_POSITION, PAYLOAD_SIZE) { ${prelude}\n})",
        ),
    );
    assert!(seen.result.is_ok() && seen.children.is_empty() && seen.findings.is_empty());
}

#[test]
fn broken_ones_end() {
    survive(&Pkg, FileKind::Elf, &filled(PAYLOAD, &prelude(FILES, "{}", "{}", 0)));
    let packed = gzip(b"f(1);");
    let files = format!(r#"{{"/0":{{"1":[0,{}]}}}}"#, packed.len());
    survive(&Pkg, FileKind::Elf, &silent(&packed, &prelude(&files, "{}", r#"{"a.js":"0"}"#, 1)));
}

#[test]
fn the_archive_of_a_single_executable() {
    use crate::limits::{Budget, Limits, MemoryPool};
    use crate::model::ByteView;
    let packed = [gzip(b"f(1);"), gzip(b"{}")];
    let lens = packed.each_ref().map(Vec::len);
    let manifest = format!(
        r#"{{"entrypoint":"/snapshot/a.js","offsets":{{"/a.js":[0,{}],"/b.json":[{},{}],"/c":[9999,1]}},"compression":1}}"#,
        lens[0], lens[0], lens[1]
    );
    let bytes = [manifest.as_bytes(), &packed.concat()].concat();
    let budget = Budget::new(std::sync::Arc::new(Limits::default()), MemoryPool::new(1 << 20), 1000);
    let mut children = Vec::new();
    let mut sink = |child: super::super::Child| {
        if let super::super::Content::Deferred(decode) = child.content {
            children.push((child.name, decode(&budget).view.to_vec()));
        }
    };
    let mut out = Entries::new(&budget, &mut sink);
    let len = bytes.len();
    sea::open(&ByteView::from_vec(bytes), &mut out, manifest.as_bytes(), manifest.len()..len).unwrap();
    assert_eq!(out.gaps.iter().map(|g| g.entry.as_str()).collect::<Vec<_>>(), ["/c"]);
    assert_eq!(children, [("/a.js".to_owned(), b"f(1);".to_vec()), ("/b.json".to_owned(), b"{}".to_vec())]);
}
