//! Executables made by `deno compile`: the runtime `denort` with a data section that holds settings, modules and a
//! virtual file system.
//!
//! Where the section lies: in an ELF note `SUI` (newest libsui), at the end of an ELF file before a trailer of `u32
//! 0x501e`, the sum of the section's name, and the length of both (older libsui), in a raw resource of a PE file, in the
//! section `d3n0l4nd` of the Mach-O segment `__SUI`. Before Deno 1.46 positions stood behind the magic `d3n0l4nd` at the end
//! of the file. The layouts of what is in it: [`section`] and [`trailer`].
//!
//! Source: Deno `cli/standalone/binary.rs`, `cli/lib/standalone/`, `cli/rt/binary.rs` of several versions; libsui.

mod eszip;
mod section;
#[cfg(test)]
mod tests;
mod trailer;
mod vfs;

use std::ops::Range;

use super::carrier::shown;
use super::{Entries, Input, Wrapper, carrier};
use crate::model::{Capability, Component, Fact, FactKind, FileKind, Gap};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct Deno;

const FORMAT: &str = "deno";
const MAGIC: &[u8] = b"d3n0l4nd";
/// Type of libsui's note.
const SUI_NOTE: u32 = 0x5355_4901;
/// Magic of libsui's old trailer.
const SUI_TRAILER: u32 = 0x501e;

impl Wrapper for Deno {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        // The runtime holds the magic too, so it only says that it is worth looking.
        if input.file.markers().of(Marker::Deno).next().is_none() {
            return Ok(());
        }
        let sections = sections(input.file, out);
        if sections.is_empty() {
            return trailer::open(input, out);
        }
        let mut first = Ok(());
        for section in sections {
            out.wrapped("Deno", section.start as u64);
            let result = section::open(input, out, section);
            if first.is_ok() {
                first = result;
            }
        }
        first
    }
}

/// The data sections: one, or one for each architecture of a fat Mach-O file. Each begins with the magic.
fn sections(file: &Parsed<'_>, out: &mut Entries<'_>) -> Vec<Range<usize>> {
    let fields = Fields::new(file.bytes(), true);
    let mut places = Vec::new();
    for note in carrier::elf_notes(file).iter().filter(|n| n.name.starts_with(b"SUI") && n.kind == SUI_NOTE) {
        // The section's name comes first.
        let name_len = u64::from(fields.u16(note.start).unwrap_or(0)).saturating_add(2);
        places.push((note.start.saturating_add(name_len), note.len.saturating_sub(name_len)));
    }
    places.extend(carrier::raw_resources(file));
    places.extend(carrier::mach_sections(file, b"__SUI", MAGIC));
    let end = fields.len();
    // 16 bytes with a 64-bit length, 12 with a 32-bit one, 8 without the sum.
    for (size, wide) in [(16u64, true), (12, false), (8, false)] {
        let Some(at) = end.checked_sub(size).filter(|at| file.elf().is_some() && fields.u32(*at) == Some(SUI_TRAILER))
        else {
            continue;
        };
        let len = fields.word(at.saturating_add(size - if wide { 8 } else { 4 }), wide).unwrap_or(0);
        places.extend(end.checked_sub(len).map(|at| (at, len.saturating_sub(size))));
    }
    places.retain(|(at, _)| fields.range(*at, 8) == Some(MAGIC));
    // What a cut file still has of it.
    let there = |(at, len): (u64, u64)| carrier::range(at, len.min(end.saturating_sub(at)));
    carrier::few(places, out).into_iter().filter_map(there).collect()
}

/// What the settings say that a reviewer wants to know. The names of variables are told, never their values.
fn settings(json: &[u8], at: u64, out: &mut Entries<'_>) {
    let Ok(serde_json::Value::Object(settings)) = carrier::json::<serde_json::Value>(json) else {
        out.gaps.push(Gap::malformed("the settings of the Deno executable are not JSON").at("metadata.json"));
        return;
    };
    let mut say = |text: String| out.facts.push(Fact::has(Capability::Native, text, at));
    let texts = |key: &str| {
        let list = settings.get(key).and_then(|v| v.as_array()).map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|v| v.as_str()).take(100).map(|t| shown(t.as_bytes())).collect::<Vec<_>>()
    };
    texts("argv").into_iter().for_each(|a| say(format!("deno argument {a}")));
    // The first is a stand-in for the program's name.
    let flags = texts("v8_flags").into_iter().filter(|f| f.starts_with('-'));
    flags.for_each(|a| say(format!("deno V8 flag {a}")));
    if let Some(permissions) = settings.get("permissions").and_then(|p| p.as_object()) {
        for (name, value) in permissions.iter().filter(|(name, _)| name.starts_with("allow_")) {
            // `null` is not granted; an empty list is granted without limit.
            let limits = match value {
                serde_json::Value::Bool(true) => String::new(),
                serde_json::Value::Array(list) => {
                    list.iter().take(20).filter_map(|v| v.as_str()).collect::<Vec<_>>().join(",")
                }
                _ => continue,
            };
            let equals = if limits.is_empty() { "" } else { "=" };
            say(format!("deno permission {}", shown(format!("{name}{equals}{limits}").as_bytes())));
        }
    }
    if settings.get("unsafely_ignore_certificate_errors").is_some_and(|v| !v.is_null()) {
        say("deno ignores certificate errors".to_owned());
    }
    if settings.get("self_extracting").is_some_and(|v| !v.is_null()) {
        say("deno extracts its files to disk".to_owned());
    }
    if let Some(variables) = settings.get("env_vars_from_env_file").and_then(|v| v.as_object()) {
        let names = variables.keys().take(1000).map(|k| shown(k.as_bytes()));
        out.facts.extend(names.map(|name| Fact::has(Capability::Environment, name, at)));
    }
}

/// The npm packages of a snapshot: `u32 n, n x (u32 length, "name@version" and peers behind "_")`, then how they depend.
fn packages(fields: Fields<'_>, range: Range<usize>, out: &mut Entries<'_>) {
    let mut reader = carrier::Reader::new(fields, range.start as u64, range.end as u64);
    for _ in 0..reader.u32().unwrap_or(0).min(100_000) {
        let Some(id) = reader.short() else { break };
        let id = fields.range(id.start as u64, id.len() as u64).and_then(|id| std::str::from_utf8(id).ok());
        let Some((name, version)) = id.and_then(name_and_version) else { break };
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
        if plain(name) && plain(version) {
            out.facts.push(Fact::whole(FactKind::Component(Box::new(Component {
                purl: Some(format!("pkg:npm/{}@{version}", name.replace('@', "%40"))),
                name: name.to_owned(),
                version: Some(version.to_owned()),
                source: "deno".into(),
            }))));
        }
    }
}

/// `name` and `1.2.3` of `name@1.2.3_peer@4.5.6`; a scope begins with `@` too.
fn name_and_version(id: &str) -> Option<(&str, &str)> {
    let at = id.get(1..)?.find('@')?.checked_add(1)?;
    let (name, rest) = id.split_at_checked(at)?;
    let version = rest.strip_prefix('@')?;
    Some((name, version.split('_').next().unwrap_or(version)))
}
