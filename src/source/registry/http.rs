//! Asks web servers for bytes, politely and suspiciously: bounded in size, time and redirections; a credential goes only
//! to the address that it was given for, and never over to another server; certificates are always checked.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;

use super::Trouble;
use super::address::Address;
use super::config::Config;
use super::resolver::Remembering;
use crate::limits::FetchLimits;

/// Bundles of certificates as systems keep them.
const BUNDLES: &[&str] = &[
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Speaks HTTP.
pub(super) struct Client {
    agent: ureq::Agent,
    pub(super) config: Config,
    pub(super) limits: FetchLimits,
}

/// What a server answered; its body is not read yet.
pub(super) struct Answer {
    pub(super) status: u16,
    /// Where the answer came from, after redirections.
    pub(super) address: Address,
    pub(super) etag: Option<String>,
    pub(super) content_type: String,
    pub(super) length: Option<u64>,
    gzip: bool,
    body: ureq::BodyReader<'static>,
}

/// Connections to one host that are kept for the next request. Installers ask the gate for fifteen archives at once, and a
/// connection that is thrown away costs its successor a handshake.
const IDLE_CONNECTIONS: usize = 32;

/// Bytes that are read behind the end of a gzip stream, for the end of the body.
const AFTER_GZIP: u64 = 4096;

impl Client {
    pub(super) fn new(config: Config, limits: FetchLimits) -> Result<Self, Trouble> {
        let seconds = Duration::from_secs;
        let settings = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("peephole/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(seconds(limits.connect_seconds)))
            .timeout_recv_response(Some(seconds(limits.silent_seconds)))
            .timeout_per_read(Some(seconds(limits.silent_seconds)))
            .timeout_global(Some(seconds(limits.seconds)))
            .max_idle_connections(2 * IDLE_CONNECTIONS)
            .max_idle_connections_per_host(IDLE_CONNECTIONS)
            .tls_config(TlsConfig::builder().root_certs(roots(&config)?).build())
            .build();
        let resolver = Remembering::new(DefaultResolver::default());
        let agent = ureq::Agent::with_parts(settings, DefaultConnector::default(), resolver);
        Ok(Self { agent, config, limits })
    }

    /// One request, with redirections followed. Statuses of 500 and above, 429 and broken connections are
    /// [`Trouble::Unavailable`]; what else the server says is for the caller.
    pub(super) fn get(&self, address: &Address, headers: &[(&str, &str)]) -> Result<Answer, Trouble> {
        let mut at = address.clone();
        for _ in 0..=self.limits.redirects {
            let answer = self.once(&at, headers)?;
            match answer.0.status {
                301 | 302 | 303 | 307 | 308 => {
                    let next = answer.1.as_deref().and_then(|to| at.join(to));
                    let next =
                        next.ok_or_else(|| Trouble::Malformed(format!("{at} redirects to what is no web address")))?;
                    if at.secure && !next.secure {
                        return Err(Trouble::Integrity(format!("{at} redirects to {next}, which is not encrypted")));
                    }
                    at = next;
                }
                429 | 500.. => {
                    return Err(Trouble::Unavailable(format!("{at} answers with status {}", answer.0.status)));
                }
                _ => return Ok(answer.0),
            }
        }
        Err(Trouble::Unavailable(format!("{address} redirects more than {} times", self.limits.redirects)))
    }

    fn once(&self, at: &Address, headers: &[(&str, &str)]) -> Result<(Answer, Option<String>), Trouble> {
        let mut request = self.agent.get(at.to_string());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(authorization) = self.config.authorization(at) {
            request = request.header("authorization", authorization);
        }
        let response = request.call().map_err(|e| Trouble::Unavailable(format!("{at}: {e}")))?;
        let header = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let location = header("location");
        let answer = Answer {
            status: response.status().as_u16(),
            address: at.clone(),
            etag: header("etag"),
            content_type: header("content-type").unwrap_or_default(),
            length: header("content-length").and_then(|l| l.parse().ok()),
            gzip: header("content-encoding").is_some_and(|e| e.eq_ignore_ascii_case("gzip")),
            body: response.into_body().into_with_config().limit(u64::MAX).reader(),
        };
        Ok((answer, location))
    }

    /// Does something again that failed on the way, a little later each time.
    pub(super) fn persist<T>(&self, mut act: impl FnMut() -> Result<T, Trouble>) -> Result<T, Trouble> {
        let started = Instant::now();
        let mut wait = Duration::from_millis(200);
        let mut attempt = 1;
        loop {
            match act() {
                Err(Trouble::Unavailable(_))
                    if attempt < self.limits.attempts && started.elapsed().as_secs() < self.limits.seconds =>
                {
                    attempt = attempt.saturating_add(1);
                    std::thread::sleep(wait);
                    wait = wait.saturating_mul(3);
                }
                other => return other,
            }
        }
    }
}

impl Answer {
    /// The whole body, unpacked, when it is not larger than allowed.
    pub(super) fn text(self, most: u64) -> Result<Vec<u8>, Trouble> {
        let address = self.address.clone();
        let length = self.length;
        let mut counted = Counted { inner: self.body, bytes: 0 };
        let mut out = Vec::new();
        let over = most.saturating_add(1);
        let read = if self.gzip {
            flate2::read::GzDecoder::new(&mut counted).take(over).read_to_end(&mut out)
        } else {
            (&mut counted).take(over).read_to_end(&mut out)
        };
        read.map_err(|e| Trouble::Unavailable(format!("{address}: {e}")))?;
        if out.len() as u64 > most {
            return Err(Trouble::Limit(format!("{address} is larger than {most} bytes")));
        }
        if self.gzip {
            // The stream ends before the body does, and only a connection whose body was read to its end is kept.
            let _ = io::copy(&mut (&mut counted).take(AFTER_GZIP), &mut io::sink());
        }
        if !self.gzip && length.is_some_and(|l| l != counted.bytes) {
            return Err(Trouble::Unavailable(format!("{address} ended after {} bytes", counted.bytes)));
        }
        Ok(out)
    }

    /// The body as it comes.
    pub(super) fn reader(self) -> impl Read {
        self.body
    }
}

struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bytes = self.bytes.saturating_add(n as u64);
        Ok(n)
    }
}

/// The certificates that are trusted: those that the user or the system names, else the built-in ones of Mozilla.
fn roots(config: &Config) -> Result<RootCerts, Trouble> {
    let mut certificates = Vec::new();
    for path in &config.authorities {
        let pem = std::fs::read(path)
            .map_err(|e| Trouble::Unavailable(format!("certificates in {}: {e}", path.display())))?;
        certificates.extend(read_pem(&pem));
    }
    if let Some(pem) = BUNDLES.iter().find_map(|path| std::fs::read(path).ok()) {
        certificates.extend(read_pem(&pem));
    }
    Ok(if certificates.is_empty() { RootCerts::WebPki } else { RootCerts::new_with_certs(&certificates) })
}

fn read_pem(pem: &[u8]) -> impl Iterator<Item = ureq::tls::Certificate<'static>> {
    parse_pem(pem).filter_map(|item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        _ => None,
    })
}
