//! What single functions of a program do: calls and texts that stand close together in code.
//!
//! A whole program has everything somewhere; a function has one purpose. The rows of [`ROWS`] name what must stand
//! within one window of code: imported functions (called through stubs, slots or system calls, see
//! [`super::code`]) and texts that the code points at.
//!
//! References: ATT&CK T1059, T1620, T1055.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::code::{Event, Wanted, events, together};
use super::placed;
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Gap, GapReason, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::native::{Image, Machine, SLOTS_MAX, stem};
use crate::parse::parts::Places;
use crate::rule;

rule! {
    /// One function connects or accepts, makes the connection the standard input and output of what comes next, and
    /// starts a shell: whoever is at the other end types into it. Known uses: reverse and bind shells in implants,
    /// preloaded libraries, trojanised packages. Honest look-alikes: servers of remote log-ins start a shell too, in
    /// another function than the one that connects, behind a log-in.
    pub(super) SHELL = "native-shell-on-connection" in "net/reverse-shell";
    severity: High, confidence: Likely,
    title: "A connection becomes the input of a shell",
    reference: "https://attack.mitre.org/techniques/T1059/004/",
}

rule! {
    /// As `native-shell-on-connection`, in a library: it is loaded into other programs, and opens them to the network.
    /// Known uses: preloaded rootkits, trojanised extension modules. Honest look-alikes: none is known.
    pub(super) LIBRARY_SHELL = "native-library-shell-on-connection" in "net/reverse-shell";
    severity: Critical, confidence: Certain,
    title: "A library makes a connection the input of a shell",
    reference: "https://attack.mitre.org/techniques/T1574/006/",
}

rule! {
    /// One function receives from the network, makes a file that exists in memory only, and starts it. Nothing reaches
    /// the disk. Known uses: fileless loaders. Honest look-alikes: container runtimes copy themselves into memory, and
    /// receive nothing there.
    pub(super) FILELESS = "native-received-runs-from-memory" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "What is received is started from memory",
    reference: "https://attack.mitre.org/techniques/T1620/",
}

rule! {
    /// One function asks for memory that may be written and executed at once, and starts a thread in it: the classic
    /// runner of machine code. Known uses: loaders of Cobalt Strike, Meterpreter and their kin. Honest look-alikes: none
    /// is known; compilers at run time ask for memory in one place and start threads in another.
    pub(super) RUNNER = "native-memory-runner" in "bin/inject";
    severity: High, confidence: Likely,
    title: "Writable and executable memory is allocated and a thread started in it",
    reference: "https://attack.mitre.org/techniques/T1055/",
}

rule! {
    /// A preloaded library that replaces a function of the C library and, in the code around it, starts a shell or gives
    /// somebody root. Known uses: `LD_PRELOAD` back doors, bdvl, Azazel, Medusa. Honest look-alikes: none is known;
    /// wrappers pass calls on.
    pub(super) HOOKED = "native-hook-gives-root" in "bin/preload-hook";
    severity: High, confidence: Likely,
    title: "A replaced library function hands out a shell or root",
    reference: "https://attack.mitre.org/techniques/T1574/006/",
}

rule! {
    /// One function reads raw key strokes of the keyboard's device file and sends or stores them, in a program that can
    /// talk to other hosts. Known uses: key loggers on Linux. Honest look-alikes: remote-control and accessibility
    /// daemons, which name the devices they serve in their settings.
    pub(super) DEVICE_KEYS = "native-keyboard-device-read" in "cred/keylog-screen";
    severity: Medium, confidence: Likely,
    title: "Reads the keyboard's device and talks to other hosts",
    reference: "https://attack.mitre.org/techniques/T1056/001/",
}

rule! {
    /// One function of a library makes a file that exists in memory only and starts or loads it. Known uses: droppers in
    /// extension modules. Honest look-alikes: none is known; container runtimes, which start themselves from memory, are
    /// programs.
    pub(super) LIBRARY_FILELESS = "native-library-runs-from-memory" in "exec/decode-exec";
    severity: High, confidence: Likely,
    title: "A library starts what it holds from memory",
    reference: "https://attack.mitre.org/techniques/T1620/",
}

