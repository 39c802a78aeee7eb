//! `.pth` files: lines that begin with `import` are run by every interpreter that starts, the others are folders.
//!
//! Reference: <https://docs.python.org/3/library/site.html>. Known uses: litellm 1.82.8 (2026).

use super::{Command, When};
use crate::analyze::Notes;
use crate::model::{Fact, FactKind};
use crate::parse::Parsed;

/// Reads a path file.
pub(super) fn read(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, notes: &mut Notes) {
    let lines: Vec<&str> = text.lines().filter(|l| l.starts_with("import ") || l.starts_with("import\t")).collect();
    if lines.is_empty() {
        return;
    }
    // What is imported is run as well.
    for line in &lines {
        let names = line.get("import".len()..).unwrap_or_default().split(';').next().unwrap_or_default();
        for module in names.split(',').map(str::trim).filter(|m| !m.is_empty()) {
            let module = module.split_whitespace().next().unwrap_or(module).replace('.', "/");
            notes.facts.push(Fact::whole(FactKind::Starts(format!("{module}.py {module}/__init__.py").into())));
        }
    }
    out.push(Command {
        trigger: "line of a pth".to_owned(),
        when: When::Automatic,
        text: lines.join("\n"),
        extension: "py",
    });
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn lines_that_import_are_code() {
        let text = "# c\n/opt/src\nimport a.b, sys; exec(x)\n import no\nimport c\n";
        assert_eq!(
            commands("a.pth", FileKind::PythonPath, text),
            ["Automatic line of a pth: import a.b, sys; exec(x)\nimport c"]
        );
    }
}
