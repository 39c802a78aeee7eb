//! Lockfiles of uv, poetry and pdm, and requirements files.

use serde::Deserialize;

use super::{Lockfile, Pin};
use crate::source::registry::{Digest, Name};

#[derive(Deserialize)]
struct Locked {
    #[serde(default)]
    package: Vec<Package>,
    #[serde(default)]
    version: Option<toml::Value>,
    #[serde(default)]
    metadata: Option<toml::Value>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    source: Option<toml::Value>,
    /// What pdm says of a package that comes from no index.
    #[serde(default)]
    git: Option<toml::Value>,
    #[serde(default)]
    url: Option<toml::Value>,
    #[serde(default)]
    path: Option<toml::Value>,
    #[serde(default)]
    sdist: Option<toml::Value>,
    #[serde(default)]
    wheels: Vec<toml::Value>,
    #[serde(default)]
    files: Vec<toml::Value>,
}

/// `hash = "sha256:…"`, and of uv and pdm the address.
fn pin(file: &toml::Value) -> Pin {
    let text = |key: &str| file.get(key).and_then(toml::Value::as_str);
    let digest = text("hash").and_then(|h| h.split_once(':')).and_then(|(kind, hex)| Digest::of_hex(kind, hex));
    Pin { digest, address: text("url").or_else(|| text("path")).unwrap_or_default().to_owned() }
}

/// uv.lock, poetry.lock, pdm.lock: a list of packages with their files.
pub(super) fn toml_lock(text: &str) -> Result<Lockfile, String> {
    let locked: Locked = toml::from_str(text).map_err(|e| e.to_string())?;
    if locked.package.is_empty() && locked.version.is_none() && locked.metadata.is_none() {
        return Err("has neither packages nor a version".to_owned());
    }
    let mut lock = Lockfile::default();
    for p in locked.package {
        let source = p.source.as_ref();
        let has = |key: &str| source.and_then(|s| s.get(key)).is_some();
        if has("virtual") || has("editable") || has("directory") || has("workspace") {
            // The project itself.
            continue;
        }
        let kind = source.and_then(|s| s.get("type")).and_then(toml::Value::as_str).unwrap_or("legacy");
        let elsewhere = p.git.is_some() || p.url.is_some() || p.path.is_some();
        if elsewhere
            || has("git")
            || has("path")
            || (has("url") && !has("type"))
            || !matches!(kind, "legacy" | "pypi" | "registry")
        {
            lock.missing.push(format!("{}: comes from elsewhere than an index", p.name));
            continue;
        }
        let files = p.sdist.iter().chain(&p.wheels).chain(&p.files).map(pin).collect();
        let index = source.and_then(|s| s.get("registry").or_else(|| s.get("url"))).and_then(toml::Value::as_str);
        let version = p.version.map(|v| format!("=={v}")).unwrap_or_default();
        lock.pin(Name::pypi(&p.name, &version), files, index.map(str::to_owned));
    }
    Ok(lock)
}

/// Options that change nothing about where files come from and which they are.
const HARMLESS: &[&str] =
    &["--require-hashes", "--only-binary", "--no-binary", "--prefer-binary", "--use-feature", "--pre", "--no-index"];
/// Options that name a place besides the index that is set up.
const PLACES: &[&str] = &["-i", "--index-url", "--pypi-url", "--extra-index-url", "-f", "--find-links"];

/// A line of options, which may hold several.
fn options(line: &str, lock: &mut Lockfile) {
    let mut words = line.split_whitespace().flat_map(|w| {
        let (option, value) = match w.split_once('=') {
            Some((option, value)) if w.starts_with("--") => (option, Some(value)),
            // `-ihttps://…`
            _ if w.starts_with('-') && !w.starts_with("--") => match w.split_at_checked(2) {
                Some((option, value)) => (option, Some(value).filter(|v| !v.is_empty())),
                None => (w, None),
            },
            _ => (w, None),
        };
        std::iter::once(option).chain(value)
    });
    while let Some(word) = words.next() {
        if PLACES.contains(&word) {
            lock.elsewhere.push(words.next().unwrap_or("?").to_owned());
        } else if word.starts_with('-') && !HARMLESS.contains(&word) {
            lock.missing.push(format!("{line}: is not followed"));
            return;
        }
    }
}

/// The lines as pip joins them: a backslash at the end of a comment joins nothing.
fn joined(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut open = String::new();
    for line in text.lines() {
        let comment = line.trim_start().starts_with('#');
        match line.strip_suffix('\\').filter(|_| !comment) {
            Some(start) => {
                open.push_str(start);
                open.push(' ');
            }
            None => {
                open.push_str(if comment { "" } else { line });
                lines.push(std::mem::take(&mut open));
            }
        }
    }
    lines.push(open);
    lines
}

/// `name==1.2 --hash=sha256:…`, with lines that go on after a backslash.
pub(super) fn requirements(text: &str) -> Result<Lockfile, String> {
    let mut lock = Lockfile::default();
    for line in joined(text) {
        let line = line.trim();
        let comment = line.match_indices('#').find(|(at, _)| {
            line.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
        });
        let line = comment.and_then(|(at, _)| line.get(..at)).unwrap_or(line).trim();
        if line.is_empty() {
            continue;
        }
        if line.starts_with('-') {
            options(line, &mut lock);
            continue;
        }
        let requirement: String = line.split_whitespace().take_while(|w| !w.starts_with("--")).collect();
        let requirement = requirement.split(';').next().unwrap_or_default().to_owned();
        let digests = line.split_whitespace().filter_map(|w| {
            let (algorithm, hex) = w.strip_prefix("--hash=")?.split_once(':')?;
            Digest::of_hex(algorithm, hex)
        });
        let files: Vec<Pin> = digests.map(|d| Pin { digest: Some(d), address: String::new() }).collect();
        if requirement.contains(['@', '/']) {
            lock.missing.push(format!("{requirement}: comes from elsewhere than an index"));
            continue;
        }
        match requirement.split_once("==") {
            Some((name, version)) if !version.contains(['*', ',']) => {
                let name = name.split('[').next().unwrap_or(name);
                lock.pin(Name::pypi(name, &format!("=={}", version.trim_start_matches('='))), files, None);
            }
            _ => lock.missing.push(format!("{requirement}: is not pinned with ==")),
        }
    }
    Ok(lock)
}
