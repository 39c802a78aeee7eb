//! .NET assemblies: what they are and refer to, what they call, and the text in them.
//!
//! Everything here is read out of the metadata, which names every type, function and library that the code uses; the
//! names of variables, programs and registry keys come from the instruction that loads a literal right before the call.
//! Calls are capabilities, whatever their names. Honest look-alikes: all of .NET.
//!
//! Specification: ECMA-335, partitions II and III.

mod methods;

use std::collections::HashMap;

use super::Told;
use super::literals::{self, Writer};
use super::weight::{self, DOTNET, DOTNET_LIBRARIES};
use crate::analyze::{Heuristic, Notes};
use crate::model::{ByteView, Capability, Component, Evidence, Fact, FactKind, FileKind, Gap, GapReason, Rule, Span};
use crate::parse::Parsed;
use crate::parse::dotnet::{Metadata, attribute_text, table};
use crate::parse::fields::Fields;
use crate::parse::native::{Image, Import};
use crate::parse::pe::Pe;
use crate::rule;

rule! {
    /// Managed code calls the functions of Windows that write memory into another process and start it there: allocate,
    /// write, run. Known uses: loaders in C# (ATT&CK T1055). Honest look-alikes: debuggers, profilers, security tools,
    /// wrappers of the whole Windows API.
    pub(super) INJECT = "dotnet-process-injection-imports" in "bin/inject";
    severity: Medium, confidence: Likely,
    title: "Managed code imports what puts code into another process",
    reference: "https://attack.mitre.org/techniques/T1055/",
}

rule! {
    /// The metadata of managed code contradicts itself: a stream stands twice or ends behind the file, or a table
    /// promises rows that are not there. Compilers do not write this. Known uses: protectors such as ConfuserEx, which
    /// keep readers out; loaders are often protected with it. Honest look-alikes: protected commercial programs.
    pub(super) ODD = "dotnet-metadata-odd" in "bin/section-odd";
    severity: Low, confidence: Likely,
    title: "The metadata of managed code contradicts itself",
    reference: "https://ecma-international.org/publications-and-standards/standards/ecma-335/",
}

/// Reads managed metadata.
pub(super) struct Managed;

impl Heuristic for Managed {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&INJECT, &ODD, &methods::RUNNER, &methods::LOADER] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Pe
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let Some(Ok(pe)) = file.pe() else { return };
        let metadata = match Metadata::of(pe, file.bytes()) {
            None => return,
            Some(Ok(metadata)) => metadata,
            Some(Err(gap)) => {
                out.gaps.push(gap);
                return;
            }
        };
        let version = String::from_utf8_lossy(metadata.version).into_owned();
        out.facts.push(Fact::has(Capability::Native, format!(".NET {version}"), 0));
        let mut told = Told::default();
        identity(&metadata, out);
        references(&metadata, &mut told, out);
        natives(&metadata, &mut told, out);
        let calls = calls(&metadata, &mut told);
        arguments(file, pe, &metadata, &calls, &mut told, out);
        methods::check(pe, file.bytes(), &metadata, out);
        told.finish(out);
        odd(&metadata, out);
        let place =
            usize::try_from(metadata.user_strings.start).ok().zip(usize::try_from(metadata.user_strings.end).ok());
        if let Some(heap) = place.and_then(|(start, end)| file.view().slice(start..end))
            && heap.len() >= literals::WORTH
        {
            out.children.push(literals::child("dotnet-user-strings", metadata.user_strings.start, heap, write));
        }
    }
}

fn write(heap: &ByteView, out: &mut Writer<'_, '_>) -> std::io::Result<()> {
    crate::parse::dotnet::literals(heap).try_for_each(|literal| out.literal(utf16(literal)))
}

fn utf16(bytes: &[u8]) -> impl Iterator<Item = char> {
    let units = bytes.chunks_exact(2).filter_map(|pair| pair.first_chunk().copied().map(u16::from_le_bytes));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}'))
}

fn text(name: &[u8]) -> String {
    crate::model::finding::printable(name)
}

