//! Container images: an OCI layout (`index.json`, `blobs/sha256/…`) or what `docker save` writes (`manifest.json`), as a
//! tar or a folder. Layers are tars and are opened like any other; here stands what makes an image of them: their order,
//! what runs, what a later layer deletes of an earlier one, which layers come from a base image, and whether every
//! digest is the digest of its content.
//!
//! A file that a later layer deletes still lies in the image for everybody who looks, so nothing that was seen in it is
//! dropped.
//!
//! **Base layers** cannot be told for certain: the format keeps no border. An annotation may name the base image, but not
//! how many layers it has. What is said here goes by the build's history: a base image ends with `CMD` (or
//! `ENTRYPOINT`); so everything up to the last such step *that is followed by another layer* is the base. Images that
//! are built from nothing, or on a base without a command, have no such step.
//!
//! Reference: <https://github.com/opencontainers/image-spec>.

use std::collections::{HashMap, HashSet};

use super::{Member, Package, PackageHeuristic, Placed, Role, noted};
use crate::model::fact::{ImageConfig, ImageContent};
use crate::model::purl::purl;
use crate::model::{Capability, ContentId, Fact, FactKind, FileKind, Gap, GapReason, ImageDocument, Rule};
use crate::rule;

rule! {
    /// A part of a container image has another SHA-256 than the digest under which the image refers to it. Tools that
    /// pull images check this; tools that load them from a file often do not. The content was changed after the image was
    /// made.
    ///
    /// Honest look-alikes: images that were edited by hand for a test.
    pub(crate) DIGEST = "image-digest-mismatch" in "pkg/record-mismatch";
    severity: High, confidence: Certain,
    title: "A part of the image is not what its digest says",
    reference: "https://github.com/opencontainers/image-spec/blob/main/descriptor.md",
}

rule! {
    /// The image's manifest has another number of layers than its configuration has digests for. Readers disagree about
    /// what the image consists of.
    pub(crate) LAYERS = "image-layers-disagree" in "pkg/manifest-mismatch";
    severity: Medium, confidence: Certain,
    title: "Manifest and configuration of the image disagree about its layers",
    reference: "https://github.com/opencontainers/image-spec/blob/main/config.md",
}

/// How many indices may lie inside one another.
const NESTED: usize = 4;
/// Images and layers of one root that are read, deletions that are listed.
const IMAGES: usize = 256;
const LAYERS_MAX: usize = 1024;
const DELETIONS: usize = 1000;

/// The checks of this file.
pub(crate) struct ImagePromises;

impl PackageHeuristic for ImagePromises {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[&DIGEST, &LAYERS];
        RULES
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        let places = Places::of(&package.members);
        let images = images(&package.members, &places, &mut Vec::new());
        if images.is_empty() {
            return;
        }
        for (i, member) in package.members.iter().enumerate() {
            // The file itself comes before what is unpacked from it.
            let promised = digest_in_name(&member.path).filter(|_| places.first(&member.path) == Some(i));
            let id = member.analysis.id.to_string();
            if promised.is_some_and(|digest| digest != id) {
                out.push(noted(i, &DIGEST, format!("its SHA-256 is {id}")));
            }
        }
        for image in &images {
            let Some((at, config)) = image.config else { continue };
            if config.diff_ids.len() != image.layers.len() {
                let note = format!("{} layers, {} digests of layers", image.layers.len(), config.diff_ids.len());
                out.push(noted(at, &LAYERS, note));
                continue;
            }
            for (layer, promised) in image.layers.iter().zip(&config.diff_ids) {
                let Some(id) = layer.and_then(|m| places.unpacked(&package.members, m)) else { continue };
                if promised.strip_prefix("sha256:").is_some_and(|digest| digest != id.to_string()) {
                    let note = format!("unpacked, its SHA-256 is {id}; the configuration promises {promised}");
                    out.push(noted(layer.unwrap_or(at), &DIGEST, note));
                }
            }
        }
    }
}

/// The digest that a blob's path or a configuration's name promises, in hex.
fn digest_in_name(path: &str) -> Option<&str> {
    let name =
        path.strip_prefix("blobs/sha256/").or_else(|| path.strip_suffix(".json").filter(|n| !n.contains('/')))?;
    (name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit())).then_some(name)
}

