//! As much of HTTP/1.1 as an installer needs of a registry on loopback.

use std::fs::File;
use std::io::{self, BufRead, Read as _, Write};
use std::path::PathBuf;

use crate::source::registry::Trouble;

/// Bytes of a request's head.
const HEAD: u64 = 64 << 10;
/// Bytes of a request's body, which is read and thrown away.
const BODY: u64 = 64 << 20;

/// A request; its body is gone.
pub(super) struct Request {
    pub(super) method: String,
    /// As it was sent, percent-encoded.
    pub(super) path: String,
    /// Whom the client believes to speak with.
    pub(super) host: String,
    /// What it says to be let in.
    pub(super) authorization: String,
    /// The types of pages that it reads.
    pub(super) accept: String,
    close: bool,
}

impl Request {
    /// The next request, or nothing when the client has ended.
    pub(super) fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut head = reader.take(HEAD);
        let mut line = String::new();
        if head.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let bad = || io::Error::new(io::ErrorKind::InvalidData, "no request");
        let mut words = line.split_whitespace();
        let (Some(method), Some(path)) = (words.next(), words.next()) else { return Err(bad()) };
        let mut request = Self {
            method: method.to_owned(),
            path: path.to_owned(),
            host: String::new(),
            authorization: String::new(),
            accept: String::new(),
            close: line.contains("HTTP/1.0"),
        };
        let mut length = 0_u64;
        loop {
            let mut line = String::new();
            if head.read_line(&mut line)? == 0 {
                return Err(bad());
            }
            if line.trim().is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else { return Err(bad()) };
            match name.trim().to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().map_err(|_| bad())?,
                "host" => value.trim().clone_into(&mut request.host),
                "accept" => value.trim().clone_into(&mut request.accept),
                "authorization" => value.trim().clone_into(&mut request.authorization),
                "transfer-encoding" => return Err(bad()),
                "connection" => request.close |= value.to_ascii_lowercase().contains("close"),
                _ => {}
            }
        }
        if length > BODY {
            return Err(bad());
        }
        io::copy(&mut reader.take(length), &mut io::sink())?;
        Ok(Some(request))
    }
}

/// What is answered.
pub(super) enum Reply {
    /// A page of this type.
    Body(&'static str, Vec<u8>),
    /// A file of the store.
    File(PathBuf),
    /// A status with a reason.
    Status(u16, String),
}

impl Reply {
    pub(super) fn status(status: u16, why: &str) -> Self {
        Self::Status(status, why.to_owned())
    }

    /// What a registry's trouble is to an installer.
    pub(super) fn of_trouble(trouble: &Trouble) -> Self {
        let status = if matches!(trouble, Trouble::Missing(_)) { 404 } else { 502 };
        Self::Status(status, trouble.to_string())
    }

    pub(super) fn write(self, out: &mut impl Write, request: &Request) -> io::Result<()> {
        let body = request.method != "HEAD";
        let end = if request.close { "connection: close\r\n" } else { "" };
        match self {
            Self::Body(kind, bytes) => {
                write!(out, "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n{end}\r\n", bytes.len())?;
                if body {
                    out.write_all(&bytes)?;
                }
            }
            Self::File(path) => {
                let mut file = File::open(path)?;
                let len = file.metadata()?.len();
                write!(
                    out,
                    "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: {len}\r\n{end}\r\n"
                )?;
                if body {
                    io::copy(&mut file, out)?;
                }
            }
            Self::Status(status, why) => {
                let text = serde_json::json!({ "error": why }).to_string();
                let word = match status {
                    403 => "Forbidden",
                    404 => "Not Found",
                    _ => "Bad Gateway",
                };
                write!(
                    out,
                    "HTTP/1.1 {status} {word}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{end}\r\n",
                    text.len()
                )?;
                if body {
                    out.write_all(text.as_bytes())?;
                }
            }
        }
        out.flush()?;
        if request.close { Err(io::ErrorKind::ConnectionAborted.into()) } else { Ok(()) }
    }
}
