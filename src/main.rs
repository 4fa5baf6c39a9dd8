//! The command `cella`.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A keystroke frees on one thread what another made, and the system's allocator keeps such memory: its
/// share of a long session only grows.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cella::cli::run(std::env::args_os().collect())
}
