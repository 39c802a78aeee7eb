//! Rows of functions that go all the way: take what is secret and send it, plant a key, decode a command where somebody
//! is not looking and run it. What such a function shows needs no second file.

use super::rows::What::{self, Calls, Names};
use super::rows::{EXECUTES, ROW, Row, SHELLS};
use crate::model::ByteView;
use crate::parse::native::Image;
use crate::rule;

rule! {
    /// One function puts a public key that stands in the program into the list of keys that may log in. Known uses:
    /// miners' droppers, back doors in packages. Honest look-alikes: programs that install keys are given them; tools that
    /// prepare machines of their own carry a well-known key, and ask for a person.
    pub(super) KEY_PLANTED = "native-key-planted" in "cred/pam-ssh-backdoor";
    severity: High, confidence: Likely,
    title: "Plants a key of its own for log-ins",
    reference: "https://attack.mitre.org/techniques/T1098/004/",
}

rule! {
    /// One function goes through all accounts and gives each of them a key that stands in the program. Known uses: droppers
    /// that stay. Honest look-alikes: none is known; tools that prepare a machine give a key to the account that they make.
    pub(super) KEY_PLANTED_ALL = "native-key-planted-for-all" in "cred/pam-ssh-backdoor";
    severity: Critical, confidence: Certain,
    title: "Plants a key of its own for every account",
    reference: "https://attack.mitre.org/techniques/T1098/004/",
}

rule! {
    /// One function reads keys or the titles of the windows that they go to, and sends over the network. Known uses: key
    /// loggers. Honest look-alikes: remote desktops send numbers of keys, in other functions than they read them in.
    pub(super) KEYS_TO_NETWORK = "native-keys-and-titles-sent" in "cred/keylog-screen";
    severity: Critical, confidence: Certain,
    title: "Sends keys together with the windows that they were typed into",
    reference: "https://attack.mitre.org/techniques/T1056/001/",
}

rule! {
    /// One function names a file of somebody's secrets, reads it, and talks to another host. Known uses: stealers in
    /// extension modules and tools. Honest look-alikes: clients read the file of their own service in one function and
    /// connect in another.
    pub(super) SECRET_SENT = "native-secret-file-sent" in "cred/files-dev";
    severity: High, confidence: Likely,
    title: "Reads a file of secrets and sends",
    reference: "https://attack.mitre.org/techniques/T1552/001/",
}

rule! {
    /// One function names files in which several unrelated services keep their secrets, reads them, and sends. No client
    /// needs the secrets of all. Known uses: stealers in packages for developers. Honest look-alikes: scanners for secrets
    /// have the names in tables and send nothing there; backups name none of them.
    pub(super) SECRETS_SENT = "native-secret-files-of-many-sent" in "cred/files-dev";
    severity: Critical, confidence: Certain,
    title: "Reads the secrets of several services and sends them",
    reference: "https://attack.mitre.org/techniques/T1552/001/",
}

rule! {
    /// One function reads a file of secrets and asks the name service for names that it makes up. Known uses: tunnels.
    /// Honest look-alikes: none is known.
    pub(super) SECRET_BY_DNS = "native-secret-file-in-names" in "net/exfil-dns";
    severity: High, confidence: Likely,
    title: "Puts a file of secrets into names that it looks up",
    reference: "https://attack.mitre.org/techniques/T1048/003/",
}

rule! {
    /// One function opens a browser's store of passwords, has Windows decrypt it, and sends. Known uses: every stealer.
    /// Honest look-alikes: managers of passwords import the store into a file of their own.
    pub(super) BROWSER_SENT = "native-browser-passwords-sent" in "cred/browser";
    severity: Critical, confidence: Certain,
    title: "Decrypts passwords of browsers and sends them",
    reference: "https://attack.mitre.org/techniques/T1555/003/",
}

rule! {
    /// A program without a window looks into the clipboard again and again, and in the same function puts something else
    /// there. Known uses: clippers, which change the address that a payment goes to. Honest look-alikes: managers of
    /// clipboards are told of changes by Windows, and put something there when a key is pressed; tools for the command
    /// line do one of the two and end.
    pub(super) CLIPBOARD = "native-clipboard-exchanged" in "cred/clipboard-clipper";
    severity: High, confidence: Likely,
    title: "Exchanges what is in the clipboard, over and over",
    reference: "https://attack.mitre.org/techniques/T1115/",
}

rule! {
    /// A program that says nothing to anybody goes through folders, writes over files and removes them. Known uses:
    /// wipers. Honest look-alikes: tools that remove files beyond recovery are given their names and say what they did.
    pub(super) WIPES = "native-writes-over-and-removes" in "impact/wiper";
    severity: High, confidence: Likely,
    title: "Writes over all files and removes them, and says nothing",
    reference: "https://attack.mitre.org/techniques/T1485/",
}

