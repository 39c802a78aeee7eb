//! Holds what the registry has to what a lockfile pins: which archives those are, and what an installer would take from
//! elsewhere. Bytes with a pinned digest are the same wherever they come from; without one, the place decides.

use super::{Lockfile, Pin, Pinned};
use crate::source::registry::address::{Address, percent_decoded};
use crate::source::registry::closure::{Entry, Held, State};
use crate::source::registry::config::Config;
use crate::source::registry::{Algorithm, Digest, Ecosystem, Trouble};

/// Why a file of a pinned version is not examined.
pub(in super::super) const NOT_PINNED: &str = "no file that the lockfile pins";
/// Hosts that npm and yarn replace by the registry that they are set to.
const MAGIC: &[&str] = &["registry.npmjs.org", "registry.yarnpkg.com"];

fn strong(pin: &Pin) -> Option<&Digest> {
    pin.digest.as_ref().filter(|d| d.algorithm > Algorithm::Sha1)
}

/// Whether nobody can give other bytes for it.
pub(super) fn is_held(pin: &Pinned) -> bool {
    !pin.files.is_empty() && pin.files.iter().all(|f| strong(f).is_some())
}

/// Leaves out what the lockfile does not pin, where the registry's promise tells; the rest is measured once it is here.
pub(super) fn bind(pin: &Pinned, at: usize, entries: &mut [Entry]) {
    let all: Vec<&Digest> = pin.files.iter().filter_map(|f| f.digest.as_ref()).collect();
    // One file without a digest may be any.
    let digests = if all.len() == pin.files.len() { all } else { Vec::new() };
    for entry in entries {
        entry.held = Some(Held { pin: at, digests: digests.iter().map(|d| (*d).clone()).collect() });
        let Some(first) = digests.first() else { continue };
        match &entry.promised {
            Some(own) if digests.contains(&own) => {}
            Some(own) if digests.iter().any(|d| d.algorithm != own.algorithm) => {}
            Some(_) => entry.state = State::LeftOut(NOT_PINNED.to_owned()),
            None if digests.len() == 1 => entry.promised = Some((*first).clone()),
            None => {}
        }
    }
}

/// Pins of which the registry has no file are broken: other bytes are installed than it knows.
pub(in super::super) fn held(entries: &mut [Entry]) {
    let mut met = std::collections::HashSet::new();
    for entry in entries.iter() {
        let Some(held) = entry.held.as_ref().filter(|h| !h.digests.is_empty()) else { continue };
        if !matches!(&entry.state, State::LeftOut(why) if why == NOT_PINNED) {
            met.insert(held.pin);
        }
    }
    for entry in entries {
        let Some(held) = entry.held.as_ref().filter(|h| !h.digests.is_empty()) else { continue };
        if met.insert(held.pin) {
            let list = |all: &[Digest]| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let own = entry.promised.as_ref().map_or("no digest".to_owned(), ToString::to_string);
            let why = format!("the registry promises {own}, the lockfile pins {}", list(&held.digests));
            entry.state = State::Failed(Trouble::Integrity(why));
        }
    }
}

/// What an installer takes for a pin from elsewhere than the registry that was asked, in words.
pub(super) fn strays(pin: &Pinned, lockfile: &Lockfile, entries: &[Entry], config: &Config) -> Vec<String> {
    let mut found = Vec::new();
    for file in &pin.files {
        let known = match strong(file) {
            // Which file it is shows by its digest; where the index promises no such digest, by its address.
            Some(digest) => {
                pin.name.ecosystem == Ecosystem::Npm
                    || file.address.is_empty()
                    || entries.iter().any(|e| e.promised.as_ref() == Some(digest) || e.address == file.address)
            }
            None => file.address.is_empty() || entries.iter().any(|e| is_same(&file.address, e, config)),
        };
        if !known {
            found.push(format!("{}: comes from {}, which the registry does not know", pin.name, file.address));
        }
    }
    if is_held(pin) {
        return found;
    }
    for index in pin.index.iter().chain(&lockfile.elsewhere) {
        if !config.pypi.iter().any(|own| own.to_string().trim_end_matches('/') == index.trim_end_matches('/')) {
            found.push(format!("{}: may come from {index}, which was not asked", pin.name));
        }
    }
    found
}

