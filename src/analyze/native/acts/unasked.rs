//! Rows of functions that do what nobody who calls them asked for: a library that obeys a host, a program that starts what
//! lies behind a picture or in a resource, code that is turned out of data and started, secrets that leave in names which
//! are looked up, and doors of services to which the key stands in the program.

use super::deeds::{CHECKS, FETCHED_STARTED};
use super::harm::{GO_STARTS, UNWATCHED};
use super::planted::{FETCHES_WINDOWS, STARTS_WINDOWS};
use super::rows::What::{self, Calls, Names};
use super::rows::{EXECUTES_ALL, NAMES_MEMORY, ROW, RWX, Row, SHELLS};
use crate::model::ByteView;
use crate::parse::native::Image;
use crate::rule;

rule! {
    /// One function fetches a file into a folder for temporary files and starts it, beside two different looks whether
    /// somebody debugs it, and nothing there looks at a signature or a digest. Known uses: first stages in libraries and
    /// tools. Honest look-alikes: none is known; launchers that guard against cheats check what they fetched.
    pub(super) FETCHED_UNWATCHED = "native-unwatched-fetched-started" in "exec/download-run";
    severity: Critical, confidence: Certain,
    title: "Fetches a program and starts it, unless it is watched",
    reference: "https://attack.mitre.org/techniques/T1622/",
}

rule! {
    /// One function of a small library that needs nothing but the C library connects to a host, reads what comes, and hands
    /// it to a shell. Known uses: trojanised codecs, parsers and extension modules. Honest look-alikes: none is known among
    /// libraries; agents of administration are programs.
    pub(super) LIBRARY_OBEYS = "native-library-obeys-host" in "net/c2-poll";
    severity: High, confidence: Likely,
    title: "A library hands what a host says to a shell",
    reference: "https://attack.mitre.org/techniques/T1059/004/",
}

rule! {
    /// As `native-library-obeys-host`, where the function also tells who runs it: the environment, the user, the machine.
    /// Known uses: trojanised codecs, parsers and extension modules. Honest look-alikes: none is known.
    pub(super) LIBRARY_TELLS = "native-library-tells-and-obeys-host" in "net/c2-poll";
    severity: Critical, confidence: Certain,
    title: "A library tells a host who runs it and hands the answer to a shell",
    reference: "https://attack.mitre.org/techniques/T1059/004/",
}

rule! {
    /// One function of a library connects, receives, makes a file that exists in memory only and starts it. Known uses:
    /// trojanised extension modules. Honest look-alikes: none is known; container runtimes that start themselves from
    /// memory are programs, and receive nothing there.
    pub(super) LIBRARY_RECEIVES = "native-library-runs-received-from-memory" in "exec/download-run";
    severity: Critical, confidence: Certain,
    title: "A library receives a program and starts it from memory",
    reference: "https://attack.mitre.org/techniques/T1620/",
}

rule! {
    /// One function looks for the end of a picture, writes what stands behind it into a file that exists in memory only,
    /// and starts that. Known uses: programs that carry another in their icon. Honest look-alikes: none is known; readers of
    /// pictures start nothing.
    pub(super) PICTURE = "native-picture-holds-program" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "Starts from memory what stands behind a picture",
    reference: "https://attack.mitre.org/techniques/T1027/003/",
}

rule! {
    /// One function takes a resource out of the program, writes it into a file and starts that. Known uses: droppers.
    /// Honest look-alikes: installers and drivers' tools that carry a helper, which is for a person to look at.
    pub(super) RESOURCE_STARTED = "native-resource-dropped-started" in "exec/decode-exec";
    severity: High, confidence: Likely,
    title: "Writes a resource into a file and starts it",
    reference: "https://attack.mitre.org/techniques/T1027/009/",
}

