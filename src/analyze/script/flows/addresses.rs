//! What an address says by itself.

use super::HOLE;

/// Hosts where anybody puts anything without a name: file drops, pastes, chat attachments, tunnels, request collectors.
const DROPS: &[&str] = &[
    "cdn.discordapp.com",
    "media.discordapp.net",
    "discord.com/api/webhooks",
    "discordapp.com/api/webhooks",
    "dropbox.com",
    "dl.dropboxusercontent.com",
    "transfer.sh",
    "file.io",
    "anonfiles.com",
    "gofile.io",
    "catbox.moe",
    "litter.catbox.moe",
    "pastebin.com",
    "hastebin.com",
    "paste.ee",
    "rentry.co",
    "ghostbin",
    "controlc.com",
    "paste.c-net.org",
    "ngrok.io",
    "ngrok-free.app",
    "ngrok.app",
    "trycloudflare.com",
    "serveo.net",
    "localhost.run",
    "burpcollaborator.net",
    "oastify.com",
    "interact.sh",
    "oast.fun",
    "oast.pro",
    "oast.live",
    "oast.site",
    "oast.me",
    "oast.online",
    "requestbin",
    "pipedream.net",
    "webhook.site",
    "beeceptor.com",
    "requestcatcher.com",
    "dnslog.cn",
    "ceye.io",
    "canarytokens.com",
    "dnshook.site",
    "bxss.in",
    "api.telegram.org",
    "t.me/",
    "duckdns.org",
    "ddns.net",
    "no-ip.",
    "hopto.org",
    "anondns.net",
    "workers.dev",
    "mediafire.com",
    "temp.sh",
    "0x0.st",
    "bashupload.com",
    "termbin.com",
    "icp0.io",
    "raw.ic0.app",
    "pages.dev",
    "glitch.me",
    "repl.co",
    "replit.dev",
    "herokuapp.com",
    "000webhostapp.com",
    "onion.",
    ".onion",
    "grabify",
    "iplogger",
    "ipinfo.io",
    "api.ipify.org",
    "mega.nz",
    "onedrive.live.com",
    "storage.to",
    "upload.ee",
    "filebin.net",
    "zerobin",
    "m.pipedream",
    "envs.sh",
    "oshi.at",
    "ix.io",
];

/// Endings of names that cost next to nothing. Whoever has one has it alone.
const CHEAP: &[&str] = &[".top/", ".xyz/", ".tk/", ".icu/", ".cfd/", ".sbs/"];
/// The one of them that services of their own are at, too: what says who the user is may be meant for them.
const ALSO_USED: &str = ".xyz/";

/// Collectors of requests that prove that code runs somewhere.
const COLLECTORS: &[&str] = &[
    "burpcollaborator.net",
    "oastify.com",
    "interact.sh",
    "oast.",
    "requestbin",
    "pipedream.net",
    "webhook.site",
    "beeceptor.com",
    "requestcatcher.com",
    "dnslog.",
    "ceye.io",
    "canarytokens.",
    "dnshook.site",
    "bxss.in",
    "interactsh",
    "log.cat",
    "eyes.sh",
    "xss.ht",
    "h4ck.",
    "pwn.",
    "r87.me",
];

/// Whether an address is a collector of requests.
#[must_use]
pub(crate) fn is_collector(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    COLLECTORS.iter().any(|d| lower.contains(d))
}

/// Shortest name below a collector that one run of a tester has, in bytes.
const MIN_RUN: usize = 16;

/// Whether an address is at a collector of requests, below a name that belongs to one run of one tester. Scanners only
/// hold the collector's own name.
#[must_use]
pub(crate) fn is_own_collector(address: &str) -> bool {
    let Some(host) = host(address) else { return false };
    is_collector(host)
        && host.split('.').next().is_some_and(|name| {
            name.len() >= MIN_RUN
                && name.bytes().all(|b| b.is_ascii_alphanumeric())
                && name.bytes().any(|b| b.is_ascii_digit())
        })
}

/// Whether the words of a command, or a path, name a script or program that does not show in its folder.
#[must_use]
pub(crate) fn is_hidden_file(command: &str) -> bool {
    command.split([' ', '"', '\'']).any(|word| {
        let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
        let is_script = || [".py", ".js", ".mjs"].iter().any(|e| name.ends_with(e)) || is_program(name);
        name != word && name.starts_with('.') && !name.starts_with("..") && is_script()
    })
}

