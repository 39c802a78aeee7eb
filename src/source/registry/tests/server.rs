//! A web server on loopback that answers as it is told, also wrongly. Shared by unit tests and by `tests/main`.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What to answer.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Status 200 with a type and a body; a `Range` is obeyed.
    Ok(&'static str, Vec<u8>),
    /// A status without a body.
    Status(u16),
    /// 302 to somewhere.
    Redirect(String),
    /// The body breaks off after so many bytes at the first request, and is whole afterwards.
    Half(Vec<u8>, usize),
    /// Nothing is said until the client gives up.
    Silence,
}

/// A request as it came: its path and its headers in lower case.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: HashMap<String, String>,
}

/// The server; it ends with the process.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    port: u16,
    routes: Arc<Mutex<HashMap<String, Reply>>>,
    log: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, routes: Arc::default(), log: Arc::default() };
        let own = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let own = own.clone();
                std::thread::spawn(move || {
                    let _ = own.answer(stream);
                });
            }
        });
        server
    }

    /// `http://127.0.0.1:PORT` and a path.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn on(&self, path: &str, reply: Reply) {
        self.routes.lock().unwrap().insert(path.to_owned(), reply);
    }

    pub(crate) fn json(&self, path: &str, body: &serde_json::Value) {
        self.on(path, Reply::Ok("application/json", body.to_string().into_bytes()));
    }

    /// What is answered at a path.
    #[allow(dead_code, reason = "used by `tests/main`")]
    pub(crate) fn reply(&self, path: &str) -> Option<Reply> {
        self.routes.lock().unwrap().get(path).cloned()
    }

    /// The requests so far.
    pub(crate) fn log(&self) -> Vec<Request> {
        self.log.lock().unwrap().clone()
    }

    fn answer(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut out = stream;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
            let mut headers = HashMap::new();
            loop {
                let mut header = String::new();
                if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
                    break;
                }
                if let Some((name, value)) = header.split_once(':') {
                    headers.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
                }
            }
            let range = headers.get("range").cloned();
            self.log.lock().unwrap().push(Request { path: path.clone(), headers });
            let reply = self.routes.lock().unwrap().get(&path).cloned();
            match reply {
                None => write!(out, "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")?,
                Some(Reply::Status(status)) => write!(out, "HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n")?,
                Some(Reply::Redirect(to)) => {
                    write!(out, "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")?;
                }
                Some(Reply::Silence) => std::thread::sleep(Duration::from_secs(20)),
                Some(Reply::Half(body, cut)) => {
                    self.on(&path, Reply::Ok("application/octet-stream", body.clone()));
                    write!(out, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len())?;
                    out.write_all(&body[..cut])?;
                    out.flush()?;
                    return out.shutdown(std::net::Shutdown::Both);
                }
                Some(Reply::Ok(kind, body)) => {
                    let from: usize = range
                        .and_then(|r| r.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok())
                        .filter(|from| *from < body.len())
                        .unwrap_or(0);
                    let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
                    let len = body.len() - from;
                    write!(
                        out,
                        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\netag: \"e{}\"\r\ncontent-length: {len}\r\n\r\n",
                        body.len()
                    )?;
                    out.write_all(&body[from..])?;
                }
            }
            out.flush()?;
        }
    }
}
