//! What dyld binds: which word in memory holds the address of which function of another library, in both forms (chained
//! fixups of macOS 12 and later, binding programs before), and the names that a library offers in its export trie.
//!
//! The symbol table says the same of an honest file; dyld does not read it, so that who wants to hide imports clears it.
//!
//! Specification: `mach-o/fixup-chains.h` and `mach-o/loader.h` of Apple's open-source dyld and XNU.

use std::borrow::Cow;

use goblin::mach::constants::{S_MOD_INIT_FUNC_POINTERS, SECTION_TYPE};

use super::{MachO, NAME_MAX};
use crate::model::{Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::native::{INITIAL_MAX, SLOTS_MAX};
use crate::parse::parts::{Part, Places, parts};

/// Most steps of all binding programs of an image, and of all its chains of fixups.
const STEPS_MAX: usize = 1 << 22;
/// Most segments whose chains are followed.
const SEGMENTS_MAX: u64 = 1 << 10;
/// Most names and edges of an export trie, most bytes of all names on the way to them, and how many of those a byte of the
/// trie is worth.
const EXPORTS_MAX: usize = 1 << 18;
const EDGES_MAX: usize = 1 << 20;
const EXPORT_BYTES_MAX: usize = 1 << 26;
const EXPORT_BYTES_EACH: usize = 64;
/// A page's chain does not begin, or begins at several places.
const PAGE_NONE: u16 = 0xffff;
const PAGE_MANY: u16 = 0x8000;

/// How a chained pointer is written.
struct Form {
    /// Bytes of one pointer, and of one step of `next`.
    bytes: u64,
    stride: u64,
    /// Lowest bit and number of bits of `next`.
    next: (u32, u32),
    /// The bit that says that a symbol is bound.
    bind: u32,
    /// Bits of the symbol's number, from bit 0.
    ordinal: u32,
    /// Lowest bits that are the target where nothing is bound, and whether that counts from the image's start.
    target: u32,
    from_start: bool,
    /// Whether bit 63 says that the pointer is signed: then 32 bits count from the image's start.
    signs: bool,
}

fn form(format: u16) -> Option<Form> {
    let wide = |next, bind, ordinal, stride, target, from_start| Form {
        bytes: 8,
        stride,
        next,
        bind,
        ordinal,
        target,
        from_start,
        signs: target == 43,
    };
    Some(match format {
        // DYLD_CHAINED_PTR_ARM64E and its variants of user land, kernel and firmware.
        1 => wide((51, 11), 62, 16, 8, 43, false),
        9 => wide((51, 11), 62, 16, 8, 43, true),
        12 => wide((51, 11), 62, 24, 8, 43, true),
        7 => wide((51, 11), 62, 16, 4, 43, true),
        10 => wide((51, 11), 62, 16, 4, 43, false),
        // DYLD_CHAINED_PTR_64 and DYLD_CHAINED_PTR_64_OFFSET.
        2 => wide((51, 12), 63, 24, 4, 36, false),
        6 => wide((51, 12), 63, 24, 4, 36, true),
        // DYLD_CHAINED_PTR_32.
        3 => Form {
            bytes: 4,
            stride: 4,
            next: (26, 5),
            bind: 31,
            ordinal: 20,
            target: 26,
            from_start: false,
            signs: false,
        },
        _ => return None,
    })
}

fn bits(value: u64, (low, count): (u32, u32)) -> u64 {
    (value >> low) & ((1u64 << count) - 1)
}

fn bare(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"_").unwrap_or(name)
}

/// What was read of the fixups.
#[derive(Default)]
struct Bound<'a> {
    names: Vec<&'a [u8]>,
    slots: Vec<(u64, &'a [u8])>,
    pointers: Vec<(u64, u64)>,
    /// Where the words for initialisers and for functions that stand in for others lie in memory.
    asked: Places,
    /// Most slots: as many as words fit into the image, since five bytes of a program may bind any number.
    most: usize,
    cut: bool,
}

