//! Registers, flags and the instructions of x86-64 that compilers write for arithmetic and for moving data. What is not
//! known changes nothing.
//!
//! References: Intel SDM volume 2.

use iced_x86::{FlowControl, Instruction, Mnemonic, OpKind, Register};

use super::memory::Memory;
use super::vectors;

/// Longest run of one repeated string instruction.
const REPEATS_MAX: u64 = 1 << 14;
/// Bytes that functions outside copy in the time of one instruction.
pub(super) const COPIED_AT_ONCE: usize = 4;
/// Where words count from that code finds through `fs` and `gs`.
const THREAD: u64 = 0x7100_0000_0000;

/// What comes after one instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The next instruction.
    On,
    /// A jump, always taken.
    Jump(u64),
    /// A jump that depends on flags: where it leads, and whether it is taken.
    Branch(u64, bool),
    /// A call.
    Call(u64),
    /// The end of a function.
    Return,
    /// Nothing that can be followed.
    End,
}

#[derive(Debug, Clone, Copy, Default)]
struct Flags {
    carry: bool,
    zero: bool,
    sign: bool,
    over: bool,
    parity: bool,
}

/// The machine. It has no system below it: whatever leaves a program's own arithmetic is the walker's to answer.
pub(super) struct Machine<'i> {
    pub(super) memory: Memory<'i>,
    pub(super) general: [u64; 16],
    pub(super) vectors: [u128; 16],
    flags: Flags,
    /// Which registers hold what was computed and not merely loaded or copied: the general ones, and above them the vectors;
    /// and which of them come of what was combined, so that what they look up in a table counts as computed too.
    computed: u32,
    combined: u32,
    /// Whether what an instruction stores was computed, and whether it is so if it comes out of memory that was noted.
    is_computed: bool,
    passes: bool,
}

/// All bits of so many bytes.
fn mask(bytes: usize) -> u64 {
    if bytes >= 8 { u64::MAX } else { (1u64 << (8 * bytes)) - 1 }
}

fn sign_bit(value: u64, bytes: usize) -> bool {
    value >> (8 * bytes.clamp(1, 8) - 1) & 1 == 1
}

fn extended(value: u64, bytes: usize) -> u64 {
    if bytes >= 8 {
        return value;
    }
    let shift = 64 - 8 * bytes.max(1);
    ((value << shift).cast_signed() >> shift).cast_unsigned()
}

/// The number of a general register, and how far its bits are shifted in it.
fn general(register: Register) -> Option<(usize, u32)> {
    match register {
        Register::AH => Some((0, 8)),
        Register::CH => Some((1, 8)),
        Register::DH => Some((2, 8)),
        Register::BH => Some((3, 8)),
        r if r.is_gpr() => Some((r.full_register().number(), 0)),
        _ => None,
    }
}

/// The mark of a register in a set of them: of a general one, of any width, or one of the first sixteen vectors.
pub(super) fn mark(register: Register) -> u32 {
    match general(register) {
        Some((number, _)) => 1u32.checked_shl(number as u32).unwrap_or(0),
        None if register.is_xmm() => 1u32.checked_shl(16 + register.number() as u32).unwrap_or(0),
        None => 0,
    }
}

/// An instruction with what is asked of it at every turn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) of: Instruction,
    flow: FlowControl,
    /// Whether it has a vector among its operands.
    is_vector: bool,
    /// Whether its result is computed, whatever it is made of; whether it combines one thing with another; and whether the
    /// result is what comes out of memory, or made of that.
    computes: bool,
    combines: bool,
    passes: bool,
    /// The marks of what its result is made of, of what that is looked up by, and of what it is put into.
    from: u32,
    by: u32,
    to: u32,
}

