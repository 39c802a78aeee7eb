//! Texts that code puts together in memory: what a program never holds in one piece, because each of its bytes is part
//! of an instruction.
//!
//! Compilers do it to small arrays of their own accord, and whoever hides texts does it on purpose; the texts are the
//! same. Short runs of instructions are followed, of which only those that give constants to registers and put them
//! into memory matter: `mov` of immediate values of every width, `movabs` and then a store, sixteen bytes at once through
//! vector registers, pushes; on `AArch64` `movz`, `movk`, and every store of one or two registers. What lies side by side
//! in memory at the end is one piece.
//!
//! References: ATT&CK T1027; Intel SDM volume 2 (by iced-x86); Arm ARM C6.2.

use std::sync::LazyLock;

use iced_x86::{Decoder, DecoderOptions, Instruction, Mnemonic, OpKind, Register};

use super::arm64::adrp;
use super::fields::Fields;
use super::native::{Image, Machine};
use super::parts::Places;

/// Shortest piece that is kept, in bytes.
const SHORTEST: usize = 4;
/// Bytes that are neither empty nor full in a piece without a text, which may be one under a key.
const KEYED: usize = 8;
/// Most pieces of one image (a browser of 300 MB has a few thousand) and most bytes of one piece.
const PIECES_MAX: usize = 1 << 18;
const BYTES_MAX: usize = 4096;
/// Most bytes of all pieces: two bytes of code can push eight.
const ALL_BYTES_MAX: usize = 1 << 26;
/// Instructions without a store of a constant after which a run ends.
const PATIENCE: usize = 24;
/// Most stores of one run.
const STORES_MAX: usize = 2048;

/// A piece of memory that code fills with constants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Built {
    /// The place in the file, and the address, of the first instruction that stores into it.
    pub(crate) offset: u64,
    pub(crate) at: u64,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
}

impl Built {
    /// The texts in it: readable letters in a row, in one byte or two each.
    pub(crate) fn texts(&self) -> Vec<Vec<u8>> {
        let readable = |b: u8| matches!(b, 0x20..=0x7e | b'\t' | b'\n' | b'\r');
        let mut texts: Vec<Vec<u8>> =
            self.bytes.split(|b| !readable(*b)).filter(|t| t.len() >= SHORTEST).map(<[u8]>::to_vec).collect();
        let wide: Vec<u8> = self.bytes.as_chunks::<2>().0.iter().map(|[a, b]| if *b == 0 { *a } else { 0 }).collect();
        texts.extend(wide.split(|b| !readable(*b)).filter(|t| t.len() >= SHORTEST).map(<[u8]>::to_vec));
        texts
    }
}

/// All pieces of an image, and whether there are more than are kept. `file` is the whole file.
pub(super) fn built(image: &Image<'_>, file: &[u8]) -> (Vec<Built>, bool) {
    let fields = Fields::new(file, true);
    let (parts, _) = image.parts(fields.len(), |r| r.execute);
    // Constants stand where nothing is written.
    let data = Places::new(image.parts(fields.len(), |r| !r.write).0);
    let mut out = Pieces { found: Vec::new(), left: ALL_BYTES_MAX, cut: false };
    for part in parts {
        let code = fields.available(part.offset, part.len);
        let mut run = Run { base: part.address, offset: part.offset, file: fields, data: &data, stores: Vec::new() };
        match image.machine {
            Machine::X64 => run.x86(64, image.base, code, &mut out),
            Machine::X86 => run.x86(32, image.base, code, &mut out),
            Machine::Arm64 => run.arm64(code, &mut out),
            Machine::Other => {}
        }
    }
    (out.found, out.cut)
}

struct Pieces {
    found: Vec<Built>,
    /// Bytes that may still be kept.
    left: usize,
    cut: bool,
}

/// One store: the register that the place counts from, the distance, the bytes, and where the instruction begins.
struct Store {
    register: u16,
    place: i64,
    bytes: [u8; 16],
    len: u8,
    at: usize,
}

struct Run<'f> {
    base: u64,
    offset: u64,
    file: Fields<'f>,
    data: &'f Places,
    stores: Vec<Store>,
}

/// A byte of a text, or of one under a key: neither empty nor full.
fn tells(byte: u8) -> bool {
    byte != 0 && byte != 0xff
}

fn telling(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| tells(**b)).count()
}

