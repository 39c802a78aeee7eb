//! The document that an npm registry has of a package
//! (<https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md>), read in part: those of old packages
//! are megabytes of manifests, and of these one matters, or a few members of each. What has another shape than the protocol
//! says is nothing.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Members of a manifest in the short form, as the registry of npm gives them.
const SHORT: &[&str] = &[
    "_hasShrinkwrap",
    "acceptDependencies",
    "bin",
    "bundleDependencies",
    "bundledDependencies",
    "cpu",
    "dependencies",
    "deprecated",
    "devDependencies",
    "directories",
    "dist",
    "engines",
    "funding",
    "hasInstallScript",
    "libc",
    "name",
    "optionalDependencies",
    "os",
    "peerDependencies",
    "peerDependenciesMeta",
    "version",
];

/// Which versions there are, and which of them have a name.
#[derive(Debug, Default)]
pub(super) struct Outline {
    tags: Value,
    versions: Vec<String>,
}

impl Outline {
    /// Reads it out of a document.
    ///
    /// # Errors
    /// What is no JSON.
    pub(super) fn read(document: &str) -> serde_json::Result<Self> {
        let mut outline = Self::default();
        read(document, &mut outline)?;
        Ok(outline)
    }

    /// The version that has a name such as `latest`.
    pub(super) fn tagged(&self, tag: &str) -> Option<&str> {
        self.tags.get(tag).and_then(Value::as_str)
    }

    /// A version as it is written in the document.
    pub(super) fn version(&self, version: &str) -> Option<&str> {
        self.versions.iter().map(String::as_str).find(|known| *known == version)
    }

    /// All of them.
    pub(super) fn versions(&self) -> impl Iterator<Item = &str> {
        self.versions.iter().map(String::as_str)
    }
}

/// The manifest of one version.
///
/// # Errors
/// What is no JSON.
pub(super) fn manifest(document: &str, version: &str) -> serde_json::Result<Option<Value>> {
    let mut one = One { version, manifest: None };
    read(document, &mut one)?;
    Ok(one.manifest)
}

/// The short form of a document, each archive at the address that `archive` gives for a version.
///
/// # Errors
/// What is no JSON.
pub(super) fn shortened(document: &str, archive: impl Fn(&str) -> String) -> serde_json::Result<Vec<u8>> {
    let mut short = Short { archive, all: Map::new() };
    read(document, &mut short)?;
    serde_json::to_vec(&short.all)
}

fn read<'de, T: Takes<'de>>(document: &'de str, into: &mut T) -> serde_json::Result<()> {
    let mut reader = serde_json::Deserializer::from_str(document);
    Members(into).deserialize(&mut reader)?;
    reader.end()
}

/// Takes what it wants of an object's members, and reads over the others.
trait Takes<'de> {
    fn take<A: MapAccess<'de>>(&mut self, key: String, map: &mut A) -> Result<(), A::Error>;
}

/// Goes through the members of an object; any other value has none.
struct Members<'t, T>(&'t mut T);

impl<'de, T: Takes<'de>> DeserializeSeed<'de> for Members<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de, T: Takes<'de>> Visitor<'de> for Members<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            self.0.take(key, &mut map)?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        while all.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

fn over<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(|_| ())
}

impl<'de> Takes<'de> for Outline {
    fn take<A: MapAccess<'de>>(&mut self, key: String, map: &mut A) -> Result<(), A::Error> {
        match &*key {
            "dist-tags" => self.tags = map.next_value()?,
            "versions" => {
                // Of two members of one name the last one counts, as everywhere.
                self.versions.clear();
                map.next_value_seed(Members(&mut Keys(&mut self.versions)))?;
            }
            _ => over(map)?,
        }
        Ok(())
    }
}

/// The names of all members.
struct Keys<'k>(&'k mut Vec<String>);

impl<'de> Takes<'de> for Keys<'_> {
    fn take<A: MapAccess<'de>>(&mut self, key: String, map: &mut A) -> Result<(), A::Error> {
        self.0.push(key);
        over(map)
    }
}

/// One version of a document.
struct One<'v> {
    version: &'v str,
    manifest: Option<Value>,
}

impl<'de> Takes<'de> for One<'_> {
    fn take<A: MapAccess<'de>>(&mut self, key: String, map: &mut A) -> Result<(), A::Error> {
        if key != "versions" {
            return over(map);
        }
        self.manifest = None;
        map.next_value_seed(Members(&mut Among(self)))
    }
}

/// The member that is one version.
struct Among<'o, 'v>(&'o mut One<'v>);

impl<'de> Takes<'de> for Among<'_, '_> {
    fn take<A: MapAccess<'de>>(&mut self, key: String, map: &mut A) -> Result<(), A::Error> {
        if key != self.0.version {
            return over(map);
        }
        self.0.manifest = Some(map.next_value()?);
        Ok(())
    }
}

struct Short<F> {
    archive: F,
    all: Map<String, Value>,
}

impl<'de, F: Fn(&str) -> String> Takes<'de> for Short<F> {
    fn take<A: MapAccess<'de>>(&mut self, key: String, map: &mut A) -> Result<(), A::Error> {
        match &*key {
            "name" | "modified" | "dist-tags" => {
                self.all.insert(key, map.next_value()?);
            }
            "versions" => {
                let mut manifests = Manifests { archive: &self.archive, all: Map::new() };
                map.next_value_seed(Members(&mut manifests))?;
                self.all.insert(key, Value::Object(manifests.all));
            }
            _ => over(map)?,
        }
        Ok(())
    }
}

