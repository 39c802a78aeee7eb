use super::super::testing::{open as look, survive};
use super::*;
use crate::analyze::native::testing::{ElfBuilder, PeBuilder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// One value of every form that both dialects share, then those that differ.
fn values(old: bool) -> (u16, Vec<u8>) {
    let mut out = Vec::new();
    let mut count = 0;
    let mut add = |bytes: &[u8]| {
        out.extend(bytes);
        count += 1;
    };
    add(b"aexecute\0");
    add(b"aurlopen\0");
    add(b"uhttps://example.invalid/x\0");
    add(b"T\x02ufirst\0n");
    add(b"p");
    add(b"D\x01akey\0L\x02tF");
    add(b"b\x03\x00\x01\xff");
    add(b"f\0\0\0\0\0\0\xf8\x3f");
    add(b"Q\x02");
    if old {
        add(b"l\xfe\xff\xff\xff\xff\xff\xff\xff");
        add(b"g-\x01\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff");
        add(b"GOtuple\0T\x01Oint\0");
    } else {
        add(b"q\x02");
        add(b"g\x02\x81\x01\x05");
        add(b"AOtuple\0T\x01Oint\0");
        add(b"C\x43awork\0\x07T\x01aself\0\x01aOwner\0T\x01aouter\0");
    }
    (count, out)
}

fn module(old: bool) -> Vec<u8> {
    let (count, values) = values(old);
    [&count.to_le_bytes()[..], &values, b"."].concat()
}

/// Marshalled code of 3.11 from `lib/x.py`.
fn code() -> Vec<u8> {
    let mut code = vec![0xe3];
    code.extend([0; 20]);
    code.extend(
        b"s\x04\0\0\0\x97\0d\0)\x01N)\0)\0s\0\0\0\0z\x08lib/x.pyz\x08<module>z\x08<module>\x01\0\0\0s\0\0\0\0s\0\0\0\0",
    );
    code
}

fn blob(old: bool) -> Vec<u8> {
    let code = code();
    let len = u32::try_from(code.len()).unwrap();
    let mut bytecode = 1u16.to_le_bytes().to_vec();
    bytecode.push(b'X');
    if old {
        bytecode.extend(len.to_le_bytes())
    } else {
        bytecode.push(u8::try_from(len).unwrap())
    }
    bytecode.extend(code);
    bytecode.push(b'.');
    let mut blob = Vec::new();
    for (name, content) in [(".bytecode", bytecode), ("", module(old)), ("pkg.mod", module(old))] {
        blob.extend(name.bytes());
        blob.push(0);
        blob.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        blob.extend(content);
    }
    if old {
        let mut crc = flate2::Crc::new();
        crc.update(&blob);
        let head = [crc.sum().to_le_bytes(), u32::try_from(blob.len()).unwrap().to_le_bytes()].concat();
        blob.splice(0..0, head);
    }
    blob
}

fn program(data: Vec<u8>) -> Vec<u8> {
    let mut elf = ElfBuilder::program();
    elf.needed = vec!["libpython3.11.so.1.0"];
    elf.data = data;
    elf.build()
}

#[test]
fn both_dialects_tell_names_and_texts() {
    for old in [true, false] {
        let bytes = program(blob(old));
        let seen = look(&Nuitka, FileKind::Elf, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), [".bytecode/lib/x.pyc", "constants.py", "pkg/mod.py"], "{old}");
        let mut module = Python::Three(11).header().unwrap();
        module.extend(code());
        assert_eq!(seen.content(".bytecode/lib/x.pyc"), module);
        let text = String::from_utf8(seen.content("pkg/mod.py").to_vec()).unwrap();
        for line in [
            "# Constants of pkg.mod,",
            "\nexecute; urlopen\n",
            "\n_ = 'https://example.invalid/x'\n",
            "('first', None",
            "b'\\x00\\x01\\xff'\n",
            "_ = 1.5\n",
            "_ = -2\n",
        ] {
            assert!(text.contains(line), "{old}: {line}\n{text}");
        }
        let said: Vec<_> = seen.gaps.iter().map(|g| g.to_string()).collect();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("names of 2 modules were read"), "{said:?}");
        assert!(!seen.accounted.is_empty());
    }
}

#[test]
fn what_is_no_blob_is_left_alone() {
    let mut bytes = blob(true);
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    // Neither the sum nor the entries are right.
    bytes[8 + 10 + 4] = 9;
    let seen = look(&Nuitka, FileKind::Elf, &program(bytes));
    assert!(seen.findings.is_empty() && seen.children.is_empty() && seen.gaps.is_empty());
}

