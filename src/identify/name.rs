//! What a name says: well-known base names first, then the extension.

use crate::model::FileKind;
use crate::model::artifact::base_name;

/// Longest extension that says anything, in bytes.
const EXTENSION_MAX: usize = 16;

/// A name, taken apart.
pub(super) struct Name<'a> {
    /// The last component of the path.
    pub(super) base: &'a str,
    /// The kind that the name says.
    pub(super) kind: Option<FileKind>,
    extension: [u8; EXTENSION_MAX],
    len: usize,
}

impl<'a> Name<'a> {
    pub(super) fn of(path: &'a str) -> Self {
        // Windows drops dots and blanks at the end of a name.
        let base = base_name(path).trim_end_matches(['.', ' ']);
        let mut extension = [0; EXTENSION_MAX];
        let mut len = 0;
        let dotted = base.rsplit_once('.').map_or("", |(_, e)| e);
        if dotted.len() <= EXTENSION_MAX {
            for (to, from) in extension.iter_mut().zip(dotted.bytes()) {
                *to = from.to_ascii_lowercase();
                len += 1;
            }
        }
        let mut name = Self { base, kind: None, extension, len };
        name.kind = by_base(base).or_else(|| by_extension(name.ext())).or_else(|| by_parts(base));
        name
    }

    /// The extension in lower case, without its dot; empty when there is none or it is too long to be one.
    pub(super) fn ext(&self) -> &str {
        self.extension.get(..self.len).and_then(|e| std::str::from_utf8(e).ok()).unwrap_or_default()
    }
}

/// Base names that say more than their ending.
fn by_base(base: &str) -> Option<FileKind> {
    use FileKind as K;
    Some(match base {
        "package-lock.json" | "binding.gyp" | "composer.lock" | "Pipfile.lock" | "flake.lock" | ".mcp.json"
        | ".babelrc" | ".eslintrc" | ".swcrc" | ".jshintrc" | ".bowerrc" | ".jscsrc" | ".nycrc" | ".watchmanconfig" => {
            K::Json
        }
        "SKILL.md" | ".cursorrules" | ".clinerules" | ".windsurfrules" | ".goosehints" | ".roorules" | "README"
        | "CHANGELOG" => K::Markdown,
        ".npmrc" | ".yarnrc" | ".pypirc" | ".editorconfig" | ".gitconfig" | ".gitmodules" | ".pylintrc" | ".flake8"
        | ".coveragerc" | ".env" | ".netrc" | "pip.conf" | "setup.cfg" | "tox.ini" | "entry_points.txt" | ".wgetrc"
        | ".curlrc" => K::Ini,
        "METADATA" | "PKG-INFO" | "RECORD" | "WHEEL" | "INSTALLER" | "REQUESTED" | "LICENSE" | "LICENCE"
        | "COPYING" | "NOTICE" | "AUTHORS" | "CODEOWNERS" | "MANIFEST.in" | "top_level.txt" | "requirements.txt"
        | ".gitignore" | ".npmignore" | ".gitattributes" | ".dockerignore" | ".eslintignore" | ".prettierignore"
        | "yarn.lock" | "go.sum" | "go.mod" | "Procfile" | "SHA256SUMS" | ".nvmrc" | ".python-version" => K::Text,
        "Cargo.lock" | "poetry.lock" | "uv.lock" | "pdm.lock" | "Pipfile" => K::Toml,
        "CITATION.cff" | ".clang-format" | ".clang-tidy" | ".condarc" | ".yamllint" => K::Yaml,
        "Makefile" | "makefile" | "GNUmakefile" | "Dockerfile" | "Containerfile" | "CMakeLists.txt" | "meson.build"
        | "BUILD" | "WORKSPACE" | "Justfile" | "justfile" | "Jenkinsfile" | "Earthfile" => K::OtherSource,
        "Rakefile" | "Gemfile" | "Podfile" | "Vagrantfile" | "Brewfile" | "Fastfile" | "Guardfile" | "Capfile" => {
            K::Ruby
        }
        "SConstruct" | "SConscript" | "wscript" | ".pythonrc" | ".pdbrc" => K::Python,
        ".bashrc" | ".bash_profile" | ".bash_login" | ".bash_logout" | ".bash_aliases" | ".profile" | ".zshrc"
        | ".zshenv" | ".zprofile" | ".zlogin" | ".kshrc" | ".envrc" | "PKGBUILD" | "APKBUILD" | "configure"
        // Hooks of git; husky's have no first line that says so.
        | "pre-commit" | "commit-msg" | "prepare-commit-msg" | "pre-push" | "pre-rebase" | "post-checkout"
        | "post-commit" | "post-merge" | "post-rewrite" | "pre-merge-commit"
        | "preinst" | "postinst" | "prerm" | "postrm" | ".INSTALL" | ".pre-install" | ".post-install"
        | ".pre-upgrade" | ".post-upgrade" | ".pre-deinstall" | ".post-deinstall" | ".trigger" | "gradlew" | "mvnw"
        | "AppRun" | "install-sh" | "config.guess" | "config.sub" => K::Shell,
        // Scriptlets of an RPM package, named by its wrapper.
        _ if base.starts_with('%') && !base.contains('.') => K::Shell,
        _ => return None,
    })
}

