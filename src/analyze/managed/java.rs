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
        const { &[&FETCHES] }
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
