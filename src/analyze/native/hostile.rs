//! All heuristics over broken executables: every one must end, none may panic. `PEEPHOLE_HOSTILE=FILE:FILE` adds real
//! files to the ones that are built here.

use super::testing::{ElfBuilder, MachBuilder, PeBuilder, noise, parsed};
use crate::analyze::Notes;
use crate::model::{FileKind, Step};

fn run_all(kind: FileKind, bytes: &[u8]) {
    parsed(kind, "x.dll", bytes, |file| {
        let mut notes = Notes::default();
        super::HEURISTICS.iter().filter(|h| h.applies(kind)).for_each(|h| h.check(file, &mut notes));
        for child in &notes.children {
            match child.step {
                Step::Bytes { offset, len } => assert!(offset + len <= bytes.len() as u64 && len > 0),
                Step::Decoded { offset, .. } => assert!(offset < bytes.len() as u64),
                ref other => panic!("children are ranges or decoded, not {other:?}"),
            }
        }
    });
}

fn seeds() -> Vec<(FileKind, Vec<u8>)> {
    let mut elf = ElfBuilder::library();
    elf.texts = vec![(29, "/tmp/x"), (14, "a.so")];
    elf.irelative = 2;
    elf.init_array = vec![ElfBuilder::CODE];
    elf.ifuncs = vec!["f"];
    elf.imports = vec!["dlsym", "connect", "dup2", "execve", "system"];
    elf.calls = true;
    elf.data = b"\0/bin/sh\0/dev/watchdog\0/bin/busybox\0".iter().map(|b| b ^ 0x37).collect();
    elf.code = [&[0xe8, 0, 0, 0, 0][..], &noise(300)].concat();
    elf.overlay = [b"PK\x03\x04".to_vec(), noise(200)].concat();
    let mut pe = PeBuilder::dll();
    pe.imports = vec![("kernel32.dll", vec!["CreateProcessW", "VirtualAllocEx"])];
    pe.exports = vec![("a", Some("b.c")), ("d", None)];
    pe.tls_callbacks = vec![0x1_4000_1000];
    pe.resources = vec![(10, PeBuilder::program().build()), (16, vec![0; 40])];
    pe.certificate = PeBuilder::signature(300, &noise(100));
    pe.overlay = noise(300);
    let mut mach = MachBuilder::library();
    mach.rpaths = vec!["/tmp/q"];
    mach.environment = vec!["DYLD_X=1"];
    mach.initialisers = 2;
    mach.signature = MachBuilder::code_signature(2, "<key>com.apple.security.get-task-allow</key><true/>");
    let mut seeds = vec![
        (FileKind::Elf, elf.build()),
        (FileKind::Elf, ElfBuilder::stub(7, &noise(80))),
        (FileKind::Elf, ElfBuilder::object(&[".La", ".Lb", ".Lc", ".Ld", ".Le", ".Lf", ".Lg", ".Lh"], 2)),
        (FileKind::Elf, ElfBuilder::module(&["register_kprobe"], b"filldir64")),
        (FileKind::Pe, pe.build()),
        (FileKind::MachO, mach.build()),
        (FileKind::MachOFat, MachBuilder::fat(&[mach.build(), MachBuilder::library().build()])),
    ];
    for path in std::env::var("PEEPHOLE_HOSTILE").unwrap_or_default().split(':').filter(|p| !p.is_empty()) {
        let bytes = std::fs::read(path).unwrap();
        let kind = super::calibrate::kind_of(&bytes).unwrap();
        seeds.push((kind, bytes));
    }
    seeds
}

#[test]
fn broken_files_are_survived() {
    let rounds = std::env::var("PEEPHOLE_HOSTILE_ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(150usize);
    let mut dice = noise(64 * rounds).into_iter().map(usize::from).cycle();
    let mut roll = |below: usize| (0..4).fold(0usize, |sum, _| sum << 8 | dice.next().unwrap_or(0)) % below.max(1);
    for (kind, whole) in seeds() {
        // Headers and tables lie at the beginning or are pointed at from there; both halves get their share.
        for round in 0..rounds {
            let mut bytes = whole.clone();
            if round % 5 == 0 {
                bytes.truncate(roll(whole.len()));
            }
            for _ in 0..=roll(6) {
                let below = if roll(2) == 0 { bytes.len().min(1024) } else { bytes.len() };
                let (at, width) = (roll(below), [1, 2, 4, 8][roll(4)]);
                let value = [0u64, 1, 0x7f, 0xff, 0x7fff_ffff, 0xffff_ffff, u64::MAX, roll(1 << 24) as u64][roll(8)];
                for (to, from) in bytes.iter_mut().skip(at).take(width).zip(value.to_le_bytes()) {
                    *to = from;
                }
            }
            run_all(kind, &bytes);
        }
    }
}

#[test]
fn every_rule_has_an_identity_of_its_own() {
    let mut seen = std::collections::HashSet::new();
    for rule in super::HEURISTICS.iter().flat_map(|h| h.rules()) {
        assert!(seen.insert(rule.id), "{} stands twice", rule.id);
        assert!(rule.explanation.len() > 80 && rule.reference.starts_with("https://"), "{}", rule.id);
        let alarming = rule.severity >= crate::model::Severity::High;
        assert!(!alarming || rule.explanation.contains("Known uses") || rule.explanation.contains("look-alikes"));
    }
}
