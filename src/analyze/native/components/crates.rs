//! Rust crates by the paths of their sources, which stand in the texts of panics and logs: below cargo's registry
//! (`registry/src/index.crates.io-…/NAME-VERSION/src/…`, also as Debian, Bazel and builds with remapped paths write it),
//! below its checkouts (`git/checkouts/NAME-HASH/COMMIT/`), and below `/rust/deps/` for what the standard library is made
//! of. Only crates that may panic show up, so the list is never complete.

use super::List;
use crate::analyze::Notes;
use crate::model::purl::purl;
use crate::model::{Capability, Component, Fact};
use crate::parse::Parsed;
use crate::parse::markers::Marker;

const SOURCE: &str = "rust-panic-path";
/// Longest component of a path that is believed, in bytes.
const COMPONENT_MAX: usize = 128;

/// Lists the crates, and names the compiler.
pub(super) fn read(file: &Parsed<'_>, list: &mut List, out: &mut Notes) {
    let bytes = file.bytes();
    let places = |marker| file.markers().of(marker).filter(|at| !file.accounts_for(*at as u64));
    for at in places(Marker::Crates) {
        let path = bytes.get(at..bytes.len().min(at.saturating_add(4 * COMPONENT_MAX))).unwrap_or_default();
        if let Some(component) = component(path) {
            list.add(component, at as u64);
        }
    }
    if file.markers().overflow.contains(&Marker::Crates) {
        out.facts.push(Fact::has(Capability::Native, "Rust, too many crate paths to list them all", 0));
    }
    if let Some(at) = places(Marker::Rust).find(|at| is_rustc(bytes, *at)) {
        let version = places(Marker::Version).find_map(|at| rustc(bytes, at));
        let name = version.map_or_else(|| "Rust".to_owned(), |version| format!("Rust {version}"));
        out.facts.push(Fact::has(Capability::Native, name, at as u64));
    }
}

/// `/rustc/` and the commit of the compiler.
fn is_rustc(bytes: &[u8], at: usize) -> bool {
    let commit = bytes.get(at.saturating_add(7)..at.saturating_add(48)).unwrap_or_default();
    commit.len() == 41 && commit.ends_with(b"/") && commit.iter().take(40).all(u8::is_ascii_hexdigit)
}

/// `rustc version 1.95.0 (59807616e 2026-04-14)`, which compilers put into `.comment`.
fn rustc(bytes: &[u8], at: usize) -> Option<&str> {
    let text = bytes.get(at..)?.strip_prefix(b"rustc version ")?;
    let end = text.iter().take(64).position(|b| matches!(b, b' ' | 0))?;
    let version = std::str::from_utf8(text.get(..end)?).ok()?;
    is_version(version).then_some(version)
}

/// The crate that a path is inside of; `path` begins with the mark.
fn component(path: &[u8]) -> Option<Component> {
    let is_separator = |b: &u8| matches!(b, b'/' | b'\\');
    let mut parts = path.split(is_separator);
    let mut next = || parts.next().filter(|p| p.len() <= COMPONENT_MAX).and_then(|p| std::str::from_utf8(p).ok());
    let first = next()?;
    // The last part is cut off by nothing but the end of the text; a separator must follow what is believed.
    let (folder, checkout) = match first {
        "registry" => match next()? {
            "src" => {
                next()?;
                (next()?, None)
            }
            folder => (folder, None),
        },
        "" => match (next()?, next()?) {
            ("rust", "deps") => (next()?, None),
            ("git", "checkouts") => {
                let folder = next()?;
                (folder, Some(next()?))
            }
            _ => return None,
        },
        bazel => (bazel.strip_prefix("crates__")?, None),
    };
    next()?;
    if let Some(commit) = checkout {
        // `NAME-0123456789abcdef`: what the repository is called, not the crate.
        let (name, hash) = folder.rsplit_once('-')?;
        let hex = |t: &str| t.bytes().all(|b| b.is_ascii_hexdigit());
        let known = is_name(name) && hash.len() == 16 && hex(hash) && (7..=40).contains(&commit.len()) && hex(commit);
        return known.then(|| Component {
            purl: None,
            name: name.to_owned(),
            version: Some(format!("git {commit}")),
            source: SOURCE.into(),
        });
    }
    let (name, version) = named(folder)?;
    let purl = purl("cargo", name, version, &[]);
    Some(Component { purl, name: name.to_owned(), version: Some(version.to_owned()), source: SOURCE.into() })
}

