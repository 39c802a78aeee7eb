use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    let out = PathBuf::from(env::var("OUT_DIR").unwrap());
    let status = Command::new("protoc").arg("--rust_out").arg(&out).arg("proto/api.proto").status().unwrap();
    assert!(status.success());
    let target = env::var("TARGET").unwrap();
    fs::write(out.join("target.rs"), format!("pub const TARGET: &str = {:?};", target)).unwrap();
    cc::Build::new().file("src/fast.c").compile("fast");
    println!("cargo:rustc-link-lib=static=fast");
}
