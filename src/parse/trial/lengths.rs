//! How long instructions of x86-64 are, and what they begin with, without decoding them: all code of a program is gone
//! through by this, and only what looks like a loop of interest is decoded.
//!
//! References: Intel SDM volume 2, appendix A (opcode maps).

/// The beginning of an instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Begin {
    /// All of its bytes.
    pub(super) len: usize,
    /// The opcode; of those behind `0f` with a one before it.
    pub(super) opcode: u16,
    /// The byte that names its operands, if it has one.
    pub(super) modrm: Option<u8>,
    /// The REX prefix, or 0.
    pub(super) rex: u8,
}

/// A byte for each opcode: how many bytes of numbers follow, and whether operands are named.
const MODRM: u8 = 0x80;
const BAD: u8 = 0x40;
/// Four bytes, or two with an operand-size prefix.
const Z: u8 = 0x20;

// A wrong index fails the build.
#[allow(clippy::indexing_slicing)]
const ONE: [u8; 256] = {
    let mut of = [0_u8; 256];
    let mut row = 0;
    // Arithmetic: four with operands, two with a number, and what 64-bit code does not have.
    while row < 0x40 {
        let mut i = 0;
        while i < 4 {
            of[row + i] = MODRM;
            i += 1;
        }
        (of[row + 4], of[row + 5], of[row + 6], of[row + 7]) = (1, Z, BAD, BAD);
        row += 8;
    }
    (of[0x60], of[0x61], of[0x63]) = (BAD, BAD, MODRM);
    (of[0x68], of[0x69], of[0x6a], of[0x6b]) = (Z, MODRM | Z, 1, MODRM | 1);
    let mut at = 0x70;
    while at < 0x80 {
        of[at] = 1;
        at += 1;
    }
    (of[0x80], of[0x81], of[0x82], of[0x83]) = (MODRM | 1, MODRM | Z, BAD, MODRM | 1);
    at = 0x84;
    while at < 0x90 {
        of[at] = MODRM;
        at += 1;
    }
    of[0x9a] = BAD;
    (of[0xa0], of[0xa1], of[0xa2], of[0xa3], of[0xa8], of[0xa9]) = (8, 8, 8, 8, 1, Z);
    at = 0xb0;
    while at < 0xb8 {
        of[at] = 1;
        of[at + 8] = Z;
        at += 1;
    }
    (of[0xc0], of[0xc1], of[0xc2], of[0xc6], of[0xc7], of[0xc8]) = (MODRM | 1, MODRM | 1, 2, MODRM | 1, MODRM | Z, 3);
    (of[0xca], of[0xcd], of[0xce]) = (2, 1, BAD);
    at = 0xd0;
    while at < 0xd4 {
        of[at] = MODRM;
        at += 1;
    }
    (of[0xd4], of[0xd5], of[0xd6]) = (BAD, BAD, BAD);
    at = 0xd8;
    while at < 0xe0 {
        of[at] = MODRM;
        at += 1;
    }
    at = 0xe0;
    while at < 0xe8 {
        of[at] = 1;
        at += 1;
    }
    (of[0xe8], of[0xe9], of[0xea], of[0xeb]) = (4, 4, BAD, 1);
    (of[0xf6], of[0xf7], of[0xfe], of[0xff]) = (MODRM, MODRM, MODRM, MODRM);
    of
};

/// Behind `0f`.
#[allow(clippy::indexing_slicing)]
const TWO: [u8; 256] = {
    let mut of = [MODRM; 256];
    // What names no operands.
    let plain: [usize; 27] = [
        0x05, 0x06, 0x07, 0x08, 0x09, 0x0b, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x37, 0x77, 0xa0, 0xa1, 0xa2, 0xa8,
        0xa9, 0xaa, 0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce,
    ];
    let mut i = 0;
    while i < plain.len() {
        of[plain[i]] = 0;
        i += 1;
    }
    of[0xcf] = 0;
    let mut at = 0x80;
    while at < 0x90 {
        of[at] = 4;
        at += 1;
    }
    let numbered: [usize; 12] = [0x0f, 0x70, 0x71, 0x72, 0x73, 0xa4, 0xac, 0xba, 0xc2, 0xc4, 0xc5, 0xc6];
    i = 0;
    while i < numbered.len() {
        of[numbered[i]] = MODRM | 1;
        i += 1;
    }
    (of[0x04], of[0x0a], of[0x0c], of[0x36], of[0x39]) = (BAD, BAD, BAD, BAD, BAD);
    of
};

