//! What a simple index says about a distribution (<https://packaging.python.org/en/latest/specifications/simple-repository-api/>),
//! as JSON or as HTML, and what its metadata says it needs. A version is all of its files: which of them pip takes depends
//! on the machine, and each may hold something else.

use std::sync::{Arc, PoisonError};

use serde_json::{Map, Value, json};

use super::address::{Address, percent_decoded};
use super::closure::{Entry, Found, State, Wants, Wish};
use super::digest::Digest;
use super::name::normal;
use super::version::pep440::{Specifiers, Version};
use super::versions::{Published, sorted_python};
use super::{Name, Registry, Trouble};

const ACCEPT: &str = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1";
/// What pages are that the relay answers with.
pub(super) const JSON: &str = "application/vnd.pypi.simple.v1+json";
const HTML: &str = "text/html; charset=utf-8";
/// Files that are read of one page.
const MOST: usize = 100_000;
/// Bytes of a metadata file that are read.
const REQUIREMENTS: usize = 4000;

/// Names of files that are remembered of those that are not read.
const UNREAD: usize = 100;
/// What names of distributions end with.
const ENDS: &[&str] = &[".whl", ".egg", ".tar.gz", ".zip", ".tgz", ".tar.bz2", ".tar.xz"];

/// One file of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    name: String,
    address: Address,
    promised: Option<Digest>,
    yanked: bool,
    metadata: bool,
    /// When it was uploaded.
    time: Option<String>,
    /// For which versions of Python.
    requires: Option<String>,
}

/// Resolves one wish over all indexes.
pub(super) fn resolve(registry: &Registry, wish: &Wish, wants: &Wants) -> Result<Found, Trouble> {
    let name = &wish.name;
    let specifiers = Specifiers::parse(&name.wish)
        .ok_or_else(|| Trouble::Missing(format!("{name}: {:?} is no version of a Python distribution", name.wish)))?;
    let (all, unread) = all_files(registry, name)?;
    let (written, version) =
        newest(&all, &name.name, &specifiers).ok_or_else(|| Trouble::Missing(format!("{name}: no version fits")))?;
    let mut found = Found::default();
    for (index, file) in &all {
        if version_of(&file.name, &name.name).and_then(|v| Version::parse(&v)) != Some(version.clone()) {
            continue;
        }
        found.entries.push(entry(wish, wants, &written, index, file));
    }
    // What cannot be named cannot be fetched, and an installer may take it all the same.
    let own = unread.into_iter().filter(|file| file.is_empty() || file.contains(&written));
    found.missing.extend(own.map(|file| match file.as_str() {
        "" => format!("{name}: files beyond the {MOST} that are read of one index"),
        file => format!("{name}: {file:?} is no file name or has no address"),
    }));
    let mut indexes: Vec<&str> = found.entries.iter().map(|e| e.registry.as_str()).collect();
    indexes.dedup();
    if indexes.len() > 1 {
        found.notes.push(format!("{name} {written} is in more than one index: {}", indexes.join(", ")));
    }
    if wants.follows(wish.why, wish.depth) {
        requirements(registry, wish, &all, &written, &mut found);
    }
    Ok(found)
}

fn entry(wish: &Wish, wants: &Wants, version: &str, index: &str, file: &File) -> Entry {
    let tags = file.name.strip_suffix(".whl").and_then(|stem| stem.rsplit('-').next()).unwrap_or_default();
    let fits = tags.is_empty() || wants.platforms.is_empty() || wants.platforms.iter().any(|p| p.admits_wheel(tags));
    let state = if !fits {
        State::LeftOut("for another platform than --platform".to_owned())
    } else if ![".whl", ".tar.gz", ".zip", ".tgz", ".tar.bz2", ".tar.xz"].iter().any(|e| file.name.ends_with(e)) {
        State::LeftOut("no file that pip installs".to_owned())
    } else if index.starts_with("https://") && !file.address.secure {
        State::Failed(Trouble::Integrity(format!("the archive is at {}, which is not encrypted", file.address)))
    } else {
        State::Wanted
    };
    Entry {
        purl: crate::model::purl::purl("pypi", &wish.name.name, version, &[("file_name", &file.name)])
            .unwrap_or_else(|| wish.name.purl(version)),
        name: wish.name.name.clone(),
        version: version.to_owned(),
        alias: None,
        why: wish.why,
        from: wish.from,
        platform: if tags == "any" { String::new() } else { tags.to_owned() },
        registry: index.to_owned(),
        address: file.address.to_string(),
        file: file.name.clone(),
        install_script: tags.is_empty(),
        deprecated: file.yanked.then(|| "withdrawn (yanked)".to_owned()),
        promised: file.promised.clone(),
        held: None,
        state,
    }
}