rule! {
    /// One function connects, receives, and makes memory executable: what is received is run as code. Known uses: first
    /// stages of Meterpreter, Sliver, Cobalt Strike. Honest look-alikes: none is known; compilers at run time talk to
    /// nobody in the function that protects their pages.
    pub(super) STAGER = "native-received-runs-as-code" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "What is received is run as code",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// One function asks the name service for a record and runs a command. Known uses: channels in DNS. Honest
    /// look-alikes: none is known.
    pub(super) TOLD_BY_DNS = "native-dns-answer-beside-command" in "net/c2-poll";
    severity: High, confidence: Likely,
    title: "A name-service record is asked for and a command run",
    reference: "https://attack.mitre.org/techniques/T1071/004/",
}

rule! {
    /// One function reads keys, turns them into text (or reads the title of the window they go to), and sends them or
    /// writes them to a file. Known uses: key loggers. Honest look-alikes: hot-key tools compare keys, remote desktops
    /// send numbers of keys, games do neither.
    pub(super) KEYS_SENT = "native-keys-written-down" in "cred/keylog-screen";
    severity: High, confidence: Likely,
    title: "Keys are turned into text and sent or kept",
    reference: "https://attack.mitre.org/techniques/T1056/001/",
}

rule! {
    /// One function opens the loader's list of libraries for every program and writes to it. Known uses: installers of
    /// preloaded rootkits. Honest look-alikes: programs that only read it.
    pub(super) PRELOAD_WRITTEN = "native-writes-preload-list" in "bin/preload-hook";
    severity: High, confidence: Likely,
    title: "Writes itself into every program through the loader's list",
    reference: "https://attack.mitre.org/techniques/T1574/006/",
}

rule! {
    /// A function hands the kernel a module that it read from nowhere: the module lies in the program. Known uses:
    /// droppers of kernel rootkits. Honest look-alikes: `insmod` and its kin read the module from a file.
    pub(super) MODULE_CARRIED = "native-loads-carried-module" in "bin/rootkit-kmod";
    severity: High, confidence: Likely,
    title: "Loads a kernel module that it carries itself",
    reference: "https://attack.mitre.org/techniques/T1547/006/",
}

rule! {
    /// One function fetches or unpacks a program into the folder for temporary files, starts it, and makes it start again
    /// with the session. Known uses: droppers and loaders. Honest look-alikes: installers do the same in steps of their
    /// own, into folders of their own.
    pub(super) DROPPED_KEPT = "native-dropped-started-kept" in "persist/windows-run";
    severity: High, confidence: Likely,
    title: "Drops a program, starts it and makes it start again",
    reference: "https://attack.mitre.org/techniques/T1547/001/",
}

