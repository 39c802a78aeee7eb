//! What code does in its own order: which imported functions it calls, which system calls it makes, which texts it
//! points at. Read by the shapes of single instructions, without a disassembler: a call is believed only when it leads
//! to an imported function's word or stub, a pointer only when a text that is looked for begins there.
//!
//! x86-64, 32-bit x86 and `AArch64`. What stands close together in this order stands in one function or in neighbours
//! of one source file, which is what tells a shell on a socket from a program that has both somewhere.
//!
//! References: Intel SDM volume 2; Arm ARM C6.2 (ADRP, ADD, LDR, B, BL, BR, SVC, MOVZ).

use std::collections::HashMap;

use crate::parse::arm64::{adr, adrp};
use crate::parse::fields::Fields;
use crate::parse::native::{Image, Machine, stem};
use crate::parse::parts::Places;

/// Most events that are kept of one image.
const EVENTS_MAX: usize = 1 << 16;
/// Most addresses of stubs that are kept of one image.
const STUBS_MAX: usize = 1 << 20;
/// How far before a system call its number may be set, in bytes.
const NUMBER_WITHIN: usize = 24;
/// How long a register is believed to hold the page of a text, in bytes of code: compilers load it before a loop.
const PAGE_WITHIN: u64 = 2048;
/// How far from a call a text may be pointed at, in bytes of code: more than any window that is asked about.
const TEXTS_NEAR: usize = 2500;

/// One thing that code does, and where: the address in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) at: u64,
    /// The mark that the asker gave to the function, system call or text.
    pub(super) mark: u16,
}

/// What is looked for: the marks of functions by name, of system calls by number, and of texts by their address.
#[derive(Default)]
pub(super) struct Wanted<'w> {
    pub(super) functions: HashMap<&'w [u8], u16>,
    pub(super) calls: HashMap<u32, u16>,
    pub(super) texts: HashMap<u64, u16>,
    /// The marks of functions of the program itself, by their address.
    pub(super) own: HashMap<u64, u16>,
    /// The marks of words that hold the addresses of such functions.
    pub(super) slots: HashMap<u64, u16>,
    /// The marks of texts that tables of pointers lead to, by addresses within the table.
    pub(super) tables: HashMap<u64, Vec<u16>>,
    /// The marks of texts that one word of memory leads to.
    pub(super) words: HashMap<u64, u16>,
    /// The marks of texts that comparisons hold as numbers: by their first eight letters, or four when they have no more.
    pub(super) numbers: HashMap<u64, u16>,
}

/// The events of one image in the order of addresses, and whether a bound was reached. `bytes` is the whole file.
pub(super) fn events(image: &Image<'_>, bytes: &[u8], wanted: &Wanted<'_>) -> (Vec<Event>, bool) {
    // `syscall` of the C library: which call it makes is its first argument.
    let by_number = |name: &[u8]| (!wanted.calls.is_empty() && stem(name) == b"syscall").then_some(BY_NUMBER);
    let mark_of = |name: &[u8]| wanted.functions.get(stem(name)).copied().or_else(|| by_number(name));
    let slots: HashMap<u64, u16> = image.slots.iter().filter_map(|(at, name)| Some((*at, mark_of(name)?))).collect();
    let mut scan = Scan {
        stubs: image.stubs.iter().filter_map(|(at, name)| Some((*at, mark_of(name)?))).collect(),
        slots,
        wanted,
        base: image.base,
        got: image.got,
        wide: image.machine == Machine::X64,
        stub_range: (0, 0),
        text_range: (0, 0),
        slot_range: (0, 0),
        found: Vec::new(),
        cut: false,
    };
    scan.stubs.extend(&wanted.own);
    scan.slots.extend(&wanted.slots);
    scan.measure();
    if scan.slots.is_empty() && scan.stubs.is_empty() && wanted.calls.is_empty() && scan.no_texts() {
        return (Vec::new(), false);
    }
    let fields = Fields::new(bytes, true);
    let (parts, cut) = image.parts(fields.len(), |r| r.execute);
    scan.cut = cut;
    let places = Places::new(parts.clone());
    let code: Vec<(u64, &[u8])> = parts.iter().map(|p| (p.address, fields.available(p.offset, p.len))).collect();
    match image.machine {
        Machine::X64 | Machine::X86 => {
            if !scan.slots.is_empty() {
                code.iter().for_each(|(address, code)| scan.x86_stubs(*address, code));
                scan.measure();
            }
            code.iter().for_each(|(address, code)| scan.x86(*address, code));
        }
        Machine::Arm64 => {
            if !scan.slots.is_empty() {
                code.iter().for_each(|(address, code)| scan.arm64_stubs(*address, code));
                scan.measure();
            }
            code.iter().for_each(|(address, code)| scan.arm64(*address, code));
        }
        Machine::Other => {}
    }
    let mut found = std::mem::take(&mut scan.found);
    number_calls(&mut found, &places, fields, image.machine, wanted);
    found.sort_unstable_by_key(|e| (e.at, e.mark));
    found.dedup();
    (found, scan.cut)
}

