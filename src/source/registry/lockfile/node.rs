//! Lockfiles of npm, pnpm, yarn and bun.

use serde_json::Value;

use super::{Lockfile, Pin};
use crate::source::registry::version::npm;
use crate::source::registry::{Digest, Name};

/// Packages of one file.
const MOST: usize = 200_000;

/// npm: `packages` by path (versions 2 and 3), else `dependencies` nested (version 1).
pub(super) fn package_lock(text: &str) -> Result<Lockfile, String> {
    let document: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let mut lock = Lockfile::default();
    let integrity = |p: &Value| p.get("integrity").and_then(Value::as_str).and_then(Digest::of_integrity);
    if let Some(packages) = document.get("packages").and_then(Value::as_object) {
        more(&mut lock, packages.len());
        for (path, p) in packages.iter().take(MOST) {
            let Some((_, installed)) = path.rsplit_once("node_modules/") else { continue };
            let text = |key: &str| p.get(key).and_then(Value::as_str).unwrap_or_default();
            let flag = |key: &str| p.get(key).and_then(Value::as_bool).unwrap_or(false);
            if flag("link") || (flag("inBundle") && bundled(packages, path)) {
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
    let mut stack: Vec<(&Value, bool)> = document.get("dependencies").into_iter().map(|d| (d, false)).collect();
    while let Some((dependencies, nested)) = stack.pop() {
        for (name, p) in dependencies.as_object().into_iter().flatten() {
            if lock.pinned.len() > MOST {
                return Err(format!("more than {MOST} packages"));
            }
            let text = |key: &str| p.get(key).and_then(Value::as_str).unwrap_or_default();
            // Nothing brings what stands at the top but the registry.
            if !nested || p.get("bundled").and_then(Value::as_bool) != Some(true) {
                let (name, version) = match text("version").strip_prefix("npm:").and_then(split) {
                    Some((name, version)) => (name, version),
                    None => (name.as_str(), text("version")),
                };
                take(&mut lock, name, version, text("resolved"), integrity(p));
            }
            stack.extend(p.get("dependencies").map(|d| (d, true)));
        }
    }
    Ok(lock)
}

/// Says how many packages are beyond those that are read.
fn more(lock: &mut Lockfile, packages: usize) {
    if packages > MOST {
        lock.missing.push(format!("{} packages beyond the {MOST} that are read", packages - MOST));
    }
}

/// Whether a package above this one brings others in its own archive. The project itself brings none when it is installed.
fn bundled(packages: &serde_json::Map<String, Value>, path: &str) -> bool {
    path.match_indices("/node_modules/").filter_map(|(at, _)| packages.get(path.get(..at)?)).any(|p| {
        ["bundleDependencies", "bundledDependencies"].iter().any(|key| match p.get(key) {
            Some(Value::Bool(all)) => *all,
            Some(Value::Array(some)) => !some.is_empty(),
            _ => false,
        })
    })
}

/// Takes one package, unless it comes from elsewhere than a registry.
fn take(lock: &mut Lockfile, name: &str, version: &str, resolved: &str, digest: Option<Digest>) {
    let from = if resolved.is_empty() { version } else { resolved };
    let web = ["https://", "http://"].iter().any(|p| resolved.starts_with(p));
    if !(resolved.is_empty() || web) || version.contains(['/', ':']) {
        lock.missing.push(format!("{name}: comes from {from}, which is no registry"));
        return;
    }
    if !version.is_empty() && npm::version(version).is_none() {
        lock.missing.push(format!("{name}: {version} is no exact version"));
        return;
    }
    let (address, fragment) = resolved.split_once('#').unwrap_or((resolved, ""));
    // yarn wrote the SHA-1 behind the address, before there was an integrity.
    let digest = digest.or_else(|| Digest::of_hex("sha1", fragment));
    lock.pin(Name::npm(name, version), vec![Pin { digest, address: address.to_owned() }], None);
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

/// One package of pnpm while its lines are read.
#[derive(Default)]
struct Block {
    name: String,
    version: String,
    tarball: String,
    digest: Option<Digest>,
    /// What its resolution says that is neither.
    other: bool,
    resolved: bool,
}

impl Block {
    /// What stands behind `resolution:`, in braces or on lines of its own.
    fn resolution(&mut self, text: &str) {
        for pair in text.trim().trim_start_matches('{').trim_end_matches('}').split(", ") {
            let (key, value) = pair.trim().trim_end_matches(',').split_once(':').unwrap_or((pair, ""));
            let value = unquoted(value);
            match unquoted(key) {
                "" => {}
                "integrity" if self.digest.is_none() => {
                    self.resolved = true;
                    self.digest = Digest::of_integrity(value);
                }
                "tarball" if self.tarball.is_empty() => {
                    self.resolved = true;
                    value.clone_into(&mut self.tarball);
                }
                _ => self.other = true,
            }
        }
    }

    fn close(self, lock: &mut Lockfile) {
        if self.other || !self.resolved {
            lock.missing.push(format!("{}: {} is not resolved to an archive of a registry", self.name, self.version));
        } else {
            take(lock, &self.name, &self.version, &self.tarball, self.digest);
        }
    }
}

/// pnpm: the keys of `packages`, `/name@1.0.0(peer)` or `name@1.0.0` or `/name/1.0.0`. Read are the lines as pnpm writes
/// them; whatever else YAML allows is missing and not guessed.
pub(super) fn pnpm(text: &str) -> Result<Lockfile, String> {
    let mut lock = Lockfile::default();
    let (mut inside, mut seen, mut resolution) = (false, false, false);
    let mut current: Option<Block> = None;
    if !text.contains("lockfileVersion") {
        return Err("has no lockfileVersion".to_owned());
    }
    for line in text.lines().chain(["end:"]) {
        let indent = line.len().saturating_sub(line.trim_start().len());
        let body = line.trim();
        if body.is_empty() || body.starts_with('#') {
            continue;
        }
        if indent <= 2
            && let Some(block) = current.take()
        {
            block.close(&mut lock);
        }
        if indent == 0 {
            inside = body == "packages:" && !seen;
            seen |= inside;
            if unquoted(body).starts_with("packages") && !inside && body != "packages: {}" {
                lock.missing.push(format!("{body:?}: is not as pnpm writes it"));
            }
            continue;
        }
        if !inside {
            continue;
        }
        match (indent, &mut current) {
            (2, _) => {
                resolution = false;
                // Until version 5 the version stood behind a slash.
                let Some(written) = body.strip_suffix(':') else {
                    lock.missing.push(format!("{body}: is no package with a version"));
                    continue;
                };
                let key = unquoted(written);
                let key = key.split('(').next().unwrap_or(key).trim_start_matches('/');
                let old = key.rsplit_once('/').map(|(name, v)| (name, v.split('_').next().unwrap_or(v)));
                let pair = old.filter(|(_, v)| semver::Version::parse(v).is_ok()).or_else(|| split(key));
                match pair {
                    Some((name, version)) => {
                        current =
                            Some(Block { name: name.to_owned(), version: version.to_owned(), ..Block::default() });
                    }
                    None => lock.missing.push(format!("{key}: is no package with a version")),
                }
            }
            (4, Some(block)) => {
                let rest = body.strip_prefix("resolution:");
                // A second one, or one in other words, may be the one that counts.
                let key = body.split(':').next().unwrap_or(body);
                let again = rest.is_some() && block.resolved;
                block.other |= again || rest.is_none() && (key.contains("resolution") || key.starts_with(['<', '?']));
                resolution = rest.is_some();
                block.resolution(rest.unwrap_or_default());
            }
            (5.., Some(block)) if resolution => block.resolution(body),
            (5.., _) | (4, None) => {}
            _ => lock.missing.push(format!("{body}: is not as pnpm writes it")),
        }
    }
    Ok(lock)
}

/// yarn, both generations: a block for each version, whose head names what was asked for.
pub(super) fn yarn(text: &str) -> Result<Lockfile, String> {
    let mut lock = Lockfile::default();
    let mut head = String::new();
    let (mut version, mut resolution, mut resolved) = (String::new(), String::new(), String::new());
    let mut digest: Option<Digest> = None;
    if !text.contains("yarn lockfile") && !text.contains("__metadata:") {
        return Err("does not say that it is a lockfile of yarn".to_owned());
    }
    let berry = text.lines().any(|l| l.starts_with("__metadata:"));
    if berry && text.contains("yarn lockfile v1") {
        return Err("says that it is of two generations of yarn".to_owned());
    }
    for line in text.lines().chain(["end:"]) {
        // Deeper lines are dependencies, which may be called `version`, too.
        if line.trim().is_empty() || line.starts_with('#') || line.starts_with("   ") {
            continue;
        }
        if !line.starts_with([' ', '\t']) {
            if !head.is_empty() && !head.starts_with("__metadata") {
                let asked = unquoted(head.split(',').next().unwrap_or_default().trim_end_matches(':'));
                let said = if berry { resolution.as_str() } else { asked };
                let (name, spec) = split(said).unwrap_or((said, ""));
                let npm = spec.strip_prefix("npm:");
                // `alias@npm:name@1` is installed under another name than it has.
                let target = npm.and_then(split).map_or(name, |(real, _)| real);
                let exact = if berry { npm.map_or("", |n| split(n).map_or(n, |(_, v)| v)) } else { version.as_str() };
                if spec.starts_with("workspace:") {
                    // The project itself.
                } else if npm.is_none() && (berry || (resolved.is_empty() && spec.contains(['/', ':']))) {
                    lock.missing.push(format!("{asked}: comes from {spec:?}, which is no registry"));
                } else {
                    take(&mut lock, target, exact, &resolved, digest.take());
                }
            }
            line.clone_into(&mut head);
            for text in [&mut version, &mut resolution, &mut resolved] {
                text.clear();
            }
            digest = None;
            continue;
        }
        let (key, value) = line.trim().split_once([' ', ':']).unwrap_or((line, ""));
        let value = unquoted(value.trim_start_matches(':'));
        match unquoted(key) {
            "version" => value.clone_into(&mut version),
            "resolution" => value.clone_into(&mut resolution),
            "resolved" => value.clone_into(&mut resolved),
            "integrity" => digest = Digest::of_integrity(value),
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
    more(&mut lock, packages.len());
    for (key, p) in packages.iter().take(MOST) {
        let list = p.as_array().map(Vec::as_slice).unwrap_or_default();
        let text = |at: usize| list.get(at).and_then(Value::as_str).unwrap_or_default();
        let Some((name, version)) = split(text(0)) else {
            lock.missing.push(format!("{key}: is no package with a version"));
            continue;
        };
        if version.starts_with("workspace:") {
            continue;
        }
        // The registry's address, or that of the archive; empty for the registry that is set up.
        take(&mut lock, name, version, text(1), Digest::of_integrity(text(3)));
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