/// Splits `foo-bar-1.0.0-alpha.1` before the first thing that is a whole version.
fn named(folder: &str) -> Option<(&str, &str)> {
    folder.match_indices('-').find_map(|(at, _)| {
        let (name, version) = (folder.get(..at)?, folder.get(at + 1..)?);
        (is_name(name) && is_version(version)).then_some((name, version))
    })
}

fn is_name(name: &str) -> bool {
    let letter = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
    letter && name.len() <= 64 && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Three numbers, and what may follow them.
fn is_version(version: &str) -> bool {
    let (numbers, rest) = version.split_at(version.find(['-', '+']).unwrap_or(version.len()));
    let whole = numbers.split('.').filter(|n| (1..=10).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()));
    let sane = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.');
    numbers.split('.').count() == 3 && whole.count() == 3 && rest.len() != 1 && rest.bytes().all(sane)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{listed, said, with_data};

    #[test]
    fn crates_by_their_paths() {
        // Rust puts texts one behind the other, without anything between.
        let text = "/root/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/aho-corasick-1.1.4/src/lib.rs\
            called `unwrap()`C:\\Users\\x\\.cargo\\registry\\src\\index.crates.io-6f17d22bba15001f\\tokio-1.0.0-rc.1\\src\\a.rs\
            /rust/deps/hashbrown-0.15.5/src/raw.rs/rust/deps/hashbrown-0.15.5/src/map.rs\
            /usr/share/cargo/registry/foo-bar-2-0.1.0+x.2/src/lib.rsregistry/ctrlc-3.5.2/src/lib.rs\
            external/rules_rs++crate+crates__glib-0.22.8/src/types.rs\
            /root/.cargo/git/checkouts/rust-sdk-773cd6d57c4837f3/98a5478/crates/rmcp/src/a.rs";
        let expected = [
            "aho-corasick 1.1.4 rust-panic-path",
            "tokio 1.0.0-rc.1 rust-panic-path",
            "hashbrown 0.15.5 rust-panic-path",
            "foo-bar-2 0.1.0+x.2 rust-panic-path",
            "ctrlc 3.5.2 rust-panic-path",
            "glib 0.22.8 rust-panic-path",
            "rust-sdk git 98a5478 rust-panic-path",
        ];
        assert_eq!(listed(&with_data(text.as_bytes())), expected);
    }

    #[test]
    fn other_registries_are_none() {
        let text = "https://x.invalid/registry/src/a/b-1.0.0 registry/2/tags registry\\Machine\\x-1.0\\src \
            /rust/deps/1-1.0.0/src /git/checkouts/a-zz/98a5478/x crates__x registry/a-1.0/src";
        assert!(listed(&with_data(text.as_bytes())).is_empty());
    }

    #[test]
    fn the_compiler_is_named() {
        let commit = format!("/rustc/{}/library/core\0", "a".repeat(40));
        assert!(said(&with_data(commit.as_bytes())).contains(&"Rust"));
        let both = format!("{commit}rustc version 1.95.0 (59807616e 2026-04-14)\0");
        assert!(said(&with_data(both.as_bytes())).contains(&"Rust 1.95.0"));
        assert!(said(&with_data(b"rustc version 1.95.0 (59807616e 2026-04-14)")).iter().all(|s| !s.contains("Rust")));
    }
}
