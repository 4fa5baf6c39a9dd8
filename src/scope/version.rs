//! The version of Python whose answers are given.

use std::fmt;
use std::str::FromStr;

/// A target version. What a name means differs between them: see [`super::rules`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum PythonVersion {
    V3_8,
    V3_9,
    V3_10,
    V3_11,
    V3_12,
    V3_13,
    #[default]
    V3_14,
}

impl PythonVersion {
    /// All of them, the oldest first.
    pub const ALL: [Self; 7] = [
        Self::V3_8,
        Self::V3_9,
        Self::V3_10,
        Self::V3_11,
        Self::V3_12,
        Self::V3_13,
        Self::V3_14,
    ];

    /// As it is written: `3.14`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V3_8 => "3.8",
            Self::V3_9 => "3.9",
            Self::V3_10 => "3.10",
            Self::V3_11 => "3.11",
            Self::V3_12 => "3.12",
            Self::V3_13 => "3.13",
            Self::V3_14 => "3.14",
        }
    }
}

impl fmt::Display for PythonVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What was written is none of [`PythonVersion::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownVersion;

impl fmt::Display for UnknownVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a Python version from 3.8 to 3.14")
    }
}

impl std::error::Error for UnknownVersion {}

impl FromStr for PythonVersion {
    type Err = UnknownVersion;

    fn from_str(written: &str) -> Result<Self, UnknownVersion> {
        Self::ALL
            .into_iter()
            .find(|version| version.as_str() == written)
            .ok_or(UnknownVersion)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_as_it_is_written() {
        for version in PythonVersion::ALL {
            assert_eq!(version.to_string().parse(), Ok(version));
        }
        assert_eq!("3.7".parse::<PythonVersion>(), Err(UnknownVersion));
        assert!(PythonVersion::V3_9 < PythonVersion::V3_10);
    }
}
