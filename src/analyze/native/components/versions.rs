//! Libraries and runtimes by the texts in which they write their own version. Only texts count that their library alone
//! writes in that form (`OpenSSL 3.0.22 25 Aug 2026`, ` inflate 1.2.13 Copyright 1995-2022 Mark Adler`), so that a
//! program that merely speaks about a library does not seem to hold it. (Node and Bun are told by their own readers.)

use super::List;
use crate::analyze::Notes;
use crate::model::purl::purl;
use crate::model::{Capability, Component, Fact};
use crate::parse::Parsed;
use crate::parse::markers::Marker;

const SOURCE: &str = "version-string";
/// How far behind the mark a text is read, in bytes.
const REACH: usize = 200;

/// One text.
struct Text {
    /// How it begins; one of the version marks of `parse::markers`.
    start: &'static [u8],
    name: &'static str,
    /// The name in `pkg:generic/…`; empty when the version is not one that others would look up.
    purl: &'static str,
    /// How the names of its shared libraries begin. A program that needs one of them holds no copy: the text is the version
    /// of the headers that it was compiled with.
    shared: &'static [&'static str],
    /// The version, out of what follows the beginning.
    read: fn(&[u8]) -> Option<&[u8]>,
}

const fn text(start: &'static [u8], name: &'static str, purl: &'static str, read: fn(&[u8]) -> Option<&[u8]>) -> Text {
    Text { start, name, purl, shared: &[], read }
}

impl Text {
    const fn shared_as(mut self, shared: &'static [&'static str]) -> Self {
        self.shared = shared;
        self
    }

    /// Whether the file takes it from a shared library.
    fn is_shared(&self, file: &Parsed<'_>) -> bool {
        let mut libraries = file.images().iter().flat_map(|i| &i.libraries);
        libraries.any(|path| {
            let base = path.rsplit(|b| matches!(b, b'/' | b'\\')).next().unwrap_or_default().to_ascii_lowercase();
            self.shared.iter().any(|s| base.starts_with(s.as_bytes()))
        })
    }
}

const TEXTS: &[Text] = &[
    text(b"OpenSSL ", "OpenSSL", "openssl", dated).shared_as(&["libcrypto", "libssl"]),
    text(b"LibreSSL ", "LibreSSL", "libressl", closed).shared_as(&["libcrypto", "libssl"]),
    text(b"bed TLS ", "Mbed TLS", "mbedtls", closed),
    text(b" inflate ", "zlib", "zlib", copyright).shared_as(&["libz.", "zlib1"]),
    text(b"1.0.8, 13-Jul-2019", "bzip2", "bzip2", bzip2),
    text(b"CLIENT libcurl ", "curl", "curl", closed).shared_as(&["libcurl"]),
    text(b"libcurl/", "curl", "curl", closed).shared_as(&["libcurl"]),
    text(b"fts5: ", "SQLite", "", check_in).shared_as(&["libsqlite3", "sqlite3."]),
    text(b"expat_", "Expat", "expat", closed).shared_as(&["libexpat"]),
    text(b" libpng version ", "libpng", "libpng", version).shared_as(&["libpng"]),
    text(b"libarchive ", "libarchive", "libarchive", closed).shared_as(&["libarchive"]),
    text(b"SSH-2.0-libssh2_", "libssh2", "libssh2", closed).shared_as(&["libssh2"]),
    text(b"SSH-2.0-libssh_", "libssh", "libssh", closed).shared_as(&["libssh."]),
    text(b"OpenSSH_", "OpenSSH", "openssh", portable),
    text(b"GNU C Library (", "glibc", "glibc", glibc),
    text(b"Lua ", "Lua", "lua", copyright_of_lua).shared_as(&["liblua", "lua5"]),
    text(b"LuaJIT ", "LuaJIT", "luajit", closed).shared_as(&["libluajit"]),
    text(b"ruby ", "Ruby", "ruby", ruby).shared_as(&["libruby"]),
    text(b"X-Powered-By: PHP/", "PHP", "php", closed),
    text(b"@(#)Version ", ".NET runtime", "", dotnet),
];

/// Lists what says its version.
pub(super) fn read(file: &Parsed<'_>, list: &mut List, out: &mut Notes) {
    let bytes = file.bytes();
    for at in file.markers().of(Marker::Version).filter(|at| !file.accounts_for(*at as u64)) {
        let here = bytes.get(at..bytes.len().min(at.saturating_add(REACH))).unwrap_or_default();
        let Some((text, rest)) = TEXTS.iter().find_map(|t| Some((t, here.strip_prefix(t.start)?))) else { continue };
        let Some(version) = (text.read)(rest).and_then(|v| std::str::from_utf8(v).ok()) else { continue };
        if text.is_shared(file) {
            continue;
        }
        let purl = if text.purl.is_empty() { None } else { purl("generic", text.purl, version, &[]) };
        let component =
            Component { purl, name: text.name.to_owned(), version: Some(version.to_owned()), source: SOURCE.into() };
        list.add(component, at as u64);
    }
    if file.markers().overflow.contains(&Marker::Version) {
        out.facts.push(Fact::has(Capability::Native, "too many version texts to read them all", 0));
    }
}

