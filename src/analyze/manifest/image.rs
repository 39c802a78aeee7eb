//! The JSON documents of a container image: `index.json`, manifests and configurations of the OCI image format, and the
//! `manifest.json` of `docker save`. They are told by their names (digests, mostly) and read by their keys.
//!
//! Values of environment variables are not kept: they may be secrets.
//!
//! Reference: <https://github.com/opencontainers/image-spec>.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::LONGEST;
use crate::analyze::{Heuristic, Notes};
use crate::model::fact::{ImageConfig, ImageContent, SavedImage};
use crate::model::{Fact, FactKind, FileKind, Gap, ImageDocument, Rule};
use crate::parse::Parsed;

/// The annotation and label that name a base image.
const BASE: &str = "org.opencontainers.image.base.name";

/// Reads the documents.
pub(super) struct ImageDocumentReader;

impl Heuristic for ImageDocumentReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Json
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let name = file.base_name();
        let stem = name.strip_suffix(".json").unwrap_or(name);
        let is_digest = stem.len() == 64 && stem.bytes().all(|b| b.is_ascii_hexdigit());
        if !is_digest && !matches!(name, "index.json" | "manifest.json") {
            return;
        }
        if file.bytes().len() > LONGEST {
            // A file that is merely called so is no document of an image.
            if is_digest {
                out.gaps.push(super::too_long(file.bytes().len()));
            }
            return;
        }
        match document(file.bytes()) {
            Ok(Some(document)) => out.facts.push(Fact::whole(FactKind::Image(Box::new(document)))),
            Ok(None) => {}
            Err(gap) => out.gaps.push(gap),
        }
    }
}

#[derive(Deserialize)]
struct Descriptor {
    #[serde(default, rename = "mediaType")]
    media_type: String,
    digest: String,
    #[serde(default)]
    annotations: Option<BTreeMap<String, String>>,
    #[serde(default)]
    platform: Option<Platform>,
}

#[derive(Deserialize)]
struct Platform {
    #[serde(default)]
    architecture: String,
    #[serde(default)]
    os: String,
}

impl Platform {
    fn words(&self) -> String {
        format!("{}/{}", self.os, self.architecture)
    }
}

#[derive(Deserialize)]
struct Index {
    manifests: Vec<Descriptor>,
}

