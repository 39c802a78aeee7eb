//! Reads arguments, calls `cli`, turns the outcome into an exit code.

use std::process::ExitCode;

/// Values of scripts are many and small, and live shortly: a twentieth of a scan's time is saved against the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    peephole::engine::quiet_panics();
    ExitCode::from(peephole::cli::main(std::env::args_os()))
}
