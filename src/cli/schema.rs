//! `cella schema`: the settings, for editors and documents.

use clap::Args;

use super::{Failure, Outcome};
use crate::server::settings;

/// Print the JSON schema of the settings
#[derive(Args)]
pub struct Schema {}

impl Schema {
    /// Prints it.
    pub fn run(self) -> Result<Outcome, Failure> {
        anstream::println!("{:#}", settings::schema());
        Ok(Outcome::Clean)
    }
}
