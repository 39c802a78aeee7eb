//! Rows of functions that take what goes through their hands: the password of a log-in, keys, the clipboard; and of those
//! that take in code for somebody else: into a process that waits, a shell that reads its lines, a session that starts.

use super::harm::{ADDRESS_EXCHANGED, GO_FETCHES, GO_STARTS, KNOWN_TO_IT, OF_REQUESTS, REQUESTED, SECRETS_SENT};
use super::planted::{FETCHES_WINDOWS, OF_NUMBERS, STARTS_WINDOWS};
use super::rows::What::{self, Calls, Names};
use super::rows::{CONNECTS, ROW, Row, SHELLS};
use super::{deeds, given};
use crate::rule;

rule! {
    /// One function of a log-in module takes the password that somebody types and sends to an address in numbers that stands
    /// in the module. Known uses: doors in log-ins (PAM). Honest look-alikes: none is known; modules that ask a server are
    /// told in their settings which, and send a digest.
    pub(super) LOGIN_SENT = "native-log-in-password-sent" in "cred/pam-ssh-backdoor";
    severity: Critical, confidence: Certain,
    title: "Sends passwords of log-ins to an address that stands in the module",
    reference: "https://attack.mitre.org/techniques/T1556/003/",
}

rule! {
    /// One function of a log-in module takes the password that somebody types, puts it behind the name in a line, and writes
    /// that. Known uses: PAM modules that collect log-ins. Honest look-alikes: none is known; modules write down names, never
    /// passwords.
    pub(super) LOGIN_KEPT = "native-log-in-password-written" in "cred/pam-ssh-backdoor";
    severity: High, confidence: Likely,
    title: "Writes down names and passwords of log-ins",
    reference: "https://attack.mitre.org/techniques/T1556/003/",
}

rule! {
    /// One function connects, reads what comes, starts a shell that reads its commands, and writes them into it. Known uses:
    /// second stages. Honest look-alikes: none is known; what runs a script fetches it as a file.
    pub(super) SHELL_FED = "native-answer-fed-to-shell" in "exec/remote-code";
    severity: High, confidence: Likely,
    title: "Feeds a shell with what a host answers",
    reference: "https://attack.mitre.org/techniques/T1059/004/",
}

rule! {
    /// As `native-answer-fed-to-shell`, where the program also looks whether somebody traces it. Known uses: trojanised
    /// tools. Honest look-alikes: none is known.
    pub(super) SHELL_FED_UNWATCHED = "native-unwatched-answer-fed-to-shell" in "exec/remote-code";
    severity: Critical, confidence: Certain,
    title: "Feeds a shell with what a host answers, unless it is watched",
    reference: "https://attack.mitre.org/techniques/T1622/",
}

rule! {
    /// One function of a program in Go fetches a file and writes an entry from which it starts with the session or the
    /// machine, and nothing there looks at a signature or a digest. Known uses: loaders in tools. Honest look-alikes:
    /// installers that trust whatever they are sent, which is for a person to look at.
    pub(super) FETCHED_KEPT = "native-fetched-starts-with-session" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "Fetches a program and has it start with the session, without a check",
    reference: "https://attack.mitre.org/techniques/T1547/013/",
}

rule! {
    /// As `native-fetched-starts-with-session`, in what Go runs before the program begins, whatever it was started for. Known
    /// uses: trojanised modules and tools. Honest look-alikes: none is known; installers wait until they are asked.
    pub(super) FETCHED_KEPT_EARLY = "native-fetched-starts-with-session-unasked" in "exec/download-run";
    severity: Critical, confidence: Certain,
    title: "Fetches a program before it begins itself, and has it start with the session",
    reference: "https://attack.mitre.org/techniques/T1547/013/",
}

rule! {
    /// Functions that belong together pick a text out of a page by a pattern, decode it, fetch something, start that from a
    /// temporary file and remove it: the page tells where the next stage is. Known uses: dead drops on sites that anybody may
    /// write to. Honest look-alikes: none is known; what looks for its newest version decodes no address.
    pub(super) DEAD_DROP = "native-hidden-text-of-page-leads-to-program" in "net/c2-deadrop";
    severity: Critical, confidence: Certain,
    title: "Decodes out of a page where a program is, starts and removes it",
    reference: "https://attack.mitre.org/techniques/T1102/001/",
}

