//! Texts and whole executables that lie in a program's data under a one-byte key.
//!
//! The difference of two neighbouring bytes does not change when both are combined with one key, so one pass over the
//! differences of the data finds a word under all 255 keys at once: `b[i] ^ b[i+1]` for XOR, `b[i+1] - b[i]` for
//! addition. A hit gives the key, the key gives the text around it, and what was decoded is evidence, a fact, and a
//! child that is looked at like any file. Known uses: Mirai and its kin, the Medusa rootkit, droppers of every system.
//! Honest look-alikes: copy protection and anti-cheat code hide names of functions; a security product hides its own
//! signatures from others of its kind.
//!
//! References: ATT&CK T1027.013, T1140.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Gap, GapReason, Rule, Step};
use crate::parse::Parsed;
use crate::parse::elf::Elf;
use crate::parse::parts::parts;
use crate::parse::pe::Pe;
use crate::rule;
use crate::unwrap::{Child, Content, Produced};

rule! {
    /// Several texts of different meaning (commands, paths of the system, addresses, names of functions) lie in the
    /// program's data under one and the same one-byte key. The texts are decoded and shown. Known uses: Mirai, Medusa,
    /// loaders and stealers. Honest look-alikes: anti-cheat drivers and security products hide names of functions.
    pub(super) TEXTS = "native-hidden-texts" in "bin/strings-encrypted";
    severity: High, confidence: Likely,
    title: "Texts lie under a one-byte key",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

rule! {
    /// One text that means something to the system lies under a one-byte key. One such hit can be an accident of
    /// compressed data or a name that a licence check hides.
    pub(super) TEXT = "native-hidden-text" in "bin/strings-encrypted";
    severity: Low, confidence: Hint,
    title: "A text lies under a one-byte key",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

rule! {
    /// A whole executable lies in the program's data under a one-byte key. It is decoded and examined as a file of its
    /// own. There is no reason for the key but that the executable shall not be seen. Known uses: droppers and loaders
    /// of every system. Honest look-alikes: none is known outside of quarantine folders.
    pub(super) EXECUTABLE = "native-hidden-executable" in "bin/embedded-exe";
    severity: High, confidence: Certain,
    title: "An executable lies under a one-byte key",
    reference: "https://attack.mitre.org/techniques/T1027/009/",
}

rule! {
    /// A whole executable lies in the program's data under a one-byte key, and the program imports what starts a
    /// program or runs what is in memory: a dropper. Known uses: loaders of remote-access tools on Linux, macOS and Windows.
    /// Honest look-alikes: none is known.
    pub(super) DROPPER = "native-hidden-executable-started" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "An executable is decoded from under a one-byte key and started",
    reference: "https://attack.mitre.org/techniques/T1140/",
}

/// What the words say. Two of different meanings, or two words, make a table of hidden texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    /// A text that stands in every executable of a kind; the magic number before it.
    Head(&'static [u8]),
}

/// Words of at least seven bytes. None is made of letters alone: changing their case is not hiding them.
const WORDS: &[(Kind, &[u8])] = &[
    (Kind::Head(b"MZ"), b"This program cannot be run in DOS mode"),
    (Kind::Head(b"MZ"), b"This program must be run under Win"),
    (Kind::Head(b"\x7fELF"), b"/lib64/ld-linux-x86-64.so.2"),
    (Kind::Head(b"\x7fELF"), b"/lib/ld-linux"),
    (Kind::Head(b"\x7fELF"), b"/lib/ld-musl-"),
    (Kind::Head(b"\x7fELF"), b"\0GLIBC_2."),
    (Kind::Head(b"\xcf\xfa\xed\xfe"), b"/usr/lib/libSystem.B.dylib"),
    (Kind::Text, b"http://"),
    (Kind::Text, b"https://"),
    (Kind::Text, b"/bin/sh\0"),
    (Kind::Text, b"/bin/sh -c"),
    (Kind::Text, b"/bin/bash"),
    (Kind::Text, b"/bin/busybox"),
    (Kind::Text, b"/etc/ld.so.preload"),
    (Kind::Text, b"/etc/passwd"),
    (Kind::Text, b"/etc/shadow"),
    (Kind::Text, b"/etc/init.d/"),
    (Kind::Text, b"/etc/cron"),
    (Kind::Text, b"/dev/tcp/"),
    (Kind::Text, b"/dev/null"),
    (Kind::Text, b"/dev/watchdog"),
    (Kind::Text, b"/proc/self/exe"),
    (Kind::Text, b"/proc/net/tcp"),
    (Kind::Text, b"/proc/%d/"),
    (Kind::Text, b"/var/log/wtmp"),
    (Kind::Text, b"/tmp/.X11-unix/."),
    (Kind::Text, b".ssh/authorized_keys"),
    (Kind::Text, b".ssh/id_rsa"),
    (Kind::Text, b"LD_PRELOAD"),
    (Kind::Text, b"HISTFILE="),
    (Kind::Text, b"User-Agent:"),
    (Kind::Text, b"Mozilla/5.0"),
    (Kind::Text, b"HTTP/1.1\r\n"),
    (Kind::Text, b"powershell -"),
    (Kind::Text, b"powershell.exe"),
    (Kind::Text, b"cmd.exe /c"),
    (Kind::Text, b"osascript -e"),
    (Kind::Text, b"display dialog \""),
    (Kind::Text, b"curl -s"),
    (Kind::Text, b"chmod +x"),
    (Kind::Text, b"chmod 777"),
    (Kind::Text, b"\\CurrentVersion\\Run"),
    (Kind::Text, b"\\Login Data"),
    (Kind::Text, b"\\Local State"),
    (Kind::Text, b"kernel32.dll"),
    (Kind::Text, b"ntdll.dll"),
    (Kind::Text, b"wininet.dll"),
    (Kind::Text, b"stratum+tcp://"),
    (Kind::Text, b"wallet.dat"),
    (Kind::Text, b"api.telegram.org"),
    (Kind::Text, b"discord.com/api/webhooks"),
    (Kind::Text, b"TSource Engine Query"),
    (Kind::Text, b"login.keychain-db"),
    (Kind::Text, b"iptables -"),
    (Kind::Text, b"pam_authenticate"),
];

/// Bytes of one piece of work, and how far pieces overlap.
const PIECE: usize = 64 << 10;
const OVERLAP: usize = 64;
/// Most hits that are looked at, most keys that are told, and most bytes of one decoded text.
pub(super) const HITS_MAX: usize = 4096;
const KEYS_MAX: usize = 8;
const TEXT_MAX: usize = 64 << 10;
/// An executable's first byte is looked for so far before a text of it.
const HEAD_WITHIN: usize = 64 << 20;
/// Most headers behind which everything is decoded and parsed in one file, and most bytes of all that.
const DECODES_MAX: usize = 16;
const DECODED_MAX: usize = 64 << 20;

/// What may still be looked at in one file.
pub(super) struct Allowance {
    hits: usize,
    decodes: usize,
    bytes: usize,
    cut: bool,
}

impl Allowance {
    /// For one file.
    pub(super) fn new() -> Self {
        Self { hits: HITS_MAX, decodes: DECODES_MAX, bytes: DECODED_MAX, cut: false }
    }

    /// Whether something was left out.
    pub(super) fn cut(&self) -> bool {
        self.cut
    }
}

/// How a key is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    Xor,
    Add,
}

impl Way {
    const ALL: [Self; 2] = [Self::Xor, Self::Add];

    /// What stays the same of two neighbours, whatever the key.
    fn difference(self, a: u8, b: u8) -> u8 {
        match self {
            Self::Xor => a ^ b,
            Self::Add => b.wrapping_sub(a),
        }
    }

    fn key(self, hidden: u8, plain: u8) -> u8 {
        match self {
            Self::Xor => hidden ^ plain,
            Self::Add => hidden.wrapping_sub(plain),
        }
    }

    pub(super) fn plain(self, hidden: u8, key: u8) -> u8 {
        match self {
            Self::Xor => hidden ^ key,
            Self::Add => hidden.wrapping_sub(key),
        }
    }

    fn hidden(self, plain: u8, key: u8) -> u8 {
        match self {
            Self::Xor => plain ^ key,
            Self::Add => plain.wrapping_add(key),
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Xor => "xor",
            Self::Add => "add",
        }
    }
}

static SEARCH: LazyLock<[Option<AhoCorasick>; 2]> = LazyLock::new(|| {
    Way::ALL.map(|way| {
        let difference = |word: &[u8]| -> Vec<u8> {
            word.iter().zip(word.iter().skip(1)).map(|(a, b)| way.difference(*a, *b)).collect()
        };
        // Leftmost matches are what the vector search can find.
        let mut search = AhoCorasick::builder();
        search.match_kind(MatchKind::LeftmostFirst);
        search.build(WORDS.iter().map(|(_, word)| difference(word))).ok()
    })
});

/// Looks under every key.
pub(super) struct Hidden;

impl Heuristic for Hidden {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&TEXTS, &TEXT, &EXECUTABLE, &DROPPER] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let bytes = file.bytes();
        let mut hits: BTreeMap<(Way, u8), Vec<(usize, usize)>> = BTreeMap::new();
        let mut left = Allowance::new();
        for range in data(file) {
            let part = bytes.get(range.clone()).unwrap_or_default();
            find(part, range.start, &mut left, &mut hits);
        }
        let mut keys: Vec<_> = hits.into_iter().collect();
        // The keys under which most was found come first.
        keys.sort_by_key(|(_, found)| std::cmp::Reverse(found.len()));
        left.cut |= keys.len() > KEYS_MAX;
        for ((way, key), found) in keys.into_iter().take(KEYS_MAX) {
            tell(file, way, key, &found, &mut left, out);
        }
        if left.cut {
            let detail = "more texts, keys or executables under one-byte keys than are decoded";
            out.gaps.push(Gap::new(GapReason::Limit, detail));
        }
    }
}

