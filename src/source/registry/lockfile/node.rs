//! Lockfiles of npm, pnpm, yarn and bun.

use serde_json::Value;

use super::Lockfile;
use crate::source::registry::{Digest, Name};

/// Packages of one file.
const MOST: usize = 200_000;

/// npm: `packages` by path (versions 2 and 3), else `dependencies` nested (version 1).
pub(super) fn package_lock(text: &str) -> Result<Lockfile, String> {
    let document: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let mut lock = Lockfile::default();
    let integrity = |p: &Value| {
        p.get("integrity").and_then(Value::as_str).and_then(Digest::of_integrity).into_iter().collect::<Vec<_>>()
    };
    if let Some(packages) = document.get("packages").and_then(Value::as_object) {
        for (path, p) in packages.iter().take(MOST) {
            let Some((_, installed)) = path.rsplit_once("node_modules/") else { continue };
            let text = |key: &str| p.get(key).and_then(Value::as_str).unwrap_or_default();
            let flag = |key: &str| p.get(key).and_then(Value::as_bool).unwrap_or(false);
            if flag("link") || flag("inBundle") {
                continue;
            }
            let name = if text("name").is_empty() { installed } else { text("name") };
            take(&mut lock, name, text("version"), text("resolved"), integrity(p));
        }
        return Ok(lock);
    }
    if document.get("lockfileVersion").is_none() && document.get("dependencies").is_none() {
        return Err("has neither packages nor dependencies".to_owned());
    }
    let mut stack: Vec<&Value> = document.get("dependencies").into_iter().collect();
    while let Some(dependencies) = stack.pop() {
        for (name, p) in dependencies.as_object().into_iter().flatten() {
            if lock.pinned.len() > MOST {
                return Err(format!("more than {MOST} packages"));
            }
            let text = |key: &str| p.get(key).and_then(Value::as_str).unwrap_or_default();
            if p.get("bundled").and_then(Value::as_bool) != Some(true) {
                let (name, version) = match text("version").strip_prefix("npm:").and_then(split) {
                    Some((name, version)) => (name, version),
                    None => (name.as_str(), text("version")),
                };
                take(&mut lock, name, version, text("resolved"), integrity(p));
            }
            stack.extend(p.get("dependencies"));
        }
    }
    Ok(lock)
}

/// Takes one package, unless it comes from elsewhere than a registry.
fn take(lock: &mut Lockfile, name: &str, version: &str, resolved: &str, digests: Vec<Digest>) {
    let from = if resolved.is_empty() { version } else { resolved };
    if ["git", "file:", "link:", "github:"].iter().any(|p| from.starts_with(p)) || version.contains("://") {
        lock.missing.push(format!("{name}: comes from {from}, which is no registry"));
        return;
    }
    lock.pin(Name::npm(name, version), digests);
}

/// `@scope/name@version` or `name@version`.
fn split(text: &str) -> Option<(&str, &str)> {
    let at = text.char_indices().skip(1).find(|(_, c)| *c == '@')?.0;
    let (name, version) = text.split_at_checked(at)?;
    Some((name, version.get(1..)?))
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}

/// pnpm: the keys of `packages`, `/name@1.0.0(peer)` or `name@1.0.0` or `/name/1.0.0`.
pub(super) fn pnpm(text: &str) -> Result<Lockfile, String> {
    let mut lock = Lockfile::default();
    let mut inside = false;
    let mut current: Option<(String, String)> = None;
    let mut digests = Vec::new();
    let close = |current: &mut Option<(String, String)>, digests: &mut Vec<Digest>, lock: &mut Lockfile| {
        if let Some((name, version)) = current.take() {
            take(lock, &name, &version, "", std::mem::take(digests));
        }
    };
    if !text.contains("lockfileVersion") {
        return Err("has no lockfileVersion".to_owned());
    }
    for line in text.lines() {
        let indent = line.len().saturating_sub(line.trim_start().len());
        let body = line.trim();
        if body.is_empty() || body.starts_with('#') {
            continue;
        }
        if indent == 0 {
            close(&mut current, &mut digests, &mut lock);
            inside = body == "packages:";
            continue;
        }
        if !inside {
            continue;
        }
        if indent == 2 {
            close(&mut current, &mut digests, &mut lock);
            let key = unquoted(body.trim_end_matches("{}").trim_end().trim_end_matches(':'));
            let key = key.split('(').next().unwrap_or(key).trim_start_matches('/');
            // Until version 5 the version stood behind a slash.
            let old = key.rsplit_once('/').map(|(name, v)| (name, v.split('_').next().unwrap_or(v)));
            let pair = old.filter(|(_, v)| semver::Version::parse(v).is_ok()).or_else(|| split(key));
            match pair {
                Some((name, version)) => current = Some((name.to_owned(), version.to_owned())),
                None => lock.missing.push(format!("{key}: is no package with a version")),
            }
        } else if let Some((_, rest)) = body.split_once("integrity:") {
            digests.extend(Digest::of_integrity(unquoted(
                rest.trim().trim_end_matches('}').split(',').next().unwrap_or_default(),
            )));
        }
    }
    close(&mut current, &mut digests, &mut lock);
    Ok(lock)
}