/// Members by path.
struct Places<'p> {
    by_path: HashMap<&'p str, Vec<usize>>,
}

impl<'p> Places<'p> {
    fn of(members: &'p [Member<'_>]) -> Self {
        let mut by_path: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, member) in members.iter().enumerate().filter(|(_, m)| !m.decoded) {
            by_path.entry(&member.path).or_default().push(i);
        }
        Self { by_path }
    }

    fn first(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).and_then(|all| all.first()).copied()
    }

    /// A blob by its digest.
    fn blob(&self, digest: &str) -> Option<usize> {
        self.first(&format!("blobs/{}", digest.replacen(':', "/", 1)))
    }

    /// The digest of a layer's tar: of the layer itself, or of what its compressed stream holds.
    fn unpacked(&self, members: &[Member<'_>], layer: usize) -> Option<ContentId> {
        let same = self.by_path.get(members.get(layer)?.path.as_str())?;
        let tar = same.iter().filter_map(|i| members.get(*i)).find(|m| m.analysis.kind == FileKind::Tar)?;
        Some(tar.analysis.id)
    }
}

/// One image.
#[derive(Default)]
struct Image<'a> {
    names: Vec<String>,
    /// Digest of its manifest, when it has one.
    digest: Option<&'a str>,
    config: Option<(usize, &'a ImageConfig)>,
    /// The members that are its layers, the lowest first; `None` for one that is not there.
    layers: Vec<Option<usize>>,
    base: Option<&'a str>,
}

/// What the documents of a root promise and the root does not hold.
type Missing = Vec<(usize, String)>;

fn document<'a>(members: &[Member<'a>], index: usize) -> Option<&'a ImageDocument> {
    members.get(index)?.facts().find_map(|f| match f {
        FactKind::Image(document) => Some(&**document),
        _ => None,
    })
}

fn configuration<'a>(members: &[Member<'a>], index: Option<usize>) -> Option<(usize, &'a ImageConfig)> {
    match document(members, index?)? {
        ImageDocument::Config(config) => Some((index?, config)),
        _ => None,
    }
}