/// The parts of the file that are no code and are not looked at as children.
fn data(file: &Parsed<'_>) -> Vec<std::ops::Range<usize>> {
    let code = file.images().iter().flat_map(|i| &i.regions).filter(|r| r.execute && r.len > 0);
    let (code, _) = parts(code.map(|r| (r.offset, r.len, r.offset)), file.bytes().len() as u64);
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    let code: Vec<(usize, usize)> =
        code.iter().map(|p| (place(p.offset), place(p.offset.saturating_add(p.len)))).collect();
    let mut parts = Vec::new();
    for own in file.own_parts() {
        let mut at = own.start;
        // Parts do not overlap, so they are in the order of their ends too.
        let first = code.partition_point(|(_, end)| *end <= own.start);
        for (start, end) in code.get(first..).unwrap_or_default().iter().take_while(|(start, _)| *start < own.end) {
            if *start > at {
                parts.push(at..*start);
            }
            at = at.max(*end);
        }
        if at < own.end {
            parts.push(at..own.end);
        }
    }
    parts
}

/// Words under any key: by key, the place in the file and the index of the word.
pub(super) fn find(
    part: &[u8],
    start: usize,
    left: &mut Allowance,
    hits: &mut BTreeMap<(Way, u8), Vec<(usize, usize)>>,
) {
    let mut differences = vec![0u8; part.len().min(PIECE + OVERLAP)];
    for (way, search) in Way::ALL.into_iter().zip(SEARCH.iter()) {
        let Some(search) = search else { continue };
        let mut from = 0;
        while from + 8 < part.len() {
            let piece = part.get(from..part.len().min(from + PIECE + OVERLAP)).unwrap_or_default();
            let rest = piece.get(1..).unwrap_or_default();
            let used = differences.get_mut(..rest.len()).unwrap_or_default();
            match way {
                Way::Xor => used.iter_mut().zip(piece.iter().zip(rest)).for_each(|(d, (a, b))| *d = a ^ b),
                Way::Add => used.iter_mut().zip(piece.iter().zip(rest)).for_each(|(d, (a, b))| *d = b.wrapping_sub(*a)),
            }
            for hit in search.find_iter(&*used) {
                let (at, index) = (hit.start(), hit.pattern().as_usize());
                // What begins in the overlap belongs to the next piece.
                if at >= PIECE {
                    continue;
                }
                let Some((_, word)) = WORDS.get(index) else { continue };
                let (Some(hidden), Some(plain)) = (piece.get(at), word.first()) else { continue };
                let key = way.key(*hidden, *plain);
                if key == 0 {
                    continue;
                }
                if left.hits == 0 {
                    left.cut = true;
                    return;
                }
                left.hits -= 1;
                hits.entry((way, key)).or_default().push((start + from + at, index));
            }
            from += PIECE;
        }
    }
}

