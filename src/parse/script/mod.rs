//! Scripts as trees: readers of single languages, and the tree they all lower into ([`tree`]).

mod batch;
mod compiled;
mod javascript;
mod light;
mod powershell;
mod python;
mod shell;
pub mod tree;
mod vbscript;

pub use tree::{Func, FuncId, Id, Language, Many, Node, Op, Param, Sym, Tree};

/// Reads a script. What could not be read is told in [`Tree::problems`]; the rest of the tree holds.
#[must_use]
pub fn read(language: Language, text: &str) -> Tree {
    match language {
        Language::Python => python::read(text),
        Language::JavaScript => javascript::read(text),
        Language::Shell => shell::read(text),
        Language::PowerShell => powershell::read(text),
        Language::Batch => batch::read(text),
        Language::VbScript => vbscript::read(text),
        Language::Php | Language::Ruby | Language::Perl | Language::Lua => light::read(language, text),
        Language::Go | Language::Rust | Language::Java | Language::CSharp | Language::R => {
            compiled::read(language, text)
        }
    }
}
