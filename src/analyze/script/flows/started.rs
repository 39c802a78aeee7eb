//! Commands and programs that a script starts: what of them it has from elsewhere, and which of them start nothing of it.

use std::collections::HashSet;

use super::installed::{
    FOR_THE_SYSTEM, OF_MAKERS, installs_a_name, installs_by_name, installs_for_the_system, installs_from_number,
};
use super::{
    Act, Event, Flow, HOLE, Labels, MIXTURE, Outcome, Severity, When, addresses, carrier, flow, has_fixed_source,
    impact, only_installers, rules, shown, words,
};

/// Whether a command works out the digest of what it is given.
fn only_sums(command: &str) -> bool {
    let sums = ["certutil -hashfile ", "sha256sum ", "shasum "];
    sums.iter().any(|sums| command.starts_with(sums)) && !command.contains([';', '|', '&', '`', '$', '\n', '<', '>'])
}

pub(super) fn run<'a>(event: &'a Event, outcome: &'a Outcome, flows: &mut Vec<Flow<'a>>) {
    let subject = event.subject.as_deref().unwrap_or_default();
    // The host of applications in HTML executes whatever an address answers, and nobody has written such a one for years.
    if &*event.by == "mshta" && addresses::host(subject).is_some_and(|host| host.contains('.')) {
        flows.push(flow(&rules::REMOTE_CODE, event, format!("{} executes what it answers", shown(event))));
    }
    // A known program that is given something is not what it is given (`git apply` of a downloaded change).
    let starts_its_own = (event.by.contains('.') || matches!(&*event.by, "`" | "system" | "shell_exec" | "command"))
        && (is_plain_program(subject) || only_sums(subject))
        // A line for a shell of which nothing is known is all that was fetched or sent.
        && !(subject.is_empty()
            && (event.by.starts_with("os/exec.") || matches!(&*event.by, "`" | "system" | "shell_exec")));
    if event.of.any(Labels::DOWNLOADED) && !starts_its_own {
        let fetches = fetches(outcome);
        let mut found = flow(&rules::DOWNLOAD_RUN, event, format!("{} starts what was downloaded", shown(event)));
        // Builders fetch the runtimes that they build for from those who make them. And of what so many things went into, and
        // somebody calls or a program that lies there already is told, nobody can say which of them is started.
        let is_there = !event.program.any(Labels::FOREIGN) && !event.of.any(Labels::WRITTEN.with(Labels::CONCEALED));
        let is_anything = subject.split_whitespace().all(|word| word == HOLE);
        let is_mixture = (event.when == When::Called || is_there || is_anything) && event.of.words().count() > MIXTURE;
        // A page's worker is confined to what its page may do; and who asks a program for its version, when somebody calls
        // for it, looks whether it is the one that was meant.
        let asks_version = event.when == When::Called && subject.ends_with(" --version");
        // Where a program comes from that somebody else asked for is said elsewhere, too.
        let is_told = (event.when == When::Called || event.of.any(Labels::ARGUMENTS)) && !names_a_source(outcome);
        if is_mixture
            || asks_version
            || is_told
            || &*event.by == "Worker"
            || is_own_program(subject)
            || opens_a_page(event)
            || outcome
                .events
                .iter()
                .any(|e| e.act == Act::Run && e.at == event.at && e.layer < event.layer && opens_a_page(e))
            || only_notifies(subject)
            || only_unpacks(subject)
            || starts_by_name(event, subject)
            || installs_by_name(event, subject)
            || is_given_to_a_program(event, subject)
            || event.when == When::Called
                && is_named_and_given(subject)
                && !event.of.any(Labels::CONCEALED)
                && !event.program.any(Labels::FOREIGN.with(Labels::WRITTEN))
            || only_handles(subject)
            || is_bare_shell(event)
            || only_installers(outcome, event)
            || is_call_of_a_model(event, subject)
            || is_told_by_its_machine(event, outcome)
        {
            found.severity = Some(Severity::Medium);
        } else if is_named_and_given(subject) {
            found.brake = Some(GIVEN_TO_A_PROGRAM);
        } else if event.when == When::Called && !event.silent && !event.hidden && installs_for_the_system(subject) {
            found.brake = Some(FOR_THE_SYSTEM);
        }
        // Who has to be called to get the newest of a name from those who keep packages gets what anybody would.
        if event.when == When::Called && installs_by_name(event, subject) && only_asks_keepers(outcome) {
            found.severity = Some(Severity::Low);
        }
        found.with.extend(fetches);
        flows.push(found);
    } else if event.of.any(Labels::REMOTE) && !starts_its_own {
        let connect = outcome.events.iter().find(|e| matches!(e.act, Act::Connect | Act::Listen));
        let mut found =
            flow(&rules::REMOTE_COMMAND, event, format!("{} starts what {} sends", event.by, words(event.of)));
        // Whom to obey is fixed in a backdoor; a tool is told. A page that has no words of its own for a command obeys anybody.
        let words = subject.trim_end_matches(HOLE);
        let obeys = outcome.is_page && (words.is_empty() || subject.ends_with(HOLE) && !words.contains(' '));
        if obeys {
            found.with.extend(connect);
            flows.push(found);
            return;
        }
        if opens_a_page(event)
            || connect.is_none_or(|c| c.subject.as_deref().is_none_or(|a| addresses::host(a).is_none()))
        {
            found.severity = Some(Severity::Medium);
        }
        found.with.extend(connect);
        flows.push(found);
    } else if event.program.any(Labels::ASKED)
        && is_unknown(subject)
        && !starts_its_own
        && outcome.events.iter().any(|e| e.act == Act::Listen)
    {
        // A server that waits for it, and starts what a request says, word for word.
        let note = format!("{} starts what {} sends", event.by, words(event.of));
        flows.push(flow(&rules::REMOTE_COMMAND, event, note));
    } else if event.program.any(Labels::ASKED)
        && event.given.any(Labels::ASKED)
        && (event.given.any(Labels::CONCEALED) || outcome.events.iter().any(|e| e.act == Act::Admit))
        && is_unknown(subject)
        && !starts_its_own
    {
        // A request says what is started, word for word, and who sends it has a word for that which only shows as its
        // digest: nobody else is to be obeyed.
        let note = format!("{} starts what {} sends", event.by, words(event.of));
        flows.push(flow(&rules::REMOTE_COMMAND, event, note));
    } else if event.of.any(Labels::WRITTEN)
        && starts_what_it_wrote(event, outcome)
        && let Some(read) = carrier(event, outcome)
    {
        let mut found =
            flow(&rules::CARRIED_PROGRAM, event, format!("{} starts what it takes out of {}", event.by, shown(read)));
        found.with.push(read);
        flows.push(found);
    } else if event.of.any(Labels::CONCEALED) {
        let rule = if event.of.any(Labels::WRITTEN) { &rules::DROPS } else { &rules::DECODED_COMMAND };
        let mut found = flow(rule, event, shown(event));
        // Pages start workers of text that builders put into them. And who protects a whole program against copying hides
        // the names of its tools with everything else.
        if is_unread(subject)
            || starts_its_own && rule.id == rules::DROPS.id
            || &*event.by == "Worker"
            || rule.id == rules::DECODED_COMMAND.id
                && (builds(subject) || is_unknown(subject) || only_asks(subject) || is_handed(event, subject))
        {
            found.severity = Some(Severity::Medium);
        }
        flows.push(found);
    } else if event.when >= When::Load && event.when != When::Main && runs_library(event) {
        flows.push(flow(&rules::LIBRARY_RUN, event, shown(event)));
    } else if let Some(found) = impact::imports_unseen(event).or_else(|| impact::redirects(event)) {
        flows.push(found);
    } else if event.when >= When::Load && event.layer == 0 && starts_unseen(event) {
        let mut found = flow(&rules::STARTS_UNSEEN, event, shown(event));
        // Which script it is nobody has seen. And a file of the package that is handed something to carry is looked at
        // where it lies.
        let mut words = subject.split_whitespace().skip(1);
        let script = words.next().unwrap_or_default();
        // That a package is installed is told below for those who say so to `npm`.
        let is_of_npm = script.starts_with(HOLE) && script.ends_with("/node_modules/npm/bin/npm-cli.js");
        let is_beside = script.starts_with("{own")
            || script.starts_with(HOLE) && !event.of.any(Labels::WRITTEN.with(Labels::FOREIGN).with(Labels::CONCEALED));
        // A program that goes on without its terminal. Where it is imported, that would be somebody else's.
        let is_itself = script == ITSELF;
        if script == HOLE || is_itself || is_of_npm || is_beside && words.any(|w| w.contains(HOLE)) {
            found.severity = Some(Severity::Medium);
        }
        flows.push(found);
    } else if installs_from_number(subject) && !event.given.any(Labels::ANSWER) {
        // Whoever calls it: nobody keeps packages for others under a bare number.
        flows.push(Flow { severity: Some(Severity::High), ..flow(&rules::INSTALLS_OTHER, event, shown(event)) });
    } else if installs_a_name(subject) && event.when >= When::Load {
        let mut found = flow(&rules::INSTALLS_OTHER, event, shown(event));
        // Not from those who keep packages, where anybody can look at it later.
        let elsewhere = |word: &str| {
            word.contains("://")
                && addresses::host(word).is_some_and(|h| h.contains('.') && !OF_MAKERS.contains(&h))
                && !addresses::is_registry(word)
        };
        if subject.split_whitespace().any(elsewhere) {
            found.severity = Some(Severity::High);
        }
        flows.push(found);
    }
}

