//! Settings that send what an agent says, and its key, to somebody else's server.

use serde_json::Value;

use super::Command;
use crate::analyze::Notes;
use crate::model::Evidence;
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// Settings that come with a package or a repository point an AI client at a server that belongs to nobody who offers
    /// models: every prompt, the code in it and the key go there. Known uses: settings planted by packages (2025), base-URL
    /// redirection before the trust question (CVE-2026-21852).
    ///
    /// Honest look-alikes: gateways of a company in its own repositories; gateways for many models, which are known here.
    pub(crate) FOREIGN = "agent-endpoint-foreign" in "agent/proxy-redirect";
    severity: High, confidence: Likely,
    title: "Shipped settings send an AI client to a server of nobody known",
    reference: "https://attack.mitre.org/techniques/T1557/",
}

rule! {
    /// A server of tools stands at a bare public address, is spoken to without encryption, and is given a token: whoever has
    /// the address, or a place on the way, has the token and says what the agent does.
    ///
    /// Honest look-alikes: servers on the same machine or in a private network, which do not count.
    pub(crate) SERVER = "mcp-server-bare-address" in "agent/mcp-autoexec";
    severity: High, confidence: Likely,
    title: "A server of tools at a bare public address is given a token",
    reference: "https://attack.mitre.org/techniques/T1557/",
}

/// Names of variables that hold the address of a model's server end so.
const NAMES: &[&str] = &["_BASE_URL", "_API_BASE", "_API_URL", "_API_HOST", "_ENDPOINT", "_PROXY_URL"];
/// And begin so.
const CLIENTS: &[&str] = &[
    "ANTHROPIC",
    "CLAUDE",
    "OPENAI",
    "AZURE_OPENAI",
    "GEMINI",
    "GOOGLE_GEMINI",
    "CODEX",
    "COPILOT",
    "MISTRAL",
    "GROQ",
    "DEEPSEEK",
    "COHERE",
    "XAI",
];
/// Most servers of one file.
const MOST_SERVERS: usize = 1000;
/// Hosts of those who offer models or gateways to them.
const KNOWN: &[&str] = &[
    "anthropic.com",
    "openai.com",
    "azure.com",
    "googleapis.com",
    "google.com",
    "amazonaws.com",
    "openrouter.ai",
    "deepseek.com",
    "groq.com",
    "mistral.ai",
    "cohere.com",
    "cohere.ai",
    "x.ai",
    "together.xyz",
    "together.ai",
    "fireworks.ai",
    "perplexity.ai",
    "z.ai",
    "bigmodel.cn",
    "moonshot.cn",
    "moonshot.ai",
    "minimax.io",
    "minimaxi.com",
    "aliyuncs.com",
    "siliconflow.cn",
    "siliconflow.com",
    "volces.com",
    "baidubce.com",
    "cerebras.ai",
    "sambanova.ai",
    "nvidia.com",
    "huggingface.co",
    "replicate.com",
    "githubcopilot.com",
    "github.com",
    "ai.azure.com",
    "litellm.ai",
    "portkey.ai",
    "helicone.ai",
    "cloudflare.com",
    "vercel.sh",
    "vercel.app",
    "langfuse.com",
    "requesty.ai",
    "novita.ai",
    "hyperbolic.xyz",
    "deepinfra.com",
    "lepton.ai",
    "ollama.com",
    "databricks.com",
    "ibm.com",
    "oracle.com",
    "poe.com",
    "aimlapi.com",
    "302.ai",
    "kimi.com",
    "stepfun.com",
    "lingyiwanwu.com",
    "xiaomimimo.com",
    "opencode.ai",
    "inference.ai",
    "venice.ai",
    "nebius.com",
    "scaleway.ai",
    "ovh.net",
    "friendli.ai",
];

/// Whether a value is an address of somebody who is not known.
fn is_foreign(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else { return false };
    let host = rest.split(['/', ':', '?', '"', '\'']).next().unwrap_or_default().to_ascii_lowercase();
    let placeholder = host.contains(['<', '$', '{', '%', '*', '_'])
        || [
            "example",
            "your",
            "my-",
            "localhost",
            "host.docker",
            "changeme",
            "placeholder",
            "proxy.internal",
            "gateway.internal",
        ]
        .iter()
        .any(|p| host.contains(p));
    let private = host
        .parse::<std::net::Ipv4Addr>()
        .is_ok_and(|ip| ip.is_private() || ip.is_loopback() || ip.is_unspecified() || ip.is_link_local());
    let inside =
        !host.contains('.') || [".local", ".internal", ".lan", ".corp", ".test"].iter().any(|e| host.ends_with(e));
    let known = KNOWN.iter().any(|k| host == *k || host.ends_with(&format!(".{k}")));
    !(placeholder || private || inside || known)
}

fn is_endpoint(name: &str) -> bool {
    NAMES.iter().any(|e| name.ends_with(e)) && CLIENTS.iter().any(|c| name.starts_with(c))
}

