//! Operators of each language, the longer before the shorter, and how tightly they bind.

use super::{Language, Op};

/// An operator between two operands.
pub(super) struct Operator {
    /// Its sign; letters are a word.
    pub(super) sign: &'static str,
    /// How tightly it binds; higher is tighter.
    pub(super) tight: u8,
    pub(super) kind: Kind,
}

/// What an operator becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Op(Op),
    /// Texts put together, also when they are numbers.
    Concat,
    /// A call of this name.
    Call(&'static str),
    /// An assignment, with what is done to the old value first.
    Assign(Option<Op>),
    AssignConcat,
    Ternary,
    /// `=~` of Perl, and whether it is negated.
    Bind(bool),
    /// Powers are taken from the right.
    Power,
}

const fn op(sign: &'static str, tight: u8, op: Op) -> Operator {
    Operator { sign, tight, kind: Kind::Op(op) }
}

const fn kind(sign: &'static str, tight: u8, kind: Kind) -> Operator {
    Operator { sign, tight, kind }
}

const fn set(sign: &'static str, tight: u8, op: Op) -> Operator {
    Operator { sign, tight, kind: Kind::Assign(Some(op)) }
}

/// How tightly assignments bind.
pub(super) const ASSIGN: u8 = 5;

/// Tighter than all assignments: arguments of calls without parentheses begin with this.
pub(super) const TERNARY: u8 = 6;

/// Tighter than comparisons: the operand of `defined`, `length` and their kin in Perl.
pub(super) const NAMED: u8 = 14;

const PHP: &[Operator] = &[
    set("**=", ASSIGN, Op::Pow),
    set("<<=", ASSIGN, Op::Shl),
    set(">>=", ASSIGN, Op::Shr),
    set("??=", ASSIGN, Op::Coalesce),
    op("===", 12, Op::Eq),
    op("!==", 12, Op::Ne),
    kind("<=>", 12, Kind::Call("<=>")),
    kind("**", 22, Kind::Power),
    op("==", 12, Op::Eq),
    op("!=", 12, Op::Ne),
    op("<>", 12, Op::Ne),
    op("<=", 13, Op::Le),
    op(">=", 13, Op::Ge),
    op("<<", 15, Op::Shl),
    op(">>", 15, Op::Shr),
    op("&&", 9, Op::And),
    op("||", 8, Op::Or),
    op("??", 7, Op::Coalesce),
    kind(".=", ASSIGN, Kind::AssignConcat),
    set("+=", ASSIGN, Op::Add),
    set("-=", ASSIGN, Op::Sub),
    set("*=", ASSIGN, Op::Mul),
    set("/=", ASSIGN, Op::Div),
    set("%=", ASSIGN, Op::Mod),
    set("&=", ASSIGN, Op::BitAnd),
    set("|=", ASSIGN, Op::BitOr),
    set("^=", ASSIGN, Op::BitXor),
    kind("=", ASSIGN, Kind::Assign(None)),
    op("<", 13, Op::Lt),
    op(">", 13, Op::Gt),
    op("+", 16, Op::Add),
    op("-", 16, Op::Sub),
    op("*", 17, Op::Mul),
    op("/", 17, Op::Div),
    op("%", 17, Op::Mod),
    kind(".", 14, Kind::Concat),
    op("&", 11, Op::BitAnd),
    op("|", 10, Op::BitOr),
    op("^", 10, Op::BitXor),
    kind("?", TERNARY, Kind::Ternary),
    op("and", 3, Op::And),
    op("xor", 2, Op::Ne),
    op("or", 1, Op::Or),
    op("AND", 3, Op::And),
    op("XOR", 2, Op::Ne),
    op("OR", 1, Op::Or),
    op("And", 3, Op::And),
    op("Or", 1, Op::Or),
    kind("instanceof", 18, Kind::Call("instanceof")),
];