#[derive(Deserialize)]
struct Manifest {
    config: Descriptor,
    layers: Vec<Descriptor>,
    #[serde(default)]
    annotations: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct Config {
    #[serde(flatten)]
    platform: Platform,
    #[serde(default)]
    config: Option<Run>,
    rootfs: Files,
    #[serde(default)]
    history: Option<Vec<Step>>,
}

#[derive(Deserialize)]
struct Files {
    #[serde(default)]
    diff_ids: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Step {
    #[serde(default)]
    created_by: String,
    #[serde(default)]
    empty_layer: bool,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Run {
    user: Option<String>,
    entrypoint: Option<Vec<String>>,
    cmd: Option<Vec<String>>,
    env: Option<Vec<String>>,
    exposed_ports: Option<BTreeMap<String, serde_json::Value>>,
    healthcheck: Option<Health>,
    on_build: Option<Vec<String>>,
    labels: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Health {
    test: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Saved {
    config: String,
    #[serde(default)]
    repo_tags: Option<Vec<String>>,
    layers: Vec<String>,
}

/// The document that JSON is, `None` when it is another kind of JSON. A gap when it has a document's keys with values of
/// another form.
fn document(json: &[u8]) -> Result<Option<ImageDocument>, Gap> {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(json) else { return Ok(None) };
    let has = |key: &str| value.get(key).is_some();
    let wrong = |what: &str, e: serde_json::Error| Gap::malformed(format!("the {what} cannot be read: {e}"));
    if value.is_array() {
        // Many lists are called manifest.json; those of images have these keys.
        if value.get(0).is_none_or(|first| first.get("Config").is_none() || first.get("Layers").is_none()) {
            return Ok(None);
        }
        let saved: Vec<Saved> = serde_json::from_value(value).map_err(|e| wrong("list of saved images", e))?;
        let image = |s: Saved| SavedImage { config: s.config, tags: s.repo_tags.unwrap_or_default(), layers: s.layers };
        return Ok(Some(ImageDocument::Saved(saved.into_iter().map(image).collect())));
    }
    if has("schemaVersion") && has("manifests") {
        let index: Index = serde_json::from_value(value).map_err(|e| wrong("index of an image", e))?;
        return Ok(Some(ImageDocument::Index(index.manifests.into_iter().map(content).collect())));
    }
    if has("schemaVersion") && has("config") && has("layers") {
        let manifest: Manifest = serde_json::from_value(value).map_err(|e| wrong("manifest of an image", e))?;
        return Ok(Some(ImageDocument::Manifest {
            config: content(manifest.config),
            layers: manifest.layers.into_iter().map(content).collect(),
            base: manifest.annotations.and_then(|mut a| a.remove(BASE)),
        }));
    }
    if has("rootfs") && has("architecture") {
        let config: Config = serde_json::from_value(value).map_err(|e| wrong("configuration of an image", e))?;
        return Ok(Some(ImageDocument::Config(Box::new(configuration(config)))));
    }
    Ok(None)
}

fn content(descriptor: Descriptor) -> ImageContent {
    let name = descriptor.annotations.and_then(|mut a| {
        // containerd writes the whole name, others only the tag.
        a.remove("io.containerd.image.name").or_else(|| a.remove("org.opencontainers.image.ref.name"))
    });
    let platform = descriptor.platform.map(|p| p.words());
    ImageContent { media: descriptor.media_type, digest: descriptor.digest, platform, name }
}

fn configuration(config: Config) -> ImageConfig {
    let run = config.config.unwrap_or_default();
    let environment = run.env.unwrap_or_default();
    let names = environment.iter().filter_map(|e| e.split('=').next()).map(str::to_owned).collect();
    let health = run.healthcheck.and_then(|h| h.test).unwrap_or_default();
    ImageConfig {
        platform: config.platform.words(),
        user: run.user.unwrap_or_default(),
        entrypoint: run.entrypoint.unwrap_or_default(),
        command: run.cmd.unwrap_or_default(),
        // `CMD`, `CMD-SHELL` or `NONE`.
        health: health.into_iter().skip(1).collect(),
        on_build: run.on_build.unwrap_or_default(),
        environment: names,
        ports: run.exposed_ports.unwrap_or_default().into_keys().collect(),
        base: run.labels.and_then(|mut l| l.remove(BASE)),
        diff_ids: config.rootfs.diff_ids.unwrap_or_default(),
        history: config.history.unwrap_or_default().into_iter().map(|s| (s.created_by, s.empty_layer)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_documents() {
        let index = br#"{"schemaVersion":2,"manifests":[{"mediaType":"m","digest":"sha256:aa","size":3,
            "annotations":{"org.opencontainers.image.ref.name":"latest"},"platform":{"architecture":"amd64","os":"linux"}}]}"#;
        let Ok(Some(ImageDocument::Index(list))) = document(index) else { panic!("no index") };
        assert_eq!((list[0].name.as_deref(), list[0].platform.as_deref()), (Some("latest"), Some("linux/amd64")));
        let manifest = br#"{"schemaVersion":2,"config":{"digest":"sha256:cc"},"layers":[{"digest":"sha256:dd"}],
            "annotations":{"org.opencontainers.image.base.name":"debian:12"}}"#;
        let Ok(Some(ImageDocument::Manifest { layers, base, .. })) = document(manifest) else { panic!("no manifest") };
        assert_eq!((layers.len(), base.as_deref()), (1, Some("debian:12")));
        let config = br#"{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin","TOKEN=s3cret"],"Cmd":null,
            "Entrypoint":["/start"],"ExposedPorts":{"80/tcp":{}},"Healthcheck":{"Test":["CMD-SHELL","x"]}},
            "rootfs":{"type":"layers","diff_ids":["sha256:ee"]},"history":[{"created_by":"ADD","empty_layer":true}]}"#;
        let Ok(Some(ImageDocument::Config(config))) = document(config) else { panic!("no configuration") };
        assert_eq!(config.environment, ["PATH", "TOKEN"]);
        assert_eq!(
            (config.entrypoint, config.ports, config.health),
            (vec!["/start".to_owned()], vec!["80/tcp".to_owned()], vec!["x".to_owned()])
        );
        assert_eq!(config.history, [("ADD".to_owned(), true)]);
        let saved = br#"[{"Config":"aa.json","RepoTags":["x:1"],"Layers":["b/layer.tar"]}]"#;
        let Ok(Some(ImageDocument::Saved(saved))) = document(saved) else { panic!("no list") };
        assert_eq!((saved[0].tags.len(), saved[0].layers.len()), (1, 1));
    }

    #[test]
    fn other_json_is_none_and_broken_ones_are_gaps() {
        for json in [&b"[]"[..], b"[1]", b"{}", br#"{"manifests":[]}"#, b"not json", br#"{"name":"x","config":{}}"#] {
            assert_eq!(document(json), Ok(None));
        }
        assert!(document(br#"{"schemaVersion":2,"config":5,"layers":[]}"#).is_err());
        assert!(document(br#"{"architecture":"a","rootfs":5}"#).is_err());
        assert!(document(br#"[{"Config":1,"Layers":2}]"#).is_err());
    }
}
