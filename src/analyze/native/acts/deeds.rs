//! Rows of functions that do one thing from its beginning to its end: what is received is called as code, another
//! program is emptied and filled, stores of browsers and wallets are read and sent, a service is made and a cron job too.

use super::harm::{GO_FETCHES, GO_STARTS, KEPT, READS, SENDS, STREAMS};
use super::rows::What::{self, Calls, Names};
use super::rows::{EXECUTES, ROW, RWX, Row};
use crate::rule;

rule! {
    /// One function connects, receives, makes what it received executable and calls it, and opens no file. Known uses:
    /// first stages of Meterpreter, Sliver, Cobalt Strike, written by hand or found by digests of names. Honest
    /// look-alikes: none is known; compilers at run time talk to nobody, and debuggers put code into others.
    pub(super) STAGER_CALLED = "native-received-code-called" in "exec/download-run";
    severity: Critical, confidence: Certain,
    title: "What a connection brings is called as code",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// One function connects, makes the connection the input of what comes next, and starts a program whose name it
    /// decodes on its stack. Known uses: reverse shells whose texts are encrypted. Honest look-alikes: none is known;
    /// what serves a connection is given the program to start.
    pub(super) HIDDEN_SHELL = "native-hidden-program-on-connection" in "net/reverse-shell";
    severity: Critical, confidence: Certain,
    title: "A connection becomes the input of a program whose name is decoded",
    reference: "https://attack.mitre.org/techniques/T1059/004/",
}

rule! {
    /// One function names a file of somebody's secrets and hands its work to the kernel through a ring (`io_uring`), so
    /// that no system call shows which file is read and where it goes. Known uses: proofs of concept (Curing, 2025) and
    /// what followed them. Honest look-alikes: servers and databases use rings, and name no such file.
    pub(super) SECRET_RINGED = "native-secret-file-by-ring" in "cred/files-dev";
    severity: High, confidence: Likely,
    title: "Reads a file of secrets without a system call that shows it",
    reference: "https://attack.mitre.org/techniques/T1552/001/",
}

rule! {
    /// One function makes something start by itself in two ways of different kinds: a job of cron, a unit of systemd, a
    /// start-up file of the shell or of the desktop. One is enough for whoever may be found. Known uses: miners, loaders,
    /// implants. Honest look-alikes: installers choose one, as a rule each in a function of its own.
    pub(super) KEPT_TWICE = "native-kept-in-two-ways" in "persist/cron-systemd";
    severity: High, confidence: Likely,
    title: "Makes itself start in two different ways",
    reference: "https://attack.mitre.org/techniques/T1053/003/",
}

rule! {
    /// One function fetches, writes what it got as an executable file, and starts it; nothing there looks at a signature
    /// or a digest. Known uses: droppers in Go, Rust and C. Honest look-alikes: updaters that trust whatever they are
    /// sent, which is for a person to look at too.
    pub(super) FETCHED_STARTED = "native-fetched-file-started" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "Fetches a program and starts it without a check",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// One function reads the passwords or cookies of a browser and the store of a wallet, and sends. No program needs
    /// both. Known uses: stealers. Honest look-alikes: none is known; managers of passwords know no wallets, wallets no
    /// browsers.
    pub(super) STORES_SENT = "native-browser-and-wallet-sent" in "cred/wallet";
    severity: Critical, confidence: Certain,
    title: "Reads stores of browsers and of wallets and sends them",
    reference: "https://attack.mitre.org/techniques/T1555/003/",
}

rule! {
    /// One function looks for a process of log-ins or secrets by its name, attaches to it and writes code into it. Known
    /// uses: injectors into `sshd` and agents of keys. Honest look-alikes: none is known; debuggers are told where to
    /// attach.
    pub(super) CODE_PUT = "native-code-put-into-keeper-of-secrets" in "bin/inject";
    severity: Critical, confidence: Certain,
    title: "Writes code into a process of log-ins or secrets that it looked for",
    reference: "https://attack.mitre.org/techniques/T1055/008/",
}

rule! {
    /// One function starts a program, takes its image out of memory, writes another into it, and sets where it goes on.
    /// Known uses: process hollowing of loaders and stealers. Honest look-alikes: none is known; debuggers write single
    /// bytes and never take an image out.
    pub(super) HOLLOWED = "native-program-hollowed" in "bin/inject";
    severity: Critical, confidence: Certain,
    title: "Starts a program, empties it and fills it with other code",
    reference: "https://attack.mitre.org/techniques/T1055/012/",
}

