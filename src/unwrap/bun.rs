//! Bun single-file executables (`bun build --compile`): the modules, assets, bytecode and original sources in them.
//!
//! Everything is a slice of the executable except what is compressed (original sources) or stored as UTF-16, which is
//! decoded by the thread that looks at it. Whatever no record names is looked at too, as plain bytes, so that the
//! payload as a whole is accounted for. Bytecode (`NAME.jsc`) has no reader here: its strings are scanned; Bun always
//! stores the source beside it. In some versions all bytecode pointers run to one common end, so that their lengths add
//! up to a thousand times the file: what overlaps is emitted once.
//!
//! Layout: <https://github.com/oven-sh/bun>, `StandaloneModuleGraph`; checked against executables of Bun 1.1 to 1.4.

#[cfg(test)]
mod calibrate;
mod find;
mod sources;
mod table;
#[cfg(test)]
mod tests;
mod wide;

use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::ops::Range;

use self::find::Payload;
use self::sources::Sources;
use self::table::{Encoding, Module, Pointer};
use self::wide::Text;
use super::entry_name::shown;
use super::tally::Tallies;
use super::{Entries, Input, Produced, Wrapper};
use crate::model::{ByteView, Capability, Component, Fact, FactKind, FileKind, Gap, GapReason, Rule};
use crate::parse::fields::Fields;
use crate::rule;

rule! {
    /// The module table of a Bun executable says what Bun's own packer never writes: modules whose contents overlap or
    /// lie outside of the payload, two modules of one name, a module without a name, a wrong length, several payloads of
    /// which the runtime sees one. Such a table was made or changed by hand, so that the program that runs is not the one
    /// that a tool shows. Everything that can be reached is examined nevertheless.
    pub(super) CONTRADICTION = "bun-table-contradiction" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "The module table of a Bun executable contradicts itself",
    reference: "https://bun.com/docs/bundler/executables",
}

/// The rules of this file.
pub(super) const RULES: &[&Rule] = &[&CONTRADICTION];

/// Switches in the offsets whose meaning is known.
const KNOWN_FLAGS: u32 = 0x7ff;
/// Longest argument that is told, and most of them.
const ARGUMENT_MAX: usize = 200;
const ARGUMENTS: usize = 64;
/// More is no list of arguments and is looked at as bytes that no record names.
const ARGV_MAX: u64 = 4096;
/// What no record names becomes a child of its own from this length on; what is shorter goes together into one.
const NOTABLE: u64 = 64 << 10;

/// Most gaps that are told one by one.
const GAPS: usize = 128;

/// Opens them.
pub(super) struct Bun;

impl Wrapper for Bun {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let found = find::payloads(input.file);
        out.gaps.extend(found.gap);
        if let Some(first) = found.payloads.first() {
            out.facts.push(component(input.view, first));
        }
        let mut tallies = Tallies::default();
        // A fat Mach-O file has one for each architecture.
        if found.payloads.len() > input.file.images().len().max(1)
            && let Some(extra) = found.payloads.last()
        {
            tallies.hit(&CONTRADICTION, extra.start, extra.end - extra.start, || {
                format!("one of {} payloads", found.payloads.len())
            });
        }
        let mut result = Ok(());
        for (i, payload) in found.payloads.iter().enumerate() {
            out.wrapped("Bun", payload.whole_start);
            let prefix = if i == 0 { String::new() } else { format!("payload-{}/", i + 1) };
            let Some(opened) = Opened::new(input.view, payload, prefix, &mut tallies) else { continue };
            result = opened.emit(out);
            if result.is_err() {
                break;
            }
        }
        tallies.into_findings(&mut out.findings);
        if let Some(more) = out.gaps.len().checked_sub(GAPS).filter(|more| *more > 0) {
            out.gaps.truncate(GAPS);
            out.gaps.push(Gap::malformed(format!("{more} more modules or source maps could not be opened")));
        }
        result
    }
}

/// Bun itself, with its version, which the runtime tells outside of the payload.
fn component(bytes: &[u8], payload: &Payload) -> Fact {
    const MARK: &[u8] = b"bun-v";
    let places = [0..payload.whole_start, payload.whole_end..bytes.len() as u64];
    let version = places.into_iter().find_map(|place| {
        let part = bytes.get(usize::try_from(place.start).ok()?..usize::try_from(place.end).ok()?)?;
        memchr::memmem::find_iter(part, MARK).take(64).find_map(|at| {
            let text = part.get(at.checked_add(MARK.len())?..)?;
            let len = text.iter().take(16).take_while(|b| b.is_ascii_digit() || **b == b'.').count();
            let version = std::str::from_utf8(text.get(..len)?).ok()?;
            let numbers = version.split('.').filter(|n| !n.is_empty()).count();
            (numbers == 3 && version.split('.').count() == 3).then(|| (version.to_owned(), place.start + at as u64))
        })
    });
    let offset = version.as_ref().map_or(payload.whole_start, |(_, at)| *at);
    let version = version.map(|(version, _)| version);
    let component = Component { purl: None, name: "bun".to_owned(), version, source: "bun".into() };
    Fact { kind: FactKind::Component(Box::new(component)), offset, count: 1 }
}

