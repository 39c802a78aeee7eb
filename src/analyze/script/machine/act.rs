//! What libraries do to the world outside, by their entries in the vocabulary.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use super::execute::BODY_OF;
use super::outside::beside;
use crate::analyze::script::event::{Act, Event};
use crate::analyze::script::flows::{is_metadata, is_model};
use crate::analyze::script::heap::Kind;
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::analyze::script::words::{self, Arg, Does, Word};
use crate::parse::script::{Id, Language};

/// Most methods that a script may give to all values of a kind.
const MAX_TAUGHT: usize = 256;
/// Most members of what a script gives to others that are kept for itself.
const MAX_EXPORTED: usize = 1024;
/// The subject of a method that yields what it is called on.
const THIS_ITSELF: &[Arg] = &[Arg::This];
/// What an address gives away when it is made of it.
const TELLING: Labels = Labels::SECRET.with(Labels::IDENTITY).with(Labels::OUTPUT).with(Labels::SPIED);

/// Whether the words of a command that looks a name up ask for the text that stands there.
fn asks_for_text(words: &str) -> bool {
    words.split(|c: char| c.is_whitespace() || c == '=').any(|word| word.eq_ignore_ascii_case("txt"))
}

/// Whether what is named takes the code in a file into the script.
fn runs_a_file(name: &str) -> bool {
    matches!(name, "include" | "require" | "include_once" | "require_once" | "load" | "require_relative")
}

/// Whether nothing is known of a text but how many letters it was put together of: numbers that stand there, and a key that
/// does not.
fn is_of_unknown_letters(text: &str) -> bool {
    const FEWEST: usize = 24;
    text.len() >= FEWEST * HOLE.len() && text.len().is_multiple_of(HOLE.len()) && text.replace(HOLE, "").is_empty()
}

/// Functions that are given the path of the file that they send.
const UPLOADS: &[&str] = &["put", "upload_file", "uploadfile"];

/// Whether an entry of a page's own storage has the name of something that lets its owner in somewhere.
fn opens_doors(key: &str) -> bool {
    const DOORS: &[&str] = &[
        "token", "auth", "session", "pass", "secret", "cred", "key", "jwt", "login", "user", "wallet", "mnemonic",
        "seed", "phrase", "vault", "account", "cookie", "private", "pin", "otp", "card",
    ];
    let lower = key.to_ascii_lowercase();
    DOORS.iter().any(|door| lower.contains(door))
}

/// Whether a command puts what it is handed on its standard input onto the clipboard.
fn sets_the_clipboard(command: &str) -> bool {
    let first = command.split_whitespace().next().unwrap_or_default();
    let name = first.rsplit(['/', '\\']).next().unwrap_or_default();
    let reads = command.contains(" -o") || command.contains("--output");
    matches!(name, "pbcopy" | "clip" | "clip.exe" | "wl-copy") || matches!(name, "xclip" | "xsel") && !reads
}

/// What does not stand in the script itself.
const OF_OTHERS: Labels = Labels::FOREIGN
    .with(Labels::FILE)
    .with(Labels::OWN_FILE)
    .with(Labels::PARAMETER)
    .with(Labels::ARGUMENTS)
    .with(Labels::ENV);

