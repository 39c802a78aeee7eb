//! The records of a zip file as they stand, nothing believed: local headers, central headers, data descriptors and the
//! extra fields that change their meaning. Specification: PKWARE APPNOTE 6.3.10, section 4.3; WinZip AE-x.
//!
//! They are read here and not by a library because a library shows one reading, and what matters is where two readers
//! would differ.

/// First bytes of a local header.
pub(super) const LOCAL: &[u8; 4] = b"PK\x03\x04";
/// First bytes of a central header.
pub(super) const CENTRAL: &[u8; 4] = b"PK\x01\x02";
/// First bytes of the end-of-central-directory record.
pub(super) const END: &[u8; 4] = b"PK\x05\x06";
/// First bytes of a data descriptor, where its writer puts any.
pub(super) const DESCRIPTOR: &[u8; 4] = b"PK\x07\x08";

/// Flag: the content is encrypted.
pub(super) const ENCRYPTED: u16 = 1;
/// Flag: checksum and sizes follow the content.
pub(super) const DESCRIBED: u16 = 1 << 3;
/// Flag: encryption by a certificate or another strong method.
pub(super) const STRONG: u16 = 1 << 6;
/// Flag: values of the local header are masked.
pub(super) const MASKED: u16 = 1 << 13;

const EXTRA_ZIP64: u16 = 0x0001;
const EXTRA_UNICODE_PATH: u16 = 0x7075;
const EXTRA_AES: u16 = 0x9901;

/// Reads little-endian numbers at offsets; `None` beyond the end.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_le_bytes(*b))
}

/// As [`u16_at`].
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_le_bytes(*b))
}

/// As [`u16_at`].
pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|b| u64::from_le_bytes(*b))
}

/// What local and central headers have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Common<'a> {
    pub(super) flags: u16,
    pub(super) method: u16,
    /// MS-DOS time of day; its upper byte is what ZipCrypto checks a password with.
    pub(super) time: u16,
    pub(super) crc: u32,
    /// Packed size, from the Zip64 field when the header says `0xffffffff`.
    pub(super) packed: u64,
    /// Unpacked size, as above.
    pub(super) size: u64,
    pub(super) name: &'a [u8],
    pub(super) extra: &'a [u8],
}

impl<'a> Common<'a> {
    /// The data of the first extra field with this id.
    pub(super) fn extra_field(&self, id: u16) -> Option<&'a [u8]> {
        /// Honest entries have under ten; empty fields by the thousand would only cost time.
        const FIELDS: usize = 256;
        let mut rest = self.extra;
        for _ in 0..FIELDS {
            let (found, len) = (u16_at(rest, 0)?, u16_at(rest, 2)?);
            let (field, after) = rest.get(4..)?.split_at_checked(usize::from(len))?;
            if found == id {
                return Some(field);
            }
            rest = after;
        }
        None
    }

    /// The name that Info-ZIP's Unicode path field gives, when it is not the header's own name.
    pub(super) fn other_name(&self) -> Option<&'a [u8]> {
        let field = self.extra_field(EXTRA_UNICODE_PATH)?;
        let name = field.get(5..)?;
        let mut crc = flate2::Crc::new();
        crc.update(self.name);
        let is_current = field.first() == Some(&1) && u32_at(field, 1) == Some(crc.sum());
        (is_current && name != self.name).then_some(name)
    }

    /// The fields of a WinZip AES entry.
    pub(super) fn aes(&self) -> Option<AesField> {
        let field = self.extra_field(EXTRA_AES)?;
        Some(AesField { version: u16_at(field, 0)?, strength: *field.get(4)?, method: u16_at(field, 5)? })
    }

    /// Replaces `0xffffffff` by the Zip64 field's numbers, in the order of the specification.
    fn resolve_zip64(&mut self, offset: Option<&mut u64>) {
        const FULL: u64 = u32::MAX as u64;
        let wants_offset = offset.as_ref().is_some_and(|o| **o == FULL);
        if self.size != FULL && self.packed != FULL && !wants_offset {
            return;
        }
        let Some(mut field) = self.extra_field(EXTRA_ZIP64) else { return };
        let mut next = || {
            let (number, rest) = field.split_first_chunk::<8>()?;
            field = rest;
            Some(u64::from_le_bytes(*number))
        };
        if self.size == FULL {
            self.size = next().unwrap_or(self.size);
        }
        if self.packed == FULL {
            self.packed = next().unwrap_or(self.packed);
        }
        if let (true, Some(offset)) = (wants_offset, offset) {
            *offset = next().unwrap_or(*offset);
        }
    }
}

