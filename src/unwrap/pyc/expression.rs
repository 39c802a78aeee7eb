//! What instructions compute, as expressions and statements: a table of nodes that name each other by index. One table
//! serves all code objects of a file, so that a lambda can be written where it is used.

use super::opcodes::Brackets;
use crate::parse::marshal::Id;

/// The place of an expression in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Ex(pub(super) u32);

impl Ex {
    /// Something that was not understood.
    pub(super) const UNKNOWN: Self = Self(0);
    /// Something of the interpreter's own that no source shows.
    pub(super) const SILENT: Self = Self(1);
    /// The empty place before or behind what is called.
    pub(super) const NULL: Self = Self(2);
    /// One of the values that an unpacking gave.
    pub(super) const ITEM: Self = Self(3);
    pub(super) const BUILD_CLASS: Self = Self(4);
}

/// The place of a link of a list; 0 is none.
pub(super) type Link = u32;

/// An expression.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node {
    Unknown,
    Silent,
    Null,
    Item,
    BuildClass,
    /// A constant.
    Object(Id),
    Int(u32),
    Word(&'static str),
    Name(Id),
    Attr(Ex, Id),
    /// A method that `with` looks up: object, and which one.
    Special(Ex, u32),
    /// What is called, its arguments, and the tuple of names of the last ones.
    Call {
        callee: Ex,
        arguments: Link,
        names: Id,
    },
    Star(Ex),
    DoubleStar(Ex),
    Prefix(u8, Ex),
    Binary(u8, Ex, Ex),
    /// One of two, whichever the condition before chose.
    Either(Ex, Ex),
    Index(Ex, Ex),
    Slice(Ex, Ex, Ex),
    /// First and last link; values of a dict are the links' `second`.
    Display(Brackets, Link, Link),
    /// A comprehension that runs where it stands: the link of what it gives, and the first of its clauses, which are
    /// targets with what they go over (`second`), or conditions with `NULL`.
    Comprehension(Brackets, Link, Link),
    /// Value, conversion (`s`, `r`, `a` or 0), format.
    Format(Ex, u8, Ex),
    /// Pieces of an f-string.
    Pieces(Link),
    Function {
        code: u32,
        defaults: Ex,
    },
    Import {
        module: Id,
        from: Id,
        level: u32,
    },
    From(Ex, Id),
    /// The value that a loop takes from an iterator.
    Next(Ex),
    /// What a context manager gave.
    Entered(Ex),
    Await(Ex),
    Yield(Ex),
    YieldFrom(Ex),
}

/// A link of a list of expressions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chained {
    pub(super) value: Ex,
    /// The value of a dict's key; unused elsewhere.
    pub(super) second: Ex,
    pub(super) next: Link,
}

/// A statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement {
    /// Blocks around it inside its code object.
    pub(super) indent: u16,
    pub(super) kind: Kind,
}

/// What a statement is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Expression(Ex),
    /// Target and value.
    Assign(Ex, Ex),
    /// `import`: the module's expression, and the name it gets.
    Import(Ex, Id),
    /// `from … import`: the module's expression, and names (`value`) with what they become (`second`):
    /// first and last link.
    FromImport(Ex, Link, Link),
    Return(Ex),
    Raise(Ex, Ex),
    Delete(Ex),
    /// A condition, and whether it is `elif`.
    If(Ex, bool),
    Else,
    For(Ex, Ex),
    With(Ex, Ex),
    Try,
    /// What is caught, and the name that it gets.
    Except(Ex, Ex),
    Finally,
}

/// All expressions, list links and statements of a file.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    links: Vec<Chained>,
    pub(super) statements: Vec<Statement>,
    /// Whether the table is full: what came after is not in it.
    pub(super) full: bool,
}

/// Most nodes, links and statements, each. A node is what one instruction makes, so that a file needs megabytes of
/// instructions to come here.
const MOST: usize = 1 << 22;

impl Tree {
    pub(super) fn new() -> Self {
        let nodes = vec![Node::Unknown, Node::Silent, Node::Null, Node::Item, Node::BuildClass];
        let nothing = Chained { value: Ex::UNKNOWN, second: Ex::UNKNOWN, next: 0 };
        Self { nodes, links: vec![nothing], statements: Vec::new(), full: false }
    }

    pub(super) fn node(&self, at: Ex) -> Node {
        self.nodes.get(at.0 as usize).copied().unwrap_or(Node::Unknown)
    }

    /// How many expressions there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn link(&self, at: Link) -> Option<Chained> {
        if at == 0 { None } else { self.links.get(at as usize).copied() }
    }

    pub(super) fn add(&mut self, node: Node) -> Ex {
        if self.nodes.len() >= MOST {
            self.full = true;
            return Ex::UNKNOWN;
        }
        self.nodes.push(node);
        Ex(u32::try_from(self.nodes.len() - 1).unwrap_or(0))
    }

    pub(super) fn state(&mut self, statement: Statement) {
        if self.statements.len() >= MOST {
            self.full = true;
        } else {
            self.statements.push(statement);
        }
    }

    /// A new link that nothing follows.
    pub(super) fn chain(&mut self, value: Ex, second: Ex) -> Link {
        if self.links.len() >= MOST {
            self.full = true;
            return 0;
        }
        self.links.push(Chained { value, second, next: 0 });
        u32::try_from(self.links.len() - 1).unwrap_or(0)
    }

    /// Puts a link behind another.
    pub(super) fn join(&mut self, before: Link, after: Link) {
        if before != 0
            && before < after
            && let Some(link) = self.links.get_mut(before as usize)
        {
            link.next = after;
        }
    }

    /// Links values in their order: first and last link.
    pub(super) fn list(&mut self, values: impl IntoIterator<Item = (Ex, Ex)>) -> (Link, Link) {
        let (mut first, mut last) = (0, 0);
        for (value, second) in values {
            let link = self.chain(value, second);
            self.join(last, link);
            if first == 0 {
                first = link;
            }
            if link != 0 {
                last = link;
            }
        }
        (first, last)
    }

    /// Puts another node in the place of one that was added.
    pub(super) fn replace(&mut self, at: Ex, node: Node) {
        if at.0 > Ex::BUILD_CLASS.0
            && let Some(place) = self.nodes.get_mut(at.0 as usize)
        {
            *place = node;
        }
    }

    /// Puts a value at the end of a display; `false` when the expression is none.
    pub(super) fn append(&mut self, display: Ex, value: Ex, second: Ex) -> bool {
        let Node::Display(brackets, first, last) = self.node(display) else { return false };
        let link = self.chain(value, second);
        self.join(last, link);
        let node = Node::Display(brackets, if first == 0 { link } else { first }, link);
        if link != 0
            && let Some(place) = self.nodes.get_mut(display.0 as usize)
        {
            *place = node;
        }
        true
    }
}
