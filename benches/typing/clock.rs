//! The processor time that this process has spent: a busy machine doesn't count.

use std::time::Duration;

pub struct Clock {
    start: Duration,
}

impl Clock {
    pub fn start() -> Self {
        Self { start: now() }
    }

    pub fn elapsed(&self) -> Duration {
        now().saturating_sub(self.start)
    }
}

#[cfg(unix)]
fn now() -> Duration {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(spent).unwrap_or_default()
}

/// Where no such clock is at hand, the time that passes.
#[cfg(not(unix))]
fn now() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;

    static ORIGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    ORIGIN.elapsed()
}