/// The newest version that is asked for: final and not withdrawn ones first, as pip does.
fn newest(all: &[(String, File)], name: &str, specifiers: &Specifiers) -> Option<(String, Version)> {
    let fitting: Vec<(String, Version, bool)> = all
        .iter()
        .filter_map(|(_, f)| {
            let written = version_of(&f.name, name)?;
            let version = Version::parse(&written)?;
            specifiers.hold(&version, &written).then_some((written, version, f.yanked))
        })
        .collect();
    let best = |good: &dyn Fn(&Version, bool) -> bool| {
        let good = fitting.iter().filter(|(_, v, yanked)| good(v, *yanked));
        good.max_by(|a, b| a.1.cmp(&b.1)).map(|(w, v, _)| (w.clone(), v.clone()))
    };
    let pre = specifiers.wants_pre();
    best(&|v, yanked| !yanked && (pre || !v.is_pre()))
        .or_else(|| best(&|_, yanked| !yanked))
        // What is withdrawn is installed only when exactly it is asked for.
        .or_else(|| specifiers.pinned().and_then(|_| best(&|_, _| true)))
}

/// The version in a file's name, when the file is one of this distribution.
fn version_of(file: &str, name: &str) -> Option<String> {
    let wheel = file.strip_suffix(".whl").or_else(|| file.strip_suffix(".egg"));
    if let Some(stem) = wheel {
        let mut parts = stem.split('-');
        let own = normal(parts.next()?) == name;
        return parts.next().filter(|_| own).map(str::to_owned);
    }
    let stem = [".tar.gz", ".zip", ".tgz", ".tar.bz2", ".tar.xz", ".tar.Z", ".exe", ".msi", ".rpm"]
        .iter()
        .find_map(|end| file.strip_suffix(end))?;
    stem.match_indices('-').find_map(|(at, _)| {
        let (before, after) = stem.split_at_checked(at)?;
        let version = after.get(1..)?;
        (normal(before) == name && Version::parse(version).is_some()).then(|| version.to_owned())
    })
}

/// The files of a page.
fn files(page: &Address, content_type: &str, body: &str) -> Result<Page, Trouble> {
    if content_type.contains("json") || body.trim_start().starts_with('{') {
        return from_json(page, body);
    }
    Ok(from_html(page, body))
}

/// The files of a page, and the names of those that are not read; an empty name stands for all beyond the limit.
pub(super) type Page = (Vec<File>, Vec<String>);

/// The same of all indexes, each file with its index.
type Files = (Vec<(String, File)>, Vec<String>);

/// Remembers a file that is not read, when its name is one of a distribution.
fn unread(name: &str, list: &mut Vec<String>) {
    if list.len() < UNREAD && ENDS.iter().any(|end| name.trim().ends_with(end)) {
        list.push(name.chars().take(200).collect());
    }
}

/// Every version that an index has files of.
pub(super) fn versions(registry: &Registry, name: &Name) -> Result<Vec<Published>, Trouble> {
    let (all, _) = all_files(registry, name)?;
    let all = all.into_iter().filter_map(|(_, f)| Some((version_of(&f.name, &name.name)?, f.time))).collect();
    Ok(sorted_python(all))
}

/// The page of each index that has one, and the index. What is not reached is no page: pip fails then, too, since a second
/// index could have had a newer version.
fn pages(registry: &Registry, name: &Name) -> Result<Vec<(String, Arc<Page>)>, Trouble> {
    let mut all = Vec::new();
    for index in &registry.config.pypi {
        let address = index.below(&format!("{}/", name.name));
        let of = address.to_string();
        let known = registry.pages.lock().unwrap_or_else(PoisonError::into_inner).get(&of).map(Arc::clone);
        let page = match known {
            Some(page) => page,
            None => match registry.document(&address, ACCEPT).and_then(|d| files(&address, &d.content_type, &d.body)) {
                Ok(page) => {
                    let page = Arc::new(page);
                    registry.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(of, Arc::clone(&page));
                    page
                }
                Err(Trouble::Missing(_)) => continue,
                Err(other) => return Err(other),
            },
        };
        all.push((index.to_string(), page));
    }
    if all.iter().all(|(_, page)| page.0.is_empty()) {
        return Err(Trouble::Missing(format!("{name}: no index has it")));
    }
    Ok(all)
}

