//! Texts that a program makes out of bytes which are none: its own decoders are tried out.
//!
//! Whoever hides texts writes a loop that turns bytes into others, under a key of many bytes, one that changes with the
//! place, or a cipher; there is no end to the ways, and all of them are arithmetic. So functions with such a loop, and
//! those that call them, are gone through by an interpreter which has registers, memory and nothing else: no system, no
//! files, no time. What they write into memory is told.
//!
//! x86-64; ELF, PE and Mach-O with one image. Only so many functions are tried out, nearest to the program's own code first:
//! what is not decoded here is still looked at as everything else is, so that it is no gap.
//!
//! References: ATT&CK T1027.013, T1140.

mod known;
mod lengths;
mod machine;
mod memory;
mod taint;
mod vectors;
mod walk;

use std::collections::{BTreeSet, HashMap, HashSet};

use iced_x86::{Decoder, DecoderOptions};

use super::Parsed;
use super::fields::Fields;
use super::native::{Image, Machine};
use super::outline;
use super::parts::{Part, Places};
use lengths::{Begin, begin};
use machine::Machine as Registers;
use memory::Memory;
use taint::Taint;
use walk::{Code64, IMPORTED, Walker};

/// Most bytes of code that are looked through for loops.
const CODE_MAX: u64 = 96 << 20;
/// Shortest and longest loop that may turn bytes into others.
const LOOP: std::ops::RangeInclusive<usize> = 6..=640;
/// Most bytes of loops of one part of code that are looked at.
const LOOKED_MAX: usize = 48 << 20;
/// Bytes behind what combines sixteen bytes at once within which they are stored, and most such places.
const SINGLE: usize = 48;
const SINGLE_MAX: usize = 64;
/// Most functions with such loops, and most functions that are tried out. Libraries of ciphers have more of them, and
/// nothing to hide.
const LOOPS_MAX: usize = 192;
const WALKS_MAX: usize = 192;
/// Calls between the loop and the function that hands it what is hidden, and how long functions are that are handed it, in
/// bytes: the one with the loop, and one that calls that.
const HANDED_ON: [u64; 2] = [2048, 512];
/// Instructions that are tried out in one image, how many more for each text that was made, and most of them.
const STEPS: usize = 120_000;
const STEPS_MORE: usize = 40_000;
const STEPS_MAX: usize = 1_000_000;
/// Shortest text that is kept, most texts, and most bytes of one.
const SHORTEST: usize = 4;
const TEXTS_MAX: usize = 4096;
const TEXT_MAX: usize = 2048;
/// Where an image lies that begins below this.
const ANYWHERE: u64 = 0x5500_0000_0000;
const LOW: u64 = 0x10000;
/// Bytes before what was computed that belong to the same text.
const PEELED: u64 = 4;
/// Most words of imported functions, and words that the loader fills.
const WORDS_MAX: usize = 1 << 16;

/// A text that code made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Made {
    /// The address of the code that made it, or that called what did.
    pub(crate) at: u64,
    /// Its place in the file.
    pub(crate) offset: u64,
    /// The text.
    pub(crate) bytes: Vec<u8>,
}

