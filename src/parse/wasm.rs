//! WebAssembly modules and components: sections, imports, exports, data segments, and who made them.
//!
//! A module is a header and sections: an id, a length (LEB128), content. A component (layer 1) has sections of the same
//! outer form, some of which hold whole modules and components. Nothing is copied.
//!
//! Specifications: <https://webassembly.github.io/spec/core/binary/modules.html>,
//! <https://github.com/WebAssembly/tool-conventions/blob/main/ProducersSection.md>,
//! <https://github.com/WebAssembly/component-model/blob/main/design/mvp/Binary.md>.

use std::ops::Range;

use super::fields::Fields;
use crate::model::Gap;

/// Most items of one section, and most sections. Engines take a million functions and 100,000 data segments.
const ITEMS_MAX: usize = 1 << 20;

/// An imported item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Import<'a> {
    /// The module that offers it (`wasi_snapshot_preview1`, `env`); empty in a component.
    pub(crate) module: &'a [u8],
    /// Its name.
    pub(crate) name: &'a [u8],
    /// Where it stands.
    pub(crate) offset: u64,
}

/// One line of the producers section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Producer<'a> {
    /// `language`, `processed-by` or `sdk`.
    pub(crate) field: &'a [u8],
    pub(crate) name: &'a [u8],
    pub(crate) version: &'a [u8],
}

/// What a module or component says about itself.
#[derive(Debug, Default)]
pub(crate) struct Wasm<'a> {
    /// Whether it is a component.
    pub(crate) component: bool,
    pub(crate) imports: Vec<Import<'a>>,
    pub(crate) exports: Vec<&'a [u8]>,
    /// Where a function is named that runs when the module is made.
    pub(crate) start: Option<u64>,
    /// Initial content of the memory, in the file.
    pub(crate) data: Vec<Range<u64>>,
    pub(crate) producers: Vec<Producer<'a>>,
    /// The name that the module gives itself.
    pub(crate) name: &'a [u8],
    /// Modules and components inside a component, in the file.
    pub(crate) inner: Vec<Range<u64>>,
    /// The content of custom sections with their names, in the file.
    pub(crate) custom: Vec<(&'a [u8], Range<u64>)>,
    /// Why it is not all of it.
    pub(crate) broken: Option<Gap>,
}

impl<'a> Wasm<'a> {
    /// Walks the sections. What could be read stands even when the rest could not.
    pub(crate) fn parse(bytes: &'a [u8]) -> Self {
        let fields = Fields::new(bytes, true);
        let mut wasm = Self::default();
        match (fields.u16(4), fields.u16(6)) {
            (Some(1), Some(0)) => {}
            (Some(0x0a..=0x20), Some(1)) => wasm.component = true,
            (version, _) => {
                wasm.broken =
                    Some(Gap::malformed(format!("WebAssembly version {} is not known", version.unwrap_or(0))));
                return wasm;
            }
        }
        let mut at = 8;
        let mut sections = 0;
        while at < fields.len() {
            sections += 1;
            if sections > ITEMS_MAX {
                wasm.break_off(format!("more than {ITEMS_MAX} WebAssembly sections"));
                return wasm;
            }
            let start = at;
            let id = fields.u8(at).unwrap_or(0);
            let mut cursor = Cursor { fields, at: at + 1, end: fields.len() };
            let Some(len) = cursor.number() else {
                wasm.break_off(format!("the WebAssembly section at {start} has no length"));
                return wasm;
            };
            let end = cursor.at.saturating_add(len);
            if end > fields.len() {
                let behind = end - fields.len();
                wasm.break_off(format!("the WebAssembly section at {start} ends {behind} bytes behind the file"));
                return wasm;
            }
            cursor.end = end;
            if wasm.section(id, cursor).is_none() {
                wasm.break_off(format!("the WebAssembly section {id} at {start} cannot be read to its end"));
            }
            at = end;
        }
        wasm
    }

    fn break_off(&mut self, why: String) {
        self.broken.get_or_insert(Gap::malformed(why));
    }

    /// Reads one section; `None` when it does not hold what its id says.
    fn section(&mut self, id: u8, mut cursor: Cursor<'a>) -> Option<()> {
        match (id, self.component) {
            (0, _) => self.custom(cursor),
            (1 | 4, true) => {
                self.inner.push(cursor.at..cursor.end);
                Some(())
            }
            (10, true) => self.component_imports(cursor),
            (2, false) => self.imports(cursor),
            (7, false) => self.exports(cursor),
            (8, false) => {
                self.start = Some(cursor.at);
                cursor.number().map(|_| ())
            }
            (11, false) => self.data(cursor),
            _ => Some(()),
        }
    }

