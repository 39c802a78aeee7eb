//! Programs packed by `PyInstaller`: an archive behind the bootloader, in a section of it (`pydata`), or a file of its own
//! (`.pkg`).
//!
//! The archive ends with a big-endian cookie: 8 bytes of magic, length of the whole archive up to the cookie's end, place
//! and length of its table, version of Python (27, 36, 310), and from 2.1 on 64 bytes with the name of Python's library.
//! A row of the table: its length, place, packed and unpacked length (4 bytes each), whether it is packed with zlib, a
//! letter for its type, its name and zeros. Scripts and modules are marshalled code without the header of a `.pyc`,
//! which is put before them; modules of the program stand in an archive inside, [`pyz`]. Facts are from `PyInstaller`'s
//! documentation ("Advanced topics: the archives") and from archives that it made.

mod pyz;
#[cfg(test)]
mod tests;

use flate2::read::ZlibDecoder;

use super::entry_name::{self, Names, shown};
use super::pyc::Python;
use super::tally::Tallies;
use super::{Entries, Input, Produced, Wrapper};
use crate::limits::Budget;
use crate::model::{ByteView, Capability, Component, Fact, FactKind, FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

const MAGIC: &[u8] = b"MEI\x0c\x0b\x0a\x0b\x0e";
/// Length of a cookie, newest first.
const COOKIES: [u64; 2] = [88, 24];
/// Where the cookie of a file that is an archive and nothing else is looked for, from its end.
const TAIL: usize = 4096;
/// Bytes of a row before its name.
const ROW: u64 = 18;

/// Opens them.
pub(super) struct PyInstaller;

impl Wrapper for PyInstaller {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Elf, FileKind::Pe, FileKind::MachO, FileKind::MachOFat, FileKind::Data]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let Some(archive) = places(input).into_iter().rev().find_map(|at| Archive::at(input.view, at)) else {
            return Ok(());
        };
        out.wrapped("PyInstaller", archive.cookie);
        archive.open(input.view, out)
    }
}

/// Where cookies may begin, in order.
fn places(input: &Input<'_, '_>) -> Vec<u64> {
    if input.kind == FileKind::Data {
        let from = input.view.len().saturating_sub(TAIL);
        let tail = input.view.get(from..).unwrap_or_default();
        return memchr::memmem::find_iter(tail, MAGIC).map(|at| (from + at) as u64).collect();
    }
    input.file.markers().of(Marker::PyInstaller).map(|at| at as u64).collect()
}

/// An archive whose cookie makes sense.
struct Archive {
    start: u64,
    cookie: u64,
    cookie_len: u64,
    table: u64,
    table_len: u64,
    python: Option<Python>,
}

/// A row of the table.
struct Row<'a> {
    name: &'a [u8],
    kind: u8,
    /// Place in the file.
    start: u64,
    packed: u64,
    unpacked: u64,
    is_packed: bool,
}

impl Archive {
    /// The archive whose cookie begins at `at`. Which of the two cookies it is, the table's place says.
    fn at(bytes: &[u8], at: u64) -> Option<Self> {
        let fields = Fields::new(bytes, false);
        COOKIES.iter().find_map(|len| {
            fields.range(at, *len)?;
            let word = |i| fields.u32(at + i).map(u64::from);
            let (archive, table, table_len, python) = (word(8)?, word(12)?, word(16)?, word(20)?);
            let start = at.checked_add(*len)?.checked_sub(archive)?;
            let fits = archive > *len && table.checked_add(table_len)? <= archive - *len && table_len >= ROW;
            let table = start.checked_add(table)?;
            let first = u64::from(fields.u32(table)?);
            (fits && (ROW..=table_len).contains(&first)).then(|| Self {
                start,
                cookie: at,
                cookie_len: *len,
                table,
                table_len,
                python: python_of(python),
            })
        })
    }

