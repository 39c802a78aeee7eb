//! Which language a text without a telling name is written in, by words that stand in one language and hardly in
//! another. Each word counts once, so that a long list of one word does not decide.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::model::FileKind;

/// Weights that a language needs before the text is called so.
const ENOUGH: u32 = 5;

const LANGUAGES: [FileKind; 10] = [
    FileKind::Python,
    FileKind::JavaScript,
    FileKind::Shell,
    FileKind::PowerShell,
    FileKind::Batch,
    FileKind::Perl,
    FileKind::Ruby,
    FileKind::Php,
    FileKind::Lua,
    FileKind::VbScript,
];

/// Words, in lower case, with the index of their language and their weight.
const WORDS: &[(&str, usize, u32)] = &[
    ("\nimport os", 0, 3),
    ("import sys", 0, 2),
    ("import base64", 0, 3),
    ("\ndef ", 0, 2),
    ("\nfrom ", 0, 1),
    ("__import__(", 0, 4),
    ("\nclass ", 0, 1),
    ("elif ", 0, 2),
    ("self.", 0, 2),
    ("print(", 0, 1),
    ("\nexcept", 0, 2),
    ("except:", 0, 2),
    ("import subprocess", 0, 4),
    ("import threading", 0, 3),
    ("import socket", 0, 3),
    ("urlopen(", 0, 3),
    ("subprocess.", 0, 2),
    ("__name__", 0, 3),
    ("exec(", 0, 2),
    ("b64decode(", 0, 3),
    ("marshal.loads", 0, 4),
    ("zlib.decompress", 0, 3),
    ("lambda ", 0, 2),
    ("setuptools", 0, 2),
    ("os.system(", 0, 3),
    ("async def ", 0, 3),
    ("function(", 1, 2),
    ("function ", 1, 1),
    ("const ", 1, 1),
    ("let ", 1, 1),
    ("var ", 1, 1),
    ("=>", 1, 1),
    ("require(", 1, 2),
    ("module.exports", 1, 4),
    ("console.log", 1, 3),
    ("===", 1, 1),
    ("document.", 1, 2),
    ("json.stringify", 1, 3),
    ("json.parse", 1, 3),
    ("await ", 1, 1),
    ("export default", 1, 3),
    ("process.env", 1, 3),
    ("undefined", 1, 1),
    ("new promise", 1, 3),
    ("});", 1, 1),
    (".prototype", 1, 3),
    ("eval(", 1, 1),
    ("atob(", 1, 4),
    ("string.fromcharcode", 1, 4),
    ("buffer.from(", 1, 4),
    ("_0x", 1, 3),
    ("child_process", 1, 4),
    ("import {", 1, 3),
    ("\nfi\n", 2, 4),
    ("; then", 2, 3),
    ("\nthen\n", 2, 2),
    ("\nesac", 2, 4),
    ("\ndone", 2, 2),
    ("; do\n", 2, 3),
    ("echo ", 2, 1),
    ("$(", 2, 1),
    ("if [ ", 2, 3),
    ("[[ ", 2, 2),
    ("\nexport ", 2, 1),
    ("curl -", 2, 2),
    ("wget ", 2, 2),
    ("chmod +x", 2, 3),
    ("| sh", 2, 3),
    ("| bash", 2, 3),
    ("|bash", 2, 3),
    ("/dev/null", 2, 2),
    ("\"$@\"", 2, 4),
    ("${", 2, 1),
    ("/dev/tcp/", 2, 4),
    ("base64 -d", 2, 3),
    ("$env:", 3, 4),
    ("write-host", 3, 4),
    ("write-output", 3, 4),
    ("new-object", 3, 4),
    ("invoke-", 3, 4),
    ("get-childitem", 3, 4),
    ("get-item", 3, 3),
    ("-erroraction", 3, 4),
    ("[system.", 3, 3),
    ("[convert]::", 3, 4),
    ("start-process", 3, 4),
    ("set-executionpolicy", 3, 4),
    ("out-null", 3, 3),
    ("param(", 3, 1),
    ("iex ", 3, 2),
    ("downloadstring(", 3, 3),
    ("@echo off", 4, 5),
    ("%~dp0", 4, 5),
    ("setlocal", 4, 3),
    ("\ngoto ", 4, 2),
    ("errorlevel", 4, 3),
    ("set /p", 4, 3),
    ("set /a", 4, 3),
    ("if exist ", 4, 2),
    ("\nrem ", 4, 2),
    ("if not exist ", 4, 3),
    ("exit /b", 4, 4),
    ("%userprofile%", 4, 2),
    ("start /b", 4, 3),
    ("use strict;", 5, 3),
    ("use warnings;", 5, 4),
    ("my $", 5, 3),
    ("my (", 5, 3),
    ("@argv", 5, 3),
    (" =~ ", 5, 2),
    ("print stderr", 5, 4),
    (" qw(", 5, 3),
    ("\nsub ", 5, 2),
    ("shift;", 5, 2),
    ("\nrequire '", 6, 3),
    ("require_relative", 6, 4),
    ("\nend\n", 6, 1),
    ("puts ", 6, 2),
    ("attr_accessor", 6, 4),
    (".each do", 6, 4),
    (" do |", 6, 3),
    ("gem::", 6, 3),
    ("\nmodule ", 6, 1),
    ("def initialize", 6, 4),
    ("<?php", 7, 5),
    ("$_get", 7, 4),
    ("$_post", 7, 4),
    ("$_server", 7, 4),
    ("$this->", 7, 4),
    ("eval(base64_decode", 7, 4),
    ("echo $", 7, 1),
    ("array(", 7, 1),
    ("local function", 8, 4),
    ("\nlocal ", 8, 2),
    (" then\n", 8, 1),
    (" ~= ", 8, 3),
    ("end)", 8, 1),
    ("\nreturn {", 8, 1),
    ("io.open(", 8, 2),
    ("string.format(", 8, 2),
    ("os.execute(", 8, 4),
    ("createobject(", 9, 4),
    ("wscript.", 9, 4),
    ("\ndim ", 9, 3),
    ("end sub", 9, 3),
    ("end function", 9, 3),
    ("on error resume next", 9, 4),
    ("end if", 9, 1),
];