rule! {
    /// As `native-resource-dropped-started`, where the file is made hidden. Known uses: droppers. Honest look-alikes: none
    /// is known; installers hide nothing.
    pub(super) RESOURCE_HIDDEN = "native-resource-dropped-hidden-started" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "Writes a resource into a hidden file and starts it",
    reference: "https://attack.mitre.org/techniques/T1564/001/",
}

rule! {
    /// One function turns bytes into others, in memory that may be written and executed, and starts a thread or a callback
    /// in it. Known uses: loaders of encrypted machine code. Honest look-alikes: none is known; compilers at run time encrypt
    /// nothing, and packers jump to what they unpacked.
    pub(super) TURNED_STARTED = "native-decoded-code-started" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "Decodes machine code and starts a thread in it",
    reference: "https://attack.mitre.org/techniques/T1620/",
}

rule! {
    /// One function reads a file, turns its bytes into others, makes them executable and has them called. Known uses:
    /// side-loaded DLLs beside a file with the rest. Honest look-alikes: none is known; what loads code of its own leaves
    /// that to the system, and emulators decrypt nothing that they execute.
    pub(super) FILE_AS_CODE = "native-file-decoded-called" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "Decodes a file and calls it as code",
    reference: "https://attack.mitre.org/techniques/T1574/002/",
}

rule! {
    /// A program or library that never connects takes the environment or files of the user, writes them as digits and has
    /// names looked up that hold them: the name service carries them out. Known uses: trojanised packages behind firewalls.
    /// Honest look-alikes: none is known; what looks a name up for an honest reason connects to it or shows it.
    pub(super) BY_NAMES = "native-leaves-in-looked-up-names" in "net/exfil-dns";
    severity: Critical, confidence: Certain,
    title: "Puts what it read into names that it looks up, and connects to none",
    reference: "https://attack.mitre.org/techniques/T1048/003/",
}

rule! {
    /// One function of a program in Go asks a host, decodes or decrypts the answer, has a shell run it, and does so again
    /// after a while. Known uses: implants. Honest look-alikes: none is known; agents of administration are told in the open
    /// what to do, and do it elsewhere.
    pub(super) ASKS_AGAIN = "native-asks-decodes-runs-again" in "net/c2-poll";
    severity: Critical, confidence: Certain,
    title: "Asks a host for encoded commands, over and over, and has a shell run them",
    reference: "https://attack.mitre.org/techniques/T1071/001/",
}

rule! {
    /// A service in Go lets in whoever has a password of which the digest stands in the program. Known uses: doors for the
    /// author. Honest look-alikes: test servers and first passwords of devices, which are a hole all the same.
    pub(super) WRITTEN_PASSWORD = "native-service-knows-password" in "bin/hidden-cli-backdoor";
    severity: High, confidence: Likely,
    title: "The digest of a password that lets in stands in the program",
    reference: "https://cwe.mitre.org/data/definitions/798.html",
}

rule! {
    /// As `native-service-knows-password`, where the service runs a command by what else a request brings. Known uses: doors
    /// for the author. Honest look-alikes: none is known.
    pub(super) PASSWORD_RUNS = "native-written-password-runs-commands" in "bin/hidden-cli-backdoor";
    severity: Critical, confidence: Certain,
    title: "Who knows the password of the program's author has commands run",
    reference: "https://attack.mitre.org/techniques/T1505/003/",
}

/// Stands for every text that is a digest in digits.
pub(super) const OF_DIGEST: &str = "<a digest in digits>";