impl Machine {
    /// The argument that an entry asks for.
    pub(super) fn pick(&mut self, arg: Arg, this: Option<&Value>, args: &Args) -> Option<Value> {
        match arg {
            Arg::At(i) => args.at(i).cloned(),
            Arg::Named(name) => args.named(name).cloned().or_else(|| {
                // Behind options there may be a function that is called at the end.
                let options = args.list.iter().rfind(|value| !matches!(value.known, Known::Func(..)))?;
                let Known::Object(id) = options.known else { return None };
                match &self.heap.get(id)?.kind {
                    Kind::Dict(fields) => fields.get(name).cloned(),
                    _ => None,
                }
            }),
            Arg::This => this.map(|t| self.about(t)),
            Arg::From(i) => {
                let rest = args.list.get(i..)?;
                let labels = rest.iter().fold(args.open, |l, v| l.with(self.all_labels(v)));
                match rest {
                    [] => None,
                    [one] => Some(one.clone().labelled(labels)),
                    // Options in place of words, and a function that is called at the end.
                    [options, Value { known: Known::Func(..), .. }] if matches!(options.known, Known::Object(id) if self.heap.list(id).is_none()) => {
                        Some(options.clone().labelled(labels))
                    }
                    // A port before its host, as connections of Node.js are told them.
                    [port, host, ..]
                        if self.language == Language::JavaScript
                            && port.as_num().is_some_and(|n| n > 0.0 && n <= f64::from(u16::MAX))
                            && host.as_str().is_some_and(|h| h.contains('.') && !h.contains([' ', '/'])) =>
                    {
                        let port = self.shown_or_hole(port);
                        let host = host.as_str().unwrap_or_default();
                        Some(Value::text(format!("{host}:{port}"), labels))
                    }
                    // A program, a list of its words, and options.
                    [first, words, ..]
                        if self.language == Language::JavaScript
                            && matches!(words.known, Known::Object(id) if self.heap.list(id).is_some()) =>
                    {
                        let mut all = vec![first.clone()];
                        // Words that nobody knows may stand among them: `[file, ...process.argv.slice(2)]`.
                        let words = match words.known {
                            Known::Object(id) => self.heap.list(id).cloned().unwrap_or_default(),
                            _ => Vec::new(),
                        };
                        if !self.pay(words.len() * 16) {
                            return None;
                        }
                        all.extend(words);
                        Some(self.new_list(all, labels))
                    }
                    many => {
                        let words: Vec<Rc<str>> = many.iter().map(|v| self.shown_or_hole(v)).collect();
                        Some(Value::text(words.join(" "), labels))
                    }
                }
            }
        }
    }

    /// What a handle is about; another value is about itself.
    pub(super) fn about(&self, value: &Value) -> Value {
        match &value.known {
            Known::Object(id) => match self.heap.get(*id).map(|o| &o.kind) {
                Some(Kind::Handle(_, about)) => (**about).clone().labelled(value.labels),
                _ => value.clone(),
            },
            _ => value.clone(),
        }
    }

    /// Whether a path is what the script itself gives to others.
    fn is_own_module(&self, path: PathId) -> bool {
        let text = self.paths.text(path);
        let root = text.split(['.', '(', '[']).next().unwrap_or_default();
        // The module of modules goes by the same name as a module itself.
        let is_exports = root == "module" && !text.starts_with("module._load") && text != "module";
        matches!(root, "exports" | "this") || is_exports || root == "?" && self.language != Language::Python
    }

    /// A path without a host, asked of a client that was made for an address, is below that.
    fn below_base(&self, about: Value, this: Option<&Value>) -> Value {
        let Some(Known::Object(id)) = this.map(|t| &t.known) else { return about };
        let Some(Kind::Handle(path, _)) = self.heap.get(*id).map(|o| &o.kind) else { return about };
        let client = self.paths.text(*path);
        let has_base = [".create()", "httpx.Client()", "httpx.AsyncClient()", "aiohttp.ClientSession()"];
        if !has_base.iter().any(|made| client.ends_with(made)) || !about.as_text().is_some_and(|t| t.starts_with('/')) {
            return about;
        }
        let base = this.and_then(|t| self.subject_of(&self.about(t), Act::Send));
        match (base, about.as_text()) {
            (Some(base), Some(rest)) => Value::text(format!("{}{rest}", base.trim_end_matches('/')), about.labels),
            _ => about,
        }
    }

    /// Whether what headers hold of the page's own storage is what the server once gave the page to be known by.
    fn presents_itself(&self, headers: &Value) -> bool {
        let Known::Object(id) = headers.known else { return false };
        let Some(Kind::Dict(fields)) = self.heap.get(id).map(|o| &o.kind) else { return false };
        fields.iter().all(|(name, value)| {
            let labels = self.all_labels(value);
            !labels.any(Labels::PAGE)
                || !labels.any(Labels::COOKIES) && {
                    let name = name.to_ascii_lowercase();
                    name == "authorization" || name.contains("token")
                }
        })
    }

