//! Core metadata (`METADATA`, `PKG-INFO`) and `RECORD` of Python distributions.
//!
//! Reference: "Core metadata specifications" and "Recording installed projects" of the Python packaging guide.

use base64::Engine as _;

use super::LONGEST;
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FactKind, FileKind, Gap, GapReason, PythonMetadata, RecordLine, Rule};
use crate::parse::Parsed;
use serde_json::Value;

/// Reads `METADATA` and `PKG-INFO`.
pub(super) struct PythonMetadataReader;

impl Heuristic for PythonMetadataReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if !matches!(file.base_name(), "METADATA" | "PKG-INFO") {
            return;
        }
        if file.bytes().len() > LONGEST {
            out.gaps.push(super::too_long(file.bytes().len()));
            return;
        }
        let metadata = metadata(file.bytes());
        if !metadata.name.is_empty() {
            out.facts.push(Fact::whole(FactKind::PythonMetadata(Box::new(metadata))));
        }
    }
}

/// The header block; the body (the description) is of no interest.
fn metadata(text: &[u8]) -> PythonMetadata {
    let mut metadata = PythonMetadata::default();
    for line in text.split(|b| *b == b'\n') {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            break;
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().to_owned();
        match key.to_ascii_lowercase().as_str() {
            "name" => metadata.name = value,
            "version" => metadata.version = value,
            "summary" => metadata.summary = value,
            "home-page" | "download-url" => metadata.homes.push(value),
            "project-url" => metadata.homes.push(value.rsplit(',').next().unwrap_or_default().trim().to_owned()),
            "requires-dist" => metadata.requires.push(value),
            _ => {}
        }
    }
    metadata
}

/// Reads `pyproject.toml`.
pub(super) struct ProjectReader;

impl Heuristic for ProjectReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if file.base_name() != "pyproject.toml" || file.bytes().len() > LONGEST {
            return;
        }
        let value = crate::analyze::commands::read_toml(&String::from_utf8_lossy(file.bytes()));
        for started in builders(&value) {
            out.facts.push(Fact::whole(FactKind::Starts(started.into())));
        }
        let points = points_of_project(&value);
        if !points.is_empty() {
            out.facts.push(Fact::whole(FactKind::EntryPoints(points.into_boxed_slice())));
        }
        let Some(table) = value.get("project") else { return };
        let text = |key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let requires = table.get("dependencies").and_then(Value::as_array).into_iter().flatten();
        let project = PythonMetadata {
            name: text("name"),
            version: text("version"),
            summary: text("description"),
            homes: Vec::new(),
            requires: requires.filter_map(Value::as_str).map(str::to_owned).collect(),
            folders_only: false,
        };
        out.facts.push(Fact::whole(FactKind::PythonProject(Box::new(project))));
    }
}

/// Group, name and target of each entry point that a project asks for.
///
/// Reference: "Declaring project metadata" of the Python packaging guide, "Entry points"; the manual of Poetry, `scripts` and
/// `plugins`.
fn points_of_project(project: &Value) -> Vec<(String, String, String)> {
    let table = |way: &str| project.pointer(way).and_then(Value::as_object).into_iter().flatten();
    let commands = ["/project/scripts", "/project/gui-scripts", "/tool/poetry/scripts"];
    let groups = ["/project/entry-points", "/tool/poetry/plugins"];
    let of_commands = commands.into_iter().flat_map(|way| table(way).map(|(n, t)| ("console_scripts", n, t)));
    let of_groups = groups.into_iter().flat_map(table).flat_map(|(group, points)| {
        points.as_object().into_iter().flatten().map(move |(name, target)| (group.as_str(), name, target))
    });
    let owned = |(group, name, target): (&str, &String, &Value)| {
        Some((group.to_owned(), name.clone(), target.as_str()?.to_owned()))
    };
    of_commands.chain(of_groups).filter_map(owned).take(MOST_POINTS).collect()
}

/// Most folders in which a project says that its own builder lies.
const MOST_FOLDERS: usize = 16;

/// The files of a project that whoever builds it runs: a builder of its own (`backend-path`), and hooks that known builders
/// have. `pip` builds each source distribution that it installs.
///
/// Reference: PEP 517, "Source trees"; the manuals of hatchling, PDM and Poetry.
fn builders(project: &Value) -> Vec<String> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let mut found = Vec::new();
    if let Some(backend) = text(project.pointer("/build-system/build-backend")) {
        let module = backend.split(':').next().unwrap_or_default().trim().replace('.', "/");
        let folders = project.pointer("/build-system/backend-path").and_then(Value::as_array).into_iter().flatten();
        for folder in folders.filter_map(Value::as_str).take(MOST_FOLDERS) {
            let folder = folder.trim_end_matches('/');
            found.push(format!("{folder}/{module}.py {folder}/{module}/__init__.py"));
        }
    }
    let hatch = "/tool/hatch/build/hooks/custom";
    if project.pointer(hatch).is_some() {
        found.push(text(project.pointer(&format!("{hatch}/path"))).unwrap_or_else(|| "hatch_build.py".to_owned()));
    }
    for way in ["/tool/hatch/metadata/hooks/custom/path", "/tool/pdm/build/custom-hook", "/tool/poetry/build/script"] {
        found.extend(text(project.pointer(way)));
    }
    found
}