    fn imports(&mut self, mut cursor: Cursor<'a>) -> Option<()> {
        for _ in 0..cursor.count()? {
            let offset = cursor.at;
            let (module, name) = (cursor.name()?, cursor.name()?);
            match cursor.byte()? {
                0 => drop(cursor.number()?),
                1 => {
                    cursor.value_type()?;
                    cursor.limits()?;
                }
                2 => cursor.limits()?,
                3 => {
                    cursor.value_type()?;
                    cursor.byte()?;
                }
                4 => {
                    cursor.byte()?;
                    cursor.number()?;
                }
                _ => return None,
            }
            self.imports.push(Import { module, name, offset });
        }
        Some(())
    }

    /// Imports of a component: a name of one of two forms, then a description whose length depends on its kind. The
    /// interfaces are what matters (`wasi:sockets/tcp@0.2.0`).
    fn component_imports(&mut self, mut cursor: Cursor<'a>) -> Option<()> {
        for _ in 0..cursor.count()? {
            let offset = cursor.at;
            let form = cursor.byte()?;
            let name = cursor.name()?;
            if form == 2 {
                // A name with options behind it; none is known that matters.
                return None;
            }
            self.imports.push(Import { module: b"", name, offset });
            match cursor.byte()? {
                // A core module has one more byte before the type's index.
                0 => {
                    cursor.byte()?;
                    cursor.number()?;
                }
                1 | 4 | 5 => drop(cursor.number()?),
                3 => match cursor.byte()? {
                    0 => drop(cursor.number()?),
                    1 => {}
                    _ => return None,
                },
                2 => match cursor.byte()? {
                    0 => drop(cursor.number()?),
                    1 => cursor.value_type()?,
                    _ => return None,
                },
                _ => return None,
            }
        }
        Some(())
    }

    fn exports(&mut self, mut cursor: Cursor<'a>) -> Option<()> {
        for _ in 0..cursor.count()? {
            let name = cursor.name()?;
            cursor.byte()?;
            cursor.number()?;
            self.exports.push(name);
        }
        Some(())
    }

    fn data(&mut self, mut cursor: Cursor<'a>) -> Option<()> {
        for _ in 0..cursor.count()? {
            match cursor.number()? {
                0 => cursor.expression()?,
                1 => {}
                2 => {
                    cursor.number()?;
                    cursor.expression()?;
                }
                _ => return None,
            }
            let len = cursor.number()?;
            let start = cursor.at;
            cursor.skip(len)?;
            self.data.push(start..cursor.at);
        }
        Some(())
    }

    fn custom(&mut self, mut cursor: Cursor<'a>) -> Option<()> {
        let name = cursor.name()?;
        self.custom.push((name, cursor.at..cursor.end));
        match name {
            b"producers" => {
                for _ in 0..cursor.count()? {
                    let field = cursor.name()?;
                    for _ in 0..cursor.count()? {
                        let producer = Producer { field, name: cursor.name()?, version: cursor.name()? };
                        self.producers.push(producer);
                    }
                }
            }
            // The first sub-section may be the module's name.
            b"name" if cursor.byte() == Some(0) => {
                cursor.number()?;
                self.name = cursor.name()?;
            }
            _ => {}
        }
        Some(())
    }
}

/// A place inside one section.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    fields: Fields<'a>,
    at: u64,
    end: u64,
}

impl<'a> Cursor<'a> {
    fn byte(&mut self) -> Option<u8> {
        if self.at >= self.end {
            return None;
        }
        let byte = self.fields.u8(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// An unsigned LEB128 of at most 64 bits; signed ones are read with it too when their value does not matter.
    fn number(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// A number of items, each of which takes a byte at least.
    fn count(&mut self) -> Option<u64> {
        let count = self.number()?;
        (count <= self.end.saturating_sub(self.at) && count <= ITEMS_MAX as u64).then_some(count)
    }

    fn skip(&mut self, len: u64) -> Option<()> {
        let at = self.at.checked_add(len).filter(|at| *at <= self.end)?;
        self.at = at;
        Some(())
    }

    fn name(&mut self) -> Option<&'a [u8]> {
        let len = self.number()?;
        let start = self.at;
        self.skip(len)?;
        self.fields.range(start, len)
    }

    /// A value or reference type; the long forms name a heap type.
    fn value_type(&mut self) -> Option<()> {
        if matches!(self.byte()?, 0x63 | 0x64) {
            self.number()?;
        }
        Some(())
    }

    fn limits(&mut self) -> Option<()> {
        let flags = self.byte()?;
        self.number()?;
        if flags & 1 != 0 {
            self.number()?;
        }
        if flags & 8 != 0 {
            self.number()?;
        }
        Some(())
    }

    /// A constant expression, up to its `end`.
    fn expression(&mut self) -> Option<()> {
        loop {
            match self.byte()? {
                0x0b => return Some(()),
                // Constants, globals, functions and null references.
                0x41 | 0x42 | 0x23 | 0xd0 | 0xd2 => drop(self.number()?),
                0x43 => self.skip(4)?,
                0x44 => self.skip(8)?,
                0xfd => {
                    self.number()?;
                    self.skip(16)?;
                }
                // Arithmetic of extended constants.
                0x6a..=0x6c | 0x7c..=0x7e => {}
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests;
