//! The chain table. A row says: in files of these roles, within this scope, each of these needs is met by a finding
//! of another technique. Rows are read from the top; where several hold for one file, the worst stay.

use crate::model::technique::known;
use crate::model::{Confidence, Rule, RuleOrigin, Severity, Stage, Stages};
use crate::package::Role;

/// How close the links of a chain must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Within so many bytes of one another; a small file counts as one window.
    Window(u64),
    /// In one file.
    File,
    /// Anywhere in the package.
    Package,
}

/// One link that a chain needs.
#[derive(Debug)]
pub struct Need {
    /// Technique ids or beginnings of them ("cred/"); empty means any.
    pub techniques: &'static [&'static str],
    /// Stages of which the finding stands for at least one; empty means any.
    pub stages: Stages,
    /// The least severity, after the brakes.
    pub least: Severity,
    /// Whether it must have been seen in decoded content.
    pub decoded: bool,
    /// Whether it must be a flow that was followed through the code.
    pub followed: Followed,
}

/// Which flows count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Findings of every kind.
    NotAsked,
    /// Flows.
    Anywhere,
    /// Flows through code that runs by itself when the file is loaded or the package installed.
    ByItself,
}

/// One row.
#[derive(Debug)]
pub struct Chain {
    /// Id, technique, weight and words.
    pub rule: Rule,
    /// Roles of the files in which it is looked for.
    pub roles: &'static [Role],
    /// How close.
    pub scope: Scope,
    /// What must be there.
    pub needs: &'static [Need],
    /// Whether links may be of one technique, as long as their rules differ.
    pub one_technique: bool,
    /// Whether it is looked for in programs and libraries only, or in everything.
    pub native: bool,
    /// Whether it is looked for only in what executes: scripts, programs, and what runs at install or is obeyed by an agent.
    /// Data that decodes to a command (a list of attacks to test with) starts nothing.
    pub executed: bool,
    /// Whether files are left out that do not run by themselves: those that only the importer's choice has run, and those
    /// that nothing uses.
    pub own_accord: bool,
    /// Whether files that nothing uses are left out.
    pub used: bool,
    /// The least confidence of a link.
    pub sure: Confidence,
    /// Most links that may come from heuristics, or `None` for any number. Heuristics that read one structure can be
    /// wrong about it together; a signature has bytes of its own to show.
    pub most_heuristics: Option<usize>,
    /// Whether it is looked for only in scripts that belong to no package and come alone.
    pub alone: bool,
    /// Whether a skill counts as a package, too.
    pub in_skills: bool,
    /// Most bytes of code (tests and prose not counted) that the package may hold, or `None` for any. In a package of
    /// a few lines one suspicious sign is most of what there is.
    pub most_code: Option<u64>,
}

impl Chain {
    const fn of_one_technique(mut self) -> Self {
        self.one_technique = true;
        self
    }

    const fn in_programs(mut self) -> Self {
        self.native = true;
        self.sure = Confidence::Likely;
        self.most_heuristics = Some(1);
        self
    }

    const fn and_in_skills(mut self) -> Self {
        self.in_skills = true;
        self
    }

    const fn in_what_executes(mut self) -> Self {
        self.executed = true;
        self
    }

    const fn of_own_accord(mut self) -> Self {
        self.own_accord = true;
        self
    }

    const fn in_what_is_used(mut self) -> Self {
        self.used = true;
        self
    }

    const fn alone(mut self, bytes: u64) -> Self {
        self.alone = true;
        self.most_code = Some(bytes);
        self
    }

    const fn in_small_package(mut self, bytes: u64) -> Self {
        self.most_code = Some(bytes);
        self
    }
}

const TRIGGERED: &[Role] = &[Role::Install];
const STARTED: &[Role] = &[Role::Install, Role::Entry, Role::Agent];
const FOLLOWED_BY_READERS: &[Role] = &[Role::Agent, Role::Body, Role::Document];
const CODE: &[Role] = &[Role::Install, Role::Entry, Role::Agent, Role::Body];

