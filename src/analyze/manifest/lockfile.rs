//! Lock files and lists of requirements: which packages, in which versions, a project brings along. Each is a component, so
//! that what is known to be bad is seen where it is only named, and bills of materials are whole.
//!
//! Read: `package-lock.json`, `npm-shrinkwrap.json`, `yarn.lock` (both forms), `pnpm-lock.yaml`, `bun.lock`, `poetry.lock`,
//! `uv.lock`, `pdm.lock`, `Cargo.lock`, `Pipfile.lock`, `requirements*.txt`, `Gemfile.lock`, `composer.lock`, `go.sum`,
//! `packages.lock.json` of NuGet.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::analyze::{Heuristic, Notes};
use crate::model::purl::{normal_python, purl};
use crate::model::{Component, Fact, FactKind, FileKind, Gap, GapReason, Rule};
use crate::parse::Parsed;

/// Longest lock file that is read, in bytes; those of the largest projects have some ten million.
const LONGEST: usize = 64 << 20;
/// Most components of one lock file.
const MOST: usize = 50_000;

/// Reads lock files.
pub(super) struct LockfileReader;

/// Name and version.
type Locked = BTreeSet<(String, String)>;

impl Heuristic for LockfileReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let base = file.base_name();
        let (kind, read): (&str, fn(&str, &mut Locked)) = match base {
            "package-lock.json" | "npm-shrinkwrap.json" | ".package-lock.json" => ("npm", npm),
            "yarn.lock" => ("npm", yarn),
            "pnpm-lock.yaml" => ("npm", pnpm),
            "bun.lock" => ("npm", bun),
            "poetry.lock" | "uv.lock" | "pdm.lock" | "pylock.toml" => ("pypi", tables),
            "Cargo.lock" => ("cargo", tables),
            "Pipfile.lock" => ("pypi", pipfile),
            "Gemfile.lock" => ("gem", gemfile),
            "composer.lock" => ("composer", composer),
            "go.sum" => ("golang", go),
            "packages.lock.json" => ("nuget", nuget),
            _ if base.starts_with("requirements") && base.ends_with(".txt") => ("pypi", requirements),
            _ => return,
        };
        if file.bytes().len() > LONGEST {
            let detail = format!("a lock file of {} bytes was not read; at most {LONGEST} are", file.bytes().len());
            out.gaps.push(Gap::new(GapReason::Limit, detail));
            return;
        }
        let mut locked = Locked::new();
        read(&String::from_utf8_lossy(file.bytes()), &mut locked);
        if locked.len() > MOST {
            out.gaps.push(Gap::new(GapReason::Limit, format!("only {MOST} packages of a lock file were read")));
        }
        for (name, version) in locked.into_iter().take(MOST) {
            let name = if kind == "pypi" { normal_python(&name) } else { name };
            let component = Component {
                purl: purl(kind, name.trim_start_matches('/'), &version, &[]),
                name,
                version: Some(version),
                source: Cow::Borrowed("lockfile"),
            };
            out.facts.push(Fact::whole(FactKind::Component(Box::new(component))));
        }
    }
}

