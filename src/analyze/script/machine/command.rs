//! Commands of shells: what is fetched, decoded, written and started in a command line.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use super::outside::beside;
use crate::analyze::script::event::Act;
use crate::analyze::script::fold;
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::{Id, Language};

/// Commands that fetch.
pub(super) const FETCHERS: &[&str] = &[
    "curl",
    "wget",
    "fetch",
    "aria2c",
    "iwr",
    "irm",
    "invoke-webrequest",
    "invoke-restmethod",
    "http",
    "bitsadmin",
    "certutil",
    "start-bitstransfer",
];
/// Shells and interpreters, with the option that gives them code.
pub(super) const INTERPRETERS: &[(&str, &str, Language)] = &[
    ("sh", "-c", Language::Shell),
    ("bash", "-c", Language::Shell),
    ("zsh", "-c", Language::Shell),
    ("dash", "-c", Language::Shell),
    ("ash", "-c", Language::Shell),
    ("ksh", "-c", Language::Shell),
    ("cmd", "/c", Language::Batch),
    ("python", "-c", Language::Python),
    ("python2", "-c", Language::Python),
    ("python3", "-c", Language::Python),
    ("pythonw", "-c", Language::Python),
    ("py", "-c", Language::Python),
    ("node", "-e", Language::JavaScript),
    ("bun", "-e", Language::JavaScript),
    ("perl", "-e", Language::Perl),
    ("ruby", "-e", Language::Ruby),
    ("php", "-r", Language::Php),
    ("powershell", "-command", Language::PowerShell),
    ("pwsh", "-command", Language::PowerShell),
];
/// Commands that fetch a package and start it.
const RUNNERS: &[&str] = &["npx", "bunx", "pnpx", "uvx", "pipx"];
/// Whether short options that stand together end in the one that names the file to write: `curl -fsSLo`, `wget -qO`.
fn is_output_together(name: &str, text: &str) -> bool {
    let ends = match name {
        "curl" => 'o',
        "wget" => 'O',
        _ => return false,
    };
    (3..=8).contains(&text.len())
        && text.strip_prefix('-').is_some_and(|t| t.bytes().all(|b| b.is_ascii_alphabetic()) && t.ends_with(ends))
}

/// Options of `curl` whose next word is sent.
const SENDING: &[&str] = &[
    "-d",
    "--data",
    "--data-binary",
    "--data-raw",
    "--data-urlencode",
    "-F",
    "--form",
    "-T",
    "--upload-file",
    "--post-data",
    "--post-file",
    "--body-file",
    "--body-data",
    "--json",
    "-body",
    "-H",
    "--header",
    "-infile",
    "-form",
];
/// Options whose next word is the file that is sent.
const SENDING_FILES: &[&str] = &["-T", "--upload-file", "--post-file", "--body-file", "-infile"];
/// Options whose next word is the file that is written.
const OUTPUT: &[&str] = &["-o", "--output", "-O", "--output-document", "-outfile", "-destination"];

/// Options of `curl` and `wget` behind which a value stands that is no address of what is fetched.
const VALUED: &[&str] = &[
    "--max-time",
    "--connect-timeout",
    "--retry",
    "--retry-delay",
    "--retry-max-time",
    "--user-agent",
    "--referer",
    "--noproxy",
    "--proxy",
    "--user",
    "--cacert",
    "--cert",
    "--cookie",
    "--cookie-jar",
    "--write-out",
    "--limit-rate",
    "--range",
    "--interface",
    "--resolve",
    "--tries",
    "--timeout",
    "--waitretry",
    "--request",
    "--proto",
    "--tls-max",
    "--max-redirs",
    "--load-cookies",
    "--save-cookies",
    "--password",
    "--dns-servers",
    "--keepalive-time",
];
const VALUED_BY_CURL: &[&str] = &["-m", "-A", "-e", "-x", "-u", "-b", "-c", "-w", "-r", "-X", "-E", "-y", "-Y"];