impl Run<'_> {
    /// Bytes of the file at an address, as a vector register takes them up.
    fn sixteen(&self, address: u64) -> Option<[u8; 16]> {
        let (at, _) = self.data.at(address)?;
        self.file.range(at, 16)?.try_into().ok()
    }

    /// Up to eight bytes of the file at an address, as a general register takes them up.
    fn eight(&self, address: u64) -> Option<u64> {
        let (at, len) = self.data.at(address)?;
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(self.file.available(at, len.min(8))).for_each(|(a, b)| *a = *b);
        Some(u64::from_le_bytes(bytes))
    }

    fn store(&mut self, register: u16, place: i64, bytes: &[u8], at: usize) {
        if self.stores.len() < STORES_MAX {
            let mut all = [0; 16];
            all.iter_mut().zip(bytes).for_each(|(a, b)| *a = *b);
            self.stores.push(Store { register, place, bytes: all, len: bytes.len().min(16) as u8, at });
        }
    }

    /// Ends a run: what lies side by side becomes one piece.
    fn flush(&mut self, out: &mut Pieces) {
        let enough = self.stores.iter().map(|s| usize::from(s.len)).sum::<usize>() >= SHORTEST;
        let mut stores = std::mem::take(&mut self.stores);
        if enough {
            // Later stores of one place win; of one place the sort keeps their order.
            stores.sort_by_key(|s| (s.register, s.place));
            let mut piece: Vec<u8> = Vec::new();
            let (mut register, mut start, mut first) = (0, 0i64, usize::MAX);
            for store in &stores {
                let skip = usize::try_from(store.place.wrapping_sub(start)).unwrap_or(usize::MAX);
                if piece.is_empty() || store.register != register || skip > piece.len() || skip > BYTES_MAX {
                    self.keep(&mut piece, first, out);
                    (register, start, first) = (store.register, store.place, store.at);
                }
                let skip = usize::try_from(store.place.wrapping_sub(start)).unwrap_or(0).min(piece.len());
                let bytes = store.bytes.get(..usize::from(store.len)).unwrap_or_default();
                piece.resize(piece.len().max(skip + bytes.len()), 0);
                piece.iter_mut().skip(skip).zip(bytes).for_each(|(a, b)| *a = *b);
                first = first.min(store.at);
            }
            self.keep(&mut piece, first, out);
        }
        stores.clear();
        self.stores = stores;
    }

    fn keep(&self, piece: &mut Vec<u8>, at: usize, out: &mut Pieces) {
        let bytes = std::mem::take(piece);
        let readable = |b: &u8| matches!(b, 0x20..=0x7e);
        let text = bytes.windows(SHORTEST).any(|w| w.iter().all(readable))
            || bytes.windows(2 * SHORTEST).any(|w| w.as_chunks::<2>().0.iter().all(|[a, b]| readable(a) && *b == 0));
        if !text && telling(&bytes) < KEYED {
            return;
        }
        if out.found.len() >= PIECES_MAX || bytes.len() > out.left {
            out.cut = true;
            return;
        }
        out.left -= bytes.len();
        let at = at as u64;
        out.found.push(Built { offset: self.offset.saturating_add(at), at: self.base.saturating_add(at), bytes });
    }

    /// x86: runs begin where an instruction takes up or stores constants that may be text.
    fn x86(&mut self, bits: u32, image_base: u64, code: &[u8], out: &mut Pieces) {
        let pairs = &*PAIRS;
        let mut at = 0;
        while let Some([first @ .., _]) = code.get(at..) {
            let second = code.get(at + 1..).unwrap_or_default();
            let Some(skip) = first.iter().zip(second).position(|(a, b)| pairs.has(*a, *b)) else { break };
            at += skip;
            at = match code.get(at..) {
                Some(rest) if begins(bits, rest) => self.x86_run(bits, image_base, code, at, out).max(at + 1),
                _ => at + 1,
            };
        }
    }

    /// Follows one run from its first instruction and says where it ends.
    fn x86_run(&mut self, bits: u32, image_base: u64, code: &[u8], start: usize, out: &mut Pieces) -> usize {
        let mut decoder =
            Decoder::with_ip(bits, code.get(start..).unwrap_or_default(), start as u64, DecoderOptions::NONE);
        let mut instruction = Instruction::default();
        let mut registers: [Option<u64>; 16] = [None; 16];
        let mut vectors: [Option<[u8; 16]>; 16] = [None; 16];
        let mut idle = 0;
        // Where the stack pointer stands, counted from the run's beginning.
        let mut stack = 0i64;
        let mut end = start;
        while decoder.can_decode() && idle < PATIENCE && self.stores.len() < STORES_MAX {
            let place = usize::try_from(decoder.ip()).unwrap_or(usize::MAX);
            decoder.decode_out(&mut instruction);
            if instruction.is_invalid() {
                break;
            }
            idle += 1;
            let general = |r: Register| (r.is_gpr()).then(|| r.full_register().number()).filter(|n| *n < 16);
            let target = instruction.op0_register();
            let kinds = (instruction.op0_kind(), instruction.op1_kind());
            match (instruction.mnemonic(), kinds) {
                (Mnemonic::Ret | Mnemonic::Int3 | Mnemonic::Ud2, _) => break,
                (Mnemonic::Push, (kind, _)) => {
                    let width = i64::from(bits / 8);
                    stack -= width;
                    let value = match kind {
                        OpKind::Register => general(target).and_then(|r| registers.get(r).copied().flatten()),
                        _ => instruction.try_immediate(0).ok(),
                    };
                    if let Some(value) = value {
                        let bytes = value.to_le_bytes();
                        self.store(Register::RSP as u16, stack, bytes.get(..width as usize).unwrap_or_default(), place);
                        idle = 0;
                    }
                }
                // Above all `mov`, with an immediate value or a register.
                (_, (OpKind::Memory, _)) if moves(instruction.mnemonic()) => {
                    let width = instruction.memory_size().size().min(16);
                    let value: Option<[u8; 16]> = match kinds.1 {
                        OpKind::Register => {
                            let source = instruction.op1_register();
                            let vector = || source.is_vector_register().then(|| source.number());
                            general(source)
                                .filter(|_| !is_high(source))
                                .and_then(|r| registers.get(r).copied().flatten())
                                .map(|v| u128::from(v).to_le_bytes())
                                .or_else(|| vector().and_then(|r| vectors.get(r).copied().flatten()))
                        }
                        _ => instruction.try_immediate(1).ok().map(|v| u128::from(v).to_le_bytes()),
                    };
                    let indexed = instruction.memory_index() != Register::None;
                    if let Some(value) = value.filter(|_| !indexed && !instruction.is_ip_rel_memory_operand()) {
                        let base = instruction.memory_base();
                        let shift = instruction.memory_displacement64().cast_signed();
                        let shift = if bits == 32 { i64::from(shift as i32) } else { shift };
                        let (base, shift) = match base {
                            Register::RSP | Register::ESP => (Register::RSP, shift.wrapping_add(stack)),
                            other => (other, shift),
                        };
                        self.store(base as u16, shift, value.get(..width).unwrap_or_default(), place);
                        idle = 0;
                    }
                }
                (Mnemonic::Mov, (OpKind::Register, OpKind::Register)) => {
                    let value = general(instruction.op1_register()).and_then(|r| registers.get(r).copied().flatten());
                    if let Some(slot) = general(target).and_then(|r| registers.get_mut(r)) {
                        *slot = value;
                    }
                }
                (Mnemonic::Mov, (OpKind::Register, kind)) if kind != OpKind::Memory => {
                    let value = instruction.try_immediate(1).ok();
                    if let Some(slot) = general(target).filter(|_| !is_high(target)).and_then(|r| registers.get_mut(r))
                    {
                        *slot = value;
                        if value.is_some_and(|v| telling(&v.to_le_bytes()) >= 2) {
                            idle = 0;
                        }
                    }
                }
                // A constant of four or eight bytes, on its way to somewhere else.
                (Mnemonic::Mov, (OpKind::Register, OpKind::Memory)) if general(target).is_some() => {
                    let address = instruction.is_ip_rel_memory_operand().then(|| instruction.ip_rel_memory_address());
                    let value = address.and_then(|a| self.eight(self.base.wrapping_add(a)));
                    let width = instruction.memory_size().size();
                    let value = value.filter(|_| width >= 4 && !is_high(target));
                    let value = value.map(|v| if width == 4 { v & 0xffff_ffff } else { v });
                    if let Some(slot) = general(target).and_then(|r| registers.get_mut(r)) {
                        *slot = value;
                    }
                }
                (_, (OpKind::Register, OpKind::Memory)) if target.is_vector_register() => {
                    let address = instruction.is_ip_rel_memory_operand().then(|| instruction.ip_rel_memory_address());
                    let address = match address {
                        Some(address) => Some(self.base.wrapping_add(address)),
                        // An address as a whole, in 32-bit code.
                        None if bits == 32 && instruction.memory_base() == Register::None => {
                            Some(instruction.memory_displacement64().wrapping_sub(image_base))
                        }
                        None => None,
                    };
                    let whole = instruction.memory_size().size() == 16 && moves(instruction.mnemonic());
                    let value = address.filter(|_| whole).and_then(|a| self.sixteen(a));
                    if let Some(slot) = vectors.get_mut(target.number()) {
                        *slot = value;
                        if value.is_some() {
                            idle = 0;
                        }
                    }
                }
                // Calls may change what is in registers, never what lies in memory of one's own.
                (Mnemonic::Call, _) => (registers, vectors) = ([None; 16], [None; 16]),
                (Mnemonic::Sub, (OpKind::Register, _)) if target.full_register() == Register::RSP => {
                    stack = stack.wrapping_sub(instruction.try_immediate(1).unwrap_or(0).cast_signed());
                }
                (Mnemonic::Add, (OpKind::Register, _)) if target.full_register() == Register::RSP => {
                    stack = stack.wrapping_add(instruction.try_immediate(1).unwrap_or(0).cast_signed());
                }
                (Mnemonic::Pop, _) => {
                    stack = stack.wrapping_add(i64::from(bits / 8));
                    if let Some(slot) = general(target).and_then(|r| registers.get_mut(r)) {
                        *slot = None;
                    }
                }
                (Mnemonic::Xor, (OpKind::Register, OpKind::Register)) if target == instruction.op1_register() => {
                    if let Some(slot) = general(target).and_then(|r| registers.get_mut(r)) {
                        *slot = Some(0);
                    }
                }
                (Mnemonic::Cmp | Mnemonic::Test, _) => {}
                (_, (OpKind::Register, _)) => {
                    if let Some(slot) = general(target).and_then(|r| registers.get_mut(r)) {
                        *slot = None;
                    }
                    if target.is_vector_register()
                        && let Some(slot) = vectors.get_mut(target.number())
                    {
                        *slot = None;
                    }
                }
                _ => {}
            }
            end = usize::try_from(decoder.ip()).unwrap_or(usize::MAX);
        }
        self.flush(out);
        end
    }

    /// `AArch64` has one shape of instructions, so all of them are followed.
    fn arm64(&mut self, code: &[u8], out: &mut Pieces) {
        let mut registers: [Option<u64>; 32] = [None; 32];
        let mut pages: [Option<u64>; 32] = [None; 32];
        let mut vectors: [Option<[u8; 16]>; 32] = [None; 32];
        let mut idle = 0;
        // The register that is always zero.
        let reset = |registers: &mut [Option<u64>; 32]| {
            *registers = [None; 32];
            registers[31] = Some(0);
        };
        reset(&mut registers);
        for (i, chunk) in code.as_chunks::<4>().0.iter().enumerate() {
            let word = u32::from_le_bytes(*chunk);
            let (at, place) = (i * 4, self.base.wrapping_add(i as u64 * 4));
            let field = |low: u32, count: u32| (word >> low & ((1 << count) - 1)) as usize;
            let (d, n) = (field(0, 5), field(5, 5));
            let get = |registers: &[Option<u64>; 32], r: usize| registers.get(r).copied().flatten();
            idle += 1;
            if idle > PATIENCE || word == 0xd65f_03c0 || self.stores.len() >= STORES_MAX {
                if !self.stores.is_empty() {
                    self.flush(out);
                }
                idle = 0;
            }
            if word & 0x7f80_0000 == 0x5280_0000 {
                set(&mut registers, d, Some((field(5, 16) as u64) << (16 * field(21, 2))));
            } else if word & 0x7f80_0000 == 0x7280_0000 {
                let shift = 16 * field(21, 2) as u32;
                let value = get(&registers, d).map(|v| v & !(0xffffu64 << shift) | (field(5, 16) as u64) << shift);
                set(&mut registers, d, value);
            } else if word & 0x7f80_0000 == 0x1280_0000 {
                set(&mut registers, d, Some(!((field(5, 16) as u64) << (16 * field(21, 2)))));
            } else if word & 0x7fe0_ffe0 == 0x2a00_03e0 {
                let value = get(&registers, field(16, 5));
                set(&mut registers, d, value);
            } else if word & 0x3fc0_0000 == 0x3900_0000 {
                // strb, strh, str with a distance from the register, in units of its width.
                let width = 1usize << field(30, 2);
                if let Some(value) = get(&registers, d) {
                    let bytes = value.to_le_bytes();
                    let distance = (field(10, 12) * width) as i64;
                    self.store(n as u16, distance, bytes.get(..width).unwrap_or_default(), at);
                    idle = 0;
                }
            } else if word & 0x3fe0_0c00 == 0x3800_0000 {
                // sturb, sturh, stur: a signed distance in bytes.
                let width = 1usize << field(30, 2);
                if let Some(value) = get(&registers, d) {
                    let distance = i64::from(((word << 11).cast_signed()) >> 23);
                    self.store(n as u16, distance, value.to_le_bytes().get(..width).unwrap_or_default(), at);
                    idle = 0;
                }
            } else if word & 0x7fc0_0000 == 0x2900_0000 {
                // stp
                let width = if word >> 31 == 1 { 8 } else { 4 };
                let distance = i64::from((word << 10).cast_signed() >> 25) * width as i64;
                for (register, more) in [(d, 0), (field(10, 5), width as i64)] {
                    if let Some(value) = get(&registers, register) {
                        let bytes = value.to_le_bytes();
                        self.store(n as u16, distance + more, bytes.get(..width).unwrap_or_default(), at);
                        idle = 0;
                    }
                }
            } else if let Some(page) = adrp(word, place) {
                set(&mut pages, d, Some(page));
                set(&mut registers, d, None);
            } else if word & 0xffc0_0000 == 0x9100_0000 {
                let page = get(&pages, n).map(|p| p.wrapping_add(field(10, 12) as u64));
                set(&mut pages, d, page);
                set(&mut registers, d, None);
            } else if word & 0xffc0_0000 == 0x3dc0_0000 {
                // ldr q
                let value = get(&pages, n).and_then(|p| self.sixteen(p.wrapping_add(field(10, 12) as u64 * 16)));
                if let Some(slot) = vectors.get_mut(d) {
                    *slot = value;
                }
            } else if word & 0xffc0_0000 == 0x3d80_0000 || word & 0xffe0_0c00 == 0x3c80_0000 {
                // str q, stur q
                let distance = if word & 0x0100_0000 != 0 {
                    field(10, 12) as i64 * 16
                } else {
                    i64::from((word << 11).cast_signed() >> 23)
                };
                if let Some(value) = vectors.get(d).copied().flatten() {
                    self.store(n as u16, distance, &value, at);
                    idle = 0;
                }
            } else if word & 0xffc0_0000 == 0xad00_0000 {
                // stp q
                let distance = i64::from((word << 10).cast_signed() >> 25) * 16;
                for (register, more) in [(d, 0), (field(10, 5), 16)] {
                    if let Some(value) = vectors.get(register).copied().flatten() {
                        self.store(n as u16, distance + more, &value, at);
                        idle = 0;
                    }
                }
            } else if word & 0xfc00_0000 == 0x9400_0000 || word & 0xffff_fc1f == 0xd63f_0000 {
                // bl, blr: registers that calls may change.
                reset(&mut registers);
                (pages, vectors) = ([None; 32], [None; 32]);
            } else if word & 0x1c00_0000 != 0x1400_0000 && word & 0x0a00_0000 != 0x0800_0000 {
                // Arithmetic gives its first register something else; branches and stores do not.
                set(&mut registers, d, None);
                set(&mut pages, d, None);
            } else if word & 0x0a00_0000 == 0x0800_0000
                && (word & 0x00c0_0000 != 0 || word & 0x3b00_0000 == 0x1800_0000)
            {
                // Loads, those of two registers too.
                let second = (word & 0x3a00_0000 == 0x2800_0000).then(|| field(10, 5));
                for register in [Some(d), second].into_iter().flatten() {
                    set(&mut registers, register, None);
                    set(&mut pages, register, None);
                }
            }
        }
        self.flush(out);
    }
}

