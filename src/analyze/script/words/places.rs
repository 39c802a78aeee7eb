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
    ("/run/secrets/kubernetes.io", Labels::CREDENTIALS),
    ("login.keychain", Labels::CREDENTIALS),
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
    ("wallet.dat", Labels::WALLET),
    ("/exodus", Labels::WALLET),
    ("/electrum", Labels::WALLET),
    ("atomic/local storage", Labels::WALLET),
    ("/keystore", Labels::WALLET),
    ("metamask", Labels::WALLET),
    ("nkbihfbeogaeaoehlefnkodbefgpgknn", Labels::WALLET),
    (".config/solana", Labels::WALLET),
];

/// The origins of what stands at a path.
#[must_use]
pub(crate) fn labels_of_path(path: &str) -> Labels {
    if path.len() > 4096 {
        return Labels::NONE;
    }
    let lower = path.to_ascii_lowercase().replace('\\', "/").replace("//", "/");
    PLACES.iter().filter(|(part, _)| lower.contains(part)).fold(Labels::NONE, |l, (_, labels)| l.with(*labels))
}