/// A function or a text.
#[derive(Debug, Clone, Copy)]
enum What {
    Calls(&'static str),
    Names(&'static str),
}

use What::{Calls, Names};

/// One row: all needs within one window.
struct Row {
    rule: &'static Rule,
    /// The rule for libraries, where it differs.
    in_library: Option<&'static Rule>,
    /// Bytes of code around the first need.
    window: u64,
    needs: &'static [&'static [What]],
    /// What must not stand in the window.
    without: &'static [What],
    /// Bytes of which one must stand in the code shortly before the call of the first need.
    before: &'static [&'static [u8]],
    only: fn(&Image<'_>) -> bool,
}

/// What most rows say nothing about.
const ROW: Row = Row { rule: &SHELL, in_library: None, window: 900, needs: &[], without: &[], before: &[], only: any };

/// `PAGE_EXECUTE_READWRITE` as the last argument: mov r9d, 0x40; mov dword [rsp+32], 0x40; push 0x40; and as the third:
/// mov r8d, 0x40, or 0x20 for what is written before.
const RWX: &[&[u8]] =
    &[b"\x41\xb9\x40\0\0\0", b"\xc7\x44\x24\x20\x40\0\0\0", b"\x6a\x40", b"\x41\xb8\x40\0\0\0", b"\x41\xb8\x20\0\0\0"];
const EXECUTES_ALL: &[What] = &[
    Calls("fexecve"),
    Calls("execveat"),
    Calls("execve"),
    Calls("execv"),
    Calls("execvp"),
    Calls("execl"),
    Calls("execlp"),
    Calls("execle"),
    Calls("posix_spawn"),
    Calls("system"),
    Calls("dlopen"),
];

const CONNECTS: &[What] =
    &[Calls("connect"), Calls("accept"), Calls("accept4"), Calls("WSAConnect"), Calls("WSASocket")];
const REDIRECTS: &[What] =
    &[Calls("dup2"), Calls("dup3"), Calls("dup"), Calls("forkpty"), Calls("openpty"), Calls("CreateProcess")];
const EXECUTES: &[What] = &[
    Calls("execve"),
    Calls("execv"),
    Calls("execvp"),
    Calls("execl"),
    Calls("execlp"),
    Calls("execle"),
    Calls("system"),
    Calls("popen"),
    Calls("posix_spawn"),
    Calls("posix_spawnp"),
    Calls("CreateProcess"),
];
const SHELLS: &[What] = &[
    Names("/bin/sh"),
    Names("/bin/bash"),
    Names("/bin/ash"),
    Names("/system/bin/sh"),
    Names("/bin/zsh"),
    Names("cmd.exe"),
    Names("powershell"),
];
const RECEIVES: &[What] =
    &[Calls("recv"), Calls("recvfrom"), Calls("connect"), Calls("SSL_read"), Calls("curl_easy_perform")];

fn any(_: &Image<'_>) -> bool {
    true
}

/// Libraries that offer a function of the C library (or of log-in code) under its own name and look the real one up.
fn replaces(image: &Image<'_>) -> bool {
    const REPLACED: &[&str] = &[
        "accept",
        "open",
        "openat",
        "read",
        "write",
        "readdir",
        "fopen",
        "stat",
        "__xstat",
        "execve",
        "getpwnam",
        "access",
        "connect",
        "pam_authenticate",
        "crypt",
        "recv",
        "recvmsg",
        "strcmp",
        "geteuid",
        "setuid",
        "unlink",
        "rename",
    ];
    let hooks = image.exports.iter().filter(|e| REPLACED.iter().any(|r| stem(e) == r.as_bytes())).count();
    image.library && hooks > 0 && image.exports.len() <= 400 && !image.imported(&["dlsym", "dlvsym"]).is_empty()
}

const ROWS: &[Row] = &[
    Row {
        rule: &SHELL,
        in_library: Some(&LIBRARY_SHELL),
        window: 900,
        needs: &[CONNECTS, REDIRECTS, EXECUTES, SHELLS],
        ..ROW
    },
    Row {
        rule: &FILELESS,
        window: 2000,
        needs: &[
            &[Calls("memfd_create")],
            RECEIVES,
            // The memory itself is started, not another program.
            &[
                Calls("fexecve"),
                Calls("execveat"),
                Names("/proc/self/fd/"),
                Names("/proc/%d/fd/"),
                Names("/proc/%i/fd/"),
            ],
            EXECUTES_ALL,
        ],
        ..ROW
    },
    Row {
        rule: &LIBRARY_FILELESS,
        window: 900,
        needs: &[
            &[Calls("memfd_create")],
            &[
                Calls("fexecve"),
                Calls("execveat"),
                Names("/proc/self/fd/"),
                Names("/proc/%d/fd/"),
                Names("/proc/%i/fd/"),
            ],
            EXECUTES_ALL,
        ],
        only: |image| image.library,
        ..ROW
    },
    Row {
        rule: &STAGER,
        window: 700,
        needs: &[&[Calls("mmap"), Calls("mprotect")], RECEIVES, &[Calls("connect"), Calls("accept"), Calls("accept4")]],
        // mov edx, PROT_EXEC with others, as the third argument; mov w2, the same.
        before: &[b"\xba\x05\0\0\0", b"\xba\x07\0\0\0", b"\xa2\0\x80\x52", b"\xe2\0\x80\x52"],
        ..ROW
    },
    Row {
        rule: &STAGER,
        window: 700,
        needs: &[
            &[Calls("VirtualAlloc"), Calls("VirtualProtect")],
            &[Calls("recv"), Calls("InternetReadFile"), Calls("WinHttpReadData"), Calls("WSARecv")],
        ],
        before: RWX,
        ..ROW
    },
    Row {
        rule: &TOLD_BY_DNS,
        window: 900,
        needs: &[
            &[Calls("res_query"), Calls("res_search"), Calls("res_nquery"), Calls("DnsQuery_A"), Calls("DnsQuery_W")],
            &[Calls("system"), Calls("popen"), Calls("_popen"), Calls("WinExec"), Calls("CreateProcess")],
        ],
        ..ROW
    },
    Row {
        rule: &KEYS_SENT,
        window: 700,
        needs: &[
            &[
                Calls("XQueryKeymap"),
                Calls("GetAsyncKeyState"),
                Calls("GetKeyboardState"),
                Calls("CallNextHook"),
                Calls("CGEventGetIntegerValueField"),
            ],
            &[
                Calls("XKeysymToString"),
                Calls("GetKeyNameText"),
                Calls("ToUnicode"),
                Calls("ToAscii"),
                Calls("GetWindowText"),
            ],
            &[
                Calls("send"),
                Calls("sendto"),
                Calls("HttpSendRequest"),
                Calls("WinHttpSendRequest"),
                Calls("fopen"),
                Calls("CreateFile"),
                Calls("WriteFile"),
            ],
        ],
        ..ROW
    },
    Row {
        rule: &PRELOAD_WRITTEN,
        window: 500,
        needs: &[
            &[Names("/etc/ld.so.preload")],
            &[Calls("open"), Calls("fopen"), Calls("openat"), Calls("creat")],
            &[Calls("write"), Calls("fputs"), Calls("fprintf"), Calls("fwrite"), Calls("dprintf")],
        ],
        without: &[Calls("fgets"), Calls("getline"), Calls("fread"), Calls("read")],
        only: |image| image.imports.len() < 200,
        ..ROW
    },
    Row {
        rule: &MODULE_CARRIED,
        window: 500,
        needs: &[&[Calls("init_module")]],
        without: &[
            Calls("mmap"),
            Calls("read"),
            Calls("fread"),
            Calls("pread"),
            Calls("finit_module"),
            Calls("gzread"),
            Calls("malloc"),
            Calls("realloc"),
        ],
        only: |image| image.imports.len() < 200,
        ..ROW
    },
    Row {
        rule: &DROPPED_KEPT,
        window: 900,
        needs: &[
            &[Names("CurrentVersion\\Run")],
            &[Calls("RegSetValue"), Calls("RegSetValueEx"), Calls("RegSetKeyValue")],
            &[Calls("GetTempPath"), Calls("InternetReadFile"), Calls("URLDownloadToFile"), Calls("WinHttpReadData")],
            &[Calls("WriteFile"), Calls("URLDownloadToFile"), Calls("fwrite")],
            &[Calls("WinExec"), Calls("CreateProcess"), Calls("ShellExecute"), Calls("ShellExecuteEx")],
        ],
        ..ROW
    },
    Row {
        rule: &RUNNER,
        window: 600,
        needs: &[
            &[Calls("VirtualAlloc"), Calls("VirtualAllocEx")],
            &[Calls("CreateThread"), Calls("CreateRemoteThread"), Calls("EnumSystemLocales"), Calls("QueueUserAPC")],
        ],
        before: RWX,
        ..ROW
    },
    Row {
        rule: &HOOKED,
        window: 1500,
        needs: &[
            &[Calls("setuid"), Calls("setgid"), Calls("setresuid"), Calls("setreuid"), Calls("dup2")],
            EXECUTES,
            SHELLS,
        ],
        only: replaces,
        ..ROW
    },
    Row {
        rule: &DEVICE_KEYS,
        window: 1500,
        needs: &[
            &[Names("/dev/input/event"), Names("/dev/input/by-path")],
            &[Calls("read"), Calls("fread")],
            &[Calls("send"), Calls("sendto"), Calls("write"), Calls("fprintf"), Calls("fputs"), Calls("fwrite")],
        ],
        only: |image| image.imported(&["connect"]).len() == 1 && image.imports.len() < 80,
        ..ROW
    },
];

/// Numbers of the system calls that matter: x86-64, 32-bit x86, `AArch64`.
const NUMBERS: &[(&str, [u32; 3])] = &[
    ("execve", [59, 11, 221]),
    ("execveat", [322, 358, 281]),
    ("memfd_create", [319, 356, 279]),
    ("connect", [42, 362, 203]),
    ("accept", [43, u32::MAX, 202]),
    ("accept4", [288, 364, 242]),
    ("recvfrom", [45, 371, 207]),
    ("sendto", [44, 369, 206]),
    ("dup2", [33, 63, u32::MAX]),
    ("dup3", [292, 330, 24]),
    ("dup", [32, 41, 23]),
    ("setuid", [105, 213, 146]),
    ("setgid", [106, 214, 144]),
    ("read", [0, 3, 63]),
    ("write", [1, 4, 64]),
    ("init_module", [175, 128, 105]),
    ("finit_module", [313, 350, 273]),
    ("mmap", [9, 192, 222]),
    ("mprotect", [10, 125, 226]),
];

/// All functions and texts of the table, each with its mark, and a search for the texts.
struct Vocabulary {
    functions: HashMap<&'static str, u16>,
    texts: Vec<(&'static str, u16)>,
    /// Texts in one byte a letter, then in two.
    search: Option<AhoCorasick>,
    /// The marks of each need of each row; last of what must not be there.
    rows: Vec<Vec<Vec<u16>>>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut functions: HashMap<&'static str, u16> = HashMap::new();
    let mut texts: Vec<(&'static str, u16)> = Vec::new();
    let mut rows = Vec::new();
    let mut next = 0u16;
    for row in ROWS {
        let mut needs = Vec::new();
        for need in row.needs.iter().copied().chain([row.without]) {
            let mut marks = Vec::new();
            for what in need {
                let known = match what {
                    Calls(name) => functions.get(name).copied(),
                    Names(text) => texts.iter().find(|(t, _)| t == text).map(|(_, m)| *m),
                };
                let mark = known.unwrap_or_else(|| {
                    next += 1;
                    match what {
                        Calls(name) => drop(functions.insert(name, next)),
                        Names(text) => texts.push((text, next)),
                    }
                    next
                });
                marks.push(mark);
            }
            needs.push(marks);
        }
        rows.push(needs);
    }
    let wide = |text: &str| text.bytes().flat_map(|b| [b, 0]).collect::<Vec<u8>>();
    let patterns = texts.iter().map(|(t, _)| t.as_bytes().to_vec()).chain(texts.iter().map(|(t, _)| wide(t)));
    let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns.collect::<Vec<_>>()).ok();
    Vocabulary { functions, texts, search, rows }
});

/// Most places that are kept of one text.
const TEXTS_MAX: usize = 1 << 14;

/// Reads functions.
pub(super) struct Acts;

impl Heuristic for Acts {
    fn rules(&self) -> &'static [&'static Rule] {
        const {
            &[
                &SHELL,
                &LIBRARY_SHELL,
                &FILELESS,
                &LIBRARY_FILELESS,
                &STAGER,
                &TOLD_BY_DNS,
                &RUNNER,
                &HOOKED,
                &DEVICE_KEYS,
                &KEYS_SENT,
                &PRELOAD_WRITTEN,
                &MODULE_CARRIED,
                &DROPPED_KEPT,
            ]
        }
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Elf | FileKind::Pe | FileKind::MachO | FileKind::MachOFat)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        for image in file.images() {
            check_image(file, image, out);
        }
    }
}