/// Whether an address is a mailbox of one person, with its key in it: a web hook, a bot. An address that is put together
/// with somebody else's key is none.
#[must_use]
pub(crate) fn is_inbox(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let keyed =
        |part: &str| lower.split_once(part).is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()));
    keyed("/api/webhooks/") || keyed("api.telegram.org/bot") || is_collector(&lower)
}

/// Whether an address is that of the service that hands a cloud's machine its keys, by its host or by what is asked of it:
/// who puts something before the service asks for the same paths.
pub(crate) fn is_metadata(address: &str) -> bool {
    const PLACES: &[&str] = &[
        "169.254.169.254",
        "169.254.170.2",
        "metadata.google.internal",
        "100.100.100.200",
        "[fd00:ec2::254]",
        "/meta-data/iam/security-credentials",
        "/meta-data/ram/security-credentials",
        "/computeMetadata/v1/instance/service-accounts/",
        "/metadata/identity/oauth2/token",
    ];
    PLACES.iter().any(|place| address.contains(place))
}

/// Whether an address is one by which a bot is spoken to, with its key in it: `/bot1234567:key/sendMessage`.
#[must_use]
pub(crate) fn is_bot(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("/bot") else { return false };
    let Some((number, rest)) = rest.split_once(':') else { return false };
    let key = rest.split('/').next().unwrap_or_default();
    number.len() >= 6
        && number.bytes().all(|b| b.is_ascii_digit())
        && key.len() >= 20
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Whether an address is that of a mailbox whose key somebody else says: a bot or a web hook of the user's own.
#[must_use]
pub(crate) fn is_inbox_of_others(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    ["/api/webhooks/", "api.telegram.org/bot", "hooks.slack.com/services/"]
        .iter()
        .filter_map(|part| lower.split_once(part))
        .any(|(_, key)| key.starts_with(HOLE) || key.starts_with(['$', '%', '{']))
}

/// Whether an address is that of a text which anybody has put somewhere without a name.
#[must_use]
pub(crate) fn is_paste(address: &str) -> bool {
    const PASTES: &[&str] = &[
        "pastebin.com",
        "hastebin.com",
        "paste.ee",
        "rentry.co",
        "controlc.com",
        "termbin.com",
        "paste.rs",
        "dpaste.com",
        "dpaste.org",
    ];
    host(address).is_some_and(|h| PASTES.iter().any(|p| h == *p || h.ends_with(&format!(".{p}"))))
}

/// Whether an address is one of a place where anybody puts anything.
#[must_use]
pub(crate) fn is_drop(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    is_shared(&lower) || CHEAP.iter().any(|ending| lower.contains(ending))
}

/// The same, for what may be meant for who has the place.
#[must_use]
pub(crate) fn is_drop_for_anybody(address: &str) -> bool {
    is_drop(address) && (is_shared(address) || !address.to_ascii_lowercase().contains(ALSO_USED))
}

/// Whether an address is one of a place that many have, or a number, whoever has it.
#[must_use]
pub(crate) fn is_shared(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    // `ix.io` is not `matrix.io`.
    let stands = |drop: &str| {
        let before = |at: usize| at.checked_sub(1).and_then(|i| lower.as_bytes().get(i)).copied().unwrap_or(b' ');
        lower.match_indices(drop).any(|(at, _)| drop.starts_with('.') || !before(at).is_ascii_alphanumeric())
    };
    DROPS.iter().any(|drop| stands(drop)) || is_public_ip(&lower)
}

/// Whether the address belongs to those who make a language or keep its packages, and nobody else can put anything at it
/// that has not gone through them.
#[must_use]
pub(crate) fn is_vendor(address: &str) -> bool {
    let Some(host) = host(address) else { return false };
    [
        "nodejs.org",
        "npmjs.org",
        "npmjs.com",
        "python.org",
        "pypi.org",
        "pythonhosted.org",
        "rust-lang.org",
        "rustup.rs",
        "crates.io",
        "go.dev",
        "golang.org",
    ]
    .iter()
    .any(|d| host == *d || host.ends_with(&format!(".{d}")))
}

/// Where the makers of widely used tools publish the script or program that installs them: host, and what the path begins
/// with when the host also holds what others put there.
const INSTALLERS: &[(&str, &str)] = &[
    ("astral.sh", ""),
    ("github.com", "/astral-sh/uv/releases/"),
    ("github.com", "/probe-rs/probe-rs/releases/"),
    ("github.com", "/axodotdev/cargo-dist/releases/"),
    ("github.com", "/cargo-bins/cargo-binstall/releases/"),
    ("raw.githubusercontent.com", "/cargo-bins/cargo-binstall/"),
    ("bun.sh", ""),
    ("bun.com", ""),
    ("chromium.googlesource.com", "/chromium/src.git/"),
    // Browsers and their drivers, as those who make them keep them for tests.
    ("chromedriver.storage.googleapis.com", ""),
    ("googlechromelabs.github.io", "/chrome-for-testing/"),
    ("storage.googleapis.com", "/chrome-for-testing-public/"),
    ("storage.googleapis.com", "/chromium-browser-snapshots/"),
    ("msedgedriver.microsoft.com", ""),
    ("cdn.playwright.dev", ""),
    ("playwright.azureedge.net", ""),
    ("download.cypress.io", ""),
    ("sh.rustup.rs", ""),
    ("static.rust-lang.org", ""),
    ("win.rustup.rs", ""),
    ("deno.land", "/install"),
    ("deno.land", "/x/install/"),
    ("deno.com", ""),
    ("deb.nodesource.com", ""),
    ("rpm.nodesource.com", ""),
    ("get.docker.com", ""),
    ("get.pnpm.io", ""),
    ("install.python-poetry.org", ""),
    ("bootstrap.pypa.io", ""),
    // What installed setuptools and buildout in their day.
    ("bitbucket.org", "/pypa/"),
    ("raw.githubusercontent.com", "/pypa/"),
    ("raw.github.com", "/pypa/"),
    ("peak.telecommunity.com", "/dist/ez_setup.py"),
    ("pyenv.run", ""),
    ("pdm-project.org", ""),
    ("get.sdkman.io", ""),
    ("get.helm.sh", ""),
    ("get.k3s.io", ""),
    ("get.rke2.io", ""),
    ("get.openziti.io", ""),
    ("github.com", "/mamba-org/micromamba-releases/"),
    ("kind.sigs.k8s.io", "/dl/"),
    ("dl.k8s.io", ""),
    ("elan.lean-lang.org", ""),
    ("caddyserver.com", "/api/download"),
    ("repo.continuum.io", ""),
    ("www.python.org", "/ftp/"),
    ("dl.min.io", ""),
    ("ftp.gnu.org", ""),
    ("get.nextflow.io", ""),
    ("www.sqlite.org", ""),
    ("cmake.org", "/files/"),
    ("ziglang.org", "/download/"),
    ("install.duckdb.org", ""),
    ("get.rvm.io", ""),
    ("pixi.sh", "/install"),
    ("get.volta.sh", ""),
    ("fnm.vercel.app", ""),
    ("starship.rs", ""),
    ("mise.run", ""),
    ("mise.jdx.dev", ""),
    ("claude.ai", "/install"),
    ("downloads.claude.ai", ""),
    ("code-server.dev", "/install"),
    ("cursor.com", "/install"),
    ("opencode.ai", "/install"),
    ("ollama.com", "/install"),
    ("uploader.codecov.io", ""),
    ("cli.codecov.io", ""),
    ("codecov.io", "/bash"),
    ("coveralls.io", ""),
    ("install.determinate.systems", ""),
    ("nixos.org", "/nix/install"),
    ("releases.nixos.org", ""),
    ("sh.brew.sh", ""),
    ("get.haskellup.org", ""),
    ("get-ghcup.haskell.org", ""),
    ("dl.google.com", ""),
    ("sdk.cloud.google.com", ""),
    ("awscli.amazonaws.com", ""),
    ("aka.ms", "/"),
    ("dot.net", ""),
    ("builds.dotnet.microsoft.com", ""),
    ("dl.yarnpkg.com", ""),
    ("install.julialang.org", ""),
    ("julialang-s3.julialang.org", ""),
    ("releases.hashicorp.com", ""),
    ("apt.releases.hashicorp.com", ""),
    ("packages.microsoft.com", ""),
    ("download.docker.com", ""),
    ("repo.anaconda.com", ""),
    ("micro.mamba.pm", ""),
    ("cli.github.com", ""),
    ("sentry.io", "/get-cli"),
    ("fly.io", "/install"),
    ("get.pulumi.com", ""),
    ("cli.doppler.com", ""),
    ("just.systems", ""),
    ("moonrepo.dev", "/install"),
    ("get.jetify.com", ""),
    ("tailscale.com", "/install"),
    ("wasmtime.dev", "/install"),
    ("composer.github.io", ""),
    ("getcomposer.org", ""),
    ("dl-cdn.alpinelinux.org", ""),
    ("deb.debian.org", ""),
    ("archive.ubuntu.com", ""),
    ("apt.llvm.org", ""),
    ("services.gradle.org", ""),
    ("repo.maven.apache.org", ""),
    ("repo1.maven.org", ""),
    ("raw.githubusercontent.com", "/nvm-sh/nvm/"),
    ("raw.githubusercontent.com", "/homebrew/install/"),
    ("raw.githubusercontent.com", "/ohmyzsh/ohmyzsh/"),
    ("raw.githubusercontent.com", "/golangci/golangci-lint/"),
    ("raw.githubusercontent.com", "/helm/helm/"),
    ("raw.githubusercontent.com", "/rhysd/actionlint/"),
    ("raw.githubusercontent.com", "/aquasecurity/trivy/"),
    ("raw.githubusercontent.com", "/anchore/"),
    ("raw.githubusercontent.com", "/kubernetes/"),
    ("raw.githubusercontent.com", "/pyenv/"),
    ("raw.githubusercontent.com", "/rbenv/"),
    ("raw.githubusercontent.com", "/junegunn/"),
    ("raw.githubusercontent.com", "/cosmtrek/air/"),
    ("raw.githubusercontent.com", "/air-verse/air/"),
    ("raw.githubusercontent.com", "/wasmedge/"),
    ("raw.githubusercontent.com", "/oven-sh/"),
    ("raw.githubusercontent.com", "/tj/n/"),
    ("raw.githubusercontent.com", "/foundry-rs/"),
    ("foundry.paradigm.xyz", ""),
    ("bin.equinox.io", "/c/bnyj1mqvy4c/"),
    ("bin.ngrok.com", ""),
    ("raw.githubusercontent.com", "/mklement0/n-install/"),
    ("github.com", "/cloudflare/cloudflared/releases/"),
    ("github.com", "/denoland/deno/releases/"),
    ("github.com", "/foundry-rs/foundry/releases/"),
    ("github.com", "/jqlang/jq/releases/"),
    ("github.com", "/mozilla/geckodriver/releases/"),
    ("github.com", "/oven-sh/bun/releases/"),
    ("github.com", "/protocolbuffers/protobuf/releases/"),
    ("github.com", "/yt-dlp/yt-dlp/releases/"),
    ("github.com", "/tianon/gosu/releases/"),
    ("github.com", "/krallin/tini/releases/"),
    ("github.com", "/mikefarah/yq/releases/"),
    ("github.com", "/hadolint/hadolint/releases/"),
    ("github.com", "/docker/compose/releases/"),
    ("github.com", "/bazelbuild/"),
    ("github.com", "/github/"),
    ("git.io", "/shellspec"),
];

/// Whether the address is where the makers of a widely used tool publish its installer.
#[must_use]
pub(crate) fn is_installer(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let Some(host) = host(&lower) else { return false };
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default();
    // What is attached to an issue is anybody's.
    let is_attached = host == "github.com" && path.split('/').nth(3) == Some("files");
    !is_attached && INSTALLERS.iter().any(|(at, below)| host == *at && path.starts_with(below))
}

/// Services that answer those who pay for them, and at which nobody else can leave or find anything.
const SERVICES: &[&str] = &[
    "api.openai.com",
    "api.anthropic.com",
    "generativelanguage.googleapis.com",
    "api.mistral.ai",
    "api.cohere.com",
    "api.groq.com",
    "api.deepseek.com",
    "api.x.ai",
    "openrouter.ai",
    "api.elevenlabs.io",
    "api.stripe.com",
    "identitytoolkit.googleapis.com",
    "firebaseinstallations.googleapis.com",
    "oauth2.googleapis.com",
    "accounts.google.com",
    "login.microsoftonline.com",
];

/// How many of them are models, which answer what somebody has asked them.
const MODELS: usize = 9;

/// Whether the address is that of a model.
#[must_use]
pub(crate) fn is_model(address: &str) -> bool {
    host(address).is_some_and(|host| SERVICES.iter().take(MODELS).any(|model| host.eq_ignore_ascii_case(model)))
}

/// Whether the address is that of a service which answers only those who pay for it.
#[must_use]
pub(crate) fn is_service(address: &str) -> bool {
    host(address).is_some_and(|host| SERVICES.contains(&host.to_ascii_lowercase().as_str()))
}

/// Whether the address belongs to a package registry or to a host of source code and releases, which installations ask
/// for honest reasons.
#[must_use]
pub(crate) fn is_registry(address: &str) -> bool {
    let Some(host) = host(address) else { return false };
    [
        "pypi.org",
        "python.org",
        "pythonhosted.org",
        "npmjs.org",
        "npmjs.com",
        "github.com",
        "githubusercontent.com",
        "gitlab.com",
        "googleapis.com",
        "conda.io",
        "anaconda.org",
        "apache.org",
        "sourceforge.net",
        "nodejs.org",
        "rust-lang.org",
        "crates.io",
    ]
    .iter()
    .any(|h| host == *h || host.ends_with(&format!(".{h}")))
}

/// The label that somebody has registered of a host, and the domain that it begins: `inert` and `inert.co.uk` of
/// `get.inert.co.uk`.
#[must_use]
pub(crate) fn registered(host: &str) -> Option<(&str, &str)> {
    let domain = psl::domain_str(host)?;
    Some((domain.split('.').next()?, domain))
}

/// The host of an address, in lower case, when it is known.
#[must_use]
pub(crate) fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ' ']).next()?;
    let host = host.rsplit('@').next()?;
    let host = host.split(':').next()?;
    (host.starts_with(|c: char| c.is_ascii_alphanumeric()) && !host.contains(HOLE)).then_some(host)
}