rule! {
    /// One function makes the name of a host letter by letter, by the date, looks it up, and runs what it is sent. Known uses:
    /// bots whose hosts change with the day. Honest look-alikes: none is known.
    pub(super) DATED = "native-dated-host-tells-commands" in "net/c2-poll";
    severity: Critical, confidence: Certain,
    title: "Runs what a host says whose name it makes of the date",
    reference: "https://attack.mitre.org/techniques/T1568/002/",
}

rule! {
    /// One function tells a host which machine this is, hands what comes back to a shell, waits and does so again, and what it
    /// says and whom it asks is decoded beside that. Known uses: beacons in tools. Honest look-alikes: none is known; agents
    /// of administration have nothing to hide.
    pub(super) BEACON = "native-hidden-beacon-runs-commands" in "net/c2-poll";
    severity: Critical, confidence: Certain,
    title: "Decodes whom it asks for commands, over and over, and has a shell run them",
    reference: "https://attack.mitre.org/techniques/T1071/001/",
}

rule! {
    /// One function starts a program, writes into it while it waits, makes that executable, and has it go on there: it runs
    /// under the other's name. Known uses: loaders. Honest look-alikes: tools that start a game with a library of theirs,
    /// which is loaded by its name.
    pub(super) WAITING_PUT = "native-code-put-into-waiting-program" in "bin/inject";
    severity: High, confidence: Likely,
    title: "Starts a program and puts machine code into it before it runs",
    reference: "https://attack.mitre.org/techniques/T1055/004/",
}

rule! {
    /// As `native-code-put-into-waiting-program`, where the program is one of Windows. Known uses: loaders. Honest look-alikes:
    /// none is known.
    pub(super) WAITING_PUT_SYSTEM = "native-code-put-into-waiting-system-program" in "bin/inject";
    severity: Critical, confidence: Certain,
    title: "Starts a program of Windows and puts machine code into it before it runs",
    reference: "https://attack.mitre.org/techniques/T1055/004/",
}

rule! {
    /// One function reads a keyboard's device and sends to an address in numbers that stands in the program. Known uses: key
    /// loggers in services. Honest look-alikes: none is known; what shares a keyboard is told with whom.
    pub(super) DEVICE_SENT = "native-keyboard-device-sent" in "cred/keylog-screen";
    severity: Critical, confidence: Certain,
    title: "Sends what is typed to an address that stands in the program",
    reference: "https://attack.mitre.org/techniques/T1056/001/",
}

rule! {
    /// One function looks at the language, the time zone, the proxies and the user of the machine, and sends. Known uses:
    /// clients of models that mark requests of some countries and companies, malware that spares a country. Honest
    /// look-alikes: reports of bugs, which a person asks for and which leave out who it is.
    pub(super) PROFILED = "native-user-profile-beside-request" in "covert/locale-timezone-gate";
    severity: High, confidence: Likely,
    title: "Looks at language, time zone, proxies and user where it sends",
    reference: "https://attack.mitre.org/techniques/T1614/",
}

const PASSWORD: &[What] = &[Calls("pam_get_authtok")];
const HOST: &[What] = &[Names(given::OF_HOST), Names(OF_NUMBERS)];
const STARTS_AGAIN: &[What] = &[
    Names("[Desktop Entry]"),
    Names("X-GNOME-Autostart"),
    Names("[Service]"),
    Names("<key>RunAtLoad</key>"),
    Names("CurrentVersion\\Run"),
];
const READS_BACK: &[What] =
    &[Calls("read"), Calls("recv"), Calls("fgets"), Calls("getline"), Calls("fread"), Calls("SSL_read")];
const RUNS_LINES: &[What] = &[Calls("popen"), Calls("system"), Calls("_popen"), Calls("WinExec")];
const LOOKS_UP: &[What] = &[
    Calls("getaddrinfo"),
    Calls("gethostbyname"),
    Calls("InternetOpenUrl"),
    Calls("InternetConnect"),
    Calls("WinHttpConnect"),
    Calls("DnsQuery_A"),
];
const DATES: &[What] = &[
    Calls("GetSystemTime"),
    Calls("GetLocalTime"),
    Calls("GetSystemTimeAsFileTime"),
    Calls("time"),
    Calls("gmtime"),
    Calls("localtime"),
    Calls("gmtime_r"),
    Calls("localtime_r"),
    Calls("_time64"),
    Calls("_gmtime64"),
    Calls("_localtime64"),
];
const WRITES_OTHER: &[What] =
    &[Calls("WriteProcessMemory"), Calls("NtWriteVirtualMemory"), Calls("ZwWriteVirtualMemory")];