/// The texts that an image makes.
pub(super) fn made<'a>(file: &Parsed<'a>, image: &Image<'a>) -> Vec<Made> {
    if image.machine != Machine::X64 || file.images().len() != 1 {
        return Vec::new();
    }
    let fields = Fields::new(file.bytes(), true);
    let (parts, _) = image.parts(fields.len(), |r| r.execute);
    if parts.iter().fold(0_u64, |all, p| all.saturating_add(p.len)) > CODE_MAX {
        return Vec::new();
    }
    let mut found: BTreeSet<u64> = BTreeSet::new();
    for part in &parts {
        let Some(more) = loops(*part, fields) else { return Vec::new() };
        found.extend(more);
    }
    if found.is_empty() || found.len() > 4 * LOOPS_MAX {
        return Vec::new();
    }
    let go = outline::go_functions(file);
    let mut starts: Vec<u64> = if go.is_empty() { outline::starts(file) } else { go.iter().map(|(a, _)| *a).collect() };
    if starts.is_empty() {
        starts = called(&parts, fields, |to| to & 15 == 0).map(|(_, to)| to).collect();
        starts.extend(parts.iter().map(|p| p.address));
        starts.extend(file.elf().and_then(|elf| elf.as_ref().ok()).map(|elf| elf.header.e_entry));
    }
    starts.extend(&image.initial);
    starts.sort_unstable();
    starts.dedup();
    let around = |at: u64| starts.get(starts.partition_point(|s| *s <= at).checked_sub(1)?).copied();
    let decoders: BTreeSet<u64> = found.iter().filter_map(|at| around(*at)).collect();
    if decoders.len() > LOOPS_MAX {
        return Vec::new();
    }
    let mut levels: Vec<BTreeSet<u64>> = vec![decoders];
    // What takes hidden bytes from others is short: a long function has its own in it, and more to do.
    let is_short = |f: &u64, most: u64| {
        let next = starts.get(starts.partition_point(|s| s <= f)).copied();
        // The last one ends where its part does.
        let end = parts.iter().map(|p| p.address.saturating_add(p.len)).filter(|end| end > f).min();
        next.into_iter().chain(end).min().is_some_and(|next| next.saturating_sub(*f) <= most)
    };
    for most in HANDED_ON {
        let mut last = levels.last().cloned().unwrap_or_default();
        last.retain(|f| is_short(f, most));
        if last.is_empty() {
            break;
        }
        // Most of what looks like a call leads to none of them, and bits tell that sooner than a search.
        let mut near = [0_u64; 64];
        let bit = |to: u64| ((to >> 6 & 63) as usize, 1_u64 << (to & 63));
        for (word, bit) in last.iter().map(|f| bit(*f)) {
            if let Some(of) = near.get_mut(word) {
                *of |= bit;
            }
        }
        let is_wanted = |to: u64| {
            let (word, bit) = bit(to);
            near.get(word).is_some_and(|w| w & bit != 0) && last.contains(&to)
        };
        let callers = called(&parts, fields, &is_wanted).filter_map(|(at, _)| around(at));
        levels.push(callers.take(4 * WALKS_MAX).filter(|f| !levels.iter().any(|l| l.contains(f))).collect());
    }
    let names: HashMap<u64, &[u8]> = go.iter().copied().collect();
    let is_own = |f: &u64| names.get(f).is_none_or(|name| is_own(name));
    let mut chosen: Vec<u64> = levels.iter().flatten().copied().filter(is_own).collect();
    // A program's own code is linked before the libraries that it brings along.
    chosen.sort_by_key(|f| (!names.get(f).is_some_and(|name| name.starts_with(b"main.")), *f));
    chosen.truncate(WALKS_MAX);
    if chosen.is_empty() {
        return Vec::new();
    }
    tried(file, image, fields, parts, &chosen, &levels, &go)
}

/// Whether a function of Go belongs to the program or a module of somebody, and not to Go's library.
fn is_own(name: &[u8]) -> bool {
    let package = name.split(|b| *b == b'/').next().unwrap_or_default();
    name.starts_with(b"main.") || package.len() < name.len() && package.contains(&b'.')
}