/// Whether a model asks for the command, in the form in which models call tools, and a person was asked whether it may run:
/// that is what coding agents are for.
fn is_call_of_a_model(event: &Event, subject: &str) -> bool {
    const CALLS: &[&str] = &[".content[].input.", ".tool_calls[].function.", ".output[].arguments"];
    event.given.any(Labels::ANSWER)
        && !event.of.any(Labels::WRITTEN.with(Labels::CONCEALED))
        && CALLS.iter().any(|call| subject.contains(call))
}

/// Whether a program of Windows that calls functions of libraries is given one of the script's own, or one that it wrote.
/// Pages and settings are opened in that way by the libraries of the system, by their names.
fn runs_library(event: &Event) -> bool {
    let subject = event.subject.as_deref().unwrap_or_default().trim_start_matches("cmd /c ");
    let mut words = subject.split_whitespace();
    let program = words.next().unwrap_or_default().to_ascii_lowercase();
    let program = program.rsplit(['/', '\\']).next().unwrap_or_default();
    let library = words.find(|w| !w.starts_with('/') || w.len() > 3).unwrap_or_default().trim_matches('"');
    event.layer == 0
        && matches!(program.strip_suffix(".exe").unwrap_or(program), "rundll32" | "regsvr32")
        && (library.starts_with("{own") || event.of.any(Labels::WRITTEN))
}

