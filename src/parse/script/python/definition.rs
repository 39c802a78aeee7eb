//! What binds a name to code: functions, lambdas, classes, imports; and the annotations on the way.

use ruff_python_ast::{
    Alias, Expr, ExprLambda, Parameter, Parameters, StmtClassDef, StmtFunctionDef, StmtImport, StmtImportFrom,
};

use super::legacy::Mark;
use super::lower::{Lower, Scope};
use super::range;
use crate::parse::script::{Func, Id, Node, Param, Sym};

impl<'a> Lower<'a> {
    pub(super) fn function(&mut self, f: &'a StmtFunctionDef) {
        let at = range(f);
        let decorators = f.decorator_list.iter().map(|decorator| self.expression(&decorator.expression)).collect();
        let params = self.parameters(&f.parameters);
        for parameter in &*f.parameters {
            self.annotation(parameter.annotation());
        }
        self.annotation(f.returns.as_deref());
        let name = self.tree.sym(f.name.as_str());
        let is_method = self.scopes.last().is_some_and(|scope| scope.is_class);
        self.scopes.push(Scope::default());
        let body = self.block(&f.body, (at.1, at.1));
        let outer = self.scopes.pop().unwrap_or_default().order;
        let func = Func { name, params, body, is_expression: false, is_method, decorators, outer };
        let func = self.tree.func(func);
        let id = self.put(Node::Func(func), at);
        self.ids.push(id);
    }

    pub(super) fn lambda(&mut self, lambda: &'a ExprLambda) -> Id {
        let params = lambda.parameters.as_deref().map(|p| self.parameters(p)).unwrap_or_default();
        self.scopes.push(Scope::default());
        let body = self.expression(&lambda.body);
        self.scopes.pop();
        let func = Func {
            name: Sym::EMPTY,
            params,
            body,
            is_expression: true,
            is_method: false,
            decorators: Vec::new(),
            outer: Vec::new(),
        };
        let func = self.tree.func(func);
        self.put(Node::Func(func), range(lambda))
    }

    fn parameters(&mut self, parameters: &'a Parameters) -> Vec<Param> {
        let mut params = Vec::with_capacity(parameters.len());
        for one in parameters.posonlyargs.iter().chain(&parameters.args) {
            let default = self.maybe(one.default());
            let target = self.parameter(&one.parameter);
            params.push(Param { target, default, rest: false, keywords: false });
        }
        if let Some(one) = parameters.vararg.as_deref() {
            params.push(Param { target: self.parameter(one), default: Id::NONE, rest: true, keywords: false });
        }
        for one in &parameters.kwonlyargs {
            let default = self.maybe(one.default());
            let target = self.parameter(&one.parameter);
            params.push(Param { target, default, rest: false, keywords: false });
        }
        if let Some(one) = parameters.kwarg.as_deref() {
            params.push(Param { target: self.parameter(one), default: Id::NONE, rest: false, keywords: true });
        }
        params
    }

    fn parameter(&mut self, parameter: &'a Parameter) -> Id {
        let at = range(&parameter.name);
        if self.mark(at.0) == Some(Mark::Pattern) {
            return self.parameter_pattern(at);
        }
        self.name(parameter.name.as_str(), at)
    }

    /// A tuple of parameters, `def f((a, b))`, from the script as it was before the rewriting.
    fn parameter_pattern(&mut self, at: (u32, u32)) -> Id {
        let (start, end) = (self.legacy.map.origin(at.0), self.legacy.map.origin(at.1));
        let text = self.origin.get(start as usize..end as usize).unwrap_or_default();
        let mut open = Vec::new();
        for token in super::scan::Scanner::new(text) {
            // Places inside the rewritten name are as far from its beginning as in what it stands for.
            let place = |n: usize| at.0.saturating_add(u32::try_from(n).unwrap_or(0));
            match token.kind {
                super::scan::Kind::Open => open.push((self.ids.len(), place(token.start))),
                super::scan::Kind::Word => {
                    let name = text.get(token.start..token.end).unwrap_or_default();
                    let id = self.name(name, (place(token.start), place(token.end)));
                    self.ids.push(id);
                }
                super::scan::Kind::Close => {
                    let Some((base, start)) = open.pop() else { continue };
                    let list = self.list_from(base);
                    let id = self.put(Node::List(list), (start, place(token.end)));
                    if open.is_empty() {
                        return id;
                    }
                    self.ids.push(id);
                }
                _ => {}
            }
        }
        if let Some((base, _)) = open.first() {
            self.ids.truncate(*base);
        }
        self.opaque(&[], at)
    }