/// Says what lies under one key.
fn tell(file: &Parsed<'_>, way: Way, key: u8, found: &[(usize, usize)], left: &mut Allowance, out: &mut Notes) {
    // 0x80 is the same key in both ways.
    if way == Way::Add && key == 0x80 {
        return;
    }
    let bytes = file.bytes();
    let mut covered: Vec<std::ops::Range<usize>> = Vec::new();
    let mut evidence = Vec::new();
    // Before these places there is no header of a kind that reaches beyond them.
    let mut floors: BTreeMap<&[u8], usize> = BTreeMap::new();
    for (at, index) in found {
        let Some((Kind::Head(magic), _)) = WORDS.get(*index) else { continue };
        if covered.iter().any(|r| r.contains(at)) {
            continue;
        }
        if covered.len() >= KEYS_MAX {
            left.cut = true;
            continue;
        }
        let floor = floors.entry(magic).or_default();
        let from = at.saturating_sub(HEAD_WITHIN).max(*floor);
        let Some((range, kind)) = executable(bytes, (way, key), magic, from..*at, left) else {
            *floor = *at;
            continue;
        };
        let note = format!("{} of {} bytes under {} {key:#04x}", kind.word(), range.len(), way.word());
        evidence.push(placed(range.start as u64, range.len() as u64, note));
        out.children.extend(child(file, way, key, &range, kind.word()));
        covered.push(range);
    }
    let mut evidence = evidence.into_iter();
    if let Some(first) = evidence.next() {
        let starts = file.images().iter().any(|i| !i.imported(STARTING).is_empty());
        let mut finding = if starts { &DROPPER } else { &EXECUTABLE }.finding(first);
        finding.evidence.extend(evidence);
        out.findings.push(finding);
    }
    let mut words: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, index) in found {
        let text = matches!(WORDS.get(*index), Some((Kind::Text, _)));
        if text && !covered.iter().any(|r| r.contains(at)) {
            words.entry(*index).or_insert(*at);
        }
    }
    let Some(first) = words.values().copied().min() else { return };
    let mut texts = Vec::new();
    for at in words.values() {
        let text = text_around(bytes, way, key, *at);
        out.facts.push(Fact::has(Capability::Decoded, shown(&text), *at as u64));
        let note = format!("{} {key:#04x}: {}", way.word(), shown(&text));
        texts.push(placed(*at as u64, text.len() as u64, note));
    }
    let rule = if words.len() >= 2 { &TEXTS } else { &TEXT };
    let mut texts = texts.into_iter();
    if let Some(evidence) = texts.next() {
        let mut finding = rule.finding(evidence);
        finding.evidence.extend(texts.take(11));
        out.findings.push(finding);
    }
    let range = stretch(bytes, way, key, first);
    if range.len() >= 16 {
        out.children.extend(child(file, way, key, &range, "txt"));
    }
}

