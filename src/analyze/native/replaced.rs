//! What runs in place of something else: functions of a library that bear the name of another library's, and what runs
//! when a library is loaded, followed from their first instruction to the imported functions that they reach.
//!
//! A preloaded library answers for the C library, for log-ins and for cryptography. Wrappers pass calls on, count them,
//! or change an argument. A function of log-ins that starts a command, one of encryption that puts what it is given into
//! a file, a listing of a folder that compares names before it passes them on do something that nobody asked for. Known
//! uses: liblzma of xz 5.6.1 (`RSA_public_decrypt`), bdvl, Azazel, Medusa, Symbiote, Ebury, trojanised extension modules.
//! Honest look-alikes: fakeroot, torsocks, proxychains, sanitizers, profilers, tracers, name-service modules.
//!
//! References: ATT&CK T1574.006, T1556, T1014, T1546.

mod loaded;

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::reach::{Map, Reach};
use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Gap, GapReason, Rule, Severity};
use crate::parse::Parsed;
use crate::parse::elf::Elf;
use crate::parse::macho::MachO;
use crate::parse::native::{INITIAL_MAX, Image, stem};
use crate::rule;

rule! {
    /// A function that bears the name of one of log-ins, cryptography or files, in a library that looks the real one up,
    /// leads to what starts a command. Known uses: back doors behind a key or a password. Honest look-alikes: wrappers of
    /// `execve` and its kin start programs by their nature and are not meant.
    pub(super) COMMAND = "native-replaced-function-runs-command" in "bin/preload-hook";
    severity: High, confidence: Likely,
    title: "A replaced library function starts a command",
    reference: "https://attack.mitre.org/techniques/T1574/006/",
}

rule! {
    /// A function that bears the name of one of the C library, in a library that looks the real one up, changes the user
    /// of the process: a signal, a file name or a connection makes somebody root. Known uses: preloaded rootkits. Honest
    /// look-alikes: fakeroot answers for `setuid` itself.
    pub(super) ROOT = "native-replaced-function-changes-user" in "bin/preload-hook";
    severity: High, confidence: Likely,
    title: "A replaced library function changes the user",
    reference: "https://attack.mitre.org/techniques/T1574/006/",
}

rule! {
    /// A function that bears the name of one which is given what is secret (plain text before it is encrypted, passwords)
    /// opens a connection or a file. Known uses: credential sniffers, Ebury. Honest look-alikes: loggers of keys replace
    /// the handshake, tracers print what was called.
    pub(super) CAPTURE = "native-replaced-function-captures" in "bin/preload-hook";
    severity: High, confidence: Likely,
    title: "A replaced function of log-ins or encryption keeps or sends what it is given",
    reference: "https://attack.mitre.org/techniques/T1556/",
}

rule! {
    /// A function that lists folders or opens files, in place of that of the C library, compares names before it passes
    /// them on, or answers for the table of connections. Known uses: bdvl, Azazel, Jynx. Honest look-alikes: fakechroot
    /// changes paths, and lists what is there.
    pub(super) HIDES = "native-replaced-listing-compares-names" in "bin/preload-hook";
    severity: High, confidence: Likely,
    title: "A replaced listing of folders or connections leaves something out",
    reference: "https://attack.mitre.org/techniques/T1014/",
}

rule! {
    /// A function that runs when the library is loaded leads to what starts a program or a command within a few steps.
    /// Nobody has called the library yet. Known uses: trojanised extension modules and preloaded libraries. Honest
    /// look-alikes: none is known; libraries start programs when they are asked to.
    pub(super) LOAD_STARTS = "native-load-starts-program" in "bin/ctor-abuse";
    severity: High, confidence: Likely,
    title: "A library starts a program while it is loaded",
    reference: "https://attack.mitre.org/techniques/T1546/",
}

rule! {
    /// A function that runs when the library is loaded looks a host up, connects and sends within a few steps. Known
    /// uses: trojanised extension modules that take the environment along. Honest look-alikes: none is known; libraries
    /// connect when they are used.
    pub(super) LOAD_SENDS = "native-load-sends" in "bin/ctor-abuse";
    severity: High, confidence: Likely,
    title: "A library sends something while it is loaded",
    reference: "https://attack.mitre.org/techniques/T1546/",
}

rule! {
    /// A function that runs when the library is loaded leads to a connection and sends, and the library names a file or a
    /// variable that holds somebody's secrets. Known uses: trojanised libraries that take the keys of developers along.
    /// Honest look-alikes: none is known; clients read the secrets of their service when they are called.
    pub(super) LOAD_SENDS_SECRET = "native-load-sends-secret" in "bin/ctor-abuse";
    severity: Critical, confidence: Certain,
    title: "A library sends secrets while it is loaded",
    reference: "https://attack.mitre.org/techniques/T1552/001/",
}

