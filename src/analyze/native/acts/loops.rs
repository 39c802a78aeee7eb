//! Loops that turn bytes into others: what a call is given was made just before it.

use iced_x86::{Decoder, DecoderOptions, FlowControl, Mnemonic, OpKind, Register};

use crate::parse::Parsed;
use crate::parse::native::{Image, Machine};
use crate::parse::parts::Places;

/// Bytes of code before a call, and of a function that is called there, that are looked at.
const WITHIN: usize = 400;
/// Bytes of code behind a call in which a function is called that belongs to it.
const CALLED_WITHIN: usize = 64;
/// Bytes of code before a call in which its first argument is set.
const ARGUMENT_WITHIN: usize = 32;

/// Whether a call is given a buffer on the stack, and the code before it turns bytes into others and stores them, or
/// calls what does.
pub(super) fn is_decoded(file: &Parsed<'_>, image: &Image<'_>, places: &Places, address: u64, by_call: bool) -> bool {
    let Some(at) = places.at(address).and_then(|(at, _)| usize::try_from(at).ok()) else { return false };
    let code = file.bytes();
    let before = code.get(at.saturating_sub(WITHIN)..at).unwrap_or_default();
    let near = before.get(before.len().saturating_sub(ARGUMENT_WITHIN)..).unwrap_or_default();
    let arm = image.machine == Machine::Arm64;
    let (is_given, decodes): (bool, fn(&[u8]) -> bool) =
        if arm { (arm64_given(near), arm64_decodes) } else { (x86_given(near, image.machine), x86_decodes) };
    if !is_given {
        return false;
    }
    if decodes(before) || !by_call {
        return decodes(before);
    }
    // Or a function of the program does, that is called there.
    let start = address.wrapping_sub(before.len() as u64);
    let is_of_decoder = |target: u64| {
        let offset = places.at(target).and_then(|(at, _)| usize::try_from(at).ok());
        offset.is_some_and(|at| decodes(code.get(at..at.saturating_add(WITHIN).min(code.len())).unwrap_or_default()))
    };
    if arm {
        words(before).any(|(i, word)| {
            let distance = i64::from((word << 6).cast_signed() >> 6) * 4;
            word & 0xfc00_0000 == 0x9400_0000
                && is_of_decoder(start.wrapping_add(i as u64).wrapping_add_signed(distance))
        })
    } else {
        memchr::memchr_iter(0xe8, before).any(|i| {
            let value = before.get(i + 1..).and_then(|c| c.first_chunk()).map(|c| i32::from_le_bytes(*c));
            let place = start.wrapping_add(i as u64 + 5);
            value.is_some_and(|v| is_of_decoder(place.wrapping_add_signed(i64::from(v))))
        })
    }
}

/// Whether code before or behind an address turns bytes into others and stores them; or, `by_call`, it does not, and a
/// function of the program does that is called right behind it.
pub(super) fn is_turned_near(
    file: &Parsed<'_>,
    image: &Image<'_>,
    places: &Places,
    address: u64,
    by_call: bool,
) -> bool {
    let Some(at) = places.at(address).and_then(|(at, _)| usize::try_from(at).ok()) else { return false };
    let code = file.bytes();
    // The beginning keeps to whole instructions of four bytes.
    let near = code.get(at.saturating_sub(WITHIN)..at.saturating_add(2 * WITHIN).min(code.len())).unwrap_or_default();
    let bits = match image.machine {
        Machine::Arm64 => return arm64_decodes(near),
        Machine::X64 => 64,
        _ => 32,
    };
    let turns = x86_turns(near, bits);
    // What turns them itself is another row's.
    if turns || !by_call {
        return turns && !by_call;
    }
    let behind = code.get(at..at.saturating_add(CALLED_WITHIN).min(code.len())).unwrap_or_default();
    memchr::memchr_iter(0xe8, behind).any(|i| {
        let value = behind.get(i + 1..).and_then(|c| c.first_chunk()).map(|c| i32::from_le_bytes(*c));
        let target = value.map(|v| address.wrapping_add(i as u64 + 5).wrapping_add_signed(i64::from(v)));
        let offset = target.and_then(|t| places.at(t)).and_then(|(at, _)| usize::try_from(at).ok());
        offset.is_some_and(|at| {
            x86_turns(code.get(at..at.saturating_add(2 * WITHIN).min(code.len())).unwrap_or_default(), bits)
        })
    })
}