rule! {
    /// One function looks whether somebody debugs it, and runs what it put into memory. Known uses: packers of implants.
    /// Honest look-alikes: compilers at run time do not care who watches; protection against copying decodes its own code
    /// in place.
    pub(super) UNWATCHED = "native-unwatched-code-run" in "bin/anti-debug";
    severity: High, confidence: Likely,
    title: "Runs code from memory unless it is watched",
    reference: "https://attack.mitre.org/techniques/T1622/",
}

rule! {
    /// One function asks for the host's name, the date or the language, and runs a command that it decodes there, byte by
    /// byte. Known uses: trojanised tools that act on chosen machines only. Honest look-alikes: tools that run commands
    /// hold them, or are given them.
    pub(super) DECODED = "native-decoded-command-run" in "exec/decode-exec";
    severity: High, confidence: Likely,
    title: "Decodes a command on chosen machines and runs it",
    reference: "https://attack.mitre.org/techniques/T1480/",
}

rule! {
    /// One function of a program in Go fetches, writes a file, starts it, and removes another (as a rule itself), and
    /// nothing there looks at a signature or a digest. Known uses: droppers. Honest look-alikes: updaters that trust
    /// whatever they are sent, which is for a person to look at too.
    pub(super) DROPPED = "native-fetched-started-removed" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "Fetches a program, starts it and removes traces, without a check",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// One function asks the cloud for the credentials of the machine and sends to somebody. Known uses: worms in
    /// packages. Honest look-alikes: libraries of the clouds use the credentials to sign, in other functions.
    pub(super) CLOUD_SENT = "native-cloud-credentials-sent" in "cred/env-secrets";
    severity: High, confidence: Likely,
    title: "Asks for the machine's cloud credentials and sends",
    reference: "https://attack.mitre.org/techniques/T1552/005/",
}

rule! {
    /// One function compares the time zone of the machine with those of one country. Known uses: malware that spares or seeks a country, the covert check of a coding agent (July 2026). Honest
    /// look-alikes: tables of zones, which are data and not compared one by one.
    pub(super) ZONE = "native-time-zone-gate" in "covert/locale-timezone-gate";
    severity: High, confidence: Likely,
    title: "Behaves differently in the time zones of one country",
    reference: "https://attack.mitre.org/techniques/T1614/",
}

rule! {
    /// One function fetches a program into the folder for temporary files, hides it, starts it, and makes it start again
    /// with the session. Known uses: loaders. Honest look-alikes: none is known; installers hide nothing.
    pub(super) HIDDEN_KEPT = "native-dropped-hidden-kept" in "persist/windows-run";
    severity: Critical, confidence: Certain,
    title: "Fetches a program, hides it, starts it and makes it start again",
    reference: "https://attack.mitre.org/techniques/T1547/001/",
}

rule! {
    /// One function connects to a host, reads what comes, and starts programs: the loop of an implant. Known uses: agents
    /// in Go and Rust. Honest look-alikes: agents of administration look up what they are asked for, in other functions.
    pub(super) TASKED = "native-connection-tells-commands" in "net/c2-poll";
    severity: High, confidence: Likely,
    title: "Connects, reads and runs commands in one function",
    reference: "https://attack.mitre.org/techniques/T1059/",
}

rule! {
    /// One function of a program in Go makes a digest of the host's or the user's name, fetches, and starts programs: it
    /// acts on a machine that it does not name. Known uses: targeted second stages (3CX, SolarWinds in their ways). Honest
    /// look-alikes: registrations send such a digest and start nothing.
    pub(super) GUARDED = "native-hashed-host-gate" in "evade/env-guard";
    severity: High, confidence: Likely,
    title: "Fetches and starts something on hosts that it knows by a digest only",
    reference: "https://attack.mitre.org/techniques/T1480/001/",
}

rule! {
    /// One function answers a request by starting a shell with what the request brings, and nothing there looks at who
    /// asks for it by more than a text. Known uses: web shells in services. Honest look-alikes: services that run a
    /// script after a signed request.
    pub(super) REQUESTED = "native-request-runs-shell" in "net/bind-backdoor";
    severity: High, confidence: Likely,
    title: "A request brings what a shell runs",
    reference: "https://attack.mitre.org/techniques/T1505/003/",
}

rule! {
    /// One function listens to raw packets and starts a shell. Known uses: BPFDoor, doors behind a magic packet. Honest
    /// look-alikes: tools for networks that run a script read packets in one function and start it in another.
    pub(super) SNIFFED = "native-raw-packet-starts-shell" in "net/bind-backdoor";
    severity: High, confidence: Likely,
    title: "Raw packets are listened to and a shell started",
    reference: "https://attack.mitre.org/techniques/T1205/",
}