/// Where digests in digits may begin. Go and Rust set no end between texts, so that one may stand before or behind another:
/// every place counts that has enough digits behind it, since code points at the right one.
pub(super) fn digests_in(view: &ByteView) -> Vec<usize> {
    const LEAST: usize = 40;
    const MOST: usize = 1 << 12;
    let is_digit = |b: &u8| b.is_ascii_digit() || matches!(b, b'a'..=b'f');
    let bytes: &[u8] = view;
    let mut found = Vec::new();
    // No digest lies between two places so far apart.
    let mut at = LEAST - 1;
    while let Some(byte) = bytes.get(at).filter(|_| found.len() < MOST) {
        if !is_digit(byte) {
            at += LEAST;
            continue;
        }
        let before =
            bytes.get(..at).unwrap_or_default().iter().rev().take(LEAST - 1).take_while(|b| is_digit(b)).count();
        let behind = bytes.get(at..).unwrap_or_default().iter().take(512).take_while(|b| is_digit(b)).count();
        let text = bytes.get(at - before..at + behind).unwrap_or_default();
        let starts = text.windows(LEAST).enumerate().filter(|(_, text)| {
            // Tables of digits have them in order, and what is round has few.
            let digits: std::collections::BTreeSet<u8> = text.iter().copied().collect();
            let in_order = text.windows(2).filter(|w| matches!(w, [a, b] if b.wrapping_sub(*a) == 1)).count();
            digits.len() > 9 && in_order < LEAST / 2
        });
        found.extend(starts.map(|(i, _)| at - before + i));
        at += behind + LEAST - 1;
    }
    found
}

/// Where Windows keeps what is temporary or belongs to one user.
const TEMPORARY: &[What] = &[
    Calls("GetTempPath"),
    Calls("GetTempFileName"),
    Names("%TEMP%"),
    Names("%APPDATA%"),
    Names("%LOCALAPPDATA%"),
    Names("%PUBLIC%"),
    Names("\\Temp\\"),
    Names("\\AppData\\"),
    Names("\\Public\\"),
    Names("ProgramData"),
];
/// What somebody would look at before starting what was fetched.
const CHECKS_WINDOWS: &[What] = &[
    Calls("WinVerifyTrust"),
    Calls("CryptVerifySignature"),
    Calls("BCryptVerifySignature"),
    Calls("BCryptHashData"),
    Calls("BCryptFinishHash"),
    Calls("CryptHashData"),
    Calls("CryptQueryObject"),
    Calls("CryptCreateHash"),
];
const LOOKS_FOR_DEBUGGER: &[What] = &[Calls("IsDebuggerPresent"), Calls("CheckRemoteDebuggerPresent")];
const LOOKS_CLOSER: &[What] = &[
    Calls("NtQueryInformationProcess"),
    Calls("NtSetInformationThread"),
    Calls("GetThreadContext"),
    Names("OLLYDBG"),
    Names("x64dbg"),
    Names("WinDbgFrameClass"),
];
/// What calls a function that it is given.
const CALLS_BACK: &[What] = &[
    Calls("CreateThread"),
    Calls("QueueUserAPC"),
    Calls("QueueUserWorkItem"),
    Calls("EnumSystemLocales"),
    Calls("EnumChildWindows"),
    Calls("EnumWindows"),
    Calls("EnumThreadWindows"),
    Calls("EnumDesktopWindows"),
    Calls("EnumDesktops"),
    Calls("EnumFontFamilies"),
    Calls("EnumFonts"),
    Calls("EnumDateFormats"),
    Calls("EnumTimeFormats"),
    Calls("EnumUILanguages"),
    Calls("EnumResourceTypes"),
    Calls("EnumPropsEx"),
    Calls("CertEnumSystemStore"),
    Calls("CreateFiber"),
    Calls("SetTimer"),
];
const READS_FILE: &[What] = &[Calls("ReadFile"), Calls("fread"), Calls("MapViewOfFile")];
const OPENS_FILE: &[What] = &[Calls("CreateFile"), Calls("fopen"), Calls("_wfopen")];
const READS_CONNECTION: &[What] = &[
    Calls("read"),
    Calls("recv"),
    Calls("recvfrom"),
    Calls("fgets"),
    Calls("getline"),
    Calls("fread"),
    Calls("SSL_read"),
];
const SHELL_RUNS: &[What] = &[Calls("popen"), Calls("system")];
const TELLS: &[What] = &[
    Calls("environ"),
    Calls("__environ"),
    Calls("_environ"),
    Calls("getuid"),
    Calls("geteuid"),
    Calls("getlogin"),
    Calls("getlogin_r"),
    Calls("getpwuid"),
    Calls("gethostname"),
    Calls("uname"),
];
const TAKEN: &[What] = &[
    Calls("environ"),
    Calls("__environ"),
    Calls("_environ"),
    Names(".ssh/id_"),
    Names(".gitconfig"),
    Names("/etc/passwd"),
    Names(".aws/credentials"),
    Names(".npmrc"),
    Names(".pypirc"),
    Names(".git-credentials"),
];
const DIGITS: &[What] =
    &[Names("0123456789abcdef"), Names("0123456789ABCDEF"), Names("%02x"), Names("%02X"), Names("%x.")];
