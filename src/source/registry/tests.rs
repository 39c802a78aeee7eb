//! The client against a registry on loopback that keeps its word, and against one that does not.

pub(crate) mod server;

use base64::Engine as _;
use serde_json::{Value, json};
use sha1::Digest as _;

use self::server::{Reply, Server};
use super::*;

struct Lab {
    server: Server,
    store: tempfile::TempDir,
}

fn sri(bytes: &[u8]) -> String {
    format!("sha512-{}", base64::engine::general_purpose::STANDARD.encode(sha2::Sha512::digest(bytes)))
}

impl Lab {
    fn new() -> Self {
        Self { server: Server::start(), store: tempfile::tempdir().unwrap() }
    }

    fn registry_with(&self, offline: bool, limits: FetchLimits) -> Registry {
        let config = Config::of_user(Some(&self.server.at("/"))).unwrap();
        Registry::new(config, Store::at(self.store.path().to_owned()), limits, offline).unwrap()
    }

    fn registry(&self) -> Registry {
        self.registry_with(false, FetchLimits { attempts: 2, silent_seconds: 1, ..FetchLimits::default() })
    }

    /// Puts a package with one version into the registry.
    fn npm(&self, name: &str, version: &str, mut manifest: Value, archive: &[u8]) {
        let file = format!("/f/{}-{version}.tgz", name.replace('/', "-"));
        manifest["dist"] = json!({"tarball": self.server.at(&file), "integrity": sri(archive)});
        let mut versions = serde_json::Map::new();
        versions.insert(version.to_owned(), manifest);
        let packument = json!({"name": name, "dist-tags": {"latest": version}, "versions": versions});
        self.server.json(&format!("/{}", name.replace('/', "%2f")), &packument);
        self.server.on(&file, Reply::Ok("application/octet-stream", archive.to_vec()));
    }

    fn closure(&self, name: &str, wants: &Wants) -> Result<Closure, Trouble> {
        let registry = self.registry();
        let mut closure = registry.closure(&Name::parse(name).unwrap().unwrap(), wants)?;
        registry.fetch(&mut closure, &|_| ());
        Ok(closure)
    }
}

fn here(entry: &Entry) -> &Stored {
    match &entry.state {
        State::Here(stored) => stored,
        other => panic!("{}: {other:?}", entry.purl),
    }
}

#[test]
fn a_wrapper_comes_with_its_companions_and_aliases() {
    let lab = Lab::new();
    lab.npm(
        "@s/tool",
        "1.0.0",
        json!({"optionalDependencies": {
            "@s/tool-linux-x64": "1.0.0", "@s/tool-win32-x64": "1.0.0", "alias-linux": "npm:@s/real@2.0.0-linux", "gone": "1",
            "tool-darwin-arm64": "1"},
            "dependencies": {"left-pad": "^1", "odd": 5}}),
        b"wrapper",
    );
    lab.npm("@s/tool-linux-x64", "1.0.0", json!({"os": ["linux"], "cpu": ["x64"]}), b"linux program");
    lab.npm("@s/tool-win32-x64", "1.0.0", json!({"os": ["win32"], "cpu": "x64"}), b"windows program");
    lab.npm("@s/real", "2.0.0-linux", json!({"os": ["linux"]}), b"aliased program");
    let closure = lab.closure("npm:@s/tool@1.0.0", &Wants::default()).unwrap();
    let names: Vec<_> = closure.entries.iter().map(|e| (e.name.as_str(), e.why)).collect();
    assert_eq!(names[0], ("@s/tool", Why::Asked));
    assert_eq!(names.len(), 4);
    assert!(names[1..].iter().all(|(_, why)| *why == Why::Companion));
    let alias = closure.entries.iter().find(|e| e.name == "@s/real").unwrap();
    assert_eq!(alias.alias.as_deref(), Some("alias-linux"));
    assert_eq!(std::fs::read(&here(alias).path).unwrap(), b"aliased program");
    assert_eq!(closure.not_followed, 1, "left-pad");
    assert_eq!(closure.missing.len(), 2, "{:?}", closure.missing);
    assert!(closure.missing.iter().any(|m| m.contains("gone")));

    let wants = Wants { platforms: vec![Platform::parse("linux-x64").unwrap()], ..Wants::default() };
    let narrow = lab.closure("npm:@s/tool", &wants).unwrap();
    let windows = narrow.entries.iter().find(|e| e.name.contains("win32")).unwrap();
    assert!(matches!(windows.state, State::LeftOut(_)));
    assert_eq!(narrow.missing.len(), 1, "its name says that it is for another machine: {:?}", narrow.missing);
    assert!(narrow.notes.iter().any(|n| n.contains("tool-darwin-arm64")), "{:?}", narrow.notes);
    assert!(here(&narrow.entries[0]).cached, "fetched once");
}

