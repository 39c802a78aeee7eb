//! Functions that are named for harm.
//!
//! A program that was not stripped tells what its author called things. One word is a topic, and security tools have
//! topics too; several of them in the names of a program's own functions are what it does. Names are taken where
//! compilers put them: texts of one identifier between two NULs (symbol tables of ELF and Mach-O, exports of PE, Go's
//! function table), never prose. Known uses: Mirai (`attack_udp_generic`, `killer_init`), `FontOnLake` (`hide_proc`,
//! `s_backdoor_buf`), red-team tools. Honest look-alikes: one such word in a scanner, a debugger, a game.
//!
//! References: ATT&CK T1059, T1014, T1498.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use goblin::elf::dynamic::{DT_STRSZ, DT_STRTAB};
use goblin::elf::program_header::PT_LOAD;
use goblin::elf::section_header::SHT_STRTAB;

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{ByteView, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::parts::{Part, parts};
use crate::rule;

rule! {
    /// Names of the program's own functions and variables speak of two different kinds of harm, such as hiding
    /// processes and a back door. Known uses: rootkits, bots and implants that were not stripped. Honest look-alikes:
    /// test programs for scanners; teaching material.
    pub(super) NAMES = "native-names-of-harm" in "bin/c2-config";
    severity: High, confidence: Likely,
    title: "Functions are named for what harms",
    reference: "https://attack.mitre.org/techniques/T1587/001/",
}

/// Kinds of harm, and words of them as they stand in names: `_` may be missing, and letters may be large. A word ends
/// where it ends here ("hidePort", not "hidePortal"), unless a `*` says that it goes on.
const WORDS: &[(&str, &[&str])] = &[
    ("recording keys", &["key_logger", "keylogger", "log_keystroke*"]),
    ("shells for others", &["reverse_shell", "rev_shell", "bind_shell", "back_connect"]),
    ("back doors", &["backdoor*", "magic_password", "hidden_login"]),
    (
        "stealing",
        &[
            "steal_cookie*",
            "steal_passw*",
            "steal_wallet*",
            "steal_token*",
            "steal_browser*",
            "grab_cookies",
            "grab_passw*",
            "grab_wallet",
            "exfiltrat*",
            "dump_lsass",
            "dump_credential*",
        ],
    ),
    ("infection", &["infect_file", "infect_elf", "infect_host", "infect_dir*", "worm_spread", "spread_worm"]),
    ("ransom", &["ransom_note*", "drop_note", "encrypt_all_files", "encrypt_drive*", "ransomware", "delete_shadow*"]),
    (
        "hiding",
        &[
            "rootkit*",
            "hide_pid",
            "hide_proc*",
            "hide_module*",
            "hide_port",
            "hide_self",
            "hidden_tcp",
            "hidden_pid",
            "hidden_chdir",
            "fake_readdir",
            "hook_readdir",
            "hook_accept",
            "hook_getdents",
            "hacked_getdents",
            "orig_getdents",
            "fake_filldir",
            "hook_pam",
        ],
    ),
    (
        "floods",
        &[
            "attack_udp",
            "attack_tcp",
            "attack_gre",
            "attack_method",
            "attack_parse",
            "udp_flood*",
            "syn_flood*",
            "http_flood*",
            "ack_flood*",
            "tcp_flood*",
        ],
    ),
    (
        "killing rivals",
        &["killer_init", "kill_rival*", "kill_competitor*", "kill_bots", "kill_miners", "kill_antivirus"],
    ),
    ("trying hosts", &["scanner_init", "brute_force_ssh*", "ssh_brute*", "telnet_scan*", "telnet_brute*"]),
    (
        "switching protection off",
        &[
            "bypass_amsi",
            "amsi_bypass",
            "patch_amsi",
            "patch_etw",
            "uac_bypass",
            "bypass_uac",
            "disable_defender",
            "unhook_ntdll",
            "anti_sandbox",
            "anti_vm_",
        ],
    ),
    (
        "putting code into others",
        &[
            "inject_shellcode",
            "inject_dll",
            "inject_library",
            "inject_process",
            "injector_inject",
            "injector__",
            "process_hollow*",
            "reflective_load*",
            "run_shellcode",
            "exec_shellcode",
        ],
    ),
    (
        "machine code for others",
        &["shellcode_loader", "shellcode_size", "shellcode_len", "shellcode_start", "shellcode_buf"],
    ),
    ("watching", &["capture_webcam", "send_screenshot*", "webcam_shot*"]),
    ("mining", &["start_miner", "miner_thread", "hidden_miner*", "drop_miner", "install_miner*"]),
];

/// Longest name, in bytes.
const NAME_MAX: usize = 160;
/// What words say: the kind of harm, and whether the word goes on.
type Meaning = (usize, bool);

/// What each pattern says, and the patterns: every word with and without its underscores.
static PATTERNS: LazyLock<(Vec<Meaning>, Option<AhoCorasick>)> = LazyLock::new(|| {
    let mut meanings = Vec::new();
    let mut patterns = Vec::new();
    for (kind, (_, words)) in WORDS.iter().enumerate() {
        for word in *words {
            let (word, open) = word.strip_suffix('*').map_or((*word, false), |w| (w, true));
            // What ends with an underscore has its end already.
            let open = open || word.ends_with('_');
            meanings.push((kind, open));
            patterns.push(word.to_owned());
            if word.trim_end_matches('_').contains('_') {
                meanings.push((kind, open));
                patterns.push(word.replace('_', ""));
            }
        }
    }
    let mut search = AhoCorasick::builder();
    search.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true);
    (meanings, search.build(patterns).ok())
});

