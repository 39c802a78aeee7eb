//! Reads arguments, calls `cli`, turns the outcome into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    peephole::engine::quiet_panics();
    ExitCode::from(peephole::cli::main(std::env::args_os()))
}