#[test]
fn dependencies_come_on_request_and_cycles_end() {
    let lab = Lab::new();
    lab.npm("a", "1.0.0", json!({"dependencies": {"b": "^1", "x": "https://h.invalid/x.tgz"}}), b"a");
    lab.npm("b", "1.2.0", json!({"dependencies": {"c": "*", "a": "1"}}), b"b");
    lab.npm("c", "3.0.0", json!({"dependencies": {"a": "^1.0.0"}, "peerDependencies": {"b": ">=1"}}), b"c");
    let count = |deps| {
        let wants = Wants { dependencies: deps, ..Wants::default() };
        let closure = lab.closure("npm:a", &wants).unwrap();
        (closure.entries.len(), closure.missing.len(), closure.not_followed)
    };
    assert_eq!(count(Dependencies::None), (1, 0, 2));
    assert_eq!(count(Dependencies::Direct), (2, 1, 2));
    assert_eq!(count(Dependencies::All), (3, 1, 0));
}

#[test]
fn wrong_bytes_are_no_package() {
    let lab = Lab::new();
    lab.npm("a", "1.0.0", json!({}), b"right");
    lab.server.on("/f/a-1.0.0.tgz", Reply::Ok("x/y", b"wrong".to_vec()));
    let closure = lab.closure("npm:a", &Wants::default()).unwrap();
    assert!(matches!(closure.entries[0].state, State::Failed(Trouble::Integrity(_))), "{:?}", closure.entries[0].state);
    let kept = std::fs::read_dir(lab.store.path().join("partial")).unwrap().flatten();
    assert!(kept.map(|e| e.metadata().unwrap().len()).all(|len| len == 0), "nothing wrong is kept");
    // What was changed in the store is fetched again.
    lab.server.on("/f/a-1.0.0.tgz", Reply::Ok("x/y", b"right".to_vec()));
    let closure = lab.closure("npm:a", &Wants::default()).unwrap();
    let path = here(&closure.entries[0]).path.clone();
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    #[allow(clippy::permissions_set_readonly_false, reason = "a file of this test")]
    permissions.set_readonly(false);
    std::fs::set_permissions(&path, permissions).unwrap();
    std::fs::write(&path, "evil").unwrap();
    let closure = lab.closure("npm:a", &Wants::default()).unwrap();
    assert_eq!(std::fs::read(&here(&closure.entries[0]).path).unwrap(), b"right");
}

#[test]
fn a_half_download_goes_on_where_it_broke() {
    let lab = Lab::new();
    let archive: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    lab.npm("a", "1.0.0", json!({}), &archive);
    lab.server.on("/f/a-1.0.0.tgz", Reply::Half(archive.clone(), 300_000));
    let closure = lab.closure("npm:a", &Wants::default()).unwrap();
    assert_eq!(here(&closure.entries[0]).bytes, archive.len() as u64);
    let ranges: Vec<_> = lab.server.log().iter().filter_map(|r| r.headers.get("range").cloned()).collect();
    assert_eq!(ranges.len(), 1);
    assert!(ranges[0].starts_with("bytes=") && ranges[0] != "bytes=0-", "{ranges:?}");
}

#[test]
fn redirections_are_followed_but_not_for_ever_and_without_the_token() {
    let lab = Lab::new();
    let other = Server::start();
    lab.npm("a", "1.0.0", json!({}), b"moved");
    lab.server.on("/f/a-1.0.0.tgz", Reply::Redirect(other.at("/elsewhere")));
    other.on("/elsewhere", Reply::Ok("x/y", b"moved".to_vec()));
    let with_user = lab.server.at("/").replace("http://", "http://me:secret@");
    let config = Config::of_user(Some(&with_user)).unwrap();
    let store = Store::at(lab.store.path().to_owned());
    let registry = Registry::new(config, store, FetchLimits::default(), false).unwrap();
    let mut closure = registry.closure(&Name::parse("npm:a").unwrap().unwrap(), &Wants::default()).unwrap();
    registry.fetch(&mut closure, &|_| ());
    assert_eq!(here(&closure.entries[0]).bytes, 5);
    assert!(lab.server.log().iter().all(|r| r.headers.contains_key("authorization")));
    assert!(other.log().iter().all(|r| !r.headers.contains_key("authorization")), "the token stays at home");

    lab.npm("b", "1.0.0", json!({}), b"b");
    lab.server.on("/f/b-1.0.0.tgz", Reply::Redirect(lab.server.at("/f/b-1.0.0.tgz")));
    let closure = lab.closure("npm:b", &Wants::default()).unwrap();
    assert!(matches!(closure.entries[0].state, State::Failed(Trouble::Unavailable(_))));
    lab.server.on("/f/b-1.0.0.tgz", Reply::Redirect("file:///etc/passwd".to_owned()));
    let closure = lab.closure("npm:b", &Wants::default()).unwrap();
    assert!(matches!(closure.entries[0].state, State::Failed(Trouble::Malformed(_))));
}

