//! Addresses that single instructions of `AArch64` name.
//!
//! References: Arm ARM C6.2 (ADR, ADRP).

/// The page that an `adrp` at `place` names.
pub(crate) fn adrp(word: u32, place: u64) -> Option<u64> {
    (word & 0x9f00_0000 == 0x9000_0000).then(|| (place & !0xfff).wrapping_add_signed(distance(word) * 4096))
}

/// The address that an `adr` at `place` names.
pub(crate) fn adr(word: u32, place: u64) -> Option<u64> {
    (word & 0x9f00_0000 == 0x1000_0000).then(|| place.wrapping_add_signed(distance(word)))
}

/// Both write a signed number of 21 bits in two pieces.
fn distance(word: u32) -> i64 {
    let value = (word >> 5 & 0x7_ffff) << 2 | word >> 29 & 3;
    i64::from((value << 11).cast_signed() >> 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_go_both_ways_and_wrap() {
        assert_eq!(adrp(0xd000_0010, 0x1004), Some(0x3000));
        assert_eq!(adrp(0xf0ff_fff0, 0x1004), Some(0));
        assert_eq!(adrp(0xf0ff_ffe0, 4), Some(0u64.wrapping_sub(0x1000)));
        assert_eq!(adr(0x70ff_ffe0, 0x1000), Some(0xfff));
        assert_eq!((adrp(0x70ff_ffe0, 0), adr(0xd000_0010, 0)), (None, None));
    }
}
