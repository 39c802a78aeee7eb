//! JavaScript: Node, Bun, Deno, browsers, and the libraries that are used for the same acts.

use super::Arg::{At, From, Named, This};
use super::{Does, Word, word};
use crate::analyze::script::value::Labels as L;

const FIRST: &[super::Arg] = &[At(0)];
const SECOND: &[super::Arg] = &[At(1)];
const THIS: &[super::Arg] = &[This];
const NONE: &[super::Arg] = &[];
const URL: &[super::Arg] = &[At(0), Named("url")];
const BODY: &[super::Arg] = &[
    At(1),
    Named("body"),
    Named("data"),
    Named("json"),
    Named("form"),
    Named("headers"),
    Named("params"),
    Named("searchParams"),
];
const OPTIONS: &[super::Arg] =
    &[Named("body"), Named("headers"), Named("data"), Named("params"), Named("json"), Named("form")];

/// The table.
pub(super) const WORDS: &[Word] = &[
    // Programs.
    word(
        "child_process.exec child_process.execSync shelljs.exec execa.command execa.commandSync execa.execaCommand",
        Does::Shell,
        FIRST,
        NONE,
        L::OUTPUT,
    ),
    word(
        "child_process.spawn child_process.spawnSync child_process.execFile child_process.execFileSync execa execa.execa cross-spawn cross-spawn.sync Bun.spawn Bun.spawnSync Deno.Command Deno.run",
        Does::Run,
        &[From(0)],
        NONE,
        L::OUTPUT,
    ),
    word("child_process.fork worker_threads.Worker Worker", Does::Run, FIRST, NONE, L::OUTPUT),
    word("child_process.spawn().stdin.write child_process.exec().stdin.write", Does::Redirect, THIS, FIRST, L::NONE),
    // Code.
    word(
        "eval vm.runInThisContext vm.runInNewContext vm.runInContext vm.compileFunction module._compile Module._compile *._compile safe-eval",
        Does::Eval,
        FIRST,
        NONE,
        L::NONE,
    ),
    word("vm.Script().runInThisContext vm.Script().runInNewContext", Does::Pass, NONE, NONE, L::NONE),
    word("process.dlopen bindings node-gyp-build ffi-napi.Library", Does::Load, &[At(1), At(0)], NONE, L::NONE),
    // Network.
    word(
        "fetch node-fetch cross-fetch undici.fetch isomorphic-fetch ky ofetch",
        Does::Request,
        URL,
        OPTIONS,
        L::DOWNLOADED,
    ),
    word(
        "axios.get got got.get superagent.get needle.get ky.get request.get undici.request request.defaults().get $.get jQuery.get request-promise phin bent",
        Does::Request,
        URL,
        OPTIONS,
        L::DOWNLOADED,
    ),
    word(
        "axios.post axios.put axios.patch got.post superagent.post needle.post ky.post request.post $.post jQuery.post navigator.sendBeacon",
        Does::Send,
        URL,
        BODY,
        L::DOWNLOADED,
    ),
    word(
        "axios axios.request request needle $.ajax jQuery.ajax",
        Does::Request,
        &[At(0), Named("url"), Named("uri")],
        OPTIONS,
        L::DOWNLOADED,
    ),
    word("axios.create", Does::Handle, FIRST, NONE, L::NONE),
    word("axios.create().get", Does::Request, URL, OPTIONS, L::DOWNLOADED),
    word("axios.create().post axios.create().put", Does::Send, URL, BODY, L::DOWNLOADED),
    word(
        "http.get https.get follow-redirects.https.get follow-redirects.http.get",
        Does::Fetch,
        FIRST,
        NONE,
        L::DOWNLOADED,
    ),
    word(
        "http.request https.request http2.connect follow-redirects.https.request",
        Does::Request,
        FIRST,
        OPTIONS,
        L::DOWNLOADED,
    ),
    word(
        "http.request().write https.request().write http.request().end https.request().end",
        Does::Send,
        THIS,
        FIRST,
        L::NONE,
    ),
    word("XMLHttpRequest", Does::Handle, NONE, NONE, L::DOWNLOADED),
    word("XMLHttpRequest().open", Does::Connect, SECOND, NONE, L::NONE),
    word("XMLHttpRequest().send", Does::Send, THIS, FIRST, L::DOWNLOADED),
    word("WebSocket ws ws.WebSocket socket.io-client socket.io-client.io io", Does::Connect, FIRST, NONE, L::REMOTE),
    word("WebSocket().send ws().send socket.io-client().emit io().emit", Does::Send, THIS, &[From(0)], L::NONE),
    word("net.connect net.createConnection tls.connect net.Socket", Does::Connect, &[From(0)], NONE, L::REMOTE),
    word("net.Socket().connect", Does::Connect, &[From(0)], NONE, L::REMOTE),
    word(
        "net.Socket().write net.connect().write net.createConnection().write tls.connect().write",
        Does::Send,
        THIS,
        FIRST,
        L::NONE,
    ),
    word("net.createServer http.createServer https.createServer", Does::Listen, NONE, NONE, L::NONE),
    word(
        "dns.lookup dns.resolve dns.resolve4 dns.resolveTxt dns.promises.lookup dns.promises.resolve dns.promises.resolveTxt dns/promises.lookup dns/promises.resolveTxt",
        Does::Lookup,
        FIRST,
        NONE,
        L::DOWNLOADED,
    ),
    word("nodemailer.createTransport", Does::Handle, FIRST, NONE, L::NONE),
    word("nodemailer.createTransport().sendMail", Does::Send, THIS, FIRST, L::NONE),
    word("discord.js.WebhookClient", Does::Handle, &[Named("url"), At(0)], NONE, L::NONE),
    word("discord.js.WebhookClient().send", Does::Send, THIS, FIRST, L::NONE),
    word("node-telegram-bot-api telegraf.Telegraf telegraf", Does::Handle, FIRST, NONE, L::NONE),
    word(
        "node-telegram-bot-api().sendMessage node-telegram-bot-api().sendDocument telegraf.Telegraf().telegram.sendMessage telegraf.Telegraf().telegram.sendDocument telegraf().telegram.sendMessage",
        Does::Send,
        THIS,
        &[From(1)],
        L::NONE,
    ),
    word("Image().src HTMLImageElement().src", Does::Send, NONE, NONE, L::NONE),
    word("download", Does::Save, FIRST, SECOND, L::DOWNLOADED),
    // Files.
    word(
        "fs.readFileSync fs.readFile fs.promises.readFile fs/promises.readFile fs-extra.readFile fs-extra.readFileSync Deno.readTextFile Deno.readFile Deno.readTextFileSync Bun.file fs.createReadStream fs-extra.createReadStream fs-extra.readJson fs-extra.readJsonSync",
        Does::Read,
        FIRST,
        NONE,
        L::FILE,
    ),
    word(
        "fs.writeFileSync fs.writeFile fs.promises.writeFile fs/promises.writeFile fs-extra.writeFile fs-extra.outputFile fs-extra.writeFileSync Deno.writeTextFile Deno.writeFile Bun.write fs.appendFileSync fs.appendFile fs.promises.appendFile fs-extra.outputFileSync",
        Does::Write,
        FIRST,
        SECOND,
        L::NONE,
    ),
    word("fs.createWriteStream fs-extra.createWriteStream", Does::Handle, FIRST, NONE, L::NONE),
    word("fs.createWriteStream().write fs.createWriteStream().end", Does::Write, THIS, FIRST, L::NONE),
    word(
        "fs.copyFileSync fs.copyFile fs.renameSync fs.rename fs.cpSync fs-extra.copySync fs-extra.copy fs.promises.copyFile fs.promises.rename",
        Does::Copy,
        SECOND,
        FIRST,
        L::NONE,
    ),
    word(
        "fs.unlinkSync fs.unlink fs.rmSync fs.rm fs.rmdirSync fs.promises.rm fs.promises.unlink fs-extra.removeSync fs-extra.remove rimraf rimraf.sync del fs.rmdir",
        Does::Delete,
        FIRST,
        NONE,
        L::NONE,
    ),
    word("fs.chmodSync fs.chmod fs.promises.chmod", Does::MakeRunnable, FIRST, NONE, L::NONE),
    word("fs.readdirSync fs.readdir fs.promises.readdir glob.sync glob", Does::Handle, FIRST, NONE, L::NONE),
    word("sqlite3.Database better-sqlite3 sql.js.Database", Does::Read, FIRST, NONE, L::FILE),
    word("adm-zip archiver jszip form-data FormData", Does::Handle, FIRST, NONE, L::NONE),
    // Origins.
    word("process.env", Does::Source, NONE, NONE, L::ENV_ALL),
    word("Deno.env.get", Does::Environment, FIRST, NONE, L::ENV),
    word("Deno.env.toObject", Does::Source, NONE, NONE, L::ENV_ALL),
    word("os.hostname", Does::Source, NONE, NONE, L::HOSTNAME),
    word("os.userInfo os.homedir username", Does::Source, NONE, NONE, L::USER),
    word("process.cwd", Does::Source, NONE, NONE, L::DIRECTORY),
    word(
        "os.platform os.arch os.release os.type os.version os.cpus os.totalmem process.platform process.arch process.version process.versions navigator.userAgent navigator.platform",
        Does::Source,
        NONE,
        NONE,
        L::PLATFORM,
    ),
    word("os.networkInterfaces dns.getServers", Does::Source, NONE, NONE, L::ADDRESS),
    word(
        "navigator.clipboard.readText clipboardy.read clipboardy.readSync electron.clipboard.readText",
        Does::Spy,
        NONE,
        NONE,
        L::CLIPBOARD,
    ),
    word(
        "navigator.clipboard.writeText clipboardy.write clipboardy.writeSync electron.clipboard.writeText",
        Does::SetClipboard,
        NONE,
        FIRST,
        L::NONE,
    ),
    word(
        "document.cookie localStorage.getItem sessionStorage.getItem chrome.cookies.getAll browser.cookies.getAll chrome.storage.local.get",
        Does::Source,
        NONE,
        NONE,
        L::BROWSER,
    ),
    word(
        "navigator.language navigator.languages app.getLocale electron.app.getLocale Intl.DateTimeFormat().resolvedOptions().locale",
        Does::Source,
        NONE,
        NONE,
        L::LOCALE,
    ),
    word(
        "Intl.DateTimeFormat().resolvedOptions().timeZone Date().getTimezoneOffset Intl.DateTimeFormat().resolvedOptions",
        Does::Source,
        NONE,
        NONE,
        L::TIME_ZONE,
    ),
    word(
        "Date Date.now Date().getTime Date().getHours Date().getDate Date().getMonth Date().getFullYear performance.now",
        Does::Source,
        NONE,
        NONE,
        L::TIME,
    ),
    word(
        "Math.random crypto.randomBytes crypto.randomUUID crypto.getRandomValues",
        Does::Source,
        NONE,
        NONE,
        L::RANDOM,
    ),
    word("process.argv Deno.args", Does::Source, NONE, NONE, L::ARGUMENTS),
    word(
        "node-global-key-listener.GlobalKeyboardListener().addListener iohook.on uiohook-napi.uIOhook.on",
        Does::Spy,
        NONE,
        NONE,
        L::KEYS,
    ),
    word("desktopCapturer.getSources screenshot-desktop", Does::Spy, NONE, NONE, L::SCREEN),
    word("document.addEventListener window.addEventListener addEventListener", Does::Pass, NONE, NONE, L::NONE),
    // Acts of other kinds.
    word("process.exit Deno.exit", Does::Exit, NONE, NONE, L::NONE),
    word("crypto.createDecipheriv crypto.createDecipher", Does::Handle, &[At(1)], NONE, L::DECRYPTED),
    word("crypto.createCipheriv", Does::Encrypt, FIRST, NONE, L::NONE),
    // Models.
    word(
        "openai().chat.completions.create openai.OpenAI().chat.completions.create openai().responses.create @anthropic-ai/sdk().messages.create @anthropic-ai/sdk.Anthropic().messages.create",
        Does::Prompt,
        NONE,
        &[At(0)],
        L::MODEL,
    ),
    word("ai.generateText ai.streamText", Does::Prompt, NONE, &[At(0)], L::MODEL),
    word("JSON.parse util.promisify", Does::Pass, FIRST, NONE, L::NONE),
    word("TextDecoder().decode", Does::Pass, FIRST, NONE, L::NONE),
];
