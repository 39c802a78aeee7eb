//! What is laid where others will start it, and what is carried away by ways that programs are trusted with: tasks of
//! editors, files of settings, repositories.

use super::super::event::TEXT_KEPT;
use super::{Act, Event, Flow, HOLE, Labels, Outcome, When, addresses, flow, rules, shown, words};
use crate::model::Severity;
use crate::rule;

rule! {
    /// A task is written for an editor that starts when somebody opens the folder. Worms lay it into every repository that
    /// they find; generators of projects write it when they are asked to. Known uses: Mini Shai-Hulud (2026), fake
    /// recruiters (2025).
    pub(crate) TASK_PLANTED = "flow-task-planted" in "exec/task-autorun";
    severity: High, confidence: Likely,
    title: "A task that starts when a folder is opened is written",
    reference: "https://attack.mitre.org/techniques/T1546/",
}

rule! {
    /// What a program is handed on its standard input goes to a fixed address. A hook of an agent is handed all that is
    /// asked and answered. Honest look-alikes: what watches agents for its own user, which says so and where to.
    pub(crate) INPUT_FORWARDED = "flow-input-forwarded" in "net/exfil-header-or-param";
    severity: Medium, confidence: Likely,
    title: "What it is handed on its standard input is sent away",
    reference: "https://attack.mitre.org/techniques/T1020/",
}

rule! {
    /// A program adds what it finds in the folder of workflows to a repository and pushes it: workflows run with the secrets
    /// of the repository. Known uses: Shai-Hulud (npm, 2025), `ghost` workflows of stolen accounts. Honest look-alikes:
    /// generators and bots of workflows, which people run for that.
    pub(crate) WORKFLOW_PUSHED = "flow-workflow-pushed" in "persist/ci-workflow";
    severity: High, confidence: Likely,
    title: "Workflows are added to a repository and pushed",
    reference: "https://attack.mitre.org/techniques/T1677/",
}

rule! {
    /// A program writes into the settings or instructions of an agent, and the path or what is written there had to be
    /// decoded first. Who sets up an agent for its user says so. Known uses: the AI tools of 2026 that switch off the
    /// questions of other agents; worms that lay hooks. Honest look-alikes: none is known.
    pub(crate) AGENT_SETTINGS = "flow-agent-settings-hidden" in "agent/permission-bypass";
    severity: High, confidence: Likely,
    title: "What is written into the settings of an agent had to be decoded",
    reference: "https://attack.mitre.org/techniques/T1562/001/",
}

rule! {
    /// Code that runs by itself when it is imported or installed writes into the settings or instructions that an agent keeps in
    /// the home of its user. What is set up there starts with every session. Known uses: worms and planted servers of
    /// 2025 and 2026. Honest look-alikes: set-up programs, which people start for that.
    pub(crate) AGENT_SETTINGS_UNASKED = "flow-agent-settings-unasked" in "agent/mcp-autoexec";
    severity: Medium, confidence: Likely,
    title: "The settings of an agent are written by what runs by itself",
    reference: "https://attack.mitre.org/techniques/T1546/",
}

rule! {
    /// A module that is imported has git start programs of its choice from then on: hooks in another folder, or what is asked
    /// before each look at the files. Known uses: packages that plant hooks (2026). Honest look-alikes: managers of hooks,
    /// which people start for that.
    pub(crate) GIT_REDIRECTED = "flow-git-redirected" in "exec/task-autorun";
    severity: High, confidence: Likely,
    title: "What git starts is changed when a module is imported",
    reference: "https://attack.mitre.org/techniques/T1546/",
}

/// Where agents keep settings and what they are told, in lower case.
const OF_AGENTS: &[&str] = &[
    ".codex/config.toml",
    ".claude/settings",
    ".claude.json",
    "claude_desktop_config.json",
    ".cursor/mcp.json",
    ".cursor/rules",
    ".cursorrules",
    ".cursor/cli-config.json",
    ".gemini/settings.json",
    "windsurf/mcp_config.json",
    ".windsurfrules",
    ".vscode/mcp.json",
    ".vscode/settings.json",
    "code/user/settings.json",
    ".continue/config",
    ".kiro/settings",
    "claude.md",
    "agents.md",
    "gemini.md",
    "copilot-instructions.md",
];