/// The mark of calls whose number is their first argument, until it is known.
pub(super) const BY_NUMBER: u16 = u16::MAX;

/// Gives calls of `syscall` the mark of the call that they make; others are none.
fn number_calls(found: &mut Vec<Event>, code: &Places, fields: Fields<'_>, machine: Machine, wanted: &Wanted<'_>) {
    // Whatever is done between is nearer on x86, where a byte of something else may look like a number.
    let within: u64 = if machine == Machine::Arm64 { 400 } else { 48 };
    for event in found.iter_mut().filter(|e| e.mark == BY_NUMBER) {
        let Some((at, _)) = code.at(event.at) else { continue };
        let from = at.saturating_sub(within);
        let before = fields.available(from, at - from);
        let number = match machine {
            // mov edi, imm32
            Machine::X64 => (0..before.len()).rev().find_map(|i| match before.get(i..)? {
                [0xbf, a, b, 0, 0, ..] => Some(u32::from(*a) | u32::from(*b) << 8),
                _ => None,
            }),
            // push imm8 or imm32: the last one before the call is its first argument. mov dword [esp], imm32.
            Machine::X86 => (0..before.len()).rev().find_map(|i| match before.get(i..)? {
                [0x6a, n] => Some(u32::from(*n)),
                [0x68, a, b, 0, 0] | [0xc7, 0x04, 0x24, a, b, 0, 0, ..] => Some(u32::from(*a) | u32::from(*b) << 8),
                _ => None,
            }),
            // mov w0 or x0, imm16, behind the call before
            Machine::Arm64 => {
                let words: Vec<u32> = words(before).collect();
                let since = words.iter().rev().take_while(|w| **w & 0xfc00_0000 != 0x9400_0000);
                since.into_iter().find(|w| **w & 0x7fe0_001f == 0x5280_0000).map(|w| w >> 5 & 0xffff)
            }
            Machine::Other => None,
        };
        if let Some(mark) = number.and_then(|n| wanted.calls.get(&n)) {
            event.mark = *mark;
        }
    }
    found.retain(|e| e.mark != BY_NUMBER);
}

/// The number of 32 bits that something is compared or combined with, at the beginning of an instruction.
fn compared(code: &[u8]) -> Option<u32> {
    if code.first() == Some(&0x3d) {
        return u32_at(code, 1);
    }
    let modrm = *code.get(1)?;
    // /6 is xor, /7 cmp.
    if !matches!(modrm >> 3 & 7, 6 | 7) {
        return None;
    }
    let (mode, register) = (modrm >> 6, modrm & 7);
    let index = usize::from(mode != 3 && register == 4);
    let distance = match (mode, register) {
        (0, 5) | (2, _) => 4,
        (1, _) => 1,
        _ => 0,
    };
    u32_at(code, 2 + index + distance)
}

struct Scan<'w> {
    slots: HashMap<u64, u16>,
    stubs: HashMap<u64, u16>,
    wanted: &'w Wanted<'w>,
    base: u64,
    got: Option<u64>,
    wide: bool,
    // The lowest and the highest address of each, so that most numbers in code need no look into a table.
    stub_range: (u64, u64),
    text_range: (u64, u64),
    slot_range: (u64, u64),
    found: Vec<Event>,
    cut: bool,
}

