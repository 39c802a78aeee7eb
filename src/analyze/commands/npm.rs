//! Lifecycle scripts of `package.json` and `composer.json`, with the scripts of the same manifest that they lead to.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

use super::{Command, When, loose};
use crate::analyze::Notes;
use crate::model::fact::LIFECYCLE;
use crate::parse::Parsed;

/// Reads `package.json`.
pub(super) fn package(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    // One that nobody can read is told by the reader of manifests.
    let Some(manifest) = loose::json(text) else { return };
    let Some(scripts) = manifest.get("scripts").and_then(Value::as_object) else { return };
    let scripts: HashMap<&str, &str> =
        scripts.iter().filter_map(|(name, command)| Some((name.as_str(), command.as_str()?))).collect();
    let mut queue: VecDeque<&str> = LIFECYCLE.into_iter().filter(|name| scripts.contains_key(name)).collect();
    let mut seen: HashSet<&str> = queue.iter().copied().collect();
    while let Some(name) = queue.pop_front() {
        let Some(command) = scripts.get(name) else { continue };
        out.push(Command::shell(format!("script {name}"), When::Automatic, *command));
        for next in led_to(command, &scripts) {
            if seen.insert(next) {
                queue.push_back(next);
            }
        }
    }
}

/// Most words of a command that are looked at, and most options between a program and its script.
const WORDS: usize = 4096;
const OPTIONS: usize = 32;

/// The names of scripts that a command runs: `npm run x`, `yarn x`, `run-s x y`, `npm test`, with what runs before and after.
pub(crate) fn led_to<'s>(command: &str, scripts: &HashMap<&'s str, &'s str>) -> Vec<&'s str> {
    let words: Vec<&str> =
        command.split(|c: char| c.is_whitespace() || matches!(c, ';' | '&' | '|' | '"' | '\'' | '(' | ')')).collect();
    let mut found = Vec::new();
    let mut take = |name: &str| {
        for name in [format!("pre{name}"), name.to_owned(), format!("post{name}")] {
            found.extend(scripts.get_key_value(name.as_str()).map(|(k, _)| *k));
        }
    };
    let mut known: HashSet<&str> = HashSet::new();
    let mut many = false;
    for (i, word) in words.iter().take(WORDS).enumerate() {
        // Behind `run-s` every word is a script.
        if many && !word.is_empty() {
            if known.insert(word) {
                match word.strip_suffix('*') {
                    Some(prefix) => scripts.keys().filter(|k| k.starts_with(prefix)).for_each(|k| take(k)),
                    None => take(word),
                }
            }
            continue;
        }
        many = matches!(*word, "run-s" | "run-p" | "npm-run-all" | "npm-run-all2");
        if matches!(*word, "npm" | "pnpm" | "yarn" | "bun" | "run" | "run-script") {
            // The next word that is no option is the script, or the word `run` again.
            let next = words.iter().skip(i + 1).take(OPTIONS).find(|w| !w.is_empty() && !w.starts_with('-'));
            if let Some(next) = next.filter(|next| known.insert(next)) {
                take(next);
            }
        }
    }
    found
}

/// Scripts that Composer runs by itself.
const COMPOSER: &[&str] = &[
    "pre-install-cmd",
    "post-install-cmd",
    "pre-update-cmd",
    "post-update-cmd",
    "pre-autoload-dump",
    "post-autoload-dump",
    "post-root-package-install",
    "post-create-project-cmd",
    "pre-package-install",
    "post-package-install",
];

/// Reads `composer.json`.
pub(super) fn composer(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    let Some(manifest) = loose::json(text) else { return };
    let Some(scripts) = manifest.get("scripts").and_then(Value::as_object) else { return };
    for name in COMPOSER {
        let lines: Vec<&str> = match scripts.get(*name) {
            Some(Value::String(line)) => vec![line],
            Some(Value::Array(lines)) => lines.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        for line in lines {
            // `@php` and `@composer` are programs, `Class::method` is code of the package.
            let line = line.strip_prefix('@').unwrap_or(line);
            if line.contains(' ') {
                out.push(Command::shell(format!("script {name}"), When::Automatic, line));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn lifecycle_scripts_lead_to_others() {
        let text = r#"{"scripts":{"postinstall":"npm run -s build:all && x","build:all":"npm-run-all c:*","c:a":"node s","test":"t",
            "prec:a":"p"}}"#;
        assert_eq!(
            commands("package.json", FileKind::Json, text),
            [
                "Automatic script postinstall: npm run -s build:all && x",
                "Automatic script build:all: npm-run-all c:*",
                "Automatic script prec:a: p",
                "Automatic script c:a: node s"
            ]
        );
        let text = r#"{"scripts":{"post-install-cmd":["@php -r \"x();\"","A::b"],"test":"y z"}}"#;
        assert_eq!(
            commands("composer.json", FileKind::Json, text),
            ["Automatic script post-install-cmd: php -r \"x();\""]
        );
    }
}
