//! Node kinds and fields of the grammar, as enums to match on.
//!
//! tree-sitter numbers both when the parser is generated; the tables here are filled from the
//! language once and turn a number into an enum by indexing.

use std::sync::OnceLock;

use tree_sitter::{Language, Node, TreeCursor};

/// The grammar.
pub fn language() -> Language {
    tree_sitter_cella::LANGUAGE.into()
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $name {
            /// Any that the analysis doesn't ask for.
            Other,
            $(
                #[doc = concat!("`", $text, "`")]
                $variant,
            )*
        }

        impl $name {
            /// All that have a name.
            pub const NAMED: &'static [(&'static str, Self)] = &[$(($text, Self::$variant),)*];
        }
    };
}

named! {
    /// A visible, named node's kind.
    Kind {
        Error = "ERROR",
        Module = "module",
        Block = "block",
        FunctionDefinition = "function_definition",
        ClassDefinition = "class_definition",
        DecoratedDefinition = "decorated_definition",
        Decorator = "decorator",
        IfStatement = "if_statement",
        ElifClause = "elif_clause",
        ElseClause = "else_clause",
        WhileStatement = "while_statement",
        ForStatement = "for_statement",
        TryStatement = "try_statement",
        ExceptClause = "except_clause",
        FinallyClause = "finally_clause",
        WithStatement = "with_statement",
        WithItem = "with_item",
        MatchStatement = "match_statement",
        CaseClause = "case_clause",
        ExpressionStatement = "expression_statement",
        Assignment = "assignment",
        AugmentedAssignment = "augmented_assignment",
        AnnotatedAssignment = "annotated_assignment",
        ReturnStatement = "return_statement",
        RaiseStatement = "raise_statement",
        AssertStatement = "assert_statement",
        DeleteStatement = "delete_statement",
        GlobalStatement = "global_statement",
        NonlocalStatement = "nonlocal_statement",
        ImportStatement = "import_statement",
        ImportFromStatement = "import_from_statement",
        AliasedImport = "aliased_import",
        RelativeImport = "relative_import",
        WildcardImport = "wildcard_import",
        DottedName = "dotted_name",
        TypeAliasStatement = "type_alias_statement",
        PassStatement = "pass_statement",
        BreakStatement = "break_statement",
        ContinueStatement = "continue_statement",
        Parameters = "parameters",
        LambdaParameters = "lambda_parameters",
        Parameter = "parameter",
        StarParameter = "star_parameter",
        DoubleStarParameter = "double_star_parameter",
        PositionalSeparator = "positional_separator",
        TypeParameters = "type_parameters",
        TypeVariable = "type_variable",
        TypeVariableTuple = "type_variable_tuple",
        ParameterSpecification = "parameter_specification",
        Identifier = "identifier",
        Integer = "integer",
        Float = "float",
        Imaginary = "imaginary",
        True = "true",
        False = "false",
        None = "none",
        Ellipsis = "ellipsis",
        String = "string",
        StringStart = "string_start",
        StringContent = "string_content",
        StringEnd = "string_end",
        ConcatenatedString = "concatenated_string",
        Interpolation = "interpolation",
        FormatSpecifier = "format_specifier",
        Attribute = "attribute",
        Subscript = "subscript",
        Slice = "slice",
        Call = "call",
        ArgumentList = "argument_list",
        KeywordArgument = "keyword_argument",
        UnaryOperation = "unary_operation",
        NotOperation = "not_operation",
        BinaryOperation = "binary_operation",
        BooleanOperation = "boolean_operation",
        Comparison = "comparison",
        ConditionalExpression = "conditional_expression",
        Lambda = "lambda",
        NamedExpression = "named_expression",
        Await = "await",
        Yield = "yield",
        YieldFrom = "yield_from",
        Starred = "starred",
        DoubleStarred = "double_starred",
        ParenthesizedExpression = "parenthesized_expression",
        Tuple = "tuple",
        List = "list",
        Set = "set",
        Dictionary = "dictionary",
        Pair = "pair",
        ListComprehension = "list_comprehension",
        SetComprehension = "set_comprehension",
        DictionaryComprehension = "dictionary_comprehension",
        GeneratorExpression = "generator_expression",
        ForClause = "for_clause",
        IfClause = "if_clause",
        CapturePattern = "capture_pattern",
        WildcardPattern = "wildcard_pattern",
        ValuePattern = "value_pattern",
        LiteralPattern = "literal_pattern",
        GroupPattern = "group_pattern",
        OrPattern = "or_pattern",
        AsPattern = "as_pattern",
        SequencePattern = "sequence_pattern",
        StarPattern = "star_pattern",
        MappingPattern = "mapping_pattern",
        PairPattern = "pair_pattern",
        DoubleStarPattern = "double_star_pattern",
        ClassPattern = "class_pattern",
        KeywordPattern = "keyword_pattern",
        Comment = "comment",
        LineContinuation = "line_continuation",
    }
}

