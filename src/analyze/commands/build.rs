//! Steps of builds: recipes of make, `RUN` of Dockerfiles, steps of pipelines, commands that CMake and Gradle start, hooks
//! of pre-commit and lefthook. Somebody asks for a build; what it fetches from anywhere but a maker's own address is still
//! for a person to see.

use serde_json::Value;

use super::{Command, When};
use crate::analyze::Notes;
use crate::parse::Parsed;

/// Most values that are walked.
const MOST: usize = 50_000;

/// Makefiles and justfiles: the recipe of each target as one script.
pub(super) fn recipes(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    let mut target = String::new();
    let mut recipe = String::new();
    let mut finish = |target: &str, recipe: &mut String| {
        if !recipe.trim().is_empty() {
            out.push(Command::shell(format!("target {target}"), When::Build, std::mem::take(recipe)));
        }
    };
    for line in text.lines() {
        let is_recipe = line.starts_with('\t') || (line.starts_with("    ") && !target.is_empty());
        if is_recipe {
            let command = line.trim_start().trim_start_matches(['@', '-', '+']);
            // `$$` is one `$` for the shell, `$(VAR)` is make's own.
            recipe.push_str(&command.replace("$$", "\u{1}").replace("$(shell ", "$(").replace('\u{1}', "$"));
            recipe.push('\n');
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            finish(&target, &mut recipe);
            target = line.split([':', '=']).next().unwrap_or_default().trim().to_owned();
            if let Some((_, command)) = line.split_once("$(shell ") {
                let end = command.rfind(')').unwrap_or(command.len());
                recipe.push_str(&command.get(..end).unwrap_or(command).replace("$$", "$"));
                finish("shell function", &mut recipe);
            }
        }
    }
    finish(&target, &mut recipe);
}

/// Dockerfiles: each `RUN`, and what the container is started with.
pub(super) fn dockerfile(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let mut whole = line.trim().to_owned();
        let verb = whole.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        if !matches!(verb.as_str(), "RUN" | "CMD" | "ENTRYPOINT" | "HEALTHCHECK" | "ONBUILD") {
            continue;
        }
        while whole.ends_with('\\') {
            whole.pop();
            whole.push(' ');
            match lines.next() {
                Some(more) if more.trim_start().starts_with('#') => whole.push('\\'),
                Some(more) => whole.push_str(more.trim()),
                None => break,
            }
        }
        let mut command = whole.get(verb.len()..).unwrap_or_default().trim();
        if verb == "ONBUILD" {
            command = command.strip_prefix("RUN").unwrap_or(command).trim();
        }
        if verb == "HEALTHCHECK" {
            command = command.split_once("CMD").map_or("", |(_, c)| c.trim());
        }
        while let Some(rest) = command.strip_prefix("--") {
            command = rest.split_once(' ').map_or("", |(_, c)| c.trim_start());
        }
        // A here-document holds the script.
        if let Some(mark) = command.strip_prefix("<<") {
            let mark = mark.trim_start_matches('-').trim_matches(['"', '\'']).to_owned();
            let script: Vec<&str> = lines.by_ref().take_while(|l| l.trim() != mark).collect();
            out.push(Command::shell(verb, When::Build, script.join("\n")));
            continue;
        }
        let words = command.starts_with('[').then(|| super::loose::json(command)).flatten();
        match words.as_ref().and_then(super::line_of) {
            Some(line) => out.push(Command::shell(verb, When::Build, line)),
            None => out.push(Command::shell(verb, When::Build, command)),
        }
    }
}

