//! What paths say of the files that they lead to.

use crate::analyze::script::value::Labels;

/// Parts of paths (lower case, `/` between folders) and what stands there.
const PLACES: &[(&str, Labels)] = &[
    (".ssh/id_", Labels::CREDENTIALS),
    ("/.ssh", Labels::CREDENTIALS),
    (".aws/credentials", Labels::CREDENTIALS),
    ("/.aws", Labels::CREDENTIALS),
    (".npmrc", Labels::CREDENTIALS),
    (".pypirc", Labels::CREDENTIALS),
    (".netrc", Labels::CREDENTIALS),
    (".git-credentials", Labels::CREDENTIALS),
    (".kube/config", Labels::CREDENTIALS),
    (".docker/config.json", Labels::CREDENTIALS),
    ("gcloud/", Labels::CREDENTIALS),
    (".azure/", Labels::CREDENTIALS),
    (".cargo/credentials", Labels::CREDENTIALS),
    ("gh/hosts.yml", Labels::CREDENTIALS),
    (".gnupg", Labels::CREDENTIALS),
    (".vault-token", Labels::CREDENTIALS),
    ("/etc/shadow", Labels::CREDENTIALS),
    (".bash_history", Labels::CREDENTIALS),
    (".zsh_history", Labels::CREDENTIALS),
    (".claude/.credentials", Labels::CREDENTIALS),
    (".claude.json", Labels::CREDENTIALS),
    (".codex/auth.json", Labels::CREDENTIALS),
    // Servers of agents are configured with the keys that they need.
    (".cursor/mcp.json", Labels::CREDENTIALS),
    ("claude_desktop_config.json", Labels::CREDENTIALS),
    ("windsurf/mcp_config.json", Labels::CREDENTIALS),
    (".gemini/settings.json", Labels::CREDENTIALS),
    // What was said to an agent, files and output included.
    (".claude/projects", Labels::CREDENTIALS),
    (".codex/sessions", Labels::CREDENTIALS),
    ("jupyter/runtime", Labels::CREDENTIALS),
    ("/run/secrets/kubernetes.io", Labels::CREDENTIALS),
    ("login.keychain", Labels::CREDENTIALS),
    (".pgpass", Labels::CREDENTIALS),
    (".my.cnf", Labels::CREDENTIALS),
    (".boto", Labels::CREDENTIALS),
    (".s3cfg", Labels::CREDENTIALS),
    (".databrickscfg", Labels::CREDENTIALS),
    (".gem/credentials", Labels::CREDENTIALS),
    (".m2/settings", Labels::CREDENTIALS),
    (".composer/auth.json", Labels::CREDENTIALS),
    (".terraform.d/credentials", Labels::CREDENTIALS),
    ("rclone/rclone.conf", Labels::CREDENTIALS),
    (".config/hub", Labels::CREDENTIALS),
    (".config/op/", Labels::CREDENTIALS),
    (".password-store", Labels::CREDENTIALS),
    (".kdbx", Labels::CREDENTIALS),
    (".gemini/oauth_creds", Labels::CREDENTIALS),
    ("github-copilot/hosts.json", Labels::CREDENTIALS),
    ("github-copilot/apps.json", Labels::CREDENTIALS),
    ("com.vercel.cli/auth.json", Labels::CREDENTIALS),
    ("netlify/config.json", Labels::CREDENTIALS),
    // What command lines of clouds, registries and model hubs keep for themselves.
    ("kaggle/kaggle.json", Labels::CREDENTIALS),
    ("huggingface/token", Labels::CREDENTIALS),
    ("huggingface/stored_tokens", Labels::CREDENTIALS),
    ("opencode/auth.json", Labels::CREDENTIALS),
    (".gradle/gradle.properties", Labels::CREDENTIALS),
    (".terraformrc", Labels::CREDENTIALS),
    // What was built, with its passwords, and what it is built with.
    (".tfstate", Labels::CREDENTIALS),
    (".tfvars", Labels::CREDENTIALS),
    // Data base and keys of a site.
    ("wp-config.php", Labels::CREDENTIALS),
    (".renviron", Labels::CREDENTIALS),
    (".oci/config", Labels::CREDENTIALS),
    (".aliyun/config", Labels::CREDENTIALS),
    ("doctl/config.yaml", Labels::CREDENTIALS),
    (".fly/config.yml", Labels::CREDENTIALS),
    (".railway/config.json", Labels::CREDENTIALS),
    (".config/stripe/config.toml", Labels::CREDENTIALS),
    (".snowsql/config", Labels::CREDENTIALS),
    (".dbt/profiles.yml", Labels::CREDENTIALS),
    (".bundle/config", Labels::CREDENTIALS),
    (".subversion/auth", Labels::CREDENTIALS),
    (".config/*/credentials", Labels::CREDENTIALS),
    (".aws/*", Labels::CREDENTIALS),
    ("/proc/1/environ", Labels::ENV_ALL),
    // Of any process.
    ("/environ", Labels::ENV_ALL),
    // The history of PowerShell, by the setting that says where it is.
    ("historysavepath", Labels::CREDENTIALS),
    ("microsoft/credentials", Labels::CREDENTIALS),
    ("microsoft/protect/", Labels::CREDENTIALS),
    ("/etc/kubernetes/admin.conf", Labels::CREDENTIALS),
    (".local/share/keyrings", Labels::CREDENTIALS),
    ("library/keychains", Labels::CREDENTIALS),
    (".local/share/kwalletd", Labels::CREDENTIALS),
    // What was typed into shells and into the consoles of data bases.
    (".python_history", Labels::CREDENTIALS),
    (".node_repl_history", Labels::CREDENTIALS),
    (".mysql_history", Labels::CREDENTIALS),
    (".psql_history", Labels::CREDENTIALS),
    ("fish_history", Labels::CREDENTIALS),
    ("consolehost_history.txt", Labels::CREDENTIALS),
    // Accounts of games.
    (".minecraft/launcher_", Labels::CREDENTIALS),
    ("microsoft_accounts.json", Labels::CREDENTIALS),
    (".lunarclient/settings", Labels::CREDENTIALS),
    (".feather/accounts", Labels::CREDENTIALS),
    ("steam/config/loginusers", Labels::CREDENTIALS),
    ("steam/ssfn", Labels::CREDENTIALS),
    ("filezilla/", Labels::CREDENTIALS),
    ("/etc/passwd", Labels::USER),
    ("/etc/hosts", Labels::ADDRESS),
    ("/etc/machine-id", Labels::HOSTNAME),
    ("/proc/self/environ", Labels::ENV_ALL),
    ("login data", Labels::BROWSER),
    ("local state", Labels::BROWSER),
    ("/cookies", Labels::BROWSER),
    ("cookies.sqlite", Labels::BROWSER),
    ("logins.json", Labels::BROWSER),
    ("key4.db", Labels::BROWSER),
    ("web data", Labels::BROWSER),
    ("user data/", Labels::BROWSER),
    ("firefox/profiles", Labels::BROWSER),
    ("local storage/leveldb", Labels::MESSENGER),
    ("appdata%/discord", Labels::MESSENGER),
    ("roaming/discord", Labels::MESSENGER),
    ("application support/discord", Labels::MESSENGER),
    (".config/discord", Labels::MESSENGER),
    ("/discordcanary", Labels::MESSENGER),
    ("/discordptb", Labels::MESSENGER),
    ("telegram desktop", Labels::MESSENGER),
    ("/tdata", Labels::MESSENGER),
    ("signal/config.json", Labels::MESSENGER),
    ("wallet.dat", Labels::WALLET),
    ("/exodus", Labels::WALLET),
    ("/electrum", Labels::WALLET),
    ("atomic/local storage", Labels::WALLET),
    ("/keystore", Labels::WALLET),
    ("metamask", Labels::WALLET),
    ("nkbihfbeogaeaoehlefnkodbefgpgknn", Labels::WALLET),
    (".config/solana", Labels::WALLET),
    ("/.bitcoin", Labels::WALLET),
    ("/bitcoin/wallets", Labels::WALLET),
    ("/coinomi/", Labels::WALLET),
    ("/guarda/", Labels::WALLET),
    ("ledger live", Labels::WALLET),
    ("/.ethereum", Labels::WALLET),
    ("/.electrum", Labels::WALLET),
    ("solana/id.json", Labels::WALLET),
    (".mozilla/firefox", Labels::BROWSER),
    (".thunderbird/", Labels::BROWSER),
    ("bravesoftware/", Labels::BROWSER),
    ("/monero/wallets", Labels::WALLET),
    ("bfnaelmomeimhlpmgjnjophhpkkoljpa", Labels::WALLET),
    ("hnfanknocfeofbddgcijnmhnfnkdnaad", Labels::WALLET),
    ("fhbohimaelbohpjbbldcngcnapndodjp", Labels::WALLET),
    ("ibnejdfjmmkpcnlpebklmnkoeoihofec", Labels::WALLET),
    ("fnjhmkhhmkbjkkabndcnnogagogbneec", Labels::WALLET),
];

