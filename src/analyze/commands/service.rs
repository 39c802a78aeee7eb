//! Commands that a system has run by itself: units of systemd, agents of launchd, what follows an update of packages (apt), entries
//! of a desktop's start, rules for devices, tasks of Windows.
//!
//! A file of this kind in a package is most often an example or a template, so the files that a command names are no part of
//! an installation by it; but what goes all the way by itself (a shell on a connection, a script that is fetched and run) has
//! been asked for by nobody. Known uses: a unit or an agent with a name of the system's own whose command line is the whole
//! implant. Honest look-alikes are nearly all such files: they start one program with its options.
//!
//! References: systemd.service(5), launchd.plist(5), apt.conf(5), the Desktop Entry Specification, udev(7),
//! <https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema>.

use super::{Command, FULL, When, is_full, xml};
use crate::analyze::Notes;
use crate::parse::Parsed;
use crate::parse::xml::{Token, Tokens, text as unescaped};

/// Words without one of which a file of any name is none of apt's.
pub(super) const OF_APT: &[&str] = &["-Invoke", "Pre-Install-Pkgs"];

/// The lines of a file of `key=value`, each joined with those that go on behind a backslash, with comments left out.
fn lines(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = String::new();
    for line in text.lines() {
        let line = line.trim();
        if open.is_empty() && (line.starts_with(['#', ';', '[']) || line.is_empty()) {
            continue;
        }
        // A comment between joined lines is no end of them.
        if line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(part) = line.strip_suffix('\\') {
            open.push_str(part);
            open.push(' ');
            continue;
        }
        open.push_str(line);
        let whole = std::mem::take(&mut open);
        if let Some((key, value)) = whole.split_once('=') {
            found.push((key.trim().to_owned(), value.trim().to_owned()));
        }
        if found.len() > FULL {
            break;
        }
    }
    found
}

/// Units of systemd: what is started before, with, behind and instead of the service.
pub(super) fn systemd(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    for (key, value) in lines(text) {
        if !key.starts_with("Exec") || key == "ExecSearchPath" || is_full(out) {
            continue;
        }
        // Marks before the program say how it is started; `$$` and `%%` are one letter each.
        let command = value.trim_start_matches(['-', '@', ':', '+', '!', '|']).replace("$$", "$").replace("%%", "%");
        out.push(Command::shell(format!("service {key}"), When::Started, command));
    }
}

/// Agents and daemons of launchd: the list of words that is started.
pub(super) fn launchd(file: &Parsed<'_>, _: &str, out: &mut Vec<Command>, _: &mut Notes) {
    let mut words: Option<Vec<String>> = None;
    let (mut is_key, mut is_list, mut open) = (false, false, "");
    for token in Tokens::new(file.bytes()) {
        match token {
            Token::Open(b"key", _) => open = "key",
            Token::Open(b"string", _) => open = "string",
            Token::Open(b"array", _) if is_key => is_list = true,
            Token::Open(..) => open = "",
            Token::Text(text) if open == "key" => is_key = text == b"ProgramArguments",
            Token::Text(text) if open == "string" && is_list => {
                let word = unescaped(text);
                words.get_or_insert_default().push(word);
            }
            Token::Close(b"array") => {
                if let Some(words) = words.take().filter(|_| !is_full(out)) {
                    out.push(Command::words("agent of launchd", When::Started, words.iter().map(String::as_str)));
                }
                (is_key, is_list) = (false, false);
            }
            Token::Close(_) => open = "",
            Token::Text(_) => {}
        }
    }
}

/// apt and dpkg: what is run before and behind an installation or an update, as root.
pub(super) fn apt(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    for word in OF_APT {
        for (at, _) in text.match_indices(word) {
            // `APT::Update::Post-Invoke { "…"; "…"; };` or `… "…";`
            let before = text.get(..at).unwrap_or_default();
            let name = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
            if !name.contains("::") || before.lines().next_back().is_some_and(|l| l.trim_start().starts_with("//")) {
                continue;
            }
            let behind = text.get(at + word.len()..).unwrap_or_default().trim_start_matches([':', ' ', '\t']);
            let mut rest = behind.strip_prefix('{').unwrap_or(behind);
            let is_list = rest.len() < behind.len();
            while let Some((command, next)) = quoted(rest) {
                if is_full(out) {
                    return;
                }
                out.push(Command::shell(format!("apt {}", name.replace("::", " ")), When::Started, command));
                rest = next.trim_start().trim_start_matches(';');
                if !is_list {
                    break;
                }
            }
        }
    }
}

/// The text in quotation marks at the beginning, with what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let rest = text.trim_start().strip_prefix('"')?;
    let mut command = String::new();
    let mut letters = rest.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((command, rest.get(at + 1..).unwrap_or_default())),
            '\\' => command.extend(letters.next().map(|(_, c)| c)),
            _ => command.push(letter),
        }
    }
    None
}

