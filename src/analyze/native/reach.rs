//! How far code goes from a function: which others it calls, directly and by way of them. Followed instruction by
//! instruction, with bounds; jumps through tables and pointers are not followed.
//!
//! x86, of 64 and of 32 bits, by iced-x86's decoder, `AArch64` by the shapes of branches.

use std::collections::{BTreeSet, HashMap};

use iced_x86::{Code, Decoder, DecoderOptions, FlowControl, Instruction, Mnemonic, OpKind, Register};

use crate::parse::arm64::{adr, adrp};
use crate::parse::fields::Fields;
use crate::parse::native::{Image, Machine};
use crate::parse::parts::Places;

/// Most functions and instructions that are followed from one place.
const FUNCTIONS_MAX: usize = 512;
const INSTRUCTIONS_MAX: usize = 40_000;
/// Most words with addresses of the image itself.
const INNER_MAX: usize = 1 << 20;
/// Most functions that are pointed at which are kept of one place, and words of a table that are looked at.
const TAKEN_MAX: usize = 32;
const TABLE_WORDS: u64 = 6;
/// A jump that goes farther is a call of another function at the end of this one.
const FUNCTION_SPAN: u64 = 0x4000;

/// What was reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reach<'a> {
    /// Functions, the first one included.
    pub(super) functions: usize,
    /// Instructions in them.
    pub(super) instructions: usize,
    /// Imported functions that are called.
    pub(super) imports: BTreeSet<&'a [u8]>,
    /// Functions that code points at without calling them, by itself or by a table of the program; a few.
    pub(super) taken: BTreeSet<u64>,
    /// Calls through pointers that are not imports.
    pub(super) indirect: usize,
    /// System calls.
    pub(super) system_calls: usize,
    /// Whether a bound was reached, so that more may follow.
    pub(super) cut: bool,
}

/// The code of an image, to be followed from any number of places.
pub(super) struct Map<'a, 'i> {
    fields: Fields<'i>,
    machine: Machine,
    /// What 32-bit code adds to an address of this domain, and where its global offset table lies.
    base: u64,
    got: Option<u64>,
    code: Places,
    slots: HashMap<u64, &'a [u8]>,
    stubs: HashMap<u64, &'a [u8]>,
    /// Words that hold addresses of the image itself, with those addresses.
    inner: HashMap<u64, u64>,
    /// Functions that the image offers, by name: it may call them by way of the loader, as it calls those of others.
    own: HashMap<Vec<u8>, u64>,
    /// Whether some of the code was left out.
    cut: bool,
}

impl<'a, 'i> Map<'a, 'i> {
    /// The code of `image`; `bytes` is the whole file.
    pub(super) fn new(image: &Image<'a>, bytes: &'i [u8]) -> Self {
        let fields = Fields::new(bytes, true);
        let (parts, cut) = image.parts(fields.len(), |r| r.execute);
        Self {
            fields,
            machine: image.machine,
            base: image.base,
            got: image.got,
            code: Places::new(parts),
            slots: image.slots.iter().copied().collect(),
            stubs: image.stubs.iter().copied().collect(),
            inner: HashMap::new(),
            own: HashMap::new(),
            cut,
        }
    }

    /// Calls through words that the loader fills with addresses of the image itself are followed too: so Rust calls its
    /// own library.
    pub(super) fn leading(mut self, inner: impl Iterator<Item = (u64, u64)>) -> Self {
        self.inner.extend(inner.filter(|(_, to)| self.code.at(*to).is_some()).take(INNER_MAX));
        self
    }

