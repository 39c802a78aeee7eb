//! What an object file has done before `main`, in whatever program it is linked into: the functions that its `.init_array`
//! names, and what those call.
//!
//! Object files lie in static libraries, and nobody loads those: what stands in them is only met when somebody links. Known
//! uses: the object of xz 5.6.0, objects of other compilers slipped into `lib*.a`. Honest look-alikes: constructors that set
//! up tables and locks.
//!
//! References: System V ABI, "Relocation" and "Symbol Table"; ATT&CK T1195.002.

use std::cell::Cell;
use std::collections::BTreeSet;

use goblin::elf::header::ET_REL;
use goblin::elf::section_header::SHT_RELA;

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Gap, GapReason, Rule, Severity};
use crate::parse::Parsed;
use crate::parse::elf::{Elf, Section};
use crate::parse::fields::Fields;
use crate::rule;

rule! {
    /// A function that an object file has called before `main` starts a program, or asks a host. Whoever links the object
    /// has it run in their program. Known uses: objects slipped into static libraries. Honest look-alikes: none is known.
    pub(super) STARTS = "elf-object-constructor-acts" in "bin/ctor-abuse";
    severity: High, confidence: Likely,
    title: "An object file starts a program or connects before main",
    reference: "https://attack.mitre.org/techniques/T1195/002/",
}

/// Bytes of a row of relocations and of a symbol.
const RELOCATION: u64 = 24;
const SYMBOL: u64 = 24;
/// Most rows that are looked at, of all tables together (tables may lie over one another), and most functions that are called
/// first.
const MOST_ROWS: u64 = 1 << 18;
const MOST_FIRST: usize = 64;
/// What starts a program, and what reaches a host.
const EXECUTES: &[&[u8]] =
    &[b"execve", b"execv", b"execvp", b"execl", b"execlp", b"execle", b"system", b"popen", b"posix_spawn", b"fexecve"];
const CONNECTS: &[&[u8]] = &[b"connect", b"sendto", b"curl_easy_perform", b"SSL_connect"];

/// Looks at object files.
pub(super) struct ObjectStarts;

impl Heuristic for ObjectStarts {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&STARTS] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Elf
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let Some(Ok(elf)) = file.elf() else { return };
        if elf.header.e_type != ET_REL || !elf.wide {
            return;
        }
        let object = Object { elf, fields: Fields::new(file.bytes(), true), left: Cell::new(MOST_ROWS) };
        let called: BTreeSet<&[u8]> = object.first().into_iter().flat_map(|f| object.calls_of(f)).collect();
        if object.left.get() == 0 {
            let why = format!("more than {MOST_ROWS} relocations: what runs before main is followed only so far");
            out.gaps.push(Gap::new(GapReason::Limit, why));
        }
        let of = |names: &[&[u8]]| names.iter().find(|name| called.contains(*name)).map(|name| shown(name));
        let (runs, reaches) = (of(EXECUTES), of(CONNECTS));
        if runs.is_none() && reaches.is_none() {
            return;
        }
        let both = runs.is_some() && reaches.is_some();
        let said: Vec<String> = reaches.into_iter().chain(runs).collect();
        let mut found = STARTS.finding(placed(0, 0, format!("called before main: {}", said.join(", "))));
        if both {
            found.severity = Severity::Critical;
            found.confidence = crate::model::Confidence::Certain;
        }
        out.findings.push(found);
    }
}

/// A function by the number of its section and its place there.
type Function = (u64, u64);

/// A symbol of an object.
struct Symbol<'a> {
    name: &'a [u8],
    is_function: bool,
    section: u64,
    value: u64,
}

struct Object<'e, 'a> {
    elf: &'e Elf<'a>,
    fields: Fields<'a>,
    /// Rows that may still be looked at.
    left: Cell<u64>,
}

