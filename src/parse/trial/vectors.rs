//! Instructions on sixteen bytes at once, as compilers write them for loops over bytes.
//!
//! References: Intel SDM volume 2 (SSE to SSE4.1).

use iced_x86::{Instruction, Mnemonic, OpKind};

use super::machine::Machine;

/// Does an instruction that has a vector register among its operands.
pub(super) fn step(machine: &mut Machine<'_>, of: &Instruction) {
    let (a, b) = (machine.wide(of, 0), machine.wide(of, 1));
    if let Some(value) = result(of, a, b) {
        machine.put_wide(of, 0, value);
    } else if of.mnemonic() == Mnemonic::Pmovmskb {
        let bits = b.to_le_bytes().iter().enumerate().fold(0, |all, (i, byte)| all | u128::from(byte >> 7) << i);
        machine.put_wide(of, 0, bits);
    }
}

/// What an instruction makes of its two operands.
fn result(of: &Instruction, a: u128, b: u128) -> Option<u128> {
    use Mnemonic as M;
    let low = u128::from(u64::MAX);
    let by = if of.op_count() > 2 { of.immediate8() } else { 0 };
    let count = u32::try_from(b).unwrap_or(u32::MAX);
    Some(match of.mnemonic() {
        M::Movdqa | M::Movdqu | M::Movaps | M::Movups | M::Movapd | M::Movupd | M::Lddqu | M::Movntdq => b,
        M::Movd => b & u128::from(u32::MAX),
        M::Movq => b & low,
        M::Movss | M::Movsd => {
            // From memory the rest is cleared, from a register it is kept.
            let few = if of.mnemonic() == M::Movss { u128::from(u32::MAX) } else { low };
            let is_loaded = of.op_kind(1) == OpKind::Memory;
            if is_loaded || of.op_kind(0) == OpKind::Memory { b & few } else { a & !few | b & few }
        }
        M::Movlps | M::Movlpd if of.op_kind(0) == OpKind::Memory => b & low,
        M::Movlps | M::Movlpd => a & !low | b & low,
        M::Movhps | M::Movhpd if of.op_kind(0) == OpKind::Memory => b >> 64,
        M::Movhps | M::Movhpd | M::Movlhps | M::Punpcklqdq | M::Unpcklpd => a & low | b << 64,
        M::Movhlps => a & !low | b >> 64,
        M::Punpckhqdq | M::Unpckhpd => a >> 64 | b & !low,
        M::Pxor | M::Xorps | M::Xorpd => a ^ b,
        M::Pand | M::Andps | M::Andpd => a & b,
        M::Pandn | M::Andnps | M::Andnpd => !a & b,
        M::Por | M::Orps | M::Orpd => a | b,
        M::Paddb => lanes(a, b, 1, u64::wrapping_add),
        M::Paddw => lanes(a, b, 2, u64::wrapping_add),
        M::Paddd => lanes(a, b, 4, u64::wrapping_add),
        M::Paddq => lanes(a, b, 8, u64::wrapping_add),
        M::Psubb => lanes(a, b, 1, u64::wrapping_sub),
        M::Psubw => lanes(a, b, 2, u64::wrapping_sub),
        M::Psubd => lanes(a, b, 4, u64::wrapping_sub),
        M::Psubq => lanes(a, b, 8, u64::wrapping_sub),
        M::Pmullw => lanes(a, b, 2, u64::wrapping_mul),
        M::Pmulld => lanes(a, b, 4, u64::wrapping_mul),
        M::Pmuludq => lanes(a, b, 8, |x, y| (x & 0xffff_ffff).wrapping_mul(y & 0xffff_ffff)),
        M::Pmulhuw => lanes(a, b, 2, |x, y| x.wrapping_mul(y) >> 16),
        M::Pcmpeqb => lanes(a, b, 1, |x, y| if x == y { u64::MAX } else { 0 }),
        M::Pcmpeqw => lanes(a, b, 2, |x, y| if x == y { u64::MAX } else { 0 }),
        M::Pcmpeqd => lanes(a, b, 4, |x, y| if x == y { u64::MAX } else { 0 }),
        M::Pminub => lanes(a, b, 1, std::cmp::min),
        M::Pmaxub => lanes(a, b, 1, std::cmp::max),
        M::Psllw => lanes(a, a, 2, |x, _| x.checked_shl(count).unwrap_or(0)),
        M::Pslld => lanes(a, a, 4, |x, _| x.checked_shl(count).unwrap_or(0)),
        M::Psllq => lanes(a, a, 8, |x, _| x.checked_shl(count).unwrap_or(0)),
        M::Psrlw => lanes(a, a, 2, |x, _| x.checked_shr(count).unwrap_or(0)),
        M::Psrld => lanes(a, a, 4, |x, _| x.checked_shr(count).unwrap_or(0)),
        M::Psrlq => lanes(a, a, 8, |x, _| x.checked_shr(count).unwrap_or(0)),
        M::Pslldq => a.checked_shl(count.saturating_mul(8)).unwrap_or(0),
        M::Psrldq => a.checked_shr(count.saturating_mul(8)).unwrap_or(0),
        M::Punpcklbw => interleaved(a as u64, b as u64, 1),
        M::Punpcklwd => interleaved(a as u64, b as u64, 2),
        M::Punpckldq | M::Unpcklps => interleaved(a as u64, b as u64, 4),
        M::Punpckhbw => interleaved((a >> 64) as u64, (b >> 64) as u64, 1),
        M::Punpckhwd => interleaved((a >> 64) as u64, (b >> 64) as u64, 2),
        M::Punpckhdq | M::Unpckhps => interleaved((a >> 64) as u64, (b >> 64) as u64, 4),
        M::Packuswb => packed(a, 2, |x| x.clamp(0, 0xff)) | packed(b, 2, |x| x.clamp(0, 0xff)) << 64,
        M::Packssdw => packed(a, 4, |x| x.clamp(-0x8000, 0x7fff)) | packed(b, 4, |x| x.clamp(-0x8000, 0x7fff)) << 64,
        M::Packusdw => packed(a, 4, |x| x.clamp(0, 0xffff)) | packed(b, 4, |x| x.clamp(0, 0xffff)) << 64,
        M::Pshufd => (0..4).fold(0, |all, i| all | lane(b, (by >> (2 * i) & 3).into(), 4) << (32 * i)),
        M::Pshuflw => b & !low | (0..4).fold(0, |all, i| all | lane(b, (by >> (2 * i) & 3).into(), 2) << (16 * i)),
        M::Pshufhw => {
            b & low | (0..4).fold(0, |all, i| all | lane(b, 4 + u32::from(by >> (2 * i) & 3), 2) << (64 + 16 * i))
        }
        M::Shufps => (0..4).fold(0, |all, i| {
            let from = if i < 2 { a } else { b };
            all | lane(from, (by >> (2 * i) & 3).into(), 4) << (32 * i)
        }),
        M::Shufpd => lane(a, (by & 1).into(), 8) | lane(b, (by >> 1 & 1).into(), 8) << 64,
        M::Pshufb => {
            let of = a.to_le_bytes();
            let pick = |i: u8| if i & 0x80 == 0 { of.get(usize::from(i & 15)).copied().unwrap_or(0) } else { 0 };
            u128::from_le_bytes(b.to_le_bytes().map(pick))
        }
        M::Palignr => {
            let by = 8 * u32::from(by);
            b.checked_shr(by).unwrap_or(0)
                | if by <= 128 { a.checked_shl(128 - by).unwrap_or(0) } else { a.checked_shr(by - 128).unwrap_or(0) }
        }
        M::Pmovzxbw => widened(b, 1, 2),
        M::Pmovzxbd => widened(b, 1, 4),
        M::Pmovzxbq => widened(b, 1, 8),
        M::Pmovzxwd => widened(b, 2, 4),
        M::Pmovzxwq => widened(b, 2, 8),
        M::Pmovzxdq => widened(b, 4, 8),
        M::Pinsrb => inserted(a, b, u32::from(by) & 15, 1),
        M::Pinsrw => inserted(a, b, u32::from(by) & 7, 2),
        M::Pinsrd => inserted(a, b, u32::from(by) & 3, 4),
        M::Pinsrq => inserted(a, b, u32::from(by) & 1, 8),
        M::Pextrb => lane(b, u32::from(by) & 15, 1),
        M::Pextrw => lane(b, u32::from(by) & 7, 2),
        M::Pextrd => lane(b, u32::from(by) & 3, 4),
        M::Pextrq => lane(b, u32::from(by) & 1, 8),
        _ => return None,
    })
}

