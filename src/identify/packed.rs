//! Archives, compressed streams and disk images whose formats are known and not opened. What is told apart here becomes
//! a gap instead of bytes without a name: packed code that nobody looked into must not look clean.

use super::read::{at, be16, be32, le16, le32};

/// Formats whose mark stands at the start: the mark, and what the file is.
const STARTS: [(&[u8], &str); 27] = [
    (b"LRZI\0", "an lrzip stream"),
    (b"BZ3v1", "a bzip3 stream"),
    (b"\x89LZO\0\r\n\x1a\n", "an lzop stream"),
    (b"RZIP\x02", "an rzip stream"),
    (b"7kSt\xa01\x83\xd3\x8c\xb2(\xb0\xd3zPQ", "a zpaq archive"),
    (b"zPQ\x01", "a zpaq archive"),
    (b"zPQ\x02", "a zpaq archive"),
    (b"ArC\x01", "a FreeArc archive"),
    (b"**ACE**", "an ACE archive"),
    (b"UHA\x06", "a UHARC archive"),
    (b"MSWIM\0\0\0\xd0\0\0\0", "a Windows image (WIM, ESD)"),
    (b"QFI\xfb\0\0\0", "a QEMU disk image"),
    (b"KDMV", "a VMware disk image"),
    (b"COWD", "a VMware disk image"),
    (b"vhdxfile", "a Hyper-V disk image"),
    (b"conectix\0\0\0", "a virtual PC disk image"),
    (b"cxsparse", "a virtual PC disk image"),
    (b"E=\xcd(", "a cramfs image"),
    (b"(\xcd=E", "a cramfs image"),
    (b"-rom1fs-", "a romfs image"),
    (b"UBI#\x01\0\0\0", "a UBI image"),
    (b"1\x18\x10\x06", "a UBIFS image"),
    (b"\x27\x05\x19\x56", "a U-Boot image"),
    (b"flatpak\0\x01\0\x89\xe5", "a flatpak bundle"),
    (b"ostree.endianness\0", "an ostree delta"),
    (b"0.939000\n", "a Debian package of the format before 1995"),
    (b"ISc(", "an InstallShield cabinet"),
];

/// What bytes are, by fields of their header.
type Form = fn(&[u8]) -> Option<&'static str>;

/// Formats whose mark stands elsewhere.
const ELSEWHERE: [Form; 8] = [lzh, arj, vdi, ext, erofs, fat, hfs, jffs2];

/// What a file of a known format is that this version does not open.
#[must_use]
pub fn packed(bytes: &[u8]) -> Option<&'static str> {
    // A mark of letters alone occurs in texts, whose next bytes are letters too.
    let marked = STARTS.iter().find(|(mark, _)| bytes.len() >= 24 && bytes.starts_with(mark));
    marked
        .filter(|(mark, _)| mark.len() > 4 || bytes.iter().take(64).any(|b| *b < 9))
        .map(|(_, what)| *what)
        .or_else(|| ELSEWHERE.iter().find_map(|form| form(bytes)))
}

/// LHA: a header whose method is one of the known ones.
fn lzh(bytes: &[u8]) -> Option<&'static str> {
    let known = bytes.get(2..7)?;
    let method = [b"-lh0-", b"-lh1-", b"-lh4-", b"-lh5-", b"-lh6-", b"-lh7-", b"-lhd-", b"-lzs-", b"-lz4-", b"-lz5-"];
    let level = *bytes.get(20)?;
    (method.iter().any(|m| *m == known) && level <= 3).then_some("an LHA archive")
}

/// ARJ: a main header of a size that is allowed, whose own first header is shorter, and its type.
fn arj(bytes: &[u8]) -> Option<&'static str> {
    let (basic, first) = (le16(bytes, 2)?, u16::from(*bytes.get(4)?));
    let good = (30..=2600).contains(&basic) && (30..=basic).contains(&first) && bytes.get(10) == Some(&2);
    (bytes.starts_with(b"\x60\xea") && good).then_some("an ARJ archive")
}

/// VirtualBox and QEMU's images of its form: a line of text, then a signature.
fn vdi(bytes: &[u8]) -> Option<&'static str> {
    (le32(bytes, 0x40)? == 0xbeda_107f && bytes.starts_with(b"<<< ")).then_some("a VirtualBox disk image")
}

/// ext2, 3 and 4: the superblock's magic, a block size up to 64 KiB, and a state.
fn ext(bytes: &[u8]) -> Option<&'static str> {
    let good = le16(bytes, 0x438)? == 0xef53 && le32(bytes, 0x418)? <= 6 && le16(bytes, 0x43a)? <= 7;
    (good && le32(bytes, 0x400)? > 0 && le32(bytes, 0x404)? > 0).then_some("an ext2/3/4 file system")
}

fn erofs(bytes: &[u8]) -> Option<&'static str> {
    let block = *bytes.get(0x40c)?;
    (le32(bytes, 0x400)? == 0xe0f5_e1e2 && (9..=16).contains(&block)).then_some("an EROFS file system")
}

