//! Ends the server when its client is gone, so that no server outlives its editor.

use std::thread;

use tokio::sync::mpsc::Sender;

use super::transport::Arrival;

/// Wakes `inbox` when the process `id` has ended. Nothing is polled where the system can tell; where
/// it can't, the end of the stream has to do.
pub fn until_it_ends(id: u32, inbox: Sender<Arrival>) {
    thread::spawn(move || {
        if wait(id) {
            tracing::warn!("the client's process {id} has ended");
            let _ = inbox.blocking_send(Arrival::End);
        }
    });
}

/// Waits for the end of process `id`; false if that can't be known.
#[cfg(target_os = "linux")]
fn wait(id: u32) -> bool {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    use rustix::process::{Pid, PidfdFlags, pidfd_open};

    let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) else {
        return false;
    };
    // A client in another container has no number here: nothing can be said of it.
    let Ok(process) = pidfd_open(pid, PidfdFlags::empty()) else {
        return false;
    };
    loop {
        match poll(&mut [PollFd::new(&process, PollFlags::IN)], None) {
            Err(Errno::INTR) => {}
            outcome => return outcome.is_ok(),
        }
    }
}

/// Waits for the end of process `id` by asking every ten seconds.
#[cfg(all(unix, not(target_os = "linux")))]
fn wait(id: u32) -> bool {
    use rustix::process::{Pid, test_kill_process};

    let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) else {
        return false;
    };
    if test_kill_process(pid).is_err() {
        return false;
    }
    while test_kill_process(pid) != Err(rustix::io::Errno::SRCH) {
        thread::sleep(std::time::Duration::from_secs(10));
    }
    true
}

#[cfg(not(unix))]
fn wait(_: u32) -> bool {
    false
}
