/* A stripped program that fetches its next version, checks its digest and starts what somebody names.
 * expect: pass
 * flags: -C strip=symbols
 */
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.len() < 4 {
        eprintln!("usage: update HOST DIGEST HOOK");
        return;
    }
    let mut stream = std::net::TcpStream::connect((args[1].as_str(), 80)).expect("connect");
    write!(stream, "GET /latest HTTP/1.0\r\nHost: {}\r\n\r\n", args[1]).unwrap();
    let mut body = vec![];
    stream.read_to_end(&mut body).unwrap();
    let new = std::env::current_exe().unwrap().with_extension("new");
    std::fs::write(&new, &body).unwrap();
    let sum = Command::new("sha256sum").arg(&new).output().unwrap();
    if !String::from_utf8_lossy(&sum.stdout).starts_with(&args[2]) {
        eprintln!("the digest differs");
        return;
    }
    std::fs::set_permissions(&new, std::fs::Permissions::from_mode(0o755)).unwrap();
    println!("{:?}", Command::new(&args[3]).status());
}
