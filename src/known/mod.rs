//! Known bad: packages, contents and hosts that others have reported as malicious, compiled out of OSV records and lists
//! into one file that is mapped and searched in place. Nothing is asked of anybody while scanning: the feed is a file, and
//! its date stands in every report.

mod build;
mod check;
mod index;
mod list;
#[cfg(test)]
mod naive;
mod osv;
mod version;

pub use build::{Builder, Counts};
pub(crate) use check::RULES;
pub use check::check;
pub use index::{Feed, Hit};

/// The ecosystem of OSV that a type of package URL stands for.
#[must_use]
pub(crate) fn ecosystem_of(purl_type: &str) -> Option<&'static str> {
    Some(match purl_type {
        "npm" => "npm",
        "pypi" => "pypi",
        "cargo" => "crates.io",
        "gem" => "rubygems",
        "golang" => "go",
        "maven" => "maven",
        "nuget" => "nuget",
        "composer" => "packagist",
        "vscode" | "vscode-extension" => "vscode",
        "openvsx" => "openvsx",
        "pub" => "pub",
        "hex" => "hex",
        "swift" => "swifturl",
        "githubactions" => "github actions",
        _ => return None,
    })
}

/// A package's key: ecosystem and name as its registry compares them.
#[must_use]
pub(crate) fn key(ecosystem: &str, name: &str) -> String {
    let ecosystem = ecosystem.split(':').next().unwrap_or(ecosystem).to_ascii_lowercase();
    let ecosystem =
        if ecosystem == "visual studio code" || ecosystem == "vscode marketplace" { "vscode" } else { &ecosystem };
    let name = match ecosystem {
        "pypi" => crate::model::purl::normal_python(name),
        "crates.io" => name.to_ascii_lowercase().replace('_', "-"),
        "nuget" | "packagist" | "github actions" => name.to_ascii_lowercase(),
        // `publisher.name` and `publisher/name` are both in use.
        "vscode" | "openvsx" => name.to_ascii_lowercase().replacen('.', "/", usize::from(!name.contains('/'))),
        _ => name.to_owned(),
    };
    format!("{ecosystem}\0{name}")
}

/// The ecosystem, name and version of a package URL.
#[must_use]
pub(crate) fn parts_of(purl: &str) -> Option<(&'static str, String, String)> {
    let purl: packageurl::PackageUrl<'_> = purl.parse().ok()?;
    let ecosystem = ecosystem_of(purl.ty())?;
    let between = if ecosystem == "maven" { ":" } else { "/" };
    let name = match purl.namespace() {
        Some(namespace) => format!("{namespace}{between}{}", purl.name()),
        None => purl.name().to_owned(),
    };
    Some((ecosystem, name, purl.version().unwrap_or_default().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_their_registries_do() {
        assert_eq!(key("PyPI", "My_.Pkg"), "pypi\0my-pkg");
        assert_eq!(key("npm", "@A/b"), "npm\0@A/b");
        assert_eq!(key("crates.io", "A_b"), "crates.io\0a-b");
        assert_eq!(key("VSCode", "Pub.Tool.x"), key("vscode", "pub/tool.x"));
        assert_eq!(parts_of("pkg:npm/%40a/b@1.0"), Some(("npm", "@a/b".to_owned(), "1.0".to_owned())));
        assert_eq!(parts_of("pkg:maven/g/a@1"), Some(("maven", "g:a".to_owned(), "1".to_owned())));
        assert_eq!(parts_of("pkg:deb/debian/curl@7"), None);
    }
}
