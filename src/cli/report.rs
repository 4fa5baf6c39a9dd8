//! How `cella check` prints what it found: for people, for programs, for GitHub.

use std::io::{self, Write};
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use clap::ValueEnum;
use serde_json::{Value, json};

use crate::ide::{Diagnostic, Severity};
use crate::text::{Encoding, Offset, Range, Text};

/// What was found in one file.
pub struct Report {
    /// As it was named or found.
    pub file: PathBuf,
    /// What was read.
    pub text: Text,
    /// In the text's order.
    pub diagnostics: Vec<Diagnostic>,
}

/// How to print reports.
#[derive(Clone, Copy, Default, ValueEnum)]
pub enum Format {
    /// For people, with the lines it is about
    #[default]
    Text,
    /// One JSON array
    Json,
    /// Annotations for GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl Format {
    /// Prints all reports to standard output.
    pub fn print(self, reports: &[Report]) -> io::Result<()> {
        let mut out = anstream::stdout().lock();
        match self {
            Self::Text => text(&mut out, reports)?,
            Self::Json => writeln!(out, "{:#}", json(reports))?,
            Self::Github => github(&mut out, reports)?,
            Self::Sarif => writeln!(out, "{:#}", sarif(reports))?,
        }
        out.flush()
    }
}

fn all(reports: &[Report]) -> impl Iterator<Item = (&Report, &Diagnostic)> {
    reports
        .iter()
        .flat_map(|report| report.diagnostics.iter().map(move |one| (report, one)))
}

fn text(out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode);
    for (report, diagnostic) in all(reports) {
        writeln!(out, "{}\n", with_lines(&renderer, report, diagnostic))?;
    }
    let found = all(reports).count();
    if found > 0 {
        let files = reports
            .iter()
            .filter(|report| !report.diagnostics.is_empty())
            .count();
        let s = |count: usize| if count == 1 { "" } else { "s" };
        writeln!(
            out,
            "{found} problem{} in {files} file{}",
            s(found),
            s(files)
        )?;
    }
    Ok(())
}

/// The message over the lines that it and its related places stand on. Only those lines are handed
/// to the renderer, whose work grows with the text.
fn with_lines(renderer: &Renderer, report: &Report, diagnostic: &Diagnostic) -> String {
    let text = &report.text;
    let related = || diagnostic.related.iter().map(|related| related.range);
    let lines = |range: Range| (text.line_of(range.start), text.line_of(range.end));
    let (first, last) = related()
        .chain([diagnostic.range])
        .map(lines)
        .fold((u32::MAX, 0), |(first, last), (start, end)| {
            (first.min(start), last.max(end))
        });
    let window = Range::new(text.line_start(first), text.line_end(last));
    let source = text.slice(window);
    let span = |range: Range| {
        let within = |offset: Offset| (offset - window.start).to_usize().min(source.len());
        within(range.start)..within(range.end)
    };
    let path = report.file.to_string_lossy();
    let mut snippet = Snippet::source(source.as_ref())
        .path(path.as_ref())
        .line_start(first as usize + 1)
        .annotation(AnnotationKind::Primary.span(span(diagnostic.range)));
    for related in &diagnostic.related {
        let note = AnnotationKind::Context.span(span(related.range));
        snippet = snippet.annotation(note.label(related.message.as_str()));
    }
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        Severity::Hint => Level::HELP,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code);
    let group: Group<'_> = title.element(snippet);
    renderer.render(&[group])
}

/// One-based lines and columns of a range, columns in characters.
struct Place {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

fn place(text: &Text, range: Range) -> Place {
    let start = text.position(range.start, Encoding::Utf32);
    let end = text.position(range.end, Encoding::Utf32);
    Place {
        line: start.line + 1,
        column: start.column + 1,
        end_line: end.line + 1,
        end_column: end.column + 1,
    }
}

fn place_json(text: &Text, range: Range) -> Value {
    let Place {
        line,
        column,
        end_line,
        end_column,
    } = place(text, range);
    json!({ "line": line, "column": column, "endLine": end_line, "endColumn": end_column })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
        Severity::Hint => "hint",
    }
}

fn json(reports: &[Report]) -> Value {
    let related = |text: &Text, diagnostic: &Diagnostic| -> Vec<Value> {
        let one = |related: &crate::ide::Related| json!({ "range": place_json(text, related.range), "message": related.message });
        diagnostic.related.iter().map(one).collect()
    };
    let one = |(report, diagnostic): (&Report, &Diagnostic)| {
        json!({
            "file": report.file.to_string_lossy(),
            "range": place_json(&report.text, diagnostic.range),
            "code": diagnostic.code,
            "severity": severity(diagnostic.severity),
            "message": diagnostic.message,
            "related": related(&report.text, diagnostic),
        })
    };
    all(reports).map(one).collect()
}

/// Workflow commands of GitHub Actions; what would end a value is escaped as its toolkit does.
fn github(out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
    let message = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = |text: &str| message(text).replace(':', "%3A").replace(',', "%2C");
    for (report, diagnostic) in all(reports) {
        let Place {
            line,
            column,
            end_line,
            end_column,
        } = place(&report.text, diagnostic.range);
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information | Severity::Hint => "notice",
        };
        let file = property(&report.file.to_string_lossy());
        let title = property(diagnostic.code);
        let text = message(&diagnostic.message);
        writeln!(
            out,
            "::{command} file={file},line={line},col={column},endLine={end_line},\
             endColumn={end_column},title={title}::{text}"
        )?;
    }
    Ok(())
}

/// SARIF 2.1.0 (OASIS), one run.
fn sarif(reports: &[Report]) -> Value {
    let result = |(report, diagnostic): (&Report, &Diagnostic)| {
        let Place {
            line,
            column,
            end_line,
            end_column,
        } = place(&report.text, diagnostic.range);
        let level = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information | Severity::Hint => "note",
        };
        json!({
            "ruleId": diagnostic.code,
            "level": level,
            "message": { "text": diagnostic.message },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": report.file.to_string_lossy().replace('\\', "/") },
                "region": {
                    "startLine": line, "startColumn": column,
                    "endLine": end_line, "endColumn": end_column,
                },
            } }],
        })
    };
    let mut codes: Vec<_> = all(reports)
        .map(|(_, diagnostic)| diagnostic.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<_> = codes
        .into_iter()
        .map(|code| json!({ "id": code }))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cella", "version": env!("CARGO_PKG_VERSION"), "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": all(reports).map(result).collect::<Vec<_>>(),
        }],
    })
}
