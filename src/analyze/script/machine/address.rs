//! Addresses that JavaScript makes with `new URL`.

use super::Machine;
use super::call::Args;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{HOLE, Labels, Value};

impl Machine {
    /// `new URL(address)`, `new URL(path, base)`, when at least the host is known.
    pub(super) fn address(&mut self, args: &Args) -> Option<Value> {
        let (first, base) = (args.at(0)?, args.at(1));
        let labels = first.labels.with(base.map_or(Labels::NONE, |b| b.labels));
        let path = first.as_text().unwrap_or(HOLE);
        // A file beside the script: `new URL("./x", import.meta.url)`.
        if base.is_some_and(|b| b.as_text().is_some_and(|t| t.starts_with("{own file}"))) && !path.contains("://") {
            let place = path.strip_prefix("./").unwrap_or(path);
            return Some(Value::text(format!("{{own folder}}/{place}"), labels));
        }
        let whole = match base.and_then(Value::as_text) {
            Some(base) if !path.contains("://") => join(base, path)?,
            _ => path.to_owned(),
        };
        let (scheme, rest) = whole.split_once("://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, behind) = rest.split_at_checked(end)?;
        let host = authority.rsplit('@').next().unwrap_or(authority);
        if scheme.is_empty() || host.is_empty() || host.contains(HOLE) {
            return None;
        }
        let name = host.split(':').next().unwrap_or(host).to_owned();
        let origin = format!("{scheme}://{host}");
        let user = authority.rsplit_once('@').map_or("", |(user, _)| user.split(':').next().unwrap_or(user)).to_owned();
        let below = behind.split(['?', '#']).next().filter(|path| !path.is_empty()).unwrap_or("/").to_owned();
        let (scheme, host, behind) = (format!("{scheme}:"), host.to_owned(), behind.to_owned());
        let parameters = self.paths.root("URLSearchParams");
        let parameters = self.paths.call(parameters);
        let parameters = self.handle(parameters, Value::NIL, Labels::NONE);
        let mut fields = Fields::default();
        let is_known = !whole.contains(HOLE);
        let text_of = |text: String| if is_known { Value::str(text, labels) } else { Value::text(text, labels) };
        let parts = [("host", host), ("hostname", name), ("protocol", scheme), ("path", behind)];
        for (field, text) in parts.into_iter().chain([("origin", origin), ("username", user), ("pathname", below)]) {
            fields.set(field, text_of(text));
        }
        fields.set("href", text_of(whole));
        fields.set("searchParams", parameters);
        let value = self.object(Kind::Dict(fields), labels);
        if let crate::analyze::script::value::Known::Object(id) = value.known
            && let Some(object) = self.heap.get_mut(id)
        {
            object.open = true;
        }
        Some(value)
    }
}

/// An address below another.
fn join(base: &str, path: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    if let Some(host) = path.strip_prefix("//") {
        return Some(format!("{scheme}://{host}"));
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, folder) = rest.split_at_checked(end)?;
    if path.starts_with('/') {
        return Some(format!("{scheme}://{host}{path}"));
    }
    let folder = folder.split(['?', '#']).next().unwrap_or_default();
    let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(format!("{scheme}://{host}{folder}/{path}"))
}
