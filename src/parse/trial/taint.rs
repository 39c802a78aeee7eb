//! Where what a loop combines goes: through registers and the stack to what it stores.

use iced_x86::{FlowControl, Instruction, Mnemonic, OpKind, Register};

use super::machine::mark;

/// Most places on the stack that are kept in mind.
const SLOTS_MAX: usize = 16;
/// Registers in which a function that is called is handed something, under any convention.
const HANDED: [Register; 9] = [
    Register::RDI,
    Register::RSI,
    Register::RDX,
    Register::RCX,
    Register::R8,
    Register::R9,
    Register::RAX,
    Register::RBX,
    Register::R10,
];

/// What holds something that was combined, at one place of a loop.
#[derive(Debug, Default)]
pub(super) struct Taint {
    /// Whether anything was combined so far.
    pub(super) combined: bool,
    /// The registers that hold it, by their marks.
    registers: u32,
    /// The places on the stack that hold it: a register and the distance from what it holds.
    slots: Vec<(Register, u64)>,
}

impl Taint {
    /// Goes over one instruction; whether it stores a byte, or a vector, that comes of what was combined.
    pub(super) fn stores(&mut self, of: &Instruction) -> bool {
        use Mnemonic as M;
        match of.flow_control() {
            FlowControl::Next => {}
            FlowControl::Call | FlowControl::IndirectCall => {
                let is_handed = HANDED.iter().any(|r| self.registers & mark(*r) != 0);
                self.put(Register::RAX, is_handed);
                return false;
            }
            _ => return false,
        }
        if matches!(of.mnemonic(), M::Stosb) {
            return self.registers & mark(Register::AL) != 0;
        }
        let count = of.op_count();
        if count == 0 || matches!(of.mnemonic(), M::Cmp | M::Test | M::Push | M::Pop | M::Nop) {
            return false;
        }
        let is_register = of.op_kind(0) == OpKind::Register;
        let is_combined = match of.mnemonic() {
            // A register with itself is empty.
            M::Xor | M::Pxor | M::Xorps | M::Xorpd => {
                let both = is_register && of.op_kind(1) == OpKind::Register;
                if both && of.op_register(0) == of.op_register(1) {
                    self.put(of.op_register(0), false);
                    return false;
                }
                self.combined = true;
                true
            }
            _ => false,
        };
        let only_put = matches!(
            of.mnemonic(),
            M::Mov
                | M::Movzx
                | M::Movsx
                | M::Movsxd
                | M::Lea
                | M::Movd
                | M::Movq
                | M::Movdqa
                | M::Movdqu
                | M::Movaps
                | M::Movups
                | M::Movapd
                | M::Movupd
                | M::Pshufd
        );
        // What is not only overwritten stays in it, whatever comes to it.
        let comes = is_combined || (u32::from(only_put)..count).any(|i| self.holds(of, i));
        if is_register {
            self.put(of.op_register(0), comes);
            if count == 1 && matches!(of.mnemonic(), M::Mul | M::Imul | M::Div | M::Idiv) {
                self.put(Register::RAX, comes);
                self.put(Register::RDX, comes);
            }
            return false;
        }
        if of.op_kind(0) != OpKind::Memory {
            return false;
        }
        if let Some(slot) = slot(of) {
            self.slots.retain(|known| *known != slot);
            if comes && self.slots.len() < SLOTS_MAX {
                self.slots.push(slot);
            }
        }
        let size = of.memory_size().size();
        let is_vector = count > 1 && of.op_kind(1) == OpKind::Register && of.op_register(1).is_xmm();
        comes && (size == 1 || is_vector && size >= 8)
    }

    fn put(&mut self, register: Register, comes: bool) {
        let mark = mark(register);
        self.registers = self.registers & !mark | if comes { mark } else { 0 };
    }

    /// Whether an operand holds what was combined, or is looked up by it.
    fn holds(&self, of: &Instruction, operand: u32) -> bool {
        match of.op_kind(operand) {
            OpKind::Register => self.registers & mark(of.op_register(operand)) != 0,
            OpKind::Memory => {
                // Where something goes says nothing of what goes there.
                let is_looked_up = operand > 0 || of.mnemonic() == Mnemonic::Lea;
                let by = mark(of.memory_base()) | mark(of.memory_index());
                is_looked_up && self.registers & by != 0 || slot(of).is_some_and(|slot| self.slots.contains(&slot))
            }
            _ => false,
        }
    }
}

/// A place on the stack.
fn slot(of: &Instruction) -> Option<(Register, u64)> {
    let is_stack = matches!(of.memory_base(), Register::RSP | Register::RBP) && of.memory_index() == Register::None;
    is_stack.then(|| (of.memory_base(), of.memory_displacement64()))
}
