use super::*;

const SRI: &str = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";

fn pins(name: &str, text: &str) -> (Vec<(String, String, usize)>, usize) {
    let lock = reader(name).unwrap()(text).unwrap_or_else(|e| panic!("{name}: {e}")).tidy();
    let pinned = lock
        .pinned
        .iter()
        .map(|p| (p.name.name.clone(), p.name.wish.clone(), p.files.iter().filter(|f| f.digest.is_some()).count()));
    (pinned.collect(), lock.missing.len())
}

fn owned(list: &[(&str, &str, usize)]) -> Vec<(String, String, usize)> {
    list.iter().map(|(n, v, d)| ((*n).to_owned(), (*v).to_owned(), *d)).collect()
}

#[test]
fn lockfiles_of_node_say_the_same() {
    let npm3 = format!(
        r#"{{"lockfileVersion":3,"packages":{{"":{{"name":"me"}},"node_modules/@s/a":{{"version":"1.0.0","resolved":"https://r/a.tgz","integrity":"{SRI}"}},
        "node_modules/x/node_modules/b":{{"version":"2.0.0"}},"node_modules/alias":{{"name":"b","version":"2.0.0"}},"packages/w":{{}},
        "node_modules/w":{{"link":true}},"node_modules/g":{{"version":"1.0.0","resolved":"git+ssh://h/g"}}}}}}"#
    );
    let npm1 = format!(
        r#"{{"lockfileVersion":1,"dependencies":{{"@s/a":{{"version":"1.0.0","integrity":"{SRI}","dependencies":{{"b":{{"version":"2.0.0"}}}}}},
        "g":{{"version":"git+https://h/g#1"}},"alias":{{"version":"npm:b@2.0.0"}}}}}}"#
    );
    let pnpm = format!(
        "lockfileVersion: '9.0'\nimporters:\n  .: {{}}\npackages:\n\n  '@s/a@1.0.0':\n    resolution: {{integrity: {SRI}}}\n    engines: {{node: '>=1'}}\n\n  b@2.0.0(react@18.0.0):\n    resolution: {{tarball: https://r/b.tgz}}\n\n  broken:\n    x: y\n\nsnapshots:\n  c@1.0.0: {{}}\n"
    );
    let yarn1 = format!(
        "# yarn lockfile v1\n\n\n\"@s/a@^1.0.0\", \"@s/a@^1\":\n  version \"1.0.0\"\n  resolved \"https://r/a.tgz#x\"\n  integrity {SRI}\n\nb@2:\n  version \"2.0.0\"\n  dependencies:\n    c \"^1\"\n\n\"g@git+ssh://h/g\":\n  version \"1.0.0\"\n  resolved \"git+ssh://h/g#1\"\n"
    );
    let bun = format!(
        "{{\n \"lockfileVersion\": 1,\n \"packages\": {{\n  \"@s/a\": [\"@s/a@1.0.0\", \"\", {{}}, \"{SRI}\"],\n  \"b\": [\"b@2.0.0\", \"\", {{\"dependencies\": {{\"c\": \"^1, ]\",}},}},],\n  \"g\": [\"g@github:x/y\", {{}}],\n }},\n}}"
    );
    for (name, text) in [
        ("package-lock.json", &npm3),
        ("npm-shrinkwrap.json", &npm1),
        ("pnpm-lock.yaml", &pnpm),
        ("yarn.lock", &yarn1),
        ("bun.lock", &bun),
    ] {
        let (pinned, missing) = pins(name, text);
        assert_eq!(pinned, owned(&[("@s/a", "1.0.0", 1), ("b", "2.0.0", 0)]), "{name}");
        assert_eq!(missing, 1, "{name}");
    }
    let berry = "__metadata:\n  version: 8\n\n\"a@npm:^1.0.0\":\n  version: 1.0.0\n  resolution: \"a@npm:1.0.0\"\n  checksum: 10c0/00\n\n\"me@workspace:.\":\n  version: 0.0.0-use.local\n  resolution: \"me@workspace:.\"\n";
    assert_eq!(pins("yarn.lock", berry), (owned(&[("a", "1.0.0", 0)]), 0));
    let old = "lockfileVersion: 5.4\npackages:\n  /@s/a/1.0.0_react@17.0.0:\n    resolution: {integrity: x}\n";
    assert_eq!(pins("pnpm-lock.yaml", old).0.len(), 1);
}

