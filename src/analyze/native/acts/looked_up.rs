//! Functions that a program finds while it runs: by their names, or by digests of their names.
//!
//! What is asked of the loader by name (`GetProcAddress`, `dlsym`) stands in no table of imports, and is called through a
//! register. The name itself is a text that the code points at. Implants leave even that out: they go through the
//! loaded libraries themselves, and compare a digest of each name with a number. There are few digests in use, and few
//! functions that matter, so that the numbers of all of them are known: one number may be chance, several of one digest
//! in a program that walks the list of loaded libraries are not.
//!
//! References: ATT&CK T1027.007, T1106.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::super::code::{Event, Wanted};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::finder::Finder;
use crate::parse::native::{Image, Machine};

/// What looks functions up by name.
const ASKED: &[&str] = &["GetProcAddress", "dlsym", "dlvsym", "LdrGetProcedureAddress"];
/// Marks of names stand this far above those of the functions.
const NAMED: u16 = 0x4000;
/// The mark of a call that looks a name up.
const LOOKS_UP: u16 = 0x7fff;
/// How far from such a call the name may be pointed at, in bytes of code.
const NEAR: u64 = 400;
/// Most names and numbers that are kept.
const NAMES_MAX: usize = 1 << 12;
const NUMBERS_MAX: usize = 1 << 12;
/// Shortest name that is believed.
const SHORTEST: usize = 4;
/// What stands in names of other languages only.
const NOT_C: [char; 4] = ['.', '/', ':', '('];
/// So many numbers of one digest are no chance.
const DIGESTS_LEAST: usize = 3;