/// Whether a command was decoded by what was not understood, so that nobody has seen which one it is: noise stands in the
/// place of the program, or behind a program that by itself starts nothing and has no address that could be read.
fn is_unread(command: &str) -> bool {
    let first = command.split_whitespace().next().unwrap_or_default();
    let is_harmless = ONLY_WORK.contains(&first) && !command.contains("://");
    let looked_at = if is_harmless { command } else { first };
    looked_at.contains(|c: char| c.is_control() && !c.is_whitespace() || c == '\u{fffd}')
}

/// Whether Windows installs it, which keeps a record of it for people, whether a window shows or not.
pub(super) fn by_installer_of_windows(event: &Event) -> bool {
    let line = event.subject.as_deref().unwrap_or_default().to_ascii_lowercase();
    let mut words = line.split_whitespace().skip_while(|w| matches!(*w, "start-process" | "-filepath"));
    words.next().is_some_and(|w| matches!(w, "msiexec" | "msiexec.exe")) && words.any(|w| w.contains("/i"))
}

/// Tools that build and publish, or work on files.
const BUILD_TOOLS: &str = "firebase expo eas react-native ionic cordova capacitor flutter dart gradle gradlew gradlew.bat mvn \
    xcodebuild xcrun pod adb ng vite webpack rollup esbuild tsc eslint prettier jest vercel netlify heroku \
    wrangler terraform";

/// Whether a command that was read to its end hands nothing but words to a tool that builds.
fn builds(command: &str) -> bool {
    let mut words = command.split_whitespace();
    let first = words.next().unwrap_or_default();
    let first = first.strip_prefix("./").unwrap_or(first);
    BUILD_TOOLS.split_whitespace().any(|tool| tool == first)
        && !command.contains(HOLE)
        && !command.contains("://")
        && !command.contains(['|', ';', '&', '`', '$', '<', '>', '(', '\n', '!', '='])
        && words.all(|w| !w.contains("..") && !w.starts_with(['~', '\\']))
}

/// Whether a command only asks git, or the system, about something, and says so in full.
fn only_asks(command: &str) -> bool {
    const OF_GIT: &[&str] =
        &["rev-parse", "status", "log", "diff", "branch", "describe", "show-ref", "ls-files", "--version"];
    let mut words = command.split_whitespace();
    let (program, does) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let asks = match program {
        "git" => OF_GIT.contains(&does),
        "which" | "where" | "uname" | "sw_vers" | "lsb_release" => true,
        _ => false,
    };
    asks && !command.contains(['|', ';', '&', '`', '$', '<', '>', '(', '\n']) && !command.contains(HOLE)
}

/// Whether a caller hands over what is started, and nothing of it is known: what was decoded is something about it.
fn is_handed(event: &Event, subject: &str) -> bool {
    subject.replace(HOLE, "").trim().is_empty()
        && event.when == When::Called
        && event.of.any(Labels::PARAMETER)
        && !event.of.any(Labels::FILE.with(Labels::OWN_FILE).with(Labels::DECRYPTED))
}