impl<'a> MachO<'a> {
    /// Reads fixups and exports, where load commands said that they lie.
    pub(super) fn read_fixups(&mut self, file: Fields<'a>) {
        let segments = self.segments.iter().map(|s| (s.file.0, s.file.1, s.memory.0));
        let (segments, cut) = parts(segments, file.len());
        self.mapped = Places::new(segments);
        let sections = self.segments.iter().flat_map(|s| &s.sections);
        let words = sections.filter(|s| s.flags & SECTION_TYPE == S_MOD_INIT_FUNC_POINTERS || s.interposes());
        let mut bound = Bound {
            asked: Places::new(words.map(|s| Part { offset: 0, len: s.len, address: s.address }).collect()),
            most: SLOTS_MAX.min(self.bytes.len() / 4),
            cut,
            ..Bound::default()
        };
        if let Some((at, len)) = self.chained {
            let chained = file.inner(file.available(at, len));
            if let Err(gap) = self.chains(file, chained, &mut bound) {
                self.gaps.push(gap);
            }
        }
        // Any number of load commands may name the same program.
        let mut steps = STEPS_MAX;
        for (at, len) in std::mem::take(&mut self.programs) {
            self.binding_program(file, file.inner(file.available(at, len)), &mut steps, &mut bound);
        }
        if bound.cut {
            self.gaps.push(Gap::new(GapReason::Limit, "more fixups than are read"));
        }
        let mut known: std::collections::HashSet<&[u8]> = self.imports.iter().copied().collect();
        let named = bound.names.into_iter().chain(bound.slots.iter().map(|(_, name)| *name));
        for name in named {
            if known.insert(name) {
                self.imports.push(name);
            }
        }
        self.slots = bound.slots;
        self.pointers = bound.pointers;
        self.pointers.sort_unstable();
        if self.initialisers() > INITIAL_MAX as u64 {
            self.gaps.push(Gap::new(GapReason::Limit, "more functions that run when it is loaded than are read"));
        }
        let interposed = self.segments.iter().flat_map(|s| &s.sections).filter(|s| s.interposes());
        let pair: u64 = if self.wide { 16 } else { 8 };
        if interposed.map(|s| s.len / pair).fold(0, u64::saturating_add) > super::INTERPOSED_MAX {
            self.gaps.push(Gap::new(GapReason::Limit, "more functions that stand in for others than are read"));
        }
        if let Some((at, len)) = self.trie {
            let (names, cut) = trie(file.inner(file.available(at, len)));
            let known: std::collections::HashSet<&[u8]> = self.exports.iter().map(AsRef::as_ref).collect();
            let names = names.into_iter().map(|(name, _)| name);
            let fresh: Vec<_> = names.filter(|name| !known.contains(name.as_slice())).collect();
            self.exports.extend(fresh.into_iter().map(Cow::Owned));
            if cut {
                self.gaps.push(Gap::new(GapReason::Limit, "more exported names than are read"));
            }
        }
    }

    /// Where the header of the image lies in memory.
    pub(super) fn first_address(&self) -> u64 {
        self.segments.iter().find(|s| s.file.0 == 0 && s.file.1 > 0).map_or(0, |s| s.memory.0)
    }

    /// The place in the image of an address, if it has bytes there.
    pub(super) fn place_of(&self, address: u64) -> Option<u64> {
        self.mapped.at(address).map(|(at, _)| at)
    }

