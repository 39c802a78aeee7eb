//! Functions of class libraries that weigh something, and the capability that they are.

use crate::model::Capability;
use crate::model::Capability::{
    Agents, Credentials, DynamicCode, Environment, Files, Hooks, Native, Network, SelfUpdate, Spawns, Telemetry,
};

/// A call: namespace (or package), class, member or `""` for any, capability, and the words that are told.
pub(super) type Call = (&'static str, &'static str, &'static str, Capability, &'static str);

/// .NET.
pub(super) static DOTNET: &[Call] = &[
    ("System.Diagnostics", "Process", "Start", Spawns, "System.Diagnostics.Process::Start"),
    ("System.Diagnostics", "ProcessStartInfo", ".ctor", Spawns, "System.Diagnostics.ProcessStartInfo"),
    ("System.Management.Automation", "PowerShell", "", Spawns, "System.Management.Automation.PowerShell"),
    ("System.Net.Http", "HttpClient", "", Network, "System.Net.Http.HttpClient"),
    ("System.Net", "WebClient", "", Network, "System.Net.WebClient"),
    ("System.Net", "WebRequest", "Create", Network, "System.Net.WebRequest::Create"),
    ("System.Net", "HttpWebRequest", "", Network, "System.Net.HttpWebRequest"),
    ("System.Net", "FtpWebRequest", "", Network, "System.Net.FtpWebRequest"),
    ("System.Net", "HttpListener", "", Network, "System.Net.HttpListener"),
    ("System.Net", "Dns", "", Network, "System.Net.Dns"),
    ("System.Net.Sockets", "Socket", ".ctor", Network, "System.Net.Sockets.Socket"),
    ("System.Net.Sockets", "TcpClient", "", Network, "System.Net.Sockets.TcpClient"),
    ("System.Net.Sockets", "UdpClient", "", Network, "System.Net.Sockets.UdpClient"),
    ("System.Net.Sockets", "TcpListener", "", Network, "System.Net.Sockets.TcpListener"),
    ("System.Net.WebSockets", "ClientWebSocket", "", Network, "System.Net.WebSockets.ClientWebSocket"),
    ("System.Net.Mail", "SmtpClient", "", Network, "System.Net.Mail.SmtpClient"),
    ("System.Net.NetworkInformation", "Ping", "", Network, "System.Net.NetworkInformation.Ping"),
    ("System.Reflection", "Assembly", "Load", DynamicCode, "System.Reflection.Assembly::Load"),
    ("System.Reflection", "Assembly", "LoadFrom", DynamicCode, "System.Reflection.Assembly::LoadFrom"),
    ("System.Reflection", "Assembly", "LoadFile", DynamicCode, "System.Reflection.Assembly::LoadFile"),
    ("System.Reflection", "Assembly", "UnsafeLoadFrom", DynamicCode, "System.Reflection.Assembly::UnsafeLoadFrom"),
    (
        "System.Runtime.Loader",
        "AssemblyLoadContext",
        "LoadFromStream",
        DynamicCode,
        "AssemblyLoadContext::LoadFromStream",
    ),
    (
        "System.Runtime.Loader",
        "AssemblyLoadContext",
        "LoadFromAssemblyPath",
        DynamicCode,
        "AssemblyLoadContext::LoadFromAssemblyPath",
    ),
    ("System", "AppDomain", "Load", DynamicCode, "System.AppDomain::Load"),
    ("System", "Type", "InvokeMember", DynamicCode, "System.Type::InvokeMember"),
    ("System.Reflection", "MethodBase", "Invoke", DynamicCode, "System.Reflection.MethodBase::Invoke"),
    ("System.Reflection", "MethodInfo", "Invoke", DynamicCode, "System.Reflection.MethodInfo::Invoke"),
    ("System.Reflection.Emit", "DynamicMethod", "", DynamicCode, "System.Reflection.Emit.DynamicMethod"),
    ("System.Reflection.Emit", "AssemblyBuilder", "", DynamicCode, "System.Reflection.Emit.AssemblyBuilder"),
    ("Microsoft.CSharp", "CSharpCodeProvider", "", DynamicCode, "Microsoft.CSharp.CSharpCodeProvider"),
    ("System.CodeDom.Compiler", "CodeDomProvider", "", DynamicCode, "System.CodeDom.Compiler.CodeDomProvider"),
    ("Microsoft.CodeAnalysis.CSharp.Scripting", "CSharpScript", "", DynamicCode, "CSharpScript"),
    (
        "System.Runtime.InteropServices",
        "Marshal",
        "GetDelegateForFunctionPointer",
        DynamicCode,
        "Marshal::GetDelegateForFunctionPointer",
    ),
    (
        "System.Runtime.Serialization.Formatters.Binary",
        "BinaryFormatter",
        "Deserialize",
        DynamicCode,
        "BinaryFormatter::Deserialize",
    ),
    ("System.Web.UI", "LosFormatter", "", DynamicCode, "System.Web.UI.LosFormatter"),
    ("System.Runtime.InteropServices", "NativeLibrary", "Load", Native, "NativeLibrary::Load"),
    ("System", "Environment", "GetEnvironmentVariables", Environment, "*"),
    ("System.Security.Cryptography", "ProtectedData", "Unprotect", Credentials, "ProtectedData::Unprotect"),
    ("System.Windows.Forms", "Clipboard", "", Credentials, "System.Windows.Forms.Clipboard"),
    ("Windows.Security.Credentials", "PasswordVault", "", Credentials, "Windows.Security.Credentials.PasswordVault"),
    ("Microsoft.Win32", "Registry", "", Files, "Microsoft.Win32.Registry"),
    ("Microsoft.Win32", "RegistryKey", "SetValue", Files, "Microsoft.Win32.RegistryKey::SetValue"),
    ("System.IO", "FileSystemWatcher", "", Files, "System.IO.FileSystemWatcher"),
    ("System.ServiceProcess", "ServiceBase", "Run", Hooks, "System.ServiceProcess.ServiceBase::Run"),
    ("Microsoft.Win32.TaskScheduler", "TaskService", "", Hooks, "Microsoft.Win32.TaskScheduler.TaskService"),
];