/// Functions that run what is in memory, or start a program. Not those of which any program needs one: loading a
/// library, a shell's command, a thread of one's own.
const STARTING: &[&str] = &[
    "execve",
    "execv",
    "execvp",
    "execvpe",
    "execl",
    "execle",
    "execlp",
    "fexecve",
    "execveat",
    "memfd_create",
    "CreateProcess",
    "CreateProcessAsUser",
    "CreateProcessInternal",
    "CreateProcessWithLogon",
    "CreateProcessWithToken",
    "WinExec",
    "CreateRemoteThread",
    "NtCreateThreadEx",
    "NSCreateObjectFileImageFromMemory",
];

/// An executable under a key whose header begins within a range and which reaches beyond it: its place and kind, when
/// its header is sound.
fn executable(
    bytes: &[u8],
    (way, key): (Way, u8),
    magic: &[u8],
    within: std::ops::Range<usize>,
    left: &mut Allowance,
) -> Option<(std::ops::Range<usize>, FileKind)> {
    let hidden: Vec<u8> = magic.iter().map(|b| way.hidden(*b, key)).collect();
    let before = bytes.get(within.clone())?;
    // Two bytes of a DOS header stand in many places; the nearest sound one counts.
    for start in memchr::memmem::rfind_iter(before, &hidden) {
        let rest = bytes.get(within.start + start..)?;
        let rest = rest.get(..HEAD_WITHIN).unwrap_or(rest);
        if !sound(|at| rest.get(at).map(|b| way.plain(*b, key))) {
            continue;
        }
        if left.decodes == 0 || left.bytes == 0 {
            left.cut = true;
            return None;
        }
        let known = rest.get(..left.bytes).unwrap_or(rest);
        left.cut |= known.len() < rest.len();
        left.decodes -= 1;
        left.bytes -= known.len();
        let decoded: Vec<u8> = known.iter().map(|b| way.plain(*b, key)).collect();
        if let Some((len, kind)) = length(&decoded)
            && len > before.len() - start
        {
            let start = within.start + start;
            return Some((start..start + len.min(known.len()), kind));
        }
    }
    None
}