/// Names of functions that stand as texts of their own, with their places, in an image that looks names up.
pub(super) fn names(file: &Parsed<'_>, image: &Image<'_>, functions: &HashMap<&'static str, u16>) -> Vec<(u64, u16)> {
    let mut found = Vec::new();
    if image.imported(ASKED).is_empty() {
        return found;
    }
    // There is one vocabulary, and so there is one search.
    static SEARCH: OnceLock<(Vec<(&str, u16)>, Finder)> = OnceLock::new();
    let (known, search) = SEARCH.get_or_init(|| {
        let known = functions.iter().filter(|(name, _)| name.len() >= SHORTEST && !name.contains(NOT_C));
        let mut known: Vec<(&'static str, u16)> = known.map(|(name, mark)| (*name, *mark)).collect();
        // Of names that begin alike the longest is meant.
        known.sort_unstable_by_key(|(name, _)| (std::cmp::Reverse(name.len()), *name));
        // A name of its own stands behind a zero.
        let search = Finder::new(known.iter().map(|(name, _)| [b"\0", name.as_bytes()].concat()));
        (known, search)
    });
    let fields = Fields::new(file.bytes(), true);
    let apart = image.apart();
    for part in image.parts(fields.len(), |r| !(apart && r.execute && !r.write)).0 {
        let bytes = part.of(file.view());
        let first = known.iter().position(|(name, _)| bytes.starts_with(name.as_bytes()));
        let first = first.and_then(|word| Some((0, known.get(word)?)));
        let others =
            search.find_over(&bytes, 0..bytes.len()).filter_map(|hit| Some((hit.start + 1, known.get(hit.word)?)));
        for (start, (name, mark)) in first.into_iter().chain(others) {
            let ends = matches!(
                bytes.get(start + name.len()..),
                Some([0, ..] | [b'A' | b'W', 0, ..] | [b'E', b'x', 0, ..] | [b'E', b'x', b'A' | b'W', 0, ..])
            );
            if ends && found.len() < NAMES_MAX {
                found.push((part.address.saturating_add(start as u64), *mark));
            }
        }
    }
    found
}

/// Has the code that points at such names noted, those of them that are asked for.
pub(super) fn note(names: &[(u64, u16)], asked: &HashSet<u16>, wanted: &mut Wanted<'_>) {
    let mut noted = false;
    for (address, mark) in names.iter().filter(|(_, mark)| asked.contains(mark)) {
        wanted.texts.entry(*address).or_insert(NAMED.saturating_add(*mark));
        noted = true;
    }
    for name in ASKED.iter().filter(|_| noted) {
        wanted.functions.entry(name.as_bytes()).or_insert(LOOKS_UP);
    }
}

/// Names that are pointed at near a call that looks names up stand for the functions; others for nothing.
pub(super) fn resolve(found: &mut Vec<Event>) {
    let calls: Vec<u64> = found.iter().filter(|e| e.mark == LOOKS_UP).map(|e| e.at).collect();
    let near = |at: u64| {
        let next = calls.partition_point(|c| *c < at);
        [calls.get(next), next.checked_sub(1).and_then(|b| calls.get(b))]
            .into_iter()
            .flatten()
            .any(|call| call.abs_diff(at) <= NEAR)
    };
    found.retain_mut(|event| {
        if event.mark == LOOKS_UP {
            return false;
        }
        if (NAMED..LOOKS_UP).contains(&event.mark) {
            event.mark -= NAMED;
            return near(event.at);
        }
        true
    });
    found.sort_unstable_by_key(|e| (e.at, e.mark));
    found.dedup();
}

/// Where code takes the list of loaded libraries: gs:[60h], fs:[30h], as compilers and assemblers write it.
fn walks_libraries(code: &[u8]) -> bool {
    let wide = memchr::memmem::find_iter(code, b"\x25\x60\0\0\0").any(|at| {
        let before = code.get(at.saturating_sub(4)..at).unwrap_or_default();
        matches!(before, [0x65, 0x48 | 0x4c, 0x8b, modrm] if modrm & 0xc7 == 4)
    });
    // mov eax, 60h; mov rax, gs:[rax]
    let by_register = || {
        memchr::memmem::find_iter(code, b"\x60\0\0\0").any(|at| {
            let near = code.get(at..at.saturating_add(16)).unwrap_or_default();
            near.windows(4).any(|w| matches!(w, [0x65, 0x48..=0x4f, 0x8b, modrm] if modrm & 0xc0 == 0))
        })
    };
    let narrow = || {
        memchr::memmem::find(code, b"\x64\xa1\x30\0\0\0").is_some()
            || memchr::memmem::find_iter(code, b"\x30\0\0\0").any(|at| {
                let before = code.get(at.saturating_sub(3)..at).unwrap_or_default();
                matches!(before, [0x64, 0x8b, modrm] if modrm & 0xc7 == 5)
            })
            || memchr::memmem::find_iter(code, b"\x64\x8b").any(|at| {
                // mov edx, fs:[edx + 30h]
                matches!(code.get(at + 2..at + 4), Some([modrm, 0x30]) if modrm & 0xc0 == 0x40)
            })
    };
    wide || by_register() || narrow()
}

/// Numbers that stand for functions of the vocabulary, where code puts them into a register, on the stack or compares
/// with them.
pub(super) fn digests(file: &Parsed<'_>, image: &Image<'_>, functions: &HashMap<&'static str, u16>) -> Vec<Event> {
    // An ELF file is led to the list of what is loaded by the loader's own words.
    let walks =
        file.elf().is_some() && !image.imported(&["_r_debug", "dl_iterate_phdr", "_rtld_global", "dlinfo"]).is_empty();
    if !matches!(image.machine, Machine::X64 | Machine::X86) || !(walks || matches!(file.pe(), Some(Ok(_)))) {
        return Vec::new();
    }
    let fields = Fields::new(file.bytes(), true);
    let parts = image.parts(fields.len(), |r| r.execute).0;
    let code: Vec<(u64, &[u8])> = parts.iter().map(|p| (p.address, fields.available(p.offset, p.len))).collect();
    if !walks && !code.iter().any(|(_, code)| walks_libraries(code)) {
        return Vec::new();
    }
    static TABLE: OnceLock<HashMap<u32, (usize, u16)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| table(functions));
    let mut found: Vec<(usize, Event)> = Vec::new();
    for (address, code) in code {
        for (at, byte) in code.iter().enumerate() {
            let from = match byte {
                // push imm32; cmp eax, imm32; mov reg, imm32
                0x68 | 0x3d | 0xb8..=0xbf => at + 1,
                // cmp reg, imm32
                0x81 if code.get(at + 1).is_some_and(|m| *m >= 0xf8) => at + 2,
                // mov dword [rsp or rbp + n], imm32
                0xc7 if code.get(at + 1).is_some_and(|m| *m == 0x45) => at + 3,
                0xc7 if code.get(at + 1..at + 3).is_some_and(|m| m == [0x44, 0x24]) => at + 4,
                _ => continue,
            };
            let value = code.get(from..).and_then(|c| c.first_chunk()).map(|c| u32::from_le_bytes(*c));
            if let Some((digest, mark)) = value.and_then(|v| table.get(&v)).copied()
                && found.len() < NUMBERS_MAX
            {
                found.push((digest, Event { at: address.saturating_add(at as u64), mark }));
            }
        }
    }
    let mut kinds: HashMap<usize, HashSet<u16>> = HashMap::new();
    for (digest, event) in &found {
        kinds.entry(*digest).or_default().insert(event.mark);
    }
    found.retain(|(digest, _)| kinds.get(digest).is_some_and(|marks| marks.len() >= DIGESTS_LEAST));
    found.into_iter().map(|(_, event)| event).collect()
}

