//! Text with code and links, rendered to Markdown or plain text at the edge.
//!
//! A feature says what is code and what is a link; how a link is spelled is the caller's, who knows
//! the document's URI.

use crate::text::Range;

/// Lines to show: first a code line, then a fact a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// From top to bottom.
    pub lines: Vec<Line>,
}

/// One line of a [`Markup`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line of the program.
    Code(String),
    /// A sentence.
    Fact(Vec<Span>),
    /// What stands below is further off.
    Rule,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Text(String),
    /// One of Cella's words, set off.
    Term(String),
    /// A name or an expression.
    Code(String),
    /// A place in the same document.
    Link {
        /// What is shown.
        text: String,
        /// Where it leads.
        target: Range,
    },
    /// A page of the documentation.
    Page {
        /// What is shown.
        text: String,
        /// The page's name: `docs/closures/<page>.md`.
        page: &'static str,
    },
}

/// How the page of a word is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageLink {
    /// By this URI.
    Uri(String),
    /// Its words say it: who reads them knows how to ask for the page.
    Words,
    /// Not at all: a line that is nothing but such a page is left out.
    None,
}

impl Markup {
    /// Without what stands behind a rule, but with the page that the last line names.
    #[must_use]
    pub fn short(mut self) -> Self {
        let page = self.lines.pop_if(|line| line.page().is_some());
        let rule = self.lines.iter().position(|line| *line == Line::Rule);
        self.lines.truncate(rule.unwrap_or(self.lines.len()));
        self.lines.extend(page);
        self
    }

    /// As CommonMark. `link` spells the URI of a place in the document, where it has one, and `page` says
    /// how the page of a word is reached.
    pub fn to_markdown(
        &self,
        link: impl Fn(Range) -> Option<String>,
        page: impl Fn(&'static str) -> PageLink,
    ) -> String {
        let mut out = String::new();
        let mut facts = false;
        for line in &self.lines {
            match line {
                Line::Code(code) => {
                    out.push_str("```python\n");
                    out.push_str(code);
                    out.push_str("\n```\n");
                    facts = false;
                }
                line if line.page().is_some_and(|name| page(name) == PageLink::None) => {}
                Line::Fact(spans) => {
                    // A blank line keeps paragraphs apart; two spaces at the end break a line within one.
                    out.push_str(if facts { "  \n" } else { "" });
                    for span in spans {
                        out.push_str(&span.to_markdown(&link, &page));
                    }
                    facts = true;
                }
                Line::Rule => {
                    out.push_str(if facts { "\n\n---\n" } else { "\n---\n" });
                    facts = false;
                }
            }
        }
        out
    }

    /// As plain text, a line each; links are reduced to what they show.
    pub fn to_plain(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            if !out.is_empty() {
                out.push('\n');
            }
            match line {
                Line::Code(code) => out.push_str(code),
                Line::Fact(spans) => spans.iter().for_each(|span| out.push_str(span.text())),
                Line::Rule => {}
            }
        }
        out
    }
}

impl Line {
    /// The page, of a line that is nothing but a link to one.
    fn page(&self) -> Option<&'static str> {
        match self {
            Self::Fact(spans) => match spans.as_slice() {
                [Span::Page { page, .. }] => Some(*page),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Span {
    /// What is shown, without dress.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Term(text) | Self::Code(text) => text,
            Self::Link { text, .. } | Self::Page { text, .. } => text,
        }
    }

    fn to_markdown(
        &self,
        link: &impl Fn(Range) -> Option<String>,
        page: &impl Fn(&'static str) -> PageLink,
    ) -> String {
        let linked = |text: &str, uri: Option<String>| match uri {
            Some(uri) => format!("[{}]({uri})", escaped(text)),
            None => escaped(text),
        };
        match self {
            Self::Text(text) => escaped(text),
            Self::Term(text) => format!("**{}**", escaped(text)),
            Self::Code(code) => code_span(code),
            Self::Link { text, target } => linked(text, link(*target)),
            Self::Page { text, page: name } => match page(name) {
                PageLink::Uri(uri) => linked(text, Some(uri)),
                PageLink::Words | PageLink::None => linked(text, None),
            },
        }
    }
}

/// Words in CommonMark: what would be read as markup gets a backslash.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A code span whose fence is longer than any run of backticks inside (CommonMark 6.1).
fn code_span(code: &str) -> String {
    let code = code.replace(['\n', '\r'], " ");
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{code}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Offset;

    use expect_test::{Expect, expect};

    fn check(lines: Vec<Line>, markdown: Expect, plain: Expect) {
        let markup = Markup { lines };
        let link = |range: Range| Some(format!("file:///a.py#L{}", range.start.0));
        markdown.assert_eq(
            &markup.to_markdown(link, |page| PageLink::Uri(format!("https://docs/{page}"))),
        );
        plain.assert_eq(&markup.to_plain());
    }

    #[test]
    fn a_code_line_then_a_fact_a_line() {
        check(
            vec![
                Line::Code("def raise_to(exp):".into()),
                Line::Fact(vec![
                    Span::Term("cell variable".into()),
                    Span::Text(" ".into()),
                    Span::Code("exp".into()),
                ]),
                Line::Fact(vec![
                    Span::Text("closed over at ".into()),
                    Span::Link {
                        text: "line 2".into(),
                        target: Range::at(Offset(2)),
                    },
                ]),
                Line::Rule,
                Line::Fact(vec![Span::Page {
                    text: "What is a cell?".into(),
                    page: "cell",
                }]),
            ],
            expect![[r#"
                ```python
                def raise_to(exp):
                ```
                **cell variable** `exp`  
                closed over at [line 2](file:///a.py#L2)

                ---
                [What is a cell?](https://docs/cell)"#]],
            expect![[r#"
                def raise_to(exp):
                cell variable exp
                closed over at line 2

                What is a cell?"#]],
        );
    }

    #[test]
    fn a_program_s_signs_are_not_markup() {
        check(
            vec![Line::Fact(vec![
                Span::Text("<locals> [a](b) __init__ ".into()),
                Span::Code("`a``b`".into()),
                Span::Code("x\ny".into()),
            ])],
            expect!["\\<locals\\> \\[a\\](b) \\_\\_init\\_\\_ ``` `a``b` ````x y`"],
            expect!["<locals> [a](b) __init__ `a``b`x\ny"],
        );
    }
}