/// Whether the first bytes of an executable are more than its magic number.
fn sound(byte: impl Fn(usize) -> Option<u8>) -> bool {
    let four = |at: usize| Some([byte(at)?, byte(at + 1)?, byte(at + 2)?, byte(at + 3)?]);
    match four(0) {
        Some([b'M', b'Z', ..]) => {
            let at = four(0x3c).map_or(0, |b| u32::from_le_bytes(b) as usize);
            at < 4096 && four(at) == Some(*b"PE\0\0")
        }
        Some([0x7f, b'E', b'L', b'F']) => {
            matches!((byte(4), byte(5), byte(6)), (Some(1 | 2), Some(1 | 2), Some(1)))
        }
        Some(head) => head == [0xcf, 0xfa, 0xed, 0xfe],
        None => false,
    }
}

fn length(decoded: &[u8]) -> Option<(usize, FileKind)> {
    let (end, kind) = match decoded {
        [b'M', b'Z', ..] => (Pe::parse(decoded).ok()?.end(), FileKind::Pe),
        [0x7f, ..] => {
            let elf = Elf::parse(decoded).ok().filter(|e| e.is_loadable() && !e.segments.is_empty())?;
            (elf.end(), FileKind::Elf)
        }
        _ => (macho_end(decoded)?, FileKind::MachO),
    };
    Some((usize::try_from(end).ok()?.min(decoded.len()), kind))
}

fn macho_end(decoded: &[u8]) -> Option<u64> {
    let image = crate::parse::macho::parse_one(decoded).ok()?;
    let segments = image.segments.iter().map(|s| s.file.0.saturating_add(s.file.1));
    segments.max().filter(|end| *end > 0)
}

/// Whether a byte of a hidden text goes on with it: readable, or what separates texts.
fn readable(way: Way, key: u8, hidden: u8) -> bool {
    let plain = way.plain(hidden, key);
    hidden == 0 || plain == 0 || matches!(plain, b'\t' | b'\n' | b'\r' | 0x20..=0x7e)
}

/// The stretch of readable texts around a place. Padding ends it.
fn stretch(bytes: &[u8], way: Way, key: u8, at: usize) -> std::ops::Range<usize> {
    let goes_on = |b: &u8, empty: &mut usize| {
        *empty = if *b == 0 { *empty + 1 } else { 0 };
        *empty <= 16 && readable(way, key, *b)
    };
    let half = TEXT_MAX / 2;
    let mut empty = 0;
    let before = bytes.get(at.saturating_sub(half)..at).unwrap_or_default();
    let left = before.iter().rev().take_while(|b| goes_on(b, &mut empty)).count();
    empty = 0;
    let after = bytes.get(at..).unwrap_or_default();
    let right = after.iter().take(half).take_while(|b| goes_on(b, &mut empty)).count();
    at - left..at + right
}

/// The one text around a place, decoded.
fn text_around(bytes: &[u8], way: Way, key: u8, at: usize) -> Vec<u8> {
    let inside = |b: &&u8| readable(way, key, **b) && **b != 0 && way.plain(**b, key) != 0;
    let before = bytes.get(at.saturating_sub(80)..at).unwrap_or_default();
    let left = before.iter().rev().take_while(inside).count();
    let after = bytes.get(at - left..).unwrap_or_default();
    after.iter().take(200).take_while(inside).map(|b| way.plain(*b, key)).collect()
}

