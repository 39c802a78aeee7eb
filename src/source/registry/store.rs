//! What was fetched before: archives by their SHA-256, documents of registries by their address. Files are written
//! beside their place and moved there when they are whole and right, so a run that was interrupted leaves nothing that
//! another run would believe; a half archive is kept apart and continued. Nothing is forced to the disk: what a power
//! failure leaves empty or torn is measured or parsed before it is believed, and fetched again.
//!
//! `content/ab/abcd…/NAME` holds an archive under the name that people know it by, `known/sha512-…` which content a
//! digest of a registry stands for, `documents/…` what registries said, `partial/…` what is not whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Trouble;
use super::address::Address;
use super::digest::{Algorithm, Digest, Measured, key};
use super::http::Client;
use crate::source::user::{self, Kept};

/// The folder of the store.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

/// An archive in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Where it is.
    pub path: PathBuf,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: u64,
    /// Whether it was there before.
    pub cached: bool,
}

/// What a registry said about a package, and when.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) address: String,
    pub(super) etag: Option<String>,
    pub(super) content_type: String,
    /// Seconds since 1970.
    pub(super) fetched: u64,
    pub(super) body: String,
}

/// The line before the body of a document in the store.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    address: String,
    etag: Option<String>,
    content_type: String,
    fetched: u64,
    /// Length of the body, which a power failure may have cut off.
    bytes: u64,
}

impl Store {
    /// The store of this user: `$XDG_CACHE_HOME/peephole`, else `~/.cache/peephole`.
    #[must_use]
    pub fn of_user() -> Option<Self> {
        Some(Self { folder: user::folder(Kept::Cache)? })
    }

    /// A store in a folder.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The archive that has this digest, when it is there and still has it. One that was changed is removed.
    pub(super) fn find(&self, digest: &Digest, name: &str) -> Result<Option<Stored>, Trouble> {
        let Ok(sha256) = fs::read_to_string(self.known(digest)) else { return Ok(None) };
        if Digest::of_hex("sha256", &sha256).is_none() {
            return Ok(None);
        }
        let path = self.content(&sha256).join(name);
        if !path.is_file() {
            return Ok(None);
        }
        let measured = measure(&path, digest)?;
        if measured.asked() != Some(digest) || measured.sha256 != sha256 {
            let _ = fs::remove_file(&path);
            return Ok(None);
        }
        Ok(Some(Stored { path, sha256, bytes: measured.bytes, cached: true }))
    }

    /// Whether an archive has a digest.
    pub(super) fn has(&self, stored: &Stored, digest: &Digest) -> Result<bool, Trouble> {
        if digest.algorithm == Algorithm::Sha256 {
            return Ok(digest.hex == stored.sha256);
        }
        Ok(measure(&stored.path, digest)?.asked() == Some(digest))
    }

    /// The archive at an address, from the store or from there, with the digest that was promised. Without a promise
    /// it is fetched anew each time.
    pub(super) fn archive(
        &self,
        client: Option<&Client>,
        address: &Address,
        promised: Option<&Digest>,
        name: &str,
    ) -> Result<Stored, Trouble> {
        let by_address = Digest::of_hex("sha256", &key(&address.to_string()));
        let pointer = promised.or(by_address.as_ref());
        if let Some(digest) = promised
            && let Some(found) = self.find(digest, name)?
        {
            return Ok(found);
        }
        let Some(client) = client else {
            // Without a promise there is nothing to check against but what was fetched last.
            if promised.is_none()
                && let Some(sha256) = pointer.and_then(|d| fs::read_to_string(self.known(d)).ok())
                && let Some(digest) = Digest::of_hex("sha256", &sha256)
                && let Some(found) = self.find(&digest, name)?
            {
                return Ok(found);
            }
            return Err(Trouble::Offline(format!("{name} is not in the store")));
        };
        // Whoever fetches the same at this time is waited for; it is in the store then.
        let _lock = self.lock(address)?;
        if let Some(digest) = promised
            && let Some(found) = self.find(digest, name)?
        {
            return Ok(found);
        }
        let measured = self.fetch(client, address, promised)?;
        let folder = self.content(&measured.sha256);
        make(&folder)?;
        let path = folder.join(name);
        fs::rename(self.partial(address), &path).map_err(|e| broken(&path, &e))?;
        read_only(&path);
        for digest in pointer.into_iter().cloned().chain(Digest::of_hex("sha256", &measured.sha256)) {
            self.put(&self.known(&digest), measured.sha256.as_bytes())?;
        }
        Ok(Stored { path, sha256: measured.sha256, bytes: measured.bytes, cached: false })
    }