    /// Does what an entry of the vocabulary says.
    pub(super) fn act(
        &mut self,
        word: &'static Word,
        path: PathId,
        this: Option<&Value>,
        args: &Args,
        id: Id,
        labels: Labels,
    ) -> Value {
        let labels = labels.without(Labels::DIGESTED);
        let subject = word.subject.iter().find_map(|arg| self.pick(*arg, this, args));
        let about = subject.clone().unwrap_or(Value::unknown(args.open));
        let mut data = Value::unknown(args.open);
        let mut gives = false;
        for arg in word.data {
            if let Some(mut value) = self.pick(*arg, this, args) {
                gives |= !matches!(value.known, Known::Nil);
                let mut all = self.all_labels(&value);
                if *arg == Arg::Named("headers") && all.any(Labels::PAGE) && self.presents_itself(&value) {
                    all = all.without(Labels::BROWSER);
                    value = Value::unknown(all);
                }
                if *arg == Arg::This {
                    // What was put into it, too.
                    all = all.with(this.map_or(Labels::NONE, |t| self.all_labels(t)));
                }
                data =
                    if matches!(data.known, Known::Unknown) { value.labelled(data.labels) } else { data.labelled(all) };
                data.labels = data.labels.with(all);
            }
        }
        if word.does == Does::Send && self.paths.text(path).rsplit('.').next().is_some_and(|n| UPLOADS.contains(&n)) {
            let file = data.as_text().map_or(Labels::NONE, crate::analyze::script::words::labels_of_path);
            data = data.labelled(file);
        }
        let about = self.below_base(about, this);
        let about = self.said_on_the_command_line(about);
        // What an address holds itself comes from nowhere.
        if matches!(word.does, Does::Send | Does::Fetch) && about.as_text().is_some_and(|t| t.starts_with("data:")) {
            return Self::path_value(self.paths.call(path), about.labels.with(labels));
        }
        let hidden = self.is_hidden(args);
        let result = self.paths.call(path);
        let mut yields = word.yields;
        // What a model answers is what its user has asked it, and no more a download than what a person says. One that is only
        // asked what stands in the script is somebody else's.
        let of_users = Labels::ANSWER.with(Labels::ARGUMENTS).with(Labels::PARAMETER).with(Labels::HANDED);
        if yields.any(Labels::DOWNLOADED)
            && self.all_labels(&data).any(of_users)
            && matches!(word.does, Does::Fetch | Does::Request | Does::Send)
            && self.subject_of(&about, Act::Fetch).is_some_and(|address| is_model(&address))
        {
            yields = yields.without(Labels::DOWNLOADED).with(Labels::MODEL);
        }
        // What a page keeps under a name of its own, of which a part may be put in later, is its own.
        if yields.any(Labels::PAGE)
            && let Some(key) = args.at(0).filter(|k| !self.all_labels(k).any(Labels::BROWSER)).and_then(Value::as_text)
            && key.replace(HOLE, "").len() > 2
            && !opens_doors(key)
        {
            yields = yields.without(Labels::BROWSER);
        }
        // What another command has printed is no longer that command.
        let about = match (word.does, &about.known) {
            (Does::Run | Does::Shell | Does::Eval, Known::Object(id)) if about.labels.any(Labels::OUTPUT) => {
                match self.heap.get(*id).map(|o| &o.kind) {
                    Some(Kind::Handle(printed, _)) => Self::path_value(*printed, self.all_labels(&about)),
                    _ => about,
                }
            }
            _ => about,
        };
        // What lies where secrets lie is one, by whatever name it is found there.
        if yields.any(Labels::LISTED)
            && let Some(place) = self.subject_of(&about, Act::Read)
        {
            let lies = crate::analyze::script::words::labels_of_path(&place);
            yields = yields.with(lies.only(Labels::SECRET));
        }
        match word.does {
            Does::Run | Does::Shell => {
                let about = if word.does == Does::Shell { self.line_of_words(&about, args) } else { about.clone() };
                // What was written to a file is what is started when the file is named.
                let subject = self.subject_of(&about, Act::Run);
                // The command may stand in another file, in letters that lie about there.
                self.out.nameless |=
                    matches!(about.known, Known::Unknown) && about.labels.without(Labels::BUILT).is_empty();
                if subject.as_deref().is_some_and(asks_for_a_name) {
                    yields = yields.without(Labels::OUTPUT);
                }
                if let Some(asked) = subject.as_deref().and_then(|s| s.strip_prefix("git "))
                    && super::transfer::tells_of_company(asked.split_whitespace())
                {
                    yields = yields.with(Labels::COMPANY);
                }
                let written = subject.as_deref().map_or(Labels::NONE, |text| self.written(text));
                let about = about.labelled(written);
                self.event(Act::Run, path, id, &about, &data, hidden);
                let events = self.out.events.len();
                if subject.as_deref().is_some_and(sets_the_clipboard)
                    && let Some(input) = args.named("input").or_else(|| self.option(args, "input")).cloned()
                {
                    self.event(Act::SetClipboard, path, id, &about, &input, hidden);
                }
                let fed = args.named("input").or_else(|| self.option(args, "input")).cloned();
                self.run_fed(&about, word.does == Does::Shell || self.asks_for_shell(args), fed, id);
                // What a command prints that fetches something is what it has fetched.
                let prints = subject.as_deref().is_some_and(|code| {
                    (code.contains(" -e ") || code.contains(" -c "))
                        && ["stdout.write", "console.log", "print("].iter().any(|way| code.contains(way))
                });
                let fetches = |e: &Event| {
                    e.act == Act::Fetch && (prints || matches!(&*e.by, "curl" | "wget" | "invoke-webrequest"))
                        || e.act == Act::Lookup && e.subject.as_deref().is_some_and(asks_for_text)
                };
                let place = self.place(id);
                let again = |e: &Event| e.at == place && e.act == Act::Lookup && fetches(e);
                if self.out.events.get(events..).is_some_and(|new| new.iter().any(fetches))
                    || self.out.events.iter().any(again)
                {
                    yields = yields.with(Labels::DOWNLOADED);
                }
                yields = yields.with(self.printed_since(events));
                self.carry_into(events, &about);
            }
            Does::Eval => {
                let mut about = self.unless_spelled_out(about);
                if about.labels.any(Labels::BUILT) && about.as_text().is_some_and(is_of_unknown_letters) {
                    about = about.labelled(Labels::DECODED);
                }
                if matches!(about.known, Known::Unknown) {
                    self.note_unnamed(&about);
                }
                self.event(Act::Eval, path, id, &about, &data, hidden);
                self.made(&about, id, Some(self.language));
                // What hidden code does and yields was hidden with it.
                let hidden_as = about.labels.only(Labels::CONCEALED);
                let before = self.concealed;
                self.concealed |= !hidden_as.is_empty();
                let value = match args.named(BODY_OF).and_then(Value::as_str) {
                    Some(parameters) => self.made_function(&about, parameters, id),
                    None => self.execute(&about, self.language, id),
                };
                self.concealed = before;
                self.call_backs(args, labels, Some(path));
                return value
                    .map(|v| v.labelled(hidden_as))
                    .unwrap_or_else(|| Self::path_value(result, labels.with(about.labels)));
            }
            Does::Fetch | Does::Request if self.subject_of(&about, Act::Fetch).is_some_and(|a| is_metadata(&a)) => {
                yields = yields.with(Labels::CREDENTIALS);
                self.event(Act::Fetch, path, id, &about, &data, hidden);
            }
            // What PHP and Ruby call the same way, whether it is a file or an address.
            Does::Fetch if self.is_a_file(&about) => {
                let content = self.read_file(path, &about, id);
                self.call_backs(args, content.labels, Some(path));
                return content;
            }
            // What a page of PHP is sent.
            Does::Fetch
                if self.language == Language::Php
                    && about.as_str().is_some_and(|a| a.eq_ignore_ascii_case("php://input")) =>
            {
                return Self::path_value(result, Labels::REMOTE);
            }
            Does::Fetch => {
                let act = if self.all_labels(&about).any(TELLING) { Act::Send } else { Act::Fetch };
                self.event(act, path, id, &about, &data, hidden);
            }
            Does::Send => {
                // A mailbox that stands in the script is where a message goes, whoever carries it.
                let to = self.option(args, "to").filter(|to| to.as_str().is_some_and(|to| to.contains('@'))).cloned();
                let about = match to {
                    Some(to) if about.as_text().is_none() && self.paths.text(path).ends_with("sendMail") => {
                        to.labelled(about.labels)
                    }
                    _ => about.clone(),
                };
                self.event(Act::Send, path, id, &about, &data, hidden);
                self.copied_mail(path, args, id);
            }
            Does::Request => {
                let tells = gives && !data.labels.is_empty() || self.all_labels(&about).any(TELLING);
                let act = if tells || self.is_post(args) { Act::Send } else { Act::Fetch };
                self.event(act, path, id, &about, &data, hidden);
            }
            Does::Save => {
                self.event(Act::Fetch, path, id, &about, &Value::UNKNOWN, hidden);
                let content = Value::unknown(Labels::DOWNLOADED.with(about.labels));
                self.write_file(path, &data, &content, id);
            }
            Does::Connect => {
                // In an address itself; options hold what one logs in with.
                let tells = about.as_text().is_some() && about.labels.any(TELLING);
                let act = if tells { Act::Send } else { Act::Connect };
                self.event(act, path, id, &about, &data, hidden);
                if let Some(Value { known: Known::Object(handle), .. }) = this
                    && let Some(Kind::Handle(_, about_this)) = self.heap.get_mut(*handle).map(|o| &mut o.kind)
                {
                    **about_this = about.clone();
                }
            }
            Does::Listen => self.event(Act::Listen, path, id, &about, &data, hidden),
            Does::Lookup => {
                self.event(Act::Lookup, path, id, &about, &about, hidden);
                // The addresses of a host that somebody names are not those of this one.
                let is_named = about.as_str().is_some_and(|name| name.contains('.'))
                    || about.labels.any(Labels::PARAMETER.with(Labels::ANSWER).with(Labels::ARGUMENTS));
                if is_named && !about.labels.any(Labels::HOSTNAME) {
                    yields = yields.without(Labels::ADDRESS);
                }
                // What stands in a record of text is what somebody put there.
                if about.as_text().is_some_and(asks_for_text) {
                    yields = yields.with(Labels::DOWNLOADED);
                }
            }
            Does::Open => {
                let opened = self.open(path, &about, args, id);
                self.give_to_blocks(args, &opened);
                return opened;
            }
            Does::Read => {
                let content = self.read_file(path, &about, id).labelled(word.yields);
                // What settings are read into holds them from then on.
                if self.paths.text(path).ends_with("Parser().read")
                    && let Some(Known::Object(holder)) = this.map(|this| &this.known)
                {
                    self.taint(*holder, content.labels);
                }
                self.call_backs(args, content.labels, Some(path));
                return content;
            }
            Does::Write => self.write_file(path, &about, &data, id),
            Does::Copy => {
                let content = self.read_file(path, &data, id).labelled(word.yields);
                self.write_file(path, &about, &content, id);
            }
            Does::Delete => self.event(Act::Delete, path, id, &about, &data, hidden),
            Does::MakeRunnable => {
                let runnable = args.list.len() < 2
                    || args.list.iter().skip(1).any(|v| !matches!(v.as_int(), Some(m) if m & 0o111 == 0));
                if runnable {
                    self.event(Act::MakeRunnable, path, id, &about, &data, hidden);
                }
            }
            Does::Environment => {
                let Some(name) = about.as_text().map(str::to_owned) else {
                    return Value::unknown(Labels::ENV.with(labels));
                };
                let value = self.environment(&name, id);
                return match args.at(1).filter(|d| d.as_str().is_some_and(|t| t.len() > 3)) {
                    // Where a file with credentials lies is where it lies mostly.
                    Some(default) if value.labels.without(Labels::PICKED_FILE) == Labels::ENV => {
                        default.clone().labelled(value.labels)
                    }
                    _ => value,
                };
            }
            Does::Source => {
                let name: Rc<str> = self.paths.text(path).into();
                self.source(yields, &name, id);
            }
            Does::Handle => {}
            // Bytes of compiled code stand nowhere as such, whatever key they were under.
            Does::Pass if self.paths.text(path) == "marshal.loads" && !labels.any(OF_OTHERS) => {
                return about.labelled(labels.with(Labels::DECODED));
            }
            // The file may have been written before.
            Does::Pass
                if matches!(self.language, Language::Php | Language::Ruby) && runs_a_file(self.paths.text(path)) =>
            {
                let written = self.subject_of(&about, Act::Write).map_or(Labels::NONE, |text| self.written(&text));
                if written.any(Labels::FOREIGN.with(Labels::CONCEALED)) {
                    // What the file holds is executed, and not its name.
                    let place = self.subject_of(&about, Act::Write);
                    let content = place.and_then(|place| self.files.get(beside(&place)).cloned());
                    let known = content.filter(|content| content.as_str().is_some()).map(|content| content.known);
                    let code = Value::new(known.unwrap_or(Known::Unknown), about.labels.with(written));
                    self.event(Act::Eval, path, id, &code, &data, hidden);
                    self.execute(&code, self.language, id);
                }
                return about.labelled(labels);
            }
            // What is put into a part of an archive is in the archive.
            Does::Pass
                if word.subject == THIS_ITSELF && matches!(this, Some(Value { known: Known::Object(_), .. })) =>
            {
                return this.cloned().unwrap_or_default().labelled(labels);
            }
            Does::Pass => return about.labelled(labels),
            Does::Redirect => {
                self.event(Act::Redirect, path, id, &about, &data, hidden);
                if self.paths.text(path).ends_with(".stdin.write") {
                    self.feed(&about, data.clone(), id);
                }
            }
            Does::Load => {
                let written = self.subject_of(&about, Act::Write).map_or(Labels::NONE, |text| self.written(&text));
                let about = about.clone().labelled(written).labelled(self.later.foreign_modules);
                self.event(Act::Load, path, id, &about, &data, hidden);
            }
            // Memory that is not made executable holds data: a file that is read by its place.
            Does::Inject
                if self.paths.text(path) == "mmap.mmap" && args.named("prot").is_none() && args.list.len() < 4 => {}
            Does::Inject => self.event(Act::Inject, path, id, &about, &data, hidden),
            Does::Hide => self.event(Act::Hide, path, id, &about, &data, hidden),
            // Who lists what is there adds nothing.
            Does::Persist if matches!(args.list.as_slice(), [only] if only.as_str() == Some("-l")) => {}
            Does::Persist => self.event(Act::Persist, path, id, &about, &data, hidden),
            Does::Spy => {
                let name: Rc<str> = self.paths.text(path).into();
                self.source(yields, &name, id);
                self.event(Act::Spy, path, id, &about, &data, hidden);
            }
            Does::SetClipboard => self.event(Act::SetClipboard, path, id, &about, &data, hidden),
            Does::Sleep => self.event(Act::Sleep, path, id, &about, &data, hidden),
            Does::Exit => self.event(Act::Exit, path, id, &about, &data, hidden),
            Does::Encrypt => {
                self.event(Act::Encrypt, path, id, &about, &data, hidden);
                let kept = labels.without(Labels::USED_TO_SIGN);
                return Self::path_value(result, yields.with(kept));
            }
            Does::Prompt => self.event(Act::Prompt, path, id, &about, &data, hidden),
        }
        // What is fetched, is fetched from there; that it was asked for with secrets is told by the event already.
        if matches!(word.does, Does::Fetch | Does::Send | Does::Request | Does::Run | Does::Shell) {
            yields = yields.with(about.labels.without(Labels::IDENTITY.with(Labels::DIGESTED)));
            self.call_backs(args, yields, Some(path));
            return self.handle(result, about, yields);
        }
        // A block of Ruby is handed what was made.
        if word.does == Does::Handle && self.language == Language::Ruby {
            let made = self.handle(result, about, yields.with(labels));
            self.give_to_blocks(args, &made);
            return made;
        }
        if matches!(word.does, Does::Handle | Does::Connect | Does::Save) {
            self.call_backs(args, yields.with(labels), Some(path));
            return self.handle(
                result,
                about,
                yields.with(if word.does == Does::Handle { labels } else { Labels::NONE }),
            );
        }
        self.call_backs(args, yields, Some(path));
        if word.does == Does::Source || word.does == Does::Spy {
            return Self::path_value(result, yields);
        }
        Self::path_value(result, yields.with(labels))
    }