impl Machine {
    /// Commands. `None` leaves them to the vocabulary.
    pub(super) fn builtin_of_commands(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        // `python3.12` is `python3`.
        let name = name.split_once('.').map_or(name, |(stem, version)| {
            let numbers = version.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            if numbers && stem.starts_with("python") { stem } else { name }
        });
        let path = self.paths.root(name);
        let stdin = args.named("stdin").or(self.later.fed.as_ref()).cloned();
        let silent = args.named("silent").is_some() || args.named("background").is_some();
        // `set /p` is what somebody types, or the first line of a file.
        if name == "set" && args.list.first().and_then(Value::as_str) == Some("/p") {
            return Some(stdin.unwrap_or(Value::unknown(Labels::ANSWER)));
        }
        if name == "env" && args.list.iter().all(|a| matches!(a.as_str(), Some("-0" | "--null"))) {
            self.source(Labels::ENV_ALL, name, id);
            return Some(Value::unknown(Labels::ENV_ALL));
        }
        if name == "command" && args.list.first().and_then(Value::as_str).is_some_and(|o| matches!(o, "-v" | "-V")) {
            // Asks where a program is, and starts none.
            return Some(Value::UNKNOWN);
        }
        if let Some(value) = self.of_prompt(name, args, id) {
            return Some(value);
        }
        if let Some(secret) = self.printed_secret(name, args, id) {
            return Some(secret);
        }
        if let Some(value) = self.wrapped(name, args, id) {
            return Some(value);
        }
        if FETCHERS.contains(&name) {
            return Some(self.fetcher(name, path, args, stdin.as_ref(), silent, id));
        }
        if RUNNERS.contains(&name) {
            self.runs_a_package(path, args, silent, id)?;
            return Some(Value::unknown(Labels::OUTPUT));
        }
        if let Some((_, option, language)) = INTERPRETERS.iter().find(|(n, ..)| *n == name) {
            return Some(self.interpreter(name, option, *language, path, args, stdin.as_ref(), silent, id));
        }
        if let Some(value) = self.archiver(name, path, args, id) {
            return Some(value);
        }
        Some(match name {
            "mktemp" => Value::str(super::python::TEMPORARY_FOLDER, Labels::NONE),
            "join-path" => {
                let words: Vec<&Value> =
                    args.list.iter().filter(|w| w.as_str().is_none_or(|t| !t.starts_with('-'))).collect();
                let parts: Vec<Rc<str>> = words.iter().map(|w| self.shown_or_hole(w)).collect();
                Value::text(parts.join("\\"), self.labels_of(args))
            }
            "where-object" | "sort-object" | "select-object" if stdin.is_some() => stdin?,
            "get-item" | "resolve-path" | "convert-path" => args.list.first()?.clone(),
            // Another name for a command.
            "sal" | "set-alias" | "new-alias" | "nal" => {
                let words: Vec<&Value> =
                    args.list.iter().filter(|w| w.as_str().is_none_or(|t| !t.starts_with('-'))).collect();
                let [alias, target] = words.as_slice() else { return None };
                let (alias, target) = (alias.as_str()?.to_ascii_lowercase(), (*target).clone());
                target.as_str()?;
                let alias = self.tree.sym(format!("alias {alias}"));
                self.declare_name(alias, target);
                Value::NIL
            }
            "new-object"
                if args.list.first().and_then(Value::as_text).is_some_and(|class| {
                    let class = class.to_ascii_lowercase();
                    class.ends_with("sockets.tcpclient") || class.ends_with("sockets.udpclient")
                }) =>
            {
                let mut place = Vec::new();
                for value in args.list.iter().skip(1) {
                    match self.elements(value).filter(|_| matches!(value.known, Known::Object(_))) {
                        Some(items) => place.extend(items),
                        None => place.push(value.clone()),
                    }
                }
                let place = self.new_list(place, Labels::NONE);
                self.event(Act::Connect, path, id, &place, &Value::UNKNOWN, silent);
                let path = self.paths.call(path);
                self.handle(path, place, Labels::REMOTE)
            }
            "true" | ":" => Value::new(Known::Bool(true), Labels::NONE),
            "echo" | "write-output" | "write-host" | "printf" | "print" => {
                let labels = self.labels_of(args);
                let words: Vec<&Value> =
                    args.list.iter().filter(|w| !matches!(w.as_str(), Some("-n" | "-e" | "-ne" | "-en"))).collect();
                let parts: Vec<Rc<str>> = words.iter().map(|w| self.shown_or_hole(w)).collect();
                let whole = words.iter().all(|w| w.is_constant());
                let escapes =
                    name == "printf" || args.list.iter().any(|w| matches!(w.as_str(), Some("-e" | "-ne" | "-en")));
                let mut text = parts.join(" ");
                if name == "printf" {
                    text =
                        parts.split_first().map(|(format, rest)| fold::text::printed(format, rest)).unwrap_or_default();
                }
                let labels = if escapes && text.contains("\\x") { labels.with(Labels::DECODED) } else { labels };
                self.later.printed = self.later.printed.with(labels);
                if escapes {
                    text = fold::codec::unescape(&text);
                }
                if whole { Value::str(text, labels) } else { Value::text(text, labels) }
            }
            "cat" | "type" | "get-content" | "gc" => match (args.list.first(), stdin) {
                (Some(file), _) => {
                    let file = file.clone();
                    self.read_file(path, &file, id)
                }
                (None, Some(stdin)) => stdin,
                _ => Value::UNKNOWN,
            },
            "base64" | "openssl" | "xxd" | "rev" | "tr" | "gunzip" | "gzip" | "zcat" | "rot13" | "bzip2" | "xz"
            | "uudecode" => {
                let named = || args.list.iter().rfind(|w| w.as_str().is_some_and(|t| !t.starts_with('-'))).cloned();
                let from_file = stdin.is_none();
                let stdin = stdin.or_else(named)?;
                let has = |wanted: &[&str]| args.list.iter().any(|w| w.as_str().is_some_and(|t| wanted.contains(&t)));
                let folded = match name {
                    "base64" if has(&["-d", "-D", "--decode", "-di", "-id"]) => fold::codec::decode("base64", &stdin),
                    "openssl" if has(&["-d"]) && has(&["base64", "enc", "-base64", "-a"]) => {
                        fold::codec::decode("base64", &stdin)
                    }
                    "xxd" if has(&["-r", "-rp", "-p"]) => fold::codec::decode("hex", &stdin),
                    "rev" => fold::codec::decode("reverse", &stdin),
                    "gunzip" | "zcat" => fold::codec::decode("gzip", &stdin),
                    "gzip" if has(&["-d", "-dc", "-cd"]) => fold::codec::decode("gzip", &stdin),
                    "tr" => fold::codec::translate(
                        &stdin,
                        args.list.first().and_then(Value::as_str),
                        args.list.get(1).and_then(Value::as_str),
                    ),
                    _ => None,
                };
                match folded {
                    Some(value) => {
                        self.note_decoded(&value, id);
                        value
                    }
                    None if from_file => Value::unknown(self.of_named_file(&stdin)),
                    None => Value::unknown(self.all_labels(&stdin)),
                }
            }
            "scp" | "rsync" | "sftp" => self.transfer(path, args, id)?,
            "gpg" | "gpg2"
                if args.list.iter().any(|w| w.as_str().is_some_and(|t| t.starts_with("--export-secret"))) =>
            {
                Value::unknown(Labels::CREDENTIALS)
            }
            "get-childitem" | "gci" | "dir" | "ls" if self.language == Language::PowerShell => {
                let labels = self.labels_of(args);
                let place =
                    args.list.iter().find_map(|w| w.as_text().filter(|t| !t.starts_with('-')).map(str::to_owned));
                let place = place.unwrap_or_else(|| ".".to_owned());
                // Several places, some of which may hold secrets.
                let parts: Vec<Value> = args.list.iter().filter_map(|w| self.elements(w)).flatten().collect();
                let lies = parts.iter().chain(&args.list).filter_map(Value::as_text);
                let lies = lies.fold(Labels::NONE, |l, t| l.with(crate::analyze::script::words::labels_of_path(t)));
                let labels = labels.with(lies.only(Labels::SECRET));
                if place.to_ascii_lowercase().starts_with("env:") {
                    self.source(Labels::ENV_ALL, name, id);
                    return Some(Value::unknown(Labels::ENV_ALL));
                }
                Value::text(format!("{place}/{HOLE}"), labels.with(Labels::LISTED))
            }
            "foreach-object" if matches!(args.list.first(), Some(Value { known: Known::Func(..), .. })) => {
                let each = args.list.first()?.clone();
                let item = match stdin.as_ref().map(|given| (self.elements(given), given)) {
                    Some((Some(_), _)) | None => return None,
                    Some((None, given)) => given.clone(),
                };
                let name = self.tree.sym("_");
                self.declare_name(name, item);
                self.call_value(&each, None, &Args::default(), id, false)
            }
            "eval" | "iex" | "invoke-expression" | "." | "source" => {
                let code = args.list.first().or(stdin.as_ref())?.clone();
                let code = if args.list.len() > 1 { self.joined_words(&args.list) } else { code };
                if matches!(name, "." | "source") && code.as_text().is_some_and(|t| !t.contains(['\n', ' '])) {
                    let file = code.as_text().unwrap_or_default();
                    let file = file.rsplit([']', '}', '%', '\u{2026}']).next().unwrap_or(file).to_owned();
                    self.load_beside(&file);
                    let content = self.written(code.as_text().unwrap_or_default());
                    // What is not written yet may be later, for the next time.
                    let act = if content.is_empty() { Act::Read } else { Act::Run };
                    self.event(act, path, id, &code.clone().labelled(content), &Value::UNKNOWN, silent);
                    return Some(Value::UNKNOWN);
                }
                self.event(Act::Eval, path, id, &code, &Value::UNKNOWN, silent);
                self.made(&code, id, Some(self.language));
                self.execute(&code, self.language, id).unwrap_or(Value::unknown(code.labels))
            }
            "redirect" => {
                let (mut content, file) = (args.at(0)?.clone(), args.at(1)?.clone());
                // `:` and `true` say nothing: a file that their output goes to is emptied.
                if matches!(content.known, Known::Bool(_)) {
                    content = Value::str("", Labels::NONE);
                }
                let target = file.as_text().unwrap_or_default().to_owned();
                if target.starts_with("/dev/tcp/") || target.starts_with("/dev/udp/") {
                    self.tied_to_a_host(path, &file, &content, id);
                } else if target != "/dev/null" && target != "nul" && !target.is_empty() {
                    self.write_file(path, &file, &content, id);
                }
                Value::unknown(content.labels)
            }
            "chmod" => {
                let runnable = args
                    .list
                    .first()
                    .and_then(Value::as_str)
                    .is_some_and(|m| m.contains('x') || m.contains('7') || m.contains('5'));
                if runnable && let Some(file) = args.list.last() {
                    let file = file.clone();
                    self.event(Act::MakeRunnable, path, id, &file, &Value::UNKNOWN, silent);
                }
                Value::UNKNOWN
            }
            "tee" => {
                if let (Some(file), Some(stdin)) =
                    (args.list.iter().rfind(|w| w.as_str().is_none_or(|t| !t.starts_with('-'))), &stdin)
                {
                    let (file, stdin) = (file.clone(), stdin.clone());
                    self.write_file(path, &file, &stdin, id);
                }
                stdin.unwrap_or(Value::UNKNOWN)
            }
            // Who works on it, and where it is kept.
            "git" if super::transfer::tells_of_company(args.list.iter().filter_map(Value::as_str)) => {
                Value::unknown(Labels::OUTPUT.with(Labels::COMPANY))
            }
            // What was changed is what somebody works on.
            "git"
                if args
                    .list
                    .first()
                    .and_then(Value::as_str)
                    .is_some_and(|verb| matches!(verb, "diff" | "show" | "archive" | "bundle" | "format-patch")) =>
            {
                Value::unknown(Labels::OUTPUT)
            }
            // What is packed is what lies at the places that are named.
            "tar" | "zip" | "7z" => {
                let mut labels = self.labels_of(args).with(stdin.map_or(Labels::NONE, |s| self.all_labels(&s)));
                for word in &args.list {
                    let text = word.as_text().unwrap_or_default();
                    labels = labels.with(crate::analyze::script::words::labels_of_path(text));
                    // All settings of a user hold the keys among them.
                    if text.trim_end_matches('/').ends_with("/.config") {
                        labels = labels.with(Labels::CREDENTIALS);
                    }
                }
                Value::unknown(labels)
            }
            "cut" if stdin.as_ref().and_then(|text| cut(text, args)).is_some() => cut(stdin.as_ref()?, args)?,
            "grep" | "sed" | "awk" | "cut" | "head" | "tail" | "sort" | "jq" | "tr -d" | "uniq" => match stdin {
                Some(stdin) => Value::unknown(self.all_labels(&stdin).with(self.labels_of(args))),
                None => {
                    let mut labels = self.labels_of(args);
                    for word in args.list.clone() {
                        if let Some(text) = word.as_text() {
                            labels = labels.with(crate::analyze::script::words::labels_of_path(text));
                        }
                    }
                    Value::unknown(labels)
                }
            },
            "cp" | "mv" | "copy" | "move" | "install" | "ln" => {
                let files: Vec<Value> =
                    args.list.iter().filter(|w| w.as_text().is_none_or(|t| !t.starts_with('-'))).cloned().collect();
                if let [from @ .., to] = files.as_slice() {
                    let mut content = Value::UNKNOWN;
                    for from in from {
                        content = content.or(self.read_file(path, from, id));
                    }
                    if from.len() > 1 {
                        content = Value::unknown(self.all_labels(&content));
                    }
                    // What gets another name in its folder was there before.
                    let folder =
                        |v: &Value| v.as_str().and_then(|t| t.rsplit_once('/')).map(|(folder, _)| folder.to_owned());
                    let is_renamed = matches!(from, [one] if folder(one).is_some() && folder(one) == folder(to));
                    if !(is_renamed && matches!(name, "mv" | "move")) {
                        self.write_file(path, to, &content, id);
                    }
                }
                Value::UNKNOWN
            }
            "nc" | "ncat" | "netcat" | "socat" | "telnet" => {
                let line = self.joined_words(&args.list);
                let runs = args.list.iter().any(|w| {
                    w.as_text().is_some_and(|t| {
                        matches!(t, "-e" | "-c" | "--exec") || t.to_ascii_lowercase().contains("exec:")
                    })
                });
                if runs {
                    self.event(Act::Redirect, path, id, &line, &Value::UNKNOWN, true);
                }
                let given = stdin.unwrap_or(Value::UNKNOWN);
                let labels = self.all_labels(&given);
                self.event(if labels.is_empty() { Act::Connect } else { Act::Send }, path, id, &line, &given, silent);
                Value::unknown(Labels::REMOTE)
            }
            _ => return None,
        })
    }

