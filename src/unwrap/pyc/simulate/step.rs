//! What each instruction does.

use super::super::expression::{Ex, Node};
use super::super::opcodes::{COMPARE, OPERATORS, Op};
use super::Simulator;
use crate::parse::marshal::Id;

impl Simulator<'_, '_> {
    /// What one instruction does; the target of a jump that is taken for certain.
    pub(super) fn step(&mut self, op: Op, argument: u32, after: u32) -> Option<u32> {
        match op {
            Op::Invalid | Op::Nothing | Op::ExtendedArg | Op::EndFor => {}
            Op::PushSilent => self.push(Ex::SILENT),
            Op::PushUnknown => self.push(Ex::UNKNOWN),
            Op::PushUnknowns(count) => (0..count).for_each(|_| self.push(Ex::UNKNOWN)),
            Op::PushNull => self.push(Ex::NULL),
            Op::Pop => self.pop_statement(),
            Op::Drop => {
                self.pop();
            }
            Op::DropThree => {
                self.popped_except = true;
                self.pop_many(3);
            }
            Op::PopExcept => {
                self.popped_except = true;
                self.pop();
            }
            Op::Replace | Op::Interpolation | Op::MatchClass => {
                let count = match op {
                    Op::MatchClass => 3,
                    Op::Interpolation => 2 + (argument & 1),
                    _ => 1,
                };
                let values = self.pop_many(count);
                match values.first() {
                    Some(value) if op == Op::Interpolation => self.add(Node::Format(*value, 0, Ex::NULL)),
                    _ => self.push(Ex::UNKNOWN),
                }
            }
            Op::Rotate(count) => self.rotate(u32::from(count)),
            Op::RotateMany => self.rotate(argument),
            Op::Duplicate => self.push(self.peek(1)),
            Op::DuplicateMany => {
                for _ in 0..argument.min(5) {
                    self.push(self.peek(argument));
                }
            }
            Op::DuplicateTwo => {
                let (a, b) = (self.peek(2), self.peek(1));
                self.push(a);
                self.push(b);
            }
            Op::Copy => self.push(self.peek(argument)),
            Op::Swap => self.swap(argument),
            Op::Name if self.old && self.kept(self.name(argument)) => {}
            Op::Fast if self.old && self.kept(self.local(argument)) => {}
            Op::Const => self.add(Node::Object(self.constant(argument))),
            Op::SmallInt => self.add(Node::Int(argument)),
            Op::CommonConst => {
                let words = ["AssertionError", "NotImplementedError", "tuple", "all", "any"];
                let word = words.get(argument as usize).copied();
                self.add(word.map_or(Node::Unknown, Node::Word));
            }
            Op::AssertionError => self.add(Node::Word("AssertionError")),
            Op::Name => self.add(Node::Name(self.name(argument))),
            Op::NameIn => {
                self.pop();
                self.add(Node::Name(self.name(argument)));
            }
            Op::Global => self.global(argument),
            Op::Fast => self.add(Node::Name(self.local(argument))),
            Op::FastTwo => {
                self.add(Node::Name(self.local(argument >> 4)));
                self.add(Node::Name(self.local(argument & 15)));
            }
            Op::Deref => self.add(Node::Name(self.cell_name(argument))),
            Op::DerefIn => {
                self.pop();
                self.add(Node::Name(self.cell_name(argument)));
            }
            Op::BuildClass => self.push(Ex::BUILD_CLASS),
            Op::Attr | Op::Method | Op::SuperAttr | Op::Special => self.attribute(op, argument),
            Op::Unary(which) => {
                let value = self.pop();
                self.add(Node::Prefix(which, value));
            }
            Op::Binary(_) | Op::BinaryNumbered | Op::Compare | Op::Is | Op::Contains => self.binary(op, argument),
            Op::Subscript => {
                let (index, object) = (self.pop(), self.pop());
                self.add(Node::Index(object, index));
            }
            Op::SubscriptSlice => {
                let slice = self.slice();
                let object = self.pop();
                self.add(Node::Index(object, slice));
            }
            Op::Build(_)
            | Op::BuildUnpack(_)
            | Op::BuildConstKeyMap
            | Op::BuildSlice
            | Op::BuildString
            | Op::FormatValue
            | Op::FormatSimple
            | Op::FormatSpec
            | Op::ConvertValue
            | Op::Append
            | Op::MapAdd
            | Op::Extend
            | Op::Merge
            | Op::AppendTo
            | Op::BuildEmpty
            | Op::StoreMap
            | Op::BuildUnpackCall => self.build(op, argument),
            Op::CallFunction
            | Op::CallFunctionKw
            | Op::CallMethod
            | Op::Call
            | Op::CallKw
            | Op::CallEx
            | Op::KwNames
            | Op::Intrinsic
            | Op::IntrinsicTwo
            | Op::MakeFunction
            | Op::FunctionAttribute
            | Op::Len => self.calls(op, argument),
            Op::Repr
            | Op::Print
            | Op::PrintTo
            | Op::PrintLine
            | Op::PrintLineTo
            | Op::Exec
            | Op::SliceOf(_)
            | Op::StoreSliceOf(_)
            | Op::DeleteSliceOf(_)
            | Op::MakeClass
            | Op::CallNamed(_)
            | Op::MakeFunctionOld
            | Op::MakeClosureOld
            | Op::MakeClosureLoose => self.olds(op, argument),
            Op::ImportName | Op::ImportNameOnly | Op::ImportFrom | Op::ImportStar => self.imports(op, argument),
            Op::StoreName
            | Op::StoreFast
            | Op::StoreFastTwo
            | Op::StoreFastLoadFast
            | Op::StoreDeref
            | Op::StoreAttr
            | Op::StoreSubscript
            | Op::StoreSlice
            | Op::Unpack
            | Op::UnpackEx => self.stores(op, argument),
            Op::DeleteName | Op::DeleteFast | Op::DeleteDeref | Op::DeleteAttr | Op::DeleteSubscript => {
                self.deletes(op, argument);
            }
            _ => return self.control(op, argument, after),
        }
        None
    }

