//! The reader: one loop, an explicit stack of what is open, and one pile of finished objects that wait for the group
//! they belong to.

use super::{Broken, Code, DEPTH_MAX, Group, Id, Layout, Marshal, OBJECTS_MAX, Object};
use crate::parse::fields::Fields;

/// A field of a code object, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// A number that is of use here.
    Arguments,
    KeywordOnly,
    Flags,
    /// A number that is not.
    Number,
    /// An object that is of use here.
    Bytecode,
    Constants,
    Names,
    Locals,
    Free,
    Cells,
    File,
    Name,
    Exceptions,
    /// An object that is not.
    Other,
}

impl Field {
    fn is_number(self) -> bool {
        matches!(self, Self::Arguments | Self::KeywordOnly | Self::Flags | Self::Number)
    }
}

impl Layout {
    fn fields(self) -> &'static [Field] {
        use Field::{
            Arguments, Bytecode, Cells, Constants, Exceptions, File, Flags, Free, KeywordOnly, Locals, Name, Names,
            Number, Other,
        };
        match self {
            Self::Two => &[
                Arguments, Number, Number, Flags, Bytecode, Constants, Names, Locals, Free, Cells, File, Name, Number,
                Other,
            ],
            Self::Three => &[
                Arguments,
                KeywordOnly,
                Number,
                Number,
                Flags,
                Bytecode,
                Constants,
                Names,
                Locals,
                Free,
                Cells,
                File,
                Name,
                Number,
                Other,
            ],
            Self::PositionalOnly => &[
                Arguments,
                Number,
                KeywordOnly,
                Number,
                Number,
                Flags,
                Bytecode,
                Constants,
                Names,
                Locals,
                Free,
                Cells,
                File,
                Name,
                Number,
                Other,
            ],
            Self::LocalsPlus => &[
                Arguments,
                Number,
                KeywordOnly,
                Number,
                Flags,
                Bytecode,
                Constants,
                Names,
                Locals,
                Other,
                File,
                Name,
                Other,
                Number,
                Other,
                Exceptions,
            ],
        }
    }
}

/// What is open.
enum Open {
    /// A group of known size.
    Group(Group),
    /// A dict: ends with a missing key.
    Dict,
    /// A code object: its place, and the field that comes next.
    Code(usize, usize),
}

struct Frame {
    id: Id,
    open: Open,
    /// Where its finished objects begin on the pile.
    start: usize,
    /// Objects that are still to come, for groups of known size.
    left: u32,
}

/// What one step of reading gave.
enum Step {
    /// An object is finished.
    Finished(Id),
    /// One was begun; its content follows.
    Begun,
}

struct Reader<'a> {
    fields: Fields<'a>,
    at: u64,
    layout: Layout,
    out: Marshal<'a>,
    remembered: Vec<Id>,
    /// Python 2's own table of interned texts.
    interned: Vec<Id>,
    stack: Vec<Frame>,
    pile: Vec<Id>,
}

/// Reads one object. What was read before an error is kept, unfinished groups and code objects too.
pub(crate) fn read(bytes: &[u8], layout: Layout) -> Marshal<'_> {
    let objects =
        vec![Object::Missing, Object::None, Object::False, Object::True, Object::Ellipsis, Object::StopIteration];
    let out = Marshal { objects, items: Vec::new(), codes: Vec::new(), root: Id::MISSING, used: 0, broken: None };
    let mut reader = Reader {
        fields: Fields::new(bytes, true),
        at: 0,
        layout,
        out,
        remembered: Vec::new(),
        interned: Vec::new(),
        stack: Vec::new(),
        pile: Vec::new(),
    };
    let broken = reader.run().err();
    let mut last = Id::MISSING;
    while let Some(frame) = reader.stack.pop() {
        last = frame.id;
        reader.finish(&frame);
        reader.pile.push(last);
    }
    if broken.is_some() {
        reader.out.root = last;
    }
    reader.out.used = usize::try_from(reader.at).unwrap_or(usize::MAX).min(bytes.len());
    reader.out.broken = broken;
    reader.out
}

impl<'a> Reader<'a> {
    fn run(&mut self) -> Result<(), Broken> {
        loop {
            let Step::Finished(mut done) = self.object()? else { continue };
            // A finished object may finish what it stands in, and so on.
            loop {
                let Some(frame) = self.stack.last_mut() else {
                    self.out.root = done;
                    return Ok(());
                };
                let ends_dict = matches!(frame.open, Open::Dict)
                    && done == Id::MISSING
                    && (self.pile.len() - frame.start).is_multiple_of(2);
                if !ends_dict {
                    self.pile.push(done);
                }
                let complete = match &mut frame.open {
                    Open::Group(_) => {
                        frame.left = frame.left.saturating_sub(1);
                        frame.left == 0
                    }
                    Open::Dict => ends_dict,
                    Open::Code(code, next) => {
                        *next += 1;
                        let (code, next) = (*code, *next);
                        let next = self.numbers(code, next)?;
                        if let Some(Frame { open: Open::Code(_, place), .. }) = self.stack.last_mut() {
                            *place = next;
                        }
                        next >= self.layout.fields().len()
                    }
                };
                if !complete {
                    break;
                }
                let Some(frame) = self.stack.pop() else { break };
                self.finish(&frame);
                done = frame.id;
            }
        }
    }