    /// A runner of packages that is told an address instead of a name: what lies there is fetched and started. Forges and
    /// registries answer for what lies at theirs.
    fn runs_a_package(&mut self, path: PathId, args: &Args, silent: bool, id: Id) -> Option<()> {
        let mut words = args.list.iter();
        let mut named = false;
        let address = loop {
            let text = words.next()?.as_text()?;
            if matches!(text, "--registry" | "--index-url" | "--extra-index-url" | "-i" | "--default-index" | "--index")
            {
                words.next();
                continue;
            }
            // A commit of a repository that no branch needs to hold.
            let commit =
                text.rsplit_once('#').is_some_and(|(_, c)| c.len() == 40 && c.bytes().all(|b| b.is_ascii_hexdigit()));
            if commit && (text.starts_with("github:") || text.starts_with("git+") || text.matches('/').count() == 1) {
                let address = Value::str(text, Labels::NONE);
                let started = address.clone().labelled(Labels::DOWNLOADED);
                self.event(Act::Fetch, path, id, &address, &Value::UNKNOWN, silent);
                self.event(Act::Run, path, id, &started, &Value::UNKNOWN, silent);
                return Some(());
            }
            let bare = text.strip_prefix("git+").or_else(|| text.strip_prefix("--package=")).unwrap_or(text);
            if bare.starts_with("http://") || bare.starts_with("https://") {
                break bare.to_owned();
            }
            // What stands behind the package's name is given to its program.
            let is_name = !text.starts_with('-') && !matches!(text, "run" | "dlx" | "exec" | "x");
            if is_name && !named {
                return None;
            }
            named = matches!(text, "-p" | "--package" | "--from" | "--with" | "--spec" | "--python" | "-c" | "--call");
        };
        if crate::analyze::script::flows::is_registry(&address) {
            return None;
        }
        let address = Value::str(address, Labels::NONE);
        self.event(Act::Fetch, path, id, &address, &Value::UNKNOWN, silent);
        let started = address.labelled(Labels::DOWNLOADED);
        self.event(Act::Run, path, id, &started, &Value::UNKNOWN, silent);
        Some(())
    }