rule! {
    /// A function that runs when the library is loaded leads to what starts a program, and the library holds a command
    /// that fetches, in the open or under one byte. Known uses: trojanised extension modules. Honest look-alikes: none is
    /// known; what fetches at its installation says so, and what is fetched later is asked for.
    pub(super) LOAD_FETCHES = "native-load-starts-fetched" in "bin/ctor-abuse";
    severity: Critical, confidence: Certain,
    title: "A library runs a command that fetches while it is loaded",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// A function that runs when the library is loaded, or a thread that it starts, connects or fetches, writes a file,
    /// and starts a program. Nobody has called the library yet. Known uses: trojanised extension modules. Honest
    /// look-alikes: none is known; what a library fetches is asked for, and what it starts too.
    pub(super) LOAD_DROPS = "native-load-fetches-and-starts" in "bin/ctor-abuse";
    severity: Critical, confidence: Certain,
    title: "A library fetches a program and starts it while it is loaded",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// A function that runs when the library is loaded, or a thread that it starts, looks a host up, connects, reads what
    /// comes and starts a program. Nobody has called the library yet. Known uses: trojanised extension modules. Honest
    /// look-alikes: none is known; what a library asks of a host and what it starts are asked for.
    pub(super) LOAD_OBEYS = "native-load-connects-and-starts" in "bin/ctor-abuse";
    severity: Critical, confidence: Certain,
    title: "A library connects, reads and starts a program while it is loaded",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// A function that bears the name of one of log-ins or cryptography, in a library that looks the real one up, changes
    /// the user of the process and starts a command. Known uses: back doors of the kind of xz 5.6.1. Honest look-alikes:
    /// none is known; wrappers do neither, and what changes the user for a command is asked for it by its name.
    pub(super) COMMAND_AS = "native-replaced-function-runs-as-user" in "bin/auth-path-touch";
    severity: Critical, confidence: Certain,
    title: "A replaced function of log-ins changes the user and starts a command",
    reference: "https://attack.mitre.org/techniques/T1556/",
}

rule! {
    /// A function that runs when the library is loaded makes a file that exists in memory only and starts it. Known uses:
    /// droppers in extension modules. Honest look-alikes: none is known; container runtimes that start themselves from
    /// memory are programs.
    pub(super) LOAD_MEMORY = "native-load-starts-from-memory" in "bin/ctor-abuse";
    severity: Critical, confidence: Certain,
    title: "A library starts a program from memory while it is loaded",
    reference: "https://attack.mitre.org/techniques/T1620/",
}

rule! {
    /// A function that bears the name of one which is given passwords, in a library that looks the real one up, leads to a
    /// connection and sends. Known uses: credential sniffers of log-ins. Honest look-alikes: none is known; tracers of
    /// encryption stand in for other functions, and tracers of log-ins print.
    pub(super) LOG_IN_SENT = "native-replaced-log-in-sent" in "bin/preload-hook";
    severity: Critical, confidence: Certain,
    title: "A replaced function of log-ins sends what it is given",
    reference: "https://attack.mitre.org/techniques/T1556/003/",
}

rule! {
    /// Functions that list folders and functions that look at one file both stand in for those of the C library, and both
    /// compare names before they pass them on, in a library that does nothing else. Known uses: preloaded rootkits (bdvl,
    /// Azazel, Jynx, Father). Honest look-alikes: fakechroot and sandboxes change or refuse paths, and list what is there.
    pub(super) HIDES_ALL = "native-replaced-functions-hide-file" in "bin/preload-hook";
    severity: Critical, confidence: Certain,
    title: "Replaced functions leave a file out of listings and deny that it is there",
    reference: "https://attack.mitre.org/techniques/T1014/",
}

rule! {
    /// A name-service module answers for accounts without asking anybody: it opens no file and no connection, and holds
    /// the shell that it gives. Known uses: hidden accounts. Honest look-alikes: modules that make up accounts (containers,
    /// dynamic users) ask a service or read a setting.
    pub(super) ACCOUNT = "native-name-service-knows-account" in "bin/auth-path-touch";
    severity: High, confidence: Likely,
    title: "A name-service module makes an account up",
    reference: "https://attack.mitre.org/techniques/T1136/001/",
}

rule! {
    /// A log-in module compares the password with something and asks nobody: no table of accounts, no file, no service.
    /// What it compares with stands in the module. Known uses: master passwords. Honest look-alikes: modules that always
    /// permit or deny compare nothing.
    pub(super) MASTER = "native-login-module-knows-password" in "bin/auth-path-touch";
    severity: High, confidence: Likely,
    title: "A log-in module knows the password itself",
    reference: "https://attack.mitre.org/techniques/T1556/003/",
}