/// Digests in use, over a name as it is written.
const DIGESTS: &[fn(&[u8]) -> u32] = &[
    |name| name.iter().fold(0, |h: u32, b| h.rotate_right(13).wrapping_add(u32::from(*b))),
    // The byte that ends the name is counted too.
    |name| name.iter().chain(&[0]).fold(0, |h: u32, b| h.rotate_right(13).wrapping_add(u32::from(*b))),
    |name| name.iter().fold(5381, |h: u32, b| h.wrapping_mul(33).wrapping_add(u32::from(*b))),
    |name| name.iter().fold(5381, |h: u32, b| h.wrapping_mul(33) ^ u32::from(*b)),
    |name| name.iter().fold(0, |h: u32, b| h.wrapping_mul(65599).wrapping_add(u32::from(*b))),
    |name| name.iter().fold(0, |h: u32, b| h.wrapping_mul(131).wrapping_add(u32::from(*b))),
    |name| name.iter().fold(0x811c_9dc5, |h: u32, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193)),
    |name| name.iter().fold(0, |h: u32, b| h.rotate_right(7).wrapping_add(u32::from(*b))),
    |name| name.iter().fold(0, |h: u32, b| h.rotate_left(7) ^ u32::from(*b)),
    |name| name.iter().fold(0, |h: u32, b| h.rotate_left(5) ^ u32::from(*b)),
    |name| !name.iter().fold(u32::MAX, |h, b| crc32(h, *b)),
    |name| {
        let h = name.iter().fold(0u32, |h, b| {
            let h = h.wrapping_add(u32::from(*b));
            let h = h.wrapping_add(h << 10);
            h ^ h >> 6
        });
        let h = h.wrapping_add(h << 3);
        let h = h ^ h >> 11;
        h.wrapping_add(h << 15)
    },
];

/// Libraries whose names are part of the digest that Metasploit's code makes, in capitals of two bytes, with their end.
const LIBRARIES: &[&str] = &["KERNEL32.DLL", "WS2_32.DLL", "WININET.DLL", "WINHTTP.DLL", "USER32.DLL", "ADVAPI32.DLL"];

fn crc32(h: u32, byte: u8) -> u32 {
    (0..8).fold(h ^ u32::from(byte), |h, _| if h & 1 == 1 { h >> 1 ^ 0xedb8_8320 } else { h >> 1 })
}

/// The numbers of all functions, each with its digest and mark.
fn table(functions: &HashMap<&'static str, u16>) -> HashMap<u32, (usize, u16)> {
    let mut table = HashMap::new();
    let ror13 = |h: u32, b: u8| h.rotate_right(13).wrapping_add(u32::from(b));
    let libraries: Vec<u32> =
        LIBRARIES.iter().map(|l| l.bytes().chain([0]).fold(0, |h, b| ror13(ror13(h, b), 0))).collect();
    for (name, mark) in functions.iter().filter(|(n, _)| n.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')) {
        for suffix in ["", "A", "W", "ExA", "ExW", "Ex"] {
            let name = format!("{name}{suffix}");
            for (i, digest) in DIGESTS.iter().enumerate() {
                table.entry(digest(name.as_bytes())).or_insert((i, *mark));
                let low = name.to_ascii_lowercase();
                table.entry(digest(low.as_bytes())).or_insert((DIGESTS.len() + i, *mark));
            }
            let own = name.bytes().chain([0]).fold(0, ror13);
            for library in &libraries {
                table.entry(library.wrapping_add(own)).or_insert((2 * DIGESTS.len(), *mark));
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_known_code_are_computed() {
        let functions: HashMap<&'static str, u16> = [("LoadLibrary", 1), ("VirtualAlloc", 2), ("connect", 3)].into();
        let table = table(&functions);
        let of = |n: u32| table.get(&n).map(|(_, mark)| *mark);
        // ror13 of LoadLibraryA and VirtualAlloc; Metasploit's of kernel32.dll!LoadLibraryA and kernel32.dll!VirtualAlloc,
        // of ws2_32.dll!connect; djb2 of LoadLibraryA.
        assert_eq!((of(0xec0e_4e8e), of(0x91af_ca54)), (Some(1), Some(2)));
        assert_eq!((of(0x0726_774c), of(0xe553_a458), of(0x6174_a599)), (Some(1), Some(2), Some(3)));
        assert_eq!(of(0x5fbf_f0fb), Some(1));
        assert_eq!(of(0x1234_5678), None);
    }
}
