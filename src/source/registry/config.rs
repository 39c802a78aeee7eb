//! Which registries to ask, and with what credentials: what the user's own npm and pip are set to.
//!
//! Read are the command line, the environment, the user's files and the machine's. A `.npmrc` of the working folder is
//! **not** read, though npm does: it belongs to whoever wrote that folder, and could send a token elsewhere.

mod ini;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use base64::Engine as _;

use super::address::{Address, percent_decoded};

/// Where npm packages come from when nothing says otherwise.
const NPM: &str = "https://registry.npmjs.org/";
/// Where Python distributions come from when nothing says otherwise.
const PYPI: &str = "https://pypi.org/simple/";

/// Bytes of a configuration file that are read.
const LARGEST: u64 = 1 << 20;

/// What was configured, and where that was said.
#[derive(Debug, Clone)]
pub struct Config {
    pub(super) npm: Address,
    /// `@scope` to its registry.
    pub(super) scopes: BTreeMap<String, Address>,
    pub(super) pypi: Vec<Address>,
    pub(super) credentials: Vec<Credential>,
    /// Files with certificates to trust besides or instead of the built-in ones.
    pub(super) authorities: Vec<PathBuf>,
    /// What could not be obeyed, for the user.
    pub notes: Vec<String>,
}

/// What to send to addresses that begin so.
#[derive(Clone)]
pub(super) struct Credential {
    pub(super) host: String,
    pub(super) path: String,
    /// The value of `Authorization`.
    pub(super) header: String,
}

/// A secret never stands in a message.
impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credential({}{})", self.host, self.path)
    }
}