    /// Starts a program by a word.
    pub(super) fn start(&mut self, command: &Value, args: &Args, id: Id) -> Value {
        if let Some(text) = command.as_str().map(str::to_owned) {
            let path = self.command_path(&text);
            if self.is_program_file(&text) {
                self.run_file(path, command, args, id);
            }
            return self.call_path(path, None, args, id);
        }
        self.call_value(&command.clone(), None, args, id, false)
    }

    fn is_program_file(&self, text: &str) -> bool {
        !self.written(text).is_empty() || text.starts_with("./") || text.contains("/tmp/") || text.contains("\\Temp\\")
    }

    fn run_file(&mut self, path: PathId, command: &Value, args: &Args, id: Id) {
        let text = command.as_text().unwrap_or_default().to_owned();
        let labels = self.written(&text);
        let silent = args.named("silent").is_some();
        let content = self.files.get(beside(&text)).cloned();
        self.event(Act::Run, path, id, &command.clone().labelled(labels), &Value::UNKNOWN, silent);
        if let Some(content) = content
            && let Some(language) = content.as_text().and_then(language_of_file)
        {
            self.execute(&content, language, id);
        }
    }

    /// A program of the file system, called directly in a script.
    pub(super) fn run_if_file(&mut self, text: &str, path: PathId, args: &Args, id: Id) {
        if self.is_program_file(text) {
            let command = Value::str(text, Labels::NONE);
            self.run_file(path, &command, args, id);
        }
    }

