//! The rules of flows: each says what reaches what, not which words stand near one another.

use crate::rule;

rule! {
    /// A file is fetched from the network, written, and started. Installers do that with the program they are for, from
    /// their maker's own address; malicious packages do it with an address that has nothing to do with them.
    /// Known uses: the droppers of most malicious PyPI and npm packages, ua-parser-js (2021), ultralytics (2024).
    pub(crate) DOWNLOAD_RUN = "flow-download-run" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "What it downloads is written and started",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// Text that comes from the network is executed as code. Whoever answers the request decides what the program does.
    /// Known uses: eslint-scope (2018), fake recruiters since 2024. Honest look-alikes: remote consoles, notebooks.
    pub(crate) REMOTE_CODE = "flow-remote-code" in "exec/remote-code";
    severity: High, confidence: Likely,
    title: "What the network answers is executed as code",
    reference: "https://attack.mitre.org/techniques/T1059/",
}

rule! {
    /// What somebody at the other end of a connection sends is started as a command. Honest look-alikes: servers of
    /// remote execution, test runners, bots of their own administrators.
    pub(crate) REMOTE_COMMAND = "flow-remote-command" in "net/reverse-shell";
    severity: High, confidence: Likely,
    title: "Commands that arrive over a connection are started",
    reference: "https://attack.mitre.org/techniques/T1059/",
}

rule! {
    /// The standard streams of a shell are tied to a connection. Honest look-alikes: none in a package; lists of examples
    /// for penetration testers.
    pub(crate) REVERSE_SHELL = "flow-reverse-shell" in "net/reverse-shell";
    severity: High, confidence: Certain,
    title: "A shell is tied to a connection",
    reference: "https://attack.mitre.org/techniques/T1059/004/",
}

rule! {
    /// A constant that has to be decoded or decrypted is executed, and what it does once it is decoded is seen: it fetches,
    /// sends, starts or writes. Honest look-alikes: self-extracting installers, which do none of this to others' files.
    pub(crate) HIDDEN_CODE = "flow-hidden-code-acts" in "exec/decode-exec";
    severity: High, confidence: Certain,
    title: "Hidden code is decoded, executed, and acts",
    reference: "https://attack.mitre.org/techniques/T1140/",
}

rule! {
    /// A constant that has to be decoded or decrypted is executed as code. Honest look-alikes: commercial modules that are
    /// protected by an obfuscator, embedded workers.
    pub(crate) DECODED_CODE = "flow-decoded-code" in "exec/decode-exec";
    severity: Medium, confidence: Likely,
    title: "A decoded constant is executed as code",
    reference: "https://attack.mitre.org/techniques/T1140/",
}

rule! {
    /// A command line that has to be decoded first is started. Honest look-alikes: none known outside test suites.
    pub(crate) DECODED_COMMAND = "flow-decoded-command" in "exec/decode-exec";
    severity: High, confidence: Likely,
    title: "A decoded command is started",
    reference: "https://attack.mitre.org/techniques/T1140/",
}