/// Tries functions out and gathers what they write.
fn tried<'a>(
    file: &Parsed<'a>,
    image: &Image<'a>,
    fields: Fields<'_>,
    code: Vec<Part>,
    chosen: &[u64],
    levels: &[BTreeSet<u64>],
    go: &[(u64, &'a [u8])],
) -> Vec<Made> {
    // What may be loaded anywhere lies where small numbers are no addresses of it.
    let lowest = image.regions.iter().map(|r| r.address).min().unwrap_or(0);
    let base = if image.base == 0 && lowest < LOW { ANYWHERE } else { image.base };
    let imports: Vec<&[u8]> = image.slots.iter().take(WORDS_MAX).map(|(_, name)| *name).collect();
    let slots = image.slots.iter().take(WORDS_MAX).enumerate();
    let mut filled: Vec<(u64, u64)> = slots.map(|(i, (at, _))| (at.wrapping_add(base), IMPORTED + i as u64)).collect();
    if let Some(Ok(elf)) = file.elf() {
        filled.extend(elf.relative().take(WORDS_MAX).map(|(at, to)| (at.wrapping_add(base), to.wrapping_add(base))));
    }
    let parts = image.parts(fields.len(), |_| true).0;
    let runtime = go.iter().filter(|(_, name)| name.starts_with(b"runtime."));
    let code = Code64 {
        fields,
        places: Places::new(code),
        base,
        windows: file.pe().is_some(),
        imports,
        runtime: runtime.map(|(at, name)| (at.wrapping_add(base), *name)).collect(),
        leads: levels.iter().flatten().map(|at| at.wrapping_add(base)).collect(),
        decoders: levels.first().into_iter().flatten().map(|at| at.wrapping_add(base)).collect(),
    };
    let memory = Memory::new(fields, parts, base, filled);
    let mut walker = Walker::new(&code, Registers::new(memory), STEPS);
    let mut found: Vec<Made> = Vec::new();
    let mut known: HashSet<(u64, Vec<u8>)> = HashSet::new();
    let mut given = STEPS;
    for function in chosen {
        if walker.left == 0 || found.len() >= TEXTS_MAX {
            break;
        }
        let mut made = 0;
        walker.walk(function.wrapping_add(base), &mut |at, machine| {
            let mut words = 0;
            for text in texts(&mut machine.memory) {
                let at = at.wrapping_sub(base);
                if found.len() < TEXTS_MAX && known.insert((*function, text.clone())) {
                    words += usize::from(is_word(&text));
                    let offset = code.places.at(at).map_or(0, |(offset, _)| offset);
                    found.push(Made { at, offset, bytes: text });
                }
            }
            made += words;
            words
        });
        // What makes texts is worth more than what does not.
        let more = (made * STEPS_MORE).min(STEPS_MAX - given);
        given += more;
        walker.left += more;
    }
    found
}

/// The readable runs, in one byte a letter or in two, of what was written since the last look.
fn texts(memory: &mut Memory<'_>) -> Vec<Vec<u8>> {
    let mut written = std::mem::take(&mut memory.written);
    written.sort_unstable();
    let mut out = Vec::new();
    let mut piece: Vec<u8> = Vec::new();
    let mut end = 0_u64;
    for (at, len) in written {
        if at > end || piece.len() >= TEXT_MAX {
            readable(&piece, &mut out);
            piece.clear();
            end = at;
            // What compilers work out themselves of the first turn of a loop is stored as it is.
            let before = (1..=PEELED).map(|i| memory.byte(at.wrapping_sub(i))).take_while(u8::is_ascii_graphic);
            piece.extend(before);
            piece.reverse();
        }
        for place in end.max(at)..at.saturating_add(len.into()) {
            piece.push(memory.byte(place));
            end = place.saturating_add(1);
        }
    }
    readable(&piece, &mut out);
    out
}

/// Whether a text is hardly chance: of letters, digits and what stands in paths and addresses.
fn is_word(text: &[u8]) -> bool {
    text.len() >= 6 && text.iter().all(|b| b.is_ascii_alphanumeric() || b"/\\._-:@ ".contains(b))
}

fn readable(piece: &[u8], out: &mut Vec<Vec<u8>>) {
    if piece.len() < SHORTEST {
        return;
    }
    let is = |b: u8| matches!(b, b' '..=b'~' | b'\n' | b'\t');
    out.extend(piece.split(|b| !is(*b)).filter(|t| t.len() >= SHORTEST).map(<[u8]>::to_vec));
    let pairs = piece.as_chunks::<2>().0;
    let wide = pairs.split(|[low, high]| *high != 0 || !is(*low)).filter(|t| t.len() >= SHORTEST);
    out.extend(wide.map(|t| t.iter().map(|[low, _]| *low).collect::<Vec<u8>>()));
}

/// Calls, and jumps to other functions, by their place and target, where the target is asked for.
fn called<'c>(
    parts: &'c [Part],
    fields: Fields<'c>,
    wanted: impl Fn(u64) -> bool + Copy + 'c,
) -> impl Iterator<Item = (u64, u64)> + 'c {
    parts.iter().flat_map(move |part| {
        let code = fields.available(part.offset, part.len);
        memchr::memchr2_iter(0xe8, 0xe9, code).filter_map(move |at| {
            let value = code.get(at + 1..).and_then(|c| c.first_chunk()).map(|c| i32::from_le_bytes(*c))?;
            let place = part.address.wrapping_add(at as u64);
            let target = place.wrapping_add(5).wrapping_add_signed(i64::from(value));
            wanted(target).then_some((place, target))
        })
    })
}

