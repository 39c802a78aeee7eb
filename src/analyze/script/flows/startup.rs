//! Files that start what is written to them: where they lie, and what may be written there without starting anything.

use super::super::event::TEXT_KEPT;
use super::started::is_starter;
use super::{Act, Event, Flow, HOLE, Labels, Outcome, When, flow, rules, shown};

/// Places that start what is written to them.
const START_PLACES: &[&str] = &[
    ".bashrc",
    ".bash_profile",
    ".zshrc",
    ".profile",
    ".zprofile",
    "config.fish",
    "/etc/profile",
    "launchagents",
    "launchdaemons",
    "/etc/cron",
    "/var/spool/cron",
    "systemd/system",
    "systemd/user",
    "/etc/rc.local",
    "/etc/ld.so.preload",
    "init.d/",
    "start menu/programs/startup",
    "programs\\startup",
    "programs/startup",
    "currentversion\\run",
    "autostart/",
    "discord_desktop_core/index.js",
    "profile_default/startup/",
    "/usercustomize.py",
    "/sitecustomize.py",
    "update-motd.d/",
    "networkmanager/dispatcher.d/",
    "networkd-dispatcher/",
    "fish/conf.d/",
    ".xprofile",
    ".xinitrc",
    ".xsessionrc",
    "udev/rules.d/",
    "apt/apt.conf.d/",
];
/// Those of them that mostly only set something, and what in them starts a program.
const STARTS_BY_WORD: &[(&str, &str)] = &[("udev/rules.d/", "RUN"), ("apt/apt.conf.d/", "-Invoke")];

/// Whether nothing is seen in lines for a place of settings that starts a program; of what is not known of them, or was cut,
/// nobody can say it.
pub(super) fn may_only_set(place: &str, text: Option<&str>) -> bool {
    let word = STARTS_BY_WORD.iter().find(|(of, _)| place.contains(of)).map(|(_, word)| *word);
    word.is_some_and(|word| text.is_none_or(|text| !text.contains(word)))
}

/// The same where all of them are known.
pub(super) fn only_sets(place: &str, text: Option<&str>) -> bool {
    let is_whole = |text: &str| text.len() + char::MAX.len_utf8() <= TEXT_KEPT && !text.contains(HOLE);
    text.is_some_and(is_whole) && may_only_set(place, text)
}

/// Whether what is written at a path (lower case, `/` between folders) starts by itself later.
pub(super) fn is_start_place(path: &str) -> bool {
    // The way of a value that is not known is no path, and nobody reads a folder that was made a moment ago.
    !path.contains("()")
        && !path.starts_with("/tmp/temporary-folder/")
        && START_PLACES.iter().any(|place| {
            let place = place.replace('\\', "/");
            if place.starts_with('.') {
                // Shells look at home, not in a program's own folder: `~/.tool/.profile`; zsh also where it is told to.
                let folder = path.strip_suffix(place.as_str()).and_then(|p| p.strip_suffix('/'));
                let of_program =
                    |f: &str| f.rsplit('/').next().is_some_and(|n| n.len() > 2 && n.starts_with('.') && n != ".zsh");
                folder.is_some_and(|f| !of_program(f)) || path == place
            } else {
                path.contains(&place)
            }
        })
}

/// Whether a place (lower case) is one of those where services and jobs are set up.
pub(super) fn is_place_of_services(path: &str) -> bool {
    ["profile_default/startup/", "systemd/", "/etc/cron", "/var/spool/cron", "launchagents", "launchdaemons", "init.d/"]
        .iter()
        .any(|p| path.contains(p))
}

/// Whether what is written where a shell starts is what people put there themselves: comforts, and completions that somebody
/// has asked for.
pub(super) fn is_welcome(event: &Event, outcome: &Outcome) -> bool {
    let text = event.text.as_deref();
    text.is_some_and(is_comfort)
        || is_asked_for(event) && text.is_some_and(|t| only_completes(t) || only_imports(t))
        || is_told_to(event, outcome) && text.is_some_and(|t| only_readies(&t.replace(HOLE, "\n")))
}

