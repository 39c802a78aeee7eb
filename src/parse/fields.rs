//! Reads numbers and texts at offsets that a file names, in the byte order that it names. Nothing is believed:
//! whatever lies outside is `None`.

/// A byte string with a byte order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl<'a> Fields<'a> {
    /// Fields of `bytes`, little-endian if `little`.
    pub(crate) fn new(bytes: &'a [u8], little: bool) -> Self {
        Self { bytes, little }
    }

    /// Other bytes in the same byte order.
    pub(crate) fn inner(&self, bytes: &'a [u8]) -> Self {
        Self { bytes, little: self.little }
    }

    /// Length of the whole in bytes.
    pub(crate) fn len(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// `len` bytes at `at`, when all of them are there.
    pub(crate) fn range(&self, at: u64, len: u64) -> Option<&'a [u8]> {
        let start = usize::try_from(at).ok()?;
        self.bytes.get(start..start.checked_add(usize::try_from(len).ok()?)?)
    }

    /// What is there of `len` bytes at `at`.
    pub(crate) fn available(&self, at: u64, len: u64) -> &'a [u8] {
        self.range(at, len.min(self.len().saturating_sub(at))).unwrap_or_default()
    }

    fn array<const N: usize>(&self, at: u64) -> Option<[u8; N]> {
        self.range(at, N as u64)?.try_into().ok()
    }

    /// 8 bits.
    pub(crate) fn u8(&self, at: u64) -> Option<u8> {
        self.array::<1>(at).map(|[b]| b)
    }

    /// 16 bits.
    pub(crate) fn u16(&self, at: u64) -> Option<u16> {
        self.array(at).map(|b| if self.little { u16::from_le_bytes(b) } else { u16::from_be_bytes(b) })
    }

    /// 32 bits.
    pub(crate) fn u32(&self, at: u64) -> Option<u32> {
        self.array(at).map(|b| if self.little { u32::from_le_bytes(b) } else { u32::from_be_bytes(b) })
    }

    /// 64 bits.
    pub(crate) fn u64(&self, at: u64) -> Option<u64> {
        self.array(at).map(|b| if self.little { u64::from_le_bytes(b) } else { u64::from_be_bytes(b) })
    }

    /// 64 bits if `wide`, else 32.
    pub(crate) fn word(&self, at: u64, wide: bool) -> Option<u64> {
        if wide { self.u64(at) } else { self.u32(at).map(u64::from) }
    }

    /// The bytes from `at` to the next NUL, or `most` bytes when none comes before.
    pub(crate) fn text(&self, at: u64, most: u64) -> Option<&'a [u8]> {
        if at >= self.len() {
            return None;
        }
        let room = self.available(at, most);
        room.get(..memchr::memchr(0, room).unwrap_or(room.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_is_read() {
        let fields = Fields::new(b"\x01\x02\x03\x04ab\0c", true);
        assert_eq!(fields.u32(0), Some(0x0403_0201));
        assert_eq!(Fields::new(b"\x01\x02", false).u16(0), Some(0x0102));
        assert_eq!(fields.u64(1), None);
        assert_eq!(fields.u32(u64::MAX), None);
        assert_eq!(fields.range(u64::MAX, u64::MAX), None);
        assert_eq!(fields.text(4, 100), Some(&b"ab"[..]));
        assert_eq!(fields.text(7, 100), Some(&b"c"[..]));
        assert_eq!(fields.text(8, 100), None);
        assert_eq!(fields.available(6, u64::MAX), b"\0c");
    }
}
