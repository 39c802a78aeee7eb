//! From statements in the order of their instructions to statements that Python would read.
//!
//! Compilers put handlers where they cost least, since 3.12 behind everything else of a function: there an `except` stands
//! far from its `try`, behind the `return` of the function. Handlers go back to what they guard, and what still has no
//! partner (a `try` whose handler was not told, an `else` of nothing) gets an empty one: a listing that cannot be read is
//! followed only to the place where it breaks.

use std::collections::HashMap;

use super::super::expression::{Kind, Statement};

/// Which statement belongs to which handler.
#[derive(Default)]
pub(super) struct Handlers {
    /// Each `try`, by its place among the statements, and where its handler begins.
    pub(super) tries: Vec<(usize, u32)>,
    /// Each clause of a handler, and where that begins.
    pub(super) clauses: Vec<(usize, u32)>,
    /// The handler that was entered last.
    pub(super) current: u32,
}

/// Statements in an order, and with partners, that can be read; `first` is the place of the first of them in `handlers`.
pub(super) fn settle(statements: &[Statement], handlers: &Handlers, first: usize) -> Vec<Statement> {
    let mut out = Partners::default();
    reordered(statements, handlers, first, &mut out);
    out.close(0);
    out.statements
}

/// The first statement behind the body of the one at `at`.
fn end_of_body(statements: &[Statement], at: usize) -> usize {
    let indent = statements.get(at).map_or(0, |s| s.indent);
    let rest = statements.get(at + 1..).unwrap_or_default();
    rest.iter().position(|s| s.indent <= indent).map_or(statements.len(), |n| at + 1 + n)
}

fn is_clause(statement: &Statement) -> bool {
    matches!(statement.kind, Kind::Except(..) | Kind::Finally)
}

/// A stretch of statements that is being written, and how far it is moved to the right.
struct Stretch {
    start: usize,
    at: usize,
    end: usize,
    shift: i32,
}

/// Handlers that go elsewhere.
struct Moves {
    /// By the first statement of a handler: where it ends.
    away: HashMap<usize, usize>,
    /// By the first statement behind the body of a `try`: the `try`, and its handler.
    back: HashMap<usize, Vec<(usize, usize)>>,
}

fn moves(statements: &[Statement], handlers: &Handlers, first: usize) -> Moves {
    let mut moves = Moves { away: HashMap::new(), back: HashMap::new() };
    let mut clause_of = HashMap::new();
    for (at, handler) in &handlers.clauses {
        clause_of.entry(*handler).or_insert(at.wrapping_sub(first));
    }
    // Inner ones first: they stand later, and go in front of what ends at the same place.
    for (at, handler) in handlers.tries.iter().rev() {
        let at = at.wrapping_sub(first);
        let end = end_of_body(statements, at);
        let Some(indent) = statements.get(at).map(|s| s.indent) else { continue };
        let Some(clause) = clause_of.get(handler).copied().filter(|c| *c > end) else { continue };
        let Some(own) = statements.get(clause).map(|s| s.indent) else { continue };
        // Somebody else's place, or taken already.
        if moves.away.contains_key(&clause) || statements.get(end).is_some_and(|s| s.indent == indent && is_clause(s)) {
            continue;
        }
        let mut until = end_of_body(statements, clause);
        while let Some(next) = statements.get(until)
            && next.indent == own
            && is_clause(next)
            && handlers
                .clauses
                .binary_search_by_key(&(until + first), |c| c.0)
                .is_ok_and(|i| handlers.clauses.get(i).is_some_and(|(_, of)| clause_of.get(of) != Some(&until)))
        {
            until = end_of_body(statements, until);
        }
        moves.away.insert(clause, until);
        moves.back.entry(end).or_default().push((at, clause));
    }
    moves
}

