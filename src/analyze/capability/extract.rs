//! Reads the value behind an anchor. Every scanner is bounded by a constant and gives `None` on doubt.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::suffix;

/// Schemes that lead to another host.
const SCHEMES: &[&str] = &[
    "http",
    "https",
    "ws",
    "wss",
    "ftp",
    "ftps",
    "sftp",
    "ssh",
    "git",
    "tcp",
    "udp",
    "mongodb",
    "mongodb+srv",
    "redis",
    "rediss",
    "postgres",
    "postgresql",
    "mysql",
    "amqp",
    "amqps",
    "smtp",
    "smtps",
    "imap",
    "ldap",
    "ldaps",
    "socks",
    "socks5",
    "socks5h",
    "stratum",
    "stratum+tcp",
    "stratum+ssl",
    "mqtt",
    "mqtts",
    "irc",
    "ircs",
    "rtmp",
    "telnet",
    "grpc",
    "git+ssh",
    "git+https",
    "ipfs",
];

/// The host of the URL whose `://` begins at `at`: lower case, without user and port. `open` says that texts of the file
/// have no end of their own, as in compiled code. With it, whether it ends there for certain.
pub(super) fn host(bytes: &[u8], at: usize, open: bool) -> Option<(String, bool)> {
    let before = bytes.get(at.saturating_sub(16)..at)?;
    let len = before.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-')).count();
    let scheme = before.get(before.len().checked_sub(len)?..)?.to_ascii_lowercase();
    // A letter of an escape (`\nhttp`) or of minified code may stand right before it.
    let known =
        SCHEMES.iter().any(|s| scheme == s.as_bytes()) || scheme.ends_with(b"http") || scheme.ends_with(b"https");
    if !known {
        return None;
    }
    let start = at.checked_add(3)?;
    let rest = bytes.get(start..bytes.len().min(start.saturating_add(400)))?;
    let stop = |b: &u8| {
        b.is_ascii_whitespace()
            || b.is_ascii_control()
            || matches!(
                b,
                b'/' | b'?'
                    | b'#'
                    | b'"'
                    | b'\''
                    | b'`'
                    | b'<'
                    | b'>'
                    | b'\\'
                    | b'('
                    | b')'
                    | b','
                    | b';'
                    | b'|'
                    | b'^'
                    | b'*'
                    | b'!'
            )
    };
    let authority = rest.split(stop).next()?;
    // A text that ends in a NUL, as in C, is whole.
    let whole = !open || rest.get(authority.len()) == Some(&0);
    let authority = match memchr::memrchr(b'@', authority) {
        Some(p) => authority.get(p + 1..)?,
        None => authority,
    };
    if let Some(literal) = authority.strip_prefix(b"[") {
        let text = std::str::from_utf8(literal.split(|b| *b == b']').next()?).ok()?;
        return text.parse::<Ipv6Addr>().ok().map(|ip| (ip.to_string(), true));
    }
    let name = authority.split(|b| *b == b':').next()?;
    if !whole {
        return unglued(name).map(|name| (name, false));
    }
    let name = std::str::from_utf8(name).ok()?;
    let name = name.trim_end_matches(['.', ']', '}', '&', '=', '_', '-']).to_lowercase();
    is_host(&name).then_some((name, true))
}

/// The host that an open text begins with.
fn unglued(text: &[u8]) -> Option<String> {
    // What is no text any more belongs to something else.
    let text = match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(e) => std::str::from_utf8(text.get(..e.valid_up_to())?).ok()?,
    };
    let whole = text.to_lowercase();
    if is_address(&whole) {
        return Some(whole);
    }
    let name = suffix::unglued(text)?.to_lowercase();
    is_host(&name).then_some(name)
}

