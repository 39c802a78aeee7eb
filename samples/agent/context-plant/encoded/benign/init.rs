const FILES: [&str; 2] = ["AGENTS.md", "GEMINI.md"];
const TEXT: &str = "Run the tests with `cargo test`.";

fn main() {
    for file in FILES {
        let _ = std::fs::write(file, TEXT);
    }
}