/// Whether a program does it for whoever told it to, on its command line or in an answer, with nothing of others in it. A file
/// of Node.js that is a command runs when it is loaded.
fn is_told_to(event: &Event, outcome: &Outcome) -> bool {
    let told = Labels::ARGUMENTS.with(Labels::ANSWER);
    let is_called = event.when <= When::Main || event.when == When::Load && event.by.starts_with("fs.");
    is_called
        && event.layer == 0
        && !event.hidden
        && !event.silent
        && !event.of.with(event.data).any(Labels::FOREIGN.with(Labels::CONCEALED).with(Labels::OWN_FILE))
        && (event.given.with(event.data).any(told)
            // What leaves when it is told something else is told that it may go on.
            || outcome.events.iter().any(|e| e.act == Act::Exit && e.when == event.when && e.given.any(told)))
}

/// Whether lines for a start-up file only have the shell ask one program how to go on, as tools have it for completions and
/// hooks: `eval "$(tool hook bash)"`, `source <(tool completion zsh)`. What such a program prints is its own, and it is the
/// one that puts itself there; no path leads to it, and it is nothing that starts others.
fn only_readies(text: &str) -> bool {
    const SHELLS: &[&str] = &["bash", "zsh", "fish", "sh", "posix"];
    let is_name = |w: &str| {
        w.starts_with(|c: char| c.is_ascii_alphabetic())
            && w.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            && !is_starter(w)
    };
    let readies = |line: &str| {
        let line = line.strip_suffix(" 2>/dev/null").unwrap_or(line);
        let inner = line.strip_prefix("eval \"$(").and_then(|rest| rest.strip_suffix(")\"")).or_else(|| {
            let rest = line.strip_prefix("source <(").or_else(|| line.strip_prefix(". <("))?;
            rest.strip_suffix(')')
        });
        let mut words = inner.unwrap_or_default().split(' ');
        words.next().is_some_and(is_name)
            && words.next().is_some_and(|how| HOW.contains(&how))
            && words.all(|w| SHELLS.contains(&w))
    };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    text.len() + char::MAX.len_utf8() <= TEXT_KEPT && lines.peek().is_some() && lines.all(readies)
}

/// Whether a program that somebody starts puts a line to the jobs that there are, and reaches for nothing that it could hide
/// in it.
pub(super) fn is_added_by_a_program(event: &Event, outcome: &Outcome) -> bool {
    let reads = |e: &Event| e.act == Act::Run && e.subject.as_deref() == Some("crontab -l");
    outcome.events.iter().any(reads) && is_set_up_by_a_program(event, outcome)
}

/// Whether a program that somebody starts sets something up in the open, and reaches for nothing that it could hide in it. One
/// that speaks with its own other half by a socket on the same machine does not reach out.
pub(super) fn is_set_up_by_a_program(event: &Event, outcome: &Outcome) -> bool {
    let is_path = |e: &Event| e.subject.as_deref().is_some_and(|s| s.starts_with('/'));
    let reaches = |e: &Event| {
        matches!(e.act, Act::Fetch | Act::Eval | Act::Hide)
            || matches!(e.act, Act::Connect | Act::Send | Act::Lookup) && !is_path(e)
    };
    event.when == When::Main
        && event.layer <= 1
        && !event.hidden
        && !event.silent
        && outcome.is_python
        && !outcome.events.iter().any(reaches)
        && !event.of.with(event.data).any(Labels::FOREIGN.with(Labels::CONCEALED).with(Labels::OWN_FILE))
        && event.text.as_deref().is_none_or(|text| !is_odd(text))
}

/// Whether somebody has to ask for what is set up, and can see what it is: nothing of it is from elsewhere, encoded, hidden,
/// or the script itself. Servers, schedulers and agents set up services of their own when they are told to.
pub(super) fn is_asked_for(event: &Event) -> bool {
    let foreign = Labels::FOREIGN.with(Labels::CONCEALED);
    // What puts itself there has to have asked for something before.
    let is_answered = event.given.with(event.data).any(Labels::ANSWER.with(Labels::ARGUMENTS));
    let foreign = if is_answered { foreign } else { foreign.with(Labels::OWN_FILE) };
    event.when == When::Called
        // A command that is started is a layer of its own.
        && (event.layer == 0 || event.act == Act::Persist && event.layer == 1)
        && !event.hidden
        && !event.silent
        && !event.of.with(event.data).any(foreign)
        && event.text.as_deref().is_none_or(|text| !is_odd(text))
}