const LOOKS_UP: &[What] = &[
    Calls("getaddrinfo"),
    Calls("gethostbyname"),
    Calls("gethostbyname_r"),
    Calls("gethostbyname2"),
    Calls("res_query"),
    Calls("res_search"),
];
/// Hidden, and hidden from whoever sees what is hidden: as the sixth argument of `CreateFile`, or as the second of what
/// sets it.
const HIDDEN: &[&[u8]] = &[
    b"\xc7\x44\x24\x28\x02\0\0\0",
    b"\xc7\x44\x24\x28\x06\0\0\0",
    b"\xc7\x44\x24\x28\x22\0\0\0",
    b"\xc7\x44\x24\x28\x26\0\0\0",
    b"\xba\x02\0\0\0",
    b"\xba\x06\0\0\0",
];
const TAKES_RESOURCE: &[What] = &[Calls("LockResource"), Calls("LoadResource")];

/// A library that needs nothing but the C library and what comes with it.
fn small_library(image: &Image<'_>) -> bool {
    const OWN: [&[u8]; 8] =
        [b"libc.", b"libdl.", b"libm.", b"libpthread.", b"librt.", b"libresolv.", b"ld-linux", b"/usr/lib/libSystem."];
    image.library
        && image.imports.len() < 100
        && image.exports.len() < 400
        && image.libraries.iter().all(|l| OWN.iter().any(|o| l.starts_with(o)))
}

/// What has names looked up and connects to nothing.
fn never_connects(image: &Image<'_>) -> bool {
    image.imported(&["connect", "socket", "sendto", "sendmsg", "getnameinfo", "inet_ntop", "inet_ntoa"]).is_empty()
}

