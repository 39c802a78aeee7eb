//! What code can do, as facts for the report and for correlation: the hosts it names, the variables it reads, the
//! programs it starts, the modules it imports, and the stores, services and tools that it speaks of.
//!
//! One Aho-Corasick pass over the bytes finds anchors (`://`, `process.env`, `.ssh/`), a hand-written scanner reads the
//! value behind each. Facts accuse nobody; there are no rules here.

mod anchors;
mod extract;
mod suffix;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FactKind, Family, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::finder::Finder;
use anchors::{ANCHORS, Anchor, NETWORK_MODULES, Read};

/// The heuristics of this folder.
pub const HEURISTICS: &[&dyn Heuristic] = &[&Capabilities];

/// Collects capabilities.
pub struct Capabilities;

/// Most distinct values of one capability and file.
const MAX_VALUES: usize = 1000;

impl Heuristic for Capabilities {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text() && !matches!(kind, FileKind::SourceMap | FileKind::Css | FileKind::Svg)
            || kind.is_executable()
            || matches!(kind, FileKind::Pyc | FileKind::JavaClass | FileKind::Wasm)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let native = file.kind().family() == Family::Native;
        let (finder, table) = anchors(native);
        let mut seen = Seen::default();
        for hit in finder.find_over(file.view(), 0..file.bytes().len()) {
            if let Some((text, read, _)) = table.get(hit.word).copied() {
                seen.read(file.kind(), file.bytes(), text, *read, (hit.start, hit.end, hit.start));
            }
        }
        if native {
            // What code puts together is said of the place where it does.
            for piece in file.built().0 {
                let mut bytes = piece.bytes.clone();
                bytes.push(0);
                let place = usize::try_from(piece.offset).unwrap_or(0);
                for hit in finder.find_iter(&bytes) {
                    if let Some((text, read, _)) = table.get(hit.word).copied() {
                        seen.read(file.kind(), &bytes, text, *read, (hit.start, hit.end, place));
                    }
                }
            }
            seen.wide(file);
            seen.cut_glued();
        }
        out.facts.extend(seen.facts());
    }
}

/// A search and what its words stand for, in their order.
type Anchors = (Finder, Vec<&'static Anchor>);

/// The search for all anchors, or for those of native code, with the anchors in its order.
fn anchors(native: bool) -> &'static Anchors {
    static FINDERS: [OnceLock<Anchors>; 2] = [OnceLock::new(), OnceLock::new()];
    let [all, of_native] = &FINDERS;
    let build = || {
        let table: Vec<&'static Anchor> = ANCHORS.iter().filter(|a| a.2 || !native).collect();
        (Finder::new(table.iter().map(|a| a.0)), table)
    };
    if native { of_native.get_or_init(build) } else { all.get_or_init(build) }
}

/// What a value belongs to: a capability, or the imports.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Has(Capability),
    Import,
}

/// Distinct values with their counts and first places.
#[derive(Default)]
struct Seen {
    values: HashMap<(Kind, Box<str>), (u64, u32)>,
    words: HashMap<(Capability, &'static str), (u64, u32)>,
    distinct: HashMap<Kind, usize>,
    /// Hosts whose names are known to be whole.
    whole: HashSet<Box<str>>,
}

impl Seen {
    fn add(&mut self, kind: Kind, value: String, offset: usize) {
        let distinct = self.distinct.entry(kind).or_default();
        let key = (kind, value.into_boxed_str());
        if let Some((_, count)) = self.values.get_mut(&key) {
            *count = count.saturating_add(1);
        } else if *distinct < MAX_VALUES {
            *distinct += 1;
            self.values.insert(key, (offset as u64, 1));
        }
    }

    fn word(&mut self, capability: Capability, text: &'static str, offset: usize) {
        let (_, count) = self.words.entry((capability, text)).or_insert((offset as u64, 0));
        *count = count.saturating_add(1);
    }

    fn import(&mut self, name: String, offset: usize) {
        let plain = name.strip_prefix("node:").unwrap_or(&name);
        let network = NETWORK_MODULES
            .iter()
            .find(|m| plain == **m || plain.strip_prefix(**m).is_some_and(|r| r.starts_with('.')));
        if let Some(module) = network {
            self.word(Capability::Network, module, offset);
        }
        if name.ends_with(".node") {
            self.add(Kind::Has(Capability::Native), name.clone(), offset);
        }
        self.add(Kind::Import, name, offset);
    }

