//! The instructions of CPython 2.3 to 2.7 and 3.0 to 3.14: what a number means in which version, and how many cache
//! entries follow.
//!
//! `opcodes.txt` has the numbers; [`meaning`] says for each name what it does to the values on the stack, as far as it
//! matters for reading. Instructions that only differ in speed have one meaning.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::version::Python;

/// Brackets of a display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Brackets {
    Tuple,
    List,
    Set,
    Dict,
}

/// What makes a conditional jump jump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    False,
    True,
    None,
    NotNone,
}

impl Test {
    /// The test that holds when this one does not.
    pub(super) fn inverse(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::True => Self::False,
            Self::None => Self::NotNone,
            Self::NotNone => Self::None,
        }
    }
}

/// Where a jump's argument counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The start of the code, where versions up to 3.10 have it so, else the next instruction.
    Version,
    /// The next instruction.
    Next,
    /// The next instruction, backwards.
    Back,
}

/// What an instruction does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    /// The version has no such instruction.
    Invalid,
    /// Nothing that shows.
    Nothing,
    ExtendedArg,
    /// Pushes something that never shows: a saved state, a generator.
    PushSilent,
    PushUnknown,
    PushNull,
    Pop,
    /// Pops what is not a statement of its own.
    Drop,
    DropThree,
    /// Pops one and pushes something unknown.
    Replace,
    /// Rotates so many.
    Rotate(u8),
    RotateMany,
    Duplicate,
    DuplicateTwo,
    Copy,
    Swap,
    Const,
    SmallInt,
    CommonConst,
    AssertionError,
    Name,
    /// A name looked up in a given dict first.
    NameIn,
    Global,
    Fast,
    FastTwo,
    Deref,
    DerefIn,
    BuildClass,
    Attr,
    Method,
    SuperAttr,
    Special,
    Unary(u8),
    Binary(u8),
    BinaryNumbered,
    Compare,
    Is,
    Contains,
    Subscript,
    SubscriptSlice,
    Build(Brackets),
    /// Builds from several iterables.
    BuildUnpack(Brackets),
    BuildConstKeyMap,
    BuildSlice,
    BuildString,
    Interpolation,
    FormatValue,
    FormatSimple,
    FormatSpec,
    ConvertValue,
    Append,
    MapAdd,
    Extend,
    Merge,
    CallFunction,
    CallFunctionKw,
    CallMethod,
    Call,
    CallKw,
    CallEx,
    KwNames,
    Intrinsic,
    IntrinsicTwo,
    MakeFunction,
    FunctionAttribute,
    ImportName,
    ImportFrom,
    ImportStar,
    StoreName,
    StoreFast,
    StoreFastTwo,
    StoreFastLoadFast,
    StoreDeref,
    StoreAttr,
    StoreSubscript,
    StoreSlice,
    DeleteName,
    DeleteFast,
    DeleteDeref,
    DeleteAttr,
    DeleteSubscript,
    Unpack,
    UnpackEx,
    Jump(From),
    JumpIf(Test, From),
    /// Jumps and keeps the value, else pops it.
    JumpOrPop,
    JumpIfNotMatch,
    ForIter,
    EndFor,
    Next,
    Send,
    Await,
    YieldFromIter,
    YieldFrom,
    Yield,
    Return,
    ReturnConst,
    Raise,
    Reraise,
    SetupTry,
    SetupWith,
    BeforeWith,
    EndAsyncFor,
    PushExceptionInfo,
    PopExcept,
    CheckMatch,
    Len,
    /// Pushes so many unknown values.
    PushUnknowns(u8),
    MatchClass,
    // From here on: only before 3.6.
    DuplicateMany,
    /// Puts a value into a display that is popped, too.
    AppendTo,
    /// A dict whose argument only says how large it will be.
    BuildEmpty,
    StoreMap,
    /// Builds from several mappings; what is called stands elsewhere in the argument.
    BuildUnpackCall,
    Repr,
    /// `print`: one value, one value to a stream, the end of a line, that of a stream.
    Print,
    PrintTo,
    PrintLine,
    PrintLineTo,
    Exec,
    /// `x[a:b]` with instructions of its own: bit 0 is for a start, bit 1 for an end.
    SliceOf(u8),
    StoreSliceOf(u8),
    DeleteSliceOf(u8),
    /// Makes a class of its name, its bases and what its body gave.
    MakeClass,
    /// Calls with names beside their values: bit 0 is for `*args`, bit 1 for `**kwargs`.
    CallNamed(u8),
    MakeFunctionOld,
    MakeClosureOld,
    /// `MAKE_CLOSURE` whose cells stand one by one.
    MakeClosureLoose,
    /// `IMPORT_NAME` without a level.
    ImportNameOnly,
    /// Jumps from the next instruction on, and keeps the value either way.
    JumpIfKeep(Test),
    RaiseOld,
    EndFinally,
    WithCleanup,
    /// `YIELD_FROM` of what was only made an iterator before.
    YieldFromOld,
    /// `yield` when it was a statement.
    YieldStatement,
}