rule! {
    /// The address of a connection is decoded out of a constant, and what is exchanged with it matters: secrets, the
    /// host's identity, code that is executed. Honest look-alikes: products that hide their own endpoints.
    pub(crate) HIDDEN_ADDRESS = "flow-hidden-address" in "obf/string-build";
    severity: High, confidence: Likely,
    title: "The address that is contacted has to be decoded",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

rule! {
    /// The stores of a browser, a wallet or a messenger are sent away. Honest look-alikes: tools that a user runs to export
    /// a browser's own data, which do not send it.
    pub(crate) STORES_SENT = "flow-stores-sent" in "cred/browser";
    severity: Critical, confidence: Likely,
    title: "A browser's, wallet's or messenger's store is sent away",
    reference: "https://attack.mitre.org/techniques/T1555/003/",
}

rule! {
    /// The content of credential files is sent away. Honest look-alikes: clients that present their own credentials to
    /// their own server.
    pub(crate) CREDENTIALS_SENT = "flow-credentials-sent" in "cred/files-dev";
    severity: High, confidence: Likely,
    title: "Credential files are sent away",
    reference: "https://attack.mitre.org/techniques/T1552/001/",
}

rule! {
    /// The whole environment is sent away: it holds the tokens of whatever runs there, above all in CI.
    /// Known uses: ctx (2022), codecov (2021), every dependency-confusion wave. Honest look-alikes: crash reporters that
    /// ask first.
    pub(crate) ENVIRONMENT_SENT = "flow-environment-sent" in "net/exfil-env";
    severity: High, confidence: Likely,
    title: "The whole environment is sent away",
    reference: "https://attack.mitre.org/techniques/T1041/",
}

rule! {
    /// Several things that tell who and where the user is are sent away together. Known uses: dependency-confusion waves,
    /// first stages. Honest look-alikes: telemetry that is declared, licence clients.
    pub(crate) IDENTITY_SENT = "flow-identity-sent" in "net/exfil-identity";
    severity: High, confidence: Likely,
    title: "Host and user identity are sent away",
    reference: "https://attack.mitre.org/techniques/T1082/",
}

rule! {
    /// One thing that tells who or where the user is, is sent away. Honest look-alikes: telemetry.
    pub(crate) IDENTITY_HINT = "flow-identity-part-sent" in "net/exfil-identity";
    severity: Medium, confidence: Likely,
    title: "A part of the host's or user's identity is sent away",
    reference: "https://attack.mitre.org/techniques/T1082/",
}

rule! {
    /// A name that is looked up is made of what was collected: the lookup itself carries it out, past most firewalls.
    /// Honest look-alikes: service discovery that looks up the host's own name.
    pub(crate) DNS = "flow-dns-exfiltration" in "net/exfil-dns";
    severity: High, confidence: Likely,
    title: "What was collected leaves in a DNS name",
    reference: "https://attack.mitre.org/techniques/T1048/003/",
}

rule! {
    /// What the keyboard, the screen, the camera or the clipboard show is sent away. Honest look-alikes: remote desktops
    /// and screen recorders, which are about nothing else.
    pub(crate) SPIED_SENT = "flow-spied-sent" in "cred/keylog-screen";
    severity: High, confidence: Likely,
    title: "Keys, screen or clipboard are sent away",
    reference: "https://attack.mitre.org/techniques/T1056/001/",
}

rule! {
    /// The clipboard is read and set again in one program that knows literal wallet addresses or patterns of them.
    /// Honest look-alikes: clipboard managers, which know no addresses.
    pub(crate) CLIPPER = "flow-clipboard-swap" in "cred/clipboard-clipper";
    severity: High, confidence: Likely,
    title: "The clipboard is watched and replaced",
    reference: "https://attack.mitre.org/techniques/T1115/",
}

rule! {
    /// Something is written where it starts again by itself: a shell's start-up file, a start-up folder, a job or service.
    /// Honest look-alikes: shell integrations, which say so and are asked to.
    pub(crate) PERSISTS = "flow-persists" in "persist/shell-rc";
    severity: High, confidence: Likely,
    title: "Writes where it starts again by itself",
    reference: "https://attack.mitre.org/techniques/T1547/",
}

rule! {
    /// A key is added to those that may log in.
    /// Honest look-alikes: provisioning tools, which take the key from their user.
    pub(crate) KEY_PLANTED = "flow-key-planted" in "cred/pam-ssh-backdoor";
    severity: High, confidence: Likely,
    title: "A fixed key is added to authorized_keys",
    reference: "https://attack.mitre.org/techniques/T1098/004/",
}

rule! {
    /// Bytes that were decoded or downloaded are put into executable memory and run there.
    /// Honest look-alikes: just-in-time compilers, which make their code themselves.
    pub(crate) INJECTS = "flow-code-in-memory" in "bin/inject";
    severity: High, confidence: Likely,
    title: "Executable memory is filled and run",
    reference: "https://attack.mitre.org/techniques/T1055/",
}

rule! {
    /// Everything below a home folder or the root of the file system is deleted.
    /// Honest look-alikes: uninstallers, which delete their own folder.
    pub(crate) WIPES = "flow-wipes" in "impact/wiper";
    severity: High, confidence: Likely,
    title: "Deletes a home folder or a whole file system",
    reference: "https://attack.mitre.org/techniques/T1485/",
}

rule! {
    /// A constant that had to be decoded or decrypted is written to a file, and the file is started: a dropper that
    /// carries its program along. Honest look-alikes: self-extracting installers.
    pub(crate) DROPS = "flow-drops-and-starts" in "exec/decode-exec";
    severity: High, confidence: Likely,
    title: "A decoded constant is written to a file and started",
    reference: "https://attack.mitre.org/techniques/T1140/",
}

rule! {
    /// What stands in a picture, a sound or a document is written to a file, and the file is started: a program came along
    /// in it. Known uses: a picture of a documentation with a program behind it (PyPI, 2024). Honest look-alikes: viewers,
    /// which start a program of their own and hand it the file.
    pub(crate) CARRIED_PROGRAM = "flow-program-from-carrier" in "obf/stego-media";
    severity: High, confidence: Likely,
    title: "A program is taken out of a picture, sound or document and started",
    reference: "https://attack.mitre.org/techniques/T1027/003/",
}

rule! {
    /// A package manager is told, out of code, to install something else without showing it.
    /// Honest look-alikes: optional dependencies that are installed on demand.
    pub(crate) INSTALLS_OTHER = "flow-installs-other" in "exec/process";
    severity: Medium, confidence: Likely,
    title: "Code installs another package",
    reference: "https://attack.mitre.org/techniques/T1195/002/",
}

rule! {
    /// Something is fetched, sent or looked up while the package is being installed or imported, without being asked.
    /// Honest look-alikes: builds that fetch what they need, update checks.
    pub(crate) CALLS_HOME = "flow-calls-home" in "exec/import-time";
    severity: Medium, confidence: Likely,
    title: "Contacts a fixed address by itself",
    reference: "https://attack.mitre.org/techniques/T1071/",
}

rule! {
    /// A shell is started in a window or with an output that nobody sees, and what it is told fetches or executes
    /// something. Honest look-alikes: helpers of desktop programs that avoid a flashing console, which fetch nothing.
    pub(crate) HIDDEN_SHELL = "flow-hidden-shell" in "exec/powershell-encoded";
    severity: High, confidence: Likely,
    title: "A hidden shell is started",
    reference: "https://attack.mitre.org/techniques/T1564/003/",
}

rule! {
    /// A collector for out-of-band requests or a literal public address is contacted while the package is installed or
    /// imported. Such collectors exist to prove that foreign code runs somewhere. Known uses: every dependency-confusion
    /// wave since 2021. Honest look-alikes: none in a released package.
    pub(crate) BEACON = "flow-beacon" in "net/exfil-service";
    severity: High, confidence: Likely,
    title: "Tells a collector that it runs",
    reference: "https://attack.mitre.org/techniques/T1071/001/",
}

rule! {
    /// Code is taken out of a picture, a sound, a font or a document that lies beside the script, and executed. Nobody
    /// looks for code there, which is why it is put there. Known uses: droppers with payloads behind the end of a PNG or
    /// in the samples of a WAV file (telnyx, 2026). Honest look-alikes: none is known; programs keep their code in files
    /// that say so.
    pub(crate) CARRIER = "flow-code-from-carrier" in "obf/stego-media";
    severity: High, confidence: Likely,
    title: "Code out of a picture, sound or document is executed",
    reference: "https://attack.mitre.org/techniques/T1027/003/",
}

rule! {
    /// A script executes the text of a file whose name says that it is a style sheet, a table, a log: nobody looks for code
    /// there. Known uses: loaders of payloads that lie in `.css`, `.dat` and `.log` files of their package (2022 to 2026).
    ///
    /// Honest look-alikes: versions and settings in `.txt`, `.cfg` and `.py`, which do not count.
    pub(crate) DATA_RUN = "flow-executes-data-file" in "obf/fake-extension";
    severity: High, confidence: Likely,
    title: "The text of a data file is executed",
    reference: "https://attack.mitre.org/techniques/T1036/008/",
}

rule! {
    /// A function of another library is replaced, or one is registered with it, and what callers hand to it (addresses,
    /// headers, tokens, keys, records of logs, log-ins), or have from it, is sent to an address that stands in the script.
    /// Known uses: patched HTTP clients and wallet libraries (aiocpa, 2024). Honest look-alikes: tracing and error
    /// reporting, which send to where they are configured to.
    pub(crate) PATCHED = "flow-patched-client-tells" in "exec/monkeypatch-hook";
    severity: High, confidence: Likely,
    title: "What others hand to a library is sent away by a function put there",
    reference: "https://attack.mitre.org/techniques/T1056/004/",
}

rule! {
    /// What a program that it starts prints is sent away. Honest look-alikes: crash reporters, build farms.
    pub(crate) OUTPUT_SENT = "flow-output-sent" in "net/exfil-identity";
    severity: High, confidence: Likely,
    title: "The output of a command is sent away",
    reference: "https://attack.mitre.org/techniques/T1041/",
}

rule! {
    /// The content of files goes to a web hook, a bot or an upload place whose address stands in the code, or all that lies on
    /// the user's desktop to any fixed address: whoever wrote the package collects it. Known uses: token collectors, document
    /// stealers. Honest look-alikes: scripts that their
    /// own authors use to notify themselves, published by mistake.
    pub(crate) FILES_SENT = "flow-files-sent" in "net/exfil-service";
    severity: High, confidence: Likely,
    title: "The content of files goes to a fixed collector",
    reference: "https://attack.mitre.org/techniques/T1567/",
}

rule! {
    /// The private key or the seed words that a caller hands over are sent away as they are. Signing never needs that.
    /// Known uses: @solana/web3.js (2024), xrpl (2025), look-alikes of wallet libraries. Honest look-alikes: clients of
    /// custodial wallets, which say so.
    pub(crate) KEY_SENT = "flow-key-sent" in "cred/wallet";
    severity: High, confidence: Likely,
    title: "A wallet's private key is sent away",
    reference: "https://attack.mitre.org/techniques/T1657/",
}

rule! {
    /// Code that runs by itself has a program of Windows call a function of a library that lies beside the code, or that it
    /// wrote. Whoever ships a library loads it; the detour is there to be overlooked. Known uses: eslint-config-prettier (npm,
    /// 2025), Comebacker (PyPI, 2024). Honest look-alikes: pages and settings are opened by libraries of the system.
    pub(crate) LIBRARY_RUN = "flow-library-run" in "exec/lolbin";
    severity: High, confidence: Likely,
    title: "A library of its own is started by a program of the system",
    reference: "https://attack.mitre.org/techniques/T1218/011/",
}

rule! {
    /// A file in a temporary or hidden place is made executable by code that runs by itself.
    /// Honest look-alikes: builds that unpack their tools into a temporary folder.
    pub(crate) MAKES_RUNNABLE = "flow-makes-runnable" in "exec/process";
    severity: Medium, confidence: Likely,
    title: "Makes a file in a temporary place executable",
    reference: "https://attack.mitre.org/techniques/T1222/002/",
}

rule! {
    /// Every message that a program sends for its users goes to a mailbox as well that stands in the program, and that
    /// none of those who write and read the message see. Known uses: a server of the Model Context Protocol whose messages
    /// went to its author (postmark-mcp, 2025). Honest look-alikes: archives of an organisation's own mail, whose address is
    /// in its settings.
    pub(crate) MAIL_COPIED = "flow-mail-copied" in "net/exfil-mail";
    severity: High, confidence: Likely,
    title: "Messages are copied to a mailbox that stands in the program",
    reference: "https://attack.mitre.org/techniques/T1114/003/",
}

rule! {
    /// The methods that a script calls are named by numbers that a decoder of its own turns into names: nobody is meant
    /// to see what it calls. Minified code keeps the names of what it calls, dispatch tables compute a few.
    /// Known uses: string arrays and masked calls of JavaScript obfuscators, in most malicious npm packages since 2022.
    /// Honest look-alikes: commercial libraries that hide their code from competitors.
    pub(crate) HIDES_CALLS = "script-hides-calls" in "obf/js-mangle";
    severity: High, confidence: Likely,
    title: "Hides what it calls from its readers",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

rule! {
    /// Text that had to be decoded is code for a page that loads a script from an address. Known uses: plugins of bundlers
    /// that put a loader into what others build, skimmers in pages. Honest look-alikes: loaders of advertisements, which
    /// hide from filters.
    pub(crate) HIDDEN_LOADER = "script-hidden-loader" in "exec/remote-code";
    severity: High, confidence: Likely,
    title: "Code that had to be decoded loads a script into pages",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

rule! {
    /// The whole script is a text, of which a function with parameters is made and called: what it reaches out with is handed
    /// in, and none of it stands there as code. Known uses: packing of JavaScript obfuscators. Honest look-alikes: none
    /// known; development builds of bundlers evaluate a text for each module, and say which file it is of.
    pub(crate) PACKED = "script-packed-in-text" in "obf/js-mangle";
    severity: High, confidence: Likely,
    title: "The whole script is a text that is executed",
    reference: "https://attack.mitre.org/techniques/T1027/002/",
}

rule! {
    /// When it is imported or installed, a script starts another one with an interpreter, detached and where nobody sees
    /// its window or output: what it does goes on after the import, out of sight. Known uses: fake interviews (2024),
    /// loaders beside copies of table and colour libraries (2025). Honest look-alikes: tools that start a server of their
    /// own, which do so when somebody runs them.
    pub(crate) STARTS_UNSEEN = "flow-starts-unseen" in "exec/import-time";
    severity: High, confidence: Likely,
    title: "A script is started unseen when the package is imported",
    reference: "https://attack.mitre.org/techniques/T1564/003/",
}

rule! {
    /// A script writes the manifest of a browser extension to a place of the user's: extensions see and change every page.
    /// Known uses: clippers that replace addresses of wallets in the browser (PyPI, 2022 and 2023). Honest look-alikes:
    /// builders of extensions, which write into their own folder.
    pub(crate) EXTENSION = "flow-plants-extension" in "persist/app-tamper";
    severity: High, confidence: Likely,
    title: "A browser extension is planted",
    reference: "https://attack.mitre.org/techniques/T1176/",
}

rule! {
    /// A part of the script could not be read as code, or was not followed to its end: it is broken, written for another
    /// version of its language, or larger than the limits. Signatures have looked at all of its text.
    pub(crate) READ_IN_PART = "script-read-in-part" in "evade/scanner-target";
    severity: Info, confidence: Certain,
    title: "A part of the script was not followed as code",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

rule! {
    /// The script takes more steps, or more depth, than a script is followed for: what it would do behind that was not
    /// seen. Signatures have looked at all of its text. Honest look-alikes: bundles of many megabytes.
    pub(crate) CUT_OFF = "script-cut-off" in "evade/scanner-target";
    severity: Low, confidence: Certain,
    title: "The script was not followed to its end",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

rule! {
    /// Where the program runs (its time zone, language, proxy, endpoint or host) is compared with a list that has to be
    /// decoded first: whoever reads the code is not meant to see whom it looks for. Honest look-alikes: products that
    /// hide their licence servers.
    pub(crate) HIDDEN_LIST = "flow-surroundings-in-hidden-list" in "covert/hidden-list";
    severity: High, confidence: Likely,
    title: "The surroundings are compared with a hidden list",
    reference: "https://attack.mitre.org/techniques/T1480/001/",
}

rule! {
    /// A condition on where the program runs (time zone, language, endpoint, host) chooses between two texts that look the
    /// same to a reader: they differ in blanks, punctuation or letters of another script. What is chosen tells, to
    /// whoever knows, where the program runs. Honest look-alikes: typography that follows a language, whose texts differ
    /// visibly.
    pub(crate) ALIKE_CHOICE = "flow-choice-among-look-alikes" in "covert/text-marker";
    severity: High, confidence: Likely,
    title: "The surroundings choose between texts that look alike",
    reference: "https://attack.mitre.org/techniques/T1001/002/",
}