rule! {
    /// One function removes the program's own file and starts a hidden one from a folder for temporary files. Known uses:
    /// droppers. Honest look-alikes: none is known; self-extracting programs remove what they extracted, not themselves.
    pub(super) SHED = "native-removes-itself-starts-hidden" in "evade/self-delete";
    severity: High, confidence: Likely,
    title: "Removes itself and starts a hidden temporary file",
    reference: "https://attack.mitre.org/techniques/T1070/004/",
}

rule! {
    /// One function copies the program's own file to another host over ssh without asking whether that host is known, and
    /// runs commands. Known uses: worms that spread with a developer's keys. Honest look-alikes: tools that put an agent of
    /// theirs on machines of their owner, which is for a person to look at.
    pub(super) SPREADS = "native-copies-itself-over-ssh" in "persist/self-propagate";
    severity: High, confidence: Likely,
    title: "Copies itself to other hosts over ssh, unasked",
    reference: "https://attack.mitre.org/techniques/T1021/004/",
}

rule! {
    /// One function looks whether somebody debugs it, and hands the kernel a module that it carries. Known uses: droppers
    /// of kernel rootkits. Honest look-alikes: none is known; what loads a module in the open does not hide from debuggers.
    pub(super) MODULE_UNWATCHED = "native-unwatched-module-loaded" in "bin/rootkit-kmod";
    severity: Critical, confidence: Certain,
    title: "Loads a kernel module that it carries, unless it is watched",
    reference: "https://attack.mitre.org/techniques/T1547/006/",
}

rule! {
    /// One function of an extension for Node.js takes a text, compares it with the shape of addresses of money, and gives
    /// back a text, one that stands in the extension. Known uses: wallets' packages that exchange addresses. Honest
    /// look-alikes: checks of addresses, which give back yes or no and hold no address.
    pub(super) ADDRESS_GIVEN = "native-addon-exchanges-address" in "cred/clipboard-clipper";
    severity: Critical, confidence: Certain,
    title: "Gives back an address of money of its own in place of the one that it was given",
    reference: "https://attack.mitre.org/techniques/T1565/002/",
}

rule! {
    /// As `native-clipboard-exchanged`, where the function that reads and writes holds an address of money. Known uses:
    /// clippers. Honest look-alikes: none is known.
    pub(super) ADDRESS_EXCHANGED = "native-clipboard-address-exchanged" in "cred/clipboard-clipper";
    severity: Critical, confidence: Certain,
    title: "Puts an address of money of its own into the clipboard, over and over",
    reference: "https://attack.mitre.org/techniques/T1565/002/",
}

rule! {
    /// One function of a program in Rust or Go writes a hidden file into a folder for temporary files, lets it be run,
    /// and starts programs. Known uses: droppers. Honest look-alikes: tools that unpack a helper do not hide it.
    pub(super) HIDDEN_STARTED = "native-hidden-file-written-started" in "exec/decode-exec";
    severity: High, confidence: Likely,
    title: "Writes a hidden temporary file and starts it",
    reference: "https://attack.mitre.org/techniques/T1564/001/",
}

/// Stands for every text that is a whole address of money.
pub(super) const OF_MONEY: &str = "<an address of money>";

/// Where addresses of money begin: those of Bitcoin's newer form, and of Ethereum's that are not a round number.
pub(super) fn money_in(view: &ByteView) -> impl Iterator<Item = usize> + '_ {
    let bytes: &[u8] = view;
    let apart = |at: usize| at.checked_sub(1).and_then(|b| bytes.get(b)).is_none_or(|b| !b.is_ascii_alphanumeric());
    let run = |from: usize, is: fn(&u8) -> bool| {
        bytes.get(from..).unwrap_or_default().iter().take(64).take_while(|b| is(b)).count()
    };
    let newer = view.places_of(b"bc1").filter(move |at| {
        let len = run(at + 3, |b| b.is_ascii_lowercase() || b.is_ascii_digit());
        apart(*at) && matches!(len, 36..=59)
    });
    let run = |from: usize| {
        bytes.get(from..).unwrap_or_default().iter().take(64).take_while(|b| b.is_ascii_hexdigit()).count()
    };
    let numbers = view.places_of(b"0x").filter(move |at| {
        // Burnt coins and examples repeat a digit or two.
        let digits = || -> std::collections::BTreeSet<u8> {
            bytes.get(at + 2..at + 42).unwrap_or_default().iter().copied().collect()
        };
        run(at + 2) == 40 && digits().len() > 6
    });
    newer.chain(numbers)
}

