//! Decides from a script's bytes whether it is worth reading as code: reading costs more than all signatures together,
//! and most files of honest packages neither act on the world outside nor could hide that they do.
//!
//! A script can be judged only by acts that the vocabulary ([`super::words`]) knows. It is worth reading when the parts
//! of an act's name stand in it, wherever and in whatever order, or when it can make names that do not stand in it: it
//! turns text into code, looks things up by computed names where the outside hangs, or decodes.

mod brackets;
mod marks;
mod spelled;

use marks::Marks;
use spelled::Index;

use crate::parse::script::Language;
use std::sync::LazyLock;

static PYTHON: LazyLock<Index> = LazyLock::new(|| Index::of(Language::Python));
static JAVASCRIPT: LazyLock<Index> = LazyLock::new(|| Index::of(Language::JavaScript));

/// What a glance says of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Worth {
    /// Nothing in it can act on the world outside.
    Nothing,
    /// It can act.
    Reading,
    /// It can act, and makes names and code that do not stand in it: what that takes has to be worked out in full.
    Unfolding,
}

/// What reading the script is worth.
#[must_use]
pub(crate) fn worth(bytes: &[u8], language: Language) -> Worth {
    let index = match language {
        Language::Python => &*PYTHON,
        Language::JavaScript => &*JAVASCRIPT,
        // Programs of these hold much that only computes.
        Language::Java | Language::CSharp | Language::R => {
            let acts = |part: &&str| memchr::memmem::find(bytes, part.as_bytes()).is_some();
            return if outward(language).iter().any(acts) { Worth::Reading } else { Worth::Nothing };
        }
        // The other languages are made for starting programs, and their scripts are short.
        _ if bytes.is_empty() => return Worth::Nothing,
        _ => return Worth::Unfolding,
    };
    let mut marks = Marks::new(index, language);
    marks.take(bytes);
    marks.worth(bytes)
}