impl Known {
    pub(super) fn new(of: Instruction) -> Self {
        use Mnemonic as M;
        let count = of.op_count();
        let is_vector = (0..count).any(|i| of.op_kind(i) == OpKind::Register && of.op_register(i).is_xmm());
        let marked = |i: u32| {
            let is_register = i < count && of.op_kind(i) == OpKind::Register;
            if is_register { mark(of.op_register(i)) } else { 0 }
        };
        let (to, from) = (marked(0), marked(1));
        let is_loaded = (1..count).any(|i| of.op_kind(i) == OpKind::Memory) && of.mnemonic() != M::Lea;
        let address = mark(of.memory_base()) | mark(of.memory_index());
        let by = if is_loaded { address } else { 0 };
        let (computes, combines, passes, from) = match of.mnemonic() {
            // A register with itself is empty.
            M::Xor | M::Pxor | M::Xorps | M::Xorpd if to != 0 && to == from => (false, false, false, 0),
            M::Sub | M::Psubb if to != 0 && to == from => (false, false, false, 0),
            M::Xor | M::Pxor | M::Xorps | M::Xorpd => (true, true, true, 0),
            M::Sub | M::Psubb => (true, false, true, to | from),
            M::Lea => (true, false, false, address),
            M::Add | M::Adc | M::Sbb | M::Not | M::Neg | M::Rol | M::Ror => (true, false, true, to | from),
            M::Paddb | M::Paddw | M::Paddd | M::Psubw => (true, false, true, to | from),
            M::Mov | M::Movzx | M::Movsx | M::Movsxd | M::Movd | M::Movq | M::Bswap => (false, false, true, from),
            M::Movdqa | M::Movdqu | M::Movaps | M::Movups | M::Movapd | M::Movupd => (false, false, true, from),
            M::Cmp | M::Test | M::Nop => (false, false, false, 0),
            _ => (false, false, true, to | from),
        };
        let to = if matches!(of.mnemonic(), M::Cmp | M::Test | M::Push) { 0 } else { to };
        Self { of, flow: of.flow_control(), is_vector, computes, combines, passes, from, by, to }
    }
}

impl<'i> Machine<'i> {
    /// A machine over memory, with nothing in its registers.
    pub(super) fn new(memory: Memory<'i>) -> Self {
        let (general, vectors, flags) = ([0; 16], [0; 16], Flags::default());
        Self { memory, general, vectors, flags, computed: 0, combined: 0, is_computed: false, passes: false }
    }

    /// What a register holds, by its number.
    pub(super) fn of(&self, number: usize) -> u64 {
        self.general.get(number).copied().unwrap_or(0)
    }

    /// Puts something into a whole register.
    pub(super) fn set(&mut self, number: usize, value: u64) {
        if let Some(register) = self.general.get_mut(number) {
            *register = value;
        }
    }

    fn register(&self, register: Register) -> u64 {
        let Some((number, shift)) = general(register) else { return 0 };
        self.of(number) >> shift & mask(register.size())
    }

    fn put_register(&mut self, register: Register, value: u64) {
        let Some((number, shift)) = general(register) else { return };
        let kept = match register.size() {
            // Writing the lower half clears the upper one.
            4 | 8 => 0,
            size => self.of(number) & !(mask(size) << shift),
        };
        self.set(number, kept | (value & mask(register.size())) << shift);
    }

    /// The address that the memory operand of an instruction names.
    pub(super) fn address(&self, of: &Instruction) -> u64 {
        if of.is_ip_rel_memory_operand() {
            return of.ip_rel_memory_address();
        }
        let base = self.register(of.memory_base());
        let index = self.register(of.memory_index()).wrapping_mul(of.memory_index_scale().into());
        let segment = if matches!(of.memory_segment(), Register::FS | Register::GS) { THREAD } else { 0 };
        base.wrapping_add(index).wrapping_add(of.memory_displacement64()).wrapping_add(segment)
    }

    /// Bytes of an operand.
    pub(super) fn size(of: &Instruction, operand: u32) -> usize {
        match of.op_kind(operand) {
            OpKind::Register => of.op_register(operand).size(),
            OpKind::Memory => of.memory_size().size(),
            _ if operand > 0 => Self::size(of, 0),
            _ => 8,
        }
    }

    /// The value of an operand, in its own width.
    pub(super) fn value(&mut self, of: &Instruction, operand: u32) -> u64 {
        match of.op_kind(operand) {
            OpKind::Register => self.register(of.op_register(operand)),
            OpKind::Memory => {
                let (at, size) = (self.address(of), of.memory_size().size().min(8));
                self.memory.read(at, size) as u64
            }
            OpKind::NearBranch16 | OpKind::NearBranch32 | OpKind::NearBranch64 => of.near_branch_target(),
            kind if is_immediate(kind) => of.immediate(operand) & mask(Self::size(of, 0)),
            _ => 0,
        }
    }