/// Whether code before or behind a call makes letters of numbers: what is added to `a` is stored as one byte after another. A call
/// through a register is known by where that was loaded, which may lie before.
pub(super) fn makes_letters(file: &Parsed<'_>, image: &Image<'_>, places: &Places, address: u64) -> bool {
    /// Instructions from a letter to where it is stored.
    const NEAR: usize = 4;
    let Some(at) = places.at(address).and_then(|(at, _)| usize::try_from(at).ok()) else { return false };
    let end = at.saturating_add(WITHIN).min(file.bytes().len());
    let code = file.bytes().get(at.saturating_sub(WITHIN)..end).unwrap_or_default();
    let bits = match image.machine {
        Machine::X64 => 64,
        Machine::X86 => 32,
        Machine::Arm64 | Machine::Other => return false,
    };
    // Where the first instruction begins is not known; a decoder finds the right beginnings after a few.
    let (mut letter, mut last) = (None, None);
    let mut stored = false;
    for (i, instruction) in Decoder::with_ip(bits, code, 0x1000, DecoderOptions::NONE).into_iter().enumerate() {
        let by_number = instruction.mnemonic() == Mnemonic::Add
            && instruction.op0_kind() == OpKind::Register
            && instruction.try_immediate(1).is_ok_and(|n| n == u64::from(b'a'));
        let by_place =
            instruction.mnemonic() == Mnemonic::Lea && instruction.memory_displacement64() == u64::from(b'a');
        if by_number || by_place {
            letter = letter.or(Some(instruction.ip()));
            last = Some(i);
        }
        let one = instruction.memory_size().size() == 1 && instruction.op0_kind() == OpKind::Memory;
        stored |= instruction.mnemonic() == Mnemonic::Mov && one && last.is_some_and(|last| i - last <= NEAR);
        let back = instruction.flow_control() == FlowControl::ConditionalBranch
            && letter.is_some_and(|at| instruction.near_branch_target() <= at);
        if back && stored {
            return true;
        }
    }
    false
}

/// Whether code goes back to where it turned a byte, and stores what it made: in place, or one byte after another.
fn x86_turns(code: &[u8], bits: u32) -> bool {
    let (mut turned, mut stored) = (None, false);
    for instruction in &mut Decoder::with_ip(bits, code, 0x1000, DecoderOptions::NONE) {
        let memory = instruction.op0_kind() == OpKind::Memory;
        // What lies on the stack at a fixed place is a variable.
        let moves = instruction.memory_index() != Register::None
            || !matches!(instruction.memory_base(), Register::None | Register::RSP | Register::ESP | Register::RIP);
        let byte = instruction.memory_size().size() == 1;
        let same = instruction.op0_kind() == OpKind::Register
            && instruction.op1_kind() == OpKind::Register
            && instruction.op0_register() == instruction.op1_register();
        match instruction.mnemonic() {
            Mnemonic::Xor if memory && moves && byte => {
                turned = turned.or(Some(instruction.ip()));
                stored = true;
            }
            Mnemonic::Xor | Mnemonic::Pxor | Mnemonic::Xorps if !same && !memory => {
                turned = turned.or(Some(instruction.ip()));
            }
            Mnemonic::Mov if memory && moves && byte => stored |= turned.is_some(),
            Mnemonic::Movups | Mnemonic::Movaps | Mnemonic::Movdqu | Mnemonic::Movdqa if memory => {
                stored |= turned.is_some();
            }
            _ => {}
        }
        let back = instruction.flow_control() == FlowControl::ConditionalBranch
            && turned.is_some_and(|at| instruction.near_branch_target() <= at);
        if back && stored {
            return true;
        }
    }
    false
}

