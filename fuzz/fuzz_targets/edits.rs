#![no_main]

#[path = "../checks/edits.rs"]
mod edits;
#[path = "../checks/plain.rs"]
mod plain;

libfuzzer_sys::fuzz_target!(|input: &[u8]| edits::check(input));