/// Libraries of .NET by the beginning of their name.
pub(super) static DOTNET_LIBRARIES: &[(&str, Capability)] = &[
    ("Microsoft.ApplicationInsights", Telemetry),
    ("OpenTelemetry", Telemetry),
    ("Azure.Monitor.OpenTelemetry", Telemetry),
    ("Sentry", Telemetry),
    ("Datadog.Trace", Telemetry),
    ("NewRelic", Telemetry),
    ("Mixpanel", Telemetry),
    ("Segment.", Telemetry),
    ("Squirrel", SelfUpdate),
    ("Velopack", SelfUpdate),
    ("AutoUpdater.NET", SelfUpdate),
    ("ModelContextProtocol", Agents),
    ("Microsoft.SemanticKernel", Agents),
    ("Microsoft.Extensions.AI", Agents),
    ("OpenAI", Agents),
    ("Azure.AI.OpenAI", Agents),
    ("Anthropic", Agents),
];

/// Java, by the binary name of the class; the first field is not used.
pub(super) static JAVA: &[Call] = &[
    ("", "java/lang/Runtime", "exec", Spawns, "java.lang.Runtime.exec"),
    ("", "java/lang/ProcessBuilder", "start", Spawns, "java.lang.ProcessBuilder.start"),
    ("", "java/lang/Runtime", "load", Native, "java.lang.Runtime.load"),
    ("", "java/lang/Runtime", "loadLibrary", Native, "java.lang.Runtime.loadLibrary"),
    ("", "java/lang/System", "load", Native, "java.lang.System.load"),
    ("", "java/lang/System", "loadLibrary", Native, "java.lang.System.loadLibrary"),
    ("", "java/lang/foreign/Linker", "", Native, "java.lang.foreign.Linker"),
    ("", "java/lang/System", "getenv", Environment, "*"),
    ("", "java/net/URL", "openStream", Network, "java.net.URL.openStream"),
    ("", "java/net/URL", "openConnection", Network, "java.net.URL.openConnection"),
    ("", "java/net/HttpURLConnection", "", Network, "java.net.HttpURLConnection"),
    ("", "java/net/URLConnection", "", Network, "java.net.URLConnection"),
    ("", "java/net/http/HttpClient", "", Network, "java.net.http.HttpClient"),
    ("", "java/net/Socket", "<init>", Network, "java.net.Socket"),
    ("", "java/net/ServerSocket", "<init>", Network, "java.net.ServerSocket"),
    ("", "java/net/DatagramSocket", "<init>", Network, "java.net.DatagramSocket"),
    ("", "java/net/InetAddress", "getByName", Network, "java.net.InetAddress.getByName"),
    ("", "java/nio/channels/SocketChannel", "open", Network, "java.nio.channels.SocketChannel.open"),
    ("", "java/nio/channels/ServerSocketChannel", "open", Network, "java.nio.channels.ServerSocketChannel.open"),
    ("", "java/lang/ClassLoader", "defineClass", DynamicCode, "java.lang.ClassLoader.defineClass"),
    ("", "java/security/SecureClassLoader", "defineClass", DynamicCode, "java.lang.ClassLoader.defineClass"),
    ("", "java/lang/invoke/MethodHandles$Lookup", "defineClass", DynamicCode, "MethodHandles.Lookup.defineClass"),
    (
        "",
        "java/lang/invoke/MethodHandles$Lookup",
        "defineHiddenClass",
        DynamicCode,
        "MethodHandles.Lookup.defineHiddenClass",
    ),
    ("", "sun/misc/Unsafe", "defineClass", DynamicCode, "sun.misc.Unsafe.defineClass"),
    ("", "sun/misc/Unsafe", "defineAnonymousClass", DynamicCode, "sun.misc.Unsafe.defineAnonymousClass"),
    ("", "java/net/URLClassLoader", "<init>", DynamicCode, "java.net.URLClassLoader"),
    ("", "java/net/URLClassLoader", "newInstance", DynamicCode, "java.net.URLClassLoader"),
    ("", "java/lang/Class", "forName", DynamicCode, "java.lang.Class.forName"),
    ("", "java/lang/reflect/Method", "invoke", DynamicCode, "java.lang.reflect.Method.invoke"),
    ("", "javax/script/ScriptEngineManager", "", DynamicCode, "javax.script.ScriptEngineManager"),
    ("", "javax/script/ScriptEngine", "eval", DynamicCode, "javax.script.ScriptEngine.eval"),
    ("", "groovy/lang/GroovyShell", "", DynamicCode, "groovy.lang.GroovyShell"),
    ("", "javax/tools/ToolProvider", "getSystemJavaCompiler", DynamicCode, "javax.tools.JavaCompiler"),
    ("", "javax/tools/JavaCompiler", "getTask", DynamicCode, "javax.tools.JavaCompiler"),
    ("", "java/io/ObjectInputStream", "readObject", DynamicCode, "java.io.ObjectInputStream.readObject"),
    ("", "javax/naming/InitialContext", "", DynamicCode, "javax.naming.InitialContext (JNDI)"),
    ("", "javax/naming/Context", "lookup", DynamicCode, "javax.naming.Context.lookup (JNDI)"),
    ("", "java/lang/instrument/Instrumentation", "", DynamicCode, "java.lang.instrument.Instrumentation"),
    ("", "com/sun/tools/attach/VirtualMachine", "", DynamicCode, "com.sun.tools.attach.VirtualMachine"),
    ("", "java/util/prefs/Preferences", "", Files, "java.util.prefs.Preferences"),
    ("", "java/nio/file/WatchService", "", Files, "java.nio.file.WatchService"),
    ("", "java/security/KeyStore", "load", Credentials, "java.security.KeyStore.load"),
    ("", "java/awt/Toolkit", "getSystemClipboard", Credentials, "java.awt.Toolkit.getSystemClipboard"),
    ("", "java/awt/Robot", "createScreenCapture", Credentials, "java.awt.Robot.createScreenCapture"),
    ("", "java/lang/Runtime", "addShutdownHook", Hooks, "java.lang.Runtime.addShutdownHook"),
];

/// The entry for a call, if it weighs something.
pub(super) fn find(calls: &'static [Call], space: &[u8], class: &[u8], member: &[u8]) -> Option<&'static Call> {
    calls.iter().find(|(s, c, m, ..)| {
        class == c.as_bytes() && space == s.as_bytes() && (m.is_empty() || member == m.as_bytes())
    })
}

/// Whether any member of a class weighs something, so that its members are worth a look.
pub(super) fn knows(calls: &[Call], space: &[u8], class: &[u8]) -> bool {
    calls.iter().any(|(s, c, ..)| class == c.as_bytes() && space == s.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_entry_hides_another() {
        for calls in [DOTNET, JAVA] {
            for (i, (space, class, member, ..)) in calls.iter().enumerate() {
                let first = find(calls, space.as_bytes(), class.as_bytes(), member.as_bytes());
                assert!(first.is_some_and(|f| std::ptr::eq(f, &calls[i])), "{class}.{member}");
            }
        }
    }
}
