//! The Windows Script Host: objects that JScript makes by a name and that reach everything a program can: shells, files,
//! streams, requests, and documents that decode what is put into them.
//!
//! Names of members are not told apart by case there, as in all of COM. Known uses: droppers that arrive by mail and in
//! shortcuts since 2015, STRRAT (2024).

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::fold;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::{Id, Language};

/// Functions that make an object by its name.
const MAKERS: &[&str] =
    &["ActiveXObject", "WScript.CreateObject", "WSH.CreateObject", "WScript.GetObject", "GetObject"];
/// Numbers of classes, for those who do not want to say a name.
const NUMBERED: &[(&str, &str)] = &[
    ("72c24dd5-d70a-438b-8a42-98424b88afb8", "wscript.shell"),
    ("f935dc22-1cf0-11d0-adb9-00c04fd58a0b", "wscript.shell"),
    ("13709620-c279-11ce-a49e-444553540000", "shell.application"),
    ("0d43fe01-f093-11cf-8940-00a0c9054228", "scripting.filesystemobject"),
    ("00000566-0000-0010-8000-00aa006d2ea4", "adodb.stream"),
];
const SHELL: &str = "wscript.shell()";
const EXPLORER: &str = "shell.application()";
const STREAM: &str = "adodb.stream()";
const FILES: &str = "scripting.filesystemobject()";
const TEXT_FILE: &str = "scripting.textstream()";
const DOCUMENT: &str = "msxml2.domdocument()";
/// The management of Windows, and its class of processes.
const MANAGEMENT: &str = "winmgmts()";
const PROCESSES: &str = "winmgmts.win32_process()";

impl Machine {
    /// What a call of one of these objects does, or of what makes them.
    pub(super) fn builtin_of_scripting_host(
        &mut self,
        name: &str,
        this: Option<&Value>,
        args: &Args,
        id: Id,
    ) -> Option<Value> {
        if MAKERS.contains(&name) {
            let made = args.at(0)?.as_str()?.to_ascii_lowercase();
            return self.made_by_name(&made, id);
        }
        let (object, member) = name.split_once("().")?;
        if !matches!(
            object,
            "wscript.shell"
                | "shell.application"
                | "adodb.stream"
                | "scripting.filesystemobject"
                | "scripting.textstream"
                | "msxml2.domdocument"
                | "winmgmts"
                | "winmgmts.win32_process"
        ) {
            return None;
        }
        let member = member.to_ascii_lowercase();
        let by = self.paths.root(name);
        let first = args.at(0).cloned().unwrap_or(Value::UNKNOWN);
        let second = args.at(1).cloned().unwrap_or(Value::UNKNOWN);
        let about = this.map_or(Value::UNKNOWN, |t| self.about(t));
        Some(match (object, member.as_str()) {
            ("wscript.shell", "run" | "exec") | ("shell.application", "shellexecute" | "open") => {
                let words: Vec<Value> =
                    if member == "shellexecute" { vec![first.clone(), second.clone()] } else { vec![first] };
                let line = match words.as_slice() {
                    [one] => one.clone(),
                    many => {
                        let parts: Vec<String> =
                            many.iter().map(|v| self.shown_or_hole(v).to_string()).filter(|p| p != HOLE).collect();
                        Value::text(parts.join(" "), self.labels_of(args))
                    }
                };
                let written = self.subject_of(&line, Act::Run).map_or(Labels::NONE, |text| self.written(&text));
                let line = line.labelled(written);
                // The second argument is how the window is shown; 0 is not at all.
                let hidden = member == "run" && second.as_int() == Some(0);
                self.event(Act::Run, by, id, &line, &Value::UNKNOWN, hidden);
                self.run_command(&line, false, id);
                Value::unknown(Labels::OUTPUT)
            }
            // A process that the management of Windows starts has no parent that anybody watches.
            ("winmgmts", "get") if first.as_str().is_some_and(|of| of.eq_ignore_ascii_case("win32_process")) => {
                let path = self.paths.root(PROCESSES);
                self.handle(path, Value::UNKNOWN, Labels::NONE)
            }
            ("winmgmts.win32_process", "create") => {
                self.event(Act::Run, by, id, &first, &Value::UNKNOWN, false);
                self.run_command(&first, false, id);
                Value::UNKNOWN
            }
            ("wscript.shell", "regwrite") => {
                self.event(Act::Persist, by, id, &first, &second, false);
                Value::UNKNOWN
            }
            ("wscript.shell", "expandenvironmentstrings") => first,
            ("wscript.shell", "specialfolders") | ("shell.application", "namespace") => {
                let place = match first.as_str().map(str::to_lowercase).as_deref() {
                    Some("startup" | "allusersstartup") => "%APPDATA%/Microsoft/Windows/Start Menu/Programs/Startup",
                    Some("appdata") => "%APPDATA%",
                    Some("desktop") => "%USERPROFILE%/Desktop",
                    _ if first.as_int() == Some(7) => "%APPDATA%/Microsoft/Windows/Start Menu/Programs/Startup",
                    _ => return None,
                };
                Value::str(place, Labels::NONE)
            }
            ("adodb.stream", "write" | "writetext") => {
                if let Some(Value { known: Known::Object(stream), .. }) = this
                    && let Some(Kind::Handle(_, about)) = self.heap.get_mut(*stream).map(|o| &mut o.kind)
                {
                    **about = first;
                }
                Value::NIL
            }
            ("adodb.stream", "loadfromfile") => {
                let content = self.read_file(by, &first, id);
                if let Some(Value { known: Known::Object(stream), .. }) = this
                    && let Some(Kind::Handle(_, about)) = self.heap.get_mut(*stream).map(|o| &mut o.kind)
                {
                    **about = content;
                }
                Value::NIL
            }
            ("adodb.stream", "read" | "readtext") => match &about.known {
                Known::Bytes(bytes) => match std::str::from_utf8(bytes) {
                    Ok(text) if self.pay(text.len()) => Value::str(text, about.labels),
                    _ => about.clone(),
                },
                _ => about,
            },
            ("adodb.stream", "savetofile") => {
                self.write_file(by, &first, &about, id);
                Value::NIL
            }
            ("scripting.filesystemobject", "getspecialfolder") => Value::text("%TEMP%".to_owned(), Labels::NONE),
            ("scripting.filesystemobject", "buildpath") => {
                let path = format!("{}\\{}", self.shown_or_hole(&first), self.shown_or_hole(&second));
                Value::text(path, self.labels_of(args))
            }
            ("scripting.filesystemobject", "createtextfile" | "opentextfile") => {
                let path = self.paths.root(TEXT_FILE);
                self.handle(path, first, Labels::NONE)
            }
            ("scripting.textstream", "write" | "writeline") => {
                self.write_file(by, &about, &first, id);
                Value::NIL
            }
            ("scripting.textstream", "readall" | "readline") => self.read_file(by, &about, id),
            ("scripting.filesystemobject", "deletefile" | "deletefolder") => {
                self.event(Act::Delete, by, id, &first, &Value::UNKNOWN, false);
                Value::NIL
            }
            ("scripting.filesystemobject", "copyfile" | "movefile") => {
                let content = self.read_file(by, &first, id);
                self.write_file(by, &second, &content, id);
                Value::NIL
            }
            ("msxml2.domdocument", "createelement") => self.object(Kind::Dict(Fields::default()), Labels::NONE),
            _ => return None,
        })
    }

