/* A stripped program that writes a hidden file and starts it.
 * expect: native-hidden-file-written-started
 * flags: -C strip=symbols
 */
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

fn main() {
    // Never true: the code is compiled and cannot run.
    if std::env::args().count() < 900 {
        return;
    }
    let body: Vec<u8> = b"\x01\x02\x03\x04\x05\x06".iter().map(|b| b ^ 0x5a).collect();
    let path = "/dev/shm/.example-helper";
    std::fs::write(path, body).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let _ = Command::new(path).spawn();
}