pub(super) const UNASKED: &[Row] = &[
    Row {
        rule: &FETCHED_STARTED,
        window: 900,
        needs: &[FETCHES_WINDOWS, STARTS_WINDOWS, TEMPORARY],
        without: CHECKS_WINDOWS,
        ..ROW
    },
    Row {
        rule: &FETCHED_UNWATCHED,
        window: 1500,
        needs: &[FETCHES_WINDOWS, STARTS_WINDOWS, TEMPORARY, LOOKS_FOR_DEBUGGER, LOOKS_CLOSER],
        without: CHECKS_WINDOWS,
        joins: Some(3),
        ..ROW
    },
    Row {
        rule: &LIBRARY_OBEYS,
        window: 700,
        needs: &[&[Calls("connect")], SHELL_RUNS, READS_CONNECTION, LOOKS_UP],
        variable: true,
        elsewhere: true,
        only: small_library,
        ..ROW
    },
    Row {
        rule: &LIBRARY_TELLS,
        window: 700,
        needs: &[&[Calls("connect")], SHELL_RUNS, READS_CONNECTION, LOOKS_UP, TELLS],
        variable: true,
        elsewhere: true,
        only: small_library,
        ..ROW
    },
    Row {
        rule: &LIBRARY_RECEIVES,
        window: 1200,
        needs: &[
            &[Calls("connect")],
            &[Calls("memfd_create")],
            &[Calls("recv"), Calls("recvfrom"), Calls("read"), Calls("SSL_read")],
            NAMES_MEMORY,
            EXECUTES_ALL,
        ],
        elsewhere: true,
        only: |image| image.library,
        ..ROW
    },
    Row {
        rule: &PICTURE,
        window: 1500,
        needs: &[
            &[Calls("memfd_create")],
            &[Calls("write"), Calls("fwrite"), Calls("sendfile")],
            NAMES_MEMORY,
            EXECUTES_ALL,
            &[Names("IEND")],
        ],
        ..ROW
    },
    Row {
        rule: &RESOURCE_STARTED,
        window: 900,
        needs: &[TAKES_RESOURCE, OPENS_FILE, &[Calls("WriteFile"), Calls("fwrite")], STARTS_WINDOWS],
        without: CHECKS_WINDOWS,
        ..ROW
    },
    Row {
        rule: &RESOURCE_HIDDEN,
        window: 900,
        needs: &[
            &[Calls("CreateFile"), Calls("SetFileAttributes")],
            TAKES_RESOURCE,
            &[Calls("WriteFile"), Calls("fwrite")],
            STARTS_WINDOWS,
        ],
        before: HIDDEN,
        without: CHECKS_WINDOWS,
        ..ROW
    },
    Row {
        rule: &TURNED_STARTED,
        window: 600,
        needs: &[&[Calls("VirtualAlloc"), Calls("VirtualProtect")], CALLS_BACK],
        before: RWX,
        turned: true,
        ..ROW
    },
    Row {
        rule: &TURNED_STARTED,
        window: 200,
        needs: &[&[Calls("VirtualAlloc"), Calls("VirtualProtect")], &[Calls("CreateThread"), Calls("QueueUserAPC")]],
        before: RWX,
        turned: true,
        decodes_by_call: true,
        ..ROW
    },
    Row {
        rule: &FILE_AS_CODE,
        window: 700,
        needs: &[&[Calls("VirtualAlloc"), Calls("VirtualProtect")], READS_FILE, OPENS_FILE, CALLS_BACK],
        before: RWX,
        turned: true,
        ..ROW
    },
    Row {
        rule: &FILE_AS_CODE,
        window: 700,
        needs: &[&[Calls("VirtualAlloc"), Calls("VirtualProtect")], READS_FILE, OPENS_FILE],
        before: RWX,
        turned: true,
        called: true,
        ..ROW
    },
    Row {
        rule: &UNWATCHED,
        window: 600,
        needs: &[&[Calls("VirtualAlloc"), Calls("VirtualProtect")], LOOKS_FOR_DEBUGGER],
        before: RWX,
        turned: true,
        ..ROW
    },
    Row {
        rule: &BY_NAMES,
        window: 1500,
        needs: &[LOOKS_UP, DIGITS, TAKEN, &[Calls("open"), Calls("openat"), Calls("fopen"), Calls("fork")]],
        joins: Some(2),
        only: never_connects,
        ..ROW
    },
    Row {
        rule: &ASKS_AGAIN,
        window: 2500,
        needs: &[
            &[
                Calls("net/http.(*Client).Get"),
                Calls("net/http.(*Client).Do"),
                Calls("net/http.(*Client).do"),
                Calls("net/http.(*Client).Post"),
            ],
            &[
                Calls("encoding/base64.(*Encoding).DecodeString"),
                Calls("encoding/hex.DecodeString"),
                Calls("crypto/rc4.(*Cipher).XORKeyStream"),
            ],
            &[Calls("os/exec.Command"), Calls("os/exec.CommandContext")],
            GO_STARTS,
            SHELLS,
            &[Calls("time.Sleep"), Calls("time.After"), Calls("time.NewTimer")],
        ],
        without: CHECKS,
        ..ROW
    },
    Row {
        rule: &WRITTEN_PASSWORD,
        window: 1200,
        needs: &[
            &[Calls("net/http.(*Request).BasicAuth"), Calls("net/http.(*Request).FormValue")],
            DIGESTS,
            &[Names(OF_DIGEST)],
        ],
        ..ROW
    },
    Row {
        rule: &PASSWORD_RUNS,
        window: 2500,
        needs: &[
            &[Calls("net/http.(*Request).BasicAuth"), Calls("net/http.(*Request).FormValue")],
            DIGESTS,
            &[Names(OF_DIGEST)],
            &[Calls("os/exec.Command"), Calls("os/exec.CommandContext")],
            GO_STARTS,
        ],
        joins: Some(3),
        ..ROW
    },
];
const DIGESTS: &[What] =
    &[Calls("crypto/sha256.Sum256"), Calls("crypto/sha1.Sum"), Calls("crypto/sha512.Sum512"), Calls("crypto/md5.Sum")];

