//! Rows of functions that take what nobody has given them: what lies behind the program, decoded and run; what a fixed address says;
//! the environment, or names that data is hidden in, for somebody elsewhere.

use super::planted::{FETCHES_WINDOWS, OF_NUMBERS, SHELL_GIVEN, STARTS_WINDOWS};
use super::rows::What::{self, Calls, Names};
use super::rows::{CONNECTS, EXECUTES, ROW, Row, SHELLS};
use crate::model::ByteView;
use crate::rule;

rule! {
    /// One function opens the program's own file, reads what lies at its end, turns those bytes into others, and has a shell run
    /// them, or puts them where programs start with the session and starts them. Known uses: tools with a script behind
    /// them that no scanner of texts can read. Honest look-alikes: archives that unpack themselves, which unpack with a
    /// library and start a program that can be read.
    pub(super) TAIL_RUN = "native-own-tail-decoded-run" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "Decodes what lies behind the program and runs it",
    reference: "https://attack.mitre.org/techniques/T1027/009/",
}

rule! {
    /// One function makes a text of the whole environment and sends it. Known uses: beacons in tools of builds, whose
    /// environment holds keys. Honest look-alikes: reports of crashes, which choose a few variables.
    pub(super) ENVIRONMENT_SENT = "native-environment-sent" in "net/exfil-env";
    severity: High, confidence: Likely,
    title: "Sends the whole environment",
    reference: "https://attack.mitre.org/techniques/T1552/007/",
}

rule! {
    /// One function encodes something in letters that may stand in names of hosts, puts a name together with it, and looks
    /// that name up: whoever answers for the domain reads it. Known uses: channels in DNS. Honest look-alikes: look-ups of
    /// keys and pictures by a digest, which make the digest there.
    pub(super) NAMES_CARRY = "native-encoded-names-looked-up" in "net/exfil-dns";
    severity: High, confidence: Likely,
    title: "Looks up names that it makes of encoded data",
    reference: "https://attack.mitre.org/techniques/T1048/003/",
}

rule! {
    /// One function turns bytes into others and sends them in a datagram to an address in numbers that stands in the program.
    /// Known uses: implants that dress up as name service. Honest look-alikes: protocols that hide their own headers (STUN),
    /// whose hosts have names.
    pub(super) DATAGRAM = "native-hidden-datagram-to-written-address" in "net/c2-poll";
    severity: High, confidence: Likely,
    title: "Sends bytes that it has turned into others to an address in the program",
    reference: "https://attack.mitre.org/techniques/T1095/",
}

rule! {
    /// One function fetches, turns the bytes that it got into others, and starts them as a program out of the folder for
    /// temporary files; beside it the keyboards of the user are looked at. Known uses: loaders that leave some countries
    /// alone. Honest look-alikes: none is known; installers choose a language by the user's own, and decode nothing.
    pub(super) KEYBOARD_FETCH = "native-keyboard-gated-decoded-fetch" in "exec/download-run";
    severity: Critical, confidence: Certain,
    title: "Looks at the keyboards, and fetches, decodes and starts a program",
    reference: "https://attack.mitre.org/techniques/T1614/001/",
}

rule! {
    /// One function connects to an address in numbers that stands in the program, and starts programs. Known uses: small
    /// implants. Honest look-alikes: tools of administration, which are told where to connect.
    pub(super) OBEYS = "native-connects-to-written-address-runs" in "net/c2-poll";
    severity: High, confidence: Likely,
    title: "Connects to an address in the program and starts programs",
    reference: "https://attack.mitre.org/techniques/T1059/",
}

/// Stands for every text, or address of a socket, that is nothing but a host in numbers.
pub(super) const OF_HOST: &str = "<a host in numbers>";

/// Whether a host is somewhere else, and no version.
fn is_elsewhere(numbers: [u8; 4]) -> bool {
    match numbers {
        [0 | 10 | 127 | 224..=255, ..] | [169, 254, ..] | [192, 168, ..] | [172, 16..=31, ..] => false,
        // Public resolvers are asked for one's own address.
        [1, 1, 1, 1] | [8, 8, 8, 8] | [8, 8, 4, 4] | [9, 9, 9, 9] => false,
        [a, b, c, d] => a > 9 && (b > 9 || c > 9 || d > 9),
    }
}