const RUNS: &[&str] = &[
    "system",
    "popen",
    "execve",
    "execv",
    "execvp",
    "execvpe",
    "execl",
    "execlp",
    "execle",
    "fexecve",
    "execveat",
    "posix_spawn",
    "posix_spawnp",
];
const USERS: &[&str] = &["setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setfsuid"];
const COMPARES: &[&str] = &[
    "strcmp",
    "strncmp",
    "strstr",
    "strcasestr",
    "strcasecmp",
    "strncasecmp",
    "memcmp",
    "memmem",
    "fnmatch",
    "regexec",
];
const RESOLVES: &[&str] =
    &["getaddrinfo", "gethostbyname", "gethostbyname_r", "inet_addr", "inet_pton", "inet_aton", "res_query"];
const CONNECTS: &[&str] = &["connect", "sendto", "socket"];
const SENDS: &[&str] = &["send", "sendto", "sendmsg", "write", "dprintf", "writev", "fprintf", "fwrite", "fputs"];
const OPENS: &[&str] = &["open", "openat", "fopen", "creat"];
const OPENS_OR_ASKS: &[&str] = &["open", "openat", "fopen", "getenv", "secure_getenv"];
const THREADS: &[&str] = &["pthread_create", "thrd_create"];
/// What looks at one file.
const LOOKS_AT: &[&str] = &["stat", "lstat", "__xstat", "__lxstat", "access", "open", "openat", "fopen", "unlink"];
const LOOKS_UP: &[&str] = &["dlsym", "dlvsym"];

/// Functions that are asked for other things than starting programs or changing the user.
const QUIET: &[&str] = &[
    "RSA_public_decrypt",
    "RSA_private_decrypt",
    "EVP_PKEY_verify",
    "EVP_DigestVerify",
    "EVP_VerifyFinal",
    "SSL_read",
    "SSL_write",
    "SSL_read_ex",
    "SSL_write_ex",
    "pam_authenticate",
    "pam_acct_mgmt",
    "pam_get_authtok",
    "crypt",
    "crypt_r",
    "getpwnam",
    "getpwnam_r",
    "getspnam",
    "accept",
    "accept4",
    "recv",
    "recvmsg",
    "recvfrom",
    "read",
    "write",
    "open",
    "openat",
    "fopen",
    "readdir",
    "opendir",
    "stat",
    "lstat",
    "__xstat",
    "__lxstat",
    "access",
    "kill",
    "getuid",
    "geteuid",
    "unlink",
    "unlinkat",
    "rename",
    "strcmp",
    "strncmp",
    "memcmp",
    "time",
    "getenv",
    "ptrace",
    "uname",
];
/// Functions that decide who may come in, besides those that are given passwords.
const OF_LOG_INS: &[&str] = &[
    "RSA_public_decrypt",
    "RSA_private_decrypt",
    "EVP_PKEY_verify",
    "EVP_DigestVerify",
    "EVP_VerifyFinal",
    "pam_acct_mgmt",
    "getspnam",
    "strcmp",
    "strncmp",
    "memcmp",
];
/// Functions that are given what is secret, besides those of log-ins.
const SECRET: &[&str] = &[
    "SSL_read",
    "SSL_write",
    "SSL_read_ex",
    "SSL_write_ex",
    "PR_Write",
    "PR_Read",
    "gnutls_record_send",
    "gnutls_record_recv",
    "EVP_EncryptUpdate",
];
/// Functions that are given passwords.
const LOG_INS: &[&str] = &[
    "pam_get_authtok",
    "pam_get_item",
    "pam_set_item",
    "pam_authenticate",
    "pam_prompt",
    "crypt",
    "crypt_r",
    "getpass",
    "readpassphrase",
];
const LISTS: &[&str] = &["readdir", "readdir_r", "getdents", "scandir", "fts_read"];

/// What fetches, and what a fetched program is written with.
const FETCHES: &[&str] = &["connect", "curl_easy_perform", "recv", "recvfrom", "SSL_read"];
/// What reads from a connection.
const RECEIVES: &[&str] = &["read", "recv", "recvfrom", "fgets", "getline", "fread", "SSL_read", "recvmsg"];
const WRITES_FILES: &[&str] = &["open", "openat", "creat", "fopen", "memfd_create", "mkstemp"];

/// How far a function may reach to count as doing something itself.
const NEAR_FUNCTIONS: usize = 12;
const NEAR_INSTRUCTIONS: usize = 2500;
/// How far what runs at load may reach: a library of another language lies between it and the system.
const LOAD_MOST: (usize, usize) = (200, 25_000);
const LOAD_FEW: usize = 8;
/// Most instructions that are followed in one image, from all functions together: some hundred thousand are many. Any
/// number of functions may be there that do nothing, so that they are not what is counted.
const FOLLOWED_MAX: usize = 1 << 22;

/// Follows what stands in for others.
pub(super) struct Replaced;

