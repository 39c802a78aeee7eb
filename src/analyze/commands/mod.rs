//! Commands that configuration files have run: lifecycle scripts, hooks of agents, servers that an agent starts, tasks of
//! editors, steps of builds. Each is handed back as a script of its own, so that everything that looks at scripts looks
//! at it: what a command fetches, decodes, sends and starts is seen whatever file it is written in.
//!
//! A command is `automatic` when it runs without being asked for by anybody who reads it (at install, when a folder is
//! opened, when an agent begins), `started` when a system has it run that was set up so, or `build` when somebody builds or
//! tests the project with it. Known uses: hooks in
//! `.claude/settings.json` and tasks at folder opening ("Mini Shai-Hulud", 2026), `binding.gyp` expansions ("Phantom
//! Gyp", 2026), entries of MCP servers. Honest look-alikes are most of these files: formatters, installs of dependencies.

mod agent;
mod build;
mod endpoint;
mod git;
mod gyp;
mod hta;
mod lnk;
mod loose;
mod notebook;
mod npm;
mod path_file;
mod prose;
mod service;
mod source;
mod toml;
mod tongues;
mod xml;
mod yaml;

pub(crate) use npm::led_to;
use serde_json::Value;
pub(crate) use source::rule_when_built;
pub(crate) use toml::read as read_toml;

use super::{Heuristic, Notes};
use crate::model::artifact::{AUTOMATIC, COMMAND, ON_BUILD, STARTED};
use crate::model::{ByteView, Capability, Fact, FactKind, FileKind, Gap, GapReason, Rule, Step};
use crate::parse::Parsed;
use crate::unwrap::{Child, Content};

/// The readers of commands.
pub const HEURISTICS: &[&dyn Heuristic] = &[&Commands, &lnk::Shortcuts];

/// Longest configuration that is read, in bytes.
const LONGEST: usize = 32 << 20;
/// Most commands of one file, and their bytes together.
const MOST: usize = 2000;
const MOST_BYTES: usize = 1 << 20;
/// Commands, equal ones too, after which a reader stops.
const FULL: usize = 4 * MOST;
/// Longest name of a trigger and longest command that is shown as a fact, in bytes.
const NAME: usize = 60;
const SHOWN: usize = 300;

/// Who has a command run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// An installer, an editor, an agent, by itself.
    Automatic,
    /// A system, for whoever has set it up so.
    Started,
    /// Somebody who builds, tests or deploys.
    Build,
}

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    /// What has it run: `hook SessionStart`.
    pub(super) trigger: String,
    /// When.
    pub(super) when: When,
    /// The command, for a shell, or code in another language.
    pub(super) text: String,
    /// The ending of a file in its language.
    pub(super) extension: &'static str,
}

impl Command {
    pub(super) fn shell(trigger: impl Into<String>, when: When, text: impl Into<String>) -> Self {
        Self { trigger: trigger.into(), when, text: text.into(), extension: "sh" }
    }

    /// A program with its arguments, as a line for a shell.
    pub(super) fn words<'w>(trigger: impl Into<String>, when: When, words: impl IntoIterator<Item = &'w str>) -> Self {
        let line: Vec<String> = words.into_iter().map(quoted).collect();
        Self::shell(trigger, when, line.join(" "))
    }
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | ':' | '=' | '@' | '$' | '{' | '}' | '~')
    };
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// What a configuration value that is a command says: a line, or a list of words.
pub(super) fn line_of(value: &Value) -> Option<String> {
    match value {
        Value::String(line) => Some(line.clone()),
        Value::Array(words) => {
            let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
            (!words.is_empty()).then(|| words.into_iter().map(quoted).collect::<Vec<_>>().join(" "))
        }
        _ => None,
    }
}

/// Reads configurations.
pub(super) struct Commands;

impl Heuristic for Commands {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[
            &endpoint::FOREIGN,
            &endpoint::SERVER,
            &source::SECRETS,
            &source::FETCHES,
            &source::ENVIRONMENT,
            &source::UNVERIFIED,
        ];
        RULES
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text() || kind == FileKind::Notebook
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let Some(reader) = reader_of(file) else { return };
        let bytes = file.bytes();
        if bytes.len() > LONGEST {
            let detail = format!(
                "the commands in a configuration of {} bytes were not read; at most {LONGEST} are",
                bytes.len()
            );
            out.gaps.push(Gap::new(GapReason::Limit, detail));
            return;
        }
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let mut commands = Vec::new();
        reader(file, &text, &mut commands, out);
        if is_full(&commands) {
            out.gaps.push(Gap::new(GapReason::Limit, format!("a configuration with more than {} commands", FULL)));
        }
        tell(file, commands, out);
    }
}

