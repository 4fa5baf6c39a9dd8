//! Threads for the answers, beside the loop that reads and writes.
//!
//! Their stacks are big, since how deep a program nests is up to whoever wrote it, and a stack
//! overflow can't be caught. A panic is caught, and is the job's answer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use tokio::sync::oneshot;

use crate::stop;

/// For a job whose answer is used whatever happens meanwhile.
pub const NEVER: fn() -> bool = || false;

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

    /// Queues `job` at once. Once nobody waits for its answer, as after a cancellation, or `vain` says
    /// that it won't be used, it isn't begun, or given up; a job in vain is no answer.
    pub fn run<T, J, V>(
        &self,
        vain: V,
        job: J,
    ) -> impl Future<Output = Result<Option<T>, Panicked>> + Send + use<T, J, V>
    where
        T: Send + 'static,
        J: FnOnce() -> T + Send + 'static,
        V: Fn() -> bool + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let _ = self.0.send(Box::new(move || {
            let answer = Rc::new(answer);
            let waiting = answer.clone();
            let lost = move || waiting.is_closed() || vain();
            let begun = || stop::unless(lost, || (stop::check(), job()).1);
            let done = catch_unwind(AssertUnwindSafe(begun));
            if let Some(answer) = Rc::into_inner(answer) {
                let _ = answer.send(done);
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
                block_on(workers.run(NEVER, || -> u32 { panic!("asked for") })),
                Err(Panicked)
            );
        }
        assert_eq!(block_on(workers.run(NEVER, || 1)), Ok(Some(1)));
    }

    /// A job that runs until it's given up, and the word that it has begun.
    fn endless() -> (impl FnOnce() + Send + 'static, mpsc::Receiver<()>) {
        let (begun, begins) = mpsc::channel();
        let job = move || {
            begun.send(()).unwrap();
            loop {
                stop::check();
            }
        };
        (job, begins)
    }

    #[test]
    fn what_nobody_waits_for_is_given_up() {
        let workers = Workers::start().unwrap();
        // More than there are threads: each has to become free again.
        for _ in 0..20 {
            let (job, begins) = endless();
            let mut cancelled = Box::pin(workers.run(NEVER, job));
            assert!((&mut cancelled).now_or_never().is_none());
            begins.recv().unwrap();
        }
        assert_eq!(block_on(workers.run(NEVER, || 1)), Ok(Some(1)));
    }

    #[test]
    fn what_is_in_vain_is_given_up_without_an_answer() {
        let workers = Workers::start().unwrap();
        let (job, begins) = endless();
        let answer = workers.run(move || begins.try_recv().is_ok(), job);
        assert_eq!(block_on(answer), Ok(None));
    }

    #[test]
    fn what_nobody_waits_for_is_not_begun() {
        let workers = Workers::start().unwrap();
        let (release, gate) = mpsc::channel::<()>();
        let gate = Arc::new(Mutex::new(gate));
        let busy: Vec<_> = (0..8)
            .map(|_| {
                let gate = gate.clone();
                workers.run(NEVER, move || gate.lock().unwrap().recv().is_ok())
            })
            .collect();
        let (begun, begins) = mpsc::channel();
        let mut cancelled = Box::pin(workers.run(NEVER, move || begun.send(())));
        assert!((&mut cancelled).now_or_never().is_none());
        drop(cancelled);
        drop(release);
        block_on(futures::future::join_all(busy));
        let idle = (0..8).map(|_| workers.run(NEVER, || ()));
        block_on(futures::future::join_all(idle));
        assert!(begins.try_recv().is_err());
    }
}