named! {
    /// A child's field.
    Field {
        Alias = "alias",
        Alternative = "alternative",
        Annotation = "annotation",
        Arguments = "arguments",
        Attribute = "attribute",
        Body = "body",
        Bound = "bound",
        Cause = "cause",
        Class = "class",
        Condition = "condition",
        Default = "default",
        Definition = "definition",
        Element = "element",
        Exception = "exception",
        Function = "function",
        Guard = "guard",
        Index = "index",
        Iterable = "iterable",
        Key = "key",
        Left = "left",
        Message = "message",
        Module = "module",
        Name = "name",
        Object = "object",
        Operand = "operand",
        Operator = "operator",
        Parameters = "parameters",
        Pattern = "pattern",
        ReturnType = "return_type",
        Right = "right",
        Star = "star",
        Start = "start",
        Step = "step",
        Stop = "stop",
        Subject = "subject",
        Target = "target",
        Type = "type",
        TypeParameters = "type_parameters",
        Value = "value",
    }
}

struct Tables {
    kinds: Vec<Kind>,
    fields: Vec<Field>,
    /// By `Field as usize`; 0 where the grammar has no such field.
    field_ids: Vec<u16>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let language = language();
        let numbers = 0..u16::try_from(language.node_kind_count()).unwrap_or(u16::MAX);
        let kind_of = |id: u16| {
            let name = language
                .node_kind_for_id(id)
                .filter(|_| language.node_kind_is_named(id));
            Kind::NAMED
                .iter()
                .find(|(text, _)| Some(*text) == name)
                .map_or(Kind::Other, |(_, kind)| *kind)
        };
        let mut fields = vec![Field::Other; language.field_count() + 1];
        let mut field_ids = vec![0; Field::NAMED.len() + 1];
        for (text, field) in Field::NAMED {
            let Some(id) = language.field_id_for_name(text) else {
                continue;
            };
            if let Some(slot) = fields.get_mut(usize::from(id.get())) {
                *slot = *field;
            }
            if let Some(slot) = field_ids.get_mut(*field as usize) {
                *slot = id.get();
            }
        }
        Tables {
            kinds: numbers.map(kind_of).collect(),
            fields,
            field_ids,
        }
    })
}

impl Kind {
    /// The kind of `node`; `Other` for anonymous nodes. O(1).
    pub fn of(node: &Node<'_>) -> Self {
        if node.is_error() {
            return Self::Error;
        }
        tables()
            .kinds
            .get(usize::from(node.kind_id()))
            .copied()
            .unwrap_or(Self::Other)
    }

    /// Whether it has a colon and a block behind it: a compound statement or a clause of one.
    pub fn has_suite(self) -> bool {
        matches!(
            self,
            Self::FunctionDefinition
                | Self::ClassDefinition
                | Self::IfStatement
                | Self::ElifClause
                | Self::ElseClause
                | Self::WhileStatement
                | Self::ForStatement
                | Self::TryStatement
                | Self::ExceptClause
                | Self::FinallyClause
                | Self::WithStatement
                | Self::MatchStatement
                | Self::CaseClause
        )
    }

    /// Whether it is one of the four comprehensions.
    pub fn is_comprehension(self) -> bool {
        matches!(
            self,
            Self::ListComprehension
                | Self::SetComprehension
                | Self::DictionaryComprehension
                | Self::GeneratorExpression
        )
    }
}

/// Moves behind the cursor's node, out of what ends with it; `false` at the end of the tree.
pub fn step_over(cursor: &mut TreeCursor<'_>) -> bool {
    while !cursor.goto_next_sibling() {
        if !cursor.goto_parent() {
            return false;
        }
    }
    true
}

impl Field {
    /// The field of the cursor's node in its parent. O(1).
    pub fn of(cursor: &TreeCursor<'_>) -> Self {
        cursor
            .field_id()
            .and_then(|id| tables().fields.get(usize::from(id.get())).copied())
            .unwrap_or(Self::Other)
    }

    /// The first child of `node` in this field.
    pub fn child<'tree>(self, node: &Node<'tree>) -> Option<Node<'tree>> {
        node.child_by_field_id(
            tables()
                .field_ids
                .get(self as usize)
                .copied()
                .filter(|id| *id != 0)?,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_field_is_the_grammars() {
        let language = language();
        for (text, _) in Kind::NAMED.iter().filter(|(text, _)| *text != "ERROR") {
            assert_ne!(language.id_for_node_kind(text, true), 0, "node kind {text}");
        }
        for (text, _) in Field::NAMED {
            assert!(language.field_id_for_name(text).is_some(), "field {text}");
        }
    }
}
