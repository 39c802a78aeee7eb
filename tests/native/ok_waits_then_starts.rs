/* A command is started when a service answers.
 * expect: pass
 */
use std::net::TcpStream;
use std::process::Command;

fn main() {
    let given: Vec<String> = std::env::args().collect();
    if given.len() < 3 {
        return eprintln!("usage: wait-for HOST:PORT COMMAND...");
    }
    while TcpStream::connect(&given[1]).is_err() {
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    let status = Command::new(&given[2]).args(&given[3..]).status().unwrap();
    std::process::exit(status.code().unwrap_or(1));
}
