//! The tables of an MSI package.
//!
//! Texts stand once, in a pool; tables name them by number, of two bytes or of three when there are many. A table is
//! kept by columns. `_Columns` says what columns a table has and of what type.

use std::io::Write as _;
use std::sync::Arc;

use super::cfb::Compound;
use crate::limits::{Budget, Meter};
use crate::model::{ByteView, Capability, Fact, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::unwrap::Entries;
use crate::unwrap::ar::readable;

/// Tables that are given as text.
const SHOWN: [&str; 5] = ["CustomAction", "Property", "Binary", "InstallExecuteSequence", "Registry"];
/// Most custom actions that become facts and scripts.
const ACTIONS_MAX: usize = 4096;
/// Bytes of a text that are shown in a fact.
const SHORT: usize = 200;
/// Most columns of a table.
const COLUMNS_MAX: usize = 64;

/// Gives tables as text, and custom actions as facts.
pub(super) fn tables(file: &ByteView, compound: &Arc<Compound>, out: &mut Entries<'_>) -> Result<(), Gap> {
    let pool = match Pool::read(file, compound, out.budget()) {
        Ok(pool) => pool,
        Err(gap) => {
            out.gaps.push(Gap { detail: format!("the texts of the package cannot be read: {}", gap.detail), ..gap });
            return Ok(());
        }
    };
    for name in SHOWN {
        let Some(stream) = compound.stream(&format!("!{name}")) else { continue };
        let mut data = out.budget().meter();
        let joined = compound.join(file, stream, &mut data);
        let table = joined
            .and_then(|()| pool.table(name, data.bytes()).ok_or_else(|| Gap::malformed("its columns are not known")));
        let table = match table {
            Ok(table) => table,
            Err(gap) => {
                out.gaps.push(gap.at(format!("!{name}")));
                continue;
            }
        };
        let mut text = out.budget().meter();
        if let Err(gap) = table.print(&mut text) {
            out.gaps.push(gap.at(format!("!{name}")));
        }
        if name == "CustomAction" {
            actions(&table, out)?;
        }
        out.member("msi", &format!("{name}.txt"), text.finish())?;
    }
    Ok(())
}

/// What the package runs.
fn actions(table: &Table<'_>, out: &mut Entries<'_>) -> Result<(), Gap> {
    for row in 0..table.rows.min(ACTIONS_MAX) {
        let (name, source, target) = (table.text("Action", row), table.text("Source", row), table.text("Target", row));
        let (what, script) = match table.number("Type", row) & 0x3f {
            1 | 17 => ("library", None),
            2 | 18 => ("program", None),
            34 | 50 => ("command", None),
            5 | 21 | 53 => ("JScript", None),
            6 | 22 | 54 => ("VBScript", None),
            37 => ("JScript", Some("js")),
            38 => ("VBScript", Some("vbs")),
            // Values are set, folders, an error is shown.
            _ => continue,
        };
        let short = |text: &[u8]| readable(text.get(..SHORT).unwrap_or(text));
        let words = format!("msi custom action {}: {what} {} {}", short(name), short(source), short(target));
        out.facts.push(Fact::has(Capability::Hooks, words.trim_end(), 0));
        if let Some(ending) = script {
            let mut meter = out.budget().meter();
            put(&mut meter, target)?;
            let file = format!("CustomAction/{}.{ending}", short(name).replace(['/', '\\'], "_"));
            out.member("msi", &file, meter.finish())?;
        }
    }
    if table.rows > ACTIONS_MAX {
        let detail = format!("{} custom actions, of which {ACTIONS_MAX} were looked at", table.rows);
        out.gaps.push(Gap::new(GapReason::Limit, detail).at("!CustomAction"));
    }
    Ok(())
}

fn put(meter: &mut Meter<'_>, bytes: &[u8]) -> Result<(), Gap> {
    let written = meter.write_all(bytes);
    written.map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))
}

/// The texts of a package and the columns of its tables.
struct Pool {
    data: ByteView,
    /// Where each text stands; number 0 is the empty text.
    places: Vec<(u64, u64)>,
    /// Bytes of a text's number.
    width: usize,
    columns: ByteView,
}

#[derive(Clone, Copy)]
enum Type {
    /// The number of a text.
    Text,
    /// A number of two or four bytes; its highest bit is flipped.
    Number(usize),
}

impl Pool {
    fn read(file: &ByteView, compound: &Compound, budget: &Budget) -> Result<Self, Gap> {
        let join = |path: &str| {
            let stream = compound.stream(path).ok_or_else(|| Gap::malformed(format!("{path} is not there")))?;
            let mut meter = budget.meter();
            compound.join(file, stream, &mut meter)?;
            Ok::<_, Gap>(meter.finish())
        };
        let (index, data, columns) = (join("!_StringPool")?, join("!_StringData")?, join("!_Columns")?);
        let fields = Fields::new(&index, true);
        let width = if fields.u16(2).unwrap_or(0) & 0x8000 == 0 { 2 } else { 3 };
        let mut places = vec![(0, 0)];
        let (mut at, mut start) = (4u64, 0u64);
        while let (Some(len), Some(uses)) = (fields.u16(at), fields.u16(at + 2)) {
            at += 4;
            let mut len = u64::from(len);
            // A long text has its length in the next line.
            if len == 0 && uses != 0 {
                let (Some(low), Some(high)) = (fields.u16(at), fields.u16(at + 2)) else { break };
                len = u64::from(high) << 16 | u64::from(low);
                at += 4;
            }
            places.push((start, len));
            start = start.saturating_add(len);
        }
        Ok(Self { data, places, width, columns })
    }

