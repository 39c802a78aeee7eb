//! What a path of the gate means.

use crate::source::registry::Name;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// What is known of a package.
    Page(Name),
    /// One archive of it.
    Archive {
        /// The package and the exact version, where the path says it.
        name: Name,
        /// The file's name.
        file: String,
    },
    /// What a wheel says about itself.
    Metadata {
        /// The package.
        name: Name,
        /// The wheel's name.
        file: String,
    },
}

fn decoded(path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    path.replace("%2f", "/").replace("%2F", "/").replace("%40", "@").replace("%2B", "+").replace("%2b", "+")
}

/// npm: `/@scope/name` and `/@scope/name/-/name-1.2.3.tgz`.
pub(super) fn npm(path: &str) -> Option<Wanted> {
    let path = decoded(path);
    let path = path.strip_prefix('/')?;
    let Some((name, file)) = path.split_once("/-/") else {
        return Some(Wanted::Page(Name::npm(path, "").ok()?));
    };
    let base = name.rsplit('/').next().unwrap_or(name);
    let version = file.strip_suffix(".tgz")?.strip_prefix(base)?.strip_prefix('-')?;
    Some(Wanted::Archive { name: Name::npm(name, version).ok()?, file: String::new() })
}

/// pip: `/simple/name/`, `/files/name/name-1.2.3-py3-none-any.whl` and the same with `.metadata` behind it.
pub(super) fn pip(path: &str) -> Option<Wanted> {
    let path = decoded(path);
    if let Some(name) = path.strip_prefix("/simple/") {
        return Some(Wanted::Page(Name::pypi(name.trim_end_matches('/'), "").ok()?));
    }
    let (name, file) = path.strip_prefix("/files/")?.split_once('/')?;
    let name = Name::pypi(name, "").ok()?;
    Some(match file.strip_suffix(".metadata") {
        Some(wheel) => Wanted::Metadata { name, file: wheel.to_owned() },
        None => Wanted::Archive { name, file: file.to_owned() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_installers_write_them() {
        let name = |n: &str, v: &str| Name::npm(n, v).unwrap();
        assert_eq!(npm("/@s%2ftool"), Some(Wanted::Page(name("@s/tool", ""))));
        assert_eq!(npm("/tool"), Some(Wanted::Page(name("tool", ""))));
        let archive = |n, v| Some(Wanted::Archive { name: name(n, v), file: String::new() });
        assert_eq!(npm("/@s/tool/-/tool-1.2.3-rc.1.tgz"), archive("@s/tool", "1.2.3-rc.1"));
        assert_eq!(npm("/tool/-/tool-1.0.0.tgz?x=1"), archive("tool", "1.0.0"));
        for bad in ["/tool/-/other-1.0.0.tgz", "/-/npm/v1/security/audits", "/../x", "tool", "/tool/-/tool.tgz"] {
            assert_eq!(npm(bad), None, "{bad}");
        }
        assert_eq!(pip("/simple/My.Dep/"), Some(Wanted::Page(Name::pypi("my-dep", "").unwrap())));
        let file = "my_dep-1.0-py3-none-any.whl";
        let wanted = Wanted::Archive { name: Name::pypi("my-dep", "").unwrap(), file: file.to_owned() };
        assert_eq!(pip(&format!("/files/my-dep/{file}")), Some(wanted));
        let wanted = Wanted::Metadata { name: Name::pypi("my-dep", "").unwrap(), file: file.to_owned() };
        assert_eq!(pip(&format!("/files/my-dep/{file}.metadata")), Some(wanted));
        assert_eq!(pip("/files/x"), None);
    }
}
