//! The words that point to a capability, and what is read behind each.

use crate::model::Capability;
use crate::model::Capability::{
    Agents, Credentials, DynamicCode, Environment, Files, Native, Network, RemoteFlags, SelfUpdate, Spawns, Telemetry,
    Wallets,
};

/// What is read where an anchor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// The anchor itself is the value.
    Word(Capability),
    /// As `Word`, when no identifier character and no dot stands before it.
    Call(Capability),
    /// The host between `://` and the path.
    Url,
    /// A name that follows directly, or the whole environment.
    EnvName,
    /// A quoted name that follows behind blanks and brackets.
    EnvQuoted,
    /// The first word of the first quoted argument.
    Program,
    /// A quoted module name.
    Module,
    /// A quoted module name behind the word `from` or `import` of JavaScript.
    JsFrom,
    /// A Python `import` statement.
    PyImport,
    /// A Python `from … import` statement.
    PyFrom,
}

/// One anchor: the text, what is read, and whether it is looked for in native code too.
pub(super) type Anchor = (&'static str, Read, bool);

const fn word(text: &'static str, capability: Capability) -> Anchor {
    (text, Read::Word(capability), false)
}

const fn both(text: &'static str, capability: Capability) -> Anchor {
    (text, Read::Word(capability), true)
}

const fn call(text: &'static str, capability: Capability) -> Anchor {
    (text, Read::Call(capability), false)
}

const fn read(text: &'static str, read: Read) -> Anchor {
    (text, read, false)
}

/// All anchors; of two that begin at one place the earlier one counts.
pub(super) static ANCHORS: &[Anchor] = &[
    ("://", Read::Url, true),
    // The environment.
    read("process.env[", Read::EnvQuoted),
    read("process.env", Read::EnvName),
    read("import.meta.env.", Read::EnvName),
    read("Bun.env.", Read::EnvName),
    read("Deno.env.get(", Read::EnvQuoted),
    read("os.environ.get(", Read::EnvQuoted),
    read("os.environ[", Read::EnvQuoted),
    read("os.environ.setdefault(", Read::EnvQuoted),
    read("os.environ.pop(", Read::EnvQuoted),
    read("os.environ", Read::EnvName),
    read("getenv(", Read::EnvQuoted),
    read("Getenv(", Read::EnvQuoted),
    read("env::var(", Read::EnvQuoted),
    read("ENV[", Read::EnvQuoted),
    read("$env:", Read::EnvName),
    read("GetEnvironmentVariable(", Read::EnvQuoted),
    // Programs.
    read("subprocess.run(", Read::Program),
    read("subprocess.call(", Read::Program),
    read("subprocess.check_output(", Read::Program),
    read("subprocess.check_call(", Read::Program),
    read("subprocess.getoutput(", Read::Program),
    read("subprocess.getstatusoutput(", Read::Program),
    read("Popen(", Read::Program),
    read("os.system(", Read::Program),
    read("os.popen(", Read::Program),
    read("os.startfile(", Read::Program),
    read("os.exec", Read::Program),
    read("create_subprocess_exec(", Read::Program),
    read("create_subprocess_shell(", Read::Program),
    read("execSync(", Read::Program),
    read("execFile(", Read::Program),
    read("execFileSync(", Read::Program),
    read("spawn(", Read::Program),
    read("spawnSync(", Read::Program),
    read("Bun.spawn(", Read::Program),
    read("Command::new(", Read::Program),
    read("exec.Command(", Read::Program),
    read("Start-Process ", Read::Program),
    word("child_process", Spawns),
    word("pty.spawn", Spawns),
    both("/bin/sh", Spawns),
    both("/bin/bash", Spawns),
    both("cmd.exe", Spawns),
    both("powershell", Spawns),
    // Modules.
    read("require(", Read::Module),
    read("require.resolve(", Read::Module),
    read("__import__(", Read::Module),
    read("import_module(", Read::Module),
    read("import(", Read::Module),
    read("from ", Read::PyFrom),
    read("import ", Read::PyImport),
    read("from'", Read::JsFrom),
    read("from\"", Read::JsFrom),
    read("import'", Read::JsFrom),
    read("import\"", Read::JsFrom),
    // Code from text.
    call("eval(", DynamicCode),
    call("exec(", DynamicCode),
    call("compile(", DynamicCode),
    call("execfile(", DynamicCode),
    word("new Function(", DynamicCode),
    word("runInThisContext(", DynamicCode),
    word("runInNewContext(", DynamicCode),
    word("Invoke-Expression", DynamicCode),
    word("marshal.loads(", DynamicCode),
    word("pickle.loads(", DynamicCode),
    word("pickle.load(", DynamicCode),
    word("vm.Script(", DynamicCode),
    word("module._compile(", DynamicCode),
    // The network.
    call("fetch(", Network),
    word("XMLHttpRequest", Network),
    word("new WebSocket(", Network),
    word("urlopen(", Network),
    word("urlretrieve(", Network),
    word("requests.get(", Network),
    word("requests.post(", Network),
    word("socket.socket(", Network),
    word("navigator.sendBeacon", Network),
    word("Invoke-WebRequest", Network),
    word("Invoke-RestMethod", Network),
    word("Net.WebClient", Network),
    word("curl ", Network),
    word("wget ", Network),
    word("dns.resolve", Network),
    word("net.connect(", Network),
    word("net.createConnection(", Network),
    word("net.createServer(", Network),
    word("/dev/tcp/", Network),
    // Files of weight.
    both("/etc/passwd", Files),
    both("/etc/shadow", Files),
    both("/etc/hosts", Files),
    both("/etc/ld.so.preload", Files),
    both("/etc/cron", Files),
    both("/proc/self/", Files),
    word(".bashrc", Files),
    word(".zshrc", Files),
    word(".profile", Files),
    word("LaunchAgents", Files),
    word("LaunchDaemons", Files),
    word(".config/autostart", Files),
    word("AppData", Files),
    word("%APPDATA%", Files),
    word("%LOCALAPPDATA%", Files),
    word("CurrentVersion\\Run", Files),
    word("CurrentVersion\\\\Run", Files),
    word("Start Menu", Files),
    word("/etc/systemd/system", Files),
    // Secrets.
    both(".ssh/", Credentials),
    word("id_rsa", Credentials),
    word("id_ed25519", Credentials),
    word("authorized_keys", Credentials),
    both(".aws/credentials", Credentials),
    word(".aws/config", Credentials),
    word(".config/gcloud", Credentials),
    word("application_default_credentials", Credentials),
    word(".azure/", Credentials),
    word(".kube/config", Credentials),
    word(".docker/config.json", Credentials),
    word(".npmrc", Credentials),
    word(".pypirc", Credentials),
    word(".netrc", Credentials),
    word("_netrc", Credentials),
    word(".git-credentials", Credentials),
    word(".config/gh/hosts.yml", Credentials),
    word(".vault-token", Credentials),
    both("Login Data", Credentials),
    word("Local State", Credentials),
    word("Cookies", Credentials),
    word("logins.json", Credentials),
    word("key4.db", Credentials),
    word("cookies.sqlite", Credentials),
    word("leveldb", Credentials),
    both("CryptUnprotectData", Credentials),
    word("find-generic-password", Credentials),
    word("login.keychain", Credentials),
    word("SecItemCopyMatching", Credentials),
    word("keytar", Credentials),
    word("safeStorage", Credentials),
    word("169.254.169.254", Credentials),
    word("metadata.google.internal", Credentials),
    // Native code.
    word("ctypes.CDLL", Native),
    word("ctypes.WinDLL", Native),
    word("ctypes.windll", Native),
    word("cdll.LoadLibrary", Native),
    word("process.dlopen(", Native),
    word("ffi.dlopen(", Native),
    word("ffi-napi", Native),
    word("koffi", Native),
    word("WebAssembly.instantiate", Native),
    word("WebAssembly.Module", Native),
    word("VirtualAlloc", Native),
    // Telemetry.
    both("sentry.io", Telemetry),
    word("@sentry/", Telemetry),
    word("sentry_sdk", Telemetry),
    word("posthog", Telemetry),
    word("amplitude", Telemetry),
    word("mixpanel", Telemetry),
    word("segment.io", Telemetry),
    word("@segment/", Telemetry),
    word("google-analytics", Telemetry),
    word("googletagmanager", Telemetry),
    word("datadoghq", Telemetry),
    word("dd-trace", Telemetry),
    word("newrelic", Telemetry),
    word("bugsnag", Telemetry),
    word("rollbar", Telemetry),
    word("honeycomb.io", Telemetry),
    word("@opentelemetry/", Telemetry),
    word("applicationinsights", Telemetry),
    word("scarf.sh", Telemetry),
    word("rudderstack", Telemetry),
    // Updaters.
    word("electron-updater", SelfUpdate),
    word("autoUpdater", SelfUpdate),
    word("update-notifier", SelfUpdate),
    word("checkForUpdates", SelfUpdate),
    word("self_update", SelfUpdate),
    word("selfUpdate", SelfUpdate),
    word("self-update", SelfUpdate),
    word("pip install --upgrade", SelfUpdate),
    word("npm install -g", SelfUpdate),
    // Remote switches.
    word("statsig", RemoteFlags),
    word("growthbook", RemoteFlags),
    word("GrowthBook", RemoteFlags),
    word("launchdarkly", RemoteFlags),
    word("LaunchDarkly", RemoteFlags),
    word("unleash-client", RemoteFlags),
    word("optimizely", RemoteFlags),
    word("configcat", RemoteFlags),
    word("flagsmith", RemoteFlags),
    word("@splitsoftware/", RemoteFlags),
    word("firebase-remote-config", RemoteFlags),
    word("getFeatureFlag", RemoteFlags),
    // Wallets.
    both("wallet.dat", Wallets),
    word("metamask", Wallets),
    word("MetaMask", Wallets),
    word("nkbihfbeogaeaoehlefnkodbefgpgknn", Wallets),
    word("bfnaelmomeimhlpmgjnjophhpkkoljpa", Wallets),
    word("Exodus", Wallets),
    word("Electrum", Wallets),
    word("Atomic Wallet", Wallets),
    word("Ledger Live", Wallets),
    word("Trust Wallet", Wallets),
    word("solana/id.json", Wallets),
    word("@solana/web3.js", Wallets),
    word("ethers", Wallets),
    word("web3.eth", Wallets),
    word("mnemonic", Wallets),
    word("seed phrase", Wallets),
    word("privateKey", Wallets),
    word("private_key", Wallets),
    both("stratum+tcp", Wallets),
    both("xmrig", Wallets),
    // Agents.
    word("mcpServers", Agents),
    word("modelcontextprotocol", Agents),
    word(".claude/", Agents),
    word(".claude.json", Agents),
    word("CLAUDE.md", Agents),
    word("AGENTS.md", Agents),
    word(".cursor/", Agents),
    word(".cursorrules", Agents),
    word("copilot-instructions.md", Agents),
    word(".codex/", Agents),
    word(".gemini/", Agents),
    word("claude_desktop_config", Agents),
    both("--dangerously-skip-permissions", Agents),
    word("--yolo", Agents),
    word("--trust-all-tools", Agents),
    word("bypassPermissions", Agents),
    word("ANTHROPIC_BASE_URL", Agents),
    word("OPENAI_BASE_URL", Agents),
    word("enableAllProjectMcpServers", Agents),
    word("PreToolUse", Agents),
    word("SessionStart", Agents),
    word("GITHUB_TOKEN", Environment),
    word("NPM_TOKEN", Environment),
];

/// Modules that talk to the network.
pub(super) static NETWORK_MODULES: &[&str] = &[
    "aiohttp",
    "axios",
    "dgram",
    "dns",
    "ftplib",
    "got",
    "grpc",
    "http",
    "http.client",
    "http2",
    "httpx",
    "https",
    "needle",
    "net",
    "node-fetch",
    "paramiko",
    "pycurl",
    "request",
    "requests",
    "smtplib",
    "socket",
    "socket.io-client",
    "socks",
    "ssl",
    "superagent",
    "telnetlib",
    "tls",
    "tornado",
    "undici",
    "urllib.request",
    "urllib3",
    "websocket",
    "websockets",
    "ws",
    "zmq",
    "nodemailer",
    "discord",
    "telebot",
    "telegram",
    "ssh2",
    "phin",
    "isomorphic-fetch",
    "cross-fetch",
    "twisted",
    "xmlrpc.client",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_stand_once_and_modules_are_distinct() {
        let mut seen = std::collections::HashSet::new();
        assert!(ANCHORS.iter().all(|a| seen.insert(a.0)));
        let mut modules = std::collections::HashSet::new();
        assert!(NETWORK_MODULES.iter().all(|m| modules.insert(*m)));
    }

    #[test]
    fn an_anchor_does_not_hide_a_later_one() {
        for (i, (text, _, _)) in ANCHORS.iter().enumerate() {
            let hider = ANCHORS.iter().take(i).find(|(earlier, _, _)| text.starts_with(earlier));
            assert!(hider.is_none(), "{text} is hidden by {hider:?}");
        }
    }
}