/// Whether the function that somebody has to call says by its name that it sets up a service, and it is one that can be seen:
/// programs that go on in the background have it for the machine's next start (`tool startup`).
pub(super) fn is_named_for_it(event: &Event) -> bool {
    const NAMES: &[&str] = &["install", "startup", "service", "autostart", "daemon", "launchd", "systemd"];
    let name = event.within.as_deref().unwrap_or_default().to_ascii_lowercase();
    NAMES.iter().any(|known| name.contains(known))
        && event.when == When::Called
        && event.layer == 0
        && !event.hidden
        && !event.silent
        && !event.of.with(event.data).any(Labels::FOREIGN.with(Labels::CONCEALED))
        && event.text.as_deref().is_none_or(|text| !is_odd(text))
}

/// Whether what somebody has to ask for can be taken back in the same way: another function deletes what is written. Who wants
/// to stay unseen has no use for that.
pub(super) fn is_taken_back(event: &Event, outcome: &Outcome) -> bool {
    let Some(place) = event.subject.as_deref() else { return false };
    // Or what says so on its command line.
    let is_told = |e: &Event| e.when == When::Called || e.when < When::Install && e.given.any(Labels::ARGUMENTS);
    is_told(event)
        && !event.hidden
        && !event.of.with(event.data).any(Labels::FOREIGN.with(Labels::CONCEALED))
        && event.text.as_deref().is_none_or(|text| !is_odd(text))
        && outcome.events.iter().any(|e| {
            e.act == Act::Delete
                && is_told(e)
                // Or one that is told whether it is to be there.
                && (e.within != event.within || e.within.is_none() || e.given.any(Labels::PARAMETER))
                && (e.subject.as_deref() == Some(place) || e.others.iter().any(|other| &**other == place))
        })
}

/// Whether what is set up by a command is taken away by one like it, which another function starts.
pub(super) fn is_taken_away(event: &Event, outcome: &Outcome) -> bool {
    let Some(command) = event.subject.as_deref() else { return false };
    let key = command.to_ascii_lowercase();
    let Some(key) = key.split(' ').find(|word| word.contains('\\')) else { return false };
    outcome.events.iter().filter(|e| matches!(e.act, Act::Persist | Act::Run) && e.at != event.at).any(|e| {
        let other = e.subject.as_deref().unwrap_or_default().to_ascii_lowercase();
        other.contains("delete") && other.contains(key)
    })
}

/// Whether lines of a job fetch, decode or hide something.
pub(super) fn is_odd(text: &str) -> bool {
    const ODD: &[&str] = &[
        "curl",
        "wget",
        "base64",
        "/tmp/",
        "/dev/",
        "powershell",
        "http:",
        "https:",
        "/.",
        "\\temp",
        "appdata",
        " -c ",
        " -e ",
        "nohup",
        "mshta",
        "wscript",
        "pythonw",
        "hidden",
        "%temp",
        "public\\",
    ];
    // Where a log is kept is no program; and windows of programs that start with the session come up when they are asked for.
    let lower = text.to_ascii_lowercase().replace(" --hidden", "");
    // Where the specification for folders has a user's own programs, when they are only made findable; and comforts.
    let is_own = |line: &str| {
        only_extends_path(line) && !line.replace("/.local/bin", "").contains("/.")
            || line.split("&&").all(|part| is_comfortable(part.trim()))
    };
    let mut hides = text.lines().filter(|line| !is_own(line.trim()));
    let of_logs = |line: &str| line.contains(".log") && line.contains("standard");
    // Nor is the page about a service that its unit names, or the grammar that every property list names.
    let is_read = |line: &str| !["documentation=", "<!doctype plist "].iter().any(|o| line.trim_start().starts_with(o));
    ODD.iter().any(|odd| match *odd {
        // The folder above is none that hides.
        "/." => hides.any(|line| {
            let line = line.to_ascii_lowercase();
            line.replace("/../", "/").contains(odd) && !of_logs(&line)
        }),
        "http:" | "https:" => lower.lines().any(|line| line.contains(odd) && is_read(line)),
        odd => lower.contains(odd),
    })
}