    pub(super) fn class(&mut self, class: &'a StmtClassDef) {
        let at = range(class);
        let decorators: Vec<Id> =
            class.decorator_list.iter().map(|decorator| self.expression(&decorator.expression)).collect();
        let base = self.ids.len();
        if let Some(arguments) = class.arguments.as_deref() {
            self.push_arguments(arguments);
        }
        let bases = self.list_from(base);
        let name = self.tree.sym(class.name.as_str());
        self.scopes.push(Scope { is_class: true, is_record: is_record(class), ..Scope::default() });
        let body = self.block(&class.body, (at.1, at.1));
        self.scopes.pop();
        let id = self.put(Node::Class(name, bases, body), at);
        self.ids.push(id);
        // The innermost decorator is the last one.
        for decorator in decorators.into_iter().rev() {
            let name_at = range(&class.name);
            let argument = self.name(class.name.as_str(), name_at);
            let arguments = self.tree.many(&[argument]);
            let value = self.put(Node::Call(decorator, arguments), name_at);
            let id = self.set(class.name.as_str(), name_at, value, name_at);
            self.ids.push(id);
        }
    }

    pub(super) fn import(&mut self, import: &'a StmtImport) {
        for alias in &import.names {
            let module = alias.name.as_str();
            match (&alias.asname, module.split_once('.')) {
                (Some(name), _) => self.imported(module, "", name.as_str(), alias),
                (None, Some((package, _))) => {
                    self.imported(package, "", package, alias);
                    self.imported(module, "", "", alias);
                }
                (None, None) => self.imported(module, "", module, alias),
            }
        }
    }

    pub(super) fn import_from(&mut self, import: &'a StmtImportFrom) {
        let name = import.module.as_ref().map_or("", |name| name.as_str());
        // More dots than there are folders say nothing more.
        let mut module = ".".repeat(import.level.min(64) as usize);
        module.push_str(name);
        for alias in &import.names {
            let member = alias.name.as_str();
            let name = alias.asname.as_ref().map_or(member, |name| name.as_str());
            self.imported(&module, member, if member == "*" { "" } else { name }, alias);
        }
    }

    fn imported(&mut self, module: &str, member: &str, name: &str, alias: &Alias) {
        let (module, member, name) = (self.tree.sym(module), self.tree.sym(member), self.tree.sym(name));
        let id = self.put(Node::Import(module, member, name), range(alias));
        self.ids.push(id);
    }

    /// An annotation: nothing, unless it could do something when it is worked out.
    pub(super) fn annotation(&mut self, annotation: Option<&'a Expr>) {
        if let Some(annotation) = annotation
            && !is_quiet(annotation, 24)
        {
            let id = self.expression(annotation);
            let id = self.opaque(&[id], range(annotation));
            self.ids.push(id);
        }
    }
}

/// Whether a decorator, or what a class extends, makes a constructor out of the names that are annotated in its body.
fn is_record(class: &StmtClassDef) -> bool {
    let last = |e: &Expr| -> bool {
        let of = match e {
            Expr::Call(call) => &*call.func,
            other => other,
        };
        let name = match of {
            Expr::Attribute(member) => member.attr.as_str(),
            Expr::Name(name) => name.id.as_str(),
            _ => return false,
        };
        matches!(
            name,
            "dataclass"
                | "define"
                | "mutable"
                | "frozen"
                | "attrs"
                | "s"
                | "NamedTuple"
                | "BaseModel"
                | "BaseSettings"
                | "Struct"
        )
    };
    class.decorator_list.iter().any(|decorator| last(&decorator.expression))
        || class.arguments.iter().flat_map(|arguments| &arguments.args).any(last)
}

/// Whether working out an expression calls nothing that the script could have named.
pub(super) fn is_quiet(e: &Expr, levels: u32) -> bool {
    let Some(levels) = levels.checked_sub(1) else { return false };
    match e {
        Expr::Name(_)
        | Expr::StringLiteral(_)
        | Expr::BytesLiteral(_)
        | Expr::NumberLiteral(_)
        | Expr::BooleanLiteral(_)
        | Expr::NoneLiteral(_)
        | Expr::EllipsisLiteral(_) => true,
        Expr::Attribute(member) => is_quiet(&member.value, levels),
        Expr::Subscript(element) => is_quiet(&element.value, levels) && is_quiet(&element.slice, levels),
        Expr::BinOp(operation) => is_quiet(&operation.left, levels) && is_quiet(&operation.right, levels),
        Expr::UnaryOp(operation) => is_quiet(&operation.operand, levels),
        Expr::Starred(starred) => is_quiet(&starred.value, levels),
        Expr::Tuple(list) => list.elts.iter().all(|e| is_quiet(e, levels)),
        Expr::List(list) => list.elts.iter().all(|e| is_quiet(e, levels)),
        _ => false,
    }
}