/// Reads `entry_points.txt`: the commands that an installer makes, and the plug-ins that other programs load by themselves.
pub(super) struct EntryPointReader;

/// Most entry points that are told, and the longest list of them that is read, in bytes.
const MOST_POINTS: usize = 1000;
const LONGEST_LIST: usize = 1 << 20;

impl Heuristic for EntryPointReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if file.base_name() != "entry_points.txt" {
            return;
        }
        if file.bytes().len() > LONGEST_LIST {
            let detail = format!("a list of {} bytes is not read as entry points", file.bytes().len());
            out.gaps.push(Gap::new(GapReason::Limit, detail));
            return;
        }
        let text = String::from_utf8_lossy(file.bytes());
        let points = entry_points(&text);
        // A command waits for somebody to type it; a plug-in is loaded by another program.
        let is_command = |group: &str| matches!(group, "console_scripts" | "gui_scripts");
        for (group, name, target) in points.iter().filter(|(group, ..)| !is_command(group)) {
            let at = memchr::memmem::find(file.bytes(), target.as_bytes()).unwrap_or(0);
            out.facts.push(Fact::has(Capability::Hooks, format!("{group} {name} = {target}"), at as u64));
        }
        out.facts.push(Fact::whole(FactKind::EntryPoints(points.into_boxed_slice())));
    }
}

/// Group, name and target of each entry point.
fn entry_points(text: &str) -> Vec<(String, String, String)> {
    let mut group = "";
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            group = name;
        } else if let Some((name, target)) = line.split_once('=')
            && !line.starts_with(['#', ';'])
            && found.len() < MOST_POINTS
        {
            found.push((group.to_owned(), name.trim().to_owned(), target.trim().to_owned()));
        }
    }
    found
}

/// Reads a wheel's `RECORD`.
pub(super) struct RecordReader;

impl Heuristic for RecordReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let in_info = file.artifact().name.contains(".dist-info");
        if file.base_name() != "RECORD" || !in_info {
            return;
        }
        if file.bytes().len() > LONGEST {
            out.gaps.push(super::too_long(file.bytes().len()));
            return;
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.bytes());
        let lines: Vec<RecordLine> = reader.byte_records().flatten().filter_map(|r| record_line(&r)).collect();
        out.facts.push(Fact::whole(FactKind::WheelRecord(lines.into_boxed_slice())));
    }
}

/// `path,sha256=<urlsafe base64 without padding>,size`.
fn record_line(record: &csv::ByteRecord) -> Option<RecordLine> {
    let text = |i: usize| record.get(i).map(String::from_utf8_lossy).unwrap_or_default().into_owned();
    let path = text(0);
    if path.is_empty() {
        return None;
    }
    let hash = text(1);
    let sha256 = hash
        .strip_prefix("sha256=")
        .and_then(|h| base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(h.trim_end_matches('=')).ok())
        .and_then(|bytes| bytes.try_into().ok());
    Some(RecordLine { path, sha256, hashed: !hash.is_empty(), size: text(2).trim().parse().ok() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_block_is_read_and_the_body_is_not() {
        let metadata = metadata(b"Metadata-Version: 2.1\r\nName: a_b\r\nVersion: 1\r\nProject-URL: Home, https://h\r\nRequires-Dist: x>1\r\n\r\nName: other\r\n");
        assert_eq!(metadata.name, "a_b");
        assert_eq!(metadata.homes, ["https://h"]);
        assert_eq!(metadata.requires, ["x>1"]);
    }

    #[test]
    fn entry_points_have_a_group_a_name_and_a_target() {
        let points = entry_points("# x\n[console_scripts]\na = b.c:d\n\n[pytest11]\ne=f\n");
        let shown: Vec<String> = points.iter().map(|(g, n, t)| format!("{g} {n} {t}")).collect();
        assert_eq!(shown, ["console_scripts a b.c:d", "pytest11 e f"]);
    }

    #[test]
    fn a_project_says_its_entry_points() {
        let project = crate::analyze::commands::read_toml(
            "[project.scripts]\na = 'b.c:d'\n[project.entry-points.pytest11]\ne = 'f'\n[tool.poetry.scripts]\ng = {reference = 'h'}\n",
        );
        let points = points_of_project(&project);
        let shown: Vec<String> = points.iter().map(|(g, n, t)| format!("{g} {n} {t}")).collect();
        assert_eq!(shown, ["console_scripts a b.c:d", "pytest11 e f"]);
    }

    #[test]
    fn a_record_line_gives_digest_and_size() {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(&b"\"a,b.py\",sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\nx/RECORD,,\n"[..]);
        let lines: Vec<RecordLine> = reader.byte_records().flatten().filter_map(|r| record_line(&r)).collect();
        assert_eq!(lines[0].path, "a,b.py");
        assert_eq!(lines[0].sha256.map(|d| d[0]), Some(0xe3), "the digest of nothing");
        assert_eq!(lines[0].size, Some(0));
        assert!(!lines[1].hashed);
    }
}