/// Words that let an agent do anything unasked.
const UNASKED: &[&str] = &[
    "danger-full-access",
    "bypassPermissions",
    "approval_policy = \"never\"",
    "autoApprove",
    "skipDangerousModePermissionPrompt",
    "enableAllProjectMcpServers",
];

/// Something decoded that is written where an agent reads it, at a path (lower case, `/` between folders).
pub(super) fn agent_settings<'a>(path: &str, event: &'a Event) -> Option<Flow<'a>> {
    if !OF_AGENTS.iter().any(|place| path.ends_with(place) || path.contains(&format!("{place}/"))) {
        return None;
    }
    if !event.of.with(event.data).any(Labels::CONCEALED) {
        return unasked(path, event);
    }
    let mut found = flow(&AGENT_SETTINGS, event, format!("{} writes {}", shown(event), words(event.data)));
    found.certain = event.text.as_deref().is_some_and(|text| UNASKED.iter().any(|word| text.contains(word)));
    Some(found)
}

/// What is written for an agent in somebody's home without a question, by what runs by itself.
fn unasked<'a>(path: &str, event: &'a Event) -> Option<Flow<'a>> {
    const HOME: &[&str] =
        &["~/", "homedir()", "path.home()", "$home/", "${home}", "process.env.home", "userprofile", "appdata"];
    let is_home = event.of.any(Labels::USER) || HOME.iter().any(|home| path.contains(home));
    if !is_home
        || path.ends_with(".vscode/settings.json")
        || event.when < When::Load
        || event.given.any(Labels::ANSWER.with(Labels::ARGUMENTS))
    {
        return None;
    }
    let mut found = flow(&AGENT_SETTINGS_UNASKED, event, shown(event));
    let text = event.text.as_deref().unwrap_or_default();
    let fetches =
        (text.contains("curl ") || text.contains("wget ")) && (text.contains("| sh") || text.contains("| bash"));
    if fetches || UNASKED.iter().any(|word| text.contains(word)) {
        found.severity = Some(Severity::High);
    } else if event.when == When::Load && event.by.starts_with("fs.") {
        // A command of Node.js that somebody starts runs when its file is loaded, too.
        found.severity = Some(Severity::Low);
    }
    Some(found)
}

/// A command by which git starts what it is told to, run by what is imported.
pub(super) fn git_settings<'a>(event: &'a Event, outcome: &Outcome) -> Option<Flow<'a>> {
    let sets = |command: &str| {
        let Some((_, rest)) = command.split_once(" config ") else { return false };
        let mut words = rest.split_whitespace().filter(|w| !matches!(*w, "--global" | "--local" | "--system"));
        let key = words.next().unwrap_or_default().to_ascii_lowercase();
        let starts =
            matches!(key.as_str(), "core.hookspath" | "core.fsmonitor" | "core.sshcommand" | "init.templatedir");
        // Without a value it is asked for.
        starts && command.starts_with("git") && words.next().is_some_and(|v| !matches!(v, "true" | "false"))
    };
    if event.when != When::Load || !outcome.is_python || event.given.any(Labels::ANSWER.with(Labels::ARGUMENTS)) {
        return None;
    }
    let command = event.subject.as_deref().into_iter().chain(event.others.iter().map(|o| &**o)).find(|c| sets(c))?;
    Some(flow(&GIT_REDIRECTED, event, format!("{} \"{}\"", event.by, super::one_line(command))))
}

