//! Writes an import directory.

/// A library and what is taken from it.
pub(super) struct Library<'a> {
    pub(super) name: &'a [u8],
    /// Relative address of its address table.
    pub(super) table: u32,
    pub(super) functions: Vec<Function<'a>>,
}

pub(super) enum Function<'a> {
    Named(&'a [u8]),
    Number(u16),
}

/// An import directory as a section's bytes.
pub(super) struct Directory {
    pub(super) bytes: Vec<u8>,
    /// Length of the table of libraries.
    pub(super) table: u32,
}

impl Directory {
    /// The directory for a section at `base`.
    pub(super) fn of(list: &[Library<'_>], base: u32, wide: bool) -> Option<Self> {
        let width = if wide { 8 } else { 4 };
        let table = (list.len() + 1) * 20;
        let thunks: usize = list.iter().map(|l| (l.functions.len() + 1) * width).sum();
        let (mut rows, mut numbers, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        let texts_at = table.checked_add(thunks)?;
        let address = |offset: usize| u32::try_from(offset).ok().and_then(|o| base.checked_add(o));
        for library in list {
            let lookup = address(table + numbers.len())?;
            for function in &library.functions {
                let value = match function {
                    Function::Number(number) => (1u64 << (8 * width - 1)) | u64::from(*number),
                    Function::Named(name) => {
                        let at = address(texts_at + texts.len())?;
                        texts.extend([0, 0]);
                        texts.extend_from_slice(name);
                        texts.push(0);
                        u64::from(at)
                    }
                };
                numbers.extend(value.to_le_bytes().into_iter().take(width));
            }
            numbers.resize(numbers.len() + width, 0);
            let name = address(texts_at + texts.len())?;
            texts.extend_from_slice(library.name);
            texts.push(0);
            [lookup, 0, 0, name, library.table].iter().for_each(|w| rows.extend(w.to_le_bytes()));
        }
        rows.resize(table, 0);
        Some(Self { bytes: [rows, numbers, texts].concat(), table: u32::try_from(table).ok()? })
    }
}