/// Parts of names without which programs of a language reach nothing outside and hide nothing.
fn outward(language: Language) -> &'static [&'static str] {
    match language {
        Language::Java => &[
            "getRuntime",
            "Process",
            "URL",
            "URI",
            "http",
            "Http",
            "Socket",
            "ClassLoader",
            "defineClass",
            "Script",
            "System.load",
            "forName",
            "InetAddress",
            "elete",
            "Cipher",
            "lipboard",
            "Groovy",
        ],
        Language::CSharp => &[
            "Process",
            "WebClient",
            "Http",
            "http",
            "Socket",
            "Tcp",
            "Udp",
            "Assembly",
            "WebRequest",
            "Registry",
            "lipboard",
            "Dns",
            "Reflection",
            "Invoke",
            "elete",
            "Aes",
            "Script",
            "RunShell",
        ],
        _ => &[
            "system",
            "source",
            "POST",
            "PUT",
            "GET",
            "download",
            "curl",
            "url",
            "URL",
            "eval",
            "ocket",
            "shell",
            "http",
            "process",
            "fetch",
            "dyn.load",
            "unlink",
            "lipboard",
            "pipe(",
            "file.remove",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn javascript(script: &str) -> Worth {
        worth(script.as_bytes(), Language::JavaScript)
    }

    fn python(script: &str) -> Worth {
        worth(script.as_bytes(), Language::Python)
    }

    #[test]
    fn files_that_cannot_act_are_not_read() {
        for script in [
            "module.exports = function(a, b) { return require('./sum')(a, b) }",
            "class A { constructor(x) { this.x = x } run() { return /a/.exec(this.x) } }",
            "function isFunction(f) { return f instanceof Function || typeof f == 'function' } // calls (http)",
            "const e = require('https-proxy-agent'); const self = this; self.options = {}; this.constructor(1);",
            "if (process.env.NODE_ENV !== 'production') { module.exports = require('./dev.js'); }",
            "const docs = 'https://example.invalid/a'; module.exports = (map) => map.get(docs)",
            "export { x } from './components/table/columns/resizing/handles/vertical/index.js'",
            "import x from './x.js'; export const path = '\\x00\\u2028';",
            "const lazy = () => import(/* webpackChunkName: \"a\" */ './a.js')",
        ] {
            assert_eq!(javascript(script), Worth::Nothing, "{script}");
        }
        for script in [
            "import os\n\ndef evaluate(model):\n    model.eval()\n    return os.path.join('a', 'b')\n",
            "import re\nPATTERN = re.compile('a requests')\n",
            "def get(obj, name):\n    return getattr(obj, name)\n",
            "with open('a.txt') as f:\n    print(f.read())\n",
        ] {
            assert_eq!(python(script), Worth::Nothing, "{script}");
        }
    }

    #[test]
    fn programs_that_only_compute_are_not_read() {
        let of = |language, text: &str| worth(text.as_bytes(), language);
        let sum = "class A { int add(int a, int b) { return a + b; } }";
        assert_eq!(of(Language::Java, sum), Worth::Nothing);
        assert_eq!(of(Language::CSharp, sum), Worth::Nothing);
        assert_eq!(of(Language::R, "add <- function(a, b) a + b"), Worth::Nothing);
        assert_eq!(
            of(Language::Java, "class A { A() throws Exception { new java.net.URL(x).openStream(); } }"),
            Worth::Reading
        );
        assert_eq!(of(Language::CSharp, "class A { A() { Process.Start(x); } }"), Worth::Reading);
        assert_eq!(of(Language::R, ".onLoad <- function(...) system(x)"), Worth::Reading);
    }

    #[test]
    fn long_text_that_another_file_may_decode_is_read() {
        let letters = "abcdefghijklmnop".repeat(3);
        for text in [letters.clone(), format!("{}/1{}", &letters[..30], &letters[..10])] {
            assert_eq!(javascript(&format!("module.exports = '{text}'")), Worth::Reading, "{text}");
        }
        assert_eq!(javascript("module.exports = 'short/enough/names/of/a/path/that/is/long'"), Worth::Nothing);
    }

    #[test]
    fn acts_are_seen_by_the_parts_of_their_names() {
        for script in [
            "const { exec: e } = require(\"child_process\"); e(c)",
            "import * as h from 'node:https'; h['request'](o)",
            "window.fetch(u)",
            "new XMLHttpRequest().open('GET', u); x.send()",
            "require('fs').writeFileSync(os.homedir() + '/.bashrc', x)",
        ] {
            assert_eq!(javascript(script), Worth::Reading, "{script}");
        }
        for script in [
            "from subprocess import run as r\nr(c)",
            "import os, urllib.request\nurllib.request.urlopen(u)",
            "exec(x)",
            "m = __import__('socket')\nm.socket().connect(a)",
            "open(os.path.expanduser('~/.bashrc'), 'a').write(x)",
        ] {
            assert_eq!(python(script), Worth::Reading, "{script}");
        }
    }

    #[test]
    fn names_that_do_not_stand_there_are_worth_unfolding() {
        for script in [
            "require('child' + '_process')",
            "require(a)",
            "globalThis[x](y)",
            "global[\"ev\" + \"al\"](y)",
            "[].constructor.constructor('return this')()",
            "''['constructor']['constructor'](x)()",
            "new Function(x)()",
            "require('\\x63\\x68ild_process')",
            "w['\\u0065val']",
            "var _0x1f2a = ['a']",
            &"$={___:++$,$$$$:(![]+\"\")[$]};$.$($.$$$$+$.___);".repeat(9),
            &"(ﾟДﾟ)[ﾟΘﾟ]=((ﾟωﾟﾉ==3)+'_')[c^_^o];".repeat(20),
        ] {
            assert_eq!(javascript(script), Worth::Unfolding, "{script}");
        }
        for script in ["__import__(''.join(x))", "f = __import__", "x = '\\x6f\\x73'", "y = '\\157s'"] {
            assert_eq!(python(script), Worth::Unfolding, "{script}");
        }
        // What holds the outside is looked into by decoded names.
        for script in [
            "import os, base64\ngetattr(os, base64.b64decode('c3lzdGVt').decode())('x')",
            "globals()['__buil' + 'tins__']",
            "__builtins__.__dict__[bytes([101, 118]).decode()]",
            "import importlib\na, b = map(importlib.import_module, ('so' + 'cket', 'ss' + 'l'))\na.create_connection((h, 443))",
        ] {
            assert_eq!(python(script), Worth::Reading, "{script}");
        }
        assert_eq!(javascript("const g = globalThis; g[atob('ZXZhbA==')](x)"), Worth::Reading);
        for script in [
            "w['ev' + 'al'](x)",
            "w[\"ev\"+\n'\\al'](x)",
            "w['_'\n + 'eval'](x)",
            "w['ev' + '' + 'al'](x)",
            "w['ev\\\n' + 'al'](x)",
        ] {
            assert_ne!(javascript(&format!("const w = globalThis; {script}")), Worth::Nothing, "{script}");
        }
        for script in ["sign(w, \"+\")", "log('that went ' + 'wrong')", "name('' + 'a')"] {
            assert_eq!(javascript(&format!("const w = globalThis; {script}")), Worth::Nothing, "{script}");
        }
        assert_eq!(javascript("((w) => w[String.fromCharCode(101)](x))(window)"), Worth::Reading);
    }

    #[test]
    fn names_of_acts_that_are_put_together_or_worked_out_are_read() {
        for script in [
            "const fs = require('fs'); fs['append' + 'FileSy' + 'nc'](home + '/.bashrc', x)",
            "import * as c from 'child_process'; c[d(12) + d(3)](x)",
            "const fs = require('fs'); s.a.b[x(k[3], 4)](s.c())",
            "const n = require('net'); n[['con', 'nect'].join('')](p)",
            "const { exec } = require('child_' + 'process')",
            "const fs = require('fs'), n = 'cnySeliFdaer'.split('').reverse().join(''); fs[n](x)",
        ] {
            assert_ne!(javascript(script), Worth::Nothing, "{script}");
        }
        for script in [
            "const fs = require('fs'); handlers[kind](x)",
            "const fs = require('fs'); list[0](x)",
            "const a = require('assert'); a[d(12)](x)",
        ] {
            assert_eq!(javascript(script), Worth::Nothing, "{script}");
        }
        for script in ["import os\ngetattr(os, 'metsys'[::-1])(x)", "import os\ngetattr(os, f(3))(x)"] {
            assert_eq!(python(script), Worth::Reading, "{script}");
        }
        for script in ["import os\ngetattr(self, 'visit_' + name)(x)", "import ast\ngetattr(ast, f(3))(x)"] {
            assert_eq!(python(script), Worth::Nothing, "{script}");
        }
    }

    #[test]
    fn what_bundles_hold_besides_makes_no_names() {
        let act = "fetch(u);";
        for script in [
            "const g = Function('return this')()",
            "const copy = new node.constructor()",
            "/** @param {Function[]} a */ (b).constructor = c; if (Object(d).constructor == e) f()",
        ] {
            assert_eq!(javascript(&format!("{act} {script}")), Worth::Reading, "{script}");
        }
        // Variables of a bundle; in a file of a person the same words are the page's. Both are read, even alone.
        let frames = "f.d = frames[i].pts - top[i];";
        assert_eq!(javascript(&format!("{frames} {}", "f();\n".repeat(60_000))), Worth::Reading);
        assert_eq!(javascript(frames), Worth::Unfolding);
        assert_eq!(javascript("Function('return this')()[x](y)"), Worth::Reading);
        // Files of the package by their paths, and classes of whatever they are.
        for script in ["import(`./${name}`)", "require(path.join(a, b))", "new array.constructor(length)"] {
            assert_eq!(javascript(script), Worth::Reading, "{script}");
        }
        assert_eq!(
            javascript("// as require(x) does\nconst texts = { 1: 'import {1} = require({2})' }"),
            Worth::Nothing
        );
        // A class of signs in a pattern of a bundle, and the command line that it would be elsewhere.
        let signs = "x.replace(/\\\\.|[$`]/g, f)";
        assert_eq!(javascript(&format!("{signs} {}", "f();\n".repeat(60_000))), Worth::Nothing);
        assert_eq!(javascript(signs), Worth::Reading);
        // A table of entities in a bundle, and letters hidden in a file of a person.
        let table = "const t = { fjlig: '\\u0066\\u006A' };";
        assert_eq!(javascript(&format!("{act} {table}")), Worth::Unfolding);
        assert_eq!(javascript(&format!("{act} {table} {}", "f();\n".repeat(60_000))), Worth::Reading);
        assert_eq!(javascript(&format!("{act} {} {}", table.repeat(5), "f();\n".repeat(60_000))), Worth::Unfolding);
    }

    #[test]
    fn the_variable_of_jquery_is_no_name_that_was_made_short() {
        assert_eq!(javascript("function $(e){return e.map}var a=$(b).get(c),d=e($,f);$.get=1>0"), Worth::Reading);
        assert_eq!(javascript("function $(e){return e.map}var a=$(b).get(c),d=e($,f)"), Worth::Nothing);
        for script in ["$.get(u, f)", "$ .post(u)", "var a=$;a.get(u)", "a = $, a.ajax(u)", "$['g' + 'et'](u); x.get"] {
            assert_eq!(javascript(script), Worth::Reading, "{script}");
        }
    }

    #[test]
    fn who_the_user_is_matters_where_something_is_chosen_by_it() {
        let zone = "const z = Intl.DateTimeFormat().resolvedOptions().timeZone;";
        assert_eq!(javascript(zone), Worth::Nothing);
        assert_eq!(javascript(&format!("{zone} const q = z === 'Asia/X' ? '\u{2019}' : \"'\";")), Worth::Reading);
        assert_eq!(
            javascript(&format!("{zone} if (L.has(createHash('md5').update(z).digest('hex'))) f()")),
            Worth::Reading
        );
        assert_eq!(javascript("if (L.has(fnv(process.env.LANG.charCodeAt(0)))) f()"), Worth::Reading);
        assert_eq!(python("import os, zlib\nx = zlib.crc32(os.environ['TZ'].encode()) in L"), Worth::Reading);
        assert_eq!(python("import os\nx = os.environ['TZ'] in L"), Worth::Nothing);
        assert_eq!(javascript(&format!("{zone} const l = atob('QXNpYQ=='); if (l.includes(z)) f()")), Worth::Reading);
    }

    #[test]
    fn other_languages_are_read() {
        assert_eq!(worth(b"echo", Language::Shell), Worth::Unfolding);
        assert_eq!(worth(b"", Language::Shell), Worth::Nothing);
    }
}
