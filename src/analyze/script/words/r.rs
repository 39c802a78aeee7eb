//! R, without the packages that functions are of.

use super::Arg::{At, From, Named};
use super::{Does, Word, word};
use crate::analyze::script::value::Labels as L;

const FIRST: &[super::Arg] = &[At(0), Named("url"), Named("file"), Named("command")];
const SECOND: &[super::Arg] = &[At(1), Named("destfile"), Named("to"), Named("path")];
const ALL: &[super::Arg] = &[From(0)];
const NONE: &[super::Arg] = &[];

/// The table.
pub(super) const WORDS: &[Word] = &[
    word("system shell shell.exec", Does::Shell, FIRST, NONE, L::OUTPUT),
    word("system2 process.new run exec_wait exec_internal exec_background pipe", Does::Run, FIRST, NONE, L::OUTPUT),
    word("eval evalq eval_tidy source_url str2lang str2expression", Does::Eval, FIRST, NONE, L::NONE),
    word(
        "GET url curl curl_fetch_memory getURL getURLContent getForm read_html req_perform url_parse_and_get nanonext.ncurl",
        Does::Fetch,
        FIRST,
        NONE,
        L::DOWNLOADED,
    ),
    word(
        "POST PUT PATCH postForm httpPOST httpPUT curl_upload",
        Does::Send,
        FIRST,
        &[From(1), Named("body"), Named("query"), Named("postfields"), Named("content")],
        L::DOWNLOADED,
    ),
    word("download.file curl_download curl_fetch_disk download_file", Does::Save, FIRST, SECOND, L::NONE),
    word("socketConnection make.socket", Does::Connect, &[Named("host"), At(0)], NONE, L::REMOTE),
    word("nsl", Does::Lookup, FIRST, FIRST, L::DOWNLOADED),
    word("Sys.info", Does::Source, NONE, NONE, L::HOSTNAME.with(L::USER)),
    word("R.version sessionInfo R.Version .Platform", Does::Source, NONE, NONE, L::PLATFORM),
    word("commandArgs", Does::Source, NONE, NONE, L::ARGUMENTS),
    word("getwd", Does::Source, NONE, NONE, L::DIRECTORY),
    word("Sys.time Sys.Date", Does::Source, NONE, NONE, L::TIME),
    word(
        "readLines readBin readRDS readChar read_file scan read.csv read.table read_lines load",
        Does::Read,
        FIRST,
        NONE,
        L::FILE,
    ),
    word("list.files dir Sys.glob list.dirs dir_ls", Does::Handle, FIRST, NONE, L::LISTED),
    word("file.copy file.rename file.symlink", Does::Copy, SECOND, FIRST, L::NONE),
    word("unlink file.remove file_delete", Does::Delete, FIRST, NONE, L::NONE),
    word("Sys.chmod", Does::MakeRunnable, FIRST, NONE, L::NONE),
    word("dyn.load", Does::Load, FIRST, NONE, L::NONE),
    word("read_clip clipr.read_clip readClipboard", Does::Spy, NONE, NONE, L::CLIPBOARD),
    word("write_clip writeClipboard", Does::SetClipboard, NONE, FIRST, L::NONE),
    word("Sys.sleep", Does::Sleep, ALL, NONE, L::NONE),
    word("quit q", Does::Exit, NONE, NONE, L::NONE),
];
