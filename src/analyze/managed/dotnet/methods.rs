//! What single methods of managed code do: calls that stand in one body.
//!
//! The metadata of a program names everything that it uses somewhere; a method has one purpose. Memory that may be
//! executed, bytes that are copied into it and a thread that starts there are the classic runner of machine code;
//! bytes that come from the network and are loaded as an assembly are a loader. Honest look-alikes: programs that ask the
//! processor about itself run a few bytes through a delegate, without a thread; hosts of plug-ins load files.
//!
//! Specification: ECMA-335, partitions II.22 and III.

use std::collections::{BTreeSet, HashMap};

use super::body;
use crate::analyze::Notes;
use crate::model::{Evidence, Rule, Span};
use crate::parse::dotnet::{Metadata, table};
use crate::parse::fields::Fields;
use crate::parse::native::stem;
use crate::parse::pe::Pe;
use crate::rule;

rule! {
    /// One method allocates memory through Windows itself, copies bytes into it and starts a thread or a callback there.
    /// Known uses: runners of Cobalt Strike, Meterpreter and their kin in C#. Honest look-alikes: none is known; programs
    /// that run a few instructions to ask the processor call them through a delegate.
    pub(in crate::analyze::managed) RUNNER = "dotnet-memory-runner" in "bin/inject";
    severity: High, confidence: Likely,
    title: "Managed code copies bytes into memory and starts a thread in them",
    reference: "https://attack.mitre.org/techniques/T1055/",
}

