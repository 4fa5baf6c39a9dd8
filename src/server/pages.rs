//! The pages of words where an editor can open them: files of the user's cache folder.
//!
//! A link in a hover must be one that every editor opens. VS Code drops all schemes that it doesn't know,
//! and Neovim hands what it gets to the system; a file works in both. The files are written when the first
//! page is named. Where that fails there is no link, and the hover's last line is left out.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tower_lsp::ls_types as lsp;

use crate::ide::{PAGES, Page};

/// The folder's name, below the cache's; `cella replay` knows it.
const FOLDER: &str = concat!("cella-pages-", env!("CARGO_PKG_VERSION"));

/// The URI of the page of this name.
pub fn uri(name: &str) -> Option<String> {
    static WRITTEN: OnceLock<Option<PathBuf>> = OnceLock::new();
    let page = PAGES.iter().find(|page| page.name == name)?;
    let written = WRITTEN.get_or_init(|| {
        let folder = cache()?.join(FOLDER);
        let written = PAGES.iter().try_for_each(|page| write(&folder, page));
        written
            .inspect_err(|error| {
                let folder = folder.display();
                tracing::warn!("no page behind hovers, for {folder} can't be written: {error}");
            })
            .ok()?;
        Some(folder)
    });
    let uri = lsp::Uri::from_file_path(path(written.as_ref()?, page))?;
    Some(uri.as_str().replace('(', "%28").replace(')', "%29"))
}

fn path(folder: &Path, page: &Page) -> PathBuf {
    folder.join(page.name).with_extension("md")
}

/// Writes a page that isn't there as it should be. Other servers may write the same at the same time, so it
/// gets its name when it is whole.
fn write(folder: &Path, page: &Page) -> io::Result<()> {
    let path = path(folder, page);
    if std::fs::read(&path).is_ok_and(|written| written == page.text.as_bytes()) {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    let unfinished = path.with_extension(std::process::id().to_string());
    std::fs::write(&unfinished, page.text)?;
    std::fs::rename(unfinished, path)
}

/// Where the system keeps what programs can make again.
fn cache() -> Option<PathBuf> {
    let set = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    if cfg!(windows) {
        return set("LOCALAPPDATA");
    }
    let home = |below| std::env::home_dir().map(|home| home.join(below));
    if cfg!(target_os = "macos") {
        return home("Library/Caches");
    }
    set("XDG_CACHE_HOME").or_else(|| home(".cache"))
}