/// FAT: the mark of a boot sector, the name of the file system in its place, and a sector size that exists. A disk with
/// partitions has the same mark and one partition or more of a type and a size.
fn fat(bytes: &[u8]) -> Option<&'static str> {
    if !at(bytes, 510, b"\x55\xaa") {
        return None;
    }
    if at(bytes, 512, b"EFI PART") {
        return Some("a disk image");
    }
    let sector = le16(bytes, 11)?;
    if matches!(sector, 512 | 1024 | 2048 | 4096)
        && (at(bytes, 54, b"FAT1")
            || at(bytes, 82, b"FAT32   ")
            || at(bytes, 3, b"EXFAT   ")
            || at(bytes, 3, b"NTFS    "))
    {
        return Some("a FAT or NTFS file system");
    }
    let whole = |entry: usize| {
        let flag = bytes.get(entry).is_some_and(|f| matches!(f, 0 | 0x80));
        let sectors = le32(bytes, entry + 12).unwrap_or(0);
        flag && bytes.get(entry + 4).is_some_and(|kind| *kind != 0)
            && sectors > 0
            && u64::from(le32(bytes, entry + 8).unwrap_or(0)) * 512 < bytes.len() as u64
    };
    whole(446).then_some("a disk image")
}

/// HFS+ and HFSX: signature and version of the volume's header.
fn hfs(bytes: &[u8]) -> Option<&'static str> {
    let found = matches!((be16(bytes, 1024)?, be16(bytes, 1026)?), (0x482b, 4) | (0x4858, 5));
    (found && be32(bytes, 1024 + 40)?.is_power_of_two()).then_some("an HFS+ file system")
}

/// JFFS2: a node of a known type, in either byte order, of a length that fits, and another behind it.
fn jffs2(bytes: &[u8]) -> Option<&'static str> {
    let little = at(bytes, 0, b"\x85\x19");
    let node = |from: usize| {
        let order16 = if little { le16 } else { be16 };
        let order32 = if little { le32 } else { be32 };
        let known = order16(bytes, from)? == 0x1985
            && matches!(order16(bytes, from + 2)?, 0x2003 | 0x2004 | 0x2006 | 0xe001 | 0xe002 | 0xe008 | 0xe009);
        let len = usize::try_from(order32(bytes, from + 4)?).ok()?;
        (known && (12..1 << 20).contains(&len)).then(|| from + len.next_multiple_of(4))
    };
    node(0).and_then(node).map(|_| "a JFFS2 image")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(len: usize, parts: &[(usize, &[u8])]) -> Vec<u8> {
        let mut bytes = vec![0; len];
        for (from, part) in parts {
            bytes[*from..from + part.len()].copy_from_slice(part);
        }
        bytes
    }

    #[test]
    fn formats_are_told_by_their_marks() {
        for (mark, what) in STARTS {
            assert_eq!(packed(&filled(64, &[(0, mark)])), Some(what), "{what}");
            assert_eq!(packed(mark), None, "a mark alone is no file");
        }
        let lzh = filled(64, &[(0, b"\x29\x00-lh5-"), (20, b"\x01")]);
        assert_eq!(packed(&lzh), Some("an LHA archive"));
        let arj = filled(64, &[(0, b"\x60\xea\x2d\x00\x22"), (10, b"\x02")]);
        assert_eq!(packed(&arj), Some("an ARJ archive"));
        let vdi = filled(128, &[(0, b"<<< Oracle VM VirtualBox Disk Image >>>\n"), (0x40, b"\x7f\x10\xda\xbe")]);
        assert_eq!(packed(&vdi), Some("a VirtualBox disk image"));
        let ext = filled(2048, &[(0x400, b"\x10\0\0\0\x40\0\0\0"), (0x438, b"\x53\xef\x01\0")]);
        assert_eq!(packed(&ext), Some("an ext2/3/4 file system"));
        let erofs = filled(2048, &[(0x400, b"\xe2\xe1\xf5\xe0"), (0x40c, b"\x0c")]);
        assert_eq!(packed(&erofs), Some("an EROFS file system"));
        let fat = filled(1024, &[(11, b"\x00\x02"), (54, b"FAT12   "), (510, b"\x55\xaa")]);
        assert_eq!(packed(&fat), Some("a FAT or NTFS file system"));
        let disk = filled(4096, &[(446, b"\x80\0\0\0\x83\0\0\0\x02\0\0\0\x04\0\0\0"), (510, b"\x55\xaa")]);
        assert_eq!(packed(&disk), Some("a disk image"));
        let hfs = filled(2048, &[(1024, b"H+\0\x04"), (1064, b"\0\0\x10\0")]);
        assert_eq!(packed(&hfs), Some("an HFS+ file system"));
        let nodes = [&b"\x85\x19\x03\x20\x0c\0\0\0\0\0\0\0"[..], b"\x85\x19\x01\xe0\x2b\0\0\0"].concat();
        assert_eq!(packed(&nodes), Some("a JFFS2 image"));
    }

    #[test]
    fn texts_and_boot_sectors_are_none() {
        let texts: [&[u8]; 3] = [b"KDMV is a word, and so is COWD; neither is a disk", b"zPQ\x01", b"1\x18"];
        for text in texts {
            assert_eq!(packed(text), None, "{}", String::from_utf8_lossy(text));
        }
        // A boot sector without a partition.
        assert_eq!(packed(&filled(512, &[(510, b"\x55\xaa")])), None);
    }
}