#[test]
fn registries_that_fail_are_told_apart() {
    let lab = Lab::new();
    let of = |name: &str| lab.closure(name, &Wants::default()).map(|_| ()).unwrap_err();
    assert!(matches!(of("npm:unknown"), Trouble::Missing(_)));
    assert!(matches!(of("pypi:unknown"), Trouble::Missing(_)));
    lab.npm("a", "1.0.0", json!({}), b"a");
    assert!(matches!(of("npm:a@2.0.0"), Trouble::Missing(_)));
    lab.server.on("/broken", Reply::Status(503));
    assert!(matches!(of("npm:broken"), Trouble::Unavailable(_)));
    lab.server.on("/secret", Reply::Status(401));
    assert!(matches!(of("npm:secret"), Trouble::Refused(_)));
    lab.server.on("/nonsense", Reply::Ok("text/html", b"<html>log in</html>".to_vec()));
    assert!(matches!(of("npm:nonsense"), Trouble::Malformed(_)));
    lab.server.on("/silent", Reply::Silence);
    assert!(matches!(of("npm:silent"), Trouble::Unavailable(_)));
}

#[test]
fn offline_uses_what_was_fetched_and_nothing_else() {
    let lab = Lab::new();
    lab.npm("a", "1.0.0", json!({}), b"a");
    lab.closure("npm:a", &Wants::default()).unwrap();
    let asked = lab.server.log().len();
    let registry = lab.registry_with(true, FetchLimits::default());
    let mut closure = registry.closure(&Name::parse("npm:a").unwrap().unwrap(), &Wants::default()).unwrap();
    registry.fetch(&mut closure, &|_| ());
    assert!(here(&closure.entries[0]).cached);
    assert!(matches!(registry.closure(&Name::npm("b", "").unwrap(), &Wants::default()), Err(Trouble::Offline(_))));
    assert_eq!(lab.server.log().len(), asked, "no request was made");
}

#[test]
fn an_archive_that_is_too_large_is_not_taken() {
    let lab = Lab::new();
    lab.npm("a", "1.0.0", json!({}), &[7; 5000]);
    let limits = FetchLimits { archive: 1000, ..FetchLimits::default() };
    let registry = lab.registry_with(false, limits);
    let mut closure = registry.closure(&Name::npm("a", "").unwrap(), &Wants::default()).unwrap();
    registry.fetch(&mut closure, &|_| ());
    assert!(matches!(closure.entries[0].state, State::Failed(Trouble::Limit(_))));
}