/// Three numbers with dots and what is glued to them (`1.1.1w`, `3.1.2p20`, `2.1.0-beta3`).
fn version(rest: &[u8]) -> Option<&[u8]> {
    let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+' | b'_')))?;
    let version = rest.get(..end)?;
    let mut numbers = version.split(|b| *b == b'.');
    let starts = |n: Option<&[u8]>| n.is_some_and(|n| n.len() <= 12 && n.first().is_some_and(u8::is_ascii_digit));
    let whole = |n: Option<&[u8]>| n.is_some_and(|n| (1..=5).contains(&n.len()) && n.iter().all(u8::is_ascii_digit));
    (whole(numbers.next()) && whole(numbers.next()) && starts(numbers.next()) && end <= 40).then_some(version)
}

/// A version that is the end of its text.
fn closed(rest: &[u8]) -> Option<&[u8]> {
    let version = version(rest)?;
    matches!(rest.get(version.len()), Some(0 | b'\n' | b'\r')).then_some(version)
}

/// A version and the day of its release: `3.0.22 25 Aug 2026`, `1.1.1w  11 Sep 2023`.
fn dated(rest: &[u8]) -> Option<&[u8]> {
    let version = version(rest)?;
    let date = rest.get(version.len()..)?.strip_prefix(b" ")?;
    let mut words = date.trim_ascii_start().splitn(3, |b| *b == b' ');
    let (day, month, year) = (words.next()?, words.next()?, words.next()?.get(..4)?);
    let digits = |t: &[u8]| t.iter().all(u8::is_ascii_digit);
    let is_date = (1..=2).contains(&day.len()) && digits(day) && month.len() == 3 && digits(year);
    is_date.then_some(version)
}

/// `1.2.13 Copyright 1995-2022 Mark Adler`.
fn copyright(rest: &[u8]) -> Option<&[u8]> {
    let version = version(rest)?;
    rest.get(version.len()..)?.starts_with(b" Copyright 19").then_some(version)
}

/// `5.4.4  Copyright (C) 1994-2022 Lua.org, PUC-Rio`.
fn copyright_of_lua(rest: &[u8]) -> Option<&[u8]> {
    let version = version(rest)?;
    rest.get(version.len()..)?.starts_with(b"  Copyright (C) 19").then_some(version)
}

fn bzip2(_: &[u8]) -> Option<&[u8]> {
    Some(b"1.0.8")
}

/// The time and digest of the check-in that a SQLite was built from: its exact version, and the only one that stands in
/// a text of its own.
fn check_in(rest: &[u8]) -> Option<&[u8]> {
    let id = rest.get(..84)?;
    let (time, digest) = (id.get(..20)?, id.get(20..)?);
    let form = b"dddd-dd-dd dd:dd:dd ";
    let fits = |(b, f): (&u8, &u8)| if *f == b'd' { b.is_ascii_digit() } else { b == f };
    // Distributions that patch it change the end of the digest ("alt1").
    let is_digest = digest.iter().take(60).all(u8::is_ascii_hexdigit) && digest.iter().all(u8::is_ascii_alphanumeric);
    (time.iter().zip(form).all(fits) && is_digest).then_some(id)
}

/// `9.2p1 Debian-2`, `9.2p1`: the lists of peers with bugs have no `p`.
fn portable(rest: &[u8]) -> Option<&[u8]> {
    let end = rest.iter().position(|b| !(b.is_ascii_digit() || matches!(b, b'.' | b'p')))?;
    let version = rest.get(..end)?;
    let (number, patch) = version.split_at(version.iter().position(|b| *b == b'p')?);
    let is_whole = number.contains(&b'.') && number.first().is_some_and(u8::is_ascii_digit) && patch.len() > 1;
    (is_whole && matches!(rest.get(end), Some(0 | b' ' | b'\n'))).then_some(version)
}

/// `Debian GLIBC 2.36-9+deb12u10) stable release version 2.36.`
fn glibc(rest: &[u8]) -> Option<&[u8]> {
    let at = memchr::memmem::find(rest, b") stable release version ")?;
    let number = rest.get(at + 25..)?;
    let end = number.iter().position(|b| !(b.is_ascii_digit() || *b == b'.'))?;
    let version = number.get(..end)?;
    let version = version.strip_suffix(b".").unwrap_or(version);
    (version.len() >= 3 && version.first().is_some_and(u8::is_ascii_digit)).then_some(version)
}

