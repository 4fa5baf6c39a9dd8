//! The command `cella`.

use std::process::ExitCode;

fn main() -> ExitCode {
    cella::cli::run(std::env::args_os().collect())
}
