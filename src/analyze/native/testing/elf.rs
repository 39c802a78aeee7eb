//! Writes 64-bit little-endian ELF files; file offsets equal addresses.

/// What shall be in the file.
#[derive(Default)]
pub(crate) struct ElfBuilder {
    pub(crate) entry: u64,
    pub(crate) code: Vec<u8>,
    pub(crate) data: Vec<u8>,
    pub(crate) interpreter: &'static str,
    pub(crate) stack_flags: u32,
    pub(crate) needed: Vec<&'static str>,
    pub(crate) texts: Vec<(u64, &'static str)>,
    pub(crate) values: Vec<(u64, u64)>,
    pub(crate) imports: Vec<&'static str>,
    pub(crate) exports: Vec<&'static str>,
    pub(crate) ifuncs: Vec<&'static str>,
    pub(crate) irelative: usize,
    /// Whether each import has a word that the loader fills in, from [`Self::SLOTS`] on.
    pub(crate) calls: bool,
    pub(crate) init_array: Vec<u64>,
    pub(crate) overlay: Vec<u8>,
}

impl ElfBuilder {
    pub(crate) const CODE: u64 = 0x1000;
    pub(crate) const DATA: u64 = 0x4000;
    pub(crate) const SLOTS: u64 = 0x5_0000;

    pub(crate) fn program() -> Self {
        Self {
            entry: Self::CODE,
            code: vec![0xc3; 64],
            data: vec![1; 64],
            interpreter: "/lib64/ld-linux-x86-64.so.2",
            stack_flags: 6,
            needed: vec!["libc.so.6"],
            imports: vec!["printf"],
            ..Self::default()
        }
    }

    pub(crate) fn library() -> Self {
        Self { entry: 0, interpreter: "", exports: vec!["work"], ..Self::program() }
    }

    /// A file of one segment without sections, with these protection flags.
    pub(crate) fn stub(flags: u32, code: &[u8]) -> Vec<u8> {
        let mut out = header(2, 0x40_0078, 64, 1, 0, 0, 0);
        segment(&mut out, 1, flags, 0, 0x40_0000, 120 + code.len() as u64);
        out.extend_from_slice(code);
        out
    }

    /// A relocatable object with these local symbols of this type, all defined.
    pub(crate) fn object(names: &[&str], kind: u8) -> Vec<u8> {
        let mut out = Self::module(names, b"code");
        let symbols = 64 + 4;
        for i in 0..names.len() {
            let row = symbols + 24 * (i + 1);
            out[row + 4] = kind;
            out[row + 6] = 1;
        }
        out
    }

    /// A relocatable kernel module with these undefined symbols and this data.
    pub(crate) fn module(imports: &[&str], data: &[u8]) -> Vec<u8> {
        let mut names = vec![0u8];
        let mut symbols = vec![0u8; 24];
        for import in imports {
            symbols.extend((names.len() as u32).to_le_bytes());
            symbols.extend([0x10, 0, 0, 0]);
            symbols.extend([0; 16]);
            names.extend(format!("{import}\0").bytes());
        }
        let section_names = b"\0.modinfo\0.symtab\0.strtab\0";
        let parts = [data, &symbols, &names, section_names];
        let mut at = 64u64;
        let mut places = Vec::new();
        for part in parts {
            places.push(at);
            at += part.len() as u64;
        }
        let mut out = header(1, 0, 0, 0, at, 5, 3);
        parts.iter().for_each(|p| out.extend_from_slice(p));
        section(&mut out, [0; 6]);
        section(&mut out, [1, 1, 2, 0, places[0], data.len() as u64]);
        section(&mut out, [10, 2, 0, 0, places[1], symbols.len() as u64]);
        section(&mut out, [18, 3, 0, 0, places[2], names.len() as u64]);
        section(&mut out, [18, 3, 0, 0, places[3], section_names.len() as u64]);
        let names_index = out.len() - 5 * 64;
        debug_assert_eq!(names_index as u64, at);
        // The names of the sections are the fourth section, the strings of the symbols the third.
        out[62] = 4;
        let link = names_index + 2 * 64 + 40;
        out[link] = 3;
        out
    }

