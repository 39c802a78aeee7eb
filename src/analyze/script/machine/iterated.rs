//! What Python's `itertools` make of lists that are known: decoders are written with them.

use super::Machine;
use super::call::Args;
use crate::analyze::script::fold;
use crate::analyze::script::value::{Labels, Value};
use crate::parse::script::{Id, Op};

/// Most elements that a function is called for.
const MAX_CALLS: usize = 1 << 16;

impl Machine {
    /// `map` of a function over several lists at once.
    pub(super) fn map_over(&mut self, args: &Args, id: Id) -> Option<Value> {
        let function = args.at(0)?.clone();
        let lists = args.list.get(1..)?.iter().map(|list| self.elements(list)).collect::<Option<Vec<_>>>()?;
        let rows = lists.iter().map(Vec::len).min().unwrap_or(0);
        let mut all = Vec::new();
        for row in 0..rows.min(MAX_CALLS) {
            if !self.step() {
                return None;
            }
            let given = lists.iter().filter_map(|list| list.get(row).cloned()).collect();
            all.push(self.call_value(&function, None, &Args::of(given), id, false));
        }
        Some(self.new_list(all, Labels::NONE))
    }

    /// What a function of `itertools` yields; `None` when the lists are not known.
    pub(super) fn iterated(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        let labels = self.labels_of(args);
        let items = match name.strip_prefix("itertools.")? {
            "accumulate" => {
                let items = self.elements(args.at(0)?)?;
                let by = args.named("func").or_else(|| args.at(1)).cloned();
                let start = args.named("initial").cloned();
                let mut sums: Vec<Value> = start.into_iter().collect();
                for item in items.into_iter().take(MAX_CALLS) {
                    // Sums of text are long, and all of them are kept.
                    if !self.pay(sums.last().and_then(Value::as_bytes).map_or(0, <[u8]>::len)) || !self.step() {
                        return None;
                    }
                    let sum = match (sums.last().cloned(), &by) {
                        (None, _) => item,
                        (Some(sum), Some(by)) => self.call_value(by, None, &Args::of(vec![sum, item]), id, false),
                        (Some(sum), None) => fold::number::binary(Op::Add, &sum, &item, self.language),
                    };
                    sums.push(sum);
                }
                sums
            }
            "chain" => {
                let mut all = Vec::new();
                for list in &args.list {
                    all.extend(self.elements(list)?);
                }
                all
            }
            "chain.from_iterable" => {
                let mut all = Vec::new();
                for list in self.elements(args.at(0)?)? {
                    all.extend(self.elements(&list)?);
                }
                all
            }
            "starmap" => {
                let mut all = Vec::new();
                for list in self.elements(args.at(1)?)?.into_iter().take(MAX_CALLS) {
                    if !self.step() {
                        return None;
                    }
                    let given = Args::of(self.elements(&list)?);
                    all.push(self.call_value(args.at(0)?, None, &given, id, false));
                }
                all
            }
            "zip_longest" => {
                let columns = args.list.iter().map(|list| self.elements(list)).collect::<Option<Vec<_>>>()?;
                let filler = args.named("fillvalue").cloned().unwrap_or(Value::NIL);
                let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
                if rows.saturating_mul(columns.len()) > MAX_CALLS {
                    return None;
                }
                let mut all = Vec::new();
                for row in 0..rows {
                    let cells = columns.iter().map(|c| c.get(row).unwrap_or(&filler).clone()).collect();
                    all.push(self.new_list(cells, Labels::NONE));
                }
                all
            }
            "islice" => {
                let items = self.elements(args.at(0)?)?;
                let bounds = match args.at(2) {
                    Some(_) => [args.at(1).cloned(), args.at(2).cloned(), args.at(3).cloned()],
                    None => [None, args.at(1).cloned(), None],
                };
                let places = fold::text::slice_indices(items.len(), &bounds)?;
                places.iter().filter_map(|place| items.get(*place)).cloned().collect()
            }
            _ => return None,
        };
        Some(self.new_list(items, labels))
    }
}