/// The files of all indexes with the index of each.
fn all_files(registry: &Registry, name: &Name) -> Result<Files, Trouble> {
    let (mut all, mut unread) = (Vec::new(), Vec::new());
    for (index, page) in pages(registry, name)? {
        all.extend(page.0.iter().map(|f| (index.clone(), f.clone())));
        unread.extend_from_slice(&page.1);
    }
    Ok((all, unread))
}

/// A page whose files are at `own`, and its type. Every wheel's metadata is there as well, whether the index has it or not.
/// pip reads JSON several times as fast as HTML, and what some indexes say (times of upload) only JSON has a place for.
pub(super) fn page(registry: &Registry, name: &Name, own: &str, json: bool) -> Result<(&'static str, String), Trouble> {
    let pages = pages(registry, name)?;
    let all = pages.iter().flat_map(|(_, page)| &page.0);
    Ok(if json { (JSON, json_page(&name.name, own, all)) } else { (HTML, html_page(&name.name, own, all)) })
}

/// Reference: <https://peps.python.org/pep-0691/>.
fn json_page<'f>(name: &str, own: &str, all: impl Iterator<Item = &'f File>) -> String {
    let files: Vec<Value> = all
        .map(|file| {
            let hashes: Map<String, Value> =
                file.promised.iter().map(|d| (d.algorithm.word().to_owned(), json!(d.hex))).collect();
            let mut told = Map::new();
            let mut tell = |key: &str, value: Value| drop(told.insert(key.to_owned(), value));
            tell("filename", json!(file.name));
            tell("url", json!(format!("{own}/files/{name}/{}", file.name)));
            tell("hashes", Value::Object(hashes));
            tell("yanked", json!(file.yanked));
            if let Some(requires) = &file.requires {
                tell("requires-python", json!(requires));
            }
            if let Some(time) = &file.time {
                tell("upload-time", json!(time));
            }
            if file.name.ends_with(".whl") {
                // pip of before 2023 looks for the second name.
                tell("core-metadata", json!(true));
                tell("dist-info-metadata", json!(true));
            }
            Value::Object(told)
        })
        .collect();
    json!({ "meta": { "api-version": "1.0" }, "name": name, "files": files }).to_string()
}

/// Reference: <https://peps.python.org/pep-0503/>.
fn html_page<'f>(name: &str, own: &str, all: impl Iterator<Item = &'f File>) -> String {
    let mut page = String::from(
        "<!DOCTYPE html><html><head><meta name=\"pypi:repository-version\" content=\"1.0\"></head><body>\n",
    );
    for file in all {
        // Names are plain (see `is_plain`), digests are hex: nothing to escape.
        let digest =
            file.promised.as_ref().map(|d| format!("#{}", d.to_string().replace(':', "="))).unwrap_or_default();
        let yanked = if file.yanked { " data-yanked=\"\"" } else { "" };
        let requires = file.requires.as_ref().map(|r| r.replace('<', "&lt;").replace('>', "&gt;"));
        let requires = requires.map(|r| format!(" data-requires-python=\"{r}\"")).unwrap_or_default();
        // Installers of before 2023 look for the second name.
        let metadata = if file.name.ends_with(".whl") {
            " data-core-metadata=\"true\" data-dist-info-metadata=\"true\""
        } else {
            ""
        };
        page.push_str(&format!(
            "<a href=\"{own}/files/{name}/{}{digest}\"{yanked}{requires}{metadata}>{}</a><br>\n",
            file.name, file.name
        ));
    }
    page.push_str("</body></html>\n");
    page
}

/// One file of the indexes, and its index.
fn one_of(registry: &Registry, name: &Name, wanted: &str) -> Result<Option<(String, File)>, Trouble> {
    let pages = pages(registry, name)?;
    let mut all = pages.iter().flat_map(|(index, page)| page.0.iter().map(move |f| (index, f)));
    Ok(all.find(|(_, f)| f.name == wanted).map(|(index, f)| (index.clone(), f.clone())))
}

/// The entry of one file.
pub(super) fn file(registry: &Registry, name: &Name, wanted: &str) -> Result<Option<Entry>, Trouble> {
    Ok(one_of(registry, name, wanted)?.map(|(index, file)| {
        let version = version_of(&file.name, &name.name).unwrap_or_default();
        let wish = Wish { name: name.clone(), alias: None, why: super::Why::Asked, from: None, depth: 0 };
        entry(&wish, &Wants::default(), &version, &index, &file)
    }))
}