/// Extra field 0x9901.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AesField {
    /// 1: the checksum is that of the content; 2: it is zero.
    pub(super) version: u16,
    /// 1, 2, 3 for keys of 128, 192, 256 bits.
    pub(super) strength: u8,
    /// The compression under the encryption.
    pub(super) method: u16,
}

/// A local header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Local<'a> {
    pub(super) common: Common<'a>,
    /// Where the content begins in the file.
    pub(super) data: usize,
}

impl<'a> Local<'a> {
    /// The local header at `at`, or `None` when there is none or it is cut off.
    pub(super) fn read(bytes: &'a [u8], at: usize) -> Option<Self> {
        let header = bytes.get(at..)?;
        if !header.starts_with(LOCAL) {
            return None;
        }
        let name_len = usize::from(u16_at(header, 26)?);
        let extra_len = usize::from(u16_at(header, 28)?);
        let (name, rest) = header.get(30..)?.split_at_checked(name_len)?;
        let mut common = Common {
            flags: u16_at(header, 6)?,
            method: u16_at(header, 8)?,
            time: u16_at(header, 10)?,
            crc: u32_at(header, 14)?,
            packed: u64::from(u32_at(header, 18)?),
            size: u64::from(u32_at(header, 22)?),
            name,
            extra: rest.get(..extra_len)?,
        };
        common.resolve_zip64(None);
        Some(Self { common, data: at.checked_add(30 + name_len + extra_len)? })
    }

    /// Whether it is likely to be a header and not four bytes of some content that look like one.
    pub(super) fn is_plausible(&self) -> bool {
        let known = matches!(self.common.method, 0..=20 | 93..=99);
        known && !self.common.name.is_empty() && self.common.name.len() < 4096 && self.common.flags & 0x1000 == 0
    }
}

/// A central header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Central<'a> {
    pub(super) common: Common<'a>,
    /// Where the header stands in the file.
    pub(super) at: usize,
    /// The first byte after it.
    pub(super) end: usize,
    /// The system that the attributes belong to (3 is Unix).
    pub(super) system: u8,
    pub(super) attributes: u32,
    pub(super) comment: &'a [u8],
    /// Offset of the local header as written, from the Zip64 field when it is `0xffffffff`.
    pub(super) offset: u64,
}

impl<'a> Central<'a> {
    /// The central header at `at`, or `None` when there is none or it is cut off.
    pub(super) fn read(bytes: &'a [u8], at: usize) -> Option<Self> {
        let header = bytes.get(at..)?;
        if !header.starts_with(CENTRAL) {
            return None;
        }
        let name_len = usize::from(u16_at(header, 28)?);
        let extra_len = usize::from(u16_at(header, 30)?);
        let comment_len = usize::from(u16_at(header, 32)?);
        let (name, rest) = header.get(46..)?.split_at_checked(name_len)?;
        let (extra, rest) = rest.split_at_checked(extra_len)?;
        let mut offset = u64::from(u32_at(header, 42)?);
        let mut common = Common {
            flags: u16_at(header, 8)?,
            method: u16_at(header, 10)?,
            time: u16_at(header, 12)?,
            crc: u32_at(header, 16)?,
            packed: u64::from(u32_at(header, 20)?),
            size: u64::from(u32_at(header, 24)?),
            name,
            extra,
        };
        common.resolve_zip64(Some(&mut offset));
        Some(Self {
            common,
            at,
            end: at.checked_add(46 + name_len + extra_len + comment_len)?,
            system: *header.get(5)?,
            attributes: u32_at(header, 38)?,
            comment: rest.get(..comment_len)?,
            offset,
        })
    }

