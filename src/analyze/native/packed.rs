//! Packed and protected executables: what they do cannot be read from the file.
//!
//! A packer compresses a program and puts a small unpacker before it; a protector also encrypts it and hinders
//! analysis. Known uses: UPX with its marks removed is the habit of Mirai and miner families; VMProtect and Themida
//! hide commercial programs and stealers alike. Honest look-alikes: Go tools packed with UPX for size, games.
//!
//! References: ATT&CK T1027.002; <https://upx.github.io/>.

use super::entropy::sampled;
use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::dotnet::Metadata;
use crate::parse::fields::Fields;
use crate::parse::native::{Image, Region};
use crate::rule;
use crate::unwrap::upx::mark::{self, Mark};

rule! {
    /// Packed with UPX in its ordinary form. What it does cannot be read from the packed file, so it is unpacked in
    /// memory and looked at as a file of its own. Honest look-alikes: many tools are packed for size.
    pub(super) UPX = "upx-packed" in "bin/packed";
    severity: Low, confidence: Certain,
    title: "Packed with UPX",
    reference: "https://attack.mitre.org/techniques/T1027/002/",
}

rule! {
    /// Packed with UPX, and UPX's marks were changed afterwards so that `upx -d` refuses and signatures miss it. There
    /// is no use for that but to hinder analysis. Known uses: Mirai and its descendants, miners, `XorDDoS`.
    /// Honest look-alikes: a few vendors of protected software.
    pub(super) UPX_ALTERED = "upx-altered" in "bin/packed";
    severity: High, confidence: Likely,
    title: "Packed with UPX whose marks were changed",
    reference: "https://attack.mitre.org/techniques/T1027/002/",
}

rule! {
    /// Sections with the names that a known packer or protector gives them (VMProtect, Themida, MPRESS, `ASPack`,
    /// `PECompact`, Enigma, …). What the program does cannot be read from the file. Honest look-alikes: games and
    /// commercial programs with copy protection.
    pub(super) PROTECTOR = "native-known-packer" in "bin/packed";
    severity: Medium, confidence: Likely,
    title: "Packed or protected executable",
    reference: "https://attack.mitre.org/techniques/T1027/002/",
}

rule! {
    /// The executable part has the entropy of compressed data (over 7.2 bits per byte; compiled code has 5.5 to 6.7)
    /// and the file imports almost nothing: the visible code is an unpacker, the rest appears at run time. Honest
    /// look-alikes: packed installers, firmware, code sections that hold large tables.
    pub(super) DENSE = "native-dense-code" in "bin/packed";
    severity: Medium, confidence: Hint,
    title: "Code looks compressed or encrypted, with few imports",
    reference: "https://attack.mitre.org/techniques/T1027/002/",
}

rule! {
    /// A program of Windows begins in memory that it writes itself, fills other executable memory that has no bytes in the
    /// file, and asks for hardly more than the functions with which to find others: a packer, and none that is known by its
    /// marks. Known uses: packers of loaders and stealers, UPX under other names. Honest look-alikes: rare packers for size.
    pub(super) UNKNOWN = "native-unknown-packer" in "bin/packed";
    severity: High, confidence: Likely,
    title: "Packed with something that hides what it is",
    reference: "https://attack.mitre.org/techniques/T1027/002/",
}

rule! {
    /// A linked ELF program calls two of its sections by the names that UPX gives those of Windows programs, and is not
    /// packed with UPX, which leaves no sections in an ELF file: it shall be taken for something harmless that was packed.
    /// Known uses: droppers. Honest look-alikes: none is known.
    pub(super) IMITATES = "native-imitates-packer" in "bin/packed";
    severity: High, confidence: Likely,
    title: "Sections are named to look like those of a packer",
    reference: "https://attack.mitre.org/techniques/T1036/",
}

/// Section names of packers and protectors, by beginning.
const PACKERS: &[(&[u8], &str)] = &[
    (b".vmp", "VMProtect"),
    (b".themida", "Themida"),
    (b".winlice", "WinLicense"),
    (b".MPRESS", "MPRESS"),
    (b"__MPRESS__", "MPRESS"),
    (b".aspack", "ASPack"),
    (b".adata", "ASPack"),
    (b".ASPack", "ASPack"),
    (b"PEC2", "PECompact"),
    (b"pec1", "PECompact"),
    (b"PECompact2", "PECompact"),
    (b".petite", "Petite"),
    (b".nsp0", "NsPack"),
    (b"nsp0", "NsPack"),
    (b".enigma", "Enigma"),
    (b".svkp", "SVK Protector"),
    (b".y0da", "yoda's Protector"),
    (b".yP", "yoda's Protector"),
    (b"MEW", "MEW"),
    (b".MaskPE", "MaskPE"),
    (b"RLPack", "RLPack"),
    (b".taz", "PESpin"),
    (b".Upack", "Upack"),
    (b".perplex", "Perplex"),
    (b".boom", "Boomerang"),
    (b"kkrunchy", "kkrunchy"),
    (b".seau", "SeauSFX"),
    (b".obsidium", "Obsidium"),
];

