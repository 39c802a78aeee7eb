//! Pickles: what loading one would call. Models, caches and indices are shipped as pickles, and loading one runs it; what
//! honest ones call makes arrays, tensors and objects of the library that wrote them.
//!
//! Known uses: baller423/goober2 and others on Hugging Face (2024), models with a broken end (nullifAI, 2025), PyPI packages
//! that carry a model (2025). Honest look-alikes: test files of scanners.

use super::Told;
use crate::analyze::{Heuristic, Notes};
use crate::model::{ByteView, Capability, Evidence, FileKind, Gap, GapReason, Rule, Step};
use crate::parse::Parsed;
use crate::parse::pickle::{Call, Pickle};
use crate::rule;
use crate::unwrap::{Child, Content};

rule! {
    /// Loading the pickle starts a program or executes code: one of its instructions calls `os.system`, `exec`,
    /// `subprocess.Popen` or the like, whatever way it names it. Data has no use for that.
    pub(crate) RUNS = "pickle-runs" in "agent/model-file-exec";
    severity: Critical, confidence: Certain,
    title: "Loading the pickle runs a command or code",
    reference: "https://atlas.mitre.org/techniques/AML.T0011/000/",
}

rule! {
    /// Loading the pickle opens connections, deletes or writes files, or loads native code or modules by name.
    pub(crate) ACTS = "pickle-acts" in "agent/model-file-exec";
    severity: High, confidence: Likely,
    title: "Loading the pickle uses the network, files or native code",
    reference: "https://atlas.mitre.org/techniques/AML.T0011/000/",
}

rule! {
    /// The pickle carries functions with their compiled code. Loading makes them, whoever calls them runs them.
    ///
    /// Honest look-alikes: what cloudpickle and dill write.
    pub(crate) CODE = "pickle-carries-code" in "agent/model-file-exec";
    severity: Low, confidence: Certain,
    title: "The pickle carries compiled code",
    reference: "https://atlas.mitre.org/techniques/AML.T0011/000/",
}

/// Reads pickles.
pub(super) struct Pickles;

/// Longest text of a command or code that is handed back to be looked at, in bytes, and most of them in one file.
const LONGEST: usize = 1 << 20;
const MOST: usize = 32;

/// Functions that start programs or execute text; one that ends in a dot stands for all of a module.
const RUN: &[&str] = &[
    "os.system",
    "os.popen",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "os.startfile",
    "subprocess.",
    "_posixsubprocess.",
    "_winapi.CreateProcess",
    "pty.spawn",
    "builtins.exec",
    "builtins.eval",
    "builtins.execfile",
    "runpy.",
    "code.interact",
    "code.InteractiveInterpreter",
    "codeop.",
    "asyncio.create_subprocess",
    "asyncio.subprocess.",
    "timeit.",
    "cProfile.",
    "profile.run",
    "trace.Trace",
    "bdb.",
    "pdb.",
    "doctest.debug",
    "pip.main",
    "pip._internal.",
    "pydoc.pipepager",
    "pydoc.tempfilepager",
    "multiprocessing.util.spawnv_passfds",
    "numpy.testing._private.utils.runstring",
    "numpy.testing.utils.runstring",
    "numpy.f2py.",
    "distutils.spawn.",
    "setuptools.distutils.spawn.",
    "torch.utils.cpp_extension.",
    "torch.utils.collect_env.run",
    "test.support.script_helper.",
    "lib2to3.pgen2.",
    "ensurepip.",
    "venv.",
    "idlelib.",
    "IPython.utils.process.",
    "IPython.core.interactiveshell.",
];
/// Functions that reach out, change files or load what is named.
const ACT: &[&str] = &[
    "socket.",
    "urllib.",
    "http.client.",
    "requests.",
    "httpx.",
    "aiohttp.",
    "ftplib.",
    "smtplib.",
    "telnetlib.",
    "xmlrpc.",
    "webbrowser.",
    "ctypes.",
    "cffi.",
    "shutil.rmtree",
    "shutil.move",
    "shutil.copy",
    "os.remove",
    "os.unlink",
    "os.rmdir",
    "os.removedirs",
    "os.rename",
    "os.chmod",
    "os.kill",
    "os.putenv",
    "builtins.open",
    "io.open",
    "io.FileIO",
    "pathlib.Path.write_text",
    "pathlib.Path.write_bytes",
    "pathlib.Path.unlink",
    "builtins.__import__",
    "builtins.compile",
    "importlib.",
    "imp.",
    "zipimport.",
    "marshal.loads",
    "torch.hub.load",
    "torch.ops.load_library",
    "torch.classes.load_library",
    "logging.config.",
    "linecache.",
];
/// Functions that make functions.
const MAKE: &[&str] = &[
    "types.CodeType",
    "types.FunctionType",
    "cloudpickle.cloudpickle._make_function",
    "cloudpickle.cloudpickle._builtin_type",
    "cloudpickle.cloudpickle._fill_function",
    "cloudpickle.cloudpickle.subimport",
    "dill._dill._create_function",
    "dill._dill._create_code",
];

