//! The features' answers in the protocol's types: one function a feature.
//!
//! Features speak in byte offsets of one text; here their answers get the client's positions, the
//! document's URI, and the shape that the client can read. An empty answer is none.

use serde_json::json;
use tower_lsp::ls_types as lsp;

use super::documents::Tokens;
use super::view::{View, diagnostic_page};
use crate::ide;
use crate::text::Range;

/// A command that clients may have: a document's URI, a position, and the locations to show there.
const SHOW_REFERENCES: &str = "cella.showReferences";

/// `textDocument/hover`
pub fn hover(view: &View, at: lsp::Position) -> Option<lsp::Hover> {
    let hover = ide::hover(&view.snapshot, view.offset(at), &view.config)?;
    Some(lsp::Hover {
        contents: lsp::HoverContents::Markup(view.markup(&hover.content)),
        range: Some(view.range(hover.range)),
    })
}

/// `textDocument/inlayHint`
pub fn inlay_hints(view: &View, within: lsp::Range) -> Option<Vec<lsp::InlayHint>> {
    let hints = ide::inlay_hints(&view.snapshot, view.within(within), &view.config);
    Some(hints.iter().map(|hint| inlay_hint(view, hint)).collect())
}

fn inlay_hint(view: &View, hint: &ide::InlayHint) -> lsp::InlayHint {
    let part = |part: &ide::HintPart| lsp::InlayHintLabelPart {
        value: part.text.clone(),
        location: part.target.map(|target| view.location(target)),
        ..lsp::InlayHintLabelPart::default()
    };
    lsp::InlayHint {
        position: view.position(hint.at),
        label: lsp::InlayHintLabel::LabelParts(hint.parts.iter().map(part).collect()),
        kind: None,
        text_edits: None,
        tooltip: Some(lsp::InlayHintTooltip::MarkupContent(
            view.markup(&hint.tooltip),
        )),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}

/// `textDocument/definition`
pub fn definition(view: &View, at: lsp::Position) -> Option<lsp::GotoDefinitionResponse> {
    let targets = ide::definition(&view.snapshot, view.offset(at), &view.config)?;
    Some(links(view, &targets, view.client.definition_links))
}

/// `textDocument/declaration`
pub fn declaration(view: &View, at: lsp::Position) -> Option<lsp::GotoDefinitionResponse> {
    let targets = ide::declaration(&view.snapshot, view.offset(at), &view.config)?;
    Some(links(view, &targets, view.client.declaration_links))
}

fn links(view: &View, targets: &ide::Targets, as_links: bool) -> lsp::GotoDefinitionResponse {
    let all = targets.targets.iter();
    if !as_links {
        let locations = all.map(|target| view.location(target.focus)).collect();
        return lsp::GotoDefinitionResponse::Array(locations);
    }
    let link = |target: &ide::Target| {
        let full = view.location(target.full);
        lsp::LocationLink {
            origin_selection_range: Some(view.range(targets.origin)),
            target_uri: full.uri,
            target_range: full.range,
            target_selection_range: view.location(target.focus).range,
        }
    };
    lsp::GotoDefinitionResponse::Link(all.map(link).collect())
}

/// `textDocument/references`
pub fn references(
    view: &View,
    at: lsp::Position,
    declarations: bool,
) -> Option<Vec<lsp::Location>> {
    let at = view.offset(at);
    let found = ide::references(&view.snapshot, at, declarations, &view.config);
    let locations: Vec<_> = found
        .into_iter()
        .map(|range| view.location(range))
        .collect();
    (!locations.is_empty()).then_some(locations)
}

/// `textDocument/documentHighlight`
pub fn highlights(view: &View, at: lsp::Position) -> Option<Vec<lsp::DocumentHighlight>> {
    let found = ide::highlights(&view.snapshot, view.offset(at), &view.config);
    let highlight = |highlight: ide::Highlight| lsp::DocumentHighlight {
        range: view.range(highlight.range),
        kind: Some(match highlight.kind {
            ide::HighlightKind::Read => lsp::DocumentHighlightKind::READ,
            ide::HighlightKind::Write => lsp::DocumentHighlightKind::WRITE,
            ide::HighlightKind::Text => lsp::DocumentHighlightKind::TEXT,
        }),
    };
    let here = found
        .into_iter()
        .filter(|highlight| view.holds(highlight.range));
    let highlights: Vec<_> = here.map(highlight).collect();
    (!highlights.is_empty()).then_some(highlights)
}

/// `textDocument/documentSymbol`
pub fn document_symbols(view: &View) -> lsp::DocumentSymbolResponse {
    symbols(view, ide::document_symbols(&view.snapshot, &view.config))
}

/// The same for a document that is too large to be analysed, from its syntax.
pub fn outline(view: &View) -> lsp::DocumentSymbolResponse {
    symbols(
        view,
        ide::outline(&view.snapshot.text, &view.snapshot.syntax),
    )
}

fn symbols(view: &View, mut symbols: Vec<ide::Symbol>) -> lsp::DocumentSymbolResponse {
    symbols.retain(|symbol| view.holds(symbol.range));
    if view.client.symbol_tree {
        let tree = symbols.into_iter().map(|symbol| symbol_tree(view, symbol));
        return lsp::DocumentSymbolResponse::Nested(tree.collect());
    }
    let mut flat = Vec::new();
    symbol_list(view, symbols, None, &mut flat);
    lsp::DocumentSymbolResponse::Flat(flat)
}

#[allow(deprecated)] // The field has to be filled in.
fn symbol_tree(view: &View, symbol: ide::Symbol) -> lsp::DocumentSymbol {
    let children: Vec<_> = symbol
        .children
        .into_iter()
        .map(|child| symbol_tree(view, child))
        .collect();
    let selection_range = view.range(symbol.selection);
    lsp::DocumentSymbol {
        name: symbol.name,
        detail: (!symbol.detail.is_empty()).then_some(symbol.detail),
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: view.range(symbol.range),
        selection_range,
        children: (!children.is_empty()).then_some(children),
    }
}

#[allow(deprecated)] // The field has to be filled in.
fn symbol_list(
    view: &View,
    symbols: Vec<ide::Symbol>,
    container: Option<&str>,
    flat: &mut Vec<lsp::SymbolInformation>,
) {
    for symbol in symbols {
        flat.push(lsp::SymbolInformation {
            name: symbol.name.clone(),
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: view.location(symbol.range),
            container_name: container.map(str::to_owned),
        });
        symbol_list(view, symbol.children, Some(&symbol.name), flat);
    }
}

fn symbol_kind(kind: ide::SymbolKind) -> lsp::SymbolKind {
    match kind {
        ide::SymbolKind::Function => lsp::SymbolKind::FUNCTION,
        ide::SymbolKind::Method => lsp::SymbolKind::METHOD,
        ide::SymbolKind::Class => lsp::SymbolKind::CLASS,
    }
}

/// `textDocument/semanticTokens/full` and `/range`
pub fn semantic_tokens(view: &View, within: Range) -> Tokens {
    let tokens = ide::semantic_tokens(&view.snapshot, within, &view.config);
    let mut before = lsp::Position::default();
    let mut encoded = Vec::with_capacity(tokens.len());
    for token in tokens {
        let range = view.range(token.range);
        let (line, column) = (range.start.line, range.start.character);
        let same_line = line == before.line;
        let kind = ide::TokenKind::ALL
            .iter()
            .position(|&kind| kind == token.kind);
        encoded.push(lsp::SemanticToken {
            delta_line: line.saturating_sub(before.line),
            delta_start: if same_line {
                column.saturating_sub(before.character)
            } else {
                column
            },
            length: range.end.character.saturating_sub(column),
            token_type: kind.and_then(|kind| u32::try_from(kind).ok()).unwrap_or(0),
            token_modifiers_bitset: token.modifiers.0,
        });
        before = range.start;
    }
    encoded
}

/// `textDocument/codeLens`
pub fn code_lenses(view: &View) -> Option<Vec<lsp::CodeLens>> {
    let mut lenses = ide::code_lens(&view.snapshot, &view.config);
    lenses.retain(|lens| view.holds(lens.range));
    let lens = |lens: ide::Lens| lsp::CodeLens {
        range: view.range(lens.range),
        command: Some(lens_command(view, lens)),
        data: None,
    };
    (!lenses.is_empty()).then(|| lenses.into_iter().map(lens).collect())
}

/// The editor's command that shows the places of a lens. The protocol has none, so that a client says
/// when it has ours; for others the command has no name, and the lens can only be read.
fn lens_command(view: &View, lens: ide::Lens) -> lsp::Command {
    if !view.client.shows_references {
        return lsp::Command::new(lens.title, String::new(), None);
    }
    let targets = lens.targets.iter().map(|&target| view.location(target));
    let arguments = vec![
        json!(view.uri),
        json!(view.range(lens.range).start),
        json!(targets.collect::<Vec<_>>()),
    ];
    lsp::Command::new(lens.title, SHOW_REFERENCES.into(), Some(arguments))
}

/// `textDocument/diagnostic` and `textDocument/publishDiagnostics`
pub fn diagnostics(view: &View) -> Vec<lsp::Diagnostic> {
    if !view.reports {
        return Vec::new();
    }
    let mut found = ide::diagnostics(&view.snapshot, &view.config);
    found.retain(|diagnostic| view.holds(diagnostic.range));
    found
        .into_iter()
        .map(|diagnostic| self::diagnostic(view, diagnostic))
        .collect()
}

fn diagnostic(view: &View, diagnostic: ide::Diagnostic) -> lsp::Diagnostic {
    let related = |related: ide::Related| lsp::DiagnosticRelatedInformation {
        location: view.location(related.range),
        message: related.message,
    };
    let can = &view.client;
    let page = diagnostic_page(diagnostic.code).filter(|_| can.code_description);
    lsp::Diagnostic {
        range: view.range(diagnostic.range),
        severity: Some(match diagnostic.severity {
            ide::Severity::Error => lsp::DiagnosticSeverity::ERROR,
            ide::Severity::Warning => lsp::DiagnosticSeverity::WARNING,
            ide::Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
            ide::Severity::Hint => lsp::DiagnosticSeverity::HINT,
        }),
        code: Some(lsp::NumberOrString::String(diagnostic.code.into())),
        code_description: page.map(|href| lsp::CodeDescription { href }),
        source: Some("cella".into()),
        message: diagnostic.message,
        related_information: (can.related_information && !diagnostic.related.is_empty())
            .then(|| diagnostic.related.into_iter().map(related).collect()),
        tags: (can.diagnostic_tags && diagnostic.unnecessary)
            .then(|| vec![lsp::DiagnosticTag::UNNECESSARY]),
        data: None,
    }
}
