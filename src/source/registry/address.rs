//! Web addresses, as far as a registry client needs them: taken apart, and a reference resolved against a base
//! (RFC 3986, section 5.2). Only `http` and `https`.

use std::fmt;

/// An `http` or `https` address without a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) secure: bool,
    /// `user:password` as it stands, percent-encoded.
    pub(super) user: Option<String>,
    /// Host and, where one is said, `:port`; lower case.
    pub(super) host: String,
    /// Path and query; begins with `/`.
    pub(super) path: String,
}

impl Address {
    /// Reads an absolute address.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 8192 || text.chars().any(|c| c.is_control() || c == ' ' || c == '\\') {
            return None;
        }
        let (scheme, rest) = text.split_once("://")?;
        let secure = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let at = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(at)?;
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user.to_owned()), host),
            None => (None, authority),
        };
        if host.is_empty() || !host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]_".contains(&b)) {
            return None;
        }
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        // A way up, however it is written, leads past the place that a credential is for.
        let plain = path.split('?').next().unwrap_or_default().to_ascii_lowercase();
        let plain = plain.replace("%2e", ".").replace("%2f", "/").replace("%5c", "/");
        if plain.split('/').any(|part| matches!(part, "." | "..")) {
            return None;
        }
        Some(Self { secure, user, host: host.to_ascii_lowercase(), path })
    }

    /// What `reference` means in a document that is at this address.
    pub(super) fn join(&self, reference: &str) -> Option<Self> {
        let reference = reference.trim().split('#').next().unwrap_or_default();
        if reference.contains("://") {
            return Self::parse(reference);
        }
        let scheme = if self.secure { "https" } else { "http" };
        if let Some(rest) = reference.strip_prefix("//") {
            return Self::parse(&format!("{scheme}://{rest}"));
        }
        let path = if reference.starts_with('/') {
            tidy(reference)
        } else {
            let folder = self.path.split('?').next().unwrap_or("/");
            let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
            tidy(&format!("{folder}/{reference}"))
        };
        // Read again, so that the same characters are refused everywhere.
        let user = self.user.as_ref().map(|u| format!("{u}@")).unwrap_or_default();
        Self::parse(&format!("{scheme}://{user}{}{path}", self.host))
    }

    /// The address with one more part of a path.
    pub(super) fn below(&self, part: &str) -> Self {
        let slash = if self.path.ends_with('/') { "" } else { "/" };
        Self { path: format!("{}{slash}{part}", self.path), ..self.clone() }
    }
}

/// As it is sent and shown: never with a password in it.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", if self.secure { "https" } else { "http" }, self.host, self.path)
    }
}

/// Resolves `.` and `..` in a path; a query stays as it is.
fn tidy(path: &str) -> String {
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path, None),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let query = query.map(|q| format!("?{q}")).unwrap_or_default();
    format!("/{}{query}", parts.join("/"))
}

/// `%41` as `A`.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (*first, hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            (byte, _) => {
                out.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        let base = Address::parse("https://u:p@Registry.example.invalid:8443/simple/name/?x=1").unwrap();
        assert_eq!(base.to_string(), "https://registry.example.invalid:8443/simple/name/?x=1");
        let join = |r: &str| base.join(r).unwrap().to_string();
        assert_eq!(join("a.whl#sha256=00"), "https://registry.example.invalid:8443/simple/name/a.whl");
        assert_eq!(join("../../files/a.whl"), "https://registry.example.invalid:8443/files/a.whl");
        assert_eq!(join("/x?y"), "https://registry.example.invalid:8443/x?y");
        assert_eq!(join("//other.invalid/z"), "https://other.invalid/z");
        assert_eq!(join("http://other.invalid"), "http://other.invalid/");
    }

    #[test]
    fn what_is_no_web_address_is_refused() {
        for bad in
            ["file:///etc/passwd", "ftp://x/", "https://", "https://a b/", "https://a\\b/", "x", "https://a\r\nb/"]
        {
            assert!(Address::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn percent_signs_are_undone() {
        assert_eq!(percent_decoded("a%40b%2Fc%zz%4"), "a@b/c%zz%4");
    }
}
