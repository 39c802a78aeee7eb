//! Programs that compiled code starts, where it runs without being asked for: build scripts and procedural macros of Rust,
//! `init` of Go; and elsewhere, as steps somebody calls. The languages are not read as code: calls that start a program are
//! found by their names, and their literal arguments are the command.
//!
//! Known uses: build scripts of crates that read keys (2022, 2025), Go modules whose `init` fetches and runs (2025).

use super::{Command, When};
use crate::analyze::Notes;
use crate::model::{Evidence, Rule};
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

/// Most calls that are read in one file, and the longest call in bytes.
const MOST: usize = 200;
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
];

/// Reads a source file.
pub(super) fn read(file: &Parsed<'_>, text: &str, out: &mut Vec<Command>, notes: &mut Notes) {
    let base = file.base_name();
    let whole = base == "build.rs" || (base.ends_with(".rs") && text.contains("#[proc_macro"));
    let regions: Vec<&str> = if whole {
        vec![text]
    } else if base.ends_with(".go") {
        initialisers(text)
    } else {
        Vec::new()
    };
    for region in &regions {
        judge(file, region, notes);
        calls(region, When::Automatic, out);
    }
    if !whole {
        calls(text, When::Build, out);
    }
}

/// Formulae of Homebrew: each `system` with its words.
pub(super) fn formula(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    for line in text.lines() {
        let Some(call) = line.trim_start().strip_prefix("system ") else { continue };
        let words: Vec<String> = literals(call).collect();
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

/// The bodies of `init` functions of Go.
fn initialisers(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("func init()") {
        let body = rest.get(at..).unwrap_or_default();
        let mut depth = 0_u32;
        let mut end = body.len();
        for (i, c) in body.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth <= 1 => {
                    end = i + 1;
                    break;
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
        found.push(body.get(..end).unwrap_or(body));
        rest = body.get(end.max(1)..).unwrap_or_default();
        if found.len() >= MOST {
            break;
        }
    }
    found
}

fn judge(file: &Parsed<'_>, region: &str, notes: &mut Notes) {
    let Some(network) = NETWORK.iter().find(|n| region.contains(**n)) else { return };
    let address = literals(region).find(|l| l.starts_with("http://") || l.starts_with("https://"));
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
    let secret = literals(region).find_map(|l| SECRET.iter().find(|s| l.contains(**s)));
    if let Some(secret) = secret {
        find(&SECRETS, secret, format!("{secret} and {}", network.trim_matches(['(', '"'])), notes);
    } else if let Some(address) = foreign
        && let Some((start, _)) = STARTS.iter().find(|(s, _)| region.contains(s))
    {
        find(&FETCHES, network, format!("{address} and {}", start.trim_end_matches('(')), notes);
    }
}

/// String literals of a text, in order.
fn literals(text: &str) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|t| t.find('"')) {
        let (literal, len) = literal(text.get(at + start..).unwrap_or_default());
        found.push(literal);
        at += start + len.max(1);
        if found.len() > 4096 {
            break;
        }
    }
    found.into_iter()
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
fn calls(text: &str, when: When, out: &mut Vec<Command>) {
    for (start, is_line) in STARTS {
        let mut rest = text;
        while let Some(at) = rest.find(start) {
            rest = rest.get(at + start.len()..).unwrap_or_default();
            // The call, and what is chained to it, ends with its statement.
            let end = rest.floor_char_boundary(CALL);
            let call = rest.get(..end).unwrap_or(rest);
            let call = call.split(";\n").next().unwrap_or(call);
            let call = if start.starts_with("Command") { chain(call) } else { arguments(call) };
            let words: Vec<String> = literals(&call).collect();
            if words.is_empty() || out.len() > MOST {
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

/// What stands up to the bracket that closes the call.
fn arguments(call: &str) -> String {
    let mut depth = 0_u32;
    let mut quoted = false;
    let mut escaped = false;
    for (i, c) in call.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '(' | '{' | '[' if !quoted => depth += 1,
            ')' if !quoted && depth == 0 => return call.get(..i).unwrap_or(call).to_owned(),
            ')' | '}' | ']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    call.to_owned()
}

/// Arguments of `Command::new(…).arg(…).args([…])`: other methods of the chain take none.
fn chain(call: &str) -> String {
    let mut all = arguments(call);
    for part in call.split(".arg").skip(1).take(64) {
        if let Some(open) = part.find('(').filter(|at| *at <= 1) {
            all.push_str(", ");
            all.push_str(&arguments(part.get(open + 1..).unwrap_or_default()));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::commands;
    use crate::model::FileKind;

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