    /// A program and its words, of languages in which a shell is only asked when there is nothing but a line:
    /// `system("sh", "-c", $code)`.
    fn line_of_words(&mut self, line: &Value, args: &Args) -> Value {
        let is_list = matches!(self.language, Language::Perl | Language::Ruby)
            && args.list.len() > 1
            && args.list.iter().all(|word| !matches!(word.known, Known::Object(_) | Known::Func(..)));
        if is_list { self.new_list(args.list.clone(), Labels::NONE) } else { line.clone() }
    }

    /// Whether what is asked for lies on this machine, in languages that open files and addresses with one function.
    fn is_a_file(&self, about: &Value) -> bool {
        matches!(self.language, Language::Php | Language::Ruby | Language::Perl | Language::Lua)
            && (about.labels.any(Labels::OWN_FILE.with(Labels::LISTED))
                || about.as_str().is_some_and(|text| !text.contains("://") && text.starts_with(['/', '.', '~']))
                || about.as_text().is_some_and(|text| {
                    !text.contains("://") && (text.starts_with("{own ") || !words::labels_of_path(text).is_empty())
                }))
    }

    /// Goes through the blocks that are handed what was opened.
    fn give_to_blocks(&mut self, args: &Args, opened: &Value) {
        for block in args.list.iter().filter(|v| matches!(v.known, Known::Func(..))) {
            let Known::Func(func, frame) = block.known else { continue };
            self.call_function(func, frame, None, &Args::of(vec![opened.clone()]));
        }
    }