    fn put(&mut self, of: &Instruction, operand: u32, value: u64) {
        match of.op_kind(operand) {
            OpKind::Register => self.put_register(of.op_register(operand), value),
            OpKind::Memory => {
                let (at, size) = (self.address(of), of.memory_size().size().min(8));
                self.store(at, size, value.into());
            }
            _ => {}
        }
    }

    /// Sixteen bytes of an operand, or as many as it has.
    pub(super) fn wide(&mut self, of: &Instruction, operand: u32) -> u128 {
        match of.op_kind(operand) {
            OpKind::Register => {
                let register = of.op_register(operand);
                if register.is_xmm() {
                    self.vectors.get(register.number()).copied().unwrap_or(0)
                } else {
                    self.register(register).into()
                }
            }
            OpKind::Memory => {
                let at = self.address(of);
                self.memory.read(at, of.memory_size().size())
            }
            kind if is_immediate(kind) => of.immediate(operand).into(),
            _ => 0,
        }
    }

    /// Puts up to sixteen bytes into an operand.
    pub(super) fn put_wide(&mut self, of: &Instruction, operand: u32, value: u128) {
        match of.op_kind(operand) {
            OpKind::Register => {
                let register = of.op_register(operand);
                match self.vectors.get_mut(register.number()).filter(|_| register.is_xmm()) {
                    Some(vector) => *vector = value,
                    None => self.put_register(register, value as u64),
                }
            }
            OpKind::Memory => {
                let (at, size) = (self.address(of), of.memory_size().size());
                self.store(at, size, value);
            }
            _ => {}
        }
    }

    /// Stores something, and notes it if it was computed: only that can be a text which the file does not hold.
    fn store(&mut self, at: u64, size: usize, value: u128) {
        if self.is_computed || self.passes && self.memory.was_noted {
            self.memory.write_noted(at, size, value);
        } else {
            self.memory.write(at, size, value);
        }
    }

    pub(super) fn push(&mut self, value: u64) {
        let at = self.of(4).wrapping_sub(8);
        self.set(4, at);
        self.memory.write(at, 8, value.into());
    }

    fn pop(&mut self) -> u64 {
        let at = self.of(4);
        self.set(4, at.wrapping_add(8));
        self.memory.read(at, 8) as u64
    }

    /// Zero, sign and parity of a result.
    fn results(&mut self, value: u64, size: usize) {
        self.flags.zero = value & mask(size) == 0;
        self.flags.sign = sign_bit(value, size);
        self.flags.parity = (value as u8).count_ones().is_multiple_of(2);
    }

    fn logic(&mut self, value: u64, size: usize) -> u64 {
        self.results(value, size);
        (self.flags.carry, self.flags.over) = (false, false);
        value
    }

    fn sum(&mut self, a: u64, b: u64, carry: bool, size: usize) -> u64 {
        let all = u128::from(a) + u128::from(b) + u128::from(carry);
        let value = all as u64 & mask(size);
        self.results(value, size);
        self.flags.carry = all > u128::from(mask(size));
        self.flags.over = sign_bit((a ^ value) & (b ^ value), size);
        value
    }

    fn difference(&mut self, a: u64, b: u64, borrow: bool, size: usize) -> u64 {
        let value = a.wrapping_sub(b).wrapping_sub(borrow.into()) & mask(size);
        self.results(value, size);
        self.flags.carry = u128::from(a) < u128::from(b) + u128::from(borrow);
        self.flags.over = sign_bit((a ^ b) & (a ^ value), size);
        value
    }

    /// Whether the condition of a jump, a move or a set holds.
    fn holds(&self, of: &Instruction) -> bool {
        use iced_x86::ConditionCode as C;
        let f = self.flags;
        match of.condition_code() {
            C::o => f.over,
            C::no => !f.over,
            C::b => f.carry,
            C::ae => !f.carry,
            C::e => f.zero,
            C::ne => !f.zero,
            C::be => f.carry || f.zero,
            C::a => !f.carry && !f.zero,
            C::s => f.sign,
            C::ns => !f.sign,
            C::p => f.parity,
            C::np => !f.parity,
            C::l => f.sign != f.over,
            C::ge => f.sign == f.over,
            C::le => f.zero || f.sign != f.over,
            C::g => !f.zero && f.sign == f.over,
            C::None => false,
        }
    }

