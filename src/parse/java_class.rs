//! The constant pool of a Java class: the names and literals that its code uses. One pass notes where each constant
//! begins; everything else is read when it is asked for.
//!
//! Specification: The Java Virtual Machine Specification, chapter 4.

use super::fields::Fields;
use crate::model::Gap;

/// Tags of constants.
const UTF8: u8 = 1;
const CLASS: u8 = 7;
const STRING: u8 = 8;
const METHOD: u8 = 10;
const INTERFACE_METHOD: u8 = 11;
const NAME_AND_TYPE: u8 = 12;

/// The constant pool of one class.
#[derive(Debug)]
pub(crate) struct Constants<'a> {
    fields: Fields<'a>,
    /// Where each constant's tag is, by index; 0 for the places that are none.
    places: Vec<u32>,
}

/// A method that is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Call<'a> {
    /// The class, as `java/lang/Runtime`.
    pub(crate) class: &'a [u8],
    /// The method.
    pub(crate) name: &'a [u8],
    /// Where the constant stands.
    pub(crate) offset: u64,
}

impl<'a> Constants<'a> {
    /// Walks the constant pool.
    ///
    /// # Errors
    /// `Malformed` when it breaks off or holds what is no constant. What comes before is given beside it.
    pub(crate) fn parse(bytes: &'a [u8]) -> (Self, Option<Gap>) {
        let fields = Fields::new(bytes, false);
        let count = fields.u16(8).unwrap_or(0);
        // A constant takes three bytes at least.
        let room = usize::from(count).min(bytes.len() / 3 + 1);
        let mut pool = Self { fields, places: Vec::with_capacity(room) };
        pool.places.push(0);
        let (mut at, mut index) = (10u64, 1u32);
        let mut broken = None;
        while index < u32::from(count) {
            let Some(tag) = fields.u8(at) else {
                broken = Some(format!("the class ends at constant {index} of {count}"));
                break;
            };
            let len = match tag {
                UTF8 => 2 + u64::from(fields.u16(at + 1).unwrap_or(0)),
                3 | 4 | 9..=12 | 17 | 18 => 4,
                5 | 6 => 8,
                CLASS | STRING | 16 | 19 | 20 => 2,
                15 => 3,
                other => {
                    broken = Some(format!("constant {index} of the class has the unknown tag {other}"));
                    break;
                }
            };
            if at + 1 + len > fields.len() {
                broken = Some(format!("the class ends inside constant {index} of {count}"));
                break;
            }
            pool.places.push(u32::try_from(at).unwrap_or(0));
            at += 1 + len;
            index += 1;
            // Eight-byte constants take two places.
            if matches!(tag, 5 | 6) {
                pool.places.push(0);
                index += 1;
            }
        }
        (pool, broken.map(Gap::malformed))
    }

    fn place(&self, index: u16, tag: u8) -> Option<u64> {
        let at = u64::from(*self.places.get(usize::from(index))?);
        (at != 0 && self.fields.u8(at)? == tag).then_some(at)
    }

    fn index(&self, at: u64) -> u16 {
        self.fields.u16(at).unwrap_or(0)
    }

    /// A name or literal in Java's own UTF-8.
    fn utf8(&self, index: u16) -> Option<&'a [u8]> {
        let at = self.place(index, UTF8)?;
        self.fields.range(at + 3, u64::from(self.fields.u16(at + 1)?))
    }

    fn tagged(&self, wanted: fn(u8) -> bool) -> impl Iterator<Item = u64> + '_ {
        let places = self.places.iter().map(|at| u64::from(*at)).filter(|at| *at != 0);
        places.filter(move |at| self.fields.u8(*at).is_some_and(wanted))
    }

    /// The methods that are called, in the order of the pool.
    pub(crate) fn calls(&self) -> impl Iterator<Item = Call<'a>> + '_ {
        self.tagged(|tag| matches!(tag, METHOD | INTERFACE_METHOD)).filter_map(|at| {
            let class = self.place(self.index(at + 1), CLASS)?;
            let name = self.place(self.index(at + 3), NAME_AND_TYPE)?;
            Some(Call { class: self.utf8(self.index(class + 1))?, name: self.utf8(self.index(name + 1))?, offset: at })
        })
    }

    /// The literals of the code, in Java's own UTF-8, in the order of the pool: no names of classes, methods or types.
    pub(crate) fn literals(&self) -> impl Iterator<Item = &'a [u8]> + '_ {
        self.tagged(|tag| tag == STRING).filter_map(|at| self.utf8(self.index(at + 1)))
    }
}