#[cfg(test)]
mod tests {
    use super::super::tests::{Step, run};
    use super::*;
    use crate::analyze::native::testing::ElfBuilder;

    #[test]
    fn what_is_fetched_and_started_is_told_by_what_watches() {
        let imports =
            || vec!["GetTempPath", "InternetReadFile", "CreateProcess", "IsDebuggerPresent", "WinVerifyTrust"];
        let told = |steps: &[Step]| run(ElfBuilder::library(), imports(), b"OLLYDBG\0", steps);
        let plain = [Step::Call(0), Step::Call(1), Step::Call(2)];
        assert_eq!(told(&plain), ["native-fetched-file-started"]);
        let checked = [Step::Call(0), Step::Call(1), Step::Call(4), Step::Call(2)];
        assert!(told(&checked).is_empty());
        let watched = [Step::Call(3), Step::Text(0), Step::Call(0), Step::Call(1), Step::Call(2)];
        assert!(told(&watched).contains(&"native-unwatched-fetched-started"));
        // One look alone, as the runtime of compilers has it.
        let one = [Step::Call(3), Step::Call(0), Step::Call(1), Step::Call(2)];
        assert_eq!(told(&one), ["native-fetched-file-started"]);
    }

    #[test]
    fn a_library_that_obeys_a_host_is_told() {
        let imports = || vec!["getaddrinfo", "connect", "fgets", "popen", "getuid"];
        let all = [Step::Call(0), Step::Call(4), Step::Call(1), Step::Call(2), Step::Gap(30), Step::Call(3)];
        let told = run(ElfBuilder::library(), imports(), b"", &all);
        assert_eq!(told, ["native-library-obeys-host", "native-library-tells-and-obeys-host"]);
        assert!(run(ElfBuilder::program(), imports(), b"", &all).is_empty());
        // A command of its own.
        let own = [Step::Call(0), Step::Call(4), Step::Call(1), Step::Call(2), Step::Text(0), Step::Call(3)];
        assert!(run(ElfBuilder::library(), imports(), b"lpstat -a\0", &own).is_empty());
    }

    #[test]
    fn a_library_that_starts_what_it_receives_is_told() {
        let imports = || vec!["connect", "memfd_create", "recv", "fexecve"];
        let steps = [Step::Call(0), Step::Call(1), Step::Call(2), Step::Call(3)];
        let rule = "native-library-runs-received-from-memory";
        assert!(run(ElfBuilder::library(), imports(), b"", &steps).contains(&rule));
        assert!(!run(ElfBuilder::program(), imports(), b"", &steps).contains(&rule));
        // With its own calls: connect; mov eax, n; syscall, for each.
        let own: [&[u8]; 2] = [b"\xb8\x3f\x01\0\0\x0f\x05", b"\xb8\x42\x01\0\0\x0f\x05"];
        let steps = [Step::Call(0), Step::Bytes(own[0]), Step::Call(1), Step::Bytes(own[1])];
        assert!(run(ElfBuilder::library(), vec!["connect", "recv"], b"", &steps).contains(&rule));
    }