fn put(locked: &mut Locked, name: &str, version: &str) {
    let plain = |t: &str| !t.is_empty() && t.len() <= 214 && !t.contains(|c: char| c.is_whitespace() || c.is_control());
    // One more than is told says that there are more.
    if plain(name) && plain(version) && locked.len() <= MOST {
        locked.insert((name.to_owned(), version.to_owned()));
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn npm(text_: &str, locked: &mut Locked) {
    let Ok(lock) = serde_json::from_str::<Value>(text_) else { return };
    for (path, package) in lock.get("packages").and_then(Value::as_object).into_iter().flatten() {
        // The last folder of modules on the way is the package; an alias says its own name.
        let by_path = path.rsplit_once("node_modules/").map_or("", |(_, name)| name);
        let name = match text(package, "name") {
            "" => by_path,
            name => name,
        };
        if package.get("link").is_none() && !by_path.is_empty() {
            put(locked, name, text(package, "version"));
        }
    }
    let mut stack: Vec<&Value> = lock.get("dependencies").into_iter().collect();
    while let Some(dependencies) = stack.pop() {
        for (name, package) in dependencies.as_object().into_iter().flatten() {
            let version = text(package, "version");
            match version.strip_prefix("npm:").and_then(|alias| alias.rsplit_once('@')) {
                Some((name, version)) => put(locked, name, version),
                None => put(locked, name, version),
            }
            stack.extend(package.get("dependencies"));
        }
    }
}

fn nuget(text_: &str, locked: &mut Locked) {
    let Ok(lock) = serde_json::from_str::<Value>(text_) else { return };
    for framework in lock.get("dependencies").and_then(Value::as_object).into_iter().flat_map(|f| f.values()) {
        for (name, package) in framework.as_object().into_iter().flatten() {
            put(locked, name, text(package, "resolved"));
        }
    }
}

/// The name in front of a specifier: `@a/b@npm:^1.0` is `@a/b`.
fn name_of(specifier: &str) -> &str {
    let specifier = specifier.trim().trim_matches(['"', '\'']);
    match specifier.char_indices().skip(1).find(|(_, c)| *c == '@') {
        Some((at, _)) => specifier.get(..at).unwrap_or(specifier),
        None => specifier,
    }
}

fn yarn(text: &str, locked: &mut Locked) {
    let mut name = String::new();
    for line in text.lines() {
        if !line.starts_with([' ', '#']) && line.trim_end().ends_with(':') {
            let first = line.trim_end().trim_end_matches(':').split(',').next().unwrap_or_default();
            let first = first.trim().trim_matches('"');
            // `alias@npm:other@1.0` is the other one.
            let aliased = first
                .split_once("@npm:")
                .map(|(_, spec)| spec)
                .filter(|spec| spec.contains('@') && !spec.starts_with(['^', '~', '>']));
            name = name_of(aliased.unwrap_or(first)).to_owned();
        } else if let Some(version) = line.strip_prefix("  version") {
            let version = version.trim_start_matches(':').trim().trim_matches('"');
            if version != "0.0.0-use.local" {
                put(locked, &name, version);
            }
        }
    }
}

fn pnpm(text: &str, locked: &mut Locked) {
    let mut inside = false;
    for line in text.lines() {
        if !line.starts_with(' ') && !line.trim().is_empty() {
            inside = matches!(line.trim_end(), "packages:" | "snapshots:");
            continue;
        }
        let Some(entry) = line.strip_prefix("  ").filter(|l| inside && !l.starts_with(' ')) else { continue };
        let Some((entry, _)) = entry.rsplit_once(':') else { continue };
        let entry = entry.trim().trim_matches(['\'', '"']).trim_start_matches('/');
        let entry = entry.split('(').next().unwrap_or(entry);
        // `name@1.0`, or `name/1.0` of older versions.
        let at = entry.char_indices().skip(1).filter(|(_, c)| *c == '@').map(|(i, _)| i).next();
        match at {
            Some(at) => put(locked, entry.get(..at).unwrap_or_default(), entry.get(at + 1..).unwrap_or_default()),
            None => {
                if let Some((name, version)) = entry.rsplit_once('/') {
                    put(locked, name, version.split('_').next().unwrap_or(version));
                }
            }
        }
    }
}

fn bun(text: &str, locked: &mut Locked) {
    // Each package is a list that begins with `name@version`; the file has trailing commas, so lines are read.
    for line in text.lines() {
        let Some((_, list)) = line.split_once("\": [\"") else { continue };
        let specifier = list.split('"').next().unwrap_or_default();
        let name = name_of(specifier);
        let version = specifier.get(name.len() + 1..).unwrap_or_default();
        if version.starts_with(|c: char| c.is_ascii_digit()) {
            put(locked, name, version);
        }
    }
}

/// `[[package]]` with `name` and `version`.
fn tables(text: &str, locked: &mut Locked) {
    let (mut name, mut inside) = (String::new(), false);
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            // Tables below a package belong to it.
            inside = matches!(line, "[[package]]" | "[[packages]]");
            continue;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| inside) else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim() {
            "name" => name = value.to_owned(),
            "version" => put(locked, &name, value),
            _ => {}
        }
    }
}

fn pipfile(text_: &str, locked: &mut Locked) {
    let Ok(lock) = serde_json::from_str::<Value>(text_) else { return };
    for section in ["default", "develop"] {
        for (name, package) in lock.get(section).and_then(Value::as_object).into_iter().flatten() {
            put(locked, name, text(package, "version").trim_start_matches('='));
        }
    }
}

fn requirements(text: &str, locked: &mut Locked) {
    for line in text.lines() {
        // Blanks may stand around the sign; options and comments stand behind one.
        let line = line.split([';', '#', '\\']).next().unwrap_or_default();
        let line: String = line.split(" --").next().unwrap_or_default().split_whitespace().collect();
        if let Some((name, version)) = line.split_once("==") {
            let name = name.split('[').next().unwrap_or(name);
            put(locked, name, version.trim_start_matches('='));
        }
    }
}

fn gemfile(text: &str, locked: &mut Locked) {
    for line in text.lines() {
        // Four blanks: a gem; six: what it asks for.
        let Some(entry) = line.strip_prefix("    ").filter(|l| !l.starts_with(' ')) else { continue };
        if let Some((name, version)) = entry.trim_end().strip_suffix(')').and_then(|e| e.split_once(" (")) {
            put(locked, name, version);
        }
    }
}