fn reordered(statements: &[Statement], handlers: &Handlers, first: usize, out: &mut Partners) {
    let mut moves = moves(statements, handlers, first);
    let mut stack = vec![Stretch { start: 0, at: 0, end: statements.len(), shift: 0 }];
    while let Some(stretch) = stack.last_mut() {
        let (at, start, shift) = (stretch.at, stretch.start, stretch.shift);
        // Only what was opened in this stretch: the same place may end something around it.
        let back = moves.back.get_mut(&at).and_then(|back| {
            let found = back.iter().position(|(guarded, _)| *guarded >= start)?;
            Some(back.remove(found))
        });
        if let Some((guarded, clause)) = back {
            let indent = |at: usize| statements.get(at).map_or(0, |s| i32::from(s.indent));
            let shift = shift + indent(guarded) - indent(clause);
            let end = moves.away.get(&clause).copied().unwrap_or(clause);
            if let Some(statement) = statements.get(clause) {
                out.add(*statement, shift);
            }
            stack.push(Stretch { start: clause, at: clause + 1, end, shift });
            continue;
        }
        if at >= stretch.end {
            stack.pop();
            continue;
        }
        match moves.away.get(&at).copied().filter(|end| *end > at) {
            Some(end) => stretch.at = end,
            None => {
                stretch.at += 1;
                if let Some(statement) = statements.get(at) {
                    out.add(*statement, shift);
                }
            }
        }
    }
}

/// What opened a block, as far as it says what may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opened {
    Condition,
    Loop,
    Try,
    Except,
    /// An `else`, and whether it is one of a `try`.
    Else(bool),
    Other,
}

/// Statements, of which each has what it must follow.
#[derive(Default)]
struct Partners {
    statements: Vec<Statement>,
    open: Vec<(u16, Opened)>,
}

impl Partners {
    fn add(&mut self, mut statement: Statement, shift: i32) {
        let indent = u16::try_from(i32::from(statement.indent) + shift).unwrap_or(0);
        let most = match self.statements.last() {
            Some(last) => last.indent.saturating_add(u16::from(self.open.last().is_some_and(|o| o.0 == last.indent))),
            None => 0,
        };
        statement.indent = indent.min(most);
        let before = self.before(statement);
        let fits = match statement.kind {
            Kind::Except(..) => matches!(before, Some(Opened::Try | Opened::Except)),
            Kind::Finally => matches!(before, Some(Opened::Try | Opened::Except | Opened::Else(true))),
            Kind::Else => matches!(before, Some(Opened::Condition | Opened::Loop | Opened::Except)),
            Kind::If(_, true) => before == Some(Opened::Condition),
            _ => true,
        };
        if !fits {
            match statement.kind {
                Kind::If(condition, _) => statement.kind = Kind::If(condition, false),
                kind => {
                    self.statements.push(Statement { indent: statement.indent, kind: Kind::Try });
                    if matches!(kind, Kind::Else) {
                        statement.kind = Kind::Finally;
                    }
                }
            }
        }
        let opened = match statement.kind {
            Kind::If(..) => Opened::Condition,
            Kind::For(..) => Opened::Loop,
            Kind::Try => Opened::Try,
            Kind::Except(..) => Opened::Except,
            Kind::Else => Opened::Else(before == Some(Opened::Except)),
            Kind::Finally | Kind::With(..) => Opened::Other,
            _ => {
                self.statements.push(statement);
                return;
            }
        };
        self.open.push((statement.indent, opened));
        self.statements.push(statement);
    }

    /// Ends what a statement ends; gives the block right before it, beside it.
    fn before(&mut self, statement: Statement) -> Option<Opened> {
        self.close(statement.indent.saturating_add(1));
        let &(indent, opened) = self.open.last().filter(|o| o.0 == statement.indent)?;
        if opened == Opened::Try && !is_clause(&statement) {
            self.close(indent);
        } else {
            self.open.pop();
        }
        Some(opened)
    }