rule! {
    /// One function goes through the list of processes for one that is named in the program, writes into it and starts a
    /// thread there. Known uses: loaders that live in the desktop's shell or in a browser. Honest look-alikes: tools that
    /// change one game name that game.
    pub(super) NAMED_PUT = "native-code-put-into-named-process" in "bin/inject";
    severity: High, confidence: Likely,
    title: "Looks for a program of Windows and starts code in it",
    reference: "https://attack.mitre.org/techniques/T1055/002/",
}

rule! {
    /// As `native-code-put-into-named-process`, where what is written is made executable: machine code and not the name
    /// of a library. Known uses: loaders. Honest look-alikes: none is known; tools that extend the desktop's shell have it
    /// load a library of theirs.
    pub(super) MACHINE_CODE_PUT = "native-machine-code-put-into-named-process" in "bin/inject";
    severity: Critical, confidence: Certain,
    title: "Looks for a program of Windows and runs machine code in it",
    reference: "https://attack.mitre.org/techniques/T1055/002/",
}

rule! {
    /// One function starts PowerShell with a command that is encoded. Known uses: loaders. Honest look-alikes: tools that
    /// put a command together for PowerShell and encode it to keep its quotes, which hold no such text as a whole.
    pub(super) ENCODED_STARTED = "native-encoded-powershell-started" in "exec/powershell-encoded";
    severity: High, confidence: Likely,
    title: "Starts PowerShell with an encoded command",
    reference: "https://attack.mitre.org/techniques/T1059/001/",
}

rule! {
    /// One function takes the token of a process of Windows that it looks for by name, and starts something as that one.
    /// Known uses: tools that become SYSTEM, ransomware. Honest look-alikes: tools of administrators that do so openly,
    /// which is for a person to look at; services that start something for the user who is logged in ask for that user.
    pub(super) TOKEN_TAKEN = "native-token-of-system-taken" in "cred/process-memory";
    severity: High, confidence: Likely,
    title: "Takes the token of a system process and uses it",
    reference: "https://attack.mitre.org/techniques/T1134/002/",
}

rule! {
    /// One function goes through folders, writes files anew under other names, and holds what tells somebody how to get
    /// them back. Known uses: ransomware. Honest look-alikes: none is known; what encrypts for its owner asks for a
    /// password and leaves no note.
    pub(super) EXTORTS = "native-files-renamed-with-note" in "impact/ransom";
    severity: High, confidence: Likely,
    title: "Writes files anew, renames them and leaves a note",
    reference: "https://attack.mitre.org/techniques/T1486/",
}

/// `PROT_EXEC` with others as the third argument: mov edx, n; mov w2, n; push n.
const EXECUTABLE: &[&[u8]] = &[
    b"\xba\x04\0\0\0",
    b"\xba\x05\0\0\0",
    b"\xba\x07\0\0\0",
    b"\xa2\0\x80\x52",
    b"\xe2\0\x80\x52",
    b"\x6a\x05",
    b"\x6a\x07",
];
/// Rights to execute, as `VirtualAllocEx` and `VirtualProtectEx` are given them.
pub(super) const MADE_CODE: &[&[u8]] = &[
    b"\x41\xb9\x40\0\0\0",
    b"\x41\xb9\x20\0\0\0",
    b"\xc7\x44\x24\x20\x40\0\0\0",
    b"\xc7\x44\x24\x20\x20\0\0\0",
    b"\x6a\x40",
    b"\x6a\x20",
    b"\x03\x08\x80\x52",
    b"\x03\x04\x80\x52",
    b"\x04\x08\x80\x52",
    b"\x04\x04\x80\x52",
];
/// The right to be executed, among those of a new file: 0755, 0700, 0777 as numbers in any register.
const MAY_RUN: &[&[u8]] = &[
    b"\xed\x01\0\0",
    b"\xc0\x01\0\0",
    b"\xff\x01\0\0",
    // mov w1, w2 or, for what macOS puts on the stack, w8
    b"\xa1\x3d\x80\x52",
    b"\xa2\x3d\x80\x52",
    b"\xa8\x3d\x80\x52",
    b"\x01\x38\x80\x52",
    b"\x02\x38\x80\x52",
    b"\x08\x38\x80\x52",
    b"\xe1\x3f\x80\x52",
    b"\xe2\x3f\x80\x52",
    b"\xe8\x3f\x80\x52",
];
/// `PTRACE_POKETEXT` and `PTRACE_POKEDATA`: mov edi, n; mov w0, n.
const POKES: &[&[u8]] = &[b"\xbf\x04\0\0\0", b"\xbf\x05\0\0\0", b"\x80\0\x80\x52", b"\xa0\0\x80\x52"];
/// What somebody would look at before starting what was fetched.
pub(super) const CHECKS: &[What] = &[
    Calls("crypto/ed25519.Verify"),
    Calls("crypto/rsa.VerifyPKCS1v15"),
    Calls("crypto/rsa.VerifyPSS"),
    Calls("crypto/ecdsa.VerifyASN1"),
    Calls("crypto/ecdsa.Verify"),
    Calls("crypto/sha256.Sum256"),
    Calls("crypto/sha256.New"),
    Calls("crypto/sha512.New"),
    Calls("crypto/sha512.Sum512"),
];
const CRON: &[What] =
    &[Names("| crontab -"), Names("|crontab -"), Names("@reboot"), Names("/etc/cron.d/"), Names("/var/spool/cron")];
