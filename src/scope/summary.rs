//! What can be said of several facts together: which names are in them, so that a search can leave them out,
//! and an index can lead to them.

use std::sync::Arc;

use super::facts::{Block, Item, Piece, Traits};
use super::names::{FEW, Gathered, Names};
use super::{Name, Role};
use crate::seq::{self, Seq};
use crate::text::Rel;

/// What can be said of several items together, so that a search can leave them out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Summary {
    pub traits: Traits,
    /// Names that occur anywhere in them.
    pub mentions: Names,
    /// Names that they may bind or declare in the scope that they are directly in.
    pub binds: Names,
    /// Names that they declare global, at any depth.
    pub globals: Names,
}

/// What statements are found by: the names of their [`Summary`]; `None` for any name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Mentions(Option<u32>),
    Binds(Option<u32>),
    Globals(Option<u32>),
}

impl seq::Key for Key {
    fn kind(self) -> usize {
        match self {
            Self::Mentions(_) => 0,
            Self::Binds(_) => 1,
            Self::Globals(_) => 2,
        }
    }
}

/// A summary that is being made.
#[derive(Default)]
struct Gathering {
    mentions: Gathered,
    binds: Gathered,
    globals: Gathered,
}

impl Summary {
    pub fn of(items: &[Item], traits: Traits) -> Self {
        let mut gathering = Gathering::default();
        gathering.add_items(items);
        gathering.finish(traits)
    }

    /// Of a body. O(what stands directly in it) for short ones, O(log n) for long ones.
    pub fn of_pieces(pieces: &Seq<Arc<Piece>>) -> Self {
        let mut gathering = Gathering::default();
        if pieces.is_indexed() {
            gathering.add_index(pieces);
        } else {
            pieces
                .iter()
                .for_each(|piece| gathering.add_items(&piece.item.items));
        }
        gathering.finish(pieces.summary())
    }

    fn each_names<'a>(&'a self, each: &mut dyn FnMut(About, Said<'a>)) {
        each(About::Mentions, Said::Names(&self.mentions));
        each(About::Binds, Said::Names(&self.binds));
        each(About::Globals, Said::Names(&self.globals));
    }
}

/// What something says of names.
#[derive(Clone, Copy)]
enum About {
    Mentions,
    Binds,
    Globals,
}

/// The names that it says it of.
enum Said<'a> {
    Name(Name),
    Names(&'a Names),
}

/// Hands on what some items say of names.
fn each_names<'a>(items: &'a [Item], each: &mut dyn FnMut(About, Said<'a>)) {
    for item in items {
        match item {
            Item::Mention(mention) => {
                each(About::Mentions, Said::Name(mention.name));
                if mention.binds() {
                    each(About::Binds, Said::Name(mention.name));
                }
                if mention.role == Role::Global {
                    each(About::Globals, Said::Name(mention.name));
                }
            }
            Item::Region(region) => {
                let Summary {
                    mentions,
                    binds,
                    globals,
                    ..
                } = &region.summary;
                each(About::Mentions, Said::Names(mentions));
                each(About::Globals, Said::Names(globals));
                if region.lets_bindings_out() {
                    each(About::Binds, Said::Names(binds));
                }
            }
            Item::Body(body) => body.summary.each_names(each),
        }
    }
}

/// Hands on the keys of what is said.
fn each_key(about: About, said: &Said<'_>, each: &mut dyn FnMut(Key)) {
    let key = match about {
        About::Mentions => Key::Mentions,
        About::Binds => Key::Binds,
        About::Globals => Key::Globals,
    };
    match said {
        Said::Name(name) => each(key(Some(name.number()))),
        Said::Names(names) => names.numbers().map(key).for_each(each),
    }
}

impl Gathering {
    fn add_items(&mut self, items: &[Item]) {
        each_names(items, &mut |about, said| {
            let gathered = match about {
                About::Mentions => &mut self.mentions,
                About::Binds => &mut self.binds,
                About::Globals => &mut self.globals,
            };
            match said {
                Said::Name(name) => gathered.add(name),
                Said::Names(names) => gathered.add_all(names),
            }
        });
    }

    fn add_index(&mut self, pieces: &Seq<Arc<Piece>>) {
        let all = |key: fn(Option<u32>) -> Key| key(None)..=key(Some(u32::MAX));
        for (key, gathered) in [
            (Key::Mentions as fn(_) -> _, &mut self.mentions),
            (Key::Binds, &mut self.binds),
            (Key::Globals, &mut self.globals),
        ] {
            match pieces.few_keys(all(key), FEW) {
                Some(keys) => keys.into_iter().for_each(|key| gathered.add_key(key)),
                None => gathered.add_all(&Names::Any),
            }
        }
    }

    fn finish(self, traits: Traits) -> Summary {
        Summary {
            traits,
            mentions: self.mentions.finish(),
            binds: self.binds.finish(),
            globals: self.globals.finish(),
        }
    }
}

impl Gathered {
    fn add_key(&mut self, key: Key) {
        let (Key::Mentions(number) | Key::Binds(number) | Key::Globals(number)) = key;
        match number {
            Some(number) => self.add(Name::of_number(number)),
            None => self.add_all(&Names::Any),
        }
    }
}

impl seq::Item for Arc<Piece> {
    type Summary = Traits;
    type Key = Key;

    fn bytes(&self) -> Rel {
        self.len
    }

    fn summary(&self) -> Traits {
        self.traits
    }

    fn keys(&self, each: &mut dyn FnMut(Key)) {
        each_names(&self.items, &mut |about, said| each_key(about, &said, each));
    }
}

impl seq::Item for Arc<Block> {
    type Summary = Traits;
    type Key = Key;

    fn bytes(&self) -> Rel {
        self.len
    }

    fn summary(&self) -> Traits {
        self.body.summary.traits
    }

    fn keys(&self, each: &mut dyn FnMut(Key)) {
        let summary = &self.body.summary;
        summary.each_names(&mut |about, said| each_key(about, &said, each));
    }
}
