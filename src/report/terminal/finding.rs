//! One finding, drawn as rustc draws an error: title, place, the marked line, notes.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{PATH, Style};
use crate::assess::{Assessment, Reported};
use crate::model::Severity;
use crate::report::place::{Place, position, way};
use crate::report::text::{Marked, clean, clip, clip_middle, count, wrap};

/// Pieces of evidence drawn of one finding.
const EVIDENCE: usize = 3;
/// Characters of a snippet before its mark.
const LEAD: usize = 24;
/// Columns of line number and gutter.
const GUTTER: usize = 12;

/// The drawing, without a line feed at its end.
pub(super) fn draw(a: &Assessment, f: &Reported, style: &Style) -> String {
    let width = style.columns();
    let level = if f.severity >= Severity::High { Level::ERROR } else { Level::WARNING };
    let place = Place::of(a, f);
    let shown = clip_middle(&clean(place.shown(f)), PATH);
    let rule = clip(&clean(&f.rule), 64);
    let room = width.saturating_sub(rule.chars().count() + f.severity.word().len() + 4).max(32);
    let message = clean(&f.message);
    let title = level.with_name(f.severity.word()).primary_title(clip(&message, room)).id(rule);
    let mut group = Group::with_title(title);
    let mut notes: Vec<(&'static str, String)> = Vec::new();
    if message.chars().count() > room {
        notes.push(("in full", message));
    }
    let mut placed = false;
    for e in f.evidence.iter().take(EVIDENCE) {
        let note = clean(&e.note);
        match Marked::of(e).map(|m| shorten(m, width)) {
            Some(marked) => {
                group = group.element(Origin::path(format!("{shown}{}", position(e.span))));
                placed = true;
                // A short note stands at the mark, a long one below where it has room.
                let room =
                    width.saturating_sub(marked.text.get(..marked.mark.1).map_or(0, |t| t.chars().count()) + GUTTER);
                let at_mark = !note.is_empty() && note.chars().count() <= room;
                let span = marked.mark.0..marked.mark.1;
                let mut annotation = AnnotationKind::Primary.span(span);
                if at_mark {
                    annotation = annotation.label(note.clone());
                } else if !note.is_empty() {
                    notes.push(("note", note));
                }
                let mut snippet = Snippet::source(marked.text).annotation(annotation);
                snippet = match e.span.and_then(|s| s.line) {
                    Some(line) => snippet.line_start(line as usize),
                    None => snippet.line_numbering(false),
                };
                group = group.element(snippet);
            }
            None => {
                if !placed || e.span.is_some() {
                    group = group.element(Origin::path(format!("{shown}{}", position(e.span))));
                    placed = true;
                }
                if !note.is_empty() {
                    notes.push(("note", note));
                }
            }
        }
    }
    if !placed {
        group = group.element(Origin::path(shown));
    }
    if let Some(way) = way(f).filter(|_| place.nested) {
        notes.push(("reached by", clean(&way)));
    }
    if let Some(brake) = &f.brake {
        notes.push(("lowered", clean(brake)));
    }
    for (name, text) in notes {
        let lines = wrap(&text, width.saturating_sub(name.len() + 8), 4);
        group = group.element(Level::NOTE.with_name(name).message(lines.join("\n")));
    }
    let more = f.evidence.len().saturating_sub(EVIDENCE) as u64;
    if more > 0 {
        let text = format!("… and {}", count(more, "more place", "more places"));
        group = group.element(Level::NOTE.no_name().message(text));
    }
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    without_empty_places(&renderer.term_width(width).render(&[group]))
}

/// Leaves so much of a snippet that the mark stands in sight with what is before it.
fn shorten(marked: Marked, width: usize) -> Marked {
    let (from, to) = marked.mark;
    let parts = (marked.text.get(..from), marked.text.get(from..to), marked.text.get(to..));
    let (Some(lead), Some(inside), Some(trail)) = parts else { return marked };
    let skip = lead.chars().count().saturating_sub(LEAD);
    let mut text: String = if skip > 0 { "…".to_owned() } else { String::new() };
    text.extend(lead.chars().skip(skip));
    let start = text.len();
    text.push_str(&clip(inside, width.saturating_sub(LEAD + GUTTER)));
    let end = text.len();
    text.push_str(&clip(trail, width));
    Marked { text, mark: (start, end) }
}

/// The renderer writes a line with `:::` for the place of every snippet, also when the place stands above as an origin
/// of its own (with the content's column, which is not the snippet's). Scanned text cannot make such a line: it always
/// stands behind a gutter.
fn without_empty_places(drawing: &str) -> String {
    let lines: Vec<&str> = drawing.lines().filter(|line| without_colour(line).trim() != ":::").collect();
    lines.join("\n")
}

/// The line without the colours that the renderer put in.
fn without_colour(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut parts = line.split('\x1b');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(part.split_once('m').map_or(part, |(_, text)| text));
    }
    out
}
