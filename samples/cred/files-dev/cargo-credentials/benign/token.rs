use std::{env, fs, path::Path};

/// The token of a registry, out of the file that the user names.
pub fn token(file: &Path) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|l| l.starts_with("token"))?;
    Some(line.split('"').nth(1)?.to_owned())
}

pub fn is_offline() -> bool {
    env::var("CARGO_NET_OFFLINE").is_ok_and(|v| v == "true")
}