/// The operators, by the number that `BINARY_OP` has for them, then the others.
pub(super) const OPERATORS: [&str; 36] = [
    "+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^", "+=", "&=", "//=", "<<=", "@=", "*=", "%=",
    "|=", "**=", ">>=", "-=", "/=", "^=", "<", "<=", "==", "!=", ">", ">=", "in", "not in", "is", "is not",
];
/// `/` among them.
const DIVIDE: u8 = 11;
/// First of the operators that assign.
pub(super) const INPLACE: u8 = 13;
/// First of the comparisons.
pub(super) const COMPARE: u8 = 26;
/// The prefix operators.
pub(super) const PREFIXES: [&str; 4] = ["+", "-", "not ", "~"];

/// What a name means.
fn meaning(name: &str, python: Python) -> Op {
    if python.has_bytes()
        && let Some(op) = old(name, python)
    {
        return op;
    }
    let version = python.minor_of_three();
    let operator = |name: &str| {
        let names = [
            "ADD",
            "AND",
            "FLOOR_DIVIDE",
            "LSHIFT",
            "MATRIX_MULTIPLY",
            "MULTIPLY",
            "MODULO",
            "OR",
            "POWER",
            "RSHIFT",
            "SUBTRACT",
            "TRUE_DIVIDE",
            "XOR",
        ];
        names.iter().position(|n| *n == name).and_then(|n| u8::try_from(n).ok())
    };
    match name {
        "EXTENDED_ARG" => Op::ExtendedArg,
        "PUSH_NULL" => Op::PushNull,
        "RETURN_GENERATOR" | "LOAD_LOCALS" | "LOAD_FAST_AND_CLEAR" | "BEGIN_FINALLY" | "WITH_EXCEPT_START" => {
            Op::PushSilent
        }
        "POP_TOP" => Op::Pop,
        "POP_ITER"
        | "PRINT_EXPR"
        | "STORE_ANNOTATION"
        | "END_FINALLY"
        | "WITH_CLEANUP_FINISH"
        | "POP_FINALLY"
        | "PREP_RERAISE_STAR" => Op::Drop,
        "ROT_TWO" => Op::Rotate(2),
        "ROT_THREE" => Op::Rotate(3),
        "ROT_FOUR" => Op::Rotate(4),
        "ROT_N" => Op::RotateMany,
        "DUP_TOP" => Op::Duplicate,
        "DUP_TOP_TWO" => Op::DuplicateTwo,
        "COPY" => Op::Copy,
        "SWAP" => Op::Swap,
        "LOAD_CONST" => Op::Const,
        "LOAD_SMALL_INT" => Op::SmallInt,
        "LOAD_COMMON_CONSTANT" => Op::CommonConst,
        "LOAD_ASSERTION_ERROR" => Op::AssertionError,
        "LOAD_NAME" => Op::Name,
        "LOAD_FROM_DICT_OR_GLOBALS" => Op::NameIn,
        "LOAD_GLOBAL" => Op::Global,
        "LOAD_FAST" | "LOAD_FAST_CHECK" | "LOAD_FAST_BORROW" => Op::Fast,
        "LOAD_FAST_LOAD_FAST" | "LOAD_FAST_BORROW_LOAD_FAST_BORROW" => Op::FastTwo,
        "LOAD_DEREF" | "LOAD_CLASSDEREF" | "LOAD_CLOSURE" => Op::Deref,
        "LOAD_FROM_DICT_OR_DEREF" => Op::DerefIn,
        "LOAD_BUILD_CLASS" => Op::BuildClass,
        "LOAD_ATTR" => Op::Attr,
        "LOAD_METHOD" => Op::Method,
        "LOAD_SUPER_ATTR" => Op::SuperAttr,
        "LOAD_SPECIAL" => Op::Special,
        "UNARY_POSITIVE" => Op::Unary(0),
        "UNARY_NEGATIVE" => Op::Unary(1),
        "UNARY_NOT" => Op::Unary(2),
        "UNARY_INVERT" => Op::Unary(3),
        "BINARY_OP" => Op::BinaryNumbered,
        "BINARY_SUBSCR" => Op::Subscript,
        "BINARY_SLICE" => Op::SubscriptSlice,
        "COMPARE_OP" => Op::Compare,
        "IS_OP" => Op::Is,
        "CONTAINS_OP" => Op::Contains,
        "BUILD_TUPLE" => Op::Build(Brackets::Tuple),
        "BUILD_LIST" => Op::Build(Brackets::List),
        "BUILD_SET" => Op::Build(Brackets::Set),
        "BUILD_MAP" => Op::Build(Brackets::Dict),
        "BUILD_TUPLE_UNPACK" | "BUILD_TUPLE_UNPACK_WITH_CALL" => Op::BuildUnpack(Brackets::Tuple),
        "BUILD_LIST_UNPACK" => Op::BuildUnpack(Brackets::List),
        "BUILD_SET_UNPACK" => Op::BuildUnpack(Brackets::Set),
        "BUILD_MAP_UNPACK" | "BUILD_MAP_UNPACK_WITH_CALL" => Op::BuildUnpack(Brackets::Dict),
        "BUILD_CONST_KEY_MAP" => Op::BuildConstKeyMap,
        "BUILD_SLICE" => Op::BuildSlice,
        "BUILD_STRING" => Op::BuildString,
        "BUILD_INTERPOLATION" => Op::Interpolation,
        "BUILD_TEMPLATE" => Op::IntrinsicTwo,
        "FORMAT_VALUE" => Op::FormatValue,
        "FORMAT_SIMPLE" => Op::FormatSimple,
        "FORMAT_WITH_SPEC" => Op::FormatSpec,
        "CONVERT_VALUE" => Op::ConvertValue,
        "LIST_APPEND" | "SET_ADD" => Op::Append,
        "MAP_ADD" => Op::MapAdd,
        "LIST_EXTEND" | "SET_UPDATE" => Op::Extend,
        "DICT_MERGE" | "DICT_UPDATE" => Op::Merge,
        "CALL_FUNCTION" => Op::CallFunction,
        "CALL_FUNCTION_KW" => Op::CallFunctionKw,
        "CALL_METHOD" => Op::CallMethod,
        "CALL" => Op::Call,
        "CALL_KW" => Op::CallKw,
        "CALL_FUNCTION_EX" => Op::CallEx,
        "KW_NAMES" => Op::KwNames,
        "CALL_INTRINSIC_1" => Op::Intrinsic,
        "CALL_INTRINSIC_2" => Op::IntrinsicTwo,
        "MAKE_FUNCTION" => Op::MakeFunction,
        "SET_FUNCTION_ATTRIBUTE" => Op::FunctionAttribute,
        "IMPORT_NAME" => Op::ImportName,
        "IMPORT_FROM" => Op::ImportFrom,
        "IMPORT_STAR" => Op::ImportStar,
        "STORE_NAME" | "STORE_GLOBAL" => Op::StoreName,
        "STORE_FAST" => Op::StoreFast,
        "STORE_FAST_STORE_FAST" => Op::StoreFastTwo,
        "STORE_FAST_LOAD_FAST" => Op::StoreFastLoadFast,
        "STORE_DEREF" => Op::StoreDeref,
        "STORE_ATTR" => Op::StoreAttr,
        "STORE_SUBSCR" => Op::StoreSubscript,
        "STORE_SLICE" => Op::StoreSlice,
        "DELETE_NAME" | "DELETE_GLOBAL" => Op::DeleteName,
        "DELETE_FAST" => Op::DeleteFast,
        "DELETE_DEREF" => Op::DeleteDeref,
        "DELETE_ATTR" => Op::DeleteAttr,
        "DELETE_SUBSCR" => Op::DeleteSubscript,
        "UNPACK_SEQUENCE" => Op::Unpack,
        "UNPACK_EX" => Op::UnpackEx,
        "JUMP_FORWARD" => Op::Jump(From::Next),
        "JUMP_ABSOLUTE" | "CONTINUE_LOOP" => Op::Jump(From::Version),
        "JUMP_BACKWARD" | "JUMP_BACKWARD_NO_INTERRUPT" => Op::Jump(From::Back),
        "POP_JUMP_IF_FALSE" => Op::JumpIf(Test::False, From::Version),
        "POP_JUMP_IF_TRUE" => Op::JumpIf(Test::True, From::Version),
        "POP_JUMP_IF_NONE" | "POP_JUMP_FORWARD_IF_NONE" => Op::JumpIf(Test::None, From::Next),
        "POP_JUMP_IF_NOT_NONE" | "POP_JUMP_FORWARD_IF_NOT_NONE" => Op::JumpIf(Test::NotNone, From::Next),
        "POP_JUMP_FORWARD_IF_FALSE" => Op::JumpIf(Test::False, From::Next),
        "POP_JUMP_FORWARD_IF_TRUE" => Op::JumpIf(Test::True, From::Next),
        "POP_JUMP_BACKWARD_IF_FALSE" => Op::JumpIf(Test::False, From::Back),
        "POP_JUMP_BACKWARD_IF_TRUE" => Op::JumpIf(Test::True, From::Back),
        "POP_JUMP_BACKWARD_IF_NONE" => Op::JumpIf(Test::None, From::Back),
        "POP_JUMP_BACKWARD_IF_NOT_NONE" => Op::JumpIf(Test::NotNone, From::Back),
        "JUMP_IF_FALSE_OR_POP" | "JUMP_IF_TRUE_OR_POP" => Op::JumpOrPop,
        "JUMP_IF_NOT_EXC_MATCH" => Op::JumpIfNotMatch,
        "FOR_ITER" => Op::ForIter,
        "END_FOR" => Op::EndFor,
        "GET_ANEXT" => Op::Next,
        "SEND" => Op::Send,
        "GET_AWAITABLE" => Op::Await,
        "GET_YIELD_FROM_ITER" => Op::YieldFromIter,
        "YIELD_FROM" => Op::YieldFrom,
        "YIELD_VALUE" => Op::Yield,
        "RETURN_VALUE" => Op::Return,
        "RETURN_CONST" => Op::ReturnConst,
        "RAISE_VARARGS" => Op::Raise,
        "RERAISE" => Op::Reraise,
        "SETUP_EXCEPT" | "SETUP_FINALLY" => Op::SetupTry,
        "SETUP_WITH" => Op::SetupWith,
        "BEFORE_WITH" | "BEFORE_ASYNC_WITH" => Op::BeforeWith,
        "END_ASYNC_FOR" => Op::EndAsyncFor,
        "PUSH_EXC_INFO" => Op::PushExceptionInfo,
        "POP_EXCEPT" if version >= 11 => Op::PopExcept,
        "POP_EXCEPT" => Op::DropThree,
        "CHECK_EXC_MATCH" | "CHECK_EG_MATCH" => Op::CheckMatch,
        "GET_LEN" => Op::Len,
        "MATCH_MAPPING" | "MATCH_SEQUENCE" => Op::PushUnknown,
        "MATCH_KEYS" => Op::PushUnknowns(if version == 10 { 2 } else { 1 }),
        "MATCH_CLASS" => Op::MatchClass,
        "COPY_DICT_WITHOUT_KEYS" => Op::Replace,
        _ => {
            let number = |prefix: &str| name.strip_prefix(prefix).and_then(operator);
            match (number("BINARY_"), number("INPLACE_")) {
                (Some(n), _) => Op::Binary(n),
                (_, Some(n)) => Op::Binary(n + INPLACE),
                _ => Op::Nothing,
            }
        }
    }
}