/// Where loops begin that combine bytes with others and store the result: by the beginnings of instructions first, then by
/// all of them. The code is gone through once: what matters of a jump back is whether something before it, within its
/// distance, combines and something stores. `None` where there is more of it than a program has that hides its texts.
fn loops(part: Part, fields: Fields<'_>) -> Option<BTreeSet<u64>> {
    let code = fields.available(part.offset, part.len);
    let mut left = LOOKED_MAX;
    let (mut found, mut single) = (BTreeSet::new(), BTreeSet::new());
    let (mut combined, mut stored) = (None, None);
    let mut next = 0;
    while let Some(rest) = code.get(next..).filter(|rest| !rest.is_empty()) {
        let at = next;
        // Tables lie between functions, too; where one ends is found soon.
        let Some(begin) = begin(rest) else {
            next += 1;
            continue;
        };
        next += begin.len;
        if let Some(distance) = jump_back(&begin, rest).filter(|distance| LOOP.contains(distance))
            && let Some(start) = at.checked_sub(distance)
            && combined >= Some(start)
            && stored >= Some(start)
        {
            let body = code.get(start..at).unwrap_or_default();
            left = left.checked_sub(body.len())?;
            let address = part.address.wrapping_add(start as u64);
            if is_decoder(body, address) {
                found.insert(address);
            }
        }
        if combines(&begin) {
            combined = Some(at);
            let is_wide = matches!(begin.opcode, 0x157 | 0x1ef) && begin.modrm.is_some_and(|modrm| modrm < 0xc0);
            if is_wide && single.len() <= SINGLE_MAX {
                let address = part.address.wrapping_add(at as u64);
                if is_single(rest, address) {
                    single.insert(address);
                }
            }
        }
        if stores(&begin) {
            stored = Some(at);
        }
    }
    // Code that is full of them works with numbers.
    if single.len() <= SINGLE_MAX {
        found.extend(single);
    }
    Some(found)
}

/// How far a jump goes back from where it stands, on a condition or always.
fn jump_back(begin: &Begin, code: &[u8]) -> Option<usize> {
    let distance = match begin.opcode {
        0x70..=0x7f | 0xeb => i32::from(code.get(begin.len.checked_sub(1)?)?.cast_signed()),
        0x180..=0x18f | 0xe9 => i32::from_le_bytes(*code.get(begin.len.checked_sub(4)?..)?.first_chunk()?),
        _ => return None,
    };
    let back = usize::try_from(distance.checked_neg()?).ok()?;
    back.checked_sub(begin.len)
}

/// Whether an instruction combines something with something else.
fn combines(begin: &Begin) -> bool {
    let modrm = begin.modrm.unwrap_or(0xc0);
    let others = modrm < 0xc0 || modrm >> 3 & 7 != modrm & 7 || matches!(begin.rex & 5, 1 | 4);
    match begin.opcode {
        0x30..=0x33 | 0x157 | 0x1ef => others,
        0x34 | 0x35 => true,
        0x80 | 0x81 | 0x83 => modrm & 0x38 == 0x30,
        _ => false,
    }
}

/// Whether an instruction stores a byte, or sixteen.
fn stores(begin: &Begin) -> bool {
    let into_memory = begin.modrm.is_some_and(|modrm| modrm < 0xc0);
    match begin.opcode {
        0x30 | 0x88 | 0x80 | 0x111 | 0x129 | 0x17f | 0x1d6 => into_memory,
        0xaa => true,
        _ => false,
    }
}

/// Whether sixteen bytes are combined with others and stored, without a loop: a short text, or a piece of one, as compilers
/// write a loop whose length they know and as libraries that hide texts do.
fn is_single(code: &[u8], address: u64) -> bool {
    let mut taint = Taint::default();
    let all = Decoder::with_ip(64, code.get(..SINGLE).unwrap_or(code), address, DecoderOptions::NONE).into_iter();
    all.take_while(|of| !of.is_invalid()).any(|of| taint.stores(&of) && of.memory_size().size() == 16)
}