/// Whether lines for what an interpreter starts with only import modules by their names.
fn only_imports(text: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ',' | ' ');
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    lines.peek().is_some()
        && lines.all(|line| (line.starts_with("import ") || line.starts_with("from ")) && line.chars().all(is_name))
}

/// Whether lines for a start-up file only have the shell ask a program how its command line goes on, in the way that
/// frameworks for command lines have for it: `eval "$(_TOOL_COMPLETE=bash_source tool)"`, `eval
/// "$(register-python-argcomplete tool)"`.
fn only_completes(text: &str) -> bool {
    let is_word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let completes = |line: &str| {
        let inner = line.strip_prefix("eval \"$(").and_then(|rest| rest.strip_suffix(")\""));
        let mut words = inner.unwrap_or_default().split(' ');
        let (Some(set), Some(program), None) = (words.next(), words.next(), words.next()) else { return false };
        if matches!(set, "register-python-argcomplete" | "register-python-argcomplete3") {
            return is_word(program) && !is_starter(program);
        }
        let Some((name, value)) = set.split_once('=') else { return false };
        let asked = program.to_ascii_uppercase().replace('-', "_");
        let of_it = name.strip_prefix('_').and_then(|n| n.strip_suffix("_COMPLETE")) == Some(asked.as_str());
        let ways = ["bash_source", "zsh_source", "fish_source", "source_bash", "source_zsh", "source_fish"];
        of_it && is_word(program) && ways.contains(&value)
    };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    lines.peek().is_some() && lines.all(completes)
}

/// Whether a path leads into a tree that is being put together to become a package.
pub(super) fn is_staged(path: &str) -> bool {
    const STAGES: &[&str] =
        &["build", "buildroot", "dist", "stage", "staging", "destdir", "pkgroot", "payload", "debian"];
    let folders = ["/library/launch", "/etc/", "/lib/systemd/", "/usr/lib/systemd/"];
    folders.iter().filter_map(|f| path.find(f)).min().is_some_and(|at| {
        let before = path.get(..at).unwrap_or_default();
        !path.contains("..")
            && !before.starts_with(['/', '~'])
            && !before.starts_with("%home%")
            && before.split('/').any(|part| STAGES.contains(&part))
    })
}

/// Whether lines for a shell's start-up file only make it more comfortable: other names for commands, a prompt, a folder to
/// begin in, names that are completed, the start-up file of somebody's own.
pub(super) fn is_comfort(text: &str) -> bool {
    // Of a text that was cut nobody knows the end.
    text.len() + char::MAX.len_utf8() <= TEXT_KEPT
        && text.lines().map(str::trim).all(|line| {
            let quiet = !line.contains("$(") && !line.contains('`');
            line.starts_with('#')
                || readies_a_shell(line)
                || line.strip_prefix("alias ").is_some_and(|alias| is_another_name(alias.trim()))
                || quiet && is_harmless_setting(line.strip_prefix("export ").unwrap_or(line))
                || quiet && line.split(';').flat_map(|part| part.split("&&")).all(|part| is_comfortable(part.trim()))
        })
}

/// Tools that everybody has shells made ready by, in the way that their manuals say, and how they are asked for it. Most of
/// them also start what they are told.
const READIES: &str = "just starship zoxide direnv mise fnm brew pyenv rbenv nodenv gh kubectl helm uv poetry atuin fzf pixi \
    rustup docker npm deno bun";
const HOW: &[&str] = &[
    "init",
    "hook",
    "activate",
    "shellenv",
    "shell-init",
    "completion",
    "completions",
    "--completions",
    "--completion",
];

/// Whether a line has the shell take what a known tool prints for it: `eval "$(starship init bash)"`.
fn readies_a_shell(line: &str) -> bool {
    let inner = line.strip_prefix("eval \"$(").and_then(|rest| rest.strip_suffix(")\""));
    let is_plain = |w: &str| w.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'='));
    inner.is_some_and(|command| {
        let mut words = command.split_whitespace();
        words.next().is_some_and(|tool| READIES.split_whitespace().any(|known| known == tool))
            && words.next().is_some_and(|how| HOW.contains(&how))
            && words.all(is_plain)
    })
}