fn set(registers: &mut [Option<u64>; 32], at: usize, value: Option<u64>) {
    // The last one is zero, or the stack pointer, and takes up nothing.
    if let Some(slot) = registers.get_mut(at).filter(|_| at < 31) {
        *slot = value;
    }
}

/// `ah`, `bh`, `ch`, `dh`: the second byte of a register.
fn is_high(register: Register) -> bool {
    matches!(register, Register::AH | Register::BH | Register::CH | Register::DH)
}

/// What carries bytes as they are.
fn moves(mnemonic: Mnemonic) -> bool {
    matches!(
        mnemonic,
        Mnemonic::Mov
            | Mnemonic::Movaps
            | Mnemonic::Movups
            | Mnemonic::Movdqa
            | Mnemonic::Movdqu
            | Mnemonic::Movapd
            | Mnemonic::Movupd
            | Mnemonic::Vmovaps
            | Mnemonic::Vmovups
            | Mnemonic::Vmovdqa
            | Mnemonic::Vmovdqu
    )
}

/// Pairs of bytes with which an instruction may begin that [`begins`] believes, one bit each. Hardly one place in fifty
/// has one, so that most code is only run over.
struct Pairs(Vec<u64>);

static PAIRS: LazyLock<Pairs> = LazyLock::new(|| {
    let pairs = (0..=u16::MAX).map(|pair| pair.to_le_bytes());
    let bits: Vec<bool> = pairs.map(|[first, second]| may_begin(first, second)).collect();
    Pairs(bits.chunks(64).map(|word| word.iter().rev().fold(0, |all, bit| all << 1 | u64::from(*bit))).collect())
});