fn find(file: &Parsed<'_>, name: &str, url: &str, out: &mut Notes) {
    let at = memchr::memmem::find(file.bytes(), url.as_bytes()).unwrap_or(0);
    let mut evidence = Evidence::at(file.bytes(), at, url.len());
    evidence.span = evidence.span.map(|s| file.place(s));
    out.findings.push(FOREIGN.finding(evidence.with_note(format!("{name} is {url}"))));
}

/// Settings as a document: variables in `env`, providers of models in the configuration of Codex.
pub(super) fn settings(file: &Parsed<'_>, value: &Value, out: &mut Notes) {
    servers(file, value, out);
    // Only a file that holds settings of an agent by itself; lists of providers are data.
    let env = value.get("env").and_then(Value::as_object);
    for (name, url) in env.into_iter().flatten().filter_map(|(n, v)| Some((n, v.as_str()?))) {
        if is_endpoint(name) && is_foreign(url) {
            find(file, name, url, out);
        }
    }
    let Some(chosen) = value.get("model_provider").and_then(Value::as_str) else { return };
    let provider = value.get("model_providers").and_then(|p| p.get(chosen));
    if let Some(url) = provider.and_then(|p| p.get("base_url")).and_then(Value::as_str)
        && is_foreign(url)
    {
        find(file, "base_url", url, out);
    }
}

/// Servers of tools that are told a token over a connection that anybody can read.
fn servers(file: &Parsed<'_>, value: &Value, out: &mut Notes) {
    let lists = ["mcpServers", "mcp_servers", "servers", "mcp"].iter().filter_map(|key| value.get(key)?.as_object());
    for (name, server) in lists.flatten().take(MOST_SERVERS) {
        let address = ["url", "serverUrl", "httpUrl"].iter().find_map(|key| server.get(key)?.as_str());
        let Some(url) = address.filter(|url| url.starts_with("http://")) else { continue };
        let host = url.get(7..).unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
        let is_public = host.parse::<std::net::Ipv4Addr>().is_ok() && is_foreign(url);
        let given = ["headers", "http_headers", "env", "bearer_token_env_var"].iter().any(|key| {
            server.get(key).is_some_and(|v| !matches!(v, Value::Null) && v.as_object().is_none_or(|o| !o.is_empty()))
        });
        if is_public && given {
            let at = memchr::memmem::find(file.bytes(), url.as_bytes()).unwrap_or(0);
            let mut evidence = Evidence::at(file.bytes(), at, url.len());
            evidence.span = evidence.span.map(|s| file.place(s));
            out.findings.push(SERVER.finding(evidence.with_note(format!("{name} is at {url}"))));
        }
    }
}

/// Variables in a file of them: an address together with a switched-off check of certificates is another rule's matter.
pub(super) fn environment(file: &Parsed<'_>, text: &str, _: &mut Vec<Command>, out: &mut Notes) {
    let base = file.base_name();
    // Only what is loaded as it is, and no template for it.
    if base != ".env" && !base.starts_with(".env.local") {
        return;
    }
    for line in text.lines() {
        let line = line.trim().trim_start_matches("export ");
        if let Some((name, url)) = line.split_once('=') {
            let url = url.trim().trim_matches(['"', '\'']);
            let numeric = url.split_once("://").is_some_and(|(_, h)| h.starts_with(|c: char| c.is_ascii_digit()));
            if is_endpoint(name.trim()) && numeric && is_foreign(url) {
                find(file, name.trim(), url, out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_for_a_bare_address_is_told() {
        use crate::model::FileKind;
        let of = |url: &str, headers: &str| {
            let text =
                format!("{{\"servers\":{{\"x\":{{\"command\":\"\",\"url\":\"{url}\",\"headers\":{headers}}}}}}}");
            crate::analyze::commands::tests::findings("mcp.json", FileKind::Json, &text)
        };
        assert_eq!(of("http://203.0.113.7/mcp", "{\"Authorization\":\"x\"}"), [SERVER.id]);
        for (url, headers) in [
            ("http://203.0.113.7/mcp", "{}"),
            ("http://10.0.0.7/mcp", "{\"a\":\"x\"}"),
            ("https://203.0.113.7/mcp", "{\"a\":\"x\"}"),
            ("http://localhost:1/mcp", "{\"a\":\"x\"}"),
        ] {
            assert!(of(url, headers).is_empty(), "{url}");
        }
    }

    #[test]
    fn known_servers_and_placeholders_pass() {
        for url in [
            "https://api.anthropic.com",
            "http://localhost:4000",
            "http://10.1.2.3/v1",
            "https://openrouter.ai/api/v1",
            "https://your-gateway.example.com",
            "https://${HOST}/v1",
            "https://llm.corp.internal",
            "https://x.openai.azure.com/",
        ] {
            assert!(!is_foreign(url), "{url}");
        }
        for url in [
            "https://api-anthropic.attacker.invalid",
            "http://203.0.113.9:8080/v1",
            "https://anthropic.com.evil.invalid/",
        ] {
            assert!(is_foreign(url), "{url}");
        }
        assert!(
            is_endpoint("ANTHROPIC_BASE_URL") && is_endpoint("OPENAI_API_BASE") && !is_endpoint("NEXT_PUBLIC_API_URL")
        );
    }
}