fn is_one(name: &str, list: &[&str]) -> bool {
    list.iter().any(|entry| match entry.strip_suffix('.') {
        Some(module) => name.strip_prefix(module).is_some_and(|rest| rest.starts_with('.')),
        // `os.execv`, `os.spawnlp`, `asyncio.create_subprocess_shell` are families.
        None => name.strip_prefix(*entry).is_some_and(|rest| !rest.starts_with('.')),
    })
}

impl Heuristic for Pickles {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[&RUNS, &ACTS, &CODE];
        RULES
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Pickle
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let pickle = Pickle::parse(file.bytes());
        let mut told = Told::default();
        let mut seen = std::collections::HashSet::new();
        for call in &pickle.calls {
            let rule: &'static Rule = if is_one(&call.name, RUN) {
                told.add(Capability::Spawns, call.name.to_string(), call.at);
                &RUNS
            } else if is_one(&call.name, ACT) {
                &ACTS
            } else {
                continue;
            };
            if seen.len() < MOST && seen.insert((rule.id, shown(call))) {
                out.findings.push(rule.finding(evidence(file, call.at, shown(call))));
                hand_back(call, out);
            }
        }
        for (name, at) in &pickle.names {
            // A name that nothing was seen to call: what calls it could not be followed.
            let is_called = pickle.calls.iter().any(|c| c.name == *name);
            let is_whole = matches!(
                &**name,
                "os.__dict__"
                    | "posix.__dict__"
                    | "nt.__dict__"
                    | "subprocess.__dict__"
                    | "builtins.__dict__"
                    | "sys.modules"
            );
            if !is_called
                && (is_whole || is_one(name, RUN))
                && seen.len() < MOST
                && seen.insert((ACTS.id, name.to_string()))
            {
                out.findings.push(ACTS.finding(evidence(file, *at, format!("it names {name}"))));
            } else if is_one(name, MAKE) && seen.insert((CODE.id, String::new())) {
                told.add(Capability::DynamicCode, "functions in a pickle", *at);
                out.findings.push(CODE.finding(evidence(file, *at, format!("it calls {name}"))));
            }
        }
        told.finish(out);
        if let Some((at, why)) = pickle.broken {
            let detail = format!(
                "a pickle was read up to byte {at}: {why}; what stands before has run when loading fails there"
            );
            out.gaps.push(Gap::malformed(detail));
        }
        if pickle.is_cut {
            out.gaps.push(Gap::new(GapReason::Limit, "a pickle with more values, names or calls than are followed"));
        }
    }
}

/// A call as it would be written.
fn shown(call: &Call) -> String {
    let arguments: Vec<String> =
        call.arguments.iter().take(4).map(|a| format!("{:?}", a.chars().take(160).collect::<String>())).collect();
    format!("{}({})", call.name, arguments.join(", "))
}

fn evidence(file: &Parsed<'_>, at: u64, note: String) -> Evidence {
    let at = usize::try_from(at).unwrap_or(usize::MAX).min(file.bytes().len());
    Evidence::at(file.bytes(), at, 1).with_note(note)
}

/// Commands and code are looked at like files.
fn hand_back(call: &Call, out: &mut Notes) {
    let extension = match &*call.name {
        "builtins.exec" | "builtins.eval" | "builtins.compile" => "py",
        name if name.starts_with("runpy.") || name.ends_with(".runstring") || name.starts_with("timeit.") => "py",
        _ => "sh",
    };
    let text = if extension == "py" || call.arguments.len() == 1 {
        call.arguments.first().map(ToString::to_string)
    } else {
        Some(call.arguments.join(" ")).filter(|t| !t.is_empty())
    };
    let Some(text) = text.filter(|t| t.len() >= 4 && t.len() <= LONGEST) else { return };
    out.children.push(Child {
        name: format!("pickle@{}.{extension}", call.at),
        step: Step::Decoded { recipe: "pickle".to_owned(), offset: call.at },
        content: Content::Ready(ByteView::from_vec(text.into_bytes())),
    });
}
