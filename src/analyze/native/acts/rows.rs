//! The table of what stands together in one function, and the rules that its rows report.

use crate::model::Rule;
use crate::parse::native::{Image, stem};
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
    /// As `native-shell-on-connection`, in a function that runs before the program begins, whatever it was started for. Known
    /// uses: trojanised tools. Honest look-alikes: none is known.
    pub(super) SHELL_EARLY = "native-shell-on-connection-before-start" in "net/reverse-shell";
    severity: Critical, confidence: Certain,
    title: "A connection becomes the input of a shell before the program begins",
    reference: "https://attack.mitre.org/techniques/T1546/",
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
    /// One function receives from a connection and hands what it received to a shell. Known uses: simple implants, doors
    /// behind raw packets. Honest look-alikes: agents of administration look up what they are asked for in a list of
    /// their own, in other functions.
    pub(super) TOLD = "native-received-command-run" in "net/c2-poll";
    severity: High, confidence: Likely,
    title: "What a connection brings is run as a command",
    reference: "https://attack.mitre.org/techniques/T1059/",
}

rule! {
    /// One function fetches into a hidden file of a folder for temporary files and starts it. Known uses: droppers.
    /// Honest look-alikes: updaters hide nothing.
    pub(super) HIDDEN_FETCH = "native-fetched-to-hidden-file-started" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "Fetches into a hidden temporary file and starts it",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// One function writes what the program holds into a file that exists in memory only, and starts that. Known uses:
    /// packed droppers, `ezuri`. Honest look-alikes: container runtimes copy their own file so that nobody can change it.
    pub(super) CARRIED_FILELESS = "native-carried-program-runs-from-memory" in "exec/decode-exec";
    severity: High, confidence: Likely,
    title: "A program that is carried along is started from memory",
    reference: "https://attack.mitre.org/techniques/T1620/",
}

rule! {
    /// One function fetches a program into a folder that everybody may write to and makes a service of it. Known uses:
    /// loaders. Honest look-alikes: installers put services into folders of their own, and carry them along.
    pub(super) FETCHED_SERVICE = "native-fetched-service" in "persist/windows-run";
    severity: High, confidence: Likely,
    title: "Fetches a program and makes a service of it",
    reference: "https://attack.mitre.org/techniques/T1543/003/",
}

rule! {
    /// One function takes a picture of the screen and sends it. Known uses: remote-access tools, stealers. Honest
    /// look-alikes: remote desktops encode what changed, in other functions than they send in.
    pub(super) SCREEN_SENT = "native-screen-sent" in "cred/keylog-screen";
    severity: High, confidence: Likely,
    title: "Takes a picture of the screen and sends it",
    reference: "https://attack.mitre.org/techniques/T1113/",
}

rule! {
    /// One function changes records of log-ins in place, in more than one of the files that keep them. Known uses: log
    /// cleaners of rootkits. Honest look-alikes: log-in programs append, each file in a function of its own; listings read.
    pub(super) TRACES = "native-login-records-rewritten" in "evade/self-delete";
    severity: High, confidence: Likely,
    title: "Rewrites the records of log-ins",
    reference: "https://attack.mitre.org/techniques/T1070/002/",
}

rule! {
    /// One function looks for a process by a name that stands in the program (a server of log-ins, a keyring, a build
    /// runner), and attaches to it. Known uses: `3snake`, injectors into `sshd`, token thieves on build machines. Honest
    /// look-alikes: debuggers and tracers are told which process they shall attach to.
    pub(super) VICTIM_NAMED = "native-attaches-to-named-process" in "bin/inject";
    severity: High, confidence: Likely,
    title: "Looks for a process of log-ins or secrets and attaches to it",
    reference: "https://attack.mitre.org/techniques/T1055/008/",
}