/// The images of a root: by `index.json` and everything that it leads to, then those that only `manifest.json` names.
fn images<'a>(members: &[Member<'a>], places: &Places<'_>, missing: &mut Missing) -> Vec<Image<'a>> {
    let mut found: Vec<Image<'a>> = Vec::new();
    let mut queue: Vec<(usize, usize, Option<&'a ImageContent>)> =
        places.first("index.json").map(|i| (i, 0, None)).into_iter().collect();
    let mut seen = HashSet::new();
    while let Some((at, depth, via)) = queue.pop() {
        if depth > NESTED || found.len() >= IMAGES || !seen.insert(at) {
            continue;
        }
        match document(members, at) {
            Some(ImageDocument::Index(list)) => {
                for entry in list.iter().rev() {
                    match places.blob(&entry.digest) {
                        Some(blob) => queue.push((blob, depth + 1, Some(entry))),
                        None => {
                            let platform = entry.platform.as_deref().unwrap_or("an unknown platform");
                            missing.push((at, format!("the image {} for {platform}", entry.digest)));
                        }
                    }
                }
            }
            Some(ImageDocument::Manifest { config, layers, base }) => {
                let is_tar = |l: &&ImageContent| l.media.is_empty() || l.media.contains("tar");
                let parts = layers.iter().filter(is_tar).map(|l| (l.digest.clone(), places.blob(&l.digest)));
                let mut image = Image {
                    names: via.and_then(|v| v.name.clone()).into_iter().collect(),
                    digest: via.map(|v| v.digest.as_str()),
                    config: configuration(members, places.blob(&config.digest)),
                    base: base.as_deref(),
                    ..Image::default()
                };
                image.take_layers(at, parts, missing);
                if places.blob(&config.digest).is_none() {
                    missing.push((at, format!("the configuration {}", config.digest)));
                }
                found.push(image);
            }
            _ => {}
        }
    }
    let saved = places.first("manifest.json");
    let list = saved.and_then(|at| match document(members, at)? {
        ImageDocument::Saved(list) => Some((at, list)),
        _ => None,
    });
    for (at, saved) in list.into_iter().flat_map(|(at, list)| list.iter().map(move |s| (at, s))).take(IMAGES) {
        let config = configuration(members, places.first(&saved.config));
        if let Some(known) =
            found.iter_mut().find(|i| i.config.is_some() && i.config.map(|c| c.0) == config.map(|c| c.0))
        {
            known.names = saved.tags.iter().cloned().chain(std::mem::take(&mut known.names)).collect();
            continue;
        }
        if config.is_none() {
            missing.push((at, format!("the configuration {}", saved.config)));
        }
        let mut image = Image { names: saved.tags.clone(), config, ..Image::default() };
        image.take_layers(at, saved.layers.iter().map(|path| (path.clone(), places.first(path))), missing);
        found.push(image);
    }
    found
}

impl Image<'_> {
    fn take_layers(&mut self, at: usize, parts: impl Iterator<Item = (String, Option<usize>)>, missing: &mut Missing) {
        for (name, member) in parts.take(LAYERS_MAX) {
            if member.is_none() {
                missing.push((at, format!("the layer {name}")));
            }
            self.layers.push(member);
        }
    }

    /// How many of the layers come from a base image, by the history of the build; see the head of this file.
    fn base_layers(&self) -> usize {
        let Some((_, config)) = self.config else { return 0 };
        // The image's own command is followed by no layer.
        let last = config.history.iter().rposition(|(_, is_empty)| !is_empty).unwrap_or(0);
        let (mut layers, mut base) = (0, 0);
        for (command, is_empty) in config.history.iter().take(last) {
            let words = command.trim_start_matches("/bin/sh -c #(nop)").trim_start();
            if !is_empty {
                layers += 1;
            } else if words.starts_with("CMD") || words.starts_with("ENTRYPOINT") {
                base = layers;
            }
        }
        base.min(self.layers.len())
    }

    /// `pkg:oci/name@sha256:…?repository_url=…&tag=…`.
    fn purl(&self) -> Option<String> {
        let full = self.names.iter().find(|n| n.contains('/')).or(self.names.first())?;
        let (repository, tag) = match full.rsplit_once(':') {
            Some((repository, tag)) if !tag.contains('/') => (repository, tag),
            _ => (full.as_str(), ""),
        };
        let (_, name) = repository.rsplit_once('/').unwrap_or(("", repository));
        let url = if name == repository { "" } else { repository };
        purl(
            "oci",
            &name.to_ascii_lowercase(),
            self.digest.unwrap_or_default(),
            &[("repository_url", url), ("tag", tag)],
        )
    }
}

/// Reads the images of a root into facts, gaps, roles and a name. Whether there are any.
pub(super) fn read(package: &mut Package<'_>) -> bool {
    let mut missing = Vec::new();
    let (mut facts, mut roles) = (Vec::new(), Vec::new());
    let named = {
        let places = Places::of(&package.members);
        let images = images(&package.members, &places, &mut missing);
        if images.is_empty() && missing.is_empty() {
            return false;
        }
        for image in &images {
            describe(image, &package.members, &places, &mut facts, &mut roles);
        }
        images.iter().find_map(Image::purl)
    };
    package.named = named;
    package.facts.append(&mut facts);
    for (at, what) in missing {
        let gap = Gap::new(GapReason::Unreadable, format!("{what} is named here and is not in the file"));
        package.gaps.push((at, gap));
    }
    package.started = roles;
    true
}

