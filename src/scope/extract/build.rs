//! Puts facts together while the tree is walked: bodies hold pieces, pieces and regions hold items.

use std::ops::Range;
use std::sync::Arc;

use super::super::errors::Cache;
use super::super::facts::{Block, Body, Item, Mention, Part, Piece, Region, RegionKind, Traits};
use super::super::summary::Summary;
use super::super::{Cost, Name, Role};
use super::reuse::{self, Dirty, Middle, OldBody};
use super::{Opening, Sink, rel};
use crate::seq::Seq;

/// What is open, the innermost last. The outermost is a frame that belongs to nothing and takes the
/// block's body.
pub(super) struct Builder {
    frames: Vec<Frame>,
    reuse: Option<Reuse>,
    cost: Cost,
}

/// What there was before an edit.
struct Reuse {
    dirty: Dirty,
    /// Bodies that may be taken over.
    bodies: Vec<OldBody>,
    /// What the body that is opened next takes over.
    plan: Option<Plan>,
}

/// Which pieces of an old body are replaced.
struct Plan {
    pieces: Seq<Arc<Piece>>,
    old: Range<usize>,
    /// Where what follows starts, if anything does.
    next: Option<usize>,
}

struct Frame {
    kind: FrameKind,
    /// What the positions of its items count from.
    origin: usize,
    traits: Traits,
    in_target: bool,
    items: Vec<Item>,
}

enum FrameKind {
    Outermost,
    Piece,
    Region(Box<Region>),
    Body {
        part: Part,
        starts: Vec<usize>,
        pieces: Vec<Piece>,
        plan: Option<Plan>,
    },
}

impl Frame {
    fn new(kind: FrameKind, origin: usize) -> Self {
        Self {
            kind,
            origin,
            traits: Traits::default(),
            in_target: false,
            items: Vec::new(),
        }
    }

    fn is_comprehension(&self) -> bool {
        match &self.kind {
            FrameKind::Region(region) => {
                matches!(region.kind, RegionKind::Scope(kind) if kind.is_comprehension())
            }
            _ => false,
        }
    }
}

impl Builder {
    pub fn new() -> Self {
        Self {
            frames: vec![Frame::new(FrameKind::Outermost, 0)],
            reuse: None,
            cost: Cost::default(),
        }
    }

    /// Takes over what it can of `old`.
    pub fn again(old: &Block, dirty: Dirty) -> Self {
        let bodies = vec![OldBody::new(&old.body, 0)];
        Self {
            reuse: Some(Reuse {
                dirty,
                bodies,
                plan: None,
            }),
            ..Self::new()
        }
    }

    /// The block, `len` bytes long, and what it took, `nodes` steps among it.
    pub fn finish(mut self, len: usize, nodes: usize) -> (Block, Cost) {
        let body = self.frames.pop().and_then(|mut frame| frame.items.pop());
        let body = match body {
            Some(Item::Body(body)) => *body,
            _ => Body {
                at: rel(0, 0),
                part: Part::Whole,
                pieces: Seq::default(),
                summary: Summary::default(),
            },
        };
        let block = Block {
            len: rel(len, 0),
            body,
            errors: Cache::default(),
        };
        let cost = Cost { nodes, ..self.cost };
        (block, cost)
    }

    fn with(&mut self, change: impl FnOnce(&mut Frame)) {
        if let Some(frame) = self.frames.last_mut() {
            change(frame);
        }
    }
}

impl<'tree> Sink<'tree> for Builder {
    fn mention(&mut self, start: usize, end: usize, name: Name, role: Role) {
        let len = rel(end, start).0;
        self.cost.facts += 1;
        self.with(|frame| {
            let (at, in_target) = (rel(start, frame.origin), frame.in_target);
            frame.items.push(Item::Mention(Mention {
                at,
                len,
                name,
                role,
                in_target,
            }));
            if role == Role::Walrus && frame.is_comprehension() {
                frame.traits |= Traits::WALRUS;
                frame.traits |= Traits::BINDS_OUTSIDE;
            }
            if matches!(role, Role::Nonlocal | Role::Global) {
                frame.traits |= Traits::BINDS_OUTSIDE;
            }
        });
    }

    fn add_trait(&mut self, found: Traits) {
        self.with(|frame| frame.traits |= found);
    }

    fn set_in_target(&mut self, on: bool) {
        self.with(|frame| frame.in_target = on);
    }

