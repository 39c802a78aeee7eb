//! PHP, Ruby, Perl and Lua.

use super::Arg::{At, From, This};
use super::{Does, Word, word};
use crate::analyze::script::value::Labels as L;

const FIRST: &[super::Arg] = &[At(0)];
const SECOND: &[super::Arg] = &[At(1)];
const ALL: &[super::Arg] = &[From(0)];
const THIS: &[super::Arg] = &[This];
const NONE: &[super::Arg] = &[];

/// The table. Names of PHP are in lower case; `::` of Ruby and Perl is a point.
pub(super) const WORDS: &[Word] = &[
    // PHP.
    word(
        "assert create_function eval preg_replace_callback instance_eval class_eval module_eval Kernel.eval binding.eval *.instance_eval *.class_eval *.module_eval TOPLEVEL_BINDING.eval",
        Does::Eval,
        ALL,
        NONE,
        L::NONE,
    ),
    // Behind the code of Lua stands what it is called.
    word(
        "loadstring load RubyVM.InstructionSequence.compile RubyVM.InstructionSequence.new",
        Does::Eval,
        FIRST,
        NONE,
        L::NONE,
    ),
    // A template of Ruby is code.
    word("ERB.new Erubi.Engine.new Erubis.Eruby.new", Does::Handle, FIRST, NONE, L::NONE),
    word(
        "ERB.new().result ERB.new().run ERB.new().result_with_hash Erubis.Eruby.new().result",
        Does::Eval,
        THIS,
        NONE,
        L::NONE,
    ),
    word(
        "system shell_exec passthru popen proc_open pcntl_exec ` %x Kernel.system Kernel.exec IO.popen Open3.capture3 Open3.capture2 Open3.popen3 spawn Process.spawn os.execute io.popen exec qx vim.fn.system vim.fn.systemlist vim.system vim.fn.jobstart vim.uv.spawn vim.loop.spawn PTY.spawn Open3.popen2 Open3.popen2e Open3.capture2e",
        Does::Shell,
        FIRST,
        NONE,
        L::OUTPUT,
    ),
    word(
        "_post _get _request _cookie _files _server _POST _GET _REQUEST _COOKIE _FILES _SERVER params request.params request.cookies cookies",
        Does::Source,
        NONE,
        NONE,
        L::REMOTE,
    ),
    word(
        "file_get_contents curl_exec readfile fopen URI.open open-uri.open socket.http.request ssl.https.request http.request Net.HTTP.get Net.HTTP.get_response HTTParty.get RestClient.get Faraday.get LWP.Simple.get LWP.Simple.getstore HTTP.Tiny.new().get HTTP.Tiny.new().mirror LWP.UserAgent.new().get LWP.UserAgent.new().mirror Faraday.new().get Typhoeus.get Excon.get HTTP.get URI().open URI().read URI.parse().open URI.parse().read wp_remote_get wp_safe_remote_get Http.get GuzzleHttp.Client().get Client().get simplexml_load_file plenary.curl.get",
        Does::Fetch,
        FIRST,
        NONE,
        L::DOWNLOADED,
    ),
    word(
        "Net.HTTP.post Net.HTTP.post_form HTTParty.post RestClient.post Faraday.post mail",
        Does::Send,
        FIRST,
        &[From(1)],
        L::DOWNLOADED,
    ),
    word(
        "HTTP.Tiny.new().post HTTP.Tiny.new().post_form HTTP.Tiny.new().put LWP.UserAgent.new().post LWP.UserAgent.new().put Faraday.new().post Typhoeus.post Excon.post HTTP.post RestClient.put HTTParty.put wp_remote_post wp_safe_remote_post wp_remote_request Http.post Http.put GuzzleHttp.Client().post GuzzleHttp.Client().put Client().post plenary.curl.post",
        Does::Send,
        FIRST,
        &[From(1)],
        L::DOWNLOADED,
    ),
    word(
        "HTTP.Tiny.new().request Client().request GuzzleHttp.Client().request",
        Does::Request,
        SECOND,
        &[From(2)],
        L::DOWNLOADED,
    ),
    // Of a connection to one host.
    word(
        "Net.HTTP.new().post Net.HTTP.new().request_post Net.HTTP.new().put Net.HTTP.new().send_request Net.HTTP.new().patch Net.HTTP.start().post Net.HTTP.start().request_post Net.HTTP.start().put Net.HTTP.start().send_request Net.HTTP.start().patch",
        Does::Send,
        THIS,
        &[From(0)],
        L::DOWNLOADED,
    ),
    word(
        "Net.HTTP.new().request Net.HTTP.start().request Net.HTTP.new().request_get Net.HTTP.start().request_get Net.HTTP.start().get Net.HTTP.new().get",
        Does::Request,
        THIS,
        &[From(0)],
        L::DOWNLOADED,
    ),
    word("Net.HTTP.new Net.HTTP.start Net.HTTP.Post.new Net.HTTP.Put.new", Does::Handle, FIRST, NONE, L::NONE),
    word("curl_init stream_context_create", Does::Handle, FIRST, NONE, L::NONE),
    // What a site of WordPress signs with, and how it enters its database.
    word(
        "DB_PASSWORD AUTH_KEY SECURE_AUTH_KEY LOGGED_IN_KEY NONCE_KEY AUTH_SALT SECURE_AUTH_SALT LOGGED_IN_SALT NONCE_SALT",
        Does::Source,
        NONE,
        NONE,
        L::CREDENTIALS,
    ),
    // In the form in which its caller wants it, which may be that of the zone alone.
    word("os.date", Does::Source, NONE, NONE, L::TIME_ZONE),
    word("URI URI.parse Addressable.URI.parse JSON.generate JSON.dump", Does::Pass, FIRST, NONE, L::NONE),
    word("file_put_contents File.write IO.write File.binwrite IO.binwrite", Does::Write, FIRST, SECOND, L::NONE),
    word(
        "File.read IO.read io.open File.readlines IO.readlines IO.binread File.binread file",
        Does::Read,
        FIRST,
        NONE,
        L::FILE,
    ),
    word("File.open File.new", Does::Open, FIRST, NONE, L::NONE),
    word(
        "File.open().write File.open().puts File.open().print File.open().syswrite File.new().write File.new().puts File.new().print",
        Does::Write,
        THIS,
        FIRST,
        L::NONE,
    ),
    word("File.open().read File.open().gets File.open().readlines File.new().read", Does::Pass, NONE, NONE, L::FILE),
    word(
        "rename copy File.rename FileUtils.cp FileUtils.mv FileUtils.copy FileUtils.move IO.copy_stream",
        Does::Copy,
        SECOND,
        FIRST,
        L::NONE,
    ),
    word(
        "scandir glob opendir readdir Dir.glob Dir.entries Dir.foreach Dir.children Dir.each_child Find.find RecursiveDirectoryIterator RecursiveIteratorIterator DirectoryIterator",
        Does::Handle,
        FIRST,
        NONE,
        L::LISTED,
    ),
    word(
        "openssl_encrypt mcrypt_encrypt sodium_crypto_secretbox OpenSSL.Cipher.new().update OpenSSL.Cipher.AES.new().update",
        Does::Encrypt,
        FIRST,
        FIRST,
        L::ENCRYPTED,
    ),
    word(
        "unlink rmdir File.delete File.unlink FileUtils.rm FileUtils.rm_f FileUtils.rm_r FileUtils.rm_rf os.remove",
        Does::Delete,
        FIRST,
        NONE,
        L::NONE,
    ),
    word("chmod File.chmod FileUtils.chmod", Does::MakeRunnable, FIRST, NONE, L::NONE),
    word("getenv ENV.fetch os.getenv", Does::Environment, FIRST, NONE, L::ENV),
    word(
        "ENV ENV.to_h ENV.to_a ENV.to_hash ENV.inspect ENV.select ENV.filter ENV.map ENV.each ENV.each_pair ENV.sort ENV.reject ENV.values _env _ENV vim.fn.environ",
        Does::Source,
        NONE,
        NONE,
        L::ENV_ALL,
    ),
    word(
        "gethostname php_uname Socket.gethostname hostname Sys.Hostname.hostname vim.fn.hostname Addrinfo.local_ip socket.dns.gethostname vim.uv.os_gethostname vim.loop.os_gethostname",
        Does::Source,
        NONE,
        NONE,
        L::HOSTNAME,
    ),
    word(
        "get_current_user Etc.getlogin getlogin Etc.getpwuid Etc.passwd getpwent getpwuid",
        Does::Source,
        NONE,
        NONE,
        L::USER,
    ),
    word(
        "dns_get_record checkdnsrr dns_check_record gethostbyname gethostbynamel Resolv.getaddress Resolv.getaddresses Resolv.DNS.new().getresource Resolv.DNS.new().getresources Resolv.DNS.new().getaddress Addrinfo.getaddrinfo Addrinfo.ip IPSocket.getaddress TCPSocket.gethostbyname socket.dns.toip socket.dns.getaddrinfo vim.uv.getaddrinfo vim.loop.getaddrinfo",
        Does::Lookup,
        FIRST,
        NONE,
        L::ADDRESS,
    ),
    word("dofile loadfile", Does::Run, FIRST, NONE, L::NONE),
    word("Dir.pwd Dir.getwd getcwd Cwd.getcwd vim.fn.getcwd", Does::Source, NONE, NONE, L::DIRECTORY),
    word("Socket.ip_address_list Socket.getifaddrs", Does::Source, NONE, NONE, L::ADDRESS),
    word(
        "fsockopen pfsockopen stream_socket_client socket_connect TCPSocket.new TCPSocket.open UNIXSocket.open Socket.tcp UDPSocket.new().connect IO.Socket.INET.new socket.connect socket.tcp().connect socket.bind",
        Does::Connect,
        ALL,
        NONE,
        L::REMOTE,
    ),
    word(
        "TCPSocket.new().gets TCPSocket.open().gets TCPSocket.new().read fgets fread socket_read socket.tcp().receive socket.connect().receive IO.Socket.INET.new().getline",
        Does::Source,
        THIS,
        NONE,
        L::REMOTE,
    ),
    word(
        "TCPSocket.new().write TCPSocket.new().puts TCPSocket.new().print TCPSocket.new().syswrite TCPSocket.new().send TCPSocket.open().write TCPSocket.open().puts TCPSocket.open().print TCPSocket.open().send Socket.tcp().write Socket.tcp().puts Socket.tcp().print Socket.tcp().send UDPSocket.new().write socket.tcp().send socket.connect().send fsockopen().fwrite",
        Does::Send,
        THIS,
        FIRST,
        L::NONE,
    ),
    word("UDPSocket.new().send", Does::Send, &[At(2)], FIRST, L::NONE),
    word("socket.udp().sendto", Does::Send, SECOND, FIRST, L::NONE),
    word("move_uploaded_file", Does::Write, SECOND, NONE, L::NONE),
    word(
        "Fiddle.dlopen Fiddle.Handle.new DL.dlopen ffi_lib *.ffi_lib dl_load_file DynaLoader.dl_load_file package.loadlib ffi.load FFI.cdef FFI.load",
        Does::Load,
        FIRST,
        NONE,
        L::NONE,
    ),
    word("include require include_once require_once", Does::Pass, FIRST, NONE, L::NONE),
];
