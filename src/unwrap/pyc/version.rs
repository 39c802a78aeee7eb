//! Which Python wrote a `.pyc`: its magic number, its header, the layout of its code objects.
//!
//! A header is the magic word and `\r\n`; then Python up to 3.2 has the source's date, 3.3 to 3.6 date and size, and
//! from 3.7 on flags (bit 0: the next eight bytes are a hash of the source, else date and size). The numbers are from
//! the list in CPython's `Lib/importlib/_bootstrap_external.py`.

use crate::parse::marshal::Layout;

/// The interpreter that a magic number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::unwrap) enum Python {
    /// CPython 2.x, by its minor version.
    Two(u8),
    /// CPython 3.x, by its minor version.
    Three(u8),
    /// `PyPy` 3.x, whose instructions are its own; the minor version.
    PyPy(u8),
}

/// First and last magic number, and the minor version of CPython 3. Releases use the last ones of their range.
const THREE: &[(u16, u16, u8)] = &[
    (3000, 3131, 0),
    (3141, 3151, 1),
    (3160, 3180, 2),
    (3190, 3230, 3),
    (3250, 3310, 4),
    (3320, 3351, 5),
    (3360, 3379, 6),
    (3390, 3399, 7),
    (3400, 3413, 8),
    (3420, 3425, 9),
    (3430, 3439, 10),
    (3450, 3495, 11),
    (3500, 3531, 12),
    (3550, 3571, 13),
    (3600, 3649, 14),
    (3650, 3699, 15),
];

/// Magic number and minor version of `PyPy` 3.
const PYPY: &[(u16, u8)] =
    &[(48, 2), (64, 3), (112, 5), (160, 6), (192, 6), (224, 7), (240, 7), (256, 8), (336, 9), (384, 10), (416, 11)];

impl Python {
    /// The interpreter of a magic number.
    pub(in crate::unwrap) fn of_magic(magic: u16) -> Option<Self> {
        if let Some((_, _, minor)) = THREE.iter().find(|(first, last, _)| (*first..=*last).contains(&magic)) {
            return Some(Self::Three(*minor));
        }
        if let Some((_, minor)) = PYPY.iter().find(|(number, _)| *number == magic) {
            return Some(Self::PyPy(*minor));
        }
        match magic {
            62011..=62021 => Some(Self::Two(3)),
            62041..=62061 => Some(Self::Two(4)),
            62071..=62131 => Some(Self::Two(5)),
            62151..=62161 => Some(Self::Two(6)),
            62171..=62211 => Some(Self::Two(7)),
            _ => None,
        }
    }

    /// The header of a file of this version, for code that stands without one.
    pub(in crate::unwrap) fn header(self) -> Option<Vec<u8>> {
        let magic = match self {
            Self::Three(minor) => THREE.iter().find(|(_, _, m)| *m == minor).map(|(_, last, _)| *last),
            Self::Two(3) => Some(62011),
            Self::Two(4) => Some(62061),
            Self::Two(5) => Some(62131),
            Self::Two(6) => Some(62161),
            Self::Two(7) => Some(62211),
            Self::Two(_) | Self::PyPy(_) => None,
        }?;
        let mut header = magic.to_le_bytes().to_vec();
        header.extend(b"\r\n");
        header.resize(self.header_len(), 0);
        Some(header)
    }

    /// Whether its instructions are one byte long, or three with an argument, and not words.
    pub(super) fn has_bytes(self) -> bool {
        matches!(self, Self::Two(_) | Self::Three(0..=5))
    }

    /// The minor version of CPython 3; Python 2 is older than all of them, and goes the way of the first.
    pub(super) fn minor_of_three(self) -> u8 {
        match self {
            Self::Two(_) => 0,
            Self::Three(minor) | Self::PyPy(minor) => minor,
        }
    }

    /// Bytes before the code object.
    pub(super) fn header_len(self) -> usize {
        match self {
            Self::Two(_) | Self::Three(0..=2) => 8,
            Self::Three(3..=6) | Self::PyPy(3..=6) => 12,
            Self::PyPy(0..=2) => 8,
            Self::Three(_) | Self::PyPy(_) => 16,
        }
    }

    /// How code objects are laid out.
    pub(in crate::unwrap) fn layout(self) -> Layout {
        match self {
            Self::Two(_) => Layout::Two,
            // PyPy kept the layout of 3.10 in its 3.11.
            Self::Three(0..=7) | Self::PyPy(0..=7) => Layout::Three,
            Self::Three(8..=10) | Self::PyPy(_) => Layout::PositionalOnly,
            Self::Three(_) => Layout::LocalsPlus,
        }
    }
}

impl std::fmt::Display for Python {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Two(minor) => write!(f, "Python 2.{minor}"),
            Self::Three(minor) => write!(f, "Python 3.{minor}"),
            Self::PyPy(minor) => write!(f, "PyPy 3.{minor}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn released_numbers() {
        for (magic, minor) in
            [(3379, 6), (3394, 7), (3413, 8), (3425, 9), (3439, 10), (3495, 11), (3531, 12), (3571, 13), (3627, 14)]
        {
            assert_eq!(Python::of_magic(magic), Some(Python::Three(minor)), "{magic}");
            let header = Python::Three(minor).header().unwrap();
            assert_eq!(header.len(), if minor == 6 { 12 } else { 16 });
            let again = u16::from_le_bytes([header[0], header[1]]);
            assert_eq!(Python::of_magic(again), Some(Python::Three(minor)));
        }
        for minor in 3..=7 {
            let header = Python::Two(minor).header().unwrap();
            assert_eq!(header.len(), 8);
            assert_eq!(Python::of_magic(u16::from_le_bytes([header[0], header[1]])), Some(Python::Two(minor)));
        }
        assert_eq!(Python::of_magic(384), Some(Python::PyPy(10)));
        assert_eq!(Python::of_magic(4242), None);
    }
}
