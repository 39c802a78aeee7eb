//! Writes PE32+ files.

/// What shall be in the file.
#[derive(Default)]
pub(crate) struct PeBuilder {
    pub(crate) is_dll: bool,
    pub(crate) entry: u32,
    /// Name, data, flags.
    pub(crate) sections: Vec<([u8; 8], Vec<u8>, u32)>,
    pub(crate) imports: Vec<(&'static str, Vec<&'static str>)>,
    pub(crate) export_name: &'static str,
    pub(crate) exports: Vec<(&'static str, Option<&'static str>)>,
    pub(crate) tls_callbacks: Vec<u64>,
    /// Type and bytes.
    pub(crate) resources: Vec<(u32, Vec<u8>)>,
    pub(crate) certificate: Vec<u8>,
    pub(crate) overlay: Vec<u8>,
    pub(crate) after_certificate: Vec<u8>,
}

const BASE: u64 = 0x1_4000_0000;

impl PeBuilder {
    pub(crate) fn program() -> Self {
        Self {
            entry: 0x1000,
            sections: vec![
                (*b".text\0\0\0", vec![0xc3; 0x200], 0x6000_0020),
                (*b".data\0\0\0", vec![1; 0x200], 0xc000_0040),
            ],
            ..Self::default()
        }
    }

    pub(crate) fn dll() -> Self {
        Self { is_dll: true, ..Self::program() }
    }

