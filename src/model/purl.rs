//! Package URLs: the names by which others know packages (<https://github.com/package-url/purl-spec>).

/// `pkg:kind/namespace/name@version?key=value`, or nothing when the specification does not allow it. `path` is the name
/// with its namespace before it, separated by `/`; an empty version and empty qualifiers are left out.
#[must_use]
pub fn purl(kind: &str, path: &str, version: &str, qualifiers: &[(&str, &str)]) -> Option<String> {
    let (namespace, name) = match path.rsplit_once('/') {
        Some((namespace, name)) => (namespace, name),
        None => ("", path),
    };
    let mut purl = packageurl::PackageUrl::new(kind, name).ok()?;
    if !namespace.is_empty() {
        purl.with_namespace(namespace).ok()?;
    }
    if !version.is_empty() {
        purl.with_version(version).ok()?;
    }
    for (key, value) in qualifiers.iter().filter(|(_, value)| !value.is_empty()) {
        purl.add_qualifier(*key, *value).ok()?;
    }
    Some(purl.to_string())
}

/// A name as PyPI compares it: small letters, runs of separators as one hyphen (PEP 503).
#[must_use]
pub fn normal_python(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if !matches!(c, '-' | '_' | '.') {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purls_are_written_as_specified() {
        let go = purl("golang", "github.com/spf13/cobra", "v1.8.0", &[]);
        assert_eq!(go.as_deref(), Some("pkg:golang/github.com/spf13/cobra@v1.8.0"));
        let deb = purl("deb", "debian/curl", "7.88.1-10", &[("arch", "amd64"), ("distro", "")]);
        assert_eq!(deb.as_deref(), Some("pkg:deb/debian/curl@7.88.1-10?arch=amd64"));
        assert_eq!(purl("npm", "@types/node", "1", &[]).as_deref(), Some("pkg:npm/%40types/node@1"));
        assert_eq!(purl("cargo", "", "1.0.0", &[]), None);
    }
}