/// A payload while it is being opened.
struct Opened<'a, 't> {
    payload: &'a Payload,
    /// The whole file.
    file: &'a ByteView,
    data: Fields<'a>,
    /// Before every name.
    prefix: String,
    /// Parts of the data that were read here or that children account for.
    claimed: Vec<Range<u64>>,
    tallies: &'t mut Tallies,
}

impl<'a, 't> Opened<'a, 't> {
    fn new(file: &'a ByteView, payload: &'a Payload, prefix: String, tallies: &'t mut Tallies) -> Option<Self> {
        let data = file.get(usize::try_from(payload.start).ok()?..usize::try_from(payload.end).ok()?)?;
        let data = Fields::new(data, true);
        Some(Self { payload, file, data, prefix, claimed: Vec::new(), tallies })
    }

    fn contradiction(&mut self, place: Pointer, note: impl FnOnce() -> String) {
        self.tallies.hit(&CONTRADICTION, self.payload.start.saturating_add(place.at), place.len, note);
    }

    /// A range of the data as one of the file.
    fn in_file(&self, part: &Range<u64>) -> Option<Range<usize>> {
        let start = usize::try_from(self.payload.start.checked_add(part.start)?).ok()?;
        Some(start..usize::try_from(self.payload.start.checked_add(part.end)?).ok()?)
    }

    fn emit(mut self, out: &mut Entries<'_>) -> Result<(), Gap> {
        let (payload, data) = (self.payload, self.data);
        let rows = data.inner(data.range(payload.table.at, payload.table.len).unwrap_or_default());
        let (all, most) = (rows.len() / payload.record, out.budget().limits().entries);
        let count = all.min(most);
        if all > most {
            let detail =
                format!("more than {most} entries in one root: {} of {all} modules were not opened", all - most);
            out.gaps.push(Gap::new(GapReason::Limit, detail));
        }
        let modules = || (0..count).filter_map(|i| table::module(&data, &rows, payload.record, i));
        self.claim(payload.table);
        if payload.argv.len <= ARGV_MAX {
            self.claim(payload.argv);
        }
        if let Some(other) = payload.other_count {
            let note = || format!("the data has {} bytes, its length says {other}", data.len());
            self.contradiction(Pointer { at: data.len(), len: 8 }, note);
        }
        self.facts(modules(), out);
        self.contents(modules(), out)?;
        self.bytecode(modules(), out)?;
        self.sources(modules(), out)?;
        self.rest(out)?;
        if let Some(data) = self.in_file(&(0..data.len())) {
            let start = usize::try_from(payload.whole_start).unwrap_or(data.start);
            out.account(start..usize::try_from(payload.whole_end).unwrap_or(data.end));
        }
        Ok(())
    }

    fn claim(&mut self, part: Pointer) {
        self.claimed.push(part.at..part.at.saturating_add(part.len));
    }

    /// What the head of the payload says.
    fn facts(&mut self, mut modules: impl Iterator<Item = Module<'a>>, out: &mut Entries<'_>) {
        let head = self.payload.end;
        let mut fact = |value: String, at: u64| out.facts.push(Fact::has(Capability::Native, value, at));
        let argv = self.data.range(self.payload.argv.at, self.payload.argv.len).unwrap_or_default();
        let arguments = argv.split(|b| b.is_ascii_whitespace() || *b == 0).filter(|a| !a.is_empty());
        for argument in arguments.take(ARGUMENTS) {
            let text = shown(argument.get(..ARGUMENT_MAX).unwrap_or(argument));
            fact(format!("bun exec-argv {text}"), self.payload.start.saturating_add(self.payload.argv.at));
        }
        let unknown = self.payload.flags & !KNOWN_FLAGS;
        if unknown != 0 {
            fact(format!("bun: switches of unknown meaning {unknown:#x}"), head);
        }
        if let Some(entry) = modules.nth(usize::try_from(self.payload.entry).unwrap_or(usize::MAX)) {
            fact(format!("bun: starts {}", shown(table::plain_name(entry.name))), head);
        }
        let remainder = self.payload.table.len % self.payload.record;
        if remainder != 0 {
            let note = || format!("{remainder} bytes follow the last module's record");
            self.contradiction(self.payload.table, note);
        }
    }