/// Whether nobody knows which program a command starts, nor any address, script or option of it that would tell.
fn is_unknown(command: &str) -> bool {
    let mut words = command.split_whitespace();
    words.next().is_some_and(|first| first.ends_with(HOLE))
        && words.all(|w| {
            w.contains(HOLE) || w.starts_with("--") && !w.contains('=') || w.bytes().all(|b| b.is_ascii_lowercase())
        })
}

/// Interpreters that are given the script which they start, and the names under which a script knows its own.
const STARTERS: &[&str] = &[
    "python",
    "python3",
    "pythonw",
    "py",
    "pyw",
    "sys.executable",
    "node",
    "bun",
    "process.execpath",
    "process.argv0",
    "wscript",
    "cscript",
    "mshta",
];

/// How the script shows that a command line began with.
const ITSELF: &str = "process.argv[]\u{2026}";

/// Whether an interpreter is given another script, and neither its window nor its output is seen.
fn starts_unseen(event: &Event) -> bool {
    let mut words = event.subject.as_deref().unwrap_or_default().split_whitespace();
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    let first = first.trim_end_matches(HOLE).rsplit(['/', '\\']).next().unwrap_or_default();
    let first = first.strip_suffix(".exe").unwrap_or(first);
    let has_no_window = matches!(first, "pythonw" | "pyw");
    STARTERS.contains(&first)
        && (event.hidden || has_no_window)
        && words.next().is_some_and(|w| !w.starts_with('-') && !w.is_empty())
}

/// Whether a command hands an address to what shows pages. A file that was written is another matter; and a shell reads more
/// than an address in it, so that it is told all the same.
fn opens_a_page(event: &Event) -> bool {
    const OPENERS: &[&str] = &["open", "xdg-open", "start", "explorer", "explorer.exe", "wslview", "sensible-browser"];
    let subject = event.subject.as_deref().unwrap_or_default();
    let line = subject.strip_prefix("cmd /c ").unwrap_or(subject);
    if is_library_that_opens(event, subject) {
        return true;
    }
    // One quoted address, whatever stands in its query; the same, behind one of several programs.
    let quoted = line.split_once(' ').filter(|(first, _)| OPENERS.contains(first)).map(|(_, rest)| rest.trim());
    let only = subject.trim_matches(['"', '\'']);
    if &*event.by == "command" && only.starts_with("http") && !only.contains(char::is_whitespace) {
        return true;
    }
    if quoted.is_some_and(|q| q.len() > 2 && q.starts_with("\"http") && q.ends_with('"') && q.matches('"').count() == 2)
        && !subject.contains(['`', '$'])
        && !event.of.any(Labels::WRITTEN)
    {
        return true;
    }
    let mut words = line.split_whitespace();
    let is_program = OPENERS.contains(&&*event.by);
    let first = if is_program { &*event.by } else { words.next().unwrap_or_default() };
    // The title of a window stands first; and what is one of several programs, each with words of its own, is shown as one.
    let mut rest = words.filter(|w| {
        !matches!(*w, "\"\"" | "''" | "/c" | "/C")
            && (!is_program || *w != &*event.by)
            && (first == "start" || *w != "start")
    });
    let shown = rest.next().unwrap_or(HOLE).trim_matches('"');
    let is_path =
        shown.starts_with(['/', '.', '~', '%']) || !shown.starts_with(HOLE) && shown.contains(['/', '\\', ':']);
    OPENERS.contains(&first)
        && !event.of.any(Labels::WRITTEN)
        && rest.next().is_none()
        && (shown.starts_with("http") || shown.ends_with(HOLE) && !is_path)
}

/// Whether it is the library by which programs of Node.js open a page, on any system at once: the way through the Windows shell,
/// which is told in Base64 so that no address breaks it, beside those of the other systems.
fn is_library_that_opens(event: &Event, subject: &str) -> bool {
    const OF_WINDOWS: &str = " -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand";
    let stands = |program: &str| subject.split_whitespace().next().is_some_and(|first| first == program);
    (stands("open") || stands("xdg-open") || &*event.by == "xdg-open" || &*event.by == "open")
        && subject.contains(OF_WINDOWS)
        && subject.contains(" --args")
        && !event.of.any(Labels::WRITTEN.with(Labels::CONCEALED))
}

/// Whether all that a script asks are those who keep packages.
fn only_asks_keepers(outcome: &Outcome) -> bool {
    let mut asked = outcome.events.iter().filter(|e| matches!(e.act, Act::Fetch | Act::Send | Act::Connect)).peekable();
    asked.peek().is_some() && asked.all(|e| e.subject.as_deref().is_some_and(addresses::is_vendor))
}