/// The assembly's own name and version. The package's version is in an attribute; the assembly's is often another one.
fn identity(metadata: &Metadata<'_>, out: &mut Notes) {
    if metadata.rows(table::ASSEMBLY) == 0 {
        return;
    }
    let name = text(metadata.name(table::ASSEMBLY, 1, 7));
    let package = informational(metadata).map(|v| v.split('+').next().unwrap_or_default().to_owned());
    let package = package.filter(|v| is_version(v));
    let purl = package.as_ref().filter(|_| !is_framework(&name) && is_package(&name));
    let purl = purl.map(|version| format!("pkg:nuget/{name}@{version}"));
    let version = package.or_else(|| version(metadata, table::ASSEMBLY, 1, 1));
    component(purl, name, version, "dotnet-assembly", out);
}

fn component(purl: Option<String>, name: String, version: Option<String>, source: &'static str, out: &mut Notes) {
    let component = Component { purl, name, version, source: source.into() };
    out.facts.push(Fact::whole(FactKind::Component(Box::new(component))));
}

/// `AssemblyInformationalVersionAttribute`, which holds the package's version and often the commit behind a `+`.
fn informational(metadata: &Metadata<'_>) -> Option<String> {
    (1..=metadata.rows(table::CUSTOM_ATTRIBUTE)).find_map(|row| {
        let parent = metadata.reference(table::CUSTOM_ATTRIBUTE, row, 0)?;
        let constructor = metadata.reference(table::CUSTOM_ATTRIBUTE, row, 1)?;
        if parent.table != table::ASSEMBLY || constructor.table != table::MEMBER_REF {
            return None;
        }
        let class = metadata.reference(constructor.table, constructor.row, 0)?;
        let known = class.table == table::TYPE_REF
            && metadata.name(class.table, class.row, 1) == b"AssemblyInformationalVersionAttribute";
        known.then(|| attribute_text(metadata.blob(table::CUSTOM_ATTRIBUTE, row, 2)).map(str::to_owned))?
    })
}

/// Four numbers from a column on.
fn version(metadata: &Metadata<'_>, table: usize, row: u32, column: usize) -> Option<String> {
    let part = |i| metadata.cell(table, row, column + i);
    Some(format!("{}.{}.{}.{}", part(0)?, part(1)?, part(2)?, part(3)?))
}

fn is_version(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
}

/// Whether a name can be that of a package.
fn is_package(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

/// Whether an assembly comes with .NET itself.
fn is_framework(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "mscorlib",
        "netstandard",
        "System",
        "WindowsBase",
        "PresentationCore",
        "PresentationFramework",
        "Microsoft.CSharp",
    ];
    NAMES.contains(&name)
        || ["System.", "Microsoft.Win32.", "Microsoft.VisualBasic"].iter().any(|start| name.starts_with(start))
}

/// The assemblies that it needs. Of those that come with .NET only the one that tells its version. A reference names
/// the version of an assembly, which often is not that of the package, so the package's address goes without one.
fn references(metadata: &Metadata<'_>, told: &mut Told, out: &mut Notes) {
    for row in 1..=metadata.rows(table::ASSEMBLY_REF).min(4096) {
        let name = text(metadata.name(table::ASSEMBLY_REF, row, 6));
        let framework = is_framework(&name);
        if framework
            && !matches!(name.as_str(), "System.Runtime" | "System.Private.CoreLib" | "mscorlib" | "netstandard")
        {
            continue;
        }
        for (start, capability) in DOTNET_LIBRARIES {
            if name.starts_with(start) {
                told.add(*capability, name.clone(), 0);
            }
        }
        let purl = (!framework && is_package(&name)).then(|| format!("pkg:nuget/{name}"));
        component(purl, name, version(metadata, table::ASSEMBLY_REF, row, 0), "dotnet-assembly-ref", out);
    }
}

