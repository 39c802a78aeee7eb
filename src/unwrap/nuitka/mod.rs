//! Programs compiled by Nuitka: Python turned into C and that into machine code. What is left of the source is the blob
//! of constants, [`constants`]: names of all modules, of functions and attributes, and every text; and the modules of the
//! standard library that were put in as bytecode. A one-file program carries its files behind itself, [`onefile`].
//!
//! The logic of compiled modules is machine code, which is a gap. Facts about the formats are from programs that Nuitka
//! made.

mod constants;
mod onefile;
#[cfg(test)]
mod tests;

use memchr::memmem;

use super::entry_name::shown;
use super::pyc::Python;
use super::{Entries, Input, Produced, Wrapper};
use crate::limits::Budget;
use crate::model::{ByteView, Component, Fact, FactKind, FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;
use crate::parse::marshal;
use constants::Dialect;

/// Opens them.
pub(super) struct Nuitka;

impl Wrapper for Nuitka {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        onefile::open(input, out)?;
        let fields = Fields::new(input.view, true);
        let marks = input.file.markers();
        let Some(blob) = marks.of(Marker::Nuitka).find_map(|at| blob(&fields, at as u64)) else { return Ok(()) };
        let at = blob.start;
        out.wrapped("Nuitka", at);
        let python = python_of(input);
        if let Some(python) = python {
            out.facts.push(Fact {
                kind: FactKind::Component(Box::new(Component {
                    purl: None,
                    name: "CPython".to_owned(),
                    version: python.to_string().rsplit(' ').next().map(str::to_owned),
                    source: "nuitka".into(),
                })),
                offset: at,
                count: 1,
            });
        }
        open(input, out, &blob, python)
    }
}

/// A blob whose first entry, `.bytecode`, begins at `at`, and where it ends. Up to 2.x the CRC-32 and the size of what
/// follows stand before it; later there is nothing, and each entry ends with a full stop.
fn blob(fields: &Fields<'_>, at: u64) -> Option<Blob> {
    let summed = || {
        let head = at.checked_sub(8)?;
        let (sum, size) = (fields.u32(head)?, u64::from(fields.u32(head + 4)?));
        let blob = fields.range(at, size).filter(|_| size > 10)?;
        let mut crc = flate2::Crc::new();
        crc.update(blob);
        (crc.sum() == sum).then_some(Blob { start: at, end: at + size, whole: true })
    };
    let open = || {
        let name = b".bytecode\0".len() as u64;
        let content = fields.range(at + name + 4, u64::from(fields.u32(at + name)?))?;
        let proven = content.last() == Some(&b'.') && constants::blobs(content).is_some();
        proven.then_some(Blob { start: at, end: fields.len(), whole: false })
    };
    summed().or_else(open)
}

/// Where the constants lie.
struct Blob {
    start: u64,
    end: u64,
    /// Whether its end is known, so that an entry that does not fit is a fault.
    whole: bool,
}

/// Longest name of a module.
const NAME: u64 = 512;

fn open(input: &Input<'_, '_>, out: &mut Entries<'_>, blob: &Blob, python: Option<Python>) -> Result<(), Gap> {
    let fields = Fields::new(input.view, true);
    let end = blob.end;
    let (mut at, mut modules, mut dialect) = (blob.start, 0u64, None);
    while at < end {
        // Name, zero byte, size, content.
        let name = fields.text(at, NAME.min(end - at)).unwrap_or_default();
        let head = at + name.len() as u64 + 1;
        let len = fields.u32(head).map(u64::from);
        let fits = |len: &u64| {
            let last = (head + 3).saturating_add(*len);
            last < end && (blob.whole || *len > 2 && fields.u8(last) == Some(b'.'))
        };
        let Some(len) = len.filter(fits).filter(|_| fields.u8(head - 1) == Some(0)) else {
            if !blob.whole {
                break;
            }
            let detail = format!("entry of the constants blob at byte {at} reaches behind the blob");
            out.gaps.push(Gap::malformed(detail));
            break;
        };
        let content = head + 4;
        at = content + len;
        let range = || Some(usize::try_from(content).ok()?..usize::try_from(content + len).ok()?);
        let Some((range, view)) = range().and_then(|r| Some((r.clone(), input.view.slice(r)?))) else { break };
        if name == b".bytecode" {
            bytecode(&view, python, out)?;
            out.account(range);
            continue;
        }
        // How numbers are written changed; one entry tells it for all.
        let dialect = *dialect.get_or_insert_with(|| constants::dialect(&view));
        let name = shown(name);
        let path = if name.is_empty() { "constants".to_owned() } else { name.replace('.', "/") };
        modules += 1;
        out.deferred("nuitka", &format!("{path}.py"), move |budget| listing(&view, &name, dialect, budget))?;
        out.account(range);
    }
    let detail = format!(
        "compiled to native code: constants and names of {modules} modules were read, their logic only as machine code"
    );
    out.gaps.push(Gap::new(GapReason::Unsupported, detail));
    Ok(())
}

