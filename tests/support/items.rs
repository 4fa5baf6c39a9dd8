//! What a syntax tree says, as items that CPython's `ast` can say too: a kind, a place, a detail.
//!
//! `tests/python/shape.py` prints the same from `ast`, whose conventions are kept here: the place of an
//! expression is without the brackets around it, a statement ends with its last token of code.

use std::fmt;

use tree_sitter::{Node, Tree};

/// One item, printed as a line: kind, start and end in bytes of the file, detail (`-` for none).
pub struct Item {
    kind: &'static str,
    start: usize,
    end: usize,
    detail: String,
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = if self.detail.is_empty() {
            "-"
        } else {
            &self.detail
        };
        write!(f, "{} {} {} {detail}", self.kind, self.start, self.end)
    }
}

/// What is done with the expression of a node, CPython's `expr_context`.
#[derive(Clone, Copy)]
enum Use {
    Load,
    Store,
    Delete,
}

impl Use {
    fn name(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Store => "store",
            Self::Delete => "delete",
        }
    }
}

/// The items of a tree over `source`, whose places count from `base`.
pub fn items(tree: &Tree, source: &str, base: usize) -> Vec<Item> {
    let mut walk = Walk {
        source,
        base,
        items: Vec::new(),
        todo: vec![(tree.root_node(), Use::Load)],
    };
    while let Some((node, role)) = walk.todo.pop() {
        walk.node(node, role);
    }
    walk.items
}

struct Walk<'a> {
    source: &'a str,
    base: usize,
    items: Vec<Item>,
    todo: Vec<(Node<'a>, Use)>,
}