const GOES_ON: &[What] = &[
    Calls("QueueUserAPC"),
    Calls("NtQueueApcThread"),
    Calls("SetThreadContext"),
    Calls("NtSetContextThread"),
    Calls("Wow64SetThreadContext"),
];
const RESUMES: &[What] = &[Calls("ResumeThread"), Calls("NtResumeThread"), Calls("NtAlertResumeThread")];
const MAKES_ROOM: &[What] = &[
    Calls("VirtualAlloc"),
    Calls("VirtualProtect"),
    Calls("NtAllocateVirtualMemory"),
    Calls("NtProtectVirtualMemory"),
];
const CREATES: &[What] = &[Calls("CreateProcess"), Calls("CreateProcessInternal"), Calls("NtCreateUserProcess")];
const OWN_LIBRARY: &[What] =
    &[Names("LoadLibraryA"), Names("LoadLibraryW"), Names("LoadLibraryExW"), Names("LdrLoadDll")];
/// Where addresses of money are known by: the letters of base58, and how others begin.
const MONEY_LETTERS: &[What] = &[Names("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")];
const MONEY_SHAPES: &[What] = &[
    Names("bc1q"),
    Names("bc1["),
    Names("(bc1"),
    Names("0x[0-9a-fA-F]{40}"),
    Names("0x[a-fA-F0-9]{40}"),
    Names("0x[a-f0-9]{40}"),
    Names("{25,34}"),
];
/// Keys of purses that developers of chains have, and of their registry; in two halves.
const PURSES_OF_ONE: &[What] = &[Names(".config/solana/id.json"), Names(".cargo/credentials")];
const PURSES_OF_OTHERS: &[What] = &[
    Names(".ethereum/keystore"),
    Names(".foundry/keystores"),
    Names("sui.keystore"),
    Names(".near-credentials"),
    Names(".aptos/config.yaml"),
];