    /// Reads what an anchor at `start` says, which ends at `end`; `place` is where it is told to stand.
    fn read(
        &mut self,
        kind: FileKind,
        bytes: &[u8],
        text: &'static str,
        read: Read,
        (start, end, place): (usize, usize, usize),
    ) {
        let rest = bytes.get(end..).unwrap_or_default();
        let before = start.checked_sub(1).and_then(|p| bytes.get(p)).copied().unwrap_or(b'\n');
        let inside_name = before.is_ascii_alphanumeric() || matches!(before, b'_' | b'$');
        let value = |c| Kind::Has(c);
        match read {
            Read::Word(capability) => self.word(capability, text.trim_end_matches(['(', ' ']), place),
            Read::Call(_) if inside_name || before == b'.' => {}
            Read::Call(capability) => self.word(capability, text.trim_end_matches('('), place),
            Read::Url => {
                let open = kind.family() == Family::Native;
                if let Some((host, whole)) = extract::host(bytes, start, open) {
                    if open && whole && self.whole.len() < MAX_VALUES {
                        self.whole.insert(host.as_str().into());
                    }
                    self.add(value(Capability::Hosts), host, place);
                }
            }
            Read::EnvName => {
                let dotted = !matches!(text.as_bytes().last(), Some(b'.' | b':'));
                if let Some(name) = extract::env_name(rest, dotted) {
                    self.add(value(Capability::Environment), name, place);
                }
            }
            Read::EnvQuoted => {
                if let Some(name) = extract::env_quoted(rest) {
                    self.add(value(Capability::Environment), name, place);
                }
            }
            Read::Program if kind.is_script() => match extract::program(rest, kind.family() == Family::Shell) {
                Some(name) => self.add(value(Capability::Spawns), name, place),
                None if inside_name || text == "os.exec" || text == "spawn(" => {}
                None => self.word(Capability::Spawns, text.trim_end_matches(['(', ' ']), place),
            },
            Read::Program => {}
            Read::Module if inside_name || !kind.is_script() => {}
            Read::Module => match extract::module(rest) {
                // What is only looked for is a part of the package, or somebody else's.
                Some(name) if text == "require.resolve(" && !name.starts_with('.') => {}
                None if text == "require.resolve(" => {}
                Some(name) => self.import(name, place),
                None if matches!(text, "require(" | "import(") => {}
                None => self.word(Capability::DynamicCode, text.trim_end_matches('('), place),
            },
            Read::PyImport | Read::PyFrom if inside_name || !kind.is_script() => {}
            Read::PyImport | Read::PyFrom => self.statement(kind, bytes, read, (start, end)),
            Read::JsFrom => {
                if is_javascript(kind) && !inside_name {
                    extract::js_from(bytes, end).into_iter().for_each(|name| self.import(name, place));
                }
            }
        }
    }

    /// Hosts of addresses in two bytes a letter, as Windows has them.
    fn wide(&mut self, file: &Parsed<'_>) {
        const NEAR: usize = 256;
        let bytes = file.bytes();
        if file.kind() != FileKind::Pe {
            return;
        }
        for at in file.view().places_of(b":\0/\0/\0") {
            // A scheme has at most sixteen letters.
            let before = bytes.get(at.saturating_sub(32)..at).unwrap_or_default();
            let scheme =
                before.rchunks_exact(2).take_while(|c| c.get(1) == Some(&0)).filter_map(|c| c.first()).copied();
            let mut text: Vec<u8> = scheme.take_while(u8::is_ascii_graphic).collect();
            text.reverse();
            let colon = text.len();
            let after = bytes.get(at..).unwrap_or_default().chunks_exact(2).take(NEAR);
            text.extend(after.map_while(|c| matches!(c, [b, 0] if *b != 0).then(|| c.first().copied())?));
            // A text of two bytes a letter ends in a NUL, or in what is no letter.
            text.push(0);
            if let Some((host, _)) = extract::host(&text, colon, true) {
                self.whole.insert(host.as_str().into());
                self.add(Kind::Has(Capability::Hosts), host, at);
            }
        }
    }

    /// Takes hosts that another one of the same file shows to be glued for that one. A name that is whole stays, whatever
    /// stands beside it, or a second name would hide the first.
    fn cut_glued(&mut self) {
        let is_host = |kind: &Kind| matches!(kind, Kind::Has(Capability::Hosts));
        let mut names: Vec<Box<str>> =
            self.values.keys().filter(|(kind, _)| is_host(kind)).map(|(_, name)| name.clone()).collect();
        names.sort_unstable();
        // In this order a name stands behind those that it begins with; the chain of those is never long.
        let mut open: Vec<&str> = Vec::new();
        for name in &names {
            while open.pop_if(|known| !name.starts_with(*known)).is_some() {}
            let known = open.iter().find(|known| suffix::continues(name, known));
            if let Some(known) = known.filter(|_| !self.whole.contains(name)) {
                let hosts = Kind::Has(Capability::Hosts);
                let glued = self.values.remove(&(hosts, name.clone()));
                if let Some((_, count)) = self.values.get_mut(&(hosts, (*known).into())) {
                    *count = count.saturating_add(glued.map_or(0, |(_, count)| count));
                }
                continue;
            }
            open.push(name);
        }
    }

    /// `import …` and `from …`, in the language of the file.
    fn statement(&mut self, kind: FileKind, bytes: &[u8], read: Read, (start, end): (usize, usize)) {
        let rest = bytes.get(end..).unwrap_or_default();
        if is_javascript(kind) {
            let skip = rest.iter().take(8).take_while(|b| **b == b' ').count();
            if matches!(rest.get(skip), Some(b'"' | b'\'')) {
                extract::js_from(bytes, end + skip + 1).into_iter().for_each(|name| self.import(name, start));
            }
            return;
        }
        if !matches!(kind, FileKind::Python | FileKind::PythonPath) || !extract::begins_statement(bytes, start) {
            return;
        }
        match read {
            Read::PyFrom => extract::py_from(rest).into_iter().for_each(|name| self.import(name, start)),
            _ => extract::py_imports(rest).into_iter().for_each(|name| self.import(name, start)),
        }
    }

