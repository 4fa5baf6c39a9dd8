//! `cella scopes`: the tree of scopes, each with what its names mean.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, Outcome};

/// Print the tree of scopes
#[derive(Args)]
pub struct Scopes {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Scopes {
    /// Prints them, file by file.
    pub fn run(self) -> Result<Outcome, Failure> {
        let _ = self.files;
        Err(Failure("scopes can't be printed yet".into()))
    }
}
