//! Threads for the answers, beside the loop that reads and writes.
//!
//! Their stacks are big, since how deep a program nests is up to whoever wrote it, and a stack
//! overflow can't be caught. A panic is caught, and is the job's answer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use tokio::sync::oneshot;

/// Stack of a thread that runs an analysis, in bytes. Only what is used of it takes memory.
pub const STACK: usize = 256 << 20;

type Job = Box<dyn FnOnce() + Send>;

/// A fixed number of threads and one queue.
#[derive(Clone)]
pub struct Workers(mpsc::Sender<Job>);

/// A job did not end well; the log says where.
#[derive(Debug, PartialEq, Eq)]
pub struct Panicked;

impl Workers {
    /// As many as there are cores, and two at least.
    pub fn start() -> std::io::Result<Self> {
        let cores = thread::available_parallelism()
            .map_or(2, usize::from)
            .clamp(2, 8);
        let (queue, jobs) = mpsc::channel::<Job>();
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..cores {
            let jobs = jobs.clone();
            thread::Builder::new()
                .name("worker".into())
                .stack_size(STACK)
                .spawn(move || {
                    while let Some(job) = next(&jobs) {
                        job();
                    }
                })?;
        }
        Ok(Self(queue))
    }

    /// Queues `job` at once. Nobody who waits for it any more, as after a cancellation, means that
    /// it isn't begun.
    pub fn run<T, J>(&self, job: J) -> impl Future<Output = Result<T, Panicked>> + Send + use<T, J>
    where
        T: Send + 'static,
        J: FnOnce() -> T + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let _ = self.0.send(Box::new(move || {
            if !answer.is_closed() {
                let _ = answer.send(catch_unwind(AssertUnwindSafe(job)));
            }
        }));
        async { answered.await.ok().and_then(Result::ok).ok_or(Panicked) }
    }
}

fn next(jobs: &Mutex<mpsc::Receiver<Job>>) -> Option<Job> {
    jobs.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .recv()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(future)
    }

    #[test]
    fn a_panic_is_an_answer_and_the_workers_live_on() {
        let workers = Workers::start().unwrap();
        for _ in 0..20 {
            assert_eq!(
                block_on(workers.run(|| -> u32 { panic!("asked for") })),
                Err(Panicked)
            );
        }
        assert_eq!(block_on(workers.run(|| 1)), Ok(1));
    }

    #[test]
    fn what_nobody_waits_for_is_not_begun() {
        let workers = Workers::start().unwrap();
        let (release, gate) = mpsc::channel::<()>();
        let gate = Arc::new(Mutex::new(gate));
        let busy: Vec<_> = (0..8)
            .map(|_| {
                let gate = gate.clone();
                workers.run(move || gate.lock().unwrap().recv().is_ok())
            })
            .collect();
        let (begun, begins) = mpsc::channel();
        let mut cancelled = Box::pin(workers.run(move || begun.send(())));
        assert!((&mut cancelled).now_or_never().is_none());
        drop(cancelled);
        drop(release);
        block_on(futures::future::join_all(busy));
        block_on(futures::future::join_all(
            (0..8).map(|_| workers.run(|| ())),
        ))
        .len();
        assert!(begins.try_recv().is_err());
    }
}