/// Public resolvers, at which nobody else can leave or find anything. Programs connect to them to see which address of
/// their own they would do it from.
const RESOLVERS: &[&str] = &[
    "1.0.0.1",
    "1.1.1.1",
    "8.8.4.4",
    "8.8.8.8",
    "9.9.9.9",
    "114.114.114.114",
    "119.29.29.29",
    "149.112.112.112",
    "208.67.220.220",
    "208.67.222.222",
    "223.5.5.5",
    "223.6.6.6",
];

/// Whether the host is a literal public IPv4 address, of somebody.
#[must_use]
pub(crate) fn is_public_ip(address: &str) -> bool {
    let Some(host) = host(address).filter(|h| !RESOLVERS.contains(h)) else { return false };
    let Ok(ip) = host.parse::<std::net::Ipv4Addr>() else { return false };
    !(ip.is_private() || ip.is_loopback() || ip.is_unspecified() || ip.is_link_local() || ip.is_broadcast())
}

/// Whether the address is on this host or nowhere.
#[must_use]
pub(crate) fn is_local(address: &str) -> bool {
    // A pipe of Windows lies on a machine, and this one when no other is named.
    if address.starts_with("\\\\.\\pipe\\") {
        return true;
    }
    let Some(host) = host(address) else { return false };
    // Alibaba's machines are told about themselves at an address that is none of the private ones.
    matches!(host, "localhost" | "127.0.0.1" | "0.0.0.0" | "::1" | "[" | "host.docker.internal" | "100.100.100.200")
        || host.ends_with(".local")
        || is_example(host)
        || host.parse::<std::net::Ipv4Addr>().is_ok_and(|ip| ip.is_private() || ip.is_loopback() || ip.is_link_local())
}

