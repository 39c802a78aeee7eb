//! The technique catalogue: every way of doing harm that Peephole has a word for.
//!
//! A technique belongs to a family (its folder under `signatures/` and `samples/`), stands for one or more
//! *stages* of an attack, and names the ATT&CK or ATLAS techniques that it refines. One stage seen is a
//! capability; chains of stages are looked for in `correlate`.

use std::fmt;

/// A stage of an attack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Gets code to run without being asked: at install, import, start-up, by an agent.
    Trigger,
    /// Gathers secrets, identity or data.
    Collect,
    /// Hides code, text or effect.
    Conceal,
    /// Sends, fetches and runs, persists, destroys, spreads.
    Act,
}

impl Stage {
    /// All, in the order of an attack.
    pub const ALL: [Self; 4] = [Self::Trigger, Self::Collect, Self::Conceal, Self::Act];

    /// The word in reports and rule metadata.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::Collect => "collect",
            Self::Conceal => "conceal",
            Self::Act => "act",
        }
    }
}

/// A set of stages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Stages(u8);

impl Stages {
    /// No stage.
    pub const NONE: Self = Self(0);
    const T: Self = Self(1);
    const C: Self = Self(2);
    const O: Self = Self(4);
    const A: Self = Self(8);
    const TA: Self = Self(9);
    const OA: Self = Self(12);
    const CA: Self = Self(10);
    const CO: Self = Self(6);

    /// The set of one stage.
    #[must_use]
    pub const fn of(stage: Stage) -> Self {
        Self(1 << stage as u8)
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The stages of these that are none of `other`'s.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether a stage is in the set.
    #[must_use]
    pub const fn has(self, stage: Stage) -> bool {
        self.0 & (1 << stage as u8) != 0
    }

    /// Whether no stage is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many stages are in the set.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The stages, in the order of an attack.
    pub fn iter(self) -> impl Iterator<Item = Stage> {
        Stage::ALL.into_iter().filter(move |s| self.has(*s))
    }

    /// The set that words separated by blanks name ("conceal act"), or the word that is not a stage.
    pub fn parse(words: &str) -> Result<Self, String> {
        words.split_whitespace().try_fold(Self::NONE, |set, word| {
            Stage::ALL
                .into_iter()
                .find(|s| s.word() == word)
                .map(|s| set.with(Self::of(s)))
                .ok_or_else(|| word.to_owned())
        })
    }
}

impl fmt::Debug for Stages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// One entry of the catalogue.
#[derive(Debug)]
pub struct Technique {
    /// `family/name`: the folder under `signatures/` and `samples/`.
    pub id: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The stages that it stands for unless a rule says otherwise.
    pub stages: Stages,
    /// ATT&CK (`T1059.006`) or ATLAS (`AML.T0051`) techniques, separated by blanks.
    pub attack: &'static str,
}

impl Technique {
    /// The part before the slash.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.id.split('/').next().unwrap_or(self.id)
    }

    /// The entry with this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        CATALOGUE.iter().find(|t| t.id == id)
    }
}

/// The entry with this id, at compile time: a rule that names a technique that is not in the catalogue does not build.
#[must_use]
pub const fn known(id: &str) -> &'static Technique {
    let mut i = 0;
    while i < CATALOGUE.len() {
        #[allow(clippy::indexing_slicing, reason = "bounded by the loop; const code has no get()")]
        let entry = &CATALOGUE[i];
        if same(entry.id.as_bytes(), id.as_bytes()) {
            return entry;
        }
        i += 1;
    }
    panic!("technique is not in the catalogue")
}

#[allow(clippy::indexing_slicing, reason = "bounded by the loop; const code has no get()")]
const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

const fn t(id: &'static str, title: &'static str, stages: Stages, attack: &'static str) -> Technique {
    Technique { id, title, stages, attack }
}

use Stages as S;