    /// Does what one instruction says.
    pub(super) fn step(&mut self, known: &Known) -> Step {
        let of = &known.of;
        match known.flow {
            FlowControl::Next => {
                let is_combined = known.combines || self.combined & known.from != 0;
                self.is_computed = known.computes || self.computed & known.from != 0 || self.combined & known.by != 0;
                (self.passes, self.memory.was_noted) = (known.passes, false);
                if known.is_vector {
                    vectors::step(self, of);
                } else {
                    self.plain(of);
                }
                let is_computed = self.is_computed || known.passes && self.memory.was_noted;
                self.computed = self.computed & !known.to | if is_computed { known.to } else { 0 };
                self.combined = self.combined & !known.to | if is_combined { known.to } else { 0 };
                Step::On
            }
            FlowControl::UnconditionalBranch => Step::Jump(of.near_branch_target()),
            FlowControl::IndirectBranch => Step::Jump(self.value(of, 0)),
            FlowControl::ConditionalBranch => Step::Branch(of.near_branch_target(), self.holds(of)),
            FlowControl::Call if of.mnemonic() == Mnemonic::Call => Step::Call(of.near_branch_target()),
            FlowControl::IndirectCall => Step::Call(self.value(of, 0)),
            // A system call: what it answers is not known.
            FlowControl::Call => {
                self.set(0, 0);
                Step::On
            }
            FlowControl::Return => {
                self.pop();
                Step::Return
            }
            FlowControl::Interrupt | FlowControl::XbeginXabortXend | FlowControl::Exception => Step::End,
        }
    }