/// The same by its instructions, from the beginning of the loop on: what is stored comes of what was combined.
fn is_decoder(body: &[u8], address: u64) -> bool {
    let mut taint = Taint::default();
    // What the end of the loop combines its beginning may store.
    for _ in 0..2 {
        for of in &mut Decoder::with_ip(64, body, address, DecoderOptions::NONE) {
            if of.is_invalid() {
                return false;
            }
            if taint.stores(&of) {
                return true;
            }
        }
        if !taint.combined {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::analyze::native::testing::{ElfBuilder, noise, parsed};
    use crate::model::FileKind;

    fn made_by(code: &[u8], data: &[u8], entry: u64) -> Vec<String> {
        let mut elf = ElfBuilder::program();
        (elf.entry, elf.code, elf.data) = (ElfBuilder::CODE + entry, code.to_vec(), data.to_vec());
        let bytes = elf.build();
        parsed(FileKind::Elf, "x", &bytes, |file| {
            file.made().iter().map(|m| String::from_utf8_lossy(&m.bytes).into_owned()).collect()
        })
    }

    #[test]
    fn a_loop_over_sixteen_bytes_at_once_is_tried_out() {
        // lea rsi, [rip + data]; movdqu xmm1, [rsi + 16]; xor ecx, ecx; loop: movdqu xmm0, [rsi + rcx]; pxor xmm0, xmm1;
        // movups [rsp + rcx - 0x80], xmm0; add rcx, 32; cmp rcx, 32; jb loop; ret
        let mut code = vec![0x48, 0x8d, 0x35];
        code.extend((ElfBuilder::DATA as u32).wrapping_sub(0x1007).to_le_bytes());
        code.extend([0xf3, 0x0f, 0x6f, 0x4e, 0x10, 0x31, 0xc9, 0xf3, 0x0f, 0x6f, 0x04, 0x0e, 0x66, 0x0f, 0xef, 0xc1]);
        code.extend([0x0f, 0x11, 0x44, 0x0c, 0x80, 0x48, 0x83, 0xc1, 0x20, 0x48, 0x83, 0xf9, 0x20, 0x72]);
        code.extend([(14i64 - (code.len() as i64 + 1)) as u8, 0xc3]);
        let key: Vec<u8> = (0..16).map(|i| 0x91 ^ (i * 13) as u8).collect();
        let data: Vec<u8> =
            b"/etc/ld.so.prelo".iter().zip(&key).map(|(a, b)| a ^ b).chain(key.iter().copied()).collect();
        assert!(made_by(&code, &data, 0).contains(&"/etc/ld.so.prelo".to_owned()));
        // The same without the key: what is only copied is nobody's secret.
        let copied = [&b"/etc/ld.so.prelo"[..], &[0; 16]].concat();
        code[21] = 0x6f;
        assert!(!made_by(&code, &copied, 0).contains(&"/etc/ld.so.prelo".to_owned()));
    }

    #[test]
    fn noise_and_loops_without_end_come_to_an_end() {
        for seed in 0..4 {
            let code: Vec<u8> = noise(0x2800).iter().map(|b| b.wrapping_add(seed)).collect();
            made_by(&code, &[], 0);
        }
        // All that an instruction may begin with, around a loop that is tried out: registers that only wide vectors have, other
        // sizes, other maps.
        let turn = [0x30, 0x07, 0x88, 0x07, 0x90, 0x90, 0x90, 0x75, 0xf7];
        for (seed, prefix) in [0x62u8, 0xc4, 0xc5, 0x0f, 0x66, 0x48, 0xf2, 0xf3, 0x41, 0x44].into_iter().enumerate() {
            let noise = noise(0x2000);
            let pieces =
                noise.chunks(13).map(|piece| piece.iter().map(|b| b.wrapping_add(31u8.wrapping_mul(seed as u8))));
            let code: Vec<u8> =
                turn.into_iter().chain(pieces.flat_map(|piece| std::iter::once(prefix).chain(piece))).collect();
            made_by(&code, &[], 0);
        }
        // xor [rdi], al; mov [rdi], al; jmp back, over and over; and one that calls itself.
        let turn = [0x30, 0x07, 0x88, 0x07, 0x90, 0x90, 0x90, 0xeb, 0xf7, 0xc3];
        made_by(&turn.repeat(300), &[], 0);
        let call = [0x30, 0x07, 0x88, 0x07, 0x90, 0xe8, 0xf6, 0xff, 0xff, 0xff, 0x75, 0xf4, 0xc3];
        made_by(&call, &[], 0);
        // Long stores, over and over: mov ecx, 0x4000; rep stosq; xor [rdi], al; mov [rdi], al; jmp back.
        let fill = [0xb9, 0, 0x40, 0, 0, 0xf3, 0x48, 0xab, 0x30, 0x07, 0x88, 0x07, 0xeb, 0xf2];
        made_by(&fill.repeat(100), &[], 0);
        // Division by nothing, and the least number by minus one.
        made_by(&[0x31, 0xc9, 0x48, 0xf7, 0xf9, 0x48, 0xf7, 0xf1, 0x30, 0x07, 0x88, 0x07, 0x75, 0xf2, 0xc3], &[], 0);
    }
}
