//! What is evaluated directly in a scope: its facts, with the rules of a version applied.

use std::ops::{ControlFlow, RangeInclusive};
use std::slice;
use std::sync::Arc;

use super::facts::{Body, Item, Mention, Part, Piece, Region, RegionKind, Traits};
use super::locate::touch;
use super::place::Content;
use super::rules::{Annotations, Standing};
use super::summary::{Key, Summary};
use super::{Name, Scope};
use crate::seq::{self, Placed, Seq};
use crate::stop;
use crate::text::{Offset, Range, Rel};

/// One thing that is evaluated directly in a scope.
pub(super) enum Step<'a> {
    /// An occurrence of a name; where what it counts from starts.
    Mention(Offset, &'a Mention, Standing),
    /// A nested scope; where what it counts from starts. Names in it count or not as they do outside.
    Scope(Offset, &'a Arc<Region>, Standing),
    /// A variable's annotation, a part of the scope's annotation scope; whether in a branch.
    Annotation(Offset, &'a Arc<Region>, Standing, bool),
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
    /// Scopes in which, at any depth, one of these names may be bound for a scope further out.
    Outside(&'a [Name]),
    /// Nested scopes in which, at any depth, one of these names is mentioned.
    Nested(&'a [Name]),
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
            Self::Names(names)
            | Self::Binds(names)
            | Self::Outside(names)
            | Self::Nested(names)
            | Self::Globals(names) => names,
            Self::All | Self::Annotations | Self::Touching(_) => &[],
        }
    }

    /// Whether it is about all names, or this one.
    pub fn is_of(self, name: Name) -> bool {
        let names = self.names();
        names.is_empty() || names.contains(&name)
    }

    /// Under which keys it is found.
    fn keys(self) -> Vec<RangeInclusive<Key>> {
        let key: fn(Option<u32>) -> Key = match self {
            Self::Names(_) | Self::Outside(_) | Self::Nested(_) => Key::Mentions,
            Self::Binds(_) => Key::Binds,
            Self::Globals([]) => return vec![Key::Globals(None)..=Key::Globals(Some(u32::MAX))],
            Self::Globals(_) => Key::Globals,
            Self::All | Self::Annotations | Self::Touching(_) => return Vec::new(),
        };
        let names = self.names().iter().map(|name| Some(name.number()));
        let any_name = std::iter::once(None);
        names
            .chain(any_name)
            .map(|name| key(name)..=key(name))
            .collect()
    }

    fn in_summary(self, summary: &Summary) -> bool {
        match self {
            Self::All | Self::Touching(_) => true,
            Self::Names(names) => summary.mentions.may_hold_any(names),
            Self::Binds(names) => summary.binds.may_hold_any(names),
            Self::Outside(names) => {
                summary.traits.has(Traits::BINDS_OUTSIDE) && summary.mentions.may_hold_any(names)
            }
            Self::Nested(names) => {
                summary.traits.has(Traits::NESTED) && summary.mentions.may_hold_any(names)
            }
            Self::Annotations => summary.traits.has(Traits::ANNOTATION),
            Self::Globals([]) => !summary.globals.is_empty(),
            Self::Globals(names) => summary.globals.may_hold_any(names),
        }
    }

    fn in_piece(self, piece: &Piece) -> bool {
        match self {
            Self::All | Self::Globals(_) | Self::Touching(_) => true,
            Self::Binds(names) => piece.may_bind(names),
            Self::Names(names) => piece.may_mention(names),
            Self::Outside(names) => {
                piece.traits.has(Traits::BINDS_OUTSIDE) && piece.may_mention(names)
            }
            Self::Nested(names) => piece.traits.has(Traits::NESTED) && piece.may_mention(names),
            Self::Annotations => piece.traits.has(Traits::ANNOTATION),
        }
    }

    fn in_region(self, start: Offset, region: &Region) -> bool {
        match self {
            Self::Touching(range) => touch(Range::new(start, start + region.len), range),
            Self::Annotations => region.kind == RegionKind::Variable,
            Self::Binds(names) => {
                region.lets_bindings_out() && region.summary.binds.may_hold_any(names)
            }
            Self::Nested(names) => region.summary.mentions.may_hold_any(names),
            _ => self.in_summary(&region.summary),
        }
    }
}

enum Frame<'a> {
    Items {
        origin: Offset,
        items: slice::Iter<'a, Item>,
        standing: Standing,
        in_branch: bool,
    },
    Pieces {
        origin: Offset,
        standing: Standing,
        pieces: Box<dyn Iterator<Item = Placed<'a, Arc<Piece>>> + 'a>,
        in_branch: bool,
    },
}

/// Hands on what is evaluated directly in `scope`, in the order in which CPython's symbol table visits
/// it. O(what is wanted × log n).
pub(super) fn walk<'a>(scope: &'a Scope, want: Want<'a>, visit: &mut dyn FnMut(Step<'a>)) {
    let _ = walk_until(scope, want, &mut |step| {
        visit(step);
        ControlFlow::Continue(())
    });
}

