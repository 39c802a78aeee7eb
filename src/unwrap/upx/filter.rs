//! Filters: before packing, relative addresses of calls and jumps are made absolute, which packs better. Here they are
//! made relative again. A position is counted from the beginning of the filtered bytes.

/// Undoes the filter `id`. `mark` is the byte that stands in place of an address's highest byte, `base` what was added
/// to positions. Whether the filter is known.
pub(super) fn undo(id: u8, mark: u8, base: u32, bytes: &mut [u8]) -> bool {
    let calls = |op: u8| op == 0xe8;
    let jumps = |op: u8| op == 0xe9;
    let both = |op: u8| op == 0xe8 || op == 0xe9;
    match id {
        0 => {}
        0x11 => every(bytes, base, calls, u32::from_le_bytes),
        0x12 => every(bytes, base, jumps, u32::from_le_bytes),
        0x13 => every(bytes, base, both, u32::from_le_bytes),
        0x14 => every(bytes, base, calls, u32::from_be_bytes),
        0x15 => every(bytes, base, jumps, u32::from_be_bytes),
        0x16 => every(bytes, base, both, u32::from_be_bytes),
        0x24 => marked(bytes, mark, base, false, calls),
        0x25 => marked(bytes, mark, base, false, jumps),
        0x26 | 0x36 | 0x46 => marked(bytes, mark, base, false, both),
        0x49 => marked(bytes, mark, base, true, both),
        0x50 => words(bytes, base, 0x0f00_0000, 0x0b00_0000, 0x00ff_ffff),
        0x52 => words(bytes, base, 0x7c00_0000, 0x1400_0000, 0x03ff_ffff),
        _ => return false,
    }
    true
}

/// The four bytes behind the opcode at `at`.
fn operand(bytes: &mut [u8], at: usize) -> Option<&mut [u8; 4]> {
    bytes.get_mut(at.checked_add(1)?..)?.first_chunk_mut()
}

/// Every operand of these opcodes was changed.
fn every(bytes: &mut [u8], base: u32, opcode: impl Fn(u8) -> bool, read: impl Fn([u8; 4]) -> u32) {
    let end = bytes.len().saturating_sub(5);
    let mut at = 0usize;
    while at < end {
        if bytes.get(at).copied().is_some_and(&opcode) {
            if let Some(field) = operand(bytes, at) {
                let place = (at as u32).wrapping_add(1).wrapping_add(base);
                *field = read(*field).wrapping_sub(place).to_le_bytes();
            }
            at += 4;
        }
        at += 1;
    }
}

/// Operands that lie inside were changed: they begin with the mark. With `conditions` also those of `0f 80` to `0f 8f`.
fn marked(bytes: &mut [u8], mark: u8, base: u32, conditions: bool, opcode: impl Fn(u8) -> bool) {
    let end = bytes.len().saturating_sub(5);
    // Where the last changed operand ended: a 0f in it begins no opcode.
    let mut last = 0usize;
    let mut at = 0usize;
    while at < end {
        let here = bytes.get(at).copied().unwrap_or(0);
        let condition = || {
            let before = at.checked_sub(1).and_then(|b| bytes.get(b)).copied();
            at != last && before == Some(0x0f) && (0x80..=0x8f).contains(&here)
        };
        if (opcode(here) || conditions && condition())
            && let Some(field) = operand(bytes, at).filter(|f| f.first() == Some(&mark))
        {
            let place = (at as u32).wrapping_add(1).wrapping_add(base);
            let target = u32::from_be_bytes(*field) & 0x00ff_ffff;
            *field = target.wrapping_sub(place).to_le_bytes();
            at += 4;
            last = at + 1;
        }
        at += 1;
    }
}

/// Calls (and on arm64 jumps) of machines whose instructions are words: the operand counts in words.
fn words(bytes: &mut [u8], base: u32, select: u32, call: u32, operand: u32) {
    for (index, chunk) in bytes.chunks_exact_mut(4).enumerate() {
        let Some(field) = chunk.first_chunk_mut::<4>() else { continue };
        let word = u32::from_le_bytes(*field);
        if word & select == call {
            let value = word.wrapping_sub((index as u32).wrapping_add(base / 4)) & operand;
            *field = (word & !operand | value).to_le_bytes();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls at 0, 10 and 30, a jump at 20, a jump on a condition at 40, and a call whose target lies outside.
    fn code() -> Vec<u8> {
        let mut bytes = vec![0x90; 80];
        let mut put = |at: usize, op: &[u8], relative: i32| {
            bytes[at..at + op.len()].copy_from_slice(op);
            bytes[at + op.len()..at + op.len() + 4].copy_from_slice(&relative.to_le_bytes());
        };
        put(0, &[0xe8], 50);
        put(10, &[0xe8], -3);
        put(20, &[0xe9], 7);
        put(40, &[0x0f, 0x84], -30);
        put(60, &[0xe8], 0x0102_0304);
        bytes
    }

    /// Does what is undone: addresses become absolute.
    fn apply(bytes: &mut [u8], mark: u8, base: u32, conditions: bool) {
        let mut at = 0;
        while at + 5 < bytes.len() {
            let op = bytes[at];
            let condition = conditions && at > 0 && bytes[at - 1] == 0x0f && (0x80..=0x8f).contains(&op);
            if op == 0xe8 || op == 0xe9 || condition {
                let place = at as u32 + 1;
                let relative = u32::from_le_bytes(bytes[at + 1..at + 5].try_into().unwrap());
                let target = relative.wrapping_add(place);
                if (target as usize) < bytes.len() {
                    let value = target.wrapping_add(base) | u32::from(mark) << 24;
                    bytes[at + 1..at + 5].copy_from_slice(&value.to_be_bytes());
                    at += 4;
                }
            }
            at += 1;
        }
    }

    #[test]
    fn marked_filters_are_undone() {
        for (id, conditions) in [(0x26, false), (0x46, false), (0x49, true)] {
            for base in [0, 0x1000] {
                let mut bytes = code();
                apply(&mut bytes, 0x17, base, conditions);
                assert_ne!(bytes, code());
                assert!(undo(id, 0x17, base, &mut bytes));
                assert_eq!(bytes, code(), "{id:#x}");
            }
        }
    }

    #[test]
    fn arm_calls_are_undone() {
        let mut bytes = [0u8; 16];
        bytes[8..12].copy_from_slice(&(0x9400_0007u32).to_le_bytes());
        assert!(undo(0x52, 0, 0, &mut bytes));
        assert_eq!(bytes[8..12], (0x9400_0005u32).to_le_bytes());
        let mut bytes = [0xffu8; 16];
        bytes[4..8].copy_from_slice(&(0xeb00_000au32).to_le_bytes());
        assert!(undo(0x50, 0, 0, &mut bytes));
        assert_eq!(bytes[4..8], (0xeb00_0009u32).to_le_bytes());
    }

    #[test]
    fn short_and_unknown_ones_are_harmless() {
        for id in 0..=255 {
            for len in 0..8 {
                let mut bytes = vec![0xe8; len];
                undo(id, 0xe8, 0, &mut bytes);
            }
        }
        assert!(!undo(0x80, 0, 0, &mut [0; 9]));
    }
}