/// Whether the words of a command have a program mine for a wallet at a pool: `-o pool:port -u wallet`.
pub(super) fn mines(command: &str) -> bool {
    const WALLET: usize = 40;
    let words: Vec<&str> = command.split_whitespace().collect();
    let behind = |options: &[&str], is: &dyn Fn(&str) -> bool| {
        words.windows(2).any(|pair| matches!(pair, [option, word] if options.contains(option) && is(word)))
    };
    let is_pool = |word: &str| {
        let (host, port) = word.rsplit_once(':').unwrap_or_default();
        host.contains('.') && !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit())
    };
    let is_wallet = |word: &str| word.len() >= WALLET && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
    behind(&["-o", "--url", "--pool"], &is_pool) && behind(&["-u", "--user", "--wallet"], &is_wallet)
}

/// Whether anything that is started is a shell.
pub(super) fn starts_a_shell(outcome: &Outcome) -> bool {
    const SHELLS: &[&str] =
        &["sh", "bash", "zsh", "dash", "ksh", "ash", "cmd", "cmd.exe", "powershell", "powershell.exe", "pwsh"];
    outcome.events.iter().filter(|e| e.act == Act::Run).any(|e| {
        let subject = e.subject.as_deref().unwrap_or(HOLE);
        subject.split([' ', '/', '\\', '"', '\'']).any(|w| SHELLS.contains(&w.to_ascii_lowercase().as_str()))
    })
}

/// Letters from which on a text on a command line is a program of its own.
const OWN_PROGRAM: usize = 128;

/// Whether a command gives an interpreter a long text of the script's own, with something of others in it, that executes
/// nothing by its words: requests that wait for their answer are made like that.
pub(super) fn is_own_program(subject: &str) -> bool {
    let code = [" -e ", " -c ", " --eval "].iter().find_map(|option| subject.split_once(option));
    code.is_some_and(|(_, code)| {
        code.contains(HOLE)
            && code.replace(HOLE, "").len() >= OWN_PROGRAM
            && ![
                "eval",
                "exec",
                "Function(",
                "child_process",
                "spawn",
                "subprocess",
                "system(",
                "popen",
                "getattr",
                "__import__",
                "compile",
                "constructor",
                "atob",
                "base64",
                "fromCharCode",
                "import(",
                "http://",
                "https://",
            ]
            .iter()
            .any(|w| code.contains(w))
    })
}

/// What starts, or may start, what it is given.
const STARTS_OTHERS: &str = "sh bash zsh dash ksh ash fish csh tcsh busybox cmd powershell pwsh ruby perl php lua java javaw \
    dotnet mono wine deno bun deno npx pnpx bunx uvx pipx pip pip3 npm yarn pnpm uv cargo go make cmake gcc cc ld rundll32 \
    regsvr32 msiexec mshta wscript cscript certutil bitsadmin installutil msbuild forfiles conhost open start explorer xdg-open \
    sudo su doas env nohup setsid nice timeout xargs find watch script screen tmux docker podman kubectl ssh osascript \
    awk gawk mawk nawk sed m4 tclsh wish expect rscript julia runghc runhaskell scala groovy swift elixir erl guile racket \
    luajit vim vi ex ed emacs nc ncat netcat socat telnet psql mysql launchctl systemctl systemd-run schtasks at crontab curl wget chmod apt apt-get brew dpkg rpm snap flatpak adb gdb";

/// Why what is started is for people to look at.
const GIVEN_TO_A_PROGRAM: &str =
    "a program of the machine, which is not known to start anything, is given what was downloaded";

/// Whether a line begins with the plain name of a program that is not known to start what it is given: what has a name and no
/// place is looked for among the programs of the machine, and not where something was written.
fn is_named_and_given(subject: &str) -> bool {
    let (program, given) = subject.split_once(' ').unwrap_or((subject, ""));
    let is_name = !program.is_empty() && program.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    is_name
        && given.contains(HOLE)
        && !given.contains([';', '|', '&', '`', '$', '<', '>', '\n'])
        && !is_starter(program)
}

/// Whether a program starts, or may start, what it is given.
pub(super) fn is_starter(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    // `perl5.36` is `perl`.
    let lower = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    STARTERS.contains(&lower)
        || lower.starts_with("python")
        || STARTS_OTHERS.split_whitespace().any(|other| other == lower)
}