/// The same, up to where `visit` breaks it off.
pub(super) fn walk_until<'a>(
    scope: &'a Scope,
    want: Want<'a>,
    visit: &mut dyn FnMut(Step<'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let walker = Walker {
        scope,
        want,
        only_annotations: matches!(want, Want::Annotations),
    };
    let Content::Annotations = scope.content() else {
        return walker.scope(visit);
    };
    let Some(owner) = scope.parent_ref() else {
        return ControlFlow::Continue(());
    };
    let annotations = Walker {
        scope: owner,
        want,
        only_annotations: true,
    };
    annotations.scope(&mut |step| match step {
        Step::Annotation(origin, region, standing, _) => {
            let items = Frame::of(origin + region.at, &region.items, standing);
            walker.run(items, visit)
        }
        Step::Mention(..) | Step::Scope(..) => ControlFlow::Continue(()),
    })
}

struct Walker<'a> {
    scope: &'a Scope,
    want: Want<'a>,
    /// It hands on annotations of variables, those that have what is wanted.
    only_annotations: bool,
}

impl<'a> Frame<'a> {
    fn of(origin: Offset, items: &'a [Item], standing: Standing) -> Self {
        Self::Items {
            origin,
            items: items.iter(),
            standing,
            in_branch: false,
        }
    }
}

impl<'a> Walker<'a> {
    fn scope(&self, visit: &mut dyn FnMut(Step<'a>) -> ControlFlow<()>) -> ControlFlow<()> {
        let scope = self.scope;
        match scope.content() {
            Content::Region(region) => {
                let items = Frame::of(scope.origin(), &region.items, scope.standing());
                self.run(items, visit)
            }
            Content::Module => {
                for block in self.select(&scope.scopes().blocks, Offset(0)) {
                    let body = &block.item.body;
                    if self.wants(&body.summary) {
                        let origin = Offset(block.start.0);
                        let body = self.body(origin, body, Standing::Evaluated, false);
                        self.run(body, visit)?;
                    }
                }
                ControlFlow::Continue(())
            }
            Content::Annotations => ControlFlow::Continue(()),
        }
    }

    /// The items of a sequence that starts at `origin` that may have what is wanted.
    fn select<T: seq::Item<Summary = Traits, Key = Key>>(
        &self,
        items: &'a Seq<T>,
        origin: Offset,
    ) -> Box<dyn Iterator<Item = Placed<'a, T>> + 'a> {
        match self.want {
            Want::Touching(range) => {
                let first = items.find(range.start - origin);
                let first = first.map_or(0, |placed| placed.index);
                let end = range.end - origin;
                let from = items.iter_from(first);
                Box::new(from.take_while(move |placed| placed.start <= end))
            }
            Want::All | Want::Annotations if self.only_annotations => {
                Box::new(items.iter_where(|traits| traits.has(Traits::ANNOTATION)))
            }
            Want::All | Want::Annotations => Box::new(items.iter()),
            Want::Outside(_) => {
                let outside = |traits: Traits| traits.has(Traits::BINDS_OUTSIDE);
                Box::new(items.iter_with(self.want.keys(), outside))
            }
            Want::Nested(_) => {
                let nested = |traits: Traits| traits.has(Traits::NESTED);
                Box::new(items.iter_with(self.want.keys(), nested))
            }
            Want::Names(_) | Want::Binds(_) | Want::Globals(_) => {
                Box::new(items.iter_with(self.want.keys(), |_| true))
            }
        }
    }

    fn wants(&self, summary: &Summary) -> bool {
        let annotated = !self.only_annotations || summary.traits.has(Traits::ANNOTATION);
        annotated && self.want.in_summary(summary)
    }

    fn wants_piece(&self, piece: &Piece) -> bool {
        let annotated = !self.only_annotations || piece.traits.has(Traits::ANNOTATION);
        annotated && self.want.in_piece(piece)
    }

    fn body(
        &self,
        origin: Offset,
        body: &'a Body,
        standing: Standing,
        in_branch: bool,
    ) -> Frame<'a> {
        let origin = origin + body.at;
        Frame::Pieces {
            origin,
            standing,
            pieces: self.select(&body.pieces, origin),
            in_branch: in_branch || !matches!(body.part, Part::Whole | Part::Rows),
        }
    }

