//! What is evaluated directly in a scope: its facts, with the rules of a version applied.

use std::slice;
use std::sync::Arc;

use super::facts::{Body, Item, Mention, Part, Piece, Region, RegionKind, Summary, Traits};
use super::filter::Filter;
use super::locate::touch;
use super::place::Content;
use super::rules::{Annotations, Standing};
use super::{Name, Scope};
use crate::seq::{self, Placed, Seq};
use crate::stop;
use crate::text::{Offset, Range, Rel};

/// One thing that is evaluated directly in a scope.
pub(super) enum Step<'a> {
    /// An occurrence of a name; where what it counts from starts.
    Mention(Offset, &'a Mention, Standing),
    /// A nested scope; where what it counts from starts. Names in it count or not as they do outside.
    Scope(Offset, &'a Arc<Region>, Standing, Branch),
    /// A variable's annotation, a part of the scope's annotation scope; whether in a branch.
    Annotation(Offset, &'a Arc<Region>, Standing, bool),
}

/// Whether what is walked runs whenever its scope does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Branch {
    Always,
    Sometimes,
    Never,
}

impl Branch {
    fn of(part: Part) -> Self {
        match part {
            Part::Whole => Self::Always,
            Part::Branch | Part::Try | Part::TryElse => Self::Sometimes,
            Part::Never => Self::Never,
        }
    }
}

/// What a walk looks for: it may leave out what has none of it.
#[derive(Clone, Copy)]
pub(super) enum Want<'a> {
    /// Everything.
    All,
    /// What mentions one of these names, as written.
    Names(&'a [Name]),
    /// What binds or declares one of these names.
    Binds(&'a [Name]),
    /// Annotations of variables.
    Annotations,
    /// What declares one of these names global, at any depth; all names if there are none.
    Globals(&'a [Name]),
    /// What touches this range.
    Touching(Range),
}

impl<'a> Want<'a> {
    /// The names that it is about; none for all.
    pub fn names(self) -> &'a [Name] {
        match self {
            Self::Names(names) | Self::Binds(names) | Self::Globals(names) => names,
            Self::All | Self::Annotations | Self::Touching(_) => &[],
        }
    }

    fn in_summary(self, summary: &Summary) -> bool {
        match self {
            Self::All | Self::Touching(_) => true,
            Self::Names(names) => names.iter().any(|name| summary.mentions.may_hold(*name)),
            Self::Binds(names) => names.iter().any(|name| summary.binds.may_hold(*name)),
            Self::Annotations => summary.traits.has(Traits::ANNOTATION),
            Self::Globals([]) => summary.globals != Filter::default(),
            Self::Globals(names) => names.iter().any(|name| summary.globals.may_hold(*name)),
        }
    }

    fn in_piece(self, piece: &Piece) -> bool {
        match self {
            Self::All | Self::Binds(_) | Self::Globals(_) | Self::Touching(_) => true,
            Self::Names(names) => names.iter().any(|name| piece.may_mention(*name)),
            Self::Annotations => piece.traits.has(Traits::ANNOTATION),
        }
    }

    fn in_region(self, start: Offset, region: &Region) -> bool {
        match self {
            Self::Touching(range) => touch(Range::new(start, start + region.len), range),
            Self::Annotations => region.kind == RegionKind::Variable,
            Self::Binds(names) => names
                .iter()
                .any(|name| region.summary.mentions.may_hold(*name)),
            _ => self.in_summary(&region.summary),
        }
    }
}

enum Frame<'a> {
    Items {
        origin: Offset,
        items: slice::Iter<'a, Item>,
        standing: Standing,
        branch: Branch,
    },
    Pieces {
        origin: Offset,
        pieces: Box<dyn Iterator<Item = Placed<'a, Arc<Piece>>> + 'a>,
        branch: Branch,
    },
}

/// Hands on what is evaluated directly in `scope`, in the order in which CPython's symbol table visits
/// it. O(what is wanted), beside a look at each chunk of statements.
pub(super) fn walk<'a>(scope: &'a Scope, want: Want<'a>, visit: &mut dyn FnMut(Step<'a>)) {
    match scope.content() {
        Content::Module => {
            for block in select(&scope.scopes().blocks, Offset(0), want) {
                let origin = Offset(block.start.0);
                let walker = Walker { scope, want };
                walker.run(walker.body(origin, &block.item.body, Branch::Always), visit);
            }
        }
        Content::Region(region) => {
            let standing = scope.standing();
            let frame = Frame::Items {
                origin: scope.origin(),
                items: region.items.iter(),
                standing,
                branch: Branch::Always,
            };
            Walker { scope, want }.run(frame, visit);
        }
        Content::Annotations => {
            let Some(owner) = scope.parent_ref() else {
                return;
            };
            walk(owner, Want::Annotations, &mut |step| {
                if let Step::Annotation(origin, region, standing, _) = step {
                    let origin = origin + region.at;
                    let frame = Frame::Items {
                        origin,
                        items: region.items.iter(),
                        standing,
                        branch: Branch::Always,
                    };
                    Walker { scope, want }.run(frame, visit);
                }
            });
        }
    }
}

