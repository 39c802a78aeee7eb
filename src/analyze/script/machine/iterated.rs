//! What Python's `itertools` make of lists that are known: decoders are written with them.

use super::Machine;
use super::call::Args;
use crate::analyze::script::fold;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Op};

/// Most elements that a function is called for.
const MAX_CALLS: usize = 1 << 16;

impl Machine {
    /// `map` of a function over several lists at once.
    pub(super) fn map_over(&mut self, args: &Args, id: Id) -> Option<Value> {
        let function = args.at(0)?.clone();
        let lists = self.columns(args.list.get(1..)?)?;
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

    /// The elements of lists that are gone through side by side; what has no end is as long as the longest of the others.
    pub(super) fn columns(&mut self, lists: &[Value]) -> Option<Vec<Vec<Value>>> {
        let endless: Vec<Option<Value>> = lists.iter().map(|list| self.endless(list)).collect();
        let mut columns = Vec::new();
        for (list, endless) in lists.iter().zip(&endless) {
            columns.push(if endless.is_some() { Vec::new() } else { self.elements(list)? });
        }
        let rows = columns.iter().map(Vec::len).max().unwrap_or(0).min(MAX_CALLS);
        for (column, again) in columns.iter_mut().zip(endless) {
            if let Some(again) = again {
                let turn = self.elements(&again)?;
                *column = turn.iter().cycle().take(rows).cloned().collect();
            }
        }
        Some(columns)
    }

    /// What `itertools.cycle` or `repeat` goes through over and over, if a value is one of those.
    fn endless(&mut self, list: &Value) -> Option<Value> {
        let Known::Object(id) = list.known else { return None };
        let Some(Kind::Handle(path, about)) = self.heap.get(id).map(|o| &o.kind) else { return None };
        let about = (**about).clone();
        match self.paths.text(*path) {
            "itertools.cycle()" => Some(about),
            "itertools.repeat()" => Some(self.new_list(vec![about], Labels::NONE)),
            _ => None,
        }
    }

    /// Elements in the order of what `key` makes of them, or of themselves; `None` when that is not known.
    pub(super) fn ranked(&mut self, items: Vec<Value>, args: &Args, id: Id) -> Option<Vec<Value>> {
        let key = args.named("key").cloned();
        let mut pairs = Vec::new();
        for item in items.into_iter().take(MAX_CALLS) {
            let rank = match &key {
                Some(key) => {
                    if !self.step() {
                        return None;
                    }
                    self.call_value(key, None, &Args::of(vec![item.clone()]), id, false)
                }
                None => item.clone(),
            };
            pairs.push((rank, item));
        }
        if !fold::number::sort_by(&mut pairs, |(rank, _)| rank) {
            return None;
        }
        if args.named("reverse").is_some_and(|v| matches!(v.known, Known::Bool(true))) {
            pairs.reverse();
        }
        Some(pairs.into_iter().map(|(_, item)| item).collect())
    }

    /// The least or the greatest of several, or of the elements of one.
    pub(super) fn extreme(&mut self, is_greatest: bool, args: &Args, id: Id) -> Option<Value> {
        let items = match args.list.as_slice() {
            [over] => self.elements(over)?,
            several => several.to_vec(),
        };
        let ranked = self.ranked(items, args, id)?;
        if is_greatest { ranked.last().cloned() } else { ranked.first().cloned() }
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
            // Without an end: as long as what it is gone through with.
            "cycle" | "repeat" if args.list.len() == 1 && args.named.is_empty() => {
                let path = self.paths.root(name);
                let path = self.paths.call(path);
                return Some(self.handle(path, args.at(0)?.clone(), labels));
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
