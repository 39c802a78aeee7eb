//! The data section of Deno 1.46 and newer.
//!
//! ```text
//! 2.1 and newer   "d3n0l4nd" | u64 n, settings (JSON) | u64 n, npm snapshot | modules | u64 n, file tree (JSON)
//!                 | u64 n, file contents | "d3n0l4nd"
//!   modules, 2.2  u32 n, n x (u32 n, specifier, u32 id) | u32 n, n x (u32 id, u32 id) redirects
//!                 | u32 n, n x (u32 id, u8 type, u32 n, source, u8 flags, as flagged: u32 n, transpiled; u32 n, source map;
//!                 u32 n, exports)
//!   modules, 2.1  u32 n, u32 m | n x (u32 n, specifier, u64 offset) | m x (u32 n, from, u32 n, to)
//!                 | u64 n, at each offset: u8 type, u32 n, source, u8 transpiled, u32 n, transpiled; behind the contents then:
//!                 u32 n, n x (u32 n, specifier, u32 n, source map). The first of them put a u64 length before all this and
//!                 had no source maps.
//! 1.46 to 2.0     "d3n0l4nd" | four u64, big-endian, counted from behind them: eszip, settings, file tree, contents
//! in between      "d3n0l4nd" | five u64, big-endian: settings, npm snapshot, modules, file tree, contents
//! ```
//!
//! Nothing says which it is; the one that can be read to its end is taken.

use std::collections::HashMap;
use std::ops::Range;

use super::super::carrier::shown;
use super::super::carrier::{self, Reader};
use super::super::{Entries, Input};
use super::{FORMAT, MAGIC, packages, settings, trailer, vfs};
use crate::model::{Gap, GapReason};
use crate::parse::fields::Fields;

/// Most modules that are read.
const MODULES_MAX: usize = 1 << 18;
const HAS_TRANSPILED: u8 = 1;
const HAS_SOURCE_MAP: u8 = 2;
const HAS_EXPORTS: u8 = 4;

/// A module that was fetched from elsewhere.
#[derive(Debug, Default, PartialEq, Eq)]
struct Module {
    specifier: Range<usize>,
    kind: u8,
    source: Range<usize>,
    transpiled: Option<Range<usize>>,
    source_map: Option<Range<usize>>,
}

/// Where the parts of a section lie.
#[derive(Debug)]
struct Layout {
    snapshot: Range<usize>,
    modules: Vec<Module>,
    tree: Range<usize>,
    contents: Range<usize>,
    source_maps: Vec<(Range<usize>, Range<usize>)>,
    end: usize,
}

/// Emits what is in a section that begins with the magic.
pub(super) fn open(input: &Input<'_, '_>, out: &mut Entries<'_>, range: Range<usize>) -> Result<(), Gap> {
    let fields = Fields::new(input.view, true);
    let mut reader = Reader::new(fields, (range.start as u64).saturating_add(8), range.end as u64);
    let start = reader;
    let Some(metadata) = reader.long().filter(|m| input.view.get(m.start) == Some(&b'{')) else {
        return trailer::open_section(input, out, range, usize::try_from(start.at()).unwrap_or(usize::MAX));
    };
    settings(input.view.get(metadata.clone()).unwrap_or_default(), metadata.start as u64, out);
    out.part(FORMAT, "metadata.json", input.view, metadata.clone())?;
    let readings = [Modules::Id, Modules::Offset, Modules::SizedOffset];
    let Some(layout) = readings.into_iter().find_map(|modules| Layout::read(reader, modules, fields)) else {
        let why = Gap::new(
            GapReason::Unsupported,
            "the data of the Deno executable has a layout that is not known: it was only scanned as raw bytes",
        );
        return carrier::unread(FORMAT, "data", input.view, metadata.end..range.end, out, why);
    };
    packages(fields, layout.snapshot.clone(), out);
    if !layout.snapshot.is_empty() {
        out.part(FORMAT, "npm-snapshot", input.view, layout.snapshot.clone())?;
    }
    layout.emit(input, out)?;
    let result = vfs::open(input, out, layout.tree, layout.contents);
    let rest = layout.end..range.end;
    if input.view.get(rest.clone()).is_some_and(|b| b.iter().any(|b| *b != 0)) {
        out.part(FORMAT, "rest", input.view, rest)?;
    }
    result
}

/// How the modules lie.
#[derive(Debug, Clone, Copy)]
enum Modules {
    Id,
    Offset,
    SizedOffset,
}