impl Pairs {
    fn has(&self, first: u8, second: u8) -> bool {
        let pair = usize::from(u16::from_le_bytes([first, second]));
        self.0.get(pair / 64).is_some_and(|word| word >> (pair % 64) & 1 == 1)
    }
}

/// What [`begins`] asks of the first two bytes.
fn may_begin(first: u8, second: u8) -> bool {
    match first {
        0x48 | 0x49 => matches!(second, 0xb8..=0xbf),
        0xc6 | 0xc7 => second & 0x38 == 0,
        0x66 => matches!(second, 0xc7 | 0x0f),
        0xf3 => second == 0x0f,
        0x0f => matches!(second, 0x28 | 0x10),
        0xc5 => matches!(second, 0xf8..=0xfa),
        0x68 | 0xb8..=0xbf => (0x20..0x7f).contains(&second),
        _ => false,
    }
}

/// Whether an instruction begins here that takes up or stores a constant which may be part of a text. Cheap, and only
/// a guess: the run that begins here is decoded.
fn begins(bits: u32, rest: &[u8]) -> bool {
    // Neither small numbers nor addresses and floating-point numbers look like this.
    let text = |bytes: &[u8]| telling(bytes) * 4 >= bytes.len() * 3;
    match rest {
        // movabs: register, eight bytes.
        [0x48 | 0x49, 0xb8..=0xbf, value @ ..] if bits == 64 => {
            value.get(..8).is_some_and(|v| telling(v) >= 5 && v.first() != Some(&0))
        }
        // mov dword or qword [register + distance], four bytes.
        [0xc7, modrm, after @ ..] => {
            operand(*modrm, after).is_some_and(|skip| after.get(skip..skip + 4).is_some_and(text))
        }
        // mov byte [register + distance], one byte, and another of its kind.
        [0xc6, modrm, after @ ..] => operand(*modrm, after).is_some_and(|skip| {
            after.get(skip).copied().is_some_and(tells)
                && after.get(skip + 1..skip + 3).is_some_and(|next| {
                    matches!(next, [0xc6, m] if *m & 0xf8 == *modrm & 0xf8) || matches!(next, [0x41..=0x4f, 0xc6])
                })
        }),
        // mov word
        [0x66, 0xc7, modrm, after @ ..] => {
            operand(*modrm, after).is_some_and(|skip| after.get(skip..skip + 2).is_some_and(|v| telling(v) == 2))
        }
        // mov r32, four bytes, all of them printable.
        [0xb8..=0xbf, value @ ..] => value.get(..4).is_some_and(|v| v.iter().all(|b| (0x20..0x7f).contains(b))),
        // push, four bytes.
        [0x68, value @ ..] => value.get(..4).is_some_and(|v| v.iter().all(|b| (0x20..0x7f).contains(b))),
        // movdqa, movaps, movups, movdqu from a constant.
        [0x66 | 0xf3, 0x0f, 0x6f, modrm, ..] | [0x0f, 0x28 | 0x10, modrm, ..] => modrm & 0xc7 == 5,
        [0xc5, 0xf8..=0xfa, 0x6f | 0x28 | 0x10, modrm, ..] => modrm & 0xc7 == 5,
        _ => false,
    }
}