/// A task for an editor that starts by itself, at a path (lower case, `/` between folders).
pub(super) fn task<'a>(path: &str, event: &'a Event) -> Option<Flow<'a>> {
    let is_task = path.ends_with(".vscode/tasks.json") || path.ends_with("code/user/tasks.json");
    if !is_task || !event.text.as_deref().is_some_and(|text| text.contains("folderOpen")) {
        return None;
    }
    let mut found = flow(&TASK_PLANTED, event, format!("{} starts when the folder is opened", shown(event)));
    if event.text.as_deref().is_some_and(only_starts_scripts) && !event.of.any(Labels::USER) {
        found.severity = Some(Severity::Low);
    } else if matches!(event.when, When::Called | When::Main) {
        found.severity = Some(Severity::Medium);
    }
    Some(found)
}

/// Whether tasks only start what the project itself has under a name (`"type": "npm", "script": "watch"`): who can write
/// that could have written the task.
fn only_starts_scripts(tasks: &str) -> bool {
    let bare: String = tasks.chars().filter(|c| !c.is_whitespace()).collect();
    let (labels, of_npm) = (bare.matches("\"label\":").count(), bare.matches("\"type\":\"npm\"").count());
    // Of a text that was cut nobody knows the end.
    tasks.len() + char::MAX.len_utf8() <= TEXT_KEPT
        && of_npm > 0
        && labels <= of_npm
        && bare.matches("\"script\":").count() == of_npm
        && !tasks.contains(HOLE)
        && ["\"command\"", "\"args\"", "\"options\"", "\"windows\"", "\"linux\"", "\"osx\""]
            .iter()
            .all(|other| !bare.contains(other))
}

/// Whether a client of a service that many use is asked, whose address the script does not choose.
pub(super) fn is_of_client(event: &Event) -> bool {
    event.by.starts_with("octokit.Octokit()") || event.by.starts_with("github.Github()")
}

/// Hooks that version control looks for by these names wherever it was told to.
const HOOKS: &[&str] = &[
    "pre-commit",
    "pre-push",
    "post-commit",
    "post-checkout",
    "post-merge",
    "post-rewrite",
    "commit-msg",
    "prepare-commit-msg",
    "fsmonitor-watchman",
];

/// A hook of a repository, at a path (lower case, `/` between folders), that fetches what it runs, or decodes it. Managers of
/// hooks write the commands of their users.
pub(super) fn git_hook<'a>(path: &str, event: &'a Event) -> Option<Flow<'a>> {
    let is_hook = path.contains("git/hooks/")
        || path.rsplit_once("hooks/").is_some_and(|(_, name)| HOOKS.contains(&name))
        || path.contains(".git/") && path.rsplit('/').next().is_some_and(|name| HOOKS.contains(&name));
    let text = event.text.as_deref().filter(|_| is_hook)?;
    let fetches = text.contains("curl ") || text.contains("wget ") || text.contains("base64 -d");
    let runs = ["| sh", "|sh", "| bash", "|bash", "$(curl", "`curl"].iter().any(|way| text.contains(way));
    let sends = ["--data", " -d ", " -F ", " -T ", "--upload-file", "--form"].iter().any(|way| text.contains(way));
    let secrets = [".env", ".netrc", ".ssh", ".aws", ".npmrc", "credentials", "id_rsa", "$(env", "printenv"];
    if fetches && sends && secrets.iter().any(|secret| text.contains(secret)) {
        return Some(flow(&rules::CREDENTIALS_SENT, event, format!("{} sends secrets", shown(event))));
    }
    // An interpreter is handed a line that fetches code and makes a function of it.
    let by_node = text.contains("node -e")
        && ["fetch(", "http.get", "https.get"].iter().any(|way| text.contains(way))
        && ["Function(", "eval(", "_compile(", "runInThis"].iter().any(|way| text.contains(way));
    let by_python = ["python -c", "python3 -c"].iter().any(|way| text.contains(way))
        && ["urlopen(", "requests.get("].iter().any(|way| text.contains(way))
        && text.contains("exec(");
    (fetches && runs || by_node || by_python)
        .then(|| flow(&rules::PERSISTS, event, format!("{} runs what it fetches", shown(event))))
}