/// Reads names.
pub(super) struct Names;

impl Heuristic for Names {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&NAMES] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let Some(search) = &PATTERNS.1 else { return };
        let mut found: BTreeMap<usize, (u64, &[u8])> = BTreeMap::new();
        for (start, table) in tables(file) {
            // Each hit costs a name's length at most, so that there is no need to bound them.
            for hit in search.find_iter(table) {
                let Some((kind, open)) = PATTERNS.0.get(hit.pattern().as_usize()) else { continue };
                if found.contains_key(kind) || !(*open || ends(table, hit.start(), hit.end())) {
                    continue;
                }
                if let Some(name) = name_around(table, hit.start(), hit.end()) {
                    found.insert(*kind, (start.saturating_add(hit.start() as u64), name));
                }
            }
        }
        let mut evidence = found.iter().map(|(kind, (at, name))| {
            let kind = WORDS.get(*kind).map_or("", |(kind, _)| kind);
            placed(*at, name.len() as u64, format!("{kind}: {}", shown(name)))
        });
        if found.len() >= 2
            && let Some(first) = evidence.next()
        {
            let mut finding = NAMES.finding(first);
            finding.evidence.extend(evidence);
            out.findings.push(finding);
        }
    }
}

/// The tables of names in a file: where they begin, and their bytes.
pub(super) fn tables<'a>(file: &Parsed<'a>) -> Vec<(u64, &'a [u8])> {
    let fields = Fields::new(file.bytes(), true);
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    if let Some(Ok(elf)) = file.elf() {
        let tables = elf.sections.iter().filter(|s| s.header.sh_type == SHT_STRTAB || s.name.ends_with(b"gopclntab"));
        ranges.extend(tables.map(|s| (s.header.sh_offset, s.header.sh_size)));
        if elf.sections.is_empty() {
            let at = elf.tag(DT_STRTAB).and_then(|a| elf.offset_of(a));
            ranges.extend(at.map(|at| (at, elf.tag(DT_STRSZ).unwrap_or(0))));
            let loaded = elf.segments.iter().filter(|s| s.p_type == PT_LOAD);
            ranges.extend(go_tables(file.view(), loaded.map(|s| (s.p_offset, s.p_filesz))));
        }
    } else if let Some(Ok(pe)) = file.pe() {
        ranges.extend(pe.symbol_names());
        if let Some((address, len)) = pe.directory(crate::parse::pe::directory::EXPORT) {
            ranges.extend(pe.offset_of(address).map(|at| (at, u64::from(len))));
        }
        // Go has no section of its own there.
        let sections = pe.sections.iter().map(|s| (u64::from(s.offset), u64::from(s.len)));
        ranges.extend(go_tables(file.view(), sections));
    } else if let Some(Ok(images)) = file.macho() {
        for image in images {
            ranges.extend(image.symbol_names().map(|(at, len)| (image.start.saturating_add(at), len)));
            let sections = image.segments.iter().flat_map(|s| &s.sections).filter(|s| s.name == b"__gopclntab");
            ranges.extend(sections.map(|s| (image.start.saturating_add(s.offset), s.len)));
        }
    }
    once(fields, ranges).map(|p| (p.offset, fields.available(p.offset, p.len))).collect()
}