    /// A text's bytes.
    fn raw(&self, number: usize) -> &[u8] {
        let place = self.places.get(number).and_then(|(at, len)| Fields::new(&self.data, true).range(*at, *len));
        place.unwrap_or_default()
    }

    /// Names and types of a table's columns, in order.
    fn columns(&self, table: &str) -> Vec<(String, Type)> {
        // `_Columns` itself: table, number, name, type.
        let own = [Type::Text, Type::Number(2), Type::Text, Type::Number(2)];
        let whole = Table::new(self, own.iter().map(|t| (String::new(), *t)).collect(), &self.columns);
        let mut found = Vec::new();
        for row in 0..whole.rows {
            let value = |column| whole.value(column, row);
            if self.raw(value(0)) == table.as_bytes() && found.len() < COLUMNS_MAX {
                let kind = value(3) as u32;
                let kind = match kind {
                    // Two bytes stand for a stream.
                    _ if kind & !0x1000 == 0x0900 => Type::Number(2),
                    _ if kind & 0x0800 != 0 => Type::Text,
                    _ if kind & 0xff > 2 => Type::Number(4),
                    _ => Type::Number(2),
                };
                found.push((value(1), readable(self.raw(value(2))), kind));
            }
        }
        found.sort_by_key(|(number, ..)| *number);
        found.into_iter().map(|(_, name, kind)| (name, kind)).collect()
    }

    fn table<'a>(&'a self, name: &str, data: &'a [u8]) -> Option<Table<'a>> {
        let columns = self.columns(name);
        (!columns.is_empty()).then(|| Table::new(self, columns, data))
    }
}

struct Table<'a> {
    pool: &'a Pool,
    columns: Vec<(String, Type)>,
    /// Where each column begins.
    starts: Vec<usize>,
    data: &'a [u8],
    rows: usize,
}

enum Cell<'a> {
    /// In UTF-8 or some code page.
    Text(&'a [u8]),
    Number(i64),
}

impl<'a> Table<'a> {
    fn new(pool: &'a Pool, columns: Vec<(String, Type)>, data: &'a [u8]) -> Self {
        let bytes = |kind: &Type| match kind {
            Type::Text => pool.width,
            Type::Number(width) => *width,
        };
        let row: usize = columns.iter().map(|(_, kind)| bytes(kind)).sum();
        let rows = data.len().checked_div(row).unwrap_or(0);
        let mut at = 0usize;
        let mut starts = Vec::new();
        for (_, kind) in &columns {
            starts.push(at);
            at = at.saturating_add(rows.saturating_mul(bytes(kind)));
        }
        Self { pool, columns, starts, data, rows }
    }

    /// A cell as it is stored, numbers with their highest bit flipped back; 0 for none.
    fn value(&self, column: usize, row: usize) -> usize {
        let Some(((_, kind), start)) = self.columns.get(column).zip(self.starts.get(column)) else { return 0 };
        let (width, flip) = match kind {
            Type::Text => (self.pool.width, 0),
            Type::Number(2) => (2, 0x8000),
            Type::Number(_) => (4, 0x8000_0000),
        };
        let at = start.saturating_add(row.saturating_mul(width));
        let bytes = self.data.get(at..at.saturating_add(width)).unwrap_or_default();
        let value = bytes.iter().rev().fold(0usize, |value, b| value << 8 | usize::from(*b));
        if value == 0 { 0 } else { value ^ flip }
    }

    fn at(&self, column: usize, row: usize) -> Cell<'a> {
        let value = self.value(column, row);
        match self.columns.get(column) {
            Some((_, Type::Number(2))) => Cell::Number(i64::from((value as u16).cast_signed())),
            Some((_, Type::Number(_))) => Cell::Number(i64::from((value as u32).cast_signed())),
            Some((_, Type::Text)) | None => Cell::Text(self.pool.raw(value)),
        }
    }

    fn column(&self, name: &str, row: usize) -> Option<Cell<'a>> {
        Some(self.at(self.columns.iter().position(|(n, _)| n == name)?, row))
    }

    /// The text in a column of this name; a number is none.
    fn text(&self, name: &str, row: usize) -> &'a [u8] {
        match self.column(name, row) {
            Some(Cell::Text(text)) => text,
            _ => &[],
        }
    }

    /// The number in a column of this name; a text is none.
    fn number(&self, name: &str, row: usize) -> i64 {
        match self.column(name, row) {
            Some(Cell::Number(number)) => number,
            _ => 0,
        }
    }

    /// One line for each row: `Name=value` for each column, tabs between.
    fn print(&self, out: &mut Meter<'_>) -> Result<(), Gap> {
        for row in 0..self.rows {
            for (index, (name, _)) in self.columns.iter().enumerate() {
                let tab = if index == 0 { "" } else { "\t" };
                put(out, format!("{tab}{name}=").as_bytes())?;
                match self.at(index, row) {
                    Cell::Text(text) => put(out, text)?,
                    Cell::Number(number) => put(out, number.to_string().as_bytes())?,
                }
            }
            put(out, b"\n")?;
        }
        Ok(())
    }
}