    /// The facts, in the order of their first places.
    fn facts(self) -> Vec<Fact> {
        let words = self.words.into_iter().map(|((capability, text), (offset, count))| Fact {
            kind: FactKind::Has(capability, text.into()),
            offset,
            count,
        });
        let mut facts: Vec<Fact> = self
            .values
            .into_iter()
            .map(|((kind, value), (offset, count))| {
                let kind = match kind {
                    Kind::Has(capability) => FactKind::Has(capability, value),
                    Kind::Import => FactKind::Imports(value),
                };
                Fact { kind, offset, count }
            })
            .chain(words)
            .collect();
        facts.sort_by(|a, b| a.offset.cmp(&b.offset).then_with(|| value_of(a).cmp(value_of(b))));
        facts
    }
}

fn value_of(fact: &Fact) -> &str {
    match &fact.kind {
        FactKind::Has(_, value) | FactKind::Imports(value) => value,
        _ => "",
    }
}

fn is_javascript(kind: FileKind) -> bool {
    kind.family() == Family::JavaScript
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::text::testing::look;

    fn facts(kind: FileKind, text: &str) -> Vec<String> {
        let told = look(&Capabilities, kind, "a", text).facts;
        told.iter()
            .map(|f| match &f.kind {
                FactKind::Has(c, v) => format!("{} {v} x{}", c.word(), f.count),
                FactKind::Imports(v) => format!("imports {v} x{}", f.count),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn python_is_read() {
        let text = "import os, requests\nfrom subprocess import run\n# import in words\nk = os.environ.get('API_KEY') or os.environ['API_KEY']\nos.system('curl -s https://a.invalid/x')\nopen('~/.ssh/id_rsa')\nx = eval(y)\nm.eval()\n";
        let told = facts(FileKind::Python, text);
        for fact in [
            "imports os x1",
            "imports requests x1",
            "network requests x1",
            "imports subprocess x1",
            "environment API_KEY x2",
            "spawns curl x1",
            "hosts a.invalid x1",
            "credentials .ssh/ x1",
            "credentials id_rsa x1",
            "dynamic-code eval x1",
        ] {
            assert!(told.iter().any(|f| f == fact), "{fact} is not in {told:?}");
        }
    }

    #[test]
    fn javascript_is_read() {
        let text = "import x from 'node:https'; import{a}from\"./b.js\"; import 'side'; const c = require('child_process');\nspawn('git', []); re.exec(s); JSON.stringify(process.env); process.env.HOME; process.env['CI']; import('./lazy.js');\nrequire('./build/x.node')";
        let told = facts(FileKind::JavaScript, text);
        for fact in [
            "imports node:https x1",
            "network https x1",
            "imports ./b.js x1",
            "imports side x1",
            "imports child_process x1",
            "spawns git x1",
            "environment * x1",
            "environment HOME x1",
            "environment CI x1",
            "imports ./lazy.js x1",
            "native ./build/x.node x1",
        ] {
            assert!(told.iter().any(|f| f == fact), "{fact} is not in {told:?}");
        }
        assert!(!told.iter().any(|f| f.starts_with("dynamic-code")), "{told:?}");
    }

    #[test]
    fn native_strings_are_read_for_few_anchors() {
        let told = facts(FileKind::Elf, "\x7fELF\0http://c2.invalid/a\0/bin/sh\0import os\0/etc/passwd\0");
        assert_eq!(told, ["hosts c2.invalid x1", "spawns /bin/sh x1", "files /etc/passwd x1"]);
    }

    #[test]
    fn hosts_of_compiled_code_end_where_they_can() {
        let told = facts(
            FileKind::Elf,
            "\x7fELF\0https://github.comhttps://auth.openai.comjsonhttps://github.comsrc.rsx http://foo.community/\0",
        );
        assert_eq!(told, ["hosts github.com x2", "hosts auth.openai.com x1", "hosts foo.community x1"]);
        // A name that has its end is whole, though another one begins like it.
        let told = facts(FileKind::Elf, "\x7fELF\0https://github.com\0https://github.comx.invalid\0");
        assert_eq!(told, ["hosts github.com x1", "hosts github.comx.invalid x1"]);
        let wide: String = "MZ\0https://c2.invalid/x\0".chars().flat_map(|c| [c, '\0']).collect();
        assert_eq!(facts(FileKind::Pe, &wide), ["hosts c2.invalid x1"]);
    }

    #[test]
    fn values_are_bounded() {
        let text: String = (0..3000).map(|i| format!("https://h{i}.invalid/ ")).collect();
        let told = look(&Capabilities, FileKind::Text, "a", text).facts;
        assert_eq!(told.len(), MAX_VALUES);
    }
}