/// The characters of Java's own UTF-8: NUL is two bytes, characters beyond U+FFFF are two surrogates of three bytes.
pub(crate) fn chars(bytes: &[u8]) -> impl Iterator<Item = char> + '_ {
    let mut rest = bytes.iter().copied();
    let units = std::iter::from_fn(move || {
        let first = rest.next()?;
        let mut more = || u16::from(rest.next().unwrap_or(0) & 0x3f);
        Some(match first {
            0xc0..=0xdf => u16::from(first & 0x1f) << 6 | more(),
            0xe0..=0xef => u16::from(first & 0x0f) << 12 | more() << 6 | more(),
            other => u16::from(other),
        })
    });
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}'))
}

#[cfg(test)]
pub(crate) mod testing {
    /// Writes the constant pool of a class.
    pub(crate) struct ClassBuilder {
        count: u16,
        bytes: Vec<u8>,
    }

    impl ClassBuilder {
        pub(crate) fn new() -> Self {
            Self { count: 1, bytes: Vec::new() }
        }

        fn add(&mut self, tag: u8, body: &[u8]) -> u16 {
            self.bytes.push(tag);
            self.bytes.extend_from_slice(body);
            self.count += 1;
            self.count - 1
        }

        pub(crate) fn utf8(&mut self, text: &[u8]) -> u16 {
            let body = [&(text.len() as u16).to_be_bytes()[..], text].concat();
            self.add(1, &body)
        }

        pub(crate) fn literal(&mut self, text: &[u8]) -> u16 {
            let index = self.utf8(text).to_be_bytes();
            self.add(8, &index)
        }

        pub(crate) fn long(&mut self) {
            self.add(5, &[0; 8]);
            self.count += 1;
        }

        pub(crate) fn call(&mut self, class: &str, name: &str) {
            let class = self.utf8(class.as_bytes()).to_be_bytes();
            let class = self.add(7, &class);
            let [name, kind] = [name, "()V"].map(|t| self.utf8(t.as_bytes()).to_be_bytes());
            let name = self.add(12, &[name, kind].concat());
            self.add(10, &[class.to_be_bytes(), name.to_be_bytes()].concat());
        }

        pub(crate) fn build(&self) -> Vec<u8> {
            let head = [&b"\xca\xfe\xba\xbe\0\0\0\x34"[..], &self.count.to_be_bytes()];
            [&head.concat()[..], &self.bytes, &[0; 14]].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::ClassBuilder;
    use super::*;

    #[test]
    fn calls_and_literals_are_read() {
        let mut class = ClassBuilder::new();
        class.utf8(b"unused");
        class.long();
        class.call("java/lang/Runtime", "exec");
        class.literal(b"curl");
        let bytes = class.build();
        let (pool, gap) = Constants::parse(&bytes);
        assert_eq!(gap, None);
        let calls: Vec<_> = pool.calls().map(|c| (c.class, c.name)).collect();
        assert_eq!(calls, [(&b"java/lang/Runtime"[..], &b"exec"[..])]);
        assert_eq!(pool.literals().collect::<Vec<_>>(), [b"curl"]);
        for cut in 10..bytes.len() - 14 {
            let (pool, gap) = Constants::parse(&bytes[..cut]);
            assert!(gap.is_some(), "{cut}");
            assert!(pool.calls().count() + pool.literals().count() <= 1);
        }
    }

    #[test]
    fn indices_that_point_elsewhere_give_nothing() {
        // A string that points at itself, and a method whose class is a string.
        let bytes = b"\xca\xfe\xba\xbe\0\0\0\x34\0\x03\x08\0\x01\x0a\0\x01\xff\xff";
        let (pool, gap) = Constants::parse(bytes);
        assert_eq!(gap, None);
        assert_eq!(pool.calls().count() + pool.literals().count(), 0);
        let (_, gap) = Constants::parse(b"\xca\xfe\xba\xbe\0\0\0\x34\0\x03\x63");
        assert!(gap.unwrap().detail.contains("unknown tag 99"));
    }

    #[test]
    fn javas_own_utf8_is_decoded() {
        assert_eq!(chars(b"a\xc0\x80\xc3\xa4\xe2\x82\xac").collect::<String>(), "a\0\u{e4}\u{20ac}");
        assert_eq!(chars(b"\xed\xa0\xbd\xed\xb8\x80").collect::<String>(), "\u{1f600}");
        assert_eq!(chars(b"\xed\xa0\xbd\xe2").collect::<String>(), "\u{fffd}\u{2000}");
    }
}