/// What the index says about a file by itself; nothing when it does not.
pub(super) fn metadata(registry: &Registry, name: &Name, wanted: &str) -> Result<Option<String>, Trouble> {
    let (_, file) =
        one_of(registry, name, wanted)?.ok_or_else(|| Trouble::Missing(format!("{name}: there is no {wanted}")))?;
    if !file.metadata {
        return Ok(None);
    }
    Ok(Some(registry.document(&metadata_of(&file), "*/*")?.body.clone()))
}

/// Where an index keeps what a file says about itself.
fn metadata_of(file: &File) -> Address {
    let mut address = file.address.clone();
    address.path.push_str(".metadata");
    address
}

/// A file name that may be one on disk.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.len() < 250
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_+!~".contains(&b))
}

/// A specifier of Python versions; nothing when it has other characters than one has.
fn specifier(text: &str) -> Option<String> {
    let plain = text.len() < 200 && text.chars().all(|c| c.is_ascii_alphanumeric() || "<>=!~.,* ".contains(c));
    plain.then(|| text.to_owned())
}

fn from_json(page: &Address, body: &str) -> Result<Page, Trouble> {
    let document: Value =
        serde_json::from_str(body).map_err(|e| Trouble::Malformed(format!("{page} is no JSON document: {e}")))?;
    let list = document.get("files").and_then(Value::as_array);
    let list = list.ok_or_else(|| Trouble::Malformed(format!("{page} has no list of files")))?;
    let mut left = Vec::new();
    if list.len() > MOST {
        left.push(String::new());
    }
    let read: Vec<File> = list
        .iter()
        .take(MOST)
        .filter_map(|f| {
            let read = one(page, f);
            if read.is_none() {
                unread(f.get("filename").and_then(Value::as_str).unwrap_or_default(), &mut left);
            }
            read
        })
        .collect();
    Ok((read, left))
}

/// One file of a JSON page.
fn one(page: &Address, f: &Value) -> Option<File> {
    let name = f.get("filename")?.as_str().filter(|n| is_plain(n))?;
    let address = page.join(f.get("url")?.as_str()?)?;
    let hash = |kind: &str| Digest::of_hex(kind, f.get("hashes")?.get(kind)?.as_str()?);
    let told = |key: &str| match f.get(key) {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(_) => true,
    };
    Some(File {
        name: name.to_owned(),
        address,
        promised: hash("sha512").or_else(|| hash("sha256")).or_else(|| hash("sha1")),
        yanked: told("yanked"),
        metadata: told("core-metadata") || told("data-dist-info-metadata"),
        time: f.get("upload-time").and_then(Value::as_str).map(str::to_owned),
        requires: f.get("requires-python").and_then(Value::as_str).and_then(specifier),
    })
}

/// The anchors of a page (PEP 503).
fn from_html(page: &Address, body: &str) -> Page {
    let (mut found, mut left) = (Vec::new(), Vec::new());
    let mut base = page.clone();
    if body.split('<').skip(1).nth(4 * MOST).is_some() {
        left.push(String::new());
    }
    for tag in body.split('<').skip(1).take(4 * MOST) {
        let Some((inside, text)) = tag.split_once('>') else { continue };
        let (word, attributes) = inside.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inside, ""));
        if word.eq_ignore_ascii_case("base")
            && let Some(to) = attribute(attributes, "href").and_then(|h| page.join(&h))
        {
            base = to;
        }
        if !word.eq_ignore_ascii_case("a") {
            continue;
        }
        if found.len() >= MOST {
            left.push(String::new());
            break;
        }
        let Some(reference) = attribute(attributes, "href") else { continue };
        let (reference, fragment) = reference.split_once('#').unwrap_or((&reference, ""));
        let Some(address) = base.join(reference) else {
            unread(&unescaped(text.trim()), &mut left);
            continue;
        };
        let last = address.path.split('?').next().and_then(|p| p.rsplit('/').next()).unwrap_or_default();
        let shown = unescaped(text.trim());
        let name = if is_plain(&shown) { shown } else { percent_decoded(last) };
        if !is_plain(&name) {
            unread(&name, &mut left);
            continue;
        }
        let promised = fragment.split('&').find_map(|pair| {
            let (algorithm, hex) = pair.split_once('=')?;
            Digest::of_hex(algorithm, hex)
        });
        found.push(File {
            name,
            address,
            promised,
            yanked: attribute(attributes, "data-yanked").is_some(),
            metadata: ["data-core-metadata", "data-dist-info-metadata"]
                .iter()
                .any(|a| attribute(attributes, a).is_some_and(|v| v != "false")),
            time: None,
            requires: attribute(attributes, "data-requires-python").as_deref().and_then(specifier),
        });
    }
    (found, left)
}