    pub(crate) fn build(&self) -> Vec<u8> {
        let mut directories = [(0u32, 0u32); 16];
        let mut address = 0x1000u32;
        let mut sections = Vec::new();
        for (name, data, flags) in &self.sections {
            sections.push((*name, address, data.clone(), *flags));
            address += (data.len() as u32).next_multiple_of(0x1000).max(0x1000);
        }
        // One more section for everything that directories point at.
        let mut extra: Vec<u8> = Vec::new();
        let at = |extra: &Vec<u8>| address + extra.len() as u32;
        let pad = |extra: &mut Vec<u8>| extra.resize(extra.len().next_multiple_of(8), 0);
        let text = |extra: &mut Vec<u8>, s: &str| {
            let place = at(extra);
            extra.extend_from_slice(s.as_bytes());
            extra.push(0);
            place
        };
        let mut rows = Vec::new();
        for (library, functions) in &self.imports {
            let library = text(&mut extra, library);
            let names: Vec<u32> = functions
                .iter()
                .map(|f| {
                    let place = at(&extra);
                    extra.extend([0, 0]);
                    text(&mut extra, f);
                    place
                })
                .collect();
            pad(&mut extra);
            let table = at(&extra);
            names.iter().chain([&0]).for_each(|n| extra.extend(u64::from(*n).to_le_bytes()));
            rows.push([table, 0, 0, library, table]);
        }
        if !rows.is_empty() {
            directories[1] = (at(&extra), 20 * (rows.len() as u32 + 1));
            rows.push([0; 5]);
            rows.iter().flatten().for_each(|v| extra.extend(v.to_le_bytes()));
        }
        if !self.exports.is_empty() {
            pad(&mut extra);
            let start = at(&extra);
            let count = self.exports.len() as u32;
            let tables = start + 40;
            let mut texts_at = tables + count * 10;
            let mut texts = Vec::new();
            let mut put = |s: &str| {
                let place = texts_at;
                texts.extend_from_slice(s.as_bytes());
                texts.push(0);
                texts_at += s.len() as u32 + 1;
                place
            };
            let own = put(self.export_name);
            let (mut functions, mut names, mut ordinals) = (Vec::new(), Vec::new(), Vec::new());
            for (i, (name, forward)) in self.exports.iter().enumerate() {
                functions.extend(forward.map_or(0x1000, &mut put).to_le_bytes());
                names.extend(put(name).to_le_bytes());
                ordinals.extend((i as u16).to_le_bytes());
            }
            let head = [0, 0, 0, own, 1, count, count, tables, tables + count * 4, tables + count * 8];
            head.iter().for_each(|v| extra.extend(v.to_le_bytes()));
            [functions, names, ordinals, texts].iter().for_each(|t| extra.extend_from_slice(t));
            directories[0] = (start, at(&extra) - start);
        }
        if !self.tls_callbacks.is_empty() {
            pad(&mut extra);
            let list = at(&extra);
            self.tls_callbacks.iter().chain([&0]).for_each(|c| extra.extend(c.to_le_bytes()));
            directories[9] = (at(&extra), 40);
            [0, 0, 0, BASE + u64::from(list), 0].iter().for_each(|v| extra.extend(v.to_le_bytes()));
        }
        if !self.resources.is_empty() {
            pad(&mut extra);
            let root = at(&extra);
            let count = self.resources.len() as u32;
            // One directory of types, each with one leaf; then the leaves; then the data.
            let table = |extra: &mut Vec<u8>, ids: u16| {
                extra.extend([0; 14]);
                extra.extend(ids.to_le_bytes());
            };
            table(&mut extra, count as u16);
            let second = 16 + 8 * count;
            for (i, (kind, _)) in self.resources.iter().enumerate() {
                extra.extend(kind.to_le_bytes());
                extra.extend((0x8000_0000 | (second + 24 * i as u32)).to_le_bytes());
            }
            let leaves = second + 24 * count;
            for i in 0..count {
                table(&mut extra, 1);
                extra.extend(1u32.to_le_bytes());
                extra.extend((leaves + 16 * i).to_le_bytes());
            }
            let mut data_at = root + leaves + 16 * count;
            for (_, data) in &self.resources {
                [data_at, data.len() as u32, 0, 0].iter().for_each(|v| extra.extend(v.to_le_bytes()));
                data_at += data.len() as u32;
            }
            self.resources.iter().for_each(|(_, data)| extra.extend_from_slice(data));
            directories[2] = (root, at(&extra) - root);
        }
        if !extra.is_empty() {
            sections.push((*b".rdata\0\0", address, extra, 0x4000_0040));
        }

        let mut body = Vec::new();
        let mut table = Vec::new();
        for (name, address, data, flags) in &sections {
            let len = data.len().next_multiple_of(0x200);
            let offset = if data.is_empty() { 0 } else { 0x400 + body.len() as u32 };
            body.extend_from_slice(data);
            body.resize(body.len().next_multiple_of(0x200), 0);
            table.extend_from_slice(name);
            let memory = (data.len() as u32).max(0x1000);
            [memory, *address, len as u32, offset, 0, 0, 0, *flags].iter().for_each(|v| table.extend(v.to_le_bytes()));
        }
        let certificate_at = (0x400 + body.len() + self.overlay.len()).next_multiple_of(8);
        if !self.certificate.is_empty() {
            directories[4] = (certificate_at as u32, self.certificate.len() as u32);
        }
        let mut out = vec![0; 0x40];
        out[..2].copy_from_slice(b"MZ");
        out[0x3c] = 0x40;
        out.extend(b"PE\0\0");
        out.extend(0x8664u16.to_le_bytes());
        out.extend((sections.len() as u16).to_le_bytes());
        out.extend([0; 12]);
        out.extend(240u16.to_le_bytes());
        out.extend((if self.is_dll { 0x2022u16 } else { 0x22 }).to_le_bytes());
        let mut optional = vec![0; 112];
        optional[..2].copy_from_slice(&0x20bu16.to_le_bytes());
        optional[16..20].copy_from_slice(&self.entry.to_le_bytes());
        optional[24..32].copy_from_slice(&BASE.to_le_bytes());
        optional[32..36].copy_from_slice(&0x1000u32.to_le_bytes());
        optional[36..40].copy_from_slice(&0x200u32.to_le_bytes());
        optional[60..64].copy_from_slice(&0x400u32.to_le_bytes());
        optional[108..112].copy_from_slice(&16u32.to_le_bytes());
        out.extend(optional);
        directories.iter().for_each(|(a, l)| {
            out.extend(a.to_le_bytes());
            out.extend(l.to_le_bytes());
        });
        out.extend(table);
        out.resize(0x400, 0);
        out.extend(body);
        out.extend_from_slice(&self.overlay);
        if !self.certificate.is_empty() {
            out.resize(certificate_at, 0);
            out.extend_from_slice(&self.certificate);
        }
        out.extend_from_slice(&self.after_certificate);
        out
    }

    /// A `WIN_CERTIFICATE` around a PKCS #7 blob of `inner` bytes, followed by `trailing` inside of it.
    pub(crate) fn signature(inner: usize, trailing: &[u8]) -> Vec<u8> {
        let mut der = vec![0x30, 0x82, (inner >> 8) as u8, inner as u8];
        der.resize(4 + inner, 5);
        der.extend_from_slice(trailing);
        der.resize(der.len().next_multiple_of(8), 0);
        let mut out = (der.len() as u32 + 8).to_le_bytes().to_vec();
        out.extend([0, 2, 2, 0]);
        out.extend(der);
        out
    }
}