/// Whether a program that lies somewhere on the machine is given words with something of others in them, and neither comes
/// from there itself nor starts what it is given.
fn is_given_to_a_program(event: &Event, subject: &str) -> bool {
    let foreign = Labels::FOREIGN.with(Labels::WRITTEN).with(Labels::CONCEALED);
    let mut words = subject.split(' ');
    let program = words.next().unwrap_or_default();
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix(".exe").unwrap_or(&lower);
    !event.program.any(foreign)
        && !event.of.any(Labels::WRITTEN)
        && !stem.is_empty()
        && !name.contains(HOLE)
        && !STARTERS.contains(&stem)
        && !stem.starts_with("python")
        && STARTS_OTHERS.split_whitespace().all(|other| other != stem)
        && is_told_what_for(words)
}

/// Whether a command is one program that changes what is known of a file, or looks at it, and starts none.
fn only_handles(command: &str) -> bool {
    const HANDLERS: &[&str] = &[
        "xattr",
        "codesign",
        "chmod",
        "chown",
        "icacls",
        "shasum",
        "sha256sum",
        "md5sum",
        "file",
        "cp",
        "mv",
        "install",
        "tee",
        "ln",
    ];
    let command = command.strip_prefix("sudo ").unwrap_or(command);
    let program = command.split_whitespace().next().unwrap_or_default();
    HANDLERS.contains(&program.rsplit('/').next().unwrap_or(program))
        && !command.contains([';', '|', '&', '`', '$', '\n'])
}

/// Whether a command of PowerShell unpacks an archive and does nothing else.
fn only_unpacks(command: &str) -> bool {
    let lower = command.to_ascii_lowercase();
    let Some((_, does)) = lower.split_once("-command ") else { return false };
    let does = does.trim_start_matches(['"', '\'']);
    does.starts_with("expand-archive ") && !does.contains([';', '|', '&', '`', '$', '\n', '('])
}

/// Whether what is started has a name that others keep: the browser that a library has found, services of a file that the
/// command line names.
fn starts_by_name(event: &Event, command: &str) -> bool {
    const SERVICES: &[&str] = &["docker compose ", "docker-compose ", "podman compose "];
    let program = command.split_whitespace().next().unwrap_or_default();
    let is_browser = ["playwright.", "puppeteer."].iter().any(|library| program.starts_with(library))
        && program.contains(".executablePath()");
    let is_named = event.of.any(Labels::ARGUMENTS) || command.contains(".parse_args().");
    let are_services = SERVICES.iter().any(|s| command.starts_with(s)) && is_named;
    !command.contains([';', '|', '&', '`', '$', '\n']) && (is_browser || are_services)
}

/// Whether the first word of a command is a file that the script wrote, and not one that is only handed to a program.
fn starts_what_it_wrote(event: &Event, outcome: &Outcome) -> bool {
    let first = event.subject.as_deref().and_then(|s| s.split_whitespace().next()).unwrap_or_default();
    let is_it = |e: &Event| matches!(e.act, Act::Write | Act::MakeRunnable) && e.subject.as_deref() == Some(first);
    // A picture is shown.
    first.len() > 1
        && first != HOLE
        && !crate::analyze::script::words::is_carrier(first)
        && outcome.events.iter().any(is_it)
}

/// Whether it is a shell and nothing else, for the user to type in.
fn is_bare_shell(event: &Event) -> bool {
    const SHELLS: &[&str] = &["sh", "bash", "zsh", "fish", "cmd", "powershell", "pwsh", "nu"];
    let command = event.subject.as_deref().unwrap_or_default();
    let base = command.rsplit(['/', '\\']).next().unwrap_or(command);
    SHELLS.contains(&base.strip_suffix(".exe").unwrap_or(base)) && !event.hidden && !event.data.any(Labels::FOREIGN)
}

/// Whether a script of the desktop only shows something.
fn only_notifies(command: &str) -> bool {
    let shows =
        ["display notification", "display alert", "display dialog", "notify-send "].iter().any(|w| command.contains(w));
    shows
        && (command.starts_with("-e ") || command.starts_with("osascript ") || command.starts_with("notify-send "))
        && !["do shell", "script", "load ", "tell "].iter().any(|w| command.trim_start_matches("osascript").contains(w))
        && !command.contains(['`', '$', '|', ';', '&'])
}

/// Most places from where something may have come that are shown with what is started.
const MOST_SOURCES: usize = 6;

