//! Which constants 3.10 and 3.11 keep, and with them which code objects of dead code.
//!
//! Those versions take constants back from the last one on, until there is one that something loads
//! (bpo-45056). So a dead function stays if code behind it loads a constant for the first time. From 3.12 on
//! nothing stays that nothing loads (gh-99254).

use rustc_hash::FxHashMap;
use tree_sitter::Node;

use crate::scope::rules::Rules;
use crate::syntax::{Field, Kind};

/// The constants of one code object, numbered as the compiler meets them.
#[derive(Default)]
pub(super) struct Constants {
    numbers: FxHashMap<String, usize>,
    /// How many there are up to the last one that live code loads.
    kept: usize,
}

impl Constants {
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// How many are kept: the first of all always is.
    pub fn kept(&self) -> usize {
        self.kept.max(1)
    }

    pub fn load(&mut self, constant: impl Into<String>, live: bool) {
        let next = self.numbers.len();
        let number = *self.numbers.entry(constant.into()).or_insert(next);
        if live {
            self.kept = self.kept.max(number + 1);
        }
    }

    /// What the compiler loads for `node` itself, beside what stands in it.
    pub fn load_for(&mut self, node: Node<'_>, source: &str, live: bool) {
        let text = |node: Node<'_>| source.get(node.byte_range()).unwrap_or_default();
        let lacks = |field: Field| Field::child(field, &node).is_none();
        match Kind::of(&node) {
            Kind::FunctionDefinition | Kind::Lambda => {
                // The code object, and the function's qualified name.
                self.load(format!("code {}", node.start_byte()), live);
                self.load(format!("name {}", node.start_byte()), live);
            }
            Kind::ClassDefinition => {
                self.load(format!("code {}", node.start_byte()), live);
                let name = Field::Name.child(&node).map_or("", text);
                self.load(format!("'{name}'"), live);
            }
            kind if kind.is_comprehension() => {
                self.load(format!("code {}", node.start_byte()), live);
                self.load(format!("name {kind:?}"), live);
            }
            Kind::ReturnStatement | Kind::Yield if node.named_child_count() == 0 => {
                self.load("None", live);
            }
            Kind::Await | Kind::YieldFrom | Kind::WithStatement => self.load("None", live),
            Kind::ExceptClause if !lacks(Field::Name) => self.load("None", live),
            Kind::Slice if lacks(Field::Start) || lacks(Field::Stop) => self.load("None", live),
            Kind::ImportStatement => {
                self.load("0", live);
                self.load("None", live);
            }
            Kind::ImportFromStatement => {
                self.load("0", live);
                self.load(text(node), live);
            }
            Kind::ArgumentList => {
                let mut cursor = node.walk();
                let keywords = node.named_children(&mut cursor);
                let names = keywords
                    .filter(|part| Kind::of(part) == Kind::KeywordArgument)
                    .filter_map(|keyword| Field::Name.child(&keyword));
                let names: Vec<_> = names.map(text).collect();
                if !names.is_empty() {
                    self.load(format!("{names:?}"), live);
                }
            }
            Kind::StringContent => self.load(text(node), live),
            _ => {}
        }
    }
}

/// How many nodes a constant may have: the compiler doesn't compute long ones either.
const LONGEST: usize = 64;

/// Whether the compiler makes one constant of an expression.
pub(super) fn is_constant(node: Node<'_>, source: &str) -> bool {
    let mut todo = vec![node];
    let mut cursor = node.walk();
    for _ in 0..LONGEST {
        let Some(node) = todo.pop() else {
            return true;
        };
        match Kind::of(&node) {
            Kind::Integer
            | Kind::Float
            | Kind::Imaginary
            | Kind::True
            | Kind::False
            | Kind::None
            | Kind::Ellipsis
            | Kind::StringStart
            | Kind::StringContent
            | Kind::StringEnd => {}
            Kind::Identifier if source.get(node.byte_range()) == Some("__debug__") => {}
            Kind::BinaryOperation if is_by_zero(node, source) => return false,
            Kind::UnaryOperation
            | Kind::BinaryOperation
            | Kind::ParenthesizedExpression
            | Kind::Tuple
            | Kind::String
            | Kind::ConcatenatedString => todo.extend(node.named_children(&mut cursor)),
            _ => return false,
        }
    }
    false
}

/// Whether it looks like a division by zero, which is left to be raised.
fn is_by_zero(operation: Node<'_>, source: &str) -> bool {
    let right = Field::Right.child(&operation);
    right.is_some_and(|right| source.get(right.byte_range()) == Some("0"))
}

/// Whether an expression holds, where it is a constant to the compiler. It looks into `and` and `or` where it
/// follows ways.
pub(super) fn truth(node: Node<'_>, source: &str, rules: Rules) -> Option<bool> {
    let (node, turned) = bare(node);
    let holds = match Kind::of(&node) {
        Kind::BooleanOperation if rules.follows_ways() => either(node, source, rules)?,
        _ => constant_truth(node, source, rules)?,
    };
    Some(holds != turned)
}

/// An expression without brackets and `not`s, and whether those turn it.
fn bare(mut node: Node<'_>) -> (Node<'_>, bool) {
    let mut turned = false;
    loop {
        let inner = match Kind::of(&node) {
            Kind::NotOperation => Field::Operand.child(&node),
            Kind::ParenthesizedExpression => node.named_child(0),
            _ => None,
        };
        turned ^= Kind::of(&node) == Kind::NotOperation;
        match inner {
            Some(inner) => node = inner,
            None => return (node, turned),
        }
    }
}

fn constant_truth(node: Node<'_>, source: &str, rules: Rules) -> Option<bool> {
    let text = source.get(node.byte_range()).unwrap_or_default();
    let is_filled = |string: Node<'_>| string.named_child_count() > 2;
    Some(match Kind::of(&node) {
        Kind::True | Kind::Ellipsis => true,
        Kind::False | Kind::None => false,
        Kind::Identifier => (text == "__debug__").then_some(true)?,
        // Of digits, in whatever base, the first that isn't 0.
        Kind::Integer => {
            let digits = text.to_ascii_lowercase();
            let digits = digits.trim_start_matches(['0', 'x', 'o', 'b', '_']);
            !digits.is_empty()
        }
        Kind::String if is_constant(node, source) => is_filled(node),
        Kind::ConcatenatedString if is_constant(node, source) => {
            let mut cursor = node.walk();
            node.named_children(&mut cursor).any(is_filled)
        }
        Kind::Tuple if is_constant(node, source) && rules.folds_tuples_early() => {
            node.named_child_count() > 0
        }
        _ => return None,
    })
}

/// `and` doesn't hold where one of its operands doesn't; `or` does where one does.
fn either(node: Node<'_>, source: &str, rules: Rules) -> Option<bool> {
    let decides = Field::Operator.child(&node)?.kind() == "or";
    let mut todo = vec![node];
    let mut all = true;
    while let Some(part) = todo.pop() {
        let same = Kind::of(&part) == Kind::BooleanOperation
            && Field::Operator
                .child(&part)
                .is_some_and(|operator| (operator.kind() == "or") == decides);
        if same {
            todo.extend(
                [Field::Left, Field::Right]
                    .into_iter()
                    .filter_map(|side| side.child(&part)),
            );
            continue;
        }
        let (part, turned) = bare(part);
        match constant_truth(part, source, rules) {
            Some(holds) if (holds != turned) == decides => return Some(decides),
            Some(_) => {}
            None => all = false,
        }
    }
    all.then_some(!decides)
}