/// What a request says, as a handler of Go asks for it.
pub(super) const OF_REQUESTS: &[What] = &[
    Calls("net/textproto.MIMEHeader.Get"),
    Calls("net/http.Header.Get"),
    Calls("net/http.(*Request).FormValue"),
    Calls("net/url.Values.Get"),
];
/// By what a server knows who asks.
pub(super) const KNOWN_TO_IT: &[What] = &[
    Calls("crypto/hmac.Equal"),
    Calls("crypto/hmac.New"),
    Calls("net/http.(*Request).BasicAuth"),
    Calls("golang.org/x/crypto/bcrypt.CompareHashAndPassword"),
];

pub(super) const READS: &[What] = &[
    Calls("open"),
    Calls("openat"),
    Calls("fopen"),
    Calls("CreateFile"),
    Calls("os.ReadFile"),
    Calls("os.Open"),
    Calls("os.OpenFile"),
    Calls("fs::read"),
    Calls("fs::open"),
];
/// Streams of C++, of both libraries, and constructors of them that are not inlined.
pub(super) const STREAMS: &[What] = &[
    Calls("_ZNSt13basic_filebufIcSt11char_traitsIcEE4openEPKcSt13_Ios_Openmode"),
    Calls("_ZNSt14basic_ifstreamIcSt11char_traitsIcEEC1EPKcSt13_Ios_Openmode"),
    Calls("_ZNSt14basic_ifstreamIcSt11char_traitsIcEEC1ERKNSt7__cxx1112basic_stringIcS1_SaIcEEESt13_Ios_Openmode"),
    Calls("_ZNSt3__113basic_filebufIcNS_11char_traitsIcEEE4openEPKcj"),
];
pub(super) const SENDS: &[What] = &[
    Calls("connect"),
    Calls("send"),
    Calls("sendto"),
    Calls("HttpSendRequest"),
    Calls("WinHttpSendRequest"),
    Calls("WinHttpWriteData"),
    Calls("curl_easy_perform"),
    Calls("SSL_write"),
    Calls("net/http.(*Client).Post"),
    Calls("net/http.(*Client).PostForm"),
    Calls("net/http.NewRequestWithContext"),
    Calls("net.Dial"),
    Calls("net.DialTimeout"),
    Calls("TcpStream::connect"),
    Calls("reqwest::send"),
];
pub(super) const GO_FETCHES: &[What] =
    &[Calls("net/http.(*Client).Get"), Calls("net/http.(*Client).Do"), Calls("net/http.Get")];
pub(super) const GO_STARTS: &[What] = &[
    Calls("os/exec.(*Cmd).Start"),
    Calls("os/exec.(*Cmd).Run"),
    Calls("os/exec.(*Cmd).Output"),
    Calls("os/exec.(*Cmd).CombinedOutput"),
];
/// Files of secrets, in two halves, so that one of each belongs to different services.
const KEPT_BY_ONE: &[What] = &[Names(".aws/credentials"), Names(".npmrc"), Names(".pypirc")];
const KEPT_BY_OTHERS: &[What] = &[
    Names(".ssh/id_"),
    Names(".git-credentials"),
    Names(".docker/config.json"),
    Names(".kube/config"),
    Names("application_default_credentials.json"),
];
const KEPT_FOR_TOOLS: &[What] = &[
    Names(".aws/credentials"),
    Names(".npmrc"),
    Names(".pypirc"),
    Names(".ssh/id_"),
    Names(".git-credentials"),
    Names(".docker/config.json"),
    Names(".kube/config"),
    Names("application_default_credentials.json"),
    Names("exodus.wallet"),
];
pub(super) const KEPT: &[What] = &[
    Names(".aws/credentials"),
    Names(".npmrc"),
    Names(".pypirc"),
    Names(".ssh/id_"),
    Names(".git-credentials"),
    Names(".docker/config.json"),
    Names(".kube/config"),
    Names("application_default_credentials.json"),
    Names("exodus.wallet"),
    Names("Electrum\\wallets"),
    Names("\\Local Storage\\leveldb"),
    Names("Login Data"),
];
/// What is done with a key by those who own it: who reads it to sign does not send it.
const SIGNS: &[What] = &[
    Calls("PEM_read_PrivateKey"),
    Calls("PEM_read_bio_PrivateKey"),
    Calls("EVP_DigestSign"),
    Calls("EVP_SignFinal"),
    Calls("libssh2_userauth_publickey_fromfile_ex"),
    Calls("ssh_pki_import_privkey_file"),
    Calls("ssh_userauth_publickey"),
];
/// What makes a text of something that was asked for: a command that comes from there is not decoded.
const FILLS: &[What] = &[
    Calls("snprintf"),
    Calls("sprintf"),
    Calls("__snprintf_chk"),
    Calls("__sprintf_chk"),
    Calls("__asprintf_chk"),
    Calls("__vsnprintf_chk"),
    Calls("vsnprintf"),
    Calls("asprintf"),
    Calls("strcpy"),
    Calls("__strcpy_chk"),
    Calls("strcat"),
    Calls("__strcat_chk"),
    Calls("strncat"),
    Calls("strdup"),
    Calls("fread"),
    Calls("getline"),
];
/// `PROT_EXEC` with others as the third argument: mov edx, n; mov w2, n; push n.
const EXECUTABLE: &[&[u8]] =
    &[b"\xba\x05\0\0\0", b"\xba\x07\0\0\0", b"\xa2\0\x80\x52", b"\xe2\0\x80\x52", b"\x6a\x05", b"\x6a\x07"];

