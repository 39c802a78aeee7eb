//! Everything that can be named: file kinds, the family whose rules they get, and whether they hold others.

/// The family of kinds, which decides what rule set a file meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Python source.
    Python,
    /// JavaScript and TypeScript.
    JavaScript,
    /// Shell, PowerShell, batch and VBScript.
    Shell,
    /// Other source code.
    Source,
    /// Manifests, settings, markup and prose.
    Text,
    /// Compiled code and opaque data.
    Native,
    /// Archives and compressed streams: opened, not scanned themselves.
    Container,
    /// Pictures, sound, fonts: they get the signatures of opaque data.
    Media,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident = $word:literal in $family:ident),+ $(,)?) => {
        /// What a file is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum FileKind { $(#[doc = concat!("`", $word, "`")] $(#[doc = $doc])* $name),+ }

        impl FileKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word in reports.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The family whose rules it gets.
            #[must_use]
            pub fn family(self) -> Family {
                match self { $(Self::$name => Family::$family),+ }
            }
        }
    };
}

kinds! {
    Elf = "elf" in Native,
    Pe = "pe" in Native,
    MachO = "mach-o" in Native,
    MachOFat = "mach-o-fat" in Native,
    JavaClass = "java-class" in Native,
    Wasm = "wasm" in Native,
    Pyc = "pyc" in Native,
    Pickle = "pickle" in Native,
    /// An array of numpy: numbers, or a pickle behind a header.
    Npy = "npy" in Native,
    Zip = "zip" in Container,
    Crx = "crx" in Container,
    Tar = "tar" in Container,
    Gzip = "gzip" in Container,
    Xz = "xz" in Container,
    Lzma = "lzma" in Container,
    Lzip = "lzip" in Container,
    Zstd = "zstd" in Container,
    Bzip2 = "bzip2" in Container,
    Brotli = "brotli" in Container,
    Lz4 = "lz4" in Container,
    Zlib = "zlib" in Container,
    /// `ar`, `.deb` and static libraries.
    Ar = "ar" in Container,
    Rpm = "rpm" in Container,
    Cpio = "cpio" in Container,
    SevenZip = "7z" in Container,
    Cab = "cab" in Container,
    Rar = "rar" in Container,
    Asar = "asar" in Container,
    Squashfs = "squashfs" in Container,
    /// A folder that is one package: unpacked or installed.
    Folder = "folder" in Container,
    /// OLE compound files: MSI, old Office documents.
    Ole = "ole" in Container,
    Dmg = "dmg" in Container,
    Iso = "iso9660" in Container,
    Xar = "xar" in Container,
    Compress = "compress" in Container,
    Python = "python" in Python,
    /// `.pth`: each line that starts with `import` runs at interpreter start.
    PythonPath = "python-path" in Python,
    Notebook = "notebook" in Python,
    JavaScript = "javascript" in JavaScript,
    TypeScript = "typescript" in JavaScript,
    Shell = "shell" in Shell,
    PowerShell = "powershell" in Shell,
    Batch = "batch" in Shell,
    VbScript = "vbscript" in Shell,
    Perl = "perl" in Source,
    Ruby = "ruby" in Source,
    Php = "php" in Source,
    Lua = "lua" in Source,
    /// Any other programming language (C, Go, Rust, Java, …).
    OtherSource = "source" in Source,
    Json = "json" in Text,
    Yaml = "yaml" in Text,
    Toml = "toml" in Text,
    Ini = "ini" in Text,
    Xml = "xml" in Text,
    Plist = "plist" in Text,
    BinaryPlist = "binary-plist" in Text,
    Markdown = "markdown" in Text,
    Html = "html" in Text,
    Css = "css" in Text,
    Svg = "svg" in Text,
    SourceMap = "source-map" in Text,
    Text = "text" in Text,
    Pdf = "pdf" in Media,
    Png = "png" in Media,
    Jpeg = "jpeg" in Media,
    Gif = "gif" in Media,
    Webp = "webp" in Media,
    Bmp = "bmp" in Media,
    Ico = "ico" in Media,
    Tiff = "tiff" in Media,
    Wav = "wav" in Media,
    Mp3 = "mp3" in Media,
    Ogg = "ogg" in Media,
    Mp4 = "mp4" in Media,
    Font = "font" in Media,
    Sqlite = "sqlite" in Native,
    /// Shortcuts of Windows.
    Lnk = "lnk" in Native,
    /// An archive, a compressed stream or a disk image of a format that is known and not opened: its raw bytes are
    /// scanned like data, and it is a gap.
    Packed = "packed" in Native,
    Empty = "empty" in Text,
    Data = "data" in Native,
}

impl FileKind {
    /// Native programs and libraries.
    pub const EXECUTABLES: [Self; 4] = [Self::Elf, Self::Pe, Self::MachO, Self::MachOFat];

    /// Whether it is text that a machine runs.
    #[must_use]
    pub fn is_script(self) -> bool {
        matches!(self.family(), Family::Python | Family::JavaScript | Family::Shell | Family::Source)
    }

    /// Whether it is native code.
    #[must_use]
    pub fn is_executable(self) -> bool {
        Self::EXECUTABLES.contains(&self)
    }

    /// Whether it holds other files.
    #[must_use]
    pub fn is_container(self) -> bool {
        self.family() == Family::Container
    }

    /// Whether it is text at all.
    #[must_use]
    pub fn is_text(self) -> bool {
        self.is_script() || (self.family() == Family::Text && self != Self::BinaryPlist)
    }

    /// The kind that a report's word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.word() == word)
    }
}