/// Functions of native libraries that are called.
fn natives(metadata: &Metadata<'_>, told: &mut Told, out: &mut Notes) {
    let mut image = Image::default();
    for row in 1..=metadata.rows(table::IMPL_MAP) {
        let Some(module) = metadata.reference(table::IMPL_MAP, row, 3) else { continue };
        let library = metadata.name(module.table, module.row, 0);
        let name = metadata.name(table::IMPL_MAP, row, 2);
        // `QCall` is the runtime itself.
        if library != b"QCall" {
            told.add(Capability::Native, format!("p/invoke {}!{}", text(library), text(name)), 0);
        }
        image.imports.push(Import { library, name });
    }
    let sets: [(Capability, &[&str]); 4] = [
        (Capability::Spawns, &["CreateProcess", "CreateProcessAsUser", "ShellExecute", "WinExec", "execve", "system"]),
        (
            Capability::Network,
            &["socket", "connect", "WSAStartup", "InternetOpenUrl", "URLDownloadToFile", "WinHttpOpen"],
        ),
        (
            Capability::DynamicCode,
            &["LoadLibrary", "LoadLibraryEx", "dlopen", "VirtualAlloc", "VirtualProtect", "mprotect"],
        ),
        (
            Capability::Credentials,
            &[
                "CryptUnprotectData",
                "CredRead",
                "CredEnumerate",
                "SetWindowsHookEx",
                "GetAsyncKeyState",
                "SecItemCopyMatching",
            ],
        ),
    ];
    for (capability, names) in sets {
        image.imported(names).into_iter().for_each(|name| told.add(capability, name, 0));
    }
    let room =
        image.imported(&["VirtualAllocEx", "NtAllocateVirtualMemory", "NtUnmapViewOfSection", "ZwUnmapViewOfSection"]);
    let write =
        image.imported(&["WriteProcessMemory", "NtWriteVirtualMemory", "ZwWriteVirtualMemory", "NtMapViewOfSection"]);
    let run = image.imported(&[
        "CreateRemoteThread",
        "CreateRemoteThreadEx",
        "NtCreateThreadEx",
        "RtlCreateUserThread",
        "QueueUserAPC",
        "NtQueueApcThread",
        "SetThreadContext",
        "Wow64SetThreadContext",
    ]);
    if !room.is_empty() && !write.is_empty() && !run.is_empty() {
        let names = [room, write, run].concat().join(", ");
        out.findings.push(INJECT.finding(Evidence::note(format!("p/invoke of {names}"))));
    }
}

/// What a literal before a call is.
#[derive(Clone, Copy)]
enum Argument {
    Variable,
    Program,
    Key,
}

/// Tells the calls of weight; gives those whose literal arguments are worth a look, by their token.
fn calls(metadata: &Metadata<'_>, told: &mut Told) -> HashMap<u32, Argument> {
    let mut arguments = HashMap::new();
    for row in 1..=metadata.rows(table::MEMBER_REF) {
        let Some(class) = metadata.reference(table::MEMBER_REF, row, 0).filter(|r| r.table == table::TYPE_REF) else {
            continue;
        };
        let (name, space) = (metadata.name(class.table, class.row, 1), metadata.name(class.table, class.row, 2));
        let argument = match (space, name) {
            (b"System", b"Environment") => Some(Argument::Variable),
            (b"System.Diagnostics", b"Process" | b"ProcessStartInfo") => Some(Argument::Program),
            (b"Microsoft.Win32", b"RegistryKey") => Some(Argument::Key),
            _ => None,
        };
        if argument.is_none() && !weight::knows(DOTNET, space, name) {
            continue;
        }
        let member = metadata.name(table::MEMBER_REF, row, 1);
        if let Some((_, _, _, capability, words)) = weight::find(DOTNET, space, name, member) {
            told.add(*capability, *words, 0);
        }
        let telling = match argument {
            Some(Argument::Variable) => member == b"GetEnvironmentVariable",
            Some(Argument::Program) => matches!(member, b"Start" | b".ctor" | b"set_FileName"),
            Some(Argument::Key) => matches!(member, b"OpenSubKey" | b"CreateSubKey"),
            None => false,
        };
        if let Some(argument) = argument.filter(|_| telling) {
            arguments.insert(0x0a00_0000 | row, argument);
        }
    }
    arguments
}