    /// Unix mode bits, when the entry was made on Unix or macOS.
    pub(super) fn unix_mode(&self) -> Option<u32> {
        matches!(self.system, 3 | 19).then_some(self.attributes >> 16)
    }

    /// Whether it stands for a folder.
    pub(super) fn is_folder(&self) -> bool {
        self.common.name.ends_with(b"/") && self.common.size == 0 && self.common.packed <= 2
    }

    /// Whether it is a symbolic link for unpackers that make any.
    pub(super) fn is_link(&self) -> bool {
        self.unix_mode().is_some_and(|m| m & 0o170_000 == 0o120_000)
    }
}

/// The length of the data descriptor at `at`, when there is one with this checksum and these sizes.
pub(super) fn descriptor_len(bytes: &[u8], at: usize, crc: u32, packed: u64, size: u64) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let signed = if rest.starts_with(DESCRIPTOR) { 4 } else { 0 };
    // A checksum may begin with the signature's bytes, so both starts are tried.
    [signed, 0].into_iter().find_map(|skip| {
        if u32_at(rest, skip)? != crc {
            return None;
        }
        if u64_at(rest, skip + 4) == Some(packed) && u64_at(rest, skip + 12) == Some(size) {
            return Some(skip + 20);
        }
        let fits = |n: u64, at| u32_at(rest, at).is_some_and(|m| m == (n & 0xffff_ffff) as u32);
        (fits(packed, skip + 4) && fits(size, skip + 8)).then_some(skip + 12)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common(extra: &[u8]) -> Common<'_> {
        Common { flags: 0, method: 0, time: 0, crc: 0, packed: u64::from(u32::MAX), size: 5, name: b"n", extra }
    }

    #[test]
    fn zip64_numbers_come_in_the_order_of_the_sentinels() {
        let mut extra = vec![1, 0, 16, 0];
        extra.extend(7_u64.to_le_bytes());
        extra.extend(9_u64.to_le_bytes());
        let mut c = common(&extra);
        let mut offset = u64::from(u32::MAX);
        c.resolve_zip64(Some(&mut offset));
        assert_eq!((c.size, c.packed, offset), (5, 7, 9));
    }

    #[test]
    fn lying_extra_lengths_end_the_search() {
        assert!(common(&[1, 0, 255, 255, 1]).extra_field(1).is_none());
        assert!(common(&[1]).extra_field(1).is_none());
        assert_eq!(common(&[2, 0, 0, 0, 1, 0, 1, 0, 42]).extra_field(1), Some(&[42][..]));
    }

    #[test]
    fn descriptors_of_every_form_are_measured() {
        let tail = |sign: bool, wide: bool| {
            let mut v = if sign { DESCRIPTOR.to_vec() } else { Vec::new() };
            v.extend(77_u32.to_le_bytes());
            for n in [5_u64, 6] {
                if wide { v.extend(n.to_le_bytes()) } else { v.extend((n as u32).to_le_bytes()) }
            }
            v
        };
        for (sign, wide, len) in [(true, false, 16), (false, false, 12), (true, true, 24), (false, true, 20)] {
            assert_eq!(descriptor_len(&tail(sign, wide), 0, 77, 5, 6), Some(len));
        }
        assert_eq!(descriptor_len(&tail(true, false), 0, 78, 5, 6), None);
        assert_eq!(descriptor_len(b"PK\x07\x08", 0, 0, 0, 0), None);
    }
}