    fn plain(&mut self, of: &Instruction) {
        use Mnemonic as M;
        let size = Self::size(of, 0);
        // What is only overwritten is not read.
        match of.mnemonic() {
            M::Mov | M::Movzx | M::Movbe => {
                let value = self.value(of, 1);
                return self.put(of, 0, value);
            }
            M::Movsx | M::Movsxd => {
                let value = self.value(of, 1);
                return self.put(of, 0, extended(value, Self::size(of, 1)));
            }
            M::Lea => {
                let at = self.address(of);
                return self.put(of, 0, at);
            }
            M::Nop => return,
            _ => {}
        }
        let (a, b) = (self.value(of, 0), if of.op_count() > 1 { self.value(of, 1) } else { 0 });
        match of.mnemonic() {
            M::Add => {
                let value = self.sum(a, b, false, size);
                self.put(of, 0, value);
            }
            M::Adc => {
                let value = self.sum(a, b, self.flags.carry, size);
                self.put(of, 0, value);
            }
            M::Sub => {
                let value = self.difference(a, b, false, size);
                self.put(of, 0, value);
            }
            M::Sbb => {
                let value = self.difference(a, b, self.flags.carry, size);
                self.put(of, 0, value);
            }
            M::Cmp => drop(self.difference(a, b, false, size)),
            M::Test => drop(self.logic(a & b, size)),
            M::Xor => {
                let value = self.logic(a ^ b, size);
                self.put(of, 0, value);
            }
            M::And => {
                let value = self.logic(a & b, size);
                self.put(of, 0, value);
            }
            M::Or => {
                let value = self.logic(a | b, size);
                self.put(of, 0, value);
            }
            M::Not => self.put(of, 0, !a),
            M::Neg => {
                let value = self.difference(0, a, false, size);
                self.put(of, 0, value);
            }
            M::Inc | M::Dec => {
                let carry = self.flags.carry;
                let value = if of.mnemonic() == M::Inc {
                    self.sum(a, 1, false, size)
                } else {
                    self.difference(a, 1, false, size)
                };
                self.flags.carry = carry;
                self.put(of, 0, value);
            }
            M::Shl | M::Sal | M::Shr | M::Sar | M::Rol | M::Ror => self.shift(of, a, b, size),
            M::Shld | M::Shrd => {
                let count = (self.value(of, 2) & if size == 8 { 63 } else { 31 }) as u32;
                let bits = 8 * size.clamp(1, 8) as u32;
                if count > 0 && count < bits {
                    let value = if of.mnemonic() == M::Shld {
                        a << count | b >> (bits - count)
                    } else {
                        a >> count | b << (bits - count)
                    };
                    self.results(value, size);
                    self.put(of, 0, value);
                }
            }
            M::Bswap => self.put(of, 0, if size == 4 { (a as u32).swap_bytes().into() } else { a.swap_bytes() }),
            M::Bt | M::Bts | M::Btr | M::Btc => {
                let bit = 1u64 << (b % (8 * size.clamp(1, 8) as u64));
                self.flags.carry = a & bit != 0;
                match of.mnemonic() {
                    M::Bts => self.put(of, 0, a | bit),
                    M::Btr => self.put(of, 0, a & !bit),
                    M::Btc => self.put(of, 0, a ^ bit),
                    _ => {}
                }
            }
            M::Bsf | M::Tzcnt if b != 0 => self.put(of, 0, b.trailing_zeros().into()),
            M::Bsr if b != 0 => self.put(of, 0, 63 - u64::from(b.leading_zeros())),
            M::Xchg => {
                self.put(of, 0, b);
                self.put(of, 1, a);
            }
            M::Xadd => {
                let value = self.sum(a, b, false, size);
                self.put(of, 1, a);
                self.put(of, 0, value);
            }
            M::Push => self.push(extended(a, size)),
            M::Pop => {
                let value = self.pop();
                self.put(of, 0, value);
            }
            M::Leave => {
                self.set(4, self.of(5));
                let value = self.pop();
                self.set(5, value);
            }
            M::Imul | M::Mul | M::Mulx | M::Div | M::Idiv => self.product(of, a, b, size),
            M::Cbw => self.put_register(Register::AX, extended(self.register(Register::AL), 1)),
            M::Cwde => self.put_register(Register::EAX, extended(self.register(Register::AX), 2)),
            M::Cdqe => self.put_register(Register::RAX, extended(self.register(Register::EAX), 4)),
            M::Cwd => {
                let value = if sign_bit(self.of(0), 2) { u64::MAX } else { 0 };
                self.put_register(Register::DX, value);
            }
            M::Cdq => {
                let value = if sign_bit(self.of(0), 4) { u64::MAX } else { 0 };
                self.put_register(Register::EDX, value);
            }
            M::Cqo => self.set(2, if sign_bit(self.of(0), 8) { u64::MAX } else { 0 }),
            M::Movsb | M::Movsw | M::Movsd | M::Movsq | M::Stosb | M::Stosw | M::Stosd | M::Stosq => self.string(of),
            _ if of.condition_code() != iced_x86::ConditionCode::None => {
                let holds = self.holds(of);
                // A set has one operand, a move two.
                if of.op_count() == 1 {
                    self.put(of, 0, holds.into());
                } else {
                    self.put(of, 0, if holds { b } else { a });
                }
            }
            _ => {}
        }
    }

    fn shift(&mut self, of: &Instruction, a: u64, b: u64, size: usize) {
        use Mnemonic as M;
        let bits = 8 * size.clamp(1, 8) as u32;
        let count = (b & if size == 8 { 63 } else { 31 }) as u32;
        if count == 0 {
            return;
        }
        let wide = |value: u64, by: u32| value.checked_shl(by).unwrap_or(0);
        let narrow = |value: u64, by: u32| value.checked_shr(by).unwrap_or(0);
        let value = match of.mnemonic() {
            M::Shr => {
                self.flags.carry = narrow(a, count - 1) & 1 == 1;
                narrow(a, count)
            }
            M::Sar => {
                let whole = extended(a, size).cast_signed();
                self.flags.carry = whole >> (count - 1).min(63) & 1 == 1;
                (whole >> count.min(63)).cast_unsigned()
            }
            M::Rol | M::Ror => {
                let by = count % bits;
                let by = if of.mnemonic() == M::Rol { by } else { (bits - by) % bits };
                let value = if by == 0 { a } else { wide(a, by) | narrow(a, bits - by) };
                self.put(of, 0, value);
                return;
            }
            _ => {
                self.flags.carry = bits.checked_sub(count).is_some_and(|by| narrow(a, by) & 1 == 1);
                wide(a, count)
            }
        };
        let value = value & mask(size);
        self.results(value, size);
        self.flags.over = sign_bit(value, size) != sign_bit(a, size);
        self.put(of, 0, value);
    }

