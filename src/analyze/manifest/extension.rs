//! Manifests of extensions: `manifest.json` of browsers (Chrome, Edge, Firefox), `package.json` of editors (VS Code and
//! its kin), and `manifest.json` of MCP bundles, which agents start. What an extension may do and what starts it, as
//! facts. A permission accuses nobody: ad blockers, password managers and translators need all of them.
//!
//! References: <https://developer.chrome.com/docs/extensions/reference/manifest>,
//! <https://code.visualstudio.com/api/references/extension-manifest>.

use serde_json::Value;

use super::LONGEST;
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Evidence, Fact, FileKind, Gap, Rule};
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// The file is the manifest of a browser extension with code that starts by itself: in the background, or in the
    /// pages of sites that it names. A fact and no accusation: nearly all extensions have it.
    pub(crate) BROWSER = "browser-extension" in "exec/extension-activation";
    severity: Info, confidence: Certain,
    title: "A browser extension with code that starts by itself",
    reference: "https://developer.chrome.com/docs/extensions/reference/manifest",
}

rule! {
    /// A browser extension may read or change every site: by a host permission, or by scripts that run in every page.
    /// Ad blockers, password managers and translators need it; so do thieves of cookies and of what is typed.
    pub(crate) ALL_SITES = "browser-extension-all-sites" in "exec/extension-activation";
    severity: Info, confidence: Certain,
    title: "A browser extension may read every site",
    reference: "https://developer.chrome.com/docs/extensions/develop/concepts/match-patterns",
}

rule! {
    /// The file is the manifest of an editor extension with code that the editor starts by itself. A fact and no
    /// accusation.
    pub(crate) EDITOR = "editor-extension" in "exec/extension-activation";
    severity: Info, confidence: Certain,
    title: "An editor extension with code that starts by itself",
    reference: "https://code.visualstudio.com/api/references/activation-events",
}

/// Reads manifests of extensions.
pub(super) struct ExtensionManifestReader;

impl Heuristic for ExtensionManifestReader {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&BROWSER, &ALL_SITES, &EDITOR] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Json
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let bytes = file.bytes();
        let (mark, browser) = match file.base_name() {
            "manifest.json" => (&b"\"manifest_version\""[..], true),
            "package.json" => (&b"\"vscode\""[..], false),
            _ => return,
        };
        if memchr::memmem::find(bytes, mark).is_none() {
            return;
        }
        if bytes.len() > LONGEST {
            // The reader of package.json says so itself.
            out.gaps.extend(browser.then(|| super::too_long(bytes.len())));
            return;
        }
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let manifest: Value = match serde_json::from_slice(text) {
            Ok(manifest) => manifest,
            Err(error) if browser => {
                // Chrome allows comments in it.
                out.gaps.push(Gap::malformed(format!("the extension's manifest cannot be read as JSON: {error}")));
                return;
            }
            Err(_) => return,
        };
        let mut notes = Facts { file, out };
        if browser { notes.browser(&manifest) } else { notes.editor(&manifest) }
    }
}

struct Facts<'a, 'p, 'n> {
    file: &'a Parsed<'p>,
    out: &'n mut Notes,
}

/// Most values that are told of one list.
const LIST_MAX: usize = 200;

fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).take(LIST_MAX)
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// Whether a match pattern means every site.
fn is_everywhere(pattern: &str) -> bool {
    matches!(pattern, "<all_urls>" | "*://*/*" | "http://*/*" | "https://*/*" | "*://*/" | "http*://*/*" | "*")
}