/// `3.1.2p20 (2022-04-12 revision 4491bb740a)`.
fn ruby(rest: &[u8]) -> Option<&[u8]> {
    let version = version(rest)?;
    let date = rest.get(version.len()..)?.strip_prefix(b" (")?.get(..11)?;
    let fits = |(b, f): (&u8, &u8)| if *f == b'd' { b.is_ascii_digit() } else { b == f };
    let is_release = date.iter().zip(b"dddd-dd-dd ").all(fits);
    let number = version.iter().position(|b| *b == b'p').unwrap_or(version.len());
    is_release.then(|| version.get(..number)).flatten()
}

/// `8.0.1024.46610 @Commit: …`: the runtime's own mark in its libraries.
fn dotnet(rest: &[u8]) -> Option<&[u8]> {
    let version = version(rest)?;
    memchr::memmem::find(rest, b"@Commit: ").map(|_| version)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{listed, with_data};
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check};
    use crate::model::FileKind;

    #[test]
    fn every_text_has_its_mark() {
        for text in TEXTS {
            let more = match text.start {
                b" inflate " => &b"1.2.13"[..],
                b"Lua " => b"5.4.4",
                b"fts5: " => b"2022",
                b"expat_" => b"2.5.0",
                b"libarchive " => b"3.6.2",
                b"LuaJIT " => b"2.1.0",
                _ => b"",
            };
            let bytes = [text.start, more].concat();
            crate::analyze::native::testing::parsed(crate::model::FileKind::Data, "x", &bytes, |file| {
                assert_eq!(file.markers().of(Marker::Version).next(), Some(0), "{}", text.name);
            });
        }
    }

    #[test]
    fn texts_of_real_libraries() {
        let cases = [
            ("OpenSSL 3.0.22 25 Aug 2026\0", "OpenSSL 3.0.22"),
            ("OpenSSL 1.1.1w  11 Sep 2023\0", "OpenSSL 1.1.1w"),
            ("LibreSSL 3.8.2\0", "LibreSSL 3.8.2"),
            (" inflate 1.2.13 Copyright 1995-2022 Mark Adler ", "zlib 1.2.13"),
            ("1.0.8, 13-Jul-2019\0", "bzip2 1.0.8"),
            ("CLIENT libcurl 7.88.1\r\n", "curl 7.88.1"),
            (
                "fts5: 2022-12-28 14:03:47 df5c253c0b3dd24916e4ec7cf77d3db5294cc9fd45ae7b9c5e82ad8197f3alt1\0",
                "SQLite 2022-12-28 14:03:47 df5c253c0b3dd24916e4ec7cf77d3db5294cc9fd45ae7b9c5e82ad8197f3alt1",
            ),
            ("OpenSSH_9.2p1 Debian-2+deb12u10\0", "OpenSSH 9.2p1"),
            ("GNU C Library (Debian GLIBC 2.36-9+deb12u10) stable release version 2.36.\n", "glibc 2.36"),
            ("$LuaVersion: Lua 5.4.4  Copyright (C) 1994-2022 Lua.org, PUC-Rio $", "Lua 5.4.4"),
            ("LuaJIT 2.1.0-beta3\0", "LuaJIT 2.1.0-beta3"),
            ("ruby 3.1.2p20 (2022-04-12 revision 4491bb740a) [x86_64-linux-gnu]\0", "Ruby 3.1.2"),
            ("X-Powered-By: PHP/8.2.36\0", "PHP 8.2.36"),
            (
                "@(#)Version 8.0.1024.46610 @Commit: 81cabf2857a01351e5ab578947c7403a5b128ad1\0",
                ".NET runtime 8.0.1024.46610",
            ),
        ];
        for (text, expected) in cases {
            let expected = format!("{expected} version-string");
            assert_eq!(listed(&with_data(text.as_bytes())), [expected.as_str()], "{text}");
        }
    }

    #[test]
    fn a_shared_library_is_not_built_in() {
        let mut elf = ElfBuilder::program();
        elf.data = b"OpenSSL 3.0.22 25 Aug 2026\0 inflate 1.2.13 Copyright 1995-2022 Mark Adler ".to_vec();
        elf.needed = vec!["libcrypto.so.3", "libc.so.6"];
        let notes = check(&super::super::Components, FileKind::Elf, "x", &elf.build());
        assert_eq!(listed(&notes), ["zlib 1.2.13 version-string"]);
    }

    #[test]
    fn words_about_libraries_are_none() {
        for text in [
            "needs OpenSSL 3.0.0 or newer\0",
            "OpenSSL 1.1.1 (compatible; BoringSSL)\0",
            "OpenSSH_7.0*,OpenSSH_7.1*\0",
            "OpenSSH_2.*\0",
            "see libcurl/7.x\0 libcurl/\0",
            "extension library for ruby 1.8)\0 ruby 3.1.2 is old\0",
            "X-Powered-By: PHP/%s\0",
            " inflate 1.2.13 bytes\0",
            "fts5: 2022-12-28\0",
            "GNU C Library (glibc) is a library\0",
        ] {
            assert!(listed(&with_data(text.as_bytes())).is_empty(), "{text}");
        }
    }
}
