//! Java classes: whether they are whole, what they call, and the text in them.
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
use crate::model::{ByteView, Capability, Fact, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::java_class::{Constants, chars};

/// Reads classes.
pub(super) struct JavaClass;

impl Heuristic for JavaClass {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
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
        if pool.literals().any(is_telling) {
            out.children.push(literals::child("java-literals", 0, file.view().clone(), write));
        }
    }
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