/// What a name means only before 3.6.
fn old(name: &str, python: Python) -> Option<Op> {
    let before = |minor| match python {
        Python::Two(own) => own < minor,
        _ => false,
    };
    let two = matches!(python, Python::Two(_));
    let version = python.minor_of_three();
    Some(match name {
        "DUP_TOPX" => Op::DuplicateMany,
        "LIST_APPEND" if before(7) => Op::AppendTo,
        "LIST_APPEND" | "SET_ADD" if !two && version == 0 => Op::AppendTo,
        "BUILD_MAP" if version < 5 => Op::BuildEmpty,
        "STORE_MAP" => Op::StoreMap,
        "BUILD_MAP_UNPACK_WITH_CALL" => Op::BuildUnpackCall,
        "UNARY_CONVERT" => Op::Repr,
        "BINARY_DIVIDE" => Op::Binary(DIVIDE),
        "INPLACE_DIVIDE" => Op::Binary(DIVIDE + INPLACE),
        "PRINT_ITEM" => Op::Print,
        "PRINT_ITEM_TO" => Op::PrintTo,
        "PRINT_NEWLINE" => Op::PrintLine,
        "PRINT_NEWLINE_TO" => Op::PrintLineTo,
        "EXEC_STMT" => Op::Exec,
        "BUILD_CLASS" => Op::MakeClass,
        "CALL_FUNCTION" => Op::CallNamed(0),
        "CALL_FUNCTION_VAR" => Op::CallNamed(1),
        "CALL_FUNCTION_KW" => Op::CallNamed(2),
        "CALL_FUNCTION_VAR_KW" => Op::CallNamed(3),
        "MAKE_FUNCTION" => Op::MakeFunctionOld,
        "MAKE_CLOSURE" if before(5) => Op::MakeClosureLoose,
        "MAKE_CLOSURE" => Op::MakeClosureOld,
        "IMPORT_NAME" if before(5) => Op::ImportNameOnly,
        "JUMP_IF_FALSE" => Op::JumpIfKeep(Test::False),
        "JUMP_IF_TRUE" => Op::JumpIfKeep(Test::True),
        "RAISE_VARARGS" if two => Op::RaiseOld,
        "END_FINALLY" => Op::EndFinally,
        "WITH_CLEANUP" => Op::WithCleanup,
        "YIELD_FROM" if version < 5 => Op::YieldFromOld,
        "YIELD_VALUE" if before(5) => Op::YieldStatement,
        "STORE_LOCALS" => Op::Drop,
        _ => {
            let (name, which) = name.rsplit_once('_')?;
            let which = which.parse().ok()?;
            match name {
                "SLICE" => Op::SliceOf(which),
                "STORE_SLICE" => Op::StoreSliceOf(which),
                "DELETE_SLICE" => Op::DeleteSliceOf(which),
                _ => return None,
            }
        }
    })
}