/// What a desktop starts, at the log-in or when somebody asks for it.
pub(super) fn desktop(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    for (key, value) in lines(text).into_iter().filter(|(key, _)| key == "Exec" || key == "TryExec") {
        if is_full(out) {
            return;
        }
        // `%f`, `%U`: the files that it is started for.
        let command = value.replace("%%", "\u{0}").split('%').enumerate().fold(String::new(), |mut all, (i, part)| {
            all.push_str(if i == 0 {
                part
            } else {
                part.get(part.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default()
            });
            all
        });
        out.push(Command::shell(format!("desktop {key}"), When::Started, command.replace('\u{0}', "%")));
    }
}

/// Rules for devices: programs that run when one is plugged in.
pub(super) fn devices(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        for rest in line.split("RUN").skip(1) {
            let rest = rest.strip_prefix("{program}").unwrap_or(rest).trim_start();
            let Some(value) = ["+=", "=", ":="].iter().find_map(|op| rest.strip_prefix(op)) else { continue };
            if let Some((command, _)) = quoted(value).filter(|_| !is_full(out)) {
                out.push(Command::shell("device rule", When::Started, command));
            }
        }
    }
}

/// Tasks of Windows: a program and its arguments, as a line of `cmd`.
pub(super) fn task(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    for action in xml::between(text, "<Exec>", "</Exec>") {
        let Some(program) = xml::between(action, "<Command>", "</Command>").next() else { continue };
        let arguments = xml::between(action, "<Arguments>", "</Arguments>").next().unwrap_or_default();
        if is_full(out) {
            return;
        }
        let line = format!("{} {}", xml::unescaped(program.trim()), xml::unescaped(arguments.trim()));
        let trigger = "scheduled task".to_owned();
        out.push(Command { trigger, when: When::Started, text: line, extension: "bat" });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn units_start_programs() {
        let unit = "[Unit]\nDescription=x\n[Service]\n# ExecStart=/bin/false\nExecStartPre=-/bin/mkdir -p /run/x\n\
                    ExecStart=/bin/sh -c \"a | \\\n b $$HOME\"\nRestart=always\n";
        assert_eq!(
            commands("x.service", FileKind::Ini, unit),
            [
                "Started service ExecStart: /bin/sh -c \"a |  b $HOME\"",
                "Started service ExecStartPre: /bin/mkdir -p /run/x"
            ]
        );
        assert!(commands("x.service", FileKind::Ini, "[Unit]\nDescription=ExecStart is elsewhere\n").is_empty());
    }

    #[test]
    fn agents_start_lists_of_words() {
        let plist = "<?xml version=\"1.0\"?><plist><dict><key>Label</key><string>x</string><key>ProgramArguments</key>\
                     <array><string>/bin/sh</string><string>-c</string><string>a &amp;&amp; b</string></array>\
                     <key>WatchPaths</key><array><string>/etc</string></array></dict></plist>";
        assert_eq!(commands("x.plist", FileKind::Plist, plist), ["Started agent of launchd: /bin/sh -c 'a && b'"]);
        assert!(
            commands(
                "x.plist",
                FileKind::Plist,
                "<plist><dict><key>A</key><array><string>b</string></array></dict></plist>"
            )
            .is_empty()
        );
    }

    #[test]
    fn updates_of_packages_run_commands() {
        let text = "// DPkg::Post-Invoke {\"no\";};\nDPkg::Post-Invoke {\"a \\\"b\\\"\"; \"c\";};\nAPT::Update::Pre-Invoke:: \"d\";\n";
        assert_eq!(
            commands("99x", FileKind::Text, text),
            ["Started apt APT Update Pre: d", "Started apt DPkg Post: a \"b\"", "Started apt DPkg Post: c"]
        );
        assert!(commands("notes.txt", FileKind::Text, text).is_empty(), "prose about apt");
    }

    #[test]
    fn desktops_devices_and_tasks_start_programs() {
        let entry = "[Desktop Entry]\nType=Application\nExec=editor --new %F 100%%\n";
        assert_eq!(commands("e.desktop", FileKind::Ini, entry), ["Started desktop Exec: editor --new  100%"]);
        let rule = "ACTION==\"add\", SUBSYSTEM==\"usb\", RUN+=\"/bin/sh -c 'x'\"\n# RUN+=\"y\"\n";
        assert_eq!(commands("9.rules", FileKind::Text, rule), ["Started device rule: /bin/sh -c 'x'"]);
        let task = "<Task><Actions><Exec><Command>powershell</Command><Arguments>-c &quot;a&quot;</Arguments></Exec></Actions></Task>";
        assert_eq!(commands("t.xml", FileKind::Xml, task), ["Started scheduled task: powershell -c \"a\""]);
    }
}