/// What begins at the first byte; `None` where no instruction does, or it is cut off.
pub(super) fn begin(code: &[u8]) -> Option<Begin> {
    let (mut at, mut rex, mut is_short) = (0, 0, false);
    let opcode = loop {
        let byte = *code.get(at)?;
        at += 1;
        match byte {
            0x66 => (is_short, rex) = (true, 0),
            0xf0 | 0xf2 | 0xf3 | 0x2e | 0x36 | 0x3e | 0x26 | 0x64 | 0x65 | 0x67 => rex = 0,
            0x40..=0x4f => rex = byte,
            _ => break byte,
        }
        if at > 4 {
            return None;
        }
    };
    let (opcode, form) = match opcode {
        0x0f => {
            let second = *code.get(at)?;
            at += 1;
            match second {
                0x38 | 0x3a => {
                    at += 1;
                    (0x100 | u16::from(second), MODRM | u8::from(second == 0x3a))
                }
                _ => (0x100 | u16::from(second), TWO.get(usize::from(second)).copied()?),
            }
        }
        // Vectors of AVX: the map, and the opcode in it.
        0xc4 | 0xc5 | 0x62 => {
            let (map, skipped) = match opcode {
                0xc5 => (1, 1),
                0xc4 => (*code.get(at)? & 0x1f, 2),
                _ => (*code.get(at)? & 7, 3),
            };
            at += skipped;
            let second = *code.get(at)?;
            at += 1;
            let is_numbered = map == 3 || map == 1 && TWO.get(usize::from(second)).is_some_and(|form| form & 0xf == 1);
            // `vzeroupper` names no operands.
            let is_plain = map == 1 && second == 0x77;
            (0x200 | u16::from(second), if is_plain { 0 } else { MODRM | u8::from(is_numbered) })
        }
        _ => (u16::from(opcode), ONE.get(usize::from(opcode)).copied()?),
    };
    if form & BAD != 0 {
        return None;
    }
    let mut numbers = usize::from(form & 0xf);
    if form & Z != 0 {
        numbers = match opcode {
            0xb8..=0xbf if rex & 8 != 0 => 8,
            _ if is_short && rex & 8 == 0 => 2,
            _ => 4,
        };
    }
    let mut modrm = None;
    if form & MODRM != 0 {
        let byte = *code.get(at)?;
        at += 1;
        modrm = Some(byte);
        let (kind, register) = (byte >> 6, byte & 7);
        if kind != 3 {
            let base = if register == 4 {
                let sib = *code.get(at)?;
                at += 1;
                sib & 7
            } else {
                register
            };
            at += match kind {
                1 => 1,
                2 => 4,
                _ if base == 5 => 4,
                _ => 0,
            };
        }
        // Of one opcode some compare with a number.
        numbers += match opcode {
            0xf6 if byte & 0x30 == 0 => 1,
            0xf7 if byte & 0x30 == 0 => {
                if is_short && rex & 8 == 0 {
                    2
                } else {
                    4
                }
            }
            _ => 0,
        };
    }
    let len = at + numbers;
    (len <= 15 && len <= code.len()).then_some(Begin { len, opcode, modrm, rex })
}

#[cfg(test)]
mod tests {
    use super::begin;

    #[test]
    fn instructions_are_as_long_as_a_decoder_finds_them() {
        use iced_x86::{Decoder, DecoderOptions};

        let noise = crate::analyze::native::testing::noise(0x8000);
        let (mut same, mut other) = (0, Vec::new());
        for at in 0..noise.len() - 16 {
            let code = &noise[at..at + 16];
            let decoded = Decoder::with_ip(64, code, 0, DecoderOptions::NONE).decode();
            if decoded.is_invalid() {
                continue;
            }
            match begin(code) {
                Some(begin) if begin.len == decoded.len() => same += 1,
                // Whoever repeats prefixes is no compiler.
                None if code[..4].iter().all(
                    |b| matches!(b, 0x40..=0x4f | 0x26 | 0x2e | 0x36 | 0x3e | 0x64..=0x67 | 0xf0 | 0xf2 | 0xf3),
                ) => {}
                found => other.push((found, decoded, code.to_vec())),
            }
        }
        assert!(
            same > 20_000 && other.len() * 1000 < same,
            "{same}, {}: {:x?}",
            other.len(),
            other.iter().take(8).collect::<Vec<_>>()
        );
    }
}