/// Where whole texts begin that are hosts in numbers.
pub(super) fn hosts_in(view: &ByteView) -> impl Iterator<Item = usize> + '_ {
    let bytes: &[u8] = view;
    view.places_of(b".").filter_map(move |dot| {
        let digits = bytes.get(dot.saturating_sub(3)..dot)?.iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let start = dot.checked_sub(digits).filter(|_| digits > 0)?;
        let before = start.checked_sub(1).and_then(|at| bytes.get(at)).is_none_or(|b| *b == 0);
        let rest = bytes.get(start..).filter(|_| before)?;
        let len = rest.iter().take(16).position(|b| *b == 0)?;
        let text = std::str::from_utf8(rest.get(..len)?).ok()?;
        let numbers: Vec<u8> = text.split('.').map(|n| n.parse().ok()).collect::<Option<_>>()?;
        is_elsewhere(numbers.try_into().ok()?).then_some(start)
    })
}

/// Where addresses of sockets begin (`sockaddr_in`: a family, a port, a host, eight zeros).
pub(super) fn sockets_in(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    memchr::memmem::find_iter(bytes, b"\x02\0").filter(|at| {
        let Some([_, _, p, q, a, b, c, d, zeros @ ..]) = bytes.get(*at..at + 16) else { return false };
        zeros.iter().all(|z| *z == 0) && (*p, *q) != (0, 0) && is_elsewhere([*a, *b, *c, *d])
    })
}

const OWN_FILE: &[What] = &[Names("/proc/self/exe")];
const SEEKS: &[What] = &[Calls("fseek"), Calls("fseeko"), Calls("lseek"), Calls("pread"), Calls("mmap")];
const SHELL_STARTS: &[What] = &[
    Calls("execl"),
    Calls("execlp"),
    Calls("execle"),
    Calls("execv"),
    Calls("execve"),
    Calls("execvp"),
    Calls("posix_spawn"),
    Calls("posix_spawnp"),
    Calls("system"),
    Calls("popen"),
];
const RUNS_LINES: &[What] = &[Calls("popen"), Calls("system"), Calls("_popen")];
const ENVIRONMENT: &[What] = &[Calls("os.Environ"), Calls("syscall.Environ")];

