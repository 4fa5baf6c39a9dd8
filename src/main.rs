//! The command `cella`.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::process::ExitCode;

fn main() -> ExitCode {
    cella::cli::run(std::env::args_os().collect())
}
