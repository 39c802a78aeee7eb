//! The one style sheet, and its digest for the page's policy.

use base64::Engine as _;
use sha2::Digest as _;

/// Colours that have enough contrast, sizes that follow the reader's, columns that give way on a narrow screen.
pub(super) const CSS: &str = r#"
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--dim:#57606a;--line:#d0d7de;--soft:#f6f8fa;--block:#b3261e;--review:#7d4e00;--incomplete:#6639a6;--pass:#116329;--mark:#ffe08a;--markfg:#1b1f24}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9da7b1;--line:#3d444d;--soft:#161b22;--block:#ff938a;--review:#eac54f;--incomplete:#d2a8ff;--pass:#7ee787;--mark:#5c4813;--markfg:#fff3c4}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:1rem/1.5 system-ui,sans-serif}
main{max-width:72rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;margin:.2rem 0;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
h3{font-size:1rem;margin:1rem 0 .3rem;overflow-wrap:anywhere}
p{margin:.4rem 0;overflow-wrap:anywhere}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--bg);padding:.5rem}
a{color:inherit}
:focus-visible{outline:3px solid var(--incomplete);outline-offset:2px}
.verdict{display:inline-block;padding:.1rem .6rem;border:2px solid currentColor;border-radius:.3rem;font-weight:700;text-transform:uppercase;letter-spacing:.05em}
.block{color:var(--block)}.review{color:var(--review)}.incomplete{color:var(--incomplete)}.pass{color:var(--pass)}
.inner{margin-left:2rem;list-style:none}.critical,.high{color:var(--block);font-weight:700}.medium{color:var(--review);font-weight:700}.low,.info,.dim{color:var(--dim)}
.add{color:var(--pass);font-weight:600}.gone{color:var(--block)}
meter{width:min(24rem,100%);height:1.2rem}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;padding:0;list-style:none}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{border:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:var(--soft)}
td.mono,code,pre{font-family:ui-monospace,monospace;font-size:.88rem}
pre{background:var(--soft);border:1px solid var(--line);border-radius:.3rem;padding:.5rem;white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0}
mark{background:var(--mark);color:var(--markfg)}
.inv{border:1px solid var(--block);color:var(--block);border-radius:.2rem;font:700 .75em ui-monospace,monospace;padding:0 .15em;margin:0 .1em}
article{border:1px solid var(--line);border-left:.4rem solid var(--line);border-radius:.3rem;padding:.5rem .8rem;margin:.8rem 0}
article.c-critical,article.c-high{border-left-color:var(--block)}article.c-medium{border-left-color:var(--review)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));gap:.5rem}
.strip{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(13rem,100%),1fr));gap:.5rem;padding:0;list-style:none}
.strip>li{border:1px solid var(--line);border-radius:.3rem;padding:.4rem .6rem;background:var(--soft)}
.strip ul{margin:0;padding-left:1.1rem}
summary{cursor:pointer;padding:.2rem 0}
.d0{padding-left:0}.d1{padding-left:1rem}.d2{padding-left:2rem}.d3{padding-left:3rem}.d4{padding-left:4rem}.d5{padding-left:5rem}.d6{padding-left:6rem}
footer{max-width:72rem;margin:2rem auto;padding:1rem;border-top:1px solid var(--line);color:var(--dim);font-size:.85rem;overflow-wrap:anywhere}
@media print{:root{--bg:#fff;--fg:#000;--soft:#fff}body{font-size:10pt}main{max-width:none;padding:0}details>*{display:block}article,tr{break-inside:avoid}.skip,nav{display:none}footer{position:fixed;bottom:0;left:0;right:0;margin:0;padding:0 1rem;background:#fff;font-size:7pt}a{text-decoration:none}h2{break-after:avoid}}
"#;

/// The style sheet's digest, as a policy names it.
pub(super) fn digest() -> String {
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(CSS)))
}