/// The instructions of one version, by number.
pub(super) struct Table {
    rows: [(Op, u8); 256],
}

impl Table {
    /// What an instruction does, and how many cache entries follow it.
    pub(super) fn get(&self, number: u8) -> (Op, u8) {
        self.rows.get(usize::from(number)).copied().unwrap_or((Op::Invalid, 0))
    }
}

/// The instructions of a version of CPython.
pub(super) fn table(python: Python) -> Option<&'static Table> {
    static TABLES: LazyLock<Vec<(Python, Table)>> = LazyLock::new(read);
    TABLES.iter().find(|(own, _)| *own == python).map(|(_, table)| table)
}

/// `2.7`, `3.12`.
fn named(version: &str) -> Option<Python> {
    match version.split_once('.')? {
        ("2", minor) => Some(Python::Two(minor.parse().ok()?)),
        ("3", minor) => Some(Python::Three(minor.parse().ok()?)),
        _ => None,
    }
}

/// The names of a version's instructions and their caches, by number.
type Names = HashMap<u8, (&'static str, u8)>;

/// What `opcodes.txt` says. A name may mean something else in the next version, so that names are what it takes over.
fn names() -> Vec<(Python, Names)> {
    let mut versions: Vec<(Python, Names)> = Vec::new();
    for line in include_str!("opcodes.txt").lines() {
        if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            let (own, other) = head.split_once(" from ").unwrap_or((head, ""));
            let other = named(other).and_then(|other| versions.iter().find(|(python, _)| *python == other));
            let rows = other.map(|(_, rows)| rows.clone()).unwrap_or_default();
            versions.extend(named(own).map(|python| (python, rows)));
            continue;
        }
        let Some((_, rows)) = versions.last_mut() else { continue };
        for word in line.split_whitespace() {
            if let Some(number) = word.strip_prefix('-').and_then(|number| number.parse().ok()) {
                rows.remove(&number);
            }
            let Some((name, number)) = word.split_once('=') else { continue };
            let (number, caches) = number.split_once('/').unwrap_or((number, "0"));
            let (Ok(number), Ok(caches)) = (number.parse(), caches.parse()) else { continue };
            rows.insert(number, (name, caches));
        }
    }
    versions
}