fn check_image(file: &Parsed<'_>, image: &Image<'_>, out: &mut Notes) {
    if image.machine == Machine::Other {
        return;
    }
    let words = &*VOCABULARY;
    // Programs that import nothing make their system calls themselves.
    let bare = image.imports.is_empty();
    let has = |marks: &[u16]| {
        image.imports.iter().any(|i| words.functions.get(name(stem(i.name))).is_some_and(|m| marks.contains(m)))
    };
    let is_text = |mark: &u16| words.texts.iter().any(|(_, m)| m == mark);
    // `syscall` of the C library makes any call by its number.
    let numbers = !image.imported(&["syscall"]).is_empty();
    let by_number = |need: &[u16]| {
        let of = |name: &str| words.functions.get(name).is_some_and(|m| need.contains(m));
        numbers && NUMBERS.iter().any(|(name, _)| of(name))
    };
    // A row whose functions are not all imported cannot be met.
    let possible: Vec<(&Row, &Vec<Vec<u16>>)> = ROWS
        .iter()
        .zip(&words.rows)
        .filter(|(row, needs)| {
            let asked = needs.get(..row.needs.len()).unwrap_or_default();
            (row.only)(image)
                && asked.iter().all(|need| bare || need.iter().any(is_text) || has(need) || by_number(need))
        })
        .collect();
    if possible.is_empty() {
        return;
    }
    // Nothing but what these rows ask for is kept, or other calls would use up what can be kept.
    let asked: HashSet<u16> = possible.iter().flat_map(|(_, needs)| needs.iter().flatten().copied()).collect();
    let mut wanted = Wanted::default();
    let functions = words.functions.iter().filter(|(_, mark)| asked.contains(mark));
    wanted.functions.extend(functions.map(|(name, mark)| (name.as_bytes(), *mark)));
    let column = match image.machine {
        Machine::X64 => 0,
        Machine::X86 => 1,
        _ => 2,
    };
    if bare || numbers {
        for (name, numbers) in NUMBERS {
            let number = numbers.get(column).copied().filter(|n| *n != u32::MAX);
            let mark = words.functions.get(name).filter(|m| asked.contains(m));
            if let Some((number, mark)) = number.zip(mark) {
                wanted.calls.insert(number, *mark);
            }
        }
    }
    let texts_cut = find_texts(file, image, words, &asked, &mut wanted);
    let (mut found, events_cut) = events(image, file.bytes(), &wanted);
    built_texts(file, words, &asked, &mut found);
    if texts_cut || events_cut || image.slots.len() >= SLOTS_MAX {
        let detail = "more calls and texts of interest, or overlapping parts of code, than are looked at";
        out.gaps.push(Gap::new(GapReason::Limit, detail));
    }
    let places = Places::new(image.parts(file.bytes().len() as u64, |_| true).0);
    for (row, needs) in possible {
        let groups: Vec<&[u16]> = needs.iter().take(row.needs.len()).map(Vec::as_slice).collect();
        let without = needs.get(row.needs.len()).map(Vec::as_slice).unwrap_or_default();
        let met = if row.before.is_empty() {
            together(&found, row.window, &groups)
        } else {
            let first = groups.first().copied().unwrap_or_default();
            let kept: Vec<Event> = found
                .iter()
                .copied()
                .filter(|e| !first.contains(&e.mark) || code_before(file, &places, e.at, row.before))
                .collect();
            together(&kept, row.window, &groups)
        };
        let Some(met) = met else { continue };
        let first = met.first().map_or(0, |e| e.at);
        if found.iter().any(|e| without.contains(&e.mark) && e.at.abs_diff(first) <= row.window) {
            continue;
        }
        let rule = row.in_library.filter(|_| image.library).unwrap_or(row.rule);
        let said: Vec<&str> = met.iter().map(|e| word(words, e.mark)).collect();
        let at = met.first().map_or(0, |e| e.at);
        let note = format!("code at {at:#x}: {}", said.join(", "));
        out.findings.push(rule.finding(placed(places.at(at).map_or(0, |(offset, _)| offset), 0, note)));
    }
}