/// The value of an attribute; empty when it stands alone.
fn attribute(text: &str, name: &str) -> Option<String> {
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (word, tail) = rest.split_at_checked(end)?;
        let tail = tail.trim_start();
        let (value, tail) = match tail.strip_prefix('=').map(str::trim_start) {
            None => ("", tail),
            Some(tail) => match tail.chars().next() {
                Some(quote @ ('"' | '\'')) => tail.get(1..)?.split_once(quote)?,
                _ => tail.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((tail, "")),
            },
        };
        if word.eq_ignore_ascii_case(name) {
            return Some(unescaped(value));
        }
        if word.is_empty() && tail.len() >= rest.len() {
            return None;
        }
        rest = tail.trim_start();
    }
    None
}

fn unescaped(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#43;", "+"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
}

/// Follows `Requires-Dist` of the first file whose metadata the index keeps.
fn requirements(registry: &Registry, wish: &Wish, all: &[(String, File)], version: &str, found: &mut Found) {
    let own = |f: &&(String, File)| version_of(&f.1.name, &wish.name.name).as_deref() == Some(version);
    let Some((_, file)) = all.iter().filter(own).find(|(_, f)| f.metadata) else {
        found.missing.push(format!("what {} {version} depends on: its index does not say", wish.name.name));
        return;
    };
    let metadata = match registry.document(&metadata_of(file), "*/*") {
        Ok(metadata) => metadata,
        Err(why) => {
            found.missing.push(format!("what {} {version} depends on: {why}", wish.name.name));
            return;
        }
    };
    let head = metadata.body.split("\n\n").next().unwrap_or_default();
    for line in head.lines().filter_map(|l| l.strip_prefix("Requires-Dist:")).take(REQUIREMENTS) {
        let line = line.trim();
        if let Some((name, extras)) = line.split(';').next().unwrap_or(line).split_once('[') {
            let extras = extras.split(']').next().unwrap_or_default();
            if !is_extra(line) {
                found.missing.push(format!("{}: what its extras [{extras}] bring is not followed", name.trim()));
            }
        }
        match required(line) {
            Ok(None) => {}
            Ok(Some(name)) => found.wishes.push(wish.dependency(name)),
            Err(why) => found.missing.push(why),
        }
    }
}

/// Whether a requirement is only that of an extra. Every other marker is taken as true: `or` makes it one of two, and a
/// text between quotes is only compared with.
fn is_extra(line: &str) -> bool {
    let marker = line.split_once(';').map_or("", |(_, marker)| marker);
    let mut plain = String::new();
    let mut quote = None;
    for c in marker.chars() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if matches!(c, '\'' | '"') => quote = Some(c),
            None => plain.push(c),
        }
    }
    let words: String = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let tight = words.replace(' ', "");
    tight.contains("extra==")
        && !words.split([' ', '(', ')']).any(|w| w == "or" || w == "not")
        && !tight.contains(")or")
}