pub(super) const GIVEN: &[Row] = &[
    Row {
        rule: &TAIL_RUN,
        window: 900,
        needs: &[SHELL_STARTS, OWN_FILE, SEEKS, &[Calls("fread"), Calls("read"), Calls("pread")], SHELLS],
        turned: true,
        ..ROW
    },
    Row {
        rule: &TAIL_RUN,
        window: 900,
        needs: &[&[Calls("system"), Calls("popen")], OWN_FILE, SEEKS, &[Calls("fread"), Calls("read"), Calls("pread")]],
        turned: true,
        ..ROW
    },
    Row {
        rule: &TAIL_RUN,
        window: 900,
        needs: &[
            STARTS_WINDOWS,
            &[Calls("GetModuleFileName")],
            &[Calls("SetFilePointer"), Calls("fseek"), Calls("_fseeki64")],
            &[Calls("ReadFile"), Calls("fread")],
            &[Calls("WriteFile"), Calls("fwrite")],
            &[Names("\\Programs\\Startup"), Names("CurrentVersion\\Run")],
        ],
        turned: true,
        ..ROW
    },
    Row {
        rule: &SHELL_GIVEN,
        window: 900,
        needs: &[
            &[Calls("connect")],
            RUNS_LINES,
            &[Calls("fdopen"), Calls("recv"), Calls("read"), Calls("fgets")],
            &[Names(OF_HOST), Names(OF_NUMBERS)],
        ],
        variable: true,
        elsewhere: true,
        ..ROW
    },
    Row {
        rule: &SHELL_GIVEN,
        window: 900,
        needs: &[
            &[Calls("connect"), Calls("WSAConnect")],
            &[Calls("dup2"), Calls("dup3"), Calls("dup"), Calls("CreateProcess")],
            EXECUTES,
            SHELLS,
            &[Names(OF_HOST), Names(OF_NUMBERS)],
        ],
        elsewhere: true,
        ..ROW
    },
    Row {
        rule: &super::rows::TOLD,
        window: 700,
        needs: &[CONNECTS, RUNS_LINES, &[Calls("fdopen")], &[Calls("fgets"), Calls("getline"), Calls("fread")]],
        variable: true,
        elsewhere: true,
        ..ROW
    },
    Row {
        rule: &OBEYS,
        window: 1500,
        needs: &[&[Calls("led::connect")], &[Calls("led::run")], &[Names(OF_NUMBERS)]],
        ..ROW
    },
    Row {
        rule: &ENVIRONMENT_SENT,
        window: 1200,
        needs: &[
            ENVIRONMENT,
            &[
                Calls("net/http.(*Client).Post"),
                Calls("net/http.(*Client).PostForm"),
                Calls("net/http.NewRequestWithContext"),
                Calls("net.Dial"),
            ],
            &[
                Calls("encoding/json.Marshal"),
                Calls("strings.Join"),
                Calls("encoding/base64.(*Encoding).EncodeToString"),
            ],
        ],
        without: &[
            Calls("os/exec.Command"),
            Calls("os/exec.CommandContext"),
            Calls("os.StartProcess"),
            Calls("syscall.Exec"),
            Calls("strings.HasPrefix"),
        ],
        ..ROW
    },
    Row {
        rule: &NAMES_CARRY,
        window: 500,
        needs: &[
            &[
                Calls("net.LookupHost"),
                Calls("net.LookupIP"),
                Calls("net.LookupTXT"),
                Calls("net.(*Resolver).LookupHost"),
                Calls("net.(*Resolver).LookupTXT"),
                Calls("net.(*Resolver).LookupIPAddr"),
                Calls("net.(*Resolver).LookupIP"),
            ],
            &[
                Calls("encoding/base32.(*Encoding).EncodeToString"),
                Calls("encoding/hex.EncodeToString"),
                Calls("encoding/base64.(*Encoding).EncodeToString"),
            ],
            &[Calls("fmt.Sprintf"), Calls("strings.Join"), Calls("runtime.concatstrings")],
        ],
        without: &[
            Calls("crypto/sha256.Sum256"),
            Calls("crypto/sha256.Sum224"),
            Calls("crypto/sha256.New"),
            Calls("crypto/sha1.Sum"),
            Calls("crypto/sha1.New"),
            Calls("crypto/md5.Sum"),
            Calls("crypto/md5.New"),
            Calls("crypto/rand.Read"),
        ],
        ..ROW
    },
    Row {
        rule: &DATAGRAM,
        window: 900,
        needs: &[&[Calls("sendto")], &[Names(OF_HOST)], &[Calls("socket")]],
        turned: true,
        elsewhere: true,
        ..ROW
    },
    Row {
        rule: &KEYBOARD_FETCH,
        window: 2000,
        needs: &[
            STARTS_WINDOWS,
            FETCHES_WINDOWS,
            &[Calls("GetTempPath"), Calls("GetTempFileName")],
            &[Calls("GetKeyboardLayoutList"), Calls("GetKeyboardLayout")],
        ],
        turned: true,
        joins: Some(3),
        ..ROW
    },
];

#[cfg(test)]
mod tests {
    use super::super::tests::{Step, run};
    use super::*;
    use crate::analyze::native::testing::ElfBuilder;

    #[test]
    fn a_line_from_a_written_address_is_told() {
        let imports = || vec!["connect", "fdopen", "popen", "fgets"];
        let steps = [Step::Text(0), Step::Call(0), Step::Call(1), Step::Call(3), Step::Gap(30), Step::Call(2)];
        let found = |data: &[u8]| run(ElfBuilder::program(), imports(), data, &steps);
        assert!(found(b"198.51.100.7\0").contains(&"native-shell-for-written-address"));
        for host in [&b"127.0.0.1\0"[..], b"10.20.30.40\0", b"1.2.3.4\0"] {
            let found = found(host);
            assert!(!found.contains(&"native-shell-for-written-address"), "{host:?} {found:?}");
            assert!(found.contains(&"native-received-command-run"), "{host:?} {found:?}");
        }
        // A command of its own.
        let own = [Step::Call(0), Step::Call(1), Step::Call(3), Step::Text(0), Step::Call(2)];
        assert!(run(ElfBuilder::program(), imports(), b"uptime\0", &own).is_empty());
    }

    #[test]
    fn a_shell_for_a_written_host_is_told() {
        let imports = || vec!["connect", "dup2", "execl", "inet_addr"];
        let steps = [Step::Text(8), Step::Call(3), Step::Call(0), Step::Call(1), Step::Text(0), Step::Call(2)];
        let found = run(ElfBuilder::program(), imports(), b"/bin/sh\x00203.0.113.9\0", &steps);
        assert!(found.contains(&"native-shell-for-written-address"), "{found:?}");
        // A host that its user says, and one of this machine.
        for data in [&b"/bin/sh\0%d.%d.%d.%d\0"[..], b"/bin/sh\x00127.0.0.1\0"] {
            assert!(!run(ElfBuilder::program(), imports(), data, &steps).contains(&"native-shell-for-written-address"));
        }
    }