    /// Reads the numbers of a code object from field `next` on, and gives the place of the next object.
    fn numbers(&mut self, code: usize, mut next: usize) -> Result<usize, Broken> {
        while let Some(field) = self.layout.fields().get(next).filter(|f| f.is_number()) {
            let value = self.word()?;
            if let Some(code) = self.out.codes.get_mut(code) {
                match field {
                    Field::Arguments => code.arguments = value,
                    Field::KeywordOnly => code.keyword_only = value,
                    Field::Flags => code.flags = value,
                    _ => {}
                }
            }
            next += 1;
        }
        Ok(next)
    }

    /// Takes the objects of a frame from the pile and puts them where they belong.
    fn finish(&mut self, frame: &Frame) {
        let start = frame.start.min(self.pile.len());
        let object = match frame.open {
            Open::Group(group) => self.group(group, start),
            Open::Dict => self.group(Group::Dict, start),
            Open::Code(code, _) => {
                let wanted = self.layout.fields().iter().filter(|f| !f.is_number());
                if let Some(code) = self.out.codes.get_mut(code) {
                    for (field, id) in wanted.zip(self.pile.drain(start..)) {
                        match field {
                            Field::Bytecode => code.bytecode = id,
                            Field::Constants => code.constants = id,
                            Field::Names => code.names = id,
                            Field::Locals => code.locals = id,
                            Field::Free => code.free = id,
                            Field::Cells => code.cells = id,
                            Field::File => code.file = id,
                            Field::Name => code.name = id,
                            Field::Exceptions => code.exceptions = id,
                            _ => {}
                        }
                    }
                }
                return;
            }
        };
        if let Some(place) = self.out.objects.get_mut(frame.id.0 as usize) {
            *place = object;
        }
    }