const UNITS: &[What] = &[
    Names(".config/systemd/user"),
    Names("/etc/systemd/system/"),
    Names("/lib/systemd/system/"),
    Names("LaunchAgents/"),
];
const SHELLS_STARTED: &[What] = &[
    Names(".bashrc"),
    Names(".zshrc"),
    Names(".bash_profile"),
    Names("/.profile"),
    Names("/etc/profile.d/"),
    Names(".config/autostart/"),
    Names("/etc/rc.local"),
    Names("/etc/init.d/"),
];
const ITSELF: &[What] =
    &[Names("/proc/self/exe"), Calls("os.Executable"), Calls("os.executable"), Calls("env::current_exe")];
const WRITES: &[What] = &[
    Calls("fopen"),
    Calls("open"),
    Calls("openat"),
    Calls("system"),
    Calls("popen"),
    Calls("os.WriteFile"),
    Calls("os.OpenFile"),
    Calls("fs::write"),
    Calls("fs::open"),
    Calls("led::open"),
];
const BROWSERS: &[What] = &[
    Names("Login Data"),
    Names("logins.json"),
    Names("key4.db"),
    Names("/Cookies"),
    Names("\\Cookies"),
    Names(".mozilla/firefox"),
];
const WALLETS: &[What] = &[
    Names("exodus.wallet"),
    Names("Electrum\\wallets"),
    Names(".electrum/wallets"),
    Names(".ethereum/keystore"),
    Names("Ethereum\\keystore"),
    Names("wallet.dat"),
    Names(".config/solana/id.json"),
    Names("nkbihfbeogaeaoehlefnkodbefgpgknn"),
];
const VICTIMS: &[What] = &[
    Names("sshd"),
    Names("ssh-agent"),
    Names("gpg-agent"),
    Names("gdm-password"),
    Names("lightdm"),
    Names("gnome-keyring"),
    Names("systemd-logind"),
    Names("Runner.Worker"),
];
const PROCESSES: &[What] = &[
    Calls("Process32First"),
    Calls("Process32Next"),
    Calls("EnumProcesses"),
    Calls("CreateToolhelp32Snapshot"),
    Calls("NtQuerySystemInformation"),
];
const OF_WINDOWS: &[What] = &[
    Names("explorer.exe"),
    Names("svchost.exe"),
    Names("notepad.exe"),
    Names("dllhost.exe"),
    Names("RuntimeBroker.exe"),
    Names("chrome.exe"),
    Names("msedge.exe"),
    Names("spoolsv.exe"),
    Names("lsass.exe"),
    Names("winlogon.exe"),
];

