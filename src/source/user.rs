//! Where this user's own files are: the XDG base directories, and on Windows `%LOCALAPPDATA%` where there is no home.
//!
//! Reference: <https://specifications.freedesktop.org/basedir-spec/latest/>.

use std::path::PathBuf;

/// What files are kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// What the user decided: `$XDG_CONFIG_HOME`, else `~/.config`.
    Config,
    /// What must not be lost: `$XDG_DATA_HOME`, else `~/.local/share`.
    Data,
    /// What is remembered between runs: `$XDG_STATE_HOME`, else `~/.local/state`.
    State,
    /// What can be had again: `$XDG_CACHE_HOME`, else `~/.cache`.
    Cache,
}

/// The value of a variable of the environment as a path, unless it is empty.
#[must_use]
pub fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from)
}

/// The user's folder of this program; nothing when the environment does not say where.
#[must_use]
pub fn folder(kept: Kept) -> Option<PathBuf> {
    Some(folder_of(kept, variable)?.join("peephole"))
}

fn folder_of(kept: Kept, set: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let (own, below_home) = match kept {
        Kept::Config => ("XDG_CONFIG_HOME", ".config"),
        Kept::Data => ("XDG_DATA_HOME", ".local/share"),
        Kept::State => ("XDG_STATE_HOME", ".local/state"),
        Kept::Cache => ("XDG_CACHE_HOME", ".cache"),
    };
    set(own)
        // The specification has relative ones ignored: they would lead into whatever folder is looked at.
        .filter(|p| p.is_absolute())
        .or_else(|| Some(set("HOME")?.join(below_home)))
        .or_else(|| set("LOCALAPPDATA"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_where() {
        let at = |kept, all: &[(&str, &str)]| {
            let set = |name: &str| all.iter().find(|(n, _)| *n == name).map(|(_, v)| PathBuf::from(v));
            folder_of(kept, set).map(|p| p.to_str().unwrap().to_owned())
        };
        assert_eq!(at(Kept::Cache, &[("XDG_CACHE_HOME", "/c"), ("HOME", "/h")]).as_deref(), Some("/c"));
        assert_eq!(at(Kept::Cache, &[("XDG_CACHE_HOME", "c"), ("HOME", "/h")]).as_deref(), Some("/h/.cache"));
        assert_eq!(at(Kept::Data, &[("XDG_CACHE_HOME", "/c"), ("HOME", "/h")]).as_deref(), Some("/h/.local/share"));
        assert_eq!(at(Kept::State, &[("LOCALAPPDATA", "/l")]).as_deref(), Some("/l"));
        assert_eq!(at(Kept::Config, &[]), None);
    }
}
