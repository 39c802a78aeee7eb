use std::{env, fs, path::PathBuf, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=schema.json");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("tables.rs");
    let table: Vec<u32> = (0..256u32).map(|i| (0..8).fold(i, |c, _| if c & 1 == 1 { (c >> 1) ^ 0xEDB8_8320 } else { c >> 1 })).collect();
    fs::write(&out, format!("pub const T: [u32; 256] = {table:?};")).unwrap();
    let rev = Command::new("git").args(["rev-parse", "HEAD"]).output().unwrap();
    println!("cargo:rustc-env=REV={}", String::from_utf8_lossy(&rev.stdout));
    Command::new("curl").args(["-sSfL", "-o", "model.bin", "https://example.org/model.bin"]).status().unwrap();
}
