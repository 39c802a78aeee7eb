//! A DLL named like one of Windows' own, to be loaded in its place.
//!
//! Windows looks for most libraries in the program's own folder first. A signed program beside an unsigned
//! `version.dll` runs that one; to keep working, it passes every call on to the real library. Known uses: CPU-Z 2026
//! (`CRYPTBASE.dll`), 3CX (`ffmpeg.dll`), PlugX, most sideloading groups. Honest look-alikes: game mods, Wine and
//! `ReactOS` builds, application-local copies of runtime libraries (signed by Microsoft).
//!
//! References: ATT&CK T1574.001, T1574.002; <https://hijacklibs.net/>.

use std::collections::BTreeMap;

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::pe::Pe;
use crate::rule;

rule! {
    /// An unsigned DLL has the name of a library of Windows that programs load from their own folder first. Known uses:
    /// sideloading beside a signed program. Honest look-alikes: game mods, Wine builds, runtime copies without a
    /// signature.
    pub(super) SYSTEM_NAME = "pe-system-dll-name" in "bin/sideload-name";
    severity: Medium, confidence: Hint,
    title: "An unsigned DLL is named like one of Windows' own",
    reference: "https://attack.mitre.org/techniques/T1574/002/",
}

rule! {
    /// A DLL that passes most of its functions on to another library. That is how a proxy keeps the program working in
    /// whose library's place it was loaded. Honest look-alikes: API sets of Windows, compatibility layers.
    pub(super) PROXY = "pe-forwarding-dll" in "bin/sideload-name";
    severity: Low, confidence: Likely,
    title: "A DLL passes its functions on to another one",
    reference: "https://attack.mitre.org/techniques/T1574/001/",
}

rule! {
    /// An unsigned DLL with the name of one of Windows' own passes its functions on to the real one under another path
    /// or name, and has code of its own: it stands between a program and the system. Known uses: sideloading proxies
    /// (CPU-Z 2026, PlugX). Honest look-alikes: game mods.
    pub(super) HIJACK = "pe-system-dll-proxy" in "bin/sideload-name";
    severity: High, confidence: Likely,
    title: "An unsigned DLL stands in for one of Windows' own and passes calls on",
    reference: "https://attack.mitre.org/techniques/T1574/001/",
}

/// Libraries of Windows that are known to be loaded from the program's folder, without `.dll`.
const SYSTEM: &[&str] = &[
    "aclui",
    "activeds",
    "adsldpc",
    "amsi",
    "apphelp",
    "atl",
    "audioses",
    "authz",
    "avifil32",
    "avrt",
    "bcd",
    "bcrypt",
    "bcryptprimitives",
    "cabinet",
    "certenroll",
    "cldapi",
    "cfgmgr32",
    "colorui",
    "credui",
    "cryptbase",
    "cryptdll",
    "cryptsp",
    "cryptui",
    "cryptxml",
    "cscapi",
    "d2d1",
    "d3d10",
    "d3d10_1",
    "d3d11",
    "d3d12",
    "d3d8",
    "d3d9",
    "dbgcore",
    "dbghelp",
    "dcomp",
    "ddraw",
    "devobj",
    "dhcpcsvc",
    "dinput8",
    "dismapi",
    "dnsapi",
    "dpapi",
    "dsound",
    "dsreg",
    "duser",
    "dui70",
    "dwmapi",
    "dwrite",
    "dxgi",
    "dxva2",
    "edputil",
    "efsadu",
    "esent",
    "faultrep",
    "fltlib",
    "fwpuclnt",
    "gpapi",
    "hid",
    "httpapi",
    "iertutil",
    "imagehlp",
    "iphlpapi",
    "ksuser",
    "ktmw32",
    "linkinfo",
    "logoncli",
    "mpr",
    "mpclient",
    "mpsvc",
    "msacm32",
    "mscms",
    "mscoree",
    "msdrm",
    "msi",
    "msimg32",
    "msvfw32",
    "mswsock",
    "msxml3",
    "mtxoci",
    "ncrypt",
    "netapi32",
    "netshell",
    "netutils",
    "newdev",
    "ntdsapi",
    "ntlanman",
    "ntmarta",
    "ntshrui",
    "oleacc",
    "oleaut32",
    "opengl32",
    "pdh",
    "powrprof",
    "printui",
    "propsys",
    "profapi",
    "rasapi32",
    "rasman",
    "rsaenh",
    "rtutils",
    "samcli",
    "samlib",
    "secur32",
    "sensapi",
    "setupapi",
    "sfc",
    "sfc_os",
    "shcore",
    "shfolder",
    "slc",
    "spp",
    "srpapi",
    "srvcli",
    "sspicli",
    "sti",
    "tapi32",
    "tdh",
    "textshaping",
    "twinapi",
    "umpdc",
    "urlmon",
    "userenv",
    "usp10",
    "uxtheme",
    "vaultcli",
    "version",
    "virtdisk",
    "webio",
    "wer",
    "wevtapi",
    "windowscodecs",
    "winhttp",
    "wininet",
    "winmm",
    "winmmbase",
    "winnsi",
    "winspool",
    "winsta",
    "wkscli",
    "wlanapi",
    "wldp",
    "wmi",
    "wofutil",
    "wscapi",
    "wsock32",
    "wtsapi32",
    "x3daudio1_7",
    "xinput1_3",
    "xinput1_4",
    "xmllite",
];

