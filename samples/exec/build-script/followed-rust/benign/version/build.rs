use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=.git/HEAD");
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_string());
    let version = Command::new(rustc).arg("--version").output().expect("rustc");
    println!("cargo:rustc-env=RUSTC_VERSION={}", String::from_utf8_lossy(&version.stdout).trim());
    let head = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    if let Ok(head) = head {
        println!("cargo:rustc-env=GIT_HASH={}", String::from_utf8_lossy(&head.stdout).trim());
    }
}