    fn open(&self, view: &ByteView, out: &mut Entries<'_>) -> Result<(), Gap> {
        if let Some(python) = self.python {
            let version = python.to_string();
            out.facts.push(Fact {
                kind: FactKind::Component(Box::new(Component {
                    purl: None,
                    name: "CPython".to_owned(),
                    version: version.rsplit(' ').next().map(str::to_owned),
                    source: "pyinstaller".into(),
                })),
                offset: self.cookie,
                count: 1,
            });
        }
        let (rows, broken) = self.rows(view);
        let mut names = Names::new();
        let mut tallies = Tallies::default();
        let key = rows.iter().find(|r| r.name == b"pyimod00_crypto_key").and_then(|row| self.key(view, row, out));
        for row in &rows {
            if row.kind != b'o' {
                names.check(row.name, false, &entry_name::PATH_ABSOLUTE, row.start, &mut tallies);
                names.add(row.name, row.start);
            }
            self.emit(row, view, key.as_deref(), out)?;
        }
        tallies.into_findings(&mut out.findings);
        for (start, len) in [(self.table, self.table_len), (self.cookie, self.cookie_len)] {
            let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(start + len)) else { continue };
            out.account(start..end);
        }
        broken.map_or(Ok(()), Err)
    }

    /// The rows of the table, and why there are not more.
    fn rows<'a>(&self, bytes: &'a [u8]) -> (Vec<Row<'a>>, Option<Gap>) {
        let fields = Fields::new(bytes, false);
        let (mut rows, mut at) = (Vec::new(), self.table);
        let end = self.table + self.table_len;
        while at < end {
            let word = |i| fields.u32(at + i).map(u64::from);
            let (Some(len), Some(place), Some(packed), Some(unpacked)) = (word(0), word(4), word(8), word(12)) else {
                break;
            };
            let (Some(flag), Some(kind)) = (fields.u8(at + 16), fields.u8(at + 17)) else { break };
            if len < ROW || at + len > end {
                break;
            }
            let name = fields.text(at + ROW, len - ROW).unwrap_or_default();
            let start = self.start + place;
            rows.push(Row { name, kind, start, packed, unpacked, is_packed: flag != 0 });
            at += len;
        }
        let gap = (at != end).then(|| {
            Gap::malformed(format!("row {} of the table, {} bytes before its end, is broken", rows.len(), end - at))
        });
        (rows, gap)
    }

    fn emit(&self, row: &Row<'_>, view: &ByteView, key: Option<&[u8]>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let name = shown(row.name);
        match row.kind {
            b'o' => {
                let option = format!("PyInstaller option: {name}");
                out.facts.push(Fact::has(Capability::Native, option, row.start));
                return Ok(());
            }
            // Content that another program of a family of programs has.
            b'd' => {
                let gap = Gap::new(GapReason::Unsupported, "stands in the archive of another file");
                out.gaps.push(gap.at(name));
                return Ok(());
            }
            // A link: its content is where it points.
            b'n' => return Ok(()),
            _ => {}
        }
        let range =
            || Some(usize::try_from(row.start).ok()?..usize::try_from(row.start.checked_add(row.packed)?).ok()?);
        let Some((range, data)) = range().and_then(|r| Some((r.clone(), view.slice(r)?))) else {
            let detail = format!("its {} bytes at {} are not there", row.packed, row.start);
            out.gaps.push(Gap::malformed(detail).at(name));
            return Ok(());
        };
        if range.end as u64 > self.cookie {
            let detail = format!("its {} bytes at {} reach behind the archive", row.packed, row.start);
            out.gaps.push(Gap::malformed(detail).at(name.clone()));
        }
        out.account(range);
        if row.kind == b'z' {
            return pyz::open(&name, &self.content(row, &data, out)?, self.python, key, out);
        }
        if !matches!(row.kind, b's' | b'm' | b'M') {
            if !row.is_packed {
                return out.member("pyinstaller", &name, data);
            }
            let unpacked = row.unpacked;
            return out
                .deferred("pyinstaller", &name, move |budget| inflate(&data, Vec::new(), Some(unpacked), budget));
        }
        if row.kind == b's' && is_rth(row.name) {
            let hook = format!("PyInstaller run-time hook: {name}");
            out.facts.push(Fact::has(Capability::Hooks, hook, row.start));
        }
        let name = if row.kind == b'M' { format!("{name}/__init__") } else { name };
        let head = peek(&data, row.is_packed);
        // Before 5.3 modules had their header; the oldest archives hold scripts as source.
        let (ending, header) = match head {
            [_, _, b'\r', b'\n'] => (".pyc", Vec::new()),
            [b'c' | 0xe3, ..] => (".pyc", self.header(&name, out)),
            _ => (".py", Vec::new()),
        };
        let name = format!("{name}{ending}");
        let unpacked = row.unpacked;
        if row.is_packed {
            return out.deferred("pyinstaller", &name, move |budget| inflate(&data, header, Some(unpacked), budget));
        }
        out.deferred("pyinstaller", &name, move |budget| join(&data, &header, budget))
    }

    /// The header that this program's `.pyc` files have.
    fn header(&self, name: &str, out: &mut Entries<'_>) -> Vec<u8> {
        if let Some(header) = self.python.and_then(Python::header) {
            return header;
        }
        let gap = Gap::new(GapReason::Unsupported, "marshalled code of a Python that is not known");
        out.gaps.push(gap.at(name));
        Vec::new()
    }

    /// A row's content, now.
    fn content(&self, row: &Row<'_>, data: &ByteView, out: &mut Entries<'_>) -> Result<ByteView, Gap> {
        if !row.is_packed {
            return Ok(data.clone());
        }
        let produced = inflate(data, Vec::new(), Some(row.unpacked), out.budget());
        out.gaps.extend(produced.gap.map(|g| g.at(shown(row.name))));
        Ok(produced.view)
    }

    /// The key of encrypted modules (before 6.0): the one text of sixteen characters in the module that holds it.
    fn key(&self, view: &ByteView, row: &Row<'_>, out: &mut Entries<'_>) -> Option<Vec<u8>> {
        let start = usize::try_from(row.start).ok()?;
        let data = view.slice(start..start.checked_add(usize::try_from(row.packed).ok()?)?)?;
        let content = self.content(row, &data, out).ok()?;
        pyz::key_in(&content, self.python)
    }
}

