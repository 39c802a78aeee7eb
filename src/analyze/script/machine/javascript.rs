//! JavaScript: functions that need the machine.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::Id;

/// Longest array that is made by its length.
const MAX_CALLS: usize = 100_000;

impl Machine {
    pub(super) fn builtin_of_javascript(
        &mut self,
        name: &str,
        this: Option<&Value>,
        args: &Args,
        id: Id,
    ) -> Option<Value> {
        let first = args.at(0);
        Some(match name {
            "require" | "import" | "process.mainModule.require" | "module.require" | "process.binding" => {
                let module = first?.as_str()?.to_owned();
                let offset = self.place(id).0;
                self.out.imports.push((module.as_str().into(), "".into(), offset));
                let path = self.paths.root(&module);
                Self::path_value(path, first?.labels)
            }
            "setTimeout" | "setInterval" | "setImmediate" | "queueMicrotask" | "process.nextTick" => {
                let function = first?.clone();
                if let Known::Func(..) = function.known {
                    self.call_value(
                        &function,
                        None,
                        &Args::of(args.list.get(2..).unwrap_or_default().to_vec()),
                        id,
                        false,
                    );
                    return Some(Value::UNKNOWN);
                }
                return None;
            }
            "Object.keys" | "keys" | "Object.getOwnPropertyNames" => match first?.known {
                Known::Object(object) => {
                    let object = self.heap.get(object)?;
                    let names: Vec<Value> = match &object.kind {
                        Kind::Dict(fields) if !object.open => {
                            fields.iter().map(|(n, _)| Value::str(Rc::clone(n), Labels::NONE)).collect()
                        }
                        Kind::List(items) if !object.open => {
                            (0..items.len()).map(|i| Value::str(i.to_string(), Labels::NONE)).collect()
                        }
                        _ => return Some(Value::unknown(self.all_labels(first?))),
                    };
                    self.new_list(names, Labels::NONE)
                }
                _ => Value::unknown(self.all_labels(first?)),
            },
            "Object.values" | "Object.entries" => {
                let Known::Object(object) = first?.known else { return Some(Value::unknown(self.all_labels(first?))) };
                let Kind::Dict(fields) = self.heap.get(object)?.kind.clone() else { return None };
                let mut out = Vec::new();
                for (key, value) in fields.iter() {
                    out.push(if name == "Object.values" {
                        value.clone()
                    } else {
                        let key = Value::str(Rc::clone(key), Labels::NONE);
                        self.new_list(vec![key, value.clone()], Labels::NONE)
                    });
                }
                self.new_list(out, Labels::NONE)
            }
            "Object.assign" => {
                let target = first?.clone();
                for source in args.list.iter().skip(1) {
                    let labels = self.all_labels(source);
                    let fields = match source.known {
                        Known::Object(id) => match self.heap.get(id).map(|o| o.kind.clone()) {
                            Some(Kind::Dict(fields)) => fields,
                            _ => Fields::default(),
                        },
                        _ => Fields::default(),
                    };
                    for (name, value) in fields.iter() {
                        self.set_member(&target, name, value.clone(), id);
                    }
                    if let Known::Object(id) = target.known
                        && let Some(object) = self.heap.get_mut(id)
                    {
                        object.labels = object.labels.with(labels);
                    }
                }
                target
            }
            "Array.from" | "Array.of" | "Array" | "Set" => {
                if name == "Array.from" {
                    let over = first?.clone();
                    if let Some(function) = args.at(1) {
                        return Some(self.map(function, &over, id));
                    }
                    match self.elements(&over) {
                        Some(items) => self.new_list(items, over.labels),
                        None => Value::unknown(self.all_labels(&over)),
                    }
                } else if name == "Array" && args.list.len() == 1 && first?.as_num().is_some() {
                    let count = usize::try_from(first?.as_int()?).ok().filter(|c| *c < MAX_CALLS)?;
                    self.new_list(vec![Value::NIL; count], Labels::NONE)
                } else {
                    self.new_list(args.list.clone(), Labels::NONE)
                }
            }
            "Reflect.get" => {
                let name = args.at(1)?.as_str()?.to_owned();
                self.member(&first?.clone(), &name, id)
            }
            "Reflect.apply" => {
                let list = self.elements(args.at(2)?).unwrap_or_default();
                self.call_value(first?, args.at(1), &Args::of(list), id, false)
            }
            "JSON.stringify" => {
                let value = first?;
                if let Some(text) = value.as_str() {
                    return Some(Value::str(format!("{text:?}"), value.labels));
                }
                Value::unknown(self.all_labels(value))
            }
            "Promise.resolve" => first?.clone(),
            "Function" | "AsyncFunction" | "Function.prototype.constructor" | "vm.Script" => {
                // The last argument is the body, which runs when the result is called; treat it as executed.
                let body = args.list.last()?.clone();
                let eval = self.paths.root("eval");
                let evaluated = self.call_path(eval, None, &Args::of(vec![body]), id);
                let _ = evaluated;
                let path = self.paths.root("Function");
                let path = self.paths.call(path);
                Self::path_value(path, Labels::NONE)
            }
            _ if name.ends_with(".constructor") && this.is_some_and(|t| matches!(t.known, Known::Func(..))) => {
                return self.builtin_of_javascript("Function", None, args, id);
            }
            _ if name.ends_with(".then") || name.ends_with(".catch") || name.ends_with(".finally") => {
                // A promise hands on what it was made of.
                let this = this?;
                let base = match &this.known {
                    Known::Path(path) => this.clone().labelled(self.path_labels(*path, id)),
                    _ => this.clone(),
                };
                let function = first?.clone();
                if let Known::Func(func, frame) = function.known {
                    let value = self.call_function(func, frame, None, &Args::of(vec![base.clone()]));
                    return Some(value.labelled(base.labels));
                }
                return None;
            }
            _ if name.ends_with(".pipe") => {
                // A stream that is written into a file.
                let target = first?.clone();
                let content = Value::unknown(this.map_or(Labels::NONE, |t| self.all_labels(t)));
                if let Known::Object(id_of) = target.known
                    && let Some(Kind::Handle(path, _)) = self.heap.get(id_of).map(|o| &o.kind)
                {
                    let path = *path;
                    if self.paths.text(path).contains("createWriteStream") {
                        self.write_file(path, &target, &content, id);
                    } else if let Some(object) = self.heap.get_mut(id_of) {
                        object.labels = object.labels.with(content.labels);
                    }
                }
                target.labelled(content.labels)
            }
            _ => return None,
        })
    }
}