/// Whether a reader has found as many commands as are read of one file.
fn is_full(commands: &[Command]) -> bool {
    commands.len() >= FULL
}

/// Says that a limit of a reader was reached: there are more commands than were read.
fn fill(commands: &mut Vec<Command>) {
    let empty = Command::shell("", When::Build, "");
    commands.resize_with(commands.len().max(FULL), || empty.clone());
}

type Reader = fn(&Parsed<'_>, &str, &mut Vec<Command>, &mut Notes);

/// Who reads a file, by its name; where names say little, by a word that must stand in it.
fn reader_of(file: &Parsed<'_>) -> Option<Reader> {
    let base = file.base_name();
    let lower = base.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| memchr::memmem::find(file.bytes(), w.as_bytes()).is_some());
    let reader: Reader = match lower.as_str() {
        "package.json" => npm::package,
        "composer.json" => npm::composer,
        "binding.gyp" => gyp::read,
        "makefile" | "gnumakefile" | "justfile" | ".justfile" => build::recipes,
        "cmakelists.txt" => build::cmake,
        "config" | ".gitconfig" | "gitconfig" if has(&["[core]", "[alias]", "[filter", "[diff", "[credential"]) => {
            git::read
        }
        _ if lower == "dockerfile"
            || lower == "containerfile"
            || lower.starts_with("dockerfile.")
            || lower.ends_with(".dockerfile") =>
        {
            build::dockerfile
        }
        _ if lower.ends_with(".gypi") => gyp::read,
        _ if lower.ends_with(".mk") => build::recipes,
        _ if lower.ends_with(".cmake") => build::cmake,
        _ if lower.ends_with(".gradle") || lower.ends_with(".gradle.kts") => build::gradle,
        _ if lower.ends_with(".toml") && has(&["notify", "mcp_servers", "model_providers", "command"]) => toml_file,
        _ if (lower.ends_with(".yml") || lower.ends_with(".yaml")) && has(YAML_WORDS) => yaml_file,
        _ if lower.ends_with(".targets") || lower.ends_with(".props") || lower.ends_with("proj") => xml::msbuild,
        _ if lower == "build.rs" || SOURCES.iter().any(|e| lower.ends_with(e)) && has(SOURCE_WORDS) => source::read,
        _ if tongues::is_one(base) && has(tongues::WORDS) => tongues::read,
        _ if lower.ends_with(".rb") && has(&["< Formula", "cask \"", "cask '"]) => source::formula,
        _ if hta::ENDINGS.iter().any(|e| lower.ends_with(e)) => hta::scripts,
        _ if UNITS.iter().any(|e| lower.ends_with(e)) && has(&["Exec"]) => service::systemd,
        _ if lower.ends_with(".plist") && has(&["ProgramArguments"]) => service::launchd,
        _ if lower.ends_with(".desktop") && has(&["[Desktop Entry]"]) => service::desktop,
        _ if lower.ends_with(".rules") && has(&["RUN"]) => service::devices,
        // Files of apt have no ending but this one.
        _ if (lower.ends_with(".conf") || !lower.contains('.'))
            && bytes_of_settings(file)
            && has(service::OF_APT)
            && has(&["APT::", "DPkg::", "Dpkg::", "dpkg::", "apt::"]) =>
        {
            service::apt
        }
        "pom.xml" => xml::maven,
        "workspace.xml" => xml::run_configurations,
        // One run configuration, under a name of its own.
        _ if lower.ends_with(".xml") && has(&["ShConfigurationType"]) => xml::run_configurations,
        _ if lower.ends_with(".xml") && has(&["<Exec>"]) && has(&["<Actions"]) => service::task,
        _ if file.kind() == FileKind::PythonPath || lower.ends_with(".pth") => path_file::read,
        _ if lower.ends_with(".lnk") => lnk::arguments,
        _ if file.kind() == FileKind::Notebook => notebook::read,
        _ if file.kind() == FileKind::Markdown => prose::read,
        _ if (file.kind() == FileKind::Json || lower.ends_with(".hook"))
            && JSON_WORDS.iter().any(|w| has_key(file.bytes(), w)) =>
        {
            json_file
        }
        _ if file.kind() == FileKind::Ini && has(&["_BASE_URL", "_API_BASE"]) => endpoint::environment,
        _ => return None,
    };
    Some(reader)
}