    fn joined_words(&self, words: &[Value]) -> Value {
        let labels = words.iter().fold(Labels::NONE, |l, w| l.with(self.all_labels(w)));
        let whole = words.iter().all(Value::is_constant);
        let parts: Vec<Rc<str>> = words.iter().map(|w| self.shown_or_hole(w)).collect();
        let text = parts.join(" ");
        if whole { Value::str(text, labels) } else { Value::text(text, labels) }
    }

    /// `certutil -decode from to`, which fetches nothing.
    fn decodes_file(&mut self, path: PathId, args: &Args, id: Id) -> Option<Value> {
        let is = |w: &Value| {
            w.as_str().is_some_and(|t| {
                matches!(t.to_ascii_lowercase().as_str(), "-decode" | "/decode" | "-decodehex" | "/decodehex")
            })
        };
        args.list.iter().find(|w| is(w))?;
        let files: Vec<Value> =
            args.list.iter().filter(|w| w.as_text().is_none_or(|t| !t.starts_with(['-', '/']))).cloned().collect();
        let [from, to, ..] = files.as_slice() else { return None };
        let content = self.read_file(path, from, id).labelled(Labels::DECODED);
        self.write_file(path, to, &content, id);
        Some(Value::UNKNOWN)
    }

    /// `curl`, `wget` and their kin.
    fn fetcher(&mut self, name: &str, path: PathId, args: &Args, stdin: Option<&Value>, silent: bool, id: Id) -> Value {
        if name == "certutil"
            && let Some(value) = self.decodes_file(path, args, id)
        {
            return value;
        }
        let mut address = None;
        let mut data = Value::UNKNOWN;
        let mut output = None;
        let mut sends = false;
        let apart = apart(&args.list, name == "curl");
        let mut words = apart.iter().peekable();
        while let Some(word) = words.next() {
            let text = word.as_text().unwrap_or_default();
            let lower = text.to_ascii_lowercase();
            // Short options of `curl` may stand together: `-sd @-`.
            let together = name == "curl"
                && (3..=6).contains(&text.len())
                && text
                    .strip_prefix('-')
                    .is_some_and(|t| t.bytes().all(|b| b.is_ascii_alphabetic()) && t.ends_with(['d', 'F', 'T']));
            if together || SENDING.contains(&text) || SENDING.contains(&lower.as_str()) {
                if let Some(next) = words.next() {
                    let mut labels = self.all_labels(next);
                    let is_file = SENDING_FILES.contains(&text)
                        || SENDING_FILES.contains(&lower.as_str()) && text.len() > 2
                        || together && text.ends_with('T');
                    let file = next.as_text().and_then(|t| if is_file { Some(t) } else { Some(t.split_once('@')?.1) });
                    if let Some(file) = file {
                        labels = labels.with(Labels::FILE).with(crate::analyze::script::words::labels_of_path(file));
                        labels = labels.with(self.written(file));
                        if file == "-" {
                            labels = labels.with(stdin.map_or(Labels::NONE, |s| self.all_labels(s)));
                        }
                    }
                    sends |= !lower.starts_with("-h") && lower != "--header";
                    data = Value {
                        known: if matches!(data.known, Known::Unknown) { next.known.clone() } else { data.known },
                        labels: data.labels.with(labels),
                    };
                }
            } else if VALUED.contains(&text) || name == "curl" && VALUED_BY_CURL.contains(&text) {
                // What is said besides (a user, a cookie) is said to whoever is asked.
                if let Some(next) = words.next() {
                    let labels = self.all_labels(next);
                    let kept = Labels::CREDENTIALS.with(Labels::BROWSER).with(Labels::WALLET).with(Labels::ENV_ALL);
                    sends |= !matches!(text, "-u" | "--user") && labels.any(kept);
                    data.labels = data.labels.with(labels);
                }
            } else if is_output_together(name, text)
                || OUTPUT.contains(&text) && !(text == "-O" && name == "curl")
                || OUTPUT.contains(&lower.as_str()) && lower.len() > 2
            {
                output = words.next().cloned();
            } else if matches!(name, "certutil" | "bitsadmin")
                && address.is_some()
                && output.is_none()
                && !text.starts_with(['-', '/'])
            {
                // They are told where to behind the address, without an option.
                output = Some(word.clone());
            } else if address.is_none()
                && (text.contains("://")
                    || !text.starts_with('-') && text.contains('.')
                    || word.as_text().is_none()
                    || text.starts_with(HOLE))
            {
                address = Some(word.clone());
            }
        }
        let names_file = |w: &Value| {
            w.as_str().is_some_and(|t| {
                t == "--remote-name" || (t.starts_with('-') && !t.starts_with("--") && t.len() < 7 && t.contains('O'))
            })
        };
        if args.list.iter().any(names_file) && name == "curl" || name == "wget" && output.is_none() {
            let base = address
                .as_ref()
                .and_then(Value::as_text)
                .and_then(|t| t.split(['?', '#']).next())
                .and_then(|t| t.rsplit('/').next());
            output = base.filter(|b| !b.is_empty()).map(|b| Value::str(b, Labels::NONE));
        }
        let output = output.filter(|to| !matches!(to.as_text(), Some("/dev/null" | "NUL" | "nul" | "$null" | "-")));
        let address = address.unwrap_or(Value::UNKNOWN);
        let secret = self.all_labels(&address).any(Labels::SECRET.with(Labels::IDENTITY).with(Labels::OUTPUT));
        let act = if sends || secret { Act::Send } else { Act::Fetch };
        self.event(act, path, id, &address, &data.labelled(self.all_labels(&address)), silent);
        let labels = Labels::DOWNLOADED.with(address.labels.without(Labels::IDENTITY));
        if let Some(file) = output {
            let before = self.out.filled.len();
            self.write_file(path, &file, &Value::unknown(labels), id);
            if let (Some((_, from)), Some(address)) = (self.out.filled.get_mut(before), address.as_str()) {
                *from = address.into();
            }
        }
        Value::unknown(labels)
    }