/// Whether one command of a start-up file is of those.
fn is_comfortable(part: &str) -> bool {
    let mut words = part.split_whitespace();
    let is_plain =
        |w: &str| w.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'_' | b'.' | b'/' | b'~'));
    match words.next() {
        Some("autoload" | "cd") => words.all(is_plain),
        Some("compinit" | "bashcompinit") => words.next().is_none(),
        // How completions are shown, unless that is worked out (`-e`); and where functions of one's own lie.
        Some("zstyle") => !part.contains('$') && words.all(|w| w != "-e"),
        Some(first) if first.starts_with("fpath+=") => {
            first.trim_start_matches("fpath+=").strip_prefix("~/").is_some_and(is_plain) && words.next().is_none()
        }
        Some("[" | "test") => words.all(|w| w == "]" || is_plain(w)),
        Some("." | "source") => {
            let file = words.next().unwrap_or_default();
            let is_own = file.strip_prefix("~/").is_some_and(|f| START_PLACES.contains(&f) && f.starts_with('.'));
            // Other names for commands, where a user keeps them for every shell.
            words.next().is_none() && (is_own || file == "~/.config/shell/aliases")
        }
        first => first.is_none(),
    }
}

/// Commands that people type without thinking of what they start; a name in the place of one is no comfort.
const TYPED: &str = "ls cd ll la cat cp mv rm ps top kill find grep awk sed less more man vi vim nvim nano emacs code sudo su \
    doas ssh scp sftp ssh-add gpg pass op git gh hg svn make cmake gcc cc clang go cargo rustc python python2 \
    python3 pip pip3 pipx uv conda poetry node npm npx yarn pnpm bun deno ruby gem java mvn gradle php \
    composer perl docker podman kubectl helm terraform aws az gcloud curl wget brew apt apt-get dnf yum \
    pacman snap systemctl open xdg-open bash sh zsh fish claude codex gemini cursor aider";

/// Whether `name=command` gives a command another name, which somebody has to type before anything starts. One in the
/// place of a command that everybody types has to be as plain as `ls --color`.
fn is_another_name(alias: &str) -> bool {
    let Some((name, command)) = alias.split_once('=') else { return false };
    let is_plain = !command.contains(['$', '`', ';', '|', '&']) && has_no_path(command);
    let mut quote = None;
    let mut previous = ' ';
    // The line ends where the command does, and nothing of it is run while it is read.
    let is_one = command.chars().all(|c| {
        let before = std::mem::replace(&mut previous, c);
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), _) if q == c => quote = None,
            (None, ';' | '|' | '&' | '<' | '>') => return false,
            (None | Some('"'), '`') => return false,
            (None | Some('"'), '(') if before == '$' => return false,
            _ => {}
        }
        true
    });
    let is_anybodys = ["..", "/tmp/", "/dev/", "\\temp\\"].iter().any(|place| command.contains(place));
    is_plain || is_one && !is_anybodys && TYPED.split_whitespace().all(|typed| typed != name.trim())
}

/// Whether `NAME=value` sets what no program takes code, a path or an address from.
fn is_harmless_setting(set: &str) -> bool {
    const HARMLESS: &[&str] =
        &["PS1", "PS2", "TERM", "USER", "LANG", "CLICOLOR", "LSCOLORS", "LS_COLORS", "HISTSIZE", "HISTCONTROL"];
    let Some((name, value)) = set.split_once('=') else { return false };
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let is_one_word = match quote {
        Some(quote) => value.len() >= 2 && value.ends_with(quote) && value.matches(quote).count() == 2,
        None => !value.contains(|c: char| c.is_whitespace() || matches!(c, ';' | '|' | '&')),
    };
    is_one_word
        && (HARMLESS.contains(&name)
            || name.starts_with("LC_")
            || matches!(value.trim_matches(['"', '\'']), "0" | "1" | "true" | "false" | "yes" | "no" | "on" | "off")
            || is_own_name(name) && !value.contains("://"))
}

