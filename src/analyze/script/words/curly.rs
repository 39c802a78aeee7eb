//! Java and C#, by the names of types without their packages and namespaces; what `new` makes of a type is called as the type.

use super::Arg::{At, From, This};
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
        "Runtime.getRuntime().exec Runtime.exec ProcessBuilder ProcessBuilder().command Process.Start Process().Start",
        Does::Run,
        FIRST,
        NONE,
        L::OUTPUT,
    ),
    // What a program that was started is told.
    word(
        "Process.Start().StandardInput.WriteLine Process().StandardInput.WriteLine Process().StandardInput.Write",
        Does::Shell,
        FIRST,
        NONE,
        L::NONE,
    ),
    word(
        "System.load System.loadLibrary Native.load NativeLibrary.Load Native.loadLibrary",
        Does::Load,
        FIRST,
        NONE,
        L::NONE,
    ),
    word(
        "ScriptEngineManager().getEngineByName().eval ScriptEngine().eval GroovyShell().evaluate GroovyClassLoader().parseClass CSharpScript.EvaluateAsync CSharpScript.RunAsync Interpreter().eval PowerShell.Create().AddScript Runspace().CreatePipeline",
        Does::Eval,
        FIRST,
        NONE,
        L::NONE,
    ),
    word("*.defineClass", Does::Eval, SECOND, NONE, L::NONE),
    // Addresses and what is opened by them.
    word(
        "URL HttpURLConnection WebRequest.Create WebRequest.CreateHttp HttpWebRequest.Create RestClient",
        Does::Handle,
        FIRST,
        NONE,
        L::NONE,
    ),
    word("URI URI.create Uri URI().toURL URI.create().toURL UriBuilder", Does::Pass, FIRST, NONE, L::NONE),
    word(
        "URL().openConnection URL().openConnection().getOutputStream WebRequest.Create().GetRequestStream HttpWebRequest.Create().GetRequestStream WebRequest.CreateHttp().GetRequestStream",
        Does::Handle,
        THIS,
        NONE,
        L::NONE,
    ),
    word(
        "URL().openStream URL().getContent URL().openConnection().getInputStream URL().openConnection().getContent WebRequest.Create().GetResponse WebRequest.CreateHttp().GetResponse WebRequest.Create().GetResponseAsync HttpWebRequest.Create().GetResponse",
        Does::Fetch,
        THIS,
        NONE,
        L::DOWNLOADED,
    ),
    word(
        "WebClient().DownloadString WebClient().DownloadData WebClient().DownloadStringTaskAsync WebClient().DownloadDataTaskAsync WebClient().DownloadStringAsync WebClient().OpenRead HttpClient().GetAsync HttpClient().GetStringAsync HttpClient().GetByteArrayAsync HttpClient().GetStreamAsync HttpClient().GetFromJsonAsync IOUtils.toString IOUtils.toByteArray Resources.toString Jsoup.connect RestTemplate().getForObject RestTemplate().getForEntity UnityWebRequest.Get",
        Does::Fetch,
        FIRST,
        NONE,
        L::DOWNLOADED,
    ),
    word(
        "WebClient().DownloadFile WebClient().DownloadFileTaskAsync WebClient().DownloadFileAsync FileUtils.copyURLToFile",
        Does::Save,
        FIRST,
        SECOND,
        L::NONE,
    ),
    word(
        "WebClient().UploadString WebClient().UploadData WebClient().UploadValues WebClient().UploadFile WebClient().UploadStringTaskAsync WebClient().UploadValuesTaskAsync WebClient().UploadDataTaskAsync HttpClient().PostAsync HttpClient().PutAsync HttpClient().PostAsJsonAsync HttpClient().PatchAsync RestTemplate().postForObject RestTemplate().postForEntity UnityWebRequest.Post",
        Does::Send,
        FIRST,
        &[From(1)],
        L::DOWNLOADED,
    ),
    word(
        "URL().openConnection().getOutputStream().write URL().openConnection().getOutputStream().print URL().openConnection().getOutputStream().println URL().openConnection().getOutputStream().writeBytes URL().openConnection().getOutputStream().append WebRequest.Create().GetRequestStream().Write HttpWebRequest.Create().GetRequestStream().Write WebRequest.CreateHttp().GetRequestStream().Write",
        Does::Send,
        THIS,
        FIRST,
        L::NONE,
    ),
    word(
        "OutputStreamWriter DataOutputStream BufferedWriter BufferedOutputStream PrintStream InputStreamReader BufferedReader DataInputStream BufferedInputStream GZIPInputStream GZIPOutputStream GZipStream DeflateStream BufferedStream StringContent ByteArrayContent StreamContent FormUrlEncodedContent JsonContent.Create HttpRequest.BodyPublishers.ofString HttpRequest.BodyPublishers.ofByteArray BodyPublishers.ofString BodyPublishers.ofByteArray RequestBody.create StringReader StringEntity Uri.EscapeDataString WebUtility.UrlEncode URLEncoder.encode JsonConvert.SerializeObject JsonSerializer.Serialize Objects.requireNonNull Convert.ToBase64String Base64.getEncoder().encodeToString Files.readAllBytes().clone Channels.newChannel",
        Does::Pass,
        FIRST,
        NONE,
        L::NONE,
    ),
    word(
        "Socket TcpClient SSLSocketFactory.getDefault().createSocket TcpClient().Connect TcpClient().ConnectAsync Socket().connect Socket().Connect UdpClient",
        Does::Connect,
        FIRST,
        NONE,
        L::REMOTE,
    ),
    word("Socket().getOutputStream TcpClient().GetStream", Does::Handle, THIS, NONE, L::REMOTE),
    word(
        "Socket().getOutputStream().write Socket().getOutputStream().println Socket().getOutputStream().print TcpClient().GetStream().Write TcpClient().GetStream().WriteAsync Socket().Send",
        Does::Send,
        THIS,
        FIRST,
        L::NONE,
    ),
    word("ServerSocket TcpListener HttpListener", Does::Listen, FIRST, NONE, L::NONE),
    word(
        "ServerSocket().accept TcpListener().AcceptTcpClient TcpListener().AcceptSocket",
        Does::Source,
        NONE,
        NONE,
        L::REMOTE,
    ),
    word(
        "InetAddress.getByName InetAddress.getAllByName Dns.GetHostEntry Dns.GetHostAddresses",
        Does::Lookup,
        FIRST,
        FIRST,
        L::DOWNLOADED,
    ),
    // What a server is asked.
    word(
        "HttpServletRequest().getParameter HttpServletRequest().getHeader HttpServletRequest().getInputStream HttpServletRequest().getReader HttpRequest().Query HttpRequest().Form HttpRequest().Headers HttpContext().Request.Query HttpContext().Request.Headers",
        Does::Source,
        NONE,
        NONE,
        L::ASKED,
    ),
    word(
        "System.getenv Environment.GetEnvironmentVariable System.getenv().get",
        Does::Environment,
        FIRST,
        NONE,
        L::ENV,
    ),
    word("Environment.GetEnvironmentVariables", Does::Source, NONE, NONE, L::ENV_ALL),
    word("Environment.GetCommandLineArgs", Does::Source, NONE, NONE, L::ARGUMENTS),
    word(
        "Environment.MachineName Dns.GetHostName InetAddress.getLocalHost().getHostName InetAddress.getLocalHost().getCanonicalHostName",
        Does::Source,
        NONE,
        NONE,
        L::HOSTNAME,
    ),
    word(
        "Environment.UserName Environment.UserDomainName WindowsIdentity.GetCurrent",
        Does::Source,
        NONE,
        NONE,
        L::USER,
    ),
    word("Environment.CurrentDirectory Directory.GetCurrentDirectory", Does::Source, NONE, NONE, L::DIRECTORY),
    word(
        "InetAddress.getLocalHost().getHostAddress NetworkInterface.getNetworkInterfaces NetworkInterface.GetAllNetworkInterfaces",
        Does::Source,
        NONE,
        NONE,
        L::ADDRESS,
    ),
    word("Environment.OSVersion RuntimeInformation.OSDescription", Does::Source, NONE, NONE, L::PLATFORM),
    word(
        "LocalDate.now LocalDateTime.now Instant.now System.currentTimeMillis DateTime.Now DateTime.UtcNow DateTimeOffset.Now",
        Does::Source,
        NONE,
        NONE,
        L::TIME,
    ),
    word(
        "Assembly.GetExecutingAssembly().Location Assembly.GetEntryAssembly().Location",
        Does::Source,
        NONE,
        NONE,
        L::OWN_FILE,
    ),
    word(
        "Files.readAllBytes Files.readString Files.readAllLines Files.lines Files.newInputStream Files.newBufferedReader FileInputStream FileReader File.ReadAllText File.ReadAllBytes File.ReadAllLines File.ReadAllTextAsync File.ReadAllBytesAsync File.ReadLines File.OpenRead File.OpenText RandomAccessFile FileUtils.readFileToString FileUtils.readFileToByteArray",
        Does::Read,
        FIRST,
        NONE,
        L::FILE,
    ),
    word(
        "Files.walk Files.list Files.newDirectoryStream Files.walkFileTree Directory.GetFiles Directory.EnumerateFiles Directory.GetDirectories Directory.GetFileSystemEntries FileUtils.listFiles",
        Does::Handle,
        FIRST,
        NONE,
        L::LISTED,
    ),
    word(
        "Files.delete Files.deleteIfExists File.Delete Directory.Delete FileUtils.deleteDirectory FileUtils.forceDelete",
        Does::Delete,
        FIRST,
        NONE,
        L::NONE,
    ),
    word("*.setExecutable", Does::MakeRunnable, THIS, NONE, L::NONE),
    word("Files.setPosixFilePermissions File.SetUnixFileMode", Does::MakeRunnable, FIRST, NONE, L::NONE),
    word(
        "Thread.sleep Thread.Sleep Task.Delay TimeUnit.SECONDS.sleep TimeUnit.MINUTES.sleep",
        Does::Sleep,
        ALL,
        NONE,
        L::NONE,
    ),
    word(
        "System.exit Environment.Exit Environment.FailFast Process.GetCurrentProcess().Kill",
        Does::Exit,
        NONE,
        NONE,
        L::NONE,
    ),
    word("Registry.SetValue", Does::Persist, FIRST, &[At(2)], L::NONE),
    word(
        "Registry.CurrentUser.OpenSubKey Registry.LocalMachine.OpenSubKey Registry.CurrentUser.CreateSubKey Registry.LocalMachine.CreateSubKey",
        Does::Handle,
        FIRST,
        NONE,
        L::NONE,
    ),
    word(
        "Registry.CurrentUser.OpenSubKey().SetValue Registry.LocalMachine.OpenSubKey().SetValue Registry.CurrentUser.CreateSubKey().SetValue Registry.LocalMachine.CreateSubKey().SetValue",
        Does::Persist,
        THIS,
        SECOND,
        L::NONE,
    ),
    word(
        "Clipboard.GetText Toolkit.getDefaultToolkit().getSystemClipboard().getData",
        Does::Spy,
        NONE,
        NONE,
        L::CLIPBOARD,
    ),
    word(
        "Clipboard.SetText Clipboard.SetDataObject Toolkit.getDefaultToolkit().getSystemClipboard().setContents",
        Does::SetClipboard,
        NONE,
        FIRST,
        L::NONE,
    ),
    word("Robot().createScreenCapture", Does::Spy, NONE, NONE, L::SCREEN),
];