/// Files of settings with secrets (`.env`) that are sent as they are, by what runs by itself: every one that a search found,
/// or one of a place that is known. Of the latter, what a program needs for itself may be all that is sent.
pub(super) fn settings<'a>(event: &'a Event, given: Labels, to: &str) -> Option<Flow<'a>> {
    let fixed = event.subject.as_deref().and_then(addresses::host).is_some_and(|h| h.contains('.'));
    // A library that reads them for who calls it has nobody to tell of it.
    let is_of_library = event.when == When::Called && event.silent && !event.answers;
    if !given.any(Labels::DOTENV) || event.act != Act::Send || event.when <= When::Main && !is_of_library || !fixed {
        return None;
    }
    let mut found = flow(&rules::CREDENTIALS_SENT, event, format!("{} go to {to}", words(given)));
    let is_service = event.subject.as_deref().is_some_and(addresses::is_service) && !event.silent;
    if !given.any(Labels::LISTED) && !is_of_library || is_service {
        found.severity = Some(Severity::Medium);
    }
    Some(found)
}

/// A workflow that is put into a repository by the interface of a service, under a token that was found.
pub(super) fn workflow_by_interface<'a>(event: &'a Event, given: Labels) -> Option<Flow<'a>> {
    let mut places = event.subject.iter().chain(&event.others);
    let place = places.find(|to| event.act == Act::Send && to.contains("/contents/.github/workflows/"))?;
    let found = Labels::CLOUD_KEY.with(Labels::SERVICE_KEY).with(Labels::ENV_SECRET).with(Labels::CREDENTIALS);
    given.any(found).then(|| flow(&WORKFLOW_PUSHED, event, format!("{} \"{}\"", event.by, super::one_line(place))))
}

/// What somebody else hands over on the standard input, sent to a fixed address.
pub(super) fn input<'a>(event: &'a Event, given: Labels, to: &str) -> Option<Flow<'a>> {
    let fixed = event.subject.as_deref().and_then(addresses::host).is_some_and(|h| h.contains('.'));
    let is_sent = given.any(Labels::HANDED) && event.act == Act::Send && event.when > When::Called && fixed;
    is_sent.then(|| {
        let mut found = flow(&INPUT_FORWARDED, event, format!("{} go to {to}", words(given)));
        // Who asks a service under the user's own key asks for the user.
        let is_asked = given.any(Labels::SERVICE_KEY) && event.subject.as_deref().is_some_and(addresses::is_service);
        if is_asked {
            found.severity = Some(Severity::Medium);
        // A file that the input names is the whole of what was said so far.
        } else if given.any(Labels::FILE) && !given.any(Labels::OWN_FILE) {
            found.severity = Some(Severity::High);
        }
        found
    })
}

/// A command that pushes a repository into which secrets were written before.
pub(super) fn pushes<'a>(event: &'a Event, outcome: &'a Outcome) -> Option<Flow<'a>> {
    let command = event.subject.as_deref()?;
    let pushes = |command: &str| command.contains("git") && command.contains(" push");
    // Workflows run with the secrets of whoever they are pushed to.
    let adds_workflows = |part: &str| part.split_once("git add ").is_some_and(|(_, what)| what.contains(".github"));
    let adds = |command: &str| pushes(command) && command.split([';', '&', '|', '\n']).any(adds_workflows);
    if let Some(command) = std::iter::once(command).chain(event.others.iter().map(|o| &**o)).find(|c| adds(c)) {
        return Some(flow(&WORKFLOW_PUSHED, event, format!("{} \"{}\"", event.by, super::one_line(command))));
    }
    if event.when < When::Load || !(pushes(command) || event.others.iter().any(|other| pushes(other))) {
        return None;
    }
    let written = outcome
        .events
        .iter()
        .find(|e| e.act == Act::Write && e.at <= event.at && e.data.any(Labels::ENV_ALL.with(Labels::CREDENTIALS)))?;
    let rule = if written.data.any(Labels::ENV_ALL) { &rules::ENVIRONMENT_SENT } else { &rules::CREDENTIALS_SENT };
    let mut found = flow(rule, event, format!("{} pushes {}", shown(event), words(written.data)));
    found.with.push(written);
    Some(found)
}
