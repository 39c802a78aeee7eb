use std::io::Write as _;

use super::super::testing::{Seen, open, survive};
use super::*;
use crate::analyze::native::testing::ElfBuilder;

fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// An entry: type, name, content, whether to pack it.
type Entry<'a> = (u8, &'a str, Vec<u8>, bool);

fn archive(entries: &[Entry<'_>], python: u32, new: bool) -> Vec<u8> {
    let (mut data, mut table) = (Vec::new(), Vec::new());
    let word = |n: usize| u32::try_from(n).unwrap().to_be_bytes();
    for (kind, name, content, packed) in entries {
        let stored = if *packed { zlib(content) } else { content.clone() };
        let name_len = (name.len() + 1).next_multiple_of(16);
        for n in [18 + name_len, data.len(), stored.len(), content.len()] {
            table.extend(word(n));
        }
        table.extend([u8::from(*packed), *kind]);
        table.extend(name.bytes());
        table.extend(vec![0; name_len - name.len()]);
        data.extend(stored);
    }
    let (at, len) = (data.len(), table.len());
    data.extend(table);
    let cookie = if new { 88 } else { 24 };
    let whole = data.len() + cookie;
    data.extend(MAGIC);
    for n in [whole, at, len] {
        data.extend(word(n));
    }
    data.extend(python.to_be_bytes());
    if new {
        data.extend(b"libpython.so");
        data.resize(whole, 0);
    }
    data
}

/// A marshalled code object that does nothing, for 3.8 to 3.10, with one constant.
fn code(constant: &[u8]) -> Vec<u8> {
    let mut code = vec![0xe3];
    code.extend([0; 24]);
    code.extend(b"s\x04\0\0\0d\0S\0)\x01");
    code.extend(constant);
    code.extend(b")\0)\0)\0)\0z\x04x.pyz\x08<module>\x01\0\0\0s\0\0\0\0");
    code
}

fn pyz(modules: &[(i32, &str, Vec<u8>)]) -> Vec<u8> {
    let mut out = b"PYZ\0".to_vec();
    out.extend(Python::Three(9).header().unwrap().iter().take(4));
    out.extend([0; 5]);
    let mut table = vec![b'['];
    table.extend(u32::try_from(modules.len()).unwrap().to_le_bytes());
    for (kind, name, data) in modules {
        table.extend([b')', 2, b'z', u8::try_from(name.len()).unwrap()]);
        table.extend(name.bytes());
        table.extend([b')', 3]);
        for n in [*kind, i32::try_from(out.len()).unwrap(), i32::try_from(data.len()).unwrap()] {
            table.push(b'i');
            table.extend(n.to_le_bytes());
        }
        out.extend(data);
    }
    let at = u32::try_from(out.len()).unwrap();
    out.splice(8..12, at.to_be_bytes());
    out.extend(table);
    out
}

fn program(archive: Vec<u8>) -> Vec<u8> {
    let mut elf = ElfBuilder::program();
    elf.overlay = archive;
    elf.build()
}

fn entries() -> Vec<Entry<'static>> {
    let modules = pyz(&[(0, "a.b", zlib(&code(b"N"))), (1, "a", zlib(&code(b"T"))), (3, "n", Vec::new())]);
    vec![
        (b'o', "pyi-contents-directory _internal", Vec::new(), false),
        (b'm', "struct", code(b"N"), true),
        (b's', "pyi_rth_inspect", code(b"N"), true),
        (b's', "main", code(b"z\x05hello"), true),
        (b'x', "data/plain.txt", b"plain".to_vec(), false),
        (b'b', "lib.so", b"\x7fELF and so on".to_vec(), true),
        (b'n', "link", b"lib.so\0".to_vec(), true),
        (b'd', "other:lib2.so", Vec::new(), false),
        (b'z', "PYZ.pyz", modules, false),
    ]
}

fn check(seen: &Seen) {
    assert_eq!(seen.result, Ok(()));
    assert_eq!(seen.findings.iter().map(|f| f.rule.id).collect::<Vec<_>>(), ["native-single-file-bundle"]);
    assert_eq!(
        seen.names(),
        [
            "struct.pyc",
            "pyi_rth_inspect.pyc",
            "main.pyc",
            "data/plain.txt",
            "lib.so",
            "PYZ.pyz/a/b.pyc",
            "PYZ.pyz/a/__init__.pyc"
        ]
    );
    let mut main = Python::Three(9).header().unwrap();
    main.extend(code(b"z\x05hello"));
    assert_eq!(seen.content("main.pyc"), main);
    assert_eq!(seen.content("data/plain.txt"), b"plain");
    assert_eq!(seen.content("lib.so"), b"\x7fELF and so on");
    assert!(seen.content("PYZ.pyz/a/b.pyc").ends_with(&code(b"N")));
    assert_eq!(seen.gaps.iter().map(|g| g.entry.as_str()).collect::<Vec<_>>(), ["other:lib2.so"]);
    let facts: Vec<_> = seen.facts.iter().map(|f| format!("{:?}", f.kind)).collect();
    assert!(facts.iter().any(|f| f.contains("run-time hook: pyi_rth_inspect")), "{facts:?}");
    assert!(facts.iter().any(|f| f.contains("option: pyi-contents-directory _internal")), "{facts:?}");
    assert!(facts.iter().any(|f| f.contains("CPython") && f.contains("3.9")), "{facts:?}");
}