#[test]
fn a_python_version_is_all_its_files() {
    let lab = Lab::new();
    let file = |name: &str, body: &[u8], more: &str| {
        lab.server.on(&format!("/f/{name}"), Reply::Ok("x/y", body.to_vec()));
        let digest = super::digest::hex(&sha2::Sha256::digest(body));
        format!("<a href=\"/f/{name}#sha256={digest}\" {more}>{name}</a>")
    };
    let page = [
        file("my_pkg-1.0-py3-none-any.whl", b"old", ""),
        file("my_pkg-1.1-cp312-cp312-manylinux_2_17_x86_64.whl", b"linux", "data-core-metadata=\"true\""),
        file("my_pkg-1.1-cp312-cp312-win_amd64.whl", b"windows", ""),
        file("my-pkg-1.1.tar.gz", b"source", ""),
        file("my_pkg-2.0-py3-none-any.whl", b"withdrawn", "data-yanked=\"bad\""),
    ];
    lab.server.on("/my-pkg/", Reply::Ok("text/html", page.concat().into_bytes()));
    let metadata = "Metadata-Version: 2.1\nName: my-pkg\nRequires-Dist: dep>=1\nRequires-Dist: x; extra == 't'\n\nRequires-Dist: no";
    lab.server.on("/f/my_pkg-1.1-cp312-cp312-manylinux_2_17_x86_64.whl.metadata", Reply::Ok("x/y", metadata.into()));
    lab.server.on("/dep/", Reply::Ok("text/html", file("dep-1.5.tar.gz", b"dep", "").into_bytes()));
    let closure = lab.closure("pypi:My_Pkg", &Wants::default()).unwrap();
    assert_eq!(closure.entries.len(), 3);
    assert!(closure.entries.iter().all(|e| e.version == "1.1"));
    assert_eq!(lab.closure("pypi:my-pkg==2.0", &Wants::default()).unwrap().entries.len(), 1);
    assert!(matches!(lab.closure("pypi:my-pkg==3", &Wants::default()), Err(Trouble::Missing(_))));
    let wants = Wants { dependencies: Dependencies::All, platforms: vec![Platform::parse("linux-x64").unwrap()] };
    let closure = lab.closure("pypi:my-pkg", &wants).unwrap();
    let states: Vec<_> = closure.entries.iter().map(|e| (e.file.as_str(), matches!(e.state, State::Here(_)))).collect();
    assert!(states.contains(&("dep-1.5.tar.gz", true)), "{states:?}");
    assert!(states.contains(&("my_pkg-1.1-cp312-cp312-win_amd64.whl", false)), "{states:?}");
}

#[test]
fn those_who_fetch_the_same_wait_for_one_another() {
    let lab = Lab::new();
    let archive = vec![7; 300_000];
    lab.npm("a", "1.0.0", json!({}), &archive);
    let results = each(&[0; 6], 6, |_| {
        let closure = lab.closure("npm:a", &Wants::default()).unwrap();
        std::fs::read(&here(&closure.entries[0]).path).unwrap()
    });
    assert!(results.iter().all(|bytes| *bytes == archive));
    assert_eq!(lab.server.log().iter().filter(|r| r.path.ends_with(".tgz")).count(), 1);
}

#[test]
fn an_installer_that_knows_the_version_needs_no_list_of_all() {
    let lab = Lab::new();
    for name in ["tool", "other"] {
        lab.npm(name, "1.0.0", json!({}), b"program");
    }
    let of_version = json!({"name": "tool", "version": "1.0.0",
        "dist": {"tarball": lab.server.at("/f/tool-1.0.0.tgz"), "integrity": sri(b"program")}});
    lab.server.json("/tool/1.0.0", &of_version);
    // Says something else than was asked.
    lab.server.json("/other/1.0.0", &json!({"name": "tool", "version": "1.0.0", "dist": {"tarball": "/f/x.tgz"}}));
    let asked = |path: &str| lab.server.log().iter().filter(|r| r.path == path).count();
    for (name, list) in [("tool", 0), ("other", 1)] {
        let registry = lab.registry();
        let (stored, purl) = registry.one(&Name::npm(name, "1.0.0").unwrap(), "", &Wants::default()).unwrap();
        assert_eq!((stored.bytes, purl), (7, format!("pkg:npm/{name}@1.0.0")));
        assert_eq!(asked(&format!("/{name}")), list, "{name}");
    }
    // Who has read the list does not ask again.
    let registry = lab.registry();
    let page = |accept: &str| {
        let (kind, body) = registry.page(&Name::npm("tool", "").unwrap(), "http://gate.invalid", accept).unwrap();
        assert_eq!(kind, "application/vnd.npm.install-v1+json");
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["versions"]["1.0.0"]["dist"]["tarball"], "http://gate.invalid/tool/-/tool-1.0.0.tgz");
        body
    };
    assert_eq!(page(""), page("application/vnd.npm.install-v1+json; q=1.0, */*"));
    let before = asked("/tool/1.0.0");
    registry.one(&Name::npm("tool", "1.0.0").unwrap(), "", &Wants::default()).unwrap();
    assert_eq!(asked("/tool/1.0.0"), before);
    // Another digest than the version's own document promises is no package.
    lab.server.json(
        "/tool/1.0.0",
        &json!({"name": "tool", "version": "1.0.0",
        "dist": {"tarball": lab.server.at("/f/tool-1.0.0.tgz"), "integrity": sri(b"another")}}),
    );
    let wrong = lab.registry().one(&Name::npm("tool", "1.0.0").unwrap(), "", &Wants::default());
    assert!(matches!(wrong, Err(Trouble::Integrity(_))), "{wrong:?}");
}