const PERL: &[Operator] = &[
    kind("<=>", 12, Kind::Call("<=>")),
    kind("...", 7, Kind::Call("..")),
    set("**=", ASSIGN, Op::Pow),
    set("||=", ASSIGN, Op::Or),
    set("&&=", ASSIGN, Op::And),
    set("//=", ASSIGN, Op::Coalesce),
    set("<<=", ASSIGN, Op::Shl),
    set(">>=", ASSIGN, Op::Shr),
    kind("=~", 18, Kind::Bind(false)),
    kind("!~", 18, Kind::Bind(true)),
    kind("**", 22, Kind::Power),
    kind("..", 7, Kind::Call("..")),
    op("==", 12, Op::Eq),
    op("!=", 12, Op::Ne),
    op("<=", 13, Op::Le),
    op(">=", 13, Op::Ge),
    op("<<", 15, Op::Shl),
    op(">>", 15, Op::Shr),
    op("&&", 9, Op::And),
    op("||", 8, Op::Or),
    op("//", 8, Op::Coalesce),
    kind(".=", ASSIGN, Kind::AssignConcat),
    set("+=", ASSIGN, Op::Add),
    set("-=", ASSIGN, Op::Sub),
    set("*=", ASSIGN, Op::Mul),
    set("/=", ASSIGN, Op::Div),
    set("%=", ASSIGN, Op::Mod),
    set("&=", ASSIGN, Op::BitAnd),
    set("|=", ASSIGN, Op::BitOr),
    set("^=", ASSIGN, Op::BitXor),
    set("x=", ASSIGN, Op::Mul),
    kind("=", ASSIGN, Kind::Assign(None)),
    op("<", 13, Op::Lt),
    op(">", 13, Op::Gt),
    op("+", 16, Op::Add),
    op("-", 16, Op::Sub),
    op("*", 17, Op::Mul),
    op("/", 17, Op::Div),
    op("%", 17, Op::Mod),
    kind(".", 16, Kind::Concat),
    op("&", 11, Op::BitAnd),
    op("|", 10, Op::BitOr),
    op("^", 10, Op::BitXor),
    kind("?", TERNARY, Kind::Ternary),
    op("x", 17, Op::Mul),
    op("eq", 12, Op::Eq),
    op("ne", 12, Op::Ne),
    kind("cmp", 12, Kind::Call("<=>")),
    op("lt", 13, Op::Lt),
    op("gt", 13, Op::Gt),
    op("le", 13, Op::Le),
    op("ge", 13, Op::Ge),
    op("and", 2, Op::And),
    op("or", 1, Op::Or),
    op("xor", 1, Op::Ne),
    kind("isa", 13, Kind::Call("isa")),
];

const RUBY: &[Operator] = &[
    kind("<=>", 11, Kind::Call("<=>")),
    op("===", 11, Op::Eq),
    kind("...", 7, Kind::Call("...")),
    set("**=", ASSIGN, Op::Pow),
    set("||=", ASSIGN, Op::Or),
    set("&&=", ASSIGN, Op::And),
    set("<<=", ASSIGN, Op::Shl),
    set(">>=", ASSIGN, Op::Shr),
    kind("=~", 11, Kind::Call("=~")),
    kind("!~", 11, Kind::Call("!~")),
    kind("**", 22, Kind::Power),
    kind("..", 7, Kind::Call("..")),
    op("==", 11, Op::Eq),
    op("!=", 11, Op::Ne),
    op("<=", 12, Op::Le),
    op(">=", 12, Op::Ge),
    op("<<", 15, Op::Shl),
    op(">>", 15, Op::Shr),
    op("&&", 9, Op::And),
    op("||", 8, Op::Or),
    set("+=", ASSIGN, Op::Add),
    set("-=", ASSIGN, Op::Sub),
    set("*=", ASSIGN, Op::Mul),
    set("/=", ASSIGN, Op::Div),
    set("%=", ASSIGN, Op::Mod),
    set("&=", ASSIGN, Op::BitAnd),
    set("|=", ASSIGN, Op::BitOr),
    set("^=", ASSIGN, Op::BitXor),
    kind("=", ASSIGN, Kind::Assign(None)),
    op("<", 12, Op::Lt),
    op(">", 12, Op::Gt),
    op("+", 16, Op::Add),
    op("-", 16, Op::Sub),
    op("*", 17, Op::Mul),
    op("/", 17, Op::Div),
    op("%", 17, Op::Mod),
    op("&", 14, Op::BitAnd),
    op("|", 13, Op::BitOr),
    op("^", 13, Op::BitXor),
    kind("?", TERNARY, Kind::Ternary),
    op("and", 1, Op::And),
    op("or", 1, Op::Or),
];

const LUA: &[Operator] = &[
    kind("..", 8, Kind::Concat),
    op("==", 3, Op::Eq),
    op("~=", 3, Op::Ne),
    op("<=", 3, Op::Le),
    op(">=", 3, Op::Ge),
    op("<<", 7, Op::Shl),
    op(">>", 7, Op::UShr),
    op("//", 10, Op::FloorDiv),
    op("<", 3, Op::Lt),
    op(">", 3, Op::Gt),
    op("+", 9, Op::Add),
    op("-", 9, Op::Sub),
    op("*", 10, Op::Mul),
    op("/", 10, Op::Div),
    op("%", 10, Op::Mod),
    op("&", 6, Op::BitAnd),
    op("|", 4, Op::BitOr),
    op("~", 5, Op::BitXor),
    kind("^", 22, Kind::Power),
    op("and", 2, Op::And),
    op("or", 1, Op::Or),
];

/// The table of a language.
pub(super) fn operators(language: Language) -> &'static [Operator] {
    match language {
        Language::Php => PHP,
        Language::Perl => PERL,
        Language::Ruby => RUBY,
        _ => LUA,
    }
}
