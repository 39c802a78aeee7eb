//! Writes 64-bit little-endian Mach-O libraries.

/// What shall be in the file.
#[derive(Default)]
pub(crate) struct MachBuilder {
    pub(crate) program: bool,
    pub(crate) text_protection: u32,
    pub(crate) libraries: Vec<&'static str>,
    pub(crate) rpaths: Vec<&'static str>,
    pub(crate) environment: Vec<&'static str>,
    pub(crate) imports: Vec<&'static str>,
    pub(crate) exports: Vec<&'static str>,
    pub(crate) initialisers: u64,
    pub(crate) signature: Vec<u8>,
    pub(crate) data: Vec<u8>,
    pub(crate) overlay: Vec<u8>,
}

impl MachBuilder {
    pub(crate) fn library() -> Self {
        Self {
            text_protection: 5,
            libraries: vec!["/usr/lib/libSystem.B.dylib"],
            imports: vec!["printf"],
            exports: vec!["work"],
            data: vec![1; 64],
            ..Self::default()
        }
    }

    pub(crate) fn build(&self) -> Vec<u8> {
        const TEXT: u64 = 0x1000;
        const DATA: u64 = 0x2000;
        let mut data = self.data.clone();
        data.resize(data.len().next_multiple_of(8), 0);
        let inits_at = DATA + data.len() as u64;
        data.extend(vec![0; self.initialisers as usize * 8]);
        let linkedit = DATA + data.len() as u64;
        let mut names = vec![0u8];
        let mut symbols = Vec::new();
        let all = self.imports.iter().map(|n| (n, 0x01u8)).chain(self.exports.iter().map(|n| (n, 0x0f)));
        for (name, kind) in all {
            symbols.extend((names.len() as u32).to_le_bytes());
            symbols.extend([kind, 0, 0, 0]);
            symbols.extend(0u64.to_le_bytes());
            names.extend(format!("_{name}\0").bytes());
        }
        let names_at = linkedit + symbols.len() as u64;
        let signature_at = (names_at + names.len() as u64).next_multiple_of(16);
        let end = if self.signature.is_empty() {
            names_at + names.len() as u64
        } else {
            signature_at + self.signature.len() as u64
        };
        let text = section("__text", "__TEXT", TEXT, 64, 0x8000_0400);
        let plain = section("__data", "__DATA", DATA, inits_at - DATA, 0);
        let inits = section("__mod_init_func", "__DATA", inits_at, self.initialisers * 8, 9);
        let mut commands = vec![
            segment("__TEXT", 0, DATA, self.text_protection, &[text]),
            segment("__DATA", DATA, linkedit - DATA, 3, &[plain, inits]),
            segment("__LINKEDIT", linkedit, end - linkedit, 1, &[]),
            words(&[2, 24, linkedit as u32, symbols.len() as u32 / 16, names_at as u32, names.len() as u32]),
        ];
        commands.extend(self.libraries.iter().map(|t| text_command(0xc, 24, t)));
        commands.extend(self.rpaths.iter().map(|t| text_command(0x8000_001c, 12, t)));
        commands.extend(self.environment.iter().map(|t| text_command(0x27, 12, t)));
        if !self.signature.is_empty() {
            commands.push(words(&[0x1d, 16, signature_at as u32, self.signature.len() as u32]));
        }
        let size: usize = commands.iter().map(Vec::len).sum();
        let kind = if self.program { 2 } else { 6 };
        let mut out = words(&[0xfeed_facf, 0x0100_0007, 3, kind, commands.len() as u32, size as u32, 0, 0]);
        out.extend(commands.concat());
        assert!(out.len() as u64 <= TEXT);
        out.resize(TEXT as usize, 0);
        out.extend([0xc3; 64]);
        out.resize(DATA as usize, 0);
        out.extend(data);
        out.extend(symbols);
        out.extend(names);
        if !self.signature.is_empty() {
            out.resize(signature_at as usize, 0);
            out.extend_from_slice(&self.signature);
        }
        out.extend_from_slice(&self.overlay);
        out
    }

    /// A code signature with the given flags and entitlements.
    pub(crate) fn code_signature(flags: u32, entitlements: &str) -> Vec<u8> {
        let blob = |magic: u32, body: &[u8]| {
            let mut out = magic.to_be_bytes().to_vec();
            out.extend((body.len() as u32 + 8).to_be_bytes());
            out.extend_from_slice(body);
            out
        };
        let mut directory = 0x2_0400u32.to_be_bytes().to_vec();
        directory.extend(flags.to_be_bytes());
        directory.resize(40, 0);
        let parts = [(0u32, blob(0xfade_0c02, &directory)), (5, blob(0xfade_7171, entitlements.as_bytes()))];
        let mut body = (parts.len() as u32).to_be_bytes().to_vec();
        let mut at = 12 + 8 * parts.len() as u32;
        for (slot, part) in &parts {
            body.extend(slot.to_be_bytes());
            body.extend(at.to_be_bytes());
            at += part.len() as u32;
        }
        parts.iter().for_each(|(_, part)| body.extend_from_slice(part));
        blob(0xfade_0cc0, &body)
    }

    /// A fat file of these images.
    pub(crate) fn fat(images: &[Vec<u8>]) -> Vec<u8> {
        let mut out = [0xcafe_babeu32, images.len() as u32].iter().flat_map(|v| v.to_be_bytes()).collect::<Vec<u8>>();
        let mut at = 0x4000u32;
        for image in images {
            [0x0100_0007, 3, at, image.len() as u32, 14].iter().for_each(|v: &u32| out.extend(v.to_be_bytes()));
            at = (at + image.len() as u32).next_multiple_of(0x4000);
        }
        for image in images {
            out.resize(out.len().next_multiple_of(0x4000), 0);
            out.extend_from_slice(image);
        }
        out
    }
}

fn words(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

fn name16(name: &str) -> Vec<u8> {
    let mut out = name.as_bytes().to_vec();
    out.resize(16, 0);
    out
}

fn section(name: &str, segment: &str, at: u64, len: u64, flags: u32) -> Vec<u8> {
    let mut out = [name16(name), name16(segment)].concat();
    out.extend(at.to_le_bytes());
    out.extend(len.to_le_bytes());
    out.extend(words(&[at as u32, 0, 0, 0, flags, 0, 0, 0]));
    out
}

fn segment(name: &str, at: u64, len: u64, protection: u32, sections: &[Vec<u8>]) -> Vec<u8> {
    let mut out = words(&[0x19, 72 + 80 * sections.len() as u32]);
    out.extend(name16(name));
    [at, len, at, len].iter().for_each(|v| out.extend(v.to_le_bytes()));
    out.extend(words(&[protection, protection, sections.len() as u32, 0]));
    out.extend(sections.concat());
    out
}

fn text_command(command: u32, text_at: u32, text: &str) -> Vec<u8> {
    let len = (text_at + text.len() as u32 + 1).next_multiple_of(8);
    let mut out = words(&[command, len, text_at]);
    out.resize(text_at as usize, 0);
    out.extend(text.bytes());
    out.resize(len as usize, 0);
    out
}
