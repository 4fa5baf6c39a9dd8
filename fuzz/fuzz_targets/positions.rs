#![no_main]

#[path = "../checks/positions.rs"]
mod positions;
#[path = "../checks/plain.rs"]
mod plain;

libfuzzer_sys::fuzz_target!(|input: &[u8]| positions::check(input));
