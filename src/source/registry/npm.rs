//! What an npm registry says about a package (<https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md>).
//! Everything in it was written by a stranger: names are checked, and what has another shape than the protocol says is
//! nothing.

use std::sync::Arc;

use serde_json::Value;

use super::address::Address;
use super::closure::{Entry, Found, State, Wants, Why, Wish};
use super::packument::{self, Outline};
use super::store::Document;
use super::version::npm::{Range, version};
use super::{Digest, Name, Registry, Trouble, plain};

/// The type of the short form.
pub(super) const SHORT: &str = "application/vnd.npm.install-v1+json";
/// The short form, as installers ask for it.
const ACCEPT: &str = "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8";
/// Dependencies that are read of one manifest.
const MOST: usize = 2000;

/// What the registry says about a package, as it says it.
pub(super) fn document(registry: &Registry, name: &Name) -> Result<Arc<Document>, Trouble> {
    let address = registry.config.npm_of(&name.name).below(&name.name.replace('/', "%2f"));
    registry.document(&address, ACCEPT)
}

/// Resolves one wish.
pub(super) fn resolve(registry: &Registry, wish: &Wish, wants: &Wants) -> Result<Found, Trouble> {
    let name = &wish.name;
    let base = registry.config.npm_of(&name.name);
    let address = base.below(&name.name.replace('/', "%2f"));
    let document = registry.document(&address, ACCEPT)?;
    let malformed = |e: serde_json::Error| Trouble::Malformed(format!("{address} is no JSON document: {e}"));
    let outline = Outline::read(&document.body).map_err(malformed)?;
    let version =
        choose(&outline, &name.wish).ok_or_else(|| Trouble::Missing(format!("{name}: no version in {} fits", base)))?;
    let manifest = packument::manifest(&document.body, version).map_err(malformed)?.unwrap_or(Value::Null);
    let entry = entry(registry, &address, &manifest, version, wish, wants)?;
    let mut found = Found { entries: vec![entry], ..Found::default() };
    children(&manifest, wish, wants, &mut found);
    Ok(found)
}

/// One version whose number is known, by the document of this version alone where the registry has such: npm's own
/// documents of a package list all its versions, some megabytes for old ones.
pub(super) fn exact(registry: &Registry, name: &Name, wants: &Wants) -> Result<Option<Entry>, Trouble> {
    let wish = Wish { name: name.clone(), alias: None, why: Why::Asked, from: None, depth: 0 };
    let address = registry.config.npm_of(&name.name).below(&name.name.replace('/', "%2f"));
    if !registry.knows(&address) && version(&name.wish).is_some() {
        let of_version = address.below(&name.wish);
        let told = registry.document(&of_version, "application/json");
        let manifest = told.ok().and_then(|d| serde_json::from_str::<Value>(&d.body).ok());
        let says = |m: &Value, key: &str, what: &str| m.get(key).and_then(Value::as_str) == Some(what);
        // Some registries answer something else here, or nothing: the long way is open then.
        if let Some(m) = manifest.filter(|m| says(m, "name", &name.name) && says(m, "version", &name.wish)) {
            return entry(registry, &of_version, &m, &name.wish, &wish, wants).map(Some);
        }
    }
    Ok(resolve(registry, &wish, wants)?.entries.into_iter().next())
}

