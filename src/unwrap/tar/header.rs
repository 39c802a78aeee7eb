//! One 512-byte header of a tar file. Formats: POSIX.1-1988 ustar, GNU, and the older Unix v7 without a magic.
//! References: POSIX.1-2024 `pax`, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".

use std::borrow::Cow;

/// Length of a header, and what all data is padded to.
pub(super) const BLOCK: usize = 512;

/// A header, nothing believed but its length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header<'a> {
    block: &'a [u8; BLOCK],
}

impl<'a> Header<'a> {
    /// The block at `at`, if it is there in full.
    pub(super) fn at(bytes: &'a [u8], at: usize) -> Option<Self> {
        bytes.get(at..)?.first_chunk().map(|block| Self { block })
    }

    /// The block at `at`, if it is a header whose checksum is right.
    pub(super) fn valid_at(bytes: &'a [u8], at: usize) -> Option<Self> {
        Self::at(bytes, at).filter(|h| h.has_right_checksum())
    }

    fn field(&self, from: usize, len: usize) -> &'a [u8] {
        self.block.get(from..from.saturating_add(len)).unwrap_or_default()
    }

    fn text(&self, from: usize, len: usize) -> &'a [u8] {
        until_nul(self.field(from, len))
    }

    /// Whether every byte is zero: the mark of the archive's end.
    pub(super) fn is_zero(&self) -> bool {
        self.block.iter().all(|b| *b == 0)
    }

    /// Whether the sum over the block (its own field read as blanks) is the stated one. Old writers summed signed bytes.
    pub(super) fn has_right_checksum(&self) -> bool {
        let Some(stated) = number(self.field(148, 8)) else { return false };
        let own: u64 = self.field(148, 8).iter().map(|b| u64::from(*b)).sum();
        let sum = self.block.iter().map(|b| u64::from(*b)).sum::<u64>() - own + 8 * 32;
        if sum == stated {
            return !self.is_zero();
        }
        let signed = |bytes: &[u8]| bytes.iter().map(|b| i64::from(b.cast_signed())).sum::<i64>();
        let sum = signed(self.block) - signed(self.field(148, 8)) + 8 * 32;
        u64::try_from(sum) == Ok(stated)
    }

    /// `ustar` or GNU's variant of it, not v7.
    pub(super) fn has_magic(&self) -> bool {
        self.field(257, 5) == b"ustar"
    }

    fn is_gnu(&self) -> bool {
        self.field(257, 8) == b"ustar  \0"
    }

    /// What the entry is.
    pub(super) fn kind(&self) -> u8 {
        self.field(156, 1).first().copied().unwrap_or(0)
    }

    /// The name as it stands here, with its prefix.
    pub(super) fn name(&self) -> Cow<'a, [u8]> {
        let name = self.text(0, 100);
        let prefix = if self.has_magic() && !self.is_gnu() { self.text(345, 155) } else { &[] };
        if prefix.is_empty() { Cow::Borrowed(name) } else { Cow::Owned([prefix, b"/", name].concat()) }
    }

    /// The target of a link.
    pub(super) fn link(&self) -> &'a [u8] {
        self.text(157, 100)
    }

    /// Length of the data, or `None` when the field is no number.
    pub(super) fn size(&self) -> Option<u64> {
        number(self.field(124, 12))
    }

    /// Permissions; 0 when the field is no number.
    pub(super) fn mode(&self) -> u64 {
        number(self.field(100, 8)).unwrap_or(0)
    }

    /// GNU sparse: the four pieces of the header, whether a block with more follows, and the size of the file.
    pub(super) fn sparse(&self) -> (&'a [u8], bool, Option<u64>) {
        (self.field(386, 96), self.field(482, 1) != b"\0", number(self.field(483, 12)))
    }

    /// GNU sparse, continued: twenty-one pieces, and whether another block follows.
    pub(super) fn more_sparse(&self) -> (&'a [u8], bool) {
        (self.field(0, 504), self.field(504, 1) != b"\0")
    }
}

/// The bytes before the first NUL.
pub(super) fn until_nul(bytes: &[u8]) -> &[u8] {
    memchr::memchr(0, bytes).and_then(|end| bytes.get(..end)).unwrap_or(bytes)
}

/// A number field: octal with blanks around it and NULs after it, or, when the first bit is set, big-endian binary
/// (GNU). `None` for anything else, negative numbers and what does not fit.
pub(super) fn number(field: &[u8]) -> Option<u64> {
    let (first, rest) = field.split_first()?;
    if first & 0x80 != 0 {
        let start = u64::from(first & 0x7f);
        return rest.iter().try_fold(start, |n, b| n.checked_mul(256)?.checked_add(u64::from(*b)));
    }
    let digits = until_nul(field).trim_ascii();
    digits.iter().try_fold(0_u64, |n, b| match b {
        b'0'..=b'7' => n.checked_mul(8)?.checked_add(u64::from(b - b'0')),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_writing() {
        assert_eq!(number(b"0000644\0"), Some(0o644));
        assert_eq!(number(b"   644 \0"), Some(0o644));
        assert_eq!(number(b"\0\0\0\0"), Some(0));
        assert_eq!(number(b"\x80\0\0\0\0\0\0\x02\0\0\0\x01"), Some(0x2_0000_0001));
        assert_eq!(number(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), None, "minus one");
        assert_eq!(number(b"12x\0"), None);
        assert_eq!(number(b"9\0"), None);
        assert_eq!(number(b""), None);
    }

    #[test]
    fn a_zero_block_is_no_header() {
        let zero = [0; BLOCK];
        assert!(Header::valid_at(&zero, 0).is_none());
        assert!(Header::at(&zero, 1).is_none());
    }
}