/// Looks for packers.
pub(super) struct Packed;

impl Heuristic for Packed {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&UPX, &UPX_ALTERED, &PROTECTOR, &DENSE, &UNKNOWN, &IMITATES] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        // The packed program is unpacked, or the gap is told, by the wrapper.
        match mark::find(file) {
            Some(Mark::Plain(at)) => out.findings.push(UPX.finding(placed(at, 4, "UPX!"))),
            Some(Mark::Altered(at, why)) => out.findings.push(UPX_ALTERED.finding(placed(at, 12, why))),
            None => {
                for image in file.images() {
                    let before = out.findings.len();
                    check_names(image, out);
                    if out.findings.len() == before {
                        check_unknown(file, image, out);
                    }
                    check_entropy(file, image, out);
                }
            }
        }
    }
}

/// Bits of each byte from which on code is compressed or encrypted.
const DENSE_FROM: f64 = 7.2;

fn check_names(image: &Image<'_>, out: &mut Notes) {
    for region in &image.regions {
        if let Some((_, packer)) = PACKERS.iter().find(|(start, _)| region.name.starts_with(start)) {
            let note = format!("section {}: {packer}", shown(region.name));
            out.findings.push(PROTECTOR.finding(placed(region.offset, region.len, note)));
            return;
        }
    }
}

fn check_unknown(file: &Parsed<'_>, image: &Image<'_>, out: &mut Notes) {
    let named = |start: &[u8]| image.regions.iter().any(|r| r.name.starts_with(start));
    if file.elf().is_some() && named(b"UPX0") && named(b"UPX1") {
        out.findings.push(IMITATES.finding(placed(
            0,
            64,
            "sections UPX0 and UPX1 in an ELF file that UPX did not make",
        )));
    }
    let Some(Ok(pe)) = file.pe() else { return };
    let entry = pe.section_at(pe.entry).map(|(_, section)| section);
    let begins = entry.is_some_and(|s| s.writes() && s.executes() && s.len > 0);
    let fills = pe.sections.iter().find(|s| s.executes() && s.writes() && s.len == 0 && s.memory >= 0x1000);
    let finds = image.imports.len() <= 3 || image.imported(&["LoadLibrary", "GetProcAddress"]).len() == 2;
    if let Some(section) = fills.filter(|_| begins && finds && image.imports.len() <= 12) {
        let note = format!("begins in written memory, fills {}, {} imports", shown(section.name), image.imports.len());
        out.findings.push(UNKNOWN.finding(placed(u64::from(section.offset), 0, note)));
        return;
    }
    // Or it turns what lies there into code where it lies.
    let fields = Fields::new(file.bytes(), true);
    let holds = |r: &&Region<'_>| {
        r.write && r.execute && r.len >= 4096 && sampled(fields.available(r.offset, r.len)) > DENSE_FROM
    };
    if let Some(region) = image.regions.iter().find(holds).filter(|_| begins && finds && image.imports.len() <= 12) {
        let note = format!("begins in written memory, decodes {}, {} imports", shown(region.name), image.imports.len());
        out.findings.push(UNKNOWN.finding(placed(region.offset, region.len, note)));
    }
}