impl Heuristic for Replaced {
    fn rules(&self) -> &'static [&'static Rule] {
        const {
            &[
                &COMMAND,
                &ROOT,
                &CAPTURE,
                &HIDES,
                &LOAD_STARTS,
                &LOAD_SENDS,
                &LOAD_SENDS_SECRET,
                &LOAD_FETCHES,
                &HIDES_ALL,
                &LOAD_DROPS,
                &LOAD_OBEYS,
                &COMMAND_AS,
                &LOAD_MEMORY,
                &LOG_IN_SENT,
                &loaded::DROPS,
                &loaded::STARTS,
                &loaded::COMMAND,
                &ACCOUNT,
                &MASTER,
            ]
        }
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Elf | FileKind::Pe | FileKind::MachO | FileKind::MachOFat)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if let Some(Ok(pe)) = file.pe() {
            loaded::check(file, pe, out);
            return;
        }
        for image in file.images().iter().filter(|i| i.library) {
            check_load(file, image, out);
            if let Some(Ok(elf)) = file.elf() {
                // What is passed on is looked up.
                if !image.imported(LOOKS_UP).is_empty() {
                    let functions = elf.symbols.iter().filter(|s| s.defined && s.value != 0).map(|s| (s.name, s.value));
                    check_replaced(file, functions, image, out);
                }
                check_accounts(file, elf, image, out);
            }
            if let Some(macho) = macho_of(file, image) {
                // What stands in for another is named there, and calls it by its name.
                check_replaced(file, macho.interposed().into_iter(), image, out);
            }
        }
    }
}

/// The functions of a list that were reached.
fn reached<'n>(reach: &Reach<'_>, names: &[&'n str]) -> Vec<&'n str> {
    let met = |n: &&&str| reach.imports.iter().any(|i| bare(i) == n.as_bytes());
    names.iter().filter(met).copied().collect()
}

/// A name without what only says which variant of it this is.
fn bare(name: &[u8]) -> &[u8] {
    // Fortified and internal variants: `__read_chk`, `__isoc99_sscanf`.
    let name = name.strip_prefix(b"__").and_then(|n| n.strip_suffix(b"_chk")).unwrap_or(name);
    stem(name)
}

/// Most symbols of a library of which what it offers is followed by name.
const OWN_MAX: usize = 4000;
/// `STT_FUNC`.
const FUNCTION: u8 = 2;

/// Functions that a library offers under names of its own.
fn own_functions<'e, 'a>(elf: &'e Elf<'a>) -> impl Iterator<Item = (&'a [u8], u64)> + use<'e, 'a> {
    let own = elf.symbols.iter().filter(|s| s.defined && s.value != 0 && s.kind == FUNCTION);
    // One that stands in for the system's is what its name says to whoever calls it.
    let stands_in = |name: &[u8]| [RUNS, CONNECTS, SENDS, USERS].iter().any(|l| l.iter().any(|n| n.as_bytes() == name));
    own.filter(move |s| !stands_in(s.name)).map(|s| (s.name, s.value))
}

/// A function of an image after another, as far as they may be followed.
struct Follow<'a, 'i> {
    map: Map<'a, 'i>,
    left: usize,
}

impl<'a, 'i> Follow<'a, 'i> {
    fn new(file: &Parsed<'_>, image: &Image<'a>, bytes: &'i [u8]) -> Self {
        let elf = file.elf().and_then(|elf| elf.as_ref().ok());
        let inner = elf.into_iter().flat_map(Elf::relative);
        // A library of more names than this calls itself by way of the loader everywhere.
        let own = elf.into_iter().filter(|elf| elf.symbols.len() <= OWN_MAX).flat_map(own_functions);
        Self { map: Map::new(image, bytes).leading(inner).offering(own), left: FOLLOWED_MAX }
    }

    /// What a function reaches; nothing, and a gap, when too much was followed already.
    fn near(&mut self, start: u64, out: &mut Notes) -> Option<Reach<'a>> {
        self.within(start, (NEAR_FUNCTIONS, NEAR_INSTRUCTIONS), out)
    }

    /// The same without what is only done where the program gives up.
    fn unless_failing(&mut self, start: u64) -> Reach<'a> {
        let reach = self.map.unless_failing(start, NEAR_FUNCTIONS, NEAR_INSTRUCTIONS);
        self.left = self.left.saturating_sub(reach.instructions.max(16));
        reach
    }

    /// The same, as far as is said.
    fn within(&mut self, start: u64, most: (usize, usize), out: &mut Notes) -> Option<Reach<'a>> {
        if self.left == 0 {
            out.gaps.push(Gap::new(
                GapReason::Limit,
                "more functions that run by themselves or stand in for others than are followed",
            ));
            return None;
        }
        let reach = self.map.near(start, most.0, most.1);
        // One that leads nowhere costs something too.
        self.left = self.left.saturating_sub(reach.instructions.max(16));
        Some(reach)
    }
}

/// The Mach-O image that an image was read from.
fn macho_of<'f, 'a>(file: &'f Parsed<'a>, image: &Image<'_>) -> Option<&'f MachO<'a>> {
    file.macho()?.as_ref().ok()?.iter().find(|m| m.start == image.start)
}

