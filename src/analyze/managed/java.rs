//! Java classes: whether they are whole, what they call, and the text in them.
//!
//! One thing is more: a class that fetches from a fixed address of somebody else's and starts, or loads, what it got, while
//! it is being loaded itself. Known uses: stealers in plug-ins of games and in libraries (since 2023).
//!
//! A jar has thousands of classes, so this is one pass over the constant pool and nothing is allocated for a class that
//! calls nothing of weight. Its literals become a child only when one of them is more than a name or a short message.
//! Calls are capabilities. Honest look-alikes: all of Java.
//!
//! Specification: JVMS chapter 4.

use super::Told;
use super::literals::{self, Writer};
use super::weight::{self, JAVA};
use crate::analyze::{Heuristic, Notes};
use crate::model::{ByteView, Capability, Evidence, Fact, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::java_class::{Constants, chars};
use crate::rule;

rule! {
    /// A class has an address of nobody known, calls what fetches, and calls what starts programs or loads classes. Where it
    /// also has code that runs as soon as it is loaded, nobody has to call it.
    ///
    /// Honest look-alikes: launchers and updaters, which are called (and weigh less), and fetch from the makers' hosts.
    pub(crate) FETCHES = "java-fetches-and-runs" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "A class fetches from a fixed address and runs what it gets when it is loaded",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// A class loads code from an address that does not stand there: it is put together letter by letter, or decoded, and only
    /// where the machine is in some countries, or in none of them, as the class asks. Known uses: loaders in libraries.
    /// Honest look-alikes: none is known; plug-ins are loaded from addresses that a user has set, wherever the user is.
    pub(crate) HIDDEN_LOAD = "java-loads-from-hidden-address-by-place" in "exec/remote-code";
    severity: Critical, confidence: Certain,
    title: "Loads code from an address that it hides, where the machine is in some places",
    reference: "https://attack.mitre.org/techniques/T1480/",
}

rule! {
    /// A class names files in which programs keep somebody's secrets, reads files, and sends to an address that is encoded in it,
    /// or that it spells letter by letter out of numbers.
    /// Known uses: plug-ins of editors that take keys with them. Honest look-alikes: none is known; who backs up such files
    /// says where to.
    pub(crate) SECRETS_SENT = "java-secret-files-to-hidden-address" in "cred/files-dev";
    severity: Critical, confidence: Certain,
    title: "Reads files of secrets and sends to an address that is encoded",
    reference: "https://attack.mitre.org/techniques/T1552/001/",
}

rule! {
    /// A class reads files and sends something to an address that is encoded in it. Known uses: plug-ins that take sources and
    /// settings with them. Honest look-alikes: rare; an address is encoded so that nobody reads it.
    pub(crate) FILES_SENT = "java-files-to-hidden-address" in "net/exfil-env";
    severity: High, confidence: Likely,
    title: "Reads files and sends to an address that is encoded",
    reference: "https://attack.mitre.org/techniques/T1041/",
}

/// What sends, and what reads files.
const SENDS: &[(&str, &str)] = &[
    ("java/net/http/HttpClient", "send"),
    ("java/net/http/HttpClient", "sendAsync"),
    ("java/net/HttpURLConnection", "getOutputStream"),
    ("java/net/URLConnection", "getOutputStream"),
    ("javax/net/ssl/HttpsURLConnection", "getOutputStream"),
    ("java/net/Socket", "getOutputStream"),
];
const READS: &[(&str, &str)] = &[
    ("java/nio/file/Files", "readAllBytes"),
    ("java/nio/file/Files", "readString"),
    ("java/nio/file/Files", "readAllLines"),
    ("java/nio/file/Files", "newInputStream"),
    ("java/nio/file/Files", "copy"),
    ("java/io/FileInputStream", "<init>"),
    ("java/io/FileReader", "<init>"),
];
/// What loads code from somewhere else, and what asks where the machine is.
const LOADS: &[(&str, &str)] = &[("java/net/URLClassLoader", "<init>"), ("java/net/URLClassLoader", "newInstance")];
const PLACES: &[(&str, &str)] = &[
    ("java/util/Locale", "getCountry"),
    ("java/util/Locale", "getDefault"),
    ("java/time/ZoneId", "systemDefault"),
    ("java/util/TimeZone", "getDefault"),
];
/// Files, or ends of their names, in which programs keep secrets of their users.
const SECRETS: &[&str] = &[
    "c.kdbx",
    "options/security.xml",
    ".jks",
    ".keystore",
    "id_rsa",
    "id_ed25519",
    ".git-credentials",
    ".aws/credentials",
    ".npmrc",
    ".netrc",
    ".pypirc",
    ".kube/config",
    ".docker/config.json",
    "Login Data",
    "logins.json",
    "key4.db",
    "wallet.dat",
    "launcher_accounts.json",
    "launcher_profiles.json",
    "TlauncherProfiles.json",
    "settings/game/accounts.json",
    "Local Storage/leveldb",
];
/// `https://` and `http://` in base64, and the same turned round.
const ENCODED: &[&[u8]] = &[b"aHR0cHM6Ly", b"aHR0cDovL"];
const TURNED: &[&[u8]] = &[b"yL6MHc0RHa", b"LvoDc0RHa"];

/// Whether a literal is an address that is encoded.
fn is_encoded_address(literal: &[u8]) -> bool {
    literal.len() >= 20
        && (ENCODED.iter().any(|e| literal.starts_with(e))
            || TURNED.iter().any(|e| literal.trim_ascii_end().ends_with(e)))
}

/// What fetches, starts and loads: class and method.
const FETCH: &[(&str, &str)] = &[
    ("java/net/URL", "openStream"),
    ("java/net/URL", "openConnection"),
    ("java/net/http/HttpClient", "send"),
    ("java/net/URLClassLoader", "<init>"),
    ("java/net/URLClassLoader", "newInstance"),
];
const RUN: &[(&str, &str)] = &[
    ("java/lang/Runtime", "exec"),
    ("java/lang/ProcessBuilder", "start"),
    ("java/lang/ClassLoader", "defineClass"),
    ("java/net/URLClassLoader", "loadClass"),
    ("java/lang/System", "load"),
];
/// Hosts of those that keep what others publish.
const KEEPERS: &[&str] = &[
    "maven.org",
    "apache.org",
    "jcenter.bintray.com",
    "jitpack.io",
    "github.com",
    "githubusercontent.com",
    "gitlab.com",
    "google.com",
    "googleapis.com",
    "oracle.com",
    "java.com",
    "eclipse.org",
    "jetbrains.com",
    "gradle.org",
    "spring.io",
    "sonatype.org",
    "w3.org",
    "xmlsoap.org",
    "microsoft.com",
    "minecraft.net",
    "mojang.com",
    "papermc.io",
    "spigotmc.org",
    "localhost",
    "example.com",
    "example.org",
];

/// The host of an address of nobody known.
fn foreign(literal: &str) -> Option<&str> {
    let rest = literal.strip_prefix("https://").or_else(|| literal.strip_prefix("http://"))?;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    let is_kept = KEEPERS.iter().any(|k| host == *k || host.ends_with(&format!(".{k}")));
    (host.contains('.') && !host.starts_with("127.") && !is_kept).then_some(host)
}

/// Reads classes.
pub(super) struct JavaClass;

impl Heuristic for JavaClass {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&FETCHES, &HIDDEN_LOAD, &SECRETS_SENT, &FILES_SENT] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::JavaClass
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        out.facts.push(Fact::has(Capability::Native, file.kind().word(), 0));
        let (pool, broken) = Constants::parse(file.bytes());
        out.gaps.extend(broken);
        let mut told = Told::default();
        for call in pool.calls() {
            if let Some((_, _, _, capability, words)) = weight::find(JAVA, b"", call.class, call.name) {
                told.add(*capability, *words, call.offset);
            }
        }
        told.finish(out);
        fetches(file, &pool, out);
        hides(file, &pool, out);
        if pool.literals().any(is_telling) {
            out.children.push(literals::child("java-literals", 0, file.view().clone(), write));
        }
    }
}