    #[test]
    fn a_program_behind_a_picture_is_told() {
        let imports = || vec!["memfd_create", "write", "fexecve"];
        let steps = [Step::Text(0), Step::Call(0), Step::Call(1), Step::Call(2)];
        let picture = run(ElfBuilder::program(), imports(), b"IEND\xae\x42\x60\x82", &steps);
        assert!(picture.contains(&"native-picture-holds-program"));
        let other = run(ElfBuilder::program(), imports(), b"JEND\xae\x42\x60\x82", &steps);
        assert!(!other.contains(&"native-picture-holds-program"));
    }

    #[test]
    fn a_resource_that_is_started_is_told_by_how_it_is_kept() {
        let imports = || vec!["LockResource", "CreateFile", "WriteFile", "CreateProcess"];
        let told = |flags: &'static [u8]| {
            let steps = [Step::Call(0), Step::Bytes(flags), Step::Call(1), Step::Call(2), Step::Call(3)];
            run(ElfBuilder::program(), imports(), b"", &steps)
        };
        let hidden = ["native-resource-dropped-started", "native-resource-dropped-hidden-started"];
        assert_eq!(told(b"\xc7\x44\x24\x28\x06\0\0\0"), hidden);
        assert_eq!(told(b"\xc7\x44\x24\x28\x80\0\0\0"), hidden[..1]);
    }

    #[test]
    fn machine_code_that_is_decoded_and_started_is_told() {
        let imports = || vec!["VirtualAlloc", "CreateThread", "CreateFile", "ReadFile", "EnumWindows"];
        let told = |steps: &[Step]| run(ElfBuilder::program(), imports(), b"", steps);
        // xor al, 0x5a; mov [rdi + rcx], al; inc rcx; cmp rcx, 32; jb back
        let turns = || Step::Bytes(b"\x34\x5a\x88\x04\x0f\x48\xff\xc1\x48\x83\xf9\x20\x72\xf2");
        let rwx = || Step::Bytes(b"\x41\xb9\x40\0\0\0");
        let all = ["native-memory-runner", "native-decoded-code-started"];
        assert_eq!(told(&[rwx(), Step::Call(0), turns(), Step::Call(1)]), all);
        assert_eq!(told(&[rwx(), Step::Call(0), Step::Gap(6), Step::Call(1)]), all[..1]);
        let file = told(&[rwx(), Step::Call(0), Step::Call(2), Step::Call(3), turns(), Step::Call(4)]);
        assert!(file.contains(&"native-file-decoded-called"));
        // What reads a file and lists windows.
        assert!(told(&[Step::Call(0), Step::Call(2), Step::Call(3), turns(), Step::Call(4)]).is_empty());
    }

    #[test]
    fn secrets_that_leave_in_names_are_told() {
        let imports = || vec!["getaddrinfo", "fopen"];
        let steps = [Step::Text(0), Step::Call(1), Step::Text(12), Step::Call(0)];
        let data = b"/.gitconfig\0%02x\0";
        assert_eq!(run(ElfBuilder::library(), imports(), data, &steps), ["native-leaves-in-looked-up-names"]);
        // A client.
        let connects = vec!["getaddrinfo", "fopen", "connect"];
        assert!(run(ElfBuilder::library(), connects, data, &steps).is_empty());
        assert!(run(ElfBuilder::library(), imports(), b"/etc/fstabx\0%02x\0", &steps).is_empty());
    }

    #[test]
    fn digests_in_digits_are_found() {
        let digest = "9f1c5b8a07e3d246b1f09a7c6d5e3f2190ab47cd58e61f73c2a4b6d8e0f19375";
        let of = |text: &str| digests_in(&ByteView::from_vec(text.as_bytes().to_vec()));
        assert_eq!(of(&format!("some words before the {digest} and others")).first(), Some(&22));
        assert!(of("a revision: 9f1c5b8a07e3d246b1").is_empty());
        assert!(of("0123456789abcdef0123456789abcdef01234567").is_empty(), "a table of digits");
        assert!(of(&format!("-fade{digest}-")).contains(&5), "behind another text");
        assert!(of(&"0".repeat(64)).is_empty());
    }
}
