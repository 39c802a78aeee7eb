//! What an installer asks of a registry, for who stands between them: pages whose archives lead back to the one who asks,
//! and single archives.

use serde_json::Value;

use super::closure::State;
use super::{Ecosystem, Name, Registry, Stored, Trouble, Wants, npm, packument, pypi};

impl Registry {
    /// The page of a package with every archive at `own`, in a form that `accept` (the installer's header) names. Type and
    /// body.
    ///
    /// # Errors
    /// What kept the registry from saying it.
    pub fn page(&self, name: &Name, own: &str, accept: &str) -> Result<(&'static str, Vec<u8>), Trouble> {
        match name.ecosystem {
            Ecosystem::Npm => {
                let document = npm::document(self, name)?;
                let malformed = |e: serde_json::Error| Trouble::Malformed(format!("{name}: no JSON document: {e}"));
                let base = name.name.rsplit('/').next().unwrap_or(&name.name);
                let archive = |version: &str| format!("{own}/{}/-/{base}-{version}.tgz", name.name);
                if accept.contains(npm::SHORT) {
                    // Some registries give the long form to everybody: that is megabytes to be read by the installer.
                    let short = packument::shortened(&document.body, archive).map_err(malformed)?;
                    return Ok((npm::SHORT, short));
                }
                let mut packument: Value = serde_json::from_str(&document.body).map_err(malformed)?;
                let versions = packument.get_mut("versions").and_then(Value::as_object_mut);
                for (version, manifest) in versions.into_iter().flatten() {
                    if let Some(dist) = manifest.get_mut("dist").and_then(Value::as_object_mut) {
                        dist.insert("tarball".to_owned(), Value::String(archive(version)));
                    }
                }
                Ok((npm::SHORT, packument.to_string().into_bytes()))
            }
            Ecosystem::Pypi => {
                let (kind, page) = pypi::page(self, name, own, accept.contains(pypi::JSON))?;
                Ok((kind, page.into_bytes()))
            }
        }
    }

    /// One archive, fetched and checked, and its package URL: of npm the version that the name says, of an index the file.
    ///
    /// # Errors
    /// What kept it from being had.
    pub fn one(&self, name: &Name, file: &str, wants: &Wants) -> Result<(Stored, String), Trouble> {
        let entry = match name.ecosystem {
            Ecosystem::Npm => npm::exact(self, name, wants)?,
            Ecosystem::Pypi => pypi::file(self, name, file)?,
        };
        let entry = entry.ok_or_else(|| Trouble::Missing(format!("{name}: there is no {file}")))?;
        if let State::Failed(trouble) = entry.state {
            return Err(trouble);
        }
        let purl = entry.purl.split('?').next().unwrap_or_default().to_owned();
        Ok((self.archive(&entry)?, purl))
    }

    /// What an index says about one of its files by itself, without the file; nothing when it does not say it.
    ///
    /// # Errors
    /// What kept it from being had.
    pub fn metadata(&self, name: &Name, file: &str) -> Result<Option<Vec<u8>>, Trouble> {
        match name.ecosystem {
            Ecosystem::Npm => Ok(None),
            Ecosystem::Pypi => Ok(pypi::metadata(self, name, file)?.map(String::into_bytes)),
        }
    }
}