#[test]
fn both_cookies_behind_a_program_and_alone() {
    for new in [true, false] {
        let packed = archive(&entries(), 39, new);
        let seen = open(&PyInstaller, FileKind::Elf, &program(packed.clone()));
        check(&seen);
        // All of the archive is looked at elsewhere.
        let covered: usize = seen.accounted.iter().map(ExactSizeIterator::len).sum();
        let link = zlib(b"lib.so\0").len();
        assert_eq!(covered, packed.len() - link);
        check(&open(&PyInstaller, FileKind::Data, &packed));
    }
    // Something behind it, as a signature.
    let mut signed = archive(&entries(), 39, true);
    signed.extend(vec![0xaa; 5000]);
    check(&open(&PyInstaller, FileKind::Elf, &program(signed)));
}

#[test]
fn versions_of_the_cookie() {
    assert_eq!(python_of(310), Some(Python::Three(10)));
    assert_eq!(python_of(39), Some(Python::Three(9)));
    assert_eq!(python_of(27), Some(Python::Two(7)));
    assert_eq!(python_of(99), None);
}

#[test]
fn encrypted_modules_open_with_the_key_in_the_archive() {
    let (key, vector) = (b"0123456789abcdef", [7u8; 16]);
    #[allow(clippy::type_complexity, reason = "it stands once")]
    let seal = |mode: fn(&mut [u8], &[u8], &[u8; 16]) -> Option<()>| {
        let mut data = zlib(&code(b"N"));
        mode(&mut data, key, &vector).unwrap();
        [vector.to_vec(), data].concat()
    };
    // Feedback is not its own inverse: what is sealed here is opened with the register fed the other way round.
    let feedback = {
        use aes::cipher::{BlockCipherEncrypt as _, KeyInit as _};
        let cipher = aes::Aes128::new_from_slice(key).unwrap();
        let mut register = vector;
        let mut data = zlib(&code(b"T"));
        for byte in &mut data {
            let mut block = register.into();
            cipher.encrypt_block(&mut block);
            *byte ^= block[0];
            register.rotate_left(1);
            register[15] = *byte;
        }
        [vector.to_vec(), data].concat()
    };
    let modules = pyz(&[(0, "counter", seal(pyz::counter)), (0, "feedback", feedback), (0, "bad", vec![1; 40])]);
    let key_module = code(b"z\x100123456789abcdef");
    let with = vec![(b'm', "pyimod00_crypto_key", key_module, true), (b'z', "P.pyz", modules.clone(), false)];
    let seen = open(&PyInstaller, FileKind::Data, &archive(&with, 39, true));
    assert!(seen.content("P.pyz/counter.pyc").ends_with(&code(b"N")));
    assert!(seen.content("P.pyz/feedback.pyc").ends_with(&code(b"T")));
    assert_eq!(
        seen.gaps.iter().map(|g| (g.reason, g.entry.as_str())).collect::<Vec<_>>(),
        [(GapReason::Encrypted, "P.pyz/bad.pyc")]
    );
    let without = vec![(b'z', "P.pyz", modules, false)];
    let seen = open(&PyInstaller, FileKind::Data, &archive(&without, 39, true));
    assert_eq!(seen.gaps[0].reason, GapReason::Encrypted);
    assert!(seen.gaps[0].detail.starts_with("3 modules"), "{}", seen.gaps[0]);
}

#[test]
fn lies_are_gaps() {
    // No cookie that makes sense is no archive.
    let mut bytes = archive(&entries(), 39, true);
    let cookie = bytes.len() - 88;
    bytes[cookie + 8..cookie + 12].copy_from_slice(&[0xff; 4]);
    assert!(open(&PyInstaller, FileKind::Data, &bytes).findings.is_empty());
    // A row that reaches outside, and one that promises another length.
    let mut bytes = archive(&[(b'x', "a", b"12345".to_vec(), true), (b'x', "b", b"67890".to_vec(), false)], 39, true);
    let table = bytes.len() - 88 - 2 * 34;
    bytes[table + 15] = 77;
    bytes[table + 34 + 8] = 0x7f;
    let seen = open(&PyInstaller, FileKind::Data, &bytes);
    let said: Vec<_> = seen.gaps.iter().map(|g| g.to_string()).collect();
    assert!(said.iter().any(|g| g.contains("promises 77")), "{said:?}");
    assert!(said.iter().any(|g| g.contains("are not there")), "{said:?}");
    assert_eq!(seen.content("a"), b"12345");
    // A broken table keeps the rows before.
    let mut bytes = archive(&[(b'x', "a", b"1".to_vec(), false), (b'x', "b", b"2".to_vec(), false)], 39, true);
    let table = bytes.len() - 88 - 2 * 34;
    bytes[table + 34] = 0xff;
    let seen = open(&PyInstaller, FileKind::Data, &bytes);
    assert_eq!((seen.names(), seen.broken().reason), (vec!["a"], GapReason::Malformed));
}

#[test]
fn broken_archives_are_survived() {
    survive(&PyInstaller, FileKind::Data, &archive(&entries(), 39, true));
    survive(&PyInstaller, FileKind::Elf, &program(archive(&entries(), 39, false)));
}
