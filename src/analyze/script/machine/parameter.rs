//! What the names of parameters and functions tell of what a function is given: the key of a wallet, another secret, the
//! name of an account with a service.

use super::Machine;
use crate::analyze::script::value::{Labels, Value};
use crate::parse::script::{Func, Id, Language, Node, Sym, Tree};

/// Words of scripts that make signatures themselves: there a secret key is one of a wallet. Elsewhere it is what a service
/// gives its clients, who send it back to it.
const CURVES: &[&str] = &["ed25519", "secp256k1", "bs58", "bip39", "tweetnacl", "solders", "nacl"];

/// Parts of names of parameters that take secrets of other kinds.
const SECRETS: &[&str] = &["secret", "password", "passwd", "passphrase", "accesskey", "accesstoken", "refreshtoken"];

/// What services know their clients by, without underscores.
const ACCOUNTS: &[&str] = &[
    "accesskey",
    "accesskeyid",
    "apikey",
    "apikeyid",
    "appid",
    "appkey",
    "clientemail",
    "clientid",
    "consumerkey",
    "issuerid",
    "keyid",
    "merchantid",
    "partnerid",
    "teamid",
];

/// Statements at the beginning of a function in which it keeps what it is given.
const KEPT_IN: usize = 12;

/// What a name tells, as a set.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Meaning(u8);

impl Meaning {
    /// That it was looked at.
    const KNOWN: u8 = 1;
    /// The key of a wallet.
    const KEY: u8 = 1 << 1;
    /// A key, of what the function's name may tell.
    const SHORT_KEY: u8 = 1 << 2;
    /// A secret key, of a wallet where the script makes signatures itself.
    const SECRET_KEY: u8 = 1 << 3;
    /// A function that makes a wallet out of its key, whatever it calls that.
    const MAKER: u8 = 1 << 4;
    /// A secret of another kind.
    const SECRET: u8 = 1 << 5;
    /// What a service knows its clients by.
    const ACCOUNT: u8 = 1 << 6;

    fn of(name: &str) -> Self {
        // Shorter names are those of minified scripts, which tell nothing.
        if name.len() < 2 {
            return Self(Self::KNOWN);
        }
        let lower = name.to_ascii_lowercase().replace('_', "");
        let plain = lower.replace('-', "");
        let meaning = [
            (Self::KNOWN, true),
            (Self::KEY, is_key_name(name)),
            (Self::SHORT_KEY, matches!(name, "key" | "pk" | "priv" | "secret")),
            (Self::SECRET_KEY, lower == "secretkey"),
            (Self::MAKER, is_maker_of_keys(name)),
            (
                Self::SECRET,
                matches!(plain.as_str(), "pw" | "pwd" | "tokens") || SECRETS.iter().any(|s| plain.contains(s)),
            ),
            (Self::ACCOUNT, ACCOUNTS.contains(&lower.as_str())),
        ];
        Self(meaning.into_iter().filter(|(_, is)| *is).map(|(bit, _)| bit).sum())
    }

    fn any(self, bits: u8) -> bool {
        self.0 & bits != 0
    }
}

/// Whether a parameter of this name, or a question in these words, takes the key of a wallet.
pub(super) fn is_key_name(name: &str) -> bool {
    // None of them is shorter.
    if name.len() < "privkey".len() {
        return false;
    }
    let lower = name.to_ascii_lowercase().replace(['_', ' ', '-'], "");
    // Those of certificates and of machines.
    let of_others = lower.contains("key")
        && ["pem", "path", "file", "tls", "ssl", "ssh", "rsa", "cert"].iter().any(|o| lower.contains(o));
    !of_others
        && [
            "privatekey",
            "privkey",
            "mnemonic",
            "seedphrase",
            "secretphrase",
            "walletkey",
            "recoveryphrase",
            "secretwords",
        ]
        .iter()
        .any(|k| lower.contains(k))
}

/// Whether a function makes the keys of a wallet out of a parameter of this name: `deriveKeypair(seed)`.
fn is_seed_of_keys(name: &str, function: &str) -> bool {
    matches!(name, "seed" | "phrase" | "secexp") && {
        let function = function.to_ascii_lowercase().replace('_', "");
        ["keypair", "wallet", "privatekey", "signingkey", "fromseed"].iter().any(|made| function.contains(made))
    }
}

/// Whether a function makes a wallet out of its key, whatever it calls that.
fn is_maker_of_keys(name: &str) -> bool {
    matches!(
        name,
        "fromSecretKey" | "fromPrivateKey" | "fromMnemonic" | "fromSeedPhrase" | "from_secret_key" | "from_mnemonic"
    )
}