fn check_entropy(file: &Parsed<'_>, image: &Image<'_>, out: &mut Notes) {
    // The code section of managed code holds its resources and tables too.
    let managed = file.pe().and_then(|pe| Metadata::of(pe.as_ref().ok()?, file.bytes())?.ok());
    if image.imports.len() > 15 || managed.is_some_and(|m| m.managed_only) {
        return;
    }
    let fields = Fields::new(file.bytes(), true);
    for region in image.regions.iter().filter(|r| r.execute && r.len >= 4096) {
        let entropy = sampled(fields.available(region.offset, region.len));
        if entropy > DENSE_FROM {
            let note =
                format!("{} has {entropy:.1} bits per byte; {} imports", shown(region.name), image.imports.len());
            out.findings.push(DENSE.finding(placed(region.offset, region.len, note)));
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, PeBuilder, check, ids, noise};

    #[test]
    fn ordinary_code_is_silent() {
        assert!(check(&Packed, FileKind::Elf, "x", &ElfBuilder::program().build()).findings.is_empty());
        assert!(check(&Packed, FileKind::Pe, "x", &PeBuilder::program().build()).findings.is_empty());
    }

    #[test]
    fn dense_code_with_few_imports_is_seen() {
        let mut elf = ElfBuilder::program();
        elf.code = noise(8192);
        assert_eq!(ids(&check(&Packed, FileKind::Elf, "x", &elf.build())), ["native-dense-code"]);
        elf.imports = (0..20).map(|_| "f").collect();
        assert!(check(&Packed, FileKind::Elf, "x", &elf.build()).findings.is_empty());
    }

    #[test]
    fn resources_of_managed_code_are_not_code() {
        let assembly = crate::parse::dotnet::testing::Assembly {
            resources: vec![("r", noise(20_000))],
            ..crate::parse::dotnet::testing::Assembly::default()
        };
        assert!(check(&Packed, FileKind::Pe, "x", &assembly.build()).findings.is_empty());
    }

    #[test]
    fn protectors_are_named() {
        let mut pe = PeBuilder::program();
        pe.sections[1].0 = *b".vmp0\0\0\0";
        let notes = check(&Packed, FileKind::Pe, "x", &pe.build());
        assert_eq!(ids(&notes), ["native-known-packer"]);
        assert!(notes.findings[0].evidence[0].note.contains("VMProtect"));
    }

    #[test]
    fn packers_without_marks_are_told_by_what_they_do() {
        let mut pe = PeBuilder::program();
        pe.sections =
            vec![(*b"QQ0\0\0\0\0\0", Vec::new(), 0xe000_0080), (*b"QQ1\0\0\0\0\0", vec![9; 0x200], 0xe000_0040)];
        pe.entry = 0x2000;
        pe.imports = vec![("kernel32.dll", vec!["LoadLibraryA", "GetProcAddress", "VirtualProtect", "ExitProcess"])];
        let run = |pe: &PeBuilder| ids(&check(&Packed, FileKind::Pe, "x", &pe.build()));
        assert_eq!(run(&pe), ["native-unknown-packer"]);
        // What is not there yet lies in the file, encrypted.
        let mut other = pe_of_noise();
        assert_eq!(run(&other), ["native-unknown-packer", "native-dense-code"]);
        other.sections[1].2 = 0x6000_0020;
        assert_eq!(run(&other), ["native-dense-code"]);
        // One that says what it is, and a program whose code lies in the file.
        pe.sections[1].0 = *b".MPRESS1";
        assert_eq!(run(&pe), ["native-known-packer"]);
        pe.sections[1].0 = *b".text\0\0\0";
        pe.sections[1].2 = 0x6000_0020;
        assert!(run(&pe).is_empty());
    }

    /// A program that begins in a part that it may write, with another such part that holds noise.
    fn pe_of_noise() -> PeBuilder {
        let mut pe = PeBuilder::program();
        pe.sections =
            vec![(*b"q0\0\0\0\0\0\0", noise(8192), 0xe000_0020), (*b"q1\0\0\0\0\0\0", vec![9; 0x200], 0xe000_0020)];
        pe.entry = 0x3000;
        pe.imports = vec![("kernel32.dll", vec!["VirtualProtect", "ExitProcess"])];
        pe
    }

    #[test]
    fn upx_in_pe_plain_and_altered() {
        let mut pe = PeBuilder::program();
        pe.sections[0] = (*b"UPX0\0\0\0\0", Vec::new(), 0xe000_0080);
        pe.sections[1] = (*b"UPX1\0\0\0\0", vec![9; 0x200], 0xe000_0040);
        let mut bytes = pe.build();
        assert_eq!(ids(&check(&Packed, FileKind::Pe, "x", &bytes)), ["upx-altered"]);
        bytes[0x3e0..0x3e4].copy_from_slice(b"UPX!");
        assert_eq!(ids(&check(&Packed, FileKind::Pe, "x", &bytes)), ["upx-packed"]);
    }

    #[test]
    fn upx_in_elf_with_its_magic_removed() {
        let mut elf = ElfBuilder::stub(5, &[0; 600]);
        // Two segments, then l_info, p_info, b_info.
        elf[56] = 2;
        let copy: Vec<u8> = elf[64..120].to_vec();
        elf[120..176].copy_from_slice(&copy);
        let mut info = Vec::new();
        [0u32, 0x1234, 0x0e0d_0100, 0, 0x800, 0x800, 0x300, 0x100].iter().for_each(|v| info.extend(v.to_le_bytes()));
        info.push(8);
        elf[176..176 + info.len()].copy_from_slice(&info);
        assert_eq!(ids(&check(&Packed, FileKind::Elf, "x", &elf)), ["upx-altered"]);
        elf[180..184].copy_from_slice(b"UPX!");
        assert_eq!(ids(&check(&Packed, FileKind::Elf, "x", &elf)), ["upx-packed"]);
    }
}