/// How many bytes of a memory operand follow a ModR/M byte that names no register beside it (`/0`); `None` when it is no
/// memory operand with a base.
fn operand(modrm: u8, after: &[u8]) -> Option<usize> {
    if modrm & 0x38 != 0 {
        return None;
    }
    let sib = usize::from(modrm & 7 == 4);
    // An index is no fixed place.
    if sib == 1 && after.first().is_none_or(|s| s & 0x38 != 0x20) {
        return None;
    }
    match modrm >> 6 {
        0 if modrm & 7 == 5 => None,
        0 => Some(sib),
        1 => Some(sib + 1),
        2 => Some(sib + 4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::code_of;
    use crate::parse::native::Region;

    fn run(machine: Machine, code: &[u8], data: &[u8]) -> Vec<String> {
        let (at, len) = (code.len() as u64, data.len() as u64);
        let mut image = code_of(machine, at);
        image.regions.push(Region {
            offset: at,
            len,
            address: 0x3000,
            memory: len,
            execute: false,
            ..image.regions[0]
        });
        let (found, cut) = built(&image, &[code, data].concat());
        assert!(!cut);
        found.iter().map(|b| String::from_utf8_lossy(&b.bytes).trim_end_matches('\0').to_owned()).collect()
    }

    #[test]
    fn bytes_words_and_longer_moves_of_x86_64_make_one_text() {
        // mov byte [rbp-0x20..], one after another, as without optimisation.
        let mut code = Vec::new();
        for (i, b) in b"/bin/sh\0".iter().enumerate() {
            code.extend([0xc6, 0x45, 0xe0 + i as u8, *b]);
        }
        assert_eq!(run(Machine::X64, &code, b""), ["/bin/sh"]);
        // movabs rax; mov [rsp+0xc], rax; mov dword [rsp+0x14], imm; mov word [rsp+0x18], imm; lea; call
        let mut code =
            [&[0x48, 0xb8][..], b"/etc/ld.", &[0x48, 0x89, 0x44, 0x24, 0x0c, 0xc7, 0x44, 0x24, 0x14]].concat();
        code.extend(b"so.p");
        code.extend([0x66, 0xc7, 0x44, 0x24, 0x18]);
        code.extend(b"re");
        code.extend([0xc6, 0x44, 0x24, 0x1a, b'!', 0xe8, 0, 0, 0, 0]);
        assert_eq!(run(Machine::X64, &code, b""), ["/etc/ld.so.pre!"]);
        // Out of order, and through another register.
        let code =
            [&[0xb9][..], b"wget", &[0x41, 0xb8], b" -q ", &[0x44, 0x89, 0x44, 0x24, 0x14, 0x89, 0x4c, 0x24, 0x10]]
                .concat();
        assert_eq!(run(Machine::X64, &code, b""), ["wget -q "]);
    }

    #[test]
    fn sixteen_bytes_at_once_and_pushes_make_texts() {
        // movdqa xmm0, [rip+..]; movaps [rsp], xmm0; mov dword [rsp+0x10], imm
        let mut code = vec![0x66, 0x0f, 0x6f, 0x05];
        code.extend((0x3000u32 - 0x1008).to_le_bytes());
        code.extend([0x0f, 0x29, 0x04, 0x24, 0xc7, 0x44, 0x24, 0x10]);
        code.extend(b".inv");
        assert_eq!(run(Machine::X64, &code, b"http://c2.example"), ["http://c2.exampl.inv"]);
        // What is combined with a constant is not the constant: pxor xmm0, [rip+..]; movaps [rsp], xmm0
        let mut code = vec![0x66, 0x0f, 0x6f, 0x05];
        code.extend((0x3000u32 - 0x1008).to_le_bytes());
        code.extend([0x66, 0x0f, 0xef, 0x05]);
        code.extend((0x3000u32 - 0x1010).to_le_bytes());
        code.extend([0x0f, 0x29, 0x04, 0x24]);
        assert!(run(Machine::X64, &code, b"http://c2.example").is_empty());
        // push "/sh\0" is below what begins a run; push "n/sh", push "//bi" is the classic one.
        let code = [&[0x31, 0xc0, 0x50, 0x68][..], b"n/sh", &[0x68], b"//bi", &[0x89, 0xe3]].concat();
        assert_eq!(run(Machine::X86, &code, b""), ["//bin/sh"]);
    }

    #[test]
    fn what_stands_elsewhere_or_is_changed_is_no_part() {
        // Two texts at places of their own.
        let code = [&[0xc7, 0x45, 0xe0][..], b"abcd", &[0xc7, 0x45, 0xf0], b"efgh", &[0xc3, 0xc7, 0x45, 0xe4], b"ijkl"]
            .concat();
        assert_eq!(run(Machine::X64, &code, b""), ["abcd", "efgh", "ijkl"]);
        // mov eax, imm; add eax, ecx; mov [rsp], eax
        let code = [&[0xb8][..], b"abcd", &[0x01, 0xc8, 0x89, 0x04, 0x24]].concat();
        assert!(run(Machine::X64, &code, b"").is_empty());
    }

    #[test]
    fn moves_and_stores_of_arm64_make_one_text() {
        let word = |parts: &[u32]| parts.iter().flat_map(|w| w.to_le_bytes()).collect::<Vec<u8>>();
        let movz = |d: u32, value: &[u8; 2], shift: u32| {
            (if shift == 0 { 0xd280_0000u32 } else { 0xf280_0000 })
                | shift << 21
                | u32::from(u16::from_le_bytes(*value)) << 5
                | d
        };
        // x8 = "/bin/sh\0"; str x8, [sp, #16]; w9 = "-c"; strh w9, [sp, #24]
        let code = word(&[
            movz(8, b"/b", 0),
            movz(8, b"in", 1),
            movz(8, b"/s", 2),
            movz(8, b"h ", 3),
            0xf900_0be8,
            movz(9, b"-c", 0),
            0x7900_33e9,
            0xd65f_03c0,
        ]);
        assert_eq!(run(Machine::Arm64, &code, b""), ["/bin/sh -c"]);
        // stp x8, x8, [sp]
        let code = word(&[movz(8, b"ab", 0), movz(8, b"cd", 1), 0xa900_23e8, 0xd65f_03c0]);
        assert_eq!(run(Machine::Arm64, &code, b""), ["abcd\0\0\0\0abcd"]);
        // A text behind more stores than one run takes up.
        let fill = [movz(8, b"ab", 0), 0x3900_03e8].repeat(STORES_MAX);
        let text = [movz(9, b"xy", 0), movz(9, b"zw", 1), 0xb900_13e9, 0xd65f_03c0];
        assert!(run(Machine::Arm64, &word(&[&fill[..], &text].concat()), b"").contains(&"xyzw".to_owned()));
        // adrp x8, +2 pages; ldr q0, [x8]; str q0, [sp]; and a byte stored by stur.
        let code = word(&[0xd000_0008, 0x3dc0_0100, 0x3d80_03e0, 0x5280_0429, 0x3801_03e9, 0xd65f_03c0]);
        assert_eq!(run(Machine::Arm64, &code, b"http://c2.exampl"), ["http://c2.exampl!"]);
    }

    #[test]
    fn noise_ends_and_gives_hardly_anything() {
        let code = crate::analyze::native::testing::noise(1 << 18);
        for machine in [Machine::X64, Machine::X86, Machine::Arm64] {
            let (found, _) = built(&code_of(machine, code.len() as u64), &code);
            assert!(found.iter().map(|b| b.bytes.len()).sum::<usize>() < code.len() / 8);
        }
    }

    #[test]
    fn the_short_look_leaves_nothing_out_that_the_long_one_believes() {
        let noise = crate::analyze::native::testing::noise(1 << 18);
        let mut all = 0;
        let mut look = |code: &[u8]| {
            if begins(64, code) || begins(32, code) {
                all += 1;
                assert!(PAIRS.has(code[0], code[1]), "{:02x?}", &code[..12]);
            }
        };
        (0..noise.len() - 16).for_each(|at| look(&noise[at..]));
        for pair in 0..=u16::MAX {
            for rest in [b'a', 0x05, 0x6f, 0xc6] {
                look(&[&pair.to_le_bytes()[..], &[rest; 14]].concat());
            }
        }
        assert!(all > 1000, "{all}");
    }

    #[test]
    fn pieces_of_all_code_are_bounded_and_that_is_told() {
        // push "abcd" without end: five bytes of code for eight.
        let code = [&[0x68][..], b"abcd"].concat().repeat(ALL_BYTES_MAX / 8 + 9);
        let (found, cut) = built(&code_of(Machine::X64, code.len() as u64), &code);
        assert!(cut && found.iter().map(|b| b.bytes.len()).sum::<usize>() <= ALL_BYTES_MAX);
    }
}