/// `name[extra] (>=1) ; marker`. Conditions about the machine are taken as true; extras are nobody's wish.
fn required(line: &str) -> Result<Option<Name>, String> {
    let what = line.split(';').next().unwrap_or(line);
    if is_extra(line) {
        return Ok(None);
    }
    if what.contains('@') {
        return Err(format!("{}: comes from an address, not from an index: not fetched", what.trim()));
    }
    let end = what.find(|c: char| !(c.is_ascii_alphanumeric() || "-._".contains(c))).unwrap_or(what.len());
    let (name, rest) = what.split_at_checked(end).unwrap_or((what, ""));
    let rest = rest.trim();
    let rest = if rest.starts_with('[') { rest.split_once(']').map_or("", |(_, after)| after) } else { rest };
    Name::pypi(name, rest.trim().trim_start_matches('(').trim_end_matches(')')).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_the_same_in_both_forms() {
        let asked = json!({"files": [
            {"filename": "a_b-1.0-py3-none-any.whl", "url": "x/a_b-1.0-py3-none-any.whl", "hashes": {"sha256": "ab".repeat(32)},
             "requires-python": ">=3.8,<4", "core-metadata": {"sha256": "cd"}, "upload-time": "2026-11-01T00:00:00Z"},
            {"filename": "a_b-0.9.tar.gz", "url": "x/a_b-0.9.tar.gz", "hashes": {}, "yanked": "broken"},
        ]});
        let (all, _) = from_json(&page(), &asked.to_string()).unwrap();
        let written = [
            from_json(&page(), &json_page("a-b", "http://gate.invalid/s", all.iter())).unwrap(),
            from_html(&page(), &html_page("a-b", "http://gate.invalid/s", all.iter())),
        ];
        for (form, (read, unread)) in written.into_iter().enumerate() {
            assert!(unread.is_empty());
            let expected: Vec<File> = all
                .iter()
                .map(|f| File {
                    address: Address::parse(&format!("http://gate.invalid/s/files/a-b/{}", f.name)).unwrap(),
                    metadata: f.name.ends_with(".whl"),
                    time: f.time.clone().filter(|_| form == 0),
                    ..f.clone()
                })
                .collect();
            assert_eq!(read, expected);
        }
        assert_eq!(all[0].requires.as_deref(), Some(">=3.8,<4"));
        assert!(all[1].yanked && all[1].promised.is_none());
    }

    fn page() -> Address {
        Address::parse("https://index.invalid/simple/a-b/").unwrap()
    }

    #[test]
    fn both_forms_of_a_page_say_the_same() {
        let digest = "0".repeat(64);
        let json = format!(
            r#"{{"files":[{{"filename":"a_b-1.0-py3-none-any.whl","url":"../../f/a_b-1.0-py3-none-any.whl","hashes":{{"sha256":"{digest}"}},
            "yanked":"bad","core-metadata":{{"sha256":"x"}}}},{{"filename":"../evil.whl","url":"x"}}]}}"#
        );
        let html = format!(
            "<!doctype html><body><A data-yanked='bad' data-core-metadata=\"sha256=x\"\n href=\"../../f/a_b-1.0-py3-none-any.whl#sha256={digest}\">a_b-1.0-py3-none-any.whl</a><br>\
             <a href='file:///etc/passwd'>x.whl</a><a>none</a><a href=\"../evil/..%2f..%2fx\">../evil.whl</a>"
        );
        let a = files(&page(), "application/vnd.pypi.simple.v1+json", &json).unwrap();
        let b = files(&page(), "text/html", &html).unwrap();
        assert_eq!(a.0, b.0);
        let (a, left) = a;
        assert_eq!((a.len(), left.len()), (1, 1), "what cannot be named is told");
        assert_eq!(a[0].address.to_string(), "https://index.invalid/f/a_b-1.0-py3-none-any.whl");
        assert!(a[0].yanked && a[0].metadata && a[0].promised.is_some());
    }

    #[test]
    fn versions_stand_in_file_names() {
        for (file, version) in [
            ("a_b-1.0-py3-none-any.whl", Some("1.0")),
            ("A.B-1.0.tar.gz", Some("1.0")),
            ("a-b-1.0-1.tar.gz", Some("1.0-1")),
            ("a_b-1.0.zip", Some("1.0")),
            ("other-1.0.zip", None),
            ("a_b.whl", None),
            ("a-b.tar.gz", None),
        ] {
            assert_eq!(version_of(file, "a-b").as_deref(), version, "{file}");
        }
    }

    #[test]
    fn what_is_required_is_read() {
        let read = |line: &str| required(line).map(|n| n.map(|n| (n.name, n.wish)));
        assert_eq!(read("Foo_Bar[x] (>=1,<2) ; python_version > '3'"), Ok(Some(("foo-bar".into(), ">=1,<2".into()))));
        assert_eq!(read("foo"), Ok(Some(("foo".into(), String::new()))));
        assert_eq!(read("foo; extra == 'test'"), Ok(None));
        assert_eq!(read("foo; (python_version > '3') and extra=='test'"), Ok(None));
        for always in [
            "foo; platform_machine != 'extra'",
            "foo; platform_machine != \"extra == 'x'\"",
            "foo; extra == 'x' or python_version > '3'",
            "foo; extra != 'x'",
        ] {
            assert_eq!(read(always), Ok(Some(("foo".into(), String::new()))), "{always}");
        }
        assert!(read("foo @ https://x.invalid/y.whl").is_err());
    }

    #[test]
    fn attributes_of_broken_pages_end() {
        for text in ["href", "href=", "href=\"x", "= = =", "a'b=c", "\"", "href='a' b"] {
            let _ = attribute(text, "zzz");
        }
        assert_eq!(attribute("x=1 href = 'a&amp;b'", "href").as_deref(), Some("a&b"));
    }
}
