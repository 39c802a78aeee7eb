//! Repositories of source code, by the addresses that lead to them.

/// Hosts of source code and of the programs that are built from it. What anybody may leave there without a repository
/// (gists) is not among them.
const HOSTS: &[&str] =
    &["github.com", "githubusercontent.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com"];

/// Whether a host keeps source code, and programs built from it, for those who have a repository there.
#[must_use]
pub(crate) fn is_code_host(host: &str) -> bool {
    let is_below = |known: &str| host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    HOSTS.iter().any(|known| is_below(known)) && !host.starts_with("gist.")
}

/// A repository, and what is asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Repository<'a> {
    pub(crate) owner: &'a str,
    pub(crate) name: &'a str,
    host: &'a str,
    /// What stands behind its name.
    rest: &'a str,
}

impl<'a> Repository<'a> {
    /// The repository that an address leads to: `https://github.com/owner/name`, `git+ssh://git@…`, the interface of GitHub.
    #[must_use]
    pub(crate) fn of(address: &'a str) -> Option<Self> {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let (host, path) = rest.split(['#', '?', '"', ' ']).next()?.split_once('/')?;
        let host = host.rsplit('@').next()?;
        let path = if host.starts_with("api.") { path.strip_prefix("repos/")? } else { path };
        let (owner, path) = path.split_once('/')?;
        let (name, rest) = path.split_once('/').unwrap_or((path, ""));
        let name = name.trim_end_matches(".git");
        let is_known = !owner.is_empty() && !name.is_empty() && is_code_host(host);
        is_known.then_some(Self { owner, name, host, rest })
    }

    /// Whether both are one, whatever is asked of them.
    #[must_use]
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.owner.eq_ignore_ascii_case(other.owner) && self.name.eq_ignore_ascii_case(other.name)
    }

    /// Whether both are of one owner.
    #[must_use]
    pub(crate) fn is_of(&self, other: &Self) -> bool {
        let site = |host: &'a str| if host.ends_with("githubusercontent.com") { "github.com" } else { host };
        let same = site(self.host).trim_start_matches("www.") == other.host.trim_start_matches("www.")
            || site(self.host) == "github.com" && other.host.ends_with("githubusercontent.com");
        same && self.owner.eq_ignore_ascii_case(other.owner)
    }

    /// Whether what is asked for was put there by who has the repository: releases, or the sources themselves. Files that
    /// belong to an issue are anybody's.
    #[must_use]
    pub(crate) fn is_of_its_owner(&self) -> bool {
        const KINDS: &[&str] = &["releases", "archive", "raw", "tarball", "zipball", "-"];
        self.host == "raw.githubusercontent.com"
            || self.rest.split('/').next().is_some_and(|kind| KINDS.contains(&kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_repositories_end_in_their_names() {
        for (address, name) in [
            ("https://github.com/inert/paginator", Some("paginator")),
            ("git+https://github.com/inert/paginator.git", Some("paginator")),
            ("git@gitlab.com/inert/paginator.git#main", Some("paginator")),
            ("https://www.github.com/inert/paginator/issues", Some("paginator")),
            ("https://api.github.com/repos/inert/paginator/releases/latest", Some("paginator")),
            ("https://api.github.com/users/inert/paginator", None),
            ("https://gist.github.com/inert/0123", None),
            ("https://github.com/inert", None),
            ("https://github.com.evil.invalid/inert/paginator", None),
            ("https://example.invalid/inert/paginator", None),
            ("", None),
        ] {
            assert_eq!(Repository::of(address).map(|r| r.name), name, "{address}");
        }
    }

    #[test]
    fn releases_are_their_owner_s_and_attachments_are_anybody_s() {
        let owned = |address: &str| Repository::of(address).unwrap().is_of_its_owner();
        assert!(owned("https://github.com/inert/tool/releases/download/v1/tool.zip"));
        assert!(owned("https://raw.githubusercontent.com/inert/tool/main/install.sh"));
        assert!(!owned("https://github.com/inert/tool/files/123/tool.zip"));
        assert!(
            !owned("https://github.com/user-attachments/files/123/tool.zip") && !owned("https://github.com/inert/tool")
        );
        let (a, b) =
            (Repository::of("https://github.com/Inert/Tool.git"), Repository::of("https://github.com/inert/tool/x"));
        assert!(a.unwrap().is(&b.unwrap()));
    }
}
