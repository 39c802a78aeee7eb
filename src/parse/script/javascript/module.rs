//! Imports and exports, and the declarations of TypeScript.

use oxc_ast::ast::{
    Declaration, ExportDefaultDeclaration, ExportDefaultDeclarationKind, ExportFromDeclaration, Expression,
    ImportDeclaration, ImportDeclarationSpecifier, ImportOrExportKind, ModuleExportName, Statement, TSEnumDeclaration,
    TSEnumMember, TSEnumMemberName, TSImportEqualsDeclaration, TSModuleBlock, TSModuleReference,
    TSNamespaceDeclaration, TSNamespaceDeclarationBody, TSTypeName,
};
use oxc_span::{GetSpan, Span};

use super::function::Place;
use super::lower::Lower;
use crate::parse::script::{Id, Node, Sym};

impl<'a> Lower<'a, '_> {
    /// Adds what an import, an export or a declaration of TypeScript says.
    pub(super) fn of_module(&mut self, statement: &'a Statement<'a>) {
        match statement {
            Statement::ImportDeclaration(x) => self.import(x),
            Statement::ExportAllDeclaration(x) if x.export_kind == ImportOrExportKind::Type => {}
            Statement::ExportAllDeclaration(x) => {
                let module = self.string_sym(&x.source);
                // `export * as ns` makes one export; the members do not get names of their own.
                let member = if x.exported.is_some() { Sym::EMPTY } else { self.sym("*") };
                self.imported(module, member, Sym::EMPTY, x.span);
            }
            Statement::ExportFromDeclaration(x) => self.export_from(x),
            Statement::ExportDefaultDeclaration(x) => self.export_default(x),
            Statement::ExportDeclaration(x) => self.declaration(&x.declaration),
            Statement::TSExportAssignment(x) => {
                let module = self.name("module", x.span);
                let exports = self.sym("exports");
                let target = self.node(Node::Member(module, exports), x.span);
                let value = self.expression(&x.expression);
                let set = self.node(Node::Assign(target, value), x.span);
                self.push(set);
            }
            Statement::ExportNamedDeclaration(x) if x.export_kind != ImportOrExportKind::Type => {
                for specifier in &x.specifiers {
                    let (local, exported) = (self.export_name(&specifier.local), self.export_name(&specifier.exported));
                    if local != exported {
                        let value = self.node(Node::Name(local), specifier.span);
                        self.export_as(exported, value, specifier.span);
                    }
                }
            }
            Statement::ExportNamedDeclaration(_) | Statement::TSNamespaceExportDeclaration(_) => {}
            _ => {
                if let Some(declaration) = statement.as_declaration() {
                    self.declaration(declaration);
                }
            }
        }
    }

    fn declaration(&mut self, declaration: &'a Declaration<'a>) {
        match declaration {
            Declaration::VariableDeclaration(x) => self.variables(x),
            Declaration::FunctionDeclaration(x) => {
                if let Some(id) = self.function(x, None, Place::Elsewhere, Vec::new()) {
                    self.push(id);
                }
            }
            Declaration::ClassDeclaration(x) if !x.declare => {
                let id = self.class(x);
                self.push(id);
            }
            Declaration::TSEnumDeclaration(x) if !x.declare => self.enumeration(x),
            Declaration::TSNamespaceDeclaration(x) if !x.declare => self.namespace(x),
            Declaration::TSImportEqualsDeclaration(x) => self.import_equals(x),
            // Types, and what is said to exist elsewhere.
            _ => {}
        }
    }

    fn imported(&mut self, module: Sym, member: Sym, alias: Sym, span: Span) {
        let id = self.node(Node::Import(module, member, alias), span);
        self.push(id);
    }

    fn import(&mut self, import: &'a ImportDeclaration<'a>) {
        if import.import_kind == ImportOrExportKind::Type {
            return;
        }
        let module = self.string_sym(&import.source);
        let specifiers = import.specifiers.as_ref().map_or(&[][..], |all| all.as_slice());
        if specifiers.is_empty() {
            self.imported(module, Sym::EMPTY, Sym::EMPTY, import.span);
        }
        for specifier in specifiers {
            let (member, local) = match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(x) if x.import_kind == ImportOrExportKind::Type => continue,
                ImportDeclarationSpecifier::ImportSpecifier(x) => (self.export_name(&x.imported), &x.local),
                ImportDeclarationSpecifier::ImportDefaultSpecifier(x) => (self.sym("default"), &x.local),
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(x) => (Sym::EMPTY, &x.local),
            };
            let alias = self.sym(&local.name);
            self.imported(module, member, alias, specifier.span());
        }
    }

    fn export_name(&mut self, name: &ModuleExportName<'_>) -> Sym {
        match name {
            ModuleExportName::IdentifierName(x) => self.sym(&x.name),
            ModuleExportName::IdentifierReference(x) => self.sym(&x.name),
            ModuleExportName::StringLiteral(x) => self.string_sym(x),
        }
    }

    fn export_from(&mut self, export: &'a ExportFromDeclaration<'a>) {
        if export.export_kind == ImportOrExportKind::Type {
            return;
        }
        let module = self.string_sym(&export.source);
        if export.specifiers.is_empty() {
            self.imported(module, Sym::EMPTY, Sym::EMPTY, export.span);
        }
        for specifier in &export.specifiers {
            if specifier.export_kind == ImportOrExportKind::Value {
                let member = self.export_name(&specifier.local);
                let exported = self.export_name(&specifier.exported);
                // Under another name it is a member of its own.
                let alias = if exported == member { Sym::EMPTY } else { self.sym("module exports") };
                self.imported(module, member, alias, specifier.span);
                if alias != Sym::EMPTY {
                    let value = self.node(Node::Name(alias), specifier.span);
                    self.export_as(exported, value, specifier.span);
                }
            }
        }
    }

    fn export_as(&mut self, name: Sym, value: Id, span: Span) {
        let exports = self.name("exports", span);
        let target = self.node(Node::Member(exports, name), span);
        let set = self.node(Node::Assign(target, value), span);
        self.push(set);
    }

    fn export_default(&mut self, export: &'a ExportDefaultDeclaration<'a>) {
        let span = export.span;
        let value = match &export.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(x) => {
                let Some(id) = self.function(x, None, Place::Elsewhere, Vec::new()) else { return };
                self.named_or(id, x.id.as_ref().map(|id| id.name.as_str()), span)
            }
            ExportDefaultDeclarationKind::ClassDeclaration(x) => {
                let id = self.class(x);
                self.named_or(id, x.id.as_ref().map(|id| id.name.as_str()), span)
            }
            ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => return,
            other => match other.as_expression() {
                Some(value) => self.expression(value),
                None => return,
            },
        };
        let default = self.sym("default");
        self.export_as(default, value, span);
    }

    /// A declaration with a name is a statement of its own, and the name is exported.
    fn named_or(&mut self, declared: Id, name: Option<&str>, span: Span) -> Id {
        match name {
            Some(name) => {
                self.push(declared);
                self.name(name, span)
            }
            None => declared,
        }
    }

    /// An enumeration is an object. A member without a value is one more than the one before.
    fn enumeration(&mut self, enumeration: &'a TSEnumDeclaration<'a>) {
        let mark = self.mark();
        let mut next = Some(0.0);
        for member in &enumeration.body.members {
            let key = match &member.id {
                TSEnumMemberName::Identifier(x) => self.text(&x.name, x.span),
                TSEnumMemberName::String(x) | TSEnumMemberName::ComputedString(x) => self.string(x),
                TSEnumMemberName::ComputedTemplateString(x) => self.template(x),
            };
            self.push(key);
            let value = self.enum_value(member, &mut next);
            self.push(value);
        }
        let many = self.many(mark);
        let object = self.node(Node::Dict(many), enumeration.body.span);
        let name = self.identifier(&enumeration.id.name, enumeration.id.span);
        let declared = self.node(Node::Declare(name, object), enumeration.span);
        self.push(declared);
    }

    fn enum_value(&mut self, member: &'a TSEnumMember<'a>, next: &mut Option<f64>) -> Id {
        match &member.initializer {
            Some(value) => {
                *next = match value {
                    Expression::NumericLiteral(x) => Some(x.value + 1.0),
                    _ => None,
                };
                self.expression(value)
            }
            None => match next {
                Some(number) => {
                    let value = self.node(Node::Num(*number), member.span);
                    *number += 1.0;
                    value
                }
                None => self.opaque(&[], member.span),
            },
        }
    }

    fn namespace(&mut self, namespace: &'a TSNamespaceDeclaration<'a>) {
        let mut at = namespace;
        let block: &'a TSModuleBlock<'a> = loop {
            match &at.body {
                TSNamespaceDeclarationBody::TSNamespaceDeclaration(inner) => at = inner,
                TSNamespaceDeclarationBody::TSModuleBlock(block) => break block,
            }
        };
        let mark = self.mark();
        self.directives(&block.directives);
        for statement in &block.body {
            self.statement(statement);
        }
        let body = self.block(mark, namespace.span);
        self.push(body);
    }

    fn import_equals(&mut self, import: &'a TSImportEqualsDeclaration<'a>) {
        if import.import_kind == ImportOrExportKind::Type {
            return;
        }
        let alias = self.sym(&import.id.name);
        let mut names = Vec::new();
        let mut at = match &import.module_reference {
            TSModuleReference::ExternalModuleReference(x) => {
                let module = self.string_sym(&x.expression);
                return self.imported(module, Sym::EMPTY, alias, import.span);
            }
            TSModuleReference::IdentifierReference(x) => {
                let value = self.identifier(&x.name, x.span);
                return self.declared(alias, value, import.span);
            }
            TSModuleReference::QualifiedName(x) => {
                names.push(&x.right);
                &x.left
            }
        };
        let mut value = loop {
            match at {
                TSTypeName::QualifiedName(x) => {
                    names.push(&x.right);
                    at = &x.left;
                }
                TSTypeName::IdentifierReference(x) => break self.identifier(&x.name, x.span),
                TSTypeName::ThisExpression(x) => break self.name("this", x.span),
            }
        };
        for name in names.into_iter().rev() {
            let member = self.sym(&name.name);
            value = self.node(Node::Member(value, member), name.span);
        }
        self.declared(alias, value, import.span);
    }

    fn declared(&mut self, name: Sym, value: Id, span: Span) {
        let target = self.node(Node::Name(name), span);
        let id = self.node(Node::Declare(target, value), span);
        self.push(id);
    }
}