/// What compiled code does to others. Each may be half of a pair.
const PROGRAM_ACTS: &[&str] = &[
    "bin/auth-path-touch",
    "bin/c2-config",
    "bin/ctor-abuse",
    "bin/embedded-exe",
    "bin/hidden-cli-backdoor",
    "bin/inject",
    "bin/macho-odd",
    "bin/preload-hook",
    "bin/rootkit-kmod",
    "cred/",
    "exec/decode-exec",
    "exec/download-run",
    "exec/powershell-encoded",
    "exec/shell-pipe",
    "evade/quarantine-strip",
    "evade/security-tool-kill",
    "evade/self-delete",
    "impact/",
    "net/bind-backdoor",
    "net/c2-",
    "net/exfil-",
    "net/reverse-shell",
    "persist/",
];

/// The same, and how compiled code hides. Hiding makes a pair with an act and not with more of its kind: protection
/// against copying packs, hides its texts and looks for debuggers all at once. How a file is built (sections, search
/// paths, signatures) is neither.
const PROGRAM_SIGNS: &[&str] = &[
    "bin/anti-debug",
    "bin/api-hashing",
    "bin/auth-path-touch",
    "bin/c2-config",
    "bin/ctor-abuse",
    "bin/embedded-exe",
    "bin/hidden-cli-backdoor",
    "bin/inject",
    "bin/macho-odd",
    "bin/packed",
    "bin/preload-hook",
    "bin/raw-syscall",
    "bin/rootkit-kmod",
    "bin/strings-encrypted",
    "cred/",
    "evade/anti-vm-sandbox",
    "evade/masquerade",
    "evade/quarantine-strip",
    "evade/security-tool-kill",
    "evade/self-delete",
    "exec/decode-exec",
    "exec/download-run",
    "exec/powershell-encoded",
    "exec/shell-pipe",
    "impact/",
    "net/bind-backdoor",
    "net/c2-",
    "net/exfil-",
    "net/reverse-shell",
    "persist/",
];

const ACT: Stages = Stages::of(Stage::Act);
const COLLECT: Stages = Stages::of(Stage::Collect);
const CONCEAL: Stages = Stages::of(Stage::Conceal);
const COLLECT_OR_CONCEAL: Stages = COLLECT.with(CONCEAL);
const ACT_OR_COLLECT: Stages = ACT.with(COLLECT);
const TRIGGER_OR_ACT: Stages = ACT_OR_COLLECT.with(Stages::of(Stage::Trigger));

const fn need(techniques: &'static [&'static str], stages: Stages, least: Severity) -> Need {
    Need { techniques, stages, least, decoded: false, followed: Followed::NotAsked }
}

const fn decoded(stages: Stages, least: Severity) -> Need {
    Need { techniques: &[], stages, least, decoded: true, followed: Followed::NotAsked }
}

const fn followed(least: Severity, followed: Followed) -> Need {
    Need { techniques: &[], stages: Stages::NONE, least, decoded: false, followed }
}