/// lea rdi or rcx, [rsp or rbp + n]; mov rdi or rcx, a register that is kept. In 32 bits the address of a place on the
/// stack is pushed, or put where it would be: lea eax, [esp or ebp + n].
fn x86_given(near: &[u8], machine: Machine) -> bool {
    let wide = |w: &[u8]| {
        matches!(w, [0x48, 0x8d, 0x7c | 0x4c | 0xbc | 0x8c, 0x24] | [0x48, 0x8d, 0x7d | 0x4d | 0xbd | 0x8d, _])
            || matches!(
                w,
                [0x48, 0x89, 0xdf | 0xef | 0xe7 | 0xd9 | 0xe9, _] | [0x4c, 0x89, 0xe7 | 0xef | 0xf7 | 0xff, _]
            )
    };
    let narrow = |w: &[u8]| match w {
        [0x8d, modrm, sib, _] => {
            matches!(modrm & 0xc7, 0x45 | 0x85) || matches!(modrm & 0xc7, 0x44 | 0x84) && *sib == 0x24
        }
        // mov [esp], a register
        [0x89, modrm, 0x24, _] => modrm & 0xc7 == 0x04,
        _ => false,
    };
    if machine == Machine::X86 {
        return near.windows(4).any(narrow);
    }
    // mov, lea rdi, [rip + n]: what lies in the program is what is given after all.
    let lies_there = near.windows(3).rposition(|w| matches!(w, [0x48, 0x8b | 0x8d, 0x3d]));
    near.windows(4).rposition(wide).is_some_and(|at| lies_there.is_none_or(|other| other < at))
}

/// Whether code turns bytes into others and stores them one by one.
fn x86_decodes(code: &[u8]) -> bool {
    // xor of two different registers, or with a number that is neither empty nor full; pxor of different ones.
    let differ = |modrm: u8| modrm >= 0xc0 && modrm >> 3 & 7 != modrm & 7;
    let turned = code.windows(4).any(|w| match w {
        [0x66, 0x0f, 0xef, modrm] | [0x31 | 0x33, modrm, ..] => differ(*modrm),
        // With what lies in memory, too.
        [0x30 | 0x32, modrm, ..] => *modrm < 0xc0 || differ(*modrm),
        [0x80 | 0x83, 0xf0..=0xf7, number, _] => !matches!(number, 0 | 1 | 0xff),
        [0x34, number, 0x88 | 0x42 | 0x41, _] => !matches!(number, 0 | 1 | 0xff),
        _ => false,
    });
    // mov [register + register], r8; movaps, movups to memory.
    let stored = code.windows(3).any(|w| {
        matches!(w, [0x88, modrm, _] if modrm & 0xc7 == 4 || modrm & 0xc7 == 0x44 || *modrm < 0x40)
            || matches!(w, [0x0f, 0x11 | 0x29, modrm] if *modrm < 0xc0)
    });
    turned && stored
}

/// add x0, sp or x29, #n; sub x0, x29, #n; mov x0, a register that is kept.
fn arm64_given(near: &[u8]) -> bool {
    words(near).any(|(_, word)| {
        matches!(word & 0xffc0_03ff, 0x9100_03e0 | 0x9100_03a0 | 0xd100_03a0)
            || word & 0xffe0_ffff == 0xaa00_03e0 && (19..=28).contains(&(word >> 16 & 31))
    })
}

