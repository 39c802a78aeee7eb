//! Literals: text, numbers, templates.

use oxc_ast::ast::{BigIntLiteral, Directive, Expression, StringLiteral, TaggedTemplateExpression, TemplateElement};
use oxc_ast::ast::{NumericLiteral, TemplateLiteral};
use oxc_span::{GetSpan, Span};

use super::lower::Lower;
use crate::parse::script::{Id, Node, Sym};

/// Oxc writes a lone surrogate as U+FFFD and four hexadecimal digits, and U+FFFD itself in the same way. In UTF-8 there
/// are no surrogates; they all become U+FFFD.
fn without_surrogates(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut pieces = value.split('\u{fffd}');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push('\u{fffd}');
        out.push_str(piece.get(4..).unwrap_or_default());
    }
    out
}

impl<'a> Lower<'a, '_> {
    pub(super) fn string_sym(&mut self, literal: &StringLiteral<'_>) -> Sym {
        if literal.lone_surrogates {
            self.tree.sym(without_surrogates(&literal.value))
        } else {
            self.sym(&literal.value)
        }
    }

    pub(super) fn string(&mut self, literal: &StringLiteral<'_>) -> Id {
        let sym = self.string_sym(literal);
        self.node(Node::Str(sym), literal.span)
    }

    pub(super) fn number(&mut self, literal: &NumericLiteral<'_>) -> Id {
        self.node(Node::Num(literal.value), literal.span)
    }

    /// A big integer as the nearest number.
    pub(super) fn bigint(&mut self, literal: &BigIntLiteral<'_>) -> Id {
        self.node(Node::Num(literal.value.parse().unwrap_or(f64::NAN)), literal.span)
    }

    /// Directives (`"use strict"`) are statements without effect; they stay because they are text of the script.
    pub(super) fn directives(&mut self, directives: &'a [Directive<'a>]) {
        for directive in directives {
            let text = self.string(&directive.expression);
            self.push(text);
        }
    }

    /// The text of a template's piece; a piece whose escapes are invalid (only tags may see it) as it is written.
    fn piece_sym(&mut self, piece: &TemplateElement<'_>) -> Sym {
        match &piece.value.cooked {
            Some(text) if piece.lone_surrogates => self.tree.sym(without_surrogates(text)),
            Some(text) => self.tree.sym(text.as_str()),
            None => self.tree.sym(piece.value.raw.as_str()),
        }
    }

    fn piece(&mut self, piece: &TemplateElement<'_>, raw: bool) -> Id {
        let sym = if raw { self.tree.sym(piece.value.raw.as_str()) } else { self.piece_sym(piece) };
        self.node(Node::Str(sym), piece.span)
    }

    /// A template; one without expressions is text.
    pub(super) fn template(&mut self, template: &'a TemplateLiteral<'a>) -> Id {
        self.pieces(template, template.span, false)
    }

    fn pieces(&mut self, template: &'a TemplateLiteral<'a>, span: Span, raw: bool) -> Id {
        if let ([], [only]) = (template.expressions.as_slice(), template.quasis.as_slice()) {
            let sym = if raw { self.tree.sym(only.value.raw.as_str()) } else { self.piece_sym(only) };
            return self.node(Node::Str(sym), span);
        }
        let mark = self.mark();
        let mut expressions = template.expressions.iter();
        for quasi in &template.quasis {
            if !quasi.value.raw.is_empty() {
                let text = self.piece(quasi, raw);
                self.push(text);
            }
            if let Some(expression) = expressions.next() {
                let value = self.expression(expression);
                self.push(value);
            }
        }
        let many = self.many(mark);
        self.node(Node::Template(many), span)
    }

    /// A tagged template is a call of the tag with the list of the text pieces and the expressions. `String.raw` is
    /// what it yields: the pieces as they are written.
    pub(super) fn tagged(&mut self, tagged: &'a TaggedTemplateExpression<'a>, tag: Id) -> Id {
        let template = &tagged.quasi;
        if let Expression::StaticMemberExpression(member) = &tagged.tag
            && member.property.name == "raw"
            && matches!(&member.object, Expression::Identifier(object) if object.name == "String")
        {
            return self.pieces(template, tagged.span, true);
        }
        // Bun, zx and execa have a shell run what stands in a template behind `$`.
        if matches!(&tagged.tag, Expression::Identifier(name) if name.name == "$") {
            let line = self.pieces(template, template.span, false);
            let (bun, shell) = (self.sym("Bun"), self.sym("$"));
            let bun = self.node(Node::Name(bun), tagged.span);
            let shell = self.node(Node::Member(bun, shell), tagged.span);
            let mark = self.mark();
            self.push(line);
            let arguments = self.many(mark);
            return self.node(Node::Call(shell, arguments), tagged.span());
        }
        let mark = self.mark();
        for quasi in &template.quasis {
            let text = self.piece(quasi, false);
            self.push(text);
        }
        let texts = self.many(mark);
        let texts = self.node(Node::List(texts), template.span);
        self.push(texts);
        for expression in &template.expressions {
            let value = self.expression(expression);
            self.push(value);
        }
        let arguments = self.many(mark);
        self.node(Node::Call(tag, arguments), tagged.span())
    }
}