/// Units of systemd that start programs.
const UNITS: &[&str] = &[".service", ".socket", ".mount", ".swap"];

/// Whether a file is as short as settings are that people write.
fn bytes_of_settings(file: &Parsed<'_>) -> bool {
    file.bytes().len() <= 64 << 10
}

/// Whether a word stands in JSON as a key or, when it is no whole string, anywhere.
fn has_key(bytes: &[u8], word: &str) -> bool {
    memchr::memmem::find_iter(bytes, word.as_bytes()).any(|at| {
        let mut behind = bytes.get(at + word.len()..).unwrap_or_default().iter();
        // A comment may stand before the colon.
        !word.ends_with('"') || matches!(behind.find(|b| !b.is_ascii_whitespace()), Some(b':' | b'/'))
    })
}

/// Keys, or parts of them, of JSON that has something run.
const JSON_WORDS: &[&str] = &[
    "\"hooks\"",
    "\"command\"",
    "\"statusLine\"",
    "\"apiKeyHelper\"",
    "Command\"",
    "_BASE_URL",
    "_API_BASE",
    "\"mcp\"",
    "Helper\"",
    "\"mcpServers\"",
    "\"servers\"",
];
const SOURCES: &[&str] = &[".rs", ".go", ".java", ".kt", ".cs", ".c", ".cc", ".cpp", ".m", ".mm"];
const SOURCE_WORDS: &[&str] = &[
    "#[proc_macro",
    "func init(",
    "Command::new(",
    "exec.Command",
    "ProcessBuilder(",
    ".exec(",
    "Process.Start(",
    "system(",
    "popen(",
    "WinExec(",
    "NSTask",
    "//go:generate",
    "TcpStream::connect",
    "reqwest::",
    "ureq::",
];
const YAML_WORDS: &[&str] =
    &["runs:", "run:", "script:", "command:", "entry:", "cmd:", "args:", "_script:", "hooks:", "shell:", "raw:"];

fn json_file(file: &Parsed<'_>, text: &str, commands: &mut Vec<Command>, out: &mut Notes) {
    match loose::json(text) {
        Some(value) => {
            agent::settings(&value, commands);
            agent::editor(&value, commands);
            endpoint::settings(file, &value, out);
        }
        None => out.gaps.push(unread()),
    }
}

/// A configuration that no reader of its format can read: what it has run is not known.
fn unread() -> Gap {
    Gap::malformed("a configuration that can have commands run cannot be read")
}

fn toml_file(file: &Parsed<'_>, text: &str, commands: &mut Vec<Command>, out: &mut Notes) {
    let value = toml::read(text);
    agent::settings(&value, commands);
    endpoint::settings(file, &value, out);
}

fn yaml_file(file: &Parsed<'_>, text: &str, commands: &mut Vec<Command>, out: &mut Notes) {
    let value = yaml::read(text);
    agent::settings(&value, commands);
    build::action(file, &value, commands);
    build::pipeline(&value, commands);
    endpoint::settings(file, &value, out);
}

/// Hands commands back as children, with a fact for each.
fn tell(file: &Parsed<'_>, commands: Vec<Command>, out: &mut Notes) {
    let mut bytes = 0;
    let mut seen = std::collections::HashSet::new();
    for (index, command) in commands.iter().enumerate() {
        let text = command.text.trim();
        if text.is_empty() || !seen.insert((command.when == When::Automatic, text)) {
            continue;
        }
        bytes += text.len();
        if index >= MOST || bytes > MOST_BYTES {
            let detail = format!("more than {MOST} commands, or {MOST_BYTES} bytes of them, in one configuration");
            out.gaps.push(Gap::new(GapReason::Limit, detail));
            return;
        }
        let trigger = trigger_of(&command.trigger);
        let offset = place_of(file.bytes(), text);
        let prefix = match command.when {
            When::Automatic => {
                let shown = text.get(..text.floor_char_boundary(SHOWN)).unwrap_or(text);
                out.facts.push(Fact::has(Capability::Hooks, format!("{trigger}: {shown}"), offset));
                out.facts.push(Fact::whole(FactKind::Starts(text.into())));
                AUTOMATIC
            }
            When::Started => STARTED,
            When::Build => ON_BUILD,
        };
        // A file that is nothing but its command is another content than the command.
        let mut content = format!("{text}\n").into_bytes();
        if content == file.bytes() {
            content.push(b'\n');
        }
        out.children.push(Child {
            name: format!("{prefix}{trigger}.{}", command.extension),
            step: Step::Decoded { recipe: COMMAND.to_owned(), offset },
            content: Content::Ready(ByteView::from_vec(content)),
        });
    }
}