static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(WORDS.iter().map(|(word, _, _)| word)).ok()
});

/// The weights that a text reaches in each language.
pub(super) struct Scores([u32; LANGUAGES.len()]);

/// Scores a text.
pub(super) fn scores(text: &[u8]) -> Scores {
    let mut seen = [false; WORDS.len()];
    let mut scores = [0; LANGUAGES.len()];
    let Some(search) = &*SEARCH else { return Scores(scores) };
    for found in search.find_overlapping_iter(text) {
        let index = found.pattern().as_usize();
        if let (Some(seen), Some((_, language, weight))) = (seen.get_mut(index), WORDS.get(index))
            && !std::mem::replace(seen, true)
            && let Some(score) = scores.get_mut(*language)
        {
            *score += weight;
        }
    }
    Scores(scores)
}

impl Scores {
    /// What a language reached; TypeScript counts as JavaScript.
    pub(super) fn of(&self, kind: FileKind) -> u32 {
        let kind = if kind == FileKind::TypeScript { FileKind::JavaScript } else { kind };
        LANGUAGES.iter().position(|l| *l == kind).and_then(|i| self.0.get(i)).copied().unwrap_or(0)
    }

    /// The language that the text is written in, when one stands out.
    pub(super) fn best(&self) -> Option<FileKind> {
        let (index, most) = self.0.iter().enumerate().max_by_key(|(_, s)| **s)?;
        let second = self.0.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, s)| *s).max().unwrap_or(0);
        (*most >= ENOUGH && *most > second).then(|| LANGUAGES.get(index).copied()).flatten()
    }
}
