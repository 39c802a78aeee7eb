//! The specification of a gem (`metadata.gz`): YAML as RubyGems writes it. Only the lines that matter are read, by their
//! indentation; it is not a reader of YAML.
//!
//! `extensions` names files that `gem install` runs (`extconf.rb`, `Rakefile`, `Cargo.toml`): Ruby's install trigger.
//!
//! Reference: <https://guides.rubygems.org/specification-reference/>.

use super::LONGEST;
use crate::analyze::{Heuristic, Notes};
use crate::model::{Fact, FactKind, FileKind, PackageMetadata, PackageSystem, Rule};
use crate::parse::Parsed;

/// Reads a gem's specification.
pub(super) struct GemMetadataReader;

impl Heuristic for GemMetadataReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let head = file.bytes().get(..256).unwrap_or(file.bytes());
        if memchr::memmem::find(head, b"!ruby/object:Gem::Specification").is_none() {
            return;
        }
        if file.bytes().len() > LONGEST {
            out.gaps.push(super::too_long(file.bytes().len()));
            return;
        }
        let metadata = specification(&String::from_utf8_lossy(file.bytes()));
        if !metadata.name.is_empty() {
            out.facts.push(Fact::whole(FactKind::PackageMetadata(Box::new(metadata))));
        }
    }
}

fn specification(text: &str) -> PackageMetadata {
    let mut metadata = PackageMetadata::of(PackageSystem::Gem);
    let mut section = "";
    for line in text.lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ").filter(|_| section == "extensions") {
            metadata.hooks.push(bare(item).to_owned());
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        if line.starts_with(' ') {
            if section == "version" && key.trim() == "version" && metadata.version.is_empty() {
                bare(value).clone_into(&mut metadata.version);
            }
            continue;
        }
        section = key;
        match key {
            "name" => bare(value).clone_into(&mut metadata.name),
            "platform" if bare(value) != "ruby" => bare(value).clone_into(&mut metadata.architecture),
            _ => {}
        }
    }
    metadata
}

/// A scalar without its quotes.
fn bare(value: &str) -> &str {
    value.trim().trim_matches(['\'', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_specification() {
        let text = "--- !ruby/object:Gem::Specification\nname: nokogiri\nversion: !ruby/object:Gem::Version\n  version: 1.16.0\n\
            platform: ruby\nauthors:\n- version: x\nextensions:\n- ext/nokogiri/extconf.rb\nextra_rdoc_files:\n- a.rb\n\
            required_ruby_version: !ruby/object:Gem::Requirement\n  requirements:\n  - - \">=\"\n    - !ruby/object:Gem::Version\n      version: '3.0'\n";
        let metadata = specification(text);
        assert_eq!((metadata.name.as_str(), metadata.version.as_str()), ("nokogiri", "1.16.0"));
        assert_eq!(metadata.hooks, ["ext/nokogiri/extconf.rb"]);
        assert_eq!(metadata.architecture, "");
        assert_eq!(specification("name: x\nplatform: x86_64-linux\n").architecture, "x86_64-linux");
    }
}
