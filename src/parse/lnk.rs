//! Shortcuts of Windows: what they start, with which arguments, and what they show.
//!
//! Source: [MS-SHLLINK], Shell Link (.LNK) Binary File Format. A header of 76 bytes; then, as its flags say, a list of
//! item ids, the place of the target, and texts (a 16-bit count of characters each); then blocks of extra data up to one
//! that is shorter than 4 bytes. Lengths are in bytes, texts in UTF-16 when a flag says so.

use super::fields::Fields;

/// Size of the header, and the identifier that follows it.
const MAGIC: &[u8] = &[0x4c, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
const HEADER: u64 = 76;
/// Where the flags stand.
const FLAGS: u64 = 20;
/// Flags.
const HAS_IDS: u32 = 1;
const HAS_PLACE: u32 = 1 << 1;
const HAS_NAME: u32 = 1 << 2;
const HAS_RELATIVE: u32 = 1 << 3;
const HAS_FOLDER: u32 = 1 << 4;
const HAS_ARGUMENTS: u32 = 1 << 5;
const HAS_ICON: u32 = 1 << 6;
const IS_UNICODE: u32 = 1 << 7;
const NO_PLACE: u32 = 1 << 8;
/// Longest text that is kept, in bytes as it stands. Windows itself cuts at 64 KiB.
const LONGEST: u64 = 128 << 10;
/// Most blocks of extra data; what stands behind them is looked at as what follows the shortcut.
const MOST: usize = 256;
/// The block that names the target with variables of the environment, and its length.
const ENVIRONMENT: u32 = 0xa000_0001;
const ENVIRONMENT_UNICODE: u64 = 8 + 260;

/// A shortcut.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Shortcut {
    /// What may be started: the paths that it tells, each once. Which of them counts when they disagree is up to Windows.
    pub(crate) targets: Vec<String>,
    /// The arguments, as they stand.
    pub(crate) arguments: String,
    /// The file that the icon is taken from.
    pub(crate) icon: String,
    /// Where what follows the shortcut begins, when something does.
    pub(crate) behind: Option<u64>,
    /// Whether the file ends before all is read that it announces.
    pub(crate) is_cut: bool,
}

/// Whether bytes begin as a shortcut does.
#[must_use]
pub(crate) fn is_shortcut(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Reads a shortcut; `None` when it is none.
#[must_use]
pub(crate) fn read(bytes: &[u8]) -> Option<Shortcut> {
    if !is_shortcut(bytes) {
        return None;
    }
    let fields = Fields::new(bytes, true);
    let mut read = Shortcut::default();
    if parts(&fields, &mut read).is_none() {
        read.is_cut = true;
    }
    Some(read)
}

fn parts(fields: &Fields<'_>, read: &mut Shortcut) -> Option<()> {
    let flags = fields.u32(FLAGS)?;
    let mut at = HEADER;
    let mut by_ids = String::new();
    if flags & HAS_IDS != 0 {
        let len = u64::from(fields.u16(at)?);
        by_ids = items(fields, at + 2, len);
        at += 2 + len;
    }
    let mut by_place = String::new();
    if flags & HAS_PLACE != 0 {
        let len = u64::from(fields.u32(at)?);
        if flags & NO_PLACE == 0 {
            by_place = place(&fields.inner(fields.range(at, len)?)).unwrap_or_default();
        }
        at += len.max(4);
    }
    let unicode = flags & IS_UNICODE != 0;
    let (mut name, mut relative, mut folder) = (String::new(), String::new(), String::new());
    for (flag, to) in [
        (HAS_NAME, &mut name),
        (HAS_RELATIVE, &mut relative),
        (HAS_FOLDER, &mut folder),
        (HAS_ARGUMENTS, &mut read.arguments),
        (HAS_ICON, &mut read.icon),
    ] {
        if flags & flag != 0 {
            let len = u64::from(fields.u16(at)?) * if unicode { 2 } else { 1 };
            *to = text(fields.available(at + 2, len.min(LONGEST)), unicode);
            fields.range(at + 2, len)?;
            at += 2 + len;
        }
    }
    let mut by_environment = String::new();
    for _ in 0..MOST {
        // Some writers leave the last, empty block away; less than a length is none.
        if at >= fields.len() {
            break;
        }
        let len = u64::from(fields.u32(at)?);
        if len < 8 {
            at += 4;
            break;
        }
        let block = fields.inner(fields.range(at, len)?);
        if block.u32(4) == Some(ENVIRONMENT) {
            by_environment = text(block.available(ENVIRONMENT_UNICODE, 520), true);
            if by_environment.is_empty() {
                by_environment = text(block.available(8, 260), false);
            }
        }
        at += len;
    }
    read.behind = (at < fields.len()).then_some(at);
    for target in [by_ids, by_environment, by_place, relative].iter().map(|t| t.trim()).filter(|t| !t.is_empty()) {
        if !read.targets.iter().any(|known| known.eq_ignore_ascii_case(target)) {
            read.targets.push(target.to_owned());
        }
    }
    Some(())
}

/// The path that a list of item ids spells.
fn items(fields: &Fields<'_>, start: u64, len: u64) -> String {
    let end = start.saturating_add(len);
    let (mut at, mut path) = (start, String::new());
    // No bound but the list's length, which is less than 64 KiB: what stands behind many items is started all the same.
    while let Some(size) = fields.u16(at).map(u64::from).filter(|s| *s >= 3 && at + s <= end) {
        match fields.u8(at + 2).unwrap_or_default() & 0x70 {
            // A drive.
            0x20 => path = text(fields.available(at + 3, (size - 3).min(20)), false).trim_end_matches('\\').to_owned(),
            // A folder or file: its short name; the long one stands in an extension at the end, whose place it names.
            0x30 => {
                let short = text(fields.available(at + 14, size.saturating_sub(14)), false);
                let long = long_name(&fields.inner(fields.available(at, size)));
                if !path.is_empty() {
                    path.push('\\');
                }
                path.push_str(long.as_deref().unwrap_or(&short));
            }
            _ => {}
        }
        at += size;
    }
    path
}

/// The long name in the extension of an item: its place stands in the item's last two bytes.
fn long_name(item: &Fields<'_>) -> Option<String> {
    let at = u64::from(item.u16(item.len().checked_sub(2)?)?);
    let version = item.u16(at + 2)?;
    if item.u32(at + 4)? != 0xbeef_0004 || version < 3 {
        return None;
    }
    let skip = match version {
        3 => 20,
        7 => 38,
        8 => 42,
        9.. => 46,
        _ => return None,
    };
    let long = text(item.available(at + skip, LONGEST), true);
    (!long.is_empty()).then_some(long)
}

/// The path in the place of a target: on a drive, or on a server.
fn place(fields: &Fields<'_>) -> Option<String> {
    let (header, flags) = (fields.u32(4)?, fields.u32(8)?);
    let ansi = |at: u64| fields.u32(at).map(u64::from).filter(|at| *at > 0).and_then(|at| fields.text(at, LONGEST));
    let wide = |at: u64| {
        let at = fields.u32(at).map(u64::from).filter(|at| *at > 0 && header >= 0x24)?;
        Some(text(fields.available(at, LONGEST), true)).filter(|t| !t.is_empty())
    };
    let plain = |bytes: Option<&[u8]>| bytes.map(|b| text(b, false)).unwrap_or_default();
    let suffix = wide(32).unwrap_or_else(|| plain(ansi(24)));
    let base = if flags & 1 != 0 {
        wide(28).unwrap_or_else(|| plain(ansi(16)))
    } else {
        let network = u64::from(fields.u32(20)?);
        let name = u64::from(fields.u32(network + 8)?);
        let server = plain(fields.text(network + name, LONGEST));
        if suffix.is_empty() || server.is_empty() { server } else { format!("{server}\\") }
    };
    Some(format!("{base}{suffix}"))
}

/// Bytes up to the first zero as text.
fn text(bytes: &[u8], unicode: bool) -> String {
    if unicode {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|c| c.iter().rev().fold(0u16, |n, b| n << 8 | u16::from(*b)))
            .take_while(|u| *u != 0)
            .collect();
        String::from_utf16_lossy(&units)
    } else {
        bytes.iter().take_while(|b| **b != 0).map(|b| char::from(*b)).collect()
    }
}

