//! Ends the server when its client is gone, so that no server outlives its editor.

use std::thread;

use tokio::sync::mpsc::Sender;

use super::transport::Arrival;

/// Wakes `inbox` when the process `id` has ended. Nothing is polled where the system can tell; where
/// it can't, the end of the stream has to do.
pub fn until_it_ends(id: u32, inbox: Sender<Arrival>) {
    // Taken hold of at once: a thread may begin only when the process has ended.
    let Some(wait) = hold(id) else { return };
    thread::spawn(move || {
        if wait() {
            tracing::warn!("the client's process {id} has ended, and so does this one");
            let _ = inbox.blocking_send(Arrival::End);
        }
    });
}

/// Waits for the end of process `id`, and says whether it came; nothing if that can't be known.
#[cfg(target_os = "linux")]
fn hold(id: u32) -> Option<impl FnOnce() -> bool + Send> {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    use rustix::process::{Pid, PidfdFlags, pidfd_open};

    let pid = i32::try_from(id).ok().and_then(Pid::from_raw)?;
    // A client in another container has no number here: nothing can be said of it.
    let process = pidfd_open(pid, PidfdFlags::empty()).ok()?;
    Some(move || {
        loop {
            match poll(&mut [PollFd::new(&process, PollFlags::IN)], None) {
                Err(Errno::INTR) => {}
                outcome => return outcome.is_ok(),
            }
        }
    })
}

/// Waits for the end of process `id` by asking every ten seconds.
#[cfg(all(unix, not(target_os = "linux")))]
fn hold(id: u32) -> Option<impl FnOnce() -> bool + Send> {
    use rustix::process::{Pid, test_kill_process};

    let pid = i32::try_from(id).ok().and_then(Pid::from_raw)?;
    test_kill_process(pid).ok()?;
    Some(move || {
        while test_kill_process(pid) != Err(rustix::io::Errno::SRCH) {
            thread::sleep(std::time::Duration::from_secs(10));
        }
        true
    })
}

#[cfg(not(unix))]
fn hold(_: u32) -> Option<fn() -> bool> {
    None
}