fn is_rth(name: &[u8]) -> bool {
    name.starts_with(b"pyi_rth") || name.starts_with(b"pyi-rth")
}

/// The version that the cookie gives: 27, 36, 310.
fn python_of(number: u64) -> Option<Python> {
    let (major, minor) = if number >= 100 { (number / 100, number % 100) } else { (number / 10, number % 10) };
    let minor = u8::try_from(minor).ok()?;
    match major {
        2 => Some(Python::Two(minor)),
        3 => Some(Python::Three(minor)),
        _ => None,
    }
}

/// The first four bytes of what may be packed.
fn peek(data: &[u8], is_packed: bool) -> [u8; 4] {
    let mut head = [0; 4];
    if is_packed {
        // Whatever is wrong with it shows when all of it is unpacked.
        let _ = std::io::Read::read_exact(&mut ZlibDecoder::new(data), &mut head);
    } else if let Some(first) = data.first_chunk() {
        head = *first;
    }
    head
}

/// Unpacks zlib data behind `header`; `promised` is the length that it should have.
fn inflate(data: &[u8], header: Vec<u8>, promised: Option<u64>, budget: &Budget) -> Produced {
    let mut meter = budget.meter();
    let head = header.len() as u64;
    let state = meter.fill(&mut header.as_slice()).and_then(|()| meter.fill(&mut ZlibDecoder::new(data)));
    let got = (meter.bytes().len() as u64).saturating_sub(head);
    let gap = state.err().or_else(|| {
        let promised = promised.filter(|p| *p != got)?;
        Some(Gap::malformed(format!("unpacks to {got} bytes, its row promises {promised}")))
    });
    if got == 0 && gap.is_some() {
        return Produced { view: ByteView::from_vec(Vec::new()), gap, findings: Vec::new() };
    }
    Produced { view: meter.finish(), gap, findings: Vec::new() }
}

/// Puts a header before data.
fn join(data: &[u8], header: &[u8], budget: &Budget) -> Produced {
    let mut meter = budget.meter();
    let state = meter.fill(&mut &*header).and_then(|()| meter.fill(&mut &*data));
    Produced { view: meter.finish(), gap: state.err(), findings: Vec::new() }
}
