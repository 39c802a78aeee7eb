//! Python's marshal format: what `.pyc` files, PyInstaller archives and frozen modules hold code objects in.
//!
//! An object is a type byte (its top bit asks that the object be remembered for later references), then its content,
//! little-endian. Code objects are the only type whose layout depends on the version of Python: [`Layout`]. Facts about
//! the format are from CPython's `Python/marshal.c` and the documentation of `marshal` and `types.CodeType`.
//!
//! Reading is iterative and keeps what came before an error. Texts and byte strings are slices of the input. Objects
//! stand in one table and name each other by index, because marshal may refer to one object from many places, even
//! from inside itself: whoever follows indices has to bound the way.

mod read;

pub(crate) use read::read;

/// Most objects of one input that are read. The largest honest modules have some hundred thousand.
const OBJECTS_MAX: usize = 1 << 21;
/// Deepest nesting, as CPython has it.
const DEPTH_MAX: usize = 2000;

/// The place of an object in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id(pub(crate) u32);

impl Id {
    /// What stands where no object was read.
    pub(crate) const MISSING: Self = Self(0);
    const NONE: Self = Self(1);
    const FALSE: Self = Self(2);
    const TRUE: Self = Self(3);
    const ELLIPSIS: Self = Self(4);
    const STOP: Self = Self(5);
}

/// The layout of code objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Python 2.3 to 2.7; byte strings are texts there.
    Two,
    /// Python 3.0 to 3.7.
    Three,
    /// Python 3.8 to 3.10: with the number of positional-only arguments.
    PositionalOnly,
    /// Python 3.11 and later: local names of all kinds in one tuple, qualified name, exception table.
    LocalsPlus,
}

/// What brackets a group of objects was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Tuple,
    List,
    Set,
    FrozenSet,
    /// Keys and values in turn.
    Dict,
    /// Start, stop and step.
    Slice,
}

/// One object.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Object<'a> {
    /// Nothing: the end of a dict, or what was not read.
    Missing,
    None,
    False,
    True,
    Ellipsis,
    StopIteration,
    Int(i64),
    /// An integer in digits of 15 bits, two little-endian bytes each, the lowest first.
    Long {
        negative: bool,
        digits: &'a [u8],
    },
    Float(f64),
    Complex(f64, f64),
    Bytes(&'a [u8]),
    /// UTF-8, in which surrogates may stand.
    Text(&'a [u8]),
    /// First place and number in the table of items.
    Group(Group, u32, u32),
    /// The place in the table of code objects.
    Code(u32),
}

/// A code object. Whatever was not read is [`Id::MISSING`] or 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code {
    /// Positional arguments, positional-only ones included.
    pub(crate) arguments: u32,
    /// Keyword-only arguments.
    pub(crate) keyword_only: u32,
    /// `CO_*` flags.
    pub(crate) flags: u32,
    /// Byte string of instructions.
    pub(crate) bytecode: Id,
    /// Tuple of constants.
    pub(crate) constants: Id,
    /// Tuple of global and attribute names.
    pub(crate) names: Id,
    /// Tuple of local names; from 3.11 on cells and free variables stand in it too.
    pub(crate) locals: Id,
    /// Tuple of names that inner functions use (up to 3.10).
    pub(crate) cells: Id,
    /// Tuple of names of outer functions (up to 3.10).
    pub(crate) free: Id,
    /// Where the source stood.
    pub(crate) file: Id,
    /// Its name.
    pub(crate) name: Id,
    /// Byte string of guarded ranges and their handlers (from 3.11 on).
    pub(crate) exceptions: Id,
}

impl Code {
    const EMPTY: Self = Self {
        arguments: 0,
        keyword_only: 0,
        flags: 0,
        bytecode: Id::MISSING,
        constants: Id::MISSING,
        names: Id::MISSING,
        locals: Id::MISSING,
        cells: Id::MISSING,
        free: Id::MISSING,
        file: Id::MISSING,
        name: Id::MISSING,
        exceptions: Id::MISSING,
    };
}

/// Why not all was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Where.
    pub(crate) at: usize,
    /// What, in words.
    pub(crate) what: String,
    /// Whether it is a limit of the reader and no fault of the input.
    pub(crate) limit: bool,
}

/// Everything that was read.
#[derive(Debug)]
pub(crate) struct Marshal<'a> {
    objects: Vec<Object<'a>>,
    items: Vec<Id>,
    /// All code objects; outer ones stand before those inside them.
    pub(crate) codes: Vec<Code>,
    /// The object that the input is.
    pub(crate) root: Id,
    /// Bytes that it takes.
    pub(crate) used: usize,
    /// Why not all was read, if not.
    pub(crate) broken: Option<Broken>,
}

impl<'a> Marshal<'a> {
    /// An object; [`Object::Missing`] for an index from nowhere.
    pub(crate) fn object(&self, id: Id) -> Object<'a> {
        self.objects.get(id.0 as usize).copied().unwrap_or(Object::Missing)
    }

    /// What a group holds; nothing for anything else.
    pub(crate) fn items(&self, id: Id) -> &[Id] {
        let Object::Group(_, start, len) = self.object(id) else { return &[] };
        let start = start as usize;
        self.items.get(start..start.saturating_add(len as usize)).unwrap_or_default()
    }

    /// One object of a group.
    pub(crate) fn item(&self, group: Id, index: usize) -> Id {
        self.items(group).get(index).copied().unwrap_or(Id::MISSING)
    }

    /// A text's or byte string's bytes.
    pub(crate) fn text(&self, id: Id) -> Option<&'a [u8]> {
        match self.object(id) {
            Object::Text(text) | Object::Bytes(text) => Some(text),
            _ => None,
        }
    }

    /// A byte string's bytes, empty for anything else.
    pub(crate) fn bytes(&self, id: Id) -> &'a [u8] {
        if let Object::Bytes(bytes) = self.object(id) { bytes } else { &[] }
    }

    /// A small number.
    pub(crate) fn int(&self, id: Id) -> Option<i64> {
        match self.object(id) {
            Object::Int(value) => Some(value),
            Object::True => Some(1),
            Object::False => Some(0),
            _ => None,
        }
    }
}
