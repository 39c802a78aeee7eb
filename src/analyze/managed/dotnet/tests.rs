use super::*;
use crate::analyze::native::testing::{PeBuilder, check, ids};
use crate::limits::{Limits, MemoryPool};
use crate::parse::dotnet::testing::Assembly;
use crate::unwrap::Content;

fn told(notes: &Notes) -> Vec<String> {
    let words = |f: &Fact| match &f.kind {
        FactKind::Has(c, v) => Some(format!("{} {v}", c.word())),
        FactKind::Component(c) => {
            let purl = c.purl.clone().unwrap_or_default();
            Some(format!("component {} {} {purl}", c.name, c.version.clone().unwrap_or_default()))
        }
        _ => None,
    };
    notes.facts.iter().filter_map(words).collect()
}

#[test]
fn calls_references_and_arguments_are_facts() {
    let mut assembly = Assembly {
        references: vec![
            ("System.Runtime", [8, 0, 0, 0]),
            ("System.Net.Http", [8, 0, 0, 0]),
            ("Newtonsoft.Json", [13, 0, 0, 0]),
            ("ModelContextProtocol.Core", [0, 1, 0, 0]),
        ],
        calls: vec![
            ("System", "Environment", "GetEnvironmentVariable"),
            ("System.Diagnostics", "Process", "Start"),
            ("System.Net.Http", "HttpClient", ".ctor"),
            ("My", "Process", "Start"),
        ],
        natives: vec![("kernel32.dll", "Beep"), ("QCall", "x")],
        literals: vec!["API_KEY", "/bin/sh", "-c ls", "https://c2.invalid/x"],
        informational: Some("1.2.3-rc.1+abcdef"),
        ..Assembly::default()
    };
    let load = |n: usize| [&[0x72][..], &assembly.token(n).to_le_bytes()].concat();
    let call = |row: u32| [&[0x28][..], &(0x0a00_0000 | row).to_le_bytes()].concat();
    let bodies = vec![[load(0), call(1)].concat(), [load(1), load(2), call(2)].concat(), [load(3), call(3)].concat()];
    assembly.bodies = bodies;
    let notes = check(&Managed, FileKind::Pe, "x", &assembly.build());
    assert!(notes.findings.is_empty() && notes.gaps.is_empty());
    let told = told(&notes);
    for fact in [
        "native .NET v4.0.30319",
        "component demo 1.2.3-rc.1 pkg:nuget/demo@1.2.3-rc.1",
        "component System.Runtime 8.0.0.0 ",
        "component Newtonsoft.Json 13.0.0.0 pkg:nuget/Newtonsoft.Json",
        "agents ModelContextProtocol.Core",
        "native p/invoke kernel32.dll!Beep",
        "environment API_KEY",
        "spawns System.Diagnostics.Process::Start",
        "spawns sh",
        "network System.Net.Http.HttpClient",
    ] {
        assert!(told.iter().any(|f| f == fact), "{fact} is not in {told:?}");
    }
    assert!(!told.iter().any(|f| f.contains("QCall") || f.contains("System.Net.Http 8") || f.contains("-c ls")));
}

#[test]
fn literals_are_a_child() {
    let assembly = Assembly { literals: vec!["https://c2.invalid/x", "a\u{202e}b\u{e4}"], ..Assembly::default() };
    let mut notes = check(&Managed, FileKind::Pe, "x", &assembly.build());
    let child = notes.children.pop().unwrap();
    assert_eq!(child.name, "dotnet-user-strings.txt");
    let Content::Deferred(decode) = child.content else { panic!("not deferred") };
    let limits = Limits::default();
    let pool = MemoryPool::new(limits.memory);
    let produced = decode(&crate::limits::Budget::new(std::sync::Arc::new(limits), pool, 10));
    assert_eq!(&*produced.view, "https://c2.invalid/x\na\\u{202e}b\u{e4}\n".as_bytes());
    assert!(produced.gap.is_none());
}

#[test]
fn injection_and_odd_metadata_are_told() {
    let assembly = Assembly {
        natives: vec![("k", "VirtualAllocEx"), ("k", "WriteProcessMemory"), ("k", "CreateRemoteThread")],
        twice: true,
        ..Assembly::default()
    };
    let notes = check(&Managed, FileKind::Pe, "x", &assembly.build());
    assert_eq!(ids(&notes), ["dotnet-process-injection-imports", "dotnet-metadata-odd"]);
    assert_eq!(notes.gaps.len(), 1);
    let two = Assembly { natives: vec![("k", "VirtualAllocEx"), ("k", "WriteProcessMemory")], ..Assembly::default() };
    assert!(check(&Managed, FileKind::Pe, "x", &two.build()).findings.is_empty());
}

#[test]
fn native_programs_are_not_looked_into_and_broken_metadata_is_a_gap() {
    let notes = check(&Managed, FileKind::Pe, "x", &PeBuilder::program().build());
    assert!(notes.facts.is_empty() && notes.gaps.is_empty());
    let mut bytes = Assembly::default().build();
    let at = memchr::memmem::find(&bytes, b"BSJB").unwrap();
    bytes[at] = b'X';
    assert_eq!(check(&Managed, FileKind::Pe, "x", &bytes).gaps.len(), 1);
}
