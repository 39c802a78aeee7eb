//! `peephole feed`: compiles and shows what is known to be bad.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::exit;
use crate::known::{Builder, Feed};
use crate::model::{ByteView, Error};

#[derive(Args)]
pub(super) struct FeedCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compile records and lists into one file for `--feed`
    Build(Build),
    /// Say what a feed holds, or what it says about packages
    Show(Show),
}

/// What stands below the options in the help.
const HELP: &str = "\
Records are OSV JSON: single files, lists, or lines of them; in folders, in zip or tar archives (plain or gzip). Of them \
count those that report malice (an id or alias `MAL-`, or an origin of such a report); withdrawn ones do not.

Lists are text files (.txt, .list, .csv) with one entry a line: a SHA-256, a host, a package URL, or `ecosystem:name` with \
or without `@version`. Words behind an entry say why it stands there. Lines that begin with `#` are comments.";

#[derive(Args)]
#[command(after_long_help = HELP)]
struct Build {
    /// Folders, archives, JSON files and lists
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Where to write the feed
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Day that the feed is of, as 2026-11-26, when no record says when it was changed [default: today]
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
}

#[derive(Args)]
struct Show {
    /// The feed
    feed: PathBuf,
    /// Package URLs to look up
    purls: Vec<String>,
}

impl FeedCommand {
    pub(super) fn run(self) -> Result<u8, Error> {
        match self.command {
            Command::Build(build) => build.run(),
            Command::Show(show) => show.run(),
        }
    }
}

impl Build {
    fn run(self) -> Result<u8, Error> {
        let mut builder = Builder::default();
        for path in &self.paths {
            add(path, &mut builder).map_err(|source| Error::Input { path: path.clone(), source })?;
        }
        let counts = builder.counts;
        let date = self.date.unwrap_or_else(|| crate::model::Date::today().to_string());
        // A feed that was only written in part must not take the place of a whole one.
        let part = self.output.with_extension("part");
        let output = |source| Error::Input { path: self.output.clone(), source };
        {
            let mut out = BufWriter::new(File::create(&part).map_err(output)?);
            builder.write(&mut out, &date).map_err(output)?;
            out.flush().map_err(output)?;
        }
        std::fs::rename(&part, &self.output).map_err(output)?;
        writeln!(
            io::stdout(),
            "{} records, {} digests, {} hosts; left out: {} withdrawn, {} about something else, {} that cannot be read",
            counts.records,
            counts.digests,
            counts.hosts,
            counts.withdrawn,
            counts.other,
            counts.unreadable
        )?;
        Ok(if counts.records + counts.digests + counts.hosts == 0 { exit::NO_INPUTS } else { exit::PASS })
    }
}

impl Show {
    fn run(self) -> Result<u8, Error> {
        let feed = Feed::open(&self.feed)?;
        let mut out = io::stdout().lock();
        if self.purls.is_empty() {
            let (names, digests, hosts) = feed.sizes();
            writeln!(
                out,
                "feed of {}: {} records of {names} packages, {digests} digests, {hosts} hosts",
                feed.date, feed.records_count
            )?;
            return Ok(exit::PASS);
        }
        let mut code = exit::PASS;
        for purl in &self.purls {
            let Some(hits) = feed.purl(purl) else {
                return Err(Error::Usage(format!("{purl}: not a package URL of an ecosystem that feeds know")));
            };
            if hits.is_empty() {
                writeln!(out, "{purl}: not known")?;
            }
            for hit in hits {
                code = exit::BLOCK;
                writeln!(out, "{purl}: {}{}", hit.id, if hit.every_version { " (every version)" } else { "" })?;
            }
        }
        Ok(code)
    }
}

/// Folders inside one another that are followed.
const DEEPEST: usize = 64;
/// Longest single record or list, in bytes.
const LONGEST: u64 = 1 << 30;
/// Longest record inside an archive, in bytes.
const RECORD: u64 = 64 << 20;

/// Adds a folder, an archive or a file.
fn add(path: &Path, builder: &mut Builder) -> io::Result<()> {
    let mut stack = vec![(path.to_owned(), 0)];
    while let Some((path, depth)) = stack.pop() {
        if std::fs::metadata(&path)?.is_dir() {
            if depth >= DEEPEST {
                return Err(io::Error::other("too many folders inside one another"));
            }
            let mut inner: Vec<PathBuf> = Vec::new();
            for entry in std::fs::read_dir(&path)? {
                let entry = entry?;
                if entry.file_type().is_ok_and(|t| t.is_dir() || t.is_file()) {
                    inner.push(entry.path());
                }
            }
            inner.sort();
            stack.extend(inner.into_iter().rev().map(|p| (p, depth + 1)));
            continue;
        }
        file(&path, depth == 0, builder)?;
    }
    Ok(())
}