fn composer(text_: &str, locked: &mut Locked) {
    let Ok(lock) = serde_json::from_str::<Value>(text_) else { return };
    for section in ["packages", "packages-dev"] {
        for package in lock.get(section).and_then(Value::as_array).into_iter().flatten() {
            put(locked, text(package, "name"), text(package, "version").trim_start_matches('v'));
        }
    }
}

fn go(text: &str, locked: &mut Locked) {
    for line in text.lines() {
        let mut words = line.split_whitespace();
        if let (Some(module), Some(version), Some(_)) = (words.next(), words.next(), words.next())
            && !version.ends_with("/go.mod")
        {
            put(locked, module, version);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(reader: fn(&str, &mut Locked), text: &str) -> Vec<String> {
        let mut locked = Locked::new();
        reader(text, &mut locked);
        locked.into_iter().map(|(n, v)| format!("{n} {v}")).collect()
    }

    #[test]
    fn a_lock_of_nuget_says_what_was_resolved() {
        let lock = r#"{"version":1,"dependencies":{"net8.0":{"A.B":{"type":"Direct","resolved":"13.0.3"},"p":{"type":"Project"}}}}"#;
        assert_eq!(read(nuget, lock), ["A.B 13.0.3"]);
    }

    #[test]
    fn every_lock_file_has_its_own_form() {
        let lock = r#"{"packages":{"":{"name":"me","version":"1"},"node_modules/@a/b":{"version":"1.0.0"},"node_modules/x/node_modules/c":{"name":"d","version":"2.0.0"},
            "node_modules/l":{"link":true}},"dependencies":{"e":{"version":"npm:f@3.0.0","dependencies":{"g":{"version":"4.0.0"}}}}}"#;
        assert_eq!(read(npm, lock), ["@a/b 1.0.0", "d 2.0.0", "f 3.0.0", "g 4.0.0"]);
        assert_eq!(
            read(
                yarn,
                "# c\n\"@a/b@^1\", \"@a/b@^1.2\":\n  version \"1.2.0\"\n\n\"c@npm:^2\":\n  version: 2.0.0\n\"w@workspace:.\":\n  version: 0.0.0-use.local\n"
            ),
            ["@a/b 1.2.0", "c 2.0.0"]
        );
        assert_eq!(
            read(
                pnpm,
                "lockfileVersion: '9.0'\npackages:\n  '@a/b@1.0.0(c@2.0.0)':\n    resolution: {}\n  /d/3.0.0_x:\n  e@4.0.0:\n"
            ),
            ["@a/b 1.0.0", "d 3.0.0", "e 4.0.0"]
        );
        assert_eq!(
            read(
                bun,
                "  \"packages\": {\n    \"@a/b\": [\"@a/b@1.0.0\", \"\", {}, \"sha512-x\"],\n    \"w\": [\"w@workspace:w\"],\n"
            ),
            ["@a/b 1.0.0"]
        );
        assert_eq!(
            read(
                tables,
                "version = 4\n[[package]]\nname = \"a\"\nversion = \"1\"\n[package.dependencies]\nversion = \"9\"\n[[package]]\nname = \"b\"\nversion = \"2\"\n"
            ),
            ["a 1", "b 2"]
        );
        assert_eq!(read(pipfile, r#"{"default":{"a":{"version":"==1.0"}}}"#), ["a 1.0"]);
        assert_eq!(
            read(requirements, "-r x\na[e]==1.0 ; m # c\nb>=2\nc==3.0 \\\n    --hash=sha256:x\n"),
            ["a 1.0", "c 3.0"]
        );
        assert_eq!(read(gemfile, "GEM\n  specs:\n    a (1.0)\n      b (>= 2)\n"), ["a 1.0"]);
        assert_eq!(read(composer, r#"{"packages":[{"name":"a/b","version":"v1.0"}]}"#), ["a/b 1.0"]);
        assert_eq!(read(go, "h/x v1.0.0 h1:a=\nh/x v1.0.0/go.mod h1:b=\n"), ["h/x v1.0.0"]);
    }

    #[test]
    fn every_text_ends() {
        for reader in [npm, yarn, pnpm, bun, tables, pipfile, requirements, gemfile, composer, go] {
            for text in [
                "",
                "\u{e9}@",
                "packages:\n  :\n  @:\n",
                "\"x\": [\"",
                "a@\n  version\n",
                "[[package]]\n=\n==\n",
                "{\"packages\":[]}",
            ] {
                read(reader, text);
            }
        }
    }
}