/// Versioned names: `libx.so.1.2`, `Dockerfile.dev`, `.env.local`.
fn by_parts(base: &str) -> Option<FileKind> {
    if base.contains(".so.") {
        return Some(FileKind::Elf);
    }
    if base.starts_with("Dockerfile.") || base.starts_with("Makefile.") {
        return Some(FileKind::OtherSource);
    }
    (base.starts_with(".env.")).then_some(FileKind::Ini)
}

fn by_extension(ext: &str) -> Option<FileKind> {
    use FileKind as K;
    Some(match ext {
        "py" | "pyw" | "pyi" | "pyx" | "pxd" | "pxi" | "wsgi" | "xsh" => K::Python,
        "pth" => K::PythonPath,
        "ipynb" => K::Notebook,
        "js" | "mjs" | "cjs" | "jsx" | "es6" | "es" | "jsm" | "pac" | "jscad" => K::JavaScript,
        "ts" | "tsx" | "mts" | "cts" => K::TypeScript,
        "sh" | "bash" | "zsh" | "ksh" | "mksh" | "dash" | "ash" | "fish" | "command" | "bats" | "ebuild" => K::Shell,
        "ps1" | "psm1" | "psd1" | "ps1xml" | "pssc" => K::PowerShell,
        "bat" | "cmd" | "btm" => K::Batch,
        "vbs" | "vba" | "bas" | "vb" => K::VbScript,
        "pl" | "pm" | "plx" | "psgi" | "t" => K::Perl,
        "rb" | "rake" | "gemspec" | "ru" | "podspec" | "rbw" => K::Ruby,
        "php" | "php3" | "php4" | "php5" | "php7" | "phtml" | "phps" | "inc" | "phpt" => K::Php,
        "lua" | "rockspec" | "luau" => K::Lua,
        "c" | "h" | "cc" | "cpp" | "cxx" | "c++" | "hh" | "hpp" | "hxx" | "ipp" | "tcc" | "inl" | "m" | "mm" | "go"
        | "rs" | "java" | "kt" | "kts" | "swift" | "cs" | "csx" | "fs" | "fsx" | "scala" | "sc" | "sbt" | "clj"
        | "cljs" | "cljc" | "edn" | "erl" | "hrl" | "ex" | "exs" | "eex" | "heex" | "hs" | "lhs" | "ml" | "mli"
        | "elm" | "dart" | "r" | "jl" | "zig" | "nim" | "cr" | "v" | "sv" | "svh" | "vhd" | "vhdl" | "pas" | "pp"
        | "dpr" | "f" | "f77" | "f90" | "f95" | "for" | "asm" | "s" | "sql" | "graphql" | "gql" | "proto"
        | "thrift" | "fbs" | "capnp" | "cu" | "cuh" | "cl" | "glsl" | "vert" | "frag" | "wgsl" | "hlsl" | "metal"
        | "sol" | "vy" | "move" | "cairo" | "tf" | "hcl" | "nix" | "bzl" | "bazel" | "star" | "groovy" | "gradle"
        | "cmake" | "mk" | "am" | "ac" | "m4" | "awk" | "sed" | "tcl" | "vim" | "el" | "lisp" | "scm" | "rkt"
        | "coffee" | "litcoffee" | "ls" | "ejs" | "hbs" | "handlebars" | "mustache" | "pug" | "jade" | "vue"
        | "svelte" | "astro" | "jsp" | "jspx" | "asp" | "aspx" | "ashx" | "asmx" | "cshtml" | "razor" | "erb"
        | "haml" | "slim" | "twig" | "jinja" | "jinja2" | "j2" | "njk" | "liquid" | "applescript" | "scpt" | "wat"
        | "ll" | "mlir" | "y" | "yy" | "l" | "pyf" | "ino" | "gd" | "hx" | "as" | "d" | "di" | "ada" | "adb"
        | "ads" | "cob" | "cbl" | "pro" | "ahk" | "au3" | "nsi" | "nsh" | "iss" | "ksy" | "spec" | "prisma" => {
            K::OtherSource
        }
        "json" | "jsonc" | "json5" | "jsonl" | "ndjson" | "geojson" | "webmanifest" | "gyp" | "gypi" | "har"
        | "code-workspace" | "topojson" | "avsc" | "importmap" | "excalidraw" | "jsonld" => K::Json,
        "map" => K::SourceMap,
        "yml" | "yaml" | "cff" => K::Yaml,
        "toml" => K::Toml,
        "ini" | "cfg" | "conf" | "cnf" | "properties" | "desktop" | "service" | "timer" | "socket" | "inf" | "reg"
        | "env" | "url" => K::Ini,
        "xml" | "xsd" | "xsl" | "xslt" | "wsdl" | "csproj" | "vbproj" | "fsproj" | "vcxproj" | "props" | "targets"
        | "nuspec" | "rels" | "pom" | "xaml" | "resx" | "vsixmanifest" | "xlf" | "xliff" | "tmx" | "rss" | "atom"
        | "kml" | "gpx" | "dae" | "xmi" | "rdf" | "wsf" | "manifest" | "storyboard" | "xib" | "opf" | "ncx" => K::Xml,
        "plist" | "entitlements" | "mobileconfig" => K::Plist,
        "md" | "markdown" | "mdx" | "mkd" | "mdown" | "mdc" | "rmd" | "qmd" => K::Markdown,
        "html" | "htm" | "xhtml" | "hta" | "shtml" | "mht" => K::Html,
        "css" | "scss" | "sass" | "less" | "styl" | "pcss" | "postcss" => K::Css,
        "svg" => K::Svg,
        "txt" | "text" | "rst" | "log" | "csv" | "tsv" | "tab" | "adoc" | "asciidoc" | "org" | "tex" | "bib"
        | "rtf" | "po" | "pot" | "asc" | "diff" | "patch" | "srt" | "vtt" | "ics" | "vcf" | "eml" | "typed" | "tap"
        | "snap" | "strings" | "license" | "readme" | "pub" | "textile" | "pod" => K::Text,
        "so" | "ko" | "elf" | "appimage" | "axf" | "node" => K::Elf,
        "exe" | "dll" | "sys" | "ocx" | "scr" | "cpl" | "efi" | "pyd" | "mui" | "drv" | "xll" => K::Pe,
        "dylib" => K::MachO,
        "class" => K::JavaClass,
        "wasm" => K::Wasm,
        "pyc" | "pyo" => K::Pyc,
        "pkl" | "pickle" | "joblib" => K::Pickle,
        "npy" => K::Npy,
        "zip" | "whl" | "jar" | "war" | "ear" | "aar" | "vsix" | "nupkg" | "snupkg" | "xpi" | "pyz" | "pyzw"
        | "pex" | "shiv" | "egg" | "apk" | "xapk" | "ipa" | "docx" | "xlsx" | "pptx" | "docm" | "xlsm" | "pptm"
        | "odt" | "ods" | "odp" | "epub" | "conda" | "mcpb" | "dxt" | "skill" | "appx" | "msix" | "npz" | "kmz"
        | "par" | "usdz" | "jmod" | "3mf" => K::Zip,
        "crx" => K::Crx,
        "tar" | "gem" | "ova" => K::Tar,
        "gz" | "tgz" | "taz" | "crate" | "svgz" | "gzip" | "emz" | "cpgz" | "ipk" => K::Gzip,
        "xz" | "txz" => K::Xz,
        "lzma" => K::Lzma,
        "lz" | "tlz" => K::Lzip,
        "zst" | "tzst" | "zstd" => K::Zstd,
        "bz2" | "tbz2" | "tbz" | "tb2" | "bz" => K::Bzip2,
        "br" | "brotli" => K::Brotli,
        "lz4" | "tlz4" => K::Lz4,
        "zz" | "zlib" => K::Zlib,
        "z" => K::Compress,
        "deb" | "udeb" | "a" => K::Ar,
        "rpm" | "srpm" => K::Rpm,
        "cpio" => K::Cpio,
        "7z" => K::SevenZip,
        "cab" | "msu" => K::Cab,
        "rar" => K::Rar,
        "asar" => K::Asar,
        "squashfs" | "sqfs" | "sfs" => K::Squashfs,
        "msi" | "msp" | "msm" => K::Ole,
        "dmg" => K::Dmg,
        "iso" => K::Iso,
        "xar" => K::Xar,
        "pdf" => K::Pdf,
        "png" | "apng" => K::Png,
        "jpg" | "jpeg" | "jpe" | "jfif" => K::Jpeg,
        "gif" => K::Gif,
        "webp" => K::Webp,
        "bmp" | "dib" => K::Bmp,
        "ico" | "cur" => K::Ico,
        "tif" | "tiff" => K::Tiff,
        "wav" => K::Wav,
        "mp3" => K::Mp3,
        "ogg" | "oga" | "ogv" | "opus" => K::Ogg,
        "mp4" | "m4a" | "m4v" | "mov" | "heic" | "avif" => K::Mp4,
        "ttf" | "otf" | "woff" | "woff2" | "ttc" | "eot" => K::Font,
        "sqlite" | "sqlite3" => K::Sqlite,
        _ => return None,
    })
}