#[test]
fn lockfiles_of_python_say_the_same() {
    let digest = "0".repeat(64);
    let uv = format!(
        "version = 1\n[[package]]\nname = \"me\"\nversion = \"0\"\nsource = {{ virtual = \".\" }}\n[[package]]\nname = \"My_Dep\"\nversion = \"1.2\"\nsource = {{ registry = \"https://pypi.org/simple\" }}\nsdist = {{ url = \"u\", hash = \"sha256:{digest}\" }}\nwheels = [{{ url = \"v\", hash = \"sha256:{digest}\" }}]\n[[package]]\nname = \"g\"\nversion = \"1\"\nsource = {{ git = \"https://h/g\" }}\n"
    );
    let poetry = format!(
        "[[package]]\nname = \"my-dep\"\nversion = \"1.2\"\nfiles = [{{file = \"a\", hash = \"sha256:{digest}\"}}, {{file = \"b\", hash = \"sha256:{digest}\"}}]\n[[package]]\nname = \"g\"\nversion = \"1\"\n[package.source]\ntype = \"git\"\nurl = \"x\"\n[metadata]\nlock-version = \"2.0\"\n"
    );
    let requirements = format!(
        "# made by a tool\n--index-url https://x\nmy.dep[extra]==1.2 ; python_version > '3' \\\n    --hash=sha256:{digest} \\\n    --hash=sha256:{digest}  # via x\nother>=1\n"
    );
    for (name, text) in [("uv.lock", &uv), ("poetry.lock", &poetry), ("requirements-dev.txt", &requirements)] {
        assert_eq!(pins(name, text), (owned(&[("my-dep", "==1.2", 2)]), 1), "{name}");
    }
}

#[test]
fn what_is_no_lockfile_is_an_error_and_no_empty_answer() {
    for (name, text) in [
        ("package-lock.json", "{"),
        ("pnpm-lock.yaml", "hello"),
        ("uv.lock", "= ="),
        ("poetry.lock", "x = 1"),
        ("bun.lock", "{,}"),
        ("yarn.lock", "x"),
        ("package-lock.json", "{}"),
    ] {
        assert!(reader(name).unwrap()(text).is_err(), "{name}");
    }
    assert!(reader("package.json").is_none());
    assert!(reader("notes.txt").is_none());
}