/// Looks for `ldstr` right before a call of interest, and tells the literal.
fn arguments(
    file: &Parsed<'_>,
    pe: &Pe<'_>,
    metadata: &Metadata<'_>,
    calls: &HashMap<u32, Argument>,
    told: &mut Told,
    out: &mut Notes,
) {
    if calls.is_empty() {
        return;
    }
    let fields = Fields::new(file.bytes(), true);
    // Bodies of honest methods do not overlap; what a hostile table makes of them is bounded.
    let mut left = fields.len().saturating_mul(2);
    for row in 1..=metadata.rows(table::METHOD_DEF) {
        let address = metadata.cell(table::METHOD_DEF, row, 0).filter(|a| *a != 0);
        let Some((at, code)) = address.and_then(|a| body(&fields, pe.offset_of(a)?)) else { continue };
        let Some(rest) = left.checked_sub(code.len() as u64) else {
            let why = "the methods of the managed code overlap; the arguments of its later calls were not read";
            out.gaps.push(Gap::new(GapReason::Limit, why));
            return;
        };
        left = rest;
        let mut told_to = 0;
        for load in memchr::memchr_iter(0x72, code).map(|at| at as u64) {
            // A second literal before one call is not what is run or read.
            if load < told_to {
                continue;
            }
            let Some((literal, argument, call)) = argument(&Fields::new(code, true), load, calls) else { continue };
            told_to = call;
            let Some(literal) = metadata.literal(literal) else { continue };
            let value: String = utf16(literal).take(200).collect();
            let offset = at.saturating_add(load);
            match argument {
                Argument::Variable if is_variable(&value) => told.add(Capability::Environment, value, offset),
                Argument::Program => {
                    let first = value.rsplit(['/', '\\']).next().unwrap_or_default();
                    let shown = if first.is_empty() { value.as_str() } else { first };
                    told.add(Capability::Spawns, text(shown.trim().as_bytes()), offset);
                }
                Argument::Key if !value.is_empty() => {
                    told.add(Capability::Files, format!("registry {}", text(value.as_bytes())), offset);
                }
                _ => {}
            }
        }
    }
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.len() <= 80 && name.bytes().all(|b| b.is_ascii_graphic() && b != b'"')
}

/// The code of a method whose header is at `at`, and where it begins.
fn body<'a>(fields: &Fields<'a>, at: u64) -> Option<(u64, &'a [u8])> {
    let first = fields.u8(at)?;
    let (start, len) = match first & 3 {
        2 => (at + 1, u64::from(first >> 2)),
        3 => (at + 4 * u64::from(fields.u8(at + 1)? >> 4), u64::from(fields.u32(at + 4)?)),
        _ => return None,
    };
    Some((start, fields.range(start, len)?))
}

/// The literal that is loaded at `at`, when the next thing but small numbers, `null` and more literals is a call of
/// interest; and where that is.
fn argument(code: &Fields<'_>, at: u64, calls: &HashMap<u32, Argument>) -> Option<(u32, Argument, u64)> {
    let literal = code.u32(at + 1).filter(|t| t >> 24 == 0x70)?;
    let mut next = at + 5;
    for _ in 0..3 {
        match code.u8(next)? {
            // ldstr
            0x72 => next += 5,
            // ldnull and ldc.i4.m1 to ldc.i4.8
            0x14..=0x1e => next += 1,
            // call, callvirt, newobj
            0x28 | 0x6f | 0x73 => return Some((literal, *calls.get(&code.u32(next + 1)?)?, next)),
            _ => return None,
        }
    }
    match code.u8(next)? {
        0x28 | 0x6f | 0x73 => Some((literal, *calls.get(&code.u32(next + 1)?)?, next)),
        _ => None,
    }
}

fn odd(metadata: &Metadata<'_>, out: &mut Notes) {
    let mut evidence = metadata.oddities.iter().take(8).map(|(at, why)| {
        let span = Some(Span::bytes(*at, 0));
        Evidence { span, ..Evidence::note(why.clone()) }
    });
    let Some(first) = evidence.next() else { return };
    let why = first.note.clone();
    let mut finding = ODD.finding(first);
    finding.evidence.extend(evidence);
    out.findings.push(finding);
    out.gaps.push(Gap::malformed(format!("the metadata of the managed code may be read askew: {why}")));
}

#[cfg(test)]
mod tests;