impl Facts<'_, '_, '_> {
    fn has(&mut self, capability: Capability, value: impl Into<String>) {
        let value: String = value.into();
        let end = value.floor_char_boundary(400);
        self.out.facts.push(Fact::has(capability, value.get(..end).unwrap_or_default(), 0));
    }

    fn find(&mut self, rule: &'static Rule, key: &str, note: String) {
        let at = memchr::memmem::find(self.file.bytes(), format!("\"{key}\"").as_bytes()).unwrap_or(0);
        let mut evidence = Evidence::at(self.file.bytes(), at, key.len() + 2);
        evidence.span = evidence.span.map(|s| self.file.place(s));
        self.out.findings.push(rule.finding(evidence.with_note(note)));
    }

    fn browser(&mut self, manifest: &Value) {
        if let Some(server) = manifest.get("server") {
            self.bundled_server(server);
        }
        if !manifest.get("manifest_version").is_some_and(Value::is_number) || manifest.get("name").is_none() {
            return;
        }
        let mut starts = Vec::new();
        if let Some(background) = manifest.get("background") {
            let worker = text(background, "service_worker").or(text(background, "page"));
            starts.extend(texts(background.get("scripts")).chain(worker).map(|script| format!("background {script}")));
        }
        let mut everywhere = Vec::new();
        let scripts = manifest.get("content_scripts").and_then(Value::as_array);
        for script in scripts.into_iter().flatten().take(LIST_MAX) {
            let sites: Vec<&str> = texts(script.get("matches")).collect();
            everywhere.extend(sites.iter().filter(|s| is_everywhere(s)).map(|s| format!("content scripts on {s}")));
            let first = sites.first().copied().unwrap_or_default();
            let more = if sites.len() > 1 { format!(" and {} more", sites.len() - 1) } else { String::new() };
            starts.extend(texts(script.get("js")).map(|js| format!("content script {js} on {first}{more}")));
        }
        for key in ["permissions", "optional_permissions", "host_permissions", "optional_host_permissions"] {
            for permission in texts(manifest.get(key)) {
                if permission.contains("://") || is_everywhere(permission) {
                    self.has(Capability::Network, format!("host permission {permission}"));
                    everywhere.extend(is_everywhere(permission).then(|| format!("{key} {permission}")));
                } else if let Some(capability) = permission_of(permission) {
                    self.has(capability, format!("permission {permission}"));
                }
            }
        }
        for (key, word) in [("devtools_page", "devtools page"), ("update_url", "update from")] {
            let capability = if key == "update_url" { Capability::SelfUpdate } else { Capability::Hooks };
            if let Some(value) = text(manifest, key) {
                self.has(capability, format!("{word} {value}"));
            }
        }
        let gecko = manifest.pointer("/browser_specific_settings/gecko/update_url").and_then(Value::as_str);
        if let Some(url) = gecko.or(manifest.pointer("/applications/gecko/update_url").and_then(Value::as_str)) {
            self.has(Capability::SelfUpdate, format!("update from {url}"));
        }
        if let Some(connectable) = manifest.get("externally_connectable") {
            for key in ["matches", "ids"] {
                for value in texts(connectable.get(key)) {
                    self.has(Capability::Network, format!("externally connectable {value}"));
                }
            }
        }
        let policy = manifest.get("content_security_policy");
        let policies = policy.and_then(Value::as_str).into_iter();
        let policies =
            policies.chain(policy.and_then(Value::as_object).into_iter().flatten().filter_map(|(_, v)| v.as_str()));
        for policy in policies {
            // Every source of this ending lets code be made out of text, but the one for WebAssembly alone.
            let evaluates = |s: &str| s.ends_with("-eval'") && !s.starts_with("'wasm-");
            if policy.split([' ', ';']).any(evaluates) {
                self.has(Capability::DynamicCode, "content_security_policy allows eval");
            }
            let scripts = policy.split(';').find(|p| p.trim_start().starts_with("script-src")).unwrap_or_default();
            for source in scripts.split_whitespace().filter(|s| s.contains("://")).take(LIST_MAX) {
                self.has(Capability::DynamicCode, format!("content_security_policy script-src {source}"));
            }
        }
        for key in ["chrome_url_overrides", "chrome_settings_overrides"] {
            for name in
                manifest.get(key).and_then(Value::as_object).into_iter().flatten().map(|(k, _)| k).take(LIST_MAX)
            {
                self.has(Capability::Hooks, format!("overrides {name}"));
            }
        }
        if let Some(first) = starts.first() {
            let note = if starts.len() > 1 { format!("{first} and {} more", starts.len() - 1) } else { first.clone() };
            let key = if manifest.get("background").is_some() { "background" } else { "content_scripts" };
            self.find(&BROWSER, key, note);
        }
        if let Some(first) = everywhere.first() {
            let key = first.split(' ').next().filter(|k| k.contains("permissions")).unwrap_or("content_scripts");
            self.find(&ALL_SITES, key, first.clone());
        }
        starts.into_iter().for_each(|start| self.has(Capability::Hooks, start));
    }

    /// The server of an MCP bundle (`.mcpb`, `.dxt`), whose manifest has the same name: an agent starts it.
    fn bundled_server(&mut self, server: &Value) {
        if let Some(file) = text(server, "entry_point") {
            self.has(Capability::Agents, format!("MCP bundle server {file}"));
        }
        if let Some(config) = server.get("mcp_config") {
            let words = text(config, "command").into_iter().chain(texts(config.get("args")));
            let command = words.collect::<Vec<_>>().join(" ");
            if !command.is_empty() {
                self.has(Capability::Agents, format!("MCP bundle command {command}"));
            }
        }
    }

    fn editor(&mut self, manifest: &Value) {
        if manifest.pointer("/engines/vscode").is_none() {
            return;
        }
        let mut starts = Vec::new();
        for key in ["main", "browser"] {
            if let Some(file) = text(manifest, key) {
                starts.push(format!("{key} {file}"));
            }
        }
        let code = !starts.is_empty();
        starts.extend(texts(manifest.get("activationEvents")).map(|event| format!("activation {event}")));
        for name in ["vscode:uninstall", "vscode:install"] {
            if let Some(command) = manifest.get("scripts").and_then(|s| text(s, name)) {
                starts.push(format!("{name}: {command}"));
            }
        }
        for key in ["extensionPack", "extensionDependencies"] {
            for name in texts(manifest.get(key)) {
                self.has(Capability::Hooks, format!("{key} {name}"));
            }
        }
        for proposal in texts(manifest.get("enabledApiProposals")) {
            self.has(Capability::Native, format!("proposed editor API {proposal}"));
        }
        if let Some(contributes) = manifest.get("contributes") {
            self.contributions(contributes);
        }
        if code {
            let note = starts.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
            let key = if manifest.get("activationEvents").is_some() { "activationEvents" } else { "main" };
            self.find(&EDITOR, key, note);
        }
        starts.into_iter().for_each(|start| self.has(Capability::Hooks, start));
    }

    /// Points of the editor that matter to a reviewer: agents and their tools, programs, tasks, terminals, log-ins.
    fn contributions(&mut self, contributes: &Value) {
        use Capability::{Agents, Credentials, Spawns};
        const POINTS: &[(&str, Capability)] = &[
            ("chatParticipants", Agents),
            ("chatAgents", Agents),
            ("languageModelTools", Agents),
            ("languageModelChatProviders", Agents),
            ("mcpServerDefinitionProviders", Agents),
            ("chatSessions", Agents),
            ("chatInstructions", Agents),
            ("debuggers", Spawns),
            ("taskDefinitions", Spawns),
            ("authentication", Credentials),
        ];
        for (point, capability) in POINTS {
            for item in contributes.get(point).and_then(Value::as_array).into_iter().flatten().take(LIST_MAX) {
                let name = ["id", "name", "type", "vendor", "label", "path"].iter().find_map(|key| text(item, key));
                self.has(*capability, format!("{point} {}", name.unwrap_or_default()).trim_end().to_owned());
                for key in ["program", "runtime"] {
                    if let Some(program) = text(item, key) {
                        self.has(Spawns, format!("{point} {key} {program}"));
                    }
                }
            }
        }
        let profiles = contributes.pointer("/terminal/profiles").and_then(Value::as_array);
        for profile in profiles.into_iter().flatten().take(LIST_MAX) {
            self.has(Spawns, format!("terminal profile {}", text(profile, "id").unwrap_or_default()));
        }
    }
}