/// Pipelines of GitHub, GitLab, CircleCI and others, composite actions, pre-commit, lefthook, Taskfiles, compose files.
pub(super) fn pipeline(value: &Value, out: &mut Vec<Command>) {
    let mut stack: Vec<(&str, &Value)> = vec![("", value)];
    let mut walked = 0;
    while let Some((around, value)) = stack.pop() {
        walked += 1;
        if walked > MOST {
            super::fill(out);
            return;
        }
        match value {
            Value::Object(members) => {
                let shell = members.get("shell").and_then(Value::as_str).unwrap_or_default();
                for (key, inner) in members {
                    // `on: push: run:` is no step, a hook of lefthook or a step is.
                    let is_step = match key.as_str() {
                        "run" | "script" | "before_script" | "after_script" | "entry" | "cmd" | "cmds" | "install"
                        | "before_install" | "after_success" | "commands" | "preInstall" => true,
                        // Words of a container are read with their arguments.
                        "command" if inner.is_array() && members.contains_key("image") => false,
                        "command" => !matches!(around, "services" | "mcpServers" | "mcp_servers"),
                        _ => false,
                    };
                    if is_step {
                        steps(key, inner, shell, out);
                    } else if let Some(task) = ANSIBLE.iter().find(|t| *t == key) {
                        // The shell of a step is a name; what stands under `cmd` is met there.
                        if inner.as_str().is_some_and(|l| l.trim().contains(char::is_whitespace) && !l.contains("{0}"))
                        {
                            steps(task, inner, "", out);
                        }
                    }
                }
                container(members, out);
                stack.extend(members.iter().rev().map(|(k, v)| (k.as_str(), v)));
            }
            Value::Array(items) => stack.extend(items.iter().rev().map(|v| (around, v))),
            _ => {}
        }
    }
}

/// Tasks of Ansible that have a command run, by its short and its full name.
const ANSIBLE: &[&str] = &[
    "shell",
    "raw",
    "ansible.builtin.shell",
    "ansible.builtin.command",
    "ansible.builtin.raw",
    "ansible.legacy.shell",
    "ansible.legacy.command",
];

/// A container of Kubernetes: the program that it starts and its arguments, which stand in lists of their own.
fn container(members: &serde_json::Map<String, Value>, out: &mut Vec<Command>) {
    let words = |key: &str| members.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let (command, args) = (words("command"), words("args"));
    if command.is_empty() || !members.contains_key("image") {
        return;
    }
    let line = command.iter().chain(args).filter_map(Value::as_str);
    out.push(Command::words("step of a container", When::Build, line));
}

/// An action of GitHub's: the scripts that its runner starts before, for and behind a step.
///
/// Reference: <https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax>.
pub(super) fn action(file: &Parsed<'_>, value: &Value, out: &mut Vec<Command>) {
    if !matches!(file.base_name(), "action.yml" | "action.yaml") {
        return;
    }
    let Some(runs) = value.get("runs") else { return };
    let using = runs.get("using").and_then(Value::as_str).unwrap_or_default();
    let program = if using.starts_with("node") { "node" } else { "sh" };
    for key in ["pre", "main", "post", "pre-entrypoint", "entrypoint", "post-entrypoint"] {
        if let Some(script) = runs.get(key).and_then(Value::as_str) {
            out.push(Command::words(format!("action {key}"), When::Automatic, [program, script]));
        }
    }
}

/// A step: its script, a list of lines of one, or an object that holds one (CircleCI).
fn steps(key: &str, value: &Value, shell: &str, out: &mut Vec<Command>) {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
        _ => return,
    };
    let extension = match shell.split_whitespace().next().unwrap_or_default() {
        "python" | "python3" => "py",
        "pwsh" | "powershell" => "ps1",
        "cmd" => "bat",
        _ => "sh",
    };
    // What the pipeline fills in is text of the shell's; its own expressions are variables to us.
    let text = text.replace("${{", "${").replace("}}", "}");
    out.push(Command { trigger: format!("step {key}"), when: When::Build, text: expressions(&text), extension });
}

