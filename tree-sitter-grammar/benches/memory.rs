//! How much memory tree-sitter has in use: its allocator, counting. Each piece of memory has its length before it.

use std::alloc::{Layout, alloc_zeroed, dealloc, realloc as grow};
use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tree_sitter::Allocator;

static IN_USE: AtomicUsize = AtomicUsize::new(0);

/// Room for the length, which keeps what follows aligned for everything.
const HEAD: usize = 16;

/// Counts from now on. To be called before tree-sitter allocates anything.
pub fn count() {
    let allocator = Allocator {
        malloc,
        calloc,
        realloc,
        free,
    };
    // SAFETY: nothing of tree-sitter's is alive yet, and no other thread runs.
    unsafe { tree_sitter::set_allocator(Some(allocator)) }
}

/// In bytes.
pub fn in_use() -> usize {
    IN_USE.load(Relaxed)
}

fn layout(length: usize) -> Layout {
    Layout::from_size_align(HEAD + length, HEAD).expect("no piece of memory is that long")
}

extern "C" fn malloc(length: usize) -> *mut c_void {
    // SAFETY: the layout isn't empty, and its head has room for a length.
    unsafe {
        let head = alloc_zeroed(layout(length));
        head.cast::<usize>().write(length);
        IN_USE.fetch_add(length, Relaxed);
        head.add(HEAD).cast()
    }
}

extern "C" fn calloc(count: usize, length: usize) -> *mut c_void {
    malloc(count * length)
}

unsafe extern "C" fn realloc(memory: *mut c_void, length: usize) -> *mut c_void {
    if memory.is_null() {
        return malloc(length);
    }
    // SAFETY: the memory is from `malloc`, so that its head stands before it.
    unsafe {
        let head = memory.cast::<u8>().sub(HEAD);
        let old = head.cast::<usize>().read();
        let head = grow(head, layout(old), HEAD + length);
        head.cast::<usize>().write(length);
        IN_USE.fetch_add(length, Relaxed);
        IN_USE.fetch_sub(old, Relaxed);
        head.add(HEAD).cast()
    }
}

unsafe extern "C" fn free(memory: *mut c_void) {
    if memory.is_null() {
        return;
    }
    // SAFETY: as above.
    unsafe {
        let head = memory.cast::<u8>().sub(HEAD);
        let length = head.cast::<usize>().read();
        IN_USE.fetch_sub(length, Relaxed);
        dealloc(head, layout(length));
    }
}
