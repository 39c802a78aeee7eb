//! Scripts in applications of HTML (`.hta`), in jobs (`.wsf`) and in scriptlets (`.sct`, `.wsc`): Windows runs them as programs of
//! their user, with every object that a script host has.
//!
//! Known uses: first stages that arrive by mail or are fetched by `mshta` and `regsvr32`. Honest look-alikes: tools of
//! administration from before PowerShell, whose scripts are looked at like any.

use super::xml::unescaped;
use super::{Command, When, is_full};
use crate::analyze::Notes;
use crate::parse::Parsed;

/// Endings of such files.
pub(super) const ENDINGS: &[&str] = &[".hta", ".wsf", ".sct", ".wsc"];

/// Reads the scripts between `<script …>` and `</script>`.
pub(super) fn scripts(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    let lower = text.to_ascii_lowercase();
    let mut at = 0;
    while let Some(found) = lower.get(at..).and_then(|rest| rest.find("<script")) {
        let open = at + found;
        let Some(tag_end) = lower.get(open..).and_then(|rest| rest.find('>')).map(|end| open + end + 1) else { return };
        let tag = lower.get(open..tag_end).unwrap_or_default();
        let end = lower.get(tag_end..).and_then(|rest| rest.find("</script")).map_or(lower.len(), |end| tag_end + end);
        at = end.max(tag_end);
        if is_full(out) {
            return;
        }
        let code = text.get(tag_end..end).unwrap_or_default();
        let code = code.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        // Entities stand for letters outside of such a section only.
        let mut code = if code.contains("&quot;") || code.contains("&#") { unescaped(code) } else { code.to_owned() };
        let is_visual = tag.contains("vbs");
        let body = code.to_ascii_lowercase();
        // What happens when the window opens happens to whoever opens it.
        for handler in ["window_onload", "window_onunload", "document_onreadystatechange"] {
            if is_visual && body.contains(&format!("sub {handler}")) {
                code.push_str(&format!("\n{handler}\n"));
            }
        }
        if !code.trim().is_empty() {
            let extension = if is_visual { "vbs" } else { "js" };
            out.push(Command { trigger: "script".to_owned(), when: When::Started, text: code, extension });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn scripts_of_applications_are_read() {
        let page = "<html><script language=\"VBScript\">\nSub Window_OnLoad\n x\nEnd Sub\n</script><SCRIPT>y()</SCRIPT><script></script>";
        assert_eq!(
            commands("a.hta", FileKind::Html, page),
            ["Started script: Sub Window_OnLoad\n x\nEnd Sub\nwindow_onload\n", "Started script: y()"]
        );
        let job = "<job><script language=\"JScript\"><![CDATA[z(\"&\")]]></script></job>";
        assert_eq!(commands("a.wsf", FileKind::Xml, job), ["Started script: z(\"&\")"]);
        assert!(commands("a.html", FileKind::Html, page).is_empty(), "a browser runs it in a page");
        assert!(commands("a.hta", FileKind::Html, "<script").is_empty());
    }
}