/// Adds a file; in a folder only what its name says is one of ours.
fn file(path: &Path, named: bool, builder: &mut Builder) -> io::Result<()> {
    let name = path.file_name().map(|n| n.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let ends = |ends: &[&str]| ends.iter().any(|e| name.ends_with(e));
    if ends(&[".zip"]) {
        return zip(path, builder);
    }
    if ends(&[".tar.gz", ".tgz"]) {
        return tar(flate2::read::MultiGzDecoder::new(io::BufReader::new(File::open(path)?)), builder);
    }
    if ends(&[".tar"]) {
        return tar(io::BufReader::new(File::open(path)?), builder);
    }
    if !named && !ends(&[".json", ".jsonl", ".ndjson", ".txt", ".list", ".csv"]) {
        return Ok(());
    }
    let mut bytes = Vec::new();
    whole(&mut File::open(path)?, LONGEST, &mut bytes)?;
    content(&name, &bytes, builder);
    Ok(())
}

/// Adds the content of a file by its name.
fn content(name: &str, bytes: &[u8], builder: &mut Builder) {
    if name.ends_with(".json") {
        builder.osv(bytes);
    } else if name.ends_with(".jsonl") || name.ends_with(".ndjson") {
        bytes.split(|b| *b == b'\n').filter(|l| !l.trim_ascii().is_empty()).for_each(|line| builder.osv(line));
    } else {
        let stem = name.rsplit('/').next().unwrap_or(name);
        let stem = stem.split('.').next().unwrap_or(stem);
        builder.list(stem, &String::from_utf8_lossy(bytes));
    }
}

/// Reads everything; half a list would be one that does not know the rest.
fn whole(reader: &mut impl Read, most: u64, into: &mut Vec<u8>) -> io::Result<()> {
    reader.take(most.saturating_add(1)).read_to_end(into)?;
    if into.len() as u64 > most {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("larger than {most} bytes")));
    }
    Ok(())
}

fn zip(path: &Path, builder: &mut Builder) -> io::Result<()> {
    let view = ByteView::open(path)?;
    let broken = |e: rawzip::Error| io::Error::new(io::ErrorKind::InvalidData, e.to_string());
    let archive = rawzip::ZipArchive::from_slice(&*view).map_err(broken)?;
    for entry in archive.entries() {
        let entry = entry.map_err(broken)?;
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).to_ascii_lowercase();
        if entry.is_dir() || !name.ends_with(".json") {
            continue;
        }
        let method = entry.compression_method();
        let data = archive.get_entry(entry.wayfinder()).map_err(broken)?;
        let mut bytes = Vec::new();
        if method == rawzip::CompressionMethod::DEFLATE {
            whole(&mut flate2::read::DeflateDecoder::new(data.data()), RECORD, &mut bytes)?;
        } else if method == rawzip::CompressionMethod::STORE {
            whole(&mut data.data(), RECORD, &mut bytes)?;
        } else {
            return Err(io::Error::new(io::ErrorKind::Unsupported, format!("{name} is packed by method {method:?}")));
        }
        content(&name, &bytes, builder);
    }
    Ok(())
}

