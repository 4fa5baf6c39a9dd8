use cella::{document::Snapshot, ide::*, text::*};
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let what = std::env::args().nth(2).unwrap_or("hover".into());
    let source = std::fs::read_to_string(&file).unwrap();
    let s = Snapshot::new(&source);
    let c = Config::new(Language::Python);
    let t = std::time::Instant::now();
    match what.as_str() {
        "hints" => {
            let hints = inlay_hints(&s, s.text.range(), &c);
            let n = hints.len();
            let mut by: std::collections::BTreeMap<u32, String> = Default::default();
            for h in hints {
                let l = s.text.line_of(h.at);
                let label: String = h.parts.iter().map(|p| p.text.clone()).collect();
                by.entry(l).or_default().push_str(&format!(
                    "  «{}: {}»",
                    s.text.slice(Range::new(
                        Offset(h.at.0.saturating_sub(12).max(s.text.line_start(l).0)),
                        h.at
                    )),
                    label
                ));
            }
            let e = t.elapsed();
            for (l, x) in by {
                println!(
                    "{:5} {}\n        {}",
                    l + 1,
                    s.text
                        .slice(Range::new(s.text.line_start(l), s.text.line_end(l)))
                        .trim(),
                    x
                );
            }
            println!("{n} hints in {e:?}");
        }
        "tokens" => {
            let n = semantic_tokens(&s, s.text.range(), &c).len();
            println!("{n} tokens {:?}", t.elapsed());
        }
        "symbols" => {
            let n = document_symbols(&s, &c).len();
            println!("{n} symbols {:?}", t.elapsed());
        }
        "lens" => {
            let n = code_lens(&s, &Config { lens: true, ..c }).len();
            println!("{n} lens {:?}", t.elapsed());
        }
        _ => {
            let mut last = None;
            let mut n = 0;
            let mut worst = (std::time::Duration::ZERO, 0);
            let mut out = String::new();
            let mut all = 0;
            let occ: Vec<_> = s
                .scopes
                .occurrences_in(c.version, s.text.range())
                .map(|o| o.range.start)
                .collect();
            for at in occ {
                all += 1;
                let t = std::time::Instant::now();
                let h = hover(&s, at, &c);
                let e = t.elapsed();
                if e > worst.0 {
                    worst = (e, s.text.line_of(at) + 1)
                }
                let Some(h) = h else { continue };
                n += 1;
                let p = h.content.to_plain();
                if last.as_ref() == Some(&p) {
                    continue;
                }
                out += &format!(
                    "--- {}: {}\n{}\n",
                    s.text.line_of(at) + 1,
                    s.text.slice(h.range),
                    p
                );
                last = Some(p);
            }
            print!("{out}");
            println!("{n} of {all} hovers in {:?}, worst {worst:?}", t.elapsed());
        }
    }
}