fn name(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("")
}

fn word(words: &Vocabulary, mark: u16) -> &'static str {
    let function = words.functions.iter().find(|(_, m)| **m == mark).map(|(n, _)| *n);
    function.or_else(|| words.texts.iter().find(|(_, m)| *m == mark).map(|(t, _)| *t)).unwrap_or("")
}

/// Addresses at which texts of the table begin, be it in the middle of a longer text. Says whether there are more.
fn find_texts(
    file: &Parsed<'_>,
    image: &Image<'_>,
    words: &Vocabulary,
    asked: &HashSet<u16>,
    wanted: &mut Wanted<'_>,
) -> bool {
    let Some(search) = &words.search else { return false };
    let fields = Fields::new(file.bytes(), true);
    let apart = image.apart();
    let (parts, mut cut) = image.parts(fields.len(), |r| !(apart && r.execute && !r.write));
    let mut counts: HashMap<u16, usize> = HashMap::new();
    for part in parts {
        let bytes = fields.available(part.offset, part.len);
        for hit in search.find_iter(bytes) {
            let index = hit.pattern().as_usize();
            let text = words.texts.get(index).or_else(|| words.texts.get(index.checked_sub(words.texts.len())?));
            let Some((_, mark)) = text.filter(|(_, mark)| asked.contains(mark)) else { continue };
            let count = counts.entry(*mark).or_default();
            *count += 1;
            // Each text has its own bound: any number of one says nothing about another.
            if *count > TEXTS_MAX {
                cut = true;
                continue;
            }
            wanted.texts.insert(part.address.saturating_add(hit.start() as u64), *mark);
            // A command line that goes on behind it begins before it.
            let before = bytes.get(hit.start().saturating_sub(64)..hit.start()).unwrap_or_default();
            let back = before.iter().rev().take_while(|b| matches!(b, 0x20..=0x7e)).count();
            if back > 0 {
                wanted.texts.insert(part.address.saturating_add((hit.start() - back) as u64), *mark);
            }
        }
    }
    cut
}