    fn product(&mut self, of: &Instruction, a: u64, b: u64, size: usize) {
        use Mnemonic as M;
        let signed = |value: u64| i128::from(extended(value, size).cast_signed());
        match (of.mnemonic(), of.op_count()) {
            (M::Imul, 2) => self.put(of, 0, signed(a).wrapping_mul(signed(b)) as u64),
            (M::Imul, 3) => {
                let third = self.value(of, 2);
                self.put(of, 0, signed(b).wrapping_mul(signed(third)) as u64);
            }
            (M::Mulx, _) => {
                let all = u128::from(self.of(2) & mask(size)) * u128::from(self.value(of, 2));
                self.put(of, 1, all as u64);
                self.put(of, 0, (all >> (8 * size.clamp(1, 8))) as u64);
            }
            (M::Imul | M::Mul, _) => {
                let with = self.of(0) & mask(size);
                let all = if of.mnemonic() == M::Mul {
                    u128::from(with) * u128::from(a)
                } else {
                    signed(with).wrapping_mul(signed(a)).cast_unsigned()
                };
                self.halves(all, size);
            }
            // What would be an exception yields nothing.
            (M::Div, _) if a != 0 => {
                let all = self.dividend(size);
                let (value, rest) = (all / u128::from(a), all % u128::from(a));
                self.quotient(value as u64, rest as u64, size);
            }
            (M::Idiv, _) if a != 0 => {
                let shift = 128 - 16 * size.clamp(1, 8);
                let all = (self.dividend(size) << shift).cast_signed() >> shift;
                let (value, rest) = (all.wrapping_div(signed(a)), all.wrapping_rem(signed(a)));
                self.quotient(value as u64, rest as u64, size);
            }
            _ => {}
        }
    }

    /// What is divided: two registers in a row, one for bytes.
    fn dividend(&self, size: usize) -> u128 {
        if size == 1 {
            return (self.of(0) & 0xffff).into();
        }
        u128::from(self.of(2) & mask(size)) << (8 * size.clamp(1, 8)) | u128::from(self.of(0) & mask(size))
    }

    fn halves(&mut self, all: u128, size: usize) {
        if size == 1 {
            self.put_register(Register::AX, all as u64);
        } else {
            self.quotient(all as u64, (all >> (8 * size.clamp(1, 8))) as u64, size);
        }
    }

    fn quotient(&mut self, low: u64, high: u64, size: usize) {
        let (first, second) = match size {
            1 => (Register::AL, Register::AH),
            2 => (Register::AX, Register::DX),
            4 => (Register::EAX, Register::EDX),
            _ => (Register::RAX, Register::RDX),
        };
        self.put_register(first, low);
        self.put_register(second, high);
    }

    /// Instructions that copy or fill, repeated or not. The direction is upwards.
    fn string(&mut self, of: &Instruction) {
        use Mnemonic as M;
        let size = match of.mnemonic() {
            M::Movsb | M::Stosb => 1,
            M::Movsw | M::Stosw => 2,
            M::Movsd | M::Stosd => 4,
            _ => 8,
        };
        let repeats = of.has_rep_prefix() || of.has_repne_prefix();
        let count = if repeats { self.of(1).min(REPEATS_MAX) } else { 1 };
        let copies = matches!(of.mnemonic(), M::Movsb | M::Movsw | M::Movsd | M::Movsq);
        // Each turn takes as long as an instruction.
        self.memory.copied += (count - count.min(1)) as usize * COPIED_AT_ONCE;
        for _ in 0..count {
            let (from, to) = (self.of(6), self.of(7));
            let value = if copies { self.memory.read(from, size) } else { u128::from(self.of(0)) };
            self.memory.write(to, size, value);
            self.set(7, to.wrapping_add(size as u64));
            if copies {
                self.set(6, from.wrapping_add(size as u64));
            }
        }
        if repeats {
            self.set(1, 0);
        }
    }
}

fn is_immediate(kind: OpKind) -> bool {
    matches!(
        kind,
        OpKind::Immediate8
            | OpKind::Immediate8_2nd
            | OpKind::Immediate16
            | OpKind::Immediate32
            | OpKind::Immediate64
            | OpKind::Immediate8to16
            | OpKind::Immediate8to32
            | OpKind::Immediate8to64
            | OpKind::Immediate32to64
    )
}
