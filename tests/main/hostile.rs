//! Input that is broken on purpose. Each test scans it beside a bad neighbour and alone: the run ends, the output is
//! whole, the gap says why, the exit code follows, and no other finding is lost.

use std::ffi::OsString;
use std::fs::File;
use std::io::Write as _;
use std::time::Duration;

use peephole::engine::{Engine, Settings};
use peephole::model::{ByteView, GapReason};

use crate::support::{
    BAD, Folder, GOOD, accuses, call, examine, examine_with, gaps, gzip_of, noise, peephole, program, records_of,
    rules, run, scan, stored_zip_of, tar_of, unhex, zip_of,
};

/// `import os\n`, 200 times, as `xz` writes it.
const XZ: &str = "fd377a585a000004e6d6b4460200210116000000742fe5a3e007cf001c5d00349b4a67b8523c73ed3458029e1ce3a6b08d60da12e640f359\
                  ca9200002f9a54c1cca6a8f6000138d00f000000123eeafab1c467fb020000000004595a";

#[test]
fn a_truncated_zip_gives_what_is_left_of_it() {
    let whole = zip_of([("setup.py", BAD.as_bytes()), ("data.bin", &noise(20_000, 1))]);
    let cut = &whole[..whole.len() - 5_000];
    examine("cut.zip", cut).has_gaps(&["malformed"]).accuses("setup.py");
}

#[test]
fn a_truncated_tar_gz_gives_what_is_left_of_it() {
    let whole = gzip_of(&tar_of([("p/setup.py", BAD.as_bytes()), ("p/data.bin", &noise(200_000, 2))]));
    let cut = &whole[..whole.len() / 2];
    examine("cut.tar.gz", cut).has_gaps(&["malformed"]).accuses("setup.py");
}

#[test]
fn a_truncated_gzip_is_malformed() {
    let whole = gzip_of(&[BAD.as_bytes(), &noise(50_000, 3)].concat());
    let cut = &whole[..whole.len() - 1000];
    examine("setup.py.gz", cut).has_gaps(&["malformed"]);
    examine("header.gz", &whole[..7]).has_gaps(&["malformed"]);
}

#[test]
fn a_truncated_xz_is_malformed() {
    examine("whole.xz", &unhex(XZ)).has_gaps(&[]);
    examine("cut.xz", &unhex(XZ)[..60]).has_gaps(&["malformed"]);
}

#[test]
fn a_corrupt_central_directory_does_not_hide_the_entries() {
    let mut bytes = zip_of([("setup.py", BAD), ("good.py", GOOD)]);
    let at = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    // Name length and extra length of the first central header become absurd.
    bytes[at + 28..at + 32].copy_from_slice(&[0xff; 4]);
    let examined = examine("corrupt.zip", &bytes);
    examined.has_gaps(&["malformed"]).accuses("setup.py");
}

#[test]
fn a_zip_bomb_ends_at_the_ratio() {
    let inner = zip_of([("zeros", vec![0_u8; 80 << 20])]);
    let outer = zip_of([("inner.zip", inner.as_slice()), ("setup.py", BAD.as_bytes())]);
    assert!(outer.len() < 4000, "{}", outer.len());
    let examined = examine("bomb.zip", &outer);
    examined.has_gaps(&["limit"]).accuses("setup.py");
}

#[test]
fn a_tar_bomb_ends_at_the_ratio() {
    let tar = tar_of([("setup.py", BAD.as_bytes()), ("zeros", &vec![0_u8; 80 << 20])]);
    let bomb = gzip_of(&gzip_of(&tar));
    // The tar that is left ends in the middle of an entry, and that is said too.
    examine("bomb.tar.gz.gz", &bomb).has_gaps(&["limit", "malformed"]).accuses("setup.py");
}

#[test]
fn unwrapped_bytes_are_bounded_and_what_came_before_is_kept() {
    // The order in which entries are worked off is not promised, so the bad one stands on both sides of the big one.
    let (bad, big) = (BAD.as_bytes(), noise(3 << 20, 4));
    let bytes = zip_of([("first/setup.py", bad), ("big.bin", &big), ("last/setup.py", bad)]);
    let examined = examine_with("big.zip", &bytes, &["--max-unwrapped", "1000000"]);
    examined.has_gaps(&["limit"]).accuses("setup.py");
}

#[test]
fn gzip_in_gzip_ends_at_the_depth() {
    let bytes = (0..25).fold(BAD.as_bytes().to_vec(), |inner, _| gzip_of(&inner));
    let examined = examine("deep.gz", &bytes);
    examined.has_gaps(&["limit"]);
    assert_eq!(examined.code, 4);
    let open = examine_with("deep.gz", &bytes, &["--max-depth", "40"]);
    open.has_gaps(&[]).accuses("deep");
}

