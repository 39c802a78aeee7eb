//! What Python's `operator` module makes: operators as functions, and functions that ask whatever they are given for a
//! member, an element, a method.

use super::Machine;
use super::call::Args;
use crate::analyze::script::value::{Labels, Value};
use crate::parse::script::{Id, Op};

impl Machine {
    /// Calls a method of a value by its name.
    pub(super) fn call_method(&mut self, object: &Value, name: &str, args: &Args, id: Id) -> Value {
        if let Some(value) = self.method_of_known(object, &std::rc::Rc::from(name), args, id) {
            return value;
        }
        let function = self.member(object, name, id);
        self.call_value(&function, Some(object), args, id, false)
    }

    /// What a function of the `operator` module yields.
    pub(super) fn operator(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        let name = name.strip_prefix("operator.").or_else(|| name.strip_prefix("_operator."))?;
        match name {
            // Functions that are made, and are called with what they are about.
            "methodcaller" | "attrgetter" | "itemgetter" => {
                let path = self.paths.root(&format!("operator.{name}"));
                let path = self.paths.call(path);
                return Some(self.bound(Self::path_value(path, Labels::NONE), args.clone()));
            }
            "methodcaller()" => {
                let method = args.at(0)?.as_str()?.to_owned();
                let (object, given) = args.list.get(1..)?.split_last()?;
                let rest = Args { list: given.to_vec(), named: args.named.clone(), open: args.open };
                return Some(self.call_method(&object.clone(), &method, &rest, id));
            }
            "attrgetter()" => {
                let [names, object] = args.list.as_slice() else { return None };
                let (names, mut object) = (names.as_str()?.to_owned(), object.clone());
                for name in names.split('.') {
                    object = self.member(&object, name, id);
                }
                return Some(object);
            }
            "itemgetter()" => {
                let (object, keys) = args.list.split_last()?;
                let (object, keys) = (object.clone(), keys.to_vec());
                let items: Vec<Value> = keys.iter().map(|key| self.element(&object, key)).collect();
                return match items.as_slice() {
                    [one] => Some(one.clone()),
                    _ => Some(self.new_list(items, Labels::NONE)),
                };
            }
            _ => {}
        }
        let (a, b) = (args.at(0)?.clone(), args.at(1)?.clone());
        let op = match name.trim_matches('_') {
            "add" | "concat" | "iadd" | "iconcat" => Op::Add,
            "sub" | "isub" => Op::Sub,
            "mul" | "imul" => Op::Mul,
            "truediv" | "itruediv" => Op::Div,
            "floordiv" | "ifloordiv" => Op::FloorDiv,
            "mod" | "imod" => Op::Mod,
            "pow" | "ipow" => Op::Pow,
            "and" | "iand" => Op::BitAnd,
            "or" | "ior" => Op::BitOr,
            "xor" | "ixor" => Op::BitXor,
            "lshift" | "ilshift" => Op::Shl,
            "rshift" | "irshift" => Op::Shr,
            "eq" => Op::Eq,
            "ne" => Op::Ne,
            "getitem" => return Some(self.element(&a, &b)),
            "call" => {
                let rest = Args { list: args.list.get(1..)?.to_vec(), named: args.named.clone(), open: args.open };
                return Some(self.call_value(&a, None, &rest, id, false));
            }
            _ => return None,
        };
        Some(self.operate(op, &a, &b))
    }
}