pub(super) const DEEDS: &[Row] = &[
    Row {
        rule: &STAGER_CALLED,
        window: 700,
        needs: &[
            &[Calls("mmap"), Calls("mprotect")],
            &[Calls("connect")],
            &[Calls("recv"), Calls("recvfrom"), Calls("read"), Calls("SSL_read")],
        ],
        without: &[Calls("open"), Calls("openat"), Calls("accept")],
        before: EXECUTABLE,
        called: true,
        elsewhere: true,
        ..ROW
    },
    Row {
        rule: &STAGER_CALLED,
        window: 700,
        needs: &[
            &[Calls("VirtualAlloc"), Calls("VirtualProtect")],
            &[Calls("recv"), Calls("WSARecv"), Calls("InternetReadFile"), Calls("WinHttpReadData")],
            &[
                Calls("connect"),
                Calls("WSAConnect"),
                Calls("InternetOpenUrl"),
                Calls("InternetConnect"),
                Calls("WinHttpConnect"),
            ],
        ],
        before: RWX,
        called: true,
        ..ROW
    },
    Row {
        rule: &HIDDEN_SHELL,
        window: 700,
        needs: &[
            &[Calls("execve"), Calls("execv"), Calls("execvp"), Calls("execl"), Calls("execlp"), Calls("execle")],
            &[Calls("connect")],
            &[Calls("dup2"), Calls("dup3"), Calls("dup")],
        ],
        decodes: true,
        decodes_by_call: true,
        elsewhere: true,
        ..ROW
    },
    Row {
        rule: &SECRET_RINGED,
        window: 2000,
        needs: &[
            &[
                Calls("io_uring_setup"),
                Calls("io_uring_enter"),
                Calls("io_uring_submit"),
                Calls("io_uring_submit_and_wait"),
                Calls("io_uring_queue_init"),
            ],
            KEPT,
        ],
        ..ROW
    },
    Row { rule: &KEPT_TWICE, window: 1500, needs: &[CRON, UNITS, ITSELF, WRITES], ..ROW },
    Row { rule: &KEPT_TWICE, window: 1500, needs: &[CRON, SHELLS_STARTED, ITSELF, WRITES], ..ROW },
    Row { rule: &KEPT_TWICE, window: 1500, needs: &[UNITS, SHELLS_STARTED, ITSELF, WRITES], ..ROW },
    Row {
        rule: &FETCHED_STARTED,
        window: 1500,
        needs: &[&[Calls("os.OpenFile"), Calls("os.WriteFile"), Calls("os.Chmod")], GO_FETCHES, GO_STARTS],
        without: CHECKS,
        before: MAY_RUN,
        ..ROW
    },
    Row {
        rule: &FETCHED_STARTED,
        window: 700,
        needs: &[
            &[Calls("connect"), Calls("curl_easy_perform")],
            &[Names("/tmp/."), Names("/var/tmp/."), Names("/dev/shm/.")],
            &[Calls("chmod"), Calls("fchmod")],
            EXECUTES,
        ],
        elsewhere: true,
        ..ROW
    },
    Row { rule: &STORES_SENT, window: 2500, needs: &[BROWSERS, WALLETS, READS, SENDS], joins: Some(1), ..ROW },
    Row { rule: &STORES_SENT, window: 2500, needs: &[BROWSERS, WALLETS, STREAMS, SENDS], joins: Some(1), ..ROW },
    Row {
        rule: &STORES_SENT,
        window: 4000,
        needs: &[BROWSERS, WALLETS, &[Calls("led::open")], &[Calls("led::connect")]],
        ..ROW
    },
    Row {
        rule: &CODE_PUT,
        window: 1500,
        needs: &[
            &[Calls("ptrace")],
            VICTIMS,
            &[
                Names("/proc/%s/comm"),
                Names("/proc/%s/cmdline"),
                Names("/proc/%s/status"),
                Names("/proc/%d/comm"),
                Names("/proc/%d/cmdline"),
                Names("/proc/%d/status"),
                Calls("opendir"),
            ],
        ],
        before: POKES,
        ..ROW
    },
    Row {
        rule: &HOLLOWED,
        window: 1500,
        needs: &[
            &[Calls("NtUnmapViewOfSection"), Calls("ZwUnmapViewOfSection")],
            &[Calls("WriteProcessMemory"), Calls("NtWriteVirtualMemory"), Calls("ZwWriteVirtualMemory")],
            &[Calls("SetThreadContext"), Calls("NtSetContextThread"), Calls("Wow64SetThreadContext")],
            &[Calls("ResumeThread"), Calls("NtResumeThread")],
            &[Calls("CreateProcess"), Calls("CreateProcessInternal"), Calls("NtCreateUserProcess")],
        ],
        ..ROW
    },
    Row {
        rule: &NAMED_PUT,
        window: 1500,
        needs: &[
            &[Calls("WriteProcessMemory"), Calls("NtWriteVirtualMemory"), Calls("NtMapViewOfSection")],
            &[
                Calls("CreateRemoteThread"),
                Calls("NtCreateThread"),
                Calls("RtlCreateUserThread"),
                Calls("QueueUserAPC"),
                Calls("SetThreadContext"),
            ],
            PROCESSES,
            OF_WINDOWS,
        ],
        ..ROW
    },
    Row {
        rule: &MACHINE_CODE_PUT,
        window: 1500,
        needs: &[
            // `Ex` is left out of names: of another process, too.
            &[Calls("VirtualAlloc"), Calls("VirtualProtect"), Calls("NtProtectVirtualMemory")],
            &[Calls("WriteProcessMemory"), Calls("NtWriteVirtualMemory")],
            &[
                Calls("CreateRemoteThread"),
                Calls("NtCreateThread"),
                Calls("RtlCreateUserThread"),
                Calls("QueueUserAPC"),
            ],
            PROCESSES,
            OF_WINDOWS,
        ],
        without: &[Names("LoadLibraryA"), Names("LoadLibraryW")],
        before: MADE_CODE,
        ..ROW
    },
    Row {
        rule: &ENCODED_STARTED,
        window: 500,
        needs: &[
            &[
                Names(" -Enc "),
                Names(" -enc "),
                Names(" -ENC "),
                Names(" -EncodedCommand "),
                Names(" -encodedcommand "),
            ],
            &[Calls("CreateProcess"), Calls("WinExec"), Calls("ShellExecute"), Calls("system"), Calls("_popen")],
            &[Names("-W Hidden"), Names("-w hidden"), Names("-WindowStyle Hidden"), Names("-windowstyle hidden")],
        ],
        ..ROW
    },
    Row {
        rule: &TOKEN_TAKEN,
        window: 1500,
        needs: &[
            &[Calls("DuplicateToken")],
            &[
                Calls("CreateProcessWithToken"),
                Calls("CreateProcessAsUser"),
                Calls("ImpersonateLoggedOnUser"),
                Calls("SetThreadToken"),
            ],
            &[
                Names("winlogon.exe"),
                Names("lsass.exe"),
                Names("services.exe"),
                Names("TrustedInstaller.exe"),
                Names("wininit.exe"),
            ],
        ],
        ..ROW
    },
    Row {
        rule: &EXTORTS,
        window: 4000,
        needs: &[
            &[
                Names("have been encrypted"),
                Names("has been encrypted"),
                Names("are encrypted"),
                Names("have been locked"),
                Names("HOW_TO_"),
                Names("RESTORE_FILES"),
                Names("RECOVER_FILES"),
            ],
            &[
                Calls("rename"),
                Calls("MoveFile"),
                Calls("_ZNSt10filesystem6renameERKNS_7__cxx114pathES3_RSt10error_code"),
                Calls("_ZNSt10filesystem6renameERKNS_7__cxx114pathES3_"),
                Calls("_ZNSt3__14__fs10filesystem8__renameERKNS1_4pathES4_PNS_10error_codeE"),
                Calls("fs::rename"),
                Calls("os.Rename"),
            ],
            &[
                Calls("nftw"),
                Calls("ftw"),
                Calls("readdir"),
                Calls("opendir"),
                Calls("fts_read"),
                Calls("FindFirstFile"),
                Calls("FindNextFile"),
                Calls(
                    "_ZNSt10filesystem7__cxx1128recursive_directory_iteratorC1ERKNS0_4pathENS_17directory_optionsEPSt10error_code",
                ),
                Calls("_ZNSt10filesystem7__cxx1128recursive_directory_iteratorppEv"),
                Calls(
                    "_ZNSt3__14__fs10filesystem28recursive_directory_iteratorC1ERKNS1_4pathENS1_17directory_optionsEPNS_10error_codeE",
                ),
                Calls("path/filepath.Walk"),
                Calls("path/filepath.WalkDir"),
            ],
        ],
        ..ROW
    },
];