rule! {
    /// One method fetches bytes from the network and loads them as an assembly. Known uses: loaders of stealers and
    /// remote-access tools. Honest look-alikes: none is known; hosts of plug-ins load files, and check them.
    pub(in crate::analyze::managed) LOADER = "dotnet-received-assembly" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "What is received is loaded as an assembly",
    reference: "https://attack.mitre.org/techniques/T1620/",
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Does {
    Allocates,
    Copies,
    Starts,
    Fetches,
    Loads,
}

/// Functions of Windows.
const NATIVE: &[(Does, &[&str])] = &[
    (Does::Allocates, &["VirtualAlloc", "VirtualProtect", "NtAllocateVirtualMemory", "ZwAllocateVirtualMemory"]),
    (Does::Copies, &["RtlMoveMemory", "WriteProcessMemory", "NtWriteVirtualMemory"]),
    (
        Does::Starts,
        &[
            "CreateThread",
            "CreateRemoteThread",
            "NtCreateThread",
            "RtlCreateUserThread",
            "QueueUserAPC",
            "EnumSystemLocales",
            "EnumWindows",
            "EnumDesktops",
            "CreateFiber",
        ],
    ),
];

/// A member of a class: what it does, the namespace, the class, the member.
type Member = (Does, &'static [u8], &'static [u8], &'static [u8]);

/// Members of classes.
const MEMBERS: &[Member] = &[
    (Does::Copies, b"System.Runtime.InteropServices", b"Marshal", b"Copy"),
    (Does::Fetches, b"System.Net", b"WebClient", b"DownloadData"),
    (Does::Fetches, b"System.Net", b"WebClient", b"DownloadString"),
    (Does::Fetches, b"System.Net", b"WebClient", b"OpenRead"),
    (Does::Fetches, b"System.Net.Http", b"HttpClient", b"GetByteArrayAsync"),
    (Does::Fetches, b"System.Net.Http", b"HttpClient", b"GetStringAsync"),
    (Does::Fetches, b"System.Net", b"WebRequest", b"GetResponse"),
    (Does::Fetches, b"System.Net.Sockets", b"NetworkStream", b"Read"),
    (Does::Loads, b"System.Reflection", b"Assembly", b"Load"),
    (Does::Loads, b"System", b"AppDomain", b"Load"),
];

/// Reads the bodies of all methods.
pub(super) fn check(pe: &Pe<'_>, bytes: &[u8], metadata: &Metadata<'_>, out: &mut Notes) {
    let calls = calls(metadata);
    let all: BTreeSet<Does> = calls.values().copied().collect();
    let rows: [(&Rule, &[Does]); 2] =
        [(&RUNNER, &[Does::Allocates, Does::Copies, Does::Starts]), (&LOADER, &[Does::Fetches, Does::Loads])];
    let mut open: Vec<_> = rows.into_iter().filter(|(_, needs)| needs.iter().all(|n| all.contains(n))).collect();
    if open.is_empty() {
        return;
    }
    let fields = Fields::new(bytes, true);
    // Bodies of honest methods do not overlap; the arguments of calls are read under the same bound, and that is told.
    let mut left = fields.len().saturating_mul(2);
    for row in 1..=metadata.rows(table::METHOD_DEF) {
        let address = metadata.cell(table::METHOD_DEF, row, 0).filter(|a| *a != 0);
        let Some((at, code)) = address.and_then(|a| body(&fields, pe.offset_of(a)?)) else { continue };
        let Some(rest) = left.checked_sub(code.len() as u64) else { return };
        left = rest;
        let mut done = BTreeSet::new();
        // call, callvirt, newobj
        for place in memchr::memchr3_iter(0x28, 0x6f, 0x73, code) {
            let token = code.get(place + 1..).and_then(|t| t.first_chunk().copied()).map(u32::from_le_bytes);
            done.extend(token.and_then(|t| calls.get(&t)).copied());
        }
        open.retain(|(rule, needs)| {
            let met = needs.iter().all(|n| done.contains(n));
            if met {
                let name = super::text(metadata.name(table::METHOD_DEF, row, 3));
                let span = Some(Span::bytes(at, code.len() as u64));
                out.findings.push(rule.finding(Evidence { span, ..Evidence::note(format!("method {name}")) }));
            }
            !met
        });
    }
}

/// Calls of weight by their token: functions of Windows by the methods that stand for them, members by their rows.
fn calls(metadata: &Metadata<'_>) -> HashMap<u32, Does> {
    let mut calls = HashMap::new();
    for row in 1..=metadata.rows(table::IMPL_MAP) {
        let Some(method) = metadata.reference(table::IMPL_MAP, row, 1).filter(|r| r.table == table::METHOD_DEF) else {
            continue;
        };
        let name = stem(metadata.name(table::IMPL_MAP, row, 2));
        if let Some((does, _)) = NATIVE.iter().find(|(_, names)| names.iter().any(|n| n.as_bytes() == name)) {
            calls.insert(0x0600_0000 | method.row, *does);
        }
    }
    for row in 1..=metadata.rows(table::MEMBER_REF) {
        let Some(class) = metadata.reference(table::MEMBER_REF, row, 0).filter(|r| r.table == table::TYPE_REF) else {
            continue;
        };
        let (name, space) = (metadata.name(class.table, class.row, 1), metadata.name(class.table, class.row, 2));
        let member = metadata.name(table::MEMBER_REF, row, 1);
        let known = MEMBERS.iter().find(|(_, s, n, m)| *s == space && *n == name && *m == member);
        // Assemblies are loaded by name too; what is meant takes an array of bytes (SZARRAY of U1).
        let signature = metadata.blob(table::MEMBER_REF, row, 2);
        let takes_bytes = || signature.windows(2).any(|w| w == [0x1d, 0x05]);
        if let Some((does, ..)) = known.filter(|(does, ..)| *does != Does::Loads || takes_bytes()) {
            calls.insert(0x0a00_0000 | row, *does);
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use crate::analyze::managed::dotnet::Managed;
    use crate::analyze::native::testing::{check, ids};
    use crate::model::FileKind;
    use crate::parse::dotnet::testing::Assembly;

    fn call(token: u32) -> Vec<u8> {
        [&[0x28][..], &token.to_le_bytes()].concat()
    }

    #[test]
    fn a_runner_is_told_by_one_method() {
        let mut assembly = Assembly {
            calls: vec![("System.Runtime.InteropServices", "Marshal", "Copy")],
            natives: vec![("kernel32", "VirtualAlloc"), ("kernel32", "CreateThread")],
            ..Assembly::default()
        };
        let (allocates, starts, copies) = (call(0x0600_0001), call(0x0600_0002), call(0x0a00_0001));
        assembly.bodies = vec![vec![0x2a], vec![0x2a], [&allocates[..], &copies, &starts].concat()];
        assert_eq!(ids(&check(&Managed, FileKind::Pe, "x", &assembly.build())), ["dotnet-memory-runner"]);
        // In methods of their own.
        assembly.bodies = vec![vec![0x2a], vec![0x2a], [&allocates[..], &copies].concat(), starts];
        assert!(check(&Managed, FileKind::Pe, "x", &assembly.build()).findings.is_empty());
    }
}