impl Scan<'_> {
    fn measure(&mut self) {
        let range = |keys: &mut dyn Iterator<Item = u64>| {
            keys.fold((u64::MAX, 0), |(low, high): (u64, u64), key| (low.min(key), high.max(key)))
        };
        self.stub_range = range(&mut self.stubs.keys().copied());
        self.text_range = range(
            &mut self.wanted.texts.keys().chain(self.wanted.tables.keys()).chain(self.wanted.words.keys()).copied(),
        );
        self.slot_range = range(&mut self.slots.keys().copied());
    }

    fn stub(&self, target: u64) -> Option<u16> {
        let (low, high) = self.stub_range;
        if target < low || target > high { None } else { self.stubs.get(&target).copied() }
    }

    fn text(&self, target: u64) -> Option<u16> {
        let (low, high) = self.text_range;
        if target < low || target > high { None } else { self.wanted.texts.get(&target).copied() }
    }

    fn no_texts(&self) -> bool {
        self.wanted.texts.is_empty() && self.wanted.tables.is_empty() && self.wanted.numbers.is_empty()
    }

    /// Code takes up a word of memory: the first letters of a text, to store them elsewhere, or where a text lies.
    fn taken_up(&mut self, place: u64, target: u64) {
        let mark = self.text(target);
        self.push(place, mark);
        let (low, high) = self.text_range;
        if (low..=high).contains(&target) {
            let mark = self.wanted.words.get(&target).copied();
            self.push(place, mark);
        }
    }

    /// Code points at an address: at a text, or at a table of pointers to texts.
    fn pointed(&mut self, place: u64, target: u64) {
        let mark = self.text(target);
        self.push(place, mark);
        let (low, high) = self.text_range;
        if (low..=high).contains(&target)
            && let Some(marks) = self.wanted.tables.get(&target)
        {
            marks.iter().for_each(|mark| self.push(place, Some(*mark)));
        }
    }

    fn slot(&self, target: u64) -> Option<u16> {
        let (low, high) = self.slot_range;
        if target < low || target > high { None } else { self.slots.get(&target).copied() }
    }

    fn push(&mut self, at: u64, mark: Option<u16>) {
        let Some(mark) = mark else { return };
        if self.found.len() < EVENTS_MAX {
            self.found.push(Event { at, mark });
        } else {
            self.cut = true;
        }
    }

    fn add_stubs(&mut self, places: impl IntoIterator<Item = u64>, mark: u16) {
        if self.stubs.len() < STUBS_MAX {
            self.stubs.extend(places.into_iter().map(|place| (place, mark)));
        } else {
            self.cut = true;
        }
    }

    /// The address in the domain of regions that a 32-bit displacement names.
    fn x86_memory(&self, after: u64, value: u32) -> u64 {
        if self.wide {
            after.wrapping_add_signed(i64::from(value.cast_signed()))
        } else {
            u64::from(value).wrapping_sub(self.base)
        }
    }

    /// The address that a displacement from the global offset table names.
    fn x86_from_got(&self, value: u32) -> Option<u64> {
        let got = self.got.filter(|_| !self.wide)?;
        Some(got.wrapping_add_signed(i64::from(value.cast_signed())) & 0xffff_ffff)
    }

    /// `jmp *slot`: the procedure linkage table, and thunks of imports. The entry begins at the jump or a few bytes of
    /// branch-protection before it.
    fn x86_stubs(&mut self, address: u64, code: &[u8]) {
        for at in memchr::memmem::find_iter(code, b"\xff\x25") {
            let Some(value) = u32_at(code, at + 2) else { continue };
            let place = address.saturating_add(at as u64);
            if let Some(mark) = self.slots.get(&self.x86_memory(place.wrapping_add(6), value)).copied() {
                self.add_stubs([0, 1, 4, 5].map(|before| place.wrapping_sub(before)), mark);
            }
        }
        // jmp *[ebx + disp32]: the same where ebx holds the global offset table, as the ABI says.
        if self.x86_from_got(0).is_some() {
            for at in memchr::memmem::find_iter(code, b"\xff\xa3") {
                let slot = u32_at(code, at + 2).and_then(|value| self.x86_from_got(value));
                if let Some(mark) = slot.and_then(|s| self.slots.get(&s)).copied() {
                    let place = address.saturating_add(at as u64);
                    self.add_stubs([0, 4].map(|before| place.wrapping_sub(before)), mark);
                }
            }
        }
    }

    /// Calls first, by searches for their first bytes; texts only near calls, since nothing else is asked about them.
    fn x86(&mut self, address: u64, code: &[u8]) {
        let first = self.found.len();
        let place = |at: usize| address.saturating_add(at as u64);
        if self.stub_range.0 <= self.stub_range.1 {
            // call, jmp rel32
            for at in memchr::memchr2_iter(0xe8, 0xe9, code) {
                let Some(value) = u32_at(code, at + 1) else { continue };
                let target = place(at).wrapping_add(5).wrapping_add_signed(i64::from(value.cast_signed()));
                let target = if self.wide { target } else { target & 0xffff_ffff };
                let mark = self.stub(target);
                self.push(place(at), mark);
            }
        }
        if self.slot_range.0 <= self.slot_range.1 {
            // call *[slot], jmp *[slot] at a function's end; mov of the slot into a register before a call of that
            for opcode in [&b"\xff\x15"[..], b"\x48\xff\x25"] {
                for at in memchr::memmem::find_iter(code, opcode) {
                    let end = at + opcode.len();
                    let Some(value) = u32_at(code, end) else { continue };
                    let mark = self.slot(self.x86_memory(place(end).wrapping_add(4), value));
                    self.push(place(at), mark);
                }
            }
            for at in memchr::memchr_iter(0x8b, code) {
                if code.get(at + 1).is_some_and(|modrm| modrm & 0xc7 == 5)
                    && let Some(value) = u32_at(code, at + 2)
                {
                    let mark = self.slot(self.x86_memory(place(at).wrapping_add(6), value));
                    self.push(place(at), mark);
                }
            }
        }
        if self.slot_range.0 <= self.slot_range.1 && self.x86_from_got(0).is_some() {
            // call *[ebx + disp32]
            for at in memchr::memmem::find_iter(code, b"\xff\x93") {
                let slot = u32_at(code, at + 2).and_then(|value| self.x86_from_got(value));
                let mark = slot.and_then(|s| self.slot(s));
                self.push(place(at), mark);
            }
        }
        if !self.wanted.calls.is_empty() {
            let gates: &[&[u8]] = if self.wide { &[b"\x0f\x05"] } else { &[b"\xcd\x80"] };
            for at in gates.iter().flat_map(|gate| memchr::memmem::find_iter(code, gate)) {
                self.x86_call(place(at), code, at);
            }
        }
        if self.no_texts() {
            return;
        }
        let mut calls: Vec<usize> = self
            .found
            .get(first..)
            .unwrap_or_default()
            .iter()
            .filter_map(|e| usize::try_from(e.at.saturating_sub(address)).ok())
            .collect();
        calls.sort_unstable();
        let mut done = 0;
        for call in calls {
            let (start, end) = (call.saturating_sub(TEXTS_NEAR).max(done), (call + TEXTS_NEAR).min(code.len()));
            if start < end {
                self.x86_texts(address, code, start..end);
                done = end;
            }
        }
    }

    fn x86_texts(&mut self, address: u64, code: &[u8], range: std::ops::Range<usize>) {
        for at in range {
            let place = address.saturating_add(at as u64);
            match code.get(at) {
                // lea reg, [rip + disp32]
                Some(0x8d) if self.wide && code.get(at + 1).is_some_and(|m| m & 0xc7 == 5) => {
                    let Some(value) = u32_at(code, at + 2) else { continue };
                    let target = place.wrapping_add(6).wrapping_add_signed(i64::from(value.cast_signed()));
                    self.pointed(place, target);
                }
                // mov reg, [rip + disp32]
                Some(0x8b) if self.wide && code.get(at + 1).is_some_and(|m| m & 0xc7 == 5) => {
                    let Some(value) = u32_at(code, at + 2) else { continue };
                    let target = place.wrapping_add(6).wrapping_add_signed(i64::from(value.cast_signed()));
                    self.taken_up(place, target);
                }
                // cmp or xor dword [...], imm32; cmp eax, imm32: four letters
                Some(0x81 | 0x3d) if !self.wanted.numbers.is_empty() => {
                    let number = compared(code.get(at..).unwrap_or_default()).map(u64::from);
                    let mark = number.and_then(|n| self.wanted.numbers.get(&n)).copied();
                    self.push(place, mark);
                }
                // movaps, movups, movdqa xmm, [rip + disp32]: takes up two pointers of a table at once
                Some(0x0f)
                    if self.wide
                        && matches!(code.get(at + 1), Some(0x10 | 0x28 | 0x6f))
                        && code.get(at + 2).is_some_and(|m| m & 0xc7 == 5) =>
                {
                    let Some(value) = u32_at(code, at + 3) else { continue };
                    let target = place.wrapping_add(7).wrapping_add_signed(i64::from(value.cast_signed()));
                    self.pointed(place, target);
                }
                // lea or mov reg, [reg + disp32], where any register may hold the global offset table
                Some(opcode @ (0x8d | 0x8b)) if code.get(at + 1).is_some_and(|m| m & 0xc0 == 0x80 && m & 7 != 4) => {
                    let target = u32_at(code, at + 2).and_then(|value| self.x86_from_got(value));
                    match (target, opcode) {
                        (Some(target), 0x8d) => self.pointed(place, target),
                        (Some(target), _) => self.taken_up(place, target),
                        _ => {}
                    }
                }
                // movabs reg, imm64: eight letters that something is compared with
                Some(0xb8..=0xbf)
                    if self.wide
                        && !self.wanted.numbers.is_empty()
                        && at.checked_sub(1).is_some_and(|b| matches!(code.get(b), Some(0x48 | 0x49))) =>
                {
                    let value = code.get(at + 1..).and_then(|c| c.first_chunk()).map(|c| u64::from_le_bytes(*c));
                    let mark = value.and_then(|v| self.wanted.numbers.get(&v)).copied();
                    self.push(place, mark);
                }
                // push imm32, mov reg, imm32
                Some(0x68 | 0xb8..=0xbf) => {
                    let Some(value) = u32_at(code, at + 1) else { continue };
                    self.pointed(place, u64::from(value).wrapping_sub(self.base));
                }
                _ => {}
            }
        }
    }

    /// The number that was put into `eax` last before a system call.
    fn x86_call(&mut self, place: u64, code: &[u8], at: usize) {
        let from = at.saturating_sub(NUMBER_WITHIN);
        let before = code.get(from..at).unwrap_or_default();
        let number = (0..before.len()).rev().find_map(|i| match before.get(i..)? {
            [0xb8, a, b, 0, 0, ..] => Some(u32::from(*a) | u32::from(*b) << 8),
            [0x6a, n, 0x58, ..] => Some(u32::from(*n)),
            _ => None,
        });
        let mark = number.and_then(|n| self.wanted.calls.get(&n)).copied();
        self.push(place, mark);
    }

    /// `adrp x16; ldr x17, [x16, #n]; add; br x17`: the procedure linkage table.
    fn arm64_stubs(&mut self, address: u64, code: &[u8]) {
        for (i, (word, next)) in words(code).zip(words(code).skip(1)).enumerate() {
            let place = address.saturating_add(i as u64 * 4);
            let Some(page) = adrp(word, place).filter(|_| word & 31 == 16) else { continue };
            // macOS loads into x16 itself.
            let loads = |w: &u32| matches!(w & 0xffc0_03ff, 0xf940_0211 | 0xf940_0210);
            let Some(load) = Some(next).filter(loads) else { continue };
            let slot = page.wrapping_add(u64::from(load >> 10 & 0xfff) * 8);
            if let Some(mark) = self.slots.get(&slot).copied() {
                // Or behind `bti c`.
                self.add_stubs([place, place.wrapping_sub(4)], mark);
            }
        }
    }

    fn arm64(&mut self, address: u64, code: &[u8]) {
        // The last page that each register was given, and the number of the system call.
        let mut pages: [(u64, u64); 32] = [(0, 0); 32];
        let mut number: Option<u32> = None;
        // The number that each register was given piece by piece.
        let mut given = [0u64; 32];
        for (i, word) in words(code).enumerate() {
            let place = address.saturating_add(i as u64 * 4);
            let register = (word & 31) as usize;
            if !self.wanted.numbers.is_empty() && word & 0x5f80_0000 == 0x5280_0000 {
                let (shift, piece) = (16 * (word >> 21 & 3), u64::from(word >> 5 & 0xffff));
                if let Some(value) = given.get_mut(register) {
                    // movz, and movk, which keeps the rest.
                    let kept = if word & 0x2000_0000 == 0 { 0 } else { *value & !(0xffff << shift) };
                    *value = kept | piece << shift;
                    let mark = self.wanted.numbers.get(value).copied();
                    self.push(place, mark);
                }
            }
            if word & 0x7c00_0000 == 0x1400_0000 {
                // b, bl
                let target = place.wrapping_add_signed(i64::from((word << 6).cast_signed() >> 6) * 4);
                let mark = self.stub(target);
                self.push(place, mark);
            } else if let Some(page) = adrp(word, place) {
                if let Some(entry) = pages.get_mut(register) {
                    *entry = (page, place);
                }
            } else if word & 0xffc0_0000 == 0x9100_0000 {
                // add xd, xn, #imm
                let source = pages.get((word >> 5 & 31) as usize).copied().unwrap_or((0, 0));
                if place.wrapping_sub(source.1) <= PAGE_WITHIN && source.1 != 0 {
                    self.pointed(place, source.0.wrapping_add(u64::from(word >> 10 & 0xfff)));
                }
            } else if matches!(word & 0xffc0_0000, 0xf940_0000 | 0x3dc0_0000) {
                // ldr xt or qt, [xn, #imm]
                let source = pages.get((word >> 5 & 31) as usize).copied().unwrap_or((0, 0));
                let within = place.wrapping_sub(source.1);
                let is_word = word & 0xffc0_0000 == 0xf940_0000;
                let target = source.0.wrapping_add(u64::from(word >> 10 & 0xfff) * if is_word { 8 } else { 16 });
                // A slot, before a call of the register.
                if is_word && within <= PAGE_WITHIN && source.1 != 0 && register != 16 && register != 17 {
                    let mark = self.slot(target);
                    self.push(place, mark);
                }
                if within <= PAGE_WITHIN && source.1 != 0 {
                    if is_word { self.taken_up(place, target) } else { self.pointed(place, target) }
                }
            } else if let Some(target) = adr(word, place) {
                self.pointed(place, target);
            } else if word & 0x7fe0_001f == 0x5280_0008 {
                // mov w8 or x8, #imm
                number = Some(word >> 5 & 0xffff);
            } else if word == 0xd400_0001 {
                let mark = number.take().and_then(|n| self.wanted.calls.get(&n)).copied();
                self.push(place, mark);
            }
        }
    }
}