#[test]
fn unknown_constants_are_listed_as_texts() {
    let content = b"\x02\0aname\0\x07\x07https://example.invalid\0.";
    let gap = {
        let limits = std::sync::Arc::new(crate::limits::Limits::default());
        let pool = crate::limits::MemoryPool::new(limits.memory);
        let budget = Budget::new(limits, pool, 1000);
        let produced = listing(content, "x", None, &budget);
        assert!(String::from_utf8_lossy(&produced.view).contains("https://example.invalid'"));
        produced.gap.unwrap()
    };
    assert_eq!(gap.reason, GapReason::Malformed);
}

fn files(wide: bool, flags: bool, checksum: bool, each: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let name = |out: &mut Vec<u8>, name: &str| {
        for unit in name.encode_utf16().chain([0]) {
            let [low, high] = unit.to_le_bytes();
            out.push(low);
            if wide {
                out.push(high);
            }
        }
    };
    for (path, content) in [("tool.bin", &b"\x7fELF program"[..]), ("sub/data.txt", b"text")] {
        name(&mut out, path);
        if flags {
            out.push(1);
        }
        out.extend((content.len() as u64).to_le_bytes());
        if checksum {
            let mut crc = flate2::Crc::new();
            crc.update(content);
            out.extend(crc.sum().to_le_bytes());
        }
        if each {
            let packed = compress_to_vec(content, CompressionLevel::Fastest);
            out.extend(u32::try_from(packed.len()).unwrap().to_le_bytes());
            out.extend(packed);
        } else {
            out.extend(content);
        }
    }
    if flags {
        name(&mut out, "link");
        out.push(2);
        name(&mut out, "tool.bin");
    }
    name(&mut out, "");
    out
}

#[test]
fn files_behind_a_one_file_program() {
    for (wide, flags) in [(false, true), (true, false)] {
        for checksum in [false, true] {
            for (mark, each) in [(b"KAX", false), (b"KAY", false), (b"KAY", true)] {
                let body = files(wide, flags, checksum, each);
                let mut payload = mark.to_vec();
                if mark == b"KAY" && !each {
                    payload.extend(compress_to_vec(body.as_slice(), CompressionLevel::Fastest));
                } else {
                    payload.extend(body);
                }
                let len = payload.len() as u64;
                let mut behind = payload.clone();
                behind.extend(len.to_le_bytes());
                let mut elf = ElfBuilder::program();
                elf.overlay = behind;
                let mut pe = PeBuilder::program();
                pe.resources = vec![(10, payload.clone())];
                for (kind, bytes) in [(FileKind::Elf, elf.build()), (FileKind::Pe, pe.build())] {
                    let seen = look(&Nuitka, kind, &bytes);
                    let case = format!("{kind:?} {wide} {flags} {checksum} {each}");
                    assert_eq!(seen.gaps, [], "{case}");
                    assert_eq!(seen.names(), ["tool.bin", "sub/data.txt"], "{case}");
                    assert_eq!(seen.content("tool.bin"), b"\x7fELF program", "{case}");
                    assert_eq!(seen.content("sub/data.txt"), b"text", "{case}");
                }
            }
        }
    }
    // In the data of the program, where only the stream tells its end.
    let mut data = b"KAY".to_vec();
    data.extend(compress_to_vec(files(false, true, false, false).as_slice(), CompressionLevel::Fastest));
    data.extend([0xaa; 100]);
    assert_eq!(look(&Nuitka, FileKind::Elf, &program(data)).names(), ["tool.bin", "sub/data.txt"]);
}

#[test]
fn broken_programs_are_survived() {
    survive(&Nuitka, FileKind::Elf, &program(blob(false)));
    let mut elf = ElfBuilder::program();
    let mut payload = b"KAX".to_vec();
    payload.extend(files(false, true, false, false));
    let len = payload.len() as u64;
    elf.overlay = [payload, len.to_le_bytes().to_vec()].concat();
    survive(&Nuitka, FileKind::Elf, &elf.build());
}

#[test]
fn versions_in_names_of_libraries() {
    assert_eq!(mentioned(b"libpython3.11.so.1.0"), Some(Python::Three(11)));
    assert_eq!(mentioned(b"PYTHON39.dll"), Some(Python::Three(9)));
    assert_eq!(mentioned(b"/python3.8/"), Some(Python::Three(8)));
    assert_eq!(mentioned(b"python3.dll"), None);
}