/// Functions that whoever loads a module calls at once: extension modules of Python, of Node.js, of Java.
fn is_entry(name: &[u8]) -> bool {
    name.starts_with(b"PyInit_") || name == b"napi_register_module_v1" || name == b"JNI_OnLoad"
}

/// Files and variables that hold somebody's secrets.
const SECRETS: &[&[u8]] = &[
    b".aws/credentials",
    b".npmrc",
    b".pypirc",
    b".ssh/id_rsa",
    b".ssh/id_ed25519",
    b".git-credentials",
    b".docker/config.json",
    b".kube/config",
    b"application_default_credentials.json",
    b"exodus.wallet",
    b"/etc/shadow",
    b"/proc/self/environ",
    b"AWS_SECRET_ACCESS_KEY",
    b"GITHUB_TOKEN",
    b"NPM_TOKEN",
    b"TWINE_PASSWORD",
];

/// Most bytes that are looked through for a command that stands there, and for one under a byte, which is looked for 255
/// times; only where something is started at load, which is told anyway.
const COMMAND_WITHIN: usize = 16 << 20;
const HIDDEN_WITHIN: usize = 2 << 20;

/// Whether a command that fetches stands in the file: a tool and an address in one text, as it is or under one byte.
fn holds_fetch(bytes: &[u8]) -> bool {
    (0..=255u8).any(|key| {
        let bytes = bytes.get(..if key == 0 { COMMAND_WITHIN } else { HIDDEN_WITHIN }).unwrap_or(bytes);
        let plain = |b: &u8| matches!(b ^ key, b' '..=b'~');
        let under = |text: &[u8]| text.iter().map(|b| b ^ key).collect::<Vec<u8>>();
        let address = under(b"http");
        [&b"curl "[..], b"wget "].iter().any(|tool| {
            memchr::memmem::find_iter(bytes, &under(tool)).any(|at| {
                let rest = bytes.get(at..).unwrap_or_default();
                let len = rest.iter().take(200).take_while(|b| plain(b)).count();
                rest.get(..len).is_some_and(|text| memchr::memmem::find(text, &address).is_some())
            })
        })
    })
}