    /// Emits every module's contents.
    fn contents(&mut self, modules: impl Iterator<Item = Module<'a>>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let mut names = HashSet::new();
        let mut places: HashMap<(Pointer, u8), u64> = HashMap::new();
        let mut ranges: Vec<Pointer> = Vec::new();
        let mut room = self.data.len().saturating_mul(4).saturating_add(1 << 20);
        let mut refused = 0u64;
        for (i, module) in modules.enumerate() {
            let contents = module.contents;
            if !module.name.is_empty() {
                self.claim(module.name_at);
                self.claim(module.origin);
            }
            let name = self.name(&module, i);
            if module.name.is_empty() {
                self.contradiction(module.name_at, || format!("module {i} has no usable name"));
            } else if !names.insert(module.name) {
                self.contradiction(module.name_at, || format!("two modules are called {name}"));
            }
            if contents.len == 0 {
                out.member("bun", &name, ByteView::from_vec(Vec::new()))?;
                continue;
            }
            // The same bytes under many names are looked at under the first few.
            let twins = places.entry((contents, module.loader)).or_insert(0);
            *twins += 1;
            if *twins > 4 {
                self.contradiction(contents, || format!("{name} and others are the same bytes"));
                continue;
            }
            let range = contents.at..contents.at + contents.len;
            let inside = range.end <= self.data.len();
            let view = self.in_file(&range).and_then(|r| self.file.slice(r));
            if !inside {
                self.contradiction(contents, || format!("{name} lies outside of the payload"));
            }
            let Some(view) = view else {
                let detail = format!("{} bytes at {} of the payload are not there", contents.len, contents.at);
                out.gaps.push(Gap::malformed(detail).at(name));
                continue;
            };
            let Some(left) = room.checked_sub(contents.len) else {
                refused += 1;
                continue;
            };
            room = left;
            if inside && *twins == 1 {
                ranges.push(contents);
            }
            emit_module(&module, &name, view, out)?;
            if inside {
                self.claim(contents);
                if let Some(range) = self.in_file(&range) {
                    out.account(range);
                }
            }
        }
        if refused > 0 {
            let detail = format!("modules overlap so much that {refused} of them were not opened");
            out.gaps.push(Gap::new(GapReason::Limit, detail));
        }
        self.check_overlaps(ranges);
        Ok(())
    }

    /// A module's name for people; a script has the ending of one.
    fn name(&self, module: &Module<'_>, i: usize) -> String {
        let mut name = format!("{}{}", self.prefix, shown(table::plain_name(module.name)));
        if name.len() == self.prefix.len() {
            name.push_str(&format!("module-{i}"));
        }
        let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let is_script = matches!(&*ending, "js" | "mjs" | "cjs" | "jsx" | "ts" | "tsx" | "mts" | "cts");
        match table::script_ending(module.loader) {
            Some(ending) if !is_script => name.push_str(ending),
            // Programs compress their assets under the old name.
            None if ending != "zst" && self.starts_with(module.contents, b"\x28\xb5\x2f\xfd") => name.push_str(".zst"),
            _ => {}
        }
        name
    }

    fn starts_with(&self, part: Pointer, start: &[u8]) -> bool {
        part.len >= start.len() as u64 && self.data.range(part.at, start.len() as u64) == Some(start)
    }

    /// Contents lie one behind the other; bytes of two modules are the work of somebody else.
    fn check_overlaps(&mut self, mut ranges: Vec<Pointer>) {
        ranges.sort_unstable();
        ranges.dedup();
        let mut end = 0;
        for range in ranges {
            if range.at < end {
                self.contradiction(range, || "the contents of two modules overlap".to_owned());
            }
            end = end.max(range.at.saturating_add(range.len));
        }
    }

