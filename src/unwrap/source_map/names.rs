//! Names of original sources: what bundlers write into source maps, as paths that are safe to show and all different.

use std::collections::HashMap;

use crate::identify::identify;
use crate::model::artifact::base_name;
use crate::unwrap::entry_name::shown;

/// Longest name, in bytes; of a longer one the end is kept.
const LONGEST: usize = 1024;

/// The names that were given out.
#[derive(Debug, Default)]
pub(crate) struct Names {
    taken: HashMap<String, u64>,
}

impl Names {
    /// The path for a source called `raw`; `index` stands for its name when it has none.
    pub(crate) fn take(&mut self, raw: &str, index: u64) -> String {
        let mut name = clean(raw);
        if name.is_empty() {
            name = format!("source-{index}");
        }
        // Bundlers give scripts the names of what they were made from (`logo.png`, `external "fs"`). All that stands in
        // a map is text, and a name that contradicts that would be an accusation.
        if !base_name(&name).contains('.') || identify(&name, b"x\n").claimed.is_some() {
            name.push_str(".js");
        }
        let twins = self.taken.entry(name.clone()).or_insert(0);
        *twins += 1;
        if *twins == 1 { name } else { format!("~{twins}/{name}") }
    }
}

/// A source's name without the bundler's scheme, loaders and query, and without climbing.
fn clean(raw: &str) -> String {
    // webpack: `scheme:///loader!other-loader!./path?query`.
    let path = raw.rsplit('!').find(|part| !part.is_empty()).unwrap_or(raw);
    let path = path.split('?').next().unwrap_or(path);
    let path = match path.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)) => rest,
        _ => path,
    };
    let mut name = String::with_capacity(path.len());
    for part in path.split(['/', '\\']).filter(|p| !matches!(*p, "" | "." | "..")) {
        // A drive.
        let part = part.strip_suffix(':').unwrap_or(part);
        if !name.is_empty() && !part.is_empty() {
            name.push('/');
        }
        name.push_str(part);
    }
    let mut name = shown(name.as_bytes());
    if name.len() > LONGEST {
        name = name.split_off(name.ceil_char_boundary(name.len() - LONGEST));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_paths() {
        for (raw, path) in [
            ("webpack://my-lib/./src/a.ts", "my-lib/src/a.ts"),
            ("webpack:///./src/a.ts?1f3b", "src/a.ts"),
            ("webpack-internal:///./node_modules/x/load.js!./src/a.vue?vue&type=script", "src/a.vue"),
            ("../../packages/logging/src/enums.ts", "packages/logging/src/enums.ts"),
            ("file:///C:/work/a.ts", "C/work/a.ts"),
            ("C:\\work\\..\\a.ts", "C/work/a.ts"),
            ("/abs/a.ts", "abs/a.ts"),
            ("a\0b\n.js", "a\\x00b\\x0a.js"),
            ("../..", ""),
            ("", ""),
        ] {
            assert_eq!(clean(raw), path, "{raw}");
        }
        let long = format!("{}/end.ts", "\u{e4}".repeat(3000));
        assert!(clean(&long).len() <= LONGEST && clean(&long).ends_with("/end.ts"));
    }

    #[test]
    fn names_differ_and_claim_nothing_but_text() {
        let mut names = Names::default();
        assert_eq!(names.take("../a.ts", 0), "a.ts");
        assert_eq!(names.take("a.ts", 1), "~2/a.ts");
        assert_eq!(names.take("", 2), "source-2.js");
        assert_eq!(names.take("webpack/bootstrap", 3), "webpack/bootstrap.js");
        assert_eq!(names.take("img/logo.png", 4), "img/logo.png.js");
        assert_eq!(names.take("lib/x.zip", 5), "lib/x.zip.js");
        assert_eq!(names.take("style.css", 6), "style.css");
    }
}