    fn run(
        &self,
        first: Frame<'a>,
        visit: &mut dyn FnMut(Step<'a>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let else_first = self.scope.rules().visits_try_else_first();
        let mut frames = vec![first];
        while let Some(frame) = frames.last_mut() {
            if matches!(frame, Frame::Pieces { .. }) {
                stop::check();
            }
            let next = match frame {
                Frame::Pieces {
                    origin,
                    standing,
                    pieces,
                    in_branch,
                } => match pieces.next() {
                    Some(placed) if self.wants_piece(placed.item) => Some(Frame::Items {
                        origin: *origin + Rel(placed.start.0),
                        items: placed.item.items.iter(),
                        standing: *standing,
                        in_branch: *in_branch,
                    }),
                    Some(_) => continue,
                    None => None,
                },
                Frame::Items {
                    origin,
                    items,
                    standing,
                    in_branch,
                } => match items.next() {
                    Some(Item::Mention(mention)) => {
                        if !self.only_annotations {
                            visit(Step::Mention(*origin, mention, *standing))?;
                        }
                        continue;
                    }
                    Some(Item::Region(region)) => {
                        match self.region(*origin, region, *standing, *in_branch, visit)? {
                            Some(frame) => Some(frame),
                            None => continue,
                        }
                    }
                    Some(Item::Body(body)) if body.part == Part::TryElse && else_first => continue,
                    Some(Item::Body(body)) => {
                        let (origin, standing, in_branch) = (*origin, *standing, *in_branch);
                        let mut rest = items.as_slice().iter();
                        if body.part == Part::Try && else_first {
                            let other = rest.find_map(|item| match item {
                                Item::Body(body) if body.part == Part::TryElse => Some(&**body),
                                _ => None,
                            });
                            let frame = |body| self.body(origin, body, standing, in_branch);
                            frames.extend(other.map(frame));
                        }
                        if !self.wants(&body.summary) {
                            continue;
                        }
                        Some(self.body(origin, body, standing, in_branch))
                    }
                    None => None,
                },
            };
            match next {
                Some(frame) => frames.push(frame),
                None => drop(frames.pop()),
            }
        }
        ControlFlow::Continue(())
    }

    /// A region is a nested scope, or transparent: then what it holds is walked as the scope's own.
    fn region(
        &self,
        origin: Offset,
        region: &'a Arc<Region>,
        standing: Standing,
        in_branch: bool,
        visit: &mut dyn FnMut(Step<'a>) -> ControlFlow<()>,
    ) -> ControlFlow<(), Option<Frame<'a>>> {
        let is_annotation = region.kind == RegionKind::Variable;
        let at = origin + region.at;
        if self.only_annotations && !is_annotation || !self.want.in_region(at, region) {
            return ControlFlow::Continue(None);
        }
        let rules = self.scope.rules();
        let annotations = match region.kind {
            RegionKind::Scope(_) => Annotations::Scope(standing),
            RegionKind::Signature => rules.signature(),
            RegionKind::Variable => rules.variable_annotation(self.scope.kind()),
        };
        match annotations {
            Annotations::Transparent(_) if self.only_annotations => {}
            Annotations::Transparent(standing) => {
                return ControlFlow::Continue(Some(Frame::Items {
                    origin: at,
                    items: region.items.iter(),
                    standing,
                    in_branch,
                }));
            }
            Annotations::Scope(standing) if is_annotation => {
                visit(Step::Annotation(origin, region, standing, in_branch))?;
            }
            Annotations::Scope(standing) => visit(Step::Scope(origin, region, standing))?,
        }
        ControlFlow::Continue(None)
    }
}