impl<'a> Object<'_, 'a> {
    /// The section of a number; the table that is kept has none for the number zero.
    fn section(&self, number: u64) -> Option<&Section<'a>> {
        self.elf.sections.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    /// The tables of relocations, each with the number of the section that it changes.
    fn tables(&self) -> impl Iterator<Item = (u64, &Section<'a>)> {
        self.elf.sections.iter().filter(|s| s.header.sh_type == SHT_RELA).map(|s| (u64::from(s.header.sh_info), s))
    }

    /// The rows of a table: where, the symbol, what is added.
    fn rows(&self, table: &Section<'a>) -> impl Iterator<Item = (u64, Symbol<'a>, u64)> {
        let header = &table.header;
        let symbols =
            self.section(u64::from(header.sh_link)).map(|s| (s.header.sh_offset, u64::from(s.header.sh_link)));
        let names = symbols.and_then(|(_, names)| self.section(names)).map(|s| s.header.sh_offset);
        let (fields, start) = (self.fields, header.sh_offset);
        let left = &self.left;
        (0..(header.sh_size / RELOCATION).min(MOST_ROWS)).map_while(move |i| {
            left.set(left.get().checked_sub(1)?);
            let at = start.checked_add(i * RELOCATION)?;
            let (place, info, more) = (fields.u64(at)?, fields.u64(at + 8)?, fields.u64(at + 16)?);
            let row = symbols?.0.checked_add((info >> 32).checked_mul(SYMBOL)?)?;
            let symbol = symbol(fields, row, names?)?;
            Some((place, symbol, more))
        })
    }

    /// The functions that run before `main`.
    fn first(&self) -> BTreeSet<Function> {
        let is_list = |number: u64| {
            self.section(number).is_some_and(|s| {
                [&b".init_array"[..], b".ctors", b".preinit_array"].iter().any(|list| s.name.starts_with(list))
            })
        };
        self.tables()
            .filter(|(changed, _)| is_list(*changed))
            .flat_map(|(_, table)| self.rows(table))
            .map(|(_, symbol, more)| (symbol.section, symbol.value.wrapping_add(more)))
            .take(MOST_FIRST)
            .collect()
    }

    /// What a function calls of other objects, by name.
    fn calls_of(&self, (section, start): Function) -> Vec<&'a [u8]> {
        let end = self.next_function(section, start);
        self.tables()
            .filter(|(changed, _)| *changed == section)
            .flat_map(|(_, table)| self.rows(table))
            .filter(|(place, symbol, _)| (start..end).contains(place) && symbol.section == 0)
            .map(|(_, symbol, _)| symbol.name)
            .collect()
    }

    /// Where the next function of a section begins.
    fn next_function(&self, section: u64, start: u64) -> u64 {
        let tables = self.elf.sections.iter().filter(|s| s.header.sh_type == goblin::elf::section_header::SHT_SYMTAB);
        let mut end = u64::MAX;
        for table in tables.take(2) {
            let count = (table.header.sh_size / SYMBOL).min(MOST_ROWS);
            for i in 0..count {
                let Some(symbol) = symbol(self.fields, table.header.sh_offset.saturating_add(i * SYMBOL), 0) else {
                    break;
                };
                if symbol.is_function && symbol.section == section && symbol.value > start {
                    end = end.min(symbol.value);
                }
            }
        }
        end
    }
}