/// Endings of files in which nobody looks for code.
pub(crate) const CARRIERS: &[&str] = &[
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".ico", ".wav", ".mp3", ".ogg", ".mp4", ".ttf", ".otf", ".woff",
    ".woff2", ".pdf", ".docx", ".xlsx", ".pptx", ".epub", ".eot", ".avif", ".heic", ".tif", ".tiff", ".psd", ".flac",
    ".m4a", ".aac", ".webm", ".mkv", ".avi", ".mov",
];

/// Names of files of prose that every package has, without their endings, and in which nobody looks for code.
const PROSE: &[&str] = &["license", "licence", "copying", "notice", "changelog", "authors", "contributors"];

/// Whether a path leads to a picture, a sound, a font, a document, or the licence.
#[must_use]
pub(crate) fn is_carrier(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let name = lower.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    CARRIERS.iter().any(|end| lower.ends_with(end)) || PROSE.contains(&stem) && !is_code(name)
}

/// Whether a name ends like that of code.
fn is_code(name: &str) -> bool {
    [".js", ".cjs", ".mjs", ".ts", ".py", ".rb", ".php", ".pl", ".lua", ".sh", ".json"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// The origins of what stands at a path.
#[must_use]
pub(crate) fn labels_of_path(path: &str) -> Labels {
    if path.len() > 4096 {
        return Labels::NONE;
    }
    let lower = path.to_ascii_lowercase().replace('\\', "/").replace("//", "/");
    let carrier = if is_carrier(&lower) { Labels::CARRIER } else { Labels::NONE };
    let settings = if is_settings(&lower) { Labels::DOTENV } else { Labels::NONE };
    let documents = if is_of_the_user(&lower) { Labels::DOCUMENTS } else { Labels::NONE };
    PLACES
        .iter()
        .filter(|(part, _)| lower.contains(part))
        .fold(carrier.with(settings).with(documents), |l, (_, labels)| l.with(*labels))
}

/// Whether a path (lower case) leads to where people keep what they write: the desktop and the like in somebody's home.
fn is_of_the_user(path: &str) -> bool {
    let is_home = path.starts_with('~')
        || path.starts_with("%userprofile%")
        || path.starts_with("%home%")
        || path.starts_with("$home")
        || path.contains("/home/")
        || path.contains("/users/");
    is_home && ["/desktop", "/documents", "/downloads", "/pictures"].iter().any(|folder| path.contains(folder))
}

/// Whether a path (lower case) is that of a file of settings with secrets, and not of an example of one.
fn is_settings(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.strip_prefix(".env").is_some_and(|rest| {
        rest.is_empty()
            || rest.starts_with('.')
                && !["example", "sample", "template", "dist"].iter().any(|word| rest.contains(word))
    })
}