    /// Whether the arguments ask for a window or an output that nobody sees.
    pub(super) fn is_hidden(&self, args: &Args) -> bool {
        let path = |value: &Value, parts: &[&str]| matches!(&value.known, Known::Path(p) if parts.iter().any(|part| self.paths.text(*p).contains(part)));
        let is_true = |v: &Value| v.known == Known::Bool(true);
        let (mut hidden, mut detached, mut mute) = (false, false, false);
        for (name, value) in &args.named {
            match &**name {
                "creationflags" => {
                    let flags = value.as_int().unwrap_or(0);
                    hidden |= flags & 0x0800_0000 != 0 || path(value, &["NO_WINDOW", "SW_HIDE"]);
                    detached |= flags & 8 != 0 || path(value, &["DETACHED_PROCESS"]);
                }
                "silent" => hidden = true,
                "preexec_fn" => detached |= path(value, &["os.setpgrp", "os.setsid", "os.setpgid"]),
                "start_new_session" => detached |= is_true(value),
                "stdout" => mute |= path(value, &["DEVNULL"]),
                _ => {}
            }
        }
        if self.language == Language::JavaScript {
            for value in &args.list {
                if let Known::Object(id) = value.known
                    && let Some(Kind::Dict(fields)) = self.heap.get(id).map(|o| &o.kind)
                {
                    detached |= fields.get("detached").is_some_and(is_true);
                    let streams = |is: &str| fields.get("stdio").is_some_and(|v| v.as_str() == Some(is));
                    // What writes into the terminal of whoever started it is seen.
                    mute |= fields.get("windowsHide").is_some_and(is_true) && !streams("inherit") || streams("ignore");
                }
            }
        }
        hidden || detached && mute
    }