fn words(code: &[u8]) -> impl Iterator<Item = u32> {
    let (chunks, _) = code.as_chunks::<4>();
    chunks.iter().map(|c| u32::from_le_bytes(*c))
}

fn u32_at(code: &[u8], at: usize) -> Option<u32> {
    let bytes = code.get(at..at.checked_add(4)?)?;
    bytes.try_into().ok().map(u32::from_le_bytes)
}

/// The first place from which on, within `window` bytes of code, every one of `groups` is met by an event that has one
/// of its marks, and where none of the marks of `without` stands. Gives the events that met them, one for each group. A
/// place that does not count says nothing about the next one: a harmless function before the one that is meant takes
/// nothing out of sight.
pub(super) fn together(events: &[Event], window: u64, groups: &[&[u16]], without: &[u16]) -> Option<Vec<Event>> {
    let of = |marks: &[u16]| events.iter().filter(|e| marks.contains(&e.mark)).copied().collect::<Vec<Event>>();
    let lists: Vec<Vec<Event>> = groups.iter().map(|g| of(g)).collect();
    let without = of(without);
    lists.first()?.iter().find_map(|event| {
        let near = |list: &Vec<Event>| {
            // The next one, else the last one before.
            let after = list.partition_point(|e| e.at < event.at);
            let next = list.get(after).filter(|e| e.at.saturating_sub(event.at) <= window);
            let last = || list.get(after.checked_sub(1)?).filter(|e| event.at.saturating_sub(e.at) <= window);
            next.or_else(last).copied()
        };
        let met = lists.iter().map(near).collect::<Option<Vec<Event>>>()?;
        near(&without).is_none().then_some(met)
    })
}

