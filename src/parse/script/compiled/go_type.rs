//! Types of Go, as far as they say something of a value.

use super::{Id, Kind, Node, Reader};

/// A type.
#[derive(Debug, Clone, Copy)]
pub(super) enum Type {
    /// Bytes.
    Bytes,
    /// Runes.
    Runes,
    /// A list of anything else.
    List,
    Map,
    Text,
    Number,
    Truth,
    /// A type of a library, by its path.
    Of(Id),
    /// A type of the file, or a structure.
    Struct,
    /// Anything else.
    Other,
}

impl Reader<'_> {
    /// Goes behind a type. `None` when none stands here.
    pub(super) fn go_type(&mut self) -> Option<Type> {
        if !self.b.enter(self.place()) {
            self.skip_statement();
            return None;
        }
        let made = self.go_type_inside();
        self.b.leave();
        made
    }

    fn go_type_inside(&mut self) -> Option<Type> {
        let start = self.place();
        Some(match self.kind() {
            Kind::Sign(b'*') => {
                self.at += 1;
                return self.go_type();
            }
            Kind::Sign(b'(') => {
                self.skip_brackets();
                Type::Other
            }
            Kind::Sign(b'[') => {
                self.skip_brackets();
                let of = self.word();
                self.go_type()?;
                match of {
                    "byte" | "uint8" => Type::Bytes,
                    "rune" | "int32" => Type::Runes,
                    _ => Type::List,
                }
            }
            Kind::Sign(b'<') if self.looking("<-") => {
                self.at += 2;
                self.eat_word("chan");
                self.go_type()?;
                Type::Other
            }
            Kind::Sign(b'.') if self.looking("...") => {
                self.at += 3;
                self.go_type()?;
                Type::List
            }
            Kind::Word => match self.word() {
                "map" => {
                    self.at += 1;
                    if self.looking("[") {
                        self.skip_brackets();
                    }
                    self.go_type()?;
                    Type::Map
                }
                "chan" => {
                    self.at += 1;
                    self.eat("<-");
                    self.go_type()?;
                    Type::Other
                }
                "func" => {
                    self.at += 1;
                    self.go_signature();
                    Type::Other
                }
                "struct" | "interface" => {
                    self.at += 1;
                    if self.looking("{") {
                        self.skip_brackets();
                    }
                    Type::Struct
                }
                "string" => self.simple(Type::Text),
                "bool" => self.simple(Type::Truth),
                "int" | "int8" | "int16" | "int32" | "int64" | "uint" | "uint8" | "uint16" | "uint32" | "uint64"
                | "byte" | "rune" | "uintptr" | "float32" | "float64" => self.simple(Type::Number),
                "any" | "error" => self.simple(Type::Other),
                _ => {
                    let word = self.name();
                    let span = self.since(start);
                    let mut made = Type::Struct;
                    if self.looking(".") && self.token(1).kind == Kind::Word {
                        self.at += 1;
                        let package = self.b.name(word, span);
                        let member = self.name();
                        let span = self.since(start);
                        made = Type::Of(self.b.member(package, member, span));
                    }
                    if self.looking("[") && !self.looking("[]") {
                        self.skip_brackets();
                    }
                    made
                }
            },
            _ => return None,
        })
    }

    fn simple(&mut self, of: Type) -> Type {
        self.at += 1;
        of
    }

    /// Goes behind parameters and results of a function that has no body.
    fn go_signature(&mut self) {
        if self.looking("(") {
            self.skip_brackets();
        }
        self.go_results();
    }

    /// Goes behind the types of results.
    pub(super) fn go_results(&mut self) {
        if self.looking("(") {
            self.skip_brackets();
        } else if matches!(self.kind(), Kind::Word | Kind::Sign(b'*' | b'[')) || self.looking("<-") {
            self.go_type();
        }
    }

    /// What a variable of a type holds that nothing was given to.
    pub(super) fn go_zero(&mut self, of: Type, is_local: bool, start: usize) -> Id {
        let span = self.since(start);
        match of {
            Type::Bytes | Type::Runes | Type::List => self.b.list(&[], span),
            Type::Map => {
                let none = self.b.tree.many(&[]);
                self.b.add(Node::Dict(none), span)
            }
            Type::Of(path) => self.b.call(path, &[], span),
            Type::Struct if is_local => {
                let none = self.b.tree.many(&[]);
                self.b.add(Node::Dict(none), span)
            }
            Type::Text if is_local => self.b.str("", span),
            Type::Number if is_local => self.b.num(0.0, span),
            Type::Truth if is_local => self.b.add(Node::Bool(false), span),
            // Builders and other files may give a package's variables their values.
            _ => self.b.opaque(&[], span),
        }
    }
}