rule! {
    /// A program that asks for no account makes itself root and starts a shell in one function. Known uses: back doors that
    /// keep the right to be root, behind an argument that only their owner knows. Honest look-alikes: `su`, `sudo` and
    /// their kin look the account up; wrappers start one program of their own.
    pub(super) ROOT_SHELL = "native-root-shell-unasked" in "bin/hidden-cli-backdoor";
    severity: High, confidence: Likely,
    title: "Starts a shell as root for whoever calls",
    reference: "https://attack.mitre.org/techniques/T1548/001/",
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
pub(super) enum What {
    Calls(&'static str),
    Names(&'static str),
}

use What::{Calls, Names};

/// One row: all needs within one window.
pub(super) struct Row {
    pub(super) rule: &'static Rule,
    /// The rule for libraries, where it differs.
    pub(super) in_library: Option<&'static Rule>,
    /// Bytes of code around the first need.
    pub(super) window: u64,
    pub(super) needs: &'static [&'static [What]],
    /// What must not stand in the window.
    pub(super) without: &'static [What],
    /// Bytes of which one must stand in the code shortly before the call of the first need.
    pub(super) before: &'static [&'static [u8]],
    /// Whether the call of the second need must be given something else than a text that stands in the program.
    pub(super) variable: bool,
    /// Whether the call of the first need must be given a buffer of the function that bytes are decoded into before it.
    pub(super) decodes: bool,
    /// Whether a function that is called before it may be what decodes.
    pub(super) decodes_by_call: bool,
    /// Whether bytes must be turned into others near the call of the first need.
    pub(super) turned: bool,
    /// Whether letters must be made of numbers near the call of the first need.
    pub(super) letters: bool,
    /// Whether all of it must stand in one function, as far as the program tells its functions.
    pub(super) alone: bool,
    /// The rule for what runs before the program begins, where it differs: `init` of Go, constructors.
    pub(super) early: Option<&'static Rule>,
    /// Whether it is about another host: programs that open no sockets but those of this machine are not meant.
    pub(super) elsewhere: bool,
    /// Whether something that is not imported must be called behind the first need: what was put into memory.
    pub(super) called: bool,
    /// How many of the first needs must be met in one function where the others are met in functions that it belongs together
    /// with, see [`super::joined`]; nothing where a window is all that is looked at.
    pub(super) joins: Option<usize>,
    pub(super) only: fn(&Image<'_>) -> bool,
}

/// What most rows say nothing about.
pub(super) const ROW: Row = Row {
    rule: &SHELL,
    in_library: None,
    window: 900,
    needs: &[],
    without: &[],
    before: &[],
    variable: false,
    decodes: false,
    decodes_by_call: false,
    turned: false,
    letters: false,
    alone: false,
    early: None,
    elsewhere: false,
    called: false,
    joins: None,
    only: any,
};

/// `PAGE_EXECUTE_READWRITE` as the last argument: mov r9d, 0x40; mov dword [rsp+32], 0x40; push 0x40; and as the third:
/// mov r8d, 0x40, or 0x20 for what is written before. On `AArch64` mov w3, w4 or w2, #0x40, or w2, #0x20.
pub(super) const RWX: &[&[u8]] = &[
    b"\x41\xb9\x40\0\0\0",
    b"\xc7\x44\x24\x20\x40\0\0\0",
    b"\x6a\x40",
    b"\x41\xb8\x40\0\0\0",
    b"\x41\xb8\x20\0\0\0",
    b"\x03\x08\x80\x52",
    b"\x04\x08\x80\x52",
    b"\x02\x08\x80\x52",
    b"\x02\x04\x80\x52",
];
pub(super) const EXECUTES_ALL: &[What] = &[
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

/// The memory itself is started, not another program.
pub(super) const NAMES_MEMORY: &[What] =
    &[Calls("fexecve"), Calls("execveat"), Names("/proc/self/fd/"), Names("/proc/%d/fd/"), Names("/proc/%i/fd/")];
pub(super) const CONNECTS: &[What] =
    &[Calls("connect"), Calls("accept"), Calls("accept4"), Calls("WSAConnect"), Calls("WSASocket")];
const REDIRECTS: &[What] =
    &[Calls("dup2"), Calls("dup3"), Calls("dup"), Calls("forkpty"), Calls("openpty"), Calls("CreateProcess")];
pub(super) const EXECUTES: &[What] = &[
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
pub(super) const SHELLS: &[What] = &[
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

/// Programs that know nothing of accounts, and arrange no room of their own for what they start.
fn asks_nobody(image: &Image<'_>) -> bool {
    const ASKS: &[&str] = &[
        "pam_authenticate",
        "pam_start",
        "crypt",
        "getpwnam",
        "getpwnam_r",
        "getpwuid",
        "getpwuid_r",
        "getspnam",
        "initgroups",
        "setgroups",
        "getopt",
        "getopt_long",
        "prctl",
        "unshare",
        "setns",
        "chroot",
        "mount",
        "clone",
        "cap_set_proc",
        "accept",
    ];
    !image.library && image.imported(ASKS).is_empty()
}

pub(super) const ROWS: &[Row] = &[
    // In Go a command is given its input and output as values, so that a connection needs no redirection.
    Row {
        rule: &SHELL,
        window: 700,
        needs: &[
            &[
                Calls("net.Dial"),
                Calls("net.DialTimeout"),
                Calls("net.(*Dialer).Dial"),
                Calls("net.(*Dialer).DialContext"),
                Calls("crypto/tls.Dial"),
                Calls("net.(*TCPListener).Accept"),
            ],
            &[Calls("os/exec.Command"), Calls("os/exec.CommandContext")],
            SHELLS,
        ],
        ..ROW
    },
    Row {
        rule: &SHELL,
        in_library: Some(&LIBRARY_SHELL),
        early: Some(&SHELL_EARLY),
        window: 900,
        needs: &[CONNECTS, REDIRECTS, EXECUTES, SHELLS],
        elsewhere: true,
        ..ROW
    },
    Row {
        rule: &FILELESS,
        window: 2000,
        needs: &[&[Calls("memfd_create")], RECEIVES, NAMES_MEMORY, EXECUTES_ALL],
        ..ROW
    },
    Row {
        rule: &LIBRARY_FILELESS,
        window: 900,
        needs: &[&[Calls("memfd_create")], NAMES_MEMORY, EXECUTES_ALL],
        only: |image| image.library,
        ..ROW
    },
    Row {
        rule: &STAGER,
        window: 700,
        needs: &[&[Calls("mmap"), Calls("mprotect")], RECEIVES, &[Calls("connect"), Calls("accept"), Calls("accept4")]],
        // mov edx, PROT_EXEC with others, as the third argument; mov w2, the same.
        before: &[b"\xba\x05\0\0\0", b"\xba\x07\0\0\0", b"\xa2\0\x80\x52", b"\xe2\0\x80\x52", b"\x6a\x05", b"\x6a\x07"],
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
        rule: &ROOT_SHELL,
        window: 300,
        needs: &[
            &[Calls("setuid"), Calls("setreuid"), Calls("setresuid")],
            &[Calls("execve"), Calls("execv"), Calls("execl"), Calls("execlp"), Calls("execle")],
            SHELLS,
        ],
        // xor edi, edi; mov edi, 0; mov w0, 0 (or from the register of zero).
        before: &[b"\x31\xff", b"\xbf\0\0\0\0", b"\0\0\x80\x52", b"\xe0\x03\x1f\x2a", b"\x6a\0"],
        only: asks_nobody,
        ..ROW
    },
    Row {
        rule: &TOLD,
        window: 250,
        needs: &[
            &[Calls("recv"), Calls("recvfrom"), Calls("SSL_read")],
            &[Calls("system"), Calls("popen"), Calls("_popen"), Calls("WinExec")],
        ],
        // A command that is written down or made up here was not received.
        without: &[
            Calls("snprintf"),
            Calls("sprintf"),
            Calls("__snprintf_chk"),
            Calls("__sprintf_chk"),
            Calls("asprintf"),
            Calls("strcat"),
        ],
        variable: true,
        ..ROW
    },
    Row {
        rule: &HIDDEN_FETCH,
        window: 600,
        needs: &[
            &[Calls("curl_easy_perform"), Calls("URLDownloadToFile"), Calls("InternetReadFile"), Calls("recv")],
            &[Names("/tmp/."), Names("/dev/shm/.")],
            &[Calls("chmod"), Calls("fchmod")],
            EXECUTES,
        ],
        ..ROW
    },
    Row {
        rule: &CARRIED_FILELESS,
        window: 700,
        needs: &[&[Calls("memfd_create")], &[Calls("write")], NAMES_MEMORY, EXECUTES_ALL],
        without: &[
            Names("/proc/self/exe"),
            Calls("sendfile"),
            Calls("splice"),
            Calls("read"),
            Calls("recv"),
            Calls("copy_file_range"),
            Calls("fcntl"),
        ],
        only: |image| !image.imports.is_empty() && image.imports.len() < 150,
        ..ROW
    },
    Row {
        rule: &FETCHED_SERVICE,
        window: 700,
        needs: &[
            &[Calls("CreateService")],
            &[Calls("URLDownloadToFile"), Calls("InternetReadFile"), Calls("WinHttpReadData")],
            &[Names("ProgramData"), Names("\\Temp\\"), Names("\\Public\\")],
        ],
        ..ROW
    },
    Row {
        rule: &SCREEN_SENT,
        window: 700,
        needs: &[
            &[Calls("BitBlt"), Calls("PrintWindow"), Calls("XGetImage"), Calls("CGDisplayCreateImage")],
            &[Calls("send"), Calls("sendto"), Calls("HttpSendRequest"), Calls("WinHttpWriteData")],
        ],
        ..ROW
    },
    Row {
        rule: &TRACES,
        window: 700,
        needs: &[
            &[Names("/var/log/wtmp")],
            &[Names("/var/run/utmp"), Names("/var/log/lastlog"), Names("/var/log/btmp")],
            &[Calls("lseek"), Calls("ftruncate"), Calls("fseek"), Calls("truncate")],
            &[Calls("write"), Calls("fwrite"), Calls("ftruncate"), Calls("truncate")],
        ],
        only: |image| image.imports.len() < 150,
        ..ROW
    },
    Row {
        rule: &VICTIM_NAMED,
        window: 1500,
        needs: &[
            &[Calls("ptrace"), Calls("process_vm_writev")],
            &[
                Names("/proc/%s/comm"),
                Names("/proc/%s/cmdline"),
                Names("/proc/%s/status"),
                Names("/proc/%s/exe"),
                Names("/proc/%d/comm"),
                Names("/proc/%d/cmdline"),
                Names("/proc/%d/status"),
            ],
            &[
                Names("sshd"),
                Names("ssh-agent"),
                Names("gdm-password"),
                Names("lightdm"),
                Names("gnome-keyring"),
                Names("dbus-daemon"),
                Names("systemd-logind"),
                Names("Runner.Worker"),
            ],
        ],
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
pub(super) const NUMBERS: &[(&str, [u32; 3])] = &[
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
    ("socket", [41, 359, 198]),
    ("open", [2, 5, u32::MAX]),
    ("openat", [257, 295, 56]),
    ("chmod", [90, 15, u32::MAX]),
    ("fchmod", [91, 94, 52]),
    ("ptrace", [101, 26, 117]),
    ("unlink", [87, 10, u32::MAX]),
    ("io_uring_setup", [425, 425, 425]),
    ("io_uring_enter", [426, 426, 426]),
];