/// What a manifest says of where the archive of a version is and what it has to be.
fn entry(
    registry: &Registry,
    address: &Address,
    manifest: &Value,
    version: &str,
    wish: &Wish,
    wants: &Wants,
) -> Result<Entry, Trouble> {
    let name = &wish.name;
    let base = registry.config.npm_of(&name.name);
    let dist = manifest.get("dist").unwrap_or(&Value::Null);
    let tarball = dist.get("tarball").and_then(Value::as_str).unwrap_or_default();
    let tarball = address
        .join(tarball)
        .filter(|_| !tarball.is_empty())
        .ok_or_else(|| Trouble::Malformed(format!("{name}: {tarball:?} is no address of an archive")))?;
    if base.secure && !tarball.secure {
        return Err(Trouble::Integrity(format!("{name}: the archive is at {tarball}, which is not encrypted")));
    }
    let text = |key: &str| dist.get(key).and_then(Value::as_str);
    let promised = text("integrity")
        .and_then(Digest::of_integrity)
        .or_else(|| text("shasum").and_then(|s| Digest::of_hex("sha1", s)));
    let (os, cpu, libc) = (list(manifest, "os"), list(manifest, "cpu"), list(manifest, "libc"));
    let platform = [os.join(","), cpu.join(","), libc.join(",")].into_iter().filter(|w| !w.is_empty());
    Ok(Entry {
        purl: name.purl(version),
        name: name.name.clone(),
        version: version.to_owned(),
        alias: wish.alias.clone(),
        why: wish.why,
        from: wish.from,
        platform: platform.collect::<Vec<_>>().join(" "),
        registry: base.to_string(),
        address: tarball.to_string(),
        file: format!("{}-{}.tgz", plain(&name.name), plain(version)),
        install_script: manifest.get("hasInstallScript").and_then(Value::as_bool).unwrap_or(false),
        deprecated: manifest.get("deprecated").and_then(Value::as_str).map(str::to_owned),
        state: match left_out(wants, &os, &cpu, wish.why) {
            Some(why) => State::LeftOut(why),
            None => State::Wanted,
        },
        promised,
        held: None,
    })
}

fn left_out(wants: &Wants, os: &[String], cpu: &[String], why: Why) -> Option<String> {
    let fits = wants.platforms.is_empty() || wants.platforms.iter().any(|p| p.admits_npm(os, cpu));
    (!fits && why != Why::Asked).then(|| "for another platform than --platform".to_owned())
}

/// The version that a wish means.
fn choose<'p>(outline: &'p Outline, wish: &str) -> Option<&'p str> {
    let exact = |v: &str| outline.version(v);
    let wish = if wish.is_empty() { "latest" } else { wish };
    let named = outline.tagged(wish).or(Some(wish)).and_then(exact);
    if let Some(found) = named.or_else(|| exact(wish.trim_start_matches(['=', 'v']))) {
        return Some(found);
    }
    let range = Range::parse(wish)?;
    // As npm: what is tagged as the latest where it fits, else the highest.
    let latest = outline.tagged("latest").filter(|v| version(v).is_some_and(|v| range.holds(&v)));
    if let Some(latest) = latest.and_then(exact) {
        return Some(latest);
    }
    let versions = outline.versions().filter_map(|text| Some((version(text)?, text)));
    versions.filter(|(v, _)| range.holds(v)).max_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, text)| text)
}