const fn chain(
    id: &'static str,
    technique: &'static str,
    (severity, confidence): (Severity, Confidence),
    title: &'static str,
    explanation: &'static str,
    (roles, scope): (&'static [Role], Scope),
    needs: &'static [Need],
) -> Chain {
    let rule = Rule {
        id,
        technique: known(technique),
        severity,
        confidence,
        title,
        explanation,
        reference: "https://attack.mitre.org/techniques/T1195/002/",
        origin: RuleOrigin::Chain,
        stages: Stages::NONE,
    };
    let (sure, most_heuristics) = (Confidence::Hint, None);
    Chain {
        rule,
        roles,
        scope,
        needs,
        one_technique: false,
        native: false,
        executed: false,
        own_accord: false,
        used: false,
        sure,
        most_heuristics,
        alone: false,
        in_skills: false,
        most_code: None,
    }
}

use Severity::{High, Medium};
const BLOCK: (Severity, Confidence) = (Severity::Critical, Confidence::Certain);
const REVIEW: (Severity, Confidence) = (Severity::High, Confidence::Likely);

/// The table.
pub static CHAINS: &[Chain] = &[
    chain(
        "chain-install-conceal-act",
        "exec/install-hook-py",
        BLOCK,
        "Runs at install, hides what it does, and acts",
        "Code that runs when the package is installed holds a concealment (encoded, encrypted or pushed out of sight) and \
         an action (send, fetch and run, persist, destroy). Honest install scripts build and copy; they have no reason to \
         hide it. Known uses: most malicious PyPI packages, coa and rc (2021), Sha1-Hulud (2025).",
        (TRIGGERED, Scope::File),
        &[need(&[], CONCEAL, High), need(&[], ACT, Medium)],
    ),
    chain(
        "chain-install-hidden",
        "exec/install-hook-npm",
        BLOCK,
        "Runs at install, and is written so that nobody can read it",
        "A script of the installation hides what it calls, or is written in signs or in the tables of an obfuscator. Whoever \
         protects a product hides the product; what an installation does to a machine has no rival to be hidden from. \
         Known uses: most malicious npm packages since 2022. Honest look-alikes: none known in packages of registries.",
        (TRIGGERED, Scope::File),
        &[need(&["obf/js-mangle", "obf/js-encoders", "obf/py-obfuscators"], CONCEAL, High)],
    )
    .of_own_accord(),
    chain(
        "chain-install-collect-act",
        "exec/install-hook-py",
        BLOCK,
        "Runs at install, collects, and sends or runs",
        "Code that runs when the package is installed reads secrets or identity and has a way out. Known uses: dependency \
         confusion waves since 2021, ctx (2022). Honest look-alikes: build scripts that report the platform to a log.",
        (TRIGGERED, Scope::File),
        &[need(&[], COLLECT, High), need(&[], ACT, Medium)],
    ),
    chain(
        "chain-install-strong-pair",
        "exec/install-hook-py",
        BLOCK,
        "Runs at install and does two things that honest installs do not",
        "Two different strong signs in one file that runs when the package is installed: each combines stages by itself, \
         and together they leave no honest reading. Honest look-alikes of one of them exist (a build that fetches a \
         compiler), of both together none is known.",
        (TRIGGERED, Scope::File),
        &[need(&[], ACT_OR_COLLECT, High), need(&[], ACT.with(COLLECT_OR_CONCEAL), High)],
    ),
    chain(
        "chain-decoded-install",
        "exec/decode-exec",
        BLOCK,
        "What was decoded out of an install script acts",
        "The encoded text of a file that runs at install decodes to code that sends, fetches and runs, or collects.",
        (TRIGGERED, Scope::File),
        &[decoded(ACT_OR_COLLECT, Medium)],
    ),
    chain(
        "chain-decoded-acts",
        "exec/decode-exec",
        BLOCK,
        "Hidden code is decoded and acts",
        "Text that is encoded in code decodes to code with a strong sign of its own, and the file around it executes what \
         it decodes. Known uses: aiocpa (2024), litellm (2026), every stealer with a Fernet or base64 stage.",
        (CODE, Scope::File),
        &[decoded(ACT_OR_COLLECT, High), need(&["exec/", "obf/", "evade/"], Stages::NONE, Medium)],
    )
    .in_what_executes(),
    chain(
        "chain-collect-conceal-send",
        "net/exfil-service",
        BLOCK,
        "Collects, hides, and sends",
        "Within a few kilobytes of code: a credential or identity source, a concealment, and a way out.",
        (CODE, Scope::Window(6000)),
        &[
            need(&["cred/", "net/exfil-identity", "net/exfil-env"], COLLECT, High),
            need(&[], CONCEAL, High),
            need(&["net/", "exec/", "persist/"], ACT, Medium),
        ],
    ),
    chain(
        "chain-collect-send-service",
        "net/exfil-service",
        BLOCK,
        "Collects credentials and sends them to a messenger or collector",
        "Credential stores and an anonymous collection endpoint in one place. Known uses: token grabbers on PyPI and npm.",
        (CODE, Scope::Window(12_000)),
        &[
            need(&["cred/"], COLLECT, High),
            need(&["net/exfil-service", "net/c2-raw-ip", "net/exfil-dns", "net/exfil-trusted-relay"], ACT, Medium),
        ],
    ),
    chain(
        "chain-two-acts-concealed",
        "obf/encoded-blob",
        BLOCK,
        "Hidden code with two strong signs",
        "A strong concealment with a strong action in the start-up code of a package.",
        (STARTED, Scope::Window(8000)),
        &[need(&[], CONCEAL, High), need(&[], ACT_OR_COLLECT, High)],
    ),
    chain(
        "chain-persist-fetch",
        "persist/cron-systemd",
        BLOCK,
        "Fetches or runs something hidden and makes it start again by itself",
        "Persistence together with a download, a decoded payload or a reverse shell in one place.",
        (CODE, Scope::Window(8000)),
        &[
            need(&["persist/"], ACT, High),
            need(
                &[
                    "exec/download-run",
                    "exec/remote-code",
                    "exec/decode-exec",
                    "net/reverse-shell",
                    "net/c2-",
                    "exec/powershell-encoded",
                    "cred/",
                    "net/exfil-",
                ],
                Stages::NONE,
                High,
            ),
        ],
    ),
    chain(
        "chain-followed-flow",
        "exec/import-time",
        BLOCK,
        "What runs by itself goes all the way",
        "Code that runs when the package is installed, or when a file of it is loaded, was followed from where it takes \
         something to where it gives it: what it downloads is started, what it collects is sent away, what it decodes \
         acts. Nobody has asked for it. Known uses: dependency-confusion waves, droppers, stealers. Honest look-alikes: \
         installers of programs of their own, which fetch them from their own declared addresses.",
        (CODE, Scope::File),
        &[followed(High, Followed::ByItself)],
    ),
    chain(
        "chain-followed-at-install",
        "exec/install-hook-py",
        BLOCK,
        "A script of the installation goes all the way",
        "A file that runs when the package is installed holds a flow from one end to the other: a download that is \
         started, something collected that is sent away, something decoded that acts. Honest look-alikes: installers of \
         programs of their own, which fetch them from their own declared addresses.",
        (TRIGGERED, Scope::File),
        &[followed(High, Followed::Anywhere)],
    )
    .of_own_accord(),
    chain(
        "chain-harms-at-install",
        "impact/wiper",
        BLOCK,
        "An installation destroys, encrypts or mines",
        "A script that runs when the package is installed deletes what a user has, encrypts it, or starts a miner of coins. \
         Whoever installs a package has asked for none of that. Known uses: wipers and miners behind `preinstall` and \
         `postinstall` since 2018. Honest look-alikes: clean-ups of a package's own folders, which these signs do not meet.",
        (TRIGGERED, Scope::File),
        &[need(&["impact/wiper", "impact/ransom", "impact/miner"], Stages::NONE, High)],
    )
    .of_own_accord()
    .in_what_executes(),
    chain(
        "chain-resolver-reaches-loader",
        "bin/ifunc-resolver",
        BLOCK,
        "A resolver of functions reaches into the loader",
        "A function that the loader calls to choose between others does far more than choose, and the library asks for the \
         loader itself, whose tables it can then change. Known uses: the back door of xz 5.6.0. Honest look-alikes: none is \
         known; resolvers ask for features of the processor.",
        (CODE, Scope::File),
        &[need(&["bin/ifunc-resolver"], Stages::NONE, High), need(&["bin/ifunc-resolver"], Stages::NONE, High)],
    )
    .of_one_technique(),
    chain(
        "chain-stub-connects",
        "bin/c2-config",
        BLOCK,
        "A program of a few bytes connects and runs what it gets",
        "A program with hardly more than a header, of machine code alone, in which the sign of a first stage was found: it \
         connects, receives and jumps there. Known uses: stagers as frameworks of attack write them. Honest look-alikes: none \
         is known; small programs that are honest do not connect.",
        (CODE, Scope::File),
        &[need(&["bin/section-odd"], Stages::NONE, High), need(&["bin/c2-config"], Stages::NONE, High)],
    ),
    chain(
        "chain-invisible-code-runs",
        "trojan-source/zero-width",
        BLOCK,
        "Text in letters without width is decoded, and executed",
        "A file holds text in letters that nobody can see, and code that makes bits of them and executes what comes out. Known \
         uses: loaders in packages of PyPI and in extensions (2025). Honest look-alikes: marks in documents and tests of \
         editors, which execute nothing.",
        (CODE, Scope::File),
        &[need(&["trojan-source/zero-width"], ACT, High), need(&["trojan-source/zero-width"], CONCEAL, High)],
    )
    .of_one_technique(),
    chain(
        "chain-library-starts-carried",
        "bin/ctor-abuse",
        BLOCK,
        "A library starts what it carries as soon as it is loaded",
        "A function that runs when the library is loaded starts programs, and a program lies in the library, is written into \
         a file and started. Known uses: side-loaded and trojanised libraries. Honest look-alikes: none is known; libraries \
         that have a helper start it when they are asked to.",
        (CODE, Scope::File),
        &[need(&["bin/ctor-abuse"], Stages::NONE, High), need(&["exec/decode-exec"], Stages::NONE, High)],
    ),
    chain(
        "chain-false-signature-fetches",
        "bin/signature-state",
        BLOCK,
        "A program with a false signature starts what it fetches",
        "The signature is that of another program, or one that somebody made in a known maker's name, and the program fetches \
         another and starts it. Known uses: trojanised installers, loaders. Honest look-alikes: none is known; what \
         installers put into their signature leaves the digest as it is.",
        (CODE, Scope::File),
        &[need(&["bin/signature-state"], Stages::NONE, High), need(&["exec/download-run"], Stages::NONE, High)],
    ),
    chain(
        "chain-two-flows",
        "exec/import-time",
        BLOCK,
        "Two different flows of harm in one file",
        "Two flows of different techniques were followed from end to end in one file, be they called or not: what is \
         downloaded is started and the address had to be decoded, stores are read and sent and it starts again by \
         itself. One of them can have an honest reading, both together have none that is known. In a large file they stand \
         close together: a bundle of twenty megabytes is a hundred packages, of which one updates itself and another \
         unpacks its assets.",
        (CODE, Scope::Window(64 << 10)),
        &[followed(High, Followed::Anywhere), followed(High, Followed::Anywhere)],
    ),
    chain(
        "chain-small-package-flow",
        "exec/import-time",
        BLOCK,
        "Hardly any code, and a flow of harm is what it does",
        "A package of a few kilobytes in which a flow was followed from end to end: a download that is started, \
         something collected that is sent away, a decoded command. There is little else that it could be for. Honest \
         look-alikes: demonstrations of attacks, which have no place in a registry either.",
        (CODE, Scope::File),
        &[followed(High, Followed::Anywhere)],
    )
    .in_what_is_used()
    .in_small_package(16 << 10),
    chain(
        "chain-collect-hidden-address",
        "obf/string-build",
        BLOCK,
        "Collects, and sends to an address that has to be decoded",
        "Code that reaches for credentials, wallets or identity, and a request, followed through the code, whose address \
         stands there only encoded. Honest software has no reason to hide whom it tells. Known uses: wallet and token \
         stealers, copies of cloud SDKs (2024, 2025).",
        (CODE, Scope::File),
        &[
            need(&["cred/", "net/exfil-identity", "net/exfil-env"], COLLECT, High),
            Need {
                techniques: &["obf/string-build"],
                stages: Stages::NONE,
                least: High,
                decoded: false,
                followed: Followed::Anywhere,
            },
        ],
    ),
    chain(
        "chain-executes-thrice-hidden",
        "exec/decode-exec",
        BLOCK,
        "Executes what it hides in three ways",
        "One file executes decoded text, writes the names that it calls in escapes or pieces, and hides in a third way \
         (the tables of an obfuscator, code pushed out of sight). Protecting code takes one of them; all together are \
         meant for the reader, not for a rival. Known uses: obfuscated stages of stealers on PyPI.",
        (CODE, Scope::File),
        &[
            need(&["exec/decode-exec"], Stages::NONE, High),
            need(&["obf/string-build"], CONCEAL, High),
            need(&["obf/py-obfuscators", "obf/js-mangle", "obf/whitespace-push", "evade/"], CONCEAL, High),
        ],
    ),
    chain(
        "chain-small-package-strong-pair",
        "exec/import-time",
        BLOCK,
        "Hardly any code, and two strong signs in it",
        "A package of a few kilobytes with two strong signs in one file. Each of them alone is rare in honest code; in so \
         little of it both together are what the package is for.",
        (CODE, Scope::File),
        &[need(&[], ACT_OR_COLLECT, High), need(&[], ACT.with(COLLECT_OR_CONCEAL), High)],
    )
    .in_small_package(12 << 10)
    .of_one_technique()
    .and_in_skills(),
    chain(
        "chain-shadow-acts",
        "pkg/bin-shadow",
        BLOCK,
        "Stands before a system tool, and does what no tool of that name does",
        "A package installs a command with the name of a system tool (`git`, `ssh`, `curl`) that starts programs, so that it is          asked first and hands on what it does not keep, and its code collects or sends something in a way that is rare in          honest code. Honest look-alikes: wrappers that set options for the tool, which do nothing of the second kind.",
        (CODE, Scope::Package),
        &[need(&["pkg/bin-shadow"], Stages::NONE, High), need(&["net/exfil", "cred/", "exec/download-run"], ACT_OR_COLLECT, High)],
    )
    .in_small_package(64 << 10),
    chain(
        "chain-script-strong-pair",
        "exec/download-run",
        BLOCK,
        "A script that comes alone, and two strong signs in it",
        "A script of a few kilobytes, which belongs to no package, with two strong signs of different kinds: it fetches a \
         program and deletes backups, hides what it runs and makes it start again, collects what is somebody's and sends it. \
         One of them has honest readings (installers, set-up of machines); both together in so little text are what the \
         script is for. Known uses: first stages that arrive by mail, stagers in batch and PowerShell.",
        (CODE, Scope::File),
        &[need(&[], ACT_OR_COLLECT, High), need(&[], ACT.with(COLLECT_OR_CONCEAL), High)],
    )
    .alone(32 << 10),
    chain(
        "chain-install-plants-for-agent",
        "agent/mcp-autoexec",
        BLOCK,
        "Runs at install, and lays before an agent what fetches or hides what it runs",
        "A script of the installation writes into what an agent starts with (servers, hooks, instructions), and what it lays \
         there was seen to fetch, decode or hide what it runs. Nobody has asked for it, and it starts with every session from \
         then on. Known uses: worms and planted servers of 2025 and 2026. Honest look-alikes: packages that register a \
         server of their own at install, which name it and fetch nothing.",
        (TRIGGERED, Scope::File),
        &[
            need(&["agent/mcp-autoexec", "agent/hooks-exec", "agent/context-plant", "agent/proxy-redirect"], Stages::NONE, High),
            need(&["exec/", "net/", "cred/", "obf/", "agent/prompt-injection"], Stages::NONE, High),
        ],
    )
    .of_own_accord(),
    chain(
        "chain-import-plants-lasting-order",
        "agent/memory-poison",
        BLOCK,
        "What is imported writes lasting orders for models where agents read them",
        "Code that runs when it is imported writes into what agents load at the start of every session, and the same file \
         holds an order for models that has secrets written out or downloads run, for good and without a question. Known \
         uses: packages that poison memories (2026). Honest look-alikes: none known; what sets up an agent is asked to.",
        (CODE, Scope::File),
        &[
            need(&["agent/memory-poison"], Stages::NONE, High),
            Need {
                techniques: &["agent/mcp-autoexec"],
                stages: Stages::NONE,
                least: Severity::Medium,
                decoded: false,
                followed: Followed::ByItself,
            },
        ],
    ),
    chain(
        "chain-twin-host-fetches",
        "trojan-source/homoglyph",
        BLOCK,
        "The name of a host has a letter of another alphabet, and what comes from there is run",
        "A small package writes one of its hosts with a letter that only looks like the one in another's name, and makes what \
         it downloads runnable or starts it. Whoever reads it sees the host that is trusted. Honest look-alikes: \
         none known; names of hosts in other alphabets have no twin beside them.",
        (CODE, Scope::Package),
        &[
            need(&["trojan-source/homoglyph"], Stages::NONE, High),
            need(&["exec/download-run"], Stages::NONE, Medium),
        ],
    )
    .in_small_package(24 << 10),
    chain(
        "chain-agent-gathers-and-tells",
        "agent/spawn-local-agent",
        BLOCK,
        "An agent is sent for secrets, and what programs print is sent away",
        "A prompt of the package has an agent of its user gather secrets of this machine, and its code was seen to send what \
         a program prints to somebody. Known uses: s1ngularity (npm, 2025). Honest look-alikes: none known.",
        (CODE, Scope::Package),
        &[
            need(&["agent/spawn-local-agent"], Stages::NONE, High),
            Need {
                techniques: &["net/exfil-identity"],
                stages: Stages::NONE,
                least: Severity::High,
                decoded: false,
                followed: Followed::Anywhere,
            },
        ],
    ),
    chain(
        "chain-skill-says-otherwise",
        "agent/skill-capability-mismatch",
        BLOCK,
        "A skill says that it stays on this machine, and carries secrets away",
        "What a skill says of itself is contradicted by a script of it, which collects secrets or identity and was seen to send \
         them. Whoever installs a skill reads what it says. Known uses: skills that format and send keys (2026). Honest \
         look-alikes: skills that fetch documentation and say that they run locally, which carry nothing away.",
        (CODE, Scope::File),
        &[
            need(&["agent/skill-capability-mismatch"], Stages::NONE, High),
            need(&["net/exfil-dns", "net/exfil-env", "net/exfil-identity", "net/exfil-service", "cred/"], Stages::NONE, High),
        ],
    ),
    chain(
        "chain-lure-decodes",
        "agent/skill-prereq-lure",
        BLOCK,
        "Steps of a set-up have an encoded command run, which fetches what it starts",
        "A text that people or agents follow step by step has them run a command that is encoded, and decoded it fetches \
         a program and starts it. Known uses: lures in skills (2026), fake questions whether one is a robot (since 2024). Honest \
         look-alikes: none known; set-ups show what they run.",
        (FOLLOWED_BY_READERS, Scope::File),
        &[need(&["agent/skill-prereq-lure"], Stages::NONE, High), decoded(ACT, High)],
    ),
    chain(
        "chain-install-proxy",
        "exec/lolbin",
        BLOCK,
        "Runs at install, and has a program of the system run something foreign",
        "A script of the installation starts a library or a remote file through a program of Windows that is meant for \
         something else (rundll32, regsvr32, mshta, certutil, bitsadmin). Whoever ships a program starts it by its name; the \
         detour is there to be overlooked. Known uses: coa and rc (npm, 2021), eslint-config-prettier (npm, 2025). Honest \
         look-alikes: none known in packages of registries.",
        (TRIGGERED, Scope::File),
        &[need(&["exec/lolbin"], ACT, High)],
    )
    .of_own_accord(),
    chain(
        "chain-install-tampers",
        "persist/app-tamper",
        BLOCK,
        "Runs at install, and puts code of somebody else into another program",
        "A script of the installation contacts somebody and writes into the files of a program that is none of its package. \
         Known uses: injections into Discord, Exodus and Atomic (npm, since 2020). Honest look-alikes: clients of a program \
         that a user installs on purpose, which are not packages of a registry.",
        (TRIGGERED, Scope::File),
        &[need(&["persist/app-tamper"], ACT, High), need(&["net/", "exec/"], ACT, Medium)],
    ),
    chain(
        "chain-program-strong-pair",
        "bin/c2-config",
        BLOCK,
        "A program with two strong signs of different kinds",
        "Compiled code in which two different strong signs stand, at least one of them an act and at least one of them \
         bytes that a signature knows: its strings are hidden and it gives a shell to a connection, it hooks log-ins and \
         writes itself into every program, it is named for harm and floods hosts. Each alone is rare in honest programs \
         and asks for a person; together no honest reading is known. Known uses: rootkits, implants, bots and stealers \
         of all three systems. Honest look-alikes: collections of exploits, which have no place in a package either.",
        (CODE, Scope::File),
        &[need(PROGRAM_ACTS, Stages::NONE, High), need(PROGRAM_SIGNS, Stages::NONE, High)],
    )
    .in_programs(),
    chain(
        "chain-install-medium-pair",
        "exec/install-hook-py",
        REVIEW,
        "Runs at install and combines suspicious signs",
        "Two different suspicious signs in one file that runs when the package is installed. Each has honest readings \
         (build scripts spawn compilers and fetch sources), so a person decides.",
        (TRIGGERED, Scope::File),
        &[need(&[], ACT_OR_COLLECT, Medium), need(&[], ACT.with(COLLECT_OR_CONCEAL), Medium)],
    ),
    chain(
        "chain-started-medium-trio",
        "exec/import-time",
        REVIEW,
        "Start-up code collects, hides and acts",
        "Three suspicious signs of different stages close together in code that runs when the package is used.",
        (STARTED, Scope::Window(4000)),
        &[need(&[], COLLECT, Medium), need(&[], CONCEAL, Medium), need(&[], ACT, Medium)],
    ),
    chain(
        "chain-install-medium-trio",
        "exec/install-hook-py",
        REVIEW,
        "Runs at install and shows three suspicious signs",
        "Three suspicious signs, be they of one technique, in one file that runs when the package is installed. Each has \
         honest readings (version checks, compilers, clean-up), together they are rare.",
        (TRIGGERED, Scope::File),
        &[need(&[], TRIGGER_OR_ACT, Medium), need(&[], TRIGGER_OR_ACT, Medium), need(&[], Stages::NONE, Medium)],
    )
    .of_one_technique(),
    chain(
        "chain-small-package-acts",
        "exec/import-time",
        REVIEW,
        "Hardly any code, and a suspicious sign in what runs by itself",
        "A package of a few kilobytes whose install or start-up code collects, hides or acts in a way that honest code \
         rarely does. Throw-away uploads look like this: dependency confusion, first stages of droppers. Honest \
         look-alikes: tiny wrappers around one command.",
        (CODE, Scope::File),
        &[need(
            &[
                // Wrappers that start an agent with its questions switched off are tiny by nature.
                "exec/", "net/", "obf/", "cred/", "persist/", "evade/", "impact/", "covert/", "trojan-source/",
                "agent/prompt-injection", "agent/tool-", "agent/rug-pull", "agent/mcp-autoexec", "agent/hooks-exec",
                "agent/context-plant", "agent/skill-", "agent/data-exfil-instruction", "agent/memory-poison",
                "agent/model-file-exec", "agent/proxy-redirect",
            ],
            ACT.with(COLLECT_OR_CONCEAL),
            Medium,
        )],
    )
    .in_small_package(12 << 10)
    .of_own_accord(),
    chain(
        "chain-hook-forwards",
        "agent/hooks-exec",
        REVIEW,
        "A hook sends what it is fed to a fixed address",
        "A script that an agent, an editor or an installation starts by itself forwards all that it is given (prompts, calls \
         of tools, files) to an address that stands in it. Honest look-alikes: dashboards of one's own, which listen on the \
         same machine.",
        (TRIGGERED, Scope::File),
        &[need(&["agent/hooks-exec"], ACT, Medium)],
    ),
    chain(
        "chain-look-alike-acts",
        "pkg/typosquat",
        REVIEW,
        "The name looks like a well-known one, and a suspicious sign in the code",
        "The name imitates that of a widely used package, and code of the package collects, hides or acts in a way that \
         honest code rarely does. Known uses: typosquats since 2017. Honest look-alikes: ports and families of names, which \
         seldom do the second.",
        (CODE, Scope::Package),
        &[
            need(&["pkg/typosquat"], Stages::NONE, Severity::Low),
            need(&["exec/", "net/", "obf/", "cred/", "persist/", "evade/", "impact/"], ACT.with(COLLECT_OR_CONCEAL), Medium),
        ],
    )
    .in_small_package(64 << 10),
    chain(
        "chain-look-alike-hides",
        "pkg/typosquat",
        BLOCK,
        "The name looks like a well-known one, and the code decodes and executes something",
        "The name imitates that of a widely used package, and code of the package was followed from text that has to be \
         decoded to what it does once it is executed. The copy is there for what it hides. Known uses: copies of colorama, \
         requests and web3 (PyPI, since 2021). Honest look-alikes: none known; ports hide nothing.",
        (CODE, Scope::Package),
        &[
            need(&["pkg/typosquat"], Stages::NONE, Severity::Low),
            Need {
                techniques: &["exec/decode-exec"],
                stages: ACT,
                least: High,
                decoded: false,
                followed: Followed::Anywhere,
            },
        ],
    )
    .in_small_package(256 << 10),
    chain(
        "chain-install-endless",
        "exec/install-hook-npm",
        REVIEW,
        "Hardly any code, and what runs at install could not be followed to its end",
        "A script of the installation of a small package takes more steps than any script is followed for. What it does at its end was not seen, \
         and so it is not said to be clean. Known uses: loops that wear out whoever follows the code, states that an \
         obfuscator makes of a few lines. Honest look-alikes: tools that are bundled into one script.",
        (TRIGGERED, Scope::File),
        &[need(&["evade/scanner-target"], CONCEAL, Severity::Low)],
    )
    .in_small_package(64 << 10)
    .of_own_accord(),
    chain(
        "chain-small-package-hook",
        "exec/install-hook-py",
        REVIEW,
        "Hardly any code, and most of it runs at install",
        "A package of a few kilobytes that hooks its own installation in a way that has few honest uses.",
        (TRIGGERED, Scope::File),
        &[need(&["exec/install-hook-"], Stages::NONE, Medium)],
    )
    .in_small_package(12 << 10),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_every_row_can_be_met() {
        let mut seen = std::collections::HashSet::new();
        for row in CHAINS {
            assert!(seen.insert(row.rule.id), "{} stands twice", row.rule.id);
            assert!(!row.needs.is_empty() && row.needs.len() <= 4, "{}", row.rule.id);
            for need in row.needs {
                for prefix in need.techniques {
                    assert!(
                        crate::model::technique::CATALOGUE.iter().any(|t| t.id.starts_with(prefix)),
                        "{}: no technique begins with {prefix}",
                        row.rule.id
                    );
                }
            }
        }
    }
}