/// `${ secrets.X }` as a variable's name: `$CI_secrets_X`.
fn expressions(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("${ ") {
        out.push_str(rest.get(..at).unwrap_or_default());
        let inner = rest.get(at + 3..).unwrap_or_default();
        let end = inner.find('}').unwrap_or(inner.len());
        let expression = inner.get(..end).unwrap_or_default();
        // All secrets of a pipeline are what `env` is for a program.
        if expression.to_ascii_lowercase().contains("tojson(secrets") {
            out.push_str("$(env)");
        } else {
            out.push_str("${CI_");
            out.extend(expression.trim().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(80));
            out.push('}');
        }
        rest = inner.get(end + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Calls of CMake that a script is made of, in capitals, and most of them.
const CMAKE: &[&str] = &["SET", "STRING", "FILE", "EXECUTE_PROCESS"];
const MOST_CALLS: usize = 4000;

/// A file of CMake that fetches something, as one script: what is fetched to where is what is started behind it.
fn cmake_script(text: &str) -> Option<String> {
    text.contains("DOWNLOAD").then_some(())?;
    let mut script = String::new();
    for (open, _) in text.match_indices('(').take(MOST_CALLS) {
        let before = text.get(..open).unwrap_or_default().trim_end();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let name = line.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
        let name = name.to_ascii_uppercase();
        if !CMAKE.contains(&name.as_str()) || line.trim_start().starts_with('#') {
            continue;
        }
        let words = cmake_words(text.get(open + 1..).unwrap_or_default()).0;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut say = |parts: &[String]| {
            script.push_str(&parts.join(" "));
            script.push('\n');
        };
        match (name.as_str(), words.as_slice()) {
            ("SET", [name, value, ..]) if is_name(name) => say(&[format!("{name}={}", said(value))]),
            ("STRING", ["CONCAT", name, parts @ ..]) if is_name(name) => {
                say(&[format!("{name}={}", said(&parts.concat()))]);
            }
            ("FILE", ["DOWNLOAD", from, to, ..]) => say(&["curl".to_owned(), "-o".to_owned(), said(to), said(from)]),
            ("FILE", ["CHMOD", path, rights @ ..]) if rights.iter().any(|r| r.ends_with("EXECUTE")) => {
                say(&["chmod".to_owned(), "+x".to_owned(), said(path)]);
            }
            ("EXECUTE_PROCESS", ["COMMAND", command @ ..]) => {
                let own = |w: &&&str| !is_option(w);
                say(&command.iter().take_while(own).map(|w| said(w)).collect::<Vec<_>>());
            }
            _ => {}
        }
    }
    script.contains("curl").then_some(script)
}

/// A word of CMake as a shell reads it back, with its variables (`${X}`, `$ENV{X}`).
fn said(word: &str) -> String {
    let mut inner = word.replace('\\', "\\\\").replace('"', "\\\"").replace('`', "\\`").replace("$ENV{", "${");
    // Folders that every build has.
    for folder in ["CMAKE_BINARY_DIR", "CMAKE_CURRENT_BINARY_DIR", "PROJECT_BINARY_DIR", "CMAKE_CURRENT_SOURCE_DIR"] {
        inner = inner.replace(&format!("${{{folder}}}"), &format!("/{folder}"));
    }
    format!("\"{inner}\"")
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Options of CMake's own behind a command are words in capitals.
fn is_option(word: &str) -> bool {
    word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_') && !word.starts_with('-')
}

/// The words of a call of CMake and where it, or the next command in it, ends.
fn cmake_words(rest: &str) -> (Vec<String>, usize) {
    let mut words: Vec<String> = Vec::new();
    let mut chars = rest.char_indices().peekable();
    let mut word = String::new();
    let mut quoted = false;
    let mut end = rest.len();
    while let Some((i, c)) = chars.next() {
        match c {
            '\\' => word.extend(chars.next().map(|(_, c)| c)),
            '"' => quoted = !quoted,
            ')' if !quoted => {
                end = i;
                break;
            }
            c if c.is_whitespace() && !quoted => {
                // The next command of the same call begins there.
                if word == "COMMAND" && !words.is_empty() {
                    end = i - word.len();
                    word.clear();
                    break;
                }
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    (words, end)
}

/// `execute_process(COMMAND …)` and custom commands of CMake.
pub(super) fn cmake(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    out.extend(cmake_script(text).map(|script| Command::shell("CMake script", When::Build, script)));
    let mut rest = text;
    while let Some(at) = rest.find("COMMAND") {
        rest = rest.get(at + "COMMAND".len()..).unwrap_or_default();
        if !rest.starts_with(|c: char| c.is_whitespace()) {
            continue;
        }
        let (mut words, end) = cmake_words(rest);
        let stop = words.iter().position(|w| is_option(w));
        words.truncate(stop.unwrap_or(words.len()));
        out.push(Command::words("CMake command", When::Build, words.iter().map(String::as_str)));
        rest = rest.get(end..).unwrap_or_default();
    }
}

/// `"…".execute()`, `['sh', '-c', …].execute()` and `commandLine …` of Gradle.
pub(super) fn gradle(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    for line in text.lines() {
        let line = line.trim();
        if let Some((before, _)) = line.split_once(".execute()") {
            let start = match before.rfind(']') {
                Some(end) if end + 1 == before.len() => before.rfind('['),
                _ => before.find(['"', '\'']),
            };
            let command = start.and_then(|s| before.get(s..)).unwrap_or_default();
            out.extend(literal(command));
        } else if let Some((_, words)) = line.split_once("commandLine") {
            let words = words.trim_start_matches(['(', ' ', '=']).trim_end_matches([')', '}', ' ']);
            out.extend(literal(&format!("[{words}]")));
        }
    }
}

fn literal(text: &str) -> Option<Command> {
    let value = super::loose::loose(text)?;
    Some(Command::shell("Gradle command", When::Build, super::line_of(&value)?))
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn an_action_names_what_its_runner_starts() {
        let text = "name: x\nruns:\n  using: node20\n  pre: dist/pre.js\n  main: dist/index.js\n";
        assert_eq!(
            commands("action.yml", FileKind::Yaml, text),
            ["Automatic action pre: node dist/pre.js", "Automatic action main: node dist/index.js"]
        );
        assert!(commands("other.yml", FileKind::Yaml, text).is_empty());
    }

    #[test]
    fn steps_of_builds_are_commands() {
        let of = |name: &str, text: &str| commands(name, FileKind::OtherSource, text);
        assert_eq!(
            of("Dockerfile", "FROM a\nRUN --mount=type=x a && \\\n  b\nCMD [\"c\", \"d e\"]\nRUN <<EOF\nf\nEOF\n"),
            ["Build RUN: a &&  b", "Build CMD: c 'd e'", "Build RUN: f"]
        );
        assert_eq!(
            of("Makefile", "A := 1\nall: b\n\t@curl $$X | sh\n\nb:\n\tcc\n"),
            ["Build target all: curl $X | sh\n", "Build target b: cc\n"]
        );
        assert_eq!(
            of("CMakeLists.txt", "execute_process(COMMAND sh -c \"a | b\" OUTPUT_VARIABLE V)"),
            ["Build CMake command: sh -c 'a | b'"]
        );
        assert_eq!(
            of(
                "cmake/x.cmake",
                "set(p \"${B}/x\")\nstring(CONCAT u \"https:\" \"//h.invalid/\" \"${S}\")\nfile(DOWNLOAD \"${u}\" \"${p}\" TIMEOUT 5)\nfile(CHMOD \"${p}\" PERMISSIONS OWNER_EXECUTE)\nexecute_process(COMMAND \"${p}\" a OUTPUT_QUIET)\n"
            ),
            [
                "Build CMake command: ${p} a",
                "Build CMake script: p=\"${B}/x\"\nu=\"https://h.invalid/${S}\"\ncurl -o \"${p}\" \"${u}\"\nchmod +x \"${p}\"\n\"${p}\" \"a\"\n"
            ]
        );
        assert_eq!(
            of(
                "tasks/main.yml",
                "- name: x\n  ansible.builtin.shell: |\n    a b\n    c d\n- shell: bash\n- command:\n    cmd: e\n- ansible.builtin.command: { cmd: \"f g\" }\n"
            ),
            ["Build step ansible.builtin.shell: a b\nc d", "Build step cmd: e", "Build step cmd: f g"]
        );
        assert_eq!(
            of(
                "job.yaml",
                "spec:\n  containers:\n    - name: a\n      image: i\n      command: [\"sh\", \"-c\"]\n      args:\n        - a b | c\n"
            ),
            ["Build step of a container: sh -c 'a b | c'"]
        );
        assert_eq!(
            of("build.gradle", "['bash','-c','a | b'].execute()\ndef v = 'git x'.execute().text"),
            ["Build Gradle command: bash -c 'a | b'", "Build Gradle command: git x"]
        );
        assert_eq!(
            of(
                "ci.yml",
                "jobs:\n  a:\n    steps:\n      - run: |\n          echo \"${{ toJSON(secrets) }}\" | x ${{ a.b }}\n"
            ),
            ["Build step run: echo \"$(env)\" | x ${CI_a_b}"]
        );
    }
}