/// The items of a sequence that starts at `origin` that may have what is wanted.
fn select<'a, T: seq::Item<Summary = Summary>>(
    items: &'a Seq<T>,
    origin: Offset,
    want: Want<'a>,
) -> Box<dyn Iterator<Item = Placed<'a, T>> + 'a> {
    if let Want::Touching(range) = want {
        let first = items
            .find(range.start - origin)
            .map_or(0, |placed| placed.index);
        let end = range.end - origin;
        return Box::new(
            items
                .iter_from(first)
                .take_while(move |placed| placed.start <= end),
        );
    }
    Box::new(items.iter_where(move |summary| want.in_summary(summary)))
}

struct Walker<'a> {
    scope: &'a Scope,
    want: Want<'a>,
}

impl<'a> Walker<'a> {
    fn body(&self, origin: Offset, body: &'a Body, branch: Branch) -> Frame<'a> {
        let origin = origin + body.at;
        let pieces = select(&body.pieces, origin, self.want);
        Frame::Pieces {
            origin,
            pieces,
            branch: branch.max(Branch::of(body.part)),
        }
    }

    fn run(&self, first: Frame<'a>, visit: &mut dyn FnMut(Step<'a>)) {
        let else_first = self.scope.rules().visits_try_else_first();
        let mut frames = vec![first];
        while let Some(frame) = frames.last_mut() {
            if matches!(frame, Frame::Pieces { .. }) {
                stop::check();
            }
            let next = match frame {
                Frame::Pieces {
                    origin,
                    pieces,
                    branch,
                } => match pieces.next() {
                    Some(placed) if self.want.in_piece(placed.item) => Some(Frame::Items {
                        origin: *origin + Rel(placed.start.0),
                        items: placed.item.items.iter(),
                        standing: Standing::Evaluated,
                        branch: *branch,
                    }),
                    Some(_) => continue,
                    None => None,
                },
                Frame::Items {
                    origin,
                    items,
                    standing,
                    branch,
                } => match items.next() {
                    Some(Item::Mention(mention)) => {
                        visit(Step::Mention(*origin, mention, *standing));
                        continue;
                    }
                    Some(Item::Region(region)) => {
                        match self.region(*origin, region, *standing, *branch, visit) {
                            Some(frame) => Some(frame),
                            None => continue,
                        }
                    }
                    Some(Item::Body(body)) if body.part == Part::TryElse && else_first => continue,
                    Some(Item::Body(body)) => {
                        let (origin, branch) = (*origin, *branch);
                        let mut rest = items.as_slice().iter();
                        if body.part == Part::Try && else_first {
                            let other = rest.find_map(|item| match item {
                                Item::Body(body) if body.part == Part::TryElse => Some(body),
                                _ => None,
                            });
                            frames.extend(other.map(|body| self.body(origin, body, branch)));
                        }
                        Some(self.body(origin, body, branch))
                    }
                    None => None,
                },
            };
            match next {
                Some(frame) => frames.push(frame),
                None => drop(frames.pop()),
            }
        }
    }

    /// A region is a nested scope, or transparent: then what it holds is walked as the scope's own.
    fn region(
        &self,
        origin: Offset,
        region: &'a Arc<Region>,
        standing: Standing,
        branch: Branch,
        visit: &mut dyn FnMut(Step<'a>),
    ) -> Option<Frame<'a>> {
        if !self.want.in_region(origin + region.at, region) {
            return None;
        }
        let rules = self.scope.rules();
        let annotations = match region.kind {
            RegionKind::Scope(_) => Annotations::Scope(standing),
            RegionKind::Signature => rules.signature(),
            RegionKind::Variable => rules.variable_annotation(self.scope.kind()),
        };
        match annotations {
            Annotations::Transparent(standing) => Some(Frame::Items {
                origin: origin + region.at,
                items: region.items.iter(),
                standing,
                branch,
            }),
            Annotations::Scope(standing) if region.kind == RegionKind::Variable => {
                let in_branch = branch != Branch::Always;
                visit(Step::Annotation(origin, region, standing, in_branch));
                None
            }
            Annotations::Scope(standing) => {
                visit(Step::Scope(origin, region, standing, branch));
                None
            }
        }
    }
}