fn check_load(file: &Parsed<'_>, image: &Image<'_>, out: &mut Notes) {
    let has = |names: &[&str]| !image.imported(names).is_empty();
    let sends = has(CONNECTS) && has(RESOLVES);
    let reads_secret = LazyCell::new(|| SECRETS.iter().any(|s| file.view().holds(s)));
    // Where addresses are numbers, nothing is looked up: that is told where there is something to take.
    let takes = has(CONNECTS) && (sends || *reads_secret);
    if !(has(RUNS) || takes) {
        return;
    }
    let elf = file.elf().and_then(|elf| elf.as_ref().ok());
    let entries = elf.into_iter().flat_map(|elf| &elf.symbols);
    let entries = entries.filter(|s| s.defined && s.value != 0 && is_entry(s.name)).map(|s| s.value);
    let named = macho_of(file, image).map(|macho| macho.named(is_entry)).unwrap_or_default();
    let entries = entries.chain(named).take(INITIAL_MAX);
    let starts: BTreeSet<u64> = image.initial.iter().copied().chain(entries).collect();
    if starts.is_empty() {
        return;
    }
    let mut follow = Follow::new(file, image, file.bytes());
    if starts.len() >= INITIAL_MAX {
        out.gaps.push(Gap::new(GapReason::Limit, "more functions that run at load than are followed"));
    }
    let few = starts.len() <= LOAD_FEW;
    let names_memory =
        LazyCell::new(|| [&b"/proc/self/fd/"[..], b"/proc/%d/fd/", b"/dev/fd/"].iter().any(|n| file.view().holds(n)));
    for start in &starts {
        let Some(reach) = follow.near(*start, out) else { return };
        let runs = reached(&reach, RUNS);
        let mut acts = vec![reach.clone()];
        if !reached(&reach, THREADS).is_empty() {
            for function in &reach.taken {
                let Some(reach) = follow.near(*function, out) else { return };
                acts.push(reach);
            }
        }
        for reach in &acts {
            let [runs, fetches, opens] = [RUNS, FETCHES, WRITES_FILES].map(|names| reached(reach, names));
            if runs.is_empty() {
                continue;
            }
            let note = |names: &[&str]| format!("the load-time function at {start:#x} reaches {}", names.join(", "));
            if !fetches.is_empty() && !opens.is_empty() {
                let names = [fetches, opens, runs.clone()].concat();
                out.findings.push(LOAD_DROPS.finding(placed(image.start, 0, note(&names))));
            }
            let [resolves, connects, reads] = [RESOLVES, &["connect"], RECEIVES].map(|names| reached(reach, names));
            if !resolves.is_empty() && !connects.is_empty() && !reads.is_empty() {
                let names = [resolves, connects, reads, runs.clone()].concat();
                out.findings.push(LOAD_OBEYS.finding(placed(image.start, 0, note(&names))));
            }
            let memory = reached(reach, &["memfd_create", "syscall", "fexecve", "execveat"]);
            let starts_it = ["fexecve", "execveat"].iter().any(|n| memory.contains(n)) || *names_memory;
            if starts_it && ["memfd_create", "syscall"].iter().any(|n| memory.contains(n)) {
                out.findings.push(LOAD_MEMORY.finding(placed(image.start, 0, note(&[memory, runs].concat()))));
            }
        }
        if !runs.is_empty() {
            let note = format!("the load-time function at {start:#x} reaches {}", runs.join(", "));
            if holds_fetch(file.bytes()) {
                out.findings.push(LOAD_FETCHES.finding(placed(image.start, 0, note.clone())));
            }
            let mut found = LOAD_STARTS.finding(placed(image.start, 0, note));
            // A debugger that is started to say where the program broke.
            let fails = reached(&follow.unless_failing(*start), RUNS).is_empty();
            if fails {
                found.severity = Severity::Medium;
                found.message.push_str(", where it gives up");
            }
            out.findings.push(found);
            if fails {
                continue;
            }
            return;
        }
        // Where few functions run at load, they can be followed through a library of another language.
        let reach = match takes && few {
            true => follow.within(*start, LOAD_MOST, out),
            false => Some(reach),
        };
        let Some(reach) = reach else { return };
        let mut reaches = vec![reach];
        // A thread runs what was pointed at.
        if takes && reaches.iter().any(|r| !reached(r, THREADS).is_empty()) {
            let taken: Vec<u64> = reaches.iter().flat_map(|r| &r.taken).copied().collect();
            for function in taken {
                let most = if few { LOAD_MOST } else { (NEAR_FUNCTIONS, NEAR_INSTRUCTIONS) };
                let Some(reach) = follow.within(function, most, out) else { return };
                reaches.push(reach);
            }
        }
        for reach in &reaches {
            let [resolves, connects, said] = [RESOLVES, CONNECTS, SENDS].map(|names| reached(reach, names));
            if connects.is_empty() || said.is_empty() {
                continue;
            }
            let note = |names: Vec<&str>| format!("the load-time function at {start:#x} reaches {}", names.join(", "));
            let is_connected = connects.iter().any(|n| *n != "socket");
            if *reads_secret && is_connected && !reached(reach, OPENS_OR_ASKS).is_empty() {
                let names = [reached(reach, OPENS_OR_ASKS), connects.clone(), said.clone()].concat();
                out.findings.push(LOAD_SENDS_SECRET.finding(placed(image.start, 0, note(names))));
            }
            if !resolves.is_empty() {
                out.findings.push(LOAD_SENDS.finding(placed(
                    image.start,
                    0,
                    note([resolves, connects, said].concat()),
                )));
            } else if !*reads_secret {
                continue;
            }
            return;
        }
    }
}

fn check_replaced<'a>(
    file: &Parsed<'_>,
    functions: impl Iterator<Item = (&'a [u8], u64)>,
    image: &Image<'_>,
    out: &mut Notes,
) {
    let wanted = [QUIET, SECRET, LOG_INS, LISTS];
    let is_wanted = |name: &[u8]| wanted.iter().any(|list| list.iter().any(|n| n.as_bytes() == stem(name)));
    let functions: BTreeSet<(&[u8], u64)> = functions.filter(|(name, _)| is_wanted(name)).collect();
    // A library of hundreds of functions that are called like others is one of a system, and looks up what it likes.
    if functions.is_empty() || image.exports.len() > 400 {
        return;
    }
    let mut follow = Follow::new(file, image, file.bytes());
    let names_connections = LazyCell::new(|| file.view().holds(b"/proc/net/tcp"));
    let mut told: Vec<&str> = Vec::new();
    let mut tell = |rule: &'static Rule, name: &[u8], names: &[&str], out: &mut Notes| {
        if !told.contains(&rule.id) {
            told.push(rule.id);
            let note = format!("{} reaches {}", shown(name), names.join(", "));
            out.findings.push(rule.finding(placed(image.start, 0, note)));
        }
    };
    let mut denies: [Vec<String>; 2] = Default::default();
    for (name, start) in functions {
        let Some(reach) = follow.near(start, out) else { return };
        let is = |list: &[&str]| list.iter().any(|n| n.as_bytes() == stem(name));
        let runs = reached(&reach, RUNS);
        if is(QUIET) && !runs.is_empty() {
            tell(&COMMAND, name, &runs, out);
        }
        let users = reached(&reach, USERS);
        if is(QUIET) && !users.is_empty() {
            tell(&ROOT, name, &users, out);
        }
        if (is(OF_LOG_INS) || is(LOG_INS)) && !users.is_empty() && !runs.is_empty() {
            tell(&COMMAND_AS, name, &[users, runs].concat(), out);
        }
        let (connects, opens, sends) = (reached(&reach, CONNECTS), reached(&reach, OPENS), reached(&reach, SENDS));
        if (is(SECRET) || is(LOG_INS)) && !sends.is_empty() && !(connects.is_empty() && opens.is_empty()) {
            if is(LOG_INS) && ["sendto", "connect"].iter().any(|n| connects.contains(n)) {
                tell(&LOG_IN_SENT, name, &[connects.clone(), sends.clone()].concat(), out);
            }
            tell(&CAPTURE, name, &[connects, opens, sends].concat(), out);
        }
        let compares = reached(&reach, COMPARES);
        if !compares.is_empty() && image.exports.len() <= 40 && own_only(image) {
            let [lists, looks] = &mut denies;
            let passes = !reached(&reach, LOOKS_UP).is_empty() || reach.imports.iter().any(|i| stem(i) == stem(name));
            if is(&["readdir", "readdir_r", "getdents"]) && passes {
                lists.push(shown(name));
            } else if is(LOOKS_AT) && passes {
                looks.push(shown(name));
            }
        }
        if is(LISTS) && !compares.is_empty() {
            tell(&HIDES, name, &compares, out);
        }
        if is(OPENS) && *names_connections {
            tell(&HIDES, name, &["/proc/net/tcp"], out);
        }
    }
    if denies.iter().all(|names| !names.is_empty()) {
        let note = format!("{} compare names before they pass them on", denies.concat().join(", "));
        out.findings.push(HIDES_ALL.finding(placed(image.start, 0, note)));
    }
}