/// Whether a name leads somewhere without being looked up.
fn is_address(name: &str) -> bool {
    if name == "localhost" || name.parse::<Ipv4Addr>().is_ok() {
        return true;
    }
    // An address as one number, decimal or hexadecimal.
    if name.len() >= 8 && (name.bytes().all(|b| b.is_ascii_digit()) && name.parse::<u32>().is_ok_and(|n| n > 1 << 24)) {
        return true;
    }
    name.strip_prefix("0x").is_some_and(|hex| hex.len() == 8 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_host(name: &str) -> bool {
    if is_address(name) {
        return true;
    }
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && l.chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_' || (!c.is_ascii() && c.is_alphanumeric()))
    };
    let Some((_, last)) = name.rsplit_once('.') else { return false };
    name.len() <= 253
        && name.split('.').all(label)
        && last.chars().count() >= 2
        && (last.starts_with("xn--") || last.chars().all(char::is_alphabetic))
}

/// A name that follows directly (`.NAME`, `NAME`), `*` when the whole environment is meant.
pub(super) fn env_name(rest: &[u8], dotted: bool) -> Option<String> {
    let rest = rest.get(..120).unwrap_or(rest);
    let body = match (dotted, rest.first()) {
        (true, Some(b'.')) => rest.get(1..)?,
        (true, Some(b'?')) => rest.strip_prefix(b"?.")?,
        // Part of a longer name, an assignment to it, or a look inside by a variable.
        (true, Some(b)) if b.is_ascii_alphanumeric() || matches!(b, b'_' | b'[' | b'$') => return None,
        (true, _) => return Some("*".to_owned()),
        (false, _) => rest,
    };
    let len = body.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let name = std::str::from_utf8(body.get(..len)?).ok()?;
    if dotted && matches!(name, "copy" | "items" | "keys" | "values" | "get" | "update") {
        return matches!(name, "copy" | "items" | "values").then(|| "*".to_owned());
    }
    is_env_name(name).then(|| name.to_owned())
}

/// A quoted name behind blanks.
pub(super) fn env_quoted(rest: &[u8]) -> Option<String> {
    let name = quoted(rest, 100)?;
    is_env_name(name).then(|| name.to_owned())
}

fn is_env_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 80
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'(' | b')' | b'-' | b'.'))
}

/// The content of the literal that `rest` begins with, behind blanks, brackets and string prefixes.
fn quoted(rest: &[u8], max: usize) -> Option<&str> {
    let rest = rest.get(..max.saturating_add(40)).unwrap_or(rest);
    let lead = rest
        .iter()
        .take(32)
        .take_while(|b| {
            matches!(b, b' ' | b'\n' | b'\r' | b'\t' | b'[' | b'(' | b'b' | b'r' | b'f' | b'u' | b'&' | b'@')
        })
        .count();
    let quote = *rest.get(lead)?;
    if !matches!(quote, b'"' | b'\'' | b'`') {
        return None;
    }
    let body = rest.get(lead + 1..)?;
    let end = memchr::memchr(quote, body)?;
    let text = std::str::from_utf8(body.get(..end)?).ok()?;
    (text.len() <= max && !text.is_empty()).then_some(text)
}

/// The program that a call starts: the first word of its first literal, without a folder.
pub(super) fn program(rest: &[u8], is_shell: bool) -> Option<String> {
    let rest = rest.get(..400).unwrap_or(rest);
    let text = match quoted(rest, 300) {
        Some(text) => text,
        // PowerShell: `Start-Process notepad.exe`.
        None if rest.first().is_some_and(u8::is_ascii_alphanumeric) => {
            let len = rest
                .iter()
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'\\' | b'/' | b':' | b'_'))
                .count();
            let word = std::str::from_utf8(rest.get(..len)?).ok()?;
            // Elsewhere it is an expression, and what a minifier calls `t.command` today has another name tomorrow.
            match word.rsplit('.').next() {
                _ if !word.contains('.') || rest.get(len) == Some(&b'(') => return None,
                _ if is_shell => word,
                Some(itself @ ("execPath" | "executable")) => itself,
                _ => return None,
            }
        }
        None => return None,
    };
    let first = text.split_whitespace().next()?;
    let name = first.rsplit(['/', '\\']).next()?;
    let valid = !name.is_empty()
        && name.len() <= 64
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+'))
        && name.bytes().any(|b| b.is_ascii_alphabetic());
    valid.then(|| name.to_owned())
}

