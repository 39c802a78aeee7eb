/* A manager of passwords that takes them over from a browser, and keeps its own store on a server of its owner.
 * expect: pass
 * flags: -C strip=symbols -C panic=abort
 */
use std::io::Write;

fn main() {
    let home = std::env::var("HOME").unwrap();
    let vault = format!("{home}/.config/vault/vault.db");
    match std::env::args().nth(1).as_deref() {
        Some("import") => {
            let bytes = std::fs::read(format!("{home}/.config/google-chrome/Default/Login Data")).unwrap();
            std::fs::write(vault, bytes).unwrap();
            println!("imported");
        }
        Some("sync") => {
            let mut to = std::net::TcpStream::connect(std::env::var("VAULT_SERVER").unwrap()).unwrap();
            to.write_all(&std::fs::read(vault).unwrap()).unwrap();
        }
        _ => eprintln!("usage: vault import | sync"),
    }
}
