//! `cella scopes`: the tree of scopes, each with what its names mean.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::{Failure, Outcome, encoding, source};
use crate::document::{Document, Snapshot};
use crate::scope::{
    Access, Binding, NameError, PythonVersion, Role, ScopeEntry, ScopeKind, Stage, StringPlaces,
    SymbolTable,
};
use crate::text::{Offset, Range, Rel, Text};

/// Print the tree of scopes
#[derive(Args)]
pub struct Scopes {
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Whose rules hold: 3.8 to 3.14
    #[arg(long, value_name = "X.Y", default_value_t)]
    python_version: PythonVersion,
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    /// A tree for people
    #[default]
    Text,
    /// A JSON object a line for each file, in CPython's terms
    Json,
}

impl Scopes {
    /// Prints them, file by file; one that can't be read doesn't keep the others from it.
    pub fn run(self) -> Result<Outcome, Failure> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        let mut unread = None;
        for file in &self.files {
            let source = match self.source(file) {
                Ok(Source::Text(source)) => source,
                Ok(Source::Refused(document)) => {
                    writeln!(out, "{document}")?;
                    continue;
                }
                Err(failure) => {
                    unread.get_or_insert(failure);
                    continue;
                }
            };
            let snapshot = Document::new(&source).snapshot();
            let mut table = snapshot.scopes.symbol_table(self.python_version);
            table.leave_out_codes(&snapshot.text, &snapshot.syntax);
            match self.format {
                Format::Json => {
                    let document = self.json(file, &snapshot, &mut table);
                    writeln!(out, "{document}")?;
                }
                Format::Text => {
                    let printer = Printer {
                        text: &snapshot.text,
                        table: &table,
                        places: StringPlaces::default(),
                    };
                    printer.tree(&mut out, file)?;
                }
            }
        }
        out.flush()?;
        unread.map_or(Ok(Outcome::Clean), Err)
    }

    /// A file's text; where CPython's answer is asked for and its bytes are no text to it, that.
    fn source(&self, file: &Path) -> Result<Source, Failure> {
        let bytes = source::bytes(file)?;
        let refused = match self.format {
            Format::Json => encoding::refused(&bytes),
            Format::Text => None,
        };
        let Some((message, line, offset)) = refused else {
            return source::text_of(file, bytes).map(Source::Text);
        };
        Ok(Source::Refused(json!({
            "format": 1,
            "file": file.to_string_lossy(),
            "python": self.python_version.as_str(),
            "bytes": bytes.len(),
            "error": error(&message, line, offset, "parse"),
        })))
    }

    /// What CPython says of a file, as Cella has it, with its places.
    fn json(&self, file: &Path, snapshot: &Snapshot, table: &mut SymbolTable) -> Value {
        let Snapshot {
            text,
            syntax,
            scopes,
        } = snapshot;
        let places = StringPlaces::new(text, syntax, self.python_version);
        table.order_by(|offset| places.place(text, offset));
        let errors = scopes.errors(text, syntax, self.python_version);
        let printer = Printer {
            text,
            table,
            places,
        };
        printer.json(file, self.python_version, errors.first())
    }
}

/// What a file holds.
enum Source {
    Text(String),
    /// Nothing that CPython reads: what is printed instead.
    Refused(Value),
}

struct Printer<'a> {
    text: &'a Text,
    table: &'a SymbolTable,
    places: StringPlaces,
}

