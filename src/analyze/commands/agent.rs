//! What agents and editors start: hooks and helpers in settings, servers of the Model Context Protocol, tasks at the
//! opening of a folder, commands of development containers.
//!
//! References: <https://code.claude.com/docs/en/hooks>, <https://modelcontextprotocol.io/docs/develop/connect-local-servers>,
//! <https://code.visualstudio.com/docs/debugtest/tasks>, <https://containers.dev/implementors/json_reference/>.

use serde_json::Value;

use super::{Command, When, line_of};

/// Most servers or tasks that are read of one document.
const MOST: usize = 20_000;

/// Settings whose value is a command that the agent runs by itself.
const HELPERS: &[&str] = &[
    "statusLine",
    "subagentStatusLine",
    "apiKeyHelper",
    "awsAuthRefresh",
    "awsCredentialExport",
    "otelHeadersHelper",
    "gcpAuthRefresh",
    "fileSuggestion",
    "notify",
    "toolDiscoveryCommand",
    "toolCallCommand",
    "credentialHelper",
    "proxyHelper",
];
/// Under what the servers stand that an agent starts.
const SERVERS: &[&str] = &[
    "mcpServers",
    "mcp_servers",
    "servers",
    "context_servers",
    "mcp",
    "mcp.servers",
    "mcp_config",
    "extensions",
    "lspServers",
    "contextServers",
    "amp.mcpServers",
    "augment.advanced.mcpServers",
];

/// Commands in the settings of an agent, whatever format they are written in.
pub(super) fn settings(value: &Value, out: &mut Vec<Command>) {
    // (key, value, key of the object around it)
    let mut stack: Vec<(&str, &Value)> = vec![("", value)];
    while let Some((_, value)) = stack.pop() {
        if super::is_full(out) {
            super::fill(out);
            return;
        }
        match value {
            Value::Object(members) => {
                for (key, inner) in members {
                    match key.as_str() {
                        "hooks" => hooks(inner, out),
                        // Elsewhere the word names whom to tell.
                        "notify" if !inner.is_array() => {}
                        key if HELPERS.contains(&key) => helper(key, inner, out),
                        key if SERVERS.contains(&key) => servers(key, inner, out),
                        _ => {}
                    }
                }
                // Kiro: what a trigger leads to.
                if let (Some(when), Some(then)) = (members.get("when"), members.get("then"))
                    && let Some(line) = then.get("command").and_then(line_of)
                {
                    let kind = when.get("type").and_then(Value::as_str).unwrap_or("event");
                    out.push(Command::shell(format!("hook {kind}"), When::Automatic, line));
                }
                stack.extend(members.iter().rev().filter(|(k, _)| *k != "hooks").map(|(k, v)| (k.as_str(), v)));
            }
            Value::Array(items) => stack.extend(items.iter().rev().map(|v| ("", v))),
            _ => {}
        }
    }
}

/// Hooks by event: objects with a command somewhere below the name of an event.
fn hooks(value: &Value, out: &mut Vec<Command>) {
    let Value::Object(events) = value else { return };
    for (event, below) in events {
        let mut stack = vec![below];
        while let Some(value) = stack.pop() {
            if super::is_full(out) {
                super::fill(out);
                return;
            }
            match value {
                Value::Object(members) => {
                    for key in ["command", "bash", "powershell", "run", "script"] {
                        if let Some(line) = members.get(key).and_then(line_of) {
                            let words = arguments(members.get("args"));
                            let line = if words.is_empty() { line } else { format!("{line} {words}") };
                            out.push(Command::shell(format!("hook {event}"), When::Automatic, line));
                        }
                    }
                    stack.extend(members.values().rev().filter(|v| v.is_object() || v.is_array()));
                }
                Value::Array(items) => stack.extend(items.iter().rev()),
                _ => {}
            }
        }
    }
}

fn arguments(value: Option<&Value>) -> String {
    match value {
        Some(Value::Array(_)) => value.and_then(line_of).unwrap_or_default(),
        _ => String::new(),
    }
}

fn helper(key: &str, value: &Value, out: &mut Vec<Command>) {
    let command = match value {
        Value::Object(members) => members.get("command"),
        other => Some(other),
    };
    if let Some(line) = command.and_then(line_of) {
        out.push(Command::shell(key, When::Automatic, line));
    }
}