    /// A shell or an interpreter: with code in an option, a file, or code on its standard input.
    #[allow(clippy::too_many_arguments)]
    fn interpreter(
        &mut self,
        name: &str,
        option: &str,
        language: Language,
        path: PathId,
        args: &Args,
        stdin: Option<&Value>,
        silent: bool,
        id: Id,
    ) -> Value {
        let is_option = |w: &Value, wanted: &str| {
            w.as_str().is_some_and(|t| {
                let t = t.to_ascii_lowercase();
                t == wanted
                    || (wanted == "-c"
                        && t.len() <= 4
                        && t.starts_with('-')
                        && !t.starts_with("--")
                        && t.ends_with('c'))
                    || (wanted == "-command" && matches!(t.as_str(), "-c" | "/c" | "-com" | "/command"))
                    || (wanted == "/c" && matches!(t.as_str(), "/k" | "/r"))
                    || (wanted == "-e"
                        && matches!(
                            t.as_str(),
                            "--eval"
                                | "-p"
                                | "-pe"
                                | "--print"
                                | "-we"
                                | "-ne"
                                | "-le"
                                | "-nle"
                                | "-lne"
                                | "-ple"
                                | "-lpe"
                        ))
            })
        };
        let words = &args.list;
        let hidden = silent
            || words.iter().zip(words.iter().skip(1)).any(|(a, b)| {
                a.as_str().is_some_and(|t| t.to_ascii_lowercase().starts_with("-w"))
                    && b.as_str().is_some_and(|t| matches!(t.to_ascii_lowercase().as_str(), "hidden" | "1" | "hid"))
            });
        if language == Language::PowerShell {
            let encoded = words.iter().position(|w| {
                w.as_str().is_some_and(|t| {
                    let t = t.to_ascii_lowercase();
                    let t = t.trim_start_matches(['-', '/']);
                    t == "ec" || (!t.is_empty() && "encodedcommand".starts_with(t))
                })
            });
            if let Some(code) = encoded.and_then(|i| words.get(i + 1)) {
                if let Some(code) = fold::codec::decode("utf16-base64", code) {
                    self.event(Act::Eval, path, id, &code, &Value::UNKNOWN, true);
                    self.made(&code, id, Some(language));
                    self.note_decoded(&code, id);
                    self.execute(&code, language, id);
                }
                return Value::unknown(Labels::OUTPUT);
            }
        }
        if let Some(position) = words.iter().position(|w| is_option(w, option)) {
            let rest = words.get(position + 1..).unwrap_or_default();
            let code = if matches!(language, Language::PowerShell | Language::Batch) {
                self.joined_words(rest)
            } else {
                rest.first().cloned().unwrap_or(Value::UNKNOWN)
            };
            if hidden {
                self.event(Act::Hide, path, id, &code, &Value::UNKNOWN, true);
            }
            if code.labels.any(Labels::FOREIGN.with(Labels::CONCEALED)) {
                self.event(Act::Eval, path, id, &code, &Value::UNKNOWN, hidden);
            }
            self.execute(&code, language, id);
            return Value::unknown(Labels::OUTPUT.with(code.labels.without(Labels::BUILT)));
        }
        // `perl -nle'…'`: the code stands in the option's own word.
        if matches!(language, Language::Perl | Language::Ruby)
            && let Some(code) = words.iter().find_map(code_in_option)
        {
            if code.labels.any(Labels::FOREIGN.with(Labels::CONCEALED)) {
                self.event(Act::Eval, path, id, &code, &Value::UNKNOWN, hidden);
            }
            self.execute(&code, language, id);
            return Value::unknown(Labels::OUTPUT.with(code.labels.without(Labels::BUILT)));
        }
        let file_option = words
            .iter()
            .position(|w| language == Language::PowerShell && is_option(w, "-file"))
            .and_then(|position| words.get(position + 1));
        let file = file_option
            .into_iter()
            .chain(words)
            .find(|w| {
                w.as_text()
                    .is_none_or(|t| !t.starts_with('-') && !t.starts_with('/') || t.starts_with('/') && t.len() > 3)
            })
            .cloned();
        match (file, stdin) {
            (Some(file), _)
                if language == Language::PowerShell
                    && file_option.is_none()
                    && file.as_text().is_none_or(|t| !t.ends_with(".ps1")) =>
            {
                let code = self.joined_words(words);
                if hidden {
                    self.event(Act::Hide, path, id, &code, &Value::UNKNOWN, true);
                }
                self.execute(&code, language, id);
            }
            (Some(file), _) => {
                let labels = file.as_text().map_or(Labels::NONE, |t| self.written(t));
                let content = file.as_text().and_then(|t| self.files.get(beside(t))).cloned();
                self.event(Act::Run, path, id, &file.labelled(labels), &Value::UNKNOWN, silent);
                // What the script wrote there itself is what runs.
                if let Some(content) = content {
                    self.execute(&content, language, id);
                }
            }
            (None, Some(stdin)) => {
                let stdin = stdin.clone();
                self.event(Act::Eval, path, id, &stdin, &Value::UNKNOWN, silent);
                self.made(&stdin, id, Some(language));
                // It has been read: the commands in it are given none.
                let fed = self.later.fed.take();
                self.execute(&stdin, language, id);
                self.later.fed = fed;
            }
            (None, None) => {
                let line = Value::str(name, Labels::NONE);
                self.event(Act::Run, path, id, &line, &Value::UNKNOWN, silent);
            }
        }
        Value::unknown(Labels::OUTPUT)
    }
}