/// Where a script fetches from: each address that is known, those first that are nobody's for keeping programs; or else
/// whatever it does first that fetches.
fn fetches(outcome: &Outcome) -> Vec<&Event> {
    fn subject(event: &Event) -> &str {
        event.subject.as_deref().unwrap_or_default()
    }
    let of = |acts: &[Act]| {
        let mut seen = HashSet::new();
        let mut known: Vec<&Event> = outcome
            .events
            .iter()
            .filter(|e| acts.contains(&e.act) && addresses::host(subject(e)).is_some_and(|h| h.contains('.')))
            .filter(|e| seen.insert(e.subject.as_deref()))
            .collect();
        known.sort_by_key(|e| addresses::is_registry(subject(e)));
        known.truncate(MOST_SOURCES);
        known
    };
    let mut known = of(&[Act::Fetch]);
    if known.is_empty() {
        known = of(&[Act::Send, Act::Connect]);
    }
    if known.is_empty() {
        let first = |act: Act| outcome.events.iter().find(move |e| e.act == act);
        known.extend(first(Act::Fetch).or_else(|| first(Act::Send)));
    }
    known
}

/// Whether all words with something of others in them say what it is: `place:…`, `--at=…`, `--posturl …`. Of what is nothing
/// but another's, only the way to it is shown.
fn is_told_what_for<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    const TO_START: &[&str] = &[
        "install", "exten", "import", "require", "entry", "jar", "app", "exec", "command", "cmd", "script", "eval",
        "run", "hook", "plugin", "module", "load", "config", "file", "program",
    ];
    let mut option = "";
    for word in words {
        if let Some((before, _)) = word.split_once(HOLE) {
            let says = if before.contains([':', '=', '+']) { before } else { option };
            if !(says.starts_with("--") || says == before && before.contains(':'))
                || TO_START.iter().any(|t| says.contains(t))
            {
                return false;
            }
        }
        option = word;
    }
    true
}

/// Programs that work on what they are given and start none of it. A list of those that do would never be complete.
const ONLY_WORK: &[&str] = &[
    "git",
    "taskkill",
    "hg",
    "svn",
    "diff",
    "patch",
    "grep",
    "rg",
    "sort",
    "jq",
    "ls",
    "cat",
    "cp",
    "mv",
    "rm",
    "mkdir",
    "file",
    "ffmpeg",
    "ffprobe",
    "flatc",
    "convert",
    "magick",
    "composite",
    "montage",
    "img2pdf",
    "identify",
    "sox",
    "pandoc",
    "tesseract",
    "pdftotext",
    "qpdf",
    "gpg",
    "gpgv",
    "sha256sum",
    "shasum",
    "cosign",
    "gzip",
    "gunzip",
    "pigz",
    "bzip2",
    "lz4",
    "xz",
    "zstd",
    "sqlite3",
    "which",
    "where",
    "ps",
    "pgrep",
    "lsof",
    "netstat",
    "tasklist",
    "uname",
    "whoami",
    "id",
    "hostname",
    "getconf",
    "ldd",
    "sw_vers",
    "lsb_release",
    "touch",
    "chmod",
    "chown",
    "tar",
    "unzip",
    "unrar",
    "7z",
    "cpio",
    "curl",
    "wget",
    "head",
    "tail",
    "cut",
    "wc",
    "lipo",
    "otool",
    "strip",
    "objdump",
    "readelf",
    "codesign",
    "install_name_tool",
    "patchelf",
    "rsync",
    "pkgutil",
    "ditto",
    "openssl",
    "ar",
    "dig",
    "drill",
    "host",
    "nslookup",
    "ping",
    "traceroute",
    "whois",
    "printf",
    "echo",
    "set",
    "move",
    "copy",
    "del",
    "pbcopy",
    "xclip",
    "xsel",
    "wl-copy",
    "clip",
];

/// What is done with containers, their images and networks that starts none of them.
const OF_IMAGES: &[&str] = &[
    "build", "push", "pull", "tag", "login", "logout", "inspect", "images", "image", "manifest", "ps", "version",
    "info", "network", "volume", "logs", "port", "stop", "rm",
];

/// What GitHub's client is asked for that starts nothing: not its extensions, and no shells elsewhere.
const OF_HOSTING: &[&str] = &["api", "browse", "gist", "issue", "label", "pr", "release", "repo", "run", "search"];