/// A quoted module name.
pub(super) fn module(rest: &[u8]) -> Option<String> {
    let name = quoted(rest, 200)?;
    is_module(name).then(|| name.to_owned())
}

/// The module name of `from'x'`, `from "x"`, where the quote may be part of the anchor.
pub(super) fn js_from(bytes: &[u8], end: usize) -> Option<String> {
    let quote = *bytes.get(end.checked_sub(1)?)?;
    let body = bytes.get(end..bytes.len().min(end.saturating_add(210)))?;
    let name = std::str::from_utf8(body.get(..memchr::memchr(quote, body)?)?).ok()?;
    is_module(name).then(|| name.to_owned())
}

fn is_module(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 200
        && name.bytes().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'/' | b'@' | b':' | b'~' | b'#' | b'+')
        })
}

/// Whether only blanks (or a `;`) stand between the start of the line and `at`.
pub(super) fn begins_statement(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(200)..at).unwrap_or_default();
    let other = before.iter().rev().find(|b| !matches!(b, b' ' | b'\t'));
    matches!(other, None | Some(b'\n' | b'\r' | b';' | b':'))
}

/// The modules of `import a.b as c, d` (`rest` begins behind `import `).
pub(super) fn py_imports(rest: &[u8]) -> Vec<String> {
    let rest = rest.get(..400).unwrap_or(rest);
    let line = rest.split(|b| matches!(b, b'\n' | b'\r' | b'#' | b';')).next().unwrap_or_default();
    line.split(|b| *b == b',').map_while(|part| dotted_name(part.trim_ascii())).collect()
}

/// The module of `from a.b import c` (`rest` begins behind `from `).
pub(super) fn py_from(rest: &[u8]) -> Vec<String> {
    let read = || {
        let rest = rest.get(..200).unwrap_or(rest);
        let mut words = rest.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty());
        let word = words.next()?;
        let name = dotted_name(word)?;
        (words.next()? == b"import").then_some((rest, word, name))
    };
    let Some((rest, word, name)) = read() else { return Vec::new() };
    // What is taken out of a part of the package may be a module of it.
    let mut names = Vec::new();
    if name.starts_with('.') || sounds_aside(&name) || sounds_aside(&String::from_utf8_lossy(rest)) {
        let after = memchr::memmem::find(rest, word).map_or(0, |at| at + word.len());
        let list =
            memchr::memmem::find(rest.get(after..).unwrap_or_default(), b"import").map_or(0, |at| after + at + 6);
        let list = rest.get(list..).unwrap_or_default().trim_ascii_start();
        let end: &[u8] = if list.starts_with(b"(") { b")" } else { b"\n;#" };
        let list = list.split(|b| end.contains(b)).next().unwrap_or_default();
        let members = list.split(|b| matches!(b, b',' | b'(' | b'\n')).map(<[u8]>::trim_ascii).filter_map(dotted_name);
        let dot = if name.ends_with('.') { "" } else { "." };
        let members =
            members.filter(|m| !m.contains('.') && (name.starts_with('.') || sounds_aside(&format!("{name}{m}"))));
        names.extend(members.map(|member| format!("{name}{dot}{member}")));
    }
    names.insert(0, name);
    names
}

/// Whether words of a name are those of tests and examples, of which somebody may want a module to be taken for one.
fn sounds_aside(name: &str) -> bool {
    ["test", "spec", "fixture", "example", "bench", "mock", "e2e", "doc"].iter().any(|word| name.contains(word))
}