impl<'a> Walk<'a> {
    fn text(&self, node: Node<'a>) -> &'a str {
        &self.source[node.byte_range()]
    }

    fn field_text(&self, node: Node<'a>, field: &str) -> String {
        node.child_by_field_name(field)
            .map_or(String::new(), |node| self.text(node).to_owned())
    }

    fn item(&mut self, kind: &'static str, node: Node<'a>, detail: impl Into<String>) {
        self.span(kind, node.start_byte(), code_end(node), detail);
    }

    fn span(&mut self, kind: &'static str, start: usize, end: usize, detail: impl Into<String>) {
        self.items.push(Item {
            kind,
            start: self.base + start,
            end: self.base + end,
            detail: detail.into(),
        });
    }

    /// The children are to be visited, those in the field `target` as what `role` says.
    fn children(&mut self, node: Node<'a>, role: Use) {
        let mut cursor = node.walk();
        if !cursor.goto_first_child() {
            return;
        }
        loop {
            let role = match cursor.field_name() {
                Some("target") => role,
                _ => Use::Load,
            };
            self.todo.push((cursor.node(), role));
            if !cursor.goto_next_sibling() {
                return;
            }
        }
    }

    fn fields(&mut self, node: Node<'a>, field: &str, role: Use) {
        let mut cursor = node.walk();
        self.todo.extend(
            node.children_by_field_name(field, &mut cursor)
                .map(|child| (child, role)),
        );
    }

    /// An item for each target of `node`, which are then visited with its other children.
    fn targets(&mut self, kind: &'static str, node: Node<'a>, role: Use) {
        let mut cursor = node.walk();
        let targets: Vec<_> = node.children_by_field_name("target", &mut cursor).collect();
        for target in targets {
            self.item(kind, bare(target), "");
        }
        self.children(node, role);
    }

    fn node(&mut self, node: Node<'a>, role: Use) {
        if !node.is_named() || node.is_extra() {
            return;
        }
        if !self.statement(node) && !self.definition(node) && !self.pattern(node) {
            self.expression(node, role);
        }
    }

    fn statement(&mut self, node: Node<'a>) -> bool {
        let asynchronous = if has(node, "async") { "async" } else { "" };
        match node.kind() {
            "if_statement" => {
                self.item("if", node, "");
                let mut cursor = node.walk();
                // To `ast` an `elif` is an `if` that lasts as long as the one around it.
                let clauses = node.children(&mut cursor);
                for clause in clauses.filter(|clause| clause.kind() == "elif_clause") {
                    self.span("if", clause.start_byte(), code_end(node), "");
                }
            }
            "while_statement" => self.item("while", node, ""),
            "for_statement" => {
                self.item("for", node, asynchronous);
                self.targets("for-target", node, Use::Store);
                return true;
            }
            "with_statement" => self.item("with", node, asynchronous),
            "with_item" => {
                self.targets("with-target", node, Use::Store);
                return true;
            }
            "try_statement" => self.item("try", node, ""),
            "except_clause" => self.item("except", node, self.field_text(node, "name")),
            "match_statement" => self.item("match", node, ""),
            "expression_statement" => self.item("expression", node, ""),
            "assignment" => {
                self.item("assignment", node, "");
                self.targets("assignment-target", node, Use::Store);
                return true;
            }
            "augmented_assignment" => {
                self.item("augmented", node, self.field_text(node, "operator"));
                self.targets("augmented-target", node, Use::Store);
                return true;
            }
            "annotated_assignment" => {
                let simple = node
                    .child_by_field_name("target")
                    .is_some_and(|target| target.kind() == "identifier");
                self.item("annotated", node, if simple { "simple" } else { "" });
                self.targets("annotated-target", node, Use::Store);
                return true;
            }
            "delete_statement" => {
                self.item("delete", node, "");
                self.targets("delete-target", node, Use::Delete);
                return true;
            }
            "return_statement" => self.item("return", node, ""),
            "raise_statement" => self.item("raise", node, ""),
            "assert_statement" => self.item("assert", node, ""),
            "pass_statement" => self.item("pass", node, ""),
            "break_statement" => self.item("break", node, ""),
            "continue_statement" => self.item("continue", node, ""),
            kind @ ("global_statement" | "nonlocal_statement") => {
                let mut cursor = node.walk();
                let names = node.children_by_field_name("name", &mut cursor);
                let names: Vec<_> = names.map(|name| self.text(name)).collect();
                let kind = if kind == "global_statement" {
                    "global"
                } else {
                    "nonlocal"
                };
                self.item(kind, node, names.join(","));
                return true;
            }
            "import_statement" => {
                self.item("import", node, "");
                self.aliases(node);
                return true;
            }
            "import_from_statement" => {
                let module = node.child_by_field_name("module");
                let module = module.map_or(String::new(), |module| self.dotted(module));
                self.item("import-from", node, module);
                self.aliases(node);
                return true;
            }
            "type_alias_statement" => {
                self.item("type-alias", node, "");
                self.fields(node, "name", Use::Store);
                self.fields(node, "type_parameters", Use::Load);
                self.fields(node, "value", Use::Load);
                return true;
            }
            "module" | "block" | "elif_clause" | "else_clause" | "finally_clause" => {}
            _ => return false,
        }
        // A name that is not an expression, as `except E as name` has, is in its statement's item.
        let name = node.child_by_field_name("name");
        let mut cursor = node.walk();
        let children = node.children(&mut cursor);
        self.todo.extend(
            children
                .filter(|child| Some(*child) != name)
                .map(|child| (child, Use::Load)),
        );
        true
    }

    fn aliases(&mut self, node: Node<'a>) {
        let mut cursor = node.walk();
        let names: Vec<_> = node.named_children(&mut cursor).collect();
        for name in names {
            match name.kind() {
                "wildcard_import" => self.item("alias", name, "*"),
                "aliased_import" => {
                    let whole = name.child_by_field_name("name");
                    let whole = whole.map_or(String::new(), |whole| self.dotted(whole));
                    let alias = self.field_text(name, "alias");
                    self.item("alias", name, format!("{whole}={alias}"));
                }
                "dotted_name" if Some(name) != node.child_by_field_name("module") => {
                    self.item("alias", name, self.dotted(name));
                }
                _ => {}
            }
        }
    }

    /// A dotted or relative name without the blanks and comments that may stand between its parts.
    fn dotted(&self, node: Node<'a>) -> String {
        let mut cursor = node.walk();
        let parts = node.children(&mut cursor).filter(|part| !part.is_extra());
        parts
            .map(|part| match part.kind() {
                "dotted_name" => self.dotted(part),
                _ => self.text(part).to_owned(),
            })
            .collect()
    }

    /// Definitions, parameters, type parameters.
    fn definition(&mut self, node: Node<'a>) -> bool {
        let name = self.field_text(node, "name");
        match node.kind() {
            "function_definition" => {
                let kind = if has(node, "async") {
                    "async-function"
                } else {
                    "function"
                };
                self.item(kind, node, name);
            }
            "class_definition" => self.item("class", node, name),
            "decorated_definition" => {}
            "decorator" => {
                if let Some(value) = node.child_by_field_name("value") {
                    self.item("decorator", bare(value), "");
                }
            }
            "parameters" | "lambda_parameters" => self.parameters(node),
            "parameter" | "star_parameter" | "double_star_parameter" => {
                if let Some(default) = node.child_by_field_name("default") {
                    self.item("default", bare(default), "");
                }
            }
            "positional_separator" => {}
            "type_parameters" => {}
            "type_variable" => self.item("type-variable", node, name),
            "type_variable_tuple" => self.item("type-variable-tuple", node, name),
            "parameter_specification" => self.item("parameter-specification", node, name),
            _ => return false,
        }
        let name = node.child_by_field_name("name");
        let mut cursor = node.walk();
        let children = node.children(&mut cursor);
        self.todo.extend(
            children
                .filter(|child| Some(*child) != name)
                .map(|child| (child, Use::Load)),
        );
        true
    }

    fn parameters(&mut self, node: Node<'a>) {
        let mut cursor = node.walk();
        let all: Vec<_> = node.named_children(&mut cursor).collect();
        let separator = all
            .iter()
            .position(|node| node.kind() == "positional_separator");
        let star = all.iter().position(|node| node.kind() == "star_parameter");
        for (n, parameter) in all.iter().enumerate() {
            let Some(name) = parameter.child_by_field_name("name") else {
                continue;
            };
            let kind = match parameter.kind() {
                "star_parameter" => "parameter-star",
                "double_star_parameter" => "parameter-double-star",
                _ if separator.is_some_and(|separator| n < separator) => "parameter-positional",
                _ if star.is_some_and(|star| n > star) => "parameter-keyword",
                _ => "parameter",
            };
            let annotation = parameter.child_by_field_name("annotation");
            let end = annotation.map_or(name.end_byte(), code_end);
            self.span(kind, name.start_byte(), end, self.text(name));
        }
    }

    fn pattern(&mut self, node: Node<'a>) -> bool {
        match node.kind() {
            "case_clause" | "group_pattern" => self.children(node, Use::Load),
            "capture_pattern" => self.item("capture", node, self.text(node)),
            "wildcard_pattern" => self.item("capture", node, ""),
            "value_pattern" => {
                self.item("value", node, "");
                self.children(node, Use::Load);
            }
            "literal_pattern" => match node.named_child(0).map(|child| child.kind()) {
                Some("true" | "false" | "none") => self.item("singleton", node, ""),
                _ => {
                    self.item("value", node, "");
                    self.children(node, Use::Load);
                }
            },
            "or_pattern" => {
                self.item("or", node, "");
                self.children(node, Use::Load);
            }
            "as_pattern" => {
                self.item("as", node, self.field_text(node, "alias"));
                self.fields(node, "pattern", Use::Load);
            }
            "sequence_pattern" => {
                self.item("sequence", node, "");
                self.children(node, Use::Load);
            }
            "star_pattern" => self.item("star", node, self.field_text(node, "name")),
            "mapping_pattern" => {
                let mut cursor = node.walk();
                let mut parts = node.named_children(&mut cursor);
                let rest = parts.find(|part| part.kind() == "double_star_pattern");
                let rest = rest.map_or(String::new(), |rest| self.field_text(rest, "name"));
                self.item("mapping", node, rest);
                self.children(node, Use::Load);
            }
            "double_star_pattern" => {}
            "pair_pattern" => {
                // A key is an expression to `ast`, not a pattern.
                if let Some(key) = node.child_by_field_name("key") {
                    self.children(key, Use::Load);
                }
                self.fields(node, "value", Use::Load);
            }
            "class_pattern" => {
                let mut cursor = node.walk();
                let parts = node.named_children(&mut cursor);
                let keywords = parts.filter(|part| part.kind() == "keyword_pattern");
                let keywords: Vec<_> = keywords.map(|part| self.field_text(part, "name")).collect();
                self.item("class-pattern", node, keywords.join(","));
                self.children(node, Use::Load);
            }
            "keyword_pattern" => self.fields(node, "value", Use::Load),
            _ => return false,
        }
        true
    }

    fn expression(&mut self, node: Node<'a>, role: Use) {
        match node.kind() {
            "identifier" => return self.item(role.name(), node, self.text(node)),
            "parenthesized_expression" => return self.pass_on(node, role),
            "tuple" => {
                let kind = if has(node, "slice") {
                    "slices"
                } else {
                    "tuple"
                };
                self.item(kind, node, role.name());
                return self.pass_on(node, role);
            }
            "list" => {
                self.item("list", node, role.name());
                return self.pass_on(node, role);
            }
            "starred" => {
                self.item("starred", node, role.name());
                return self.pass_on(node, role);
            }
            "attribute" => {
                let name = self.field_text(node, "attribute");
                self.item("attribute", node, format!("{}:{name}", role.name()));
                return self.fields(node, "object", Use::Load);
            }
            "subscript" => {
                self.item("subscript", node, role.name());
                // To `ast` the index of `a[*b]` is a tuple.
                let index = node.child_by_field_name("index");
                if let Some(index) = index.filter(|index| index.kind() == "starred") {
                    self.item("tuple", index, "load");
                }
            }
            "boolean_operation" => return self.boolean(node),
            "string" | "concatenated_string" => return self.string(node),
            "named_expression" => {
                self.item("named", node, "");
                return self.targets("named-target", node, Use::Store);
            }
            "for_clause" => {
                if let Some(target) = node.child_by_field_name("target") {
                    let detail = if has(node, "async") { "async" } else { "" };
                    self.item("comprehension-target", bare(target), detail);
                }
                return self.children(node, Use::Store);
            }
            "keyword_argument" => {
                self.item("keyword", node, self.field_text(node, "name"));
                return self.fields(node, "value", Use::Load);
            }
            "double_starred" => {
                if node
                    .parent()
                    .is_some_and(|parent| parent.kind() == "argument_list")
                {
                    self.item("keyword", node, "");
                }
            }
            "binary_operation" => {
                let mut cursor = node.walk();
                let operator = node.children(&mut cursor).find(|child| !child.is_named());
                self.item(
                    "binary",
                    node,
                    operator.map_or("", |child| self.text(child)),
                );
            }
            "interpolation" => self.item("interpolation", node, ""),
            kind => {
                if let Some(kind) = PLAIN.iter().find(|(name, _)| *name == kind) {
                    self.item(kind.1, node, "");
                }
            }
        }
        self.children(node, Use::Load);
    }

    /// The children mean what the node around them does.
    fn pass_on(&mut self, node: Node<'a>, role: Use) {
        let mut cursor = node.walk();
        self.todo
            .extend(node.children(&mut cursor).map(|child| (child, role)));
    }

    /// To `ast` a row of one operator is one operation; so is what stands left of it without brackets.
    fn boolean(&mut self, node: Node<'a>) {
        let operator = self.field_text(node, "operator");
        self.item("boolean", node, &*operator);
        let mut row = node;
        loop {
            self.fields(row, "right", Use::Load);
            let Some(left) = row.child_by_field_name("left") else {
                return;
            };
            if left.kind() != "boolean_operation" || self.field_text(left, "operator") != operator {
                return self.todo.push((left, Use::Load));
            }
            row = left;
        }
    }

    fn string(&mut self, node: Node<'a>) {
        let mut cursor = node.walk();
        let mut strings = vec![node];
        if node.kind() == "concatenated_string" {
            strings = node.named_children(&mut cursor).collect();
            strings.retain(|string| string.kind() == "string");
        }
        let formatted = strings.iter().any(|string| {
            let start = string.child(0).map_or("", |start| self.text(start));
            start.contains(['f', 'F'])
        });
        self.item(if formatted { "f-string" } else { "string" }, node, "");
        for string in strings {
            self.children(string, Use::Load);
        }
    }
}

/// Kinds that need nothing but a name here.
const PLAIN: &[(&str, &str)] = &[
    ("integer", "number"),
    ("float", "number"),
    ("imaginary", "number"),
    ("true", "constant"),
    ("false", "constant"),
    ("none", "constant"),
    ("ellipsis", "constant"),
    ("slice", "slice"),
    ("call", "call"),
    ("unary_operation", "unary"),
    ("not_operation", "unary"),
    ("comparison", "comparison"),
    ("conditional_expression", "conditional"),
    ("lambda", "lambda"),
    ("await", "await"),
    ("yield", "yield"),
    ("yield_from", "yield-from"),
    ("set", "set"),
    ("dictionary", "dictionary"),
    ("list_comprehension", "list-comprehension"),
    ("set_comprehension", "set-comprehension"),
    ("dictionary_comprehension", "dictionary-comprehension"),
    ("generator_expression", "generator"),
    ("ERROR", "error"),
];

fn has(node: Node, kind: &str) -> bool {
    let mut cursor = node.walk();
    node.children(&mut cursor).any(|child| child.kind() == kind)
}

/// The expression inside any brackets that mean nothing.
fn bare(mut node: Node) -> Node {
    while node.kind() == "parenthesized_expression" {
        let mut cursor = node.walk();
        let inner = node
            .named_children(&mut cursor)
            .find(|child| !child.is_extra());
        let Some(inner) = inner else { break };
        node = inner;
    }
    node
}

/// Where the last token of code ends.
fn code_end(mut node: Node) -> usize {
    loop {
        let mut cursor = node.walk();
        let last = node
            .children(&mut cursor)
            .filter(|child| !child.is_extra() && child.start_byte() < child.end_byte())
            .last();
        match last {
            Some(last) => node = last,
            None => return node.end_byte(),
        }
    }
}

/// Where the names of definitions start, in bytes of the file: of variables, parameters, imports.
pub fn definitions(tree: &Tree, source: &str) -> Vec<usize> {
    let binds = |item: &Item| {
        matches!(item.kind, "store" | "alias" | "capture") || item.kind.starts_with("parameter")
    };
    let items = items(tree, source, 0);
    items
        .iter()
        .filter(|item| binds(item))
        .map(|item| item.start)
        .collect()
}
