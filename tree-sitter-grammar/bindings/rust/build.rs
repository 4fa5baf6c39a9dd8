//! Compiles the generated parser and its scanner.

fn main() {
    println!("cargo:rerun-if-changed=src");
    // Optimised in debug builds too: tests parse whole standard libraries.
    cc::Build::new()
        .std("c11")
        .include("src")
        .files(["src/parser.c", "src/scanner.c"])
        .opt_level(2)
        .warnings(false)
        .compile("tree-sitter-cella");
}