/// Permissions of weight.
fn permission_of(permission: &str) -> Option<Capability> {
    Some(match permission {
        "cookies" | "clipboardRead" | "privacy" | "identity" | "identity.email" | "tabCapture" | "desktopCapture"
        | "pageCapture" => Capability::Credentials,
        "webRequest"
        | "webRequestBlocking"
        | "proxy"
        | "declarativeNetRequest"
        | "declarativeNetRequestWithHostAccess"
        | "webNavigation"
        | "vpnProvider"
        | "dns" => Capability::Network,
        "debugger" | "scripting" | "userScripts" => Capability::DynamicCode,
        "nativeMessaging" => Capability::Spawns,
        "history" | "tabs" | "bookmarks" | "downloads" | "fileSystem" | "topSites" | "sessions" => Capability::Files,
        "management" | "background" | "alarms" | "offscreen" => Capability::Hooks,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::text::testing::look;
    use crate::model::{FactKind, Severity};

    fn told(name: &str, text: &str) -> (Vec<String>, Vec<&'static str>, usize) {
        let notes = look(&ExtensionManifestReader, FileKind::Json, name, text);
        let facts = notes.facts.iter().filter_map(|f| match &f.kind {
            FactKind::Has(c, v) => Some(format!("{} {v}", c.word())),
            _ => None,
        });
        assert!(notes.findings.iter().all(|f| f.severity == Severity::Info));
        (facts.collect(), notes.findings.iter().map(|f| f.rule.id).collect(), notes.gaps.len())
    }

    #[test]
    fn a_browser_extension_tells_what_it_may_do() {
        let text = r#"{"manifest_version":3,"name":"x","version":"1","background":{"service_worker":"bg.js"},
            "permissions":["cookies","storage","nativeMessaging"],"host_permissions":["<all_urls>"],
            "content_scripts":[{"matches":["https://*/*","http://a.invalid/*"],"js":["c.js"]}],
            "externally_connectable":{"matches":["https://b.invalid/*"]},"update_url":"https://c.invalid/u.xml",
            "content_security_policy":{"extension_pages":"script-src 'self' 'unsafe-eval' https://d.invalid; object-src 'self'"}}"#;
        let (facts, rules, gaps) = told("ext/manifest.json", text);
        for fact in [
            "hooks background bg.js",
            "hooks content script c.js on https://*/* and 1 more",
            "credentials permission cookies",
            "spawns permission nativeMessaging",
            "network host permission <all_urls>",
            "network externally connectable https://b.invalid/*",
            "self-update update from https://c.invalid/u.xml",
            "dynamic-code content_security_policy allows eval",
            "dynamic-code content_security_policy script-src https://d.invalid",
        ] {
            assert!(facts.iter().any(|f| f == fact), "{fact} is not in {facts:?}");
        }
        assert_eq!(rules, ["browser-extension", "browser-extension-all-sites"]);
        assert_eq!(gaps, 0);
    }

    #[test]
    fn an_editor_extension_tells_what_starts_it() {
        let text = r#"{"name":"x","engines":{"vscode":"^1.90.0"},"main":"./out/e.js","activationEvents":["onStartupFinished"],
            "scripts":{"vscode:uninstall":"node gone.js"},"extensionPack":["a.b"],
            "contributes":{"languageModelTools":[{"name":"run"}],"debuggers":[{"type":"d","program":"./d.js"}]}}"#;
        let (facts, rules, _) = told("extension/package.json", text);
        for fact in [
            "hooks main ./out/e.js",
            "hooks activation onStartupFinished",
            "hooks vscode:uninstall: node gone.js",
            "hooks extensionPack a.b",
            "agents languageModelTools run",
            "spawns debuggers program ./d.js",
        ] {
            assert!(facts.iter().any(|f| f == fact), "{fact} is not in {facts:?}");
        }
        assert_eq!(rules, ["editor-extension"]);
    }

    #[test]
    fn the_server_of_an_mcp_bundle_is_told() {
        let text = r#"{"manifest_version":"0.2","name":"x","server":{"type":"node","entry_point":"server/i.js",
            "mcp_config":{"command":"node","args":["${__dirname}/server/i.js"]}}}"#;
        let (facts, rules, _) = told("manifest.json", text);
        let expected =
            ["agents MCP bundle server server/i.js", "agents MCP bundle command node ${__dirname}/server/i.js"];
        assert_eq!(facts, expected);
        assert!(rules.is_empty());
    }

    #[test]
    fn other_manifests_are_left_alone() {
        let web_app = r#"{"name":"x","start_url":"/","icons":[]}"#;
        assert!(told("manifest.json", web_app).0.is_empty());
        assert!(told("package.json", r#"{"name":"x","dependencies":{"vscode":"1"}}"#).0.is_empty());
        assert_eq!(told("manifest.json", r#"{"manifest_version": 3, "#).2, 1);
    }
}
