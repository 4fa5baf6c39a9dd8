//! The pages that explain Cella's words, as they stand in `docs/closures/`.

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its file, without the ending.
    pub name: &'static str,
    /// What stands in it, as Markdown. Links lead to the pages beside it.
    pub text: &'static str,
}

macro_rules! pages {
    ($($name:literal)*) => {
        /// All of them.
        pub const PAGES: &[Page] = &[$(Page {
            name: $name,
            text: include_str!(concat!("../../docs/closures/", $name, ".md")),
        }),*];
    };
}

pages! { "cell" "free-variable" "late-binding" "factory" "escape" "class-scope" "sicp-closure" }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages() {
        for page in PAGES {
            let links = page.text.split("](").skip(1);
            for link in links.filter_map(|rest| rest.split(')').next()) {
                let known = PAGES.iter().any(|page| link == format!("{}.md", page.name));
                assert!(known || link.starts_with("https:"), "{}: {link}", page.name);
            }
        }
    }
}
