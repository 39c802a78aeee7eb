//! `match`: a [`Node::Switch`] over the subject. Literals are tests; what else a pattern asks cannot be expressed, so the
//! test of such a case is [`Node::Opaque`] (it may or may not hold) and its captures begin the body.

use ruff_python_ast::{MatchCase, Pattern, Singleton, StmtMatch};
use ruff_text_size::Ranged as _;

use super::lower::Lower;
use super::range;
use crate::parse::script::{Id, Node};

impl<'a> Lower<'a> {
    pub(super) fn match_cases(&mut self, choice: &'a StmtMatch) {
        let at = range(choice);
        let base = self.ids.len();
        let mut subject = self.expression(&choice.subject);
        // Captures name the subject again, which must not be worked out again.
        let is_name = matches!(self.tree.get(subject), Node::Name(_));
        if !is_name {
            let subject_at = range(&*choice.subject);
            let name = self.name("match subject", subject_at);
            let id = self.put(Node::Declare(name, subject), subject_at);
            self.ids.push(id);
            subject = name;
        }
        let cases = self.ids.len();
        for case in &choice.cases {
            self.case(case, subject);
        }
        let cases = self.list_from(cases);
        let id = self.put(Node::Switch(subject, cases), at);
        self.ids.push(id);
        if !is_name {
            let id = self.block_from(base, at);
            self.ids.push(id);
        }
    }

    fn case(&mut self, case: &'a MatchCase, subject: Id) {
        let at = range(case);
        let base = self.ids.len();
        self.captures(&case.pattern, subject);
        let body = match case.guard.as_deref() {
            None => {
                self.statements(&case.body);
                self.block_from(base, at)
            }
            Some(guard) => {
                let test = self.expression(guard);
                let then = self.block(&case.body, at);
                let id = self.put(Node::If(test, then, Id::NONE), at);
                self.ids.push(id);
                self.block_from(base, at)
            }
        };
        // Whether a guarded case is taken is not known; the guard stands in its body, behind the captures.
        let is_open = case.guard.is_some();
        let alternatives = match &case.pattern {
            Pattern::MatchOr(or) if !is_open && or.patterns.iter().all(is_literal) => or.patterns.as_slice(),
            one => std::slice::from_ref(one),
        };
        for pattern in alternatives {
            let mut test = self.test(pattern);
            if is_open && !test.is_some() {
                test = self.opaque(&[], range(pattern));
            } else if is_open {
                test = self.opaque(&[test], range(pattern));
            }
            let id = self.put(Node::Case(test, body), at);
            self.ids.push(id);
        }
    }

    /// The test of a pattern; none for one that always holds.
    fn test(&mut self, pattern: &'a Pattern) -> Id {
        let at = range(pattern);
        if !self.enter(at.0) {
            return self.opaque(&[], at);
        }
        let id = match pattern {
            Pattern::MatchValue(value) => self.expression(&value.value),
            Pattern::MatchSingleton(value) => {
                let node = match value.value {
                    Singleton::None => Node::Nil,
                    Singleton::True => Node::Bool(true),
                    Singleton::False => Node::Bool(false),
                };
                self.put(node, at)
            }
            Pattern::MatchAs(capture) => match capture.pattern.as_deref() {
                Some(pattern) => self.test(pattern),
                None => Id::NONE,
            },
            Pattern::MatchStar(_) => Id::NONE,
            Pattern::MatchOr(or) if or.patterns.iter().any(Pattern::is_irrefutable) => Id::NONE,
            Pattern::MatchOr(or) => self.tests(&or.patterns, &[], at),
            Pattern::MatchSequence(list) => self.tests(&list.patterns, &[], at),
            Pattern::MatchMapping(map) => {
                let base = self.ids.len();
                for key in &map.keys {
                    let id = self.expression(key);
                    self.ids.push(id);
                }
                let keys: Vec<Id> = self.ids.drain(base..).collect();
                self.tests(&map.patterns, &keys, at)
            }
            Pattern::MatchClass(class) => {
                let name = self.expression(&class.cls);
                let arguments = &class.arguments;
                self.tests(arguments.patterns.iter().chain(arguments.keywords.iter().map(|k| &k.pattern)), &[name], at)
            }
        };
        self.leave();
        id
    }

    /// A test that is not known, of others that may be.
    fn tests(&mut self, patterns: impl IntoIterator<Item = &'a Pattern>, before: &[Id], at: (u32, u32)) -> Id {
        let base = self.ids.len();
        self.ids.extend_from_slice(before);
        for pattern in patterns {
            let id = self.test(pattern);
            if id.is_some() {
                self.ids.push(id);
            }
        }
        let parts = self.list_from(base);
        self.put(Node::Opaque(parts), at)
    }

    /// Declares the names of a pattern. One for the whole subject is the subject; others are something of it.
    fn captures(&mut self, pattern: &'a Pattern, subject: Id) {
        match pattern {
            Pattern::MatchAs(capture) => {
                if let Some(name) = &capture.name {
                    let at = range(name);
                    let id = self.set(name.as_str(), at, subject, at);
                    self.ids.push(id);
                }
                if let Some(pattern) = capture.pattern.as_deref()
                    && self.enter(pattern.start().to_u32())
                {
                    self.captures(pattern, subject);
                    self.leave();
                }
            }
            Pattern::MatchOr(or) => self.captures_of(&or.patterns, subject),
            _ => {
                let parts = self.tree.many(&[subject]);
                let part = |this: &mut Self, at| this.put(Node::Opaque(parts), at);
                match pattern {
                    Pattern::MatchSequence(list) => {
                        let part = part(self, range(list));
                        self.captures_of(&list.patterns, part);
                    }
                    Pattern::MatchMapping(map) => {
                        let part = part(self, range(map));
                        self.captures_of(&map.patterns, part);
                        if let Some(name) = &map.rest {
                            let at = range(name);
                            let id = self.set(name.as_str(), at, part, at);
                            self.ids.push(id);
                        }
                    }
                    Pattern::MatchClass(class) => {
                        let part = part(self, range(class));
                        let arguments = &class.arguments;
                        let keywords = arguments.keywords.iter().map(|keyword| &keyword.pattern);
                        self.captures_of(arguments.patterns.iter().chain(keywords), part);
                    }
                    Pattern::MatchStar(star) => {
                        if let Some(name) = &star.name {
                            let at = range(name);
                            let id = self.set(name.as_str(), at, subject, at);
                            self.ids.push(id);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn captures_of(&mut self, patterns: impl IntoIterator<Item = &'a Pattern>, subject: Id) {
        for pattern in patterns {
            if self.enter(pattern.start().to_u32()) {
                self.captures(pattern, subject);
                self.leave();
            }
        }
    }
}

/// Whether a pattern compares with a value and does nothing else.
fn is_literal(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::MatchValue(_) | Pattern::MatchSingleton(_))
}