/// Words in which an option and its value are two: `--post-file=x` is `--post-file x`.
fn apart(words: &[Value], is_curl: bool) -> Vec<Value> {
    let mut out = Vec::with_capacity(words.len());
    for word in words {
        if let Some(both) = super::transfer::with_its_value(word).filter(|_| is_curl) {
            out.extend(both);
            continue;
        }
        let split = word.as_text().and_then(|t| t.split_once('=')).filter(|(option, _)| SENDING.contains(option));
        match split {
            Some((option, value)) => {
                out.push(Value::str(option, Labels::NONE));
                let value = if word.is_constant() {
                    Value::str(value, word.labels)
                } else {
                    Value::text(value.to_owned(), word.labels)
                };
                out.push(value);
            }
            None => out.push(word.clone()),
        }
    }
    out
}

/// The code behind `-e` when it stands in the same word, after options that take none (`-nle'print 1'`).
fn code_in_option(word: &Value) -> Option<Value> {
    let text = word.as_str()?.strip_prefix('-')?.trim_start_matches(['a', 'c', 'l', 'n', 'p', 's', 't', 'w']);
    let code = text.strip_prefix('e')?;
    (!code.is_empty()).then(|| Value::str(code, word.labels))
}

/// The letters of a text of one line that `cut -c2-4` lets through.
fn cut(text: &Value, args: &Args) -> Option<Value> {
    let words: Vec<&str> = args.list.iter().map(Value::as_str).collect::<Option<_>>()?;
    let range = match words.as_slice() {
        ["-c", range] => range,
        [one] => one.strip_prefix("-c")?,
        _ => return None,
    };
    let line = text.as_str()?.trim_end_matches('\n');
    if line.contains('\n') {
        return None;
    }
    let (from, to) = range.split_once('-').unwrap_or((range, range));
    let from = if from.is_empty() { 1 } else { from.parse::<usize>().ok()?.max(1) };
    let to = if to.is_empty() { usize::MAX } else { to.parse::<usize>().ok()? };
    let kept: String = line.chars().skip(from - 1).take(to.saturating_sub(from - 1)).collect();
    Some(Value::str(kept, text.labels.with(Labels::BUILT)))
}

/// The language of a file that is started by its name, by its first line.
fn language_of_file(text: &str) -> Option<Language> {
    let first = text.lines().next()?.strip_prefix("#!")?;
    let program = first.split_whitespace().flat_map(|w| w.rsplit('/').next()).rfind(|w| !w.starts_with('-'))?;
    INTERPRETERS.iter().find(|(name, ..)| *name == program).map(|(.., language)| *language)
}