    pub(super) fn asks_for_shell(&self, args: &Args) -> bool {
        args.named("shell").is_some_and(|v| v.known == Known::Bool(true))
    }

    pub(super) fn is_post(&self, args: &Args) -> bool {
        let is =
            |v: &Value| v.as_str().is_some_and(|m| matches!(m.to_ascii_uppercase().as_str(), "POST" | "PUT" | "PATCH"));
        args.named("method").is_some_and(is)
            || args.list.first().is_some_and(is)
            || args.list.iter().any(|v| match v.known {
                Known::Object(id) => match self.heap.get(id).map(|o| &o.kind) {
                    Some(Kind::Dict(fields)) => fields.get("method").is_some_and(is),
                    _ => false,
                },
                _ => false,
            })
    }

    /// Sets a member of a library's object: `el.src = …`, `xhr.onload = …`.
    pub(super) fn set_outside(&mut self, path: PathId, name: &str, object: &Value, value: &Value, at: Id) {
        if self.is_curly() {
            self.set_of_curly(path, name, object, value);
        }
        let target = self.paths.member(path, name);
        // Standard streams of a program, which a connection or a text is tied to.
        if self.language == Language::Go
            && matches!(name, "Stdin" | "Stdout" | "Stderr")
            && self.paths.text(path).starts_with("os/exec.Command")
        {
            let about = self.about(object);
            if self.all_labels(value).any(Labels::REMOTE) {
                self.event(Act::Redirect, target, at, &about, value, false);
            } else if name == "Stdin" {
                let given = self.as_content(value);
                self.feed(&about, given, at);
            }
            return;
        }
        // What others are given by name; and what is kept where all files see it.
        let is_given = match self.paths.text(path) {
            "exports" | "module.exports" => matches!(value.known, Known::Func(..) | Known::Str(_) | Known::Text(_)),
            "globalThis" | "global" => !matches!(value.known, Known::Func(..)) && self.word(target).is_none(),
            _ => false,
        };
        if self.language == Language::JavaScript && is_given && self.exported.len() < MAX_EXPORTED {
            self.oldest_frame = 0;
            self.exported.insert(target, value.clone());
        }
        if let Some(word) = self.word(target)
            && word.subject.is_empty() == word.data.is_empty()
        {
            let about = self.about(object);
            match word.does {
                Does::Eval => {
                    self.event(Act::Eval, target, at, value, value, false);
                }
                Does::Send | Does::Fetch => self.event(Act::Send, target, at, value, value, false),
                Does::SetClipboard => self.event(Act::SetClipboard, target, at, &about, value, false),
                _ => {}
            }
        }
        // The text of a script that is put into a page is executed there. Pages load their own parts so; an extension has all
        // of its code with it.
        if matches!(name, "textContent" | "text" | "innerHTML" | "innerText")
            && self.paths.text(path) == super::javascript::SCRIPT_ELEMENT
            && self.all_labels(value).any(Labels::DOWNLOADED.with(Labels::REMOTE))
            && ["chrome", "browser"].iter().any(|api| self.tree.holds(api))
            && ["storage", "scripting", "runtime"].iter().any(|api| self.tree.holds(api))
        {
            self.event(Act::Eval, target, at, value, &Value::UNKNOWN, false);
        }
        // Where a script is loaded from into a page had to be decoded.
        if name == "src"
            && self.paths.text(path) == super::javascript::SCRIPT_ELEMENT
            && value.labels.any(Labels::CONCEALED)
            && value.as_text().is_some_and(|address| address.contains("//") && !address.starts_with("data:"))
        {
            self.event(Act::Load, target, at, value, &Value::UNKNOWN, false);
        }
        if self.language == Language::JavaScript
            && matches!(value.known, Known::Func(..) | Known::Path(_))
            && let Some(class) = self.paths.text(path).strip_suffix(".prototype")
            && matches!(class, "String" | "Array" | "Number" | "Object" | "Boolean")
            && self.taught.len() < MAX_TAUGHT
        {
            let class = Rc::from(class);
            self.oldest_frame = 0;
            self.taught.insert((class, name.into()), value.clone());
        }
        if let Known::Func(..) = value.known {
            if name == "on_message" && self.language == Language::Python {
                self.call_back(value, Labels::REMOTE, Some(target));
            } else if name.starts_with("onkey") && self.language == Language::JavaScript {
                self.listen_to_keys(value);
            } else if name.starts_with("on") {
                let labels = self.all_labels(object);
                self.call_back(value, labels, Some(target));
            } else if self.asked.contains(&target) && !self.is_own_module(path) {
                self.hook(value, target, at);
            }
        }
    }
}