    pub(crate) fn build(&self) -> Vec<u8> {
        let mut rw = self.data.clone();
        let mut names = vec![0u8];
        let name = |text: &str, names: &mut Vec<u8>| {
            let at = names.len() as u64;
            names.extend_from_slice(text.as_bytes());
            names.push(0);
            at
        };
        let mut dynamic: Vec<(u64, u64)> = Vec::new();
        for needed in &self.needed {
            dynamic.push((1, name(needed, &mut names)));
        }
        for (tag, text) in &self.texts {
            dynamic.push((*tag, name(text, &mut names)));
        }
        let mut symbols = vec![0u8; 24];
        let mut count = 1u32;
        let mut symbol = |text: &str, info: u8, section: u16, names: &mut Vec<u8>| {
            symbols.extend((name(text, names) as u32).to_le_bytes());
            symbols.extend([info, 0]);
            symbols.extend(section.to_le_bytes());
            symbols.extend((if section == 0 { 0 } else { Self::CODE }).to_le_bytes());
            symbols.extend(8u64.to_le_bytes());
            count += 1;
        };
        self.imports.iter().for_each(|n| symbol(n, 0x12, 0, &mut names));
        self.exports.iter().for_each(|n| symbol(n, 0x12, 1, &mut names));
        self.ifuncs.iter().for_each(|n| symbol(n, 0x1a, 1, &mut names));
        let mut put = |bytes: &[u8]| {
            rw.resize(rw.len().next_multiple_of(16), 0);
            let at = Self::DATA + rw.len() as u64;
            rw.extend_from_slice(bytes);
            at
        };
        let interp_at = put(format!("{}\0", self.interpreter).as_bytes());
        let mut hash = Vec::new();
        [1u32, count, 0].iter().for_each(|v| hash.extend(v.to_le_bytes()));
        hash.resize(12 + 4 * count as usize, 0);
        dynamic.push((4, put(&hash)));
        dynamic.push((5, put(&names)));
        dynamic.push((10, names.len() as u64));
        dynamic.push((6, put(&symbols)));
        let mut relocs = Vec::new();
        for _ in 0..self.irelative {
            [Self::DATA, 37, Self::CODE].iter().for_each(|v: &u64| relocs.extend(v.to_le_bytes()));
        }
        if self.calls {
            for index in 1..=self.imports.len() as u64 {
                let slot = Self::SLOTS + 8 * (index - 1);
                [slot, index << 32 | 7, 0].iter().for_each(|v: &u64| relocs.extend(v.to_le_bytes()));
            }
        }
        if !relocs.is_empty() {
            dynamic.push((7, put(&relocs)));
            dynamic.push((8, relocs.len() as u64));
        }
        let pointers: Vec<u8> = self.init_array.iter().flat_map(|p| p.to_le_bytes()).collect();
        if !pointers.is_empty() {
            dynamic.push((25, put(&pointers)));
            dynamic.push((27, pointers.len() as u64));
        }
        dynamic.extend(&self.values);
        dynamic.push((0, 0));
        let table: Vec<u8> = dynamic.iter().flat_map(|(t, v)| [t.to_le_bytes(), v.to_le_bytes()].concat()).collect();
        let dynamic_at = put(&table);

        let sections_at = (Self::DATA as usize + rw.len()).next_multiple_of(64);
        let section_names = b"\0.text\0.data\0.shstrtab\0";
        let names_at = sections_at + 4 * 64;
        let programs = if self.interpreter.is_empty() { 5 } else { 6 };
        let mut out = header(3, self.entry, 64, programs, sections_at as u64, 4, 3);
        if !self.interpreter.is_empty() {
            segment(&mut out, 3, 4, interp_at, interp_at, self.interpreter.len() as u64 + 1);
        }
        segment(&mut out, 1, 4, 0, 0, 0x1000);
        segment(&mut out, 1, 5, Self::CODE, Self::CODE, self.code.len() as u64);
        segment(&mut out, 1, 6, Self::DATA, Self::DATA, rw.len() as u64);
        segment(&mut out, 2, 6, dynamic_at, dynamic_at, table.len() as u64);
        segment(&mut out, 0x6474_e551, self.stack_flags, 0, 0, 0);
        assert!(self.code.len() as u64 <= Self::DATA - Self::CODE);
        out.resize(Self::CODE as usize, 0);
        out.extend_from_slice(&self.code);
        out.resize(Self::DATA as usize, 0);
        out.extend_from_slice(&rw);
        out.resize(sections_at, 0);
        section(&mut out, [0; 6]);
        section(&mut out, [1, 1, 6, Self::CODE, Self::CODE, self.code.len() as u64]);
        section(&mut out, [7, 1, 3, Self::DATA, Self::DATA, rw.len() as u64]);
        section(&mut out, [13, 3, 0, 0, names_at as u64, section_names.len() as u64]);
        out.extend_from_slice(section_names);
        out.extend_from_slice(&self.overlay);
        out
    }
}

fn header(kind: u16, entry: u64, phoff: u64, phnum: u16, shoff: u64, shnum: u16, names: u16) -> Vec<u8> {
    let mut out = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
    out.extend(kind.to_le_bytes());
    out.extend(62u16.to_le_bytes());
    out.extend(1u32.to_le_bytes());
    [entry, phoff, shoff].iter().for_each(|v| out.extend(v.to_le_bytes()));
    out.extend(0u32.to_le_bytes());
    [64, 56, phnum, 64, shnum, names].iter().for_each(|v| out.extend(v.to_le_bytes()));
    out
}

fn segment(out: &mut Vec<u8>, kind: u32, flags: u32, offset: u64, address: u64, len: u64) {
    out.extend(kind.to_le_bytes());
    out.extend(flags.to_le_bytes());
    [offset, address, address, len, len, 0x1000].iter().for_each(|v| out.extend(v.to_le_bytes()));
}

/// Name, type, flags, address, offset, size.
fn section(out: &mut Vec<u8>, [name, kind, flags, address, offset, size]: [u64; 6]) {
    out.extend((name as u32).to_le_bytes());
    out.extend((kind as u32).to_le_bytes());
    [flags, address, offset, size].iter().for_each(|v| out.extend(v.to_le_bytes()));
    out.extend([0; 8]);
    [1u64, 0].iter().for_each(|v| out.extend(v.to_le_bytes()));
}