/// Ranges of the file, each byte once: any number of sections may name the same bytes.
fn once(fields: Fields<'_>, ranges: impl IntoIterator<Item = (u64, u64)>) -> impl Iterator<Item = Part> {
    parts(ranges.into_iter().map(|(at, len)| (at, len, at)), fields.len()).0.into_iter()
}

/// Go's function tables, from their head to the end of the part that holds them. They begin with a word that says the
/// version (1.2, 1.16, 1.18, 1.20), two zeros, the least length of an instruction and the size of a pointer.
fn go_tables(file: &ByteView, ranges: impl IntoIterator<Item = (u64, u64)>) -> Vec<(u64, u64)> {
    let begins = |data: &ByteView| {
        data.places_of(b"\xff\xff\xff\0\0").filter_map(|at| at.checked_sub(1)).find(|at| {
            let head = data.get(*at..).and_then(|d| d.first_chunk());
            matches!(head, Some([0xf0 | 0xf1 | 0xfa | 0xfb, _, _, _, _, _, 1 | 2 | 4, 4 | 8]))
        })
    };
    let found = once(Fields::new(file, true), ranges).filter_map(|part| {
        let at = begins(&part.of(file))? as u64;
        Some((part.offset + at, part.len - at))
    });
    found.collect()
}

/// Whether a word ends where a hit does: "hidePort" and `hide_port2`, but not "hidePortal" or "hide_portable".
fn ends(table: &[u8], start: usize, end: usize) -> bool {
    let Some(next) = table.get(end).filter(|b| b.is_ascii_alphabetic()) else { return true };
    // C++ says how long a name is, and goes on behind it with the kinds of its arguments.
    let before = table.get(start.saturating_sub(4)..start).unwrap_or_default();
    let digits = before.rsplit(|b| !b.is_ascii_digit()).next().unwrap_or_default();
    if std::str::from_utf8(digits).ok().and_then(|d| d.parse().ok()) == Some(end - start) {
        return true;
    }
    // A large letter begins the next word, unless all letters are.
    let small = table.get(start..end).unwrap_or_default().iter().any(u8::is_ascii_lowercase);
    // The plural is the same word.
    let plural = next.eq_ignore_ascii_case(&b's') && !table.get(end + 1).is_some_and(u8::is_ascii_lowercase);
    (small && next.is_ascii_uppercase()) || plural
}

