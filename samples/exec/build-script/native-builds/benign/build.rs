use std::process::Command;
fn main() {
    println!("cargo:rerun-if-changed=src/core.c");
    let out = std::env::var("OUT_DIR").unwrap();
    Command::new("make").arg("-C").arg(out).status().unwrap();
    // sources: https://project.example/core
}