    /// Calls of functions that the image offers itself, by way of the loader, are followed into them.
    pub(super) fn offering<'n>(mut self, own: impl Iterator<Item = (&'n [u8], u64)>) -> Self {
        let own = own.filter(|(_, to)| self.code.at(*to).is_some()).take(INNER_MAX);
        self.own.extend(own.map(|(name, to)| (name.to_vec(), to)));
        self
    }

    /// Follows code from an address, in the domain of the image's regions.
    pub(super) fn from(&self, start: u64) -> Reach<'a> {
        self.near(start, FUNCTIONS_MAX, INSTRUCTIONS_MAX)
    }

    /// Follows code from an address no farther than so many functions and instructions, those nearest first.
    pub(super) fn near(&self, start: u64, functions: usize, instructions: usize) -> Reach<'a> {
        self.walk(start, functions, instructions, false)
    }

    /// The same without what functions reach that never return and end in `abort`: what is done when something went wrong
    /// is not what the code is there for.
    pub(super) fn unless_failing(&self, start: u64, functions: usize, instructions: usize) -> Reach<'a> {
        self.walk(start, functions, instructions, true)
    }

    fn walk(&self, start: u64, functions: usize, instructions: usize, spares: bool) -> Reach<'a> {
        let reach = Reach { cut: self.cut, ..Reach::default() };
        let open = std::collections::VecDeque::from([start]);
        let most = (functions.min(FUNCTIONS_MAX), instructions.min(INSTRUCTIONS_MAX));
        let functions = BTreeSet::from([start]);
        let mut walk = Walk { map: self, reach, functions, open, most, spares, returns: false, aborts: false };
        while let Some(function) = walk.open.pop_front() {
            walk.reach.functions += 1;
            let before = spares.then(|| (walk.reach.clone(), walk.functions.clone(), walk.open.clone()));
            (walk.returns, walk.aborts) = (false, false);
            match self.machine {
                Machine::X64 => walk.x86(function, 64),
                Machine::X86 => walk.x86(function, 32),
                Machine::Arm64 => walk.arm64(function),
                Machine::Other => {}
            }
            if let Some((reach, functions, open)) = before
                && walk.aborts
                && !walk.returns
            {
                let instructions = walk.reach.instructions;
                walk.reach = Reach { instructions, ..reach };
                (walk.functions, walk.open) = (functions, open);
            }
            if walk.reach.instructions >= walk.most.1 {
                walk.reach.cut = true;
                break;
            }
        }
        walk.reach
    }
}

struct Walk<'a, 'i, 'm> {
    map: &'m Map<'a, 'i>,
    reach: Reach<'a>,
    functions: BTreeSet<u64>,
    open: std::collections::VecDeque<u64>,
    /// Most functions and instructions.
    most: (usize, usize),
    /// Whether functions are left out that only fail, and of the one that is looked at whether it returns or aborts.
    spares: bool,
    returns: bool,
    aborts: bool,
}