/// yarn, both generations: a block for each version, whose head names what was asked for.
pub(super) fn yarn(text: &str) -> Result<Lockfile, String> {
    let mut lock = Lockfile::default();
    let mut head = String::new();
    let (mut version, mut resolution, mut resolved) = (String::new(), String::new(), String::new());
    let mut digests: Vec<Digest> = Vec::new();
    if !text.contains("yarn lockfile") && !text.contains("__metadata:") {
        return Err("does not say that it is a lockfile of yarn".to_owned());
    }
    for line in text.lines().chain(["end:"]) {
        // Deeper lines are dependencies, which may be called `version`, too.
        if line.trim().is_empty() || line.starts_with('#') || line.starts_with("   ") {
            continue;
        }
        if !line.starts_with([' ', '\t']) {
            if !head.is_empty() && !head.starts_with("__metadata") {
                let asked = unquoted(head.split(',').next().unwrap_or_default().trim_end_matches(':'));
                let said = if resolution.is_empty() { asked } else { resolution.as_str() };
                let (name, spec) = split(said).unwrap_or((said, ""));
                // `alias@npm:name@1` is installed under another name than it has.
                let target = spec.strip_prefix("npm:").and_then(split).map_or(name, |(real, _)| real);
                if spec.starts_with("workspace:") || spec.starts_with("patch:") || spec.starts_with("link:") {
                    if !spec.starts_with("workspace:") {
                        lock.missing.push(format!("{name}: comes from {spec}, which is no registry"));
                    }
                } else {
                    take(&mut lock, target, &version, &resolved, std::mem::take(&mut digests));
                }
            }
            line.clone_into(&mut head);
            for text in [&mut version, &mut resolution, &mut resolved] {
                text.clear();
            }
            digests.clear();
            continue;
        }
        let (key, value) = line.trim().split_once([' ', ':']).unwrap_or((line, ""));
        let value = unquoted(value.trim_start_matches(':'));
        match key {
            "version" => value.clone_into(&mut version),
            "resolution" => value.clone_into(&mut resolution),
            "resolved" => value.split('#').next().unwrap_or(value).clone_into(&mut resolved),
            "integrity" => digests.extend(Digest::of_integrity(value)),
            _ => {}
        }
    }
    Ok(lock)
}

/// bun: JSON with commas before closing brackets; each package is a list that begins with `name@version`.
pub(super) fn bun(text: &str) -> Result<Lockfile, String> {
    let document: Value = serde_json::from_str(&without_trailing_commas(text)).map_err(|e| e.to_string())?;
    let packages = document.get("packages").and_then(Value::as_object).ok_or("has no packages")?;
    let mut lock = Lockfile::default();
    for p in packages.values().take(MOST) {
        let list = p.as_array().map(Vec::as_slice).unwrap_or_default();
        let Some((name, version)) = list.first().and_then(Value::as_str).and_then(split) else { continue };
        let integrity = list.iter().filter_map(Value::as_str).skip(1).filter_map(Digest::of_integrity).collect();
        if version.starts_with("workspace:") {
            continue;
        }
        take(&mut lock, name, version, "", integrity);
    }
    Ok(lock)
}

fn without_trailing_commas(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    let mut comma = None;
    for c in text.chars() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else {
            quoted = c == '"';
            match c {
                ',' => comma = Some(out.len()),
                ']' | '}' => {
                    if let Some(at) = comma.take() {
                        out.replace_range(at..at.saturating_add(1), " ");
                    }
                }
                c if !c.is_whitespace() => comma = None,
                _ => {}
            }
        }
        out.push(c);
    }
    out
}
