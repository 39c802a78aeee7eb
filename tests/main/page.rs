//! The HTML report in a browser: nothing of the target is obeyed, every control is reached by the keyboard, and it reads at
//! 400 % (a window of 320 pixels, WCAG 2.2 1.4.10). Needs Chromium; says so where there is none.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// What a page becomes in a browser whose window is `width` pixels wide.
fn dom(browser: &str, page: &Path, width: u32) -> String {
    let room = TempDir::new().unwrap();
    let out = Command::new(browser)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .arg(format!("--user-data-dir={}", room.path().display()))
        .arg(format!("--window-size={width},900"))
        .args(["--virtual-time-budget=3000", "--timeout=30000", "--dump-dom"])
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    String::from_utf8(out.stdout).unwrap()
}

fn browser() -> Option<&'static str> {
    BROWSERS.into_iter().find(|b| Command::new(b).arg("--version").output().is_ok_and(|o| o.status.success()))
}

/// Put into a copy of the page, whose policy would not let it run: measures, and writes what it found into the title.
const PROBE: &str = r#"<script>
const root = document.documentElement, out = [];
out.push("overflow=" + Math.max(0, root.scrollWidth - root.clientWidth));
const wide = [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1
  && !e.closest(".wide"));
out.push("wide=" + wide.length);
document.querySelectorAll("details").forEach(d => d.open = true);
const controls = [...document.querySelectorAll("a[href], summary, button, input, select, textarea, [tabindex]")];
let unreached = 0, unseen = 0;
for (const c of controls) {
  c.focus();
  if (document.activeElement !== c || c.tabIndex < 0) unreached++;
  if (getComputedStyle(c).outlineStyle === "none") unseen++;
}
out.push("controls=" + controls.length, "unreached=" + unreached, "unseen=" + unseen);
const jumps = [...document.querySelectorAll("a[href^='#']")];
out.push("broken=" + jumps.filter(a => !document.getElementById(a.getAttribute("href").slice(1))).length);
out.push("handlers=" + [...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => a.name.startsWith("on"))).length);
document.title = out.join(" ");
</script>"#;

fn said(dom: &str, key: &str) -> u32 {
    let title = dom.split("<title>").nth(1).and_then(|t| t.split("</title>").next()).expect("a title");
    let value = title.split(' ').find_map(|word| word.strip_prefix(&format!("{key}=")));
    value.and_then(|v| v.parse().ok()).unwrap_or_else(|| panic!("no {key} in {title:?}"))
}

#[test]
fn the_report_is_safe_and_usable_in_a_browser() {
    let Some(browser) = browser() else {
        eprintln!("skipped: there is no Chromium ({})", BROWSERS.join(", "));
        return;
    };
    let room = TempDir::new().unwrap();
    let hostile =
        "x\"'></td></pre><script>document.title='OBEYED'</script><img src=x onerror=\"document.title='OBEYED'\">";
    let long = "a".repeat(400);
    let code =
        format!("{}\n# {hostile}\nprint('\u{202e}{hostile}', 'https://{long}.invalid/{hostile}')\n", support::BAD);
    let files: Vec<(String, String)> = vec![
        ("p-1.0/setup.py".to_owned(), code.clone()),
        (format!("p-1.0/{hostile}/{long}.py").replace("</", "<"), code),
        ("p-1.0/PKG-INFO".to_owned(), format!("Metadata-Version: 2.1\nName: {hostile}\nVersion: 1.0\n")),
    ];
    let target = room.path().join("p-1.0.zip");
    std::fs::write(&target, support::zip_of(files)).unwrap();
    let page = room.path().join("report.html");
    let run = support::call([
        "scan".as_ref(),
        "--format".as_ref(),
        "html".as_ref(),
        "-o".as_ref(),
        page.as_os_str(),
        target.as_os_str(),
    ]);
    assert_eq!(run.code, 1, "{}", run.stderr);

    let plain = dom(browser, &page, 1280);
    assert!(plain.contains("flow-decoded-code") || plain.contains("script"), "the findings are there");
    assert!(!plain.contains("<title>OBEYED"), "the target's script ran");
    for element in ["<script", "<img", "<iframe", "<link", "<object"] {
        assert!(!plain.contains(element), "{element} in the page");
    }
    // Whatever gets past the escaping is still not obeyed: the policy lets no script run.
    let text = std::fs::read_to_string(&page).unwrap();
    let policed = room.path().join("policed.html");
    std::fs::write(&policed, text.replace("</main>", &format!("{PROBE}</main>"))).unwrap();
    assert!(!dom(browser, &policed, 1280).contains("<title>overflow="), "the policy let a script run");

    let at = text.find("<meta http-equiv=\"Content-Security-Policy\"").expect("a policy");
    let end = at + text[at..].find('>').unwrap() + 1;
    let open = format!("{}{}", &text[..at], text[end..].replace("</body>", &format!("{PROBE}</body>")));
    let probed = room.path().join("probed.html");
    std::fs::write(&probed, open).unwrap();
    // A window of 1280 pixels at 400 % is one of 320; headless Chromium has no narrower one than 500, so the page is put
    // into a frame.
    let frame = |width: u32| {
        let holder = room.path().join(format!("holder{width}.html"));
        let text = std::fs::read_to_string(&probed).unwrap();
        let inner = text.replace('&', "&amp;").replace('"', "&quot;");
        let html = format!(
            "<!doctype html><title>none</title><iframe id=f style=\"width:{width}px;height:900px;border:0\" srcdoc=\"{inner}\"></iframe>\
             <script>f.onload = () => document.title = f.contentDocument.title</script>"
        );
        std::fs::write(&holder, html).unwrap();
        dom(browser, &holder, 1280)
    };
    for width in [1280, 320] {
        let seen = frame(width);
        for key in ["overflow", "wide", "unreached", "unseen", "broken", "handlers"] {
            assert_eq!(said(&seen, key), 0, "{key} at {width} pixels: {:?}", &seen[..seen.len().min(400)]);
        }
        assert!(said(&seen, "controls") >= 5);
    }
}