    /// Keeps others from fetching from an address until it is dropped. A file of its own: the partial one is moved away.
    fn lock(&self, address: &Address) -> Result<File, Trouble> {
        make(&self.folder.join("partial"))?;
        let path = self.partial(address).with_extension("lock");
        let file = OpenOptions::new().create(true).write(true).truncate(false).open(&path);
        file.and_then(|f| f.lock().map(|()| f)).map_err(|e| broken(&path, &e))
    }

    /// Fetches to the partial file until it is whole and right.
    fn fetch(&self, client: &Client, address: &Address, promised: Option<&Digest>) -> Result<Measured, Trouble> {
        let path = self.partial(address);
        let mut file = OpenOptions::new()
            .create(true)
            .read(true)
            .write(true)
            .truncate(false)
            .open(&path)
            .map_err(|e| broken(&path, &e))?;
        if promised.is_none() {
            // Bytes of an earlier time could be those of another file.
            file.set_len(0).map_err(|e| broken(&path, &e))?;
        }
        let mut continued = file.metadata().map_err(|e| broken(&path, &e))?.len() > 0;
        loop {
            client.persist(|| more(client, address, &mut file, &path))?;
            let measured = Measured::of(&mut rewound(&mut file, &path)?, promised.map(|d| d.algorithm))
                .map_err(|e| broken(&path, &e))?;
            if promised.is_none() || measured.asked() == promised {
                return Ok(measured);
            }
            file.set_len(0).map_err(|e| broken(&path, &e))?;
            if !std::mem::take(&mut continued) {
                let _ = fs::remove_file(&path);
                let (promised, found) = (promised.map(ToString::to_string), measured.asked().map(ToString::to_string));
                return Err(Trouble::Integrity(format!(
                    "{address} has {}, promised was {}",
                    found.unwrap_or_default(),
                    promised.unwrap_or_default()
                )));
            }
        }
    }

    /// What is known of a document.
    pub(super) fn document(&self, of: &str) -> Option<Document> {
        let text = String::from_utf8(fs::read(self.documents(of)).ok()?).ok()?;
        let (head, body) = text.split_once('\n')?;
        let Head { address, etag, content_type, fetched, bytes } = serde_json::from_str(head).ok()?;
        (address == of && bytes == body.len() as u64).then(|| {
            let body = body.to_owned();
            Document { address, etag, content_type, fetched, body }
        })
    }

    /// Keeps a document.
    pub(super) fn keep(&self, document: &Document) -> Result<(), Trouble> {
        let head = Head {
            address: document.address.clone(),
            etag: document.etag.clone(),
            content_type: document.content_type.clone(),
            fetched: document.fetched,
            bytes: document.body.len() as u64,
        };
        let mut text = serde_json::to_vec(&head).map_err(|e| Trouble::Malformed(e.to_string()))?;
        text.push(b'\n');
        text.extend(document.body.as_bytes());
        self.put(&self.documents(&document.address), &text)
    }

    fn put(&self, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
        let folder = path.parent().unwrap_or(&self.folder);
        make(folder)?;
        let beside = path.with_extension(format!("{}-{:?}", std::process::id(), std::thread::current().id()));
        let written =
            File::create(&beside).and_then(|mut f| f.write_all(bytes)).and_then(|()| fs::rename(&beside, path));
        written.map_err(|e| broken(path, &e))
    }

    fn content(&self, sha256: &str) -> PathBuf {
        self.folder.join("content").join(sha256.get(..2).unwrap_or("00")).join(sha256)
    }

    fn known(&self, digest: &Digest) -> PathBuf {
        self.folder.join("known").join(digest.to_string().replace(':', "-"))
    }

    fn documents(&self, of: &str) -> PathBuf {
        self.folder.join("documents").join(format!("{}.json", key(of)))
    }

    fn partial(&self, address: &Address) -> PathBuf {
        self.folder.join("partial").join(key(&address.to_string()))
    }
}

