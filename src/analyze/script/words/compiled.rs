//! Go and Rust. Packages of Go go by their whole paths; `::` of Rust is a point.

use super::Arg::{At, From, Named, This};
use super::{Does, Word, word};
use crate::analyze::script::value::Labels as L;

const FIRST: &[super::Arg] = &[At(0)];
const SECOND: &[super::Arg] = &[At(1)];
const ALL: &[super::Arg] = &[From(0)];
const THIS: &[super::Arg] = &[This];
const NONE: &[super::Arg] = &[];

/// The table.
pub(super) const WORDS: &[Word] = &[
    word(
        "os/exec.Command os/exec.CommandContext os/exec.Cmd syscall.Exec os.StartProcess std.process.Command tokio.process.Command",
        Does::Run,
        FIRST,
        NONE,
        L::OUTPUT,
    ),
    word("plugin.Open syscall.LoadLibrary syscall.LoadDLL syscall.NewLazyDLL", Does::Load, FIRST, NONE, L::NONE),
    word(
        "net/http.Get net/http.Head net/http.DefaultClient.Get net/http.Client().Get net/http.DefaultClient.Head",
        Does::Fetch,
        FIRST,
        NONE,
        L::DOWNLOADED,
    ),
    word(
        "net/http.Post net/http.PostForm net/http.DefaultClient.Post net/http.Client().Post net/http.Client().PostForm",
        Does::Send,
        FIRST,
        &[From(1)],
        L::DOWNLOADED,
    ),
    word("net/http.NewRequest", Does::Request, SECOND, &[At(2)], L::DOWNLOADED),
    word("net/http.NewRequestWithContext", Does::Request, &[At(2)], &[At(3)], L::DOWNLOADED),
    word("net.Dial net.DialTimeout crypto/tls.Dial net.DialTCP", Does::Connect, SECOND, NONE, L::REMOTE),
    word(
        "github.com/gorilla/websocket.DefaultDialer.Dial golang.org/x/net/websocket.Dial",
        Does::Connect,
        FIRST,
        NONE,
        L::REMOTE,
    ),
    word("net.Dial().Write crypto/tls.Dial().Write net.DialTimeout().Write", Does::Send, THIS, FIRST, L::NONE),
    word("net.Listen crypto/tls.Listen", Does::Listen, SECOND, NONE, L::NONE),
    word("net/http.ListenAndServe net/http.ListenAndServeTLS", Does::Listen, FIRST, NONE, L::NONE),
    word("net.Listen().Accept crypto/tls.Listen().Accept", Does::Source, NONE, NONE, L::REMOTE),
    word(
        "net.LookupHost net.LookupIP net.LookupTXT net.LookupAddr net.LookupCNAME net.LookupMX",
        Does::Lookup,
        FIRST,
        FIRST,
        L::DOWNLOADED,
    ),
    // What a server is asked.
    word(
        "net/http.Request().Header.Get net/http.Request().FormValue net/http.Request().PostFormValue net/http.Request().URL.Query().Get net/http.Request().Body net/http.Request().Cookie net/http.Request().Header net/http.Request().Form.Get net/http.Request().PathValue github.com/gin-gonic/gin.Context().Query github.com/gin-gonic/gin.Context().GetHeader github.com/gin-gonic/gin.Context().PostForm github.com/gin-gonic/gin.Context().Param github.com/gin-gonic/gin.Context().DefaultQuery github.com/labstack/echo/v4.Context().QueryParam github.com/labstack/echo/v4.Context().FormValue github.com/gofiber/fiber/v2.Ctx().Query github.com/gofiber/fiber/v2.Ctx().Get",
        Does::Source,
        NONE,
        NONE,
        L::ASKED,
    ),
    word("os.Getenv os.LookupEnv syscall.Getenv", Does::Environment, FIRST, NONE, L::ENV),
    word("os.Environ syscall.Environ", Does::Source, NONE, NONE, L::ENV_ALL),
    word("os.Args", Does::Source, NONE, NONE, L::ARGUMENTS),
    word(
        "flag.String flag.Arg flag.Args github.com/spf13/pflag.String github.com/spf13/pflag.StringP",
        Does::Source,
        NONE,
        NONE,
        L::ARGUMENTS,
    ),
    word("os.Hostname", Does::Source, NONE, NONE, L::HOSTNAME),
    word("os/user.Current os.Getuid", Does::Source, NONE, NONE, L::USER),
    word("os.Getwd", Does::Source, NONE, NONE, L::DIRECTORY),
    word("net.Interfaces net.InterfaceAddrs", Does::Source, NONE, NONE, L::ADDRESS),
    word("runtime.GOOS runtime.GOARCH", Does::Source, NONE, NONE, L::PLATFORM),
    word("time.Now", Does::Source, NONE, NONE, L::TIME),
    word("os.Executable", Does::Source, NONE, NONE, L::OWN_FILE),
    word("os.Stdin", Does::Source, NONE, NONE, L::HANDED),
    word("os.ReadFile io/ioutil.ReadFile os.Open", Does::Read, FIRST, NONE, L::FILE),
    word("os.ReadDir io/ioutil.ReadDir path/filepath.Glob", Does::Handle, FIRST, NONE, L::LISTED),
    word("path/filepath.Abs path/filepath.Clean path/filepath.EvalSymlinks", Does::Pass, FIRST, NONE, L::NONE),
    word("os.Rename os.Link os.Symlink", Does::Copy, SECOND, FIRST, L::NONE),
    word("os.Remove os.RemoveAll", Does::Delete, FIRST, NONE, L::NONE),
    word("os.Chmod", Does::MakeRunnable, FIRST, NONE, L::NONE),
    word("*.Seal", Does::Encrypt, &[At(2)], &[At(2)], L::ENCRYPTED),
    word("*.XORKeyStream *.CryptBlocks", Does::Encrypt, SECOND, SECOND, L::ENCRYPTED),
    word("crypto/rsa.EncryptOAEP crypto/rsa.EncryptPKCS1v15", Does::Handle, NONE, NONE, L::ENCRYPTED),
    word("time.Sleep", Does::Sleep, ALL, NONE, L::NONE),
    word("os.Exit", Does::Exit, NONE, NONE, L::NONE),
    word("net/smtp.SendMail", Does::Send, FIRST, &[Named("msg"), At(4)], L::NONE),
    word("golang.org/x/sys/windows/registry.Key().SetStringValue", Does::Persist, FIRST, SECOND, L::NONE),
    word("github.com/atotto/clipboard.ReadAll golang.design/x/clipboard.Read", Does::Spy, NONE, NONE, L::CLIPBOARD),
    word("github.com/atotto/clipboard.WriteAll", Does::SetClipboard, NONE, FIRST, L::NONE),
    // Rust.
    word("reqwest.get reqwest.blocking.get", Does::Fetch, FIRST, NONE, L::DOWNLOADED),
    word("std.net.TcpStream.connect", Does::Connect, FIRST, NONE, L::REMOTE),
    word("std.net.TcpStream.connect().write_all std.net.TcpStream.connect().write", Does::Send, THIS, FIRST, L::NONE),
    word("std.net.TcpListener.bind", Does::Listen, FIRST, NONE, L::NONE),
    word("std.env.var std.env.var_os", Does::Environment, FIRST, NONE, L::ENV),
    word("std.env.vars std.env.vars_os", Does::Source, NONE, NONE, L::ENV_ALL),
    word("std.env.args std.env.args_os", Does::Source, NONE, NONE, L::ARGUMENTS),
    word(
        "hostname.get gethostname.gethostname whoami.hostname whoami.devicename whoami.fallible.hostname",
        Does::Source,
        NONE,
        NONE,
        L::HOSTNAME,
    ),
    word("whoami.username whoami.realname", Does::Source, NONE, NONE, L::USER),
    word("std.env.current_dir", Does::Source, NONE, NONE, L::DIRECTORY),
    word("std.env.current_exe", Does::Source, NONE, NONE, L::OWN_FILE),
    word("std.fs.read std.fs.read_to_string std.fs.File.open", Does::Read, FIRST, NONE, L::FILE),
    word("std.fs.read_dir walkdir.WalkDir.new glob.glob", Does::Handle, FIRST, NONE, L::LISTED),
    word("std.fs.File.create", Does::Handle, FIRST, NONE, L::NONE),
    word("std.fs.copy std.fs.rename", Does::Copy, SECOND, FIRST, L::NONE),
    word("std.fs.remove_file std.fs.remove_dir_all std.fs.remove_dir", Does::Delete, FIRST, NONE, L::NONE),
    word("std.fs.set_permissions", Does::MakeRunnable, FIRST, NONE, L::NONE),
    word("libloading.Library.new", Does::Load, FIRST, NONE, L::NONE),
    word("std.process.exit", Does::Exit, NONE, NONE, L::NONE),
    word("std.thread.sleep", Does::Sleep, ALL, NONE, L::NONE),
];