    fn group(&mut self, group: Group, start: usize) -> Object<'a> {
        let first = u32::try_from(self.out.items.len()).unwrap_or(u32::MAX);
        self.out.items.extend(self.pile.drain(start..));
        let len = u32::try_from(self.out.items.len()).unwrap_or(u32::MAX).saturating_sub(first);
        Object::Group(group, first, len)
    }

    fn broken<T>(&self, what: impl Into<String>) -> Result<T, Broken> {
        Err(Broken { at: usize::try_from(self.at).unwrap_or(usize::MAX), what: what.into(), limit: false })
    }

    fn limit<T>(&self, what: impl Into<String>) -> Result<T, Broken> {
        Err(Broken { at: usize::try_from(self.at).unwrap_or(usize::MAX), what: what.into(), limit: true })
    }

    fn take(&mut self, len: u64) -> Result<&'a [u8], Broken> {
        match self.fields.range(self.at, len) {
            Some(bytes) => {
                self.at += len;
                Ok(bytes)
            }
            None => self.broken(format!("{len} bytes are not there")),
        }
    }

    fn byte(&mut self) -> Result<u8, Broken> {
        Ok(self.take(1)?.first().copied().unwrap_or(0))
    }

    fn word(&mut self) -> Result<u32, Broken> {
        Ok(self.take(4)?.first_chunk().map_or(0, |b| u32::from_le_bytes(*b)))
    }

    fn float(&mut self) -> Result<f64, Broken> {
        Ok(self.take(8)?.first_chunk().map_or(0.0, |b| f64::from_le_bytes(*b)))
    }

    fn float_text(&mut self) -> Result<f64, Broken> {
        let len = self.byte()?;
        let text = self.take(u64::from(len))?;
        let value = std::str::from_utf8(text).ok().and_then(|t| t.trim().parse().ok());
        value.map_or_else(|| self.broken("a number that is none"), Ok)
    }

    fn add(&mut self, object: Object<'a>) -> Result<Id, Broken> {
        if self.out.objects.len() >= OBJECTS_MAX {
            return self.limit(format!("more than {OBJECTS_MAX} objects"));
        }
        let id = u32::try_from(self.out.objects.len()).unwrap_or(0);
        self.out.objects.push(object);
        Ok(Id(id))
    }

    /// Opens a group of `count` objects.
    fn begin(&mut self, group: Group, count: u32, remember: bool) -> Result<Step, Broken> {
        // Each object takes a byte at least.
        if u64::from(count) > self.fields.len().saturating_sub(self.at) {
            return self.broken(format!("{count} objects do not fit"));
        }
        let id = self.add(Object::Group(group, 0, 0))?;
        if remember {
            self.remembered.push(id);
        }
        if count == 0 {
            return Ok(Step::Finished(id));
        }
        self.open(Frame { id, open: Open::Group(group), start: self.pile.len(), left: count })
    }

    fn open(&mut self, frame: Frame) -> Result<Step, Broken> {
        if self.stack.len() >= DEPTH_MAX {
            return self.broken(format!("more than {DEPTH_MAX} objects inside one another"));
        }
        self.stack.push(frame);
        Ok(Step::Begun)
    }

    /// Reads an object, or the beginning of one that holds others.
    fn object(&mut self) -> Result<Step, Broken> {
        let at = self.at;
        let head = self.byte()?;
        let remember = head & 0x80 != 0;
        let finished = match head & 0x7f {
            b'0' => return Ok(Step::Finished(Id::MISSING)),
            b'N' => return Ok(Step::Finished(Id::NONE)),
            b'F' => return Ok(Step::Finished(Id::FALSE)),
            b'T' => return Ok(Step::Finished(Id::TRUE)),
            b'.' => return Ok(Step::Finished(Id::ELLIPSIS)),
            b'S' => return Ok(Step::Finished(Id::STOP)),
            b'r' => {
                let index = self.word()?;
                return match self.remembered.get(index as usize) {
                    Some(id) => Ok(Step::Finished(*id)),
                    None => self.broken(format!("refers to object {index}, which was not there yet")),
                };
            }
            b'R' => {
                let index = self.word()?;
                return match self.interned.get(index as usize) {
                    Some(id) => Ok(Step::Finished(*id)),
                    None => self.broken(format!("refers to text {index}, which was not there yet")),
                };
            }
            b'i' => Object::Int(i64::from(self.word()?.cast_signed())),
            b'I' => Object::Int(self.take(8)?.first_chunk().map_or(0, |b| i64::from_le_bytes(*b))),
            b'l' => {
                let count = self.word()?.cast_signed();
                let digits = self.take(u64::from(count.unsigned_abs()) * 2)?;
                Object::Long { negative: count < 0, digits }
            }
            b'f' => Object::Float(self.float_text()?),
            b'g' => Object::Float(self.float()?),
            b'x' => Object::Complex(self.float_text()?, self.float_text()?),
            b'y' => Object::Complex(self.float()?, self.float()?),
            b's' => {
                let len = self.word()?;
                Object::Bytes(self.take(u64::from(len))?)
            }
            kind @ (b'u' | b'a' | b'A' | b't') => {
                let len = self.word()?;
                let text = Object::Text(self.take(u64::from(len))?);
                if kind == b't' && self.layout == Layout::Two {
                    let id = self.add(text)?;
                    self.interned.push(id);
                    return Ok(Step::Finished(id));
                }
                text
            }
            b'z' | b'Z' => {
                let len = self.byte()?;
                Object::Text(self.take(u64::from(len))?)
            }
            kind @ (b')' | b'(' | b'[' | b'<' | b'>' | b':') => {
                let (group, count) = match kind {
                    b')' => (Group::Tuple, u32::from(self.byte()?)),
                    b'(' => (Group::Tuple, self.word()?),
                    b'[' => (Group::List, self.word()?),
                    b'<' => (Group::Set, self.word()?),
                    b'>' => (Group::FrozenSet, self.word()?),
                    _ => (Group::Slice, 3),
                };
                return self.begin(group, count, remember);
            }
            b'{' => {
                let id = self.add(Object::Group(Group::Dict, 0, 0))?;
                if remember {
                    self.remembered.push(id);
                }
                return self.open(Frame { id, open: Open::Dict, start: self.pile.len(), left: 0 });
            }
            b'c' => {
                let code = self.out.codes.len();
                let id = self.add(Object::Code(u32::try_from(code).unwrap_or(u32::MAX)))?;
                if remember {
                    self.remembered.push(id);
                }
                self.out.codes.push(Code::EMPTY);
                let next = self.numbers(code, 0)?;
                return self.open(Frame { id, open: Open::Code(code, next), start: self.pile.len(), left: 0 });
            }
            other => {
                self.at = at;
                return self.broken(format!("no object begins with 0x{other:02x}"));
            }
        };
        let id = self.add(finished)?;
        if remember {
            self.remembered.push(id);
        }
        Ok(Step::Finished(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(bytes: &[u8]) -> Marshal<'_> {
        let read = read(bytes, Layout::LocalsPlus);
        assert_eq!(read.broken, None);
        assert_eq!(read.used, bytes.len());
        read
    }

    #[test]
    fn every_simple_object() {
        let read = whole(b"(\x0c\0\0\0NTF.S0i\xfe\xff\xff\xffg\0\0\0\0\0\0\xf8?s\x02\0\0\0\x00\xffz\x02hiu\x03\0\0\0\xe2\x82\xacl\xfe\xff\xff\xff\x01\0\x02\0");
        let seen: Vec<_> = read.items(read.root).iter().map(|id| read.object(*id)).collect();
        assert_eq!(
            seen,
            [
                Object::None,
                Object::True,
                Object::False,
                Object::Ellipsis,
                Object::StopIteration,
                Object::Missing,
                Object::Int(-2),
                Object::Float(1.5),
                Object::Bytes(&[0, 0xff]),
                Object::Text(b"hi"),
                Object::Text("\u{20ac}".as_bytes()),
                Object::Long { negative: true, digits: &[1, 0, 2, 0] },
            ]
        );
    }

    #[test]
    fn references_name_the_same_object() {
        // ('ab', 'ab', {'ab': ()}), remembered from the outside in.
        let read = whole(b"\xa9\x03\xda\x02abr\x01\0\0\0{r\x01\0\0\0)\x000");
        let items = read.items(read.root);
        assert_eq!(items.first(), items.get(1));
        assert_eq!(read.items(read.item(read.root, 2)).len(), 2);
        // A list that holds itself is one object.
        let own = whole(b"\xdb\x01\0\0\0r\0\0\0\0");
        assert_eq!(own.items(own.root), [own.root]);
    }

    #[test]
    fn code_objects_of_each_layout() {
        let code = |numbers: usize, objects: &[&[u8]], after_name: usize| {
            let mut bytes = vec![b'c'];
            for n in 0..numbers {
                bytes.extend(u32::try_from(n + 1).unwrap().to_le_bytes());
            }
            for (i, object) in objects.iter().enumerate() {
                if i == after_name {
                    bytes.extend([7, 0, 0, 0]);
                }
                bytes.extend(*object);
            }
            bytes
        };
        let (empty, name): (&[u8], &[u8]) = (b")\0", b"z\x01f");
        let old = [&b"s\x02\0\0\0d\0"[..], b")\x01N", empty, empty, empty, empty, name, name, b"s\0\0\0\0"];
        let new = [
            &b"s\x02\0\0\0d\0"[..],
            b")\x01N",
            empty,
            empty,
            b"s\0\0\0\0",
            name,
            name,
            name,
            b"s\0\0\0\0",
            b"s\x01\0\0\0e",
        ];
        let cases = [
            (Layout::Two, code(4, &old, 8), 4, 0),
            (Layout::Three, code(5, &old, 8), 5, 2),
            (Layout::PositionalOnly, code(6, &old, 8), 6, 3),
            (Layout::LocalsPlus, code(5, &new, 8), 5, 3),
        ];
        for (layout, bytes, flags, keyword_only) in cases {
            let read = read(&bytes, layout);
            assert_eq!((read.broken.clone(), read.used), (None, bytes.len()), "{layout:?}");
            assert_eq!(read.object(read.root), Object::Code(0));
            let code = read.codes[0];
            assert_eq!((code.arguments, code.keyword_only, code.flags), (1, keyword_only, flags), "{layout:?}");
            assert_eq!(read.bytes(code.bytecode), b"d\0");
            assert_eq!(read.text(code.name), Some(&b"f"[..]));
            assert_eq!(read.items(code.constants).len(), 1);
            assert_eq!(read.bytes(code.exceptions), if layout == Layout::LocalsPlus { &b"e"[..] } else { b"" });
        }
    }

    #[test]
    fn what_came_before_an_error_is_kept() {
        let read = read(b")\x03z\x02ab)\x02z\x01cX", Layout::Three);
        let broken = read.broken.clone().unwrap();
        assert_eq!((broken.at, broken.limit), (11, false), "{}", broken.what);
        assert_eq!(read.text(read.item(read.root, 0)), Some(&b"ab"[..]));
        assert_eq!(read.items(read.item(read.root, 1)).len(), 1);
    }

    #[test]
    fn hostile_counts_and_depths_end() {
        for bytes in [&b"(\xff\xff\xff\xff"[..], b"s\xff\xff\xff\x7f", b"l\0\0\0\x80", b"r\0\0\0\0", b"", b"{"] {
            assert!(read(bytes, Layout::LocalsPlus).broken.is_some(), "{bytes:?}");
        }
        let deep = b")\x01".repeat(100_000);
        assert!(read(&deep, Layout::LocalsPlus).broken.unwrap().what.contains("inside one another"));
        let mut wide = b"(\0\0\x40\0".to_vec();
        wide.extend(b"z\0".repeat(1 << 22));
        assert!(read(&wide, Layout::LocalsPlus).broken.unwrap().limit);
    }
}