    /// Emits the bytecode: what overlaps only once.
    fn bytecode(&mut self, modules: impl Iterator<Item = Module<'a>>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let mut parts: Vec<(Pointer, String)> = Vec::new();
        for (i, module) in modules.enumerate().filter(|(_, m)| m.bytecode.len > 0) {
            let name = self.name(&module, i);
            if module.bytecode.at.saturating_add(module.bytecode.len) > self.data.len() {
                let Pointer { at, len } = module.bytecode;
                out.gaps
                    .push(Gap::malformed(format!("its bytecode at {at}+{len} lies outside of the payload")).at(name));
            } else {
                parts.push((module.bytecode, name));
            }
        }
        parts.sort_by_key(|(part, _)| *part);
        let mut groups: Vec<(Range<u64>, String, u64)> = Vec::new();
        for (part, name) in parts {
            let end = part.at + part.len;
            match groups.last_mut() {
                Some((group, _, members)) if part.at < group.end => {
                    group.end = group.end.max(end);
                    *members += 1;
                }
                _ => groups.push((part.at..end, name, 1)),
            }
        }
        for (range, first, members) in groups {
            let name = match members {
                1 => format!("{first}.jsc"),
                _ => format!("{}bytecode-{:x}.jsc", self.prefix, range.start),
            };
            if let Some(place) = self.in_file(&range) {
                out.part("bun", &name, self.file, place)?;
                self.claimed.push(range);
            }
        }
        Ok(())
    }

    /// Emits the original sources.
    fn sources(&mut self, modules: impl Iterator<Item = Module<'a>>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let Some(view) = self.in_file(&(0..self.data.len())).and_then(|r| self.file.slice(r)) else { return Ok(()) };
        let mut sources = Sources::new(self.data, &view);
        let mut result = Ok(());
        for (i, module) in modules.enumerate().filter(|(_, m)| m.source_map.len > 0) {
            result = sources.emit(module.source_map, &self.name(&module, i), &self.prefix, out);
            if result.is_err() {
                break;
            }
        }
        if sources.count > 0 {
            let value = format!("bun: {} original sources recovered", sources.count);
            out.facts.push(Fact::has(Capability::Native, value, self.payload.whole_start));
        }
        let claimed = std::mem::take(&mut sources.claimed);
        for range in claimed {
            if let Some(place) = self.in_file(&range) {
                out.account(place);
            }
            self.claimed.push(range);
        }
        result
    }

    /// Emits what no record names: tables that all modules share, mappings, padding that is none.
    fn rest(&mut self, out: &mut Entries<'_>) -> Result<(), Gap> {
        self.claimed.sort_unstable_by_key(|r| r.start);
        let claimed = std::mem::take(&mut self.claimed);
        let mut small: Vec<Range<usize>> = Vec::new();
        let (mut at, mut unnamed) = (0u64, 0u64);
        let end = self.data.len();
        for range in claimed.into_iter().chain(std::iter::once(end..end)) {
            let gap = at..range.start.min(end);
            at = at.max(range.end);
            let Some(place) = self.in_file(&gap).filter(|p| p.start < p.end) else { continue };
            let bytes = self.file.get(place.clone()).unwrap_or_default();
            let Some(first) = bytes.iter().position(|b| *b != 0) else { continue };
            let place = place.start + first..place.end;
            unnamed += place.len() as u64;
            if (place.len() as u64) < NOTABLE {
                small.push(place);
            } else if let Some(view) = self.file.slice(place.clone()) {
                let name = format!("{}unnamed-{:x}", self.prefix, gap.start + first as u64);
                out.bytes(name, place.start as u64, view)?;
            }
        }
        if unnamed > 0 {
            let value = format!("bun: {unnamed} bytes belong to no module");
            out.facts.push(Fact::has(Capability::Native, value, self.payload.whole_start));
        }
        if !small.is_empty() {
            let file = self.file.clone();
            let join = move |budget: &crate::limits::Budget| {
                let mut meter = budget.meter();
                for part in small {
                    let bytes = file.get(part).unwrap_or_default();
                    let written = meter.write_all(bytes).and_then(|()| meter.write_all(&[0]));
                    if let Err(e) = written {
                        let gap = meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string()));
                        return Produced::partial(meter.finish(), gap);
                    }
                }
                Produced::whole(meter.finish())
            };
            out.deferred("bun", &format!("{}unnamed", self.prefix), join)?;
        }
        Ok(())
    }
}

/// Emits one module's contents, as UTF-8 if it is stored as UTF-16.
fn emit_module(module: &Module<'_>, name: &str, view: ByteView, out: &mut Entries<'_>) -> Result<(), Gap> {
    let text = match module.encoding {
        Encoding::Plain => Text::Narrow,
        Encoding::Wide => wide::guess(&view),
    };
    if text == Text::Narrow {
        return out.member("bun", name, view);
    }
    let bytes = view.clone();
    out.deferred("bun", name, move |budget| wide::decode(&bytes, budget))?;
    if text == Text::Either {
        out.member("bun", &format!("raw/{name}"), view)?;
    }
    Ok(())
}