/// Parts of names of variables that shells, loaders, interpreters and clients obey, or that hold what nobody may know.
const OBEYED: &str = "PATH PRELOAD LD_ DYLD_ PROMPT_COMMAND ENV PS4 PS0 IFS HOME SHELL ZDOTDIR PYTHON NODE NPM PERL RUBY JAVA \
    OPTIONS OPTS FLAGS PROXY GIT SSH EDITOR VISUAL PAGER BROWSER ASKPASS PIP UV_ CARGO RUSTC WRAPPER DOCKER \
    KUBE AWS AZURE GOOGLE LESS URL BASE API ENDPOINT HOST INDEX REGISTRY KEY TOKEN SECRET PASS CERT CA_ \
    CONFIG RC INIT STARTUP HOOK LOADER MODULE PLUGIN LIB CLAUDE ANTHROPIC OPENAI";

/// Whether a variable is a tool's own, by a name of more than one part that nobody else obeys.
fn is_own_name(name: &str) -> bool {
    name.contains('_')
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        && !OBEYED.split_whitespace().any(|o| name.contains(o))
}

/// Whether no word leads to a file; the scope of a package (`npx @scope/tool`) does not.
fn has_no_path(line: &str) -> bool {
    line.split([' ', '=', '"', '\'']).all(|w| !w.contains('/') || w.starts_with('@') && !w.contains(".."))
}

/// Whether text for a place where programs start says all that it does, and it is little.
pub(super) fn is_plain(text: &str, place: &str) -> bool {
    only_extends_path(text) || is_place_of_services(place) && only_starts_installed(text)
}

/// Shortest known end of a path that is taken for the same place.
const END: usize = 8;

/// A file that a shell takes in as its own code, and which the same script fetches behind that: it runs the next time.
pub(super) fn fetched_for_the_next_time<'a>(event: &'a Event, outcome: &'a Outcome) -> Option<Flow<'a>> {
    let place = event.subject.as_deref().filter(|_| matches!(&*event.by, "." | "source"))?;
    let is_place = place.rsplit(HOLE).next().is_some_and(|end| end.len() >= END);
    let fetched = outcome.events.iter().find(|e| {
        e.act == Act::Write && e.data.any(Labels::DOWNLOADED) && e.at > event.at && e.subject.as_deref() == Some(place)
    })?;
    is_place.then(|| {
        let mut found =
            flow(&rules::DOWNLOAD_RUN, event, format!("{} starts the next time what was downloaded", shown(event)));
        found.with.push(fetched);
        found
    })
}

/// Whether lines for a job start what the script itself has fetched: that nobody else looks at.
pub(super) fn starts_a_download(text: &str, outcome: &Outcome) -> bool {
    outcome.events.iter().any(|e| {
        e.act == Act::Write
            && e.data.any(Labels::DOWNLOADED)
            && e.subject.as_deref().is_some_and(|path| path.len() > 4 && !path.contains(HOLE) && text.contains(path))
    })
}

/// Whether lines for a job only start programs where packages of a system put theirs, by nothing but their names and options:
/// what they do is in those programs, which are looked at too.
fn only_starts_installed(text: &str) -> bool {
    const HARMLESS: &[&str] = &["if ", "then", "fi", "else", "exit", "set -e", "test -x", "[ -x"];
    let is_user = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'))
            && !matches!(word, "exec" | "sudo" | "env" | "sh" | "bash" | "nohup")
    };
    let harmless =
        |line: &str| line.is_empty() || line.starts_with('#') || HARMLESS.iter().any(|h| line.starts_with(h));
    let starts = |line: &str| {
        let line =
            line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '*' | '/' | ',' | '-' | ' ' | '\t'));
        // Behind that a table of the system says who it is for.
        let line = match line.split_once(' ') {
            Some((user, rest)) if is_user(user) && rest.trim_start().starts_with("/usr/") => rest.trim_start(),
            _ => line,
        };
        // The first slash was taken with what says when.
        let place = ["usr/bin/", "usr/sbin/", "usr/lib/", "usr/libexec/", "usr/share/"];
        let quiet = line.replace("> /dev/null", "").replace(">/dev/null", "").replace("2>&1", "").replace("root", "");
        let quiet = quiet.trim_start_matches([' ', '\t', '/']);
        place.iter().any(|p| quiet.starts_with(p))
            && !quiet.contains(['|', ';', '&', '`', '$', '<', '>', '(', '\u{2026}'])
            && !quiet.contains("://")
            && !["/bash", "/sh", "/env", "/python", "/perl", "/node", "/curl", "/wget"]
                .iter()
                .any(|p| quiet.contains(p))
    };
    let lines = || text.lines().map(str::trim);
    lines().any(starts) && lines().all(|line| harmless(line) || starts(line))
}