/// Whether nothing but the C library and what comes with it is needed.
fn own_only(image: &Image<'_>) -> bool {
    // glibc came in several pieces before version 2.34.
    const OWN: [&[u8]; 11] = [
        b"libc.",
        b"libpam",
        b"libdl.",
        b"libm.",
        b"libpthread.",
        b"librt.",
        b"libutil.",
        b"libresolv.",
        b"ld-linux",
        b"/usr/lib/libSystem.",
        b"/usr/lib/libpam.",
    ];
    image.libraries.iter().all(|l| OWN.iter().any(|o| l.starts_with(o)))
}

/// What asks somebody else.
const ASKS: &[&str] = &[
    "open",
    "openat",
    "fopen",
    "read",
    "fread",
    "fgets",
    "getline",
    "socket",
    "connect",
    "send",
    "recv",
    "dlopen",
    "getenv",
    "secure_getenv",
    "opendir",
    "mmap",
    "popen",
    "fork",
    "execve",
    "execv",
    "crypt",
    "crypt_r",
    "getspnam",
    "getspnam_r",
    "getpwnam_r",
    "pam_get_data",
    "pam_modutil_getpwnam",
    "pam_modutil_getspnam",
];

fn check_accounts(file: &Parsed<'_>, elf: &Elf<'_>, image: &Image<'_>, out: &mut Notes) {
    let own = |name: &[u8]| elf.symbols.iter().any(|s| s.defined && s.name == name);
    let asks = !image.imported(ASKS).is_empty();
    // Modules of a system say in its log why they let nobody in.
    let logs = !image.imported(&["pam_syslog", "pam_vsyslog", "syslog", "pam_prompt", "pam_vprompt"]).is_empty();
    let secret = image.imported(&["pam_get_authtok"]);
    // What compares byte by byte itself still asks how long the password is; what hands it on keeps it.
    let compares = image.imported(&["strcmp", "strncmp", "memcmp", "strcasecmp", "strlen"]);
    let hands_on = !image.imported(&["pam_set_item", "pam_set_data", "pam_putenv", "fwrite", "write"]).is_empty();
    let compares = if hands_on && compares == ["strlen"] { Vec::new() } else { compares };
    if own(b"pam_sm_authenticate") && !asks && !logs && !secret.is_empty() && !compares.is_empty() && own_only(image) {
        let names = [secret, compares].concat().join(", ");
        out.findings.push(MASTER.finding(placed(image.start, 0, format!("imports {names} and asks nobody"))));
    }
    let shell = [&b"/bin/sh\0"[..], b"/bin/bash\0"].iter().any(|s| file.view().holds(s));
    let replaces = [&b"getpwnam"[..], b"getpwuid", b"getspnam"].iter().any(|n| own(n));
    if replaces && shell && !asks && !image.imported(LOOKS_UP).is_empty() {
        let note = "answers for accounts in place of the C library, asks nobody else, and holds a shell";
        out.findings.push(ACCOUNT.finding(placed(image.start, 0, note)));
        return;
    }
    let answers = |s: &&crate::parse::elf::Symbol<'_>| {
        s.defined
            && s.name.starts_with(b"_nss_")
            && (s.name.ends_with(b"_getpwnam_r") || s.name.ends_with(b"_getpwuid_r"))
    };
    let Some(symbol) = elf.symbols.iter().find(answers) else { return };
    if shell && !asks && image.imported(&["dlsym"]).is_empty() && own_only(image) {
        let note = format!("{} asks nobody, and a shell stands in the module", shown(symbol.name));
        out.findings.push(ACCOUNT.finding(placed(image.start, 0, note)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check, ids};

    /// A library whose code calls its imports, one after another, and returns.
    fn library(imports: &[&'static str], exports: &[&'static str], data: &[u8]) -> Vec<u8> {
        let mut elf = ElfBuilder::library();
        elf.imports = imports.to_vec();
        elf.exports = exports.to_vec();
        elf.calls = true;
        elf.data = data.to_vec();
        let mut code = Vec::new();
        for i in 0..imports.len() as u64 {
            let at = ElfBuilder::CODE + code.len() as u64;
            code.extend([0xff, 0x15]);
            code.extend(((ElfBuilder::SLOTS + 8 * i).wrapping_sub(at + 6) as u32).to_le_bytes());
        }
        code.push(0xc3);
        elf.code = code;
        elf.build()
    }

    fn seen(bytes: &[u8]) -> Vec<&'static str> {
        ids(&check(&Replaced, FileKind::Elf, "x", bytes))
    }

    #[test]
    fn what_a_replaced_function_reaches_is_told() {
        for (imports, export, id) in [
            (["dlsym", "system"], "RSA_public_decrypt", "native-replaced-function-runs-command"),
            (["dlsym", "setuid"], "kill", "native-replaced-function-changes-user"),
            (["dlsym", "strstr"], "readdir64", "native-replaced-listing-compares-names"),
        ] {
            assert_eq!(seen(&library(&imports, &[export], b"")), [id]);
            // The same in a library that answers for nothing, and in one that never looks the real function up.
            assert!(seen(&library(&imports, &["work"], b"")).is_empty());
            assert!(seen(&library(&imports[1..], &[export], b"")).is_empty());
        }
        let imports = ["dlsym", "socket", "connect", "send"];
        assert_eq!(seen(&library(&imports, &["SSL_write"], b"")), ["native-replaced-function-captures"]);
        // Wrappers of connections connect.
        assert!(seen(&library(&imports, &["connect"], b"")).is_empty());
        // Counting what is called needs neither a file nor a connection.
        assert!(seen(&library(&["dlsym", "fprintf"], &["SSL_write"], b"")).is_empty());
        assert_eq!(
            seen(&library(&["dlsym"], &["fopen"], b"/proc/net/tcp\0")),
            ["native-replaced-listing-compares-names"]
        );
    }

    #[test]
    fn any_number_of_functions_that_do_nothing_takes_nothing_out_of_sight() {
        // One that stands in for another, behind hundreds that begin where nothing is.
        let mut exports = vec!["access"; 390];
        exports.push("unlink");
        let bytes = library(&["dlsym", "system"], &exports, b"");
        assert_eq!(seen(&bytes), ["native-replaced-function-runs-command"]);
        // What is left over is told.
        let mut out = Notes::default();
        let image = Image::default();
        let mut follow = Follow { map: Map::new(&image, &bytes), left: 17 };
        assert!(follow.near(0, &mut out).is_some() && follow.near(0, &mut out).is_some());
        assert!(follow.near(0, &mut out).is_none());
        assert_eq!(out.gaps[0].reason, GapReason::Limit);
    }

    #[test]
    fn an_account_that_nobody_was_asked_for_is_told() {
        let name = "_nss_cache_getpwnam_r";
        assert_eq!(seen(&library(&["strcmp"], &[name], b"/bin/bash\0")), ["native-name-service-knows-account"]);
        assert!(seen(&library(&["strcmp", "fopen"], &[name], b"/bin/bash\0")).is_empty());
        assert!(seen(&library(&["strcmp"], &[name], b"/usr/sbin/nologin\0")).is_empty());
        let replaced = |imports: &[&'static str]| seen(&library(imports, &["getpwnam"], b"/bin/bash\0"));
        assert_eq!(replaced(&["dlsym", "strcmp"]), ["native-name-service-knows-account"]);
        assert!(replaced(&["dlsym", "strcmp", "fopen"]).is_empty());
    }

    #[test]
    fn a_password_that_stands_in_a_module_is_told() {
        let module = |imports: &[&'static str]| seen(&library(imports, &["pam_sm_authenticate"], b""));
        assert_eq!(module(&["pam_get_authtok", "strcmp"]), ["native-login-module-knows-password"]);
        assert!(module(&["pam_get_authtok", "strcmp", "getspnam"]).is_empty());
        assert!(module(&["pam_get_authtok", "strcmp", "pam_syslog"]).is_empty());
        assert!(module(&["pam_get_authtok"]).is_empty());
    }
}