#[test]
fn zips_nested_sixty_deep_end_at_the_depth_and_a_sibling_is_kept() {
    let mut bytes = zip_of([("core.py", GOOD)]);
    for level in 0..60 {
        bytes = zip_of([("next.zip", bytes.as_slice()), ("note.txt", format!("level {level}").as_bytes())]);
    }
    let bytes = zip_of([("next.zip", bytes.as_slice()), ("setup.py", BAD.as_bytes())]);
    examine("nested.zip", &bytes).has_gaps(&["limit"]).accuses("setup.py");
}

/// A gzip file that unpacks to itself, after Russ Cox, "Zip Files All The Way Down" (2010): commands of five bytes,
/// either "print what follows" (a stored block) or "print the last twenty bytes again" (a block of two matches of ten
/// at distance twenty), around a header and a trailer of fifteen bytes each. The checksum in the trailer is a fixed
/// point; a CRC is linear, so it is the solution of 32 equations.
fn gzip_quine() -> Vec<u8> {
    const HEADER: &[u8; 15] = b"\x1f\x8b\x08\x08\0\0\0\0\x02\x03q.gz\0";
    const PRINT: [u8; 5] = [0, 20, 0, 235, 255];
    let again: Vec<u8> = {
        // Block header 010, then length 10 (code 264: 0001000) and distance 20 (code 8: 01000, extra bits 3: 110),
        // twice, then the end of the block (0000000): 40 bits.
        let bits = "010".to_owned() + &"000100001000110".repeat(2) + "0000000";
        bits.as_bytes().chunks(8).map(|c| c.iter().rev().fold(0, |byte, b| byte << 1 | (b - b'0'))).collect()
    };
    let file = |crc: u32| {
        // Two empty fixed blocks and an empty stored one, the last; then checksum and length.
        let mut trailer = vec![0b0000_0010, 0b0000_1000, 0b0001_0000, 0, 0, 0xff, 0xff];
        trailer.extend(crc.to_le_bytes());
        trailer.extend(120_u32.to_le_bytes());
        let mut file = [&HEADER[..], &PRINT].concat().repeat(2);
        file.extend([&again[..], &PRINT].concat().repeat(4));
        file.extend([&again[..], &trailer].concat().repeat(2));
        file
    };
    let crc_of = |crc: u32| {
        let mut state = flate2::Crc::new();
        state.update(&file(crc));
        state.sum()
    };
    // crc_of(x) = crc_of(0) ^ A x; wanted: crc_of(x) = x, so (A ^ 1) x = crc_of(0).
    let zero = crc_of(0);
    let mut rows: Vec<(u32, u32)> = (0..32).map(|bit| (crc_of(1 << bit) ^ zero ^ (1 << bit), 1_u32 << bit)).collect();
    let (mut rest, mut x) = (zero, 0);
    for bit in (0..32).map(|b| 1_u32 << b) {
        let Some(at) = rows.iter().position(|(value, _)| value & bit != 0) else { continue };
        let (value, from) = rows.swap_remove(at);
        for row in rows.iter_mut().filter(|r| r.0 & bit != 0) {
            *row = (row.0 ^ value, row.1 ^ from);
        }
        if rest & bit != 0 {
            (rest, x) = (rest ^ value, x ^ from);
        }
    }
    assert_eq!(rest, 0, "the checksum has a fixed point");
    file(x)
}

#[test]
fn an_archive_that_holds_itself_is_opened_once() {
    use std::io::Read as _;
    let quine = gzip_quine();
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(quine.as_slice()).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, quine);
    let examined = examine("q.gz", &quine);
    examined.has_gaps(&["limit"]);
    let in_zip = zip_of([("q.gz", quine.as_slice()), ("setup.py", BAD.as_bytes())]);
    examine("quine.zip", &in_zip).has_gaps(&["limit"]).accuses("setup.py");
}