/// Whether a command asks only what a project or a program is: how `git` calls something, what a package manager has
/// installed, which version something has. Tools tell that to the services that they work with.
fn asks_for_a_name(command: &str) -> bool {
    const GIT: &[&str] = &[
        "remote",
        "rev-parse",
        "symbolic-ref",
        "describe",
        "ls-remote",
        "log",
        "status",
        "branch",
        "tag",
        "rev-list",
        "merge-base",
        "for-each-ref",
        "ls-files",
        "shortlog",
        "name-rev",
    ];
    const PIP: &[&str] = &["list", "freeze", "show", "check", "index"];
    const NPM: &[&str] = &["ls", "list", "view", "outdated", "audit", "info", "why"];
    const OTHERS: &[(&str, &[&str])] = &[
        ("cargo", &["metadata", "tree", "search"]),
        ("go", &["list", "version"]),
        ("conda", &["list", "info"]),
        ("poetry", &["show", "version"]),
        ("composer", &["show", "licenses"]),
        ("gem", &["list"]),
    ];
    let is_one = !command.contains([';', '|', '&', '`', '$', '\n']);
    let mut words = command.split_whitespace();
    let program = words.next().unwrap_or_default();
    // The interpreter has no fixed place: `{sys.executable} -m pip list`.
    let as_module = words.clone().collect::<Vec<_>>();
    let (program, verb, rest) = match as_module.as_slice() {
        ["-m", module, verb, rest @ ..] => (*module, *verb, rest),
        [verb, rest @ ..] => (program, *verb, rest),
        [] => return false,
    };
    let program = program.rsplit('/').next().unwrap_or(program).trim_end_matches(".exe").trim_end_matches(".cmd");
    is_one
        && match program {
            // With what was changed, a log is the sources.
            "git" => GIT.contains(&verb) && !rest.iter().any(|w| matches!(*w, "-p" | "-u" | "--patch" | "--stat")),
            "pip" | "pip3" | "uv" => {
                PIP.contains(&verb) || verb == "pip" && rest.first().is_some_and(|v| PIP.contains(v))
            }
            "npm" | "yarn" | "pnpm" | "bun" => NPM.contains(&verb),
            _ if matches!(verb, "--version" | "-version") => rest.is_empty() && !program.is_empty(),
            _ => OTHERS.iter().any(|(name, verbs)| *name == program && verbs.contains(&verb)),
        }
}
