//! WebAssembly: whether it is whole, what it asks of its host, who made it.
//!
//! A module can do nothing but compute; all else are functions that it imports by name. Known uses: miners, and loaders
//! that keep their code out of the JavaScript beside it. Honest look-alikes: all of WebAssembly.
//!
//! Specifications: see [`crate::parse::wasm`].

use super::Told;
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Component, Fact, FactKind, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::wasm::{Import, Producer, Wasm};

/// Reads modules and components.
pub(super) struct Module;

impl Heuristic for Module {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Wasm
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        out.facts.push(Fact::has(Capability::Native, file.kind().word(), 0));
        let wasm = Wasm::parse(file.bytes());
        let mut told = Told::default();
        for import in &wasm.imports {
            if let Some((capability, words)) = weigh(import) {
                told.add(capability, words, import.offset);
            }
        }
        if !wasm.name.is_empty() {
            let name = crate::model::finding::printable(wasm.name.get(..120).unwrap_or(wasm.name));
            told.add(Capability::Native, format!("WebAssembly module {name}"), 0);
        }
        if let Some(start) = wasm.start {
            told.add(Capability::Hooks, "WebAssembly start function", start);
        }
        told.finish(out);
        for producer in &wasm.producers {
            let component = component(producer);
            let known = |f: &Fact| matches!(&f.kind, FactKind::Component(c) if **c == component);
            if out.facts.len() < 256 && !out.facts.iter().any(known) {
                out.facts.push(Fact::whole(FactKind::Component(Box::new(component))));
            }
        }
        out.gaps.extend(wasm.broken);
    }
}

fn component(producer: &Producer<'_>) -> Component {
    let text = |bytes: &[u8]| crate::model::finding::printable(bytes.get(..200).unwrap_or(bytes));
    Component {
        purl: None,
        name: text(producer.name),
        version: Some(text(producer.version)).filter(|v| !v.is_empty()),
        source: "wasm-producers".into(),
    }
}

/// What an import is worth saying.
fn weigh(import: &Import<'_>) -> Option<(Capability, String)> {
    use Capability::{DynamicCode, Environment, Files, Network, Spawns};
    let (module, name) = (std::str::from_utf8(import.module).ok()?, std::str::from_utf8(import.name).ok()?);
    let starts = |list: &[&str]| list.iter().any(|start| name.starts_with(start));
    let capability = match module {
        // A component's interfaces.
        "" if starts(&["wasi:sockets/", "wasi:http/"]) => Network,
        "" if starts(&["wasi:filesystem/"]) => Files,
        "" if starts(&["wasi:cli/environment"]) => Environment,
        _ if module.starts_with("wasi_") || module.starts_with("wasix_") => match name {
            "environ_get" => return Some((Environment, "*".to_owned())),
            _ if starts(&["sock_", "resolve", "http_", "port_"]) => Network,
            _ if starts(&["proc_exec", "proc_spawn", "proc_fork"]) => Spawns,
            _ if starts(&["path_"]) => Files,
            _ => return None,
        },
        _ if starts(&["emscripten_run_script", "emscripten_async_run_script", "emscripten_asm_const"]) => DynamicCode,
        _ if starts(&["emscripten_dlopen", "dlopen", "_dlopen_js"]) => DynamicCode,
        _ if starts(&["emscripten_fetch", "emscripten_start_fetch", "emscripten_wget", "emscripten_websocket"]) => {
            Network
        }
        _ if starts(&["__syscall_socket", "__syscall_connect", "__syscall_bind", "__syscall_sendto"]) => Network,
        _ if starts(&["__syscall_open", "__syscall_unlink", "__syscall_rename"]) => Files,
        _ if starts(&["__syscall_execve", "__syscall_fork", "system"]) && module == "env" => Spawns,
        // wasm-bindgen names what it takes from JavaScript, with a hash behind it.
        _ if starts(&["__wbg_eval_", "__wbg_newnoargs_"]) => DynamicCode,
        _ if starts(&["__wbg_fetch_", "__wbg_XMLHttpRequest", "__wbg_WebSocket", "__wbg_sendBeacon"]) => Network,
        _ if starts(&["__wbg_require_"]) => DynamicCode,
        _ if starts(&["__wbg_env_", "__wbg_process_"]) => Environment,
        // Go's host functions: a module can reach all of JavaScript through them.
        "gojs" | "go" if name == "syscall/js.valueCall" => DynamicCode,
        _ => return None,
    };
    let name = name.strip_prefix("__wbg_").and_then(|n| n.rsplit_once('_')).map_or(name, |(name, _)| name);
    let words = if module.is_empty() { name.to_owned() } else { format!("{module}.{name}") };
    Some((capability, crate::model::finding::printable(words.get(..words.floor_char_boundary(120))?.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::check;
    use crate::parse::wasm::testing::{imports, module, producers};

    #[test]
    fn imports_of_weight_and_producers_are_facts() {
        let names = [
            ("wasi_snapshot_preview1", "fd_write"),
            ("wasi_snapshot_preview1", "sock_accept"),
            ("wasi_snapshot_preview1", "environ_get"),
            ("env", "emscripten_run_script"),
            ("wbg", "__wbg_newnoargs_0123456789abcdef"),
            ("wbg", "__wbg_fetch_0123456789abcdef"),
            ("env", "memory"),
        ];
        let bytes =
            module(false, &[imports(&names), producers("Rust", "1.95"), producers("Rust", "1.95"), (8, vec![0])]);
        let notes = check(&Module, FileKind::Wasm, "x", &bytes);
        let told: Vec<_> = notes
            .facts
            .iter()
            .map(|f| match &f.kind {
                FactKind::Has(c, v) => format!("{} {v}", c.word()),
                FactKind::Component(c) => format!("{} {:?}", c.name, c.version),
                other => format!("{other:?}"),
            })
            .collect();
        let expected = [
            "native wasm",
            "network wasi_snapshot_preview1.sock_accept",
            "environment *",
            "dynamic-code env.emscripten_run_script",
            "dynamic-code wbg.newnoargs",
            "network wbg.fetch",
            "hooks WebAssembly start function",
            "Rust Some(\"1.95\")",
        ];
        assert_eq!(told, expected);
        assert!(notes.gaps.is_empty() && notes.findings.is_empty());
    }

    #[test]
    fn whole_and_broken_modules() {
        let whole = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0".to_vec();
        assert!(check(&Module, FileKind::Wasm, "x", &whole).gaps.is_empty());
        for cut in [5, 9, 12] {
            assert_eq!(check(&Module, FileKind::Wasm, "x", &whole[..cut]).gaps.len(), 1, "{cut}");
        }
        assert_eq!(check(&Module, FileKind::Wasm, "x", b"\0asm\x01\0\0\0\0\xff\xff\xff\xff\xff\xff").gaps.len(), 1);
    }
}