#[test]
fn a_hundred_thousand_entries_are_all_looked_at() {
    let names = (0..100_000).map(|i| (format!("d{}/f{i}.txt", i % 100), format!("text {}\n", i % 50).into_bytes()));
    let bytes = stored_zip_of(names.chain([("setup.py".to_owned(), BAD.as_bytes().to_vec())]));
    let folder = Folder::new();
    let path = folder.put("many.zip", bytes);
    let many = scan([path.as_os_str()]);
    let artifact = many.artifact("many.zip");
    assert!(accuses(artifact, "setup.py"), "{:?}", rules(artifact));
    assert_eq!(gaps(artifact), [""; 0], "{}", artifact["gaps"]);
    assert!(artifact["files"].as_u64().unwrap() > 100_000, "{}", artifact["files"]);

    let few = scan(["--max-entries".into(), "1000".into(), path.into_os_string()]);
    assert_eq!(gaps(few.artifact("many.zip")), ["limit"]);
}

#[test]
fn entry_names_can_hold_anything() {
    let mut bytes = stored_zip_of([
        ("../../up/setup.py", BAD),
        ("/root/abs.py", GOOD),
        ("nul_AAAA_name.py", GOOD),
        ("not_BBBB_text.py", BAD),
        ("C:\\windows\\x.py", GOOD),
    ]);
    for (from, to) in [(b"_AAAA_", b"_\0\0\x01\x07_"), (b"_BBBB_", b"_\xff\xfe\xc3\x28_")] {
        let places: Vec<usize> = memchr::memmem::find_iter(&bytes, from).collect();
        assert_eq!(places.len(), 2, "local and central");
        for at in places {
            bytes[at..at + 6].copy_from_slice(to);
        }
    }
    let examined = examine("names.zip", &bytes);
    examined.has_gaps(&[]).accuses("setup.py").accuses("_text.py");
    let seen = rules(&examined.artifact);
    assert!(seen.contains(&"entry-path-escape"), "{seen:?}");
    assert!(seen.contains(&"entry-name-control"), "{seen:?}");
}

#[cfg(unix)]
#[test]
fn file_names_on_disk_need_not_be_text() {
    use std::os::unix::ffi::OsStringExt as _;
    let folder = Folder::new();
    for name in [&b"bad-\xff\xfe.py"[..], b"line\nfeed.py", b"esc\x1b[31m.py", b"\"quoted\\.py"] {
        let path = folder.path().join(OsString::from_vec(name.to_vec()));
        File::create(path).unwrap().write_all(BAD.as_bytes()).unwrap();
    }
    let path = folder.path().join(OsString::from_vec(b"zip-\xff.zip".to_vec()));
    std::fs::write(path, zip_of([("setup.py", BAD)])).unwrap();
    for isolate in ["auto", "always", "never"] {
        let run = scan(["--isolate".into(), isolate.into(), folder.path().as_os_str().to_owned()]);
        assert_eq!(run.artifacts().len(), 5, "{}", run.stdout);
        for artifact in run.artifacts() {
            assert!(accuses(artifact, ""), "{isolate}: {artifact}");
        }
    }
}

#[test]
fn a_sparse_file_of_two_gigabytes_is_read_to_its_end() {
    let folder = Folder::new();
    let path = folder.put("sparse.img", b"");
    File::options().write(true).open(&path).unwrap().set_len(2 << 30).unwrap();
    folder.put("setup.py", BAD);
    let run = scan(["--timeout".into(), "500".into(), folder.path().as_os_str().to_owned()]);
    assert!(accuses(run.artifact("setup.py"), "setup.py"));
    let sparse = run.artifact("sparse.img");
    assert_eq!(sparse["bytes"], 2_u64 << 30);
    assert_eq!(sparse["verdict"], "pass", "{sparse}");
    assert_eq!(sparse["kind"], "data");
}

