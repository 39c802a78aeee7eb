//! What the names of environment variables say of their values.

use crate::analyze::script::value::Labels;

/// Parts of names of variables whose values are secret.
const SECRET: &[&str] = &[
    "TOKEN",
    "SECRET",
    "PASSWORD",
    "PASSWD",
    "API_KEY",
    "APIKEY",
    "PRIVATE_KEY",
    "ACCESS_KEY",
    "CREDENTIAL",
    "AUTH",
    "PASSPHRASE",
    "MNEMONIC",
];

/// Keys of clouds and of registries of packages: each belongs to a service, and nobody else has a use for it that is right.
const CLOUDS: &[&str] = &[
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AZURE_CLIENT_SECRET",
    "NPM_TOKEN",
    "NPM_AUTH_TOKEN",
    "NODE_AUTH_TOKEN",
    "PYPI_TOKEN",
    "PYPI_API_TOKEN",
    "TWINE_PASSWORD",
    "UV_PUBLISH_TOKEN",
    "POETRY_PYPI_TOKEN_PYPI",
    "FLIT_PASSWORD",
    "CARGO_REGISTRY_TOKEN",
    "GEM_HOST_API_KEY",
    "VAULT_TOKEN",
    "CI_JOB_TOKEN",
    "ACTIONS_RUNTIME_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    // What is asked there answers with a key.
    "ACTIONS_ID_TOKEN_REQUEST_URL",
];

/// Services that somebody pays for or publishes with: the first word of the names of their keys, and the labels of the
/// domains at which they take them.
const SERVICES: &[(&str, &[&str])] = &[
    ("ANTHROPIC", &["anthropic"]),
    ("CLAUDE", &["anthropic", "claude"]),
    ("CLOUDFLARE", &["cloudflare"]),
    ("COHERE", &["cohere"]),
    ("DEEPSEEK", &["deepseek"]),
    ("DIGITALOCEAN", &["digitalocean"]),
    ("DISCORD", &["discord", "discordapp"]),
    ("DOCKER", &["docker"]),
    ("DOCKERHUB", &["docker"]),
    ("FIREBASE", &["firebaseio", "google", "googleapis"]),
    ("GEMINI", &["google", "googleapis"]),
    ("GH", &["github"]),
    ("GITHUB", &["github", "githubcopilot"]),
    ("GITLAB", &["gitlab"]),
    ("GROQ", &["groq"]),
    ("HEROKU", &["heroku"]),
    ("HF", &["hf", "huggingface"]),
    ("HUGGINGFACE", &["hf", "huggingface"]),
    ("HUGGINGFACEHUB", &["hf", "huggingface"]),
    ("MAILGUN", &["mailgun"]),
    ("MISTRAL", &["mistral"]),
    ("NETLIFY", &["netlify"]),
    ("OPENAI", &["azure", "openai"]),
    ("REPLICATE", &["replicate"]),
    ("SENDGRID", &["sendgrid"]),
    ("SLACK", &["slack"]),
    ("STRIPE", &["stripe"]),
    ("TELEGRAM", &["telegram"]),
    ("TWILIO", &["twilio"]),
    ("VERCEL", &["vercel"]),
    ("XAI", &["x"]),
];

/// Others that take keys of those services, to report or to go between.
const TAKERS: &[&str] = &["codecov", "coveralls", "openrouter"];

/// Whether whoever has registered a domain under this label takes keys of services.
#[must_use]
pub(crate) fn takes_keys(label: &str) -> bool {
    SERVICES.iter().flat_map(|(_, labels)| *labels).chain(TAKERS).any(|known| *known == label)
}

/// The origins of a variable of this name.
#[must_use]
pub(crate) fn labels_of_variable(name: &str) -> Labels {
    let upper = name.to_ascii_uppercase();
    match upper.as_str() {
        "TZ" => return Labels::ENV.with(Labels::TIME_ZONE),
        "LANG" | "LANGUAGE" | "LC_ALL" | "LC_MESSAGES" | "LC_CTYPE" => return Labels::ENV.with(Labels::LOCALE),
        "USER" | "USERNAME" | "LOGNAME" | "SUDO_USER" => return Labels::ENV.with(Labels::USER),
        "HOSTNAME" | "COMPUTERNAME" | "USERDOMAIN" | "HOST" => return Labels::ENV.with(Labels::HOSTNAME),
        "USERDNSDOMAIN"
        | "LOGONSERVER"
        | "GITHUB_REPOSITORY"
        | "GITHUB_REPOSITORY_OWNER"
        | "CI_PROJECT_PATH"
        | "CI_PROJECT_NAMESPACE"
        | "CI_PROJECT_URL"
        | "BUILD_REPOSITORY_URI"
        | "BITBUCKET_REPO_OWNER"
        | "CIRCLE_PROJECT_USERNAME"
        | "GIT_AUTHOR_EMAIL"
        | "GIT_COMMITTER_EMAIL" => {
            return Labels::ENV.with(Labels::COMPANY);
        }
        // Where a file with credentials lies.
        "KUBECONFIG"
        | "AWS_SHARED_CREDENTIALS_FILE"
        | "GOOGLE_APPLICATION_CREDENTIALS"
        | "NPM_CONFIG_USERCONFIG"
        | "PIP_CONFIG_FILE"
        | "NETRC"
        | "PGPASSFILE" => return Labels::ENV.with(Labels::PICKED_FILE),
        "PWD" => return Labels::ENV.with(Labels::DIRECTORY),
        _ => {}
    }
    if upper.ends_with("_PROXY")
        || upper.ends_with("BASE_URL")
        || upper.ends_with("ENDPOINT")
        || upper.ends_with("API_URL")
    {
        return Labels::ENV.with(Labels::ENDPOINT);
    }
    if CLOUDS.contains(&upper.as_str()) {
        return Labels::ENV.with(Labels::ENV_SECRET).with(Labels::CLOUD_KEY);
    }
    if SECRET.iter().any(|s| upper.contains(s)) && !upper.ends_with("_FILE") && !upper.contains("SSH_AUTH_SOCK") {
        let first = upper.split('_').next().unwrap_or_default();
        let is_of_service = SERVICES.iter().any(|(word, _)| *word == first);
        let of = if is_of_service { Labels::SERVICE_KEY } else { Labels::NONE };
        return Labels::ENV.with(Labels::ENV_SECRET).with(of);
    }
    Labels::ENV
}