    fn chains(&self, file: Fields<'a>, chained: Fields<'a>, bound: &mut Bound<'a>) -> Result<(), Gap> {
        let outside = || Gap::malformed("the chained fixups lie outside of the image");
        let word = |at| chained.u32(at).map(u64::from).ok_or_else(outside);
        let (starts, imports, symbols, count) = (word(4)?, word(8)?, word(12)?, word(16)?);
        let (format, packed) = (word(20)?, word(24)?);
        if packed != 0 {
            return Err(Gap::new(GapReason::Unsupported, "names of imported functions are compressed"));
        }
        let row = match format {
            1 => 4,
            2 => 8,
            3 => 16,
            _ => return Err(Gap::new(GapReason::Unsupported, "imports of chained fixups have an unknown form")),
        };
        let count = count.min(chained.len().saturating_sub(imports) / row);
        let segments = word(starts)?;
        bound.cut |= count > SLOTS_MAX as u64 || segments > SEGMENTS_MAX;
        for i in 0..count.min(SLOTS_MAX as u64) {
            let at = imports.saturating_add(i * row);
            let name =
                if format == 3 { chained.u64(at).map(|v| v >> 32) } else { chained.u32(at).map(|v| u64::from(v >> 9)) };
            let name = name.and_then(|n| chained.text(symbols.saturating_add(n), NAME_MAX)).unwrap_or_default();
            bound.names.push(bare(name));
        }
        // The numbers of the chains count rows, so the empty names stay until the chains were followed.
        let names = std::mem::take(&mut bound.names);
        let mut steps = STEPS_MAX;
        for i in 0..segments.min(SEGMENTS_MAX) {
            let Some(info) = chained.u32(starts.saturating_add(4 + i * 4)).filter(|o| *o != 0) else { continue };
            self.chains_of_segment(file, chained, starts.saturating_add(info.into()), &names, &mut steps, bound);
        }
        bound.names = names.into_iter().filter(|n| !n.is_empty()).collect();
        Ok(())
    }