/// Whether an address is that of the very machine on which the script runs.
#[must_use]
pub(crate) fn is_loopback(address: &str) -> bool {
    host(address).is_some_and(|host| matches!(host, "localhost" | "127.0.0.1" | "::1"))
}

/// Whether an address is the content itself, or content in memory: nobody is asked.
#[must_use]
pub(crate) fn is_in_hand(address: &str) -> bool {
    let start = address.get(..5).unwrap_or_default();
    start.eq_ignore_ascii_case("data:") || start.eq_ignore_ascii_case("blob:")
}

/// Where issuers of keys say whose one is: scanners for secrets that were left lying about ask there whether it still opens
/// anything. What somebody does with one is done elsewhere.
const WHOSE: &[&str] = &[
    "https://api.github.com/user",
    "https://gitlab.com/api/v4/user",
    "https://registry.npmjs.org/-/whoami",
    "https://slack.com/api/auth.test",
    "https://discord.com/api/users/@me",
    "https://huggingface.co/api/whoami-v2",
    "https://api.openai.com/v1/models",
    "https://api.anthropic.com/v1/models",
    "https://api.stripe.com/v1/account",
    "https://api.sendgrid.com/v3/scopes",
    // Where a log-in is exchanged for one of a short life.
    "https://oauth2.googleapis.com/token",
    "https://www.googleapis.com/oauth2/v4/token",
    "https://accounts.google.com/o/oauth2/token",
    "https://auth.docker.io/token",
    "https://github.com/login/oauth/access_token",
];

