//! Counts the bytes that are held, those of tree-sitter's C runtime among them.

#![allow(unsafe_code)] // An allocator can't be written without.

use std::alloc::{GlobalAlloc, Layout};
use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering};

use mimalloc::MiMalloc;

/// The program's allocator, counted.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);

/// Bytes that are allocated now.
pub fn held() -> usize {
    HELD.load(Ordering::Relaxed)
}

// SAFETY: the program's allocator does it all; a counter beside it changes nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HELD.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { MiMalloc.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { MiMalloc.dealloc(block, layout) }
    }
}

/// In front of each of tree-sitter's blocks: how long it is. As long as the strictest alignment.
const HEAD: usize = 16;

fn layout(len: usize) -> Layout {
    Layout::from_size_align(len + HEAD, HEAD).unwrap_or(Layout::new::<u8>())
}

/// From now on tree-sitter's blocks are counted too.
pub fn count_trees() {
    // SAFETY: these are malloc, calloc, realloc and free as C knows them; no tree exists yet.
    unsafe {
        tree_sitter::set_allocator(Some(tree_sitter::Allocator {
            malloc,
            calloc,
            realloc,
            free,
        }));
    }
}

unsafe extern "C" fn malloc(len: usize) -> *mut c_void {
    HELD.fetch_add(len, Ordering::Relaxed);
    unsafe {
        let block = MiMalloc.alloc(layout(len));
        block.cast::<usize>().write(len);
        block.add(HEAD).cast()
    }
}

unsafe extern "C" fn calloc(count: usize, len: usize) -> *mut c_void {
    unsafe {
        let block = malloc(count * len);
        block.cast::<u8>().write_bytes(0, count * len);
        block
    }
}

unsafe extern "C" fn realloc(block: *mut c_void, len: usize) -> *mut c_void {
    if block.is_null() {
        return unsafe { malloc(len) };
    }
    unsafe {
        let head = block.cast::<u8>().sub(HEAD);
        let old = head.cast::<usize>().read();
        HELD.fetch_add(len, Ordering::Relaxed);
        HELD.fetch_sub(old, Ordering::Relaxed);
        let head = MiMalloc.realloc(head, layout(old), len + HEAD);
        head.cast::<usize>().write(len);
        head.add(HEAD).cast()
    }
}

unsafe extern "C" fn free(block: *mut c_void) {
    if block.is_null() {
        return;
    }
    unsafe {
        let head = block.cast::<u8>().sub(HEAD);
        let len = head.cast::<usize>().read();
        HELD.fetch_sub(len, Ordering::Relaxed);
        MiMalloc.dealloc(head, layout(len));
    }
}