    /// Ends the blocks that stand at `indent` or deeper.
    fn close(&mut self, indent: u16) {
        while let Some((own, opened)) = self.open.pop_if(|o| o.0 >= indent) {
            if opened == Opened::Try {
                self.statements.push(Statement { indent: own, kind: Kind::Finally });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::expression::Ex;
    use super::*;

    /// Statements of one word a line: `try`, `except`, `finally`, `else`, `if`, `elif`, else an expression.
    fn settled(lines: &str, tries: &[(usize, u32)], clauses: &[(usize, u32)]) -> String {
        let statements: Vec<Statement> = lines
            .lines()
            .map(|line| {
                let kind = match line.trim() {
                    "try" => Kind::Try,
                    "except" => Kind::Except(Ex::UNKNOWN, Ex::NULL),
                    "finally" => Kind::Finally,
                    "else" => Kind::Else,
                    "if" => Kind::If(Ex::UNKNOWN, false),
                    "elif" => Kind::If(Ex::UNKNOWN, true),
                    "return" => Kind::Return(Ex::UNKNOWN),
                    _ => Kind::Expression(Ex::UNKNOWN),
                };
                let indent = line.bytes().take_while(|b| *b == b' ').count();
                Statement { indent: u16::try_from(indent).unwrap(), kind }
            })
            .collect();
        let handlers = Handlers { tries: tries.to_vec(), clauses: clauses.to_vec(), current: 0 };
        let word = |s: &Statement| match s.kind {
            Kind::Try => "try",
            Kind::Except(..) => "except",
            Kind::Finally => "finally",
            Kind::Else => "else",
            Kind::If(_, false) => "if",
            Kind::If(..) => "elif",
            Kind::Return(_) => "return",
            _ => "x",
        };
        let line = |s: &Statement| format!("{}{}\n", " ".repeat(s.indent.into()), word(s));
        settle(&statements, &handlers, 0).iter().map(line).collect()
    }

    #[test]
    fn handlers_go_back_to_what_they_guard() {
        // From 3.12 on they stand behind the last `return`, at no block's depth.
        assert_eq!(
            settled("if\n try\n  x\n x\nreturn\nexcept\n x\nexcept\n x\n", &[(1, 9)], &[(5, 9), (7, 9)]),
            "if\n try\n  x\n except\n  x\n except\n  x\n x\nreturn\n"
        );
        // Two, one in the handler of the other.
        assert_eq!(
            settled("try\n x\nreturn\nexcept\n try\n  x\n x\nexcept\n return\n", &[(0, 5), (4, 8)], &[(3, 5), (7, 8)]),
            "try\n x\nexcept\n try\n  x\n except\n  return\n x\nreturn\n"
        );
        // What stands right is left alone.
        let right = "try\n x\nexcept\n x\nelse\n x\nfinally\n x\nx\n";
        assert_eq!(settled(right, &[(0, 5)], &[(2, 5), (6, 7)]), right);
    }

    #[test]
    fn what_has_no_partner_gets_one() {
        assert_eq!(settled("try\n x\nx\n", &[], &[]), "try\n x\nfinally\nx\n");
        assert_eq!(settled("if\n try\n  try\n", &[], &[]), "if\n try\n  try\n  finally\n finally\n");
        assert_eq!(settled("x\nexcept\n x\nx\nfinally\n x\n", &[], &[]), "x\ntry\nexcept\n x\nx\ntry\nfinally\n x\n");
        assert_eq!(settled("x\nelse\n x\nelif\n x\n", &[], &[]), "x\ntry\nfinally\n x\nif\n x\n");
        // Depth that nothing opens.
        assert_eq!(settled("   x\nif\n   x\n x\n", &[], &[]), "x\nif\n x\n x\n");
        // A handler of itself, one of many, a place that is none.
        let text = settled("try\nexcept\nexcept\n", &[(0, 1), (0, 1), (90, 1)], &[(1, 1), (1, 1), (2, 1)]);
        assert!(text.matches("except").count() == 2 && text.starts_with("try\nexcept\n"), "{text}");
    }
}