/// Adds the JSON files of a tar archive, one after another. Only sizes and names are taken from the headers; a long name
/// that stands in a header of its own ends as the record's does.
fn tar(mut reader: impl Read, builder: &mut Builder) -> io::Result<()> {
    let mut header = [0_u8; 512];
    let mut is_json_by_pax = false;
    let mut ended = false;
    let cut = || io::Error::new(io::ErrorKind::InvalidData, "the tar archive is cut off");
    loop {
        match reader.read_exact(&mut header) {
            Ok(()) => {}
            // An archive ends with blocks of zeros; half of one would be half of a feed.
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return if ended { Ok(()) } else { Err(cut()) },
            Err(e) => return Err(e),
        }
        ended = header.iter().all(|b| *b == 0);
        if ended {
            continue;
        }
        let (name, size, kind) =
            (field(&header, 0, 100), field(&header, 124, 12), header.get(156).copied().unwrap_or(0));
        let size = std::str::from_utf8(size).ok().and_then(|t| u64::from_str_radix(t.trim(), 8).ok());
        let Some(size) = size.filter(|s| *s <= LONGEST) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not a tar archive, or an entry that is too large"));
        };
        let mut bytes = Vec::new();
        let padding = size.next_multiple_of(512) - size;
        match kind {
            // A long name, or a header with one, for the next entry.
            b'L' | b'x' => {
                (&mut reader).take(size).read_to_end(&mut bytes)?;
                is_json_by_pax = memchr::memmem::find(&bytes, b".json").is_some();
            }
            b'0' | 0 if std::mem::take(&mut is_json_by_pax) || name.ends_with(b".json") => {
                (&mut reader).take(size).read_to_end(&mut bytes)?;
                if bytes.len() as u64 != size {
                    return Err(cut());
                }
                builder.osv(&bytes);
            }
            _ => {
                if io::copy(&mut (&mut reader).take(size), &mut io::sink())? != size {
                    return Err(cut());
                }
            }
        }
        io::copy(&mut (&mut reader).take(padding), &mut io::sink())?;
    }
}

/// A field of a header up to its first zero.
fn field(header: &[u8; 512], at: usize, len: usize) -> &[u8] {
    let field = header.get(at..at + len).unwrap_or_default();
    field.split(|b| *b == 0).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD_OF_A: &[u8] = br#"{"id":"MAL-1","affected":[{"package":{"ecosystem":"npm","name":"a"}}]}"#;

    #[test]
    fn folders_archives_and_lists_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::create_dir_all(at("osv/npm")).unwrap();
        std::fs::write(at("osv/npm/MAL-1.json"), RECORD_OF_A).unwrap();
        std::fs::write(at("osv/README.md"), "no record").unwrap();
        std::fs::write(at("hosts.txt"), "c2.invalid # why\n").unwrap();
        let mut tar_bytes = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(RECORD_OF_A.len() as u64);
        let long = format!("{}/MAL-1.json", "d".repeat(150));
        tar_bytes.append_data(&mut header, &long, RECORD_OF_A).unwrap();
        let mut gz = flate2::write::GzEncoder::new(File::create(at("x.tar.gz")).unwrap(), flate2::Compression::fast());
        gz.write_all(&tar_bytes.into_inner().unwrap()).unwrap();
        gz.finish().unwrap();
        let mut writer = zip::ZipWriter::new(File::create(at("y.zip")).unwrap());
        writer.start_file("MAL-1.json", zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(RECORD_OF_A).unwrap();
        writer.finish().unwrap();
        for (paths, records, hosts) in [
            (vec!["osv"], 1, 0),
            (vec!["x.tar.gz"], 1, 0),
            (vec!["y.zip", "hosts.txt"], 1, 1),
            (vec!["hosts.txt"], 0, 1),
        ] {
            let mut builder = Builder::default();
            for path in &paths {
                add(&at(path), &mut builder).unwrap();
            }
            assert_eq!((builder.counts.records, builder.counts.hosts), (records, hosts), "{paths:?}");
            assert_eq!(builder.counts.unreadable, 0);
        }
        std::fs::write(at("bad.tar"), [b'x'; 1024]).unwrap();
        assert!(add(&at("bad.tar"), &mut Builder::default()).is_err());
    }

    #[test]
    fn what_is_not_read_whole_is_an_error() {
        let mut bytes = Vec::new();
        assert!(whole(&mut [0; 9].as_slice(), 9, &mut bytes).is_ok());
        assert!(whole(&mut [0; 9].as_slice(), 8, &mut Vec::new()).is_err());
        // A method that is none of the two that are read: the bytes are no text then.
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.zip");
        let mut writer = zip::ZipWriter::new(File::create(&path).unwrap());
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file("MAL-1.json", stored).unwrap();
        writer.write_all(RECORD_OF_A).unwrap();
        writer.finish().unwrap();
        add(&path, &mut Builder::default()).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        for signature in [b"PK\x01\x02", b"PK\x03\x04"] {
            let at = bytes.windows(4).position(|w| w == signature).unwrap();
            let method = if signature[2] == 1 { at + 10 } else { at + 8 };
            bytes[method] = 12;
        }
        std::fs::write(&path, bytes).unwrap();
        assert!(add(&path, &mut Builder::default()).is_err());
    }
}