/// The same where everything else comes behind the first: what a library does with a connection stands behind where it is
/// made, and libraries have functions beside one another that have nothing to do with each other.
pub(super) fn in_order(events: &[Event], window: u64, groups: &[&[u16]], without: &[u16]) -> Option<Vec<Event>> {
    let (first, rest) = groups.split_first()?;
    events.iter().enumerate().filter(|(_, e)| first.contains(&e.mark)).find_map(|(i, event)| {
        let behind = events.get(i..).unwrap_or_default();
        let behind = behind.get(..behind.partition_point(|e| e.at.saturating_sub(event.at) <= window))?;
        let has = |marks: &[u16]| behind.iter().find(|e| marks.contains(&e.mark)).copied();
        let others = rest.iter().map(|marks| has(marks)).collect::<Option<Vec<Event>>>()?;
        has(without).is_none().then(|| [&[*event][..], &others].concat())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::code_of;

    fn image(machine: Machine, code: &[u8], slots: Vec<(u64, &'static [u8])>) -> Image<'static> {
        Image { slots, ..code_of(machine, code.len() as u64) }
    }

    fn wanted() -> Wanted<'static> {
        let mut wanted = Wanted::default();
        wanted.functions.insert(b"dup2", 1);
        wanted.functions.insert(b"execve", 2);
        wanted.calls.insert(59, 3);
        wanted.texts.insert(0x2010, 4);
        wanted
    }

    #[test]
    fn calls_through_stubs_and_slots_texts_and_system_calls_of_x86_64() {
        // 1000: endbr64; jmp *[0x3000]  100a: call 1000  100f: call *[0x3008]  1015: lea rdi,[0x2010]
        // 101c: mov eax, 59; syscall
        let mut code = vec![0xf3, 0x0f, 0x1e, 0xfa, 0xff, 0x25];
        code.extend((0x3000u32 - 0x100a).to_le_bytes());
        code.push(0xe8);
        code.extend((-15i32).to_le_bytes());
        code.extend([0xff, 0x15]);
        code.extend((0x3008u32 - 0x1015).to_le_bytes());
        code.extend([0x48, 0x8d, 0x3d]);
        code.extend((0x2010u32 - 0x101c).to_le_bytes());
        code.extend([0xb8, 59, 0, 0, 0, 0x0f, 0x05]);
        let image = image(Machine::X64, &code, vec![(0x3000, b"dup2"), (0x3008, b"execve"), (0x3010, b"read")]);
        let (found, _) = events(&image, &code, &wanted());
        assert_eq!(
            found.iter().map(|e| (e.at, e.mark)).collect::<Vec<_>>(),
            [(0x100a, 1), (0x100f, 2), (0x1016, 4), (0x1021, 3)]
        );
        assert!(together(&found, 64, &[&[1], &[2], &[4]], &[]).is_some());
        assert!(together(&found, 4, &[&[1], &[2], &[4]], &[]).is_none());
        assert!(together(&found, 64, &[&[1], &[9]], &[]).is_none());
    }

    #[test]
    fn calls_texts_and_system_calls_of_arm64() {
        // adrp x16, +2 pages; ldr x17, [x16, #8]; add; br; bl stub; adrp x0, +1 page; add x0, x0, #0x10; mov x8, #59; svc
        let code: Vec<u8> = [
            0xd000_0010u32,
            0xf940_0611,
            0x9100_2210,
            0xd61f_0220,
            0x97ff_fffc,
            0xb000_0000,
            0x9100_4000,
            0xd280_0768,
            0xd400_0001,
        ]
        .iter()
        .flat_map(|w| w.to_le_bytes())
        .collect();
        let image = image(Machine::Arm64, &code, vec![(0x3008, b"dup2")]);
        let (found, _) = events(&image, &code, &wanted());
        assert_eq!(found.iter().map(|e| (e.at, e.mark)).collect::<Vec<_>>(), [(0x1010, 1), (0x1018, 4), (0x1020, 3)]);
    }

    #[test]
    fn calls_of_32_bit_x86_are_absolute() {
        // push 0x402010; call *[0x403000]
        let mut code = vec![0x68];
        code.extend(0x40_2010u32.to_le_bytes());
        code.extend([0xff, 0x15]);
        code.extend(0x40_3000u32.to_le_bytes());
        let mut image = image(Machine::X86, &code, vec![(0x3000, b"execve")]);
        image.base = 0x40_0000;
        let (found, _) = events(&image, &code, &wanted());
        assert_eq!(found.iter().map(|e| e.mark).collect::<Vec<_>>(), [4, 2]);
    }

    #[test]
    fn texts_that_are_compared_as_numbers_are_seen() {
        let mut wanted = wanted();
        wanted.numbers.insert(u64::from(u32::from_le_bytes(*b"sshd")), 5);
        wanted.numbers.insert(u64::from_le_bytes(*b"ssh-agen"), 6);
        let marks = |machine, code: &[u8]| -> Vec<u16> {
            let image = image(machine, code, vec![(0x3000, b"dup2")]);
            events(&image, code, &wanted).0.iter().map(|e| e.mark).filter(|m| *m > 4).collect()
        };
        let call = [&[0xff, 0x15][..], &(0x3000u32 - 0x1006).to_le_bytes()].concat();
        for (compare, seen) in [
            // cmp dword [rbp - 0x70], n; cmp eax, n; xor dword [rsp + 8], n; add of the same number.
            (&b"\x81\x7d\x90sshd"[..], &[5][..]),
            (b"\x3dsshd", &[5]),
            (b"\x81\x74\x24\x08sshd", &[5]),
            (b"\x81\x45\x90sshd", &[]),
            (b"\x48\xb8ssh-agen", &[6]),
        ] {
            assert_eq!(marks(Machine::X64, &[&call, compare].concat()), seen, "{compare:x?}");
        }
        // mov w8, "ss"; movk w8, "hd", lsl 16; and eight letters in four pieces.
        let piece = |half: &[u8; 2], at: u32, keeps: u32| {
            (0xd280_0008 | keeps << 29 | at << 21 | u32::from(u16::from_le_bytes(*half)) << 5).to_le_bytes()
        };
        let four = [piece(b"ss", 0, 0), piece(b"hd", 1, 1)].concat();
        let eight = [piece(b"ss", 0, 0), piece(b"h-", 1, 1), piece(b"ag", 2, 1), piece(b"en", 3, 1)].concat();
        assert_eq!((marks(Machine::Arm64, &four), marks(Machine::Arm64, &eight)), (vec![5], vec![6]));
    }

    #[test]
    fn words_that_lead_to_texts_are_taken_up() {
        let mut wanted = wanted();
        wanted.words.insert(0x2018, 7);
        // call *[0x3000]; mov rax, [rip + n]
        let mut code = [&[0xff, 0x15][..], &(0x3000u32 - 0x1006).to_le_bytes(), b"\x48\x8b\x05"].concat();
        code.extend((0x2018u32 - 0x100d).to_le_bytes());
        let x64 = image(Machine::X64, &code, vec![(0x3000, b"dup2")]);
        assert_eq!(events(&x64, &code, &wanted).0.iter().map(|e| e.mark).collect::<Vec<_>>(), [1, 7]);
        // adrp x8, 1 page; ldr x0, [x8, #0x18]
        let code: Vec<u8> = [0xb000_0008u32, 0xf940_0d00].iter().flat_map(|w| w.to_le_bytes()).collect();
        let arm64 = image(Machine::Arm64, &code, vec![]);
        assert_eq!(events(&arm64, &code, &wanted).0.iter().map(|e| e.mark).collect::<Vec<_>>(), [7]);
    }

    #[test]
    fn random_bytes_call_nothing() {
        let code = crate::analyze::native::testing::noise(1 << 16);
        for machine in [Machine::X64, Machine::X86, Machine::Arm64] {
            let image = image(machine, &code, vec![(0x3000, b"dup2")]);
            assert!(events(&image, &code, &wanted()).0.len() < 3);
        }
    }

    #[test]
    fn overlapping_sections_are_read_once_and_a_full_table_is_told() {
        // call 1000, over and over, in twenty thousand sections of the same bytes.
        let mut code = vec![0xff, 0x25];
        code.extend((0x3000u32 - 0x1006).to_le_bytes());
        for at in (6..90_000u32).step_by(5) {
            code.push(0xe8);
            code.extend(0u32.wrapping_sub(at + 5).to_le_bytes());
        }
        let mut image = image(Machine::X64, &code, vec![(0x3000, b"dup2")]);
        let (once, cut) = events(&image, &code, &wanted());
        assert!(once.len() > 17_000 && !cut);
        image.regions = vec![image.regions[0].clone(); 20_000];
        assert_eq!(events(&image, &code, &wanted()), (once, false));
        // At addresses of their own, they are more than the file is worth.
        for (i, region) in image.regions.iter_mut().enumerate() {
            region.address = 0x1000 + 0x10_0000 * i as u64;
        }
        let (_, cut) = events(&image, &code, &wanted());
        assert!(cut);
    }

    #[test]
    fn code_that_counts_from_the_global_offset_table_is_followed() {
        // plt: jmp [ebx+8]; call plt; call [ebx+12]; lea eax, [ebx-0x1000]
        let mut code = vec![0xff, 0xa3, 8, 0, 0, 0, 0xe8];
        code.extend(0u32.wrapping_sub(11).to_le_bytes());
        code.extend([0xff, 0x93, 12, 0, 0, 0, 0x8d, 0x83]);
        code.extend(0u32.wrapping_sub(0x1000).to_le_bytes());
        let mut wanted = wanted();
        wanted.texts = [(0x2000, 3)].into();
        let mut image = image(Machine::X86, &code, vec![(0x3008, b"dup2"), (0x300c, b"execve")]);
        assert!(events(&image, &code, &wanted).0.is_empty());
        image.got = Some(0x3000);
        let (found, _) = events(&image, &code, &wanted);
        assert_eq!(found.iter().map(|e| (e.at, e.mark)).collect::<Vec<_>>(), [(0x1006, 1), (0x100b, 2), (0x1011, 3)]);
    }

    #[test]
    fn any_number_of_events_lies_between_those_that_meet() {
        // All in one window; the last group is met behind 60000 events of the first.
        let mut all: Vec<Event> = (0..60_000).map(|at| Event { at, mark: 1 }).collect();
        assert_eq!(together(&all, 1 << 20, &[&[1], &[2]], &[]), None);
        all.push(Event { at: 60_000, mark: 2 });
        assert_eq!(together(&all, 1 << 20, &[&[1], &[2]], &[]).map(|m| m[1].at), Some(60_000));
        assert_eq!(together(&all, 3, &[&[2], &[1]], &[]).map(|m| m[1].at), Some(59_999));
        assert_eq!(together(&all, 0, &[&[2], &[1]], &[]), None);
    }

    #[test]
    fn more_events_than_are_kept_are_told() {
        let code = [0xb8, 59, 0, 0, 0, 0x0f, 0x05].repeat(EVENTS_MAX + 1);
        let (found, cut) = events(&image(Machine::X64, &code, vec![]), &code, &wanted());
        assert!(found.len() == EVENTS_MAX && cut);
    }
}