pub(super) const TAKEN: &[Row] = &[
    Row {
        rule: &LOGIN_SENT,
        window: 900,
        needs: &[PASSWORD, &[Calls("sendto"), Calls("send"), Calls("connect")], HOST],
        only: |image| image.library,
        ..ROW
    },
    Row {
        rule: &LOGIN_KEPT,
        window: 700,
        needs: &[
            PASSWORD,
            &[Calls("fopen"), Calls("open"), Calls("openat")],
            &[Calls("fprintf"), Calls("__fprintf_chk"), Calls("dprintf"), Calls("write"), Calls("fputs")],
            &[Names("%s:%s"), Names("%s %s"), Names("%s\t%s")],
        ],
        only: |image| image.library,
        ..ROW
    },
    Row {
        rule: &SHELL_FED,
        window: 300,
        needs: &[&[Calls("popen")], SHELLS, CONNECTS, READS_BACK, FEEDS],
        elsewhere: true,
        ..ROW
    },
    Row {
        rule: &SHELL_FED_UNWATCHED,
        window: 1500,
        needs: &[&[Calls("popen")], SHELLS, CONNECTS, READS_BACK, FEEDS, &[Calls("ptrace"), Names("TracerPid")]],
        without: &[Calls("waitpid"), Calls("wait4")],
        elsewhere: true,
        ..ROW
    },
    Row {
        rule: &FETCHED_KEPT,
        early: Some(&FETCHED_KEPT_EARLY),
        window: 900,
        needs: &[GO_FETCHES, &[Calls("os.WriteFile"), Calls("os.OpenFile"), Calls("os.Create")], STARTS_AGAIN],
        without: deeds::CHECKS,
        ..ROW
    },
    Row {
        rule: &DEAD_DROP,
        window: 1500,
        needs: &[
            &[Calls("os.CreateTemp"), Calls("io/ioutil.TempFile"), Calls("os.WriteFile")],
            GO_STARTS,
            &[Calls("os.Remove"), Calls("os.RemoveAll")],
            &[Calls("os.(*File).chmod"), Calls("os.(*File).Chmod"), Calls("os.Chmod"), Calls("os.chmod")],
            &[
                Calls("regexp.(*Regexp).FindSubmatch"),
                Calls("regexp.(*Regexp).FindStringSubmatch"),
                Calls("regexp.(*Regexp).Find"),
                Calls("regexp.(*Regexp).FindString"),
            ],
            &[Calls("encoding/base64.(*Encoding).DecodeString"), Calls("encoding/hex.DecodeString")],
            GO_FETCHES,
        ],
        without: deeds::CHECKS,
        joins: Some(3),
        ..ROW
    },
    Row {
        rule: &DATED,
        window: 700,
        needs: &[
            LOOKS_UP,
            &[Calls("WinExec"), Calls("system"), Calls("popen"), Calls("_popen"), Calls("CreateProcess")],
            &[Calls("recv"), Calls("InternetReadFile"), Calls("WinHttpReadData"), Calls("read")],
            DATES,
        ],
        letters: true,
        variable: true,
        ..ROW
    },
    Row {
        rule: &BEACON,
        window: 900,
        needs: &[
            RUNS_LINES,
            CONNECTS,
            READS_BACK,
            &[Calls("uname"), Calls("gethostid"), Calls("gethostname"), Calls("getlogin"), Calls("GetComputerName")],
            &[Calls("sleep"), Calls("usleep"), Calls("nanosleep"), Calls("Sleep")],
            &[Calls("getaddrinfo"), Calls("gethostbyname")],
        ],
        turned: true,
        elsewhere: true,
        only: |image| image.imports.len() < 120,
        ..ROW
    },
    Row {
        rule: &WAITING_PUT,
        window: 900,
        needs: &[MAKES_ROOM, WRITES_OTHER, GOES_ON, CREATES, RESUMES],
        without: OWN_LIBRARY,
        before: deeds::MADE_CODE,
        ..ROW
    },
    Row {
        rule: &WAITING_PUT_SYSTEM,
        window: 900,
        needs: &[
            MAKES_ROOM,
            WRITES_OTHER,
            GOES_ON,
            CREATES,
            RESUMES,
            &[
                Calls("GetSystemDirectory"),
                Calls("GetSystemWow64Directory"),
                Names("svchost.exe"),
                Names("explorer.exe"),
                Names("\\System32\\"),
                Names("\\system32\\"),
                Names("\\SysWOW64\\"),
            ],
        ],
        without: OWN_LIBRARY,
        before: deeds::MADE_CODE,
        ..ROW
    },
    Row {
        rule: &DEVICE_SENT,
        window: 1500,
        needs: &[
            &[Names("/dev/input/event"), Names("/dev/input/%s"), Names("/dev/input/by-path")],
            &[Calls("sendto"), Calls("send")],
            &[Calls("read"), Calls("fread")],
            HOST,
        ],
        elsewhere: true,
        only: |image| image.imports.len() < 120,
        ..ROW
    },
    Row {
        rule: &PROFILED,
        window: 1200,
        needs: &[
            &[Names("HTTPS_PROXY"), Names("https_proxy"), Names("ALL_PROXY")],
            &[Calls("localtime_r"), Calls("localtime"), Calls("tzset")],
            &[Calls("getpwuid"), Calls("getlogin"), Calls("getpwuid_r")],
            &[Names("LC_ALL"), Names("LC_MESSAGES")],
            &[Calls("connect"), Calls("curl_easy_perform"), Calls("send")],
        ],
        elsewhere: true,
        ..ROW
    },
    // A window that is only there to be told of what is copied.
    Row {
        rule: &ADDRESS_EXCHANGED,
        needs: &[&[Calls("GetClipboardData")], &[Calls("SetClipboardData")], MONEY_LETTERS, MONEY_SHAPES],
        ..ROW
    },
    Row {
        rule: &ADDRESS_EXCHANGED,
        window: 1500,
        needs: &[
            &[Names("pbpaste"), Names("wl-paste"), Calls("github.com/atotto/clipboard.ReadAll")],
            &[Names("pbcopy"), Names("wl-copy"), Calls("github.com/atotto/clipboard.WriteAll")],
            &[
                Calls("regexp.(*Regexp).ReplaceAllString"),
                Calls("regexp.(*Regexp).ReplaceAllLiteralString"),
                Calls("regexp.(*Regexp).MatchString"),
            ],
            MONEY_SHAPES,
            &[Calls("time.Sleep"), Calls("time.NewTicker"), Calls("time.Tick")],
        ],
        ..ROW
    },
    // A handler that answers behind another one, which looks at who asks.
    Row {
        rule: &REQUESTED,
        window: 1000,
        needs: &[OF_REQUESTS, SHELLS, &[Calls("os/exec.Command"), Calls("os/exec.CommandContext")], GO_STARTS],
        without: KNOWN_TO_IT,
        alone: true,
        ..ROW
    },
    Row {
        rule: &SECRETS_SENT,
        window: 2500,
        needs: &[PURSES_OF_ONE, PURSES_OF_OTHERS, &[Calls("led::connect"), Calls("TcpStream::connect")]],
        ..ROW
    },
    // Who asks whether the machine belongs to a company as well needs nothing decoded.
    Row {
        rule: &given::KEYBOARD_FETCH,
        window: 1500,
        needs: &[
            STARTS_WINDOWS,
            FETCHES_WINDOWS,
            &[Calls("GetTempPath"), Calls("GetTempFileName")],
            &[Calls("GetKeyboardLayoutList"), Calls("GetKeyboardLayout")],
            &[Calls("GetTickCount"), Calls("GetTickCount64"), Calls("GetSystemMetrics")],
            &[Names("USERDNSDOMAIN"), Names("USERDOMAIN"), Calls("NetGetJoinInformation"), Calls("GetUserName")],
        ],
        ..ROW
    },
];

