//! Lockfiles of uv, poetry and pdm, and requirements files.

use serde::Deserialize;

use super::Lockfile;
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
    #[serde(default)]
    sdist: Option<toml::Value>,
    #[serde(default)]
    wheels: Vec<toml::Value>,
    #[serde(default)]
    files: Vec<toml::Value>,
}

/// `hash = "sha256:…"`.
fn hash(file: &toml::Value) -> Option<Digest> {
    let (algorithm, hex) = file.get("hash")?.as_str()?.split_once(':')?;
    Digest::of_hex(algorithm, hex)
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
        if has("git") || has("path") || (has("url") && !has("type")) || !matches!(kind, "legacy" | "pypi" | "registry")
        {
            lock.missing.push(format!("{}: comes from elsewhere than an index", p.name));
            continue;
        }
        let digests = p.sdist.iter().chain(&p.wheels).chain(&p.files).filter_map(hash).collect();
        let version = p.version.map(|v| format!("=={v}")).unwrap_or_default();
        lock.pin(Name::pypi(&p.name, &version), digests);
    }
    Ok(lock)
}

/// `name==1.2 --hash=sha256:…`, with lines that go on after a backslash.
pub(super) fn requirements(text: &str) -> Result<Lockfile, String> {
    let mut lock = Lockfile::default();
    for line in text.replace("\\\r\n", " ").replace("\\\n", " ").lines() {
        let line = line.trim();
        let line = if line.starts_with('#') { "" } else { line.split(" #").next().unwrap_or(line).trim() };
        if line.is_empty() {
            continue;
        }
        if line.starts_with('-') {
            if line.starts_with("-r")
                || line.starts_with("-c")
                || line.starts_with("-e")
                || line.starts_with("--requirement")
            {
                lock.missing.push(format!("{line}: is not followed"));
            }
            continue;
        }
        let mut words = line.split_whitespace();
        let requirement: String = words.by_ref().take_while(|w| !w.starts_with("--")).collect();
        let requirement = requirement.split(';').next().unwrap_or_default().to_owned();
        let digests = line.split_whitespace().filter_map(|w| {
            let (algorithm, hex) = w.strip_prefix("--hash=")?.split_once(':')?;
            Digest::of_hex(algorithm, hex)
        });
        let digests: Vec<Digest> = digests.collect();
        if requirement.contains('@') || requirement.contains('/') {
            lock.missing.push(format!("{requirement}: comes from elsewhere than an index"));
            continue;
        }
        match requirement.split_once("==") {
            Some((name, version)) if !version.contains(['*', ',']) => {
                let name = name.split('[').next().unwrap_or(name);
                lock.pin(Name::pypi(name, &format!("=={}", version.trim_start_matches('='))), digests);
            }
            _ => lock.missing.push(format!("{requirement}: is not pinned with ==")),
        }
    }
    Ok(lock)
}