    fn chains_of_segment(
        &self,
        file: Fields<'a>,
        chained: Fields<'a>,
        at: u64,
        names: &[&'a [u8]],
        steps: &mut usize,
        bound: &mut Bound<'a>,
    ) {
        let half = |at| chained.u16(at);
        let (Some(page), Some(format), Some(segment), Some(pages)) =
            (half(at + 4), half(at + 6), chained.u64(at + 8), half(at + 20))
        else {
            return;
        };
        let Some(form) = form(format) else {
            bound.cut = true;
            return;
        };
        let base = self.first_address();
        for i in 0..u64::from(pages) {
            let Some(start) = half(at + 22 + i * 2) else { break };
            if start == PAGE_NONE {
                continue;
            }
            if start & PAGE_MANY != 0 && form.bytes == 4 {
                bound.cut = true;
                continue;
            }
            let page_at = i.saturating_mul(u64::from(page)).saturating_add(segment);
            let mut address = base.saturating_add(page_at).saturating_add(u64::from(start));
            loop {
                if *steps == 0 || bound.slots.len() >= bound.most {
                    bound.cut = true;
                    return;
                }
                *steps -= 1;
                let Some(value) = self.place_of(address).and_then(|at| file.word(at, form.bytes == 8)) else { break };
                if bits(value, (form.bind, 1)) == 1 {
                    let name = usize::try_from(bits(value, (0, form.ordinal))).ok().and_then(|i| names.get(i));
                    if let Some(name) = name.filter(|n| !n.is_empty()) {
                        bound.slots.push((address, name));
                    }
                } else if bound.asked.at(address).is_some() {
                    // Most words of an image are other pointers, which nobody asks for.
                    let signed = form.signs && bits(value, (63, 1)) == 1;
                    let target = bits(value, (0, if signed { 32 } else { form.target }));
                    let target = if signed || form.from_start { base.saturating_add(target) } else { target };
                    if bound.pointers.len() < INITIAL_MAX {
                        bound.pointers.push((address, target));
                    } else {
                        bound.cut = true;
                    }
                }
                match bits(value, form.next) {
                    0 => break,
                    next => address = address.saturating_add(next * form.stride),
                }
            }
        }
    }

    /// Follows one chain of threaded binding. Says whether there is room for more.
    fn thread(
        &self,
        file: Fields<'a>,
        mut address: u64,
        names: &[&'a [u8]],
        steps: &mut usize,
        bound: &mut Bound<'a>,
    ) -> bool {
        let Some(form) = form(1) else { return false };
        loop {
            if *steps == 0 || bound.slots.len() >= bound.most {
                bound.cut = true;
                return false;
            }
            *steps -= 1;
            let Some(value) = self.place_of(address).and_then(|at| file.u64(at)) else { return true };
            if bits(value, (form.bind, 1)) == 1 {
                let name = usize::try_from(bits(value, (0, form.ordinal))).ok().and_then(|i| names.get(i));
                bound.slots.extend(name.filter(|n| !n.is_empty()).map(|name| (address, *name)));
            }
            match bits(value, form.next) {
                0 => return true,
                next => address = address.saturating_add(next * form.stride),
            }
        }
    }

    /// Runs one binding program of `LC_DYLD_INFO`.
    fn binding_program(&self, file: Fields<'a>, code: Fields<'a>, steps: &mut usize, bound: &mut Bound<'a>) {
        let word: u64 = if self.wide { 8 } else { 4 };
        let (mut at, mut address) = (0u64, 0u64);
        let mut name: &'a [u8] = b"";
        // Threaded binding, a forerunner of chained fixups: names are numbered first, then chains are followed.
        let mut numbered: Option<Vec<&'a [u8]>> = None;
        while let Some(byte) = code.u8(at) {
            if *steps == 0 {
                bound.cut = true;
                return;
            }
            *steps -= 1;
            at += 1;
            let low = u64::from(byte & 15);
            let number = |at: &mut u64| uleb(code, at).unwrap_or(0);
            // How often a word is bound, and how far it goes on after each.
            let (times, step) = match byte & 0xf0 {
                0x40 => {
                    let text = code.text(at, NAME_MAX).unwrap_or_default();
                    at = at.saturating_add(text.len() as u64 + 1);
                    name = bare(text);
                    continue;
                }
                0x70 => {
                    let skip = number(&mut at);
                    let segment = usize::try_from(low).ok().and_then(|i| self.segments.get(i));
                    address = segment.map_or(0, |s| s.memory.0).wrapping_add(skip);
                    continue;
                }
                0x80 => {
                    address = address.wrapping_add(number(&mut at));
                    continue;
                }
                // Of the library and the addend, only the length matters.
                0x20 | 0x60 => {
                    number(&mut at);
                    continue;
                }
                0x90 => (1, word),
                0xa0 => (1, word.wrapping_add(number(&mut at))),
                0xb0 => (1, word.wrapping_add(low * word)),
                0xc0 => {
                    let times = number(&mut at);
                    (times, word.wrapping_add(number(&mut at)))
                }
                0xd0 if low == 0 => {
                    number(&mut at);
                    numbered = Some(Vec::new());
                    continue;
                }
                0xd0 => {
                    let names = numbered.as_deref().unwrap_or_default();
                    if !self.thread(file, address, names, steps, bound) {
                        return;
                    }
                    continue;
                }
                _ => continue,
            };
            if let Some(numbered) = &mut numbered {
                if numbered.len() >= SLOTS_MAX {
                    bound.cut = true;
                    return;
                }
                numbered.push(name);
                continue;
            }
            for _ in 0..times {
                if *steps == 0 || bound.slots.len() >= bound.most {
                    bound.cut = true;
                    return;
                }
                *steps -= 1;
                if !name.is_empty() {
                    bound.slots.push((address, name));
                }
                address = address.wrapping_add(step);
            }
        }
    }
}

fn uleb(code: Fields<'_>, at: &mut u64) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..70).step_by(7) {
        let byte = code.u8(*at)?;
        *at += 1;
        if shift < 64 {
            value |= u64::from(byte & 0x7f) << shift;
        }
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// An exported name, and its address counted from the image's first one, unless it lies in another image.
type Exported = (Vec<u8>, Option<u64>);

/// The names of an export trie, and whether there are more. Each node is visited once, whoever leads to it: neither nodes
/// that lead back nor thousands of edges to one node make work.
pub(super) fn trie(nodes: Fields<'_>) -> (Vec<Exported>, bool) {
    let mut names = Vec::new();
    let mut left =
        usize::try_from(nodes.len()).unwrap_or(usize::MAX).saturating_mul(EXPORT_BYTES_EACH).min(EXPORT_BYTES_MAX);
    let mut edges = EDGES_MAX;
    let mut seen = std::collections::HashSet::from([0]);
    let mut open: Vec<(u64, Vec<u8>)> = vec![(0, Vec::new())];
    while let Some((node, name)) = open.pop() {
        if names.len() >= EXPORTS_MAX {
            return (names, true);
        }
        let mut at = node;
        let Some(size) = uleb(nodes, &mut at) else { continue };
        if size > 0 && !name.is_empty() {
            // EXPORT_SYMBOL_FLAGS_REEXPORT: it lies in another image.
            let mut inner = at;
            let is_here = uleb(nodes, &mut inner).is_some_and(|flags| flags & 8 == 0);
            let place = if is_here { uleb(nodes, &mut inner) } else { None };
            names.push((bare(&name).to_vec(), place));
        }
        at = at.saturating_add(size);
        let Some(children) = nodes.u8(at) else { continue };
        at += 1;
        for _ in 0..children {
            if edges == 0 {
                return (names, true);
            }
            edges -= 1;
            let Some(edge) = nodes.text(at, NAME_MAX) else { break };
            at = at.saturating_add(edge.len() as u64 + 1);
            let Some(next) = uleb(nodes, &mut at) else { break };
            let len = name.len() + edge.len();
            if len as u64 > NAME_MAX || !seen.insert(next) {
                continue;
            }
            if left < len {
                return (names, true);
            }
            left -= len;
            open.push((next, [&name[..], edge].concat()));
        }
    }
    (names, false)
}

#[cfg(test)]
mod tests {
    use super::super::parse_one;
    use super::*;

    fn put(bytes: &mut Vec<u8>, at: usize, words: &[u32]) {
        let words: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        put_bytes(bytes, at, &words);
    }

    fn put_bytes(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
        bytes.resize(bytes.len().max(at + new.len()), 0);
        bytes[at..at + new.len()].copy_from_slice(new);
    }

    /// An arm64 library with one text segment at 0x1_0000_0000 and one data segment of one page behind it, a section of
    /// initialisers in it, and the command that `put_command` writes at 344.
    fn library(data: &[u64], command: &[u32]) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, 0, &[0xfeed_facf, 0x0100_000c, 0, 6, 3, 72 + 152 + command.len() as u32 * 4, 0, 0]);
        let mut segment = |at: usize, name: &[u8], address: u64, offset: u64, protection: u32, sections: u32| {
            put(&mut out, at, &[0x19, if sections == 0 { 72 } else { 152 }]);
            put_bytes(&mut out, at + 8, name);
            for (i, value) in [address, 0x4000, offset, 0x4000].iter().enumerate() {
                put_bytes(&mut out, at + 24 + i * 8, &value.to_le_bytes());
            }
            put(&mut out, at + 56, &[protection, protection, sections, 0]);
        };
        segment(32, b"__TEXT", 0x1_0000_0000, 0, 5, 0);
        segment(104, b"__DATA", 0x1_0000_4000, 0x4000, 3, 1);
        put_bytes(&mut out, 176, b"__mod_init_func\0__DATA");
        put_bytes(&mut out, 208, &0x1_0000_4000u64.to_le_bytes());
        put_bytes(&mut out, 216, &8u64.to_le_bytes());
        put(&mut out, 224, &[0x4000, 3, 0, 0, 9]);
        put(&mut out, 256, command);
        for (i, word) in data.iter().enumerate() {
            put_bytes(&mut out, 0x4000 + i * 8, &word.to_le_bytes());
        }
        out.resize(0x8000, 0);
        out
    }

    const BIND: u64 = 1 << 63;
    fn next(words: u64) -> u64 {
        (words * 2) << 51
    }

    fn chained(format: u16) -> Vec<u8> {
        // An initialiser at 0x1000, then system, then dlsym behind a gap of one word.
        let data = [0x1000 | next(1), BIND | 1 | next(2), 0, BIND];
        let mut out = library(&data, &[0x8000_0034, 16, 0x8000, 200]);
        let fixups = 0x8000;
        put(&mut out, fixups, &[0, 28, 68, 76, 2, 1, 0]);
        put(&mut out, fixups + 28, &[2, 0, 12]);
        // The second segment: size, page size and form, offset, highest pointer, pages.
        put(&mut out, fixups + 40, &[24, 0x4000 | u32::from(format) << 16, 0x4000, 0, 0, 1]);
        put_bytes(&mut out, fixups + 68, &[1, 1 << 1, 0, 0, 1, (1 + 7) << 1, 0, 0]);
        put_bytes(&mut out, fixups + 76, b"\0_dlsym\0_system\0");
        out.resize(fixups + 200, 0);
        out
    }

    #[test]
    fn chained_fixups_give_imports_slots_and_initialisers() {
        let bytes = chained(6);
        let image = parse_one(&bytes).unwrap();
        assert_eq!(image.imports, [&b"dlsym"[..], b"system"]);
        assert_eq!(image.slots, [(0x1_0000_4008, &b"system"[..]), (0x1_0000_4018, b"dlsym")]);
        assert_eq!(image.pointers, [(0x1_0000_4000, 0x1_0000_1000)]);
        assert_eq!(image.initial(), [0x1_0000_1000]);
        assert!(image.gaps.is_empty());
        // Pointers of an unknown form are not followed, and that is told; the names are known all the same.
        let bytes = chained(99);
        let image = parse_one(&bytes).unwrap();
        assert_eq!((image.imports.len(), image.slots.len(), image.gaps.len()), (2, 0, 1));
        assert_eq!(image.gaps[0].reason, GapReason::Limit);
    }

    #[test]
    fn a_chain_that_never_ends_ends() {
        let mut bytes = chained(6);
        for i in 0..0x4000 / 8 {
            put_bytes(&mut bytes, 0x4000 + i * 8, &(BIND | next(1)).to_le_bytes());
        }
        assert!(parse_one(&bytes).unwrap().slots.len() <= 0x4000 / 8);
        for len in (0..bytes.len()).step_by(97).chain(0x8000..bytes.len()) {
            drop(parse_one(&bytes[..len]));
        }
    }

    #[test]
    fn binding_programs_give_imports_and_slots() {
        let mut command = vec![0x8000_0022, 48, 0, 0, 0x8000, 100];
        command.extend([0; 6]);
        let mut bytes = library(&[0x1_0000_1000], &command);
        // _system at the second word of the second segment, then twice _dup2 with a word between.
        let program = b"\x11\x40_system\0\x51\x71\x08\x90\x40_dup2\0\xc0\x02\x08\0";
        put_bytes(&mut bytes, 0x8000, program);
        bytes.resize(0x8000 + 100, 0);
        let image = parse_one(&bytes).unwrap();
        assert_eq!(image.imports, [&b"system"[..], b"dup2"]);
        let slots = [(0x1_0000_4008, &b"system"[..]), (0x1_0000_4010, b"dup2"), (0x1_0000_4020, b"dup2")];
        assert_eq!(image.slots, slots);
        assert_eq!(image.initial(), [0x1_0000_1000]);
        // Threaded: two names are numbered, then one chain of a bound word, a pointer of its own and another bound word.
        let chain = [(1 << 62) | (1 << 51), 0x1_0000_1000 | (2 << 51), 0, (1 << 62) | 1];
        let mut bytes = library(&chain, &command);
        put_bytes(&mut bytes, 0x8000, b"\xd0\x02\x11\x40_system\0\x51\x90\x40_dup2\0\x90\x71\0\xd1\0");
        bytes.resize(0x8000 + 100, 0);
        let image = parse_one(&bytes).unwrap();
        assert_eq!(image.slots, [(0x1_0000_4000, &b"system"[..]), (0x1_0000_4018, b"dup2")]);
        assert!(image.gaps.is_empty());
        // A count beyond all measure is a gap, not an hour, and no more words than the image has.
        put_bytes(&mut bytes, 0x8000, b"\x40_x\0\x71\0\xc0\xff\xff\xff\xff\xff\x7f\0");
        let image = parse_one(&bytes).unwrap();
        assert_eq!((image.gaps[0].reason, image.slots.len()), (GapReason::Limit, bytes.len() / 4));
    }

    #[test]
    fn signed_pointers_count_from_the_start_and_others_are_addresses() {
        // DYLD_CHAINED_PTR_ARM64E: the word of the initialiser is the last of its chain.
        for word in [0x1_0000_1000, 1 << 63 | 0x1000] {
            let mut bytes = chained(1);
            put_bytes(&mut bytes, 0x4000, &u64::to_le_bytes(word));
            assert_eq!(parse_one(&bytes).unwrap().initial(), [0x1_0000_1000]);
        }
    }

    #[test]
    fn tables_that_are_named_over_and_over_are_read_once() {
        // Two thousand commands, each with the same three programs of half a million steps.
        let program = [&0x8000_0022u32.to_le_bytes()[..], &48u32.to_le_bytes()].concat();
        let rows: Vec<u32> = [0, 0, 0x2_0000, 1 << 19, 0x2_0000, 1 << 19, 0x2_0000, 1 << 19, 0, 0].to_vec();
        let command = [program, rows.iter().flat_map(|w| w.to_le_bytes()).collect()].concat();
        let mut bytes = library(&[], &[]);
        put(&mut bytes, 16, &[3 + 1999, 72 + 152 + 2000 * 48]);
        for i in 0..2000 {
            put_bytes(&mut bytes, 256 + i * 48, &command);
        }
        bytes.resize(0x2_0000 + (1 << 19), 0);
        assert_eq!(parse_one(&bytes).unwrap().gaps[0].reason, GapReason::Limit);
        // Sections of initialisers, each as long as memory.
        let mut bytes = library(&[], &[]);
        put_bytes(&mut bytes, 216, &u64::MAX.to_le_bytes());
        let image = parse_one(&bytes).unwrap();
        assert!(image.initial().len() <= INITIAL_MAX);
        assert_eq!(image.gaps[0].reason, GapReason::Limit);
    }

    #[test]
    fn an_export_trie_gives_its_names_once() {
        let mut bytes = library(&[], &[0x8000_0033, 16, 0x8000, 64]);
        // root: two edges; "_re" leads to a node with two more, of which one leads back to it.
        let nodes = b"\0\x01_re\0\x07\0\0\x02addir\0\x18ad\0\x18\0\0\0\0\x02\0\0\0\0\0";
        put_bytes(&mut bytes, 0x8000, nodes);
        bytes.resize(0x8000 + 64, 0);
        let image = parse_one(&bytes).unwrap();
        assert!(image.exports.len() <= 1, "{:?}", image.exports);
        let (names, cut) = trie(Fields::new(b"\0\x01_a\0\x06\x02\0\0\x01b\0\x06", true));
        assert_eq!((names, cut), (vec![(b"a".to_vec(), Some(0))], false));
        // Thousands of nodes, from each of which 255 edges lead to others.
        const NODE: usize = 2 + 255 * 5;
        const NODES: usize = EDGES_MAX / 255 + 9;
        let edge = |to: usize| [0, to as u8 | 0x80, (to >> 7) as u8 | 0x80, (to >> 14) as u8 | 0x80, (to >> 21) as u8];
        let edges = |node: usize| (1..256).flat_map(move |i| edge((node * 255 + i) % NODES * NODE));
        let nodes: Vec<u8> = (0..NODES).flat_map(|node| [0, 255].into_iter().chain(edges(node))).collect();
        assert_eq!(trie(Fields::new(&nodes, true)), (vec![], true));
    }
}
