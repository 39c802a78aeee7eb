//! Runs the real binary over inputs that are built in the test: what it says on the outside is the contract.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says why it skips"
)]

mod action;
mod architecture;
mod brakes;
mod cli;
mod decide;
mod feed;
mod fleet;
mod hostile;
mod mutations;
mod native;
mod page;
mod samples;
mod support;
mod system;
mod tree;
mod vet;