struct Manifests<'f, F> {
    archive: &'f F,
    all: Map<String, Value>,
}

impl<'de, F: Fn(&str) -> String> Takes<'de> for Manifests<'_, F> {
    fn take<A: MapAccess<'de>>(&mut self, version: String, map: &mut A) -> Result<(), A::Error> {
        let mut manifest = Manifest::default();
        map.next_value_seed(Members(&mut manifest))?;
        let mut short = manifest.short;
        // The long form does not say it: npm reads it out of the scripts, and out of what `node-gyp` builds without any.
        if manifest.has_hook && !short.contains_key("hasInstallScript") {
            short.insert("hasInstallScript".to_owned(), Value::Bool(true));
        }
        if let Some(dist) = short.get_mut("dist").and_then(Value::as_object_mut) {
            dist.insert("tarball".to_owned(), Value::String((self.archive)(&version)));
        }
        self.all.insert(version, Value::Object(short));
        Ok(())
    }
}

#[derive(Default)]
struct Manifest {
    short: Map<String, Value>,
    /// Whether something runs when it is installed.
    has_hook: bool,
}

impl<'de> Takes<'de> for Manifest {
    fn take<A: MapAccess<'de>>(&mut self, key: String, map: &mut A) -> Result<(), A::Error> {
        match &*key {
            "scripts" => {
                let scripts: Value = map.next_value()?;
                let runs = |hook: &str| scripts.get(hook).and_then(Value::as_str).is_some_and(|line| !line.is_empty());
                self.has_hook |= ["preinstall", "install", "postinstall"].into_iter().any(runs);
            }
            "gypfile" => self.has_hook |= map.next_value::<Value>()? == Value::Bool(true),
            name if SHORT.contains(&name) => {
                self.short.insert(key, map.next_value()?);
            }
            _ => over(map)?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn of_megabytes_one_manifest_is_read() {
        let document = json!({
            "readme": "x".repeat(100),
            "dist-tags": {"latest": "2.0.0"},
            "versions": {"1.0.0": {"name": "a", "n": [1, {"versions": {}}]}, "2.0.0": {"name": "b"}, "3.0.0": 7},
        })
        .to_string();
        let outline = Outline::read(&document).unwrap();
        assert_eq!(outline.tagged("latest"), Some("2.0.0"));
        assert_eq!(outline.versions().collect::<Vec<_>>(), ["1.0.0", "2.0.0", "3.0.0"]);
        assert_eq!((outline.version("3.0.0"), outline.version("4.0.0")), (Some("3.0.0"), None));
        assert_eq!(manifest(&document, "2.0.0").unwrap(), Some(json!({"name": "b"})));
        assert_eq!(manifest(&document, "3.0.0").unwrap(), Some(json!(7)));
        assert_eq!(manifest(&document, "4.0.0").unwrap(), None);
        let twice = r#"{"versions": {"1.0.0": {"a": 1}, "1.0.0": {"a": 2}}, "versions": {"1.0.0": {"a": 3}}}"#;
        assert_eq!(manifest(twice, "1.0.0").unwrap(), Some(json!({"a": 3})));
        assert_eq!(Outline::read(twice).unwrap().versions().count(), 1);
    }

    #[test]
    fn other_shapes_hold_nothing_and_no_json_is_an_error() {
        for other in
            ["[]", "[{\"versions\": {}}, 1]", "null", "true", "1", "-1", "1.5", "\"versions\"", "{\"versions\": []}"]
        {
            assert_eq!(Outline::read(other).unwrap().versions().count(), 0, "{other}");
            assert_eq!(manifest(other, "1.0.0").unwrap(), None, "{other}");
        }
        for broken in ["", "{", "{\"versions\": {\"1.0.0\": {}}", "{} x", "{\"versions\" 1}"] {
            assert!(Outline::read(broken).is_err() && manifest(broken, "1.0.0").is_err(), "{broken}");
            assert!(shortened(broken, str::to_owned).is_err(), "{broken}");
        }
    }

    #[test]
    fn the_short_form_keeps_what_installers_need() {
        let document = json!({
            "name": "a", "readme": "long", "time": {"1.0.0": "2020"}, "modified": "2021", "dist-tags": {"latest": "1.0.0"},
            "versions": {
                "1.0.0": {
                    "name": "a", "version": "1.0.0", "description": "d", "os": ["linux"], "dependencies": {"b": "1"},
                    "scripts": {"postinstall": "node x", "test": "t"},
                    "dist": {"tarball": "https://r.invalid/a.tgz", "integrity": "sha512-x"},
                },
                "2.0.0": {"scripts": {"test": "t", "install": ""}, "gypfile": false},
                "3.0.0": {"gypfile": true, "dist": 5},
                "4.0.0": {"hasInstallScript": false, "scripts": {"install": "x"}},
                "5.0.0": null,
            },
        });
        let short = shortened(&document.to_string(), |version| format!("own/{version}")).unwrap();
        let short: Value = serde_json::from_slice(&short).unwrap();
        assert_eq!(
            short,
            json!({
                "name": "a", "modified": "2021", "dist-tags": {"latest": "1.0.0"},
                "versions": {
                    "1.0.0": {
                        "name": "a", "version": "1.0.0", "os": ["linux"], "dependencies": {"b": "1"}, "hasInstallScript": true,
                        "dist": {"tarball": "own/1.0.0", "integrity": "sha512-x"},
                    },
                    "2.0.0": {},
                    "3.0.0": {"hasInstallScript": true, "dist": 5},
                    "4.0.0": {"hasInstallScript": false},
                    "5.0.0": {},
                },
            })
        );
    }
}