impl Machine {
    /// What a name tells; names are looked at once.
    fn meaning(&mut self, name: Sym) -> Meaning {
        let at = Tree::index_of_sym(name);
        if let Some(meaning) = self.meanings.get(at).copied().filter(|meaning| meaning.any(Meaning::KNOWN)) {
            return meaning;
        }
        let meaning = Meaning::of(self.tree.str(name));
        if self.meanings.len() <= at {
            self.meanings.resize(at + 1, Meaning::default());
        }
        self.meanings.get_mut(at).into_iter().for_each(|known| *known = meaning);
        meaning
    }

    /// What a server is asked, by the names that every handler of JavaScript and Python gives it.
    pub(super) fn request_of(&mut self, name: Sym) -> Option<Value> {
        let root = match (self.language, self.tree.str(name)) {
            (Language::JavaScript, "req") => "req",
            (Language::JavaScript, "ctx") => "ctx",
            // It may as well be a client of that name that somebody hands over.
            (Language::JavaScript | Language::Python, "request") => "request",
            _ => return None,
        };
        let path = self.paths.root(root);
        Some(Self::path_value(path, Labels::PARAMETER))
    }

    /// Whether something is called as a secret is, of a wallet or another.
    pub(super) fn is_name_of_a_secret(&mut self, name: Sym) -> bool {
        self.meaning(name).any(Meaning::KEY | Meaning::SECRET)
    }

    /// Whether a function takes the name of an account with a service as well: the key beside it is the service's.
    pub(super) fn takes_an_account(&mut self, function: &Func) -> bool {
        function.params.iter().any(|param| match self.tree.get(param.target) {
            Node::Name(sym) => self.meaning(sym).any(Meaning::ACCOUNT),
            _ => false,
        })
    }

    /// What a parameter takes, by its name and the function's: the key of a wallet, or another secret.
    pub(super) fn secret_of(&mut self, name: Sym, function: Sym) -> Labels {
        let (meaning, of) = (self.meaning(name), self.meaning(function));
        let is_key = meaning.any(Meaning::KEY)
            || is_seed_of_keys(self.tree.str(name), self.tree.str(function))
            || meaning.any(Meaning::SHORT_KEY) && of.any(Meaning::KEY)
            || of.any(Meaning::MAKER)
            || meaning.any(Meaning::SECRET_KEY) && self.signs();
        match meaning {
            _ if is_key => Labels::KEY_MATERIAL,
            meaning if meaning.any(Meaning::SECRET) => Labels::TOLD_SECRET,
            _ => Labels::NONE,
        }
    }

    /// What a caller hands over to be kept as a field of this name, however the parameter is called: `void secret(String s)`.
    pub(super) fn secret_kept_in(&self, target: Id, value: &Value) -> Labels {
        let Node::Name(sym) = self.tree.get(target) else { return Labels::NONE };
        let Some(name) = self.tree.str(sym).strip_prefix("this.") else { return Labels::NONE };
        if !self.is_curly() || !value.labels.any(Labels::PARAMETER) {
            return Labels::NONE;
        }
        match Meaning::of(name) {
            meaning if meaning.any(Meaning::KEY) => Labels::KEY_MATERIAL,
            meaning if meaning.any(Meaning::SECRET) => Labels::TOLD_SECRET,
            _ => Labels::NONE,
        }
    }

    /// Whether a function keeps a parameter as the key of a wallet: `this.privateKey = k`. Names that were made short say
    /// nothing, those of members are left.
    pub(super) fn is_kept_as_key(&self, body: Id, name: Sym) -> bool {
        let Node::Block(many) = self.tree.get(body) else { return false };
        self.tree.list(many).iter().take(KEPT_IN).any(|statement| match self.tree.get(*statement) {
            Node::Seq(parts) => self.tree.list(parts).iter().take(KEPT_IN).any(|part| self.keeps_as_key(*part, name)),
            _ => self.keeps_as_key(*statement, name),
        })
    }

    fn keeps_as_key(&self, statement: Id, name: Sym) -> bool {
        let Node::Assign(target, value) = self.tree.get(statement) else { return false };
        let Node::Member(of, member) = self.tree.get(target) else { return false };
        let is_own = matches!(self.tree.get(of), Node::Name(of) if matches!(self.tree.str(of), "this" | "self"));
        is_own
            && matches!(self.tree.get(value), Node::Name(given) if given == name)
            && is_key_name(self.tree.str(member))
    }

    /// Whether the script makes signatures of wallets itself.
    pub(super) fn signs(&mut self) -> bool {
        let tree = &self.tree;
        *self.signs.get_or_insert_with(|| CURVES.iter().any(|word| tree.holds(word)))
    }
}