    /// The object of such a name.
    fn made_by_name(&mut self, made: &str, id: Id) -> Option<Value> {
        if made.contains("xmlhttp") || made.contains("winhttprequest") {
            let request = self.paths.root("XMLHttpRequest");
            return Some(self.call_path(request, None, &Args::default(), id));
        }
        // `GetObject("new:{…}")`: the same by its number.
        let number = made.strip_prefix("new:").unwrap_or(made).trim_matches(['{', '}']);
        let made = NUMBERED.iter().find(|(known, _)| *known == number).map_or(made, |(_, name)| *name);
        let path = match made {
            "wscript.shell" => SHELL,
            "shell.application" => EXPLORER,
            "adodb.stream" => STREAM,
            "scripting.filesystemobject" => FILES,
            _ if made.contains("domdocument") || made == "microsoft.xmldom" => DOCUMENT,
            _ if made.starts_with("winmgmts") && made.ends_with("win32_process") => PROCESSES,
            _ if made.starts_with("winmgmts") => MANAGEMENT,
            _ => return None,
        };
        let path = self.paths.root(path);
        Some(self.handle(path, Value::UNKNOWN, Labels::NONE))
    }

    /// What an element of a document holds, in the type that it was given: text in base64 or hexadecimal is decoded.
    pub(super) fn typed_value(&mut self, kind: &Value, text: Value) -> Option<Value> {
        let decoder = match kind.as_str()?.to_ascii_lowercase().as_str() {
            "bin.base64" => "atob",
            "bin.hex" => "bytes.fromhex",
            _ => return Some(text),
        };
        if !self.pay_for(&text) {
            return None;
        }
        let language = if decoder == "atob" { Language::JavaScript } else { Language::Python };
        fold::builtin::call(decoder, std::slice::from_ref(&text), &[], language)
    }
}