impl Layout {
    /// Reads what follows the settings; `None` when it does not end with the magic.
    fn read(mut reader: Reader<'_>, how: Modules, fields: Fields<'_>) -> Option<Self> {
        let snapshot = reader.long()?;
        let modules = match how {
            Modules::Id => by_id(&mut reader)?,
            Modules::Offset => by_offset(&mut reader, fields)?,
            Modules::SizedOffset => {
                let sized = reader.long()?;
                by_offset(&mut Reader::new(fields, sized.start as u64, sized.end as u64), fields)?
            }
        };
        let tree = reader.long()?;
        let contents = reader.long()?;
        let mut source_maps = Vec::new();
        if matches!(how, Modules::Offset) {
            // Between this form of modules and the maps behind the contents there was a time without maps.
            let mut ahead = reader;
            if ahead.bytes(8) != Some(MAGIC) {
                for _ in 0..reader.u32()? {
                    source_maps.push((reader.short()?, reader.short()?));
                    if source_maps.len() > MODULES_MAX {
                        return None;
                    }
                }
            }
        }
        if reader.bytes(8)? != MAGIC {
            return None;
        }
        Some(Self { snapshot, modules, tree, contents, source_maps, end: usize::try_from(reader.at()).ok()? })
    }

    fn emit(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let text = |range: &Range<usize>| shown(input.view.get(range.clone()).unwrap_or_default());
        for module in &self.modules {
            let name = module_name(text(&module.specifier), module.kind);
            out.part(FORMAT, &name, input.view, module.source.clone())?;
            if let Some(transpiled) = &module.transpiled {
                out.part(FORMAT, &format!("{name}.transpiled.js"), input.view, transpiled.clone())?;
            }
            if let Some(map) = &module.source_map {
                out.part(FORMAT, &format!("{name}.map"), input.view, map.clone())?;
            }
        }
        for (specifier, map) in &self.source_maps {
            out.part(FORMAT, &format!("{}.map", text(specifier)), input.view, map.clone())?;
        }
        Ok(())
    }
}

/// The name of a module: types up to 10 are JavaScript and TypeScript, which need not show in a URL.
fn module_name(specifier: String, kind: u8) -> String {
    if kind <= 10 { carrier::script_name(specifier) } else { specifier }
}

fn by_id(reader: &mut Reader<'_>) -> Option<Vec<Module>> {
    let mut specifiers: HashMap<u32, Range<usize>> = HashMap::new();
    for _ in 0..reader.u32()? {
        let specifier = reader.short()?;
        specifiers.insert(reader.u32()?, specifier);
        if specifiers.len() > MODULES_MAX {
            return None;
        }
    }
    for _ in 0..reader.u32()? {
        reader.u64()?;
    }
    let mut modules = Vec::new();
    for _ in 0..reader.u32()? {
        let id = reader.u32()?;
        let mut module = Module { specifier: specifiers.get(&id)?.clone(), ..Module::default() };
        module.kind = reader.u8().filter(|kind| *kind <= 32)?;
        module.source = reader.short()?;
        let flags = reader.u8().filter(|flags| *flags < 16)?;
        let mut when = |flag| if flags & flag == 0 { Some(None) } else { reader.short().map(Some) };
        module.transpiled = when(HAS_TRANSPILED)?;
        module.source_map = when(HAS_SOURCE_MAP)?;
        // Names of exports: they stay part of the executable's own bytes.
        when(HAS_EXPORTS)?;
        modules.push(module);
        if modules.len() > MODULES_MAX {
            return None;
        }
    }
    Some(modules)
}

fn by_offset(reader: &mut Reader<'_>, fields: Fields<'_>) -> Option<Vec<Module>> {
    let (count, redirects) = (reader.u32()?, reader.u32()?);
    // Each specifier takes 12 bytes at least.
    if u64::from(count) > (reader.left() / 12).min(MODULES_MAX as u64) {
        return None;
    }
    let mut specifiers = Vec::new();
    for _ in 0..count {
        specifiers.push((reader.short()?, reader.u64()?));
    }
    for _ in 0..redirects {
        reader.short()?;
        reader.short()?;
    }
    let data = reader.long()?;
    let mut modules = Vec::new();
    for (specifier, offset) in specifiers {
        let mut entry = Reader::new(fields, (data.start as u64).checked_add(offset)?, data.end as u64);
        let kind = entry.u8().filter(|kind| *kind <= 32)?;
        let source = entry.short()?;
        let transpiled = match entry.u8()? {
            0 => None,
            1 => Some(entry.short()?),
            _ => return None,
        };
        modules.push(Module { specifier, kind, source, transpiled, source_map: None });
    }
    Some(modules)
}

/// The modules of a range that holds nothing else, for the layout with five positions.
pub(super) fn emit_modules(input: &Input<'_, '_>, out: &mut Entries<'_>, range: Range<usize>) -> Result<bool, Gap> {
    let fields = Fields::new(input.view, true);
    let Some(modules) = by_offset(&mut Reader::new(fields, range.start as u64, range.end as u64), fields) else {
        return Ok(false);
    };
    let layout = Layout { snapshot: 0..0, modules, tree: 0..0, contents: 0..0, source_maps: Vec::new(), end: 0 };
    layout.emit(input, out).map(|()| true)
}