/// Whether an address is that of an archive: the registry's own word, or what npm and yarn make of it when they put the
/// registry that they are set to into its place.
fn is_same(address: &str, entry: &Entry, config: &Config) -> bool {
    let (Some(said), Some(own)) = (Address::parse(address), Address::parse(&entry.address)) else { return false };
    if said == own {
        return true;
    }
    let registry = config.npm_of(&entry.name);
    let base = entry.name.rsplit('/').next().unwrap_or(&entry.name);
    let version = entry.version.split('+').next().unwrap_or(&entry.version);
    let usual = format!("/{}/-/{base}-{version}.tgz", entry.name);
    let path = percent_decoded(said.path.split('?').next().unwrap_or_default());
    let magic = MAGIC.contains(&said.host.as_str()) && path == usual;
    let below = said.host == registry.host && path.strip_prefix(registry.path.trim_end_matches('/')) == Some(&usual);
    entry.purl.starts_with("pkg:npm/") && (said.secure || !own.secure) && (magic || below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::registry::{Name, Stored, Why};

    fn digest(c: char) -> Digest {
        Digest::of_hex("sha256", &c.to_string().repeat(64)).unwrap()
    }

    fn entry(name: &Name, version: &str, address: &str, promised: Option<Digest>) -> Entry {
        Entry {
            purl: name.purl(version),
            name: name.name.clone(),
            version: version.to_owned(),
            alias: None,
            why: Why::Asked,
            from: None,
            platform: String::new(),
            registry: String::new(),
            address: address.to_owned(),
            file: address.rsplit('/').next().unwrap().to_owned(),
            install_script: false,
            deprecated: None,
            promised,
            held: None,
            state: State::Wanted,
        }
    }

    fn pinned(name: &Name, files: &[(Option<Digest>, &str)]) -> Pinned {
        let files = files.iter().map(|(d, a)| Pin { digest: d.clone(), address: (*a).to_owned() }).collect();
        Pinned { name: name.clone(), files, index: None }
    }

    /// The states of entries with these promises after everything was fetched that is wanted.
    fn bound(pin: &[Option<Digest>], promises: &[Option<Digest>]) -> Vec<State> {
        let name = Name::pypi("a", "==1").unwrap();
        let files: Vec<_> = pin.iter().map(|d| (d.clone(), "")).collect();
        let mut entries: Vec<Entry> =
            promises.iter().map(|p| entry(&name, "1", "https://i.invalid/a-1.zip", p.clone())).collect();
        bind(&pinned(&name, &files), 0, &mut entries);
        held(&mut entries);
        entries.into_iter().map(|e| e.state).collect()
    }

    #[test]
    fn archives_are_held_to_what_is_pinned() {
        let [a, b, c] = ['1', '2', '3'].map(|c| Some(digest(c)));
        assert_eq!(bound(std::slice::from_ref(&a), std::slice::from_ref(&a)), [State::Wanted]);
        let broken = |s: &State| matches!(s, State::Failed(Trouble::Integrity(_)));
        assert!(broken(&bound(std::slice::from_ref(&b), std::slice::from_ref(&a))[0]));
        // None of several fits: that is no file that is merely not wanted.
        let none = bound(&[b.clone(), c.clone()], &[a.clone(), Some(digest('4'))]);
        assert_eq!(none.iter().filter(|s| broken(s)).count(), 1, "{none:?}");
        // A wheel alone is pinned: the source beside it is left out, and nothing is broken.
        let wheel = bound(std::slice::from_ref(&a), &[a.clone(), b.clone()]);
        assert_eq!(wheel[0], State::Wanted);
        assert!(matches!(wheel[1], State::LeftOut(_)));
        // What the index does not promise is measured.
        assert_eq!(bound(&[a.clone(), b.clone()], &[None]), [State::Wanted]);
        let strong = Digest::of_hex("sha512", &"a".repeat(128));
        assert_eq!(bound(&[strong], &[a]), [State::Wanted]);
    }

    #[test]
    fn without_a_digest_the_place_decides() {
        let config = Config::of_user(Some("https://r.invalid/npm/")).unwrap();
        let name = Name::npm("@s/a", "1.0.0").unwrap();
        let own = [entry(&name, "1.0.0", "https://cdn.invalid/blob/1", Some(digest('1')))];
        let strays = |digest: Option<Digest>, address: &str| {
            strays(&pinned(&name, &[(digest, address)]), &Lockfile::default(), &own, &config).len()
        };
        for good in [
            "",
            "https://cdn.invalid/blob/1",
            "https://registry.npmjs.org/@s/a/-/a-1.0.0.tgz",
            "https://registry.npmjs.org/@s%2fa/-/a-1.0.0.tgz",
            "https://registry.yarnpkg.com/@s/a/-/a-1.0.0.tgz",
            "https://r.invalid/npm/@s/a/-/a-1.0.0.tgz",
        ] {
            assert_eq!(strays(None, good), 0, "{good}");
        }
        for bad in [
            "https://evil.invalid/x.tgz",
            "https://evil.invalid/@s/a/-/a-1.0.0.tgz",
            "https://registry.npmjs.org/@s/b/-/b-1.0.0.tgz",
            "https://registry.npmjs.org/@s/a/-/a-2.0.0.tgz",
            "https://r.invalid/other/@s/a/-/a-1.0.0.tgz",
            "http://registry.npmjs.org/@s/a/-/a-1.0.0.tgz",
        ] {
            assert_eq!(strays(None, bad), 1, "{bad}");
            assert_eq!(strays(Some(digest('1')), bad), 0, "bytes that are pinned may lie anywhere");
            assert_eq!(strays(Digest::of_hex("sha1", &"1".repeat(40)), bad), 1, "SHA-1 pins nothing");
        }
    }

    #[test]
    fn python_files_from_elsewhere_are_missing() {
        let config = Config::of_user(Some("https://i.invalid/simple/")).unwrap();
        let name = Name::pypi("a", "==1").unwrap();
        let own = [entry(&name, "1", "https://i.invalid/f/a-1.whl", Some(digest('1')))];
        let strays = |pin: &Pinned, elsewhere: &[&str]| {
            let elsewhere = elsewhere.iter().map(|e| (*e).to_owned()).collect();
            strays(pin, &Lockfile { elsewhere, ..Lockfile::default() }, &own, &config).len()
        };
        let good = (Some(digest('1')), "https://i.invalid/f/a-1.whl");
        let evil = (Some(digest('2')), "https://evil.invalid/a-1.whl");
        assert_eq!(strays(&pinned(&name, std::slice::from_ref(&good)), &["https://evil.invalid/simple"]), 0);
        assert_eq!(strays(&pinned(&name, &[good, evil]), &[]), 1, "uv takes it from there");
        let free = pinned(&name, &[]);
        assert_eq!(strays(&free, &[]), 0);
        assert_eq!(strays(&free, &["https://i.invalid/simple"]), 0);
        assert_eq!(strays(&free, &["https://evil.invalid/simple"]), 1);
        let index = Pinned { index: Some("https://evil.invalid/simple".to_owned()), ..free };
        assert_eq!(strays(&index, &[]), 1);
    }

    #[test]
    fn what_was_measured_and_fits_none_breaks_the_pin() {
        let name = Name::pypi("a", "==1").unwrap();
        let mut entries =
            [entry(&name, "1", "https://i.invalid/a", None), entry(&name, "1", "https://i.invalid/b", None)];
        bind(&pinned(&name, &[(Some(digest('1')), ""), (Some(digest('2')), "")]), 7, &mut entries);
        for e in &mut entries {
            e.state = State::LeftOut(NOT_PINNED.to_owned());
        }
        held(&mut entries);
        assert!(matches!(entries[0].state, State::Failed(_)) && matches!(entries[1].state, State::LeftOut(_)));
        let stored = Stored { path: "x".into(), sha256: String::new(), bytes: 0, cached: false };
        entries[0].state = State::LeftOut(NOT_PINNED.to_owned());
        entries[1].state = State::Here(stored);
        held(&mut entries);
        assert!(matches!(entries[0].state, State::LeftOut(_)));
    }
}