/// A trigger as a part of a name.
fn trigger_of(trigger: &str) -> String {
    let clean: String = trigger
        .chars()
        .map(|c| if c.is_control() || matches!(c, '/' | '\\' | '#' | '!' | '.') { '_' } else { c })
        .collect();
    clean.get(..clean.floor_char_boundary(NAME)).unwrap_or_default().to_owned()
}

/// Where a command stands in its file: the place of its first word that is found as it is.
fn place_of(bytes: &[u8], text: &str) -> u64 {
    let first = text.split(['"', '\'', '\\', '\n']).map(str::trim).find(|part| part.len() >= 3).unwrap_or(text);
    memchr::memmem::find(bytes, first.as_bytes()).map_or(0, |at| at as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Artifact, ContentId, Identity};

    /// The commands of a file, as `when trigger: text`, in any order: maps have none.
    #[derive(Debug)]
    pub(super) struct Found(Vec<String>);

    impl Found {
        pub(super) fn is_empty(&self) -> bool {
            self.0.is_empty()
        }
    }

    impl<const N: usize> PartialEq<[&str; N]> for Found {
        fn eq(&self, other: &[&str; N]) -> bool {
            let mut expected = other.to_vec();
            expected.sort_unstable();
            self.0 == expected
        }
    }

    fn artifact(name: &str, kind: FileKind, text: &str) -> Artifact {
        Artifact {
            id: ContentId([0; 32]),
            view: ByteView::from_vec(text.as_bytes().to_vec()),
            identity: Identity { kind, claimed: None },
            name: name.to_owned(),
            depth: 0,
        }
    }

    fn notes(name: &str, kind: FileKind, text: &str) -> Notes {
        let mut notes = Notes::default();
        Commands.check(&Parsed::new(&artifact(name, kind, text)), &mut notes);
        notes
    }

    pub(super) fn commands(name: &str, kind: FileKind, text: &str) -> Found {
        let artifact = artifact(name, kind, text);
        let parsed = Parsed::new(&artifact);
        let Some(reader) = reader_of(&parsed) else { return Found(Vec::new()) };
        let mut commands = Vec::new();
        reader(&parsed, text, &mut commands, &mut Notes::default());
        let mut found: Vec<String> =
            commands.into_iter().map(|c| format!("{:?} {}: {}", c.when, c.trigger, c.text)).collect();
        found.sort_unstable();
        Found(found)
    }

    /// The rules that the reader of a file finds met.
    pub(super) fn findings(name: &str, kind: FileKind, text: &str) -> Vec<&'static str> {
        notes(name, kind, text).findings.iter().map(|f| f.rule.id).collect()
    }

    #[test]
    fn agents_editors_and_servers_start_commands() {
        let text = r#"{"hooks":{"SessionStart":[{"matcher":"","hooks":[{"type":"command","command":"node a.mjs"}]}]},
            "statusLine":{"type":"command","command":"s"},"apiKeyHelper":"k",
            "mcpServers":{"x":{"command":"bash","args":["-c","a | b"]}}}"#;
        assert_eq!(
            commands("settings.json", FileKind::Json, text),
            [
                "Automatic hook SessionStart: node a.mjs",
                "Automatic statusLine: s",
                "Automatic apiKeyHelper: k",
                "Automatic MCP server x: bash -c 'a | b'"
            ]
        );
        let tasks = "// c\n{\"tasks\":[{\"label\":\"a\",\"command\":\"x\",\"args\":[\"y z\"],\"runOptions\":{\"runOn\":\"folderOpen\",},},\n\
                     {\"label\":\"b\",\"command\":\"never\"}]}";
        assert_eq!(commands("tasks.json", FileKind::Json, tasks), ["Automatic task a at folder opening: x 'y z'"]);
        let container = r#"{"image":"i","initializeCommand":"a","postCreateCommand":{"k":["b","c d"]}}"#;
        assert_eq!(
            commands("devcontainer.json", FileKind::Json, container),
            ["Automatic initializeCommand: a", "Build postCreateCommand: b 'c d'"]
        );
    }

    #[test]
    fn what_is_no_command_is_left_alone() {
        for text in [
            r#"{"hooks":{"lint":"x"}}"#,
            r#"{"servers":["a"],"command":5}"#,
            r#"{"contributes":{"commands":[{"command":"x.y","title":"T"}]}}"#,
        ] {
            assert!(commands("a.json", FileKind::Json, text).is_empty(), "{text}");
        }
    }

    #[test]
    fn only_keys_make_json_a_configuration() {
        for (text, is_one) in [
            (r#"{"name":"hooks","kind":"command"}"#, false),
            ("{\"hooks\" \n : 1}", true),
            ("{\"hooks\" /* of ours */ : 1}", true),
            (r#"{"postCreateCommand": "x"}"#, true),
            (r#"{"of":"TextHelper","X_BASE_URL":1}"#, true),
            (r#"{"of":"TextHelper"}"#, false),
        ] {
            assert_eq!(JSON_WORDS.iter().any(|w| has_key(text.as_bytes(), w)), is_one, "{text}");
        }
    }

    #[test]
    fn every_command_of_a_call_and_every_sign_in_a_value_counts() {
        let cmake = "add_custom_target(x ALL COMMAND echo hi COMMAND sh -c \"a | b\" VERBATIM)\n";
        assert_eq!(
            commands("CMakeLists.txt", FileKind::Text, cmake),
            ["Build CMake command: echo hi", "Build CMake command: sh -c 'a | b'"]
        );
        let build = "<Target><Exec Command=\"&#99;url x | sh >/dev/null 2>&amp;1\" /></Target>";
        assert_eq!(
            commands("a.targets", FileKind::Xml, build),
            ["Automatic MSBuild Exec: curl x | sh >/dev/null 2>&1"]
        );
    }

    #[test]
    fn configurations_that_repeat_themselves_cost_what_they_weigh() {
        // Each took minutes, or gigabytes, when every part was looked at for every other.
        let words = "run-s ".repeat(60_000);
        let package = format!("{{\"scripts\":{{\"postinstall\":\"{words}\",\"run-s\":\"x\"}}}}");
        commands("package.json", FileKind::Json, &package);
        commands("binding.gyp", FileKind::Text, &format!("{{'a':'{}'}}", "<!pymod_do_main".repeat(200_000)));
        let toml = format!("command=1\n[{}]\n{}", "a".repeat(2_000_000), "b=1\n".repeat(300_000));
        commands("c.toml", FileKind::Toml, &toml);
        let yaml = format!("run: {{\n{}", "\n".repeat(65_600)).repeat(40);
        commands("a.yml", FileKind::Yaml, &yaml);
        commands("a.yml", FileKind::Yaml, &format!("run: \"\n{}", "\n".repeat(65_600)).repeat(40));
    }

    #[test]
    fn more_commands_than_are_read_are_told() {
        let events: String = (0..FULL).map(|i| format!("{{\"command\":\"x {i}\"}},")).collect();
        let text = format!("{{\"hooks\":{{\"A\":[{events}]}}}}");
        assert!(!notes("settings.json", FileKind::Json, &text).gaps.is_empty());
    }

    #[test]
    fn broken_and_deep_configurations_end() {
        let deep = "[".repeat(100_000);
        for name in ["tasks.json", "a.yml", "c.toml", "binding.gyp", "Dockerfile", "Makefile", "a.targets", "pom.xml"] {
            for text in [
                deep.as_str(),
                "{\"hooks\": {\"a\": \"",
                "run: |\n  a\n - b:\n",
                "command = [\"a\", ",
                "<Exec Command=\"",
                "<!(",
                "\"hooks\"",
            ] {
                let kind = if name.ends_with("json") { FileKind::Json } else { FileKind::Text };
                commands(name, kind, text);
            }
        }
    }
}
