//! Places in a program where a statement can be put: at the start of a line, before another statement.

use tree_sitter::{Tree, TreeCursor};

/// What the innermost definitions around a place are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// None: the module.
    Module,
    /// A function of the module.
    Function,
    /// A function of a class.
    Method,
    /// A function of a function.
    Nested,
    /// A class.
    Class,
}

/// Where a line can be put, and how far it is indented there.
#[derive(Clone, Debug)]
pub struct Place {
    pub around: Around,
    pub offset: usize,
    pub indent: String,
    /// The innermost definition around it, in bytes; nothing at the top level.
    #[allow(dead_code)] // Not all who use places ask.
    pub home: Option<(usize, usize)>,
}

/// A definition around the cursor.
struct Definition {
    depth: u32,
    is_function: bool,
    range: (usize, usize),
}

/// All places in a program without errors, read by our grammar, in the order of the text: before any
/// statement but a string, which may be a docstring, and the first of a block.
pub fn places(tree: &Tree, source: &str) -> Vec<Place> {
    let mut found = Vec::new();
    let mut cursor = tree.walk();
    let mut around: Vec<Definition> = Vec::new();
    let mut first = true;
    loop {
        let node = cursor.node();
        while around
            .last()
            .is_some_and(|definition| definition.depth >= cursor.depth())
        {
            around.pop();
        }
        let in_block = {
            let mut above = cursor.clone();
            above.goto_parent() && matches!(above.node().kind(), "block" | "module")
        };
        let is_string = node.kind() == "expression_statement"
            && node.child(0).is_some_and(|child| child.kind() == "string");
        if in_block && node.is_named() && !node.is_extra() && !first && !is_string {
            found.extend(place(&cursor, source, &around));
        }
        if matches!(node.kind(), "function_definition" | "class_definition") {
            around.push(Definition {
                depth: cursor.depth(),
                is_function: node.kind() == "function_definition",
                range: (node.start_byte(), node.end_byte()),
            });
        }
        if !node.is_extra() {
            first = matches!(node.kind(), "block" | "module");
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
}

fn place(cursor: &TreeCursor, source: &str, around: &[Definition]) -> Option<Place> {
    let start = cursor.node().start_byte();
    let offset = source[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = &source[offset..start];
    let functions: Vec<bool> = around.iter().map(|outer| outer.is_function).collect();
    let kind = match functions[..] {
        [] => Around::Module,
        [.., false] => Around::Class,
        [.., false, true] => Around::Method,
        [true] => Around::Function,
        [.., true] => Around::Nested,
    };
    indent.bytes().all(|byte| byte == b' ').then(|| Place {
        around: kind,
        offset,
        indent: indent.to_owned(),
        home: around.last().map(|inner| inner.range),
    })
}