/// The identifier between two NULs around a hit, when it is one.
fn name_around(table: &[u8], start: usize, end: usize) -> Option<&[u8]> {
    let before = table.get(start.saturating_sub(NAME_MAX)..start)?;
    let first = before.iter().rposition(|b| *b == 0).map(|i| start - before.len() + i + 1)?;
    let after = table.get(end..)?;
    let length = after.iter().take(NAME_MAX).position(|b| *b == 0)?;
    let name = table.get(first..end + length)?;
    // A word that begins in the middle of another one is another word ("reconnect").
    let (begins, previous) = (table.get(start)?, table.get(start.checked_sub(1)?)?);
    // So is one that goes on from letters as large ("SSLKEYLOGFILE", "SSLKeyLogger" aside).
    let same_case = begins.is_ascii_uppercase() && previous.is_ascii_uppercase();
    if (begins.is_ascii_lowercase() && previous.is_ascii_alphabetic()) || same_case {
        return None;
    }
    // Keys of connections are logged for debugging.
    let of_tls = |w: &[u8]| w.eq_ignore_ascii_case(b"ssl") || w.eq_ignore_ascii_case(b"tls");
    if table.get(start..end)?.to_ascii_lowercase().starts_with(b"key") && name.windows(3).any(of_tls) {
        return None;
    }
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"_.$/*()-".contains(b);
    // The name of a source file says what it is about.
    let source = [&b".c"[..], b".cc", b".cpp", b".rs", b".go", b".s", b".h"].iter().any(|e| name.ends_with(e));
    (name.iter().all(plain) && !source).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, PeBuilder, check, ids};

    fn names(exports: Vec<&'static str>) -> Vec<&'static str> {
        let mut elf = ElfBuilder::program();
        elf.exports = exports;
        // The builder writes no section for the dynamic strings; a file without sections is read by its segments.
        let mut bytes = elf.build();
        bytes[60] = 0;
        bytes[40..48].fill(0);
        ids(&check(&Names, FileKind::Elf, "x", &bytes))
    }

    #[test]
    fn two_kinds_of_harm_are_told_and_one_is_not() {
        assert_eq!(names(vec!["attack_udp_generic", "killer_init"]), ["native-names-of-harm"]);
        assert_eq!(names(vec!["hideProc", "s_backdoor_buf"]), ["native-names-of-harm"]);
        assert!(names(vec!["attack_udp_generic", "attack_tcp_syn"]).is_empty());
        assert!(names(vec!["rootkit_check", "scan_files"]).is_empty());
        assert_eq!(names(vec!["_Z9hide_porti", "MagicPassword2"]), ["native-names-of-harm"]);
        // Words that only begin like one of these, beside one that is.
        for honest in [
            "hide_portal",
            "hidePortals",
            "hook_acceptor",
            "record_microphone",
            "is_sandboxed",
            "_ZN3net12SSLKeyLogger5WriteEv",
            "ssl_key_logger",
            "SslKeyLogger",
        ] {
            assert!(names(vec!["backdoor_open", honest]).is_empty(), "{honest}");
        }
        // OpenSSL's key log is for debugging TLS; queues of work steal from one another; what connects backs off.
        assert!(names(vec!["SSL_CTX_set_keylog_callback", "work_stealer_new", "broker_reconnect_backoff"]).is_empty());
        assert!(names(vec!["getpwnam", "hide_cursor", "payload_len", "inject_fault"]).is_empty());
    }

    #[test]
    fn any_number_of_harmless_hits_hides_no_name() {
        let mut elf = ElfBuilder::program();
        elf.exports = [vec!["rootkit-a b"; 20_000], vec!["hide_pid", "killer_init"]].concat();
        let mut bytes = elf.build();
        bytes[60] = 0;
        bytes[40..48].fill(0);
        assert_eq!(ids(&check(&Names, FileKind::Elf, "x", &bytes)), ["native-names-of-harm"]);
    }

    #[test]
    fn function_tables_of_every_version_of_go_are_found() {
        for magic in [0xf0, 0xf1, 0xfa, 0xfb] {
            for (quantum, pointer) in [(1, 8), (1, 4), (4, 8)] {
                let head = [magic, 0xff, 0xff, 0xff, 0, 0, quantum, pointer];
                let mut pe = PeBuilder::program();
                pe.sections[1].1 = [&[0xff; 9][..], &[0; 16], &head, b"\0main.hidePort\0main.keyLogger\0"].concat();
                assert_eq!(ids(&check(&Names, FileKind::Pe, "x", &pe.build())), ["native-names-of-harm"]);
                let mut elf = ElfBuilder::program();
                elf.data = pe.sections[1].1.clone();
                let mut bytes = elf.build();
                bytes[60] = 0;
                bytes[40..48].fill(0);
                assert_eq!(ids(&check(&Names, FileKind::Elf, "x", &bytes)), ["native-names-of-harm"]);
            }
        }
    }

    #[test]
    fn tables_that_many_sections_name_are_read_once() {
        let bytes = ByteView::from_vec(vec![0; 4096]);
        assert_eq!(once(Fields::new(&bytes, true), std::iter::repeat_n((8, 100), 60_000)).count(), 1);
        assert_eq!(go_tables(&bytes, std::iter::repeat_n((0, u64::MAX), 60_000)).len(), 0);
    }

    #[test]
    fn prose_is_no_name() {
        let table = b"\0looks for a backdoor and a rootkit\0hide_pid\0";
        assert_eq!(name_around(table, 14, 22), None);
        assert_eq!(name_around(table, 36, 44), Some(&b"hide_pid"[..]));
    }
}
