//! `cella explain`: what hovering a name shows.

use std::path::PathBuf;
use std::str::FromStr;

use anstream::{print, println};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::{Failure, Outcome, python_version, source};
use crate::document::Document;
use crate::ide::{self, Config, HoverMode, Line, Markup, PAGES, Page, PageLink, Span};
use crate::scope::PythonVersion;
use crate::text::{Encoding, Position};

/// Say what a name is, who closes over it, and what follows
#[derive(Args)]
pub struct Explain {
    /// A place: a file, a line and a column, both counted from 1 as editors show them
    #[arg(value_name = "FILE:LINE:COLUMN", required_unless_present = "word")]
    place: Option<Place>,
    /// One of Cella's words, to be explained instead
    #[arg(long, value_parser = word(), conflicts_with = "place")]
    word: Option<Page>,
    /// Say everything: long lists, and the globals and builtins that a function relies on
    #[arg(long, requires = "place")]
    long: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The Python version whose rules say what becomes a cell; else the project's, else the newest
    #[arg(long, value_name = "X.Y", value_parser = python_version)]
    python_version: Option<PythonVersion>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For a terminal
    #[default]
    Text,
    /// As editors get it
    Markdown,
}

/// The words that have a page.
fn word() -> impl TypedValueParser<Value = Page> {
    PossibleValuesParser::new(PAGES.iter().map(|page| page.name)).try_map(|word| {
        PAGES
            .iter()
            .find(|page| page.name == word)
            .copied()
            .ok_or("no page")
    })
}

/// A file and a place in it, one-based.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    file: PathBuf,
    line: u32,
    column: u32,
}

impl FromStr for Place {
    type Err = &'static str;

    /// From the right, since a file's name may hold colons.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "expected FILE:LINE:COLUMN, as in examples/raise_to.cella:1:14";
        let mut parts = text.rsplitn(3, ':');
        let mut number = || {
            parts
                .next()?
                .parse()
                .ok()
                .filter(|&number: &u32| number > 0)
        };
        let (column, line) = (number().ok_or(wrong)?, number().ok_or(wrong)?);
        let file = parts.next().filter(|file| !file.is_empty()).ok_or(wrong)?;
        Ok(Self {
            file: file.into(),
            line,
            column,
        })
    }
}

impl Explain {
    /// Prints the hover; exit code 1 if there is nothing to say.
    pub fn run(self) -> Result<Outcome, Failure> {
        if let Some(word) = self.word {
            print!("{}", word.text);
            return Ok(Outcome::Clean);
        }
        let Some(Place { file, line, column }) = self.place else {
            return Ok(Outcome::Clean);
        };
        let snapshot = Document::new(&source::read(&file)?).snapshot();
        if line > snapshot.text.line_count() {
            let lines = snapshot.text.line_count();
            return Err(Failure(format!(
                "{}: has {lines} lines, not {line}; lines and columns count from 1",
                file.display()
            )));
        }
        let config = Config {
            hover: HoverMode::Everything, // Whoever asks wants an answer, in Python files too.
            ..source::config(&file, self.python_version)
        };
        let position = Position {
            line: line - 1,
            column: column - 1,
        };
        let at = snapshot.text.offset(position, Encoding::Utf32);
        let Some(hover) = ide::hover(&snapshot, at, &config) else {
            anstream::eprintln!(
                "{}:{line}:{column}: no name here; point at a name, `def` or `lambda`, columns count from 1",
                file.display()
            );
            return Ok(Outcome::Found);
        };
        let content = if self.long {
            hover.content
        } else {
            hover.content.short()
        };
        match self.format {
            Format::Text => println!("{}", styled(&content)),
            Format::Markdown => println!("{}", content.to_markdown(|_| None, |_| PageLink::None)),
        }
        Ok(Outcome::Clean)
    }
}

const BOLD: anstyle::Style = anstyle::Style::new().bold();
const CODE: anstyle::Style = anstyle::AnsiColor::Cyan.on_default();
const LINK: anstyle::Style = anstyle::Style::new().underline();
const DIM: anstyle::Style = anstyle::Style::new().dimmed();

/// For a terminal; `anstream` takes the styles out where there is none.
fn styled(markup: &Markup) -> String {
    let mut lines = Vec::new();
    for line in &markup.lines {
        match line {
            Line::Code(code) => lines.push(format!("{BOLD}{code}{BOLD:#}")),
            Line::Fact(spans) => {
                let fact: String = spans.iter().map(styled_span).collect();
                lines.push(format!("  {fact}"));
            }
            Line::Rule => lines.push(String::new()),
        }
    }
    lines.join("\n")
}

fn styled_span(span: &Span) -> String {
    match span {
        Span::Text(words) => words.clone(),
        Span::Term(words) => format!("{BOLD}{words}{BOLD:#}"),
        Span::Code(code) => format!("{CODE}{code}{CODE:#}"),
        Span::Link { text: words, .. } => format!("{LINK}{words}{LINK:#}"),
        Span::Page { text: words, page } => {
            format!("{DIM}{words} cella explain --word {page}{DIM:#}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_from_the_right() {
        let place = |file: &str, line, column| {
            Ok(Place {
                file: file.into(),
                line,
                column,
            })
        };
        assert_eq!("a.py:1:2".parse(), place("a.py", 1, 2));
        assert_eq!("C:\\a:b.py:10:20".parse(), place("C:\\a:b.py", 10, 20));
        for wrong in [
            "",
            "a.py",
            "a.py:1",
            "a.py:0:1",
            "a.py:1:0",
            "a.py:x:1",
            ":1:1",
            "a.py:1:-1",
        ] {
            assert!(wrong.parse::<Place>().is_err(), "{wrong}");
        }
    }
}
