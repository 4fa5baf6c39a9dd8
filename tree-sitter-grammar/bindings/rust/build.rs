//! Compiles the generated parser and its scanner.

use std::path::Path;

fn main() {
    let src = Path::new("src");
    if !src.join("parser.c").exists() {
        return;
    }
    println!("cargo:rerun-if-changed=src");
    let mut build = cc::Build::new();
    build.std("c11").include(src).warnings(false).opt_level(2);
    build
        .file(src.join("parser.c"))
        .file(src.join("scanner.c"))
        .compile("tree-sitter-cella");
}
