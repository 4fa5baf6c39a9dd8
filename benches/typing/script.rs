//! What is typed, read from a text: topics under `##`, in which `⌫` deletes the letter before.

/// A topic, typed as one go.
pub struct Topic {
    name: String,
    pub keys: Vec<Key>,
}

impl Topic {
    /// Whether it is to be typed inside a list, not as statements.
    pub fn is_elements(&self) -> bool {
        self.name == "Elements of a list"
    }
}

/// One keystroke.
pub enum Key {
    /// A letter, or a line end with the indentation that an editor puts behind it.
    Letters(String),
    /// Takes the last keystroke back.
    Delete,
}

pub fn topics(script: &str) -> Vec<Topic> {
    let topics = script.split("## ").filter(|topic| !topic.is_empty());
    topics
        .map(|topic| {
            let (name, lines) = topic.split_once('\n').unwrap_or((topic, ""));
            Topic {
                name: name.to_owned(),
                keys: keys(lines.trim_end()),
            }
        })
        .collect()
}

fn keys(lines: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    for (n, line) in lines.lines().enumerate() {
        let letters = line.trim_start();
        if n > 0 {
            let indent = &line[..line.len() - letters.len()];
            keys.push(Key::Letters(format!("\n{indent}")));
        }
        keys.extend(letters.chars().map(|letter| match letter {
            '⌫' => Key::Delete,
            letter => Key::Letters(letter.to_string()),
        }));
    }
    keys
}