fn dotted_name(part: &[u8]) -> Option<String> {
    let name = part.split(u8::is_ascii_whitespace).next()?;
    let valid = !name.is_empty()
        && name.len() <= 200
        && !name.first()?.is_ascii_digit()
        && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.') || *b >= 0x80);
    if valid { std::str::from_utf8(name).ok().map(str::to_owned) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Option<String> {
        host(text.as_bytes(), text.find("://").unwrap(), false).map(|(name, _)| name)
    }

    #[test]
    fn hosts_are_read_out_of_urls() {
        assert_eq!(url("'https://API.Example.invalid:8443/x'").as_deref(), Some("api.example.invalid"));
        assert_eq!(url("http://user:pa@ss@h.invalid/x").as_deref(), Some("h.invalid"));
        assert_eq!(url("ws://[2001:db8::1]:80/").as_deref(), Some("2001:db8::1"));
        assert_eq!(url("http://203.0.113.9:1337").as_deref(), Some("203.0.113.9"));
        assert_eq!(url("\\nhttps://xn--e1afmkfd.xn--p1ai/").as_deref(), Some("xn--e1afmkfd.xn--p1ai"));
        assert_eq!(url("http://3405803785/x").as_deref(), Some("3405803785"));
        assert_eq!(url("http://localhost:3000").as_deref(), Some("localhost"));
        for text in [
            "http://${host}/x",
            "file://a.b/c",
            "https://",
            "http://a..b/",
            "http://x",
            "webpack://a.bc",
            "http://1.2.3.x/",
        ] {
            assert_eq!(url(text), None, "{text}");
        }
    }

    #[test]
    fn open_texts_are_cut_where_a_host_can_end() {
        let open = |text: &[u8]| Some(host(text, memchr::memmem::find(text, b"://").unwrap(), true)?.0);
        assert_eq!(open(b"https://auth.openai.comjson").as_deref(), Some("auth.openai.com"));
        assert_eq!(open(b"https://github.comhttps://docs.rs/").as_deref(), Some("github.com"));
        assert_eq!(open(b"http://foo.community/").as_deref(), Some("foo.community"));
        assert_eq!(open(b"http://127.0.0.1:80").as_deref(), Some("127.0.0.1"));
        assert_eq!(open(b"http://localhost/").as_deref(), Some("localhost"));
        assert_eq!(open(b"http://a.example.com\xff\x90").as_deref(), Some("a.example.com"));
        // The end of a C string is the end of a name, whatever its network calls it.
        assert_eq!(open(b"http://wiki.bigco\0").as_deref(), Some("wiki.bigco"));
        assert_eq!(open(b"http://api.{}.example.com"), None);
        // Scripts say where their texts end.
        assert_eq!(url("'https://wiki.bigco/x'").as_deref(), Some("wiki.bigco"));
    }

    #[test]
    fn names_programs_and_modules_are_read() {
        assert_eq!(env_name(b".HOME)", true).as_deref(), Some("HOME"));
        assert_eq!(env_name(b")", true).as_deref(), Some("*"));
        assert_eq!(env_name(b"ment", true), None);
        assert_eq!(env_quoted(b" 'API_KEY', None)").as_deref(), Some("API_KEY"));
        assert_eq!(program(b"['/usr/bin/git', 'x']", false).as_deref(), Some("git"));
        assert_eq!(program(b"f\"curl -s {url}\"", false).as_deref(), Some("curl"));
        assert_eq!(program(b"command, shell=True", false).as_deref(), None);
        assert_eq!(program(b"notepad.exe /a", true).as_deref(), Some("notepad.exe"));
        assert_eq!(program(b"t.command, t.args", false).as_deref(), None);
        assert_eq!(program(b"process.execPath, [x]", false).as_deref(), Some("execPath"));
        assert_eq!(module(b"'./lib/x')").as_deref(), Some("./lib/x"));
        assert_eq!(py_imports(b"os, sys as s, a.b\nx"), ["os", "sys", "a.b"]);
        assert_eq!(py_from(b".pkg.mod import (a, b)"), [".pkg.mod", ".pkg.mod.a", ".pkg.mod.b"]);
        assert_eq!(py_from(b". import (\n    a as x,\n    b,\n)"), [".", ".a", ".b"]);
        assert_eq!(py_from(b"..x import y # z\nw"), ["..x", "..x.y"]);
        assert_eq!(py_from(b"os import path"), ["os"]);
        assert_eq!(py_from(b"a.tests import x, y"), ["a.tests", "a.tests.x", "a.tests.y"]);
        assert_eq!(py_from(b"a.b import c, test_d"), ["a.b", "a.b.test_d"]);
        assert!(py_from(b"here to there").is_empty());
        assert_eq!(js_from(b"from\"x/y\"", 5).as_deref(), Some("x/y"));
    }
}