impl<'a, 'i> Walk<'a, 'i, '_> {
    /// The code from an address to the end of its part.
    fn at(&self, address: u64) -> Option<&'i [u8]> {
        let (offset, len) = self.map.code.at(address)?;
        Some(self.map.fields.available(offset, len))
    }

    fn call(&mut self, target: u64) {
        if self.at(target).is_none() || self.functions.contains(&target) {
            return;
        }
        match self.map.stubs.get(&target).copied().or_else(|| self.linkage(target)) {
            Some(name) => self.named(name),
            None => self.enter(target),
        }
    }

    /// A function is called by its name: one of others, or one that the image offers itself.
    fn named(&mut self, name: &'a [u8]) {
        self.aborts |= name == b"abort";
        match self.map.own.get(name).copied() {
            Some(target) if self.functions.contains(&target) => {}
            Some(target) => self.enter(target),
            None => drop(self.reach.imports.insert(name)),
        }
    }

    /// Does a call, and says whether the code behind it is none of this function's any more: what comes behind `abort` is
    /// another one.
    fn leaves(&mut self, call: impl FnOnce(&mut Self)) -> bool {
        let before = std::mem::take(&mut self.aborts);
        call(self);
        let left = self.spares && self.aborts;
        self.aborts |= before;
        left
    }

    fn enter(&mut self, target: u64) {
        if self.functions.len() < self.most.0 {
            self.functions.insert(target);
            self.open.push_back(target);
        } else {
            self.reach.cut = true;
        }
    }

    /// The imported function that an entry of the procedure linkage table jumps to: it is no function of its own.
    fn linkage(&self, target: u64) -> Option<&'a [u8]> {
        let code = self.at(target)?;
        let slot = match self.map.machine {
            Machine::X64 => {
                // Behind a mark of branch protection, maybe with a prefix.
                let skip = if code.starts_with(b"\xf3\x0f\x1e\xfa") { 4 } else { 0 };
                let skip = skip + usize::from(code.get(skip) == Some(&0xf2));
                let [0xff, 0x25, value @ ..] = code.get(skip..)? else { return None };
                let value = i32::from_le_bytes(*value.first_chunk()?);
                target.wrapping_add(skip as u64 + 6).wrapping_add_signed(i64::from(value))
            }
            Machine::Arm64 => {
                // adrp x16; ldr x17 or x16, [x16, #n], behind `bti c` or not.
                let (words, _) = code.as_chunks::<4>();
                let word = |i: usize| words.get(i).map(|w| u32::from_le_bytes(*w));
                let skip = usize::from(word(0)? == 0xd503_245f);
                let (page, load) = (word(skip)?, word(skip + 1)?);
                if page & 31 != 16 || !matches!(load & 0xffc0_03ff, 0xf940_0211 | 0xf940_0210) {
                    return None;
                }
                let page = adrp(page, target.wrapping_add(skip as u64 * 4))?;
                page.wrapping_add(u64::from(load >> 10 & 0xfff) * 8)
            }
            Machine::X86 => match code {
                // jmp *slot, or jmp *[ebx + n] where ebx holds the global offset table.
                [0xff, 0x25, value @ ..] => self.absolute(u32::from_le_bytes(*value.first_chunk()?)),
                [0xff, 0xa3, value @ ..] => self.through_got(u32::from_le_bytes(*value.first_chunk()?))?,
                _ => return None,
            },
            Machine::Other => return None,
        };
        self.map.slots.get(&slot).copied()
    }

    /// The address in this domain that 32-bit code names.
    fn absolute(&self, address: u32) -> u64 {
        u64::from(address).wrapping_sub(self.map.base)
    }

    /// The address that 32-bit code names by its distance from the global offset table.
    fn through_got(&self, distance: u32) -> Option<u64> {
        Some(self.map.got?.wrapping_add_signed(i64::from(distance.cast_signed())) & 0xffff_ffff)
    }

    /// The word of memory that an instruction reads.
    fn word_of(&self, instruction: &Instruction) -> Option<u64> {
        if instruction.is_ip_rel_memory_operand() {
            return Some(instruction.ip_rel_memory_address());
        }
        if self.map.machine != Machine::X86 || instruction.memory_index() != Register::None {
            return None;
        }
        let distance = instruction.memory_displacement32();
        match instruction.memory_base() {
            Register::None => Some(self.absolute(distance)),
            // Any register may hold the table.
            Register::ESP | Register::EBP => None,
            _ => self.through_got(distance),
        }
    }

    fn through(&mut self, slot: Option<u64>) {
        match slot.and_then(|s| self.map.slots.get(&s)) {
            Some(name) => self.named(name),
            None => {
                self.reach.indirect += 1;
                if let Some(target) = slot.and_then(|s| self.map.inner.get(&s)).copied() {
                    self.call(target);
                }
            }
        }
    }

    /// Code points at something: a function, or a table of them (in Rust what a thread runs is in one).
    fn point(&mut self, target: u64) {
        let words = (0..TABLE_WORDS).filter_map(|i| self.map.inner.get(&target.wrapping_add(i * 8)).copied());
        let direct = self.at(target).map(|_| target);
        let found: Vec<u64> = words.chain(direct).collect();
        let room = TAKEN_MAX.saturating_sub(self.reach.taken.len());
        self.reach.taken.extend(found.into_iter().take(room));
    }

    fn x86(&mut self, function: u64, bits: u32) {
        let mut seen: BTreeSet<u64> = BTreeSet::new();
        let mut open = vec![function];
        // Words that registers were given, to be called more than once.
        let mut held: HashMap<Register, u64> = HashMap::new();
        while let Some(start) = open.pop() {
            let Some(code) = self.at(start).map(|c| c.get(..FUNCTION_SPAN as usize).unwrap_or(c)) else { continue };
            for instruction in &mut Decoder::with_ip(bits, code, start, DecoderOptions::NONE) {
                if instruction.is_invalid() || !seen.insert(instruction.ip()) {
                    break;
                }
                self.reach.instructions += 1;
                if self.reach.instructions >= self.most.1 {
                    return;
                }
                let word = self.word_of(&instruction);
                let slot = word.filter(|_| instruction.op0_kind() == OpKind::Memory);
                if let Some(target) = word.filter(|_| instruction.mnemonic() == Mnemonic::Lea) {
                    self.point(target);
                }
                if instruction.op0_kind() == OpKind::Register {
                    let register = instruction.op0_register();
                    match word.filter(|w| instruction.mnemonic() == Mnemonic::Mov && self.map.slots.contains_key(w)) {
                        Some(word) => drop(held.insert(register, word)),
                        None if matches!(instruction.mnemonic(), Mnemonic::Mov | Mnemonic::Lea | Mnemonic::Pop) => {
                            held.remove(&register);
                        }
                        None => {}
                    }
                }
                let slot = slot.or_else(|| held.get(&instruction.op0_register()).copied());
                // What 32-bit code hands on it names in full.
                if bits == 32 && matches!(instruction.mnemonic(), Mnemonic::Push | Mnemonic::Mov) {
                    let last = instruction.op_count().saturating_sub(1);
                    if instruction.op_kind(last) == OpKind::Immediate32 {
                        self.point(self.absolute(instruction.immediate32()));
                    }
                }
                let target = instruction.near_branch_target();
                match instruction.flow_control() {
                    FlowControl::Return | FlowControl::Interrupt | FlowControl::Exception => {
                        self.returns |= instruction.flow_control() == FlowControl::Return;
                        break;
                    }
                    FlowControl::UnconditionalBranch => {
                        if target.abs_diff(function) < FUNCTION_SPAN {
                            open.push(target)
                        } else {
                            self.returns = true;
                            self.call(target)
                        }
                        break;
                    }
                    FlowControl::ConditionalBranch => open.push(target),
                    FlowControl::Call if matches!(instruction.code(), Code::Syscall) => self.reach.system_calls += 1,
                    FlowControl::Call => {
                        if self.leaves(|walk| walk.call(target)) {
                            break;
                        }
                    }
                    FlowControl::IndirectCall => {
                        if self.leaves(|walk| walk.through(slot)) {
                            break;
                        }
                    }
                    // A jump that is not through an import is a table of cases.
                    FlowControl::IndirectBranch => {
                        self.returns = true;
                        if let Some(name) = slot.and_then(|s| self.map.slots.get(&s)) {
                            self.named(name);
                        }
                        break;
                    }
                    FlowControl::Next | FlowControl::XbeginXabortXend => {}
                }
            }
        }
    }

    fn arm64(&mut self, function: u64) {
        let mut seen: BTreeSet<u64> = BTreeSet::new();
        let mut open = vec![function];
        while let Some(start) = open.pop() {
            let Some(code) = self.at(start) else { continue };
            let (words, _) = code.as_chunks::<4>();
            // The page that each register was given last.
            let mut pages = [None; 32];
            let mut slot = None;
            for (i, word) in words.iter().enumerate().take(FUNCTION_SPAN as usize / 4) {
                let word = u32::from_le_bytes(*word);
                let place = start.saturating_add(i as u64 * 4);
                if !seen.insert(place) {
                    break;
                }
                self.reach.instructions += 1;
                if self.reach.instructions >= self.most.1 {
                    return;
                }
                let near = |bits: u32, width: u32| {
                    let shift = 32 - width;
                    place.wrapping_add_signed(i64::from((bits << shift).cast_signed() >> shift) * 4)
                };
                if word & 0xfc00_0000 == 0x9400_0000 {
                    if self.leaves(|walk| walk.call(near(word & 0x03ff_ffff, 26))) {
                        break;
                    }
                } else if word & 0xfc00_0000 == 0x1400_0000 {
                    let target = near(word & 0x03ff_ffff, 26);
                    if target.abs_diff(function) < FUNCTION_SPAN {
                        open.push(target)
                    } else {
                        self.returns = true;
                        self.call(target)
                    }
                    break;
                } else if word & 0xff00_0010 == 0x5400_0000 || word & 0x7e00_0000 == 0x3400_0000 {
                    open.push(near(word >> 5 & 0x7_ffff, 19));
                } else if word & 0x7e00_0000 == 0x3600_0000 {
                    open.push(near(word >> 5 & 0x3fff, 14));
                } else if let Some(address) = adrp(word, place) {
                    if let Some(page) = pages.get_mut((word & 31) as usize) {
                        *page = Some(address);
                    }
                } else if word & 0xffc0_0000 == 0x9100_0000 {
                    // add xd, xn, #imm
                    if let Some(page) = page_of(&pages, word) {
                        self.point(page.wrapping_add(u64::from(word >> 10 & 0xfff)));
                    }
                } else if let Some(target) = adr(word, place) {
                    self.point(target);
                } else if word & 0xffc0_0000 == 0xf940_0000 {
                    // ldr xt, [xn, #imm]: may read a slot.
                    let page = page_of(&pages, word);
                    slot = page.map(|p| (word & 31, p.wrapping_add(u64::from(word >> 10 & 0xfff) * 8)));
                } else if word & 0xffff_fc1f == 0xd63f_0000 || word & 0xffff_fc1f == 0xd61f_0000 {
                    let register = word >> 5 & 31;
                    let through = slot.filter(|(r, _)| *r == register).map(|(_, s)| s);
                    let jump = word & 0x0060_0000 == 0;
                    if !jump || through.is_some_and(|s| self.map.slots.contains_key(&s)) {
                        self.through(through);
                    }
                    if jump {
                        self.returns = true;
                        break;
                    }
                } else if word & 0xffff_fc1f == 0xd65f_0000 {
                    self.returns = true;
                    break;
                } else if word == 0xd400_0001 {
                    self.reach.system_calls += 1;
                }
            }
        }
    }
}