impl Printer<'_> {
    /// One-based line and zero-based column in bytes.
    fn place(&self, offset: Offset) -> (u32, u32) {
        self.places.place(self.text, offset)
    }

    /// Whether what CPython has at the place of `range` is something else.
    fn is_misplaced(&self, range: Range) -> bool {
        let (line, column) = self.place(range.start);
        let start = self.text.line_start(line - 1) + Rel(column);
        start != range.start
            && self.text.slice(range) != self.text.slice(Range::new(start, start + range.len()))
    }

    fn json(&self, file: &Path, version: PythonVersion, error: Option<&NameError>) -> Value {
        let scopes: Vec<Value> = (0..self.table.scopes.len())
            .filter_map(|id| self.scope(id))
            .collect();
        let codes: Vec<Value> = (0..self.table.codes.len())
            .filter_map(|at| self.code(at))
            .collect();
        let ends_in_newline = self.text.line_start(self.text.line_count() - 1) == self.text.len();
        let mut document = json!({
            "format": 1,
            "file": file.to_string_lossy(),
            "python": version.as_str(),
            "bytes": self.text.len().0,
            "lines": self.text.line_count() - u32::from(ends_in_newline),
            "scopes": scopes,
            "codes": codes,
            "occurrences": self.occurrences(),
        });
        if let (Some(error), Some(document)) = (error, document.as_object_mut()) {
            document.insert("error".to_owned(), self.error(error));
        }
        document
    }

    fn error(&self, error: &NameError) -> Value {
        let (line, offset) = error.line_and_offset(self.text);
        let stage = match error.stage {
            Stage::Parse => "parse",
            Stage::Future | Stage::Visit | Stage::ModuleNames | Stage::Names => "symtable",
            Stage::Compile => "compile",
        };
        self::error(&error.message, line, offset, stage)
    }

    fn scope(&self, id: usize) -> Option<Value> {
        let ScopeEntry {
            scope,
            parent,
            inlined,
            code,
            symbols,
        } = self.table.scopes.get(id)?;
        let range = scope.range();
        let (line, col) = self.place(range.start);
        let (end_line, end_col) = self.places.end_place(self.text, range.end);
        let mut entry = Map::new();
        let mut put = |key: &str, value: Value| entry.insert(key.to_owned(), value);
        put("id", json!(id));
        put("kind", json!(kind_word(scope.kind())));
        let name = scope
            .name()
            .map_or_else(|| default_name(scope.kind()), |name| name.as_str());
        put("name", json!(name));
        put("line", json!(line));
        put("col", json!(col));
        put("end_line", json!(end_line));
        put("end_col", json!(end_col));
        put("parent", json!(parent));
        let marks = [
            ("async", scope.is_async()),
            ("inlined", *inlined),
            ("detached", scope.detached()),
            ("star_import", scope.knowable().star_import),
            ("sees_class", scope.sees_class()),
        ];
        for (mark, _) in marks.into_iter().filter(|(_, holds)| *holds) {
            put(mark, json!(true));
        }
        put("codes", json!(code.iter().collect::<Vec<_>>()));
        let symbols: Map<String, Value> = symbols
            .iter()
            .map(|(name, symbol)| (name.to_string(), json!(symbol.0)))
            .collect();
        put("symbols", Value::Object(symbols));
        Some(Value::Object(entry))
    }

    fn code(&self, at: usize) -> Option<Value> {
        let code = self.table.codes.get(at)?;
        let scope = &self.table.scopes.get(code.scope)?.scope;
        Some(json!({
            "scopes": [code.scope],
            "parent": code.parent.map_or(json!(-1), |parent| json!(parent)),
            "name": code.name,
            "qualname": code.qualname,
            "firstlineno": self.place(scope.range().start).0,
            "cellvars": code.cell_variables.iter().map(|name| name.as_str()).collect::<Vec<_>>(),
            "freevars": code.free_variables.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            "captures": code.free_variables.iter().map(|(_, owner)| owner).collect::<Vec<_>>(),
        }))
    }

    fn occurrences(&self) -> Vec<Value> {
        let entries = self.table.occurrences.iter().map(|entry| {
            let occurrence = &entry.occurrence;
            let (line, col) = self.place(occurrence.range.start);
            let (kind, context) = words(occurrence.role);
            let letter = match entry.access {
                Access::Local => "L",
                Access::Cell => "C",
                Access::Free => "F",
                Access::GlobalExplicit => "E",
                Access::GlobalImplicit => "I",
            };
            let unevaluated = if occurrence.evaluated { "" } else { "u" };
            let misplaced = if self.is_misplaced(occurrence.range) {
                "x"
            } else {
                ""
            };
            let mangled = if entry.mangled { "m" } else { "" };
            let binding = match entry.binding {
                Binding::Scope(id) => json!(id),
                Binding::Elsewhere => json!(-1),
            };
            json!([
                line,
                col,
                col + occurrence.range.len().0,
                occurrence.name.as_str(),
                kind,
                context,
                entry.scope,
                binding,
                format!("{letter}{unevaluated}{misplaced}{mangled}"),
            ])
        });
        entries.collect()
    }

    /// The tree, a scope a line with its variables, what is nested in it indented.
    fn tree(&self, out: &mut impl Write, file: &Path) -> io::Result<()> {
        writeln!(out, "{}", file.display())?;
        let mut depths: Vec<usize> = Vec::new();
        for entry in &self.table.scopes {
            let depth = entry
                .parent
                .and_then(|parent| depths.get(parent))
                .map_or(0, |depth| depth + 1);
            depths.push(depth);
            let (line, col) = self.place(entry.scope.range().start);
            let name = entry
                .scope
                .name()
                .map(|name| format!(" {name}"))
                .unwrap_or_default();
            write!(
                out,
                "{}{}{name} {line}:{}",
                "  ".repeat(depth + 1),
                kind_word(entry.scope.kind()),
                col + 1
            )?;
            if entry.inlined {
                write!(out, ", inlined")?;
            }
            if let Some(code) = entry.code.and_then(|code| self.table.codes.get(code)) {
                self.list(
                    out,
                    "cells",
                    code.cell_variables.iter().map(|name| name.to_string()),
                )?;
                let owned = code
                    .free_variables
                    .iter()
                    .map(|(name, owner)| self.owned(name.as_str(), *owner));
                self.list(out, "closes over", owned)?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn list(
        &self,
        out: &mut impl Write,
        word: &str,
        names: impl Iterator<Item = String>,
    ) -> io::Result<()> {
        let names: Vec<String> = names.collect();
        if names.is_empty() {
            Ok(())
        } else {
            write!(out, "; {word} {}", names.join(", "))
        }
    }

    fn owned(&self, name: &str, owner: Option<usize>) -> String {
        match owner.and_then(|owner| self.table.scopes.get(owner)) {
            Some(owner) => format!("{name} of {}", owner.scope.qualname()),
            None => name.to_owned(),
        }
    }
}

/// What CPython raises: one-based line and column, in bytes as it counts them.
fn error(message: &str, line: impl Into<Value>, offset: impl Into<Value>, stage: &str) -> Value {
    json!({
        "type": "SyntaxError",
        "msg": message,
        "lineno": line.into(),
        "offset": offset.into(),
        "stage": stage,
    })
}

fn kind_word(kind: ScopeKind) -> &'static str {
    match kind {
        ScopeKind::Module => "module",
        ScopeKind::Function => "function",
        ScopeKind::Lambda => "lambda",
        ScopeKind::Class => "class",
        ScopeKind::ListComp => "listcomp",
        ScopeKind::SetComp => "setcomp",
        ScopeKind::DictComp => "dictcomp",
        ScopeKind::GenExpr => "genexpr",
        ScopeKind::TypeParams => "type_params",
        ScopeKind::TypeVar => "type_var",
        ScopeKind::TypeVarDefault => "type_var_default",
        ScopeKind::TypeAlias => "type_alias",
        ScopeKind::Annotation => "annotation",
    }
}

/// What `symtable` calls a scope that has no name.
fn default_name(kind: ScopeKind) -> &'static str {
    match kind {
        ScopeKind::Module => "top",
        ScopeKind::Annotation => "__annotate__",
        _ => kind_word(kind),
    }
}

/// What kind of occurrence it is, and what it does.
fn words(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Use => ("name", "load"),
        Role::Parameter => ("param", "store"),
        Role::AugAssign => ("name", "aug"),
        Role::Annotated | Role::Bracketed => ("name", "annot"),
        Role::Except => ("except", "store"),
        Role::Import => ("import", "store"),
        Role::ImportFrom => ("from", "store"),
        Role::Def => ("def", "store"),
        Role::Class => ("class", "store"),
        Role::Delete => ("name", "del"),
        Role::Capture => ("capture", "store"),
        Role::TypeParam => ("type_param", "store"),
        Role::Global => ("global", "decl"),
        Role::Nonlocal => ("nonlocal", "decl"),
        Role::Assign
        | Role::AnnAssign
        | Role::Walrus
        | Role::For
        | Role::With
        | Role::TypeAlias
        | Role::CompFor => ("name", "store"),
    }
}