/// Servers by name, or a list of them, or one.
fn servers(key: &str, value: &Value, out: &mut Vec<Command>) {
    let each: Vec<(&str, &Value)> = match value {
        Value::Object(members) if members.contains_key("command") => vec![(key, value)],
        Value::Object(members) => members.iter().map(|(k, v)| (k.as_str(), v)).collect(),
        Value::Array(items) => {
            items.iter().map(|v| (v.get("name").and_then(Value::as_str).unwrap_or("unnamed"), v)).collect()
        }
        _ => return,
    };
    for (name, server) in each.into_iter().take(MOST) {
        let Value::Object(members) = server else { continue };
        let command = members.get("command").or_else(|| members.get("cmd"));
        // Zed nests path and arguments.
        let (command, args) = match command {
            Some(Value::Object(inner)) => (inner.get("path"), inner.get("args")),
            other => (other, members.get("args")),
        };
        let Some(command) = command else { continue };
        let words: Vec<&str> = match command {
            Value::String(program) if program.contains(' ') && args.is_none() => {
                out.push(Command::shell(format!("MCP server {name}"), When::Automatic, program.clone()));
                continue;
            }
            Value::String(program) => vec![program],
            Value::Array(words) => words.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        let args = args.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        out.push(Command::words(format!("MCP server {name}"), When::Automatic, words.into_iter().chain(args)));
    }
}

/// Tasks and containers of editors.
pub(super) fn editor(value: &Value, out: &mut Vec<Command>) {
    let tasks = value.get("tasks").or_else(|| value.pointer("/tasks/tasks"));
    for task in tasks.and_then(Value::as_array).into_iter().flatten().take(MOST) {
        if task.pointer("/runOptions/runOn").and_then(Value::as_str) != Some("folderOpen") {
            continue;
        }
        let label = task.get("label").or_else(|| task.get("taskName")).and_then(Value::as_str).unwrap_or("unnamed");
        for part in [Some(task), task.get("linux"), task.get("osx"), task.get("windows")].into_iter().flatten() {
            let Some(command) = part.get("command") else { continue };
            let command = command.get("value").unwrap_or(command);
            let Some(line) = line_of(command) else { continue };
            let words: Vec<String> = part
                .get("args")
                .or_else(|| task.get("args"))
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|a| a.get("value").unwrap_or(a).as_str().map(super::quoted))
                .collect();
            let line = if words.is_empty() { line } else { format!("{line} {}", words.join(" ")) };
            out.push(Command::shell(format!("task {label} at folder opening"), When::Automatic, line));
        }
    }
    // `initializeCommand` runs on the host, the others in the container.
    for (key, when) in [
        ("initializeCommand", When::Automatic),
        ("onCreateCommand", When::Build),
        ("updateContentCommand", When::Build),
        ("postCreateCommand", When::Build),
        ("postStartCommand", When::Build),
        ("postAttachCommand", When::Build),
    ] {
        match value.get(key) {
            Some(Value::Object(several)) => {
                for line in several.values().filter_map(line_of) {
                    out.push(Command::shell(key, when, line));
                }
            }
            Some(one) => out.extend(line_of(one).map(|line| Command::shell(key, when, line))),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn every_agent_has_its_own_way_to_write_it() {
        let of = |name: &str, kind, text: &str| commands(name, kind, text);
        assert_eq!(
            of("opencode.json", FileKind::Json, r#"{"mcp":{"x":{"type":"local","command":["bash","-c","a | b"]}}}"#),
            ["Automatic MCP server x: bash -c 'a | b'"]
        );
        assert_eq!(
            of(
                "settings.json",
                FileKind::Json,
                r#"{"context_servers":{"x":{"command":{"path":"sh","args":["-c","a b"]}}}}"#
            ),
            ["Automatic MCP server x: sh -c 'a b'"]
        );
        assert_eq!(
            of(
                "config.toml",
                FileKind::Toml,
                "notify = [\"bash\",\"-c\",\"a b\"]\n[mcp_servers.c]\ncommand = \"npx\"\nargs = [\"-y\"]\n"
            ),
            ["Automatic MCP server c: npx -y", "Automatic notify: bash -c 'a b'"]
        );
        assert_eq!(
            of(
                "config.yaml",
                FileKind::Yaml,
                "mcpServers:\n  - name: a\n    command: bash\n    args:\n      - -c\n      - \"a | b\"\n"
            ),
            ["Automatic MCP server a: bash -c 'a | b'"]
        );
        assert_eq!(
            of("hooks.json", FileKind::Json, r#"{"version":1,"hooks":{"beforeSubmitPrompt":[{"command":"./h.sh"}]}}"#),
            ["Automatic hook beforeSubmitPrompt: ./h.sh"]
        );
        assert_eq!(
            of(
                "a.kiro.hook",
                FileKind::Json,
                r#"{"when":{"type":"fileEdited"},"then":{"type":"runCommand","command":"x"}}"#
            ),
            ["Automatic hook fileEdited: x"]
        );
    }
}