/// Compares names, forwarders and signatures.
pub(super) struct Sideload;

impl Heuristic for Sideload {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&SYSTEM_NAME, &PROXY, &HIJACK] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Pe
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let Some(Ok(pe)) = file.pe() else { return };
        if !pe.is_dll {
            return;
        }
        let stem = |name: &str| name.to_ascii_lowercase().trim_end_matches(".dll").to_owned();
        let own = stem(file.base_name());
        let inner = stem(&String::from_utf8_lossy(pe.export_name));
        let named = SYSTEM.iter().find(|n| **n == own || **n == inner);
        let signed = pe.certificates().is_some();
        let forward = forwards_to(pe);
        match (named, forward) {
            (Some(name), forward) if !signed && !is_from_microsoft(file, pe) => {
                let mut note = format!("named {name}.dll, not signed");
                let rule = if let Some((library, share)) = &forward {
                    note.push_str(&format!("; {share} % of its exports go to {library}"));
                    &HIJACK
                } else {
                    &SYSTEM_NAME
                };
                out.findings.push(rule.finding(placed(0, 0, note)));
            }
            (None, Some((library, share))) if !own.starts_with("api-ms-") && !own.starts_with("ext-ms-") => {
                let note = format!("{share} % of its exports go to {library}");
                out.findings.push(PROXY.finding(placed(0, 0, note)));
            }
            _ => {}
        }
    }
}

/// The library to which most exports go, and their share in percent, when there are at least three and they are most.
fn forwards_to(pe: &Pe<'_>) -> Option<(String, usize)> {
    let mut libraries: BTreeMap<&[u8], usize> = BTreeMap::new();
    for forward in pe.exports.iter().filter_map(|e| e.forward) {
        let dot = memchr::memrchr(b'.', forward)?;
        *libraries.entry(forward.get(..dot)?).or_default() += 1;
    }
    let (library, count) = libraries.into_iter().max_by_key(|(_, n)| *n)?;
    let share = count * 100 / pe.exports.len().max(1);
    (count >= 3 && share >= 70).then(|| (shown(library), share))
}

/// Whether the version resource names Microsoft (or Wine) as the maker. It is a claim and only lowers.
fn is_from_microsoft(file: &Parsed<'_>, pe: &Pe<'_>) -> bool {
    const RT_VERSION: u32 = 16;
    let fields = Fields::new(file.bytes(), true);
    pe.resources.iter().filter(|r| r.kind == Some(RT_VERSION)).any(|r| {
        let data = fields.available(r.offset, r.len.min(1 << 16));
        ["Microsoft Corporation", "Wine"].into_iter().any(|maker| {
            let wide: Vec<u8> = maker.bytes().flat_map(|b| [b, 0]).collect();
            memchr::memmem::find(data, &wide).is_some()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{PeBuilder, check, ids};

    fn run(name: &str, dll: &PeBuilder) -> Vec<&'static str> {
        ids(&check(&Sideload, FileKind::Pe, name, &dll.build()))
    }

    #[test]
    fn a_system_name_counts_when_nothing_vouches_for_it() {
        let mut dll = PeBuilder::dll();
        assert_eq!(run("bin/VERSION.dll", &dll), ["pe-system-dll-name"]);
        assert!(run("mine.dll", &dll).is_empty());
        dll.certificate = PeBuilder::signature(100, b"");
        assert!(run("version.dll", &dll).is_empty());
        let mut wine = PeBuilder::dll();
        wine.resources = vec![(16, "Microsoft Corporation".bytes().flat_map(|b| [b, 0]).collect())];
        assert!(run("version.dll", &wine).is_empty());
        assert!(run("version.dll", &PeBuilder::program()).is_empty(), "a program is no library");
    }

    #[test]
    fn a_proxy_of_a_system_library_is_high() {
        let mut dll = PeBuilder::dll();
        dll.export_name = "winmm.dll";
        dll.exports = vec![("a", Some("winmm_orig.a")), ("b", Some("winmm_orig.b")), ("c", Some("winmm_orig.c"))];
        assert_eq!(run("renamed.dll", &dll), ["pe-system-dll-proxy"]);
        dll.export_name = "x.dll";
        assert_eq!(run("x.dll", &dll), ["pe-forwarding-dll"]);
        assert!(run("api-ms-win-core.dll", &dll).is_empty());
        dll.exports = vec![("a", Some("winmm_orig.a")), ("b", None), ("c", None)];
        assert!(run("x.dll", &dll).is_empty());
    }
}
