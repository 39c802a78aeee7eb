//! Jupyter notebooks: cells of code, and the lines in them that a shell runs.
//!
//! Reference: <https://nbformat.readthedocs.io/en/latest/format_description.html>.

use serde_json::Value;

use super::{Command, When, loose};
use crate::analyze::Notes;
use crate::parse::Parsed;

/// Most cells that are read.
const MOST: usize = 5000;

/// Reads a notebook.
pub(super) fn read(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    let Some(notebook) = loose::json(text) else { return };
    let language = notebook.pointer("/metadata/kernelspec/language").and_then(Value::as_str).unwrap_or("python");
    let mut code = String::new();
    let mut shell = String::new();
    for cell in notebook.get("cells").and_then(Value::as_array).into_iter().flatten().take(MOST) {
        if cell.get("cell_type").and_then(Value::as_str) != Some("code") {
            continue;
        }
        let source = match cell.get("source") {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(lines)) => lines.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        let whole = ["%%bash", "%%sh", "%%script bash"].iter().any(|m| source.trim_start().starts_with(m));
        for line in source.lines() {
            let trimmed = line.trim_start();
            match trimmed.strip_prefix('!') {
                Some(command) => push(&mut shell, command),
                None if whole && !trimmed.starts_with("%%") => push(&mut shell, line),
                None if trimmed.starts_with('%') || whole => {}
                None => push(&mut code, line),
            }
        }
    }
    out.push(Command::shell("notebook shell lines", When::Build, shell));
    if language == "python" {
        out.push(Command { trigger: "notebook cells".to_owned(), when: When::Build, text: code, extension: "py" });
    }
}

fn push(to: &mut String, line: &str) {
    to.push_str(line);
    to.push('\n');
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn cells_and_shell_lines_are_told_apart() {
        let text = r#"{"cells":[{"cell_type":"markdown","source":["!no"]},{"cell_type":"code","source":["!a | b\n","x = 1"]},
            {"cell_type":"code","source":"%%bash\nc"}],"metadata":{}}"#;
        assert_eq!(
            commands("a.ipynb", FileKind::Notebook, text),
            ["Build notebook shell lines: a | b\nc\n", "Build notebook cells: x = 1\n"]
        );
    }
}