#[test]
fn an_empty_file_passes() {
    for name in ["empty", "empty.zip", "empty.tar.gz", "empty.py", "empty.js", "empty.whl"] {
        let examined = examine(name, b"");
        assert_eq!(examined.artifact["bytes"], 0);
        assert_ne!(examined.artifact["verdict"], "block", "{}", examined.artifact);
        let reasons = gaps(&examined.artifact);
        examined.has_gaps(&reasons);
    }
    let folder = Folder::new();
    assert_eq!(scan([folder.path().as_os_str()]).code, 5, "an empty folder holds no inputs");
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_a_gap() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let folder = Folder::new();
    folder.put("setup.py", BAD);
    let shut = folder.put("shut/inner.py", GOOD);
    let secret = folder.put("secret.py", GOOD);
    std::fs::set_permissions(shut.parent().unwrap(), std::fs::Permissions::from_mode(0o000)).unwrap();
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o000)).unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();

    let mut command = std::process::Command::new(program());
    if std::fs::read_dir(folder.path().join("shut")).is_ok() {
        // The superuser reads everything; as `nobody`, and with a copy of the program where `nobody` may go.
        let other = Folder::new();
        std::fs::set_permissions(other.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let copy = other.at("peephole");
        std::fs::copy(program(), &copy).unwrap();
        command = std::process::Command::new(&copy);
        command.uid(65534).gid(65534).current_dir("/");
        if command.arg("--version").output().is_err() {
            eprintln!("skipped: this user reads everything and cannot become another");
            return;
        }
        command = std::process::Command::new(copy);
        command.uid(65534).gid(65534).current_dir("/");
        check_permissions(command, &folder);
    } else {
        check_permissions(command, &folder);
    }
    std::fs::set_permissions(folder.at("shut"), std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
fn check_permissions(mut command: std::process::Command, folder: &Folder) {
    command.args(["scan", "--format", "ndjson"]).arg(folder.path());
    let run = records_of(run(&mut assert_cmd::Command::from_std(command)));
    assert!(accuses(run.artifact("setup.py"), "setup.py"));
    for name in ["shut", "secret.py"] {
        let artifact = run.artifact(name);
        assert_eq!((gaps(artifact), &artifact["verdict"]), (vec!["unreadable"], &"incomplete".into()), "{artifact}");
    }
    assert!([1, 4].contains(&run.code));
}

#[cfg(unix)]
#[test]
fn a_file_that_shrinks_while_it_is_read_is_a_gap() {
    let folder = Folder::new();
    let path = folder.put("shrinks.bin", b"");
    let file = File::options().write(true).open(&path).unwrap();
    file.set_len(40 << 20).unwrap();
    let view = ByteView::open(&path).unwrap();
    file.set_len(8 << 10).unwrap();
    let engine = Engine::new(Settings::default()).unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    engine.run_bytes("shrinks.bin", view, move |a| sender.send(a).unwrap());
    let assessment = receiver.recv().unwrap();
    assert_eq!(assessment.gaps.len(), 1, "{:?}", assessment.gaps);
    assert_eq!(assessment.gaps[0].reason, GapReason::Unreadable);
    assert!(assessment.gaps[0].detail.contains("shrank"), "{:?}", assessment.gaps);
    assert_eq!(assessment.verdict, peephole::assess::Verdict::Incomplete);
}

#[cfg(unix)]
#[test]
fn the_run_survives_files_that_shrink_and_grow_all_the_time() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let folder = Folder::new();
    folder.put("setup.py", BAD);
    let path = folder.put("moving.bin", b"");
    let file = File::options().write(true).open(&path).unwrap();
    file.set_len(64 << 20).unwrap();
    let stop = AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                file.set_len(4 << 10).unwrap();
                std::thread::sleep(Duration::from_millis(3));
                file.set_len(64 << 20).unwrap();
                std::thread::sleep(Duration::from_millis(30));
            }
        });
        for _ in 0..3 {
            let run = scan([folder.path().as_os_str()]);
            assert!(accuses(run.artifact("setup.py"), "setup.py"));
            let moving = run.artifact("moving.bin");
            assert!(gaps(moving).iter().all(|g| *g == "unreadable"), "{moving}");
            assert!([1, 3, 4].contains(&run.code));
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_zip_that_is_named_tar_gz_is_opened() {
    let examined = examine("wrong.tar.gz", &zip_of([("p/setup.py", BAD)]));
    examined.has_gaps(&[]).accuses("p/setup.py");
    assert_eq!(examined.artifact["kind"], "zip");
    assert!([1, 3].contains(&examined.code));
}

#[test]
fn two_archives_with_the_same_inner_path_are_both_reported() {
    let folder = Folder::new();
    folder.put("one.zip", zip_of([("p/setup.py", BAD)]));
    folder.put("two.zip", zip_of([("p/setup.py", format!("# other\n{BAD}"))]));
    folder.put(
        "both.zip",
        zip_of([("one.zip", zip_of([("p/setup.py", BAD)])), ("two.zip", zip_of([("p/setup.py", BAD)]))]),
    );
    let run = scan([folder.path().as_os_str()]);
    assert_eq!(run.artifacts().len(), 3);
    assert!(accuses(run.artifact("one.zip"), "one.zip!/p/setup.py"));
    assert!(accuses(run.artifact("two.zip"), "two.zip!/p/setup.py"));
    assert!(accuses(run.artifact("both.zip"), "one.zip!/p/setup.py"));
    assert!(accuses(run.artifact("both.zip"), "two.zip!/p/setup.py"), "identical content is named at both places");
}

/// Django's wheel ships zip fixtures, so the end-of-directory signature stands in it several times.
#[test]
fn end_records_inside_the_data_do_not_mislead() {
    let fixture = stored_zip_of([("inner.txt", "fixture")]);
    let fake_end = [&b"PK\x05\x06"[..], &[0; 18]].concat();
    let bytes = stored_zip_of([
        ("a/fixture.zip", fixture.as_slice()),
        ("a/end.bin", &fake_end),
        ("a/setup.py", BAD.as_bytes()),
        ("a/last.bin", &[&fixture[..], &fake_end, &fake_end].concat()),
    ]);
    let examined = examine("django-like.whl", &bytes);
    assert!(memchr::memmem::find_iter(&bytes, b"PK\x05\x06").count() >= 6);
    examined.accuses("a/setup.py");
    let gaps = examined.artifact["gaps"].as_array().unwrap();
    assert!(
        gaps.iter().all(|g| g["locator"].as_str().unwrap().contains("!/a/")),
        "the wheel itself is opened fully: {gaps:?}"
    );
    assert!(examined.artifact["files"].as_u64().unwrap() >= 6, "{}", examined.artifact["files"]);
}

#[test]
fn the_time_limit_keeps_what_was_found_before() {
    // Much text that differs everywhere for a scanner and packs well: far more than a second's work.
    let line = noise(12_000, 9).iter().map(|b| char::from(b'a' + b % 26)).collect::<String>();
    let filler = |i: usize| format!("var n{i} = 1;\n{}", format!("f(\"{line}\");\n").repeat(600)).into_bytes();
    let mut entries = vec![("first/setup.py".to_owned(), BAD.as_bytes().to_vec())];
    entries.extend((0..40).map(|i| (format!("js/f{i}.js"), filler(i))));
    entries.push(("last/setup.py".to_owned(), format!("# last\n{BAD}").into_bytes()));
    let folder = Folder::new();
    let path = folder.put("slow.zip", zip_of(entries));
    let run = scan(["--jobs".into(), "1".into(), "--timeout".into(), "1".into(), path.into_os_string()]);
    let artifact = run.artifact("slow.zip");
    assert_eq!(gaps(artifact), ["timeout"], "{}", artifact["gaps"]);
    assert!(accuses(artifact, "setup.py"), "{artifact}");
    assert!([1, 4].contains(&run.code));
}

#[test]
fn garbage_under_every_archive_name_is_no_crash() {
    let folder = Folder::new();
    let ends = "zip whl jar vsix nupkg xpi crx pyz tar tgz tar.gz gz xz lzma zst bz2 br lz4 zz ar deb rpm cpio 7z cab gem crate \
                conda apk exe so dylib class wasm pyc pdf png jpg";
    let magics: &[&[u8]] = &[
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"\xfd7zXZ\0",
        b"\x28\xb5\x2f\xfd",
        b"BZh9",
        b"\x04\x22\x4d\x18",
        b"!<arch>\n",
        b"\xed\xab\xee\xdb",
        b"070701",
        b"7z\xbc\xaf\x27\x1c",
        b"MSCF",
        b"\x7fELF\x02\x01\x01",
        b"MZ",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"\0asm",
        b"%PDF-",
        b"Cr24",
        b"",
    ];
    let mut count = 0;
    for (i, end) in ends.split(' ').enumerate() {
        for (k, magic) in magics.iter().enumerate() {
            if (i + k) % 5 == 0 || magic.is_empty() {
                folder.put(&format!("g{i}-{k}.{end}"), [magic, &noise(600 + 37 * k, (i * 31 + k) as u64)[..]].concat());
                count += 1;
            }
        }
    }
    folder.put("setup.py", BAD);
    let run = scan([folder.path().as_os_str()]);
    assert_eq!(run.artifacts().len(), count + 1);
    assert!(accuses(run.artifact("setup.py"), "setup.py"));
    for artifact in run.artifacts() {
        assert!(!gaps(artifact).contains(&"crash"), "{artifact}");
    }
}

#[test]
fn nothing_is_written_beside_the_input() {
    let folder = Folder::new();
    let path = folder.put("a.zip", zip_of([("../escaped.py", BAD), ("setup.py", GOOD)]));
    let before = folder.at("work");
    std::fs::create_dir(&before).unwrap();
    let mut command = peephole();
    command
        .current_dir(&before)
        .env("TMPDIR", &before)
        .env("HOME", &before)
        .args(["scan", "--format", "ndjson"])
        .arg(path);
    records_of(run(&mut command));
    assert_eq!(std::fs::read_dir(&before).unwrap().count(), 0);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    assert_eq!(call(["scan"]).code, 2, "nothing to scan is a usage error");
}