/// One request for what is missing of a file.
fn more(client: &Client, address: &Address, file: &mut File, path: &Path) -> Result<(), Trouble> {
    let io = |e: io::Error| broken(path, &e);
    let have = file.metadata().map_err(io)?.len();
    let range = format!("bytes={have}-");
    let mut headers = vec![("accept-encoding", "identity")];
    if have > 0 {
        headers.push(("range", &range));
    }
    let answer = client.get(address, &headers)?;
    let start = match answer.status {
        200 => 0,
        206 if have > 0 => have,
        // Everything is there already, or more than there should be: the digest tells.
        416 if have > 0 => return Ok(()),
        404 | 410 => return Err(Trouble::Missing(format!("{address} does not exist"))),
        status => return Err(Trouble::Unavailable(format!("{address} answers with status {status}"))),
    };
    let most = client.limits.archive.saturating_sub(start);
    if answer.length.is_some_and(|l| l > most) {
        return Err(Trouble::Limit(format!("{address} is larger than {} bytes", client.limits.archive)));
    }
    let length = answer.length;
    file.set_len(start).map_err(io)?;
    file.seek(SeekFrom::Start(start)).map_err(io)?;
    let mut reader = answer.reader().take(most.saturating_add(1));
    let mut buffer = vec![0; 128 << 10];
    let mut got = 0_u64;
    loop {
        // What came before the connection broke is kept, and the next attempt goes on there.
        let n = reader.read(&mut buffer).map_err(|e| Trouble::Unavailable(format!("{address}: {e}")))?;
        let Some(read) = buffer.get(..n).filter(|r| !r.is_empty()) else { break };
        file.write_all(read).map_err(io)?;
        got = got.saturating_add(n as u64);
    }
    if got > most {
        return Err(Trouble::Limit(format!("{address} is larger than {} bytes", client.limits.archive)));
    }
    if length.is_some_and(|l| got < l) {
        return Err(Trouble::Unavailable(format!("{address} ended after {got} of {} bytes", length.unwrap_or(0))));
    }
    Ok(())
}

fn rewound<'f>(file: &'f mut File, path: &Path) -> Result<BufReader<&'f mut File>, Trouble> {
    file.seek(SeekFrom::Start(0)).map_err(|e| broken(path, &e))?;
    Ok(BufReader::new(file))
}

fn measure(path: &Path, digest: &Digest) -> Result<Measured, Trouble> {
    let mut file = File::open(path).map_err(|e| broken(path, &e))?;
    Measured::of(&mut file, Some(digest.algorithm)).map_err(|e| broken(path, &e))
}

fn make(folder: &Path) -> Result<(), Trouble> {
    fs::create_dir_all(folder).map_err(|e| broken(folder, &e))
}

fn read_only(path: &Path) {
    // A store that cannot be protected is still checked at every use.
    if let Ok(meta) = fs::metadata(path) {
        let mut permissions = meta.permissions();
        permissions.set_readonly(true);
        let _ = fs::set_permissions(path, permissions);
    }
}

fn broken(path: &Path, error: &io::Error) -> Trouble {
    Trouble::Store(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_believed_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().to_owned());
        let document = Document {
            address: "https://r.invalid/tool".to_owned(),
            etag: Some("\"1\"".to_owned()),
            content_type: "application/json".to_owned(),
            fetched: 7,
            body: "{\"a\":\n \"\u{e9}\"}".to_owned(),
        };
        store.keep(&document).unwrap();
        let path = store.documents(&document.address);
        let read = store.document(&document.address).unwrap();
        assert_eq!((read.etag, read.fetched, read.body), (document.etag, 7, document.body));
        assert!(store.document("https://r.invalid/other").is_none());
        let whole = fs::read(&path).unwrap();
        for torn in [&whole[..whole.len() - 1], &whole[..20], b"", &[&whole[..], b" "].concat(), b"\xff\n"] {
            fs::write(&path, torn).unwrap();
            assert!(store.document(&document.address).is_none(), "{torn:?}");
        }
        // Under the name of another address.
        fs::write(&path, String::from_utf8(whole).unwrap().replace("r.invalid", "s.invalid")).unwrap();
        assert!(store.document(&document.address).is_none());
    }
}