/// The catalogue, by family.
pub static CATALOGUE: &[Technique] = &[
    // exec: getting code to run
    t("exec/install-hook-npm", "npm lifecycle script", S::T, "T1195.002 T1059.007"),
    t(
        "exec/install-hook-py",
        "code that runs when a Python package is built or installed",
        S::T,
        "T1195.002 T1059.006",
    ),
    t("exec/pth-startup", "code line in a .pth file, run at every interpreter start", S::T, "T1546 T1574"),
    t("exec/sitecustomize", "sitecustomize or usercustomize module", S::T, "T1546"),
    t("exec/gyp-expansion", "command expansion in binding.gyp", S::TA, "T1195.002 T1127"),
    t("exec/phantom-native", "native build declared without native sources", S::T, "T1195.002"),
    t("exec/build-script", "build step that runs what it should only compile", S::T, "T1195.002 T1127"),
    t("exec/import-time", "side effect at import", S::T, "T1059"),
    t("exec/decode-exec", "decoded text is executed", S::OA, "T1027 T1140 T1059"),
    t("exec/dynamic-eval", "text that is not a literal is evaluated", S::A, "T1059"),
    t("exec/remote-code", "a downloaded answer is executed", S::A, "T1105 T1059"),
    t("exec/process", "an external program is started", S::A, "T1059 T1106"),
    t("exec/download-run", "a downloaded file is written and started", S::A, "T1105 T1204"),
    t("exec/shell-pipe", "a download is piped into a shell", S::A, "T1059.004"),
    t("exec/powershell-encoded", "encoded or hidden PowerShell", S::OA, "T1059.001 T1027"),
    t("exec/lolbin", "a system tool is used to fetch or run code", S::A, "T1218"),
    t("exec/runtime-swap", "an own interpreter is brought along to run the payload", S::A, "T1105 T1036"),
    t("exec/deserialise", "a serialised object that runs code when it is loaded", S::A, "T1059.006 T1027"),
    t("exec/native-load", "a library is loaded from an unusual place", S::A, "T1129 T1574"),
    t("exec/monkeypatch-hook", "functions of another package are replaced", S::A, "T1556 T1056"),
    t("exec/test-or-ci-trigger", "payload that a test or CI run starts", S::T, "T1195.002"),
    t("exec/extension-activation", "extension code that starts by itself", S::T, "T1176 T1546"),
    t("exec/task-autorun", "project file that runs a command when a folder is opened", S::T, "T1546 T1204"),
    // net: talking out
    t("net/exfil-service", "messenger, paste or collector endpoint", S::A, "T1567 T1567.004"),
    t("net/exfil-identity", "host or user identity is sent out", S::CA, "T1082 T1033 T1041"),
    t("net/exfil-env", "the environment is sent out", S::CA, "T1552.001 T1041"),
    t("net/exfil-dns", "data leaves in DNS names", S::A, "T1048.003 T1071.004"),
    t("net/exfil-git", "data leaves through a code host's API", S::A, "T1567.001"),
    t("net/exfil-header-or-param", "a secret leaves in a header or parameter", S::CA, "T1041 T1001"),
    t("net/exfil-mail", "a hidden recipient is added to mail", S::A, "T1114 T1567"),
    t("net/exfil-trusted-relay", "data leaves through a trusted relay or a fronted domain", S::OA, "T1090.004 T1102"),
    t("net/c2-deadrop", "commands are read from a public dead drop", S::A, "T1102.001"),
    t("net/c2-raw-ip", "a literal public IP address is contacted", S::A, "T1071"),
    t("net/c2-dga", "host names are generated", S::OA, "T1568.002"),
    t("net/c2-poll", "commands are polled for", S::A, "T1071 T1029"),
    t("net/reverse-shell", "a shell is connected to a socket", S::A, "T1059 T1571"),
    t("net/bind-backdoor", "a listener executes what it is sent", S::A, "T1205 T1071"),
    t("net/tunnel-proxy", "a tunnel or remote desktop is embedded", S::A, "T1090 T1219"),
    t("net/metadata-ssrf", "cloud or CI identity endpoints are read", S::C, "T1552.005"),
    t("net/tls-off", "certificate checks are switched off", S::O, "T1557"),
    t("net/user-agent-spoof", "a browser is impersonated", S::O, "T1071.001"),
    // obf: hiding code
    t("obf/encoded-blob", "long encoded data", S::O, "T1027.013"),
    t("obf/js-mangle", "JavaScript mangled by an obfuscator", S::O, "T1027"),
    t("obf/js-encoders", "JavaScript written without readable characters", S::O, "T1027"),
    t("obf/py-obfuscators", "Python mangled by an obfuscator", S::O, "T1027"),
    t("obf/string-build", "names or addresses are put together from pieces", S::O, "T1027 T1140"),
    t("obf/whitespace-push", "code is pushed out of sight by blanks", S::O, "T1027 T1036"),
    t("obf/comment-or-doc-payload", "payload in a comment or document", S::O, "T1027.009"),
    t("obf/stego-media", "payload in a picture, sound or font", S::O, "T1027.003"),
    t("obf/archive-in-package", "archive that is unpacked and run", S::O, "T1027.015 T1140"),
    t("obf/fake-extension", "the name hides what the file is", S::O, "T1036.008"),
    t("obf/mis-typed-container", "container that two readers read differently", S::O, "T1027 T1036"),
    t("obf/min-vs-source", "built file does what its source does not", S::O, "T1195.002"),
    t("obf/log-suppress", "output is silenced", S::O, "T1562 T1564"),
    t("obf/compiled-only", "compiled code without its source", S::O, "T1027.002 T1027.004"),
    t("obf/legacy-encoding", "unusual source encoding", S::O, "T1027"),
    // trojan-source: text that lies
    t("trojan-source/bidi", "text direction controls reorder code", S::O, "T1036"),
    t("trojan-source/homoglyph", "letters of another script imitate a name", S::O, "T1036 T1583.001"),
    t("trojan-source/zero-width", "invisible characters", S::O, "T1027 T1564"),
    t("trojan-source/variation-payload", "payload in variation selectors", S::O, "T1027"),
    t("trojan-source/tag-chars", "payload in Unicode tag characters", S::O, "T1027 AML.T0051"),
    t(
        "trojan-source/hidden-markup",
        "text hidden from a reader but not from a model or terminal",
        S::O,
        "T1564 AML.T0051.001",
    ),
    t("trojan-source/misleading-name", "a name that contradicts what the code does", S::O, "T1036.005"),
    // cred: collecting
    t("cred/env-secrets", "secrets in environment variables", S::C, "T1552.001"),
    t("cred/files-dev", "developers' credential files", S::C, "T1552.001 T1552.004 T1005"),
    t("cred/browser", "browser password and cookie stores", S::C, "T1555.003 T1539"),
    t("cred/discord-telegram", "messenger sessions and tokens", S::C, "T1528 T1539"),
    t("cred/wallet", "cryptocurrency wallets and keys", S::C, "T1555 T1657"),
    t("cred/clipboard-clipper", "the clipboard is read or replaced", S::C, "T1115 T1657"),
    t("cred/keylog-screen", "keys, screen, camera or microphone are recorded", S::C, "T1056.001 T1113 T1123"),
    t("cred/process-memory", "memory of other processes is read", S::C, "T1003 T1057"),
    t("cred/keychain", "system key stores or password dialogs", S::C, "T1555.001 T1056.002"),
    t("cred/secret-scanner-abuse", "a secret scanner is turned on the host", S::C, "T1552"),
    t("cred/ai-keys-and-sessions", "keys and sessions of AI tools", S::C, "T1552.001"),
    t("cred/pam-ssh-backdoor", "log-in services are hooked or keys are added", S::CA, "T1098.004 T1556.003"),
    t("cred/git-hook-or-helper", "git's credential path is redirected", S::C, "T1556 T1546"),
    // persist
    t("persist/shell-rc", "shell start-up files are changed", S::A, "T1546.004"),
    t("persist/cron-systemd", "scheduled job or service on Linux", S::A, "T1053.003 T1543.002"),
    t("persist/launchd", "launch agent or daemon on macOS", S::A, "T1543.001"),
    t("persist/windows-run", "start-up entry, task or service on Windows", S::A, "T1547.001 T1053.005"),
    t("persist/agent-hook", "hook in an agent's or editor's user settings", S::A, "T1546 T1547"),
    t("persist/ci-workflow", "workflow or runner is planted in CI", S::A, "T1543 T1554 T1098"),
    t("persist/app-tamper", "another installed program is changed", S::A, "T1554"),
    t("persist/self-propagate", "publishes itself under other names", S::A, "T1195.002 T1080"),
    t("persist/bootkit-kernel", "kernel or boot code is installed", S::A, "T1014 T1542 T1547.006"),
    // evade
    t("evade/anti-debug-js-py", "debuggers are detected in a script", S::O, "T1622"),
    t("evade/anti-vm-sandbox", "virtual machines and sandboxes are detected", S::O, "T1497"),
    t("evade/ci-skip-or-only", "behaves differently in CI", S::O, "T1480 T1497"),
    t("evade/env-guard", "acts only on chosen hosts, users or places", S::O, "T1480.001 T1614"),
    t("evade/time-bomb", "acts only after a date or delay", S::O, "T1497.003 T1480"),
    t("evade/security-tool-kill", "security tools are switched off", S::OA, "T1562.001"),
    t("evade/self-delete", "removes its own traces", S::O, "T1070.004"),
    t("evade/masquerade", "pretends to be a system process", S::O, "T1036.004 T1564.001"),
    t("evade/quarantine-strip", "download quarantine is removed", S::O, "T1553.001 T1553.005"),
    t("evade/scanner-target", "text or structure aimed at scanners and reviewers", S::O, "T1027.001 T1562"),
    t("evade/bare-except-silence", "every error is swallowed", S::O, "T1564"),
    // impact
    t("impact/wiper", "data is destroyed", S::A, "T1485 T1561"),
    t("impact/ransom", "data is encrypted for ransom", S::A, "T1486"),
    t("impact/miner", "cryptocurrency is mined", S::A, "T1496"),
    t("impact/ddos", "other hosts are flooded", S::A, "T1498"),
    t("impact/sabotage", "the host program is made to fail", S::A, "T1499 T1491"),
    // bin: compiled code
    t("bin/ifunc-resolver", "IFUNC resolver", S::T, "T1574 T1556"),
    t("bin/ctor-abuse", "constructor code", S::T, "T1546 T1574"),
    t("bin/tls-callback", "TLS callback", S::T, "T1055.005"),
    t("bin/preload-hook", "interposes library functions", S::A, "T1574.006 T1014"),
    t("bin/rwx", "memory that is writable and executable", S::O, "T1055 T1027.002"),
    t("bin/packed", "packed or protected executable", S::O, "T1027.002"),
    t("bin/embedded-exe", "executable inside another file", S::O, "T1027.009"),
    t("bin/overlay", "data after the end of a format", S::O, "T1027.001 T1553.002"),
    t("bin/sideload-name", "library named to be loaded in place of another", S::T, "T1574.001 T1574.002"),
    t("bin/rpath-hijack", "library search path that others can write", S::T, "T1574.007 T1574.008"),
    t("bin/interp-or-needed-odd", "unusual loader or needed library", S::T, "T1574"),
    t("bin/anti-debug", "debuggers are detected in native code", S::O, "T1622"),
    t("bin/raw-syscall", "system calls without the library", S::O, "T1106 T1562"),
    t("bin/api-hashing", "functions are found by hash", S::O, "T1027.007"),
    t("bin/inject", "code is put into other processes", S::A, "T1055"),
    t("bin/section-odd", "section or segment tables contradict themselves", S::O, "T1027"),
    t("bin/symbol-mismatch", "parts from different builds", S::O, "T1036"),
    t("bin/strings-encrypted", "strings are encrypted", S::O, "T1027.013"),
    t("bin/c2-config", "configuration of a command-and-control framework", S::A, "T1071"),
    t("bin/net-in-quiet-lib", "network in a library that needs none", S::A, "T1071 T1195.002"),
    t("bin/auth-path-touch", "log-in code is touched", S::CA, "T1556"),
    t("bin/hidden-cli-backdoor", "hidden magic value opens access", S::TA, "T1205 T1078.001"),
    t("bin/rootkit-kmod", "kernel module that hides", S::OA, "T1014 T1547.006"),
    t("bin/macho-odd", "unusual Mach-O loading or entitlements", S::O, "T1553 T1574.004"),
    t("bin/signature-state", "signature missing, broken or changed", S::O, "T1553.002"),
    t("bin/sea-bundle", "script program inside an executable", S::NONE, "T1027.009"),
    t("bin/wheel-native-surprise", "native code where none is declared", S::O, "T1195.002 T1027"),
    // pkg: packaging contradictions
    t("pkg/manifest-mismatch", "two manifests disagree", S::O, "T1195.002"),
    t("pkg/record-mismatch", "contents disagree with the package's own record", S::O, "T1195.002 T1565"),
    t("pkg/source-divergence", "artifact differs from its source", S::O, "T1195.002"),
    t("pkg/version-diff", "new behaviour in a new version", S::NONE, "T1195.002"),
    t("pkg/unused-new-dep", "dependency that nothing uses", S::T, "T1195.001"),
    t("pkg/dep-by-url", "dependency from a URL or repository", S::T, "T1195.001"),
    t("pkg/typosquat", "name that imitates another", S::T, "T1036.005"),
    t("pkg/brand-copy", "identity copied from another project", S::O, "T1585"),
    t("pkg/version-confusion", "version made to win over an internal package", S::T, "T1195.001"),
    t("pkg/bin-shadow", "command that shadows a system command", S::T, "T1574.007 T1036"),
    t("pkg/module-shadow", "module that shadows another distribution's", S::T, "T1574"),
    t("pkg/hidden-files", "hidden, escaping or special files", S::O, "T1564.001 T1036"),
    t("pkg/npmrc-or-config-ship", "shipped configuration redirects a tool", S::T, "T1195 T1574"),
    t("pkg/oversize-artifact", "large file that nothing refers to", S::O, "T1027.001"),
    t("pkg/publisher-signals", "unusual publisher", S::NONE, "T1586"),
    t("pkg/empty-or-placeholder", "no code, only a pointer", S::NONE, "T1204"),
    t("pkg/known-bad", "listed as malicious", S::A, "T1195.002"),
    // agent: AI developer tools
    t("agent/prompt-injection", "instructions aimed at a model", S::TA, "AML.T0051 T1204"),
    t("agent/tool-poisoning", "tool description with directives", S::TA, "AML.T0051.001 AML.T0053"),
    t("agent/tool-shadow", "tool that imitates another", S::T, "T1036 AML.T0053"),
    t("agent/rug-pull", "tool description that changes later", S::T, "T1195 AML.T0010"),
    t("agent/mcp-autoexec", "agent configuration that starts programs", S::T, "T1546 T1059"),
    t("agent/hooks-exec", "agent hook that runs commands", S::T, "T1546 T1547"),
    t("agent/permission-bypass", "agent started without its permission checks", S::A, "T1562 T1059"),
    t("agent/spawn-local-agent", "a local agent is driven by code", S::A, "T1059 T1518"),
    t("agent/context-plant", "instructions are planted for other agents", S::A, "T1546 AML.T0051"),
    t("agent/skill-prereq-lure", "set-up steps that fetch and run code", S::TA, "T1204.002 T1204.004"),
    t("agent/skill-capability-mismatch", "skill does what it does not declare", S::O, "T1036 AML.T0053"),
    t("agent/data-exfil-instruction", "a model is told to send data out", S::CA, "T1567 AML.T0057"),
    t("agent/memory-poison", "directives are written to an agent's memory", S::A, "AML.T0070 T1565"),
    t("agent/model-file-exec", "model file that runs code", S::TA, "T1059.006 AML.T0011"),
    t("agent/ci-agent-abuse", "untrusted text reaches an agent in CI", S::T, "T1195.002"),
    t("agent/proxy-redirect", "model traffic is redirected", S::A, "T1557 T1090"),
    // covert: hidden behaviour of legitimate tools
    t("covert/locale-timezone-gate", "behaviour depends on place or language", S::C, "T1614.001 T1480"),
    t("covert/endpoint-or-proxy-gate", "behaviour depends on endpoint or proxy", S::C, "T1480 T1016"),
    t("covert/text-marker", "marks hidden in text", S::O, "T1001.002 T1027"),
    t("covert/hidden-list", "hidden list that is tested at run time", S::CO, "T1027.013"),
    t("covert/remote-flags", "remote switch over security-relevant behaviour", S::T, "T1072"),
    t("covert/remote-config-exec", "fetched configuration is interpreted", S::A, "T1105 T1059"),
    t("covert/self-update-unsigned", "updates itself without a signature", S::A, "T1195.002 T1554"),
    t("covert/undisclosed-telemetry", "telemetry that is not disclosed", S::CA, "T1082 T1119"),
    t("covert/identity-fingerprint", "stable fingerprint of the host", S::C, "T1082"),
    t("covert/output-tampering", "what is written for the user is changed", S::A, "T1565.002"),
    t("covert/disclosure-suppression", "identity or logging is suppressed", S::O, "T1564 T1036"),
    t("covert/dual-behaviour", "behaves differently when watched", S::O, "T1497 T1480"),
    t("covert/backdoor-account", "built-in credential", S::A, "T1078.001 T1556"),
    t("covert/weakened-crypto", "cryptography that is weaker than it looks", S::O, "T1600 T1553"),
    t("covert/dormant-code", "code that is shipped and not reachable", S::NONE, ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_sorted_into_families() {
        let mut seen = std::collections::HashSet::new();
        for technique in CATALOGUE {
            assert!(seen.insert(technique.id), "{} stands twice", technique.id);
            assert!(technique.id.split('/').count() == 2, "{}", technique.id);
        }
    }

    #[test]
    fn stage_words_round_trip() {
        assert_eq!(Stages::parse("conceal act"), Ok(Stages::OA));
        assert_eq!(Stages::parse("conceal run"), Err("run".to_owned()));
    }
}
