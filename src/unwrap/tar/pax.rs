//! Extended headers (POSIX.1-2001 `pax`): records `LENGTH KEY=VALUE\n` that replace fields of the next header.

/// The records that matter here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pax<'a> {
    pub(super) path: Option<&'a [u8]>,
    pub(super) link: Option<&'a [u8]>,
    pub(super) size: Option<u64>,
    pub(super) sparse: Sparse<'a>,
    /// A key that decides about name or size and stands twice with different values.
    pub(super) twice: Option<&'static str>,
    /// What is wrong with the records, if something is.
    pub(super) error: Option<String>,
}

/// GNU's records about sparse files, versions 0.0, 0.1 and 1.0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sparse<'a> {
    pub(super) major: Option<u64>,
    pub(super) name: Option<&'a [u8]>,
    /// Size with the holes.
    pub(super) size: Option<u64>,
    /// 0.1: offsets and lengths in one record.
    pub(super) map: Option<&'a [u8]>,
    /// 0.0: offsets and lengths as repeated records, in order.
    pub(super) pieces: Vec<u64>,
}

impl Sparse<'_> {
    pub(super) fn is_some(&self) -> bool {
        self.major.is_some() || self.map.is_some() || !self.pieces.is_empty()
    }
}

fn decimal(bytes: &[u8]) -> Option<u64> {
    if bytes.is_empty() || bytes.len() > 20 {
        return None;
    }
    bytes.iter().try_fold(0_u64, |n, b| match b {
        b'0'..=b'9' => n.checked_mul(10)?.checked_add(u64::from(b - b'0')),
        _ => None,
    })
}

/// One record and what follows it.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let blank = memchr::memchr(b' ', bytes.get(..bytes.len().min(21))?)?;
    let len = usize::try_from(decimal(bytes.get(..blank)?)?).ok()?;
    let (record, rest) = bytes.split_at_checked(len)?;
    let body = record.get(blank + 1..)?.strip_suffix(b"\n")?;
    let equals = memchr::memchr(b'=', body)?;
    Some((body.get(..equals)?, body.get(equals + 1..)?, rest))
}

impl<'a> Pax<'a> {
    /// Reads the records; what comes before a broken one counts.
    pub(super) fn read(mut bytes: &'a [u8]) -> Self {
        let mut pax = Self::default();
        while !bytes.iter().all(|b| *b == 0) {
            let Some((key, value, rest)) = record(bytes) else {
                let shown = crate::model::finding::printable(bytes.get(..bytes.len().min(40)).unwrap_or_default());
                pax.error = Some(format!("a record of an extended header is malformed: {shown}"));
                break;
            };
            pax.note(key, value);
            bytes = rest;
        }
        pax
    }

    fn note(&mut self, key: &[u8], value: &'a [u8]) {
        let mut text = |slot: &mut Option<&'a [u8]>, key: &'static str| {
            // An empty value takes an earlier record back.
            let new = (!value.is_empty()).then_some(value);
            if slot.is_some_and(|old| new.is_some_and(|new| old != new)) {
                self.twice = Some(key);
            }
            *slot = new;
        };
        match key {
            // The `path` beside it is made up ("GNUSparseFile.0/name").
            b"GNU.sparse.name" => self.sparse.name = Some(value),
            b"path" => text(&mut self.path, "path"),
            b"linkpath" => text(&mut self.link, "linkpath"),
            b"size" => match decimal(value) {
                Some(size) => {
                    if self.size.is_some_and(|old| old != size) {
                        self.twice = Some("size");
                    }
                    self.size = Some(size);
                }
                None => self.error = Some("the size in an extended header is no number".to_owned()),
            },
            b"GNU.sparse.major" => self.sparse.major = decimal(value),
            b"GNU.sparse.size" | b"GNU.sparse.realsize" => self.sparse.size = decimal(value),
            b"GNU.sparse.map" => self.sparse.map = Some(value),
            b"GNU.sparse.offset" | b"GNU.sparse.numbytes" => self.sparse.pieces.extend(decimal(value)),
            _ => {}
        }
    }

    /// These records over those of a global header.
    pub(super) fn over(mut self, global: &Self) -> Self {
        self.path = self.path.or(global.path);
        self.link = self.link.or(global.link);
        self.size = self.size.or(global.size);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_by_their_length() {
        let pax = Pax::read(b"18 path=a=b\nc d/e\n13 size=1234\n20 comment=whatever\n");
        assert_eq!(pax.path, Some(&b"a=b\nc d/e"[..]));
        assert_eq!(pax.error, None);
        assert_eq!(pax.size, Some(1234));
    }

    #[test]
    fn broken_records_are_named_and_end_the_reading() {
        for bad in [
            &b"999 path=x\n"[..],
            b"x path=x\n",
            b"10 path=xyz",
            b"8 path x\n",
            b"0 path=x\n",
            b"18446744073709551616 a=b\n",
        ] {
            let mut bytes = b"12 path=abc\n".to_vec();
            bytes.extend(bad);
            let pax = Pax::read(&bytes);
            assert_eq!(pax.path, Some(&b"abc"[..]));
            assert!(pax.error.is_some(), "{bad:?}");
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_noticed() {
        assert_eq!(Pax::read(b"10 path=ab\n10 path=cd\n").twice, None, "lengths are wrong, so nothing was read");
        assert_eq!(Pax::read(b"11 path=ab\n11 path=cd\n").twice, Some("path"));
        assert_eq!(Pax::read(b"11 path=ab\n11 path=ab\n").twice, None);
    }

    #[test]
    fn local_records_win_over_global_ones() {
        let global = Pax::read(b"11 path=gg\n9 size=7\n");
        let local = Pax::read(b"11 path=ll\n").over(&global);
        assert_eq!((local.path, local.size), (Some(&b"ll"[..]), Some(7)));
    }
}