/// A shortcut as bytes, for tests.
#[cfg(test)]
pub(crate) fn build(target: &str, arguments: &str, icon: &str) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let flags = HAS_PLACE | HAS_ARGUMENTS | HAS_ICON | IS_UNICODE;
    out.extend(flags.to_le_bytes());
    out.resize(HEADER as usize, 0);
    let mut info: Vec<u8> = Vec::new();
    let total = 0x1c + target.len() as u32 + 2;
    for n in [total, 0x1c, 1, 0, 0x1c, 0, 0x1c + target.len() as u32 + 1] {
        info.extend(n.to_le_bytes());
    }
    info.extend(target.as_bytes());
    info.extend([0, 0]);
    out.extend(info);
    for part in [arguments, icon] {
        let units: Vec<u16> = part.encode_utf16().collect();
        out.extend((units.len() as u16).to_le_bytes());
        out.extend(units.iter().flat_map(|u| u.to_le_bytes()));
    }
    out.extend([0; 4]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_started_and_shown_is_read() {
        let mut bytes = build("C:\\Windows\\System32\\cmd.exe", "/c echo hi", "C:\\a\\report.pdf");
        let whole = read(&bytes).unwrap();
        assert_eq!(whole.targets, ["C:\\Windows\\System32\\cmd.exe"]);
        assert_eq!((whole.arguments.as_str(), whole.icon.as_str()), ("/c echo hi", "C:\\a\\report.pdf"));
        assert!(!whole.is_cut && whole.behind.is_none());
        let end = bytes.len() as u64;
        bytes.extend(b"MZ and more");
        assert_eq!(read(&bytes).unwrap().behind, Some(end));
        assert!(read(b"L\0\0\0\x01\x14").is_none());
    }

    #[test]
    fn every_prefix_and_every_changed_byte_ends() {
        let bytes = build("C:\\x\\powershell.exe", "-enc AAAA", "x.ico");
        for len in 0..bytes.len() {
            let read = read(bytes.get(..len).unwrap());
            assert!(read.is_none_or(|r| r.is_cut || r.behind.is_none()));
        }
        for at in MAGIC.len()..bytes.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut changed = bytes.clone();
                *changed.get_mut(at).unwrap() = value;
                let _ = read(&changed);
            }
        }
    }

    #[test]
    fn items_spell_a_path() {
        let mut item = vec![0, 0, 0x32, 0];
        item.resize(14, 0);
        item.extend(b"CMD~1.EXE\0");
        let size = item.len() as u16;
        item.splice(0..2, size.to_le_bytes());
        let mut list = vec![0x19, 0, 0x2f];
        list.extend(b"C:\\\0");
        list.resize(0x19, 0);
        list.extend(item);
        let fields = Fields::new(&list, true);
        assert_eq!(items(&fields, 0, list.len() as u64), "C:\\CMD~1.EXE");
    }
}