fn describe(
    image: &Image<'_>,
    members: &[Member<'_>],
    places: &Places<'_>,
    facts: &mut Vec<(usize, Fact)>,
    roles: &mut Vec<usize>,
) {
    let base = image.base_layers();
    let count = image.layers.len();
    if let Some((at, config)) = image.config {
        let mut say = |capability, value: String| facts.push((at, Fact::has(capability, value, 0)));
        for (what, words) in [
            ("entrypoint", &config.entrypoint),
            ("command", &config.command),
            ("health check", &config.health),
            ("on build", &config.on_build),
        ] {
            if !words.is_empty() {
                say(Capability::Hooks, format!("image {what}: {}", words.join(" ")));
            }
        }
        let user = if config.user.is_empty() { "root (no user is set)" } else { &config.user };
        say(Capability::Hooks, format!("image runs as {user}"));
        config.environment.iter().for_each(|name| say(Capability::Environment, name.clone()));
        config.ports.iter().for_each(|port| say(Capability::Network, format!("exposed port {port}")));
        let named = image.base.or(config.base.as_deref());
        match (base, named) {
            (0, None) => {}
            (0, Some(name)) => {
                say(
                    Capability::Files,
                    format!("image is based on {name} by its annotation; its history shows no border"),
                );
            }
            (n, name) => {
                let name = name.map_or(String::new(), |n| format!(" ({n} by its annotation)"));
                let words = format!("layers 1 to {n} of {count} come from a base image by the build's history{name}");
                say(Capability::Files, words);
            }
        }
        for word in config.entrypoint.iter().chain(&config.command).flat_map(|w| w.split_whitespace()) {
            if let Some(path) = word.strip_prefix('/') {
                let mut layers = image.layers.iter().rev().filter_map(|l| members.get((*l)?));
                roles.extend(layers.find_map(|l| places.first(&format!("{}!/{path}", l.path))));
            }
        }
    }
    for (i, layer) in image.layers.iter().enumerate() {
        let Some(at) = *layer else { continue };
        let origin = if i < base { ", from the base image" } else { "" };
        facts.push((at, Fact::has(Capability::Files, format!("image layer {} of {count}{origin}", i + 1), 0)));
    }
    deletions(image, members, facts);
}

/// What each layer deletes of the layers below it (`.wh.NAME`) or hides (`.wh..wh..opq`, everything in its folder).
fn deletions(image: &Image<'_>, members: &[Member<'_>], facts: &mut Vec<(usize, Fact)>) {
    // A layer may be used by two images, or twice.
    let mut layer_of: HashMap<&str, usize> = HashMap::new();
    for (n, layer) in image.layers.iter().enumerate() {
        if let Some(member) = layer.and_then(|m| members.get(m)) {
            layer_of.entry(&member.path).or_insert(n);
        }
    }
    let mut files: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    let mut marks: Vec<(usize, usize, &str)> = Vec::new();
    for (i, member) in members.iter().enumerate().filter(|(_, m)| !m.decoded) {
        let Some((outer, inner)) = member.path.split_once("!/") else { continue };
        let Some(layer) = layer_of.get(outer) else { continue };
        if inner.contains("!/") {
            continue;
        }
        if crate::model::artifact::base_name(inner).starts_with(".wh.") {
            marks.push((*layer, i, inner));
        } else {
            files.entry(inner).or_default().push((*layer, i));
        }
    }
    let mut told = 0;
    for (layer, mark, path) in &marks {
        let (folder, name) = path.rsplit_once('/').map_or((String::new(), *path), |(f, n)| (format!("{f}/"), n));
        let (at, words) = if name == ".wh..wh..opq" {
            (*mark, format!("layer {} hides what lower layers have in {folder}", layer + 1))
        } else {
            let target = format!("{folder}{}", name.trim_start_matches(".wh."));
            let below = files.get(target.as_str()).and_then(|all| all.iter().rev().find(|(l, _)| l < layer));
            match below {
                Some((of, file)) => (*file, format!("deleted by layer {}: {target} of layer {}", layer + 1, of + 1)),
                None => (*mark, format!("layer {} deletes {target}", layer + 1)),
            }
        };
        told += 1;
        if told > DELETIONS {
            let words = format!("{} more deletions", marks.len() - DELETIONS);
            facts.push((*mark, Fact::has(Capability::Files, words, 0)));
            break;
        }
        facts.push((at, Fact::has(Capability::Files, words, 0)));
    }
}

/// Gives the files that an image starts their role.
pub(super) fn assign(package: &mut Package<'_>) {
    for i in std::mem::take(&mut package.started) {
        if let Some(member) = package.members.get_mut(i)
            && member.role == Role::Body
        {
            member.role = Role::Entry;
        }
    }
}