/// Texts of the table that code puts together instead of pointing at them.
fn built_texts(file: &Parsed<'_>, words: &Vocabulary, asked: &HashSet<u16>, found: &mut Vec<Event>) {
    let Some(search) = &words.search else { return };
    let before = found.len();
    for piece in file.built().0 {
        for hit in search.find_iter(&piece.bytes) {
            let index = hit.pattern().as_usize();
            let text = words.texts.get(index).or_else(|| words.texts.get(index.checked_sub(words.texts.len())?));
            if let Some((_, mark)) = text.filter(|(_, mark)| asked.contains(mark)) {
                found.push(Event { at: piece.at, mark: *mark });
            }
        }
    }
    if found.len() > before {
        found.sort_unstable_by_key(|e| (e.at, e.mark));
    }
}

/// Whether one of these bytes stands in the 64 bytes of code before an address.
fn code_before(file: &Parsed<'_>, places: &Places, address: u64, any: &[&[u8]]) -> bool {
    let Some(at) = places.at(address).and_then(|(at, _)| usize::try_from(at).ok()) else { return false };
    let before = file.bytes().get(at.saturating_sub(64)..at).unwrap_or_default();
    any.iter().any(|bytes| memchr::memmem::find(before, bytes).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check, ids};

    /// Code that calls imported functions by their number and points at data by its place, through slots.
    fn code(steps: &[Step]) -> Vec<u8> {
        let mut out = Vec::new();
        for step in steps {
            let at = ElfBuilder::CODE + out.len() as u64;
            match step {
                Step::Call(index) => {
                    out.extend([0xff, 0x15]);
                    out.extend(((ElfBuilder::SLOTS + 8 * index).wrapping_sub(at + 6) as u32).to_le_bytes());
                }
                Step::Text(offset) => {
                    out.extend([0x48, 0x8d, 0x3d]);
                    out.extend(((ElfBuilder::DATA + offset).wrapping_sub(at + 7) as u32).to_le_bytes());
                }
                Step::Gap(len) => out.extend(vec![0x90; *len]),
                Step::Bytes(bytes) => out.extend_from_slice(bytes),
            }
        }
        out
    }

    enum Step {
        Call(u64),
        Text(u64),
        Gap(usize),
        Bytes(&'static [u8]),
    }

    fn run(mut elf: ElfBuilder, imports: Vec<&'static str>, data: &[u8], steps: &[Step]) -> Vec<&'static str> {
        elf.imports = imports;
        elf.calls = true;
        elf.data = data.to_vec();
        elf.code = code(steps);
        ids(&check(&Acts, FileKind::Elf, "x", &elf.build()))
    }

    #[test]
    fn a_shell_on_a_connection_is_told_by_one_function() {
        let imports = vec!["connect", "dup2", "execve"];
        let all = [Step::Call(0), Step::Gap(40), Step::Call(1), Step::Gap(40), Step::Text(4), Step::Call(2)];
        let data = b"xyz\0/bin/sh\0";
        assert_eq!(run(ElfBuilder::program(), imports.clone(), data, &all), ["native-shell-on-connection"]);
        assert_eq!(run(ElfBuilder::library(), imports.clone(), data, &all), ["native-library-shell-on-connection"]);
        // The same calls in different functions.
        let apart = [Step::Call(0), Step::Gap(3000), Step::Call(1), Step::Text(4), Step::Call(2)];
        assert!(run(ElfBuilder::program(), imports.clone(), data, &apart).is_empty());
        // Another program is started.
        assert!(run(ElfBuilder::program(), imports, b"xyz\0/bin/ls\0", &all).is_empty());
    }

    #[test]
    fn what_is_received_and_started_from_memory_is_told() {
        let imports = vec!["memfd_create", "recv", "fexecve", "open"];
        let all = [Step::Call(0), Step::Gap(90), Step::Call(1), Step::Gap(90), Step::Call(2)];
        assert_eq!(run(ElfBuilder::program(), imports.clone(), b"", &all), ["native-received-runs-from-memory"]);
        // A container runtime copies itself.
        let own = [Step::Call(0), Step::Gap(90), Step::Call(3), Step::Gap(90), Step::Call(2)];
        assert!(run(ElfBuilder::program(), imports, b"", &own).is_empty());
    }

    #[test]
    fn a_hook_that_gives_root_is_told() {
        let imports = vec!["dlsym", "setuid", "execl"];
        let mut elf = ElfBuilder::library();
        elf.exports = vec!["geteuid"];
        let all = [Step::Call(0), Step::Gap(20), Step::Call(1), Step::Text(0), Step::Call(2)];
        assert_eq!(run(elf, imports.clone(), b"/bin/bash\0", &all), ["native-hook-gives-root"]);
        assert!(run(ElfBuilder::library(), imports, b"/bin/bash\0", &all).is_empty());
    }

    #[test]
    fn executable_memory_with_a_thread_is_told_by_its_protection() {
        let imports = vec!["VirtualAlloc", "CreateThread"];
        let rwx = [Step::Bytes(b"\x41\xb9\x40\0\0\0"), Step::Call(0), Step::Gap(60), Step::Call(1)];
        assert_eq!(run(ElfBuilder::program(), imports.clone(), b"", &rwx), ["native-memory-runner"]);
        let rw = [Step::Bytes(b"\x41\xb9\x04\0\0\0"), Step::Call(0), Step::Gap(60), Step::Call(1)];
        assert!(run(ElfBuilder::program(), imports, b"", &rw).is_empty());
    }

    #[test]
    fn keys_of_the_device_are_told_with_a_network_only() {
        let steps = [Step::Text(0), Step::Call(0), Step::Gap(50), Step::Call(1)];
        let data = b"/dev/input/event0\0";
        assert_eq!(
            run(ElfBuilder::program(), vec!["read", "send", "connect"], data, &steps),
            ["native-keyboard-device-read"]
        );
        assert!(run(ElfBuilder::program(), vec!["read", "send"], data, &steps).is_empty());
    }

    #[test]
    fn system_calls_of_a_bare_program_count() {
        let sys = |n: u8| [0xb8, n, 0, 0, 0, 0x0f, 0x05];
        let mut code = Vec::new();
        for n in [41, 42, 33, 59] {
            code.extend(sys(n));
        }
        // mov edi, imm32 would be absolute; lea rdi, [rip + n] as compilers write it.
        let text_at = code.len() as u32 + 7;
        code.extend([0x48, 0x8d, 0x3d]);
        code.extend(0u32.to_le_bytes());
        code.extend(b"/bin/sh\0");
        assert_eq!(text_at as usize, code.len() - 8);
        let notes = check(&Acts, FileKind::Elf, "x", &ElfBuilder::stub(5, &code));
        assert_eq!(ids(&notes), ["native-shell-on-connection"]);
        code.truncate(21);
        assert!(check(&Acts, FileKind::Elf, "x", &ElfBuilder::stub(5, &code)).findings.is_empty());
    }

    #[test]
    fn any_number_of_one_text_does_not_hide_another() {
        let imports = vec!["connect", "dup2", "execve"];
        // Only the last text is a shell's that the code points at; the others fill what is kept of `cmd.exe`.
        let decoys = b"cmd.exe\0".repeat(TEXTS_MAX + 1);
        let data = [&decoys[..], b"/bin/sh\0"].concat();
        let steps = [Step::Call(0), Step::Gap(40), Step::Call(1), Step::Text(decoys.len() as u64), Step::Call(2)];
        let mut elf = ElfBuilder::program();
        (elf.imports, elf.calls, elf.data, elf.code) = (imports, true, data, code(&steps));
        let notes = check(&Acts, FileKind::Elf, "x", &elf.build());
        assert_eq!(ids(&notes), ["native-shell-on-connection"]);
        assert_eq!(notes.gaps.iter().map(|g| g.reason).collect::<Vec<_>>(), [GapReason::Limit]);
    }

    #[test]
    fn texts_between_code_are_found_where_nothing_keeps_them_apart() {
        // One executable and one writable segment, no sections: the text stands behind the code that points at it.
        let imports = vec!["connect", "dup2", "execve"];
        let steps = [Step::Call(0), Step::Call(1), Step::Text(0), Step::Call(2)];
        let mut elf = ElfBuilder::program();
        (elf.imports, elf.calls, elf.code) = (imports, true, code(&steps));
        let text = elf.code.len() as u32;
        elf.code[15..19].copy_from_slice(&(text - 19).to_le_bytes());
        elf.code.extend(b"/bin/sh\0");
        let mut bytes = elf.build();
        bytes[60] = 0;
        bytes[40..48].fill(0);
        // The builder's first segment holds the headers alone, and is read-only.
        let header = 64 + 56;
        bytes[header..header + 4].fill(0);
        assert_eq!(ids(&check(&Acts, FileKind::Elf, "x", &bytes)), ["native-shell-on-connection"]);
    }
}