fn full(bytes: u32) -> u128 {
    (1u128 << (8 * bytes.min(8))) - 1
}

/// One of the pieces of so many bytes.
fn lane(of: u128, number: u32, bytes: u32) -> u128 {
    of.checked_shr(8 * bytes * number).unwrap_or(0) & full(bytes)
}

fn lanes(a: u128, b: u128, bytes: u32, each: impl Fn(u64, u64) -> u64) -> u128 {
    (0..16 / bytes).fold(0, |all, i| {
        let value = each(lane(a, i, bytes) as u64, lane(b, i, bytes) as u64);
        all | (u128::from(value) & full(bytes)) << (8 * bytes * i)
    })
}

/// Pieces of two halves by turns.
fn interleaved(a: u64, b: u64, bytes: u32) -> u128 {
    (0..8 / bytes).fold(0, |all, i| {
        let both = lane(a.into(), i, bytes) | lane(b.into(), i, bytes) << (8 * bytes);
        all | both << (16 * bytes * i)
    })
}

/// Pieces with half of their bytes, bounded in the way that is asked for.
fn packed(of: u128, bytes: u32, bound: impl Fn(i64) -> i64) -> u128 {
    let half = bytes / 2;
    (0..16 / bytes).fold(0, |all, i| {
        let shift = 64 - 8 * bytes;
        let signed = ((lane(of, i, bytes) as u64) << shift).cast_signed() >> shift;
        all | (u128::from(bound(signed).cast_unsigned()) & full(half)) << (8 * half * i)
    })
}

fn widened(of: u128, from: u32, to: u32) -> u128 {
    (0..16 / to).fold(0, |all, i| all | lane(of, i, from) << (8 * to * i))
}

fn inserted(into: u128, value: u128, number: u32, bytes: u32) -> u128 {
    let shift = 8 * bytes * number;
    into & !(full(bytes) << shift) | (value & full(bytes)) << shift
}