/// The same as for x86: eor of different registers, of vectors, or with a number; strb with an index or one that moves on,
/// or a store of vectors.
fn arm64_decodes(code: &[u8]) -> bool {
    let differ = |word: u32| word >> 16 & 31 != word >> 5 & 31;
    let turned = words(code).any(|(_, word)| {
        word & 0x7f20_0000 == 0x4a00_0000 && differ(word)
            || word & 0xbfe0_fc00 == 0x2e20_1c00 && differ(word)
            || word & 0x7f80_0000 == 0x5200_0000
    });
    let stored = words(code).any(|(_, word)| {
        word & 0xffe0_0c00 == 0x3820_0800
            || matches!(word & 0xffe0_0c00, 0x3800_0400 | 0x3800_0c00)
            || matches!(word & 0xffc0_0000, 0x3d80_0000 | 0xad00_0000)
            || word & 0xffe0_0c00 == 0x3c80_0000
    });
    turned && stored
}

/// Instructions of four bytes, with the place of each. The end is what is known to be one.
fn words(code: &[u8]) -> impl Iterator<Item = (usize, u32)> + '_ {
    let skip = code.len() % 4;
    let (words, _) = code.get(skip..).unwrap_or_default().as_chunks::<4>();
    words.iter().enumerate().map(move |(i, word)| (skip + 4 * i, u32::from_le_bytes(*word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arm(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|w| w.to_le_bytes()).collect()
    }

    #[test]
    fn loops_that_turn_bytes_are_told_from_code_that_does_not_go_back() {
        // xor [rcx+rax], dl; inc rax; cmp rax, 32; jb back. The same with a variable on the stack, and without the way back.
        let turns = b"\x30\x14\x01\x48\xff\xc0\x48\x83\xf8\x20\x72\xf4\xc3";
        assert!(x86_turns(turns, 64));
        assert!(!x86_turns(&turns[..10], 64));
        assert!(!x86_turns(b"\x30\x54\x24\x08\x48\xff\xc0\x48\x83\xf8\x20\x72\xf3\xc3", 64));
        // xor al, 0x5a; mov [rdi+rcx], al; inc rcx; cmp rcx, 32; jb back. Clearing a register turns nothing.
        assert!(x86_turns(b"\x34\x5a\x88\x04\x0f\x48\xff\xc1\x48\x83\xf9\x20\x72\xf2", 64));
        assert!(!x86_turns(b"\x31\xc0\x88\x04\x0f\x48\xff\xc1\x48\x83\xf9\x20\x72\xf2", 64));
    }

    #[test]
    fn loops_that_decode_are_known_on_every_processor() {
        // xor al, 0x5a; mov [rdi+rcx], al. Clearing a register turns nothing.
        assert!(x86_decodes(b"\x34\x5a\x88\x04\x0f\xc3"));
        assert!(!x86_decodes(b"\x31\xc0\x90\x88\x04\x0f\xc3"));
        // eor w9, w9, w10; strb w9, [x8, x11]. The same with one register, and without the store.
        assert!(arm64_decodes(&arm(&[0x4a0a_0129, 0x382b_6909])));
        assert!(!arm64_decodes(&arm(&[0x4a09_0129, 0x382b_6909])) && !arm64_decodes(&arm(&[0x4a0a_0129])));
        // add x0, sp, #16; mov x0, x19; mov x0, x1.
        assert!(arm64_given(&arm(&[0x9100_43e0])) && arm64_given(&arm(&[0xaa13_03e0])));
        assert!(!arm64_given(&arm(&[0xaa01_03e0])));
        // lea eax, [ebp-40]; push eax.
        // What is loaded out of the program behind it is given in its place.
        assert!(x86_given(b"\x48\x8d\x7c\x24\x10", Machine::X64));
        assert!(!x86_given(b"\x48\x89\xe9\x31\xc0\x48\x8b\x3d\xfe\x26\x02\0", Machine::X64));
        assert!(x86_given(b"\x48\x8b\x3d\xfe\x26\x02\0\x48\x89\xe7\xe8", Machine::X64));
        assert!(x86_given(b"\x8d\x45\xd8\x50", Machine::X86) && !x86_given(b"\x8d\x45\xd8\x50", Machine::X64));
    }
}