/// Whether lines for a start-up file only make the programs of one folder findable, as installers do for their own.
fn only_extends_path(text: &str) -> bool {
    let extends = |line: &str| {
        // Unless it is there already.
        let unless = line.strip_prefix("case \":$PATH:\" in ").and_then(|rest| rest.strip_suffix("esac"));
        let unless = unless.and_then(|rest| rest.rsplit_once("*) ")).map(|(_, set)| set.trim().trim_end_matches(";;"));
        let value = unless
            .unwrap_or(line)
            .trim()
            .strip_prefix("export PATH=")
            .or_else(|| line.strip_prefix("set -gx PATH "))
            .or_else(|| line.strip_prefix("fish_add_path "));
        value.is_some_and(|v| {
            let v = v.trim_matches('"').replace("${PATH}", "").replace("$PATH", "").replace("$HOME", "");
            !v.contains(['$', '`', ';', '|', '&', '\n'])
        })
    };
    let mut any = false;
    let mut line_extends = |line: &str| {
        let is = extends(line);
        any |= is;
        is || is_comfort(line)
    };
    text.len() + char::MAX.len_utf8() <= TEXT_KEPT
        && text.lines().map(str::trim).all(|line| match own_folder(line) {
            Some(path) => line_extends(&path),
            None => line_extends(line),
        })
        && any
}

/// `export TOOL="folder"; export PATH="$TOOL/bin:$PATH"` as the line for the path that it comes down to.
fn own_folder(line: &str) -> Option<String> {
    let (first, second) = line.split_once(';')?;
    let (name, folder) = first.trim().strip_prefix("export ")?.split_once('=')?;
    let folder = folder.trim_matches('"').replace("$HOME", "");
    // Other variables name what is started or loaded.
    let is_name = ["_INSTALL", "_HOME", "_ROOT"].iter().any(|end| name.ends_with(end)) && !name.starts_with("GIT_");
    let is_plain = !folder.contains(['$', '`', '|', '&', '(']);
    let second = second.trim();
    (is_name && is_plain && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
        .then(|| second.replace(&format!("${name}/"), "/"))
        .filter(|path| path.starts_with("export PATH="))
}

/// Whether an act writes back what was read of the same file, or a part of it, with nothing put to it.
pub(super) fn is_part_of_itself(event: &Event, outcome: &Outcome) -> bool {
    // Two values that are not known may be anything.
    event.text.as_deref().is_some_and(|t| t.matches(HOLE).count() == 1 && t.replace(HOLE, "").trim().is_empty())
        && !event.data.any(Labels::ARGUMENTS.with(Labels::ENV))
        && event.subject.is_some()
        && outcome.events.iter().any(|e| e.act == Act::Read && e.subject == event.subject)
}

/// Whether a start-up file is written back as it was read, with lines of comfort before or behind it.
pub(super) fn adds_comfort(event: &Event, outcome: &Outcome) -> bool {
    let mut reads = outcome.events.iter().filter(|e| e.act == Act::Read).peekable();
    event.data.any(Labels::FILE)
        && !event.data.any(Labels::FOREIGN.with(Labels::CONCEALED).with(Labels::OWN_FILE))
        && event.text.as_deref().is_some_and(|t| t.matches(HOLE).count() == 1 && is_comfort(&t.replace(HOLE, "\n")))
        && reads.peek().is_some()
        && reads.all(|read| read.subject.is_some() && read.subject == event.subject)
}
