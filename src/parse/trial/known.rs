//! What functions do that lie outside of the code which is tried out: those of the C library that give and copy memory,
//! and those of Go's runtime. Of everything else it is only known that it comes back with something.

use super::machine::Machine;

/// Where memory is given out, and how far pieces lie apart.
const HEAP: u64 = 0x6000_0000_0000;
const APART: u64 = 0x1_0000;
/// Most bytes that are copied by one call.
const COPY_MAX: u64 = 1 << 14;

/// Gives out memory that nothing else uses.
#[derive(Debug, Default)]
pub(super) struct Heap {
    given: u64,
}

impl Heap {
    /// An address at which there is room.
    pub(super) fn fresh(&mut self) -> u64 {
        self.given = self.given.wrapping_add(1) & 0xffff_ffff;
        HEAP.wrapping_add(self.given.wrapping_mul(APART))
    }
}

fn copy(machine: &mut Machine<'_>, to: u64, from: u64, len: u64) {
    machine.memory.copied += len.min(COPY_MAX) as usize;
    let bytes: Vec<u8> = (0..len.min(COPY_MAX)).map(|i| machine.memory.byte(from.wrapping_add(i))).collect();
    for (i, piece) in bytes.chunks(16).enumerate() {
        let mut all = [0; 16];
        all.iter_mut().zip(piece).for_each(|(a, b)| *a = *b);
        machine.memory.write(to.wrapping_add(16 * i as u64), piece.len(), u128::from_le_bytes(all));
    }
}

fn length(machine: &mut Machine<'_>, at: u64) -> u64 {
    let len = (0..COPY_MAX).find(|i| machine.memory.byte(at.wrapping_add(*i)) == 0).unwrap_or(COPY_MAX);
    machine.memory.copied += len as usize;
    len
}

/// A function of the C library, by its name; `windows` says where its arguments stand.
pub(super) fn of_c(machine: &mut Machine<'_>, heap: &mut Heap, name: &[u8], windows: bool) {
    let argument = |machine: &Machine<'_>, i: usize| {
        let registers: [usize; 3] = if windows { [1, 2, 8] } else { [7, 6, 2] };
        registers.get(i).map_or(0, |r| machine.of(*r))
    };
    let (a, b, c) = (argument(machine, 0), argument(machine, 1), argument(machine, 2));
    let name = name.iter().position(|b| *b != b'_').and_then(|at| name.get(at..)).unwrap_or(name);
    let back = match name.strip_suffix(b"_chk").unwrap_or(name) {
        b"memcpy" | b"memmove" => {
            copy(machine, a, b, c);
            a
        }
        b"memset" => {
            let fill = u128::from_le_bytes([b as u8; 16]);
            machine.memory.copied += c.min(COPY_MAX) as usize;
            for i in (0..c.min(COPY_MAX)).step_by(16) {
                machine.memory.write(a.wrapping_add(i), (c - i).min(16) as usize, fill);
            }
            a
        }
        b"strlen" => length(machine, a),
        b"strcpy" | b"stpcpy" => {
            let len = length(machine, b);
            copy(machine, a, b, len + 1);
            if name.starts_with(b"stp") { a.wrapping_add(len) } else { a }
        }
        b"strcat" => {
            let end = a.wrapping_add(length(machine, a));
            let len = length(machine, b);
            copy(machine, end, b, len + 1);
            a
        }
        b"realloc" => {
            let to = heap.fresh();
            copy(machine, to, a, b.min(COPY_MAX));
            to
        }
        b"strdup" => {
            let to = heap.fresh();
            let len = length(machine, a);
            copy(machine, to, a, len + 1);
            to
        }
        _ => heap.fresh(),
    };
    machine.set(0, back);
}

/// A function of Go's runtime, by its name. Arguments and results stand in registers, as since Go 1.17.
pub(super) fn of_go(machine: &mut Machine<'_>, heap: &mut Heap, name: &[u8]) {
    let (ax, bx, cx, di, si) = (machine.of(0), machine.of(3), machine.of(1), machine.of(7), machine.of(6));
    match name {
        b"runtime.memmove" => copy(machine, ax, bx, cx),
        b"runtime.slicebytetostring" | b"runtime.stringtoslicebyte" => {
            let to = heap.fresh();
            copy(machine, to, bx, cx);
            machine.set(0, to);
            machine.set(3, cx);
            machine.set(1, cx);
        }
        b"runtime.concatstring2" | b"runtime.concatstring3" => {
            let to = heap.fresh();
            let (first, second) = (cx.min(COPY_MAX), si.min(COPY_MAX));
            copy(machine, to, bx, first);
            copy(machine, to.wrapping_add(first), di, second);
            machine.set(0, to);
            machine.set(3, first.saturating_add(second));
        }
        b"runtime.growslice" => {
            // Until Go 1.19 the type comes first, since 1.20 last.
            let is_old = machine.memory.holds(ax) && !machine.memory.holds(si);
            let (from, len, cap) = if is_old { (bx, cx, si) } else { (ax, bx, bx.saturating_mul(2)) };
            let to = heap.fresh();
            copy(machine, to, from, len);
            machine.set(0, to);
            machine.set(3, len);
            machine.set(1, cap.max(len));
        }
        _ => machine.set(0, heap.fresh()),
    }
}
