use super::*;

const SRI: &str = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";

fn pins(name: &str, text: &str) -> (Vec<(String, String, usize)>, usize) {
    let lock = reader(name).unwrap()(text).unwrap_or_else(|e| panic!("{name}: {e}")).tidy();
    let pinned = lock.pinned.iter().map(|p| (p.name.name.clone(), p.name.wish.clone(), p.digests.len()));
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
        "lockfileVersion: '9.0'\nimporters:\n  .: {{}}\npackages:\n\n  '@s/a@1.0.0':\n    resolution: {{integrity: {SRI}}}\n    engines: {{node: '>=1'}}\n\n  b@2.0.0(react@18.0.0):\n    resolution: {{tarball: x}}\n\n  broken:\n    x: y\n\nsnapshots:\n  c@1.0.0: {{}}\n"
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
fn archives_are_held_to_what_is_pinned() {
    let digest = |c: &str| Digest::of_hex("sha256", &c.repeat(64)).unwrap();
    let strong = Digest::of_hex("sha512", &"a".repeat(128)).unwrap();
    let bound = |promised: Option<Digest>, pinned: &[Digest]| {
        let (mut promised, mut state) = (promised, State::Wanted);
        bind(&mut promised, &mut state, pinned);
        (promised, state)
    };
    assert_eq!(bound(Some(digest("1")), &[digest("1")]).1, State::Wanted);
    assert!(matches!(bound(Some(digest("1")), &[digest("2")]).1, State::Failed(Trouble::Integrity(_))));
    assert!(matches!(bound(Some(digest("1")), &[digest("2"), digest("3")]).1, State::LeftOut(_)), "another file of it");
    assert_eq!(bound(None, &[digest("2")]).0, Some(digest("2")));
    assert_eq!(bound(Some(digest("1")), std::slice::from_ref(&strong)).0, Some(strong));
}