/// Whether an address is one of those, and nothing stands behind it.
pub(super) fn asks_whose(subject: &str) -> bool {
    WHOSE.contains(&subject.trim_end_matches('/'))
}

/// Whether a name is looked up in the own network only: domains that no public server answers for (RFC 6762, RFC 8375).
#[must_use]
pub(crate) fn stays(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    [".local", ".localdomain", ".localhost", ".lan", ".home.arpa", ".internal"].iter().any(|d| name.ends_with(d))
}

/// Lists that say by whether a name has an address, for everybody who asks, what is known of the address or domain in it
/// (RFC 5782).
const LISTS: &[&str] = &[
    "spamhaus.org",
    "blocklist.de",
    "dronebl.org",
    "barracudacentral.org",
    "spamcop.net",
    "sorbs.net",
    "surbl.org",
    "uribl.com",
    "dnswl.org",
    "abuseat.org",
    "mailspike.net",
    "uceprotect.net",
    "cymru.com",
    "spfbl.net",
];

/// Whether a name is asked of such a list.
pub(crate) fn is_list(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    LISTS.iter().any(|d| name.strip_suffix(d).is_some_and(|rest| rest.ends_with('.')))
}

/// Whether a host is one that is reserved for documentation (RFC 2606), or below one.
#[must_use]
pub(crate) fn is_example(host: &str) -> bool {
    ["example.com", "example.org", "example.net"]
        .iter()
        .any(|d| host.strip_suffix(d).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// Whether the name ends like a program or a script for a system's shell.
#[must_use]
pub(crate) fn is_program(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let lower = lower.split(['?', '#']).next().unwrap_or_default().trim_end_matches(['"', '\'', ' ']);
    [
        ".exe", ".bat", ".cmd", ".ps1", ".vbs", ".scr", ".dll", ".msi", ".hta", ".sh", ".pyw", ".jar", ".com", ".elf",
        ".bin",
    ]
    .iter()
    .any(|e| lower.ends_with(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart() {
        assert_eq!(host("https://user@h.invalid:8080/x?y"), Some("h.invalid"));
        assert!(
            is_public_ip("http://203.0.113.7/a")
                && !is_public_ip("http://10.0.0.1/")
                && !is_public_ip("https://h.invalid")
        );
        assert!(is_local("http://127.0.0.1:80/") && !is_local("https://h.invalid"));
        assert!(is_local("https://api.example.com/") && !is_local("https://badexample.com/"));
        assert!(is_own_collector("http://uxvl816vmalocgh96k6mr8vg9.oast.invalid/x"));
        assert!(
            !is_own_collector("http://x.oast.invalid")
                && !is_own_collector("http://uxvl816vmalocgh96k6mr8vg9.h.invalid")
        );
        assert!(is_hidden_file("python /home/a/.bashrrc.py x") && is_hidden_file("C:\\x\\.a.exe"));
        assert!(!is_hidden_file("python ./a.py ../b.sh .c.sh") && !is_hidden_file("~/.cache/tool.py"));
        assert!(is_inbox_of_others("https://api.telegram.org/bot\u{2026}/sendMessage"));
        assert!(
            !is_inbox_of_others("https://api.telegram.org/bot1:A/sendMessage") && !is_inbox_of_others("https://t.me")
        );
        assert!(!is_public_ip("8.8.8.8:53") && is_public_ip("8.8.8.9:53"));
        assert!(is_drop("https://h.top/x") && !is_shared("https://h.top/x") && is_shared("https://a.ix.io/x"));
        assert!(!is_drop("https://matrix.io/x") && !is_drop("https://profile.io/") && is_drop("https://ix.io/x"));
        assert!(is_drop("https://transfer.sh/x") && is_program("http://h.invalid/a.EXE?x=1"));
    }
}
