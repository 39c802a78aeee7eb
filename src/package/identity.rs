//! Which package a root is: its package URL, from its own metadata, or from how it is laid out where there is none.
//!
//! Reference: <https://github.com/package-url/purl-spec/tree/main/types-doc>.

use super::{Member, Package};
use crate::model::purl::purl;
use crate::model::{Component, FactKind, FileKind, NpmManifest, PackageMetadata, PackageSystem};

impl Package<'_> {
    /// The package URL, when name and version are known.
    #[must_use]
    pub fn purl(&self) -> Option<String> {
        match (self.named.clone(), self.npm, self.python, self.metadata) {
            (Some(named), ..) => Some(named),
            (_, Some(npm), _, _) => npm_purl(npm, &self.base),
            (_, _, Some(python), _) => {
                purl("pypi", &python.name.to_ascii_lowercase().replace('_', "-"), &python.version, &[])
            }
            (_, _, _, Some(metadata)) => metadata_purl(metadata),
            _ => None,
        }
    }
}

/// Whether a manifest that lies in a folder is that of an editor's extension. What npm packs lies in `package/`, and what it
/// says about editors changes nothing there.
pub(crate) fn is_of_editor(npm: &NpmManifest, folder: &str) -> bool {
    !npm.publisher.is_empty() && folder != "package/"
}

/// `pkg:npm/name@version`, or `pkg:vscode-extension/publisher/name@version`, which editors compare without case.
fn npm_purl(npm: &NpmManifest, folder: &str) -> Option<String> {
    if !is_of_editor(npm, folder) {
        return purl("npm", &npm.name, &npm.version, &[]);
    }
    purl("vscode-extension", &format!("{}/{}", npm.publisher, npm.name).to_lowercase(), &npm.version, &[])
}

/// The package URL of a package of an operating system, of RubyGems, cargo or NuGet.
fn metadata_purl(metadata: &PackageMetadata) -> Option<String> {
    let PackageMetadata { name, version, architecture, vendor, .. } = metadata;
    let path = if vendor.is_empty() { name.clone() } else { format!("{vendor}/{name}") };
    let epoch = metadata.epoch.map(|e| e.to_string()).unwrap_or_default();
    match metadata.system {
        PackageSystem::Deb => purl("deb", &path, version, &[("arch", architecture)]),
        PackageSystem::Rpm => purl("rpm", &path, version, &[("arch", architecture), ("epoch", &epoch)]),
        PackageSystem::Apk => purl("apk", &path, version, &[("arch", architecture)]),
        PackageSystem::Arch => purl("alpm", &path, version, &[("arch", architecture)]),
        PackageSystem::Brew => purl("brew", name, version, &[]),
        PackageSystem::Gem => purl("gem", name, version, &[("platform", architecture)]),
        PackageSystem::Cargo => purl("cargo", name, version, &[]),
        PackageSystem::Nuget => purl("nuget", name, version, &[]),
    }
}

/// The package URL of a root without metadata of its own that says it. Only what its container can be is asked for: a file
/// that lies in another package does not rename it.
pub(super) fn named(package: &Package<'_>) -> Option<String> {
    match package.members.first()?.analysis.kind {
        FileKind::Crx => extension(&package.members),
        FileKind::Zip if package.python.is_none() => jar(package).or_else(|| go_module(&package.members)),
        _ => None,
    }
}

fn components<'a>(member: &Member<'a>) -> impl Iterator<Item = &'a Component> + use<'a> {
    member.facts().filter_map(|fact| match fact {
        FactKind::Component(component) => Some(&**component),
        _ => None,
    })
}

/// What the header of an extension of Chrome says that it is.
fn extension(members: &[Member<'_>]) -> Option<String> {
    components(members.first()?).find_map(|component| component.purl.clone())
}

/// The artifact of Maven that a jar is: the only one that was packed into it, or the one that its file is called by.
fn jar(package: &Package<'_>) -> Option<String> {
    let own = package.members.iter().filter(|m| !m.decoded && !m.path.contains("!/"));
    let own = own.filter(|m| m.path.starts_with("META-INF/maven/") && m.base_name() == "pom.properties");
    let packed: Vec<&Component> = own.flat_map(components).collect();
    let only = packed.first().filter(|_| packed.len() == 1);
    let name = crate::model::artifact::base_name(&package.name);
    let called = || {
        let is_called = |c: &&&Component| {
            let version = c.version.as_deref().unwrap_or_default();
            name.strip_prefix(&*c.name)
                .is_some_and(|rest| rest.starts_with('.') || rest.starts_with(&format!("-{version}")))
        };
        packed.iter().filter(is_called).max_by_key(|c| c.name.len())
    };
    only.or_else(called)?.purl.clone()
}

/// A module of Go as its proxies serve it: everything lies below `MODULE@VERSION/`, capitals written as `!` and the letter.
///
/// Reference: <https://go.dev/ref/mod#zip-files>.
fn go_module(members: &[Member<'_>]) -> Option<String> {
    let mut paths = members.iter().filter(|m| !m.path.is_empty() && !m.path.contains("!/")).map(|m| m.path.as_str());
    let first = paths.next()?;
    let (module, rest) = first.split_once("@v")?;
    let (version, _) = rest.split_once('/')?;
    let folder = first.get(..module.len() + 2 + version.len() + 1)?;
    let is_module =
        module.split('/').next().is_some_and(|host| host.contains('.')) && paths.all(|p| p.starts_with(folder));
    // Package URLs of Go have small letters only.
    let plain = module.replace('!', "").to_lowercase();
    is_module.then(|| purl("golang", &plain, &format!("v{}", version.replace('!', "")), &[])).flatten()
}

/// A Homebrew bottle: everything lies below `NAME/VERSION/`, with the formula in `.brew/`.
pub(super) struct Bottle {
    pub(super) name: String,
    pub(super) version: String,
}

impl Bottle {
    pub(super) fn of(members: &[Member<'_>]) -> Option<Self> {
        members.iter().find_map(|m| {
            let mut parts = m.path.split('/');
            let (name, version) = (parts.next()?, parts.next()?);
            let formula = parts.next() == Some(".brew") && parts.next()?.strip_suffix(".rb") == Some(name);
            (formula && parts.next().is_none()).then(|| Self { name: name.to_owned(), version: version.to_owned() })
        })
    }

    pub(super) fn purl(&self) -> Option<String> {
        purl("brew", &self.name, &self.version, &[])
    }
}