/// The page in the register that an instruction takes as its first operand.
fn page_of(pages: &[Option<u64>; 32], word: u32) -> Option<u64> {
    pages.get((word >> 5 & 31) as usize).copied().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::code_of;

    fn from<'a>(image: &Image<'a>, bytes: &[u8], start: u64) -> Reach<'a> {
        Map::new(image, bytes).from(start)
    }

    fn image(machine: Machine, len: usize, slots: Vec<(u64, &'static [u8])>) -> Image<'static> {
        Image { slots, ..code_of(machine, len as u64) }
    }

    #[test]
    fn calls_are_followed_and_counted_on_x86_64() {
        // 1000: call 1010; call *[0x3000]; ret   1010: call 1020; ret   1020: je 1022; syscall; call *rax; ret
        let mut code = vec![0x90; 0x40];
        let put = |code: &mut Vec<u8>, at: usize, bytes: &[u8]| code[at..at + bytes.len()].copy_from_slice(bytes);
        put(&mut code, 0, &[0xe8, 0x0b, 0, 0, 0, 0xff, 0x15]);
        put(&mut code, 7, &(0x3000u32 - 0x100b).to_le_bytes());
        put(&mut code, 11, &[0xc3]);
        put(&mut code, 0x10, &[0xe8, 0x0b, 0, 0, 0, 0xc3]);
        put(&mut code, 0x20, &[0x74, 0, 0x0f, 0x05, 0xff, 0xd0, 0xc3]);
        let image = image(Machine::X64, code.len(), vec![(0x3000, b"getauxval")]);
        let reach = from(&image, &code, 0x1000);
        assert_eq!((reach.functions, reach.indirect, reach.system_calls), (3, 1, 1));
        assert_eq!(reach.imports.iter().copied().collect::<Vec<_>>(), [&b"getauxval"[..]]);
    }

    #[test]
    fn what_only_fails_is_left_out_when_that_is_asked_for() {
        // 1000: je 1007; call 1010; ret   1010: call *[0x3000] (system); call *[0x3008] (abort)   101c: ret
        let code = |end: &[u8; 1]| {
            let mut code = vec![0x90; 0x30];
            code[..8].copy_from_slice(&[0x74, 0x05, 0xe8, 0x09, 0, 0, 0, 0xc3]);
            code[0x10..0x12].copy_from_slice(&[0xff, 0x15]);
            code[0x12..0x16].copy_from_slice(&(0x3000u32 - 0x1016).to_le_bytes());
            code[0x16..0x17].copy_from_slice(end);
            code[0x18..0x1a].copy_from_slice(&[0xff, 0x15]);
            code[0x1a..0x1e].copy_from_slice(&(0x3008u32 - 0x101e).to_le_bytes());
            code[0x1e..0x1f].copy_from_slice(&[0xc3]);
            code
        };
        let names = |code: &[u8]| {
            let image = image(Machine::X64, code.len(), vec![(0x3000, b"system"), (0x3008, b"abort")]);
            let map = Map::new(&image, code);
            let [all, spared] = [map.near(0x1000, 9, 900), map.unless_failing(0x1000, 9, 900)].map(|r| r.imports);
            (all.contains(&b"system"[..]), spared.contains(&b"system"[..]))
        };
        assert_eq!(names(&code(&[0x90])), (true, false));
        // One that returns has done what it is there for.
        assert_eq!(names(&code(&[0xc3])), (true, true));
    }

    #[test]
    fn functions_of_its_own_are_entered_by_way_of_the_loader_too() {
        // 1000: call *[0x3000]; ret   1010: call *[0x3008]; ret
        let mut code = vec![0xc3; 0x20];
        code[..2].copy_from_slice(&[0xff, 0x15]);
        code[2..6].copy_from_slice(&(0x3000u32 - 0x1006).to_le_bytes());
        code[0x10..0x12].copy_from_slice(&[0xff, 0x15]);
        code[0x12..0x16].copy_from_slice(&(0x3008u32 - 0x1016).to_le_bytes());
        let image = image(Machine::X64, code.len(), vec![(0x3000, b"probe"), (0x3008, b"system")]);
        assert_eq!(from(&image, &code, 0x1000).imports, BTreeSet::from([&b"probe"[..]]));
        let reach = Map::new(&image, &code).offering([(&b"probe"[..], 0x1010)].into_iter()).from(0x1000);
        assert_eq!(reach.imports, BTreeSet::from([&b"system"[..]]));
    }

    #[test]
    fn functions_in_registers_are_called_through_them() {
        // mov rbx, [0x3000]; call rbx; mov rbx, rax; call rbx; ret. The word alone is no call.
        let mut code = vec![0x48, 0x8b, 0x1d];
        code.extend((0x3000u32 - 0x1007).to_le_bytes());
        let loaded = code.len();
        code.extend([0xff, 0xd3, 0x48, 0x89, 0xc3, 0xff, 0xd3, 0xc3]);
        let image = image(Machine::X64, code.len(), vec![(0x3000, b"system")]);
        let reach = from(&image, &code, 0x1000);
        assert_eq!((reach.imports, reach.indirect), (BTreeSet::from([&b"system"[..]]), 1));
        code[loaded] = 0xc3;
        assert!(from(&image, &code, 0x1000).imports.is_empty());
    }

    #[test]
    fn calls_are_followed_on_arm64() {
        // 1000: bl 1010; ret; .. 1010: adrp x16, 2 pages; ldr x17, [x16, #8]; br x17
        let words =
            [0x9400_0004u32, 0xd65f_03c0, 0xd503_201f, 0xd503_201f, 0xd000_0010, 0xf940_0611, 0xd61f_0220, 0xd65f_03c0];
        let code: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        let image = image(Machine::Arm64, code.len(), vec![(0x3008, b"getauxval")]);
        let reach = from(&image, &code, 0x1000);
        // The entry of the linkage table is no function of the program.
        assert_eq!((reach.functions, reach.imports.len(), reach.indirect), (1, 1, 0));
    }

    #[test]
    fn calls_of_32_bit_x86_are_followed() {
        // 1000: push 0x401010; call *[0x403000]; call *[ebx + n]; ret   1010: ret
        let mut code = vec![0x68];
        code.extend(0x40_1010u32.to_le_bytes());
        code.extend([0xff, 0x15]);
        code.extend(0x40_3000u32.to_le_bytes());
        code.extend([0xff, 0x93]);
        code.extend((0x3008u32.wrapping_sub(0x4000)).to_le_bytes());
        code.extend([0xc3; 4]);
        let slots: Vec<(u64, &'static [u8])> = vec![(0x3000, b"system"), (0x3008, b"fork")];
        let image = Image { base: 0x40_0000, got: Some(0x4000), ..image(Machine::X86, code.len(), slots) };
        let reach = from(&image, &code, 0x1000);
        assert_eq!(reach.imports.iter().copied().collect::<Vec<_>>(), [&b"fork"[..], b"system"]);
        assert_eq!(reach.taken.iter().copied().collect::<Vec<_>>(), [0x1010]);
    }

    #[test]
    fn functions_that_arm64_points_at_are_taken() {
        // adrp x8, 0; add x1, x8, #0x10; adr x2, +8; ret
        let code: Vec<u8> = [0x9000_0008u32, 0x9100_4101, 0x1000_0042, 0xd65f_03c0, 0xd65f_03c0]
            .iter()
            .flat_map(|w| w.to_le_bytes())
            .collect();
        let reach = from(&image(Machine::Arm64, code.len(), vec![]), &code, 0x1000);
        assert_eq!(reach.taken.iter().copied().collect::<Vec<_>>(), [0x1010]);
    }

    #[test]
    fn noise_and_loops_end() {
        let code = crate::analyze::native::testing::noise(1 << 16);
        for machine in [Machine::X64, Machine::X86, Machine::Arm64, Machine::Other] {
            let reach = from(&image(machine, code.len(), vec![]), &code, 0x1000);
            assert!(reach.functions <= FUNCTIONS_MAX && reach.instructions <= INSTRUCTIONS_MAX);
        }
        // call +0 in a row: each is a function of its own.
        let code = [0xe8, 0, 0, 0, 0].repeat(FUNCTIONS_MAX + 9);
        let reach = from(&image(Machine::X64, code.len(), vec![]), &code, 0x1000);
        assert!(reach.cut && reach.functions <= FUNCTIONS_MAX);
        let code = [0xebu8, 0xfe];
        assert_eq!(from(&image(Machine::X64, 2, vec![]), &code, 0x1000).instructions, 1);
    }
}