    #[test]
    fn what_lies_behind_a_program_and_is_decoded_for_a_shell_is_told() {
        let imports = || vec!["fseek", "fread", "execl"];
        let data = b"/proc/self/exe\0/bin/sh\0";
        let with = |turns: Step| {
            let steps = [Step::Text(0), Step::Call(0), Step::Call(1), turns, Step::Text(15), Step::Call(2)];
            run(ElfBuilder::program(), imports(), data, &steps)
        };
        assert!(with(TURN).contains(&"native-own-tail-decoded-run"));
        assert!(!with(Step::Gap(11)).contains(&"native-own-tail-decoded-run"), "it is carried as it is");
    }

    /// xor [rdi + rax], dl; inc rax; cmp rax, rcx; jb back
    const TURN: Step = Step::Bytes(&[0x30, 0x14, 0x07, 0x48, 0xff, 0xc0, 0x48, 0x39, 0xc8, 0x72, 0xf5]);

    fn calls(imports: &[&'static str], data: &[u8], turns: bool, text: bool) -> Vec<&'static str> {
        let mut steps: Vec<Step> = if text { vec![Step::Text(0)] } else { Vec::new() };
        if turns {
            steps.push(TURN);
        }
        steps.extend((0..imports.len() as u64).map(Step::Call));
        run(ElfBuilder::program(), imports.to_vec(), data, &steps)
    }

    #[test]
    fn hidden_datagrams_to_a_written_host_are_told() {
        let found = |data: &[u8], turns: bool| calls(&["socket", "sendto"], data, turns, true);
        let rule = "native-hidden-datagram-to-written-address";
        assert!(found(b"203.0.113.53\0", true).contains(&rule));
        assert!(!found(b"203.0.113.53\0", false).contains(&rule), "as it is");
        assert!(!found(b"time.h.invalid\0", true).contains(&rule), "a name");
    }

    #[test]
    fn the_environment_and_encoded_names_for_others_are_told() {
        let sends = ["syscall.Environ", "encoding/json.Marshal", "net/http.(*Client).Post"];
        assert!(calls(&sends, b"", false, false).contains(&"native-environment-sent"));
        let starts = ["syscall.Environ", "encoding/json.Marshal", "net/http.(*Client).Post", "os/exec.Command"];
        assert!(!calls(&starts, b"", false, false).contains(&"native-environment-sent"), "for a program of its own");
        let names = ["encoding/base32.(*Encoding).EncodeToString", "fmt.Sprintf", "net.LookupHost"];
        assert!(calls(&names, b"", false, false).contains(&"native-encoded-names-looked-up"));
        let digest = ["crypto/sha256.Sum256", "encoding/hex.EncodeToString", "fmt.Sprintf", "net.LookupHost"];
        assert!(!calls(&digest, b"", false, false).contains(&"native-encoded-names-looked-up"), "a digest");
    }

    #[test]
    fn a_decoded_fetch_beside_the_keyboards_is_told() {
        let all = ["GetKeyboardLayoutList", "GetTempPathW", "WinHttpReadData", "CreateProcessW"];
        let rule = "native-keyboard-gated-decoded-fetch";
        assert!(calls(&all, b"clip\0", true, true).contains(&rule));
        assert!(!calls(&all, b"clip\0", false, true).contains(&rule), "a download as it is");
        assert!(!calls(&all[1..], b"clip\0", true, true).contains(&rule), "wherever it is");
    }

    #[test]
    fn hosts_and_sockets_are_known() {
        let view = |bytes: &[u8]| ByteView::from_vec(bytes.to_vec());
        assert_eq!(
            hosts_in(&view(b"\x00198.51.100.7\0v10.20.30.40\x008.8.8.8\x00203.0.113.5 \0")).collect::<Vec<_>>(),
            [1]
        );
        let mut socket = b"xx\x02\0\x1f\x90\xc6\x33\x64\x07".to_vec();
        socket.extend_from_slice(&[0; 8]);
        assert_eq!(sockets_in(&socket).collect::<Vec<_>>(), [2]);
        socket[6] = 127;
        assert_eq!(sockets_in(&socket).count(), 0);
        assert_eq!(sockets_in(b"\x02\0").count(), 0);
    }
}