/// Whether a command line that a library is handed begins with a program that starts nothing of what it is given.
fn is_plain_program(subject: &str) -> bool {
    // One `&` in the query of an address belongs to it, and the weight of a language to its header; any other starts what stands behind it, which is looked at by itself
    // where it can be told from the words around it.
    let apart = subject.replace("&&", ";").replace(" & ", " ; ").replace(";q=", ",q=");
    let starts =
        |word: &str| word.split_once('&').is_some_and(|(before, _)| !before.contains("://") || !before.contains('?'));
    let joined = apart.contains(['`', '\n', '$'])
        || ["<(", ">(", "--to-command", "--checkpoint-action", "--use-compress-program", "--rsh"]
            .iter()
            .any(|c| apart.contains(c))
        || apart.split_whitespace().any(starts);
    // PowerShell has no program for it.
    let unpacks = subject
        .to_ascii_lowercase()
        .strip_prefix("powershell")
        .is_some_and(|rest| rest.contains("command expand-archive ") && !rest.contains(['|', ';', '(', '{']));
    only_fetches(subject)
        || !joined
            && (unpacks
                || apart.split(['|', ';']).filter(|part| !part.trim().is_empty()).all(|part| {
                    // A list that was put together step by step is shown with commas.
                    let mut words = part.split([' ', '\t', ',']).filter(|w| !w.is_empty());
                    let first = words.next().unwrap_or_default();
                    let first =
                        first.strip_prefix("/usr/bin/").or_else(|| first.strip_prefix("/bin/")).unwrap_or(first);
                    let first = first.strip_suffix(".exe").unwrap_or(first);
                    ONLY_WORK.contains(&first)
                        || first == "gh" && words.clone().next().is_some_and(|w| OF_HOSTING.contains(&w))
                        || matches!(first, "docker" | "podman") && words.next().is_some_and(|w| OF_IMAGES.contains(&w))
                }))
}

/// Whether a command of PowerShell saves what it fetches, or unpacks it, and does nothing else: between such steps only how it
/// fetches is set, to a value that is one word. A list of headers may hold commands, and so may brackets.
fn only_fetches(subject: &str) -> bool {
    const STEPS: &[&str] = &["invoke-webrequest ", "iwr ", "expand-archive "];
    const SETTINGS: &[&str] = &["[net.servicepointmanager]::securityprotocol", "$progresspreference"];
    let lower = subject.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("powershell").map(|rest| rest.strip_prefix(".exe").unwrap_or(rest)) else {
        return false;
    };
    let begins = STEPS.iter().chain(SETTINGS).filter_map(|word| rest.find(word)).min();
    let Some((options, does)) = begins.and_then(|at| rest.split_at_checked(at)) else { return false };
    let is_option = |word: &str| {
        let word = word.trim_matches(['"', '\'']);
        word.is_empty() || word.starts_with('-') || matches!(word, "bypass" | "unrestricted")
    };
    let is_set = |step: &str| {
        let value = SETTINGS
            .iter()
            .find_map(|word| step.strip_prefix(word))
            .and_then(|rest| rest.trim_start().strip_prefix('='));
        value.is_some_and(|value| value.split_whitespace().count() == 1)
    };
    let is_allowed = |step: &str| {
        let fetches = step.starts_with("invoke-webrequest ") || step.starts_with("iwr ");
        step.is_empty() || fetches && step.contains(" -outfile ") || step.starts_with("expand-archive ") || is_set(step)
    };
    options.split_whitespace().all(is_option)
        && does.split(';').map(|step| step.trim().trim_matches(['"', '\''])).all(is_allowed)
        && !does.contains(['|', '&', '`', '(', '{', '\n', '\r'])
}

/// Whether a program that lies there already is told something by a server on the same machine, and the script asks no other.
fn is_told_by_its_machine(event: &Event, outcome: &Outcome) -> bool {
    let foreign = Labels::FOREIGN.with(Labels::WRITTEN).with(Labels::CONCEALED);
    let mut asked = outcome.events.iter().filter(|e| matches!(e.act, Act::Fetch | Act::Send | Act::Connect)).peekable();
    !event.program.any(foreign)
        && !event.of.any(Labels::WRITTEN)
        && asked.peek().is_some()
        && asked.all(|e| e.subject.as_deref().is_some_and(addresses::is_loopback))
}

/// Whether any address that the script asks stands in it, of this machine or another.
fn names_a_source(outcome: &Outcome) -> bool {
    has_fixed_source(outcome)
        || outcome.events.iter().any(|e| {
            matches!(e.act, Act::Fetch | Act::Send | Act::Connect)
                && e.subject.as_deref().is_some_and(|s| addresses::host(s).is_some())
        })
}

#[cfg(test)]
mod tests {
    use super::installs_a_name;

    #[test]
    fn only_what_is_named_is_installed() {
        for command in [
            "pip install x",
            "pip install -q x",
            "pip3 install . x",
            "npm i x",
            "pip install -r x.txt",
            "pip install …",
        ] {
            assert!(installs_a_name(command), "{command}");
        }
        for command in ["pip install .", "pip install -e .", "pip3 install -q .[test]", "npm install", "npm install -q"]
        {
            assert!(!installs_a_name(command), "{command}");
        }
    }
}