/// The constants of one module.
fn listing(content: &[u8], name: &str, dialect: Option<Dialect>, budget: &Budget) -> Produced {
    let mut meter = budget.meter();
    let gap = constants::list(content, name, dialect, &mut meter);
    Produced { view: meter.finish(), gap, findings: Vec::new() }
}

/// Modules that are carried as marshalled code: their number, then for each a tag, its length and its bytes.
fn bytecode(view: &ByteView, python: Option<Python>, out: &mut Entries<'_>) -> Result<(), Gap> {
    let Some(ranges) = constants::blobs(view) else {
        out.gaps.push(Gap::malformed("the list of bytecode modules is broken").at(".bytecode"));
        return out.member("nuitka", ".bytecode", view.clone());
    };
    let header = python.and_then(Python::header);
    if header.is_none() && !ranges.is_empty() {
        let detail = format!("{} modules of bytecode, of a version of Python that is not told", ranges.len());
        out.gaps.push(Gap::new(GapReason::Unsupported, detail).at(".bytecode"));
    }
    for (index, range) in ranges.into_iter().enumerate() {
        let Some(data) = view.slice(range) else { continue };
        let path = python.and_then(|p| {
            let code = marshal::read(&data, p.layout());
            let file = code.text(code.codes.first()?.file)?;
            (code.broken.is_none() && !file.is_empty()).then(|| shown(file))
        });
        let path = path.unwrap_or_else(|| format!("module {index}.py"));
        let path = path.strip_suffix(".py").unwrap_or(&path).trim_start_matches(['/', '\\']).to_owned();
        let header = header.clone().unwrap_or_default();
        out.deferred("nuitka", &format!(".bytecode/{path}.pyc"), move |budget| {
            let mut meter = budget.meter();
            let state = meter.fill(&mut header.as_slice()).and_then(|()| meter.fill(&mut &*data));
            Produced { view: meter.finish(), gap: state.err(), findings: Vec::new() }
        })?;
    }
    Ok(())
}

/// The version of Python that the program is linked against or speaks of: `libpython3.11.so`, `python311.dll`.
fn python_of(input: &Input<'_, '_>) -> Option<Python> {
    let libraries = input.file.images().iter().flat_map(|i| i.libraries.iter());
    if let Some(python) = libraries.filter_map(|l| mentioned(l)).next() {
        return Some(python);
    }
    input.view.places_of(b"python3").take(256).find_map(|at| mentioned(input.view.get(at..at + 11)?))
}

/// `python3.11` or `python311` in a text, the dot told from a mere `python3`.
pub(super) fn mentioned(text: &[u8]) -> Option<Python> {
    let lower = text.to_ascii_lowercase();
    let at = memmem::find(&lower, b"python3")?;
    let rest = lower.get(at + 7..)?;
    let rest = rest.strip_prefix(b".").unwrap_or(rest);
    let digits = rest.iter().take(2).take_while(|b| b.is_ascii_digit());
    let minor = digits.fold(0u8, |n, b| n * 10 + (b - b'0'));
    (3..=30).contains(&minor).then_some(Python::Three(minor))
}