    fn open_region(&mut self, opening: &Opening<'tree>, name: Option<(Name, Range<usize>)>) {
        let Opening {
            kind,
            start,
            end,
            head,
            inside,
            is_async,
            ..
        } = opening;
        let origin = self.frames.last().map_or(0, |frame| frame.origin);
        let from_start = |range: &Range<usize>| rel(range.start, *start)..rel(range.end, *start);
        let region = Region {
            kind: *kind,
            is_async: *is_async,
            at: rel(*start, origin),
            len: rel(*end, *start),
            head: rel(*head, *start),
            name: name.map(|(name, range)| (name, from_start(&range))),
            inside: inside.iter().map(from_start).collect(),
            items: Box::default(),
            summary: Summary::default(),
        };
        self.frames
            .push(Frame::new(FrameKind::Region(Box::new(region)), *start));
    }

    fn close_region(&mut self) {
        let Some(Frame {
            kind: FrameKind::Region(mut region),
            traits,
            items,
            ..
        }) = self.frames.pop()
        else {
            return;
        };
        region.summary = Summary::of(&items, traits);
        self.cost.facts += 1;
        self.cost.summaries += 1;
        region.items = items.into_boxed_slice();
        let walrus = region.summary.traits.has(Traits::WALRUS);
        let traits = region.summary.traits;
        let mut outward = Traits::NESTED;
        outward |= traits.only(Traits::WRITES_GLOBALS);
        outward |= traits.only(Traits::BINDS_OUTSIDE);
        self.with(|frame| {
            frame.items.push(Item::Region(region.into()));
            frame.traits |= outward;
            if walrus && frame.is_comprehension() {
                frame.traits |= Traits::WALRUS;
            }
        });
    }

    fn plan(&mut self, start: usize, end: usize, part: Part) -> Option<Range<usize>> {
        let Reuse {
            dirty,
            bodies,
            plan,
        } = self.reuse.as_mut()?;
        if start == end {
            return None;
        }
        let at = bodies
            .iter()
            .position(|body| body.is_at(start, part, *dirty))?;
        let old = bodies.swap_remove(at);
        let Middle {
            old: replaced,
            new,
            around,
        } = old.middle(start..end, *dirty);
        for (start, piece) in around {
            reuse::bodies(start, &piece, bodies);
        }
        let next = (replaced.end < old.pieces().len()).then_some(new.end);
        *plan = Some(Plan {
            pieces: old.pieces().clone(),
            old: replaced,
            next,
        });
        Some(new)
    }

    fn drop_plan(&mut self) {
        if let Some(reuse) = &mut self.reuse {
            reuse.plan = None;
        }
    }

    /// Not in a comprehension, whose walruses must stand directly in it to be seen from outside.
    fn wants_rows(&self) -> bool {
        !self.frames.last().is_some_and(Frame::is_comprehension)
    }

    fn open_body(&mut self, start: usize, part: Part) {
        let kind = FrameKind::Body {
            part,
            starts: Vec::new(),
            pieces: Vec::new(),
            plan: self.reuse.as_mut().and_then(|reuse| reuse.plan.take()),
        };
        self.frames.push(Frame::new(kind, start));
    }

    fn close_body(&mut self, end: usize) {
        let Some(Frame {
            kind:
                FrameKind::Body {
                    part,
                    starts,
                    mut pieces,
                    plan,
                },
            origin,
            ..
        }) = self.frames.pop()
        else {
            return;
        };
        // A piece goes up to the start of the next one.
        let next = plan.as_ref().and_then(|plan| plan.next).unwrap_or(end);
        let ends = starts.iter().skip(1).copied().chain([next]);
        for ((piece, start), end) in pieces.iter_mut().zip(&starts).zip(ends) {
            piece.len = rel(end, *start);
        }
        let pieces = pieces.into_iter().map(Arc::new);
        let pieces: Seq<Arc<Piece>> = match plan {
            Some(plan) => plan.pieces.splice(plan.old, pieces),
            None => pieces.collect(),
        };
        let summary = Summary::of_pieces(&pieces);
        self.cost.summaries += 1;
        self.with(|frame| {
            frame.traits |= summary.traits;
            let at = rel(origin, frame.origin);
            let body = Body {
                at,
                part,
                pieces,
                summary,
            };
            frame.items.push(Item::Body(Box::new(body)));
        });
    }

    fn open_piece(&mut self, start: usize) {
        self.with(|frame| {
            if let FrameKind::Body { starts, .. } = &mut frame.kind {
                starts.push(start);
            }
        });
        self.frames.push(Frame::new(FrameKind::Piece, start));
    }

    fn close_piece(&mut self) {
        let Some(Frame { traits, items, .. }) = self.frames.pop() else {
            return;
        };
        self.cost.facts += 1;
        let piece = Piece {
            len: rel(0, 0),
            traits,
            items: items.into_boxed_slice(),
        };
        self.with(|frame| {
            if let FrameKind::Body { pieces, .. } = &mut frame.kind {
                pieces.push(piece);
            }
        });
    }
}