const FEEDS: &[What] = &[Calls("fputs"), Calls("fwrite"), Calls("write"), Calls("fprintf"), Calls("dprintf")];

#[cfg(test)]
mod tests {
    use super::super::tests::{Step, run};
    use crate::analyze::native::testing::ElfBuilder;

    /// xor [rdi + rax], dl; inc rax; cmp rax, rcx; jb back
    const TURN: Step = Step::Bytes(&[0x30, 0x14, 0x07, 0x48, 0xff, 0xc0, 0x48, 0x39, 0xc8, 0x72, 0xf5]);
    /// add eax, 'a'; mov [rdi + rcx], al; inc rcx; cmp rcx, rdx; jb back
    const LETTERS: Step =
        Step::Bytes(&[0x83, 0xc0, 0x61, 0x88, 0x04, 0x0f, 0x48, 0xff, 0xc1, 0x48, 0x39, 0xd1, 0x72, 0xf2]);

    fn found(elf: ElfBuilder, imports: &[&'static str], data: &[u8], first: Vec<Step>) -> Vec<&'static str> {
        let mut steps = first;
        steps.extend((0..imports.len() as u64).map(Step::Call));
        run(elf, imports.to_vec(), data, &steps)
    }

    #[test]
    fn passwords_of_log_ins_for_a_written_host_are_told() {
        let imports = ["pam_get_authtok", "snprintf", "socket", "sendto"];
        let sent = |data: &[u8]| found(ElfBuilder::library(), &imports, data, vec![Step::Text(0)]);
        assert!(sent(b"203.0.113.20\0").contains(&"native-log-in-password-sent"));
        assert!(!sent(b"radius.conf\0").contains(&"native-log-in-password-sent"), "its settings say where");
        let kept = |data: &[u8]| {
            let imports = ["pam_get_authtok", "fopen", "fprintf"];
            found(ElfBuilder::library(), &imports, data, vec![Step::Text(0)])
        };
        assert_eq!(kept(b"%s:%s\n\0"), ["native-log-in-password-written"]);
        assert!(kept(b"user %d\n\0").is_empty());
    }

    #[test]
    fn a_shell_that_is_fed_is_told() {
        let imports = ["connect", "read", "popen", "fputs"];
        let fed = |data: &[u8]| found(ElfBuilder::program(), &imports, data, vec![Step::Text(0)]);
        assert!(fed(b"/bin/sh\0").contains(&"native-answer-fed-to-shell"));
        assert!(!fed(b"/usr/bin/less\0").contains(&"native-answer-fed-to-shell"), "it is shown");
        let all = ["ptrace", "connect", "read", "popen", "fputs"];
        let watched = found(ElfBuilder::program(), &all, b"/bin/sh\0", vec![Step::Text(0)]);
        assert!(watched.contains(&"native-unwatched-answer-fed-to-shell"));
    }

    #[test]
    fn hosts_that_are_made_of_the_date_are_told() {
        let imports = ["GetSystemTime", "getaddrinfo", "recv", "WinExec"];
        let rule = "native-dated-host-tells-commands";
        assert!(found(ElfBuilder::program(), &imports, b"", vec![LETTERS]).contains(&rule));
        assert!(!found(ElfBuilder::program(), &imports, b"", vec![Step::Gap(14)]).contains(&rule), "a host of its own");
    }

    #[test]
    fn hidden_beacons_are_told() {
        let imports = ["uname", "sleep", "getaddrinfo", "connect", "read", "popen"];
        let rule = "native-hidden-beacon-runs-commands";
        assert!(found(ElfBuilder::program(), &imports, b"", vec![Step::Gap(32), TURN]).contains(&rule));
        assert!(!found(ElfBuilder::program(), &imports, b"", vec![Step::Gap(11)]).contains(&rule), "in the open");
    }

    #[test]
    fn code_for_a_program_that_waits_is_told() {
        let imports = ["CreateProcessA", "WriteProcessMemory", "VirtualProtectEx", "QueueUserAPC", "ResumeThread"];
        let put = |imports: &[&'static str], data: &[u8], right: &'static [u8]| {
            let mut steps = vec![Step::Text(0), Step::Call(0), Step::Call(1), Step::Bytes(right)];
            steps.extend((2..imports.len() as u64).map(Step::Call));
            run(ElfBuilder::program(), imports.to_vec(), data, &steps)
        };
        let executable = b"\x41\xb9\x20\0\0\0";
        let own = put(&imports, b"tool\0", executable);
        assert!(own.contains(&"native-code-put-into-waiting-program"), "{own:?}");
        assert!(!own.contains(&"native-code-put-into-waiting-system-program"));
        assert!(put(&imports, b"svchost.exe\0", executable).contains(&"native-code-put-into-waiting-system-program"));
        // The name of a library, which the loader of the system is given.
        let library = put(&imports, b"LoadLibraryW\0", executable);
        assert!(!library.contains(&"native-code-put-into-waiting-program"), "{library:?}");
        assert!(put(&imports, b"tool\0", b"\x41\xb9\x04\0\0\0").is_empty());
    }

    #[test]
    fn keys_for_a_written_host_are_told() {
        let imports = ["open", "inet_aton", "socket", "read", "sendto"];
        let sent = |data: &[u8]| found(ElfBuilder::program(), &imports, data, vec![Step::Text(0), Step::Text(14)]);
        assert!(sent(b"/dev/input/%s\x00203.0.113.77\0").contains(&"native-keyboard-device-sent"));
        assert!(!sent(b"/dev/input/%s\0host.settings\0").contains(&"native-keyboard-device-sent"));
    }

    #[test]
    fn addresses_that_are_exchanged_are_told() {
        let imports = ["GetClipboardData", "SetClipboardData"];
        let letters = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz\0bc1q\0";
        let both = found(ElfBuilder::program(), &imports, letters, vec![Step::Text(0), Step::Text(59)]);
        assert!(both.contains(&"native-clipboard-address-exchanged"));
        let other = found(ElfBuilder::program(), &imports, b"history\0", vec![Step::Text(0)]);
        assert!(!other.contains(&"native-clipboard-address-exchanged"));
    }

    #[test]
    fn what_is_fetched_and_kept_is_told() {
        let imports = ["net/http.(*Client).Get", "os.OpenFile", "os.WriteFile"];
        let kept = |data: &[u8]| found(ElfBuilder::program(), &imports, data, vec![Step::Text(0)]);
        assert!(kept(b"[Desktop Entry]\nType=Application\n\0").contains(&"native-fetched-starts-with-session"));
        assert!(kept(b"release notes\0").is_empty());
        let checks = ["net/http.(*Client).Get", "crypto/sha256.Sum256", "os.WriteFile"];
        assert!(found(ElfBuilder::program(), &checks, b"[Desktop Entry]\0", vec![Step::Text(0)]).is_empty());
        let drop = [
            "regexp.(*Regexp).FindSubmatch",
            "encoding/base64.(*Encoding).DecodeString",
            "net/http.(*Client).Get",
            "os.CreateTemp",
            "os.(*File).chmod",
            "os/exec.(*Cmd).Start",
            "os.Remove",
        ];
        let rule = "native-hidden-text-of-page-leads-to-program";
        assert!(found(ElfBuilder::program(), &drop, b"", Vec::new()).contains(&rule));
        assert!(!found(ElfBuilder::program(), &drop[2..], b"", Vec::new()).contains(&rule));
    }
}