/// The number of an instruction.
#[cfg(test)]
pub(super) fn number(python: Python, name: &str) -> Option<u8> {
    static NAMES: LazyLock<Vec<(Python, Names)>> = LazyLock::new(names);
    let rows = NAMES.iter().find(|(own, _)| *own == python).map(|(_, rows)| rows)?;
    rows.iter().find(|(_, (own, _))| *own == name).map(|(number, _)| *number)
}

fn read() -> Vec<(Python, Table)> {
    let table = |python, rows: Names| {
        let mut table = Table { rows: [(Op::Invalid, 0); 256] };
        for (number, (name, caches)) in rows {
            if let Some(row) = table.rows.get_mut(usize::from(number)) {
                *row = (meaning(name, python), caches);
            }
        }
        table
    };
    names().into_iter().map(|(python, rows)| (python, table(python, rows))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_has_its_table() {
        for python in (3..=7).map(Python::Two).chain((0..=14).map(Python::Three)) {
            let table = table(python).unwrap();
            let known = (0..=255).filter(|n| table.get(*n).0 != Op::Invalid).count();
            assert!((97..160).contains(&known), "{python}: {known}");
        }
        let of = |python, number| table(python).unwrap().get(number);
        assert!(table(Python::Three(15)).is_none() && table(Python::PyPy(9)).is_none());
        assert_eq!(of(Python::Three(6), 100), (Op::Const, 0));
        assert_eq!(of(Python::Three(11), 171), (Op::Call, 4));
        assert_eq!(of(Python::Three(13), 82), (Op::Attr, 9));
        assert_eq!(of(Python::Three(14), 44), (Op::BinaryNumbered, 5));
    }

    #[test]
    fn old_versions_have_their_own_meanings() {
        let of = |python, number| table(python).unwrap().get(number).0;
        let (two, three) = (Python::Two, Python::Three);
        assert_eq!((of(two(3), 18), of(two(4), 18), of(two(7), 18)), (Op::Invalid, Op::AppendTo, Op::Invalid));
        assert_eq!((of(two(7), 94), of(three(0), 94), of(three(0), 18)), (Op::Append, Op::UnpackEx, Op::AppendTo));
        assert_eq!((of(two(6), 106), of(two(7), 106), of(three(5), 107)), (Op::Compare, Op::Attr, Op::Compare));
        assert_eq!(
            (of(two(6), 143), of(two(7), 143), of(two(7), 145)),
            (Op::ExtendedArg, Op::SetupWith, Op::ExtendedArg)
        );
        assert_eq!((of(three(1), 143), of(three(2), 143)), (Op::ExtendedArg, Op::SetupWith));
        assert_eq!((of(two(6), 111), of(two(7), 111)), (Op::JumpIfKeep(Test::False), Op::JumpOrPop));
        assert_eq!((of(three(0), 112), of(three(1), 112)), (Op::JumpIfKeep(Test::True), Op::JumpOrPop));
        assert_eq!((of(two(4), 86), of(two(5), 86)), (Op::YieldStatement, Op::Yield));
        assert_eq!((of(two(4), 107), of(two(5), 107)), (Op::ImportNameOnly, Op::ImportName));
        assert_eq!((of(two(4), 134), of(two(5), 134)), (Op::MakeClosureLoose, Op::MakeClosureOld));
        assert_eq!((of(three(4), 105), of(three(5), 105)), (Op::BuildEmpty, Op::Build(Brackets::Dict)));
        assert_eq!((of(three(4), 72), of(three(5), 72)), (Op::YieldFromOld, Op::YieldFrom));
        assert_eq!((of(two(7), 85), of(three(5), 85)), (Op::Exec, Op::Invalid));
        assert_eq!((of(two(7), 21), of(two(7), 58)), (Op::Binary(DIVIDE), Op::Binary(DIVIDE + INPLACE)));
        assert_eq!(
            (of(two(7), 33), of(two(7), 41), of(two(7), 52)),
            (Op::SliceOf(3), Op::StoreSliceOf(1), Op::DeleteSliceOf(2))
        );
        assert_eq!((of(three(5), 142), of(three(6), 142)), (Op::CallNamed(3), Op::CallEx));
    }

    #[test]
    fn operators_have_their_numbers() {
        assert_eq!(meaning("BINARY_XOR", Python::Three(6)), Op::Binary(12));
        assert_eq!(meaning("INPLACE_ADD", Python::Three(6)), Op::Binary(INPLACE));
        assert_eq!(OPERATORS[usize::from(INPLACE)], "+=");
        assert_eq!(OPERATORS[usize::from(COMPARE)], "<");
        assert_eq!(OPERATORS[usize::from(DIVIDE)], "/");
    }
}