/// A symbol at a place; `names` is where its table of names begins.
fn symbol(fields: Fields<'_>, at: u64, names: u64) -> Option<Symbol<'_>> {
    let name = u64::from(fields.u32(at)?);
    Some(Symbol {
        name: fields.text(names.checked_add(name)?, 256).unwrap_or_default(),
        is_function: fields.u8(at.checked_add(4)?)? & 15 == 2,
        section: u64::from(fields.u16(at.checked_add(6)?)?),
        value: fields.u64(at.checked_add(8)?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{check, ids};

    /// An object with one function in its `.init_array`, which calls these; behind it stands another that calls the rest.
    fn object(first: &[&str], then: &[&str]) -> Vec<u8> {
        object_with_tables(first, then, 1)
    }

    /// The same, whose table of calls is listed so many times.
    fn object_with_tables(first: &[&str], then: &[&str], tables: u16) -> Vec<u8> {
        let names: Vec<&str> = ["", "begin", "later"].into_iter().chain(first.iter().chain(then).copied()).collect();
        let mut text = Vec::new();
        let places: Vec<u32> = names
            .iter()
            .map(|name| {
                let at = text.len() as u32;
                text.extend(name.as_bytes());
                text.push(0);
                at
            })
            .collect();
        let mut symbols = vec![0u8; 24];
        for (i, place) in places.iter().enumerate().skip(1) {
            let (info, section, value) = match i {
                1 => (2u8, 1u16, 0u64),
                2 => (2, 1, 0x40),
                _ => (0, 0, 0),
            };
            symbols.extend(place.to_le_bytes());
            symbols.extend([info, 0]);
            symbols.extend(section.to_le_bytes());
            symbols.extend(value.to_le_bytes());
            symbols.extend(8u64.to_le_bytes());
        }
        let row = |at: u64, symbol: u64| {
            [at, symbol << 32 | 4, 0].into_iter().flat_map(u64::to_le_bytes).collect::<Vec<u8>>()
        };
        let mut calls = Vec::new();
        for i in 0..first.len() + then.len() {
            let base = if i < first.len() { 0 } else { 0x40 };
            calls.extend(row(base + 4 * i as u64, 3 + i as u64));
        }
        let list = row(0, 1);
        let section_names = b"\0.text\0.init_array\0.rela\0";
        let parts: [(u32, u32, u32, u32, Vec<u8>); 7] = [
            (1, 1, 0, 0, vec![0x90; 0x80]),
            (7, 14, 0, 0, vec![0; 8]),
            (19, 4, 5, 2, list),
            (19, 4, 5, 1, calls),
            (0, 2, 6, 1, symbols),
            (0, 3, 0, 0, text),
            (0, 3, 0, 0, section_names.to_vec()),
        ];
        let mut bytes = vec![0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        bytes.extend(1u16.to_le_bytes());
        bytes.extend(62u16.to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        bytes.extend([0; 16]);
        let table_at = 64 + parts.iter().map(|p| p.4.len() as u64).sum::<u64>();
        bytes.extend(table_at.to_le_bytes());
        bytes.extend(0u32.to_le_bytes());
        for number in [64u16, 0, 0, 64, 7 + tables, 7] {
            bytes.extend(number.to_le_bytes());
        }
        let mut headers = vec![0u8; 64];
        let mut again = Vec::new();
        for (i, (name, kind, link, info, content)) in parts.iter().enumerate() {
            let before = headers.len();
            headers.extend(name.to_le_bytes());
            headers.extend(kind.to_le_bytes());
            headers.extend([0; 16]);
            headers.extend((bytes.len() as u64).to_le_bytes());
            headers.extend((content.len() as u64).to_le_bytes());
            headers.extend(link.to_le_bytes());
            headers.extend(info.to_le_bytes());
            headers.extend([0; 16]);
            if i == 3 {
                again = headers[before..].to_vec();
            }
            bytes.extend(content);
        }
        bytes.extend(headers);
        for _ in 1..tables {
            bytes.extend(&again);
        }
        bytes
    }

    #[test]
    fn what_runs_before_main_is_told_by_what_it_calls() {
        let told =
            |first: &[&str], then: &[&str]| check(&ObjectStarts, FileKind::Elf, "x.o", &object(first, then)).findings;
        let both = told(&["fork", "connect", "execl"], &[]);
        assert_eq!(both.first().map(|f| f.severity), Some(Severity::Critical));
        let one = check(&ObjectStarts, FileKind::Elf, "x.o", &object(&["popen"], &[]));
        assert_eq!(ids(&one), ["elf-object-constructor-acts"]);
        assert!(told(&["malloc", "pthread_mutex_init"], &["connect", "system"]).is_empty());
    }

    #[test]
    fn tables_that_lie_over_one_another_are_a_gap_once_their_rows_are_too_many() {
        let names: Vec<String> = (0..300).map(|i| format!("call{i}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let few = check(&ObjectStarts, FileKind::Elf, "x.o", &object_with_tables(&names, &[], 100));
        assert!(few.gaps.is_empty(), "{:?}", few.gaps);
        let many = check(&ObjectStarts, FileKind::Elf, "x.o", &object_with_tables(&names, &[], 1000));
        assert_eq!(many.gaps.first().map(|gap| gap.reason), Some(GapReason::Limit));
    }
}
