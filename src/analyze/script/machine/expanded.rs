//! Lines of batch files that hold variables: `cmd.exe` puts their values in before it takes a line apart, so that one
//! variable may be half of a word or five words.

use super::Machine;
use super::call::Args;
use crate::analyze::script::value::{Labels, Value};
use crate::parse::script::{Id, Language, Node};

impl Machine {
    /// Goes through a line again with what its variables hold, when that makes other words of it.
    pub(super) fn expanded_line(&mut self, function: &Value, nodes: &[Id], args: &Args, id: Id) -> Option<Value> {
        if self.language != Language::Batch || !args.named.is_empty() {
            return None;
        }
        let name = function.as_str()?;
        let is_made = |node: &Id| !matches!(self.tree.get(*node), Node::Str(_) | Node::Keyword(..));
        let splits = |value: &Value| value.as_str().is_some_and(|t| t.contains([' ', '"', '&', '|']));
        let again =
            splits(function) || nodes.iter().zip(&args.list).any(|(node, value)| is_made(node) && splits(value));
        if !again || name.is_empty() {
            return None;
        }
        let mut line = name.to_owned();
        let mut labels = function.labels;
        for value in &args.list {
            line.push(' ');
            line.push_str(value.as_str()?);
            labels = labels.with(value.labels);
        }
        // What is a variable there is none that is known here.
        if line.contains(['%', '\n']) {
            return None;
        }
        self.execute(&Value::str(line, labels.with(Labels::BUILT)), Language::Batch, id)
    }
}