/// Reads environment variables; a function so that tests need not change the process.
type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Config {
    /// What this user has configured. `registry` is what was typed: it stands for every registry of its kind.
    ///
    /// # Errors
    /// What is wrong with an address or a file that was named.
    pub fn of_user(registry: Option<&str>) -> Result<Self, String> {
        Self::read(registry, &|name| std::env::var(name).ok().filter(|v| !v.is_empty()))
    }

    fn read(registry: Option<&str>, env: Env<'_>) -> Result<Self, String> {
        let mut config = Self {
            npm: address(NPM)?,
            scopes: BTreeMap::new(),
            pypi: vec![address(PYPI)?],
            credentials: Vec::new(),
            authorities: Vec::new(),
            notes: Vec::new(),
        };
        config.npm_files(env)?;
        config.pip_files(env)?;
        config.netrc(env)?;
        for name in ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "PIP_CERT"] {
            config.authorities.extend(env(name).map(PathBuf::from));
        }
        if let Some(typed) = registry {
            let known = config.credentials.len();
            let typed = config.with_user(typed)?;
            // What was typed wins over what stands in files.
            let new = config.credentials.len().saturating_sub(known);
            config.credentials.rotate_right(new);
            config.npm = typed.clone();
            config.scopes.clear();
            config.pypi = vec![typed];
        }
        Ok(config)
    }

    /// The scopes for which this user's files, those of npm itself, or a `.npmrc` of the working folder and of those above
    /// it name a registry. Of the latter only the names are taken.
    #[must_use]
    pub fn scopes_of_user() -> Vec<String> {
        let mut scopes: Vec<String> = Self::of_user(None).map(|c| c.scopes.into_keys().collect()).unwrap_or_default();
        let here = std::env::current_dir().unwrap_or_default();
        let above = here.ancestors().map(|folder| folder.join(".npmrc"));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let prefixes = std::env::split_paths(&path).filter_map(|p| Some(p.parent()?.join("etc/npmrc")));
        for text in above.chain(prefixes).filter_map(|p| read(&p).ok().flatten()) {
            scopes.extend(scopes_in(&text, &|name| std::env::var(name).ok()));
        }
        scopes.sort();
        scopes.dedup();
        scopes.retain(|s| s.starts_with('@') && !s.contains(['=', '\0']));
        scopes
    }

    /// The registry of an npm package.
    pub(super) fn npm_of(&self, name: &str) -> &Address {
        let scope = name.split_once('/').map(|(scope, _)| scope);
        scope.and_then(|s| self.scopes.get(s)).unwrap_or(&self.npm)
    }

    /// What to send to an address: that of the longest prefix.
    pub(super) fn authorization(&self, to: &Address) -> Option<&str> {
        let mut own = self.scopes.values().chain(&self.pypi).chain([&self.npm]);
        if !to.secure && !own.any(|r| !r.secure && r.host == to.host) {
            return None;
        }
        let below = |c: &Credential| {
            to.path
                .strip_prefix(c.path.trim_end_matches('/'))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        // The last of equals is what is found: of several the first is to count.
        self.credentials
            .iter()
            .rev()
            .filter(|c| c.host == to.host && below(c))
            .max_by_key(|c| c.path.trim_end_matches('/').len())
            .map(|c| c.header.as_str())
    }

    /// An address, whose user and password become a credential.
    fn with_user(&mut self, text: &str) -> Result<Address, String> {
        let mut address = address(text)?;
        if let Some(user) = address.user.take() {
            self.credentials.push(Credential {
                host: address.host.clone(),
                path: "/".to_owned(),
                header: basic(&percent_decoded(&user)),
            });
        }
        Ok(address)
    }

    fn npm_files(&mut self, env: Env<'_>) -> Result<(), String> {
        let named = |name: &str| env(name).or_else(|| env(&name.to_ascii_lowercase())).map(PathBuf::from);
        let user = named("NPM_CONFIG_USERCONFIG").or_else(|| Some(home(env)?.join(".npmrc")));
        let global = named("NPM_CONFIG_GLOBALCONFIG").or_else(|| Some(PathBuf::from("/etc/npmrc")));
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        for path in [global, user].into_iter().flatten() {
            let Some(text) = read(&path)? else { continue };
            for line in ini::npm_lines(&text).filter(|l| l.section.is_empty()) {
                values.insert(expanded(line.key, env), expanded(&line.value, env));
            }
        }
        if let Some(registry) = env("npm_config_registry").or_else(|| env("NPM_CONFIG_REGISTRY")) {
            values.insert("registry".to_owned(), registry);
        }
        let mut passwords: BTreeMap<String, (Option<String>, Option<String>)> = BTreeMap::new();
        for (key, value) in &values {
            if key == "registry" {
                self.npm = self.with_user(value)?;
            } else if let Some(scope) = key.strip_suffix(":registry").filter(|s| s.starts_with('@')) {
                let address = self.with_user(value)?;
                self.scopes.insert(scope.to_owned(), address);
            } else if let Some((place, what)) = key.strip_prefix("//").and_then(|k| k.rsplit_once(':')) {
                match what {
                    "_authToken" => self.credential(place, format!("Bearer {value}")),
                    "_auth" => self.credential(place, format!("Basic {value}")),
                    "username" => passwords.entry(place.to_owned()).or_default().0 = Some(value.clone()),
                    "_password" => passwords.entry(place.to_owned()).or_default().1 = Some(value.clone()),
                    _ => {}
                }
            } else if key == "cafile" {
                self.authorities.push(PathBuf::from(value));
            } else if key == "strict-ssl" && value == "false" {
                self.notes.push("strict-ssl=false is not obeyed: certificates are always checked".to_owned());
            }
        }
        for (place, pair) in passwords {
            if let (Some(user), Some(password)) = pair {
                let password = base64::engine::general_purpose::STANDARD.decode(password.trim()).unwrap_or_default();
                self.credential(&place, basic(&format!("{user}:{}", String::from_utf8_lossy(&password))));
            }
        }
        Ok(())
    }

    fn credential(&mut self, place: &str, header: String) {
        if header.chars().any(|c| c.is_control()) {
            self.notes.push(format!("the credential for //{place} has characters that no header may have"));
            return;
        }
        let (host, path) = place.split_once('/').unwrap_or((place, ""));
        self.credentials.push(Credential { host: host.to_ascii_lowercase(), path: format!("/{path}"), header });
    }

    fn pip_files(&mut self, env: Env<'_>) -> Result<(), String> {
        let config_home = env("XDG_CONFIG_HOME").map(PathBuf::from).or_else(|| Some(home(env)?.join(".config")));
        let files = [
            Some(PathBuf::from("/etc/xdg/pip/pip.conf")),
            Some(PathBuf::from("/etc/pip.conf")),
            home(env).map(|h| h.join(".pip/pip.conf")),
            config_home.map(|c| c.join("pip/pip.conf")),
            env("PIP_CONFIG_FILE").map(PathBuf::from),
        ];
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        for path in files.into_iter().flatten() {
            let Some(text) = read(&path)? else { continue };
            for line in ini::lines(&text).filter(|l| matches!(l.section, "global" | "install" | "download")) {
                values.insert(line.key.replace('_', "-"), line.value.clone());
            }
        }
        for name in ["index-url", "extra-index-url", "cert"] {
            let variable = format!("PIP_{}", name.replace('-', "_").to_ascii_uppercase());
            if let Some(value) = env(&variable) {
                values.insert(name.to_owned(), value);
            }
        }
        if let Some(url) = values.get("index-url") {
            self.pypi = vec![self.with_user(url)?];
        }
        for url in values.get("extra-index-url").into_iter().flat_map(|v| v.split_whitespace()) {
            let url = self.with_user(url)?;
            self.pypi.push(url);
        }
        if let Some(cert) = values.get("cert") {
            self.authorities.push(PathBuf::from(cert));
        }
        if values.contains_key("trusted-host") {
            self.notes.push("trusted-host is not obeyed: certificates are always checked".to_owned());
        }
        Ok(())
    }

    /// `machine HOST login USER password SECRET`, as pip and curl read it.
    fn netrc(&mut self, env: Env<'_>) -> Result<(), String> {
        let path = env("NETRC").map(PathBuf::from).or_else(|| Some(home(env)?.join(".netrc")));
        let Some(text) = path.map(|p| read(&p)).transpose()?.flatten() else { return Ok(()) };
        let (mut host, mut login) = (None::<String>, None::<String>);
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "machine" => (host, login) = (words.next().map(str::to_owned), None),
                // Goes to whoever is asked, and so to nobody.
                "default" => (host, login) = (None, None),
                "account" => drop(words.next()),
                "login" => login = words.next().map(str::to_owned),
                "password" => {
                    if let (Some(host), Some(login), Some(password)) = (&host, &login, words.next()) {
                        let header = basic(&format!("{login}:{password}"));
                        let host = host.to_ascii_lowercase();
                        self.credentials.push(Credential { host, path: "/".to_owned(), header });
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn address(text: &str) -> Result<Address, String> {
    // What stands before the host may be a password.
    let shown = text.rsplit('@').next().unwrap_or_default();
    let mut address = Address::parse(text).ok_or_else(|| format!("{shown:?} is no address of a registry"))?;
    if !address.path.ends_with('/') {
        address.path.push('/');
    }
    Ok(address)
}

fn basic(user: &str) -> String {
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(user))
}

fn home(env: Env<'_>) -> Option<PathBuf> {
    env("HOME").or_else(|| env("USERPROFILE")).map(PathBuf::from)
}

/// A configuration file; one that does not exist says nothing. One that cannot be read could have named another registry.
fn read(path: &Path) -> Result<Option<String>, String> {
    let wrong = |why: String| format!("{}: {why}", path.display());
    match std::fs::metadata(path) {
        Ok(meta) if !meta.is_file() => Ok(None),
        Ok(meta) if meta.len() >= LARGEST => Err(wrong(format!("larger than {LARGEST} bytes"))),
        Ok(_) => std::fs::read_to_string(path).map(Some).map_err(|e| wrong(e.to_string())),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(e) => Err(wrong(e.to_string())),
    }
}

/// The scopes for which an `.npmrc` names a registry.
fn scopes_in(text: &str, env: Env<'_>) -> Vec<String> {
    let keys = ini::npm_lines(text).map(|l| expanded(l.key, env));
    keys.filter_map(|k| k.strip_suffix(":registry").map(str::to_owned)).collect()
}

/// `${NAME}` replaced from the environment, as npm does.
fn expanded(value: &str, env: Env<'_>) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, tail)) = rest.split_once("${") {
        out.push_str(before);
        let Some((name, after)) = tail.split_once('}') else {
            out.push_str("${");
            rest = tail;
            continue;
        };
        out.push_str(&env(name).unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(home: &Path, more: &[(&str, &str)], registry: Option<&str>) -> Config {
        let home = home.to_str().unwrap().to_owned();
        let env = move |name: &str| {
            if name == "HOME" {
                return Some(home.clone());
            }
            more.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())
        };
        Config::read(registry, &env).unwrap()
    }

    #[test]
    fn what_npm_is_set_to_is_obeyed() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(
            dir.path().join(".npmrc"),
            "; a comment\nregistry = https://npm.example.invalid/a\n@corp:registry=https://corp.example.invalid/npm/\n\
             //corp.example.invalid/npm/:_authToken=${TOKEN}\n//npm.example.invalid/a/:username=u\n\
             //npm.example.invalid/a/:_password=cHc=\nstrict-ssl=false\n",
        )
        .unwrap();
        let config = config(dir.path(), &[("TOKEN", "t0")], None);
        assert_eq!(config.npm_of("tool").to_string(), "https://npm.example.invalid/a/");
        assert_eq!(config.npm_of("@other/tool").to_string(), "https://npm.example.invalid/a/");
        let corp = config.npm_of("@corp/tool");
        assert_eq!(corp.to_string(), "https://corp.example.invalid/npm/");
        assert_eq!(config.authorization(&corp.below("tool")), Some("Bearer t0"));
        assert_eq!(config.authorization(&config.npm.below("tool")), Some("Basic dTpwdw=="));
        let elsewhere = Address::parse("https://corp.example.invalid/other/tool").unwrap();
        assert_eq!(config.authorization(&elsewhere), None, "a token goes only where it was given for");
        assert_eq!(config.notes.len(), 1);
        assert!(!format!("{config:?}").contains("t0"));
    }

    #[test]
    fn what_pip_is_set_to_is_obeyed() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join(".config/pip")).unwrap();
        std::fs::write(
            dir.path().join(".config/pip/pip.conf"),
            "[global]\nindex-url = https://me:p%40ss@pip.example.invalid/simple\nextra-index-url =\n  https://b.invalid/simple\n  https://c.invalid/simple\n",
        )
        .unwrap();
        let config = config(dir.path(), &[], None);
        let all: Vec<String> = config.pypi.iter().map(ToString::to_string).collect();
        assert_eq!(
            all,
            ["https://pip.example.invalid/simple/", "https://b.invalid/simple/", "https://c.invalid/simple/"]
        );
        assert_eq!(config.authorization(&config.pypi[0]), Some("Basic bWU6cEBzcw=="));
    }

    #[test]
    fn the_command_line_wins_over_the_environment_and_that_over_files() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(".npmrc"), "registry=https://file.invalid/\n@s:registry=https://s.invalid/")
            .unwrap();
        let env = [("NPM_CONFIG_REGISTRY", "https://env.invalid"), ("PIP_INDEX_URL", "https://pip.invalid/s")];
        let by_env = config(dir.path(), &env, None);
        assert_eq!(by_env.npm.to_string(), "https://env.invalid/");
        assert_eq!(by_env.pypi[0].to_string(), "https://pip.invalid/s/");
        let typed = config(dir.path(), &env, Some("http://127.0.0.1:1/x"));
        assert_eq!(typed.npm_of("@s/t").to_string(), "http://127.0.0.1:1/x/");
        assert_eq!(typed.pypi.len(), 1);
    }

    #[test]
    fn npm_reads_its_files_in_its_own_way() {
        let text = "  @a:registry=https://a.invalid\n\"@b:registry\" = 'https://b.invalid'\n@${X}:registry=https://c.invalid\n";
        let env = |name: &str| (name == "X").then(|| "c".to_owned());
        assert_eq!(scopes_in(text, &env), ["@a", "@b", "@c"]);
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(".npmrc"), format!("registry=https://r.invalid\n{text}")).unwrap();
        let config = config(dir.path(), &[("X", "c")], None);
        for (name, host) in [("@a/t", "a"), ("@b/t", "b"), ("@c/t", "c"), ("t", "r")] {
            assert_eq!(config.npm_of(name).to_string(), format!("https://{host}.invalid/"));
        }
    }

    #[test]
    fn a_credential_goes_nowhere_else() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(
            dir.path().join(".npmrc"),
            "registry=https://r.invalid/npm\n//r.invalid/npm:_authToken=t0\n//open.invalid/:_authToken=t1\n\
             @o:registry=http://open.invalid/\n",
        )
        .unwrap();
        std::fs::write(
            dir.path().join(".netrc"),
            "machine r.invalid login u password p0\nmachine x.invalid login u\ndefault login u password p1\n",
        )
        .unwrap();
        let config = config(dir.path(), &[], None);
        let sent = |to: &str| Address::parse(to).and_then(|to| config.authorization(&to).map(str::to_owned));
        assert_eq!(sent("https://r.invalid/npm/tool").as_deref(), Some("Bearer t0"));
        let other = sent("https://r.invalid/npm-of-others/tool").unwrap_or_default();
        assert!(other.starts_with("Basic "), "the path ends where a part of it ends: {other}");
        assert_eq!(sent("http://r.invalid/npm/tool"), None, "never without encryption");
        assert_eq!(sent("http://open.invalid/x").as_deref(), Some("Bearer t1"), "but where the user set it up so");
        assert_eq!(sent("https://x.invalid/"), None, "what stands behind `default` is of no machine");
        for up in ["https://r.invalid/npm/../x", "https://r.invalid/npm/%2E%2e/x", "https://r.invalid/npm/..%2fx"] {
            assert!(Address::parse(up).is_none(), "{up}");
        }
        // Of two that go as far, npm's own counts.
        std::fs::write(dir.path().join(".npmrc"), "registry=https://r.invalid/\n//r.invalid/:_authToken=t2\n").unwrap();
        let config = self::config(dir.path(), &[], None);
        assert_eq!(config.authorization(&config.npm), Some("Bearer t2"));
        let typed = self::config(dir.path(), &[], Some("https://me:pw@r.invalid/"));
        assert_eq!(typed.authorization(&typed.npm), Some(basic("me:pw").as_str()));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_no_empty_file() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().to_str().unwrap().to_owned();
        let env = move |name: &str| (name == "HOME").then(|| home.clone());
        for file in [".npmrc", ".netrc", ".pip/pip.conf"] {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, [b'x', 0xff]).unwrap();
            assert!(Config::read(None, &env).is_err(), "{file}");
            std::fs::write(&path, vec![b'#'; 1 << 20]).unwrap();
            assert!(Config::read(None, &env).is_err(), "{file}");
            std::fs::remove_file(&path).unwrap();
        }
        assert!(Config::read(None, &env).is_ok());
        let wrong = Config::read(Some("ftp://me:secret@r.invalid/"), &env).unwrap_err();
        assert!(wrong.contains("r.invalid") && !wrong.contains("secret"), "{wrong}");
    }
}