    pub(super) fn global(&mut self, argument: u32) {
        if self.version < 11 {
            return self.add(Node::Name(self.name(argument)));
        }
        let null = argument & 1 != 0;
        if null && self.version < 13 {
            self.push(Ex::NULL);
        }
        self.add(Node::Name(self.name(argument >> 1)));
        if null && self.version >= 13 {
            self.push(Ex::NULL);
        }
    }

    pub(super) fn attribute(&mut self, op: Op, argument: u32) {
        match op {
            Op::Attr if self.version >= 12 => {
                let object = self.pop();
                let name = self.name(argument >> 1);
                if argument & 1 != 0 { self.method(object, name) } else { self.add(Node::Attr(object, name)) }
            }
            Op::Attr => {
                let object = self.pop();
                self.add(Node::Attr(object, self.name(argument)));
            }
            Op::Method => {
                let object = self.pop();
                self.method(object, self.name(argument));
            }
            Op::SuperAttr => {
                self.pop_many(2);
                let callee = self.pop();
                let object = self.tree.add(Node::Call { callee, arguments: 0, names: Id::MISSING });
                let name = self.name(argument >> 2);
                if argument & 1 != 0 { self.method(object, name) } else { self.add(Node::Attr(object, name)) }
            }
            _ => {
                let object = self.pop();
                self.add(Node::Special(object, argument));
                self.push(Ex::NULL);
            }
        }
    }

    pub(super) fn binary(&mut self, op: Op, argument: u32) {
        let (right, left) = (self.pop(), self.pop());
        let number = |n: u32| u8::try_from(n).ok().filter(|n| usize::from(*n) < OPERATORS.len());
        let operator = match op {
            Op::Binary(number) => Some(number),
            // 3.14 has indexing among them.
            Op::BinaryNumbered if argument == 26 => return self.add(Node::Index(left, right)),
            Op::BinaryNumbered => number(argument).filter(|n| *n < COMPARE),
            Op::Is => Some(COMPARE + 8 + u8::from(argument & 1 != 0)),
            Op::Contains => Some(COMPARE + 6 + u8::from(argument & 1 != 0)),
            _ => {
                let which = match self.version {
                    13.. => argument >> 5,
                    12 => argument >> 4,
                    _ => argument,
                };
                if which == 10 && self.version <= 8 {
                    self.except(right);
                    return self.push(Ex::SILENT);
                }
                number(which).filter(|n| *n < 10).map(|n| n + COMPARE)
            }
        };
        match operator {
            Some(operator) => self.add(Node::Binary(operator, left, right)),
            None => self.push(Ex::UNKNOWN),
        }
    }

    pub(super) fn slice(&mut self) -> Ex {
        let (end, start) = (self.pop(), self.pop());
        self.tree.add(Node::Slice(start, end, Ex::NULL))
    }
}