fn fetches(file: &Parsed<'_>, pool: &Constants<'_>, out: &mut Notes) {
    let calls = |list: &[(&str, &'static str)]| {
        pool.calls().find_map(|call| {
            list.iter()
                .find(|(c, m)| call.class == c.as_bytes() && call.name == m.as_bytes())
                .map(|(_, m)| (*m, call.offset))
        })
    };
    let (Some((fetch, _)), Some((run, at))) = (calls(FETCH), calls(RUN)) else { return };
    let address =
        pool.literals().find_map(|l| Some(l).filter(|l| std::str::from_utf8(l).ok().and_then(foreign).is_some()));
    let Some(address) = address else { return };
    let loads = memchr::memmem::find(file.bytes(), b"<clinit>").is_some();
    let at = usize::try_from(at).unwrap_or(0).min(file.bytes().len());
    let note = format!("{fetch} and {run}, {}", String::from_utf8_lossy(address));
    let mut finding = FETCHES.finding(Evidence::at(file.bytes(), at, 1).with_note(note));
    if !loads {
        finding.severity = crate::model::Severity::Medium;
    }
    out.findings.push(finding);
}

/// Classes that hide where they load from, or send to.
fn hides(file: &Parsed<'_>, pool: &Constants<'_>, out: &mut Notes) {
    let calls = |list: &[(&str, &'static str)]| {
        pool.calls().find_map(|call| {
            list.iter()
                .find(|(c, m)| call.class == c.as_bytes() && call.name == m.as_bytes())
                .map(|(_, m)| (*m, call.offset))
        })
    };
    let place = |at: u64| usize::try_from(at).unwrap_or(0).min(file.bytes().len());
    let encoded = || pool.literals().find(|l| is_encoded_address(l));
    let stands = |l: &[u8]| ["http", "file:", "jar:"].iter().any(|scheme| l.starts_with(scheme.as_bytes()));
    let has = |class: &str, name: &str| {
        pool.calls().any(|call| call.class == class.as_bytes() && call.name == name.as_bytes())
    };
    // Letters are appended one by one after each was turned into another: `ixor; i2c`.
    let is_spelled = || {
        memchr::memmem::find(file.bytes(), &[0x82, 0x92]).is_some()
            && (has("java/lang/StringBuilder", "append") || has("java/lang/String", "valueOf"))
    };
    let made = || has("java/net/URL", "<init>") || has("java/net/URI", "create");
    if let Some((load, at)) = calls(LOADS)
        && let Some((gate, _)) = calls(PLACES)
    {
        let runs = has("java/lang/reflect/Method", "invoke") || has("java/net/URLClassLoader", "loadClass");
        if made() && runs && (is_spelled() || encoded().is_some()) && !pool.literals().any(stands) {
            let note = format!("{load} with an address that is made there, and {gate}");
            out.findings.push(HIDDEN_LOAD.finding(Evidence::at(file.bytes(), place(at), 1).with_note(note)));
        }
    }
    let (Some((send, at)), Some((read, _))) = (calls(SENDS), calls(READS)) else { return };
    let is_secret = |l: &[u8]| SECRETS.iter().any(|s| memchr::memmem::find(l, s.as_bytes()).is_some());
    let named = pool.literals().find(|l| is_secret(l));
    // Whoever encrypts all texts of a program, to keep others from copying it, encrypts names of files as well.
    let spelled = || named.filter(|_| made() && is_spelled() && !pool.literals().any(stands));
    let Some(address) = encoded().or_else(spelled) else { return };
    let rule = if named.is_some() { &SECRETS_SENT } else { &FILES_SENT };
    let shown = String::from_utf8_lossy(named.unwrap_or(address)).chars().take(80).collect::<String>();
    let note = format!("{read} and {send}, {shown}");
    out.findings.push(rule.finding(Evidence::at(file.bytes(), place(at), 1).with_note(note)));
}

fn write(class: &ByteView, out: &mut Writer<'_, '_>) -> std::io::Result<()> {
    let (pool, _) = Constants::parse(class);
    pool.literals().try_for_each(|literal| out.literal(chars(literal)))
}

/// Whether a literal is more than a name or a message: an address, a path, a command line, encoded data, code.
fn is_telling(literal: &[u8]) -> bool {
    // Longer than most messages, or without any blank: encoded data.
    if literal.len() < literals::WORTH {
        return false;
    }
    let blanks = memchr::memchr(b' ', literal).is_some();
    literal.len() >= if blanks { 160 } else { 64 }
        || memchr::memmem::find(literal, b"://").is_some()
        || [&b" -"[..], b" | ", b" && "].iter().any(|mark| memchr::memmem::find(literal, mark).is_some())
        || matches!(literal.first(), Some(b'/' | b'~' | b'%' | b'$'))
            && literal.iter().filter(|b| **b == b'/').count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::check;
    use crate::model::FactKind;
    use crate::parse::java_class::testing::ClassBuilder;

    #[test]
    fn calls_are_facts_and_telling_literals_a_child() {
        let mut class = ClassBuilder::new();
        class.call("java/lang/Runtime", "exec");
        class.call("java/lang/Runtime", "exec");
        class.call("java/lang/Runtime", "availableProcessors");
        class.call("javax/naming/InitialContext", "lookup");
        class.call("a/b/Runtime", "exec");
        class.literal(b"short");
        let notes = check(&JavaClass, FileKind::JavaClass, "x", &class.build());
        let told: Vec<_> = notes
            .facts
            .iter()
            .filter_map(|f| match &f.kind {
                FactKind::Has(c, v) => Some(format!("{} {v} x{}", c.word(), f.count)),
                _ => None,
            })
            .collect();
        let expected = [
            "native java-class x1",
            "spawns java.lang.Runtime.exec x2",
            "dynamic-code javax.naming.InitialContext (JNDI) x1",
        ];
        assert_eq!(told, expected);
        assert!(notes.children.is_empty() && notes.gaps.is_empty());
        class.literal(b"https://c2.invalid/x");
        let notes = check(&JavaClass, FileKind::JavaClass, "x", &class.build());
        assert_eq!(notes.children.len(), 1);
    }

    #[test]
    fn a_class_that_fetches_and_runs_when_it_is_loaded_is_told() {
        let found = |address: &[u8], run: (&str, &str), loads: bool| {
            let mut class = ClassBuilder::new();
            class.call("java/net/URL", "openStream");
            class.call(run.0, run.1);
            class.literal(address);
            if loads {
                class.literal(b"<clinit>");
            }
            let notes = check(&JavaClass, FileKind::JavaClass, "x", &class.build());
            notes.findings.first().map(|f| f.severity)
        };
        use crate::model::Severity::{High, Medium};
        let exec = ("java/lang/Runtime", "exec");
        assert_eq!(found(b"https://c2.invalid/p.jar", exec, true), Some(High));
        assert_eq!(found(b"https://c2.invalid/p.jar", exec, false), Some(Medium));
        assert_eq!(found(b"https://repo1.maven.org/maven2/p.jar", exec, true), None);
        assert_eq!(found(b"https://c2.invalid/p.jar", ("java/lang/Runtime", "gc"), true), None);
    }

    #[test]
    fn a_class_that_hides_where_it_sends_or_loads_from_is_told() {
        let found = |calls: &[(&str, &str)], literals: &[&[u8]]| {
            let mut class = ClassBuilder::new();
            calls.iter().for_each(|(c, m)| class.call(c, m));
            for literal in literals {
                class.literal(literal);
            }
            let notes = check(&JavaClass, FileKind::JavaClass, "x", &class.build());
            notes.findings.iter().map(|f| f.rule.id).collect::<Vec<_>>()
        };
        let sends = [("java/nio/file/Files", "readAllBytes"), ("java/net/http/HttpClient", "send")];
        let hidden: &[u8] = b"aHR0cHM6Ly9rZXlzLmludmFsaWQvYQ==";
        assert_eq!(found(&sends, &[hidden, b"/.aws/credentials"]), ["java-secret-files-to-hidden-address"]);
        assert_eq!(found(&sends, &[hidden]), ["java-files-to-hidden-address"]);
        assert!(found(&sends, &[b"https://keys.invalid/a", b"/.aws/credentials"]).is_empty(), "it can be read");
        assert!(found(&sends[..1], &[hidden]).is_empty(), "nothing is sent");
        let spells = [&sends[..], &[("java/net/URL", "<init>"), ("java/lang/StringBuilder", "append")]].concat();
        let turns: &[u8] = b"\x82\x92";
        assert_eq!(found(&spells, &[turns, b"/.npmrc"]), ["java-secret-files-to-hidden-address"]);
        assert!(found(&spells, &[turns]).is_empty(), "every text is encrypted, as some who sell programs do");
        assert!(found(&spells, &[turns, b"/.npmrc", b"https://registry.invalid/"]).is_empty(), "its own registry");
        let loads = [
            ("java/net/URLClassLoader", "<init>"),
            ("java/net/URL", "<init>"),
            ("java/lang/reflect/Method", "invoke"),
            ("java/util/Locale", "getCountry"),
        ];
        assert_eq!(found(&loads, &[hidden]), ["java-loads-from-hidden-address-by-place"]);
        assert!(found(&loads[..3], &[hidden]).is_empty(), "wherever it is");
        assert!(found(&loads, &[b"plug-ins"]).is_empty(), "told by its user");
    }

    #[test]
    fn names_and_messages_are_not_telling_and_commands_are() {
        for text in ["org.example.Outer$Inner", "The value must not be null here", "application/json; charset"] {
            assert!(!is_telling(text.as_bytes()), "{text}");
        }
        let encoded = "A".repeat(64);
        for text in ["curl -s 203.0.113.9/x", "/home/user/.ssh/id_rsa", "ldap://203.0.113.9/a", &encoded] {
            assert!(is_telling(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn whole_and_broken_classes() {
        let whole = b"\xca\xfe\xba\xbe\0\0\0\x34\0\x03\x01\0\x02hi\x07\0\x01".to_vec();
        assert!(check(&JavaClass, FileKind::JavaClass, "x", &whole).gaps.is_empty());
        assert_eq!(check(&JavaClass, FileKind::JavaClass, "x", &whole[..14]).gaps.len(), 1);
        assert_eq!(check(&JavaClass, FileKind::JavaClass, "x", b"\xca\xfe\xba\xbe\0\0\0\x34\0\x03\x63").gaps.len(), 1);
    }
}