#[test]
fn what_an_installer_takes_from_elsewhere_is_missing() {
    let evil = "https://evil.invalid/x.tgz";
    let npm = |entry: &str| format!(r#"{{"packages":{{"node_modules/a":{{"version":"1.0.0",{entry}}}}}}}"#);
    let yarn = |body: &str| format!("# yarn lockfile v1\n\n{body}");
    let berry = |body: &str| format!("__metadata:\n  version: 8\n\n\"a@npm:^1\":\n  version: 1.0.0\n{body}");
    let pnpm = |body: &str| format!("lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n{body}");
    let uv = |package: &str| format!("version = 1\n[[package]]\nname = \"a\"\nversion = \"1\"\n{package}");
    for (name, text) in [
        ("package-lock.json", npm(r#""resolved":"file:../a.tgz""#)),
        ("package-lock.json", npm(r#""resolved":"ssh://h/a""#)),
        ("package-lock.json", npm(r#""resolved":"","version":"^1.0.0""#)),
        ("yarn.lock", yarn("\"a@file:./a\":\n  version \"1.0.0\"\n")),
        ("yarn.lock", yarn("a@user/repo:\n  version \"1.0.0\"\n")),
        ("yarn.lock", berry(&format!("  resolution: \"a@{evil}\"\n"))),
        ("yarn.lock", berry("  resolution: \"a@git@github.com:x/a.git#commit=0\"\n")),
        ("yarn.lock", berry("  resolution: \"a@portal:../a\"\n")),
        ("yarn.lock", berry("  resolution: \"a@npm:1.0.0::__archiveUrl=https%3A%2F%2Fevil.invalid%2Fx.tgz\"\n")),
        ("yarn.lock", berry("")),
        ("pnpm-lock.yaml", pnpm("    resolution: {directory: ../a, type: directory}\n")),
        ("pnpm-lock.yaml", pnpm("    engines: {node: '>=1'}\n")),
        (
            "pnpm-lock.yaml",
            pnpm(&format!("    resolution: {{integrity: {SRI}}}\n    \"resolution\": {{tarball: x}}\n")),
        ),
        ("pnpm-lock.yaml", "lockfileVersion: '9.0'\npackages: {a@1.0.0: {resolution: {tarball: x}}}\n".to_owned()),
        ("bun.lock", r#"{"packages":{"a":{"0":"a@1.0.0"}}}"#.to_owned()),
        ("uv.lock", uv("source = { git = \"https://h/a\" }\n")),
        ("pdm.lock", uv("git = \"https://h/a\"\n")),
        ("requirements.txt", "-e ./a\n".to_owned()),
        ("requirements.txt", "--editable=./a\n".to_owned()),
        ("requirements.txt", "--constraint c.txt\n".to_owned()),
        ("requirements.txt", "-rmore.txt\n".to_owned()),
        ("requirements.txt", "# joins nothing \\\na\n".to_owned()),
    ] {
        let (pinned, missing) = pins(name, &text);
        assert_eq!((pinned.len(), missing), (0, 1), "{name}: {text}");
    }
    // What the resolution says is installed, and not what stands beside it.
    let two = berry("  resolution: \"b@npm:2.0.0\"\n");
    assert_eq!(pins("yarn.lock", &two).0, owned(&[("b", "2.0.0", 0)]));
    // Nothing brings a package that says that it is in another one's archive.
    let alone = npm(&format!(r#""inBundle":true,"resolved":"{evil}""#));
    assert_eq!(pins("package-lock.json", &alone).0.len(), 1);
    let old = r#"{"lockfileVersion":1,"dependencies":{"a":{"version":"1.0.0","bundled":true}}}"#;
    assert_eq!(pins("package-lock.json", old).0.len(), 1);
    let sha1 = format!("a@^1:\n  version \"1.0.0\"\n  \"resolved\" \"{evil}#{}\"\n", "a".repeat(40));
    assert_eq!(pins("yarn.lock", &yarn(&sha1)).0, owned(&[("a", "1.0.0", 1)]));
    let read = |text: &str| reader("requirements.txt").unwrap()(text).unwrap();
    for line in [
        "-i https://x",
        "--index-url=https://x",
        "--extra-index-url https://x",
        "-fhttps://x",
        "--find-links https://x",
    ] {
        assert_eq!(read(&format!("a==1\n{line}\n")).elsewhere, ["https://x"], "{line}");
    }
    assert!(read("--require-hashes\n--only-binary :all:\n").missing.is_empty());
}

#[test]
fn lists_of_requirements_are_known_by_their_lines() {
    for text in ["flask==3.0.0\n", "# a\n-r base.txt\nflask[async]==3.0.0 ; python_version > '3'\nrich>=13\n"] {
        assert!(super::lists_requirements(text), "{text}");
    }
    for text in ["", "flask\nrich\n", "a == b is a comparison in prose\nand this is more.\n", "Read me first\n"] {
        assert!(!super::lists_requirements(text), "{text}");
    }
}
