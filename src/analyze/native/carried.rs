//! Texts of a program that it hands to an interpreter: a module of Python in C that has a script of Python run, an extension
//! for Node.js with a script of its own.
//!
//! Such a text is no data: it runs with the module, and nobody who reads the package's scripts sees it. It is cut out and read
//! as the script that it is. Known uses: trojanised extension modules, whose C does nothing but hand the text on. Honest
//! look-alikes: programs that set up their interpreter with a few lines; what these do is told like any other script.
//!
//! References: ATT&CK T1027.009, T1059.006.

use super::decoded::RUN_PYTHON;
use super::placed;
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule, Step};
use crate::parse::Parsed;
use crate::parse::parts::Part;
use crate::rule;
use crate::unwrap::{Child, Content};

rule! {
    /// A program that hands texts to an interpreter holds a script. It is examined as a file of its own. Known uses:
    /// trojanised extension modules. Honest look-alikes: programs that can be extended in Python.
    pub(super) SCRIPT = "native-carries-script" in "bin/embedded-exe";
    severity: Info, confidence: Certain,
    title: "A script for an interpreter lies in the program",
    reference: "https://attack.mitre.org/techniques/T1059/006/",
}

/// What runs a text, what stands in one, and what such a file is called.
struct Language {
    runs: &'static [&'static str],
    mark: &'static [u8],
    ending: &'static str,
}

const LANGUAGES: &[Language] = &[
    Language { runs: RUN_PYTHON, mark: b"import ", ending: "py" },
    Language { runs: &["napi_run_script", "JS_Eval", "duk_eval_raw"], mark: b"require(", ending: "js" },
];

/// Shortest and longest text that is a script, and most of them that are cut out.
const SHORTEST: usize = 60;
const LONGEST: usize = 1 << 16;
const MOST: usize = 64;

/// Cuts scripts out.
pub(super) struct Carried;

impl Heuristic for Carried {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&SCRIPT] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        for image in file.images() {
            for language in LANGUAGES.iter().filter(|l| !image.imported(l.runs).is_empty()) {
                let apart = image.apart();
                let (parts, _) = image.parts(file.bytes().len() as u64, |r| !(apart && r.execute && !r.write));
                for part in parts {
                    cut(file, part, language, out);
                }
            }
        }
    }
}

fn cut(file: &Parsed<'_>, part: Part, language: &Language, out: &mut Notes) {
    let view = part.of(file.view());
    let bytes: &[u8] = &view;
    let is_text = |b: &&u8| matches!(b, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let mut done = 0;
    for at in view.places_of(language.mark) {
        if at < done {
            continue;
        }
        let before = bytes.get(at.saturating_sub(LONGEST)..at).unwrap_or_default();
        let start = at - before.iter().rev().take_while(is_text).count();
        let behind = bytes.get(at..).unwrap_or_default();
        done = at + behind.iter().take(LONGEST).take_while(is_text).count();
        let text = bytes.get(start..done).unwrap_or_default();
        // Texts of C are whole: what stands before belongs to none.
        let whole = bytes.get(done) == Some(&0) && start.checked_sub(1).is_none_or(|b| bytes.get(b) == Some(&0));
        if !whole || text.len() < SHORTEST || !begins_as_code(text) {
            continue;
        }
        if out.children.len() >= MOST {
            return;
        }
        let (offset, len) = (part.offset.saturating_add(start as u64), text.len() as u64);
        let name = format!("script@{offset:#x}.{}", language.ending);
        let Some(range) = usize::try_from(offset).ok().map(|o| o..o.saturating_add(text.len())) else { continue };
        let Some(content) = file.view().slice(range) else { continue };
        let step = Step::Bytes { offset, len };
        out.findings.push(SCRIPT.finding(placed(offset, len, format!("{len} bytes of text"))));
        out.children.push(Child { name, step, content: Content::Ready(content) });
    }
}

/// Whether a text begins as a script does, and not as what is said about one.
fn begins_as_code(text: &[u8]) -> bool {
    const WORDS: &[&[u8]] = &[
        b"import ",
        b"from ",
        b"def ",
        b"class ",
        b"try:",
        b"exec(",
        b"with ",
        b"for ",
        b"if ",
        b"#",
        b"const ",
        b"var ",
        b"let ",
        b"(function",
        b"(async",
        b"(()",
        b"require(",
        b"async ",
        b"function ",
        b"global ",
        b"eval(",
    ];
    let text = text.trim_ascii_start();
    let name = text.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let behind = text.get(name..).unwrap_or_default().trim_ascii_start();
    WORDS.iter().any(|w| text.starts_with(w)) || name > 0 && behind.starts_with(b"=") && !behind.starts_with(b"==")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check};

    const SCRIPT_TEXT: &[u8] = b"import sys\nfor path in list(sys.path):\n    print(path, len(path), path.upper())\n";

    fn names(imports: &[&'static str], data: &[u8]) -> Vec<String> {
        let mut elf = ElfBuilder::library();
        elf.imports = imports.to_vec();
        elf.data = data.to_vec();
        let notes = check(&Carried, FileKind::Elf, "x.so", &elf.build());
        notes.children.into_iter().map(|c| c.name.rsplit('.').next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn scripts_are_cut_out_where_something_runs_them() {
        let data = [b"x\0", SCRIPT_TEXT, b"\0"].concat();
        assert_eq!(names(&["PyRun_SimpleStringFlags"], &data), ["py"]);
        assert!(names(&["PyModule_Create2"], &data).is_empty(), "nothing runs it");
        // What is said about importing something is none.
        let told = b"x\0Raised when the module cannot import what it needs, which is told to whoever asked for it.\0";
        assert!(names(&["PyRun_SimpleStringFlags"], told).is_empty());
        // Part of another text.
        let part = [b"\x01", SCRIPT_TEXT, b"\x02"].concat();
        assert!(names(&["PyRun_SimpleStringFlags"], &part).is_empty());
    }

    #[test]
    fn any_number_of_scripts_ends() {
        let one = [SCRIPT_TEXT, b"\0"].concat();
        let data = [&b"x\0"[..], &one.repeat(MOST + 9)].concat();
        assert_eq!(names(&["PyRun_String"], &data).len(), MOST);
    }
}