/// A list of texts, or one text.
fn list(manifest: &Value, key: &str) -> Vec<String> {
    match manifest.get(key) {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).take(32).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// What comes along: optional dependencies always, for that is how a wrapper brings its program; of the others those
/// that are the package itself under another name; the rest on request.
fn children(manifest: &Value, wish: &Wish, wants: &Wants, found: &mut Found) {
    let own = &wish.name.name;
    let pairs = |key: &str| manifest.get(key).and_then(Value::as_object).into_iter().flatten().take(MOST);
    let optional_peer = |name: &str| {
        let meta = manifest.get("peerDependenciesMeta").and_then(|m| m.get(name));
        meta.and_then(|m| m.get("optional")).and_then(Value::as_bool).unwrap_or(false)
    };
    let follow = wants.follows(wish.why, wish.depth);
    let mut seen = std::collections::HashSet::new();
    for (section, companion) in [("optionalDependencies", true), ("dependencies", false), ("peerDependencies", false)] {
        let all = manifest.get(section).and_then(Value::as_object).map_or(0, serde_json::Map::len);
        if all > MOST {
            found.missing.push(format!("{} {section} of {own} beyond the {MOST} that are read", all - MOST));
        }
        for (name, spec) in pairs(section) {
            let Some(spec) = spec.as_str() else { continue };
            if (section == "peerDependencies" && optional_peer(name)) || !seen.insert(name) {
                continue;
            }
            let aliased = spec.strip_prefix("npm:").map(|s| s.starts_with(own.as_str())).unwrap_or(false);
            let brings = wish.why != Why::Dependency && (companion || aliased || is_platform_name(own, name));
            if !(brings || follow || (companion && wish.why == Why::Dependency)) {
                found.not_followed = found.not_followed.saturating_add(1);
                continue;
            }
            match read(name, spec) {
                Ok((name_of, alias)) => found.wishes.push(Wish {
                    name: name_of,
                    alias,
                    why: if brings { Why::Companion } else { Why::Dependency },
                    from: None,
                    depth: wish.depth.saturating_add(1),
                }),
                Err(why) => found.missing.push(format!("{name}: {why}")),
            }
        }
    }
}

/// A dependency as it stands in a manifest: the package and, when it is installed under another name, that name.
fn read(name: &str, spec: &str) -> Result<(Name, Option<String>), String> {
    if let Some(target) = spec.strip_prefix("npm:") {
        let target = Name::parse(&format!("npm:{target}")).unwrap_or_else(|| Err("no name".to_owned()))?;
        let alias = (target.name != name).then(|| name.to_owned());
        return Ok((target, alias.or_else(|| Some(name.to_owned()))));
    }
    if spec.contains(':') || spec.contains('/') {
        return Err(format!("comes from {spec:?}, which is no registry: not fetched"));
    }
    Ok((Name::npm(name, spec)?, None))
}

/// Whether a name is that of a package with one platform in it: `tool-linux-x64`, `@scope/tool-darwin-arm64`.
fn is_platform_name(own: &str, name: &str) -> bool {
    let family = own.split('/').next().unwrap_or(own).trim_start_matches('@');
    name.trim_start_matches('@').starts_with(family)
        && ["linux", "darwin", "win32", "windows", "macos"].iter().any(|os| name.contains(os))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(packument: &Value, wish: &str) -> Option<String> {
        choose(&Outline::read(&packument.to_string()).unwrap(), wish).map(str::to_owned)
    }

    #[test]
    fn the_version_is_the_one_that_npm_would_take() {
        let packument = serde_json::json!({
            "dist-tags": {"latest": "1.5.0", "next": "2.0.0-beta.1"},
            "versions": {"1.0.0": {}, "1.5.0": {}, "1.9.0": {}, "2.0.0-beta.1": {}, "2.0.0-beta.1-linux-x64": {}}
        });
        for (wish, means) in [
            ("", Some("1.5.0")),
            ("1.0.0", Some("1.0.0")),
            ("=1.0.0", Some("1.0.0")),
            ("next", Some("2.0.0-beta.1")),
            ("^1", Some("1.5.0")),
            ("^1.6", Some("1.9.0")),
            ("2.0.0-beta.1-linux-x64", Some("2.0.0-beta.1-linux-x64")),
            ("^3", None),
            ("nonsense", None),
        ] {
            assert_eq!(chosen(&packument, wish).as_deref(), means, "{wish}");
        }
        assert_eq!(chosen(&serde_json::json!({"versions": []}), ""), None);
        assert_eq!(chosen(&serde_json::json!([]), ""), None);
    }

    #[test]
    fn aliases_and_addresses_are_told_apart() {
        let (name, alias) = read("tool-linux-x64", "npm:tool@1.0.0-linux-x64").unwrap();
        assert_eq!((name.name.as_str(), name.wish.as_str()), ("tool", "1.0.0-linux-x64"));
        assert_eq!(alias.as_deref(), Some("tool-linux-x64"));
        assert!(read("x", "git+https://h.invalid/x.git").is_err());
        assert!(read("x", "github/x").is_err());
        assert!(read("../x", "1").is_err());
        assert!(is_platform_name("@scope/tool", "@scope/tool-linux-x64"));
        assert!(!is_platform_name("@scope/tool", "left-pad"));
    }

    #[test]
    fn what_is_beyond_the_limit_is_missing() {
        let many: serde_json::Map<String, Value> =
            (0..=MOST).map(|n| (format!("d{n}"), Value::String("1".to_owned()))).collect();
        let name = Name::npm("a", "1.0.0").unwrap();
        let wish = Wish { name, alias: None, why: Why::Asked, from: None, depth: 0 };
        let mut found = Found::default();
        children(&serde_json::json!({"dependencies": many}), &wish, &Wants::default(), &mut found);
        assert_eq!((found.not_followed, found.missing.len()), (MOST as u64, 1));
    }
}
