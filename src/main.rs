//! Reads arguments, calls `cli`, turns the outcome into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    peephole::model::view::give_large_blocks_back();
    peephole::engine::quiet_panics();
    ExitCode::from(peephole::cli::main(std::env::args_os()))
}