/// Programs that talk to nobody in front of them, and are told nothing.
fn says_nothing(image: &Image<'_>) -> bool {
    const SAYS: &[&str] = &[
        "printf",
        "fprintf",
        "puts",
        "perror",
        "vfprintf",
        "__printf_chk",
        "__fprintf_chk",
        "__vfprintf_chk",
        "error",
        "err",
        "warn",
        "getopt",
        "getopt_long",
        "fputs",
        "putchar",
        "syslog",
        "dprintf",
        "gettext",
        "dcgettext",
    ];
    !image.library && image.imports.len() < 60 && image.imported(SAYS).is_empty()
}

/// Programs that wait for nothing that Windows would tell them.
fn has_no_window(image: &Image<'_>) -> bool {
    const WINDOWS: &[&str] = &[
        "GetMessageA",
        "GetMessageW",
        "PeekMessageA",
        "PeekMessageW",
        "RegisterHotKey",
        "RegisterClassA",
        "RegisterClassW",
        "RegisterClassExA",
        "RegisterClassExW",
        "CreateWindowExA",
        "CreateWindowExW",
    ];
    image.imported(WINDOWS).is_empty()
}

pub(super) const HARM: &[Row] = &[
    Row {
        rule: &KEY_PLANTED,
        needs: &[
            &[Names("ssh-ed25519 AAAAC3"), Names("ssh-rsa AAAAB3"), Names("ecdsa-sha2-nistp256 AAAA")],
            &[Names("authorized_keys")],
            &[
                Calls("fopen"),
                Calls("open"),
                Calls("openat"),
                Calls("CreateFile"),
                Calls("os.OpenFile"),
                Calls("os.WriteFile"),
                Calls("fs::write"),
                Calls("fs::open"),
            ],
        ],
        ..ROW
    },
    Row {
        rule: &KEY_PLANTED_ALL,
        needs: &[
            &[Names("ssh-ed25519 AAAAC3"), Names("ssh-rsa AAAAB3"), Names("ecdsa-sha2-nistp256 AAAA")],
            &[Names("authorized_keys")],
            &[Calls("fopen"), Calls("open"), Calls("openat")],
            &[Calls("getpwent"), Calls("getpwent_r"), Names("/etc/passwd")],
        ],
        ..ROW
    },
    Row {
        rule: &KEYS_TO_NETWORK,
        needs: &[
            &[Calls("GetAsyncKeyState"), Calls("GetKeyboardState"), Calls("CallNextHook"), Calls("XQueryKeymap")],
            &[Calls("GetWindowText"), Calls("XFetchName")],
            &[Calls("GetForegroundWindow"), Calls("XGetInputFocus")],
            &[
                Calls("send"),
                Calls("sendto"),
                Calls("HttpSendRequest"),
                Calls("WinHttpSendRequest"),
                Calls("curl_easy_perform"),
            ],
        ],
        ..ROW
    },
    Row {
        rule: &SECRETS_SENT,
        needs: &[KEPT_BY_ONE, KEPT_BY_OTHERS, READS, SENDS],
        window: 1200,
        joins: Some(3),
        ..ROW
    },
    Row { rule: &SECRET_SENT, needs: &[KEPT, READS, SENDS], without: SIGNS, window: 700, ..ROW },
    // Code of C++ is wide where it makes texts and paths.
    Row {
        rule: &SECRETS_SENT,
        needs: &[KEPT_BY_ONE, KEPT_BY_OTHERS, STREAMS, SENDS],
        window: 2200,
        joins: Some(3),
        ..ROW
    },
    Row { rule: &SECRET_SENT, needs: &[KEPT, STREAMS, SENDS], window: 1500, ..ROW },
    // Code of Go and Rust is wide, and what it calls says more.
    Row {
        rule: &SECRET_SENT,
        window: 2500,
        needs: &[
            KEPT,
            &[Calls("os.ReadFile"), Calls("fs::read")],
            &[
                Calls("net/http.(*Client).Post"),
                Calls("net/http.(*Client).PostForm"),
                Calls("net.Dial"),
                Calls("TcpStream::connect"),
                Calls("reqwest::send"),
            ],
        ],
        ..ROW
    },
    Row {
        rule: &SPREADS,
        window: 1200,
        needs: &[
            &[Names("StrictHostKeyChecking=no")],
            &[Calls("os.Executable"), Calls("os.executable"), Calls("env::current_exe"), Names("/proc/self/exe")],
            &[
                Calls("os/exec.Command"),
                Calls("os/exec.CommandContext"),
                Calls("Command::new"),
                Calls("system"),
                Calls("popen"),
                Calls("execlp"),
                Calls("execvp"),
                Calls("posix_spawnp"),
            ],
        ],
        ..ROW
    },
    Row {
        rule: &MODULE_UNWATCHED,
        needs: &[&[Calls("init_module")], &[Calls("ptrace"), Names("TracerPid")]],
        without: &[
            Calls("read"),
            Calls("fread"),
            Calls("pread"),
            Calls("finit_module"),
            Calls("gzread"),
            Calls("waitpid"),
        ],
        ..ROW
    },
    Row {
        rule: &ADDRESS_GIVEN,
        needs: &[
            &[Calls("napi_create_string_utf8"), Calls("napi_create_string_latin1")],
            &[Calls("napi_get_value_string_utf8"), Calls("napi_get_value_string_latin1")],
            &[Names(OF_MONEY)],
            &[Names("{40}"), Names("{25,"), Names("{26,"), Names("{38,"), Names("{32,"), Names("^0x")],
        ],
        ..ROW
    },
    Row {
        rule: &ADDRESS_EXCHANGED,
        needs: &[&[Calls("GetClipboardData")], &[Calls("SetClipboardData")], &[Names(OF_MONEY)], &[Calls("Sleep")]],
        only: has_no_window,
        ..ROW
    },
    Row {
        rule: &HIDDEN_STARTED,
        window: 2500,
        needs: &[
            &[Names("/dev/shm/."), Names("/tmp/."), Names("/var/tmp/.")],
            &[Calls("led::chmod"), Calls("os.WriteFile"), Calls("os.Chmod"), Calls("fs::set_permissions")],
            &[Calls("led::run"), Calls("Command::run"), Calls("os/exec.(*Cmd).Start"), Calls("os/exec.(*Cmd).Run")],
        ],
        ..ROW
    },
    // Stripped programs in Rust.
    Row { rule: &TASKED, window: 1500, needs: &[&[Calls("led::connect")], &[Calls("led::run")], SHELLS], ..ROW },
    // A manager of passwords that takes them over from a browser has its whole business in one function.
    Row {
        rule: &SECRET_SENT,
        window: 2500,
        needs: &[KEPT_FOR_TOOLS, &[Calls("led::open")], &[Calls("led::connect")]],
        ..ROW
    },
    Row {
        rule: &SECRET_BY_DNS,
        needs: &[
            KEPT,
            READS,
            &[
                Calls("getaddrinfo"),
                Calls("gethostbyname"),
                Calls("res_query"),
                Calls("DnsQuery_A"),
                Calls("net.LookupHost"),
                Calls("net.(*Resolver).LookupHost"),
                Calls("net.(*Resolver).LookupTXT"),
            ],
            &[Names("%02x"), Names("%x."), Calls("encoding/hex.EncodeToString")],
        ],
        window: 1000,
        ..ROW
    },
    Row {
        rule: &SECRET_BY_DNS,
        needs: &[
            KEPT,
            STREAMS,
            &[Calls("getaddrinfo"), Calls("gethostbyname"), Calls("res_query")],
            &[Names("%02x"), Names("%x."), Names("0123456789abcdef")],
        ],
        window: 3200,
        ..ROW
    },
    Row {
        rule: &BROWSER_SENT,
        needs: &[
            &[Names("Login Data"), Names("\\Local State"), Names("\\Network\\Cookies")],
            &[Calls("CryptUnprotectData")],
            &[
                Calls("send"),
                Calls("HttpSendRequest"),
                Calls("WinHttpSendRequest"),
                Calls("WinHttpWriteData"),
                Calls("curl_easy_perform"),
            ],
        ],
        joins: Some(1),
        ..ROW
    },
    Row {
        rule: &CLIPBOARD,
        needs: &[&[Calls("GetClipboardData")], &[Calls("SetClipboardData")], &[Calls("Sleep")]],
        only: has_no_window,
        ..ROW
    },
    Row {
        rule: &WIPES,
        needs: &[
            &[Calls("unlink"), Calls("remove"), Calls("unlinkat")],
            &[Calls("write"), Calls("fwrite")],
            &[Calls("open"), Calls("fopen")],
            &[Calls("nftw"), Calls("ftw"), Calls("opendir"), Calls("fts_open"), Calls("readdir"), Calls("glob")],
        ],
        without: &[Calls("rename"), Calls("mkstemp"), Calls("link")],
        only: says_nothing,
        ..ROW
    },
    Row {
        rule: &UNWATCHED,
        needs: &[&[Calls("mmap"), Calls("mprotect")], &[Calls("ptrace"), Names("TracerPid")]],
        before: EXECUTABLE,
        without: &[Calls("waitpid"), Calls("wait4"), Calls("wait")],
        ..ROW
    },
    Row {
        rule: &DECODED,
        window: 500,
        needs: &[
            EXECUTES,
            &[
                Calls("gethostname"),
                Calls("uname"),
                Calls("localtime"),
                Calls("gmtime"),
                Calls("localtime_r"),
                Calls("gmtime_r"),
                Calls("setlocale"),
                Calls("GetComputerName"),
                Calls("GetUserDefaultLangID"),
                Calls("GetLocalTime"),
                Calls("GetSystemTime"),
            ],
        ],
        without: FILLS,
        decodes: true,
        ..ROW
    },
    Row {
        rule: &DROPPED,
        window: 2500,
        needs: &[
            GO_FETCHES,
            &[Calls("os.WriteFile"), Calls("os.OpenFile"), Calls("os.Create")],
            GO_STARTS,
            &[Calls("os.Remove"), Calls("os.RemoveAll")],
            &[Calls("os.Executable"), Calls("os.executable"), Names("/proc/self/exe")],
        ],
        without: &[
            Calls("crypto/ed25519.Verify"),
            Calls("crypto/rsa.VerifyPKCS1v15"),
            Calls("crypto/rsa.VerifyPSS"),
            Calls("crypto/ecdsa.VerifyASN1"),
            Calls("crypto/ecdsa.Verify"),
            Calls("crypto/sha256.Sum256"),
            Calls("crypto/sha256.New"),
            Calls("crypto/sha512.New"),
        ],
        ..ROW
    },
    Row {
        rule: &CLOUD_SENT,
        window: 2000,
        needs: &[
            &[
                Names("iam/security-credentials"),
                Names("instance/service-accounts"),
                Names("/metadata/identity/oauth2/token"),
            ],
            &[
                Calls("net/http.(*Client).Post"),
                Calls("net/http.(*Client).PostForm"),
                Calls("send"),
                Calls("SSL_write"),
                Calls("reqwest::send"),
                Calls("WinHttpSendRequest"),
            ],
            &[
                Calls("os.Environ"),
                Calls("syscall.Environ"),
                Calls("os.ReadFile"),
                Calls("fopen"),
                Calls("getenv"),
                Calls("fs::read"),
            ],
        ],
        ..ROW
    },
    Row {
        rule: &ZONE,
        window: 2500,
        needs: &[
            &[Names("Asia/Sha"), Names("Europe/M"), Names("Asia/Teh"), Names("Asia/Pyo"), Names("Shanghai")],
            &[
                Names("Asia/Uru"),
                Names("Asia/Har"),
                Names("Asia/Cho"),
                Names("Europe/S"),
                Names("Asia/Yek"),
                Names("Urumqi"),
                Names("Chongqing"),
                Names("Harbin"),
            ],
            &[
                Calls("os.Getenv"),
                Calls("time.(*Location).String"),
                Calls("time.(*Location).get"),
                Calls("time.Now"),
                Calls("getenv"),
                Calls("localtime"),
                Calls("readlink"),
            ],
        ],
        ..ROW
    },
    Row {
        rule: &HIDDEN_KEPT,
        needs: &[
            &[Names("CurrentVersion\\Run")],
            &[Calls("RegSetValue"), Calls("RegSetValueEx"), Calls("RegSetKeyValue")],
            &[Calls("URLDownloadToFile"), Calls("InternetReadFile"), Calls("WinHttpReadData")],
            &[Calls("SetFileAttributes")],
            &[Calls("WinExec"), Calls("CreateProcess"), Calls("ShellExecute"), Calls("ShellExecuteEx")],
        ],
        ..ROW
    },
    Row {
        rule: &TASKED,
        window: 1200,
        needs: &[
            &[Calls("TcpStream::connect")],
            &[Calls("TcpStream::read"), Calls("recv"), Names("/bin/sh"), Names("/bin/bash")],
            &[Calls("Command::new")],
            &[Calls("Command::run")],
        ],
        ..ROW
    },
    Row {
        rule: &TASKED,
        window: 1500,
        needs: &[
            &[Calls("net.Dial"), Calls("net.DialTimeout"), Calls("crypto/tls.Dial")],
            &[
                Calls("bufio.(*Reader).ReadString"),
                Calls("bufio.(*Reader).ReadBytes"),
                Calls("bufio.(*Reader).ReadLine"),
            ],
            &[Calls("os/exec.Command")],
            GO_STARTS,
        ],
        without: &[Calls("bufio.(*Scanner).Scan")],
        ..ROW
    },
    // Who reads lines in another way before, asks somebody who sits there whether that is wanted.
    Row {
        rule: &TASKED,
        window: 1500,
        needs: &[
            &[Calls("net.Dial"), Calls("net.DialTimeout"), Calls("crypto/tls.Dial")],
            &[Calls("bufio.(*Scanner).Scan")],
            &[Calls("os/exec.Command")],
            GO_STARTS,
        ],
        without: &[
            Calls("bufio.(*Reader).ReadString"),
            Calls("fmt.Scanln"),
            Calls("fmt.Scan"),
            Calls("fmt.Scanf"),
            Calls("fmt.Fscanln"),
            Calls("fmt.Fscan"),
            // Whoever runs it has given it a certificate of its own: both sides are known to each other.
            Calls("crypto/tls.LoadX509KeyPair"),
        ],
        ..ROW
    },
    Row {
        rule: &GUARDED,
        window: 2500,
        needs: &[
            &[Calls("os.Hostname"), Calls("os.hostname"), Calls("net.Interfaces"), Calls("os/user.Current")],
            &[
                Calls("crypto/sha1.Sum"),
                Calls("crypto/sha256.Sum256"),
                Calls("crypto/md5.Sum"),
                Calls("crypto/sha512.Sum512"),
            ],
            GO_FETCHES,
            GO_STARTS,
        ],
        ..ROW
    },
    Row {
        rule: &REQUESTED,
        window: 1500,
        needs: &[OF_REQUESTS, SHELLS, &[Calls("os/exec.Command"), Calls("os/exec.CommandContext")], GO_STARTS],
        without: KNOWN_TO_IT,
        ..ROW
    },
    Row {
        rule: &super::rows::STAGER,
        window: 2500,
        needs: &[
            &[Names("VirtualAlloc"), Names("VirtualProtect")],
            &[Names("CreateThread"), Names("RtlMoveMemory"), Names("EnumSystemLocales"), Names("QueueUserAPC")],
            &[
                Calls("net/http.(*Client).Get"),
                Calls("net/http.(*Client).Do"),
                Calls("net.Dial"),
                Calls("net.DialTimeout"),
            ],
        ],
        ..ROW
    },
    Row {
        rule: &SNIFFED,
        window: 1200,
        needs: &[
            &[Calls("socket")],
            &[Calls("recv"), Calls("recvfrom"), Calls("read")],
            &[
                Calls("execve"),
                Calls("execv"),
                Calls("execl"),
                Calls("execlp"),
                Calls("execle"),
                Calls("system"),
                Calls("popen"),
            ],
            SHELLS,
        ],
        // mov esi, SOCK_RAW; mov w1, the same.
        before: &[b"\xbe\x03\0\0\0", b"\x61\0\x80\x52", b"\x6a\x03"],
        ..ROW
    },
    Row {
        rule: &SHED,
        needs: &[
            &[Names("/proc/self/exe")],
            &[Calls("unlink"), Calls("remove"), Calls("unlinkat")],
            &[Names("/dev/shm/."), Names("/tmp/."), Names("/var/tmp/.")],
            &[
                Calls("execve"),
                Calls("execv"),
                Calls("execl"),
                Calls("execlp"),
                Calls("execle"),
                Calls("system"),
                Calls("posix_spawn"),
            ],
        ],
        ..ROW
    },
    Row {
        rule: &super::rows::SCREEN_SENT,
        window: 2500,
        needs: &[
            &[Names("BitBlt"), Calls("github.com/kbinani/screenshot.Capture")],
            &[Calls("net/http.(*Client).Post"), Calls("net/http.NewRequestWithContext"), Calls("net.Dial")],
        ],
        ..ROW
    },
    // A library opens a shell on a connection in Rust as elsewhere.
    Row {
        rule: &super::rows::SHELL,
        in_library: Some(&super::rows::LIBRARY_SHELL),
        window: 1200,
        needs: &[&[Calls("TcpStream::connect")], SHELLS, &[Calls("Command::new")], &[Calls("Command::run")]],
        ..ROW
    },
];