fn child(file: &Parsed<'_>, way: Way, key: u8, range: &std::ops::Range<usize>, what: &str) -> Option<Child> {
    let view = file.view().slice(range.clone())?;
    let text = what == "txt";
    let content = Content::Deferred(Box::new(move |budget| {
        let mut meter = budget.meter();
        let mut failed = None;
        for piece in view.chunks(PIECE) {
            // Between texts stands a line's end, so that each is read by itself.
            let plain: Vec<u8> = piece
                .iter()
                .map(|b| match way.plain(*b, key) {
                    0 if text => b'\n',
                    _ if text && *b == 0 => b'\n',
                    plain => plain,
                })
                .collect();
            if meter.write_all(&plain).is_err() {
                failed = Some(meter.stopped().unwrap_or_else(|| Gap::malformed("hidden bytes could not be decoded")));
                break;
            }
        }
        match failed {
            Some(gap) => Produced::partial(meter.finish(), gap),
            None => Produced::whole(meter.finish()),
        }
    }));
    let recipe = format!("{} {key:#04x}", way.word());
    let name = format!("{}-{key:02x}@{:#x}.{what}", way.word(), range.start);
    Some(Child { name, step: Step::Decoded { recipe, offset: range.start as u64 }, content })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, MachBuilder, PeBuilder, check, ids, noise};

    fn hide(plain: &[u8], way: Way, key: u8) -> Vec<u8> {
        plain.iter().map(|b| way.hidden(*b, key)).collect()
    }

    fn decoded(notes: &Notes) -> Vec<String> {
        let facts = notes.facts.iter().filter_map(|f| match &f.kind {
            crate::model::FactKind::Has(Capability::Decoded, text) => Some(text.to_string()),
            _ => None,
        });
        facts.collect()
    }

    #[test]
    fn texts_under_any_key_are_decoded() {
        for (way, key) in [(Way::Xor, 0x22), (Way::Xor, 0xff), (Way::Xor, 1), (Way::Add, 7), (Way::Add, 0xc3)] {
            let mut elf = ElfBuilder::program();
            elf.data = [noise(100), hide(b"\0/bin/busybox\0/dev/watchdog\0", way, key), noise(50)].concat();
            let notes = check(&Hidden, FileKind::Elf, "x", &elf.build());
            assert_eq!(ids(&notes), ["native-hidden-texts"], "{way:?} {key}");
            assert_eq!(decoded(&notes), ["/bin/busybox", "/dev/watchdog"]);
            assert_eq!(notes.children.len(), 1);
        }
    }

    #[test]
    fn one_hidden_text_is_a_hint_and_plain_text_is_nothing() {
        let mut elf = ElfBuilder::program();
        elf.data = [noise(64), hide(b"kernel32.dll\0", Way::Xor, 0x5a), noise(64)].concat();
        assert_eq!(ids(&check(&Hidden, FileKind::Elf, "x", &elf.build())), ["native-hidden-text"]);
        elf.data = b"/bin/busybox\0/dev/watchdog\0https://example.invalid/\0".to_vec();
        assert!(check(&Hidden, FileKind::Elf, "x", &elf.build()).findings.is_empty());
        elf.data = noise(10_000);
        assert!(check(&Hidden, FileKind::Elf, "x", &elf.build()).findings.is_empty());
    }

    #[test]
    fn executables_of_every_format_are_cut_out_and_decoded() {
        let mut pe = PeBuilder::program();
        pe.sections[1].1 = b"This program cannot be run in DOS mode".to_vec();
        let mut mach = MachBuilder::library();
        mach.data = b"/usr/lib/libSystem.B.dylib".to_vec();
        let mut inner_elf = ElfBuilder::program();
        inner_elf.data = b"/lib64/ld-linux-x86-64.so.2".to_vec();
        for (inner, kind) in
            [(pe.build(), FileKind::Pe), (mach.build(), FileKind::MachO), (inner_elf.build(), FileKind::Elf)]
        {
            let mut outer = ElfBuilder::program();
            outer.data = [noise(300), hide(&inner, Way::Xor, 0xe8), vec![0; 100]].concat();
            let notes = check(&Hidden, FileKind::Elf, "x", &outer.build());
            assert_eq!(ids(&notes).first(), Some(&"native-hidden-executable"), "{kind:?}");
            assert!(notes.findings[0].evidence[0].note.starts_with(kind.word()), "{kind:?}");
            outer.imports = vec!["execve"];
            let notes = check(&Hidden, FileKind::Elf, "x", &outer.build());
            assert_eq!(ids(&notes).first(), Some(&"native-hidden-executable-started"));
        }
    }

    #[test]
    fn loading_libraries_and_threads_start_nothing_hidden() {
        let mut inner = PeBuilder::program();
        inner.sections[1].1 = b"This program cannot be run in DOS mode".to_vec();
        let mut outer = PeBuilder::program();
        outer.sections[1].1 = hide(&inner.build(), Way::Xor, 0xe8);
        for (name, id) in [
            ("LoadLibraryExW", "native-hidden-executable"),
            ("CreateThread", "native-hidden-executable"),
            ("ShellExecuteW", "native-hidden-executable"),
            ("CreateProcessW", "native-hidden-executable-started"),
            ("CreateRemoteThreadEx", "native-hidden-executable-started"),
        ] {
            outer.imports = vec![("kernel32.dll", vec![name])];
            assert_eq!(ids(&check(&Hidden, FileKind::Pe, "x", &outer.build())).first(), Some(&id), "{name}");
        }
    }

    fn limits(notes: &Notes) -> usize {
        notes.gaps.iter().filter(|g| g.reason == GapReason::Limit).count()
    }

    #[test]
    fn any_number_of_headers_costs_no_more_than_some_decodings() {
        // Headers that are sound and reach nowhere, each before a text of an executable; then many texts and no header.
        let head = [&b"\x7fELF\x02\x01\x01"[..], &[0; 57]].concat();
        let text = b"/lib64/ld-linux-x86-64.so.2\0";
        let mut elf = ElfBuilder::program();
        elf.data = hide(&[head.repeat(400), text.repeat(2000), vec![1; 1 << 20]].concat(), Way::Xor, 0x5c);
        let notes = check(&Hidden, FileKind::Elf, "x", &elf.build());
        assert!(notes.findings.is_empty());
        assert_eq!(limits(&notes), 1);
        // One header only is decoded once, for all texts.
        elf.data = hide(&[head.clone(), text.repeat(2000)].concat(), Way::Xor, 0x5c);
        assert_eq!(limits(&check(&Hidden, FileKind::Elf, "x", &elf.build())), 0);
        // Two bytes of a DOS header over and over, and the one that is meant before them all.
        let mut inner = PeBuilder::program();
        inner.sections[1].1 = [b"MZ".repeat(200_000), b"This program cannot be run in DOS mode".to_vec()].concat();
        elf.data = hide(&inner.build(), Way::Xor, 0xe8);
        let notes = check(&Hidden, FileKind::Elf, "x", &elf.build());
        assert_eq!(ids(&notes).first(), Some(&"native-hidden-executable"));
    }

    #[test]
    fn more_texts_and_keys_than_are_told_are_a_gap() {
        let mut elf = ElfBuilder::program();
        elf.data = hide(&b"/bin/busybox\0".repeat(HITS_MAX + 1), Way::Xor, 0x37);
        assert_eq!(limits(&check(&Hidden, FileKind::Elf, "x", &elf.build())), 1);
        let under = |keys: std::ops::Range<u8>| -> Vec<u8> {
            keys.flat_map(|k| [hide(b"/bin/busybox\0", Way::Xor, k), vec![0; 40]].concat()).collect()
        };
        elf.data = under(0x81..0x81 + KEYS_MAX as u8);
        assert_eq!(limits(&check(&Hidden, FileKind::Elf, "x", &elf.build())), 0);
        elf.data = under(0x81..0x82 + KEYS_MAX as u8);
        assert_eq!(limits(&check(&Hidden, FileKind::Elf, "x", &elf.build())), 1);
    }

    #[test]
    fn a_magic_number_alone_is_no_executable() {
        let mut outer = ElfBuilder::program();
        let inner = [&b"MZ"[..], &[1; 100], b"This program cannot be run in DOS mode"].concat();
        outer.data = [noise(300), hide(&inner, Way::Xor, 0xe8)].concat();
        assert!(check(&Hidden, FileKind::Elf, "x", &outer.build()).findings.is_empty());
    }
}
